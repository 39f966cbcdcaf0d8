/*
 * Where requests go, compared with what the DNS has told their sender (RFC 3263
 * 4); and what else serves calls: names, addresses, connections
 * (inspect/dns_stun_queries.h).
 *
 * What was known before a capture began, or by another way than its packets, is
 * not in it: there only that is a fault which nothing unseen could make right.
 */
#include "base/err.h"
#include "inspect/check.h"
#include "inspect/locate.h"
#include "inspect/relate.h"
#include "inspect/dns_stun_queries.h"
#include "msg/header_names.h"
#include "rules/rule_names.h"

/* An answer and what follows from it at once. */
#define AT_ONCE_NS INT64_C(5000000000)
/* So long a request may wait for names before its next place is tried. */
#define NEXT_NS INT64_C(15000000000)
/* The most causes between an answer and the request sent for it. */
#define CAUSES_MOST 64

static struct str
host_of_hop(const struct hop *h)
{
	return dns_name_view(&h->host);
}

/* ---- a request's place ---- */

/* NAME's addresses of A's family, as the node of L was told them. */
static struct told *
find_addresses(
    struct inspected_message *l, struct str name, const struct addr *a)
{
	return told_find_name(
	    l->in, l->node, a->len == 16 ? DNS_TYPE_AAAA : DNS_TYPE_A, name);
}

/* The SRV records of H's host by its transport, as NODE was told them. */
static struct told *
locating_find_servers(
    struct inspected_message *l, const struct hop *h, uint32_t node)
{
	struct told *naptr =
	    told_find_name(l->in, node, DNS_TYPE_NAPTR, host_of_hop(h));
	struct dns_name name;
	struct told *k;

	for (size_t i = 0; naptr != NULL && i < naptr->n; i++) {
		if (naptr->list[i].by != h->by)
			continue;
		k = told_find_name(
		    l->in, node, DNS_TYPE_SRV, naptr->list[i].name);
		if (k != NULL && k->n > 0)
			return k;
	}
	if (dns_name_join(addr_transports[h->by].srv, &h->host, &name) != 0)
		return NULL;
	return told_find_name(l->in, node, DNS_TYPE_SRV, dns_name_view(&name));
}

/* RFC 3261 8.1.2: the URI that says where L's request goes. */
static struct str
next_hop(struct inspected_message *l, bool *routed)
{
	struct str routes = inspected_routes(l, MSG_H_ROUTE, false), rest;

	*routed = routes.n > 0;
	if (!*routed)
		return l->msg->uri;
	return routes_begin_strict(routes) ? STR_NULL
					   : str_cut(routes, '\n', &rest);
}

/* H, which has an address and a transport, gets the lookups of the name by
 * which L's request goes; false: it goes by none. */
static bool
find_hop(struct inspected_message *l, struct hop *h)
{
	struct str uri = next_hop(l, &h->routed), host;
	struct addr numeric;

	if (msg_uri_read(uri, &h->uri) != 0 || !h->uri.sip)
		return false;
	if (!msg_param(h->uri.params, "maddr", &host))
		host = h->uri.host;
	if (addr_parse(host, &numeric) == 0 ||
	    dns_name_read(host, NULL, &h->host) != 0)
		return false;
	dns_name_fold(&h->host);
	h->servers =
	    h->uri.port == 0 ? locating_find_servers(l, h, l->node) : NULL;
	h->places = h->servers;
	if (h->places == NULL || h->places->n == 0)
		h->places = find_addresses(l, host_of_hop(h), &h->dst);
	else if (h->places->n == 1)
		h->places = find_addresses(l, h->places->list[0].name, &h->dst);
	return true;
}

/* Where the number of a request of L's node is kept: to its place, of this CALL
 * (or to register); the last to the place A; the last for H's host. */
static struct str
went_key(struct inspected_message *l, struct str call)
{
	return locate_mark(l->in, MARK_WENT, l->node, call, l->send.dst_addr);
}

static struct str
place_key(struct inspected_message *l, const struct addr *a)
{
	char port[24];

	return locate_key(l->in, l->node,
	    (struct str){ (const char *)a->ip, a->len },
	    inspect_digits(a->port, port));
}

static struct str
used_key(struct inspected_message *l, const struct hop *h)
{
	return locate_mark(l->in, MARK_USED, l->node, host_of_hop(h), STR_NULL);
}

static struct str
speaks_key(struct inspected_message *l, uint8_t by)
{
	char digits[24];

	return locate_mark(
	    l->in, MARK_SPEAKS, l->node, inspect_digits(by, digits), STR_NULL);
}

/* The same request at another place has the same of all this. */
static struct str
attempt_key(struct inspected_message *l)
{
	char digits[24];

	return inspect_key(l->in, inspect_digits(l->node, digits),
	    l->send.call_id, msg_value(l->msg, MSG_H_CSEQ), l->from_tag,
	    l->msg->uri);
}

/* The sender of L has sent there before, in this call or to register: it may
 * stay. */
static bool
has_gone_there(struct inspected_message *l)
{
	return inspect_number(l->in, went_key(l, l->send.call_id)) != 0 ||
	       inspect_number(l->in, went_key(l, STR("REGISTER"))) != 0;
}

/* It has asked for SRV or NAPTR records of H's host. */
static bool
has_asked_services(struct inspected_message *l, const struct hop *h)
{
	return inspect_number(l->in, locate_mark(l->in, MARK_ASKED, l->node,
					 host_of_hop(h), STR_NULL)) != 0;
}

/* RFC 3263 4.3; what was not answered yet may fail. */
static bool
has_failed(const struct followed_tx *tx)
{
	return tx->came_status == 503 ||
	       (tx->final_came == 0 && tx->provisional == 0);
}

/* ---- the checks of a request, l->hop ---- */

/* RFC 3263 4.2: without a port SRV records come first.  A resolver may know
 * from before that there are none. */
enum verdict
check_srv_due(struct inspected_message *l)
{
	const struct hop *h = l->hop;
	const struct told *k, *own = find_addresses(l, host_of_hop(h), &h->dst);
	struct inspect *in = l->in;

	if (h->uri.port != 0 ||
	    addr_transports[h->by].framing == ADDR_WEBSOCKET ||
	    !told_has_address(in, l->node, host_of_hop(h), &h->dst))
		return SILENT;
	inspected_measured(l,
	    _("it goes to an address of %.*s and ignores the SRV records"),
	    STR_ARG(str_slice(h->uri.host, 0, 80)));
	if (h->servers != NULL && h->servers->n == 0 && h->servers->came != 0)
		return h->dst.port == msg_uri_port(&h->uri) ? KEPT : SEEN;
	if (in->whole && !has_asked_services(l, h))
		return BROKEN;
	k = locating_find_servers(l, h, TRACE_NO_NODE);
	if (k == NULL || k->n == 0 || own == NULL || own->server != k->server ||
	    k->until < l->time || has_gone_there(l))
		return SEEN;
	for (size_t i = 0; i < k->n; i++) {
		const struct told *a = told_find_name(in, TRACE_NO_NODE,
		    h->dst.len == 16 ? DNS_TYPE_AAAA : DNS_TYPE_A,
		    k->list[i].name);

		if (a == NULL || a->came == 0 || a->open ||
		    told_has_address(
			in, TRACE_NO_NODE, k->list[i].name, &h->dst))
			return SEEN;
	}
	return BROKEN;
}

/* What made L's node send is record SEQ, with no message of SIP between. */
static bool
follows_from(const struct inspected_message *l, uint64_t seq)
{
	struct trace_rec rec;

	trace_get(l->t, l->seq, &rec);
	for (int i = 0; i < CAUSES_MOST && seq != 0 && rec.cause > seq &&
			follower_tx_of(l->in->follower, rec.cause) == NULL;
	     i++)
		trace_get(l->t, rec.cause, &rec);
	return seq != 0 && rec.cause == seq;
}

/* The same, with a port in the URI.  By which URI a next hop that is in no
 * Route was found a capture does not tell. */
enum verdict
check_srv_undue(struct inspected_message *l)
{
	const struct hop *h = l->hop;
	struct told *k, *naptr;

	if (h->uri.port == 0)
		return SILENT;
	k = locating_find_servers(l, h, l->node);
	naptr = told_find_name(l->in, l->node, DNS_TYPE_NAPTR, host_of_hop(h));
	inspected_measured(l,
	    _("the URI has port %u of %.*s, and yet its SRV records are "
	      "queried"),
	    (unsigned)h->uri.port, STR_ARG(str_slice(h->uri.host, 0, 80)));
	for (size_t i = 0; k != NULL && i < k->n; i++)
		if (h->dst.port == k->list[i].port &&
		    h->dst.port != h->uri.port &&
		    told_has_address(l->in, l->node, k->list[i].name, &h->dst))
			return l->in->whole || h->routed ? BROKEN : SEEN;
	if (l->in->whole &&
	    ((k != NULL && follows_from(l, k->came)) ||
		(naptr != NULL && follows_from(l, naptr->came))))
		return BROKEN;
	if (!told_has_address(l->in, l->node, host_of_hop(h), &h->dst))
		return SILENT;
	return h->dst.port == h->uri.port && !has_asked_services(l, h) ? KEPT
								       : SEEN;
}

/* The order of its services: the first one that the sender of L supports. */
enum verdict
check_service(struct inspected_message *l)
{
	const struct hop *h = l->hop;
	const struct told *k =
	    told_find_name(l->in, l->node, DNS_TYPE_NAPTR, host_of_hop(h));
	unsigned own = UINT16_MAX + 1U, best = own;
	struct str param;
	size_t at = 0;

	if (k == NULL || k->n == 0 || k->until < l->time || h->uri.port != 0 ||
	    msg_param(h->uri.params, "transport", &param) ||
	    !str_iis(h->uri.scheme, "sip"))
		return SILENT;
	for (size_t i = 0; i < k->n; i++) {
		const struct told_record *r = &k->list[i];

		if (r->by == h->by && r->rank < own)
			own = r->rank;
		if (r->by != h->by && r->rank < best &&
		    inspect_number(l->in, speaks_key(l, r->by)) != 0) {
			best = r->rank;
			at = i;
		}
	}
	if (best >= own)
		return own <= UINT16_MAX ? KEPT : SEEN;
	inspected_measured(l,
	    _("it goes by %s, although the domain prefers %s"),
	    addr_transports[h->by].name, addr_transports[k->list[at].by].name);
	k = told_find_name(l->in, l->node, DNS_TYPE_SRV, k->list[at].name);
	if (h->before != NULL || has_gone_there(l) ||
	    l->msg->bytes.n > SIP_UDP_SIZE || (k != NULL && k->n == 0))
		return SEEN;
	return k != NULL || l->in->whole ? BROKEN : SEEN;
}

/* The best priority of H's servers of which one has DST; -1: none has. */
static long
priority_of(struct inspected_message *l, const struct hop *h)
{
	long best = -1;

	for (size_t i = 0; i < h->servers->n; i++) {
		const struct told_record *r = &h->servers->list[i];

		if ((best < 0 || r->rank < best) &&
		    (r->port == h->dst.port || addr_transports[h->by].stream) &&
		    told_has_address(l->in, l->node, r->name, &h->dst))
			best = r->rank;
	}
	return best;
}

/* Nothing is known that would make R's server be passed over: its addresses
 * are there, the last request to each was answered, or none was sent.  Of a
 * capture that may have been before. */
static bool
is_reachable(struct inspected_message *l, const struct hop *h,
    const struct told_record *r)
{
	struct told *k = find_addresses(l, r->name, &h->dst);

	if (k == NULL)
		return l->in->whole;
	if (k->open || k->came < k->asked)
		return false;
	for (size_t i = 0; i < k->n; i++) {
		struct addr a = k->list[i].addr;
		const struct followed_tx *tx;

		a.port = r->port;
		tx = kept_place(l->in, place_key(l, &a));
		if (tx == NULL ? !l->in->whole : has_failed(tx))
			return false;
	}
	return k->n > 0;
}

/* RFC 2782.  Which of one priority comes first is drawn by chance; that a
 * connection could not be made need not be in the trace. */
enum verdict
check_priority(struct inspected_message *l)
{
	const struct hop *h = l->hop;
	unsigned beside = 0;
	long own;

	if (h->servers == NULL || h->servers->n < 2 ||
	    h->servers->until < l->time)
		return SILENT;
	own = priority_of(l, h);
	for (size_t i = 0; own >= 0 && i < h->servers->n; i++) {
		const struct told_record *r = &h->servers->list[i];

		beside += r->rank == own;
		if (r->rank >= own)
			continue;
		inspected_measured(l,
		    _("it goes to a server of priority %ld, although one of "
		      "priority %u has not failed"),
		    own, (unsigned)r->rank);
		return !addr_transports[h->by].stream && !has_gone_there(l) &&
			       is_reachable(l, h, r)
			   ? BROKEN
			   : SEEN;
	}
	return own < 0 ? SILENT : beside > 1 ? SEEN : KEPT;
}

/* DST has an address that the answers for H's host lead to.  *WHOLE: all that
 * they lead to is known; *PORT: the one that it should have, 0: its own.  By a
 * connection that is there it may have another. */
static bool
locating_is_named(struct inspected_message *l, const struct hop *h, bool *whole,
    unsigned *port)
{
	const struct told *a = find_addresses(l, host_of_hop(h), &h->dst);
	bool found = told_has_address(l->in, l->node, host_of_hop(h), &h->dst);
	bool fits = addr_transports[h->by].stream ||
		    (found && h->dst.port == msg_uri_port(&h->uri));

	*whole = a == NULL || !a->open;
	if (h->servers == NULL || h->servers->n == 0)
		*whole = *whole && a != NULL && a->came != 0;
	for (size_t i = 0; h->servers != NULL && i < h->servers->n; i++) {
		struct str name = h->servers->list[i].name;

		if (told_has_address(l->in, l->node, name, &h->dst)) {
			found = true;
			*port = h->servers->list[i].port;
			fits |= *port == h->dst.port;
		}
		a = find_addresses(l, name, &h->dst);
		*whole = *whole &&
			 (a == NULL ? l->in->whole : a->came != 0 && !a->open);
	}
	if (fits)
		*port = 0;
	return found;
}

/* Of a request that follows an answer for its host at once, and of one that was
 * tried elsewhere before; others may have a way of their own. */
enum verdict
check_place_named(struct inspected_message *l)
{
	const struct hop *h = l->hop;
	const struct told *k = h->servers != NULL
				   ? h->servers
				   : find_addresses(l, host_of_hop(h), &h->dst);
	unsigned port = msg_uri_port(&h->uri);
	bool whole, named;
	uint64_t used;

	if (k == NULL || k->came == 0)
		return SILENT;
	used = inspect_number(l->in, used_key(l, h));
	named = locating_is_named(l, h, &whole, &port);
	if (named && port == 0)
		return KEPT;
	if (named)
		inspected_measured(l,
		    _("it goes to %.*s, and the port there should be %u"),
		    STR_ARG(l->send.dst_addr), port);
	else
		inspected_measured(l,
		    _("it goes to %.*s, which no answer for %.*s contains"),
		    STR_ARG(l->send.dst_addr),
		    STR_ARG(str_slice(h->uri.host, 0, 80)));
	if (!whole ||
	    (!named && told_has_address(l->in, l->node, STR_NULL, &h->dst)) ||
	    has_gone_there(l) || l->tx->twice)
		return SEEN;
	if (!l->in->whole && h->servers == NULL)
		return SEEN;
	return h->before != NULL ||
		       (used < k->came &&
			   l->time - trace_time_of(l->t, k->came) <= AT_ONCE_NS)
		   ? BROKEN
		   : SEEN;
}

/* L's message says what M does, except for what hops change. */
static bool
has_same_fields(const struct inspected_message *l, const struct msg *m)
{
	LOCAL_BUF lost = BUF_INIT;

	if (m == NULL || !str_eq(m->body, l->msg->body))
		return false;
	relate_put_lost(m, l->msg, &lost);
	relate_put_lost(l->msg, m, &lost);
	return lost.n == 0;
}

/* RFC 3263 4.3: not to the place again that has failed, and as it was. */
enum verdict
check_place_again(struct inspected_message *l)
{
	const struct followed_tx *before = l->hop->before;

	if (before == NULL || tx_facts(l, before)->places == NULL ||
	    tx_facts(l, before)->places->n < 2 || !has_failed(before) ||
	    !str_eq(tx_facts(l, before)->route, tx_facts(l, l->tx)->route))
		return SILENT;
	inspected_say(l, _("it goes again to the server that has failed"));
	if (before->stream != l->tx->stream ||
	    !str_eq(before->dst_addr, l->send.dst_addr))
		return verdict_unless(KEPT,
		    !has_same_fields(l, inspected_other(l, before->request)));
	return before->final_came != 0 || l->time - before->t >= SIP_64T1_NS
		   ? BROKEN
		   : SEEN;
}

/* ---- the others ---- */

/* Its client has tried to go on: the request, or a name, was on its way. */
static bool
has_client_moved_on(struct inspected_message *l, const struct followed_tx *tx)
{
	for (size_t i = 0;
	     !tx_facts(l, tx)->moved_on && i < tx_facts(l, tx)->places->n;
	     i++) {
		const struct told *a = told_find_name(l->in, tx->client,
				      DNS_TYPE_A,
				      tx_facts(l, tx)->places->list[i].name),
				  *b = told_find_name(l->in, tx->client,
				      DNS_TYPE_AAAA,
				      tx_facts(l, tx)->places->list[i].name);

		if ((a != NULL && a->asked > tx->request) ||
		    (b != NULL && b->asked > tx->request))
			return true;
	}
	return tx_facts(l, tx)->moved_on;
}

/* A request is no longer wanted: its caller has cancelled it, or another branch
 * has brought an answer. */
static bool
locating_is_idle(const struct followed_tx *tx)
{
	const struct followed_tx *up = tx->up;

	return tx->cancel_sent != 0 || tx->method == MSG_OPTIONS ||
	       (up != NULL && (up->cancel != 0 || up->status / 100 == 2 ||
				  up->status / 100 == 6));
}

/* RFC 3263 4.3 */
enum verdict
check_next_place(struct inspected_message *l)
{
	const struct followed_tx *tx = l->tx;
	bool silent = tx->final_came == 0;

	if (tx_facts(l, tx)->places == NULL ||
	    tx_facts(l, tx)->attempt + 1 >= tx_facts(l, tx)->places->n ||
	    !has_failed(tx) || locating_is_idle(tx) ||
	    (silent && tx->relayed && tx->method != MSG_INVITE))
		return SILENT;
	if (has_client_moved_on(l, tx))
		return SEEN;
	inspected_say(
	    l, _("its server has failed, and the next one is not tried"));
	return silent ? judge_missing(l, l->in->whole, tx->client, tx->t,
			    SIP_64T1_NS + NEXT_NS, tx->request)
		      : judge_missing(l, l->in->whole, tx->client,
			    tx->t_final_came, NEXT_NS, tx->final_came);
}

/* ---- the state of requests ---- */

static void
locating_note_request(struct inspected_message *l, const struct hop *h)
{
	struct inspect *in = l->in;

	tx_facts(l, l->tx)->places = h->places;
	tx_facts(l, l->tx)->attempt =
	    h->before != NULL ? tx_facts(l, h->before)->attempt + 1 : 0;
	if (h->before != NULL)
		tx_facts(l, h->before)->moved_on = true;
	keep_attempt(in, attempt_key(l), l->tx);
	keep_place(in, place_key(l, &h->dst), l->tx);
	inspect_put_number(in, went_key(l, l->send.call_id), l->seq);
	if (l->msg->method == MSG_REGISTER)
		inspect_put_number(in, went_key(l, STR("REGISTER")), l->seq);
	inspect_put_number(in, used_key(l, h), l->seq);
	inspect_put_number(in, speaks_key(l, h->by), l->seq);
}

void
locate_sent(struct inspected_message *l)
{
	const struct addr_transport_row *by =
	    addr_transport_known(l->send.transport);
	struct hop h = { 0 };

	if (!l->in->named || !l->read || l->fault != MSG_FAULT_NONE ||
	    l->tx == NULL || l->tx->request != l->seq ||
	    l->msg->method == MSG_ACK || l->msg->method == MSG_CANCEL ||
	    by == NULL || addr_parse(l->send.dst_addr, &h.dst) != 0)
		return;
	h.by = (uint8_t)(by - addr_transports);
	h.before = kept_attempt(l->in, attempt_key(l));
	if (find_hop(l, &h)) {
		l->hop = &h;
		inspect_look(l, AT_LOCATED);
		l->hop = NULL;
	}
	locating_note_request(l, &h);
}

/* What serves calls: names, addresses, connections
 * (inspect/dns_stun_queries.h). */

/* After that no client waits for an answer: questions by UDP are asked again
 * until then. */
#define PATIENCE_NS INT64_C(10000000000)
#define SLOW_NS     INT64_C(1000000000)

/* ---- questions ---- */

/* RFC 1035 7.2, RFC 8489 6.2.1 */
enum verdict
check_answered(struct inspected_message *l)
{
	const struct question *q = l->question;
	bool dns = l->check->clause.rule == RULE_DNS_GIVE_UP;

	if ((q->proto == TRACE_PROTO_DNS) != dns)
		return SILENT;
	if (dns && !dns_stun_is_of_sip(l, q->seq, q->name))
		return SILENT;
	if (q->came != 0)
		return KEPT;
	inspected_measured(
	    l, _("no answer to its query for %.*s"), STR_ARG(q->name));
	if (q->may_fail || (!dns && dns_stun_is_named(l, q->name)))
		return SEEN;
	/* The question itself may have been lost. */
	return judge_missing(l, true, q->server, q->t, PATIENCE_NS, q->seq);
}

/* RFC 6076 4.3: what a caller waits for. */
enum verdict
check_lookup_time(struct inspected_message *l)
{
	const struct question *q = l->question;

	if (q->proto != TRACE_PROTO_DNS || q->came == 0 ||
	    !dns_stun_is_of_sip(l, q->seq, q->name))
		return SILENT;
	l->at = q->came;
	inspected_measured(l,
	    _("its query for %.*s was answered after %lld ms"),
	    STR_ARG(q->name), (long long)((q->t_came - q->t) / 1000000));
	return verdict_of(q->t_came - q->t <= SLOW_NS);
}

/* RFC 5452 9.1.  A capture may have begun behind the question. */
enum verdict
check_asked(struct inspected_message *l)
{
	const struct question *q = l->question;

	if (!l->answers)
		return SILENT;
	if (!dns_stun_is_of_sip(l, l->seq, l->name) &&
	    (q == NULL || !dns_stun_is_of_sip(l, q->seq, q->name)))
		return SILENT;
	inspected_say(l, _("an answer to a query that was not sent"));
	if (q == NULL)
		return l->in->whole ? BROKEN : SEEN;
	return verdict_of(q->asked == l->asked);
}

/* RFC 3263 4.3: the answer to a request that could not go on. */
enum verdict
check_named(struct inspected_message *l)
{
	struct inspect *in = l->in;
	uint64_t at;

	if (l->msg->request || l->msg->status < 400 || l->forwarded ||
	    l->send.call_id.n == 0)
		return SILENT;
	at =
	    inspect_number(in, inspect_mark(in, MARK_UNNAMED,
				   trace_name(l->t, l->node), l->send.call_id));
	if (at == 0)
		return SILENT;
	l->at = at;
	inspected_measured(l,
	    _("a name server's rejection ends the request with %u"),
	    l->msg->status);
	return BROKEN;
}

/* RFC 8489 1.  By RFC 5626 its flow leads to a phone, not its Contact. */
enum verdict
check_mapped(struct inspected_message *l)
{
	const struct addr *mapped;
	struct buf text = BUF_INIT;
	struct msg_uri uri;
	struct addr a;

	if (!l->msg->request || l->msg->method != MSG_REGISTER || l->nvias > 1)
		return SILENT;
	mapped =
	    kept_mapped(l->in, inspect_key(l->in, trace_name(l->t, l->node)));
	if (mapped == NULL || msg_uri_read(inspected_contact(l), &uri) != 0 ||
	    str_ifind(msg_value(l->msg, MSG_H_CONTACT), STR("reg-id")) >= 0 ||
	    addr_parse(uri.host, &a) != 0)
		return SILENT;
	addr_write(mapped, &text);
	inspected_measured(l, _("Contact has %.*s, but STUN had returned %s"),
	    STR_ARG(uri.host), buf_cstr(&text));
	buf_end(&text, &l->why->err);
	return verdict_of(addr_same_ip(&a, mapped));
}
