/*
 * string.find, match, gmatch and gsub (reference manual 6.4) over the stepped
 * matcher of match.c.
 */
#include "script/match_in.h"

#include "base/i18n.h"

#include <string.h>

#define SPECIALS "^$*+?.([%-"

/* Where a start position I, counted from 1 or from the end, lies; 0.. */
static size_t
lua_search_start_of(lua_Integer i, size_t n)
{
	if (i > 0)
		return (size_t)i - 1;
	if (i == 0 || i < -(lua_Integer)n)
		return 0;
	return n - (size_t)-i;
}

static bool
has_no_specials(struct str pattern)
{
	for (size_t i = 0; i < pattern.n; i++)
		if (pattern.p[i] != '\0' &&
		    strchr(SPECIALS, pattern.p[i]) != NULL)
			return false;
	return true;
}

/* The first match at FROM or later; where it is in *FROM and *END. */
static bool
search(struct match *m, size_t *from, size_t *end)
{
	bool found = false;

	do {
		found = match_at(m, *from, end);
	} while (!found && !m->anchored && ++*from <= m->subject.n);
	match_settle(m);
	return found;
}

static int
find_pattern(lua_State *L, bool positions)
{
	struct str subject = own_check_str(L, 1), pattern = own_check_str(L, 2);
	size_t from = lua_search_start_of(luaL_optinteger(L, 3, 1), subject.n),
	       end;
	struct match m;

	if (from > subject.n) {
		luaL_pushfail(L);
		return 1;
	}
	if (positions && (lua_toboolean(L, 4) || has_no_specials(pattern))) {
		const char *at = memmem(
		    subject.p + from, subject.n - from, pattern.p, pattern.n);

		sandbox_charge(L, (subject.n - from) / 16);
		if (at == NULL) {
			luaL_pushfail(L);
			return 1;
		}
		from = (size_t)(at - subject.p);
		lua_pushinteger(L, (lua_Integer)from + 1);
		lua_pushinteger(L, (lua_Integer)from + (lua_Integer)pattern.n);
		return 2;
	}
	match_compile(L, &m, pattern, true);
	m.subject = subject;
	if (!search(&m, &from, &end)) {
		luaL_pushfail(L);
		return 1;
	}
	if (!positions)
		return match_push(&m, from, end, true);
	lua_pushinteger(L, (lua_Integer)from + 1);
	lua_pushinteger(L, (lua_Integer)end);
	return 2 + match_push(&m, from, end, false);
}

int
own_find(lua_State *L)
{
	return find_pattern(L, true);
}

int
own_match(lua_State *L)
{
	return find_pattern(L, false);
}

struct walk {
	struct match m;
	size_t from;
	size_t last; /* where the last match ended; SIZE_MAX at first */
};

/* Upvalues: subject, pattern, struct walk, what match_compile pushed. */
static int
gmatch_next(lua_State *L)
{
	struct walk *w = lua_touserdata(L, lua_upvalueindex(3));
	size_t end;

	w->m.L = L;
	for (; w->from <= w->m.subject.n; w->from++) {
		/* An empty match right after a match does not count. */
		if (match_at(&w->m, w->from, &end) && end != w->last) {
			size_t from = w->from;

			w->from = w->last = end;
			match_settle(&w->m);
			return match_push(&w->m, from, end, true);
		}
	}
	match_settle(&w->m);
	return 0;
}

int
own_gmatch(lua_State *L)
{
	struct str subject = own_check_str(L, 1), pattern = own_check_str(L, 2);
	size_t from = lua_search_start_of(luaL_optinteger(L, 3, 1), subject.n);
	struct walk *w;

	lua_settop(L, 2);
	w = lua_newuserdatauv(L, sizeof(*w), 0);
	match_compile(L, &w->m, pattern, false);
	w->m.subject = subject;
	w->from = from;
	w->last = SIZE_MAX;
	lua_pushcclosure(L, gmatch_next, 4);
	return 1;
}

/* gsub's replacement text: %0 to %9 and %%. */
static void
lua_search_add_text(
    const struct match *m, luaL_Buffer *b, size_t from, size_t end)
{
	size_t n;
	const char *p = lua_tolstring(m->L, 3, &n);

	sandbox_charge(m->L, n / 16);
	for (size_t i = 0; i < n; i++) {
		char c = p[i];

		if (c != '%') {
			luaL_addchar(b, c);
			continue;
		}
		c = ++i < n ? p[i] : '\0';
		if (c == '%') {
			luaL_addchar(b, '%');
		} else if (c == '0') {
			luaL_addlstring(b, m->subject.p + from, end - from);
		} else if (chr_is_digit(c)) {
			unsigned k = (unsigned)(c - '1');

			if (k >= m->ncaptures && k != 0)
				sandbox_error(m->L,
				    _("invalid capture %%%c in a replacement"),
				    c);
			match_push_one(m, k, from, end);
			luaL_addvalue(b);
		} else {
			sandbox_error(
			    m->L, _("invalid use of '%%' in a replacement"));
		}
	}
}

/* Adds the replacement of FROM..END; whether there is one. */
static bool
lua_search_put_replacement(
    const struct match *m, luaL_Buffer *b, size_t from, size_t end)
{
	lua_State *L = m->L;
	int n;

	switch (lua_type(L, 3)) {
	case LUA_TFUNCTION:
		lua_pushvalue(L, 3);
		n = match_push(m, from, end, true);
		lua_call(L, n, 1);
		break;
	case LUA_TTABLE:
		match_push_one(m, 0, from, end);
		lua_gettable(L, 3);
		break;
	default:
		lua_search_add_text(m, b, from, end);
		return true;
	}
	if (!lua_toboolean(L, -1)) {
		lua_pop(L, 1);
		luaL_addlstring(b, m->subject.p + from, end - from);
		return false;
	}
	if (!lua_isstring(L, -1))
		sandbox_error(L, _("a replacement must be a text, not a %s"),
		    luaL_typename(L, -1));
	own_charge_number(L, -1);
	luaL_addvalue(b);
	return true;
}

static void
check_gsub(lua_State *L)
{
	int type = lua_type(L, 3);

	luaL_argexpected(L,
	    type == LUA_TNUMBER || type == LUA_TSTRING ||
		type == LUA_TFUNCTION || type == LUA_TTABLE,
	    3, "string/function/table");
	/* A number becomes its text once. */
	if (type == LUA_TNUMBER)
		lua_tostring(L, 3);
}

int
own_gsub(lua_State *L)
{
	struct str subject = own_check_str(L, 1), pattern = own_check_str(L, 2);
	lua_Integer max, count = 0;
	size_t from = 0, last = SIZE_MAX, end;
	bool changed = false;
	struct match m;
	luaL_Buffer b;

	check_gsub(L);
	max = luaL_optinteger(L, 4, (lua_Integer)subject.n + 1);
	match_compile(L, &m, pattern, true);
	m.subject = subject;
	luaL_buffinit(L, &b);
	while (count < max) {
		if (match_at(&m, from, &end) && end != last) {
			count++;
			changed =
			    lua_search_put_replacement(&m, &b, from, end) ||
			    changed;
			from = last = end;
		} else if (from < subject.n) {
			luaL_addchar(&b, subject.p[from++]);
		} else {
			break;
		}
		own_check_length(L, luaL_bufflen(&b));
		if (m.anchored)
			break;
	}
	match_settle(&m);
	if (!changed) {
		lua_pushvalue(L, 1);
	} else {
		luaL_addlstring(&b, subject.p + from, subject.n - from);
		luaL_pushresult(&b);
	}
	lua_pushinteger(L, count);
	return 2;
}
