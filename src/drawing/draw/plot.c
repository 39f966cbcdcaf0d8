/* Plots, drawn with the figures' devices; sizes are points. */
#include "draw/plot.h"

#include "base/err.h"
#include "base/i18n.h"
#include "base/mem.h"

#include <math.h>

#define WIDTH  420.0
#define HEIGHT 300.0
#define RIGHT  14.0
#define BOTTOM 58.0
#define INSET  10.0 /* of the first and the last place on x */
#define MARGIN 8.0
#define LEGEND 15.0 /* a line of it */
#define CAP    2.6  /* half of what ends an error bar */
#define MARKER 2.8
#define DODGE  3.0  /* between series at one place */
#define APART  2.0  /* between lines that would lie on one another */
#define NEAR   1.5  /* lines nearer than that lie on one another */
#define SMALL  1e-4 /* least x of a distribution */
#define MARKS  8    /* markers of one */

#define INK  "#1b1f24"
#define GREY "#5b636e"
#define PALE "#dfe3e8"

static const struct figure_font title_font = { 11, INK, true, false };
static const struct figure_font label_font = { 10, INK, false, false };
static const struct figure_font tick_font = { 9, INK, false, false };
static const struct figure_font note_font = { 8, GREY, false, false };
static const struct figure_pen axis_pen = { 1, INK, NULL, FIGURE_PLAIN };
static const struct figure_pen grid_pen = { 0.6, PALE, NULL, FIGURE_PLAIN };

/* Colours that the colour-blind tell apart (M. Okabe, K. Ito), dashes for who
 * prints without colours. */
static const struct {
	const char *colour, *dashes;
	bool round, filled;
} looks[PLOT_SERIES_MAX] = {
	{ "#0072b2", NULL, true, true },
	{ "#d55e00", "dashed", false, true },
	{ "#009e73", "dotted", true, false },
	{ "#cc79a7", NULL, false, false },
	{ "#e69f00", "dashed", true, true },
	{ "#000000", "dotted", false, true },
};

/* The plot on its way to the page. */
struct drawing {
	const struct plot *p;
	struct figure f;
	size_t nseries;
	double left, top, right, bottom; /* of the axes */
	/* Of a distribution x_low and x_high are powers of ten. */
	double x_low, x_high, x_step, y_low, y_high, y_step;
	double lift[PLOT_SERIES_MAX]; /* of a line, so that it is seen */
	bool parted;                  /* one of them is not 0 */
};

/* The step between the ticks of an axis from *LOW to *HIGH: 1, 2 or 5 times a
 * power of ten, for about COUNT steps.  *LOW and *HIGH are widened to multiples
 * of it. */
static double
plot_ticks(double *low, double *high, int count)
{
	static const double nice[] = { 1, 2, 5, 10 };
	double raw = (*high - *low) / count, power, step = 0;

	if (!(raw > 0)) {
		*high = *low + 1;
		raw = 1.0 / count;
	}
	power = pow(10, floor(log10(raw)));
	for (size_t i = 0; i < 4 && step < raw * 0.999; i++)
		step = nice[i] * power;
	*low = floor(*low / step + 1e-9) * step;
	*high = ceil(*high / step - 1e-9) * step;
	return step;
}

static double
place_x(const struct drawing *g, double x)
{
	double from = g->left + INSET, to = g->right - INSET;

	if (g->p->shares)
		x = log10(fmax(x, SMALL));
	return from + (x - g->x_low) / (g->x_high - g->x_low) * (to - from);
}

static double
place_y(const struct drawing *g, double y)
{
	double v = g->bottom - (y - g->y_low) / (g->y_high - g->y_low) *
				   (g->bottom - g->top);

	return v < g->top ? g->top : v > g->bottom ? g->bottom : v;
}

static void
put_segment(struct drawing *g, double x1, double y1, double x2, double y2,
    const struct figure_pen *pen)
{
	const struct figure_point points[] = { { x1, y1 }, { x2, y2 } };

	figure_line(&g->f, points, 2, pen);
}

/* "0.05": as few digits as the step has. */
static void
put_tick(struct buf *b, double v, double step)
{
	int digits = (int)ceil(-log10(step) - 1e-9);

	buf_printf(
	    b, "%.*f", digits > 0 ? digits : 0, fabs(v) < step / 1000 ? 0 : v);
}

/* ---- what there is room for ---- */

static void
measure_powers(struct drawing *g)
{
	g->x_low = floor(log10(fmax(g->x_low, SMALL)) + 1e-9);
	g->x_high = ceil(log10(fmax(g->x_high, SMALL)) - 1e-9);
	if (g->x_high <= g->x_low)
		g->x_high = g->x_low + 1;
}

static void
measure_axes(struct drawing *g)
{
	const struct plot *p = g->p;
	double x_low = INFINITY, x_high = -INFINITY, y = p->y_most;
	/* Half steps from 1 to 4.5, tens or twenties to 100. */
	int steps = p->y_least > 0 ? 7 : 6;

	for (size_t s = 0; s < g->nseries; s++)
		for (size_t i = 0; i < p->series[s].n; i++) {
			const struct plot_point *at = &p->series[s].points[i];

			x_low = fmin(x_low, at->x);
			x_high = fmax(x_high, at->x);
			if (p->y_most > 0)
				continue;
			y = fmax(y, at->has_high ? at->high : at->y);
		}
	g->x_low = isfinite(x_low) ? x_low : 0;
	g->x_high = isfinite(x_high) ? x_high : 1;
	if (p->x_names != NULL) {
		g->x_low = -0.5;
		g->x_high = (double)p->nx - 0.5;
		g->x_step = 1;
	} else if (p->shares) {
		measure_powers(g);
	} else {
		g->x_step = plot_ticks(&g->x_low, &g->x_high, 7);
	}
	g->y_low = p->y_least;
	g->y_high = y > 0 ? y : 1;
	g->y_step = plot_ticks(&g->y_low, &g->y_high, steps);
}

static double
widest_tick(const struct drawing *g)
{
	double most = 0;

	for (double v = g->y_low; v < g->y_high + g->y_step / 2;
	     v += g->y_step) {
		LOCAL_BUF b = BUF_INIT;

		put_tick(&b, v, g->y_step);
		most = fmax(most,
		    figure_text_width(buf_view(&b), tick_font.size, false));
	}
	return most;
}

/* ---- axes ---- */

static void
draw_y_axis(struct drawing *g)
{
	for (double v = g->y_low; v < g->y_high + g->y_step / 2;
	     v += g->y_step) {
		double y = place_y(g, v);
		LOCAL_BUF b = BUF_INIT;

		put_tick(&b, v, g->y_step);
		if (v > g->y_low)
			put_segment(g, g->left, y, g->right, y, &grid_pen);
		put_segment(g, g->left - 4, y, g->left, y, &axis_pen);
		figure_text(&g->f, g->left - 7, y, buf_view(&b), FIGURE_RIGHT,
		    &tick_font);
	}
	figure_turned(&g->f, MARGIN + 7, (g->top + g->bottom) / 2,
	    g->p->y_label, FIGURE_CENTRE, &label_font, -90);
}

static void
draw_x_tick(struct drawing *g, double v, struct str text)
{
	double x = place_x(g, v);

	put_segment(g, x, g->bottom, x, g->bottom + 4, &axis_pen);
	figure_text(&g->f, x, g->bottom + 12, text, FIGURE_CENTRE, &tick_font);
}

/* 1, 2 and 5 times each power of ten; of many powers only these. */
static void
draw_powers(struct drawing *g)
{
	int step = g->x_high - g->x_low > 2 ? 3 : 1;

	for (int i = 0, power = 0; g->x_low + power < g->x_high + 0.5;
	     i += step, power = i / 3) {
		static const int times[] = { 1, 2, 5 };
		double v = times[i % 3] * pow(10, g->x_low + power);
		LOCAL_BUF b = BUF_INIT;

		if (log10(v) > g->x_high + 1e-9)
			break;
		buf_printf(&b, "%g", v);
		draw_x_tick(g, v, buf_view(&b));
	}
}

/* What "identical lines are drawn next to each other" takes above the plot's
 * own note. */
static double
parted_row(const struct drawing *g)
{
	return g->parted && g->p->note.n > 0 ? 12 : 0;
}

static void
draw_x_axis(struct drawing *g)
{
	const struct plot *p = g->p;
	/* Names get so much room each. */
	double room = (g->right - g->left) / (double)(p->nx > 0 ? p->nx : 1);
	size_t every = room < 24 ? (size_t)ceil(24 / room) : 1;

	for (size_t i = 0; p->x_names != NULL && i < p->nx; i += every) {
		LOCAL_BUF b = BUF_INIT;

		figure_fit(&b, str_of(p->x_names[i]), tick_font.size, false,
		    room * (double)every - 4);
		draw_x_tick(g, (double)i, buf_view(&b));
	}
	if (p->shares)
		draw_powers(g);
	for (double v = g->x_low;
	     p->x_names == NULL && !p->shares && v < g->x_high + g->x_step / 2;
	     v += g->x_step) {
		LOCAL_BUF b = BUF_INIT;

		put_tick(&b, v, g->x_step);
		draw_x_tick(g, v, buf_view(&b));
	}
	figure_text(&g->f, (g->left + g->right) / 2, g->bottom + 28, p->x_label,
	    FIGURE_CENTRE, &label_font);
	figure_text(
	    &g->f, g->right, HEIGHT - 10, p->note, FIGURE_RIGHT, &note_font);
	if (g->parted)
		figure_text(&g->f, g->right, HEIGHT - 10 - parted_row(g),
		    str_of(_("identical lines are drawn next to each other")),
		    FIGURE_RIGHT, &note_font);
}

/* ---- series ---- */

/* A piece of the lines S and K is the same, as far as is seen. */
static bool
lies_on(const struct drawing *g, size_t s, size_t k)
{
	const struct plot_series *a = &g->p->series[s], *b = &g->p->series[k];
	size_t same = 0;

	for (size_t i = 0; i < a->n && i < b->n && same < 2; i++) {
		double x =
		    place_x(g, a->points[i].x) - place_x(g, b->points[i].x);
		double y =
		    place_y(g, a->points[i].y) - place_y(g, b->points[i].y);

		same = fabs(y) < NEAR && (!g->p->shares || fabs(x) < NEAR)
			   ? same + 1
			   : 0;
	}
	return same == 2;
}

/* The first of such lines stays where it is; the others are drawn above and
 * below it in turn. */
static void
part_lines(struct drawing *g)
{
	static const double places[PLOT_SERIES_MAX] = { 0, -1, 1, -2, 2, -3 };

	for (size_t s = 1; g->p->x_names == NULL && s < g->nseries; s++) {
		bool taken[PLOT_SERIES_MAX] = { false };
		size_t place = 0;

		for (size_t k = 0; k < s; k++)
			for (size_t i = 0; i < PLOT_SERIES_MAX; i++)
				taken[i] |= g->lift[k] == places[i] * APART &&
					    lies_on(g, s, k);
		while (taken[place])
			place++;
		g->lift[s] = places[place] * APART;
		g->parted |= place > 0;
	}
}

static void
draw_marker(struct drawing *g, size_t s, double x, double y)
{
	const char *colour = looks[s].colour;

	figure_box(&g->f, x - MARKER, y - MARKER, x + MARKER, y + MARKER,
	    looks[s].filled ? colour : "#ffffff", colour, looks[s].round);
}

static void
plot_draw_bar(
    struct drawing *g, size_t s, const struct plot_point *at, double x)
{
	const struct figure_pen pen = { 0.9, looks[s].colour, NULL,
		FIGURE_PLAIN };
	double low = place_y(g, at->has_low ? at->low : at->y);
	double high = place_y(g, at->has_high ? at->high : at->y);

	if (!at->has_low && !at->has_high)
		return;
	put_segment(g, x, low, x, high, &pen);
	if (at->has_low)
		put_segment(g, x - CAP, low, x + CAP, low, &pen);
	if (at->has_high)
		put_segment(g, x - CAP, high, x + CAP, high, &pen);
}

/* From no share at all: up at each point, and on to the next. */
static void
draw_steps(struct drawing *g, const struct plot_series *s, double lift,
    const struct figure_pen *pen)
{
	struct figure_point *line = mem_zalloc(2 * s->n + 1, sizeof(*line));
	double y = place_y(g, 0) + lift;
	size_t n = 0;

	if (line == NULL) {
		g->f.out->err = ERR_NOMEM;
		return;
	}
	for (size_t i = 0; i < s->n; i++) {
		double x = place_x(g, s->points[i].x);

		line[n++] = (struct figure_point){ x, y };
		y = place_y(g, s->points[i].y) + lift;
		line[n++] = (struct figure_point){ x, y };
	}
	figure_line(&g->f, line, n, pen);
	mem_free(line);
}

static void
draw_distribution(struct drawing *g, size_t s)
{
	const struct plot_series *series = &g->p->series[s];
	const struct figure_pen pen = { 1.2, looks[s].colour, looks[s].dashes,
		FIGURE_PLAIN };
	const struct figure_mark mark = { NULL, "series", series->name };
	size_t every = (series->n + MARKS - 1) / MARKS;

	figure_group(&g->f, &mark);
	draw_steps(g, series, g->lift[s], &pen);
	for (size_t i = 0; i < series->n; i++)
		if ((series->n - 1 - i) % every == 0)
			draw_marker(g, s, place_x(g, series->points[i].x),
			    place_y(g, series->points[i].y) + g->lift[s]);
	figure_group_end(&g->f);
}

static void
draw_series(struct drawing *g, size_t s)
{
	const struct plot_series *series = &g->p->series[s];
	const struct figure_pen pen = { 1.2, looks[s].colour, looks[s].dashes,
		FIGURE_PLAIN };
	const struct figure_mark mark = { NULL, "series", series->name };
	double shift = ((double)s - (double)(g->nseries - 1) / 2) * DODGE;

	figure_group(&g->f, &mark);
	for (size_t i = 0; g->p->x_names == NULL && i + 1 < series->n; i++) {
		const struct plot_point *a = &series->points[i], *b = a + 1;

		put_segment(g, place_x(g, a->x) + shift,
		    place_y(g, a->y) + g->lift[s], place_x(g, b->x) + shift,
		    place_y(g, b->y) + g->lift[s], &pen);
	}
	for (size_t i = 0; i < series->n; i++) {
		const struct plot_point *at = &series->points[i];
		double x = place_x(g, at->x) + shift;

		plot_draw_bar(g, s, at, x);
		draw_marker(g, s, x, place_y(g, at->y) + g->lift[s]);
	}
	figure_group_end(&g->f);
}

/* The names beside a piece of each line, from the left, in as many lines as
 * they take; how high they are.  DRAW: else only that. */
static double
plot_put_legend(struct drawing *g, bool draw)
{
	bool named = g->nseries > 0 && g->p->series[0].name.n > 0;
	double x = g->left, y = MARGIN + 26;

	for (size_t s = 0; named && s < g->nseries; s++) {
		const struct figure_pen pen = { 1.2, looks[s].colour,
			looks[s].dashes, FIGURE_PLAIN };
		double width = 30 + figure_text_width(g->p->series[s].name,
					tick_font.size, false);

		if (x > g->left && x + width > g->right) {
			x = g->left;
			y += LEGEND;
		}
		if (draw) {
			put_segment(g, x, y, x + 18, y, &pen);
			draw_marker(g, s, x + 9, y);
			figure_text(&g->f, x + 22, y, g->p->series[s].name,
			    FIGURE_LEFT, &tick_font);
		}
		x += width + 6;
	}
	return named ? y + 16 : MARGIN + 22;
}

void
plot_draw(const struct plot *p, const struct figure_info *info,
    const struct figure_device *device, struct buf *out)
{
	struct drawing g = { .p = p,
		.nseries = p->nseries < PLOT_SERIES_MAX ? p->nseries
							: PLOT_SERIES_MAX };

	measure_axes(&g);
	g.left = MARGIN + 14 + widest_tick(&g) + 10;
	g.right = WIDTH - RIGHT;
	g.top = plot_put_legend(&g, false);
	g.bottom = HEIGHT - BOTTOM;
	part_lines(&g);
	g.bottom -= parted_row(&g);
	figure_begin(&g.f, device, out, WIDTH, HEIGHT, info);
	figure_text(&g.f, (g.left + g.right) / 2, MARGIN + 7, p->title,
	    FIGURE_CENTRE, &title_font);
	draw_y_axis(&g);
	draw_x_axis(&g);
	put_segment(&g, g.left, g.top, g.left, g.bottom, &axis_pen);
	put_segment(&g, g.left, g.bottom, g.right, g.bottom, &axis_pen);
	for (size_t s = 0; s < g.nseries; s++)
		(p->shares ? draw_distribution : draw_series)(&g, s);
	plot_put_legend(&g, true);
	figure_end(&g.f);
}
