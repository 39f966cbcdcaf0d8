/*
 * The arrows of the ladder's picture, what is written on them, and the remarks
 * beside the lifelines.  A label stands above its arrow, in the first gap that
 * the arrow crosses, where no other text is yet.
 */
#include "ladder/ladder_dot_in.h"
#include "words/time_words.h"

#include <math.h>
#include <stdio.h>

#define LABEL  10.0
#define NUMBER 7.5

static const struct {
	double width;
	const char *colour, *style;
	enum dot_head head;
} strokes[] = {
	[LAYOUT_KIND_REQUEST] = { 1.4, "#1f4f8f", NULL, DOT_FULL },
	[LAYOUT_KIND_PROVISIONAL] = { 1.1, "#7a5600", "dashed", DOT_OPEN },
	[LAYOUT_KIND_SUCCESS] = { 1.1, "#17683a", NULL, DOT_OPEN },
	[LAYOUT_KIND_FAILURE] = { 1.8, "#a3180e", NULL, DOT_HOLLOW },
	[LAYOUT_KIND_OTHER] = { 1.1, "#5b636e", "dotted", DOT_OPEN },
};

static void
put_marks(struct buf *b, const struct layout_row *r)
{
	if (r->retx > 0 || r->folded > 0)
		buf_puts(b, " ↻");
	if (r->retx > 0)
		buf_printf(b, "%u", r->retx);
	if (r->folded > 0)
		buf_printf(b, "+%u", r->folded);
	if (r->gone > 0)
		buf_printf(b, " ╳%u", r->gone);
	if (r->copies > 1)
		buf_printf(b, " ×%u", r->copies);
}

static struct placed
box_at(double x, double y, double width)
{
	return (struct placed){ x - width / 2 - 2, y - LABEL * 0.55,
		x + width / 2 + 2, y + LABEL * 0.55 };
}

/* Where a label stands relative to its line; APART where lines lie upon each
 * other. */
enum side { ABOVE, BELOW, WITHIN, APART };

/* A line and the label that it carries. */
struct labelled {
	struct dot_point from, to;
	double gap;   /* how much of it lies beside the sender's lifeline */
	double width; /* of the label */
	enum side side;
	struct dot_point at; /* the middle of the label */
};

/* The middle of a label PART of the way along the gap. */
static struct dot_point
label_at(const struct labelled *n, double part, enum side side)
{
	double dx = n->to.x - n->from.x, slope, off;
	double x = n->from.x + (dx > 0 ? n->gap : -n->gap) * part;

	slope = fabs(dx) > 1 ? (n->to.y - n->from.y) / fabs(dx) : 0;
	/* The corner that is nearest to the line keeps clear of it. */
	off = LABEL * 0.62 + slope * n->width / 2;
	off = side == ABOVE   ? -off
	      : side == BELOW ? off
	      : side == APART ? -off - 12
			      : 0;
	return (struct dot_point){ x, n->from.y + slope * n->gap * part + off };
}

/* Above the line where there is room, else below, else within a gap in it;
 * where all that is taken, anywhere near on which no other text stands. */
static void
find_label(struct picture *p, size_t row, struct labelled *n)
{
	static const double parts[] = { 0.5, 0.56, 0.44, 0.62, 0.38, 0.68, 0.32,
		0.75, 0.25 };
	static const enum side sides[] = { ABOVE, BELOW, WITHIN, APART };
	const size_t nparts = sizeof(parts) / sizeof(parts[0]);
	struct placed box;

	for (size_t i = 0; i < 4 * nparts; i++) {
		double part = parts[i % nparts], half = n->width / 2 + 4;

		n->side = sides[i / nparts];
		n->at = label_at(n, part, n->side);
		box = box_at(n->at.x, n->at.y, n->width);
		/* Between the two lifelines, where it fits there. */
		if (n->width < n->gap - 8 &&
		    (n->gap * part < half || n->gap * (1 - part) < half))
			continue;
		if (picture_free(p, &box) &&
		    (n->side == APART || !picture_crossed(p, row, &box)))
			goto found;
	}
	n->side = ABOVE;
	n->at = label_at(n, 0.5, ABOVE);
	box = box_at(n->at.x, n->at.y, n->width);
found:
	picture_place(p, &box);
}

/* Whether what the message is about fits on the line, too. */
static bool
detail_fits(const struct layout_row *r, const struct labelled *n)
{
	return r->detail.n > 0 &&
	       dot_text_width(r->label, LABEL, true) +
		       dot_text_width(r->detail, LABEL, true) + 22 <
		   n->gap;
}

static void
draw_label(struct picture *p, const struct layout_row *r, struct labelled *n)
{
	struct dot_font font = { LABEL, strokes[r->kind].colour, true, false };
	struct dot_font small = { NUMBER, GREY, false, false };
	struct buf text = BUF_INIT, number = BUF_INIT;
	double before = 0, x;

	buf_str(&text, r->label);
	if (detail_fits(r, n))
		buf_str(&text, r->detail);
	put_marks(&text, r);
	if (r->number > 0) {
		buf_printf(&number, "F%u", r->number);
		before = dot_text_width(buf_view(&number), NUMBER, false) + 4;
	}
	n->width = dot_text_width(buf_view(&text), LABEL, true) + before;
	find_label(p, (size_t)(r - p->l->rows), n);
	x = n->at.x - n->width / 2;
	dot_text(
	    &p->dot, x, n->at.y + 0.8, buf_view(&number), DOT_LEFT, &small);
	dot_text(
	    &p->dot, x + before, n->at.y, buf_view(&text), DOT_LEFT, &font);
	if (text.err != 0 || number.err != 0)
		p->dot.out->err = text.err | number.err;
	buf_free(&text);
	buf_free(&number);
}

/* The line, with a gap where its label stands within it. */
static void
draw_line(struct picture *p, const struct labelled *n,
    const struct dot_point *line, struct dot_pen pen)
{
	double dx = n->to.x - n->from.x, dy = n->to.y - n->from.y;
	double half = (n->width / 2 + 4) * (dx > 0 ? 1 : -1);
	struct dot_point one[2] = { line[0] }, two[2] = { { 0 }, line[1] };
	enum dot_head head = pen.head;

	if (n->side != WITHIN || fabs(dx) < 1) {
		dot_line(&p->dot, line, 2, &pen);
		return;
	}
	one[1] = (struct dot_point){ n->at.x - half, n->at.y - half * dy / dx };
	two[0] = (struct dot_point){ n->at.x + half, n->at.y + half * dy / dx };
	pen.head = DOT_PLAIN;
	dot_line(&p->dot, one, 2, &pen);
	pen.head = head;
	pen.id = NULL;
	dot_line(&p->dot, two, 2, &pen);
}

/* Whether the box touches a lifeline, or a bar that stands on it. */
static bool
on_lifeline(const struct picture *p, const struct placed *box)
{
	for (size_t i = 0; i < p->l->ncolumns; i++)
		if (box->left < p->x[i] + 5 && box->right > p->x[i] - 5)
			return true;
	return false;
}

/*
 * Where the text of a lost message stands: behind the cross, where no line
 * goes; else below it, else above; not on lifelines while there is a choice.
 */
static struct placed
place_lost(struct picture *p, const struct layout_row *r, struct dot_point at,
    double width)
{
	double sign = r->from < r->to ? 1 : -1;
	double behind = sign > 0 ? at.x + 9 : at.x - 9 - width;
	double back = r->arrived ? -8 : 3;
	double before = sign > 0 ? at.x + back - width : at.x - back;
	const double xs[] = { behind, behind, before, behind, behind, before,
		behind, before };
	const double ys[] = { 0, 11, 12, -11, 20, 22, 30, 32 };
	struct placed box = { 0 };
	size_t row = (size_t)(r - p->l->rows);

	for (int strict = 1; strict >= 0; strict--) {
		for (size_t i = 0; i < sizeof(xs) / sizeof(xs[0]); i++) {
			double y = at.y + ys[i];

			/* Between two rows there is one place. */
			if (!p->l->true_time && i > 0)
				y = at.y + 9.5;
			box = (struct placed){ xs[i], y - 5, xs[i] + width,
				y + 5 };
			if (!(strict && on_lifeline(p, &box)) &&
			    box.left > p->left - 82 &&
			    box.right < p->dot.width - 4 &&
			    picture_free(p, &box) &&
			    !picture_crossed(p, row, &box))
				return box;
		}
	}
	return box;
}

/* A cross where it ends, and why. */
static void
draw_lost(struct picture *p, const struct layout_row *r, struct dot_point at)
{
	static const struct dot_font font = { 8.5, RED, false, false };
	struct dot_pen pen = { 1.8, RED, NULL, DOT_PLAIN, NULL, "lost", NULL };
	struct dot_point one[] = { { at.x - 4, at.y - 4 },
		{ at.x + 4, at.y + 4 } };
	struct dot_point two[] = { { at.x - 4, at.y + 4 },
		{ at.x + 4, at.y - 4 } };
	struct buf why = BUF_INIT;
	struct placed box, cross = { at.x - 4, at.y - 4, at.x + 4, at.y + 4 };
	double width;

	dot_fit(&why, r->lost_text, 8.5, false, p->column * 0.9);
	width = dot_text_width(buf_view(&why), 8.5, false);
	dot_line(&p->dot, one, 2, &pen);
	dot_line(&p->dot, two, 2, &pen);
	picture_place(p, &cross);
	box = place_lost(p, r, at, width);
	/* Beside its cross, however wide the letters turn out. */
	if (box.right <= at.x)
		dot_text(&p->dot, box.right, (box.top + box.bottom) / 2,
		    buf_view(&why), DOT_RIGHT, &font);
	else
		dot_text(&p->dot, box.left, (box.top + box.bottom) / 2,
		    buf_view(&why), DOT_LEFT, &font);
	picture_place(p, &box);
	if (why.err != 0)
		p->dot.out->err = why.err;
	buf_free(&why);
}

static void
draw_loop(struct picture *p, const struct layout_row *r, struct dot_pen pen)
{
	double x = p->x[r->from], y = picture_y(p, r->y);
	double half = picture_bar_half(p, r->from, r->y);
	struct dot_point line[] = { { x + half, y - 4 }, { x + 26, y - 4 },
		{ x + 26, y + 6 }, { x + half, y + 6 } };
	struct dot_font font = { LABEL, pen.colour, true, false };
	struct buf text = BUF_INIT;

	if (r->number > 0)
		buf_printf(&text, "F%u ", r->number);
	buf_str(&text, r->label);
	put_marks(&text, r);
	dot_line(&p->dot, line, 4, &pen);
	dot_text(&p->dot, x + 32, y + 1, buf_view(&text), DOT_LEFT, &font);
	if (text.err != 0)
		p->dot.out->err = text.err;
	buf_free(&text);
}

/* What a reader sees who points at the line: "#42 INVITE, Alice → atl". */
static void
put_tip(const struct picture *p, const struct layout_row *r, struct buf *b)
{
	const struct layout *l = p->l;
	struct buf time = BUF_INIT;

	buf_printf(b, "#%llu, ", (unsigned long long)r->seq);
	time_put(&time, r->t);
	buf_str(b, buf_view(&time));
	buf_puts(b, " s, ");
	buf_str(b, l->columns[r->from].label);
	buf_puts(b, " → ");
	buf_str(b, l->columns[r->to].label);
	buf_puts(b, ": ");
	buf_str(b, r->label);
	put_marks(b, r);
	buf_str(b, r->detail);
	if (r->lost) {
		buf_puts(b, ", ");
		buf_str(b, r->lost_text);
	}
	if (time.err != 0)
		b->err = time.err;
	buf_free(&time);
}

static void
draw_message(struct picture *p, const struct layout_row *r)
{
	bool right = r->from < r->to;
	struct dot_point line[2];
	struct labelled n = { .side = ABOVE };
	struct buf tip = BUF_INIT;
	char id[32];
	struct dot_pen pen = { strokes[r->kind].width, strokes[r->kind].colour,
		strokes[r->kind].style, strokes[r->kind].head, id,
		layout_kind_name(r->kind), &tip };

	snprintf(id, sizeof(id), "record%llu", (unsigned long long)r->seq);
	put_tip(p, r, &tip);
	if (r->from == r->to) {
		draw_loop(p, r, pen);
		goto out;
	}
	picture_line(p, r, line, &n.to);
	n.from = line[0];
	n.gap = fabs(p->x[right ? r->from + 1 : r->from - 1] - p->x[r->from]);
	/* In order of time its label stands above what there is of it. */
	if (!p->l->true_time && fabs(line[1].x - line[0].x) < n.gap)
		n.gap = fabs(line[1].x - line[0].x) + 8;
	if (r->under_way)
		pen.style = "dotted";
	if (r->lost || r->under_way)
		pen.head = DOT_PLAIN;
	if (r->lost)
		draw_lost(p, r, line[1]);
	draw_label(p, r, &n);
	draw_line(p, &n, line, pen);
out:
	if (tip.err != 0)
		p->dot.out->err = tip.err;
	buf_free(&tip);
}

static void
draw_media(struct picture *p, const struct layout_row *r)
{
	static const struct dot_font font = { 8.5, "#17683a", false, false };
	double left = p->x[r->from < r->to ? r->from : r->to];
	double right = p->x[r->from < r->to ? r->to : r->from];
	double y = picture_y(p, r->y) + 8;
	struct placed box = { left, y - 7, right, y + 7 };
	struct buf text = BUF_INIT;

	while (!picture_free(p, &box)) {
		box.top += 8;
		box.bottom += 8;
	}
	buf_str(&text, r->label);
	buf_putc(&text, ' ');
	buf_str(&text, p->l->columns[r->from].label);
	buf_puts(&text, " → ");
	buf_str(&text, p->l->columns[r->to].label);
	buf_printf(&text, " ×%u", r->copies);
	dot_box(&p->dot, left, box.top, right, box.bottom, "#e3f1e8", "#17683a",
	    false);
	dot_text(&p->dot, (left + right) / 2, (box.top + box.bottom) / 2,
	    buf_view(&text), DOT_CENTRE, &font);
	picture_place(p, &box);
	if (text.err != 0)
		p->dot.out->err = text.err;
	buf_free(&text);
}

/* "rfc3261-17.1.1.2" as "RFC 3261 17.1.1.2". */
static void
put_why(struct buf *b, struct str why)
{
	struct str section, rfc = str_cut(why, '-', &section);

	if (!str_starts(rfc, "rfc") || section.n == 0)
		return;
	buf_puts(b, "RFC ");
	buf_str(b, str_slice(rfc, 3, rfc.n));
	buf_putc(b, ' ');
	buf_str(b, section);
}

/* From when it was set to when it fired, beside the lifeline. */
static void
draw_timer(struct picture *p, const struct layout_row *r)
{
	static const struct dot_font font = { 9, BROWN, true, false };
	static const struct dot_font small = { 7.5, GREY, false, false };
	double x = p->x[r->from] + 12, y = picture_y(p, r->y);
	double set = picture_y(p, r->y_end) + 10;
	struct dot_point line[] = { { x, set }, { x, y - 2 } };
	struct dot_pen pen = { 1.0, BROWN, NULL, DOT_OPEN, NULL, "timer",
		NULL };
	struct buf text = BUF_INIT, why = BUF_INIT;
	double width, at;
	struct placed box;

	if (!p->l->true_time) {
		line[0].y = y - 13;
		line[1].y = y + 11;
	} else if (y - set < 14) {
		line[0].y = y - 24;
	}
	dot_line(&p->dot, line, 2, &pen);
	/* TRANSLATORS: "Timer A 500 ms since F3" */
	if (r->since != LAYOUT_NONE && p->l->rows[r->since].number > 0)
		buf_printf(&text,
		    r->brief.n == 1 ? _("%.*s since F%u")
				    : _("%.*s (since F%u)"),
		    STR_ARG(r->label), p->l->rows[r->since].number);
	else
		buf_str(&text, r->label);
	put_why(&why, r->why);
	width = dot_text_width(buf_view(&text), 9, true);
	at = p->l->true_time ? y - 26 : y - 5;
	box = (struct placed){ x + 4, at - 6, x + 8 + width, at + 15 };
	for (int i = 0; p->l->true_time && i < 4 && !picture_free(p, &box);
	     i++) {
		at -= 12;
		box.top -= 12;
		box.bottom -= 12;
	}
	picture_place(p, &box);
	dot_text(&p->dot, x + 7, at, buf_view(&text), DOT_LEFT, &font);
	dot_text(&p->dot, x + 7, at + 11, buf_view(&why), DOT_LEFT, &small);
	if (text.err != 0 || why.err != 0)
		p->dot.out->err = text.err | why.err;
	buf_free(&text);
	buf_free(&why);
}

/* The height nearest to BOX's at which nothing else stands; BOX moves there. */
static void
find_room(struct picture *p, size_t row, struct placed *box)
{
	double height = box->bottom - box->top, top = box->top;

	for (int i = 0; i < 16; i++) {
		int steps = (i + 1) / 2;
		double by = steps * (i % 2 == 1 ? 8.0 : -8.0);

		/* Above the first row are the names. */
		if (top + by < p->top + 2)
			continue;
		box->top = top + by;
		box->bottom = box->top + height;
		if (picture_free(p, box) && !picture_crossed(p, row, box))
			break;
	}
	picture_place(p, box);
}

/* A remark of the run, across all lifelines. */
static void
draw_note(struct picture *p, const struct layout_row *r)
{
	static const struct dot_font font = { 9, GREY, false, true };
	double y = picture_y(p, r->y), x = (p->left + p->right) / 2, half;
	struct dot_pen pen = { 0.6, AXIS, "dashed", DOT_PLAIN, NULL, "note",
		NULL };
	struct buf label = BUF_INIT;
	struct placed box;

	dot_fit(&label, r->label, 9, false, p->right - p->left + 60);
	half = dot_text_width(buf_view(&label), 9, false) / 2 + 8;
	box = (struct placed){ x - half, y - 8, x + half, y + 8 };
	if (p->l->true_time)
		find_room(p, (size_t)(r - p->l->rows), &box);
	y = (box.top + box.bottom) / 2;
	if (p->left - 20 < box.left) {
		struct dot_point one[] = { { p->left - 20, y },
			{ box.left, y } };
		struct dot_point two[] = { { box.right, y },
			{ p->right + 20, y } };

		dot_line(&p->dot, one, 2, &pen);
		dot_line(&p->dot, two, 2, &pen);
	}
	dot_box(&p->dot, box.left, box.top, box.right, box.bottom, "white",
	    PALE, true);
	dot_text(&p->dot, x, y, buf_view(&label), DOT_CENTRE, &font);
	if (label.err != 0)
		p->dot.out->err = label.err;
	buf_free(&label);
}

/* The words of TEXT that WIDTH points have room for; all, where that is not
 * even one. */
static struct str
fitting_words(struct str text, double size, double width)
{
	size_t best = text.n;

	for (size_t i = 1; i < text.n; i++) {
		if (text.p[i] != ' ')
			continue;
		if (dot_text_width(str_slice(text, 0, i), size, false) > width)
			break;
		best = i;
	}
	return str_slice(text, 0, best);
}

/* A remark beside its lifeline, between it and the next: on two lines where
 * one is too short. */
static void
draw_remark(struct picture *p, const struct layout_row *r)
{
	struct dot_font font = { 9, r->item == LAYOUT_NOTE ? GREY : RED, false,
		r->item == LAYOUT_NOTE };
	double y = picture_y(p, r->y), x = p->x[r->from], wide = 0;
	double half = picture_bar_half(p, r->from, r->y);
	double room = p->column - 2 * half - 12;
	bool right = r->from + 1 < p->l->ncolumns || p->l->ncolumns < 2;
	struct buf lines[2] = { BUF_INIT, BUF_INIT };
	struct str rest = r->label;
	struct placed box;
	int n = 0;

	if (dot_text_width(rest, 9, false) > room) {
		struct str first = fitting_words(rest, 9, room);

		dot_fit(&lines[n++], first, 9, false, room);
		rest = str_trim(str_slice(rest, first.n, rest.n));
	}
	if (rest.n > 0)
		dot_fit(&lines[n++], rest, 9, false, room);
	for (int i = 0; i < n; i++) {
		double width = dot_text_width(buf_view(&lines[i]), 9, false);

		wide = width > wide ? width : wide;
	}
	/* The last column has its room at the left. */
	x += right ? half + 6 : -half - 6 - wide;
	box = (struct placed){ x, y - 5.5 * n, x + wide, y + 5.5 * n };
	if (p->l->true_time)
		find_room(p, (size_t)(r - p->l->rows), &box);
	for (int i = 0; i < n; i++) {
		dot_text(&p->dot, right ? x : x + wide, box.top + 5.5 + 11 * i,
		    buf_view(&lines[i]), right ? DOT_LEFT : DOT_RIGHT, &font);
		if (lines[i].err != 0)
			p->dot.out->err = lines[i].err;
	}
	buf_free(&lines[0]);
	buf_free(&lines[1]);
}

void
picture_rows(struct picture *p)
{
	for (size_t i = 0; i < p->l->nrows; i++) {
		const struct layout_row *r = &p->l->rows[i];

		switch (r->item) {
		case LAYOUT_MESSAGE:
			draw_message(p, r);
			break;
		case LAYOUT_MEDIA:
			draw_media(p, r);
			break;
		case LAYOUT_TIMER:
			draw_timer(p, r);
			break;
		default:
			if (r->from == LAYOUT_NONE)
				draw_note(p, r);
			else
				draw_remark(p, r);
		}
	}
}
