/* What doc_check.h declares. */
#include "doc_check.h"

#include "check.h"

#include <stdlib.h>

/* Panes are so wide. */
const size_t doc_widths[DOC_WIDTHS] = { 40, 56, 80 };

bool
doc_is_sound(const struct doc *d, size_t width, uint64_t most)
{
	struct buf out = BUF_INIT;
	bool sound = d->err == 0 && doc_write(d, &out) == 0;

	for (size_t i = 0; i < d->nlines; i++) {
		if (doc_width(d, i) <= width && d->lines[i].seq <= most)
			continue;
		printf("  line %zu of %zu cells, to record %llu\n", i,
		    doc_width(d, i), (unsigned long long)d->lines[i].seq);
		sound = false;
	}
	for (size_t i = 0; i < out.n; i++)
		sound = sound && out.p[i] != '\033' && out.p[i] != '\r' &&
			out.p[i] != '\0';
	sound = sound && (out.n == 0 || utf8_valid(buf_view(&out)));
	buf_free(&out);
	return sound;
}

void
doc_golden(const char *name, uint64_t most, doc_make_fn *make, void *arg)
{
	struct buf out = BUF_INIT;
	struct doc d = DOC_INIT;

	for (size_t i = 0; i < sizeof(doc_widths) / sizeof(doc_widths[0]);
	     i++) {
		doc_clear(&d);
		make(&d, doc_widths[i], arg);
		CU_ASSERT(doc_is_sound(&d, doc_widths[i], most));
		buf_fill(&out, '=', doc_widths[i]);
		buf_putc(&out, '\n');
		doc_write(&d, &out);
	}
	CU_ASSERT(golden_same(name, buf_view(&out)));
	buf_free(&out);
	doc_free(&d);
}

void
doc_without_memory(doc_make_fn *make, void *arg)
{
	struct doc whole = DOC_INIT;
	int err = ERR_NOMEM;

	make(&whole, 56, arg);
	for (unsigned long n = 1; err != 0 && n < 5000; n++) {
		struct doc d = DOC_INIT;

		mem_fail_from(n);
		make(&d, 56, arg);
		err = d.err;
		mem_fail_from(0);
		CU_ASSERT(err == 0 || err == ERR_NOMEM);
		CU_ASSERT(err != 0 ||
			  str_eq(buf_view(&d.text), buf_view(&whole.text)));
		doc_free(&d);
	}
	CU_ASSERT_EQUAL(err, 0);
	doc_free(&whole);
}

bool
doc_has(const struct doc *d, const char *text)
{
	struct buf out = BUF_INIT;
	bool has;

	CU_ASSERT_EQUAL(doc_write(d, &out), 0);
	has = str_find(buf_view(&out), text) >= 0;
	if (!has)
		printf("no “%s” in:\n%s", text, buf_cstr(&out));
	buf_free(&out);
	return has;
}
