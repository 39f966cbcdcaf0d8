/*
 * Subscriptions by SUBSCRIBE: RFC 6665, RFC 5057.  The tester is the other side
 * of alice's phone: first the notifier, then the one who subscribes.
 */
#include "agent/subscriber.h"
#include "roles/ua/ua.h"
#include "fixtures/stage.h"

static struct stage s;
static struct tester t, u;

#define PEER    "sip:bob@192.0.2.9"
#define NAME    "alice/presence-1"
#define EVENT   "Event: presence\n"
#define ACTIVE  "Subscription-State: active;expires=600\n"
#define PENDING "Subscription-State: pending;expires=600\n"
#define ENDS    "Subscription-State: terminated"
#define PIDF    "Content-Type: application/pidf+xml\n\n"
#define DOC                                                         \
	"<?xml version=\"1.0\"?>\n"                                 \
	"<presence xmlns=\"urn:ietf:params:xml:ns:pidf\" entity=\"" \
	"pres:bob@b.example\"><tuple id=\"a\"><status>"             \
	"<basic>open</basic></status></tuple></presence>\n"

static void
start(const char *attrs)
{
	stage_open(&s);
	tester_open(&s, &t, "peer", 9);
	tester_open(&s, &u, "other", 8);
	stage_node(&s, "alice", "ua", "a.example", 3, attrs);
}

static void
stop(void)
{
	CU_ASSERT(stage_run(&s, 100000));
	CU_ASSERT_EQUAL(sim_held(s.w->sim), 0);
	stage_close(&s);
	tester_close(&t);
	tester_close(&u);
}

static int
subscribe(const char *event, const char *expires)
{
	int err = stage_do(&s, "alice", "subscribe", NULL, "target", PEER,
	    "event", event, "expires", expires, NULL);

	stage_run(&s, 15);
	return err;
}

static size_t
steps(const char *to, const char *event)
{
	char a[80], b[80];

	snprintf(a, sizeof(a), "\"to\":\"%s\"", to);
	snprintf(b, sizeof(b), "\"event\":\"%s\"", event);
	return stage_count(&s, "\"machine\":\"subscription\"", a, b);
}

static size_t
asked(void)
{
	return tester_count(&t, "SUBSCRIBE", 0);
}

/* T answers alice's N-th SUBSCRIBE. */
static void
says(size_t n, unsigned status, const char *extra)
{
	tester_answer(
	    &t, tester_find(&t, "SUBSCRIBE", 0, n), status, "p", extra);
	stage_run(&s, 25);
}

/* A NOTIFY of W, with TAG, in answer to the N-th SUBSCRIBE of T's. */
static void
tells_as(struct tester *w, const char *tag, size_t n, unsigned cseq,
    const char *extra)
{
	size_t i = tester_find(&t, "SUBSCRIBE", 0, n);

	tester_say(w, 3,
	    "NOTIFY sip:alice@192.0.2.3 SIP/2.0\n"
	    "Via: SIP/2.0/UDP 192.0.2.%u;branch=z9hG4bKn%s%zu%u\n"
	    "From: <" PEER ">;tag=%s\n"
	    "To: <sip:alice@a.example>;tag=%.*s\n"
	    "Call-ID: %.*s\n"
	    "CSeq: %u NOTIFY\n"
	    "Contact: <sip:tester@192.0.2.%u>\n%s\n",
	    w->addr.ip[3], tag, n, cseq, tag,
	    STR_ARG(msg_tag(msg_value(tester_at(&t, i), MSG_H_FROM))),
	    STR_ARG(msg_value(tester_at(&t, i), MSG_H_CALL_ID)), cseq,
	    w->addr.ip[3], extra);
	stage_run(&s, 25);
}

static void
tells(size_t n, unsigned cseq, const char *extra)
{
	tells_as(&t, "p", n, cseq, extra);
}

/* The last message is the answer to a NOTIFY, with STATUS. */
static bool
gets(const struct tester *w, unsigned status)
{
	const struct msg *m = tester_at((struct tester *)w, w->n - 1);

	if (m->status != status)
		printf("  %u in place of %u\n", m->status, status);
	return m->status == status;
}

/* alice's phone has a subscription with T. */
static void
begins(const char *attrs, const char *expires)
{
	start(attrs);
	CU_ASSERT_EQUAL(subscribe("presence", expires), 0);
	says(0, 200, "Expires: 600\n");
	tells(0, 1, EVENT ACTIVE PIDF DOC);
	CU_ASSERT_EQUAL(steps("active", "NOTIFY active"), 1);
}

static int
verb(const char *name)
{
	int err = stage_do(&s, "alice", name, NAME, NULL);

	stage_run(&s, 15);
	return err;
}

/* ---- the side that subscribes ---- */

static void
first(void)
{
	start("");
	CU_ASSERT_EQUAL(subscribe("presence", "600s"), 0);
	CU_ASSERT_STRING_EQUAL(s.result.object, NAME);
	CU_ASSERT(tester_has(&t, 0, "Event", "presence"));
	CU_ASSERT(tester_has(&t, 0, "Accept", "application/pidf+xml"));
	CU_ASSERT(tester_has(&t, 0, "Expires", "600"));
	CU_ASSERT(tester_has(&t, 0, "Contact", "<sip:alice@192.0.2.3:5060>"));
	CU_ASSERT_EQUAL(verb("refresh"), ERR_STATE);
	says(0, 200, "Expires: 600\n");
	tells(0, 1, EVENT ACTIVE PIDF DOC);
	CU_ASSERT(gets(&t, 200));
	CU_ASSERT_EQUAL(
	    stage_count(&s, KIND("dialog"), "dialog-notify", NULL), 1);
	/* At 9/10 of the time. */
	stage_run(&s, 530000);
	CU_ASSERT_EQUAL(asked(), 1);
	stage_run(&s, 10000);
	CU_ASSERT_EQUAL(asked(), 2);
	CU_ASSERT(tester_has(&t, t.n - 1, "To", "tag=p"));
	CU_ASSERT(tester_has(&t, t.n - 1, "CSeq", "2 SUBSCRIBE"));
	says(1, 200, "Expires: 600\n");
	tells(1, 2, EVENT ACTIVE PIDF DOC);
	CU_ASSERT_EQUAL(verb("refresh"), 0);
	says(2, 200, "Expires: 600\n");
	tells(2, 3, EVENT ACTIVE PIDF DOC);
	CU_ASSERT_EQUAL(verb("unsubscribe"), 0);
	CU_ASSERT(tester_has(&t, t.n - 1, "Expires", "0"));
	CU_ASSERT_EQUAL(verb("refresh"), ERR_STATE);
	says(3, 200, "Expires: 0\n");
	tells(3, 4, EVENT ENDS ";reason=timeout\n" PIDF DOC);
	CU_ASSERT(gets(&t, 200));
	CU_ASSERT_EQUAL(steps("terminated", "NOTIFY terminated"), 1);
	CU_ASSERT_EQUAL(verb("unsubscribe"), ERR_NOTFOUND);
	CU_ASSERT_EQUAL(verb("bye"), ERR_NOTFOUND);
	stop();
}

/* 4.4.1: the NOTIFY is faster than the 200, and is all that counts. */
static void
overtaken(void)
{
	start("");
	subscribe("presence", "600s");
	tells(0, 1, EVENT ACTIVE PIDF DOC);
	CU_ASSERT(gets(&t, 200));
	says(0, 200, "Expires: 600\n");
	stage_run(&s, 40000);
	CU_ASSERT_EQUAL(steps("terminated", "Timer N"), 0);
	/* Given up before anything came, in either order. */
	CU_ASSERT_EQUAL(verb("unsubscribe"), 0);
	CU_ASSERT_EQUAL(asked(), 2);
	says(1, 200, "Expires: 0\n");
	tells(1, 2, EVENT ENDS ";reason=timeout\n" PIDF DOC);
	stop();
	for (size_t i = 0; i < 2; i++) {
		start("");
		subscribe("presence", "600s");
		CU_ASSERT_EQUAL(verb("unsubscribe"), 0);
		CU_ASSERT_EQUAL(asked(), 1);
		if (i == 0)
			says(0, 200, "Expires: 600\n");
		tells(0, 1, EVENT ACTIVE PIDF DOC);
		if (i == 1)
			says(0, 200, "Expires: 600\n");
		CU_ASSERT_EQUAL(asked(), 2);
		CU_ASSERT(tester_has(
		    &t, tester_find(&t, "SUBSCRIBE", 0, 1), "Expires", "0"));
		says(1, 200, "Expires: 0\n");
		tells(1, 2, EVENT ENDS "\n" PIDF DOC);
		stop();
	}
}

/* 4.1.2.4: Timer N; and no answer at all. */
static void
silent(void)
{
	for (size_t i = 0; i < 2; i++) {
		start("");
		subscribe("presence", "600s");
		if (i == 0)
			says(0, 200, "Expires: 600\n");
		stage_run(&s, 32100);
		CU_ASSERT_EQUAL(steps("terminated", "Timer N") +
				    steps("terminated", "timeout"),
		    1);
		tells(0, 1, EVENT ACTIVE PIDF DOC);
		CU_ASSERT(gets(&t, 481));
		stop();
	}
	/* A refresh that brings no NOTIFY; none at all any more. */
	begins("", "600s");
	verb("refresh");
	says(1, 200, "Expires: 600\n");
	stage_run(&s, 32100);
	CU_ASSERT_EQUAL(steps("terminated", "Timer N"), 1);
	stop();
	start("");
	subscribe("presence", "600s");
	says(0, 200, "Expires: 600\n");
	tells(0, 1, EVENT "Subscription-State: active;expires=0\n" PIDF DOC);
	stage_run(&s, 31000);
	CU_ASSERT_EQUAL(asked(), 1);
	stage_run(&s, 2000);
	CU_ASSERT_EQUAL(steps("terminated", "Timer expire"), 1);
	stop();
}

/* 4.4.3: a single look. */
static void
fetch(void)
{
	start("");
	CU_ASSERT_EQUAL(subscribe("presence", "0s"), 0);
	CU_ASSERT(tester_has(&t, 0, "Expires", "0"));
	says(0, 200, "Expires: 0\n");
	tells(0, 1, EVENT ENDS ";reason=timeout\n" PIDF DOC);
	CU_ASSERT_EQUAL(steps("terminated", "NOTIFY terminated"), 1);
	stage_run(&s, 120000);
	CU_ASSERT_EQUAL(asked(), 1);
	stop();
	/* A notifier that goes on is not asked for more. */
	start("");
	subscribe("presence", "0s");
	says(0, 200, "Expires: 0\n");
	tells(0, 1, EVENT "Subscription-State: active;expires=5\n" PIDF DOC);
	stage_run(&s, 40000);
	CU_ASSERT_EQUAL(asked(), 1);
	CU_ASSERT_EQUAL(steps("terminated", "Timer expire"), 1);
	stop();
}

/* 4.1.3: what the reason makes of it. */
static void
reasons(void)
{
	static const struct {
		const char *params;
		int64_t after_ms; /* asked again; -1: not */
	} rows[] = {
		{ ";reason=deactivated", 0 },
		{ ";reason=timeout", 0 },
		{ ";reason=probation", 60000 },
		{ ";reason=probation;retry-after=7", 7000 },
		{ ";reason=giveup", 60000 },
		{ ";reason=giveup;retry-after=9", 9000 },
		{ ";reason=rejected", -1 },
		{ ";reason=noresource;retry-after=1", -1 },
		{ ";reason=invariant", -1 },
		{ ";reason=weather;retry-after=3", 3000 },
		{ "", 60000 },
	};

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		char text[500], id[2][80];
		size_t n;

		begins("", "600s");
		snprintf(text, sizeof(text), EVENT ENDS "%s\n" PIDF DOC,
		    rows[i].params);
		tells(0, 2, text);
		CU_ASSERT(tester_find(&t, "NOTIFY", 200, 1) < TESTER_GOT);
		if (rows[i].after_ms > 100) {
			stage_run(&s, rows[i].after_ms - 100);
			CU_ASSERT_EQUAL(asked(), 1);
		}
		stage_run(&s, 120);
		n = asked();
		CU_ASSERT_EQUAL(n, rows[i].after_ms < 0 ? 1 : 2);
		if (n == 2) {
			for (size_t k = 0; k < 2; k++)
				snprintf(id[k], 80, "%.*s",
				    STR_ARG(msg_value(
					tester_at(&t,
					    tester_find(&t, "SUBSCRIBE", 0, k)),
					MSG_H_CALL_ID)));
			CU_ASSERT_STRING_NOT_EQUAL(id[0], id[1]);
			says(1, 200, "Expires: 600\n");
			tells(1, 1, EVENT ACTIVE PIDF DOC);
			CU_ASSERT(gets(&t, 200));
			/* It has its name still, and does not turn round. */
			tells(1, 2, EVENT ENDS ";reason=deactivated\n");
			CU_ASSERT_EQUAL(asked(), 2);
			CU_ASSERT_EQUAL(verb("unsubscribe"), 0);
		}
		stop();
	}
}

/* What refuses the first SUBSCRIBE. */
static void
refused(void)
{
	static const unsigned statuses[] = { 403, 404, 406, 481, 489, 500,
		603 };

	for (size_t i = 0; i < sizeof(statuses) / sizeof(statuses[0]); i++) {
		start("");
		subscribe("presence", "600s");
		says(0, statuses[i], "");
		CU_ASSERT_EQUAL(steps("terminated", "300-699"), 1);
		tells(0, 1, EVENT ACTIVE PIDF DOC);
		CU_ASSERT(gets(&t, 481));
		stop();
	}
	/* 423: once more with what is wanted, if that is more. */
	start("");
	subscribe("presence", "60s");
	says(0, 423, "Min-Expires: 300\n");
	CU_ASSERT_EQUAL(asked(), 2);
	CU_ASSERT(tester_has(
	    &t, tester_find(&t, "SUBSCRIBE", 0, 1), "Expires", "300"));
	CU_ASSERT(tester_has(
	    &t, tester_find(&t, "SUBSCRIBE", 0, 1), "CSeq", "2 SUBSCRIBE"));
	says(1, 423, "Min-Expires: 300\n");
	CU_ASSERT_EQUAL(steps("terminated", "300-699"), 1);
	stop();
	/* Who always wants more is not heard for ever. */
	start("");
	subscribe("presence", "60s");
	for (unsigned i = 0; i < 20 && asked() == i + 1; i++) {
		char more[40];

		snprintf(more, sizeof(more), "Min-Expires: %u\n", 61 + i);
		says(i, 423, more);
	}
	CU_ASSERT_EQUAL(asked(), 5);
	CU_ASSERT_EQUAL(steps("terminated", "300-699"), 1);
	stop();
}

/* RFC 6665 4.1.2.2, RFC 5057 5.1: what refuses a refresh. */
static void
refresh_refused(void)
{
	static const struct {
		unsigned status;
		bool ends;
	} rows[] = {
		{ 403, false },
		{ 404, true },
		{ 405, true },
		{ 408, true },
		{ 481, true },
		{ 489, true },
		{ 500, false },
		{ 503, false },
		{ 604, true },
	};

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		begins("", "600s");
		verb("refresh");
		says(1, rows[i].status, "");
		CU_ASSERT_EQUAL(steps("terminated", "300-699"), rows[i].ends);
		/* What stands lasts for as long as was said before. */
		stage_run(&s, 50000);
		tells(0, 2, EVENT ACTIVE PIDF DOC);
		if (!gets(&t, rows[i].ends ? 481 : 200))
			CU_FAIL("another status");
		stop();
	}
	begins("", "600s");
	verb("refresh");
	stage_run(&s, 33000);
	CU_ASSERT_EQUAL(
	    steps("terminated", "Timer N") + steps("terminated", "timeout"), 1);
	stop();
}

/* 4.1.4, 5.4.9: two branches answer. */
static void
forked(void)
{
	for (size_t i = 0; i < 2; i++) {
		bool several = i == 0;
		const char *news =
		    several ? EVENT ACTIVE PIDF DOC : "Event: reg\n" ACTIVE;

		start("");
		subscribe(several ? "presence" : "reg", "600s");
		says(0, 200, "Expires: 600\n");
		tells(0, 1, news);
		CU_ASSERT(gets(&t, 200));
		tells_as(&u, "q", 0, 1, news);
		CU_ASSERT(gets(&u, several ? 200 : 481));
		if (several) {
			tells_as(
			    &u, "q", 0, 2, EVENT ENDS ";reason=deactivated\n");
			CU_ASSERT(gets(&u, 200));
			CU_ASSERT_EQUAL(asked(), 1);
		}
		tells(0, 2, news);
		CU_ASSERT(gets(&t, 200));
		stop();
	}
}

static void
bad_news(void)
{
	static const struct {
		const char *text;
		unsigned status;
		const char *name, *value;
	} rows[] = {
		{ "Event: weather\n" ACTIVE PIDF DOC, 489, "Allow-Events",
		    "refer" },
		{ "Event: dialog\n" ACTIVE, 481, NULL, NULL },
		{ "Event: presence;id=7\n" ACTIVE PIDF DOC, 481, NULL, NULL },
		{ ACTIVE PIDF DOC, 400, NULL, NULL },
		{ EVENT PIDF DOC, 400, NULL, NULL },
		{ EVENT ACTIVE "Content-Type: text/plain\n\nopen", 415,
		    "Accept", "application/pidf+xml" },
		{ EVENT ACTIVE "\nopen", 415, "Accept",
		    "application/pidf+xml" },
	};

	begins("", "600s");
	for (unsigned i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		tells(0, 10 + i, rows[i].text);
		if (!gets(&t, rows[i].status))
			CU_FAIL("another status");
		if (rows[i].name != NULL)
			CU_ASSERT(tester_has(
			    &t, t.n - 1, rows[i].name, rows[i].value));
	}
	/* 12.2.2: an old number. */
	tells(0, 2, EVENT ACTIVE PIDF DOC);
	CU_ASSERT(gets(&t, 500));
	tells(0, 40, EVENT PENDING PIDF DOC);
	CU_ASSERT(gets(&t, 200));
	tells(0, 41, EVENT "Subscription-State: active;expires=9999999999\n");
	CU_ASSERT(gets(&t, 200));
	tells(0, 42, EVENT "Subscription-State: weather\n");
	CU_ASSERT(gets(&t, 200));
	/* 4.4.1: its Contact is the target from now on. */
	tells_as(&u, "p", 0, 43, EVENT ACTIVE);
	CU_ASSERT(gets(&u, 200));
	verb("refresh");
	CU_ASSERT_EQUAL(tester_count(&u, "SUBSCRIBE", 0), 1);
	CU_ASSERT(str_is(tester_at(&u, u.n - 1)->uri, "sip:tester@192.0.2.8"));
	stop();
	/* 4.3: the proxies of the NOTIFY are the route. */
	start("");
	subscribe("presence", "600s");
	tells(0, 2, "Record-Route: <sip:192.0.2.8;lr>\n" EVENT ACTIVE PIDF DOC);
	CU_ASSERT(gets(&t, 200));
	CU_ASSERT(
	    tester_has(&t, t.n - 1, "Record-Route", "<sip:192.0.2.8;lr>"));
	says(0, 200, "Expires: 600\nRecord-Route: <sip:192.0.2.9;lr>\n");
	verb("refresh");
	CU_ASSERT(tester_has(&u, u.n - 1, "Route", "<sip:192.0.2.8;lr>"));
	stop();
}

static void
challenged(void)
{
	static const char *const ask =
	    "WWW-Authenticate: Digest realm=\"r\", nonce=\"n\"\n";

	start("password=zanzibar accounts=alice:zanzibar@r");
	subscribe("presence", "600s");
	says(0, 401, ask);
	CU_ASSERT_EQUAL(asked(), 2);
	CU_ASSERT(tester_has(&t, t.n - 1, "Authorization", "realm=\"r\""));
	CU_ASSERT(tester_has(&t, t.n - 1, "CSeq", "2 SUBSCRIBE"));
	says(1, 200, "Expires: 600\n");
	tells(1, 1, EVENT ACTIVE PIDF DOC);
	CU_ASSERT(gets(&t, 200));
	verb("refresh");
	CU_ASSERT(tester_has(&t, t.n - 1, "CSeq", "3 SUBSCRIBE"));
	says(2, 401, ask);
	stop();
}

static void
verbs(void)
{
	start("");
	CU_ASSERT_EQUAL(subscribe("weather", "60s"), ERR_NOTFOUND);
	CU_ASSERT_EQUAL(subscribe("refer", "60s"), ERR_NOTFOUND);
	CU_ASSERT_EQUAL(subscribe("presence", "soon"), ERR_SYNTAX);
	CU_ASSERT_EQUAL(stage_do(&s, "alice", "subscribe", NULL, "target", PEER,
			    "id", "a b", NULL),
	    ERR_SYNTAX);
	CU_ASSERT_EQUAL(stage_do(&s, "alice", "subscribe", NULL, "target",
			    "sip:x@nowhere.example", NULL),
	    0);
	stage_run(&s, 15);
	CU_ASSERT_EQUAL(asked(), 0);
	CU_ASSERT_EQUAL(stage_do(&s, "alice", "subscribe", NULL, "target", PEER,
			    "id", "17", NULL),
	    0);
	stage_run(&s, 15);
	CU_ASSERT(tester_has(&t, 0, "Event", "presence;id=17"));
	CU_ASSERT(tester_has(&t, 0, "Expires", "3600"));
	tells(0, 1, EVENT ACTIVE PIDF DOC);
	CU_ASSERT(gets(&t, 481));
	tells(0, 2, "Event: presence;id=17\n" ACTIVE PIDF DOC);
	CU_ASSERT(gets(&t, 200));
	node_crash(world_find(s.w, "alice"));
	tells(0, 3, "Event: presence;id=17\n" ACTIVE PIDF DOC);
	stop();
}

CHECK_MAIN("subscribe", { "first", first }, { "overtaken", overtaken },
    { "silent", silent }, { "fetch", fetch }, { "reasons", reasons },
    { "refused", refused }, { "refresh refused", refresh_refused },
    { "forked", forked }, { "bad news", bad_news },
    { "challenged", challenged }, { "verbs", verbs }, )
