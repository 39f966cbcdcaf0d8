/*
 * The ACK for a 2xx: RFC 3261 13.2.2.4, 22.1.  It is not part of a transaction:
 * the caller keeps it and sends it again as often as the 2xx comes.
 */
#include "agent/call_in.h"

#include "agent/reliable.h"
#include "base/err.h"
#include "base/mem.h"
#include "msg/header_names.h"
#include "msg/headers.h"
#include "msg/parts.h"
#include "rules/rule_names.h"

/* Credentials in one INVITE, at most. */
#define CREDENTIALS (2 * AGENT_REALMS)

static struct agent_call_ack *
find_ack(const struct agent_call *c, uint32_t cseq)
{
	list_each (struct agent_call_ack, a, &c->out.acks, link)
		if (a->cseq == cseq)
			return a;
	return NULL;
}

bool
agent_call_ack_was_sent(const struct agent_call *c, uint32_t cseq)
{
	return find_ack(c, cseq) != NULL;
}

static void
ack_free(struct agent_call_ack *a)
{
	list_remove(&a->link);
	node_locate_stop(&a->where);
	sip_bytes_unref(a->request.bytes);
	mem_free(a->tag);
	mem_free(a);
}

void
agent_call_ack_free(struct agent_call *c, uint32_t cseq)
{
	list_each (struct agent_call_ack, a, &c->out.acks, link) {
		if (cseq != 0 && a->cseq != cseq)
			continue;
		ack_free(a);
	}
	if (cseq != 0 && cseq != c->invite_cseq)
		return;
	list_each (struct agent_call_ack, a, &c->out.others, link)
		ack_free(a);
}

/* 22.1: the ACK has the same credentials as its INVITE. */
static size_t
call_ack_copy_credentials(const struct msg *invite, struct sip_header *out)
{
	static const enum msg_header ids[] = { MSG_H_AUTHORIZATION,
		MSG_H_PROXY_AUTHORIZATION };
	const struct msg_field *f;
	size_t count = 0;

	for (size_t i = 0; i < 2; i++)
		for (size_t n = 0; (f = msg_field(invite, ids[i], n)) != NULL &&
				   count < CREDENTIALS;
		     n++)
			out[count++] =
			    (struct sip_header){ msg_header_info(ids[i])->name,
				    f->value };
	return count;
}

static int
build_ack(struct agent_call *c, struct sip_bytes *invite, const char *sdp,
    struct agent_call_ack *a)
{
	struct sip_header headers[CREDENTIALS];
	/* 13.2.2.4: the CSeq number of the INVITE. */
	struct sip_request_spec spec = {
		.method = STR("ACK"),
		.cseq = a->cseq,
		.headers = headers,
		.content_type = sdp != NULL ? STR(AGENT_SDP) : STR_NULL,
		.body = str_of(sdp),
	};

	if (invite != NULL)
		spec.nheaders = call_ack_copy_credentials(
		    world_read(c->agent->node->world, invite), headers);
	return agent_dialog_request(c->dialog, &spec, &a->request);
}

/* The ACK for a 2xx; 13.2.1: the OFFER that it brings is answered in it. */
static int
make_ack(struct agent_call *c, struct sip_bytes *invite, uint32_t cseq,
    struct str offer, struct agent_call_ack **ap)
{
	struct agent_call_ack *a = mem_zalloc(1, sizeof(*a));
	char *sdp = NULL;
	int err = a == NULL ? ERR_NOMEM : 0;

	/* RFC 3262 5: unless that was made and answered before. */
	if (err == 0 && offer.n > 0 &&
	    agent_offer_is_for_ack(agent_call_offer(c)))
		err = agent_call_sdp_make(
		    c, agent_call_session(c), offer, true, &sdp);
	/* An answer that rejects all is one as well. */
	if (err == ERR_LIMIT)
		err = 0;
	if (err == 0) {
		a->cseq = cseq;
		a->call = c;
		list_init(&a->link);
		err = build_ack(c, invite, sdp, a);
	}
	if (err == 0)
		agent_offer_note(agent_call_offer(c),
		    (struct agent_offer_message){ .method = MSG_ACK,
			.sent = true,
			.described = sdp != NULL });
	mem_free(sdp);
	if (err == 0)
		list_append(&c->out.acks, &a->link);
	else
		mem_free(a);
	*ap = err == 0 ? a : NULL;
	return err;
}

/* RFC 5407 2: where this is the first ACK of all. */
static void
establish(struct agent_call *c, const struct agent_call_ack *a)
{
	struct sim *sim = agent_sim(c->agent);
	uint64_t old;

	if (!agent_call_dialog_is(c, STATE_MORATORIUM))
		return;
	old = sim_set_cause(sim, a->sent);
	sip_dialog_step(
	    c->dialog->sip, EVENT_ACK_SENT, RULE_DIALOG_ESTABLISHED);
	sim_set_cause(sim, old);
}

static void
note_no_address(struct agent_call *c)
{
	agent_note_bad(c->agent, RULE_UAC_NO_TARGET, TRACE_REFUSAL_NO_ADDRESS,
	    str_of(c->dialog->sip->remote_target));
}

static void
send_ack_to(struct agent_call_ack *a, const struct addr *dst)
{
	struct sip_origin why = { RULE_INVITE_ACK, 0 };
	uint64_t seq = sip_stack_send(a->call->agent->node->stack,
	    sip_bytes_view(a->request.bytes), dst, &why, a->sent);

	if (a->sent == 0)
		a->sent = seq;
}

static void
ack_located(int err, const struct addr *dst, void *arg)
{
	struct agent_call_ack *a = arg;
	struct agent_call *c = a->call;

	if (err != 0) {
		note_no_address(c);
		ack_free(a);
		return;
	}
	a->dst = *dst;
	send_ack_to(a, dst);
	if (a->tag == NULL)
		establish(c, a);
}

/* The INVITE of A, where A goes to the same URI, and the first place of that
 * has failed (RFC 3263 4.3): an ACK for a 2xx has no transaction that would
 * find that out once more.  NULL: there is none such. */
static const struct agent_client *
find_invite_that_moved(const struct agent_call_ack *a)
{
	struct agent_client *const invites[] = { a->call->out.client,
		a->call->reinvite.own };
	struct agent *agent = a->call->agent;
	struct agent_request sent = { 0 };

	for (size_t i = 0; i < 2; i++) {
		const struct agent_client *q = invites[i];

		if (q == NULL || q->number != a->cseq || q->tr == NULL ||
		    !node_locate_has_moved(&q->where))
			continue;
		sent.bytes = agent_client_request(q);
		sent.strict = q->strict;
		if (str_eq(agent_request_next(agent, &sent),
			agent_request_next(agent, &a->request)))
			return q;
	}
	return NULL;
}

/* The first time, once it is known where to, or again. */
static void
call_ack_send(struct agent_call_ack *a)
{
	const struct agent_client *q =
	    a->sent == 0 ? find_invite_that_moved(a) : NULL;

	if (a->sent != 0)
		send_ack_to(a, &a->dst);
	else if (q != NULL)
		ack_located(0, &q->dst, a);
	else if (!a->where.open)
		agent_locate(
		    a->call->agent, &a->request, ack_located, a, &a->where);
}

/* The ACK with the answer to OFFER, in the 2xx to the INVITE with CSEQ, has to
 * wait for that. */
static void
keep_ack_offer(struct agent_call *c, struct str offer, uint32_t cseq)
{
	mem_free(c->out.unanswered);
	c->out.unanswered_cseq = cseq;
	c->out.unanswered = mem_dup(offer.p, offer.n);
	if (c->out.unanswered == NULL)
		agent_fail_memory(c->agent);
}

static void
acknowledge(struct agent_call *c, struct sip_bytes *invite, uint32_t cseq,
    struct str offer)
{
	struct agent_call_ack *a = find_ack(c, cseq);
	int err = a != NULL ? 0 : make_ack(c, invite, cseq, offer, &a);

	if (err == ERR_NOMEM)
		agent_fail_memory(c->agent);
	else if (err == ERR_STATE && agent_call_is_relayed(c))
		keep_ack_offer(c, offer, cseq);
	else if (err != 0)
		note_no_address(c);
	else
		call_ack_send(a);
}

void
agent_call_ack_send(struct agent_call *c, struct sip_bytes *invite,
    uint32_t cseq, const struct msg *m)
{
	acknowledge(c, invite, cseq, agent_call_sdp_of(m));
}

/* The INVITE with CSEQ, as it was sent, or NULL: it is gone by now. */
static struct sip_bytes *
find_invite(const struct agent_call *c, uint32_t cseq)
{
	const struct agent_client *q =
	    c->out.client != NULL && c->out.client->number == cseq
		? c->out.client
		: c->reinvite.own;

	return q != NULL && q->number == cseq ? agent_client_request(q) : NULL;
}

void
agent_call_ack_late(struct agent_call *c)
{
	char *offer = c->out.unanswered;

	agent_prack_late(c);
	c->out.unanswered = NULL;
	if (offer != NULL)
		acknowledge(c, find_invite(c, c->out.unanswered_cseq),
		    c->out.unanswered_cseq, str_of(offer));
	mem_free(offer);
}

int
agent_call_ack_keep_other(
    struct agent_call *c, const struct agent_call *other, const struct msg *m)
{
	struct str tag = msg_tag_of(m, MSG_H_TO);
	const struct agent_call_ack *sent = find_ack(other, other->invite_cseq);
	struct agent_call_ack *a;

	if (sent == NULL)
		return 0;
	a = mem_zalloc(1, sizeof(*a));
	if (a == NULL)
		return ERR_NOMEM;
	*a = *sent;
	a->call = c;
	a->where = (struct node_question){ 0 };
	list_init(&a->link);
	sip_bytes_ref(a->request.bytes);
	a->tag = mem_dup(tag.p, tag.n);
	if (a->tag == NULL) {
		ack_free(a);
		return ERR_NOMEM;
	}
	list_append(&c->out.others, &a->link);
	return 0;
}

bool
agent_call_ack_other_again(struct agent_call *c, const struct msg *m)
{
	struct str tag = msg_tag_of(m, MSG_H_TO);

	list_each (struct agent_call_ack, a, &c->out.others, link) {
		if (!str_is(tag, a->tag))
			continue;
		call_ack_send(a);
		return true;
	}
	return false;
}

bool
agent_call_2xx_again(struct agent *agent, const struct sip_in *in)
{
	struct agent_call *c = agent_call_of(agent, in->m);
	const struct agent_call_ack *a;
	struct msg_cseq cseq;
	bool kept;

	/* One's own INVITE: no other number was ever sent. */
	if (c == NULL || in->m->status / 100 != 2 ||
	    msg_cseq_read(msg_value(in->m, MSG_H_CSEQ), &cseq) != 0 ||
	    !str_is(cseq.method, "INVITE") || c->dialog == NULL ||
	    !sip_dialog_matches(c->dialog->sip, in->m) ||
	    cseq.number > c->dialog->sip->local_cseq)
		return false;
	kept = agent_call_ack_was_sent(c, cseq.number);
	agent_call_ack_send(c, NULL, cseq.number, in->m);
	a = find_ack(c, cseq.number);
	/* It was built for this once. */
	if (!kept && a != NULL && !a->where.open)
		agent_call_ack_free(c, cseq.number);
	return true;
}
