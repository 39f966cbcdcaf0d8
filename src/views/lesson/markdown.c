/* The blocks of Markdown, line by line. */
#include "views/lesson/markdown_in.h"

/* A line that is indented so far beyond its item is code. */
#define CODE_INDENT 4

struct writer {
	struct doc *d;
	const struct markdown_options *o;
	struct str rest; /* what is still to be read */
	size_t base;     /* where the text of the present item begins */
	bool goes_on;    /* the present line is to be gone on with */
	bool apart;      /* an empty line comes before the next block */
	bool begun;
};

static size_t
indent_of(struct str line)
{
	size_t n = 0;

	while (n < line.n && line.p[n] == ' ')
		n++;
	return n;
}

static bool
is_blank(struct str line)
{
	return str_trim(line).n == 0;
}

/* "- ", "* ", "12. ": bytes of the mark and the spaces behind it; 0. */
static size_t
item_mark(struct str line)
{
	size_t n = 0;

	if (line.n > 2 && (line.p[0] == '-' || line.p[0] == '*') &&
	    line.p[1] == ' ')
		return 2;
	while (n < line.n && n < 3 && chr_is_digit(line.p[n]))
		n++;
	return n > 0 && n + 1 < line.n && line.p[n] == '.' &&
		       line.p[n + 1] == ' '
		   ? n + 2
		   : 0;
}

static bool
begins_block(struct str line)
{
	struct str text = str_trim(line);

	return text.n == 0 || text.p[0] == '#' || text.p[0] == '|' ||
	       str_starts(text, "```") || item_mark(text) > 0;
}

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

/* The first line of a block. */
static void
begin_block(struct writer *w, size_t indent)
{
	if (w->goes_on) {
		w->goes_on = false;
		w->begun = true;
		return;
	}
	if (w->apart && w->begun)
		doc_line(w->d, 0);
	w->apart = false;
	w->begun = true;
	doc_line(w->d, 0);
	doc_pad(w->d, w->o->indent + indent);
}

static void
put_heading(struct writer *w, struct str line)
{
	size_t n = 0;

	while (n < line.n && line.p[n] == '#')
		n++;
	w->base = 0;
	begin_block(w, 0);
	markdown_put_inline(w->d, str_trim(str_slice(line, n, line.n)),
	    STYLE_TITLE, w->o->indent, w->o->width);
}

static void
put_code(struct writer *w, struct str line, size_t indent)
{
	struct str code = str_slice(line, indent, line.n);
	size_t at = w->o->indent + w->base + 2, first;

	if (code.n > 0 && code.p[code.n - 1] == '\r')
		code.n--;
	begin_block(w, w->base + 2);
	first = w->d->nlines > 0 ? w->d->nlines - 1 : 0;
	doc_wrap(w->d, STYLE_CODE, code, at + 4, w->o->width);
	if (w->o->code != NULL)
		w->o->code(w->d, first, code, w->o->arg);
}

static void
put_fence(struct writer *w)
{
	while (w->rest.n > 0) {
		struct str line = str_cut(w->rest, '\n', &w->rest);

		if (str_starts(str_trim(line), "```"))
			return;
		put_code(w, line, 0);
	}
}

/* LINE and those below that begin with "|". */
static void
put_table(struct writer *w, struct str line)
{
	struct str all = line;

	while (w->rest.n > 0) {
		struct str rest, next = str_cut(w->rest, '\n', &rest);

		if (!str_starts(str_trim(next), "|"))
			break;
		all.n = (size_t)(next.p + next.n - all.p);
		w->rest = rest;
	}
	if (w->apart && w->begun)
		doc_line(w->d, 0);
	w->apart = w->goes_on = false;
	w->begun = true;
	markdown_put_table(w->d, all, w->o->indent + w->base, w->o->width);
}

/* LINE and those below up to the next block; with a mark it begins an item. */
static void
put_paragraph(struct writer *w, struct str line)
{
	struct str text = str_trim(line), all = text;
	size_t mark = item_mark(text), indent;

	while (w->rest.n > 0) {
		struct str rest, next = str_cut(w->rest, '\n', &rest);

		if (begins_block(next) || begins_fact(next))
			break;
		all.n = (size_t)(next.p + next.n - all.p);
		w->rest = rest;
	}
	if (mark > 0)
		w->base = indent_of(line);
	begin_block(w, w->base);
	if (mark > 0) {
		bool bullet = !chr_is_digit(text.p[0]);

		doc_puts(w->d, STYLE_PLAIN, bullet ? "• " : "");
		doc_put(
		    w->d, STYLE_PLAIN, str_slice(text, 0, bullet ? 0 : mark));
		w->base += mark;
	}
	indent = w->o->indent + w->base;
	markdown_put_inline(w->d, str_trim(str_slice(all, mark, all.n)),
	    STYLE_PLAIN, indent, w->o->width);
}

static void
put_block(struct writer *w, struct str line)
{
	struct str text = str_trim(line);
	size_t indent = indent_of(line);
	/* Behind an empty line, what is not indented ends the item. */
	bool first = w->apart || !w->begun;

	if (first && item_mark(text) == 0 && indent < w->base)
		w->base = 0;
	if (indent >= w->base + CODE_INDENT && !w->goes_on)
		put_code(w, line, w->base + CODE_INDENT);
	else if (text.p[0] == '#')
		put_heading(w, text);
	else if (str_starts(text, "```"))
		put_fence(w);
	else if (text.p[0] == '|')
		put_table(w, text);
	else
		put_paragraph(w, line);
}

void
markdown_put(struct doc *d, struct str text, const struct markdown_options *o)
{
	struct writer w = {
		.d = d, .o = o, .rest = text, .goes_on = o->goes_on
	};

	while (w.rest.n > 0 && d->err == 0) {
		struct str line = str_cut(w.rest, '\n', &w.rest);

		if (is_blank(line))
			w.apart = true;
		else
			put_block(&w, line);
	}
}
