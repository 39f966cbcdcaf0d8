/*
 * The states of a machine as patterned bars on its lifeline, and their legend.
 * Patterns are lines drawn within the bar, for a printer without colours.
 */
#include "trace/machines.h"
#include "ladder/ladder_dot_in.h"

#define HALF 4.5
/* A line in a pattern has at most this many points. */
#define POINTS 400

/* X(fill, ink): each state of a ladder takes the next. */
static const struct {
	const char *fill, *ink;
	double rise, step; /* of hatching; step 0: dots */
} patterns[] = {
	{ "#dbe6f4", "#1f4f8f", 5, 5 },
	{ "#f3ead6", "#7a5600", 0, 0 },
	{ "#dff0e5", "#17683a", 0, 4 },
	{ "#f6e0dd", "#a3180e", -5, 5 },
	{ "#ececec", "#5b636e", 9, 3 },
	{ "#ffffff", "#5b636e", 0, 9 },
};
#define PATTERNS (sizeof(patterns) / sizeof(patterns[0]))

static size_t
pattern_of(const struct layout *l, const struct layout_bar *bar)
{
	size_t n = 0;

	/* The states met before this one, each counted once. */
	for (size_t i = 0; i < l->nbars; i++) {
		bool before = false;

		if (str_eq(l->bars[i].state, bar->state))
			return n % PATTERNS;
		for (size_t k = 0; k < i && !before; k++)
			before = str_eq(l->bars[k].state, l->bars[i].state);
		n += !before;
	}
	return n % PATTERNS;
}

/* One line that goes to and fro: its slanted parts are the hatching, the rest
 * lies on the bar's edges. */
static void
hatch(struct picture *p, double x, double top, double bottom, double rise,
    double step, const struct dot_pen *pen)
{
	struct dot_point at[POINTS];
	double up = rise < 0 ? -rise : rise, side = rise < 0 ? 1 : -1;
	size_t n = 0;

	for (double y = top + up; y < bottom && n + 2 <= POINTS; y += step) {
		struct dot_point low = { x + side * HALF, y };
		struct dot_point high = { x - side * HALF, y - up };
		bool back = n / 2 % 2 == 1;

		at[n++] = back ? high : low;
		at[n++] = back ? low : high;
	}
	if (n >= 2)
		dot_line(&p->dot, at, n, pen);
}

static void
draw_bar(struct picture *p, double x, double top, double bottom, size_t which)
{
	struct dot_pen pen = { 0.8, patterns[which].ink, NULL, DOT_PLAIN, NULL,
		NULL, NULL };
	double step = patterns[which].step;

	dot_box(&p->dot, x - HALF, top, x + HALF, bottom, patterns[which].fill,
	    AXIS, false);
	if (step > 0) {
		if ((bottom - top) / step > (POINTS - 2) / 2.0)
			step = (bottom - top) / ((POINTS - 2) / 2.0);
		hatch(p, x, top, bottom, patterns[which].rise, step, &pen);
		return;
	}
	pen.style = "dotted";
	pen.width = 1.3;
	for (int side = -1; side <= 1; side += 2) {
		struct dot_point line[] = { { x + side * 1.8, top + 2 },
			{ x + side * 1.8, bottom - 2 } };

		if (bottom - top > 6)
			dot_line(&p->dot, line, 2, &pen);
	}
}

void
picture_bars(struct picture *p)
{
	for (size_t i = 0; i < p->l->nbars; i++) {
		const struct layout_bar *b = &p->l->bars[i];
		double top = picture_y(p, b->y),
		       bottom = picture_y(p, b->y_end);

		if (bottom - top >= 1)
			draw_bar(p, p->x[b->column], top, bottom,
			    pattern_of(p->l, b));
	}
}

double
picture_bar_half(const struct picture *p, size_t column, double y)
{
	for (size_t i = 0; i < p->l->nbars; i++) {
		const struct layout_bar *b = &p->l->bars[i];

		if (b->column == column && y >= b->y && y <= b->y_end)
			return HALF;
	}
	return 0;
}

/* "atl, INVITE client transaction:" where one machine is shown. */
static double
draw_machine(struct picture *p, double x, double y, const struct dot_font *font)
{
	const struct layout *l = p->l;
	const struct trace_machine *m = trace_machine_find(l->bars[0].machine);
	struct buf b = BUF_INIT;
	double width;

	for (size_t i = 1; i < l->nbars; i++)
		if (l->bars[i].column != l->bars[0].column)
			return 0;
	buf_str(&b, l->columns[l->bars[0].column].label);
	buf_puts(&b, " · ");
	if (m != NULL)
		buf_puts(&b, i18n_text(m->title));
	else
		buf_str(&b, l->bars[0].machine);
	dot_text(&p->dot, x, y, buf_view(&b), DOT_LEFT, font);
	width = dot_text_width(buf_view(&b), font->size, font->bold) + 14;
	if (b.err != 0)
		p->dot.out->err = b.err;
	buf_free(&b);
	return width;
}

size_t
picture_legend(struct picture *p, double y)
{
	static const struct dot_font font = { 8, GREY, false, false };
	const struct layout *l = p->l;
	double x = 30, end = p->dot.width - 30;
	size_t shown = 0;

	if (l->nbars > 0)
		x += draw_machine(p, x, y, &font);
	for (size_t i = 0; i < l->nbars; i++) {
		const struct layout_bar *b = &l->bars[i];
		double width = dot_text_width(b->state, 8, false);
		bool before = false;

		for (size_t k = 0; k < i && !before; k++)
			before = str_eq(l->bars[k].state, b->state);
		if (before || x + 16 + width > end)
			continue;
		draw_bar(p, x + HALF, y - 5, y + 5, pattern_of(l, b));
		dot_text(&p->dot, x + 14, y, b->state, DOT_LEFT, &font);
		x += 14 + width + 22;
		shown++;
	}
	return shown;
}
