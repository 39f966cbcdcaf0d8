/*
 * Where a request goes, by the DNS (RFC 3263): which transport (4.1), which
 * servers in which order (4.2), which addresses these have, asked for when
 * their turn comes (4.3).
 *
 * Each step asks the resolver; where that does not know yet, the question
 * waits, and is gone through again from its beginning when there is an answer:
 * what was known then is known still.  Nothing is drawn before all is known.
 */
#include "node/locate.h"

#include "base/err.h"
#include "base/mem.h"
#include "dns/order.h"
#include "msg/parts.h"
#include "node/resolver.h"
#include "node/uri.h"
#include "node/world.h"
#include "rules/rule_names.h"
#include "sim/rng.h"
#include "sip/dialog.h"
#include "trace/json.h"

#include <stdarg.h>

/* Of one answer, at most: servers, ways to them. */
#define SERVERS 32
#define NAPTRS  16

/* What the locator knows of a question that waits. */
struct waiting {
	struct resolver_wait wait;
	struct node_question *q;
	char *uri;  /* that is looked up; of a host that has its turn NULL */
	char *host; /* that host … */
	struct addr by; /* … with its port and transport */
};

/* One that is being gone through. */
struct search {
	struct waiting *w;
	struct node *node;
	struct msg_uri uri;
	struct dns_name host;
	uint8_t liked;
	bool secure; /* a sips URI: by TLS alone (4.1) */
	enum rule_id why;
	uint8_t transport;
	struct dns_srv servers[SERVERS];
	size_t nservers;
	struct buf passed; /* what was not chosen, a JSON array of strings */
	struct buf draws;  /* the numbers that were drawn, likewise */
};

/* One more string of an array in JSON. */
static void
add_item(struct buf *items, const char *fmt, ...)
{
	struct buf text = BUF_INIT;
	va_list ap;

	va_start(ap, fmt);
	buf_vprintf(&text, fmt, ap);
	va_end(ap);
	if (items->n > 0)
		buf_putc(items, ',');
	json_put_str(items, buf_view(&text));
	buf_free(&text);
}

/* ---- draws ---- */

struct drawing {
	struct rng rng;
	struct search *s;
};

/* Chosen by chance, and shown: "37 of 80". */
static uint64_t
draw_server(uint64_t most, void *arg)
{
	struct drawing *d = arg;
	uint64_t drawn = rng_below(&d->rng, most + 1);

	add_item(&d->s->draws, "%llu/%llu", (unsigned long long)drawn,
	    (unsigned long long)most);
	return drawn;
}

/* RFC 2782; 4.4: by a hash of what stays the same where a repetition must come
 * out alike. */
static void
order_servers(struct search *s)
{
	struct node_question *q = s->w->q;
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

/* ---- what is spoken ---- */

/* The node speaks BY: one of its faces listens by it. */
static bool
speaks(const struct search *s, uint8_t by)
{
	for (size_t i = 0; by < ADDR_TRANSPORTS && i < s->node->nfaces; i++)
		if ((s->node->faces[i].listens & 1U << by) != 0)
			return !s->secure || addr_transports[by].secure;
	return false;
}

/* WHAT stands among what was not chosen. */
static void
pass_over(struct search *s, struct str what, const char *why)
{
	add_item(&s->passed, "%.*s %s", (int)what.n, what.p, why);
}

/* ---- SRV ---- */

/* Where nobody answers one question no other is asked. */
static int
get(struct search *s, const struct dns_name *name, unsigned type,
    struct resolver_answer *a)
{
	int err = resolver_get(s->node, name, type, &s->w->wait, a);

	return err == 0 && a->silent ? ERR_NOTFOUND : err;
}

/* The servers that NAME's SRV records have: 0 (S->nservers, maybe none),
 * ERR_STOPPED, ERR_NOMEM; ERR_RANGE: the service is not there (RFC 2782). */
static int
find_srv(struct search *s, const struct dns_name *name, uint8_t by)
{
	struct resolver_answer a;
	int err = get(s, name, DNS_TYPE_SRV, &a);

	for (size_t i = 0; err == 0 && i < a.n && s->nservers < SERVERS; i++)
		if (dns_record_srv(&a.records[i], &s->servers[s->nservers]) ==
		    0)
			s->nservers++;
	if (err != 0 || s->nservers == 0)
		return err;
	s->transport = by;
	s->why = RULE_DNS_SRV;
	return s->nservers == 1 && s->servers[0].target.n == 1 ? ERR_RANGE : 0;
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

/* 4.1, last: SRV of each transport that is spoken here, the liked one first. */
static int
find_srv_each(struct search *s)
{
	int err = speaks(s, s->liked) ? find_srv_by(s, s->liked) : 0;

	for (unsigned by = 0;
	     err == 0 && s->nservers == 0 && by < ADDR_TRANSPORTS; by++)
		if (by != s->liked && speaks(s, (uint8_t)by))
			err = find_srv_by(s, (uint8_t)by);
	return err;
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

/* The best of N records: those with the least order that are spoken here, and
 * of these the one that the asker likes, else the domain's first (RFC 3403 4.1:
 * only among those of one order may a client have likings); N: none. */
static size_t
choose_naptr(struct search *s, const struct dns_naptr *r, size_t n, uint8_t *by)
{
	size_t best = n;

	for (size_t i = 0; i < n; i++) {
		uint8_t other;

		if (!reads_service(s, &r[i], &other)) {
			pass_over(s, r[i].service, "not-spoken");
		} else if (best == n) {
			best = i;
			*by = other;
		} else if (r[i].order == r[best].order && other == s->liked &&
			   *by != s->liked) {
			pass_over(s, r[best].service, "less-liked");
			best = i;
			*by = other;
		} else {
			pass_over(s, r[i].service, "later");
		}
	}
	return best;
}

/* 4.1: NAPTR, then the SRV records that it leads to. */
static int
find_naptr(struct search *s, bool *found)
{
	struct dns_naptr r[NAPTRS];
	struct resolver_answer a;
	size_t n = 0, best;
	uint8_t by = 0;
	int err = get(s, &s->host, DNS_TYPE_NAPTR, &a);

	*found = false;
	for (size_t i = 0; err == 0 && i < a.n && n < NAPTRS; i++)
		if (dns_record_naptr(&a.records[i], &r[n]) == 0 &&
		    str_iis(r[n].flags, "s") && r[n].regexp.n == 0)
			n++;
	if (err != 0 || n == 0)
		return err;
	dns_order_naptr(r, n);
	best = choose_naptr(s, r, n, &by);
	*found = best < n;
	if (best == n)
		return 0;
	err = find_srv(s, &r[best].replacement, by);
	if (err == 0)
		s->transport = by;
	return err;
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
find_servers(struct search *s)
{
	struct addr asked = { .transport = usual_transport(s) };
	struct str named;
	bool says = msg_param(s->uri.params, "transport", &named), found;
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
		err = find_naptr(s, &found);
		if (err == 0 && !found)
			err = find_srv_each(s);
	}
	if (err == 0 && s->nservers == 0)
		take_host(s, RULE_DNS_ADDRESSES);
	return err;
}

/* ---- what is told ---- */

static void
put_list(struct trace_writer *w, const char *key, const struct buf *items)
{
	struct buf list = BUF_INIT;

	if (items->n == 0)
		return;
	buf_putc(&list, '[');
	buf_str(&list, buf_view(items));
	buf_putc(&list, ']');
	trace_put_json(w, key, buf_view(&list));
	buf_free(&list);
}

/* "sip1.example.com:5060 (10 60)". */
static void
put_server(const struct search *s, const struct dns_srv *srv, struct buf *list)
{
	struct buf name = BUF_INIT;

	dns_name_write(&srv->target, &name);
	if (s->why == RULE_DNS_SRV)
		add_item(list, "%s:%u (%u %u)", buf_cstr(&name), srv->port,
		    srv->priority, srv->weight);
	else
		add_item(list, "%s:%u", buf_cstr(&name), srv->port);
	buf_free(&name);
}

/* The record of which servers there are, in order, and what was passed over. */
static void
record_servers(const struct search *s, struct str uri, int err)
{
	struct trace_writer *w = node_record(s->node, TRACE_LOOKUP,
	    err == ERR_RANGE                       ? RULE_DNS_SRV_NONE
	    : err != 0                             ? RULE_DNS_NOTHING
	    : s->w->q->same != 0 && s->draws.n > 0 ? RULE_DNS_HASH
						   : s->why);
	struct buf list = BUF_INIT;

	trace_put_cstr(w, "op", "servers");
	trace_put_str(w, "aor", uri);
	trace_put_cstr(w, "status", err == 0 ? "ok" : "none");
	for (size_t i = 0; err == 0 && i < s->nservers; i++)
		put_server(s, &s->servers[i], &list);
	put_list(w, "targets", &list);
	if (err == 0)
		trace_put_cstr(
		    w, "transport", addr_transports[s->transport].word);
	put_list(w, "drawn", &s->draws);
	put_list(w, "passed", &s->passed);
	buf_free(&list);
	node_record_cause(s->node);
}

/* What addresses HOST has. */
static void
record_addresses(
    struct node *n, const char *host, const struct addr *list, size_t count)
{
	struct trace_writer *w = node_record(n, TRACE_LOOKUP, RULE_DNS_HOST);
	struct buf all = BUF_INIT, one = BUF_INIT;

	trace_put_cstr(w, "op", "addresses");
	trace_put_cstr(w, "aor", host);
	trace_put_cstr(w, "status", count > 0 ? "ok" : "none");
	for (size_t i = 0; i < count; i++) {
		buf_clear(&one);
		addr_write_host(&list[i], &one);
		add_item(&all, "%s", buf_cstr(&one));
	}
	put_list(w, "targets", &all);
	buf_free(&all);
	buf_free(&one);
	node_record_cause(n);
}

/* ---- addresses of a host ---- */

/* RFC 6157 5.1: IPv6 first, for who has it. */
static bool
has_family(const struct node *n, uint8_t len)
{
	for (size_t i = 0; i < n->nfaces; i++)
		if (n->faces[i].addr.len == len)
			return true;
	return false;
}

#define ADDRESSES 16

/* HOST's addresses: 0 (*COUNT, maybe none), ERR_STOPPED, ERR_NOMEM. */
static int
find_addresses(struct waiting *w, const struct dns_name *host,
    struct addr list[ADDRESSES], size_t *count)
{
	static const struct {
		uint8_t len;
		unsigned type;
	} families[] = { { 16, DNS_TYPE_AAAA }, { 4, DNS_TYPE_A } };
	struct node *n = w->q->node;
	int err = 0;

	*count = 0;
	for (size_t f = 0; err == 0 && f < 2; f++) {
		struct resolver_answer a = { 0 };

		if (has_family(n, families[f].len))
			err = resolver_get(
			    n, host, families[f].type, &w->wait, &a);
		for (size_t i = 0; i < a.n && *count < ADDRESSES; i++)
			*count +=
			    dns_record_addr(&a.records[i], &list[*count]) == 0;
	}
	return err;
}

/* As find_host of the locator. */
static int
find_host_addresses(struct waiting *w, struct addr *dst)
{
	struct addr list[ADDRESSES];
	struct dns_name host;
	size_t count = 0;
	int err = dns_name_read(str_of(w->host), NULL, &host);

	if (err == 0)
		err = find_addresses(w, &host, list, &count);
	if (err != 0)
		return err == ERR_SYNTAX ? ERR_NOTFOUND : err;
	record_addresses(w->q->node, w->host, list, count);
	for (size_t i = 0; i < count; i++) {
		list[i].port = dst->port;
		list[i].transport = dst->transport;
		if (i > 0 && node_locate_add(w->q, &list[i]) != 0)
			return ERR_NOMEM;
	}
	if (count == 0)
		return ERR_NOTFOUND;
	*dst = list[0];
	return 0;
}

/* ---- questions that wait ---- */

static void
forget_waiting(struct waiting *w)
{
	resolver_forget(&w->wait);
	mem_free(w->uri);
	mem_free(w->host);
	w->q->locator = NULL;
	mem_free(w);
}

static int look_up(struct waiting *w, struct addr *dst);

/* There is an answer: all is gone through again. */
static void
on_name(void *arg)
{
	struct waiting *w = arg;
	struct node_question *q = w->q;
	struct addr dst = w->by;
	int err = look_up(w, &dst);

	if (err == ERR_STOPPED)
		return;
	forget_waiting(w);
	if (err == ERR_NOMEM)
		node_fail_memory(q->node);
	node_locate_answer(q, err == 0 ? 0 : ERR_NOTFOUND, &dst);
}

/* Q's servers, each as a host whose turn comes; the answer is that they are
 * asked for their addresses (node/locate.c). */
static int
look_up_servers(struct waiting *w)
{
	struct search s = { .w = w, .node = w->q->node, .liked = w->q->liked };
	struct buf name = BUF_INIT;
	int err = msg_uri_read(str_of(w->uri), &s.uri);

	s.secure = err == 0 && node_uri_is_sips(&s.uri);
	if (err == 0)
		err = dns_name_read(sip_uri_host(&s.uri), NULL, &s.host);
	if (err == 0)
		err = find_servers(&s);
	if (err == 0)
		order_servers(&s);
	if (err != ERR_STOPPED)
		record_servers(&s, str_of(w->uri), err);
	for (size_t i = 0; err == 0 && i < s.nservers; i++) {
		struct addr by = { .port = s.servers[i].port,
			.transport = s.transport };

		buf_clear(&name);
		dns_name_write(&s.servers[i].target, &name);
		err = node_locate_add_host(w->q, buf_view(&name), &by);
	}
	buf_free(&name);
	buf_free(&s.passed);
	buf_free(&s.draws);
	return err == 0 ? ERR_NOTFOUND : err;
}

static int
look_up(struct waiting *w, struct addr *dst)
{
	return w->host != NULL ? find_host_addresses(w, dst)
			       : look_up_servers(w);
}

/* Looks up URI or HOST, of which one is empty, now or, with ERR_STOPPED, later.
 */
static int
begin_look_up(
    struct node_question *q, struct str uri, struct str host, struct addr *dst)
{
	struct waiting *w = mem_zalloc(1, sizeof(*w));
	int err = w != NULL ? 0 : ERR_NOMEM;

	if (w != NULL) {
		resolver_begin(q->node, &w->wait, on_name, w);
		w->q = q;
		w->by = *dst;
		w->uri = uri.n > 0 ? mem_dup(uri.p, uri.n) : NULL;
		w->host = host.n > 0 ? mem_dup(host.p, host.n) : NULL;
		q->locator = w;
		err = w->uri != NULL || w->host != NULL ? look_up(w, dst)
							: ERR_NOMEM;
		if (err != ERR_STOPPED)
			forget_waiting(w);
	}
	if (err == ERR_NOMEM)
		node_fail_memory(q->node);
	return err == 0 || err == ERR_STOPPED ? err : ERR_NOTFOUND;
}

/* ---- the locator ---- */

static int
ask_dns(struct node_question *q, struct str uri, struct addr *dst)
{
	struct msg_uri u;

	if (sip_next_hop(uri, dst) == 0)
		return 0;
	if (msg_uri_read(uri, &u) != 0 || !node_speaks(q->node, &u))
		return ERR_NOTFOUND;
	if (!resolver_has_servers(q->node))
		return node_directory.ask(q, uri, dst);
	q->chosen = true;
	return begin_look_up(q, uri, STR_NULL, dst);
}

static int
find_host(struct node_question *q, const char *host, struct addr *dst)
{
	return begin_look_up(q, STR_NULL, str_of(host), dst);
}

static void
forget_dns(struct node_question *q)
{
	if (q->locator != NULL)
		forget_waiting(q->locator);
}

const struct node_locator node_dns = {
	.ask = ask_dns, .forget = forget_dns, .find_host = find_host
};
