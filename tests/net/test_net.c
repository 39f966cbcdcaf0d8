/* Hosts, records, sockets, verdicts, memory. */
#include "net_world.h"

static void
records(void)
{
	static const struct trace_message m = { .proto = TRACE_PROTO_SIP,
		.method = { "OPTIONS", 7 },
		.cseq = { "1 OPTIONS", 9 },
		.call_id = { "c", 1 },
		.branch = { "z9hG4bKx", 8 } };
	struct addr dst;
	struct world w;
	uint64_t seq;

	world_make(&w, "a r* b", "a-r r-b");
	dst = world_addr(&w, 2);
	sim_set_cause(w.sim, 0);
	seq = net_udp_send(w.socks[0], &dst, STR("hello"), &m, RULE_NONE);
	CU_ASSERT_EQUAL(seq, 1);
	CU_ASSERT_EQUAL(sim_cause(w.sim), 0);
	world_run(&w, INT64_MAX);
	CU_ASSERT_STRING_EQUAL(buf_cstr(&w.trace),
	    "{\"seq\":1,\"t\":0,\"node\":\"a\",\"kind\":\"send\","
	    "\"src\":\"a\",\"dst\":\"b\",\"src_addr\":\"192.0.2.1:5060\","
	    "\"dst_addr\":\"192.0.2.3:5060\",\"transport\":\"udp\","
	    "\"proto\":\"sip\",\"start\":\"OPTIONS\",\"cseq\":\"1 OPTIONS\","
	    "\"call_id\":\"c\",\"branch\":\"z9hG4bKx\",\"size\":5,"
	    "\"text\":\"hello\"}\n"
	    "{\"seq\":2,\"t\":0,\"kind\":\"packet\",\"cause\":1,"
	    "\"link\":\"a>r\",\"of\":1,\"off\":0,\"len\":5}\n"
	    "{\"seq\":3,\"t\":5000000,\"kind\":\"packet\",\"cause\":2,"
	    "\"link\":\"r>b\",\"of\":1,\"off\":0,\"len\":5}\n"
	    "{\"seq\":4,\"t\":10000000,\"node\":\"b\",\"kind\":\"recv\","
	    "\"cause\":3,\"of\":1,\"src_addr\":\"192.0.2.1:5060\","
	    "\"dst_addr\":\"192.0.2.3:5060\"}\n");
	CU_ASSERT_EQUAL(w.got.send, 1);
	CU_ASSERT_EQUAL(w.got.recv, 4);
	CU_ASSERT_EQUAL(w.cause, 4);
	CU_ASSERT(addr_eq(&w.got.dst, &dst));
	dst = world_addr(&w, 0);
	CU_ASSERT(addr_eq(&w.got.src, &dst));
	world_close(&w);
}

/* With packets left out, causes go to the send. */
static void
less_detail(void)
{
	struct world w;

	CU_ASSERT_EQUAL_FATAL(world_open(&w, 1, TRACE_PROTOCOL), 0);
	CU_ASSERT_EQUAL_FATAL(world_hosts(&w, "a r* b"), 0);
	CU_ASSERT_EQUAL_FATAL(world_links(&w, "a-r r-b", NULL), 0);
	world_send(&w, "a", "b", STR("x"));
	world_run(&w, INT64_MAX);
	CU_ASSERT_EQUAL(world_count(&w, KIND("packet"), NULL), 0);
	CU_ASSERT_EQUAL(
	    world_int(world_line(&w, 0, KIND("recv"), NULL), "cause"), 1);
	net_link_set_up(net_find_link(w.net, "r", "b"), false);
	world_send(&w, "a", "b", STR("x"));
	world_run(&w, INT64_MAX);
	CU_ASSERT_EQUAL(world_int(world_last_drop(&w), "cause"), 3);
	CU_ASSERT_EQUAL(world_int(world_last_drop(&w), "packet"), -1);
	CU_ASSERT(world_is(world_last_drop(&w), "link", "r>b"));
	world_close(&w);
}

static void
nobody(void)
{
	struct addr none = {
		.len = 4, .ip = { 198, 51, 100, 1 }, .port = 5060
	};
	struct addr six = { .len = 16, .ip = { 0x20, 1, 0xd, 0xb8 } };
	struct world w;

	world_make(&w, "a b", "a-b");
	net_udp_send(w.socks[0], &none, STR("x"), NULL, RULE_NONE);
	CU_ASSERT(world_is(world_last_drop(&w), "reason", "no-host"));
	CU_ASSERT(world_is(world_last_drop(&w), "node", "a"));
	CU_ASSERT(
	    str_find(world_line(&w, 0, KIND("send"), NULL), "\"dst\"") < 0);
	CU_ASSERT_EQUAL(net_path_mtu(w.hosts[0], &none), 0);
	/* an address of the other family */
	CU_ASSERT_EQUAL(net_host_add_addr(w.hosts[1], &six), 0);
	six.port = 5060;
	net_udp_send(w.socks[0], &six, STR("x"), NULL, RULE_NONE);
	CU_ASSERT(world_is(world_last_drop(&w), "reason", "no-family"));
	net_udp_close(w.socks[1]);
	world_send(&w, "a", "b", STR("x"));
	world_run(&w, INT64_MAX);
	CU_ASSERT(world_is(world_last_drop(&w), "reason", "no-socket"));
	CU_ASSERT(world_is(world_last_drop(&w), "node", "b"));
	CU_ASSERT_EQUAL(world_int(world_last_drop(&w), "t"), 5 * SIM_MS);
	CU_ASSERT_EQUAL(world_count(&w, KIND("drop"), NULL), 3);
	CU_ASSERT_EQUAL(sim_held(w.sim), 0);
	world_close(&w);
}

static void
own_address(void)
{
	struct world w;

	world_make(&w, "a b", "a-b");
	world_send(&w, "a", "a", STR("me"));
	CU_ASSERT_EQUAL(w.received, 0); /* not before the event */
	world_run(&w, INT64_MAX);
	CU_ASSERT_EQUAL(w.received, 1);
	CU_ASSERT_EQUAL(sim_now(w.sim), 0);
	CU_ASSERT_EQUAL(world_count(&w, KIND("packet"), NULL), 0);
	world_close(&w);
}

static void
sockets(void)
{
	struct net_sock *s, *t;
	struct addr a;
	struct world w;

	world_make(&w, "a b", "a-b");
	CU_ASSERT_EQUAL(
	    net_udp_open(w.hosts[0], 5060, world_recv, &w, &s), ERR_EXISTS);
	CU_ASSERT_PTR_NULL(s);
	CU_ASSERT_EQUAL(net_udp_open(w.hosts[0], 0, world_recv, &w, &s), 0);
	CU_ASSERT_EQUAL(net_udp_open(w.hosts[0], 0, world_recv, &w, &t), 0);
	CU_ASSERT_EQUAL(world_sock_addr(s).port, 49152);
	CU_ASSERT_EQUAL(world_sock_addr(t).port, 49153);
	net_udp_close(s);
	CU_ASSERT_EQUAL(net_udp_open(w.hosts[0], 0, world_recv, &w, &s), 0);
	CU_ASSERT_EQUAL(world_sock_addr(s).port, 49152);
	CU_ASSERT_EQUAL(net_udp_open(w.hosts[0], 1, world_recv, &w, &t), 0);
	a = world_sock_addr(s);
	net_udp_send(w.socks[1], &a, STR("x"), NULL, RULE_NONE);
	world_run(&w, INT64_MAX);
	CU_ASSERT_EQUAL(w.received, 1);
	CU_ASSERT_EQUAL(w.got.dst.port, 49152);
	/* a socket that is closed while its datagram is in the air */
	net_udp_send(s, &w.got.src, STR("y"), NULL, RULE_NONE);
	net_udp_close(s);
	world_run(&w, INT64_MAX);
	CU_ASSERT_EQUAL(w.received, 2);
	net_udp_close(NULL);
	world_close(&w);
}

static void
hosts(void)
{
	struct addr a, none = { 0 };
	struct net_host *h;
	struct world w;

	world_make(&w, "a b", "a-b");
	CU_ASSERT_EQUAL(net_add_host(w.net, "a", false, &h), ERR_EXISTS);
	CU_ASSERT_EQUAL(net_add_host(w.net, "c", false, &h), 0);
	CU_ASSERT_EQUAL(net_host_addr(h).len, 0);
	CU_ASSERT_PTR_EQUAL(net_find_host(w.net, "c"), h);
	CU_ASSERT_PTR_NULL(net_find_host(w.net, "d"));
	a = world_addr(&w, 1);
	CU_ASSERT_EQUAL(net_host_add_addr(h, &a), ERR_EXISTS);
	CU_ASSERT_PTR_EQUAL(net_by_addr(w.net, &a), w.hosts[1]);
	CU_ASSERT_PTR_NULL(net_by_addr(w.net, &none));
	CU_ASSERT_EQUAL(net_host_addr(w.hosts[1]).port, 0);
	world_close(&w);
}

/* A phone that moves: the old address finds nobody, the sockets stay. */
static void
moved(void)
{
	struct addr a, b, old,
	    new = { .len = 4, .ip = { 198, 51, 100, 9 }, .port = 5060 };
	struct world w;

	world_make(&w, "a b", "a-b");
	a = world_addr(&w, 0);
	old = b = world_addr(&w, 1);
	CU_ASSERT_EQUAL(
	    net_host_change_addr(w.hosts[1], &a, &new), ERR_NOTFOUND);
	CU_ASSERT_EQUAL(net_host_change_addr(w.hosts[1], &b, &a), ERR_EXISTS);
	CU_ASSERT_EQUAL(net_host_change_addr(w.hosts[1], &b, &b), ERR_EXISTS);
	mem_fail_from(1);
	CU_ASSERT_EQUAL(net_host_change_addr(w.hosts[1], &b, &new), ERR_NOMEM);
	mem_fail_from(0);
	CU_ASSERT_PTR_EQUAL(net_by_addr(w.net, &b), w.hosts[1]);
	world_send(&w, "a", "b", STR("under way"));
	CU_ASSERT_EQUAL(net_host_change_addr(w.hosts[1], &b, &new), 0);
	world_run(&w, INT64_MAX);
	CU_ASSERT_EQUAL(w.received, 0);
	CU_ASSERT(world_is(world_last_drop(&w), "reason", "no-host"));
	CU_ASSERT(world_is(world_last_drop(&w), "node", "b"));
	CU_ASSERT_EQUAL(world_int(world_last_drop(&w), "t"), 5 * SIM_MS);
	world_send(&w, "a", "b", STR("to the old one"));
	world_run(&w, INT64_MAX);
	CU_ASSERT_EQUAL(world_count(&w, KIND("drop"), "no-host"), 2);
	net_udp_send(w.socks[0], &new, STR("to the new"), NULL, RULE_NONE);
	world_run(&w, INT64_MAX);
	CU_ASSERT_EQUAL(w.received, 1);
	/* what it sends says where it is now */
	world_send(&w, "b", "a", STR("here"));
	world_run(&w, INT64_MAX);
	CU_ASSERT(addr_eq(&w.got.src, &new));
	CU_ASSERT_EQUAL(net_host_addr(w.hosts[1]).port, 0);
	/* and somebody else may take the old address */
	CU_ASSERT_EQUAL(net_host_change_addr(w.hosts[0], &a, &old), 0);
	CU_ASSERT_PTR_EQUAL(net_by_addr(w.net, &old), w.hosts[0]);
	world_close(&w);
}

/* A verdict that the test has ready, given to the first message. */
struct tamper {
	struct world *w;
	struct net_verdict verdict;
	const char *bytes;
	unsigned calls;
	char dst[32];
};

static void
tamper(const struct net_sent *sent, struct net_verdict *v, void *arg)
{
	struct tamper *t = arg;
	struct trace_writer *tr = sim_trace(t->w->sim);

	CU_ASSERT_EQUAL(sent->seq, trace_last(tr));
	CU_ASSERT_EQUAL(sent->seq, sim_cause(t->w->sim));
	snprintf(
	    t->dst, sizeof(t->dst), "%s", sent->dst != NULL ? sent->dst : "-");
	if (t->calls++ > 0)
		return;
	sim_open(t->w->sim, TRACE_FAULT, sent->src, RULE_NONE);
	*v = t->verdict;
	v->fault = trace_close(tr);
	if (t->bytes != NULL) {
		v->changed = true;
		buf_puts(&v->bytes, t->bytes);
	}
}

/* Of what has no record. */
static void
tamper_folded(const struct net_sent *sent, struct net_verdict *v, void *arg)
{
	struct tamper *t = arg;

	CU_ASSERT_EQUAL(sent->seq, 0);
	snprintf(
	    t->dst, sizeof(t->dst), "%s", sent->dst != NULL ? sent->dst : "-");
	if (t->calls++ == 0)
		v->drop = t->verdict.drop;
}

static void
tampered(struct world *w, struct tamper *t)
{
	world_make(w, "a b", "a-b");
	t->w = w;
	net_set_tamper(w->net, tamper, t);
	world_send(w, "a", "b", STR("hello"));
	world_run(w, INT64_MAX);
	CU_ASSERT_STRING_EQUAL(t->dst, "b");
	CU_ASSERT(
	    world_is(world_line(w, 0, KIND("send"), NULL), "text", "hello"));
	CU_ASSERT_EQUAL(
	    world_int(world_line(w, 0, KIND("fault"), NULL), "cause"), 1);
}

static void
changed_bytes(void)
{
	struct tamper change = { .bytes = "HELLO, everybody" };
	struct tamper same = { .bytes = "hello" };
	struct tamper empty = { .bytes = "" };
	struct tamper grown = { .bytes = world_text(69999).p };
	struct world w;

	tampered(&w, &change);
	CU_ASSERT(str_is(buf_view(&w.last), "HELLO, everybody"));
	CU_ASSERT(world_is(
	    world_line(&w, 0, KIND("recv"), NULL), "text", "HELLO, everybody"));
	CU_ASSERT_EQUAL(
	    world_int(world_line(&w, 0, KIND("packet"), NULL), "len"), 16);
	world_close(&w);
	tampered(&w, &same);
	CU_ASSERT(str_find(world_line(&w, 0, KIND("recv"), NULL), "text") < 0);
	world_close(&w);
	tampered(&w, &empty);
	CU_ASSERT_EQUAL(w.received, 1);
	CU_ASSERT_EQUAL(w.last.n, 0);
	world_close(&w);
	tampered(&w, &grown);
	CU_ASSERT_EQUAL(w.received, 0);
	CU_ASSERT(world_is(world_last_drop(&w), "reason", "too-big"));
	world_close(&w);
}

/* The hash of which of 500 packets came, and when, over a bad link. */
static uint64_t
send_many(bool folded, size_t *drops, size_t *records)
{
	struct net_link_params p = net_link_defaults;
	uint64_t hash = 0, before;
	struct addr dst;
	struct world w;

	p.loss = 0.2;
	p.duplicate = 0.1;
	p.jitter_ns = 30 * SIM_MS;
	CU_ASSERT_EQUAL_FATAL(world_open(&w, 7, TRACE_PROTOCOL), 0);
	CU_ASSERT_EQUAL_FATAL(world_hosts(&w, "a r* b"), 0);
	CU_ASSERT_EQUAL_FATAL(world_links(&w, "a-r r-b", &p), 0);
	dst = world_addr(&w, 2);
	before = trace_last(sim_trace(w.sim));
	for (int i = 0; i < 500; i++) {
		if (folded)
			net_udp_send_folded(w.socks[0], &dst, STR("x"), NULL);
		else
			net_udp_send(
			    w.socks[0], &dst, STR("x"), NULL, RULE_NONE);
		world_run(&w, sim_now(w.sim) + SIM_MS);
		hash = hash * 31 + w.received;
	}
	world_run(&w, INT64_MAX);
	hash = hash * 31 + w.received;
	CU_ASSERT(w.received > 250);
	*drops = world_count(&w, KIND("drop"), NULL);
	*records = (size_t)(trace_last(sim_trace(w.sim)) - before);
	world_close(&w);
	return hash;
}

/* Folded packets go as others do, in silence. */
static void
folded(void)
{
	size_t drops, records;
	uint64_t hash = send_many(false, &drops, &records);

	CU_ASSERT(drops > 50 && records > 1000);
	CU_ASSERT_EQUAL(send_many(true, &drops, &records), hash);
	CU_ASSERT_EQUAL(drops, 0);
	CU_ASSERT_EQUAL(records, 0);
}

/* A fault strikes them as it does others. */
static void
folded_tampered(void)
{
	struct tamper t = { .verdict = { .drop = true } };
	struct addr dst;
	struct world w;

	world_make(&w, "a b", "a-b");
	t.w = &w;
	net_set_tamper(w.net, tamper_folded, &t);
	dst = world_addr(&w, 1);
	net_udp_send_folded(w.socks[0], &dst, STR("x"), NULL);
	net_udp_send_folded(w.socks[0], &dst, STR("y"), NULL);
	world_run(&w, INT64_MAX);
	CU_ASSERT_EQUAL(t.calls, 2);
	CU_ASSERT_STRING_EQUAL(t.dst, "b");
	CU_ASSERT_EQUAL(w.received, 1);
	CU_ASSERT_EQUAL(world_count(&w, KIND("drop"), NULL), 0);
	world_close(&w);
}

/* Everything once, with the N-th allocation failing; true when none did. */
static bool
everything(unsigned long n)
{
	struct tamper t = { .bytes = "changed", .verdict = { .copies = 1 } };
	struct net_link_params p = net_link_defaults;
	struct world w;
	bool ok;

	p.rate_bps = 1000000;
	mem_fail_from(n);
	ok = world_open(&w, 1, TRACE_NETWORK) == 0 &&
	     world_hosts(&w, "a r* b") == 0 &&
	     world_links(&w, "a-r r-b", &p) == 0;
	if (ok) {
		t.w = &w;
		net_set_tamper(w.net, tamper, &t);
		for (int i = 0; i < 3; i++)
			world_send(&w, "a", "b", STR("small"));
		world_send(&w, "a", "b", world_text(5000));
		ok = world_run(&w, 20 * SIM_MS) == SIM_TIME;
		world_send(&w, "b", "a", world_text(2000));
		world_send(&w, "a", "a", STR("x"));
		ok = world_run(&w, INT64_MAX) == SIM_IDLE && ok;
		ok = ok && sim_error(w.sim)->err == 0;
		if (!ok)
			CU_ASSERT_EQUAL(sim_error(w.sim)->err, ERR_NOMEM);
		if (ok)
			CU_ASSERT_EQUAL(w.received, 7);
	}
	mem_fail_from(0);
	world_close(&w);
	return ok;
}

static void
memory(void)
{
	unsigned long n = 1;

	while (n < 1000 && !everything(n))
		n++;
	CU_ASSERT(n > 30 && n < 1000);
}

CHECK_MAIN("net", { "the records", records }, { "less detail", less_detail },
    { "nobody there", nobody }, { "one's own address", own_address },
    { "sockets", sockets }, { "hosts and addresses", hosts },
    { "a host that moves", moved }, { "changed bytes", changed_bytes },
    { "folded", folded }, { "folded, and tampered with", folded_tampered },
    { "failing memory", memory })
