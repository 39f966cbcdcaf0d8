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
	CU_ASSERT_EQUAL(world_count(&w, KIND("drop"), "no-family"), 1);
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

CHECK_MAIN("net_faces", { "which address faces whom", facing },
    { "an address of two hosts", shared }, { "datagrams", datagrams })
