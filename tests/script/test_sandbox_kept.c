/* What sandboxes begin with is kept (script/sandbox_copies.c), and neither that
 * nor chance can be seen in them. */
#include "fixtures/check.h"
#include "fixtures/sandboxes.h"

#include "script/sandbox_in.h"

#include <string.h>

/* All that a script can reach from _G, in order: names, types, and what numbers
 * and texts are. */
static const char everything[] =
    "local seen = {} "
    "local function say(name, v) "
    "  print(name, type(v), (type(v) == 'number' or type(v) == 'string') "
    "    and v or '') "
    "  if type(v) ~= 'table' or seen[v] then return end "
    "  seen[v] = true "
    "  local names = {} "
    "  for k in pairs(v) do names[#names + 1] = tostring(k) end "
    "  table.sort(names) "
    "  for _, k in ipairs(names) do say(name .. '.' .. k, v[k]) end "
    "end "
    "say('_G', _G) say('string', getmetatable('')) "
    "print(('x'):rep(3), #tostring(12.5), pcall(error, 'e', 0))";

/* given(): how many bytes were printed so far. */
static int
fn_given(lua_State *L)
{
	const struct buf *out = sandbox_arg(L);

	lua_pushinteger(L, (lua_Integer)out->n);
	return 1;
}

static int
bind_given(lua_State *L)
{
	static const struct sandbox_function list[] = {
		{ "given", fn_given, 0, "given()" },
		{ NULL, NULL, 0, NULL },
	};

	sandbox_bind(L, list);
	lua_newtable(L);
	lua_pushinteger(L, 7);
	lua_setfield(L, -2, "seven");
	lua_setglobal(L, "things");
	return 0;
}

/* Runs TEXT, then says EVERYTHING in another sandbox.  Both are MORE: with
 * random numbers and functions of the host. */
static void
say_after(const char *text, bool more, struct buf *out)
{
	struct sandbox_host host = { .print = sandboxes_print,
		.random = more ? sandboxes_random : NULL,
		.bind = more ? bind_given : NULL,
		.arg = out };
	struct sandbox *sb, *beside = NULL;
	struct diag d = DIAG_INIT;

	CU_ASSERT_FATAL(sandbox_create(&sb, NULL, &host) == 0);
	/* One at the same time is made in another way, and is alike. */
	CU_ASSERT_FATAL(sandbox_create(&beside, NULL, &host) == 0);
	CU_ASSERT(sandbox_memory(sb) == sandbox_memory(beside));
	sandbox_load(sb, str_of(text), "lab.lua", &d);
	sandbox_destroy(sb);
	CU_ASSERT_FATAL(sandbox_create(&sb, NULL, &host) == 0);
	CU_ASSERT(sandbox_memory(sb) == sandbox_memory(beside));
	sandbox_destroy(beside);
	buf_clear(out);
	d = DIAG_INIT;
	CU_ASSERT(sandbox_load(sb, str_of(everything), "lab.lua", &d) == 0);
	if (more)
		CU_ASSERT(sandbox_load(sb,
			      STR("things.seven = things.seven - given()"),
			      "lab.lua", &d) == 0);
	sandbox_destroy(sb);
}

/* Whatever one has done, the next one is new. */
static void
one_behind_another(void)
{
	static const char *const scripts[] = {
		"string.rep = nil string.format = print",
		"for k in pairs(_G) do if k ~= 'next' then _G[k] = nil end end",
		"rawset(_G, 'x', 1) y = 2 math.pi = 3 table.extra = {}",
		"local m = getmetatable('') if type(m) == 'table' then "
		"m.__index = nil m.__add = print end",
		"local t = {} for i = 1, 1e5 do t[i] = {i, tostring(i)} end",
		"local s = 'x' while true do s = s .. s end",
		"local function f() return 1 + f() end f()",
		"while true do end",
		"local c = coroutine.wrap(function() coroutine.yield(1) "
		"error('late') end) c() c()",
		"setmetatable(_G, {__index = function() return 1 end})",
		"math.random() math.random(10) error({})",
		"given = nil things.seven = nil things = 1",
		"x = (",
	};
	LOCAL_BUF first = BUF_INIT, then = BUF_INIT;

	for (unsigned more = 0; more < 2; more++) {
		say_after("", more != 0, &first);
		CU_ASSERT(first.n > 1000);
		for (size_t i = 0; i < COUNT_OF(scripts); i++) {
			say_after(scripts[i], more != 0, &then);
			if (strcmp(buf_cstr(&first), buf_cstr(&then)) != 0)
				printf("BAD after %s: %s\n", scripts[i],
				    buf_cstr(&then));
			CU_ASSERT_STRING_EQUAL(
			    buf_cstr(&first), buf_cstr(&then));
		}
	}
}

/* Lua hashes texts by a number that is another one in each state, and objects
 * by their addresses: no step of a script depends on it, nor a word. */
static void
steps_are_no_chance(void)
{
	const char *const scripts[] = {
		"for k in pairs{a=1, b=2, c=3, dddd=4} do print(k) end",
		"for k in pairs{b=2, a=1} do end for k in pairs{x=1} do end",
		"local t = {} for i = 1, 40 do t['k' .. i] = i t[i] = i "
		"t[i + 0.5] = 1 end t[true] = 1 for k, v in pairs(t) do end",
		"local t = {} for i = 1, 20 do "
		"t[('x'):rep(500) .. '\0' .. i] = i end "
		"for k in pairs(t) do t[k] = nil end",
		"local t = {aa=1, bb=2, cc=3, dd=4, ee=5} local k = next(t) "
		"while k do k = next(t, k) end print(next{z=1, y=2})",
		"print(pcall(function() for k in pairs{[print]=1, [{}]=2} do "
		"end "
		"end))",
		"print(pcall(next, {[print]=1, [{}]=2, a=1}))",
		sandboxes_all,
		everything,
	};
	struct sandbox *others[SANDBOX_ROOMS];
	LOCAL_BUF first = BUF_INIT;
	uint64_t steps, more;

	for (size_t i = 0; i < SANDBOX_ROOMS; i++)
		CU_ASSERT_EQUAL_FATAL(
		    sandbox_create(&others[i], NULL, NULL), 0);
	for (size_t i = 0; i < COUNT_OF(scripts); i++) {
		struct diag d = DIAG_INIT;

		buf_clear(&first);
		sandboxes_run(str_of(scripts[i]), false, &first, &steps, &d);
		for (int k = 0; k < 20; k++) {
			LOCAL_BUF then = BUF_INIT;
			struct diag why = DIAG_INIT;

			sandboxes_run(
			    str_of(scripts[i]), k % 2 != 0, &then, &more, &why);
			CU_ASSERT_EQUAL(more, steps);
			CU_ASSERT_STRING_EQUAL(
			    buf_cstr(&then), buf_cstr(&first));
			CU_ASSERT_STRING_EQUAL(why.text, d.text);
		}
	}
	for (size_t i = 0; i < SANDBOX_ROOMS; i++)
		sandbox_destroy(others[i]);
}

/* What is known of a script is known of its text and its file: not of others
 * that look alike when they stand together. */
static void
scripts_that_look_alike(void)
{
	static const struct {
		const char *text, *file, *said;
	} rows[] = {
		{ "print(1)print(2)", "b.lua", "1\n2\n" },
		{ "print(1)", "print(2)b.lua", "1\n" },
		{ "print(1)print(2)b", ".lua", NULL },
		{ "print(1)print(2)", "b.lua", "1\n2\n" },
	};

	for (size_t i = 0; i < COUNT_OF(rows); i++) {
		LOCAL_BUF out = BUF_INIT;
		struct sandbox_host host = { .print = sandboxes_print,
			.script = str_of(rows[i].text),
			.file = rows[i].file,
			.arg = &out };
		struct diag d = DIAG_INIT;
		struct sandbox *sb;

		CU_ASSERT_EQUAL_FATAL(sandbox_create(&sb, NULL, &host), 0);
		(void)sandbox_load(sb, host.script, host.file, &d);
		CU_ASSERT_EQUAL(d.err == 0, rows[i].said != NULL);
		if (rows[i].said != NULL)
			CU_ASSERT_STRING_EQUAL(buf_cstr(&out), rows[i].said);
		sandbox_destroy(sb);
	}
}

CHECK_MAIN("sandbox_kept", { "one_behind_another", one_behind_another },
    { "steps_are_no_chance", steps_are_no_chance },
    { "scripts_that_look_alike", scripts_that_look_alike })
