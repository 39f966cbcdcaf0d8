/*
 * Voice menus (menu=FILE): what their programs do with calls, that a call which
 * ends in whatever state leaves nothing behind, that a program which errs, has
 * no end or says nonsense ends its own call alone, and that runs repeat.
 */
#include "fixtures/check.h"
#include "fixtures/labs.h"

#include "base/mem.h"
#include "runs/run.h"
#include "sim/rng.h"

#define NET(extra) ALICE(extra, extra)
/* Attributes of who calls, and of the menu. */
#define ALICE(extra, more)                                              \
	"graph {\n"                                                     \
	"domain=\"b.example\"; start=\"2026-03-02T08:30:00+08:00\"\n"   \
	"alice [role=ua, addr=\"192.0.2.1\"" extra "]\n"                \
	"carol [role=ua, addr=\"192.0.2.5\"]\n"                         \
	"ivr [role=menu, menu=\"m.lua\", addr=\"192.0.2.2\"" more "]\n" \
	"sales [role=ua, addr=\"192.0.2.3\", answer=\"1s\"]\n"          \
	"busy [role=ua, addr=\"192.0.2.4\", busy=true]\n"               \
	"lan; lan -- {alice carol ivr sales busy} }\n"

static const char plain[] = NET("");

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
	(void)d;
	buf_puts(out, what == INPUTS_TOPOLOGY ? t->topology : t->program);
	return out->err;
}

static struct buf trace;
static struct diag said;

/* The records of a run of ACTS, in `trace`. */
static int
run_texts(struct texts *t, const char *acts)
{
	struct inputs in = {
		.detail = TRACE_PROTOCOL, .supply = supply, .supplier = t
	};
	LOCAL_BUF lab = BUF_INIT;
	int err;

	buf_free(&trace);
	said = DIAG_INIT;
	buf_puts(&lab, "lab { topology = \"net.gv\", duration = \"120s\" }\n"
		       "alice, carol, ivr = node \"alice\", node \"carol\", "
		       "node \"ivr\"\n"
		       "function dial(who) local c = who:invite "
		       "\"sip:help@192.0.2.2\" return c end\n"
		       "function talk(who) local c = dial(who) "
		       "wait(c, \"confirmed\", \"60s\") return c end\n"
		       "script(function() ");
	buf_puts(&lab, acts);
	buf_puts(&lab, " end)\n");
	err = inputs_take_text(&in, "lab.lua", &lab, &said);
	if (err == 0)
		err = lab_run_inputs(&in, 0, &trace, &said);
	inputs_free(&in);
	return err;
}

static void
run_in(const char *topology, const char *program, const char *acts)
{
	struct texts t = { program, topology };
	int err = run_texts(&t, acts);

	if (err != 0)
		printf("  %s:%u: %s\n", said.file, said.line, said.text);
	CU_ASSERT_EQUAL(err, 0);
}

static void
run(const char *program, const char *acts)
{
	run_in(plain, program, acts);
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

#define ROUTE          "\"kind\":\"route\""
#define SEND           "\"kind\":\"send\""
#define VERDICT(v)     "\"verdict\":\"" v "\""
#define FAULT(f)       "\"fault\":\"" f "\""
#define WHERE(l)       "\"where\":\"m.lua:" l "\""
#define SENT(from, to) "\"src\":\"" from "\",\"dst\":\"" to "\""
#define NOTED(text)    "\"text\":\"" text "\""
#define TALK           "local c = talk(alice) "
#define OVER           "function on_end(call) print(\"over\") end\n"
#define COLLECTS                                 \
	"function on_call(call) call:answer()\n" \
	"for i = 1, 2 do print(call:collect(3, \"4s\")) end end\n"

/* ---- what it does ---- */

static void
answers_and_is_done(void)
{
	run("function on_call(call)\n"
	    "call:ring(\"2s\")\n"
	    "call:answer()\n"
	    "print(call:play(\"welcome\", \"3s\")) end\n",
	    TALK "sleep \"10s\"");
	CU_ASSERT_EQUAL(count(ROUTE, VERDICT("ring"), WHERE("2")), 1);
	CU_ASSERT_EQUAL(count(ROUTE, VERDICT("answer"), WHERE("3")), 1);
	CU_ASSERT_EQUAL(count(ROUTE, VERDICT("play"), WHERE("4")), 1);
	CU_ASSERT_EQUAL(count(ROUTE, VERDICT("done"), NULL), 1);
	CU_ASSERT_EQUAL(count("\"start\":180", SENT("ivr", "alice"), NULL), 1);
	/* It rang for as long as it was told, and played. */
	CU_ASSERT_EQUAL(count("\"start\":200", "\"t\":2010000000,", NULL), 1);
	CU_ASSERT_EQUAL(count(NOTED("true"), "\"t\":5030000000,", NULL), 1);
	CU_ASSERT_EQUAL(count("BYE sip:alice", SENT("ivr", "alice"), SEND), 1);
	/* What is done without an answer is refused. */
	run("function on_call(call) end\n", "dial(alice) sleep \"5s\"");
	CU_ASSERT_EQUAL(count("\"start\":480", SENT("ivr", "alice"), NULL), 1);
}

static void
refuses(void)
{
	run("function on_call(call) call:reject(486, \"Lunch\") end\n",
	    "dial(alice) sleep \"5s\"");
	CU_ASSERT_EQUAL(
	    count(ROUTE, VERDICT("reject"), "\"reason\":\"Lunch\""), 1);
	CU_ASSERT_EQUAL(
	    count("SIP/2.0 486 Lunch", SENT("ivr", "alice"), NULL), 1);
	run("function on_call(call) call:ring() call:hangup() end\n",
	    "dial(alice) sleep \"5s\"");
	CU_ASSERT_EQUAL(count("\"start\":480", SENT("ivr", "alice"), NULL), 1);
}

/* Those that came before are kept, # ends them, silence does, too. */
static void
collects_digits(void)
{
	run(COLLECTS, TALK "c:dtmf \"12#34\" sleep \"20s\"");
	CU_ASSERT_EQUAL(count(NOTED("12\\t#"), NULL, NULL), 1);
	CU_ASSERT_EQUAL(count(NOTED("34\\ttimeout"), NULL, NULL), 1);
	run(COLLECTS, TALK "c:dtmf \"1234\" sleep \"20s\"");
	CU_ASSERT_EQUAL(count(NOTED("123\\tfull"), NULL, NULL), 1);
	CU_ASSERT_EQUAL(count(NOTED("4\\ttimeout"), NULL, NULL), 1);
	/* A digit begins the time anew. */
	run(COLLECTS, TALK "c:dtmf \"1\" sleep \"3s\" c:dtmf \"2\" sleep "
			   "\"3s\" c:dtmf \"3\" sleep \"9s\"");
	CU_ASSERT_EQUAL(count(NOTED("123\\tfull"), NULL, NULL), 1);
	CU_ASSERT_EQUAL(count(NOTED("\\ttimeout"), NULL, NULL), 1);
	/* Typed ahead, while it plays; more than it keeps are gone. */
	run("function on_call(call) call:answer() call:play(\"a\", \"9s\")\n"
	    "print(call:collect(64, \"1s\")) print(call:collect(9, \"1s\")) "
	    "end\n",
	    TALK "for i = 1, 7 do c:dtmf \"1234567890\" sleep \"1s\" end "
		 "sleep \"9s\"");
	CU_ASSERT_EQUAL(count("01234\\tfull", NULL, NULL), 1);
	CU_ASSERT_EQUAL(count(NOTED("\\ttimeout"), NULL, NULL), 1);
}

static void
digit_ends_what_is_played(void)
{
	static const char program[] =
	    "function on_call(call) call:answer()\n"
	    "print(call:play(\"a\", \"9s\", { barge = true }))\n"
	    "print(call:play(\"b\", \"9s\", { barge = true }))\n"
	    "print(call:collect(1)) print(call:play(\"c\", \"2s\")) end\n";

	run(program, TALK "sleep \"1s\" c:dtmf \"7\" sleep \"20s\"");
	CU_ASSERT_EQUAL(count(NOTED("false"), NULL, NULL), 2);
	CU_ASSERT_EQUAL(count(NOTED("7\\tfull"), NULL, NULL), 1);
	CU_ASSERT_EQUAL(count(NOTED("true"), NULL, NULL), 1);
	CU_ASSERT_EQUAL(count("\"op\":\"stop\"", "\"play\"", NULL), 1);
}

static void
transfers(void)
{
	static const char program[] =
	    "function on_call(call) call:answer()\n"
	    "for _, who in ipairs { \"busy@192.0.2.4\", \"sales@192.0.2.3\" } "
	    "do\n"
	    "local done, status = call:transfer(\"sip:\" .. who)\n"
	    "print(done, status) if done then return end end end\n";

	run(program, TALK "sleep \"20s\"");
	CU_ASSERT_EQUAL(count(NOTED("false\\t486"), NULL, NULL), 1);
	CU_ASSERT_EQUAL(count(NOTED("true\\t200"), NULL, NULL), 1);
	CU_ASSERT_EQUAL(
	    count("\"start\":200", SENT("sales", "alice"), NULL), 1);
	/* Who is asked does not want to. */
	run_in(ALICE(", refer=refuse", ""), program, TALK "sleep \"20s\"");
	CU_ASSERT_EQUAL(count("\"text\":\"false\\t", NULL, NULL), 2);
	CU_ASSERT_EQUAL(count(ROUTE, VERDICT("transfer"), NULL), 2);
	CU_ASSERT_EQUAL(
	    count("\"src\":\"alice\",\"dst\":\"busy\"", NULL, NULL), 0);
}

static void
knows_the_call(void)
{
	run("local kept\n"
	    "function on_call(call) kept = call\n"
	    "print(call.from, call.uri, call.message.method,\n"
	    "call.message:get \"Subject\", date().hour, now())\n"
	    "print(tostring(call), pcall(function() call.x = 1 end),\n"
	    "pcall(function() return call.nobody end)) end\n"
	    "function on_end(call)\n"
	    "print(kept == call, call.to, pcall(call.hangup, call)) end\n",
	    "dial(alice) sleep \"5s\"");
	CU_ASSERT_EQUAL(
	    count("sip:alice@b.example\\tsip:help@192.0.2.2\\tINVITE\\tnil\\t8",
		NULL, NULL),
	    1);
	CU_ASSERT_EQUAL(count("a call has no “nobody”", NULL, NULL), 1);
	CU_ASSERT_EQUAL(count("true\\tsip:help@192.0.2.2\\tfalse",
			    "this call has ended", NULL),
	    1);
}

/* Each call is told by itself. */
static void
has_many_calls(void)
{
	run("local n = 0\n"
	    "function on_call(call) n = n + 1 local mine = n\n"
	    "call:answer() call:play(\"a\", \"5s\") print(mine, n) end\n",
	    "dial(alice) sleep \"1s\" dial(carol) sleep \"20s\"");
	CU_ASSERT_EQUAL(count(NOTED("1\\t2"), NULL, NULL), 1);
	CU_ASSERT_EQUAL(count(NOTED("2\\t2"), NULL, NULL), 1);
	/* Nobody acts in another's. */
	run("local other\n"
	    "function on_call(call) call:answer()\n"
	    "if other then print(pcall(other.hangup, other)) end\n"
	    "other = call call:play(\"a\", \"5s\")\n"
	    "print(pcall(coroutine.wrap(function() call:hangup() end))) end\n",
	    "dial(alice) sleep \"1s\" dial(carol) sleep \"20s\"");
	CU_ASSERT_EQUAL(
	    count("call that received a call can act on it, and", NULL, NULL),
	    3);
	CU_ASSERT_EQUAL(count(ROUTE, VERDICT("done"), NULL), 2);
}

/* ---- how calls end ---- */

/* The caller hangs up, with ACTS behind the call's beginning; PROGRAM is in the
 * state for which it has the verdict LAST. */
static void
hangs_up(const char *program, const char *acts, const char *last)
{
	run(program, acts);
	CU_ASSERT_EQUAL(count(ROUTE, last, NULL), 1);
	CU_ASSERT_EQUAL(count(NOTED("over"), NULL, NULL), 1);
	CU_ASSERT_EQUAL(count(NOTED("never"), NULL, NULL), 0);
	CU_ASSERT_EQUAL(count(ROUTE, VERDICT("done"), NULL), 0);
	CU_ASSERT_EQUAL(count(ROUTE, VERDICT("failed"), NULL), 0);
	CU_ASSERT_EQUAL(count("\"kind\":\"bad\"", NULL, NULL), 0);
	/* Nothing of it is left that fires. */
	CU_ASSERT_EQUAL(count("\"op\":\"fire\"", "\"play\"", NULL), 0);
	CU_ASSERT_EQUAL(count("\"op\":\"fire\"", "\"collect\"", NULL), 0);
	CU_ASSERT_EQUAL(count("\"op\":\"fire\"", "\"alert\"", NULL), 0);
}

static void
caller_hangs_up_anywhere(void)
{
	hangs_up(OVER "function on_call(call) call:ring(\"60s\") "
		      "print(\"never\") end\n",
	    "local c = dial(alice) sleep \"5s\" c:cancel()", VERDICT("ring"));
	hangs_up(OVER "function on_call(call) call:answer() "
		      "call:play(\"a\", \"60s\") print(\"never\") end\n",
	    TALK "sleep \"5s\" c:bye()", VERDICT("play"));
	hangs_up(OVER "function on_call(call) call:answer() "
		      "call:collect(3, \"60s\") print(\"never\") end\n",
	    TALK "c:dtmf \"1\" sleep \"5s\" c:bye()", VERDICT("collect"));
	hangs_up(OVER "function on_call(call) call:answer() "
		      "call:transfer(\"sip:sales@192.0.2.3\") "
		      "print(\"never\") end\n",
	    TALK "sleep \"500ms\" c:bye()", VERDICT("transfer"));
	/* Its ACK never comes. */
	hangs_up(OVER "function on_call(call) call:answer() "
		      "print(\"never\") end\n",
	    "dial(alice) sleep \"15ms\" alice:crash() sleep \"100s\"",
	    VERDICT("answer"));
}

static void
begins_anew(void)
{
	static const char program[] =
	    OVER "local n = 0\n"
		 "function on_call(call) n = n + 1 print(\"n\", n)\n"
		 "call:answer() call:play(\"a\", \"2s\")\n"
		 "call:collect(1, \"30s\") end\n";
	static const char *const when[] = { "\"12ms\"", "\"15ms\"", "\"1s\"",
		"\"4s\"" };

	for (size_t i = 0; i < sizeof(when) / sizeof(when[0]); i++) {
		char acts[300];

		snprintf(acts, sizeof(acts),
		    "dial(alice) sleep %s ivr:crash() sleep \"1s\" "
		    "ivr:restart() sleep \"1s\" local c = talk(carol) "
		    "sleep \"1s\" c:bye() sleep \"5s\"",
		    when[i]);
		run(program, acts);
		CU_ASSERT_TRUE(count(NOTED("n\\t1"), NULL, NULL) >= 1);
		CU_ASSERT_EQUAL(count(NOTED("n\\t2"), NULL, NULL), 0);
		/* Of the call that the crash has ended nothing is told. */
		CU_ASSERT_EQUAL(count(NOTED("over"), NULL, NULL), 1);
	}
}

/* ---- ways ---- */

static void
goes_by_tcp_and_loss(void)
{
	static const char program[] =
	    "function on_call(call) call:ring(\"1s\") call:answer()\n"
	    "print(call:collect(2, \"60s\"))\n"
	    "print(call:transfer(\"sip:sales@192.0.2.3\")) end\n";

	run_in(NET(", transport=tcp"), program,
	    TALK "c:dtmf \"12\" sleep \"20s\"");
	CU_ASSERT_EQUAL(count(NOTED("12\\tfull"), NULL, NULL), 1);
	CU_ASSERT_EQUAL(count(NOTED("true\\t200"), NULL, NULL), 1);
	run_in("graph { domain=\"b.example\"; seed=7\n"
	       "alice [role=ua, addr=\"192.0.2.1\"]\n"
	       "carol [role=ua, addr=\"192.0.2.5\"]\n"
	       "ivr [role=menu, menu=\"m.lua\", addr=\"192.0.2.2\"]\n"
	       "sales [role=ua, addr=\"192.0.2.3\", answer=\"1s\"]\n"
	       "lan; lan -- {alice carol ivr sales} [loss=\"20%\"] }\n",
	    program, TALK "c:dtmf \"12\" sleep \"70s\"");
	CU_ASSERT_EQUAL(count(NOTED("12\\tfull"), NULL, NULL), 1);
	CU_ASSERT_EQUAL(count(NOTED("true\\t200"), NULL, NULL), 1);
	CU_ASSERT_TRUE(count("\"kind\":\"drop\"", NULL, NULL) > 0);
}

/* The same bytes again. */
static void
repeats(void)
{
	static const char acts[] = TALK "c:dtmf \"12#34\" sleep \"20s\"";
	LOCAL_BUF first = BUF_INIT;

	run(COLLECTS, acts);
	buf_str(&first, buf_view(&trace));
	run(COLLECTS, acts);
	CU_ASSERT_TRUE(str_eq(buf_view(&first), buf_view(&trace)));
}

/* ---- programs that fail ---- */

static const struct {
	const char *what; /* that it does in the call */
	const char *fault;
	unsigned status;
	enum { ALWAYS, EARLY, LATE } when; /* before the answer, behind it */
} failures[] = {
	{ "error(\"no\")", "error", 500, ALWAYS },
	{ "local x = nil .. 1", "error", 500, ALWAYS },
	{ "while true do end", "endless", 500, ALWAYS },
	{ "pcall(function() while true do end end)", "endless", 500, ALWAYS },
	{ "local t = {} while true do t[#t + 1] = (\"x\"):rep(60000) .. #t end",
	    "memory", 500, ALWAYS },
	{ "coroutine.yield(1)", "error", 500, ALWAYS },
	{ "call:reject(200)", "nonsense", 500, EARLY },
	{ "call:reject()", "error", 500, EARLY },
	{ "call:reject(480, \"two\\nlines\")", "error", 500, EARLY },
	{ "call:play(\"x\")", "error", 500, EARLY },
	{ "call:collect(3)", "error", 500, EARLY },
	{ "call:transfer(\"sip:sales@192.0.2.3\")", "error", 500, EARLY },
	{ "call:ring(\"x\")", "error", 500, EARLY },
	{ "call:sing()", "error", 500, ALWAYS },
	{ "call.ring()", "error", 500, ALWAYS },
	{ "while true do call:ring() end", "rate", 503, EARLY },
	{ "call:answer()", "error", 500, LATE },
	{ "call:transfer(\"mailto:x\")", "target", 500, LATE },
	{ "call:transfer(\"sip:a b\\r\\n\")", "target", 500, LATE },
	{ "call:play(\"x\", \"0s\")", "error", 500, LATE },
	{ "call:collect(65)", "error", 500, LATE },
	{ "call:collect(0)", "error", 500, LATE },
	{ "call:collect(1, \"1ms\")", "error", 500, LATE },
};

static void
fails_alone(void)
{
	for (size_t i = 0; i < sizeof(failures) / sizeof(failures[0]); i++) {
		char program[600], want[60];
		size_t faults;

		for (int late = failures[i].when == LATE;
		     late < (failures[i].when == EARLY ? 1 : 2); late++) {
			snprintf(program, sizeof(program),
			    OVER "function on_call(call)\n"
				 "if call.from:find \"carol\" then "
				 "call:answer() call:play(\"a\", \"30s\") "
				 "print \"fine\" return end\n"
				 "%s\n%s end\n",
			    late ? "call:answer()" : "", failures[i].what);
			run(program, "dial(carol) sleep \"2s\" dial(alice) "
				     "sleep \"60s\"");
			snprintf(want, sizeof(want), "\"fault\":\"%s\"",
			    failures[i].fault);
			faults = count(
			    "\"asked\":\"on_call\"", VERDICT("failed"), want);
			CU_ASSERT_EQUAL(faults, 1);
			CU_ASSERT_EQUAL(count("\"asked\":\"on_call\"",
					    VERDICT("failed"), WHERE("5")),
			    1);
			if (faults != 1)
				printf("  %s\n", failures[i].what);
			/* The other call goes on to its end; who has
			 * used up all has nothing left for on_end. */
			CU_ASSERT_EQUAL(count(NOTED("fine"), NULL, NULL), 1);
			CU_ASSERT_EQUAL(count(NOTED("over"), NULL, NULL),
			    failures[i].status == 503 ? 1 : 2);
			snprintf(want, sizeof(want), "\"start\":%u",
			    failures[i].status);
			CU_ASSERT_EQUAL(count(want, SENT("ivr", "alice"), NULL),
			    late ? 0 : 1);
			CU_ASSERT_EQUAL(
			    count("BYE sip:alice", SEND, SENT("ivr", "alice")),
			    late ? 1 : 0);
		}
	}
	/* Not what it wants to hear of the end. */
	run("function on_call(call) call:answer() end\n"
	    "function on_end(call) error(\"no\") end\n",
	    "dial(carol) sleep \"9s\"");
	CU_ASSERT_EQUAL(
	    count(ROUTE, VERDICT("failed"), "\"asked\":\"on_end\""), 1);
}

/* No run begins with what can't work. */
static void
is_refused(void)
{
	struct texts t = { "function on_end(call) end\n", plain };

	CU_ASSERT_NOT_EQUAL(run_texts(&t, ""), 0);
	CU_ASSERT_STRING_EQUAL(said.text,
	    "has no function on_call(call), which rung runs for each call");
	t.program = "function on_call(";
	CU_ASSERT_NOT_EQUAL(run_texts(&t, ""), 0);
	/* Without a program it refuses. */
	run_in("graph { alice [role=ua, addr=\"192.0.2.1\"]\n"
	       "carol [role=ua, addr=\"192.0.2.5\"]\n"
	       "ivr [role=menu, addr=\"192.0.2.2\"]\n"
	       "alice -- ivr; carol -- alice }\n",
	    "", "dial(alice) sleep \"5s\"");
	CU_ASSERT_EQUAL(count("\"start\":480", SENT("ivr", "alice"), NULL), 1);
}

/* Programs made of any lines, called by two who press and hang up: each run
 * comes to an end, every call is over, nothing is out of its machine. */
static void
takes_any_program(void)
{
	static const char *const lines[] = { "call:ring()", "call:ring(\"2s\")",
		"call:answer()", "call:play(\"a\", \"2s\")",
		"call:play(\"b\", \"3s\", { barge = true })",
		"print(call:collect(2, \"2s\"))",
		"call:transfer(\"sip:sales@192.0.2.3\")",
		"call:transfer(\"sip:busy@192.0.2.4\")",
		"pcall(call.transfer, call, \"sip:nobody@192.0.2.99\")",
		"call:hangup()", "call:reject(486)", "pcall(call.answer, call)",
		"pcall(call.ring, call)",
		"if math.random(2) > 1 then return end",
		"pcall(call.play, call, \"c\", \"1s\")", "error(1)",
		"pcall(coroutine.yield)" };
	static const char *const pace[] = { "10ms", "15ms", "500ms", "2s", "3s",
		"7s" };
	struct rng r;

	rng_init(&r, 1, "test", "menu");
	for (int i = 0; i < (IS_SANITIZED ? 40 : 150); i++) {
		struct buf b = BUF_INIT;
		char acts[400];
		struct texts t;
		const char *one = pace[rng_below(&r, 6)];
		const char *two = pace[rng_below(&r, 6)];

		buf_puts(&b, OVER "function on_call(call)\n");
		if (i % 2 == 0)
			buf_puts(&b, "call:answer()\n");
		for (int k = 0; k < 6; k++)
			buf_printf(&b, "%s\n",
			    lines[rng_below(
				&r, sizeof(lines) / sizeof(lines[0]))]);
		buf_puts(&b, "end\n");
		snprintf(acts, sizeof(acts),
		    "local a, b = dial(alice), dial(carol) sleep \"%s\" "
		    "pcall(a.dtmf, a, \"1#2\") sleep \"%s\" pcall(a.%s, a) "
		    "pcall(b.dtmf, b, \"34\") sleep \"%s\" pcall(b.bye, b) "
		    "sleep \"90s\"",
		    one, two, i % 3 == 0 ? "cancel" : "bye", two);
		t = (struct texts){ buf_cstr(&b), plain };
		CU_ASSERT_EQUAL(run_texts(&t, acts), 0);
		CU_ASSERT_EQUAL(count("\"kind\":\"bad\"", NULL, NULL), 0);
		CU_ASSERT_EQUAL(count(NOTED("over"), NULL, NULL), 2);
		if (count(NOTED("over"), NULL, NULL) != 2)
			printf("  %s%s\n", t.program, acts);
		buf_free(&b);
	}
}

/* Each allocation fails in turn: nothing leaks, nothing goes on as if it had
 * not. */
static void
survives_without_memory(void)
{
	static const char program[] =
	    OVER "function on_call(call) call:answer()\n"
		 "print(call:collect(1))\n"
		 "call:transfer(\"sip:busy@192.0.2.4\")\n"
		 "call:play(\"a\", \"1s\") end\n";
	struct texts t = { program, plain };
	unsigned long failed = 0;

	for (unsigned long n = 1; n < 1000000; n += 7) {
		unsigned long before = mem_failures();
		bool hit;
		int err;

		mem_fail_only(n);
		err = run_texts(&t, TALK "c:dtmf \"1\" sleep \"9s\"");
		hit = mem_failures() > before;
		mem_fail_only(0);
		if (!hit)
			break;
		failed++;
		CU_ASSERT_NOT_EQUAL(err, 0);
		mem_forgive();
	}
	CU_ASSERT_TRUE(failed > 50);
	buf_free(&trace);
}

CHECK_MAIN("voice_menu", { "answers, plays and is done", answers_and_is_done },
    { "refuses", refuses }, { "collects digits", collects_digits },
    { "a digit ends what is played", digit_ends_what_is_played },
    { "transfers", transfers }, { "knows the call", knows_the_call },
    { "has many calls", has_many_calls },
    { "the caller hangs up anywhere", caller_hangs_up_anywhere },
    { "begins anew after a crash", begins_anew },
    { "goes by TCP, and over links that lose", goes_by_tcp_and_loss },
    { "repeats", repeats }, { "fails alone", fails_alone },
    { "is refused", is_refused }, { "takes any program", takes_any_program },
    { "survives without memory", survives_without_memory })
