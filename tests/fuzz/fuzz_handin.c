/*
 * A file that is handed in: read, or refused with a sentence; and as the
 * beginning of one that was cut off.
 */
#include "fuzz.h"

#include "grade/handin.h"

int
LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n)
{
	struct str text = { (const char *)bytes, n };
	struct work w, head = WORK_INIT;
	struct diag d = DIAG_INIT;
	int err = handin_read_text(&w, text, "f.rung", NULL, &d);

	fuzz_want(err == d.err && (err == 0 || d.text[0] != '\0'));
	work_free(&w);
	fuzz_want(
	    handin_read_head(&head, str_slice(text, 0, HANDIN_HEAD_MAX)) == 0);
	work_free(&head);
	return 0;
}
