/*
 * Lua's compiler at its worst: of each shape the longest text that
 * compile_work_check lets through.  Aim: 0.25 s for any of them.
 */
#include "script/sandbox_in.h"

#include "base/buf.h"
#include "bench.h"
#include "script/sandbox.h"

static const struct {
	const char *name, *head, *unit, *tail;
	unsigned nested; /* functions within each other around it */
} shapes[] = {
	{ "and", "return ", "a and ", "a", 0 },
	{ "or", "return ", "a or ", "a", 0 },
	{ "elseif", "if a then ", "elseif a then ", "end", 0 },
	{ "break", "while a do ", "if a then break end ", "end", 0 },
	{ "goto", "", "goto x ", "::x::", 0 },
	{ "names in 80 functions", "", "g = g ", "", 80 },
	{ "names in 20 functions", "", "g = g ", "", 20 },
	{ "names", "", "g = g ", "", 0 },
	{ "labels", "", "do goto x ::x:: end ", "", 0 },
};

static void
put(struct buf *out, size_t i, size_t n)
{
	buf_clear(out);
	for (unsigned k = 0; k < shapes[i].nested; k++) {
		buf_puts(out, "local function f() local a");
		for (unsigned l = 0; l < 190; l++)
			buf_printf(out, ",l%u", l);
		buf_putc(out, ' ');
	}
	buf_puts(out, shapes[i].head);
	while (n-- > 0)
		buf_puts(out, shapes[i].unit);
	buf_puts(out, shapes[i].tail);
	for (unsigned k = 0; k < shapes[i].nested; k++)
		buf_puts(out, " end");
}

/* The most units of shape I that are taken. */
static void
put_longest(struct buf *out, size_t i)
{
	size_t low = 0, high = 1 << 18;

	while (low + 1 < high) {
		size_t mid = (low + high) / 2;

		put(out, i, mid);
		if (out->n <= SANDBOX_LIMITS.text &&
		    compile_work_check(buf_view(out), "x.lua", NULL) == 0)
			low = mid;
		else
			high = mid;
	}
	put(out, i, low);
}

int
main(void)
{
	LOCAL_BUF text = BUF_INIT;

	for (size_t i = 0; i < sizeof(shapes) / sizeof(shapes[0]); i++) {
		struct sandbox *sb;
		double start;
		char name[80];

		put_longest(&text, i);
		if (text.err != 0 || sandbox_create(&sb, NULL, NULL) != 0)
			return 1;
		start = bench_now();
		sandbox_load(sb, buf_view(&text), "x.lua", NULL);
		snprintf(name, sizeof(name), "%s, %zu kB", shapes[i].name,
		    text.n / 1000);
		bench_print(
		    name, (bench_now() - start) * 1e3, "ms", "below 250");
		sandbox_destroy(sb);
	}
	return 0;
}
