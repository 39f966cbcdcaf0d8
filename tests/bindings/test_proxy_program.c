/*
 * Programs of proxies (route=FILE): what they decide, what becomes of those
 * that err, have no end or say nonsense, that a run made again has the same
 * bytes, and that a message is an object over its bytes, whatever they are.
 */
#include "fixtures/check.h"
#include "fixtures/labs.h"

#include "msg/splice.h"
#include "bindings/lua_message.h"
#include "runs/run.h"
#include "script/sandbox.h"
#include "sim/rng.h"
#include "text/json.h"

#include <lauxlib.h>

static const char topology[] =
    "graph {\n"
    "domain=\"b.example\"; start=\"2026-03-02T08:30:00+08:00\"\n"
    "alice [role=ua, registered=true, addr=\"192.0.2.1\"]\n"
    "bil [role=\"proxy registrar location\", route=\"r.lua\",\n"
    "     addr=\"192.0.2.2\"]\n"
    "bob [role=ua, registered=true, addr=\"192.0.2.3\", answer=\"1s\"]\n"
    "vm [role=ua, registered=true, addr=\"192.0.2.4\", answer=\"1s\"]\n"
    "no [role=ua, registered=true, addr=\"192.0.2.5\", busy=true]\n"
    "lan\n"
    "lan -- {alice bil bob vm no} }\n";

/* Where a run's texts are. */
struct texts {
	const char *program, *topology;
};

static int
supply(const struct inputs *in, enum inputs_named what, const char *name,
    struct buf *out, struct diag *d)
{
	const struct texts *t = in->supplier;

	(void)name;
	if (what == INPUTS_PROGRAM && t->program == NULL)
		return diag_set(d, ERR_NOTFOUND, NULL, 0, "no program");
	buf_puts(out, what == INPUTS_TOPOLOGY
			  ? (t->topology != NULL ? t->topology : topology)
			  : t->program);
	return out->err;
}

/* A lab that does ACTS, with PROGRAM. */
static int
read_lab(struct inputs *in, struct texts *t, const char *acts, struct diag *d)
{
	LOCAL_BUF lab = BUF_INIT;
	int err;

	*in = (struct inputs){
		.detail = TRACE_PROTOCOL, .supply = supply, .supplier = t
	};
	buf_puts(&lab, "lab { topology = \"net.gv\", duration = \"60s\" }\n"
		       "script(function() ");
	buf_puts(&lab, acts);
	buf_puts(&lab, " end)\n");
	err = inputs_take_text(in, "lab.lua", &lab, d);
	return err;
}

static struct buf trace;
static struct diag said;

/* The run's records, in `trace`. */
static int
run_texts(struct texts *t, const char *acts)
{
	struct inputs in;
	int err;

	buf_free(&trace);
	said = DIAG_INIT;
	err = read_lab(&in, t, acts, &said);
	if (err == 0)
		err = lab_run_inputs(&in, 0, &trace, &said);
	inputs_free(&in);
	return err;
}

static void
run(const char *program, const char *acts)
{
	struct texts t = { program, NULL };
	int err = run_texts(&t, acts);

	if (err != 0)
		printf("  %s:%u: %s\n", said.file, said.line, said.text);
	CU_ASSERT_EQUAL(err, 0);
}

/* How many records hold all of these; NULL: anything. */
static size_t
count(const char *a, const char *b, const char *c)
{
	struct str rest = buf_view(&trace);
	size_t n = 0;

	while (rest.n > 0) {
		struct str line = str_cut(rest, '\n', &rest);

		n += str_find(line, a) >= 0 &&
		     (b == NULL || str_find(line, b) >= 0) &&
		     (c == NULL || str_find(line, c) >= 0);
	}
	return n;
}

#define HAVE(n, a, b, c) CU_ASSERT_EQUAL(count(a, b, c), n)
#define ROUTED           "\"kind\":\"route\""
#define VERDICT(v)       "\"verdict\":\"" v "\""
#define WHERE(l)         "\"where\":\"r.lua:" l "\""
#define CALL(who)        "node \"alice\":invite \"sip:" who "@b.example\""
#define SENT(from, to)   "\"src\":\"" from "\",\"dst\":\"" to "\""

/* ---- what it decides ---- */

static void
leaves_it_to_the_proxy(void)
{
	run("function on_request(r) end\n", CALL("bob"));
	HAVE(1, ROUTED, VERDICT("default"), WHERE("1"));
	HAVE(1, "\"start\":200", SENT("bil", "alice"), NULL);
	/* Nor what has no function for it. */
	run("function on_failure() end\n", CALL("bob"));
	HAVE(0, ROUTED, "\"verdict\"", NULL);
}

static void
names_targets(void)
{
	run("function on_request(r)\n"
	    "return { \"sip:bob@192.0.2.3\", \"sip:vm@192.0.2.4\" } end\n",
	    CALL("all"));
	HAVE(1, ROUTED, VERDICT("parallel"), WHERE("2"));
	/* At one time. */
	HAVE(2, "\"t\":10000000,", "INVITE sip:", "\"src\":\"bil\"");
	HAVE(1, "\"kind\":\"send\"", SENT("bil", "bob"), "INVITE sip:bob@");
	HAVE(1, "\"kind\":\"send\"", SENT("bil", "vm"), "INVITE sip:vm@");
	/* One after the other, the first of which is busy. */
	run("function on_request(r)\n"
	    "return in_turn { \"sip:no@192.0.2.5\",\n"
	    "parallel { \"sip:bob@192.0.2.3\", \"sip:vm@192.0.2.4\" } } end\n",
	    CALL("all"));
	HAVE(1, ROUTED, VERDICT("in_turn"), WHERE("2"));
	HAVE(1, "\"start\":486", SENT("no", "bil"), NULL);
	HAVE(1, "\"kind\":\"send\"", SENT("bil", "vm"), "INVITE sip:vm@");
	HAVE(0, "\"start\":486", SENT("bil", "alice"), NULL);
}

/* 300 draws, of which three quarters are the first's. */
static void
draws_by_weight(void)
{
	static const char program[] =
	    "function on_request(r)\n"
	    "return weighted { { \"sip:bob@192.0.2.3\", 3 },\n"
	    "{ \"sip:vm@192.0.2.4\", 1 }, { \"sip:no@192.0.2.5\", 0 } } end\n";
	size_t bob, vm;

	run(program, "for i = 1, 300 do node \"alice\":send { method = "
		     "\"MESSAGE\", uri = \"sip:x@b.example\" } sleep "
		     "\"100ms\" end");
	bob = count(ROUTED, VERDICT("weighted"), "\"target\":\"sip:bob@");
	vm = count(ROUTED, VERDICT("weighted"), "\"target\":\"sip:vm@");
	CU_ASSERT_EQUAL(bob + vm, 300);
	CU_ASSERT_TRUE(bob > 195 && bob < 255);
	/* Whoever is without weight comes last, not never. */
	HAVE(300, ROUTED, VERDICT("weighted"), "192.0.2.5\"");
}

static void
refuses_and_redirects(void)
{
	run("function on_request(r)\n"
	    "if r.uri:find \"late\" then\n"
	    "return reject(480, \"At \" .. date().hour .. \":\" .. date().min "
	    ".. \" on day \" .. date().wday) end\n"
	    "return redirect { \"sip:vm@192.0.2.4\" } end\n",
	    CALL("late") " sleep \"1s\" " CALL("bob"));
	HAVE(1, "\"start\":480", "480 At 8:30 on day 1", SENT("bil", "alice"));
	HAVE(1, ROUTED, VERDICT("reject"), WHERE("3"));
	HAVE(1, "\"start\":302", "Contact: <sip:vm@192.0.2.4>",
	    SENT("bil", "alice"));
	HAVE(1, ROUTED, VERDICT("redirect"), WHERE("4"));
	HAVE(1, "\"start\":200", SENT("vm", "alice"), NULL);
}

/* A branch has failed: there are other places. */
static void
goes_on_after_a_failure(void)
{
	run("function on_request(r) return \"sip:no@192.0.2.5\" end\n"
	    "function on_failure(r, status, target, reply)\n"
	    "print(status, target, reply:get \"to\" ~= nil)\n"
	    "return \"sip:vm@192.0.2.4\" end\n",
	    CALL("bob"));
	HAVE(1, "\"kind\":\"note\"", "486\\tsip:no@192.0.2.5\\ttrue",
	    WHERE("3"));
	HAVE(1, ROUTED, "\"asked\":\"on_failure\"", WHERE("4"));
	HAVE(1, "\"kind\":\"send\"", SENT("bil", "vm"), "INVITE sip:vm@");
	HAVE(0, "\"start\":486", SENT("bil", "alice"), NULL);
	/* No place twice, and so an end. */
	run("function on_request(r) return \"sip:no@192.0.2.5\" end\n"
	    "function on_failure(r) return \"sip:no@192.0.2.5\" end\n",
	    CALL("bob"));
	HAVE(1, "\"start\":486", SENT("bil", "alice"), NULL);
	/* Another answer. */
	run("function on_request(r) return \"sip:no@192.0.2.5\" end\n"
	    "function on_failure(r) return reject(604) end\n",
	    CALL("bob"));
	HAVE(1, "\"start\":604", SENT("bil", "alice"), NULL);
}

/* The first server crashes: calls go to the other, until it is back. */
static void
watches_servers(void)
{
	run("local a, b = \"sip:bob@192.0.2.3\", \"sip:vm@192.0.2.4\"\n"
	    "watch(a, \"2s\") watch(b, \"2s\")\n"
	    "function on_request(r) return alive(a) and a or b end\n",
	    "sleep \"2s\" " CALL(
		"x") " sleep \"3s\" node \"bob\":crash() "
		     "sleep \"5s\" " CALL(
			 "x") " sleep \"2s\" "
			      "node \"bob\":restart() sleep \"5s\" " CALL("x"));
	HAVE(1, "\"how\":\"health\"", "sip:bob@", "\"state\":\"down\"");
	HAVE(1, "\"how\":\"health\"", "sip:bob@", "\"state\":\"up\"");
	HAVE(0, "\"how\":\"health\"", "sip:vm@", NULL);
	HAVE(2, "\"start\":200", SENT("bob", "bil"), " INVITE\"");
	HAVE(1, "\"start\":200", SENT("vm", "bil"), " INVITE\"");
}

/* ---- what it changes ---- */

/* All fields but those that 16.6 names pass as they are, in order; what the
 * program has added stands behind them. */
static void
adds_fields(void)
{
	run("function on_request(r)\n"
	    "r:add(\"X-Seen\", \"once\") r:add(\"X-Seen\", \"twice\")\n"
	    "r:add(\"Priority\", \"urgent\")\n"
	    "r.uri = \"sip:vm@192.0.2.4\" end\n"
	    "function on_reply(r, reply) if reply.status == 200 then\n"
	    "reply:add(\"X-Told\", r.uri) end end\n",
	    CALL("bob"));
	HAVE(1, SENT("bil", "vm"), "INVITE sip:vm@192.0.2.4 SIP/2.0",
	    "\\r\\nX-Seen: once\\r\\nX-Seen: "
	    "twice\\r\\nPriority: urgent\\r\\n\\r\\n");
	HAVE(1, "\"start\":200", SENT("bil", "alice"),
	    "X-Told: sip:bob@b.example");
	HAVE(0, "\"start\":180", SENT("bil", "alice"), "X-Told");
}

/* RFC 3261 tables 2 and 3: what is not the proxy's to touch. */
static void
touches_no_more(void)
{
	static const char *const lines[] = {
		"r:set(\"From\", \"<sip:me@b.example>\")",
		"r:add(\"To\", \"<sip:me@b.example>\")",
		"r:remove \"Contact\"",
		"r:set(\"v\", \"SIP/2.0/UDP 10.0.0.1\")",
		"r:add(\"Route\", \"<sip:10.0.0.1;lr>\")",
		"r:remove \"Via\"",
		"r:set(\"Content-Length\", \"0\")",
		"r.body = \"\"",
		"r.method = \"BYE\"",
	};

	for (size_t i = 0; i < sizeof(lines) / sizeof(lines[0]); i++) {
		struct buf b = BUF_INIT;

		buf_printf(&b, "function on_request(r)\n%s\nend\n", lines[i]);
		run(buf_cstr(&b), CALL("bob"));
		HAVE(1, ROUTED, "\"fault\":\"field\"", WHERE("2"));
		HAVE(1, "\"start\":500", SENT("bil", "alice"), NULL);
		/* Whoever has asked before is not refused. */
		buf_clear(&b);
		buf_printf(&b,
		    "function on_request(r)\npcall(function() %s "
		    "end)\nend\n",
		    lines[i]);
		run(buf_cstr(&b), CALL("bob"));
		HAVE(1, "\"start\":200", SENT("bil", "alice"), NULL);
		buf_free(&b);
	}
	/* 16.5: another's Request-URI is not its to change. */
	run("function on_request(r) return \"sip:vm@192.0.2.4\" end\n",
	    "node \"alice\":send { method = \"OPTIONS\", uri = "
	    "\"sip:bob@192.0.2.3\", to = \"bil\" }");
	HAVE(1, ROUTED, "\"fault\":\"field\"", WHERE("1"));
}

/* ---- what becomes of those that fail ---- */

static const struct {
	const char *body, *fault, *line;
	unsigned status;
} failures[] = {
	{ "while true do end", "endless", "2", 500 },
	{ "pcall(function() while true do end end)", "endless", "2", 500 },
	{ "local x = nil + 1", "error", "2", 500 },
	{ "error { }", "error", "2", 500 },
	{ "error()", "error", "2", 500 },
	{ "local t = {} for i = 1, 1e6 do t[i] = (\"x\"):rep(1e5) .. i end",
	    "memory", "2", 500 },
	{ "local function f() return 1 + f() end f()", "memory", "2", 500 },
	{ "return 17", "nonsense", "2", 500 },
	{ "return true", "nonsense", "2", 500 },
	{ "return {}", "nonsense", "2", 500 },
	{ "return print", "nonsense", "2", 500 },
	{ "return r", "nonsense", "2", 500 },
	{ "return reject(200)", "nonsense", "2", 500 },
	{ "return reject(1e9)", "nonsense", "2", 500 },
	{ "return reject(404, \"a\\r\\nX: y\")", "nonsense", "2", 500 },
	{ "return redirect({ \"sip:a@192.0.2.9\" }, 200)", "nonsense", "2",
	    500 },
	{ "return { verdict = \"failed\" }", "nonsense", "2", 500 },
	{ "return { verdict = \"fly\" }", "nonsense", "2", 500 },
	{ "return in_turn { 1, 2 }", "nonsense", "2", 500 },
	{ "return in_turn { { { \"sip:a@192.0.2.9\" } } }", "nonsense", "2",
	    500 },
	{ "local t = {} for i = 1, 101 do t[i] = \"sip:\" .. i .. "
	  "\"@192.0.2.9\" end return t",
	    "nonsense", "2", 500 },
	{ "return \"bob\"", "target", "2", 500 },
	{ "return \"\"", "target", "2", 500 },
	{ "return \"sips:a@192.0.2.9\"", "target", "2", 500 },
	{ "return \"sip:a@192.0.2.9 SIP/2.0\\r\\nX: y\"", "target", "2", 500 },
	{ "return \"sip:\" .. (\"a\"):rep(2000) .. \"@192.0.2.9\"", "target",
	    "2", 500 },
	{ "return { \"sip:a@192.0.2.9\", \"tel:110\" }", "target", "2", 500 },
	{ "return weighted { { \"sip:a@192.0.2.9\", -1 } }", "error", "2",
	    500 },
	{ "r:add(\"X\\n\", \"y\")", "error", "2", 500 },
	{ "r:add(\"X-Y\", \"y\\r\\nZ: z\")", "error", "2", 500 },
	{ "for i = 1, 1e4 do r:add(\"X\" .. i, \"y\") end", "error", "2", 500 },
};

static void
fails_alone(void)
{
	for (size_t i = 0; i < sizeof(failures) / sizeof(failures[0]); i++) {
		struct buf b = BUF_INIT, fault = BUF_INIT, where = BUF_INIT;
		bool right;

		buf_printf(&b,
		    "function on_request(r) if r.uri:find \"bob\" then return "
		    "end\n%s\nend\n",
		    failures[i].body);
		buf_printf(&fault, "\"fault\":\"%s\"", failures[i].fault);
		buf_printf(&where, WHERE("%s"), failures[i].line);
		run(buf_cstr(&b), CALL("eve") " sleep \"9s\" " CALL("bob"));
		right =
		    count(ROUTED, buf_cstr(&fault), buf_cstr(&where)) == 1 &&
		    count("\"start\":500", SENT("bil", "alice"), NULL) == 1 &&
		    /* Nothing is left of it: the next call is as any. */
		    count("\"start\":200", SENT("bil", "alice"), NULL) == 1 &&
		    count("\"kind\":\"end\"", NULL, NULL) == 1;
		if (!right)
			printf("  %s\n", failures[i].body);
		CU_ASSERT_TRUE(right);
		buf_free(&b);
		buf_free(&fault);
		buf_free(&where);
	}
}

/* What it says of a failure, or a response, is nobody's answer. */
static void
fails_later(void)
{
	run("function on_request(r) return \"sip:no@192.0.2.5\" end\n"
	    "function on_failure(r) return 5 end\n"
	    "function on_reply(r) while true do end end\n",
	    CALL("bob"));
	HAVE(1, ROUTED, "\"asked\":\"on_failure\"", "\"fault\":\"nonsense\"");
	HAVE(1, ROUTED, "\"asked\":\"on_reply\"", "\"fault\":\"endless\"");
	HAVE(1, "\"start\":486", SENT("bil", "alice"), NULL);
}

/* A message that has gone on is not changed any more. */
static void
keeps_messages(void)
{
	run("kept = false function on_request(r)\n"
	    "if kept then print(kept.uri, #kept:fields()) "
	    "print(pcall(kept.add, kept, \"X-A\", \"b\")) end\n"
	    "kept = r end\n",
	    CALL("bob") " sleep \"5s\" " CALL("vm"));
	HAVE(1, "\"kind\":\"note\"", "sip:bob@b.example", NULL);
	HAVE(1, "\"kind\":\"note\"", "\"text\":\"false\\t", NULL);
	HAVE(1, "X-A", NULL, NULL);
}

/* 0.9 million instructions a request: of those that come at once some get 503,
 * and a few seconds later all is well. */
static void
has_a_rate(void)
{
	run("function on_request(r) for i = 1, 2e5 do local x = i % 7 end "
	    "return reject(404) end\n",
	    "for i = 1, 30 do node \"alice\":send { method = \"MESSAGE\", uri "
	    "= \"sip:x@b.example\" } end sleep \"20s\" " CALL("bob"));
	CU_ASSERT_TRUE(count(ROUTED, "\"fault\":\"rate\"", NULL) >= 3);
	CU_ASSERT_EQUAL(
	    count("\"start\":503", "Retry-After: 1", SENT("bil", "alice")),
	    count(ROUTED, "\"fault\":\"rate\"", NULL));
	HAVE(1, "\"start\":404", SENT("bil", "alice"), "INVITE");
}

/* What can't be loaded is said before the run begins, with its line. */
static void
is_loaded_first(void)
{
	static const struct {
		const char *text;
		unsigned line;
	} bad[] = {
		{ "function on_request(r)\nreturn return\nend", 2 },
		{ "\n\nerror \"x\"", 3 },
		{ "local x = 1", 0 },
		{ "while true do end", 1 },
		{ "\033Lua", 0 },
		{ "watch \"bob\"", 1 },
		{ "watch(\"sip:a@192.0.2.9\", \"1ms\")", 1 },
		{ "for i = 1, 101 do watch(\"sip:\" .. i .. \"@h\") end", 1 },
	};
	struct texts none = { NULL, NULL };

	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
		struct texts t = { bad[i].text, NULL };

		CU_ASSERT_NOT_EQUAL(run_texts(&t, ""), 0);
		CU_ASSERT_STRING_EQUAL(said.file, "r.lua");
		CU_ASSERT_EQUAL(said.line, bad[i].line);
	}
	CU_ASSERT_NOT_EQUAL(run_texts(&none, ""), 0);
	CU_ASSERT_TRUE(strstr(said.text, "no program") != NULL);
}

/* ---- again ---- */

static const char remembers[] =
    "local n = 0\n"
    "function on_request(r) n = n + 1\n"
    "print(n, math.random(1000))\n"
    "return weighted { { \"sip:bob@192.0.2.3\", 1 }, "
    "{ \"sip:vm@192.0.2.4\", 1 } } end\n";

/* The same bytes again, and from the trace alone, which has the program. */
static void
is_an_input(void)
{
	static const char acts[] = CALL("bob") " sleep \"9s\" " CALL("bob");
	struct texts t = { remembers, NULL };
	LOCAL_BUF first = BUF_INIT, copy = BUF_INIT, again = BUF_INIT;
	struct diag d = DIAG_INIT;
	struct trace *read = NULL;
	struct inputs in, half;

	run(remembers, acts);
	buf_str(&first, buf_view(&trace));
	buf_str(&copy, buf_view(&trace));
	run(remembers, acts);
	CU_ASSERT_TRUE(str_eq(buf_view(&first), buf_view(&trace)));
	CU_ASSERT_EQUAL_FATAL(trace_read_buf(&read, &copy, "t.jsonl", &d), 0);
	/* There is no such file any more, nor is one asked for. */
	CU_ASSERT_EQUAL_FATAL(inputs_from_head(&in, read, "t.jsonl", &d), 0);
	CU_ASSERT_EQUAL(in.nprograms, 1);
	CU_ASSERT_EQUAL(inputs_copy(&half, &in, UINT64_MAX, 0), 0);
	CU_ASSERT_EQUAL(lab_run_inputs(&half, 7, &again, &d), 0);
	CU_ASSERT_TRUE(str_eq(buf_view(&first), buf_view(&again)));
	inputs_free(&in);
	inputs_free(&half);
	trace_destroy(read);
	(void)t;
}

/* After a crash it knows nothing of before; its draws go on. */
static void
begins_anew(void)
{
	run(remembers, CALL("bob") " sleep \"9s\" node \"bil\":crash() sleep "
				   "\"1s\" node \"bil\":restart() sleep "
				   "\"1s\" " CALL("bob"));
	HAVE(2, "\"kind\":\"note\"", "\"text\":\"1\\t", NULL);
	HAVE(0, "\"kind\":\"note\"", "\"text\":\"2\\t", NULL);
}

/* ---- hostile ---- */

/* Programs with bytes of them changed: each run comes to an end. */
static void
takes_any_program(void)
{
	struct rng r;

	rng_init(&r, 1, "test", "program");
	for (int i = 0; i < (IS_SANITIZED ? 60 : 200); i++) {
		struct buf b = BUF_INIT;
		struct texts t;

		buf_puts(&b,
		    i % 2 != 0 ? remembers
			       : failures[(size_t)i % (sizeof(failures) /
							  sizeof(failures[0]))]
				     .body);
		for (int k = 0; k < 3; k++)
			b.p[rng_below(&r, b.n)] =
			    (char)(1 + rng_below(&r, 126));
		buf_putc(&b, '\0');
		t = (struct texts){ b.p, NULL };
		if (run_texts(&t, CALL("bob")) == 0)
			HAVE(1, "\"kind\":\"end\"", NULL, NULL);
		buf_free(&b);
	}
}

static const char sample[] =
    "INVITE sip:bob@b.example;p=1 SIP/2.0\r\n"
    "Via: SIP/2.0/UDP 192.0.2.1;branch=z9hG4bKa;x, SIP/2.0/TCP h\r\n"
    "v: SIP/2.0/UDP 192.0.2.9\r\n"
    "f: \"A, B\" <sip:a:pw@a.example:5070;q>;tag=1\r\n"
    "To: <sip:bob@b.example>\r\n"
    "Call-ID: x\r\n"
    "CSeq: 1 INVITE\r\n"
    "Subject: one\r\n two\r\n"
    "X-A: 1, 2\r\n"
    "x-a: 3\r\n"
    "Content-Length: 3\r\n"
    "\r\n"
    "a\0b";

static const char walk[] =
    "function walk(m)\n"
    "local n = 0\n"
    "for _, f in ipairs(m:fields()) do n = n + 1\n"
    "for _, v in ipairs(m:all(f.name)) do uri(v) end\n"
    "m:get(f.name) m:address(f.name) m:param(f.name, \"tag\")\n"
    "pcall(m.add, m, f.name, f.value) pcall(m.set, m, f.name, f.value)\n"
    "pcall(m.remove, m, f.name) end\n"
    "local all = m.method, m.uri, m.status, m.reason, m.version, m.source,\n"
    "m.transport, m.caller, m.head, m.body\n"
    "tostring(m) fields = n text = m.text end\n";

struct walking {
	const struct msg *m;
	struct lua_changes changes;
	size_t fields, bytes;
};

static int
walk_body(lua_State *L)
{
	struct walking *w = lua_touserdata(L, 1);

	lua_pushglobaltable(L);
	lua_pushliteral(L, "walk");
	lua_rawget(L, 2);
	lua_push_message(L, w->m, NULL, &w->changes);
	lua_call(L, 1, 0);
	lua_pushliteral(L, "fields");
	lua_rawget(L, 2);
	w->fields = (size_t)lua_tointeger(L, -1);
	lua_pushliteral(L, "text");
	lua_rawget(L, 2);
	w->bytes = lua_rawlen(L, -1);
	return 0;
}

static int
bind_body(lua_State *L)
{
	lua_bind_message(L);
	return 0;
}

static int
check_body(lua_State *L)
{
	struct walking *w = lua_touserdata(L, 1);

	lua_push_message(L, w->m, NULL, NULL);
	lua_setglobal(L, "m");
	return 0;
}

/* Nothing of a message is lost. */
static void
tells_all_of_a_message(void)
{
	static const char check[] =
	    "assert(m.method == 'INVITE' and m.uri == "
	    "'sip:bob@b.example;p=1')\n"
	    "assert(#m:all 'Via' == 3 and #m:all 'v' == 3)\n"
	    "assert(m:get 'via' == 'SIP/2.0/UDP 192.0.2.1;branch=z9hG4bKa;x')\n"
	    "assert(m:param('Via', 'branch') == 'z9hG4bKa')\n"
	    "assert(m:param('Via', 'x') == true)\n"
	    "local a = m:address 'From'\n"
	    "assert(a.display == 'A, B' and a.tag == '1' and a.user == 'a')\n"
	    "assert(a.host == 'a.example' and a.port == 5070)\n"
	    "assert(m:get 'Subject' == 'one\\r\\n two')\n"
	    "assert(#m:all 'X-A' == 2 and m:all('X-A')[2] == '3')\n"
	    "assert(m:fields()[2].name == 'v' and #m:fields() == 10)\n"
	    "assert(m.body == 'a\\0b' and #m.text == "
	    "%zu"
	    ")\n"
	    "assert(m:get 'Route' == nil and m.status == nil)\n"
	    "assert(uri('sip:u@h;lr').params.lr == true)\n"
	    "assert(uri 'nonsense' == nil)\n"
	    "assert(not pcall(m.add, m, 'X-B', 'y'))\n";
	struct sandbox *sb;
	struct diag d = DIAG_INIT;
	LOCAL_BUF text = BUF_INIT;
	struct msg m;
	struct walking w = { .m = &m };

	CU_ASSERT_EQUAL(
	    msg_read(&m, (struct str){ sample, sizeof(sample) - 1 }, NULL),
	    MSG_FAULT_NONE);
	CU_ASSERT_EQUAL_FATAL(sandbox_create(&sb, NULL, NULL), 0);
	CU_ASSERT_EQUAL(sandbox_protect(sb, bind_body, NULL, &d), 0);
	CU_ASSERT_EQUAL(sandbox_protect(sb, check_body, &w, &d), 0);
	buf_printf(&text, check, sizeof(sample) - 1);
	CU_ASSERT_EQUAL(sandbox_load(sb, buf_view(&text), "check.lua", &d), 0);
	if (d.err != 0)
		printf("  %s:%u: %s\n", d.file, d.line, d.text);
	sandbox_destroy(sb);
}

static void
takes_any_message(void)
{
	struct sandbox_limits limits = SANDBOX_LIMITS;
	struct sandbox *sb;
	struct diag d = DIAG_INIT;
	struct walking w = { .m = NULL };
	struct rng r;
	int i = 0;

	limits.steps_all = UINT64_MAX / 2;
	rng_init(&r, 2, "test", "message");
	CU_ASSERT_EQUAL_FATAL(sandbox_create(&sb, &limits, NULL), 0);
	CU_ASSERT_EQUAL(sandbox_protect(sb, bind_body, NULL, &d), 0);
	CU_ASSERT_EQUAL(sandbox_load(sb, str_of(walk), "walk.lua", &d), 0);
	for (; i < (IS_SANITIZED ? 2000 : 10000) && d.err == 0; i++) {
		char *bytes = mem_dup(sample, sizeof(sample) - 1);
		size_t n = sizeof(sample) - 1;
		struct msg m;

		for (uint64_t k = rng_below(&r, 6); k > 0; k--)
			bytes[rng_below(&r, n)] = (char)rng_below(&r, 256);
		n -= rng_below(&r, 4) == 0 ? rng_below(&r, n) : 0;
		msg_read(&m, (struct str){ bytes, n }, NULL);
		if (m.nfields == 0) {
			mem_free(bytes);
			continue;
		}
		w.m = &m;
		lua_changes_begin(&w.changes);
		CU_ASSERT_EQUAL(sandbox_protect(sb, walk_body, &w, &d), 0);
		CU_ASSERT_EQUAL(w.fields, m.nfields);
		CU_ASSERT_EQUAL(w.bytes, m.bytes.n);
		mem_free(bytes);
	}
	if (d.err != 0)
		printf("  %d: %s:%u: %s\n", i, d.file, d.line, d.text);
	lua_changes_free(&w.changes);
	sandbox_destroy(sb);
	buf_free(&trace);
}

CHECK_MAIN("proxy_program",
    { "leaves it to the proxy", leaves_it_to_the_proxy },
    { "names targets", names_targets }, { "draws by weight", draws_by_weight },
    { "refuses and redirects", refuses_and_redirects },
    { "goes on after a failure", goes_on_after_a_failure },
    { "watches servers", watches_servers }, { "adds fields", adds_fields },
    { "touches no more", touches_no_more }, { "fails alone", fails_alone },
    { "fails later", fails_later }, { "keeps messages", keeps_messages },
    { "has a rate", has_a_rate }, { "is loaded first", is_loaded_first },
    { "is an input", is_an_input }, { "begins anew", begins_anew },
    { "takes any program", takes_any_program },
    { "tells all of a message", tells_all_of_a_message },
    { "takes any message", takes_any_message })
