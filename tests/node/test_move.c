/* set{addr=…}: a node gets another address in the middle of a run. */
#include "fixtures/check.h"
#include "fixtures/stage.h"

struct fixture {
	struct stage s;
	struct tester tom;
};

static void
set_up(struct fixture *f)
{
	memset(f, 0, sizeof(*f));
	stage_open(&f->s);
	stage_node(&f->s, "alice", "ua", "a.example", 1, "answer=never");
	stage_node(&f->s, "px", "proxy registrar location", "a.example", 2, "");
	tester_open(&f->s, &f->tom, "tom", 3);
	CU_ASSERT_EQUAL(
	    world_add_domain(f->s.w, "a.example", world_find(f->s.w, "px")), 0);
}

static void
tear_down(struct fixture *f)
{
	tester_close(&f->tom);
	stage_close(&f->s);
}

static int
move(struct fixture *f, const char *node, const char *addr)
{
	return stage_do(&f->s, node, "set", NULL, "addr", addr, NULL);
}

static void
receives_there(void)
{
	struct fixture f;

	set_up(&f);
	CU_ASSERT_EQUAL(move(&f, "alice", "192.0.2.77:5060"), 0);
	tester_ask(&f.tom, 1, "OPTIONS", "sip:alice@192.0.2.1",
	    "<sip:alice@a.example>", "old", 1, "old", "");
	stage_run(&f.s, 100);
	CU_ASSERT_EQUAL(f.tom.n, 0);
	tester_ask(&f.tom, 77, "OPTIONS", "sip:alice@192.0.2.77",
	    "<sip:alice@a.example>", "new", 1, "new", "");
	stage_run(&f.s, 100);
	CU_ASSERT_EQUAL(tester_count(&f.tom, "OPTIONS", 200), 1);
	/* What is under way to the old address finds nobody. */
	tester_ask(&f.tom, 77, "OPTIONS", "sip:alice@192.0.2.77",
	    "<sip:alice@a.example>", "late", 1, "late", "");
	stage_run(&f.s, 7);
	CU_ASSERT_EQUAL(move(&f, "alice", "192.0.2.78"), 0);
	stage_run(&f.s, 100);
	CU_ASSERT_EQUAL(f.tom.n, 1);
	tear_down(&f);
}

/* Where it was before, somebody else may come; to where it is, nobody. */
static void
refuses_with_a_sentence(void)
{
	static const char *const rows[][2] = {
		{ "192.0.2.3", "alice can't move to 192.0.2.3: somebody" },
		{ "nowhere", "“nowhere” is no address" },
		{ "192.0.2.77:5070", "alice keeps its port 5060" },
	};
	struct fixture f;

	set_up(&f);
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		CU_ASSERT_NOT_EQUAL(move(&f, "alice", rows[i][0]), 0);
		CU_ASSERT_PTR_NOT_NULL(strstr(f.s.d.text, rows[i][1]));
	}
	CU_ASSERT_EQUAL(move(&f, "alice", "192.0.2.1"), 0);
	CU_ASSERT_EQUAL(move(&f, "alice", "192.0.2.77"), 0);
	CU_ASSERT_EQUAL(move(&f, "px", "192.0.2.1"), 0);
	/* One that is down comes up there. */
	node_crash(world_find(f.s.w, "alice"));
	CU_ASSERT_EQUAL(move(&f, "alice", "192.0.2.78"), 0);
	CU_ASSERT_EQUAL(node_start(world_find(f.s.w, "alice")), 0);
	stage_call(&f.s, "alice", "sip:tom@192.0.2.3");
	stage_run(&f.s, 100);
	CU_ASSERT_TRUE(tester_has(&f.tom, 0, "Via", "192.0.2.78:5060"));
	tear_down(&f);
}

CHECK_MAIN("move", { "receives_there", receives_there },
    { "refuses_with_a_sentence", refuses_with_a_sentence })
