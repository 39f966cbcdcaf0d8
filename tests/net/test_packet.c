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

CHECK_MAIN("packet", { "the largest datagram", largest },
    { "many lossy fragments", lossy_fragments },
    { "a late fragment", late_fragment }, { "IPv6", ipv6 })
