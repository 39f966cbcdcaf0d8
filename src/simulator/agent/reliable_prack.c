/*
 * The calling side of reliable provisional responses: RFC 3262 4.  Each early
 * dialog of a forked INVITE has numbers of its own, since each is another
 * phone's.  PRACKs that arrive, also late ones, are matched in
 * reliable.c.
 */
#include "agent/reliable.h"

#include "agent/call_in.h"
#include "base/err.h"
#include "base/mem.h"
#include "msg/header_names.h"
#include "msg/parts.h"
#include "rules/rule_names.h"

static void
forget_unanswered(struct agent_prack *p)
{
	mem_free(p->unanswered);
	mem_free(p->rack);
	p->unanswered = p->rack = NULL;
}

void
agent_prack_stop(struct agent_call_usage *u)
{
	list_each (struct agent_client, q, &u->prack.clients, mate)
		agent_client_drop(q);
	forget_unanswered(&u->prack);
}

bool
agent_prack_is_wanted(const struct agent_call *c, const struct msg *m)
{
	return m->status > 100 && m->status < 200 &&
	       c->reliable.use != AGENT_RELIABLE_NO &&
	       msg_lists(m, MSG_H_REQUIRE, "100rel");
}

/* The response with RSEQ is the next after LAST; the first number is any. */
static bool
is_next(uint32_t rseq, uint32_t last)
{
	return rseq != 0 && (last == 0 || rseq - 1 == last);
}

bool
agent_prack_ignores(struct agent_call *c, const struct sip_in *in)
{
	const struct agent_call_usage *u = agent_call_usage_of(c, in->m);
	bool as_one = c->mask != NULL && c->mask->counts_as_one;
	uint32_t own = u != NULL ? u->prack.rseq : 0, rseq = 0;
	uint32_t last = as_one ? c->reliable.taken : own;
	enum rule_id why = RULE_PRACK_ORDER;

	if (!agent_prack_is_wanted(c, in->m))
		return false;
	if (msg_rseq_read(msg_value(in->m, MSG_H_RSEQ), &rseq) != 0)
		rseq = 0;
	if (is_next(rseq, last))
		return false;
	if (as_one && is_next(rseq, own))
		why = RULE_PRACK_AS_ONE;
	else if (rseq != 0 && rseq <= last)
		why = RULE_PRACK_REPEATED;
	node_note_drop(c->agent->node, in->recv, TRACE_DROP_UNMATCHED, why);
	return true;
}

/* ---- PRACK ---- */

/* RFC 6337 4.3: the exchange that Q confirms is over with its answer. */
static void
note_answered(
    struct agent_call_usage *u, const struct agent_client *q, unsigned status)
{
	struct agent_offer_message m = { .method = MSG_PRACK,
		.status = status };

	if (q == u->prack.exchange)
		agent_offer_note(&u->offer, m);
}

/* Its 200 changes nothing; RFC 5057 5.1 says which rejection does. */
static void
prack_response(struct agent_client *q, const struct sip_in *in, void *arg)
{
	if (in->m->status >= 200)
		note_answered(arg, q, in->m->status);
	if (in->m->status >= 300)
		agent_call_fails_by(arg, MSG_PRACK, in->m->status);
}

static void
prack_failed(struct agent_client *q, unsigned status, void *arg)
{
	note_answered(arg, q, status);
	agent_call_fails_by(arg, MSG_PRACK, status);
}

static const struct agent_client_ops prack_ops = {
	.response = prack_response,
	.failed = prack_failed,
};

/* 7.2: both numbers, and the method, are those of the response. */
static int
write_rack(
    const struct agent_call_usage *u, const struct msg *m, struct buf *out)
{
	buf_printf(
	    out, "%u %.*s", u->prack.rseq, STR_ARG(msg_value(m, MSG_H_CSEQ)));
	return out->err;
}

static int
build_prack(struct agent_call_usage *u, struct str rack, const char *sdp,
    struct agent_request *r)
{
	struct sip_header field = { "RAck", rack };
	struct sip_request_spec spec = {
		.method = STR("PRACK"),
		.headers = &field,
		.nheaders = 1,
		.content_type = STR(AGENT_SDP),
		.body = str_of(sdp),
	};

	return agent_dialog_request(u->usage.dialog, &spec, r);
}

/* The answer to OFFER, where that waits for one: *SDP, which the caller frees;
 * NULL: it does not. */
static int
make_prack_answer(struct agent_call_usage *u, struct str offer, char **sdp)
{
	int err;

	*sdp = NULL;
	if (u->offer.open != AGENT_OFFER_INVITE_1XX || u->offer.mine ||
	    offer.n == 0)
		return 0;
	err = agent_call_sdp_make(u->call, &u->sdp, offer, false, sdp);
	/* An answer that rejects all is one as well. */
	if (err == ERR_LIMIT)
		err = 0;
	return err;
}

/* 5: what was offered is answered in the PRACK, which has RACK.  ERR_STATE:
 * later. */
static int
send_prack(struct agent_call_usage *u, struct str rack, struct str offer)
{
	struct agent *agent = u->call->agent;
	struct agent_request r = { 0 };
	struct agent_client *q;
	char *sdp;
	int err = make_prack_answer(u, offer, &sdp);

	if (err == ERR_STATE)
		return err;
	if (err == 0)
		err = build_prack(u, rack, sdp, &r);
	if (err == 0)
		err = agent_client_start(
		    agent, &r, RULE_PRACK_SEND, &prack_ops, u, &q);
	if (err == 0) {
		list_append(&u->prack.clients, &q->mate);
		if (offer.n > 0)
			u->prack.exchange = q;
		agent_offer_note(&u->offer,
		    (struct agent_offer_message){ .method = MSG_PRACK,
			.sent = true,
			.described = sdp != NULL });
	} else if (err == ERR_NOMEM) {
		agent_fail_memory(agent);
	} else {
		agent_note_bad(agent, RULE_UAC_NO_TARGET,
		    TRACE_REFUSAL_NO_ADDRESS,
		    str_of(u->usage.dialog->sip->remote_target));
	}
	mem_free(sdp);
	sip_bytes_unref(r.bytes);
	return 0;
}

/* OFFER, in U, is answered later. */
static void
keep_prack_offer(struct agent_call_usage *u, struct str rack, struct str offer)
{
	forget_unanswered(&u->prack);
	u->prack.unanswered = mem_dup(offer.p, offer.n);
	u->prack.rack = mem_dup(rack.p, rack.n);
	if (u->prack.unanswered == NULL || u->prack.rack == NULL) {
		forget_unanswered(&u->prack);
		agent_fail_memory(u->call->agent);
	}
}

void
agent_prack_send(struct agent_call *c, const struct msg *m)
{
	struct agent_call_usage *u = agent_call_usage_of(c, m);
	struct str offer = agent_call_sdp_of(m);
	LOCAL_BUF rack = BUF_INIT;

	if (!agent_prack_is_wanted(c, m) || u == NULL ||
	    sip_dialog_is(u->usage.dialog->sip, STATE_MORTAL) ||
	    msg_rseq_read(msg_value(m, MSG_H_RSEQ), &u->prack.rseq) != 0)
		return;
	c->reliable.taken = u->prack.rseq;
	if (write_rack(u, m, &rack) != 0)
		agent_fail_memory(c->agent);
	else if (send_prack(u, buf_view(&rack), offer) == ERR_STATE)
		keep_prack_offer(u, buf_view(&rack), offer);
}

static void
send_late(struct agent_call_usage *u)
{
	if (u == NULL || u->prack.unanswered == NULL ||
	    sip_dialog_is(u->usage.dialog->sip, STATE_MORTAL))
		return;
	if (send_prack(u, str_of(u->prack.rack), str_of(u->prack.unanswered)) !=
	    ERR_STATE)
		forget_unanswered(&u->prack);
}

/* What C's users has no answer to an offer yet (`describe` of struct
 * agent_call_ops) may have one now: PRACKs that wait for it are sent. */
void
agent_prack_late(struct agent_call *c)
{
	send_late(c->main);
	list_each (struct agent_call_usage, u, &c->early, link)
		send_late(u);
}
