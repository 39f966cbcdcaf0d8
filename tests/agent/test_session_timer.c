/*
 * Session timers: RFC 4028.  The tester is the other side of bob's calls.
 */
#include "agent/session_timer.h"
#include "roles/ua/ua.h"
#include "fixtures/stage.h"

static struct stage s;
static struct tester t;

#define PEER "sip:peer@192.0.2.9"
#define MINE "bob/1"
#define SDP(version)                                                    \
	"Content-Type: application/sdp\n\nv=0\n"                        \
	"o=- 1 " version " IN IP4 192.0.2.9\ns=-\nc=IN IP4 192.0.2.9\n" \
	"t=0 0\nm=audio 4000 RTP/AVP 8\n"

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
	CU_ASSERT(stage_run(&s, 80000));
	CU_ASSERT_EQUAL(sim_held(s.w->sim), 0);
	stage_close(&s);
	tester_close(&t);
}

static size_t
invite(size_t n)
{
	return tester_find(&t, "INVITE", 0, n);
}

/* bob calls; his INVITE is answered with a 2xx that has EXTRA. */
static void
calls(const char *attrs, const char *extra)
{
	char lines[400];

	start(attrs);
	stage_call(&s, "bob", PEER);
	stage_run(&s, 15);
	snprintf(lines, sizeof(lines), "%s%s%s", CONTACT(9), extra, SDP("1"));
	tester_answer(&t, 0, 200, "p", lines);
	stage_run(&s, 25);
	CU_ASSERT(stage_call_is(&s, MINE, "confirmed"));
}

/* bob is called by an INVITE that has EXTRA, and answers at once; the index of
 * his answer. */
static size_t
is_called(const char *attrs, const char *extra)
{
	char lines[400], all[200];

	snprintf(all, sizeof(all), "answer=0s %s", attrs);
	start(all);
	snprintf(lines, sizeof(lines), "%s%s%s", CONTACT(9), extra, SDP("1"));
	tester_ask(&t, 3, "INVITE", "sip:bob@192.0.2.3", "<sip:bob@b.example>",
	    "id", 1, "a", lines);
	stage_run(&s, 25);
	return t.n - 1;
}

/* In the dialog of that. */
static void
asks(const char *method, unsigned cseq, const char *branch, const char *extra)
{
	char tag[80], to[160];

	tester_tag(&t, tester_find(&t, "INVITE", 200, 0), MSG_H_TO, tag);
	snprintf(to, sizeof(to), "<sip:bob@b.example>;tag=%s", tag);
	tester_ask(
	    &t, 3, method, "sip:bob@192.0.2.3", to, "id", cseq, branch, extra);
	stage_run(&s, 25);
}

/* Whoever hangs up within MS; index of the BYE. */
static size_t
ends_within(int64_t ms)
{
	size_t i;

	CU_ASSERT_EQUAL(tester_count(&t, "BYE", 0), 0);
	stage_run(&s, ms);
	i = tester_find(&t, "BYE", 0, 0);
	CU_ASSERT(i < TESTER_GOT);
	tester_answer(&t, i, 200, "", "");
	stage_run(&s, 25);
	return i;
}

static void
hang_up(void)
{
	stage_do(&s, "bob", "bye", MINE, NULL);
	stage_run(&s, 15);
	tester_answer(&t, tester_find(&t, "BYE", 0, 0), 200, "", "");
	stop();
}

/* ---- who refreshes: table 2 of section 9 ---- */

#define NONE SIP_REFRESHER_NONE
#define UAC  SIP_REFRESHER_UAC
#define UAS  SIP_REFRESHER_UAS

static void
table(void)
{
	static const struct {
		bool knows;
		enum sip_refresher asked, likes, answer;
	} rows[] = {
		{ false, NONE, NONE, UAS },
		{ false, NONE, UAC, UAS },
		{ false, UAC, UAC, UAS },
		{ false, UAS, UAC, UAS },
		{ true, NONE, NONE, UAC },
		{ true, NONE, UAS, UAS },
		{ true, NONE, UAC, UAC },
		{ true, UAC, UAS, UAC },
		{ true, UAS, UAC, UAS },
	};

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
		CU_ASSERT_EQUAL(agent_session_refresher(rows[i].knows,
				    rows[i].asked, rows[i].likes),
		    rows[i].answer);
}

static void
check_field(struct tester *who, size_t at, const char *name, const char *want,
    size_t row)
{
	const struct msg_field *f =
	    msg_field_named(tester_at(who, at), name, 0);
	bool same =
	    want == NULL ? f == NULL : f != NULL && str_is(f->value, want);

	CU_ASSERT(same);
	if (!same)
		printf("  row %zu: %s is %.*s\n", row, name,
		    f != NULL ? (int)f->value.n : 1,
		    f != NULL ? f->value.p : "-");
}

/* ---- the called side ---- */

/* What bob answers to an INVITE with EXTRA; NULL: no such field. */
static void
answers(void)
{
	static const struct {
		const char *attrs, *extra;
		unsigned status;
		const char *expires, *require, *min_se;
	} rows[] = {
		/* Nobody asks. */
		{ "min_se=90s", "", 200, NULL, NULL, NULL },
		{ "min_se=90s", "Supported: timer\n", 200, NULL, NULL, NULL },
		/* bob knows nothing of it. */
		{ "", "Supported: timer\nSession-Expires: 100\n", 200, NULL,
		    NULL, NULL },
		{ "", "Session-Expires: garbage\n", 200, NULL, NULL, NULL },
		{ "", "Require: timer\nSession-Expires: 100\n", 420, NULL, NULL,
		    NULL },
		{ "min_se=90s", "Require: timer\nSession-Expires: 100\n", 200,
		    "100;refresher=uac", "timer", NULL },
		{ "min_se=90s", "Supported: timer\nSession-Expires: 100\n", 200,
		    "100;refresher=uac", "timer", NULL },
		{ "min_se=90s", "k: 100rel, TIMER\nx: 100;refresher=UAS\n", 200,
		    "100;refresher=uas", "timer", NULL },
		{ "refresher=uas", "Supported: timer\nSession-Expires: 100\n",
		    200, "100;refresher=uas", "timer", NULL },
		/* Whoever it is that has put it in: not the caller. */
		{ "min_se=90s", "Session-Expires: 100\n", 200,
		    "100;refresher=uas", NULL, NULL },
		/* bob wants it, or less. */
		{ "session_expires=200s", "Supported: timer\n", 200,
		    "200;refresher=uac", "timer", NULL },
		{ "session_expires=200s", "Supported: timer\nMin-SE: 300\n",
		    200, "300;refresher=uac", "timer", NULL },
		{ "session_expires=200s", "", 200, NULL, NULL, NULL },
		{ "session_expires=200s",
		    "Supported: timer\nSession-Expires: 1000\n", 200,
		    "200;refresher=uac", "timer", NULL },
		{ "session_expires=20s",
		    "Supported: timer\nSession-Expires: 1000\n", 200,
		    "90;refresher=uac", "timer", NULL },
		{ "session_expires=200s",
		    "Supported: timer\nSession-Expires: 1000\nMin-SE: 500\n",
		    200, "500;refresher=uac", "timer", NULL },
		{ "session_expires=200s",
		    "Supported: timer\nSession-Expires: 100\n", 200,
		    "100;refresher=uac", "timer", NULL },
		/* Too short. */
		{ "refresher=uac", "Supported: timer\nSession-Expires: 89\n",
		    422, NULL, NULL, "90" },
		{ "min_se=20s", "Supported: timer\nSession-Expires: 89\n", 422,
		    NULL, NULL, "90" },
		{ "min_se=300s", "Supported: timer\nSession-Expires: 299\n",
		    422, NULL, NULL, "300" },
		{ "min_se=90s", "Supported: timer\nSession-Expires: 0\n", 422,
		    NULL, NULL, "90" },
		{ "min_se=300s", "Session-Expires: 299\n", 200,
		    "299;refresher=uas", NULL, NULL },
		{ "min_se=90s", "Session-Expires: 1\n", 200, NULL, NULL, NULL },
		/* No interval, no parameter. */
		{ "min_se=90s", "Supported: timer\nSession-Expires: soon\n",
		    400, NULL, NULL, NULL },
		{ "min_se=90s", "Session-Expires: -90\n", 400, NULL, NULL,
		    NULL },
		{ "min_se=90s", "Session-Expires:\n", 400, NULL, NULL, NULL },
		{ "min_se=90s", "Session-Expires: 4294967296\n", 400, NULL,
		    NULL, NULL },
		{ "min_se=90s",
		    "Supported: timer\nSession-Expires: 4294967295\n", 200,
		    "4294967295;refresher=uac", "timer", NULL },
		{ "min_se=90s",
		    "Supported: timer\nSession-Expires: 100;refresher=me\n",
		    200, "100;refresher=uac", "timer", NULL },
		{ "min_se=90s",
		    "Supported: timer\nSession-Expires: 100;refresher\n", 200,
		    "100;refresher=uac", "timer", NULL },
		{ "min_se=90s",
		    "Supported: timer\nSession-Expires: 100 ; x=y; "
		    "refresher = uas\nMin-SE: never\n",
		    200, "100;refresher=uas", "timer", NULL },
		/* Two of them. */
		{ "min_se=90s", "Session-Expires: 100\nx: 200\n", 400, NULL,
		    NULL, NULL },
		{ "min_se=90s", "Min-SE: 100\nMin-SE: 200\n", 400, NULL, NULL,
		    NULL },
	};

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		size_t at = is_called(rows[i].attrs, rows[i].extra);
		static const char *const names[] = { "Session-Expires",
			"Require", "Min-SE" };
		const char *const want[] = { rows[i].expires, rows[i].require,
			rows[i].min_se };
		unsigned status = tester_status(&t, at);

		CU_ASSERT_EQUAL(status, rows[i].status);
		if (status != rows[i].status)
			printf("  row %zu: %u\n", i, status);
		for (size_t k = 0; k < 3; k++)
			check_field(&t, at, names[k], want[k], i);
		if (status == 200) {
			asks("ACK", 1, "b", "");
			asks("BYE", 2, "c", "");
		} else {
			tester_ask(&t, 3, "ACK", "sip:bob@192.0.2.3",
			    "<sip:bob@b.example>", "id", 1, "a", "");
		}
		stop();
	}
}

/* 10: the caller refreshes no more: bob hangs up 32 s, or a third of the
 * interval, before it expires. */
static void
silent_caller(void)
{
	is_called("min_se=90s", "Supported: timer\nSession-Expires: 900\n");
	asks("ACK", 1, "b", "");
	stage_run(&s, 400000);
	/* Refreshed: the same o=, so his stays, too. */
	asks("INVITE", 2, "c",
	    CONTACT(9) "Supported: timer\nSession-Expires: "
		       "900;refresher=uac\n" SDP("1"));
	CU_ASSERT(str_find(tester_at(&t, t.n - 1)->body, "o=bob 1 1 IN") > 0);
	CU_ASSERT(tester_has(&t, t.n - 1, "Session-Expires", "refresher=uac"));
	asks("ACK", 2, "d", "");
	stage_run(&s, 867000);
	ends_within(1000);
	CU_ASSERT_EQUAL(stage_count(&s, KIND("send"), RULE("session-expired"),
			    "\"dst\":\"peer\""),
	    1);
	stop();
	is_called("min_se=90s", "Supported: timer\nSession-Expires: 90\n");
	asks("ACK", 1, "b", "");
	stage_run(&s, 59900);
	ends_within(200);
	stop();
}

/* bob refreshes: what he has answered becomes an offer of the same version. */
static void
called_refreshes(void)
{
	size_t i;

	is_called("refresher=uas", "Supported: timer\nSession-Expires: 100\n"
				   "Min-SE: 95\n");
	asks("ACK", 1, "b", "");
	stage_run(&s, 49900);
	CU_ASSERT_EQUAL(tester_count(&t, "INVITE", 0), 0);
	stage_run(&s, 200);
	i = invite(0);
	CU_ASSERT(tester_has(&t, i, "Session-Expires", "100;refresher=uac"));
	/* 7.4: the largest Min-SE that has come. */
	CU_ASSERT(tester_has(&t, i, "Min-SE", "95"));
	tester_answer(&t, i, 200, "",
	    CONTACT(9) "Require: timer\nSession-Expires: "
		       "100;refresher=uac\n" SDP("1"));
	stage_run(&s, 51000);
	i = invite(1);
	CU_ASSERT(i < TESTER_GOT);
	/* Not refreshed at all: it ends when it expires, for him, too. */
	tester_answer(&t, i, 488, "", "");
	stage_run(&s, 49000);
	ends_within(1000);
	stop();
}

/* ---- the calling side ---- */

/* 7.2: what bob makes of a 2xx, as the time after which he sends an INVITE or a
 * BYE; 0: he does not. */
static void
takes(void)
{
	static const struct {
		const char *attrs, *extra;
		int64_t refresh_s, end_s;
	} rows[] = {
		{ "min_se=90s", "", 0, 0 },
		{ "session_expires=100s",
		    "Require: timer\nSession-Expires: 100;refresher=uac\n", 50,
		    0 },
		{ "session_expires=100s",
		    "Require: timer\nSession-Expires: 120;refresher=uac\n", 60,
		    0 },
		{ "session_expires=90s",
		    "Require: timer\nSession-Expires: 90;refresher=uas\n", 0,
		    60 },
		/* A 2xx may bring one that nobody has asked for. */
		{ "min_se=90s", "Session-Expires: 100;refresher=uac\n", 50, 0 },
		{ "", "Session-Expires: 100;refresher=uac\n", 0, 0 },
		/* bob wants it, alone. */
		{ "session_expires=100s", "", 50, 0 },
		{ "session_expires=100s", "Session-Expires: what\n", 50, 0 },
		{ "min_se=90s", "Session-Expires: what\n", 0, 0 },
		{ "min_se=90s", "Session-Expires: 4294967296\n", 0, 0 },
		{ "min_se=90s", "Session-Expires: 4294967295;refresher=uas\n",
		    0, 0 },
		/* Nobody makes him refresh all the time. */
		{ "min_se=90s", "Session-Expires: 0;refresher=uac\n", 45, 0 },
		{ "min_se=90s", "Session-Expires: 1;refresher=uas\n", 0, 60 },
		{ "min_se=90s", "Session-Expires: 100\n", 50, 0 },
		{ "min_se=90s", "Session-Expires: 100;refresher=x\n", 50, 0 },
	};

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		int64_t s1 = rows[i].refresh_s, s2 = rows[i].end_s;

		calls(rows[i].attrs, rows[i].extra);
		stage_run(&s, s1 + s2 > 0 ? (s1 + s2) * 1000 - 100 : 1000);
		CU_ASSERT_EQUAL(tester_count(&t, "INVITE", 0), 1);
		CU_ASSERT_EQUAL(tester_count(&t, "BYE", 0), 0);
		stage_run(&s, s1 + s2 > 0 ? 200 : 400000);
		CU_ASSERT_EQUAL(tester_count(&t, "BYE", 0), s2 > 0);
		if (tester_count(&t, "INVITE", 0) != (s1 > 0 ? 2 : 1))
			printf("  row %zu\n", i);
		CU_ASSERT_EQUAL(tester_count(&t, "INVITE", 0), s1 > 0 ? 2 : 1);
		tester_answer(&t, invite(1), 200, "", CONTACT(9) SDP("1"));
		stage_run(&s, 25);
		hang_up();
	}
}

/* 7.3, 7.4: 422 and again, with the next number and the same Call-ID. */
static void
longer(void)
{
	char id[80];

	start("session_expires=50s refresher=uac");
	stage_call(&s, "bob", PEER);
	stage_run(&s, 15);
	CU_ASSERT(tester_has(&t, 0, "Supported", "timer"));
	CU_ASSERT(tester_has(&t, 0, "Session-Expires", "50;refresher=uac"));
	CU_ASSERT(!tester_has(&t, 0, "Min-SE", ""));
	snprintf(id, sizeof(id), "%.*s",
	    STR_ARG(msg_value(tester_at(&t, 0), MSG_H_CALL_ID)));
	tester_answer(&t, 0, 422, "p", "Min-SE: 3600\n");
	stage_run(&s, 25);
	CU_ASSERT(tester_has(&t, invite(1), "CSeq", "2 INVITE"));
	CU_ASSERT(tester_has(&t, invite(1), "Call-ID", id));
	CU_ASSERT(
	    tester_has(&t, invite(1), "Session-Expires", "3600;refresher=uac"));
	CU_ASSERT(tester_has(&t, invite(1), "Min-SE", "3600"));
	tester_answer(&t, invite(1), 422, "q", "Min-SE: 4000\n");
	stage_run(&s, 25);
	CU_ASSERT(tester_has(&t, invite(2), "CSeq", "3 INVITE"));
	CU_ASSERT(
	    tester_has(&t, invite(2), "Session-Expires", "4000;refresher=uac"));
	CU_ASSERT(tester_has(&t, invite(2), "Min-SE", "4000"));
	tester_answer(&t, invite(2), 200, "r",
	    CONTACT(9) "Require: timer\nSession-Expires: "
		       "4000;refresher=uac\n" SDP("1"));
	stage_run(&s, 2000200);
	/* It is forgotten once there is a dialog. */
	CU_ASSERT(
	    tester_has(&t, invite(3), "Session-Expires", "4000;refresher=uac"));
	CU_ASSERT(!tester_has(&t, invite(3), "Min-SE", ""));
	CU_ASSERT(str_find(tester_at(&t, invite(3))->body, "o=bob 1 1 ") > 0);
	/* A 422 within it holds. */
	tester_answer(&t, invite(3), 422, "", "Min-SE: 5000\n");
	stage_run(&s, 25);
	CU_ASSERT(tester_has(&t, invite(4), "Min-SE", "5000"));
	tester_answer(&t, invite(4), 200, "",
	    CONTACT(9) "Require: timer\nSession-Expires: "
		       "5000;refresher=uac\n" SDP("1"));
	stage_run(&s, 2500200);
	CU_ASSERT(tester_has(&t, invite(5), "Min-SE", "5000"));
	CU_ASSERT(
	    tester_has(&t, invite(5), "Session-Expires", "5000;refresher=uac"));
	tester_answer(&t, invite(5), 200, "", CONTACT(9) SDP("1"));
	stage_run(&s, 25);
	hang_up();
}

/* A 422 that asks for nothing new, or for nothing that can be read, is the
 * answer. */
static void
bad_422(void)
{
	static const char *const rows[] = { "", "Min-SE: much\n",
		"Min-SE: 100\n", "Min-SE: 0\n", "Min-SE: 4294967296\n",
		"Min-SE: 200\nMin-SE: 300\n" };

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		start("session_expires=100s");
		stage_call(&s, "bob", PEER);
		stage_run(&s, 15);
		tester_answer(&t, 0, 422, "p", rows[i]);
		stage_run(&s, 25);
		CU_ASSERT(tester_find(&t, "INVITE", 0, 1) == TESTER_GOT ||
			  tester_has(&t, invite(1), "CSeq", "1 INVITE"));
		stop();
	}
}

/* 7.4: it may be a proxy that wants the session to expire. */
static void
longer_for_others(void)
{
	static const struct {
		const char *attrs;
		size_t invites;
	} rows[] = { { "", 1 }, { "min_se=90s", 2 } };

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		start(rows[i].attrs);
		stage_call(&s, "bob", PEER);
		stage_run(&s, 15);
		tester_answer(&t, 0, 422, "p", "Min-SE: 300\n");
		stage_run(&s, 25);
		CU_ASSERT_EQUAL(tester_count(&t, "INVITE", 0), rows[i].invites);
		CU_ASSERT_EQUAL(tester_has(&t, invite(1), "Min-SE", "300"),
		    rows[i].invites > 1);
		CU_ASSERT(!tester_has(&t, invite(1), "Session-Expires", ""));
		tester_answer(&t, invite(1), 486, "p", "");
		stop();
	}
}

/* 14.1: a refresh that meets the other side's change goes again; it still
 * changes nothing. */
static void
glare(void)
{
	calls("session_expires=100s", "");
	stage_run(&s, 50100);
	tester_answer(&t, invite(1), 491, "", "");
	for (unsigned ms = 0; invite(2) == TESTER_GOT && ms < 5000; ms += 100)
		stage_run(&s, 100);
	CU_ASSERT(tester_has(&t, invite(2), "CSeq", "3 INVITE"));
	CU_ASSERT(str_find(tester_at(&t, invite(2))->body, "o=bob 1 1 ") > 0);
	tester_answer(&t, invite(2), 200, "", CONTACT(9) SDP("1"));
	stage_run(&s, 25);
	CU_ASSERT_EQUAL(tester_count(&t, "INVITE", 0), 3);
	stage_run(&s, 50100);
	CU_ASSERT_EQUAL(tester_count(&t, "INVITE", 0), 4);
	tester_answer(&t, invite(3), 200, "", CONTACT(9) SDP("1"));
	stage_run(&s, 25);
	hang_up();
}

/* 10: 481 and silence are the end. */
static void
lost(void)
{
	calls("session_expires=100s", "");
	stage_run(&s, 50100);
	tester_answer(&t, invite(1), 481, "", "");
	ends_within(100);
	stop();
	calls("session_expires=100s", "");
	stage_run(&s, 50100);
	ends_within(33000);
	stop();
}

/* The verb, also where the session does not expire; a phone that has moved says
 * so. */
static void
refresh(void)
{
	calls("", "");
	CU_ASSERT_EQUAL(stage_do(&s, "bob", "refresh", MINE, NULL), 0);
	CU_ASSERT_EQUAL(stage_do(&s, "bob", "refresh", MINE, NULL), ERR_STATE);
	stage_run(&s, 25);
	CU_ASSERT(str_eq(tester_at(&t, invite(1))->body,
	    STR("v=0\r\no=bob 1 1 IN IP4 192.0.2.3\r\ns=-\r\n"
		"c=IN IP4 192.0.2.3\r\nt=0 0\r\nm=audio 49170 RTP/AVP 0 8\r\n"
		"a=rtpmap:0 PCMU/8000\r\na=rtpmap:8 PCMA/8000\r\n"
		"a=ptime:20\r\n")));
	CU_ASSERT(!tester_has(&t, invite(1), "Session-Expires", ""));
	tester_answer(&t, invite(1), 200, "", CONTACT(9) SDP("1"));
	stage_run(&s, 25);
	hang_up();
}

/* 7.4: by UPDATE, where the other side allows it; either side's may be too
 * short. */
static void
by_update(void)
{
	size_t i;

	calls("session_expires=100s", "Allow: INVITE, UPDATE\nRequire: timer\n"
				      "Session-Expires: 100;refresher=uac\n");
	stage_run(&s, 50100);
	i = tester_find(&t, "UPDATE", 0, 0);
	CU_ASSERT(i < TESTER_GOT);
	CU_ASSERT_EQUAL(tester_count(&t, "INVITE", 0), 1);
	CU_ASSERT(tester_has(&t, i, "Session-Expires", "100;refresher=uac"));
	CU_ASSERT_EQUAL(tester_at(&t, i)->body.n, 0);
	tester_answer(&t, i, 422, "", "Min-SE: 120\n");
	stage_run(&s, 25);
	i = tester_find(&t, "UPDATE", 0, 1);
	CU_ASSERT(tester_has(&t, i, "Min-SE", "120"));
	tester_answer(&t, i, 200, "",
	    CONTACT(9) "Require: timer\nSession-Expires: 120;refresher=uac\n");
	stage_run(&s, 59900);
	CU_ASSERT_EQUAL(tester_count(&t, "UPDATE", 0), 2);
	stage_run(&s, 200);
	CU_ASSERT_EQUAL(tester_count(&t, "UPDATE", 0), 3);
	tester_answer(&t, tester_find(&t, "UPDATE", 0, 2), 200, "", CONTACT(9));
	stage_run(&s, 25);
	hang_up();
	is_called("min_se=200s", "Supported: timer\nSession-Expires: 900\n");
	asks("ACK", 1, "b", "");
	asks("UPDATE", 2, "c",
	    CONTACT(9) "Supported: timer\nSession-Expires: 199\n");
	CU_ASSERT_EQUAL(tester_count(&t, "UPDATE", 422), 1);
	asks("UPDATE", 3, "d",
	    CONTACT(9) "Supported: timer\nSession-Expires: 200\n");
	CU_ASSERT(tester_has(&t, tester_find(&t, "UPDATE", 200, 0),
	    "Session-Expires", "200;refresher=uac"));
	stage_run(&s, 167900);
	ends_within(200);
	stop();
}

/* 7.4: a peer that says that it knows UPDATE, and refuses it all the same. */
static void
by_reinvite_after_all(void)
{
	static const unsigned refusals[] = { 405, 501 };

	for (size_t i = 0; i < 2; i++) {
		calls("session_expires=100s",
		    "Allow: INVITE, UPDATE\nRequire: timer\n"
		    "Session-Expires: 100;refresher=uac\n");
		stage_run(&s, 50100);
		tester_answer(
		    &t, tester_find(&t, "UPDATE", 0, 0), refusals[i], "", "");
		stage_run(&s, 25);
		CU_ASSERT(tester_has(
		    &t, invite(1), "Session-Expires", "100;refresher=uac"));
		tester_answer(&t, invite(1), 200, "",
		    CONTACT(9) "Allow: INVITE, UPDATE\nRequire: timer\n"
			       "Session-Expires: 100;refresher=uac\n" SDP("1"));
		stage_run(&s, 50100);
		CU_ASSERT_EQUAL(tester_count(&t, "UPDATE", 0), 1);
		tester_answer(&t, invite(2), 200, "",
		    CONTACT(9) "Require: timer\n"
			       "Session-Expires: 100;refresher=uac\n" SDP("1"));
		stage_run(&s, 25);
		CU_ASSERT_EQUAL(
		    stage_count(&s, KIND("send"), RULE("session-update"), NULL),
		    1);
		hang_up();
	}
}

/* A phone that has moved says so by a refresh (RFC 3261 12.2.1.2): another
 * Contact, and another version for another address, beside which the o= line
 * stays (RFC 3264 8). */
static void
moved(void)
{
	struct node *bob;

	calls("session_expires=100s", "");
	bob = world_find(s.w, "bob");
	bob->faces[0].addr.ip[3] = 33;
	CU_ASSERT_EQUAL(role_ua.moved(node_role_state(bob, "ua")), 0);
	stage_do(&s, "bob", "refresh", MINE, NULL);
	stage_run(&s, 25);
	CU_ASSERT(
	    tester_has(&t, invite(1), "Contact", "<sip:bob@192.0.2.33:5060>"));
	CU_ASSERT(str_find(tester_at(&t, invite(1))->body,
		      "o=bob 1 2 IN IP4 192.0.2.3\r\n") > 0);
	CU_ASSERT(str_find(tester_at(&t, invite(1))->body,
		      "c=IN IP4 192.0.2.33\r\n") > 0);
	tester_answer(&t, invite(1), 200, "", CONTACT(9) SDP("1"));
	stage_run(&s, 25);
	stage_do(&s, "bob", "bye", MINE, NULL);
	stage_run(&s, 15);
	/* 7.1: in each request. */
	CU_ASSERT(
	    tester_has(&t, tester_find(&t, "BYE", 0, 0), "Supported", "timer"));
	tester_answer(&t, tester_find(&t, "BYE", 0, 0), 200, "", "");
	stop();
}

/* RFC 3261 14.2, 13.3.1.4: no ACK comes for the 2xx to a re-INVITE: it is
 * repeated for 64*T1, then the call is ended. */
static void
unacknowledged(void)
{
	size_t i;

	is_called("min_se=90s", "Supported: timer\nSession-Expires: 900\n");
	asks("ACK", 1, "b", "");
	asks("INVITE", 2, "c",
	    CONTACT(9) "Supported: timer\nSession-Expires: "
		       "900;refresher=uac\n" SDP("1"));
	i = tester_find(&t, "INVITE", 200, 1);
	stage_run(&s, 31900);
	CU_ASSERT_EQUAL(tester_count(&t, "INVITE", 200), 12);
	CU_ASSERT(str_eq(buf_view(&t.got[i].bytes),
	    buf_view(&t.got[tester_find(&t, "INVITE", 200, 11)].bytes)));
	ends_within(200);
	CU_ASSERT(
	    stage_count(&s, KIND("send"), RULE("invite-no-ack"), NULL) > 0);
	stop();
}

/* ---- a proxy on the way: section 8 ---- */

static void
proxies(void)
{
	static const struct {
		const char *attrs, *extra;
		const char *expires, *min_se; /* of the copy */
		const char *answer;           /* the called side's */
		const char *told, *require;   /* of what comes back */
	} rows[] = {
		/* It has no opinion. */
		{ "", "Supported: timer\nSession-Expires: 10\n", "10", NULL, "",
		    NULL, NULL },
		{ "stateless=true session_expires=1h", "Supported: timer\n",
		    NULL, NULL, "", NULL, NULL },
		/* It puts one in, or makes it shorter. */
		{ "session_expires=1h", "Supported: timer\n", "3600", NULL, "",
		    "3600;refresher=uac", "timer" },
		{ "session_expires=1h", "", "3600", NULL, "", NULL, NULL },
		{ "session_expires=1h", "Supported: timer\nMin-SE: 4000\n",
		    "4000", "4000", "", "4000;refresher=uac", "timer" },
		{ "session_expires=1h",
		    "Supported: timer\nx: 5000;refresher=uas;a=b\n",
		    "3600;refresher=uas;a=b", NULL,
		    "Session-Expires: 3000;refresher=uas\n",
		    "3000;refresher=uas", NULL },
		{ "session_expires=1h",
		    "Supported: timer\nSession-Expires: 100\n", "100", NULL, "",
		    "100;refresher=uac", "timer" },
		{ "session_expires=10s",
		    "Supported: timer\nSession-Expires: 100\n", "90", NULL, "",
		    "90;refresher=uac", "timer" },
		/* It finds it too short: of a caller that knows nothing of it.
		 */
		{ "min_se=200s", "Session-Expires: 100\n", "200", "200", "",
		    NULL, NULL },
		{ "min_se=200s", "Session-Expires: 100\nMin-SE: 300;a\n", "300",
		    "300;a", "", NULL, NULL },
		{ "min_se=200s", "Session-Expires: 100\nMin-SE: 150;a\n", "200",
		    "200;a", "", NULL, NULL },
		{ "min_se=200s", "Supported: timer\nSession-Expires: 200\n",
		    "200", NULL, "", "200;refresher=uac", "timer" },
		{ "min_se=200s", "Proxy-Require: timer\nSession-Expires: 200\n",
		    "200", NULL, "", NULL, NULL },
		/* What it can't read it leaves alone. */
		{ "session_expires=1h min_se=200s",
		    "Supported: timer\nSession-Expires: soon\n", "soon", NULL,
		    "", NULL, NULL },
		{ "session_expires=1h min_se=200s",
		    "Supported: timer\nSession-Expires: 4294967296\n",
		    "4294967296", NULL, "", NULL, NULL },
		{ "session_expires=1h min_se=200s", "Supported: timer\n",
		    "3600", NULL, "Session-Expires: ?\n", "?", NULL },
	};

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct tester peer;
		char lines[300];

		stage_open(&s);
		tester_open(&s, &t, "caller", 9);
		tester_open(&s, &peer, "peer", 8);
		stage_node(&s, "p", "proxy", "b.example", 3, rows[i].attrs);
		snprintf(lines, sizeof(lines), "%s%s%s", CONTACT(9),
		    rows[i].extra, "Max-Forwards: 70\n");
		tester_ask(&t, 3, "INVITE", "sip:x@192.0.2.8",
		    "<sip:x@192.0.2.8>", "id", 1, "a", lines);
		stage_run(&s, 30);
		check_field(&peer, 0, "Session-Expires", rows[i].expires, i);
		check_field(&peer, 0, "Min-SE", rows[i].min_se, i);
		snprintf(
		    lines, sizeof(lines), "%s%s", CONTACT(8), rows[i].answer);
		tester_answer(&peer, 0, 200, "p", lines);
		stage_run(&s, 30);
		check_field(&t, t.n - 1, "Session-Expires", rows[i].told, i);
		check_field(&t, t.n - 1, "Require", rows[i].require, i);
		tester_close(&peer);
		stop();
	}
}

/* 8.1: of a caller that knows it, it is refused. */
static void
proxy_refuses(void)
{
	static const struct {
		const char *attrs, *extra;
		unsigned status;
		const char *min_se;
	} rows[] = {
		{ "min_se=200s", "Supported: timer\nSession-Expires: 199\n",
		    422, "200" },
		{ "min_se=20s", "Supported: timer\nSession-Expires: 0\n", 422,
		    "90" },
		{ "session_expires=1h", "Proxy-Require: foo, timer\n", 420,
		    NULL },
		{ "", "Proxy-Require: timer\n", 420, NULL },
		{ "min_se=90s", "x: 100\nSession-Expires: 100\n", 400, NULL },
	};

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		stage_open(&s);
		tester_open(&s, &t, "caller", 9);
		stage_node(&s, "p", "proxy", "b.example", 3, rows[i].attrs);
		tester_ask(&t, 3, "INVITE", "sip:x@192.0.2.8",
		    "<sip:x@192.0.2.8>", "id", 1, "a", rows[i].extra);
		stage_run(&s, 30);
		CU_ASSERT_EQUAL(tester_status(&t, 0), rows[i].status);
		check_field(&t, 0, "Min-SE", rows[i].min_se, i);
		stop();
	}
}

CHECK_MAIN("session_timer", { "table", table }, { "answers", answers },
    { "silent caller", silent_caller },
    { "called refreshes", called_refreshes }, { "takes", takes },
    { "longer", longer }, { "longer for others", longer_for_others },
    { "bad 422", bad_422 }, { "glare", glare }, { "lost", lost },
    { "refresh", refresh }, { "by update", by_update },
    { "by re-INVITE after all", by_reinvite_after_all }, { "moved", moved },
    { "unacknowledged", unacknowledged }, { "proxies", proxies },
    { "proxy refuses", proxy_refuses }, )
