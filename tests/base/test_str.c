/* base/str: slices, also empty ones, ones without a pointer, and NULs. */
#include "fixtures/check.h"

#include "base/err.h"
#include "base/str.h"

#include <string.h>

#define S(lit) STR(lit)

static void
slices(void)
{
	struct str s = S("0123456789");

	CU_ASSERT_TRUE(str_is(str_slice(s, 2, 5), "234"));
	CU_ASSERT_TRUE(str_is(str_slice(s, 0, 10), "0123456789"));
	CU_ASSERT_TRUE(str_is(str_slice(s, 8, 100), "89"));
	CU_ASSERT_EQUAL(str_slice(s, 5, 2).n, 0);
	CU_ASSERT_EQUAL(str_slice(s, 100, 200).n, 0);
	CU_ASSERT_EQUAL(str_slice(s, SIZE_MAX, 0).n, 0);
	CU_ASSERT_EQUAL(str_slice(STR_NULL, 0, SIZE_MAX).n, 0);
	CU_ASSERT_PTR_NULL(str_slice(STR_NULL, 3, 5).p);
	CU_ASSERT_PTR_NULL(str_of(NULL).p);
	CU_ASSERT_EQUAL(str_of(NULL).n, 0);
	CU_ASSERT_EQUAL(str_of("abc").n, 3);
}

static void
compares(void)
{
	CU_ASSERT_TRUE(str_eq(S(""), STR_NULL));
	CU_ASSERT_TRUE(str_eq(S("a\0b"), S("a\0b")));
	CU_ASSERT_FALSE(str_eq(S("a\0b"), S("a\0c")));
	CU_ASSERT_FALSE(str_eq(S("a"), S("ab")));
	CU_ASSERT_FALSE(str_is(S("a\0"), "a"));
	CU_ASSERT_TRUE(str_is(STR_NULL, ""));
	CU_ASSERT_TRUE(str_ieq(S("InViTe"), S("iNvItE")));
	CU_ASSERT_TRUE(str_iis(S("VIA"), "via"));
	CU_ASSERT_FALSE(str_iis(S("VIA"), "vi"));
	/* Only letters have a case: '@' and '`', '[' and '{' differ by the
	 * same bit. */
	CU_ASSERT_FALSE(str_ieq(S("@"), S("`")));
	CU_ASSERT_FALSE(str_ieq(S("["), S("{")));
	CU_ASSERT_FALSE(str_ieq(S("\xc4"), S("\xe4")));
	CU_ASSERT_EQUAL(str_cmp(S("a"), S("a")), 0);
	CU_ASSERT_TRUE(str_cmp(S("a"), S("b")) < 0);
	CU_ASSERT_TRUE(str_cmp(S("b"), S("a")) > 0);
	CU_ASSERT_TRUE(str_cmp(S("a"), S("aa")) < 0);
	CU_ASSERT_TRUE(str_cmp(S("aa"), S("a")) > 0);
	CU_ASSERT_TRUE(str_cmp(S("\x7f"), S("\x80")) < 0);
	CU_ASSERT_TRUE(str_cmp(STR_NULL, S("")) == 0);
	CU_ASSERT_TRUE(str_cmp(STR_NULL, S("a")) < 0);
}

static void
ends_and_beginnings(void)
{
	CU_ASSERT_TRUE(str_starts(S("sip:bob"), "sip:"));
	CU_ASSERT_TRUE(str_starts(S("sip:"), "sip:"));
	CU_ASSERT_FALSE(str_starts(S("sip"), "sip:"));
	CU_ASSERT_FALSE(str_starts(S("SIP:"), "sip:"));
	CU_ASSERT_TRUE(str_istarts(S("SIP:x"), "sip:"));
	CU_ASSERT_TRUE(str_starts(STR_NULL, ""));
	CU_ASSERT_FALSE(str_starts(STR_NULL, "x"));
	CU_ASSERT_TRUE(str_ends(S("a.lua"), ".lua"));
	CU_ASSERT_FALSE(str_ends(S("lua"), ".lua"));
	CU_ASSERT_TRUE(str_ends(S("x"), ""));
	CU_ASSERT_TRUE(str_ends(STR_NULL, ""));
}

static void
finds(void)
{
	struct str s = S("a;b;;c\0;d");

	CU_ASSERT_EQUAL(str_chr(s, ';'), 1);
	CU_ASSERT_EQUAL(str_chr(s, '\0'), 6);
	CU_ASSERT_EQUAL(str_chr(s, 'x'), -1);
	CU_ASSERT_EQUAL(str_chr(STR_NULL, 'x'), -1);
	CU_ASSERT_EQUAL(str_rchr(s, ';'), 7);
	CU_ASSERT_EQUAL(str_rchr(s, 'a'), 0);
	CU_ASSERT_EQUAL(str_rchr(STR_NULL, 'a'), -1);
	CU_ASSERT_EQUAL(str_find(s, ";;"), 3);
	CU_ASSERT_EQUAL(str_find(s, ";d"), 7);
	CU_ASSERT_EQUAL(str_find(s, ";dd"), -1);
	CU_ASSERT_EQUAL(str_find(s, ""), 0);
	CU_ASSERT_EQUAL(str_find(STR_NULL, "a"), -1);
	CU_ASSERT_EQUAL(str_find(STR_NULL, ""), 0);
	/* Not beyond the slice, though the bytes there would match. */
	CU_ASSERT_EQUAL(str_find(str_slice(s, 0, 4), ";;"), -1);
	CU_ASSERT_EQUAL(str_chr(str_slice(s, 0, 1), ';'), -1);
}

static void
cuts(void)
{
	struct str rest = S("a,,b,");

	CU_ASSERT_TRUE(str_is(str_cut(rest, ',', &rest), "a"));
	CU_ASSERT_TRUE(str_is(str_cut(rest, ',', &rest), ""));
	CU_ASSERT_TRUE(str_is(str_cut(rest, ',', &rest), "b"));
	/* An empty last piece and no piece at all can be told apart. */
	CU_ASSERT_EQUAL(rest.n, 0);
	CU_ASSERT_PTR_NOT_NULL(rest.p);
	CU_ASSERT_TRUE(str_is(str_cut(rest, ',', &rest), ""));
	CU_ASSERT_PTR_NULL(rest.p);
	CU_ASSERT_TRUE(str_is(str_cut(S("whole"), ',', &rest), "whole"));
	CU_ASSERT_PTR_NULL(rest.p);
}

static void
numbers(void)
{
	uint64_t v = 7;
	uint32_t w = 7;

	CU_ASSERT_EQUAL(str_u64(S("0"), &v), 0);
	CU_ASSERT_EQUAL(v, 0);
	CU_ASSERT_EQUAL(str_u64(S("18446744073709551615"), &v), 0);
	CU_ASSERT_EQUAL(v, UINT64_MAX);
	CU_ASSERT_EQUAL(str_u64(S("00000000000000000000000012"), &v), 0);
	CU_ASSERT_EQUAL(v, 12);
	CU_ASSERT_EQUAL(str_u64(S("18446744073709551616"), &v), ERR_RANGE);
	CU_ASSERT_EQUAL(str_u64(S("99999999999999999999"), &v), ERR_RANGE);
	CU_ASSERT_EQUAL(str_u64(S(""), &v), ERR_SYNTAX);
	CU_ASSERT_EQUAL(str_u64(STR_NULL, &v), ERR_SYNTAX);
	CU_ASSERT_EQUAL(str_u64(S("-1"), &v), ERR_SYNTAX);
	CU_ASSERT_EQUAL(str_u64(S("+1"), &v), ERR_SYNTAX);
	CU_ASSERT_EQUAL(str_u64(S(" 1"), &v), ERR_SYNTAX);
	CU_ASSERT_EQUAL(str_u64(S("1 "), &v), ERR_SYNTAX);
	CU_ASSERT_EQUAL(str_u64(S("1\0"), &v), ERR_SYNTAX);
	CU_ASSERT_EQUAL(str_u64(S("0x10"), &v), ERR_SYNTAX);
	CU_ASSERT_EQUAL(v, 12);
	CU_ASSERT_EQUAL(str_u32(S("4294967295"), &w), 0);
	CU_ASSERT_EQUAL(w, UINT32_MAX);
	CU_ASSERT_EQUAL(str_u32(S("4294967296"), &w), ERR_RANGE);
	CU_ASSERT_EQUAL(str_u32(S("x"), &w), ERR_SYNTAX);
	CU_ASSERT_EQUAL(w, UINT32_MAX);
}

static void
hashes(void)
{
	size_t low[64] = { 0 };

	CU_ASSERT_EQUAL(str_hash(S("")), str_hash(STR_NULL));
	CU_ASSERT_NOT_EQUAL(str_hash(S("a")), str_hash(S("b")));
	CU_ASSERT_NOT_EQUAL(str_hash(S("ab")), str_hash(S("ba")));
	CU_ASSERT_NOT_EQUAL(str_hash(S("a")), str_hash(S("a\0")));
	CU_ASSERT_NOT_EQUAL(str_hash(S("A")), str_hash(S("a")));
	/* The same number on every machine: seeds are made of it. */
	CU_ASSERT_EQUAL(str_hash(S("alice/tag")), 0x45908fcb6013387au);
	/* Numbers counted up spread over the low bits. */
	for (int i = 0; i < 6400; i++) {
		char name[16];

		snprintf(name, sizeof(name), "ua%d", i);
		low[str_hash(str_of(name)) % 64]++;
	}
	for (int i = 0; i < 64; i++)
		CU_ASSERT_TRUE(low[i] > 50 && low[i] < 200);
}

static void
characters(void)
{
	for (int i = -128; i < 256; i++) {
		char c = (char)i;
		bool digit = c != '\0' && strchr("0123456789", c) != NULL;
		bool upper = c >= 'A' && c <= 'Z';
		bool lower = c >= 'a' && c <= 'z';

		CU_ASSERT_EQUAL(chr_is_digit(c), digit);
		CU_ASSERT_EQUAL(chr_is_alpha(c), upper || lower);
		CU_ASSERT_EQUAL(chr_is_alnum(c), digit || upper || lower);
		CU_ASSERT_EQUAL(chr_lower(c), upper ? (char)(c + 32) : c);
		CU_ASSERT_EQUAL(chr_is_space(c),
		    c == ' ' || c == '\t' || c == '\r' || c == '\n');
	}
}

static void
writes_decimals(void)
{
	static const uint64_t values[] = { 0, 9, 10, 99, 100, 101, 999, 1000,
		12345, UINT32_MAX, INT64_MAX, UINT64_MAX };

	for (size_t i = 0; i < sizeof(values) / sizeof(*values); i++) {
		char room[STR_DIGITS], *end = room + sizeof(room), want[32];
		char *at = str_decimal(end, values[i]);

		snprintf(
		    want, sizeof(want), "%llu", (unsigned long long)values[i]);
		CU_ASSERT(at >= room);
		CU_ASSERT(str_is((struct str){ at, (size_t)(end - at) }, want));
	}
}

static void
joins(void)
{
	char to[6];
	size_t n = str_join(to, sizeof(to), 0, STR("ab"));

	CU_ASSERT(n == 2 && strcmp(to, "ab") == 0);
	n = str_join(to, sizeof(to), n, STR_NULL);
	CU_ASSERT(n == 2 && strcmp(to, "ab") == 0);
	n = str_join(to, sizeof(to), n, STR("cdef"));
	CU_ASSERT(n == 5 && strcmp(to, "abcde") == 0);
	CU_ASSERT(str_join(to, sizeof(to), n, STR("g")) == 5);
	CU_ASSERT(strcmp(to, "abcde") == 0);
	CU_ASSERT(str_join(NULL, 0, 0, STR("g")) == 0);
}

CHECK_MAIN("str", { "slices", slices }, { "compares", compares },
    { "ends and beginnings", ends_and_beginnings }, { "finds", finds },
    { "cuts", cuts }, { "numbers", numbers }, { "hashes", hashes },
    { "characters", characters }, { "writes decimals", writes_decimals },
    { "joins", joins })
