/*
 * The verb send{…} of any node: requests of the script's own making, and any
 * bytes; how scripts give it header fields; and that what a script gives in
 * braces stands in the trace in a defined order.
 */
#include "fixtures/check.h"
#include "fixtures/labs.h"
#include "fixtures/stage.h"

struct fixture {
	struct stage s;
	struct tester tom;
};

static void
set_up(struct fixture *f)
{
	memset(f, 0, sizeof(*f));
	stage_open(&f->s);
	stage_node(&f->s, "alice", "ua", "a.example", 1, "");
	stage_node(&f->s, "px", "proxy location", "a.example", 2, "");
	tester_open(&f->s, &f->tom, "tom", 3);
	CU_ASSERT_EQUAL(world_add_domain(f->s.w, "t.example", f->tom.node), 0);
}

static void
tear_down(struct fixture *f)
{
	tester_close(&f->tom);
	stage_close(&f->s);
}

/* ---- requests ---- */

/* 8.1.1: what a request must have is there without being asked for. */
static void
fills_in(void)
{
	struct fixture f;

	set_up(&f);
	CU_ASSERT_EQUAL(stage_do(&f.s, "alice", "send", NULL, "method",
			    "OPTIONS", "uri", "sip:tom@t.example", NULL),
	    0);
	stage_run(&f.s, 100);
	CU_ASSERT_TRUE_FATAL(tester_is(&f.tom, 0, "OPTIONS"));
	CU_ASSERT_TRUE(str_is(tester_at(&f.tom, 0)->uri, "sip:tom@t.example"));
	CU_ASSERT_TRUE(
	    tester_has(&f.tom, 0, "Via", "192.0.2.1:5060;rport;branch="));
	CU_ASSERT_TRUE(
	    tester_has(&f.tom, 0, "From", "<sip:alice@a.example>;tag="));
	CU_ASSERT_TRUE(tester_has(&f.tom, 0, "To", "<sip:tom@t.example>"));
	CU_ASSERT_TRUE(tester_has(&f.tom, 0, "Call-ID", "@192.0.2.1"));
	CU_ASSERT_TRUE(tester_has(&f.tom, 0, "CSeq", "1 OPTIONS"));
	CU_ASSERT_TRUE(tester_has(&f.tom, 0, "Max-Forwards", "70"));
	CU_ASSERT_EQUAL(
	    stage_count(&f.s, KIND("send"), RULE("options-send"), NULL), 1);
	tear_down(&f);
}

/* What the script gives stands instead, each field once. */
static void
takes_what_is_given(void)
{
	static const char headers[] = "From: <sip:eve@e.example>;tag=x\n"
				      "t: \"Tom\" <sip:tom@t.example>;tag=y\r\n"
				      "Call-ID: mine\n"
				      "\n"
				      "CSeq: 77\n"
				      "Max-Forwards: 3\n"
				      "Content-Type: text/plain\n"
				      "Record-Route: <sip:r;lr>\n"
				      "X-Own:  one  ";
	struct fixture f;
	const struct msg *m;

	set_up(&f);
	CU_ASSERT_EQUAL(
	    stage_do(&f.s, "px", "send", NULL, "method", "MESSAGE", "uri",
		"sip:tom@t.example", "headers", headers, "body", "hi", NULL),
	    0);
	stage_run(&f.s, 100);
	m = tester_at(&f.tom, 0);
	CU_ASSERT_TRUE_FATAL(tester_is(&f.tom, 0, "MESSAGE"));
	CU_ASSERT_TRUE(
	    str_is(msg_value(m, MSG_H_FROM), "<sip:eve@e.example>;tag=x"));
	CU_ASSERT_TRUE(str_is(
	    msg_value(m, MSG_H_TO), "\"Tom\" <sip:tom@t.example>;tag=y"));
	CU_ASSERT_TRUE(str_is(msg_value(m, MSG_H_CALL_ID), "mine"));
	CU_ASSERT_TRUE(str_is(msg_value(m, MSG_H_CSEQ), "77 MESSAGE"));
	CU_ASSERT_TRUE(str_is(msg_value(m, MSG_H_MAX_FORWARDS), "3"));
	CU_ASSERT_TRUE(str_is(msg_value(m, MSG_H_CONTENT_TYPE), "text/plain"));
	CU_ASSERT_TRUE(tester_has(&f.tom, 0, "Record-Route", "<sip:r;lr>"));
	CU_ASSERT_TRUE(tester_has(&f.tom, 0, "X-Own", "one"));
	CU_ASSERT_TRUE(str_is(m->body, "hi"));
	/* Of a dialog that is none of its own. */
	CU_ASSERT_EQUAL(
	    stage_count(&f.s, KIND("send"), RULE("request-send"), NULL), 1);
	for (size_t i = 0; i < m->nfields; i++)
		for (size_t k = 0; k < i; k++)
			CU_ASSERT_FALSE(
			    str_ieq(m->fields[i].name, m->fields[k].name));
	tear_down(&f);
}

/* to= before Route before the outbound proxy before the URI. */
static void
finds_its_way(void)
{
	static const char away[] = "sip:x@192.0.2.99";
	struct fixture f;

	set_up(&f);
	CU_ASSERT_EQUAL(
	    stage_do(&f.s, "px", "send", NULL, "method", "OPTIONS", "uri", away,
		"to", "tom", "headers", "Route: <sip:192.0.2.98;lr>", NULL),
	    0);
	CU_ASSERT_EQUAL(
	    stage_do(&f.s, "px", "send", NULL, "method", "OPTIONS", "uri", away,
		"headers", "Route: <sip:192.0.2.3;lr>, <sip:192.0.2.97>", NULL),
	    0);
	CU_ASSERT_EQUAL(
	    node_set_attr(world_find(f.s.w, "alice"), "outbound", "tom px"), 0);
	CU_ASSERT_EQUAL(stage_do(&f.s, "alice", "send", NULL, "method",
			    "OPTIONS", "uri", away, NULL),
	    0);
	stage_run(&f.s, 100);
	CU_ASSERT_EQUAL_FATAL(tester_count(&f.tom, "OPTIONS", 0), 3);
	CU_ASSERT_TRUE(tester_has(&f.tom, 0, "Route", "<sip:192.0.2.98;lr>"));
	CU_ASSERT_TRUE(tester_has(&f.tom, 1, "Route", "<sip:192.0.2.97>"));
	CU_ASSERT_TRUE(
	    tester_has(&f.tom, 2, "Route", "<sip:192.0.2.3:5060;lr>"));
	tear_down(&f);
}

/* ---- bytes ---- */

static void
sends_bytes_as_they_are(void)
{
	static const char bytes[] = "any\0thing\r\n\xff";
	struct fixture f;
	struct node_arg list[2] = {
		{ .key = "raw", .value = bytes, .n = sizeof(bytes) - 1 },
		{ .key = "to", .value = "192.0.2.3" },
	};
	struct node_args args = { list, 2 };
	struct node_act a = {
		.args = &args, .result = &f.s.result, .d = &f.s.d
	};
	const struct node_verb *v;

	set_up(&f);
	v = world_verb(world_find(f.s.w, "alice"), STR("send"), &a.role);
	CU_ASSERT_PTR_NOT_NULL_FATAL(v);
	CU_ASSERT_EQUAL(v->fn(&a), 0);
	CU_ASSERT_EQUAL(stage_do(&f.s, "alice", "send", NULL, "raw",
			    "OPTIONS sip:x SIP/2.0\r\n\r\n", "to", "tom", NULL),
	    0);
	stage_run(&f.s, 5000);
	CU_ASSERT_EQUAL_FATAL(f.tom.n, 2); /* nobody repeats them */
	CU_ASSERT_TRUE(str_eq(buf_view(&f.tom.got[0].bytes),
	    (struct str){ bytes, sizeof(bytes) - 1 }));
	CU_ASSERT_EQUAL(f.tom.got[0].src.port, 5060);
	CU_ASSERT_EQUAL(
	    stage_count(&f.s, KIND("send"), RULE("raw-send"), NULL), 2);
	/* What can be read is described. */
	CU_ASSERT_EQUAL(
	    stage_count(&f.s, RULE("raw-send"), "\"start\":\"OPTIONS\"", NULL),
	    1);
	tear_down(&f);
}

/* ---- mistakes ---- */

static void
expect_refusal(struct fixture *f, const char *node, const char *a,
    const char *av, const char *b, const char *bv, const char *c,
    const char *cv, const char *sentence)
{
	int err =
	    stage_do(&f->s, node, "send", NULL, a, av, b, bv, c, cv, NULL);

	CU_ASSERT_NOT_EQUAL(err, 0);
	CU_ASSERT_NOT_EQUAL(err, ERR_NOMEM);
	if (strstr(f->s.d.text, sentence) == NULL)
		printf("  \"%s\" instead of \"%s\"\n", f->s.d.text, sentence);
	CU_ASSERT_PTR_NOT_NULL(strstr(f->s.d.text, sentence));
}

static void
refuses_with_a_sentence(void)
{
	static const struct {
		const char *node, *a, *av, *b, *bv, *c, *cv, *sentence;
	} rows[] = {
		{ "alice", NULL, NULL, NULL, NULL, NULL, NULL,
		    "either method= and uri=, or raw= and to=" },
		{ "alice", "method", "X", "raw", "x", NULL, NULL, "either" },
		{ "alice", "method", "X", NULL, NULL, NULL, NULL, "uri=" },
		{ "alice", "raw", "x", NULL, NULL, NULL, NULL, "needs to=" },
		{ "alice", "raw", "x", "to", "tom", "body", "b",
		    "body= does not go with it" },
		{ "alice", "raw", "x", "to", "nobody", NULL, NULL,
		    "“nobody” is neither a node nor an address" },
		{ "alice", "raw", "x", "to", "tom", "port", "0",
		    "“0” is no port" },
		{ "alice", "raw", "x", "to", "tom", "port", "65536",
		    "is no port" },
		{ "alice", "method", "X", "uri", "sip:x@nowhere", NULL, NULL,
		    "no address is known for sip:x@nowhere" },
		{ "alice", "method", "X", "uri", "sip:tom@t.example", "headers",
		    "nonsense", "“nonsense” is no header field" },
		{ "alice", "method", "X", "uri", "sip:tom@t.example", "headers",
		    "CSeq: 1 Y", "the request's method" },
		{ "alice", "method", "X", "uri", "sip:tom@t.example", "headers",
		    "From: \x01", "is no header field" },
		{ "alice", "method", "X", "uri", "sip:tom@t.example", "headers",
		    "Expires: ten", "Expires can't have the value “ten”" },
		{ "alice", "method", "X", "uri", "sip:tom@t.example", "headers",
		    "Contact: <sip:a@b>\nRefer-To: sip:a@b\nr: sip:c@b",
		    "r may stand only once" },
		{ "alice", "method", "X Y", "uri", "sip:tom@t.example", NULL,
		    NULL, "no request can be made" },
		{ "tom", "method", "X", "uri", "sip:tom@t.example", NULL, NULL,
		    "tom can't send: it does not speak SIP" },
	};
	struct fixture f;

	set_up(&f);
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
		expect_refusal(&f, rows[i].node, rows[i].a, rows[i].av,
		    rows[i].b, rows[i].bv, rows[i].c, rows[i].cv,
		    rows[i].sentence);
	node_crash(world_find(f.s.w, "alice"));
	expect_refusal(
	    &f, "alice", "raw", "x", "to", "tom", NULL, NULL, "alice is down");
	stage_run(&f.s, 1000);
	CU_ASSERT_EQUAL(f.tom.n, 0);
	tear_down(&f);
}

/* Memory may run out at any point: an error, and the run goes on. */
static void
survives_a_lack_of_memory(void)
{
	int err = ERR_NOMEM;

	for (long i = 1; err != 0 && i < 2000; i++) {
		struct fixture f;

		set_up(&f);
		mem_fail_from((unsigned long)i);
		err = stage_do(&f.s, "alice", "send", NULL, "method", "OPTIONS",
		    "uri", "sip:tom@t.example", "headers",
		    "X: y\nRoute: <sip:192.0.2.3;lr>", NULL);
		mem_fail_from(0);
		CU_ASSERT_TRUE(err == 0 || err == ERR_NOMEM);
		tear_down(&f);
	}
	CU_ASSERT_EQUAL(err, 0);
}

/* ---- as scripts say it ---- */

static void
run_script(const char *text, struct buf *out, struct diag *d)
{
	struct inputs in;

	memset(&in, 0, sizeof(in));
	memset(d, 0, sizeof(*d));
	in.script = mem_strdup(text);
	in.script_file = mem_strdup("lab.lua");
	in.folder = mem_strdup(".");
	in.detail = TRACE_PROTOCOL;
	buf_clear(out);
	lab_run_inputs(&in, 0, out, d);
	inputs_free(&in);
}

#define LAB                                                          \
	"lab { topology = \"direct-call.gv\", duration = \"1s\" }\n" \
	"local alice, bob = node \"alice\", node \"bob\"\n"

static void
header_tables(void)
{
	struct buf out = BUF_INIT;
	struct diag d;

	run_script(LAB "script(function()\n"
		       "alice:send { method = \"OPTIONS\", uri = \"sip:b@x\","
		       " to = bob, headers = { [\"X-B\"] = { 1, \"two\" },"
		       " [\"X-A\"] = \"a\" } }\n"
		       "alice:send { raw = \"a\\0b\\255\", to = bob }\n"
		       "end)\n",
	    &out, &d);
	CU_ASSERT_EQUAL(d.err, 0);
	CU_ASSERT_TRUE(str_find(buf_view(&out),
			   "\"headers\":\"X-A: a\\nX-B: 1\\nX-B: two\"") > 0);
	CU_ASSERT_TRUE(str_find(buf_view(&out),
			   "X-A: a\\r\\nX-B: 1\\r\\nX-B: two\\r\\n") > 0);
	CU_ASSERT_TRUE(str_find(buf_view(&out), "\"base64\":\"YQBi/w==\"") > 0);
	run_script(LAB "script(function()\n"
		       "alice:send { method = \"X\", uri = \"sip:b@x\","
		       " headers = { \"X-A: a\" } }\n"
		       "end)\n",
	    &out, &d);
	CU_ASSERT_PTR_NOT_NULL(
	    strstr(d.text, "header fields in braces need names"));
	CU_ASSERT_EQUAL(d.line, 4);
	run_script(LAB "script(function() alice:send { mehtod = \"X\" } end)\n",
	    &out, &d);
	CU_ASSERT_PTR_NOT_NULL(
	    strstr(d.text, "send takes no “mehtod”; did you mean"));
	run_script(LAB "script(function() alice:sendd { } end)\n", &out, &d);
	CU_ASSERT_PTR_NOT_NULL(strstr(d.text, "did you mean “send”?"));
	buf_free(&out);
}

/* Lua keeps the keys of a table in an order that differs from run to run. */
static void
arguments_have_an_order(void)
{
	static const char text[] =
	    LAB "script(function()\n"
		"link(\"alice\", \"router\"):set { mtu = 900, delay = \"1ms\","
		" rate = \"1mbit\", jitter = \"1ms\", loss = \"1%\","
		" queue = 7, duplicate = \"1%\" }\n"
		"end)\n";
	struct buf out = BUF_INIT;
	struct diag d;

	for (int i = 0; i < 8; i++) {
		run_script(text, &out, &d);
		CU_ASSERT_EQUAL(d.err, 0);
		CU_ASSERT_TRUE(
		    str_find(buf_view(&out),
			"\"args\":{\"delay\":\"1ms\",\"duplicate\":\"1%\","
			"\"jitter\":\"1ms\",\"loss\":\"1%\",\"mtu\":\"900\","
			"\"queue\":\"7\",\"rate\":\"1mbit\"}") > 0);
	}
	buf_free(&out);
}

CHECK_MAIN("send", { "fills_in", fills_in },
    { "takes_what_is_given", takes_what_is_given },
    { "finds_its_way", finds_its_way },
    { "sends_bytes_as_they_are", sends_bytes_as_they_are },
    { "refuses_with_a_sentence", refuses_with_a_sentence },
    { "survives_a_lack_of_memory", survives_a_lack_of_memory },
    { "header_tables", header_tables },
    { "arguments_have_an_order", arguments_have_an_order })
