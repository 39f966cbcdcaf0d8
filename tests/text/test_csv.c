/* Fields of comma-separated values: what is quoted, what no spreadsheet
 * computes, what stays a number. */
#include "text/csv.h"
#include "fixtures/check.h"

static const struct row {
	const char *text, *quoted, *bare;
} rows[] = {
	{ "", "\"\"", "" },
	{ "a b", "\"a b\"", "a b" },
	{ "a,b", "\"a,b\"", "\"a,b\"" },
	{ "a;b", "\"a;b\"", "\"a;b\"" },
	{ "say \"a\"", "\"say \"\"a\"\"\"", "\"say \"\"a\"\"\"" },
	{ "12.5", "\"12.5\"", "12.5" },
	{ "-12.5", "\"-12.5\"", "-12.5" },
	{ "=1+2", "\"'=1+2\"", "'=1+2" },
	{ "-1+2", "\"'-1+2\"", "'-1+2" },
	{ "-", "\"-\"", "-" },
	{ "+49", "\"'+49\"", "'+49" },
	{ "@SUM(A1)", "\"'@SUM(A1)\"", "'@SUM(A1)" },
	{ "  =1", "\"'  =1\"", "'  =1" },
	{ "＝1", "\"'＝1\"", "'＝1" },
	{ "＋1", "\"'＋1\"", "'＋1" },
	{ "－1", "\"'－1\"", "'－1" },
	{ "＠a", "\"'＠a\"", "'＠a" },
	{ "　＝1", "\"'　＝1\"", "'　＝1" },
	{ "\t=1", "\"'␉=1\"", "'␉=1" },
	{ "\n=1", "\"'␊=1\"", "'␊=1" },
	{ "\r\n-1", "\"'␍␊-1\"", "'␍␊-1" },
	{ "a\n=1", "\"a␊=1\"", "a␊=1" },
	{ "\033[31m", "\"'␛[31m\"", "'␛[31m" },
	{ "a\xe2\x80\xae", "\"a<U+202E>\"", "a<U+202E>" },
	{ "\xff", "\"\xef\xbf\xbd\"", "\xef\xbf\xbd" },
	{ "张三", "\"张三\"", "张三" },
};

static void
fields(void)
{
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct buf quoted = BUF_INIT, bare = BUF_INIT;

		csv_put(&quoted, str_of(rows[i].text));
		csv_put_bare(&bare, str_of(rows[i].text));
		CU_ASSERT_STRING_EQUAL(buf_cstr(&quoted), rows[i].quoted);
		CU_ASSERT_STRING_EQUAL(buf_cstr(&bare), rows[i].bare);
		buf_free(&quoted);
		buf_free(&bare);
	}
}

CHECK_MAIN("csv", { "fields", fields })
