/*
 * Questions as Moodle's GIFT: choices with what is said of each wrong one,
 * numbers with their tolerance, short answers.
 */
#include "base/err.h"
#include "draw/markdown.h"
#include "grade/worksheet_in.h"

#include <string.h>

struct gift {
	struct buf *out;
	size_t n, of;    /* questions so far, of so many tasks */
	struct buf left; /* "direct-call 4 (find), …": tasks that are none */
};

/* TEXT with GIFT's own characters escaped, on one line: line ends with the
 * indent behind them are one space. */
static void
put_escaped_text(struct buf *out, struct str text)
{
	for (size_t i = 0; i < text.n; i++) {
		char c = text.p[i] == '\n' ? ' ' : text.p[i];

		if (c == ' ' && i > 0 && chr_is_space(text.p[i - 1]))
			continue;
		if (strchr("~=#{}:\\", c) != NULL)
			buf_putc(out, '\\');
		buf_putc(out, c);
	}
}

/* A line of its own for each command: GIFT writes line ends as \n. */
static void
put_commands(struct buf *out, const struct markdown_block *b)
{
	struct str rest = b->text, line;

	while (markdown_code_line(b, &rest, &line)) {
		buf_puts(out, "\\n");
		put_escaped_text(out, str_trim(line));
	}
}

/* The wording, with the commands that it speaks of. */
static void
put_wording(struct buf *out, struct str text)
{
	struct markdown_block b;
	struct markdown_span span;
	struct markdown m;
	bool first = true, code = false;

	markdown_begin(&m, text);
	while (markdown_next(&m, &b)) {
		struct str rest = b.text;

		code |= b.kind == MARKDOWN_CODE;
		if (b.kind == MARKDOWN_CODE)
			put_commands(out, &b);
		if (b.kind != MARKDOWN_PARAGRAPH && b.kind != MARKDOWN_ITEM)
			continue;
		if (!first)
			buf_puts(out, code ? "\\n" : " ");
		first = code = false;
		while (markdown_span_next(&rest, &span))
			put_escaped_text(out, span.text);
	}
}

static void
put_choice(const struct lesson_task *t, struct buf *out)
{
	for (size_t i = 0; i < t->noptions; i++) {
		const struct lesson_option *o = &t->options[i];

		buf_puts(out, o->right ? "\n\t=" : "\n\t~");
		put_escaped_text(out, str_of(o->text));
		if (o->why != NULL) {
			buf_puts(out, " #");
			put_escaped_text(out, str_of(o->why));
		}
	}
	buf_puts(out, "\n");
}

/* A key "2.01 s" or "7 messages": the number alone, and how far off is right.
 */
static void
put_numeric_key(struct str key, double tolerance, struct buf *out)
{
	struct str rest, number = str_cut(key, ' ', &rest);

	buf_printf(out, "#%.*s:%.6g", STR_ARG(number),
	    tolerance < 1e-6 ? 0 : tolerance);
}

static int
put_question(struct gift *g, struct sheet_lab *lab, size_t i, struct diag *d)
{
	const struct lesson_task *t = lesson_task(lab->mark.lesson, i);
	struct buf key = BUF_INIT;
	double tolerance = 0;
	int err = 0;

	g->of++;
	if (t->kind > LESSON_TEXT && t->kind != LESSON_RUN) {
		buf_printf(&g->left, "%s%s %u (%s)",
		    g->left.n > 0 ? _(", ") : "", lab->work.name, t->number,
		    lesson_kind_text(t->kind));
		return 0;
	}
	err = lesson_key(
	    lab->mark.lesson, i, lab->mark.trace, &key, &tolerance, d);
	g->n++;
	buf_printf(g->out, "::%s %u::", lab->work.name, t->number);
	put_wording(g->out, t->text);
	/* Moodle reads bare numbers. */
	if (t->kind == LESSON_TIME)
		buf_printf(g->out, " %s", _("(in seconds)"));
	buf_puts(g->out, " {");
	if (t->kind == LESSON_CHOICE) {
		put_choice(t, g->out);
	} else if (t->kind == LESSON_RUN) {
		/* Many are right: an essay to Moodle, which a teacher reads. */
	} else if (t->kind == LESSON_TEXT) {
		buf_puts(g->out, "=");
		put_escaped_text(g->out, buf_view(&key));
	} else {
		put_numeric_key(buf_view(&key), tolerance, g->out);
	}
	buf_puts(g->out, "}\n\n");
	buf_free(&key);
	return err;
}

static int
put_lab_questions(struct sheet_lab *lab, void *arg, struct diag *d)
{
	int err = 0;

	for (size_t i = 0; err == 0 && i < lesson_count(lab->mark.lesson); i++)
		if ((lab->tasks & (1u << i)) != 0)
			err = put_question(arg, lab, i, d);
	return err;
}

int
worksheet_put_gift(const char *name, const struct worksheet_options *o,
    struct buf *out, struct buf *remark, struct diag *d)
{
	struct gift g = { .out = out };
	struct buf plan = BUF_INIT;
	int err;

	buf_printf(out, "$CATEGORY: rung/%s\n\n", name);
	err = sheet_walk(name, o->student, &plan, put_lab_questions, &g, d);
	buf_free(&plan);
	if (err == 0 && g.n == 0)
		err = diag_set(d, ERR_UNSUPPORTED, NULL, 0,
		    _("%s has no question that Moodle could ask"), name);
	if (g.left.n > 0)
		buf_printf(remark,
		    _("%zu of %zu tasks are questions; Moodle can't ask %s"),
		    g.n, g.of, buf_cstr(&g.left));
	buf_end(&g.left, &remark->err);
	return err == 0 ? (out->err != 0 ? out->err : remark->err) : err;
}
