/*
 * A person's acts.  The run is repeated with the act, up to the act, beside the
 * branch it was done in; only when that went well it takes the branch's place
 * or becomes a new branch.
 */
#include "session/session_in.h"

#include "base/err.h"
#include "base/mem.h"
#include "text/utf8.h"
#include "msg/methods.h"

#include <inttypes.h>
#include <string.h>

/* The send that a message's act means: that of record *AFTER, or the one that
 * arrives there. */
static int
find_send(const struct trace *t, uint64_t *after, struct diag *d)
{
	struct trace_rec rec = { .kind = TRACE_DROP };
	uint64_t seq;

	if (*after > 0)
		trace_get(t, *after, &rec);
	seq = rec.kind != TRACE_DROP ? trace_send_of(t, &rec) : 0;
	if (seq == 0)
		return diag_set(d, ERR_NOTFOUND, NULL, 0,
		    _("record %llu is not a message that is sent or received"),
		    (unsigned long long)*after);
	*after = seq;
	return 0;
}

/* ---- a name for the branch ---- */

/* "INVITE", "200 OK" */
static void
session_act_put_message(const struct trace *t, uint64_t seq, struct buf *name)
{
	LOCAL_BUF scratch = BUF_INIT;
	struct trace_send send;
	struct trace_rec rec;

	trace_get(t, seq, &rec);
	if (trace_get_send(&rec, &send, &scratch) != 0)
		buf_printf(name, "%" PRIu64, seq);
	else if (send.status != 0)
		buf_printf(
		    name, "%u %s", send.status, msg_status_phrase(send.status));
	else
		buf_str(name, send.method);
}

/* What was done: "drop 200 OK", "crash bil"; NULL without memory. */
static char *
name_branch(const struct session *s, const struct trace *t, uint64_t after,
    const struct act *act)
{
	LOCAL_BUF text = BUF_INIT, safe = BUF_INIT;
	char *name = NULL;

	buf_printf(&text, "%s ", act->verb);
	if (strcmp(act->on, "message") == 0)
		session_act_put_message(t, after, &text);
	else
		buf_puts(&text, act->on);
	utf8_add_safe(
	    &safe, str_trim(utf8_clip(buf_view(&text), SESSION_NAME_MAX / 2)));
	if (safe.n > SESSION_NAME_MAX || safe.n == 0) {
		buf_clear(&safe);
		buf_puts(&safe, "branch");
	}
	if (text.err == 0 && safe.err == 0)
		name = session_unique_name(s, buf_cstr(&safe));
	return name;
}

/* ---- trying ---- */

/* When ACT is done, where that is not right after record AFTER. */
static int64_t
session_act_time_of(
    const struct trace *t, uint64_t after, const struct act *act)
{
	int64_t then = after > 0 ? trace_time_of(t, after) : 0;

	return act->at_ns > then ? act->at_ns : 0;
}

/* Record AFTER is the end of a run that was stopped, and goes on now. */
static bool
in_place_of_stop(const struct session_branch *from, uint64_t after)
{
	return after > 1 && after == trace_count(from->trace) &&
	       trace_complete(from->trace) && from->in.outside.stops;
}

/* B, which leaves FROM, has FROM's outside: it goes on by the clock from the
 * end, and is open; before that it has the past arrivals, and ends behind
 * them. */
static void
inherit_outside(
    struct session_branch *b, const struct session_branch *from, uint64_t after)
{
	const struct trace *t = from->trace;
	int64_t last =
	    trace_count(t) > 0 ? trace_time_of(t, trace_count(t)) : 0;

	b->open = from->open;
	if (from->clock == NULL)
		return;
	if (after == trace_count(t) && from->run != NULL) {
		b->clock = from->clock;
		b->clock_arg = from->clock_arg;
		b->zero_ns = drive_zero_ns(from->run);
		return;
	}
	b->open = false;
	if (from->run != NULL)
		b->in.until_ns = last + SESSION_BEHIND_NS;
}

/* The run that does ACT, on ON and by VERB as the run has them, after record
 * AFTER of FROM; its header is written. */
static int
make_trial(struct session_branch *b, const struct session_branch *from,
    uint64_t after, const struct act *act, struct diag *d)
{
	const struct trace *t = from->trace;
	bool goes_on = in_place_of_stop(from, after);
	int64_t at_ns = act->at_ns;
	int err;

	/* It stands behind all that came before that moment. */
	if (goes_on)
		at_ns = trace_time_of(t, after--);
	err = inputs_copy(&b->in, &from->in, after, at_ns);
	if (err == 0)
		err = inputs_put_act(&b->in, after > 0 ? after : 1, at_ns,
		    act->on, act->verb, act->args, act->nargs);
	inputs_tell_acts(err, d);
	if (goes_on)
		b->in.outside.stops = false;
	inherit_outside(b, from, after);
	b->max_records = from->max_records;
	b->like = t;
	/* At the end the `end` gives way to the act. */
	b->like_upto = after > 0 && after == trace_count(t) && trace_complete(t)
			   ? after - 1
			   : after;
	return err == 0 ? branch_begin(b, d) : err;
}

static int
check_moment(
    const struct session *s, size_t from, uint64_t after, struct diag *d)
{
	if (!s->can_act) {
		*d = s->why_not;
		return d->err;
	}
	if (from >= s->nbranches)
		return session_no_branch(s, from, d);
	if (after > trace_count(s->branches[from]->trace))
		return session_no_record(s->branches[from]->trace, after, d);
	return 0;
}

int
session_act_begin(struct session *s, size_t from, uint64_t after,
    const struct act *act, struct diag *d)
{
	struct session_trial *trial = &s->trial;
	const struct session_branch *b;
	LOCAL_BUF on = BUF_INIT;
	struct act full = *act;
	int err = check_moment(s, from, after, d);

	session_act_cancel(s);
	if (err != 0)
		return err;
	b = s->branches[from];
	full.at_ns = 0;
	if (strcmp(act->on, "message") == 0)
		err = find_send(b->trace, &after, d);
	else
		full.at_ns = session_act_time_of(b->trace, after, act);
	full.verb = session_verb_done(b->trace, act->on, act->verb, &on);
	full.on = buf_cstr(&on);
	if (err == 0)
		err = on.err;
	trial->from = from;
	trial->after = after;
	if (err == 0) {
		trial->name = name_branch(s, b->trace, after, act);
		trial->b = branch_new();
		err = trial->name != NULL && trial->b != NULL
			  ? make_trial(trial->b, b, after, &full, d)
			  : ERR_NOMEM;
	}
	if (err == 0)
		return 0;
	session_act_cancel(s);
	return diag_fail(d, err);
}

/* B takes FROM's place. */
static void
replace_branch(struct session *s, size_t from, struct session_branch *b)
{
	struct session_branch *old = s->branches[from];
	struct session_branch was = *old;

	b->name = was.name;
	b->has_parent = was.has_parent;
	b->parent = was.parent;
	b->after = was.after;
	b->retired = was.trace;
	old->name = NULL;
	old->trace = NULL;
	branch_destroy(old);
	s->branches[from] = b;
}

static int
commit_trial(struct session *s, size_t *branch, struct diag *d)
{
	struct session_trial *trial = &s->trial;
	struct session_branch *b = trial->b;
	int err;

	trial->b = NULL;
	/* Up to here it is compared; what follows is its own. */
	b->like = NULL;
	b->like_upto = 0;
	*branch = trial->from;
	if (trial->after == trace_count(s->branches[trial->from]->trace)) {
		replace_branch(s, trial->from, b);
		return 0;
	}
	b->name = trial->name;
	trial->name = NULL;
	b->has_parent = true;
	b->parent = trial->from;
	b->after = trial->after;
	err = session_add(s, b, d);
	if (err == 0)
		*branch = s->nbranches - 1;
	return err;
}

int
session_act_step(struct session *s, bool *done, size_t *branch, struct diag *d)
{
	struct session_branch *b = s->trial.b;
	/* A live branch goes on from the act, no sooner. */
	const struct run_goal to = { .until_ns = INT64_MAX,
		.until_seq = b != NULL && b->open ? s->trial.after + 1 : 0 };
	enum run_state state;
	int err = ERR_STATE;

	*done = true;
	if (b != NULL)
		err = branch_step(b, &to, &state);
	if (err != 0) {
		if (b != NULL)
			*d = b->failure;
		session_act_cancel(s);
		return diag_fail(d, err);
	}
	if (!b->done && !run_caught_up(drive_run(b->run))) {
		*done = false;
		return 0;
	}
	err = commit_trial(s, branch, d);
	session_act_cancel(s);
	return err;
}

void
session_act_progress(const struct session *s, uint64_t *now, uint64_t *all)
{
	*all = s->trial.after;
	*now = s->trial.b != NULL ? trace_count(s->trial.b->trace) : *all;
	if (*now > *all)
		*now = *all;
}

void
session_act_cancel(struct session *s)
{
	branch_destroy(s->trial.b);
	mem_free(s->trial.name);
	s->trial.b = NULL;
	s->trial.name = NULL;
}
