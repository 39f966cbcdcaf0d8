/*
 * A link: its inputs or answers are read, or refused with a sentence; and so is
 * what is packed into one, which comes out of it as it went in.
 */
#include "fuzz.h"

#include "grade/handin.h"
#include "inputs/inputs.h"
#include "trace/page_link.h"

static void
read_link(struct str link)
{
	struct inputs in = { .lab = NULL };
	struct diag d = DIAG_INIT, why = DIAG_INIT;
	struct work w;
	int err = inputs_take_link(&in, link, &d);

	fuzz_want(err == d.err && (err == 0 || d.text[0] != '\0'));
	inputs_free(&in);
	err = handin_read_link(&w, link, NULL, &why);
	fuzz_want(err == why.err && (err == 0 || why.text[0] != '\0'));
	work_free(&w);
}

int
LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n)
{
	struct str text = { (const char *)bytes, n };
	struct buf link = BUF_INIT, back = BUF_INIT;
	struct diag d = DIAG_INIT;

	if (page_link_is(text))
		read_link(text);
	if (page_link_put(text, "", &link, &d) == 0) {
		fuzz_want(page_link_is(buf_view(&link)));
		fuzz_want(page_link_read(buf_view(&link), &back, &d) == 0);
		fuzz_want(str_eq(buf_view(&back), text));
		read_link(buf_view(&link));
	}
	buf_free(&link);
	buf_free(&back);
	return 0;
}
