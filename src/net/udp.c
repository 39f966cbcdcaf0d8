/*
 * UDP (RFC 768): sockets, sending, delivering.  The source address is the
 * host's first one of the destination's family.
 */
#include "net/private.h"

#include "base/err.h"
#include "base/mem.h"

#include <assert.h>
#include <string.h>

/* Where PORT stands among H's sockets, or would. */
static size_t
sock_index(const struct net_host *h, uint16_t port)
{
	size_t lo = 0, hi = h->nsocks;

	while (lo < hi) {
		size_t mid = lo + (hi - lo) / 2;

		if (h->socks[mid]->port < port)
			lo = mid + 1;
		else
			hi = mid;
	}
	return lo;
}

static struct net_sock *
find_sock(const struct net_host *h, uint16_t port)
{
	size_t i = sock_index(h, port);

	return i < h->nsocks && h->socks[i]->port == port ? h->socks[i] : NULL;
}

/* The lowest free dynamic port, or 0. */
static uint16_t
free_port(const struct net_host *h)
{
	size_t i = sock_index(h, NET_PORT_FIRST);
	uint32_t port = NET_PORT_FIRST;

	while (i < h->nsocks && h->socks[i]->port == port) {
		i++;
		port++;
	}
	return port <= UINT16_MAX ? (uint16_t)port : 0;
}

int
net_udp_open(struct net_host *h, uint16_t port, net_recv_fn *fn, void *arg,
    struct net_sock **sp)
{
	struct net_sock **socks, *s;
	size_t at;

	*sp = NULL;
	if (port == 0)
		port = free_port(h);
	if (port == 0 || find_sock(h, port) != NULL)
		return ERR_EXISTS;
	socks = mem_realloc_array(
	    h->socks, h->nsocks + 1, sizeof(struct net_sock *));
	if (socks == NULL)
		return ERR_NOMEM;
	h->socks = socks;
	s = mem_zalloc(1, sizeof(*s));
	if (s == NULL)
		return ERR_NOMEM;
	s->host = h;
	s->port = port;
	s->fn = fn;
	s->arg = arg;
	at = sock_index(h, port);
	memmove(socks + at + 1, socks + at,
	    (h->nsocks - at) * sizeof(struct net_sock *));
	socks[at] = s;
	h->nsocks++;
	*sp = s;
	return 0;
}

void
net_udp_close(struct net_sock *s)
{
	struct net_host *h;
	size_t at;

	if (s == NULL)
		return;
	h = s->host;
	at = sock_index(h, s->port);
	assert(at < h->nsocks && h->socks[at] == s);
	h->nsocks--;
	memmove(h->socks + at, h->socks + at + 1,
	    (h->nsocks - at) * sizeof(struct net_sock *));
	mem_free(s);
}

struct addr
net_sock_addr(const struct net_sock *s)
{
	struct addr a = net_host_addr(s->host);

	a.port = s->port;
	return a;
}

/* What DST will see as the source; *OK tells whether the families agree. */
static struct addr
source_addr(const struct net_sock *s, const struct addr *dst, bool *ok)
{
	const struct net_host *h = s->host;

	for (size_t i = 0; i < h->naddrs; i++) {
		if (h->addrs[i].len == dst->len) {
			struct addr a = h->addrs[i];

			a.port = s->port;
			*ok = true;
			return a;
		}
	}
	*ok = false;
	return net_sock_addr(s);
}

/* `ip:port`, with its NUL. */
static void
addr_text(struct net *n, const struct addr *a, char text[ADDR_TEXT])
{
	buf_clear(&n->text);
	addr_write(a, &n->text);
	memcpy(text, buf_cstr(&n->text), n->text.n + 1);
}

static uint64_t
write_send(const struct net_dgram *d, struct str bytes,
    const struct trace_message *m, enum trace_rule why)
{
	struct trace_writer *t = sim_trace(d->net->sim);

	sim_open(d->net->sim, TRACE_SEND, d->from->name, why);
	trace_put_cstr(t, "src", d->from->name);
	if (d->to != NULL)
		trace_put_cstr(t, "dst", d->to->name);
	trace_put_cstr(t, "src_addr", d->src_text);
	trace_put_cstr(t, "dst_addr", d->dst_text);
	trace_put_cstr(t, "transport", "udp");
	if (m != NULL)
		trace_put_message(t, m);
	trace_put_int(t, "size", (int64_t)bytes.n);
	trace_put_bytes(t, bytes);
	return trace_close(t);
}

/* D, just sent, is lost before any packet of it set out. */
static void
lose_early(struct net_dgram *d, enum trace_drop reason, uint64_t cause)
{
	struct net_loss loss = {
		.reason = reason, .host = d->from, .cause = cause
	};

	net_dgram_lost(d, &loss);
}

/* Replaces what is on the wire; false when memory runs out. */
static bool
change(struct net_dgram *d, struct str bytes)
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
set_out(struct net_dgram *d, bool family_ok, const struct net_verdict *v)
{
	uint64_t cause = v->fault != 0 ? v->fault : d->send;
	int64_t delay = v->delay_ns > 0 ? v->delay_ns : 0;
	unsigned copies =
	    v->copies < NET_COPIES_MAX ? v->copies : NET_COPIES_MAX;

	if (v->changed && v->bytes.n <= NET_UDP_MAX &&
	    !change(d, buf_view(&v->bytes)))
		return;
	if (v->drop)
		lose_early(d, TRACE_DROP_FAULT, cause);
	else if (!d->from->up)
		lose_early(d, TRACE_DROP_HOST_DOWN, cause);
	else if (d->to == NULL)
		lose_early(d, TRACE_DROP_NO_HOST, cause);
	else if (!family_ok)
		lose_early(d, TRACE_DROP_NO_PATH, cause);
	else if (d->n > NET_UDP_MAX || (v->changed && v->bytes.n > NET_UDP_MAX))
		lose_early(d, TRACE_DROP_TOO_BIG, cause);
	else
		for (unsigned i = 0; i <= copies; i++)
			net_packet_launch(d, cause, delay);
}

uint64_t
net_udp_send(struct net_sock *s, const struct addr *dst, struct str bytes,
    const struct trace_message *m, enum trace_rule why)
{
	struct net *n = s->host->net;
	struct net_dgram *d = net_dgram_new(n, bytes);
	struct net_verdict v = { .bytes = BUF_INIT };
	uint64_t seq, old;
	bool family_ok;

	if (d == NULL)
		return sim_cause(n->sim);
	d->from = s->host;
	d->to = net_by_addr(n, dst);
	d->src = source_addr(s, dst, &family_ok);
	d->dst = *dst;
	addr_text(n, &d->src, d->src_text);
	addr_text(n, &d->dst, d->dst_text);
	seq = d->send = write_send(d, bytes, m, why);
	old = sim_set_cause(n->sim, seq);
	if (n->tamper != NULL) {
		struct net_sent sent = { d->from->name,
			d->to != NULL ? d->to->name : NULL, bytes, m, seq };

		n->tamper(&sent, &v, n->tamper_arg);
		if (v.bytes.err != 0)
			net_fail(n);
	}
	set_out(d, family_ok, &v);
	buf_free(&v.bytes);
	net_dgram_release(d);
	sim_set_cause(n->sim, old);
	return seq;
}

/* Returns the seq of the `recv` record. */
static uint64_t
write_recv(const struct net_packet *p)
{
	const struct net_dgram *d = p->dgram;
	struct sim *sim = d->net->sim;
	struct trace_writer *t = sim_trace(sim);

	trace_open(
	    t, TRACE_RECV, sim_now(sim), d->to->name, p->cause, RULE_NONE);
	trace_put_int(t, "of", (int64_t)d->send);
	trace_put_cstr(t, "src_addr", d->src_text);
	trace_put_cstr(t, "dst_addr", d->dst_text);
	if (d->changed)
		trace_put_bytes(t, (struct str){ d->bytes, d->n });
	return trace_close(t);
}

void
net_udp_deliver(struct net_packet *p)
{
	struct net_dgram *d = p->dgram;
	const struct net_sock *s = find_sock(d->to, d->dst.port);
	struct net_datagram got;

	if (s == NULL) {
		net_packet_lose(p, TRACE_DROP_NO_SOCKET, d->to, NULL);
		return;
	}
	d->whole = true;
	got = (struct net_datagram){ .src = d->src,
		.dst = d->dst,
		.bytes = { d->bytes, d->n },
		.send = d->send };
	got.recv = write_recv(p);
	sim_set_cause(d->net->sim, got.recv);
	s->fn(&got, s->arg);
	net_packet_free(p);
}
