/*
 * Where the lines of messages run, where a lost one ends, and how lines that
 * would be one are kept apart; the words on them, in as many forms as there may
 * be room for; bundles of rows, whose places are short.
 */
#include <math.h>

#include "base/err.h"
#include "ladder/ladder_figure_in.h"

/* ---- the words on an arrow ---- */

#define NUMBER 7.5
/* A method may stand over a lifeline before it is cut. */
#define METHOD_MOST 90.0

static struct str
without_sdp(struct str label)
{
	ptrdiff_t sdp = str_find(label, " (SDP)");

	return sdp > 0 ? str_slice(label, 0, (size_t)sdp) : label;
}

/* " (CANCEL)" of a response that could be taken for another's, else nothing. */
static struct str
label_line_method_of(const struct layout_row *r)
{
	struct str label = without_sdp(r->label);

	if (r->arrow == TRACE_ARROW_REQUEST || !r->ambiguous)
		return STR_NULL;
	for (size_t i = label.n; i-- > 1;)
		if (label.p[i] == '(')
			return str_slice(label, i - 1, label.n);
	return STR_NULL;
}

/* All of it in FORM, except for the number; false: no different from a better
 * one. */
static bool
label_line_put_form(
    const struct layout_row *r, enum label_form form, struct buf *b)
{
	struct str bare = without_sdp(r->label),
		   method = label_line_method_of(r);

	switch (form) {
	case LABEL_DETAIL:
		buf_str(b, r->label);
		buf_str(b, r->detail);
		break;
	case LABEL_GIST:
		if (r->gist == 0)
			return false;
		buf_str(b, r->label);
		buf_str(b, str_slice(r->detail, 0, r->gist));
		break;
	case LABEL_WHOLE:
	case LABEL_TWO:
		buf_str(b, r->label);
		break;
	case LABEL_BARE:
	case LABEL_BARE_TWO:
		if (bare.n == r->label.n)
			return false;
		buf_str(b, bare);
		break;
	case LABEL_BRIEF:
	case LABEL_BRIEF_TWO:
		if (r->brief.n == 0 || r->brief.n + method.n >= bare.n)
			return false;
		buf_str(b, r->brief);
		buf_str(b, method);
		break;
	default:
		/* It is not said whose answer it is. */
		buf_str(b, r->brief.n > 0 ? r->brief : r->label);
	}
	layout_put_marks(r, LAYOUT_AGAIN, b);
	return form != LABEL_DETAIL || r->detail.n > 0;
}

static double
line_width(const struct picture *p, struct str text)
{
	return figure_text_width(text, p->types.label, true);
}

/* Where a line of TEXT, BEFORE its number, is broken: before a bracket or
 * behind the number, where that fits ROOM; else at the place that leaves it
 * least wide. */
static size_t
break_label_at(
    const struct picture *p, struct str text, double before, double room)
{
	double whole = line_width(p, text), least = whole;
	ptrdiff_t bracket = str_find(text, " (");
	size_t best = before > 0 ? 0 : text.n;

	for (size_t i = 1; i < text.n; i++) {
		double first, second;

		if (text.p[i] != ' ')
			continue;
		first = before + line_width(p, str_slice(text, 0, i));
		second = line_width(p, str_slice(text, i + 1, text.n));
		first = fmax(first, second);
		if ((ptrdiff_t)i == bracket && first <= room)
			return i;
		if (first >= least)
			continue;
		least = first;
		best = i;
	}
	return before > 0 && whole <= room ? 0 : best;
}

static void
label_line_put_number(const struct layout_row *r, struct label_words *w)
{
	if (r->number == 0)
		return;
	buf_putc(&w->number, 'F');
	buf_u64(&w->number, r->number);
	w->before = figure_text_width(buf_view(&w->number), NUMBER, false) + 4;
}

/* No label goes without the method or the status. */
bool
picture_words(const struct picture *p, const struct layout_row *r,
    enum label_form form, double room, struct label_words *w)
{
	bool two = form == LABEL_TWO || form == LABEL_BARE_TWO ||
		   form == LABEL_BRIEF_TWO;
	LOCAL_BUF text = BUF_INIT;
	bool differs = label_line_put_form(r, form, &text);
	struct str all = buf_view(&text);
	size_t cut = all.n;

	*w = (struct label_words){ .n = 1 };
	label_line_put_number(r, w);
	if (two) {
		cut = break_label_at(p, all, w->before, room);
		differs = differs && cut < all.n;
	}
	if (cut < all.n) {
		buf_str(&w->lines[0], str_slice(all, 0, cut));
		buf_str(&w->lines[w->n++],
		    str_slice(all, cut > 0 ? cut + 1 : 0, all.n));
	} else if (form == LABEL_LEAST) {
		figure_fit(&w->lines[0], all, p->types.label, true,
		    fmax(room - w->before, METHOD_MOST));
	} else {
		buf_str(&w->lines[0], all);
	}
	w->width = w->before + line_width(p, buf_view(&w->lines[0]));
	w->width = fmax(w->width, line_width(p, buf_view(&w->lines[1])));
	if (text.err != 0 || w->number.err != 0 || w->lines[0].err != 0 ||
	    w->lines[1].err != 0)
		w->err = ERR_NOMEM;
	return differs;
}

void
picture_words_free(struct label_words *w)
{
	buf_free(&w->number);
	for (int i = 0; i < LABEL_LINES; i++)
		buf_free(&w->lines[i]);
}

double
picture_words_width(
    const struct picture *p, const struct layout_row *r, enum label_form form)
{
	LOCAL(picture_words_free) struct label_words w;

	return picture_words(p, r, form, 0, &w) ? w.width : INFINITY;
}

/* ---- where lines run ---- */

/* Lines that would be seen as one, in units of the layout; how far apart they
 * are drawn, across them, and of how many, in points; by how much that may be
 * more along the lifelines; rows that are looked at for that. */
#define ONE_LINE    0.06
#define PARTED      6.5
#define PARTED_MOST 35.0
#define PARTED_DOWN 1.3
#define NEAR        200

double
picture_paper_y(const struct picture *p, double y)
{
	return p->top + 22 + (y - p->pages.from) * p->unit;
}

/* What the label of a lost message takes of its line. */
static double
lost_label(const struct picture *p, const struct layout_row *r)
{
	return fmin(picture_words_width(p, r, LABEL_WHOLE),
		   picture_words_width(p, r, LABEL_TWO)) +
	       (p->l->nbars > 0 ? 19 : 14);
}

/*
 * Where a message was lost.  The text that says so stands behind the cross,
 * where its line would have gone on: the cross keeps clear of the next lifeline
 * by as much, as far as the label in front allows.
 */
static double
lost_x(const struct picture *p, const struct layout_row *r)
{
	double from = p->x[r->from], to = p->x[r->to];
	double sign = to > from ? 1 : -1, x = from + (to - from) * 0.5;
	double text = figure_text_width(r->loss.text, 8.5, false) + 16;
	double start = from, end = to, least;

	/* The gap between two lifelines that its middle lies in. */
	for (size_t i = 0; i < p->l->ncolumns; i++) {
		if ((p->x[i] - x) * sign > 1 && (p->x[i] - end) * sign < 0)
			end = p->x[i];
		if ((x - p->x[i]) * sign > -1 && (p->x[i] - start) * sign > 0)
			start = p->x[i];
	}
	if ((end - x) * sign < text)
		x = end - sign * text;
	least = (end - start) * sign * 0.4;
	/* Where it has no room behind the cross it stands below the line. */
	if ((x - start) * sign < least && p->fit.bare)
		least = fmin(
		    fmax(least, lost_label(p, r)), (end - start) * sign * 0.85);
	if ((x - start) * sign < least)
		x = start + sign * least;
	return x;
}

/* Whether their lines would be seen as one. */
static bool
are_one_line(const struct layout_row *a, const struct layout_row *b)
{
	bool same = a->from == b->from && a->to == b->to;
	bool back = a->from == b->to && a->to == b->from;

	if (a->item != LAYOUT_MESSAGE || b->item != LAYOUT_MESSAGE ||
	    a->from == a->to)
		return false;
	return (same && fabs(a->y - b->y) < ONE_LINE &&
		   fabs(a->y_end - b->y_end) < ONE_LINE) ||
	       (back && fabs(a->y - b->y_end) < ONE_LINE &&
		   fabs(a->y_end - b->y) < ONE_LINE);
}

/* In order of sending, each below those before it; of very many, less. */
void
picture_part_lines(struct picture *p)
{
	const struct layout *l = p->l;

	for (size_t i = 1; l->true_time && i < l->nrows; i++) {
		const struct layout_row *r = &l->rows[i];
		double below = 0;

		for (size_t k = i; k-- > 0 && i - k < NEAR;) {
			if (l->rows[k].y < r->y - ONE_LINE)
				break;
			if (are_one_line(&l->rows[k], r))
				below = fmax(
				    below, p->stands[k].down +
					       (p->stands[k].down < PARTED_MOST
						       ? PARTED
						       : PARTED / 8));
		}
		p->stands[i].down = below;
	}
}

void
picture_line(const struct picture *p, const struct layout_row *r,
    struct figure_point line[2], struct figure_point *arrow)
{
	double sign = r->from < r->to ? 1 : -1, part = 1, down;

	line[0] = (struct figure_point){
		p->x[r->from] + sign * picture_bar_half(p, r->from, r->y),
		picture_paper_y(p, r->y)
	};
	line[1] = (struct figure_point){
		p->x[r->to] - sign * picture_bar_half(p, r->to, r->y_end),
		picture_paper_y(p, r->y_end)
	};
	if (arrow != NULL)
		*arrow = line[1];
	if (r->lost && !r->loss.arrived) {
		part = (lost_x(p, r) - line[0].x) / (line[1].x - line[0].x);
		line[1].x = lost_x(p, r);
		/* It fell as far as others do on their whole way. */
		if (r->y_end <= r->y + 0.01 && p->l->true_time)
			line[1].y += p->unit * part;
	}
	if (r->under_way) {
		/* It is unknown how far it has come. */
		part = 0.5;
		line[1].x = (line[0].x + line[1].x) / 2;
		line[1].y += p->l->true_time ? p->unit / 2 : 0;
	}
	if (arrow != NULL && part < 1)
		arrow->y = line[0].y + (line[1].y - line[0].y) / part;
	/* Steep lines are no closer to each other than level ones. */
	down = hypot(line[1].x - line[0].x, line[1].y - line[0].y) /
	       fabs(line[1].x - line[0].x);
	down = fmin(down, PARTED_DOWN) * p->stands[r - p->l->rows].down;
	line[0].y += down;
	line[1].y += down;
	if (arrow != NULL)
		arrow->y += down;
}

/* ---- bundles of rows ---- */

/* Units of the layout that a bundle is high: less than a thousand points. */
#define HEIGHT 32.0

/*
 * Places in a long ladder have six digits; those of near rows differ in three.
 * Bundles write what they have in common once.
 */
void
picture_bundle(struct picture *p, struct bundle *b, double y)
{
	bool is_long = p->l->nrows > TIPS_MOST;
	size_t n = is_long && y > 0 ? (size_t)(y / HEIGHT) : 0;

	if (b->open && b->n == n)
		return;
	picture_bundle_end(p, b);
	b->n = n;
	b->open = is_long || b->x > 0;
	if (b->open)
		figure_shift(&p->figure, b->x,
		    is_long ? round(picture_paper_y(p, (double)n * HEIGHT))
			    : 0);
	if (b->open && b->mark != NULL)
		figure_group(&p->figure, b->mark);
}

void
picture_bundle_end(struct picture *p, struct bundle *b)
{
	if (b->open && b->mark != NULL)
		figure_group_end(&p->figure);
	if (b->open)
		figure_shift_end(&p->figure);
	b->open = false;
}
