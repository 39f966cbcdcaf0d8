/* A session of inputs, and its branches by name and number. */
#include "session/session_in.h"

#include "base/array.h"
#include "base/err.h"
#include "base/mem.h"
#include "text/utf8.h"

#include <stdio.h>
#include <string.h>

struct session *
session_new(const char *file)
{
	struct session *s = mem_zalloc(1, sizeof(*s));

	if (s == NULL)
		return NULL;
	s->can_act = true;
	s->file = mem_strdup(file);
	if (s->file != NULL)
		return s;
	mem_free(s);
	return NULL;
}

void
session_destroy(struct session *s)
{
	if (s == NULL)
		return;
	session_act_cancel(s);
	for (size_t i = 0; i < s->nbranches; i++)
		branch_destroy(s->branches[i]);
	mem_free(s->branches);
	mem_free(s->file);
	mem_free(s->title);
	mem_free(s->kept_in);
	buf_free(&s->state);
	mem_free(s);
}

int
session_add(struct session *s, struct session_branch *b, struct diag *d)
{
	if (s->nbranches >= SESSION_BRANCHES_MAX) {
		branch_destroy(b);
		return diag_set(d, ERR_LIMIT, NULL, 0,
		    _("there are already %d branches, the maximum"),
		    SESSION_BRANCHES_MAX);
	}
	if (ARRAY_RESIZE(&s->branches, s->nbranches + 1) != 0) {
		branch_destroy(b);
		return diag_fail(d, ERR_NOMEM);
	}
	s->branches[s->nbranches++] = b;
	return 0;
}

/* ---- names ---- */

static bool
session_is_taken(const struct session *s, const char *name, size_t but)
{
	for (size_t i = 0; i < s->nbranches; i++)
		if (i != but && strcmp(s->branches[i]->name, name) == 0)
			return true;
	return false;
}

int
session_name_check(const char *name)
{
	LOCAL_BUF safe = BUF_INIT;
	int err;

	utf8_add_safe(&safe, str_of(name));
	err = safe.err;
	if (err == 0 && (safe.n == 0 || safe.n > SESSION_NAME_MAX ||
			    !str_is(buf_view(&safe), name) ||
			    str_trim(str_of(name)).n != safe.n))
		err = ERR_SYNTAX;
	return err;
}

char *
session_unique_name(const struct session *s, const char *name)
{
	char text[SESSION_NAME_MAX + 1];
	struct str all = str_of(name);
	size_t n = all.n;

	snprintf(text, sizeof(text), "%s", name);
	/* With room for a number, and no character cut in two. */
	while (n > SESSION_NAME_MAX - 8 ||
	       (n < all.n && ((unsigned char)name[n] & 0xc0) == 0x80))
		n--;
	for (unsigned k = 2; session_is_taken(s, text, SIZE_MAX); k++)
		snprintf(text, sizeof(text), "%.*s %u", (int)n, name, k);
	return mem_strdup(text);
}

int
session_no_branch(const struct session *s, size_t branch, struct diag *d)
{
	return diag_set(d, ERR_RANGE, NULL, 0,
	    _("there is no branch %zu; the branches are 0 to %zu"), branch,
	    s->nbranches - 1);
}

int
session_no_record(const struct trace *t, uint64_t seq, struct diag *d)
{
	if (trace_count(t) == 0)
		return diag_set(d, ERR_RANGE, NULL, 0,
		    _("there is no record %llu: nothing has run yet"),
		    (unsigned long long)seq);
	return diag_set(d, ERR_RANGE, NULL, 0,
	    _("there is no record %llu; records have the numbers 1 to %llu"),
	    (unsigned long long)seq, (unsigned long long)trace_count(t));
}

int
session_rename(
    struct session *s, size_t branch, const char *name, struct diag *d)
{
	char *copy;
	int err;

	if (branch >= s->nbranches)
		return session_no_branch(s, branch, d);
	err = session_name_check(name);
	if (err == ERR_SYNTAX)
		return diag_set(d, ERR_SYNTAX, NULL, 0,
		    _("a branch's name must be one or more words of at most %d "
		      "bytes in all"),
		    SESSION_NAME_MAX);
	if (session_is_taken(s, name, branch))
		return diag_set(d, ERR_EXISTS, NULL, 0,
		    _("another branch has the name “%s”"), name);
	copy = err == 0 ? mem_strdup(name) : NULL;
	if (copy == NULL)
		return diag_fail(d, ERR_NOMEM);
	mem_free(s->branches[branch]->name);
	s->branches[branch]->name = copy;
	return 0;
}

/* ---- deleting ---- */

/* B, which left number GONE or another behind it, leaves OLD's parent now: with
 * that it shares what both have in common. */
static void
move_up(struct session_branch *b, size_t gone, const struct session_branch *old)
{
	if (!b->has_parent)
		return;
	if (b->parent == gone) {
		b->parent = old->parent;
		b->after = b->after < old->after ? b->after : old->after;
		b->like_upto =
		    b->like_upto < b->after ? b->like_upto : b->after;
		b->like = NULL;
	} else if (b->parent > gone) {
		b->parent--;
	}
}

int
session_delete(struct session *s, size_t branch, struct diag *d)
{
	struct session_branch *old;

	if (branch >= s->nbranches)
		return session_no_branch(s, branch, d);
	old = s->branches[branch];
	if (!old->has_parent)
		return diag_set(d, ERR_STATE, NULL, 0,
		    _("“%s” was opened first and can't be deleted"), old->name);
	session_act_cancel(s);
	s->nbranches--;
	for (size_t i = branch; i < s->nbranches; i++)
		s->branches[i] = s->branches[i + 1];
	for (size_t i = 0; i < s->nbranches; i++)
		move_up(s->branches[i], branch, old);
	branch_destroy(old);
	return 0;
}

/* ---- looking ---- */

const char *
session_opened(const struct session *s)
{
	return s->file;
}

const char *
session_title(const struct session *s)
{
	return s->title;
}

bool
session_can_act(const struct session *s)
{
	return s->can_act;
}

bool
session_can_keep(const struct session *s)
{
	return !s->passing;
}

size_t
session_branches(const struct session *s)
{
	return s->nbranches;
}

const struct trace *
session_trace(const struct session *s, size_t branch)
{
	return s->branches[branch]->trace;
}

const char *
session_name(const struct session *s, size_t branch)
{
	return s->branches[branch]->name;
}

bool
session_parent(
    const struct session *s, size_t branch, size_t *parent, uint64_t *after)
{
	const struct session_branch *b = s->branches[branch];

	*parent = b->parent;
	*after = b->after;
	return b->has_parent;
}

/* ---- beginning ---- */

int
session_set_title(struct session *s)
{
	struct str title = trace_head(s->branches[0]->trace)->title;
	const char *slash = strrchr(s->file, '/');

	s->title = title.n > 0 ? mem_dup(title.p, title.n)
			       : mem_strdup(slash != NULL && slash[1] != '\0'
						? slash + 1
						: s->file);
	return s->title != NULL ? 0 : ERR_NOMEM;
}

int
session_finish(struct session **sp, struct session *s, struct session_branch *b,
    int err, struct diag *d)
{
	*sp = NULL;
	if (err == 0) {
		err = session_add(s, b, d);
		b = NULL;
	}
	if (err == 0)
		err = session_set_title(s);
	if (err == 0) {
		*sp = s;
		return 0;
	}
	branch_destroy(b);
	session_destroy(s);
	return diag_fail(d, err);
}

int
session_begin(struct session **sp, const char *name, struct inputs *in,
    const struct session_options *options, struct diag *d)
{
	static const struct session_options none;
	const struct session_options *o = options != NULL ? options : &none;
	struct session_branch *b = branch_new();
	struct session *s = session_new(name);
	int err = s != NULL && b != NULL ? 0 : ERR_NOMEM;

	if (b == NULL) {
		inputs_free(in);
	} else {
		b->in = *in;
		*in = (struct inputs){ .topology = NULL };
		b->name = mem_strdup("main");
		if (o->max_records != 0)
			b->max_records = o->max_records;
		b->clock = o->clock;
		b->clock_arg = o->clock_arg;
		b->open = o->open;
		b->in.outside.there |= o->open;
	}
	if (err == 0 && b->name == NULL)
		err = ERR_NOMEM;
	if (err == 0)
		err = inputs_take_options(&b->in, &o->run, d);
	if (err == 0)
		err = branch_begin(b, d);
	if (err == 0)
		s->passing = true;
	return session_finish(sp, s, b, err, d);
}

int
session_view(
    struct session **sp, struct trace *t, const char *file, struct diag *d)
{
	struct session_branch *b = branch_new();
	struct session *s = session_new(file);
	int err = s != NULL && b != NULL ? 0 : ERR_NOMEM;

	if (b != NULL) {
		b->trace = t;
		b->fixed = b->done = true;
		b->name = mem_strdup("main");
	} else {
		trace_destroy(t);
	}
	if (err == 0 && b->name == NULL)
		err = ERR_NOMEM;
	if (err == 0) {
		s->passing = true;
		err = inputs_from_head(&b->in, t, file, &s->why_not);
		s->can_act = false;
		err = err == ERR_NOMEM ? err : 0;
	}
	return session_finish(sp, s, b, err, d);
}

int
session_grow(struct session *s, struct str lines, struct diag *d)
{
	struct session_branch *b = s->branches[0];
	int err = 0;

	if (!b->fixed)
		return diag_set(d, ERR_STATE, NULL, 0,
		    _("a run is open; only a trace that is shown unchanged can "
		      "take lines of another"));
	while (err == 0 && lines.n > 0) {
		ptrdiff_t nl = str_chr(lines, '\n');
		size_t n = nl < 0 ? lines.n : (size_t)nl + 1;

		if (trace_count(b->trace) >= b->max_records)
			return diag_set(d, ERR_LIMIT, NULL, 0,
			    _("the trace has %llu records, the maximum"),
			    (unsigned long long)b->max_records);
		err = nl < 0 ? diag_set(d, ERR_SYNTAX, NULL, 0,
				   _("the last line has no end"))
			     : trace_feed(b->trace, lines.p, n, d);
		lines = str_slice(lines, n, lines.n);
	}
	return err;
}

/* ---- going on ---- */

/* After session_resume the beginning of a branch is still to be held against
 * its parent's, which must be there first. */
enum run_state
session_step(struct session *s, size_t branch, const struct run_goal *to)
{
	struct session_branch *b = s->branches[branch];
	enum run_state state;

	b->like = NULL;
	while (
	    b->has_parent && !b->done && b->like_upto > trace_count(b->trace)) {
		struct session_branch *p = s->branches[b->parent];

		b->like = p->trace;
		if (p->done || trace_count(p->trace) >= b->like_upto)
			break;
		b = p;
		b->like = NULL;
	}
	branch_step(b, b == s->branches[branch] ? to : NULL, &state);
	return b == s->branches[branch] ? state : RUN_GOES_ON;
}

int
session_advance_to(struct session *s, size_t branch, const struct run_goal *to,
    enum run_state *state, struct diag *d)
{
	struct session_branch *b = s->branches[branch];

	*state = session_step(s, branch, to);
	if (b->failure.err != 0) {
		*d = b->failure;
		b->failure = DIAG_INIT;
	}
	return 0;
}

int
session_advance(struct session *s, size_t branch, bool *done, struct diag *d)
{
	enum run_state state;
	int err = session_advance_to(s, branch, NULL, &state, d);

	*done = s->branches[branch]->done;
	return err;
}

/* ---- outside ---- */

int
session_arrive(
    struct session *s, size_t branch, const struct arrival *a, struct diag *d)
{
	struct session_branch *b = s->branches[branch];

	return b->run != NULL
		   ? drive_arrive(b->run, a, 0, d)
		   : diag_set(d, ERR_STATE, NULL, 0,
			 _("“%s” has ended; nothing can arrive"), b->name);
}

void
session_stop(struct session *s, size_t branch)
{
	struct session_branch *b = s->branches[branch];

	b->open = false;
	if (b->run != NULL)
		run_stop(drive_run(b->run));
}

struct drive *
session_drive(const struct session *s, size_t branch)
{
	return s->branches[branch]->run;
}

const struct diag *
session_remark(const struct session *s, size_t branch, size_t i)
{
	return branch_remark(s->branches[branch], i);
}

void
session_tell_change(struct session *s, size_t branch, struct diag *d)
{
	struct session_branch *b = s->branches[branch];

	if (b->change.err != 0 && d->err == 0)
		*d = b->change;
	b->change = DIAG_INIT;
}
