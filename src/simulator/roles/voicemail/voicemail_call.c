/*
 * The calls of a voice mail.  It answers after a time; who talks leaves a
 * message, which is over when he hangs up or presses #, or has talked for as
 * long as he may.  The owner of a mailbox who calls hears its new messages,
 * which are old then.
 */
#include "roles/voicemail/voicemail_in.h"

#include "agent/multipart.h"
#include "agent/refusal.h"
#include "agent/replaces.h"
#include "msg/header_names.h"
#include "node/timer.h"
#include "rules/rule_names.h"

#include <assert.h>
#include <stddef.h>
#include <stdint.h>

#define RECORD (30 * SIM_S) /* the longest message, where nothing is said */
#define HEARS  (3 * SIM_S)  /* how long it takes to hear a message */
#define LEAST  SIM_S        /* less is not a message */

struct voicemail_call {
	struct agent_call call;
	struct voicemail_box *box;
	bool listens; /* its owner */
	bool urgent;  /* RFC 3261 20.26 */
	int64_t
	    since; /* it was answered; negative: it is not, or all is done */
	sim_event answer, hangup;
};

static_assert(offsetof(struct voicemail_call, call) == 0, "a call comes first");

static struct voicemail_call *
voicemail_call_of(const struct agent_call *c)
{
	return (struct voicemail_call *)(uintptr_t)c;
}

/* ---- what happens by itself ---- */

static void fire_answer(void *arg);
static void fire_hangup(void *arg);

static const struct node_timer answer_timer = { "answer", RULE_NONE,
	fire_answer, NULL };
static const struct node_timer hangup_timer = { "hangup", RULE_NONE,
	fire_hangup, NULL };

static void
fire_answer(void *arg)
{
	struct agent_call *c = arg;

	node_timer_fired(c->agent->node, &voicemail_call_of(c)->answer,
	    &answer_timer, c->name);
	agent_note_act(c->agent, "answer", c->name);
	agent_call_answer(c);
}

static void
fire_hangup(void *arg)
{
	struct agent_call *c = arg;

	node_timer_fired(c->agent->node, &voicemail_call_of(c)->hangup,
	    &hangup_timer, c->name);
	agent_note_act(c->agent, "bye", c->name);
	agent_call_bye(c, NULL);
}

/* ---- messages ---- */

/* All that is new in BOX was heard by its owner. */
static void
voicemail_call_hear_messages(struct agent *agent, struct voicemail_box *box)
{
	struct buf text = BUF_INIT;
	uint32_t n = box->voice.fresh;

	if (n == 0)
		buf_printf(&text, "no new messages for %s", box->owner);
	else
		buf_printf(&text, "%s hears %u new message%s", box->owner, n,
		    n == 1 ? "" : "s");
	node_note(agent->node, RULE_MAILBOX_HEARD, &text);
	box->voice.old += n;
	box->urgent.old += box->urgent.fresh;
	box->voice.fresh = box->urgent.fresh = 0;
	if (n > 0)
		voicemail_tell(voicemail_of(agent), box);
}

/* LONG_NS: the length of the message. */
static void
voicemail_call_keep_message(struct voicemail_call *v, int64_t long_ns)
{
	struct agent *agent = v->call.agent;
	struct voicemail_box *box = v->box;
	struct buf text = BUF_INIT;
	bool kept = long_ns >= LEAST;

	if (kept)
		buf_printf(&text, "a message of %lld s for %s from %s",
		    (long long)((long_ns + SIM_S / 2) / SIM_S), box->owner,
		    v->call.peer);
	else
		buf_printf(&text, "nothing was said for %s", box->owner);
	node_note(agent->node, RULE_MAILBOX_RECORD, &text);
	if (!kept)
		return;
	box->voice.fresh++;
	box->urgent.fresh += v->urgent;
	agent_tell(agent, "message");
	voicemail_tell(voicemail_of(agent), box);
}

/* ---- what a call asks of it ---- */

static void
voicemail_call_begin_talk(struct agent_call *c)
{
	struct voicemail_call *v = voicemail_call_of(c);
	int64_t length = v->listens
			     ? HEARS * ((int64_t)v->box->voice.fresh + 1)
			     : node_attr_time(c->agent->node, "record", RECORD);

	v->since = sim_now(agent_sim(c->agent));
	if (v->listens)
		agent_call_say(c, RTP_SOUND_PROMPT,
		    (unsigned)str_hash(str_of(v->box->name)));
	else
		agent_call_say(c, RTP_SOUND_BEEP, 0);
	node_timer_set(c->agent->node, &v->hangup, &hangup_timer, c->name,
	    v->since + length, c);
	if (v->listens)
		voicemail_call_hear_messages(c->agent, v->box);
}

static void
stop_answer_timer(struct agent_call *c)
{
	node_timer_stop(c->agent->node, &voicemail_call_of(c)->answer,
	    &answer_timer, c->name);
}

/* For how long C's caller has talked. */
static int64_t
measure_talk(const struct agent_call *c, int64_t since)
{
	return c->media.session != NULL ? rtp_session_heard(c->media.session)
					: sim_now(agent_sim(c->agent)) - since;
}

/* The caller has pressed DIGIT, however it came. */
static void
voicemail_call_take_digit(struct agent_call *c, char digit)
{
	struct voicemail_call *v = voicemail_call_of(c);

	if (digit != '#' || v->since < 0)
		return;
	node_timer_stop(c->agent->node, &v->hangup, &hangup_timer, c->name);
	node_timer_set(c->agent->node, &v->hangup, &hangup_timer, c->name,
	    sim_now(agent_sim(c->agent)), c);
}

void
voicemail_informed(struct agent_call *c, const struct sip_in *in)
{
	char digit = agent_digit_of(in->m);

	agent_call_informed(c, in);
	voicemail_call_take_digit(c, digit);
}

/* Either side has hung up. */
static void
voicemail_call_end_talk(struct agent_call *c)
{
	struct voicemail_call *v = voicemail_call_of(c);
	int64_t since = v->since;

	stop_answer_timer(c);
	node_timer_stop(c->agent->node, &v->hangup, &hangup_timer, c->name);
	v->since = -1;
	if (since >= 0 && !v->listens)
		voicemail_call_keep_message(v, measure_talk(c, since));
}

static void
cancel_call_timers(struct agent_call *c)
{
	sim_cancel(agent_sim(c->agent), voicemail_call_of(c)->answer);
	sim_cancel(agent_sim(c->agent), voicemail_call_of(c)->hangup);
}

#define CAPABILITIES 2
static const struct sip_header capabilities[CAPABILITIES] = {
	{ "Allow", STR_INIT(VOICEMAIL_ALLOW) },
	{ "Supported", STR_INIT(AGENT_CALL_SUPPORTED) },
};

static const struct agent_call_ops call_ops = {
	.size = sizeof(struct voicemail_call),
	.role = &role_voicemail,
	.says = RTP_SOUND_SILENCE,
	.digit = voicemail_call_take_digit,
	.capabilities = capabilities,
	.ncapabilities = CAPABILITIES,
	.established = voicemail_call_begin_talk,
	.decided = stop_answer_timer,
	.stop = voicemail_call_end_talk,
	.leave = cancel_call_timers,
	.refuse_change = agent_refuse_change,
};

/* ---- INVITE ---- */

static void
take_voicemail_call(
    struct agent *agent, const struct sip_in *in, struct voicemail_box *box)
{
	struct agent_call *c = agent_call_invited(agent, &call_ops, in);
	int64_t after = node_attr_time(agent->node, "answer", 2 * SIM_S);
	struct str priority = msg_value(in->m, MSG_H_PRIORITY);

	if (c == NULL)
		return;
	voicemail_call_of(c)->box = box;
	voicemail_call_of(c)->since = -1;
	voicemail_call_of(c)->listens =
	    voicemail_of_caller(voicemail_of(agent), in->m) == box;
	voicemail_call_of(c)->urgent =
	    str_iis(priority, "urgent") || str_iis(priority, "emergency");
	if (after == 0) {
		agent_note_act(agent, "answer", c->name);
		agent_call_answer(c);
		return;
	}
	if (agent_call_ring(c, 180) != 0)
		return;
	node_timer_set(agent->node, &voicemail_call_of(c)->answer,
	    &answer_timer, c->name, sim_now(agent_sim(agent)) + after, c);
}

void
voicemail_invited(struct agent *agent, const struct sip_in *in)
{
	struct voicemail *v = voicemail_of(agent);
	struct voicemail_box *box = voicemail_meant(v, in->m);
	struct agent_call *old;

	if (box == NULL)
		box = voicemail_of_caller(v, in->m);
	if (agent_refuse_extensions(agent, in))
		return;
	if (box == NULL)
		node_answer(agent->node, in, 404, RULE_MAILBOX_NONE);
	else if (!agent_refuse_request(agent, in) &&
		 agent_place_of(agent, in, &old))
		take_voicemail_call(agent, in, box);
}
