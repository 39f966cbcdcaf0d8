/*
 * Users of TCP for tests: in the world of net_world.h each host listens on port
 * 5060, and each end of a connection that is made or accepted there gets a
 * struct side, which writes down what it is told.
 */
#ifndef TCP_WORLD_H
#define TCP_WORLD_H

#include "net/tcp.h"
#include "net_world.h"

#define TCP_SIDES 64

struct tcp_world;

struct side {
	struct tcp_world *t;
	struct net_conn *c; /* NULL once it is closed */
	char log[64];       /* "C" connected, "A" accepted, "r" received, then
			       the name of why it closed */
	struct buf in;      /* what it took */
	size_t chunk;       /* it takes so many bytes at a time; 0: all */
	size_t left;        /* what it had not taken when it was closed */
	bool lazy;          /* it takes nothing */
	bool echo;          /* it sends what it takes */
	/* What else it does, called behind the above; may be NULL. */
	void (*on)(struct side *s, char what);
};

struct tcp_world {
	struct world w;
	struct net_listener *listeners[WORLD_HOSTS];
	struct side sides[TCP_SIDES];
	size_t nsides;
	struct side next; /* what a new side begins as */
	void *plan;       /* of the test */
};

__attribute__((unused)) static void
side_note(struct side *s, const char *what)
{
	size_t n = strlen(s->log);

	/* of a row of "r" one is enough */
	if (*what == 'r' && what[1] == '\0' && n > 0 && s->log[n - 1] == 'r')
		return;
	snprintf(s->log + n, sizeof(s->log) - n, "%s", what);
}

__attribute__((unused)) static void
side_take(struct side *s)
{
	size_t n;

	while (s->c != NULL && (n = net_tcp_peek(s->c).n) > 0) {
		struct str bytes;

		if (s->chunk != 0 && n > s->chunk)
			n = s->chunk;
		if (s->chunk != 0 && n < s->chunk)
			return;
		bytes = str_slice(net_tcp_peek(s->c), 0, n);
		buf_str(&s->in, bytes);
		if (s->echo)
			net_tcp_send(s->c, bytes, NULL, RULE_NONE);
		net_tcp_take(s->c, n);
	}
}

__attribute__((unused)) static void
side_connected(struct net_conn *c, void *arg)
{
	struct side *s = arg;

	CU_ASSERT_PTR_EQUAL(s->c, c);
	side_note(s, "C");
	if (s->on != NULL)
		s->on(s, 'C');
}

__attribute__((unused)) static void
side_received(struct net_conn *c, void *arg)
{
	struct side *s = arg;

	CU_ASSERT_PTR_EQUAL(s->c, c);
	side_note(s, "r");
	if (!s->lazy)
		side_take(s);
	if (s->on != NULL)
		s->on(s, 'r');
}

__attribute__((unused)) static void
side_closed(struct net_conn *c, enum net_close why, void *arg)
{
	struct side *s = arg;

	CU_ASSERT_PTR_EQUAL(s->c, c);
	side_note(s, net_close_name(why));
	s->left = net_tcp_peek(c).n;
	s->c = NULL;
	if (s->on != NULL)
		s->on(s, 'c');
}

static const struct net_tcp_ops side_ops = {
	.connected = side_connected,
	.received = side_received,
	.closed = side_closed,
};

__attribute__((unused)) static struct side *
side_new(struct tcp_world *t)
{
	struct side *s = &t->sides[t->nsides++];

	if (t->nsides > TCP_SIDES)
		abort();
	*s = t->next;
	s->t = t;
	return s;
}

__attribute__((unused)) static void
side_accept(struct net_conn *c, void *arg)
{
	struct side *s = side_new(arg);

	s->c = c;
	net_tcp_set_user(c, &side_ops, s);
	side_note(s, "A");
	if (s->on != NULL)
		s->on(s, 'A');
}

/* 0 or an error code; tcp_close works either way. */
__attribute__((unused)) static int
tcp_open(struct tcp_world *t, bool v6, const char *hosts, const char *links,
    const struct net_link_params *params)
{
	int err;

	memset(t, 0, sizeof(*t));
	err = world_open(&t->w, 1, TRACE_NETWORK);
	t->w.v6 = v6;
	if (err == 0)
		err = world_hosts(&t->w, hosts);
	if (err == 0)
		err = world_links(&t->w, links, params);
	for (size_t i = 0; err == 0 && i < t->w.nhosts; i++)
		err = net_tcp_listen(
		    t->w.hosts[i], 5060, side_accept, t, &t->listeners[i]);
	return err;
}

__attribute__((unused)) static void
tcp_make(struct tcp_world *t, const char *hosts, const char *links)
{
	CU_ASSERT_EQUAL_FATAL(tcp_open(t, false, hosts, links, NULL), 0);
}

__attribute__((unused)) static void
tcp_close(struct tcp_world *t)
{
	world_close(&t->w);
	for (size_t i = 0; i < t->nsides; i++)
		buf_free(&t->sides[i].in);
}

/* From A to B's port 5060; NULL where memory runs out. */
__attribute__((unused)) static struct side *
tcp_connect(struct tcp_world *t, const char *a, const char *b)
{
	struct side *s = side_new(t);
	struct addr dst = world_addr(&t->w, world_index(&t->w, b));
	int err = net_tcp_connect(
	    t->w.hosts[world_index(&t->w, a)], &dst, &side_ops, s, &s->c);

	CU_ASSERT_EQUAL(err != 0, s->c == NULL);
	return err == 0 ? s : NULL;
}

__attribute__((unused)) static uint64_t
side_send(struct side *s, struct str bytes)
{
	static const struct trace_message m = { .proto = TRACE_PROTO_UDP };

	return net_tcp_send(s->c, bytes, &m, RULE_NONE);
}

/* Of a packet's record. */
#define FLAGS(words) "\"flags\":\"" words "\""

__attribute__((unused)) static enum sim_result
tcp_run(struct tcp_world *t)
{
	return world_run(&t->w, INT64_MAX);
}

/* Runs on for NS, idle or not. */
__attribute__((unused)) static enum sim_result
tcp_pass(struct tcp_world *t, int64_t ns)
{
	struct sim_goal goal = { .until_ns = sim_now(t->w.sim) + ns,
		.past_idle = true };

	return sim_run(t->w.sim, &goal);
}

#endif
