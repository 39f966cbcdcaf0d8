/*
 * The callee: ringing, answering, rejecting.  RFC 3261 13.3, 9.2.
 */
#include "agent/call_in.h"

#include "agent/replaces.h"
#include "agent/session_timer.h"
#include "base/err.h"
#include "base/mem.h"
#include "msg/header_names.h"
#include "msg/parts.h"
#include "node/uri.h"
#include "rules/rule_names.h"
#include "sip/defaults.h"

/* ---- The 2xx until its ACK: RFC 3261 13.3.1.4 ---- */

/* A call has several 2xx at a time if a re-INVITE comes before the ACK (RFC
 * 5407 3.1.4).  One timer serves them all, set for the one that is
 * retransmitted first. */
static void
arm_2xx(struct agent_call *c)
{
	int64_t due = INT64_MAX;

	list_each (struct agent_call_2xx, ok, &c->in.oks, link)
		if (ok->due < due)
			due = ok->due;
	if (c->timers[AGENT_CALL_TIMER_2XX] != 0 && due == c->in.oks_due)
		return;
	agent_call_timer_stop(c, AGENT_CALL_TIMER_2XX);
	c->in.oks_due = due;
	if (due != INT64_MAX)
		agent_call_timer_set(c, AGENT_CALL_TIMER_2XX, due);
}

static void
callee_plan_again(struct agent_call *c, struct agent_call_2xx *ok)
{
	ok->due = sim_now(agent_sim(c->agent)) + ok->interval;
	if (ok->due > ok->deadline)
		ok->due = ok->deadline;
}

int
agent_call_2xx_start(struct agent_call *c, struct sip_transaction *tr,
    uint32_t cseq, struct sip_bytes *bytes, bool offers)
{
	struct agent_call_2xx *ok = mem_zalloc(1, sizeof(*ok));

	if (ok == NULL)
		return ERR_NOMEM;
	ok->tr = tr;
	ok->bytes = sip_bytes_ref(bytes);
	ok->dst = *sip_transaction_peer(tr);
	ok->at = *sip_transaction_local(tr);
	ok->cseq = cseq;
	ok->offers = offers;
	ok->interval = SIP_T1_NS;
	ok->deadline = sim_now(agent_sim(c->agent)) + SIP_64T1_NS;
	callee_plan_again(c, ok);
	list_append(&c->in.oks, &ok->link);
	arm_2xx(c);
	return 0;
}

bool
agent_call_2xx_waits(const struct agent_call *c)
{
	return !list_empty(&c->in.oks);
}

void
agent_call_2xx_forget(struct agent_call *c, const struct sip_transaction *tr)
{
	list_each (struct agent_call_2xx, ok, &c->in.oks, link) {
		if (ok->tr != tr || tr == NULL)
			continue;
		ok->first = sip_transaction_responded(tr);
		ok->tr = NULL;
	}
}

static void
ok_free(struct agent_call_2xx *ok)
{
	list_remove(&ok->link);
	agent_call_sdp_forget_answer(&ok->answer);
	sip_bytes_unref(ok->bytes);
	mem_free(ok);
}

void
agent_call_2xx_stop(struct agent_call *c)
{
	list_each (struct agent_call_2xx, ok, &c->in.oks, link)
		ok_free(ok);
}

/* The dialog is established once the ACK for its INVITE is there: RFC 5407 2.
 */
static void
handle_ack(struct agent_call *c, struct agent_call_2xx *ok, enum rule_id why)
{
	bool first =
	    c->machine.state != STATE_CONFIRMED && ok->cseq == c->invite_cseq;
	enum rule_id end = ok->answer.unfit ? RULE_BYE_UNFIT
			   : ok->unanswered ? RULE_OFFER_UNANSWERED
					    : RULE_NONE;

	if (why == RULE_INVITE_NO_ACK && ok->offers) {
		agent_offer_lost(agent_call_offer(c));
		agent_call_sdp_take_back(c, agent_call_session(c));
	}
	ok_free(ok);
	arm_2xx(c);
	if (first && why == RULE_INVITE_ACKED)
		sip_dialog_step(
		    c->dialog->sip, EVENT_ACK, RULE_DIALOG_ESTABLISHED);
	/* 15: a BYE had to wait for this; 64*T1 without an ACK end the
	 * session as well. */
	if (first)
		sim_set_cause(agent_sim(c->agent),
		    agent_call_step(c,
			why == RULE_INVITE_ACKED ? EVENT_ACK : EVENT_NO_ACK,
			why, 0));
	if (why == RULE_INVITE_NO_ACK)
		agent_call_2xx_stop(c);
	if (why == RULE_INVITE_NO_ACK)
		agent_call_bye_because(c, why);
	else if (c->end.bye_wanted && !agent_call_2xx_waits(c))
		agent_call_bye(c, NULL);
	else if (end != RULE_NONE)
		agent_call_bye_because(c, end);
	else if (first)
		agent_call_tell(c, c->ops->established);
}

/* 13.2.1: what the 2xx offered is answered in its ACK. */
static void
take_ack_answer(
    struct agent_call *c, struct agent_call_2xx *ok, const struct msg *ack)
{
	struct str sdp = agent_call_sdp_of(ack);
	struct agent_offer_message what = { .method = MSG_ACK,
		.described = sdp.n > 0 };
	enum agent_offer_kind kind;

	if (!ok->offers)
		return;
	kind = agent_offer_note(agent_call_offer(c), what);
	ok->unanswered = kind == AGENT_OFFER_MISSED;
	agent_call_sdp_hear(c->main, &ok->answer, kind, sdp);
}

void
agent_call_2xx_acked(struct agent_call *c, const struct msg *ack)
{
	struct msg_cseq cseq;

	if (msg_cseq_read(msg_value(ack, MSG_H_CSEQ), &cseq) != 0)
		return;
	list_each (struct agent_call_2xx, ok, &c->in.oks, link) {
		if (ok->cseq != cseq.number)
			continue;
		take_ack_answer(c, ok, ack);
		handle_ack(c, ok, RULE_INVITE_ACKED);
		return;
	}
}

static void
repeat_2xx(struct agent_call *c, struct agent_call_2xx *ok)
{
	struct sip_origin why = { RULE_INVITE_2XX_AGAIN, 0 };

	/* Through its transaction while that lives, else directly. */
	if (ok->tr == NULL || sip_server_respond(ok->tr, ok->bytes, &why) != 0)
		sip_stack_send_from(c->agent->node->stack,
		    sip_bytes_view(ok->bytes), &ok->at, &ok->dst, &why,
		    ok->first);
	ok->interval *= 2;
	if (ok->interval > SIP_T2_NS)
		ok->interval = SIP_T2_NS;
	callee_plan_again(c, ok);
}

void
agent_call_fire_2xx(struct agent_call *c)
{
	int64_t now = sim_now(agent_sim(c->agent));

	list_each (struct agent_call_2xx, ok, &c->in.oks, link) {
		if (now < ok->deadline)
			continue;
		handle_ack(c, ok, RULE_INVITE_NO_ACK);
		return;
	}
	list_each (struct agent_call_2xx, ok, &c->in.oks, link)
		if (now >= ok->due)
			repeat_2xx(c, ok);
	arm_2xx(c);
}

static void
invite_ended(struct sip_transaction *tr, void *arg)
{
	struct agent_call *c = arg;

	agent_call_2xx_forget(c, tr);
	agent_request_forget(c->agent, tr);
	mem_free(c->in.answer);
	c->in.answer = NULL;
	sip_bytes_unref(c->in.request);
	c->in.request = NULL;
	c->in.invite = NULL;
}

/* RFC 6026 7.1: an ACK with the INVITE's own branch, as in RFC 2543. */
static void
invite_ack(struct sip_transaction *tr, const struct sip_in *in, void *arg)
{
	(void)tr;
	agent_call_2xx_acked(arg, in->m);
}

/* Timer H: no ACK came for a non-2xx; the call is over since then. */
static const struct sip_transaction_ops invite_ops = {
	.ack = invite_ack,
	.ended = invite_ended,
};

/* SPEC gets those of MORE that it has not itself, in LIST. */
static void
add_other_fields(struct sip_response_spec *spec, const struct node_fields *more,
    struct sip_header list[NODE_FIELDS + AGENT_CALL_FIELDS])
{
	size_t n = 0;

	for (; n < spec->nheaders && n < AGENT_CALL_FIELDS; n++)
		list[n] = spec->headers[n];
	for (size_t i = 0; i < more->n; i++)
		list[n++] = more->list[i];
	spec->headers = list;
	spec->nheaders = n;
}

int
agent_call_respond(struct agent_call *c, const struct sip_response_spec *given,
    enum rule_id why, struct sip_bytes **sent)
{
	struct sip_response_spec spec = *given;
	struct sip_header headers[NODE_FIELDS + AGENT_CALL_FIELDS];
	struct sip_origin origin = { why, 0 };
	LOCAL_REF struct sip_bytes *b = NULL;
	int err;

	if (c->in.invite == NULL)
		return ERR_STATE;
	spec.to_tag = str_of(c->local_tag);
	if (c->mask != NULL && c->mask->fields != NULL)
		add_other_fields(&spec, c->mask->fields, headers);
	err = sip_build_response(
	    c->agent->node->stack, agent_call_request(c), &spec, &b);
	if (err == 0 && c->mask != NULL && spec.status > 100 &&
	    spec.status < 300)
		err = agent_multipart_add(
		    c->agent, c->mask->pieces, c->mask->npieces, &b);
	if (err == 0)
		err = sip_server_respond(c->in.invite, b, &origin);
	agent_fail_nomem(c->agent, err);
	if (err == 0 && sent != NULL)
		*sent = sip_bytes_ref(b);
	return err;
}

static int
callee_make_dialog(struct agent_call *c, enum event_id event)
{
	struct sip_dialog *sip;
	int err = sip_dialog_uas(&sip, c->agent->node->stack,
	    agent_call_request(c), str_of(c->local_tag), event);

	if (err == 0)
		err = agent_call_open(c, sip);
	agent_fail_nomem(c->agent, err);
	return err;
}

/* ---- progress ---- */

/* 21.1: the provisional responses, and the call's event for each. */
static const struct progress {
	unsigned code;
	enum event_id event, early; /* where it rings already */
	enum rule_id why;
} progresses[] = {
	{ 180, EVENT_1XX_SENT, EVENT_1XX_SENT, RULE_INVITE_PROGRESS },
	{ 181, EVENT_181_182_SENT, EVENT_1XX_SENT, RULE_INVITE_PROGRESS },
	{ 182, EVENT_181_182_SENT, EVENT_1XX_SENT, RULE_INVITE_QUEUED },
	{ 183, EVENT_183_SENT, EVENT_183_SENT, RULE_INVITE_EARLY_MEDIA },
};

static const struct progress *
find_progress(unsigned code)
{
	size_t i = COUNT_OF(progresses) - 1;

	while (i > 0 && progresses[i].code != code)
		i--;
	return &progresses[i];
}

/* 13.2.1: what the 2xx will answer may be said before; an offer may not, since
 * a provisional response can get lost. */
static int
send_progress(struct agent_call *c, const struct progress *p)
{
	struct sip_response_spec spec = {
		.status = p->code,
		.reason = str_of(c->mask != NULL ? c->mask->phrase : NULL),
		.contact = agent_call_contact(c),
		.record_route = c->mask == NULL || !c->mask->forgets_route,
		.content_type = STR(AGENT_SDP),
	};
	struct str offer = agent_call_sdp_of(agent_call_request(c));
	LOCAL_MEM char *sdp = NULL;
	int err = 0;

	if ((p->code == 183 || c->in.answers_early) && offer.n > 0 &&
	    !c->reliable.answered) {
		err = agent_call_sdp_make(
		    c, agent_call_session(c), offer, false, &sdp);
		agent_fail_nomem(c->agent, err);
		/* The other half's answer has not come yet. */
		if (err == ERR_STATE && agent_call_is_relayed(c))
			err = 0;
		spec.body = str_of(sdp);
	}
	if (err == 0 && sdp != NULL && !agent_call_is_relayed(c))
		err = str_keep(&c->in.answer, str_of(sdp));
	if (err == 0)
		err = agent_reliable_respond(c, &spec,
		    c->in.again > 0 &&
			    c->in.again == sim_now(agent_sim(c->agent))
			? RULE_INVITE_1XX_AGAIN
			: p->why);
	return err;
}

enum rule_id
agent_call_rule_of(int err)
{
	return err == ERR_LIMIT   ? RULE_RTP_PORTS
	       : err == ERR_STATE ? RULE_OFFER_MISSING
				  : RULE_UAS_TOO_LARGE;
}

/* What can't be said, or kept as a dialog, has its caller told so. */
static int
cant_go_on(struct agent_call *c, int err)
{
	if (err != 0 && err != ERR_NOMEM && c->in.invite != NULL)
		agent_call_reject(c, 500, NULL, agent_call_rule_of(err));
	return err;
}

int
agent_call_ring(struct agent_call *c, unsigned code)
{
	const struct progress *p = find_progress(code);
	bool early = c->machine.state == STATE_EARLY;
	int err = ERR_STATE;

	if (c->in.invite != NULL && agent_reliable_waits(c, code))
		return 0;
	if (c->in.invite != NULL)
		err = send_progress(c, p);
	if (err == 0 && c->dialog == NULL)
		err = callee_make_dialog(c, EVENT_1XX_SENT);
	if (err != 0)
		return cant_go_on(c, err);
	/* A call that rings already and now waits takes the step of any 1xx. */
	agent_call_step(c, early ? p->early : p->event,
	    early && p->early != p->event ? RULE_INVITE_PROGRESS : p->why,
	    code == 180 || code == c->in.progress ? 0 : code);
	c->in.progress = code;
	/* 13.3.1.1: again every minute, so that no proxy gives up; RFC 3262 3:
	 * what arrives may come less often. */
	agent_call_timer_set(c, AGENT_CALL_TIMER_1XX,
	    sim_now(agent_sim(c->agent)) + (c->reliable.rseq != 0
						   ? SIP_1XX_RELIABLE_NS
						   : SIP_1XX_AGAIN_NS));
	return 0;
}

/* RFC 6228 5: a callee sends it unreliably, and so not to who requires
 * 100rel; nor before the PRACK for what it has said last has come. */
static bool
may_tell_ended(const struct agent_call *c)
{
	const struct msg *m = agent_call_request(c);

	return c->machine.state == STATE_EARLY &&
	       agent_call_dialog_is(c, STATE_EARLY) && !c->reliable.open &&
	       msg_lists(m, MSG_H_SUPPORTED, "199") &&
	       !msg_lists(m, MSG_H_REQUIRE, "100rel");
}

/* What C says next is of another dialog, of which nothing is agreed. */
static void
begin_anew(struct agent_call *c, char *tag)
{
	bool described = agent_call_sdp_of(agent_call_request(c)).n > 0;

	mem_free(c->local_tag);
	c->local_tag = tag;
	c->in.progress = 0;
	c->in.answers_early = false;
	c->reliable.rseq = 0;
	c->reliable.answered = false;
	agent_call_timer_stop(c, AGENT_CALL_TIMER_1XX);
	agent_call_offer_begin(c, false, described);
}

bool
agent_call_tell_ended(struct agent_call *c)
{
	struct sip_response_spec spec = { .status = 199 };
	char *tag;

	if (!agent_call_is_ringing(c) || !may_tell_ended(c))
		return false;
	tag = sip_stack_new_token(c->agent->node->stack, SIP_STREAM_TAG, 8);
	if (tag == NULL)
		agent_fail_memory(c->agent);
	if (tag == NULL ||
	    agent_call_respond(c, &spec, RULE_EARLY_TOLD, NULL) != 0) {
		mem_free(tag);
		return false;
	}
	agent_call_end_branch(c, c->main, RULE_EARLY_TOLD);
	agent_call_step(c, EVENT_199_SENT, RULE_EARLY_TOLD, 199);
	begin_anew(c, tag);
	return true;
}

void
agent_call_fire_1xx(struct agent_call *c)
{
	c->in.again = sim_now(agent_sim(c->agent));
	agent_call_ring(c, c->in.progress);
}

void
agent_call_plan_100(struct agent_call *c)
{
	agent_call_timer_set(c, AGENT_CALL_TIMER_100,
	    sim_now(agent_sim(c->agent)) + SIP_TRYING_NS);
}

void
agent_call_fire_100(struct agent_call *c)
{
	struct sip_response_spec spec = { .status = 100 };

	if (c->reinvite.change != NULL)
		agent_call_change_try(c);
	else if (c->in.progress == 0)
		agent_call_respond(c, &spec, RULE_IST_100, NULL);
}

/* The call is taken or rejected: it neither rings nor waits any more. */
static void
stop_ringing(struct agent_call *c)
{
	agent_call_tell(c, c->ops->decided);
	agent_call_timer_stop(c, AGENT_CALL_TIMER_1XX);
	agent_call_timer_stop(c, AGENT_CALL_TIMER_100);
	agent_call_timer_stop(c, AGENT_CALL_TIMER_EXPIRES);
}

/* ---- answers ---- */

/* What the 2xx says of the session: *SDP, which the caller frees; NULL: RFC
 * 3262 5, it was agreed in a provisional response, and may be changed since. */
static int
make_session(struct agent_call *c, char **sdp)
{
	*sdp = NULL;
	if (c->reliable.answered)
		return 0;
	agent_call_sdp_note_hold(
	    agent_call_offer(c), agent_call_sdp_of(agent_call_request(c)));
	/* 13.2.1: the same answer. */
	if (c->in.answer != NULL)
		return str_keep(sdp, str_of(c->in.answer));
	return agent_call_sdp_make(c, agent_call_session(c),
	    agent_call_sdp_of(agent_call_request(c)), false, sdp);
}

int
agent_call_answer(struct agent_call *c)
{
	struct agent_session_fields f;
	struct sip_response_spec spec = {
		.status = 200,
		.contact = agent_call_contact(c),
		.record_route = c->mask == NULL || !c->mask->forgets_route,
		.headers = f.list,
		.content_type = STR(AGENT_SDP),
	};
	struct sip_bytes *sent = NULL;
	char *sdp;
	int err;

	stop_ringing(c);
	if (agent_reliable_holds(c))
		return 0;
	err = make_session(c, &sdp);
	spec.body = str_of(sdp);
	agent_session_accept(c, agent_call_request(c), &f);
	spec.nheaders = f.n;
	if (err == 0 && c->dialog == NULL)
		err = callee_make_dialog(c, EVENT_2XX_SENT);
	if (err == 0)
		err = agent_call_respond(c, &spec,
		    c->reliable.held ? RULE_RELIABLE_2XX : agent_place_rule(c),
		    &sent);
	if (err == 0)
		agent_call_offer_note(c, 200, true, spec.body.n > 0);
	mem_free(sdp);
	if (err == 0) {
		agent_reliable_settle(c);
		if (agent_call_dialog_is(c, STATE_EARLY))
			sip_dialog_step(c->dialog->sip, EVENT_2XX_SENT,
			    RULE_DIALOG_CONFIRMED);
		agent_call_step(c, EVENT_2XX_SENT, RULE_INVITE_ACCEPT, 0);
		err =
		    agent_call_2xx_start(c, c->in.invite, c->invite_cseq, sent,
			spec.body.n > 0 &&
			    agent_call_sdp_of(agent_call_request(c)).n == 0);
	}
	if (err == 0)
		agent_session_accepted(c, &f);
	sip_bytes_unref(sent);
	agent_fail_nomem(c->agent, err);
	return cant_go_on(c, err);
}

/* 13.3.1.2, 13.3.1.3: a final response other than 2xx is the end of it. */
int
agent_call_refuse_for(struct agent_call *c,
    const struct sip_response_spec *spec, enum rule_id why, enum rule_id step)
{
	int err = agent_call_respond(c, spec, why, NULL);

	if (err == 0) {
		agent_call_offer_note(c, spec->status, true, false);
		agent_reliable_owe(c);
		agent_call_end(c, EVENT_300_699_SENT, step, spec->status);
	}
	return err;
}

int
agent_call_refuse(struct agent_call *c, const struct sip_response_spec *spec,
    enum rule_id why)
{
	return agent_call_refuse_for(c, spec, why, why);
}

int
agent_call_reject(
    struct agent_call *c, unsigned status, const char *reason, enum rule_id why)
{
	struct sip_response_spec spec = {
		.status = status,
		.reason = str_of(reason),
	};

	return agent_call_refuse(c, &spec, why);
}

int
agent_call_redirect(struct agent_call *c, const char *contact)
{
	struct sip_response_spec spec = { .status = 302 };
	LOCAL_BUF value = BUF_INIT;
	int err;

	buf_printf(&value, "<%s>", contact);
	spec.contact = buf_view(&value);
	err = value.err;
	if (err == 0)
		err = agent_call_refuse(c, &spec, RULE_INVITE_REDIRECT);
	else
		agent_fail_memory(c->agent);
	return err;
}

bool
agent_call_is_ringing(const struct agent_call *c)
{
	return !c->caller && c->in.invite != NULL &&
	       c->machine.state < STATE_CONFIRMED && !agent_call_2xx_waits(c);
}

void
agent_call_cancelled(struct agent_call *c, const struct sip_in *in)
{
	struct sip_response_spec spec = { .status = 200,
		.to_tag = str_of(c->local_tag) };

	node_reply(c->agent->node, in, &spec, RULE_CANCEL_RECV);
	/* 9.2: no effect once there was a final response. */
	if (c->reinvite.change != NULL) {
		agent_call_change_drop(c, RULE_CANCEL_487);
		if (c->ops->change_cancelled != NULL)
			c->ops->change_cancelled(c);
	} else if (c->machine.state < STATE_CONFIRMED &&
		   !agent_call_2xx_waits(c))
		agent_call_reject(c, 487, NULL, RULE_CANCEL_487);
}

/* 13.3.1: the call was not answered within the INVITE's Expires. */
void
agent_call_fire_expires(struct agent_call *c)
{
	agent_call_reject(c, 487, NULL, RULE_INVITE_EXPIRED);
}

/* ---- it comes in ---- */

/* RFC 3261 12.1.1: the URI of M by which it is told whether the Contact in N's
 * response is of sips.  To a browser the sips of its proxy's route says no more
 * than WSS, by which it is anyhow. */
static struct str
as_asked(const struct node *n, const struct msg *m)
{
	struct str route = msg_value(m, MSG_H_RECORD_ROUTE);
	struct msg_addr a;

	if (node_is_sips(m->uri) || node_is_nameless(n))
		return m->uri;
	if (route.n == 0)
		route = msg_value(m, MSG_H_CONTACT);
	return msg_addr_read(msg_cut_value(&route), &a) == 0 ? a.uri : m->uri;
}

struct agent_call *
agent_call_invited(struct agent *agent, const struct agent_call_ops *ops,
    const struct sip_in *in)
{
	struct msg_cseq cseq = { 0 };
	struct msg_addr from = { 0 };
	struct agent_call *c;

	msg_addr_read(msg_value(in->m, MSG_H_FROM), &from);
	msg_cseq_read(msg_value(in->m, MSG_H_CSEQ), &cseq);
	c = agent_call_new(agent, ops, false, from.uri);
	if (c == NULL) {
		agent_fail_memory(agent);
		return NULL;
	}
	agent_call_set_self(c, agent_identity_for(agent, in->m->uri));
	c->in.request = sip_bytes_ref(in->bytes);
	c->invite_cseq = cseq.number;
	c->in.invite = in->tr;
	c->contact_by =
	    agent_contact_by(sip_transaction_peer(in->tr)->transport,
		as_asked(agent->node, in->m));
	c->face = agent_face_of(agent, in);
	sip_transaction_set_user(in->tr, &invite_ops, c);
	agent_call_step(c, EVENT_INVITE_RECEIVED, RULE_INVITE_RECV, 0);
	agent_call_offer_begin(c, false, agent_call_sdp_of(in->m).n > 0);
	return c;
}
