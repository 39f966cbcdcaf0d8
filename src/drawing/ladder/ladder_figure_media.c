/*
 * Many packets one way, summed up: a band from lifeline to lifeline, with a
 * label in one of the gaps between them; below it, in red, their deviations.
 */
#include <math.h>

#include "ladder/ladder_arrow.h"
#include "ladder/ladder_figure_in.h"

/* ---- deviations ---- */

#define AMISS_SIZE 8.5
#define HIGH       10.0

/*
 * Packets that do not arrive, go elsewhere than SDP says, or have a payload
 * type that was not asked for.
 */
void
picture_put_amiss(const struct layout_row *r, struct buf *b)
{
	buf_str(b, r->media.amiss);
	if (r->lost && r->media.amiss.n > 0)
		buf_puts(b, _(": "));
	if (r->lost)
		buf_str(b, r->loss.text);
}

double
picture_amiss_width(const struct layout_row *r)
{
	LOCAL_BUF b = BUF_INIT;
	double w = 0;

	if (r->item == LAYOUT_MEDIA)
		picture_put_amiss(r, &b);
	if (b.n > 0)
		w = figure_text_width(buf_view(&b), AMISS_SIZE, false);
	return w;
}

/* Whether W points go below the band AT, in the middle of it or at one of its
 * ends. */
static bool
place_amiss(
    struct picture *p, const struct placed *at, double w, struct placed *box)
{
	double xs[] = { (at->left + at->right - w) / 2, at->left + 6,
		at->right - 6 - w, at->right + 12, at->left - 12 - w };

	for (int down = 0; down < 4; down++) {
		for (size_t i = 0; i < COUNT_OF(xs); i++) {
			double y = i < 3 ? at->bottom + 1 + 5 * down
					 : (at->top + at->bottom - HIGH) / 2;

			*box =
			    (struct placed){ xs[i], y, xs[i] + w, y + HIGH, 0 };
			if (picture_inside(p, box) && picture_free(p, box) &&
			    !picture_on_lifeline(p, box) &&
			    !picture_crossed(p, ANYBODY, box))
				return true;
		}
	}
	return false;
}

/* Deviations for which there is no place below the band are in the foot. */
static void
picture_settle_amiss(struct picture *p, const struct layout_row *r)
{
	struct stand *s = &p->stands[r - p->l->rows];
	double w = picture_amiss_width(r);

	s->amiss = w > 0 && place_amiss(p, &s->box, w, &s->amiss_box);
	if (s->amiss)
		picture_place(p, &s->amiss_box);
	else if (w > 0)
		p->fit.unsaid |= 1ull << r->loss.reason;
}

static void
picture_amiss(struct picture *p, const struct layout_row *r)
{
	static const struct figure_font font = { AMISS_SIZE, RED, false,
		false };
	const struct stand *s = &p->stands[r - p->l->rows];
	const struct placed *box = &s->amiss_box;
	struct buf b = BUF_INIT;

	if (!s->amiss)
		return;
	picture_put_amiss(r, &b);
	figure_text(&p->figure, (box->left + box->right) / 2,
	    (box->top + box->bottom) / 2, buf_view(&b), FIGURE_CENTRE, &font);
	buf_end(&b, &p->figure.out->err);
}

/* ---- bands ---- */

#define SIZE  8.5
#define HALF  7.0 /* of the band's height */
#define LANE  5.0 /* from one band to another within it */
#define LANES 6
#define ROOM  2.0  /* beside its text */
#define SHORT 24.0 /* by which one that does not arrive ends before */
#define PINK  "#fbeae7"

/* How much of it is said: "RTP PCMA Alice → Bob ×880 of 891"; "RTP PCMA → ×880
 * of 891"; "RTP → ×880 of 891"; "RTP → ×880"; "→ ×880", also in a band made
 * wider for it. */
enum media_form {
	MEDIA_NAMES,
	MEDIA_ARROW,
	MEDIA_BRIEF,
	MEDIA_COUNT,
	MEDIA_LEAST,
	MEDIA_OVER
};

static void
put_media_text(const struct picture *p, const struct layout_row *r,
    enum media_form form, struct buf *b)
{
	if (form < MEDIA_LEAST) {
		buf_str(b, form >= MEDIA_BRIEF ? r->brief : r->label);
		buf_putc(b, ' ');
	}
	if (r->from == r->to) {
		/* Its label says where to. */
		layout_put_packets(r, b);
		return;
	}
	if (form == MEDIA_NAMES) {
		buf_str(b, p->l->columns[r->from].name);
		buf_puts(b, " → ");
		buf_str(b, p->l->columns[r->to].name);
	} else {
		buf_puts(b, r->from < r->to ? "→" : "←");
	}
	buf_putc(b, ' ');
	if (form >= MEDIA_COUNT && !r->media.flows && !r->media.untold)
		buf_printf(b, "×%u", r->copies);
	else
		layout_put_packets(r, b);
}

/* As it stands. */
static void
put_chosen(const struct picture *p, const struct layout_row *r, struct buf *b)
{
	put_media_text(
	    p, r, (enum media_form)p->stands[r - p->l->rows].media_form, b);
	if (b->err != 0)
		p->figure.out->err = b->err;
}

/* Takes FORM; how wide it is. */
static double
band_choose_form(
    const struct picture *p, const struct layout_row *r, enum media_form form)
{
	struct stand *s = &p->stands[r - p->l->rows];
	LOCAL_BUF b = BUF_INIT;

	s->media_form = form;
	put_chosen(p, r, &b);
	s->width = figure_text_width(buf_view(&b), SIZE, false);
	return s->width;
}

/* Both lifelines' inner edges at R's row; bands that run together lie within
 * each other. */
static void
edges_of(const struct picture *p, const struct layout_row *r, double *left,
    double *right)
{
	size_t one = r->from < r->to ? r->from : r->to;
	size_t other = r->from < r->to ? r->to : r->from;
	double in = LANE * p->stands[r - p->l->rows].lane;

	*left = p->x[one] + picture_bar_half(p, one, r->y) + in;
	*right = p->x[other] - picture_bar_half(p, other, r->y) - in;
}

/* The other end of the box of R, between two lifelines, which does not reach
 * the other one if nothing of it arrives. */
static double *
far_edge(const struct layout_row *r, double *left, double *right)
{
	return r->from < r->to ? right : left;
}

static void
shorten_lost(const struct layout_row *r, double *left, double *right)
{
	if (r->lost && *right - *left > 3 * SHORT)
		*far_edge(r, left, right) += r->from < r->to ? -SHORT : SHORT;
}

/* The part of the gap behind lifeline C that R's band takes; where that is too
 * small for any text, all of the gap. */
static void
find_gap(const struct picture *p, const struct layout_row *r, size_t c,
    double *left, double *right)
{
	bool all = p->stands[r - p->l->rows].media_form == MEDIA_OVER;

	edges_of(p, r, left, right);
	shorten_lost(r, left, right);
	*left = all ? p->x[c] : fmax(*left, p->x[c]);
	*right = all ? p->x[c + 1] : fmin(*right, p->x[c + 1]);
}

/* Where in the band at Y the text stands: in the middle of a gap, or next to it
 * where a bracket is there. */
static double
band_text_at(
    const struct picture *p, const struct layout_row *r, double y, double width)
{
	static const double parts[] = { 0.5, 0.44, 0.56, 0.38, 0.62 };
	size_t one = r->from < r->to ? r->from : r->to;
	size_t other = r->from < r->to ? r->to : r->from;

	for (size_t i = 0; i < 5; i++) {
		for (size_t c = one; c < other; c++) {
			struct placed box = { 0, y - SIZE / 2, 0, y + SIZE / 2,
				0 };
			double from, to, x;

			find_gap(p, r, c, &from, &to);
			x = from + (to - from) * parts[i];
			box.left = x - width / 2 - 2;
			box.right = x + width / 2 + 2;

			if (picture_has_some(p, p->x[c], p->x[c + 1]) &&
			    picture_inside(p, &box) && box.left > from + ROOM &&
			    box.right < to - ROOM &&
			    !picture_crossed(p, ANYBODY, &box))
				return x;
		}
	}
	return NAN;
}

/* In the middle of the first gap, whatever is there. */
static double
text_anyway(const struct picture *p, const struct layout_row *r)
{
	size_t one = r->from < r->to ? r->from : r->to;
	size_t other = r->from < r->to ? r->to : r->from;

	for (size_t c = one; c < other; c++)
		if (picture_has_some(p, p->x[c], p->x[c + 1]))
			return (p->x[c] + p->x[c + 1]) / 2;
	return NAN;
}

static bool
lie_together(const struct layout_row *a, const struct layout_row *b)
{
	size_t low = a->from < a->to ? a->from : a->to;
	size_t high = a->from < a->to ? a->to : a->from;
	size_t one = b->from < b->to ? b->from : b->to;
	size_t other = b->from < b->to ? b->to : b->from;

	return low < other && one < high && a->y <= b->y_end &&
	       b->y <= a->y_end;
}

void
picture_media_lanes(struct picture *p)
{
	picture_share_lanes(p, LAYOUT_MEDIA, LANES - 1, lie_together);
}

/* A strip, whose edge goes through no text. */
static void
draw_strip(struct picture *p, const struct layout_row *r,
    const struct ladder_stream *kind, double y, double y_end)
{
	double left, right;
	double top = fmax(picture_paper_y(p, y), p->top + 1);
	double bottom = fmin(picture_paper_y(p, y_end), p->bottom - 1);

	edges_of(p, r, &left, &right);
	shorten_lost(r, &left, &right);
	if (!picture_part(p, &left, &right) || top >= bottom)
		return;
	figure_box(&p->figure, left, top, right, bottom, kind->pale, kind->edge,
	    false);
	for (int i = 0; i < 4; i++) {
		const struct figure_point from = { i == 1 ? right : left,
			i == 2 ? bottom : top };
		const struct figure_point to = { i == 3 ? left : right,
			i == 0 ? top : bottom };

		picture_clear_texts(p, from, to, kind->pale);
	}
}

/* From its first packet to its last; what was early has been so until the
 * answer. */
static void
draw_extent(struct picture *p, const struct layout_row *r)
{
	const struct ladder_stream *kind = &ladder_streams[r->media.kind];
	double answer = r->media.t_answer != 0 && r->media.t_answer < r->t_end
			    ? r->media.y_answer
			    : r->y_end;

	draw_strip(p, r, kind, r->y, answer);
	if (answer < r->y_end)
		draw_strip(
		    p, r, &ladder_streams[LAYOUT_SOUND], answer, r->y_end);
}

/*
 * In true time a pale strip below everything goes on from the band to the last
 * packet.
 */
void
picture_extents(struct picture *p)
{
	static const struct figure_mark mark = { NULL, "extent", { NULL, 0 } };
	bool open = false;

	for (size_t i = 0; p->l->true_time && i < p->l->nrows; i++) {
		const struct layout_row *r = &p->l->rows[i];

		if (r->item != LAYOUT_MEDIA || r->from == r->to ||
		    !picture_on_page(p, r->y, r->y_end))
			continue;
		if (!open)
			figure_group(&p->figure, &mark);
		open = true;
		draw_extent(p, r);
	}
	if (open)
		figure_group_end(&p->figure);
}

/* Where bands at both sides leave no way to a place: below them. */
static bool
stand_below(struct picture *p, const struct wish *w, struct placed *box)
{
	for (int i = 0; i < 64; i++) {
		double x =
		    w->tie.x + (i % 2 == 0 ? w->near : -w->near - w->width);
		double y = w->tie.y + 4 * i;

		*box =
		    (struct placed){ x, y - HALF, x + w->width, y + HALF, 0 };
		if (!picture_inside(p, box) || !picture_free(p, box))
			continue;
		picture_place(p, box);
		return true;
	}
	return false;
}

double
picture_media_aside(const struct layout_row *r)
{
	return r->item == LAYOUT_MEDIA && r->from == r->to
		   ? figure_text_width(r->label, SIZE, false) + 60
		   : 0;
}

/*
 * A stream to an address that no lifeline has is a short band beside its
 * sender's, as wide as its text.
 */
static void
settle_short(struct picture *p, const struct layout_row *r, struct stand *s)
{
	struct wish w = { .owner = (size_t)(r - p->l->rows),
		.tie = { p->x[r->from], picture_paper_y(p, r->y) },
		.width = s->width + 8,
		.height = 2 * HALF,
		.near = 9 };
	double left = w.tie.x - 1, right = w.tie.x + 1;

	if (!picture_part(p, &left, &right))
		return;
	s->text = picture_seek(p, &w, &s->box) || stand_below(p, &w, &s->box);
	s->at.x = (s->box.left + s->box.right) / 2;
	s->at.y = (s->box.top + s->box.bottom) / 2;
}

/* Where in R's band at Y the text stands, in the longest form up to LAST that
 * has a place there. */
static bool
settle_text(const struct picture *p, const struct layout_row *r, double y,
    enum media_form last)
{
	struct stand *s = &p->stands[r - p->l->rows];

	s->at.y = y;
	s->at.x = NAN;
	for (int form = MEDIA_NAMES; form <= (int)last && isnan(s->at.x);
	     form++)
		s->at.x = band_text_at(
		    p, r, y, band_choose_form(p, r, (enum media_form)form));
	return !isnan(s->at.x);
}

/* BOX, wide enough for the text that S has in it. */
static void
hold_text(struct placed *box, const struct stand *s)
{
	box->left = fmin(box->left, s->at.x - s->width / 2 - ROOM);
	box->right = fmax(box->right, s->at.x + s->width / 2 + ROOM);
}

#define LOWER 12 /* places below the first, for the text's sake */

/* Between LEFT and RIGHT, the first free place where a form up to LAST has room
 * for its text; else the first free one.  Whether there is room. */
static bool
seek_place(struct picture *p, const struct layout_row *r, double left,
    double right, enum media_form last)
{
	struct stand *s = &p->stands[r - p->l->rows];
	double y = picture_paper_y(p, r->y) + (p->l->true_time ? HALF : -3);
	int first = -1;

	for (int i = 0; i < 64 && (first < 0 || i <= first + LOWER); i++) {
		double at = y + 8 * i;
		struct placed box = { left, at - HALF, right, at + HALF, 0 };
		bool well;

		if (!picture_free(p, &box))
			continue;
		well = picture_inside(p, &box) && settle_text(p, r, at, last);
		if (well && s->media_form == MEDIA_OVER) {
			hold_text(&box, s);
			well = picture_free(p, &box);
		}
		if (first < 0 || well)
			s->box = box;
		first = first < 0 ? i : first;
		if (well)
			return s->text = true;
	}
	s->text = first >= 0 && picture_inside(p, &s->box);
	return false;
}

/* Lower where something stands already, or where a line would go through the
 * text, if there is a better place. */
static void
settle_wide(struct picture *p, const struct layout_row *r, struct stand *s)
{
	double left, right;

	edges_of(p, r, &left, &right);
	shorten_lost(r, &left, &right);
	if (!picture_part(p, &left, &right))
		return;
	if (!seek_place(p, r, left, right, MEDIA_COUNT) &&
	    !seek_place(p, r, left, right, MEDIA_LEAST) &&
	    !seek_place(p, r, left, right, MEDIA_OVER) && s->text) {
		s->at.y = (s->box.top + s->box.bottom) / 2;
		s->at.x = text_anyway(p, r);
	}
	if (s->text)
		picture_place(p, &s->box);
}

void
picture_settle_media(struct picture *p, const struct layout_row *r)
{
	struct stand *s = &p->stands[r - p->l->rows];

	/* A stream is named on the page on which it begins; a stream that
	 * begins on another page has no text here. */
	if (!picture_on_page(p, r->y, r->y))
		return;
	band_choose_form(p, r, MEDIA_NAMES);
	if (r->from == r->to)
		settle_short(p, r, s);
	else
		settle_wide(p, r, s);
	if (s->text)
		picture_settle_amiss(p, r);
}

/* A cross at its end. */
static void
cross_end(struct picture *p, const struct layout_row *r, const struct stand *s)
{
	double left = s->box.left, right = s->box.right;
	double x = r->from == r->to ? right : *far_edge(r, &left, &right);
	struct figure_point at = { x, (s->box.top + s->box.bottom) / 2 };

	picture_cross(p, at);
}

void
picture_media(struct picture *p, const struct layout_row *r)
{
	const struct ladder_stream *kind = &ladder_streams[r->media.kind];
	const char *colour = r->lost ? RED : kind->ink;
	const struct figure_font font = { SIZE, colour, false, false };
	const struct stand *s = &p->stands[r - p->l->rows];
	struct figure_point tie = { p->x[r->from], picture_paper_y(p, r->y) };
	LOCAL_BUF text = BUF_INIT;

	if (!s->text)
		return;
	put_chosen(p, r, &text);
	if (r->from == r->to)
		picture_draw_tie(p, &s->box, tie, colour);
	figure_box(&p->figure, s->box.left, s->box.top, s->box.right,
	    s->box.bottom, r->lost ? PINK : kind->fill, colour, false);
	if (r->lost)
		cross_end(p, r, s);
	if (!isnan(s->at.x))
		figure_text(&p->figure, s->at.x, s->at.y, buf_view(&text),
		    FIGURE_CENTRE, &font);
	picture_amiss(p, r);
}
