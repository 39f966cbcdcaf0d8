/* Questions about a branch, and the tasks of its lab; what answers are worth.
 */
#include "engine/engine_in.h"

#include "base/array.h"
#include "base/err.h"
#include "base/mem.h"
#include "quiz/quiz.h"
#include "trace/json.h"

#define WIDTH 80

/* ---- about messages ---- */

/* The question to *Q, to be freed in any case. */
static int
make_quiz(const struct engine *e, const struct engine_question *from,
    struct quiz *q, struct diag *d)
{
	const struct trace *t = engine_trace(e, from->branch, from->seq, d);
	int err;

	*q = (struct quiz){ .trace = NULL };
	if (t == NULL)
		return d->err;
	err = from->asks == ENGINE_NEXT
		  ? quiz_make(t, from->seq, q)
		  : quiz_make_fact(t, from->seq, from->nth, q);
	if (err == ERR_NOTFOUND)
		return diag_set(
		    d, err, NULL, 0, _("there is no such question here"));
	return err == 0 ? 0 : engine_no_memory(d);
}

/* DOC as a text, and DOC is freed. */
static void
put_doc(struct buf *out, const char *key, struct doc *doc)
{
	struct buf text = BUF_INIT;

	if (doc->err != 0 || doc_write(doc, &text) != 0)
		out->err = ERR_NOMEM;
	json_put_field(out, key, buf_view(&text));
	buf_free(&text);
	doc_free(doc);
}

static void
put_option(struct buf *out, const struct quiz *q, size_t i)
{
	struct buf text = BUF_INIT;

	quiz_put_option(&text, q, i);
	json_put_item(out);
	json_put_str(out, buf_view(&text));
	if (text.err != 0)
		out->err = text.err;
	buf_free(&text);
}

static int
put_quiz(const struct quiz *q, struct buf *out, struct diag *d)
{
	struct doc context = DOC_INIT;

	quiz_put_context(q, WIDTH, &context);
	buf_putc(out, '{');
	json_put_int(out, "at", (int64_t)q->at);
	json_put_int(out, "record", (int64_t)q->next);
	json_put_field(out, "question",
	    q->fact != NULL ? q->question
			    : str_of(_("Who sends what to whom next?")));
	put_doc(out, "context", &context);
	json_open(out, "options", '[');
	for (size_t i = 0; i < q->noptions; i++)
		put_option(out, q, i);
	buf_putc(out, ']');
	json_put_int(out, "tries", quiz_tries(q));
	buf_puts(out, "}");
	return out->err == 0 ? 0 : engine_no_memory(d);
}

/* ANSWER as the number of one of N options, from 0. */
static int
read_option(struct str answer, size_t n, size_t *option, struct diag *d)
{
	uint32_t number;

	if (str_u32(str_trim(answer), &number) == 0 && number >= 1 &&
	    number <= n) {
		*option = number - 1;
		return 0;
	}
	return diag_set(d, ERR_SYNTAX, NULL, 0,
	    _("an answer is the number of an option, from 1 to %zu"), n);
}

static int
judge_quiz(
    const struct quiz *q, struct str answer, struct buf *out, struct diag *d)
{
	static const char *const words[] = { [QUIZ_WRONG] = "wrong",
		[QUIZ_RIGHT] = "right",
		[QUIZ_RIGHT_LATER] = "later",
		[QUIZ_COULD] = "could" };
	struct quiz_pick pick = { .option = 0 };
	struct doc why = DOC_INIT;
	enum quiz_verdict v;
	int err = read_option(answer, q->noptions, &pick.option, d);

	if (err != 0)
		return err;
	v = quiz_judge(q, &pick, true, WIDTH, &why);
	buf_putc(out, '{');
	json_put_field(out, "verdict", str_of(words[v]));
	json_put_bool(out, "right", v != QUIZ_WRONG);
	put_doc(out, "text", &why);
	buf_puts(out, "}");
	return out->err == 0 ? 0 : engine_no_memory(d);
}

/* ---- tasks ---- */

static int
find_task(struct engine *e, size_t i, struct lesson **l, struct diag *d)
{
	int err = engine_lesson(e, l, d);

	if (err == 0 && (*l == NULL || i >= lesson_count(*l)))
		err = diag_set(
		    d, ERR_NOTFOUND, NULL, 0, _("there is no such task"));
	return err;
}

/* ---- both ---- */

/* What was said to be done lacks nothing. */
static int
check_memory(int err, unsigned long lacked, struct diag *d)
{
	return err == 0 && mem_failures() != lacked ? engine_no_memory(d) : err;
}

static int
ask(struct engine *e, const struct engine_question *from, struct buf *out,
    struct diag *d)
{
	struct lesson *l;
	struct quiz q;
	int err;

	if (from->asks >= ENGINE_TASK) {
		err = find_task(e, from->nth, &l, d);
		if (err == 0 && from->asks == ENGINE_TASK)
			engine_put_task(lesson_task(l, from->nth), out);
		else if (err == 0)
			engine_put_lesson(l, out);
		return err == 0 && out->err != 0 ? engine_no_memory(d) : err;
	}
	err = make_quiz(e, from, &q, d);
	if (err == 0)
		err = put_quiz(&q, out, d);
	quiz_free(&q);
	return err;
}

int
engine_question(struct engine *e, const struct engine_question *from,
    struct buf *out, struct diag *d)
{
	unsigned long lacked = mem_failures();

	return check_memory(ask(e, from, out, d), lacked, d);
}

static int
judge(struct engine *e, const struct engine_question *from, struct str answer,
    struct buf *out, struct diag *d)
{
	struct lesson *l;
	struct quiz q;
	int err;

	if (from->asks >= ENGINE_TASK) {
		err = find_task(e, from->nth, &l, d);
		return err == 0 ? engine_judge(e, l, from->nth, answer,
				      from->work, out, d)
				: err;
	}
	err = make_quiz(e, from, &q, d);
	if (err == 0)
		err = judge_quiz(&q, answer, out, d);
	quiz_free(&q);
	return err;
}

int
engine_verdict(struct engine *e, const struct engine_question *from,
    struct str answer, struct buf *out, struct diag *d)
{
	unsigned long lacked = mem_failures();

	return check_memory(judge(e, from, answer, out, d), lacked, d);
}
