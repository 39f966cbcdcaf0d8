/* The goals of a lab for each run of a search; see lesson/search_goals.h. */
#include "lesson/search_goals.h"

#include "base/err.h"
#include "lesson/lesson_in.h"

/* Of the text that has them: another one asks something else. */
static uint64_t
lesson_hash(const struct lesson *l)
{
	return l->hash;
}

/* ---- what a lab asks of each run of a search ---- */

static int
load_check(const struct search_goals *g, struct lesson **l, struct diag *d)
{
	return lesson_take_texts(l, g->lab, g->check, STR_NULL, "", d);
}

static int
ask_anew(void *arg, const struct trace *t, bool holds[JUDGE_GOALS_MAX],
    uint64_t records[JUDGE_GOALS_MAX], size_t *failed, struct diag *d)
{
	struct lesson *l = NULL;
	int err = load_check(arg, &l, d);

	*failed = 0;
	if (err == 0)
		err = lesson_ask_goals(l, t, holds, records, failed, d);
	lesson_destroy(l);
	return err;
}

static const char *
text_of_goal(void *arg, size_t i)
{
	return lesson_goal_text(((const struct search_goals *)arg)->lesson, i);
}

int
search_goals_take(struct search_goals *g, const char *lab, struct str check,
    struct search_options *o, struct diag *d)
{
	_Static_assert(
	    LESSON_GOALS_MAX <= JUDGE_GOALS_MAX, "all goals are asked");
	int err;

	g->lab = lab;
	g->check = check;
	err = load_check(g, &g->lesson, d);
	if (err != 0)
		return err;
	g->goals = (struct judge_goals){ .n = lesson_goals(g->lesson),
		.ask = ask_anew,
		.text = text_of_goal,
		.hash = lesson_hash(g->lesson),
		.arg = g };
	if (g->goals.n > 0)
		o->goals = &g->goals;
	return 0;
}
