/*
 * A kept session: taken up again, or refused with a sentence.
 */
#include "fuzz.h"
#include "fuzz_file.h"

#include "session/session.h"

int
LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n)
{
	struct diag d = DIAG_INIT;
	struct session *s = NULL;
	char path[512];
	int err;

	fuzz_write(
	    "session.json", (struct str){ (const char *)bytes, n }, &path);
	err = session_resume(&s, path, &d);
	fuzz_want(err == d.err && (err == 0) == (s != NULL));
	fuzz_want(err == 0 || d.text[0] != '\0');
	session_destroy(s);
	return 0;
}
