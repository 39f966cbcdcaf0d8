/*
 * Modules of rung's own for programs (modules/NAME.lua): what a program that
 * makes calls, registers or subscribes must not forget is done there.  They are
 * compiled in, so that a trace, a page and a bundle need no file.
 *
 * A module's text is Lua like the program's; it gets a table `own` with
 * functions that programs do not have: turn (a step of a machine), hooks
 * (functions that are called before the program's own of that name; where one
 * returns true the program is not told), find (a function of the program's by
 * its name), blame (the line of the program for which it works), line_of (where
 * a function begins), here (the line that runs), table_of (a table with no
 * other names than those) and need (raises an error with the usage, unless a
 * condition holds).  Its own lines are never named: a record names the
 * program's.
 */
#include "base/rows.h"
#include "bindings/lua_program.h"

#include "base/err.h"
#include "base/mem.h"
#include "node/script_host.h"
#include "script/sandbox.h"

#include <string.h>

struct module {
	const char *name;
	const unsigned char *text;
	size_t n;
};

#include "lua_modules.inc"

#define LOADED "rung.modules"
#define HOOKS  "rung.hooks"
#define OWN    "rung.own"

/* Functions of modules that programs have without `require`. */
static const struct {
	const char *name, *module;
} globals[] = {
	{ "call", "calls" },
	{ "pair", "calls" },
	{ "register", "registration" },
	{ "subscribe", "subscriptions" },
	{ "expiring", "expiring" },
};

/* Modules that send and set timers, which programs that are only asked for a
 * decision can't. */
#define DOING STR("calls gb process registration requests subscriptions")

/* Functions of a program that modules call, which "requests" loads when they
 * are needed first. */
static const char *const callbacks[] = { "on_call", "on_subscribe" };

/* ---- what modules have ---- */

static struct str
lua_module_text_at(lua_State *L, int index)
{
	struct str s = STR_NULL;

	if (!lua_isnoneornil(L, index))
		s = sandbox_tostring(L, index);
	return s;
}

/* turn(machine, id, event, peer, status): the state that it leads to. */
static int
fn_turn(lua_State *L)
{
	struct lua_program *p = lua_program_of(L);
	const struct script_host *host = lua_host_of(L, p);
	struct script_turn turn;
	struct diag d = DIAG_INIT;
	const char *now = "";

	lua_settop(L, 5);
	turn.status = (unsigned)luaL_optinteger(L, 5, 0);
	turn.machine = lua_module_text_at(L, 1);
	turn.id = lua_module_text_at(L, 2);
	turn.event = lua_module_text_at(L, 3);
	turn.peer = lua_module_text_at(L, 4);
	lua_check_done(L, host->turn(p->base.role, &turn, &now, &d), &d);
	lua_pushstring(L, now);
	return 1;
}

static void
push_global(lua_State *L, const char *name)
{
	lua_pushglobaltable(L);
	lua_pushstring(L, name);
	lua_rawget(L, -2);
	lua_remove(L, -2);
}

static int
fn_find(lua_State *L)
{
	push_global(L, luaL_checkstring(L, 1));
	return 1;
}

static int
fn_blame(lua_State *L)
{
	lua_program_of(L)->blamed = (unsigned)luaL_checkinteger(L, 1);
	return 0;
}

static int
fn_here(lua_State *L)
{
	lua_pushinteger(L, lua_place_of(L).line);
	return 1;
}

/* Of a module's function the line for which the module works: such a function
 * has no text any more. */
static int
fn_line_of(lua_State *L)
{
	lua_Debug ar;
	unsigned line;

	luaL_checktype(L, 1, LUA_TFUNCTION);
	lua_settop(L, 1);
	lua_getinfo(L, ">S", &ar);
	line = strcmp(ar.source, "=?") == 0 ? lua_program_of(L)->blamed
	       : ar.linedefined > 0         ? (unsigned)ar.linedefined
					    : 0;
	lua_pushinteger(L, line);
	return 1;
}

/* table_of(value, "names that it may have"): VALUE, or a table for nil. */
static int
fn_table_of(lua_State *L)
{
	lua_settop(L, 2);
	if (lua_isnil(L, 1)) {
		lua_newtable(L);
		return 1;
	}
	if (!lua_istable(L, 1))
		sandbox_error(L, _("write its arguments in braces: { %s }"),
		    luaL_checkstring(L, 2));
	luaL_checkstack(L, 20, NULL);
	lua_check_names(L, 1, luaL_checkstring(L, 2));
	lua_settop(L, 1);
	return 1;
}

/* need(whether, form): what a module's function is given is as FORM writes it.
 */
static int
fn_need(lua_State *L)
{
	if (!lua_toboolean(L, 1))
		sandbox_error(L, _("write it as %s"), luaL_checkstring(L, 2));
	return 0;
}

/* need_seconds(value, name, usual): VALUE as a whole number of seconds that a
 * header field can have (RFC 3261 20.19), USUAL where it is nil. */
static int
fn_need_seconds(lua_State *L)
{
	const char *name = luaL_checkstring(L, 2);
	int whole = 0;
	lua_Integer n;

	lua_settop(L, 3);
	if (lua_isnil(L, 1))
		return 1;
	n = lua_tointegerx(L, 1, &whole);
	if (whole == 0 || n < 0 || n > (lua_Integer)UINT32_MAX) {
		lua_pushcfunction(L, lua_fn_quote);
		lua_pushvalue(L, 1);
		lua_call(L, 1, 1);
		sandbox_error(L,
		    _("%s = %s is not a whole number of seconds from 0 to "
		      "4294967295 (RFC 3261 20.19)"),
		    name, lua_tostring(L, -1));
	}
	lua_pushinteger(L, n);
	return 1;
}

/* need_waiting(whether, verb): a call's INVITE waits for its final response. */
static int
fn_need_waiting(lua_State *L)
{
	if (!lua_toboolean(L, 1))
		sandbox_error(L,
		    _("%s: no INVITE of this call waits for a response; it was "
		      "answered, or went the other way"),
		    luaL_checkstring(L, 2));
	return 0;
}

int
lua_fn_nothing(lua_State *L)
{
	(void)L;
	return 0;
}

static void
push_own(lua_State *L)
{
	static const luaL_Reg functions[] = {
		{ "turn", fn_turn },
		{ "find", fn_find },
		{ "blame", fn_blame },
		{ "here", fn_here },
		{ "line_of", fn_line_of },
		{ "table_of", fn_table_of },
		{ "need", fn_need },
		{ "need_seconds", fn_need_seconds },
		{ "need_waiting", fn_need_waiting },
		{ "way", lua_fn_way },
		{ "address", lua_fn_address },
		{ "watch", lua_fn_watch_call },
		{ "ask", lua_fn_ask },
		{ "quote", lua_fn_quote },
		{ "tell", lua_fn_tell },
		{ NULL, NULL },
	};

	if (luaL_getsubtable(L, LUA_REGISTRYINDEX, OWN))
		return;
	luaL_setfuncs(L, functions, 0);
	luaL_getsubtable(L, LUA_REGISTRYINDEX, HOOKS);
	lua_setfield(L, -2, "hooks");
}

/* ---- require ---- */

static const struct module *
find_module(struct str name)
{
	return ROWS_ROW(name, modules);
}

/* The program is notified of what its modules want to hear as well. */
static void
listen_for_hooks(lua_State *L, struct lua_program *p)
{
	luaL_getsubtable(L, LUA_REGISTRYINDEX, HOOKS);
	for (unsigned e = 0; e < p->kind->nlisteners; e++) {
		lua_pushstring(L, p->kind->listeners[e]);
		if (lua_rawget(L, -2) != LUA_TNIL)
			p->listens |= 1u << e;
		lua_pop(L, 1);
	}
	lua_pop(L, 1);
}

/* P's kind may use the module NAME. */
static bool
may_use(const struct lua_program *p, const char *name)
{
	return p->kind->ops.tell != NULL || !str_has_word(DOING, str_of(name));
}

static int
lua_module_write_code(lua_State *L, const void *p, size_t n, void *code)
{
	(void)L;
	buf_str(code, (struct str){ p, n });
	return ((struct buf *)code)->err;
}

/* Compiles M for all of the run's programs.  Without its lines: errors are the
 * program's. */
static void
compile_code(lua_State *L, const struct module *m, struct buf *code)
{
	if (luaL_loadbufferx(L, (const char *)m->text, m->n, "=", "t") !=
	    LUA_OK)
		lua_error(L);
	lua_dump(L, lua_module_write_code, code, 1);
	lua_pop(L, 1);
	if (code->err != 0) {
		buf_free(code);
		sandbox_error(L, "%s", err_text(ERR_NOMEM));
	}
}

/* Pushes the function that M's text is. */
static void
push_code(lua_State *L, const struct module *m)
{
	struct lua_programs *all = lua_program_of(L)->programs;
	struct buf *code;
	int status;

	if (all->code == NULL)
		all->code = mem_zalloc(COUNT_OF(modules), sizeof(*all->code));
	if (all->code == NULL)
		sandbox_error(L, "%s", err_text(ERR_NOMEM));
	code = &all->code[m - modules];
	if (code->n == 0)
		compile_code(L, m, code);
	status = luaL_loadbufferx(L, buf_cstr(code), code->n, "=", "b");
	if (status == LUA_ERRMEM)
		sandbox_error(L, "%s", err_text(ERR_NOMEM));
	if (status != LUA_OK)
		lua_error(L);
}

void
lua_forget_modules(struct lua_programs *all)
{
	for (size_t i = 0; all->code != NULL && i < COUNT_OF(modules); i++)
		buf_free(&all->code[i]);
	mem_free(all->code);
	all->code = NULL;
}

/* Pushes what M's text returns. */
static void
push_module(lua_State *L, const struct module *m)
{
	if (!may_use(lua_program_of(L), m->name))
		sandbox_error(L,
		    _("“%s” is only for programs of nodes (role=script)"),
		    m->name);
	luaL_getsubtable(L, LUA_REGISTRYINDEX, LOADED);
	if (lua_getfield(L, -1, m->name) == LUA_TNIL) {
		lua_pop(L, 1);
		sandbox_charge(L, m->n);
		push_code(L, m);
		push_own(L);
		lua_call(L, 1, 1);
		lua_pushvalue(L, -1);
		lua_setfield(L, -3, m->name);
		listen_for_hooks(L, lua_program_of(L));
	}
	lua_remove(L, -2);
}

int
lua_fn_require(lua_State *L)
{
	struct str name = sandbox_tostring(L, 1);
	const struct module *m = find_module(name);
	struct diag d = DIAG_INIT;

	if (m != NULL) {
		push_module(L, m);
		return 1;
	}
	diag_set(&d, ERR_NOTFOUND, NULL, 0, _("there is no module “%.*s”"),
	    (int)(name.n < 40 ? name.n : 40), name.p);
	diag_one_of(&d, ERR_NOTFOUND, name, &modules[0].name, COUNT_OF(modules),
	    sizeof(modules[0]));
	return sandbox_error_of(L, &d);
}

/* A function of a module, which is loaded when it is called first; the global
 * is that function itself from then on. */
static int
call_module(lua_State *L)
{
	size_t i = (size_t)lua_tointeger(L, lua_upvalueindex(1));
	int nargs = lua_gettop(L);

	push_module(L, find_module(str_of(globals[i].module)));
	lua_getfield(L, -1, globals[i].name);
	lua_remove(L, -2);
	lua_pushvalue(L, -1);
	lua_setglobal(L, globals[i].name);
	lua_insert(L, 1);
	lua_call(L, nargs, LUA_MULTRET);
	return lua_gettop(L);
}

void
lua_bind_modules(lua_State *L)
{
	const struct lua_program *p = lua_program_of(L);

	for (size_t i = 0; i < COUNT_OF(globals); i++) {
		if (!may_use(p, globals[i].module))
			continue;
		lua_pushinteger(L, (lua_Integer)i);
		lua_pushcclosure(L, call_module, 1);
		lua_setglobal(L, globals[i].name);
	}
}

void
lua_load_callbacks(lua_State *L, struct lua_program *p)
{
	for (size_t i = 0; i < COUNT_OF(callbacks); i++) {
		push_global(L, callbacks[i]);
		if (lua_isfunction(L, -1)) {
			push_module(L, find_module(STR("requests")));
			lua_pop(L, 1);
		}
		lua_pop(L, 1);
	}
	listen_for_hooks(L, p);
}

bool
lua_push_hook(lua_State *L, const char *name)
{
	luaL_getsubtable(L, LUA_REGISTRYINDEX, HOOKS);
	lua_pushstring(L, name);
	lua_rawget(L, -2);
	lua_remove(L, -2);
	if (lua_isfunction(L, -1))
		return true;
	lua_pop(L, 1);
	return false;
}
