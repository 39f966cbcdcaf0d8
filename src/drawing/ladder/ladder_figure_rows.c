/*
 * The rows of the ladder's picture: arrows, what became of them, bands of
 * media, timers, and remarks beside the lifelines.
 */
#include "base/err.h"
#include "base/progress.h"
#include "ladder/ladder_arrow.h"
#include "ladder/ladder_figure_in.h"
#include "words/time_words.h"

#include <math.h>

#define LOST_SIZE 8.5

_Static_assert(TRACE_DROP_COUNT < 64, "each reason has a bit");

#define BETWEEN 8 /* of its places */

/* Room for a reason between two lifelines, where it may cross none. */
static double
lost_room(const struct picture *p)
{
	return p->column - 14 - (p->l->nbars > 0 ? 10 : 0);
}

/* The left end of a text in the middle between the two lifelines that AT lies
 * between. */
static double
lost_between(const struct picture *p, struct figure_point at, double width)
{
	double left = p->left - p->column, right = p->right + p->column;

	for (size_t i = 0; i < p->l->ncolumns; i++) {
		if (p->x[i] <= at.x)
			left = fmax(left, p->x[i]);
		else
			right = fmin(right, p->x[i]);
	}
	return (left + right - width) / 2;
}

/* How far the bar of R's receiver reaches behind AT, where R was lost. */
static double
bar_behind(
    const struct picture *p, const struct layout_row *r, struct figure_point at)
{
	double half = picture_bar_half(p, r->to, r->y_end);
	double far = fabs(p->x[r->to] - at.x);

	return far < 9 ? fmax(0, far + half + 3 - 9) : 0;
}

/*
 * Where the text of a lost message stands: behind the cross, where no line
 * goes; else below it, else above; not on lifelines while there is a choice,
 * and never on one where columns are narrow; else next to it, joined to it.
 */
static bool
place_lost(struct picture *p, const struct layout_row *r,
    struct figure_point at, double width, struct placed *box)
{
	double sign = r->from < r->to ? 1 : -1;
	double off = 9 + bar_behind(p, r, at);
	double behind = sign > 0 ? at.x + off : at.x - off - width;
	double back = r->loss.arrived ? -8 : 3;
	double before = sign > 0 ? at.x + back - width : at.x - back;
	double between = lost_between(p, at, width);
	const double xs[] = { behind, behind, before, behind, behind, before,
		behind, before, [BETWEEN] = between, between };
	const double ys[] = { 0, 11, 12, -11, 20, 22, 30, 32, 11, 20 };
	struct wish beside = { .owner = (size_t)(r - p->l->rows),
		.tie = at,
		.width = width,
		.height = 9,
		.near = 9,
		.left = sign < 0,
		.clear = true };

	for (int strict = 1; strict >= (p->fit.bare ? 1 : 0); strict--) {
		for (size_t i = 0; i < (p->fit.bare ? BETWEEN + 2 : BETWEEN);
		     i++) {
			double y = at.y + ys[i];

			/* Between two rows there is one place. */
			if (!p->l->true_time && i > 0)
				y = at.y + 9.5;
			*box = (struct placed){ xs[i], y - 5, xs[i] + width,
				y + 5, 0 };
			if ((strict && picture_on_lifeline(p, box)) ||
			    picture_on_bar(p, box) || !picture_inside(p, box) ||
			    !picture_free(p, box) ||
			    picture_crossed(p, beside.owner, box))
				continue;
			picture_place(p, box);
			return true;
		}
	}
	return !p->fit.bare && picture_seek(p, &beside, box);
}

static void
picture_row_put_lost(
    const struct picture *p, const struct layout_row *r, struct buf *why)
{
	figure_fit(why, r->loss.text, LOST_SIZE, false,
	    fmax(p->column * 0.9, lost_room(p)));
	if (why->err != 0)
		p->figure.out->err = why->err;
}

static void
settle_lost(
    struct picture *p, const struct layout_row *r, struct figure_point at)
{
	struct stand *s = &p->stands[r - p->l->rows];
	LOCAL_BUF why = BUF_INIT;
	bool cut;

	picture_row_put_lost(p, r, &why);
	cut = p->fit.bare && why.n < r->loss.text.n;
	s->text =
	    picture_tile_has(p, at.x) && !cut &&
	    place_lost(p, r, at,
		figure_text_width(buf_view(&why), LOST_SIZE, false), &s->box);
	if (!s->text && picture_tile_has(p, at.x))
		p->fit.unsaid |= 1ull << r->loss.reason;
}

void
picture_cross(struct picture *p, struct figure_point at)
{
	static const struct figure_pen pen = { 1.8, RED, NULL, FIGURE_PLAIN };
	struct figure_point one[] = { { at.x - 4, at.y - 4 },
		{ at.x + 4, at.y + 4 } };
	struct figure_point two[] = { { at.x - 4, at.y + 4 },
		{ at.x + 4, at.y - 4 } };

	figure_line(&p->figure, one, 2, &pen);
	figure_line(&p->figure, two, 2, &pen);
}

/* A cross where it ends, and why. */
static void
draw_lost(struct picture *p, const struct layout_row *r, struct figure_point at)
{
	static const struct figure_font font = { LOST_SIZE, RED, false, false };
	const struct stand *s = &p->stands[r - p->l->rows];
	const struct placed *box = &s->box;
	double y = (box->top + box->bottom) / 2;
	LOCAL_BUF why = BUF_INIT;

	picture_cross(p, at);
	if (!s->text)
		return;
	picture_row_put_lost(p, r, &why);
	picture_clear_lifeline(p, box);
	if (!p->fit.bare && (box->left > at.x + 12 || box->right < at.x - 12 ||
				fabs(y - at.y) > 33))
		picture_tie_text(p, box, 1, at, RED);
	/* Beside its cross, however wide the letters turn out. */
	if (box->right <= at.x)
		figure_text(&p->figure, box->right, y, buf_view(&why),
		    FIGURE_RIGHT, &font);
	else
		figure_text(&p->figure, box->left, y, buf_view(&why),
		    FIGURE_LEFT, &font);
}

/* What a node sends itself. */
static void
put_loop(const struct layout_row *r, struct buf *text)
{
	if (r->number > 0)
		buf_printf(text, "F%u ", r->number);
	buf_str(text, r->label);
	layout_put_marks(r, LAYOUT_AGAIN, text);
}

#define LOOP 26.0 /* how far it goes */

static void
settle_loop(struct picture *p, const struct layout_row *r)
{
	struct stand *s = &p->stands[r - p->l->rows];
	LOCAL_BUF text = BUF_INIT;
	struct wish w = { .owner = (size_t)(r - p->l->rows),
		.tie = { p->x[r->from] + LOOP, picture_paper_y(p, r->y) + 1 },
		.height = p->types.label,
		.near = 6 };

	put_loop(r, &text);
	w.width = figure_text_width(buf_view(&text), p->types.label, true);
	s->text = picture_tile_has(p, w.tie.x) && picture_seek(p, &w, &s->box);
}

static void
draw_loop(struct picture *p, const struct layout_row *r, struct figure_pen pen)
{
	const struct stand *s = &p->stands[r - p->l->rows];
	double x = p->x[r->from], y = picture_paper_y(p, r->y);
	double half = picture_bar_half(p, r->from, r->y);
	struct figure_point tie = { x + LOOP, y + 1 };
	struct figure_point line[] = { { x + half, y - 4 }, { x + LOOP, y - 4 },
		{ x + LOOP, y + 6 }, { x + half, y + 6 } };
	struct figure_font font = { p->types.label, pen.colour, true, false };
	struct buf text = BUF_INIT;

	put_loop(r, &text);
	figure_line(&p->figure, line, 4, &pen);
	if (s->text)
		picture_clear_lifeline(p, &s->box);
	if (s->text && picture_is_far(&s->box, tie))
		picture_tie_text(p, &s->box, 1, tie, pen.colour);
	if (s->text)
		figure_text(&p->figure, s->box.left,
		    (s->box.top + s->box.bottom) / 2, buf_view(&text),
		    FIGURE_LEFT, &font);
	buf_end(&text, &p->figure.out->err);
}

/* "#42, 1.020 s, Alice → atl: INVITE". */
void
picture_put_tip(
    const struct layout *l, const struct layout_row *r, struct buf *b)
{
	struct buf time = BUF_INIT;

	buf_printf(b, "#%llu, ", (unsigned long long)r->seq);
	time_put(&time, r->t);
	buf_str(b, buf_view(&time));
	buf_puts(b, " s, ");
	buf_str(b, l->columns[r->from].name);
	buf_puts(b, " → ");
	buf_str(b, l->columns[r->to].name);
	buf_puts(b, _(": "));
	buf_str(b, r->label);
	layout_put_marks(r, LAYOUT_AGAIN, b);
	buf_str(b, r->detail);
	if (r->lost)
		buf_printf(b, _(", %.*s"), STR_ARG(r->loss.text));
	buf_end(&time, &b->err);
}

static void
draw_message(struct picture *p, const struct layout_row *r)
{
	struct figure_point line[2], aim;
	struct figure_pen pen = ladder_arrows[r->arrow].pen;

	if (ladder_costs[r->cost].ink != NULL)
		pen.colour = ladder_costs[r->cost].ink;
	if (ladder_costs[r->cost].width > 0)
		pen.width = ladder_costs[r->cost].width;
	if (r->from == r->to) {
		draw_loop(p, r, pen);
		return;
	}
	picture_line(p, r, line, &aim);
	if (r->under_way)
		pen.style = "dotted";
	if (r->lost || r->under_way)
		pen.head = FIGURE_PLAIN;
	if (r->lost)
		draw_lost(p, r, line[1]);
	picture_arrow(p, r, line, aim, &pen);
}

/* Across the line's head, where that is widest. */
static void
place_head(struct picture *p, size_t row, const struct figure_point line[2])
{
	double dx = line[1].x - line[0].x, dy = line[1].y - line[0].y;
	double length = hypot(dx, dy);
	double x = line[1].x - 8 * dx / length, y = line[1].y - 8 * dy / length;
	double wide = 4 * dy / length, high = 4 * dx / length;

	picture_place_line(p, row, (struct figure_point){ x + wide, y - high },
	    (struct figure_point){ x - wide, y + high });
}

/* Labels of other lines keep off it as they do off its line. */
static void
place_cross(struct picture *p, size_t row, const struct placed *cross)
{
	struct figure_point a = { cross->left, cross->top };
	struct figure_point b = { cross->right, cross->bottom };

	picture_place(p, cross);
	picture_place_line(p, row, a, b);
	picture_place_line(p, row, (struct figure_point){ a.x, b.y },
	    (struct figure_point){ b.x, a.y });
}

/* What takes its place before any text does: lines, and what has no choice. */
static void
settle_lines(struct picture *p, const struct layout_row *r)
{
	size_t row = (size_t)(r - p->l->rows);
	struct figure_point line[2];
	struct placed cross;

	switch (r->item) {
	case LAYOUT_MESSAGE:
		if (r->from == r->to)
			break;
		picture_line(p, r, line, NULL);
		picture_place_line(p, row, line[0], line[1]);
		cross = (struct placed){ line[1].x - 4, line[1].y - 4,
			line[1].x + 4, line[1].y + 4, 0 };
		if (r->lost)
			place_cross(p, row, &cross);
		else if (!r->under_way)
			place_head(p, row, line);
		break;
	case LAYOUT_TIMER:
		picture_settle_timer_line(p, r);
		break;
	case LAYOUT_NOTE:
	case LAYOUT_REFUSED:
		if (r->from == LAYOUT_NONE)
			picture_settle_across_line(p, r);
		break;
	default:
		break;
	}
}

static void
settle_message(struct picture *p, const struct layout_row *r)
{
	struct figure_point line[2], aim;

	if (r->item == LAYOUT_MEDIA)
		picture_settle_media(p, r);
	if (r->item != LAYOUT_MESSAGE)
		return;
	if (r->from == r->to) {
		settle_loop(p, r);
		return;
	}
	picture_line(p, r, line, &aim);
	picture_settle_label(p, r, line, aim);
}

static void
settle_rest(struct picture *p, const struct layout_row *r)
{
	struct figure_point line[2];

	switch (r->item) {
	case LAYOUT_MESSAGE:
		if (!r->lost || r->from == r->to)
			break;
		picture_line(p, r, line, NULL);
		settle_lost(p, r, line[1]);
		break;
	case LAYOUT_TIMER:
		if (r->note.text.n == 0)
			picture_settle_timer(p, r);
		break;
	default:
		break;
	}
}

/* A note on a timer is tied to its name, which others would be in front of:
 * both have their places before those have.  Other notes are tied to a
 * lifeline, which all keep clear of. */
static void
settle_noted_timer(struct picture *p, const struct layout_row *r)
{
	if (r->item != LAYOUT_TIMER || r->note.text.n == 0)
		return;
	picture_settle_timer(p, r);
	picture_settle_note(p, r);
}

static void
settle_remarks(struct picture *p, const struct layout_row *r)
{
	if (r->item == LAYOUT_NOTE || r->item == LAYOUT_REFUSED)
		picture_settle_remark(p, r);
	if (r->item != LAYOUT_TIMER && r->note.text.n > 0)
		picture_settle_note(p, r);
}

static void
each_row(struct picture *p,
    void (*settle)(struct picture *p, const struct layout_row *r))
{
	for (size_t i = 0; i < p->l->nrows; i++)
		if (picture_on_page(p, p->l->rows[i].y, p->l->rows[i].y_end))
			settle(p, &p->l->rows[i]);
}

static void
picture_row_forget(struct picture *p, const struct layout_row *r)
{
	struct stand *s = &p->stands[r - p->l->rows];

	s->label = s->text = s->noted = false;
}

/* The more a text is bound to its place, the sooner it has it. */
void
picture_settle(struct picture *p)
{
	if (picture_room_begin(p) != 0) {
		p->figure.out->err = ERR_NOMEM;
		return;
	}
	p->fit.unsaid = 0;
	each_row(p, picture_row_forget);
	picture_settle_gaps(p);
	picture_settle_bars(p);
	each_row(p, settle_lines);
	picture_settle_brackets(p);
	each_row(p, settle_message);
	each_row(p, settle_noted_timer);
	each_row(p, settle_rest);
	picture_settle_names(p);
	each_row(p, settle_remarks);
}

static void
picture_row_draw(struct picture *p, const struct layout_row *r)
{
	if (r->note.text.n > 0)
		picture_note(p, r);
	switch (r->item) {
	case LAYOUT_MESSAGE:
		draw_message(p, r);
		break;
	case LAYOUT_MEDIA:
		picture_media(p, r);
		break;
	case LAYOUT_TIMER:
		picture_timer(p, r);
		break;
	default:
		picture_remark(p, r);
	}
}

/* Where a label stands most often: a place that rows have in common. */
static double
long_x(const struct picture *p, const struct layout_row *r)
{
	size_t next = r->from < r->to ? r->from + 1 : r->from - 1;

	if (p->l->nrows <= TIPS_MOST || r->item != LAYOUT_MESSAGE ||
	    r->from == r->to)
		return 0;
	return floor((p->x[r->from] + p->x[next]) / 2);
}

/* In true time timers' lines go through all that is below them: a remark of the
 * whole run comes after them. */
static bool
is_above_lines(const struct picture *p, const struct layout_row *r)
{
	return p->l->true_time && r->from == LAYOUT_NONE &&
	       r->item == LAYOUT_NOTE;
}

void
picture_rows(struct picture *p)
{
	LOCAL_BUF tip = BUF_INIT, id = BUF_INIT, kind = BUF_INIT;
	struct bundle bundle = { .mark = NULL };

	for (size_t i = 0; i < 2 * p->l->nrows; i++) {
		bool again = i >= p->l->nrows;
		const struct layout_row *r =
		    &p->l->rows[again ? i - p->l->nrows : i];
		struct figure_mark mark;

		progress_count(N_("drawing the ladder"), i / 2, p->l->nrows);
		if (is_above_lines(p, r) != again ||
		    !picture_on_page(p, r->y, r->y_end))
			continue;
		buf_clear(&tip);
		buf_clear(&id);
		buf_clear(&kind);
		buf_putc(&id, 'r');
		buf_u64(&id, r->seq);
		buf_puts(&kind, r->item == LAYOUT_MESSAGE
				    ? ladder_arrows[r->arrow].name
				    : layout_item_name(r->item));
		if (r->lost)
			buf_puts(&kind, " lost");
		if (ladder_costs[r->cost].name != NULL)
			buf_puts(&kind, ladder_costs[r->cost].name);
		if (r->item == LAYOUT_MESSAGE && p->l->nrows <= TIPS_MOST)
			picture_put_tip(p->l, r, &tip);
		if (tip.err != 0 || id.err != 0 || kind.err != 0)
			p->figure.out->err = ERR_NOMEM;
		mark = (struct figure_mark){ buf_cstr(&id), buf_cstr(&kind),
			buf_view(&tip) };
		bundle.x = long_x(p, r);
		picture_bundle(p, &bundle, r->y);
		figure_group(&p->figure, &mark);
		picture_row_draw(p, r);
		figure_group_end(&p->figure);
	}
	picture_bundle_end(p, &bundle);
}
