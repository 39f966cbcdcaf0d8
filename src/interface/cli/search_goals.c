/* Goals that a lab's check.lua has for each run of a search. */
#include "cli/search_in.h"

#include "base/err.h"
#include "base/folder.h"

#include <limits.h>
#include <stdlib.h>

static int
ask_goals(void *arg, const struct trace *t, bool holds[JUDGE_GOALS_MAX],
    uint64_t records[JUDGE_GOALS_MAX], size_t *failed, struct diag *d)
{
	const struct search_goals *g = arg;
	struct lesson *l = NULL;
	int err = lesson_load(&l, g->folder, "", d);

	*failed = 0;
	if (err == 0 && lesson_goals(l) == g->goals.n)
		err = lesson_ask_goals(l, t, holds, records, failed, d);
	else if (err == 0)
		err = diag_set(d, ERR_STATE, g->folder, 0,
		    _("check.lua has changed while it was asked"));
	lesson_destroy(l);
	return err;
}

static const char *
text_goal(void *arg, size_t i)
{
	return lesson_goal_text(((const struct search_goals *)arg)->lesson, i);
}

/* FROM says in which folder the check.lua is: that of IN's script, unless it
 * says so already.  0 or ERR_NOMEM. */
static int
find_check(const struct inputs *in, struct search_origin *from)
{
	char path[PATH_MAX];

	if (from->lab.n == 0 && in->script != NULL && in->folder != NULL &&
	    folder_has(in->folder, LESSON_CHECK) &&
	    realpath(in->folder, path) != NULL)
		buf_puts(&from->lab, path);
	return from->lab.err;
}

int
search_goals_take(struct search_goals *g, const struct inputs *in,
    struct search_options *o, struct search_origin *from, struct diag *d)
{
	_Static_assert(
	    LESSON_GOALS_MAX <= JUDGE_GOALS_MAX, "all goals are asked");
	int err;

	err = find_check(in, from);
	if (err != 0 || from->lab.n == 0)
		return err;
	g->folder = buf_cstr(&from->lab);
	err = lesson_load(&g->lesson, g->folder, "", d);
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
