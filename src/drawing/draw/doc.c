/*
 * Texts for panes: their lines, what was drawn on a grid, bytes as numbers,
 * and all of it as JSON; see draw/doc.h.
 */
#include "draw/doc.h"

#include "base/array.h"
#include "base/err.h"
#include "base/mem.h"
#include "draw/wrap.h"
#include "text/charset.h"
#include "text/json_fields.h"

void
doc_free(struct doc *d)
{
	buf_free(&d->text);
	mem_free(d->pieces);
	mem_free(d->lines);
	*d = DOC_INIT;
}

void
doc_clear(struct doc *d)
{
	buf_clear(&d->text);
	d->npieces = 0;
	d->nlines = 0;
	d->err = 0;
}

void
doc_cut(struct doc *d, size_t nlines)
{
	if (nlines >= d->nlines)
		return;
	d->nlines = nlines;
	d->npieces = d->lines[nlines].first;
}

void
doc_line(struct doc *d, uint64_t seq)
{
	if (d->err == 0)
		d->err = ARRAY_ROOM(&d->lines, &d->lines_cap, d->nlines + 1);
	if (d->err != 0)
		return;
	d->lines[d->nlines++] = (struct doc_line){
		.first = d->npieces, .end = d->npieces, .seq = seq
	};
}

void
doc_put(struct doc *d, enum canvas_style style, struct str text)
{
	size_t from = d->text.n;

	if (text.n == 0)
		return;
	if (d->nlines == 0)
		doc_line(d, 0);
	if (d->err == 0)
		d->err = ARRAY_ROOM(&d->pieces, &d->pieces_cap, d->npieces + 1);
	if (d->err != 0)
		return;
	buf_str(&d->text, text);
	if (d->text.err != 0) {
		d->err = ERR_NOMEM;
		return;
	}
	d->pieces[d->npieces++] =
	    (struct doc_piece){ from, d->text.n, (uint8_t)style };
	d->lines[d->nlines - 1].end = d->npieces;
}

void
doc_puts(struct doc *d, enum canvas_style style, const char *text)
{
	doc_put(d, style, str_of(text));
}

void
doc_printf(struct doc *d, enum canvas_style style, const char *fmt, ...)
{
	LOCAL_BUF b = BUF_INIT;
	va_list ap;

	va_start(ap, fmt);
	buf_vprintf(&b, fmt, ap);
	va_end(ap);
	if (b.err != 0)
		d->err = ERR_NOMEM;
	else
		doc_put(d, style, buf_view(&b));
}

static struct str
piece_text(const struct doc *d, size_t i)
{
	return str_slice(
	    buf_view(&d->text), d->pieces[i].from, d->pieces[i].to);
}

size_t
doc_width(const struct doc *d, size_t line)
{
	size_t cells = 0;

	for (size_t i = d->lines[line].first; i < d->lines[line].end; i++)
		cells += utf8_width(piece_text(d, i));
	return cells;
}

size_t
doc_used(const struct doc *d)
{
	return d->nlines > 0 ? doc_width(d, d->nlines - 1) : 0;
}

void
doc_append(struct doc *d, const struct doc *from, size_t line)
{
	if (line >= from->nlines)
		return;
	for (size_t i = from->lines[line].first; i < from->lines[line].end; i++)
		doc_put(d, from->pieces[i].style, piece_text(from, i));
}

void
doc_pad(struct doc *d, size_t cells)
{
	size_t used = doc_used(d);

	if (used < cells)
		doc_printf(d, STYLE_PLAIN, "%*s", (int)(cells - used), "");
}

void
doc_clip(struct doc *d, enum canvas_style style, struct str text, size_t cells)
{
	if (utf8_width(text) <= cells) {
		doc_put(d, style, text);
		return;
	}
	if (cells == 0)
		return;
	doc_put(d, style, utf8_clip(text, cells - 1));
	doc_puts(d, style, "…");
}

void
doc_right(struct doc *d, enum canvas_style style, struct str text, size_t width)
{
	size_t used = doc_used(d);
	size_t cells = utf8_width(text);

	if (used > 0 && used + 2 + cells > width)
		doc_line(d, d->lines[d->nlines - 1].seq);
	if (cells > width) {
		doc_wrap_marked(d, text,
		    &(struct doc_marked){ .style = style, .width = width });
		return;
	}
	doc_pad(d, width - cells);
	doc_put(d, style, text);
}

void
doc_put_marked(struct doc *d, struct str text, size_t from, size_t to,
    const struct doc_marked *m)
{
	size_t a = m->from < from ? from : m->from > to ? to : m->from;
	size_t b = m->to < a ? a : m->to > to ? to : m->to;

	doc_put(d, m->style, str_slice(text, from, a));
	doc_put(d, m->mark, str_slice(text, a, b));
	doc_put(d, m->style, str_slice(text, b, to));
}

/* Begins a line below the present one, indented. */
static void
go_on_below(struct doc *d, size_t indent)
{
	doc_line(d, d->nlines > 0 ? d->lines[d->nlines - 1].seq : 0);
	doc_pad(d, indent);
}

void
doc_wrap_marked(struct doc *d, struct str text, const struct doc_marked *m)
{
	size_t used = doc_used(d);
	size_t width = m->width < m->indent + 16 ? m->indent + 16 : m->width;
	size_t at = 0;
	bool forced;

	while (at < text.n && d->err == 0) {
		struct str rest = str_slice(text, at, text.n);
		size_t n = wrap_fits(
		    rest, width > used ? width - used : 0, m->also, &forced);

		/* A word that is cut here may be whole below. */
		if (used > m->indent && (forced || width <= used)) {
			n = 0;
		} else {
			doc_put_marked(d, text, at, at + n, m);
		}
		rest = wrap_rest(str_slice(rest, n, rest.n));
		at = text.n - rest.n;
		if (at < text.n)
			go_on_below(d, m->indent);
		used = m->indent;
	}
}

void
doc_wrap(struct doc *d, enum canvas_style style, struct str text, size_t indent,
    size_t width)
{
	struct doc_marked m = {
		.style = style, .indent = indent, .width = width
	};

	while (text.n > 0) {
		doc_wrap_marked(d, str_cut(text, '\n', &text), &m);
		if (text.n > 0)
			go_on_below(d, indent);
	}
}

#define COLUMN_LEAST 24 /* cells of a column beside something */
#define BELOW        8

void
doc_wrap_beside(struct doc *d, enum canvas_style style, struct str text,
    size_t column, size_t width)
{
	size_t used = doc_used(d);

	if (width < column + COLUMN_LEAST && column > BELOW)
		column = BELOW;
	if (used > 0 && used + 2 > column)
		go_on_below(d, column);
	else
		doc_pad(d, column);
	doc_wrap(d, style, text, column, width);
}

void
doc_draw(const struct doc *d, const struct grid_area *a, size_t top,
    size_t skip, size_t chosen)
{
	for (size_t y = 0; y < a->h && top + y < d->nlines; y++) {
		const struct doc_line *line = &d->lines[top + y];
		ptrdiff_t x = -(ptrdiff_t)skip;

		for (size_t i = line->first; i < line->end; i++)
			x += (ptrdiff_t)grid_text_part(
			    a, x, y, piece_text(d, i), d->pieces[i].style);
		if (x > (ptrdiff_t)a->w && a->w > 0)
			grid_put(a, a->w - 1, y, GLYPH_MORE, STYLE_DIM);
		if (top + y == chosen)
			grid_flag(a, 0, y, a->w, 1, GRID_CHOSEN);
	}
}

int
doc_write_colour(const struct doc *d, enum theme theme, struct buf *out)
{
	bool ground = theme_has_ground(theme);

	for (size_t i = 0; i < d->nlines; i++) {
		unsigned style = ground ? STYLE_COUNT : STYLE_PLAIN;

		for (size_t k = d->lines[i].first; k < d->lines[i].end; k++) {
			if (d->pieces[k].style != style)
				theme_put(theme, d->pieces[k].style, out);
			style = d->pieces[k].style;
			utf8_add_safe(out, piece_text(d, k));
		}
		theme_put_end(theme, style, out);
		buf_putc(out, '\n');
	}
	return d->err != 0 ? d->err : out->err;
}

int
doc_write(const struct doc *d, struct buf *out)
{
	return doc_write_colour(d, THEME_NONE, out);
}

/* ---- what was drawn on a grid, as lines of a text ---- */

static bool
doc_is_blank(const struct grid_cell *c)
{
	return c->n == 0 && !c->tail;
}

static size_t
line_end(const struct grid *g, size_t y)
{
	const struct grid_cell *row = &g->cells[y * g->width];
	size_t end = g->width;

	while (end > 0 && doc_is_blank(&row[end - 1]))
		end--;
	return end;
}

static enum canvas_style
doc_style_of(const struct grid_cell *c)
{
	return (c->flags & GRID_FUTURE) != 0 ? STYLE_DIM
					     : (enum canvas_style)c->style;
}

/* The cells of one style from *X on, in one piece. */
static void
put_styled_cells(struct doc *d, const struct grid_cell *row, size_t *x,
    size_t end, struct buf *text)
{
	enum canvas_style style = doc_style_of(&row[*x]);

	buf_clear(text);
	for (; *x < end && (row[*x].tail || doc_style_of(&row[*x]) == style);
	     ++*x)
		if (row[*x].n > 0)
			buf_add(text, row[*x].text, row[*x].n);
		else if (!row[*x].tail)
			buf_putc(text, ' ');
	doc_put(d, style, buf_view(text));
}

void
doc_put_grid(struct doc *d, const struct grid *g)
{
	LOCAL_BUF text = BUF_INIT;
	size_t lines = g->cells != NULL && g->width > 0 ? g->height : 0;

	while (lines > 0 && line_end(g, lines - 1) == 0)
		lines--;
	for (size_t y = 0; y < lines; y++) {
		size_t x = 0, end = line_end(g, y);

		doc_line(d, 0);
		while (x < end)
			put_styled_cells(
			    d, &g->cells[y * g->width], &x, end, &text);
	}
	if (d->err == 0)
		d->err = g->err != 0 ? g->err : text.err;
}

/* ---- texts for panes as JSON ---- */

/* A piece as it is said. */
struct piece {
	unsigned style;
	struct str text;
};

const struct field doc_piece_fields[] = {
	FIELD(struct piece, style, WORD, "what it means, not how it looks",
	    .flags = FIELD_TOLD, .word = canvas_style_word),
	TOLD_FIELD(struct piece, text, STR,
	    "without line ends; controls are made visible"),
	FIELDS_END,
};

const struct field doc_line_fields[] = {
	FIELD_AS("record", struct doc_line, seq, NUMBER,
	    "the record that the line leads to",
	    .flags = FIELD_ANY | FIELD_TOLD),
	FIELD_BESIDE_AS(
	    "pieces", OBJECTS, "from left to right", .of = doc_piece_fields),
	FIELDS_END,
};

/* The pieces FROM … before TO, of one style; SAFE is for their text. */
static void
put_json_piece(const struct doc *d, size_t from, size_t to, struct buf *safe,
    struct buf *out)
{
	const struct doc_piece *p = d->pieces;
	struct piece said = { .style = p[from].style };

	buf_clear(safe);
	for (size_t i = from; i < to; i++)
		utf8_add_safe(
		    safe, str_slice(buf_view(&d->text), p[i].from, p[i].to));
	said.text = buf_view(safe);
	json_put_item(out);
	json_put_object(doc_piece_fields, &said, out);
}

static void
doc_put_line(const struct doc *d, size_t i, struct buf *safe, struct buf *out)
{
	json_open(out, NULL, '{');
	json_put_fields(doc_line_fields, &d->lines[i], out);
	json_open(out, "pieces", '[');
	for (size_t k = d->lines[i].first, to; k < d->lines[i].end; k = to) {
		to = k + 1;
		while (to < d->lines[i].end &&
		       d->pieces[to].style == d->pieces[k].style)
			to++;
		put_json_piece(d, k, to, safe, out);
	}
	buf_puts(out, "]}");
}

int
doc_put_lines(const struct doc *d, struct buf *out)
{
	LOCAL_BUF safe = BUF_INIT;

	json_open(out, "lines", '[');
	for (size_t i = 0; i < d->nlines; i++)
		doc_put_line(d, i, &safe, out);
	buf_putc(out, ']');
	return d->err != 0 ? d->err : safe.err != 0 ? safe.err : out->err;
}

int
doc_write_json(const struct doc *d, struct buf *out)
{
	int err;

	buf_putc(out, '{');
	err = doc_put_lines(d, out);
	buf_putc(out, '}');
	return err != 0 ? err : out->err;
}

/* ---- bytes as numbers ---- */

/* Cells of a line of 16 bytes: "0000  " "xx " * 16 " " and 16 signs. */
#define WIDE (6 + 16 * 3 + 1 + 16)
/* Bytes of a line of few. */
#define LINE_MOST 64

static void
put_hex_row(struct doc *d, struct str row, size_t at, size_t n)
{
	doc_printf(d, STYLE_DIM, "%04zx  ", at);
	for (size_t i = 0; i < n; i++)
		if (i < row.n)
			doc_printf(d, STYLE_PLAIN, "%02x ",
			    (unsigned)(unsigned char)row.p[i]);
		else
			doc_puts(d, STYLE_PLAIN, "   ");
	doc_puts(d, STYLE_PLAIN, " ");
	for (size_t i = 0; i < row.n; i++) {
		bool seen = row.p[i] > 0x20 && row.p[i] < 0x7f;

		doc_put(d, seen ? STYLE_PLAIN : STYLE_DIM,
		    seen ? str_slice(row, i, i + 1) : STR("."));
	}
}

void
hex_doc(struct str bytes, uint64_t seq, size_t width, struct doc *d)
{
	size_t n = width >= WIDE ? 16 : 8;

	for (size_t at = 0; at < bytes.n && d->err == 0; at += n) {
		doc_line(d, seq);
		put_hex_row(d, str_slice(bytes, at, at + n), at, n);
	}
}

void
hex_line(struct str bytes, struct buf *out)
{
	for (size_t i = 0; i < bytes.n && i < LINE_MOST; i++) {
		if (i > 0)
			buf_putc(out, ' ');
		buf_hex(out, (unsigned char)bytes.p[i], 2);
	}
	if (bytes.n > LINE_MOST)
		buf_puts(out, " …");
}

bool
hex_is_text(struct str bytes)
{
	size_t controls = 0;

	for (size_t i = 0; i < bytes.n; i++) {
		unsigned char c = (unsigned char)bytes.p[i];

		if (c == 0)
			return false;
		if (c < 0x20 && !chr_is_space((char)c))
			controls++;
	}
	return controls <= bytes.n / 16 && utf8_valid(bytes);
}

struct str
hex_as_text(struct str bytes, struct buf *scratch)
{
	ptrdiff_t end = str_find(bytes, "\r\n\r\n");
	struct str head, body;
	int err;

	buf_clear(scratch);
	if (end < 0 || hex_is_text(bytes))
		return bytes;
	head = str_slice(bytes, 0, (size_t)end + 4);
	body = str_slice(bytes, head.n, bytes.n);
	if (!hex_is_text(head))
		return bytes;
	buf_str(scratch, head);
	err = charset_convert(body, "GB18030", "UTF-8", scratch);
	if (err == ERR_NOMEM)
		scratch->err = err;
	return err == 0 && hex_is_text(buf_view(scratch)) ? buf_view(scratch)
							  : bytes;
}
