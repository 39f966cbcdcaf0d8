/*
 * What a gateway makes of the one side for the other: numbers, the parameters
 * of an IAM and an ACM, and causes in Reason.  RFC 3398 7.2.1.1, 8.2.3, 12.
 */
#include "nodes/gateway_in.h"

#include "base/err.h"
#include "msg/parts.h"
#include "node/uri.h"

#include <string.h>

struct isup_trunk
gateway_trunk(const struct node *n)
{
	return (struct isup_trunk){ str_of(node_attr(n, "country", "1")),
		STR_NULL };
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

/* Who calls, by P-Asserted-Identity, which is kept secret from people (RFC
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

static void
add_number(struct isup *m, enum isup_code code, const struct isup_number *n,
    struct buf *room)
{
	size_t at = room->n;

	isup_number_write(code, n, room);
	isup_add(m, code, str_slice(buf_view(room), at, room->n));
}

#define NUMBERS 64 /* octets of two numbers, and more */

int
gateway_make_iam(struct gateway_leg *l, const struct sip_in *in)
{
	struct isup *m = &l->gateway->trunks.out;
	struct buf room = BUF_INIT;
	struct isup_number calling;
	int err;

	/* What is added is borrowed, so that it must not move. */
	buf_fill(&room, '\0', NUMBERS);
	buf_truncate(&room, 0);
	isup_begin(m, ISUP_IAM);
	isup_add(m, ISUP_PARAM_NCI, NCI);
	isup_add(m, ISUP_PARAM_FCI, FCI);
	isup_add(m, ISUP_PARAM_CPC, CPC);
	isup_add(m, ISUP_PARAM_TMR, TMR);
	add_number(m, ISUP_PARAM_CALLED, &l->number, &room);
	if (read_calling(l, in->m, &calling))
		add_number(m, ISUP_PARAM_CALLING, &calling, &room);
	buf_clear(&l->iam);
	isup_write(m, &l->iam);
	err = room.err != 0 ? room.err : l->iam.err;
	buf_free(&room);
	return err;
}

/* ---- ACM, CPG ---- */

/* 8.2.3: charge, ordinary subscriber; ISUP all the way, no ISDN. */
#define BCI_FREE    "\x16\x04"
#define BCI_NOTHING "\x12\x04"
#define IN_BAND_IS  "\x01"

void
gateway_say_acm(
    struct gateway_leg *l, bool free, bool in_band, enum rule_id why)
{
	struct isup *m = &l->gateway->trunks.out;

	l->complete = true;
	isup_begin(m, ISUP_ACM);
	isup_add(m, ISUP_PARAM_BCI, str_of(free ? BCI_FREE : BCI_NOTHING));
	if (in_band)
		isup_add(m, ISUP_PARAM_OPTIONAL_BCI, STR(IN_BAND_IS));
	trunk_send(l->circuit, m, why, 0);
}

void
gateway_say_cpg(struct gateway_leg *l, unsigned event, enum rule_id why)
{
	char octet = (char)event;

	trunk_say(l->circuit, ISUP_CPG, ISUP_PARAM_EVENT,
	    (struct str){ &octet, 1 }, why);
}

/* ---- Reason: RFC 3326 ---- */

bool
gateway_read_reason(const struct msg *m, struct q850_indicators *c)
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
gateway_write_reason(const struct q850_indicators *c, struct buf *out)
{
	buf_printf(out, "Q.850;cause=%u", c->cause);
}
