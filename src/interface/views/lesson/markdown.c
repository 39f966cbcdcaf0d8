/* The blocks of Markdown as lines. */
#include "views/lesson/markdown.h"

#include "base/err.h"
#include "draw/wrap.h"
#include "text/markdown.h"
#include "text/utf8.h"

/* ---- Markdown within a paragraph: code, bold, links; and its lines ---- */

/* Styled pieces of one paragraph; later text is plain. */
#define SPANS_MAX 64

struct span {
	size_t from, to; /* of the plain text */
	enum canvas_style style;
};

/* A paragraph without its marks. */
struct plain {
	struct buf text;
	struct span spans[SPANS_MAX];
	size_t n;
};

static bool
markdown_is_wide(struct str text)
{
	size_t used;

	return text.n > 0 && utf8_cells(utf8_decode(text, &used)) == 2;
}

/* A line's end within a paragraph is a space, but between Chinese characters
 * nothing. */
static void
put_line_end(struct plain *p, struct str rest)
{
	size_t last = p->text.n;

	while (last > 0 && ((unsigned char)p->text.p[last - 1] & 0xc0) == 0x80)
		last--;
	last -= last > 0;
	if (!markdown_is_wide(rest) ||
	    !markdown_is_wide(str_slice(buf_view(&p->text), last, p->text.n)))
		buf_putc(&p->text, ' ');
}

/* TEXT, behind which BEHIND comes. */
static void
markdown_put_plain(struct plain *p, struct str text, struct str behind)
{
	size_t at = 0, n;

	while (at < text.n) {
		struct str line = str_slice(text, at, text.n);

		n = 1;
		if (line.p[0] == '\n') {
			while (n < line.n && chr_is_space(line.p[n]))
				n++;
			put_line_end(p,
			    n < line.n ? str_slice(line, n, line.n) : behind);
		} else {
			buf_putc(&p->text, line.p[0]);
		}
		at += n;
	}
}

static void
put_span(struct plain *p, enum canvas_style style, struct str text)
{
	size_t from = p->text.n;

	markdown_put_plain(p, text, STR_NULL);
	if (p->n < SPANS_MAX && style != STYLE_PLAIN)
		p->spans[p->n++] = (struct span){ from, p->text.n, style };
}

static void
markdown_read_plain(struct plain *p, struct str text)
{
	static const enum canvas_style styles[] = {
		[MARKDOWN_PLAIN] = STYLE_PLAIN,
		[MARKDOWN_CODE_SPAN] = STYLE_CODE,
		[MARKDOWN_BOLD] = STYLE_BOLD,
		[MARKDOWN_ITALIC] = STYLE_BOLD,
		[MARKDOWN_LINK] = STYLE_PLAIN,
	};
	struct markdown_span s;

	while (markdown_span_next(&text, &s)) {
		if (s.style == MARKDOWN_PLAIN)
			markdown_put_plain(p, s.text, text);
		else
			put_span(p, styles[s.style],
			    s.style == MARKDOWN_CODE_SPAN ? str_trim(s.text)
							  : s.text);
	}
}

/* The bytes FROM … TO on the present line, plain ones in STYLE. */
static void
markdown_put_part(struct doc *d, const struct plain *p, size_t from, size_t to,
    enum canvas_style style)
{
	struct str all = buf_view(&p->text);

	for (size_t i = 0; i < p->n && from < to; i++) {
		const struct span *s = &p->spans[i];
		size_t end = s->to < to ? s->to : to;

		if (s->to <= from || s->from >= to)
			continue;
		if (s->from > from)
			doc_put(d, style, str_slice(all, from, s->from));
		from = s->from > from ? s->from : from;
		doc_put(d, s->style, str_slice(all, from, end));
		from = end;
	}
	doc_put(d, style, str_slice(all, from, to));
}

static void
wrap_plain(struct doc *d, const struct plain *p, enum canvas_style style,
    size_t indent, size_t width)
{
	struct str all = buf_view(&p->text);
	size_t at = 0, used = doc_used(d);
	bool forced;

	while (at < all.n && d->err == 0) {
		struct str rest = str_slice(all, at, all.n);
		size_t room = width > used ? width - used : 0;
		size_t n = wrap_fits(rest, room, NULL, &forced);

		/* A word that is cut here may be whole below. */
		if (used > indent && (forced || room == 0))
			n = 0;
		markdown_put_part(d, p, at, at + n, style);
		rest = wrap_rest(str_slice(rest, n, rest.n));
		at = all.n - rest.n;
		if (at < all.n) {
			doc_line(d, d->lines[d->nlines - 1].seq);
			doc_pad(d, indent);
		}
		used = indent;
	}
}

/* Appends one paragraph, behind what the present line has: lines of at most
 * WIDTH cells, those below indented by INDENT. */
static void
markdown_put_inline(struct doc *d, struct str text, enum canvas_style style,
    size_t indent, size_t width)
{
	struct plain p = { .text = BUF_INIT };

	if (d->nlines == 0)
		doc_line(d, 0);
	markdown_read_plain(&p, text);
	if (p.text.err != 0)
		d->err = ERR_NOMEM;
	if (width < indent + 4)
		width = indent + 4;
	wrap_plain(d, &p, style, indent, width);
	buf_free(&p.text);
}

/* Cells of a paragraph on one line. */
static size_t
markdown_inline_width(struct str text)
{
	struct plain p = { .text = BUF_INIT };
	size_t cells;

	markdown_read_plain(&p, text);
	cells = utf8_width(buf_view(&p.text));
	buf_free(&p.text);
	return cells;
}

/* Tables of Markdown: columns as wide as they need to be, the widest ones
 * narrower until all have room, with cells of several lines. */

#define COLUMNS_MAX   8
#define COLUMN_LEAST  8
#define COLUMNS_APART 2

struct table {
	size_t widths[COLUMNS_MAX];
	size_t n;
	size_t indent;
};

/* The cells of ROW. */
static size_t
cut_cells(const struct markdown_block *row, struct str *cells)
{
	struct str rest = row->text;
	size_t n = 0;

	while (n < COLUMNS_MAX && markdown_cell(&rest, &cells[n]))
		n++;
	return n;
}

/* The row behind B, of the same table; false: there is none. */
static bool
next_row(struct markdown *m, struct markdown_block *b)
{
	struct markdown ahead = *m;

	if (!markdown_next(&ahead, b) || b->kind != MARKDOWN_ROW || b->apart)
		return false;
	*m = ahead;
	return true;
}

static void
markdown_measure_columns(
    struct table *t, struct markdown m, struct markdown_block b)
{
	struct str cells[COLUMNS_MAX];

	do {
		size_t n = cut_cells(&b, cells);

		t->n = n > t->n ? n : t->n;
		for (size_t i = 0; i < n; i++) {
			size_t w = markdown_inline_width(cells[i]);

			t->widths[i] = w > t->widths[i] ? w : t->widths[i];
		}
	} while (next_row(&m, &b));
}

static void
squeeze(struct table *t, size_t width)
{
	for (;;) {
		size_t all = t->indent, widest = 0;

		for (size_t i = 0; i < t->n; i++) {
			all += t->widths[i] + (i > 0 ? COLUMNS_APART : 0);
			if (t->widths[i] > t->widths[widest])
				widest = i;
		}
		if (all <= width || t->widths[widest] <= COLUMN_LEAST)
			return;
		t->widths[widest]--;
	}
}

static void
put_table_row(
    struct doc *d, const struct table *t, const struct markdown_block *b)
{
	struct str cells[COLUMNS_MAX];
	struct doc parts[COLUMNS_MAX];
	size_t n = cut_cells(b, cells), most = 0;

	for (size_t i = 0; i < n; i++) {
		parts[i] = DOC_INIT;
		markdown_put_inline(&parts[i], cells[i],
		    b->level == 0 ? STYLE_BOLD : STYLE_PLAIN, 0, t->widths[i]);
		most = parts[i].nlines > most ? parts[i].nlines : most;
		if (parts[i].err != 0)
			d->err = parts[i].err;
	}
	for (size_t y = 0; y < most && d->err == 0; y++) {
		size_t x = t->indent;

		doc_line(d, 0);
		for (size_t i = 0; i < n; i++) {
			if (y < parts[i].nlines)
				doc_pad(d, x);
			doc_append(d, &parts[i], y);
			x += t->widths[i] + COLUMNS_APART;
		}
	}
	for (size_t i = 0; i < n; i++)
		doc_free(&parts[i]);
}

static void
put_ruler(struct doc *d, const struct table *t)
{
	doc_line(d, 0);
	doc_pad(d, t->indent);
	for (size_t i = 0; i < t->n; i++) {
		for (size_t x = 0; x < t->widths[i]; x++)
			doc_puts(d, STYLE_FRAME, "─");
		if (i + 1 < t->n)
			doc_puts(d, STYLE_FRAME, "──");
	}
}

/* The table whose first row is B, and the rest of which M reads, onto new lines
 * of D. */
static void
markdown_put_table(struct doc *d, struct markdown *m,
    const struct markdown_block *b, size_t indent, size_t width)
{
	struct table t = { .indent = indent };
	struct markdown_block row = *b;

	markdown_measure_columns(&t, *m, row);
	squeeze(&t, width);
	if (row.level > 0)
		put_ruler(d, &t);
	do {
		put_table_row(d, &t, &row);
		if (row.level == 0)
			put_ruler(d, &t);
	} while (next_row(m, &row));
}

struct writer {
	struct doc *d;
	const struct markdown_options *o;
	bool goes_on; /* the present line is to be gone on with */
	bool begun;
};

/* "**Time:** 30 minutes": one of several facts, a line each. */
static bool
begins_fact(struct str line)
{
	ptrdiff_t end;

	line = str_trim(line);
	if (!str_starts(line, "**"))
		return false;
	line = str_slice(line, 2, line.n);
	end = str_find(line, "**");
	line = str_slice(line, 0, end > 0 ? (size_t)end : 0);
	return str_ends(line, ":") || str_ends(line, "：");
}

/* An empty line, where the next block stands apart. */
static void
put_block_apart(struct writer *w, bool apart)
{
	if (apart && w->begun && !w->goes_on)
		doc_line(w->d, 0);
	w->begun = true;
}

/* The first line of a block. */
static void
markdown_begin_block(struct writer *w, bool apart, size_t indent)
{
	put_block_apart(w, apart);
	if (!w->goes_on) {
		doc_line(w->d, 0);
		doc_pad(w->d, w->o->indent + indent);
	}
	w->goes_on = false;
}

static void
put_code_line(struct writer *w, bool apart, size_t base, struct str code)
{
	size_t at = w->o->indent + base + 2, first;

	if (code.n > 0 && code.p[code.n - 1] == '\r')
		code.n--;
	markdown_begin_block(w, apart, base + 2);
	first = w->d->nlines > 0 ? w->d->nlines - 1 : 0;
	doc_wrap(w->d, STYLE_CODE, code, at + 4, w->o->width);
	if (w->o->code != NULL)
		w->o->code(w->d, first, code, w->o->arg);
}

static void
markdown_put_code_block(struct writer *w, const struct markdown_block *b)
{
	struct str rest = b->text, line;
	bool apart = b->apart;

	while (markdown_code_line(b, &rest, &line)) {
		if (!b->fenced && str_trim(line).n == 0) {
			apart = true;
			continue;
		}
		put_code_line(w, apart, b->base, line);
		apart = false;
	}
}

/* TEXT up to the next fact, of which *REST begins. */
static struct str
cut_fact(struct str text, struct str *rest)
{
	size_t n = 0;

	do {
		struct str line =
		    str_cut(str_slice(text, n, text.n), '\n', rest);

		n = (size_t)(line.p + line.n - text.p);
		n += n < text.n;
	} while (n < text.n && !begins_fact(*rest));
	return str_slice(text, 0, n);
}

static void
wrap_paragraph(
    struct writer *w, const struct markdown_block *b, enum canvas_style style)
{
	struct str rest = str_trim(b->text), part;
	size_t indent = w->o->indent + b->base;

	markdown_begin_block(w, b->apart, b->base - b->mark);
	if (b->mark > 0 && b->number == 0)
		doc_puts(w->d, STYLE_PLAIN, "• ");
	else if (b->mark > 0)
		doc_printf(w->d, STYLE_PLAIN, "%u. ", b->number);
	for (bool first = true; first || rest.n > 0; first = false) {
		part = cut_fact(rest, &rest);
		if (!first)
			markdown_begin_block(w, false, b->base);
		markdown_put_inline(
		    w->d, str_trim(part), style, indent, w->o->width);
	}
}

void
markdown_put(struct doc *d, struct str text, const struct markdown_options *o)
{
	struct writer w = { .d = d, .o = o, .goes_on = o->goes_on };
	struct markdown_block b;
	struct markdown m;

	markdown_begin(&m, o->goes_on ? str_trim(text) : text);
	while (d->err == 0 && markdown_next(&m, &b)) {
		if (b.kind == MARKDOWN_CODE) {
			markdown_put_code_block(&w, &b);
		} else if (b.kind == MARKDOWN_ROW) {
			put_block_apart(&w, b.apart);
			w.goes_on = false;
			markdown_put_table(
			    d, &m, &b, o->indent + b.base, o->width);
		} else {
			wrap_paragraph(&w, &b,
			    b.kind == MARKDOWN_HEADING ? STYLE_TITLE
						       : STYLE_PLAIN);
		}
	}
}
