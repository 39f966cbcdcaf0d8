/*
 * Brackets: those of transactions at the client's lifeline, on the side where
 * its messages are not; those of dialogs and phases at the right of everything.
 */
#include "ladder/ladder_figure_in.h"

#define LANE      9.0 /* of a transaction */
#define SIDE_LANE 64.0
#define SPREAD    5.0 /* beyond the first and the last line */
#define SIZE      8.0

double
picture_marks_width(const struct ladder_marks *m)
{
	return m != NULL ? (double)m->lanes * SIDE_LANE : 0;
}

/* [ or ], DX from its back to its tips. */
static void
draw_bracket(struct picture *p, double x, double top, double bottom, double dx)
{
	struct figure_pen pen = { 0.9, GREY, NULL, FIGURE_PLAIN };
	struct figure_point at[] = { { x + dx, top }, { x, top }, { x, bottom },
		{ x + dx, bottom } };

	figure_line(&p->figure, at, 4, &pen);
}

static void
draw_transaction(
    struct picture *p, const struct ladder_mark *m, double top, double bottom)
{
	static const struct figure_font font = { SIZE, GREY, true, false };
	double away = m->peer > m->column ? -1 : 1;
	double x = p->x[m->column] + away * (10 + LANE * (double)m->lane);

	/* Between the first two lines. */
	double middle = top + SPREAD + p->unit / 2;

	if (middle > (top + bottom) / 2)
		middle = (top + bottom) / 2;
	draw_bracket(p, x, top, bottom, away * -3);
	figure_text(&p->figure, x + away * 2, middle, m->label,
	    away < 0 ? FIGURE_RIGHT : FIGURE_LEFT, &font);
}

static void
draw_side(
    struct picture *p, const struct ladder_mark *m, double top, double bottom)
{
	static const struct figure_font font = { 9, INK, false, true };
	double x = p->marks_at + SIDE_LANE * (double)m->lane + 4;

	draw_bracket(p, x, top, bottom, -4);
	figure_text(&p->figure, x + 5, (top + bottom) / 2, m->label,
	    FIGURE_LEFT, &font);
}

void
picture_brackets(struct picture *p)
{
	static const struct figure_mark group = { NULL, "mark", { NULL, 0 } };
	const struct ladder_marks *marks = p->o->marks;

	for (size_t i = 0; marks != NULL && i < marks->n; i++) {
		const struct ladder_mark *m = &marks->list[i];
		double top = picture_y(p, m->y) - SPREAD;
		double bottom = picture_y(p, m->y_end) + SPREAD;

		if (!picture_on_page(p, m->y, m->y_end))
			continue;
		figure_group(&p->figure, &group);
		if (m->column != LAYOUT_NONE)
			draw_transaction(p, m, top, bottom);
		else
			draw_side(p, m, top, bottom);
		figure_group_end(&p->figure);
	}
}
