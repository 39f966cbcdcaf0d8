/* Why a branch is called off, and a call taken back or ended: RFC 3326. */
#include "fixtures/fork.h"

static bool
says(struct tester *t, const char *method, const char *reason)
{
	return tester_has(t, tester_find(t, method, 0, 0), "Reason", reason);
}

/* Two phones ring. */
static void
ring(const char *extra)
{
	fork_start("", "Contact: <sip:bob@192.0.2.11>\n"
		       "Contact: <sip:bob@192.0.2.12>\n");
	fork_ask("INVITE", "i1", extra);
	fork_answer(&fork_a, 180, "a", CONTACT(11));
	fork_answer(&fork_b, 180, "b", CONTACT(12));
}

static void
by_what_others_say(void)
{
	static const struct {
		unsigned status;
		const char *reason;
	} rows[] = {
		{ 200, "SIP;cause=200;text=\"Call completed elsewhere\"" },
		{ 600, "SIP;cause=600;text=\"Busy Everywhere\"" },
		{ 603, "SIP;cause=603;text=\"Decline\"" },
		{ 699, "SIP;cause=699" },
	};

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		ring(CONTACT(8));
		fork_answer(&fork_a, rows[i].status, "a", CONTACT(11));
		CU_ASSERT_EQUAL(tester_count(&fork_b, "CANCEL", 0), 1);
		CU_ASSERT(says(&fork_b, "CANCEL", rows[i].reason));
		fork_answer(&fork_b, 487, "b", "");
		fork_stop();
	}
}

/* RFC 3326 2: what upstream says is passed on, whatever it is. */
static void
from_upstream(void)
{
	static const struct {
		const char *extra, *reason;
	} rows[] = {
		{ "", NULL },
		{ "Reason: Q.850;cause=16;text=\"Terminated\"\n",
		    "Q.850;cause=16;text=\"Terminated\"" },
		{ "Reason: SIP;cause=600, Q.850;cause=16\n",
		    "SIP;cause=600, Q.850;cause=16" },
		{ "Reason: a\nReason: b;x\n", "a, b;x" },
		{ "Reason:\n", NULL },
		{ "Reason: ;;;\"x,y\",,\n", ";;;\"x,y\"" },
	};

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		ring(CONTACT(8));
		tester_ask(&fork_up, 2, "CANCEL", FORK_BOB, "<" FORK_BOB ">",
		    "i1", 1, "i1", rows[i].extra);
		stage_run(&fork_s, 25);
		CU_ASSERT_EQUAL(tester_count(&fork_a, "CANCEL", 0), 1);
		CU_ASSERT_EQUAL(
		    says(&fork_a, "CANCEL",
			rows[i].reason != NULL ? rows[i].reason : ""),
		    rows[i].reason != NULL);
		fork_answer(&fork_a, 487, "a", "");
		fork_answer(&fork_b, 487, "b", "");
		fork_stop();
	}
}

/* A phone that is told why says so. */
static void
from_a_phone(void)
{
	const char *call;
	char name[100];

	fork_start("", "");
	stage_node(&fork_s, "alice", "ua", "a.example", 20, "");
	call = stage_call(&fork_s, "alice", "sip:bob@192.0.2.11");
	snprintf(name, sizeof(name), "%s", call);
	stage_run(&fork_s, 25);
	CU_ASSERT_EQUAL(stage_do(&fork_s, "alice", "cancel", name, "reason",
			    "a\r\nVia: b", NULL),
	    ERR_SYNTAX);
	fork_answer(&fork_a, 180, "a", CONTACT(11));
	CU_ASSERT_EQUAL(stage_do(&fork_s, "alice", "cancel", name, "reason",
			    "SIP;cause=600", NULL),
	    0);
	stage_run(&fork_s, 25);
	CU_ASSERT(says(&fork_a, "CANCEL", "SIP;cause=600"));
	fork_answer(&fork_a, 487, "a", "");
	fork_stop();

	fork_start("", "");
	stage_node(&fork_s, "alice", "ua", "a.example", 20, "");
	call = stage_call(&fork_s, "alice", "sip:bob@192.0.2.11");
	snprintf(name, sizeof(name), "%s", call);
	stage_run(&fork_s, 25);
	fork_answer(&fork_a, 200, "a", CONTACT(11));
	CU_ASSERT_EQUAL(stage_do(&fork_s, "alice", "bye", name, "reason",
			    "Q.850;cause=16", NULL),
	    0);
	stage_run(&fork_s, 25);
	CU_ASSERT(says(&fork_a, "BYE", "Q.850;cause=16"));
	tester_answer(&fork_a, tester_find(&fork_a, "BYE", 0, 0), 200, "a", "");
	fork_stop();
}

CHECK_MAIN("proxy_reason", { "by_what_others_say", by_what_others_say },
    { "from_upstream", from_upstream }, { "from_a_phone", from_a_phone })
