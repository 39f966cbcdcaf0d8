/*
 * Timers of a node's program, each one entry of a table by its number.  One
 * that has a name is the only one of that name: to set it again replaces it, so
 * that what is set on every way to something is set once.
 */
#include "bindings/lua_program.h"

#include "base/err.h"
#include "base/param.h"
#include "node/script.h"
#include "script/sandbox.h"

#include <math.h>

#define TIMER_STEPS 100
/* Timers that are set. */
#define TIMERS 10000

/* number → { function, name, time of `every`, line } */
#define TIMER_TABLE "rung.timers"
/* name → number */
#define NAME_TABLE "rung.timer_names"

enum { AT_FUNCTION = 1, AT_NAME, AT_TIME, AT_LINE };

/* Forgets the timer NUMBER, whose entry is on top of the stack and stays. */
static void
forget_timer(lua_State *L, struct lua_program *p, lua_Integer number)
{
	luaL_getsubtable(L, LUA_REGISTRYINDEX, TIMER_TABLE);
	lua_pushnil(L);
	lua_rawseti(L, -2, number);
	lua_pop(L, 1);
	p->timers--;
	if (lua_rawgeti(L, -1, AT_NAME) != LUA_TNIL) {
		luaL_getsubtable(L, LUA_REGISTRYINDEX, NAME_TABLE);
		lua_pushvalue(L, -2);
		lua_pushnil(L);
		lua_rawset(L, -3);
		lua_pop(L, 1);
	}
	lua_pop(L, 1);
}

/* Pushes the entry of NUMBER; false, and nothing, where there is none. */
static bool
push_entry(lua_State *L, lua_Integer number)
{
	luaL_getsubtable(L, LUA_REGISTRYINDEX, TIMER_TABLE);
	lua_rawgeti(L, -1, number);
	lua_remove(L, -2);
	if (lua_istable(L, -1))
		return true;
	lua_pop(L, 1);
	return false;
}

/* The number of the timer with the name at INDEX; 0: there is none. */
static lua_Integer
find_name(lua_State *L, int index)
{
	lua_Integer number;

	lua_pushvalue(L, index);
	luaL_getsubtable(L, LUA_REGISTRYINDEX, NAME_TABLE);
	lua_insert(L, -2);
	lua_rawget(L, -2);
	number = lua_tointeger(L, -1);
	lua_pop(L, 2);
	return number;
}

static void
stop_number(lua_State *L, struct lua_program *p, const struct script_host *host,
    lua_Integer number)
{
	if (number <= 0 || !push_entry(L, number))
		return;
	forget_timer(L, p, number);
	lua_pop(L, 1);
	host->stop(p->base.role, (unsigned)number);
}

/* The time at INDEX, "2s" or so many seconds. */
static int64_t
time_of(lua_State *L, int index)
{
	int top = lua_gettop(L);
	int64_t ns = -1;

	if (lua_type(L, index) == LUA_TNUMBER) {
		double s = lua_tonumber(L, index);

		if (s >= 0 && s < 1e9)
			ns = (int64_t)llround(s * 1e9);
	} else if (lua_type(L, index) != LUA_TSTRING ||
		   param_time(sandbox_tostring(L, index), &ns) != 0) {
		ns = -1;
	}
	lua_settop(L, top);
	if (ns < 0)
		sandbox_error(
		    L, _("a timer needs a time and a function: after(\"2s\", "
			 "function() … end)"));
	return ns;
}

/* The entry on top of the stack is set to fire after NS, from PLACE; its
 * number. */
static unsigned
set_timer(lua_State *L, struct lua_program *p, const struct script_host *host,
    const struct script_place *place, int64_t ns)
{
	unsigned number = 0;

	sandbox_charge(L, TIMER_STEPS);
	if (p->timers >= TIMERS)
		sandbox_error(L, _("more than %d timers are too many"), TIMERS);
	if (host->after(p->base.role, place, ns, &number) != 0)
		sandbox_error(L, "%s", err_text(ERR_NOMEM));
	luaL_getsubtable(L, LUA_REGISTRYINDEX, TIMER_TABLE);
	lua_pushvalue(L, -2);
	lua_rawseti(L, -2, (lua_Integer)number);
	lua_pop(L, 1);
	p->timers++;
	if (lua_rawgeti(L, -1, AT_NAME) != LUA_TNIL) {
		luaL_getsubtable(L, LUA_REGISTRYINDEX, NAME_TABLE);
		lua_pushvalue(L, -2);
		lua_pushinteger(L, number);
		lua_rawset(L, -3);
		lua_pop(L, 1);
	}
	lua_pop(L, 1);
	return number;
}

/* after(time, name, function), every(time, name, function): a number.  NAMED
 * is the name's index or 0. */
static int
start_timer(lua_State *L, int named, bool again)
{
	struct lua_program *p = lua_program_of(L);
	const struct script_host *host = lua_host_of(L, p);
	struct script_place place = lua_place_of(L);
	int function = named != 0 ? 3 : 2;
	int64_t ns = time_of(L, 1);

	luaL_checktype(L, function, LUA_TFUNCTION);
	if (named != 0)
		stop_number(L, p, host, find_name(L, named));
	lua_createtable(L, AT_LINE, 0);
	lua_pushvalue(L, function);
	lua_rawseti(L, -2, AT_FUNCTION);
	if (named != 0) {
		lua_pushvalue(L, named);
		lua_rawseti(L, -2, AT_NAME);
	}
	if (again) {
		lua_pushvalue(L, 1);
		lua_rawseti(L, -2, AT_TIME);
	}
	lua_pushinteger(L, place.line);
	lua_rawseti(L, -2, AT_LINE);
	p->number = set_timer(L, p, host, &place, ns);
	lua_pushinteger(L, p->number);
	return 1;
}

int
lua_fn_after(lua_State *L)
{
	bool named = lua_type(L, 2) == LUA_TSTRING;

	lua_settop(L, 3);
	return start_timer(L, named ? 2 : 0, false);
}

int
lua_fn_every(lua_State *L)
{
	lua_settop(L, 3);
	luaL_checktype(L, 2, LUA_TSTRING);
	if (time_of(L, 1) == 0)
		sandbox_error(L, _("every needs a time above 0"));
	return start_timer(L, 2, true);
}

int
lua_fn_stop(lua_State *L)
{
	struct lua_program *p = lua_program_of(L);
	const struct script_host *host = lua_host_of(L, p);

	stop_number(L, p, host,
	    lua_type(L, 1) == LUA_TSTRING ? find_name(L, 1)
					  : luaL_checkinteger(L, 1));
	return 0;
}

void
lua_push_timer(lua_State *L, struct lua_program *p, unsigned number)
{
	const struct script_host *host = p->base.host;
	struct script_place place = { .file = p->file };

	if (!push_entry(L, number)) {
		lua_pushcfunction(L, lua_fn_nothing);
		return;
	}
	lua_rawgeti(L, -1, AT_LINE);
	p->blamed = place.line = (unsigned)lua_tointeger(L, -1);
	lua_pop(L, 1);
	forget_timer(L, p, number);
	/* Before its function, which may fail, or stop it. */
	if (lua_rawgeti(L, -1, AT_TIME) != LUA_TNIL) {
		int64_t ns = time_of(L, -1);

		lua_pop(L, 1);
		set_timer(L, p, host, &place, ns);
	} else {
		lua_pop(L, 1);
	}
	lua_rawgeti(L, -1, AT_FUNCTION);
	lua_remove(L, -2);
}
