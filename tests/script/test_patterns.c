/*
 * The sandbox's own patterns, format and string functions held against Lua's
 * string library: the same script in both, the same answers.
 */
#include "fixtures/check.h"

#include "base/str.h"
#include "script/sandbox_in.h"

#include <lauxlib.h>
#include <lualib.h>
#include <string.h>

#define COUNT(table) (sizeof(table) / sizeof(*(table)))

static const char *const patterns[] = { "", "a", "abc", ".", "a*", "a-", "a+",
	"a?", "a*b", "a-b", ".-b", "^a", "^a*$", "a$", "$", "^$", "^", "^^",
	"a^", "$a", "%a+", "%A", "%d%d", "%D+", "%s*", "%S+", "%w+", "%W", "%l",
	"%u+", "%L", "%x+", "%X", "%p", "%P+", "%c", "%C", "%g+", "%G", "%.",
	"%%", "%-", "[abc]", "[^abc]+", "[a-c]+", "[^a-c]", "[%a]", "[%w_]+",
	"[]]", "[^]]+", "[]-]+", "[a-]", "[-a]+", "[%]]", "[a%-z]+", "[^%s]+",
	"[%d%.]+", "[A-Za-z]*", "[%a-z]", "[^^]", "[.]", "(a)", "(a)(b)",
	"(a(b)c)", "()", "()a()", "(a*)", "(.-)b", "(.)%1", "(%a+) (%a+)",
	"((a)(b))%3", "(a)%1", "()%1", "%b()", "%b<>", "%b''", "%bab", "%baa",
	"%f[%a]%a+", "%f[%A]", "%f[%z]", "%f[^%a]", "x?y?z?", "a?a?a?aaa",
	"(%w+)=(%w+)", "^(%w+):%s*(.-)%s*$", "<(.-)>", "sip:([^@]+)@([^;>]+)",
	"%d+%.%d+", "(a?)(a*)(a+)", ".*", "(.*)(.-)", "a.c", "a..c", "%z",
	"[%z]", "\\", "[\\]", "[a-b-c]", "[+-]?%d+", "[^-a]", "(((a)))", "a**",
	"a+*", "*a", "+", "?", "-", "%f[a]", "a%f[^a]", "[%a%d]*$", "^.-%s",
	"%s-$", "([^,]*)", "[^\n]+", "%u%l*", "(())", "()()" };

static const char *const malformed[] = { "(", ")", "a)", "(a", "%", "a%", "[",
	"[a", "[^", "[%", "[a-", "[]", "[^]", "%1", "(a)%2", "(a%1)", "%0",
	"%b", "%bx", "%f", "%fa", "())" };

static const char *const subjects[] = { "", "a", "b", "aa", "ab", "abc",
	"aabbcc", "aaaa", "abab", "xyz", "hello world", "Hello, World 42!",
	"  trim me  ", "key=value, k2=v2", "(a(b)c)(d)", "<a><b>", "'q' 'r'",
	"sip:alice@atlanta.example.com;tag=1", "Via: SIP/2.0/UDP h", "a\nb\n",
	"1.5e10 -3 +4", "]^-[", "%d", "a.c abc a..c", "\t\r\n\v\f x", "a,b,,c",
	"\xe4\xb8\xad\xe6\x96\x87 \xff\x80", "_under_score", "A1b2C3" };

/* As tests' text: every function over every pair, an error as "error". */
static const char *const driver =
    "local function tell(out, f, ...)\n"
    "  local r = table.pack(pcall(f, ...))\n"
    "  if not r[1] then out[#out + 1] = 'error' return false end\n"
    "  for i = 1, r.n do out[#out + 1] = tostring(r[i]) end\n"
    "  out[#out + 1] = ';'\n"
    "  return true\n"
    "end\n"
    "local function walk(s, p)\n"
    "  local n, out = 0, {}\n"
    "  for a, b, c in string.gmatch(s, p) do\n"
    "    out[#out + 1] = tostring(a) .. tostring(b) .. tostring(c)\n"
    "  end\n"
    "  return table.concat(out, '|')\n"
    "end\n"
    "function try(s, p)\n"
    "  local out = {}\n"
    "  tell(out, string.find, s, p) tell(out, string.match, s, p)\n"
    "  tell(out, string.find, s, p, 2) tell(out, string.find, s, p, -2)\n"
    "  tell(out, string.find, s, p, 1, true) tell(out, walk, s, p)\n"
    "  tell(out, string.find, s, p, 100) tell(out, string.find, s, p, -100)\n"
    "  tell(out, string.gsub, s, p, '<%0>')\n"
    "  tell(out, string.gsub, s, p, '%1%%') tell(out, string.gsub, s, p, '', "
    "2)\n"
    "  tell(out, string.gsub, s, p, {a = 1, ab = 'X', b = false})\n"
    "  tell(out, string.gsub, s, p, function(a, b)\n"
    "    return b and a .. b or #tostring(a) > 1 and 'L' end)\n"
    "  return table.concat(out, ' ')\n"
    "end\n";

/* Calls TRY(a, b) in L. */
static struct str
ask(lua_State *L, const char *a, const char *b)
{
	struct str s;

	lua_getglobal(L, "try");
	lua_pushstring(L, a);
	lua_pushstring(L, b);
	if (lua_pcall(L, 2, 1, 0) != LUA_OK)
		printf("%s\n", lua_tostring(L, -1));
	s.p = lua_tolstring(L, -1, &s.n);
	return s;
}

struct both {
	lua_State *lua, *ours;
	struct sandbox *sb;
};

static void
open_both(struct both *b, const char *text)
{
	struct sandbox_limits limits = SANDBOX_LIMITS;

	limits.steps_run = limits.steps_all;
	b->lua = luaL_newstate();
	luaL_openlibs(b->lua);
	CU_ASSERT_EQUAL_FATAL(luaL_dostring(b->lua, text), 0);
	CU_ASSERT_EQUAL_FATAL(sandbox_create(&b->sb, &limits, NULL), 0);
	CU_ASSERT_EQUAL_FATAL(
	    sandbox_load(b->sb, str_of(text), "d.lua", NULL), 0);
	b->ours = b->sb->L;
}

static void
close_both(struct both *b)
{
	lua_close(b->lua);
	sandbox_destroy(b->sb);
}

static void
against_lua(void)
{
	struct both both;
	unsigned pairs = 0;

	open_both(&both, driver);
	for (size_t p = 0; p < COUNT(patterns); p++) {
		for (size_t s = 0; s < COUNT(subjects); s++) {
			struct str a = ask(both.lua, subjects[s], patterns[p]);
			struct str b = ask(both.ours, subjects[s], patterns[p]);

			pairs++;
			if (!str_eq(a, b))
				printf("%s on %s\nlua  %.*s\nours %.*s\n",
				    patterns[p], subjects[s], STR_ARG(a),
				    STR_ARG(b));
			CU_ASSERT(str_eq(a, b));
			lua_settop(both.lua, 0);
			lua_settop(both.ours, 0);
		}
	}
	CU_ASSERT(pairs > 2500);
	close_both(&both);
}

/* Ours tells a mistake whatever the subject; Lua when it gets that far. */
static void
mistakes(void)
{
	struct both both;

	open_both(&both,
	    "function try(s, p) return tostring((pcall(string.match, s, p))) "
	    "end");
	for (size_t p = 0; p < COUNT(malformed); p++) {
		bool lua_too = false;

		for (size_t s = 0; s < COUNT(subjects); s++) {
			if (str_is(ask(both.lua, subjects[s], malformed[p]),
				"false"))
				lua_too = true;
			CU_ASSERT(
			    str_is(ask(both.ours, subjects[s], malformed[p]),
				"false"));
			lua_settop(both.lua, 0);
			lua_settop(both.ours, 0);
		}
		if (!lua_too)
			printf("Lua takes %s\n", malformed[p]);
		CU_ASSERT(lua_too);
	}
	close_both(&both);
}

/* Expressions that both must answer alike. */
static const char *const expressions[] = {
	"string.format('%d|%5d|%-5d|%05d|%+d|% d|%.3d', 1, 2, 3, 4, 5, 6, 7)",
	"string.format('%i', 3.0)",
	"string.format('%d', '10')",
	"pcall(string.format, '%d', 2.5)",
	"string.format('%x %X %#x %o %#o', 255, 255, 255, 8, 8)",
	"string.format('%x', -1)",
	"string.format('%c%c%5c|%-3c|', 65, 0, 66, 67)",
	"string.format('%e %E %.2e', 1.5, 1.5, 12345.678)",
	"string.format('%f %.2f %10.3f %-10.1f|', 1.5, 2.345, 3.14159, 4)",
	"string.format('%g %G %.3g %#g', 0.0001, 1e20, 123456, 1)",
	"string.format('%a %.2a', 1, 0.5)",
	"string.format('%s %10s %-10s| %.2s', 'a', 'bc', 'de', 'xyz')",
	"string.format('%s %s %s', 1, 1.5, true)",
	"string.format('%s', nil)",
	"string.format('%%')",
	"string.format('%5.1s|', 'abc')",
	"string.format('%q', 'a\\n\"\\\\\\0\\1\\r9')",
	"string.format('%q %q %q', 1, math.mininteger, true)",
	"string.format('%q %q', 1/0, -1/0)",
	"string.format('%q', 0.1)",
	"string.format('%99.99f', -1e308)",
	"string.format('%s', ('x'):rep(500))",
	"string.format('%20s|', ('x'):rep(500))",
	"(pcall(string.format, '%d'))",
	"(pcall(string.format, '%y', 1))",
	"(pcall(string.format, '%', 1))",
	"(pcall(string.format, '%100d', 1))",
	"(pcall(string.format, '%.100d', 1))",
	"(pcall(string.format, '%#d', 1))",
	"(pcall(string.format, '%5q', 1))",
	"(pcall(string.format, '%0s', 1))",
	"(pcall(string.format, '%q', {}))",
	"(pcall(string.format, '%10s', 'a\\0b'))",
	"('abc'):sub(2), ('abc'):sub(-2), ('abc'):sub(0), ('abc'):sub(2, 2)",
	"('abc'):sub(3, 2), ('abc'):sub(-100, 100), ('abc'):sub(4)",
	"('abc'):sub(math.mininteger, math.maxinteger)",
	"('abc'):byte(), ('abc'):byte(2), ('abc'):byte(-1), ('abc'):byte(10)",
	"('abc'):byte(1, -1)",
	"('abc'):byte(0)",
	"('abc'):byte(-10)",
	"('abc'):byte(-10, 2)",
	"('abc'):byte(0, 2)",
	"string.char(), string.char(97, 0, 255)",
	"(pcall(string.char, 256))",
	"(pcall(string.char, -1))",
	"('ab'):rep(3), ('ab'):rep(3, '-'), ('ab'):rep(0), ('ab'):rep(1, 'x')",
	"('ab'):rep(-1), (''):rep(5, ','), (''):rep(5), ('a'):rep(7, '12')",
	"('abC'):upper(), ('ABc'):lower(), ('abc'):reverse(), #('abc')",
	"('abc'):len(), (''):reverse(), (''):upper()",
	"'10' + 5, '3' * '4', '7' // 2, '2' ^ 2, -'2', '7' % '4', '1' - 1",
	"'0x10' + 0, ' 5 ' + 0, '1e1' + 0",
	"(pcall(function() return 'a' + 1 end))",
	"(pcall(function() return {} + '1' end))",
	"table.concat({1, 2, 3}), table.concat({1, 2, 3}, ', ', 2)",
	"table.concat({}, 'x'), table.concat({1, 2, 3}, ',', 2, 3)",
	"table.concat({1}, ',', 3), table.concat({'a', 1.5}, '-')",
	"(pcall(table.concat, {1, {}, 3}))",
	"table.unpack({1, 2, 3}, 2), table.unpack({}, 1, 2)",
	"(pcall(table.insert, {1}, 5, 2))",
	"(pcall(table.insert, {1}, 1, 2, 3))",
	"(pcall(table.remove, {1}, 5))",
	"table.remove({1, 2, 3}, 1), table.remove({1}, 2), table.remove({}, 0)",
	"table.unpack(table.move({1, 2, 3}, 2, 3, 1))",
	"table.unpack(table.move({1, 2, 3}, 1, 3, 3))",
	"table.unpack(table.move({1, 2, 3}, 1, 3, 2, {9}))",
	"select('#', table.unpack(table.pack(nil, nil), 1, 2))",
	"('x'):gsub('x', '%%'), ('x'):gsub('', '-')",
	"(pcall(string.gsub, 'x', 'x', '%2'))",
	"(pcall(string.gsub, 'x', 'x', '%a'))",
	"(pcall(string.gsub, 'x', 'x', '%'))",
	"(pcall(string.gsub, 'x', 'x', true))",
	"(pcall(string.gsub, 'x', 'x', function() return {} end))",
	"('abc'):gsub('%w', 5), ('abc'):gsub('b', {b = 1.5})",
	"('abc'):gsub('%w', '%0%0', 0), ('abc'):gsub('^a', 'x')",
	"('hello world'):gsub('o', '0', 1), ('aaa'):gsub('^a', 'b')",
	"('a b'):find(' ', 1, true), ('a+b'):find('+', 1, true)",
	"('abc'):find(''), ('abc'):find('', 10), ('abc'):find('', 4)",
	"('a\\0b'):find('\\0'), ('a\\0b'):find('%z'), ('a\\0b'):match('.-b')",
	"(('x'):gmatch('.', -1)()), ('abc'):gmatch('.', 2)()",
	"tostring(1e15), tostring(2^53), tostring(-0.0), tostring(1e100)",
	"tonumber('0x1p4'), tonumber('z', 36), tonumber('8', 8), 10 // 0.0",
};

static void
expressions_alike(void)
{
	lua_State *lua = luaL_newstate();
	struct sandbox *sb;

	luaL_openlibs(lua);
	CU_ASSERT_EQUAL_FATAL(sandbox_create(&sb, NULL, NULL), 0);
	for (size_t i = 0; i < COUNT(expressions); i++) {
		char text[512];
		struct str a, b;
		lua_State *ours = sb->L;

		snprintf(text, sizeof(text),
		    "local r = table.pack(%s) for i = 1, r.n do "
		    "r[i] = tostring(r[i]) end R = table.concat(r, '|')",
		    expressions[i]);
		if (luaL_dostring(lua, text) != 0)
			printf("lua: %s\n", lua_tostring(lua, -1));
		/* Compiled here, as a sandbox keeps a number of files. */
		if (luaL_dostring(ours, text) != 0)
			printf("ours: %s\n", lua_tostring(ours, -1));
		lua_getglobal(lua, "R");
		lua_getglobal(ours, "R");
		a.p = lua_tolstring(lua, -1, &a.n);
		b.p = lua_tolstring(ours, -1, &b.n);
		if (!str_eq(a, b))
			printf("%s\nlua  %.*s\nours %.*s\n", expressions[i],
			    STR_ARG(a), STR_ARG(b));
		CU_ASSERT(str_eq(a, b));
		lua_settop(lua, 0);
		lua_settop(ours, 0);
	}
	sandbox_destroy(sb);
	lua_close(lua);
}

CHECK_MAIN("patterns", { "against_lua", against_lua }, { "mistakes", mistakes },
    { "expressions_alike", expressions_alike })
