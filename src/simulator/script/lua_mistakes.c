/*
 * Common mistakes of beginners in Lua.  The compiler names only the word that
 * it could not read; the words before that tell the mistake, and its line.
 * Where the mistake is only probable, its sentence stands behind the
 * compiler's.
 */
#include "script/sandbox_in.h"

#include "base/err.h"
#include "base/i18n.h"
#include "base/param.h"
#include "text/utf8.h"

#include <string.h>

/* A mistake is known by what the compiler SAID, or by what it could not read
 * HAS, outside of strings, or by both; one may be NULL. */
static const struct {
	const char *said;
	const char *has;
	const char *text;
} mistakes[] = {
	{ "',' expected near 'to'", NULL,
	    N_("in Lua, write for i = 1, 3 do, not 1 to 3") },
	{ "malformed number", NULL,
	    N_("a number has no unit; write seconds, for example 1.5") },
	{ "unexpected symbol near ')'", "=>",
	    N_("in Lua, write function() … end, not () => { … }") },
	{ "near '?'", NULL, N_("in Lua, write x and a or b, not x ? a : b") },
	{ "'then' expected near ':'", NULL, N_("in Lua, write then, not :") },
	{ "'do' expected near ':'", NULL, N_("in Lua, write do, not :") },
	{ "'do' expected near 'end'", NULL,
	    N_("in Lua, write while … do … end, or repeat … until …") },
	{ "near '`'", NULL, N_("in Lua, write \"…\", not `…`") },
	{ "<name> expected near '\"", NULL,
	    N_("in Lua, write title = \"…\", not title: \"…\"") },
	{ "<name> expected near", ":",
	    N_("in Lua, write name = …, not name: …") },
	{ "syntax error near ','", NULL,
	    N_("write several values in brackets: print(\"a\", \"b\")") },
	{ "'}' expected near '='", "-",
	    N_("write a name that contains - as [\"X-Test\"] = …") },
	{ NULL, "=>", N_("in Lua, write >=, not =>") },
	{ NULL, "=<", N_("in Lua, write <=, not =<") },
	{ NULL, "<>", N_("in Lua, write ~= for values that differ") },
	{ "'then' expected near '='", NULL,
	    N_("== compares, = assigns a value") },
	{ "'}' expected near", NULL,
	    N_("a comma is missing between two fields, or } is missing at the "
	       "end") },
	{ "')' expected near", NULL,
	    N_("a comma is missing between two arguments, or ) is missing at "
	       "the end") },
	{ NULL, "!=", N_("in Lua, write ~= for values that differ") },
	{ NULL, "&&", N_("in Lua, write and, not &&") },
	{ NULL, "||", N_("in Lua, write or, not ||") },
	{ NULL, ":=", N_("in Lua, write =, not :=") },
	{ NULL, "++", N_("in Lua, write n = n + 1, not n++") },
	{ NULL, "+=", N_("in Lua, write n = n + 1, not n += 1") },
	{ "near 'else", NULL,
	    N_("else must be between if … then and its end") },
};

/* Fields that are texts. */
#define TEXT_FIELDS "title topology about method"

/* What can't be read BEGINS so, or stands behind the word AFTER. */
static const struct {
	const char *begins, *after, *text;
} rows[] = {
	{ "//", NULL, N_("in Lua, write -- before a comment, not //") },
	{ "/*", NULL,
	    N_("in Lua, write --[[ … ]] around a comment, not /* … */") },
	{ "#", NULL, N_("in Lua, write -- before a comment, not #") },
	{ "", "var", N_("in Lua, write local, not var") },
	{ "", "let", N_("in Lua, write local, not let") },
	{ "", "const", N_("in Lua, write local, not const") },
	{ "[", NULL, N_("in Lua, write a list as { 1, 2 }, not [ 1, 2 ]") },
	{ "", "def", N_("in Lua, write function name() … end, not def") },
	{ "", "import",
	    N_("a script imports nothing; all functions are already "
	       "available") },
	{ "", "script",
	    N_("script needs a function: script(function() … end)") },
	{ "", "elif", N_("in Lua, write elseif, not elif") },
	{ "", "switch", OWN_NO_SWITCH },
	{ "", "try", OWN_NO_TRY },
	{ "", "sleep",
	    N_("write a time in brackets or in quotes: sleep(5) or sleep "
	       "\"5s\"") },
};

/* Of these one may be misspelt. */
static const char *const keywords[] = { "do", "break", "else", "elseif", "end",
	"for", "function", "if", "local", "repeat", "return", "until",
	"while" };

/* Where CODE's first string or remark begins, or its end. */
static size_t
code_ends(struct str code)
{
	size_t i = 0;

	while (i < code.n && code.p[i] != '"' && code.p[i] != '\'' &&
	       !(code.p[i] == '-' && i + 1 < code.n && code.p[i + 1] == '-'))
		i++;
	return i;
}

/* Behind the string that CODE begins with; its end where the rest is none. */
static struct str
mistake_pass_string(struct str code)
{
	size_t i = 1;

	if (code.n == 0 || code.p[0] == '-')
		return STR_NULL;
	while (i < code.n && code.p[i] != code.p[0])
		i += code.p[i] == '\\' ? 2 : 1;
	return i < code.n ? str_slice(code, i + 1, code.n) : STR_NULL;
}

static bool
has_outside(struct str line, const char *word)
{
	while (line.n > 0) {
		size_t n = code_ends(line);

		if (str_find(str_slice(line, 0, n), word) >= 0)
			return true;
		line = mistake_pass_string(str_slice(line, n, line.n));
	}
	return false;
}

/* The first sign outside of strings that looks like another; see
 * lookalike_meant. */
static const char *
find_lookalike(struct str line, struct str *sign)
{
	while (line.n > 0) {
		size_t n = code_ends(line);

		for (size_t i = 0; i < n; i++) {
			const char *meant =
			    lookalike_meant(str_slice(line, i, line.n), sign);

			if (meant != NULL)
				return meant;
		}
		line = mistake_pass_string(str_slice(line, n, line.n));
	}
	return NULL;
}

void
own_push_mistake(lua_State *L, struct str said, struct str line)
{
	struct str sign;
	const char *meant = find_lookalike(line, &sign);
	char text[160];

	if (meant != NULL) {
		snprintf(text, sizeof(text), _("; in Lua, write %s, not %.*s"),
		    meant, STR_ARG(sign));
		lua_pushstring(L, text);
		return;
	}
	for (size_t i = 0; i < COUNT_OF(mistakes); i++) {
		if ((mistakes[i].said != NULL &&
			str_find(said, mistakes[i].said) < 0) ||
		    (mistakes[i].has != NULL &&
			!has_outside(line, mistakes[i].has)))
			continue;
		lua_pushfstring(L, "; %s", _(mistakes[i].text));
		return;
	}
	lua_pushliteral(L, "");
}

/* ---- the tokens before a place ---- */

#define OPEN_MOST   64
#define TOKENS_KEPT 4

struct mistake_place {
	struct str text;
	struct str near;                /* the word there, empty at the end */
	struct str before[TOKENS_KEPT]; /* the nearest first */
	struct str open[OPEN_MOST];     /* braces */
	size_t depth;
	struct str ends[OPEN_MOST]; /* blocks' words that want an end */
	size_t blocks;
	bool surplus;              /* there was an end more */
	struct str else_if, quote; /* the last one that has no end */
	/* A block's word whose then or do is to come, and a { after it. */
	struct str block, brace;
};

static bool
is_name_token(struct str s)
{
	return s.n > 0 && (chr_is_alpha(s.p[0]) || s.p[0] == '_');
}

static bool
is_one_of(struct str word, const char *words)
{
	return word.n > 0 && str_has_word(str_of(words), word);
}

static void
pass_token(struct mistake_place *p, struct str token)
{
	bool ends = is_one_of(token, "end until");

	if (is_one_of(token, "if do function repeat"))
		p->ends[p->blocks++ % OPEN_MOST] =
		    str_is(token, "do") && p->block.n > 0 ? p->block : token;
	if (str_is(token, "if") && str_is(p->before[0], "else"))
		p->else_if = token;
	p->surplus = p->surplus || (ends && p->blocks == 0);
	p->blocks -= ends && p->blocks > 0;
	if (is_one_of(token, "if elseif while for")) {
		p->block = token;
	} else if (is_one_of(token, "then do")) {
		p->block = p->brace = STR_NULL;
	} else if (str_is(token, "{")) {
		if (p->block.n > 0 && p->brace.n == 0)
			p->brace = token;
		if (p->depth < OPEN_MOST)
			p->open[p->depth++] = token;
	} else if (str_is(token, "}") && p->depth > 0) {
		p->depth--;
	}
	memmove(
	    p->before + 1, p->before, sizeof(p->before) - sizeof(*p->before));
	p->before[0] = token;
}

/* Sets P's place, of which the compiler SAID the word that it could not read,
 * in LINE, and the tokens before it; false where that is not found. */
static bool
find_place(struct mistake_place *p, struct str said, struct str line)
{
	struct mistake_place found = { .text = p->text };
	struct lua_scan s = { .text = p->text };
	ptrdiff_t at = str_find(said, " near '");
	struct str near =
	    str_slice(said, (size_t)(at < 0 ? 0 : at + 7), said.n - 1);

	for (; lua_scan_next(&s) && s.token.p < line.p + line.n;
	     pass_token(p, s.token)) {
		if (s.token.p < line.p)
			continue;
		if (s.punct == '"' && s.token.p[0] != '[' &&
		    (s.token.n == 1 ||
			s.token.p[s.token.n - 1] != s.token.p[0]))
			p->quote = s.token;
		if (at < 0 || (found.near.n > 0 && !str_is(near, ")")) ||
		    (str_find(said, "')' expected near '='") >= 0 &&
			!is_one_of(p->before[1], "( ,")) ||
		    !(str_eq(s.token, near) ||
			(near.n == 2 && s.punct == near.p[0])))
			continue;
		found = *p;
		found.near = s.token;
	}
	found.quote = p->quote;
	p->near = str_slice(p->text, p->text.n, p->text.n);
	if (found.near.n > 0)
		*p = found;
	return found.near.n > 0 || str_ends(said, " near <eof>");
}

static unsigned
mistake_line_of(const struct mistake_place *p, struct str token)
{
	struct str before = { p->text.p, (size_t)(token.p - p->text.p) };

	return (unsigned)str_count(before, '\n') + 1;
}

/* A sentence for the line of TOKEN; true. */
#define SAY(p, token, d, ...)                                     \
	(diag_set(d, ERR_SYNTAX, NULL, mistake_line_of(p, token), \
	     __VA_ARGS__) != 0)

/* WORD, where a function takes a text, with a file's dots and hyphens. */
static bool
say_quotes(const struct mistake_place *p, struct str before, const char *sign,
    struct str word, struct diag *d)
{
	const char *end = p->text.p + p->text.n;

	while (
	    word.p + word.n < end && (chr_is_alnum(word.p[word.n]) ||
					 strchr("_.-", word.p[word.n]) != NULL))
		word.n++;
	return SAY(p, word, d, _("quotes are missing: %.*s%s\"%.*s\""),
	    STR_ARG(before), sign, STR_ARG(word));
}

/* ---- what the compiler can't read ---- */

/* Braces: of a block, without their end, or with a comma missing inside. */
static bool
find_braces(struct mistake_place *p, struct str said, struct diag *d)
{
	struct lua_scan s = { .text = p->text,
		.at = (size_t)(p->near.p - p->text.p) };
	struct str open = p->depth > 0 ? p->open[p->depth - 1] : STR_NULL;
	struct str last = p->before[0], rest;
	bool lacks = str_find(said, "'}' expected") >= 0;
	size_t depth = 1;

	if (str_is(p->near, "{")
		? p->block.n > 0 || str_is(last, ")")
		: str_is(p->near, "}") && p->depth == 0 && p->blocks > 0)
		p->brace = p->near;
	rest = p->brace;
	rest.n += rest.n > 0 ? p->text.n - (size_t)(rest.p - p->text.p) - 1 : 0;
	/* if f{ a = 1 b = 2 } then */
	if (rest.n > 0 && str_find(str_cut_line(rest, &rest), " then") < 0)
		return SAY(p, p->brace, d,
		    _("in Lua, write then … end, do … end, function(…) … end, "
		      "not { }"));
	while (depth > 0 && lua_scan_next(&s)) {
		depth += s.punct == '{';
		depth -= s.punct == '}';
	}
	if (open.n > 0 && depth > 0 && (lacks || str_is(last, ",")))
		return SAY(p, open, d, _("the { in line %u has no }"),
		    mistake_line_of(p, open));
	if (!lacks || depth > 0 ||
	    !(is_name_token(p->near) || strchr("\"'{", p->near.p[0]) != NULL ||
		chr_is_digit(p->near.p[0])) ||
	    is_one_of(p->near, "local if for while end then do and or"))
		return false;
	if (mistake_line_of(p, p->near) == mistake_line_of(p, last))
		return SAY(p, last, d, _("a comma is missing before “%.*s”"),
		    STR_ARG(p->near));
	return SAY(p, last, d, _("a comma is missing at the end"));
}

/* An end too few, or too many. */
static bool
mistake_find_ends(struct mistake_place *p, struct diag *d)
{
	struct mistake_place all = *p;
	struct lua_scan s = { .text = p->text,
		.at = (size_t)(p->near.p - p->text.p) };
	struct str open = p->ends[(p->blocks + OPEN_MOST - 1) % OPEN_MOST];
	struct str end =
	    p->blocks == 0 && str_is(p->near, "end") ? p->near : p->before[0];

	while (lua_scan_next(&s))
		pass_token(&all, s.token);
	if (all.surplus && str_is(end, "end"))
		return SAY(p, end, d, _("there is one end too many"));
	if (all.blocks == 0 || p->blocks == 0 ||
	    (p->near.n > 0 && !is_one_of(p->near, ") }")))
		return false;
	if (p->else_if.n > 0 && p->else_if.p > open.p)
		return SAY(
		    p, p->else_if, d, _("write elseif, or add one more end"));
	return SAY(p, p->near, d, _("end is missing for %.*s in line %u"),
	    STR_ARG(open), mistake_line_of(p, open));
}

/* Words side by side. */
static bool
find_words(struct mistake_place *p, struct str said, struct diag *d)
{
	struct str *b = p->before, behind = p->near;
	struct lua_scan next = { .text = p->text,
		.at = (size_t)(behind.p - p->text.p) };
	struct str field = STR_NULL, function;
	const char *meant;

	behind.n = p->text.n - (size_t)(behind.p - p->text.p);
	for (size_t i = 0; i < COUNT_OF(rows); i++)
		if (rows[i].after != NULL
			? str_is(b[0], rows[i].after) && !str_is(p->near, "(")
			: str_starts(behind, rows[i].begins) &&
			      str_find(said, "unexpected symbol") >= 0)
			return SAY(p, rows[i].after != NULL ? b[0] : p->near, d,
			    "%s", _(rows[i].text));
	if (is_name_token(p->near) && is_one_of(b[0], "node shuffle"))
		return say_quotes(p, b[0], " ", p->near, d);
	if (is_name_token(b[0]) && is_one_of(b[1], "node shuffle"))
		return say_quotes(p, b[1], " ", b[0], d);
	lua_scan_next(&next);
	if (str_is(p->near, "=") && str_find(said, "')' expected") >= 0 &&
	    p->block.n == 0)
		field = b[0], function = str_is(b[1], "(") ? b[2] : STR("…");
	else if (str_find(said, "function arguments expected") >= 0 &&
		 is_name_token(p->near) && is_name_token(b[0]) &&
		 mistake_line_of(p, p->near) == mistake_line_of(p, b[0]) &&
		 lua_scan_next(&next) && next.punct == '=')
		field = p->near, function = b[0];
	if (field.n > 0)
		return SAY(p, field, d,
		    _("write fields in braces: %.*s { %.*s = … }"),
		    STR_ARG(function), STR_ARG(field));
	if (str_is(b[1], ":") && is_name_token(b[0]) &&
	    (str_is(b[2], "sip") || str_is(b[2], "sips") ||
		str_is(b[2], "tel")))
		return SAY(p, b[2], d,
		    _("write a URI in quotes: \"sip:bob@example.com\""));
	if (str_find(said, "function arguments expected") >= 0 &&
	    str_is(b[1], ":") && is_name_token(b[0]) && is_name_token(b[2]))
		return SAY(p, b[0], d,
		    _("%.*s:%.*s needs brackets: %.*s:%.*s()"), STR_ARG(b[2]),
		    STR_ARG(b[0]), STR_ARG(b[2]), STR_ARG(b[0]));
	/* One word behind //, or two. */
	for (size_t i = 1; i < 3 && is_name_token(b[i - 1]); i++)
		if (str_is(b[i], "/") && str_is(b[i + 1], "/"))
			return SAY(p, b[i], d, "%s", _(rows[0].text));
	meant = param_nearest(
	    b[0], keywords, COUNT_OF(keywords), sizeof(keywords[0]));
	return b[0].n > 2 && meant != NULL &&
	       str_find(said, "syntax error") >= 0 &&
	       SAY(p, b[0], d, _("there is no “%.*s”; did you mean “%s”?"),
		   STR_ARG(b[0]), meant);
}

bool
own_find_mistake(
    struct str said, struct str text, struct str line, struct diag *d)
{
	struct mistake_place p = { .text = text };
	struct str sign;
	bool found;

	if (find_lookalike(line, &sign) != NULL)
		return false;
	found = find_place(&p, said, line);
	if (found && find_words(&p, said, d))
		return true;
	if (p.quote.n > 0)
		return SAY(&p, p.quote, d,
		    _("this line has a quote too few or too many"));
	return found && (find_braces(&p, said, d) || mistake_find_ends(&p, d));
}

/* ---- reading nil ---- */

struct str
sandbox_source(lua_State *L, struct str *text)
{
	struct sandbox *sb = sandbox_of(L);
	struct own_place at;
	struct str line = STR_NULL, rest;

	own_where(L, &at);
	*text = STR_NULL;
	for (size_t i = 0; i < sb->nchunks && at.line > 0; i++)
		if (strcmp(sb->chunks[i].file, at.file) == 0)
			*text = str_of(sb->chunks[i].text);
	sandbox_charge(L, text->n);
	rest = *text;
	for (; text->n > 0 && at.line > 0; at.line--)
		line = str_cut(rest, '\n', &rest);
	return line;
}

/* The function at work takes nothing, and is one of on(…), or of a field, where
 * NAME is a letter. */
static bool
lacks_parameter(lua_State *L, struct str text, struct str name)
{
	struct str line = STR_NULL;
	lua_Debug ar;

	if (!lua_getstack(L, 1, &ar) || !lua_getinfo(L, "Su", &ar))
		return false;
	while (ar.linedefined-- > 0)
		line = str_cut(text, '\n', &text);
	return ar.nparams == 0 &&
	       (str_find(line, ":on(") >= 0 ||
		   (name.n == 1 && str_find(line, "= function()") >= 0));
}

bool
own_find_missing(lua_State *L, struct str name, struct diag *d)
{
	struct mistake_place p = { .text = STR_NULL };
	struct str *b = p.before, line = sandbox_source(L, &p.text);
	struct lua_scan s = { .text = p.text };

	for (; line.n > 0 && lua_scan_next(&s) && s.token.p < line.p + line.n;
	     pass_token(&p, s.token)) {
		if (s.token.p < line.p || !str_eq(s.token, name))
			continue;
		if (str_is(b[0], "=") && is_one_of(b[1], TEXT_FIELDS))
			return say_quotes(&p, b[1], " = ", s.token, d);
		if (str_is(b[0], "(") && str_is(b[1], "node"))
			return say_quotes(&p, b[1], " ", s.token, d);
		if (str_is(b[0], "=") && is_one_of(b[1], "= ~") &&
		    str_is(b[2], "state") &&
		    !is_one_of(name, "None none null NULL Nil undefined"))
			return SAY(&p, s.token, d,
			    _("there is no “%.*s”; write a state as a text in "
			      "small letters, such as \"confirmed\""),
			    STR_ARG(name));
		if (str_is(name, "f") && p.text.p[s.at] == '"')
			return SAY(&p, s.token, d,
			    _("Lua has no f\"…\"; join texts with .., as in "
			      "\"now \" .. now()"));
		if (str_is(b[0], ",") && str_is(b[3], "wait"))
			return say_quotes(&p, STR_NULL, "", s.token, d);
		if (s.at < p.text.n && strchr(".:", p.text.p[s.at]) != NULL &&
		    lacks_parameter(L, p.text, name))
			return SAY(&p, s.token, d,
			    _("there is no “%.*s”; did you mean "
			      "function(%.*s)?"),
			    STR_ARG(name), STR_ARG(name));
	}
	return false;
}
