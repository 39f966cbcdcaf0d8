/*
 * SIP over TCP (RFC 3261 18): two connections at most, opened for a request or
 * by the other side, used for whatever goes to the same address and port, and
 * kept until the other side closes them or the place is wanted for another.
 * What comes is kept until a message is whole, in as many bytes as a message
 * may have; a stream that can't be cut is broken off.
 */
#include "firmware/phone/sip.h"

#include "firmware/net/tcp.h"
#include "firmware/phone/heap.h"
#include "firmware/phone/report.h"

/* Sequence numbers have nothing in common with branches and tags. */
#define TCP_SECRET 0x243F6A8885A308D3u

static void on_connected(struct net_tcp *net, void *arg);
static void
on_received(struct net_tcp *net, const uint8_t *bytes, size_t n, void *arg);
static void on_ended(struct net_tcp *net, enum net_tcp_end why, void *arg);

static const struct net_tcp_ops stream_ops = {
	.connected = on_connected,
	.received = on_received,
	.ended = on_ended,
};

/* ---- places ---- */

static struct sip_stream *
find_net(struct sip *sip, const struct net_tcp *net)
{
	for (unsigned i = 0; i < SIP_STREAMS; i++)
		if (sip->streams[i].net == net)
			return &sip->streams[i];
	return NULL;
}

static struct sip_stream *
find_free_stream(struct sip *sip, const struct where *at)
{
	for (unsigned i = 0; i < SIP_STREAMS; i++) {
		struct sip_stream *s = &sip->streams[i];

		if (s->net != NULL && s->at.ip == at->ip &&
		    s->at.port == at->port)
			return s;
	}
	return NULL;
}

static void
forget(struct sip_stream *s)
{
	heap_put(s->in);
	memset(s, 0, sizeof(*s));
}

static void
use(struct sip *sip, struct sip_stream *s, struct net_tcp *net)
{
	s->sip = sip;
	s->net = net;
	s->at = (struct where){ net_tcp_address(net), net_tcp_port(net), true };
	s->used_us = hal_now_us();
}

/* Closes the connection that has rested longest. */
static struct sip_stream *
make_room(struct sip *sip)
{
	struct sip_stream *oldest = &sip->streams[0];

	for (unsigned i = 1; i < SIP_STREAMS; i++)
		if (sip->streams[i].used_us < oldest->used_us)
			oldest = &sip->streams[i];
	report_log("connection closed for another", NULL);
	net_tcp_close(oldest->net);
	forget(oldest);
	return oldest;
}

static struct sip_stream *
open_stream(struct sip *sip, const struct where *to)
{
	struct sip_stream *s = find_net(sip, NULL);
	struct net_tcp *net;

	if (s == NULL)
		s = make_room(sip);
	net = net_tcp_connect(to->ip, to->port, &stream_ops, sip);
	if (net == NULL)
		return NULL;
	use(sip, s, net);
	return s;
}

/* ---- what happens to a connection ---- */

static void
on_connected(struct net_tcp *net, void *arg)
{
	struct sip_stream *s = find_net(arg, net);

	if (s != NULL)
		s->made = true;
}

static void
on_accepted(struct net_tcp *net, void *arg)
{
	struct sip *sip = arg;
	struct sip_stream *s = find_net(sip, NULL);

	if (s == NULL) {
		report_log("no room for a connection", NULL);
		net_tcp_abort(net);
		return;
	}
	use(sip, s, net);
	s->made = true;
}

static void
break_off(struct sip_stream *s)
{
	struct sip *sip = s->sip;
	struct where at = s->at;

	report_log("no end of a message to be found", NULL);
	net_tcp_abort(s->net);
	forget(s);
	tx_stream_failed(sip, &at, true);
}

/* Takes the first N bytes off. */
static void
take_off(struct sip_stream *s, size_t n)
{
	memmove(s->in, s->in + n, s->n - n);
	s->n -= n;
}

/* A message of N bytes; its receiver may close the connection. */
static void
deliver_message(struct sip_stream *s, size_t n)
{
	struct sip *sip = s->sip;
	struct where from = s->at;
	char *message = heap_get(n);

	memcpy(message, s->in, n);
	take_off(s, n);
	sip_receive(sip, &from, (const uint8_t *)message, n);
	heap_put(message);
}

/* Messages that are whole go up; false: the connection is gone. */
static bool
cut(struct sip_stream *s, const struct net_tcp *net)
{
	size_t n;

	while (s->net == net && s->n > 0) {
		switch (sip_framing_next(&s->framing, s->in, s->n, &n)) {
		case SIP_FRAMED_MESSAGE:
			deliver_message(s, n);
			break;
		case SIP_FRAMED_SKIP:
			take_off(s, n);
			break;
		case SIP_FRAMED_MORE:
			return true;
		default:
			break_off(s);
			return false;
		}
	}
	return s->net == net;
}

static void
on_received(struct net_tcp *net, const uint8_t *bytes, size_t n, void *arg)
{
	struct sip *sip = arg;
	struct sip_stream *s = find_net(sip, net);

	if (s == NULL)
		return;
	s->used_us = hal_now_us();
	if (s->in == NULL)
		s->in = heap_get(SIP_STREAM_MAX);
	while (n > 0) {
		size_t part = SIP_STREAM_MAX - s->n;

		if (part > n)
			part = n;
		memcpy(s->in + s->n, bytes, part);
		s->n += part;
		bytes += part;
		n -= part;
		if (!cut(s, net))
			return;
	}
	if (s->n == 0) { /* a phone has little memory, and streams rest long */
		heap_put(s->in);
		s->in = NULL;
	}
}

static void
on_ended(struct net_tcp *net, enum net_tcp_end why, void *arg)
{
	struct sip *sip = arg;
	struct sip_stream *s = find_net(sip, net);
	struct where at;
	bool made;

	if (s == NULL)
		return;
	at = s->at;
	made = s->made;
	if (s->n > 0)
		report_log("half a message", NULL);
	forget(s);
	/* 18.1.1: who closes in good order may answer by a connection of his
	 * own. */
	if (why == NET_TCP_CLOSED)
		return;
	report_log(made ? "connection broken" : "no connection", NULL);
	tx_stream_failed(sip, &at, made);
}

/* ---- what SIP wants of them ---- */

void
sip_stream_start(struct sip *sip)
{
	/* Nothing is drawn: what the phone draws else is as without TCP. */
	net_tcp_start(sip->rng->state ^ TCP_SECRET);
	net_tcp_listen(sip->config->own.port, &stream_ops, sip, on_accepted);
}

void
sip_stream_stop(struct sip *sip)
{
	for (unsigned i = 0; i < SIP_STREAMS; i++)
		if (sip->streams[i].net != NULL) {
			net_tcp_abort(sip->streams[i].net);
			forget(&sip->streams[i]);
		}
}

bool
sip_stream_is_open(struct sip *sip, const struct where *to)
{
	return find_free_stream(sip, to) != NULL;
}

bool
sip_stream_send(
    struct sip *sip, const struct where *to, const void *bytes, size_t n)
{
	struct sip_stream *s = find_free_stream(sip, to);

	if (s == NULL)
		s = open_stream(sip, to);
	if (s == NULL)
		return false;
	s->used_us = hal_now_us();
	return net_tcp_send(s->net, bytes, n);
}
