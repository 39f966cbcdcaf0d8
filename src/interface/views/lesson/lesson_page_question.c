/* The page of a lesson: the part below an open task. */
#include "views/lesson/lesson_page_in.h"

#include "rules/rules.h"
#include "views/lesson/kept.h"
#include "words/caption.h"

static const struct lesson_task *
task_of(const struct page_maker *m)
{
	return lesson_task(m->s->lesson, m->task);
}

static struct str
answer_of(const struct page_maker *m)
{
	return str_trim(buf_view(&m->s->answers->tasks[m->task].text));
}

/* What was judged, where that may be told; NULL. */
static const struct lesson_result *
result_of(const struct page_maker *m)
{
	return !m->s->untold && m->s->judged[m->task] ? &m->s->results[m->task]
						      : NULL;
}

/* FMT with one text. */
static void
say_with(struct page_maker *m, enum canvas_style style, const char *fmt,
    struct str text)
{
	LOCAL_BUF b = BUF_INIT;

	buf_printf(&b, fmt, (int)text.n, text.p != NULL ? text.p : "");
	if (b.err != 0)
		m->p->doc.err = ERR_NOMEM;
	page_say(m, style, buf_cstr(&b));
}

/* ---- the kinds ---- */

void
page_put_example(const struct lesson_task *t, struct buf *b)
{
	switch (t->kind) {
	case LESSON_NUMBER:
		buf_puts(b, _("a number"));
		break;
	case LESSON_TIME:
		buf_puts(b, _("a time, such as 2.5 s or 20 ms"));
		break;
	case LESSON_CHOICE:
		buf_puts(b, _("a letter"));
		break;
	case LESSON_FIND:
		buf_puts(b, _("in the form"));
		buf_puts(b, t->asks_node ? " node=NAME" : "");
		buf_puts(b, t->asks_rule ? " rule=rfcN-SECTION" : "");
		buf_puts(b, t->asks_record ? " record=N" : "");
		break;
	case LESSON_RUN:
		buf_puts(b, _("a lab whose run disproves it, such as "
			      "two-proxies --set bob.busy=true"));
		break;
	default:
		buf_puts(b, _("a word"));
		break;
	}
	if (t->unit != NULL)
		buf_printf(b, " (%s)", t->unit);
}

/* "your answer: 3" */
static void
question_page_put_answer(struct page_maker *m)
{
	const struct lesson_task *t = task_of(m);
	struct str answer = answer_of(m);
	LOCAL_BUF b = BUF_INIT;

	page_line(m, PAGE_WRITE, 0);
	page_say(m, STYLE_LINK, _("your answer: "));
	if (answer.n == 0 && t->kind == LESSON_CHOICE)
		buf_puts(&b, _("↓ to one of these, and Enter"));
	else if (answer.n == 0)
		page_put_example(t, &b);
	say_with(m, answer.n > 0 ? STYLE_BOLD : STYLE_DIM, "%.*s",
	    answer.n > 0 ? answer : buf_view(&b));
}

/* "• b) the proxy atl": the one chosen is marked. */
static void
question_page_put_options(struct page_maker *m)
{
	const struct lesson_task *t = task_of(m);
	struct str answer = answer_of(m);
	size_t chosen =
	    answer.n == 1 ? (size_t)(chr_lower(answer.p[0]) - 'a') : SIZE_MAX;

	question_page_put_answer(m);
	for (size_t i = 0; i < t->noptions; i++) {
		char letter[] = { (char)('a' + (int)i), ')', ' ', 0 };

		page_line(m, PAGE_OPTION, i);
		if (i == chosen && m->p->n > 0)
			m->p->chosen = m->p->n - 1;
		m->below = PAGE_TASK_INDENT + 5;
		page_say(m, STYLE_BOLD, i == chosen ? "• " : "  ");
		page_say(m, STYLE_KEY, letter);
		page_say(m, i == chosen ? STYLE_BOLD : STYLE_PLAIN,
		    t->options[i].text);
	}
}

static void
put_drawing(struct page_maker *m)
{
	struct str rest = answer_of(m);

	for (size_t i = 0; rest.n > 0; i++) {
		struct str line = str_trim(str_cut(rest, '\n', &rest));

		page_line(m, PAGE_ARROWS, i);
		say_with(m, STYLE_BOLD, "  %.*s", line);
	}
	page_line(m, PAGE_ARROWS, SIZE_MAX);
	page_say(m, STYLE_LINK, _("choose arrows: from, message, to"));
	page_line(m, PAGE_EDIT, 0);
	page_say(m, STYLE_LINK,
	    _("or write them, one per line: alice -> atl INVITE"));
}

static void
put_predictions(struct page_maker *m)
{
	const struct lesson_task *t = task_of(m);
	LOCAL_BUF b = BUF_INIT;

	page_line(m, PAGE_PREDICT, 0);
	if (m->s->exam) {
		page_say(m, STYLE_DIM, _("not during an exam"));
		return;
	}
	buf_printf(&b,
	    _("predictions so far: %u, right at the first try: %u, answers "
	      "shown: %u"),
	    m->s->predicted, m->s->predicted_right, t->predictions);
	page_say(m, STYLE_LINK, buf_cstr(&b));
}

static void
question_page_put_conditions(struct page_maker *m)
{
	const struct lesson_task *t = task_of(m);
	const struct lesson_result *r = result_of(m);

	/* The verdict has them, each with its mark. */
	for (size_t i = 0; i < t->noptions && (r == NULL || r->why.n == 0);
	     i++) {
		page_line(m, PAGE_ACT, i);
		say_with(m, STYLE_PLAIN, "- %.*s", str_of(t->options[i].text));
	}
	page_line(m, PAGE_ACT, SIZE_MAX);
	page_say(m, STYLE_LINK,
	    _("a branch counts; the scripts in your copy of the lab count also "
	      "(rung copy)"));
}

static void
question_page_put_figure(struct page_maker *m)
{
	const struct lesson_task *t = task_of(m);
	struct str answer = answer_of(m);

	for (size_t i = 0; i < t->noptions; i++) {
		page_line(m, PAGE_FIGURE, i);
		say_with(m, STYLE_PLAIN, "- %.*s", str_of(t->options[i].text));
	}
	page_line(m, PAGE_FIGURE, SIZE_MAX);
	if (answer.n > 0)
		say_with(m, STYLE_BOLD, _("your figure: %.*s"), answer);
	else
		page_say(m, STYLE_LINK,
		    _("name an SVG file; e makes one, rung export also"));
}

typedef void put_fn(struct page_maker *m);

static put_fn *const puts_of[LESSON_KIND_COUNT] = {
	[LESSON_NUMBER] = question_page_put_answer,
	[LESSON_TIME] = question_page_put_answer,
	[LESSON_CHOICE] = question_page_put_options,
	[LESSON_TEXT] = question_page_put_answer,
	[LESSON_PREDICT] = put_predictions,
	[LESSON_DRAW] = put_drawing,
	[LESSON_RUN] = question_page_put_answer,
	[LESSON_GOAL] = question_page_put_conditions,
	[LESSON_FIND] = question_page_put_answer,
	[LESSON_BUILD] = question_page_put_conditions,
	[LESSON_FIGURE] = question_page_put_figure,
	[LESSON_AGENT] = question_page_put_conditions,
};

/* ---- hints ---- */

static void
put_hints(struct page_maker *m)
{
	const struct lesson_task *t = task_of(m);
	const struct lesson_result *r = result_of(m);
	unsigned seen = m->s->answers->tasks[m->task].hints;
	LOCAL_BUF b = BUF_INIT;

	if (m->s->untold)
		return;
	for (size_t i = 0; i < seen && i < t->nhints; i++) {
		page_line(m, PAGE_TASK, SIZE_MAX - i);
		page_say(m, STYLE_TITLE, _("Hint: "));
		page_say(m, STYLE_PLAIN, t->hints[i]);
	}
	if (seen < t->nhints && (r == NULL || r->verdict != LESSON_GOOD)) {
		page_line(m, PAGE_HINT, seen);
		buf_printf(&b, _("hint %u of %zu, for a quarter of the points"),
		    seen + 1, t->nhints);
		page_say(m, STYLE_DIM, buf_cstr(&b));
	}
}

/* ---- the verdict ---- */

static enum canvas_style
verdict_style(enum lesson_verdict v)
{
	return v == LESSON_GOOD  ? STYLE_SUCCESS
	       : v == LESSON_BAD ? STYLE_FAILURE
				 : STYLE_WARNING;
}

static void
question_page_put_why(struct page_maker *m, const struct lesson_result *r)
{
	struct str rest = buf_view(&r->why);

	for (size_t i = 0; rest.n > 0; i++) {
		struct str line = str_cut(rest, '\n', &rest);

		page_line(m, PAGE_READ, i);
		say_with(m, STYLE_PLAIN, "%.*s", line);
	}
}

static void
question_page_put_rule(struct page_maker *m, const struct lesson_result *r)
{
	const struct rule *rule = rule_at(r->rule);
	LOCAL_BUF b = BUF_INIT;

	if (rule == NULL || r->verdict == LESSON_GOOD)
		return;
	page_line(m, PAGE_READ, UINT64_MAX);
	rule_put_place(rule, &b);
	buf_puts(&b, "  ");
	page_say(m, STYLE_RULE, buf_cstr(&b));
	page_say(m, STYLE_PLAIN, i18n_text(rule->text));
}

/* "→ 17  atl sends INVITE to bil" */
static void
put_verdict_records(struct page_maker *m, const struct lesson_result *r)
{
	const struct trace *t = r->run == SIZE_MAX     ? m->s->lab
				: r->run < m->s->nruns ? m->s->runs[r->run]
						       : NULL;
	struct buf b = BUF_INIT;

	for (size_t i = 0; t != NULL && i < r->nrecords; i++) {
		page_line(m, PAGE_RECORD, i);
		buf_clear(&b);
		buf_printf(&b, "→ %llu  ", (unsigned long long)r->records[i]);
		page_say(m, STYLE_LINK, buf_cstr(&b));
		buf_clear(&b);
		caption_write(t, r->records[i],
		    m->s->width > 30 ? m->s->width - 16 : 14, &b);
		page_say(m, STYLE_PLAIN, buf_cstr(&b));
	}
	buf_end(&b, &m->p->doc.err);
}

static void
put_verdict(struct page_maker *m)
{
	const struct lesson_result *r = result_of(m);
	const struct lesson_task *t = task_of(m);
	bool goal = t->kind == LESSON_GOAL || t->kind == LESSON_BUILD ||
		    t->kind == LESSON_AGENT;

	if (r == NULL || r->verdict == LESSON_MISSING)
		return;
	page_line(m, PAGE_READ, 0);
	page_say(m,
	    goal && r->verdict == LESSON_BAD ? STYLE_PLAIN
					     : verdict_style(r->verdict),
	    goal && r->verdict == LESSON_BAD ? _("not yet")
					     : lesson_verdict_text(r->verdict));
	question_page_put_why(m, r);
	question_page_put_rule(m, r);
	put_verdict_records(m, r);
}

void
page_put_question(struct page_maker *m)
{
	page_note(m, PAGE_TASK);
	doc_line(&m->p->doc, 0);
	page_note(m, PAGE_READ);
	puts_of[task_of(m)->kind](m);
	put_hints(m);
	put_verdict(m);
	if (m->s->closed) {
		page_line(m, PAGE_READ, SIZE_MAX);
		page_say(m, STYLE_DIM,
		    _("the exam is over: answers can't be changed"));
	}
}
