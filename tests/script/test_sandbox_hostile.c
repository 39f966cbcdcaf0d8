/*
 * Scripts that want to hang, to take all memory, to get out or to see what
 * differs between runs.  Each must end soon, with a sentence, at the same
 * place on every run.
 */
#include "fixtures/check.h"

#include "base/err.h"
#include "script/sandbox_in.h"

#include <string.h>
#include <time.h>

#define NO_PAUSE                                                        \
	"the script executed 10,000,000 instructions without pausing; " \
	"stopped here"
#define LONG_STRING \
	"the script made a string of more than 1,048,576 bytes; stopped here"
#define MEMORY \
	"the script used more than 67,108,864 bytes of memory; stopped here"
#define SECONDS_MAX 5.0

static int
collect(lua_State *L, struct str text, void *arg)
{
	(void)L;
	buf_str(arg, text);
	buf_putc(arg, '\n');
	return 0;
}

static double
now(void)
{
	struct timespec t;

	/* What it computes, not how long the machine lets it wait. */
	clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
	return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

/* Runs TEXT: its error, and what it printed. */
static int
run(const char *text, struct buf *out, struct diag *d)
{
	struct sandbox_host host = { .print = collect, .arg = out };
	struct sandbox *sb;
	double from = now(), took;
	int err;

	CU_ASSERT_EQUAL_FATAL(sandbox_create(&sb, NULL, &host), 0);
	*d = DIAG_INIT;
	err = sandbox_load(sb, str_of(text), "lab.lua", d);
	if (sb->stopped.err != 0) {
		struct diag again = DIAG_INIT;

		/* Stopped is stopped. */
		CU_ASSERT_EQUAL(
		    sandbox_load(sb, STR("x = 1"), "b.lua", &again), err);
		CU_ASSERT_STRING_EQUAL(again.text, d->text);
	}
	sandbox_destroy(sb);
	took = now() - from;
	if (took > SECONDS_MAX)
		printf("%.1f s: %s\n", took, text);
	CU_ASSERT(took < SECONDS_MAX);
	return err;
}

struct attack {
	const char *text;
	unsigned line;
	const char *wanted; /* the sentence, "" for none; NULL: any error */
};

static void
attack(const struct attack *a, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		struct buf first = BUF_INIT, second = BUF_INIT;
		struct diag d, e;
		bool good;

		run(a[i].text, &first, &d);
		run(a[i].text, &second, &e);
		good = d.line == a[i].line &&
		       (a[i].wanted == NULL ? d.err != 0
					    : strcmp(d.text, a[i].wanted) == 0);
		if (!good)
			printf("    %s\n--- %u: %s\n+++ %u: %s\n", a[i].text,
			    a[i].line,
			    a[i].wanted != NULL ? a[i].wanted : "an error",
			    d.line, d.text);
		CU_ASSERT(good);
		CU_ASSERT_EQUAL(d.line, e.line);
		CU_ASSERT_STRING_EQUAL(d.text, e.text);
		CU_ASSERT(str_eq(buf_view(&first), buf_view(&second)));
		buf_free(&first);
		buf_free(&second);
	}
}

#define ATTACK(table) attack(table, sizeof(table) / sizeof(*table))

static void
loops(void)
{
	static const struct attack table[] = {
		{ "while true do end", 1, NO_PAUSE },
		{ "\n\n::a:: goto a", 3, NO_PAUSE },
		{ "while true do pcall(function()\n while true do end end) end",
		    2, NO_PAUSE },
		{ "local function f() pcall(f) f() end f()", 1, NULL },
		{ "while true do pcall(error) end", 1, NO_PAUSE },
		{ "xpcall(function() while true do end end, function()\n"
		  "while true do end end)",
		    1, NO_PAUSE },
		{ "xpcall(error, function() while true do end end)", 1,
		    NO_PAUSE },
		{ "while true do coroutine.wrap(function() end)() end", 1,
		    NO_PAUSE },
		{ "while true do coroutine.wrap(function()\n"
		  "while true do end end)() end",
		    2, NO_PAUSE },
		{ "while true do local co = coroutine.create(function()\n"
		  "while true do end end) coroutine.resume(co) "
		  "coroutine.close(co) end",
		    2, NO_PAUSE },
		{ "local t <close> = setmetatable({}, {__close = function()\n"
		  "while true do end end})\nwhile true do end",
		    3, NO_PAUSE },
		{ "do local t <close> = setmetatable({}, {__close = function()"
		  "\nwhile true do end end}) end",
		    2, NO_PAUSE },
		{ "local co = coroutine.create(function() local t <close> = "
		  "setmetatable({}, {__close = function()\nwhile true do end "
		  "end}) coroutine.yield() end) coroutine.resume(co) "
		  "coroutine.close(co)",
		    2, NO_PAUSE },
		{ "for i = 1, math.huge do local t = {} end", 1, NO_PAUSE },
		{ "local t = setmetatable({}, {__index = function(t, k) "
		  "return t[k + 1] end}) print(t[1])",
		    1, NULL },
		{ "local t = setmetatable({}, {}) getmetatable(t).__index = t "
		  "print(t.x)",
		    1, NULL },
		{ "table.sort({3, 2, 1}, function()\nwhile true do end end)", 2,
		    NO_PAUSE },
		{ "('x'):gsub('x', function()\nwhile true do end end)", 2,
		    NO_PAUSE },
		{ "while true do print(1) end", 1, NO_PAUSE },
		{ "local t = setmetatable({}, {__tostring = function()\n"
		  "while true do end end}) print(t)",
		    2, NO_PAUSE },
		{ "string.format('%s', setmetatable({}, {__tostring = "
		  "function()\nwhile true do end end}))",
		    2, NO_PAUSE },
		{ "error(setmetatable({}, {__tostring = function()\n"
		  "while true do end end}))",
		    1,
		    "the script raised an error that is a table, not a text" },
	};

	ATTACK(table);
}

static void
recursion(void)
{
	static const struct attack table[] = {
		{ "local function f() return 1 + f() end f()", 1, NULL },
		{ "local function f() return f() end f()", 1, NO_PAUSE },
		{ "local function f() return (('x'):gsub('x', f)) end f()", 1,
		    NULL },
		{ "local function f() coroutine.wrap(f)() end f()", 1, NULL },
		{ "local function f() table.sort({1, 2}, f) end f()", 1, NULL },
		{ "local function f() return xpcall(f, f) end print(f())", 0,
		    "" },
		{ "local t = {} setmetatable(t, {__tostring = function() "
		  "return tostring(t) end}) tostring(t)",
		    1, NULL },
		{ "local t = setmetatable({}, {__pairs = function(t) return "
		  "pairs(t) end}) pairs(t)",
		    1, NULL },
	};
	LOCAL_BUF deep = BUF_INIT;
	struct attack one = { NULL, 1, NULL };

	ATTACK(table);
	buf_puts(&deep, "return ");
	buf_fill(&deep, '(', 100000);
	one.text = buf_cstr(&deep);
	attack(&one, 1);
	buf_clear(&deep);
	buf_puts(&deep, "x = ");
	buf_fill(&deep, '{', 100000);
	one.text = buf_cstr(&deep);
	attack(&one, 1);
}

static void
memory(void)
{
	static const struct attack table[] = {
		{ "local s = ('a'):rep(1e9)", 1,
		    "a string of 1,000,000,000 bytes is too long; at most "
		    "1,048,576" },
		{ "('x'):rep(1e8, 'y')", 1, NULL },
		{ "('x'):rep(math.maxinteger, 'y')", 1, NULL },
		{ "('xy'):rep(math.maxinteger)", 1, NULL },
		{ "(''):rep(math.maxinteger)", 0, "" },
		{ "local s = 'x' while true do s = s .. s end", 1,
		    LONG_STRING },
		{ "local s = 'x' while true do pcall(function()\n"
		  "s = s .. s end) end",
		    2, LONG_STRING },
		{ "local t = {} for i = 1, 1e9 do\nt[i] = i end", 2, MEMORY },
		{ "local t = {} for i = 1, 1e9 do\nt[i] = {} end", 2, NULL },
		{ "local t = {} for i = 1, 1e9 do t[i] = ('x'):rep(1e6 + i) "
		  "end",
		    1, NULL },
		{ "for i = 1, 20 do local s = ('x'):rep(1e6 + i) end", 0, "" },
		{ "local s = ('x'):rep(1e6) table.concat({s, s, s, s, s, s, s, "
		  "s, s})",
		    1,
		    "a string of 2,000,000 bytes is too long; at most "
		    "1,048,576" },
		{ "local t = setmetatable({}, {__len = function() return "
		  "math.maxinteger - 1 end}) print(pcall(table.unpack, t)) "
		  "table.insert(t, 1, 0)",
		    1, NO_PAUSE },
		{ "local t = setmetatable({}, {__len = function() return "
		  "math.maxinteger end}) table.remove(t, 1)",
		    1, NO_PAUSE },
		{ "local t = setmetatable({}, {__len = function() return 1e6 "
		  "end, __index = function() return 1 end}) "
		  "for i = 1, 100 do table.sort(t) end",
		    1, NULL },
		{ "local t = setmetatable({}, {__len = function() return "
		  "math.maxinteger end, __index = function() return 'xxx' end})"
		  " table.concat(t)",
		    1, NULL },
		{ "table.move({}, 1, math.maxinteger, 2)", 1, NULL },
		{ "table.move({}, 1, 1e9, 1)", 1, NO_PAUSE },
		{ "local s = ('a'):rep(1e6) s:gsub('a', ('b'):rep(1e4))", 1,
		    NULL },
		{ "string.format('%99999d', 1)", 1,
		    "invalid conversion '%999' to 'format'" },
		{ "string.format('%.99999f', 1)", 1, NULL },
		{ "string.format('%0000000000000000000d', 1)", 1, NULL },
		{ "print(#string.format('%99.99f', -1.7e308))", 0, "" },
		{ "string.format('%q', ('\\0'):rep(4e6))", 1, NULL },
		{ "table.unpack({}, 1, 1e8)", 1,
		    "too many values at once; at most 1000" },
		{ "table.unpack({}, math.mininteger, math.maxinteger)", 1,
		    "too many values at once; at most 1000" },
		{ "(('x'):rep(1e6)):byte(1, -1)", 1,
		    "too many values at once; at most 1000" },
		{ "utf8.codepoint(('x'):rep(1e6), 1, -1)", 1,
		    "too many values at once; at most 1000" },
		{ "string.unpack(('b'):rep(1e6), ('x'):rep(1e6))", 1, NULL },
		{ "string.pack('!16 i17', 1)", 1, NULL },
		{ "string.pack('c99999999', 'x')", 1, NULL },
		{ "local s = ('x'):rep(1e6) while true do local a = s .. 'y' "
		  "end",
		    1, NO_PAUSE },
		{ "local a, b = ('x'):rep(1e6) .. 'a', ('x'):rep(1e6) .. 'b' "
		  "while true do local c = a == b end",
		    1, NO_PAUSE },
		{ "local function f(...) return f(1, ...) end f()", 1, NULL },
	};

	ATTACK(table);
}

static void
patterns(void)
{
	static const struct attack table[] = {
		{ "string.find(('a'):rep(400), ('a*'):rep(9) .. 'b')", 1,
		    NO_PAUSE },
		{ "string.match(('a'):rep(400), ('a-'):rep(9) .. 'b')", 1,
		    NO_PAUSE },
		{ "for w in string.gmatch(('a'):rep(400), ('a?a*'):rep(9) .. "
		  "'b') do end",
		    1, NO_PAUSE },
		{ "string.gsub(('a'):rep(400), ('(a*)'):rep(9) .. 'b', '')", 1,
		    NO_PAUSE },
		{ "string.find(('('):rep(1e5), '%b()')", 1, NO_PAUSE },
		{ "local s = ('a'):rep(1e5) for i = 1, 1e5 do "
		  "s:find('(a*)%1b') end",
		    1, NO_PAUSE },
		{ "string.rep('x', 300):find(('(x)'):rep(33))", 1,
		    "too many captures in a pattern; at most 32" },
		{ "print(('x'):rep(300):find(('x?'):rep(3000)))", 1,
		    "pattern too complex" },
		{ "('x'):find(('x'):rep(1e5) .. '.')", 1,
		    "a pattern of 100001 bytes is too long; at most 8192" },
		{ "local s = ('a'):rep(1e6) while true do s:find('b', 1, true) "
		  "end",
		    1, NO_PAUSE },
		{ "local s = ('a'):rep(1e6) while true do "
		  "s:find(('a'):rep(5e5) .. 'b', 1, true) end",
		    1, NO_PAUSE },
	};

	ATTACK(table);
}

static void
escapes(void)
{
	static const struct attack table[] = {
		{ "getmetatable('').__index = nil", 1,
		    "a value that has no name is a boolean, which has no "
		    "fields and no actions" },
		{ "setmetatable(_G, nil)", 1,
		    "cannot change a protected metatable" },
		{ "setmetatable(_G, {__gc = print})", 1,
		    "cannot change a protected metatable" },
		{ "local t = {} setmetatable(t, t).__gc = "
		  "function() while true do end end",
		    0, "" },
		{ "load('\\27Lua')", 1, "load is not available in scripts" },
		{ "print(_G.debug)", 1, "debug is not available in scripts" },
		{ "string.rep = nil print(('x'):upper())", 0, "" },
		{ "_G.print = nil _G._G = nil x = 1 print 'a'", 1,
		    "there is no “print”" },
		{ "_ENV = {} x = 1", 0, "" },
		{ "table.sort({3, 1, 2, 5, 4, 9, 8, 7, 6}, function() return "
		  "true end)",
		    0, "" },
		{ "local t = {} for i = 1, 500 do t[i] = i % 7 end "
		  "local n = 0 table.sort(t, function() n = n + 1 return n % 3 "
		  "== 0 end) print(table.concat(t, ' '))",
		    0, "" },
		{ "local co co = coroutine.wrap(function() co() end) co()", 1,
		    "cannot resume non-suspended coroutine" },
		{ "local t = {} for k in pairs {a = 1, b = 2} do t[k] = 1 end "
		  "print(pairs(t)(nil))",
		    0, "" },
		{ "rawset(_G, {}, 1) rawset(_G, {}, 2) print(undefned)", 1,
		    NULL },
		{ "print(pcall(string.dump or tostring, print))", 0, "" },
	};

	ATTACK(table);
}

/* Steps in all, over many short runs. */
static void
in_all(void)
{
	struct sandbox_limits limits = SANDBOX_LIMITS;
	struct diag d = DIAG_INIT;
	struct sandbox *sb;
	int n = 0, err = 0;

	limits.steps_all = 100000;
	limits.steps_run = 50000;
	CU_ASSERT_EQUAL(sandbox_create(&sb, &limits, NULL), 0);
	while (err == 0 && n++ < 15)
		err = sandbox_load(
		    sb, STR("for i = 1, 10000 do end"), "l.lua", &d);
	CU_ASSERT_EQUAL(err, ERR_LIMIT);
	CU_ASSERT(n > 5 && n < 12);
	CU_ASSERT_STRING_EQUAL(d.text,
	    "the script executed 100,000 instructions in all; stopped "
	    "here (--limit=instructions=N allows more)");
	sandbox_destroy(sb);
}

CHECK_MAIN("sandbox_hostile", { "loops", loops }, { "recursion", recursion },
    { "memory", memory }, { "patterns", patterns }, { "escapes", escapes },
    { "in_all", in_all })
