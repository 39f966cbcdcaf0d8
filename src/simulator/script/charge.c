/*
 * What values cost by what they are.  Functions of Lua's own libraries read the
 * strings they are given, as numbers or as UTF-8, however long these are: each
 * is called through one that charges for the strings first.
 */
#include "script/own_in.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#define CALL_STEPS     4
#define BYTES_PER_STEP 8

uint64_t
own_number_steps(double d)
{
	int exponent = 0;

	if (isfinite(d))
		frexp(d, &exponent);
	return 3 + (uint64_t)abs(exponent) / 32;
}

void
own_charge_number(lua_State *L, int index)
{
	if (lua_type(L, index) == LUA_TNUMBER)
		sandbox_charge(L, own_number_steps(lua_tonumber(L, index)));
}

uint64_t
own_zeros_steps(struct str s)
{
	return memchr(s.p, '\0', s.n) != NULL ? s.n / 2 : 0;
}

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
	sandbox_charge(L, CALL_STEPS + bytes / BYTES_PER_STEP);
	return lua_tocfunction(L, lua_upvalueindex(1))(L);
}

void
own_charge_compare(lua_State *L, int a, int b)
{
	struct str s;

	if (lua_type(L, a) != LUA_TSTRING || lua_type(L, b) != LUA_TSTRING)
		return;
	if (lua_rawlen(L, b) < lua_rawlen(L, a))
		a = b;
	s.p = lua_tolstring(L, a, &s.n);
	sandbox_charge(L, s.n / 64 + own_zeros_steps(s));
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
