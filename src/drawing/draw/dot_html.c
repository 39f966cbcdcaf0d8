/* Graphs that Graphviz lays out; see draw/dot_html.h. */
#include "draw/dot_html.h"

#include "base/err.h"
#include "base/utf8.h"
#include "draw/figure.h"
#include "draw/raster.h"
#include "draw/render.h"

#include <string.h>

void
dot_html_text(struct buf *b, struct str text)
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
	struct buf safe = BUF_INIT, shown = BUF_INIT;

	utf8_add_safe(&safe, text);
	figure_visible(&shown, buf_view(&safe));
	buf_end(&safe, &b->err);
	for (size_t i = 0; i < shown.n; i++) {
		size_t k = 0;

		while (k < nentities && entities[k].c != shown.p[i])
			k++;
		if (k < nentities)
			buf_puts(b, entities[k].entity);
		else
			buf_putc(b, shown.p[i]);
	}
	buf_end(&shown, &b->err);
}

void
dot_html_font(
    struct buf *b, struct str text, double size, const char *colour, bool bold)
{
	struct str shown = utf8_clip(text, DOT_HTML_CELLS);

	/* An element with nothing in it is a mistake to Graphviz. */
	if (text.n == 0)
		return;
	if (shown.n < text.n)
		shown = utf8_clip(text, DOT_HTML_CELLS - 1);
	buf_printf(b, "<font point-size=\"%d\" color=\"%s\">%s", (int)size,
	    colour, bold ? "<b>" : "");
	dot_html_text(b, shown);
	if (shown.n < text.n)
		buf_puts(b, "…");
	buf_puts(b, bold ? "</b></font>" : "</font>");
}

void
dot_html_row(
    struct buf *b, struct str text, double size, const char *colour, bool bold)
{
	buf_puts(b, "<tr><td>");
	dot_html_font(b, text, size, colour, bold);
	buf_puts(b, "</td></tr>");
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
	return diag_set(d, ERR_NOTFOUND, NULL, 0,
	    _("there is no format “%s” for this figure; there are gv, svg, "
	      "png and pdf"),
	    format);
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
