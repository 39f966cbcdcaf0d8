/*
 * The normal form of answers, for comparison: characters, signs and the words
 * around an answer.
 */
#include "lesson/answer_spelling.h"

#include <string.h>

#include "base/err.h"
#include "lesson/answers.h"
#include "lesson/lesson_in.h"
#include "msg/headers.h"
#include "text/utf8.h"

/* ---- characters ---- */

/* Full-width forms of the printable ASCII characters. */
#define WIDE_FIRST 0xff01u
#define WIDE_LAST  0xff5eu
#define WIDE_SHIFT 0xfee0u

/* The others: those from FIRST to LAST are written as ASCII. */
static const struct {
	uint32_t first, last;
	const char *ascii;
} signs[] = {
	/* Spaces, and what takes none. */
	{ 0x00a0, 0x00a0, " " },
	{ 0x2000, 0x200a, " " },
	{ 0x202f, 0x202f, " " },
	{ 0x205f, 0x205f, " " },
	{ 0x3000, 0x3000, " " },
	{ 0x00ad, 0x00ad, "" },
	{ 0x200b, 0x200f, "" },
	{ 0x202a, 0x202e, "" },
	{ 0x2060, 0x2069, "" },
	{ 0xfe0e, 0xfe0f, "" },
	{ 0xfeff, 0xfeff, "" },
	/* Quotes. */
	{ 0x2018, 0x201b, "'" },
	{ 0x2032, 0x2032, "'" },
	{ 0x00b4, 0x00b4, "'" },
	{ 0x201c, 0x201f, "\"" },
	{ 0x2033, 0x2033, "\"" },
	{ 0x00ab, 0x00ab, "\"" },
	{ 0x00bb, 0x00bb, "\"" },
	{ 0x2039, 0x203a, "\"" },
	{ 0x3008, 0x300f, "\"" }, /* 〈〉《》「」『』 */
	{ 0x301d, 0x301f, "\"" },
	{ 0xff62, 0xff63, "\"" },
	{ 0x3010, 0x3010, "[" },
	{ 0x3011, 0x3011, "]" },
	{ 0x3014, 0x3014, "(" },
	{ 0x3015, 0x3015, ")" },
	/* Points and commas; an enumeration's comma divides no number. */
	{ 0x3002, 0x3002, "." },
	{ 0xff61, 0xff61, "." },
	{ 0x3001, 0x3001, ", " },
	{ 0xff64, 0xff64, ", " },
	/* Dashes, arrows, and lines that are drawn. */
	{ 0x2010, 0x2015, "-" },
	{ 0x2212, 0x2212, "-" },
	{ 0xfe58, 0xfe58, "-" },
	{ 0xfe63, 0xfe63, "-" },
	{ 0x2500, 0x2501, "-" },
	{ 0x2504, 0x2505, "-" },
	{ 0x2508, 0x2509, "-" },
	{ 0x254c, 0x254d, "-" },
	{ 0x2550, 0x2550, "-" },
	{ 0x2190, 0x2190, "<-" },
	{ 0x2192, 0x2192, "->" },
	{ 0x2194, 0x2194, "<->" },
	{ 0x21c4, 0x21c6, "<->" },
	{ 0x21d0, 0x21d0, "<-" },
	{ 0x21d2, 0x21d2, "->" },
	{ 0x27f5, 0x27f5, "<-" },
	{ 0x27f6, 0x27f6, "->" },
	{ 0x2794, 0x2794, "->" },
	{ 0x279c, 0x279c, "->" },
	{ 0x27a1, 0x27a1, "->" },
	{ 0x2b05, 0x2b05, "<-" },
	{ 0x2b95, 0x2b95, "->" },
	{ 0x25b6, 0x25b8, ">" },
	{ 0x25ba, 0x25ba, ">" },
	{ 0x25c0, 0x25c2, "<" },
	{ 0x25c4, 0x25c4, "<" },
	/* Units and marks. */
	{ 0x00b5, 0x00b5, "u" },
	{ 0x03bc, 0x03bc, "u" },
	{ 0x00a7, 0x00a7, " section " },
	{ 0x2116, 0x2116, "#" },
	{ 0x2248, 0x2248, "~" },
};

static const char *
find_ascii_sign(uint32_t c)
{
	for (size_t i = 0; i < COUNT_OF(signs); i++)
		if (c >= signs[i].first && c <= signs[i].last)
			return signs[i].ascii;
	return NULL;
}

int
spelling_plain(struct str text, struct buf *out)
{
	size_t used;

	for (; text.n > 0; text = str_slice(text, used, text.n)) {
		uint32_t c = utf8_decode(text, &used);
		const char *ascii = c < 0x80 ? NULL : find_ascii_sign(c);

		if (c >= WIDE_FIRST && c <= WIDE_LAST)
			buf_putc(out, (char)(c - WIDE_SHIFT));
		else if (ascii != NULL)
			buf_puts(out, ascii);
		else
			buf_str(out, str_slice(text, 0, used));
	}
	return out->err;
}

/* ---- the text around an answer ---- */

static bool
is_quote(char c)
{
	return strchr("\"'`*", c) != NULL;
}

struct str
spelling_trim(struct str s)
{
	for (;;) {
		s = str_trim(s);
		if (s.n > 1 && strchr(".:;,!?", s.p[s.n - 1]) != NULL)
			s.n--;
		else if (s.n > 0 && is_quote(s.p[s.n - 1]))
			s.n--;
		else if (s.n > 0 && is_quote(s.p[0]))
			s = str_slice(s, 1, s.n);
		else
			return s;
	}
}

int
spelling_refuse_unseen(struct diag *d)
{
	return diag_set(d, ERR_SYNTAX, NULL, 0,
	    _("a student's number must not contain invisible characters or "
	      "accents of their own"));
}

int
spelling_student(struct str text, struct buf *out, struct diag *d)
{
	LOCAL_BUF plain = BUF_INIT;
	int err = spelling_plain(text, &plain);
	struct str number = str_trim(buf_view(&plain));

	for (size_t i = 0; i < number.n && err == 0; i++)
		if (chr_is_space(number.p[i]))
			err = diag_set(d, ERR_SYNTAX, NULL, 0,
			    _("a student's number contains no space, but "
			      "“%.*s” does"),
			    STR_ARG(number));
	if (err == 0 && utf8_has_unseen(number))
		err = spelling_refuse_unseen(d);
	buf_str(out, number);
	return out->err != 0 ? out->err : err;
}

/* A word that ends before C ends there. */
static bool
spelling_ends_word(char c)
{
	return chr_is_space(c) || strchr(":,;)", c) != NULL || is_quote(c) ||
	       (unsigned char)c >= 0x80;
}

size_t
spelling_lead(struct str rest, const char *const *words, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		size_t len = strlen(words[i]);

		if (!str_istarts(rest, words[i]))
			continue;
		if (len == rest.n || !chr_is_alnum(words[i][len - 1]) ||
		    spelling_ends_word(rest.p[len]))
			return len;
	}
	return 0;
}

/* TEXT without the words that it begins with, as long as something is left. */
static struct str
drop_lead_words(struct str text, const char *const *words, size_t n)
{
	for (;;) {
		struct str rest;
		size_t len;

		text = spelling_trim(text);
		len = spelling_lead(text, words, n);
		rest = spelling_trim(str_slice(text, len, text.n));
		if (rest.n > 0 && rest.p[0] == ':')
			rest = spelling_trim(str_slice(rest, 1, rest.n));
		if (len == 0 || rest.n == 0)
			return text;
		text = rest;
	}
}

/* What says by itself that an answer follows, and what does so by its sign. */
static const char *const said_leads[] = { "the answer is", "my answer is",
	"answer is", "答案是", "我的答案是" };

static const char *const sign_leads[] = { "the answer", "my answer", "answer",
	"ans.", "ans", "答案", "我的答案", "答" };

struct str
spelling_answer(struct str text)
{
	struct str begin = spelling_trim(text), rest;
	size_t said, n = 0;
	bool sign = false;

	if (str_starts(begin, "["))
		begin = str_slice(begin, 1, begin.n);
	said = spelling_lead(begin, said_leads, COUNT_OF(said_leads));
	for (size_t i = 0; said == 0 && n == 0 && i < COUNT_OF(sign_leads); i++)
		if (str_istarts(begin, sign_leads[i]))
			n = strlen(sign_leads[i]);
	if (said + n == 0)
		return text;
	rest = str_trim(str_slice(begin, said + n, begin.n));
	while (rest.n > 0 && strchr(":=]*", rest.p[0]) != NULL) {
		sign |= rest.p[0] != '*';
		rest = str_trim(str_slice(rest, 1, rest.n));
	}
	return said > 0 || sign ? rest : text;
}

static const char *const word_leads[] = { "the", "a", "an", "it is", "it's",
	"is", "in", "header field", "header", "field", "method", "timer",
	"tag=", ";tag=", "branch=", ";branch=", "tag", "branch", "标签", "头域",
	"头字段", "字段", "消息头", "标头", "首部", "方法", "定时器", "是",
	"在" };

static const char *const word_tails[] = { "header field", "header", "field",
	"method", "request", "message", "state", "头域", "头字段", "字段",
	"消息头", "标头", "首部", "方法", "请求", "消息", "状态" };

/* TEXT without one of the words that may end it. */
static struct str
drop_tail(struct str text)
{
	for (size_t i = 0; i < COUNT_OF(word_tails); i++) {
		size_t n = strlen(word_tails[i]), at;

		if (n >= text.n)
			continue;
		at = text.n - n;
		if (str_iis(str_slice(text, at, text.n), word_tails[i]) &&
		    (!chr_is_alpha(text.p[at]) ||
			spelling_ends_word(text.p[at - 1])))
			return spelling_trim(str_slice(text, 0, at));
	}
	return text;
}

struct str
spelling_word(struct str text)
{
	for (;;) {
		size_t n;

		text = drop_lead_words(text, word_leads, COUNT_OF(word_leads));
		n = text.n;
		text = drop_tail(text);
		if (text.n == n)
			return text;
	}
}

bool
spelling_header(struct str text, struct str *name, struct str *value)
{
	ptrdiff_t colon;

	text = drop_lead_words(text, word_leads, COUNT_OF(word_leads));
	colon = str_chr(text, ':');
	if (colon <= 0)
		return false;
	*name = spelling_word(str_slice(text, 0, (size_t)colon));
	*value = spelling_trim(str_slice(text, (size_t)colon + 1, text.n));
	return value->n > 0 && msg_header_find(*name) != MSG_H_OTHER;
}

/* The next character of S that counts: no spaces, quotes, marks of Markdown,
 * no case. */
static int
next_plain(struct str *s)
{
	while (s->n > 0) {
		char c = s->p[0];

		*s = str_slice(*s, 1, s->n);
		if (!chr_is_space(c) && strchr("\"'`<>", c) == NULL)
			return (unsigned char)chr_lower(c);
	}
	return -1;
}

bool
spelling_same(struct str a, struct str b)
{
	for (;;) {
		int x = next_plain(&a), y = next_plain(&b);

		if (x != y)
			return false;
		if (x < 0)
			return true;
	}
}

/* ---- one of a list ---- */

static const char *const option_leads[] = { "the", "option", "answer", "choice",
	"letter", "is", "选项", "答案", "我选", "选", "是", "第" };

static const char *const joiners[] = { "or", "and", "和", "或", "或者", "与" };

/* The option that the character C is the sign of; SIZE_MAX. */
static size_t
option_of(char c, size_t n)
{
	size_t i = SIZE_MAX;

	if (chr_is_alpha(c))
		i = (size_t)(chr_lower(c) - 'a');
	else if (c >= '1' && c <= '9')
		i = (size_t)(c - '1');
	return i < n ? i : SIZE_MAX;
}

/* REST has nothing but signs of options, one of which is not FIRST. */
static bool
spelling_names_another(struct str rest, size_t n, size_t first)
{
	bool another = false;

	while (rest.n > 0) {
		size_t len = spelling_lead(rest, joiners, COUNT_OF(joiners));

		if (len == 0 && (chr_is_alnum(rest.p[0]) ||
				    (unsigned char)rest.p[0] >= 0x80)) {
			if (option_of(rest.p[0], n) == SIZE_MAX ||
			    (rest.n > 1 && chr_is_alnum(rest.p[1])))
				return false;
			another |= option_of(rest.p[0], n) != first;
		}
		rest = str_slice(rest, len > 0 ? len : 1, rest.n);
	}
	return another;
}

size_t
spelling_option(struct str text, size_t n)
{
	size_t i;

	text = drop_lead_words(
	    spelling_answer(text), option_leads, COUNT_OF(option_leads));
	if (text.n > 0 && (text.p[0] == '(' || text.p[0] == '['))
		text = str_trim(str_slice(text, 1, text.n));
	/* Any sign may end the letter. */
	if (text.n == 0 || (text.n > 1 && chr_is_alnum(text.p[1])))
		return SIZE_MAX;
	i = option_of(text.p[0], n);
	return i != SIZE_MAX &&
		       spelling_names_another(str_slice(text, 1, text.n), n, i)
		   ? SIZE_MAX
		   : i;
}

/* ---- a command ---- */

int
spelling_command(struct str text, struct buf *out)
{
	LOCAL_BUF plain = BUF_INIT;
	struct str rest;

	if (spelling_plain(text, &plain) != 0)
		out->err = plain.err;
	rest = spelling_trim(spelling_answer(buf_view(&plain)));
	for (size_t i = 0; i < rest.n; i++) {
		struct str at = str_slice(rest, i, rest.n);

		if (at.p[0] == '`' || at.p[0] == '"')
			continue;
		/* A word processor's dash stands for two. */
		if (str_starts(at, "-") && at.n > 2 && chr_is_alpha(at.p[1]) &&
		    chr_is_alpha(at.p[2]) &&
		    (i == 0 || chr_is_space(rest.p[i - 1])))
			buf_putc(out, '-');
		buf_putc(out, at.p[0]);
	}
	return out->err;
}

/* ---- the normal form of answers, for comparison ---- */

/* The functions append what PLAIN, as one would type it in ASCII, says; false:
 * it can't be read. */
typedef bool
put_fn(const struct lesson_task *t, struct str plain, struct buf *out);

static bool
spelling_put_number(
    const struct lesson_task *t, struct str plain, struct buf *out)
{
	double value = 0;

	if (!(t->kind == LESSON_TIME ? spelling_time : spelling_number)(
		plain, &value))
		return false;
	buf_printf(out, "%.12g", value);
	return true;
}

static bool
spelling_put_option(
    const struct lesson_task *t, struct str plain, struct buf *out)
{
	size_t i = spelling_option(plain, t->noptions);

	if (i == SIZE_MAX)
		return false;
	buf_putc(out, (char)('a' + (int)i));
	return true;
}

static bool
put_plain_word(const struct lesson_task *t, struct str plain, struct buf *out)
{
	(void)t;
	buf_str(out, spelling_word(plain));
	return true;
}

static bool
put_plain_parts(const struct lesson_task *t, struct str plain, struct buf *out)
{
	lesson_find_tidy(t, spelling_trim(plain), out);
	return true;
}

static bool
put_plain_arrows(const struct lesson_task *t, struct str plain, struct buf *out)
{
	(void)t;
	while (plain.n > 0) {
		struct str line = str_trim(str_cut(plain, '\n', &plain));
		struct lesson_arrow a;

		if (lesson_arrow_read(&a, line) == 0)
			buf_printf(out, "%.*s->%.*s %.*s\n", STR_ARG(a.from),
			    STR_ARG(a.to), STR_ARG(a.what));
		else
			buf_printf(out, "%.*s\n", STR_ARG(line));
	}
	return true;
}

/* Other kinds are compared unchanged. */
static put_fn *const puts_of[LESSON_KIND_COUNT] = {
	[LESSON_NUMBER] = spelling_put_number,
	[LESSON_TIME] = spelling_put_number,
	[LESSON_CHOICE] = spelling_put_option,
	[LESSON_TEXT] = put_plain_word,
	[LESSON_FIND] = put_plain_parts,
	[LESSON_DRAW] = put_plain_arrows,
};

int
answer_put_plain(const struct lesson_task *t, struct str text, struct buf *out)
{
	struct buf plain = BUF_INIT;
	struct str answer;

	spelling_plain(text, &plain);
	answer = spelling_answer(buf_view(&plain));
	if (plain.err == 0 &&
	    (puts_of[t->kind] == NULL || !puts_of[t->kind](t, answer, out)))
		buf_str(out, spelling_trim(answer));
	buf_end(&plain, &out->err);
	return out->err;
}
