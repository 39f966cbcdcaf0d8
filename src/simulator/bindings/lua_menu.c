/*
 * Programs of voice menus, in Lua: menu=FILE (node/menu_program.h).
 *
 *	function on_call(call) … end
 *	call.from  call.to  call.uri  call.message
 *	call:ring(time)  call:answer()  call:play(name, time, { barge = true })
 *	call:collect(n, time)  call:transfer(uri)  call:hangup()
 *	call:reject(status, reason)
 *
 * on_call runs as a coroutine for each call.  What it asks for ends its turn;
 * the node does that, and the coroutine goes on when it is done.  So the node
 * never acts while Lua runs.
 */
#include "node/menu_program.h"
#include "bindings/lua_program.h"

#include "base/err.h"
#include "base/mem.h"
#include "base/param.h"
#include "msg/chars.h"
#include "msg/header_names.h"
#include "msg/parts.h"
#include "script/sandbox.h"

#include <string.h>

#define CALL "rung.menu-call"

/* What a wish costs, as many steps: a program that never waits has so many of
 * them at once, and no more (lua_program.c). */
#define WISH_STEPS 5000

#define RING_MOST     (180 * SIM_S)
#define PLAY_MOST     (3600 * SIM_S)
#define COLLECT_LEAST (100 * SIM_MS)
#define COLLECT_MOST  (600 * SIM_S)
#define COLLECT_USUAL (5 * SIM_S)
#define PLAY_USUAL    (3 * SIM_S)
#define TEXT_MOST     200

struct menu_talk {
	struct lua_program *program;
	lua_State *co;
	int call;              /* its object, a reference in the registry … */
	struct menu_talk **at; /* … which points here; NULL: there is none */
	bool begun, answered;
	struct menu_wish wish;
	struct menu_outcome outcome;
};

/* ---- the object ---- */

/* The talk that the first argument is of, at work in L; what it is asked to do
 * is called NAME.  Raises. */
static struct menu_talk *
check_talk_at_work(lua_State *L, const char *name)
{
	struct menu_talk **at = luaL_checkudata(L, 1, CALL);

	if (*at == NULL)
		sandbox_error(L, _("call:%s: this call has ended"), name);
	if ((*at)->co != L || !sandbox_may_pause(L))
		sandbox_error(L,
		    _("call:%s: only the on_call that received a call can act "
		      "on it, and not from a coroutine"),
		    name);
	return *at;
}

static struct menu_talk *
check_talk_answered(lua_State *L, const char *name, bool answered)
{
	struct menu_talk *t = check_talk_at_work(L, name);

	if (t->answered != answered)
		sandbox_error(L,
		    answered ? _("call:%s: the call is not answered yet")
			     : _("call:%s: the call is already answered"),
		    name);
	return t;
}

/* What has come of the wish: what the function returns. */
static int
lua_menu_tell_outcome(lua_State *L, int status, lua_KContext context)
{
	const struct menu_talk *t = *(struct menu_talk **)lua_touserdata(L, 1);
	const struct menu_outcome *o = &t->outcome;

	(void)status;
	(void)context;
	switch (t->wish.verdict) {
	case TRACE_PROGRAM_PLAY:
		lua_pushboolean(L, o->done);
		return 1;
	case TRACE_PROGRAM_COLLECT:
		lua_pushstring(L, o->digits);
		lua_pushstring(L, o->ended_by);
		return 2;
	case TRACE_PROGRAM_TRANSFER:
		lua_pushboolean(L, o->done);
		lua_pushinteger(L, o->status);
		return 2;
	default:
		return 0;
	}
}

/* T's turn ends with its wish, VERDICT. */
static int
end_turn(lua_State *L, struct menu_talk *t, enum trace_program_verdict verdict)
{
	sandbox_charge_act(L, WISH_STEPS);
	t->wish.verdict = verdict;
	t->wish.line = sandbox_line(L, &t->wish.file);
	if (t->wish.file == NULL)
		t->wish.file = t->program->file;
	return lua_yieldk(L, 0, 0, lua_menu_tell_outcome);
}

static int64_t
time_argument(lua_State *L, int index, const char *name, int64_t least,
    int64_t most, int64_t usual)
{
	int64_t ns = usual;
	size_t n;
	const char *text;

	if (lua_isnoneornil(L, index))
		return usual;
	text = luaL_checklstring(L, index, &n);
	if (param_time((struct str){ text, n }, &ns) != 0 || ns < least ||
	    ns > most)
		sandbox_error(L,
		    _("call:%s needs a time such as \"3s\", from %d ms to %d "
		      "s"),
		    name, (int)(least / SIM_MS), (int)(most / SIM_S));
	return ns;
}

/* The string at INDEX, one line, as the wish's text. */
static void
text_argument(lua_State *L, int index, struct menu_talk *t, const char *name)
{
	size_t n;
	const char *p = luaL_checklstring(L, index, &n);

	if (n > TEXT_MOST || !chars_is_line((struct str){ p, n }))
		sandbox_error(L,
		    _("call:%s needs one line of at most %d bytes"), name,
		    TEXT_MOST);
	buf_clear(&t->wish.text);
	buf_str(&t->wish.text, (struct str){ p, n });
}

/* call:ring(time) */
static int
call_ring(lua_State *L)
{
	struct menu_talk *t = check_talk_answered(L, "ring", false);

	t->wish.time_ns = time_argument(L, 2, "ring", SIM_MS, RING_MOST, 0);
	lua_settop(L, 1);
	return end_turn(L, t, TRACE_PROGRAM_RING);
}

static int
call_answer(lua_State *L)
{
	struct menu_talk *t = check_talk_answered(L, "answer", false);

	/* It goes on when it is, or not at all. */
	t->answered = true;
	return end_turn(L, t, TRACE_PROGRAM_ANSWER);
}

/* call:play(name, time, { barge = true }) */
static int
call_play(lua_State *L)
{
	struct menu_talk *t = check_talk_answered(L, "play", true);

	lua_settop(L, 4);
	text_argument(L, 2, t, "play");
	t->wish.time_ns =
	    time_argument(L, 3, "play", SIM_MS, PLAY_MOST, PLAY_USUAL);
	t->wish.barge = false;
	if (!lua_isnil(L, 4)) {
		luaL_checktype(L, 4, LUA_TTABLE);
		lua_pushliteral(L, "barge");
		lua_rawget(L, 4);
		t->wish.barge = lua_toboolean(L, -1);
	}
	lua_settop(L, 1);
	return end_turn(L, t, TRACE_PROGRAM_PLAY);
}

/* call:collect(n, time) */
static int
call_collect(lua_State *L)
{
	struct menu_talk *t = check_talk_answered(L, "collect", true);
	lua_Integer n = luaL_optinteger(L, 2, 1);

	if (n < 1 || n > MENU_DIGITS)
		sandbox_error(L,
		    _("call:collect needs the number of digits, 1 to %d"),
		    MENU_DIGITS);
	t->wish.digits = (unsigned)n;
	t->wish.time_ns = time_argument(
	    L, 3, "collect", COLLECT_LEAST, COLLECT_MOST, COLLECT_USUAL);
	lua_settop(L, 1);
	return end_turn(L, t, TRACE_PROGRAM_COLLECT);
}

static int
call_transfer(lua_State *L)
{
	struct menu_talk *t = check_talk_answered(L, "transfer", true);
	struct str uri;

	uri.p = luaL_checklstring(L, 2, &uri.n);
	if (!lua_is_target(uri)) {
		t->program->fault = TRACE_PROGRAM_FAULT_TARGET;
		sandbox_error(L,
		    _("“%.*s” is not a SIP URI to which a request can be sent"),
		    (int)(uri.n < 80 ? uri.n : 80), uri.p);
	}
	buf_clear(&t->wish.text);
	buf_str(&t->wish.text, uri);
	lua_settop(L, 1);
	return end_turn(L, t, TRACE_PROGRAM_TRANSFER);
}

static int
call_hangup(lua_State *L)
{
	return end_turn(
	    L, check_talk_at_work(L, "hangup"), TRACE_PROGRAM_HANG_UP);
}

/* call:reject(status, reason) */
static int
call_reject(lua_State *L)
{
	struct menu_talk *t = check_talk_answered(L, "reject", false);
	lua_Integer status = luaL_checkinteger(L, 2);

	if (status < 400 || status > 699)
		LUA_NONSENSE(L, t->program,
		    _("it needs a status code from %u to %u"), 400u, 699u);
	buf_clear(&t->wish.text);
	if (!lua_isnoneornil(L, 3))
		text_argument(L, 3, t, "reject");
	t->wish.status = (unsigned)status;
	lua_settop(L, 1);
	return end_turn(L, t, TRACE_PROGRAM_REJECT);
}

static const luaL_Reg call_methods[] = {
	{ "ring", call_ring },
	{ "answer", call_answer },
	{ "play", call_play },
	{ "collect", call_collect },
	{ "transfer", call_transfer },
	{ "hangup", call_hangup },
	{ "reject", call_reject },
	{ NULL, NULL },
};

/* Its methods, else the values known since its beginning. */
static int
lua_menu_call_index(lua_State *L)
{
	struct diag d = DIAG_INIT;
	const char *key;

	luaL_checkudata(L, 1, CALL);
	key = luaL_checkstring(L, 2);
	for (const luaL_Reg *f = call_methods; f->name != NULL; f++)
		if (strcmp(f->name, key) == 0) {
			lua_pushcfunction(L, f->func);
			return 1;
		}
	lua_getiuservalue(L, 1, 1);
	lua_pushvalue(L, 2);
	if (lua_rawget(L, -2) != LUA_TNIL)
		return 1;
	diag_set(&d, ERR_NOTFOUND, NULL, 0, _("a call has no “%s”"), key);
	return sandbox_error_near(L, &d, key, call_methods);
}

static int
call_newindex(lua_State *L)
{
	return sandbox_error(L, _("values can't be assigned to a call"));
}

static int
call_to_string(lua_State *L)
{
	luaL_checkudata(L, 1, CALL);
	lua_getiuservalue(L, 1, 1);
	lua_pushliteral(L, "from");
	lua_rawget(L, -2);
	return 1;
}

/* ---- a talk's life ---- */

static void
lua_menu_put_value(lua_State *L, const char *key, struct str s)
{
	lua_pushlstring(L, s.n > 0 ? s.p : "", s.n);
	lua_setfield(L, -2, key);
}

/* Pushes the object of a call that begins with INVITE, from SRC. */
static struct menu_talk **
push_call(lua_State *L, const struct msg *invite, const struct addr *src)
{
	struct lua_message_from from = { .src = src };
	struct menu_talk **at = lua_newuserdatauv(L, sizeof(*at), 1);

	*at = NULL;
	if (luaL_newmetatable(L, CALL)) {
		lua_pushcfunction(L, lua_menu_call_index);
		lua_setfield(L, -2, "__index");
		lua_pushcfunction(L, call_newindex);
		lua_setfield(L, -2, "__newindex");
		lua_pushcfunction(L, call_to_string);
		lua_setfield(L, -2, "__tostring");
		lua_pushliteral(L, "call");
		lua_setfield(L, -2, "__metatable");
	}
	lua_setmetatable(L, -2);
	lua_createtable(L, 0, 4);
	lua_menu_put_value(
	    L, "from", msg_addr_uri(msg_value(invite, MSG_H_FROM)));
	lua_menu_put_value(L, "to", msg_addr_uri(msg_value(invite, MSG_H_TO)));
	lua_menu_put_value(L, "uri", invite->uri);
	lua_push_message(L, invite, &from, NULL);
	lua_setfield(L, -2, "message");
	lua_setiuservalue(L, -2, 1);
	return at;
}

/* In protected mode: the coroutine, with its argument. */
static int
begin_body(lua_State *L)
{
	struct lua_program *p = lua_touserdata(L, 1);
	struct menu_talk *t = p->talk;
	struct menu_talk **at = push_call(L, p->invite, p->invite_from);
	struct diag d = DIAG_INIT;

	lua_pushvalue(L, -1);
	t->call = luaL_ref(L, LUA_REGISTRYINDEX);
	t->at = at;
	*at = t;
	lua_program_push(p, L, MENU_ON_CALL);
	if (sandbox_spawn(L, &t->co, &d) != 0)
		return sandbox_error_of(L, &d);
	lua_xmove(L, t->co, 1);
	return 0;
}

static void
fail_wish(struct menu_wish *wish, const struct lua_program *p,
    enum trace_program_fault fault, unsigned line)
{
	wish->verdict = TRACE_PROGRAM_FAILED;
	wish->fault = fault;
	wish->status = trace_program_fault_status(fault);
	wish->file = p->file;
	wish->line = line;
}

static int
lua_menu_begin(struct program *base, const struct msg *invite,
    const struct addr *src, struct menu_talk **tp)
{
	struct lua_program *p = (struct lua_program *)base;
	struct menu_talk *t = mem_zalloc(1, sizeof(*t));
	enum trace_program_fault fault = TRACE_PROGRAM_FAULT_ERROR;
	unsigned line;
	int err;

	if (t == NULL)
		return ERR_NOMEM;
	sim_take_memory(lua_program_sim(p), sizeof(*t));
	t->program = p;
	*tp = p->talk = t;
	p->invite = invite;
	p->invite_from = src;
	err = lua_program_run(p, begin_body, &fault, &line);
	if (err == ERR_NOMEM)
		return err;
	if (err != 0)
		fail_wish(&t->wish, p, fault, line);
	return 0;
}

static int
lua_menu_go_on(struct menu_talk *t, const struct menu_outcome *outcome,
    const struct menu_wish **wish)
{
	struct lua_program *p = t->program;
	enum trace_program_fault fault;
	int nargs = t->begun ? 0 : 1, err;
	unsigned line;
	bool paused;

	*wish = &t->wish;
	/* It has not even begun. */
	if (t->wish.verdict == TRACE_PROGRAM_FAILED)
		return 0;
	t->outcome = *outcome;
	t->begun = true;
	err = lua_program_resume(p, t->co, nargs, &paused, &fault, &line);
	if (err == 0 && t->wish.text.err != 0)
		err = ERR_NOMEM;
	if (err == ERR_NOMEM)
		return err;
	if (err != 0) {
		fail_wish(&t->wish, p, fault, line);
	} else if (!paused) {
		t->wish.verdict = TRACE_PROGRAM_DONE;
		t->wish.file = p->file;
		t->wish.line = line;
	}
	return 0;
}

/* In protected mode: lets go of the call, and tells of it. */
static int
end_body(lua_State *L)
{
	struct lua_program *p = lua_touserdata(L, 1);

	lua_program_push(p, L, MENU_ON_END);
	lua_rawgeti(L, LUA_REGISTRYINDEX, p->talk->call);
	luaL_unref(L, LUA_REGISTRYINDEX, p->talk->call);
	if (lua_program_listens(&p->base, MENU_ON_END))
		lua_call(L, 1, 0);
	return 0;
}

static int
lua_menu_end(struct menu_talk *t, bool tell, struct menu_wish *wish)
{
	struct lua_program *p = t->program;
	enum trace_program_fault fault;
	unsigned line;
	int err = 0;

	sandbox_drop(p->sandbox, t->co);
	if (t->at != NULL)
		*t->at = NULL;
	p->talk = t;
	if (tell && t->at != NULL)
		err = lua_program_run(p, end_body, &fault, &line);
	if (err != 0 && err != ERR_NOMEM)
		fail_wish(wish, p, fault, line);
	p->talk = NULL;
	sim_give_back_memory(lua_program_sim(p), sizeof(*t));
	buf_free(&t->wish.text);
	mem_free(t);
	return err == ERR_NOMEM ? err : 0;
}

/* ---- the kind ---- */

static const struct menu_ops menu_ops = {
	.begin = lua_menu_begin,
	.go_on = lua_menu_go_on,
	.end = lua_menu_end,
};

static const struct sandbox_function functions[] = {
	{ "note", lua_fn_note, 1, "note { \"…\", rule = \"…\" }" },
	{ "require", lua_fn_require, 1, "require \"expiring\"" },
	{ "now", lua_fn_now, 0, "now()" },
	{ "date", lua_fn_date, 1, "date()" },
	{ NULL, NULL, 0, NULL },
};

static const char *const listeners[] = {
#define X(id, name) [MENU_ON_##id] = name,
	MENU_EVENTS(X)
#undef X
};

const struct lua_program_kind lua_menu_kind = {
	.attribute = "menu",
	.plays = "menu",
	.ops = { .begin = lua_program_begin,
	    .listens = lua_program_listens,
	    .menu = &menu_ops },
	.functions = functions,
	.bind = lua_bind_self,
	.listeners = listeners,
	.nlisteners = MENU_EVENT_COUNT,
	.needed = 1u << MENU_ON_CALL,
	.needs =
	    N_("has no function on_call(call), which rung runs for each call"),
};
