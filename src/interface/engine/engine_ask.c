/* Questions about a branch, and the tasks of its lab; what answers are worth.
 */
#include "engine/engine_in.h"

#include "base/err.h"
#include "base/mem.h"
#include "base/rows.h"

/* ---- tasks ---- */

static int
find_task(struct engine *e, size_t i, struct lesson **l, struct diag *d)
{
	int err = engine_lesson(e, l, d);

	if (err == 0 && (*l == NULL || i >= lesson_count(*l)))
		err = diag_set(
		    d, ERR_NOTFOUND, NULL, 0, _("there is no such task"));
	return err == 0 ? engine_take_given(e, *l, d) : err;
}

static int
ask_task(struct engine *e, const struct engine_question *from, struct buf *out,
    struct diag *d)
{
	struct lesson *l;
	int err = find_task(e, from->nth, &l, d);

	if (err == 0)
		engine_put_task(lesson_task(l, from->nth), out);
	return err;
}

static int
ask_lesson(struct engine *e, const struct engine_question *from,
    struct buf *out, struct diag *d)
{
	struct lesson *l;
	int err = find_task(e, from->nth, &l, d);

	if (err == 0)
		engine_put_lesson(l, out);
	return err;
}

static int
judge_task(struct engine *e, const struct engine_question *from,
    struct str answer, struct buf *out, struct diag *d)
{
	struct lesson *l;
	int err = find_task(e, from->nth, &l, d);

	return err == 0
		   ? engine_judge(e, l, from->nth, answer, from->work, out, d)
		   : err;
}

static int
judge_nothing(struct engine *e, const struct engine_question *from,
    struct str answer, struct buf *out, struct diag *d)
{
	(void)e;
	(void)from;
	(void)answer;
	(void)out;
	return diag_set(
	    d, ERR_NOTFOUND, NULL, 0, _("there is no such question here"));
}

/* ---- all of them ---- */

static const struct {
	const char *word;
	int (*ask)(struct engine *e, const struct engine_question *from,
	    struct buf *out, struct diag *d);
	int (*judge)(struct engine *e, const struct engine_question *from,
	    struct str answer, struct buf *out, struct diag *d);
} kinds[] = {
	[ENGINE_NEXT] = { "next", engine_ask_quiz, engine_judge_quiz },
	[ENGINE_MEANS] = { "means", engine_ask_quiz, engine_judge_quiz },
	[ENGINE_TASK] = { "task", ask_task, judge_task },
	[ENGINE_LESSON] = { "lesson", ask_lesson, judge_task },
	[ENGINE_SCORE] = { "score", engine_ask_score, judge_nothing },
};

const char *
engine_asks_word(unsigned asks)
{
	return asks < ROWS_COUNT(kinds) ? kinds[asks].word : NULL;
}

/* What was said to be done lacks nothing. */
static int
check_memory(
    int err, unsigned long lacked, const struct buf *out, struct diag *d)
{
	return err == 0 && (out->err != 0 || mem_failures() != lacked)
		   ? engine_no_memory(d)
		   : err;
}

int
engine_question(struct engine *e, const struct engine_question *from,
    struct buf *out, struct diag *d)
{
	unsigned long lacked = mem_failures();

	return check_memory(
	    kinds[from->asks].ask(e, from, out, d), lacked, out, d);
}

int
engine_verdict(struct engine *e, const struct engine_question *from,
    struct str answer, struct buf *out, struct diag *d)
{
	unsigned long lacked = mem_failures();

	return check_memory(
	    kinds[from->asks].judge(e, from, answer, out, d), lacked, out, d);
}
