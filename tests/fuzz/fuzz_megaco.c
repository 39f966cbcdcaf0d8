/*
 * A message of H.248 as others send it: nothing is read outside of it, each
 * item lies in what it stands in, and what is told of it is told.
 */
#include "fuzz.h"

#include "draw/doc.h"
#include "megaco/megaco.h"
#include "words/describe.h"
#include "words/telephony_doc.h"

static void
inspected_at(struct str text, enum megaco_group group, unsigned depth)
{
	struct megaco_item it;
	const char *section;
	size_t at = 0;

	while (megaco_next(text, group, &at, &it)) {
		fuzz_want(at <= text.n);
		fuzz_want(it.all.p >= text.p &&
			  it.all.p + it.all.n <= text.p + text.n);
		fuzz_want(it.inner.n < it.all.n);
		megaco_words(&it, &section);
		megaco_value_words(&it);
		if (it.id == MEGACO_DIGIT_MAP)
			megaco_match(it.inner, STR("5550123"));
		if (it.inner.p != NULL && depth < MEGACO_DEPTH)
			inspected_at(it.inner, it.group, depth + 1);
	}
}

int
LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n)
{
	struct str text = { (const char *)bytes, n };
	struct buf out = BUF_INIT;
	struct doc d = DOC_INIT;
	struct megaco m;

	if (n > 4096)
		return 0;
	fuzz_want(
	    megaco_read(text, &m) == 0 || megaco_error_words(m.fault) != NULL);
	inspected_at(m.body, MEGACO_IN_MESSAGE, 0);
	megaco_write_name(text, &out);
	describe_megaco(text, &out);
	megaco_doc(text, 1, 80, &d);
	fuzz_want(d.err == 0);
	doc_free(&d);
	buf_free(&out);
	return 0;
}
