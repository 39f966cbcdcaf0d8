/* What a whole document of XML is, for tests. */
#ifndef TESTS_XML_CHECK_H
#define TESTS_XML_CHECK_H

#include "text/xml.h"

/* DOCUMENT is well formed as a whole, with a root NAME. */
static inline bool
xml_is_document(struct str document, const char *name)
{
	struct xml x;
	bool named;

	if (xml_read(&x, document) != 0)
		return false;
	named = str_is(xml_next(&x)->name.local, name);
	xml_free(&x);
	return named;
}

#endif
