/*
 * A transaction ends once (RFC 3261 17.1.2.2).  Where the way to a registrar is
 * longer than T1 its 401 comes more than once, the last ones when the REGISTER
 * with a password is under way: those ended that attempt, which the 200 behind
 * them did not change any more, so that a registration that had succeeded was
 * measured as one that was refused.
 */
#include "fixtures/check.h"
#include "fixtures/labs.h"
#include "measures/measures.h"

static void
registers_over_a_long_way(void)
{
	struct lab_options o = LAB_OPTIONS;
	struct measures *m;
	struct trace *t;

	o.setting = "delay=400ms";
	t = lab_trace("labs/rfc3665-2.1", &o);
	CU_ASSERT_PTR_NOT_NULL_FATAL(t);
	CU_ASSERT_EQUAL_FATAL(measures_create(&m), 0);
	while (measures_extend(m, t, 7))
		;
	CU_ASSERT_EQUAL_FATAL(measures_count(m), 1);
	CU_ASSERT_TRUE(measure_succeeded(measures_get(m, 0)));
	CU_ASSERT_EQUAL(measures_get(m, 0)->status, 200);
	measures_destroy(m);
	trace_destroy(t);
}

CHECK_MAIN("repeated challenge",
    { "registers over a long way", registers_over_a_long_way })
