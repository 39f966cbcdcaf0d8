/*
 * Work of library functions and of single instructions cost a script next to
 * nothing of its budget: `while true do string.format("%99.99f", 1e300) end`
 * ran for most of a second before it was stopped.  Each costs a step for some
 * 10 ns, and what scripts do every day stays cheap.
 */
#include "fixtures/check.h"

#include "script/sandbox_in.h"

#include <stdio.h>

#define TIMES 200

/* Steps that BODY takes, with SETUP before it, out of TIMES in a row. */
static uint64_t
count_steps(const char *setup, const char *body)
{
	LOCAL_BUF text = BUF_INIT;
	struct sandbox *sb = NULL;
	struct diag d = DIAG_INIT;
	uint64_t before[2] = { 0, 0 }, steps = 0;

	for (int i = 0; i < 2; i++) {
		struct sandbox_limits limits = SANDBOX_LIMITS;

		limits.steps_run = limits.steps_all = UINT64_C(1) << 60;
		if (sandbox_create(&sb, &limits, NULL) != 0)
			return 0;
		buf_clear(&text);
		buf_printf(&text, "%s for i = 1, %d do %s end", setup,
		    i * TIMES, i > 0 ? body : "");
		if (sandbox_load(sb, buf_view(&text), "lab.lua", &d) != 0)
			printf("    %s: %s\n", body, d.text);
		before[i] = limits.steps_all - sb->left_all;
		sandbox_destroy(sb);
	}
	steps = (before[1] - before[0]) / TIMES;
	return steps;
}

/* The setup, the work, and the least and most that it may cost. */
static const struct row {
	const char *setup, *body;
	uint64_t least, most;
} rows[] = {
	{ "", "", 0, 3 },
	{ "", "local s = string.format('%99.99f', 1e300)", 400, 800 },
	{ "", "local s = string.format('%.99e', 1e-300)", 120, 400 },
	{ "local s = ('\\0'):rep(1000)", "local x = ('%q'):format(s)", 5000,
	    20000 },
	{ "local t = {} for i = 1, 1000 do t[i] = 'x' end", "table.concat(t)",
	    3000, 10000 },
	{ "local t = {} for i = 1, 1000 do t[i] = i + 0.5 end",
	    "table.concat(t)", 9000, 20000 },
	{ "local s = ('1'):rep(100000)", "utf8.len(s)", 12000, 100000 },
	{ "local t = {} for i = 1, 1000 do t['k' .. i] = i end",
	    "for k in pairs(t) do break end", 20000, 200000 },
	{ "local t = {} for i = 1, 1000 do t['k' .. i] = i end", "next(t)",
	    8000, 40000 },
	{ "local p, t = ('x'):rep(5000), {}\n"
	  "for i = 1, 100 do t[i] = p .. (i * 7919) % 10007 end",
	    "local c = table.move(t, 1, #t, 1, {}) table.sort(c)", 30000,
	    200000 },
	{ "local t = {}", "tostring(t)", 30, 100 },
	/* One instruction each. */
	{ "local x = 1.1e300", "local s = x .. x .. x .. x .. x .. x", 150,
	    1000 },
	{ "local x = 1.7e308", "local y = x % 5e-320", 60, 200 },
	{ "local a, b = ('\\0'):rep(240) .. 1, ('\\0'):rep(240) .. 2",
	    "local x = a < b", 200, 800 },
	/* What is cheap. */
	{ "", "local s = ('%d: %s'):format(i, 'alice')", 30, 90 },
	{ "local x = 0.5", "local s = ('%s at %.2f s'):format(i, i * x)", 40,
	    150 },
	{ "local x = 0.5", "local y = i % 7 + x", 5, 40 },
	{ "", "local s = 'sip:' .. i .. '@example.com'", 5, 30 },
	{ "local t = { 1, 2, 3 }", "for _, v in ipairs(t) do end", 10, 50 },
	{ "local t = { a = 1, b = 2 }", "for k in pairs(t) do end", 20, 150 },
};

static void
costs(void)
{
	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		const struct row *r = &rows[i];
		uint64_t n = count_steps(r->setup, r->body);

		if (n < r->least || n > r->most)
			printf("    %s: %llu steps, not %llu to %llu\n",
			    r->body, (unsigned long long)n,
			    (unsigned long long)r->least,
			    (unsigned long long)r->most);
		CU_ASSERT(n >= r->least && n <= r->most);
	}
}

/* 100,000 texts and the table of them are no attack. */
static void
formats_many(void)
{
	static const char text[] =
	    "local t = {} for i = 1, 100000 do\n"
	    "t[i] = ('call %d to %s after %.3f s'):format(i, 'bob', i / 7)\n"
	    "end assert(#table.concat(t, '\\n', 1, 20000) > 100000)";
	struct sandbox *sb = NULL;
	struct diag d = DIAG_INIT;

	CU_ASSERT_EQUAL_FATAL(sandbox_create(&sb, NULL, NULL), 0);
	CU_ASSERT_EQUAL(sandbox_load(sb, str_of(text), "lab.lua", &d), 0);
	if (d.err != 0)
		printf("    %u: %s\n", d.line, d.text);
	sandbox_destroy(sb);
}

CHECK_MAIN("script_costs", { "costs", costs }, { "formats_many", formats_many })
