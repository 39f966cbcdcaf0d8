/* A host with several addresses: which of them faces whom, sockets and
 * listeners at one of them, and one that changes. */
#include "tcp_world.h"

/* a has a link to x's first address, b to its second, c to none of them; all
 * addresses are of one family but the third. */
static struct addr second = { .len = 4, .ip = { 10, 0, 0, 1 }, .port = 5060 },
		   sixth = { .len = 16,
			   .ip = { 0x20, 0x01, 0x0d, 0xb8, 6 },
			   .port = 5060 },
		   alone = { .len = 4, .ip = { 10, 0, 0, 9 }, .port = 5060 };

static struct net_host *
make_faces(struct world *w)
{
	struct net_host *x;
	struct addr first;

	world_make(w, "a x b c", "a-x b-x c-x");
	x = w->hosts[1];
	first = world_addr(w, 1);
	CU_ASSERT_EQUAL(net_host_add_addr(x, &second), 0);
	CU_ASSERT_EQUAL(net_host_add_addr(x, &sixth), 0);
	CU_ASSERT_EQUAL(net_host_add_addr(x, &alone), 0);
	CU_ASSERT_EQUAL(
	    net_link_set_face(net_find_link(w->net, "a", "x"), x, &first), 0);
	CU_ASSERT_EQUAL(
	    net_link_set_face(net_find_link(w->net, "b", "x"), x, &second), 0);
	return x;
}

static void
facing(void)
{
	struct world w;
	struct net_host *x = make_faces(&w);
	struct addr a = world_addr(&w, 0), b = world_addr(&w, 2),
		    c = world_addr(&w, 3),
		    nobody = { .len = 4, .ip = { 203, 0, 113, 77 } },
		    inner = { .len = 4, .ip = { 127, 64, 8, 1 } },
		    loopback = { .len = 4, .ip = { 127, 0, 0, 1 } },
		    six = { .len = 16, .ip = { 0x20, 0x01, 0x0d, 0xb8, 9 } };

	CU_ASSERT_EQUAL(net_host_facing(x, &a), 0);
	CU_ASSERT_EQUAL(net_host_facing(x, &b), 1);
	/* Its link is of no address: the one that no link is of. */
	CU_ASSERT_EQUAL(net_host_facing(x, &c), 3);
	CU_ASSERT_EQUAL(net_host_facing(x, &nobody), 3);
	/* Who is of the loopback, and who is not, have a face each. */
	CU_ASSERT_EQUAL(net_host_add_addr(x, &inner), 0);
	CU_ASSERT_EQUAL(net_host_facing(x, &loopback), 4);
	CU_ASSERT_EQUAL(net_host_facing(x, &nobody), 3);
	/* The family counts more than the link. */
	CU_ASSERT_EQUAL(net_host_add_addr(w.hosts[2], &six), 0);
	CU_ASSERT_EQUAL(net_host_facing(x, &six), 2);
	/* Its own. */
	CU_ASSERT_EQUAL(net_host_facing(x, &second), 1);
	CU_ASSERT_EQUAL(net_host_facing(w.hosts[0], &second), 0);
	CU_ASSERT_EQUAL(
	    net_link_set_face(net_find_link(w.net, "a", "x"), x, &a),
	    ERR_NOTFOUND);
	CU_ASSERT_EQUAL(
	    net_link_set_face(net_find_link(w.net, "a", "x"), w.hosts[2], &b),
	    ERR_NOTFOUND);
	world_close(&w);
}

static void
take_nothing(const struct net_datagram *d, void *arg)
{
	(void)d;
	(void)arg;
}

/* ::1 is of two hosts: of one at the ports that it has, of the other else. */
static void
shared(void)
{
	struct world w;
	struct addr one = { .len = 16, .ip = { [15] = 1 }, .port = 7000 };
	struct net_sock *s;
	struct net_host *x;

	world_make(&w, "a x", "a-x");
	x = w.hosts[1];
	CU_ASSERT_EQUAL(net_host_add_addr(x, &one), 0);
	CU_ASSERT_PTR_EQUAL(net_by_addr(w.net, &one), x);
	CU_ASSERT_EQUAL(net_udp_open_at(x, &one, take_nothing, NULL, &s), 0);
	CU_ASSERT_EQUAL(net_host_add_guest(w.hosts[0]), 0);
	CU_ASSERT_EQUAL(net_host_add_guest(x), ERR_EXISTS);
	CU_ASSERT_PTR_EQUAL(net_by_addr(w.net, &one), x);
	one.port = 7001;
	CU_ASSERT_PTR_EQUAL(net_by_addr(w.net, &one), w.hosts[0]);
	CU_ASSERT(net_has_addr(w.net, &one));
	world_close(&w);
}

/* What is sent comes from the address that faces the receiver, or from the
 * socket's own; what comes to any address arrives. */
static void
datagrams(void)
{
	struct world w;
	struct net_host *x = make_faces(&w);
	struct addr a = world_addr(&w, 0), at = second;
	struct net_sock *s, *t;

	world_send(&w, "x", "b", STR("from the second"));
	world_run(&w, INT64_MAX);
	CU_ASSERT(addr_eq(&w.got.src, &second));
	world_send(&w, "x", "a", STR("from the first"));
	world_run(&w, INT64_MAX);
	CU_ASSERT(addr_same_ip(
	    &w.got.src, &(struct addr){ .len = 4, .ip = { 192, 0, 2, 2 } }));
	CU_ASSERT_EQUAL(
	    net_udp_open_at(x, &second, world_recv, &w, &s), ERR_EXISTS);
	at.port = 5070;
	CU_ASSERT_EQUAL(net_udp_open_at(x, &at, world_recv, &w, &s), 0);
	CU_ASSERT_EQUAL(
	    net_udp_open_at(x, &at, world_recv, &w, &t), ERR_EXISTS);
	CU_ASSERT_EQUAL(net_udp_open(x, 5070, world_recv, &w, &t), ERR_EXISTS);
	net_udp_send(s, &a, STR("the socket's own"), NULL, RULE_NONE);
	world_run(&w, INT64_MAX);
	CU_ASSERT(addr_eq(&w.got.src, &at));
	/* the same port elsewhere is another socket */
	at = alone;
	at.port = 5070;
	CU_ASSERT_EQUAL(net_udp_open_at(x, &at, world_recv, &w, &t), 0);
	net_udp_close(s);
	net_udp_send(
	    w.socks[0], &at, STR("to a link of another"), NULL, RULE_NONE);
	world_run(&w, INT64_MAX);
	CU_ASSERT(addr_eq(&w.got.dst, &at));
	CU_ASSERT_EQUAL(w.received, 4);
	at = second;
	at.port = 5070;
	net_udp_send(w.socks[0], &at, STR("nobody"), NULL, RULE_NONE);
	/* IPv6 from a socket of IPv4 */
	net_udp_send(t, &sixth, STR("no way"), NULL, RULE_NONE);
	world_run(&w, INT64_MAX);
	CU_ASSERT_EQUAL(world_count(&w, KIND("drop"), "no-socket"), 1);
	CU_ASSERT_EQUAL(world_count(&w, KIND("drop"), "no-path"), 1);
	net_udp_close(t);
	/* dynamic ports are found beside several sockets of one port */
	at.port = 49152;
	CU_ASSERT_EQUAL(net_udp_open_at(x, &at, world_recv, &w, &s), 0);
	at = alone;
	at.port = 49152;
	CU_ASSERT_EQUAL(net_udp_open_at(x, &at, world_recv, &w, &s), 0);
	CU_ASSERT_EQUAL(net_udp_open(x, 0, world_recv, &w, &t), 0);
	CU_ASSERT_EQUAL(world_sock_addr(t).port, 49153);
	world_close(&w);
}

static void
moved(void)
{
	struct addr to = { .len = 4, .ip = { 10, 0, 0, 5 }, .port = 5070 },
		    at = second;
	struct world w;
	struct net_host *x = make_faces(&w);
	struct net_sock *s;

	at.port = 5070;
	CU_ASSERT_EQUAL(net_udp_open_at(x, &at, world_recv, &w, &s), 0);
	CU_ASSERT_EQUAL(net_host_change_addr(x, &second, &to), 0);
	net_udp_send(w.socks[2], &to, STR("there"), NULL, RULE_NONE);
	world_run(&w, INT64_MAX);
	CU_ASSERT(addr_eq(&w.got.dst, &to));
	/* and the link is still of it */
	world_send(&w, "x", "b", STR("here"));
	world_run(&w, INT64_MAX);
	CU_ASSERT(addr_same_ip(&w.got.src, &to));
	CU_ASSERT_EQUAL(w.received, 2);
	world_close(&w);
}

/* A listener at one address, connections of one. */
static void
connections(void)
{
	struct addr a, at = { .len = 4, .ip = { 10, 0, 0, 1 }, .port = 5070 };
	struct net_listener *l, *m;
	struct net_host *x;
	struct tcp_world t;
	struct side *s, *r;

	tcp_make(&t, "a x", "a-x");
	x = t.w.hosts[1];
	a = world_addr(&t.w, 0);
	CU_ASSERT_EQUAL(net_host_add_addr(x, &at), 0);
	CU_ASSERT_EQUAL(
	    net_link_set_face(net_find_link(t.w.net, "a", "x"), x, &at), 0);
	CU_ASSERT_EQUAL(net_tcp_listen_at(x, &at, side_accept, &t, &l), 0);
	CU_ASSERT_EQUAL(
	    net_tcp_listen_at(x, &at, side_accept, &t, &m), ERR_EXISTS);
	CU_ASSERT_EQUAL(
	    net_tcp_listen(x, 5070, side_accept, &t, &m), ERR_EXISTS);
	at.port = 5060;
	CU_ASSERT_EQUAL(
	    net_tcp_listen_at(x, &at, side_accept, &t, &m), ERR_EXISTS);
	at.port = 5070;
	s = side_new(&t);
	CU_ASSERT_EQUAL(
	    net_tcp_connect(t.w.hosts[0], &at, &side_ops, s, &s->c), 0);
	r = side_new(&t);
	a.port = 5060;
	CU_ASSERT_EQUAL(net_tcp_connect(x, &a, &side_ops, r, &r->c), 0);
	world_run(&t.w, INT64_MAX);
	CU_ASSERT_EQUAL_FATAL(t.nsides, 4);
	CU_ASSERT(
	    addr_same_ip(&(struct addr[]){ net_tcp_local(r->c) }[0], &at));
	CU_ASSERT(addr_eq(&(struct addr[]){ net_tcp_remote(s->c) }[0], &at));
	/* the other address has no listener there */
	at = world_addr(&t.w, 1);
	at.port = 5070;
	s = side_new(&t);
	CU_ASSERT_EQUAL(
	    net_tcp_connect(t.w.hosts[0], &at, &side_ops, s, &s->c), 0);
	world_run(&t.w, INT64_MAX);
	CU_ASSERT_PTR_NULL(s->c);
	/* those of the first address: none */
	net_tcp_forget_at(x, &at);
	CU_ASSERT(!list_empty(&x->conns));
	at = net_tcp_local(r->c);
	net_tcp_abort(r->c);
	net_tcp_forget_at(x, &at);
	net_tcp_unlisten(l);
	tcp_close(&t);
}

/* Both ends of a connection, and what is sent over it, are of the transport
 * that was asked for and listened for, whichever it is. */
static void
carried(uint8_t by, bool listened)
{
	const struct addr_transport_row *row = &addr_transports[by];
	struct addr at = { .len = 4, .port = 5070, .transport = by };
	const char *word = row->stream ? row->word : "tcp";
	struct net_listener *l;
	struct tcp_world t;
	struct side *s;
	struct buf said = BUF_INIT;

	tcp_make(&t, "a x", "a-x");
	memcpy(at.ip, world_addr(&t.w, 1).ip, 4);
	net_tcp_unlisten(t.listeners[1]);
	CU_ASSERT_EQUAL(
	    listened ? net_tcp_listen_at(t.w.hosts[1], &at, side_accept, &t, &l)
		     : net_tcp_listen(t.w.hosts[1], 0, side_accept, &t, &l),
	    0);
	s = side_new(&t);
	CU_ASSERT_EQUAL(
	    net_tcp_connect(t.w.hosts[0], &at, &side_ops, s, &s->c), 0);
	side_send(s, STR("hello"));
	world_run(&t.w, INT64_MAX);
	CU_ASSERT_EQUAL_FATAL(t.nsides, 2);
	for (size_t i = 0; i < t.nsides; i++) {
		CU_ASSERT_STRING_EQUAL(
		    addr_transports[net_tcp_local(t.sides[i].c).transport].word,
		    word);
		CU_ASSERT_STRING_EQUAL(
		    addr_transports[net_tcp_remote(t.sides[i].c).transport]
			.word,
		    word);
	}
	buf_printf(&said, "\"transport\":\"%s\"", word);
	CU_ASSERT_EQUAL(world_count(&t.w, KIND("send"), buf_cstr(&said)), 1);
	buf_free(&said);
	tcp_close(&t);
}

static void
transports(void)
{
	for (uint8_t by = 0; by < ADDR_KNOWN_TRANSPORTS; by++) {
		carried(by, true);
		carried(by, false);
	}
}

CHECK_MAIN("net_faces", { "which address faces whom", facing },
    { "an address of two hosts", shared }, { "datagrams", datagrams },
    { "an address that changes", moved }, { "connections", connections },
    { "each transport", transports })
