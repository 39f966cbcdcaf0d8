/*
 * The calls of a focus: who may come in (RFC 4579 5.1, 5.4, 5.8, 5.9), whom it
 * calls (5.2), and what each call is to its conference.  What happens to a call
 * is a step of its participant (machine/usages.c), and each step is news.
 */
#include "roles/conference/conference_in.h"

#include "agent/refusal.h"
#include "agent/replaces.h"
#include "base/err.h"
#include "machine/tables.h"
#include "msg/header_names.h"
#include "msg/parts.h"
#include "node/fields.h"
#include "node/timer.h"
#include "rules/rule_names.h"
#include "sip/defaults.h"

#include <assert.h>
#include <stddef.h>
#include <string.h>

static_assert(
    offsetof(struct conference_call, call) == 0, "a call comes first");

/* ---- participants ---- */

/* P is in the conference, whatever it hears. */
static bool
is_in(const struct conference_call *p)
{
	return machine_run_is(&p->machine, STATE_CONNECTED) ||
	       machine_run_is(&p->machine, STATE_MUTED_VIA_FOCUS) ||
	       machine_run_is(&p->machine, STATE_ON_HOLD);
}

static bool
conference_call_is_unanswered(const struct conference_call *p)
{
	return machine_run_is(&p->machine, STATE_DIALING_OUT) ||
	       machine_run_is(&p->machine, STATE_ALERTING);
}

/* EVENT happens to P, whose state is told. */
static void
step_participant(
    struct conference_call *p, enum event_id event, enum rule_id why)
{
	struct agent_call *c = &p->call;
	uint64_t old = sim_cause(agent_sim(c->agent));

	node_machine_step(c->agent->node, &p->machine, c->name, event, why);
	/* RFC 4575 5.7.3: whom the others hear; digits are the application's
	 * alone. */
	rtp_session_leave_out(
	    c->media.session, !machine_run_is(&p->machine, STATE_CONNECTED));
	rtp_session_on_digit(c->media.session, NULL, NULL);
	/* RFC 4575 3.6: who joins is news, who is still on the way is not; and
	 * that it is gone is told when it is. */
	if (machine_run_lives(&p->machine))
		conference_room_changed(p->room, p->user, is_in(p));
	sim_set_cause(agent_sim(c->agent), old);
}

/* URI, whose call C is, is in R, by EVENT. */
static bool
enter_room(struct conference_room *r, struct agent_call *c, struct str uri,
    enum event_id event, enum rule_id why)
{
	struct conference_call *p = conference_call_of(c);
	struct conference_user *u = conference_user_make(r, uri, p->nameless);

	if (u == NULL)
		return false;
	list_init(&p->link);
	list_init(&p->talks);
	p->machine.table = &machine_participant;
	p->out = c->caller;
	conference_room_join(r, u, p);
	step_participant(p, event, why);
	return true;
}

/* The event with which P, in the state that it has, is gone. */
static enum event_id
find_last_event(const struct conference_call *p)
{
	if (conference_call_is_unanswered(p))
		return EVENT_300_699;
	return is_in(p) ? EVENT_BYE_RECEIVED : EVENT_END;
}

void
conference_call_stepped(struct agent_call *c, enum event_id event)
{
	struct conference_call *p = conference_call_of(c);
	enum state_id state = c->machine.state;
	bool unanswered = conference_call_is_unanswered(p);

	(void)event;
	if (p->room == NULL || !machine_run_lives(&p->machine))
		return;
	if (state == STATE_EARLY &&
	    machine_run_is(&p->machine, STATE_DIALING_OUT))
		step_participant(p, EVENT_1XX, RULE_CONFERENCE_DIAL);
	else if (state == STATE_TERMINATING &&
		 !machine_run_is(&p->machine, STATE_DISCONNECTING))
		step_participant(p, unanswered ? EVENT_CANCEL : EVENT_BYE,
		    c->end.bye_why != RULE_NONE ? c->end.bye_why
		    : unanswered                ? RULE_CANCEL_SEND
						: RULE_BYE_SEND);
	else if (state == STATE_TERMINATED)
		step_participant(p, find_last_event(p), RULE_CONFERENCE_LEFT);
}

struct str
conference_call_place(const struct conference_call *p)
{
	const struct agent_call *c = &p->call;

	return str_of(
	    c->dialog != NULL ? c->dialog->sip->remote_target : c->peer);
}

/* ---- what a call asks of it ---- */

/* No stream of S goes to the other side. */
static bool
is_deaf(const struct sip_sdp_session *s)
{
	for (size_t i = 0; i < s->nplaces; i++)
		if (s->places[i].own && s->places[i].agreed.sends)
			return false;
	return true;
}

/* The step that P, who is in the conference, takes to be in the state that it
 * ought to be in; EVENT_NONE: it is. */
static enum event_id
find_hearing_event(const struct conference_call *p, bool deaf)
{
	if (machine_run_is(&p->machine, STATE_ON_HOLD))
		return deaf ? EVENT_NONE : EVENT_RESUME;
	if (deaf)
		return EVENT_HOLD;
	if (machine_run_is(&p->machine, STATE_MUTED_VIA_FOCUS))
		return p->muted ? EVENT_NONE : EVENT_UNMUTE;
	return p->muted ? EVENT_MUTE : EVENT_NONE;
}

/* Whether P hears, by its media S, and is heard.  False: its state is the same.
 */
static bool
judge_hearing(struct conference_call *p, const struct sip_sdp_session *s)
{
	bool deaf = is_deaf(s), steps = false;
	enum event_id event;

	while (
	    is_in(p) && (event = find_hearing_event(p, deaf)) != EVENT_NONE) {
		step_participant(p, event,
		    event == EVENT_MUTE || event == EVENT_UNMUTE
			? RULE_CONFERENCE_MUTE
			: RULE_CONFERENCE_HOLD);
		steps = true;
	}
	return steps;
}

static void
on_streams(struct agent_call *c, const struct sip_sdp_session *s)
{
	struct conference_call *p = conference_call_of(c);

	if (p->room != NULL && c->machine.state == STATE_CONFIRMED &&
	    !judge_hearing(p, s))
		conference_room_changed(p->room, p->user, true);
}

void
conference_call_mute(struct conference_call *p, bool mute)
{
	if (p->muted == mute)
		return;
	p->muted = mute;
	if (is_in(p) && !judge_hearing(p, agent_call_session(&p->call)))
		conference_room_changed(p->room, p->user, true);
}

/* P's media are mixed with those of all connected calls. */
static void
mix_in(struct conference_call *p)
{
	struct conference_room *r = p->room;
	struct list *first = list_first(&r->talking);

	if (first != NULL)
		agent_mix(&p->call,
		    &LIST_ENTRY(first, struct conference_call, talks)->call,
		    RULE_CONFERENCE_MIX);
	list_append(&r->talking, &p->talks);
}

/* P is connected. */
static void
conference_call_talk(struct conference_call *p)
{
	mix_in(p);
	judge_hearing(p, agent_call_session(&p->call));
}

static void
on_conference_established(struct agent_call *c)
{
	struct conference_call *p = conference_call_of(c);

	if (p->room == NULL)
		return;
	step_participant(p, p->out ? EVENT_2XX : EVENT_ACK,
	    p->out ? RULE_CONFERENCE_DIAL : RULE_CONFERENCE_ENTER);
	conference_call_talk(p);
	agent_place_take(c);
}

static void
on_conference_leave(struct agent_call *c)
{
	conference_room_leave(conference_call_of(c));
}

static void
on_conference_ended(struct agent *agent)
{
	conference_rooms_settle(conference_of(agent));
}

/* RFC 4579 5.8, 5.9: who knows a dialog of a conference may come into it. */
static bool
conference_call_may_take(const struct agent_call *c, const struct sip_in *in)
{
	(void)in;
	return conference_call_of(c)->room != NULL;
}

#define CAPABILITIES 3
static const struct sip_header capabilities[CAPABILITIES] = {
	{ "Allow", STR_INIT(CONFERENCE_ALLOW) },
	{ "Supported", STR_INIT(AGENT_CALL_SUPPORTED) },
	{ "Allow-Events", STR_INIT(CONFERENCE_EVENTS) },
};

static const struct agent_call_ops conference_call_ops = {
	.size = sizeof(struct conference_call),
	.role = &role_conference,
	.says = RTP_SOUND_MIX,
	.capabilities = capabilities,
	.ncapabilities = CAPABILITIES,
	.streams = on_streams,
	.digit = conference_pressed,
	.established = on_conference_established,
	.leave = on_conference_leave,
	.ended = on_conference_ended,
	.refuse_change = agent_refuse_change,
	.may_take = conference_call_may_take,
};

/* ---- who comes in ---- */

/* RFC 3323: who has sent M does not want to be named. */
static bool
is_nameless(const struct msg *m, struct str from)
{
	struct msg_values it = { 0 };
	struct msg_uri u;
	struct str v;

	while (msg_next_value(m, MSG_H_PRIVACY, &it, &v))
		for (struct str rest = v; rest.n > 0;) {
			struct str word = str_trim(str_cut(rest, ';', &rest));

			if (str_iis(word, "id") || str_iis(word, "user"))
				return true;
		}
	return msg_uri_read(from, &u) == 0 &&
	       str_iis(u.host, "anonymous.invalid");
}

static struct str
find_caller(const struct msg *m)
{
	struct msg_addr from;

	return msg_addr_read(msg_value(m, MSG_H_FROM), &from) == 0 ? from.uri
								   : STR_NULL;
}

struct agent_call *
conference_call_take(struct conference *cf, const struct sip_in *in)
{
	struct agent_call *c =
	    agent_call_invited(&cf->agent, &conference_call_ops, in);

	if (c != NULL)
		conference_call_of(c)->nameless =
		    is_nameless(in->m, find_caller(in->m));
	return c;
}

void
conference_call_admit(struct agent_call *c, struct conference_room *r)
{
	agent_call_set_self(c, r->self);
	agent_call_say(c, RTP_SOUND_MIX, 0);
	if (enter_room(
		r, c, str_of(c->peer), EVENT_ISFOCUS, RULE_CONFERENCE_APPLY))
		conference_call_talk(conference_call_of(c));
}

static void
answer_in(
    struct conference_room *r, struct agent_call *old, const struct sip_in *in)
{
	struct agent_call *c = conference_call_take(r->conference, in);

	if (c == NULL)
		return;
	agent_call_set_self(c, r->self);
	if (old != NULL)
		agent_place_claim(c, old, in);
	if (!enter_room(r, c, find_caller(in->m), EVENT_INVITE_RECEIVED,
		RULE_CONFERENCE_ENTER))
		agent_call_reject(c, 500, NULL, RULE_CONFERENCE_ENTER);
	else
		agent_call_answer(c);
}

/* RFC 4579 5.4, the figure: the conference is made, and waits for the caller
 * whom the Contact of the 302 leads to it. */
static void fire_empty(void *arg);

static const struct node_timer empty_timer = { "empty", RULE_CONFERENCE_EMPTY,
	fire_empty, NULL };

static void
fire_empty(void *arg)
{
	struct conference_room *r = arg;
	struct conference *cf = r->conference;

	node_timer_fired(cf->agent.node, &r->empty, &empty_timer, r->name);
	conference_room_close(r, RULE_CONFERENCE_EMPTY);
}

static void
send_to_focus(struct conference_room *r, const struct sip_in *in)
{
	struct agent *agent = &r->conference->agent;
	struct sip_response_spec spec = {
		.status = 302,
		.contact = str_of(agent_identity_contact(
		    r->self, agent_face_of(agent, in), ADDR_DEFAULT)),
	};

	node_timer_set(agent->node, &r->empty, &empty_timer, r->name,
	    sim_now(agent_sim(agent)) + SIP_64T1_NS, r);
	node_reply(agent->node, in, &spec, RULE_CONFERENCE_MOVE);
}

static void
create_for(struct conference *cf, const struct sip_in *in)
{
	struct node *n = cf->agent.node;
	const char *how = node_attr(n, "factory", "answer");
	struct conference_room *r;

	if (conference_is_full(cf)) {
		node_answer(n, in, 486, RULE_CONFERENCE_FULL);
		return;
	}
	if (strcmp(how, "ask") == 0) {
		conference_apply(cf, in);
		return;
	}
	r = conference_make(cf, RULE_CONFERENCE_CREATE);
	if (r == NULL)
		return;
	if (strcmp(how, "redirect") == 0)
		send_to_focus(r, in);
	else
		answer_in(r, NULL, in);
	/* The first caller could not be answered. */
	if (list_empty(&r->users) && r->empty == 0)
		conference_room_close(r, RULE_CONFERENCE_EMPTY);
}

/* The conference that IN is for; OLD, which it is about, may be in another. */
static struct conference_room *
conference_call_find_meant(const struct conference *cf,
    const struct agent_call *old, const struct sip_in *in)
{
	return old != NULL ? conference_call_of(old)->room
			   : conference_find(cf, in->m->uri);
}

void
conference_invited(struct agent *agent, const struct sip_in *in)
{
	struct conference *cf = conference_of(agent);
	struct conference_room *r;
	struct agent_call *old;
	bool takes;
	enum rule_id why = RULE_CONFERENCE_NONE;
	unsigned status = 0;

	if (agent_refuse_extensions(agent, in) ||
	    agent_refuse_request(agent, in) || !agent_place_of(agent, in, &old))
		return;
	r = conference_call_find_meant(cf, old, in);
	takes = old != NULL && msg_value(in->m, MSG_H_REPLACES).n > 0;
	if (conference_find(cf, find_caller(in->m)) != NULL) {
		status = 482;
		why = RULE_CONFERENCE_ITSELF;
	} else if (r != NULL && !takes) {
		status = conference_room_refuses(r, &why);
	} else if (r == NULL && !conference_is_factory(cf, in->m->uri)) {
		status = 404;
	}
	if (status != 0)
		node_answer(agent->node, in, status, why);
	else if (r == NULL)
		create_for(cf, in);
	else
		answer_in(r, old, in);
}

/* ---- whom it calls ---- */

int
conference_dial(struct conference_room *r, struct str uri, struct str headers,
    struct str by, struct agent_call **made)
{
	struct agent *agent = &r->conference->agent;
	struct agent_call_invite what = { .uri = uri,
		.referred_by = by,
		.self = r->self,
		.why = by.n > 0 ? RULE_CONFERENCE_REFERRED
				: RULE_CONFERENCE_DIAL };
	struct node_fields fields;
	struct diag d = DIAG_INIT;
	int err = node_fields_read(&fields, headers, &d);

	*made = NULL;
	if (err == 0)
		err = node_fields_check(&fields, &d);
	if (err == 0)
		err = agent_call_invite(
		    agent, &conference_call_ops, &what, &fields, made);
	node_fields_free(&fields);
	if (err == 0 && !enter_room(r, *made, uri, EVENT_INVITE_SENT,
			    RULE_CONFERENCE_DIAL)) {
		agent_call_cancel(*made, NULL);
		err = ERR_NOMEM;
	}
	return err;
}

/* ---- What a focus is asked for by REFER ---- */

static bool
conference_call_is_there(const struct conference_user *u)
{
	return u != NULL && !list_empty(&u->calls);
}

/* The user of R that sends IN, in C (may be NULL); or NULL. */
static const struct conference_user *
find_asker(struct conference_room *r, const struct agent_call *c,
    const struct sip_in *in)
{
	struct msg_addr from;

	if (c != NULL)
		return conference_call_of(c)->user;
	if (msg_addr_read(msg_value(in->m, MSG_H_FROM), &from) != 0)
		return NULL;
	return conference_user_find(r, from.uri);
}

/* A call of U is about to begin, or its outcome is yet to be told. */
static bool
conference_call_is_pending(const struct conference_user *u)
{
	list_each (const struct conference_call, p, &u->calls, link)
		if (p->call.refer.made_by != NULL ||
		    p->machine.state == STATE_DIALING_OUT ||
		    p->machine.state == STATE_ALERTING)
			return true;
	return false;
}

static unsigned
judge_remove(struct conference_room *r, const struct conference_user *asker,
    const struct conference_user *u, enum rule_id *why)
{
	*why = RULE_CONFERENCE_ABSENT;
	if (!conference_call_is_there(u))
		return 404;
	*why = RULE_CONFERENCE_STRANGER;
	if (!r->fixed && asker != r->creator && asker != u)
		return 403;
	*why = RULE_REFER_PENDING;
	list_each (const struct conference_call, p, &u->calls, link)
		if (p->call.refer.made_by != NULL)
			return 491;
	return 0;
}

static unsigned
judge_add(struct conference_room *r, const struct conference_user *u,
    const struct agent_refer_target *to, enum rule_id *why)
{
	struct conference *cf = r->conference;
	unsigned status = conference_room_refuses(r, why);

	if (status != 0)
		return status;
	/* Itself, or another conference of its own. */
	*why = RULE_CONFERENCE_ITSELF;
	if (conference_find(cf, buf_view(&to->uri)) != NULL ||
	    conference_is_factory(cf, buf_view(&to->uri)))
		return 603;
	/* RFC 4579 5.7: into this conference, not to wherever one likes. */
	*why = RULE_CONFERENCE_STRANGER;
	if (to->method == MSG_REFER &&
	    conference_find(cf, buf_view(&to->headers)) != r)
		return 403;
	*why = RULE_REFER_PENDING;
	return to->method == MSG_INVITE && u != NULL &&
		       conference_call_is_pending(u)
		   ? 491
		   : 0;
}

/*
 * A REFER asks to call a new user in (RFC 4579 5.5), to ask a user to call in
 * (5.7), to remove a user (5.11).  A participant may call in; the creator of
 * the conference may remove, in a permanent one every participant may, and each
 * user himself.
 */
unsigned
conference_judge_refer(struct agent *agent, struct agent_call *c,
    const struct sip_in *in, const struct agent_refer_target *to,
    enum rule_id *why)
{
	struct conference *cf = conference_of(agent);
	struct conference_room *r =
	    c != NULL ? conference_call_of(c)->room
		      : conference_find(cf, buf_view(&to->at));
	const struct conference_user *asker, *u;

	*why = RULE_CONFERENCE_NONE;
	if (r == NULL)
		return 404;
	asker = find_asker(r, c, in);
	*why = RULE_CONFERENCE_STRANGER;
	if (!conference_call_is_there(asker))
		return 403;
	u = conference_user_find(r, buf_view(&to->uri));
	return to->method == MSG_BYE ? judge_remove(r, asker, u, why)
				     : judge_add(r, u, to, why);
}

/* The call by which U is to be asked to go; what else it has ends now. */
static int
find_removed(struct conference_room *r, struct conference_user *u,
    struct agent_call **made)
{
	*made = NULL;
	if (!conference_call_is_there(u))
		return ERR_NOTFOUND;
	list_each (struct conference_call, p, &u->calls, link) {
		if (*made != NULL || p->parts)
			continue;
		*made = &p->call;
		p->parts = true;
	}
	conference_user_remove(r, u);
	return *made != NULL ? 0 : ERR_NOTFOUND;
}

int
conference_refer(struct agent *agent, struct agent_call *c,
    const struct agent_refer_target *to, struct str by,
    struct agent_call **made)
{
	struct conference *cf = conference_of(agent);
	struct conference_room *r = conference_find(cf, buf_view(&to->at));

	/* It may be over by now. */
	if (r == NULL && c != NULL)
		r = conference_call_of(c)->room;
	if (r == NULL)
		return ERR_NOTFOUND;
	if (to->method == MSG_BYE)
		return find_removed(
		    r, conference_user_find(r, buf_view(&to->uri)), made);
	return conference_dial(
	    r, buf_view(&to->uri), buf_view(&to->headers), by, made);
}
