/* What a whole document of XML is, for tests. */
#ifndef TESTS_XML_CHECK_H
#define TESTS_XML_CHECK_H

#include "base/xml.h"

/* DOCUMENT is well formed as a whole, with a root NAME. */
static inline bool
xml_is_document(struct str document, const char *name)
{
	struct xml_item item;
	struct xml x;
	bool named = false;

	xml_begin(&x, document);
	while (xml_next(&x, &item) == 0) {
		if (item.kind == XML_DONE)
			return named;
		if (item.kind == XML_OPEN && x.depth == 1)
			named = str_is(item.name, name);
	}
	return false;
}

#endif
