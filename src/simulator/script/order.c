/*
 * An order for what Lua leaves unordered: pairs and next walk a table's keys
 * by kind and value instead of by a hash that differs on each run, and
 * tostring numbers objects instead of printing addresses.
 */
#include "script/own_in.h"

#include "base/i18n.h"

#include <limits.h>
#include <string.h>

/* What it costs to look at a key, and to name an object by its number. */
#define KEY_STEPS    8
#define OBJECT_STEPS 30

static const char ids_key;

enum rank { NUMBER, TEXT, BOOLEAN, ORDERED, UNORDERED };

/* Pushes what the userdata at INDEX is ordered by; false where nothing. */
static bool
push_order(lua_State *L, int index)
{
	if (lua_type(L, index) != LUA_TUSERDATA ||
	    luaL_getmetafield(L, index, "__order") == LUA_TNIL)
		return false;
	lua_pushvalue(L, index);
	lua_call(L, 1, 1);
	return true;
}

static enum rank
rank(lua_State *L, int index)
{
	switch (lua_type(L, index)) {
	case LUA_TNUMBER:
		return NUMBER;
	case LUA_TSTRING:
		return TEXT;
	case LUA_TBOOLEAN:
		return BOOLEAN;
	case LUA_TUSERDATA:
		if (luaL_getmetafield(L, index, "__order") == LUA_TNIL)
			return UNORDERED;
		lua_pop(L, 1);
		return ORDERED;
	default:
		return UNORDERED;
	}
}

static bool
text_less(lua_State *L, int a, int b)
{
	struct str x, y;

	own_charge_compare(L, a, b);
	x.p = lua_tolstring(L, a, &x.n);
	y.p = lua_tolstring(L, b, &y.n);
	return str_cmp(x, y) < 0;
}

static bool
key_less(lua_State *L, int a, int b)
{
	enum rank x, y;
	bool less = false;

	a = lua_absindex(L, a);
	b = lua_absindex(L, b);
	if (lua_rawequal(L, a, b))
		return false;
	x = rank(L, a);
	y = rank(L, b);
	if (x != y)
		return x < y;
	switch (x) {
	case NUMBER:
		return lua_compare(L, a, b, LUA_OPLT);
	case TEXT:
		return text_less(L, a, b);
	case BOOLEAN:
		return !lua_toboolean(L, a);
	case ORDERED:
		push_order(L, a);
		push_order(L, b);
		if (rank(L, -1) <= TEXT && rank(L, -2) <= TEXT)
			less = key_less(L, -2, -1);
		lua_pop(L, 2);
		return less;
	case UNORDERED:
		break;
	}
	/* TRANSLATORS: both %s are types of Lua's, such as table, function. */
	return sandbox_error(L,
	    _("keys of this table have no order (a %s and a %s); use numbers "
	      "or texts as keys"),
	    luaL_typename(L, a), luaL_typename(L, b));
}

/* for's function: () -> key, value.  Upvalues: keys, position, table. */
static int
pairs_next(lua_State *L)
{
	lua_Integer i = lua_tointeger(L, lua_upvalueindex(2));

	for (;;) {
		lua_settop(L, 0);
		if (lua_rawgeti(L, lua_upvalueindex(1), ++i) == LUA_TNIL)
			return 1;
		lua_pushvalue(L, 1);
		/* Removed meanwhile? */
		if (lua_rawget(L, lua_upvalueindex(3)) != LUA_TNIL)
			break;
		sandbox_charge(L, 1);
	}
	lua_pushinteger(L, i);
	lua_replace(L, lua_upvalueindex(2));
	return 2;
}

/* for's function: (table, position) -> position, value. */
static int
ipairs_next(lua_State *L)
{
	lua_Integer i = luaL_checkinteger(L, 2);

	sandbox_charge(L, 1);
	i = (lua_Integer)((lua_Unsigned)i + 1);
	lua_pushinteger(L, i);
	return lua_geti(L, 1, i) == LUA_TNIL ? 1 : 2;
}

static int
ipairs(lua_State *L)
{
	luaL_checkany(L, 1);
	lua_pushcfunction(L, ipairs_next);
	lua_pushvalue(L, 1);
	lua_pushinteger(L, 0);
	return 3;
}

static int
pairs(lua_State *L)
{
	lua_Integer n = 0;

	luaL_checkany(L, 1);
	if (luaL_getmetafield(L, 1, "__pairs") != LUA_TNIL) {
		lua_pushvalue(L, 1);
		lua_call(L, 1, 3);
		return 3;
	}
	luaL_checktype(L, 1, LUA_TTABLE);
	lua_settop(L, 1);
	lua_newtable(L);
	lua_pushnil(L);
	while (lua_next(L, 1) != 0) {
		sandbox_charge(L, KEY_STEPS);
		lua_pop(L, 1);
		lua_pushvalue(L, -1);
		lua_rawseti(L, 2, ++n);
	}
	luaL_argcheck(L, n < INT_MAX, 1, "table too big");
	own_sort(L, n, key_less);
	lua_pushinteger(L, 0);
	lua_pushvalue(L, 1);
	lua_pushcclosure(L, pairs_next, 3);
	lua_pushvalue(L, 1);
	lua_pushnil(L);
	return 3;
}

int
sandbox_next(lua_State *L, int index)
{
	int key = lua_gettop(L), best = key + 1, other = key + 2;

	index = lua_absindex(L, index);
	luaL_checkstack(L, 8, NULL);
	lua_pushnil(L);
	lua_pushnil(L);
	while (lua_next(L, index) != 0) {
		sandbox_charge(L, KEY_STEPS);
		lua_pop(L, 1);
		if ((lua_isnil(L, key) || key_less(L, key, other)) &&
		    (lua_isnil(L, best) || key_less(L, other, best))) {
			lua_pushvalue(L, other);
			lua_replace(L, best);
		}
	}
	lua_replace(L, key);
	if (lua_isnil(L, key)) {
		lua_pop(L, 1);
		return 0;
	}
	lua_pushvalue(L, key);
	lua_rawget(L, index);
	return 1;
}

/* next(t, key) */
static int
next_pair(lua_State *L)
{
	luaL_checktype(L, 1, LUA_TTABLE);
	lua_settop(L, 2);
	if (sandbox_next(L, 1) != 0)
		return 2;
	lua_pushnil(L);
	return 1;
}

/* The number of the object at INDEX, given at first asking. */
static lua_Integer
object_id(lua_State *L, int index)
{
	struct sandbox *sb = sandbox_of(L);
	lua_Integer id;

	lua_rawgetp(L, LUA_REGISTRYINDEX, &ids_key);
	lua_pushvalue(L, index);
	if (lua_rawget(L, -2) == LUA_TNIL) {
		lua_pushvalue(L, index);
		lua_pushinteger(L, sb->next_id + 1);
		lua_rawset(L, -4);
		id = ++sb->next_id;
	} else {
		id = lua_tointeger(L, -1);
	}
	lua_pop(L, 2);
	return id;
}

struct str
sandbox_tostring(lua_State *L, int index)
{
	const char *kind;
	struct str s;

	luaL_checkstack(L, 8, NULL);
	index = lua_absindex(L, index);
	if (luaL_getmetafield(L, index, "__tostring") != LUA_TNIL) {
		lua_pushvalue(L, index);
		lua_call(L, 1, 1);
		if (!lua_isstring(L, -1))
			luaL_error(L, "'__tostring' must return a string");
		s.p = lua_tolstring(L, -1, &s.n);
		return s;
	}
	switch (lua_type(L, index)) {
	case LUA_TNUMBER:
	case LUA_TSTRING:
		own_charge_number(L, index);
		lua_pushvalue(L, index);
		break;
	case LUA_TBOOLEAN:
		lua_pushstring(L, lua_toboolean(L, index) ? "true" : "false");
		break;
	case LUA_TNIL:
	case LUA_TNONE:
		lua_pushliteral(L, "nil");
		break;
	default:
		sandbox_charge(L, OBJECT_STEPS);
		kind = luaL_typename(L, index);
		if (luaL_getmetafield(L, index, "__name") == LUA_TNIL)
			lua_pushnil(L);
		else if (lua_type(L, -1) == LUA_TSTRING)
			kind = lua_tostring(L, -1);
		lua_pushfstring(
		    L, "%s: %I", kind, (LUAI_UACINT)object_id(L, index));
		lua_remove(L, -2);
	}
	s.p = lua_tolstring(L, -1, &s.n);
	return s;
}

static int
to_string(lua_State *L)
{
	luaL_checkany(L, 1);
	sandbox_tostring(L, 1);
	return 1;
}

void
own_open_order(lua_State *L)
{
	static const luaL_Reg functions[] = {
		{ "ipairs", ipairs },
		{ "next", next_pair },
		{ "pairs", pairs },
		{ "tostring", to_string },
		{ NULL, NULL },
	};

	luaL_setfuncs(L, functions, 0);
	lua_newtable(L);
	lua_newtable(L);
	lua_pushliteral(L, "k");
	lua_setfield(L, -2, "__mode");
	lua_setmetatable(L, -2);
	lua_rawsetp(L, LUA_REGISTRYINDEX, &ids_key);
}
