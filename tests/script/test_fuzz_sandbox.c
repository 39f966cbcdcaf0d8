/*
 * Mutations of small scripts, from a fixed seed: whatever the text is, the
 * sandbox answers with success or a sentence, and answers the same twice.
 */
#include "fixtures/check.h"

#include "base/err.h"
#include "script/lua_names.h"
#include "script/sandbox_in.h"

#include <string.h>
#include <time.h>

#define ROUNDS      8000
#define SECONDS_MAX 1

static const char *const seeds[] = {
	"local t = {3, 1, 2, x = 'y', [true] = 4}\n"
	"table.sort(t) for k, v in pairs(t) do print(k, v) end\n"
	"print(table.concat(t, ', '), #t, next(t), table.unpack(t, 1, 3))\n",
	"local s = ('abc'):rep(10, '-')\n"
	"print(s:find('(b)(c)', 2), s:gsub('%a+', {abc = 1}), s:match '^.-$')\n"
	"for w in s:gmatch('[^-]+') do print(w:upper(), w:byte(1, -1)) end\n"
	"print(string.format('%5.2f %-10s %q %x', 1.5, s, s, 255))\n",
	"local co = coroutine.wrap(function(...) local a = coroutine.yield(...)"
	"\n error({a}) end)\n"
	"print(co(1, 2)) print(pcall(co, 3)) print(select('#', pcall(co)))\n"
	"local c <close> = setmetatable({}, {__close = function() end})\n",
	"local mt = {} mt.__index = function(t, k) return k .. '!' end\n"
	"mt.__tostring = function() return 'obj' end\n"
	"mt.__lt = function(a, b) return rawlen(a) < rawlen(b) end\n"
	"local a, b = setmetatable({}, mt), setmetatable({1}, mt)\n"
	"print(a.x, a, a < b, xpcall(error, function(m) return m end, 'e'))\n",
	"local function fib(n) if n < 2 then return n end\n"
	"  return fib(n - 1) + fib(n - 2) end\n"
	"for i = 1, 10 do print(fib(i), i // 3, i % 4, i / 2, i << 2) end\n"
	"goto done print(undefined) ::done:: print(utf8.char(8364), utf8.len "
	"'a')\n",
	"print(string.pack('<i4s2z', 7, 'ab', 'c'):byte(1, -1))\n"
	"print(string.unpack('<i4', 'abcd'), math.max(1, 2.5), 7 // 0.0)\n"
	"print(tostring(nil), tonumber('0x1f'), math.tointeger(3.0), -2 ^ "
	"63)\n",
};

/* What mutations put in. */
static const char *const words[] = { " end ", " do ", " while true do ", "(",
	")", "{", "}", "[[", "]]", "--", "\"", "'", "\\", "..", "...", " nil ",
	" 1e300 ", " -1 ", " 0x7fffffffffffffff ", " function() ", " return ",
	" pcall(", " coroutine.wrap(", " goto ", "::", " <close> ", ":rep(1e9)",
	":gsub('', s)", " setmetatable(", " pairs(", " table.sort(", "%b()",
	"%f[", "(a*)*", "\x1bLua", "\xff", " _G ", " error(", " local ", "=" };

static uint64_t
draw(uint64_t *state)
{
	*state ^= *state << 13;
	*state ^= *state >> 7;
	*state ^= *state << 17;
	return *state;
}

static void
mutate(struct buf *text, uint64_t *state)
{
	struct buf out = BUF_INIT;
	size_t n = text->n, at = n > 0 ? draw(state) % n : 0;
	size_t len = draw(state) % 20, from = n > 0 ? draw(state) % n : 0;

	if (at + len > n)
		len = n - at;
	buf_add(&out, text->p, at);
	switch (draw(state) % 4) {
	case 0: /* cut */
		break;
	case 1:
		buf_puts(&out,
		    words[draw(state) % (sizeof(words) / sizeof(*words))]);
		len = 0;
		break;
	case 2: /* a byte */
		buf_putc(&out, (char)draw(state));
		len = len > 0;
		break;
	default: /* a piece from elsewhere */
		buf_add(&out, text->p + from, n - from < 20 ? n - from : 20);
		len = 0;
	}
	buf_add(&out, text->p + at + len, n - at - len);
	buf_free(text);
	*text = out;
}

static int
collect(lua_State *L, struct str text, void *arg)
{
	(void)L;
	buf_str(arg, text);
	return 0;
}

static int
run(struct str text, struct buf *out, struct diag *d)
{
	struct sandbox_host host = { .print = collect, .arg = out };
	struct sandbox_limits limits = SANDBOX_LIMITS;
	struct sandbox *sb;
	int err;

	limits.steps_run = 20000;
	limits.memory = (size_t)4 << 20;
	limits.string = (size_t)1 << 18;
	CU_ASSERT_EQUAL_FATAL(sandbox_create(&sb, &limits, &host), 0);
	err = sandbox_load(sb, text, "fuzz.lua", d);
	CU_ASSERT_EQUAL(err, d->err);
	CU_ASSERT(err == 0 || d->text[0] != '\0');
	CU_ASSERT_EQUAL(lua_gettop(sb->L), 0);
	sandbox_destroy(sb);
	return err;
}

static void
mutations(void)
{
	uint64_t state = UINT64_C(0x9e3779b97f4a7c15);
	clock_t start = clock();
	unsigned good = 0, rounds = 0;

	for (; rounds < ROUNDS; rounds++) {
		struct buf text = BUF_INIT, first = BUF_INIT, second = BUF_INIT;
		struct diag d = DIAG_INIT, e = DIAG_INIT;
		size_t seed = draw(&state) % (sizeof(seeds) / sizeof(*seeds));

		if (clock() - start > SECONDS_MAX * CLOCKS_PER_SEC)
			break;
		buf_puts(&text, seeds[seed]);
		for (uint64_t n = draw(&state) % 4; n > 0; n--)
			mutate(&text, &state);
		good += run(buf_view(&text), &first, &d) == 0;
		run(buf_view(&text), &second, &e);
		if (!str_eq(buf_view(&first), buf_view(&second)) ||
		    strcmp(d.text, e.text) != 0 || d.line != e.line) {
			printf("differs: %s\n", buf_cstr(&text));
			CU_FAIL("two runs differ");
		}
		buf_free(&text);
		buf_free(&first);
		buf_free(&second);
	}
	/* Not all of them are nonsense, and not all work. */
	CU_ASSERT(good > rounds / 10 && good < rounds);
}

/* The scanner for names takes any bytes. */
static void
names(void)
{
	uint64_t state = UINT64_C(0xdeadbeefcafef00d);

	for (unsigned i = 0; i < 2000; i++) {
		struct buf text = BUF_INIT;
		struct lua_names found = { NULL, 0 };

		buf_puts(&text, seeds[i % (sizeof(seeds) / sizeof(*seeds))]);
		for (unsigned n = 0; n < 8; n++)
			mutate(&text, &state);
		CU_ASSERT_EQUAL(lua_names_scan(&found, buf_view(&text)), 0);
		lua_names_free(&found);
		buf_free(&text);
	}
}

CHECK_MAIN("fuzz_sandbox", { "mutations", mutations }, { "names", names })
