/* One link: delay, rate, queue, jitter, loss, duplication, its streams. */
#include "net_world.h"

/* a and b, one link, its parameters. */
static void
pair(struct world *w, uint64_t seed, enum trace_detail detail,
    const struct net_link_params *p)
{
	CU_ASSERT_EQUAL_FATAL(world_open(w, seed, detail), 0);
	CU_ASSERT_EQUAL_FATAL(world_hosts(w, "a b"), 0);
	CU_ASSERT_EQUAL_FATAL(world_links(w, "a-b", p), 0);
}

static int64_t
arrival(const struct world *w, size_t n)
{
	return world_int(world_line(w, n, KIND("recv"), NULL), "t");
}

static void
queue(void)
{
	struct net_link_params p = net_link_defaults;
	struct world w;
	struct str drop;

	p.rate_bps = 8000;
	p.queue = 3;
	pair(&w, 1, TRACE_NETWORK, &p);
	/* one is being sent, three wait, two find no room */
	for (int i = 0; i < 6; i++)
		world_send(&w, "a", "b", STR("0123456789ab"));
	CU_ASSERT_EQUAL(world_count(&w, KIND("drop"), "\"queue\""), 2);
	drop = world_line(&w, 0, KIND("drop"), NULL);
	CU_ASSERT(world_is(drop, "node", "a"));
	CU_ASSERT(world_is(drop, "link", "a>b"));
	CU_ASSERT_EQUAL(world_int(drop, "of"), world_int(drop, "cause"));
	CU_ASSERT_EQUAL(world_int(drop, "packet"), -1);
	/* after 40 ms the second is on its way: room for one */
	world_run(&w, 41 * SIM_MS);
	world_send(&w, "a", "b", STR("0123456789ab"));
	CU_ASSERT_EQUAL(world_count(&w, KIND("drop"), NULL), 2);
	world_send(&w, "a", "b", STR("0123456789ab"));
	CU_ASSERT_EQUAL(world_count(&w, KIND("drop"), NULL), 3);
	world_run(&w, INT64_MAX);
	CU_ASSERT_EQUAL(w.received, 5);
	CU_ASSERT_EQUAL(arrival(&w, 4), 5 * 40 * SIM_MS + 5 * SIM_MS);
	world_close(&w);
}

static void
no_queue_limit(void)
{
	struct net_link_params p = net_link_defaults;
	struct world w;

	p.rate_bps = 1;
	p.queue = 0;
	pair(&w, 1, TRACE_MESSAGES, &p);
	for (int i = 0; i < 1000; i++)
		world_send(&w, "a", "b", STR("x"));
	CU_ASSERT_EQUAL(world_count(&w, KIND("drop"), NULL), 0);
	world_close(&w); /* with a thousand in the air */
}

/* Runs N datagrams, 1 ms apart, from a to b. */
static void
stream(struct world *w, int n)
{
	for (int i = 0; i < n; i++) {
		char text[16];
		int len = snprintf(text, sizeof(text), "%d", i);

		world_send(w, "a", "b", (struct str){ text, (size_t)len });
		if (i % 100 == 99)
			world_run(w, sim_now(w->sim) + SIM_MS);
	}
	world_run(w, INT64_MAX);
}

static void
duplicate(void)
{
	struct net_link_params p = net_link_defaults;
	struct world w;
	struct str twin;

	p.duplicate = 1;
	pair(&w, 7, TRACE_NETWORK, &p);
	world_send(&w, "a", "b", STR("x"));
	world_run(&w, INT64_MAX);
	CU_ASSERT_EQUAL(w.received, 2);
	CU_ASSERT_EQUAL(world_count(&w, KIND("send"), NULL), 1);
	CU_ASSERT_EQUAL(world_count(&w, KIND("packet"), NULL), 2);
	CU_ASSERT_EQUAL(world_count(&w, KIND("recv"), "\"of\":1"), 2);
	twin = world_line(&w, 1, KIND("packet"), NULL);
	CU_ASSERT(world_is(twin, "flags", "dup"));
	CU_ASSERT_EQUAL(world_int(twin, "cause"), 2);
	/* what is lost does not arrive twice */
	p.loss = 1;
	net_link_set_params(net_find_link(w.net, "a", "b"), &p);
	world_send(&w, "a", "b", STR("x"));
	world_run(&w, INT64_MAX);
	CU_ASSERT_EQUAL(w.received, 2);
	CU_ASSERT_EQUAL(world_count(&w, KIND("drop"), NULL), 1);
	world_close(&w);
}

/* The whole trace of 300 datagrams over a link with PARAMS. */
static void
record(struct buf *out, uint64_t seed, const struct net_link_params *p,
    const char *other_hosts)
{
	struct world w;

	CU_ASSERT_EQUAL_FATAL(world_open(&w, seed, TRACE_NETWORK), 0);
	CU_ASSERT_EQUAL_FATAL(world_hosts(&w, "a b"), 0);
	CU_ASSERT_EQUAL_FATAL(world_hosts(&w, other_hosts), 0);
	if (other_hosts[0] != '\0')
		CU_ASSERT_EQUAL_FATAL(world_links(&w, "b-c c-d", NULL), 0);
	CU_ASSERT_EQUAL_FATAL(world_links(&w, "a-b", p), 0);
	stream(&w, 300);
	buf_clear(out);
	buf_str(out, buf_view(&w.trace));
	world_close(&w);
}

static void
same_bytes(void)
{
	struct net_link_params p = net_link_defaults;
	LOCAL_BUF one = BUF_INIT, two = BUF_INIT;

	p.loss = 0.1;
	p.duplicate = 0.05;
	p.jitter_ns = SIM_MS;
	p.rate_bps = 1000000;
	record(&one, 7, &p, "");
	record(&two, 7, &p, "");
	CU_ASSERT(one.n > 10000);
	CU_ASSERT(str_eq(buf_view(&one), buf_view(&two)));
	/* another node and its links change nothing */
	record(&two, 7, &p, "c* d");
	CU_ASSERT(str_eq(buf_view(&one), buf_view(&two)));
	record(&two, 8, &p, "");
	CU_ASSERT(!str_eq(buf_view(&one), buf_view(&two)));
}

/* The times at which datagrams arrive, by the number of their send. */
static void
arrivals(int64_t *t, size_t n, const struct net_link_params *p)
{
	struct world w;
	struct str rest;

	for (size_t i = 0; i < n; i++)
		t[i] = -1;
	pair(&w, 7, TRACE_MESSAGES, p);
	for (size_t i = 0; i < n; i++)
		world_send(&w, "a", "b", STR("x"));
	world_run(&w, INT64_MAX);
	rest = buf_view(&w.trace);
	while (rest.n > 0) {
		struct str line = str_cut(rest, '\n', &rest);

		if (world_is(line, "kind", "recv"))
			t[world_int(line, "of") - 1] = world_int(line, "t");
	}
	world_close(&w);
}

/* One fault more or less leaves the draws of the others alone. */
static void
draws(void)
{
	struct net_link_params p = net_link_defaults;
	int64_t plain[500], lossy[500], both[500];
	int lost = 0;

	p.jitter_ns = SIM_MS;
	arrivals(plain, 500, &p);
	p.loss = 0.2;
	arrivals(lossy, 500, &p);
	p.duplicate = 0.2;
	arrivals(both, 500, &p);
	for (int i = 0; i < 500; i++) {
		CU_ASSERT(plain[i] >= 0);
		CU_ASSERT(lossy[i] == -1 || lossy[i] == plain[i]);
		CU_ASSERT(both[i] == lossy[i]);
		lost += lossy[i] == -1;
	}
	CU_ASSERT(lost > 60 && lost < 140);
	p.duplicate = 0;
	p.jitter_ns = 0;
	arrivals(both, 500, &p);
	for (int i = 0; i < 500; i++)
		CU_ASSERT((both[i] == -1) == (lossy[i] == -1));
}

static void
down(void)
{
	struct world w;
	struct net_link *l;
	struct str drop;

	pair(&w, 1, TRACE_NETWORK, NULL);
	l = net_find_link(w.net, "a", "b");
	net_link_set_up(l, false);
	world_send(&w, "a", "b", STR("x"));
	drop = world_line(&w, 0, KIND("drop"), "\"link-down\"");
	CU_ASSERT(world_is(drop, "node", "a"));
	CU_ASSERT(world_is(drop, "link", "a>b"));
	CU_ASSERT_EQUAL(world_int(drop, "t"), 0);
	/* what is on the wire when it goes down is lost, also when it is up
	 * again in time */
	net_link_set_up(l, true);
	world_send(&w, "a", "b", STR("x"));
	world_run(&w, SIM_MS);
	net_link_set_up(l, false);
	net_link_set_up(l, true);
	world_send(&w, "a", "b", STR("y"));
	world_run(&w, INT64_MAX);
	CU_ASSERT_EQUAL(w.received, 1);
	CU_ASSERT(str_is(buf_view(&w.last), "y"));
	drop = world_line(&w, 1, KIND("drop"), "\"link-down\"");
	CU_ASSERT_EQUAL(world_int(drop, "t"), 5 * SIM_MS);
	CU_ASSERT(world_int(drop, "packet") > 0);
	CU_ASSERT(str_find(drop, "\"node\"") < 0);
	world_close(&w);
}

/* A link that went down has no queue when it is up again. */
static void
down_empties(void)
{
	struct net_link_params p = net_link_defaults;
	struct world w;
	struct net_link *l;

	p.rate_bps = 8000;
	p.queue = 1;
	pair(&w, 1, TRACE_MESSAGES, &p);
	l = net_find_link(w.net, "a", "b");
	for (int i = 0; i < 2; i++)
		world_send(&w, "a", "b", STR("0123456789ab"));
	net_link_set_up(l, false);
	net_link_set_up(l, true);
	world_send(&w, "a", "b", STR("0123456789ab"));
	world_run(&w, INT64_MAX);
	CU_ASSERT_EQUAL(w.received, 1);
	CU_ASSERT_EQUAL(arrival(&w, 0), 45 * SIM_MS);
	CU_ASSERT_EQUAL(world_count(&w, KIND("drop"), "\"link-down\""), 2);
	world_close(&w);
}

static void
extremes(void)
{
	struct net_link_params p = { .delay_ns = INT64_MAX,
		.jitter_ns = INT64_MAX,
		.rate_bps = 1,
		.queue = UINT32_MAX };
	struct world w;

	pair(&w, 1, TRACE_NETWORK, &p);
	CU_ASSERT_EQUAL(
	    net_link_params(net_find_link(w.net, "a", "b"))->mtu, 68);
	for (int i = 0; i < 40; i++)
		world_send(&w, "a", "b", STR("x"));
	world_run(&w, INT64_MAX);
	CU_ASSERT_EQUAL(w.received, 40);
	p.delay_ns = p.jitter_ns = INT64_MIN;
	net_link_set_params(net_find_link(w.net, "a", "b"), &p);
	CU_ASSERT_EQUAL(
	    net_link_params(net_find_link(w.net, "a", "b"))->delay_ns, 0);
	world_close(&w);
}

static void
names(void)
{
	struct net_link *l;
	struct world w;

	pair(&w, 1, TRACE_MESSAGES, NULL);
	CU_ASSERT_PTR_NOT_NULL(net_find_link(w.net, "a", "b"));
	CU_ASSERT_PTR_EQUAL(
	    net_find_link(w.net, "a", "b"), net_find_link(w.net, "b", "a"));
	CU_ASSERT_PTR_NULL(net_find_link(w.net, "a", "a"));
	CU_ASSERT_PTR_NULL(net_find_link(w.net, "a", "z"));
	CU_ASSERT_EQUAL(
	    net_add_link(w.net, w.hosts[1], w.hosts[0], &net_link_defaults, &l),
	    ERR_EXISTS);
	CU_ASSERT_EQUAL(
	    net_add_link(w.net, w.hosts[1], w.hosts[1], &net_link_defaults, &l),
	    ERR_EXISTS);
	world_close(&w);
}

CHECK_MAIN("link", { "a full queue drops", queue },
    { "a queue without limit", no_queue_limit },
    { "duplicates arrive twice", duplicate },
    { "the same seed gives the same bytes", same_bytes },
    { "faults draw from streams of their own", draws },
    { "a link that is down", down },
    { "going down empties the queue", down_empties },
    { "extreme parameters", extremes }, { "names", names })
