/*
 * The called side: which INVITEs become a call, ringing, answering, refusing.
 * RFC 3261 8.2, 13.3, 9.2.
 */
#include "nodes/ua.h"

#include "base/err.h"
#include "base/mem.h"
#include "msg/parts.h"
#include "sip/defaults.h"

#include <string.h>

static void
invite_ended(struct sip_transaction *tr, void *arg)
{
	(void)tr;
	ua_call_forget_invite(arg);
}

/* RFC 6026 7.1: an ACK with the INVITE's own branch, as of RFC 2543. */
static void
invite_ack(struct sip_transaction *tr, const struct sip_in *in, void *arg)
{
	(void)tr;
	ua_2xx_acked(arg, in->m);
}

/* Timer H: no ACK came for a non-2xx; the call is over since then. */
static const struct sip_transaction_ops invite_ops = {
	.ack = invite_ack,
	.ended = invite_ended,
};

static const struct msg *
reread(struct ua_call *c)
{
	return world_read(c->ua->node->world, c->request);
}

/* *SENT (may be NULL) gets a reference. */
static int
respond(struct ua_call *c, const struct sip_response_spec *given,
    enum trace_rule why, struct sip_bytes **sent)
{
	struct sip_response_spec spec = *given;
	struct sip_origin origin = { why, 0 };
	struct sip_bytes *b = NULL;
	int err;

	if (c->invite == NULL)
		return ERR_STATE;
	spec.to_tag = str_of(c->local_tag);
	err = sip_build_response(c->ua->node->stack, reread(c), &spec, &b);
	if (err == 0)
		err = sip_server_respond(c->invite, b, &origin);
	if (err == ERR_NOMEM)
		ua_fail_memory(c->ua);
	if (err == 0 && sent != NULL)
		*sent = sip_bytes_ref(b);
	sip_bytes_unref(b);
	return err;
}

/* ---- what a called side does ---- */

static int
make_dialog(struct ua_call *c, enum sip_dialog_state state)
{
	int err = sip_dialog_uas(&c->dialog, c->ua->node->stack, reread(c),
	    str_of(c->local_tag), state);

	if (err == 0)
		err = ua_call_listen(c);
	if (err == ERR_NOMEM)
		ua_fail_memory(c->ua);
	return err;
}

int
ua_call_ring(struct ua_call *c)
{
	struct sip_response_spec spec = {
		.status = 180,
		.contact = str_of(c->ua->contact),
		.record_route = true,
	};
	int err = respond(c, &spec, RULE_INVITE_PROGRESS, NULL);

	if (err == 0 && c->dialog == NULL)
		err = make_dialog(c, SIP_DIALOG_EARLY);
	if (err != 0)
		return err;
	ua_call_enter(c, UA_EARLY, RULE_INVITE_PROGRESS, 0);
	/* 13.3.1.1: again every minute, so that no proxy gives up. */
	ua_timer_set(
	    c, UA_TIMER_1XX, sim_now(ua_sim(c->ua)) + SIP_1XX_AGAIN_NS);
	return 0;
}

void
ua_fire_1xx(struct ua_call *c)
{
	ua_call_ring(c);
}

/* The call is taken or refused: it neither rings nor waits any more. */
static void
stop_ringing(struct ua_call *c)
{
	ua_timer_stop(c, UA_TIMER_ANSWER);
	ua_timer_stop(c, UA_TIMER_1XX);
	ua_timer_stop(c, UA_TIMER_EXPIRES);
}

int
ua_call_answer(struct ua_call *c)
{
	static const struct sip_header allow = { "Allow",
		{ UA_ALLOW, sizeof(UA_ALLOW) - 1 } };
	struct sip_response_spec spec = {
		.status = 200,
		.contact = str_of(c->ua->contact),
		.record_route = true,
		.headers = &allow,
		.nheaders = 1,
		.content_type = STR(UA_SDP),
	};
	struct sip_bytes *sent = NULL;
	char *sdp;
	int err;

	stop_ringing(c);
	sdp = ua_sdp_make(c->ua, reread(c)->body);
	spec.body = str_of(sdp);
	err = sdp == NULL ? ERR_NOMEM : 0;
	if (err == 0 && c->dialog == NULL)
		err = make_dialog(c, SIP_DIALOG_CONFIRMED);
	if (err == 0)
		err = respond(c, &spec, RULE_INVITE_ACCEPT, &sent);
	mem_free(sdp);
	if (err == 0) {
		sip_dialog_enter(
		    c->dialog, SIP_DIALOG_CONFIRMED, RULE_DIALOG_CONFIRMED);
		ua_call_enter(c, UA_EARLY, RULE_INVITE_ACCEPT, 0);
		err = ua_2xx_start(c, sent);
	}
	sip_bytes_unref(sent);
	if (err == ERR_NOMEM)
		ua_fail_memory(c->ua);
	return err;
}

int
ua_call_reject(struct ua_call *c, unsigned status, enum trace_rule why)
{
	struct sip_response_spec spec = { .status = status };
	int err = respond(c, &spec, why, NULL);

	if (err == 0)
		ua_call_end(c, why, status);
	return err;
}

void
ua_call_cancelled(struct ua_call *c, const struct sip_in *in)
{
	struct sip_response_spec spec = { .status = 200,
		.to_tag = str_of(c->local_tag) };

	node_reply(c->ua->node, in, &spec, RULE_CANCEL_RECV);
	/* 9.2: no effect once there was a final response. */
	if (c->state < UA_CONFIRMED && c->ok == NULL)
		ua_call_reject(c, 487, RULE_CANCEL_487);
}

/* ---- a call comes in ---- */

/* The attribute `answer`, after so long. */
void
ua_fire_answer(struct ua_call *c)
{
	ua_note_act(c->ua, "answer", c->name);
	ua_call_answer(c);
}

/* 13.3.1: nobody has answered within the INVITE's Expires. */
void
ua_fire_expires(struct ua_call *c)
{
	ua_call_reject(c, 487, RULE_INVITE_EXPIRED);
}

static void
follow_settings(struct ua_call *c, int64_t expires_s)
{
	const char *answer = node_attr(c->ua->node, "answer", NULL);
	const struct world_watch *watch = &c->ua->node->world->watch;
	int64_t now = sim_now(ua_sim(c->ua));
	bool watched = watch->incoming != NULL &&
		       watch->incoming(c->ua->node->name, c->name, watch->arg);

	if (node_attr_bool(c->ua->node, "busy", false)) {
		ua_call_reject(c, 486, RULE_INVITE_REJECT);
		return;
	}
	if (expires_s >= 0)
		ua_timer_set(c, UA_TIMER_EXPIRES, now + expires_s * SIM_S);
	if (ua_call_ring(c) != 0 || (answer == NULL && watched) ||
	    (answer != NULL && strcmp(answer, "never") == 0))
		return;
	ua_timer_set(c, UA_TIMER_ANSWER,
	    now + node_attr_time(c->ua->node, "answer", 2 * SIM_S));
}

/* What makes an INVITE no call: 0, or the status to refuse with. */
static unsigned
judge(struct ua *ua, const struct msg *m, enum trace_rule *why)
{
	struct str contact = msg_value(m, MSG_H_CONTACT);
	struct str type = msg_value(m, MSG_H_CONTENT_TYPE), rest;
	struct msg_addr a;

	*why = RULE_UAS_MERGED;
	if (ua_call_of_invite(ua, m) != NULL)
		return 482;
	/* 8.2.3: bodies of one type only. */
	*why = RULE_UAS_TYPE;
	if (m->body.n > 0 &&
	    !str_iis(str_trim(str_cut(type, ';', &rest)), UA_SDP))
		return 415;
	/* 8.1.1.8: one Contact, which the dialog will need. */
	*why = RULE_BAD_REQUEST;
	if (contact.n == 0 || msg_addr_read(msg_cut_value(&contact), &a) != 0 ||
	    a.star)
		return 400;
	*why = RULE_INVITE_REJECT;
	return ua_sdp_unusable(m->body) ? 488 : 0;
}

static void
refuse(struct ua *ua, const struct sip_in *in, unsigned status,
    enum trace_rule why)
{
	static const struct sip_header accept = { "Accept",
		{ UA_SDP, sizeof(UA_SDP) - 1 } };
	struct sip_response_spec spec = { .status = status };

	if (status == 415) {
		spec.headers = &accept;
		spec.nheaders = 1;
	}
	node_reply(ua->node, in, &spec, why);
}

void
ua_invited(struct ua *ua, const struct sip_in *in)
{
	struct msg_cseq cseq = { 0 };
	struct msg_addr from = { 0 };
	enum trace_rule why;
	struct ua_call *c;
	unsigned status = judge(ua, in->m, &why);
	uint32_t expires;
	bool limited = str_u32(msg_value(in->m, MSG_H_EXPIRES), &expires) == 0;

	if (status == 482) {
		refuse(ua, in, status, why);
		return;
	}
	if (node_refuse_extensions(
		ua->node, in, MSG_H_REQUIRE, RULE_UAS_REQUIRE))
		return;
	if (status != 0) {
		refuse(ua, in, status, why);
		return;
	}
	msg_addr_read(msg_value(in->m, MSG_H_FROM), &from);
	msg_cseq_read(msg_value(in->m, MSG_H_CSEQ), &cseq);
	c = ua_call_new(ua, false, from.uri);
	if (c == NULL || ua_call_keep_invite(c, in) != 0) {
		ua_fail_memory(ua);
		if (c != NULL)
			ua_call_free(c);
		return;
	}
	c->invite_cseq = cseq.number;
	c->invite = in->tr;
	sip_transaction_set_user(in->tr, &invite_ops, c);
	ua_call_enter(c, UA_PROCEEDING, RULE_INVITE_RECV, 0);
	follow_settings(c, limited ? (int64_t)expires : -1);
}
