/*
 * A call's delay ends with the first response that arrives (RFC 6076 4.3).  In
 * the list of calls it ended with the one that was sent last before any had
 * come: where the way is longer than T1, with a repetition.
 */
#include "fixtures/check.h"
#include "fixtures/labs.h"
#include "measures/measures.h"
#include "calls/calls.h"

static void
answers_over_a_long_way(void)
{
	struct lab_options o = LAB_OPTIONS;
	struct measures *m;
	struct calls *c;
	struct trace *t;

	o.setting = "delay=400ms";
	t = lab_trace("labs/direct-call", &o);
	CU_ASSERT_PTR_NOT_NULL_FATAL(t);
	CU_ASSERT_EQUAL_FATAL(measures_create(&m), 0);
	CU_ASSERT_EQUAL_FATAL(calls_create(&c), 0);
	while (measures_extend(m, t, 100) || calls_extend(c, t, 100))
		;
	CU_ASSERT_EQUAL_FATAL(calls_count(c), 1);
	CU_ASSERT_EQUAL(calls_delay(calls_row(c, 0)), 1600 * INT64_C(1000000));
	CU_ASSERT_EQUAL(
	    calls_delay(calls_row(c, 0)), measure_delay(measures_get(m, 0)));
	calls_destroy(c);
	measures_destroy(m);
	trace_destroy(t);
}

CHECK_MAIN("delay until first arrival",
    { "answers over a long way", answers_over_a_long_way })
