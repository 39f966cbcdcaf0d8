/* What a conference server can be told to do, and of its calls. */
#include "roles/conference/conference_in.h"

#include "agent/multipart.h"
#include "base/err.h"
#include "msg/header_names.h"
#include "role/verb.h"
#include "rules/rule_names.h"

#include <stdio.h>

/* The conference that A means by `room`; NULL, with the error in *ERR: there
 * is no such, or more than one. */
static struct conference_room *
conference_verb_find_room(const struct node_act *a, int *err)
{
	struct conference *cf = a->role;
	const char *name = node_arg(a->args, "room");
	const char *node = cf->agent.node->name;
	struct list *first = list_first(&cf->rooms);
	struct conference_room *r = NULL;

	if (name != NULL)
		r = map_get(cf->by_name, str_of(name));
	else if (map_count(cf->by_name) == 1)
		r = LIST_ENTRY(first, struct conference_room, link);
	*err = 0;
	if (r != NULL)
		return r;
	if (name != NULL)
		*err = diag_set(a->d, ERR_NOTFOUND, NULL, 0,
		    _("%s has no conference “%s”"), node, name);
	else if (first == NULL)
		*err = diag_set(a->d, ERR_NOTFOUND, NULL, 0,
		    _("%s has no conference"), node);
	else
		*err = diag_set(a->d, ERR_NOTFOUND, NULL, 0,
		    _("%s has several conferences; use room= to choose one"),
		    node);
	return NULL;
}

/* The room and, in URI, whom A means by `target`. */
static struct conference_room *
conference_verb_read_target(const struct node_act *a, struct buf *uri, int *err)
{
	const char *target = node_arg(a->args, "target");
	struct conference_room *r = conference_verb_find_room(a, err);

	if (r == NULL)
		return NULL;
	if (target == NULL)
		*err = diag_set(a->d, ERR_SYNTAX, NULL, 0,
		    _("the participant is missing: give a user or a URI"));
	else
		*err = agent_write_target(a->role, target, uri);
	if (*err == ERR_NOTFOUND || (*err == ERR_SYNTAX && target != NULL))
		diag_set(a->d, *err, NULL, 0,
		    _("“%s” is neither a user nor a URI: %s"), target,
		    err_text(*err));
	return *err == 0 ? r : NULL;
}

static int
conference_verb_bring(const struct node_act *a)
{
	LOCAL_BUF uri = BUF_INIT;
	struct agent_call *c = NULL;
	int err;
	struct conference_room *r = conference_verb_read_target(a, &uri, &err);

	if (r != NULL && conference_room_is_full(r) &&
	    conference_user_find(r, buf_view(&uri)) == NULL) {
		err = diag_set(a->d, ERR_LIMIT, NULL, 0,
		    _("the conference %s is full: it has %u participants and "
		      "invitations, the maximum (attribute most of %s)"),
		    r->name, conference_room_most(r),
		    r->conference->agent.node->name);
		r = NULL;
	}
	if (r != NULL)
		err =
		    conference_dial(r, buf_view(&uri), STR_NULL, STR_NULL, &c);
	if (r != NULL && err == 0)
		snprintf(a->result->object, sizeof(a->result->object), "%s",
		    c->name);
	else if (r != NULL && err != ERR_NOMEM)
		diag_set(a->d, err, NULL, 0, _("%s can't call %s: %s"),
		    r->conference->agent.node->name, buf_cstr(&uri),
		    err_text(err));
	return err;
}

static int
conference_verb_summon(const struct node_act *a)
{
	struct agent_refer_target to = AGENT_REFER_TARGET_INIT;
	int err;
	struct conference_room *r =
	    conference_verb_read_target(a, &to.uri, &err);

	if (r != NULL) {
		buf_puts(&to.headers, r->self->aor);
		buf_puts(&to.at, r->self->aor);
		err = (to.headers.err | to.at.err) != 0
			  ? ERR_NOMEM
			  : agent_refer_on(a->role, &to, NULL);
	}
	if (r != NULL && err != 0 && err != ERR_NOMEM)
		diag_set(a->d, err, NULL, 0, _("%s can't be asked: %s"),
		    buf_cstr(&to.uri), err_text(err));
	agent_refer_target_free(&to);
	return err;
}

/* The same where it is in the room, with its user in *U. */
static struct conference_room *
conference_verb_read_user(
    const struct node_act *a, struct conference_user **u, int *err)
{
	LOCAL_BUF uri = BUF_INIT;
	struct conference_room *r = conference_verb_read_target(a, &uri, err);

	*u = NULL;
	if (r != NULL)
		*u = conference_user_find(r, buf_view(&uri));
	if (r != NULL && (*u == NULL || list_empty(&(*u)->calls))) {
		*err = diag_set(a->d, ERR_NOTFOUND, NULL, 0,
		    _("%s is not in the conference %s"), buf_cstr(&uri),
		    r->name);
		r = NULL;
	}
	return r;
}

static int
conference_verb_remove(const struct node_act *a)
{
	struct conference_user *u;
	int err;
	struct conference_room *r = conference_verb_read_user(a, &u, &err);

	if (r != NULL)
		conference_user_remove(r, u);
	return err;
}

/* All calls of the user: RFC 4575 5.7.3. */
static int
mute_user(const struct node_act *a, bool mute)
{
	struct conference_user *u;
	int err;

	if (conference_verb_read_user(a, &u, &err) == NULL)
		return err;
	list_each (struct conference_call, p, &u->calls, link)
		conference_call_mute(p, mute);
	return 0;
}

static int
conference_verb_mute(const struct node_act *a)
{
	return mute_user(a, true);
}

static int
conference_verb_unmute(const struct node_act *a)
{
	return mute_user(a, false);
}

static int
lock_room(const struct node_act *a, bool lock)
{
	int err;
	struct conference_room *r = conference_verb_find_room(a, &err);

	if (r == NULL || r->locked == lock)
		return err;
	r->locked = lock;
	conference_room_changed(r, NULL, true);
	return 0;
}

static int
conference_verb_lock(const struct node_act *a)
{
	return lock_room(a, true);
}

static int
conference_verb_unlock(const struct node_act *a)
{
	return lock_room(a, false);
}

static int
conference_verb_disband(const struct node_act *a)
{
	int err;
	struct conference_room *r = conference_verb_find_room(a, &err);

	if (r != NULL)
		conference_room_close(r, RULE_CONFERENCE_DISBAND);
	return err;
}

/* ---- of a call ---- */

static struct agent_call *
find_call_of_act(const struct node_act *a, int *err)
{
	struct agent_call *c = agent_call_find(a->role, a->object);

	*err = c != NULL
		   ? 0
		   : diag_set(a->d, ERR_NOTFOUND, NULL, 0,
			 _("%s no longer has a call %s"),
			 ((struct agent *)a->role)->node->name, a->object);
	return c;
}

static int
conferred_verb_bye(const struct node_act *a)
{
	int err;
	struct agent_call *c = find_call_of_act(a, &err);

	return c != NULL ? agent_call_bye(c, a->d) : err;
}

static int
conferred_verb_reinvite(const struct node_act *a)
{
	const char *add = node_arg(a->args, "add");
	const char *remove = node_arg(a->args, "remove");
	int err;
	struct agent_call *c = find_call_of_act(a, &err);

	if (c == NULL)
		return err;
	return add != NULL || remove != NULL
		   ? agent_call_change_streams(c, add, remove, a->d)
		   : agent_call_reinvite(c, false, a->d);
}

const struct node_verb conference_verbs[] = {
	/* clang-format off */
	CONFERENCE_VERBS(NODE_VERB)
	CONFERRED_VERBS(NODE_VERB)
	{ 0 },
	/* clang-format on */
};

/*
 * A conference application: RFC 4579 5.3.  Its caller talks with something that
 * asks for what it needs before it can make a conference, as a voice that wants
 * keys to be pressed.  Here one key is all: by # the conference is made, the
 * call becomes one of it, and a re-INVITE says so by its Contact.
 */
void
conference_apply(struct conference *cf, const struct sip_in *in)
{
	struct agent_call *c = conference_call_take(cf, in);

	if (c == NULL)
		return;
	agent_call_say(c, RTP_SOUND_PROMPT, 0);
	agent_call_ring(c, 180);
	agent_call_answer(c);
}

/* 5.3: an error is reported to the user who has pressed the key, and the key
 * may be pressed again. */
static void
conference_verb_tell_failure(struct agent_call *c, enum rule_id why)
{
	struct buf text = BUF_INIT;

	buf_puts(&text, "no conference can be made at the moment");
	node_note(c->agent->node, why, &text);
}

static void
make_conference(struct agent_call *c)
{
	struct conference *cf = conference_of(c->agent);
	struct sim *sim = agent_sim(c->agent);
	uint64_t old = sim_cause(sim);
	struct conference_room *r;

	if (conference_is_full(cf)) {
		conference_verb_tell_failure(c, RULE_CONFERENCE_FULL);
		return;
	}
	if (agent_call_may_change(c, NULL) != 0) {
		conference_verb_tell_failure(c, RULE_CONFERENCE_APPLY);
		return;
	}
	r = conference_make(cf, RULE_CONFERENCE_APPLY);
	if (r != NULL) {
		conference_call_admit(c, r);
		agent_call_reinvite(c, false, NULL);
	}
	sim_set_cause(sim, old);
}

void
conference_pressed(struct agent_call *c, char digit)
{
	if (digit == '#' && conference_call_of(c)->room == NULL &&
	    c->machine.state == STATE_CONFIRMED)
		make_conference(c);
}

void
conference_informed(struct agent_call *c, const struct sip_in *in)
{
	char digit = msg_value(in->m, MSG_H_INFO_PACKAGE).n == 0
			 ? agent_digit_of(in->m)
			 : '\0';

	agent_call_informed(c, in);
	conference_pressed(c, digit);
}
