/* The blocks of Markdown as lines. */
#include "views/lesson/markdown_in.h"

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
begin_block(struct writer *w, bool apart, size_t indent)
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
	begin_block(w, apart, base + 2);
	first = w->d->nlines > 0 ? w->d->nlines - 1 : 0;
	doc_wrap(w->d, STYLE_CODE, code, at + 4, w->o->width);
	if (w->o->code != NULL)
		w->o->code(w->d, first, code, w->o->arg);
}

static void
put_code(struct writer *w, const struct markdown_block *b)
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

	begin_block(w, b->apart, b->base - b->mark);
	if (b->mark > 0 && b->number == 0)
		doc_puts(w->d, STYLE_PLAIN, "• ");
	else if (b->mark > 0)
		doc_printf(w->d, STYLE_PLAIN, "%u. ", b->number);
	for (bool first = true; first || rest.n > 0; first = false) {
		part = cut_fact(rest, &rest);
		if (!first)
			begin_block(w, false, b->base);
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
			put_code(&w, &b);
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
