/* base/diag: the first word stays, and nothing in it steers a terminal. */
#include "fixtures/check.h"
#include "text/utf8.h"

#include "base/diag.h"
#include "base/err.h"
#include "base/mem.h"

#include <string.h>

static void
says(const struct diag *d, const char *expected)
{
	LOCAL_BUF b = BUF_INIT;

	diag_write(d, &b);
	CU_ASSERT_STRING_EQUAL(buf_cstr(&b), expected);
}

static void
places(void)
{
	struct diag d = DIAG_INIT;

	CU_ASSERT_EQUAL(
	    diag_set(&d, ERR_SYNTAX, "a.gv", 7, "no role “%s”", "x"),
	    ERR_SYNTAX);
	CU_ASSERT_EQUAL(d.err, ERR_SYNTAX);
	CU_ASSERT_EQUAL(d.line, 7);
	says(&d, "a.gv:7: no role “x”");
	d = DIAG_INIT;
	diag_set(&d, ERR_IO, "a.gv", 0, "cannot be read");
	says(&d, "a.gv: cannot be read");
	d = DIAG_INIT;
	diag_set(&d, ERR_IO, NULL, 0, "%d wrong", 3);
	says(&d, "3 wrong");
	d = DIAG_INIT;
	diag_set(&d, ERR_NOMEM, NULL, 0, "%s", "");
	says(&d, "out of memory");
}

static void
first_word_stays(void)
{
	struct diag d = DIAG_INIT;

	diag_set(&d, ERR_SYNTAX, "a", 1, "first");
	CU_ASSERT_EQUAL(diag_set(&d, ERR_IO, "b", 2, "second"), ERR_IO);
	CU_ASSERT_EQUAL(d.err, ERR_SYNTAX);
	says(&d, "a:1: first");
	CU_ASSERT_EQUAL(diag_set(NULL, ERR_RANGE, "b", 2, "x"), ERR_RANGE);
}

/* What stands before, too, counts towards the length. */
static void
words_before(void)
{
	struct diag d = DIAG_INIT;
	LOCAL_BUF name = BUF_INIT;

	diag_set(&d, ERR_SYNTAX, "a.gv", 7, "no role “%s”", "x");
	diag_prefix(&d, "%s: ", "node y");
	says(&d, "a.gv:7: node y: no role “x”");
	for (int i = 0; i < 337; i++)
		buf_puts(&name, "你");
	diag_prefix(&d, "%s", buf_cstr(&name));
	CU_ASSERT_TRUE(strlen(d.text) > sizeof(d.text) - 8);
	CU_ASSERT_TRUE(utf8_valid(str_of(d.text)));
	CU_ASSERT_TRUE(str_ends(str_of(d.text), "…"));
	for (int i = 0; i < 100; i++)
		buf_puts(&name, "你");
	diag_prefix(&d, "%s", buf_cstr(&name));
	CU_ASSERT_TRUE(utf8_valid(str_of(d.text)));
	CU_ASSERT_TRUE(str_ends(str_of(d.text), "你…"));
}

static void
long_words(void)
{
	struct diag d = DIAG_INIT;
	LOCAL_BUF name = BUF_INIT, out = BUF_INIT;

	/* Characters of three bytes, so that the limits cut through one. */
	for (int i = 0; i < 1000; i++)
		buf_puts(&name, "你");
	diag_set(&d, ERR_SYNTAX, buf_cstr(&name), 1, "x%s", buf_cstr(&name));
	CU_ASSERT_TRUE(strlen(d.file) < sizeof(d.file));
	CU_ASSERT_TRUE(strlen(d.text) < sizeof(d.text));
	CU_ASSERT_TRUE(strlen(d.text) > sizeof(d.text) - 8);
	CU_ASSERT_TRUE(utf8_valid(str_of(d.file)));
	CU_ASSERT_TRUE(utf8_valid(str_of(d.text)));
	/* One can see that something is missing. */
	CU_ASSERT_TRUE(str_ends(str_of(d.text), "你…"));
	diag_write(&d, &out);
	CU_ASSERT_EQUAL(str_find(buf_view(&out), "\ufffd"), -1);
}

/* Bytes that never were UTF-8 stay as they are until they are shown. */
static void
long_rubbish(void)
{
	struct diag d = DIAG_INIT;
	LOCAL_BUF in = BUF_INIT, out = BUF_INIT;

	buf_fill(&in, '\x80', 3000);
	diag_set(&d, ERR_SYNTAX, "a", 1, "%s", buf_cstr(&in));
	diag_write(&d, &out);
	CU_ASSERT_TRUE(utf8_valid(buf_view(&out)));
	CU_ASSERT_TRUE(out.n > 1000);
}

static void
is_safe(void)
{
	struct diag d = DIAG_INIT;

	diag_set(&d, ERR_SYNTAX, "\x1b[2J.gv", 3, "%s", "\u202e\n\x9b");
	says(&d, "␛[2J.gv:3: <U+202E>␊\ufffd");
}

/* What a program sees is the same for everybody. */
static void
in_two_languages(void)
{
	struct diag d = DIAG_INIT, e = DIAG_INIT;

	diag_set(&d, ERR_IO, NULL, 0, _("out of memory"));
	CU_ASSERT_STRING_EQUAL(diag_english(&d), "out of memory");
	CU_ASSERT_EQUAL(i18n_choose("zh_CN"), 0);
	d = DIAG_INIT;
	diag_set(&d, ERR_IO, NULL, 0, "%s", err_text(ERR_NOMEM));
	says(&d, "内存不足");
	CU_ASSERT_STRING_EQUAL(diag_english(&d), "out of memory");
	diag_prefix(&d, _("node %.*s"), 3, "bobby");
	says(&d, "节点 bob内存不足");
	CU_ASSERT_STRING_EQUAL(diag_english(&d), "node bobout of memory");
	diag_prefix(&d, "x: ");
	CU_ASSERT_STRING_EQUAL(diag_english(&d), "x: node bobout of memory");
	diag_pass(&e, ERR_IO, "a.gv", 7, &d);
	says(&e, "a.gv:7: x: 节点 bob内存不足");
	CU_ASSERT_STRING_EQUAL(diag_english(&e), "x: node bobout of memory");
	i18n_choose("en");
}

static void
without_memory(void)
{
	struct diag d = DIAG_INIT;
	LOCAL_BUF b = BUF_INIT;

	mem_fail_from(1);
	CU_ASSERT_EQUAL(
	    diag_set(&d, ERR_NOMEM, "a", 1, "%s", "no memory"), ERR_NOMEM);
	diag_write(&d, &b);
	mem_fail_from(0);
	CU_ASSERT_STRING_EQUAL(d.text, "no memory");
	CU_ASSERT_EQUAL(b.err, ERR_NOMEM);
}

CHECK_MAIN("diag", { "places", places },
    { "first word stays", first_word_stays }, { "words before", words_before },
    { "long words", long_words }, { "long rubbish", long_rubbish },
    { "is safe", is_safe }, { "in two languages", in_two_languages },
    { "without memory", without_memory })
