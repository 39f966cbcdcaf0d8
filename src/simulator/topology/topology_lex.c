/*
 * The words of Graphviz's language: names, numbers, quoted strings, HTML
 * strings, and comments in three forms.
 */
#include "topology/topology_lex_in.h"

#include "base/err.h"
#include "text/utf8.h"

#include <string.h>

#define BYTE_ORDER_MARK "\xef\xbb\xbf"

static bool
is_name_start(char c)
{
	return chr_is_alpha(c) || c == '_' || (unsigned char)c >= 0x80;
}

static bool
is_name_char(char c)
{
	return is_name_start(c) || chr_is_digit(c);
}

static char
lex_peek(const struct topology_lex *x, size_t ahead)
{
	return x->at + ahead < x->text.n ? x->text.p[x->at + ahead] : '\0';
}

static int
say_lex(const struct topology_lex *x, unsigned line, const char *text)
{
	return diag_set(x->d, ERR_SYNTAX, x->file, line, "%s", text);
}

/* Goes on to the end of the line, or of the text. */
static void
skip_line(struct topology_lex *x)
{
	while (x->at < x->text.n && x->text.p[x->at] != '\n')
		x->at++;
}

static int
lex_skip_comment(struct topology_lex *x)
{
	unsigned line = x->line;

	for (x->at += 2; x->at < x->text.n; x->at++) {
		if (lex_peek(x, 0) == '*' && lex_peek(x, 1) == '/') {
			x->at += 2;
			return 0;
		}
		x->line += x->text.p[x->at] == '\n';
	}
	return say_lex(x, line, _("this comment has no end: */ is missing"));
}

/* Graphviz takes every # for a comment; behind a word or a = none is meant. */
static bool
begins_comment(const struct topology_lex *x)
{
	char before = x->at > 0 ? x->text.p[x->at - 1] : '\n';

	return (lex_peek(x, 0) == '#' && !is_name_char(before) &&
		   before != '=') ||
	       (lex_peek(x, 0) == '/' && lex_peek(x, 1) == '/');
}

/* Space and comments; *FOUND tells of any. */
static int
skip_blank(struct topology_lex *x, bool *found)
{
	size_t start = x->at;
	int err = 0;

	while (err == 0 && x->at < x->text.n) {
		char c = lex_peek(x, 0);

		if (c == '\n')
			x->line++, x->at++;
		else if (c == ' ' || c == '\t' || c == '\r')
			x->at++;
		else if (begins_comment(x))
			skip_line(x);
		else if (c == '/' && lex_peek(x, 1) == '*')
			err = lex_skip_comment(x);
		else
			break;
	}
	*found = x->at > start;
	return err;
}

static int
lex_quoted(struct topology_lex *x, struct topology_token *t)
{
	for (x->at++; x->at < x->text.n; x->at++) {
		char c = x->text.p[x->at];

		if (c == '"') {
			x->at++;
			t->kind = TOKEN_ATOM;
			t->quoted = true;
			if (x->line > t->line) {
				x->string_from = t->line;
				x->string_to = x->line;
			}
			return 0;
		}
		x->line += c == '\n';
		if (c == '\\' && x->at + 1 < x->text.n)
			x->line += x->text.p[++x->at] == '\n';
	}
	return say_lex(x, t->line, _("this string has no end: \" is missing"));
}

static int
lex_html(struct topology_lex *x, struct topology_token *t)
{
	size_t depth = 0;

	for (; x->at < x->text.n; x->at++) {
		char c = x->text.p[x->at];

		/* Graphviz takes <!-- as a comment with rules of its own. */
		if (c == '<' && lex_peek(x, 1) == '!')
			return say_lex(x, x->line,
			    _("comments in HTML strings are not supported"));
		x->line += c == '\n';
		depth += c == '<';
		if (c == '>' && --depth == 0) {
			x->at++;
			t->kind = TOKEN_ATOM;
			t->html = true;
			return 0;
		}
	}
	return say_lex(
	    x, t->line, _("this HTML string has no end: > is missing"));
}

/* -?(.digits | digits[.digits]); false where there is none. */
static bool
lex_number(struct topology_lex *x)
{
	size_t i = lex_peek(x, 0) == '-', digits = 0;

	for (; chr_is_digit(lex_peek(x, i)); i++)
		digits++;
	if (lex_peek(x, i) == '.')
		for (i++; chr_is_digit(lex_peek(x, i)); i++)
			digits++;
	if (digits > 0)
		x->at += i;
	return digits > 0;
}

static void
lex_name(struct topology_lex *x, struct topology_token *t)
{
	static const struct {
		const char *word;
		enum topology_token_kind kind;
	} words[] = {
		{ "graph", TOKEN_GRAPH },
		{ "digraph", TOKEN_DIGRAPH },
		{ "strict", TOKEN_STRICT },
		{ "node", TOKEN_NODE },
		{ "edge", TOKEN_EDGE },
		{ "subgraph", TOKEN_SUBGRAPH },
	};
	size_t start = x->at;

	while (x->at < x->text.n && is_name_char(x->text.p[x->at]))
		x->at++;
	t->kind = TOKEN_ATOM;
	for (size_t i = 0; i < COUNT_OF(words); i++)
		if (str_iis(str_slice(x->text, start, x->at), words[i].word))
			t->kind = words[i].kind;
}

static int
lex_token(struct topology_lex *x, struct topology_token *t)
{
	char c = lex_peek(x, 0);

	if (c == '"')
		return lex_quoted(x, t);
	if (c == '<')
		return lex_html(x, t);
	if (is_name_start(c)) {
		lex_name(x, t);
	} else if (c == '-' &&
		   (lex_peek(x, 1) == '-' || lex_peek(x, 1) == '>')) {
		t->kind = lex_peek(x, 1) == '-' ? TOKEN_LINK : TOKEN_ARROW;
		x->at += 2;
	} else if (lex_number(x)) {
		t->kind = TOKEN_ATOM;
	} else {
		t->kind = TOKEN_OTHER;
		x->at++;
	}
	return 0;
}

int
topology_lex_begin(
    struct topology_lex *x, struct str text, const char *file, struct diag *d)
{
	size_t used;

	if (str_starts(text, BYTE_ORDER_MARK))
		text = str_slice(text, 3, text.n);
	*x = (struct topology_lex){
		.text = text, .line = 1, .file = file, .d = d
	};
	if (text.n > TOPOLOGY_FILE_MAX)
		return diag_set(d, ERR_LIMIT, file, 0,
		    _("the file is larger than %u bytes"), TOPOLOGY_FILE_MAX);
	for (size_t i = 0; i < text.n; i += used) {
		struct str rest = str_slice(text, i, text.n);

		used = 1;
		x->line += rest.p[0] == '\n';
		if (rest.p[0] == '\0')
			return say_lex(x, x->line,
			    _("there is a NUL byte here, so this is not a text "
			      "file"));
		/* Graphviz's versions differ about where it ends a line. */
		if (rest.p[0] == '\r' && !str_starts(rest, "\r\n"))
			return say_lex(x, x->line,
			    _("there is a CR without LF here; lines must end "
			      "in LF or CR LF"));
		if ((unsigned char)rest.p[0] < 0x80)
			continue;
		/* Graphviz drops one wherever it is in the first line. */
		if (str_starts(rest, BYTE_ORDER_MARK))
			return say_lex(x, x->line,
			    _("there is a byte order mark inside the file"));
		utf8_decode(rest, &used);
		if (used == 1)
			return say_lex(x, x->line,
			    _("these bytes are not UTF-8; save the file as "
			      "UTF-8"));
	}
	x->line = 1;
	return 0;
}

int
topology_lex_next(struct topology_lex *x, struct topology_token *t)
{
	size_t start;
	bool blank;
	int err;

	memset(t, 0, sizeof(*t));
	err = skip_blank(x, &blank);
	if (err != 0)
		return err;
	t->line = x->line;
	t->glued = !blank;
	start = x->at;
	t->raw = str_slice(x->text, start, start);
	if (x->at >= x->text.n)
		return 0;
	err = lex_token(x, t);
	if (err != 0)
		return err;
	t->raw = str_slice(x->text, start, x->at);
	if (t->kind == TOKEN_ATOM && t->raw.n > TOPOLOGY_ATOM_MAX)
		return diag_set(x->d, ERR_LIMIT, x->file, t->line,
		    _("this text is longer than %d bytes"), TOPOLOGY_ATOM_MAX);
	return 0;
}

void
topology_token_value(const struct topology_token *t, struct buf *out)
{
	struct str s = t->raw;

	if (!t->quoted && !t->html) {
		buf_str(out, s);
		return;
	}
	s = str_slice(s, 1, s.n - 1);
	if (t->html) {
		buf_str(out, s);
		return;
	}
	for (size_t i = 0; i < s.n; i++) {
		char next = i + 1 < s.n ? s.p[i + 1] : '\0';

		if (s.p[i] != '\\') {
			buf_putc(out, s.p[i]);
		} else if (next == '"') {
			buf_putc(out, '"');
			i++;
		} else if (next == '\n') {
			i++;
		} else {
			/* Other escapes (\n, \l, \N) are the drawing's. */
			buf_putc(out, '\\');
			if (next == '\\') {
				buf_putc(out, '\\');
				i++;
			}
		}
	}
}

struct str
topology_lex_word(const struct topology_lex *x, struct str from)
{
	size_t start = (size_t)(from.p - x->text.p), end = start;

	while (end < x->text.n &&
	       (is_name_char(x->text.p[end]) ||
		   strchr(".%:@/+-?&!$*~'#", x->text.p[end]) != NULL))
		end++;
	while (
	    start > 0 && (is_name_char(x->text.p[start - 1]) ||
			     strchr(".%:@/+-", x->text.p[start - 1]) != NULL))
		start--;
	return str_slice(x->text, start, end);
}
