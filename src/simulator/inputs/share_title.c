/*
 * A lab's title and what it is about, from the texts of its script and its
 * handout.  The script is scanned as Lua is read (comments, strings, brackets)
 * and not run; what can't be understood has no title.
 */
#include "inputs/share_labs.h"

#include "script/names.h"

#define TITLE_MOST   120
#define SUMMARY_MOST 240

/* Behind `lab {` or `lab({`. */
static bool
find_lab(struct lua_scan *s)
{
	char before = 0;
	int lab = 0; /* 1: behind the word, 2: behind its bracket */

	while (lua_scan_next(s)) {
		if (lab > 0 && s->punct == '{')
			return true;
		if (lab == 1 && s->punct == '(')
			lab = 2;
		else
			lab = str_is(s->name, "lab") && before != '.' &&
			      before != ':';
		before = s->punct;
	}
	return false;
}

/* What is between the quotes or brackets of a string. */
static struct str
inside_of(struct str token)
{
	size_t n = 1;

	if (token.p[0] == '[') {
		while (token.p[n] == '=')
			n++;
		n++;
	}
	return str_slice(token, n, token.n > n ? token.n - n : n);
}

/* The string literal TOKEN, what its escapes stand for put simply. */
static bool
put_string(struct str token, struct buf *out)
{
	struct str raw = inside_of(token);

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
	struct lua_scan s = { .text = script }, value;
	size_t depth = 1;

	if (!find_lab(&s))
		return false;
	while (depth > 0 && lua_scan_next(&s)) {
		depth += s.punct == '{' || s.punct == '(';
		depth -= s.punct == '}' || s.punct == ')';
		value = s;
		if (depth == 1 && str_is(s.name, "title") &&
		    lua_scan_next(&value) && value.punct == '=' &&
		    lua_scan_next(&value) && value.punct != '=')
			return value.punct == '"' &&
			       put_string(value.token, title);
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
