/*
 * Voice mail: whose mailbox a call is for, what is kept of it, and who is told
 * of that (RFC 3842).  The tester calls and subscribes; alice's phone has a
 * mailbox.
 */
#include "msg/message_summary.h"
#include "fixtures/stage.h"

static struct stage s;
static struct tester t;

#define SDP                                    \
	CONTACT(9)                             \
	"Content-Type: application/sdp\n\n"    \
	"v=0\no=t 1 1 IN IP4 192.0.2.9\ns=-\n" \
	"c=IN IP4 192.0.2.9\nt=0 0\n"          \
	"m=audio 4000 RTP/AVP 0\n"

static void
start(const char *attrs)
{
	struct node *vm;

	stage_open(&s);
	tester_open(&s, &t, "peer", 9);
	vm = stage_add(&s, "vm", "voicemail", "vm.example", 4, attrs);
	CU_ASSERT_EQUAL_FATAL(world_add_domain(s.w, "vm.example", vm), 0);
	CU_ASSERT_EQUAL_FATAL(
	    node_set_attr(vm, "mailboxes",
		"bob@b.example mailto:x@y  alice@a.example tester@t.example"),
	    0);
	CU_ASSERT_EQUAL_FATAL(node_start(vm), 0);
	stage_node(&s, "alice", "ua", "a.example", 3, "answer=never");
}

static void
stop(void)
{
	CU_ASSERT(stage_run(&s, 90000));
	CU_ASSERT_EQUAL(sim_held(s.w->sim), 0);
	stage_close(&s);
	tester_close(&t);
}

static size_t
notes(const char *text)
{
	return stage_count(&s, KIND("note"), text, NULL);
}

/* ---- bodies ---- */

static void
bodies(void)
{
	static const struct {
		const char *body, *says; /* NULL: it is none */
	} rows[] = {
		{ "Messages-Waiting: yes\r\nMessage-Account: sip:a@b\r\n"
		  "Voice-Message: 2/8 (0/2)\r\n",
		    "2 new voice messages, 8 old" },
		{ "messages-waiting : YES\nvoice-message: 1 / 0 (1/0)\n\n"
		  "To: <sip:a@b>\nVoice-Message: x\n",
		    "1 new voice message (1 urgent)" },
		{ "Messages-Waiting: no\r\nVoice-Message: 0/0\r\n",
		    "no new voice messages" },
		{ "Messages-Waiting: no\r\n", "no messages are waiting" },
		{ "Messages-Waiting: yes\r\nFax-Message: 1/0\r\n",
		    "messages are waiting" },
		{ "Messages-Waiting: perhaps\r\n", NULL },
		{ "Voice-Message: 1/0\r\nMessages-Waiting: yes\r\n", NULL },
		{ "Messages-Waiting: yes\r\nVoice-Message: 1\r\n", NULL },
		{ "Messages-Waiting: yes\r\nVoice-Message: -1/0\r\n", NULL },
		{ "Messages-Waiting: yes\r\nVoice-Message: 1/0 (1/0\r\n",
		    NULL },
		{ "Messages-Waiting: yes\r\nVoice-Message: 1/0 (\r\n", NULL },
		{ "Messages-Waiting: yes\r\nVoice-Message: 1/0 (2/0)\r\n",
		    NULL },
		{ "Messages-Waiting: yes\r\nVoice-Message: 99999999999/0\r\n",
		    NULL },
		{ "\r\n", NULL },
		{ "<presence/>", NULL },
	};

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct buf out = BUF_INIT;
		int err = message_summary_say(str_of(rows[i].body), &out);

		CU_ASSERT_EQUAL(err, rows[i].says == NULL ? ERR_SYNTAX : 0);
		if (err == 0 && rows[i].says != NULL)
			CU_ASSERT_STRING_EQUAL(buf_cstr(&out), rows[i].says);
		buf_free(&out);
	}
}

/* ---- SUBSCRIBE ---- */

#define SUMMARY "Event: message-summary\n" CONTACT(9)

static void
who_may_know(void)
{
	static const struct {
		const char *uri, *extra;
		unsigned status;
	} rows[] = {
		{ "sip:tester@vm.example", SUMMARY, 200 },
		{ "sip:tester@192.0.2.4", SUMMARY, 200 },
		{ "sip:vm@vm.example", SUMMARY, 200 },
		{ "sip:bob@vm.example", SUMMARY, 403 },
		{ "sip:nobody@vm.example", SUMMARY, 404 },
		{ "sip:%ff%00@vm.example", SUMMARY, 404 },
		{ "tel:123", SUMMARY, 416 },
		{ "sip:tester@vm.example", "Event: presence\n" CONTACT(9),
		    489 },
		{ "sip:tester@vm.example", SUMMARY "Accept: text/plain\n",
		    406 },
		{ "sip:tester@vm.example", SUMMARY "Expires: 5\n", 423 },
		{ "sip:tester@vm.example", SUMMARY "Expires: soon\n", 400 },
		{ "sip:tester@vm.example", SUMMARY "Require: x\n", 420 },
		{ "sip:tester@vm.example", "Event: message-summary\n", 400 },
	};

	start("");
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		char id[24];
		size_t before = t.n, notified = tester_count(&t, "NOTIFY", 0);

		snprintf(id, sizeof(id), "s%zu", i);
		tester_ask(&t, 4, "SUBSCRIBE", rows[i].uri,
		    "<sip:tester@vm.example>", id, 1, id, rows[i].extra);
		stage_run(&s, 30);
		if (tester_status(&t, before) != rows[i].status)
			printf("  row %zu: %u\n", i, tester_status(&t, before));
		CU_ASSERT_EQUAL(tester_status(&t, before), rows[i].status);
		CU_ASSERT_EQUAL(tester_count(&t, "NOTIFY", 0) - notified,
		    rows[i].status == 200);
		if (rows[i].status == 200)
			tester_answer(&t, before + 1, 200, "", "");
	}
	CU_ASSERT(tester_has(&t, 1, "Event", "message-summary"));
	CU_ASSERT(str_find(tester_at(&t, 1)->body,
		      "Messages-Waiting: no\r\n"
		      "Message-Account: sip:tester@vm.example\r\n"
		      "Voice-Message: 0/0 (0/0)\r\n") == 0);
	stop();
}

/* ---- calls ---- */

static void
ask(const char *method, const char *uri, const char *to, const char *id,
    unsigned cseq, const char *extra)
{
	char branch[40];

	snprintf(branch, sizeof(branch), "%s%s%u", id, method, cseq);
	tester_ask(&t, 4, method, uri, to, id, cseq, branch, extra);
	stage_run(&s, 20);
}

/* A call that is answered after 1 s, and ended MS later. */
static void
calls(const char *uri, const char *to, const char *id, const char *extra,
    int64_t ms)
{
	char tagged[160], headers[800];
	size_t n = tester_count(&t, "INVITE", 200);

	snprintf(headers, sizeof(headers), "%s" SDP, extra);
	ask("INVITE", uri, to, id, 1, headers);
	if (tester_status(&t, t.n - 1) >= 300) {
		snprintf(tagged, sizeof(tagged), "%sINVITE1", id);
		tester_ask(&t, 4, "ACK", uri, to, id, 1, tagged, "");
	}
	stage_run(&s, 1100);
	n = tester_find(&t, "INVITE", 200, n);
	if (n == TESTER_GOT)
		return;
	snprintf(tagged, sizeof(tagged), "%.*s",
	    STR_ARG(msg_value(tester_at(&t, n), MSG_H_TO)));
	ask("ACK", "sip:vm@192.0.2.4", tagged, id, 1, "");
	stage_run(&s, ms);
	ask("BYE", "sip:vm@192.0.2.4", tagged, id, 2, "");
}

static void
whose_mailbox(void)
{
	static const struct {
		const char *uri, *to, *extra;
		unsigned status;
	} rows[] = {
		{ "sip:bob@vm.example", "<sip:alice@a.example>", "", 200 },
		{ "sip:vm@vm.example", "<sip:bob@b.example>", "", 200 },
		{ "sip:vm@vm.example;target=sip:bob%40b.example;cause=408",
		    "<sip:alice@a.example>", "", 200 },
		{ "sip:vm@vm.example", "<sip:x@y.example>",
		    "History-Info: <sip:bob@b.example>;index=1, "
		    "<sip:alice@a.example>;index=1.1\n",
		    200 },
		{ "sip:vm@vm.example", "<sip:x@y.example>",
		    "Diversion: <sip:alice@a.example>;reason=no-answer, "
		    "<sip:bob@b.example>;reason=user-busy\n",
		    200 },
		{ "sip:bob@vm.example", "<sip:x@y.example>",
		    "Diversion: ,,<\nHistory-Info: %\n", 200 },
		{ "sip:vm@vm.example;target=%ff%00x", "<sip:bob@b.example>", "",
		    200 },
		{ "sip:nobody@vm.example", "<sip:bob@b.example>", "", 404 },
	};
	size_t kept = 0;

	start("answer=1s");
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		char id[24];
		size_t n = tester_count(&t, "INVITE", rows[i].status);

		snprintf(id, sizeof(id), "w%zu", i);
		calls(rows[i].uri, rows[i].to, id, rows[i].extra, 5000);
		CU_ASSERT_EQUAL(
		    tester_count(&t, "INVITE", rows[i].status), n + 1);
		kept += rows[i].status == 200;
		CU_ASSERT_EQUAL(
		    notes("a message of 5 s for sip:bob@b.example from"), kept);
	}
	stop();
	/* Nobody has a mailbox here. */
	start("");
	node_set_attr(world_find(s.w, "vm"), "mailboxes", "");
	CU_ASSERT_EQUAL(stage_do(&s, "vm", "crash", NULL, NULL), 0);
	CU_ASSERT_EQUAL(stage_do(&s, "vm", "restart", NULL, NULL), 0);
	calls("sip:vm@vm.example", "<sip:bob@b.example>", "n", "", 0);
	CU_ASSERT_EQUAL(tester_count(&t, "INVITE", 404), 1);
	CU_ASSERT_EQUAL(stage_count(&s, RULE("mailbox-none"), NULL, NULL), 1);
	stop();
}

static void
bad_calls(void)
{
	static const struct {
		const char *extra;
		unsigned status;
	} rows[] = {
		{ CONTACT(9) "Content-Type: text/plain\n\nhello\n", 415 },
		{ CONTACT(9) "Content-Type: application/sdp\n\nhello\n", 488 },
		{ CONTACT(9) "Require: x\n", 420 },
		{ CONTACT(9) "Replaces: a@b;to-tag=1;from-tag=2\n", 481 },
		{ "", 400 },
	};

	start("answer=1s");
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		char id[24];

		snprintf(id, sizeof(id), "b%zu", i);
		ask("INVITE", "sip:bob@vm.example", "<sip:bob@vm.example>", id,
		    1, rows[i].extra);
		if (tester_count(&t, "INVITE", rows[i].status) != 1)
			printf(
			    "  row %zu: %u\n", i, tester_status(&t, t.n - 1));
		CU_ASSERT_EQUAL(tester_count(&t, "INVITE", rows[i].status), 1);
		CU_ASSERT(rows[i].status != 488 ||
			  tester_has(&t, t.n - 1, "Warning", "399"));
	}
	ask("OPTIONS", "sip:vm@vm.example", "<sip:vm@vm.example>", "o", 1, "");
	CU_ASSERT_EQUAL(tester_count(&t, "OPTIONS", 200), 1);
	ask("MESSAGE", "sip:bob@vm.example", "<sip:vm@vm.example>", "m", 1, "");
	CU_ASSERT_EQUAL(tester_count(&t, "MESSAGE", 405), 1);
	stop();
}

/* What is kept: not what is too short, nor more than may be said. */
static void
lengths(void)
{
	start("answer=1s record=3s");
	calls("sip:bob@vm.example", "<sip:b@b>", "short", "", 200);
	CU_ASSERT_EQUAL(notes("nothing was said for sip:bob@b.example"), 1);
	calls("sip:bob@vm.example", "<sip:b@b>", "long", "", 10000);
	CU_ASSERT_EQUAL(notes("a message of 3 s for sip:bob@b.example"), 1);
	CU_ASSERT_EQUAL(
	    stage_count(&s, NODE("vm"), KIND("act"), "\"verb\":\"bye\""), 1);
	/* Given up while it rings. */
	ask("INVITE", "sip:bob@vm.example", "<sip:b@b>", "c", 1, SDP);
	tester_ask(&t, 4, "CANCEL", "sip:bob@vm.example", "<sip:b@b>", "c", 1,
	    "cINVITE1", "");
	stage_run(&s, 100);
	CU_ASSERT_EQUAL(tester_count(&t, "INVITE", 487), 1);
	/* It dies while somebody talks. */
	ask("INVITE", "sip:bob@vm.example", "<sip:b@b>", "d", 1, SDP);
	stage_run(&s, 1500);
	CU_ASSERT_EQUAL(stage_do(&s, "vm", "crash", NULL, NULL), 0);
	CU_ASSERT_EQUAL(notes("message of"), 1);
	stop();
	start("answer=0");
	ask("INVITE", "sip:bob@vm.example", "<sip:b@b>", "e", 1, SDP);
	CU_ASSERT_EQUAL(tester_count(&t, "INVITE", 200), 1);
	CU_ASSERT_EQUAL(tester_count(&t, "INVITE", 180), 0);
	/* No ACK comes: that is no message. */
	stop();
	CU_ASSERT_EQUAL(notes("message of"), 0);
}

/* ---- the lamp ---- */

static void
lamp(void)
{
	start("answer=1s");
	CU_ASSERT_EQUAL(
	    stage_do(&s, "alice", "subscribe", NULL, "target",
		"sip:alice@vm.example", "event", "message-summary", NULL),
	    0);
	stage_run(&s, 50);
	CU_ASSERT_EQUAL(notes("no new voice messages"), 1);
	calls("sip:alice@vm.example", "<sip:alice@a.example>", "l1", "", 4000);
	stage_run(&s, 50);
	CU_ASSERT_EQUAL(notes("\"1 new voice message\""), 1);
	/* Somebody else's. */
	calls("sip:bob@vm.example", "<sip:bob@b.example>", "l2", "", 4000);
	calls("sip:alice@vm.example", "<sip:alice@a.example>", "l3",
	    "Priority: urgent\n", 4000);
	stage_run(&s, 50);
	CU_ASSERT_EQUAL(notes("\"2 new voice messages (1 urgent)\""), 1);
	/* She hears them, by the number of the voice mail; it hangs up. */
	stage_call(&s, "alice", "sip:vm@vm.example");
	stage_run(&s, 1200);
	CU_ASSERT_EQUAL(notes("sip:alice@a.example hears 2 new messages"), 1);
	CU_ASSERT_EQUAL(notes("\"no new voice messages, 2 old\""), 1);
	stage_run(&s, 12000);
	CU_ASSERT_EQUAL(
	    stage_count(&s, NODE("vm"), KIND("send"), "\"start\":\"BYE\""), 1);
	stage_call(&s, "alice", "sip:alice@vm.example");
	stage_run(&s, 6000);
	CU_ASSERT_EQUAL(notes("no new messages for sip:alice@a.example"), 1);
	/* Each change was told once, and nothing else. */
	CU_ASSERT_EQUAL(
	    stage_count(&s, NODE("vm"), KIND("send"), "\"start\":\"NOTIFY\""),
	    4);
	CU_ASSERT_EQUAL(stage_do(&s, "alice", "unsubscribe",
			    "alice/message-summary-1", NULL),
	    0);
	stage_run(&s, 100);
	CU_ASSERT_EQUAL(stage_count(&s, NODE("alice"), KIND("fsm"),
			    "\"event\":\"NOTIFY terminated\""),
	    1);
	stop();
}

CHECK_MAIN("voicemail", { "bodies", bodies }, { "who may know", who_may_know },
    { "whose mailbox", whose_mailbox }, { "bad calls", bad_calls },
    { "lengths", lengths }, { "lamp", lamp })
