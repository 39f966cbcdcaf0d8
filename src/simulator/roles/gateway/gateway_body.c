/*
 * ISUP in the bodies of SIP: SIP-T (RFC 3372, RFC 3204), and SIP-I (ITU-T
 * Q.1912.5), which differs here by what a phone may do with it.  Between two
 * such gateways what SIP can't say arrives all the same.
 */
#include "roles/gateway/gateway_in.h"

#include "base/err.h"
#include "msg/multipart.h"
#include "rules/rule_names.h"

#include <string.h>

bool
gateway_encloses(const struct gateway *g)
{
	return strcmp(node_attr(g->agent.node, "isup", "none"), "none") != 0;
}

const char *
gateway_disposition(const struct gateway *g)
{
	return strcmp(node_attr(g->agent.node, "isup", "none"), "sip-i") == 0
		   ? "signal;handling=required"
		   : "signal;handling=optional";
}

/* ---- what is said ---- */

void
gateway_enclose(struct gateway_leg *l, struct str isup)
{
	buf_clear(&l->said);
	buf_str(&l->said, isup);
	if (l->said.err != 0)
		node_fail_memory(gateway_node(l));
	l->piece = (struct agent_piece){ GATEWAY_ISUP,
		gateway_disposition(l->gateway), buf_view(&l->said) };
	l->mask.pieces = &l->piece;
	l->mask.npieces = l->said.n > 0;
}

void
gateway_pass(struct gateway_leg *l, const struct isup *m)
{
	struct buf bytes = BUF_INIT;

	/* RFC 3398 7.2.4: not to who has sent none. */
	if (m != NULL && l->bridged)
		isup_write(m, &bytes);
	if (bytes.err != 0)
		node_fail_memory(gateway_node(l));
	gateway_enclose(l, buf_view(&bytes));
	buf_free(&bytes);
}

static const struct agent_client_ops info_ops = { 0 };

bool
gateway_inform(struct gateway_leg *l, const struct isup *m)
{
	struct agent *agent = &l->gateway->agent;
	struct sip_request_spec spec = { .method = STR("INFO") };
	struct agent_client *q;
	struct agent_request r = { 0 };
	int err;

	if (!l->bridged || l->call == NULL || !agent_call_can_ask(l->call))
		return false;
	gateway_pass(l, m);
	err = agent_dialog_request(l->call->dialog, &spec, &r);
	if (err == 0)
		err = agent_enclose(
		    agent, l->mask.pieces, l->mask.npieces, &r.bytes);
	gateway_pass(l, NULL);
	if (err == 0)
		err = agent_client_start(
		    agent, &r, RULE_GATEWAY_INFO, &info_ops, NULL, &q);
	sip_bytes_unref(r.bytes);
	return err == 0;
}

/* ---- what is heard ---- */

static const struct isup *
read_heard(struct gateway_leg *l, enum isup_fault *fault)
{
	struct isup *m = &l->gateway->trunks.in;

	*fault = isup_read(buf_view(&l->heard), m);
	return *fault == ISUP_FAULT_NONE ? m : NULL;
}

const struct isup *
gateway_enclosed(struct gateway_leg *l, const struct msg *m)
{
	struct node *n = gateway_node(l);
	uint64_t cause = sim_cause(node_sim(n));
	const struct isup *read;
	struct str params, body;
	enum isup_fault fault;

	buf_clear(&l->heard);
	/* RFC 3398 7.2.1.1: what it does not understand it ignores. */
	if (!gateway_encloses(l->gateway) ||
	    !msg_body_of(m, "application/isup", &params, &body) ||
	    msg_isup_is_ansi(params))
		return NULL;
	buf_str(&l->heard, body);
	if (l->heard.err != 0)
		node_fail_memory(n);
	read = read_heard(l, &fault);
	if (read == NULL)
		node_note_bad(n, RULE_TRUNK_BAD, TRACE_REFUSAL_ISUP,
		    str_of(isup_fault_text(fault)));
	sim_set_cause(node_sim(n), cause);
	l->bridged |= read != NULL;
	return read;
}

const struct isup *
gateway_heard(struct gateway_leg *l, enum isup_type type)
{
	enum isup_fault fault;
	const struct isup *m = read_heard(l, &fault);

	return m != NULL && m->row->type == type ? m : NULL;
}

/* RFC 3398 13.1: messages that have no equivalent in SIP. */
static bool
is_mid_call(unsigned type)
{
	static const uint8_t types[] = { ISUP_INR, ISUP_INF, ISUP_FOT, ISUP_SUS,
		ISUP_RES, ISUP_CPG, ISUP_USR };

	return memchr(types, (int)type, sizeof(types)) != NULL;
}

void
gateway_informed(struct agent_call *c, const struct sip_in *in)
{
	static const struct sip_header accept = { "Accept",
		STR_INIT("application/ISUP") };
	const struct sip_response_spec other = {
		.status = 415, .headers = &accept, .nheaders = 1
	};
	struct node *n = c->agent->node;
	struct gateway_leg *l = gateway_leg_of(c);
	const struct isup *m;

	if (!gateway_encloses(gateway_of(c->agent))) {
		node_refuse_method(n, in);
		return;
	}
	m = l != NULL ? gateway_enclosed(l, in->m) : NULL;
	if (m == NULL || !is_mid_call(m->row->type)) {
		node_reply(n, in, &other, RULE_UAS_TYPE);
		return;
	}
	node_answer(n, in, 200, RULE_GATEWAY_INFO);
	if (l->circuit != NULL)
		trunk_send(l->circuit, m, RULE_GATEWAY_INFO, 0);
}
