/* Counting and estimating, with intervals of confidence. */
#include "sweep/table.h"

#include <math.h>
#include <stdlib.h>

#include "base/array.h"
#include "base/err.h"
#include "base/mem.h"

/* The service level is the share of calls that are answered within that. */
#define SWEEP_SERVICE_NS ((int64_t)20 * 1000000000)

/* ---- intervals of confidence ---- */

#define LEVEL 0.95
#define NORMAL \
	1.959963984540054 /* what the normal distribution has at 97.5 % */

/*
 * E. B. Wilson, Probable Inference, the Law of Succession, and Statistical
 * Inference, JASA 22 (1927).
 */
double
sweep_share(uint64_t hits, uint64_t n, struct sweep_interval *i)
{
	double p = (double)hits / (double)n, z2 = NORMAL * NORMAL;
	double m = (double)n, middle = (p + z2 / (2 * m)) / (1 + z2 / m);
	double half =
	    NORMAL / (1 + z2 / m) * sqrt(p * (1 - p) / m + z2 / (4 * m * m));

	i->low = hits == 0 ? 0 : middle - half;
	i->high = hits == n ? 1 : middle + half;
	i->has_low = i->has_high = true;
	return p;
}

/* ---- Student's distribution ---- */

/* The continued fraction of the incomplete beta function, by Lentz's method. */
static double
beta_fraction(double x, double a, double b)
{
	const double tiny = 1e-300;
	double c = 1, d = 1 - (a + b) * x / (a + 1), f;

	d = 1 / (fabs(d) < tiny ? tiny : d);
	f = d;
	for (int m = 1; m < 1000; m++) {
		double even = m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m));
		double odd = -(a + m) * (a + b + m) * x /
			     ((a + 2 * m) * (a + 2 * m + 1));
		double step;

		d = 1 + even * d;
		d = 1 / (fabs(d) < tiny ? tiny : d);
		c = 1 + even / c;
		c = fabs(c) < tiny ? tiny : c;
		f *= d * c;
		d = 1 + odd * d;
		d = 1 / (fabs(d) < tiny ? tiny : d);
		c = 1 + odd / c;
		c = fabs(c) < tiny ? tiny : c;
		step = d * c;
		f *= step;
		if (fabs(step - 1) < 1e-15)
			break;
	}
	return f;
}

/* I_x(a, b), regularized: Student's distribution comes from it. */
static double
incomplete_beta(double x, double a, double b)
{
	double front;

	if (x <= 0 || x >= 1)
		return x <= 0 ? 0 : 1;
	front = exp(
	    lgamma(a + b) - lgamma(a) - lgamma(b) + a * log(x) + b * log1p(-x));
	if (x < (a + 1) / (a + b + 2))
		return front * beta_fraction(x, a, b) / a;
	return 1 - front * beta_fraction(1 - x, b, a) / b;
}

double
sweep_student(double df)
{
	double low = 0, high = 20;

	/* P(|T| > t) = I(df / (df + t²); df / 2, 1 / 2) */
	while (
	    incomplete_beta(df / (df + high * high), df / 2, 0.5) > 1 - LEVEL)
		high *= 2;
	for (int k = 0; k < 100; k++) {
		double t = (low + high) / 2;

		if (incomplete_beta(df / (df + t * t), df / 2, 0.5) > 1 - LEVEL)
			low = t;
		else
			high = t;
	}
	return (low + high) / 2;
}

double
sweep_mean(const double *x, size_t n, struct sweep_interval *i)
{
	double sum = 0, squares = 0, mean, half = 0;

	for (size_t k = 0; k < n; k++)
		sum += x[k];
	mean = sum / (double)n;
	for (size_t k = 0; k < n; k++)
		squares += (x[k] - mean) * (x[k] - mean);
	i->has_low = i->has_high = n > 1;
	if (n > 1)
		half = sweep_student((double)n - 1) *
		       sqrt(squares / (double)(n - 1) / (double)n);
	i->low = mean - half;
	i->high = mean + half;
	return mean;
}

/* ---- percentiles: order statistics ---- */

/* P(X <= K) of N trials with chance P. */
static double
binomial_at_most(double k, double n, double p)
{
	return k < 0 ? 0 : k >= n ? 1 : incomplete_beta(1 - p, n - k, k + 1);
}

/* The least K from 0 to N with P(X <= K) > Q; N + 1 where there is none. */
static size_t
binomial_quantile(double q, size_t n, double p)
{
	size_t low = 0, high = n;

	while (low < high) {
		size_t k = low + (high - low) / 2;

		if (binomial_at_most((double)k, (double)n, p) > q)
			high = k;
		else
			low = k + 1;
	}
	return low;
}

double
sweep_percentile(const double *x, size_t n, double p, struct sweep_interval *i)
{
	size_t rank = (size_t)ceil(p * (double)n - 1e-9);
	/* The number of samples below the percentile is less than LOW, or more
	 * than HIGH - 1, with 2.5 % each at most. */
	size_t low = binomial_quantile((1 - LEVEL) / 2, n, p);
	size_t high = binomial_quantile(1 - (1 - LEVEL) / 2, n, p) + 1;

	i->has_low = low >= 1;
	i->has_high = high <= n;
	i->low = i->has_low ? x[low - 1] : 0;
	i->high = i->has_high ? x[high - 1] : 0;
	return x[rank > 0 ? rank - 1 : 0];
}

static int
compare_numbers(const void *a, const void *b)
{
	double x = *(const double *)a, y = *(const double *)b;

	return (x > y) - (x < y);
}

static void
sweep_sort(double *numbers, size_t n)
{
	if (n > 1)
		qsort(numbers, n, sizeof(*numbers), compare_numbers);
}

/* ---- counting ---- */

static const char *const columns[] = {
#define X(id, column) column,
	SWEEP_FIGURES(X)
#undef X
};

const char *
sweep_figure_column(enum sweep_figure f)
{
	return columns[f];
}

/* Media without any rating have an empty column of the usual one. */
static bool
has_scale(const struct sweep_table *t, unsigned scale)
{
	return (t->scales >> scale & 1) != 0 ||
	       (t->scales == 0 && scale == MEASURE_NARROWBAND);
}

bool
sweep_table_has(const struct sweep_table *t, enum sweep_figure f)
{
	if (f >= SWEEP_LOST)
		return t->media;
	if (f >= SWEEP_MOS_MEAN)
		return t->media && has_scale(t, (f - SWEEP_MOS_MEAN) / 2);
	return f < SWEEP_WAIT_MEAN || t->queues;
}

int
sweep_table_create(struct sweep_table *t, const struct experiment *e)
{
	memset(t, 0, sizeof(*t));
	t->e = e;
	t->rows = mem_zalloc(e->points, sizeof(*t->rows));
	return t->rows != NULL ? 0 : ERR_NOMEM;
}

void
sweep_table_free(struct sweep_table *t)
{
	for (size_t p = 0; t->rows != NULL && p < t->e->points; p++) {
		struct sweep_row *row = &t->rows[p];

		for (int k = 0; k < MEASURE_KIND_COUNT; k++)
			mem_free(row->delays[k].x);
		mem_free(row->retx.x);
		mem_free(row->waits.x);
		for (int s = 0; s < MEASURE_SCALE_COUNT; s++)
			mem_free(row->mos[s].x);
		mem_free(row->lost.x);
		mem_free(row->late.x);
		mem_free(row->jitter.x);
		mem_free(row->failures);
	}
	mem_free(t->rows);
	mem_free(t->failures);
	memset(t, 0, sizeof(*t));
}

static int
add_sample(struct sweep_samples *s, double x)
{
	if (ARRAY_ROOM(&s->x, &s->cap, s->n + 1) != 0)
		return ERR_NOMEM;
	s->x[s->n++] = x;
	return 0;
}

/* One more of STATUS in a list by status. */
static int
add_failure(
    struct sweep_failure **list, size_t *n, size_t *cap, unsigned status)
{
	size_t at = 0;

	while (at < *n && (*list)[at].status < status)
		at++;
	if (at < *n && (*list)[at].status == status) {
		(*list)[at].n++;
		return 0;
	}
	if (ARRAY_ROOM(list, cap, *n + 1) != 0)
		return ERR_NOMEM;
	memmove(*list + at + 1, *list + at, (*n - at) * sizeof(**list));
	(*list)[at] = (struct sweep_failure){ status, 1 };
	(*n)++;
	return 0;
}

/* A, a call that was told to wait, has been answered or is over. */
static int
take_wait(
    struct sweep_table *t, struct sweep_row *row, const struct sweep_attempt *a)
{
	bool answered = a->status >= 200 && a->status < 300;

	t->queues = true;
	row->queued++;
	row->abandoned += a->status == 487;
	row->in_time += answered && a->wait_ns <= SWEEP_SERVICE_NS;
	return answered ? add_sample(&row->waits, (double)a->wait_ns / 1e9) : 0;
}

static int
take_attempt(struct sweep_table *t, struct sweep_row *row, int kind,
    const struct sweep_attempt *a)
{
	bool good = a->status >= 200 && a->status < 300;
	int err = 0;

	row->attempts[kind]++;
	row->good[kind] += good;
	if (good && a->delay_ns >= 0)
		err = add_sample(&row->delays[kind], (double)a->delay_ns / 1e9);
	if (kind != MEASURE_SESSION)
		return err;
	if (err == 0)
		err = add_sample(&row->retx, a->retx);
	if (err == 0 && a->wait_ns >= 0)
		err = take_wait(t, row, a);
	if (err == 0 && !good)
		err = add_failure(&row->failures, &row->nfailures,
		    &row->failures_cap, a->status);
	if (err == 0 && !good)
		err = add_failure(
		    &t->failures, &t->nfailures, &t->failures_cap, a->status);
	return err;
}

static int
take_stream(struct sweep_table *t, struct sweep_row *row,
    const struct measure_stream *s)
{
	int err = 0;

	t->media = true;
	if (s->mos1000 >= 0) {
		t->scales |= 1u << s->scale;
		err =
		    add_sample(&row->mos[s->scale], (double)s->mos1000 / 1000);
	}
	if (err == 0)
		err = add_sample(&row->lost, measure_stream_share(s, s->lost));
	if (err == 0)
		err = add_sample(&row->late, measure_stream_share(s, s->late));
	if (err == 0)
		err = add_sample(&row->jitter, (double)s->jitter_ns / 1e9);
	return err;
}

/* The calls of R by their places. */
static void
take_places(struct sweep_row *row, const struct sweep_result *r)
{
	size_t n = r->n[MEASURE_SESSION];

	for (size_t i = 0; i < n && i < SWEEP_PLACES_MAX; i++) {
		unsigned status = r->attempts[MEASURE_SESSION][i].status;

		row->calls[i]++;
		row->set_up[i] += status >= 200 && status < 300;
	}
}

int
sweep_table_take(struct sweep_table *t, const struct sweep_result *r)
{
	int err = 0;

	take_places(&t->rows[r->point], r);
	if (r->n[MEASURE_SESSION] > t->most_calls)
		t->most_calls = r->n[MEASURE_SESSION];
	for (int k = 0; k < MEASURE_KIND_COUNT; k++)
		for (size_t i = 0; err == 0 && i < r->n[k]; i++)
			err = take_attempt(
			    t, &t->rows[r->point], k, &r->attempts[k][i]);
	for (size_t i = 0; err == 0 && i < r->nstreams; i++)
		err = take_stream(t, &t->rows[r->point], &r->streams[i]);
	return err;
}

/* ---- estimating ---- */

static struct sweep_estimate
share_of(uint64_t hits, uint64_t n)
{
	struct sweep_estimate e = { .has = n > 0 };

	if (n > 0)
		e.value = sweep_share(hits, n, &e.i);
	return e;
}

static struct sweep_estimate
mean_of(struct sweep_samples *s)
{
	struct sweep_estimate e = { .has = s->n > 0 };

	sweep_sort(s->x, s->n);
	if (s->n > 0)
		e.value = sweep_mean(s->x, s->n, &e.i);
	return e;
}

/* Of the samples seen; about unseen ones nothing is known. */
static struct sweep_estimate
least_of(const struct sweep_samples *sorted)
{
	struct sweep_estimate e = { .has = sorted->n > 0 };

	if (e.has)
		e.value = sorted->x[0];
	return e;
}

static struct sweep_estimate
percentile_of(const struct sweep_samples *s, double p)
{
	struct sweep_estimate e = { .has = s->n > 0 };

	if (s->n > 0)
		e.value = sweep_percentile(s->x, s->n, p, &e.i);
	return e;
}

static void
estimate(struct sweep_row *row)
{
	struct sweep_samples *srd = &row->delays[MEASURE_SESSION];
	struct sweep_estimate *f = row->figures;

	f[SWEEP_SET_UP] = share_of(
	    row->good[MEASURE_SESSION], row->attempts[MEASURE_SESSION]);
	f[SWEEP_SRD_MEAN] = mean_of(srd);
	f[SWEEP_SRD_50] = percentile_of(srd, 0.50);
	f[SWEEP_SRD_95] = percentile_of(srd, 0.95);
	f[SWEEP_SRD_99] = percentile_of(srd, 0.99);
	f[SWEEP_RETX] = mean_of(&row->retx);
	f[SWEEP_REGISTERED] = share_of(row->good[MEASURE_REGISTRATION],
	    row->attempts[MEASURE_REGISTRATION]);
	f[SWEEP_RRD_MEAN] = mean_of(&row->delays[MEASURE_REGISTRATION]);
	f[SWEEP_SDD_MEAN] = mean_of(&row->delays[MEASURE_DISCONNECT]);
	f[SWEEP_WAIT_MEAN] = mean_of(&row->waits);
	f[SWEEP_WAIT_95] = percentile_of(&row->waits, 0.95);
	f[SWEEP_ABANDONED] = share_of(row->abandoned, row->queued);
	f[SWEEP_SERVICE] = share_of(row->in_time, row->queued);
	for (int s = 0; s < MEASURE_SCALE_COUNT; s++) {
		f[SWEEP_MOS_MEAN + 2 * s] = mean_of(&row->mos[s]);
		f[SWEEP_MOS_LEAST + 2 * s] = least_of(&row->mos[s]);
	}
	f[SWEEP_LOST] = mean_of(&row->lost);
	f[SWEEP_LATE] = mean_of(&row->late);
	f[SWEEP_JITTER] = mean_of(&row->jitter);
}

void
sweep_table_settle(struct sweep_table *t, const struct sweep_runs *runs)
{
	for (uint64_t run = 0; run < t->e->runs; run++) {
		struct sweep_row *row = &t->rows[experiment_point(t->e, run)];

		if (!sweep_runs_has(runs, run))
			continue;
		row->runs++;
		row->failed[sweep_runs_end(runs, run)]++;
	}
	for (size_t p = 0; p < t->e->points; p++)
		estimate(&t->rows[p]);
	t->runs = runs->done;
	t->failed = runs->failed;
}

size_t
sweep_table_places(const struct sweep_table *t)
{
	return t->most_calls > 1 && t->most_calls <= SWEEP_PLACES_MAX
		   ? t->most_calls
		   : 0;
}

struct sweep_estimate
sweep_row_place(const struct sweep_row *row, size_t i)
{
	return share_of(row->set_up[i], row->calls[i]);
}

uint64_t
sweep_row_failed(
    const struct sweep_row *row, unsigned status, struct sweep_estimate *share)
{
	uint64_t n = 0;

	for (size_t i = 0; i < row->nfailures; i++)
		if (row->failures[i].status == status)
			n = row->failures[i].n;
	if (share != NULL)
		*share = share_of(n, row->attempts[MEASURE_SESSION]);
	return n;
}

void
sweep_put_status(struct buf *b, unsigned status)
{
	switch (status) {
	case MEASURE_OPEN:
		buf_puts(b, "unfinished");
		break;
	case MEASURE_TIMEOUT:
		buf_puts(b, "no-response");
		break;
	case MEASURE_TRANSPORT:
		buf_puts(b, "transport-error");
		break;
	default:
		buf_u64(b, status);
		break;
	}
}
