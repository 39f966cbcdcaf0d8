/*
 * Notes, as UML draws them: a box with a dog-ear beside the lifeline that it is
 * about, tied by a dashed line to the moment there.  What was rejected and what
 * a node remarks are such notes as well; a remark of no node lies across all
 * lifelines.
 */
#include "ladder/ladder_figure_in.h"

#include <math.h>

#define SIZE   8.0
#define LINE   10.0 /* from one to the next */
#define PAD    6.0
#define EAR    6.0
#define ACROSS 9.0 /* a remark of the run */

static double
widest_line(struct str text, size_t *n)
{
	struct str lines[LAYOUT_NOTE_LINES];
	double widest = 0;

	*n = layout_note_lines(text, lines);
	/* The last that there may be is cut. */
	for (size_t i = 0; i < *n && i + 1 < LAYOUT_NOTE_LINES; i++)
		widest = fmax(widest, figure_text_width(lines[i], SIZE, false));
	return widest;
}

/* Whether R is itself a note beside a lifeline. */
static bool
is_remark(const struct layout_row *r)
{
	return (r->item == LAYOUT_NOTE || r->item == LAYOUT_REFUSED) &&
	       r->from != LAYOUT_NONE;
}

static size_t
column_of_note(const struct layout_row *r)
{
	return r->note.at != LAYOUT_NONE ? r->note.at
	       : r->from != LAYOUT_NONE  ? r->from
					 : 0;
}

static bool
note_stands_at(const struct layout_row *r, size_t column)
{
	return column == LAYOUT_NONE || column_of_note(r) == column;
}

double
picture_notes_width(const struct layout *l, size_t column)
{
	double widest = 0;
	size_t n;

	for (size_t i = 0; i < l->nrows; i++) {
		const struct layout_row *r = &l->rows[i];

		if (r->note.text.n > 0 && note_stands_at(r, column))
			widest = fmax(widest, widest_line(r->note.text, &n));
		if (is_remark(r) && note_stands_at(r, column))
			widest = fmax(widest, widest_line(r->label, &n));
	}
	return widest > 0 ? widest + 2 * PAD + EAR : 0;
}

/* Where a note on a timer is tied to the timer's name, BOX. */
static struct figure_point
below_name(const struct placed *box)
{
	return (struct figure_point){ box->left + 6, box->bottom + 2 };
}

static struct figure_point
beside_name(const struct placed *box)
{
	return (struct figure_point){ box->right + 2,
		(box->top + box->bottom) / 2 };
}

/* Another text stands close below the timer's name, BOX: no line would get out
 * between the two. */
static bool
is_shut_below(const struct picture *p, const struct placed *box)
{
	struct figure_point tie = below_name(box);
	struct placed dot = { tie.x - 2, tie.y - 1, tie.x + 2, tie.y + 2, 0 };

	return !picture_free(p, &dot);
}

/* The moment that a note at COLUMN is about; of a timer, its name. */
static struct figure_point
moment(const struct picture *p, const struct layout_row *r, size_t column)
{
	const struct stand *s = &p->stands[r - p->l->rows];
	double y =
	    r->item == LAYOUT_MESSAGE && column == r->to ? r->y_end : r->y;

	if (r->item == LAYOUT_TIMER && s->text)
		return s->aside ? beside_name(&s->box) : below_name(&s->box);
	return (struct figure_point){ p->x[column], picture_paper_y(p, y) };
}

/* BELOW the moment in order of time, where there is room for it. */
static bool
settle_note(struct picture *p, const struct layout_row *r, struct str text,
    size_t column, double below, struct placed *box)
{
	bool timer = r->item == LAYOUT_TIMER;
	struct stand *s = &p->stands[r - p->l->rows];
	size_t n;
	struct wish w = { .owner = (size_t)(r - p->l->rows),
		.near = timer ? 2 : picture_bar_half(p, column, r->y) + 9 };

	s->aside = timer && s->text && is_shut_below(p, &s->box);
	w.tie = moment(p, r, column);
	if (!picture_tile_has(p, w.tie.x))
		return false;
	w.width = widest_line(text, &n) + 2 * PAD + EAR;
	w.height = (double)n * LINE + 6;
	w.below = below + w.height / 2;
	if (p->l->true_time)
		w.below = timer ? w.height / 2 + 4 : 0;
	if (s->aside)
		w.below = 0;
	return picture_seek(p, &w, box);
}

static void
draw_box(struct picture *p, const struct placed *b, const char *colour)
{
	struct figure_pen pen = { 0.7, colour, NULL, FIGURE_PLAIN };
	double x = b->right - EAR, y = b->top + EAR;
	struct figure_point edge[] = { { x, b->top }, { b->left, b->top },
		{ b->left, b->bottom }, { b->right, b->bottom },
		{ b->right, y }, { x, b->top } };
	struct figure_point ear[] = { { x, b->top }, { x, y },
		{ b->right, y } };

	figure_box(&p->figure, b->left, b->top, b->right, b->bottom, "white",
	    NULL, false);
	figure_line(&p->figure, edge, 6, &pen);
	figure_line(&p->figure, ear, 3, &pen);
}

static void
draw_figure_note(struct picture *p, const struct placed *b, struct str text,
    struct figure_point tie, const char *edge, const char *ink)
{
	const struct figure_font font = { SIZE, ink, false, false };
	struct figure_pen dashes = { 0.7, edge, "dashed", FIGURE_PLAIN };
	struct figure_point line[] = { tie, picture_tie_end(b, tie) };
	struct str lines[LAYOUT_NOTE_LINES];
	size_t n = layout_note_lines(text, lines);
	struct buf fitted = BUF_INIT;

	figure_line(&p->figure, line, 2, &dashes);
	figure_box(&p->figure, tie.x - 2, tie.y - 2, tie.x + 2, tie.y + 2, edge,
	    NULL, true);
	draw_box(p, b, edge);
	for (size_t i = 0; i < n; i++) {
		buf_clear(&fitted);
		/* The last has all that is left. */
		figure_fit(&fitted, lines[i], SIZE, false,
		    b->right - b->left - 2 * PAD);
		figure_text(&p->figure, b->left + PAD,
		    b->top + 3 + LINE / 2 + LINE * (double)i, buf_view(&fitted),
		    FIGURE_LEFT, &font);
	}
	buf_end(&fitted, &p->figure.out->err);
}

/* A note asked for, below the row's line. */
void
picture_settle_note(struct picture *p, const struct layout_row *r)
{
	struct stand *s = &p->stands[r - p->l->rows];
	double below = r->item == LAYOUT_TIMER ? 4 : 7;
	double y = picture_paper_y(p, r->y);

	if (is_remark(r) && s->text)
		below = s->box.bottom - y + 4;
	if (p->l->ncolumns > 0 && picture_on_page(p, r->y, r->y))
		s->noted = settle_note(
		    p, r, r->note.text, column_of_note(r), below, &s->note);
}

void
picture_note(struct picture *p, const struct layout_row *r)
{
	const struct stand *s = &p->stands[r - p->l->rows];

	if (s->noted)
		draw_figure_note(p, &s->note, r->note.text,
		    moment(p, r, column_of_note(r)), GREY, INK);
}

/* A remark of the run: its line, as long as the ladder is wide. */
static void
line_across(const struct picture *p, const struct layout_row *r,
    struct figure_point line[2])
{
	double y = picture_paper_y(p, r->y);
	double left = p->left - 20, right = p->right + 20;

	/* It is said on pages that have a part of the ladder's width. */
	if (!picture_has_some(p, left, p->right))
		right = left;
	picture_part(p, &left, &right);
	line[0] = (struct figure_point){ left, y };
	line[1] = (struct figure_point){ right, y };
}

static struct figure_point
note_middle_of(const struct figure_point line[2])
{
	return (struct figure_point){ (line[0].x + line[1].x) / 2, line[0].y };
}

void
picture_settle_across_line(struct picture *p, const struct layout_row *r)
{
	struct figure_point line[2];

	line_across(p, r, line);
	if (line[0].x < line[1].x)
		picture_place_line(
		    p, (size_t)(r - p->l->rows), line[0], line[1]);
}

static void
put_across(const struct picture *p, const struct layout_row *r, struct buf *b)
{
	struct figure_point line[2];

	line_across(p, r, line);
	figure_fit(b, r->label, ACROSS, false,
	    line[1].x - line[0].x + (p->tiles.n > 1 ? -20 : 20));
	if (b->err != 0)
		p->figure.out->err = b->err;
}

/* On its line, in the middle or where else there is room. */
static bool
settle_on_line(struct picture *p, size_t row, struct figure_point middle,
    double half, bool over_bars, struct placed *box)
{
	double room = (p->right - p->left) / 2 + 20 - half;

	for (int i = 0; i == 0 || 12.0 * i / 2 < room; i++) {
		int off = (i + 1) / 2 * (i % 2 ? -1 : 1);
		double x = middle.x + 12.0 * off;

		*box = (struct placed){ x - half, middle.y - 8, x + half,
			middle.y + 8, 0 };
		if (picture_inside(p, box) && picture_free(p, box) &&
		    (over_bars || !picture_on_bar(p, box)) &&
		    !picture_crossed(p, row, box)) {
			picture_place(p, box);
			return true;
		}
	}
	return false;
}

static void
settle_across(struct picture *p, const struct layout_row *r)
{
	size_t row = (size_t)(r - p->l->rows);
	struct stand *s = &p->stands[row];
	struct wish w = { .owner = row, .height = 16, .near = 0 };
	struct figure_point line[2];
	LOCAL_BUF label = BUF_INIT;

	line_across(p, r, line);
	if (line[1].x <= line[0].x)
		return;
	w.tie = note_middle_of(line);
	put_across(p, r, &label);
	w.width = figure_text_width(buf_view(&label), ACROSS, false) + 16;
	s->text = settle_on_line(p, row, w.tie, w.width / 2, false, &s->box) ||
		  settle_on_line(p, row, w.tie, w.width / 2, true, &s->box) ||
		  picture_seek(p, &w, &s->box);
}

static void
draw_across(struct picture *p, const struct layout_row *r)
{
	static const struct figure_font font = { ACROSS, GREY, false, true };
	struct placed b = p->stands[r - p->l->rows].box;
	struct figure_point line[2], rest[2], tie;
	struct figure_pen pen = { 0.6, AXIS, "dashed", FIGURE_PLAIN };
	LOCAL_BUF label = BUF_INIT;

	line_across(p, r, line);
	if (line[1].x <= line[0].x)
		return;
	tie = note_middle_of(line);
	if (!p->stands[r - p->l->rows].text || b.top > tie.y ||
	    b.bottom < tie.y) {
		figure_line(&p->figure, line, 2, &pen);
	} else {
		rest[0] = (struct figure_point){ b.right, tie.y };
		rest[1] = line[1];
		line[1].x = b.left;
		if (line[1].x > line[0].x)
			figure_line(&p->figure, line, 2, &pen);
		if (rest[1].x > rest[0].x)
			figure_line(&p->figure, rest, 2, &pen);
	}
	if (!p->stands[r - p->l->rows].text)
		return;
	put_across(p, r, &label);
	if (b.top > tie.y || b.bottom < tie.y)
		picture_draw_tie(p, &b, tie, AXIS);
	figure_box(
	    &p->figure, b.left, b.top, b.right, b.bottom, "white", PALE, true);
	figure_text(&p->figure, (b.left + b.right) / 2, (b.top + b.bottom) / 2,
	    buf_view(&label), FIGURE_CENTRE, &font);
}

void
picture_settle_remark(struct picture *p, const struct layout_row *r)
{
	struct stand *s = &p->stands[r - p->l->rows];

	if (!picture_on_page(p, r->y, r->y))
		return;
	if (is_remark(r))
		s->text = settle_note(p, r, r->label, r->from, -9, &s->box);
	else
		settle_across(p, r);
}

void
picture_remark(struct picture *p, const struct layout_row *r)
{
	const struct stand *s = &p->stands[r - p->l->rows];
	bool refused = r->item == LAYOUT_REFUSED;

	if (!is_remark(r))
		draw_across(p, r);
	else if (s->text)
		draw_figure_note(p, &s->box, r->label, moment(p, r, r->from),
		    refused ? RED : GREY, refused ? RED : INK);
}
