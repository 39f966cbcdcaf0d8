/* Papers: what they are made of, and as Markdown. */
#include "draw/paper.h"

#include "base/err.h"
#include "base/mem.h"
#include "base/param.h"
#include "text/markdown.h"
#include "text/utf8.h"

#include <string.h>

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

static void
put_paper(const struct paper *p, struct buf *out)
{
	struct str rest = buf_view(&p->text), line;
	size_t fence = 0; /* backticks of the block of code that is open */
	bool empty = false;

	while (rest.n > 0) {
		unsigned figure, lines;
		size_t ticks;

		line = str_cut(rest, '\n', &rest);
		ticks = markdown_fence(line);
		if (ticks > 0 && ticks >= fence)
			fence = fence > 0 ? 0 : ticks;
		/* One empty line is as good as two. */
		if (line.n == 0 && empty && fence == 0)
			continue;
		empty = line.n == 0;
		figure = fence == 0 ? paper_mark(line, "figure") : 0;
		lines = fence == 0 ? paper_mark(line, "lines") : 0;
		if (figure > 0 && figure <= p->nfigures) {
			put_fenced(out, buf_view(&p->figures[figure - 1].text));
		} else if (lines > 0) {
			put_writing_lines(out, lines);
		} else {
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
		put_paper(&list[i], out);
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
#define FORMS (sizeof(forms) / sizeof(forms[0]))

int
paper_refuse(const char *file, const char *also, struct diag *d)
{
	struct buf list = BUF_INIT;
	int err;

	for (size_t i = 0; i < FORMS; i++) {
		if (str_ends(str_of(file), forms[i].ending)) {
			buf_free(&list);
			return 0;
		}
		buf_printf(&list, "%s%s", i > 0 ? ", " : "", forms[i].ending);
	}
	if (also != NULL)
		buf_printf(&list, ", %s", also);
	err = diag_set(d, ERR_NOTFOUND, NULL, 0,
	    _("%s: the file is to end in one of %s"), file, buf_cstr(&list));
	buf_free(&list);
	return err;
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

	for (size_t i = 0; err == 0 && i < FORMS; i++)
		if (str_ends(str_of(file), forms[i].ending))
			err = forms[i].put(list, n, out, d);
	return err == 0 ? 0 : diag_set(d, err, NULL, 0, "%s", err_text(err));
}
