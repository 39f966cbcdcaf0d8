/*
 * Nodes: crashes at every moment of a whole story, every allocation failing in
 * turn, and what a call costs.
 */
#include "sim/rng.h"
#include "fixtures/stage.h"

#include <malloc.h>

static struct stage s;

static void
stop(void)
{
	CU_ASSERT(stage_run(&s, 80000));
	CU_ASSERT_EQUAL(sim_held(s.w->sim), 0);
	stage_close(&s);
}

/* ---- a whole story ---- */

/* Two user agents and a server of all work; 0 or an error. */
static int
make(struct stage *st)
{
	struct node *alice, *bob, *srv;
	int err = stage_try(st);

	if (err != 0)
		return err;
	srv = stage_add(
	    st, "srv", "proxy registrar location", "b.example", 2, "");
	alice = stage_add(st, "alice", "ua", "b.example", 3, "outbound=srv");
	bob = stage_add(st, "bob", "ua", "b.example", 4,
	    "answer=100ms hangup=300ms register=true");
	if (srv == NULL || alice == NULL || bob == NULL ||
	    world_add_domain(st->w, "b.example", srv) != 0)
		return ERR_NOMEM;
	err = node_start(srv);
	if (err == 0)
		err = node_start(alice);
	return err != 0 ? err : node_start(bob);
}

/* A run that fails tells so itself. */
static int
run(struct stage *st, int64_t ms)
{
	if (stage_run(st, ms))
		return 0;
	CU_ASSERT_EQUAL(sim_error(st->w->sim)->err, ERR_NOMEM);
	return ERR_NOMEM;
}

static int
act(struct stage *st)
{
	int err = stage_do(st, "bob", "register", NULL, NULL);

	if (err == 0)
		err = run(st, 50);
	if (err == 0)
		err = stage_do(
		    st, "alice", "invite", NULL, "target", "bob", NULL);
	if (err == 0)
		err = stage_do(
		    st, "alice", "options", NULL, "target", "bob", NULL);
	return err != 0 ? err : run(st, 2000);
}

static void
story(void)
{
	CU_ASSERT_EQUAL_FATAL(make(&s), 0);
	CU_ASSERT_EQUAL(act(&s), 0);
	CU_ASSERT(stage_call_is(&s, "alice/1", "terminated"));
	CU_ASSERT(stage_call_is(&s, "bob/1", "terminated"));
	STAGE_HAS(&s, 1, KIND("act"), "\"bye\"", NULL);
	STAGE_HAS(&s, 2, KIND("send"), "\"start\":\"BYE\"", NULL);
	stop();
}

/* ---- memory ---- */

/* The N-th allocation and all after it fail: an error, no crash, no leak
 * (the sanitizer looks); true once all of it goes through. */
static bool
survives(unsigned long n)
{
	int err;

	mem_fail_from(n);
	err = make(&s);
	if (err == 0)
		err = act(&s);
	if (err != 0 && err != ERR_NOMEM)
		printf("  allocation %lu: error %d\n", n, err);
	CU_ASSERT(err == 0 || err == ERR_NOMEM);
	mem_fail_from(0);
	stage_close(&s);
	return err == 0;
}

static void
no_memory(void)
{
	unsigned long all, n = 1;

	mem_count();
	CU_ASSERT_EQUAL(make(&s), 0);
	CU_ASSERT_EQUAL(act(&s), 0);
	all = mem_count();
	stage_close(&s);
	/* Every one at first, then a sample that is spread over the rest; none
	 * of them is overlooked. */
	while (!survives(n) && n <= all)
		n += n < 600 ? 1 : 7;
	CU_ASSERT(n >= all);
	if (n < all)
		printf("  allocation %lu of %lu is overlooked\n", n, all);
}

/* ---- crashes ---- */

/* The story, NODE crashing after MS and coming up again 70 ms later. */
static void
crash_at(const char *node, int64_t ms)
{
	CU_ASSERT_EQUAL_FATAL(make(&s), 0);
	stage_do(&s, "bob", "register", NULL, NULL);
	stage_run(&s, 50);
	stage_do(&s, "alice", "invite", NULL, "target", "bob", NULL);
	stage_do(&s, "alice", "options", NULL, "target", "bob", NULL);
	stage_run(&s, ms);
	CU_ASSERT_EQUAL(stage_do(&s, node, "crash", NULL, NULL), 0);
	CU_ASSERT_EQUAL(stage_do(&s, node, "crash", NULL, NULL), ERR_STATE);
	stage_run(&s, 70);
	CU_ASSERT_EQUAL(stage_do(&s, node, "restart", NULL, NULL), 0);
	CU_ASSERT_EQUAL(stage_do(&s, node, "restart", NULL, NULL), ERR_STATE);
	stage_run(&s, 150000);
	/* What the peer of a dead node would wait for for ever. */
	stage_do(&s, "alice", "bye", "alice/1", NULL);
	stage_do(&s, "bob", "bye", "bob/1", NULL);
	stage_run(&s, 150000);
	CU_ASSERT_EQUAL(sim_held(s.w->sim), 0);
	if (sim_held(s.w->sim) != 0)
		printf("  %s after %lld ms\n", node, (long long)ms);
	stage_close(&s);
}

static void
crashes(void)
{
	static const char *const nodes[] = { "alice", "srv", "bob" };

	for (size_t i = 0; i < 3; i++)
		for (int64_t ms = 0; ms < 600; ms += 5)
			crash_at(nodes[i], ms);
}

/* ---- hostile messages ---- */

/* Messages of every kind with a few bytes changed, to a node of all roles and
 * in its calls: whatever comes of it, it comes to an end. */
static void
hostile(void)
{
	static const char *const texts[] = {
		"INVITE sip:all@192.0.2.2 SIP/2.0\r\n"
		"Contact: <sip:t@192.0.2.9>\r\nContent-Type: "
		"application/sdp\r\n",
		"REGISTER sip:b.example SIP/2.0\r\n"
		"Contact: <sip:t@192.0.2.9>;q=0.5;expires=90, *\r\n",
		"OPTIONS sip:192.0.2.2;lr SIP/2.0\r\n"
		"Route: <sip:192.0.2.2;lr>, <sip:192.0.2.9>\r\n",
		"INVITE sip:t@192.0.2.9 SIP/2.0\r\n"
		"Max-Forwards: 1\r\nRequire: a\r\n",
		"ACK sip:all@b.example SIP/2.0\r\nRoute: "
		"<sip:b.example;lr>\r\n",
		"CANCEL sip:t@192.0.2.9 SIP/2.0\r\n",
		"BYE sip:all@192.0.2.2 SIP/2.0\r\nRecord-Route: <sip:x>\r\n",
		"SIP/2.0 200 OK\r\nContact: *\r\nExpires: 5\r\n",
	};
	struct addr dst = stage_addr(2);
	struct buf b = BUF_INIT;
	struct tester t;
	struct rng r;

	STAGE_OPEN(&s, &t, "peer", 9);
	stage_node(&s, "all", "location ua proxy registrar", "b.example", 2,
	    "answer=20ms hangup=20ms");
	rng_init(&r, 1, "test", "hostile");
	for (int i = 0; i < 3000; i++) {
		unsigned changes = (unsigned)rng_below(&r, 4);

		buf_clear(&b);
		buf_puts(&b, texts[rng_below(&r, 8)]);
		buf_printf(&b,
		    "Via: SIP/2.0/UDP 192.0.2.9;branch=z9hG4bK%d\r\n"
		    "From: <sip:t@t.example>;tag=%d\r\n"
		    "To: <sip:all@b.example>\r\nCall-ID: %d\r\n"
		    "CSeq: %d %s\r\n\r\n",
		    i / 2, i / 3, i / 4, i % 5 + 1,
		    texts[i % 8][0] == 'S' ? "INVITE" : "OPTIONS");
		/* Most of them with the method that the CSeq wants. */
		for (char *p = strstr(b.p, "CSeq");
		     b.p[0] != 'S' && rng_below(&r, 9) > 0 && p != NULL;
		     p = NULL) {
			buf_truncate(&b, (size_t)(p - b.p));
			buf_printf(&b, "CSeq: %d %.*s\r\n\r\n", i % 5 + 1,
			    (int)strcspn(b.p, " "), b.p);
		}
		while (changes-- > 0)
			b.p[rng_below(&r, b.n)] = (char)rng_below(&r, 256);
		tester_send(&t, &dst, buf_view(&b));
		if (i % 10 == 0)
			stage_run(&s, 15);
		if (i % 500 == 499) {
			stage_do(&s, "all", "crash", NULL, NULL);
			stage_do(&s, "all", "restart", NULL, NULL);
		}
		buf_truncate(&s.trace, 0);
		t.n = 0;
	}
	buf_free(&b);
	CU_ASSERT(stage_run(&s, 400000));
	CU_ASSERT_EQUAL(sim_held(s.w->sim), 0);
	STAGE_CLOSE(&s, &t);
}

/* ---- what a call costs ---- */

/* Bytes in use after N calls that were answered and have lasted a minute. */
static size_t
in_use(int n)
{
	struct stage st;
	struct mallinfo2 before, after;

	CU_ASSERT_EQUAL_FATAL(make(&st), 0);
	node_set_attr(world_find(st.w, "bob"), "answer", "0s");
	node_set_attr(world_find(st.w, "bob"), "hangup", "");
	stage_do(&st, "bob", "register", NULL, NULL);
	stage_run(&st, 50);
	before = mallinfo2();
	for (int i = 0; i < n; i++) {
		stage_call(&st, "alice", "bob");
		stage_run(&st, 10);
		buf_truncate(&st.trace, 0);
	}
	stage_run(&st, 60000);
	buf_free(&st.trace);
	CU_ASSERT_EQUAL(sim_held(st.w->sim), (size_t)(2 * n));
	after = mallinfo2();
	stage_close(&st);
	return after.uordblks > before.uordblks
		   ? after.uordblks - before.uordblks
		   : 0;
}

/* A million live calls are to be possible: both ends of one. */
static void
cost(void)
{
	size_t few = in_use(100), many = in_use(1100);
	size_t each = many > few ? (many - few) / 1000 : 0;

	/* Sanitizers count otherwise. */
	if (few == 0) {
		check_skip("the allocator does not tell");
		return;
	}
	printf("  both ends of a live call: %zu bytes\n", each);
	CU_ASSERT(each > 0 && each < 6336);
}

CHECK_MAIN("nodes", { "story", story }, { "no memory", no_memory },
    { "crashes", crashes }, { "hostile", hostile }, { "cost", cost }, )
