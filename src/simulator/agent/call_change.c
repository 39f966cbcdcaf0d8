/*
 * Changing a session: RFC 3261 14.1.  A re-INVITE carries a new offer and the
 * present Contact (12.2.1.2: it refreshes the target at the other side, and its
 * 2xx at this one).  Hold is such an offer with other directions: RFC 3264 8.4.
 * The other side's re-INVITEs are in call_changed.c.
 */
#include "agent/call_in.h"

#include "agent/session_timer.h"
#include "base/err.h"
#include "base/mem.h"
#include "node/locate.h"
#include "rules/rule_names.h"

/* How often a re-INVITE goes out again by itself, at most. */
#define REINVITE_TRIES 10

static const struct agent_client_ops reinvite_ops;

static enum rule_id
find_reinvite_rule(const struct agent_call *c)
{
	if (c->reinvite.refreshing)
		return RULE_SESSION_REFRESH;
	if (c->reinvite.why != RULE_NONE)
		return c->reinvite.why;
	if (c->reinvite.add != 0)
		return RULE_STREAM_ADD;
	if (c->reinvite.remove != 0)
		return RULE_STREAM_REMOVE;
	if (c->hold.next == c->hold.on)
		return RULE_REINVITE_SEND;
	if (c->hold.next && c->hold.how != AGENT_HOLD_SENDONLY)
		return c->hold.how == AGENT_HOLD_ZERO ? RULE_HOLD_ZERO
						      : RULE_HOLD_INACTIVE;
	return c->hold.next ? RULE_HOLD_SEND : RULE_RESUME_SEND;
}

/* The re-INVITE could not be sent: the session stays as it was. */
static void
give_up_offer(struct agent_call *c)
{
	agent_call_sdp_take_back(c, agent_call_session(c));
	agent_offer_lost(agent_call_offer(c));
	agent_call_offer_note(c, 503, false, false);
}

static int
call_change_send_reinvite(struct agent_call *c, struct diag *d)
{
	struct agent_session_fields f;
	struct sip_request_spec spec = {
		.method = STR("INVITE"),
		.contact = agent_call_contact(c),
		.headers = f.list,
		.content_type = STR(AGENT_SDP),
	};
	struct agent_request r = { 0 };
	struct agent_client *q;
	char *sdp = NULL;
	int err = c->reinvite.late
		      ? 0
		      : agent_call_sdp_make(c, agent_call_session(c), STR_NULL,
			    !c->reinvite.refreshing, &sdp);

	agent_session_ask(c, &f);
	spec.nheaders = f.n;
	spec.body = str_of(sdp);
	if (err == 0)
		err = agent_dialog_request(c->dialog, &spec, &r);

	if (err == 0)
		err = agent_client_start(
		    c->agent, &r, find_reinvite_rule(c), &reinvite_ops, c, &q);
	/* The one before, if any, goes on acknowledging its 2xx. */
	if (err == 0) {
		list_append(&c->invites, &q->mate);
		c->reinvite.own = q;
		c->reinvite.heard = c->reinvite.unwanted = false;
		agent_offer_plan_invite(agent_call_offer(c));
		agent_call_sdp_forget_answer(&c->main->answer);
	}
	mem_free(sdp);
	sip_bytes_unref(r.bytes);
	if (err != 0)
		give_up_offer(c);
	if (err == ERR_NOMEM)
		agent_fail_memory(c->agent);
	else if (err == ERR_LIMIT)
		diag_set(d, err, NULL, 0,
		    _("%s can't be changed: all RTP ports are in use"),
		    c->name);
	else if (err != 0)
		diag_set(d, err, NULL, 0,
		    _("%s can't be changed: the peer's Contact has no address"),
		    c->name);
	return err;
}

int
agent_call_need_answered(const struct agent_call *c, struct diag *d)
{
	return agent_call_talks(c) ? 0
				   : diag_set(d, ERR_STATE, NULL, 0,
					 _("%s can't be changed: it is not "
					   "answered yet, or it has ended"),
					 c->name);
}

int
agent_call_may_change(const struct agent_call *c, struct diag *d)
{
	int err = agent_call_need_answered(c, d);

	if (err != 0)
		return err;
	/* 14.1: only one INVITE at a time, of either side, till its ACK; RFC
	 * 6337 4.3: nor while an UPDATE is under way, also without an offer. */
	if (!agent_offer_may(&c->main->offer, MSG_INVITE) ||
	    agent_call_2xx_waits(c) ||
	    agent_client_is_pending(c->main->update.client) ||
	    agent_call_waits_again(c))
		return diag_set(d, ERR_STATE, NULL, 0,
		    _("%s can't be changed: another change is still in "
		      "progress"),
		    c->name);
	return 0;
}

/* The next offer is as the last. */
static void
change_nothing(struct agent_call *c)
{
	c->hold.next = c->hold.on;
	c->reinvite.add = c->reinvite.remove = 0;
}

static void
plan_reinvite(struct agent_call *c, bool late, bool refreshing)
{
	c->reinvite.late = late;
	c->reinvite.tries = 0;
	c->reinvite.refreshing = refreshing;
	c->reinvite.why = RULE_NONE;
	change_nothing(c);
}

static int
reinvite_same(struct agent_call *c, bool late, bool refreshing, struct diag *d)
{
	int err = agent_call_may_change(c, d);

	if (err != 0)
		return err;
	plan_reinvite(c, late, refreshing);
	return call_change_send_reinvite(c, d);
}

int
agent_call_reinvite(struct agent_call *c, bool late, struct diag *d)
{
	return reinvite_same(c, late, false, d);
}

int
agent_call_reinvite_by(struct agent_call *c, enum rule_id why)
{
	int err = agent_call_may_change(c, NULL);

	if (err != 0)
		return err;
	plan_reinvite(c, false, false);
	c->reinvite.why = why;
	return call_change_send_reinvite(c, NULL);
}

/* Sends a re-INVITE that adds streams and takes out others.  ADD, REMOVE: a bit
 * for each kind (enum sip_sdp_kind). */
static int
agent_call_reinvite_streams(
    struct agent_call *c, unsigned add, unsigned remove, struct diag *d)
{
	int err;

	plan_reinvite(c, false, false);
	c->reinvite.add = add;
	c->reinvite.remove = remove;
	err = call_change_send_reinvite(c, d);
	if (err != 0)
		c->reinvite.add = c->reinvite.remove = 0;
	return err;
}

int
agent_call_refresh(struct agent_call *c, struct diag *d)
{
	return reinvite_same(c, false, true, d);
}

int
agent_call_hold_as(
    struct agent_call *c, bool hold, enum agent_hold how, struct diag *d)
{
	enum agent_hold old = c->hold.how;
	int err = agent_call_may_change(c, d);

	if (err != 0)
		return err;
	if (c->hold.on == hold)
		return hold ? diag_set(d, ERR_STATE, NULL, 0,
				  _("%s is already on hold"), c->name)
			    : diag_set(d, ERR_STATE, NULL, 0,
				  _("%s is not on hold"), c->name);
	plan_reinvite(c, false, false);
	c->hold.next = hold;
	if (hold)
		c->hold.how = how;
	err = call_change_send_reinvite(c, d);
	if (err != 0) {
		c->hold.next = c->hold.on;
		c->hold.how = old;
	}
	return err;
}

int
agent_call_hold(struct agent_call *c, bool hold, struct diag *d)
{
	return agent_call_hold_as(c, hold, AGENT_HOLD_SENDONLY, d);
}

/* 14.1: who owns the Call-ID waits longer, so that the two do not meet again.
 */
void
agent_call_wait_glare(struct agent_call *c, enum agent_call_timer t)
{
	uint64_t low = c->caller ? 210 : 0, high = c->caller ? 400 : 200;
	uint64_t steps = low + sip_stack_below(c->agent->node->stack,
				   SIP_STREAM_GLARE, high - low + 1);

	agent_call_timer_set(
	    c, t, sim_now(agent_sim(c->agent)) + (int64_t)steps * 10 * SIM_MS);
}

void
agent_call_fire_glare(struct agent_call *c)
{
	if (agent_update_again(c) || !agent_call_talks(c))
		return;
	if (agent_call_2xx_waits(c) ||
	    !agent_offer_may(&c->main->offer, MSG_INVITE))
		/* the other side's is under way */
		agent_call_wait_glare(c, AGENT_CALL_TIMER_GLARE);
	else
		call_change_send_reinvite(c, NULL);
}

/* Why a change goes out again, and the timer that it waits for. */
static const struct again {
	bool update; /* else a re-INVITE */
	bool glare;  /* after a 491, else after a Retry-After */
	enum agent_call_timer timer;
	enum rule_id why;
} agains[] = {
	{ false, true, AGENT_CALL_TIMER_GLARE, RULE_REINVITE_GLARE },
	{ false, false, AGENT_CALL_TIMER_RETRY, RULE_REINVITE_RETRY },
	{ true, true, AGENT_CALL_TIMER_UPDATE_GLARE, RULE_UPDATE_AGAIN },
	{ true, false, AGENT_CALL_TIMER_UPDATE_RETRY, RULE_UPDATE_RETRY },
};

enum rule_id
agent_call_judge_refusal(
    const struct agent_call *c, const struct msg *m, uint32_t *seconds)
{
	bool glare = m->status == 491, update = m->method == MSG_UPDATE;
	/* 21.5.1, 21.5.4: one that says when to come back is for a while. */
	bool later = (m->status == 500 || m->status == 503) &&
		     node_retry_after(m, seconds);

	if (c->ops->asks_for != NULL && c->ops->asks_for(c))
		return RULE_NONE;
	for (size_t i = 0; (glare || later) && i < COUNT_OF(agains); i++)
		if (agains[i].update == update && agains[i].glare == glare)
			return agains[i].why;
	return RULE_NONE;
}

void
agent_call_plan_again(struct agent_call *c, enum rule_id why, uint32_t seconds)
{
	for (size_t i = 0; i < COUNT_OF(agains); i++) {
		if (agains[i].why != why)
			continue;
		if (agains[i].glare)
			agent_call_wait_glare(c, agains[i].timer);
		else
			agent_call_timer_set(c, agains[i].timer,
			    sim_now(agent_sim(c->agent)) + seconds * SIM_S);
	}
}

bool
agent_call_waits_again(const struct agent_call *c)
{
	for (size_t i = 0; i < COUNT_OF(agains); i++)
		if (c->timers[agains[i].timer] != 0)
			return true;
	return false;
}

void
agent_call_replace_again(struct agent_call *c, enum rule_id why)
{
	if (c->reinvite.why == why)
		agent_call_stop_again(c);
}

void
agent_call_stop_again(struct agent_call *c)
{
	for (size_t i = 0; i < COUNT_OF(agains); i++)
		agent_call_timer_stop(c, agains[i].timer);
}

static void
tell_changed(struct agent_call *c, unsigned status)
{
	if (c->ops->changed != NULL)
		c->ops->changed(c, status);
}

/* 14.1: the session stays as it was, by WHY. */
static void
leave_unchanged(struct agent_call *c, enum rule_id why, unsigned status)
{
	agent_call_sdp_take_back(c, agent_call_session(c));
	change_nothing(c);
	agent_call_step(c, EVENT_300_699, why, status);
	tell_changed(c, status);
}

static void
handle_refused_change(struct agent_call *c, const struct msg *m)
{
	uint32_t seconds = 0;
	enum rule_id again =
	    c->reinvite.tries < REINVITE_TRIES && !c->reinvite.unwanted
		? agent_call_judge_refusal(c, m, &seconds)
		: RULE_NONE;

	if (again == RULE_NONE) {
		leave_unchanged(c, RULE_REINVITE_REFUSED, m->status);
		return;
	}
	agent_call_sdp_take_back(c, agent_call_session(c));
	c->reinvite.tries++;
	agent_call_step(c, EVENT_300_699, again, m->status);
	agent_call_plan_again(c, again, seconds);
}

/* What M, a response to the last re-INVITE, says of the session. */
static enum agent_offer_kind
take_changed_session(struct agent_call *c, const struct msg *m)
{
	struct str sdp = agent_call_sdp_of(m);
	enum agent_offer_kind kind =
	    agent_call_offer_note(c, m->status, false, sdp.n > 0);

	if (m->status >= 200)
		agent_call_sdp_tell(c, c->main, sdp);
	agent_call_sdp_hear(c->main, &c->main->answer, kind, sdp);
	return kind;
}

bool
agent_call_ends_unusable(
    struct agent_call *c, const struct msg *m, bool offered, enum rule_id unfit)
{
	const char *text;

	if (agent_call_is_relayed(c))
		return false;
	if (offered && agent_call_judge_offer(c->agent, c->face, c->main,
			   agent_call_sdp_of(m), &text) != 0)
		agent_call_bye_because(c, RULE_BYE_UNUSABLE);
	else if (offered && sip_sdp_is_refused(agent_call_session(c)))
		agent_call_bye_because(c, RULE_RTP_PORTS);
	else if (c->main->answer.unfit)
		agent_call_bye_because(c, unfit);
	else
		return false;
	return true;
}

static void
handle_accepted_change(
    struct agent_call *c, struct agent_client *q, const struct msg *m)
{
	bool first = !agent_call_ack_was_sent(c, q->number);
	enum agent_offer_kind kind = AGENT_OFFER_NOTHING;

	if (first) {
		c->dialog->realms = q->realms;
		c->hold.on = c->hold.next;
		c->reinvite.add = c->reinvite.remove = 0;
		kind = take_changed_session(c, m);
		if (sip_dialog_refresh(c->dialog->sip, m) == ERR_NOMEM)
			agent_fail_memory(c->agent);
		agent_session_agreed(c, agent_client_request(q), m, false);
	}
	agent_call_ack_send(c, agent_client_request(q), q->number, m);
	/* The BYE's answer has overtaken this 2xx: the ACK's was the last. */
	if (c->over)
		agent_offer_end(agent_call_offer(c));
	if (!first || c->machine.state != STATE_CONFIRMED)
		return;
	agent_call_step(c, EVENT_RE_INVITE, RULE_REINVITE_OK, m->status);
	/* 14.1: only a non-2xx would have left the change undone. */
	if (!agent_call_ends_unusable(
		c, m, kind == AGENT_OFFER_MADE, RULE_BYE_UNFIT_CHANGE))
		tell_changed(c, m->status);
}

static void
reinvite_response(struct agent_client *q, const struct sip_in *in, void *arg)
{
	struct agent_call *c = arg;
	unsigned status = in->m->status;

	if (status < 200) {
		if (q == c->reinvite.own)
			take_changed_session(c, in->m);
		if (q == c->reinvite.own && agent_client_is_pending(q))
			agent_call_change_heard(c);
		return;
	}
	if (c->reinvite.unwanted && c->machine.state == STATE_CONFIRMED)
		agent_call_timer_stop(c, AGENT_CALL_TIMER_CANCEL);
	if (status < 300) {
		handle_accepted_change(c, q, in->m);
		return;
	}
	agent_call_offer_note(c, status, false, false);
	if (c->machine.state != STATE_CONFIRMED)
		return; /* it is being hung up anyhow */
	if (!agent_call_ends_by(c, EVENT_300_699, status))
		handle_refused_change(c, in->m);
}

static void
reinvite_failed(struct agent_client *q, unsigned status, void *arg)
{
	struct agent_call *c = arg;

	(void)q;
	agent_offer_lost(agent_call_offer(c));
	agent_call_offer_note(c, status, false, false);
	/* RFC 5057 5.1, 5.2: no answer ends the call, a failure of the
	 * transport this change alone. */
	if (c->machine.state == STATE_CONFIRMED &&
	    !agent_call_ends_by(c, EVENT_300_699, status))
		leave_unchanged(c, RULE_UAC_503, status);
}

void
agent_call_change_lost(struct agent_call *c)
{
	struct agent_client *q = c->reinvite.own;

	c->reinvite.own = NULL;
	agent_client_abort(q);
	give_up_offer(c);
	change_nothing(c);
	agent_call_step(c, EVENT_300_699, RULE_CANCEL_TIMEOUT, 487);
	tell_changed(c, 487);
}

static void
reinvite_ended(struct agent_client *q, void *arg)
{
	struct agent_call *c = arg;

	if (c->reinvite.own == q)
		c->reinvite.own = NULL;
	agent_call_ack_free(c, q->number);
	agent_call_forget_client(c, q);
}

static void
reinvite_sending(struct agent_client *q, void *arg)
{
	struct agent_call *c = arg;

	(void)q;
	agent_call_offer_note(c, 0, true, !c->reinvite.late);
}

static const struct agent_client_ops reinvite_ops = {
	.sending = reinvite_sending,
	.response = reinvite_response,
	.failed = reinvite_failed,
	.ended = reinvite_ended,
};

/* ---- Streams added and removed: RFC 3264 8.1, 8.2 ---- */

static int
refuse_kind(struct diag *d, struct str word)
{
	return diag_set(d, ERR_SYNTAX, NULL, 0,
	    _("“%.*s” is not a stream; use audio or video"), STR_ARG(word));
}

/* The kinds in TEXT (may be NULL), a bit for each. */
static int
call_change_read_kinds(const char *text, unsigned *kinds, struct diag *d)
{
	struct str rest = str_of(text);

	*kinds = 0;
	while (rest.n > 0) {
		char end = str_chr(rest, ',') >= 0 ? ',' : ' ';
		struct str word = str_trim(str_cut(rest, end, &rest));
		enum sip_sdp_kind kind = sip_sdp_kind_find(word);

		if (kind == SIP_SDP_KINDS)
			return refuse_kind(d, word);
		*kinds |= 1u << kind;
	}
	return 0;
}

/* Each of ADD is missing, each of REMOVE there, and something is left. */
static int
call_change_judge_kinds(
    const struct agent_call *c, unsigned add, unsigned remove, struct diag *d)
{
	size_t left = sip_sdp_count(&c->main->sdp, SIP_SDP_KINDS);

	for (unsigned k = 0; k < SIP_SDP_KINDS; k++) {
		enum sip_sdp_kind kind = (enum sip_sdp_kind)k;
		size_t n = sip_sdp_count(&c->main->sdp, kind);

		if ((add & 1u << k) != 0 && n > 0)
			return diag_set(d, ERR_STATE, NULL, 0,
			    _("%s already has %s"), c->name,
			    sip_sdp_kind_name(kind));
		if ((remove & 1u << k) != 0 && n == 0)
			return diag_set(d, ERR_STATE, NULL, 0,
			    _("%s has no %s"), c->name,
			    sip_sdp_kind_name(kind));
		left += (add >> k & 1u) - ((remove & 1u << k) != 0 ? n : 0);
	}
	return left > 0 ? 0
			: diag_set(d, ERR_STATE, NULL, 0,
			      _("%s would have no stream left"), c->name);
}

/* The m= line of a removed stream stays where it is, with port 0, and is used
 * again. */
int
agent_call_change_streams(
    struct agent_call *c, const char *add, const char *remove, struct diag *d)
{
	unsigned more = 0, less = 0;
	int err = call_change_read_kinds(add, &more, d);

	if (err == 0)
		err = call_change_read_kinds(remove, &less, d);
	if (err == 0)
		err = agent_call_may_change(c, d);
	if (err == 0)
		err = call_change_judge_kinds(c, more, less, d);
	return err != 0 ? err : agent_call_reinvite_streams(c, more, less, d);
}
