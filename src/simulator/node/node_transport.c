/*
 * Connections (RFC 3261 18, RFC 5923).  Each is found by the address at its
 * other end (18: "indexed by the tuple formed from the address, port, and
 * transport protocol at the other end"): where it was opened to, or from where
 * it came; one that came may have an alias besides, under which requests find
 * it.
 *
 * What has come is read in node_transport_receive.c.  A connection on which
 * nothing has moved for SIP_IDLE_NS is closed by the side that opened it; the
 * other side waits a little longer, in case it does not.
 *
 * A connection that was in use may be one that the other side has closed or
 * forgotten, which only the next message tells (RFC 5923 8.1, 8.2).  So
 * unacknowledged messages are kept, and go out once more.
 */
#include "node/node_transport_in.h"

#include "base/err.h"
#include "base/mem.h"
#include "base/ref.h"
#include "node/world.h"
#include "rules/rule_names.h"
#include "sip/defaults.h"

#include <string.h>

/* ---- finding ---- */

/* Transport, length, address, port. */
struct key {
	char b[1 + 1 + 16 + 2];
};

static struct str
key_of_connection(const struct addr *a, struct key *k)
{
	memset(k, 0, sizeof(*k));
	k->b[0] = (char)a->transport;
	k->b[1] = (char)a->len;
	memcpy(k->b + 2, a->ip, a->len);
	memcpy(k->b + 18, &a->port, sizeof(a->port));
	return (struct str){ k->b, sizeof(k->b) };
}

static struct connection *
transport_find_connection(const struct transport *t, const struct addr *a)
{
	struct key k;

	return map_get(t->by_addr, key_of_connection(a, &k));
}

bool
transport_connected(const struct transport *t, const struct addr *dst)
{
	return transport_find_connection(t, dst) != NULL;
}

bool
transport_ready(const struct transport *t, const struct addr *dst)
{
	const struct connection *k = transport_find_connection(t, dst);

	return k != NULL && channel_is_open(k->channel);
}

/* 0 or ERR_NOMEM; the first one that has the address keeps it. */
static int
listed(struct connection *k, const struct addr *a)
{
	struct key key;

	if (transport_find_connection(k->transport, a) != NULL)
		return 0;
	return map_put(k->transport->by_addr, key_of_connection(a, &key), k);
}

static void
unlisted(struct connection *k, const struct addr *a)
{
	struct key key;

	map_drop(k->transport->by_addr, key_of_connection(a, &key), k);
}

/* ---- unacknowledged messages ---- */

static void
drop_sent(struct sent *m)
{
	list_remove(&m->link);
	mem_free(m);
}

void
connection_drop_acked(struct connection *k)
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
    uint64_t seq, uint64_t awaited)
{
	struct sent *m = mem_alloc(sizeof(*m) + bytes.n);

	if (m == NULL) {
		node_fail_memory(k->transport->node);
		return;
	}
	*m = (struct sent){ .seq = seq, .awaited = awaited, .dst = *dst };
	m->bytes = (struct str){ (char *)(m + 1), bytes.n };
	memcpy(m + 1, bytes.p, bytes.n);
	list_init(&m->link);
	list_append(&k->sent, &m->link);
	list_remove(&k->owing);
	list_append(&k->transport->owing, &k->owing);
}

/* Of most connections all is acknowledged by now: each is looked at once for
 * what it was given. */
void
transport_settled(struct transport *t, uint64_t what)
{
	list_each (struct connection, k, &t->owing, owing) {
		connection_drop_acked(k);
		list_each (struct sent, m, &k->sent, link)
			if (m->awaited == what)
				drop_sent(m);
		if (list_empty(&k->sent))
			list_remove(&k->owing);
	}
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

void
connection_forget(struct connection *k)
{
	sim_cancel(node_sim(k->transport->node), k->idle);
	k->idle = 0;
	k->net = NULL;
	unlisted(k, &k->remote);
	unlisted(k, &k->alias);
	list_remove(&k->link);
	list_remove(&k->owing);
	ref_drop(k);
}

void
connection_report(
    struct connection *k, enum sip_trouble trouble, const char *how)
{
	struct addr remote = k->remote, alias = k->alias;
	struct sip_stack *s = k->transport->node->stack;

	sip_stack_trouble(s, &remote, trouble, how);
	if (alias.len != 0)
		sip_stack_trouble(s, &alias, trouble, how);
}

void
connection_send_again(struct connection *k)
{
	struct transport *t = k->transport;
	uint64_t cause = sim_cause(node_sim(t->node));

	list_each (struct sent, m, &k->sent, link) {
		sip_stack_again(t->node->stack, m->bytes, &m->dst, m->seq);
		sim_set_cause(node_sim(t->node), cause);
	}
}

void
connection_close(struct connection *k, enum connection_end why)
{
	const struct world_ending *ending = &k->transport->node->world->ending;
	struct net_conn *c = k->net;
	struct addr near;

	if (c == NULL)
		return;
	near = net_tcp_local(c);
	if (ending->fn != NULL)
		ending->fn(&near, &k->remote, why, ending->arg);
	ref_keep(k);
	connection_forget(k);
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
	if (due <= sim_now(sim)) {
		connection_close(k, CONNECTION_END_UNUSED);
		connection_tell_over(k);
	} else {
		k->idle =
		    sim_at(sim, due, k->transport->node->name, on_idle, k);
	}
	ref_drop(k);
}

void
connection_touch(struct connection *k)
{
	struct sim *sim = node_sim(k->transport->node);

	k->used_ns = sim_now(sim);
	k->cause = sim_cause(sim);
	if (k->idle == 0)
		k->idle =
		    node_after(k->transport->node, SIP_IDLE_NS, on_idle, k);
}

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
		list_init(&k->owing);
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
transport_on_accept(struct net_conn *c, void *arg)
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
	connection_touch(k);
}

static struct connection *
transport_connect_to(struct transport *t, const struct addr *dst)
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
	node_fail_nomem(t->node, err);
	connection_forget(k);
	return NULL;
}

bool
transport_open(struct transport *t, const struct addr *dst)
{
	struct connection *k = transport_find_connection(t, dst);

	if (k == NULL)
		k = transport_connect_to(t, dst);
	if (k != NULL)
		connection_touch(k);
	return k != NULL;
}

void
transport_give_up(struct transport *t, const struct addr *dst)
{
	struct connection *k = transport_find_connection(t, dst);

	if (k != NULL && !channel_is_open(k->channel) && list_empty(&k->sent))
		connection_close(k, CONNECTION_END_DONE);
}

/* ---- sending ---- */

/* RFC 5923 8.2 leaves it to who can prove that. */
static bool
may_have_alias(const struct connection *k, const struct addr *advertised)
{
	LOCAL_BUF host = BUF_INIT;

	addr_write_host(advertised, &host);
	return host.err == 0 && channel_speaks_for(k->channel, buf_view(&host));
}

void
transport_alias(
    struct transport *t, const struct addr *peer, const struct addr *advertised)
{
	struct connection *k = transport_find_connection(t, peer);
	struct addr alias = *advertised;

	alias.transport = peer->transport;
	/* One each: who advertises many keeps the first. */
	if (k == NULL || k->alias.len != 0 || addr_eq(peer, advertised) ||
	    !may_have_alias(k, advertised))
		return;
	if (listed(k, &alias) != 0)
		node_fail_memory(t->node);
	else if (transport_find_connection(t, &alias) == k)
		k->alias = alias;
}

/* Writes that a request for DST goes over the connection that its owner has
 * offered for that; what follows has the record as its cause. */
static void
record_alias(const struct connection *k, const struct addr *dst)
{
	const struct node *n = k->transport->node;
	struct trace_writer *w = sim_trace(node_sim(n));
	LOCAL_BUF text = BUF_INIT;

	if (!trace_wants(w, TRACE_ROUTE))
		return;
	node_record(n, TRACE_ROUTE, RULE_TRANSPORT_ALIAS);
	trace_put_cstr(w, "how", "alias");
	addr_write(dst, &text);
	trace_put_str(w, "target", buf_view(&text));
	buf_clear(&text);
	addr_write(&k->remote, &text);
	trace_put_str(w, "next", buf_view(&text));
	node_record_cause(n);
}

uint64_t
transport_send(struct transport *t, const struct addr *dst, struct str bytes,
    const struct trace_message *m, enum rule_id why)
{
	struct sim *sim = node_sim(t->node);
	uint64_t seq, cause = sim_cause(sim);
	struct connection *k = transport_find_connection(t, dst);

	if (k == NULL)
		k = transport_connect_to(t, dst);
	if (k == NULL)
		return cause;
	if (m->method.n > 0 && !addr_eq(&k->remote, dst))
		record_alias(k, dst);
	connection_drop_acked(k);
	seq = channel_send(k->channel, k->net, bytes, m, why);
	keep_sent(k, dst, bytes, seq, sip_awaited(m));
	sim_set_cause(sim, seq);
	connection_touch(k);
	sim_set_cause(sim, cause);
	return seq;
}

bool
transport_ping(struct transport *t, const struct addr *dst)
{
	struct connection *k = transport_find_connection(t, dst);

	if (k == NULL || !channel_ping(k->channel))
		return false;
	connection_touch(k);
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
		err = net_tcp_listen_at(t->node->host, &at, transport_on_accept,
		    t, &t->listeners[by]);
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
	list_init(&t->owing);
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

		connection_forget(k);
		net_tcp_abort(c);
	}
	map_destroy(t->by_addr);
	buf_free(&t->text);
	mem_free(t);
}
