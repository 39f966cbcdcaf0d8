/* text/utf8: what is UTF-8, how wide it is, and that nothing gets past the
 * sanitiser. */
#include "fixtures/check.h"

#include "base/err.h"
#include "base/mem.h"
#include "text/utf8.h"

#include <string.h>

static void
round_trip(void)
{
	LOCAL_BUF b = BUF_INIT;

	for (uint32_t c = 0; c <= 0x10ffff; c++) {
		size_t used;
		uint32_t back;

		if (c == 0xd800)
			c = 0xe000;
		buf_clear(&b);
		utf8_encode(&b, c);
		back = utf8_decode(buf_view(&b), &used);
		if (back != c || used != b.n || !utf8_valid(buf_view(&b)))
			CU_FAIL("a code point does not come back");
		/* Cut short it is not UTF-8, and only one byte is eaten. */
		if (b.n > 1 && (utf8_decode(str_slice(buf_view(&b), 0, b.n - 1),
				    &used) != UTF8_BAD ||
				   used != 1))
			CU_FAIL("a cut sequence is taken");
	}
	/* What has no encoding is written as U+FFFD. */
	buf_clear(&b);
	utf8_encode(&b, 0xd800);
	utf8_encode(&b, 0xdfff);
	utf8_encode(&b, 0x110000);
	utf8_encode(&b, UINT32_MAX);
	CU_ASSERT_STRING_EQUAL(buf_cstr(&b), "\ufffd\ufffd\ufffd\ufffd");
}

static void
refuses(void)
{
	static const char *const bad[] = {
		"\x80",
		"\xbf",
		"\xc0\x80",
		"\xc1\xbf",
		"\xc3",
		"\xc3(",
		"\xe0\x80\x80",
		"\xe0\x9f\xbf",
		"\xe4\xbd",
		"\xe4\xbdx",
		"\xed\xa0\x80",
		"\xed\xbf\xbf",
		"\xf0\x80\x80\x80",
		"\xf0\x8f\xbf\xbf",
		"\xf4\x90\x80\x80",
		"\xf5\x80\x80\x80",
		"\xf8\x88\x80\x80\x80",
		"\xfe",
		"\xff",
		"ok\xff",
		"\xe4\xbd\xa0\xe5",
	};
	size_t used = 9;

	for (size_t i = 0; i < sizeof(bad) / sizeof(*bad); i++)
		CU_ASSERT_FALSE(utf8_valid(str_of(bad[i])));
	CU_ASSERT_EQUAL(utf8_decode(STR_NULL, &used), UTF8_BAD);
	CU_ASSERT_EQUAL(used, 0);
	CU_ASSERT_TRUE(utf8_valid(STR_NULL));
	CU_ASSERT_TRUE(utf8_valid(STR("a\0b")));
	CU_ASSERT_TRUE(utf8_valid(STR("plain, 你好, \U0001f600")));
	/* U+FFFD itself, written out, is as good as any. */
	CU_ASSERT_TRUE(utf8_valid(STR("\ufffd")));
	CU_ASSERT_EQUAL(utf8_decode(STR("\ufffd"), &used), UTF8_BAD);
	CU_ASSERT_EQUAL(used, 3);
}

static void
widths(void)
{
	CU_ASSERT_EQUAL(utf8_cells('a'), 1);
	CU_ASSERT_EQUAL(utf8_cells(0xe9), 1);
	CU_ASSERT_EQUAL(utf8_cells(0x301), 0);
	CU_ASSERT_EQUAL(utf8_cells(0x200d), 0);
	CU_ASSERT_EQUAL(utf8_cells(0x2192), 1);
	CU_ASSERT_EQUAL(utf8_cells(0x2502), 1);
	CU_ASSERT_EQUAL(utf8_cells(0x4f60), 2);
	CU_ASSERT_EQUAL(utf8_cells(0x3002), 2);
	CU_ASSERT_EQUAL(utf8_cells(0xff0c), 2);
	CU_ASSERT_EQUAL(utf8_cells(0xac00), 2);
	CU_ASSERT_EQUAL(utf8_cells(0x1f600), 2);
	CU_ASSERT_EQUAL(utf8_cells(0x20000), 2);
	CU_ASSERT_EQUAL(utf8_width(STR("")), 0);
	CU_ASSERT_EQUAL(utf8_width(STR("abc")), 3);
	CU_ASSERT_EQUAL(utf8_width(STR("你好")), 4);
	CU_ASSERT_EQUAL(utf8_width(STR("e\u0301")), 1);
	CU_ASSERT_EQUAL(utf8_width(STR("\t")), 1);
	CU_ASSERT_EQUAL(utf8_width(STR("\xff\xff")), 2);
	CU_ASSERT_EQUAL(utf8_width(STR("\u202e")), 8);
	CU_ASSERT_EQUAL(utf8_width(STR("\U000e0001")), 9);
}

/* Is there anything in S that steers?  Written apart from the code tested. */
static bool
steers(struct str s)
{
	for (size_t i = 0; i < s.n; i++) {
		const unsigned char *p = (const unsigned char *)s.p + i;
		size_t left = s.n - i;

		if (p[0] < 0x20 || p[0] == 0x7f)
			return true;
		if (left > 1 && p[0] == 0xc2 && p[1] < 0xa0)
			return true;
		if (left > 2 && p[0] == 0xe2 && p[1] == 0x80 &&
		    (p[2] == 0x8e || p[2] == 0x8f ||
			(p[2] >= 0xaa && p[2] <= 0xae)))
			return true;
		if (left > 2 && p[0] == 0xe2 && p[1] == 0x81 && p[2] >= 0xa6 &&
		    p[2] <= 0xa9)
			return true;
	}
	return false;
}

/* Random bytes, weighted to what hurts: the result is UTF-8, without controls,
 * as wide as was said, and safe stays safe. */
static void
random_bytes(void)
{
	static const char *const pieces[] = { "\x1b[", "\xe2\x80\xae",
		"\xc2\x9b", "\xe2", "\x80", "\xae", "\xc2", "\xf0\x9f", "\n",
		"\r", "你", "a", "\xef\xbb\xbf", "\xe2\x81", "\xa6" };
	uint64_t x = 42;

	for (unsigned round = 0; round < 20000; round++) {
		struct buf in = BUF_INIT, out = BUF_INIT, again = BUF_INIT;

		for (unsigned i = 0; i < 12; i++) {
			x = x * 6364136223846793005u + 1442695040888963407u;
			if (x >> 62)
				buf_puts(&in, pieces[(x >> 33) % 15]);
			else
				buf_putc(&in, (char)(x >> 40));
		}
		utf8_add_safe(&out, buf_view(&in));
		utf8_add_safe(&again, buf_view(&out));
		if (!utf8_valid(buf_view(&out)) || steers(buf_view(&out)))
			CU_FAIL("something got through");
		if (utf8_width(buf_view(&in)) != utf8_width(buf_view(&out)))
			CU_FAIL("wider than said");
		if (!str_eq(buf_view(&out), buf_view(&again)))
			CU_FAIL("safe text is changed");
		for (size_t cells = 0; cells < 30; cells += 7) {
			buf_clear(&again);
			utf8_add_cell(&again, buf_view(&in), cells);
			if (utf8_width(buf_view(&again)) != cells)
				CU_FAIL("a cell of another width");
		}
		buf_free(&in);
		buf_free(&out);
		buf_free(&again);
	}
}

static void
lines(void)
{
	struct buf b = BUF_INIT;

	utf8_add_safe_lines(&b, STR("a\tb\r\nc\rd\n\x1b\u202e\xff\r"));
	CU_ASSERT_STRING_EQUAL(buf_cstr(&b), "a b\nc␍d\n␛<U+202E>\ufffd␍");
	buf_clear(&b);
	utf8_add_safe_lines(&b, STR("\0\r\r\n\n"));
	CU_ASSERT_STRING_EQUAL(buf_cstr(&b), "␀␍\n\n");
	buf_free(&b);
}

static void
cells(void)
{
	LOCAL_BUF b = BUF_INIT;

	utf8_add_cell(&b, STR("ab"), 4);
	buf_putc(&b, '|');
	utf8_add_cell(&b, STR("abcdef"), 4);
	buf_putc(&b, '|');
	utf8_add_cell(&b, STR("a你好"), 4);
	buf_putc(&b, '|');
	utf8_add_cell(&b, STR("\n"), 3);
	buf_putc(&b, '|');
	/* What does not fit whole is not begun. */
	utf8_add_cell(&b, STR("\u202e"), 4);
	buf_putc(&b, '|');
	utf8_add_cell(&b, STR("x"), 0);
	CU_ASSERT_STRING_EQUAL(buf_cstr(&b), "ab  |abc…|a你…|␊  |…   |");
}

/* Whatever stands before and after it: one bad byte is found at any place,
 * and good ones that straddle eight bytes are not. */
static void
any_place(void)
{
	char text[40];

	for (size_t n = 3; n < sizeof(text); n++) {
		for (size_t i = 0; i + 3 <= n; i++) {
			memset(text, 'a', n);
			CU_ASSERT_TRUE(utf8_valid((struct str){ text, n }));
			memcpy(text + i, "\xe4\xbd\xa0", 3);
			CU_ASSERT_TRUE(utf8_valid((struct str){ text, n }));
			text[i + 2] = 'a';
			CU_ASSERT_FALSE(utf8_valid((struct str){ text, n }));
			CU_ASSERT_FALSE(
			    utf8_valid((struct str){ text, i + 2 }));
		}
	}
}

static void
out_of_memory(void)
{
	LOCAL_BUF b = BUF_INIT;

	mem_fail_from(1);
	utf8_add_safe(&b, STR("\u202e\x1b x"));
	utf8_add_safe_lines(&b, STR("\n\t\x1b"));
	utf8_add_cell(&b, STR("x"), 80);
	mem_fail_from(0);
	CU_ASSERT_EQUAL(b.err, ERR_NOMEM);
}

CHECK_MAIN("utf8", { "round trip", round_trip }, { "refuses", refuses },
    { "widths", widths }, { "random bytes", random_bytes }, { "lines", lines },
    { "cells", cells }, { "any place", any_place },
    { "out of memory", out_of_memory })
