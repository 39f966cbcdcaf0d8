/*
 * Pairs of calls: the box, and either phone, crash at every moment of a call
 * that is held, every allocation fails in turn, and what a live pair costs.
 */
#include "roles/ua/ua.h"
#include "fixtures/stage.h"

#include <malloc.h>

static struct stage s;

/* Two phones and a box of ROLE between them; 0 or an error. */
static int
make(struct stage *st, const char *role)
{
	struct node *nodes[3];
	int err = stage_try(st);

	if (err != 0)
		return err;
	nodes[0] = stage_add(st, "box", role, "", 2, "");
	nodes[1] = stage_add(st, "alice", "ua", "", 3, "outbound=box");
	nodes[2] =
	    stage_add(st, "bob", "ua", "", 4, "outbound=box answer=100ms");
	for (int i = 0; i < 3; i++)
		if (nodes[i] == NULL || node_start(nodes[i]) != 0)
			return ERR_NOMEM;
	return 0;
}

static int
run(struct stage *st, int64_t ms)
{
	if (stage_run(st, ms))
		return 0;
	CU_ASSERT_EQUAL(sim_error(st->w->sim)->err, ERR_NOMEM);
	return ERR_NOMEM;
}

/* A call that is held and taken off, a message, the end. */
static int
act(struct stage *st)
{
	int err = stage_do(st, "alice", "invite", NULL, "target", "bob", NULL);

	if (err == 0)
		err = run(st, 200);
	if (err == 0)
		err = stage_do(st, "bob", "hold", "bob/1", NULL);
	if (err == 0)
		err = run(st, 100);
	if (err == 0)
		err = stage_do(st, "alice", "update", "alice/1", NULL);
	if (err == 0)
		err = run(st, 100);
	/* A change that is rejected, and one without an offer taken back. */
	if (err == 0)
		err = node_set_attr(
		    world_find(st->w, "alice"), "refuse_changes", "488");
	if (err == 0)
		err = stage_do(
		    st, "bob", "reinvite", "bob/1", "add", "video", NULL);
	if (err == 0)
		err = run(st, 100);
	if (err == 0)
		err = node_set_attr(
		    world_find(st->w, "alice"), "refuse_changes", "");
	if (err == 0)
		err = stage_do(
		    st, "bob", "reinvite", "bob/1", "sdp", "false", NULL);
	if (err == 0)
		err = stage_do(st, "bob", "cancel", "bob/1", NULL);
	if (err == 0)
		err = run(st, 100);
	if (err == 0)
		err = stage_do(
		    st, "alice", "info", "alice/1", "package", "x", NULL);
	if (err == 0)
		err = run(st, 100);
	if (err == 0)
		err = stage_do(st, "alice", "bye", "alice/1", NULL);
	return err != 0 ? err : run(st, 1000);
}

static const char *const roles[] = { "b2bua", "sbc" };

static void
story(void)
{
	for (size_t i = 0; i < 2; i++) {
		CU_ASSERT_EQUAL_FATAL(make(&s, roles[i]), 0);
		CU_ASSERT_EQUAL(act(&s), 0);
		CU_ASSERT(stage_call_is(&s, "alice/1", "terminated"));
		CU_ASSERT(stage_call_is(&s, "bob/1", "terminated"));
		STAGE_HAS(&s, 1, KIND("fsm"), "\"over\"", "pair");
		CU_ASSERT(stage_run(&s, 80000));
		CU_ASSERT_EQUAL(sim_held(s.w->sim), 0);
		stage_close(&s);
	}
}

/* The N-th allocation and all after it fail: an error, no crash, no leak (the
 * sanitizer looks); true once all of it goes through. */
static bool
survives(unsigned long n)
{
	int err;

	mem_fail_from(n);
	err = make(&s, "sbc");
	if (err == 0)
		err = act(&s);
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
	CU_ASSERT_EQUAL(make(&s, "sbc"), 0);
	CU_ASSERT_EQUAL(act(&s), 0);
	all = mem_count();
	stage_close(&s);
	while (!survives(n) && n <= all)
		n += 5;
	CU_ASSERT(n >= all);
	if (n < all)
		printf("  allocation %lu of %lu is overlooked\n", n, all);
}

/* NODE crashes after MS of the call and comes up again 70 ms later. */
static void
crash_at(const char *node, int64_t ms)
{
	CU_ASSERT_EQUAL_FATAL(make(&s, "b2bua"), 0);
	stage_do(&s, "alice", "invite", NULL, "target", "bob", NULL);
	stage_run(&s, ms < 160 ? ms : 160);
	if (ms > 160) {
		stage_do(&s, "bob", "hold", "bob/1", NULL);
		stage_run(&s, ms - 160);
	}
	CU_ASSERT_EQUAL(stage_do(&s, node, "crash", NULL, NULL), 0);
	stage_run(&s, 70);
	CU_ASSERT_EQUAL(stage_do(&s, node, "restart", NULL, NULL), 0);
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
	static const char *const nodes[] = { "alice", "box", "bob" };

	for (size_t i = 0; i < 3; i++)
		for (int64_t ms = 0; ms < 240; ms += 3)
			crash_at(nodes[i], ms);
}

static size_t
count_ports(void)
{
	const struct sip_sdp_ports *p = &world_find(s.w, "box")->rtp;
	size_t n = 0;

	for (size_t i = 0; i < SIP_SDP_PORTS; i++)
		n += p->taken[i / 8] >> i % 8 & 1u;
	return n;
}

/* RFC 3264 8, RFC 3261 14.1: what came to nothing has no port. */
static void
rejected_streams(void)
{
	size_t before;

	CU_ASSERT_EQUAL_FATAL(make(&s, "sbc"), 0);
	stage_do(&s, "alice", "invite", NULL, "target", "bob", NULL);
	stage_run(&s, 1000);
	before = count_ports();
	CU_ASSERT(before >= 2);
	node_set_attr(world_find(s.w, "bob"), "refuse_changes", "488");
	for (int i = 0; i < 1000; i++) {
		CU_ASSERT_EQUAL(stage_do(&s, "alice", "reinvite", "alice/1",
				    "add", "video", NULL),
		    0);
		if (i % 2 > 0)
			stage_do(&s, "alice", "cancel", "alice/1", NULL);
		stage_run(&s, 500);
	}
	CU_ASSERT_EQUAL(count_ports(), before);
	stage_close(&s);
}

CHECK_MAIN("pairs", { "rejected streams", rejected_streams },
    { "story", story }, { "no memory", no_memory }, { "crashes", crashes })
