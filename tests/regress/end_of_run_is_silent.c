/*
 * A run that ends amid its calls ends in silence: no node says farewell while
 * it is destroyed, as none does that crashes.  A focus told who was left of
 * each participant that its end took away, through whatever the run had freed
 * before.
 */
#include "fixtures/stage.h"

static struct stage s;

static void
count(const struct net_sent *sent, struct net_verdict *v, void *arg)
{
	(void)sent, (void)v;
	++*(unsigned *)arg;
}

/* The world ends now. */
static void
end_world(void)
{
	unsigned sent = 0;

	net_set_tamper(s.w->net, count, &sent);
	world_destroy(s.w);
	s.w = NULL;
	CU_ASSERT_EQUAL(sent, 0);
	stage_close(&s);
}

static void
amid_a_conference(void)
{
	struct node *conf;

	stage_open(&s);
	conf = stage_add(
	    &s, "conf", "conference", "conf.example", 4, "rooms=lecture");
	CU_ASSERT_EQUAL_FATAL(world_add_domain(s.w, "conf.example", conf), 0);
	CU_ASSERT_EQUAL_FATAL(node_start(conf), 0);
	stage_node(&s, "alice", "ua", "", 1, "");
	stage_node(&s, "bob", "ua", "", 2, "");
	stage_call(&s, "alice", "sip:lecture@conf.example");
	STAGE_CALL(&s, "bob", "sip:lecture@conf.example", 20000);
	CU_ASSERT(stage_call_is(&s, "bob/1", "confirmed"));
	end_world();
}

static void
amid_a_queue(void)
{
	static const char *const callers[] = { "alice", "bob", "carol" };
	struct node *help;

	stage_open(&s);
	help = stage_add(&s, "help", "queue", "shop.example", 4, "wrap_up=0s");
	CU_ASSERT_EQUAL_FATAL(world_add_domain(s.w, "shop.example", help), 0);
	CU_ASSERT_EQUAL_FATAL(node_start(help), 0);
	stage_node(&s, "ann", "ua", "", 5, "answer=1s");
	CU_ASSERT_EQUAL(
	    stage_do(&s, "help", "logon", NULL, "agent", "ann", NULL), 0);
	for (unsigned i = 0; i < 3; i++) {
		stage_node(&s, callers[i], "ua", "", i + 1, "");
		stage_call(&s, callers[i], "sip:help@shop.example");
	}
	CU_ASSERT(stage_run(&s, 20000));
	CU_ASSERT(stage_call_is(&s, "alice/1", "confirmed"));
	CU_ASSERT(stage_call_is(&s, "bob/1", "early"));
	end_world();
}

CHECK_MAIN("end_of_run_is_silent", { "amid a conference", amid_a_conference },
    { "amid a queue", amid_a_queue })
