/* Writes and reads reports. */
#include "grade/report.h"

#include "base/err.h"
#include "jobs/program.h"
#include "text/utf8.h"
#include "text/markdown.h"
#include "draw/table.h"
#include "role/role.h"
#include "words/record_text.h"
#include "words/time_words.h"
#include "words/trace_words.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

/* What carries the hand-in, in each form. */
#define MARK_BEGIN "<!-- rung-hand-in "
#define MARK_END   " -->"
/* A PDF's comment before that: the code of all bytes above it, which are the
 * pages, and of the hand-in. */
#define PAGES_BEGIN "%<!-- rung-pages "
#define PAGES_END   " -->\n%"
/* A script of more lines is not put into a report. */
#define SCRIPT_LINES 80
/* The limit of arrivals listed. */
#define ARRIVALS_TOLD 20

/* ---- parts ---- */

static void
report_put_fact(struct table *t, const char *what, const char *value)
{
	if (value == NULL || value[0] == '\0')
		return;
	buf_puts(table_cell(t), what);
	buf_puts(table_cell(t), value);
}

static void
put_report_head(struct paper *p, const struct work *w, const struct mark *m,
    const char *student, const char *date)
{
	struct str title = title_translate(trace_head(m->trace)->title);
	LOCAL(table_free) struct table t = TABLE_INIT;
	struct buf *out = &p->text;

	buf_printf(&p->title, _("Report: %.*s"), STR_ARG(title));
	buf_puts(out, "# ");
	markdown_put_text(out, buf_view(&p->title));
	buf_puts(out, "\n\n");
	table_column(&t, TABLE_TEXT);
	table_column(&t, TABLE_TEXT);
	report_put_fact(&t, _("student"), student);
	report_put_fact(&t, _("lab"), w->name);
	report_put_fact(&t, _("date"), date);
	table_put_markdown(&t, out);
}

/* The paragraph of the handout that begins in bold: what one can afterwards. */
static void
put_aim(struct paper *p, const struct mark *m)
{
	struct markdown_block b;
	struct markdown md;

	buf_printf(&p->text, "\n## %s\n\n", _("Aim"));
	markdown_begin(&md, lesson_handout(m->lesson));
	while (markdown_next(&md, &b))
		if (b.kind == MARKDOWN_PARAGRAPH && str_starts(b.text, "**")) {
			buf_str(&p->text, b.text);
			buf_puts(&p->text, "\n");
			return;
		}
}

static void
put_node_table(struct paper *p, const struct trace_head *h)
{
	LOCAL(table_free) struct table t = TABLE_INIT;

	buf_puts(table_column(&t, TABLE_TEXT), _("node"));
	buf_puts(table_column(&t, TABLE_TEXT), _("role"));
	buf_puts(table_column(&t, TABLE_TEXT), _("address"));
	for (size_t i = 0; i < h->nnodes; i++) {
		if (h->nodes[i].role.n == 0)
			continue;
		buf_str(table_cell(&t), h->nodes[i].name);
		role_put(table_cell(&t), h->nodes[i].role, " · ");
		buf_str(table_cell(&t), h->nodes[i].addr);
	}
	buf_putc(&p->text, '\n');
	table_put_markdown(&t, &p->text);
}

static void
put_environment(struct paper *p, const struct mark *m)
{
	const struct trace_head *h = trace_head(m->trace);

	buf_printf(&p->text, "\n## %s\n\n", _("Environment"));
	buf_printf(&p->text, _("rung %s, libosip2 %.*s; seed %lld"),
	    RUNG_VERSION, STR_ARG(h->osip), (long long)h->seed);
	for (size_t i = 0; i < m->variant.nsettings; i++) {
		buf_puts(&p->text, _(", "));
		markdown_put_code(
		    &p->text, str_of(m->variant.settings[i].text));
	}
	buf_puts(&p->text, "\n");
	put_node_table(p, h);
}

static void
report_put_list(struct buf *out, const char *what, struct json_value list)
{
	struct json_value v;
	size_t at = 0;

	while (json_item(list, &at, &v)) {
		LOCAL_BUF text = BUF_INIT;

		if (v.type != JSON_STRING || json_text(v, &text) != 0)
			buf_str(&text, v.raw);
		buf_printf(out, "- %s: ", what);
		markdown_put_code(out, buf_view(&text));
		buf_putc(out, '\n');
	}
}

/* The arrivals of T's run. */
static void
put_report_arrivals(struct buf *out, const struct trace *t)
{
	struct buf scratch = BUF_INIT;
	size_t n = 0;
	struct trace_rec rec;

	for (uint64_t seq = 0; trace_next(t, TRACE_ACT, &seq, &rec);) {
		struct buf text = BUF_INIT;

		if (!str_is(trace_str(&rec, "by", &scratch), "outside") ||
		    n++ >= ARRIVALS_TOLD)
			continue;
		buf_puts(out, "- ");
		time_put(out, rec.t);
		buf_puts(out, " s: ");
		record_summary(t, &rec, &text);
		markdown_put_text(out, buf_view(&text));
		buf_putc(out, '\n');
		buf_end(&text, &out->err);
	}
	if (n > ARRIVALS_TOLD) {
		buf_puts(out, "- ");
		buf_printf(out, _("%zu more"), n - ARRIVALS_TOLD);
		buf_putc(out, '\n');
	}
	buf_end(&scratch, &out->err);
}

/* Tabs are four columns: not every page knows any. */
static void
report_put_columns(struct buf *out, struct str text)
{
	for (size_t i = 0; i < text.n; i++) {
		if (text.p[i] == '\t')
			buf_puts(out, "    ");
		else
			buf_putc(out, text.p[i]);
	}
}

static void
report_put_script(struct buf *out, struct json_value script)
{
	LOCAL_BUF text = BUF_INIT, columns = BUF_INIT;

	if (json_text(json_member(script, "text"), &text) == 0 &&
	    str_count(buf_view(&text), '\n') <= SCRIPT_LINES) {
		report_put_columns(&columns, buf_view(&text));
		buf_putc(out, '\n');
		markdown_put_fence(out, "lua", buf_view(&columns));
	}
	buf_end(&columns, &out->err);
}

/* A run in which something was changed. */
static bool
is_changed_run(const struct work_run *r, const struct mark *m)
{
	return r->trace != NULL && !trace_same_records(r->trace, m->trace);
}

static void
put_run_heading(struct paper *p, const struct work_run *r)
{
	buf_puts(&p->text, "\n### ");
	markdown_put_text(&p->text, str_of(r->name));
	buf_putc(&p->text, '\n');
}

/* What was typed to see what STUDENT has seen. */
static void
put_played(struct paper *p, const struct work *w, const char *student)
{
	const char *copy = work_copy_of(w, student);
	struct buf command = BUF_INIT;

	buf_puts(&command, "rung play ");
	shell_put_word(&command, copy != NULL ? copy : w->name);
	if (copy == NULL && student[0] != '\0') {
		buf_puts(&command, " --student=");
		shell_put_word(&command, student);
	}
	markdown_put_code(&p->text, buf_view(&command));
	buf_putc(&p->text, '\n');
	buf_end(&command, &p->text.err);
}

/* What the student did in each of those. */
static void
put_steps(struct paper *p, const struct work *w, const struct mark *m)
{
	buf_printf(&p->text, "\n## %s\n\n", _("What was done"));
	put_played(p, w, lesson_student(m->lesson));
	for (size_t i = 0; i < w->nruns; i++) {
		const struct work_run *r = &w->runs[i];
		struct json_value in;

		if (!is_changed_run(r, m))
			continue;
		in = trace_head(r->trace)->inputs;
		put_run_heading(p, r);
		buf_putc(&p->text, '\n');
		report_put_list(
		    &p->text, _("setting"), json_member(in, "settings"));
		report_put_list(&p->text, _("action"), json_member(in, "acts"));
		put_report_arrivals(&p->text, r->trace);
		report_put_script(&p->text, json_member(in, "script"));
	}
}

static void
put_task_answer(struct paper *p, const struct lesson_task *t, struct str rest)
{
	buf_printf(&p->text, "\n### %s %u\n\n", _("Task"), t->number);
	buf_str(&p->text, t->text);
	buf_puts(&p->text, "\n\n");
	for (size_t i = 0; i < t->noptions; i++) {
		if (t->kind == LESSON_CHOICE)
			buf_printf(&p->text, "- %c) %s\n", (char)('a' + (int)i),
			    t->options[i].text);
		/* Those of a RUN task would tell why its run refutes the
		 * sentence. */
		else if (t->kind != LESSON_RUN)
			buf_printf(&p->text, "- %s\n", t->options[i].text);
	}
	if (!lesson_kind_is_written(t->kind))
		return;
	buf_printf(&p->text, "\n**%s**\n\n", _("Answer"));
	if (rest.n == 0)
		buf_puts(&p->text, "![lines 2]\n");
	while (rest.n > 0) {
		buf_puts(&p->text, "    ");
		utf8_add_safe(&p->text, str_cut_line(rest, &rest));
		buf_puts(&p->text, "\n");
	}
}

static int
put_results(
    struct paper *p, const struct work *w, const struct mark *m, struct diag *d)
{
	int err;

	buf_printf(&p->text, "\n## %s\n\n", _("Results and analysis"));
	err = paper_put_ladder(p, m->trace, false, d);
	for (size_t i = 0; err == 0 && i < lesson_count(m->lesson); i++)
		put_task_answer(p, lesson_task(m->lesson, i),
		    buf_view(&w->answers.tasks[i].text));
	for (size_t i = 0; err == 0 && i < w->nruns; i++) {
		if (!is_changed_run(&w->runs[i], m))
			continue;
		put_run_heading(p, &w->runs[i]);
		err = paper_put_ladder(p, w->runs[i].trace, false, d);
	}
	return err;
}

/* What the handout has to think about behind its tasks. */
static void
put_thinking(struct paper *p, const struct mark *m)
{
	struct str text = lesson_handout(m->lesson);
	ptrdiff_t at = str_find(text, "\n## Try\n");

	if (at < 0)
		at = str_find(text, "\n## 动手试试\n");
	buf_printf(&p->text, "\n## %s\n\n", _("Questions to think about"));
	if (at >= 0) {
		struct str rest = str_slice(text, (size_t)at + 1, text.n);

		(void)str_cut(rest, '\n', &rest);
		buf_str(&p->text, str_trim(rest));
		buf_puts(&p->text, "\n\n");
	}
	buf_puts(&p->text, "![lines 4]\n");
}

/* ---- the code ---- */

/* "0123-4567-89ab-cdef", of HANDIN and the text next to it. */
static void
report_write_code(char out[24], struct str handin, struct str beside)
{
	uint64_t h = str_hash_add(STR_HASH_START, STR("rung report 1\n"));
	char code[20];

	h = str_hash_add(h, handin);
	if (beside.n > 0)
		h = str_hash_add(h, beside);
	snprintf(code, sizeof(code), "%016" PRIx64, str_hash_end(h));
	snprintf(out, 24, "%.4s-%.4s-%.4s-%.4s", code, code + 4, code + 8,
	    code + 12);
}

static void
report_put_code(struct paper *p, struct str handin)
{
	char code[24];

	report_write_code(code, handin, STR_NULL);
	buf_printf(
	    &p->text, "\n%s `%s`\n", _("Code (rung check verifies it):"), code);
	buf_puts(&p->extra, MARK_BEGIN);
	json_put_base64(&p->extra, handin);
	buf_puts(&p->extra, MARK_END "\n");
}

int
report_make(struct paper *p, const struct work *w, const struct mark *m,
    const char *student, const char *date, struct diag *d)
{
	LOCAL_BUF handin = BUF_INIT;
	int err = handin_write(w, m, student, date, &handin, d);

	put_report_head(p, w, m, student, date);
	put_aim(p, m);
	put_environment(p, m);
	put_steps(p, w, m);
	if (err == 0)
		err = put_results(p, w, m, d);
	put_thinking(p, m);
	report_put_code(p, buf_view(&handin));
	buf_printf(&p->head, "%s, %s", w->name, student);
	if (err == 0)
		err = p->text.err != 0 ? p->text.err : p->extra.err;
	return diag_fail(d, err);
}

/* The words of a PDF are packed, so that the code can't be searched in the
 * file.  The pages get one of their own. */
static int
seal_pdf(struct buf *pdf)
{
	LOCAL_BUF sealed = BUF_INIT;
	struct str text = buf_view(pdf), base64, pages;
	ptrdiff_t at = str_find(text, "%" MARK_BEGIN);
	char code[24];
	int err;

	if (at < 0)
		return 0;
	pages = str_slice(text, 0, (size_t)at);
	base64 = str_slice(text, (size_t)at, text.n);
	base64 = str_cut(base64, '\n', &text);
	report_write_code(code, base64, pages);
	buf_str(&sealed, pages);
	buf_puts(&sealed, PAGES_BEGIN);
	buf_puts(&sealed, code);
	buf_puts(&sealed, PAGES_END);
	buf_str(&sealed, str_slice(buf_view(pdf), (size_t)at + 1, pdf->n));
	err = sealed.err;
	if (err == 0) {
		buf_clear(pdf);
		buf_str(pdf, buf_view(&sealed));
		err = pdf->err;
	}
	return err;
}

int
report_write(
    const struct paper *p, const char *file, struct buf *out, struct diag *d)
{
	int err = paper_write(p, file, out, d);

	if (err == 0 && str_starts(buf_view(out), "%PDF-"))
		err = seal_pdf(out);
	return diag_fail(d, err);
}

/* The PDF TEXT has the code of its own pages. */
static bool
report_is_sealed(struct str text)
{
	ptrdiff_t at = str_find(text, PAGES_BEGIN);
	struct str rest, said;
	char code[24];

	if (at < 0)
		return false;
	rest = str_slice(text, (size_t)at + sizeof(PAGES_BEGIN) - 1, text.n);
	said = str_slice(rest, 0, sizeof(code) - 5);
	rest = str_slice(rest, said.n, rest.n);
	if (!str_starts(rest, PAGES_END MARK_BEGIN))
		return false;
	rest = str_slice(rest, sizeof(PAGES_END) - 2, rest.n);
	report_write_code(
	    code, str_cut(rest, '\n', &rest), str_slice(text, 0, (size_t)at));
	return str_is(said, code);
}

/* The hand-in of a report TEXT, in base64; false: it has none. */
static bool
find_mark(struct str text, struct str *base64)
{
	static const struct {
		const char *begin, *end;
	} forms[] = {
		{ MARK_BEGIN, MARK_END },
		{ "\n[rung-hand-in]: ", "\n" }, /* Markdown (draw/paper.h) */
	};

	for (size_t i = 0; i < COUNT_OF(forms); i++) {
		ptrdiff_t at = str_find(text, forms[i].begin);

		if (at < 0)
			continue;
		text = str_slice(
		    text, (size_t)at + strlen(forms[i].begin), text.n);
		at = str_find(text, forms[i].end);
		*base64 = str_trim(str_slice(text, 0, (size_t)at));
		return at >= 0;
	}
	return false;
}

bool
report_is_called(const char *path)
{
	struct str name = str_of(path);

	return str_ends(name, ".html") || str_ends(name, ".htm") ||
	       str_ends(name, ".md") || str_ends(name, ".pdf");
}

bool
report_has_handin(struct str text)
{
	struct str base64;

	return find_mark(text, &base64);
}

int
report_read(struct str text, struct buf *handin, bool *coded)
{
	struct str base64;
	char code[24];
	int err;

	if (!find_mark(text, &base64))
		return ERR_NOTFOUND;
	err = json_base64(base64, handin);
	if (err != 0)
		return err == ERR_NOMEM ? err : ERR_NOTFOUND;
	report_write_code(code, buf_view(handin), STR_NULL);
	*coded = str_starts(text, "%PDF-") ? report_is_sealed(text)
					   : str_find(text, code) >= 0;
	return 0;
}
