/*
 * What a phone takes, refuses and explains beside offers: requests within a
 * call that its BYE has ended, Replaces and Join of one just over, Contacts of
 * what refreshes the target, an escaped user, a subscription to refer that is
 * not there, a text that is none, a bad Session-Expires, a re-INVITE that is
 * taken back, and what an UPDATE waits for.
 */
#include "fixtures/stage.h"

#include "roles/ua/ua.h"

#define PEER "sip:peer@192.0.2.9"
#define BOB  "sip:bob@192.0.2.3"
#define SDP                                                                \
	"Content-Type: application/sdp\n\nv=0\no=- 1 1 IN IP4 192.0.2.9\n" \
	"s=-\nc=IN IP4 192.0.2.9\nt=0 0\nm=audio 4000 RTP/AVP 0\n"

static struct stage s;
static struct tester t;

static void
start(const char *attrs)
{
	stage_open(&s);
	tester_open(&s, &t, "peer", 9);
	stage_node(&s, "bob", "ua", "b.example", 3, attrs);
}

static void
stop(void)
{
	stage_close(&s);
	tester_close(&t);
}

/* The peer has called bob, and they talk. */
static void
talk(const char *id)
{
	char to[120], tag[80];

	tester_ask(&t, 3, "INVITE", BOB, "<sip:bob@b.example>", id, 1, id,
	    CONTACT(9) SDP);
	stage_run(&s, 25);
	snprintf(to, sizeof(to), "<sip:bob@b.example>;tag=%s",
	    tester_tag(&t, t.n - 1, MSG_H_TO, tag));
	tester_ask(&t, 3, "ACK", BOB, to, id, 1, "ack", "");
	stage_run(&s, 25);
}

/* Within that call; the status of the answer. */
static unsigned
within(const char *method, const char *id, unsigned cseq, const char *extra)
{
	char to[120], tag[80], branch[20];

	snprintf(to, sizeof(to), "<sip:bob@b.example>;tag=%s",
	    tester_tag(&t, 0, MSG_H_TO, tag));
	snprintf(branch, sizeof(branch), "w%u", cseq);
	tester_ask(&t, 3, method, BOB, to, id, cseq, branch, extra);
	stage_run(&s, 25);
	return tester_status(&t, t.n - 1);
}

static unsigned
outside(const char *method, const char *uri, const char *id, const char *extra)
{
	size_t n = t.n;

	tester_ask(&t, 3, method, uri, "<sip:bob@b.example>", id, 1, id, extra);
	stage_run(&s, 25);
	return n < t.n ? tester_status(&t, n) : 0;
}

/* ---- after the BYE ---- */

static void
nothing_after_the_bye(void)
{
	static const struct {
		const char *verb, *key, *value;
	} rows[] = {
		{ "options", NULL, NULL },
		{ "message", "text", "late" },
		{ "info", "type", "text/plain" },
		{ "dtmf", "digits", "5" },
		{ "reinvite", NULL, NULL },
		{ "update", NULL, NULL },
		{ "transfer", "to", PEER },
	};

	start("answer=0s");
	talk("a");
	CU_ASSERT_EQUAL(stage_do(&s, "bob", "options", "bob/1", NULL), 0);
	stage_run(&s, 25);
	CU_ASSERT_EQUAL(tester_count(&t, "OPTIONS", 0), 1);
	stage_do(&s, "bob", "bye", "bob/1", NULL);
	stage_run(&s, 25);
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		size_t n = t.n;
		int err = stage_do(&s, "bob", rows[i].verb, "bob/1",
		    rows[i].key, rows[i].value, NULL);

		if (err != ERR_STATE)
			printf("  %s: %d\n", rows[i].verb, err);
		CU_ASSERT_EQUAL(err, ERR_STATE);
		stage_run(&s, 25);
		CU_ASSERT_EQUAL(t.n, n);
	}
	stop();
}

/* ---- RFC 3891 3, RFC 3911 4 ---- */

/* The status for an INVITE that is about bob's call a, of the peer's making or
 * bob's own, AFTER so many milliseconds. */
static unsigned
place_of_one_over(const char *field, bool by_bob, int64_t after)
{
	char extra[300], tag[80];
	unsigned status;

	start("answer=0s");
	talk("a");
	tester_tag(&t, 0, MSG_H_TO, tag);
	if (by_bob) {
		stage_do(&s, "bob", "bye", "bob/1", NULL);
		stage_run(&s, 25);
		tester_answer(&t, tester_find(&t, "BYE", 0, 0), 200, "", "");
		stage_run(&s, 25);
	} else {
		CU_ASSERT_EQUAL(within("BYE", "a", 2, ""), 200);
	}
	CU_ASSERT(stage_call_is(&s, "bob/1", "terminated"));
	stage_run(&s, after);
	snprintf(extra, sizeof(extra), "%s%s: a;to-tag=%s;from-tag=a\n%s",
	    CONTACT(9), field, tag, SDP);
	status = outside("INVITE", BOB, "b", extra);
	stop();
	return status;
}

static void
just_over_is_declined(void)
{
	for (int by_bob = 0; by_bob < 2; by_bob++) {
		CU_ASSERT_EQUAL(
		    place_of_one_over("Replaces", by_bob != 0, 0), 603);
		CU_ASSERT_EQUAL(
		    place_of_one_over("Replaces", by_bob != 0, 31900), 603);
		CU_ASSERT_EQUAL(
		    place_of_one_over("Replaces", by_bob != 0, 33000), 481);
		CU_ASSERT_EQUAL(place_of_one_over("Join", by_bob != 0, 0), 603);
	}
}

/* What a crash has wiped out is not just over. */
static void
crash_forgets(void)
{
	char extra[300], tag[80];

	start("answer=0s");
	talk("a");
	tester_tag(&t, 0, MSG_H_TO, tag);
	CU_ASSERT_EQUAL(within("BYE", "a", 2, ""), 200);
	stage_do(&s, "bob", "crash", NULL, NULL);
	stage_do(&s, "bob", "restart", NULL, NULL);
	stage_run(&s, 25);
	snprintf(extra, sizeof(extra), "%sReplaces: a;to-tag=%s;from-tag=a\n%s",
	    CONTACT(9), tag, SDP);
	CU_ASSERT_EQUAL(outside("INVITE", BOB, "b", extra), 481);
	stop();
}

/* ---- Contacts: RFC 3261 8.1.1.8, RFC 3311 table 1 ---- */

#define TO_CAROL "Refer-To: <sip:carol@192.0.2.9>\n"
#define STATE    "Event: refer\nSubscription-State: active\n"

static void
contacts(void)
{
	static const struct {
		const char *method, *extra;
		unsigned status;
	} rows[] = {
		{ "UPDATE", "", 400 },
		{ "UPDATE", CONTACT(9), 200 },
		{ "UPDATE", CONTACT(9) CONTACT(8), 400 },
		{ "UPDATE", "Contact: <sip:a@192.0.2.9>, <sip:b@192.0.2.9>\n",
		    400 },
		{ "UPDATE", "Contact: *\n", 400 },
		{ "INVITE", CONTACT(9) CONTACT(8) SDP, 400 },
		{ "INVITE", "m: <sip:a@192.0.2.9>\n" CONTACT(9) SDP, 400 },
		{ "REFER", CONTACT(9) CONTACT(8) TO_CAROL, 400 },
		{ "REFER",
		    "Contact: <sip:a@192.0.2.9>, <sip:b@192.0.2.9>\n" TO_CAROL,
		    400 },
		{ "REFER", "Contact: *\n" TO_CAROL, 400 },
		{ "NOTIFY", CONTACT(9) CONTACT(8) STATE, 400 },
		{ "SUBSCRIBE", CONTACT(9) CONTACT(8) "Event: dialog\n", 400 },
	};

	start("answer=0s");
	talk("a");
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		unsigned status =
		    within(rows[i].method, "a", (unsigned)i + 2, rows[i].extra);

		if (status != rows[i].status)
			printf("  row %zu: %u\n", i, status);
		CU_ASSERT_EQUAL(status, rows[i].status);
		CU_ASSERT(status != 400 ||
			  str_find(tester_at(&t, t.n - 1)->start_line,
			      "Contact header field") > 0);
	}
	within("REFER", "a", 20, CONTACT(9) TO_CAROL);
	CU_ASSERT_EQUAL(tester_count(&t, "REFER", 202), 1);
	CU_ASSERT_EQUAL(
	    outside("INVITE", BOB, "two", CONTACT(9) CONTACT(8) SDP), 400);
	CU_ASSERT_EQUAL(outside("SUBSCRIBE", BOB, "sub",
			    CONTACT(9) CONTACT(8) "Event: dialog\n"),
	    400);
	stop();
}

/* ---- names: 19.1.4 ---- */

static void
escaped_user(void)
{
	start("answer=0s");
	CU_ASSERT_EQUAL(
	    outside("OPTIONS", "sip:b%6Fb@192.0.2.3", "a", ""), 200);
	CU_ASSERT_EQUAL(
	    outside("OPTIONS", "sip:b%6fb@b.example", "b", ""), 200);
	CU_ASSERT_EQUAL(
	    outside("OPTIONS", "sip:b%6Eb@192.0.2.3", "c", ""), 404);
	CU_ASSERT_EQUAL(outside("OPTIONS", "sip:Bob@192.0.2.3", "d", ""), 404);
	stop();
}

/* ---- refer: RFC 3515 2.4.4 ---- */

static void
refer_that_is_not_there(void)
{
	start("answer=0s");
	talk("a");
	CU_ASSERT_EQUAL(within("SUBSCRIBE", "a", 2,
			    CONTACT(9) "Event: refer;id=2\nExpires: 60\n"),
	    481);
	CU_ASSERT_EQUAL(within("SUBSCRIBE", "a", 3,
			    CONTACT(9) "Event: nonsense\nExpires: 60\n"),
	    489);
	CU_ASSERT_EQUAL(
	    outside("SUBSCRIBE", BOB, "s", CONTACT(9) "Event: refer\n"), 403);
	stop();
}

/* ---- bodies: 20.11 ---- */

static void
no_text(void)
{
	start("");
	CU_ASSERT_EQUAL(outside("MESSAGE", BOB, "a",
			    "Content-Type: text/html\n\n<b>hello</b>"),
	    415);
	CU_ASSERT_EQUAL(outside("MESSAGE", BOB, "b",
			    "Content-Type: text/html\nContent-Disposition: "
			    "render;handling=optional\n\n<b>hello</b>"),
	    200);
	CU_ASSERT_EQUAL(stage_count(&s, KIND("note"), RULE("body-optional"),
			    "not shown: its body is text/html"),
	    1);
	CU_ASSERT_EQUAL(stage_count(&s, KIND("note"), "<b>hello", NULL), 0);
	CU_ASSERT_EQUAL(
	    outside("MESSAGE", BOB, "c", "Content-Type: text/plain\n\nhello"),
	    200);
	CU_ASSERT_EQUAL(
	    stage_count(&s, KIND("note"), RULE("message-show"), "hello"), 1);
	stop();
}

/* ---- RFC 4028 4 ---- */

static void
bad_interval(void)
{
	start("answer=0s session_expires=1800s");
	CU_ASSERT_EQUAL(outside("INVITE", BOB, "a",
			    CONTACT(9) "Supported: timer\n"
				       "Session-Expires: soon\n" SDP),
	    400);
	CU_ASSERT(str_is(tester_at(&t, t.n - 1)->start_line,
	    "SIP/2.0 400 Bad Session-Expires header field"));
	stop();
}

/* ---- a re-INVITE is taken back: 9.1, RFC 6141 ---- */

static void
reinvite(void)
{
	stage_do(&s, "bob", "hold", "bob/1", NULL);
	stage_run(&s, 25);
}

static void
change_is_cancelled(void)
{
	size_t i;

	start("answer=0s");
	talk("a");
	CU_ASSERT_EQUAL(
	    stage_do(&s, "bob", "cancel", "bob/1", NULL), ERR_STATE);
	reinvite();
	i = tester_find(&t, "INVITE", 0, 0);
	/* Not before a provisional response. */
	CU_ASSERT_EQUAL(stage_do(&s, "bob", "cancel", "bob/1", NULL), 0);
	CU_ASSERT_EQUAL(
	    stage_do(&s, "bob", "cancel", "bob/1", NULL), ERR_STATE);
	stage_run(&s, 25);
	CU_ASSERT_EQUAL(tester_count(&t, "CANCEL", 0), 0);
	tester_answer(&t, i, 100, "", "");
	stage_run(&s, 25);
	CU_ASSERT_EQUAL(tester_count(&t, "CANCEL", 0), 1);
	tester_answer(&t, tester_find(&t, "CANCEL", 0, 0), 200, "", "");
	tester_answer(&t, i, 487, "", "");
	stage_run(&s, 40000);
	CU_ASSERT_EQUAL(tester_count(&t, "ACK", 0), 1);
	CU_ASSERT(stage_call_is(&s, "bob/1", "confirmed"));
	CU_ASSERT_EQUAL(tester_count(&t, "BYE", 0), 0);
	/* What was agreed stays: this one holds anew. */
	reinvite();
	i = tester_find(&t, "INVITE", 0, 1);
	CU_ASSERT(str_find(tester_at(&t, i)->body, "a=sendonly") > 0);
	tester_answer(&t, i, 100, "", "");
	stage_run(&s, 25);
	CU_ASSERT_EQUAL(stage_do(&s, "bob", "cancel", "bob/1", NULL), 0);
	stage_run(&s, 25);
	CU_ASSERT_EQUAL(tester_count(&t, "CANCEL", 0), 2);
	/* Too late: it is changed. */
	tester_answer(&t, i, 200, "", CONTACT(9) SDP "a=recvonly\n");
	stage_run(&s, 40000);
	CU_ASSERT_EQUAL(tester_count(&t, "ACK", 0), 2);
	CU_ASSERT_EQUAL(tester_count(&t, "BYE", 0), 0);
	CU_ASSERT_EQUAL(stage_do(&s, "bob", "resume", "bob/1", NULL), 0);
	stage_run(&s, 25);
	/* Nothing ever comes: given up after 64*T1, and the call goes on. */
	i = tester_find(&t, "INVITE", 0, 2);
	tester_answer(&t, i, 100, "", "");
	stage_run(&s, 25);
	CU_ASSERT_EQUAL(stage_do(&s, "bob", "cancel", "bob/1", NULL), 0);
	stage_run(&s, 40000);
	CU_ASSERT(stage_call_is(&s, "bob/1", "confirmed"));
	CU_ASSERT_EQUAL(
	    stage_count(&s, KIND("call"), RULE("cancel-timeout"), NULL), 1);
	CU_ASSERT_EQUAL(stage_do(&s, "bob", "resume", "bob/1", NULL), 0);
	/* Hung up meanwhile. */
	stage_run(&s, 25);
	tester_answer(&t, tester_find(&t, "INVITE", 0, 3), 100, "", "");
	stage_run(&s, 25);
	CU_ASSERT_EQUAL(stage_do(&s, "bob", "cancel", "bob/1", NULL), 0);
	CU_ASSERT_EQUAL(stage_do(&s, "bob", "bye", "bob/1", NULL), 0);
	CU_ASSERT(stage_run(&s, 80000));
	CU_ASSERT(stage_call_is(&s, "bob/1", "terminated"));
	CU_ASSERT_EQUAL(sim_held(s.w->sim), 0);
	stop();
}

/* ---- what waits ---- */

static size_t
waits(const char *verb, const char *method, unsigned status, const char *extra,
    const char *rule)
{
	size_t n;

	start("answer=0s");
	talk("a");
	stage_do(&s, "bob", verb, "bob/1", NULL);
	stage_run(&s, 25);
	tester_answer(&t, tester_find(&t, method, 0, 0), status, "", extra);
	stage_run(&s, 6000);
	n = stage_count(&s, KIND("timer"), "\"op\":\"set\"", rule);
	CU_ASSERT_EQUAL(
	    stage_count(&s, KIND("timer"), "\"op\":\"fire\"", rule), n);
	CU_ASSERT(tester_count(&t, method, 0) >= 2);
	stop();
	return n;
}

static void
each_wait_has_its_rule(void)
{
	CU_ASSERT_EQUAL(
	    waits("update", "UPDATE", 491, "", RULE("update-again")), 1);
	CU_ASSERT_EQUAL(waits("update", "UPDATE", 500, "Retry-After: 2\n",
			    RULE("update-retry")),
	    1);
	CU_ASSERT_EQUAL(
	    waits("reinvite", "INVITE", 491, "", RULE("reinvite-glare")), 1);
	CU_ASSERT_EQUAL(waits("reinvite", "INVITE", 500, "Retry-After: 2\n",
			    RULE("reinvite-retry")),
	    1);
}

CHECK_MAIN("phone_says_what",
    { "nothing after the BYE", nothing_after_the_bye },
    { "just over is declined", just_over_is_declined },
    { "crash forgets", crash_forgets }, { "contacts", contacts },
    { "escaped user", escaped_user },
    { "refer that is not there", refer_that_is_not_there },
    { "no text", no_text }, { "bad interval", bad_interval },
    { "change is cancelled", change_is_cancelled },
    { "each wait has its rule", each_wait_has_its_rule })
