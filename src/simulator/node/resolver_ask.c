/*
 * Asking name servers (RFC 1035 4.2): one after the other by UDP, each several
 * times, and one that has cut its answer off by TCP (RFC 7766 5).
 */
#include "node/resolver_in.h"

#include "base/map.h"
#include "base/mem.h"
#include "msg/constants.h"
#include "node/timer.h"
#include "node/world.h"
#include "rules/rule_names.h"

#include <string.h>

/* ---- servers ---- */

/* Its question goes to servers that find out for it. */
static bool
resolver_wants_recursion(const struct resolver *r)
{
	return !node_plays(r->node, "dns");
}

/* SERVER is asked as well, at the address that R's node sees. */
static void
resolver_ask_add_server(const struct resolver *r, const struct node *server,
    struct resolver_zone *zone)
{
	struct addr a;

	if (server == NULL || server == r->node || !node_plays(server, "dns") ||
	    zone->n == RESOLVER_SERVERS)
		return;
	a = node_face_for(server, r->node)->addr;
	a.port = DNS_PORT;
	zone->servers[zone->n++] = a;
}

static void
resolver_ask_add_named(
    const struct resolver *r, struct str words, struct resolver_zone *zone)
{
	while (words.n > 0) {
		struct str word = str_cut(words, ' ', &words);

		resolver_ask_add_server(
		    r, map_get(r->node->world->nodes, word), zone);
	}
}

unsigned
resolver_nearness(const struct node *n, const struct dns_name *name)
{
	struct dns_name own = dns_root;

	if (n->domain[0] != '\0' &&
	    dns_name_read(str_of(n->domain), NULL, &own) != 0)
		return 0;
	return dns_name_is_below(name, &own) ? dns_name_labels(&own) + 1 : 0;
}

/* The name servers whose domain is nearest to NAME, else all. */
static void
add_nearest(const struct resolver *r, const struct dns_name *name,
    struct resolver_zone *zone)
{
	unsigned best = 1, near;
	const struct node *server = r->node->world->name_servers;

	for (; server != NULL; server = server->next_server) {
		if (server == r->node)
			continue;
		near = resolver_nearness(server, name);
		if (near > best)
			zone->n = 0;
		if (near < best && best > 1)
			continue;
		if (near > 1)
			best = near;
		resolver_ask_add_server(r, server, zone);
	}
	if (zone->n > 0 && !resolver_wants_recursion(r))
		dns_name_cut(
		    name, dns_name_labels(name) + 1 - best, &zone->apex);
}

void
resolver_find_servers(
    struct resolver *r, const struct dns_name *name, struct resolver_zone *zone)
{
	bool host = resolver_wants_recursion(r);
	const char *words = node_attr(r->node, host ? "dns" : "hints", NULL);
	struct dns_name own = dns_root;

	zone->apex = dns_root;
	zone->n = 0;
	if (words != NULL) {
		resolver_ask_add_named(r, str_of(words), zone);
		return;
	}
	if (host && r->node->domain[0] != '\0')
		dns_name_read(str_of(r->node->domain), NULL, &own);
	add_nearest(r, host ? &own : name, zone);
}

/* ---- sending ---- */

static void
write_dns_question(const struct resolver_name *e, struct buf *out)
{
	const struct resolver_query *q = e->query;
	LOCAL(dns_message_free) struct dns_message m = DNS_MESSAGE_INIT;

	m.id = q->id;
	m.recursion_desired = resolver_wants_recursion(e->of);
	m.edns = !q->plain;
	m.udp_size = DNS_EDNS_SIZE;
	m.has_question = true;
	m.question = q->asked;
	m.type = e->type;
	if (dns_message_write(&m, DNS_MAX, out) != 0)
		node_fail_memory(e->of->node);
}

static void
resolver_ask_on_dns_datagram(const struct net_datagram *d, void *arg)
{
	resolver_take(arg, NULL, &d->src, d->bytes);
}

static void
send_by_udp(struct resolver_name *e, enum rule_id why)
{
	struct resolver *r = e->of;
	struct resolver_query *q = e->query;
	struct trace_message m = { .proto = TRACE_PROTO_DNS,
		.method = STR("query"),
		.retx = q->first };
	LOCAL_BUF bytes = BUF_INIT;
	uint64_t seq;

	if (r->sock == NULL &&
	    net_udp_open(r->node->host, 0, resolver_ask_on_dns_datagram, r,
		&r->sock) != 0) {
		node_fail_memory(r->node);
		return;
	}
	write_dns_question(e, &bytes);
	seq = net_udp_send(
	    r->sock, &q->zone.servers[q->at], buf_view(&bytes), &m, why);
	if (q->first == 0)
		q->first = seq;
}

/* ---- by TCP ---- */

static void
resolver_ask_on_stream(struct net_conn *c, void *arg)
{
	struct resolver_name *e = arg;
	struct sim *sim = node_sim(e->of->node);
	uint64_t cause = sim_cause(sim);
	size_t n = dns_message_framed(net_tcp_peek(c));
	struct addr src = net_tcp_remote(c);
	LOCAL_BUF bytes = BUF_INIT;

	if (n == 0)
		return;
	buf_str(&bytes, str_slice(net_tcp_peek(c), 2, n));
	net_tcp_take(c, n);
	if (bytes.err != 0)
		node_fail_memory(e->of->node);
	else
		resolver_take(e->of, e, &src, buf_view(&bytes));
	sim_set_cause(sim, cause);
}

static void
resolver_ask_on_stream_closed(struct net_conn *c, enum net_close why, void *arg)
{
	struct resolver_name *e = arg;

	(void)c;
	(void)why;
	e->query->conn = NULL;
	resolver_ask_next(e, EVENT_NEXT_SERVER, RULE_DNS_NEXT_SERVER);
}

static const struct net_tcp_ops stream_ops = { .received =
						   resolver_ask_on_stream,
	.closed = resolver_ask_on_stream_closed };

static void
close_stream(struct resolver_query *q)
{
	if (q->conn != NULL)
		net_tcp_close(q->conn);
	q->conn = NULL;
}

static void
send_by_tcp(struct resolver_name *e)
{
	struct resolver_query *q = e->query;
	struct trace_message m = { .proto = TRACE_PROTO_DNS,
		.method = STR("query") };
	LOCAL_BUF bytes = BUF_INIT, framed = BUF_INIT;
	int err = net_tcp_connect(e->of->node->host, &q->zone.servers[q->at],
	    &stream_ops, e, &q->conn);

	if (err != 0) {
		q->conn = NULL;
		node_fail_nomem(e->of->node, err);
		return; /* without a free port: the timer goes on */
	}
	write_dns_question(e, &bytes);
	dns_message_frame(buf_view(&bytes), &framed);
	if (framed.err != 0)
		node_fail_memory(e->of->node);
	else
		net_tcp_send(
		    q->conn, buf_view(&framed), &m, RULE_DNS_TRUNCATED);
}

/* ---- when ---- */

static void resolver_ask_fire_retry(void *arg);

static const struct node_timer retry_timer = { "retry", RULE_DNS_RETRY,
	resolver_ask_fire_retry, "name" };

static void
resolver_ask_fire_retry(void *arg)
{
	struct resolver_name *e = arg;

	node_timer_fired(e->of->node, &e->query->retry, &retry_timer, e->id);
	resolver_ask_next(e, EVENT_TIMER_RETRY, RULE_DNS_RETRY);
}

/* 2 s, 4 s, 8 s: longer after each round of all servers. */
static void
arm_retry(struct resolver_name *e)
{
	struct resolver_query *q = e->query;
	unsigned round = (q->sends - 1) / (unsigned)q->zone.n;
	int64_t wait = TIME_DNS_RETRY_MS * SIM_MS;

	for (; round > 0; round--)
		wait *= 2;
	node_timer_set(e->of->node, &q->retry, &retry_timer, e->id,
	    sim_now(node_sim(e->of->node)) + wait, e);
}

static void
send_dns_question(struct resolver_name *e, enum rule_id why)
{
	e->query->sends++;
	send_by_udp(e, why);
	arm_retry(e);
}

/* Another id: what was asked before is not waited for any more. */
static void
resolver_ask_begin_question(struct resolver_name *e)
{
	e->query->id = (uint16_t)rng_below(&e->of->ids, UINT64_C(1) << 16);
	e->query->first = 0;
}

void
resolver_ask(struct resolver_name *e, enum rule_id why)
{
	struct resolver *r = e->of;
	struct resolver_query *q = mem_zalloc(1, sizeof(*q));

	if (q == NULL) {
		node_fail_memory(r->node);
		return;
	}
	e->query = q;
	q->asked = e->name;
	q->ttl = DNS_TTL_MAX;
	resolver_find_servers(r, &e->name, &q->zone);
	sim_hold(node_sim(r->node));
	if (!resolver_wants_recursion(r))
		why = RULE_DNS_ITERATE;
	resolver_step(e, EVENT_QUESTION, why);
	if (q->zone.n == 0) {
		resolver_give_up(e);
		return;
	}
	resolver_ask_begin_question(e);
	send_dns_question(e, why);
}

/* RFC 1034 5.3.3: the one that was asked last is left out. */
static void
drop_server(struct resolver_query *q)
{
	q->zone.n--;
	memmove(&q->zone.servers[q->at], &q->zone.servers[q->at + 1],
	    (q->zone.n - q->at) * sizeof(q->zone.servers[0]));
	if (q->at == q->zone.n)
		q->at = 0;
}

void
resolver_ask_next(
    struct resolver_name *e, enum event_id event, enum rule_id why)
{
	struct resolver_query *q = e->query;

	close_stream(q);
	if (event == EVENT_NEXT_SERVER)
		drop_server(q);
	else
		q->at = (q->at + 1) % q->zone.n;
	if (q->zone.n == 0 || q->sends >= RESOLVER_ROUNDS * q->zone.n) {
		node_timer_stop(e->of->node, &q->retry, &retry_timer, e->id);
		resolver_give_up(e);
		return;
	}
	resolver_step(e, event, why);
	/* The same bytes, unless the server that had to have others did. */
	if (q->plain)
		resolver_ask_begin_question(e);
	q->plain = false;
	send_dns_question(e, why);
}

void
resolver_ask_by_tcp(struct resolver_name *e)
{
	resolver_step(e, EVENT_TRUNCATED, RULE_DNS_TRUNCATED);
	resolver_ask_begin_question(e);
	e->query->sends++;
	send_by_tcp(e);
	arm_retry(e);
}

void
resolver_ask_plain(struct resolver_name *e)
{
	resolver_step(e, EVENT_NEXT_SERVER, RULE_DNS_PLAIN);
	e->query->plain = true;
	resolver_ask_begin_question(e);
	send_dns_question(e, RULE_DNS_PLAIN);
}

void
resolver_ask_others(struct resolver_name *e, enum event_id event,
    const struct resolver_zone *zone, const struct dns_name *name)
{
	struct resolver_query *q = e->query;

	close_stream(q);
	resolver_step(e, event, RULE_DNS_REFERRAL);
	q->zone = *zone;
	q->asked = *name;
	q->at = q->sends = 0;
	q->plain = false;
	resolver_ask_begin_question(e);
	send_dns_question(e, RULE_DNS_REFERRAL);
}

void
resolver_end_query(struct resolver_name *e)
{
	struct resolver_query *q = e->query;

	if (q == NULL)
		return;
	close_stream(q);
	node_timer_stop(e->of->node, &q->retry, &retry_timer, e->id);
	sim_release(node_sim(e->of->node));
	mem_free(q);
	e->query = NULL;
}
