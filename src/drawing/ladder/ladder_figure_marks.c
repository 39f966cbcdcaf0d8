/*
 * Brackets: those of transactions at the client's lifeline, on the side where
 * its messages are not, with their name in a gap of the line; those of dialogs
 * and phases at the right of everything, with their name next to it.  On a page
 * that one goes on to, its name stands again.
 */
#include "ladder/ladder_figure_in.h"

#include "base/err.h"
#include "base/i18n.h"

#include <math.h>

#define FIRST     15.5 /* from the lifeline to the first lane */
#define LANE      12.5 /* of a transaction */
#define SPREAD    5.0  /* beyond the first and the last line */
#define SIZE      7.5
#define SIDE_SIZE 9.0
#define SMALL     8.0
#define SIDE_MOST 130.0
#define GAP       2.0 /* before a name */

double
picture_marks_width(const struct ladder_marks *m, bool paged, double *lane)
{
	double widest = 0;
	double goes_on = paged ? figure_text_width(
				     str_of(_("%.*s, cont.")), SIDE_SIZE, false)
			       : 0;
	bool unplaced = false;

	*lane = 0;
	for (size_t i = 0; m != NULL && i < m->n; i++) {
		const struct ladder_mark *k = &m->list[i];

		if (k->column != LAYOUT_NONE)
			continue;
		unplaced |= k->lane == LAYOUT_NONE;
		widest = fmax(widest,
		    figure_text_width(k->label, SIDE_SIZE, false) + goes_on);
		widest =
		    fmax(widest, figure_text_width(k->whose, SMALL, false));
	}
	if (widest <= 0)
		return 0;
	*lane = fmin(widest, SIDE_MOST) + 18;
	return *lane * ((double)m->lanes + (unplaced ? 1 : 0));
}

static double
away(const struct ladder_mark *m)
{
	return m->peer > m->column ? -1 : 1;
}

double
picture_marks_reach(const struct picture *p, size_t column)
{
	const struct ladder_marks *m = p->o->marks;

	if (m == NULL || column >= m->nreach || m->reach[column] == 0)
		return 0;
	return LANE * (double)m->reach[column] + 6;
}

double
picture_brackets_width(const struct picture *p)
{
	const struct ladder_marks *m = p->o->marks;
	size_t lanes = 0;

	for (size_t i = 0; m != NULL && i < m->n; i++) {
		const struct ladder_mark *k = &m->list[i];

		/* At the left of the first there is the axis. */
		if (k->column != LAYOUT_NONE && k->column > 0 &&
		    k->peer > k->column && k->lane != LAYOUT_NONE &&
		    k->lane > lanes)
			lanes = k->lane;
	}
	return LANE * (double)lanes;
}

/* A bracket as it is on this page. */
struct bracket {
	double x, top, bottom;
	double dx; /* from its back to its tips */
	struct figure_point tie;
	bool drawn;        /* there is a lane for it */
	bool goes_on, cut; /* it began on a page before; goes on to the next */
};

static struct bracket
bracket_of(const struct picture *p, const struct ladder_mark *m)
{
	bool drawn = m->lane != LAYOUT_NONE;
	double lane = drawn ? (double)m->lane : (double)p->o->marks->lanes;
	struct bracket b = { .drawn = drawn,
		.top = picture_paper_y(p, m->y) - SPREAD,
		.bottom = picture_paper_y(p, m->y_end) + SPREAD };

	if (m->column == LAYOUT_NONE) {
		b.x = p->marks_at + p->lane * lane + 4;
		b.dx = -4;
	} else {
		b.x = p->x[m->column] +
		      away(m) * (FIRST + (drawn ? LANE * lane : 0));
		b.dx = away(m) * -3;
	}
	b.goes_on = p->pages.now > 0 && b.top < p->top;
	b.cut = p->pages.now + 1 < p->pages.n && b.bottom > p->bottom;
	b.top = b.goes_on ? p->top : b.top;
	b.bottom = b.cut ? p->bottom : b.bottom;
	b.tie = (struct figure_point){ b.x, (b.top + b.bottom) / 2 };
	/* Without a bracket it is its first message's name. */
	if (!drawn)
		b.tie.y = picture_paper_y(p, m->y);
	if (!drawn && m->column != LAYOUT_NONE)
		b.tie.x = p->x[m->column];
	return b;
}

void
picture_bracket(const struct picture *p, const struct ladder_mark *m,
    struct figure_point ends[2])
{
	struct bracket b = bracket_of(p, m);

	ends[0] = (struct figure_point){ b.x, b.top };
	ends[1] = (struct figure_point){ b.x, b.bottom };
}

static size_t
mark_owner_of(const struct picture *p, size_t mark)
{
	return p->l->nrows + mark;
}

static bool
mark_is_here(const struct picture *p, size_t mark)
{
	const struct ladder_mark *m = &p->o->marks->list[mark];

	return picture_tile_has(p, bracket_of(p, m).tie.x) &&
	       picture_on_page(
		   p, m->y, m->lane == LAYOUT_NONE ? m->y : m->y_end);
}

void
picture_settle_brackets(struct picture *p)
{
	const struct ladder_marks *marks = p->o->marks;

	for (size_t i = 0; marks != NULL && i < marks->n; i++) {
		struct bracket b = bracket_of(p, &marks->list[i]);
		struct figure_point from = { b.x, b.top };
		struct figure_point to = { b.x, b.bottom };

		if (b.drawn && mark_is_here(p, i))
			picture_place_line(p, mark_owner_of(p, i), from, to);
	}
}

/* "T3", on a later page "T3, cont." */
static void
put_mark_name(const struct picture *p, const struct ladder_mark *m,
    const struct bracket *b, struct buf *name)
{
	/* TRANSLATORS: of a bracket that goes on from the page before */
	if (b->goes_on)
		buf_printf(name, _("%.*s, cont."), STR_ARG(m->label));
	else
		buf_str(name, m->label);
	if (name->err != 0)
		p->figure.out->err = ERR_NOMEM;
}

static bool
may_stand(struct picture *p, size_t mark, const struct placed *box)
{
	struct placed wide = { box->left - 1, box->top - 1, box->right + 1,
		box->bottom + 1, box->sin };

	if (!picture_inside(p, &wide) || !picture_free(p, &wide) ||
	    picture_crossed(p, mark_owner_of(p, mark), &wide))
		return false;
	picture_place(p, box);
	return true;
}

/* In a gap of its line, first between the first two messages; a long name is
 * turned as the line is.  Else next to it. */
static bool
place_transaction_name(struct picture *p, size_t mark, const struct bracket *b,
    double width, struct placed *box)
{
	bool turned = b->goes_on && p->figure.device->turns;
	const struct ladder_mark *m = &p->o->marks->list[mark];
	struct wish beside = { .owner = mark_owner_of(p, mark),
		.tie = b->tie,
		.width = width,
		.height = SIZE + 1,
		.near = b->drawn ? 3 : 8,
		.left = away(m) < 0 };
	double start = b->top + SPREAD + p->unit / 2, high = SIZE / 2 + 0.5;
	double half = turned ? width / 2 : high;

	for (int i = 0; b->drawn && i < 120; i++) {
		int off = (i + 1) / 2 * (i % 2 ? 1 : -1);
		double y = start + 4.0 * off;

		if (y - half < b->top + 3 || y + half > b->bottom - 3)
			continue;
		*box = (struct placed){ b->x - width / 2, y - high,
			b->x + width / 2, y + high, turned ? -1 : 0 };
		if (may_stand(p, mark, box))
			return true;
	}
	return picture_seek(p, &beside, box);
}

static double
mark_width_of(const struct ladder_mark *m, struct str name)
{
	double width = figure_text_width(name, SIZE, true);

	if (m->column != LAYOUT_NONE)
		return width;
	width = figure_text_width(name, SIDE_SIZE, false);
	return fmin(
	    fmax(width, figure_text_width(m->whose, SMALL, false)), SIDE_MOST);
}

/* Beside its middle, or as near as there is room. */
static bool
name_beside(struct picture *p, size_t mark, const struct bracket *b,
    double width, struct placed *box)
{
	const struct ladder_mark *m = &p->o->marks->list[mark];
	double high = m->whose.n > 0 ? 10.5 : 5.5;

	for (int i = 0; i < 400; i++) {
		int off = (i + 1) / 2 * (i % 2 ? 1 : -1);
		double y = b->tie.y + 3.0 * off;

		*box = (struct placed){ b->x + 3, y - high,
			b->x + 3 + GAP + width, y + high, 0 };
		if (may_stand(p, mark, box))
			return true;
	}
	return false;
}

void
picture_settle_names(struct picture *p)
{
	const struct ladder_marks *marks = p->o->marks;

	for (size_t i = 0; marks != NULL && i < marks->n; i++) {
		const struct ladder_mark *m = &marks->list[i];
		struct bracket b = bracket_of(p, m);
		struct placed *box = &p->titles[i];
		LOCAL_BUF name = BUF_INIT;
		bool found = false;
		double width;

		if (mark_is_here(p, i)) {
			put_mark_name(p, m, &b, &name);
			width = mark_width_of(m, buf_view(&name));
			found =
			    m->column != LAYOUT_NONE
				? place_transaction_name(p, i, &b, width, box)
				: name_beside(p, i, &b, width, box);
		}
		if (!found)
			*box = (struct placed){ 0 };
	}
}

/* [ or ], with a gap where its name stands within; open where it goes on from
 * a page or to one. */
static void
draw_figure_bracket(
    struct picture *p, const struct bracket *b, const struct placed *name)
{
	struct figure_pen pen = { 0.9, GREY, NULL, FIGURE_PLAIN };
	bool gap = name->left < b->x && name->right > b->x;
	double y = (name->top + name->bottom) / 2;
	double half = (name->sin != 0 ? name->right - name->left
				      : name->bottom - name->top) /
			  2 +
		      1;
	double low = gap ? y - half : b->bottom;
	double high = gap ? y + half : b->top;
	struct figure_point above[] = { { b->x + b->dx, b->top },
		{ b->x, b->top }, { b->x, low } };
	struct figure_point below[] = { { b->x + b->dx, b->bottom },
		{ b->x, b->bottom }, { b->x, high } };
	struct figure_point whole[] = { above[0], above[1], below[1],
		below[0] };
	size_t first = b->goes_on ? 1 : 0, last = b->cut ? 1 : 0;

	if (gap) {
		figure_line(&p->figure, above + first, 3 - first, &pen);
		figure_line(&p->figure, below + last, 3 - last, &pen);
	} else {
		figure_line(&p->figure, whole + first, 4 - first - last, &pen);
	}
}

static void
draw_mark_name(struct picture *p, const struct ladder_mark *m, struct str name,
    const struct placed *box)
{
	static const struct figure_font inner = { SIZE, GREY, true, false };
	static const struct figure_font side = { SIDE_SIZE, INK, false, true };
	static const struct figure_font small = { SMALL, GREY, false, false };
	double y = (box->top + box->bottom) / 2;
	struct buf fitted = BUF_INIT;

	if (m->column != LAYOUT_NONE) {
		figure_turned(&p->figure, (box->left + box->right) / 2, y, name,
		    FIGURE_CENTRE, &inner, 90 * box->sin);
		return;
	}
	figure_fit(&fitted, name, SIDE_SIZE, false, SIDE_MOST);
	figure_text(&p->figure, box->left + GAP, m->whose.n > 0 ? y - 5 : y,
	    buf_view(&fitted), FIGURE_LEFT, &side);
	buf_clear(&fitted);
	figure_fit(&fitted, m->whose, SMALL, false, SIDE_MOST);
	figure_text(&p->figure, box->left + GAP, y + 5.5, buf_view(&fitted),
	    FIGURE_LEFT, &small);
	buf_end(&fitted, &p->figure.out->err);
}

static void
mark_draw(struct picture *p, size_t mark)
{
	const struct ladder_mark *m = &p->o->marks->list[mark];
	const struct placed *box = &p->titles[mark];
	struct bracket b = bracket_of(p, m);
	LOCAL_BUF name = BUF_INIT;

	if (b.drawn)
		draw_figure_bracket(p, &b, box);
	if (box->right <= box->left)
		return;
	put_mark_name(p, m, &b, &name);
	/* A name beside a bracket need not be at its middle. */
	if (m->column == LAYOUT_NONE
		? box->bottom < b.top || box->top > b.bottom
		: picture_is_far(box, b.tie) &&
		      !(box->left < b.x && box->right > b.x))
		picture_tie_text(p, box, 1, b.tie, GREY);
	draw_mark_name(p, m, buf_view(&name), box);
}

void
picture_brackets(struct picture *p)
{
	static const struct figure_mark group = { NULL, "mark", { NULL, 0 } };
	const struct ladder_marks *marks = p->o->marks;

	for (size_t i = 0; marks != NULL && i < marks->n; i++) {
		if (!mark_is_here(p, i))
			continue;
		figure_group(&p->figure, &group);
		mark_draw(p, i);
		figure_group_end(&p->figure);
	}
}
