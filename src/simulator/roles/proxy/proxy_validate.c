/*
 * Which requests a proxy refuses: RFC 3261 16.3, with the loop detection of
 * RFC 5393 4.2.  A request that comes through again changed (a spiral) is well;
 * one whose target would be chosen as the last time (a loop) is not.
 */
#include "roles/proxy/proxy_in.h"
#include "node/uri.h"

#include "msg/parts.h"
#include "rules/rule_names.h"

/* What the choice of the target depends on: the Request-URI and the Routes. */
static uint64_t
loop_hash(const struct msg *m)
{
	struct msg_values it = { 0 };
	uint64_t h = str_hash(m->uri);
	struct str v;

	while (msg_next_value(m, MSG_H_ROUTE, &it, &v))
		h = (h ^ str_hash(v)) * UINT64_C(0x100000001b3);
	return h;
}

void
proxy_write_loop_part(const struct msg *m, struct buf *out)
{
	uint64_t hash = loop_hash(m);

	buf_putc(out, '.');
	buf_hex(out, hash ^ hash >> 32, 8);
}

/* RFC 5393 4.2.2: one of our own Vias has the same second part. */
static bool
has_looped(const struct proxy *p, const struct msg *m)
{
	struct buf part = BUF_INIT;
	struct msg_values it = { 0 };
	struct msg_via via;
	struct addr a;
	struct str v;
	bool loop = false;

	proxy_write_loop_part(m, &part);
	while (!loop && msg_next_value(m, MSG_H_VIA, &it, &v)) {
		if (msg_via_read(v, &via) != 0 || addr_parse(via.host, &a) != 0)
			continue;
		a.port = msg_via_port(&via);
		loop = node_face_at(p->node, &a) != NULL && part.err == 0 &&
		       via.branch.n > part.n &&
		       str_eq(str_slice(via.branch, via.branch.n - part.n,
				  via.branch.n),
			   buf_view(&part));
	}
	if (part.err != 0)
		node_fail_memory(p->node);
	buf_free(&part);
	return loop;
}

/* Full: as many requests as it may have are being handled. */
static bool
is_full(const struct proxy *p)
{
	uint32_t most;

	return str_u32(str_of(node_attr(p->node, "capacity", "")), &most) ==
		   0 &&
	       p->ncontexts >= most;
}

/* M has a Route beside P's own. */
static bool
is_led_on(const struct proxy *p, const struct msg *m)
{
	struct msg_values it = { 0 };
	struct msg_addr a;
	struct str first;
	bool own = msg_next_value(m, MSG_H_ROUTE, &it, &first) &&
		   msg_addr_read(first, &a) == 0 && node_is_uri(p->node, a.uri);

	return msg_count_values(m, MSG_H_ROUTE) > (own ? 1 : 0);
}

/* 16.3: what says no place is understood where a Route says it, or who knows
 * numbers or services is here. */
static bool
understands(const struct proxy *p, const struct msg *m, const struct msg_uri *u)
{
	return node_speaks(p->node, u) || proxy_is_number(p, m->uri) ||
	       (node_is_led(u) &&
		   (p->program != NULL || p->home != NULL || is_led_on(p, m)));
}

unsigned
proxy_validate(const struct proxy *p, const struct msg *m, enum rule_id *why)
{
	struct str value = msg_value(m, MSG_H_MAX_FORWARDS);
	struct msg_uri u;
	uint32_t hops = 1, breadth = 1;

	*why = RULE_URI_TOO_LONG;
	if (m->uri.n > SIP_MAX_URI)
		return 414;
	*why = RULE_PROXY_SCHEME;
	if (msg_uri_read(m->uri, &u) != 0 || !understands(p, m, &u))
		return 416;
	/* 20.22: 0 to 255. */
	*why = RULE_BAD_REQUEST;
	if (value.n > 0 && (str_u32(value, &hops) != 0 || hops > 255))
		return 400;
	/* 16.3 (3): also an OPTIONS, which a proxy may answer: so it is plain
	 * that its target was not asked.  One for the proxy itself never gets
	 * here. */
	*why = RULE_PROXY_MAX_FORWARDS;
	if (hops == 0)
		return 483;
	/* RFC 5393 5.3.1: positive.  0 has room for no branch at all. */
	*why = RULE_PROXY_BREADTH;
	value = msg_value(m, MSG_H_MAX_BREADTH);
	if (value.n > 0 && str_u32(value, &breadth) == 0 && breadth == 0)
		return 440;
	*why = RULE_PROXY_LOOP;
	if (has_looped(p, m))
		return 482;
	if (m->method != MSG_ACK && p->overload != NULL &&
	    (*why = overload_refuses(p->overload, m)) != RULE_NONE)
		return 503;
	*why = RULE_PROXY_OVERLOAD;
	/* 21.5.4; an ACK needs no context. */
	return m->method != MSG_ACK && is_full(p) ? 503 : 0;
}
