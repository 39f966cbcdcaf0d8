/*
 * The callee of reliable provisional responses: RFC 3262 3.  At most one
 * waits for its PRACK: later ones are sent after that, the newest only.  A 2xx
 * waits as long where the one has a session description.
 */
#include "agent/call_in.h"

#include "agent/requests.h"
#include "base/err.h"
#include "base/mem.h"
#include "msg/header_names.h"
#include "msg/parts.h"
#include "rules/rule_names.h"
#include "sip/defaults.h"

#include <string.h>

#define TAG "100rel"
/* Require, RSeq, and what the user of the call is capable of. */
#define FIELDS 8

/* ---- support of reliable responses ---- */

static const char *const words[] = {
	[AGENT_RELIABLE_NO] = "no",
	[AGENT_RELIABLE_SUPPORTED] = "supported",
	[AGENT_RELIABLE_REQUIRED] = "required",
};

int
agent_reliable_find(const char *word, enum agent_reliable_use *use)
{
	for (size_t i = 0; i < COUNT_OF(words); i++) {
		if (strcmp(words[i], word) != 0)
			continue;
		*use = (enum agent_reliable_use)i;
		return 0;
	}
	return ERR_NOTFOUND;
}

static enum agent_reliable_use
find_use(const struct agent *agent)
{
	enum agent_reliable_use use = AGENT_RELIABLE_SUPPORTED;

	agent_reliable_find(
	    node_attr(agent->node, "reliable", "supported"), &use);
	return agent_answers(agent, MSG_PRACK) ? use : AGENT_RELIABLE_NO;
}

const char *
agent_supported(const struct agent *agent)
{
	return find_use(agent) != AGENT_RELIABLE_NO
		   ? AGENT_CALL_SUPPORTED
		   : AGENT_CALL_SUPPORTED_PLAIN;
}

void
agent_reliable_begin(struct agent_call *c)
{
	c->reliable.use = find_use(c->agent);
}

void
agent_reliable_free(struct agent_call *c)
{
	sip_bytes_unref(c->reliable.bytes);
	c->reliable.bytes = NULL;
}

const struct sip_header *
agent_reliable_capabilities(const struct agent_call *c)
{
	return c->reliable.use == AGENT_RELIABLE_NO &&
		       c->ops->plain_capabilities != NULL
		   ? c->ops->plain_capabilities
		   : c->ops->capabilities;
}

/* ---- whether ---- */

/* 3: the caller has the last word. */
static bool
is_reliable_wanted(struct agent_call *c)
{
	const struct msg *m = agent_call_request(c);

	if (c->reliable.use == AGENT_RELIABLE_NO)
		return false;
	return msg_lists(m, MSG_H_REQUIRE, TAG) ||
	       (msg_lists(m, MSG_H_SUPPORTED, TAG) &&
		   (c->reliable.asked ||
		       c->reliable.use == AGENT_RELIABLE_REQUIRED));
}

int
agent_reliable_ask(struct agent_call *c, bool reliable, struct diag *d)
{
	bool required = msg_lists(agent_call_request(c), MSG_H_REQUIRE, TAG);
	bool supported =
	    required || msg_lists(agent_call_request(c), MSG_H_SUPPORTED, TAG);

	if (reliable && c->reliable.use == AGENT_RELIABLE_NO)
		return diag_set(d, ERR_STATE, NULL, 0,
		    _("%s can't ring reliably: its phone does not support that "
		      "(reliable=no)"),
		    c->name);
	if (reliable && !supported)
		return diag_set(d, ERR_STATE, NULL, 0,
		    _("%s can't ring reliably: its caller does not support "
		      "that"),
		    c->name);
	if (!reliable && required)
		return diag_set(d, ERR_STATE, NULL, 0,
		    _("%s can't ring unreliably: its caller requires reliable "
		      "responses"),
		    c->name);
	c->reliable.asked = reliable;
	return 0;
}

/* ---- one is sent, and repeated ---- */

bool
agent_reliable_waits(struct agent_call *c, unsigned code)
{
	if (c->reliable.bytes == NULL || !is_reliable_wanted(c))
		return false;
	c->reliable.next = code;
	return true;
}

/* 3: the first number is drawn from 1 to 2**31 - 1, so that it never wraps. */
static void
draw_next_rseq(struct agent_call *c)
{
	if (c->reliable.rseq == 0)
		c->reliable.rseq = (uint32_t)sip_stack_below(
		    c->agent->node->stack, SIP_STREAM_RSEQ, INT32_MAX);
	c->reliable.rseq++;
}

static void
reliable_arm_repetition(struct agent_call *c)
{
	int64_t due = sim_now(agent_sim(c->agent)) + c->reliable.interval;

	if (due > c->reliable.deadline)
		due = c->reliable.deadline;
	agent_call_timer_set(c, AGENT_CALL_TIMER_REL, due);
}

/* Takes the reference SENT. */
static void
reliable_start_repeating(
    struct agent_call *c, struct sip_bytes *sent, bool described)
{
	struct agent_reliable *r = &c->reliable;

	r->open = true;
	r->described = described;
	r->bytes = sent;
	r->interval = SIP_T1_NS;
	r->deadline = sim_now(agent_sim(c->agent)) + SIP_64T1_NS;
	reliable_arm_repetition(c);
}

static size_t
fill_reliable_fields(
    const struct agent_call *c, struct str rseq, struct sip_header *fields)
{
	size_t n = 0;

	fields[n++] = (struct sip_header){ "Require", STR(TAG) };
	fields[n++] = (struct sip_header){ "RSeq", rseq };
	/* RFC 3311 4: it says as well, whether UPDATE is known. */
	for (size_t i = 0; i < c->ops->ncapabilities && n < FIELDS; i++)
		fields[n++] = agent_reliable_capabilities(c)[i];
	return n;
}

static struct agent_offer_message
write_offer_message(unsigned status, bool reliable, bool described)
{
	/* An unreliable one has no more than a preview of the answer. */
	return (struct agent_offer_message){
		.method = MSG_INVITE,
		.status = status,
		.reliable = reliable,
		.sent = true,
		.described = described,
	};
}

/* 5: an INVITE without an offer gets one in the first response that arrives:
 * *SDP, which the caller frees; NULL: it has none to bring. */
static int
make_reliable_offer(struct agent_call *c, unsigned status, char **sdp)
{
	*sdp = NULL;
	if (agent_call_sdp_of(agent_call_request(c)).n > 0 ||
	    agent_offer_judge(agent_call_offer(c),
		write_offer_message(status, true, true)) != AGENT_OFFER_MADE)
		return 0;
	return agent_call_sdp_make(
	    c, agent_call_session(c), STR_NULL, false, sdp);
}

static int
respond_reliably(struct agent_call *c, struct sip_response_spec spec)
{
	enum rule_id why =
	    c->reliable.next != 0 ? RULE_RELIABLE_ONE : RULE_RELIABLE_SEND;
	struct sip_header fields[FIELDS];
	struct sip_bytes *sent = NULL;
	LOCAL_BUF rseq = BUF_INIT;
	int err;

	draw_next_rseq(c);
	c->reliable.next = 0;
	buf_u64(&rseq, c->reliable.rseq);
	spec.headers = fields;
	spec.nheaders = fill_reliable_fields(c, buf_view(&rseq), fields);
	err = rseq.err != 0 ? ERR_NOMEM
			    : agent_call_respond(c, &spec, why, &sent);
	if (err == 0)
		reliable_start_repeating(c, sent, spec.body.n > 0);
	return err;
}

int
agent_reliable_respond(struct agent_call *c,
    const struct sip_response_spec *given, enum rule_id why)
{
	struct sip_response_spec spec = *given;
	bool reliable = is_reliable_wanted(c);
	LOCAL_MEM char *offer = NULL;
	int err = reliable ? make_reliable_offer(c, spec.status, &offer) : 0;

	/* 5: the answer was given for good. */
	if (c->reliable.answered)
		spec.body = STR_NULL;
	else if (offer != NULL)
		spec.body = str_of(offer);
	agent_fail_nomem(c->agent, err);
	if (err == 0)
		err = reliable ? respond_reliably(c, spec)
			       : agent_call_respond(c, &spec, why, NULL);
	if (err == 0)
		agent_offer_note(
		    agent_call_offer(c), write_offer_message(spec.status,
					     reliable, spec.body.n > 0));
	return err;
}

static void
reliable_stop_repeating(struct agent_call *c)
{
	agent_call_timer_stop(c, AGENT_CALL_TIMER_REL);
	agent_reliable_free(c);
}

void
agent_call_fire_reliable(struct agent_call *c)
{
	struct sip_origin why = { RULE_RELIABLE_AGAIN, 0 };

	if (sim_now(agent_sim(c->agent)) >= c->reliable.deadline) {
		agent_call_reject(c, 500, NULL, RULE_RELIABLE_SILENT);
		return;
	}
	if (sip_server_respond(c->in.invite, c->reliable.bytes, &why) ==
	    ERR_NOMEM)
		agent_fail_memory(c->agent);
	/* Other than a 2xx's, the interval has no upper bound. */
	c->reliable.interval *= 2;
	reliable_arm_repetition(c);
}

/* ---- the final response ---- */

bool
agent_reliable_holds(struct agent_call *c)
{
	bool holds = c->reliable.open && c->reliable.described;

	c->reliable.held |= holds;
	return holds;
}

void
agent_reliable_settle(struct agent_call *c)
{
	c->reliable.next = 0;
	reliable_stop_repeating(c);
}

/* ---- PRACK ---- */

/* 3: within the same dialog, of the same response. */
static bool
is_prack_of(const struct agent_call *c, const struct msg *prack)
{
	struct msg_rack rack;

	return !c->caller && c->reliable.open &&
	       msg_rack_read(msg_value(prack, MSG_H_RACK), &rack) == 0 &&
	       rack.rseq == c->reliable.rseq &&
	       rack.cseq.number == c->invite_cseq &&
	       str_is(rack.cseq.method, "INVITE");
}

static void
go_on_after_prack(struct agent_call *c)
{
	if (!agent_call_is_ringing(c))
		return;
	if (c->reliable.held)
		agent_call_answer(c);
	else if (c->reliable.next != 0)
		agent_call_ring(c, c->reliable.next);
}

static void
answer_prack_offer(struct agent_call *c, const struct sip_in *in)
{
	struct sip_response_spec spec = { .status = 200,
		.content_type = STR(AGENT_SDP) };
	LOCAL_MEM char *sdp = NULL;
	int err = agent_call_sdp_make(
	    c, agent_call_session(c), agent_call_sdp_of(in->m), true, &sdp);

	/* A relayed call without an answer of its own can't give one at
	 * once. */
	if (err == ERR_STATE) {
		node_answer(c->agent->node, in, 488, RULE_PRACK_OTHERS);
		agent_offer_note(agent_call_offer(c),
		    (struct agent_offer_message){
			.method = MSG_PRACK, .status = 488, .sent = true });
		return;
	}

	agent_fail_nomem(c->agent, err);
	spec.body = str_of(sdp);
	node_reply(c->agent->node, in, &spec, RULE_PRACK_OFFER);
	agent_offer_note(agent_call_offer(c),
	    (struct agent_offer_message){ .method = MSG_PRACK,
		.status = 200,
		.sent = true,
		.described = sdp != NULL });
}

void
agent_reliable_acked(struct agent_call *c, const struct sip_in *in)
{
	struct str sdp = agent_call_sdp_of(in->m);
	enum rule_id why = RULE_NONE;
	enum agent_offer_kind kind;

	if (!is_prack_of(c, in->m)) {
		node_answer(c->agent->node, in, 481, RULE_PRACK_NONE);
		return;
	}
	reliable_stop_repeating(c);
	c->reliable.open = false;
	c->reliable.answered |= c->reliable.described;
	/* 5: PRACK has the answer to what the response has offered; or an
	 * offer, whose answer goes into its 200. */
	kind = agent_offer_note(agent_call_offer(c),
	    (struct agent_offer_message){
		.method = MSG_PRACK, .described = sdp.n > 0 });
	if (kind == AGENT_OFFER_MADE)
		answer_prack_offer(c, in);
	else
		node_answer(c->agent->node, in, 200, RULE_PRACK_RECV);
	agent_call_sdp_hear(c->main, &c->main->answer, kind, sdp);
	if (kind == AGENT_OFFER_MISSED)
		why = RULE_PRACK_UNANSWERED;
	else if (kind == AGENT_OFFER_TAKEN && c->main->answer.unfit)
		why = RULE_BYE_UNFIT;
	if (why != RULE_NONE && agent_call_is_ringing(c))
		agent_call_reject(c, 488, NULL, why);
	else
		go_on_after_prack(c);
}

/* ---- A PRACK after its INVITE was rejected: RFC 3262 3 ---- */

/* The dialog and the response, as the PRACK M names them, into agent->key. */
static struct str
write_prack_key(struct agent *agent, struct str call_id, struct str local,
    struct str remote, struct msg_rack rack)
{
	agent_write_key(agent, call_id, local, remote);
	buf_printf(&agent->key, "\n%u %u", rack.rseq, rack.cseq.number);
	return buf_view(&agent->key);
}

/* The provisional response had no PRACK yet, so the peer still sends one, and
 * the dialog is gone.  The expected PRACK is remembered as long as the INVITE's
 * transaction exists. */
void
agent_reliable_owe(struct agent_call *c)
{
	struct agent *agent = c->agent;
	struct msg_rack rack = { .rseq = c->reliable.rseq };
	const struct msg *m;
	struct str key;

	if (!c->reliable.open || c->in.invite == NULL)
		return;
	m = agent_call_request(c);
	rack.cseq.number = c->invite_cseq;
	key = write_prack_key(agent, msg_value(m, MSG_H_CALL_ID),
	    str_of(c->local_tag), msg_tag_of(m, MSG_H_FROM), rack);
	if (agent->key.err != 0 ||
	    map_put(agent->by_prack, key, c->in.invite) != 0)
		agent_fail_memory(agent);
}

void
agent_reliable_forget(struct agent *agent, const struct sip_transaction *tr)
{
	struct str key;
	void *of;
	size_t at = 0;

	while (map_next(agent->by_prack, &at, &key, &of))
		if (of == tr) {
			map_remove(agent->by_prack, key);
			return;
		}
}

bool
agent_reliable_late(struct agent *agent, const struct sip_in *in)
{
	const struct msg *m = in->m;
	struct msg_rack rack;
	struct str key;

	if (m->method != MSG_PRACK ||
	    msg_rack_read(msg_value(m, MSG_H_RACK), &rack) != 0 ||
	    !str_is(rack.cseq.method, "INVITE"))
		return false;
	key = write_prack_key(agent, msg_value(m, MSG_H_CALL_ID),
	    msg_tag_of(m, MSG_H_TO), msg_tag_of(m, MSG_H_FROM), rack);
	if (map_get(agent->by_prack, key) == NULL)
		return false;
	map_remove(agent->by_prack, key);
	node_answer(agent->node, in, 200, RULE_PRACK_LATE);
	return true;
}
