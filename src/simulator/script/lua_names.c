/* The names that a Lua text declares; see script/lua_names.h. */
#include "script/lua_names.h"

#include "base/array.h"
#include "base/err.h"
#include "base/mem.h"

static bool
in_name(char c)
{
	return chr_is_alnum(c) || c == '_';
}

/* Past a long bracket that opens at AT, or AT where none opens. */
static size_t
skip_long_bracket(struct str t, size_t at)
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
skip_quoted(struct str t, size_t at)
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
		size_t end = skip_long_bracket(t, i);

		if (end > i)
			return end;
	}
	while (i < t.n && t.p[i] != '\n')
		i++;
	return i;
}

bool
lua_scan_next(struct lua_scan *s)
{
	struct str t = s->text;

	*s = (struct lua_scan){ .text = t, .at = s->at };
	while (s->at < t.n) {
		size_t from = s->at;
		char c = t.p[from];

		if (c == '-' && from + 1 < t.n && t.p[from + 1] == '-') {
			s->at = comment(t, from);
			continue;
		}
		if (chr_is_space(c)) {
			s->at++;
			continue;
		}
		s->punct = '"';
		if (c == '"' || c == '\'') {
			s->at = skip_quoted(t, from);
		} else if (c == '[' && skip_long_bracket(t, from) > from) {
			s->at = skip_long_bracket(t, from);
		} else if (in_name(c)) {
			while (s->at < t.n && in_name(t.p[s->at]))
				s->at++;
			s->punct = 0;
			s->name = str_slice(t, from, s->at);
		} else {
			s->at++;
			s->punct = c;
		}
		s->token = str_slice(t, from, s->at);
		return true;
	}
	return false;
}

static int
add_declared(struct lua_names *names, struct str name)
{
	if (name.n == 0 || chr_is_digit(name.p[0]) || names->n >= LUA_NAMES_MAX)
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
name_list(struct lua_names *names, struct lua_scan *s)
{
	while (s->name.n > 0) {
		int err = add_declared(names, s->name);

		if (err != 0)
			return err;
		if (lua_scan_next(s) && s->punct == '<') {
			lua_scan_next(s);
			lua_scan_next(s);
			lua_scan_next(s);
		}
		if (s->punct != ',')
			break;
		lua_scan_next(s);
	}
	return 0;
}

/* After `function`: a name with fields, then parameters. */
static int
function_head(struct lua_names *names, struct lua_scan *s)
{
	int err = 0;

	if (s->name.n > 0)
		err = add_declared(names, s->name);
	while (
	    err == 0 && (s->name.n > 0 || s->punct == '.' || s->punct == ':'))
		lua_scan_next(s);
	if (err == 0 && s->punct == '(') {
		lua_scan_next(s);
		err = name_list(names, s);
	}
	return err;
}

int
lua_names_scan(struct lua_names *names, struct str text)
{
	struct lua_scan s = { .text = text };
	bool more = lua_scan_next(&s);
	int err = 0;

	while (more && err == 0) {
		bool local = str_is(s.name, "local");
		bool loop = str_is(s.name, "for");
		bool function = str_is(s.name, "function");

		if (!local && !loop && !function) {
			more = lua_scan_next(&s);
			continue;
		}
		lua_scan_next(&s);
		if (function)
			err = function_head(names, &s);
		else if (!str_is(s.name, "function"))
			err = name_list(names, &s);
		more = s.name.n > 0 || s.punct != 0;
	}
	return err;
}

void
lua_names_free(struct lua_names *names)
{
	for (size_t i = 0; i < names->n; i++)
		mem_free(names->names[i]);
	mem_free(names->names);
	*names = (struct lua_names){ NULL, 0 };
}
