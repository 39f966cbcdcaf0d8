/* The Lua sandbox: what scripts can do, how errors read, running them. */
#include "fixtures/check.h"
#include "fixtures/sandboxes.h"
#include "text/utf8.h"

#include "base/err.h"
#include "base/mem.h"
#include "script/sandbox_in.h"

#include <lauxlib.h>
#include <lualib.h>
#include <string.h>

/* Whether it is compiled when it is loaded, or was before, or what it begins
 * with is a copy: it does the same, in as many steps. */
static int
run_text(struct str text, struct buf *out, struct diag *d)
{
	uint64_t steps, more;
	int err = sandboxes_run(text, false, out, &steps, d);

	for (int i = 0; i < 2; i++) {
		LOCAL_BUF again = BUF_INIT;
		struct diag why = DIAG_INIT;

		CU_ASSERT_EQUAL(
		    sandboxes_run(text, true, &again, &more, &why), err);
		CU_ASSERT_EQUAL(more, steps);
		CU_ASSERT_STRING_EQUAL(buf_cstr(&again), buf_cstr(out));
		CU_ASSERT_STRING_EQUAL(why.text, d->text);
		CU_ASSERT_EQUAL(why.line, d->line);
	}
	return err;
}

/* What TEXT prints, or how its error reads. */
static void
expect(const char *text, const char *wanted)
{
	LOCAL_BUF out = BUF_INIT;
	struct diag d = DIAG_INIT;

	if (run_text(str_of(text), &out, &d) != 0)
		diag_write(&d, &out);
	if (strcmp(buf_cstr(&out), wanted) != 0)
		printf("--- %s\n+++ %s\n    for %s\n", wanted, buf_cstr(&out),
		    text);
	CU_ASSERT_STRING_EQUAL(buf_cstr(&out), wanted);
}

static void
language(void)
{
	expect("print(1, 'a', nil, true, 2.5, 10 // 3, 'x' .. 1)",
	    "1\ta\tnil\ttrue\t2.5\t3\tx1\n");
	expect("print('10' + 1, -'2', '0x10' * 2)", "11\t-2\t32\n");
	expect("local t = setmetatable({}, {__add = function() return 'm' end})"
	       " print('1' + t, t + '1')",
	    "m\tm\n");
	expect("print(select('#', 1, nil), select(-1, 1, 2))", "2\t2\n");
	expect("local t = {3, 1, 2} table.sort(t) print(table.concat(t, ','))",
	    "1,2,3\n");
	expect("local t = {1, 2} table.insert(t, 1, 0) table.insert(t, 3) "
	       "print(table.remove(t), table.remove(t, 1), #t, "
	       "table.unpack(t))",
	    "3\t0\t2\t1\t2\n");
	expect(
	    "print(table.remove({}), table.unpack({1,2,3}, 2))", "nil\t2\t3\n");
	expect("local t = table.move({1,2,3}, 1, 3, 2) "
	       "print(t[1], t[2], t[3], t[4])",
	    "1\t1\t2\t3\n");
	expect("print(table.pack(1, nil, 3).n)", "3\n");
	expect("local t = {} for i = 1, 300 do t[i] = (i * 7919) % 301 end "
	       "table.sort(t, function(a, b) return a > b end) "
	       "for i = 2, #t do assert(t[i - 1] >= t[i]) end print(#t)",
	    "300\n");
	expect("local t = {} for i = 1, 20 do t[i] = {k = i % 2, i = i} end "
	       "table.sort(t, function(a, b) return a.k < b.k end) "
	       "local s = '' for _, v in ipairs(t) do s = s .. v.i .. ' ' end "
	       "print(s)",
	    "2 4 6 8 10 12 14 16 18 20 1 3 5 7 9 11 13 15 17 19 \n");
	expect("print(utf8.char(20013), utf8.len('中文'), #'中文', "
	       "utf8.codepoint('中', 1))",
	    "中\t2\t6\t20013\n");
	expect(
	    "print(string.unpack('>I2', string.pack('>I2', 258)))", "258\t3\n");
	expect(
	    "print(math.floor(2.7), math.huge, math.type(1), math.maxinteger)",
	    "2\tinf\tinteger\t9223372036854775807\n");
	expect("goto e do print 'no' end ::e:: print 'yes'", "yes\n");
	expect("", "");
	expect("#!/usr/bin/lua\nprint 'hash'",
	    "lab.lua:1: in Lua, write -- before a comment, not #");
}

static void
protected_calls(void)
{
	expect("print(pcall(error, 'x', 0)) print(pcall(function() return 1, 2 "
	       "end))",
	    "false\tx\ntrue\t1\t2\n");
	expect("print(pcall(function() error('here') end))",
	    "false\tlab.lua:1: here\n");
	expect("print(xpcall(function(a) error(a, 0) end, "
	       "function(m) return 'h' .. m end, 'x'))",
	    "false\thx\n");
	expect("print(xpcall(function(...) return ... end, print, 1, 2))",
	    "true\t1\t2\n");
	expect("print(select('#', pcall(error)))", "2\n");
	expect("local co = coroutine.wrap(function() "
	       "print(pcall(function() local x = coroutine.yield(1) "
	       "error('got ' .. x, 0) end)) return 'end' end) "
	       "print(co()) print(co('v'))",
	    "1\nfalse\tgot v\nend\n");
	expect("local co = coroutine.wrap(function() "
	       "print(xpcall(function() coroutine.yield(1) error('e', 0) end, "
	       "function(m) return m .. '!' end)) end) co() co()",
	    "false\te!\n");
}

static void
coroutines(void)
{
	expect("local co = coroutine.create(function(a, b) "
	       "local c = coroutine.yield(a + b) return c * 2 end) "
	       "print(coroutine.resume(co, 1, 2)) "
	       "print(coroutine.resume(co, 5)) "
	       "print(coroutine.resume(co)) print(coroutine.status(co))",
	    "true\t3\ntrue\t10\nfalse\tcannot resume dead coroutine\ndead\n");
	expect("for v in coroutine.wrap(function() for i = 1, 3 do "
	       "coroutine.yield(i) end end) do print(v) end",
	    "1\n2\n3\n");
	expect("local co = coroutine.create(function() local x <close> = "
	       "setmetatable({}, {__close = function() print 'closed' end}) "
	       "coroutine.yield() end) coroutine.resume(co) "
	       "print(coroutine.close(co), coroutine.status(co))",
	    "closed\ntrue\tdead\n");
	expect("print(coroutine.isyieldable(), coroutine.running())",
	    "false\tthread: 1\ttrue\n");
	expect("local co = coroutine.wrap(function() error({}) end) "
	       "print(pcall(co))",
	    "false\ttable: 1\n");
	expect("\ncoroutine.yield(1)",
	    "lab.lua:2: coroutine.yield works only in a coroutine of your own; "
	    "to let time pass, use sleep or wait");
	expect("coroutine.close(coroutine.running())",
	    "lab.lua:1: a running coroutine can't be closed");
}

static void
order(void)
{
	expect("local t = {b = 1, a = 2, [3] = 3, [-1] = 4, [1.5] = 5, "
	       "[true] = 6, [false] = 7, B = 8, [1] = 9} "
	       "for k, v in pairs(t) do print(k, v) end",
	    "-1\t4\n1\t9\n1.5\t5\n3\t3\nB\t8\na\t2\nb\t1\nfalse\t7\ntrue\t6\n");
	expect("local t = {b = 1, a = 2, 5} local k, v "
	       "repeat k, v = next(t, k) print(k, v) until k == nil",
	    "1\t5\na\t2\nb\t1\nnil\tnil\n");
	expect("print(next({}), next({x = 1}))", "nil\tx\t1\n");
	expect("local t = {} for i = 1, 9 do t['k' .. i] = i end "
	       "for k in pairs(t) do t[k] = nil t['k8'] = nil end "
	       "print(next(t))",
	    "nil\n");
	expect("local n = 0 for k in pairs({[{}] = 1}) do n = n + 1 end "
	       "print(n, (next({[print] = 2})))",
	    "1\tfunction: 1\n");
	expect("\nfor k in pairs({[{}] = 1, [{}] = 2}) do end",
	    "lab.lua:2: keys of this table can't be sorted (a table and a "
	    "table); use numbers or texts as keys");
	expect("for k, v in pairs(setmetatable({}, {__pairs = function(t) "
	       "return function(_, k) if not k then return 1, 2 end end, t "
	       "end})) do print(k, v) end",
	    "1\t2\n");
	expect("local a, b = {}, {} print(b, a, b, tostring(print), "
	       "string.format('%s', a))",
	    "table: 3\ttable: 2\ttable: 3\tfunction: 1\ttable: 2\n");
	expect("print(setmetatable({}, {__tostring = function() return 'me' "
	       "end}), setmetatable({}, {__name = 'Thing'}))",
	    "me\tThing: 1\n");
	expect("print(pcall(pairs, nil))",
	    "false\tbad argument #1 to 'pairs' (table expected, got nil)\n");
}

static void
errors(void)
{
	expect("local alice = 1\n\nprint(alcie)",
	    "lab.lua:3: there is no “alcie”; did you mean “alice”?");
	expect("\npritn(1)",
	    "lab.lua:2: there is no “pritn”; did you mean “print”?");
	expect("print(qqqqqqqqq)", "lab.lua:1: there is no “qqqqqqqqq”");
	expect("do local x = 1 end\nprint(x)",
	    "lab.lua:2: there is no “x” here: its local statement comes later, "
	    "its block has ended, or a global variable has no value yet");
	expect("-- local wrng\nlocal s = [[ local wrngs ]] "
	       "for wrong, b in pairs {} do end print(wrng)",
	    "lab.lua:2: there is no “wrng”; did you mean “wrong”?");
	expect("local function f(first, second) return secnd end f()",
	    "lab.lua:1: there is no “secnd”; did you mean “second”?");
	expect("io.write('x')", "lab.lua:1: io is not available in scripts");
	expect("\n\nlocal x = = 1", "lab.lua:3: unexpected symbol near '='");
	expect("local t\nt.x = 1", "lab.lua:2: “t” is nothing (nil), which has "
				   "no fields and no actions");
	expect("error({})", "lab.lua:1: the script raised an error that is a "
			    "table, not a text");
	expect("\nerror(42)", "lab.lua:2: the script raised the error 42");
	expect("error(2.5)", "lab.lua:1: the script raised the error 2.5");
	expect("\nerror('plain', 0)", "lab.lua:2: plain");
	expect("local function f() error('told', 2) end\n\nf()",
	    "lab.lua:3: told");
	expect("\nstring.rep()", "lab.lua:2: rep needs a text; write it after "
				 "the text with a colon: name:rep()");
	expect("x = 1 print(x, rawget(_G, 'y'))", "1\tnil\n");
	expect("setmetatable(_G, {})",
	    "lab.lua:1: cannot change a protected metatable");
	expect("setmetatable({}, {__gc = print})",
	    "lab.lua:1: __gc is not available in scripts");
	expect("setmetatable({}, {__mode = 'k'})",
	    "lab.lua:1: __mode is not available in scripts");
	expect("print(getmetatable(''), getmetatable(_G), pcall(setmetatable, "
	       "'', {}))",
	    "false\tfalse\tfalse\tbad argument #1 to 'setmetatable' (table "
	    "expected, got string)\n");
	expect("string.format('%p', {})",
	    "lab.lua:1: '%p' would show an address, which differs in each "
	    "run; use '%s'");
	expect("print(math.random)", "nil\n");
}

static void
loading(void)
{
	struct diag d = DIAG_INIT;
	LOCAL_BUF out = BUF_INIT;
	struct sandbox_limits limits = SANDBOX_LIMITS;
	struct sandbox *sb;

	CU_ASSERT_EQUAL(run_text(STR("\x1bLua\x54\0"), &out, &d), ERR_SYNTAX);
	CU_ASSERT_STRING_EQUAL(
	    d.text, "this is compiled Lua; rung runs only Lua source text");
	limits.text = 10;
	CU_ASSERT_EQUAL(sandbox_create(&sb, &limits, NULL), 0);
	d = DIAG_INIT;
	CU_ASSERT_EQUAL(
	    sandbox_load(sb, STR("print 'long'"), "a.lua", &d), ERR_LIMIT);
	CU_ASSERT_EQUAL(sandbox_load(sb, STR("x = 1"), "a.lua", NULL), 0);
	/* Two files share globals and each keeps its name. */
	d = DIAG_INIT;
	CU_ASSERT_EQUAL(
	    sandbox_load(sb, STR("\nx = x.y.z"), "b.lua", &d), ERR_SYNTAX);
	CU_ASSERT_STRING_EQUAL(d.file, "b.lua");
	CU_ASSERT_EQUAL(d.line, 2);
	sandbox_destroy(sb);
}

static void
long_file_name(void)
{
	const char *name = "a/very/long/path/of/directories/that/goes/on/and/"
			   "on/until/it/is/longer/than/lua/shows/lab.lua";
	struct diag d = DIAG_INIT;
	struct sandbox *sb;

	CU_ASSERT_EQUAL(sandbox_create(&sb, NULL, NULL), 0);
	CU_ASSERT_EQUAL(
	    sandbox_load(sb, STR("\nerror('e')"), name, &d), ERR_SYNTAX);
	CU_ASSERT_STRING_EQUAL(d.file, name);
	CU_ASSERT_EQUAL(d.line, 2);
	CU_ASSERT_STRING_EQUAL(d.text, "e");
	sandbox_destroy(sb);
}

/* A binding that yields, as sleep does, and says whether it may. */
static int
pause_here(lua_State *L)
{
	if (!sandbox_may_pause(L))
		return sandbox_error(L, "pause works in a script only");
	return lua_yield(L, lua_gettop(L));
}

static lua_State *started;

static int
script(lua_State *L)
{
	struct diag d = DIAG_INIT;

	luaL_checktype(L, 1, LUA_TFUNCTION);
	lua_settop(L, 1);
	if (sandbox_spawn(L, &started, &d) != 0)
		return sandbox_error(L, "%s", d.text);
	return 0;
}

static int
here(lua_State *L)
{
	char where[64];

	sandbox_where(L, where, sizeof(where));
	lua_pushstring(L, where);
	return 1;
}

static int
bind_all(lua_State *L)
{
	lua_pushcfunction(L, pause_here);
	lua_setglobal(L, "pause");
	lua_pushcfunction(L, script);
	lua_setglobal(L, "script");
	lua_pushcfunction(L, here);
	lua_setglobal(L, "here");
	return 0;
}

static struct sandbox *
bound(struct buf *out, const char *text, struct diag *d)
{
	struct sandbox_host host = {
		.print = sandboxes_print, .random = sandboxes_random, .arg = out
	};
	struct sandbox *sb;

	started = NULL;
	if (sandbox_create(&sb, NULL, &host) != 0)
		return NULL;
	CU_ASSERT_EQUAL(sandbox_protect(sb, bind_all, NULL, d), 0);
	sandbox_load(sb, str_of(text), "lab.lua", d);
	return sb;
}

static void
pausing_outside(void)
{
	LOCAL_BUF out = BUF_INIT;
	struct diag d = DIAG_INIT;
	struct sandbox *sb = bound(&out, "\npause(1)", &d);

	CU_ASSERT_EQUAL(d.line, 2);
	CU_ASSERT_STRING_EQUAL(d.text, "pause works in a script only");
	sandbox_destroy(sb);
	/* A script's coroutine.yield is not the host's business. */
	d = DIAG_INIT;
	sb = bound(&out, "script(function()\n coroutine.yield() end)", &d);
	CU_ASSERT_EQUAL(
	    sandbox_resume(sb, started, 0, NULL, &d), SANDBOX_FAILED);
	CU_ASSERT_EQUAL(d.line, 2);
	sandbox_destroy(sb);
	/* Nor may one script resume another that waits for the host. */
	d = DIAG_INIT;
	sb = bound(&out,
	    "script(function() me = coroutine.running() pause() end)", &d);
	CU_ASSERT_EQUAL(
	    sandbox_resume(sb, started, 0, NULL, &d), SANDBOX_PAUSED);
	CU_ASSERT_EQUAL(
	    sandbox_load(sb, STR("coroutine.resume(me)"), "b.lua", &d),
	    ERR_SYNTAX);
	CU_ASSERT_STRING_EQUAL(
	    d.text, "only rung can resume a script(…) that waits");
	sandbox_destroy(sb);
}

static int
call_hook(lua_State *L)
{
	int *result = lua_touserdata(L, 1);

	lua_getglobal(L, "rewrite");
	lua_pushliteral(L, "INVITE");
	lua_call(L, 1, 1);
	*result = (int)lua_tointeger(L, -1);
	return 0;
}

static void
calling(void)
{
	struct buf out = BUF_INIT;
	struct diag d = DIAG_INIT;
	struct sandbox *sb =
	    bound(&out, "function rewrite(m)\n return #m end", &d);
	int result = 0;

	CU_ASSERT_EQUAL(sandbox_protect(sb, call_hook, &result, &d), 0);
	CU_ASSERT_EQUAL(result, 6);
	CU_ASSERT_EQUAL(
	    sandbox_load(
		sb, STR("function rewrite(m)\n\n m.x.y = 1 end"), "c.lua", &d),
	    0);
	CU_ASSERT_EQUAL(
	    sandbox_protect(sb, call_hook, &result, &d), ERR_SYNTAX);
	CU_ASSERT_STRING_EQUAL(d.file, "c.lua");
	CU_ASSERT_EQUAL(d.line, 3);
	CU_ASSERT_EQUAL(lua_gettop(sb->L), 0);
	d = DIAG_INIT;
	CU_ASSERT_EQUAL(
	    sandbox_load(sb, STR("print(math.random(1, 6))"), "d.lua", &d), 0);
	sandbox_destroy(sb);
	buf_free(&out);
}

static int
name_of(lua_State *L)
{
	lua_pushinteger(L, (lua_Integer)lua_rawlen(L, 1));
	return 1;
}

static void
ordered_userdata(void)
{
	struct buf out = BUF_INIT;
	struct diag d = DIAG_INIT;
	struct sandbox *sb = bound(&out, "", &d);
	lua_State *L = sb->L;

	/* As a host's objects: __order gives their names. */
	lua_newtable(L);
	lua_pushcfunction(L, name_of);
	lua_setfield(L, -2, "__order");
	for (int i = 5; i > 0; i--) {
		char name[2] = { (char)('a' + i), 0 };

		lua_newuserdatauv(L, (size_t)i, 0);
		lua_pushvalue(L, -2);
		lua_setmetatable(L, -2);
		lua_setglobal(L, name);
	}
	lua_pop(L, 1);
	CU_ASSERT_EQUAL(
	    sandbox_load(sb,
		STR("for k, v in pairs {[f]='f',[b]='b',[d]='d'} do "
		    "print(v) end"),
		"e.lua", &d),
	    0);
	CU_ASSERT_STRING_EQUAL(buf_cstr(&out), "b\nd\nf\n");
	sandbox_destroy(sb);
	buf_free(&out);
}

static bool
memory_round(unsigned long n, bool known)
{
	LOCAL_BUF out = BUF_INIT;
	struct diag d = DIAG_INIT;
	uint64_t steps;
	int err;

	mem_fail_from(n);
	err = sandboxes_run(str_of(sandboxes_all), known, &out, &steps, &d);
	mem_fail_from(0);
	CU_ASSERT(err == ERR_NOMEM || err == ERR_SYNTAX);
	if (err == ERR_SYNTAX)
		CU_ASSERT_EQUAL(d.line, 11);
	return err != ERR_NOMEM;
}

static void
out_of_memory(void)
{
	for (int known = 0; known < 2; known++) {
		unsigned long n = 1;

		while (n < 20000 && !memory_round(n, known != 0))
			n++;
		CU_ASSERT(n > 300 && n < 20000);
	}
}

static bool
spawn_round(unsigned long n)
{
	struct buf out = BUF_INIT;
	struct diag d = DIAG_INIT;
	struct sandbox *sb = bound(&out,
	    "script(function() local t = {} for i = 1, 50 do "
	    "t[i] = {pause(i)} end end)",
	    &d);
	enum sandbox_status status = SANDBOX_PAUSED;
	int nresults;

	CU_ASSERT_EQUAL_FATAL(d.err, 0);
	mem_fail_from(n);
	while (status == SANDBOX_PAUSED) {
		status = sandbox_resume(sb, started, 0, &nresults, &d);
		lua_pop(started, nresults);
	}
	mem_fail_from(0);
	CU_ASSERT(status == SANDBOX_DONE || d.err == ERR_NOMEM);
	sandbox_drop(sb, started);
	sandbox_destroy(sb);
	buf_free(&out);
	return status == SANDBOX_DONE;
}

static void
out_of_memory_resuming(void)
{
	unsigned long n = 1;

	while (n < 5000 && !spawn_round(n))
		n++;
	CU_ASSERT(n > 20 && n < 5000);
}

CHECK_MAIN("sandbox", { "language", language },
    { "protected_calls", protected_calls }, { "coroutines", coroutines },
    { "order", order }, { "errors", errors }, { "loading", loading },
    { "long_file_name", long_file_name },
    { "pausing_outside", pausing_outside }, { "calling", calling },
    { "ordered_userdata", ordered_userdata },
    { "out_of_memory", out_of_memory },
    { "out_of_memory_resuming", out_of_memory_resuming })
