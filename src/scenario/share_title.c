/*
 * A lab's title and what it is about, from the texts of its script and its
 * handout.  The script is scanned as Lua is read (comments, strings, brackets)
 * and not run; what can't be understood has no title.
 */
#include "scenario/share_labs.h"

#define TITLE_MOST   120
#define SUMMARY_MOST 240

struct scan {
	struct str text;
	size_t at;
};

static char
here(const struct scan *s, size_t ahead)
{
	size_t at = s->at + ahead;

	return at < s->text.n ? s->text.p[at] : '\0';
}

/* The level of "[[", "[=[" … here, and -1 where there is none. */
static int
long_bracket(const struct scan *s)
{
	size_t n = 1;

	if (here(s, 0) != '[')
		return -1;
	while (here(s, n) == '=')
		n++;
	return here(s, n) == '[' ? (int)n - 1 : -1;
}

/* Over "[==[ … ]==]"; what is in it, or the rest where it has no end. */
static struct str
take_long(struct scan *s, int level)
{
	size_t from = s->at + (size_t)level + 2, end;

	for (end = from; end < s->text.n; end++) {
		size_t n = 1;

		if (s->text.p[end] != ']')
			continue;
		while (end + n < s->text.n && s->text.p[end + n] == '=')
			n++;
		if (n != (size_t)level + 1)
			continue;
		if (end + n < s->text.n && s->text.p[end + n] == ']')
			break;
	}
	s->at = end + (size_t)level + 2;
	return str_slice(s->text, from, end);
}

/* Over a quoted string; what is between its quotes. */
static struct str
take_quoted(struct scan *s)
{
	char quote = here(s, 0);
	size_t from = ++s->at;

	while (s->at < s->text.n && here(s, 0) != quote && here(s, 0) != '\n')
		s->at += here(s, 0) == '\\' ? 2 : 1;
	return str_slice(s->text, from, s->at++);
}

static void
skip_blank(struct scan *s)
{
	while (s->at < s->text.n) {
		if (here(s, 0) == '-' && here(s, 1) == '-') {
			s->at += 2;
			if (long_bracket(s) >= 0) {
				take_long(s, long_bracket(s));
				continue;
			}
			while (s->at < s->text.n && here(s, 0) != '\n')
				s->at++;
		} else if (chr_is_space(here(s, 0))) {
			s->at++;
		} else {
			return;
		}
	}
}

/* Over one word, string or sign; the word, or nothing. */
static struct str
take(struct scan *s)
{
	size_t from = s->at;

	if (here(s, 0) == '"' || here(s, 0) == '\'') {
		take_quoted(s);
		return STR_NULL;
	}
	if (long_bracket(s) >= 0) {
		take_long(s, long_bracket(s));
		return STR_NULL;
	}
	while (chr_is_alnum(here(s, 0)) || here(s, 0) == '_')
		s->at++;
	if (s->at == from)
		s->at++;
	return str_slice(s->text, from, s->at);
}

/* Behind `lab {` or `lab({`. */
static bool
find_lab(struct scan *s)
{
	struct str before = STR_NULL;

	for (skip_blank(s); s->at < s->text.n; skip_blank(s)) {
		struct str word = take(s);
		bool ours = str_is(word, "lab") && !str_is(before, ".") &&
			    !str_is(before, ":");

		before = word;
		if (!ours)
			continue;
		skip_blank(s);
		if (here(s, 0) == '(')
			s->at++;
		skip_blank(s);
		if (here(s, 0) == '{') {
			s->at++;
			return true;
		}
	}
	return false;
}

/* A string literal here, what its escapes stand for put simply. */
static bool
read_string(struct scan *s, struct buf *out)
{
	struct str raw;

	if (long_bracket(s) >= 0)
		raw = take_long(s, long_bracket(s));
	else if (here(s, 0) == '"' || here(s, 0) == '\'')
		raw = take_quoted(s);
	else
		return false;
	for (size_t i = 0; i < raw.n && i < TITLE_MOST; i++) {
		bool escape = raw.p[i] == '\\' && i + 1 < raw.n;
		char c = escape ? raw.p[++i] : raw.p[i];

		buf_putc(out,
		    chr_is_space(c) || (escape && chr_is_alnum(c)) ? ' ' : c);
	}
	return str_trim(raw).n > 0;
}

bool
share_title(struct str script, struct buf *title)
{
	struct scan s = { script, 0 };
	size_t depth = 1;

	if (!find_lab(&s))
		return false;
	for (skip_blank(&s); s.at < script.n && depth > 0; skip_blank(&s)) {
		struct str word = take(&s);

		if (str_is(word, "{") || str_is(word, "("))
			depth++;
		else if (str_is(word, "}") || str_is(word, ")"))
			depth--;
		if (depth != 1 || !str_is(word, "title"))
			continue;
		skip_blank(&s);
		if (here(&s, 0) != '=' || here(&s, 1) == '=')
			continue;
		s.at++;
		skip_blank(&s);
		return read_string(&s, title);
	}
	return false;
}

/* The end of the sentence that C of TEXT may end. */
static bool
ends_sentence(struct str text, size_t at)
{
	return (text.p[at] == '.' || text.p[at] == ':') &&
	       (at + 1 >= text.n || chr_is_space(text.p[at + 1]));
}

bool
share_summary(struct str handout, struct buf *text)
{
	size_t from = text->n;
	struct str line = STR_NULL, rest = handout;

	/* Over the title and empty lines. */
	while (rest.n > 0 && (line.n == 0 || line.p[0] == '#'))
		line = str_trim(str_cut(rest, '\n', &rest));
	if (line.n == 0 || line.p[0] == '#')
		return false;
	rest = str_slice(handout, (size_t)(line.p - handout.p), handout.n);
	for (size_t i = 0; i < rest.n && text->n - from < SUMMARY_MOST; i++) {
		bool space = chr_is_space(rest.p[i]);

		/* An empty line ends the paragraph. */
		if (ends_sentence(rest, i) ||
		    (rest.p[i] == '\n' && i + 1 < rest.n &&
			rest.p[i + 1] == '\n'))
			break;
		if (space && text->n > from && text->p[text->n - 1] == ' ')
			continue;
		if (rest.p[i] != '*' && rest.p[i] != '`')
			buf_putc(text, space ? ' ' : rest.p[i]);
	}
	while (text->n > from && text->p[text->n - 1] == ' ')
		buf_truncate(text, text->n - 1);
	return text->n > from;
}
