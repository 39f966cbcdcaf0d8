/* A lab opens on its ladder, also where a controller makes eight calls of four
 * (RFC 3725); a trace of so many calls opens on their list. */
#include "fixtures/check.h"
#include "fixtures/play_driver.h"

static void
a_lab_opens_on_its_ladder(void)
{
	struct driver v = { 0 };
	struct diag d = DIAG_INIT;

	CU_ASSERT_EQUAL_FATAL(
	    session_open(&v.s, "labs/third-party", NULL, &d), 0);
	CU_ASSERT_EQUAL_FATAL(cli_lab_open(&v.lab, v.s, NULL, 0, &d), 0);
	play_source_open(&v.src, &v.e, v.s, &d);
	v.src.save = NULL;
	v.src.lab = cli_lab_source(v.lab);
	CU_ASSERT_TRUE_FATAL(driver_show(&v, "labs/third-party", 80, 24));
	CU_ASSERT_TRUE(play_calls_many(v.p));
	CU_ASSERT_FALSE(v.p->in_calls);
	driver_close(&v);
}

static void
a_trace_opens_on_its_calls(void)
{
	struct driver v = { 0 };

	CU_ASSERT_TRUE_FATAL(driver_open(&v, "labs/third-party", 80, 24));
	CU_ASSERT_TRUE(v.p->in_calls);
	driver_close(&v);
}

CHECK_MAIN("lab_opens_on_its_ladder",
    { "a_lab_opens_on_its_ladder", a_lab_opens_on_its_ladder },
    { "a_trace_opens_on_its_calls", a_trace_opens_on_its_calls })
