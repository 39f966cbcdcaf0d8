/*
 * The presence agent: RFC 3903 6, RFC 3856, RFC 6665 4.2; and phones that
 * publish, RFC 3903 4.  The tester is whoever is on the other side.
 */
#include "roles/presence/presence_in.h"
#include "fixtures/stage.h"

static struct stage s;
static struct tester t;

#define BOB   "sip:bob@b.example"
#define EVENT "Event: presence\n"
#define PIDF  "Content-Type: application/pidf+xml\n\n"
#define DOC(id, basic)                                              \
	"<presence xmlns=\"urn:ietf:params:xml:ns:pidf\" entity=\"" \
	"pres:bob@b.example\"><tuple id=\"" id "\"><status>"        \
	"<basic>" basic "</basic></status></tuple></presence>"

static void
start(const char *attrs)
{
	stage_open(&s);
	tester_open(&s, &t, "peer", 9);
	stage_node(&s, "pa", "presence", "b.example", 3, attrs);
}

static void
stop(void)
{
	CU_ASSERT(stage_run(&s, 100000));
	CU_ASSERT_EQUAL(sim_held(s.w->sim), 0);
	stage_close(&s);
	tester_close(&t);
}

static unsigned number;

/* A PUBLISH with EXTRA; the status of its answer, which is the last message but
 * for NOTIFYs. */
static unsigned
publishes(const char *extra)
{
	char id[20];
	size_t n = t.n;

	snprintf(id, sizeof(id), "p%u", ++number);
	tester_ask(&t, 3, "PUBLISH", BOB, "<" BOB ">", id, 1, id, extra);
	stage_run(&s, 25);
	for (size_t i = n; i < t.n; i++)
		if (!tester_at(&t, i)->request)
			return tester_status(&t, i);
	return 0;
}

/* The entity tag in the last 200 to PUBLISH. */
static const char *
tag(void)
{
	static char text[80];
	size_t n = tester_count(&t, "PUBLISH", 200);

	snprintf(text, sizeof(text), "%.*s",
	    STR_ARG(
		msg_value(tester_at(&t, tester_find(&t, "PUBLISH", 200, n - 1)),
		    MSG_H_SIP_ETAG)));
	return text;
}

/* The same with the tag of before. */
static unsigned
publishes_again(const char *extra)
{
	char text[600];

	snprintf(text, sizeof(text), "SIP-If-Match: %s\n%s", tag(), extra);
	return publishes(text);
}

static unsigned
subscribes(const char *id, unsigned cseq, const char *to, const char *extra)
{
	char branch[40];
	size_t n = t.n;

	snprintf(branch, sizeof(branch), "s%s%u", id, cseq);
	tester_ask(&t, 3, "SUBSCRIBE",
	    to == NULL ? BOB : "sip:pa@192.0.2.3:5060",
	    to == NULL ? "<" BOB ">" : to, id, cseq, branch, extra);
	stage_run(&s, 25);
	for (size_t i = n; i < t.n; i++)
		if (!tester_at(&t, i)->request)
			return tester_status(&t, i);
	return 0;
}

/* The N-th NOTIFY says STATE, and TEXT in its body. */
static bool
told(size_t n, const char *state, const char *text)
{
	size_t i = tester_find(&t, "NOTIFY", 0, n);

	return i < TESTER_GOT &&
	       tester_has(&t, i, "Subscription-State", state) &&
	       (text == NULL ? tester_at(&t, i)->body.n == 0
			     : str_find(tester_at(&t, i)->body, text) >= 0);
}

static void
answers(size_t n, unsigned status)
{
	tester_answer(&t, tester_find(&t, "NOTIFY", 0, n), status, "", "");
	stage_run(&s, 25);
}

static size_t
notified(void)
{
	return tester_count(&t, "NOTIFY", 0);
}

/* ---- the compositor ---- */

static void
judged(void)
{
	static const struct {
		const char *extra;
		unsigned status;
		const char *name, *value;
	} rows[] = {
		{ EVENT PIDF DOC("a", "open"), 200, "Expires", "3600" },
		{ EVENT "Expires: 0\n" PIDF DOC("a", "open"), 200, "Expires",
		    "0" },
		{ EVENT "Expires: 60\n" PIDF DOC("a", "open"), 200, "Expires",
		    "60" },
		{ EVENT "Expires: 4294967295\n" PIDF DOC("a", "open"), 200,
		    "Expires", "86400" },
		{ PIDF DOC("a", "open"), 489, "Allow-Events", "presence" },
		{ "Event: weather\n" PIDF DOC("a", "open"), 489, "Allow-Events",
		    "presence" },
		{ "Event: dialog\n" PIDF DOC("a", "open"), 489, NULL, NULL },
		{ EVENT "SIP-If-Match: x\n" PIDF DOC("a", "open"), 412, NULL,
		    NULL },
		{ EVENT "SIP-If-Match: \n" PIDF DOC("a", "open"), 412, NULL,
		    NULL },
		{ EVENT "Expires: 59\n" PIDF DOC("a", "open"), 423,
		    "Min-Expires", "60" },
		{ EVENT "Expires: soon\n" PIDF DOC("a", "open"), 400, NULL,
		    NULL },
		{ EVENT "Content-Type: text/plain\n\nopen", 415, "Accept",
		    "application/pidf+xml" },
		{ EVENT "\nopen", 415, NULL, NULL },
		{ EVENT "Content-Encoding: gzip\n" PIDF DOC("a", "open"), 415,
		    NULL, NULL },
		{ EVENT, 400, NULL, NULL },
		{ EVENT PIDF "open", 400, NULL, NULL },
		{ EVENT PIDF DOC("a", "away"), 400, NULL, NULL },
		{ EVENT PIDF DOC("", "open"), 400, NULL, NULL },
		{ EVENT "Require: weather\n" PIDF DOC("a", "open"), 420, NULL,
		    NULL },
	};

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		unsigned status;

		start("");
		status = publishes(rows[i].extra);
		if (status != rows[i].status) {
			printf("  row %zu: %u\n", i, status);
			CU_FAIL("another status");
		}
		if (rows[i].name != NULL)
			CU_ASSERT(tester_has(
			    &t, t.n - 1, rows[i].name, rows[i].value));
		stop();
	}
}

static void
kept(void)
{
	char old[80];

	start("");
	CU_ASSERT_EQUAL(publishes(EVENT PIDF DOC("a", "open")), 200);
	snprintf(old, sizeof(old), "%s", tag());
	/* 4.3: the same state for longer, under another tag. */
	CU_ASSERT_EQUAL(publishes_again(EVENT "Expires: 600\n"), 200);
	CU_ASSERT_STRING_NOT_EQUAL(old, tag());
	/* 4.4 */
	CU_ASSERT_EQUAL(publishes_again(EVENT PIDF DOC("a", "closed")), 200);
	CU_ASSERT_EQUAL(
	    subscribes("w", 1, NULL, EVENT "Expires: 0\n" CONTACT(9)), 200);
	CU_ASSERT(told(0, "terminated;reason=timeout", "closed"));
	answers(0, 200);
	/* 4.5 */
	CU_ASSERT_EQUAL(publishes_again(EVENT "Expires: 0\n"), 200);
	CU_ASSERT_EQUAL(publishes_again(EVENT "Expires: 600\n"), 412);
	CU_ASSERT_EQUAL(
	    subscribes("v", 1, NULL, EVENT "Expires: 0\n" CONTACT(9)), 200);
	CU_ASSERT(told(1, "terminated", "<presence"));
	CU_ASSERT(!told(1, "terminated", "<tuple"));
	answers(1, 200);
	stop();
	/* RFC 3863 4.1.2: no two tuples of a document have one id, whatever
	 * they are called where they come from. */
	start("");
	CU_ASSERT_EQUAL(publishes(EVENT PIDF DOC("a", "open")), 200);
	CU_ASSERT_EQUAL(publishes(EVENT PIDF DOC("a-3", "open")), 200);
	CU_ASSERT_EQUAL(publishes(EVENT PIDF DOC("a", "open")), 200);
	CU_ASSERT_EQUAL(
	    subscribes("w", 1, NULL, EVENT "Expires: 0\n" CONTACT(9)), 200);
	CU_ASSERT(told(0, "terminated", "<tuple id=\"a\">"));
	CU_ASSERT(told(0, "terminated", "<tuple id=\"a-3\">"));
	CU_ASSERT(told(0, "terminated", "<tuple id=\"a-4\">"));
	answers(0, 200);
	stop();
	/* Another user's tag is none. */
	start("");
	CU_ASSERT_EQUAL(publishes(EVENT PIDF DOC("a", "open")), 200);
	snprintf(old, sizeof(old), "SIP-If-Match: %s\n" EVENT "Expires: 600\n",
	    tag());
	tester_ask(&t, 3, "PUBLISH", "sip:carol@b.example", "<" BOB ">", "x", 1,
	    "x", old);
	stage_run(&s, 25);
	CU_ASSERT_EQUAL(tester_count(&t, "PUBLISH", 412), 1);
	tester_ask(&t, 3, "PUBLISH", "sip:carol@c.example", "<" BOB ">", "y", 1,
	    "y", EVENT PIDF DOC("a", "open"));
	stage_run(&s, 25);
	CU_ASSERT_EQUAL(tester_count(&t, "PUBLISH", 404), 1);
	stop();
	/* As many as it keeps of one user. */
	start("");
	for (size_t i = 0; i < PRESENCE_PUBLICATIONS; i++)
		CU_ASSERT_EQUAL(publishes(EVENT PIDF DOC("a", "open")), 200);
	CU_ASSERT_EQUAL(publishes(EVENT PIDF DOC("a", "open")), 503);
	stop();
}

/* ---- the notifier ---- */

static void
watched(void)
{
	char to[120], t2[80];

	start("");
	CU_ASSERT_EQUAL(
	    subscribes("w", 1, NULL, EVENT "Expires: 600\n" CONTACT(9)), 200);
	CU_ASSERT(tester_has(
	    &t, tester_find(&t, "SUBSCRIBE", 200, 0), "Expires", "600"));
	CU_ASSERT(told(0, "active;expires=600", "<presence"));
	CU_ASSERT(tester_has(&t, tester_find(&t, "NOTIFY", 0, 0), "Contact",
	    "<sip:pa@192.0.2.3:5060>"));
	CU_ASSERT_EQUAL(notified(), 1);
	/* 4.2.2: changes that come before the answer are told of once. */
	publishes(EVENT PIDF DOC("a", "open"));
	publishes(EVENT PIDF DOC("a", "closed"));
	CU_ASSERT_EQUAL(notified(), 1);
	answers(0, 200);
	CU_ASSERT_EQUAL(notified(), 2);
	CU_ASSERT(told(1, "active", "id=\"a\""));
	CU_ASSERT(told(1, "active", "id=\"a-2\""));
	CU_ASSERT(told(1, "active", "closed"));
	answers(1, 200);
	/* A refresh of the state is no change. */
	publishes_again(EVENT "Expires: 60\n");
	CU_ASSERT_EQUAL(notified(), 2);
	stage_run(&s, 60000);
	CU_ASSERT_EQUAL(notified(), 3);
	CU_ASSERT(!told(2, "active", "closed"));
	answers(2, 200);
	/* 4.2.1.4: refreshed, then ended, in its dialog. */
	snprintf(to, sizeof(to), "<" BOB ">;tag=%s",
	    tester_tag(&t, tester_find(&t, "NOTIFY", 0, 0), MSG_H_FROM, t2));
	CU_ASSERT_EQUAL(
	    subscribes("w", 2, to, EVENT "Expires: 59\n" CONTACT(9)), 423);
	CU_ASSERT_EQUAL(
	    subscribes("w", 3, to, EVENT "Expires: 90\n" CONTACT(9)), 200);
	CU_ASSERT(told(3, "active;expires=90", "open"));
	answers(3, 200);
	CU_ASSERT_EQUAL(
	    subscribes("w", 3, to, EVENT "Expires: 90\n" CONTACT(9)), 200);
	CU_ASSERT_EQUAL(notified(), 4); /* the transaction's business */
	/* 12.2.2, RFC 5057 5.6 */
	tester_ask(&t, 3, "SUBSCRIBE", "sip:pa@192.0.2.3:5060", to, "w", 2,
	    "old", EVENT CONTACT(9));
	stage_run(&s, 25);
	CU_ASSERT_EQUAL(tester_count(&t, "SUBSCRIBE", 500), 1);
	CU_ASSERT_EQUAL(
	    subscribes("w", 4, to, "Event: presence;id=2\n" CONTACT(9)), 603);
	CU_ASSERT_EQUAL(
	    subscribes("w", 5, to, "Event: weather\n" CONTACT(9)), 489);
	CU_ASSERT_EQUAL(
	    subscribes("w", 6, to, EVENT "Expires: 0\n" CONTACT(9)), 200);
	CU_ASSERT(told(4, "terminated;reason=timeout", "open"));
	answers(4, 200);
	CU_ASSERT_EQUAL(subscribes("w", 7, to, EVENT CONTACT(9)), 481);
	stop();
	/* Nobody refreshes it. */
	start("");
	subscribes("w", 1, NULL, EVENT "Expires: 60\n" CONTACT(9));
	answers(0, 200);
	stage_run(&s, 60000);
	CU_ASSERT(told(1, "terminated;reason=timeout", "<presence"));
	answers(1, 200);
	stop();
}

/* What ends a subscription: RFC 6665 4.2.2, RFC 5057 5.1. */
static void
unheard(void)
{
	static const struct {
		unsigned status; /* of the first NOTIFY; 0: none */
		bool ends;
	} rows[] = {
		{ 200, false },
		{ 403, false },
		{ 404, true },
		{ 481, true },
		{ 489, true },
		{ 500, false },
		{ 0, true },
	};

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		size_t before;

		start("");
		subscribes("w", 1, NULL, EVENT "Expires: 600\n" CONTACT(9));
		if (rows[i].status != 0)
			answers(0, rows[i].status);
		else
			stage_run(&s, 33000);
		before = notified();
		publishes(EVENT PIDF DOC("a", "open"));
		if (notified() != before + !rows[i].ends) {
			printf("  after %u\n", rows[i].status);
			CU_FAIL("told, or not");
		}
		stop();
	}
}

static void
subscribed_badly(void)
{
	static const struct {
		const char *attrs, *extra;
		unsigned status;
		const char *name, *value;
	} rows[] = {
		{ "", "Event: weather\n" CONTACT(9), 489, "Allow-Events",
		    "presence" },
		{ "", CONTACT(9), 400, NULL, NULL },
		{ "", EVENT, 400, NULL, NULL },
		{ "", EVENT "Contact: *\n", 400, NULL, NULL },
		{ "", EVENT "Expires: x\n" CONTACT(9), 400, NULL, NULL },
		{ "", EVENT "Expires: 1\n" CONTACT(9), 423, "Min-Expires",
		    "60" },
		{ "min_expires=5min", EVENT "Expires: 299\n" CONTACT(9), 423,
		    "Min-Expires", "300" },
		{ "", EVENT "Accept: text/plain\n" CONTACT(9), 406, NULL,
		    NULL },
		{ "watchers=refuse", EVENT CONTACT(9), 403, NULL, NULL },
		{ "blocked=sip:tester@t.example", EVENT CONTACT(9), 403, NULL,
		    NULL },
		{ "watchers=refuse admitted=tester@t.example", EVENT CONTACT(9),
		    200, "Expires", "3600" },
		{ "", EVENT "Accept: text/plain, */*\n" CONTACT(9), 200, NULL,
		    NULL },
		{ "auth=all", EVENT CONTACT(9), 401, NULL, NULL },
	};

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		unsigned status;

		start(rows[i].attrs);
		status = subscribes("w", 1, NULL, rows[i].extra);
		if (status != rows[i].status) {
			printf("  row %zu: %u\n", i, status);
			CU_FAIL("another status");
		}
		if (rows[i].name != NULL)
			CU_ASSERT(tester_has(&t,
			    tester_find(&t, "SUBSCRIBE", status, 0),
			    rows[i].name, rows[i].value));
		CU_ASSERT_EQUAL(notified(), status == 200);
		if (status == 200)
			answers(0, 481);
		stop();
	}
}

/* RFC 3856 6.6.2: somebody decides. */
static void
decided(void)
{
	for (size_t i = 0; i < 2; i++) {
		start("watchers=confirm");
		publishes(EVENT PIDF DOC("a", "open"));
		CU_ASSERT_EQUAL(
		    subscribes("w", 1, NULL, EVENT "Expires: 600\n" CONTACT(9)),
		    200);
		CU_ASSERT(told(0, "pending;expires=600", NULL));
		answers(0, 200);
		publishes(EVENT PIDF DOC("b", "open"));
		CU_ASSERT(told(1, "pending", NULL));
		answers(1, 200);
		CU_ASSERT_EQUAL(
		    stage_do(&s, "pa", i == 0 ? "admit" : "block", NULL,
			"watcher", "sip:tester@t.example", NULL),
		    0);
		stage_run(&s, 15);
		CU_ASSERT(i == 0 ? told(2, "active", "open")
				 : told(2, "terminated;reason=rejected", NULL));
		answers(2, 200);
		CU_ASSERT_EQUAL(
		    subscribes("v", 1, NULL, EVENT "Expires: 600\n" CONTACT(9)),
		    i == 0 ? 200 : 403);
		if (i == 0)
			answers(3, 481);
		stop();
	}
	/* Once more changes nothing. */
	start("");
	for (size_t i = 0; i < 3; i++)
		CU_ASSERT_EQUAL(stage_do(&s, "pa", "block", NULL, "watcher",
				    "sip:tester@t.example", NULL),
		    0);
	CU_ASSERT_STRING_EQUAL(node_attr(world_find(s.w, "pa"), "blocked", ""),
	    " sip:tester@t.example");
	stop();
	start("");
	CU_ASSERT_EQUAL(stage_do(&s, "pa", "admit", NULL, NULL), ERR_SYNTAX);
	subscribes("w", 1, NULL, EVENT "Expires: 600\n" CONTACT(9));
	node_crash(world_find(s.w, "pa"));
	stop();
}

/* RFC 3856 6.6.1: eve says that she is bob, but has only her own password. */
static void
impersonated(void)
{
	static const struct {
		const char *attrs, *status;
	} rows[] = { { "auth=all blocked=eve", "\"start\":403" },
		{ "auth=all blocked=bob", "\"start\":200" } };

	for (size_t i = 0; i < 2; i++) {
		start(rows[i].attrs);
		CU_ASSERT_EQUAL(
		    world_add_domain(s.w, "b.example", world_find(s.w, "pa")),
		    0);
		stage_node(&s, "eve", "ua", "b.example", 4,
		    "aor=" BOB " accounts=eve:secret");
		CU_ASSERT_EQUAL(stage_do(&s, "eve", "subscribe", NULL, "target",
				    "carol", NULL),
		    0);
		stage_run(&s, 200);
		CU_ASSERT_EQUAL(
		    stage_count(&s, NODE("pa"), rows[i].status, NULL), 1);
		stage_do(&s, "eve", "crash", NULL, NULL);
		stop();
	}
}

/* ---- a phone that publishes ---- */

static void
phone(const char *attrs)
{
	stage_open(&s);
	tester_open(&s, &t, "peer", 9);
	stage_node(&s, "bob", "ua", "b.example", 3, attrs);
	CU_ASSERT_EQUAL(world_add_domain(s.w, "b.example", t.node), 0);
}

static int
does(const char *verb, const char *key, const char *value)
{
	int err = stage_do(&s, "bob", verb, NULL, key, value, NULL);

	stage_run(&s, 15);
	return err;
}

/* The phone's N-th PUBLISH is answered. */
static size_t
says(size_t n, unsigned status, const char *extra)
{
	size_t i = tester_find(&t, "PUBLISH", 0, n);

	tester_answer(&t, i, status, "p", extra);
	stage_run(&s, 25);
	return i;
}

#define GRANT(tag) "SIP-ETag: " tag "\nExpires: 100\n"

static bool
is_state(const char *to)
{
	char text[80];

	snprintf(text, sizeof(text), "\"to\":\"%s\"", to);
	return stage_count(&s, "\"machine\":\"publication\"", text, NULL) > 0;
}

static void
published(void)
{
	size_t i;

	phone("");
	CU_ASSERT_EQUAL(does("publish", "status", "away"), ERR_SYNTAX);
	CU_ASSERT_EQUAL(does("publish", "expires", "0s"), ERR_SYNTAX);
	CU_ASSERT_EQUAL(does("publish", "note", "a\nb"), ERR_SYNTAX);
	CU_ASSERT_EQUAL(does("unpublish", NULL, NULL), ERR_STATE);
	CU_ASSERT_EQUAL(does("publish", "note", "a < b"), 0);
	/* One at a time. */
	CU_ASSERT_EQUAL(does("publish", "status", "closed"), 0);
	CU_ASSERT_EQUAL(tester_count(&t, "PUBLISH", 0), 1);
	i = says(0, 200, GRANT("t1"));
	CU_ASSERT(tester_has(&t, i, "Event", "presence"));
	CU_ASSERT(!tester_has(&t, i, "Contact", ""));
	CU_ASSERT(tester_has(&t, i, "Expires", "3600"));
	CU_ASSERT(!tester_has(&t, i, "SIP-If-Match", ""));
	CU_ASSERT(str_is(tester_at(&t, i)->uri, "sip:bob@b.example"));
	CU_ASSERT(str_find(tester_at(&t, i)->body, "<basic>open<") > 0);
	CU_ASSERT(str_find(tester_at(&t, i)->body, "a &lt; b") > 0);
	i = says(1, 200, GRANT("t2"));
	CU_ASSERT(tester_has(&t, i, "SIP-If-Match", "t1"));
	CU_ASSERT(str_find(tester_at(&t, i)->body, "<basic>closed<") > 0);
	/* 4.3 */
	stage_run(&s, 90000);
	i = says(2, 200, GRANT("t3"));
	CU_ASSERT(tester_has(&t, i, "SIP-If-Match", "t2"));
	CU_ASSERT_EQUAL(tester_at(&t, i)->body.n, 0);
	CU_ASSERT_EQUAL(does("unpublish", NULL, NULL), 0);
	i = says(3, 200, "SIP-ETag: t4\nExpires: 0\n");
	CU_ASSERT(tester_has(&t, i, "SIP-If-Match", "t3"));
	CU_ASSERT(tester_has(&t, i, "Expires", "0"));
	CU_ASSERT(is_state("unpublished"));
	CU_ASSERT_EQUAL(does("unpublish", NULL, NULL), ERR_STATE);
	stop();
}

static void
publish_refused(void)
{
	size_t i;

	/* 4.1: 412, anew; 423, for longer. */
	phone("");
	does("publish", "expires", "60s");
	i = says(0, 423, "Min-Expires: 300\n");
	CU_ASSERT(tester_has(&t, i, "Expires", "60"));
	i = says(1, 200, GRANT("t1"));
	CU_ASSERT(tester_has(&t, i, "Expires", "300"));
	stage_run(&s, 90000);
	i = says(2, 412, "");
	CU_ASSERT(tester_has(&t, i, "SIP-If-Match", "t1"));
	i = says(3, 412, "");
	CU_ASSERT(!tester_has(&t, i, "SIP-If-Match", ""));
	CU_ASSERT(str_find(tester_at(&t, i)->body, "<basic>open<") > 0);
	CU_ASSERT(is_state("failed"));
	CU_ASSERT_EQUAL(tester_count(&t, "PUBLISH", 0), 4);
	/* It may be tried once more. */
	CU_ASSERT_EQUAL(does("publish", "status", "open"), 0);
	says(4, 200, "Expires: 100\n"); /* without a tag */
	stage_run(&s, 120000);
	CU_ASSERT_EQUAL(tester_count(&t, "PUBLISH", 0), 5);
	CU_ASSERT_EQUAL(does("unpublish", NULL, NULL), ERR_STATE);
	stop();
	/* Who always wants more is not heard for ever. */
	phone("");
	does("publish", "expires", "60s");
	for (i = 0; i < 20 && tester_count(&t, "PUBLISH", 0) == i + 1; i++) {
		char more[40];

		snprintf(more, sizeof(more), "Min-Expires: %zu\n", 61 + i);
		says(i, 423, more);
	}
	CU_ASSERT_EQUAL(tester_count(&t, "PUBLISH", 0), 5);
	CU_ASSERT(is_state("failed"));
	stop();
	/* Nobody answers; or the phone crashes in between. */
	for (i = 0; i < 2; i++) {
		phone("publish=closed");
		stage_run(&s, 1100);
		CU_ASSERT_EQUAL(tester_count(&t, "PUBLISH", 0), 1);
		if (i == 0)
			stage_run(&s, 33000);
		else
			node_crash(world_find(s.w, "bob"));
		CU_ASSERT_EQUAL(is_state("failed"), i == 0);
		stop();
	}
}

/* Where no server keeps presence a PUBLISH would come back to the phone. */
static void
nowhere(void)
{
	static const struct {
		const char *roles, *domain, *attrs;
		int err;
	} rows[] = {
		{ NULL, NULL, "", ERR_STATE },
		{ NULL, NULL, "presence=self", 0 },
		{ "proxy registrar location", "b.example", "", ERR_STATE },
		{ "proxy registrar location presence", "b.example", "", 0 },
		{ "presence", "b.example", "", 0 },
		{ "proxy registrar location presence", "c.example", "",
		    ERR_STATE },
	};

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		const char *roles = rows[i].roles;

		stage_open(&s);
		tester_open(&s, &t, "peer", 9);
		stage_node(&s, "bob", "ua", roles != NULL ? "b.example" : "", 3,
		    rows[i].attrs);
		if (roles != NULL)
			stage_node(&s, "px", roles, rows[i].domain, 4, "");
		if (roles != NULL)
			world_add_domain(
			    s.w, "b.example", world_find(s.w, "px"));
		CU_ASSERT_EQUAL(does("publish", "status", "open"), rows[i].err);
		stop();
	}
}

/* RFC 3856 5: a phone that is its own presence agent. */
static void
self(void)
{
	stage_open(&s);
	tester_open(&s, &t, "peer", 9);
	stage_node(
	    &s, "bob", "ua", "b.example", 3, "presence=self watchers=confirm");
	CU_ASSERT_EQUAL(
	    subscribes("w", 1, NULL, EVENT "Expires: 600\n" CONTACT(9)), 200);
	CU_ASSERT(told(0, "pending", NULL));
	answers(0, 200);
	CU_ASSERT_EQUAL(does("admit", "watcher", "sip:tester@t.example"), 0);
	CU_ASSERT(told(1, "active", "open"));
	answers(1, 200);
	CU_ASSERT_EQUAL(does("publish", "status", "closed"), 0);
	CU_ASSERT_EQUAL(tester_count(&t, "PUBLISH", 0), 0);
	CU_ASSERT(told(2, "active", "closed"));
	answers(2, 200);
	CU_ASSERT_EQUAL(does("block", "watcher", "sip:tester@t.example"), 0);
	CU_ASSERT(told(3, "terminated;reason=rejected", NULL));
	answers(3, 200);
	stop();
}

/* What is told of a user goes into one message, whatever was published: here
 * notes in which each character is written with three more. */
static void
crowded(void)
{
	struct buf text = BUF_INIT;
	unsigned status = 200, n = 0;

	start("");
	subscribes("w", 1, NULL, EVENT "Expires: 600\n" CONTACT(9));
	answers(0, 200);
	while (status == 200 && n < 20) {
		buf_clear(&text);
		buf_puts(&text,
		    EVENT PIDF "<presence xmlns=\"urn:ietf:params:xml:ns:"
			       "pidf\" entity=\"pres:bob@b.example\"><tuple "
			       "id=\"t\"><status><basic>open</basic></status>"
			       "<note>");
		for (size_t i = 0; i < 4000; i++)
			buf_putc(&text, '>');
		buf_puts(&text, "</note></tuple></presence>");
		status = publishes(buf_cstr(&text));
		n += status == 200;
		stage_run(&s, 2000);
		answers(notified() - 1, 200);
	}
	CU_ASSERT_EQUAL(status, 413);
	CU_ASSERT_EQUAL(n, 2);
	CU_ASSERT(told(notified() - 1, "active", "id=\"t-2\""));
	buf_free(&text);
	stop();
}

CHECK_MAIN("presence", { "judged", judged }, { "kept", kept },
    { "watched", watched }, { "unheard", unheard },
    { "subscribed badly", subscribed_badly }, { "decided", decided },
    { "impersonated", impersonated }, { "published", published },
    { "publish refused", publish_refused }, { "nowhere", nowhere },
    { "self", self }, { "crowded", crowded })
