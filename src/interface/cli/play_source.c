/* Between the screen and the engine, which runs a session: each function only
 * hands on.  What is kept in files is the session's. */
#include "cli/play_source.h"

static struct engine_branch
branch_of(size_t branch, void *arg)
{
	struct engine_branch b = { .name = NULL };

	engine_branch(arg, branch, &b);
	return b;
}

static size_t
count_branches(void *arg)
{
	struct engine_branch b;
	size_t n = 0;

	while (engine_branch(arg, n, &b))
		n++;
	return n;
}

static const struct trace *
branch_trace(size_t branch, void *arg)
{
	return branch_of(branch, arg).trace;
}

static const char *
branch_name(size_t branch, void *arg)
{
	return branch_of(branch, arg).name;
}

static int
rename_branch(size_t branch, const char *text, struct diag *d, void *arg)
{
	return engine_rename(arg, branch, text, d);
}

static int
remove_branch(size_t branch, struct diag *d, void *arg)
{
	return engine_rename(arg, branch, NULL, d);
}

static bool
branch_parent(size_t branch, size_t *of, uint64_t *after, void *arg)
{
	struct engine_branch b = branch_of(branch, arg);

	*of = b.parent;
	*after = b.after;
	return b.has_parent;
}

static int
branch_advance(size_t branch, bool *done, struct diag *d, void *arg)
{
	struct engine_progress p;
	int err = engine_advance(arg, branch, 1, &p, d);

	*done = p.done;
	return err;
}

static int
begin_act(size_t from, uint64_t after, const struct act *what, struct diag *d,
    void *arg)
{
	return engine_act(arg, from, after, what, d);
}

static int
act_step(
    bool *done, size_t *branch, unsigned *percent, struct diag *d, void *arg)
{
	struct engine_progress p;
	int err = engine_advance(arg, ENGINE_ACT, 1, &p, d);

	*done = p.done;
	*branch = p.branch;
	*percent = p.percent;
	return err;
}

static void
act_cancel(void *arg)
{
	engine_act(arg, 0, 0, NULL, NULL);
}

static size_t
verbs(size_t branch, uint64_t after, const char *on, struct act_verb *list,
    size_t max, void *arg)
{
	struct diag none = DIAG_INIT;

	return engine_verbs(arg, branch, after, on, list, max, &none);
}

static int
check_arg(size_t branch, const char *on, const char *verb, const char *key,
    const char *value, struct diag *d, void *arg)
{
	const struct act_arg pair = { key, value };

	return engine_check(arg, branch, on, verb, &pair, d);
}

/* ---- of the session ---- */

static const struct diag *
branch_remark(size_t branch, size_t i, void *keeper)
{
	return session_remark(keeper, branch, i);
}

static int
save_state(struct str state, struct diag *d, void *keeper)
{
	return session_save(keeper, state, d);
}

static struct str
kept_state(void *keeper)
{
	return session_state(keeper);
}

int
play_source_open(struct play_source *src, struct engine **e, struct session *s,
    struct diag *d)
{
	const struct engine_inputs in = { .session = s };
	bool acts = session_can_act(s);
	int err = engine_open(e, &in, d);

	*src = (struct play_source){
		.arg = *e,
		.keeper = s,
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
	return err;
}
