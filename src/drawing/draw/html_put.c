/* Text for a page, and parts of an SVG that stands in one. */
#include "draw/html_put.h"

#include <math.h>
#include <stdio.h>

#include "base/buf.h"
#include "base/i18n.h"
#include "draw/svg_put.h"
#include "text/json_fields.h"
#include "text/utf8.h"
#include "text/xml.h"

/* Text for a page. */

/* XML 1.0 2.2 has no place for these two, which are UTF-8 all the same. */
static bool
is_no_character(uint32_t c)
{
	return c == 0xfffe || c == 0xffff;
}

static void
html_put_script(struct buf *b, uint32_t c, struct str bytes)
{
	switch (c) {
	case '"':
		buf_puts(b, "\\\"");
		break;
	case '\\':
		buf_puts(b, "\\\\");
		break;
	case '\n':
		buf_puts(b, "\\n");
		break;
	case '&':
	case '<':
	case '>':
		buf_printf(b, "\\u%04x", (unsigned)c);
		break;
	default:
		if (is_no_character(c))
			utf8_encode(b, UTF8_BAD);
		else
			buf_str(b, bytes);
	}
}

void
html_put_json(struct buf *b, struct str text)
{
	struct buf safe = BUF_INIT;
	struct str rest;

	utf8_add_safe_lines(&safe, text);
	rest = buf_view(&safe);
	buf_putc(b, '"');
	while (rest.n > 0 && b->err == 0) {
		size_t used;
		uint32_t c = utf8_decode(rest, &used);

		html_put_script(b, c, str_slice(rest, 0, used));
		rest = str_slice(rest, used, rest.n);
	}
	buf_putc(b, '"');
	buf_end(&safe, &b->err);
}

/* The element of a page's head that allows only the page's own contents: no
 * script but the one whose hash SCRIPT is ("sha256-…"; NULL: none), no sound
 * and pictures but the kinds in DATA, no requests, forms or other base.
 */
static void
html_put_policy(struct buf *b, const char *script, const char *data)
{
	buf_puts(b, "<meta http-equiv=\"Content-Security-Policy\" "
		    "content=\"default-src 'none'; ");
	if (script != NULL)
		buf_printf(b, "script-src '%s'; ", script);
	buf_puts(b, data);
	buf_puts(b, "style-src 'unsafe-inline'; base-uri 'none'; "
		    "form-action 'none'\" />");
}

static void
html_put_page_head(struct buf *b, struct str title, const char *script,
    struct str more, struct str style, const char *data)
{
	struct buf language = BUF_INIT;

	/* RFC 5646: the catalogue's "zh_CN" is a page's "zh-CN". */
	for (const char *p = i18n_language(); *p != '\0'; p++)
		buf_putc(&language, *p == '_' ? '-' : *p);
	xml_print(b,
	    "<!DOCTYPE html>\n"
	    "<html xmlns=\"http://www.w3.org/1999/xhtml\" lang=\"%s\" "
	    "xml:lang=\"%s\">\n<head>\n<meta charset=\"utf-8\" />\n",
	    buf_cstr(&language), buf_cstr(&language));
	html_put_policy(b, script, data);
	buf_puts(b, "\n<meta name=\"viewport\" "
		    "content=\"width=device-width, initial-scale=1\" />\n");
	buf_str(b, more);
	xml_print(b, "<title>%.*s</title>\n<style>", STR_ARG(title));
	buf_str(b, style);
	buf_puts(b, "</style>\n</head>\n<body>\n");
	buf_end(&language, &b->err);
}

void
html_put_head(struct buf *b, struct str title, const char *script,
    struct str more, struct str style)
{
	html_put_page_head(b, title, script, more, style, "");
}

void
html_put_head_with(struct buf *b, struct str title, const char *script,
    struct str more, struct str style, const char *data)
{
	html_put_page_head(b, title, script, more, style, data);
}

/* Parts of an SVG that stands in a page (svg_put.h). */

#define ROUND       6.0 /* of a line's corners */
#define HEAD_LENGTH 8.0
#define HEAD_HALF   4.0

static void
put_number_attribute(struct buf *b, const char *name, double v)
{
	buf_printf(b, " %s=\"", name);
	xml_put_number(b, v);
	buf_putc(b, '"');
}

void
svg_put_begin(
    struct buf *b, const char *kind, double w, double h, struct str title)
{
	buf_puts(b, "<svg xmlns=\"http://www.w3.org/2000/svg\" role=\"img\"");
	put_number_attribute(b, "width", w);
	put_number_attribute(b, "height", h);
	buf_puts(b, " viewBox=\"0 0 ");
	xml_put_number(b, w);
	buf_putc(b, ' ');
	xml_put_number(b, h);
	xml_print(
	    b, "\" class=\"%s\"><title>%.*s</title>", kind, STR_ARG(title));
}

void
svg_put_end(struct buf *b)
{
	buf_puts(b, "</svg>");
}

void
svg_put_id(struct buf *b, char letter, size_t n)
{
	buf_printf(b, " id=\"k-%c%zu\"", letter, n);
}

struct lit {
	char id[24];
	struct str is;
};

const struct field svg_lit_fields[] = {
	TOLD_FIELD(struct lit, id, CHARS, "of an element"),
	TOLD_FIELD(struct lit, is, STR,
	    "`live`, a machine's state; `taken`, its last step; `here`, the "
	    "node where it happens; `down`, a link; `gone`, a node"),
	FIELDS_END,
};

void
svg_put_lit(struct buf *out, char letter, size_t n, const char *is)
{
	struct lit l = { .is = str_of(is) };

	snprintf(l.id, sizeof(l.id), "k-%c%zu", letter, n);
	json_put_item(out);
	json_put_object(svg_lit_fields, &l, out);
}

void
svg_put_group(
    struct buf *b, const char *kind, char letter, size_t n, struct str tip)
{
	buf_puts(b, "<g");
	svg_put_id(b, letter, n);
	xml_print(b, " class=\"%s\">", kind);
	if (tip.n > 0)
		xml_print(b, "<title>%.*s</title>", STR_ARG(tip));
}

void
svg_put_group_end(struct buf *b)
{
	buf_puts(b, "</g>");
}

void
svg_put_place(struct buf *b, struct figure_point at, enum figure_align align,
    double wide, double room)
{
	put_number_attribute(b, "x", at.x);
	/* From the middle of the small letters to the line they stand on. */
	put_number_attribute(b, "y", at.y + SVG_TYPE * 0.35);
	if (align == FIGURE_CENTRE)
		buf_puts(b, " text-anchor=\"middle\"");
	else if (align == FIGURE_RIGHT)
		buf_puts(b, " text-anchor=\"end\"");
	if (room > 0 && wide > room) {
		put_number_attribute(b, "textLength", room);
		buf_puts(b, " lengthAdjust=\"spacingAndGlyphs\"");
	}
}

void
svg_put_text(struct buf *b, const char *kind, struct figure_point at,
    enum figure_align align, struct str text, double room)
{
	xml_print(b, "<text class=\"%s\"", kind);
	svg_put_place(
	    b, at, align, figure_text_width(text, SVG_TYPE, true), room);
	xml_print(b, ">%.*s</text>", STR_ARG(text));
}

void
svg_put_box(struct buf *b, const char *kind, struct figure_point at, double w,
    double h, double round)
{
	xml_print(b, "<rect class=\"%s\"", kind);
	put_number_attribute(b, "x", at.x);
	put_number_attribute(b, "y", at.y);
	put_number_attribute(b, "width", w);
	put_number_attribute(b, "height", h);
	put_number_attribute(b, "rx", round);
	buf_puts(b, "/>");
}

static void
put_path_point(struct buf *b, const char *command, struct figure_point p)
{
	buf_puts(b, command);
	xml_put_number(b, p.x);
	buf_putc(b, ' ');
	xml_put_number(b, p.y);
}

static double
html_distance(struct figure_point a, struct figure_point b)
{
	return hypot(b.x - a.x, b.y - a.y);
}

/* The point FAR from A towards B. */
static struct figure_point
towards(struct figure_point a, struct figure_point b, double far)
{
	double d = html_distance(a, b);
	double part = d > 0 ? far / d : 0;

	return (struct figure_point){ a.x + (b.x - a.x) * part,
		a.y + (b.y - a.y) * part };
}

void
svg_put_way(struct buf *b, const char *kind, char letter, size_t n,
    const struct figure_point *points, size_t npoints)
{
	buf_puts(b, "<path");
	if (letter != '\0')
		svg_put_id(b, letter, n);
	xml_print(b, " class=\"%s\" d=\"", kind);
	put_path_point(b, "M", points[0]);
	for (size_t i = 1; i + 1 < npoints; i++) {
		double in = html_distance(points[i - 1], points[i]) / 2;
		double out = html_distance(points[i], points[i + 1]) / 2;
		double r = fmin(ROUND, fmin(in, out));

		/* Goes straight on. */
		if (html_distance(points[i - 1], points[i + 1]) >
		    2 * (in + out) - 0.1)
			continue;
		put_path_point(b, "L", towards(points[i], points[i - 1], r));
		put_path_point(b, "Q", points[i]);
		put_path_point(b, " ", towards(points[i], points[i + 1], r));
	}
	put_path_point(b, "L", points[npoints - 1]);
	buf_puts(b, "\"/>");
}

void
svg_put_head(struct buf *b, struct figure_point from, struct figure_point at)
{
	struct figure_point back = towards(at, from, HEAD_LENGTH);
	double x = (back.y - at.y) / HEAD_LENGTH * HEAD_HALF;
	double y = (at.x - back.x) / HEAD_LENGTH * HEAD_HALF;

	buf_puts(b, "<path class=\"head\" d=\"");
	put_path_point(b, "M", at);
	put_path_point(b, "L", (struct figure_point){ back.x + x, back.y + y });
	put_path_point(b, "L", (struct figure_point){ back.x - x, back.y - y });
	buf_puts(b, "z\"/>");
}
