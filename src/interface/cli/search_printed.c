/* Prints what a search has found, in each form; the ladder with its costs. */
#include "cli/search_in.h"

#include "base/err.h"
#include "draw/paper.h"
#include "ladder/ladder_file.h"
#include "ladder/ladder_text.h"
#include "search/search_costs.h"
#include "search/search_report.h"
#include "text/markdown.h"

#include <string.h>

/* ---- the ladder ---- */

/* The run without faults, each arrow by what its loss costs, each piece of a
 * lifeline by what a crash there costs, in FORMAT. */
static int
search_report_put_ladder(struct cli *c, struct search *s, const char *format,
    struct buf *out, struct diag *d)
{
	struct layout_options o = cli_layout_options(c);
	struct ladder_text_options text = {
		.width = c->width > 0 ? c->width : CLI_WIDTH_PAGE,
		.ascii = !c->utf8,
		.theme = cli_theme(c),
		.title = true,
	};
	LOCAL_BUF remark = BUF_INIT;
	const struct ladder_file_options file = { .remark = &remark };
	struct layout *l = NULL;
	int err;

	search_take_costs(s, &o);
	err = layout_create(&l, s->base.trace, &o, d);
	if (err == 0)
		err = strcmp(format, "txt") == 0
			  ? ladder_text_write(l, &text, out)
			  : ladder_file_write(
				format, s->base.trace, l, &file, out, d);
	if (remark.n > 0)
		cli_remark(c, "%s", buf_cstr(&remark));
	layout_destroy(l);
	return err;
}

/* ---- the report ---- */

struct telling {
	struct cli *c;
	struct search *s;
	struct search_report report;
	struct table table;
	const char *file, *words;
};

static int
put_txt(struct telling *t, struct buf *out, struct diag *d)
{
	int err = search_report_text(&t->report, &t->table, t->words, out, d);

	if (err == 0 && t->c->ladder)
		err = search_report_put_ladder(t->c, t->s, "txt", out, d);
	return err;
}

static int
search_report_put_picture(struct telling *t, struct buf *out, struct diag *d)
{
	return search_report_put_ladder(t->c, t->s, t->c->format, out, d);
}

static int
put_csv(struct telling *t, struct buf *out, struct diag *d)
{
	(void)d;
	table_put_csv(&t->table, out);
	return out->err;
}

static int
put_json(struct telling *t, struct buf *out, struct diag *d)
{
	return search_report_json(&t->report, out, d);
}

/* The broken invariants, TEXT, whose commands are indented, as Markdown:
 * sentences are paragraphs. */
static void
put_markdown_paragraphs(struct str text, struct buf *out)
{
	struct str rest = text, line;
	bool code = false;

	while (rest.n > 0) {
		line = str_cut(rest, '\n', &rest);
		if (!str_starts(str_trim(line), "rung ")) {
			buf_puts(out, code ? "```\n\n" : "\n");
			markdown_put_text(out, str_trim(line));
			buf_putc(out, '\n');
			code = false;
			continue;
		}
		if (!code)
			buf_puts(out, "\n```\n");
		code = true;
		buf_str(out, str_trim(line));
		buf_putc(out, '\n');
	}
	if (code)
		buf_puts(out, "```\n");
}

/* As a paper in Markdown, of which FORM is made. */
static int
search_report_put_paper(struct telling *t,
    int (*form)(const struct paper *, size_t, struct buf *, struct diag *),
    struct buf *out, struct diag *d)
{
	LOCAL(paper_free) struct paper p = PAPER_INIT;
	struct buf broken = BUF_INIT;
	struct paper_figure *figure = paper_add_figure(&p);
	int err = ERR_NOMEM;

	if (figure != NULL)
		err = search_report_put_ladder(
		    t->c, t->s, "svg", &figure->svg, d);
	if (err == 0)
		err = search_report_put_ladder(
		    t->c, t->s, "txt", &figure->text, d);
	if (err == 0)
		paper_measure(figure);
	buf_printf(&p.title, "%s", t->file);
	buf_printf(&p.text, "# %s\n\n", _("Which fault breaks it?"));
	search_report_head(&t->report, &p.text);
	buf_putc(&p.text, '\n');
	table_put_markdown(&t->table, &p.text);
	buf_puts(&p.text, "\n![figure 1]\n");
	if (err == 0)
		err = search_report_broken(&t->report, t->words, &broken, d);
	put_markdown_paragraphs(buf_view(&broken), &p.text);
	buf_end(&broken, &p.text.err);
	if (err == 0)
		err = form(&p, 1, out, d);
	return err;
}

static int
search_report_put_html(struct telling *t, struct buf *out, struct diag *d)
{
	return search_report_put_paper(t, paper_put_html, out, d);
}

static int
put_markdown(struct telling *t, struct buf *out, struct diag *d)
{
	return search_report_put_paper(t, paper_put_markdown, out, d);
}

/* Programs: other heads, and nanoseconds. */
static const struct search_form {
	const char *name;
	bool programs;
	int (*put)(struct telling *t, struct buf *out, struct diag *d);
} formats[] = {
	{ "txt", false, put_txt },
	{ "csv", true, put_csv },
	{ "json", true, put_json },
	{ "html", false, search_report_put_html },
	{ "md", false, put_markdown },
	{ "gv", false, search_report_put_picture },
	{ "svg", false, search_report_put_picture },
	{ "png", false, search_report_put_picture },
	{ "pdf", false, search_report_put_picture },
};

const struct search_form *
search_form_find(const char *name, struct diag *d)
{
	for (size_t i = 0; i < COUNT_OF(formats); i++)
		if (strcmp(formats[i].name, name) == 0)
			return &formats[i];
	cli_refuse_value(
	    "format", name, "txt, csv, json, html, md, gv, svg, png, pdf", d);
	return NULL;
}

int
search_tell(struct cli *c, struct search *s, struct search_origin *from,
    const struct search_form *f, struct diag *d)
{
	struct telling t = { .c = c,
		.s = s,
		.table = TABLE_INIT,
		.file = buf_cstr(&from->file),
		.words = buf_cstr(&from->words) };
	LOCAL_BUF out = BUF_INIT;
	int err = search_report_make(&t.report, s);

	if (err == 0)
		err = search_report_table(&t.report, f->programs, &t.table, d);
	if (err == 0)
		err = f->put(&t, &out, d);
	if (err == 0)
		err = c->output != NULL ? cli_write(c, &out, c->output, d)
					: cli_print(c, &out, d);
	c->none_like_that |= s->usual.findings.n > 0;
	for (size_t i = 0; i < t.report.n; i++)
		c->none_like_that |=
		    t.report.groups[i].v.outcome == OUTCOME_BROKEN ||
		    t.report.groups[i].v.outcome == OUTCOME_FAILED ||
		    t.report.groups[i].v.goal != 0;
	search_report_free(&t.report);
	table_free(&t.table);
	return err;
}
