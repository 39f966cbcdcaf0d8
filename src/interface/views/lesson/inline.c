/* Markdown within a paragraph: code, bold, links; and its lines. */
#include "views/lesson/markdown_in.h"

#include "draw/wrap.h"

/* Pieces of one paragraph that are styled; what comes after is plain. */
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

static void
put_span(struct plain *p, enum canvas_style style, struct str text)
{
	size_t from = p->text.n;

	buf_str(&p->text, text);
	if (p->n < SPANS_MAX && style != STYLE_PLAIN)
		p->spans[p->n++] = (struct span){ from, p->text.n, style };
}

static bool
is_wide(struct str text)
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
	if (!is_wide(rest) ||
	    !is_wide(str_slice(buf_view(&p->text), last, p->text.n)))
		buf_putc(&p->text, ' ');
}

/* TEXT, behind which BEHIND comes. */
static void
put_plain(struct plain *p, struct str text, struct str behind)
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
read_plain(struct plain *p, struct str text)
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
			put_plain(p, s.text, text);
		else
			put_span(p, styles[s.style],
			    s.style == MARKDOWN_CODE_SPAN ? str_trim(s.text)
							  : s.text);
	}
}

/* The bytes FROM … TO on the present line, plain ones in STYLE. */
static void
put_part(struct doc *d, const struct plain *p, size_t from, size_t to,
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
		put_part(d, p, at, at + n, style);
		rest = wrap_rest(str_slice(rest, n, rest.n));
		at = all.n - rest.n;
		if (at < all.n) {
			doc_line(d, d->lines[d->nlines - 1].seq);
			doc_pad(d, indent);
		}
		used = indent;
	}
}

void
markdown_put_inline(struct doc *d, struct str text, enum canvas_style style,
    size_t indent, size_t width)
{
	struct plain p = { .text = BUF_INIT };

	if (d->nlines == 0)
		doc_line(d, 0);
	read_plain(&p, text);
	if (p.text.err != 0)
		d->err = ERR_NOMEM;
	if (width < indent + 4)
		width = indent + 4;
	wrap_plain(d, &p, style, indent, width);
	buf_free(&p.text);
}

size_t
markdown_inline_width(struct str text)
{
	struct plain p = { .text = BUF_INIT };
	size_t cells;

	read_plain(&p, text);
	cells = utf8_width(buf_view(&p.text));
	buf_free(&p.text);
	return cells;
}
