/* What time it is for a program: since the start, and by the wall. */
#include "bindings/lua_program.h"

#include "base/dates.h"
#include "script/sandbox.h"

/* now(): seconds since the start. */
int
lua_fn_now(lua_State *L)
{
	lua_pushnumber(
	    L, (double)sim_now(lua_program_sim(lua_program_of(L))) / 1e9);
	return 1;
}

/* date(hours): the time of day by which people live here, or where they are so
 * many hours ahead of UTC. */
int
lua_fn_date(lua_State *L)
{
	const struct world *w = lua_program_of(L)->programs->world;
	int64_t ahead = lua_isnoneornil(L, 1) ? w->date.ahead_s
					      : luaL_checkinteger(L, 1) * 3600;
	int64_t s = world_date_now(w) + ahead;
	int64_t days = s / 86400, of_day = s % 86400;
	static const char *const names[] = { "year", "month", "day", "hour",
		"min", "sec", "wday" };
	int parts[7];

	date_of_days(days, &parts[0], &parts[1], &parts[2]);
	parts[3] = (int)(of_day / 3600);
	parts[4] = (int)(of_day / 60 % 60);
	parts[5] = (int)(of_day % 60);
	/* 1970-01-01 was a Thursday; 1 is Monday. */
	parts[6] = (int)((days + 3) % 7) + 1;
	lua_createtable(L, 0, 7);
	for (size_t i = 0; i < 7; i++) {
		lua_pushinteger(L, parts[i]);
		lua_setfield(L, -2, names[i]);
	}
	return 1;
}
