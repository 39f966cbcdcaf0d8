/* Fragments: cutting, losing, putting together; IPv6. */
#include "net_world.h"

static void
check_piece(
    const struct world *w, size_t n, const char *link, int64_t off, int64_t len)
{
	struct str line = world_line(w, n, KIND("packet"), link);

	CU_ASSERT_EQUAL(world_int(line, "off"), off);
	CU_ASSERT_EQUAL(world_int(line, "len"), len);
	CU_ASSERT(world_is(line, "flags", "frag"));
}

/* RFC 791 3.2: 1,500 bytes hold 1,480 of the datagram's 3,008. */
static void
fragments(void)
{
	struct world w;

	world_make(&w, "a r* b", "a-r r-b");
	world_send(&w, "a", "b", world_text(1472));
	world_run(&w, INT64_MAX);
	CU_ASSERT_EQUAL(world_count(&w, KIND("packet"), "frag"), 0);
	world_send(&w, "a", "b", world_text(3000));
	world_run(&w, INT64_MAX);
	CU_ASSERT_EQUAL(w.received, 2);
	CU_ASSERT(str_eq(buf_view(&w.last), world_text(3000)));
	CU_ASSERT_EQUAL(world_count(&w, KIND("packet"), "frag"), 6);
	check_piece(&w, 1, "\"a>r\"", 0, 1472);
	check_piece(&w, 2, "\"a>r\"", 1472, 1480);
	check_piece(&w, 3, "\"a>r\"", 2952, 48);
	CU_ASSERT_EQUAL(world_count(&w, KIND("recv"), NULL), 2);
	/* the router cuts once more: 576 bytes hold 552 */
	world_mtu(&w, "r", "b", 576);
	world_send(&w, "a", "b", world_text(3000));
	world_run(&w, INT64_MAX);
	CU_ASSERT_EQUAL(w.received, 3);
	CU_ASSERT(str_eq(buf_view(&w.last), world_text(3000)));
	CU_ASSERT_EQUAL(
	    world_count(&w, KIND("packet"), "\"r>b\""), 1 + 3 + 3 + 3 + 1);
	check_piece(&w, 4, "\"r>b\"", 0, 544);
	check_piece(&w, 5, "\"r>b\"", 544, 552);
	check_piece(&w, 6, "\"r>b\"", 1096, 376);
	check_piece(&w, 7, "\"r>b\"", 1472, 552);
	world_close(&w);
}

static void
largest(void)
{
	struct world w;

	world_make(&w, "a b", "a-b");
	world_send(&w, "a", "b", world_text(65507));
	world_run(&w, INT64_MAX);
	CU_ASSERT_EQUAL(w.received, 1);
	CU_ASSERT_EQUAL(w.last.n, 65507);
	world_send(&w, "a", "b", world_text(65508));
	CU_ASSERT(world_is(world_last_drop(&w), "reason", "too-big"));
	world_send(&w, "a", "b", STR_NULL);
	world_mtu(&w, "a", "b", 68);
	world_send(&w, "a", "b", world_text(65507));
	/* the link's queue has no limit while its rate has none */
	world_run(&w, INT64_MAX);
	CU_ASSERT_EQUAL(w.received, 3);
	CU_ASSERT_EQUAL(w.last.n, 65507);
	world_close(&w);
}

/* The queue has room for two of three pieces. */
static void
lost_fragment(void)
{
	struct net_link_params p = net_link_defaults;
	struct world w;
	struct str drop;

	world_make(&w, "a b", "a-b");
	p.rate_bps = 1000000;
	p.queue = 1;
	net_link_set_params(net_find_link(w.net, "a", "b"), &p);
	world_send(&w, "a", "b", world_text(3000));
	CU_ASSERT_EQUAL(world_count(&w, KIND("drop"), NULL), 0);
	world_run(&w, INT64_MAX);
	CU_ASSERT_EQUAL(w.received, 0);
	CU_ASSERT_EQUAL(world_count(&w, KIND("drop"), NULL), 1);
	drop = world_last_drop(&w);
	CU_ASSERT(world_is(drop, "reason", "fragment"));
	CU_ASSERT(world_is(drop, "node", "b"));
	/* when the last of the others came: two packets of 12 ms, 5 ms */
	CU_ASSERT_EQUAL(world_int(drop, "t"), 29 * SIM_MS);
	/* with all pieces lost on the wire the drop names the wire's reason,
	 * and the packet */
	p.queue = 100;
	p.loss = 1;
	net_link_set_params(net_find_link(w.net, "a", "b"), &p);
	world_send(&w, "a", "b", world_text(3000));
	world_run(&w, INT64_MAX);
	CU_ASSERT_EQUAL(world_count(&w, KIND("drop"), NULL), 2);
	CU_ASSERT(world_is(world_last_drop(&w), "reason", "loss"));
	CU_ASSERT(world_int(world_last_drop(&w), "packet") > 0);
	world_close(&w);
}

/* Some of many datagrams lose a fragment: each has one recv or one drop. */
static void
lossy_fragments(void)
{
	struct net_link_params p = net_link_defaults;
	struct world w;

	world_make(&w, "a r* b", "a-r r-b");
	p.loss = 0.1;
	p.duplicate = 0.1;
	p.jitter_ns = SIM_MS;
	net_link_set_params(net_find_link(w.net, "a", "r"), &p);
	for (int i = 0; i < 200; i++)
		world_send(&w, "a", "b", world_text(4000));
	world_run(&w, INT64_MAX);
	CU_ASSERT_EQUAL(w.received + world_count(&w, KIND("drop"), NULL), 200);
	CU_ASSERT(w.received > 110 && w.received < 190);
	CU_ASSERT(world_count(&w, KIND("drop"), "\"fragment\"") > 20);
	CU_ASSERT(world_int(world_last_drop(&w), "packet") > 0);
	world_close(&w);
}

/* Pieces that lie further apart than the receiver keeps them. */
static void
late_fragment(void)
{
	struct net_link_params p = net_link_defaults;
	struct world w;

	world_make(&w, "a b", "a-b");
	p.rate_bps = 400; /* 1,500 bytes in 30 s */
	net_link_set_params(net_find_link(w.net, "a", "b"), &p);
	world_send(&w, "a", "b", world_text(2952 - 1));
	world_run(&w, INT64_MAX);
	CU_ASSERT_EQUAL(w.received, 1); /* 29.98 s after the first */
	p.rate_bps = 390;
	net_link_set_params(net_find_link(w.net, "a", "b"), &p);
	world_send(&w, "a", "b", world_text(2952));
	world_run(&w, INT64_MAX);
	CU_ASSERT_EQUAL(w.received, 1);
	CU_ASSERT(world_is(world_last_drop(&w), "reason", "fragment"));
	CU_ASSERT_EQUAL(world_int(world_last_drop(&w), "packet"), -1);
	world_close(&w);
}

static void
ipv6(void)
{
	struct addr dst;
	struct world w;

	CU_ASSERT_EQUAL_FATAL(world_open(&w, 1, TRACE_NETWORK), 0);
	w.v6 = true;
	CU_ASSERT_EQUAL_FATAL(world_hosts(&w, "a r* b"), 0);
	CU_ASSERT_EQUAL_FATAL(world_links(&w, "a-r r-b", NULL), 0);
	world_mtu(&w, "r", "b", 1280);
	dst = world_addr(&w, 2);
	CU_ASSERT_EQUAL(net_path_mtu(w.hosts[0], &dst), 1280);
	CU_ASSERT_EQUAL(net_path_mtu(w.hosts[1], &dst), 1280);
	CU_ASSERT_EQUAL(net_path_mtu(w.hosts[2], &dst), 65535);
	/* 40 + 8 + 1,232 fill it */
	world_send(&w, "a", "b", world_text(1232));
	world_run(&w, INT64_MAX);
	CU_ASSERT_EQUAL(world_count(&w, KIND("packet"), "frag"), 0);
	CU_ASSERT(world_is(world_line(&w, 0, KIND("recv"), NULL), "src_addr",
	    "[2001:db8::1]:5060"));
	/* the source cuts for the whole path: 1,280 - 48 hold 1,232 */
	world_send(&w, "a", "b", world_text(1233));
	world_run(&w, INT64_MAX);
	CU_ASSERT_EQUAL(w.received, 2);
	check_piece(&w, 1, "\"a>r\"", 0, 1224);
	check_piece(&w, 2, "\"a>r\"", 1224, 9);
	CU_ASSERT_EQUAL(world_count(&w, KIND("packet"), "\"r>b\""), 3);
	/* no router does */
	world_send(&w, "a", "b", world_text(1233));
	world_mtu(&w, "r", "b", 1200);
	world_run(&w, INT64_MAX);
	CU_ASSERT_EQUAL(w.received, 2);
	CU_ASSERT_EQUAL(world_count(&w, KIND("drop"), NULL), 1);
	world_send(&w, "a", "b", world_text(1100));
	world_mtu(&w, "r", "b", 100);
	world_run(&w, INT64_MAX);
	CU_ASSERT(world_is(world_last_drop(&w), "reason", "too-big"));
	CU_ASSERT(world_is(world_last_drop(&w), "node", "r"));
	world_close(&w);
}

CHECK_MAIN("packet", { "fragments", fragments },
    { "the largest datagram", largest }, { "a lost fragment", lost_fragment },
    { "many lossy fragments", lossy_fragments },
    { "a late fragment", late_fragment }, { "IPv6", ipv6 })
