/*
 * What a script makes outside of Lua counted for nothing: faults, coroutines
 * that wait, calls, messages, packets, bindings took up to 1.7 GB of a script
 * that kept within its 64 MiB.  Now one account has all of it: each of these
 * scripts ends with a sentence and its line, and the process stays small.  Told
 * to stop at 64 MiB they do so quickly; without that there is room for more of
 * a simulation, and no more for Lua.
 */
#include "fixtures/check.h"
#include "fixtures/labs.h"

#include <sys/resource.h>

#define PEAK_KIB 200000

#define SENTENCE \
	"the script used more than 67,108,864 bytes of memory; stopped here"

/* Where no line of the script is at work. */
#define BETWEEN                                                \
	"the run's calls, messages and packets use more than " \
	"67,108,864 bytes of memory; stopped here "            \
	"(--limit=memory=N allows more)"

static const char gv[] =
    "graph g { graph [duration=\"1h\"]\n"
    "alice [role=ua]\n bob [role=ua, answer=\"0s\"]\n"
    "px [role=\"registrar location\", domain=\"b.example\"]\n"
    "alice -- bob -- px [delay=\"5ms\"] }\n";

/* Before each, in its first line. */
#define LAB                                                                   \
	"lab { } local alice, bob, px = node 'alice', node 'bob', node 'px' " \
	"local bob_uri = 'sip:bob@192.0.2.2'\n"
/* TEXT without end and without a pause, and with pauses. */
#define ALWAYS(text) \
	LAB "local f = { drop = true } while true do " text " end\n"
#define AT_ONCE(text) LAB "script(function() while true do " text " end end)\n"
#define PAUSING(text)                                                 \
	LAB "script(function() while true do for i = 1, 100 do " text \
	    " end sleep '1ms' end end)\n"

static const struct {
	const char *what, *script, *wanted;
} attacks[] = {
	{ "faults", ALWAYS("fault(f)"), SENTENCE },
	{ "faults with functions",
	    ALWAYS("fault { rewrite = function(t) return t end }"), SENTENCE },
	{ "faults with pauses", PAUSING("fault { drop = true }"), SENTENCE },
	{ "what is to come", ALWAYS("at('3600s', print)"), SENTENCE },
	{ "scripts", ALWAYS("script(function() sleep '1h' end)"), SENTENCE },
	{ "scripts within scripts",
	    PAUSING("script(function() sleep '1h' end)"), SENTENCE },
	{ "coroutines",
	    LAB "local t = {} for i = 1, 1e9 do t[i] = "
		"coroutine.create(print) end\n",
	    SENTENCE },
	{ "coroutines under way",
	    LAB "local t = {} for i = 1, 1e9 do t[i] = coroutine.wrap("
		"coroutine.yield) t[i]() end\n",
	    SENTENCE },
	{ "calls", PAUSING("alice:invite(bob_uri)"), SENTENCE },
	{ "calls that come",
	    LAB "script(function() for i = 1, 3000 do alice:invite(bob_uri) "
		"end end)\n",
	    BETWEEN },
	{ "requests that nobody answers",
	    LAB "fault { drop = true } script(function() while true do "
		"for i = 1, 100 do alice:options(bob_uri) end sleep '1ms' "
		"end end)\n",
	    SENTENCE },
	{ "long header fields",
	    AT_ONCE("alice:invite(bob_uri, { headers = { Subject = "
		    "('x'):rep(14000) } })"),
	    SENTENCE },
	{ "long bodies",
	    PAUSING(
		"alice:invite(bob_uri, { body = ('x'):rep(42000), headers = { "
		"['Content-Type'] = 'text/plain' } })"),
	    SENTENCE },
	{ "packets under way",
	    LAB "fault { duplicate = 1000 } script(function() "
		"link('alice', 'bob'):set { delay = '1h', mtu = 68 } "
		"while true do alice:options(bob_uri) sleep '1ms' end end)\n",
	    SENTENCE },
	{ "bindings",
	    PAUSING("px:bind(('b%g-%d'):format(now(), i), 'sip:' .. "
		    "('x'):rep(3900) .. '@192.0.2.9', { path = '<sip:' .. "
		    "('x'):rep(14000) .. '@192.0.2.8;lr>' })"),
	    SENTENCE },
};

static int
throw_away(const char *line, size_t n, void *arg)
{
	(void)line;
	(void)n;
	(void)arg;
	return 0;
}

static int
run(const char *script, const struct sim_limits *limits, struct diag *d)
{
	struct inputs in;
	struct run *r = NULL;
	bool done = false;
	int err;

	memset(&in, 0, sizeof(in));
	in.topology = mem_strdup(gv);
	in.topology_file = mem_strdup("g.gv");
	in.script = mem_strdup(script);
	in.script_file = mem_strdup("lab.lua");
	in.detail = TRACE_PROTOCOL;
	in.limits = *limits;
	err = run_create(&r, &in, throw_away, NULL, d);
	while (err == 0 && !done)
		err = run_advance(r, 0, &done, d);
	run_destroy(r);
	inputs_free(&in);
	return err;
}

static void
ends_small(void)
{
	static const struct sim_limits few = { .most[SIM_LIMIT_MEMORY] =
						   67108864 };
	struct rusage u;

	for (size_t i = 0; i < sizeof(attacks) / sizeof(*attacks); i++) {
		struct diag d = DIAG_INIT;
		int err = run(attacks[i].script, &few, &d);
		bool good = err == ERR_LIMIT && d.line == 2 &&
			    strcmp(d.text, attacks[i].wanted) == 0;

		getrusage(RUSAGE_SELF, &u);
		if (!good || u.ru_maxrss >= PEAK_KIB)
			printf("    %s: %u: %s (%ld KiB)\n", attacks[i].what,
			    d.line, d.text, u.ru_maxrss);
		CU_ASSERT(good);
		CU_ASSERT(IS_SANITIZED || u.ru_maxrss < PEAK_KIB);
	}
}

/* What has ended is given back: many calls, few at once. */
static void
gives_back(void)
{
	static const char calls[] =
	    LAB "script(function() for i = 1, 1000 do\n"
		"local call = alice:invite(bob_uri, { headers = { Subject = "
		"'x' } })\n"
		"wait(call, 'confirmed') call:bye() wait(call, 'terminated')\n"
		"script(function() sleep '1s' end) at(now() + 1, print)\n"
		"px:bind('bob', 'sip:' .. i .. '@192.0.2.9') px:unbind('bob')\n"
		"sleep '35s' end end)\n";
	const struct sim_limits few = { .most[SIM_LIMIT_MEMORY] = 400000 };
	struct diag d = DIAG_INIT;

	CU_ASSERT_EQUAL(run(calls, &few, &d), 0);
	if (d.err != 0)
		printf("    %u: %s\n", d.line, d.text);
}

/* Lua's own heap has its 64 MiB, whatever else may be held: 8,000 transactions
 * at once, of 12 KiB each. */
static void
has_room(void)
{
	static const char requests[] =
	    LAB "script(function() for i = 1, 8000 do\n"
		"alice:options(bob_uri) if i % 100 == 0 then sleep '1ms' end\n"
		"end end)\n";
	static const char tables[] =
	    LAB "local t = {} for i = 1, 1e9 do t[i] = {} end\n";
	static const struct sim_limits usual;
	struct diag d = DIAG_INIT;

	CU_ASSERT_EQUAL(run(requests, &usual, &d), 0);
	if (d.err != 0)
		printf("    %u: %s\n", d.line, d.text);
	d = DIAG_INIT;
	CU_ASSERT_EQUAL(run(tables, &usual, &d), ERR_LIMIT);
	CU_ASSERT_STRING_EQUAL(d.text, SENTENCE);
}

CHECK_MAIN("script_memory", { "ends_small", ends_small },
    { "gives_back", gives_back }, { "has_room", has_room })
