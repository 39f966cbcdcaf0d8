/*
 * Segments: sending one, and what one that comes means in the state in which
 * the connection is (RFC 9293 3.10.7).
 */
#include "net/tcp_in.h"

static void
tcp_lost(struct net_dgram *d, const struct net_loss *loss)
{
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
send_segment(struct net_dgram *d, uint64_t cause, enum trace_drop lost)
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
	send_segment(d, cause, TRACE_DROP_COUNT);
}

void
net_conn_data(struct net_conn *c, const struct tcp_message *m, uint64_t seq,
    size_t len, bool again)
{
	size_t at = (size_t)(seq - c->una);
	struct str bytes = str_slice(tcp_bytes_view(&c->out), at, at + len);
	struct net_dgram *d =
	    segment_new(c->host, &c->local, &c->remote, bytes);

	if (d == NULL)
		return;
	fill_segment(c, d, TCP_ACK, seq, again ? "data retx" : "data");
	d->send = m->send;
	d->off = seq - m->start;
	d->changed = m->changed;
	d->seg.size = m->end - m->start;
	send_segment(d, m->cause,
	    m->drop && !again ? TRACE_DROP_FAULT : TRACE_DROP_COUNT);
}

void
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
	send_segment(d, p->cause, TRACE_DROP_COUNT);
}

/* A SYN for a listener. */
static void
accept_connection(struct net_host *h, const struct net_packet *p)
{
	const struct net_dgram *d = p->dgram;
	const struct net_listener *l = net_listener_find(h, &d->dst);
	/* Who listens at every port takes what comes. */
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
on_open(struct net_conn *c, const struct net_packet *p)
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
	on_open(c, p);
}

static void (*const on_segment[])(
    struct net_conn *c, const struct net_packet *p) = {
	[TCP_CONNECTING] = on_connecting,
	[TCP_ACCEPTING] = on_accepting,
	[TCP_OPEN] = on_open,
	[TCP_WAITING] = on_open,
	[TCP_DEAD] = NULL,
};

/* Whether D is of C and not of one that had the same addresses. */
static bool
belongs(const struct net_conn *c, const struct net_dgram *d)
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

/* The other side has forgotten C and begins anew from the same port. */
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
	} else if (c != NULL && belongs(c, d)) {
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
