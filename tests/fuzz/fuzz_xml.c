/*
 * An XML document as others send it: tags nest, what is read of it is not much
 * longer than it is, and what the event packages say of it to people is text
 * without anything that a terminal obeys.
 */
#include "fuzz.h"

#include "agent/package.h"
#include "base/err.h"
#include "text/utf8.h"
#include "text/xml.h"
#include "msg/conference_info.h"

static void
walk(struct str all)
{
	const struct xml_item *item;
	size_t opened = 0, bytes = 0;
	struct xml x;
	int err = xml_read(&x, all);

	fuzz_want(err == 0 || err == ERR_SYNTAX);
	if (err != 0)
		return;
	while ((item = xml_next(&x))->kind != XML_DONE) {
		opened += item->kind == XML_OPEN;
		fuzz_want(item->kind != XML_CLOSE || opened-- > 0);
		fuzz_want(opened == x.depth && opened <= XML_DEPTH);
		bytes += item->name.local.n + item->text.n;
		fuzz_want(utf8_valid(item->name.local));
		fuzz_want(utf8_valid(item->text));
		fuzz_want(item->nattrs <= XML_ATTRS);
		for (size_t i = 0; i < item->nattrs; i++) {
			bytes += item->attrs[i].value.n;
			fuzz_want(utf8_valid(item->attrs[i].value));
		}
	}
	fuzz_want(opened == 0 && x.at == x.n);
	fuzz_want(bytes <= XML_TIMES * all.n + XML_MORE);
	xml_free(&x);
}

/* A document that comes to one who knows something of the conference. */
static void
merge(struct str all)
{
	struct conference_view v = { 0 };
	enum conference_news news;
	int err = conference_view_take(&v,
	    STR("<conference-info entity='sip:c@x' version='0'><users>"
		"<user entity='sip:a@x'><endpoint entity='sip:a@1'>"
		"<status>connected</status></endpoint></user></users>"
		"</conference-info>"),
	    &news);

	fuzz_want(err == 0);
	for (int i = 0; i < 2; i++) {
		err = conference_view_take(&v, all, &news);
		fuzz_want(err == 0 || err == ERR_SYNTAX || err == ERR_LIMIT);
	}
	conference_view_free(&v);
}

int
LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n)
{
	struct str all = { (const char *)bytes, n };

	walk(all);
	merge(all);
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
