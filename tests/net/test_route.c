/* Which way packets go: ties, hosts that forward nothing, what is down. */
#include "net_world.h"
#include "sim/rng.h"

/* The links crossed by one datagram, as "a>r r>b". */
static const char *
path(struct world *w, const char *from, const char *to)
{
	static char text[256];
	size_t n = world_count(w, KIND("packet"), NULL);
	LOCAL_BUF b = BUF_INIT;
	struct str line;

	world_send(w, from, to, STR("x"));
	world_run(w, INT64_MAX);
	while ((line = world_line(w, n++, KIND("packet"), NULL)).n > 0) {
		struct json_value v;

		if (b.n > 0)
			buf_putc(&b, ' ');
		if (json_read(&line, &v) == 0)
			json_text(json_member(v, "link"), &b);
	}
	snprintf(text, sizeof(text), "%s", buf_cstr(&b));
	return text;
}

static void
shortest(void)
{
	struct world w;

	world_make(&w, "a b r* s* t* u*", "a-r r-s s-b a-t t-b t-u u-b");
	CU_ASSERT_STRING_EQUAL(path(&w, "a", "b"), "a>t t>b");
	CU_ASSERT_STRING_EQUAL(path(&w, "b", "a"), "b>t t>a");
	/* between two parts that only a and b join, which forward nothing */
	CU_ASSERT_STRING_EQUAL(path(&w, "r", "u"), "");
	world_close(&w);
}

static void
ties(void)
{
	struct world w;

	/* the host that was declared first does not matter, the link does */
	world_make(&w, "a b r* s*", "a-s a-r r-b s-b");
	CU_ASSERT_STRING_EQUAL(path(&w, "a", "b"), "a>s s>b");
	CU_ASSERT_STRING_EQUAL(path(&w, "b", "a"), "b>r r>a");
	world_close(&w);
	world_make(&w, "a b s* r*", "a-r a-s s-b r-b");
	CU_ASSERT_STRING_EQUAL(path(&w, "a", "b"), "a>r r>b");
	CU_ASSERT_STRING_EQUAL(path(&w, "b", "a"), "b>s s>a");
	world_close(&w);
}

/* A node with a role passes nobody else's packets. */
static void
no_forwarding(void)
{
	struct world w;

	world_make(&w, "a p b", "a-p p-b");
	CU_ASSERT_STRING_EQUAL(path(&w, "a", "b"), "");
	CU_ASSERT(world_is(world_last_drop(&w), "reason", "no-path"));
	CU_ASSERT(world_is(world_last_drop(&w), "node", "a"));
	CU_ASSERT_STRING_EQUAL(path(&w, "a", "p"), "a>p");
	CU_ASSERT_EQUAL(net_path_mtu(w.hosts[0],
			    &(struct addr){ .len = 4, .ip = { 192, 0, 2, 3 } }),
	    0);
	world_close(&w);
}

static void
reroute(void)
{
	struct world w;
	struct net_link *l;

	world_make(&w, "a b r* s* t*", "a-r r-b a-s s-t t-b");
	CU_ASSERT_STRING_EQUAL(path(&w, "a", "b"), "a>r r>b");
	l = net_find_link(w.net, "r", "b");
	net_link_set_up(l, false);
	CU_ASSERT_STRING_EQUAL(path(&w, "a", "b"), "a>s s>t t>b");
	/* r itself has no detour but the one through a, which is no router */
	CU_ASSERT_STRING_EQUAL(path(&w, "r", "b"), "");
	CU_ASSERT(world_is(world_last_drop(&w), "reason", "link-down"));
	net_link_set_up(l, true);
	CU_ASSERT_STRING_EQUAL(path(&w, "a", "b"), "a>r r>b");
	/* a router that is down is avoided as well */
	net_host_set_up(net_find_host(w.net, "r"), false);
	CU_ASSERT_STRING_EQUAL(path(&w, "a", "b"), "a>s s>t t>b");
	/* with no way round it the packet is lost there */
	net_link_set_up(net_find_link(w.net, "s", "t"), false);
	CU_ASSERT_STRING_EQUAL(path(&w, "a", "b"), "a>r");
	CU_ASSERT(world_is(world_last_drop(&w), "reason", "host-down"));
	CU_ASSERT(world_is(world_last_drop(&w), "node", "r"));
	net_host_set_up(net_find_host(w.net, "r"), true);
	CU_ASSERT_STRING_EQUAL(path(&w, "a", "b"), "a>r r>b");
	world_close(&w);
}

/* A line of routers, cut in its middle: lost at the cut, and no circle. */
static void
cut(void)
{
	struct world w;

	world_make(&w, "a r* s* t* b", "a-r r-s s-t t-b");
	net_link_set_up(net_find_link(w.net, "s", "t"), false);
	CU_ASSERT_STRING_EQUAL(path(&w, "a", "b"), "a>r r>s");
	CU_ASSERT(world_is(world_last_drop(&w), "reason", "link-down"));
	CU_ASSERT(world_is(world_last_drop(&w), "node", "s"));
	CU_ASSERT(world_is(world_last_drop(&w), "link", "s>t"));
	CU_ASSERT_EQUAL(net_path_mtu(w.hosts[0],
			    &(struct addr){ .len = 4, .ip = { 192, 0, 2, 5 } }),
	    1500);
	world_close(&w);
}

/* Random graphs, randomly broken: every packet's way ends after at
 * most as many links as there are other nodes. */
static void
no_circle(void)
{
	struct rng r;

	rng_init(&r, 1, "test", "graphs");
	for (int i = 0; i < 200; i++) {
		struct net_link *l;
		struct world w;
		size_t sent = 0;

		world_make(&w, "a b c d* e* f* g* h* i* j*", "");
		for (int k = 0; k < 16; k++) {
			size_t x = rng_below(&r, 10), y = rng_below(&r, 10);

			net_add_link(w.net, w.hosts[x], w.hosts[y],
			    &net_link_defaults, &l);
			if (l != NULL && rng_below(&r, 4) == 0)
				net_link_set_up(l, false);
		}
		for (size_t k = 0; k < 10; k++)
			net_host_set_up(w.hosts[k], rng_below(&r, 5) != 0);
		for (size_t k = 0; k < 100; k++) {
			struct addr dst = world_addr(&w, k % 10);

			net_path_mtu(w.hosts[k / 10], &dst);
			net_udp_send(
			    w.socks[k / 10], &dst, STR("x"), NULL, RULE_NONE);
			sent++;
		}
		/* at most nine links of 5 ms each */
		CU_ASSERT_EQUAL(world_run(&w, 9 * 5 * SIM_MS), SIM_IDLE);
		CU_ASSERT_EQUAL(
		    w.received + world_count(&w, KIND("drop"), NULL), sent);
		world_close(&w);
	}
}

CHECK_MAIN("route", { "no circles", no_circle },
    { "the shortest path", shortest },
    { "ties go by the order of links", ties },
    { "who forwards nothing", no_forwarding },
    { "routes change with what is down", reroute }, { "a broken line", cut })
