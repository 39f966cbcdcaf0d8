/* Graphs that Graphviz lays out; see draw/dot_html.h. */
#include "draw/dot_html.h"

#include "base/err.h"
#include "base/param.h"
#include "text/utf8.h"
#include "draw/figure.h"
#include "draw/raster.h"
#include "draw/render.h"
#include "draw/svg_tidy.h"

#include <string.h>

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
		/* "\\N" and its like are names to Graphviz. */
		{ '\\', "&#92;" },
	};
	const size_t nentities = sizeof(entities) / sizeof(entities[0]);

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
 * colour, which is not seen, draw/svg_tidy.c knows which.
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

#define FORMATS (sizeof(formats) / sizeof(*formats))

const char *
dot_html_format(size_t i)
{
	return i < FORMATS ? formats[i] : NULL;
}

int
dot_html_check(const char *format, struct diag *d)
{
	for (size_t i = 0; i < FORMATS; i++)
		if (strcmp(format, formats[i]) == 0)
			return 0;
	diag_set(d, ERR_NOTFOUND, NULL, 0,
	    _("there is no format “%s” for this figure; there are gv, svg, "
	      "png and pdf"),
	    format);
	return diag_meant(d, ERR_NOTFOUND,
	    param_nearest(
		str_of(format), formats, FORMATS, sizeof(formats[0])));
}

int
dot_html_write(struct str dot, const char *engine, const char *format,
    struct buf *out, struct diag *d)
{
	const struct raster_info info = { STR_NULL, STR_NULL };
	struct buf svg = BUF_INIT;
	int err = dot_html_check(format, d);

	if (err == 0 && strcmp(format, "gv") == 0) {
		buf_str(out, dot);
		return out->err;
	}
	if (err == 0)
		err = render_svg(dot, engine, &svg, d);
	if (err == 0)
		err = raster_write(buf_view(&svg), format, &info, out, d);
	buf_free(&svg);
	return err;
}
