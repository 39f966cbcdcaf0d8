/*
 * A program outlives what it is refused: after a recursion without end its
 * stack stayed as large as it had become and doubled at each event, until one
 * instruction of the fifth took 39 s.  Whatever bound an event runs into, the
 * twentieth costs what the first does.
 */
#include "check.h"

#include "script/own_in.h"

#include <stdio.h>
#include <string.h>

#define EVENTS 20

static int
call_event(lua_State *L)
{
	lua_getglobal(L, "event");
	lua_call(L, 0, 0);
	return 0;
}

static const char *const bodies[] = {
	"local function f() return 1 + f() end f()",
	"local function f(...) return 1 + f(1, 2, 3, 4, 5, 6, 7, 8, ...) end "
	"f()",
	"local function f() return 1 + f() end pcall(f) f()",
	"local t = setmetatable({}, {__call = function(t, ...) return 1 + "
	"t(...) end}) t()",
	"local m = setmetatable({}, {}) getmetatable(m).__call = m m()",
	"local m = setmetatable({}, {}) local function f() return 1 + f() end "
	"getmetatable(m).__call = m pcall(f) m()",
	"local t = {} t = setmetatable(t, {__index = function(t, k) return t[k "
	"+ 1] end}) local x = t[1]",
	"local t = setmetatable({}, {}) getmetatable(t).__index = t local x = "
	"t.x",
	"local a = {} for i = 1, 3000 do a = setmetatable({}, {__index = a}) "
	"end while true do local x = a.x end",
	"local t = setmetatable({}, {__tostring = function(t) return "
	"tostring(t) end}) tostring(t)",
	"local t = setmetatable({}, {__concat = function(a, b) return a .. b "
	"end}) local x = t .. t",
	"local t = {} for i = 1, 50000 do t[i] = i * 7 % 1009 end "
	"table.sort(t, function(a, b) return true end)",
	"local s = ('x'):rep(1e9)",
	"local s = ('x'):rep(130000) while true do s = s .. s end",
	"local s = 'x' while true do s = s .. s end",
	"local s = ('a'):rep(100000) while true do s:find('.-b') end",
	"local s = ('a'):rep(1000) s:find(('a*'):rep(100) .. 'b')",
	"local s = ('a'):rep(100000) s:gsub('a', function() while true do end "
	"end)",
	"while true do end",
	"while true do pcall(function() while true do end end) end",
	"while true do pcall(string.rep, 'x', 1e9) end",
	"local function f() pcall(f) f() end f()",
	"local function f() local ok, e = pcall(f) error(e) end f()",
	"local function f() local ok, e = xpcall(f, f) error(e) end f()",
	"xpcall(function() local function f() return 1 + f() end f() end, "
	"function(e) local function f() return 1 + f() end f() end)",
	"error(setmetatable({}, {__tostring = function(t) error(t) end}))",
	"local t <close> = setmetatable({}, {__close = function() local "
	"function f() return 1 + f() end f() end}) error('x')",
	"local t <close> = setmetatable({}, {__close = function() while true "
	"do end end}) while true do end",
	"local function f() local t <close> = setmetatable({}, {__close = "
	"function() f() end}) f() end f()",
	"local function f() coroutine.wrap(f)() end f()",
	"local function f() local co = coroutine.create(f) "
	"coroutine.resume(co) end f()",
	"while true do coroutine.wrap(function() local function f() return 1 + "
	"f() end f() end)() end",
	"co = coroutine.create(function() local function f() return 1 + f() "
	"end f() end) coroutine.resume(co)",
	"local cos = {} for i = 1, 50 do local co = "
	"coroutine.create(function() local function f(n) if n > 0 then return "
	"1 + f(n - 1) else coroutine.yield() end end f(1000) end) cos[#cos + "
	"1] = co coroutine.resume(co) end while true do end",
	"for i = 1, 1e9 do local t = setmetatable({}, {}) end",
	"local ms = {} for i = 1, 1e9 do ms[#ms + 1] = setmetatable({}, {}) "
	"end",
	"local t = {} for i = 1, 900 do t[i] = i end local function f(...) "
	"return 1 + f(...) end f(table.unpack(t))",
	"for i = 1, 1e9 do tostring(i + 0.5) end",
	"local s = {} for i = 1, 1e9 do s[#s + 1] = tostring(i) .. 'abc' end",
	"table.move({}, 1, 1e9, 2)",
	"local function g() local function f(n) if n == 0 then "
	"coroutine.yield() end return 1 + f(n - 1) end f(3000) end co = "
	"coroutine.create(g) coroutine.resume(co) while true do end",
	"local co = coroutine.create(function() local function f(n) if n > 0 "
	"then return 1 + f(n - 1) end coroutine.yield() return f(10000) end "
	"f(4100) end) k = co coroutine.resume(co)",
	"local s = ('x'):rep(130000) local n = 0 for i = 1, 3000 do n = n + i "
	"end",
	"for i = 1, 3000 do local t = i end local s = ('x'):rep(130000)",
};

static void
each_event_costs_the_same(void)
{
	const struct sandbox_limits limits = { .steps_run = 100000,
		.steps_all = 500000,
		.memory = (size_t)12 << 20,
		.all = (size_t)200 << 20,
		.string = (size_t)128 << 10,
		.text = 1 << 20 };
	const struct sandbox_host host = { .returns = true };

	for (size_t i = 0; i < sizeof(bodies) / sizeof(*bodies); i++) {
		struct diag first, d = DIAG_INIT;
		uint64_t steps = 0, least;
		size_t memory = 0;
		struct sandbox *sb;
		struct buf text = BUF_INIT;
		bool good = true;

		buf_printf(&text, "function event() %s end", bodies[i]);
		CU_ASSERT_EQUAL_FATAL(sandbox_create(&sb, &limits, &host), 0);
		CU_ASSERT_EQUAL(
		    sandbox_load(sb, buf_view(&text), "p.lua", &d), 0);
		for (int n = 0; n < EVENTS && good; n++) {
			d = DIAG_INIT;
			sandbox_revive(sb, limits.steps_all);
			sandbox_protect(sb, call_event, NULL, &d);
			if (n == 0) {
				first = d;
				memory = sandbox_memory(sb);
				steps = sandbox_steps(sb);
			}
			least = sandbox_steps(sb);
			good = strcmp(first.text, d.text) == 0 &&
			       least <= 3 * steps + 1000 &&
			       steps <= 3 * least + 1000 &&
			       sandbox_memory(sb) <= 3 * memory + (64 << 10);
			if (!good)
				printf("  %s\n  %d: %llu %zu %s\n  %d: %llu "
				       "%zu %s\n",
				    bodies[i], 0, (unsigned long long)steps,
				    memory, first.text, n,
				    (unsigned long long)least,
				    sandbox_memory(sb), d.text);
		}
		CU_ASSERT(good);
		sandbox_destroy(sb);
		buf_free(&text);
	}
}

CHECK_MAIN("refused twenty times", { "events", each_event_costs_the_same })
