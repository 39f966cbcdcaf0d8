/*
 * RFC 6076: how long registering, calling and hanging up took, and how often
 * they went well, of all files together; made from src/analysis/measures.
 */
#include "inspect/inspect_in.h"

#include "base/array.h"
#include "base/err.h"

#include <stdlib.h>

static int
add_delay(struct inspect_delays *d, int64_t ns)
{
	if (ns < 0)
		return 0;
	if (ARRAY_ROOM(&d->ns, &d->cap, d->n + 1) != 0)
		return ERR_NOMEM;
	d->ns[d->n++] = ns;
	return 0;
}

/* 4.7: the called user is there and declines. */
static bool
metric_is_refused(unsigned status)
{
	return status == 480 || status == 486 || status == 600 || status == 603;
}

/* 4.8: a server or the network has failed, or there was no answer at all. */
static bool
is_ineffective(const struct measure *a)
{
	return a->end == MEASURE_TIMEOUT || a->end == MEASURE_TRANSPORT ||
	       a->status == 408 || a->status == 500 || a->status == 503 ||
	       a->status == 504;
}

/* What an INVITE, a REGISTER or a BYE came to. */
static void
metric_count_attempt(struct inspect_metrics *m, const struct measure *a)
{
	m->attempts[a->kind]++;
	m->done[a->kind] += measure_succeeded(a);
	if (a->kind != MEASURE_SESSION)
		return;
	m->messages += a->messages;
	m->retx += a->retx;
	m->redirected += a->status >= 300 && a->status < 400;
	m->asked += a->status == 401 || a->status == 402 || a->status == 407;
	m->effective += measure_succeeded(a) || metric_is_refused(a->status);
	m->ineffective += is_ineffective(a);
}

/* A call's 2xx is kept until its BYE tells how long it was (4.5). */
static int
note_session_duration(struct inspect *in, const struct measure *a)
{
	struct inspect_metrics *m = &in->report.metrics;
	struct str key = inspect_mark(in, MARK_ANSWERED, a->call_id);
	uint64_t since = inspect_number(in, key);

	if (a->kind == MEASURE_SESSION && measure_succeeded(a) && since == 0)
		inspect_put_number(in, key, (uint64_t)a->t_ended + 1);
	if (a->kind != MEASURE_DISCONNECT || since == 0 ||
	    a->t < (int64_t)since - 1)
		return in->err;
	inspect_put_number(in, key, UINT64_MAX);
	return since == UINT64_MAX
		   ? in->err
		   : add_delay(&m->durations, a->t - (int64_t)(since - 1));
}

static int
metric_take_attempt(struct inspect *in, const struct measure *a)
{
	const struct call *c = map_get(in->calls, a->call_id);
	int err = 0;

	if (c != NULL && c->left_out)
		return 0;
	metric_count_attempt(&in->report.metrics, a);
	if (measure_succeeded(a))
		err = add_delay(
		    &in->report.metrics.delays[a->kind], measure_delay(a));
	else if (a->kind == MEASURE_SESSION && measure_failed(a))
		err = add_delay(&in->report.metrics.failed, measure_delay(a));
	return err != 0 ? err : note_session_duration(in, a);
}

int
inspect_measure(struct inspect *in, const struct trace *t)
{
	struct measures *m;
	int err = measures_create(&m);

	if (err != 0)
		return err;
	while (measures_extend(m, t, 1000000))
		;
	err = measures_error(m);
	for (size_t i = 0; err == 0 && i < measures_count(m); i++)
		err = metric_take_attempt(in, measures_get(m, i));
	measures_destroy(m);
	return err;
}

static int
metric_compare_times(const void *a, const void *b)
{
	const int64_t *x = a, *y = b;

	return *x < *y ? -1 : *x > *y;
}

static void
sort_delays(struct inspect_delays *d)
{
	if (d->n > 0)
		qsort(d->ns, d->n, sizeof(*d->ns), metric_compare_times);
}

void
inspect_sort_metrics(struct inspect *in)
{
	for (int k = 0; k < MEASURE_KIND_COUNT; k++)
		sort_delays(&in->report.metrics.delays[k]);
	sort_delays(&in->report.metrics.failed);
	sort_delays(&in->report.metrics.durations);
}

/* The nearest rank. */
int64_t
inspect_percentile(const struct inspect_delays *d, double p)
{
	size_t at = (size_t)(p * (double)d->n);

	if (d->n == 0)
		return -1;
	if (at > 0 && (double)at >= p * (double)d->n)
		at--;
	return d->ns[at < d->n ? at : d->n - 1];
}

int64_t
inspect_mean(const struct inspect_delays *d)
{
	double sum = 0;

	for (size_t i = 0; i < d->n; i++)
		sum += (double)d->ns[i];
	return d->n == 0 ? -1 : (int64_t)(sum / (double)d->n + 0.5);
}

/* ---- the figures ---- */

const struct inspect_figure inspect_delay_figures[] = {
#define X(id, key, name, section) { key, name, section },
	INSPECT_DELAYS(X)
#undef X
};

const struct inspect_figure inspect_ratio_figures[] = {
#define X(id, key, name, section) { key, name, section },
	INSPECT_RATIOS(X)
#undef X
};

const struct inspect_delays *
inspect_delays(const struct inspect *in, enum inspect_delay d)
{
	const struct inspect_metrics *m = &in->report.metrics;
	const struct inspect_delays *const list[] = {
		[INSPECT_RRD] = &m->delays[MEASURE_REGISTRATION],
		[INSPECT_SRD] = &m->delays[MEASURE_SESSION],
		[INSPECT_SRD_FAILED] = &m->failed,
		[INSPECT_SDD] = &m->delays[MEASURE_DISCONNECT],
		[INSPECT_SDT] = &m->durations,
	};

	return list[d];
}

void
inspect_ratio(const struct inspect *in, enum inspect_ratio r, uint64_t *part,
    uint64_t *all)
{
	const struct inspect_metrics *m = &in->report.metrics;
	uint64_t calls = m->attempts[MEASURE_SESSION];
	uint64_t done = m->done[MEASURE_SESSION];
	uint64_t over = m->done[MEASURE_DISCONNECT];
	const struct {
		uint64_t part, all;
	} rows[] = {
		[INSPECT_REGISTERED] = { m->done[MEASURE_REGISTRATION],
		    m->attempts[MEASURE_REGISTRATION] },
		[INSPECT_SER] = { done, calls - m->redirected },
		[INSPECT_SEER] = { m->effective,
		    calls - m->redirected - m->asked },
		[INSPECT_ISA] = { m->ineffective, calls },
		[INSPECT_SCR] = { over < done ? over : done, calls },
		[INSPECT_RETX] = { m->retx, m->messages },
	};

	*part = rows[r].part;
	*all = rows[r].all;
}
