/* TCP: connections, and who has them. */
#include "firmware/net/connection_in.h"

#include <string.h>

struct net_tcp net_tcp_all[NET_TCP_CONNECTIONS];

static struct {
	uint16_t port; /* 0: no listener */
	const struct net_tcp_ops *ops;
	void *arg;
	void (*accepted)(struct net_tcp *c, void *arg);
} listener;

static uint64_t secret;
static uint16_t next_port;

void
net_tcp_listen(uint16_t port, const struct net_tcp_ops *ops, void *arg,
    void (*accepted)(struct net_tcp *c, void *arg))
{
	listener.port = port;
	listener.ops = ops;
	listener.arg = arg;
	listener.accepted = accepted;
}

/* ---- beginning ---- */

static struct net_tcp *
find_connection(uint32_t ip, uint16_t port, uint16_t own_port)
{
	for (unsigned i = 0; i < NET_TCP_CONNECTIONS; i++) {
		struct net_tcp *c = &net_tcp_all[i];

		if (c->state != TCP_FREE && c->ip == ip && c->port == port &&
		    c->own_port == own_port)
			return c;
	}
	return NULL;
}

/* A free place, else that of a connection which only waits for repetitions. */
static struct net_tcp *
find_free_connection(void)
{
	struct net_tcp *place = NULL;

	for (unsigned i = 0; i < NET_TCP_CONNECTIONS; i++) {
		if (net_tcp_all[i].state == TCP_FREE)
			return &net_tcp_all[i];
		if (net_tcp_all[i].state == TCP_TIME_WAIT)
			place = &net_tcp_all[i];
	}
	return place;
}

/* RFC 6528 3: a clock of 4 us, and a secret. */
static uint32_t
initial_number(uint32_t ip, uint16_t port, uint16_t own_port)
{
	uint64_t h =
	    secret ^ ((uint64_t)ip << 32 | (uint32_t)port << 16 | own_port);

	for (int i = 0; i < 3; i++) {
		h ^= h >> 33;
		h *= 0xFF51AFD7ED558CCDu;
		h ^= secret << (i + 1) | secret >> (63 - i);
	}
	return (uint32_t)(h >> 32) + (uint32_t)(hal_now_us() / 4);
}

static struct net_tcp *
tcp_create(uint32_t ip, uint16_t port, uint16_t own_port)
{
	struct net_tcp *c = find_free_connection();

	if (c == NULL)
		return NULL;
	memset(c, 0, sizeof(*c));
	c->ip = ip;
	c->port = port;
	c->own_port = own_port;
	c->una = c->nxt = c->recover = initial_number(ip, port, own_port);
	c->mss = TCP_MSS_UNSAID;
	c->due_us = UINT64_MAX;
	c->rto_us = TCP_RTO_US;
	c->progress_us = hal_now_us();
	return c;
}

struct net_tcp *
net_tcp_connect(
    uint32_t dst, uint16_t port, const struct net_tcp_ops *ops, void *arg)
{
	struct net_tcp *c;

	do {
		next_port++;
		if (next_port < TCP_FIRST_PORT)
			next_port = TCP_FIRST_PORT;
	} while (find_connection(dst, port, next_port) != NULL);
	c = tcp_create(dst, port, next_port);
	if (c == NULL)
		return NULL;
	c->ops = ops;
	c->arg = arg;
	c->state = TCP_SYN_SENT;
	tcp_out_push(c);
	return c;
}

void
tcp_accepted(struct net_tcp *c)
{
	c->ops = listener.ops;
	c->arg = listener.arg;
	if (listener.accepted != NULL)
		listener.accepted(c, listener.arg);
}

/* ---- end ---- */

void
tcp_end(struct net_tcp *c, enum net_tcp_end why)
{
	const struct net_tcp_ops *ops = c->ops;

	c->state = TCP_FREE;
	c->ops = NULL;
	if (ops != NULL)
		ops->ended(c, why, c->arg);
}

void
net_tcp_close(struct net_tcp *c)
{
	c->ops = NULL;
	if (c->state == TCP_SYN_SENT && c->n == 0) {
		c->state = TCP_FREE;
		return;
	}
	c->fin = true;
	tcp_out_push(c);
}

void
net_tcp_abort(struct net_tcp *c)
{
	c->ops = NULL;
	if (c->state > TCP_SYN_SENT && c->state != TCP_TIME_WAIT)
		tcp_out_bare(c, TCP_RST | TCP_ACK);
	c->state = TCP_FREE;
}

bool
net_tcp_send(struct net_tcp *c, const void *bytes, size_t n)
{
	if (c->fin || c->state == TCP_FREE || n > NET_TCP_BUFFER - c->n)
		return false;
	memcpy(c->out + c->n, bytes, n);
	c->n += n;
	tcp_out_push(c);
	return true;
}

uint32_t
net_tcp_address(const struct net_tcp *c)
{
	return c->ip;
}

uint16_t
net_tcp_port(const struct net_tcp *c)
{
	return c->port;
}

/* ---- time, and what comes ---- */

static void
fire_timer(struct net_tcp *c, uint64_t now)
{
	uint32_t cause = hal_cause();

	hal_set_cause(c->cause);
	if (c->state == TCP_TIME_WAIT || c->state == TCP_FIN_WAIT_2) {
		c->state = TCP_FREE;
	} else if (now - c->progress_us >= TCP_GIVE_UP_US) {
		if (c->state != TCP_SYN_SENT)
			tcp_out_bare(c, TCP_RST | TCP_ACK);
		tcp_end(c, NET_TCP_TIMEOUT);
	} else {
		c->rto_us *= 2;
		c->recover = c->nxt;
		tcp_out_again(c);
	}
	hal_set_cause(cause);
}

static void
tick(uint64_t now)
{
	for (unsigned i = 0; i < NET_TCP_CONNECTIONS; i++) {
		struct net_tcp *c = &net_tcp_all[i];

		if (c->state != TCP_FREE && c->due_us <= now)
			fire_timer(c, now);
	}
}

static uint64_t
find_due(void)
{
	uint64_t due = UINT64_MAX;

	for (unsigned i = 0; i < NET_TCP_CONNECTIONS; i++)
		if (net_tcp_all[i].state != TCP_FREE &&
		    net_tcp_all[i].due_us < due)
			due = net_tcp_all[i].due_us;
	return due;
}

static void
flush(void)
{
	for (unsigned i = 0; i < NET_TCP_CONNECTIONS; i++) {
		struct net_tcp *c = &net_tcp_all[i];
		uint32_t cause = hal_cause();

		if (c->state == TCP_FREE || c->due_us == UINT64_MAX)
			continue;
		hal_set_cause(c->cause);
		tcp_out_again(c);
		hal_set_cause(cause);
	}
}

/* RFC 9293 3.10.7.2: a SYN asks for a connection, and gets one. */
static bool
took_syn(const struct tcp_segment *s)
{
	unsigned flags = s->flags & (TCP_SYN | TCP_ACK | TCP_RST | TCP_FIN);
	struct net_tcp *c;

	if (flags != TCP_SYN || listener.port == 0 ||
	    listener.port != s->dst_port)
		return false;
	c = tcp_create(s->src, s->src_port, s->dst_port);
	if (c == NULL)
		return false;
	c->state = TCP_SYN_RECEIVED;
	tcp_synchronise(c, s);
	tcp_out_push(c);
	return true;
}

static void
receive_segment(const struct packet *p)
{
	struct tcp_segment s;
	struct net_tcp *c;

	if (p->dst != net_if.ip || !tcp_read(p, &s)) {
		net_if.counts.bad++;
		return;
	}
	c = find_connection(s.src, s.src_port, s.dst_port);
	if (c != NULL)
		tcp_in(c, &s);
	else if (!took_syn(&s))
		tcp_out_refuse(&s);
}

void
net_tcp_start(uint64_t seed)
{
	static const struct net_protocol protocol = { IP_TCP, receive_segment,
		tick, find_due, flush };

	memset(net_tcp_all, 0, sizeof(net_tcp_all));
	memset(&listener, 0, sizeof(listener));
	secret = seed;
	next_port = (uint16_t)(TCP_FIRST_PORT + seed % 16384);
	net_if.tcp = &protocol;
}
