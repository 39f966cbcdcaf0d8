/*
 * What people who write little Lua write in place of Lua: said behind the
 * compiler's own words, which name only what it could not read.
 */
#include "script/own_in.h"

#include "base/i18n.h"
#include "text/lookalike.h"

#include <string.h>

/* A slip is known by what the compiler SAID, or by what it could not read HAS,
 * outside of strings; either may be NULL. */
static const struct {
	const char *said;
	const char *has;
	const char *text;
} slips[] = {
	{ "malformed number", NULL,
	    N_("a number has no unit here: seconds, as 1.5") },
	{ "'then' expected near '='", NULL,
	    N_("== compares, = gives a value") },
	{ "'}' expected near", NULL,
	    N_("a comma is missing between two, or } at the end") },
	{ "')' expected near", NULL,
	    N_("a comma is missing between two, or ) at the end") },
	{ NULL, "!=", N_("Lua writes ~= for what is not the same") },
	{ NULL, "&&", N_("Lua writes and, not &&") },
	{ NULL, "||", N_("Lua writes or, not ||") },
	{ NULL, "//", N_("Lua writes -- before a remark, not //") },
	{ NULL, "++", N_("Lua writes n = n + 1, not n++") },
	{ NULL, "+=", N_("Lua writes n = n + 1, not n += 1") },
};

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
pass_string(struct str code)
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
		line = pass_string(str_slice(line, n, line.n));
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
		line = pass_string(str_slice(line, n, line.n));
	}
	return NULL;
}

void
own_push_slip(lua_State *L, struct str said, struct str line)
{
	struct str sign;
	const char *meant = find_lookalike(line, &sign);
	char text[160];

	if (meant != NULL) {
		snprintf(text, sizeof(text), _("; Lua writes %s, not %.*s"),
		    meant, STR_ARG(sign));
		lua_pushstring(L, text);
		return;
	}
	for (size_t i = 0; i < sizeof(slips) / sizeof(slips[0]); i++) {
		if (slips[i].said != NULL ? str_find(said, slips[i].said) < 0
					  : !has_outside(line, slips[i].has))
			continue;
		lua_pushfstring(L, "; %s", _(slips[i].text));
		return;
	}
	lua_pushliteral(L, "");
}
