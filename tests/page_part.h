/* A part of a page in docs/ that is written from tables, or read by a test:
 * what stands between its two marks. */
#ifndef TESTS_PAGE_PART_H
#define TESTS_PAGE_PART_H

#include "base/buf.h"
#include "check.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* What stands in TEXT between the marks of NAME. */
static inline struct str
page_part(struct str text, const char *name)
{
	char mark[64];
	ptrdiff_t at;

	snprintf(mark, sizeof(mark), "<!-- %s: begin -->\n", name);
	at = str_find(text, mark);
	CU_ASSERT_TRUE_FATAL(at >= 0);
	text = str_slice(text, (size_t)at + strlen(mark), text.n);
	snprintf(mark, sizeof(mark), "<!-- %s: end -->", name);
	at = str_find(text, mark);
	CU_ASSERT_TRUE_FATAL(at >= 0);
	return str_slice(text, 0, (size_t)at);
}

/* The part NAME of FILE is TEXT; GOLDEN=1 writes it. */
static inline void
page_part_expect(const char *file, const char *name, const struct buf *text)
{
	struct buf page = BUF_INIT, out = BUF_INIT;
	struct str old;

	CU_ASSERT_EQUAL_FATAL(text->err, 0);
	CU_ASSERT_EQUAL_FATAL(buf_read_file(&page, file, 1 << 20), 0);
	old = page_part(buf_view(&page), name);
	if (getenv("GOLDEN") != NULL && !str_eq(old, buf_view(text))) {
		buf_add(&out, page.p, (size_t)(old.p - page.p));
		buf_str(&out, buf_view(text));
		buf_puts(&out, old.p + old.n);
		CU_ASSERT_EQUAL(buf_write_file(&out, file), 0);
	} else {
		CU_ASSERT_TRUE(str_eq(old, buf_view(text)));
	}
	buf_free(&page);
	buf_free(&out);
}

#endif
