/*
 * The globals of a script: a new table with chosen functions of Lua's own base
 * library, replacements for functions that would break the sandbox, and the
 * libraries.  Other names do not exist for scripts.
 *
 * Reading a global that was never set is an error that names the nearest word.
 */
#include "script/sandbox_in.h"

#include "base/err.h"
#include "base/param.h"

#include <lualib.h>
#include <stdlib.h>
#include <string.h>

/* ---- setmetatable ---- */

/* Of each, at each hook: it is looked at, and it may be a link of a chain of
 * `__index`, which an instruction follows as well. */
#define METATABLE_STEPS 16

/* Their addresses are keys of the registry. */
static const char known; /* key of the table of known metatables */
static const char weak;  /* of its metatable while they are looked at again */

/* The known metatables: 1.. in order, and each as a key. */
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
globals_may_call(lua_State *L)
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
		if (!globals_may_call(L)) {
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

/*
 * Lua follows a chain of `__call` within one instruction, moving all arguments
 * at each link, and one that leads to itself has no end but the stack's.  So a
 * `__call` must be a function.  It can be set later as well; hence metatables
 * are remembered, and the count hook looks at them.
 */
static int
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
		if (!globals_may_call(L))
			return sandbox_error(
			    L, _("a metatable's __call must be a function"));
		remember_metatable(L);
	}
	lua_setmetatable(L, 1);
	return 1;
}

#define SUGGESTIONS_MAX 2048
/* For an error that is caught: what was done in vain, a chain of `__index`
 * that has no end for instance, was one instruction. */
#define CAUGHT_STEPS 1000
/* Room for as many at once: a table that grows is made again and again. */
#define GLOBALS_USUAL   64
#define FUNCTIONS_USUAL 32

/* Taken from Lua as they are. */
static const char *const kept[] = { "assert", "error", "getmetatable",
	"rawequal", "rawget", "rawlen", "rawset", "select", "tonumber", "type",
	"_VERSION" };

/* Not there, and people who know Lua look for them. */
static const char *const refused[] = { "collectgarbage", "debug", "dofile",
	"io", "load", "loadfile", "loadstring", "os", "package", "require" };

/* ---- pcall and xpcall: after a stop they raise again what they caught ---- */

/* Calls that are open, within a factor of two: catching an error makes Lua
 * look at each of them. */
static uint64_t
depth(lua_State *L)
{
	lua_Debug ar;
	int level = 16;

	while (level < LUAI_MAXSTACK && lua_getstack(L, level, &ar))
		level *= 2;
	return (uint64_t)level;
}

static int
finish_pcall(lua_State *L, int status, lua_KContext skip)
{
	if (status == LUA_OK || status == LUA_YIELD)
		return lua_gettop(L) - (int)skip;
	own_check_caught(L, status);
	sandbox_charge(L, CAUGHT_STEPS + depth(L));
	lua_pushboolean(L, 0);
	lua_pushvalue(L, -2);
	return 2;
}

static int
protected_call(lua_State *L)
{
	int status;

	luaL_checkany(L, 1);
	lua_pushboolean(L, 1);
	lua_insert(L, 1);
	status =
	    lua_pcallk(L, lua_gettop(L) - 2, LUA_MULTRET, 0, 0, finish_pcall);
	return finish_pcall(L, status, 0);
}

/*
 * Calls the script's handler, upvalue 1.  Not after a stop: the hook that
 * raised it is still active, no other hook would interrupt the handler.
 */
static int
handler(lua_State *L)
{
	if (sandbox_of(L)->stopped.err != 0 || own_is_memory(L, LUA_ERRRUN))
		return 1;
	lua_settop(L, 1);
	lua_pushvalue(L, lua_upvalueindex(1));
	lua_insert(L, 1);
	lua_call(L, 1, 1);
	return 1;
}

static int
handled_call(lua_State *L)
{
	int n = lua_gettop(L), status;

	luaL_checktype(L, 2, LUA_TFUNCTION);
	lua_pushvalue(L, 2);
	lua_pushcclosure(L, handler, 1);
	lua_replace(L, 2);
	lua_pushboolean(L, 1);
	lua_pushvalue(L, 1);
	lua_rotate(L, 3, 2);
	status = lua_pcallk(L, n - 2, LUA_MULTRET, 2, 2, finish_pcall);
	return finish_pcall(L, status, 2);
}

static int
globals_print(lua_State *L)
{
	struct sandbox *sb = sandbox_of(L);
	int n = lua_gettop(L), err;
	struct str text;
	luaL_Buffer b;

	luaL_buffinit(L, &b);
	for (int i = 1; i <= n; i++) {
		if (i > 1)
			luaL_addchar(&b, '\t');
		sandbox_tostring(L, i);
		luaL_addvalue(&b);
		own_check_length(L, luaL_bufflen(&b));
	}
	luaL_pushresult(&b);
	text.p = lua_tolstring(L, -1, &text.n);
	sandbox_charge(L, 100 + text.n / 4);
	if (sb->host.print == NULL)
		return 0;
	err = sb->host.print(L, text, sb->host.arg);
	if (err != 0)
		own_stop(L, err, "%s", err_text(err));
	return 0;
}

/* From 0 to MAX, evenly. */
static uint64_t
random_upto(struct sandbox *sb, uint64_t max)
{
	uint64_t mask = max, r;

	for (unsigned shift = 1; shift < 64; shift *= 2)
		mask |= mask >> shift;
	do {
		r = sb->host.random(sb->host.arg) & mask;
	} while (r > max);
	return r;
}

static int
random_number(lua_State *L)
{
	struct sandbox *sb = sandbox_of(L);
	lua_Integer low = 1, high;

	switch (lua_gettop(L)) {
	case 0:
		lua_pushnumber(
		    L, (double)(sb->host.random(sb->host.arg) >> 11) * 0x1p-53);
		return 1;
	case 1:
		high = luaL_checkinteger(L, 1);
		if (high == 0) {
			lua_pushinteger(
			    L, (lua_Integer)sb->host.random(sb->host.arg));
			return 1;
		}
		break;
	case 2:
		low = luaL_checkinteger(L, 1);
		high = luaL_checkinteger(L, 2);
		break;
	default:
		return luaL_error(L, "wrong number of arguments");
	}
	luaL_argcheck(L, low <= high, lua_gettop(L), "interval is empty");
	lua_pushinteger(
	    L, (lua_Integer)((lua_Unsigned)low +
			     random_upto(sb, (uint64_t)high - (uint64_t)low)));
	return 1;
}

/* utf8.codepoint is Lua's own, upvalue 1; with a bound on its results. */
static int
codepoint(lua_State *L)
{
	size_t n;
	lua_Integer from, to;

	luaL_checklstring(L, 1, &n);
	from = luaL_optinteger(L, 2, 1);
	to = luaL_optinteger(L, 3, from);
	if (from < 0)
		from += (lua_Integer)n + 1;
	if (to < 0)
		to += (lua_Integer)n + 1;
	if (from >= 1 && to <= (lua_Integer)n && to > from)
		own_check_values(L, (uint64_t)(to - from));
	lua_pushvalue(L, lua_upvalueindex(1));
	lua_insert(L, 1);
	lua_call(L, lua_gettop(L) - 1, LUA_MULTRET);
	return lua_gettop(L);
}

/* ---- Undefined globals ---- */

static int
globals_by_text(const void *a, const void *b)
{
	return strcmp(*(const char *const *)a, *(const char *const *)b);
}

/* The word a person may have meant, or NULL; leaves things on the stack. */
static const char *
suggest(lua_State *L, struct str name)
{
	const struct lua_names *declared = &sandbox_of(L)->names;
	const char **words =
	    lua_newuserdatauv(L, SUGGESTIONS_MAX * sizeof(*words), 0);
	size_t n = 0, globals;

	for (size_t i = 0; i < declared->n; i++)
		if (!str_is(name, declared->names[i]))
			words[n++] = declared->names[i];
	globals = n;
	lua_pushnil(L);
	while (n < SUGGESTIONS_MAX && lua_next(L, 1) != 0) {
		if (lua_type(L, -2) == LUA_TSTRING)
			words[n++] = lua_tostring(L, -2);
		lua_pop(L, 1);
	}
	/* Lua's order differs on each run, and so do the first of more. */
	if (n == SUGGESTIONS_MAX)
		n = globals;
	qsort(words + globals, n - globals, sizeof(*words), globals_by_text);
	return param_nearest(name, words, n, sizeof(*words));
}

/* What other languages call it, in small letters. */
static const struct param_synonym foreign[] = {
	{ "true", "true" },
	{ "false", "false" },
	{ "none", "nil" },
	{ "null", "nil" },
	{ "undefined", "nil" },
	{ "range", "for i = 1, 3 do … end" },
	{ "len", "#" },
	{ "str", "tostring" },
	{ "int", "tonumber" },
	{ "float", "tonumber" },
	{ "printf", "string.format" },
	{ "console", "print" },
	{ "time", "sleep" },
	{ "exit", "return" },
	{ "raise", "error" },
	{ "throw", "error" },
	{ NULL, NULL },
};

/* What other languages have, and Lua says in other words. */
static const struct {
	const char *said, *text;
} otherwise[] = {
	{ "switch", OWN_NO_SWITCH },
	{ "try", OWN_NO_TRY },
	{ "on", N_("write a node before it: bob:on(\"invite\", function(call) "
		   "… end)") },
	{ "invite", N_("write a node before it: alice:invite(…)") },
	{ "set", N_("write a node or link before it: bob:set { … }") },
	{ "bye", N_("write a call before it: call:bye()") },
};

static const char *
globals_find_foreign(struct str name)
{
	const struct param_synonym *f = foreign;

	while (f->said != NULL && !str_iis(name, f->said))
		f++;
	return f->meant;
}

static bool
globals_is_word(struct str name)
{
	for (size_t i = 0; i < name.n; i++)
		if (!chr_is_alnum(name.p[i]) && name.p[i] != '_')
			return false;
	return name.n > 0 && name.n < 64;
}

/* (globals, name): raises, except for keys that are no names. */
static int
undefined(lua_State *L)
{
	const struct lua_names *declared = &sandbox_of(L)->names;
	const struct sandbox_host *host = &sandbox_of(L)->host;
	const char *nearest;
	struct diag d = DIAG_INIT;
	struct str name;

	if (lua_type(L, 2) != LUA_TSTRING)
		return 0;
	name.p = lua_tolstring(L, 2, &name.n);
	if (!globals_is_word(name))
		return 0;
	sandbox_charge(L, SUGGESTIONS_MAX);
	for (size_t i = 0; i < COUNT_OF(refused); i++)
		if (str_is(name, refused[i]))
			return sandbox_error(
			    L, _("%s is not available in scripts"), refused[i]);
	for (size_t i = 0; i < COUNT_OF(otherwise); i++)
		if (str_is(name, otherwise[i].said))
			return sandbox_error(L, "%s", _(otherwise[i].text));
	if (own_find_missing(L, name, &d))
		return sandbox_error_of(L, &d);
	for (size_t i = 0; i < declared->n; i++)
		if (str_is(name, declared->names[i]))
			return sandbox_error(L,
			    _("there is no “%s” here: its local statement "
			      "comes later, its block has ended, or a global "
			      "variable has no value yet"),
			    declared->names[i]);
	if (host->missing != NULL && host->missing(name, &d, host->arg))
		return sandbox_error_of(L, &d);
	nearest = globals_find_foreign(name);
	if (nearest == NULL)
		nearest = suggest(L, name);
	diag_set(
	    &d, ERR_NOTFOUND, NULL, 0, _("there is no “%.*s”"), STR_ARG(name));
	diag_meant(&d, ERR_NOTFOUND, nearest);
	return sandbox_error_of(L, &d);
}

static void
open_math(lua_State *L)
{
	static const char *const chance[] = { "random", "randomseed" };

	own_charge_strings(L);
	for (size_t i = 0; i < 2; i++) {
		lua_pushnil(L);
		lua_setfield(L, -2, chance[i]);
	}
	if (sandbox_of(L)->host.random != NULL) {
		lua_pushcfunction(L, random_number);
		lua_setfield(L, -2, "random");
	}
}

static void
open_utf8(lua_State *L)
{
	own_charge_strings(L);
	lua_getfield(L, -1, "codepoint");
	lua_pushcclosure(L, codepoint, 1);
	lua_setfield(L, -2, "codepoint");
}

static int
no_library(lua_State *L)
{
	lua_newtable(L);
	return 1;
}

/*
 * Lua looks up the name of a function that an error is about in this table of
 * libraries: one of copies, as what a script does to the libraries must not
 * show there.
 */
static void
globals_keep_names(lua_State *L)
{
	lua_createtable(L, 0, 8);
	lua_pushnil(L);
	while (lua_next(L, 1) != 0) {
		if (lua_type(L, -1) != LUA_TTABLE) {
			lua_pop(L, 1);
			continue;
		}
		lua_pushvalue(L, -2);
		lua_createtable(L, 0, FUNCTIONS_USUAL);
		lua_pushnil(L);
		while (lua_next(L, -4) != 0) {
			lua_pushvalue(L, -2);
			lua_insert(L, -2);
			lua_rawset(L, -4);
		}
		lua_rawset(L, 2);
		lua_pop(L, 1);
	}
	lua_setfield(L, LUA_REGISTRYINDEX, LUA_LOADED_TABLE);
}

int
own_open_globals(lua_State *L)
{
	static const luaL_Reg functions[] = {
		{ "pcall", protected_call },
		{ "print", globals_print },
		{ "setmetatable", own_set_metatable },
		{ "xpcall", handled_call },
		{ NULL, NULL },
	};
	static const struct {
		const char *name;
		lua_CFunction lua;         /* Lua's own, to begin with */
		void (*own)(lua_State *L); /* what becomes of it */
	} libraries[] = {
		{ "coroutine", luaopen_coroutine, own_open_coroutine },
		{ "math", luaopen_math, open_math },
		{ "string", no_library, own_open_string },
		{ "table", no_library, own_open_table },
		{ "utf8", luaopen_utf8, open_utf8 },
	};

	lua_createtable(L, 0, GLOBALS_USUAL);
	luaL_requiref(L, "_G", luaopen_base, 0);
	for (size_t i = 0; i < COUNT_OF(kept); i++) {
		lua_getfield(L, 2, kept[i]);
		lua_setfield(L, 1, kept[i]);
	}
	lua_settop(L, 1);
	own_charge_strings(L);
	luaL_setfuncs(L, functions, 0);
	own_open_order(L);
	for (size_t i = 0; i < COUNT_OF(libraries); i++) {
		lua_pushcfunction(L, libraries[i].lua);
		lua_call(L, 0, 1);
		libraries[i].own(L);
		lua_setfield(L, 1, libraries[i].name);
	}
	lua_pushvalue(L, 1);
	lua_setfield(L, 1, "_G");
	globals_keep_names(L);
	/* Strict, and closed to setmetatable. */
	lua_newtable(L);
	lua_pushcfunction(L, undefined);
	lua_setfield(L, -2, "__index");
	lua_pushboolean(L, 0);
	lua_setfield(L, -2, "__metatable");
	lua_setmetatable(L, 1);
	lua_rawseti(L, LUA_REGISTRYINDEX, LUA_RIDX_GLOBALS);
	return 0;
}
