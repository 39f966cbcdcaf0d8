/*
 * A home subscriber server asked by datagrams: what is wrong with a question is
 * said in its answer, and what is no question has none.
 */
#include "fixtures/stage.h"

#include "fixtures/diameter_made.h"

static struct stage hss_stage;
static struct tester asker;

static void
start(void)
{
	STAGE_OPEN(&hss_stage, &asker, "asker", 9);
	stage_node(&hss_stage, "hss", "hss", "home.example", 5, "");
}

static void
stop(void)
{
	CU_ASSERT(stage_run(&hss_stage, 1000));
	CU_ASSERT_EQUAL(sim_held(hss_stage.w->sim), 0);
	STAGE_CLOSE(&hss_stage, &asker);
}

static void
send_to_hss(const struct buf *b)
{
	struct addr dst = stage_addr(5);

	dst.port = TRACE_PORT_DIAMETER;
	tester_send(&asker, &dst, buf_view(b));
	stage_run(&hss_stage, 100);
}

/* The last answer, which can be read. */
static struct diameter
answer(void)
{
	struct diameter m = { 0 };

	CU_ASSERT_FATAL(asker.n > 0);
	CU_ASSERT_EQUAL(
	    diameter_read(buf_view(&asker.got[asker.n - 1].bytes), &m),
	    DIAMETER_FAULT_NONE);
	return m;
}

static void
nobody_is_known(void)
{
	struct buf b = BUF_INIT;
	struct diameter m;

	start();
	for (unsigned c = 0; c < DIAMETER_COMMAND_COUNT; c++) {
		buf_clear(&b);
		made_question(&b, (enum diameter_command)c);
		send_to_hss(&b);
		m = answer();
		CU_ASSERT_EQUAL(m.command, (enum diameter_command)c);
		CU_ASSERT_EQUAL(m.hop, 0x01020304);
		CU_ASSERT_EQUAL(diameter_result(&m),
		    c == DIAMETER_RT || c == DIAMETER_PP
			? DIAMETER_VALUE_COMMAND_UNSUPPORTED
			: DIAMETER_VALUE_USER_UNKNOWN);
		CU_ASSERT(str_is(diameter_find(m.avps, DIAMETER_AVP_SESSION_ID),
		    "icscf.home.example;1;2"));
		/* RFC 6733 7.1.3 */
		CU_ASSERT_EQUAL((m.flags & DIAMETER_ERROR) != 0,
		    c == DIAMETER_RT || c == DIAMETER_PP);
	}
	STAGE_HAS(&hss_stage, 0, KIND("bad"), NODE("hss"), NULL);
	buf_free(&b);
	stop();
}

/* Without its Visited-Network-Identifier, which is the AVP before the last. */
static void
something_is_missing(void)
{
	struct buf b = BUF_INIT;
	struct diameter m;
	struct str group;

	start();
	made_diameter_begin(&b, DIAMETER_UA, true);
	made_text(&b, DIAMETER_AVP_DESTINATION_REALM, "home.example");
	made_text(&b, DIAMETER_AVP_USER_NAME, "alice@home.example");
	made_text(&b, DIAMETER_AVP_PUBLIC_IDENTITY, "sip:alice@home.example");
	diameter_end(&b);
	send_to_hss(&b);
	m = answer();
	CU_ASSERT_EQUAL(diameter_result(&m), DIAMETER_VALUE_MISSING_AVP);
	group = diameter_find(m.avps, DIAMETER_AVP_FAILED_AVP);
	CU_ASSERT_PTR_NOT_NULL(
	    diameter_find(group, DIAMETER_AVP_VISITED_NETWORK).p);
	STAGE_HAS(
	    &hss_stage, 1, KIND("bad"), NODE("hss"), RULE("diameter-fault"));
	buf_free(&b);
	stop();
}

/* An answer that nobody has asked for, a piece, noise: nobody is told. */
static void
no_question(void)
{
	struct buf b = BUF_INIT;

	start();
	made_answer(&b, DIAMETER_UA);
	send_to_hss(&b);
	buf_truncate(&b, 12);
	send_to_hss(&b);
	buf_clear(&b);
	buf_puts(&b, "REGISTER sip:home.example SIP/2.0");
	send_to_hss(&b);
	CU_ASSERT_EQUAL(asker.n, 0);
	STAGE_HAS(&hss_stage, 2, KIND("bad"), NODE("hss"), NULL);
	STAGE_HAS(&hss_stage, 1, KIND("drop"), NODE("hss"), NULL);
	buf_free(&b);
	stop();
}

CHECK_MAIN("hss", { "nobody is known", nobody_is_known },
    { "something is missing", something_is_missing },
    { "no question", no_question })
