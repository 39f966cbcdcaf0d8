/*
 * Times: rounded down, exact where they are short.
 */
#include "words/time_words.h"

#include <stdio.h>

static const char *
fine_text(int64_t t, unsigned decimals, char out[TIME_ROOM])
{
	int64_t unit = decimals == 9 ? 1 : decimals == 6 ? 1000 : 1000000;
	int64_t second = 1000000000 / unit;

	/* Rounded down: a time is never shown before it has come. */
	t = t < 0 ? 0 : t / unit;
	snprintf(out, TIME_ROOM, "%lld.%0*lld", (long long)(t / second),
	    (int)decimals, (long long)(t % second));
	return out;
}

const char *
time_text(int64_t t, char out[TIME_ROOM])
{
	return fine_text(t, 3, out);
}

void
time_put_fine(struct buf *b, int64_t t, unsigned decimals)
{
	char text[TIME_ROOM];

	buf_puts(b, fine_text(t, decimals, text));
}

void
time_put(struct buf *b, int64_t t)
{
	time_put_fine(b, t, 3);
}

const char *
time_length_text(int64_t ns, char out[TIME_ROOM])
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
	int64_t rest;
	size_t u = 0;
	int n;

	while (u < 3 && ns < units[u].unit && ns > -units[u].unit)
		u++;
	if (ns == 0)
		u = 1;
	rest = ns % units[u].unit;
	n = snprintf(out, TIME_ROOM, "%lld", (long long)(ns / units[u].unit));
	/* Up to three decimals, without zeros at the end. */
	if (rest != 0 && u < 3) {
		rest = (rest < 0 ? -rest : rest) / (units[u].unit / 1000);
		n += snprintf(
		    out + n, TIME_ROOM - (size_t)n, ".%03d", (int)rest);
		while (out[n - 1] == '0')
			n--;
		n -= out[n - 1] == '.';
	}
	snprintf(out + n, TIME_ROOM - (size_t)n, " %s", units[u].name);
	return out;
}

void
time_put_length(struct buf *b, int64_t ns)
{
	char text[TIME_ROOM];

	buf_puts(b, time_length_text(ns, text));
}
