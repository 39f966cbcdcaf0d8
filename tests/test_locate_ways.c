/*
 * A user agent has two outbound proxies, and the first one's name leads to two
 * places: they are tried in order, whatever is asked for, and however a place
 * fails (RFC 3261 8.1.2, RFC 3263 4.3).  What belongs to a request goes where
 * that has gone.
 */
#include "node/locate.h"
#include "stage.h"

#define PLACES 3
#define FIRST  "<sip:192.0.2.8:5060;lr>"
#define SECOND "<sip:192.0.2.10:5060;lr>"

static struct stage s;
static struct tester places[PLACES];

/* How the next places fail. */
enum failure {
	SILENT,
	UNAVAILABLE, /* 503 */
	REFUSED,     /* no connection */
	FAILURES,
};

static bool late;    /* the locator answers later … */
static bool unknown; /* … and does not know the first proxy */
static bool by_tcp;

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
	sim_after(s.w->sim, SIM_MS, q->node->name, answer_later, l);
	return ERR_STOPPED;
}

static void
forget(struct node_question *q)
{
	((struct later *)q->locator)->q = NULL;
}

static const struct node_locator locator = { ask, forget };

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
	CU_ASSERT_EQUAL(node_set_attr(world_find(s.w, "alice"), "outbound",
			    by_tcp ? "one" : "one two"),
	    0);
	s.w->locator = &locator;
}

static void
stop(void)
{
	CU_ASSERT(stage_run(&s, 200000));
	CU_ASSERT_EQUAL(sim_held(s.w->sim), 0);
	stage_close(&s);
	for (size_t i = 0; i < PLACES; i++)
		tester_close(&places[i]);
	late = unknown = by_tcp = false;
}

static const struct kind {
	const char *method, *verb;
	bool refused_by_tcp; /* its transaction ends at once */
} kinds[] = {
	{ "INVITE", "invite", true },
	{ "REGISTER", "register", true },
	{ "SUBSCRIBE", "subscribe", true },
	{ "OPTIONS", "options", true },
	{ "MESSAGE", "message", true },
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

CHECK_MAIN("locate_ways", { "in order", in_order })
