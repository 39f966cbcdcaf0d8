/*
 * Segments: sending one, and what one that comes means in the state in which
 * the connection is (RFC 9293 3.10.7).
 */
#include "net/tcp_in.h"

#include "base/array.h"
#include "base/mem.h"

#include <string.h>

static void net_conn_receive(struct net_conn *c, const struct net_packet *p);

/* ---- Two queues: of bytes, and of elements of one size ---- */

/* The space of elements taken off at the start is reclaimed only now and then:
 * when so many bytes are gone. */
#define SLACK 4096

static struct str
view_bytes(const struct tcp_bytes *b)
{
	return str_slice(buf_view(&b->b), b->gone, b->b.n);
}

void
tcp_bytes_drop(struct tcp_bytes *b, size_t n)
{
	b->gone += n;
	if (b->gone == b->b.n) {
		buf_truncate(&b->b, 0);
		b->gone = 0;
	} else if (b->gone > SLACK && b->gone > b->b.n / 2) {
		memmove(b->b.p, b->b.p + b->gone, b->b.n - b->gone);
		buf_truncate(&b->b, b->b.n - b->gone);
		b->gone = 0;
	}
}

void
tcp_bytes_free(struct tcp_bytes *b)
{
	buf_free(&b->b);
	b->gone = 0;
}

void *
tcp_row_add(struct tcp_row *r, size_t size)
{
	if (r->first > 0 && r->first + r->n == r->cap) {
		memmove(r->p, r->p + r->first * size, r->n * size);
		r->first = 0;
	}
	if (array_room(&r->p, &r->cap, r->n + 1, size) != 0)
		return NULL;
	return r->p + (r->first + r->n++) * size;
}

void *
tcp_row_at(const struct tcp_row *r, size_t size, size_t i)
{
	return r->p + (r->first + i) * size;
}

void
tcp_row_drop(struct tcp_row *r)
{
	r->first++;
	if (--r->n == 0)
		r->first = 0;
}

void
tcp_row_free(struct tcp_row *r)
{
	mem_free(r->p);
	*r = (struct tcp_row){ 0 };
}

static void
tcp_lost(struct net_dgram *d, const struct net_loss *loss)
{
	net_note_unreachable(d->from, d->to, &d->dst, loss->reason);
	/* a packet's drop, not a message's: as detailed as packets are */
	if (trace_wants(sim_trace(d->net->sim), TRACE_PACKET))
		net_dgram_drop(d, loss);
}

/* TCP itself repeats it; there is nothing to say. */
static void
tcp_gone(struct net_dgram *d)
{
	(void)d;
}

static struct net_dgram *
segment_new(struct net_host *from, const struct addr *src,
    const struct addr *dst, struct str bytes)
{
	struct net_dgram *d = net_dgram_new(from->net, &net_tcp, bytes);

	if (d == NULL)
		return NULL;
	d->from = from;
	d->to = net_by_addr(from->net, dst);
	d->src = *src;
	d->dst = *dst;
	return d;
}

/* D sets out, unless it is LOST at once for that reason. */
static void
tcp_segment_send(struct net_dgram *d, uint64_t cause, enum trace_drop lost)
{
	struct net_loss loss = {
		.reason = lost, .host = d->from, .cause = cause
	};

	if (lost == TRACE_DROP_COUNT && d->to == NULL)
		loss.reason = TRACE_DROP_NO_HOST;
	else if (lost == TRACE_DROP_COUNT &&
		 !net_host_has_addr(d->from, &d->src))
		loss.reason = TRACE_DROP_NO_PATH;
	if (loss.reason != TRACE_DROP_COUNT)
		tcp_lost(d, &loss);
	else
		net_packet_launch(d, cause, 0);
	net_dgram_release(d);
}

/* Fills in what all segments of C say. */
static void
fill_segment(const struct net_conn *c, struct net_dgram *d, unsigned flags,
    uint64_t seq, const char *words)
{
	d->conn = c->id;
	d->flags = words;
	d->seg = (struct net_segment){ .flags = flags,
		.from_end = c->end,
		.to_end = c->far_end,
		.seq = seq,
		.ack = c->rcv + c->far_fin };
}

void
net_conn_segment(
    struct net_conn *c, unsigned flags, const char *words, uint64_t cause)
{
	struct net_dgram *d =
	    segment_new(c->host, &c->local, &c->remote, STR_NULL);

	if (d == NULL)
		return;
	fill_segment(c, d, flags, c->nxt, words);
	tcp_segment_send(d, cause, TRACE_DROP_COUNT);
}

void
net_conn_data(struct net_conn *c, const struct tcp_message *m, uint64_t seq,
    size_t len, bool again)
{
	size_t at = (size_t)(seq - c->una);
	struct str bytes = str_slice(view_bytes(&c->out), at, at + len);
	struct net_dgram *d =
	    segment_new(c->host, &c->local, &c->remote, bytes);

	if (d == NULL)
		return;
	fill_segment(c, d, TCP_ACK, seq, again ? "data retx" : "data");
	d->send = m->send;
	d->off = seq - m->start;
	d->changed = m->changed;
	d->seg.size = m->end - m->start;
	tcp_segment_send(d, m->cause,
	    m->drop && !again ? TRACE_DROP_FAULT : TRACE_DROP_COUNT);
}

/* RST for the segment in P. */
static void
net_tcp_refuse(const struct net_packet *p)
{
	const struct net_dgram *what = p->dgram;
	struct net_dgram *d =
	    segment_new(what->to, &what->dst, &what->src, STR_NULL);

	if (d == NULL)
		return;
	d->conn = what->conn;
	d->flags = "rst";
	d->seg = (struct net_segment){ .flags = TCP_RST,
		.from_end = what->seg.to_end,
		.to_end = what->seg.from_end };
	tcp_segment_send(d, p->cause, TRACE_DROP_COUNT);
}

/* A SYN for a listener. */
static void
accept_connection(struct net_host *h, const struct net_packet *p)
{
	const struct net_dgram *d = p->dgram;
	const struct net_listener *l = net_listener_find(h, &d->dst);
	/* A listener at every port takes it. */
	uint8_t by = l->local.port != 0 ? l->local.transport : d->src.transport;
	struct net_conn *c =
	    net_conn_new(h, &d->dst, &d->src, by, TCP_ACCEPTING);

	if (c == NULL) {
		net_fail(h->net);
		return;
	}
	c->id = d->conn;
	c->far_end = d->seg.from_end;
	net_conn_segment(c, TCP_SYN | TCP_ACK, "syn ack", p->cause);
	net_conn_arm(c);
	net_conn_hold(c);
}

static void
on_connecting(struct net_conn *c, const struct net_packet *p)
{
	const struct net_segment *s = &p->dgram->seg;

	if (s->flags & TCP_RST) {
		net_conn_die(c, NET_CLOSE_REFUSED);
		return;
	}
	if (s->flags != (TCP_SYN | TCP_ACK)) {
		net_tcp_refuse(p);
		return;
	}
	c->far_end = s->from_end;
	c->state = TCP_OPEN;
	net_conn_measured(c);
	net_conn_segment(c, TCP_ACK, "ack", p->cause);
	if (c->ops != NULL && c->ops->connected != NULL)
		c->ops->connected(c, c->arg);
	net_conn_push(c);
}

static void
tcp_segment_on_open(struct net_conn *c, const struct net_packet *p)
{
	const struct net_dgram *d = p->dgram;
	const struct net_segment *s = &d->seg;

	if (s->flags & TCP_RST) {
		net_conn_reset(c);
	} else if (s->flags & TCP_SYN) {
		/* its end of the handshake was lost, or came twice */
		net_conn_segment(c, TCP_ACK, "ack", p->cause);
	} else {
		net_conn_acked(c, s->ack, d->n == 0 && !(s->flags & TCP_FIN));
		net_conn_receive(c, p);
	}
}

static void
on_accepting(struct net_conn *c, const struct net_packet *p)
{
	const struct net_segment *s = &p->dgram->seg;
	const struct net_listener *l;

	if (s->flags & TCP_RST) {
		net_conn_bury(c);
		return;
	}
	if (s->flags & TCP_SYN) {
		net_conn_segment(
		    c, TCP_SYN | TCP_ACK, "syn ack retx", p->cause);
		return;
	}
	l = net_listener_find(c->host, &c->local);
	if (l == NULL) {
		net_tcp_refuse(p);
		net_conn_bury(c);
		return;
	}
	c->state = TCP_OPEN;
	net_conn_measured(c);
	net_conn_hold(c);
	c->user = true;
	l->fn(c, l->arg);
	tcp_segment_on_open(c, p);
}

static void (*const on_segment[])(
    struct net_conn *c, const struct net_packet *p) = {
	[TCP_CONNECTING] = on_connecting,
	[TCP_ACCEPTING] = on_accepting,
	[TCP_OPEN] = tcp_segment_on_open,
	[TCP_WAITING] = tcp_segment_on_open,
	[TCP_DEAD] = NULL,
};

/* Whether D is of C and not of one that had the same addresses. */
static bool
tcp_segment_belongs(const struct net_conn *c, const struct net_dgram *d)
{
	const struct net_segment *s = &d->seg;

	if (d->conn != c->id)
		return false;
	if (s->flags & TCP_RST)
		return s->to_end == c->end;
	if (c->far_end != 0 && s->from_end != c->far_end)
		return false;
	return s->flags == TCP_SYN || s->to_end == c->end;
}

/* The other side has forgotten C and begins again from the same port. */
static void
replace_connection(struct net_conn *c)
{
	net_conn_enter(c);
	net_conn_die(c, NET_CLOSE_RESET);
	net_conn_leave(c);
}

static void
tcp_deliver(struct net_packet *p)
{
	struct net_dgram *d = p->dgram;
	struct net_host *h = d->to;
	struct net_conn *c = net_conn_find(h, &d->dst, &d->src);
	unsigned flags = d->seg.flags;

	if (c != NULL && flags == TCP_SYN && c->id != d->conn) {
		replace_connection(c);
		c = NULL;
	}
	if (!h->up) {
		/* by what was just told */
	} else if (c != NULL && tcp_segment_belongs(c, d)) {
		net_conn_enter(c);
		if (on_segment[c->state] != NULL)
			on_segment[c->state](c, p);
		net_conn_hold(c);
		net_conn_leave(c);
	} else if (flags & TCP_RST) {
		/* RFC 9293 3.10.7.1: never a RST for a RST */
	} else if (c == NULL && flags == TCP_SYN &&
		   net_listener_find(h, &d->dst) != NULL) {
		accept_connection(h, p);
	} else {
		net_tcp_refuse(p);
	}
	net_packet_free(p);
}

const struct net_proto net_tcp = {
	.header = NET_TCP_HEADER,
	.deliver = tcp_deliver,
	.lost = tcp_lost,
	.gone = tcp_gone,
};

/* ---- Receiving ---- */

/* PART's bytes follow on what there is; the packet CAUSE made that so. */
static void
append_part(struct net_conn *c, const struct tcp_part *part, const char *bytes,
    uint64_t cause)
{
	uint64_t known = c->rcv - part->start;
	struct tcp_part *place;

	if (part->end <= c->rcv)
		return;
	buf_str(&c->in.b,
	    (struct str){ bytes + known, (size_t)(part->end - c->rcv) });
	place =
	    c->in.b.err == 0 ? tcp_row_add(&c->parts, sizeof(*place)) : NULL;
	if (place == NULL) {
		net_fail(c->host->net);
		return;
	}
	*place = *part;
	place->start += known;
	place->off += known;
	place->cause = cause;
	c->rcv = part->end;
}

/* What was too early may be in time now. */
static void
append_early_parts(struct net_conn *c, uint64_t cause)
{
	list_each (struct tcp_piece, e, &c->early, list) {
		if (e->part.start > c->rcv)
			break;
		append_part(c, &e->part, e->bytes, cause);
		list_remove(&e->list);
		mem_free(e);
	}
}

static void
keep_early(struct net_conn *c, const struct tcp_part *part, const char *bytes)
{
	size_t n = (size_t)(part->end - part->start);
	struct list *behind = c->early.prev;
	struct tcp_piece *e;

	while (behind != &c->early) {
		e = LIST_ENTRY(behind, struct tcp_piece, list);
		if (e->part.start <= part->start && e->part.end >= part->end)
			return;
		if (e->part.start <= part->start)
			break;
		behind = behind->prev;
	}
	e = mem_alloc(sizeof(*e) + n);
	if (e == NULL) {
		net_fail(c->host->net);
		return;
	}
	e->part = *part;
	memcpy(e->bytes, bytes, n);
	/* in front of the next one */
	list_append(behind->next, &e->list);
}

/* The bytes of D; whether there is more to take now. */
static bool
receive_bytes(struct net_conn *c, const struct net_dgram *d, uint64_t cause)
{
	struct tcp_part part = { .start = d->seg.seq,
		.end = d->seg.seq + d->n,
		.send = d->send,
		.off = d->off,
		.size = d->seg.size,
		.changed = d->changed };
	uint64_t before = c->rcv;

	if (part.end <= c->rcv || part.end > c->rcv + TCP_WINDOW)
		return false;
	if (part.start > c->rcv) {
		keep_early(c, &part, d->bytes);
		return false;
	}
	append_part(c, &part, d->bytes, cause);
	append_early_parts(c, cause);
	return c->rcv > before;
}

/* The other side has said that it sends nothing more. */
static void
far_end_closed(struct net_conn *c)
{
	net_conn_tell_closed(c, NET_CLOSE_NORMAL);
	if (c->state == TCP_DEAD)
		return;
	if (!c->fin) {
		c->fin = true;
		c->fin_cause = sim_cause(c->host->net->sim);
	}
	net_conn_push(c);
}

/* Takes the bytes in P, up to the FIN; C's user is notified.  RFC 9293
 * 3.10.7.4: bytes are put in order, and each segment that carries something is
 * acknowledged at once. */
static void
net_conn_receive(struct net_conn *c, const struct net_packet *p)
{
	const struct net_dgram *d = p->dgram;
	const struct net_segment *s = &d->seg;
	bool more, closed = false;

	if (c->state == TCP_DEAD || (d->n == 0 && !(s->flags & TCP_FIN)))
		return;
	if (!c->user && s->seq + d->n > c->rcv) {
		/* RFC 9293 3.10.7.4, step 1 for the closed: it has no reader */
		net_tcp_refuse(p);
		net_conn_bury(c);
		return;
	}
	more = d->n > 0 && receive_bytes(c, d, p->cause);
	if (s->flags & TCP_FIN) {
		c->far_fin_known = true;
		c->far_fin_at = s->seq;
	}
	if (c->far_fin_known && !c->far_fin && c->rcv == c->far_fin_at) {
		closed = c->far_fin = true;
		c->passive = !c->fin;
	}
	net_conn_segment(c, TCP_ACK, "ack", p->cause);
	if (more && c->ops != NULL && c->ops->received != NULL)
		c->ops->received(c, c->arg);
	if (closed && c->state != TCP_DEAD)
		far_end_closed(c);
	if (c->state == TCP_WAITING)
		net_conn_wait(c);
}

struct str
net_tcp_peek(const struct net_conn *c)
{
	return view_bytes(&c->in);
}

void
net_tcp_skip(struct net_conn *c, size_t n)
{
	size_t there = view_bytes(&c->in).n;

	if (n > there)
		n = there;
	tcp_bytes_drop(&c->in, n);
	c->in_start += n;
	while (c->parts.n > 0) {
		const struct tcp_part *part =
		    tcp_row_at(&c->parts, sizeof(*part), 0);

		if (part->end > c->in_start)
			break;
		tcp_row_drop(&c->parts);
	}
}

/* The part with byte AT. */
static const struct tcp_part *
part_at(const struct net_conn *c, uint64_t at)
{
	const struct tcp_part *part = NULL;

	for (size_t i = 0; i < c->parts.n; i++) {
		part = tcp_row_at(&c->parts, sizeof(*part), i);
		if (part->end > at)
			break;
	}
	return part;
}

struct str
net_tcp_peek_message(const struct net_conn *c)
{
	struct str in = net_tcp_peek(c);
	const struct tcp_part *first =
	    in.n > 0 ? part_at(c, c->in_start) : NULL;
	/* Some of it may have been taken. */
	uint64_t n = first != NULL ? first->size - first->off -
					 (c->in_start - first->start)
				   : 0;

	return n <= in.n ? str_slice(in, 0, (size_t)n) : STR_NULL;
}

uint64_t
net_tcp_take(struct net_conn *c, size_t n)
{
	return net_tcp_take_as(c, n, str_slice(net_tcp_peek(c), 0, n));
}

uint64_t
net_tcp_take_as(struct net_conn *c, size_t n, struct str own)
{
	struct net *net = c->host->net;
	struct net_passage way = {
		.to = c->host, .src = c->remote_text, .dst = c->local_text
	};
	struct str bytes = str_slice(net_tcp_peek(c), 0, n);
	const struct tcp_part *first, *last;
	bool whole;
	uint64_t seq;

	if (bytes.n == 0)
		return sim_cause(net->sim);
	first = part_at(c, c->in_start);
	last = part_at(c, c->in_start + bytes.n - 1);
	if (first->send == 0) {
		net_tcp_skip(c, bytes.n);
		return sim_cause(net->sim);
	}
	whole = first->off == 0 && first->start == c->in_start &&
		first->size == bytes.n && !first->changed;
	seq = net_message_recv(
	    net, &way, first->send, last->cause, whole ? STR_NULL : own);
	net_conn_told(c, first->send);
	if (last->send != first->send)
		net_conn_told(c, last->send);
	net_tcp_skip(c, bytes.n);
	return seq;
}
