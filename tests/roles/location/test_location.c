/*
 * The location service in a node of its own, asked by datagrams: three tries,
 * refusals, late, foreign and hostile answers, and nodes that go down.
 */
#include "fixtures/stage.h"

static struct stage s;
static struct tester t, fake;

/* A proxy and registrar whose location service is `loc`, host 5. */
static void
start(bool real)
{
	stage_open(&s);
	tester_open(&s, &t, "phone", 9);
	stage_node(
	    &s, "srv", "proxy registrar", "b.example", 2, "location=loc");
	memset(&fake, 0, sizeof(fake));
	if (real) {
		stage_node(&s, "loc", "location", "", 5, "");
		return;
	}
	tester_open(&s, &fake, "loc", 5);
	net_udp_close(fake.sock);
	CU_ASSERT_EQUAL_FATAL(net_udp_open(fake.node->host, TRACE_PORT_LOCATION,
				  tester_recv, &fake, &fake.sock),
	    0);
}

static void
stop(void)
{
	STAGE_STOP(&s, 70000);
	tester_close(&t);
	tester_close(&fake);
}

static void
ask(const char *method, const char *id, const char *extra)
{
	bool invite = strcmp(method, "INVITE") == 0;

	tester_ask(&t, 2, method,
	    invite ? "sip:bob@b.example" : "sip:b.example",
	    "<sip:bob@b.example>", id, 1, id, extra);
}

static void
answer(const char *fmt, int64_t id)
{
	struct addr dst;
	char text[400];

	CU_ASSERT_FATAL(fake.n > 0);
	dst = fake.got[fake.n - 1].src;
	snprintf(text, sizeof(text), fmt, (long long)id);
	tester_send(&fake, &dst, str_of(text));
}

/* The id of the I-th question. */
static int64_t
id_of(size_t i)
{
	struct str text = buf_view(&fake.got[i].bytes);
	struct json_value v;
	int64_t id = -1;

	if (json_read(&text, &v) == 0)
		json_int(json_member(v, "id"), &id);
	return id;
}

#define OK(uri)                                                          \
	"{\"op\":\"answer\",\"id\":%lld,\"status\":\"ok\",\"contacts\":" \
	"[{\"uri\":\"" uri "\",\"expires\":9,\"q\":1000}]}"

static void
over_the_wire(void)
{
	start(true);
	ask("REGISTER", "r1", "Contact: <sip:bob@192.0.2.9>\n");
	stage_run(&s, 100);
	CU_ASSERT_EQUAL(tester_count(&t, "REGISTER", 200), 1);
	CU_ASSERT(
	    tester_has(&t, 0, "Contact", "<sip:bob@192.0.2.9>;expires=3600"));
	ask("INVITE", "i1", CONTACT(9));
	stage_run(&s, 100);
	CU_ASSERT_EQUAL(tester_count(&t, "INVITE", 100), 1);
	CU_ASSERT_EQUAL(tester_count(&t, "INVITE", 0), 1);
	tester_answer(&t, tester_find(&t, "INVITE", 0, 0), 486, "x", "");
	stage_run(&s, 100);
	CU_ASSERT_EQUAL(tester_count(&t, "INVITE", 486), 1);
	/* Who asks and why, on both sides. */
	CU_ASSERT_EQUAL(stage_count(&s, KIND("lookup"), NODE("loc"),
			    RULE("location-query")),
	    1);
	CU_ASSERT_EQUAL(stage_count(&s, KIND("lookup"), NODE("srv"),
			    RULE("location-store")),
	    1);
	/* Never stored; stored and gone. */
	tester_ask(&t, 2, "INVITE", "sip:eve@b.example", "<sip:eve@b.example>",
	    "i2", 1, "i2", CONTACT(9));
	tester_ask(&t, 2, "REGISTER", "sip:b.example", "<sip:bob@b.example>",
	    "r1", 2, "r2", "Contact: *\nExpires: 0\n");
	stage_run(&s, 100);
	CU_ASSERT_EQUAL(tester_count(&t, "INVITE", 404), 1);
	ask("INVITE", "i3", CONTACT(9));
	stage_run(&s, 100);
	CU_ASSERT_EQUAL(tester_count(&t, "INVITE", 480), 1);
	stop();
}

/* Three tries 500 ms apart; 480 and 500 another 500 ms later. */
static void
silent(void)
{
	size_t i;

	start(false);
	ask("INVITE", "i1", CONTACT(9));
	ask("REGISTER", "r1", "Contact: <sip:bob@192.0.2.9>\n");
	stage_run(&s, 1505);
	CU_ASSERT_EQUAL_FATAL(fake.n, 6);
	CU_ASSERT_EQUAL(fake.got[2].t - fake.got[0].t, 500 * SIM_MS);
	CU_ASSERT_EQUAL(fake.got[4].t - fake.got[0].t, 1000 * SIM_MS);
	CU_ASSERT(
	    str_eq(buf_view(&fake.got[0].bytes), buf_view(&fake.got[4].bytes)));
	CU_ASSERT_EQUAL(tester_count(&t, "INVITE", 480), 0);
	stage_run(&s, 20);
	i = tester_find(&t, "INVITE", 480, 0);
	CU_ASSERT_EQUAL(i < t.n ? t.got[i].t : 0, 1520 * SIM_MS);
	CU_ASSERT_EQUAL(tester_count(&t, "REGISTER", 500), 1);
	CU_ASSERT_EQUAL(
	    stage_count(&s, KIND("send"), RULE("location-silent"), NULL), 1);
	/* Too late, and twice. */
	answer(OK("sip:bob@192.0.2.9"), id_of(0));
	answer(OK("sip:bob@192.0.2.9"), id_of(1));
	stage_run(&s, 100);
	CU_ASSERT_EQUAL(
	    stage_count(&s, KIND("drop"), NODE("srv"), "unmatched"), 2);
	CU_ASSERT_EQUAL(tester_count(&t, "INVITE", 0), 0);
	stop();
}

/* Only the service's own answer counts, and only one that can be read. */
static void
hostile_answers(void)
{
	static const char *const bad[] = {
		"",
		"{",
		"[]",
		"{\"op\":\"answer\"}",
		"{\"op\":\"answer\",\"id\":%lld}",
		"{\"op\":\"store\",\"id\":%lld,\"aor\":\"sip:a@b\"}",
		"{\"op\":\"answer\",\"id\":%lld,\"status\":\"ok\","
		"\"contacts\":7}",
		"{\"op\":\"answer\",\"id\":%lld,\"status\":\"ok\","
		"\"contacts\":[7]}",
		"{\"op\":\"answer\",\"id\":%lld,\"status\":\"ok\","
		"\"contacts\":[{\"uri\":\"x\"}]}",
		OK(""),
		OK("sip:a@b\\r\\nEvil: 1"),
		OK("sip:a@b x"),
		OK("sip:a@b\\u0000"),
		"{\"op\":\"answer\",\"id\":%lld,\"status\":\"ok\",\"contacts\":"
		"[{\"uri\":\"sip:a@b\",\"expires\":-1,\"q\":1000}]}",
		"{\"op\":\"answer\",\"id\":%lld,\"status\":\"ok\",\"contacts\":"
		"[{\"uri\":\"sip:a@b\",\"expires\":1,\"q\":1001}]}",
	};
	struct addr dst;
	char text[300];

	start(false);
	ask("INVITE", "i1", CONTACT(9));
	stage_run(&s, 25);
	CU_ASSERT_EQUAL_FATAL(fake.n, 1);
	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++)
		answer(bad[i], id_of(0));
	/* A good one, from somebody else. */
	dst = fake.got[0].src;
	snprintf(
	    text, sizeof(text), OK("sip:eve@192.0.2.9"), (long long)id_of(0));
	tester_send(&t, &dst, str_of(text));
	stage_run(&s, 100);
	CU_ASSERT_EQUAL(stage_count(&s, KIND("bad"), NODE("srv"), NULL),
	    sizeof(bad) / sizeof(bad[0]) + 1);
	CU_ASSERT_EQUAL(tester_count(&t, "INVITE", 0), 0);
	answer(OK("sip:bob@192.0.2.9?Subject=x"), id_of(0));
	stage_run(&s, 100);
	CU_ASSERT_EQUAL(tester_count(&t, "INVITE", 0), 1);
	/* 19.1.1: no header part in a Request-URI. */
	CU_ASSERT(str_is(tester_at(&t, tester_find(&t, "INVITE", 0, 0))->uri,
	    "sip:bob@192.0.2.9"));
	tester_answer(&t, tester_find(&t, "INVITE", 0, 0), 404, "x", "");
	stop();
}

/* Nobody but registrars stores, nobody but proxies asks. */
static void
refusals(void)
{
	static const char *const questions[] = {
		"{\"op\":\"query\",\"id\":1,\"aor\":\"sip:bob@b.example\"}",
		("{\"op\":\"store\",\"id\":2,\"aor\":\"sip:bob@b.example\","
		 "\"call_id\":\"x\",\"cseq\":1,\"star\":0,\"contacts\":[]}"),
		"{\"op\":\"store\",\"id\":3,\"aor\":\"sip:bob@b.example\"}",
		"{\"op\":\"answer\",\"id\":4,\"status\":\"ok\"}",
		"\xff",
	};
	struct addr dst = stage_addr(5);

	start(true);
	dst.port = TRACE_PORT_LOCATION;
	for (size_t i = 0; i < 5; i++)
		tester_send(&t, &dst, str_of(questions[i]));
	stage_run(&s, 100);
	CU_ASSERT_EQUAL(t.n, 2);
	for (size_t i = 0; i < t.n; i++)
		CU_ASSERT(
		    str_find(buf_view(&t.got[i].bytes), "\"refused\"") > 0);
	CU_ASSERT_EQUAL(stage_count(&s, KIND("bad"), NODE("loc"), NULL), 3);
	/* It has no SIP. */
	tester_ask(&t, 5, "OPTIONS", "sip:192.0.2.5", "<sip:192.0.2.5>", "o", 1,
	    "o", "");
	stage_run(&s, 100);
	CU_ASSERT_EQUAL(stage_count(&s, KIND("drop"), "no-socket", NULL), 1);
	stop();
}

/* By its role, whoever it is: from which socket of its host does not matter. */
static void
roles(void)
{
	static const char query[] =
	    "{\"op\":\"query\",\"id\":1,\"aor\":\"sip:bob@b.example\"}";
	static const char store[] =
	    "{\"op\":\"store\",\"id\":2,\"aor\":\"sip:bob@b.example\","
	    "\"call_id\":\"x\",\"cseq\":1,\"star\":0,\"contacts\":[{\"uri\":"
	    "\"sip:eve@h\",\"expires\":9,\"q\":1000}]}";
	static const struct {
		const char *role;
		bool may_query, may_store;
	} rows[] = {
		{ "ua", false, false },
		{ "proxy", true, false },
		{ "registrar", false, true },
		{ "redirect", true, false },
		{ "redirect registrar", true, true },
	};
	static const struct trace_message m = { .proto = TRACE_PROTO_LOCATION };
	struct addr dst = stage_addr(5);

	dst.port = TRACE_PORT_LOCATION;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		const struct node *n;

		start(true);
		n = stage_node(&s, "eve", rows[i].role, "b.example", 7,
		    rows[i].role[0] == 'u' ? "" : "location=loc");
		net_udp_send(
		    n->faces[0].sock, &dst, str_of(query), &m, RULE_NONE);
		net_udp_send(
		    n->faces[0].sock, &dst, str_of(store), &m, RULE_NONE);
		stage_run(&s, 100);
		CU_ASSERT_EQUAL(stage_count(&s, KIND("lookup"), NODE("loc"),
				    RULE("location-refused")),
		    2U - rows[i].may_query - rows[i].may_store);
		CU_ASSERT_EQUAL(stage_count(&s, KIND("binding"), NULL, NULL),
		    rows[i].may_store);
		/* Its SIP socket makes nothing of the answers. */
		CU_ASSERT_EQUAL(
		    stage_count(&s, KIND("bad"), NODE("eve"), NULL), 2);
		stop();
	}
}

/* The service goes down and forgets; a question without any service. */
static void
down(void)
{
	start(true);
	ask("REGISTER", "r1", "Contact: <sip:bob@192.0.2.9>\n");
	stage_run(&s, 100);
	CU_ASSERT_EQUAL(stage_do(&s, "loc", "crash", NULL, NULL), 0);
	CU_ASSERT_EQUAL(
	    stage_count(&s, KIND("binding"), "\"op\":\"remove\"", NULL), 1);
	ask("INVITE", "i1", CONTACT(9));
	stage_run(&s, 600);
	/* Its name goes away in the middle of the tries. */
	node_set_attr(world_find(s.w, "srv"), "location", "nobody");
	stage_run(&s, 2000);
	CU_ASSERT(tester_count(&t, "INVITE", 480) > 0);
	node_set_attr(world_find(s.w, "srv"), "location", "loc");
	CU_ASSERT_EQUAL(stage_do(&s, "loc", "restart", NULL, NULL), 0);
	ask("INVITE", "i2", CONTACT(9));
	stage_run(&s, 100);
	CU_ASSERT_EQUAL(tester_count(&t, "INVITE", 404), 1);
	stop();
}

/* Cancelled while the proxy still asks. */
static void
cancelled(void)
{
	start(false);
	ask("INVITE", "i1", CONTACT(9));
	stage_run(&s, 25);
	ask("CANCEL", "i1", "");
	stage_run(&s, 25);
	CU_ASSERT_EQUAL(tester_count(&t, "CANCEL", 200), 1);
	CU_ASSERT_EQUAL(tester_count(&t, "INVITE", 487), 1);
	answer(OK("sip:bob@192.0.2.9"), id_of(0));
	stage_run(&s, 100);
	CU_ASSERT_EQUAL(tester_count(&t, "INVITE", 0), 0);
	stop();
}

/* ---- slow, forgetful and mad services ---- */

/* Drops the first N answers of the service. */
static unsigned to_drop;

static void
drop_answers(const struct net_sent *sent, struct net_verdict *v, void *arg)
{
	(void)arg;
	if (to_drop == 0 || !str_is(sent->message->method, "answer"))
		return;
	v->drop = true;
	to_drop--;
}

/* A store whose answer is lost is not out of order when it comes again. */
static void
lost_answers(void)
{
	start(true);
	net_set_tamper(s.w->net, drop_answers, NULL);
	to_drop = 2;
	ask("REGISTER", "r1", "Contact: <sip:bob@192.0.2.9>\n");
	stage_run(&s, 1100);
	CU_ASSERT_EQUAL(tester_count(&t, "REGISTER", 200), 1);
	CU_ASSERT_EQUAL(stage_count(&s, KIND("binding"), NULL, NULL), 1);
	CU_ASSERT_EQUAL(
	    stage_count(&s, KIND("send"), RULE("location-again"), "\"retx\""),
	    2);
	/* The next one is a question of its own, and so is one much later. */
	tester_ask(&t, 2, "REGISTER", "sip:b.example", "<sip:bob@b.example>",
	    "r1", 1, "r2", "Contact: <sip:bob@192.0.2.9>\n");
	stage_run(&s, 100);
	CU_ASSERT_EQUAL(tester_count(&t, "REGISTER", 500), 1);
	/* Questions may be asked again without harm. */
	to_drop = 1;
	ask("INVITE", "i1", CONTACT(9));
	stage_run(&s, 600);
	CU_ASSERT_EQUAL(tester_count(&t, "INVITE", 0), 1);
	tester_answer(&t, tester_find(&t, "INVITE", 0, 0), 404, "x", "");
	stop();
}

static void
set_think(const char *node, const char *think)
{
	CU_ASSERT_EQUAL(
	    node_set_attr(world_find(s.w, node), "think", think), 0);
}

/* When T got the first response to METHOD with STATUS, in ms; -1: never. */
static int64_t
came_at(const char *method, unsigned status)
{
	size_t i = tester_find(&t, method, status, 0);

	return i < t.n ? t.got[i].t / SIM_MS : -1;
}

static void
thinks(void)
{
	start(true);
	set_think("loc", "300ms");
	ask("REGISTER", "r1", "Contact: <sip:bob@192.0.2.9>\n");
	stage_run(&s, 600);
	/* 4 ways of 10 ms, and the thought. */
	CU_ASSERT_EQUAL(came_at("REGISTER", 200), 340);
	ask("INVITE", "i1", CONTACT(9));
	stage_run(&s, 600);
	CU_ASSERT_EQUAL(came_at("INVITE", 0), 940);
	tester_answer(&t, tester_find(&t, "INVITE", 0, 0), 404, "x", "");
	/* Longer than the asker waits for the first try. */
	set_think("loc", "700ms");
	tester_ask(&t, 2, "REGISTER", "sip:b.example", "<sip:bob@b.example>",
	    "r1", 2, "r2", "Contact: <sip:bob@192.0.2.9>\n");
	tester_ask(&t, 2, "OPTIONS", "sip:eve@b.example", "<sip:eve@b.example>",
	    "o1", 1, "o1", "");
	stage_run(&s, 1000);
	CU_ASSERT_EQUAL(tester_count(&t, "REGISTER", 200), 2);
	CU_ASSERT_EQUAL(came_at("OPTIONS", 404), 1940);
	/* One answer each, though each was asked twice. */
	CU_ASSERT_EQUAL(stage_count(&s, KIND("send"), "\"store\"", NULL), 3);
	CU_ASSERT_EQUAL(stage_count(&s, KIND("send"), "\"answer\"", NULL), 4);
	/* Longer than it waits at all. */
	set_think("loc", "3s");
	tester_ask(&t, 2, "REGISTER", "sip:b.example", "<sip:bob@b.example>",
	    "r1", 3, "r3", "Contact: <sip:bob@192.0.2.9>\n");
	stage_run(&s, 2000);
	CU_ASSERT_EQUAL(tester_count(&t, "REGISTER", 500), 1);
	CU_ASSERT_EQUAL(stage_count(&s, KIND("drop"), "unmatched", NULL), 0);
	stage_run(&s, 1500);
	CU_ASSERT_EQUAL(stage_count(&s, KIND("drop"), "unmatched", NULL), 1);
	stop();
}

/* The same on one node, where no datagram is sent. */
static void
thinks_here(void)
{
	stage_open(&s);
	tester_open(&s, &t, "phone", 9);
	memset(&fake, 0, sizeof(fake));
	stage_node(
	    &s, "srv", "proxy registrar location", "b.example", 2, "think=2s");
	ask("REGISTER", "r1", "Contact: <sip:bob@192.0.2.9>\n");
	stage_run(&s, 100);
	CU_ASSERT(sim_held(s.w->sim) > 0);
	CU_ASSERT_EQUAL(stage_count(&s, KIND("binding"), NULL, NULL), 0);
	stage_run(&s, 2000);
	CU_ASSERT_EQUAL(came_at("REGISTER", 200), 2020);
	CU_ASSERT(
	    tester_has(&t, 0, "Contact", "<sip:bob@192.0.2.9>;expires=3600"));
	ask("INVITE", "i1", CONTACT(9));
	stage_run(&s, 2100);
	CU_ASSERT_EQUAL(came_at("INVITE", 0), 4120);
	tester_answer(&t, tester_find(&t, "INVITE", 0, 0), 404, "x", "");
	CU_ASSERT_EQUAL(stage_count(&s, KIND("lookup"), NULL, NULL), 2);
	/* A crash in the middle of a thought. */
	tester_ask(&t, 2, "OPTIONS", "sip:eve@b.example", "<sip:eve@b.example>",
	    "o1", 1, "o1", "");
	stage_run(&s, 1000);
	CU_ASSERT_EQUAL(stage_do(&s, "srv", "crash", NULL, NULL), 0);
	CU_ASSERT_EQUAL(sim_held(s.w->sim), 0);
	stage_run(&s, 2000);
	CU_ASSERT_EQUAL(stage_count(&s, KIND("lookup"), NULL, NULL), 2);
	stop();
}

/* Three answers that can't be read: remembered, and the last of them is what
 * the end follows from. */
static void
garbled(void)
{
	start(false);
	ask("INVITE", "i1", CONTACT(9));
	tester_ask(&t, 2, "INVITE", "sip:eve@b.example", "<sip:eve@b.example>",
	    "i0", 1, "i0", CONTACT(9));
	for (int k = 0; k < 3; k++) {
		stage_run(&s, k == 0 ? 25 : 500);
		answer("no JSON", 0);
	}
	stage_run(&s, 500);
	CU_ASSERT_EQUAL(
	    stage_count(&s, KIND("lookup"), "\"garbled\"", NODE("srv")), 2);
	CU_ASSERT_EQUAL(stage_count(&s, KIND("lookup"), "\"silent\"", NULL), 0);
	/* One that names its question is no other's. */
	ask("INVITE", "i2", CONTACT(9));
	stage_run(&s, 25);
	tester_ask(&t, 2, "OPTIONS", "sip:eve@b.example", "<sip:eve@b.example>",
	    "o1", 1, "o1", "");
	answer("{\"op\":\"answer\",\"id\":%lld,\"status\":\"perhaps\"}",
	    id_of(fake.n - 1));
	stage_run(&s, 2000);
	CU_ASSERT_EQUAL(
	    stage_count(&s, KIND("lookup"), "\"garbled\"", NODE("srv")), 3);
	CU_ASSERT_EQUAL(stage_count(&s, KIND("lookup"), "\"silent\"", NULL), 1);
	stop();
}

/* RFC 3327: the path goes to the service and comes back. */
static void
path(void)
{
	struct location_packet p;
	struct buf b = BUF_INIT;
	struct location_contacts c = { NULL, 0 };

	start(true);
	ask("REGISTER", "r1",
	    "Contact: <sip:bob@192.0.2.9>\nPath: \"P\" <sip:p;lr>,<sip:q>\n");
	stage_run(&s, 100);
	CU_ASSERT_EQUAL(tester_count(&t, "REGISTER", 200), 1);
	CU_ASSERT_EQUAL(
	    stage_count(&s, KIND("binding"), NODE("loc"), "\"path\""), 1);
	CU_ASSERT_EQUAL(
	    stage_count(&s, KIND("send"), "\"answer\"", "<sip:p;lr>, <sip:q>"),
	    1);
	location_contacts_add(&c, STR("sip:x@h"), 5, 250);
	location_contacts_set_path(&c, STR("<sip:a;lr>, \"b\\\\\" <sip:c>"));
	location_contacts_add(&c, STR("mailto:x"), 6, 1000);
	location_write_answer(&b, 7, LOCATION_AMBIGUOUS, &c);
	CU_ASSERT_EQUAL_FATAL(location_packet_read(&p, buf_view(&b)), 0);
	CU_ASSERT_EQUAL(p.status, LOCATION_AMBIGUOUS);
	CU_ASSERT_EQUAL_FATAL(p.update.contacts.n, 2);
	CU_ASSERT_STRING_EQUAL(p.update.contacts.list[0].path, c.list[0].path);
	CU_ASSERT(p.update.contacts.list[1].path == NULL);
	location_packet_free(&p);
	location_contacts_free(&c);
	buf_free(&b);
	stop();
}

/* What was copied of an instance is freed, whichever copy was none. */
static void
instances_without_memory(void)
{
	for (unsigned long n = 1; n <= 2; n++) {
		struct location_contacts c = { NULL, 0 };

		CU_ASSERT_EQUAL(
		    location_contacts_add(&c, STR("sip:x@h"), 5, 250), 0);
		mem_fail_only(n);
		CU_ASSERT_EQUAL(location_contacts_set_instance(
				    &c, STR("urn:x"), 1, STR("y")),
		    ERR_NOMEM);
		mem_fail_only(0);
		location_contacts_free(&c);
	}
}

/* What ends up in SIP messages must not be able to break out of its place. */
static void
hostile_contacts(void)
{
	static const struct {
		const char *contact;
		int err;
	} rows[] = {
		{ "\"uri\":\"sip:a@b\",\"path\":\"<sip:p>\"", 0 },
		{ "\"uri\":\"mailto:a@b\"", 0 },
		{ "\"uri\":\"mailto:a>,<sip:b\"", ERR_SYNTAX },
		{ "\"uri\":\"mailto:a\\\"b\"", ERR_SYNTAX },
		{ "\"uri\":\"mailto:\\u00e9\"", ERR_SYNTAX },
		{ "\"uri\":\"sip:a@b\",\"path\":\"\"", ERR_SYNTAX },
		{ "\"uri\":\"sip:a@b\",\"path\":7", ERR_SYNTAX },
		{ "\"uri\":\"sip:a@b\",\"path\":\"sip:p\"", ERR_SYNTAX },
		{ "\"uri\":\"sip:a@b\",\"path\":\"*\"", ERR_SYNTAX },
		{ "\"uri\":\"sip:a@b\",\"path\":\"<sip:p>\\r\\nX: y\"",
		    ERR_SYNTAX },
		{ "\"uri\":\"sip:a@b\",\"path\":\"<sip:p>,\\u0000\"",
		    ERR_SYNTAX },
	};

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct location_packet p;
		char text[300];
		int err;

		snprintf(text, sizeof(text),
		    "{\"op\":\"answer\",\"id\":1,\"status\":\"ok\","
		    "\"contacts\":[{%s,\"expires\":1,\"q\":1}]}",
		    rows[i].contact);
		err = location_packet_read(&p, str_of(text));
		if (err != rows[i].err)
			printf("  row %zu: %d\n", i, err);
		CU_ASSERT_EQUAL(err, rows[i].err);
		location_packet_free(&p);
	}
}

CHECK_MAIN("location", { "over the wire", over_the_wire }, { "silent", silent },
    { "hostile answers", hostile_answers }, { "refusals", refusals },
    { "roles", roles }, { "down", down }, { "cancelled", cancelled },
    { "instances without memory", instances_without_memory },
    { "lost answers", lost_answers }, { "thinks", thinks },
    { "thinks here", thinks_here }, { "garbled", garbled }, { "path", path },
    { "hostile contacts", hostile_contacts })
