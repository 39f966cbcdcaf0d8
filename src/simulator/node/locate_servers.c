/*
 * Which servers a URI has, and in which order (RFC 3263 4.1, 4.2): first the
 * transport, by NAPTR records or by SRV records of each that is spoken here,
 * then the servers, by SRV records or the host itself.
 */
#include "node/locate_dns_in.h"

#include "base/err.h"
#include "dns/order.h"
#include "msg/parts.h"
#include "node/uri.h"
#include "node/world.h"
#include "rules/rule_names.h"
#include "sim/rng.h"
#include "sip/dialog.h"
#include "text/json.h"

/* Of one answer, at most: servers, ways to them. */
#define SERVERS 32
#define NAPTRS  16

/* One that a NAPTR record offers: where its SRV records are. */
struct service {
	struct dns_name name;
	uint8_t by;
};

/* A walk through the places of a lookup. */
struct search {
	struct looking *k;
	struct node *node;
	struct str asked; /* the URI, or the service */
	struct msg_uri uri;
	struct dns_name host;
	uint8_t liked;
	bool secure; /* a sips URI: by TLS alone (4.1) */
	enum rule_id why;
	enum rule_id by_why; /* of the transport; RULE_NONE: nothing chose it */
	uint8_t transport;
	struct dns_srv servers[SERVERS];
	size_t nservers;
	struct service services[NAPTRS];
	size_t nservices, next; /* those from `next` on are in reserve */
	struct buf passed;      /* services that were not chosen */
	struct buf draws;       /* the numbers that were drawn */
};

/* ---- draws ---- */

struct drawing {
	struct rng rng;
	struct search *s;
};

/* Chosen by chance, and shown: "37/80". */
static uint64_t
draw_server(uint64_t most, void *arg)
{
	struct drawing *d = arg;
	uint64_t drawn = rng_below(&d->rng, most + 1);

	json_add_item(&d->s->draws, "%llu/%llu", (unsigned long long)drawn,
	    (unsigned long long)most);
	return drawn;
}

/* RFC 2782; 4.4: by a hash of what stays the same where a repetition must come
 * out alike. */
static void
order_servers(struct search *s)
{
	struct node_question *q = s->k->q;
	struct drawing d = { .s = s };
	struct rng *own = resolver_draws(s->node);

	if (q->same != 0)
		rng_init(&d.rng, q->same, s->node->name, "srv");
	else
		d.rng = *own;
	dns_order_srv(s->servers, s->nservers, draw_server, &d);
	if (q->same == 0)
		*own = d.rng;
}

/* ---- transports spoken ---- */

/* The node speaks BY: one of its faces listens by it. */
static bool
speaks(const struct search *s, uint8_t by)
{
	for (size_t i = 0; by < ADDR_TRANSPORTS && i < s->node->nfaces; i++)
		if ((s->node->faces[i].listens & 1U << by) != 0)
			return !s->secure || addr_transports[by].secure;
	return false;
}

/* SERVICE stands among what was not chosen. */
static void
locate_server_pass_over(struct search *s, struct str service, const char *why)
{
	json_add_item(&s->passed, "%.*s %s", (int)service.n, service.p, why);
}

/* ---- SRV ---- */

/* After one query without an answer no other is sent. */
static int
locate_server_get(struct search *s, const struct dns_name *name, unsigned type,
    struct resolver_answer *a)
{
	int err = resolver_get(s->node, name, type, &s->k->wait, a);

	return err == 0 && a->silent ? ERR_NOTFOUND : err;
}

/* The servers that NAME's SRV records have: 0 (S->nservers, maybe none),
 * ERR_STOPPED, ERR_NOMEM; ERR_RANGE: the service is not there (RFC 2782). */
static int
find_srv(struct search *s, const struct dns_name *name, uint8_t by)
{
	struct resolver_answer a;
	int err = locate_server_get(s, name, DNS_TYPE_SRV, &a);

	for (size_t i = 0; err == 0 && i < a.n && s->nservers < SERVERS; i++) {
		struct dns_srv *srv = &s->servers[s->nservers];

		if (dns_record_srv(&a.records[i], srv) != 0)
			continue;
		if (a.n == 1 && srv->target.n == 1)
			return ERR_RANGE;
		/* No server can be reached at port 0. */
		s->nservers += srv->port != 0;
	}
	if (err != 0 || s->nservers == 0)
		return err;
	s->transport = by;
	s->why = RULE_DNS_SRV;
	return 0;
}

/* "_sip._udp" before the host. */
static int
find_srv_by(struct search *s, uint8_t by)
{
	struct dns_name name;

	if (dns_name_join(addr_transports[by].srv, &s->host, &name) != 0)
		return 0;
	return find_srv(s, &name, by);
}

/* 4.1, last: SRV of each transport that is spoken here, the liked one first,
 * until there are some. */
static int
find_srv_each(struct search *s)
{
	int err = speaks(s, s->liked) ? find_srv_by(s, s->liked) : 0;
	int absent = err == ERR_RANGE ? err : 0;

	for (unsigned by = 0; (err == 0 || err == ERR_RANGE) &&
			      s->nservers == 0 && by < ADDR_TRANSPORTS;
	     by++) {
		if (by == s->liked || !speaks(s, (uint8_t)by))
			continue;
		err = find_srv_by(s, (uint8_t)by);
		if (err == ERR_RANGE)
			absent = err;
	}
	if (s->nservers > 0)
		s->by_why = RULE_DNS_SRV_EACH;
	return err == 0 && s->nservers == 0 ? absent : err;
}

/* ---- NAPTR ---- */

/* The transport that R's service means, which is spoken here; false: none. */
static bool
reads_service(const struct search *s, const struct dns_naptr *r, uint8_t *by)
{
	for (unsigned i = 0; i < ADDR_TRANSPORTS; i++)
		if (str_ieq(r->service, str_of(addr_transports[i].naptr))) {
			*by = (uint8_t)i;
			return speaks(s, (uint8_t)i);
		}
	return false;
}

/* Of several services the one that the asker likes comes first (RFC 3403 4.1:
 * a client may, among those of one order); who likes none takes them as the
 * domain prefers them. */
static void
prefer_liked(struct search *s)
{
	size_t at = 0;

	while (at < s->nservices && s->services[at].by != s->liked)
		at++;
	if (at == s->nservices || s->liked == ADDR_DEFAULT)
		return;
	for (; at > 0; at--) {
		struct service other = s->services[at - 1];

		s->services[at - 1] = s->services[at];
		s->services[at] = other;
	}
}

/* Of N records the services that may be used: those of the least order of
 * which some are spoken here.  Once there is a match no other order counts (RFC
 * 3403 4.1). */
static void
choose_services(struct search *s, const struct dns_naptr *r, size_t n)
{
	unsigned order = 0;

	for (size_t i = 0; i < n; i++) {
		struct service *one = &s->services[s->nservices];

		if (!reads_service(s, &r[i], &one->by)) {
			locate_server_pass_over(s, r[i].service, "not-spoken");
		} else if (s->nservices > 0 && r[i].order != order) {
			locate_server_pass_over(s, r[i].service, "later");
		} else {
			order = r[i].order;
			one->name = r[i].replacement;
			s->nservices++;
		}
	}
	prefer_liked(s);
}

/* The servers of the first service that has not said that it is not there. */
static int
locate_server_find_service(struct search *s)
{
	int err = ERR_RANGE;

	while (err == ERR_RANGE && s->next < s->nservices) {
		struct service *one = &s->services[s->next++];

		err = find_srv(s, &one->name, one->by);
		if (err == 0)
			s->transport = one->by;
		if (err == ERR_RANGE)
			locate_server_pass_over(s,
			    str_of(addr_transports[one->by].naptr),
			    "not-there");
	}
	for (size_t i = s->next; err == 0 && i < s->nservices; i++)
		locate_server_pass_over(s,
		    str_of(addr_transports[s->services[i].by].naptr), "next");
	return err;
}

/* 4.1: NAPTR, then the SRV records that it leads to; without services that may
 * be used S->nservices is 0. */
static int
find_naptr(struct search *s)
{
	struct dns_naptr r[NAPTRS];
	struct resolver_answer a;
	size_t n = 0;
	int err = locate_server_get(s, &s->host, DNS_TYPE_NAPTR, &a);

	for (size_t i = 0; err == 0 && i < a.n && n < NAPTRS; i++)
		if (dns_record_naptr(&a.records[i], &r[n]) == 0 &&
		    str_iis(r[n].flags, "s") && r[n].regexp.n == 0)
			n++;
	if (err != 0)
		return err;
	dns_order_naptr(r, n);
	choose_services(s, r, n);
	if (s->nservices == 0)
		return 0;
	s->by_why = RULE_DNS_NAPTR;
	return locate_server_find_service(s);
}

/* ---- all of a URI ---- */

/* The host of the URI itself, by its addresses. */
static void
take_host(struct search *s, enum rule_id why)
{
	s->servers[0] = (struct dns_srv){ .target = s->host };
	s->servers[0].port =
	    s->uri.port != 0 ? s->uri.port : addr_transports[s->transport].port;
	s->nservers = 1;
	s->why = why;
}

/* The transport where neither URI nor domain says one. */
static uint8_t
usual_transport(const struct search *s)
{
	if (s->liked != ADDR_DEFAULT && speaks(s, s->liked))
		return s->liked;
	return s->secure ? addr_transports[ADDR_DEFAULT].sips : ADDR_DEFAULT;
}

/* 0 with S->servers in no order yet; ERR_NOTFOUND, ERR_RANGE: there are none;
 * ERR_STOPPED, ERR_NOMEM. */
static int
locate_server_find(struct search *s)
{
	struct addr asked = { .transport = usual_transport(s) };
	struct str named;
	bool says = msg_param(s->uri.params, "transport", &named);
	int err = sip_uri_transport(&s->uri, &asked);

	if (err != 0)
		return err;
	s->transport = asked.transport;
	if (s->uri.port != 0) {
		take_host(s, RULE_DNS_PORT_GIVEN);
		return 0;
	}
	if (says) {
		err = find_srv_by(s, s->transport);
	} else {
		err = find_naptr(s);
		if (err == 0 && s->nservices == 0)
			err = find_srv_each(s);
	}
	if (err == 0 && s->nservers == 0)
		take_host(s, RULE_DNS_ADDRESSES);
	return err;
}

/* As locate_server_find, of the URI that K has. */
static int
search_uri(struct search *s)
{
	int err = msg_uri_read(s->asked, &s->uri);

	s->secure = err == 0 && node_uri_is_sips(&s->uri);
	if (err == 0)
		err = dns_name_read(sip_uri_host(&s->uri), NULL, &s->host);
	return err == 0 ? locate_server_find(s) : err;
}

/* The same of a service whose turn it is. */
static int
search_service(struct search *s)
{
	struct dns_name name;
	int err = dns_name_read(s->asked, NULL, &name);

	s->by_why = RULE_DNS_NEXT_SERVICE;
	s->transport = s->k->by.transport;
	if (err == 0)
		err = find_srv(s, &name, s->transport);
	return err == 0 && s->nservers == 0 ? ERR_NOTFOUND : err;
}

/* ---- records ---- */

/* The record of the transport, and of which were passed over. */
static void
record_transport(const struct search *s, bool found)
{
	struct trace_writer *w;

	if (s->by_why == RULE_NONE)
		return;
	w = node_record(s->node, TRACE_LOOKUP, s->by_why);
	trace_put_cstr(w, "op", "transport");
	trace_put_str(w, "aor", s->asked);
	trace_put_cstr(w, "status", found ? "ok" : "none");
	if (found)
		trace_put_cstr(
		    w, "transport", addr_transports[s->transport].word);
	trace_put_list(w, "passed", &s->passed);
	node_record_cause(s->node);
}

/* "sip1.example.com:5060 (10 60)". */
static void
locate_server_put(
    const struct search *s, const struct dns_srv *srv, struct buf *list)
{
	LOCAL_BUF name = BUF_INIT;

	dns_name_write(&srv->target, &name);
	if (s->why == RULE_DNS_SRV)
		json_add_item(list, "%s:%u (%u %u)", buf_cstr(&name), srv->port,
		    srv->priority, srv->weight);
	else
		json_add_item(list, "%s:%u", buf_cstr(&name), srv->port);
}

/* The record of which servers there are, in order. */
static void
record_servers(const struct search *s, int err)
{
	struct trace_writer *w = node_record(s->node, TRACE_LOOKUP,
	    err == ERR_RANGE                       ? RULE_DNS_SRV_NONE
	    : err != 0                             ? RULE_DNS_NOTHING
	    : s->k->q->same != 0 && s->draws.n > 0 ? RULE_DNS_HASH
						   : s->why);
	LOCAL_BUF list = BUF_INIT;

	trace_put_cstr(w, "op", "servers");
	trace_put_str(w, "aor", s->asked);
	trace_put_cstr(w, "status", err == 0 ? "ok" : "none");
	for (size_t i = 0; err == 0 && i < s->nservers; i++)
		locate_server_put(s, &s->servers[i], &list);
	trace_put_list(w, "targets", &list);
	if (err == 0)
		trace_put_cstr(
		    w, "transport", addr_transports[s->transport].word);
	trace_put_list(w, "drawn", &s->draws);
	node_record_cause(s->node);
}

/* NAME is appended to the places of Q, by PORT (0: it is a service) and BY. */
static int
locate_server_add_place(struct node_question *q, const struct dns_name *name,
    uint16_t port, uint8_t by)
{
	struct addr at = { .port = port, .transport = by };
	LOCAL_BUF text = BUF_INIT;

	dns_name_write(name, &text);
	return text.err != 0 ? text.err
			     : node_locate_add_host(q, buf_view(&text), &at);
}

int
locate_servers(struct looking *k)
{
	struct search s = { .k = k,
		.node = k->q->node,
		.liked = k->q->liked,
		.asked = str_of(k->uri != NULL ? k->uri : k->host) };
	int err = k->uri != NULL ? search_uri(&s) : search_service(&s);

	if (err == 0)
		order_servers(&s);
	if (err != ERR_STOPPED) {
		record_transport(&s, err == 0);
		record_servers(&s, err);
	}
	for (size_t i = 0; err == 0 && i < s.nservers; i++)
		err = locate_server_add_place(
		    k->q, &s.servers[i].target, s.servers[i].port, s.transport);
	for (size_t i = s.next; err == 0 && i < s.nservices; i++)
		err = locate_server_add_place(
		    k->q, &s.services[i].name, 0, s.services[i].by);
	buf_free(&s.passed);
	buf_free(&s.draws);
	return err == 0 ? ERR_NOTFOUND : err;
}
