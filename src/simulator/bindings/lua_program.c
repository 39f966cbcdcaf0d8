/*
 * The life of nodes' programs (bindings/lua_program.h), and what a call of one
 * may cost.
 *
 * A call has an end, by the steps it may take; so have all calls together, by a
 * rate of virtual time: a program may be asked for as long as a run lasts, but
 * costs the machine no more than so much a second of it.
 */
#include "bindings/lua_program.h"

#include "base/err.h"
#include "base/mem.h"
#include "msg/header_names.h"

#include <stdlib.h>
#include <string.h>

/* Steps (script/sandbox.h) of one call, of a second of virtual time, and how
 * many of those can be saved up: some 10, 10 and 50 ms of a machine. */
#define CALL_STEPS   UINT64_C(1000000)
#define SECOND_STEPS INT64_C(1000000)
/* Bytes that its Lua may hold, and that one string of it may have. */
#define PROGRAM_MEMORY ((size_t)12 << 20)
#define PROGRAM_STRING ((size_t)128 << 10)
/* Steps that take as long as an event. */
#define EVENT_STEPS 1000
/* What it costs to leave a remark, and how long one may be. */
#define PRINT_STEPS 1000
#define PRINT_MAX   1000
struct lua_program *
lua_program_of(lua_State *L)
{
	return sandbox_arg(L);
}

struct sim *
lua_program_sim(const struct lua_program *p)
{
	return p->programs->world->sim;
}

void
lua_program_push(const struct lua_program *p, lua_State *L, unsigned listener)
{
	lua_pushglobaltable(L);
	lua_pushstring(L, p->kind->listeners[listener]);
	lua_rawget(L, -2);
	lua_remove(L, -2);
}

/* ---- bounds ---- */

/* Its Lua's memory counts as the run's. */
static void
lua_program_count_bytes(struct lua_program *p)
{
	size_t now = sandbox_memory(p->sandbox);

	if (now > p->counted)
		sim_take_memory(lua_program_sim(p), now - p->counted);
	else
		sim_give_back_memory(lua_program_sim(p), p->counted - now);
	p->counted = now;
}

/* The steps that it has, at this time. */
static uint64_t
saved_steps(struct lua_program *p)
{
	int64_t now = sim_now(lua_program_sim(p)), passed = now - p->saved_at;
	int64_t factor = p->factor, most = LUA_SAVED_STEPS * factor;

	if (passed > LUA_SAVED_STEPS / SECOND_STEPS * SIM_S)
		p->saved = most;
	else
		p->saved +=
		    passed * (SECOND_STEPS / 1000) / (SIM_S / 1000) * factor;
	if (p->saved > most)
		p->saved = most;
	p->saved_at = now;
	return (uint64_t)p->saved;
}

/* The work of a turn: a function, or, where that is NULL, a coroutine. */
struct turn {
	lua_CFunction fn;
	lua_State *co;
	int nargs;
	bool paused; /* the coroutine is to be gone on with */
};

static int
resume_turn(struct lua_program *p, struct turn *t, struct diag *d)
{
	int left = 0;
	enum sandbox_status status =
	    sandbox_resume(p->sandbox, t->co, t->nargs, &left, d);

	if (status == SANDBOX_FAILED)
		return d->err;
	t->paused = status == SANDBOX_PAUSED;
	lua_pop(t->co, left);
	return 0;
}

/* Runs T, which it is worth to know what it cost.  0 or D's error. */
static int
run_bounded(struct lua_program *p, struct turn *t, struct diag *d)
{
	uint64_t has = saved_steps(p), took;
	int err;

	sandbox_revive(p->sandbox, has);
	err = t->fn != NULL ? sandbox_protect(p->sandbox, t->fn, p, d)
			    : resume_turn(p, t, d);
	took = sandbox_steps(p->sandbox);
	p->saved -= (int64_t)(took < has ? took : has);
	sim_add_work(lua_program_sim(p), took / EVENT_STEPS);
	lua_program_count_bytes(p);
	return err;
}

/* Why the call of P has come to nothing. */
static enum trace_program_fault
lua_program_find_fault(const struct lua_program *p, int err)
{
	if (err != ERR_LIMIT)
		return p->fault != TRACE_PROGRAM_FAULT_COUNT ? p->fault
		       : p->changes.refused ? TRACE_PROGRAM_FAULT_FIELD
					    : TRACE_PROGRAM_FAULT_ERROR;
	if (sandbox_wants_memory(p->sandbox))
		return TRACE_PROGRAM_FAULT_MEMORY;
	return sandbox_is_spent(p->sandbox) ? TRACE_PROGRAM_FAULT_RATE
					    : TRACE_PROGRAM_FAULT_ENDLESS;
}

/* The sentence of D is for people; the trace has a word for it. */
static void
lua_program_tell_mistake(struct lua_program *p, const struct diag *d)
{
	p->programs->mistaken(p->programs->arg, p->node->name, p->file, d);
}

static int
run_turn(struct lua_program *p, struct turn *t, enum trace_program_fault *fault,
    unsigned *line)
{
	struct diag d = DIAG_INIT;
	int err;

	p->fresh = false;
	p->fault = TRACE_PROGRAM_FAULT_COUNT;
	lua_changes_begin(&p->changes);
	err = run_bounded(p, t, &d);
	p->changes.serial++;
	*line = sandbox_returned(p->sandbox);
	if (err == 0)
		err = p->changes.add.err != 0 ? p->changes.add.err
					      : p->changes.uri.err;
	if (err == 0 || err == ERR_NOMEM)
		return err;
	*fault = lua_program_find_fault(p, err);
	if (d.line == 0)
		d.line = *line;
	*line = d.line;
	lua_program_tell_mistake(p, &d);
	return err;
}

int
lua_program_run(struct lua_program *p, lua_CFunction fn,
    enum trace_program_fault *fault, unsigned *line)
{
	struct turn t = { .fn = fn };

	return run_turn(p, &t, fault, line);
}

int
lua_program_resume(struct lua_program *p, lua_State *co, int nargs,
    bool *paused, enum trace_program_fault *fault, unsigned *line)
{
	struct turn t = { .co = co, .nargs = nargs };
	int err = run_turn(p, &t, fault, line);

	*paused = t.paused;
	return err;
}

/* ---- life ---- */

/* print(…) is a remark of the node's. */
static int
lua_program_on_print(lua_State *L, struct str text, void *arg)
{
	struct lua_program *p = arg;
	struct trace_writer *w;
	char where[128];

	sandbox_charge(L, PRINT_STEPS);
	if (text.n > PRINT_MAX)
		sandbox_error(
		    L, _("a remark is longer than %d bytes"), PRINT_MAX);
	if (!*p->programs->started)
		return 0;
	sandbox_where(L, where, sizeof(where));
	w = node_record(p->node, TRACE_NOTE, RULE_NONE);
	trace_put_cstr(w, "where", where);
	trace_put_str(w, "text", text);
	trace_close(w);
	return trace_writer_error(w);
}

int
lua_fn_note(lua_State *L)
{
	struct lua_program *p = lua_program_of(L);
	struct str text = STR_NULL, key = STR_NULL;
	struct trace_writer *w;
	char where[128];
	enum rule_id rule;

	luaL_checktype(L, 1, LUA_TTABLE);
	lua_settop(L, 1);
	if (lua_rawgeti(L, 1, 1) != LUA_TNIL)
		text = sandbox_tostring(L, -1);
	lua_pushliteral(L, "rule");
	if (lua_rawget(L, 1) != LUA_TNIL)
		key = sandbox_tostring(L, -1);
	if (text.n == 0 || text.n > PRINT_MAX)
		sandbox_error(L,
		    _("a remark is a text of 1 to %d bytes: note { \"…\", "
		      "rule = \"…\" }"),
		    PRINT_MAX);
	rule = lua_rule_of(L, key);
	sandbox_charge(L, PRINT_STEPS);
	if (!*p->programs->started)
		return 0;
	sandbox_where(L, where, sizeof(where));
	w = node_record(p->node, TRACE_NOTE, rule);
	trace_put_cstr(w, "where", where);
	trace_put_str(w, "text", text);
	node_record_cause(p->node);
	return 0;
}

static uint64_t
on_random(void *arg)
{
	return rng_u64(&((struct lua_program *)arg)->rng);
}

/* What the run holds, without what of it is this Lua's. */
static size_t
lua_program_count_memory(void *arg)
{
	const struct lua_program *p = arg;

	return sim_memory(lua_program_sim(p)) - p->counted;
}

/* What labs have. */
static bool
lua_program_find_missing(struct str name, struct diag *d, void *arg)
{
	(void)arg;
	return str_has_word(
		   STR("at fault lab link node note script sleep wait"),
		   name) &&
	       diag_set(d, ERR_NOTFOUND, NULL, 0,
		   _("a program has no %.*s(): see docs/PROGRAMS.md"),
		   STR_ARG(name)) != 0;
}

static int
lua_program_bind_functions(lua_State *L)
{
	const struct lua_program *p = lua_touserdata(L, 1);

	lua_bind_message(L);
	sandbox_bind_surveillance(L);
	lua_bind_modules(L);
	if (p->kind->bind != NULL)
		p->kind->bind(L);
	sandbox_bind(L, p->kind->functions);
	return 0;
}

static int
find_listeners(lua_State *L)
{
	struct lua_program *p = lua_touserdata(L, 1);

	p->listens = 0;
	for (unsigned e = 0; e < p->kind->nlisteners; e++) {
		lua_program_push(p, L, e);
		if (lua_isfunction(L, -1))
			p->listens |= 1u << e;
		lua_pop(L, 1);
	}
	if (p->kind->loaded != NULL)
		p->kind->loaded(L, p);
	return 0;
}

static int
make_sandbox(struct lua_program *p, struct diag *d)
{
	struct sandbox_host host = { .print = lua_program_on_print,
		.random = on_random,
		.memory = lua_program_count_memory,
		.missing = lua_program_find_missing,
		.returns = true,
		.arg = p };
	struct sandbox_limits limits = {
		.steps_run = CALL_STEPS,
		.steps_all = (uint64_t)(LUA_SAVED_STEPS * p->factor),
		.memory = PROGRAM_MEMORY,
		.all = (size_t)sim_limits_resolve(&p->programs->in->limits)
			   .most[SIM_LIMIT_MEMORY],
		.string = PROGRAM_STRING,
		.text = INPUTS_TEXT_MAX,
	};
	int err;

	if (p->sandbox != NULL)
		sim_give_back_memory(lua_program_sim(p), p->counted);
	p->counted = 0;
	p->timers = 0;
	lua_forget_watched(p);
	lua_process_end(p);
	sandbox_destroy(p->sandbox);
	err = sandbox_create(&p->sandbox, &limits, &host);
	/* Which modules it may use is its own: no other one begins with these.
	 */
	if (err == 0)
		err = sandbox_protect(
		    p->sandbox, lua_program_bind_functions, p, d);
	p->loading = true;
	if (err == 0)
		err = sandbox_load(p->sandbox, str_of(p->text), p->file, d);
	p->loading = false;
	if (err == 0)
		err = sandbox_protect(p->sandbox, find_listeners, p, d);
	if (p->sandbox != NULL)
		lua_program_count_bytes(p);
	return diag_fail(d, err);
}

void
lua_program_prepare(void)
{
	const struct sandbox_host host = { .random = on_random };

	sandbox_prepare(&host);
}

int
lua_program_begin(struct program *base, struct diag *d)
{
	struct lua_program *p = (struct lua_program *)base;

	if (p->fresh)
		return 0;
	p->fresh = true;
	return make_sandbox(p, d);
}

bool
lua_program_listens(const struct program *base, unsigned listener)
{
	return (((const struct lua_program *)base)->listens >> listener & 1) !=
	       0;
}

/* ---- What a program remembers: by call (state), over a crash (store) ---- */

/* Bytes that a node keeps of it over a crash, and names of values. */
#define STORE_BYTES 65536
#define STORE_NAMES 1000

#define STATE_TABLE "rung.state"

/* state(message): the table of its call (Call-ID). */
int
lua_fn_state(lua_State *L)
{
	struct str id = msg_value(lua_message_bytes(L, 1), MSG_H_CALL_ID);

	sandbox_charge(L, 20);
	luaL_getsubtable(L, LUA_REGISTRYINDEX, STATE_TABLE);
	lua_pushlstring(L, id.n > 0 ? id.p : "", id.n);
	if (lua_rawget(L, -2) != LUA_TNIL)
		return 1;
	lua_pop(L, 1);
	lua_newtable(L);
	lua_pushlstring(L, id.n > 0 ? id.p : "", id.n);
	lua_pushvalue(L, -2);
	lua_rawset(L, -4);
	return 1;
}

/* forget(message): that table is no more. */
int
lua_fn_forget(lua_State *L)
{
	struct str id = msg_value(lua_message_bytes(L, 1), MSG_H_CALL_ID);

	luaL_getsubtable(L, LUA_REGISTRYINDEX, STATE_TABLE);
	lua_pushlstring(L, id.n > 0 ? id.p : "", id.n);
	lua_pushnil(L);
	lua_rawset(L, -3);
	return 0;
}

/* A value is kept as text behind a letter for its type. */
static int
store_index(lua_State *L)
{
	struct lua_program *p = lua_program_of(L);
	struct str key;
	const char *v;

	key.p = luaL_checklstring(L, 2, &key.n);
	sandbox_charge(L, 20);
	v = p->store != NULL ? map_get(p->store, key) : NULL;
	if (v == NULL)
		lua_pushnil(L);
	else if (v[0] == 's')
		sandbox_push_text(L, v + 1);
	else if (v[0] == 'b')
		lua_pushboolean(L, v[1] == '1');
	else if (v[0] == 'f')
		lua_pushnumber(L, strtod(v + 1, NULL));
	else if (lua_stringtonumber(L, v + 1) == 0)
		lua_pushnil(L);
	return 1;
}

/* The value at INDEX as it is kept, into OUT. */
static void
write_kept(lua_State *L, int index, struct buf *out)
{
	switch (lua_type(L, index)) {
	case LUA_TBOOLEAN:
		buf_puts(out, lua_toboolean(L, index) ? "b1" : "b0");
		break;
	case LUA_TNUMBER:
		if (lua_isinteger(L, index))
			buf_printf(
			    out, "n%lld", (long long)lua_tointeger(L, index));
		else
			/* Also NaN and infinity. */
			buf_printf(out, "f%a", lua_tonumber(L, index));
		break;
	default:
		buf_putc(out, 's');
		buf_puts(out, lua_tostring(L, index));
	}
}

/* 0, ERR_NOMEM, ERR_LIMIT. */
static int
keep_value(lua_State *L, struct lua_program *p, struct str key)
{
	LOCAL_BUF text = BUF_INIT;
	char *old, *new = NULL;
	size_t was;
	int err = p->store == NULL ? map_create(&p->store) : 0;

	if (err != 0)
		return err;
	old = map_get(p->store, key);
	was = old != NULL ? key.n + strlen(old) : 0;
	if (!lua_isnil(L, 3)) {
		write_kept(L, 3, &text);
		if (text.err == 0 &&
		    (p->stored - was + key.n + text.n > STORE_BYTES ||
			(old == NULL && map_count(p->store) == STORE_NAMES)))
			err = ERR_LIMIT;
		if (err == 0)
			new = buf_take(&text);
		if (err == 0 && new == NULL)
			err = ERR_NOMEM;
	}
	if (err != 0)
		return err;
	map_remove(p->store, key);
	mem_free(old);
	p->stored -= was;
	if (new == NULL)
		return 0;
	p->stored += key.n + strlen(new);
	err = map_put(p->store, key, new);
	if (err != 0) {
		p->stored -= key.n + strlen(new);
		mem_free(new);
	}
	return err;
}

static int
store_newindex(lua_State *L)
{
	struct lua_program *p = lua_program_of(L);
	struct str key, value = STR_NULL;
	int type = lua_type(L, 3), err;

	key.p = luaL_checklstring(L, 2, &key.n);
	sandbox_charge(L, 100);
	if (type == LUA_TSTRING)
		value.p = lua_tolstring(L, 3, &value.n);
	if ((type != LUA_TNIL && type != LUA_TBOOLEAN && type != LUA_TNUMBER &&
		type != LUA_TSTRING) ||
	    (value.n > 0 && memchr(value.p, '\0', value.n) != NULL))
		return sandbox_error(L,
		    _("store accepts texts, numbers, true and false, not a %s"),
		    luaL_typename(L, 3));
	err = keep_value(L, p, key);
	if (err == ERR_LIMIT)
		return sandbox_error(L,
		    _("store accepts at most %d values with %d bytes"),
		    STORE_NAMES, STORE_BYTES);
	return err == 0 ? 0 : sandbox_error(L, "%s", err_text(err));
}

void
lua_forget_store(struct lua_program *p)
{
	if (p->store != NULL)
		map_destroy_all(p->store);
	p->store = NULL;
}

void
lua_bind_store(lua_State *L)
{
	lua_newtable(L);
	lua_createtable(L, 0, 3);
	lua_pushcfunction(L, store_index);
	lua_setfield(L, -2, "__index");
	lua_pushcfunction(L, store_newindex);
	lua_setfield(L, -2, "__newindex");
	lua_pushliteral(L, "store");
	lua_setfield(L, -2, "__metatable");
	lua_setmetatable(L, -2);
	lua_setglobal(L, "store");
}
