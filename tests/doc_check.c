/* What doc_check.h declares. */
#include "doc_check.h"

#include "check.h"
#include "draw/doc_json.h"
#include "text/json.h"

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

/* Line I of D is LINE; its text goes to TEXT. */
static bool
line_is_same(
    const struct doc *d, size_t i, struct json_value line, struct buf *text)
{
	struct json_value pieces = json_member(line, "pieces"), piece;
	const struct doc_piece *p = &d->pieces[d->lines[i].first],
			       *end = &d->pieces[d->lines[i].end];
	size_t at = 0;
	bool same = json_int_or(json_member(line, "record"), 0) ==
		    (int64_t)d->lines[i].seq;

	while (same && json_item(pieces, &at, &piece)) {
		struct str style;

		same = p < end &&
		       json_plain(json_member(piece, "style"), &style) == 0 &&
		       json_text(json_member(piece, "text"), text) == 0 &&
		       str_is(style, doc_piece_fields->word(p->style));
		/* Those of one style are one. */
		for (p++; p < end && p->style == p[-1].style; p++)
			;
	}
	buf_putc(text, '\n');
	return same && p == end;
}

bool
doc_json_is_same(const struct doc *d)
{
	struct buf json = BUF_INIT, text = BUF_INIT, shown = BUF_INIT;
	struct json_value v = { .type = JSON_NONE }, line;
	struct str rest;
	size_t at = 0, n = 0;
	bool same;

	same = doc_write_json(d, &json) == 0 && doc_write(d, &shown) == 0;
	rest = buf_view(&json);
	same = same && json_read(&rest, &v) == 0 && rest.n == 0;
	v = json_member(v, "lines");
	for (; same && json_item(v, &at, &line); n++)
		same = n < d->nlines && line_is_same(d, n, line, &text);
	same =
	    same && n == d->nlines && str_eq(buf_view(&text), buf_view(&shown));
	if (!same)
		printf("  other as JSON:\n%s\n%s\n", buf_cstr(&json),
		    buf_cstr(&shown));
	buf_free(&json);
	buf_free(&text);
	buf_free(&shown);
	return same;
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
