/*
 * Reception over connections (node/node_transport.h): bytes are cut into
 * messages (RFC 3261 18.3, msg/framing.h); a stream that can't be cut any
 * further is answered as far as that is possible and closed.
 */
#include "node/node_transport_in.h"

#include "base/ref.h"
#include "node/flow.h"
#include "node/race.h"
#include "node/world.h"
#include "rules/rule_names.h"

/* N bytes of IN are one message: they stay in t->text while it is handled. */
static uint64_t
transport_receive_take_message(struct connection *k, struct str in, size_t n)
{
	struct transport *t = k->transport;

	buf_clear(&t->text);
	buf_str(&t->text, str_slice(in, 0, n));
	node_fail_nomem(t->node, t->text.err);
	return channel_take(k->channel, n);
}

/* 18.3: the end of the message, and so of all that follow, is not known. */
static void
transport_receive_refuse_stream(
    struct connection *k, struct str in, const struct msg_frame *frame)
{
	struct transport *t = k->transport;
	uint64_t recv = transport_receive_take_message(k, in, frame->n);

	if (t->text.err == 0)
		sip_stack_refuse(t->node->stack, buf_view(&t->text),
		    frame->fault, &k->remote, &t->face->addr, recv);
	connection_close(k, frame->fault == MSG_FAULT_TOO_LARGE
				? CONNECTION_END_TOO_LARGE
				: CONNECTION_END_UNFRAMED);
	connection_report(k, SIP_BROKEN, "unreadable");
	connection_tell_over(k);
}

/* How it ended for who waits for an answer; nothing of the next message has
 * come unless TORN.  Rejected or broken off before it was ever of use, or in an
 * answer, it would be no better another time. */
static enum sip_trouble
transport_receive_judge_end(
    const struct connection *k, enum net_close why, bool torn)
{
	if (!channel_is_open(k->channel))
		return SIP_UNREACHABLE;
	return k->used && why == NET_CLOSE_RESET && !torn ? SIP_FORGOTTEN
							  : SIP_BROKEN;
}

/* Messages over it go out from now on: a race between several connections
 * (node/race.h) takes this one. */
static void
tell_open(struct connection *k)
{
	if (k->opened && channel_is_open(k->channel))
		node_race_heard(k->transport->node, &k->remote, true);
}

void
connection_tell_over(struct connection *k)
{
	struct node *n = k->transport->node;

	if (!k->opened)
		return;
	node_keepalive_broken(n, &k->remote);
	node_race_heard(n, &k->remote, false);
}

/* 18.4: a layer below SIP (node/channel.h) has found that it can't go on. */
static void
end_channel(struct connection *k)
{
	enum sip_trouble trouble =
	    transport_receive_judge_end(k, NET_CLOSE_NORMAL, false);

	ref_keep(k);
	connection_close(k, CONNECTION_END_DONE);
	connection_report(k, trouble, channel_how(k->channel));
	connection_tell_over(k);
	ref_drop(k);
}

/* More octets of SIP; false where there are none (yet). */
static bool
read_channel(struct connection *k)
{
	switch (channel_read(k->channel)) {
	case CHANNEL_MOVED:
		if (channel_is_open(k->channel))
			connection_touch(k);
		tell_open(k);
		return true;
	case CHANNEL_ENDS:
		end_channel(k);
		return false;
	default:
		return false;
	}
}

/* The first message of IN. */
static enum msg_framed
cut_message(struct connection *k, struct str in, struct msg_frame *frame)
{
	if (channel_is_message(k->channel) && in.n > 0) {
		*frame = (struct msg_frame){ .n = in.n };
		/* RFC 7118 6: keep-alives are messages as well. */
		return str_is(in, "\r\n\r\n") || str_is(in, "\r\n")
			   ? MSG_FRAMED_SKIP
			   : MSG_FRAMED_MESSAGE;
	}
	return msg_framing_next(
	    &k->framing, in, &k->transport->node->world->framed, frame);
}

/* RFC 5626 4.4.1, 5.4: N bytes before a message are empty lines.  Alone, two of
 * them are a ping, and one is the pong for that. */
static void
take_empty_lines(struct connection *k, struct str in, size_t n)
{
	static const struct trace_message pong = { .proto = TRACE_PROTO_CRLF,
		.method = STR_INIT("pong") };
	struct node *node = k->transport->node;
	bool ping = n == 4 && in.n == 4;
	struct addr peer = k->remote;

	if (!ping && !(n == 2 && in.n == 2 && k->opened)) {
		channel_skip(k->channel, n);
		return;
	}
	channel_take(k->channel, n);
	connection_touch(k);
	if (ping && !k->opened)
		channel_send(k->channel, k->net, STR("\r\n"), &pong,
		    RULE_KEEPALIVE_PONG);
	else
		node_keepalive_pong(node, &peer);
}

/* Cuts off the first message; false where that is not possible (yet). */
static bool
read_next(struct connection *k)
{
	struct transport *t = k->transport;
	struct str in = channel_peek(k->channel);
	struct msg_frame frame;
	uint64_t recv;

	switch (cut_message(k, in, &frame)) {
	case MSG_FRAMED_SKIP:
		take_empty_lines(k, in, frame.n);
		return true;
	case MSG_FRAMED_MESSAGE:
		recv = transport_receive_take_message(k, in, frame.n);
		k->used = true;
		connection_touch(k);
		if (t->text.err == 0)
			sip_stack_receive(t->node->stack, buf_view(&t->text),
			    &k->remote, &t->face->addr, recv);
		return true;
	case MSG_FRAMED_BAD:
		transport_receive_refuse_stream(k, in, &frame);
		return false;
	default:
		return read_channel(k);
	}
}

static void
transport_receive_on_received(struct net_conn *c, void *arg)
{
	struct connection *k = arg;
	struct sim *sim = node_sim(k->transport->node);
	uint64_t cause = sim_cause(sim);

	(void)c;
	ref_keep(k);
	/* What a message brings about may end the connection. */
	while (k->net != NULL && read_next(k))
		sim_set_cause(sim, cause);
	sim_set_cause(sim, cause);
	ref_drop(k);
}

static void
on_connection_made(struct net_conn *c, void *arg)
{
	struct connection *k = arg;
	struct sim *sim = node_sim(k->transport->node);
	uint64_t cause = sim_cause(sim);

	channel_begin(k->channel, c);
	sim_set_cause(sim, cause);
	tell_open(k);
	sim_set_cause(sim, cause);
}

/* The other side has closed it in good order, or it broke, or it was not open
 * yet for all its layers.  In the first case no transaction is told: an answer
 * may still come over a connection that the other side opens (18.1.1); but
 * messages sent meanwhile are not read. */
static void
transport_receive_on_closed(struct net_conn *c, enum net_close why, void *arg)
{
	struct connection *k = arg;
	struct transport *t = k->transport;
	bool torn = k->framing.scanned > 0 || k->framing.size > 0;
	bool done = why == NET_CLOSE_NORMAL && channel_is_open(k->channel);
	enum sip_trouble trouble;
	struct str rest;

	(void)c;
	ref_keep(k);
	connection_drop_acked(k);
	trouble = transport_receive_judge_end(k, why, torn);
	if (torn) {
		rest = channel_peek(k->channel);
		buf_clear(&t->text);
		buf_str(&t->text, rest);
		channel_skip(k->channel, rest.n);
		if (t->text.err != 0)
			node_fail_memory(t->node);
		else
			sip_stack_refuse(t->node->stack, buf_view(&t->text),
			    MSG_FAULT_TORN, &k->remote, &t->face->addr, 0);
	}
	connection_forget(k);
	if (!done)
		connection_report(k, trouble, net_close_name(why));
	if (done || trouble == SIP_FORGOTTEN)
		connection_send_again(k);
	connection_tell_over(k);
	ref_drop(k);
}

const struct net_tcp_ops connection_ops = {
	.connected = on_connection_made,
	.received = transport_receive_on_received,
	.closed = transport_receive_on_closed,
};
