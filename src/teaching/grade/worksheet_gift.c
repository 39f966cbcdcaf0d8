/*
 * Questions as Moodle's GIFT: choices, numbers with their tolerance, short
 * answers; known wrong answers with the reason for each, and the reason for any
 * other.  Points have no place in GIFT: name and wording have them.  All texts
 * are [plain], so that <sip:bob@…> is not a tag of HTML; one that begins with
 * the name of another format says so once more.
 */
#include "base/err.h"
#include "text/utf8.h"
#include "text/markdown.h"
#include "grade/mark.h"
#include "grade/reasons.h"
#include "grade/worksheet_in.h"
#include "lesson/answer_spelling.h"

#include <string.h>

struct gift {
	struct buf *out;
	size_t n, of;    /* questions so far, of so many tasks */
	struct buf left; /* "direct-call 4 (find), …": tasks that are none */
};

/* TEXT, which is safe, with GIFT's own characters escaped, on one line: line
 * ends with the indent behind them are one space.  "->" makes an answer a match
 * of two things, whatever is escaped. */
static void
put_safe_text(struct buf *out, struct str text)
{
	for (size_t i = 0; i < text.n; i++) {
		char c = text.p[i] == '\n' ? ' ' : text.p[i];

		if (c == ' ' && i > 0 && chr_is_space(text.p[i - 1]))
			continue;
		if (c == '-' && i + 1 < text.n && text.p[i + 1] == '>') {
			buf_puts(out, "→");
			i++;
			continue;
		}
		if (strchr("~=#{}:\\", c) != NULL)
			buf_putc(out, '\\');
		buf_putc(out, c);
	}
}

static void
put_escaped_text(struct buf *out, struct str text)
{
	struct buf safe = BUF_INIT;

	utf8_add_safe_lines(&safe, text);
	put_safe_text(out, buf_view(&safe));
	buf_end(&safe, &out->err);
}

/* A text begins here: "[html]" at its beginning were its format. */
static void
gift_put_format(struct buf *out, struct str text)
{
	if (str_starts(str_trim(text), "["))
		buf_puts(out, "[plain]");
}

/* The plain words of TEXT, Markdown. */
static void
put_plain_text(struct buf *out, struct str text)
{
	struct markdown_span span;
	struct buf plain = BUF_INIT;

	while (markdown_span_next(&text, &span))
		buf_str(&plain, span.text);
	gift_put_format(out, buf_view(&plain));
	put_escaped_text(out, buf_view(&plain));
	buf_end(&plain, &out->err);
}

/* An answer begins with what would be its weight, "%50%", unless there is one
 * before it. */
static bool
needs_weight(struct str text)
{
	return str_starts(str_trim(text), "%");
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
	struct markdown m;
	bool first = true, code = false;

	markdown_begin(&m, text);
	while (markdown_next(&m, &b)) {
		code |= b.kind == MARKDOWN_CODE;
		if (b.kind == MARKDOWN_CODE)
			put_commands(out, &b);
		if (b.kind != MARKDOWN_PARAGRAPH && b.kind != MARKDOWN_ITEM)
			continue;
		if (!first && code)
			buf_puts(out, "\\n");
		else if (!first)
			utf8_add_gap(out);
		first = code = false;
		put_plain_text(out, b.text);
	}
}

/* ---- answers ---- */

/* An answer as a pattern of a short answer: a star stands for itself. */
static void
gift_put_pattern(struct buf *out, struct str text)
{
	while (text.n > 0) {
		size_t n = str_chr(text, '*') < 0 ? text.n
						  : (size_t)str_chr(text, '*');

		put_escaped_text(out, str_slice(text, 0, n));
		if (n < text.n)
			buf_puts(out, "\\\\*");
		text = str_slice(text, n + 1, text.n);
	}
}

/* The answers of one question, task I of MARK. */
struct gift_answers {
	struct buf *out;
	const struct lesson_task *task;
	struct mark *mark;
	size_t i;
	struct diag *d;
	double tolerance;
	struct buf said[LESSON_OPTIONS_MAX]; /* of a choice's options */
};

static void
put_feedback(struct buf *out, struct str text)
{
	if (text.n == 0)
		return;
	buf_putc(out, '#');
	put_plain_text(out, text);
}

/* TEXT, an answer, as Moodle compares it; false: it is not a number. */
static bool
gift_put_value(struct gift_answers *a, const char *lead, struct str text)
{
	bool time = a->task->kind == LESSON_TIME;
	double value = 0;

	if (a->task->kind == LESSON_TEXT) {
		buf_puts(a->out, lead);
		if (needs_weight(text) && !str_ends(str_of(lead), "%"))
			buf_puts(a->out, "%100%");
		gift_put_format(a->out, text);
		gift_put_pattern(a->out, text);
		return true;
	}
	if (!(time ? spelling_time : spelling_number)(text, &value))
		return false;
	buf_printf(a->out, "%s%.9g:%.6g", lead, value,
	    a->tolerance < 1e-6 ? 0 : a->tolerance);
	return true;
}

/* Values that a task takes for right. */
#define RIGHT_MOST 16

/* All right values, and their feedback. */
static int
put_right_values(struct gift_answers *a, struct str feedback)
{
	LOCAL_BUF value = BUF_INIT;
	bool more = true;
	int err = 0;

	for (size_t k = 0; err == 0 && k < RIGHT_MOST && more; k++) {
		buf_clear(&value);
		err = lesson_right_value(
		    a->mark->lesson, a->i, k, a->mark->trace, &value, a->d);
		more = value.n > 0;
		if (err == 0 && more &&
		    gift_put_value(a, "\n\t=", buf_view(&value)))
			put_feedback(a->out, feedback);
	}
	return err;
}

/* A value: the first that fits counts, and the right ones come first. */
static int
put_value_reason(
    struct gift_answers *a, const struct reason *r, struct str feedback)
{
	if (r->of == REASON_RIGHT)
		return put_right_values(a, feedback);
	if (r->of == REASON_OTHERS) {
		buf_puts(a->out,
		    a->task->kind == LESSON_TEXT ? "\n\t=%0%*" : "\n\t~");
		put_feedback(a->out, feedback);
	} else if (gift_put_value(a, "\n\t=%0%", r->answer)) {
		put_feedback(a->out, feedback);
	}
	return 0;
}

/* An option's, kept until its turn. */
static int
keep_option_reason(
    struct gift_answers *a, const struct reason *r, struct str feedback)
{
	const struct lesson_task *t = a->task;

	for (size_t k = 0; k < t->noptions; k++)
		if (r->of == REASON_RIGHT ? t->options[k].right
					  : r->of == REASON_WRONG &&
						r->answer.p[0] == 'a' + (int)k)
			buf_str(&a->said[k], feedback);
	return 0;
}

static int
put_gift_reason(const struct reason *r, void *arg)
{
	struct gift_answers *a = arg;
	struct reason_rules said = { .out = NULL };
	struct buf text = BUF_INIT;
	int err;

	/* A rule's section: its sentence is in rung. */
	memset(said.said, true, sizeof(said.said));
	reason_put(r, &said, &text);
	err = (a->task->kind == LESSON_CHOICE
		   ? keep_option_reason
		   : put_value_reason)(a, r, buf_view(&text));
	buf_end(&text, &a->out->err);
	return err != 0 ? err : a->out->err;
}

static void
gift_put_options(struct gift_answers *a)
{
	for (size_t k = 0; k < a->task->noptions; k++) {
		const struct lesson_option *o = &a->task->options[k];

		buf_puts(a->out, o->right                        ? "\n\t="
				 : needs_weight(str_of(o->text)) ? "\n\t~%0%"
								 : "\n\t~");
		put_plain_text(a->out, str_of(o->text));
		put_feedback(a->out, buf_view(&a->said[k]));
	}
}

static int
put_gift_answers(struct buf *out, struct mark *m, size_t i, struct diag *d)
{
	const struct lesson_task *t = lesson_task(m->lesson, i);
	struct gift_answers a = {
		.out = out, .task = t, .mark = m, .i = i, .d = d
	};
	LOCAL_BUF key = BUF_INIT;
	int err;

	/* Many runs are right: an essay to Moodle, which a teacher reads. */
	if (t->kind == LESSON_RUN)
		return 0;
	if (t->kind == LESSON_NUMBER || t->kind == LESSON_TIME)
		buf_putc(out, '#');
	err = lesson_key(m->lesson, i, m->trace, &key, &a.tolerance, d);
	if (err == 0)
		err = mark_each_reason(m, i, put_gift_reason, &a, d);
	if (t->kind == LESSON_CHOICE)
		gift_put_options(&a);
	buf_putc(out, '\n');
	for (size_t k = 0; k < LESSON_OPTIONS_MAX; k++)
		buf_end(&a.said[k], &out->err);
	return err;
}

static int
gift_put_question(
    struct gift *g, struct sheet_lab *lab, size_t i, struct diag *d)
{
	const struct lesson_task *t = lesson_task(lab->mark.lesson, i);
	struct buf worth = BUF_INIT;
	int err;

	g->of++;
	if (t->kind > LESSON_TEXT && t->kind != LESSON_RUN) {
		buf_printf(&g->left, "%s%s %u (%s)",
		    g->left.n > 0 ? _(", ") : "", lab->work.name, t->number,
		    lesson_kind_text(t->kind));
		return 0;
	}
	g->n++;
	worksheet_put_points(&worth, t->points);
	buf_puts(g->out, "::");
	put_escaped_text(g->out, str_of(lab->work.name));
	buf_printf(g->out, " %u (%s)::[plain](%s) ", t->number,
	    buf_cstr(&worth), buf_cstr(&worth));
	put_wording(g->out, t->text);
	/* Moodle reads bare numbers. */
	if (t->kind == LESSON_TIME)
		buf_printf(g->out, " %s", _("(in seconds)"));
	buf_puts(g->out, " {");
	err = put_gift_answers(g->out, &lab->mark, i, d);
	buf_puts(g->out, "}\n\n");
	buf_end(&worth, &g->out->err);
	return err;
}

static int
put_lab_questions(struct sheet_lab *lab, void *arg, struct diag *d)
{
	int err = 0;

	for (size_t i = 0; err == 0 && i < lesson_count(lab->mark.lesson); i++)
		if ((lab->tasks & (1u << i)) != 0)
			err = gift_put_question(arg, lab, i, d);
	return err;
}

int
worksheet_put_gift(const char *name, const struct worksheet_options *o,
    struct buf *out, struct buf *remark, struct diag *d)
{
	struct gift g = { .out = out };
	LOCAL_BUF plan = BUF_INIT;
	int err;

	buf_puts(out, "$CATEGORY: rung/");
	put_escaped_text(out, str_of(name));
	buf_puts(out, "\n\n");
	err = worksheet_each_lab(
	    name, o->student, &plan, put_lab_questions, &g, d);
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
