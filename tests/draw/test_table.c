/* A table in each of its forms: what escapes, what aligns, what is empty. */
#include "base/err.h"
#include "base/mem.h"
#include "fixtures/check.h"
#include "draw/table.h"

/* Two columns; the second row's first cell is hostile, its second empty. */
static void
fill(struct table *t)
{
	buf_puts(table_column(t, TABLE_TEXT), "name");
	buf_puts(table_column(t, TABLE_WORD), "状态");
	buf_puts(table_column(t, TABLE_NUMBER), "calls");
	buf_puts(table_cell(t), "alice");
	buf_puts(table_cell(t), "ok");
	buf_u64(table_cell(t), 7);
	buf_puts(table_cell(t), "=1+\"<b>|\033");
	table_cell(t);
	buf_u64(table_cell(t), 1234);
}

static void
is_put(void (*put)(const struct table *t, struct buf *out), const char *wanted)
{
	struct table t = TABLE_INIT;
	LOCAL_BUF out = BUF_INIT;

	fill(&t);
	put(&t, &out);
	CU_ASSERT_STRING_EQUAL(buf_cstr(&out), wanted);
	if (strcmp(buf_cstr(&out), wanted) != 0)
		printf("%s", buf_cstr(&out));
	table_free(&t);
}

static void
forms(void)
{
	is_put(table_put_text, "name       状态  calls\n"
			       "alice      ok        7\n"
			       "=1+\"<b>|␛         1234\n");
	is_put(table_put_csv, "\"name\",状态,calls\r\n"
			      "\"alice\",ok,7\r\n"
			      "\"'=1+\"\"<b>|␛\",,1234\r\n");
	is_put(table_put_html,
	    "<div class=\"wide\"><table><thead><tr><th>name</th>"
	    "<th>状态</th><th class=\"n\">calls</th></tr></thead><tbody>\n"
	    "<tr><td>alice</td><td>ok</td><td class=\"n\">7</td></tr>\n"
	    "<tr><td>=1+&quot;&lt;b&gt;|␛</td><td></td>"
	    "<td class=\"n\">1234</td></tr>\n</tbody></table></div>\n");
	is_put(table_put_markdown,
	    "| name | 状态 | calls |\n|---|---|---|\n| alice | ok | 7 |\n"
	    "| =1+\"\\<b\\>\\|␛ | | 1234 |\n");
}

static void
put_lines(const char *title, const char *wanted)
{
	static const size_t ends[] = { 0, 20, 27 };
	struct table t = TABLE_INIT;
	LOCAL_BUF out = BUF_INIT;
	struct doc d = DOC_INIT;

	fill(&t);
	table_put_doc(&t, title, ends, &d);
	CU_ASSERT_EQUAL(doc_write(&d, &out), 0);
	CU_ASSERT_STRING_EQUAL(buf_cstr(&out), wanted);
	if (strcmp(buf_cstr(&out), wanted) != 0)
		printf("%s", buf_cstr(&out));
	doc_free(&d);
	table_free(&t);
}

static void
lines(void)
{
	put_lines("Who", "Who             状态  calls\n"
			 "  alice           ok      7\n"
			 "  =1+\"<b>|␛            1234\n");
	put_lines(NULL, "  alice           ok      7\n"
			"  =1+\"<b>|␛            1234\n");
}

static void
some_heads(void)
{
	struct table t = TABLE_INIT;
	LOCAL_BUF out = BUF_INIT;

	table_put_text(&t, &out);
	CU_ASSERT_EQUAL(out.n, 0);
	buf_puts(table_column(&t, TABLE_WORD), "a");
	table_put_csv(&t, &out);
	CU_ASSERT_STRING_EQUAL(buf_cstr(&out), "a\r\n");
	table_free(&t);
	buf_clear(&out);
	table_column(&t, TABLE_WORD);
	table_column(&t, TABLE_WORD);
	table_put_text(&t, &out);
	CU_ASSERT_EQUAL(out.n, 0);
	buf_puts(table_cell(&t), "b");
	buf_puts(table_cell(&t), "c");
	table_put_text(&t, &out);
	CU_ASSERT_STRING_EQUAL(buf_cstr(&out), "b  c\n");
	table_free(&t);
}

static void
no_memory(void)
{
	for (unsigned n = 1; n < 12; n++) {
		struct table t = TABLE_INIT;
		struct buf out = BUF_INIT;

		mem_fail_from(n);
		fill(&t);
		table_put_text(&t, &out);
		mem_fail_from(0);
		CU_ASSERT(out.err == ERR_NOMEM || n > 6);
		buf_free(&out);
		table_free(&t);
	}
}

CHECK_MAIN("table", { "forms", forms }, { "lines", lines },
    { "some heads", some_heads }, { "no memory", no_memory })
