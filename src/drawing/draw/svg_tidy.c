/*
 * Graphviz writes an element a line: what is to change is known by how its
 * line begins.  Texts in it are escaped already and stay so.
 */
#include "draw/svg_tidy.h"

#include <stdlib.h>

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

/* How the cells of draw/dot_html.h come out, and where their text is. */
static const struct {
	const char *begin, *anchor;
} cells[] = {
	{ "<polygon fill=\"transparent\"", "middle" },
	{ "<polygon fill=\"none\"", "middle" }, /* later Graphviz */
	{ "<polygon fill=\"#ffffff\" fill-opacity=", "start" },
};
#define CELLS (sizeof(cells) / sizeof(*cells))

#define TEXT_BEGIN "<text text-anchor=\"start\" x=\""

/* Which of the cells LINE is, whose text is the next line; CELLS: none. */
static size_t
cell_of(struct str line, struct str next)
{
	size_t i = 0;

	if (!str_starts(next, TEXT_BEGIN))
		return CELLS;
	while (i < CELLS && !str_starts(line, cells[i].begin))
		i++;
	return i;
}

/* "-12.5" is -1250. */
static long
read_hundredths(struct str s)
{
	bool below = str_starts(s, "-");
	struct str rest, whole = str_cut(str_slice(s, below, s.n), '.', &rest);
	uint32_t units = 0, part = 0;
	long v;

	str_u32(whole, &units);
	str_u32(str_slice(rest, 0, 2), &part);
	v = (long)units * 100 + part * (rest.n == 1 ? 10 : 1);
	return below ? -v : v;
}

/* TEXT of the cell CELL of kind I: Graphviz has placed it by the width that it
 * has in a font of this machine. */
static void
put_cell_text(struct buf *out, size_t i, struct str cell, struct str text)
{
	struct str points = inside(cell, " points=\"", "\""), point;
	ptrdiff_t y = str_find(text, "\" y=\"");
	long x = read_hundredths(str_cut(points, ',', &points));

	str_cut(points, ' ', &points);
	str_cut(points, ' ', &points);
	point = str_cut(points, ',', &points);
	if (strcmp(cells[i].anchor, "middle") == 0)
		x = (x + read_hundredths(point)) / 2;
	buf_printf(out, "<text text-anchor=\"%s\" x=\"%s%ld.%02ld",
	    cells[i].anchor, x < 0 ? "-" : "", labs(x) / 100, labs(x) % 100);
	put_svg_line(out, str_slice(text, y < 0 ? text.n : (size_t)y, text.n));
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
		size_t cell = cell_of(line, rest);

		comment = comment || str_starts(line, "<!--");
		if (comment) {
			comment = str_find(line, "-->") < 0;
			continue;
		}
		if (cell < CELLS) {
			put_cell_text(
			    out, cell, line, str_cut(rest, '\n', &rest));
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
