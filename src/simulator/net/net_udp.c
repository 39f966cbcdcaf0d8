/*
 * UDP (RFC 768): sockets, sending, delivering.  The source address is that of
 * the socket, else the host's that faces the destination.
 */
#include "net/net_in.h"

#include "base/array.h"
#include "base/bisect.h"
#include "base/err.h"
#include "base/mem.h"
#include "base/prefetch.h"
#include "net/tcp_in.h"

#include <assert.h>
#include <string.h>

/* ---- Datagrams: the pool of them, and the record of a loss ---- */

/* A pooled datagram keeps a buffer up to this size. */
#define KEEP 4096

struct net_dgram *
net_dgram_new(struct net *n, const struct net_proto *proto, struct str bytes)
{
	struct net_dgram *d = n->free_dgrams;

	if (d != NULL) {
		n->free_dgrams = d->free;
	} else {
		d = mem_zalloc(1, sizeof(*d));
		if (d == NULL)
			goto fail;
		d->net = n;
		d->all = n->dgrams;
		n->dgrams = d;
	}
	if (d->cap < bytes.n) {
		size_t cap = bytes.n < 1024 ? 1024 : bytes.n;

		mem_free(d->bytes);
		d->bytes = mem_alloc(cap);
		d->cap = d->bytes != NULL ? cap : 0;
		if (d->bytes == NULL) {
			d->free = n->free_dgrams;
			n->free_dgrams = d;
			goto fail;
		}
	}
	if (bytes.n > 0)
		memcpy(d->bytes, bytes.p, bytes.n);
	d->n = bytes.n;
	d->proto = proto;
	d->send = d->off = d->conn = 0;
	d->flags = NULL;
	d->origin = NULL;
	d->way = NULL;
	d->whole = d->changed = d->folded = false;
	d->npieces = 0;
	d->loss.reason = TRACE_DROP_COUNT;
	d->refs = 1;
	d->memory = sizeof(*d) + d->cap;
	sim_take_memory(n->sim, d->memory);
	sim_hold(n->sim);
	return d;
fail:
	net_fail(n);
	return NULL;
}

uint64_t
net_dgram_drop(const struct net_dgram *d, const struct net_loss *l)
{
	struct sim *sim = d->net->sim;
	struct trace_writer *t = sim_trace(sim);

	if (d->folded)
		return l->cause;
	trace_open(t, TRACE_DROP, sim_now(sim),
	    l->host != NULL ? l->host->name : NULL, l->cause, RULE_NONE);
	if (d->conn == 0)
		trace_put_int(t, "of", (int64_t)d->send);
	trace_put_cstr(t, "reason", trace_drop_name(l->reason));
	if (l->way != NULL)
		trace_put_cstr(t, "link", l->way->name);
	if (l->packet != 0)
		trace_put_int(t, "packet", (int64_t)l->packet);
	if (d->conn != 0)
		trace_put_int(t, "conn", (int64_t)d->conn);
	return trace_close(t);
}

void
net_dgram_release(struct net_dgram *d)
{
	struct net *n = d->net;
	struct net_dgram *origin = d->origin;

	if (--d->refs > 0)
		return;
	d->proto->gone(d);
	d->origin = NULL;
	mem_free(d->pieces);
	d->pieces = NULL;
	if (d->cap > KEEP) {
		mem_free(d->bytes);
		d->bytes = NULL;
		d->cap = 0;
	}
	d->free = n->free_dgrams;
	n->free_dgrams = d;
	sim_give_back_memory(n->sim, d->memory);
	sim_release(n->sim);
	if (origin != NULL)
		net_dgram_release(origin);
}

void
net_dgram_destroy(struct net_dgram *d)
{
	if (d->refs > 0) {
		sim_give_back_memory(d->net->sim, d->memory);
		sim_release(d->net->sim);
	}
	mem_free(d->pieces);
	mem_free(d->bytes);
	mem_free(d);
}

/* ---- Whole messages, whatever carries them ---- */

void
net_addr_text(struct net *n, const struct addr *a, char text[ADDR_TEXT])
{
	buf_clear(&n->text);
	addr_write(a, &n->text);
	memcpy(text, buf_cstr(&n->text), n->text.n + 1);
}

void
net_host_text(struct net *n, struct net_host *host, const struct addr *a,
    char text[ADDR_TEXT])
{
	if (host == NULL || a->len == 0) {
		net_addr_text(n, a, text);
		return;
	}
	if (!addr_eq(&host->named, a)) {
		net_addr_text(n, a, host->named_text);
		host->named = n->text.err == 0 ? *a : (struct addr){ 0 };
	}
	memcpy(text, host->named_text, ADDR_TEXT);
}

struct addr
net_source_addr(
    struct net_host *h, const struct addr *dst, uint16_t port, bool *ok)
{
	struct addr a = { 0 };

	if (h->naddrs > 0)
		a = h->addrs[net_host_facing(h, dst)];
	*ok = h->naddrs > 0 && a.len == dst->len;
	a.port = port;
	return a;
}

void
net_message_tamper(struct net *n, const struct net_passage *way,
    struct str bytes, const struct trace_message *m, uint64_t seq,
    struct net_verdict *v)
{
	struct net_sent sent = { way->from->name,
		way->to != NULL ? way->to->name : NULL, bytes, m, seq,
		way->dst };

	if (n->tamper == NULL)
		return;
	n->tamper(&sent, v, n->tamper_arg);
	if (v->bytes.err != 0)
		net_fail(n);
}

uint64_t
net_message_send(struct net *n, const struct net_passage *way, struct str bytes,
    const struct trace_message *m, enum rule_id why, struct net_verdict *v,
    uint64_t *old)
{
	struct trace_writer *t = sim_trace(n->sim);
	const char *src = way->from->name;
	const char *dst = way->to != NULL ? way->to->name : NULL;
	uint64_t seq;

	sim_open(n->sim, TRACE_SEND, src, why);
	trace_put_cstr(t, "src", src);
	if (dst != NULL)
		trace_put_cstr(t, "dst", dst);
	trace_put_cstr(t, "src_addr", way->src);
	trace_put_cstr(t, "dst_addr", way->dst);
	trace_put_cstr(t, "transport", way->transport);
	if (m != NULL)
		trace_put_message(t, m);
	trace_put_int(t, "size", (int64_t)bytes.n);
	trace_put_bytes(t, bytes);
	seq = trace_close(t);
	*old = sim_set_cause(n->sim, seq);
	net_message_tamper(n, way, bytes, m, seq, v);
	return seq;
}

uint64_t
net_message_recv(struct net *n, const struct net_passage *way, uint64_t of,
    uint64_t cause, struct str bytes)
{
	struct trace_writer *t = sim_trace(n->sim);
	uint64_t seq;

	trace_open(
	    t, TRACE_RECV, sim_now(n->sim), way->to->name, cause, RULE_NONE);
	trace_put_int(t, "of", (int64_t)of);
	trace_put_cstr(t, "src_addr", way->src);
	trace_put_cstr(t, "dst_addr", way->dst);
	if (bytes.p != NULL)
		trace_put_bytes(t, bytes);
	seq = trace_close(t);
	sim_set_cause(n->sim, seq);
	return seq;
}

/* Where PORT stands among H's sockets, or would. */
static size_t
sock_index(const struct net_host *h, uint16_t port)
{
	size_t i;

	BISECT(i, 0, h->nsocks, h->socks[i].port < port);
	return i;
}

struct net_sock *
net_udp_find(const struct net_host *h, const struct addr *a)
{
	size_t i = sock_index(h, a->port);

	for (; i < h->nsocks && h->socks[i].port == a->port; i++)
		if (net_listens_at(&h->socks[i].sock->local, a))
			return h->socks[i].sock;
	return NULL;
}

bool
net_host_listens(const struct net_host *h, bool tcp, const struct addr *a)
{
	return tcp ? net_listener_find(h, a) != NULL
		   : net_udp_find(h, a) != NULL;
}

/* Of those at A the one that wants BYTES. */
static const struct net_sock *
udp_find_receiver(
    const struct net_host *h, const struct addr *a, struct str bytes)
{
	const struct net_sock *first = net_udp_find(h, a), *s;

	if (first == NULL || first->wants == NULL)
		return first;
	for (size_t i = sock_index(h, a->port);
	     i < h->nsocks && h->socks[i].port == a->port; i++) {
		s = h->socks[i].sock;
		if (net_listens_at(&s->local, a) && s->wants != NULL &&
		    s->wants(s->arg, bytes))
			return s;
	}
	return first;
}

static bool
udp_is_taken(const struct net_host *h, const struct addr *a, bool shared)
{
	size_t i = sock_index(h, a->port);

	for (; i < h->nsocks && h->socks[i].port == a->port; i++)
		if (net_listens_alike(&h->socks[i].sock->local, a) &&
		    (!shared || h->socks[i].sock->wants == NULL))
			return true;
	return false;
}

/* The lowest free dynamic port, or 0. */
static uint16_t
find_udp_port(const struct net_host *h)
{
	size_t i = sock_index(h, NET_PORT_FIRST);
	uint32_t port = NET_PORT_FIRST;

	for (; i < h->nsocks && h->socks[i].port <= port; i++)
		port += h->socks[i].port == port;
	return port <= UINT16_MAX ? (uint16_t)port : 0;
}

int
net_udp_open_at(struct net_host *h, const struct addr *local, net_recv_fn *fn,
    void *arg, struct net_sock **sp)
{
	return net_udp_open_shared(h, local, NULL, fn, arg, sp);
}

int
net_udp_open_shared(struct net_host *h, const struct addr *local,
    net_wants_fn *wants, net_recv_fn *fn, void *arg, struct net_sock **sp)
{
	struct addr a = *local;
	struct net_sock *s;
	size_t at;

	*sp = NULL;
	if (a.port == 0)
		a.port = find_udp_port(h);
	if (a.port == 0 || udp_is_taken(h, &a, wants != NULL))
		return ERR_EXISTS;
	if (ARRAY_RESIZE(&h->socks, h->nsocks + 1) != 0)
		return ERR_NOMEM;
	s = mem_zalloc(1, sizeof(*s));
	if (s == NULL)
		return ERR_NOMEM;
	s->host = h;
	s->local = a;
	s->fn = fn;
	s->arg = arg;
	s->wants = wants;
	at = sock_index(h, a.port);
	while (at < h->nsocks && h->socks[at].port == a.port)
		at++;
	memmove(h->socks + at + 1, h->socks + at,
	    (h->nsocks - at) * sizeof(*h->socks));
	h->socks[at] = (struct net_port){ a.port, s };
	h->nsocks++;
	h->net->ports++;
	*sp = s;
	return 0;
}

int
net_udp_open(struct net_host *h, uint16_t port, net_recv_fn *fn, void *arg,
    struct net_sock **sp)
{
	return net_udp_open_at(h, &(struct addr){ .port = port }, fn, arg, sp);
}

void
net_udp_open_rest(struct net_host *h, net_recv_fn *fn, void *arg)
{
	h->rest = fn;
	h->rest_arg = arg;
}

uint16_t
net_udp_port(const struct net_sock *s)
{
	return s->local.port;
}

void
net_udp_close(struct net_sock *s)
{
	struct net_host *h;
	size_t at;

	if (s == NULL)
		return;
	h = s->host;
	at = sock_index(h, s->local.port);
	while (at < h->nsocks && h->socks[at].sock != s)
		at++;
	assert(at < h->nsocks);
	h->nsocks--;
	h->net->ports++;
	memmove(h->socks + at, h->socks + at + 1,
	    (h->nsocks - at) * sizeof(*h->socks));
	mem_free(s);
}

static void
udp_lost(struct net_dgram *d, const struct net_loss *loss)
{
	d->loss = *loss;
}

void
net_watch_losses(struct net *n, net_loss_fn *fn, void *arg)
{
	n->watch_losses = fn;
	n->losses_arg = arg;
}

/* D, a sent datagram, has not arrived. */
static void
tell_loss(struct net_dgram *d)
{
	const struct net_loss *l = &d->loss;
	struct net *n = d->net;
	const char *where = l->way != NULL    ? l->way->name
			    : l->host != NULL ? l->host->name
					      : NULL;
	uint64_t record = net_dgram_drop(d, l);

	net_note_unreachable(d->from, d->to, &d->dst, l->reason);
	if (n->watch_losses != NULL)
		n->watch_losses((struct str){ d->bytes, d->n }, l->reason,
		    where, record, n->losses_arg);
}

/* The message's `drop`, when nothing of it has arrived nor can any more. */
static void
udp_gone(struct net_dgram *d)
{
	if (d->whole) {
		if (d->origin != NULL)
			d->origin->whole = true;
		return;
	}
	if (d->npieces > 0) {
		/* some pieces came, the others will not */
		if (d->loss.reason == TRACE_DROP_COUNT)
			d->loss = (struct net_loss){ .cause = sim_cause(
							 d->net->sim) };
		d->loss.reason = TRACE_DROP_FRAGMENT;
		d->loss.host = d->pieces_at;
	}
	if (d->origin != NULL)
		d->origin->loss = d->loss;
	else if (d->loss.reason != TRACE_DROP_COUNT)
		tell_loss(d);
}

/* D, just sent, is lost before any packet of it set out. */
static void
lose_early(struct net_dgram *d, enum trace_drop reason, uint64_t cause)
{
	struct net_loss loss = {
		.reason = reason, .host = d->from, .cause = cause
	};

	udp_lost(d, &loss);
}

/* Replaces the bytes on the wire; false when memory runs out. */
static bool
change_bytes(struct net_dgram *d, struct str bytes)
{
	if (d->cap < bytes.n) {
		char *p = mem_realloc(d->bytes, bytes.n);

		if (p == NULL) {
			net_fail(d->net);
			return false;
		}
		d->bytes = p;
		d->cap = bytes.n;
	}
	d->changed = !str_eq((struct str){ d->bytes, d->n }, bytes);
	if (bytes.n > 0)
		memcpy(d->bytes, bytes.p, bytes.n);
	d->n = bytes.n;
	return true;
}

/* Sends D as the verdict has it. */
static void
udp_send_datagram(
    struct net_dgram *d, bool family_ok, const struct net_verdict *v)
{
	uint64_t cause = v->fault != 0 ? v->fault
			 : d->folded   ? sim_cause(d->net->sim)
				       : d->send;
	int64_t delay = v->delay_ns > 0 ? v->delay_ns : 0;
	unsigned copies =
	    v->copies < NET_COPIES_MAX ? v->copies : NET_COPIES_MAX;

	if (v->changed && v->bytes.n <= ADDR_UDP_MOST &&
	    !change_bytes(d, buf_view(&v->bytes)))
		return;
	if (v->drop)
		lose_early(d, TRACE_DROP_FAULT, cause);
	else if (!d->from->up)
		lose_early(d, TRACE_DROP_HOST_DOWN, cause);
	else if (d->to == NULL)
		lose_early(d, TRACE_DROP_NO_HOST, cause);
	else if (!family_ok)
		lose_early(d, TRACE_DROP_NO_FAMILY, cause);
	else if (d->n > ADDR_UDP_MOST ||
		 (v->changed && v->bytes.n > ADDR_UDP_MOST))
		lose_early(d, TRACE_DROP_TOO_BIG, cause);
	else
		for (unsigned i = 0; i <= copies; i++)
			net_packet_launch(d, cause, delay);
}

static struct net_passage
passage(const struct net_dgram *d)
{
	return (struct net_passage){ d->from, d->to, d->src_text, d->dst_text,
		addr_transports[ADDR_UDP].word };
}

/* A datagram of BYTES that H sends, from SRC to DST, which is TO's; NULL:
 * net_fail. */
static struct net_dgram *
make_datagram(struct net_host *h, const struct addr *src,
    const struct addr *dst, struct net_host *to, struct str bytes)
{
	struct net_dgram *d = net_dgram_new(h->net, &net_udp, bytes);

	if (d == NULL)
		return NULL;
	d->from = h;
	d->to = to;
	d->src = *src;
	d->dst = *dst;
	return d;
}

uint64_t
net_udp_send_as(struct net_host *h, const struct addr *src,
    const struct addr *dst, struct str bytes, const struct trace_message *m,
    enum rule_id why)
{
	struct net *n = h->net;
	struct net_dgram *d =
	    make_datagram(h, src, dst, net_by_addr(n, dst), bytes);
	struct net_verdict v = { .bytes = BUF_INIT };
	struct net_passage way;
	uint64_t seq, old;

	if (d == NULL)
		return sim_cause(n->sim);
	net_host_text(n, h, &d->src, d->src_text);
	net_host_text(n, d->to, &d->dst, d->dst_text);
	way = passage(d);
	if (d->to != NULL && d->to->nat != NULL)
		way.to = net_nat_behind(d->to, false, dst);
	seq = d->send = net_message_send(n, &way, bytes, m, why, &v, &old);
	udp_send_datagram(d, src->len == dst->len, &v);
	buf_free(&v.bytes);
	net_dgram_release(d);
	sim_set_cause(n->sim, old);
	return seq;
}

uint64_t
net_udp_send_from(struct net_host *h, uint16_t port, const struct addr *dst,
    struct str bytes, const struct trace_message *m, enum rule_id why)
{
	bool ok;
	struct addr src = net_source_addr(h, dst, port, &ok);

	return net_udp_send_as(h, &src, dst, bytes, m, why);
}

uint64_t
net_udp_send(struct net_sock *s, const struct addr *dst, struct str bytes,
    const struct trace_message *m, enum rule_id why)
{
	if (s->local.len != 0)
		return net_udp_send_as(s->host, &s->local, dst, bytes, m, why);
	return net_udp_send_from(s->host, s->local.port, dst, bytes, m, why);
}

/* One packet of many takes the way of the one before. */
static const struct net_path *
udp_find_path(struct net_sock *s, const struct addr *dst)
{
	struct net_path *p = &s->path;
	struct net *n = s->host->net;

	if (p->changes == n->changes && addr_eq(&p->dst, dst))
		return p;
	p->dst = *dst;
	p->ok = true;
	p->src = s->local.len != 0
		     ? s->local
		     : net_source_addr(s->host, dst, s->local.port, &p->ok);
	p->ok = p->ok && p->src.len == dst->len;
	p->to = net_by_addr(n, dst);
	p->way = p->to != NULL && !net_is_direct(s->host, p->to)
		     ? net_route(s->host, p->to)
		     : NULL;
	p->changes = n->changes;
	return p;
}

void
net_udp_send_folded(struct net_sock *s, const struct addr *dst,
    struct str bytes, const struct trace_message *m)
{
	const struct net_path *p = udp_find_path(s, dst);
	struct net *n = s->host->net;
	struct net_verdict v = { .bytes = BUF_INIT };
	struct net_dgram *d =
	    make_datagram(s->host, &p->src, dst, p->to, bytes);
	uint64_t old = sim_cause(n->sim);
	struct net_passage way;

	if (d == NULL)
		return;
	d->folded = true;
	d->send = 0;
	d->way = p->way;
	if (n->tamper != NULL) {
		net_addr_text(n, &d->dst, d->dst_text);
		way = passage(d);
		net_message_tamper(n, &way, bytes, m, 0, &v);
	}
	udp_send_datagram(d, p->ok, &v);
	buf_free(&v.bytes);
	net_dgram_release(d);
	sim_set_cause(n->sim, old);
}

void
net_udp_prefetch(struct net_sock *s, void (*fn)(const void *arg, unsigned step))
{
	s->prefetch = fn;
}

void
net_udp_prefetch_path(const struct net_sock *s, unsigned step)
{
	if (step == 0) {
		prefetch(s, sizeof(*s));
	} else if (step == 1) {
		prefetch(s->host, PREFETCH_LINE);
		prefetch(s->path.way, sizeof(*s->path.way));
	} else if (step == 2 && s->path.way != NULL) {
		prefetch(s->path.way->link, sizeof(struct net_link));
	}
}

static void
udp_deliver(struct net_packet *p)
{
	struct net_dgram *d = p->dgram;
	struct str bytes = { d->bytes, d->n };
	const struct net_sock *s = udp_find_receiver(d->to, &d->dst, bytes);
	net_recv_fn *fn = s != NULL ? s->fn : d->to->rest;
	void *arg = s != NULL ? s->arg : d->to->rest_arg;
	struct net_passage way = passage(d);
	struct net_datagram got;

	if (fn == NULL) {
		net_packet_lose(p, TRACE_DROP_NO_SOCKET, d->to, NULL);
		return;
	}
	d->whole = true;
	got = (struct net_datagram){
		.src = d->src, .dst = d->dst, .bytes = bytes, .send = d->send
	};
	if (!d->folded)
		got.recv = net_message_recv(d->net, &way, d->send, p->cause,
		    d->changed ? bytes : STR_NULL);
	fn(&got, arg);
	net_packet_free(p);
}

const struct net_proto net_udp = {
	.header = NET_UDP_HEADER,
	.deliver = udp_deliver,
	.lost = udp_lost,
	.gone = udp_gone,
};
