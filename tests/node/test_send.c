/* The verb send{…} without memory; what it does: send.case. */
#include "fixtures/stage.h"

static void
set_up(struct stage *s, struct tester *tom)
{
	stage_open(s);
	stage_node(s, "alice", "ua", "a.example", 1, "");
	tester_open(s, tom, "tom", 3);
	CU_ASSERT_EQUAL(world_add_domain(s->w, "t.example", tom->node), 0);
}

/* Memory may run out at any point: an error, and the run goes on. */
static void
survives_a_lack_of_memory(void)
{
	int err = ERR_NOMEM;

	for (long i = 1; err != 0 && i < 2000; i++) {
		struct stage s;
		struct tester tom;

		set_up(&s, &tom);
		mem_fail_from((unsigned long)i);
		err = stage_do(&s, "alice", "send", NULL, "method", "OPTIONS",
		    "uri", "sip:tom@t.example", "headers",
		    "X: y\nRoute: <sip:192.0.2.3;lr>", NULL);
		mem_fail_from(0);
		CU_ASSERT_TRUE(err == 0 || err == ERR_NOMEM);
		tester_close(&tom);
		stage_close(&s);
	}
	CU_ASSERT_EQUAL(err, 0);
}

CHECK_MAIN("send", { "survives_a_lack_of_memory", survives_a_lack_of_memory })
