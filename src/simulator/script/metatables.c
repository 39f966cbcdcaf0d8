/*
 * setmetatable, and what a metatable of a script may not hold.
 *
 * Lua follows a chain of `__call` within one instruction, moving all arguments
 * at each link, and one that leads to itself has no end but the stack's.  So a
 * `__call` must be a function.  It can be set later as well; hence metatables
 * are remembered, and the count hook looks at them.
 */
#include "script/own_in.h"

#include "base/err.h"

/* Of each, at each hook: it is looked at, and it may be a link of a chain of
 * `__index`, which an instruction follows as well. */
#define METATABLE_STEPS 16

/* Their addresses are keys of the registry. */
static const char known; /* of the table of those that are remembered */
static const char weak;  /* of its metatable while they are looked at anew */

/* Those that are remembered: 1.. in order, and each as a key. */
static void
push_known(lua_State *L)
{
	if (lua_rawgetp(L, LUA_REGISTRYINDEX, &known) != LUA_TNIL)
		return;
	lua_pop(L, 1);
	lua_newtable(L);
	lua_pushliteral(L, "kv");
	lua_setfield(L, -2, "__mode");
	lua_rawsetp(L, LUA_REGISTRYINDEX, &weak);
	lua_newtable(L);
	lua_pushvalue(L, -1);
	lua_rawsetp(L, LUA_REGISTRYINDEX, &known);
}

/* The metatable at INDEX 2 is looked at from now on. */
static void
remember_metatable(lua_State *L)
{
	struct sandbox *sb = sandbox_of(L);

	push_known(L);
	lua_pushvalue(L, 2);
	if (lua_rawget(L, -2) == LUA_TNIL) {
		lua_pushvalue(L, 2);
		lua_pushboolean(L, 1);
		lua_rawset(L, -4);
		lua_pushvalue(L, 2);
		lua_rawseti(L, -3, (lua_Integer)sb->nmetatables + 1);
		sb->nmetatables++;
	}
	lua_pop(L, 2);
}

/* Is the `__call` of the metatable on top of the stack none, or a function? */
static bool
may_call(lua_State *L)
{
	int type;

	lua_pushliteral(L, "__call");
	type = lua_rawget(L, -2);
	lua_pop(L, 1);
	return type == LUA_TNIL || type == LUA_TFUNCTION;
}

void
own_check_metatables(lua_State *L)
{
	struct sandbox *sb = sandbox_of(L);

	if (sb->nmetatables == 0)
		return;
	luaL_checkstack(L, 4, NULL);
	push_known(L);
	for (size_t i = 1; i <= sb->nmetatables; i++) {
		lua_rawgeti(L, -1, (lua_Integer)i);
		if (!may_call(L)) {
			sb->collect = true;
			own_stop(L, ERR_LIMIT,
			    _("a metatable's __call must be a function; "
			      "stopped here"));
		}
		lua_pop(L, 1);
	}
	lua_pop(L, 1);
	sandbox_charge(L, sb->nmetatables * METATABLE_STEPS);
}

void
own_weaken_metatables(lua_State *L)
{
	if (sandbox_of(L)->nmetatables == 0)
		return;
	lua_rawgetp(L, LUA_REGISTRYINDEX, &known);
	lua_rawgetp(L, LUA_REGISTRYINDEX, &weak);
	lua_setmetatable(L, -2);
	lua_pop(L, 1);
}

/* The places are there: to fill them needs no memory. */
void
own_prune_metatables(lua_State *L)
{
	struct sandbox *sb = sandbox_of(L);
	size_t left = 0;

	if (sb->nmetatables == 0)
		return;
	lua_rawgetp(L, LUA_REGISTRYINDEX, &known);
	lua_pushnil(L);
	lua_setmetatable(L, -2);
	for (size_t i = 1; i <= sb->nmetatables; i++) {
		if (lua_rawgeti(L, -1, (lua_Integer)i) == LUA_TNIL) {
			lua_pop(L, 1);
			continue;
		}
		lua_rawseti(L, -2, (lua_Integer)++left);
		if (left == i)
			continue;
		lua_pushnil(L);
		lua_rawseti(L, -2, (lua_Integer)i);
	}
	lua_pop(L, 1);
	sb->nmetatables = left;
	sb->metatables_many =
	    2 * left > OWN_METATABLES ? 2 * left : OWN_METATABLES;
}

int
own_set_metatable(lua_State *L)
{
	static const char *const never[] = { "__gc", "__mode" };
	int type = lua_type(L, 2);

	luaL_checktype(L, 1, LUA_TTABLE);
	luaL_argexpected(
	    L, type == LUA_TNIL || type == LUA_TTABLE, 2, "nil or table");
	if (luaL_getmetafield(L, 1, "__metatable") != LUA_TNIL)
		return luaL_error(L, "cannot change a protected metatable");
	lua_settop(L, 2);
	/* Both would show when memory is collected, which is not the same on
	 * each run; and a __gc would run after the end. */
	for (size_t i = 0; type == LUA_TTABLE && i < 2; i++) {
		lua_pushstring(L, never[i]);
		if (lua_rawget(L, 2) != LUA_TNIL)
			return sandbox_error(
			    L, _("%s is not available in scripts"), never[i]);
		lua_pop(L, 1);
	}
	if (type == LUA_TTABLE) {
		if (!may_call(L))
			return sandbox_error(
			    L, _("a metatable's __call must be a function"));
		remember_metatable(L);
	}
	lua_setmetatable(L, 1);
	return 1;
}
