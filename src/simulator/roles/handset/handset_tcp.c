/*
 * TCP of the board.  It ends at the gateway, which has a connection of the
 * network (net/tcp.h) for each of the board's: here they begin and end, and
 * segments of the board find theirs; bytes go over in handset_pass.c.
 *
 * The other side sees the node's address with a port of the network's choice,
 * not the board's; what connects to the node's SIP port is offered to the board
 * on its own.
 */
#include "roles/handset/handset_stream_in.h"

#include "base/mem.h"

#include <string.h>

#define STREAMS_MOST 8
#define NUMBERS      65536u /* from one connection's first to the next's */

static const struct net_tcp_ops stream_ops;

/* ---- places ---- */

static struct handset_stream *
handset_tcp_find_stream(const struct handset *h, const struct datagram *d)
{
	list_each (struct handset_stream, s, &h->streams, link) {
		if (s->own_port == d->port[0] && s->far.port == d->port[1] &&
		    memcmp(s->far.ip, d->ip[1], 4) == 0)
			return s;
	}
	return NULL;
}

/* Gone, and the network's connection with it. */
static void
end_stream(struct handset_stream *s)
{
	stream_stop(s);
	if (s->net != NULL)
		net_tcp_abort(s->net);
	list_remove(&s->link);
	s->h->nstreams--;
	buf_free(&s->out);
	buf_free(&s->in);
	mem_free(s);
}

/* Of connections that are closed already, the oldest. */
static void
free_oldest_stream(struct handset *h)
{
	if (h->nstreams < STREAMS_MOST)
		return;
	list_each (struct handset_stream, s, &h->streams, link) {
		if (s->net == NULL) {
			end_stream(s);
			return;
		}
	}
}

/* NULL: no room or no memory, which the run has been told. */
static struct handset_stream *
new_stream(struct handset *h, const struct addr *far, uint16_t own_port)
{
	struct handset_stream *s;

	free_oldest_stream(h);
	if (h->nstreams >= STREAMS_MOST)
		return NULL;
	s = mem_zalloc(1, sizeof(*s));
	if (s == NULL) {
		node_fail_memory(h->node);
		return NULL;
	}
	s->h = h;
	s->far = *far;
	s->own_port = own_port;
	s->una = s->nxt = s->sent_to = ++h->streams_ever * NUMBERS;
	s->cause = sim_cause(node_sim(h->node));
	list_append(&h->streams, &s->link);
	h->nstreams++;
	return s;
}

/* Nothing is left to be said by either. */
static bool
end_if_done(struct handset_stream *s)
{
	if (s->net != NULL || !s->fin_seen || !s->fin_acked)
		return false;
	end_stream(s);
	return true;
}

void
stream_given_up(struct handset_stream *s)
{
	stream_bare(s, FRAME_RST);
	end_stream(s);
}

/* ---- from the network ---- */

static void
handset_tcp_on_received(struct net_conn *c, void *arg)
{
	struct handset_stream *s = arg;

	(void)c;
	if (s->state == STREAM_OPEN)
		stream_pass_in(s);
}

static void
handset_tcp_on_connected(struct net_conn *c, void *arg)
{
	struct handset_stream *s = arg;

	(void)c;
	s->state = STREAM_ANSWERED;
	stream_synchronise(s);
}

/* What was only begun goes over as well: it is the board that has to see that.
 */
static void
handset_tcp_on_closed(struct net_conn *c, enum net_close why, void *arg)
{
	struct handset_stream *s = arg;
	struct str rest;

	if (why != NET_CLOSE_NORMAL || s->state == STREAM_ASKED) {
		s->net = NULL;
		stream_bare(s, FRAME_RST);
		end_stream(s);
		return;
	}
	stream_pass_in(s);
	rest = net_tcp_peek(c);
	stream_pass_rest_in(s, rest);
	s->net = NULL;
	s->fin = true;
	stream_push(s);
}

static const struct net_tcp_ops stream_ops = {
	.connected = handset_tcp_on_connected,
	.received = handset_tcp_on_received,
	.closed = handset_tcp_on_closed,
};

/* A host connects to the phone. */
static void
handset_tcp_on_accepted(struct net_conn *c, void *arg)
{
	struct handset *h = arg;
	struct addr far = net_tcp_remote(c);
	struct handset_stream *s =
	    far.len == 4 ? new_stream(h, &far, net_tcp_local(c).port) : NULL;

	if (s == NULL) {
		net_tcp_abort(c);
		return;
	}
	s->net = c;
	net_tcp_set_user(c, &stream_ops, s);
	s->state = STREAM_OFFERED;
	stream_synchronise(s);
}

/* ---- from the board ---- */

/* The board says no more; the gateway has nothing to add to what it has. */
static void
handset_tcp_take_fin(struct handset_stream *s)
{
	s->rcv++;
	s->fin_seen = true;
	if (s->net == NULL)
		return;
	stream_pass_rest_out(s);
	net_tcp_close(s->net);
	s->net = NULL;
	s->fin = true;
}

static void
take_segment_bytes(struct handset_stream *s, const struct datagram *d)
{
	uint32_t known = s->rcv - d->seq, n = (uint32_t)d->payload.n;
	bool fin = (d->flags & TCP_FIN) != 0;

	if (n == 0 && !fin)
		return;
	if (known <= n && !s->fin_seen) {
		s->rcv += n - known;
		if (s->net != NULL && n > known)
			stream_pass_out(s, str_slice(d->payload, known, n));
		if (fin)
			handset_tcp_take_fin(s);
	}
	stream_bare(s, 0);
}

/* A SYN from the board: the network is asked. */
static void
ask_network(struct handset *h, const struct datagram *d)
{
	struct addr far = { .len = 4, .port = d->port[1] };
	struct handset_stream *s;
	int err;

	memcpy(far.ip, d->ip[1], 4);
	far.transport = ADDR_TCP;
	s = new_stream(h, &far, d->port[0]);
	if (s == NULL) {
		stream_refuse(h, d);
		return;
	}
	s->rcv = d->seq + 1;
	s->window = d->window;
	err = net_tcp_connect(h->node->host, &s->far, &stream_ops, s, &s->net);
	if (err == 0)
		return;
	node_fail_nomem(h->node, err);
	stream_refuse(h, d);
	end_stream(s);
}

/* The board takes the connection; false: D says nothing of that. */
static bool
handset_tcp_open_stream(struct handset_stream *s, const struct datagram *d)
{
	bool syn = (d->flags & TCP_SYN) != 0;

	if (s->state == STREAM_ASKED || (d->flags & TCP_ACK) == 0 ||
	    d->ack != s->una + 1 || syn != (s->state == STREAM_OFFERED))
		return false;
	if (syn)
		s->rcv = d->seq + 1;
	s->state = STREAM_OPEN;
	s->una = s->nxt;
	stream_stop(s);
	if (syn)
		stream_bare(s, 0);
	return true;
}

static void
take_segment(struct handset_stream *s, const struct datagram *d)
{
	if (s->state != STREAM_OPEN && !handset_tcp_open_stream(s, d))
		return;
	if ((d->flags & TCP_ACK) == 0 || !stream_acked(s, d->ack))
		return;
	s->window = d->window;
	if ((d->flags & TCP_SYN) == 0)
		take_segment_bytes(s, d);
	if (!end_if_done(s))
		stream_pass_in(s);
}

void
handset_tcp_segment(struct handset *h, const struct datagram *d)
{
	struct handset_stream *s = handset_tcp_find_stream(h, d);
	bool syn = (d->flags & (TCP_SYN | TCP_ACK)) == TCP_SYN;

	if ((d->flags & TCP_RST) != 0) {
		if (s != NULL)
			end_stream(s);
		return;
	}
	/* A phone that was reset uses its ports again. */
	if (s != NULL && syn && s->rcv != d->seq + 1) {
		end_stream(s);
		s = NULL;
	}
	if (s == NULL && syn)
		ask_network(h, d);
	else if (s == NULL)
		stream_refuse(h, d);
	else
		take_segment(s, d);
}

/* ---- the node ---- */

uint16_t
handset_sip_port(const struct handset *h)
{
	uint16_t port = node_addr(h->node)->port;

	return port != 0 ? port : ADDR_PORT_SIP;
}

void
handset_tcp_open(struct handset *h)
{
	int err = net_tcp_listen(h->node->host, handset_sip_port(h),
	    handset_tcp_on_accepted, h, &h->listener);

	node_fail_nomem(h->node, err);
}

void
handset_tcp_close(struct handset *h)
{
	net_tcp_unlisten(h->listener);
	h->listener = NULL;
	list_each (struct handset_stream, s, &h->streams, link)
		end_stream(s);
}
