/* What comes to a node by other protocols than SIP, and makes it send. */
#include "inference/infer.h"

#include <string.h>

#include "base/err.h"
#include "rules/rule_names.h"

/* By which a node is told what to do. */
static const enum trace_proto telling[] = { TRACE_PROTO_DNS,
	TRACE_PROTO_DIAMETER, TRACE_PROTO_LOCATION, TRACE_PROTO_ISUP,
	TRACE_PROTO_MEGACO, TRACE_PROTO_H323 };

/* By which rule a node sends what came to it by PROTO, which for SIP is that of
 * its other side; the first row that fits. */
static const struct {
	enum trace_proto proto;
	enum msg_method method;
	unsigned from, to; /* 0: a request */
	bool begins;       /* outside of a dialog alone */
	enum rule_id rule;
} made_rules[] = {
	{ TRACE_PROTO_ISUP, MSG_INVITE, 0, 0, false, RULE_GATEWAY_IAM },
	{ TRACE_PROTO_ISUP, MSG_BYE, 0, 0, false, RULE_GATEWAY_HANGUP },
	{ TRACE_PROTO_ISUP, MSG_INFO, 0, 0, false, RULE_GATEWAY_INFO },
	{ TRACE_PROTO_ISUP, MSG_INVITE, 300, 699, false, RULE_GATEWAY_CAUSE },
	{ TRACE_PROTO_SIP, MSG_INVITE, 0, 0, true, RULE_PAIR_CALL },
	{ TRACE_PROTO_SIP, MSG_BYE, 0, 0, false, RULE_PAIR_BYE },
	{ TRACE_PROTO_SIP, MSG_INFO, 0, 0, false, RULE_PAIR_PASS },
	{ TRACE_PROTO_SIP, MSG_INFO, 200, 299, false, RULE_PAIR_PASS },
	{ TRACE_PROTO_SIP, MSG_INVITE, 300, 699, true, RULE_PAIR_REFUSED },
};

void
infer_rule_of_made(enum trace_proto proto, const struct correlation_message *m,
    bool dialog, enum rule_id *why)
{
	for (size_t i = 0; i < COUNT_OF(made_rules); i++)
		if (made_rules[i].proto == proto &&
		    made_rules[i].method == m->method &&
		    !(made_rules[i].begins && dialog) &&
		    m->status >= made_rules[i].from &&
		    m->status <= made_rules[i].to) {
			*why = made_rules[i].rule;
			return;
		}
}

static bool
is_telling(enum trace_proto proto)
{
	for (size_t i = 0; i < COUNT_OF(telling); i++)
		if (telling[i] == proto)
			return true;
	return false;
}

/* Under which what asked for an answer is kept: who, whom, by what. */
struct asked_key {
	struct addr_key src, dst;
	enum trace_proto proto;
};

static struct asked_key
key_of_asked(
    const struct addr *src, const struct addr *dst, enum trace_proto proto)
{
	struct asked_key k;

	memset(&k, 0, sizeof(k));
	k.src = key_of_addr(src);
	k.dst = key_of_addr(dst);
	k.proto = proto;
	return k;
}

uint64_t
infer_told(
    struct infer *f, uint32_t node, const struct capture_remark *r, int64_t t)
{
	struct asked_key k = key_of_asked(&r->dst, &r->src, r->proto);
	const struct infer_heard *h;

	if (!is_telling(r->proto))
		return 0;
	if (node >= f->nodes)
		return (uintptr_t)map_remove(f->latest, BYTES_OF(k));
	h = &f->heard[node];
	return t - h->t > INFER_AT_ONCE_NS ? 0
	       : h->recv != 0              ? h->recv
					   : h->came;
}

void
infer_heard(struct infer *f, uint32_t node, const struct capture_remark *r,
    int64_t t, uint64_t recv)
{
	struct asked_key k = key_of_asked(&r->src, &r->dst, r->proto);

	if (!is_telling(r->proto) || f->err != 0)
		return;
	if (node >= f->nodes) {
		f->err = key_set_number(f->latest, BYTES_OF(k), recv);
		return;
	}
	f->heard[node].recv = recv;
	f->heard[node].t = t;
	f->heard[node].proto = r->proto;
	f->heard[node].trunks |= r->proto == TRACE_PROTO_ISUP;
}

uint64_t
infer_reason_heard(const struct infer *f, const struct correlation_message *m,
    enum rule_id *why)
{
	const struct infer_heard *h = &f->heard[m->src];

	if (h->recv == 0 || m->t - h->t > INFER_AT_ONCE_NS)
		return 0;
	infer_rule_of_made(h->proto, m, false, why);
	return h->recv;
}
