/*
 * How much work a script is for Lua's compiler is known before it compiles:
 * what would take minutes is refused with its line, what people write is not.
 */
#include "script/sandbox_in.h"

#include "base/err.h"
#include "fixtures/check.h"
#include "script/sandbox.h"

/* HEAD, UNIT N times, TAIL. */
static void
fill(struct buf *out, const char *head, const char *unit, size_t n,
    const char *tail)
{
	buf_clear(out);
	buf_puts(out, head);
	for (size_t i = 0; i < n; i++)
		buf_puts(out, unit);
	buf_puts(out, tail);
	CU_ASSERT_EQUAL_FATAL(out->err, 0);
}

/* N functions within each other, each with 100 locals. */
static void
nest(struct buf *out, size_t n)
{
	buf_clear(out);
	for (size_t i = 0; i < n; i++) {
		buf_puts(out, "local function f()\nlocal a");
		for (unsigned k = 0; k < 100; k++)
			buf_printf(out, ",l%u", k);
		buf_putc(out, '\n');
	}
}

static const struct {
	const char *head, *unit;
	size_t fits, more;
	const char *tail, *reason;
} texts[] = {
	{ "return ", "a and ", 8100, 8200, "a",
	    "too many “and” and “or” in one expression" },
	{ "return ", "a or\n", 8100, 8200, "a",
	    "too many “and” and “or” in one expression" },
	/* Nothing within an expression begins its chain anew. */
	{ "return ", "{ b = a } and ", 8100, 8200, "a",
	    "too many “and” and “or” in one expression" },
	{ "return ", "function() local b = a end and ", 8100, 8200, "a",
	    "too many “and” and “or” in one expression" },
	{ "return ", "(a == b) and ", 8100, 8200, "a",
	    "too many “and” and “or” in one expression" },
	{ "if a then ", "elseif a then ", 8100, 8200, "end",
	    "too many “elseif” in one “if”" },
	{ "while a do ", "if a then break end ", 14000, 14200, "end",
	    "too many “goto” and “break” in one function" },
};

static void
bounds(void)
{
	LOCAL_BUF text = BUF_INIT;

	for (size_t i = 0; i < sizeof(texts) / sizeof(texts[0]); i++) {
		struct diag d = DIAG_INIT;

		fill(&text, texts[i].head, texts[i].unit, texts[i].fits,
		    texts[i].tail);
		CU_ASSERT_EQUAL(
		    compile_work_check(buf_view(&text), "x.lua", &d), 0);
		fill(&text, texts[i].head, texts[i].unit, texts[i].more,
		    texts[i].tail);
		CU_ASSERT_EQUAL(
		    compile_work_check(buf_view(&text), "x.lua", &d),
		    ERR_LIMIT);
		CU_ASSERT_PTR_NOT_NULL(strstr(d.text, texts[i].reason));
		CU_ASSERT_STRING_EQUAL(d.file, "x.lua");
		CU_ASSERT(d.line > 0);
	}
	nest(&text, 60);
	for (size_t i = 0; i < 20000; i++)
		buf_puts(&text, "g = g ");
	CU_ASSERT_EQUAL(
	    compile_work_check(buf_view(&text), "x.lua", NULL), ERR_LIMIT);
}

/* What is long, but no work. */
static void
usual(void)
{
	static const char *const units[] = {
		"local function f(a, b) return a and b or nil end f = nil\n",
		"t.a = t.b and t.c or t.d\n",
		"f(function() return a or b end)\n",
		"if a then b = c elseif d then b = e else b = nil end\n",
		"for i = 1, 10 do if a then break end end\n",
		"function t:m(x, y) return self.x == x or self.y <= y end\n",
	};
	LOCAL_BUF text = BUF_INIT;

	for (size_t i = 0; i < sizeof(units) / sizeof(units[0]); i++) {
		struct diag d = DIAG_INIT;

		fill(&text, "", units[i], 10000, "");
		CU_ASSERT_EQUAL(
		    compile_work_check(buf_view(&text), "x.lua", &d), 0);
	}
}

/* ---- lines ---- */

static unsigned
line_of(const char *text, const char *says)
{
	struct diag d = DIAG_INIT;
	struct sandbox *sb;

	CU_ASSERT_EQUAL_FATAL(sandbox_create(&sb, NULL, NULL), 0);
	CU_ASSERT_NOT_EQUAL(sandbox_load(sb, str_of(text), "x.lua", &d), 0);
	CU_ASSERT_PTR_NOT_NULL(strstr(d.text, says));
	CU_ASSERT_STRING_EQUAL(d.file, "x.lua");
	sandbox_destroy(sb);
	return d.line;
}

static void
lines(void)
{
	LOCAL_BUF text = BUF_INIT;

	fill(&text, "\n\nreturn ", "a .. ", 300, "a\n\n\n");
	CU_ASSERT_EQUAL(
	    line_of(buf_cstr(&text), "nested at too many levels, or too many"),
	    3);
	fill(&text, "\nreturn ", "(", 300, "\n");
	CU_ASSERT_EQUAL(
	    line_of(buf_cstr(&text), "nested at too many levels, or too many"),
	    2);
	fill(&text, "return ", "{\n", 300, "\n");
	CU_ASSERT(line_of(buf_cstr(&text),
		      "nested at too many levels, or too many") > 150);
	fill(&text, "\n", "local a\n", 201, "\n");
	CU_ASSERT(line_of(buf_cstr(&text), "too many local variables") >= 202);
	fill(&text, "\n\nreturn ", "a and ", 20000, "a");
	CU_ASSERT_EQUAL(line_of(buf_cstr(&text), "too large"), 3);
}

CHECK_MAIN("compile work", { "bounds", bounds }, { "usual", usual },
    { "lines", lines })
