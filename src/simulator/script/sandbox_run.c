/*
 * How the host runs scripts: calls on the main state, which can't pause, and
 * coroutines, which can; and how an error of Lua's becomes a sentence with the
 * user's file and line.
 */
#include "script/sandbox_in.h"

#include "base/err.h"
#include "base/i18n.h"

#include <lualib.h>
#include <stdio.h>
#include <string.h>

/* ---- Lua's coroutine library: reference manual 6.2 ---- */

static const char anchors_key;

/* The registry's table of those. */
static void
own_push_anchors(lua_State *L)
{
	lua_rawgetp(L, LUA_REGISTRYINDEX, &anchors_key);
}

/* Is the coroutine at INDEX of L one that the host made? */
static bool
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
		    L, _("only rung can resume a script(…) that waits"));
	return co;
}

/* Results or the error message on top of L; their number, or -1. */
static int
script_run_resume(lua_State *L, lua_State *co, int nargs)
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
	int n = script_run_resume(L, co, lua_gettop(L) - 1);

	lua_pushboolean(L, n >= 0);
	lua_insert(L, n >= 0 ? -(n + 1) : -2);
	return n >= 0 ? n + 1 : 2;
}

static int
wrapped(lua_State *L)
{
	lua_State *co = lua_tothread(L, lua_upvalueindex(1));
	int n = script_run_resume(L, co, lua_gettop(L));

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
		    L, _("coroutine.yield works only in a coroutine of your "
			 "own; to let time pass, use sleep or wait"));
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

/*
 * The library over the sandbox's limits: each creation costs the steps that a
 * coroutine may run before its first hook, a stop goes through every resume,
 * and a script's coroutine is kept apart from the host's: it can't resume,
 * close or impersonate them, and coroutine.yield does not yield to the host.
 */
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

/* What it costs the host to let a script go on, in steps. */
#define RUN_STEPS 100
/* Stack that a run needs for itself. */
#define SLOTS 8

static const struct own_place nowhere;

/* What a run puts aside and takes back at its end. */
struct frame {
	uint64_t left_run, acts_run;
	lua_State *pausable, *current;
};

static int
script_run_begin(struct sandbox *sb, struct frame *f, lua_State *L,
    lua_State *pausable, struct diag *d)
{
	if (sb->stopped.err != 0) {
		if (d != NULL && d->err == 0)
			*d = sb->stopped;
		return sb->stopped.err;
	}
	if (sb->depth == OWN_DEPTH_MAX)
		return diag_set(d, ERR_LIMIT, NULL, 0,
		    _("scripts call each other at too many levels"));
	*f = (struct frame){ sb->left_run, sb->acts_run, sb->pausable,
		sb->current };
	if (sb->depth++ == 0) {
		sb->refused = OWN_NOT_REFUSED;
		own_tidy(sb);
	}
	sb->left_run = sb->limits.steps_run;
	sb->acts_run = 0;
	sb->left_all -= sb->left_all < RUN_STEPS ? sb->left_all : RUN_STEPS;
	sb->current = L;
	sb->pausable = pausable;
	sb->raised = sb->refused_at = nowhere;
	return 0;
}

static void
script_run_end(struct sandbox *sb, const struct frame *f)
{
	sb->depth--;
	sb->left_run = f->left_run;
	sb->acts_run = f->acts_run;
	sb->pausable = f->pausable;
	sb->current = f->current;
}

/* MESSAGE without the "file:line: " that Lua writes before it; for the host's
 * code without lines that is "?:-1: ". */
static struct str
script_run_split(
    const struct sandbox *sb, struct str message, struct own_place *at)
{
	if (str_starts(message, "?:-1: "))
		return str_slice(message, strlen("?:-1: "), message.n);
	for (size_t i = 0; i < sb->nchunks; i++) {
		const struct own_chunk *c = &sb->chunks[i];
		struct str number, rest;
		uint32_t line;

		if (!str_starts(message, c->shown))
			continue;
		rest = str_slice(message, strlen(c->shown), message.n);
		if (!str_starts(rest, ":"))
			continue;
		number = str_cut(str_slice(rest, 1, rest.n), ':', &rest);
		if (str_u32(number, &line) != 0 || !str_starts(rest, " "))
			continue;
		snprintf(at->file, sizeof(at->file), "%s", c->file);
		at->line = line;
		return str_slice(rest, 1, rest.n);
	}
	return message;
}

static int
script_run_say_message(const struct sandbox *sb, struct str text,
    const struct own_place *at, struct diag *d)
{
	LOCAL_BUF own = BUF_INIT, said = BUF_INIT;

	if (d == NULL)
		return ERR_SYNTAX;
	if (text.n > sizeof(d->text))
		text.n = sizeof(d->text);
	own_translate(sb, text, &own);
	own_explain(buf_view(&own), &said);
	buf_end(&own, &said.err);
	return said.err != 0 ? diag_fail(d, ERR_NOMEM)
			     : diag_set(d, ERR_SYNTAX, at->file, at->line, "%s",
				   buf_cstr(&said));
}

/*
 * Says in D what the error value on top of L is; RAISED is the place at which
 * it was raised, for errors whose text names none.
 */
static int
script_run_explain(struct sandbox *sb, lua_State *L, int status,
    const struct own_place *raised, struct diag *d)
{
	struct own_place at = *raised;
	struct str text;
	size_t n;

	if (own_is_memory(L, status))
		own_note_memory(sb);
	if (sb->stopped.err != 0) {
		if (d != NULL && d->err == 0)
			*d = sb->stopped;
		return sb->stopped.err;
	}
	switch (lua_type(L, -1)) {
	case LUA_TSTRING:
		text.p = lua_tolstring(L, -1, &n);
		text.n = n;
		text = script_run_split(sb, text, &at);
		return script_run_say_message(sb, text, &at, d);
	case LUA_TNUMBER:
		if (lua_isinteger(L, -1))
			return diag_set(d, ERR_SYNTAX, at.file, at.line,
			    _("the script raised the error %lld"),
			    lua_tointeger(L, -1));
		return diag_set(d, ERR_SYNTAX, at.file, at.line,
		    _("the script raised the error %.14g"),
		    lua_tonumber(L, -1));
	default:
		return diag_set(d, ERR_SYNTAX, at.file, at.line,
		    /* TRANSLATORS: %s is a type of Lua's, such as table. */
		    _("the script raised an error that is a %s, not a text"),
		    luaL_typename(L, -1));
	}
}

/* The message handler of calls: keeps the place, which unwinding loses. */
static int
keep_where(lua_State *L)
{
	struct sandbox *sb = sandbox_of(L);

	own_where(L, &sb->raised);
	return 1;
}

/*
 * Calls the function that stands below NARGS arguments on the main state;
 * takes them off and leaves NRESULTS (or LUA_MULTRET) results, none on error.
 * It can't pause.  0, ERR_SYNTAX for an error of the script, ERR_LIMIT for a
 * limit, ERR_NOMEM, or what the host's print returned.
 */
static int
sandbox_call(struct sandbox *sb, int nargs, int nresults, struct diag *d)
{
	lua_State *L = sb->L;
	int base = lua_gettop(L) - nargs; /* where the function is */
	struct frame f = { 0 };
	int err, status;

	err = script_run_begin(sb, &f, L, NULL, d);
	if (err != 0) {
		lua_settop(L, base - 1);
		return err;
	}
	if (!lua_checkstack(L, SLOTS)) {
		own_note_memory(sb);
		status = LUA_ERRMEM;
	} else {
		lua_pushcfunction(L, keep_where);
		lua_insert(L, base);
		status = lua_pcall(L, nargs, nresults, base);
		lua_remove(L, base);
	}
	if (status != LUA_OK || sb->stopped.err != 0) {
		err = script_run_explain(sb, L, status, &sb->raised, d);
		lua_settop(L, base - 1);
	}
	script_run_end(sb, &f);
	return err;
}

int
sandbox_protect(struct sandbox *sb, lua_CFunction fn, void *arg, struct diag *d)
{
	if (!lua_checkstack(sb->L, SLOTS)) {
		own_note_memory(sb);
		return diag_set(
		    d, sb->stopped.err, NULL, 0, "%s", sb->stopped.text);
	}
	lua_pushcfunction(sb->L, fn);
	lua_pushlightuserdata(sb->L, arg);
	return sandbox_call(sb, 1, 0, d);
}

/* function -> coroutine; in protected mode. */
static int
spawn_body(lua_State *L)
{
	lua_State *co;

	luaL_checktype(L, 1, LUA_TFUNCTION);
	/* What a coroutine runs before its first hook. */
	sandbox_charge(L, OWN_HOOK_STEPS);
	co = lua_newthread(L);
	lua_pushvalue(L, 1);
	lua_xmove(L, co, 1);
	own_push_anchors(L);
	lua_pushvalue(L, -2);
	lua_pushboolean(L, 1);
	lua_rawset(L, -3);
	lua_pop(L, 1);
	return 1;
}

int
sandbox_spawn(lua_State *L, lua_State **co, struct diag *d)
{
	struct sandbox *sb = sandbox_of(L);
	struct frame f = { 0 };
	int status, err;

	*co = NULL;
	err = script_run_begin(sb, &f, L, sb->pausable, d);
	if (err != 0) {
		lua_pop(L, 1);
		return err;
	}
	/* Work for a script that runs is that script's. */
	if (sb->depth > 1)
		sb->left_run = f.left_run;
	if (!lua_checkstack(L, SLOTS)) {
		own_note_memory(sb);
		status = LUA_ERRMEM;
	} else {
		lua_pushcfunction(L, spawn_body);
		lua_insert(L, -2);
		status = lua_pcall(L, 1, 1, 0);
	}
	if (status == LUA_OK)
		*co = lua_tothread(L, -1);
	else
		err = script_run_explain(sb, L, status, &nowhere, d);
	lua_pop(L, 1);
	if (sb->depth > 1)
		f.left_run = sb->left_run;
	script_run_end(sb, &f);
	return err;
}

void
sandbox_drop(struct sandbox *sb, lua_State *co)
{
	lua_State *L = sb->L;

	/* One that has filled its stack has room where its error stands. */
	if (co != NULL && lua_status(co) > LUA_YIELD)
		lua_pop(co, 1);
	/* Putting nil where a value stands needs no memory. */
	else if (co != NULL && !lua_checkstack(co, 1))
		return;
	if (co == NULL || !lua_checkstack(L, SLOTS))
		return;
	own_push_anchors(L);
	lua_pushthread(co);
	lua_xmove(co, L, 1);
	lua_pushvalue(L, -1);
	if (lua_rawget(L, -3) == LUA_TNIL) {
		lua_pop(L, 3);
		return;
	}
	lua_pop(L, 1);
	lua_pushnil(L);
	lua_rawset(L, -3);
	lua_pop(L, 1);
}

enum sandbox_status
sandbox_resume(
    struct sandbox *sb, lua_State *co, int nargs, int *nresults, struct diag *d)
{
	struct own_place raised;
	struct frame f = { 0 };
	int n = 0, status;
	enum sandbox_status result;

	if (script_run_begin(sb, &f, co, co, d) != 0)
		return SANDBOX_FAILED;
	status = lua_resume(co, NULL, nargs, &n);
	own_check_stack(sb);
	if (sb->stopped.err == 0 && status == LUA_OK) {
		result = SANDBOX_DONE;
	} else if (sb->stopped.err == 0 && status == LUA_YIELD) {
		result = SANDBOX_PAUSED;
	} else {
		own_where(co, &raised);
		script_run_explain(sb, co, status, &raised, d);
		result = SANDBOX_FAILED;
		n = 0;
	}
	if (nresults != NULL)
		*nresults = n;
	script_run_end(sb, &f);
	return result;
}

bool
sandbox_may_pause(lua_State *L)
{
	return sandbox_of(L)->pausable == L && lua_isyieldable(L);
}
