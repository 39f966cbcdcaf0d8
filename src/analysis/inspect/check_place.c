/* What goes where something else has gone: CANCEL, ACK and repetitions with
 * their request, keep-alives with their REGISTER; and what needs no DNS. */
#include "inspect/checks.h"
#include "inspect/locate.h"
#include "inspect/service.h"

static bool
is_same_host(struct str a, struct str b)
{
	struct addr one, other;

	return addr_parse(a, &one) == 0 && addr_parse(b, &other) == 0 &&
	       addr_same_ip(&one, &other);
}

/* L's CANCEL or ACK for a refusal goes where TX went.  A NAT shows a request
 * with several addresses. */
static enum verdict
judge_same_place(struct look *l, const struct tx *tx)
{
	if (tx == NULL || tx->client != l->node || tx->old)
		return SILENT;
	look_measured(l, _("it goes to %.*s, and its request went to %.*s"),
	    STR_ARG(l->send.dst_addr), STR_ARG(tx->dst_addr));
	if (str_eq(l->send.dst_addr, tx->dst_addr))
		return KEPT;
	if (is_same_host(l->send.dst_addr, tx->dst_addr))
		return SEEN;
	return l->in->whole ||
		       (!tx->twice && str_eq(l->send.src_addr, tx->src_addr))
		   ? BROKEN
		   : SEEN;
}

/* RFC 3261 9.1, RFC 3263 4 */
enum verdict
check_cancel_place(struct look *l)
{
	return l->msg->request && l->msg->method == MSG_CANCEL
		   ? judge_same_place(l, find_cancelled(l))
		   : SILENT;
}

/* RFC 3261 17.1.1.3 */
enum verdict
check_ack_place(struct look *l)
{
	const struct tx *tx = l->tx;

	return l->msg->request && l->msg->method == MSG_ACK && tx != NULL &&
		       tx->method == MSG_INVITE && tx->came_status >= 300
		   ? judge_same_place(l, tx)
		   : SILENT;
}

/* RFC 3263 4: the same transaction at another host, in a run. */
enum verdict
check_chosen_once(struct look *l)
{
	const struct tx *tx = l->tx;

	if (!l->msg->request || tx == NULL || tx->request == l->seq ||
	    tx->method != l->msg->method || tx->client != l->node || tx->old ||
	    !l->in->whole || is_same_host(l->send.dst_addr, tx->dst_addr))
		return SILENT;
	look_measured(l, _("it goes to %.*s, and its request went to %.*s"),
	    STR_ARG(l->send.dst_addr), STR_ARG(tx->dst_addr));
	return BROKEN;
}

/* RFC 3263 4.2: "SRV _sip._udp.192.0.2.1".  A name server asks for others. */
enum verdict
check_numeric(struct look *l)
{
	const struct question *q = l->question;
	struct str rest, type = str_cut(q->name, ' ', &rest), digits = rest;
	bool srv = str_is(type, "SRV") && str_starts(rest, "_sip");
	struct addr a;

	if (q->proto != TRACE_PROTO_DNS || (!srv && !str_is(type, "NAPTR")))
		return SILENT;
	while (srv && digits.n > 0 && digits.p[0] == '_')
		str_cut(digits, '.', &digits);
	l->at = q->seq;
	look_measured(l, _("it asks for %.*s"), STR_ARG(q->name));
	if (addr_parse(digits, &a) != 0)
		return srv ? KEPT : SILENT;
	return inspect_number(l->in, locate_key(l->in, LOCATE_SERVES, q->asker,
					 STR_NULL, STR_NULL)) == 0
		   ? BROKEN
		   : SEEN;
}

/* Where L's node registers flows; STR_NULL: anywhere. */
static struct str
flow_key(struct look *l, struct str to)
{
	return locate_key(l->in, "flow", l->node, to, STR_NULL);
}

void
locate_note_flow(struct look *l)
{
	if (l->msg->method != MSG_REGISTER ||
	    str_ifind(msg_value(l->msg, MSG_H_CONTACT), STR("reg-id")) < 0)
		return;
	inspect_put_number(l->in, flow_key(l, STR_NULL), l->seq);
	inspect_put_number(l->in, flow_key(l, l->send.dst_addr),
	    str_hash(l->send.src_addr) | 1);
}

/* RFC 5626 4.4.  STUN asks others, too; those do not listen where SIP is waited
 * for. */
enum verdict
check_flow_kept(struct look *l)
{
	bool crlf =
	    l->proto == TRACE_PROTO_CRLF && str_is(l->send.method, "ping");
	uint64_t from;
	struct addr to;

	if ((!crlf && l->proto != TRACE_PROTO_STUN) ||
	    inspect_number(l->in, flow_key(l, STR_NULL)) == 0 ||
	    addr_parse(l->send.dst_addr, &to) != 0 ||
	    (!crlf && to.port != addr_transports[ADDR_DEFAULT].port))
		return SILENT;
	look_measured(l,
	    _("it keeps a flow open to %.*s, where it has not "
	      "registered"),
	    STR_ARG(l->send.dst_addr));
	from = inspect_number(l->in, flow_key(l, l->send.dst_addr));
	if (from == 0)
		return l->in->whole ? BROKEN : SEEN;
	return from == (str_hash(l->send.src_addr) | 1) ? KEPT : SEEN;
}
