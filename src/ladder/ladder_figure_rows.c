/*
 * The rows of the ladder's picture: arrows, what became of them, bands of
 * media, timers, and remarks beside the lifelines.
 */
#include "base/err.h"
#include "ladder/ladder_figure_in.h"
#include "words/time_words.h"

#include <math.h>

/* A ladder of more rows goes without what is said when one points at them. */
#define TIPS_MOST 5000

static const struct {
	double width;
	const char *colour, *style;
	enum figure_head head;
} strokes[] = {
	[LAYOUT_KIND_REQUEST] = { 1.4, "#1f4f8f", NULL, FIGURE_FULL },
	[LAYOUT_KIND_PROVISIONAL] = { 1.1, "#7a5600", "dashed", FIGURE_OPEN },
	[LAYOUT_KIND_SUCCESS] = { 1.1, "#17683a", NULL, FIGURE_OPEN },
	[LAYOUT_KIND_FAILURE] = { 1.8, "#a3180e", NULL, FIGURE_HOLLOW },
	[LAYOUT_KIND_OTHER] = { 1.1, "#5b636e", "dotted", FIGURE_OPEN },
};

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
place_lost(struct picture *p, const struct layout_row *r,
    struct figure_point at, double width)
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
				y + 5, 0 };
			if (!(strict && on_lifeline(p, &box)) &&
			    box.left > p->left - 82 &&
			    box.right < p->figure.width - 4 &&
			    picture_free(p, &box) &&
			    !picture_crossed(p, row, &box))
				return box;
		}
	}
	return box;
}

/* A cross where it ends, and why. */
static void
draw_lost(struct picture *p, const struct layout_row *r, struct figure_point at)
{
	static const struct figure_font font = { 8.5, RED, false, false };
	struct figure_pen pen = { 1.8, RED, NULL, FIGURE_PLAIN };
	struct figure_point one[] = { { at.x - 4, at.y - 4 },
		{ at.x + 4, at.y + 4 } };
	struct figure_point two[] = { { at.x - 4, at.y + 4 },
		{ at.x + 4, at.y - 4 } };
	struct buf why = BUF_INIT;
	struct placed box,
	    cross = { at.x - 4, at.y - 4, at.x + 4, at.y + 4, 0 };
	double width;

	figure_fit(&why, r->lost_text, 8.5, false, p->column * 0.9);
	width = figure_text_width(buf_view(&why), 8.5, false);
	figure_line(&p->figure, one, 2, &pen);
	figure_line(&p->figure, two, 2, &pen);
	picture_place(p, &cross);
	box = place_lost(p, r, at, width);
	/* Beside its cross, however wide the letters turn out. */
	if (box.right <= at.x)
		figure_text(&p->figure, box.right, (box.top + box.bottom) / 2,
		    buf_view(&why), FIGURE_RIGHT, &font);
	else
		figure_text(&p->figure, box.left, (box.top + box.bottom) / 2,
		    buf_view(&why), FIGURE_LEFT, &font);
	picture_place(p, &box);
	if (why.err != 0)
		p->figure.out->err = why.err;
	buf_free(&why);
}

static void
draw_loop(struct picture *p, const struct layout_row *r, struct figure_pen pen)
{
	double x = p->x[r->from], y = picture_y(p, r->y);
	double half = picture_bar_half(p, r->from, r->y);
	struct figure_point line[] = { { x + half, y - 4 }, { x + 26, y - 4 },
		{ x + 26, y + 6 }, { x + half, y + 6 } };
	struct figure_font font = { LABEL_SIZE, pen.colour, true, false };
	struct buf text = BUF_INIT;

	if (r->number > 0)
		buf_printf(&text, "F%u ", r->number);
	buf_str(&text, r->label);
	picture_marks(&text, r);
	figure_line(&p->figure, line, 4, &pen);
	figure_text(
	    &p->figure, x + 32, y + 1, buf_view(&text), FIGURE_LEFT, &font);
	if (text.err != 0)
		p->figure.out->err = text.err;
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
	picture_marks(b, r);
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
	struct figure_point line[2], aim;
	struct figure_pen pen = { strokes[r->kind].width,
		strokes[r->kind].colour, strokes[r->kind].style,
		strokes[r->kind].head };

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

static void
draw_media(struct picture *p, const struct layout_row *r)
{
	static const struct figure_font font = { 8.5, "#17683a", false, false };
	double left = p->x[r->from < r->to ? r->from : r->to];
	double right = p->x[r->from < r->to ? r->to : r->from];
	double y = picture_y(p, r->y) + (p->l->true_time ? 8 : -3);
	struct placed box = { left, y - 7, right, y + 7, 0 };
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
	figure_box(&p->figure, left, box.top, right, box.bottom, "#e3f1e8",
	    "#17683a", false);
	figure_text(&p->figure, (left + right) / 2, (box.top + box.bottom) / 2,
	    buf_view(&text), FIGURE_CENTRE, &font);
	picture_place(p, &box);
	if (text.err != 0)
		p->figure.out->err = text.err;
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

#define TIMERS_NEAR 200 /* rows */

/* Timers that fired before at the same lifeline, but after this one was set. */
static unsigned
timers_within(const struct picture *p, const struct layout_row *r)
{
	size_t row = (size_t)(r - p->l->rows);
	unsigned n = 0;

	for (size_t i = row; i-- > 0 && row - i < TIMERS_NEAR;) {
		const struct layout_row *q = &p->l->rows[i];

		n += q->item == LAYOUT_TIMER && q->from == r->from &&
		     q->y > r->y_end + 0.5;
	}
	return n;
}

/* From when it was set to when it fired, beside the lifeline. */
static void
draw_timer(struct picture *p, const struct layout_row *r)
{
	static const struct figure_font font = { 9, BROWN, true, false };
	static const struct figure_font small = { 7.5, GREY, false, false };
	double x = p->x[r->from] + 12, y = picture_y(p, r->y);
	double set = picture_y(p, r->y_end) + 10;
	struct figure_point line[] = { { x, set }, { x, y - 2 } };
	struct figure_pen pen = { 1.0, BROWN, NULL, FIGURE_OPEN };
	struct buf text = BUF_INIT, why = BUF_INIT;
	double width, at;
	struct placed box;

	if (p->l->true_time) {
		x += 6.0 * (timers_within(p, r) % 4);
		line[0].x = line[1].x = x;
	}
	if (!p->l->true_time) {
		line[0].y = y - 13;
		line[1].y = y + 11;
	} else if (y - set < 14) {
		line[0].y = y - 24;
	}
	figure_line(&p->figure, line, 2, &pen);
	/* TRANSLATORS: "Timer A 500 ms since F3" */
	if (r->since != LAYOUT_NONE && p->l->rows[r->since].number > 0)
		buf_printf(&text,
		    r->brief.n == 1 ? _("%.*s since F%u")
				    : _("%.*s (since F%u)"),
		    STR_ARG(r->label), p->l->rows[r->since].number);
	else
		buf_str(&text, r->label);
	put_why(&why, r->why);
	width = figure_text_width(buf_view(&text), 9, true);
	at = p->l->true_time ? y - 26 : y - 5;
	box = (struct placed){ x + 4, at - 6, x + 8 + width, at + 15, 0 };
	for (int i = 0; p->l->true_time && i < 4 && !picture_free(p, &box);
	     i++) {
		at -= 12;
		box.top -= 12;
		box.bottom -= 12;
	}
	picture_place(p, &box);
	figure_text(&p->figure, x + 7, at, buf_view(&text), FIGURE_LEFT, &font);
	figure_text(
	    &p->figure, x + 7, at + 11, buf_view(&why), FIGURE_LEFT, &small);
	if (text.err != 0 || why.err != 0)
		p->figure.out->err = text.err | why.err;
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
	static const struct figure_font font = { 9, GREY, false, true };
	double y = picture_y(p, r->y), x = (p->left + p->right) / 2, half;
	struct figure_pen pen = { 0.6, AXIS, "dashed", FIGURE_PLAIN };
	struct buf label = BUF_INIT;
	struct placed box;

	figure_fit(&label, r->label, 9, false, p->right - p->left + 60);
	half = figure_text_width(buf_view(&label), 9, false) / 2 + 8;
	box = (struct placed){ x - half, y - 8, x + half, y + 8, 0 };
	if (p->l->true_time)
		find_room(p, (size_t)(r - p->l->rows), &box);
	y = (box.top + box.bottom) / 2;
	if (p->left - 20 < box.left) {
		struct figure_point one[] = { { p->left - 20, y },
			{ box.left, y } };
		struct figure_point two[] = { { box.right, y },
			{ p->right + 20, y } };

		figure_line(&p->figure, one, 2, &pen);
		figure_line(&p->figure, two, 2, &pen);
	}
	figure_box(&p->figure, box.left, box.top, box.right, box.bottom,
	    "white", PALE, true);
	figure_text(&p->figure, x, y, buf_view(&label), FIGURE_CENTRE, &font);
	if (label.err != 0)
		p->figure.out->err = label.err;
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
		if (figure_text_width(str_slice(text, 0, i), size, false) >
		    width)
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
	struct figure_font font = { 9, r->item == LAYOUT_NOTE ? GREY : RED,
		false, r->item == LAYOUT_NOTE };
	double y = picture_y(p, r->y), x = p->x[r->from], wide = 0;
	double half = picture_bar_half(p, r->from, r->y);
	double room = p->column - 2 * half - 12;
	bool right = r->from + 1 < p->l->ncolumns || p->l->ncolumns < 2;
	struct buf lines[2] = { BUF_INIT, BUF_INIT };
	struct str rest = r->label;
	struct placed box;
	int n = 0;

	if (figure_text_width(rest, 9, false) > room) {
		struct str first = fitting_words(rest, 9, room);

		figure_fit(&lines[n++], first, 9, false, room);
		rest = str_trim(str_slice(rest, first.n, rest.n));
	}
	if (rest.n > 0)
		figure_fit(&lines[n++], rest, 9, false, room);
	for (int i = 0; i < n; i++) {
		double width = figure_text_width(buf_view(&lines[i]), 9, false);

		wide = width > wide ? width : wide;
	}
	/* The last column has its room at the left. */
	x += right ? half + 6 : -half - 6 - wide;
	box = (struct placed){ x, y - 5.5 * n, x + wide, y + 5.5 * n, 0 };
	if (p->l->true_time)
		find_room(p, (size_t)(r - p->l->rows), &box);
	for (int i = 0; i < n; i++) {
		figure_text(&p->figure, right ? x : x + wide,
		    box.top + 5.5 + 11 * i, buf_view(&lines[i]),
		    right ? FIGURE_LEFT : FIGURE_RIGHT, &font);
		if (lines[i].err != 0)
			p->figure.out->err = lines[i].err;
	}
	buf_free(&lines[0]);
	buf_free(&lines[1]);
}

/* A remark asked for, below the row's line, from the lifeline it is about. */
static void
draw_asked(struct picture *p, const struct layout_row *r)
{
	static const struct figure_font font = { 8, GREY, false, true };
	double x = (r->note_at != LAYOUT_NONE ? p->x[r->note_at] : p->left) + 7;
	double y = picture_y(p, r->y_end > r->y ? r->y_end : r->y) + 9;
	struct buf text = BUF_INIT;
	struct placed box;

	/* Where little is left at the right, it begins further left. */
	if (figure_text_width(r->note, font.size, false) > p->width - 20 - x)
		x = p->left + 7;
	figure_fit(&text, r->note, font.size, false, p->width - 20 - x);
	box = (struct placed){ x - 2, y - 5,
		x + figure_text_width(buf_view(&text), font.size, false) + 2,
		y + 5, 0 };
	if (p->l->true_time)
		find_room(p, (size_t)(r - p->l->rows), &box);
	figure_box(&p->figure, box.left, box.top, box.right, box.bottom,
	    "white", NULL, false);
	figure_text(&p->figure, x, (box.top + box.bottom) / 2, buf_view(&text),
	    FIGURE_LEFT, &font);
	if (text.err != 0)
		p->figure.out->err = text.err;
	buf_free(&text);
}

static void
draw_row(struct picture *p, const struct layout_row *r)
{
	if (r->note.n > 0)
		draw_asked(p, r);
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

void
picture_rows(struct picture *p)
{
	struct buf tip = BUF_INIT, id = BUF_INIT, kind = BUF_INIT;

	for (size_t i = 0; i < p->l->nrows; i++) {
		const struct layout_row *r = &p->l->rows[i];
		struct figure_mark mark;

		if (!picture_on_page(p, r->y, r->y_end))
			continue;
		buf_clear(&tip);
		buf_clear(&id);
		buf_clear(&kind);
		buf_putc(&id, 'r');
		buf_u64(&id, r->seq);
		buf_puts(&kind, r->item == LAYOUT_MESSAGE
				    ? layout_kind_name(r->kind)
				    : layout_item_name(r->item));
		if (r->lost)
			buf_puts(&kind, " lost");
		if (r->item == LAYOUT_MESSAGE && p->l->nrows <= TIPS_MOST)
			put_tip(p, r, &tip);
		mark = (struct figure_mark){ buf_cstr(&id), buf_cstr(&kind),
			buf_view(&tip) };
		figure_group(&p->figure, &mark);
		draw_row(p, r);
		figure_group_end(&p->figure);
	}
	if (tip.err != 0 || id.err != 0 || kind.err != 0)
		p->figure.out->err = ERR_NOMEM;
	buf_free(&tip);
	buf_free(&id);
	buf_free(&kind);
}
