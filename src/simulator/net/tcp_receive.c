/*
 * What TCP receives: bytes put in order (RFC 9293 3.10.7.4), each segment that
 * carries something acknowledged at once, and the user's taking of messages.
 */
#include "net/tcp_in.h"

#include "base/mem.h"

#include <string.h>

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

void
net_conn_receive(struct net_conn *c, const struct net_packet *p)
{
	const struct net_dgram *d = p->dgram;
	const struct net_segment *s = &d->seg;
	bool more, closed = false;

	if (c->state == TCP_DEAD || (d->n == 0 && !(s->flags & TCP_FIN)))
		return;
	if (!c->user && s->seq + d->n > c->rcv) {
		/* RFC 9293 3.10.7.4, step 1 for the closed: nobody reads it */
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
	return tcp_bytes_view(&c->in);
}

void
net_tcp_skip(struct net_conn *c, size_t n)
{
	size_t there = tcp_bytes_view(&c->in).n;

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
