/* Papers: what they are made of, as Markdown and as pages of HTML. */
#include "draw/paper.h"

#include <string.h>

#include "base/err.h"
#include "base/mem.h"
#include "base/param.h"
#include "draw/html_put.h"
#include "text/json.h"
#include "text/markdown.h"
#include "text/utf8.h"
#include "text/xml.h"

void
paper_free(struct paper *p)
{
	for (size_t i = 0; i < p->nfigures; i++) {
		buf_free(&p->figures[i].svg);
		buf_free(&p->figures[i].text);
		mem_free(p->figures[i].cuts);
	}
	buf_free(&p->text);
	buf_free(&p->title);
	buf_free(&p->source);
	buf_free(&p->head);
	buf_free(&p->extra);
	*p = PAPER_INIT;
}

struct paper_figure *
paper_add_figure(struct paper *p)
{
	if (p->nfigures == PAPER_FIGURES_MAX)
		return NULL;
	return &p->figures[p->nfigures++];
}

/* The number in ATTRIBUTE="420pt" of the root element. */
static bool
read_size(struct str root, const char *attribute, double *value)
{
	ptrdiff_t at = str_find(root, attribute);
	struct str rest;
	size_t n = 0;

	if (at < 0)
		return false;
	rest = str_slice(root, (size_t)at + strlen(attribute), root.n);
	while (n < rest.n && (chr_is_digit(rest.p[n]) || rest.p[n] == '.'))
		n++;
	return param_decimal(str_slice(rest, 0, n), value) == 0 && *value > 0;
}

bool
paper_measure(struct paper_figure *f)
{
	struct str svg = buf_view(&f->svg), rest;
	ptrdiff_t at = str_find(svg, "<svg");

	if (at < 0)
		return false;
	rest = str_slice(svg, (size_t)at, svg.n);
	at = str_chr(rest, '>');
	rest = str_slice(rest, 0, at > 0 ? (size_t)at : 0);
	return read_size(rest, " width=\"", &f->width) &&
	       read_size(rest, " height=\"", &f->height);
}

unsigned
paper_mark(struct str paragraph, const char *word)
{
	struct str text = str_trim(paragraph);
	uint32_t n = 0;
	size_t begin = 2 + strlen(word) + 1;

	if (!str_starts(text, "![") || !str_ends(text, "]") ||
	    !str_starts(str_slice(text, 2, text.n), word) ||
	    str_u32(str_slice(text, begin, text.n - 1), &n) != 0)
		return 0;
	return n;
}

/* ---- Markdown ---- */

static void
put_writing_lines(struct buf *out, unsigned n)
{
	for (unsigned i = 0; i < n; i++)
		buf_puts(out, "> \\_\\_\\_\\_\\_\\_\\_\\_\\_\\_\\_\\_\n>\n");
}

/* A ladder's second page has no text of its own. */
static void
put_fenced(struct buf *out, struct str text)
{
	if (text.n == 0)
		return;
	markdown_put_fence(out, "text", text);
}

/* EXTRA, if any, without HTML: there Markdown has no comments. */
static void
put_extra(struct buf *out, struct str extra)
{
	struct str name, word;

	if (extra.n == 0)
		return;
	name = str_cut(str_slice(extra, sizeof("<!--"), extra.n), ' ', &word);
	buf_printf(out, "\n[%.*s]: ", STR_ARG(name));
	buf_str(out, str_cut(word, ' ', &word));
	buf_putc(out, '\n');
}

/* The number that LINE begins with, APART from the line before it; LAST is that
 * of the item before.  The rest of LINE.  CommonMark 5.3: a list counts on from
 * its first number, and another mark behind a number begins another list. */
static struct str
put_number(
    struct buf *out, struct str line, bool apart, uint32_t *last, char *mark)
{
	struct str rest, digits = str_cut(line, '.', &rest);
	uint32_t n;

	if (str_starts(line, "#")) {
		*last = 0;
		*mark = '.';
	}
	if (!str_starts(rest, " ") || str_u32(digits, &n) != 0)
		return line;
	if (apart && *last > 0 && n != *last + 1)
		*mark = *mark == '.' ? ')' : '.';
	*last = n;
	buf_printf(out, "%u%c", n, *mark);
	return rest;
}

static void
paper_put(const struct paper *p, struct buf *out)
{
	struct str rest = buf_view(&p->text), line;
	size_t fence = 0; /* backticks of the block of code that is open */
	uint32_t number = 0;
	bool empty = false, apart;
	char mark = '.';

	while (rest.n > 0) {
		unsigned figure, lines;
		size_t ticks;
		bool code;

		line = str_cut(rest, '\n', &rest);
		ticks = markdown_fence(line);
		if (ticks > 0 && ticks >= fence)
			fence = fence > 0 ? 0 : ticks;
		/* One empty line is as good as two. */
		if (line.n == 0 && empty && fence == 0)
			continue;
		apart = empty;
		empty = line.n == 0;
		code = fence > 0 || str_starts(line, "    ");
		figure = code ? 0 : paper_mark(line, "figure");
		lines = code ? 0 : paper_mark(line, "lines");
		if (figure > 0 && figure <= p->nfigures) {
			put_fenced(out, buf_view(&p->figures[figure - 1].text));
		} else if (lines > 0) {
			put_writing_lines(out, lines);
		} else {
			if (!code)
				line = put_number(
				    out, line, apart, &number, &mark);
			utf8_add_safe_lines(out, line);
			buf_putc(out, '\n');
		}
	}
	put_extra(out, buf_view(&p->extra));
}

int
paper_put_markdown(
    const struct paper *list, size_t n, struct buf *out, struct diag *d)
{
	(void)d;
	for (size_t i = 0; i < n; i++) {
		/* Among others it says whose it is. */
		if (i > 0)
			buf_puts(out, "\n---\n\n");
		if (n > 1 && list[i].head.n > 0) {
			markdown_put_text(out, buf_view(&list[i].head));
			buf_puts(out, "\n\n");
		}
		paper_put(&list[i], out);
	}
	return out->err;
}

/* ---- by the end of a file's name ---- */

static const struct paper_form {
	const char *ending;
	int (*put)(const struct paper *list, size_t n, struct buf *out,
	    struct diag *d);
} forms[] = {
	{ ".pdf", paper_put_pdf },
	{ ".html", paper_put_html },
	{ ".md", paper_put_markdown },
};

int
paper_refuse(const char *file, const char *also, struct diag *d)
{
	LOCAL_BUF list = BUF_INIT;

	for (size_t i = 0; i < COUNT_OF(forms); i++) {
		if (str_ends(str_of(file), forms[i].ending))
			return 0;
		buf_printf(&list, "%s%s", i > 0 ? ", " : "", forms[i].ending);
	}
	if (also != NULL)
		buf_printf(&list, ", %s", also);
	return diag_set(d, ERR_NOTFOUND, NULL, 0,
	    _("%s: the name of the file must end in one of %s"), file,
	    buf_cstr(&list));
}

int
paper_write(
    const struct paper *p, const char *file, struct buf *out, struct diag *d)
{
	return paper_write_all(p, 1, file, out, d);
}

int
paper_write_all(const struct paper *list, size_t n, const char *file,
    struct buf *out, struct diag *d)
{
	int err = paper_refuse(file, NULL, d);

	for (size_t i = 0; err == 0 && i < COUNT_OF(forms); i++)
		if (str_ends(str_of(file), forms[i].ending))
			err = forms[i].put(list, n, out, d);
	return diag_fail(d, err);
}

/* ---- papers as pages of HTML: to be read, and printed from a browser ---- */

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
		buf_printf(g->out, "<%s>\n", list);
		g->list = list;
	}
	if (g->item)
		buf_puts(g->out, "</li>\n");
	g->item = true;
	if (b->number > 0)
		buf_printf(g->out, "<li value=\"%u\"><p>", b->number);
	else
		buf_puts(g->out, "<li><p>");
	put_spans(g->out, b->text);
	buf_puts(g->out, "</p>\n");
}

static void
paper_put_html_row(struct page *g, const struct markdown_block *b)
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
	/* In a frame of its own: its styles are its own as well. */
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
		paper_put_html_row(g, b);
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
paper_json_html(struct buf *out, const char *key, struct str text)
{
	static const struct paper none;
	struct buf html = BUF_INIT;

	put_html_text(&none, text, &html);
	json_put_field(out, key, buf_view(&html));
	buf_end(&html, &out->err);
}

/* Its head, its text and the part at its end. */
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
