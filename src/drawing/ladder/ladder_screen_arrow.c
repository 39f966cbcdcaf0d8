/*
 * Drawing what was aimed: the arrow as far as its message has come at the
 * position, the packet on it, its head or its cross, and the label; and remarks
 * beside the lifelines.
 */
#include "ladder/ladder_arrow.h"
#include "ladder/ladder_screen_in.h"
#include "words/record_text.h"

/* ---- remarks ---- */

/* Narrower than this no text is broken into lines. */
#define WRAP_LEAST 16

/* Where a remark's text stands. */
struct remark_place {
	size_t at, cells;
	bool left; /* it ends at the last of them, beside its lifeline */
};

size_t
ladder_wrap_text(
    struct str text, size_t cells, struct buf *b, struct str lines[WRAP_LINES])
{
	struct str rest;
	size_t n = 0;

	lines[0] = text;
	if (cells < WRAP_LEAST || utf8_width(text) <= cells)
		return 1;
	record_wrap(b, text, 0, 0, cells);
	for (rest = buf_view(b); rest.n > 0 && n + 1 < WRAP_LINES; n++)
		lines[n] = str_cut(rest, '\n', &rest);
	if (rest.n == 0)
		return n;
	lines[n] = rest;
	/* It will be clipped; the rest is one text again. */
	for (size_t i = (size_t)(rest.p - b->p); i < b->n; i++)
		if (b->p[i] == '\n')
			b->p[i] = ' ';
	return n + 1;
}

/* Where CELLS of text are next to a lifeline: between two lifelines if they
 * can, at its right if they can, else where there is more room; on paper, where
 * neither side has room for a word, over the lifelines. */
static struct remark_place
arrow_place_beside(const struct ladder_screen *s, size_t column, size_t cells)
{
	size_t x = s->x[column], left = s->x[s->first];
	size_t next =
	    column + 1 < s->end ? s->x[column + 1] : s->width + s->paper;
	size_t before = column > s->first ? s->x[column - 1] : x;
	/* On paper up to its edge, and over the first lifeline. */
	size_t around = s->paper ? 2 : 3, around_left = s->paper ? 1 : 3;
	size_t room = s->width > x + around ? s->width - x - around : 0;
	size_t room_left = x > left + around_left ? x - left - around_left : 0;

	if (x + 2 + cells < next)
		return (struct remark_place){ x + 2, cells, false };
	if (before + 1 + cells + 1 < x)
		return (struct remark_place){ x - 1 - cells, cells, true };
	if (s->paper && cells > room && room < WRAP_LEAST &&
	    cells > room_left && room_left < WRAP_LEAST)
		return (struct remark_place){ left + 2, s->width - left - 3,
			false };
	if (cells > room && (cells <= room_left || room_left > room)) {
		if (cells > room_left)
			cells = room_left;
		return (struct remark_place){ x - 1 - cells, cells, true };
	}
	return (
	    struct remark_place){ x + 2, cells < room ? cells : room, false };
}

/* Over all lifelines, in their middle where they are far enough apart. */
static struct remark_place
place_over(const struct ladder_screen *s, size_t cells)
{
	size_t left = s->x[s->first], right = s->x[s->end - 1];
	size_t at = left + 2, room;

	if (cells + 4 < right - left)
		at = (left + right - cells) / 2;
	room = s->width > at + 1 ? s->width - at - 1 : 0;
	return (struct remark_place){ at, cells < room ? cells : room, false };
}

static struct remark_place
place_remark(const struct ladder_screen *s, const struct layout_row *r)
{
	size_t cells = utf8_width(r->label);

	return r->from == LAYOUT_NONE ? place_over(s, cells)
				      : arrow_place_beside(s, r->from, cells);
}

size_t
ladder_remark_lines(const struct ladder_screen *s, const struct layout_row *r)
{
	struct str lines[WRAP_LINES];
	LOCAL_BUF b = BUF_INIT;
	size_t n = 1;

	if (s->paper && s->l->ncolumns > 0)
		n = ladder_wrap_text(
		    r->label, place_remark(s, r).cells, &b, lines);
	return n;
}

struct layout_row
ladder_note_of(const struct layout_row *r)
{
	return (struct layout_row){ .item = LAYOUT_NOTE,
		.from = r->note.at,
		.to = r->note.at,
		.label = r->note.text };
}

void
ladder_draw_band(const struct ladder_view *v, size_t line, unsigned flags)
{
	const struct ladder_screen *s = v->s;

	for (size_t x = s->x[s->first]; x <= s->x[s->end - 1]; x++)
		ladder_put(v, (ptrdiff_t)x, line, GLYPH_DOTS, STYLE_DIM,
		    flags & GRID_FUTURE);
}

void
ladder_draw_band_text(const struct ladder_view *v, size_t at, size_t line,
    struct str text, size_t cells, unsigned flags)
{
	ladder_put(v, (ptrdiff_t)at - 1, line, GLYPH_SPACE, STYLE_PLAIN, 0);
	cells = ladder_put_text(v, at, line, text, cells, STYLE_BOLD, flags);
	ladder_put(
	    v, (ptrdiff_t)(at + cells), line, GLYPH_SPACE, STYLE_PLAIN, 0);
}

/* "proxy13 → proxy14: INVITE ›": a hidden message, at the edge of the
 * screen. */
static void
ladder_draw_far_off(const struct ladder_view *v, bool left, size_t line,
    struct str text, enum canvas_style style, unsigned flags)
{
	LOCAL_BUF b = BUF_INIT;
	size_t cells, at = v->s->edge_left;

	if (left)
		buf_puts(&b, "‹ ");
	buf_str(&b, text);
	if (!left)
		buf_puts(&b, " ›");
	cells = utf8_width(buf_view(&b));
	if (!left && v->body.w > cells + at)
		at = v->body.w - cells;
	ladder_put_text(v, at, line, buf_view(&b), cells, style, flags);
}

/* "proxy14: Timer A 500 ms" */
static void
draw_remark_far_off(const struct ladder_view *v, const struct layout_row *r,
    size_t line, unsigned flags)
{
	LOCAL_BUF b = BUF_INIT;

	buf_printf(&b, "%.*s: ", STR_ARG(v->s->l->columns[r->from].name));
	buf_str(&b, r->label);
	ladder_draw_far_off(
	    v, r->from < v->s->first, line, buf_view(&b), STYLE_DIM, flags);
}

/* One line of a remark. */
static void
draw_remark_line(const struct ladder_view *v, const struct layout_row *r,
    struct remark_place p, struct str text, size_t line, unsigned flags)
{
	enum canvas_style style = ladder_row_style(r);
	size_t cells = utf8_width(text);

	if (cells > p.cells)
		cells = p.cells;
	if (r->from == LAYOUT_NONE) {
		ladder_draw_band_text(v, p.at, line, text, cells, flags);
		return;
	}
	ladder_put(v, (ptrdiff_t)v->s->x[r->from], line, GLYPH_WAIT, style,
	    flags & ~GRID_FOUND);
	ladder_put_text(v, p.left ? p.at + p.cells - cells : p.at, line, text,
	    cells, style, flags);
}

/*
 * A timer, what was rejected, a note: a line beside the lifeline; on paper, if
 * it is longer than its line, up to WRAP_LINES.
 */
void
ladder_draw_remark(const struct ladder_view *v, const struct layout_row *r,
    size_t line, unsigned flags)
{
	const struct ladder_screen *s = v->s;
	struct str lines[WRAP_LINES] = { r->label };
	LOCAL_BUF b = BUF_INIT;
	struct remark_place p;
	size_t n = 1;

	if (v->now->found != NULL && v->now->found(r, v->now->arg))
		flags |= GRID_FOUND;
	if (s->l->ncolumns == 0) {
		ladder_put_text(v, s->edge_left + 1, line, r->label, v->body.w,
		    STYLE_BOLD, flags);
		return;
	}
	if (r->from != LAYOUT_NONE && !ladder_is_seen(s, r->from)) {
		draw_remark_far_off(v, r, line, flags);
		return;
	}
	p = place_remark(s, r);
	if (s->paper)
		n = ladder_wrap_text(r->label, p.cells, &b, lines);
	if (r->from == LAYOUT_NONE)
		ladder_draw_band(v, line, flags);
	for (size_t i = 0; i < n; i++)
		draw_remark_line(v, r, p, lines[i], line + i, flags);
}

/* ---- arrows ---- */

/* An arrow being drawn, cell by cell from its sender on. */
struct stroke {
	enum canvas_style style;
	enum canvas_glyph line;
	unsigned flags;
	size_t n;      /* cells */
	size_t packet; /* where the packet is; SIZE_MAX: on neither side */
};

/* How much of the way a message has come, of N cells. */
static size_t
find_packet(const struct ladder_view *v, const struct ladder_shown *w, size_t n)
{
	const struct layout_row *r = ladder_row_of(v, w);
	/* One that never arrives is drawn half way. */
	double part = r->end_seq > r->seq ? 0 : 0.5;

	if (!w->under_way)
		return SIZE_MAX;
	if (r->t_end > r->t && v->t > r->t)
		part = (double)(v->t - r->t) / (double)(r->t_end - r->t);
	if (part > 1)
		part = 1;
	return n > 1 ? (size_t)(part * (double)(n - 2)) : 0;
}

static void
arrow_put_cell(const struct ladder_view *v, const struct stroke *k, size_t at,
    ptrdiff_t x, size_t line, enum canvas_glyph glyph)
{
	unsigned flags = k->flags;

	if (k->packet != SIZE_MAX && at > k->packet) {
		if (v->now->hide_future)
			return;
		flags = (flags & ~GRID_BRIGHT) | GRID_FUTURE;
		if (glyph == GLYPH_LINE)
			glyph = GLYPH_DOTS;
	}
	ladder_put(v, x, line, at == k->packet ? GLYPH_BULLET : glyph, k->style,
	    flags);
}

/* A part of the arrow along LINE, cells FROM … TO of it, where they are OFF
 * cells from its beginning. */
static void
arrow_put_run(const struct ladder_view *v, const struct ladder_shown *w,
    const struct stroke *k, size_t from, size_t to, size_t off, size_t line)
{
	const struct ladder_screen *s = v->s;
	ptrdiff_t x = w->x + w->dir * (ptrdiff_t)off;

	for (size_t i = from; i < to; i++)
		arrow_put_cell(
		    v, k, i, x + w->dir * (ptrdiff_t)(i - from), line, k->line);
	for (size_t c = s->first; c < s->end; c++) {
		ptrdiff_t at = ((ptrdiff_t)s->x[c] - x) * w->dir;

		if (at >= 0 && from + (size_t)at < to)
			arrow_put_cell(v, k, from + (size_t)at,
			    (ptrdiff_t)s->x[c], line, GLYPH_CROSS);
	}
}

/* The part in which it falls; where there is no room to the side, down. */
static void
put_fall(const struct ladder_view *v, const struct ladder_shown *w,
    const struct stroke *k)
{
	size_t lines = w->end - w->line;
	size_t cells = ladder_fall_cells(w, w->turn), first = 0, last = lines;

	if (v->top > w->line)
		first = v->top - w->line;
	if (w->end >= v->top + v->body.h)
		last = v->top + v->body.h > w->line
			   ? v->top + v->body.h - w->line
			   : 0;
	for (size_t i = first; i <= last && i <= lines; i++) {
		size_t off = w->turn + i * cells / lines;
		enum canvas_glyph glyph =
		    w->dir > 0 ? GLYPH_FALLS : GLYPH_RISES;

		arrow_put_cell(v, k, w->turn + i,
		    w->x + w->dir * (ptrdiff_t)off, w->line + i, glyph);
	}
}

static void
arrow_put_head(const struct ladder_view *v, const struct ladder_shown *w,
    const struct stroke *k)
{
	const struct layout_row *r = ladder_row_of(v, w);
	bool to_come = w->under_way || (k->flags & GRID_FUTURE);
	bool hollow = v->now->present && to_come;
	ptrdiff_t x = w->x + w->dir * (ptrdiff_t)(w->span - 1);
	enum canvas_glyph glyph = w->dir > 0 ? GLYPH_TO_RIGHT : GLYPH_TO_LEFT;
	struct stroke head = *k;

	if (!ladder_is_seen(v->s, r->to))
		glyph = w->dir > 0 ? GLYPH_ON_RIGHT : GLYPH_ON_LEFT;
	else if (hollow)
		glyph = w->dir > 0 ? GLYPH_WILL_RIGHT : GLYPH_WILL_LEFT;
	else if (v->s->paper && r->under_way)
		glyph = GLYPH_MORE;
	/* It came as far as there. */
	if (r->loss.discarded && k->n > 2 && w->span > 2)
		arrow_put_cell(v, k, k->n - 2, x - w->dir, w->end, glyph);
	if (r->lost) {
		glyph = GLYPH_LOST;
		head.style = STYLE_LOST;
	}
	arrow_put_cell(v, &head, k->n - 1, x, w->end, glyph);
}

/* Where the arrow leaves its lifeline; another may leave it there to the other
 * side. */
static void
put_tee(const struct ladder_view *v, const struct ladder_shown *w,
    const struct stroke *k)
{
	const struct ladder_screen *s = v->s;
	const struct grid_area *a = &v->body;
	enum canvas_glyph glyph =
	    w->dir > 0 ? GLYPH_FROM_LEFT : GLYPH_FROM_RIGHT;
	struct str other = canvas_glyph_text(
	    w->dir > 0 ? GLYPH_FROM_RIGHT : GLYPH_FROM_LEFT, v->ascii);
	size_t x = s->x[ladder_row_of(v, w)->from];

	if (w->line >= v->top && w->line - v->top < a->h && x < a->w &&
	    !v->ascii) {
		const struct grid_cell *cell =
		    &a->g->cells[(a->y + w->line - v->top) * a->g->width +
				 a->x + x];

		if (str_eq((struct str){ cell->text, cell->n }, other))
			glyph = GLYPH_CROSS;
	}
	ladder_put(v, (ptrdiff_t)x, w->line, glyph, k->style, k->flags);
}

/* Goes out and comes back. */
static void
draw_own_message(const struct ladder_view *v, const struct ladder_shown *w,
    const struct stroke *k)
{
	const struct layout_row *r = ladder_row_of(v, w);
	ptrdiff_t x = (ptrdiff_t)v->s->x[r->from];
	enum canvas_glyph head = r->lost ? GLYPH_LOST : GLYPH_TO_LEFT;

	if (w->label_line < w->line) {
		ladder_put(
		    v, x, w->label_line, GLYPH_FROM_LEFT, k->style, k->flags);
		ladder_put(
		    v, x + 1, w->label_line, GLYPH_LINE, k->style, k->flags);
		ladder_put(v, x + 2, w->label_line, GLYPH_TURN_DOWN, k->style,
		    k->flags);
	}
	ladder_put(v, x + 1, w->line, head, k->style, k->flags);
	ladder_put(v, x + 2, w->line, GLYPH_TURN_BACK, k->style, k->flags);
}

/* Beyond the lifeline that W reached; false where that has no room. */
static bool
place_reason_beyond(const struct ladder_view *v, const struct ladder_shown *w,
    size_t cells, size_t *at)
{
	const struct ladder_screen *s = v->s;
	size_t to = ladder_row_of(v, w)->to, x = s->x[to], end;

	if (w->dir > 0) {
		end = to + 1 < s->end ? s->x[to + 1] : v->body.w;
		*at = x + 2;
		return end >= x + cells + 3;
	}
	end = to > s->first ? s->x[to - 1] : s->edge_left;
	*at = x - 1 - cells;
	return x >= end + cells + 3;
}

/* From the sender's lifeline on; over the one before it rather than clipped. */
static size_t
place_reason_below(
    const struct ladder_view *v, const struct ladder_shown *w, size_t cells)
{
	size_t x = v->s->x[ladder_row_of(v, w)->from];

	if (w->dir < 0 && x >= cells + 2)
		return x - 1 - cells;
	if (x + 2 + cells <= v->body.w)
		return x + 2;
	return v->body.w > cells ? v->body.w - cells : 0;
}

/* Where it stands why it got lost: behind the cross, else beside the label,
 * else beyond the lifeline that it reached, on paper else on a line of its own;
 * false where nothing of that has room. */
static bool
place_reason(const struct ladder_view *v, const struct ladder_shown *w,
    size_t *at, size_t *line)
{
	const struct layout_row *r = ladder_row_of(v, w);
	ptrdiff_t head = w->x + w->dir * (ptrdiff_t)(w->span - 1);
	size_t cells = utf8_width(r->loss.text), lo, hi;

	*line = w->end;
	if (w->way >= w->span + cells + 1) {
		*at = (size_t)(w->dir > 0 ? head + 2
					  : head - 1 - (ptrdiff_t)cells);
		return true;
	}
	ladder_label_gap(v, w, false, &lo, &hi);
	if (w->label_line < w->line && hi - lo >= w->label.cells + cells + 4) {
		*at = w->dir > 0 ? hi - 1 - cells : lo + 1;
		*line = w->label_line;
		return true;
	}
	if (r->loss.arrived && v->s->mode != LADDER_TIME &&
	    place_reason_beyond(v, w, cells, at))
		return true;
	*line = w->end + 1;
	*at = place_reason_below(v, w, cells);
	return v->s->paper;
}

size_t
ladder_arrow_lines(const struct ladder_view *v, const struct ladder_shown *w)
{
	const struct layout_row *r = ladder_row_of(v, w);
	size_t at, line;

	if (!v->s->paper || !r->lost || r->from == r->to)
		return 2;
	place_reason(v, w, &at, &line);
	return line > w->end ? 3 : 2;
}

static void
draw_reason(const struct ladder_view *v, const struct ladder_shown *w,
    const struct stroke *k)
{
	const struct layout_row *r = ladder_row_of(v, w);
	size_t cells = utf8_width(r->loss.text), at, line;
	unsigned flags = k->flags;

	if (w->under_way)
		flags = (flags & ~GRID_BRIGHT) | GRID_FUTURE;
	if (cells == 0 || (w->under_way && v->now->hide_future) ||
	    !ladder_is_seen(v->s, r->from) || !ladder_is_seen(v->s, r->to) ||
	    !place_reason(v, w, &at, &line))
		return;
	ladder_put_text(v, at, line, r->loss.text, cells, STYLE_LOST, flags);
}

/* Cells behind the fall of a slanted arrow, its head among them. */
static size_t
count_cells_after_fall(const struct ladder_shown *w)
{
	size_t fall = ladder_fall_cells(w, w->turn);

	return w->span > w->turn + fall + 1 ? w->span - 1 - w->turn - fall : 1;
}

static struct stroke
make_stroke(const struct ladder_view *v, const struct ladder_shown *w)
{
	const struct layout_row *r = ladder_row_of(v, w);
	struct stroke k = { .style = ladder_row_style(r),
		.line = r->item == LAYOUT_MEDIA
			    ? ladder_streams[r->media.kind].line
			    : ladder_arrows[r->arrow].line,
		.flags = ladder_flags(v, w->row),
		.n = w->span };

	if (w->slanted)
		k.n =
		    w->turn + w->end - w->line + 1 + count_cells_after_fall(w);
	k.packet = find_packet(v, w, k.n);
	return k;
}

void
ladder_draw_arrow(const struct ladder_view *v, const struct ladder_shown *w)
{
	const struct layout_row *r = ladder_row_of(v, w);
	struct stroke k = make_stroke(v, w);

	if (w->far_off)
		return;
	if (r->from == r->to) {
		draw_own_message(v, w, &k);
		return;
	}
	if (ladder_is_seen(v->s, r->from))
		put_tee(v, w, &k);
	if (w->span == 0)
		return;
	if (!w->slanted) {
		arrow_put_run(v, w, &k, 0, w->span - 1, 0, w->line);
	} else {
		size_t fallen = w->turn + w->end - w->line + 1;

		arrow_put_run(v, w, &k, 0, w->turn, 0, w->line);
		put_fall(v, w, &k);
		arrow_put_run(v, w, &k, fallen, k.n - 1,
		    w->turn + ladder_fall_cells(w, w->turn) + 1, w->end);
	}
	/* Where it comes from is not seen. */
	if (!ladder_is_seen(v->s, r->from) && w->span > 2)
		arrow_put_cell(v, &k, 0, w->x, w->line,
		    w->dir > 0 ? GLYPH_ON_LEFT : GLYPH_ON_RIGHT);
}

void
ladder_draw_arrow_head(
    const struct ladder_view *v, const struct ladder_shown *w)
{
	const struct layout_row *r = ladder_row_of(v, w);
	struct stroke k = make_stroke(v, w);

	if (w->far_off || r->from == r->to || w->span == 0)
		return;
	arrow_put_head(v, w, &k);
	if (r->lost)
		draw_reason(v, w, &k);
}

/* Seen at neither end: what passes far off, "bob → proxy: BYE ›", or "bob ─╳
 * proxy: BYE (lost on the link) ›". */
static void
draw_message_far_off(const struct ladder_view *v, const struct ladder_shown *w,
    struct str text, unsigned flags)
{
	const struct layout *l = v->s->l;
	const struct layout_row *r = ladder_row_of(v, w);
	bool lost = r->lost && !(w->under_way && v->now->hide_future);
	LOCAL_BUF b = BUF_INIT;

	buf_str(&b, l->columns[r->from].name);
	if (lost)
		buf_puts(&b, " ─╳ ");
	else
		buf_puts(&b, v->ascii ? " -> " : " → ");
	buf_str(&b, l->columns[r->to].name);
	buf_puts(&b, ": ");
	buf_str(&b, text);
	if (lost && r->loss.text.n > 0) {
		buf_puts(&b, " (");
		buf_str(&b, r->loss.text);
		buf_puts(&b, ")");
	}
	ladder_draw_far_off(v, r->from < v->s->first, w->label_line,
	    buf_view(&b), lost ? STYLE_LOST : STYLE_DIM, flags);
}

/* Beside a label in its arrow, but never over the head. */
static void
put_space(
    const struct ladder_view *v, const struct ladder_shown *w, ptrdiff_t x)
{
	ptrdiff_t head = w->x + w->dir * (ptrdiff_t)(w->span - 1);

	if (w->slanted || x != head)
		ladder_put(v, x, w->line, GLYPH_SPACE, STYLE_PLAIN, 0);
}

void
ladder_draw_label(const struct ladder_view *v, const struct ladder_shown *w)
{
	const struct layout_row *r = ladder_row_of(v, w);
	struct str text = str_slice(
	    buf_view(&v->s->text), w->label.from, w->label.from + w->label.n);
	enum canvas_style style = ladder_row_style(r);
	unsigned flags = ladder_flags(v, w->row);
	ptrdiff_t x = (ptrdiff_t)w->label_x;

	if (v->now->found != NULL && v->now->found(r, v->now->arg))
		flags |= GRID_FOUND;
	if (w->far_off) {
		draw_message_far_off(v, w, text, flags);
		return;
	}
	if (w->label.cells == 0)
		return;
	if (w->label_line == w->line && r->from != r->to) {
		put_space(v, w, x - 1);
		put_space(v, w, x + (ptrdiff_t)w->label.cells);
	}
	ladder_put_text(
	    v, w->label_x, w->label_line, text, w->label.cells, style, flags);
}
