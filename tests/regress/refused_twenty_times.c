/*
 * A program outlives what it is refused: after a recursion without end its
 * stack stayed as large as it had become and doubled at each event, until one
 * instruction of the fifth took 15 s.  Whatever bound an event runs into, the
 * twentieth costs what the first does.
 */
#include "fixtures/check.h"

#include "script/sandbox_in.h"

#include <stdio.h>
#include <string.h>

#define DEEP "local function f() return 1 + f() end "

static const char *const bodies[] = {
	DEEP "f()",
	DEEP "pcall(f) f()",
	DEEP "xpcall(f, f)",
	DEEP "coroutine.wrap(f)()",
	DEEP "co = coroutine.create(f) coroutine.resume(co)",
	DEEP "local t <close> = setmetatable({}, {__close = f}) error('x')",
	"local function f(n) if n == 0 then coroutine.yield() end return 1 + "
	"f(n - 1) end coroutine.wrap(f)(3000) while true do end",
	"local m = setmetatable({}, {}) getmetatable(m).__call = m m()",
	"local m = setmetatable({}, {}) getmetatable(m).__call = m for "
	"i = 1, 300 do end",
	"local t = setmetatable({}, {}) getmetatable(t).__index = t t = t.x",
	"local a = {} for i = 1, 3000 do a = setmetatable({}, {__index = a}) "
	"end while true do local x = a.x end",
	"local t = setmetatable({}, {__concat = function(a, b) return a .. b "
	"end}) for i = 1, 3000 do end t = t .. t",
	"for i = 1, 3000 do local t = i end local s = ('x'):rep(130000)",
	"local s = 'x' while true do s = s .. s end",
	"local s = ('a'):rep(100000) while true do s:find('.-b') end",
	"local t = {} for i = 1, 9999 do t[i] = i * 7 % 1009 end "
	"table.sort(t, function(a, b) return true end)",
	"local s = {} for i = 1, 1e9 do s[#s + 1] = tostring(i) .. 'abc' end",
	"local function f() pcall(f) f() end f()",
};

static int
call_event(lua_State *L)
{
	lua_getglobal(L, "event");
	lua_call(L, 0, 0);
	return 0;
}

static void
each_event_costs_the_same(void)
{
	const struct sandbox_limits limits = { 100000, 500000, 0, 12 << 20,
		200 << 20, 128 << 10, 1 << 20 };
	const struct sandbox_host host = { .returns = true };

	for (size_t i = 0; i < sizeof(bodies) / sizeof(*bodies); i++) {
		struct diag first = DIAG_INIT, d = DIAG_INIT;
		uint64_t steps = 0, now;
		size_t memory = 0;
		struct sandbox *sb;
		struct buf text = BUF_INIT;
		bool good = true;

		buf_printf(&text, "function event() %s end", bodies[i]);
		CU_ASSERT_EQUAL_FATAL(sandbox_create(&sb, &limits, &host), 0);
		CU_ASSERT_EQUAL(
		    sandbox_load(sb, buf_view(&text), "p.lua", &d), 0);
		for (int n = 0; n < 20 && good; n++) {
			d = DIAG_INIT;
			sandbox_revive(sb, limits.steps_all);
			sandbox_protect(sb, call_event, NULL, &d);
			now = sandbox_steps(sb);
			if (n == 0) {
				first = d;
				memory = sandbox_memory(sb);
				steps = now;
			}
			good = strcmp(first.text, d.text) == 0 &&
			       now <= 3 * steps + 1000 &&
			       steps <= 3 * now + 1000 &&
			       sandbox_memory(sb) <= 3 * memory + (64 << 10);
			if (!good)
				printf(
				    "  %s\n  %d: %s\n", bodies[i], n, d.text);
		}
		CU_ASSERT(good);
		sandbox_destroy(sb);
		buf_free(&text);
	}
}

CHECK_MAIN("refused twenty times", { "events", each_event_costs_the_same })
