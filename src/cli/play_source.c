/* Between the screen, which knows no simulator, and the session: each function
 * only hands on. */
#include "cli/play_source.h"

static size_t
count_branches(void *arg)
{
	return session_branches(arg);
}

static const struct trace *
branch_trace(size_t branch, void *arg)
{
	return session_trace(arg, branch);
}

static const char *
branch_name(size_t branch, void *arg)
{
	return session_name(arg, branch);
}

static int
rename_branch(size_t branch, const char *text, struct diag *d, void *arg)
{
	return session_rename(arg, branch, text, d);
}

static int
remove_branch(size_t branch, struct diag *d, void *arg)
{
	return session_delete(arg, branch, d);
}

static bool
branch_parent(size_t branch, size_t *of, uint64_t *after, void *arg)
{
	return session_parent(arg, branch, of, after);
}

static int
branch_advance(size_t branch, bool *done, struct diag *d, void *arg)
{
	int err = session_advance(arg, branch, done, d);

	session_tell_change(arg, branch, d);
	return err;
}

static const struct diag *
branch_remark(size_t branch, size_t i, void *arg)
{
	return session_remark(arg, branch, i);
}

static int
begin_act(size_t from, uint64_t after, const struct act *what, struct diag *d,
    void *arg)
{
	return session_act_begin(arg, from, after, what, d);
}

static int
act_step(
    bool *done, size_t *branch, unsigned *percent, struct diag *d, void *arg)
{
	uint64_t now, all;
	int err = session_act_step(arg, done, branch, d);

	session_act_progress(arg, &now, &all);
	*percent = all > 0 ? (unsigned)(now * 100 / all) : 100;
	return err;
}

static void
act_cancel(void *arg)
{
	session_act_cancel(arg);
}

static size_t
verbs(size_t branch, uint64_t after, const char *on, struct act_verb *list,
    size_t max, void *arg)
{
	return session_verbs(arg, branch, after, on, list, max);
}

static int
check_arg(size_t branch, const char *on, const char *verb, const char *key,
    const char *value, struct diag *d, void *arg)
{
	return session_check_arg(arg, branch, on, verb, key, value, d);
}

static int
save_state(struct str state, struct diag *d, void *arg)
{
	return session_save(arg, state, d);
}

static struct str
kept_state(void *arg)
{
	return session_state(arg);
}

void
play_source_of(struct play_source *src, struct session *s)
{
	bool acts = session_can_act(s);

	*src = (struct play_source){
		.arg = s,
		.title = session_title(s),
		.branches = count_branches,
		.trace = branch_trace,
		.name = branch_name,
		.rename = rename_branch,
		.remove = remove_branch,
		.parent = branch_parent,
		.advance = branch_advance,
		.remark = branch_remark,
		.act = acts ? begin_act : NULL,
		.act_step = act_step,
		.act_cancel = act_cancel,
		.verbs = acts ? verbs : NULL,
		.check_arg = acts ? check_arg : NULL,
		.save = session_can_keep(s) ? save_state : NULL,
		.state = kept_state,
	};
}
