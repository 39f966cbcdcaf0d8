/* Papers as pages of HTML: to be read, and printed from a browser. */
#include "base/err.h"
#include "text/xml.h"
#include "draw/html_put.h"
#include "text/markdown.h"
#include "draw/paper.h"

static const char style[] =
    "body{font:16px/1.6 system-ui,'Noto Sans CJK SC','WenQuanYi Zen Hei',"
    "sans-serif;max-width:48em;margin:2em auto;padding:0 1em;color:#1c2430;"
    "background:#fff}"
    "h1{font-size:1.6em}h2{font-size:1.2em;margin-top:1.8em}"
    "pre{background:#f4f6f8;padding:.6em .8em;overflow-x:auto;"
    "font-size:.85em}"
    "code{background:#f4f6f8;padding:0 .2em}pre code{padding:0}"
    "table{border-collapse:collapse}td,th{border:1px solid #d0d6de;"
    "padding:.25em .6em;text-align:left}"
    "figure{margin:1em 0}svg{max-width:100%;height:auto}"
    ".line{border-bottom:1px solid #9aa3af;height:2em}"
    ".head{color:#4a5361;border-bottom:1px solid #d0d6de}"
    "li p{margin:.3em 0}"
    "@media print{body{margin:0;max-width:none}h2{break-after:avoid}"
    "figure,pre{break-inside:avoid}.next{break-before:page;border:0}}"
    "@page{size:A4;margin:15mm}";

struct page {
	const struct paper *p;
	struct buf *out;
	const char *list; /* "ol", "ul" that is open, or NULL */
	bool item, table;
};

static void
put_spans(struct buf *out, struct str text)
{
	static const char *const tags[] = {
		[MARKDOWN_PLAIN] = NULL,
		[MARKDOWN_CODE_SPAN] = "code",
		[MARKDOWN_BOLD] = "strong",
		[MARKDOWN_ITALIC] = "em",
		[MARKDOWN_LINK] = NULL,
	};
	struct markdown_span s;

	while (markdown_span_next(&text, &s)) {
		if (tags[s.style] != NULL)
			buf_printf(out, "<%s>", tags[s.style]);
		xml_put_lines(out, s.text);
		if (tags[s.style] != NULL)
			buf_printf(out, "</%s>", tags[s.style]);
	}
}

static void
end_html_table(struct page *g)
{
	if (g->table)
		buf_puts(g->out, "</table>\n");
	g->table = false;
}

static void
end_list(struct page *g)
{
	end_html_table(g);
	if (g->item)
		buf_puts(g->out, "</li>\n");
	if (g->list != NULL)
		buf_printf(g->out, "</%s>\n", g->list);
	g->item = false;
	g->list = NULL;
}

static void
put_html_item(struct page *g, const struct markdown_block *b)
{
	const char *list = b->number > 0 ? "ol" : "ul";

	end_html_table(g);
	if (g->list != list) {
		end_list(g);
		if (b->number > 0)
			buf_printf(g->out, "<ol start=\"%u\">\n", b->number);
		else
			buf_puts(g->out, "<ul>\n");
		g->list = list;
	}
	if (g->item)
		buf_puts(g->out, "</li>\n");
	g->item = true;
	buf_puts(g->out, "<li><p>");
	put_spans(g->out, b->text);
	buf_puts(g->out, "</p>\n");
}

static void
put_html_row(struct page *g, const struct markdown_block *b)
{
	struct str rest = b->text, cell;
	const char *tag = b->level == 0 ? "th" : "td";

	if (!g->table)
		buf_puts(g->out, "<table>\n");
	g->table = true;
	buf_puts(g->out, "<tr>");
	while (markdown_cell(&rest, &cell)) {
		buf_printf(g->out, "<%s>", tag);
		put_spans(g->out, cell);
		buf_printf(g->out, "</%s>", tag);
	}
	buf_puts(g->out, "</tr>\n");
}

static void
put_html_code(struct page *g, const struct markdown_block *b)
{
	struct str rest = b->text, line;

	buf_puts(g->out, "<pre><code>");
	while (markdown_code_line(b, &rest, &line)) {
		xml_put(g->out, line);
		buf_putc(g->out, '\n');
	}
	buf_puts(g->out, "</code></pre>\n");
}

/* The figure's own SVG, from its root on. */
static void
put_html_figure(struct page *g, const struct paper_figure *f)
{
	struct str svg = buf_view(&f->svg);
	ptrdiff_t at = str_find(svg, "<svg");

	if (at < 0)
		return;
	/* In a frame of its own: its styles are its own, too. */
	buf_puts(g->out, "<figure><img alt=\"\" style=\"max-width:100%\" "
			 "src=\"data:image/svg+xml;utf8,");
	svg = str_slice(svg, (size_t)at, svg.n);
	for (size_t i = 0; i < svg.n; i++) {
		unsigned char c = (unsigned char)svg.p[i];

		if (chr_is_alnum((char)c) || c == '-' || c == '.' || c == '/' ||
		    c == ' ' || c == '=' || c == ':' || c == ';' || c == ',' ||
		    c == '(' || c == ')')
			buf_putc(g->out, (char)c);
		else
			buf_printf(g->out, "%%%02X", c);
	}
	buf_puts(g->out, "\"/></figure>\n");
}

static void
put_html_paragraph(struct page *g, const struct markdown_block *b)
{
	unsigned figure = paper_mark(b->text, "figure");
	unsigned lines = paper_mark(b->text, "lines");

	if (figure > 0 && figure <= g->p->nfigures) {
		put_html_figure(g, &g->p->figures[figure - 1]);
		return;
	}
	for (unsigned i = 0; i < lines; i++)
		buf_puts(g->out, "<div class=\"line\"></div>\n");
	if (lines > 0)
		return;
	buf_puts(g->out, "<p>");
	put_spans(g->out, b->text);
	buf_puts(g->out, "</p>\n");
}

static void
put_html_block(struct page *g, const struct markdown_block *b)
{
	if (b->kind == MARKDOWN_ITEM) {
		put_html_item(g, b);
		return;
	}
	if (!b->within && !(g->table && b->kind == MARKDOWN_ROW))
		end_list(g);
	if (b->kind == MARKDOWN_ROW) {
		if (b->level == 0)
			end_html_table(g);
		put_html_row(g, b);
		return;
	}
	end_html_table(g);
	if (b->kind == MARKDOWN_HEADING) {
		buf_printf(g->out, "<h%u>", b->level < 6 ? b->level : 6);
		put_spans(g->out, b->text);
		buf_printf(g->out, "</h%u>\n", b->level < 6 ? b->level : 6);
	} else if (b->kind == MARKDOWN_CODE) {
		put_html_code(g, b);
	} else {
		put_html_paragraph(g, b);
	}
}

static void
put_html_text(const struct paper *p, struct str text, struct buf *out)
{
	struct page g = { .p = p, .out = out };
	struct markdown_block b;
	struct markdown m;

	markdown_begin(&m, text);
	while (markdown_next(&m, &b))
		put_html_block(&g, &b);
	end_list(&g);
}

void
paper_put_html_text(struct str text, struct buf *out)
{
	static const struct paper none;

	put_html_text(&none, text, out);
}

/* Its head, its text and what is put at its end. */
static void
put_html_paper(const struct paper *p, struct buf *out)
{
	if (p->head.n > 0)
		xml_print(out, "<p class=\"head\">%.*s</p>\n",
		    STR_ARG(buf_view(&p->head)));
	put_html_text(p, buf_view(&p->text), out);
	buf_str(out, buf_view(&p->extra));
}

int
paper_put_html(
    const struct paper *list, size_t n, struct buf *out, struct diag *d)
{
	(void)d;
	/* Figures are data of the page's own. */
	html_put_head_with(out, buf_view(&list->title), NULL, STR_NULL,
	    str_of(style), "img-src data:; ");
	for (size_t i = 0; i < n; i++) {
		if (i > 0)
			buf_puts(out, "<hr class=\"next\"/>\n");
		put_html_paper(&list[i], out);
	}
	buf_puts(out, "</body></html>\n");
	return out->err;
}
