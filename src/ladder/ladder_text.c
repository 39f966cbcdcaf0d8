/*
 * Drawing the ladder with characters.  Every line is drawn over its lifelines,
 * so that a message on its way past a node crosses that node's line, and
 * nothing that is written can move what stands beside it.
 */
#include "ladder/ladder_text.h"

#include "base/err.h"
#include "base/mem.h"
#include "base/progress.h"
#include "ladder/ladder_text_in.h"
#include "words/time_words.h"

int
ladder_text_create(struct ladder_text **out, const struct layout *l,
    const struct ladder_text_options *o)
{
	struct ladder_text *t = mem_zalloc(1, sizeof(*t));
	int err;

	*out = NULL;
	if (t == NULL)
		return ERR_NOMEM;
	t->l = l;
	if (o != NULL)
		t->o = *o;
	t->marked = t->o.mark != 0 ? layout_row_at(l, t->o.mark) : LAYOUT_NONE;
	err = ladder_text_fit(t);
	if (err != 0) {
		ladder_text_destroy(t);
		return err;
	}
	*out = t;
	return 0;
}

void
ladder_text_destroy(struct ladder_text *t)
{
	if (t == NULL)
		return;
	mem_free(t->x);
	mem_free(t->title);
	mem_free(t);
}

/* DETAIL, or as much of it as MOST cells have room for. */
static void
put_detail(struct str detail, size_t most, struct buf *out)
{
	bool whole = utf8_width(detail) <= most;

	buf_str(out, whole ? detail : utf8_clip(detail, most - 1));
	buf_puts(out, whole ? "" : "…");
}

void
ladder_text_put_marks(const struct layout_row *r, struct buf *out)
{
	if (r->item == LAYOUT_MEDIA) {
		buf_printf(out, " ×%u", r->copies);
		return;
	}
	if (r->retx > 0 || r->folded > 0)
		buf_puts(out, " ↻");
	if (r->retx > 0)
		buf_printf(out, "%u", r->retx);
	if (r->folded > 0)
		buf_printf(out, "+%u", r->folded);
	if (r->gone > 0)
		buf_printf(out, " ╳%u", r->gone);
	if (r->copies > 1)
		buf_printf(out, " ×%u", r->copies);
}

/* MOST cells are for the detail of a LABEL_DETAIL. */
static void
put_label(const struct layout_row *r, enum label_size size, size_t most,
    struct buf *out)
{
	if (r->number > 0)
		buf_printf(out, "F%u ", r->number);
	buf_str(out, size == LABEL_BRIEF ? r->brief : r->label);
	if (size == LABEL_DETAIL && r->detail.n > 0)
		put_detail(r->detail, most, out);
	ladder_text_put_marks(r, out);
}

size_t
ladder_text_label_cells(const struct layout_row *r, enum label_size size)
{
	struct buf b = BUF_INIT;
	size_t cells;

	put_label(r, size, SIZE_MAX, &b);
	cells = utf8_width(buf_view(&b));
	buf_free(&b);
	return cells;
}

/* "── atlanta.example.com ──" above the columns of a domain. */
static void
draw_frame(const struct ladder_text *t, size_t i, const struct grid_area *c)
{
	const struct layout_frame *d = &t->l->frames[i];
	size_t left = t->x[d->first], right = t->x[d->last] + 1;
	size_t at = t->title[i], cells = t->title_cells[i], before = 0;
	size_t from = 0, to = t->width, next;

	/* Half way to the domains beside it, and clear of their names. */
	if (d->first > 0)
		from = (t->x[d->first - 1] + t->x[d->first]) / 2 + 1;
	if (d->last + 1 < t->l->ncolumns)
		to = (t->x[d->last] + t->x[d->last + 1]) / 2;
	if (i > 0)
		before = t->title[i - 1] + t->title_cells[i - 1] + 1;
	from = from > before ? from : before;
	if (i + 1 < t->l->nframes) {
		next = t->title[i + 1];
		to = to < next ? to : next - 1;
	}
	left = left > from + 3 ? left - 3 : from;
	right = right + 3 < to ? right + 3 : to;
	if (left + 2 <= at && at + cells + 2 <= right) {
		grid_fill(c, left, 0, right - left, 1, GLYPH_LINE, STYLE_DIM);
		grid_put(c, at - 1, 0, GLYPH_SPACE, STYLE_PLAIN);
		grid_put(c, at + cells, 0, GLYPH_SPACE, STYLE_PLAIN);
	}
	grid_text(c, at, 0, d->name, cells, STYLE_DIM);
}

size_t
ladder_text_name_lines(const struct layout *l, const size_t *x, size_t most)
{
	size_t lines = 1;

	for (size_t i = 0; i + 1 < l->ncolumns; i++) {
		size_t cells = utf8_width(l->columns[i].name);
		size_t step = x[i + 1] - x[i];

		if (cells > NAME_MOST)
			cells = NAME_MOST;
		while (lines < most && cells + 1 > lines * step)
			lines++;
	}
	return lines;
}

void
ladder_text_name_at(
    const struct ladder_text *t, size_t i, size_t *line, size_t *at, size_t *n)
{
	const struct layout *l = t->l;
	size_t lines = t->name_lines, x = t->x[i];
	size_t from = i >= lines ? (t->x[i - lines] + x) / 2 + 1 : 0;
	size_t to =
	    i + lines < l->ncolumns ? (x + t->x[i + lines]) / 2 : t->width;
	size_t cells = utf8_width(l->columns[i].name);

	*line = (l->nframes > 0) + i % lines;
	*n = to <= from ? 0 : cells < to - from ? cells : to - from;
	*at = x > *n / 2 ? x - *n / 2 : 0;
	if (*at < from)
		*at = from;
	if (*at + *n > to)
		*at = to > *n ? to - *n : 0;
}

static void
draw_names(const struct ladder_text *t, size_t line, const struct grid_area *c)
{
	const struct layout *l = t->l;

	/* A name on a line above has its lifeline on those below. */
	for (size_t i = 0; i < l->ncolumns; i++)
		if (i % t->name_lines < line)
			grid_put(c, t->x[i], 0, GLYPH_LIFE, STYLE_DIM);
	for (size_t i = line; i < l->ncolumns; i += t->name_lines) {
		size_t at, cells, on;

		ladder_text_name_at(t, i, &on, &at, &cells);
		grid_text(c, at, 0, l->columns[i].name, cells, STYLE_BOLD);
	}
}

size_t
ladder_text_head_lines(const struct ladder_text *t)
{
	return (t->l->nframes > 0) + t->name_lines;
}

void
ladder_text_draw_head(
    const struct ladder_text *t, size_t line, const struct grid_area *c)
{
	const struct layout *l = t->l;

	if (l->nframes == 0 || line > 0) {
		draw_names(t, line - (l->nframes > 0), c);
		return;
	}
	for (size_t i = 0; i < l->nframes; i++)
		draw_frame(t, i, c);
}

/* Lines of a row without what is remarked of it. */
static size_t
own_lines(const struct ladder_text *t, const struct layout_row *r)
{
	size_t inner;

	if (r->item != LAYOUT_MESSAGE && r->item != LAYOUT_MEDIA)
		return ladder_text_remark_lines(t, r);
	if (!r->lost || r->from == r->to)
		return 2;
	inner = t->x[r->from > r->to ? r->from : r->to] -
		t->x[r->from < r->to ? r->from : r->to] - 1;
	if (!r->arrived && utf8_width(r->lost_text) + 6 <= inner)
		return 2;
	return 3;
}

size_t
ladder_text_row_lines(const struct ladder_text *t, size_t row)
{
	const struct layout_row *r = &t->l->rows[row];
	struct layout_row note = ladder_text_note(r);

	return own_lines(t, r) +
	       (r->note.n > 0 ? ladder_text_remark_lines(t, &note) : 0);
}

enum canvas_style
ladder_text_style(const struct layout_row *r)
{
	static const enum canvas_style styles[] = {
		[LAYOUT_KIND_REQUEST] = STYLE_REQUEST,
		[LAYOUT_KIND_PROVISIONAL] = STYLE_PROVISIONAL,
		[LAYOUT_KIND_SUCCESS] = STYLE_SUCCESS,
		[LAYOUT_KIND_REDIRECTION] = STYLE_REDIRECTION,
		[LAYOUT_KIND_FAILURE] = STYLE_FAILURE,
		[LAYOUT_KIND_OTHER] = STYLE_OTHER,
	};

	switch (r->item) {
	case LAYOUT_TIMER:
		return STYLE_TIMER;
	case LAYOUT_REFUSED:
		return STYLE_LOST;
	case LAYOUT_NOTE:
		return STYLE_PLAIN;
	default:
		return styles[r->kind];
	}
}

static void
draw_lifelines(const struct ladder_text *t, const struct grid_area *c)
{
	for (size_t i = 0; i < t->l->ncolumns; i++)
		grid_put(c, t->x[i], 0, GLYPH_LIFE, STYLE_DIM);
}

static bool
has_labels(const struct layout *l)
{
	for (size_t i = 0; i < l->ncolumns; i++)
		if (l->columns[i].label.n > 0)
			return true;
	return false;
}

/* In ASCII nothing can be said of some. */
static bool
can_show(const struct ladder_text *t, struct str text)
{
	for (size_t i = 0; t->o.ascii && i < text.n; i++)
		if ((unsigned char)text.p[i] >= 0x80)
			return false;
	return text.n > 0;
}

/* Below the names, as much as has room between two lifelines. */
static void
draw_labels(const struct ladder_text *t, const struct grid_area *c)
{
	size_t n = t->l->ncolumns;

	for (size_t i = 0; i < n; i++) {
		struct str label = t->l->columns[i].label;
		size_t x = t->x[i], cells = utf8_width(label);
		size_t left = i > 0 ? (t->x[i - 1] + x) / 2 + 1 : 0;
		size_t right = i + 1 < n ? (x + t->x[i + 1]) / 2 : t->room;

		if (!can_show(t, label) || right <= left)
			continue;
		if (cells > right - left)
			cells = right - left;
		x = x > left + cells / 2 ? x - cells / 2 : left;
		if (x + cells > right)
			x = right - cells;
		grid_text(c, x, 0, label, cells, STYLE_DIM);
	}
}

static void
draw_time(const struct ladder_text *t, size_t row, const struct grid_area *c)
{
	const struct layout *l = t->l;
	const struct layout_row *r = &l->rows[row];
	size_t cells = ladder_text_time_cells(l) - TIME_AFTER;
	struct buf b = BUF_INIT;

	/* A remark shares the time of the message it explains. */
	if (r->item == LAYOUT_TIMER && row + 1 < l->nrows && r[1].t == r->t)
		return;
	time_put(&b, r->t);
	grid_text(c, cells > b.n ? cells - b.n : 0, 0, buf_view(&b), b.n,
	    row == t->marked ? STYLE_BOLD : STYLE_DIM);
	if (b.err != 0)
		c->g->err = b.err;
	buf_free(&b);
	if (row == t->marked)
		grid_put(c, 0, 0, GLYPH_HERE, STYLE_BOLD);
}

struct layout_row
ladder_text_note(const struct layout_row *r)
{
	return (struct layout_row){ .item = LAYOUT_NOTE,
		.from = r->note_at,
		.to = r->note_at,
		.label = r->note };
}

/* How many cells of its detail a label has room for between two lifelines INNER
 * apart; 0 where less than half could be read. */
static size_t
detail_cells(const struct layout_row *r, size_t inner)
{
	size_t all = utf8_width(r->detail);
	size_t label = ladder_text_label_cells(r, LABEL_USUAL) + 2;
	size_t most = inner > label ? inner - label : 0;

	return most >= all ? all : most * 2 < all ? 0 : most;
}

/* Beside the sender's lifeline, in the gap the arrow begins in. */
static void
draw_label(const struct ladder_text *t, const struct layout_row *r,
    const struct grid_area *c, enum canvas_style style)
{
	bool right = r->from < r->to;
	size_t inner = ladder_text_inner(t, right ? r->from : r->from - 1);
	enum label_size size = LABEL_USUAL;
	size_t most = detail_cells(r, inner), cells, space, at;
	struct buf label = BUF_INIT;

	/* A space at both sides while there is room for it. */
	if (most > 0)
		size = LABEL_DETAIL;
	else if (ladder_text_label_cells(r, size) + 2 > inner)
		size = LABEL_BRIEF;
	put_label(r, size, most, &label);
	cells = utf8_width(buf_view(&label));
	space = cells + 1 <= inner;
	/* Between narrow columns a label covers the lifelines beside it: on
	 * its own line only, and nothing moves. */
	at = t->x[r->from] + 1 + space;
	if (!right || at + cells > t->width)
		at = t->x[r->from] > space + cells
			 ? t->x[r->from] - space - cells
			 : 0;
	grid_text(c, at, 0, buf_view(&label), cells, style);
	if (label.err != 0)
		c->g->err = label.err;
	buf_free(&label);
}

/* The cell where a lost message ends. */
static size_t
lost_at(const struct ladder_text *t, const struct layout_row *r)
{
	size_t a = t->x[r->from], b = t->x[r->to];
	size_t inner = (a < b ? b - a : a - b) - 1;
	size_t cells = utf8_width(r->lost_text);
	size_t along = inner - inner / 3;

	if (r->arrived)
		along = inner;
	else if (cells + 6 <= inner && along + cells + 2 > inner)
		along = inner - cells - 2;
	return a < b ? a + along : a - along;
}

static void
draw_arrow(const struct ladder_text *t, const struct layout_row *r,
    const struct grid_area *c, enum canvas_style style)
{
	bool right = r->from < r->to;
	size_t from = t->x[r->from];
	size_t to = r->lost ? lost_at(t, r) : t->x[r->to];
	enum canvas_glyph line = r->item == LAYOUT_MEDIA        ? GLYPH_MEDIA
				 : r->kind == LAYOUT_KIND_OTHER ? GLYPH_DOTS
								: GLYPH_LINE;
	enum canvas_glyph head = right ? GLYPH_TO_RIGHT : GLYPH_TO_LEFT;
	size_t lo = right ? from + 1 : to + !r->lost;
	size_t hi = right ? to + r->lost : from;

	grid_put(c, from, 0, right ? GLYPH_FROM_LEFT : GLYPH_FROM_RIGHT, style);
	for (size_t x = lo; x < hi; x++)
		grid_put(c, x, 0, line, style);
	for (size_t i = 0; i < t->l->ncolumns; i++)
		if (t->x[i] > lo && t->x[i] < hi)
			grid_put(c, t->x[i], 0, GLYPH_CROSS, style);
	/* It came as far as there. */
	if (r->discarded)
		grid_put(c, right ? to - 1 : to + 1, 0, head, style);
	if (r->lost)
		grid_put(c, to, 0, GLYPH_LOST, STYLE_LOST);
	else
		grid_put(c, right ? to - 1 : to + 1, 0,
		    r->under_way ? GLYPH_MORE : head, style);
}

static void
draw_lost_text(const struct ladder_text *t, const struct layout_row *r,
    size_t line, const struct grid_area *c)
{
	bool right = r->from < r->to;
	size_t cells = utf8_width(r->lost_text);
	size_t at;

	if (line == 1) {
		at = lost_at(t, r);
		grid_text(c, right ? at + 2 : at - 1 - cells, 0, r->lost_text,
		    cells, STYLE_LOST);
		return;
	}
	/* On a line of its own, from the sender's lifeline on; over the one
	 * before it rather than clipped. */
	if (right || t->x[r->from] < cells + 2) {
		at = t->x[r->from] + 2;
		if (at + cells > t->width)
			at = t->width > cells ? t->width - cells : 0;
		grid_text(c, at, 0, r->lost_text, cells, STYLE_LOST);
		return;
	}
	grid_text(
	    c, t->x[r->from] - 1 - cells, 0, r->lost_text, cells, STYLE_LOST);
}

/* What a node sends itself goes out and comes back. */
static void
draw_loop(const struct ladder_text *t, const struct layout_row *r, size_t line,
    const struct grid_area *c, enum canvas_style style)
{
	size_t x = t->x[r->from];
	struct buf label = BUF_INIT;

	if (line == 1) {
		grid_put(
		    c, x + 1, 0, r->lost ? GLYPH_LOST : GLYPH_TO_LEFT, style);
		grid_put(c, x + 2, 0, GLYPH_TURN_BACK, style);
		return;
	}
	put_label(r, LABEL_DETAIL, SIZE_MAX, &label);
	grid_put(c, x, 0, GLYPH_FROM_LEFT, style);
	grid_put(c, x + 1, 0, GLYPH_LINE, style);
	grid_put(c, x + 2, 0, GLYPH_TURN_DOWN, style);
	grid_text(c, x + 4, 0, buf_view(&label), t->width, style);
	if (label.err != 0)
		c->g->err = label.err;
	buf_free(&label);
}

void
ladder_text_draw_row(const struct ladder_text *t, size_t row, size_t line,
    const struct grid_area *c)
{
	const struct layout_row *r = &t->l->rows[row];
	enum canvas_style style = ladder_text_style(r);
	struct layout_row note = ladder_text_note(r);
	size_t own = own_lines(t, r);

	if (t->l->ncolumns == 0) {
		grid_text(c, TIME_MARGIN, 0, r->label, t->room, STYLE_BOLD);
		return;
	}
	draw_lifelines(t, c);
	if (line == 0)
		draw_time(t, row, c);
	if (line >= own) {
		ladder_text_draw_remark(
		    t, &note, line - own, c, ladder_text_style(&note));
		return;
	}
	if (r->item != LAYOUT_MESSAGE && r->item != LAYOUT_MEDIA) {
		ladder_text_draw_remark(t, r, line, c, style);
		return;
	}
	if (r->from == r->to)
		draw_loop(t, r, line, c, style);
	else if (line == 0)
		draw_label(t, r, c, style);
	else if (line == 1)
		draw_arrow(t, r, c, style);
	if (r->lost && r->from != r->to && line > 0 && line + 1 == own)
		draw_lost_text(t, r, line, c);
}

/* Where the rest is. */
static void
write_cut(const struct layout *l, struct buf *out)
{
	char time[TIME_ROOM];

	buf_fill(out, ' ', TIME_MARGIN);
	/* TRANSLATORS: a number of rows, a time such as 2.500 */
	buf_printf(out,
	    _("Cut after %zu rows: --from=%ss goes on, --call, --node and "
	      "--to choose."),
	    l->nrows, time_text(l->cut_ns, time));
	buf_putc(out, '\n');
}

/* What a reader of the whole picture wants to know after it. */
static void
write_counts(const struct ladder_text *t, struct buf *out)
{
	const struct layout *l = t->l;
	const char *warning = layout_warning(l);

	buf_fill(out, ' ', TIME_MARGIN);
	if (l->nmessages == 0)
		buf_puts(out, _("No messages."));
	else
		buf_printf(out,
		    _("Messages: %zu; lost: %zu; retransmitted: %zu."),
		    l->nmessages + l->nfolded, l->nlost, l->nretx);
	if (l->ndiscarded > 0)
		/* TRANSLATORS: messages that arrived and were thrown away */
		buf_printf(out, _(" Discarded: %zu."), l->ndiscarded);
	buf_putc(out, '\n');
	if (l->cut)
		write_cut(l, out);
	if (warning != NULL) {
		buf_fill(out, ' ', TIME_MARGIN);
		buf_puts(out, warning);
		buf_putc(out, '\n');
	}
}

static void
add_mark(struct buf *b, bool there, const char *mark, const char *text)
{
	if (!there)
		return;
	buf_fill(b, ' ', b->n > 0 ? 3 : TIME_MARGIN);
	buf_printf(b, "%s %s", mark, text);
}

/* One line for the marks that this ladder has. */
static void
write_legend(const struct ladder_text *t, struct buf *out)
{
	const struct layout *l = t->l;
	bool again = false, folded = false, gone = false, copies = false;
	bool other = false, on_way = false, thrown = false;
	bool ascii = t->o.ascii;
	struct buf b = BUF_INIT;

	for (size_t i = 0; i < l->nrows; i++) {
		const struct layout_row *r = &l->rows[i];

		if (r->item != LAYOUT_MESSAGE)
			continue;
		again = again || r->retx > 0;
		folded = folded || r->folded > 0;
		gone = gone || r->gone > 0;
		copies = copies || r->copies > 1;
		other = other || r->kind == LAYOUT_KIND_OTHER;
		on_way = on_way || r->under_way;
		thrown = thrown || r->discarded;
	}
	add_mark(&b, again, ascii ? "r1" : "↻1", _("first repetition"));
	add_mark(&b, folded, ascii ? "r+1" : "↻+1", _("repeated once"));
	add_mark(&b, gone, ascii ? "X1" : "╳1", _("one of them was lost"));
	add_mark(&b, copies, ascii ? "x2" : "×2", _("arrived twice"));
	add_mark(&b, thrown, ascii ? ">X" : "▶╳", _("arrived and discarded"));
	add_mark(&b, other, ascii ? "..." : "┄┄", _("not SIP"));
	add_mark(&b, on_way, ascii ? "~" : "…", _("still under way"));
	if (b.n > 0)
		buf_printf(out, "%s\n", buf_cstr(&b));
	if (b.err != 0)
		out->err = b.err;
	buf_free(&b);
}

static int
write_rows(const struct ladder_text *t, struct grid *g, struct buf *out)
{
	const struct layout *l = t->l;
	struct grid_area c;
	int err = 0;

	for (size_t i = 0; i < l->nrows; i++) {
		progress_count(N_("drawing the ladder"), i, l->nrows);
		for (size_t k = 0; err == 0 && k < ladder_text_row_lines(t, i);
		     k++) {
			c = grid_line(g, t->room);
			ladder_text_draw_row(t, i, k, &c);
			err = grid_write_colour(g, t->o.theme, out);
		}
	}
	if (err == 0 && l->nrows > 0 && l->ncolumns > 0) {
		c = grid_line(g, t->room);
		draw_lifelines(t, &c);
		err = grid_write_colour(g, t->o.theme, out);
	}
	return err;
}

/* Domains, names, and the labels below them. */
static int
write_head(const struct ladder_text *t, struct grid *g, struct buf *out)
{
	struct grid_area c;
	int err = 0;

	for (size_t k = 0; err == 0 && k < ladder_text_head_lines(t); k++) {
		c = grid_line(g, t->room);
		ladder_text_draw_head(t, k, &c);
		err = grid_write_colour(g, t->o.theme, out);
	}
	if (err == 0 && (t->l->nrows > 0 || has_labels(t->l))) {
		c = grid_line(g, t->room);
		draw_lifelines(t, &c);
		draw_labels(t, &c);
		err = grid_write_colour(g, t->o.theme, out);
	}
	return err;
}

int
ladder_text_write(const struct layout *l, const struct ladder_text_options *o,
    struct buf *out)
{
	struct ladder_text *t;
	struct grid g = { .ascii = o != NULL && o->ascii };
	int err = ladder_text_create(&t, l, o);

	if (err != 0)
		return err;
	err = ladder_text_write_title(t, &g, out);
	if (err == 0 && l->ncolumns > 0)
		err = write_head(t, &g, out);
	if (err == 0)
		err = write_rows(t, &g, out);
	if (err == 0 && (t->o.title || l->nmessages == 0)) {
		buf_putc(out, '\n');
		write_counts(t, out);
		write_legend(t, out);
	}
	grid_free(&g);
	ladder_text_destroy(t);
	return err != 0 ? err : out->err;
}
