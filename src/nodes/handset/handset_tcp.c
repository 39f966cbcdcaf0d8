/*
 * TCP of the board.  It ends at the gateway, which has a connection of the
 * network (net/tcp.h) for each of the board's: bytes go over from one to the
 * other, a message at a time, so that the trace tells of messages as of any
 * node's.  What can't be cut into messages goes over as it is.
 *
 * The other side sees the node's address with a port of the network's choice,
 * not the board's; what connects to the node's SIP port is offered to the board
 * on its own.
 */
#include "nodes/handset/handset_stream.h"

#include "base/err.h"
#include "base/mem.h"
#include "sip/defaults.h"

#include <string.h>

#define STREAMS_MOST 8
#define OUT_MOST     (32u << 10) /* that waits for the board, and a message */
#define NUMBERS      65536u      /* from one connection's first to the next's */

static const struct net_tcp_ops stream_ops;

/* ---- places ---- */

static struct handset_stream *
find(const struct handset *h, const struct datagram *d)
{
	list_foreach (link, &h->streams) {
		struct handset_stream *s =
		    LIST_ENTRY(link, struct handset_stream, link);

		if (s->own_port == d->port[0] && s->far.port == d->port[1] &&
		    memcmp(s->far.ip, d->ip[1], 4) == 0)
			return s;
	}
	return NULL;
}

/* Gone, and the network's connection with it. */
static void
end(struct handset_stream *s)
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
make_room(struct handset *h)
{
	if (h->nstreams < STREAMS_MOST)
		return;
	list_foreach (link, &h->streams) {
		struct handset_stream *s =
		    LIST_ENTRY(link, struct handset_stream, link);

		if (s->net == NULL) {
			end(s);
			return;
		}
	}
}

/* NULL: no room or no memory, which the run has been told. */
static struct handset_stream *
add(struct handset *h, const struct addr *far, uint16_t own_port)
{
	struct handset_stream *s;

	make_room(h);
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
	s->cause = sim_cause(h->node->world->sim);
	list_append(&h->streams, &s->link);
	h->nstreams++;
	return s;
}

/* Nothing is left to be said by either. */
static bool
ended(struct handset_stream *s)
{
	if (s->net != NULL || !s->fin_seen || !s->fin_acked)
		return false;
	end(s);
	return true;
}

void
stream_given_up(struct handset_stream *s)
{
	stream_bare(s, FRAME_RST);
	end(s);
}

/* ---- from the network ---- */

/* N bytes go to the board; as a message they get a record. */
static void
pass_in(struct handset_stream *s, struct str bytes, bool message)
{
	size_t at = s->out.n;

	buf_str(&s->out, bytes);
	if (s->out.err != 0) {
		node_fail_memory(s->h->node);
		return;
	}
	if (!message) {
		net_tcp_skip(s->net, bytes.n);
		return;
	}
	s->cause = net_tcp_take(s->net, bytes.n);
	handset_clock_ready(s->h);
	handset_heard(
	    s->h, s->cause, str_slice(buf_view(&s->out), at, at + bytes.n));
}

/* False: there is nothing that could go yet. */
static bool
pass_next_in(struct handset_stream *s)
{
	struct str in = net_tcp_peek(s->net);
	enum msg_framed framed = MSG_FRAMED_BAD;
	struct msg_frame frame = { in.n, MSG_FAULT_NONE };

	if (in.n == 0)
		return false;
	if (!s->torn_to_board)
		framed = msg_framing_next(
		    &s->to_board, in, &s->h->node->world->framed, &frame);
	if (framed == MSG_FRAMED_MORE)
		return false;
	if (framed == MSG_FRAMED_BAD) {
		s->torn_to_board = true;
		frame.n = in.n;
	}
	pass_in(s, str_slice(in, 0, frame.n), framed != MSG_FRAMED_SKIP);
	return s->out.err == 0;
}

static void
pass_in_all(struct handset_stream *s)
{
	struct sim *sim = s->h->node->world->sim;
	uint64_t cause = sim_cause(sim);

	while (s->net != NULL && s->out.n < OUT_MOST && pass_next_in(s))
		sim_set_cause(sim, cause);
	sim_set_cause(sim, cause);
	stream_push(s);
}

static void
on_received(struct net_conn *c, void *arg)
{
	struct handset_stream *s = arg;

	(void)c;
	if (s->state == STREAM_OPEN)
		pass_in_all(s);
}

static void
on_connected(struct net_conn *c, void *arg)
{
	struct handset_stream *s = arg;

	(void)c;
	s->state = STREAM_ANSWERED;
	stream_synchronise(s);
}

/* What was only begun goes over, too: it is the board that has to see that. */
static void
on_closed(struct net_conn *c, enum net_close why, void *arg)
{
	struct handset_stream *s = arg;
	struct str rest;

	if (why != NET_CLOSE_NORMAL || s->state == STREAM_ASKED) {
		s->net = NULL;
		stream_bare(s, FRAME_RST);
		end(s);
		return;
	}
	pass_in_all(s);
	rest = net_tcp_peek(c);
	if (rest.n > 0)
		pass_in(s, rest, true);
	s->net = NULL;
	s->fin = true;
	stream_push(s);
}

static const struct net_tcp_ops stream_ops = {
	.connected = on_connected,
	.received = on_received,
	.closed = on_closed,
};

/* Somebody connects to the phone. */
static void
on_accepted(struct net_conn *c, void *arg)
{
	struct handset *h = arg;
	struct addr far = net_tcp_remote(c);
	struct handset_stream *s =
	    far.len == 4 ? add(h, &far, net_tcp_local(c).port) : NULL;

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

static uint64_t
send_by(struct str bytes, const struct trace_message *m, enum rule_id why,
    void *arg)
{
	const struct handset_stream *s = arg;

	return net_tcp_send(s->net, bytes, m, why);
}

/* The first N bytes that came go over, and are taken off. */
static void
pass_out(struct handset_stream *s, size_t n, bool message)
{
	struct str bytes = str_slice(buf_view(&s->in), 0, n);

	if (message)
		handset_send_message(s->h, bytes, send_by, s);
	else
		net_tcp_send(s->net, bytes, NULL, RULE_NONE);
	memmove(s->in.p, s->in.p + n, s->in.n - n);
	buf_truncate(&s->in, s->in.n - n);
}

static void
pass_out_all(struct handset_stream *s, struct str bytes)
{
	struct msg_frame frame;

	buf_str(&s->in, bytes);
	if (s->in.err != 0) {
		node_fail_memory(s->h->node);
		return;
	}
	while (s->in.n > 0 && !s->torn_to_net) {
		switch (msg_framing_next(&s->to_net, buf_view(&s->in),
		    &s->h->node->world->framed, &frame)) {
		case MSG_FRAMED_MESSAGE:
			pass_out(s, frame.n, true);
			break;
		case MSG_FRAMED_SKIP:
			pass_out(s, frame.n, false);
			break;
		case MSG_FRAMED_MORE:
			return;
		default:
			s->torn_to_net = true;
		}
	}
	if (s->in.n > 0)
		pass_out(s, s->in.n, false);
}

/* The board says no more; the gateway has nothing to add to what it has. */
static void
take_fin(struct handset_stream *s)
{
	s->rcv++;
	s->fin_seen = true;
	if (s->net == NULL)
		return;
	if (s->in.n > 0)
		pass_out(s, s->in.n, false);
	net_tcp_close(s->net);
	s->net = NULL;
	s->fin = true;
}

static void
take_bytes(struct handset_stream *s, const struct datagram *d)
{
	uint32_t known = s->rcv - d->seq, n = (uint32_t)d->payload.n;
	bool fin = (d->flags & TCP_FIN) != 0;

	if (n == 0 && !fin)
		return;
	if (known <= n && !s->fin_seen) {
		s->rcv += n - known;
		if (s->net != NULL && n > known)
			pass_out_all(s, str_slice(d->payload, known, n));
		if (fin)
			take_fin(s);
	}
	stream_bare(s, 0);
}

/* A SYN from the board: the network is asked. */
static void
ask(struct handset *h, const struct datagram *d)
{
	struct addr far = { .len = 4, .port = d->port[1] };
	struct handset_stream *s;
	int err;

	memcpy(far.ip, d->ip[1], 4);
	far.transport = ADDR_TCP;
	s = add(h, &far, d->port[0]);
	if (s == NULL) {
		stream_refuse(h, d);
		return;
	}
	s->rcv = d->seq + 1;
	s->window = d->window;
	err = net_tcp_connect(h->node->host, &s->far, &stream_ops, s, &s->net);
	if (err == 0)
		return;
	if (err == ERR_NOMEM)
		node_fail_memory(h->node);
	stream_refuse(h, d);
	end(s);
}

/* The board takes the connection; false: D says nothing of that. */
static bool
takes(struct handset_stream *s, const struct datagram *d)
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
go_on(struct handset_stream *s, const struct datagram *d)
{
	if (s->state != STREAM_OPEN && !takes(s, d))
		return;
	if ((d->flags & TCP_ACK) == 0 || !stream_acked(s, d->ack))
		return;
	s->window = d->window;
	if ((d->flags & TCP_SYN) == 0)
		take_bytes(s, d);
	if (!ended(s))
		pass_in_all(s);
}

void
handset_tcp_segment(struct handset *h, const struct datagram *d)
{
	struct handset_stream *s = find(h, d);
	bool syn = (d->flags & (TCP_SYN | TCP_ACK)) == TCP_SYN;

	if ((d->flags & TCP_RST) != 0) {
		if (s != NULL)
			end(s);
		return;
	}
	/* A phone that was reset uses its ports again. */
	if (s != NULL && syn && s->rcv != d->seq + 1) {
		end(s);
		s = NULL;
	}
	if (s == NULL && syn)
		ask(h, d);
	else if (s == NULL)
		stream_refuse(h, d);
	else
		go_on(s, d);
}

/* ---- the node ---- */

void
handset_tcp_open(struct handset *h)
{
	uint16_t port = h->node->addr.port;
	int err = net_tcp_listen(h->node->host, port != 0 ? port : SIP_PORT,
	    on_accepted, h, &h->listener);

	if (err == ERR_NOMEM)
		node_fail_memory(h->node);
}

void
handset_tcp_close(struct handset *h)
{
	net_tcp_unlisten(h->listener);
	h->listener = NULL;
	list_foreach (link, &h->streams)
		end(LIST_ENTRY(link, struct handset_stream, link));
}
