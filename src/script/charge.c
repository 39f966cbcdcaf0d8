/*
 * Functions of Lua's own libraries that read the strings they are given, as
 * numbers or as UTF-8, however long these are: each is called through one that
 * charges for the strings first.
 */
#include "script/own.h"

#define BYTES_PER_STEP 8

/* Upvalue 1 is Lua's own, which has no upvalues.  It runs in the same frame, so
 * that the places and names in its errors stay right. */
static int
call_charged(lua_State *L)
{
	uint64_t bytes = 0;
	int n = lua_gettop(L);

	for (int i = 1; i <= n; i++)
		if (lua_type(L, i) == LUA_TSTRING)
			bytes += lua_rawlen(L, i);
	sandbox_charge(L, bytes / BYTES_PER_STEP);
	return lua_tocfunction(L, lua_upvalueindex(1))(L);
}

void
own_charge_strings(lua_State *L)
{
	lua_pushnil(L);
	while (lua_next(L, -2) != 0) {
		if (!lua_iscfunction(L, -1)) {
			lua_pop(L, 1);
			continue;
		}
		lua_pushcclosure(L, call_charged, 1);
		lua_pushvalue(L, -2);
		lua_insert(L, -2);
		lua_rawset(L, -4);
	}
}
