/*
 * The size of the ladder's picture: its columns, the parts beside them, its
 * foot, its pages.  Points.
 */
#include "base/err.h"
#include "base/mem.h"
#include "ladder/ladder_figure_in.h"
#include "words/time_words.h"

#include <math.h>

#define MARGIN     30.0
#define AXIS_WIDTH 72.0
#define UNIT_ORDER 27.0
#define UNIT_TRUE  28.0
#define SIDE       72.0
/* Of a node's place in its domain's box, at both sides of its lifeline. */
#define HALF_LEAST 50.0
#define HALF_MOST  76.0
#define TITLE_MOST 900.0
#define FOOT       64.0
#define FOOT_EMPTY 18.0 /* of it, below its last line, after one sentence */
#define SENTENCES  26.0 /* of it: two */
#define NAMES      52.0
/* Of the axis of time, from the first lifeline; what it takes at least where
 * room is short. */
#define AXIS_AWAY   92.0
#define AXIS_CLOSE  24.0
#define FRAME       12.0 /* of a domain, beside a name */
#define TIMES       56.0
#define TIMES_CLOSE 14.0 /* without a line */
#define WIDTH_OWN   420.0
#define WIDTH_LEAST 240.0

/* Of its role on one line. */
static double
role_width(struct str role)
{
	struct buf lines[ROLE_LINES] = { BUF_INIT, BUF_INIT, BUF_INIT };
	double width;

	picture_role(role, 1e6, lines);
	width = figure_text_width(buf_view(&lines[0]), ROLE_SIZE, false);
	picture_role_free(lines);
	return width;
}

/* Of its name, or of the label below it. */
static double
head_width(const struct layout_column *c)
{
	double name = figure_text_width(c->name, 12, true);
	double label = figure_text_width(c->caption, CAPTION_SIZE, false);

	return name > label ? name : label;
}

/* What timers and brackets take of the room between two lifelines; one lane
 * has room in any case. */
static double
lanes_width(const struct picture *p)
{
	double widest = 0;

	for (size_t i = 0; i < p->l->nrows; i++) {
		const struct layout_row *r = &p->l->rows[i];
		double reach;

		if (r->item != LAYOUT_TIMER || r->from + 1 == p->l->ncolumns)
			continue;
		reach = picture_timer_reach(p, r) - 12;
		widest = reach > widest ? reach : widest;
	}
	return widest + picture_brackets_width(p);
}

/* A timer's name beside its line, and that line; lanes come on top. */
static double
timer_width(const struct picture *p, const struct layout_row *r)
{
	const struct layout *l = p->l;
	double w = figure_text_width(r->label, 10.5, true) + 62, own;

	own = figure_text_width(r->label, 9, true) + 40;
	if (r->since != LAYOUT_NONE && l->rows[r->since].number > 0)
		own += figure_text_width(STR(" (since F99)"), 9, true);
	return fmax(w, own);
}

/* Room for the widest label between two lifelines. */
static double
column_width(const struct picture *p)
{
	const struct layout *l = p->l;
	double widest = COLUMN_LEAST, notes;

	for (size_t i = 0; i < l->nrows; i++) {
		const struct layout_row *r = &l->rows[i];
		double w;

		if (r->item == LAYOUT_NOTE || r->item == LAYOUT_REFUSED)
			continue;
		w = r->item == LAYOUT_TIMER
			? timer_width(p, r)
			: figure_text_width(r->label, 10.5, true) + 62;
		/* Turned labels need more room for their numbers. */
		if (r->number > 0 && l->true_time)
			w += 22;
		w = fmax(w, picture_amiss_width(r) + 24);
		if (r->item != LAYOUT_MEDIA && r->lost && !r->loss.arrived)
			w += 20 +
			     figure_text_width(r->loss.text, 8.5, false) / 2;
		if (w > widest)
			widest = w;
	}
	for (size_t i = 0; i < l->ncolumns; i++) {
		double w = role_width(l->columns[i].role) + 34;
		double name = head_width(&l->columns[i]);

		if (name + 16 > w)
			w = name + 16;
		w = w < 2 * HALF_MOST + 12 ? w : 2 * HALF_MOST + 12;
		if (w > widest)
			widest = w;
	}
	/* Notes stand between lifelines. */
	notes = picture_notes_width(l, LAYOUT_NONE) + 34;
	widest = notes > widest ? notes : widest;
	return widest < COLUMN_MOST ? widest : COLUMN_MOST;
}

static double
extent_half_of(const struct layout *l, double column)
{
	double half = HALF_LEAST;

	for (size_t i = 0; i < l->ncolumns; i++) {
		const struct layout_column *c = &l->columns[i];
		double name = head_width(c) / 2 + 8;
		double role = role_width(c->role) / 2 + 8;

		half = name > half ? name : half;
		half = role > half ? role : half;
	}
	half = half < HALF_MOST ? half : HALF_MOST;
	return half < column / 2 - 5 ? half : column / 2 - 5;
}

/* Lines for the names and for the roles, as wide as their places are. */
static int
measure_name_lines(const struct picture *p)
{
	int most = 1;

	for (size_t i = 0; i < p->l->ncolumns; i++) {
		struct buf lines[HEAD_LINES] = { BUF_INIT };
		int n = picture_names(p, &p->l->columns[i], lines);

		most = n > most ? n : most;
		for (int k = 0; k < HEAD_LINES; k++)
			buf_free(&lines[k]);
	}
	return most;
}

static int
role_lines(const struct picture *p)
{
	int most = 1;

	for (size_t i = 0; i < p->l->ncolumns; i++) {
		struct buf lines[ROLE_LINES] = { BUF_INIT, BUF_INIT, BUF_INIT };
		int n = picture_role(
		    p->l->columns[i].role, picture_name_room(p), lines);

		most = n > most ? n : most;
		picture_role_free(lines);
	}
	return most;
}

/* A message lost at the last lifeline has its reason after it, if need be. */
static double
reason_aside(const struct picture *p, const struct layout_row *r)
{
	if (!p->fit.aside || !r->lost || !r->loss.arrived ||
	    r->to + 1 < p->l->ncolumns)
		return 0;
	return fmin(figure_text_width(r->loss.text, 8.5, false),
		   p->column * 0.9) +
	       24;
}

/* What the timers of the last lifeline take at its right; its notes are
 * there as well, and in true time those of others. */
/* Pages beside each other have room for names beside all of its lines. */
static double
last_reach(const struct picture *p)
{
	double reach = 0;

	for (size_t i = 0; i < p->l->nrows && p->fit.taller > 0; i++) {
		const struct layout_row *r = &p->l->rows[i];

		if (r->item == LAYOUT_TIMER && r->from + 1 == p->l->ncolumns)
			reach = fmax(reach, picture_timer_reach(p, r) + 8);
	}
	return reach;
}

static double
side_width(const struct picture *p, double least)
{
	const struct layout *l = p->l;
	double notes = p->fit.over
			   ? 0
			   : picture_notes_width(l,
				 l->true_time ? LAYOUT_NONE : l->ncolumns - 1);
	double widest = notes + 56 > least && notes > 0 ? notes + 56 : least;
	double reach = last_reach(p);

	for (size_t i = 0; i < l->nrows; i++) {
		const struct layout_row *r = &l->rows[i];
		double w = figure_text_width(r->label, 9, true) + 18;

		widest = fmax(widest, reason_aside(p, r));
		if (r->from + 1 == l->ncolumns)
			widest = fmax(widest, picture_media_aside(r));
		if (r->item != LAYOUT_TIMER || r->from + 1 < l->ncolumns)
			continue;
		if (p->fit.narrow) {
			w = picture_timer_width(p, r) + 18 +
			    fmax(picture_timer_reach(p, r), reach);
			widest = w > widest ? w : widest;
			continue;
		}
		w += fmax(picture_timer_reach(p, r), reach);
		if (r->since != LAYOUT_NONE && l->rows[r->since].number > 0)
			w += figure_text_width(STR(" (since F99)"), 9, true);
		widest = w > widest ? w : widest;
	}
	return widest;
}

/* How wide it is: what its parts need, and what the title would like. */
static void
measure_width(struct picture *p)
{
	double least = WIDTH_OWN, title = picture_title_width(p);

	if (p->fit.printed > 0 && p->fit.printed < least)
		least =
		    p->fit.printed > WIDTH_LEAST ? p->fit.printed : WIDTH_LEAST;
	p->width =
	    p->marks_at +
	    picture_marks_width(p->o->marks, p->o->paper_height > 0, &p->lane) +
	    MARGIN;
	p->fit.least_width = p->width - 2 * p->fit.cut;
	p->width = p->width > least ? p->width : least;
	/* A long title makes it wider, within limits. */
	title = title < TITLE_MOST ? title : TITLE_MOST;
	if (p->fit.printed <= 0 && p->width < title)
		p->width = title;
	/* A narrow ladder is not made larger. */
	if (p->width - 2 * p->fit.cut < p->fit.printed)
		p->width = p->fit.printed + 2 * p->fit.cut;
	p->fit.least_width =
	    p->fit.least_width > WIDTH_LEAST ? p->fit.least_width : WIDTH_LEAST;
}

/* What the longest of the times takes. */
static double
times_width(const struct picture *p)
{
	const struct layout *l = p->l;
	LOCAL_BUF b = BUF_INIT;
	double widest = 0;

	for (size_t i = 0; i < l->nticks; i++) {
		buf_clear(&b);
		time_put(&b, l->ticks[i].t);
		buf_puts(&b, " s");
		widest =
		    fmax(widest, figure_text_width(buf_view(&b), 9, false));
	}
	return fmax(widest + 10, l->true_time ? TIMES : 0);
}

/* From the times to the first lifeline, where there is little room: the first
 * name stands above the times. */
static double
axis_close(const struct picture *p)
{
	double least = p->l->true_time ? AXIS_CLOSE : TIMES_CLOSE;

	return fmax(p->half + FRAME - p->times, least);
}

void
picture_measure(struct picture *p, double column)
{
	const struct layout *l = p->l;
	double x;

	p->column = column;
	p->lanes = lanes_width(p);
	p->label = column - p->lanes - (p->fit.squeezed ? 10 : 18) -
		   (l->nbars == 0        ? 0
		       : p->fit.squeezed ? 4
					 : 9);
	p->half = extent_half_of(l, column);
	p->unit = (l->true_time ? UNIT_TRUE * p->fit.stretch : UNIT_ORDER) *
		  (1 + p->fit.taller);
	p->times = p->fit.squeezed ? times_width(p) : TIMES;
	p->axis =
	    p->fit.squeezed && p->o->marks == NULL ? axis_close(p) : AXIS_AWAY;
	x = p->fit.squeezed ? MARGIN + p->times + p->axis
			    : MARGIN + AXIS_WIDTH + SIDE;
	p->left = x;
	for (size_t i = 0; i < l->ncolumns; i++)
		p->x[i] = round(x + l->columns[i].x * column);
	p->right = l->ncolumns > 0 ? p->x[l->ncolumns - 1] : x + column;
	p->marks_at = p->right +
		      side_width(p, p->fit.squeezed ? p->half + 6 : SIDE) +
		      p->more;
	measure_width(p);
	p->head = MARGIN;
	p->types.title_lines = picture_title_lines(p, p->width);
	if (p->types.title_lines > 0)
		p->head += 24 + TITLE_LINE * (p->types.title_lines - 1);
	if (p->o->subtitle != NULL)
		p->head += 18;
	/* Names without domains need no line for them. */
	p->head += l->nframes > 0 ? 6 : -6;
	picture_fit_frames(p);
	p->types.name = picture_name_size(p);
	p->types.name_lines = measure_name_lines(p);
	p->types.role_lines = role_lines(p);
	p->names = NAMES + ROLE_LINE * (p->types.role_lines - 1) +
		   NAME_LINE * (p->types.name_lines - 1) +
		   FRAME_LINE * (p->types.frame_lines - 1);
	p->top = p->head + p->names + 2;
}

/* A last page with less is not worth a page; how much closer rows come. */
#define LAST_SHARE    0.35
#define LAST_MESSAGES 2
#define CLOSER        0.92

/* What the legend and the footer take. */
static double
foot_height(const struct picture *p)
{
	double sentences = picture_sentences_height(p);

	return FOOT + (sentences > SENTENCES ? sentences - SENTENCES : 0) +
	       (p->l->nbars > 0 || p->l->nworks > 0 ? 16 : 0) +
	       (layout_warning(p->l) != NULL ? 16 : 0);
}

/* How many pages of ROOM there are; 0: no memory. */
static size_t
break_row_at(struct picture *p, double room)
{
	mem_free(p->pages.breaks);
	p->pages.breaks = NULL;
	p->pages.n = 0;
	return picture_break(p, room) == 0 ? p->pages.n : 0;
}

/* How much of ROOM the last page has rows for. */
static double
last_share(const struct picture *p, double room)
{
	double from = p->pages.n > 1 ? p->pages.breaks[p->pages.n - 2] : 0;

	return (p->l->height - from) * p->unit / room;
}

/* How many messages begin on the last page. */
static size_t
last_messages(const struct picture *p)
{
	double from = p->pages.n > 1 ? p->pages.breaks[p->pages.n - 2] : 0;
	size_t n = 0;

	for (size_t i = 0; i < p->l->nrows; i++)
		n += p->l->rows[i].item == LAYOUT_MESSAGE &&
		     p->l->rows[i].y >= from;
	return n;
}

static bool
is_little(const struct picture *p, double room)
{
	return last_share(p, room) <= LAST_SHARE ||
	       last_messages(p) <= LAST_MESSAGES;
}

/* The least height, up to ROOM, at which there are no more than N pages: all of
 * them get about as much. */
static int
break_alike(struct picture *p, double room, size_t n)
{
	double least = room / 2, most = room;

	for (int i = 0; i < 8; i++) {
		double half = (least + most) / 2;

		if (break_row_at(p, half) > n)
			least = half;
		else
			most = half;
	}
	return break_row_at(p, most) == 0 ? ERR_NOMEM : 0;
}

/* Pages of ROOM.  A last page with little on it goes, in order of time, where
 * rows that come a little closer save it; else all pages get about as much: in
 * true time once that is known to leave texts their places. */
static int
break_well(struct picture *p, double room)
{
	double unit = p->unit;
	size_t n = break_row_at(p, room);

	p->fit.uneven = n > 1 && is_little(p, room);
	if (!p->fit.uneven || (p->l->true_time && !p->fit.alike))
		return n == 0 ? ERR_NOMEM : 0;
	if (!p->l->true_time) {
		p->unit = unit * CLOSER;
		if (break_row_at(p, room) == n - 1)
			return 0;
		p->unit = unit;
	}
	return break_alike(p, room, n);
}

/* How far below the last row lines end: those of one moment stand below each
 * other, and one under way goes on. */
static double
lines_below(const struct picture *p)
{
	double low = picture_paper_y(p, p->l->height), reach = 0;

	for (size_t i = 0; i < p->l->nrows; i++) {
		const struct layout_row *r = &p->l->rows[i];
		struct figure_point line[2];

		if (r->item != LAYOUT_MESSAGE || r->from == r->to)
			continue;
		picture_line(p, r, line, NULL);
		reach = fmax(reach, fmax(line[0].y, line[1].y) - low);
	}
	return reach;
}

/* The pages, and how large each is. */
static int
measure_pages(struct picture *p)
{
	const struct ladder_figure_options *o = p->o;
	double above = p->top + 22, below;

	p->reach = lines_below(p);
	below = 26 + p->reach + p->below + foot_height(p);

	p->pages.n = 0;
	p->pages.to = p->l->height;
	if (o->paper_width <= 0 || o->paper_height <= 0) {
		p->pages.n = 1;
		p->height = above + p->l->height * p->unit + below;
		return 0;
	}
	p->height = p->tiles.window * o->paper_height / o->paper_width;
	/* Nor is there ever less than a few rows on a page. */
	if (p->height - above - below < 8 * p->unit)
		p->height = above + below + 8 * p->unit;
	return break_well(p, p->height - above - below);
}

double
picture_used_height(const struct picture *p)
{
	double from = p->pages.n > 1 ? p->pages.breaks[p->pages.n - 2] : 0;
	double sentences = picture_sentences_height(p);

	/* Why something was lost may yet become a sentence. */
	for (size_t i = 0; i < p->l->nrows; i++)
		if (p->l->rows[i].lost)
			sentences = SENTENCES;
	return p->top + 22 + (p->l->height - from) * p->unit + 26 + p->reach +
	       p->below + foot_height(p) - FOOT_EMPTY +
	       fmin(sentences, SENTENCES) - SENTENCES / 2;
}

int
picture_place_all(struct picture *p)
{
	int err;

	mem_free(p->pages.breaks);
	mem_free(p->tiles.parts);
	p->pages.breaks = NULL;
	p->tiles.parts = NULL;
	p->fit.squeezed = p->fit.narrow = p->fit.two = p->fit.bare =
	    p->fit.over = false;
	p->types.label = LABEL_SIZE;
	picture_measure(p, column_width(p) + lanes_width(p));
	picture_fit(p);
	err = picture_tile(p);
	return err != 0 ? err : measure_pages(p);
}

void
picture_begin(struct picture *p, size_t page)
{
	picture_page(p, page / p->tiles.n);
	picture_beside(p, page % p->tiles.n);
	p->bottom = picture_paper_y(p, p->pages.to);
	if (p->pages.now + 1 == p->pages.n)
		p->bottom += 26 + p->reach + p->below;
}
