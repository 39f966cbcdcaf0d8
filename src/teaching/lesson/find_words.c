/* Cuts an answer to a find into its words. */
#include "lesson/find_words.h"

#include "lesson/answer_spelling.h"

#include <string.h>

/* A section without its RFC is one of SIP's own. */
#define RFC_SIP 3261

static struct str
skip(struct str s, size_t n)
{
	return str_slice(s, n, s.n);
}

static size_t
count_digits(struct str s)
{
	size_t n = 0;

	while (n < s.n && chr_is_digit(s.p[n]))
		n++;
	return n;
}

static bool
is_wide(char c)
{
	return (unsigned char)c >= 0x80;
}

/* ---- sections ---- */

static const char *const section_words[] = { "sections", "section", "sec.",
	"sec", "clause", "chapter", "subsection" };
/* Between an RFC's number and its section alone. */
static const char *const between_words[] = { "第", "的", "中", "in" };

/* What may stand before the number of a section, behind that of its RFC or by
 * itself; how long it is. */
static size_t
skip_between(struct str s, bool behind_rfc)
{
	size_t n = 0, len;

	for (;;) {
		while (n < s.n &&
		       (s.p[n] == ' ' || s.p[n] == '\t' ||
			   (behind_rfc && strchr(",:;-\"'()", s.p[n]) != NULL)))
			n++;
		len = spelling_lead(
		    skip(s, n), section_words, COUNT_OF(section_words));
		if (len == 0 && behind_rfc)
			len = spelling_lead(
			    skip(s, n), between_words, COUNT_OF(between_words));
		/* "section16.5" */
		for (size_t i = 0; len == 0 && i < 2; i++)
			if (str_istarts(skip(s, n), section_words[i]))
				len = strlen(section_words[i]);
		if (len == 0)
			return n;
		n += len;
	}
}

/* "16.5", "17": its length, 0 where S begins with none.  An address is none. */
static size_t
section_length(struct str s)
{
	size_t n = count_digits(s);

	if (n == 0 || n > 2)
		return 0;
	while (n + 1 < s.n && s.p[n] == '.' && chr_is_digit(s.p[n + 1]))
		n += 1 + count_digits(skip(s, n + 1));
	return n < s.n && (chr_is_alnum(s.p[n]) || s.p[n] == '@') ? 0 : n;
}

/* "RFC 3261", "3261-": the number and its length; 0: none. */
static size_t
read_rfc(struct str s, unsigned *rfc)
{
	bool said = str_istarts(s, "rfc");
	size_t n = said ? 3 : 0, digits;
	uint32_t number;

	while (said && n < s.n && strchr(" -\t", s.p[n]) != NULL)
		n++;
	digits = count_digits(skip(s, n));
	if (digits == 0 || str_u32(str_slice(s, n, n + digits), &number) != 0 ||
	    (!said &&
		(digits != 4 || n + digits == s.n || s.p[n + digits] != '-')))
		return 0;
	*rfc = number;
	return n + digits;
}

/* "of RFC 3261" behind a section; its length, 0 where there is none. */
static size_t
read_of_rfc(struct str s, unsigned *rfc)
{
	static const char *const words[] = { "of", "in", "," };
	size_t n = 0, len;

	while (n < s.n && s.p[n] == ' ')
		n++;
	n += spelling_lead(skip(s, n), words, COUNT_OF(words));
	while (n < s.n && s.p[n] == ' ')
		n++;
	len = str_istarts(skip(s, n), "rfc") ? read_rfc(skip(s, n), rfc) : 0;
	return len > 0 ? n + len : 0;
}

/* The number of LEN bytes can be a section's alone: "16.5", "16节". */
static bool
is_section_number(struct str s, size_t len)
{
	static const char *const words[] = { "节", "章" };

	return str_chr(str_slice(s, 0, len), '.') >= 0 ||
	       spelling_lead(skip(s, len), words, COUNT_OF(words)) > 0;
}

/* A reference to a section that S begins with; its length, or 0.  With
 * SAID_ONLY a number by itself is none. */
static size_t
read_section(struct str s, bool said_only, unsigned *rfc, struct str *section)
{
	size_t n, between, len;

	*rfc = 0;
	*section = STR_NULL;
	n = read_rfc(s, rfc);
	between = skip_between(skip(s, n), n > 0);
	len = section_length(skip(s, n + between));
	if (n > 0 && len > 0 && between > 0) {
		*section = str_slice(s, n + between, n + between + len);
		return n + between + len;
	}
	if (n > 0)
		return n; /* the RFC alone */
	if (len == 0 ||
	    (said_only && between == 0 && !is_section_number(s, len)))
		return 0;
	*section = str_slice(s, between, between + len);
	*rfc = RFC_SIP;
	n = between + len;
	return n + read_of_rfc(skip(s, n), rfc);
}

bool
find_read_section(struct str text, unsigned *rfc, struct str *section)
{
	size_t n = read_section(text, false, rfc, section);

	return n > 0 && n == text.n && section->n > 0;
}

/* ---- labels ---- */

static const struct {
	const char *word;
	enum find_part part;
} labels[] = {
	{ "node", FIND_NODE },
	{ "节点", FIND_NODE },
	{ "结点", FIND_NODE },
	{ "rule", FIND_RULE },
	{ "规则", FIND_RULE },
	{ "条款", FIND_RULE },
	{ "records", FIND_RECORD },
	{ "record", FIND_RECORD },
	{ "rec.", FIND_RECORD },
	{ "记录", FIND_RECORD },
};

/* What may stand between a label and its value, beside the signs. */
static const char *const fillers[] = { "is", "number", "no.", "是", "为",
	"编号", "号", "第", "#" };

/* C goes on with a word: "record-route". */
static bool
continues_word(char c)
{
	return chr_is_alpha(c) || c == '-' || c == '_';
}

/* The label that S begins with: its length, and with SIGN that of its sign
 * as well; 0: none. */
static size_t
label_length(struct str s, enum find_part *part, bool *sign)
{
	*sign = false;
	for (size_t i = 0; i < COUNT_OF(labels); i++) {
		size_t n = strlen(labels[i].word), at = n;

		if (!str_istarts(s, labels[i].word) ||
		    (n < s.n && chr_is_alpha(s.p[n - 1]) &&
			(chr_is_digit(s.p[n]) ? labels[i].part != FIND_RECORD
					      : continues_word(s.p[n]))))
			continue;
		while (at < s.n && (s.p[at] == ' ' || s.p[at] == '\t'))
			at++;
		*part = labels[i].part;
		*sign = at < s.n && (s.p[at] == '=' || s.p[at] == ':');
		return *sign ? at + 1 : n;
	}
	return 0;
}

static struct str
skip_fillers(struct str s)
{
	for (;;) {
		size_t n;

		s = str_trim(s);
		n = spelling_lead(s, fillers, COUNT_OF(fillers));
		if (n == 0)
			return s;
		s = skip(s, n);
	}
}

/* ---- words ---- */

static bool
divides(char c)
{
	return chr_is_space(c) || strchr(",;()[]\"`*", c) != NULL;
}

/* A word by itself: up to a space, a comma or, with SPLIT, another script. */
static size_t
word_length(struct str s, bool split)
{
	size_t n = 0;

	while (n < s.n && !divides(s.p[n]) && !(split && is_wide(s.p[n])))
		n++;
	return n;
}

/* WORD without what ends a sentence, and whose it is: "bob's". */
static struct str
clean(struct str word)
{
	while (word.n > 0 && strchr(".:!?'", word.p[word.n - 1]) != NULL)
		word.n--;
	if (word.n > 2 && str_ends(word, "'s"))
		word.n -= 2;
	while (word.n > 0 && word.p[0] == '\'')
		word = skip(word, 1);
	return word;
}

/* "3 times", "2.5 s", "5条": the text behind a number that counts. */
static bool
is_counted(struct str behind)
{
	static const char *const words[] = { "s", "ms", "us", "sec", "seconds",
		"second", "min", "minutes", "times", "time", "messages",
		"bytes", "%", "次", "秒", "毫秒", "微秒", "分钟", "个",
		"字节" };

	return spelling_lead(str_trim(behind), words, COUNT_OF(words)) > 0;
}

/* A word, or a reference to a section, into W; REST begins with it. */
static void
take_value(struct str *rest, struct find_word *w)
{
	size_t n = read_section(*rest, true, &w->rfc, &w->section), cut;
	bool numbered = n > 0;

	/* "section 17", where the rule is meant. */
	if (!numbered && w->label == FIND_RULE) {
		n = read_section(*rest, false, &w->rfc, &w->section);
		numbered = n > 0;
	}
	if (!numbered)
		n = word_length(*rest, !w->bound);
	w->value = str_slice(*rest, 0, n);
	/* "bob/17.1.1.2/142", but "200/BYE@alice" */
	cut = w->value.n;
	if (!numbered && !w->bound && str_chr(w->value, '@') < 0 &&
	    str_chr(w->value, '/') > 0)
		cut = (size_t)str_chr(w->value, '/');
	w->value = str_slice(w->value, 0, cut);
	*rest = skip(*rest, cut < n ? cut + 1 : n);
	w->counts =
	    w->value.n > 0 && chr_is_digit(w->value.p[0]) && is_counted(*rest);
	if (!numbered)
		w->value = clean(w->value);
}

/* W->label has a value after it, except for "node= rule=". */
static void
take_labelled(struct str *rest, struct find_word *w)
{
	enum find_part next;
	struct str at = skip_fillers(*rest);
	bool sign;

	*rest = at;
	if (at.n == 0 || (label_length(at, &next, &sign) > 0 && sign))
		return;
	take_value(rest, w);
}

/* What says nothing: signs, and another script's letters. */
static size_t
skip_noise(struct str s)
{
	size_t n = 0;
	enum find_part part;
	bool sign;

	while (
	    n < s.n && (divides(s.p[n]) || strchr("'/=:.!?", s.p[n]) != NULL ||
			   (is_wide(s.p[n]) &&
			       label_length(skip(s, n), &part, &sign) == 0 &&
			       !str_starts(skip(s, n), "第"))))
		n++;
	return n;
}

/* "mine=bob" with a word that is not a label: nothing is named. */
static bool
is_foreign(struct str s)
{
	size_t n = 0;

	while (n < s.n && chr_is_alnum(s.p[n]))
		n++;
	return n > 0 && n < s.n && s.p[n] == '=';
}

bool
find_word_next(struct str *rest, struct find_word *w)
{
	bool ordinal;
	size_t n;

	*w = (struct find_word){ .label = FIND_PART_COUNT };
	*rest = skip(*rest, skip_noise(*rest));
	if (rest->n == 0)
		return false;
	n = label_length(*rest, &w->label, &w->bound);
	if (n > 0) {
		*rest = skip(*rest, n);
		take_labelled(rest, w);
		return true;
	}
	w->label = FIND_PART_COUNT;
	if (is_foreign(*rest)) {
		*rest = skip(*rest, word_length(*rest, false));
		return true;
	}
	/* "第142条" or "第16.5节" */
	ordinal = str_starts(*rest, "第");
	if (ordinal)
		*rest = skip(*rest, strlen("第"));
	if (rest->n > 0)
		take_value(rest, w);
	if (ordinal && str_starts(*rest, "条"))
		w->label = FIND_RECORD;
	return true;
}
