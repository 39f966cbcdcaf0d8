/*
 * The plots of a table.  What varies along x is the first parameter with more
 * than one value; each combination of the others' values is a group, a series
 * where a plot shows one figure, a plot where it shows several.
 */
#include "base/err.h"
#include "base/mem.h"
#include "draw/plot.h"
#include "sweep/table.h"

#include <stdio.h>

#define NONE    SWEEP_FIGURE_COUNT
#define WILSON  N_("error bars: confidence of 95 % (Wilson)")
#define STUDENT N_("error bars: confidence of 95 % (Student's t)")
struct kind {
	const char *file;
	enum sweep_figure figures[4];
	bool each_group; /* a plot for each, with several series */
	bool share;      /* drawn in percent */
	const char *title, *y_label, *note;
};

static const struct kind kinds[] = {
	{ "set-up", { SWEEP_SET_UP, NONE, NONE, NONE }, false, true,
	    N_("Calls set up"), N_("calls set up (%)"), WILSON },
	{ "delay", { SWEEP_SRD_MEAN, NONE, NONE, NONE }, false, false,
	    N_("Session request delay, mean"), N_("session request delay (s)"),
	    STUDENT },
	{ "delay-percentiles",
	    { SWEEP_SRD_MEAN, SWEEP_SRD_50, SWEEP_SRD_95, SWEEP_SRD_99 }, true,
	    false, N_("Session request delay"), N_("session request delay (s)"),
	    N_("error bars: confidence of 95 % (mean: Student's t; "
	       "percentiles: "
	       "order statistics)") },
	{ "retransmissions", { SWEEP_RETX, NONE, NONE, NONE }, false, false,
	    N_("Retransmissions per call"), N_("retransmissions per call"),
	    STUDENT },
	{ "queue-wait", { SWEEP_WAIT_MEAN, NONE, NONE, NONE }, false, false,
	    N_("Wait in the queue until the answer, mean"),
	    N_("wait in the queue (s)"), STUDENT },
	{ "queue-abandoned", { SWEEP_ABANDONED, NONE, NONE, NONE }, false, true,
	    N_("Calls that were abandoned in the queue"),
	    N_("calls abandoned (%)"), WILSON },
	{ "queue-service", { SWEEP_SERVICE, NONE, NONE, NONE }, false, true,
	    N_("Service level: calls answered within 20 s"),
	    N_("calls answered in time (%)"), WILSON },
	{ "mos", { SWEEP_MOS_MEAN, NONE, NONE, NONE }, false, false,
	    N_("How calls sound: MOS, mean"), N_("MOS"), STUDENT },
	{ "mos-least", { SWEEP_MOS_LEAST, NONE, NONE, NONE }, false, false,
	    N_("Sound of the worst call"), N_("MOS"),
	    N_("the least of all streams") },
	{ "mos-wideband", { SWEEP_MOS_WB_MEAN, NONE, NONE, NONE }, false, false,
	    N_("How wideband calls sound: MOS, mean"), N_("wideband MOS"),
	    STUDENT },
	{ "mos-wideband-least", { SWEEP_MOS_WB_LEAST, NONE, NONE, NONE }, false,
	    false, N_("How the worst wideband call sounds"), N_("wideband MOS"),
	    N_("the least of all streams") },
	{ "mos-fullband", { SWEEP_MOS_FB_MEAN, NONE, NONE, NONE }, false, false,
	    N_("How fullband calls sound: MOS, mean"), N_("fullband MOS"),
	    STUDENT },
	{ "mos-fullband-least", { SWEEP_MOS_FB_LEAST, NONE, NONE, NONE }, false,
	    false, N_("How the worst fullband call sounds"), N_("fullband MOS"),
	    N_("the least of all streams") },
	{ "media-lost", { SWEEP_LOST, NONE, NONE, NONE }, false, true,
	    N_("Packets of media that were lost"), N_("packets lost (%)"),
	    STUDENT },
	{ "media-late", { SWEEP_LATE, NONE, NONE, NONE }, false, true,
	    N_("Packets of media that came too late"), N_("packets late (%)"),
	    STUDENT },
	{ "media-jitter", { SWEEP_JITTER, NONE, NONE, NONE }, false, false,
	    N_("Jitter of media, mean"), N_("jitter (s)"), STUDENT },
	{ "failures", { NONE, NONE, NONE, NONE }, true, true,
	    N_("Failed calls, by status"), N_("calls (%)"), WILSON },
};

/* How the points of a table are laid out. */
struct axes {
	const struct sweep_table *t;
	size_t x;      /* the parameter along x; nparams: none varies */
	size_t nx;     /* its values */
	size_t stride; /* from point to point along x */
	size_t groups;
};

static struct axes
find_axes(const struct sweep_table *t)
{
	const struct experiment *e = t->e;
	struct axes a = { .t = t, .nx = 1, .stride = 1 };

	while (a.x < e->nparams && e->params[a.x].n < 2)
		a.x++;
	for (size_t i = a.x + 1; i < e->nparams; i++)
		a.stride *= e->params[i].n;
	if (a.x < e->nparams)
		a.nx = e->params[a.x].n;
	a.groups = e->points / a.nx;
	return a;
}

/* The parameters in front of x have one value each, so that a group is what
 * those after it have. */
static size_t
point_of(const struct axes *a, size_t group, size_t x)
{
	return x * a->stride + group;
}

/* "transport=udp, jitter=5ms" */
static void
put_group(const struct axes *a, size_t group, struct buf *b)
{
	const struct experiment *e = a->t->e;
	size_t n = 0;

	for (size_t i = a->x + 1; i < e->nparams; i++)
		if (e->params[i].n > 1)
			buf_printf(b, "%s%s = %s", n++ > 0 ? ", " : "",
			    e->params[i].name,
			    e->params[i].values[experiment_value(
				e, point_of(a, group, 0), i)]);
}

/* ---- one plot ---- */

struct page {
	const struct axes *a;
	const struct kind *kind;
	struct plot_point *points; /* nx for each series */
	struct plot_series series[PLOT_SERIES_MAX];
	struct buf names[PLOT_SERIES_MAX];
	size_t n;
};

static void
add_point(struct page *p, const struct sweep_estimate *e, size_t x)
{
	struct plot_series *s = &p->series[p->n];
	struct plot_point *at = &p->points[p->n * p->a->nx + s->n];
	const struct sweep_table *t = p->a->t;
	double scale = p->kind->share ? 100 : 1;
	const double *numbers =
	    p->a->x < t->e->nparams ? t->e->params[p->a->x].numbers : NULL;

	if (!e->has)
		return;
	*at =
	    (struct plot_point){ .x = numbers != NULL ? numbers[x] : (double)x,
		    .y = e->value * scale,
		    .low = e->i.low * scale,
		    .high = e->i.high * scale,
		    .has_low = e->i.has_low,
		    .has_high = e->i.has_high };
	s->n++;
}

/* Values may be in any order in a list; lines go from left to right. */
static void
sort_points(struct plot_point *points, size_t n)
{
	for (size_t i = 1; i < n; i++)
		for (size_t k = i; k > 0 && points[k].x < points[k - 1].x;
		     k--) {
			struct plot_point other = points[k];

			points[k] = points[k - 1];
			points[k - 1] = other;
		}
}

static void
end_series(struct page *p)
{
	struct plot_series *s = &p->series[p->n];

	s->points = &p->points[p->n * p->a->nx];
	sort_points(&p->points[p->n * p->a->nx], s->n);
	s->name = buf_view(&p->names[p->n]);
	p->n++;
}

/* The figure F of GROUP. */
static void
add_figure(struct page *p, enum sweep_figure f, size_t group)
{
	for (size_t x = 0; x < p->a->nx; x++)
		add_point(
		    p, &p->a->t->rows[point_of(p->a, group, x)].figures[f], x);
	end_series(p);
}

/* Calls of GROUP that ended with STATUS. */
static void
add_failures(struct page *p, unsigned status, size_t group)
{
	sweep_put_status(&p->names[p->n], status);
	for (size_t x = 0; x < p->a->nx; x++) {
		struct sweep_estimate share;

		sweep_row_failed(
		    &p->a->t->rows[point_of(p->a, group, x)], status, &share);
		add_point(p, &share, x);
	}
	end_series(p);
}

/* More than can be told apart are left out, the rarest of statuses first;
 * how many. */
static size_t
add_statuses(struct page *p, size_t group)
{
	const struct sweep_table *t = p->a->t;
	size_t left = 0;

	for (size_t i = 0; i < t->nfailures; i++) {
		size_t more = 0;

		for (size_t k = 0; k < t->nfailures; k++)
			more += t->failures[k].n > t->failures[i].n ||
				(k < i && t->failures[k].n == t->failures[i].n);
		if (more < PLOT_SERIES_MAX)
			add_failures(p, t->failures[i].status, group);
		else
			left++;
	}
	return left;
}

/* The series of the kind, of all groups or of GROUP; how many had no room. */
static size_t
add_series(struct page *p, size_t group)
{
	size_t left = 0;

	if (p->kind->each_group && p->kind->figures[0] == NONE)
		return add_statuses(p, group);
	for (size_t i = 0; p->kind->each_group && i < 4; i++) {
		static const char *const names[] = { N_("mean"), N_("50 %"),
			N_("95 %"), N_("99 %") };

		buf_puts(&p->names[p->n], _(names[i]));
		add_figure(p, p->kind->figures[i], group);
	}
	for (size_t g = 0; !p->kind->each_group && g < p->a->groups; g++) {
		if (p->n == PLOT_SERIES_MAX) {
			left++;
			continue;
		}
		put_group(p->a, g, &p->names[p->n]);
		add_figure(p, p->kind->figures[0], g);
	}
	return left;
}

static void
put_title(const struct page *p, size_t group, struct buf *b)
{
	buf_puts(b, _(p->kind->title));
	if (p->kind->each_group && p->a->groups > 1) {
		buf_puts(b, "; ");
		put_group(p->a, group, b);
	}
}

static void
put_x_label(const struct axes *a, struct buf *b)
{
	const struct sweep_param *p = &a->t->e->params[a->x];

	if (a->x == a->t->e->nparams)
		return;
	buf_puts(b, p->name);
	if (p->numbers != NULL && p->unit[0] != '\0')
		buf_printf(b, " (%s)", p->unit);
}

static void
draw_page(struct page *p, size_t group, struct buf *svg)
{
	const struct experiment *e = p->a->t->e;
	LOCAL_BUF title = BUF_INIT, label = BUF_INIT, source = BUF_INIT;
	static const char *const only[] = { "" };
	bool named =
	    p->a->x == e->nparams || e->params[p->a->x].numbers == NULL;
	struct plot plot = { .series = p->series,
		.nseries = p->n,
		.y_label = str_of(_(p->kind->y_label)),
		.note = str_of(_(p->kind->note)),
		.nx = p->a->nx };
	struct figure_info info;

	if (named)
		plot.x_names =
		    p->a->x == e->nparams
			? only
			: (const char *const *)e->params[p->a->x].values;
	if (p->kind->share && p->kind->figures[0] == SWEEP_SET_UP)
		plot.y_most = 100;
	put_title(p, group, &title);
	put_x_label(p->a, &label);
	buf_printf(&source, "rung %s, seeds %llu to %llu, experiment %016llx",
	    RUNG_VERSION, (unsigned long long)e->seed_from,
	    (unsigned long long)e->seed_to, (unsigned long long)e->id);
	plot.title = buf_view(&title);
	plot.x_label = buf_view(&label);
	info = (struct figure_info){ buf_view(&title), plot.note,
		buf_view(&source) };
	plot_draw(&plot, &info, &figure_svg, svg);
	if (title.err != 0 || label.err != 0 || source.err != 0)
		svg->err = ERR_NOMEM;
}

static size_t
make_page(const struct axes *a, const struct kind *kind, size_t group,
    struct buf *svg)
{
	struct page p = { .a = a, .kind = kind };
	size_t left = 0;

	p.points = mem_zalloc(a->nx * PLOT_SERIES_MAX, sizeof(*p.points));
	if (p.points == NULL) {
		svg->err = ERR_NOMEM;
		return 0;
	}
	left = add_series(&p, group);
	draw_page(&p, group, svg);
	for (size_t i = 0; i < PLOT_SERIES_MAX; i++)
		buf_free(&p.names[i]);
	mem_free(p.points);
	return left;
}

bool
sweep_table_plot(const struct sweep_table *t, size_t i, char name[64],
    struct buf *svg, size_t *left_out)
{
	struct axes a = find_axes(t);
	/* A plot for each of so many groups. */
	size_t groups = a.groups < PLOT_SERIES_MAX ? a.groups : PLOT_SERIES_MAX;

	*left_out = 0;
	for (size_t k = 0; k < COUNT_OF(kinds); k++) {
		enum sweep_figure f = kinds[k].figures[0];
		size_t pages = kinds[k].each_group ? groups : 1;

		if (f != NONE && !sweep_table_has(t, f))
			pages = 0;
		if (i >= pages) {
			i -= pages;
			continue;
		}
		if (kinds[k].each_group && a.groups > 1)
			snprintf(name, 64, "%s-%zu.svg", kinds[k].file, i + 1);
		else
			snprintf(name, 64, "%s.svg", kinds[k].file);
		*left_out = make_page(&a, &kinds[k], i, svg);
		return true;
	}
	return false;
}
