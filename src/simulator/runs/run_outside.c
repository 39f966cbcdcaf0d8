/*
 * The outside of a run: one host that has all addresses that no node has
 * (net_add_outside), and those of nodes that real programs play, which the
 * links of the topology lead to.  Arrivals set out there, and messages sent
 * there end.  An arrival is an act of the outside, which causes the send of its
 * bytes; so a trace has all arrivals in its records.
 *
 * An arrival's turn comes when all that was due up to its time has happened,
 * and before whatever is due later: its place depends on its time alone, and is
 * the same when it is added as time goes by and when it was known beforehand.
 */
#include "runs/run_in.h"

#include "base/err.h"
#include "base/mem.h"
#include "media/rtp.h"
#include "msg/framing.h"
#include "net/tcp.h"
#include "sip/stack.h"
#include "stun/stun.h"

#include <stdio.h>
#include <string.h>

/* Messages that are remembered, to know one that is retransmitted. */
#define SENT 64

/* The other end of a connection. */
struct peer {
	struct list link;
	struct outside *o;
	struct net_conn *c;
	struct msg_framing framing;
	bool torn; /* later bytes can't be reported */
	enum connection_end
	    why; /* the node ends it; CONNECTION_END_BY_THEM: not yet */
};

struct outside {
	struct run *run;
	struct net_host *host;
	struct list peers;
	struct map *by_ends; /* struct ends → struct peer */
	run_departs_fn *fn;
	void *arg;
	struct msg scratch;
	struct buf name; /* of a message of STUN */
	struct sent {
		uint64_t hash, seq;
	} sent[SENT];
	size_t nsent;
};

/* The act that is A: an arrival, by the outside, or the end of a connection
 * that its node has brought about. */
static uint64_t
record_arrival(struct run *r, const char *by, const struct arrival *a)
{
	LOCAL_BUF from = BUF_INIT;
	char port[8];
	const struct connection_end_row *ended = &connection_end_rows[a->why];
	struct node_arg list[6];
	struct node_args args = { list, 0 };

	addr_write(&a->from, &from);
	list[args.n++] =
	    (struct node_arg){ .key = "from", .value = buf_cstr(&from) };
	list[args.n++] = (struct node_arg){ .key = "transport",
		.value = addr_transports[a->from.transport].word };
	if (a->face[0] != '\0')
		list[args.n++] =
		    (struct node_arg){ .key = "face", .value = a->face };
	snprintf(port, sizeof(port), "%u", a->port);
	if (a->port != 0)
		list[args.n++] =
		    (struct node_arg){ .key = "port", .value = port };
	if (a->why != CONNECTION_END_BY_THEM) {
		list[args.n++] = (struct node_arg){ .key = "who",
			.value = ended->ours ? "node" : "program" };
		list[args.n++] =
		    (struct node_arg){ .key = "why", .value = ended->word };
	}
	return run_record_arrival(r, by, a->node, arrival_verb(a->what), &args);
}

/* ---- what leaves ---- */

/* The node that has A, or NULL. */
static const char *
outside_name_of(const struct outside *o, const struct addr *a)
{
	const struct net *n = o->run->world->net;

	return net_has_addr(n, a) ? net_host_name(net_by_addr(n, a)) : NULL;
}

static void
tell_departure(struct outside *o, int what, const struct addr *from,
    const struct addr *to, enum connection_end why, struct str bytes)
{
	struct run_departure d = { .t_ns = sim_now(o->run->world->sim),
		.what = what,
		.node = outside_name_of(o, from),
		.from = *from,
		.to = *to,
		.why = why,
		.bytes = bytes };

	if (o->fn != NULL)
		o->fn(&d, o->arg);
}

static void
outside_on_datagram(const struct net_datagram *d, void *arg)
{
	tell_departure(arg, RUN_LEFT_BYTES, &d->src, &d->dst,
	    CONNECTION_END_BY_THEM, d->bytes);
}

/* ---- connections ---- */

struct ends {
	char b[2 * (16 + 2 + 1)];
};

static void
outside_put_end(char *p, const struct addr *a)
{
	memcpy(p, a->ip, a->len);
	memcpy(p + 16, &a->port, sizeof(a->port));
	p[18] = (char)a->len;
}

static struct str
outside_ends_of(
    const struct addr *outside, const struct addr *node, struct ends *e)
{
	memset(e, 0, sizeof(*e));
	outside_put_end(e->b, outside);
	outside_put_end(e->b + 19, node);
	return (struct str){ e->b, sizeof(e->b) };
}

static void
tell_peer(const struct peer *p, int what, struct str bytes)
{
	struct addr node = net_tcp_remote(p->c), own = net_tcp_local(p->c);

	tell_departure(p->o, what, &node, &own, p->why, bytes);
}

/* The first N bytes received are reported; as a MESSAGE, or as bytes that are
 * none. */
static void
tell_peer_bytes(struct peer *p, size_t n, bool message)
{
	tell_peer(p, RUN_LEFT_BYTES, str_slice(net_tcp_peek(p->c), 0, n));
	if (message)
		net_tcp_take(p->c, n);
	else
		net_tcp_skip(p->c, n);
}

static void
outside_on_received(struct net_conn *c, void *arg)
{
	struct peer *p = arg;
	struct str in;

	/* Frames of WebSocket say where messages end (RFC 7118 5). */
	if (addr_transports[net_tcp_remote(c).transport].framing ==
	    ADDR_WEBSOCKET) {
		while ((in = net_tcp_peek_message(c)).n > 0)
			tell_peer_bytes(p, in.n, true);
		return;
	}
	while ((in = net_tcp_peek(c)).n > 0 && !p->torn) {
		struct msg_frame frame;
		enum msg_framed got =
		    msg_framing_next(&p->framing, in, &p->o->scratch, &frame);

		if (got == MSG_FRAMED_MORE)
			return;
		p->torn = got == MSG_FRAMED_BAD;
		if (!p->torn)
			tell_peer_bytes(p, frame.n, got == MSG_FRAMED_MESSAGE);
	}
	if (in.n > 0)
		tell_peer_bytes(p, in.n, true);
}

static void
forget_peer(struct peer *p)
{
	struct addr node = net_tcp_remote(p->c), own = net_tcp_local(p->c);
	struct ends e;

	map_drop(p->o->by_ends, outside_ends_of(&own, &node, &e), p);
	list_remove(&p->link);
	mem_free(p);
}

static struct peer *
find_peer(
    const struct outside *o, const struct addr *own, const struct addr *node)
{
	struct ends e;

	return map_get(o->by_ends, outside_ends_of(own, node, &e));
}

/* The act of the node at P's other end, which ends it for WHY. */
static void
outside_record_ending(struct peer *p, enum connection_end why)
{
	struct sim *sim = p->o->run->world->sim;
	struct addr node = net_tcp_remote(p->c), own = net_tcp_local(p->c);
	const struct arrival a = { .what = ARRIVAL_CLOSE,
		.from = own,
		.port = node.port,
		.node = outside_name_of(p->o, &node),
		.face = "",
		.why = why };

	if (p->why != CONNECTION_END_BY_THEM || a.node == NULL)
		return;
	p->why = why;
	sim_set_cause(sim, record_arrival(p->o->run, "node", &a));
}

static void
outside_on_ending(const struct addr *node, const struct addr *far,
    enum connection_end why, void *arg)
{
	struct peer *p = find_peer(arg, far, node);

	if (p != NULL)
		outside_record_ending(p, why);
}

static void
outside_on_closed(struct net_conn *c, enum net_close why, void *arg)
{
	static const enum connection_end reasons[] = {
		[NET_CLOSE_NORMAL] = CONNECTION_END_DONE,
		[NET_CLOSE_RESET] = CONNECTION_END_UNKNOWN,
		[NET_CLOSE_REFUSED] = CONNECTION_END_DEAF,
		[NET_CLOSE_TIMEOUT] = CONNECTION_END_LOST,
		[NET_CLOSE_NO_PATH] = CONNECTION_END_LOST,
	};
	struct peer *p = arg;

	outside_record_ending(p, reasons[why]);
	/* The received part of a message that will not be whole. */
	if (net_tcp_peek(c).n > 0)
		tell_peer_bytes(p, net_tcp_peek(c).n, true);
	tell_peer(p, RUN_LEFT_CLOSE, STR_NULL);
	forget_peer(p);
}

static const struct net_tcp_ops peer_ops = {
	.received = outside_on_received,
	.closed = outside_on_closed,
};

/* The host outside that has A: that of a node, or the one for all the rest. */
static struct net_host *
outside_find_host(const struct outside *o, const struct addr *a)
{
	const struct net *n = o->run->world->net;

	return net_has_addr(n, a) ? net_by_addr(n, a) : o->host;
}

/* The peer of C, one of its ends is OWN, the other NODE; NULL: no memory. */
static struct peer *
add_peer(struct outside *o, const struct addr *own, const struct addr *node)
{
	struct peer *p = mem_zalloc(1, sizeof(*p));
	struct ends e;

	if (p != NULL &&
	    map_put(o->by_ends, outside_ends_of(own, node, &e), p) != 0) {
		mem_free(p);
		p = NULL;
	}
	if (p == NULL) {
		sim_fail(
		    o->run->world->sim, ERR_NOMEM, "%s", err_text(ERR_NOMEM));
		return NULL;
	}
	p->o = o;
	list_append(&o->peers, &p->link);
	return p;
}

static void
outside_on_accept(struct net_conn *c, void *arg)
{
	struct addr node = net_tcp_remote(c), own = net_tcp_local(c);
	struct peer *p = add_peer(arg, &own, &node);

	if (p == NULL) {
		net_tcp_abort(c);
		return;
	}
	p->c = c;
	net_tcp_set_user(c, &peer_ops, p);
	tell_peer(p, RUN_LEFT_OPEN, STR_NULL);
}

static struct peer *
connect_peer(struct outside *o, const struct addr *own, const struct addr *node)
{
	struct peer *p = add_peer(o, own, node);

	if (p == NULL)
		return NULL;
	if (net_tcp_connect_as(
		outside_find_host(o, own), own, node, &peer_ops, p, &p->c) == 0)
		return p;
	/* One that was closed waits for the other side. */
	map_drop(
	    o->by_ends, outside_ends_of(own, node, &(struct ends){ { 0 } }), p);
	list_remove(&p->link);
	mem_free(p);
	return NULL;
}

/* ---- what arrives ---- */

/* The protocol of BYTES, which are no SIP and no STUN, and come over a STREAM
 * or are a datagram. */
static enum trace_proto
outside_guess(struct str bytes, bool stream)
{
	const uint8_t *p = (const uint8_t *)bytes.p;
	struct rtcp_head rtcp;
	struct rtp_head rtp;

	if (stream)
		return TRACE_PROTO_BYTES;
	if (rtcp_read_head(p, bytes.n, &rtcp))
		return TRACE_PROTO_RTCP;
	return !rtp_is_control(p, bytes.n) && rtp_read_head(p, bytes.n, &rtp)
		   ? TRACE_PROTO_RTP
		   : TRACE_PROTO_UDP;
}

/* The description of BYTES; bytes that came before are a repetition. */
static struct trace_message
outside_describe(
    struct outside *o, struct str bytes, bool stream, uint64_t hash)
{
	struct trace_message m = { .proto = TRACE_PROTO_CRLF };
	struct stun stun;

	if (msg_read(&o->scratch, bytes, NULL) == MSG_FAULT_NONE) {
		sip_describe(&o->scratch, &m);
	} else if (stun_read(bytes, &stun) == STUN_FAULT_NONE) {
		buf_clear(&o->name);
		stun_write_name(stun.method, stun.class, &o->name);
		m.proto = TRACE_PROTO_STUN;
		m.method = buf_view(&o->name);
	} else if (str_is(bytes, "\r\n\r\n") || str_is(bytes, "\r\n")) {
		m.method = bytes.n == 4 ? STR("ping") : STR("pong");
	} else {
		m.proto = outside_guess(bytes, stream);
	}
	for (size_t i = 0; i < SENT && m.retx == 0; i++)
		if (o->sent[i].hash == hash)
			m.retx = o->sent[i].seq;
	return m;
}

static void
outside_send_stream(struct outside *o, const struct arrival *a,
    const struct addr *node, const struct trace_message *m)
{
	struct peer *p = find_peer(o, &a->from, node);

	if (p == NULL && a->what == ARRIVAL_BYTES)
		p = connect_peer(o, &a->from, node);
	if (p == NULL)
		return;
	if (a->what == ARRIVAL_BYTES && a->bytes.n > 0) {
		net_tcp_send(p->c, a->bytes, m, RULE_NONE);
	} else if (a->what != ARRIVAL_BYTES) {
		struct net_conn *c = p->c;

		forget_peer(p);
		if (a->what == ARRIVAL_CLOSE)
			net_tcp_close(c);
		else
			net_tcp_abort(c);
	}
}

/* The face of N that A is for: the one that it names (NULL: there is none of
 * that name), else the first of its sender's family. */
static const struct node_face *
outside_face_of(struct node *n, const struct arrival *a)
{
	size_t i = 0;

	if (a->face[0] != '\0')
		return node_face_named(n, str_of(a->face));
	while (i + 1 < n->nfaces && n->faces[i].addr.len != a->from.len)
		i++;
	return &n->faces[n->faces[i].addr.len == a->from.len ? i : 0];
}

static void
send_arrival(struct outside *o, const struct arrival *a, struct node *n)
{
	struct sim *sim = o->run->world->sim;
	uint64_t hash = str_hash(a->bytes) ^ a->from.port;
	struct trace_message m =
	    outside_describe(o, a->bytes, addr_is_stream(&a->from), hash);
	struct addr node =
	    node_face_addr(outside_face_of(n, a), a->from.transport);
	uint64_t seq = 0;

	if (a->port != 0)
		node.port = a->port;
	if (addr_is_stream(&a->from)) {
		m.retx = 0;
		outside_send_stream(o, a, &node, &m);
		return;
	}
	seq = net_udp_send_as(outside_find_host(o, &a->from), &a->from, &node,
	    a->bytes, &m, RULE_NONE);
	if (m.retx == 0 && sim_error(sim)->err == 0)
		o->sent[o->nsent++ % SENT] = (struct sent){ hash, seq };
}

/* A is that of a node that no program outside plays. */
static bool
is_inside(const struct run *r, const struct addr *a)
{
	const struct net *net = r->world->net;
	const struct node *n =
	    net_has_addr(net, a)
		? world_find(r->world, net_host_name(net_by_addr(net, a)))
		: NULL;

	return n != NULL && !n->outside;
}

static int
check_arrival(const struct run *r, const struct arrival *a, struct node **n,
    struct diag *d)
{
	const struct node_face *face = NULL;
	LOCAL_BUF from = BUF_INIT;
	int err = 0;

	*n = world_find(r->world, a->node);
	if (*n != NULL)
		face = outside_face_of(*n, a);
	addr_write(&a->from, &from);
	if (*n == NULL)
		err = diag_set(d, ERR_NOTFOUND, NULL, 0,
		    _("a message from %s is for “%s”, but there is no such "
		      "node"),
		    buf_cstr(&from), a->node);
	else if (face == NULL)
		err = diag_set(d, ERR_NOTFOUND, NULL, 0,
		    _("a message from %s is for the face “%s” of %s, but there "
		      "is no such face"),
		    buf_cstr(&from), a->face, a->node);
	else if (is_inside(r, &a->from))
		err = diag_set(d, ERR_EXISTS, NULL, 0,
		    _("nothing can arrive from %s outside: node %s has that "
		      "address"),
		    buf_cstr(&from),
		    net_host_name(net_by_addr(r->world->net, &a->from)));
	else if (a->from.len != face->addr.len)
		err = diag_set(d, ERR_UNSUPPORTED, NULL, 0,
		    _("nothing can arrive from %s at %s: one address is IPv4, "
		      "the other IPv6"),
		    buf_cstr(&from), a->node);
	return err;
}

/* Answers are taken when their question is asked
 * (bindings/lua_program_process.c). */
static size_t
outside_next_arrival(const struct run *r)
{
	const struct arrivals *l = r->in->outside.arrivals;
	size_t next = r->next_arrival;

	while (l != NULL && next < l->n && l->list[next].what == ARRIVAL_ANSWER)
		next++;
	return next;
}

int
outside_take(struct run *r, struct diag *d)
{
	size_t next = outside_next_arrival(r);
	const struct arrival *a = &r->in->outside.arrivals->list[next];
	struct diag why = DIAG_INIT;
	struct node *n;

	sim_wait(r->world->sim, a->t_ns);
	if (check_arrival(r, a, &n, &why) != 0)
		return diag_set(d, why.err, NULL, 0, _("arrival %zu: %s"),
		    next + 1, why.text);
	r->next_arrival = next + 1;
	sim_set_cause(r->world->sim, 0);
	sim_set_cause(r->world->sim, record_arrival(r, RUN_OUTSIDE, a));
	send_arrival(r->outside, a, n);
	sim_set_cause(r->world->sim, 0);
	return 0;
}

int64_t
outside_next(const struct run *r)
{
	const struct arrivals *l = r->in->outside.arrivals;
	size_t next = outside_next_arrival(r);

	return r->outside != NULL && l != NULL && next < l->n
		   ? l->list[next].t_ns
		   : INT64_MAX;
}

const struct arrivals *
run_arrivals(const struct run *r, size_t *expected)
{
	static const struct arrivals none;
	const struct arrivals *l = r->in->outside.arrivals;

	*expected = l != NULL ? l->n - outside_next_arrival(r) : 0;
	return l != NULL ? l : &none;
}

int
run_arrive(struct run *r, const struct arrival *a, struct diag *d)
{
	int64_t now = sim_now(r->world->sim);
	struct arrival copy = *a;
	struct node *n;
	int err;

	if (r->outside == NULL || r->ended)
		return diag_set(d, ERR_STATE, NULL, 0, "%s",
		    r->ended ? _("the run has ended")
			     : _("the run has no connection to the outside"));
	err = check_arrival(r, a, &n, d);
	if (err != 0)
		return err;
	if (copy.t_ns < now)
		copy.t_ns = now;
	err = arrivals_add(&r->in->outside.arrivals, &copy);
	if (err == ERR_LIMIT)
		return diag_set(d, err, NULL, 0,
		    _("there are more than %d arrivals, or they have more than "
		      "%u bytes"),
		    ARRIVALS_MAX, ARRIVALS_BYTES_MAX);
	return diag_fail(d, err);
}

/* ---- life ---- */

/* Packets to H end outside. */
static int
open_host(struct outside *o, struct net_host *h)
{
	struct net_listener *l; /* as long as H */
	int err = net_tcp_listen(h, 0, outside_on_accept, o, &l);

	if (err == 0)
		net_udp_open_rest(h, outside_on_datagram, o);
	return err;
}

int
outside_create(struct run *r, struct diag *d)
{
	struct outside *o = mem_zalloc(1, sizeof(*o));
	int err = o != NULL ? 0 : ERR_NOMEM;

	if (err != 0)
		return err;
	o->run = r;
	list_init(&o->peers);
	r->outside = o;
	r->world->ending = (struct world_ending){ outside_on_ending, o };
	err = map_create(&o->by_ends);
	if (err == 0)
		err = net_add_outside(r->world->net, RUN_OUTSIDE, &o->host);
	if (err == ERR_EXISTS)
		return diag_set(d, err, r->topology->file, 0,
		    _("a node can't have the name “%s” in a run with messages "
		      "from outside"),
		    RUN_OUTSIDE);
	if (err == 0)
		err = open_host(o, o->host);
	for (size_t i = 0; err == 0 && i < r->topology->nnodes; i++) {
		const struct node *n =
		    world_find(r->world, r->topology->nodes[i].name);

		if (n->outside)
			err = open_host(o, n->host);
	}
	return err;
}

void
outside_destroy(struct outside *o)
{
	if (o == NULL)
		return;
	list_each (struct peer, p, &o->peers, link)
		mem_free(p);
	map_destroy(o->by_ends);
	buf_free(&o->name);
	mem_free(o);
}

struct place_asker {
	const struct node *node;
	run_place_fn *fn;
	void *arg;
};

/* The place itself, at each of the node's faces where it is all of them. */
static void
outside_tell_place(const struct addr *at, void *arg)
{
	const struct place_asker *a = arg;

	for (size_t i = 0; i < a->node->nfaces; i++) {
		struct addr own = a->node->faces[i].addr;

		own.port = at->port;
		own.transport = at->transport;
		if (at->len == 0 || addr_same_ip(at, &own))
			a->fn(a->node->name,
			    a->node->nfaces > 1 ? a->node->faces[i].name : "",
			    &own, a->arg);
	}
}

void
run_each_place(const struct run *r, run_place_fn *fn, void *arg)
{
	for (size_t i = 0; i < r->topology->nnodes; i++) {
		struct place_asker a = { .fn = fn, .arg = arg };

		a.node = world_find(r->world, r->topology->nodes[i].name);
		if (!a.node->outside)
			net_each_port(a.node->host, outside_tell_place, &a);
	}
}

uint64_t
run_places_changed(const struct run *r)
{
	return net_ports_changed(r->world->net);
}

void
run_listen(struct run *r, run_departs_fn *fn, void *arg)
{
	if (r->outside == NULL)
		return;
	r->outside->fn = fn;
	r->outside->arg = arg;
}

void
run_keep_open(struct run *r)
{
	r->open = r->outside != NULL;
}
