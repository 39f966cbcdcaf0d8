/*
 * A phone in a conference: RFC 4579 3.4.  It subscribes to who is in there when
 * the other side of its call is a focus, puts together what the documents say
 * (RFC 4575 4.6), and moves calls of its own into a conference (5.10).
 */
#include "roles/ua/ua_verbs.h"

#include "agent/subscriber.h"
#include "base/err.h"
#include "base/mem.h"
#include "msg/conference_info.h"
#include "node/timer.h"
#include "rules/rule_names.h"

#include <stdio.h>
#include <string.h>

/* How long after its call the focus has the time to end the subscription
 * itself. */
#define LEAVE_NS (SIM_S / 2)

#define PACKAGE (&agent_packages[AGENT_PACKAGE_CONFERENCE])

/* What it knows of one conference. */
struct ua_conference {
	struct ua *ua;
	struct agent_subscriber *subscriber;
	struct ua_call *call; /* to its focus; NULL: none, or over */
	struct conference_view view;
	sim_event leave; /* its call is over, and it is going to unsubscribe */
	bool asked; /* the whole state was asked for, since it lacks a part */
};

/* ---- news ---- */

static void
note_view(struct ua_conference *k, enum rule_id why, const char *before)
{
	struct buf text = BUF_INIT;

	buf_puts(&text, before);
	if (before[0] == '\0')
		conference_view_say(&k->view, &text);
	node_note(k->ua->agent.node, why, &text);
}

/* A document is missing: RFC 4575 4.6. */
static void
ask_for_all(struct ua_conference *k)
{
	struct agent_subscriber *s = k->subscriber;
	uint64_t old = sim_cause(agent_sim(s->agent));

	if (k->asked || s->unwanted)
		return;
	k->asked = true;
	note_view(k, RULE_CONFERENCE_GAP,
	    "a document of the conference is missing: all is asked for");
	if (agent_subscriber_refresh(s, s->asked_s, RULE_SUBSCRIBE_REFRESH) ==
	    ERR_NOMEM)
		agent_fail_memory(s->agent);
	sim_set_cause(agent_sim(s->agent), old);
}

static void
take_document(struct ua_conference *k, struct str body, bool ends)
{
	bool partial = k->view.root != NULL;
	enum conference_news news = CONFERENCE_OLD;
	int err = conference_view_take(&k->view, body, &news);

	if (err == ERR_NOMEM)
		agent_fail_memory(&k->ua->agent);
	else if (err != 0)
		return;
	if (news == CONFERENCE_GAP && !ends)
		ask_for_all(k);
	else if (news == CONFERENCE_OLD)
		note_view(k, RULE_CONFERENCE_OLD,
		    "a document of the conference is older than what is known");
	else if (news == CONFERENCE_OVER && !ends)
		agent_subscriber_stop(k->subscriber);
	if (news != CONFERENCE_NEWS)
		return;
	k->asked = false;
	if (partial)
		note_view(k, RULE_NOTIFY_BODY, "");
}

static void
forget_view(struct ua_conference *k)
{
	conference_view_free(&k->view);
	k->asked = false;
}

static void
tell_conference_news(
    struct agent_subscriber *s, const struct sip_in *in, bool ends)
{
	const struct world_watch *watch = &s->agent->node->world->watch;
	struct ua_conference *k = s->arg;

	if (k != NULL && in->m->body.n > 0)
		take_document(k, in->m->body, ends);
	/* RFC 4575 5.2: versions are those of one subscription. */
	if (k != NULL && ends)
		forget_view(k);
	if (watch->changed != NULL)
		watch->changed(s->name, "news", watch->arg);
}

static void
subscription_failed(
    struct agent_subscriber *s, unsigned status, enum rule_id why)
{
	(void)status;
	(void)why;
	if (s->arg != NULL)
		forget_view(s->arg);
}

static void fire_leave(void *arg);

static const struct node_timer leave_timer = { "unsubscribe",
	RULE_SUBSCRIBE_STOP, fire_leave, NULL };

static void
subscription_ended(struct agent_subscriber *s)
{
	struct ua_conference *k = s->arg;

	if (k == NULL)
		return;
	if (k->call != NULL)
		k->call->conference = NULL;
	node_timer_stop(k->ua->agent.node, &k->leave, &leave_timer, s->name);
	forget_view(k);
	mem_free(k);
}

const struct agent_subscriber_ops ua_conference_ops = {
	.news = tell_conference_news,
	.failed = subscription_failed,
	.ended = subscription_ended,
};

int
ua_conference_attend(struct ua *ua, struct agent_subscriber *s)
{
	struct ua_conference *k = mem_zalloc(1, sizeof(*k));

	if (k == NULL)
		return ERR_NOMEM;
	k->ua = ua;
	k->subscriber = s;
	s->arg = k;
	return 0;
}

/* ---- by itself ---- */

/* Attribute `conferences`. */
static void
subscribe_by_itself(struct agent_call *c)
{
	struct ua *ua = ua_of(c);
	const struct sip_dialog *sip = c->dialog->sip;
	struct agent_subscribe what = { .package = PACKAGE,
		.expires_s = PACKAGE->expires_s,
		.why = RULE_CONFERENCE_ASK,
		.kept = true };
	struct agent_subscriber *s;
	struct diag d = DIAG_INIT;

	if (strcmp(node_attr(ua->agent.node, "conferences", "aware"),
		"aware") != 0 ||
	    !sip->with_focus || !sip->with_conference || ua_call_of(c)->attends)
		return;
	ua_call_of(c)->attends = true;
	if (ua_subscribe(ua, sip->remote_target, &what, &s, &d) == ERR_NOMEM)
		agent_fail_memory(&ua->agent);
	if (s == NULL || s->arg == NULL)
		return;
	ua_call_of(c)->conference = s->arg;
	ua_call_of(c)->conference->call = ua_call_of(c);
}

/* ---- its calls into a conference: RFC 4579 5.10 ---- */

/* The focus that FOCUS, a URI, leads to is asked to call the other side of C in
 * C's place. */
static void
ask_for(struct agent_call *c, struct str focus)
{
	struct buf to = BUF_INIT, place = BUF_INIT;
	int err;

	if (c->dialog == NULL || c->machine.state != STATE_CONFIRMED)
		return;
	buf_puts(&to, c->dialog->sip->remote_target);
	err = agent_place_write(c, false, &place);
	if (err == 0)
		err = agent_refer_target_add(&to, "Replaces", buf_view(&place));
	if (err == 0)
		err = agent_refer(c->agent, focus, buf_view(&to), false);
	if (err == ERR_NOMEM)
		agent_fail_memory(c->agent);
	buf_free(&to);
	buf_free(&place);
}

/* C, to a focus, is there: those that are to follow it do. */
static void
bring_others(struct agent_call *c)
{
	struct agent_call *first =
	    agent_call_find(c->agent, ua_call_of(c)->confers);
	struct str focus = str_of(c->dialog->sip->remote_target);

	mem_free(ua_call_of(c)->confers);
	ua_call_of(c)->confers = NULL;
	if (first == NULL || !c->dialog->sip->with_focus)
		return;
	ask_for(first, focus);
	list_each (struct agent_call, other, &first->place.mix, place.mix)
		if (other != c)
			ask_for(other, focus);
}

void
ua_conference_established(struct agent_call *c)
{
	if (c->dialog == NULL)
		return;
	subscribe_by_itself(c);
	if (ua_call_of(c)->confers != NULL)
		bring_others(c);
}

/* RFC 4579 5.3: a re-INVITE, of either side, has named a focus as the target.
 */
void
ua_conference_stepped(struct agent_call *c, enum event_id event)
{
	if ((event == EVENT_RE_INVITE || event == EVENT_RE_INVITE_RECEIVED) &&
	    c->machine.state == STATE_CONFIRMED)
		subscribe_by_itself(c);
}

static void
fire_leave(void *arg)
{
	struct ua_conference *k = arg;

	node_timer_fired(
	    k->ua->agent.node, &k->leave, &leave_timer, k->subscriber->name);
	agent_subscriber_stop(k->subscriber);
}

void
ua_conference_left(struct agent_call *c)
{
	struct ua_conference *k = ua_call_of(c)->conference;

	mem_free(ua_call_of(c)->confers);
	ua_call_of(c)->confers = NULL;
	if (k == NULL)
		return;
	ua_call_of(c)->conference = NULL;
	k->call = NULL;
	if (!c->agent->node->up)
		return;
	if (!agent_subscriber_lives(k->subscriber))
		agent_subscriber_stop(k->subscriber);
	else
		node_timer_set(c->agent->node, &k->leave, &leave_timer,
		    k->subscriber->name,
		    sim_now(agent_sim(c->agent)) + LEAVE_NS, k);
}

int
call_verb_confer(const struct node_act *a)
{
	struct agent_call *c = agent_call_find(a->role, a->object), *made;
	struct ua_invite what = { .target = node_arg(a->args, "focus"),
		.why = RULE_CONFERENCE_CONFER };
	int err;

	if (c == NULL || c->machine.state != STATE_CONFIRMED)
		return diag_set(a->d, ERR_STATE, NULL, 0,
		    _("%s is not answered yet, or over"), a->object);
	if (what.target == NULL)
		return diag_set(a->d, ERR_SYNTAX, NULL, 0,
		    _("confer needs the URI of a conference, or of what makes "
		      "one"));
	err = ua_invite(a->role, &what, &made, a->d);
	if (err != 0)
		return err;
	ua_call_of(made)->confers = mem_strdup(c->name);
	if (ua_call_of(made)->confers == NULL)
		return ERR_NOMEM;
	snprintf(
	    a->result->object, sizeof(a->result->object), "%s", made->name);
	return 0;
}
