/*
 * A call that was ended by an event which its table has not there, or which
 * leads elsewhere, was over without the trace's saying that it had no such
 * step.
 */
#include "fixtures/stage.h"
#include "agent/call.h"
#include "roles/ua/ua.h"

static void
end_by(enum event_id event, size_t refused)
{
	struct stage s;
	struct tester t;
	const struct ua *ua;
	struct agent_call *c;

	STAGE_OPEN(&s, &t, "peer", 9);
	stage_node(&s, "alice", "ua", "a.example", 3, "");
	STAGE_CALL(&s, "alice", "sip:peer@192.0.2.9", 25);
	ua = node_role_state(world_find(s.w, "alice"), "ua");
	CU_ASSERT_FATAL(ua != NULL);
	c = agent_call_find(
	    (struct agent *)(void *)(uintptr_t)&ua->agent, "alice/1");
	CU_ASSERT_FATAL(c != NULL);
	agent_call_end(c, event, RULE_NONE, 0);
	STAGE_HAS(&s, refused, KIND("bad"), "no-step", NODE("alice"));
	CU_ASSERT(stage_call_is(&s, "alice/1", "terminated"));
	STAGE_CLOSE(&s, &t);
}

static void
is_told(void)
{
	end_by(EVENT_300_699, 0);
	end_by(EVENT_2XX, 1);
	end_by(EVENT_PUBLISH, 1);
}

CHECK_MAIN("end_without_a_step", { "is told", is_told })
