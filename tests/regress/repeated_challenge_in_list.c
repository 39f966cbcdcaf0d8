/*
 * A response counts for the request that it answers (RFC 3261 17.1.3).  A 401
 * that came once more, when the REGISTER with a password was under way, put
 * that one in the list of calls as challenged, too.
 */
#include "fixtures/check.h"
#include "fixtures/labs.h"
#include "calls/calls.h"

static enum calls_state
state_at(const struct calls *c, const struct trace *t, uint64_t seq)
{
	struct calls_look look = CALLS_LOOK;
	LOCAL_BUF cell = BUF_INIT;
	enum calls_state state;

	look.position = seq;
	look.t_ns = trace_time_of(t, seq);
	calls_put_cell(c, calls_row(c, 0), &look, CALLS_BY_STATE, &cell);
	state = calls_state_find(buf_view(&cell));
	return state;
}

static void
is_asked_once(void)
{
	struct lab_options o = LAB_OPTIONS;
	enum calls_state before = CALLS_STATE_COUNT;
	struct calls *c;
	struct trace *t;
	int challenged = 0;

	o.setting = "delay=400ms";
	t = lab_trace("labs/rfc3665-2.1", &o);
	CU_ASSERT_PTR_NOT_NULL_FATAL(t);
	CU_ASSERT_EQUAL_FATAL(calls_create(&c), 0);
	while (calls_extend(c, t, 100))
		;
	CU_ASSERT_EQUAL_FATAL(calls_count(c), 1);
	for (uint64_t seq = 1; seq <= trace_count(t); seq++) {
		enum calls_state now = state_at(c, t, seq);

		challenged += now == CALLS_CHALLENGED && now != before;
		before = now;
	}
	CU_ASSERT_EQUAL(challenged, 1);
	CU_ASSERT_EQUAL(before, CALLS_DONE);
	calls_destroy(c);
	trace_destroy(t);
}

CHECK_MAIN("repeated challenge in the list", { "is asked once", is_asked_once })
