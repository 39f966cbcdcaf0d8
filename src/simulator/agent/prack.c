/*
 * The calling side of reliable provisional responses: RFC 3262 4.  Each early
 * dialog of a forked INVITE has numbers of its own, since each is another
 * phone's.  PRACKs that arrive are matched in reliable.c, late ones in
 * reliable_late.c.
 */
#include "agent/call_in.h"

#include "base/err.h"
#include "base/mem.h"
#include "msg/parts.h"
#include "rules/rule_names.h"

void
agent_prack_stop(struct agent_call_usage *u)
{
	list_each (struct agent_client, q, &u->prack.clients, mate)
		agent_client_drop(q);
}

bool
agent_prack_is_wanted(const struct agent_call *c, const struct msg *m)
{
	return m->status > 100 && m->status < 200 &&
	       c->reliable.use != AGENT_RELIABLE_NO &&
	       msg_lists(m, MSG_H_REQUIRE, "100rel");
}

/* Which number the last one had that was taken before M; 0: there was none. */
static uint32_t
find_last_rseq(const struct agent_call *c, const struct msg *m)
{
	const struct agent_call_usage *u = agent_call_usage_of(c, m);

	if (c->mask != NULL && c->mask->counts_as_one)
		return c->reliable.taken;
	return u != NULL ? u->prack.rseq : 0;
}

bool
agent_prack_ignores(struct agent_call *c, const struct sip_in *in)
{
	uint32_t rseq = 0, last = find_last_rseq(c, in->m);
	enum rule_id why = RULE_PRACK_ORDER;

	if (!agent_prack_is_wanted(c, in->m))
		return false;
	if (msg_rseq_read(msg_value(in->m, MSG_H_RSEQ), &rseq) == 0) {
		/* The first number is any. */
		if (last == 0 || rseq - 1 == last)
			return false;
		if (rseq <= last)
			why = RULE_PRACK_REPEATED;
	}
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

/* Its 200 changes nothing; RFC 5057 5.1 says which refusal does. */
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

static int
build_prack(struct agent_call_usage *u, const struct msg *m, const char *sdp,
    struct agent_request *r)
{
	struct sip_header rack = { "RAck", STR_NULL };
	struct sip_request_spec spec = {
		.method = STR("PRACK"),
		.headers = &rack,
		.nheaders = 1,
		.content_type = STR(AGENT_SDP),
		.body = str_of(sdp),
	};
	struct buf value = BUF_INIT;
	int err;

	/* 7.2: both numbers, and the method, are those of the response. */
	buf_printf(&value, "%u %.*s", u->prack.rseq,
	    STR_ARG(msg_value(m, MSG_H_CSEQ)));
	rack.value = buf_view(&value);
	err = value.err != 0 ? ERR_NOMEM
			     : agent_dialog_request(u->usage.dialog, &spec, r);
	buf_free(&value);
	return err;
}

/* 5: what M offers is answered in its PRACK: *SDP, which the caller frees;
 * NULL: it offers nothing. */
static int
make_prack_answer(struct agent_call_usage *u, const struct msg *m, char **sdp)
{
	int err;

	*sdp = NULL;
	if (u->offer.open != AGENT_OFFER_INVITE_1XX || u->offer.mine ||
	    agent_call_sdp_of(m).n == 0)
		return 0;
	err = agent_call_sdp_make(
	    u->call, &u->sdp, agent_call_sdp_of(m), false, sdp);
	/* An answer that refuses all is one, too. */
	if (err == ERR_LIMIT)
		err = 0;
	return err;
}

void
agent_prack_send(struct agent_call *c, const struct msg *m)
{
	struct agent_call_usage *u = agent_call_usage_of(c, m);
	struct agent_request r = { 0 };
	struct agent_client *q;
	bool described = agent_call_sdp_of(m).n > 0;
	char *sdp;
	int err;

	if (!agent_prack_is_wanted(c, m) || u == NULL ||
	    sip_dialog_is(u->usage.dialog->sip, STATE_MORTAL) ||
	    msg_rseq_read(msg_value(m, MSG_H_RSEQ), &u->prack.rseq) != 0)
		return;
	c->reliable.taken = u->prack.rseq;
	err = make_prack_answer(u, m, &sdp);
	if (err == 0)
		err = build_prack(u, m, sdp, &r);
	if (err == 0)
		err = agent_client_start(
		    c->agent, &r, RULE_PRACK_SEND, &prack_ops, u, &q);
	if (err == 0) {
		list_append(&u->prack.clients, &q->mate);
		if (described)
			u->prack.exchange = q;
		agent_offer_note(&u->offer,
		    (struct agent_offer_message){ .method = MSG_PRACK,
			.sent = true,
			.described = sdp != NULL });
	} else if (err == ERR_NOMEM) {
		agent_fail_memory(c->agent);
	} else {
		agent_note_bad(c->agent, RULE_UAC_NO_TARGET,
		    TRACE_REFUSAL_NO_ADDRESS,
		    str_of(u->usage.dialog->sip->remote_target));
	}
	mem_free(sdp);
	sip_bytes_unref(r.bytes);
}
