/* Whether servers are there: which a program watches, and what it is told. */
#include "bindings/lua_program.h"

#include "base/err.h"
#include "base/mem.h"
#include "base/param.h"
#include "script/sandbox.h"

/* The one with the URI at INDEX, or NULL. */
static struct program_watched *
find_watched(lua_State *L, struct lua_program *p, int index)
{
	struct str uri;

	uri.p = luaL_checklstring(L, index, &uri.n);
	sandbox_charge(L, p->base.nwatched);
	for (size_t i = 0; i < p->base.nwatched; i++)
		if (msg_uri_equal(str_of(p->base.watched[i].uri), uri))
			return &p->base.watched[i];
	return NULL;
}

/* Not more often, since each question is a transaction. */
#define WATCH_LEAST_NS SIM_S

/* watch(uri, every): asked by OPTIONS from the beginning. */
int
lua_fn_watch(lua_State *L)
{
	struct lua_program *p = lua_program_of(L);
	struct program_watched *w = find_watched(L, p, 1);
	struct str uri, every = STR("10s");
	int64_t ns = 0;

	uri.p = luaL_checklstring(L, 1, &uri.n);
	if (!lua_isnoneornil(L, 2))
		every.p = luaL_checklstring(L, 2, &every.n);
	if (!p->loading)
		return sandbox_error(L,
		    _("watch stands outside of functions: servers are watched "
		      "from the beginning"));
	if (!lua_is_target(uri))
		return sandbox_error(L, _("“%.*s” is no SIP URI"),
		    (int)(uri.n < 80 ? uri.n : 80), uri.p);
	if (param_time(every, &ns) != 0 || ns < WATCH_LEAST_NS)
		return sandbox_error(
		    L, _("watch needs a time from 1s on, such as \"10s\""));
	if (w != NULL || p->base.nwatched == PROGRAM_WATCHED)
		return sandbox_error(L,
		    w != NULL ? _("that server is watched already")
			      : _("no more than 100 servers can be watched"));
	w = &p->base.watched[p->base.nwatched];
	w->uri = mem_dup(uri.p, uri.n);
	if (w->uri == NULL)
		return sandbox_error(L, "%s", err_text(ERR_NOMEM));
	w->every_ns = ns;
	w->up = true;
	p->base.nwatched++;
	return 0;
}

/* alive(uri): it answers, as far as the proxy knows. */
int
lua_fn_alive(lua_State *L)
{
	const struct program_watched *w = find_watched(L, lua_program_of(L), 1);

	if (w == NULL)
		return sandbox_error(
		    L, _("alive knows only servers that the program watches: "
			 "watch \"sip:…\""));
	lua_pushboolean(L, w->up);
	return 1;
}

void
lua_forget_watched(struct lua_program *p)
{
	while (p->base.nwatched > 0)
		mem_free(p->base.watched[--p->base.nwatched].uri);
}
