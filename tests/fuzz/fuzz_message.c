/*
 * A message, read and explained as `rung parse` does: nothing is read outside
 * of its bytes, and nothing that a terminal obeys comes out.
 */
#include "fuzz.h"

#include "base/buf.h"
#include "msg/annotate.h"
#include "msg/message.h"
#include "words/annotate_doc.h"

#include <string.h>

int
LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n)
{
	struct str text = { (const char *)bytes, n };
	static struct msg m;
	struct msg_notes notes;
	struct buf out = BUF_INIT;

	if (msg_read(&m, text, NULL) == MSG_FAULT_NONE)
		msg_check(&m, NULL);
	fuzz_want(msg_annotate(text, &notes) == 0);
	fuzz_want(annotate_text(&notes, NULL, &out) == 0);
	fuzz_want(memchr(buf_cstr(&out), '\033', out.n) == NULL);
	msg_notes_free(&notes);
	buf_free(&out);
	return 0;
}
