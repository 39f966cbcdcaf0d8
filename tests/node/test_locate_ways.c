/*
 * A user agent has two outbound proxies, and the first one's name leads to two
 * places: they are tried in order, whatever is asked for, and however a place
 * fails (RFC 3261 8.1.2, RFC 3263 4.3).  What belongs to a request goes where
 * that has gone.
 */
#include "node/locate.h"
#include "fixtures/stage.h"
#include "msg/header_names.h"

#define PLACES 3
#define FIRST  "<sip:192.0.2.8:5060;lr>"
#define SECOND "<sip:192.0.2.10:5060;lr>"

static struct stage s;
static struct tester places[PLACES];

/* How a place fails. */
enum failure {
	SILENT,
	UNAVAILABLE, /* 503 */
};

static bool late;    /* the locator answers later … */
static int waiting;  /* questions that it has not answered */
static bool unknown; /* … and does not know the first proxy */
static bool by_tcp; /* its places are asked for connections, which none takes */

static int
locate(struct node_question *q, struct str uri, struct addr *dst)
{
	struct addr other = places[1].addr;
	bool first = str_find(uri, "@192.0.2.8") >= 0 ||
		     str_find(uri, ":192.0.2.8") >= 0;

	if (!first)
		return world_locate(q->node->world, uri, dst);
	if (unknown)
		return ERR_NOTFOUND;
	*dst = places[0].addr;
	if (by_tcp)
		other.transport = dst->transport = ADDR_TCP;
	return node_locate_add(q, &other);
}

struct later {
	struct node_question *q;
	char uri[120];
};

static void
answer_later(void *arg)
{
	struct later *l = arg;
	struct addr dst = { 0 };
	int err;

	if (l->q != NULL) {
		waiting--;
		err = locate(l->q, str_of(l->uri), &dst);
		node_locate_answer(l->q, err, &dst);
	}
	mem_free(l);
}

static int
ask(struct node_question *q, struct str uri, struct addr *dst)
{
	struct later *l;

	if (!late)
		return locate(q, uri, dst);
	l = mem_zalloc(1, sizeof(*l));
	CU_ASSERT_PTR_NOT_NULL_FATAL(l);
	l->q = q;
	snprintf(l->uri, sizeof(l->uri), "%.*s", STR_ARG(uri));
	q->locator = l;
	waiting++;
	sim_after(s.w->sim, SIM_MS, q->node->name, answer_later, l);
	return ERR_STOPPED;
}

static void
forget(struct node_question *q)
{
	((struct later *)q->locator)->q = NULL;
	waiting--;
}

static const struct node_locator locator = { .ask = ask, .forget = forget };

static void
start(const char *attrs)
{
	char all[200];

	stage_open(&s);
	tester_open(&s, &places[0], "one", 8);
	tester_open(&s, &places[1], "other", 9);
	tester_open(&s, &places[2], "two", 10);
	snprintf(all, sizeof(all), "aor=sip:alice@a.example %s", attrs);
	stage_node(&s, "alice", "ua", "a.example", 3, all);
	CU_ASSERT_EQUAL(
	    node_set_attr(world_find(s.w, "alice"), "outbound", "one two"), 0);
	s.w->locator = &locator;
}

static void
stop(void)
{
	STAGE_STOP(&s, 200000);
	for (size_t i = 0; i < PLACES; i++)
		tester_close(&places[i]);
	late = unknown = by_tcp = false;
}

static const struct kind {
	const char *method, *verb;
} kinds[] = {
	{ "INVITE", "invite" },
	{ "REGISTER", "register" },
	{ "SUBSCRIBE", "subscribe" },
	{ "OPTIONS", "options" },
	{ "MESSAGE", "message" },
};
#define KINDS (sizeof(kinds) / sizeof(kinds[0]))

static void
do_kind(const struct kind *k)
{
	const char *target = "sip:bob@b.example";
	int err;

	if (strcmp(k->verb, "register") == 0)
		err = stage_do(&s, "alice", k->verb, NULL, NULL);
	else if (strcmp(k->verb, "subscribe") == 0)
		err = stage_do(&s, "alice", k->verb, NULL, "target", target,
		    "event", "presence", NULL);
	else if (strcmp(k->verb, "message") == 0)
		err = stage_do(&s, "alice", k->verb, NULL, "target", target,
		    "text", "hello", NULL);
	else
		err = stage_do(
		    &s, "alice", k->verb, NULL, "target", target, NULL);
	CU_ASSERT_EQUAL(err, 0);
	stage_run(&s, 25);
}

/* The first request METHOD that place I has got is of PROXY, has the CSeq and
 * the Call-ID of the one before, and another branch. */
static void
check_attempt(const char *method, size_t i, const char *proxy)
{
	size_t at = tester_find(&places[i], method, 0, 0);
	const struct msg *m = tester_at(&places[i], at);
	char id[120], cseq[40], branch[120];
	struct msg_via via;

	CU_ASSERT_FATAL(at < TESTER_GOT);
	CU_ASSERT(str_is(msg_value(m, MSG_H_ROUTE), proxy));
	if (i == 0)
		return;
	snprintf(id, sizeof(id), "%.*s", STR_ARG(msg_value(m, MSG_H_CALL_ID)));
	snprintf(cseq, sizeof(cseq), "%.*s", STR_ARG(msg_value(m, MSG_H_CSEQ)));
	CU_ASSERT_EQUAL(msg_top_via(m, &via), 0);
	snprintf(branch, sizeof(branch), "%.*s", STR_ARG(via.branch));
	m = tester_at(
	    &places[i - 1], tester_find(&places[i - 1], method, 0, 0));
	CU_ASSERT(str_is(msg_value(m, MSG_H_CALL_ID), id));
	CU_ASSERT(str_is(msg_value(m, MSG_H_CSEQ), cseq));
	CU_ASSERT_EQUAL(msg_top_via(m, &via), 0);
	CU_ASSERT(!str_is(via.branch, branch));
}

static void
fail_place(const struct kind *k, size_t i, enum failure how)
{
	if (how == UNAVAILABLE)
		tester_answer(&places[i],
		    tester_find(&places[i], k->method, 0, 0), 503, "x", "");
	stage_run(&s, how == SILENT ? 32100 : 50);
}

/* The first N places fail: the next one has the request, those behind have
 * none. */
static void
in_order(void)
{
	static const char *const proxy[] = { FIRST, FIRST, SECOND };

	for (size_t k = 0; k < KINDS; k++)
		for (int how = SILENT; how <= UNAVAILABLE; how++)
			for (size_t n = 0; n < 2 * PLACES; n++) {
				start("");
				late = n >= PLACES;
				do_kind(&kinds[k]);
				for (size_t i = 0; i < PLACES; i++) {
					CU_ASSERT_EQUAL(
					    places[i].n > 0, i <= n % PLACES);
					if (i <= n % PLACES)
						check_attempt(kinds[k].method,
						    i, proxy[i]);
					if (i < n % PLACES)
						fail_place(&kinds[k], i, how);
				}
				tester_answer(&places[n % PLACES],
				    tester_find(&places[n % PLACES],
					kinds[k].method, 0, 0),
				    404, "x", "");
				stage_run(&s, 25);
				stop();
			}
}

/* Nobody takes connections at the first proxy, or it has no address: the second
 * is asked at once. */
static void
never_reached(void)
{
	for (size_t k = 0; k < KINDS; k++)
		for (int i = 0; i < 4; i++) {
			start("");
			late = i % 2 == 1;
			by_tcp = i < 2;
			unknown = i >= 2;
			do_kind(&kinds[k]);
			stage_run(&s, 200);
			CU_ASSERT_EQUAL(places[0].n + places[1].n, 0);
			CU_ASSERT_EQUAL(
			    tester_count(&places[2], kinds[k].method, 0), 1);
			CU_ASSERT(tester_has(&places[2], 0, "Route", SECOND));
			tester_answer(&places[2], 0, 404, "x", "");
			stage_run(&s, 25);
			stop();
		}
}

/* A response that comes is an answer, but for 503: also one after which there
 * is none. */
static void
answered(void)
{
	static const unsigned statuses[] = { 100, 408, 404, 500, 504, 600 };

	for (size_t k = 0; k < KINDS; k++)
		for (size_t i = 0; i < 6; i++) {
			start("");
			do_kind(&kinds[k]);
			tester_answer(&places[0],
			    tester_find(&places[0], kinds[k].method, 0, 0),
			    statuses[i], statuses[i] == 100 ? "" : "x", "");
			stage_run(&s, 10000);
			if (strcmp(kinds[k].verb, "invite") == 0 && i == 0)
				stage_do(
				    &s, "alice", "cancel", "alice/1", NULL);
			stage_run(&s, 200000);
			CU_ASSERT_EQUAL(places[1].n + places[2].n, 0);
			stop();
		}
}

/* The call goes to place I, by SILENT or UNAVAILABLE of those before. */
static void
call_to(size_t i, enum failure how)
{
	start("");
	do_kind(&kinds[0]);
	for (size_t n = 0; n < i; n++)
		fail_place(&kinds[0], n, how);
}

/* A proxy that stays in the way, by the URI of its first place: the ACK for the
 * 2xx goes to the place that has given it, and comes again there. */
static void
accepted(void)
{
	for (int how = SILENT; how <= UNAVAILABLE; how++) {
		size_t n;

		call_to(1, how);
		n = places[0].n;
		for (int again = 0; again < 2; again++) {
			tester_answer(&places[1], 0, 200, "x",
			    CONTACT(11) "Record-Route: " FIRST "\n");
			stage_run(&s, 25);
			CU_ASSERT_EQUAL(tester_count(&places[1], "ACK", 0),
			    (size_t)again + 1);
		}
		CU_ASSERT(stage_call_is(&s, "alice/1", "confirmed"));
		CU_ASSERT_EQUAL(places[0].n, n);
		/* A BYE finds the way anew: it has a transaction. */
		STAGE_DO(&s, 32100, "alice", "bye", "alice/1");
		CU_ASSERT(tester_count(&places[0], "BYE", 0) > 0);
		n = tester_find(&places[1], "BYE", 0, 0);
		CU_ASSERT_FATAL(n < TESTER_GOT);
		tester_answer(&places[1], n, 200, "", "");
		stage_run(&s, 25);
		CU_ASSERT(stage_call_is(&s, "alice/1", "terminated"));
		stop();
	}
}

/* A registration that is refreshed begins with the first place again, whichever
 * has taken it: where that is back, it has it. */
static void
refreshed(void)
{
	static const char granted[] =
	    "Contact: <sip:alice@192.0.2.3:5060>;expires=100\n";

	for (int back = 0; back < 2; back++) {
		size_t before;

		start("");
		do_kind(&kinds[1]);
		fail_place(&kinds[1], 0, SILENT);
		fail_place(&kinds[1], 1, SILENT);
		tester_answer(&places[2], 0, 200, "x", granted);
		stage_run(&s, 25);
		CU_ASSERT_EQUAL(places[2].n, 1);
		before = places[0].n;
		stage_run(&s, 90000);
		CU_ASSERT_FATAL(places[0].n > before);
		CU_ASSERT(tester_has(&places[0], before, "CSeq", "2 REGISTER"));
		CU_ASSERT(tester_has(&places[0], before, "Route", FIRST));
		if (back) {
			tester_answer(&places[0], before, 200, "x", granted);
		} else {
			stage_run(&s, 64100);
			CU_ASSERT_EQUAL_FATAL(places[2].n, 2);
			CU_ASSERT(
			    tester_has(&places[2], 1, "CSeq", "2 REGISTER"));
			tester_answer(&places[2], 1, 200, "x", granted);
		}
		stage_run(&s, 25);
		CU_ASSERT_EQUAL(places[2].n, back ? 1 : 2);
		STAGE_DO(&s, 15, "alice", "unregister", NULL);
		before = places[0].n - 1;
		CU_ASSERT(tester_has(&places[0], before, "CSeq", "3 REGISTER"));
		tester_answer(&places[0], before, 200, "x", "");
		stop();
	}
}

CHECK_MAIN("locate_ways", { "in order", in_order },
    { "never reached", never_reached }, { "answered", answered },
    { "accepted", accepted }, { "refreshed", refreshed })
