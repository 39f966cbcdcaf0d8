/*
 * Graphviz writes an element a line: what is to change is known by how its
 * line begins.  Texts in it are escaped already and stay so.
 */
#include "draw/svg_tidy.h"

#define TIP "\"><a xlink:title=\""

/* What stands between BEFORE and AFTER in LINE; NULL where they do not. */
static struct str
inside(struct str line, const char *before, const char *after)
{
	ptrdiff_t from = str_find(line, before), to;

	if (from < 0)
		return STR_NULL;
	line = str_slice(line, (size_t)from + str_of(before).n, line.n);
	to = str_find(line, after);
	return to < 0 ? STR_NULL : str_slice(line, 0, (size_t)to);
}

static void
put_tidy_element(struct buf *out, const char *name, struct str text)
{
	if (text.n > 0)
		buf_printf(out, "<%s>%.*s</%s>\n", name, STR_ARG(text), name);
}

/* The picture's own title and description, as its first elements. */
static void
put_about(struct str svg, struct buf *out)
{
	put_tidy_element(out, "title", inside(svg, "<title>", "</title>"));
	put_tidy_element(
	    out, "desc", inside(svg, "<g id=\"a_graph0" TIP, "\""));
}

static void
put_svg_line(struct buf *out, struct str line)
{
	buf_str(out, line);
	buf_putc(out, '\n');
}

int
svg_tidy(struct str svg, struct buf *out)
{
	struct str rest = svg;
	bool comment = false, head = false;
	int closing = 0; /* lines to leave out: </a>, then </g> */

	while (rest.n > 0) {
		struct str line = str_cut(rest, '\n', &rest);
		bool first = str_starts(line, "<svg ");

		comment = comment || str_starts(line, "<!--");
		if (comment) {
			comment = str_find(line, "-->") < 0;
			continue;
		}
		if (first)
			buf_puts(out, "<svg role=\"img\" ");
		head = head || first;
		if (head) {
			put_svg_line(
			    out, first ? str_slice(line, 5, line.n) : line);
			head = str_chr(line, '>') < 0;
			if (!head)
				put_about(svg, out);
		} else if (str_starts(line, "<g id=\"a_") &&
			   str_find(line, TIP) > 0) {
			if (!str_starts(line, "<g id=\"a_graph0"))
				put_tidy_element(
				    out, "title", inside(line, TIP, "\""));
			closing = 2;
		} else if (closing == 2 && str_is(line, "</a>")) {
			closing = 1;
		} else if (closing == 1 && str_is(line, "</g>")) {
			closing = 0;
		} else if (!str_starts(line, "<title>")) {
			put_svg_line(out, line);
		}
	}
	return out->err;
}
