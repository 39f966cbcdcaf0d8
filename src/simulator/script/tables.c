/*
 * The table library (reference manual 6.5).  Each element touched is a step,
 * as a table's metamethods may make any length of it.  table.sort is order.c's.
 */
#include "script/sandbox_in.h"

#include <limits.h>

/* What it costs to take a value from one place to another. */
#define MOVE_STEPS 2

static lua_Integer
tables_length(lua_State *L, int index)
{
	luaL_checktype(L, index, LUA_TTABLE);
	return luaL_len(L, index);
}

static int
tab_insert(lua_State *L)
{
	lua_Integer n = tables_length(L, 1), at;

	n = (lua_Integer)((lua_Unsigned)n + 1);
	switch (lua_gettop(L)) {
	case 2:
		at = n;
		break;
	case 3:
		at = luaL_checkinteger(L, 2);
		luaL_argcheck(L, (lua_Unsigned)at - 1u < (lua_Unsigned)n, 2,
		    "position out of bounds");
		for (lua_Integer i = n; i > at; i--) {
			sandbox_charge(L, MOVE_STEPS);
			lua_geti(L, 1, i - 1);
			lua_seti(L, 1, i);
		}
		break;
	default:
		return luaL_error(L, "wrong number of arguments to 'insert'");
	}
	lua_seti(L, 1, at);
	return 0;
}

static int
tab_remove(lua_State *L)
{
	lua_Integer n = tables_length(L, 1), at = luaL_optinteger(L, 2, n);

	/* The manual: position #t + 1 is allowed, and 0 where #t is 0. */
	if (at != n)
		luaL_argcheck(L, (lua_Unsigned)at - 1u <= (lua_Unsigned)n, 2,
		    "position out of bounds");
	lua_geti(L, 1, at);
	for (; at < n; at++) {
		sandbox_charge(L, MOVE_STEPS);
		lua_geti(L, 1, at + 1);
		lua_seti(L, 1, at);
	}
	lua_pushnil(L);
	lua_seti(L, 1, at);
	return 1;
}

static int
tab_move(lua_State *L)
{
	lua_Integer from = luaL_checkinteger(L, 2);
	lua_Integer end = luaL_checkinteger(L, 3);
	lua_Integer to = luaL_checkinteger(L, 4), n;
	int dst = lua_isnoneornil(L, 5) ? 1 : 5;
	bool down;

	luaL_checktype(L, 1, LUA_TTABLE);
	luaL_checktype(L, dst, LUA_TTABLE);
	if (end >= from) {
		luaL_argcheck(L, from > 0 || end < LUA_MAXINTEGER + from, 3,
		    "too many elements to move");
		n = end - from + 1;
		luaL_argcheck(L, to <= LUA_MAXINTEGER - n + 1, 4,
		    "destination wrap around");
		/* Overlapping upwards: from the end. */
		down = to > from && to <= end &&
		       (dst == 1 || lua_compare(L, 1, dst, LUA_OPEQ));
		for (lua_Integer k = 0; k < n; k++) {
			lua_Integer i = down ? n - 1 - k : k;

			sandbox_charge(L, MOVE_STEPS);
			lua_geti(L, 1, from + i);
			lua_seti(L, dst, to + i);
		}
	}
	lua_pushvalue(L, dst);
	return 1;
}

static int
tab_concat(lua_State *L)
{
	lua_Integer n = tables_length(L, 1);
	size_t nsep;
	const char *sep = luaL_optlstring(L, 2, "", &nsep);
	lua_Integer i = luaL_optinteger(L, 3, 1);
	lua_Integer end = luaL_optinteger(L, 4, n);
	luaL_Buffer b;

	luaL_buffinit(L, &b);
	while (i <= end) {
		sandbox_charge(L, OWN_ELEMENT_STEPS + nsep / 16);
		lua_geti(L, 1, i);
		own_charge_number(L, -1);
		if (!lua_isstring(L, -1))
			return luaL_error(L,
			    "invalid value (at index %I) in table for "
			    "'concat'",
			    (LUAI_UACINT)i);
		luaL_addvalue(&b);
		own_check_length(L, luaL_bufflen(&b));
		if (i++ == end)
			break;
		luaL_addlstring(&b, sep, nsep);
	}
	luaL_pushresult(&b);
	return 1;
}

static int
tab_pack(lua_State *L)
{
	int n = lua_gettop(L);

	sandbox_charge(L, (uint64_t)n);
	lua_createtable(L, n, 1);
	lua_insert(L, 1);
	for (int i = n; i >= 1; i--)
		lua_rawseti(L, 1, i);
	lua_pushinteger(L, n);
	lua_setfield(L, 1, "n");
	return 1;
}

static int
tab_unpack(lua_State *L)
{
	lua_Integer i = luaL_optinteger(L, 2, 1);
	lua_Integer end =
	    lua_isnoneornil(L, 3) ? luaL_len(L, 1) : luaL_checkinteger(L, 3);
	lua_Unsigned n;

	if (i > end)
		return 0;
	n = (lua_Unsigned)end - (lua_Unsigned)i;
	own_check_values(L, n < UINT64_MAX ? n + 1 : n);
	sandbox_charge(L, n + 1);
	for (lua_Unsigned k = 0; k <= n; k++)
		lua_geti(L, 1, (lua_Integer)((lua_Unsigned)i + k));
	return (int)n + 1;
}

/* The comparison is table.sort's second argument, at index 2. */
static bool
by_function(lua_State *L, int a, int b)
{
	bool less;

	lua_pushvalue(L, 2);
	lua_pushvalue(L, a < 0 ? a - 1 : a);
	lua_pushvalue(L, b < 0 ? b - 2 : b);
	lua_call(L, 2, 1);
	less = lua_toboolean(L, -1);
	lua_pop(L, 1);
	return less;
}

static bool
by_value(lua_State *L, int a, int b)
{
	own_charge_compare(L, a, b);
	return lua_compare(L, a, b, LUA_OPLT);
}

static int
tab_sort(lua_State *L)
{
	lua_Integer n = tables_length(L, 1);
	bool custom = !lua_isnoneornil(L, 2);

	if (n < 2)
		return 0;
	luaL_argcheck(L, n < INT_MAX, 1, "array too big");
	if (custom)
		luaL_checktype(L, 2, LUA_TFUNCTION);
	lua_settop(L, 2);
	/* A copy, as the table may have metamethods. */
	lua_newtable(L);
	for (lua_Integer i = 1; i <= n; i++) {
		sandbox_charge(L, OWN_ELEMENT_STEPS);
		lua_geti(L, 1, i);
		lua_rawseti(L, 3, i);
	}
	own_sort(L, n, custom ? by_function : by_value, OWN_ELEMENT_STEPS);
	for (lua_Integer i = 1; i <= n; i++) {
		lua_rawgeti(L, 3, i);
		lua_seti(L, 1, i);
	}
	return 0;
}

void
own_open_table(lua_State *L)
{
	static const luaL_Reg functions[] = {
		{ "concat", tab_concat },
		{ "insert", tab_insert },
		{ "move", tab_move },
		{ "pack", tab_pack },
		{ "remove", tab_remove },
		{ "sort", tab_sort },
		{ "unpack", tab_unpack },
		{ NULL, NULL },
	};

	luaL_setfuncs(L, functions, 0);
}
