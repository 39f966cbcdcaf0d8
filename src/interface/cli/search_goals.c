/* Goals that a lab's check.lua has for each run of a search. */
#include "cli/search_in.h"

#include "base/err.h"
#include "base/folder.h"

#include <limits.h>
#include <stdlib.h>

static int
load_check(const struct search_origin *from, struct lesson **l, struct diag *d)
{
	return lesson_take_texts(
	    l, buf_cstr(&from->lab), buf_view(&from->check), STR_NULL, "", d);
}

static int
ask_goals(void *arg, const struct trace *t, bool holds[JUDGE_GOALS_MAX],
    uint64_t records[JUDGE_GOALS_MAX], size_t *failed, struct diag *d)
{
	const struct search_goals *g = arg;
	struct lesson *l = NULL;
	int err = load_check(g->from, &l, d);

	*failed = 0;
	if (err == 0)
		err = lesson_ask_goals(l, t, holds, records, failed, d);
	lesson_destroy(l);
	return err;
}

static const char *
text_goal(void *arg, size_t i)
{
	return lesson_goal_text(((const struct search_goals *)arg)->lesson, i);
}

/* FROM has the check.lua that lies beside IN's script, unless it has one
 * already.  0 or D's error. */
static int
find_check(const struct inputs *in, struct search_origin *from, struct diag *d)
{
	char path[PATH_MAX];

	if (from->lab.n > 0 || in->script == NULL || in->folder == NULL ||
	    !folder_has(in->folder, LESSON_CHECK) ||
	    realpath(in->folder, path) == NULL)
		return 0;
	buf_str(&from->lab, folder_name(path));
	return from->lab.err != 0 ? from->lab.err
				  : lesson_read_check(path, &from->check, d);
}

int
search_goals_take(struct search_goals *g, const struct inputs *in,
    struct search_options *o, struct search_origin *from, struct diag *d)
{
	_Static_assert(
	    LESSON_GOALS_MAX <= JUDGE_GOALS_MAX, "all goals are asked");
	int err;

	err = find_check(in, from, d);
	if (err != 0 || from->lab.n == 0)
		return err;
	g->from = from;
	err = load_check(from, &g->lesson, d);
	if (err != 0)
		return err;
	g->goals = (struct judge_goals){ .n = lesson_goals(g->lesson),
		.ask = ask_goals,
		.text = text_goal,
		.hash = lesson_hash(g->lesson),
		.arg = g };
	if (g->goals.n > 0)
		o->goals = &g->goals;
	return 0;
}
