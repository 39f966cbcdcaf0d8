/*
 * TCP (RFC 9293): connections as their users see them: begin, accept, close.
 */
#include "net/tcp_in.h"

#include "base/err.h"
#include "base/mem.h"

#include <string.h>

const char *
net_close_name(enum net_close why)
{
	static const char *const names[] = {
#define X(id, name) name,
		NET_CLOSES(X)
#undef X
	};

	return names[why];
}

uint8_t
net_tcp_carries(uint8_t by)
{
	return addr_transports[by].stream ? by : ADDR_TCP;
}

/* What tells a host's connections apart: the addresses of both ends. */
struct key {
	char b[4 + 2 * 19];
};

static void
key_connection_addr(char *p, const struct addr *a)
{
	p[0] = (char)a->len;
	memcpy(p + 1, a->ip, a->len);
	memcpy(p + 17, &a->port, sizeof(a->port));
}

static struct str
key_make(struct key *k, const struct net_host *h, const struct addr *local,
    const struct addr *remote)
{
	uint32_t host = (uint32_t)h->index;

	memset(k, 0, sizeof(*k));
	memcpy(k->b, &host, sizeof(host));
	key_connection_addr(k->b + 4, local);
	key_connection_addr(k->b + 4 + 19, remote);
	return (struct str){ k->b, sizeof(k->b) };
}

struct net_conn *
net_conn_find(const struct net_host *h, const struct addr *local,
    const struct addr *remote)
{
	struct key k;

	return map_get(h->net->conn_by_addrs, key_make(&k, h, local, remote));
}

static struct str
key_end(const uint64_t *end)
{
	return (struct str){ (const char *)end, sizeof(*end) };
}

int
net_tcp_know_ends(struct net *n)
{
	int err = 0;

	if (n->conn_by_end != NULL)
		return 0;
	err = map_create(&n->conn_by_end);
	for (size_t i = 0; err == 0 && i < n->nhosts; i++)
		list_each (struct net_conn, c, &n->hosts[i]->conns, in_host)
			if (err == 0 && c->state != TCP_DEAD)
				err = map_put(
				    n->conn_by_end, key_end(&c->end), c);
	return err;
}

/* The other end of C, or NULL. */
static struct net_conn *
find_far_end(const struct net_conn *c)
{
	const struct net *n = c->host->net;
	const struct net_host *far;

	if (n->conn_by_end != NULL)
		return map_get(n->conn_by_end, key_end(&c->far_end));
	far = net_by_addr(n, &c->remote);
	return far != NULL ? net_conn_find(far, &c->remote, &c->local) : NULL;
}

struct net_conn *
net_conn_new(struct net_host *h, const struct addr *local,
    const struct addr *remote, uint8_t by, enum tcp_state state)
{
	struct net *n = h->net;
	struct net_conn *c = mem_zalloc(1, sizeof(*c));
	struct key k;

	if (c == NULL)
		return NULL;
	if (map_put(n->conn_by_addrs, key_make(&k, h, local, remote), c) != 0) {
		mem_free(c);
		return NULL;
	}
	c->host = h;
	c->local = *local;
	c->remote = *remote;
	c->local.transport = net_tcp_carries(by);
	c->remote.transport = c->local.transport;
	net_addr_text(n, &c->local, c->local_text);
	net_addr_text(n, &c->remote, c->remote_text);
	c->state = state;
	c->end = ++n->ends;
	if (n->conn_by_end != NULL &&
	    map_put(n->conn_by_end, key_end(&c->end), c) != 0)
		net_fail(n);
	c->rto_ns = TCP_RTO_FIRST;
	c->progress_ns = sim_now(n->sim);
	c->cause = sim_cause(n->sim);
	list_init(&c->early);
	list_init(&c->waiting);
	list_append(&h->conns, &c->in_host);
	return c;
}

/* All that it keeps in memory to work on. */
static void
drop_early(struct net_conn *c)
{
	list_each (struct tcp_piece, e, &c->early, list)
		mem_free(e);
	list_init(&c->early);
}

static void
conn_free(struct net_conn *c)
{
	list_remove(&c->in_host);
	drop_early(c);
	tcp_bytes_free(&c->out);
	tcp_bytes_free(&c->in);
	tcp_row_free(&c->messages);
	tcp_row_free(&c->parts);
	mem_free(c);
}

void
net_conn_enter(struct net_conn *c)
{
	c->busy++;
}

void
net_conn_leave(struct net_conn *c)
{
	if (--c->busy == 0 && c->state == TCP_DEAD && !c->user)
		conn_free(c);
}

void
net_conn_hold(struct net_conn *c)
{
	struct sim *sim = c->host->net->sim;
	bool hold = c->state == TCP_CONNECTING || c->state == TCP_ACCEPTING;

	if (c->state == TCP_OPEN)
		hold =
		    c->una < c->out_end || c->cut || (c->fin && !c->fin_acked);
	if (hold && !c->held)
		sim_hold(sim);
	if (!hold && c->held)
		sim_release(sim);
	c->held = hold;
}

static void
tcp_stop_timers(struct net_conn *c)
{
	struct sim *sim = c->host->net->sim;

	sim_cancel(sim, c->timer);
	sim_cancel(sim, c->work);
	c->timer = c->work = 0;
	net_conn_hold(c);
}

void
net_conn_lose(const struct net_conn *c, uint64_t send, enum trace_drop reason)
{
	struct trace_writer *t = sim_trace(c->host->net->sim);

	if (send == 0)
		return; /* folded */
	sim_open(c->host->net->sim, TRACE_DROP, c->host->name, RULE_NONE);
	trace_put_int(t, "of", (int64_t)send);
	trace_put_cstr(t, "reason", trace_drop_name(reason));
	trace_close(t);
}

void
net_conn_told(const struct net_conn *c, uint64_t send)
{
	const struct net_conn *sender = find_far_end(c);

	for (size_t i = 0; sender != NULL && i < sender->messages.n; i++) {
		struct tcp_message *m =
		    tcp_row_at(&sender->messages, sizeof(*m), i);

		m->told = m->told || m->send == send;
	}
}

/* What becomes of messages when C ends: what waited for a connection that was
 * never made, and what has come in part. */
static void
lose_messages(const struct net_conn *c)
{
	uint64_t last = 0;

	for (size_t i = 0; c->state == TCP_CONNECTING && i < c->messages.n;
	     i++) {
		const struct tcp_message *m =
		    tcp_row_at(&c->messages, sizeof(*m), i);

		net_conn_lose(c, m->send, TRACE_DROP_NO_CONNECTION);
	}
	for (size_t i = 0; i < c->parts.n; i++) {
		const struct tcp_part *p = tcp_row_at(&c->parts, sizeof(*p), i);

		if (p->send != 0 && p->send != last) {
			net_conn_lose(c, p->send, TRACE_DROP_TORN);
			net_conn_told(c, p->send);
		}
		last = p->send;
	}
}

void
net_conn_bury(struct net_conn *c)
{
	struct key k;

	if (c->state == TCP_DEAD)
		return;
	lose_messages(c);
	c->left = net_tcp_unacked(c);
	net_conn_lose_waiting(c);
	c->state = TCP_DEAD;
	tcp_stop_timers(c);
	map_remove(c->host->net->conn_by_addrs,
	    key_make(&k, c->host, &c->local, &c->remote));
	if (c->host->net->conn_by_end != NULL)
		map_remove(c->host->net->conn_by_end, key_end(&c->end));
	drop_early(c);
	tcp_bytes_free(&c->out);
	tcp_row_free(&c->messages);
}

void
net_conn_tell_closed(struct net_conn *c, enum net_close why)
{
	const struct net_tcp_ops *ops = c->ops;

	if (!c->user)
		return;
	c->user = false;
	c->ops = NULL;
	if (ops != NULL && ops->closed != NULL)
		ops->closed(c, why, c->arg);
}

void
net_conn_die(struct net_conn *c, enum net_close why)
{
	net_conn_bury(c);
	net_conn_tell_closed(c, why);
}

void
net_conn_reset(struct net_conn *c)
{
	for (size_t i = 0; i < c->messages.n; i++) {
		const struct tcp_message *m =
		    tcp_row_at(&c->messages, sizeof(*m), i);

		if (!m->told)
			net_conn_lose(c, m->send, TRACE_DROP_NO_CONNECTION);
	}
	net_conn_die(c, NET_CLOSE_RESET);
}

static void
tcp_end_wait(void *arg)
{
	struct net_conn *c = arg;

	net_conn_enter(c);
	c->timer = 0;
	net_conn_bury(c);
	net_conn_leave(c);
}

void
net_conn_wait(struct net_conn *c)
{
	c->state = TCP_WAITING;
	tcp_stop_timers(c);
	drop_early(c);
	tcp_bytes_free(&c->out);
	tcp_bytes_free(&c->in);
	tcp_row_free(&c->messages);
	tcp_row_free(&c->parts);
	c->timer = sim_after(
	    c->host->net->sim, TCP_LINGER, c->host->name, tcp_end_wait, c);
}

struct net_listener *
net_listener_find(const struct net_host *h, const struct addr *a)
{
	list_each (struct net_listener, l, &h->listeners, in_host)
		if (l->local.port == 0 || net_listens_at(&l->local, a))
			return l;
	return NULL;
}

void
net_tcp_move_listeners(
    struct net_host *h, const struct addr *from, const struct addr *to)
{
	list_each (struct net_listener, l, &h->listeners, in_host)
		if (addr_same_ip(&l->local, from))
			net_addr_move(&l->local, to);
}

int
net_tcp_listen_at(struct net_host *h, const struct addr *local,
    net_accept_fn *fn, void *arg, struct net_listener **lp)
{
	struct net_listener *l;

	*lp = NULL;
	list_each (struct net_listener, other, &h->listeners, in_host)
		if (net_listens_alike(&other->local, local))
			return ERR_EXISTS;
	l = mem_zalloc(1, sizeof(*l));
	if (l == NULL)
		return ERR_NOMEM;
	l->host = h;
	l->local = *local;
	l->fn = fn;
	l->arg = arg;
	list_append(&h->listeners, &l->in_host);
	h->net->ports++;
	*lp = l;
	return 0;
}

int
net_tcp_listen(struct net_host *h, uint16_t port, net_accept_fn *fn, void *arg,
    struct net_listener **lp)
{
	return net_tcp_listen_at(
	    h, &(struct addr){ .port = port }, fn, arg, lp);
}

void
net_tcp_unlisten(struct net_listener *l)
{
	if (l == NULL)
		return;
	list_remove(&l->in_host);
	l->host->net->ports++;
	mem_free(l);
}

/*
 * The next dynamic port from which there is no connection to DST, or 0.  It is
 * not simply the lowest free one: a port just used would be mistaken by who
 * has not heard of the end of that connection.
 */
static uint16_t
find_tcp_port(struct net_host *h, struct addr local, const struct addr *dst)
{
	for (uint32_t i = NET_PORT_FIRST; i <= UINT16_MAX; i++) {
		local.port = h->tcp_port;
		h->tcp_port = local.port < UINT16_MAX
				  ? (uint16_t)(local.port + 1)
				  : NET_PORT_FIRST;
		if (local.port != dst->port &&
		    net_listener_find(h, &local) == NULL &&
		    net_conn_find(h, &local, dst) == NULL)
			return local.port;
	}
	return 0;
}

static int
connect_as(struct net_host *h, const struct addr *local, const struct addr *dst,
    const struct net_tcp_ops *ops, void *arg, struct net_conn **cp)
{
	struct net *n = h->net;
	struct net_host *to = net_by_addr(n, dst);
	struct net_conn *c =
	    net_conn_new(h, local, dst, dst->transport, TCP_CONNECTING);

	if (c == NULL)
		return ERR_NOMEM;
	c->id = ++n->conns;
	c->user = true;
	c->ops = ops;
	c->arg = arg;
	/* a real host learns it from the first router, by ICMP */
	c->no_path = !h->up || to == NULL || local->len != dst->len ||
		     (!net_is_direct(h, to) && net_route(h, to) == NULL);
	if (c->no_path && h->up)
		net_note_unreachable(h, to, dst,
		    local->len != dst->len ? TRACE_DROP_NO_FAMILY
					   : TRACE_DROP_NO_PATH);
	if (!c->no_path)
		net_conn_segment(c, TCP_SYN, "syn", c->cause);
	net_conn_arm(c);
	net_conn_hold(c);
	*cp = c;
	return 0;
}

int
net_tcp_connect_from(struct net_host *h, const struct addr *from,
    const struct addr *dst, const struct net_tcp_ops *ops, void *arg,
    struct net_conn **cp)
{
	struct addr local = *from;

	*cp = NULL;
	local.port = find_tcp_port(h, local, dst);
	return local.port != 0 ? connect_as(h, &local, dst, ops, arg, cp)
			       : ERR_LIMIT;
}

int
net_tcp_connect(struct net_host *h, const struct addr *dst,
    const struct net_tcp_ops *ops, void *arg, struct net_conn **cp)
{
	bool ok;
	struct addr from = net_source_addr(h, dst, 0, &ok);

	return net_tcp_connect_from(h, &from, dst, ops, arg, cp);
}

int
net_tcp_connect_as(struct net_host *h, const struct addr *local,
    const struct addr *dst, const struct net_tcp_ops *ops, void *arg,
    struct net_conn **cp)
{
	*cp = NULL;
	return net_conn_find(h, local, dst) == NULL
		   ? connect_as(h, local, dst, ops, arg, cp)
		   : ERR_EXISTS;
}

void
net_tcp_set_user(struct net_conn *c, const struct net_tcp_ops *ops, void *arg)
{
	c->ops = ops;
	c->arg = arg;
}

void
net_tcp_close(struct net_conn *c)
{
	if (!c->user)
		return;
	net_conn_enter(c);
	c->user = false;
	c->ops = NULL;
	net_conn_lose_waiting(c);
	c->fin = true;
	c->fin_cause = sim_cause(c->host->net->sim);
	if (c->state == TCP_CONNECTING && c->out_end == 0)
		net_conn_bury(c);
	net_conn_push(c);
	net_conn_hold(c);
	net_conn_leave(c);
}

void
net_tcp_abort(struct net_conn *c)
{
	if (!c->user)
		return;
	net_conn_enter(c);
	c->user = false;
	c->ops = NULL;
	/* RFC 9293 3.10.5: in SYN-SENT nothing is sent */
	if (c->state == TCP_OPEN)
		net_conn_segment(
		    c, TCP_RST, "rst", sim_cause(c->host->net->sim));
	net_conn_bury(c);
	net_conn_leave(c);
}

uint64_t
net_tcp_unacked(const struct net_conn *c)
{
	uint64_t first = 0;

	if (c->state == TCP_DEAD)
		return c->left;
	/* What has waited stands behind what was sent later. */
	for (size_t i = 0; i < c->messages.n && (i == 0 || c->mixed); i++) {
		const struct tcp_message *m =
		    tcp_row_at(&c->messages, sizeof(*m), i);

		if (first == 0 || m->send < first)
			first = m->send;
	}
	list_each (struct tcp_waiting, w, &c->waiting, link)
		if (first == 0 || w->send < first)
			first = w->send;
	return first;
}

struct addr
net_tcp_local(const struct net_conn *c)
{
	return c->local;
}

struct addr
net_tcp_remote(const struct net_conn *c)
{
	return c->remote;
}

static void
forget_conn(struct net_conn *c)
{
	net_conn_enter(c);
	net_conn_bury(c);
	net_conn_leave(c);
}

void
net_tcp_forget(struct net_host *h)
{
	list_each (struct net_conn, c, &h->conns, in_host)
		forget_conn(c);
}

void
net_tcp_forget_at(struct net_host *h, const struct addr *local)
{
	list_each (struct net_conn, c, &h->conns, in_host)
		if (addr_same_ip(&c->local, local))
			forget_conn(c);
}

void
net_tcp_destroy_host(struct net_host *h)
{
	list_each (struct net_listener, l, &h->listeners, in_host)
		net_tcp_unlisten(l);
	list_each (struct net_conn, c, &h->conns, in_host) {
		c->state = TCP_DEAD;
		tcp_stop_timers(c);
		net_conn_drop_waiting(c);
		conn_free(c);
	}
}
