/*
 * Calls from SIP to the telephone network: RFC 3398 7.2.  An INVITE is an IAM;
 * ACM, CPG and ANM are its responses, and so is a REL before the answer.
 */
#include "roles/gateway/gateway_in.h"

#include "agent/refusal.h"
#include "msg/constants.h"
#include "msg/header_names.h"
#include "rules/rule_names.h"

#include <string.h>

#define T7    (TIME_ISUP_T7_MS * SIP_MS_NS)
#define T9    (TIME_ISUP_T9_MS * SIP_MS_NS)
#define TRIES 3 /* circuits for one call */

/* ---- rejecting ---- */

/* RFC 3398 7.2.4.1: the new number that CAUSE (22) has with it, as a Contact.
 */
static bool
write_moved(const struct gateway_leg *l, const struct q850_indicators *cause,
    struct buf *out)
{
	struct isup_number n;
	bool moved = isup_number_of_cause(cause, &n);

	if (moved) {
		buf_putc(out, '<');
		moved = gateway_write_uri(l->gateway, &n, out);
		buf_putc(out, '>');
	}
	return moved;
}

/* L's INVITE is rejected with STATUS; CAUSE (0: none) is its Reason. */
static void
refuse_leg_invite(struct gateway_leg *l, unsigned status,
    const struct q850_indicators *cause, enum rule_id why)
{
	LOCAL_BUF reason = BUF_INIT;
	LOCAL_BUF contact = BUF_INIT;
	struct sip_header fields[3];
	struct sip_response_spec spec = { .status = status, .headers = fields };

	if (l->call == NULL)
		return;
	if (cause->cause != 0) {
		gateway_write_reason(cause, &reason);
		fields[spec.nheaders++] =
		    (struct sip_header){ "Reason", buf_view(&reason) };
	}
	if (write_moved(l, cause, &contact)) {
		spec.status = 301;
		fields[spec.nheaders++] =
		    (struct sip_header){ "Contact", buf_view(&contact) };
	}
	/* RFC 3398 7.2.4 */
	if (l->said.n > 0 && (uint8_t)l->said.p[0] == ISUP_REL) {
		fields[spec.nheaders++] =
		    (struct sip_header){ "Content-Disposition",
			    str_of(gateway_disposition(l->gateway)) };
		spec.content_type = STR(GATEWAY_ISUP);
		spec.body = buf_view(&l->said);
	}
	agent_call_refuse_for(l->call, &spec, why, RULE_INVITE_REJECT);
}

/* ---- seizing ---- */

static void
no_circuit(struct gateway_leg *l)
{
	const struct q850_indicators none = { .location = Q850_NO_LOCATION,
		.cause = 34 };

	gateway_pass(l, NULL);
	gateway_step(l,
	    l->machine.state == STATE_NONE ||
		    machine_run_is(&l->machine, STATE_IDLE)
		? EVENT_NOT_SENT
		: EVENT_REL,
	    RULE_GATEWAY_NO_CIRCUIT);
	refuse_leg_invite(
	    l, q850_status(34, 0, false), &none, RULE_GATEWAY_NO_CIRCUIT);
}

static void
seize(struct gateway_leg *l, enum rule_id why)
{
	struct trunks *t = &l->gateway->trunks;
	struct isup *m = &t->out;

	l->circuit = trunk_seize(t, l->number.digits, NULL, l);
	if (l->circuit == NULL) {
		no_circuit(l);
		return;
	}
	gateway_step(l, EVENT_INVITE, why);
	if (isup_read(buf_view(&l->iam), m) == ISUP_FAULT_NONE)
		trunk_call(l->circuit, m);
	gateway_timer_set(l, GATEWAY_T7, T7);
}

void
gateway_out_again(struct gateway_leg *l)
{
	gateway_timer_stop(l, GATEWAY_T7);
	if (++l->tries < TRIES && l->call != NULL)
		seize(l, RULE_GATEWAY_AGAIN);
	else
		no_circuit(l);
}

static void
call_out(struct agent *agent, const struct sip_in *in,
    const struct isup_number *number)
{
	struct gateway *g = gateway_of(agent);
	struct gateway_leg *l = gateway_leg_new(g, true);
	struct agent_call *c;

	c = l != NULL ? agent_call_invited(agent, &g->calls[1], in) : NULL;
	if (c == NULL) {
		if (l != NULL)
			gateway_leg_settle(l);
		agent_fail_memory(agent);
		return;
	}
	gateway_leg_take(l, c);
	l->number = *number;
	l->number.complete = gateway_overlaps(g, "none");
	if (gateway_make_iam(l, in) != 0) {
		agent_fail_memory(agent);
		return;
	}
	/* 7.2.1: it works on it. */
	node_answer(agent->node, in, 100, RULE_IST_100);
	seize(l, l->bridged ? RULE_GATEWAY_BRIDGE : RULE_GATEWAY_INVITE);
}

/* ---- RFC 3578 3.5 ---- */

/* A and B are INVITEs of one caller's call. */
static bool
is_same_call(const struct msg *a, const struct msg *b)
{
	return str_eq(
		   msg_value(a, MSG_H_CALL_ID), msg_value(b, MSG_H_CALL_ID)) &&
	       str_eq(msg_tag_of(a, MSG_H_FROM), msg_tag_of(b, MSG_H_FROM));
}

/* The call with the beginning of NUMBER that IN goes on with, or NULL. */
static struct gateway_leg *
find_begun(struct gateway *g, const struct sip_in *in,
    const struct isup_number *number)
{
	struct world *w = g->agent.node->world;

	list_each (struct gateway_leg, l, &g->legs, link) {
		size_t n = strlen(l->number.digits);

		if (l->out && l->circuit != NULL && l->call != NULL &&
		    l->call->in.request != NULL &&
		    machine_run_is(&l->machine, STATE_TRYING) &&
		    l->number.nature == number->nature &&
		    strlen(number->digits) > n &&
		    strncmp(l->number.digits, number->digits, n) == 0 &&
		    is_same_call(world_read(w, l->call->in.request), in->m))
			return l;
	}
	return NULL;
}

static void
say_more_digits(struct gateway_leg *l, const char *digits)
{
	struct isup_number more = { 0 };
	LOCAL_BUF value = BUF_INIT;

	memcpy(more.digits, digits, strlen(digits) + 1);
	isup_number_write(ISUP_PARAM_SUBSEQUENT, &more, &value);
	gateway_step(l, EVENT_SAM_SENT, RULE_OVERLAP_SAM);
	trunk_say(l->circuit, ISUP_SAM, ISUP_PARAM_SUBSEQUENT, buf_view(&value),
	    RULE_OVERLAP_SAM);
	gateway_timer_set(l, GATEWAY_T7, T7);
}

/* IN has NUMBER, which is longer than that of L. */
static void
gateway_out_go_on(struct gateway_leg *l, const struct sip_in *in,
    const struct isup_number *number)
{
	struct gateway *g = l->gateway;
	struct agent_call *old = l->call;
	struct agent_call *c = agent_call_invited(&g->agent, &g->calls[1], in);
	size_t had = strlen(l->number.digits);

	if (c == NULL)
		return;
	gateway_leg_drop(old);
	gateway_leg_take(l, c);
	node_answer(g->agent.node, in, 100, RULE_IST_100);
	agent_call_reject(old, 484, NULL, RULE_OVERLAP_SAM);
	l->number = *number;
	/* Another circuit gets all digits at once. */
	gateway_renumber_iam(l);
	say_more_digits(l, number->digits + had);
}

void
gateway_invited(struct agent *agent, const struct sip_in *in)
{
	const struct isup_trunk trunk = gateway_trunk(agent->node);
	struct isup_number number;
	struct gateway_leg *begun;

	if (agent_refuse_extensions(agent, in) ||
	    agent_refuse_request(agent, in))
		return;
	if (!isup_number_of_uri(in->m->uri, &trunk, &number))
		node_answer(agent->node, in, 484, RULE_GATEWAY_NO_NUMBER);
	else if ((begun = find_begun(gateway_of(agent), in, &number)) == NULL)
		call_out(agent, in, &number);
	else if (!begun->number.complete)
		gateway_out_go_on(begun, in, &number);
	else {
		agent_call_reject(begun->call, 484, NULL, RULE_OVERLAP_ANEW);
		call_out(agent, in, &number);
	}
}

/* ---- what the telephone network says ---- */

#define STATUS_FREE(bci)  (((bci) >> 2 & 3) == 1)
#define INTERWORKS(bci2)  (((bci2)&1) != 0)
#define IN_BAND(optional) (((optional)&1) != 0)

/* 7.2.5, 7.2.6 */
static void
take_acm(struct gateway_leg *l, const struct isup *m)
{
	bool free = STATUS_FREE(isup_octet(m, ISUP_PARAM_BCI, 0));
	bool hears = INTERWORKS(isup_octet(m, ISUP_PARAM_BCI, 1)) ||
		     IN_BAND(isup_octet(m, ISUP_PARAM_OPTIONAL_BCI, 0));
	enum rule_id why =
	    free || hears ? RULE_GATEWAY_ACM : RULE_GATEWAY_EARLY_ACM;

	if (!machine_run_is(&l->machine, STATE_TRYING))
		return;
	gateway_timer_stop(l, GATEWAY_T7);
	l->complete = true;
	gateway_step(l, free || hears ? EVENT_ACM : EVENT_EARLY_ACM, why);
	gateway_timer_set(l, GATEWAY_T9, T9);
	gateway_pass(l, m);
	agent_call_ring(l->call, free && !hears ? 180 : 183);
}

/* 7.2.9 */
static void
take_cpg(struct gateway_leg *l, const struct isup *m)
{
	static const unsigned statuses[] = { 183, 180, 183, 183, 181, 181,
		181 };
	unsigned event = isup_octet(m, ISUP_PARAM_EVENT, 0) & 0x7F;
	unsigned status = event < COUNT_OF(statuses) ? statuses[event] : 183;

	if (!machine_run_is(&l->machine, STATE_NOT_ALERTING) &&
	    !machine_run_is(&l->machine, STATE_ALERTING)) {
		gateway_inform(l, m);
		return;
	}
	if (event == 1)
		gateway_step(l, EVENT_CPG_ALERTING, RULE_GATEWAY_CPG);
	gateway_pass(l, m);
	agent_call_ring(l->call, status);
}

static void
gateway_out_take_answer(struct gateway_leg *l, const struct isup *m)
{
	if (!machine_run_is(&l->machine, STATE_TRYING) &&
	    !machine_run_is(&l->machine, STATE_NOT_ALERTING) &&
	    !machine_run_is(&l->machine, STATE_ALERTING))
		return;
	gateway_timer_stop(l, GATEWAY_T7);
	gateway_timer_stop(l, GATEWAY_T9);
	gateway_step(l, EVENT_ANM, RULE_GATEWAY_ANSWER);
	gateway_pass(l, m);
	agent_call_answer(l->call);
}

void
gateway_out_heard(struct gateway_leg *l, const struct isup *m)
{
	if (l->call == NULL)
		return;
	if (m->row->type == ISUP_ACM)
		take_acm(l, m);
	else if (m->row->type == ISUP_CPG)
		take_cpg(l, m);
	else if (m->row->type == ISUP_ANM || m->row->type == ISUP_CON)
		gateway_out_take_answer(l, m);
	else
		gateway_inform(l, m);
}

/* ---- it ends ---- */

static bool
gateway_out_is_answered(const struct gateway_leg *l)
{
	return machine_run_is(&l->machine, STATE_WAITING_FOR_ACK) ||
	       machine_run_is(&l->machine, STATE_CONNECTED);
}

#define CIRCUIT_NOT_AVAILABLE 44

void
gateway_out_released(struct gateway_leg *l, const struct q850_indicators *why)
{
	LOCAL_BUF reason = BUF_INIT;
	unsigned status = q850_status(why->cause, why->location, false);

	if (l->call == NULL) {
		gateway_leg_settle(l);
		return;
	}
	if (gateway_out_is_answered(l)) {
		gateway_step(l, EVENT_REL, RULE_GATEWAY_HANGUP);
		gateway_write_reason(why, &reason);
		agent_call_give_reason(l->call, buf_cstr(&reason));
		agent_call_bye_because(l->call, RULE_GATEWAY_HANGUP);
	} else if (why->cause == CIRCUIT_NOT_AVAILABLE) {
		gateway_out_again(l);
	} else {
		gateway_step(l, EVENT_REL, RULE_GATEWAY_REL);
		/* 7.2.4.1 has none for 16 before the answer: no answer. */
		refuse_leg_invite(
		    l, status != 0 ? status : 480, why, RULE_GATEWAY_CAUSE);
	}
}

void
gateway_out_expired(struct gateway_leg *l, enum gateway_timer t)
{
	static const struct {
		unsigned status, cause;
		enum event_id event;
		enum rule_id why;
	} rows[GATEWAY_TIMERS] = {
		[GATEWAY_T7] = { 504, 102, EVENT_TIMER_T7, RULE_GATEWAY_T7 },
		[GATEWAY_T9] = { 480, 19, EVENT_TIMER_T9, RULE_GATEWAY_T9 },
	};
	const struct q850_indicators cause = { .location = Q850_NO_LOCATION,
		.cause = (uint8_t)rows[t].cause };

	gateway_step(l, rows[t].event, rows[t].why);
	gateway_release(l, rows[t].cause, 3, rows[t].why);
	refuse_leg_invite(l, rows[t].status, &cause, rows[t].why);
}

/* ---- the SIP side ---- */

static void
acknowledged(struct agent_call *c)
{
	struct gateway_leg *l = gateway_leg_of(c);

	if (l != NULL && machine_run_is(&l->machine, STATE_WAITING_FOR_ACK))
		gateway_step(l, EVENT_ACK, RULE_GATEWAY_ACK);
}

const struct agent_call_ops gateway_out_ops = {
	.size = sizeof(struct gateway_call),
	.role = &role_gateway,
	.capabilities = gateway_capabilities,
	.plain_capabilities = gateway_plain_capabilities,
	.ncapabilities = GATEWAY_CAPABILITIES,
	.says = RTP_SOUND_SPEECH,
	.established = acknowledged,
	.streams = gateway_streams,
	.stop = gateway_call_over,
	.leave = gateway_call_left,
	.refuse_change = agent_refuse_change,
};
