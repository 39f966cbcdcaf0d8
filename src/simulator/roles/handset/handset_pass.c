/*
 * Bytes that go over at the gateway, from a connection of the board's to the
 * network's and back: a message at a time, so that the trace tells of messages
 * as in any node's.  What can't be cut into messages goes over as it is.
 */
#include "roles/handset/handset_stream_in.h"

#define OUT_MOST (32u << 10) /* that waits for the board, and a message */

/* ---- to the board ---- */

/* N bytes go to the board; as a message they get a record. */
static void
handset_gate_pass_in(struct handset_stream *s, struct str bytes, bool message)
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
	handset_gate_pass_in(
	    s, str_slice(in, 0, frame.n), framed != MSG_FRAMED_SKIP);
	return s->out.err == 0;
}

void
stream_pass_in(struct handset_stream *s)
{
	struct sim *sim = node_sim(s->h->node);
	uint64_t cause = sim_cause(sim);

	while (s->net != NULL && s->out.n < OUT_MOST && pass_next_in(s))
		sim_set_cause(sim, cause);
	sim_set_cause(sim, cause);
	stream_push(s);
}

void
stream_pass_rest_in(struct handset_stream *s, struct str rest)
{
	if (rest.n > 0)
		handset_gate_pass_in(s, rest, true);
}

/* ---- to the network ---- */

static uint64_t
send_by(struct str bytes, const struct trace_message *m, enum rule_id why,
    void *arg)
{
	const struct handset_stream *s = arg;

	return net_tcp_send(s->net, bytes, m, why);
}

/* The first N bytes that came go over, and are taken off. */
static void
handset_gate_pass_out(struct handset_stream *s, size_t n, bool message)
{
	struct str bytes = str_slice(buf_view(&s->in), 0, n);

	if (message)
		handset_send_message(
		    s->h, bytes, TRACE_PROTO_BYTES, send_by, s);
	else
		net_tcp_send(s->net, bytes, NULL, RULE_NONE);
	memmove(s->in.p, s->in.p + n, s->in.n - n);
	buf_truncate(&s->in, s->in.n - n);
}

void
stream_pass_out(struct handset_stream *s, struct str bytes)
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
			handset_gate_pass_out(s, frame.n, true);
			break;
		case MSG_FRAMED_SKIP:
			handset_gate_pass_out(s, frame.n, false);
			break;
		case MSG_FRAMED_MORE:
			return;
		default:
			s->torn_to_net = true;
		}
	}
	if (s->in.n > 0)
		handset_gate_pass_out(s, s->in.n, false);
}

void
stream_pass_rest_out(struct handset_stream *s)
{
	if (s->in.n > 0)
		handset_gate_pass_out(s, s->in.n, false);
}
