/*
 * Near misses of words, and what the sentences about them are worth: what they
 * suggest is tried.  A sentence leads astray if that fails; it helps if it
 * contains the right word or form.  NEAR_MISSES=1 prints each near miss that
 * gets no help.
 */
#ifndef NEAR_MISS_H
#define NEAR_MISS_H

#include "base/str.h"
#include "fixtures/check.h"

#include <string.h>

#define ROOM 512

/* ---- near misses of a word ---- */

#define SLIPS 8

/* The KIND-th slip of NAME; false: there is none of that kind. */
static inline bool
slip(const char *name, size_t kind, char out[ROOM])
{
	size_t n = strlen(name), m = n / 2;
	char c;

	snprintf(out, ROOM, "%s", name);
	if (n < 3)
		return false;
	switch (kind) {
	case 0: /* one less, in the middle */
		memmove(out + m, out + m + 1, n - m);
		break;
	case 1: /* … at the end */
		out[n - 1] = '\0';
		break;
	case 2: /* one twice */
		memmove(out + m + 1, out + m, n - m + 1);
		break;
	case 3: /* one more, at the end */
		out[n] = out[n - 1] == 's' ? 'e' : 's';
		out[n + 1] = '\0';
		break;
	case 4: /* neighbours exchanged */
	case 5:
		m = kind == 4 ? m : n - 1;
		c = out[m];
		out[m] = out[m - 1];
		out[m - 1] = c;
		break;
	case 6: /* one replaced */
		out[m] = out[m] == 'e' ? 'r' : 'e';
		return n > 4 && strcmp(out, name) != 0;
	default: /* in capitals */
		for (size_t i = 0; i < n; i++)
			if (out[i] >= 'a' && out[i] <= 'z')
				out[i] -= 'a' - 'A';
	}
	return strcmp(out, name) != 0;
}

/* ---- what a sentence says ---- */

static inline bool
is_of_word(char c)
{
	return chr_is_alnum(c) || c == '_' || c == '-';
}

/* WORD stands in SAID, as a whole. */
static inline bool
says_word(const char *said, const char *word)
{
	size_t n = strlen(word);

	for (const char *at = said; (at = strstr(at, word)) != NULL; at++)
		if ((at == said || !is_of_word(at[-1]) || at[-1] == '-') &&
		    !is_of_word(at[n]))
			return true;
	return false;
}

/* What follows BEFORE in SAID, up to END, into OUT, and AT behind it. */
static inline bool
find_between(
    const char **at, const char *before, const char *end, char out[ROOM])
{
	const char *from = strstr(*at, before), *to;

	if (from == NULL)
		return false;
	from += strlen(before);
	to = strstr(from, end);
	if (to == NULL)
		to = from + strlen(from);
	if (to == from || to - from >= ROOM)
		return false;
	memcpy(out, from, (size_t)(to - from));
	out[to - from] = '\0';
	*at = *to != '\0' ? to + strlen(end) : to;
	return true;
}

static inline bool
find_meant(const char *said, char out[ROOM])
{
	return find_between(&said, "did you mean “", "”?", out) ||
	       find_between(&said, "did you mean ", "?", out);
}

/* ---- the count ---- */

enum verdict { NO_HELP, HELPED, ASTRAY };

static struct {
	const char *of;
	size_t tried, astray, helped;
} tally;

static inline void
begin(const char *of)
{
	memset(&tally, 0, sizeof(tally));
	tally.of = of;
}

static inline void
count(enum verdict v, const char *typed, const char *said)
{
	static const char *const words[] = { "NO HELP", "helped", "ASTRAY" };

	tally.tried++;
	tally.astray += v == ASTRAY;
	tally.helped += v == HELPED;
	if (v == ASTRAY || (v == NO_HELP && getenv("NEAR_MISSES") != NULL))
		printf("  %s  %s: %s\n", words[v], typed, said);
}

/* At least LEAST in a hundred are helped, and none is led astray. */
static inline void
finish(size_t least)
{
	printf("  %s: %zu near misses, %zu helped (%zu %%), %zu led astray\n",
	    tally.of, tally.tried, tally.helped,
	    tally.helped * 100 / (tally.tried > 0 ? tally.tried : 1),
	    tally.astray);
	CU_ASSERT_EQUAL(tally.astray, 0);
	CU_ASSERT(tally.helped * 100 >= tally.tried * least);
	CU_ASSERT(tally.tried > 50);
}

/* Values that suit few options and attributes. */
static const char *const near_unfit[] = { "banana", "-1", "5 s", "5m", "64kbps",
	"3x", "@non,sense@", "maybe", "1,5", "0x10" };

#endif
