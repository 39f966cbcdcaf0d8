/*
 * A roster: read, or refused with a sentence; and who is on it is found.
 */
#include "fuzz.h"

#include "grade/class_whose.h"

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
	roster_free(&r);
	return 0;
}
