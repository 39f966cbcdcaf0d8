/* Texts for panes: lines, wrapping, drawing; and a record as such a text. */
#include "fixtures/doc_check.h"
#include "fixtures/sample_more.h"
#include "fixtures/grid_styles.h"

#include "draw/doc.h"
#include "words/decoded_doc.h"
#include "words/record_doc.h"
#include "draw/wrap.h"

static bool
reads(struct doc *d, const char *text)
{
	LOCAL_BUF out = BUF_INIT;
	bool same;

	CU_ASSERT_EQUAL(doc_write(d, &out), 0);
	same = strcmp(buf_cstr(&out), text) == 0;
	if (!same)
		printf("reads:\n%sexpected:\n%s", buf_cstr(&out), text);
	doc_free(d);
	return same;
}

static void
lines_and_pieces(void)
{
	struct doc d = DOC_INIT;

	doc_puts(&d, STYLE_BOLD, "begins a line");
	doc_line(&d, 7);
	doc_put(&d, STYLE_PLAIN, STR_NULL);
	doc_printf(&d, STYLE_DIM, "%d", 41);
	doc_pad(&d, 6);
	doc_puts(&d, STYLE_PLAIN, "send");
	doc_pad(&d, 3);
	CU_ASSERT_EQUAL(d.nlines, 2);
	CU_ASSERT_EQUAL(d.lines[0].seq, 0);
	CU_ASSERT_EQUAL(d.lines[1].seq, 7);
	CU_ASSERT_EQUAL(doc_width(&d, 1), 10);
	CU_ASSERT(reads(&d, "begins a line\n41    send\n"));
	doc_puts(&d, STYLE_PLAIN, "x");
	doc_clear(&d);
	CU_ASSERT_EQUAL(d.nlines, 0);
	CU_ASSERT(reads(&d, ""));
}

static void
clips_and_aligns(void)
{
	struct doc d = DOC_INIT;

	doc_line(&d, 1);
	doc_clip(&d, 0, STR("INVITE"), 6);
	doc_clip(&d, 0, STR("爱丽丝"), 4);
	doc_clip(&d, 0, STR("x"), 0);
	doc_right(&d, STYLE_RULE, STR("17.1"), 16);
	doc_line(&d, 2);
	doc_puts(&d, 0, "a long line");
	doc_right(&d, STYLE_RULE, STR("17.1"), 16);
	doc_line(&d, 3);
	doc_right(&d, STYLE_RULE, STR("too long"), 4);
	CU_ASSERT_EQUAL(d.lines[2].seq, 2);
	CU_ASSERT(reads(&d, "INVITE爱…   17.1\na long line\n            17.1\n"
			    "too long\n"));
}

static void
wraps(void)
{
	struct doc d = DOC_INIT;

	doc_line(&d, 5);
	doc_puts(&d, STYLE_DIM, "here  ");
	doc_wrap(&d, 0, STR("one two three four five six"), 6, 22);
	CU_ASSERT_EQUAL(d.nlines, 2);
	CU_ASSERT_EQUAL(d.lines[1].seq, 5);
	CU_ASSERT(reads(&d, "here  one two three\n      four five six\n"));
	/* A word too long for the rest of its line goes below. */
	doc_line(&d, 0);
	doc_puts(&d, 0, "the label: ");
	doc_wrap(&d, 0, STR("abcdefghijklmnop"), 0, 16);
	CU_ASSERT(reads(&d, "the label: \nabcdefghijklmnop\n"));
	doc_wrap(&d, 0, STR("一二三四五六七八九。十"), 0, 18);
	CU_ASSERT(reads(&d, "一二三四五六七八\n九。十\n"));
	doc_wrap(&d, 0, STR("two\nlines"), 2, 20);
	CU_ASSERT(reads(&d, "two\n  lines\n"));
	/* However narrow, 16 cells are there. */
	doc_wrap(&d, 0, STR("abcdefghijklmnopq"), 4, 0);
	CU_ASSERT(reads(&d, "abcdefghijklmnopq\n"));
}

static void
breaks_where_a_reader_does(void)
{
	static const struct {
		const char *text, *also;
		size_t cells, n;
	} rows[] = {
		{ "as RFC 3261 says", NULL, 8, 2 },
		{ "T1 (500 ms) after", NULL, 9, 2 },
		{ "at 0.505 seconds", NULL, 9, 8 },
		{ "<sip:a;lr>;tag=1", WRAP_MESSAGE, 12, 11 },
		{ "a,b;c", WRAP_MESSAGE, 3, 2 },
		{ "abc", NULL, 0, 1 },
		{ "爱", NULL, 1, 3 },
		{ "a爱b", NULL, 2, 1 },
		{ "\xff\xff\xff", NULL, 2, 2 },
		{ "", NULL, 4, 0 },
	};

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		size_t n = wrap_fits(
		    str_of(rows[i].text), rows[i].cells, rows[i].also, NULL);

		CU_ASSERT_EQUAL(n, rows[i].n);
		if (n != rows[i].n)
			printf("  “%s”: %zu\n", rows[i].text, n);
	}
}

static void
marks(void)
{
	struct doc_marked m = { .style = STYLE_PLAIN,
		.mark = STYLE_CHANGED,
		.from = 10,
		.to = 26,
		.indent = 4,
		.width = 20,
		.also = WRAP_MESSAGE };
	struct doc d = DOC_INIT;
	LOCAL_BUF out = BUF_INIT;

	doc_wrap_marked(&d, STR("Via: SIP, 1.2.3.4;branch=z9;rport"), &m);
	CU_ASSERT_EQUAL(doc_write_colour(&d, THEME_DEFAULT, &out), 0);
	CU_ASSERT_STRING_EQUAL(buf_cstr(&out),
	    "Via: SIP, \033[0;1;95m1.2.3.4;\033[0m\n"
	    "    \033[0;1;95mbranch=z\033[0m9;rport\n");
	doc_free(&d);
}

static void
draws(void)
{
	struct doc d = DOC_INIT;
	struct grid g;
	struct grid_area all;
	LOCAL_BUF out = BUF_INIT;

	for (uint64_t i = 1; i < 9; i++) {
		doc_line(&d, i);
		doc_printf(&d, STYLE_REQUEST, "line %d", (int)i);
		doc_puts(&d, STYLE_DIM, " 爱丽丝 is long");
	}
	CU_ASSERT_EQUAL(grid_init(&g, 14, 3, false), 0);
	all = grid_all(&g);
	doc_draw(&d, &all, 2, 0, 3);
	CU_ASSERT_EQUAL(grid_write_styles(&g, &out), 0);
	CU_ASSERT_STRING_EQUAL(buf_cstr(&out),
	    "line 3 爱丽丝…\nqqqqqqdddddddd\nline 4 爱丽丝…\n"
	    "QQQQQQDDDDDDDD\nline 5 爱丽丝…\nqqqqqqdddddddd\n");
	buf_clear(&out);
	grid_clear(&g);
	doc_draw(&d, &all, 6, 8, SIZE_MAX);
	CU_ASSERT_EQUAL(grid_write(&g, &out), 0);
	CU_ASSERT_STRING_EQUAL(
	    buf_cstr(&out), " 丽丝 is long\n 丽丝 is long\n\n");
	doc_draw(&d, &all, 99, 99, 99);
	grid_free(&g);
	doc_free(&d);
}

static void
bytes(void)
{
	struct doc d = DOC_INIT;

	hex_doc(STR("INVITE \x00\xff\x1b[2J alice\n"), 3, 80, &d);
	CU_ASSERT_EQUAL(d.lines[1].seq, 3);
	CU_ASSERT(
	    reads(&d, "0000  49 4e 56 49 54 45 20 00 ff 1b 5b 32 4a 20 61 6c  "
		      "INVITE....[2J.al\n"
		      "0010  69 63 65 0a                                      "
		      "ice.\n"));
	hex_doc(STR("123456789"), 0, 40, &d);
	CU_ASSERT(doc_is_sound(&d, 40, 0));
	CU_ASSERT(reads(&d, "0000  31 32 33 34 35 36 37 38  12345678\n"
			    "0008  39                       9\n"));
	CU_ASSERT(hex_is_text(STR("v=0\r\ns=爱\r\n")));
	CU_ASSERT(!hex_is_text(STR("v=0\0")));
	CU_ASSERT(!hex_is_text(STR("\xff\xfe")));
	CU_ASSERT(!hex_is_text(STR("\x01\x02\x03")));
}

static void
json(void)
{
	struct doc d = DOC_INIT;

	CU_ASSERT(json_doc(STR("{\"op\":\"answer\",\"id\":7,\"contacts\":["
			       "{\"uri\":\"sip:\\u001b@x\",\"q\":1000}]}"),
	    4, 40, &d));
	CU_ASSERT(reads(&d, "op          answer\nid          7\ncontacts\n"
			    "  -\n    uri         sip:␛@x\n"
			    "    q           1000\n"));
	CU_ASSERT(!json_doc(STR("{\"op\":"), 4, 40, &d));
	CU_ASSERT(!json_doc(STR("{} x"), 4, 40, &d));
	CU_ASSERT(!json_doc(STR("[1]"), 4, 40, &d));
	CU_ASSERT(reads(&d, ""));
}

struct one {
	struct trace *t;
	uint64_t seq;
};

static void
make_record(struct doc *d, size_t width, void *arg)
{
	struct one *o = arg;

	record_doc(o->t, o->seq, width, d);
}

static void
records(void)
{
	struct one o = { sample_lost_invite(), 15 };
	struct doc d = DOC_INIT;

	doc_golden("doc-record.txt", 15, make_record, &o);
	doc_without_memory(make_record, &o);
	/* Its fields lead to the records that they name. */
	record_doc(o.t, 15, 56, &d);
	for (size_t i = 0; i < d.nlines; i++)
		CU_ASSERT(d.lines[i].seq == 15 || d.lines[i].seq == 14 ||
			  d.lines[i].seq == 5 || d.lines[i].seq == 10);
	doc_clear(&d);
	record_doc(o.t, 0, 56, &d);
	record_doc(o.t, 9999, 56, &d);
	CU_ASSERT_EQUAL(d.nlines, 0);
	doc_free(&d);
	trace_destroy(o.t);
}

/* The lines of a log, at all widths. */
static void
log_lines(void)
{
	struct trace *t = sample_lost_invite();
	struct record_columns m;
	struct grid g = { .ascii = false };
	LOCAL_BUF out = BUF_INIT;
	struct trace_rec rec;

	record_columns_measure(&m, t, 3);
	for (size_t i = 0; i < 3; i++) {
		buf_fill(&out, '=', doc_widths[i]);
		buf_putc(&out, '\n');
		for (uint64_t seq = 1; seq <= 24; seq++) {
			struct grid_area c = grid_line(&g, doc_widths[i]);

			trace_get(t, seq, &rec);
			CU_ASSERT_EQUAL(record_line(t, &m, &rec, &c), 0);
			grid_write(&g, &out);
		}
	}
	CU_ASSERT(golden_same("doc-log.txt", buf_view(&out)));
	grid_free(&g);
	for (unsigned long n = 1; n < 9; n++) {
		struct grid_area c;
		int err;

		mem_fail_from(n);
		c = grid_line(&g, 80);
		err = record_line(t, &m, &rec, &c);
		mem_fail_from(0);
		CU_ASSERT(err == 0 || err == ERR_NOMEM);
		grid_free(&g);
	}
	trace_destroy(t);
}

static void
make_anything(struct doc *d, size_t width, void *arg)
{
	struct grid g;
	struct grid_area all;

	(void)arg;
	for (int i = 0; i < 100; i++) {
		doc_line(d, 1);
		doc_wrap(d, 0, STR("some words that are wrapped"), 2, 20);
		doc_right(d, STYLE_RULE, STR("17.1"), width);
	}
	hex_doc(STR("1234567890"), 0, width, d);
	json_doc(STR("{\"a\":\"\\n\",\"b\":[1]}"), 0, width, d);
	if (grid_init(&g, 20, 5, false) == 0) {
		all = grid_all(&g);
		doc_draw(d, &all, 0, 0, 1);
	}
	grid_free(&g);
}

/* ---- as JSON ---- */

static bool
is_json(struct doc *d, const char *text)
{
	LOCAL_BUF out = BUF_INIT;
	bool same;

	CU_ASSERT_EQUAL(doc_write_json(d, &out), 0);
	same = strcmp(buf_cstr(&out), text) == 0 && doc_json_is_same(d);
	if (!same)
		printf("is:\n%s\nexpected:\n%s\n", buf_cstr(&out), text);
	doc_free(d);
	return same;
}

static void
as_json(void)
{
	struct doc d = DOC_INIT;

	for (unsigned i = 1; i < STYLE_COUNT; i++)
		for (unsigned k = 0; k < i; k++)
			CU_ASSERT_STRING_NOT_EQUAL(doc_piece_fields->word(i),
			    doc_piece_fields->word(k));
	CU_ASSERT(is_json(&d, "{\"lines\":[]}"));
	doc_puts(&d, STYLE_TITLE, "INVITE");
	doc_puts(&d, STYLE_PLAIN, " → 爱丽丝");
	doc_line(&d, 0);
	doc_line(&d, 7);
	doc_puts(&d, STYLE_MARK, "x");
	CU_ASSERT(is_json(&d,
	    "{\"lines\":[{\"pieces\":[{\"style\":\"title\",\"text\":"
	    "\"INVITE\"},{\"style\":\"plain\",\"text\":\" → 爱丽丝\"}]},"
	    "{\"pieces\":[]},{\"record\":7,\"pieces\":[{\"style\":\"mark\","
	    "\"text\":\"x\"}]}]}"));
}

/* Each as it is shown on a terminal; none leaves its quotes. */
static void
hostile_texts_as_json(void)
{
	static const struct {
		struct str text;
		const char *json;
	} cases[] = {
		{ STR_INIT("\"},\\{\""), "\\\"},\\\\{\\\"" },
		{ STR_INIT("a\r\nb\tc"), "a␍␊b␉c" },
		{ STR_INIT("\033[2J\177"), "␛[2J␡" },
		{ STR_INIT("a\0b"), "a␀b" },
		{ STR_INIT("\xff\xc0\x80\xe4\xb8"), "\uFFFD" },
		{ STR_INIT("\u202e\u2066"), "<U+202E><U+2066>" },
		{ STR_INIT("\xc2\x9b"), "<U+009B>" },
		{ STR_INIT("</script><!--"), "</script><!--" },
	};

	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct doc d = DOC_INIT;
		struct buf out = BUF_INIT;

		doc_put(&d, STYLE_CODE, cases[i].text);
		CU_ASSERT(doc_json_is_same(&d));
		CU_ASSERT_EQUAL(doc_write_json(&d, &out), 0);
		CU_ASSERT(str_find(buf_view(&out), cases[i].json) > 0);
		CU_ASSERT(utf8_valid(buf_view(&out)));
		buf_free(&out);
		doc_free(&d);
	}
}

static void
json_without_memory(void)
{
	LOCAL_BUF whole = BUF_INIT;
	struct doc d = DOC_INIT;

	make_anything(&d, 40, NULL);
	CU_ASSERT_EQUAL(doc_write_json(&d, &whole), 0);
	for (unsigned long n = 1; n < 20; n++) {
		struct buf out = BUF_INIT;
		int err;

		mem_fail_from(n);
		err = doc_write_json(&d, &out);
		mem_fail_from(0);
		CU_ASSERT(err == ERR_NOMEM ||
			  str_eq(buf_view(&out), buf_view(&whole)));
		CU_ASSERT(n > 1 || err == ERR_NOMEM);
		buf_free(&out);
	}
	doc_free(&d);
}

static void
memory_runs_out(void)
{
	doc_without_memory(make_anything, NULL);
}

CHECK_MAIN("doc", { "lines_and_pieces", lines_and_pieces },
    { "clips_and_aligns", clips_and_aligns }, { "wraps", wraps },
    { "breaks_where_a_reader_does", breaks_where_a_reader_does },
    { "marks", marks }, { "draws", draws }, { "bytes", bytes },
    { "as JSON", as_json }, { "hostile texts as JSON", hostile_texts_as_json },
    { "JSON without memory", json_without_memory }, { "json", json },
    { "records", records }, { "log_lines", log_lines },
    { "memory_runs_out", memory_runs_out })
