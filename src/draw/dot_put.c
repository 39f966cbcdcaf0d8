/*
 * Graphviz pictures; see draw/dot_put.h.  Texts and boxes are nodes, lines
 * are edges between two nodes that are not seen; all have their `pos`.
 */
#include "draw/dot_put.h"

#include <math.h>
#include <stdio.h>

/* The first names are common where reports are written; the last ones have
 * the arrows and, through fontconfig, the Chinese characters. */
#define FAMILY      "Helvetica,Arial,DejaVu Sans,WenQuanYi Zen Hei,sans-serif"
#define HEAD_LENGTH 7.0

void
dot_quote(struct buf *b, struct str text)
{
	struct buf safe = BUF_INIT;

	utf8_add_safe(&safe, text);
	buf_putc(b, '"');
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
			buf_puts(b, "&amp;");
			break;
		default:
			buf_putc(b, safe.p[i]);
		}
	}
	buf_putc(b, '"');
	if (safe.err != 0)
		b->err = safe.err;
	buf_free(&safe);
}

/* A coordinate with two decimals and no locale. */
static void
put_number(struct buf *b, double v)
{
	long long hundredths = llround(v * 100);
	unsigned long long u;

	if (hundredths < 0)
		buf_putc(b, '-');
	u = hundredths < 0 ? 0 - (unsigned long long)hundredths
			   : (unsigned long long)hundredths;
	buf_u64(b, u / 100);
	if (u % 100 != 0)
		buf_printf(b, ".%02llu", u % 100);
}

static void
put_pos(struct dot *d, double x, double y)
{
	put_number(d->out, x);
	buf_putc(d->out, ',');
	put_number(d->out, d->height - y);
}

static void
put_inches(struct dot *d, const char *name, double points)
{
	buf_printf(d->out, ",%s=", name);
	/* Hundredths of a point are enough, four decimals of an inch. */
	buf_printf(d->out, "%lld.%04lld", llround(points / 72 * 10000) / 10000,
	    llround(points / 72 * 10000) % 10000);
}

void
dot_begin(struct dot *d, struct buf *out, double width, double height,
    struct str name, struct str about)
{
	*d = (struct dot){ .out = out, .width = width, .height = height };
	buf_puts(out, "digraph ");
	dot_quote(out, name);
	buf_puts(out,
	    " {\n\tgraph [layout=nop2,splines=true,outputorder="
	    "nodesfirst,pad=0,charset=\"UTF-8\",bgcolor=white,bb=\"0,0,");
	put_number(out, width);
	buf_putc(out, ',');
	put_number(out, height);
	buf_puts(out, "\",tooltip=");
	dot_quote(out, about);
	buf_puts(out, "]\n\tnode [shape=none,margin=0,fixedsize=true,"
		      "label=\"\",fontname=\"" FAMILY "\"]\n"
		      "\tedge [arrowsize=0.7,dir=none]\n"
		      "\t\"corner\" [shape=box,style=invis,pos=\"");
	put_number(out, width / 2);
	buf_putc(out, ',');
	put_number(out, height / 2);
	buf_putc(out, '"');
	put_inches(d, "width", width);
	put_inches(d, "height", height);
	buf_puts(out, "]\n\t\"end\" [shape=point,style=invis,width=0.01,"
		      "height=0.01,pos=\"0,0\"]\n");
}

void
dot_end(struct dot *d)
{
	buf_puts(d->out, "}\n");
}

static bool
is_narrow(char c)
{
	return c == ' ' || c == '.' || c == ',' || c == ':' || c == '(' ||
	       c == ')' || c == 'i' || c == 'l' || c == 'I' || c == 'j' ||
	       c == 't' || c == 'f' || c == 'r' || c == '/' || c == '|';
}

double
dot_text_width(struct str text, double size, bool bold)
{
	double em = 0;

	while (text.n > 0) {
		size_t used;
		uint32_t c = utf8_decode(text, &used);
		unsigned cells = utf8_cells(c);

		if (cells == 2)
			em += 1.0;
		else if (c < 0x80 && is_narrow((char)c))
			em += 0.36;
		else if (c >= 'A' && c <= 'Z')
			em += 0.70;
		else if (cells == 1)
			em += 0.62;
		text = str_slice(text, used, text.n);
	}
	return em * size * (bold ? 1.11 : 1.0);
}

void
dot_fit(struct buf *b, struct str text, double size, bool bold, double width)
{
	size_t cells = utf8_width(text);

	if (dot_text_width(text, size, bold) <= width) {
		buf_str(b, text);
		return;
	}
	while (
	    cells > 1 &&
	    dot_text_width(utf8_clip(text, cells), size, bold) + size > width)
		cells--;
	buf_str(b, utf8_clip(text, cells));
	buf_puts(b, "…");
}

void
dot_text(struct dot *d, double x, double y, struct str text,
    enum dot_align align, const struct dot_font *font)
{
	/* The node is wider than the text, which stands at one of its ends; but
	 * what lies outside the page would make the page wider. */
	double least = dot_text_width(text, font->size, font->bold);
	double width = least * 1.3 + 12;
	static const char *const ends[] = { "\\l", "", "\\r" };
	struct buf *b = d->out;

	if (text.n == 0)
		return;
	if (align == DOT_LEFT && x + width > d->width - 2 &&
	    x + least < d->width - 2)
		width = d->width - 2 - x;
	if (align == DOT_LEFT)
		x += width / 2;
	else if (align == DOT_RIGHT)
		x -= width / 2;
	buf_printf(b, "\tt%u [pos=\"", d->n++);
	put_pos(d, x, y);
	buf_puts(b, "\",label=");
	dot_quote(b, text);
	if (align != DOT_CENTRE && b->err == 0) {
		buf_truncate(b, b->n - 1);
		buf_puts(b, ends[align]);
		buf_putc(b, '"');
	}
	put_inches(d, "width", width);
	put_inches(d, "height", font->size * 1.5);
	buf_puts(b, ",fontsize=");
	put_number(b, font->size);
	buf_printf(b, ",fontcolor=\"%s\"", font->colour);
	if (font->bold)
		buf_puts(b, ",fontname=\"Helvetica-Bold\"");
	else if (font->italic)
		buf_puts(b, ",fontname=\"Helvetica-Oblique\"");
	buf_puts(b, "]\n");
}

void
dot_box(struct dot *d, double left, double top, double right, double bottom,
    const char *fill, const char *line, bool rounded)
{
	struct buf *b = d->out;

	buf_printf(b, "\tb%u [shape=box,style=\"filled%s\",pos=\"", d->n++,
	    rounded ? ",rounded" : "");
	put_pos(d, (left + right) / 2, (top + bottom) / 2);
	buf_putc(b, '"');
	put_inches(d, "width", right - left);
	put_inches(d, "height", bottom - top);
	if (line != NULL)
		buf_printf(b, ",fillcolor=\"%s\",color=\"%s\",penwidth=0.8]\n",
		    fill, line);
	else
		buf_printf(b, ",fillcolor=\"%s\",penwidth=0]\n", fill);
}

static struct dot_point
between(struct dot_point a, struct dot_point b, double part)
{
	return (struct dot_point){ a.x + (b.x - a.x) * part,
		a.y + (b.y - a.y) * part };
}

void
dot_line(struct dot *d, const struct dot_point *points, size_t n,
    const struct dot_pen *pen)
{
	static const char *const heads[] = {
		[DOT_PLAIN] = "none",
		[DOT_FULL] = "normal",
		[DOT_OPEN] = "vee",
		[DOT_HOLLOW] = "onormal",
	};
	struct buf *b = d->out;
	struct dot_point end = points[n - 1];

	buf_printf(b, "\tend -> end [pos=\"");
	if (pen->head != DOT_PLAIN) {
		double dx = end.x - points[n - 2].x;
		double dy = end.y - points[n - 2].y;
		double length = sqrt(dx * dx + dy * dy);

		/* The pen's width makes the tip longer by a point. */
		if (length > HEAD_LENGTH)
			end = between(end, points[n - 2], 1 / length);
		buf_puts(b, "e,");
		put_pos(d, end.x, end.y);
		buf_putc(b, ' ');
		if (length > HEAD_LENGTH)
			end = between(end, points[n - 2], HEAD_LENGTH / length);
	}
	put_pos(d, points[0].x, points[0].y);
	for (size_t i = 1; i < n; i++) {
		struct dot_point a = points[i - 1];
		struct dot_point z = i + 1 == n ? end : points[i];
		struct dot_point one = between(a, z, 1.0 / 3);
		struct dot_point two = between(a, z, 2.0 / 3);

		buf_putc(b, ' ');
		put_pos(d, one.x, one.y);
		buf_putc(b, ' ');
		put_pos(d, two.x, two.y);
		buf_putc(b, ' ');
		put_pos(d, z.x, z.y);
	}
	buf_printf(b, "\",color=\"%s\",penwidth=", pen->colour);
	put_number(b, pen->width);
	if (pen->style != NULL)
		buf_printf(b, ",style=%s", pen->style);
	if (pen->head != DOT_PLAIN)
		buf_printf(b, ",dir=forward,arrowhead=%s", heads[pen->head]);
	if (pen->id != NULL)
		buf_printf(b, ",id=\"%s\"", pen->id);
	if (pen->kind != NULL)
		buf_printf(b, ",class=\"%s\"", pen->kind);
	if (pen->tip != NULL) {
		buf_puts(b, ",tooltip=");
		dot_quote(b, buf_view(pen->tip));
	}
	buf_puts(b, "]\n");
}
