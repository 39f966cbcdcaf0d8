/*
 * An XML document as others send it: what is read of it lies in its bytes, tags
 * nest, and what the event packages say of it to people is text without
 * anything that a terminal obeys.
 */
#include "fuzz.h"

#include "agent/package.h"
#include "base/err.h"
#include "base/xml.h"

/* PART is empty, or within ALL. */
static void
want_within(struct str part, struct str all)
{
	fuzz_want(part.n == 0 || (part.p >= all.p && part.n <= all.n &&
				     part.p + part.n <= all.p + all.n));
}

static void
walk(struct str all)
{
	struct xml_item item = { 0 };
	struct buf text = BUF_INIT;
	size_t opened = 0, items = 0;
	struct str id;
	struct xml x;

	xml_begin(&x, all);
	while (xml_next(&x, &item) == 0 && item.kind != XML_DONE) {
		want_within(item.name, all);
		want_within(item.attrs, all);
		want_within(item.text, all);
		opened += item.kind == XML_OPEN;
		fuzz_want(item.kind != XML_CLOSE || opened-- > 0);
		fuzz_want(opened <= XML_DEPTH && ++items <= 2 * all.n + 1);
		if (item.kind == XML_OPEN && xml_attr(&item, "id", &id))
			want_within(id, all);
		if (item.kind == XML_TEXT)
			xml_add_text(item.text, &text);
	}
	fuzz_want(text.err == 0 && text.n <= all.n);
	buf_free(&text);
}

int
LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n)
{
	struct str all = { (const char *)bytes, n };

	walk(all);
	for (size_t i = 0; i < AGENT_PACKAGE_COUNT && n > 0; i++) {
		struct buf out = BUF_INIT;
		int err = 0;

		if (agent_packages[i].read != NULL)
			err = agent_packages[i].read(all, &out);
		fuzz_want(err == 0 || err == ERR_SYNTAX);
		buf_free(&out);
	}
	return 0;
}
