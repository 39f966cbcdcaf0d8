/*
 * A roster: read, or refused with a sentence; and who is on it is found.  With
 * words, it has the same students, and each a word if there is one.
 */
#include "fuzz.h"

#include "grade/roster.h"

#include <string.h>

static int
any_word(char word[ROSTER_WORD_N + 1])
{
	strcpy(word, "ABCDEFGH");
	return 0;
}

static void
fill(const struct roster *r, struct str text)
{
	struct roster filled;
	struct diag d = DIAG_INIT;
	LOCAL_BUF out = BUF_INIT;
	size_t n;

	fuzz_want(
	    roster_fill_words(text, "r.csv", any_word, &out, &n, &d) == 0);
	fuzz_want(roster_read_text(&filled, buf_view(&out), "r.csv", &d) == 0);
	fuzz_want(filled.n == r->n);
	for (size_t i = 0; i < r->n; i++)
		fuzz_want(strcmp(filled.rows[i].id, r->rows[i].id) == 0 &&
			  (n == 0 || filled.rows[i].word[0] != '\0'));
	roster_free(&filled);
}

int
LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n)
{
	struct roster r;
	struct diag d = DIAG_INIT;
	int err = roster_read_text(
	    &r, (struct str){ (const char *)bytes, n }, "r.csv", &d);

	fuzz_want(err == d.err && (err == 0 || d.text[0] != '\0'));
	for (size_t i = 0; i < r.n; i++)
		fuzz_want(roster_find(&r, r.rows[i].id) == &r.rows[i]);
	if (err == 0)
		fill(&r, (struct str){ (const char *)bytes, n });
	roster_free(&r);
	return 0;
}
