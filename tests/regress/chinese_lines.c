/* A Chinese line ends in no opening mark and begins with no closing one
 * (GB/T 15834-2011, 5.1); "（" stood at the end of lines. */
#include "fixtures/check.h"

#include "text/utf8.h"
#include "draw/doc.h"
#include "words/record_text.h"

static const char *const opening[] = { "（", "“", "‘", "《", "〈", "「", "『",
	"【", "〔", "[", "(", "{" };
static const char *const closing[] = { "，", "。", "）", "”", "’", "》", "〉",
	"」", "』", "】", "〕", "、", "；", "：", "？", "！", "…", "·", ",",
	".", ")", "]", "}", ";", ":" };

static const char *const texts[] = {
	"在不可靠传输上，INVITE 在定时器 A 到期时重传：首次间隔为 T1（500 "
	"ms），以"
	"后每次加倍，直到有响应到来（RFC 3261 17.1.1.2）。",
	"“请求 URI”（Request-URI）、《会话初始协议》【第 8 "
	"章】；『早期』「对话」"
	"以及〔路由集〕：各有所指！真的吗？（“是的。”）",
	"中文(ASCII)括号[也]一样,不单独{出现}在行首.或者行尾;对吗……",
	"（（（“《【「层层嵌套」】》”））），之后。",
	"空格 （之前） 和 “之后” 也 ， 一样 。",
};

static bool
is_among(struct str text, const char *const *marks, size_t n, bool end)
{
	for (size_t i = 0; i < n; i++)
		if (end ? str_ends(text, marks[i]) : str_starts(text, marks[i]))
			return true;
	return false;
}

/* Lines of TEXT, each below the one before. */
static void
check_lines(struct str text, size_t width)
{
	struct str rest = text;
	bool first = true;

	while (rest.n > 0) {
		struct str line = str_trim(str_cut(rest, '\n', &rest));
		bool good =
		    (first || !is_among(line, closing,
				  sizeof(closing) / sizeof(*closing), false)) &&
		    (rest.n == 0 ||
			!is_among(line, opening,
			    sizeof(opening) / sizeof(*opening), true));

		CU_ASSERT(good);
		CU_ASSERT(utf8_width(line) <= width);
		if (!good)
			printf("  %zu cells: %.*s\n", width, STR_ARG(line));
		first = false;
	}
}

/* The narrowest that has room for a heap of marks and what they hold to. */
#define NARROW 20

static void
wraps(void)
{
	for (size_t i = 0; i < sizeof(texts) / sizeof(*texts); i++)
		for (size_t width = NARROW; width < 80; width++) {
			struct buf b = BUF_INIT;

			record_wrap(&b, str_of(texts[i]), 0, 0, width);
			check_lines(buf_view(&b), width);
			CU_ASSERT_EQUAL(b.err, 0);
			buf_free(&b);
		}
}

static void
documents(void)
{
	for (size_t i = 0; i < sizeof(texts) / sizeof(*texts); i++)
		for (size_t width = NARROW; width < 80; width++) {
			struct doc d = DOC_INIT;
			struct buf b = BUF_INIT;

			doc_line(&d, 0);
			doc_wrap(&d, STYLE_PLAIN, str_of(texts[i]), 0, width);
			CU_ASSERT_EQUAL(doc_write(&d, &b), 0);
			check_lines(buf_view(&b), width);
			buf_free(&b);
			doc_free(&d);
		}
}

/* A word as long as the line keeps a closing mark company. */
static void
long_words(void)
{
	static const struct {
		const char *text, *lines;
		size_t width;
	} rows[] = {
		{ "前往 sip:bob@example.com。", "前往\nsip:bob@example.\ncom。",
		    19 },
		{ "前往 sip:bob@example.com。", "前往\nsip:bob@example.com。",
		    21 },
		{ "事务 z9hG4bKabcdefgh，进入", "事务\nz9hG4bKabcdefg\nh，进入",
		    15 },
		{ "一 xxxxxxxxxxxxxxxxxxxx", "一\nxxxxxxxxxxxxxxxxxxx\nx", 19 },
	};

	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		struct buf b = BUF_INIT;

		record_wrap(&b, str_of(rows[i].text), 0, 0, rows[i].width);
		CU_ASSERT_STRING_EQUAL(buf_cstr(&b), rows[i].lines);
		if (!str_is(buf_view(&b), rows[i].lines))
			printf("%s\n", buf_cstr(&b));
		buf_free(&b);
	}
}

static void
english_stays(void)
{
	LOCAL_BUF b = BUF_INIT;

	record_wrap(
	    &b, STR("Timer A (T1, 500 ms) fires : it ends ( so )."), 0, 0, 28);
	CU_ASSERT_STRING_EQUAL(
	    buf_cstr(&b), "Timer A (T1, 500 ms) fires :\nit ends ( so ).");
}

CHECK_MAIN("chinese_lines", { "wraps", wraps }, { "documents", documents },
    { "long words", long_words }, { "English stays", english_stays })
