/* Handouts as texts to be read on the screen. */
#include "views/lesson/markdown.h"

#include "text/utf8.h"

#include "fixtures/check.h"
#include "fixtures/doc_check.h"

#include <string.h>

static const char *
shown(struct doc *d, struct buf *b, const char *text, size_t width)
{
	struct markdown_options o = { .width = width };

	doc_clear(d);
	buf_clear(b);
	markdown_put(d, str_of(text), &o);
	CU_ASSERT_EQUAL(doc_write(d, b), 0);
	return buf_cstr(b);
}

static void
marks_are_shown_as_what_they_mean(void)
{
	static const struct {
		const char *name, *text, *shown;
		size_t width;
	} rows[] = {
		{ "a heading", "# Lost\n\ntext\n", "Lost\n\ntext\n", 40 },
		{ "a paragraph", "one\ntwo\n\nthree", "one two\n\nthree\n",
		    40 },
		{ "bold and code", "**a** `b c` *d* 64*T1*2 \\*",
		    "a b c d 64*T1*2 *\n", 40 },
		{ "a link", "see [the page](../a/b.md), or [x]",
		    "see the page, or [x]\n", 40 },
		{ "what ends nowhere", "a `b **c [d](e", "a `b **c [d](e\n",
		    40 },
		{ "words go below", "one two three four",
		    "one two\nthree four\n", 10 },
		{ "no space between Chinese lines", "请求\n响应 a\nb",
		    "请求响应 a b\n", 40 },
		{ "Chinese breaks anywhere", "请求和响应", "请求和\n响应\n",
		    7 },
		{ "code", "a\n\n    rung run x\n    # y\n\nb",
		    "a\n\n  rung run x\n  # y\n\nb\n", 40 },
		{ "long code", "    rung show x method=INVITE",
		    "  rung show x\n      method=INVITE\n", 22 },
		{ "a fence", "```\nx  y\n\n# z\n```\nb",
		    "  x  y\n  \n  # z\nb\n", 40 },
		{ "a fence that is code", "a\n\n    ```\n    b\n\nc",
		    "a\n\n  ```\n  b\n\nc\n", 40 },
		{ "code and bold on two lines", "`a\nb` **c\n  d**",
		    "a b c d\n", 40 },
		{ "a list", "- one\n- two\n  more\n\nend",
		    "• one\n• two more\n\nend\n", 40 },
		{ "numbers", "1. one\n   two\n\n       code\n\n2. three",
		    "1. one two\n\n     code\n\n2. three\n", 40 },
		{ "below its text", "1. one two three",
		    "1. one two\n   three\n", 12 },
		{ "a table", "| a | bb |\n|---|---|\n| `c` | d |\n",
		    "a  bb\n─────\nc  d\n", 40 },
		{ "a narrow one",
		    "|when|what|\n|-|-|\n|1 s|one two three four|\n",
		    "when  what\n───────────────────\n1 s   one two three\n    "
		    "  "
		    "four\n",
		    19 },
		{ "facts", "**A** b\n**Time:** 3\n**x** y\n",
		    "A b\nTime: 3 x y\n", 40 },
		{ "a Chinese colon", "**先修：** 无 **x** y\n",
		    "先修：无 x y\n", 40 },
		{ "nothing", "", "", 40 },
		{ "only marks", "#\n\n|\n\n-\n", "\n\n-\n", 40 },
		{ "a table without a head", "| | |\n|-|-|\n|a|b|\n",
		    "────\na  b\n", 40 },
		{ "no marks", "\\*a* 64*T1 and 2*T1 ` b` a * b * c",
		    "*a* 64*T1 and 2*T1 b a * b * c\n", 40 },
	};
	struct doc d = DOC_INIT;
	struct buf b = BUF_INIT;

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		const char *got = shown(&d, &b, rows[i].text, rows[i].width);

		if (strcmp(got, rows[i].shown) != 0)
			printf("  %s:\n%s---\n%s", rows[i].name, got,
			    rows[i].shown);
		CU_ASSERT_STRING_EQUAL(got, rows[i].shown);
	}
	doc_free(&d);
	buf_free(&b);
}

static void
count_code(const struct doc *d, size_t first, struct str text, void *arg)
{
	size_t *n = arg;

	CU_ASSERT_TRUE(first < d->nlines);
	*n += str_starts(text, "rung ");
}

/* Every handout fits its width, but for narrow tables. */
static void
handouts_fit(void)
{
	static const size_t widths[] = { 200, 78, 44, 20, 1 };
	static const char *const labs[] = { "direct-call", "two-proxies",
		"lost-messages", "transfer", "dtmf", "presence" };
	LOCAL_BUF text = BUF_INIT, path = BUF_INIT;

	for (size_t i = 0; i < sizeof(labs) / sizeof(labs[0]); i++)
		for (size_t k = 0; k < 5; k++) {
			size_t code = 0;
			struct doc d = DOC_INIT;
			struct markdown_options o = { .width = widths[k],
				.indent = k,
				.code = count_code,
				.arg = &code };

			buf_clear(&path);
			buf_clear(&text);
			buf_printf(&path, "labs/%s/README.md", labs[i]);
			CU_ASSERT_EQUAL(
			    buf_read_file(&text, buf_cstr(&path), 1u << 20), 0);
			markdown_put(&d, buf_view(&text), &o);
			CU_ASSERT_TRUE(d.nlines > 20 && code > 3);
			for (size_t y = 0; widths[k] > 40 && y < d.nlines; y++)
				CU_ASSERT_TRUE(doc_width(&d, y) <= widths[k]);
			doc_free(&d);
		}
}

static void
make_handout(struct doc *d, size_t width, void *arg)
{
	struct markdown_options o = { .width = width };

	(void)arg;
	markdown_put(d,
	    STR("# T\n\n1. a **b** `c`\n   d\n\n       code\n\n| a | b |\n"
		"|---|---|\n| c | [d](e) |\n"),
	    &o);
}

static void
memory_runs_out(void)
{
	doc_without_memory(make_handout, NULL);
}

/* Whatever the bytes are, it ends. */
static void
any_bytes_are_shown(void)
{
	static const char bits[] = "#|`*[](-1. \n\\\xe8\xaf\xb7\x80";
	struct markdown_options o = { .width = 9, .indent = 2 };
	uint64_t x = 88172645463325252u;
	struct doc d = DOC_INIT;
	char text[64];

	for (int i = 0; i < 20000; i++) {
		for (size_t k = 0; k < sizeof(text); k++) {
			x ^= x << 13;
			x ^= x >> 7;
			x ^= x << 17;
			text[k] = bits[x % (sizeof(bits) - 1)];
		}
		doc_clear(&d);
		markdown_put(&d, (struct str){ text, x % 64 }, &o);
		CU_ASSERT_TRUE(d.nlines <= 200);
	}
	doc_free(&d);
}

CHECK_MAIN("markdown",
    { "marks_are_shown_as_what_they_mean", marks_are_shown_as_what_they_mean },
    { "handouts_fit", handouts_fit }, { "memory_runs_out", memory_runs_out },
    { "any_bytes_are_shown", any_bytes_are_shown })
