/*
 * Figures as Graphviz files that plain dot draws (layout=nop2).  Texts and
 * boxes are nodes, lines are edges between two nodes that are not seen; all
 * have their `pos`.
 */
#include "text/utf8.h"
#include "draw/graphviz.h"
#include "draw/figure.h"

#include <math.h>
#include <stdio.h>

#define HEAD_LENGTH 7.0
#define POINTS_LINE 128

/* A coordinate with two decimals and no locale. */
static void
figure_dot_put_number(struct buf *b, double v)
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
put_pos(struct figure *d, double x, double y)
{
	figure_dot_put_number(d->out, x);
	buf_putc(d->out, ',');
	figure_dot_put_number(d->out, d->height - y);
}

static void
put_inches(struct figure *d, const char *name, double points)
{
	buf_printf(d->out, ",%s=", name);
	/* Hundredths of a point are enough, four decimals of an inch. */
	buf_printf(d->out, "%lld.%04lld", llround(points / 72 * 10000) / 10000,
	    llround(points / 72 * 10000) % 10000);
}

static void
dot_begin(struct figure *f, const struct figure_info *info)
{
	struct buf *out = f->out;

	buf_puts(out, "digraph ");
	dot_quote(out, info->title.n > 0 ? info->title : STR("figure"));
	buf_puts(out,
	    " {\n\tgraph [layout=nop2,splines=true,outputorder="
	    "nodesfirst,pad=0,charset=\"UTF-8\",bgcolor=white,bb=\"0,0,");
	figure_dot_put_number(out, f->width);
	buf_putc(out, ',');
	figure_dot_put_number(out, f->height);
	buf_puts(out, "\",tooltip=");
	dot_quote(out, info->about);
	if (info->source.n > 0) {
		buf_puts(out, ",comment=");
		dot_quote(out, info->source);
	}
	buf_puts(out, "]\n\tnode [shape=none,margin=0,fixedsize=true,"
		      "label=\"\",fontname=\"" FIGURE_FAMILY "\"]\n"
		      "\tedge [arrowsize=0.7,dir=none]\n"
		      "\t\"corner\" [shape=box,style=invis,pos=\"");
	figure_dot_put_number(out, f->width / 2);
	buf_putc(out, ',');
	figure_dot_put_number(out, f->height / 2);
	buf_putc(out, '"');
	put_inches(f, "width", f->width);
	put_inches(f, "height", f->height);
	buf_puts(out, "]\n\t\"end\" [shape=point,style=invis,width=0.01,"
		      "height=0.01,pos=\"0,0\"]\n");
}

static void
dot_end(struct figure *f)
{
	buf_puts(f->out, "}\n");
}

/* There are no groups: the lines within bear its name. */
static void
dot_group(struct figure *f, const struct figure_mark *mark)
{
	f->mark = mark;
	f->named = false;
}

static void
dot_group_end(struct figure *f)
{
	f->mark = NULL;
}

static void
dot_text(struct figure *d, double x, double y, struct str text,
    enum figure_align align, const struct figure_font *font, double angle)
{
	/* The node is wider than the text, which stands at one of its ends; but
	 * what lies outside the page would make the page wider. */
	double least = align == FIGURE_CODE
			   ? 0.61 * font->size * (double)utf8_width(text)
			   : figure_text_width(text, font->size, font->bold);
	double width = least * 1.3 + 12;
	static const char *const ends[] = { "\\l", "", "\\r", "\\l" };
	struct buf *b = d->out;

	(void)angle;
	if (align != FIGURE_CENTRE && align != FIGURE_RIGHT &&
	    x + width > d->width - 2 && x + least < d->width - 2)
		width = d->width - 2 - x;
	if (align == FIGURE_RIGHT)
		x -= width / 2;
	else if (align != FIGURE_CENTRE)
		x += width / 2;
	buf_printf(b, "\tt%u [pos=\"", d->n++);
	put_pos(d, x, y);
	buf_puts(b, "\",label=");
	dot_quote(b, text);
	if (align != FIGURE_CENTRE && b->err == 0) {
		buf_truncate(b, b->n - 1);
		buf_puts(b, ends[align]);
		buf_putc(b, '"');
	}
	put_inches(d, "width", width);
	put_inches(d, "height", font->size * 1.5);
	buf_puts(b, ",fontsize=");
	figure_dot_put_number(b, font->size);
	buf_printf(b, ",fontcolor=\"%s\"", font->colour);
	if (align == FIGURE_CODE)
		buf_puts(b, ",fontname=\"" FIGURE_CODE_FAMILY "\"");
	else if (font->bold)
		buf_puts(b, ",fontname=\"Helvetica-Bold\"");
	else if (font->italic)
		buf_puts(b, ",fontname=\"Helvetica-Oblique\"");
	buf_puts(b, "]\n");
}

static void
dot_box(struct figure *d, double left, double top, double right, double bottom,
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

static struct figure_point
point_between(struct figure_point a, struct figure_point b, double part)
{
	return (struct figure_point){ a.x + (b.x - a.x) * part,
		a.y + (b.y - a.y) * part };
}

/* An id stands once in a file. */
static void
figure_dot_put_mark(struct figure *f)
{
	const struct figure_mark *m = f->mark;

	if (m == NULL)
		return;
	if (m->id != NULL && !f->named)
		buf_printf(f->out, ",id=\"%s\"", m->id);
	f->named = true;
	if (m->kind != NULL)
		buf_printf(f->out, ",class=\"%s\"", m->kind);
	if (m->tip.n > 0) {
		buf_puts(f->out, ",tooltip=");
		dot_quote(f->out, m->tip);
	}
}

static void
dot_line(struct figure *d, const struct figure_point *points, size_t n,
    const struct figure_pen *pen)
{
	static const char *const heads[] = {
		[FIGURE_PLAIN] = "none",
		[FIGURE_FULL] = "normal",
		[FIGURE_OPEN] = "vee",
		[FIGURE_HOLLOW] = "onormal",
	};
	struct buf *b = d->out;
	struct figure_point end = points[n - 1];

	buf_printf(b, "\tend -> end [pos=\"");
	if (pen->head != FIGURE_PLAIN) {
		double dx = end.x - points[n - 2].x;
		double dy = end.y - points[n - 2].y;
		double length = sqrt(dx * dx + dy * dy);

		/* The pen's width makes the tip longer by a point. */
		if (length > HEAD_LENGTH)
			end = point_between(end, points[n - 2], 1 / length);
		buf_puts(b, "e,");
		put_pos(d, end.x, end.y);
		buf_putc(b, ' ');
		if (length > HEAD_LENGTH)
			end = point_between(
			    end, points[n - 2], HEAD_LENGTH / length);
	}
	put_pos(d, points[0].x, points[0].y);
	for (size_t i = 1; i < n; i++) {
		struct figure_point a = points[i - 1];
		struct figure_point z = i + 1 == n ? end : points[i];
		struct figure_point one = point_between(a, z, 1.0 / 3);
		struct figure_point two = point_between(a, z, 2.0 / 3);

		/* Graphviz reads no more than 16,384 bytes of a string at a
		 * time; a line's end behind a backslash is none of it. */
		buf_puts(b, i % POINTS_LINE == 0 ? " \\\n" : " ");
		put_pos(d, one.x, one.y);
		buf_putc(b, ' ');
		put_pos(d, two.x, two.y);
		buf_putc(b, ' ');
		put_pos(d, z.x, z.y);
	}
	buf_printf(b, "\",color=\"%s\",penwidth=", pen->colour);
	figure_dot_put_number(b, pen->width);
	if (pen->style != NULL)
		buf_printf(b, ",style=%s", pen->style);
	if (pen->head != FIGURE_PLAIN)
		buf_printf(b, ",dir=forward,arrowhead=%s", heads[pen->head]);
	figure_dot_put_mark(d);
	buf_puts(b, "]\n");
}

/* A line in a pattern has at most this many points. */
#define POINTS 400

/* One line that goes to and fro: its slanted parts are the hatching, the rest
 * lies on the bar's edges. */
static void
hatch(struct figure *f, double left, double top, double right, double bottom,
    const struct figure_pattern *p, const struct figure_pen *pen)
{
	struct figure_point at[POINTS];
	double up = p->rise < 0 ? -p->rise : p->rise, step = p->step;
	size_t n = 0;

	if ((bottom - top) / step > (POINTS - 2) / 2.0)
		step = (bottom - top) / ((POINTS - 2) / 2.0);
	for (double y = top + up; y < bottom && n + 2 <= POINTS; y += step) {
		struct figure_point low = { p->rise < 0 ? right : left, y };
		struct figure_point high = { p->rise < 0 ? left : right,
			y - up };
		bool back = n / 2 % 2 == 1;

		at[n++] = back ? high : low;
		at[n++] = back ? low : high;
	}
	if (n >= 2)
		dot_line(f, at, n, pen);
}

static void
dot_bar(struct figure *f, double left, double top, double right, double bottom,
    const char *line, size_t pattern)
{
	const struct figure_pattern *p =
	    &figure_patterns[pattern % FIGURE_PATTERNS];
	struct figure_pen pen = { 0.8, p->ink, NULL, FIGURE_PLAIN };
	double middle = (left + right) / 2;

	dot_box(f, left, top, right, bottom, p->fill, line, false);
	if (p->step > 0) {
		hatch(f, left, top, right, bottom, p, &pen);
		return;
	}
	pen.style = "dotted";
	pen.width = 1.3;
	for (int side = -1; side <= 1; side += 2) {
		struct figure_point at[] = { { middle + side * 1.8, top + 2 },
			{ middle + side * 1.8, bottom - 2 } };

		if (bottom - top > 6)
			dot_line(f, at, 2, &pen);
	}
}

const struct figure_device figure_dot = {
	.begin = dot_begin,
	.end = dot_end,
	.group = dot_group,
	.group_end = dot_group_end,
	.text = dot_text,
	.box = dot_box,
	.bar = dot_bar,
	.line = dot_line,
};
