/*
 * Graphs that Graphviz lays out: quoting for it, its program, contained, and
 * its SVG tidied.
 */
#include "draw/graphviz.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/err.h"
#include "base/i18n.h"
#include "base/param.h"
#include "draw/figure.h"
#include "draw/raster.h"
#include "jobs/program.h"
#include "text/utf8.h"

/* A figure is as wide as its widest text. */
#define DOT_HTML_CELLS 80
/* Colours of cells with one text, which is in their middle or at their left. */
#define SVG_TIDY_MIDDLE "transparent"
#define SVG_TIDY_LEFT   "#ffffff01"

/* ---- quoting for Graphviz ---- */

static void
dot_escape(struct buf *b, struct str text, bool label)
{
	struct buf safe = BUF_INIT;

	utf8_add_safe(&safe, text);
	for (size_t i = 0; i < safe.n; i++) {
		switch (safe.p[i]) {
		case '"':
			buf_puts(b, "\\\"");
			break;
		case '\\':
			buf_puts(b, "\\\\");
			break;
		case '&':
			/* Graphviz reads entities in labels. */
			buf_puts(b, label ? "&amp;" : "&");
			break;
		default:
			buf_putc(b, safe.p[i]);
		}
	}
	buf_end(&safe, &b->err);
}

void
dot_quote(struct buf *b, struct str text)
{
	buf_putc(b, '"');
	dot_escape(b, text, true);
	buf_putc(b, '"');
}

/* Graphviz reads no more than 16,384 bytes of a string at a time; a line's end
 * behind a backslash is none of it. */
#define LINE_MANY 60

void
dot_quote_lines(struct buf *b, struct str text, const char *end)
{
	bool left = strcmp(end, "\\l") == 0;
	bool many = left && text.n > LINE_MANY;

	buf_putc(b, '"');
	while (text.n > 0) {
		struct str line = str_cut(text, '\n', &text);
		LOCAL_BUF shown = BUF_INIT;

		figure_visible(&shown, line);
		dot_escape(b, buf_view(&shown), true);
		if (left || text.n > 0)
			buf_puts(b, end);
		if (many && text.n > 0)
			buf_puts(b, "\\\n");
	}
	buf_putc(b, '"');
}

static bool
is_keyword(struct str word)
{
	static const char *const words[] = { "node", "edge", "graph", "digraph",
		"subgraph", "strict" };

	for (size_t i = 0; i < COUNT_OF(words); i++)
		if (str_ieq(word, str_of(words[i])))
			return true;
	return false;
}

void
dot_put_id(struct buf *b, struct str name)
{
	bool plain = name.n > 0 && !(name.p[0] >= '0' && name.p[0] <= '9') &&
		     !is_keyword(name);

	for (size_t i = 0; plain && i < name.n; i++)
		plain = chr_is_alnum(name.p[i]) || name.p[i] == '_';
	if (plain) {
		buf_str(b, name);
		return;
	}
	buf_putc(b, '"');
	dot_escape(b, name, false);
	buf_putc(b, '"');
}

/* ---- its SVG, tidied ---- */

#define TIP "\"><a xlink:title=\""

/* The text between BEFORE and AFTER in LINE; NULL where they are not
 * there. */
static struct str
dot_inside(struct str line, const char *before, const char *after)
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
	put_tidy_element(out, "title", dot_inside(svg, "<title>", "</title>"));
	put_tidy_element(
	    out, "desc", dot_inside(svg, "<g id=\"a_graph0" TIP, "\""));
}

static void
put_svg_line(struct buf *out, struct str line)
{
	buf_str(out, line);
	buf_putc(out, '\n');
}

/* How the cells of draw/graphviz.h come out, and where their text is. */
static const struct {
	const char *begin, *anchor;
} cells[] = {
	{ "<polygon fill=\"transparent\"", "middle" },
	{ "<polygon fill=\"none\"", "middle" }, /* later Graphviz */
	{ "<polygon fill=\"#ffffff\" fill-opacity=", "start" },
};

#define TEXT_BEGIN "<text text-anchor=\"start\" x=\""

/* Which of the cells LINE is, whose text is the next line; COUNT_OF(cells):
 * none. */
static size_t
dot_cell_of(struct str line, struct str next)
{
	size_t i = 0;

	if (!str_starts(next, TEXT_BEGIN))
		return COUNT_OF(cells);
	while (i < COUNT_OF(cells) && !str_starts(line, cells[i].begin))
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
	struct str points = dot_inside(cell, " points=\"", "\""), point;
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

/*
 * Appends SVG to OUT: the graph's name and tooltip become the picture's title
 * and description, an edge's tooltip its title; other titles (which are names
 * from the DOT file) and comments go. The text of a cell (draw/graphviz.h) is
 * tied to the cell's middle or left end, and the cell goes. Graphviz writes an
 * element a line: lines to change are known by their beginning, unexpected
 * lines are copied unchanged. Texts are escaped already and stay so. 0 or
 * ERR_NOMEM.
 */
static int
tidy_svg(struct str svg, struct buf *out)
{
	struct str rest = svg;
	bool comment = false, head = false;
	int closing = 0; /* lines to leave out: </a>, then </g> */

	while (rest.n > 0) {
		struct str line = str_cut(rest, '\n', &rest);
		bool first = str_starts(line, "<svg ");
		size_t cell = dot_cell_of(line, rest);

		comment = comment || str_starts(line, "<!--");
		if (comment) {
			comment = str_find(line, "-->") < 0;
			continue;
		}
		if (cell < COUNT_OF(cells)) {
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
				    out, "title", dot_inside(line, TIP, "\""));
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

/* ---- its program, contained ---- */

/* The largest network that is drawn, of 500 nodes, took 0.3 s and 23 MB. */
#define MEMORY_MOST  (UINT64_C(4) << 30)
#define SECONDS_MOST 300
#define IDLE_MOST    20 /* seconds */
#define NS           INT64_C(1000000000)
#define SVG_MOST     (256 << 20)
/* Without the plugin that measures text, Graphviz guesses, and the picture is
 * another. */
#define NOT_LOADED "Could not load \""

static int
judge_complaints(struct str complaints, int err, struct diag *d)
{
	ptrdiff_t at = str_find(complaints, NOT_LOADED);
	struct str rest, name;

	if (at >= 0 && err == 0) {
		name = str_slice(
		    complaints, (size_t)at + sizeof(NOT_LOADED) - 1, SIZE_MAX);
		name = str_cut(name, '"', &rest);
		return diag_set(d, ERR_UNSUPPORTED, NULL, 0,
		    _("a required library can't be loaded: %.*s (package %s)"),
		    STR_ARG(name), "graphviz");
	}
	if (err != 0 && str_find(complaints, "syntax error") >= 0)
		err = d->err = ERR_SYNTAX;
	return err;
}

/*
 * Lets Graphviz's program `dot` lay DOT out by ENGINE ("dot", "neato"), within
 * bounds, and appends the picture to OUT as SVG: the same bytes for the same
 * DOT. 0, ERR_SYNTAX, or an error of program_run; each with a sentence in D.
 */
static int
render_svg(struct str dot, const char *engine, struct buf *out, struct diag *d)
{
	char layout[32];
	const char *const argv[] = { "dot", layout, "-Tsvg", NULL };
	const struct program graphviz = {
		.argv = argv,
		.package = "graphviz",
		.in = dot,
		.bounds = { .memory = MEMORY_MOST,
		    .cpu = SECONDS_MOST * NS,
		    .idle = IDLE_MOST * NS,
		    .said = SVG_MOST },
		.activity = N_("drawing the figure"),
	};
	LOCAL_BUF svg = BUF_INIT, complaints = BUF_INIT;
	int err;

	snprintf(layout, sizeof(layout), "-K%s", engine);
	err = program_run(&graphviz, &svg, &complaints, d);
	err = judge_complaints(buf_view(&complaints), err, d);
	if (err == 0)
		err = tidy_svg(buf_view(&svg), out);
	return diag_fail(d, err);
}

/* ---- graphs that Graphviz lays out ---- */

/* TEXT is safe already. */
static void
put_escaped(struct buf *b, struct str text)
{
	static const struct {
		char c;
		const char *entity;
	} entities[] = {
		{ '&', "&amp;" },
		{ '<', "&lt;" },
		{ '>', "&gt;" },
		{ '"', "&quot;" },
		/* "\\N" and the like are names to Graphviz. */
		{ '\\', "&#92;" },
	};
	const size_t nentities = COUNT_OF(entities);

	for (size_t i = 0; i < text.n; i++) {
		size_t k = 0;

		while (k < nentities && entities[k].c != text.p[i])
			k++;
		if (k < nentities)
			buf_puts(b, entities[k].entity);
		else
			buf_putc(b, text.p[i]);
	}
}

/* As much of TEXT as a figure has room for, as it is seen. */
static void
put_visible(struct buf *b, struct str text)
{
	struct str shown = utf8_clip(text, DOT_HTML_CELLS);
	struct buf safe = BUF_INIT;

	if (shown.n < text.n)
		shown = utf8_clip(text, DOT_HTML_CELLS - 1);
	utf8_add_safe(&safe, shown);
	figure_visible(b, buf_view(&safe));
	if (shown.n < text.n)
		buf_puts(b, "…");
	buf_end(&safe, &b->err);
}

/* TEXT, and how it looks. */
struct words {
	struct str text;
	double size;
	const char *colour;
	bool bold;
};

/*
 * A cell with one text, as large as that is by our own measure and PADDING at
 * each side, so that Graphviz need not measure it in a font of its machine.  It
 * is at the left of so many COLUMNS, or in the middle of one (0); by the
 * colour, which is not seen, tidying knows which.
 */
static void
put_cell(struct buf *b, const struct words *w, int padding, unsigned columns)
{
	/* An element with nothing in it is a mistake to Graphviz. */
	struct str text = w->text.n > 0 ? w->text : STR(" ");
	struct buf shown = BUF_INIT;
	double width;

	put_visible(&shown, text);
	width = figure_text_rounded(buf_view(&shown), w->size, w->bold);
	buf_puts(b, "<td");
	if (columns > 0)
		buf_puts(b, " align=\"left\"");
	if (columns > 1)
		buf_printf(b, " colspan=\"%u\"", columns);
	buf_printf(b,
	    " cellpadding=\"0\" fixedsize=\"true\" width=\"%d\" height=\"%d\""
	    " bgcolor=\"%s\"><font point-size=\"%d\" color=\"%s\">%s",
	    (int)(width + 1) + 2 * padding,
	    (int)(w->size * 1.1 + 1) + 2 * padding,
	    columns > 0 ? SVG_TIDY_LEFT : SVG_TIDY_MIDDLE, (int)w->size,
	    w->colour, w->bold ? "<b>" : "");
	put_escaped(b, buf_view(&shown));
	buf_puts(b, w->bold ? "</b></font></td>" : "</font></td>");
	buf_end(&shown, &b->err);
}

void
dot_html_font(
    struct buf *b, struct str text, double size, const char *colour, bool bold)
{
	const struct words w = { text, size, colour, bold };

	if (text.n == 0)
		return;
	buf_puts(b, "<table border=\"0\" cellspacing=\"0\"><tr>");
	put_cell(b, &w, 0, 0);
	buf_puts(b, "</tr></table>");
}

void
dot_html_row(
    struct buf *b, struct str text, double size, const char *colour, bool bold)
{
	const struct words w = { text, size, colour, bold };

	buf_puts(b, "<tr>");
	put_cell(b, &w, 1, 0);
	buf_puts(b, "</tr>");
}

void
dot_html_left(struct buf *b, struct str text, double size, const char *colour,
    bool bold, unsigned columns)
{
	const struct words w = { text, size, colour, bold };

	put_cell(b, &w, 1, columns);
}

static const char *const formats[] = { "gv", "svg", "png", "pdf" };

const char *
dot_html_format(size_t i)
{
	return i < COUNT_OF(formats) ? formats[i] : NULL;
}

int
dot_html_check(const char *format, struct diag *d)
{
	for (size_t i = 0; i < COUNT_OF(formats); i++)
		if (strcmp(format, formats[i]) == 0)
			return 0;
	diag_set(d, ERR_NOTFOUND, NULL, 0,
	    _("there is no format “%s” for this figure"), format);
	return diag_one_of(d, ERR_NOTFOUND, str_of(format), formats,
	    COUNT_OF(formats), sizeof(formats[0]));
}

int
dot_html_write(struct str dot, const char *engine, const char *format,
    struct buf *out, struct diag *d)
{
	const struct raster_info info = { STR_NULL, STR_NULL };
	LOCAL_BUF svg = BUF_INIT;
	int err = dot_html_check(format, d);

	if (err == 0 && strcmp(format, "gv") == 0) {
		buf_str(out, dot);
		return out->err;
	}
	if (err == 0)
		err = render_svg(dot, engine, &svg, d);
	if (err == 0)
		err = raster_write(buf_view(&svg), format, &info, out, d);
	return err;
}
