/*
 * The called side: which INVITEs become a call, ringing, answering, refusing,
 * waiting for a line.  RFC 3261 13.3, 9.2.
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
	struct ua_call *c = arg;

	ua_2xx_forget(c, tr);
	agent_request_forget(c->agent, tr);
	sip_bytes_unref(c->request);
	c->request = NULL;
	c->invite = NULL;
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
	return world_read(c->agent->node->world, c->request);
}

/* *SENT (may be NULL) gets a reference. */
static int
respond(struct ua_call *c, const struct sip_response_spec *given,
    enum rule_id why, struct sip_bytes **sent)
{
	struct sip_response_spec spec = *given;
	struct sip_origin origin = { why, 0 };
	struct sip_bytes *b = NULL;
	int err;

	if (c->invite == NULL)
		return ERR_STATE;
	spec.to_tag = str_of(c->local_tag);
	err = sip_build_response(c->agent->node->stack, reread(c), &spec, &b);
	if (err == 0)
		err = sip_server_respond(c->invite, b, &origin);
	if (err == ERR_NOMEM)
		agent_fail_memory(c->agent);
	if (err == 0 && sent != NULL)
		*sent = sip_bytes_ref(b);
	sip_bytes_unref(b);
	return err;
}

static int
make_dialog(struct ua_call *c, const char *event)
{
	int err = sip_dialog_uas(&c->dialog, c->agent->node->stack, reread(c),
	    str_of(c->local_tag), event);

	if (err == 0)
		err = ua_call_listen(c);
	if (err == ERR_NOMEM)
		agent_fail_memory(c->agent);
	return err;
}

/* ---- progress ---- */

/* 21.1: what is said, and whether it means that the phone does something. */
static const struct progress {
	unsigned code;
	bool rings;
	enum rule_id why;
} progresses[] = {
	{ 180, true, RULE_INVITE_PROGRESS },
	{ 181, false, RULE_INVITE_PROGRESS },
	{ 182, false, RULE_INVITE_QUEUED },
	{ 183, true, RULE_INVITE_EARLY_MEDIA },
};

static const struct progress *
find_progress(unsigned code)
{
	size_t i = sizeof(progresses) / sizeof(progresses[0]) - 1;

	while (i > 0 && progresses[i].code != code)
		i--;
	return &progresses[i];
}

/* 13.2.1: what the 2xx will answer may be said before; an offer may not, since
 * a provisional response can get lost. */
static int
send_progress(struct ua_call *c, const struct progress *p)
{
	struct sip_response_spec spec = {
		.status = p->code,
		.contact = ua_call_contact(c),
		.record_route = true,
		.content_type = STR(UA_SDP),
	};
	struct str offer = ua_sdp_of(reread(c));
	char *sdp = NULL;
	int err = 0;

	if (p->code == 183 && offer.n > 0) {
		err = ua_sdp_make(c, offer, false, &sdp);
		if (err == ERR_NOMEM)
			agent_fail_memory(c->agent);
		spec.body = str_of(sdp);
	}
	if (err == 0)
		err = respond(c, &spec, p->why, NULL);
	mem_free(sdp);
	return err;
}

/* What can't be said, or kept as a dialog, has its caller told so. */
static int
cant_go_on(struct ua_call *c, int err)
{
	if (err != 0 && err != ERR_NOMEM && c->invite != NULL)
		ua_call_reject(c, 500, NULL,
		    err == ERR_LIMIT ? RULE_RTP_PORTS : RULE_UAS_TOO_LARGE);
	return err;
}

int
ua_call_ring(struct ua_call *c, unsigned code)
{
	const struct progress *p = find_progress(code);
	bool rings = p->rings || c->state == UA_EARLY;
	int err = c->invite == NULL ? ERR_STATE : send_progress(c, p);

	if (err == 0 && c->dialog == NULL)
		err = make_dialog(c, "1xx sent");
	if (err != 0)
		return cant_go_on(c, err);
	ua_call_step(c, rings ? "1xx sent" : "181-182 sent", p->why,
	    code == 180 || code == c->progress ? 0 : code);
	c->progress = code;
	/* 13.3.1.1: again every minute, so that no proxy gives up. */
	ua_timer_set(
	    c, UA_TIMER_1XX, sim_now(agent_sim(c->agent)) + SIP_1XX_AGAIN_NS);
	return 0;
}

void
ua_fire_1xx(struct ua_call *c)
{
	ua_call_ring(c, c->progress);
}

void
ua_call_plan_100(struct ua_call *c)
{
	ua_timer_set(
	    c, UA_TIMER_100, sim_now(agent_sim(c->agent)) + SIP_TRYING_NS);
}

void
ua_fire_100(struct ua_call *c)
{
	struct sip_response_spec spec = { .status = 100 };

	if (c->change != NULL)
		ua_change_try(c);
	else if (c->progress == 0)
		respond(c, &spec, RULE_IST_REQUEST, NULL);
}

/* The call is taken or refused: it neither rings nor waits any more. */
static void
stop_ringing(struct ua_call *c)
{
	c->queued = false;
	ua_timer_stop(c, UA_TIMER_ANSWER);
	ua_timer_stop(c, UA_TIMER_NO_ANSWER);
	ua_timer_stop(c, UA_TIMER_1XX);
	ua_timer_stop(c, UA_TIMER_100);
	ua_timer_stop(c, UA_TIMER_EXPIRES);
}

/* ---- answers ---- */

int
ua_call_answer(struct ua_call *c)
{
	struct sip_response_spec spec = {
		.status = 200,
		.contact = ua_call_contact(c),
		.record_route = true,
		.headers = ua_capabilities,
		.nheaders = UA_CAPABILITIES,
		.content_type = STR(UA_SDP),
	};
	struct sip_bytes *sent = NULL;
	char *sdp;
	int err;

	stop_ringing(c);
	ua_sdp_note_hold(c, ua_sdp_of(reread(c)));
	err = ua_sdp_make(c, ua_sdp_of(reread(c)), false, &sdp);
	spec.body = str_of(sdp);
	if (err == 0 && c->dialog == NULL)
		err = make_dialog(c, "2xx sent");
	if (err == 0)
		err = respond(c, &spec, RULE_INVITE_ACCEPT, &sent);
	mem_free(sdp);
	if (err == 0) {
		if (sip_dialog_is(c->dialog, SIP_DIALOG_EARLY))
			sip_dialog_step(
			    c->dialog, "2xx sent", RULE_DIALOG_CONFIRMED);
		if (c->state == UA_PROCEEDING)
			ua_call_step(c, "2xx sent", RULE_INVITE_ACCEPT, 0);
		err = ua_2xx_start(c, c->invite, c->invite_cseq, sent,
		    ua_sdp_of(reread(c)).n == 0);
	}
	sip_bytes_unref(sent);
	if (err == ERR_NOMEM)
		agent_fail_memory(c->agent);
	return cant_go_on(c, err);
}

/* 13.3.1.2, 13.3.1.3: a final response other than 2xx is the end of it. */
int
ua_call_refuse(
    struct ua_call *c, const struct sip_response_spec *spec, enum rule_id why)
{
	int err = respond(c, spec, why, NULL);

	if (err == 0)
		ua_call_end(c, why, spec->status);
	return err;
}

static int
refuse(struct ua_call *c, const struct ua_refusal *r, struct str reason)
{
	struct sip_response_spec spec = {
		.status = r->status,
		.reason = reason,
		.contact = r->contact,
		.headers = r->headers,
		.nheaders = r->nheaders,
		.content_type = r->content_type,
		.body = r->body,
	};

	if (r->text.err == 0)
		return ua_call_refuse(c, &spec, r->why);
	agent_fail_memory(c->agent);
	return r->text.err;
}

int
ua_call_reject(
    struct ua_call *c, unsigned status, const char *reason, enum rule_id why)
{
	struct ua_refusal r = { .status = status, .why = why };

	return refuse(c, &r, str_of(reason));
}

int
ua_call_redirect(struct ua_call *c, const char *contact)
{
	struct ua_refusal r = { .status = 302, .why = RULE_INVITE_REDIRECT };
	int err;

	buf_printf(&r.text, "<%s>", contact);
	r.contact = buf_view(&r.text);
	err = refuse(c, &r, STR_NULL);
	buf_free(&r.text);
	return err;
}

void
ua_call_cancelled(struct ua_call *c, const struct sip_in *in)
{
	struct sip_response_spec spec = { .status = 200,
		.to_tag = str_of(c->local_tag) };

	node_reply(c->agent->node, in, &spec, RULE_CANCEL_RECV);
	/* 9.2: no effect once there was a final response. */
	if (c->change != NULL)
		ua_change_drop(c, RULE_CANCEL_487);
	else if (c->state < UA_CONFIRMED && !ua_2xx_waits(c))
		ua_call_reject(c, 487, NULL, RULE_CANCEL_487);
}

/* ---- what happens by itself ---- */

static void
answer_by_itself(struct ua_call *c)
{
	agent_note_act(c->agent, "answer", c->name);
	ua_call_answer(c);
}

/* The attribute `answer`, after so long. */
void
ua_fire_answer(struct ua_call *c)
{
	answer_by_itself(c);
}

/* The attribute `no_answer`. */
void
ua_fire_no_answer(struct ua_call *c)
{
	unsigned status = ua_refusal_status(c->ua, 480);

	agent_note_act(c->agent, "reject", c->name);
	ua_call_reject(c, status, NULL,
	    status >= 600 ? RULE_INVITE_EVERYWHERE : RULE_INVITE_UNANSWERED);
}

/* 13.3.1: nobody has answered within the INVITE's Expires. */
void
ua_fire_expires(struct ua_call *c)
{
	ua_call_reject(c, 487, NULL, RULE_INVITE_EXPIRED);
}

/* There is a line for the call: the phone rings, or answers at once, and then
 * nobody needs to hear that it rings (13.3.1.1). */
static void
take(struct ua_call *c)
{
	const struct node *n = c->agent->node;
	const char *answer = node_attr(n, "answer", NULL);
	const char *progress = node_attr(n, "progress", "180");
	int64_t after = node_attr_time(n, "answer", 2 * SIM_S);
	int64_t patience = node_attr_time(n, "no_answer", -1);
	int64_t now = sim_now(agent_sim(c->agent));
	/* Who has a script, or gives up at some time, has no habit of
	 * answering but what the topology says. */
	bool answers = answer != NULL ? strcmp(answer, "never") != 0
				      : !c->watched && patience < 0;

	c->queued = false;
	if (answer != NULL && answers && after == 0) {
		answer_by_itself(c);
		return;
	}
	if (strcmp(progress, "none") == 0)
		ua_call_plan_100(c);
	else if (ua_call_ring(c, strcmp(progress, "183") == 0 ? 183 : 180) != 0)
		return;
	if (answers)
		ua_timer_set(c, UA_TIMER_ANSWER, now + after);
	if (patience >= 0)
		ua_timer_set(c, UA_TIMER_NO_ANSWER, now + patience);
}

void
ua_line_free(struct ua *ua)
{
	list_foreach (node, &ua->calls) {
		struct ua_call *c = LIST_ENTRY(node, struct ua_call, link);

		if (!c->queued)
			continue;
		if (!ua_is_full(ua, c))
			take(c);
		return;
	}
}

static void
follow_settings(struct ua_call *c, int64_t expires_s)
{
	const struct world_watch *watch = &c->agent->node->world->watch;
	struct ua_refusal r;

	c->watched = watch->incoming != NULL &&
		     watch->incoming(c->agent->node->name, c->name, watch->arg);
	ua_judge_call(c->ua, c, &r);
	if (r.status != 0) {
		refuse(c, &r, STR_NULL);
		buf_free(&r.text);
		return;
	}
	if (expires_s >= 0)
		ua_timer_set(c, UA_TIMER_EXPIRES,
		    sim_now(agent_sim(c->agent)) + expires_s * SIM_S);
	if (!ua_is_full(c->ua, c)) {
		take(c);
		return;
	}
	/* 21.1.4: no line is free, but one will be. */
	c->queued = true;
	ua_call_ring(c, 182);
}

/* ---- a call comes in ---- */

static void
new_call(struct ua *ua, const struct sip_in *in)
{
	struct msg_cseq cseq = { 0 };
	struct msg_addr from = { 0 };
	struct ua_call *c;
	uint32_t expires;
	bool limited = str_u32(msg_value(in->m, MSG_H_EXPIRES), &expires) == 0;

	msg_addr_read(msg_value(in->m, MSG_H_FROM), &from);
	msg_cseq_read(msg_value(in->m, MSG_H_CSEQ), &cseq);
	c = ua_call_new(ua, false, from.uri);
	if (c == NULL) {
		agent_fail_memory(&ua->agent);
		return;
	}
	c->request = sip_bytes_ref(in->bytes);
	c->invite_cseq = cseq.number;
	c->invite = in->tr;
	c->transport = sip_transaction_peer(in->tr)->transport;
	sip_transaction_set_user(in->tr, &invite_ops, c);
	ua_call_step(c, "INVITE received", RULE_INVITE_RECV, 0);
	follow_settings(c, limited ? (int64_t)expires : -1);
}

void
ua_invited(struct ua *ua, const struct sip_in *in)
{
	struct ua_refusal r;

	if (ua_refuse_extensions(ua, in))
		return;
	ua_judge_request(ua, in->m, &r);
	if (r.status != 0)
		ua_refuse(ua, in, &r);
	else
		new_call(ua, in);
	buf_free(&r.text);
}
