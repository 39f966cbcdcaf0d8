/*
 * Figures as SVG 1.1 with real text.  What repeats is a class: the fonts, pens
 * and boxes met are written as a style sheet, which stands before what uses it;
 * so the body is written first and the sheet put in front of it at the end.
 */
#include "draw/figure_svg_in.h"
#include "text/xml.h"

#include <math.h>
#include <string.h>

/* The number of a class in LIST, a new one where it was not met before; the
 * last where there are too many. */
static size_t
class_of(
    struct figure_class *list, size_t *n, const struct figure_class *wanted)
{
	for (size_t i = 0; i < *n; i++) {
		const struct figure_class *c = &list[i];

		if (c->size == wanted->size && c->form == wanted->form &&
		    svg_same_text(c->colour, wanted->colour) &&
		    svg_same_text(c->style, wanted->style) &&
		    svg_same_text(c->fill, wanted->fill))
			return i;
	}
	if (*n < FIGURE_CLASSES)
		list[(*n)++] = *wanted;
	return *n - 1;
}

static void
put_coordinate(struct figure *f, double v)
{
	xml_put_number(f->out, v);
}

/* Everything that must be known only at the end stands in front of this. */
static void
svg_begin(struct figure *f, const struct figure_info *info)
{
	struct buf *b = f->out;

	f->style_at = b->n;
	f->info = info;
}

static void
svg_clip(struct figure *f, double top, double bottom)
{
	(void)top;
	(void)bottom;
	buf_puts(f->out, "<g clip-path=\"url(#c)\">\n");
}

/* Of a clip, or a shift. */
static void
svg_end_group(struct figure *f)
{
	buf_puts(f->out, "</g>\n");
}

/* The classes that a group's elements have unless they say otherwise are those
 * of its first text and its first line; they are written at its end. */
static void
svg_group(struct figure *f, const struct figure_mark *mark)
{
	struct buf *b = f->out;

	buf_puts(b, "<g");
	if (mark->id != NULL) {
		buf_puts(b, " id=\"");
		buf_puts(b, mark->id);
		buf_putc(b, '"');
	}
	f->mark = mark;
	f->group_at = b->n;
	f->group_font = f->group_pen = SIZE_MAX;
	buf_putc(b, '>');
	if (mark->tip.n > 0) {
		buf_puts(b, "<title>");
		xml_put(b, mark->tip);
		buf_puts(b, "</title>");
	}
}

/* Puts the scratch buffer in front of what stands at AT. */
static void
insert_scratch(struct figure *f, size_t at)
{
	struct buf *b = f->out;
	size_t n = f->scratch.n, behind = b->n - at;

	if (f->scratch.err != 0 || b->err != 0 || buf_reserve(b, n) != 0)
		return;
	memmove(b->p + at + n, b->p + at, behind);
	memcpy(b->p + at, f->scratch.p, n);
	b->n += n;
}

/* The kind NAME, entered where it is new; NULL where there are too many, or
 * where it is several words, which could not have rules of their own. */
static struct figure_kind *
kind_of(struct figure *f, const char *name)
{
	struct figure_kind *k = f->kinds;

	if (strchr(name, ' ') != NULL || strlen(name) >= sizeof(k->name))
		return NULL;
	for (; k < f->kinds + f->nkinds; k++)
		if (strcmp(k->name, name) == 0)
			return k;
	if (f->nkinds == FIGURE_KINDS)
		return NULL;
	f->nkinds++;
	*k = (struct figure_kind){ .font = SIZE_MAX, .pen = SIZE_MAX };
	memcpy(k->name, name, strlen(name) + 1);
	return k;
}

/* A group's class where its kind, whose is USUAL (or NULL), does not say it. */
static void
add_class(struct buf *b, char letter, size_t number, size_t *usual, bool *used)
{
	if (number == SIZE_MAX)
		return;
	if (usual != NULL && *usual == SIZE_MAX)
		*usual = number;
	if (usual != NULL && *usual == number)
		return;
	if (b->n > 0)
		buf_putc(b, ' ');
	buf_putc(b, letter);
	buf_u64(b, number);
	used[number] = true;
}

static void
svg_group_end(struct figure *f)
{
	struct buf *b = &f->scratch;
	struct buf *out = f->out;
	struct figure_kind *k = NULL;

	buf_clear(b);
	if (f->mark->kind != NULL) {
		k = kind_of(f, f->mark->kind);
		buf_puts(b, f->mark->kind);
	}
	add_class(
	    b, 'f', f->group_font, k != NULL ? &k->font : NULL, f->group_fonts);
	add_class(
	    b, 'l', f->group_pen, k != NULL ? &k->pen : NULL, f->group_pens);
	if (b->n > 0) {
		buf_putc(b, '"');
		insert_scratch(f, f->group_at);
		buf_clear(b);
		buf_puts(b, " class=\"");
		insert_scratch(f, f->group_at);
	}
	f->mark = NULL;
	buf_puts(out, "</g>\n");
}

static void
svg_shift(struct figure *f)
{
	struct buf *b = f->out;

	f->dx = round(f->dx * 10) / 10;
	f->dy = round(f->dy * 10) / 10;
	buf_puts(b, "<g transform=\"translate(");
	put_coordinate(f, f->dx);
	buf_putc(b, ' ');
	put_coordinate(f, f->dy);
	buf_puts(b, ")\">\n");
}

static void
put_class(struct figure *f, const char *element, char letter, size_t number)
{
	size_t *usual = letter == 'f'   ? &f->group_font
			: letter == 'l' ? &f->group_pen
					: NULL;

	buf_putc(f->out, '<');
	buf_puts(f->out, element);
	if (f->mark != NULL && usual != NULL) {
		if (*usual == SIZE_MAX)
			*usual = number;
		if (*usual == number)
			return;
	}
	if (usual != NULL)
		(letter == 'f' ? f->own_fonts : f->own_pens)[number] = true;
	buf_puts(f->out, " class=\"");
	buf_putc(f->out, letter);
	buf_u64(f->out, number);
	buf_putc(f->out, '"');
}

static void
put_figure_attribute(struct figure *f, const char *name, double v)
{
	buf_putc(f->out, ' ');
	buf_puts(f->out, name);
	buf_puts(f->out, "=\"");
	put_coordinate(f, v);
	buf_putc(f->out, '"');
}

/* Whether XML would leave some of its spaces out. */
static bool
has_spaces(struct str text)
{
	return str_starts(text, " ") || str_find(text, "  ") >= 0;
}

static void
svg_text(struct figure *f, double x, double y, struct str text,
    enum figure_align align, const struct figure_font *font, double angle)
{
	const struct figure_class c = { .colour = font->colour,
		.size = font->size,
		.form = (int)align | font->bold << 2 | font->italic << 3 };
	double base;

	put_class(f, "text", 'f', class_of(f->fonts, &f->nfonts, &c));
	x -= f->dx;
	y -= f->dy;
	if (fabs(x) > 0.04)
		put_figure_attribute(f, "x", x);
	/* From the middle of the small letters to the line they stand on. */
	base = y + font->size * 0.35;
	if (fabs(angle) < 0.05 && align != FIGURE_CODE)
		base = round(base);
	put_figure_attribute(f, "y", base);
	if (fabs(angle) > 0.05) {
		buf_puts(f->out, " transform=\"rotate(");
		put_coordinate(f, angle);
		buf_putc(f->out, ' ');
		put_coordinate(f, x);
		buf_putc(f->out, ' ');
		put_coordinate(f, y);
		buf_puts(f->out, ")\"");
	}
	if (align == FIGURE_CODE && has_spaces(text))
		buf_puts(f->out, " xml:space=\"preserve\"");
	buf_putc(f->out, '>');
	xml_put(f->out, text);
	buf_puts(f->out, "</text>");
}

static void
put_rect(struct figure *f, double left, double top, double right, double bottom)
{
	put_figure_attribute(f, "x", left - f->dx);
	put_figure_attribute(f, "y", top - f->dy);
	put_figure_attribute(f, "width", right - left);
	put_figure_attribute(f, "height", bottom - top);
}

static void
svg_box(struct figure *f, double left, double top, double right, double bottom,
    const char *fill, const char *line, bool rounded)
{
	const struct figure_class c = { .colour = line, .fill = fill };

	put_class(f, "rect", 'b', class_of(f->boxes, &f->nboxes, &c));
	put_rect(f, left, top, right, bottom);
	if (rounded)
		put_figure_attribute(f, "rx", 6);
	buf_puts(f->out, "/>");
}

static void
svg_bar(struct figure *f, double left, double top, double right, double bottom,
    const char *line, size_t pattern)
{
	static const char *const fills[FIGURE_PATTERNS] = { "url(#p0)",
		"url(#p1)", "url(#p2)", "url(#p3)", "url(#p4)", "url(#p5)" };

	pattern %= FIGURE_PATTERNS;
	f->patterns[pattern] = true;
	svg_box(f, left, top, right, bottom, fills[pattern], line, false);
}

static void
put_line_point(struct figure *f, struct figure_point to,
    struct figure_point from, bool first)
{
	double x = round(to.x * 10) / 10, y = round(to.y * 10) / 10;

	if (!first && fabs(y - round(from.y * 10) / 10) < 0.05) {
		buf_putc(f->out, 'H');
		put_coordinate(f, x);
		return;
	}
	if (!first && fabs(x - round(from.x * 10) / 10) < 0.05) {
		buf_putc(f->out, 'V');
		put_coordinate(f, y);
		return;
	}
	buf_putc(f->out, first ? 'M' : 'L');
	put_coordinate(f, x);
	buf_putc(f->out, y < 0 ? '-' : ' ');
	put_coordinate(f, y < 0 ? -y : y);
}

/* The end of the line moved back, so that it does not look out of its head. */
static struct figure_point
behind_head(const struct figure_point *points, size_t n, enum figure_head head)
{
	struct figure_point end = points[n - 1], from = points[n - 2];
	double dx = end.x - from.x, dy = end.y - from.y;
	double length = sqrt(dx * dx + dy * dy), back = 1;

	if (head == FIGURE_PLAIN || length < SVG_HEAD_LENGTH)
		return end;
	return (struct figure_point){ end.x - dx / length * back,
		end.y - dy / length * back };
}

static struct figure_point
shifted(const struct figure *f, struct figure_point at)
{
	return (struct figure_point){ at.x - f->dx, at.y - f->dy };
}

static void
svg_line(struct figure *f, const struct figure_point *points, size_t n,
    const struct figure_pen *pen)
{
	const struct figure_class c = { .colour = pen->colour,
		.style = pen->style,
		.size = pen->width,
		.form = (int)pen->head };

	put_class(f, "path", 'l', class_of(f->pens, &f->npens, &c));
	buf_puts(f->out, " d=\"");
	for (size_t i = 0; i < n; i++) {
		struct figure_point at =
		    i + 1 == n ? behind_head(points, n, pen->head) : points[i];
		struct figure_point last = i > 0 ? points[i - 1] : at;

		put_line_point(f, shifted(f, at), shifted(f, last), i == 0);
	}
	buf_putc(f->out, '"');
	buf_puts(f->out, "/>");
}

static void
svg_end(struct figure *f)
{
	struct buf *b = f->out, *head = &f->scratch;

	buf_clear(head);
	svg_style_put(f, head);
	buf_puts(b, "</svg>\n");
	insert_scratch(f, f->style_at);
}

const struct figure_device figure_svg = {
	.turns = true,
	.begin = svg_begin,
	.end = svg_end,
	.clip = svg_clip,
	.clip_end = svg_end_group,
	.shift = svg_shift,
	.shift_end = svg_end_group,
	.group = svg_group,
	.group_end = svg_group_end,
	.text = svg_text,
	.box = svg_box,
	.bar = svg_bar,
	.line = svg_line,
};
