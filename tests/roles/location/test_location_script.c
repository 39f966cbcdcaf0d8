/*
 * A location service slow, down, wrong or mad by script: set, crash, bind and
 * faults, which match its messages by query, store and answer.
 */
#include "fixtures/check.h"
#include "fixtures/labs.h"

static const char topology[] =
    "graph {\n"
    "  graph [domain=\"b.example\", duration=\"20s\"]\n"
    "  reg [role=\"registrar redirect\", location=loc]\n"
    "  loc [role=location]\n"
    "  bob [role=ua, register=true]\n"
    "  ann [role=ua]\n"
    "  lan\n"
    "  lan -- { reg loc bob ann }\n"
    "}\n";

/* Runs topology and SCRIPT, which need no lab { }; the trace. */
static void
run(const char *script, struct buf *out)
{
	struct diag d = DIAG_INIT;
	struct buf text = BUF_INIT;
	struct inputs in;

	memset(&in, 0, sizeof(in));
	buf_printf(&text,
	    "lab { }\n"
	    "local loc, ann, bob = node \"loc\", node \"ann\", node \"bob\"\n"
	    "%s",
	    script);
	in.topology = mem_strdup(topology);
	in.topology_file = mem_strdup("t.gv");
	in.script = buf_take(&text);
	in.script_file = mem_strdup("s.lua");
	in.folder = mem_strdup(".");
	in.detail = TRACE_PROTOCOL;
	buf_clear(out);
	CU_ASSERT_EQUAL(lab_run_inputs(&in, 0, out, &d), 0);
	if (d.err != 0)
		printf("  s.lua:%u: %s\n", d.line, d.text);
	inputs_free(&in);
}

/* How many records have A and B; a message that is sent again counts once. */
static size_t
count(const struct buf *trace, const char *a, const char *b)
{
	struct str rest = buf_view(trace);
	size_t n = 0;

	while (rest.n > 0) {
		struct str line = str_cut(rest, '\n', &rest);

		n += str_find(line, a) >= 0 && str_find(line, b) >= 0 &&
		     str_find(line, "\"retx\"") < 0;
	}
	return n;
}

#define SCRIPT(text)   "script(function() sleep '1s'\n" text "\nend)\n"
#define STARTS(status) "\"start\":" #status

/* Each way of going wrong, and what the caller gets. */
static void
ways(void)
{
	static const struct {
		const char *script, *kind, *what;
		size_t n;
	} rows[] = {
		/* As it should be. */
		{ SCRIPT("ann:options 'bob'"), STARTS(302), "OPTIONS", 1 },
		/* Slow: longer than it is waited for, and not so long. */
		{ SCRIPT("loc:set { think = '2s' } ann:options 'bob'"),
		    STARTS(480), "OPTIONS", 1 },
		{ SCRIPT("loc:set { think = '300ms' } ann:options 'bob'"),
		    STARTS(302), "OPTIONS", 1 },
		/* Down. */
		{ SCRIPT("loc:crash() ann:options 'bob'"), STARTS(480),
		    "OPTIONS", 1 },
		/* Wrong. */
		{ SCRIPT("loc:bind(bob, 'sip:eve@192.0.2.99', { q = 1 })\n"
			 "loc:unbind(bob, bob) ann:options 'bob'"),
		    STARTS(302), "Contact: <sip:eve@192.0.2.99>;expires=4294",
		    1 },
		{ SCRIPT("loc:bind { aor = 'carol', contact = 'sip:c@h',\n"
			 "expires = '60s', path = '<sip:p;lr>' }\n"
			 "ann:options 'carol'"),
		    STARTS(302), "Contact: <sip:c@h>;expires=60", 1 },
		{ SCRIPT("loc:unbind(bob) ann:options 'bob'"), STARTS(480),
		    "OPTIONS", 1 },
		/* Mad. */
		{ "fault { method = 'answer', src = 'loc', rewrite ="
		  " function(t) return 'mad' end }" SCRIPT("ann:options 'bob'"),
		    STARTS(502), "OPTIONS", 1 },
		{ "fault { method = 'answer', rewrite = function(t) return"
		  " (t:gsub('bob@', 'eve@')) end }" SCRIPT("ann:options 'bob'"),
		    STARTS(302), "Contact: <sip:eve@", 1 },
		/* Lost on the way; the registrar's store is another thing. */
		{ "fault { method = 'query', drop = true }" SCRIPT(
		      "ann:options 'bob'"),
		    STARTS(480), "OPTIONS", 1 },
		{ "fault { method = 'query', nth = 1, drop = true }" SCRIPT(
		      "ann:options 'bob'"),
		    STARTS(302), "OPTIONS", 1 },
		{ "fault { method = 'store', drop = true }", STARTS(500),
		    "REGISTER", 1 },
		{ "fault { method = 'answer', nth = 1, drop = true }",
		    STARTS(200), "REGISTER", 1 },
		/* What says nothing of SIP means no other message. */
		{ "fault { status = 200, dst = 'loc', drop = true }",
		    STARTS(200), "REGISTER", 1 },
		{ "fault { method = 'query', respond = 503 }" SCRIPT(
		      "ann:options 'bob'"),
		    STARTS(480), "OPTIONS", 1 },
	};
	struct buf trace = BUF_INIT;

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		size_t n;

		run(rows[i].script, &trace);
		n = count(&trace, rows[i].kind, rows[i].what);
		if (n != rows[i].n)
			printf("  row %zu: %zu\n", i, n);
		CU_ASSERT_EQUAL(n, rows[i].n);
	}
	buf_free(&trace);
}

/* The binding that a script makes follows from its act. */
static void
has_a_cause(void)
{
	struct buf trace = BUF_INIT;

	run(SCRIPT("loc:bind('carol', 'sip:c@h')"), &trace);
	CU_ASSERT_EQUAL(
	    count(&trace, "\"kind\":\"act\"", "\"verb\":\"bind\""), 1);
	CU_ASSERT_EQUAL(
	    count(&trace, "\"kind\":\"binding\"", "\"rule\":\"location-bind\""),
	    1);
	buf_free(&trace);
}

CHECK_MAIN("location_script", { "ways", ways }, { "has a cause", has_a_cause })
