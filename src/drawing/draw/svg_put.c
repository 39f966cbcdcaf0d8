/* Parts of an SVG that is in a page; see draw/svg_put.h. */
#include "draw/svg_put.h"

#include <math.h>
#include <stdio.h>

#include "text/json_fields.h"
#include "text/xml.h"

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
