/*
 * Times: rounded down, exact where they are short.
 */
#include "words/time_words.h"

void
time_put_fine(struct buf *b, int64_t t, unsigned decimals)
{
	int64_t unit = decimals == 9 ? 1 : decimals == 6 ? 1000 : 1000000;
	int64_t second = 1000000000 / unit;

	/* Rounded down: a time is never shown before it has come. */
	t = t < 0 ? 0 : t / unit;
	buf_printf(b, "%lld.%0*lld", (long long)(t / second), (int)decimals,
	    (long long)(t % second));
}

void
time_put(struct buf *b, int64_t t)
{
	time_put_fine(b, t, 3);
}

void
time_put_length(struct buf *b, int64_t ns)
{
	static const struct {
		int64_t unit;
		const char *name;
	} units[] = {
		{ 1000000000, "s" },
		{ 1000000, "ms" },
		{ 1000, "µs" },
		{ 1, "ns" },
	};
	size_t u = 0;
	int64_t whole, rest;

	while (u < 3 && ns < units[u].unit && ns > -units[u].unit)
		u++;
	if (ns == 0)
		u = 1;
	whole = ns / units[u].unit;
	rest = ns % units[u].unit;
	buf_i64(b, whole);
	if (rest < 0)
		rest = -rest;
	/* Up to three decimals, without zeros at the end. */
	if (rest > 0 && u < 3) {
		int thousandths = (int)(rest / (units[u].unit / 1000));
		char digits[8];
		size_t n;

		digits[0] = (char)('0' + thousandths / 100);
		digits[1] = (char)('0' + thousandths / 10 % 10);
		digits[2] = (char)('0' + thousandths % 10);
		for (n = 3; n > 0 && digits[n - 1] == '0'; n--)
			;
		if (n > 0)
			buf_putc(b, '.');
		buf_add(b, digits, n);
	}
	buf_printf(b, " %s", units[u].name);
}
