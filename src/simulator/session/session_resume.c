/*
 * Going on with a kept session.  The file is untrusted and may be damaged:
 * nothing in it is believed before it is checked, and what it holds is run in
 * the same sandbox as any lab.
 */
#include "session/session_in.h"

#include "base/err.h"
#include "base/mem.h"
#include "base/param.h"
#include "inputs/arrivals_file.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

/* ---- which ---- */

#define NAMES_MOST 64 /* that are compared with a wrong one */

static int
none_kept(const char *which, const struct session_entry *list, size_t n,
    struct diag *d)
{
	const char *names[NAMES_MOST];
	size_t count = 0;

	if (which == NULL)
		return diag_set(d, ERR_NOTFOUND, NULL, 0,
		    _("no session is saved yet; rung play FILE begins one"));
	for (; count < n && count < NAMES_MOST; count++)
		names[count] = list[count].name;
	diag_set(d, ERR_NOTFOUND, NULL, 0,
	    _("there is no session “%s”; rung play --list lists them"), which);
	return diag_meant(d, ERR_NOTFOUND,
	    param_nearest(str_of(which), names, count, sizeof(names[0])));
}

/* By name, by number, or the newest. */
static int
session_resume_choose_entry(const char *which, const struct session_entry *list,
    size_t n, const char **name)
{
	uint32_t number;

	*name = NULL;
	for (size_t i = 0; which != NULL && i < n; i++)
		if (strcmp(list[i].name, which) == 0)
			*name = list[i].name;
	if (which == NULL && n > 0)
		*name = list[0].name;
	else if (which != NULL && *name == NULL &&
		 str_u32(str_of(which), &number) == 0 && number >= 1 &&
		 number <= n)
		*name = list[number - 1].name;
	return *name != NULL ? 0 : ERR_NOTFOUND;
}

static int
session_resume_find_kept(const char *which, struct buf *path, struct diag *d)
{
	struct session_entry *list;
	const char *name;
	size_t n;
	int err;

	if (which != NULL && strchr(which, '/') != NULL) {
		buf_puts(path, which);
		return path->err;
	}
	err = session_list(&list, &n, d);
	if (err != 0)
		return err;
	err = folder_find(path, false, d);
	if (err == 0 &&
	    session_resume_choose_entry(which, list, n, &name) == 0) {
		buf_printf(path, "/%s.json", name);
		err = path->err;
	} else if (err == 0 && which != NULL) {
		/* A damaged one is in no list, but its name can be said. */
		buf_printf(path, "/%s.json", which);
		err = path->err;
		if (err == 0 && access(path->p, F_OK) != 0)
			err = none_kept(which, list, n, d);
	} else if (err == 0) {
		err = none_kept(which, list, n, d);
	}
	session_list_free(list, n);
	return err;
}

/* ---- the branches ---- */

/* What its run is to be compared with. */
static int
take_kept(
    struct session_branch *b, struct json_value session, struct json_value v)
{
	struct str by;
	int64_t n = 0;

	if (json_plain(json_member(session, "rung"), &by) == 0)
		snprintf(b->kept_by, sizeof(b->kept_by), "%.*s", STR_ARG(by));
	if (json_member(v, "records").type == JSON_NONE)
		return 0;
	if (json_int(json_member(v, "records"), &n) != 0 || n < 0)
		return ERR_SYNTAX;
	b->kept = (uint64_t)n;
	return json_hash(json_member(v, "sum"), &b->kept_sum);
}

static int
take_parent(
    const struct session *s, struct session_branch *b, struct json_value v)
{
	int64_t parent, after;

	if (s->nbranches == 0)
		return 0;
	if (json_int(json_member(v, "parent"), &parent) != 0 || parent < 0 ||
	    (uint64_t)parent >= s->nbranches ||
	    json_int(json_member(v, "after"), &after) != 0 || after < 0 ||
	    after > SESSION_RECORDS_MAX)
		return ERR_SYNTAX;
	b->has_parent = true;
	b->parent = (size_t)parent;
	b->after = b->like_upto = (uint64_t)after;
	return 0;
}

static int
take_name(
    const struct session *s, struct session_branch *b, struct json_value v)
{
	LOCAL_BUF name = BUF_INIT;
	int err = json_cstr(json_member(v, "name"), &name);

	if (err == 0)
		err = session_name_check(buf_cstr(&name));
	if (err == 0) {
		b->name = session_unique_name(s, buf_cstr(&name));
		err = b->name != NULL ? 0 : ERR_NOMEM;
	}
	return err;
}

/* The trace that was opened, if it is still there as it was. */
static int
session_resume_take_trace(struct session *s, struct session_branch *b,
    struct json_value v, struct diag *d)
{
	uint64_t hash;
	int err = json_hash(json_member(v, "hash"), &hash);

	if (err == 0)
		err = trace_load(&b->trace, s->file, d);
	if (err == 0 && trace_hash(b->trace) != hash) {
		trace_destroy(b->trace);
		b->trace = NULL;
		err = diag_set(d, ERR_STATE, s->file, 0,
		    _("has changed since the session was saved"));
	}
	if (err != 0)
		return err;
	b->fixed = b->done = true;
	return 0;
}

/* The first branch is the trace that was opened, or a run as all others. */
static int
session_resume_begin_branch(struct session *s, struct session_branch *b,
    struct json_value session, struct diag *d)
{
	struct diag said = DIAG_INIT;
	int err;

	if (s->nbranches > 0 || !json_is_true(json_member(session, "fixed")))
		return s->can_act ? branch_begin(b, d) : ERR_SYNTAX;
	err = session_resume_take_trace(s, b, session, &said);
	if (err == 0 || err == ERR_NOMEM)
		return err;
	if (s->can_act)
		return branch_begin(b, d);
	if (said.err != 0)
		*d = said;
	return err;
}

/* The arrivals of B (session/session_keep.c). */
static int
read_kept_outside(struct session *s, struct session_branch *b,
    struct json_value v, struct diag *d)
{
	int64_t k;

	if (!b->in.outside.there || v.type == JSON_NONE)
		return 0;
	arrivals_drop(b->in.outside.arrivals);
	b->in.outside.arrivals = NULL;
	if (v.type == JSON_ARRAY)
		return arrivals_take(&b->in.outside, v, d);
	if (json_int(v, &k) != 0 || k < 0 || (uint64_t)k >= s->nbranches)
		return ERR_SYNTAX;
	b->in.outside = s->branches[k]->in.outside;
	arrivals_share(b->in.outside.arrivals);
	return 0;
}

static int
session_resume_take_branch(struct session *s, const struct inputs *in,
    struct json_value session, struct json_value v, struct diag *d)
{
	struct session_branch *b = branch_new();
	int err = b != NULL ? take_name(s, b, v) : ERR_NOMEM;

	if (err == 0)
		err = take_kept(b, session, v);
	if (err == 0)
		err = take_parent(s, b, v);
	if (err == 0)
		err = inputs_copy(&b->in, in, 0, 0);
	if (err == 0)
		err = inputs_read_acts(&b->in, json_member(v, "acts"));
	if (err == 0)
		err = read_kept_outside(s, b, json_member(v, "arrivals"), d);
	if (err == 0)
		err = session_resume_begin_branch(s, b, session, d);
	if (err == 0)
		return session_add(s, b, d);
	branch_destroy(b);
	return err;
}

static int
take_branches(struct session *s, struct json_value session, struct diag *d)
{
	struct json_value inputs = json_member(session, "inputs"), v;
	struct json_value list = json_member(session, "branches");
	LOCAL(inputs_free) struct inputs in = { 0 };
	size_t at = 0;
	int err = list.type == JSON_ARRAY ? 0 : ERR_SYNTAX;

	s->can_act = inputs.type != JSON_NONE;
	if (!s->can_act)
		diag_set(&s->why_not, ERR_UNSUPPORTED, s->file, 0,
		    _("this trace does not contain the inputs of its run (rung "
		      "run did not make it), so the run can't be repeated"));
	if (err == 0 && s->can_act)
		err = inputs_from_json(&in, inputs);
	inputs_use_files(&in);
	while (err == 0 && json_item(list, &at, &v))
		err = session_resume_take_branch(s, &in, session, v, d);
	if (err == 0 && s->nbranches == 0)
		err = ERR_SYNTAX;
	return err;
}

/* ---- the whole ---- */

static int
session_resume_take_state(struct session *s, struct json_value session)
{
	struct json_value v = json_member(session, "state");

	if (v.type == JSON_NONE)
		return 0;
	if (v.type != JSON_OBJECT || v.raw.n > SESSION_STATE_MAX)
		return ERR_SYNTAX;
	buf_str(&s->state, v.raw);
	return s->state.err;
}

/* Short runs are there at once, long ones come in slices. */
static void
run_some(struct session *s)
{
	unsigned slices = 0;

	for (size_t i = 0; i < s->nbranches; i++)
		while (!s->branches[i]->done && slices < SESSION_RESUME_MAX) {
			session_step(s, i, NULL);
			slices++;
		}
}

static int
session_resume_build(
    struct session **sp, struct json_value v, const char *path, struct diag *d)
{
	LOCAL_BUF file = BUF_INIT;
	struct session *s = NULL;
	int err = json_cstr(json_member(v, "file"), &file);

	if (err == 0) {
		s = session_new(buf_cstr(&file));
		err = s != NULL ? 0 : ERR_NOMEM;
	}
	if (err == 0)
		err = session_resume_take_state(s, v);
	if (err == 0)
		err = take_branches(s, v, d);
	if (err == 0)
		err = session_set_title(s);
	if (err == 0) {
		s->kept_in = mem_strdup(path);
		err = s->kept_in != NULL ? 0 : ERR_NOMEM;
	}
	if (err == 0)
		run_some(s);
	else
		session_destroy(s);
	*sp = err == 0 ? s : NULL;
	return err;
}

int
session_resume(struct session **s, const char *which, struct diag *d)
{
	LOCAL_BUF path = BUF_INIT, text = BUF_INIT;
	struct json_value v;
	int err = session_resume_find_kept(which, &path, d);

	*s = NULL;
	if (err == 0)
		err = folder_read(path.p, &text, d);
	if (err == 0) {
		err = session_read_object(buf_view(&text), &v);
		if (err == ERR_UNSUPPORTED)
			diag_set(d, err, path.p, 0,
			    _("was saved by a newer version of rung"));
	}
	if (err == 0)
		err = session_resume_build(s, v, path.p, d);
	if (err == ERR_SYNTAX)
		diag_set(d, err, path.p, 0,
		    _("is not a session that rung saved, or it is damaged "
		      "(%s)"),
		    err_text(err));
	if (err == 0)
		return 0;
	/* The first error is the cause. */
	diag_fail(d, err);
	return d != NULL ? d->err : err;
}

/* ---- its files ---- */

static bool
same_text(const char *a, const char *b)
{
	return a == NULL || b == NULL || strcmp(a, b) == 0;
}

bool
session_has_old_texts(const struct session *s)
{
	const struct inputs *kept = &s->branches[0]->in;
	struct diag d = DIAG_INIT;
	struct inputs in;
	bool old = false;

	if (s->branches[0]->fixed || strcmp(s->file, "-") == 0 ||
	    trace_is_file(s->file))
		return false;
	if (inputs_read(&in, s->file, &d) == 0 &&
	    (in.topology != NULL || kept->topology_file == NULL ||
		inputs_find_topology(&in, kept->topology_file, &d) == 0))
		old = !same_text(in.script, kept->script) ||
		      !same_text(in.topology, kept->topology) ||
		      !inputs_same_programs(&in, kept);
	inputs_free(&in);
	return old;
}
