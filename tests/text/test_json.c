/* Writing and reading JSON: escapes, strictness, depth, numbers, base64. */
#include "base/err.h"
#include "base/mem.h"
#include "text/utf8.h"
#include "fixtures/check.h"
#include "text/json.h"

#include <string.h>

static bool
puts_as(struct str s, const char *wanted)
{
	LOCAL_BUF b = BUF_INIT;
	bool same;

	json_put_str(&b, s);
	same = strcmp(buf_cstr(&b), wanted) == 0;
	if (!same)
		printf("  got %s, wanted %s\n", buf_cstr(&b), wanted);
	return same;
}

static void
escapes(void)
{
	CU_ASSERT(puts_as(STR(""), "\"\""));
	CU_ASSERT(puts_as(STR_NULL, "\"\""));
	CU_ASSERT(puts_as(
	    STR("plain text, rather long"), "\"plain text, rather long\""));
	CU_ASSERT(puts_as(STR("a\"b\\c/d"), "\"a\\\"b\\\\c/d\""));
	CU_ASSERT(
	    puts_as(STR("x\r\ny\rz\n\t\b\f"), "\"x\\r\\ny\\rz\\n\\t\\b\\f\""));
	CU_ASSERT(puts_as(STR("\0\x1f\x7f"), "\"\\u0000\\u001f\\u007f\""));
	CU_ASSERT(puts_as(STR("h\xc3\xb6r \xe4\xb8\xad \xf0\x9f\x93\x9e"),
	    "\"h\xc3\xb6r \xe4\xb8\xad \xf0\x9f\x93\x9e\""));
	/* Not UTF-8: a lone continuation, an overlong form, a cut one. */
	CU_ASSERT(puts_as(STR("a\x80z"), "\"a\xef\xbf\xbdz\""));
	CU_ASSERT(puts_as(STR("\xc0\xaf"), "\"\xef\xbf\xbd\xef\xbf\xbd\""));
	CU_ASSERT(puts_as(STR("\xe4\xb8"), "\"\xef\xbf\xbd\xef\xbf\xbd\""));
	/* What would steer a terminal: C1, a bidirectional override. */
	CU_ASSERT(puts_as(STR("\xc2\x9b\xe2\x80\xae"), "\"\\u009b\\u202e\""));
}

/* Longer than one chunk, with code points across its border. */
static void
long_text(void)
{
	LOCAL_BUF in = BUF_INIT, out = BUF_INIT, back = BUF_INIT;
	struct json_value v;
	struct str left;

	for (int i = 0; i < 5000; i++)
		buf_puts(&in, i % 7 == 0 ? "\r\n" : "\xe4\xb8\xad");
	json_put_str(&out, buf_view(&in));
	left = buf_view(&out);
	CU_ASSERT_EQUAL(json_read(&left, &v), 0);
	CU_ASSERT_EQUAL(json_text(v, &back), 0);
	CU_ASSERT(str_eq(buf_view(&in), buf_view(&back)));
}

/* Where json_read stops: -1 when all is well, else how much is left. */
static long
reads(const char *text)
{
	struct str left = str_of(text);
	struct json_value v;
	int err = json_read(&left, &v);

	CU_ASSERT(err == 0 || err == ERR_SYNTAX);
	CU_ASSERT((err == 0) == (v.type != JSON_NONE));
	return err == 0 ? -1 : (long)left.n;
}

static void
strict(void)
{
	static const char *const good[] = { "0", "-0", "-1.5e+3", "1E9", "12",
		"\"\"", "\"\\u00e9\\ud83d\\ude00\\/\"", "[]", "{}",
		" [ 1 , 2 ] ", "{\"a\":{\"b\":[null,true,false]}}",
		"\t\r\n 7" };
	static const char *const cut[] = { "", " ", "-", "1.", "1e", "1e+",
		"\"", "\"ab", "\"\\", "\"\\u12", "\"\\ud800", "\"\\ud800\\u",
		"[", "[1", "[1,", "{", "{\"a\"", "{\"a\":", "{\"a\":1",
		"{\"a\":1,", "tru", "nul", "f", "\"\xe4\xb8", "\"\xf0",
		"[[[[" };
	static const char *const bad[] = { "+1", ".5", "01x]", "-a", "1.x",
		"1ex", "'a'", "\"\t\"", "\"\\x\"", "\"\\u12g4\"",
		"\"\\ud800x\"", "\"\\udc00\"", "\"\\ud800\\u0041\"", "[1 2]",
		"[1,]", "[,1]", "[1}", "{\"a\":1,}", "{a:1}", "{\"a\" 1}",
		"{\"a\":1]", "{1:2}", "True", "nil", "\"\x80\"", "\"\xc0\xaf\"",
		"\"\xed\xa0\x80\"", "]", "}", "NaN", "//x\n1",
		"\xef\xbb\xbf{}" };

	for (size_t i = 0; i < sizeof(good) / sizeof(*good); i++)
		CU_ASSERT_EQUAL(reads(good[i]), -1);
	for (size_t i = 0; i < sizeof(cut) / sizeof(*cut); i++) {
		CU_ASSERT_EQUAL(reads(cut[i]), 0);
		if (reads(cut[i]) != 0)
			printf("  cut: %s\n", cut[i]);
	}
	for (size_t i = 0; i < sizeof(bad) / sizeof(*bad); i++) {
		/* "01" is the number 0 and something behind it. */
		if (strcmp(bad[i], "01x]") == 0) {
			CU_ASSERT_EQUAL(reads(bad[i]), -1);
			continue;
		}
		CU_ASSERT(reads(bad[i]) > 0);
		if (reads(bad[i]) <= 0)
			printf("  bad: %s\n", bad[i]);
	}
}

static void
depth(void)
{
	char text[2 * JSON_DEPTH + 8];

	memset(text, '[', JSON_DEPTH);
	memset(text + JSON_DEPTH, ']', JSON_DEPTH);
	text[2 * JSON_DEPTH] = '\0';
	CU_ASSERT_EQUAL(reads(text), -1);
	memset(text, '[', JSON_DEPTH + 1);
	memset(text + JSON_DEPTH + 1, ']', JSON_DEPTH + 1);
	text[2 * JSON_DEPTH + 2] = '\0';
	CU_ASSERT_EQUAL(reads(text), JSON_DEPTH + 2);
}

static void
walks(void)
{
	struct str left = STR("{ \"a\" : 1 , \"b\":[true, \"x,]\" ],\"a\":2}");
	struct json_value v, m;
	struct str key;
	size_t at = 0;

	CU_ASSERT_EQUAL_FATAL(json_read(&left, &v), 0);
	CU_ASSERT_EQUAL(json_next(v.raw, &at, &key, &m), 1);
	CU_ASSERT(str_is(key, "a") && str_is(m.raw, "1"));
	CU_ASSERT_EQUAL(json_next(v.raw, &at, &key, &m), 1);
	CU_ASSERT(str_is(key, "b") && m.type == JSON_ARRAY);
	CU_ASSERT_EQUAL(json_next(v.raw, &at, &key, &m), 1);
	CU_ASSERT_EQUAL(json_next(v.raw, &at, &key, &m), 0);
	/* The first of two members counts. */
	CU_ASSERT(str_is(json_member(v, "a").raw, "1"));
	CU_ASSERT_EQUAL(json_member(v, "c").type, JSON_NONE);
	v = json_member(v, "b");
	at = 0;
	CU_ASSERT_EQUAL(json_next(v.raw, &at, &key, &m), 1);
	CU_ASSERT(m.type == JSON_BOOL && key.n == 0);
	CU_ASSERT_EQUAL(json_next(v.raw, &at, &key, &m), 1);
	CU_ASSERT(str_is(m.raw, "\"x,]\""));
	CU_ASSERT_EQUAL(json_next(v.raw, &at, &key, &m), 0);
	CU_ASSERT_EQUAL(json_member(m, "x").type, JSON_NONE);
	at = 0;
	CU_ASSERT_EQUAL(json_next(STR("[ ]"), &at, &key, &m), 0);
	at = 0;
	CU_ASSERT_EQUAL(json_next(STR("12"), &at, &key, &m), 0);
}

static int
reads_int(const char *text, int64_t *n)
{
	struct str left = str_of(text);
	struct json_value v;

	CU_ASSERT_EQUAL(json_read(&left, &v), 0);
	return json_int(v, n);
}

static void
integers(void)
{
	int64_t n = 1;

	CU_ASSERT(reads_int("-0", &n) == 0 && n == 0);
	CU_ASSERT(reads_int("9223372036854775807", &n) == 0 && n == INT64_MAX);
	CU_ASSERT(reads_int("-9223372036854775808", &n) == 0 && n == INT64_MIN);
	CU_ASSERT_EQUAL(reads_int("9223372036854775808", &n), ERR_RANGE);
	CU_ASSERT_EQUAL(reads_int("-9223372036854775809", &n), ERR_RANGE);
	CU_ASSERT_EQUAL(reads_int("99999999999999999999", &n), ERR_RANGE);
	CU_ASSERT_EQUAL(reads_int("1.0", &n), ERR_SYNTAX);
	CU_ASSERT_EQUAL(reads_int("1e3", &n), ERR_SYNTAX);
	CU_ASSERT_EQUAL(reads_int("\"1\"", &n), ERR_SYNTAX);
	CU_ASSERT_EQUAL(n, INT64_MIN);
}

static bool
base64_is(struct str bytes, const char *digits)
{
	LOCAL_BUF b = BUF_INIT, back = BUF_INIT;
	bool same;

	json_put_base64(&b, bytes);
	same = strcmp(buf_cstr(&b), digits) == 0 &&
	       json_base64(buf_view(&b), &back) == 0 &&
	       str_eq(buf_view(&back), bytes);
	return same;
}

static void
base64(void)
{
	static const char *const bad[] = { "A", "AA", "AAA",
		"A===", "====", "AB==", "AAB=", "AA==AAAA", "AA A", "AA-_",
		"AAAA\n" };
	LOCAL_BUF out = BUF_INIT;

	/* RFC 4648 10 */
	CU_ASSERT(base64_is(STR(""), ""));
	CU_ASSERT(base64_is(STR("f"), "Zg=="));
	CU_ASSERT(base64_is(STR("fo"), "Zm8="));
	CU_ASSERT(base64_is(STR("foo"), "Zm9v"));
	CU_ASSERT(base64_is(STR("foobar"), "Zm9vYmFy"));
	CU_ASSERT(base64_is(STR("\0\xff\xfe\x80"), "AP/+gA=="));
	for (size_t i = 0; i < sizeof(bad) / sizeof(*bad); i++)
		CU_ASSERT_EQUAL(json_base64(str_of(bad[i]), &out), ERR_SYNTAX);
}

static void
no_memory(void)
{
	struct str quoted = STR("\"a\\u00e9b\""), left = quoted;
	struct json_value v;

	CU_ASSERT_EQUAL(json_read(&left, &v), 0);
	for (unsigned long n = 1; n < 4; n++) {
		struct buf b = BUF_INIT;

		mem_fail_from(n);
		buf_putc(&b, '{');
		json_put_field(&b, "key",
		    STR("value with \"quotes\" and more "
			"than sixty-four bytes of text"));
		json_put_base64(&b, STR("some more"));
		CU_ASSERT(n > 2 || b.err == ERR_NOMEM);
		buf_free(&b);
		mem_fail_from(1);
		CU_ASSERT_EQUAL(json_text(v, &b), ERR_NOMEM);
		buf_free(&b);
		CU_ASSERT_EQUAL(json_base64(STR("AAAA"), &b), ERR_NOMEM);
		mem_fail_from(0);
		buf_free(&b);
	}
}

CHECK_MAIN("json", { "escapes", escapes }, { "long text", long_text },
    { "strict", strict }, { "depth", depth }, { "walks", walks },
    { "integers", integers }, { "base64", base64 }, { "no memory", no_memory })
