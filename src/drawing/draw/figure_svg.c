/*
 * Figures as SVG 1.1 with real text. What repeats is a class: the fonts, pens
 * and boxes met are a style sheet, which stands before what uses it. So the
 * body is written first, and the head with the sheet is put in front of it at
 * the end.
 */
#include <math.h>
#include <string.h>

#include "draw/figure.h"
#include "text/xml.h"

/* Heads in units of the page; the tip lies at the end of the line. */
#define SVG_HEAD_LENGTH 8.0

/* ---- the head: size, words, style sheet ---- */

/* Either may be NULL. */
static bool
svg_same_text(const char *a, const char *b)
{
	return a == b || (a != NULL && b != NULL && strcmp(a, b) == 0);
}

static void
figure_svg_put_element(struct buf *b, const char *name, struct str text)
{
	if (text.n > 0)
		xml_print(b, "<%s>%.*s</%s>\n", name, STR_ARG(text), name);
}

static void
figure_svg_put_if(
    struct buf *b, bool it, const char *rule, bool all, const char *usual)
{
	if (it)
		buf_puts(b, rule);
	else if (all)
		buf_puts(b, usual);
}

/* What a font says; ALL that another may have said as well. */
static void
put_font(struct buf *b, const struct figure_class *c, bool all)
{
	static const char *const anchors[] = {
		[FIGURE_LEFT] = ";text-anchor:start",
		[FIGURE_CENTRE] = ";text-anchor:middle",
		[FIGURE_RIGHT] = ";text-anchor:end",
		[FIGURE_CODE] = ";text-anchor:start",
	};
	int anchor = c->form & 3;

	buf_puts(b, "{font-size:");
	xml_put_number(b, c->size);
	buf_printf(b, "px;fill:%s", c->colour);
	figure_svg_put_if(b, anchor == FIGURE_CENTRE || anchor == FIGURE_RIGHT,
	    anchors[anchor], all, anchors[anchor]);
	figure_svg_put_if(b, anchor == FIGURE_CODE,
	    ";font-family:" FIGURE_CODE_FAMILY, all, ";font-family:inherit");
	figure_svg_put_if(b, (c->form & 4) != 0, ";font-weight:bold", all,
	    ";font-weight:normal");
	figure_svg_put_if(b, (c->form & 8) != 0, ";font-style:italic", all,
	    ";font-style:normal");
	buf_puts(b, "}\n");
}

static const char *
dashes_of(const char *style)
{
	static const struct {
		const char *style, *dashes;
	} dashes[] = {
		{ "dashed", ";stroke-dasharray:6 4" },
		{ "dotted", ";stroke-dasharray:1.5 3" },
	};

	for (size_t k = 0; k < COUNT_OF(dashes); k++)
		if (svg_same_text(style, dashes[k].style))
			return dashes[k].dashes;
	return NULL;
}

static void
put_pen(struct buf *b, const struct figure_class *c, size_t number, bool all)
{
	const char *dashes = dashes_of(c->style);

	buf_printf(b, "{fill:none;stroke:%s;stroke-width:", c->colour);
	xml_put_number(b, c->size);
	figure_svg_put_if(
	    b, dashes != NULL, dashes, all, ";stroke-dasharray:none");
	if (c->form != FIGURE_PLAIN)
		buf_printf(b, ";marker-end:url(#h%zu)", number);
	else if (all)
		buf_puts(b, ";marker-end:none");
	buf_puts(b, "}\n");
}

/*
 * Rules of a kind's groups; of groups, which overrule them; of elements, which
 * overrule both: a later rule overrules an earlier one.
 */
static void
put_rules(struct figure *f, struct buf *b)
{
	for (size_t i = 0; i < f->nkinds; i++) {
		const struct figure_kind *k = &f->kinds[i];

		if (k->font != SIZE_MAX) {
			buf_printf(b, ".%s text", k->name);
			put_font(b, &f->fonts[k->font], false);
		}
		if (k->pen != SIZE_MAX) {
			buf_printf(b, ".%s path", k->name);
			put_pen(b, &f->pens[k->pen], k->pen, false);
		}
	}
	for (size_t own = 0; own < 2; own++) {
		for (size_t i = 0; i < f->nfonts; i++)
			if (own ? f->own_fonts[i] : f->group_fonts[i]) {
				buf_printf(
				    b, own ? "text.f%zu" : ".f%zu text", i);
				put_font(b, &f->fonts[i], true);
			}
		for (size_t i = 0; i < f->npens; i++)
			if (own ? f->own_pens[i] : f->group_pens[i]) {
				buf_printf(
				    b, own ? "path.l%zu" : ".l%zu path", i);
				put_pen(b, &f->pens[i], i, true);
			}
	}
}

static void
put_box_rules(struct figure *f, struct buf *b)
{
	for (size_t i = 0; i < f->nboxes; i++) {
		const struct figure_class *c = &f->boxes[i];

		buf_printf(b, ".b%zu{fill:%s", i, c->fill);
		if (c->colour != NULL)
			buf_printf(b, ";stroke:%s;stroke-width:.8", c->colour);
		buf_puts(b, "}\n");
	}
}

static void
figure_svg_put_heads(struct figure *f, struct buf *b)
{
	static const char *const shapes[] = {
		[FIGURE_FULL] = "<path d=\"M0 .6L9 4L0 7.4z\" fill=\"%s\"/>",
		[FIGURE_OPEN] = "<path d=\"M.6 .6L8 4L.6 7.4\" fill=\"none\" "
				"stroke=\"%s\" stroke-width=\"1.2\"/>",
		[FIGURE_HOLLOW] =
		    "<path d=\"M.6 .8L8.6 4L.6 7.2z\" fill=\"#fff\" "
		    "stroke=\"%s\"/>",
	};

	for (size_t i = 0; i < f->npens; i++) {
		const struct figure_class *c = &f->pens[i];

		if (c->form == FIGURE_PLAIN)
			continue;
		buf_printf(b,
		    "<marker id=\"h%zu\" markerUnits=\"userSpaceOnUse\" "
		    "markerWidth=\"10\" markerHeight=\"8\" refX=\"8\" "
		    "refY=\"4\" orient=\"auto\">",
		    i);
		buf_printf(b, shapes[c->form], c->colour);
		buf_puts(b, "</marker>\n");
	}
}

/* A tile as wide as a bar is, whose hatching goes on in the next. */
static void
figure_svg_put_pattern(struct buf *b, size_t i)
{
	const struct figure_pattern *p = &figure_patterns[i];
	double height = p->step > 0 ? p->step : 4.5;

	buf_printf(b,
	    "<pattern id=\"p%zu\" patternUnits=\"userSpaceOnUse\" "
	    "width=\"9\" height=\"",
	    i);
	xml_put_number(b, height);
	buf_printf(b, "\"><path fill=\"%s\" d=\"M0 0H9V", p->fill);
	xml_put_number(b, height);
	buf_puts(b, "H0z\"/>");
	if (p->step <= 0) {
		buf_printf(b,
		    "<circle cx=\"2.2\" cy=\"2\" r=\".8\" fill=\"%s\"/>"
		    "<circle cx=\"6.7\" cy=\"2\" r=\".8\" fill=\"%s\"/>",
		    p->ink, p->ink);
	} else {
		/* Three of them, so that what leaves the tile comes in. */
		buf_printf(b,
		    "<path fill=\"none\" stroke=\"%s\" "
		    "stroke-width=\".8\" d=\"",
		    p->ink);
		for (int k = -2; k <= 2; k++) {
			buf_puts(b, "M0 ");
			xml_put_number(b, height / 2 + p->rise + k * p->step);
			buf_puts(b, "L9 ");
			xml_put_number(b, height / 2 + k * p->step);
		}
		buf_puts(b, "\"/>");
	}
	buf_puts(b, "</pattern>\n");
}

static void
put_svg_head(struct figure *f, struct buf *b)
{
	double width = f->width - f->cut_left - f->cut_right;
	double scale = f->printed > 0 ? f->printed / width : 1;

	buf_puts(b, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
		    "<svg xmlns=\"http://www.w3.org/2000/svg\" role=\"img\" "
		    "width=\"");
	xml_put_number(b, width * scale);
	buf_puts(b, "pt\" height=\"");
	xml_put_number(b, f->height * scale);
	buf_puts(b, "pt\" viewBox=\"");
	xml_put_number(b, f->cut_left);
	buf_puts(b, " 0 ");
	xml_put_number(b, width);
	buf_putc(b, ' ');
	xml_put_number(b, f->height);
	buf_puts(b, "\" font-family=\"" FIGURE_FAMILY "\">\n");
	figure_svg_put_element(b, "title", f->info->title);
	figure_svg_put_element(b, "desc", f->info->about);
	figure_svg_put_element(b, "metadata", f->info->source);
}

/* The left edge of the part shown. */
static void
figure_svg_put_left(struct figure *f, struct buf *b)
{
	if (f->cut_left <= 0)
		return;
	buf_puts(b, " x=\"");
	xml_put_number(b, f->cut_left);
	buf_putc(b, '"');
}

static void
put_clip(struct figure *f, struct buf *b)
{
	if (f->clip_bottom <= f->clip_top)
		return;
	buf_puts(b, "<clipPath id=\"c\"><rect");
	if (f->clip_left < f->clip_right) {
		buf_puts(b, " x=\"");
		xml_put_number(b, f->clip_left);
		buf_putc(b, '"');
	} else {
		figure_svg_put_left(f, b);
	}
	buf_puts(b, " y=\"");
	xml_put_number(b, f->clip_top);
	buf_puts(b, "\" width=\"");
	if (f->clip_left < f->clip_right)
		xml_put_number(b, f->clip_right - f->clip_left);
	else
		buf_puts(b, "100%");
	buf_puts(b, "\" height=\"");
	xml_put_number(b, f->clip_bottom - f->clip_top);
	buf_puts(b, "\"/></clipPath>\n");
}

/* All that is in front of the body, which was met by
 * then: the root element, what the figure says of itself, the style sheet,
 * heads of lines, patterns, the paper. */
static void
svg_style_put(struct figure *f, struct buf *head)
{
	put_svg_head(f, head);
	buf_puts(head, "<style>\n.paper{fill:#fff}\n");
	put_rules(f, head);
	put_box_rules(f, head);
	buf_puts(head, "</style>\n<defs>\n");
	figure_svg_put_heads(f, head);
	for (size_t i = 0; i < FIGURE_PATTERNS; i++)
		if (f->patterns[i])
			figure_svg_put_pattern(head, i);
	put_clip(f, head);
	buf_puts(head, "</defs>\n<rect class=\"paper\"");
	figure_svg_put_left(f, head);
	buf_puts(head, " width=\"100%\" height=\"100%\"/>\n");
}

/* ---- the body ---- */

/* The number of a class in LIST, a new one where it was not met before; the
 * last where there are too many. */
static size_t
figure_svg_class_of(
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

/* Everything that must be known only at the end is in front of this. */
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

/* Puts the scratch buffer in front of the text at AT. */
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
figure_svg_kind_of(struct figure *f, const char *name)
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
		k = figure_svg_kind_of(f, f->mark->kind);
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

	put_class(
	    f, "text", 'f', figure_svg_class_of(f->fonts, &f->nfonts, &c));
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

	put_class(
	    f, "rect", 'b', figure_svg_class_of(f->boxes, &f->nboxes, &c));
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

	put_class(f, "path", 'l', figure_svg_class_of(f->pens, &f->npens, &c));
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
