/*
 * What a gateway makes of the one side for the other: numbers, the parameters
 * of an IAM and an ACM, and causes in Reason.  RFC 3398 7.2.1.1, 8.2.3, 12.
 */
#include "roles/gateway/gateway_in.h"

#include "msg/bodies.h"
#include "msg/header_names.h"
#include "msg/parts.h"
#include "rules/rule_names.h"

#include <string.h>

/* ---- ISUP in the bodies of SIP ---- */

/* SIP-T (RFC 3372, RFC 3204), and SIP-I (ITU-T Q.1912.5), which differs here by
 * what a phone may do with it.  Between two such gateways everything arrives
 * that SIP has no field for. */
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

/* ---- sending ---- */

void
gateway_enclose(struct gateway_leg *l, struct str isup)
{
	buf_clear(&l->said);
	buf_str(&l->said, isup);
	node_fail_nomem(gateway_node(l), l->said.err);
	l->piece = (struct agent_multipart_body){ GATEWAY_ISUP,
		gateway_disposition(l->gateway), buf_view(&l->said) };
	l->mask.pieces = &l->piece;
	l->mask.npieces = l->said.n > 0;
}

void
gateway_pass(struct gateway_leg *l, const struct isup *m)
{
	LOCAL_BUF bytes = BUF_INIT;

	/* RFC 3398 7.2.4: not to who has sent none. */
	if (m != NULL && l->bridged)
		isup_write(m, &bytes);
	node_fail_nomem(gateway_node(l), bytes.err);
	gateway_enclose(l, buf_view(&bytes));
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
		err = agent_multipart_add(
		    agent, l->mask.pieces, l->mask.npieces, &r.bytes);
	gateway_pass(l, NULL);
	if (err == 0)
		err = agent_client_start(
		    agent, &r, RULE_GATEWAY_INFO, &info_ops, NULL, &q);
	sip_bytes_unref(r.bytes);
	return err == 0;
}

/* ---- receiving ---- */

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
	node_fail_nomem(n, l->heard.err);
	read = read_heard(l, &fault);
	if (read == NULL)
		node_note_bad(n, RULE_TRUNK_BAD, TRACE_REFUSAL_ISUP,
		    str_of(isup_fault_text(fault)));
	sim_set_cause(node_sim(n), cause);
	l->bridged |= read != NULL;
	return read;
}

/* What gateway_enclosed has found last, if that is of TYPE; NULL: it is not. */
static const struct isup *
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

struct isup_trunk
gateway_trunk(const struct node *n)
{
	return (struct isup_trunk){ str_of(node_attr(n, "country", "1")),
		STR_NULL };
}

bool
gateway_overlaps(const struct gateway *g, const char *word)
{
	return strcmp(node_attr(g->agent.node, "overlap", "none"), word) == 0;
}

bool
gateway_write_uri(
    const struct gateway *g, const struct isup_number *n, struct buf *out)
{
	const struct node *node = g->agent.node;
	const struct node *proxy = agent_proxy_at(&g->agent, 0);
	const char *domain = proxy != NULL && proxy->domain[0] != '\0'
				 ? proxy->domain
				 : node->domain;
	const struct isup_trunk trunk = gateway_trunk(node);
	bool tel = strcmp(node_attr(node, "uri", "sip"), "tel") == 0;
	struct buf uri = BUF_INIT;
	bool is = isup_number_to_uri(n, &trunk, &uri);

	if (is && (tel || domain[0] == '\0'))
		buf_str(out, buf_view(&uri));
	else if (is)
		buf_printf(
		    out, "sip:%s@%s;user=phone", buf_cstr(&uri) + 4, domain);
	buf_end(&uri, &out->err);
	return is;
}

/* ---- IAM ---- */

/* 7.2.1.1: no satellite, no check; ISUP all the way, from who is no ISDN;
 * an ordinary subscriber; speech. */
#define NCI             \
	(struct str)    \
	{               \
		"\0", 1 \
	}
#define FCI                 \
	(struct str)        \
	{                   \
		"\x60\0", 2 \
	}
#define CPC STR("\x0A")
#define TMR             \
	(struct str)    \
	{               \
		"\0", 1 \
	}

#define PRESENTATION_RESTRICTED 1
#define SCREENED_BY_NETWORK     3

/* The caller, by P-Asserted-Identity, which is kept secret from people (RFC
 * 3325 7), else by From; false: no number. */
static bool
read_calling(
    const struct gateway_leg *l, const struct msg *m, struct isup_number *n)
{
	const struct isup_trunk trunk = gateway_trunk(gateway_node(l));
	struct str id = msg_value(m, MSG_H_P_ASSERTED_IDENTITY);
	bool secret = msg_lists(m, MSG_H_PRIVACY, "id");

	if (id.n == 0)
		id = msg_value(m, MSG_H_FROM);
	if (!isup_number_of_uri(msg_addr_uri(id), &trunk, n))
		return false;
	n->presentation = secret ? PRESENTATION_RESTRICTED : 0;
	n->screening = SCREENED_BY_NETWORK;
	return true;
}

/* Whom M was for at first, where that is another number: by the first of those
 * who have sent it on (RFC 5806 4: the last value; RFC 7044 10.1: the first),
 * else by To. */
static bool
read_original(
    const struct gateway_leg *l, const struct msg *m, struct isup_number *n)
{
	const struct isup_trunk trunk = gateway_trunk(gateway_node(l));
	struct str v = STR_NULL, by = msg_value(m, MSG_H_TO);
	struct msg_values it = { 0 };

	if (msg_next_value(m, MSG_H_HISTORY_INFO, &it, &v))
		by = v;
	it = (struct msg_values){ 0 };
	while (msg_next_value(m, MSG_H_DIVERSION, &it, &v))
		by = v;
	return isup_number_of_uri(msg_addr_uri(by), &trunk, n) &&
	       (n->nature != l->number.nature ||
		   strcmp(n->digits, l->number.digits) != 0);
}

/* The parameter CODE of M is VALUE, whatever it was. */
static void
gateway_isup_set_param(struct isup *m, enum isup_code code, struct str value)
{
	for (size_t i = 0; i < m->n; i++)
		if (m->params[i].code == code) {
			m->params[i].value = value;
			return;
		}
	isup_add(m, code, value);
}

static void
set_number(struct isup *m, enum isup_code code, const struct isup_number *n,
    struct buf *room)
{
	size_t at = room->n;

	isup_number_write(code, n, room);
	gateway_isup_set_param(m, code, str_slice(buf_view(room), at, room->n));
}

/* M has N as its number CODE, and says no less of it. */
static bool
gateway_isup_has_number(
    const struct isup *m, enum isup_code code, const struct isup_number *n)
{
	const struct isup_param *p = isup_find(m, code);
	struct isup_number old;

	return p != NULL && isup_number_read(code, p->value, &old) &&
	       old.nature == n->nature && strcmp(old.digits, n->digits) == 0;
}

#define NUMBERS 96 /* octets of three numbers, and more */

/* Parameters without a field of SIP: from the IAM in the body, else by
 * default. */
static void
begin_iam(struct isup *m, const struct isup *like)
{
	if (like != NULL && like->row->type == ISUP_IAM) {
		*m = *like;
		return;
	}
	isup_begin(m, ISUP_IAM);
	isup_add(m, ISUP_PARAM_NCI, NCI);
	isup_add(m, ISUP_PARAM_FCI, FCI);
	isup_add(m, ISUP_PARAM_CPC, CPC);
	isup_add(m, ISUP_PARAM_TMR, TMR);
}

int
gateway_make_iam(struct gateway_leg *l, const struct sip_in *in)
{
	struct isup *m = &l->gateway->trunks.out;
	LOCAL_BUF room = BUF_INIT;
	struct isup_number calling, original;

	/* The numbers added are borrowed, so that their memory must not
	 * move. */
	buf_fill(&room, '\0', NUMBERS);
	buf_truncate(&room, 0);
	begin_iam(m, gateway_enclosed(l, in->m));
	set_number(m, ISUP_PARAM_CALLED, &l->number, &room);
	if (read_calling(l, in->m, &calling) &&
	    !gateway_isup_has_number(m, ISUP_PARAM_CALLING, &calling))
		set_number(m, ISUP_PARAM_CALLING, &calling, &room);
	if (read_original(l, in->m, &original) &&
	    !gateway_isup_has_number(m, ISUP_PARAM_ORIGINAL_CALLED, &original))
		set_number(m, ISUP_PARAM_ORIGINAL_CALLED, &original, &room);
	buf_clear(&l->iam);
	isup_write(m, &l->iam);
	return room.err != 0 ? room.err : l->iam.err;
}

void
gateway_renumber_iam(struct gateway_leg *l)
{
	struct isup *m = &l->gateway->trunks.out;
	LOCAL_BUF room = BUF_INIT, iam = BUF_INIT;

	isup_read(buf_view(&l->iam), m);
	isup_number_write(ISUP_PARAM_CALLED, &l->number, &room);
	gateway_isup_set_param(m, ISUP_PARAM_CALLED, buf_view(&room));
	isup_write(m, &iam);
	buf_free(&l->iam);
	buf_move(&l->iam, &iam);
	node_fail_nomem(gateway_node(l), l->iam.err);
}

/* ---- ACM, CPG ---- */

/* 8.2.3: charge, ordinary subscriber; ISUP all the way, no ISDN. */
#define BCI_FREE    "\x16\x04"
#define BCI_NOTHING "\x12\x04"
#define IN_BAND_IS  "\x01"

/* M is a message of TYPE; false: not yet what LIKE says, which is no such. */
static bool
begin_like(struct isup *m, const struct isup *like, enum isup_type type)
{
	bool same = like != NULL && like->row->type == type;

	if (same)
		*m = *like;
	else
		isup_begin(m, type);
	return same;
}

void
gateway_say_acm(struct gateway_leg *l, const struct isup *like, bool free,
    bool in_band, enum rule_id why)
{
	struct isup *m = &l->gateway->trunks.out;

	l->complete = true;
	if (!begin_like(m, like, ISUP_ACM)) {
		isup_add(
		    m, ISUP_PARAM_BCI, str_of(free ? BCI_FREE : BCI_NOTHING));
		if (in_band)
			isup_add(m, ISUP_PARAM_OPTIONAL_BCI, STR(IN_BAND_IS));
	}
	trunk_send(l->circuit, m, why, 0);
}

void
gateway_say_cpg(struct gateway_leg *l, const struct isup *like, unsigned event,
    enum rule_id why)
{
	struct isup *m = &l->gateway->trunks.out;
	char octet = (char)event;

	if (!begin_like(m, like, ISUP_CPG))
		isup_add(m, ISUP_PARAM_EVENT, (struct str){ &octet, 1 });
	trunk_send(l->circuit, m, why, 0);
}

void
gateway_say_answer(struct gateway_leg *l)
{
	struct isup *m = &l->gateway->trunks.out;
	enum isup_type type = l->complete ? ISUP_ANM : ISUP_CON;

	if (!begin_like(m, gateway_heard(l, type), type) && !l->complete)
		isup_add(m, ISUP_PARAM_BCI, STR(BCI_FREE));
	trunk_send(l->circuit, m, RULE_GATEWAY_2XX, 0);
}

/* ---- Reason: RFC 3326 ---- */

/* The cause that a Reason of M names into *C; false: none does. */
static bool
gateway_isup_read_reason(const struct msg *m, struct q850_indicators *c)
{
	struct msg_values it = { 0 };
	struct str value, params, cause, place;
	uint32_t n;

	while (msg_next_value(m, MSG_H_REASON, &it, &value))
		if (str_iis(msg_cut_params(value, &params), "Q.850") &&
		    msg_param(params, "cause", &cause) &&
		    str_u32(cause, &n) == 0 && n > 0 && n <= Q850_MOST) {
			*c = (struct q850_indicators){ .cause = (uint8_t)n };
			if (msg_param(params, "location", &place) &&
			    q850_location_named(place) != Q850_NO_LOCATION)
				c->location =
				    (uint8_t)q850_location_named(place);
			return true;
		}
	return false;
}

void
gateway_read_cause(struct gateway_leg *l, const struct msg *m)
{
	struct q850_indicators rel;
	bool named = gateway_isup_read_reason(m, &l->cause);
	const struct isup *like = gateway_enclosed(l, m);
	const struct isup_param *p =
	    like != NULL ? isup_find(like, ISUP_PARAM_CAUSE) : NULL;

	/* RFC 3398 7.2.3: the Reason counts for more; but the REL says more of
	 * the same cause. */
	if (p != NULL && q850_read(p->value, &rel) &&
	    (!named || rel.cause == l->cause.cause))
		l->cause = rel;
}

void
gateway_write_reason(const struct q850_indicators *c, struct buf *out)
{
	/* A Reason without location is the user's, as one is read here. */
	const char *place =
	    c->location != 0 ? q850_location_name(c->location) : NULL;

	buf_printf(out, "Q.850;cause=%u", c->cause);
	if (place != NULL)
		buf_printf(out, ";location=%s", place);
}
