/* The reasons of a task's answers, gathered; see grade/reasons.h. */
#include "grade/reasons.h"

#include "lesson/answer_spelling.h"
#include "lesson/answers.h"
#include "rules/rules.h"
#include "text/utf8.h"

/* Wrong values of one task that are looked for, and how many in a row may have
 * nothing in this run. */
#define MISTAKES_MOST 16
#define NOTHING_MOST  4

/* The task whose reasons are told. */
struct telling {
	struct mark *m;
	size_t i;
	const struct lesson_task *task;
	reason_fn *fn;
	void *arg;
	struct diag *d;
};

static int
judge_as(const struct telling *t, struct str text, struct lesson_result *r)
{
	struct lesson_work lab = { .lab = t->m->trace };
	struct lesson_answer answer = { .text = text };

	return lesson_judge(t->m->lesson, t->i, &answer, &lab, r);
}

static int
tell_right(const struct telling *t)
{
	LOCAL(lesson_result_free) struct lesson_result r = LESSON_RESULT_INIT;
	struct reason reason = { .of = REASON_RIGHT, .rule = t->task->rule };
	LOCAL_BUF key = BUF_INIT;
	int err = lesson_key(t->m->lesson, t->i, t->m->trace, &key, NULL, t->d);

	if (err == 0)
		err = judge_as(t, buf_view(&key), &r);
	for (size_t k = 0; k < t->task->noptions; k++)
		if (t->task->kind == LESSON_CHOICE && t->task->options[k].right)
			reason.why = str_of(t->task->options[k].why);
	reason.records = r.records;
	reason.nrecords = r.nrecords;
	if (err == 0)
		err = t->fn(&reason, t->arg);
	return err;
}

/* Options of a choice, and conditions of a run, which it may fail. */
static int
tell_options(const struct telling *t)
{
	int err = 0;

	for (size_t k = 0; err == 0 && k < t->task->noptions; k++) {
		const struct lesson_option *o = &t->task->options[k];
		const char letter = (char)('a' + (int)k);
		struct reason reason = { .of = REASON_WRONG,
			.answer = str_of(o->text),
			.why = str_of(o->why),
			.rule = o->rule };

		if (t->task->kind == LESSON_CHOICE)
			reason.answer = (struct str){ &letter, 1 };
		if (!o->right && o->why != NULL)
			err = t->fn(&reason, t->arg);
	}
	return err;
}

/* VALUE can be an answer: a time before the beginning can't. */
static bool
look_is_response_to(const struct lesson_task *t, struct str value)
{
	double n;

	return t->kind == LESSON_NUMBER ? spelling_number(value, &n)
	       : t->kind == LESSON_TIME ? spelling_time(value, &n)
					: true;
}

/* The reason shown for the answer VALUE. */
static int
tell_mistake(const struct telling *t, struct str value)
{
	LOCAL(lesson_result_free) struct lesson_result r;
	int err = judge_as(t, value, &r);
	struct reason reason = { .of = REASON_WRONG,
		.answer = value,
		.why = buf_view(&r.why),
		.rule = r.rule };

	/* A mistake of most runs may be right in this one; a value without a
	 * reason of its own is one of the others. */
	if (err == 0 && r.verdict == LESSON_BAD &&
	    look_is_response_to(t->task, value) &&
	    !str_eq(reason.why, str_of(t->task->why)))
		err = t->fn(&reason, t->arg);
	return err;
}

static int
tell_mistakes(const struct telling *t)
{
	LOCAL_BUF value = BUF_INIT;
	size_t nothing = 0;
	int err = 0;

	for (size_t k = 0;
	     err == 0 && k < MISTAKES_MOST && nothing < NOTHING_MOST; k++) {
		buf_clear(&value);
		err = lesson_mistake(
		    t->m->lesson, t->i, k, t->m->trace, &value, t->d);
		nothing = value.n > 0 ? 0 : nothing + 1;
		if (err == 0 && value.n > 0)
			err = tell_mistake(t, buf_view(&value));
	}
	return err;
}

int
mark_each_reason(
    struct mark *m, size_t i, reason_fn *fn, void *arg, struct diag *d)
{
	struct telling t = { m, i, lesson_task(m->lesson, i), fn, arg, d };
	struct reason others = { .of = REASON_OTHERS,
		.why = str_of(t.task->why) };
	int err = tell_right(&t);

	if (err == 0)
		err = tell_options(&t);
	if (err == 0)
		err = tell_mistakes(&t);
	if (err == 0 && t.task->why != NULL)
		err = fn(&others, arg);
	return err;
}

static void
put_rule(enum rule_id id, struct reason_rules *said, struct buf *out)
{
	const struct rule *rule = rule_at(id);

	if (rule == NULL)
		return;
	utf8_add_gap(out);
	if (said->said[id]) {
		rule_put_section(rule, out);
		buf_puts(out, _("."));
	} else {
		rule_put(rule, out);
	}
	said->said[id] = true;
}

static void
put_records(const struct reason *r, struct buf *out)
{
	struct buf list = BUF_INIT;

	if (r->nrecords == 0)
		return;
	utf8_add_gap(out);
	for (size_t i = 0; i < r->nrecords; i++)
		buf_printf(&list, "%s%llu", i > 0 ? _(", ") : "",
		    (unsigned long long)r->records[i]);
	buf_printf(out, r->nrecords == 1 ? _("Record %s.") : _("Records %s."),
	    buf_cstr(&list));
	buf_end(&list, &out->err);
}

void
reason_put(const struct reason *r, struct reason_rules *said, struct buf *out)
{
	buf_str(out, r->why);
	put_rule(r->rule, said, out);
	put_records(r, out);
}

void
reason_put_answer(const struct reason *r, struct buf *out)
{
	if (r->of == REASON_WRONG)
		buf_printf(out, _("%.*s:"), STR_ARG(r->answer));
	else
		buf_puts(out, _("any other answer:"));
}
