/*
 * A scanner for Lua's tokens (Lua 5.4 reference manual, 3.1) that keeps only
 * names and single punctuation characters, and watches for the three places
 * where names are declared: after `local`, after `function`, after `for`.
 */
#include "script/names.h"

#include "base/array.h"
#include "base/err.h"
#include "base/mem.h"

#include <string.h>

struct scan {
	struct str text;
	size_t at;
	struct str name; /* of the token; empty for punctuation */
	char punct;      /* 0 at the end */
};

static bool
in_name(char c)
{
	return chr_is_alnum(c) || c == '_';
}

/* Past a long bracket that opens at AT, or AT where none opens. */
static size_t
long_bracket(struct str t, size_t at)
{
	size_t level = 0, i = at + 1;

	while (i < t.n && t.p[i] == '=') {
		level++;
		i++;
	}
	if (i >= t.n || t.p[i] != '[')
		return at;
	for (i++; i < t.n; i++) {
		size_t k = 0;

		if (t.p[i] != ']')
			continue;
		while (i + 1 + k < t.n && k < level && t.p[i + 1 + k] == '=')
			k++;
		if (k == level && i + 1 + k < t.n && t.p[i + 1 + k] == ']')
			return i + k + 2;
		i += k;
	}
	return t.n;
}

static size_t
quoted(struct str t, size_t at)
{
	char quote = t.p[at];

	for (at++; at < t.n && t.p[at] != quote && t.p[at] != '\n'; at++)
		if (t.p[at] == '\\')
			at++;
	return at < t.n ? at + 1 : t.n;
}

static size_t
comment(struct str t, size_t at)
{
	size_t i = at + 2;

	if (i < t.n && t.p[i] == '[') {
		size_t end = long_bracket(t, i);

		if (end > i)
			return end;
	}
	while (i < t.n && t.p[i] != '\n')
		i++;
	return i;
}

/* The next token; false at the end. */
static bool
next_token(struct scan *s)
{
	struct str t = s->text;

	s->name = STR_NULL;
	s->punct = 0;
	while (s->at < t.n) {
		char c = t.p[s->at];
		size_t from = s->at;

		if (c == '-' && from + 1 < t.n && t.p[from + 1] == '-') {
			s->at = comment(t, from);
		} else if (c == '"' || c == '\'') {
			s->at = quoted(t, from);
			s->punct = '"';
			return true;
		} else if (c == '[' && long_bracket(t, from) > from) {
			s->at = long_bracket(t, from);
			s->punct = '"';
			return true;
		} else if (in_name(c)) {
			while (s->at < t.n && in_name(t.p[s->at]))
				s->at++;
			s->name = str_slice(t, from, s->at);
			return true;
		} else {
			s->at++;
			if (chr_is_space(c))
				continue;
			s->punct = c;
			return true;
		}
	}
	return false;
}

static int
add(struct names *names, struct str name)
{
	if (name.n == 0 || chr_is_digit(name.p[0]) || names->n >= NAMES_MAX)
		return 0;
	for (size_t i = 0; i < names->n; i++)
		if (str_is(name, names->names[i]))
			return 0;
	if (ARRAY_RESIZE(&names->names, names->n + 1) != 0)
		return ERR_NOMEM;
	names->names[names->n] = mem_dup(name.p, name.n);
	if (names->names[names->n] == NULL)
		return ERR_NOMEM;
	names->n++;
	return 0;
}

/* NAME [<attribute>] {, NAME [<attribute>]}; the token after it is current. */
static int
name_list(struct names *names, struct scan *s)
{
	while (s->name.n > 0) {
		int err = add(names, s->name);

		if (err != 0)
			return err;
		if (next_token(s) && s->punct == '<') {
			next_token(s);
			next_token(s);
			next_token(s);
		}
		if (s->punct != ',')
			break;
		next_token(s);
	}
	return 0;
}

/* After `function`: a name with fields, then parameters. */
static int
function_head(struct names *names, struct scan *s)
{
	int err = 0;

	if (s->name.n > 0)
		err = add(names, s->name);
	while (
	    err == 0 && (s->name.n > 0 || s->punct == '.' || s->punct == ':'))
		next_token(s);
	if (err == 0 && s->punct == '(') {
		next_token(s);
		err = name_list(names, s);
	}
	return err;
}

int
names_scan(struct names *names, struct str text)
{
	struct scan s = { .text = text };
	bool more = next_token(&s);
	int err = 0;

	while (more && err == 0) {
		bool local = str_is(s.name, "local");
		bool loop = str_is(s.name, "for");
		bool function = str_is(s.name, "function");

		if (!local && !loop && !function) {
			more = next_token(&s);
			continue;
		}
		next_token(&s);
		if (function)
			err = function_head(names, &s);
		else if (!str_is(s.name, "function"))
			err = name_list(names, &s);
		more = s.name.n > 0 || s.punct != 0;
	}
	return err;
}

void
names_free(struct names *names)
{
	for (size_t i = 0; i < names->n; i++)
		mem_free(names->names[i]);
	mem_free(names->names);
	*names = (struct names){ NULL, 0 };
}
