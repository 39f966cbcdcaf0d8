/* Parts of a Via field, and of the way that a response takes by it
 * (inspect/field_parts.h). */
#include "inspect/field_parts.h"

#include "base/addr.h"
#include "msg/header_names.h"

/* The Vias but the FIRST ones, without what servers on the way add. */
static bool
put_vias(const struct asked *a, unsigned first, struct str *text)
{
	struct msg_values iter = { 0 };
	struct msg_via via;
	struct str value;

	if (a->e->message == OTHER_MESSAGE_HERE && a->l->nvias <= first)
		return true;
	for (unsigned n = 0; msg_next_value(a->m, MSG_H_VIA, &iter, &value);
	     n++)
		if (n >= first && msg_via_read(value, &via) == 0) {
			buf_str(a->room, via.sent_by);
			buf_puts(a->room, ";branch=");
			buf_str(a->room, via.branch);
			buf_putc(a->room, '\n');
		}
	*text = buf_view(a->room);
	return true;
}

PART(VIAS, put_vias(a, 0, text))
PART(VIAS_BELOW, put_vias(a, 1, text))

PART_OF_VIA(BRANCH, branch)
PART_OF_VIA(SENT_BY, sent_by)
PART_OF_VIA(VIA_TRANSPORT, transport)
PART_OF_VIA(RECEIVED, received)

/* Servers write received, rport, keep (RFC 6223) and oc (RFC 7339). */
static void
put_via_params(const struct asked *a, struct str params)
{
	static const char *const written[] = { "branch", "received", "rport",
		"keep", "oc", "oc-algo", "oc-validity", "oc-seq",
		"received-realm" };
	struct str name, value;
	size_t i;

	while (msg_next_param(&params, &name, &value)) {
		for (i = 0; i < COUNT_OF(written); i++)
			if (str_iis(name, written[i]))
				break;
		if (i < COUNT_OF(written))
			continue;
		buf_putc(a->room, '\n');
		buf_str(a->room, name);
		buf_putc(a->room, '=');
		buf_str(a->room, value);
	}
}

/* 8.2.6.2, 17.1.1.3: what of the top Via its sender has written. */
bool
part_VIA_PARTS(const struct asked *a, struct str *text)
{
	const struct msg_via *via = relate_via(a->l, a->e->message);
	char port[STR_DIGITS], *end = port + sizeof(port), *at;

	if (via == NULL)
		return false;
	at = str_decimal(end, msg_via_port(via));
	buf_str(a->room, via->transport);
	buf_putc(a->room, ' ');
	buf_str(a->room, via->host);
	buf_putc(a->room, ':');
	buf_add(a->room, at, (size_t)(end - at));
	buf_puts(a->room, "\nbranch=");
	buf_str(a->room, via->branch);
	if (str_count(via->params, ';') > (size_t)(via->branch.n > 0) +
					      (via->received.n > 0) +
					      via->has_rport)
		put_via_params(a, via->params);
	*text = buf_view(a->room);
	return true;
}

bool
part_ASKS_RPORT(const struct asked *a, struct str *text)
{
	const struct msg_via *via = relate_via(a->l, a->e->message);

	*text = via != NULL ? via->rport : STR_NULL;
	return via != NULL && via->has_rport;
}

bool
part_RPORT(const struct asked *a, struct str *text)
{
	uint32_t port;

	return part_ASKS_RPORT(a, text) && str_u32(*text, &port) == 0 &&
	       port > 0;
}

/* ---- the way of a response ---- */

/* The transaction that L, a response, answers as its server; NULL: none. */
static const struct followed_tx *
tx_answered(const struct asked *a)
{
	const struct followed_tx *tx = a->l->tx;

	return tx == NULL || a->l->msg->request || tx->passed_below ||
		       (tx->client == a->l->node && tx->server != a->l->node)
		   ? NULL
		   : tx;
}

/* A NAT on the way may have changed another address, and so its port; a request
 * sent again by a stream may come by another connection. */
bool
part_SOURCE_PORT(const struct asked *a, struct str *text)
{
	const struct msg_via *via = &a->l->via;
	const struct followed_tx *tx = tx_answered(a);
	struct addr from, said;

	return tx != NULL && !(tx->stream && tx->repeats.n > 0) &&
	       addr_parse(tx->src_addr, &from) == 0 &&
	       addr_parse(via->received.n > 0 ? via->received : via->host,
		   &said) == 0 &&
	       addr_same_ip(&from, &said) &&
	       field_parts_put_number(a, from.port, text);
}

/* Both are private or both are public: no NAT stands between them. */
static bool
are_alike(struct str a, struct str b)
{
	struct addr one, other;

	return str_eq(a, b) ||
	       (addr_parse(a, &one) == 0 && addr_parse(b, &other) == 0 &&
		   (addr_private(&one) != NULL) ==
		       (addr_private(&other) != NULL));
}

bool
part_ASKED_AT(const struct asked *a, struct str *text)
{
	const struct followed_tx *tx = tx_answered(a);

	if (tx == NULL)
		return false;
	*text = tx->dst_addr;
	return are_alike(*text, a->l->send.src_addr);
}

bool
part_CAME_FROM(const struct asked *a, struct str *text)
{
	const struct followed_tx *tx = tx_answered(a);

	if (tx == NULL)
		return false;
	*text = tx->src_addr;
	return are_alike(*text, a->l->via.received);
}

bool
part_RECEIVER(const struct asked *a, struct str *text)
{
	const struct followed_tx *tx = tx_answered(a);
	struct addr from, to;

	if (tx == NULL)
		return false;
	*text = tx->dst_addr;
	return addr_parse(tx->src_addr, &from) == 0 &&
	       addr_parse(*text, &to) == 0 && !addr_same_ip(&from, &to);
}

/* A further line; none of no address. */
static void
put_place(struct buf *b, const struct addr *a)
{
	if (a->len == 0)
		return;
	buf_putc(b, '\n');
	addr_write(a, b);
}

/* 18.2.2, RFC 3581 4: where the request came from; as the Via says; of who
 * knows no rport to its sent-by as well. */
bool
part_RETURNS(const struct asked *a, struct str *text)
{
	const struct msg_via *via = &a->l->via;
	const struct followed_tx *tx = tx_answered(a);
	struct addr to = { .len = 0 };
	uint32_t port;
	bool rport = str_u32(via->rport, &port) == 0;

	if (tx == NULL || tx->src_addr.n == 0 || via->has_maddr)
		return false;
	*text = tx->src_addr;
	if (str_eq(*text, a->l->send.dst_addr))
		return true;
	if (!rport && addr_parse(via->host, &to) != 0)
		return false;
	buf_str(a->room, *text);
	to.port = msg_via_port(via);
	put_place(a->room, &to);
	to.len = 0;
	if (addr_parse(via->received, &to) == 0) {
		to.port = rport ? (uint16_t)port : msg_via_port(via);
		put_place(a->room, &to);
	}
	*text = buf_view(a->room);
	return true;
}

/* 18.2.2, RFC 3581 4, of a response that goes to where its request came from:
 * that, or with the port that its Via says.  A NAT behind the point of capture
 * has the server see another address than is seen here; where that is in the
 * Via, received says so. */
bool
part_VIA_PLACE(const struct asked *a, struct str *text)
{
	const struct inspected_message *l = a->l;
	const struct msg_via *via = &l->via;
	struct addr host, from;
	uint32_t port;

	*text = l->send.dst_addr;
	if (!addr_word_is_udp(l->send.transport) || is_own_via_left(l) ||
	    l->tx == NULL ||
	    (via->received.n == 0 && !l->in->whole &&
		(tx_facts(l, l->tx)->rport_asked ||
		    !are_alike(l->send.src_addr, l->send.dst_addr))) ||
	    l->tx->passed_below || via->has_maddr ||
	    addr_parse(
		via->received.n > 0 ? via->received : via->host, &host) != 0 ||
	    addr_parse(l->tx->src_addr, &from) != 0 ||
	    (!l->in->whole && !addr_same_ip(&from, &host)))
		return false;
	host.port = str_u32(via->rport, &port) == 0 ? (uint16_t)port
						    : msg_via_port(via);
	/* Where it goes to neither place another row says so. */
	if (!str_eq(*text, l->tx->src_addr) ||
	    (addr_same_ip(&host, &from) && host.port == from.port))
		return true;
	addr_write(&host, a->room);
	return field_parts_take_lines(a, text);
}

PART(TRANSPORT, (*text = a->l->send.transport).n > 0)

/* What was exported from a TLS connection says so in its Via alone. */
bool
inspected_is_encrypted(const struct inspected_message *l)
{
	const struct addr_transport_row *via =
	    addr_transport_known(l->via.transport);
	const struct addr_transport_row *by =
	    addr_transport_known(l->send.transport);

	return (via != NULL && via->secure) || by == NULL || by->secure;
}

bool
part_ENCRYPTED(const struct asked *a, struct str *text)
{
	*text = a->l->via.transport;
	return inspected_is_encrypted(a->l);
}
