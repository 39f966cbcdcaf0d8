/* Tables of a script as lines of text: header fields. */
#include "bindings/lua_lines.h"

#include "base/i18n.h"
#include "script/sandbox.h"

#include <lauxlib.h>

/* The value on top, as one line: where it was folded (RFC 3261 7.3.1) a space
 * stands.  Another line would be another field. */
static void
unfold_value(lua_State *L)
{
	struct str s = { 0 };
	luaL_Buffer line;

	s.p = lua_tolstring(L, -1, &s.n);
	if (str_chr(s, '\n') < 0 && str_chr(s, '\r') < 0)
		return;
	luaL_buffinit(L, &line);
	for (size_t i = 0; i < s.n; i++) {
		bool last = i + 1 == s.n;

		if (s.p[i] == '\r' && !last && s.p[i + 1] == '\n')
			continue;
		if (s.p[i] != '\n' && s.p[i] != '\r') {
			luaL_addchar(&line, s.p[i]);
			continue;
		}
		if (last || (s.p[i + 1] != ' ' && s.p[i + 1] != '\t'))
			sandbox_error(L,
			    _("the value of a header field must be one line"));
	}
	luaL_pushresult(&line);
	lua_replace(L, -2);
}

/* "KEY: VALUE", KEY and VALUE at these places, as one more line of the text at
 * TEXT. */
static void
add_header_line(lua_State *L, int text, int key, int value)
{
	int n = 4;

	lua_pushvalue(L, text);
	if (lua_rawlen(L, text) > 0) {
		lua_pushliteral(L, "\n");
		n++;
	}
	lua_pushvalue(L, key);
	lua_pushliteral(L, ": ");
	sandbox_tostring(L, value);
	unfold_value(L);
	lua_concat(L, n);
	lua_replace(L, text);
}

struct str
lua_push_lines(lua_State *L, int table)
{
	int text = lua_gettop(L) + 1, key = text + 1, value = text + 2;
	struct str s;

	table = lua_absindex(L, table);
	luaL_checkstack(L, 16, NULL);
	lua_pushliteral(L, "");
	lua_pushnil(L);
	while (sandbox_next(L, table) != 0) {
		if (lua_type(L, key) != LUA_TSTRING)
			sandbox_error(L, _("header fields in braces need "
					   "names: { Subject = \"lunch\" }"));
		if (!lua_istable(L, value))
			add_header_line(L, text, key, value);
		for (int i = 1; lua_istable(L, value); i++) {
			if (lua_rawgeti(L, value, i) != LUA_TNIL)
				add_header_line(L, text, key, value + 1);
			else
				lua_replace(L, value);
			lua_settop(L, value);
		}
		lua_settop(L, key);
	}
	s.p = lua_tolstring(L, text, &s.n);
	return s;
}
