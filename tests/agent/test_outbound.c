/*
 * Flows: RFC 5626 from end to end, GRUUs (RFC 5627).  How they are kept alive:
 * test_keepalive.c.
 */
#include "fixtures/stage.h"

static struct stage s;
static struct tester t;

/* A phone BOB with two flows, through the edge proxies e1 and e2 to the server
 * of b.example. */
static struct node *
open_flows(const char *attrs)
{
	struct node *bob;

	stage_open(&s);
	stage_node(&s, "server", "proxy registrar location", "b.example", 2,
	    "flow_timer=20s");
	CU_ASSERT_EQUAL(
	    world_add_domain(s.w, "b.example", world_find(s.w, "server")), 0);
	stage_node(&s, "e1", "proxy", "", 3, "edge_proxy=true");
	stage_node(&s, "e2", "proxy", "", 4, "edge_proxy=true");
	stage_node(&s, "alice", "ua", "b.example", 5, "");
	tester_open(&s, &t, "t", 9);
	bob = stage_add(&s, "bob", "ua", "b.example", 6, attrs);
	CU_ASSERT_PTR_NOT_NULL_FATAL(bob);
	node_set_attr(bob, "outbound", "e1 e2");
	node_set_attr(bob, "flows", "2");
	CU_ASSERT_EQUAL_FATAL(node_start(bob), 0);
	stage_do(&s, "bob", "register", NULL, NULL);
	stage_run(&s, 1000);
	return bob;
}

static void
close_flows(void)
{
	static const char *const phones[] = { "bob", "alice", "desk", "cell" };

	/* Else something of theirs is always under way. */
	for (size_t i = 0; i < sizeof(phones) / sizeof(phones[0]); i++) {
		struct node *n = world_find(s.w, phones[i]);

		if (n != NULL && n->up)
			node_crash(n);
	}
	stage_run(&s, 60000);
	CU_ASSERT_EQUAL(sim_held(s.w->sim), 0);
	stage_close(&s);
	tester_close(&t);
}

/* A call from alice is taken; by which edge proxy, its INVITEs tell. */
static void
call_bob(void)
{
	char call[96];

	snprintf(call, sizeof(call), "%s", stage_call(&s, "alice", "bob"));
	stage_run(&s, 40000);
	CU_ASSERT(stage_call_is(&s, call, "confirmed"));
	CU_ASSERT_EQUAL(stage_do(&s, "alice", "bye", call, NULL), 0);
	stage_run(&s, 1000);
}

static size_t
count_invites(const char *edge)
{
	return stage_count(&s, KIND("send"), edge, "\"start\":\"INVITE\"");
}

/* 4.2.1, 5.1, 6, 7: two bindings of one instance, the newest tried first; one
 * edge proxy goes away, and the other flow is taken. */
static void
two_flows(const char *attrs, unsigned ms)
{
	open_flows(attrs);
	CU_ASSERT_EQUAL(
	    stage_count(&s, KIND("binding"), "\"reg_id\":1", "\"op\":\"add\""),
	    1);
	CU_ASSERT_EQUAL(
	    stage_count(&s, KIND("binding"), "\"reg_id\":2", ";lr;ob>"), 1);
	CU_ASSERT(
	    stage_count(&s, "Require: outbound", "Flow-Timer: 20", NULL) > 0);
	call_bob();
	CU_ASSERT_EQUAL(count_invites(NODE("e1")), 0);
	CU_ASSERT_EQUAL(count_invites(NODE("e2")), 1);
	node_crash(world_find(s.w, "e2"));
	call_bob();
	CU_ASSERT_EQUAL(count_invites(NODE("e1")), 1);
	CU_ASSERT_EQUAL(stage_count(&s, RULE("flow-next"), NULL, NULL), 1);
	/* The phone finds it out, and comes back when the proxy does. */
	stage_run(&s, ms);
	CU_ASSERT(stage_count(&s, KIND("note"), "has failed", "bob") > 0);
	CU_ASSERT_EQUAL_FATAL(node_start(world_find(s.w, "e2")), 0);
	/* 4.5: while the other one stands, within 90 to 180 s. */
	stage_run(&s, 185000);
	CU_ASSERT(stage_count(&s, RULE("register-recover"), KIND("fsm"),
		      "reg-id=2") > 0);
	call_bob();
	CU_ASSERT_EQUAL(count_invites(NODE("e2")), 2);
	close_flows();
}

static void
by_tcp(void)
{
	two_flows("transport=tcp", 60000);
}

/* 5.3.1: a proxy that has lost the connection says 430, and the next flow is
 * tried; the phone has not noticed yet. */
static void
flow_gone(void)
{
	open_flows("transport=tcp keepalive=none");
	node_crash(world_find(s.w, "e2"));
	CU_ASSERT_EQUAL_FATAL(node_start(world_find(s.w, "e2")), 0);
	call_bob();
	CU_ASSERT(stage_count(&s, NODE("e2"), RULE("flow-failed"),
		      "\"start\":430") > 0);
	CU_ASSERT_EQUAL(count_invites(NODE("e2")), 0);
	CU_ASSERT_EQUAL(count_invites(NODE("e1")), 1);
	close_flows();
}

/* The same with the only flow: 430 is no answer for a caller (11.5). */
static void
no_flow_left(void)
{
	struct node *bob = open_flows("transport=tcp keepalive=none");

	node_crash(bob);
	node_crash(world_find(s.w, "e1"));
	node_crash(world_find(s.w, "e2"));
	CU_ASSERT_EQUAL_FATAL(node_start(world_find(s.w, "e1")), 0);
	CU_ASSERT_EQUAL_FATAL(node_start(world_find(s.w, "e2")), 0);
	stage_call(&s, "alice", "bob");
	stage_run(&s, 40000);
	CU_ASSERT_EQUAL(
	    stage_count(&s, NODE("server"), RULE("flow-none"), "\"start\":480"),
	    1);
	CU_ASSERT_EQUAL(
	    stage_count(&s, KIND("send"), "\"dst\":\"alice\"", "\"start\":430"),
	    0);
	close_flows();
}

/* A phone that is gone without a word: the edge proxy finds out as it sends,
 * and that is a flow that has failed, too. */
static void
flow_breaks(void)
{
	node_crash(open_flows("transport=tcp keepalive=none"));
	stage_call(&s, "alice", "bob");
	stage_run(&s, 80000);
	CU_ASSERT_EQUAL(
	    stage_count(&s, NODE("e2"), RULE("flow-failed"), "\"start\":430"),
	    1);
	CU_ASSERT_EQUAL(count_invites(NODE("e1")), 1);
	close_flows();
}

/* 5.3.1 by every transport: what follows takes the flow that the token names,
 * from who is reached by the same: nothing comes twice. */
static void
by_each_transport(void)
{
	for (unsigned by = 0; by < ADDR_TRANSPORTS; by++) {
		char attrs[64];
		struct node *bob;

		snprintf(attrs, sizeof(attrs), "transport=%s outbound=server",
		    addr_transports[by].word);
		stage_open(&s);
		stage_node(&s, "server", "proxy registrar location",
		    "b.example", 2, attrs);
		CU_ASSERT_EQUAL(world_add_domain(s.w, "b.example",
				    world_find(s.w, "server")),
		    0);
		stage_node(&s, "alice", "ua", "b.example", 5, attrs);
		tester_open(&s, &t, "t", 9);
		bob = stage_add(&s, "bob", "ua", "b.example", 6, attrs);
		CU_ASSERT_PTR_NOT_NULL_FATAL(bob);
		node_set_attr(bob, "flows", "1");
		CU_ASSERT_EQUAL_FATAL(node_start(bob), 0);
		stage_do(&s, "bob", "register", NULL, NULL);
		stage_run(&s, 1000);
		call_bob();
		CU_ASSERT_EQUAL(stage_count(&s, NODE("server"),
				    "\"dst\":\"bob\"", "\"start\":\"ACK\""),
		    1);
		close_flows();
	}
}

/* A registrar that has forgotten all learns it again with the next REGISTER,
 * over the same flows. */
static void
registrar_restarts(void)
{
	open_flows("expires=100s");
	node_crash(world_find(s.w, "server"));
	CU_ASSERT_EQUAL_FATAL(node_start(world_find(s.w, "server")), 0);
	stage_run(&s, 95000);
	CU_ASSERT_EQUAL(
	    stage_count(&s, KIND("binding"), "\"reg_id\":2", "\"op\":\"add\""),
	    2);
	call_bob();
	close_flows();
}

/* 5.3.1: a token that nobody here has made; 5.2: nor one that was changed. */
static void
forged(void)
{
	open_flows("");
	tester_ask(&t, 3, "OPTIONS", "sip:bob@192.0.2.6", "<sip:bob@b.example>",
	    "f1", 1, "f1",
	    "Route: <sip:AAAAAAAAAAAAAAAAAAIDE8TAAAIGE8Q=@192.0.2.3;lr>\n");
	stage_run(&s, 1000);
	CU_ASSERT_EQUAL(tester_count(&t, "OPTIONS", 403), 1);
	CU_ASSERT_EQUAL(stage_count(&s, RULE("flow-forged"), NULL, NULL), 1);
	close_flows();
}

#define INSTANCE "+sip.instance=\"<urn:uuid:0-1>\""
#define BEHIND   "Via: SIP/2.0/UDP 192.0.2.99;branch=z9hG4bKbehind\n"

/* 6: what a registrar makes of reg-id. */
static void
registrar(void)
{
	static const struct {
		const char *extra;
		unsigned status;
	} rows[] = {
		/* The first hop knows nothing of flows. */
		{ BEHIND "Supported: path, outbound\n"
			 "Contact: <sip:t@192.0.2.9>;" INSTANCE ";reg-id=1\n",
		    439 },
		{ BEHIND "Supported: path, outbound\nPath: <sip:192.0.2.3;lr>\n"
			 "Contact: <sip:t@192.0.2.9>;" INSTANCE ";reg-id=1\n",
		    439 },
		/* It does; or it is not asked for. */
		{ BEHIND "Supported: outbound\nPath: <sip:x@192.0.2.3;lr;ob>\n"
			 "Contact: <sip:t@192.0.2.9>;" INSTANCE ";reg-id=1\n",
		    200 },
		{ BEHIND "Contact: <sip:t@192.0.2.9>;" INSTANCE ";reg-id=1\n",
		    200 },
		{ BEHIND "Supported: outbound\n"
			 "Contact: <sip:t@192.0.2.9>;reg-id=1\n",
		    200 },
		{ "Supported: outbound\n"
		  "Contact: <sip:t@192.0.2.9>;" INSTANCE ";reg-id=1, "
		  "<sip:u@192.0.2.9>\n",
		    400 },
		/* RFC 5627 5.1: it would lead to itself. */
		{ "Supported: gruu\n"
		  "Contact: <sip:t@b.example;gr=urn:x:1>;" INSTANCE "\n",
		    403 },
		{ "Supported: outbound\n"
		  "Contact: <sip:t@192.0.2.9>;" INSTANCE ";reg-id=2\n",
		    200 },
	};

	open_flows("");
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		char id[8];
		size_t before = t.n;

		snprintf(id, sizeof(id), "r%zu", i);
		tester_ask(&t, 2, "REGISTER", "sip:b.example",
		    "<sip:t@b.example>", id, 1, id, rows[i].extra);
		stage_run(&s, 1000);
		if (strstr(rows[i].extra, "Via:") == NULL)
			CU_ASSERT_EQUAL(
			    tester_status(&t, before), rows[i].status);
		CU_ASSERT_EQUAL(
		    stage_count(&s, NODE("server"), KIND("send"), id) > 0, 1);
	}
	CU_ASSERT_EQUAL(stage_count(&s, RULE("flow-first-hop"), KIND("send"),
			    "\"start\":439"),
	    2);
	CU_ASSERT_EQUAL(stage_count(&s, RULE("flow-contacts"), NULL, NULL), 1);
	/* The registrar itself keeps the flow of whom it serves directly. */
	CU_ASSERT_EQUAL(stage_count(&s, KIND("binding"), "\"reg_id\":2",
			    "@192.0.2.2:5060;lr;ob>"),
	    1);
	close_flows();
}

/* However many phones with whatever names one user has, the 200 that lists them
 * can be sent: the registrar says 500 before. */
static void
crowd(void)
{
	char extra[400], id[8];
	unsigned status = 200, n = 0;

	open_flows("");
	for (; n < 64 && status == 200; n++) {
		size_t before = t.n;

		snprintf(id, sizeof(id), "c%u", n);
		snprintf(extra, sizeof(extra),
		    "Supported: gruu\nContact: <sip:t%u@192.0.2.9>;"
		    "+sip.instance=\"<urn:x:%0100u>\"\n",
		    n, n);
		tester_ask(&t, 2, "REGISTER", "sip:b.example",
		    "<sip:t@b.example>", id, 1, id, extra);
		stage_run(&s, 100);
		status = tester_status(&t, before);
	}
	CU_ASSERT_EQUAL(status, 500);
	CU_ASSERT(n > 8);
	CU_ASSERT_EQUAL(stage_count(&s, RULE("register-crowd"), NULL, NULL), 1);
	close_flows();
}

/* 4.2.1: 439, and the phone registers as if there were no flows. */
static void
goes_plain(void)
{
	struct node *bob;

	stage_open(&s);
	tester_open(&s, &t, "t", 9);
	CU_ASSERT_EQUAL(world_add_domain(s.w, "b.example", t.node), 0);
	bob = stage_node(&s, "bob", "ua", "b.example", 6, "flows=1");
	(void)bob;
	stage_do(&s, "bob", "register", NULL, NULL);
	stage_run(&s, 100);
	CU_ASSERT(tester_has(&t, 0, "Contact", "reg-id=1"));
	CU_ASSERT(tester_has(&t, 0, "Contact", "+sip.instance=\"<urn:uuid:"));
	CU_ASSERT(tester_has(&t, 0, "Supported", "outbound"));
	CU_ASSERT(!tester_has(&t, 0, "Contact", ";ob"));
	tester_answer(&t, 0, 439, "r", "");
	stage_run(&s, 100);
	CU_ASSERT_EQUAL_FATAL(t.n, 2);
	CU_ASSERT(!tester_has(&t, 1, "Contact", "reg-id"));
	CU_ASSERT(!tester_has(&t, 1, "Supported", "outbound"));
	tester_answer(&t, 1, 439, "r", "");
	stage_run(&s, 1000);
	CU_ASSERT_EQUAL(t.n, 2);
	close_flows();
}

/* The value of NAME in the last 200 to REGISTER, in quotes. */
static struct str
find_gruu(const char *name)
{
	const char *at = NULL, *next = s.trace.p;
	struct str rest;

	while ((next = strstr(next, name)) != NULL)
		at = next++;
	if (at == NULL)
		return STR_NULL;
	rest = str_of(at + strlen(name));
	rest = str_slice(rest, 3, rest.n); /* ="\ */
	return str_slice(rest, 0, (size_t)str_find(rest, "\\\""));
}

/* RFC 5627: two phones of one user; a GRUU leads to the one alone. */
static void
gruus(void)
{
	static const char *const names[] = { "pub-gruu", "temp-gruu" };
	char uri[200];

	stage_open(&s);
	stage_node(
	    &s, "server", "proxy registrar location", "b.example", 2, "");
	CU_ASSERT_EQUAL(
	    world_add_domain(s.w, "b.example", world_find(s.w, "server")), 0);
	stage_node(&s, "alice", "ua", "b.example", 5, "");
	stage_node(&s, "desk", "ua", "b.example", 6,
	    "aor=sip:bob@b.example gruu=public");
	stage_node(&s, "cell", "ua", "b.example", 7,
	    "aor=sip:bob@b.example gruu=temporary");
	tester_open(&s, &t, "t", 9);
	stage_do(&s, "desk", "register", NULL, NULL);
	stage_run(&s, 1000);
	stage_do(&s, "cell", "register", NULL, NULL);
	stage_run(&s, 1000);
	for (size_t i = 0; i < 2; i++) {
		struct str gruu = find_gruu(names[i]);

		CU_ASSERT_FATAL(gruu.n > 10 && gruu.n < sizeof(uri));
		snprintf(uri, sizeof(uri), "%.*s", STR_ARG(gruu));
		stage_call(&s, "alice", uri);
		stage_run(&s, 10000);
		CU_ASSERT_EQUAL(stage_count(&s, NODE("server"),
				    "\"dst\":\"cell\"", "\"start\":\"INVITE\""),
		    i + 1);
		CU_ASSERT_EQUAL(stage_count(&s, NODE("server"),
				    "\"dst\":\"desk\"", "\"start\":\"INVITE\""),
		    0);
	}
	/* The phones call themselves so. */
	CU_ASSERT(stage_count(&s, NODE("cell"), KIND("send"),
		      "Contact: <sip:tgruu.") > 0);
	stage_call(&s, "alice", "sip:bob@b.example;gr=urn:uuid:nobody");
	stage_run(&s, 5000);
	CU_ASSERT_EQUAL(
	    stage_count(&s, RULE("gruu-gone"), "\"start\":480", NULL), 1);
	close_flows();
}

#define GRUU(id, reg, host)                                                  \
	"Supported: outbound, gruu\nContact: <sip:t@192.0.2." host ">;+sip." \
	"instance=\"<urn:uuid:" id ">\"" reg "\n"

/* A REGISTER with Call-ID ID gets the temporary GRUU OUT. */
static void
ask_gruu(const char *id, unsigned cseq, const char *extra, char out[64])
{
	char branch[32];
	struct str temp;
	size_t before = t.n;

	snprintf(branch, sizeof(branch), "%s%u", id, cseq);
	tester_ask(&t, 2, "REGISTER", "sip:b.example", "<sip:t@b.example>", id,
	    cseq, branch, extra);
	stage_run(&s, 100);
	CU_ASSERT_EQUAL_FATAL(tester_status(&t, before), 200);
	temp = find_gruu("temp-gruu");
	snprintf(out, 64, "%.*s", STR_ARG(temp));
}

/* A request to URI, with Call-ID ID, leads somewhere. */
static bool
leads(const char *uri, const char *id)
{
	char to[80], call[40];

	snprintf(to, sizeof(to), "<%s>", uri);
	snprintf(call, sizeof(call), "\"call_id\":\"%s\"", id);
	tester_ask(&t, 2, "OPTIONS", uri, to, id, 1, id, "");
	stage_run(&s, 100);
	return stage_count(&s, RULE("proxy-404"), "\"start\":404", call) == 0;
}

/* RFC 5627 5.1, 5.3: a temporary GRUU is one for all flows of an instance, goes
 * on when one of them ends, and not when the Call-ID is another. */
static void
temporary_gruu(void)
{
	char one[64], two[64], three[64];

	open_flows("");
	ask_gruu("g1", 1, GRUU("0-1", ";reg-id=1", "9"), one);
	ask_gruu("g2", 1, GRUU("0-1", ";reg-id=2", "9"), two);
	CU_ASSERT_STRING_EQUAL(one, two);
	ask_gruu("g1", 2, GRUU("0-1", ";reg-id=1;expires=0", "9"), two);
	CU_ASSERT_STRING_EQUAL(one, two);
	CU_ASSERT(leads(one, "o1"));
	ask_gruu("g3", 1, GRUU("0-1", ";reg-id=2", "9"), three);
	CU_ASSERT_STRING_NOT_EQUAL(one, three);
	CU_ASSERT(!leads(one, "o2"));
	/* Another phone with the same Contact. */
	ask_gruu("g4", 1, GRUU("0-2", "", "11"), one);
	ask_gruu("g4", 2, GRUU("0-3", "", "11"), two);
	CU_ASSERT_STRING_NOT_EQUAL(one, two);
	CU_ASSERT(!leads(one, "o3"));
	/* 6.1: of two Contacts of one phone the one refreshed last. */
	ask_gruu("g5", 1, GRUU("0-4", "", "11"), one);
	ask_gruu("g5", 2, GRUU("0-4", "", "9"), one);
	CU_ASSERT(leads("sip:t@b.example;gr=urn:uuid:0-4", "o4"));
	CU_ASSERT_EQUAL(stage_count(&s, NODE("server"), "\"call_id\":\"o4\"",
			    "\"start\":\"OPTIONS\""),
	    1);
	stage_run(&s, 30000); /* then the other has its turn */
	close_flows();
}

CHECK_MAIN("outbound", { "two flows by TCP", by_tcp },
    { "one by each transport", by_each_transport }, { "430", flow_gone },
    { "no flow left", no_flow_left }, { "a flow breaks", flow_breaks },
    { "the registrar restarts", registrar_restarts }, { "forged", forged },
    { "the registrar", registrar }, { "a crowd", crowd }, { "439", goes_plain },
    { "GRUUs", gruus }, { "a temporary GRUU", temporary_gruu })
