/* What is put into Markdown is read back as the text that it was, by whatever
 * signs: in a line, in a table, as code, as a block of code. */
#include "fixtures/check.h"
#include "text/markdown.h"

static const char *const texts[] = { "plain", "a|b", "``", "a`b``c", "`",
	"` x `", "**b** *i*", "[a](b)", "<script>&amp;", "\\", "\\|",
	"# no heading", "~~a~~ $x$ !", "```", "````\n```", "1. a", "张三：*a*",
	"a\\`b" };

#define TEXTS (sizeof(texts) / sizeof(texts[0]))

/* The texts of all spans of S, which have STYLE. */
static void
expect_spans(struct str s, enum markdown_style style, const char *text)
{
	struct markdown_span span;
	LOCAL_BUF read = BUF_INIT, want = BUF_INIT;

	while (markdown_span_next(&s, &span)) {
		CU_ASSERT_EQUAL(span.style, style);
		buf_str(&read, span.text);
	}
	for (const char *p = text; *p != '\0'; p++)
		buf_putc(&want, *p == '\n' ? ' ' : *p);
	CU_ASSERT_STRING_EQUAL(buf_cstr(&read), buf_cstr(&want));
}

static void
lines(void)
{
	for (size_t i = 0; i < TEXTS; i++) {
		struct buf b = BUF_INIT;

		markdown_put_text(&b, str_of(texts[i]));
		expect_spans(buf_view(&b), MARKDOWN_PLAIN, texts[i]);
		buf_clear(&b);
		markdown_put_code(&b, str_of(texts[i]));
		expect_spans(buf_view(&b), MARKDOWN_CODE_SPAN, texts[i]);
		buf_free(&b);
	}
}

static void
cells(void)
{
	for (size_t i = 0; i < TEXTS; i++) {
		struct buf b = BUF_INIT;
		struct str rest, cell;
		size_t n = 0;

		buf_puts(&b, "| ");
		markdown_put_text(&b, str_of(texts[i]));
		buf_puts(&b, " | x |");
		rest = buf_view(&b);
		while (markdown_cell(&rest, &cell))
			if (n++ == 0)
				expect_spans(cell, MARKDOWN_PLAIN, texts[i]);
		CU_ASSERT_EQUAL(n, 2);
		buf_free(&b);
	}
}

static void
fences(void)
{
	for (size_t i = 0; i < TEXTS; i++) {
		struct buf b = BUF_INIT, read = BUF_INIT;
		struct markdown_block block;
		struct markdown m;
		struct str rest, line;

		markdown_put_fence(&b, "text", str_of(texts[i]));
		buf_puts(&b, "behind\n");
		markdown_begin(&m, buf_view(&b));
		CU_ASSERT_TRUE_FATAL(markdown_next(&m, &block));
		CU_ASSERT_EQUAL(block.kind, MARKDOWN_CODE);
		CU_ASSERT(str_is(block.info, "text"));
		rest = block.text;
		while (markdown_code_line(&block, &rest, &line))
			buf_printf(&read, "%s%.*s", read.n > 0 ? "\n" : "",
			    STR_ARG(line));
		CU_ASSERT_STRING_EQUAL(buf_cstr(&read), texts[i]);
		CU_ASSERT_TRUE(markdown_next(&m, &block));
		CU_ASSERT(str_is(block.text, "behind"));
		buf_free(&read);
		buf_free(&b);
	}
}

/* As many lines as make many pieces; a row of backticks is in the last one. */
static int
write_lines(struct buf *out, void *arg)
{
	for (int i = 0; i < 20000 && buf_pass(out) == 0; i++)
		buf_puts(out, "a line of text\r\n");
	buf_puts(out, (const char *)arg);
	return out->err;
}

static void
blocks(void)
{
	static const struct {
		const char *last, *fence;
	} rows[] = { { "`` end\n", "```text\n" },
		{ "```` end", "`````text\n" } };

	for (size_t i = 0; i < 2; i++) {
		struct buf text = BUF_INIT, whole = BUF_INIT, b = BUF_INIT;
		char last[16];

		snprintf(last, sizeof(last), "%s", rows[i].last);
		CU_ASSERT_EQUAL(
		    markdown_put_block(&b, "text", write_lines, last), 0);
		CU_ASSERT_EQUAL(write_lines(&text, last), 0);
		markdown_put_fence(&whole, "text", buf_view(&text));
		CU_ASSERT_EQUAL(b.n, whole.n);
		CU_ASSERT_STRING_EQUAL(buf_cstr(&b), buf_cstr(&whole));
		CU_ASSERT(str_starts(buf_view(&b), rows[i].fence));
		buf_free(&text);
		buf_free(&whole);
		buf_free(&b);
	}
}

CHECK_MAIN("markdown_put", { "blocks", blocks }, { "lines", lines },
    { "cells", cells }, { "fences", fences })
