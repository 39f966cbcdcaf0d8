/*
 * Connections (RFC 3261 18, RFC 5923).  Each is found by the address at its far
 * end (18: "indexed by the tuple formed from the address, port, and transport
 * protocol at the far end"): where it was opened to, or whence it came; one
 * that came may have an alias besides, under which requests find it.
 *
 * What has come is cut into messages (18.3, msg/framing.h); a stream that can't
 * be cut any further is answered as far as that is possible and closed.  A
 * connection on which nothing has moved for SIP_IDLE_NS is closed by the side
 * that opened it; the other side waits a little longer, in case it does not.
 *
 * A connection that was in use may be one that the other side has closed or
 * forgotten, which only the next message tells (RFC 5923 8.1, 8.2).  So of what
 * was sent, what is not acknowledged is kept, and goes out once more.
 */
#include "node/transport.h"

#include "base/err.h"
#include "base/list.h"
#include "base/map.h"
#include "base/mem.h"
#include "base/ref.h"
#include "msg/framing.h"
#include "net/tcp.h"
#include "node/channel.h"
#include "node/keepalive.h"
#include "node/node.h"
#include "node/race.h"
#include "node/world.h"
#include "rules/rule_names.h"
#include "sip/defaults.h"

#include <string.h>

/* A message that was sent and is not known to have arrived. */
struct sent {
	struct list link; /* in connection->sent, in order */
	uint64_t seq;     /* of its record */
	struct addr dst;  /* as who sent it named it */
	struct str bytes; /* they stand behind */
};

struct connection {
	struct list link; /* in transport->connections */
	struct transport *transport;
	struct net_conn *net; /* NULL once it is over */
	struct channel *channel;
	struct addr remote;
	struct addr alias; /* len 0: none */
	bool opened;       /* by this node */
	bool used;         /* a message has got through, in either direction */
	struct list sent;  /* struct sent */
	struct msg_framing framing;
	sim_event idle;
	int64_t used_ns; /* when something went over it last … */
	uint64_t cause;  /* … and which record that was */
};

struct transport {
	struct node *node;
	const struct node_face
	    *face; /* of NODE's, whose connections they are */
	struct net_listener *listeners[ADDR_KNOWN_TRANSPORTS];
	struct list connections;
	struct map *by_addr; /* remote and alias → connection */
	struct buf text;     /* the message that is being handed on */
};

/* ---- finding ---- */

/* Transport, length, address, port. */
struct key {
	char b[1 + 1 + 16 + 2];
};

static struct str
key_of(const struct addr *a, struct key *k)
{
	memset(k, 0, sizeof(*k));
	k->b[0] = (char)a->transport;
	k->b[1] = (char)a->len;
	memcpy(k->b + 2, a->ip, a->len);
	memcpy(k->b + 18, &a->port, sizeof(a->port));
	return (struct str){ k->b, sizeof(k->b) };
}

static struct connection *
find_connection(const struct transport *t, const struct addr *a)
{
	struct key k;

	return map_get(t->by_addr, key_of(a, &k));
}

bool
transport_connected(const struct transport *t, const struct addr *dst)
{
	return find_connection(t, dst) != NULL;
}

/* 0 or ERR_NOMEM; the first one that has the address keeps it. */
static int
listed(struct connection *k, const struct addr *a)
{
	struct key key;

	if (find_connection(k->transport, a) != NULL)
		return 0;
	return map_put(k->transport->by_addr, key_of(a, &key), k);
}

static void
unlisted(struct connection *k, const struct addr *a)
{
	struct key key;

	map_drop(k->transport->by_addr, key_of(a, &key), k);
}

/* ---- what is not acknowledged ---- */

static void
drop_sent(struct sent *m)
{
	list_remove(&m->link);
	mem_free(m);
}

/* What the other side has acknowledged is not kept. */
static void
drop_acked(struct connection *k)
{
	uint64_t first = net_tcp_unacked(k->net);

	list_each (struct sent, m, &k->sent, link) {
		if (first != 0 && m->seq >= first)
			break;
		drop_sent(m);
		k->used = true;
	}
}

static void
keep_sent(struct connection *k, const struct addr *dst, struct str bytes,
    uint64_t seq)
{
	struct sent *m = mem_alloc(sizeof(*m) + bytes.n);

	if (m == NULL) {
		node_fail_memory(k->transport->node);
		return;
	}
	*m = (struct sent){ .seq = seq, .dst = *dst };
	m->bytes = (struct str){ (char *)(m + 1), bytes.n };
	memcpy(m + 1, bytes.p, bytes.n);
	list_init(&m->link);
	list_append(&k->sent, &m->link);
}

/* ---- ending ---- */

/* Those who hold one are its transport, until it is over, and functions here
 * that are at work on it. */
static void
connection_destroy(void *p)
{
	struct connection *k = p;

	list_each (struct sent, m, &k->sent, link)
		drop_sent(m);
	channel_destroy(k->channel);
}

/* Nobody finds it any more; what the network has of it is not touched. */
static void
forget_connection(struct connection *k)
{
	sim_cancel(node_sim(k->transport->node), k->idle);
	k->idle = 0;
	k->net = NULL;
	unlisted(k, &k->remote);
	unlisted(k, &k->alias);
	list_remove(&k->link);
	ref_drop(k);
}

/* 18.4: whoever waits for an answer over it, or sent one, hears of it. */
static void
report_trouble(struct connection *k, enum sip_trouble trouble, const char *how)
{
	struct addr remote = k->remote, alias = k->alias;
	struct sip_stack *s = k->transport->node->stack;

	sip_stack_trouble(s, &remote, trouble, how);
	if (alias.len != 0)
		sip_stack_trouble(s, &alias, trouble, how);
}

/* What is left of K's messages goes out once more, in order. */
static void
send_again(struct connection *k)
{
	struct transport *t = k->transport;
	uint64_t cause = sim_cause(node_sim(t->node));

	list_each (struct sent, m, &k->sent, link) {
		sip_stack_again(t->node->stack, m->bytes, &m->dst, m->seq);
		sim_set_cause(node_sim(t->node), cause);
	}
}

/* Closed from here. */
static void
close_connection(struct connection *k)
{
	struct net_conn *c = k->net;

	if (c == NULL)
		return;
	ref_keep(k);
	forget_connection(k);
	channel_close(k->channel, c);
	ref_drop(k);
}

static void
on_idle(void *arg)
{
	struct connection *k = arg;
	struct sim *sim = node_sim(k->transport->node);
	int64_t due = k->used_ns + SIP_IDLE_NS;

	/* RFC 5923 8.1 leaves it to who opened it how long it is kept. */
	if (!k->opened)
		due += SIP_64T1_NS;
	k->idle = 0;
	sim_set_cause(sim, k->cause);
	ref_keep(k);
	if (due <= sim_now(sim))
		close_connection(k);
	else
		k->idle =
		    sim_at(sim, due, k->transport->node->name, on_idle, k);
	ref_drop(k);
}

/* Something goes over it. */
static void
touch_connection(struct connection *k)
{
	struct sim *sim = node_sim(k->transport->node);

	k->used_ns = sim_now(sim);
	k->cause = sim_cause(sim);
	if (k->idle == 0)
		k->idle =
		    node_after(k->transport->node, SIP_IDLE_NS, on_idle, k);
}

/* ---- what comes ---- */

/* N bytes of IN are one message: they stay in t->text while it is handled. */
static uint64_t
take_message(struct connection *k, struct str in, size_t n)
{
	struct transport *t = k->transport;

	buf_clear(&t->text);
	buf_str(&t->text, str_slice(in, 0, n));
	if (t->text.err != 0)
		node_fail_memory(t->node);
	return channel_take(k->channel, n);
}

/* 18.3: the end of the message, and so of all that follow, is not known. */
static void
refuse_stream(
    struct connection *k, struct str in, const struct msg_frame *frame)
{
	struct transport *t = k->transport;
	uint64_t recv = take_message(k, in, frame->n);

	if (t->text.err == 0)
		sip_stack_refuse(t->node->stack, buf_view(&t->text),
		    frame->fault, &k->remote, &t->face->addr, recv);
	close_connection(k);
	report_trouble(k, SIP_BROKEN, "unreadable");
}

/* How it ended for who waits for an answer; nothing of the next message has
 * come unless TORN.  Refused or broken off before it was ever of use, or in an
 * answer, it would be no better another time. */
static enum sip_trouble
judge_end(const struct connection *k, enum net_close why, bool torn)
{
	if (!channel_is_open(k->channel))
		return SIP_UNREACHABLE;
	return k->used && why == NET_CLOSE_RESET && !torn ? SIP_FORGOTTEN
							  : SIP_BROKEN;
}

/* 18.4: a layer below SIP (node/channel.h) has found that it can't go on. */
static void
end_channel(struct connection *k)
{
	enum sip_trouble trouble = judge_end(k, NET_CLOSE_NORMAL, false);

	ref_keep(k);
	close_connection(k);
	report_trouble(k, trouble, channel_how(k->channel));
	ref_drop(k);
}

/* More octets of SIP; false where there are none (yet). */
static bool
read_channel(struct connection *k)
{
	switch (channel_read(k->channel)) {
	case CHANNEL_MOVED:
		if (channel_is_open(k->channel))
			touch_connection(k);
		return true;
	case CHANNEL_ENDS:
		end_channel(k);
		return false;
	default:
		return false;
	}
}

/* What comes first in IN. */
static enum msg_framed
cut_message(struct connection *k, struct str in, struct msg_frame *frame)
{
	if (channel_is_message(k->channel) && in.n > 0) {
		*frame = (struct msg_frame){ .n = in.n };
		/* RFC 7118 6: keep-alives are messages, too. */
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
	touch_connection(k);
	if (ping && !k->opened)
		channel_send(k->channel, k->net, STR("\r\n"), &pong,
		    RULE_KEEPALIVE_PONG);
	else
		node_keepalive_pong(node, &peer);
}

/* Cuts off what comes first; false where that is not possible (yet). */
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
		recv = take_message(k, in, frame.n);
		k->used = true;
		touch_connection(k);
		if (t->text.err == 0)
			sip_stack_receive(t->node->stack, buf_view(&t->text),
			    &k->remote, &t->face->addr, recv);
		return true;
	case MSG_FRAMED_BAD:
		refuse_stream(k, in, &frame);
		return false;
	default:
		return read_channel(k);
	}
}

static void
on_received(struct net_conn *c, void *arg)
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
	node_race_heard(k->transport->node, &k->remote, true);
	sim_set_cause(sim, cause);
}

/* The other side has closed it in good order, or it broke, or it was not open
 * yet for all its layers.  In the first case nobody is told: an answer may
 * still come over a connection that the other side opens (18.1.1); but what was
 * sent meanwhile is read by nobody. */
static void
on_closed(struct net_conn *c, enum net_close why, void *arg)
{
	struct connection *k = arg;
	struct transport *t = k->transport;
	bool torn = k->framing.scanned > 0 || k->framing.size > 0;
	bool done = why == NET_CLOSE_NORMAL && channel_is_open(k->channel);
	enum sip_trouble trouble;
	struct str rest;

	(void)c;
	ref_keep(k);
	drop_acked(k);
	trouble = judge_end(k, why, torn);
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
	forget_connection(k);
	if (k->opened) {
		node_keepalive_broken(t->node, &k->remote);
		node_race_heard(t->node, &k->remote, false);
	}
	if (!done)
		report_trouble(k, trouble, net_close_name(why));
	if (done || trouble == SIP_FORGOTTEN)
		send_again(k);
	ref_drop(k);
}

static const struct net_tcp_ops connection_ops = {
	.connected = on_connection_made,
	.received = on_received,
	.closed = on_closed,
};

/* ---- beginning ---- */

/* NULL when memory is out, which the run has been told. */
static struct connection *
add_connection(struct transport *t, const struct addr *remote, bool opened)
{
	struct connection *k = ref_alloc(sizeof(*k), connection_destroy);
	struct channel_spec spec = { t->face, *remote, opened };

	if (k != NULL) {
		k->transport = t;
		k->remote = *remote;
		k->opened = opened;
		list_init(&k->link);
		list_init(&k->sent);
		if (channel_create(&k->channel, &spec) != 0 ||
		    listed(k, remote) != 0) {
			ref_drop(k);
			k = NULL;
		}
	}
	if (k == NULL) {
		node_fail_memory(t->node);
		return NULL;
	}
	list_append(&t->connections, &k->link);
	return k;
}

static void
on_accept(struct net_conn *c, void *arg)
{
	struct transport *t = arg;
	struct addr remote = net_tcp_remote(c);
	struct connection *k = add_connection(t, &remote, false);

	if (k == NULL) {
		net_tcp_abort(c);
		return;
	}
	k->net = c;
	net_tcp_set_user(c, &connection_ops, k);
	channel_begin(k->channel, c);
	touch_connection(k);
}

static struct connection *
connect_to(struct transport *t, const struct addr *dst)
{
	struct connection *k = add_connection(t, dst, true);
	int err;

	if (k == NULL)
		return NULL;
	err = net_tcp_connect_from(
	    t->node->host, &t->face->addr, dst, &connection_ops, k, &k->net);
	if (err == 0)
		return k;
	/* Without a free port nothing is sent: what waits for it times out. */
	if (err == ERR_NOMEM)
		node_fail_memory(t->node);
	forget_connection(k);
	return NULL;
}

bool
transport_open(struct transport *t, const struct addr *dst)
{
	struct connection *k = find_connection(t, dst);

	if (k == NULL)
		k = connect_to(t, dst);
	if (k != NULL)
		touch_connection(k);
	return k != NULL;
}

void
transport_give_up(struct transport *t, const struct addr *dst)
{
	struct connection *k = find_connection(t, dst);

	if (k != NULL && !channel_is_open(k->channel) && list_empty(&k->sent))
		close_connection(k);
}

/* ---- sending ---- */

/* RFC 5923 8.2 leaves it to who can prove that. */
static bool
may_have_alias(const struct connection *k, const struct addr *advertised)
{
	struct buf host = BUF_INIT;
	bool may;

	addr_write_host(advertised, &host);
	may = host.err == 0 && channel_speaks_for(k->channel, buf_view(&host));
	buf_free(&host);
	return may;
}

void
transport_alias(
    struct transport *t, const struct addr *peer, const struct addr *advertised)
{
	struct connection *k = find_connection(t, peer);
	struct addr alias = *advertised;

	alias.transport = peer->transport;
	/* One each: who advertises many keeps the first. */
	if (k == NULL || k->alias.len != 0 || addr_eq(peer, advertised) ||
	    !may_have_alias(k, advertised))
		return;
	if (listed(k, &alias) != 0)
		node_fail_memory(t->node);
	else if (find_connection(t, &alias) == k)
		k->alias = alias;
}

/* Writes that a request for DST goes over the connection that its owner has
 * offered for that; what follows has the record as its cause. */
static void
record_alias(const struct connection *k, const struct addr *dst)
{
	const struct node *n = k->transport->node;
	struct trace_writer *w = sim_trace(node_sim(n));
	struct buf text = BUF_INIT;

	if (!trace_wants(w, TRACE_ROUTE))
		return;
	node_record(n, TRACE_ROUTE, RULE_TRANSPORT_ALIAS);
	trace_put_cstr(w, "how", "alias");
	addr_write(dst, &text);
	trace_put_str(w, "target", buf_view(&text));
	buf_clear(&text);
	addr_write(&k->remote, &text);
	trace_put_str(w, "next", buf_view(&text));
	buf_free(&text);
	node_record_cause(n);
}

uint64_t
transport_send(struct transport *t, const struct addr *dst, struct str bytes,
    const struct trace_message *m, enum rule_id why)
{
	struct sim *sim = node_sim(t->node);
	uint64_t seq, cause = sim_cause(sim);
	struct connection *k = find_connection(t, dst);

	if (k == NULL)
		k = connect_to(t, dst);
	if (k == NULL)
		return cause;
	if (m->method.n > 0 && !addr_eq(&k->remote, dst))
		record_alias(k, dst);
	drop_acked(k);
	seq = channel_send(k->channel, k->net, bytes, m, why);
	keep_sent(k, dst, bytes, seq);
	sim_set_cause(sim, seq);
	touch_connection(k);
	sim_set_cause(sim, cause);
	return seq;
}

bool
transport_ping(struct transport *t, const struct addr *dst)
{
	struct connection *k = find_connection(t, dst);

	if (k == NULL || !channel_ping(k->channel))
		return false;
	touch_connection(k);
	return true;
}

/* ---- life ---- */

/* 18.2.1: by each stream, at its port. */
static int
listen_all(struct transport *t)
{
	int err = 0;

	for (uint8_t by = 0; err == 0 && by < ADDR_KNOWN_TRANSPORTS; by++) {
		struct addr at;

		if ((t->face->listens & 1U << by) == 0 ||
		    !addr_transports[by].stream || node_is_browser(t->node))
			continue;
		at = node_face_addr(t->face, by);
		err = net_tcp_listen_at(
		    t->node->host, &at, on_accept, t, &t->listeners[by]);
	}
	return err;
}

int
transport_create(struct transport **tp, const struct node_face *f)
{
	struct transport *t = mem_zalloc(1, sizeof(*t));
	int err;

	*tp = NULL;
	if (t == NULL)
		return ERR_NOMEM;
	t->node = f->node;
	t->face = f;
	list_init(&t->connections);
	err = map_create(&t->by_addr);
	if (err == 0)
		err = listen_all(t);
	if (err != 0) {
		transport_destroy(t);
		return err;
	}
	*tp = t;
	return 0;
}

void
transport_destroy(struct transport *t)
{
	if (t == NULL)
		return;
	for (size_t i = 0; i < ADDR_KNOWN_TRANSPORTS; i++)
		net_tcp_unlisten(t->listeners[i]);
	net_tcp_forget_at(t->node->host, &t->face->addr);
	list_each (struct connection, k, &t->connections, link) {
		struct net_conn *c = k->net;

		forget_connection(k);
		net_tcp_abort(c);
	}
	map_destroy(t->by_addr);
	buf_free(&t->text);
	mem_free(t);
}
