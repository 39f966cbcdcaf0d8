/*
 * The focus of conferences: who comes in and how, who is removed, who is told
 * of what, and what is refused.  RFC 4579, RFC 4353, RFC 4575.  Three phones
 * are at 192.0.2.1 to 3, the focus at 192.0.2.4; the tester is a fourth user.
 */
#include "fixtures/stage.h"

static struct stage s;
static struct tester t;

#define LECTURE "sip:lecture@conf.example"
#define SDP                                    \
	CONTACT(9)                             \
	"Content-Type: application/sdp\n\n"    \
	"v=0\no=t 1 1 IN IP4 192.0.2.9\ns=-\n" \
	"c=IN IP4 192.0.2.9\nt=0 0\n"          \
	"m=audio 4000 RTP/AVP 0\n"
#define FROM(id) "\"tag\":\"" id "\""

/* PHONES: attributes that all of them have beside. */
static void
start(const char *attrs, const char *phones)
{
	static const char *const names[] = { "alice", "bob", "carol" };
	struct buf of_phone = BUF_INIT;
	struct node *conf;

	stage_open(&s);
	tester_open(&s, &t, "peer", 9);
	conf = stage_add(&s, "conf", "conference", "conf.example", 4, attrs);
	CU_ASSERT_EQUAL_FATAL(world_add_domain(s.w, "conf.example", conf), 0);
	CU_ASSERT_EQUAL_FATAL(node_set_attr(conf, "rooms", "lecture x/y"), 0);
	CU_ASSERT_EQUAL_FATAL(node_start(conf), 0);
	buf_printf(&of_phone, "answer=1s %s", phones);
	for (unsigned i = 0; i < 3; i++)
		stage_node(&s, names[i], "ua", "", i + 1, buf_cstr(&of_phone));
	buf_free(&of_phone);
}

static void
stop(void)
{
	CU_ASSERT(stage_run(&s, 400000));
	CU_ASSERT_EQUAL(sim_held(s.w->sim), 0);
	stage_close(&s);
	tester_close(&t);
}

/* PHONE calls TARGET and is in there. */
static void
enter(const char *phone, const char *target)
{
	CU_ASSERT(stage_call(&s, phone, target)[0] != '\0');
	CU_ASSERT(stage_run(&s, 6000));
}

static void
refer(const char *phone, const char *to)
{
	CU_ASSERT_EQUAL(stage_do(&s, phone, "refer", NULL, "target", LECTURE,
			    "to", to, NULL),
	    0);
	CU_ASSERT(stage_run(&s, 6000));
}

/* How often WHO's participant has come to be in STATE. */
static size_t
comes_to_be(const char *state)
{
	char to[64];

	snprintf(to, sizeof(to), "\"to\":\"%s\"", state);
	return stage_count(&s, "\"machine\":\"participant\"", to, NULL);
}

static size_t
noted(const char *node, const char *text)
{
	char at[64];

	snprintf(at, sizeof(at), "\"node\":\"%s\"", node);
	return stage_count(&s, KIND("note"), at, text);
}

/* ---- coming in: 5.1, 5.2, 5.5, 5.6, 5.7 ---- */

static void
dials_in(void)
{
	start("", "");
	enter("alice", LECTURE);
	enter("bob", LECTURE);
	CU_ASSERT_EQUAL(comes_to_be("connected"), 2);
	CU_ASSERT_EQUAL(stage_count(&s, RULE("conference-mix"), NULL, NULL), 1);
	CU_ASSERT_EQUAL(stage_count(&s, KIND("send"), "\"status\":200",
			    "Contact: <sip:lecture@conf.example>;isfocus\\r\\n"
			    "Content-Type: application/sdp"),
	    0);
	CU_ASSERT(stage_count(&s, KIND("send"), "200 OK",
		      "<sip:lecture@conf.example>;isfocus") >= 2);
	CU_ASSERT_EQUAL(stage_count(&s, RULE("conference-ask"), NODE("alice"),
			    KIND("send")),
	    1);
	CU_ASSERT_EQUAL(noted("alice", "version 1, what has changed"), 1);
	CU_ASSERT_EQUAL(
	    noted("alice", "in the conference: sip:alice@192.0.2.1, "
			   "sip:bob@192.0.2.2"),
	    1);
	CU_ASSERT_EQUAL(noted("bob", "version 0: sip:alice@192.0.2.1"), 1);
	CU_ASSERT_EQUAL(stage_do(&s, "bob", "bye", "bob/1", NULL), 0);
	CU_ASSERT(stage_run(&s, 6000));
	CU_ASSERT_EQUAL(noted("alice", "sip:bob@192.0.2.2 gone"), 1);
	CU_ASSERT_EQUAL(
	    noted("alice", "in the conference: sip:alice@192.0.2.1\""), 1);
	CU_ASSERT_EQUAL(stage_do(&s, "alice", "bye", "alice/1", NULL), 0);
	/* One that is always there stays. */
	CU_ASSERT(stage_run(&s, 6000));
	enter("bob", LECTURE);
	CU_ASSERT_EQUAL(stage_do(&s, "bob", "bye", "bob/2", NULL), 0);
	stop();
}

static void
unaware_phones(void)
{
	start("", "conferences=unaware");
	enter("alice", LECTURE);
	CU_ASSERT_EQUAL(stage_count(&s, "\"SUBSCRIBE sip:", NULL, NULL), 0);
	CU_ASSERT_EQUAL(stage_do(&s, "alice", "bye", "alice/1", NULL), 0);
	stop();
}

static void
dials_out(void)
{
	start("", "");
	CU_ASSERT_EQUAL(stage_do(&s, "conf", "bring", NULL, "target",
			    "sip:bob@192.0.2.2", NULL),
	    0);
	CU_ASSERT_STRING_EQUAL(s.result.object, "conf/1");
	CU_ASSERT(stage_run(&s, 6000));
	CU_ASSERT_EQUAL(comes_to_be("dialing-out"), 1);
	CU_ASSERT_EQUAL(comes_to_be("alerting"), 1);
	CU_ASSERT_EQUAL(comes_to_be("connected"), 1);
	CU_ASSERT_EQUAL(noted("bob", "version 0: sip:bob@192.0.2.2"), 1);
	CU_ASSERT_EQUAL(stage_do(&s, "conf", "bye", "conf/1", NULL), 0);
	CU_ASSERT(stage_run(&s, 1000));
	CU_ASSERT_EQUAL(comes_to_be("disconnecting"), 1);
	CU_ASSERT_EQUAL(comes_to_be("disconnected"), 1);
	stop();
}

/* One who refuses, and one who is taken back while it rings. */
static void
dials_out_in_vain(void)
{
	start("", "answer=never");
	node_set_attr(world_find(s.w, "carol"), "busy", "true");
	enter("alice", LECTURE);
	refer("alice", "sip:carol@192.0.2.3");
	CU_ASSERT_EQUAL(stage_count(&s, KIND("send"),
			    "SIP/2.0 486 Busy Here\\r\\n\"", NULL),
	    1);
	CU_ASSERT_EQUAL(comes_to_be("disconnected"), 1);
	refer("alice", "sip:bob@192.0.2.2");
	CU_ASSERT_EQUAL(comes_to_be("alerting"), 1);
	/* Twice the same. */
	refer("alice", "sip:bob@192.0.2.2");
	CU_ASSERT_EQUAL(stage_count(&s, RULE("refer-pending"), "491", NULL), 1);
	CU_ASSERT_EQUAL(stage_do(&s, "conf", "remove", NULL, "target",
			    "sip:bob@192.0.2.2", NULL),
	    0);
	CU_ASSERT(stage_run(&s, 1000));
	CU_ASSERT_EQUAL(
	    stage_count(&s, KIND("send"), NODE("conf"), "\"CANCEL sip:"), 1);
	CU_ASSERT_EQUAL(comes_to_be("disconnected"), 2);
	CU_ASSERT_EQUAL(stage_do(&s, "alice", "bye", "alice/1", NULL), 0);
	stop();
}

static void
is_referred(void)
{
	start("", "refer=anywhere");
	enter("alice", LECTURE);
	/* 5.5: the focus calls. */
	refer("alice", "sip:bob@192.0.2.2");
	CU_ASSERT_EQUAL(comes_to_be("connected"), 2);
	CU_ASSERT(stage_count(&s, KIND("send"), NODE("conf"),
		      "SIP/2.0 200 OK\\r\\n\"") >= 1);
	/* 5.7: it asks to be called. */
	refer("alice",
	    "sip:carol@192.0.2.3;method=REFER?Refer-To=sip:lecture%40conf."
	    "example");
	CU_ASSERT_EQUAL(comes_to_be("connected"), 3);
	CU_ASSERT_EQUAL(stage_count(&s, KIND("send"), NODE("conf"),
			    "SIP/2.0 202 Accepted\\r\\n\""),
	    1);
	/* 5.11: only who has made it may, and here that is nobody. */
	refer("alice", "sip:bob@192.0.2.2;method=BYE");
	CU_ASSERT_EQUAL(comes_to_be("disconnected"), 1);
	CU_ASSERT_EQUAL(noted("alice", "sip:bob@192.0.2.2 gone"), 1);
	CU_ASSERT_EQUAL(stage_count(&s, NODE("conf"), KIND("send"),
			    "terminated;reason=rejected"),
	    1);
	CU_ASSERT_EQUAL(
	    stage_do(&s, "conf", "disband", NULL, "room", "lecture", NULL), 0);
	CU_ASSERT(stage_run(&s, 6000));
	CU_ASSERT_EQUAL(comes_to_be("disconnected"), 3);
	stop();
}

/* 5.6 and the verb. */
static void
is_summoned(void)
{
	start("", "refer=anywhere");
	enter("alice", LECTURE);
	CU_ASSERT_EQUAL(stage_do(&s, "alice", "refer", NULL, "target",
			    "sip:bob@192.0.2.2", "to", LECTURE, NULL),
	    0);
	CU_ASSERT(stage_run(&s, 6000));
	CU_ASSERT_EQUAL(comes_to_be("connected"), 2);
	CU_ASSERT_EQUAL(stage_do(&s, "conf", "summon", NULL, "target",
			    "sip:carol@192.0.2.3", NULL),
	    0);
	CU_ASSERT(stage_run(&s, 6000));
	CU_ASSERT_EQUAL(comes_to_be("connected"), 3);
	CU_ASSERT_EQUAL(stage_do(&s, "conf", "disband", NULL, NULL), 0);
	stop();
}

/* ---- 5.4, 5.12 ---- */

static void
factory_makes_one(void)
{
	start("", "");
	enter("alice", "sip:conf@conf.example");
	CU_ASSERT_EQUAL(comes_to_be("connected"), 1);
	/* The new one's URI. */
	const char *at = strstr(buf_cstr(&s.trace), ">;isfocus");
	char uri[80] = "";

	CU_ASSERT_PTR_NOT_NULL_FATAL(at);
	while (*at != '<')
		at--;
	snprintf(uri, sizeof(uri), "%.*s", (int)strcspn(at + 1, ">"), at + 1);
	CU_ASSERT_EQUAL(strncmp(uri, "sip:", 4), 0);
	CU_ASSERT(strcmp(uri, "sip:conf@conf.example") != 0);
	enter("bob", uri);
	CU_ASSERT_EQUAL(comes_to_be("connected"), 2);
	/* Its creator leaves. */
	CU_ASSERT_EQUAL(stage_do(&s, "alice", "bye", "alice/1", NULL), 0);
	CU_ASSERT(stage_run(&s, 6000));
	CU_ASSERT_EQUAL(comes_to_be("disconnected"), 2);
	CU_ASSERT_EQUAL(
	    stage_count(&s, RULE("conference-delete"), KIND("send"), "BYE"), 1);
	CU_ASSERT_EQUAL(noted("bob", "it is over"), 1);
	enter("carol", uri);
	CU_ASSERT_EQUAL(stage_count(&s, RULE("uas-uri"), "404", NULL), 1);
	stop();
}

static void
factory_redirects(void)
{
	start("factory=redirect ends=last", "");
	enter("alice", "sip:conf@conf.example");
	CU_ASSERT_EQUAL(
	    stage_count(&s, RULE("conference-move"), "302", KIND("send")), 1);
	CU_ASSERT_EQUAL(comes_to_be("connected"), 1);
	CU_ASSERT_EQUAL(stage_do(&s, "alice", "bye", "alice/1", NULL), 0);
	/* One that nobody comes to. */
	tester_ask(&t, 4, "INVITE", "sip:conf@conf.example",
	    "<sip:conf@conf.example>", "i", 1, "i", SDP);
	CU_ASSERT(stage_run(&s, 40000));
	CU_ASSERT(tester_count(&t, "INVITE", 302) >= 1);
	CU_ASSERT_EQUAL(
	    stage_count(&s, RULE("conference-empty"), KIND("timer"), "fire"),
	    1);
	stop();
}

/* ---- 5.3 ---- */

static void
press(const char *digits)
{
	CU_ASSERT_EQUAL(
	    stage_do(&s, "alice", "dtmf", "alice/1", "digits", digits, NULL),
	    0);
	CU_ASSERT(stage_run(&s, 6000));
}

static void
application_makes_one(void)
{
	start("factory=ask", "");
	node_set_attr(world_find(s.w, "alice"), "privacy", "id");
	enter("alice", "sip:conf@conf.example");
	/* Nobody is in a conference, nor can be taken into one. */
	CU_ASSERT_EQUAL(
	    stage_count(&s, "\"machine\":\"participant\"", NULL, NULL), 0);
	CU_ASSERT_EQUAL(stage_do(&s, "bob", "invite", NULL, "target",
			    "sip:conf@conf.example", "join", "alice/1", NULL),
	    0);
	CU_ASSERT(stage_run(&s, 1000));
	CU_ASSERT_EQUAL(
	    stage_count(&s, "\"machine\":\"participant\"", NULL, NULL), 0);
	press("12");
	CU_ASSERT_EQUAL(noted("conf", "a conference is made"), 0);
	press("#1##");
	CU_ASSERT_EQUAL(noted("conf", "DTMF"), 6);
	CU_ASSERT_EQUAL(noted("conf", "a conference is made"), 1);
	CU_ASSERT_EQUAL(comes_to_be("connected"), 1);
	CU_ASSERT_EQUAL(
	    noted("alice", "version 0: sip:anonymous1@anonymous.invalid"), 1);
	/* It is hers. */
	CU_ASSERT_EQUAL(stage_do(&s, "alice", "bye", "alice/1", NULL), 0);
	CU_ASSERT(stage_run(&s, 6000));
	CU_ASSERT_EQUAL(comes_to_be("disconnected"), 1);
	CU_ASSERT_EQUAL(
	    stage_count(&s, RULE("conference-ask"), KIND("send"), NULL), 1);
	stop();
}

/* While a change of the call is under way there can be no other. */
static void
application_is_busy(void)
{
	start("factory=ask", "");
	enter("alice", "sip:conf@conf.example");
	CU_ASSERT_EQUAL(stage_do(&s, "conf", "reinvite", "conf/1", NULL), 0);
	press("#");
	CU_ASSERT_EQUAL(noted("conf", "a conference is made"), 0);
	CU_ASSERT_EQUAL(noted("conf", "no conference can be made"), 1);
	press("#");
	CU_ASSERT_EQUAL(noted("conf", "a conference is made"), 1);
	CU_ASSERT_EQUAL(noted("alice", "version 0: sip:alice@"), 1);
	CU_ASSERT_EQUAL(stage_do(&s, "alice", "bye", "alice/1", NULL), 0);
	stop();
}

/* ---- 5.8, 5.9, 5.10 ---- */

static void
joins_and_replaces(void)
{
	start("", "");
	enter("alice", LECTURE);
	CU_ASSERT_EQUAL(stage_do(&s, "bob", "invite", NULL, "target",
			    "sip:conf@conf.example", "join", "alice/1", NULL),
	    0);
	CU_ASSERT(stage_run(&s, 6000));
	CU_ASSERT_EQUAL(comes_to_be("connected"), 2);
	CU_ASSERT_EQUAL(noted("alice", "sip:bob@192.0.2.2 connected"), 1);
	CU_ASSERT_EQUAL(stage_do(&s, "carol", "invite", NULL, "target", LECTURE,
			    "replaces", "bob/1", NULL),
	    0);
	CU_ASSERT(stage_run(&s, 6000));
	CU_ASSERT_EQUAL(comes_to_be("connected"), 3);
	CU_ASSERT_EQUAL(comes_to_be("disconnected"), 1);
	CU_ASSERT_EQUAL(
	    stage_count(&s, RULE("replaces-bye"), KIND("send"), "BYE"), 1);
	CU_ASSERT_EQUAL(stage_do(&s, "conf", "disband", NULL, NULL), 0);
	stop();
}

/* A three-way call of alice's becomes a conference. */
static void
confers(void)
{
	start("", "");
	enter("alice", "sip:bob@192.0.2.2");
	enter("alice", "sip:carol@192.0.2.3");
	CU_ASSERT_EQUAL(
	    stage_do(&s, "alice", "join", "alice/1", "other", "alice/2", NULL),
	    0);
	CU_ASSERT_EQUAL(stage_do(&s, "alice", "confer", "alice/1", "focus",
			    "sip:conf@conf.example", NULL),
	    0);
	CU_ASSERT_STRING_EQUAL(s.result.object, "alice/3");
	CU_ASSERT(stage_run(&s, 12000));
	CU_ASSERT_EQUAL(comes_to_be("connected"), 3);
	CU_ASSERT_EQUAL(
	    stage_count(&s, KIND("send"), NODE("alice"), "\"REFER sip:"), 2);
	CU_ASSERT_EQUAL(stage_count(&s, RULE("replaces-bye"), KIND("send"),
			    "\"dst\":\"alice\""),
	    2);
	CU_ASSERT(stage_call_is(&s, "alice/1", "terminated"));
	CU_ASSERT(stage_call_is(&s, "alice/2", "terminated"));
	CU_ASSERT(stage_call_is(&s, "alice/3", "confirmed"));
	CU_ASSERT_EQUAL(stage_do(&s, "alice", "bye", "alice/3", NULL), 0);
	CU_ASSERT(stage_run(&s, 6000));
	CU_ASSERT_EQUAL(comes_to_be("disconnected"), 3);
	stop();
}

/* ---- what is refused ---- */

static void
refused(unsigned status, const char *rule)
{
	char said[16], by[64];

	snprintf(said, sizeof(said), "\"SIP/2.0 %u", status);
	snprintf(by, sizeof(by), "\"rule\":\"%s\"", rule);
	CU_ASSERT(stage_run(&s, 1000));
	CU_ASSERT_EQUAL(stage_count(&s, KIND("send"), by, said), 1);
	if (stage_count(&s, KIND("send"), by, said) != 1)
		printf("  %u %s\n", status, rule);
}

static void
is_locked(void)
{
	start("", "");
	enter("alice", LECTURE);
	CU_ASSERT_EQUAL(stage_do(&s, "conf", "lock", NULL, NULL), 0);
	CU_ASSERT(stage_run(&s, 6000));
	enter("bob", LECTURE);
	refused(403, "conference-locked");
	CU_ASSERT_EQUAL(noted("alice", "what has changed: nobody"), 1);
	CU_ASSERT_EQUAL(
	    stage_count(&s, "<locked>true</locked>", NULL, NULL) > 0, 1);
	CU_ASSERT_EQUAL(stage_do(&s, "conf", "unlock", NULL, NULL), 0);
	enter("bob", LECTURE);
	CU_ASSERT_EQUAL(comes_to_be("connected"), 2);
	CU_ASSERT_EQUAL(stage_do(&s, "conf", "disband", NULL, NULL), 0);
	stop();
}

static void
is_full(void)
{
	start("most=2", "");
	enter("alice", LECTURE);
	enter("bob", LECTURE);
	enter("carol", LECTURE);
	refused(486, "conference-full");
	refer("alice", "sip:carol@192.0.2.3");
	CU_ASSERT_EQUAL(
	    stage_count(&s, KIND("send"), RULE("conference-full"), NULL), 2);
	/* One who takes another's place is not one more. */
	CU_ASSERT_EQUAL(stage_do(&s, "carol", "invite", NULL, "target", LECTURE,
			    "replaces", "bob/1", NULL),
	    0);
	CU_ASSERT(stage_run(&s, 6000));
	CU_ASSERT_EQUAL(comes_to_be("connected"), 3);
	CU_ASSERT_EQUAL(stage_do(&s, "conf", "disband", NULL, NULL), 0);
	stop();
}

static void
refers_that_are_refused(void)
{
	static const struct {
		const char *to;
		unsigned status;
		const char *rule;
	} rows[] = {
		{ "<sip:lecture@conf.example>", 603, "conference-itself" },
		{ "<sip:lecture@192.0.2.4>", 603, "conference-itself" },
		{ "<sip:conf@conf.example>", 603, "conference-itself" },
		{ "<sip:zoe@192.0.2.8;method=BYE>", 404, "conference-absent" },
		{ "<sip:bob@192.0.2.2;method=REFER?Refer-To=sip:x%40y>", 403,
		    "conference-stranger" },
		{ "<sip:bob@192.0.2.2;method=REFER>", 603, "refer-target" },
		{ "<sip:bob@192.0.2.2;method=MESSAGE>", 603, "refer-target" },
		{ "<sips:bob@192.0.2.2>", 603, "refer-target" },
		{ "<tel:123>", 603, "refer-target" },
		{ "<http://x/y>", 603, "refer-target" },
		{ "sip:;;;===", 400, "refer-bad" },
		{ "<sip:bob@192.0.2.2?Replaces=%00>", 603, "refer-target" },
	};

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct buf extra = BUF_INIT;

		start("", "");
		enter("alice", LECTURE);
		buf_printf(&extra, CONTACT(9) "Refer-To: %s\n", rows[i].to);
		/* A stranger first, then somebody who is there. */
		tester_ask(&t, 4, "REFER", LECTURE, "<" LECTURE ">", "a", 1,
		    "a",
		    "Contact: <sip:t@192.0.2.9>\nRefer-To: "
		    "<sip:bob@192.0.2.2>\n");
		refused(403, "conference-stranger");
		tester_ask(&t, 4, "INVITE", LECTURE, "<" LECTURE ">", "b", 1,
		    "b", SDP);
		CU_ASSERT(stage_run(&s, 100));
		tester_ask(&t, 4, "REFER", LECTURE, "<" LECTURE ">", "c", 1,
		    "c", buf_cstr(&extra));
		CU_ASSERT(stage_run(&s, 1000));
		CU_ASSERT_EQUAL(tester_count(&t, "REFER", rows[i].status),
		    rows[i].status == 403 ? 2 : 1);
		if (tester_count(&t, "REFER", rows[i].status) == 0)
			printf("  %s\n", rows[i].to);
		CU_ASSERT(stage_count(&s, KIND("send"),
			      RULE("conference-stranger"), NULL) >= 1);
		CU_ASSERT_EQUAL(stage_do(&s, "conf", "disband", NULL, NULL), 0);
		stop();
		buf_free(&extra);
	}
}

/* Whoever is there may not remove others from what somebody else has made. */
static void
only_its_creator_removes(void)
{
	char uri[80] = "";
	const char *at;

	start("", "");
	enter("alice", "sip:conf@conf.example");
	at = strstr(buf_cstr(&s.trace), ">;isfocus");
	CU_ASSERT_PTR_NOT_NULL_FATAL(at);
	while (*at != '<')
		at--;
	snprintf(uri, sizeof(uri), "%.*s", (int)strcspn(at + 1, ">"), at + 1);
	enter("bob", uri);
	CU_ASSERT_EQUAL(stage_do(&s, "bob", "refer", NULL, "target", uri, "to",
			    "sip:alice@192.0.2.1;method=BYE", NULL),
	    0);
	refused(403, "conference-stranger");
	/* Oneself one may. */
	CU_ASSERT_EQUAL(stage_do(&s, "bob", "refer", NULL, "target", uri, "to",
			    "sip:bob@192.0.2.2;method=BYE", NULL),
	    0);
	CU_ASSERT(stage_run(&s, 6000));
	CU_ASSERT_EQUAL(comes_to_be("disconnected"), 1);
	CU_ASSERT_EQUAL(stage_do(&s, "alice", "bye", "alice/1", NULL), 0);
	stop();
}

static void
calls_itself(void)
{
	start("", "");
	/* By another name of its own … */
	CU_ASSERT_EQUAL(stage_do(&s, "conf", "bring", NULL, "target",
			    "sip:lecture@192.0.2.4", NULL),
	    0);
	refused(482, "conference-itself");
	CU_ASSERT_EQUAL(comes_to_be("disconnected"), 1);
	CU_ASSERT_EQUAL(comes_to_be("connected"), 0);
	stop();
}

static void
subscribes_without_one(void)
{
	start("", "");
	tester_ask(&t, 4, "SUBSCRIBE", "sip:nobody@conf.example",
	    "<sip:nobody@conf.example>", "a", 1, "a",
	    CONTACT(9) "Event: conference\nExpires: 60\n");
	tester_ask(&t, 4, "SUBSCRIBE", LECTURE, "<" LECTURE ">", "b", 1, "b",
	    CONTACT(9) "Event: conference\nExpires: 60\n");
	tester_ask(&t, 4, "SUBSCRIBE", "sip:conf@conf.example",
	    "<sip:conf@conf.example>", "c", 1, "c",
	    CONTACT(9) "Event: conference\nExpires: 60\n");
	CU_ASSERT(stage_run(&s, 1000));
	CU_ASSERT_EQUAL(tester_count(&t, "SUBSCRIBE", 404), 2);
	CU_ASSERT_EQUAL(tester_count(&t, "SUBSCRIBE", 403), 1);
	CU_ASSERT_EQUAL(tester_count(&t, "NOTIFY", 0), 0);
	stop();
}

/* ---- holding, streams, names ---- */

static void
holds(void)
{
	start("streams=\"audio video\"", "streams=\"audio video\"");
	node_set_attr(world_find(s.w, "bob"), "streams", "audio");
	enter("alice", LECTURE);
	enter("bob", LECTURE);
	CU_ASSERT_EQUAL(
	    stage_do(&s, "alice", "hold", "alice/1", "how", "inactive", NULL),
	    0);
	CU_ASSERT(stage_run(&s, 6000));
	CU_ASSERT_EQUAL(comes_to_be("on-hold"), 1);
	CU_ASSERT_EQUAL(noted("bob", "sip:alice@192.0.2.1 on-hold"), 1);
	CU_ASSERT_EQUAL(stage_do(&s, "alice", "resume", "alice/1", NULL), 0);
	CU_ASSERT(stage_run(&s, 6000));
	CU_ASSERT_EQUAL(comes_to_be("connected"), 3);
	CU_ASSERT_EQUAL(stage_do(&s, "conf", "disband", NULL, NULL), 0);
	stop();
}

/* RFC 4575 5.7.3, 5.8.5. */
static void
mutes(void)
{
	start("", "");
	enter("alice", LECTURE);
	CU_ASSERT_EQUAL(stage_do(&s, "conf", "mute", NULL, "target",
			    "sip:bob@192.0.2.2", NULL),
	    ERR_NOTFOUND);
	enter("bob", LECTURE);
	CU_ASSERT_EQUAL(stage_do(&s, "conf", "mute", NULL, "target",
			    "sip:bob@192.0.2.2", NULL),
	    0);
	CU_ASSERT_EQUAL(stage_do(&s, "conf", "mute", NULL, "target",
			    "sip:bob@192.0.2.2", NULL),
	    0);
	CU_ASSERT(stage_run(&s, 6000));
	CU_ASSERT_EQUAL(comes_to_be("muted-via-focus"), 1);
	CU_ASSERT_EQUAL(noted("alice", "what has changed: sip:bob@192.0.2.2 "
				       "muted-via-focus (audio recvonly)"),
	    1);
	/* Nothing was sent to his phone for it but the news. */
	CU_ASSERT_EQUAL(
	    stage_count(&s, KIND("send"), NODE("conf"), "\"INVITE sip:"), 0);
	/* On hold he hears nothing; when he is back he is muted still. */
	CU_ASSERT_EQUAL(stage_do(&s, "bob", "hold", "bob/1", NULL), 0);
	CU_ASSERT(stage_run(&s, 6000));
	CU_ASSERT_EQUAL(comes_to_be("on-hold"), 1);
	CU_ASSERT_EQUAL(noted("alice", "on-hold (audio inactive)"), 1);
	CU_ASSERT_EQUAL(stage_do(&s, "bob", "resume", "bob/1", NULL), 0);
	CU_ASSERT(stage_run(&s, 6000));
	CU_ASSERT_EQUAL(comes_to_be("muted-via-focus"), 2);
	CU_ASSERT_EQUAL(stage_do(&s, "conf", "unmute", NULL, "target",
			    "sip:bob@192.0.2.2", NULL),
	    0);
	CU_ASSERT(stage_run(&s, 6000));
	CU_ASSERT_EQUAL(
	    noted("alice", "sip:bob@192.0.2.2 connected (audio sendrecv)"), 2);
	/* Who is muted while he holds is so when he is back, and may leave. */
	CU_ASSERT_EQUAL(stage_do(&s, "bob", "hold", "bob/1", NULL), 0);
	CU_ASSERT(stage_run(&s, 6000));
	CU_ASSERT_EQUAL(stage_do(&s, "conf", "mute", NULL, "target",
			    "sip:bob@192.0.2.2", NULL),
	    0);
	CU_ASSERT_EQUAL(stage_do(&s, "bob", "resume", "bob/1", NULL), 0);
	CU_ASSERT(stage_run(&s, 6000));
	CU_ASSERT_EQUAL(comes_to_be("muted-via-focus"), 3);
	CU_ASSERT_EQUAL(stage_do(&s, "bob", "bye", "bob/1", NULL), 0);
	CU_ASSERT(stage_run(&s, 6000));
	CU_ASSERT_EQUAL(noted("alice", "sip:bob@192.0.2.2 gone"), 1);
	/* Who is muted while the focus calls is so from the beginning. */
	CU_ASSERT_EQUAL(stage_do(&s, "conf", "bring", NULL, "target",
			    "sip:carol@192.0.2.3", NULL),
	    0);
	CU_ASSERT_EQUAL(stage_do(&s, "conf", "mute", NULL, "target",
			    "sip:carol@192.0.2.3", NULL),
	    0);
	CU_ASSERT(stage_run(&s, 6000));
	CU_ASSERT_EQUAL(comes_to_be("muted-via-focus"), 4);
	CU_ASSERT_EQUAL(
	    noted("carol", "sip:carol@192.0.2.3 muted-via-focus"), 1);
	CU_ASSERT_EQUAL(stage_do(&s, "conf", "remove", NULL, "target",
			    "sip:carol@192.0.2.3", NULL),
	    0);
	CU_ASSERT(stage_run(&s, 6000));
	CU_ASSERT_EQUAL(comes_to_be("disconnected"), 2);
	CU_ASSERT_EQUAL(stage_do(&s, "conf", "disband", NULL, NULL), 0);
	stop();
}

/* RFC 4579 6: who keeps back his name is nobody to the others. */
static void
is_nameless(void)
{
	start("", "");
	node_set_attr(world_find(s.w, "alice"), "privacy", "id");
	enter("alice", LECTURE);
	enter("bob", LECTURE);
	CU_ASSERT(noted("bob", "sip:anonymous1@anonymous.invalid") >= 1);
	CU_ASSERT_EQUAL(noted("bob", "sip:alice@"), 0);
	CU_ASSERT_EQUAL(stage_do(&s, "conf", "disband", NULL, NULL), 0);
	stop();
}

static void
is_asked_what_it_is(void)
{
	start("", "");
	tester_ask(&t, 4, "OPTIONS", LECTURE, "<" LECTURE ">", "a", 1, "a", "");
	tester_ask(&t, 4, "OPTIONS", "sip:conf@conf.example",
	    "<sip:conf@conf.example>", "b", 1, "b", "");
	CU_ASSERT(stage_run(&s, 1000));
	CU_ASSERT(tester_has(&t, 0, "Contact", ";isfocus"));
	CU_ASSERT(tester_has(&t, 0, "Allow-Events", "conference"));
	CU_ASSERT_FALSE(tester_has(&t, 1, "Contact", "isfocus"));
	stop();
}

/* ---- versions: RFC 4575 4.6 ---- */

/* The tester is a focus that leaves a version out, and again after it was asked
 * for all. */
static void
gap_is_noticed(void)
{
	char tag[80];
	unsigned cseq = 1;

	start("", "");
	CU_ASSERT_EQUAL(stage_do(&s, "alice", "subscribe", NULL, "target",
			    "sip:c@192.0.2.9", "event", "conference", NULL),
	    0);
	CU_ASSERT(stage_run(&s, 50));
	CU_ASSERT_EQUAL(tester_count(&t, "SUBSCRIBE", 0), 1);
	tester_tag(&t, 0, MSG_H_FROM, tag);
	tester_answer(&t, 0, 200, "c", CONTACT(9) "Expires: 600\n");
	for (unsigned i = 0; i < 6; i++) {
		static const struct {
			unsigned version;
			const char *state;
		} says[] = { { 0, "full" }, { 1, "partial" }, { 3, "partial" },
			{ 4, "partial" }, { 2, "full" }, { 1, "partial" } };
		struct buf id = BUF_INIT;

		buf_str(&id, msg_value(tester_at(&t, 0), MSG_H_CALL_ID));
		tester_say(&t, 1,
		    "NOTIFY sip:alice@192.0.2.1 SIP/2.0\n"
		    "Via: SIP/2.0/UDP 192.0.2.9;branch=z9hG4bKn%u\n"
		    "Max-Forwards: 70\nFrom: <sip:c@192.0.2.9>;tag=c\n"
		    "To: <sip:alice@192.0.2.1>;tag=%s\nCall-ID: %s\n"
		    "CSeq: %u NOTIFY\n" CONTACT(
			9) "Event: conference\n"
			   "Subscription-State: active;expires=600\n"
			   "Content-Type: application/conference-info+xml\n\n"
			   "<conference-info entity='sip:c@x' version='%u' "
			   "state='%s'><users state='%s'/></conference-info>",
		    i, tag, buf_cstr(&id), cseq++, says[i].version,
		    says[i].state, says[i].state);
		buf_free(&id);
		CU_ASSERT(stage_run(&s, 100));
	}
	/* Asked once, whatever else is missing meanwhile; then known. */
	CU_ASSERT_EQUAL(
	    stage_count(&s, KIND("note"), RULE("conference-gap"), NULL), 1);
	CU_ASSERT_EQUAL(tester_count(&t, "SUBSCRIBE", 0), 2);
	CU_ASSERT_EQUAL(
	    stage_count(&s, KIND("note"), RULE("conference-old"), NULL), 1);
	stage_close(&s);
	tester_close(&t);
}

/* ---- crashes ---- */

static void
creator_vanishes(void)
{
	start("session_expires=90s", "min_se=90s");
	enter("alice", "sip:conf@conf.example");
	node_crash(world_find(s.w, "alice"));
	CU_ASSERT(stage_run(&s, 300000));
	CU_ASSERT_EQUAL(comes_to_be("disconnected"), 1);
	CU_ASSERT_EQUAL(
	    stage_count(&s, RULE("conference-empty"), NULL, NULL) +
		    stage_count(&s, RULE("session-expired"), NULL, NULL) >
		0,
	    true);
	stop();
}

static void
focus_crashes(void)
{
	start("", "session_expires=90s");
	enter("alice", LECTURE);
	enter("bob", LECTURE);
	node_crash(world_find(s.w, "conf"));
	CU_ASSERT(stage_run(&s, 5000));
	CU_ASSERT_EQUAL(node_start(world_find(s.w, "conf")), 0);
	enter("carol", LECTURE);
	CU_ASSERT(stage_run(&s, 300000));
	CU_ASSERT(stage_call_is(&s, "alice/1", "terminated"));
	CU_ASSERT(stage_call_is(&s, "bob/1", "terminated"));
	CU_ASSERT(stage_call_is(&s, "carol/1", "confirmed"));
	CU_ASSERT_EQUAL(stage_do(&s, "carol", "bye", "carol/1", NULL), 0);
	stop();
}

CHECK_MAIN("conference", { "dials in", dials_in },
    { "unaware phones", unaware_phones }, { "dials out", dials_out },
    { "dials out in vain", dials_out_in_vain }, { "is referred", is_referred },
    { "is summoned", is_summoned }, { "factory makes one", factory_makes_one },
    { "factory redirects", factory_redirects },
    { "application makes one", application_makes_one },
    { "application is busy", application_is_busy },
    { "joins and replaces", joins_and_replaces }, { "confers", confers },
    { "is locked", is_locked }, { "is full", is_full },
    { "refers that are refused", refers_that_are_refused },
    { "only its creator removes", only_its_creator_removes },
    { "calls itself", calls_itself },
    { "subscribes without one", subscribes_without_one }, { "holds", holds },
    { "mutes", mutes }, { "is nameless", is_nameless },
    { "is asked what it is", is_asked_what_it_is },
    { "a gap is noticed", gap_is_noticed },
    { "creator vanishes", creator_vanishes },
    { "focus crashes", focus_crashes })
