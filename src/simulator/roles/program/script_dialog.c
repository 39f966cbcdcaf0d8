/*
 * The dialogs of a node's program (RFC 3261 12).  A program sends and answers
 * INVITEs by itself; what its messages do to a dialog is read from them here,
 * and is in the records that user agents write (agent/agent_dialog.h).
 */
#include "roles/program/script_in.h"

#include "agent/agent_dialog.h"
#include "agent/mortal_dialog.h"
#include "base/err.h"
#include "base/mem.h"
#include "msg/header_names.h"
#include "rules/rule_names.h"

/* Dialogs of one INVITE. */
#define DIALOGS_MOST 20

/* The session in a dialog: its INVITE usage. */
struct script_session {
	struct agent_usage usage; /* first */
	struct list link;         /* in script->sessions */
	/* In `dialogs` of the request or client that its INVITE is, while that
	 * lives. */
	struct list of;
};

/* ---- life ---- */

static void
free_session(struct script_session *e)
{
	list_remove(&e->link);
	list_remove(&e->of);
	agent_usage_leave(&e->usage);
	mem_free(e);
}

static void
lose_session(struct agent_usage *u, unsigned status)
{
	(void)status;
	free_session((struct script_session *)(void *)u);
}

static const struct agent_usage_ops session_ops = { .lost = lose_session };

/* E is over, by WHY; a repeated response to its INVITE still finds it. */
static void
end_session(struct script_session *e, enum rule_id why)
{
	agent_usage_end(&e->usage, why);
	if (list_empty(&e->of))
		free_session(e);
}

static bool
is_session_in(const struct script_session *e, enum state_id state)
{
	return !e->usage.over && sip_dialog_is(e->usage.dialog->sip, state);
}

void
script_dialogs_end_early(struct list *dialogs, enum rule_id why)
{
	list_each (struct script_session, e, dialogs, of)
		if (is_session_in(e, STATE_EARLY))
			end_session(e, why);
}

void
script_dialogs_leave(struct list *dialogs, enum rule_id why)
{
	script_dialogs_end_early(dialogs, why);
	list_each (struct script_session, e, dialogs, of) {
		list_remove(&e->of);
		if (e->usage.over)
			free_session(e);
	}
}

void
script_dialogs_stop(struct script *s)
{
	list_each (struct script_session, e, &s->sessions, link)
		free_session(e);
	agent_mortals_end(&s->agent);
}

/* Of DIALOGS the one in which this side has LOCAL and the other REMOTE. */
static struct script_session *
find_session(const struct list *dialogs, struct str local, struct str remote)
{
	list_each (struct script_session, e, dialogs, of) {
		const struct sip_dialog *d = e->usage.dialog->sip;

		if (str_is(local, d->local_tag) &&
		    str_is(remote, d->remote_tag))
			return e;
	}
	return NULL;
}

/* REQUEST, whose dialogs are DIALOGS, has made one: by the response M, or by
 * one of its own (NULL), with TAG, which EVENT is. */
static void
open_dialog(struct script *s, struct list *dialogs, const struct msg *request,
    const struct msg *m, struct str tag, enum event_id event)
{
	struct script_session *e;
	struct sip_dialog *sip;
	size_t n = 0;
	int err;

	list_foreach (one, dialogs)
		n++;
	if (n >= DIALOGS_MOST)
		return;
	e = mem_zalloc(1, sizeof(*e));
	err = e != NULL ? 0 : ERR_NOMEM;
	if (err == 0 && m == NULL)
		err = agent_dialog_accept(
		    &s->agent, request, tag, event, &e->usage, &session_ops);
	else if (err == 0) {
		err = sip_dialog_uac(&sip, s->agent.node->stack, request, m);
		if (err == 0)
			err = agent_dialog_open(
			    &s->agent, sip, &e->usage, &session_ops);
	}
	agent_fail_nomem(&s->agent, err);
	/* What a program writes may have no Contact: it makes no dialog. */
	if (err != 0) {
		mem_free(e);
		return;
	}
	list_append(&s->sessions, &e->link);
	list_append(dialogs, &e->of);
}

/* ---- what it sends and hears ---- */

/* 15.1: the session of D ends by the BYE that EVENT is. */
static struct agent_mortal *
end_by_bye(struct agent_dialog *d, enum event_id event, enum rule_id why)
{
	struct agent_mortal *m;
	struct script_session *e = NULL;

	list_each (struct agent_usage, u, &d->usages, link)
		if (u->ops == &session_ops && !u->over)
			e = (struct script_session *)(void *)u;
	m = agent_mortal_hold(d, e != NULL ? &e->usage : NULL, event, why);
	if (e != NULL)
		end_session(e, why);
	return m;
}

/* 12.1.1 */
static void
answer_invite(struct script_request *r, const struct msg *m, unsigned status,
    struct str tag)
{
	struct script *s = r->thing.script;
	struct script_session *e =
	    find_session(&r->dialogs, tag, msg_tag_of(m, MSG_H_FROM));

	if (status >= 300)
		script_dialogs_end_early(&r->dialogs, RULE_DIALOG_END);
	else if (e == NULL && status > 100)
		open_dialog(s, &r->dialogs, m, NULL, tag,
		    status < 200 ? EVENT_1XX_SENT : EVENT_2XX_SENT);
	else if (e != NULL && status >= 200 && is_session_in(e, STATE_EARLY))
		sip_dialog_step(e->usage.dialog->sip, EVENT_2XX_SENT,
		    RULE_DIALOG_CONFIRMED);
}

void
script_dialog_answer(struct script_request *r, const struct msg *m,
    unsigned status, struct str tag)
{
	struct agent *agent = &r->thing.script->agent;
	struct agent_dialog *d;

	if (m->method == MSG_INVITE && msg_tag_of(m, MSG_H_TO).n == 0) {
		answer_invite(r, m, status, tag);
		return;
	}
	if (status / 100 != 2 ||
	    (m->method != MSG_BYE && !msg_method_is(m->method, MSG_REFRESHES)))
		return;
	d = agent_dialog_of(agent, m);
	if (d == NULL)
		return;
	if (m->method == MSG_BYE)
		r->bye = end_by_bye(d, EVENT_BYE, RULE_DIALOG_BYE_RECV);
	else
		agent_fail_nomem(agent, sip_dialog_refresh(d->sip, m));
}

/* 12.1.2, 13.2.2.4 */
static void
hear_invite(
    struct script_client *c, const struct msg *invite, const struct msg *m)
{
	struct str tag = msg_tag_of(m, MSG_H_TO);
	struct script *s = c->thing.script;
	struct script_session *e =
	    find_session(&c->dialogs, msg_tag_of(m, MSG_H_FROM), tag);

	if (m->status >= 300)
		script_dialogs_end_early(&c->dialogs, RULE_DIALOG_END);
	else if (m->status == 199 && e != NULL && is_session_in(e, STATE_EARLY))
		end_session(e, RULE_EARLY_ENDED);
	else if (e == NULL && m->status > 100 && m->status != 199 && tag.n > 0)
		open_dialog(s, &c->dialogs, invite, m, STR_NULL, EVENT_NONE);
	else if (e != NULL && m->status >= 200 && is_session_in(e, STATE_EARLY))
		agent_fail_nomem(
		    &s->agent, sip_dialog_confirm_uac(e->usage.dialog->sip, m));
}

void
script_dialog_hear(struct script_client *c, const struct msg *m)
{
	struct script *s = c->thing.script;
	const struct msg *sent;
	struct agent_dialog *d;

	if (c->on || !msg_method_is(m->method, MSG_REFRESHES))
		return;
	sent = world_read(s->agent.node->world, c->sent);
	if (sent->method == MSG_INVITE && msg_tag_of(sent, MSG_H_TO).n == 0)
		hear_invite(c, sent, m);
	else if (m->status / 100 == 2 &&
		 (d = agent_dialog_of(&s->agent, m)) != NULL)
		agent_fail_nomem(&s->agent, sip_dialog_refresh(d->sip, m));
}

static void
establish(struct agent_dialog *d, enum event_id event)
{
	if (d != NULL && sip_dialog_is(d->sip, STATE_MORATORIUM))
		sip_dialog_step(d->sip, event, RULE_DIALOG_ESTABLISHED);
}

void
script_dialog_acked(struct script *s, const struct msg *ack)
{
	establish(agent_dialog_of(&s->agent, ack), EVENT_ACK);
}

struct agent_mortal *
script_dialog_send(struct script *s, const struct msg *m)
{
	struct agent_dialog *d = map_get(s->agent.by_dialog,
	    agent_write_key(&s->agent, msg_value(m, MSG_H_CALL_ID),
		msg_tag_of(m, MSG_H_FROM), msg_tag_of(m, MSG_H_TO)));

	if (d != NULL && m->method == MSG_BYE)
		return end_by_bye(d, EVENT_BYE_SENT, RULE_DIALOG_BYE);
	if (m->method == MSG_ACK)
		establish(d, EVENT_ACK_SENT);
	return NULL;
}
