/*
 * The head of an SVG: its size, words and style sheet.  A rule of a kind of
 * group stands in front of those of groups, these in front of those of single
 * elements: what comes later overrules what comes before.
 */
#include "draw/figure_svg_in.h"
#include "text/xml.h"

#include <string.h>

bool
svg_same_text(const char *a, const char *b)
{
	return a == b || (a != NULL && b != NULL && strcmp(a, b) == 0);
}

static void
put_element(struct buf *b, const char *name, struct str text)
{
	if (text.n > 0)
		xml_print(b, "<%s>%.*s</%s>\n", name, STR_ARG(text), name);
}

static void
put_if(struct buf *b, bool it, const char *rule, bool all, const char *usual)
{
	if (it)
		buf_puts(b, rule);
	else if (all)
		buf_puts(b, usual);
}

/* What a font says; ALL that another may have said, too. */
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
	put_if(b, anchor == FIGURE_CENTRE || anchor == FIGURE_RIGHT,
	    anchors[anchor], all, anchors[anchor]);
	put_if(b, anchor == FIGURE_CODE, ";font-family:" FIGURE_CODE_FAMILY,
	    all, ";font-family:inherit");
	put_if(b, (c->form & 4) != 0, ";font-weight:bold", all,
	    ";font-weight:normal");
	put_if(b, (c->form & 8) != 0, ";font-style:italic", all,
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

	for (size_t k = 0; k < sizeof(dashes) / sizeof(dashes[0]); k++)
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
	put_if(b, dashes != NULL, dashes, all, ";stroke-dasharray:none");
	if (c->form != FIGURE_PLAIN)
		buf_printf(b, ";marker-end:url(#h%zu)", number);
	else if (all)
		buf_puts(b, ";marker-end:none");
	buf_puts(b, "}\n");
}

/* Those of a kind's groups; of groups, which overrule them; of elements, which
 * overrule both. */
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
put_heads(struct figure *f, struct buf *b)
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
put_pattern(struct buf *b, size_t i)
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
	put_element(b, "title", f->info->title);
	put_element(b, "desc", f->info->about);
	put_element(b, "metadata", f->info->source);
}

/* Where what is shown begins. */
static void
put_left(struct figure *f, struct buf *b)
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
		put_left(f, b);
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

void
svg_style_put(struct figure *f, struct buf *head)
{
	put_svg_head(f, head);
	buf_puts(head, "<style>\n.paper{fill:#fff}\n");
	put_rules(f, head);
	put_box_rules(f, head);
	buf_puts(head, "</style>\n<defs>\n");
	put_heads(f, head);
	for (size_t i = 0; i < FIGURE_PATTERNS; i++)
		if (f->patterns[i])
			put_pattern(head, i);
	put_clip(f, head);
	buf_puts(head, "</defs>\n<rect class=\"paper\"");
	put_left(f, head);
	buf_puts(head, " width=\"100%\" height=\"100%\"/>\n");
}
