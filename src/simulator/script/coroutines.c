/*
 * Lua's coroutine library (reference manual 6.2) over the sandbox's limits:
 * each creation costs the steps that a coroutine may run before its first
 * hook, a stop goes through every resume, and a script's coroutine is kept
 * apart from those that the host runs: it can't resume, close or impersonate
 * them, and coroutine.yield does not yield to the host.
 */
#include "script/own_in.h"

#include "base/i18n.h"

#include <lualib.h>

static const char anchors_key;

void
own_push_anchors(lua_State *L)
{
	lua_rawgetp(L, LUA_REGISTRYINDEX, &anchors_key);
}

bool
own_is_host(lua_State *L, int index)
{
	bool is;

	lua_pushvalue(L, index);
	own_push_anchors(L);
	lua_insert(L, -2);
	is = lua_rawget(L, -2) != LUA_TNIL;
	lua_pop(L, 2);
	return is;
}

static lua_State *
check_coroutine(lua_State *L, int index)
{
	lua_State *co = lua_tothread(L, index);

	luaL_argexpected(L, co != NULL, index, "coroutine");
	if (own_is_host(L, index))
		sandbox_error(
		    L, _("only rung goes on with a script(…) that waits"));
	return co;
}

/* Results or the error message on top of L; their number, or -1. */
static int
resume(lua_State *L, lua_State *co, int nargs)
{
	int n = 0, status;

	own_check_values(L, (uint64_t)nargs);
	if (!lua_checkstack(co, nargs + 1)) {
		lua_pop(L, nargs);
		lua_pushliteral(L, "too many arguments to resume");
		return -1;
	}
	lua_xmove(L, co, nargs);
	sandbox_of(L)->current = co;
	status = lua_resume(co, L, nargs, &n);
	sandbox_of(L)->current = L;
	own_check_stack(sandbox_of(L));
	/* It is over with one that would be too large when it goes on. */
	if (sandbox_of(L)->stopped.err != 0 && status == LUA_YIELD)
		lua_resetthread(co);
	own_check(L, status);
	if (status != LUA_OK && status != LUA_YIELD) {
		lua_xmove(co, L, 1);
		own_check_caught(L, status);
		return -1;
	}
	if (n > OWN_VALUES_MAX || !lua_checkstack(L, n + 1)) {
		lua_pop(co, n);
		lua_pushfstring(L, "too many results to resume; at most %d",
		    OWN_VALUES_MAX);
		return -1;
	}
	lua_xmove(co, L, n);
	return n;
}

static int
co_create(lua_State *L)
{
	lua_State *co;

	luaL_checktype(L, 1, LUA_TFUNCTION);
	sandbox_charge(L, OWN_HOOK_STEPS);
	co = lua_newthread(L);
	lua_pushvalue(L, 1);
	lua_xmove(L, co, 1);
	return 1;
}

static int
co_resume(lua_State *L)
{
	lua_State *co = check_coroutine(L, 1);
	int n = resume(L, co, lua_gettop(L) - 1);

	lua_pushboolean(L, n >= 0);
	lua_insert(L, n >= 0 ? -(n + 1) : -2);
	return n >= 0 ? n + 1 : 2;
}

static int
wrapped(lua_State *L)
{
	lua_State *co = lua_tothread(L, lua_upvalueindex(1));
	int n = resume(L, co, lua_gettop(L));

	if (n >= 0)
		return n;
	/* The manual: wrap closes the coroutine and propagates the error. */
	if (lua_status(co) != LUA_OK && lua_status(co) != LUA_YIELD) {
		own_check(
		    L, lua_resetthread(co) == LUA_ERRMEM ? LUA_ERRMEM : LUA_OK);
		lua_settop(co, 0);
	}
	return lua_error(L);
}

static int
co_wrap(lua_State *L)
{
	co_create(L);
	lua_pushcclosure(L, wrapped, 1);
	return 1;
}

static int co_yield (lua_State *L)
{
	if (sandbox_of(L)->pausable == L || !lua_isyieldable(L))
		return sandbox_error(
		    L, _("coroutine.yield outside of a coroutine of your own; "
			 "to let time pass, use sleep or wait"));
	return lua_yield(L, lua_gettop(L));
}

static int
co_close(lua_State *L)
{
	lua_State *co = check_coroutine(L, 1);
	lua_Debug ar;
	int status = lua_status(co);
	bool suspended =
	    status == LUA_YIELD ||
	    (status == LUA_OK && co != L && lua_getstack(co, 0, &ar) == 0);

	if (co == L || (!suspended && status == LUA_OK))
		return sandbox_error(
		    L, _("a running coroutine can't be closed"));
	status = lua_resetthread(co);
	own_check(L, status);
	lua_pushboolean(L, status == LUA_OK);
	if (status == LUA_OK)
		return 1;
	lua_xmove(co, L, 1);
	own_check_caught(L, status);
	return 2;
}

void
own_open_coroutine(lua_State *L)
{
	static const luaL_Reg functions[] = {
		{ "create", co_create },
		{ "resume", co_resume },
		{ "wrap", co_wrap },
		{ "yield", co_yield },
		{ "close", co_close },
		{ NULL, NULL },
	};

	luaL_setfuncs(L, functions, 0);
	lua_newtable(L);
	lua_rawsetp(L, LUA_REGISTRYINDEX, &anchors_key);
}
