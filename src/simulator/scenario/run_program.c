/*
 * Programs of nodes, in Lua: route=FILE.  Each node has a sandbox of its own,
 * so that what one program does to itself no other node feels, and what its
 * script remembers is the node's own.  It begins anew when the node does.
 *
 * A call has an end, by the steps it may take; so have all calls together, by a
 * rate of virtual time: a program may be asked for as long as a run lasts, but
 * costs the machine no more than so much a second of it.
 */
#include "scenario/run_in.h"

#include "base/dates.h"
#include "base/err.h"
#include "base/mem.h"
#include "base/param.h"
#include "node/program.h"
#include "scenario/lua_message.h"
#include "sim/rng.h"

#include <lauxlib.h>
#include <string.h>

/* Steps (script/sandbox.h) of one call, of a second of virtual time, and how
 * many of those can be saved up: some 10, 10 and 50 ms of a machine. */
#define CALL_STEPS   UINT64_C(1000000)
#define SECOND_STEPS INT64_C(1000000)
#define SAVED_STEPS  INT64_C(5000000)
/* Bytes that its Lua may hold, and that one string of it may have. */
#define PROGRAM_MEMORY ((size_t)8 << 20)
#define PROGRAM_STRING ((size_t)128 << 10)
/* Steps that take as long as an event. */
#define EVENT_STEPS 1000
/* What it costs to leave a remark, and how long one may be. */
#define PRINT_STEPS 1000
#define PRINT_MAX   1000
/* Mistakes of which people are told; the trace has them all. */
#define TOLD_MOST 5
/* A weight, and how many alternatives have one. */
#define WEIGHT_MOST 1000000

struct lua_program {
	struct program base;
	struct list link;
	struct run *run;
	struct node *node;
	const char *file, *text; /* of the run's inputs */
	struct sandbox *sandbox;
	bool fresh;       /* loaded, and nobody has asked yet */
	bool loading;     /* its main part runs */
	unsigned listens; /* bits of enum program_event */
	struct rng rng;
	struct lua_changes changes;
	int64_t saved;    /* steps */
	int64_t saved_at; /* when they were that many */
	size_t counted;   /* bytes of its Lua that count as the run's */
	/* Of the answer that is being read. */
	const struct program_question *question;
	struct program_answer *answer;
	enum trace_program_fault fault;
};

static struct lua_program *
program_of(lua_State *L)
{
	struct lua_program *p;

	lua_getfield(L, LUA_REGISTRYINDEX, "rung.program");
	p = lua_touserdata(L, -1);
	lua_pop(L, 1);
	return p;
}

static struct sim *
sim_of(const struct lua_program *p)
{
	return p->run->world->sim;
}

/* ---- what a program can say: { verdict = …, targets = …, status = … } ---- */

/* A table with VERDICT, and the argument in the braces as its targets. */
static int
push_decision(lua_State *L, enum trace_program_verdict verdict, int targets)
{
	lua_createtable(L, 0, 3);
	lua_pushstring(L, trace_program_word(verdict));
	lua_setfield(L, -2, "verdict");
	lua_pushvalue(L, targets);
	lua_setfield(L, -2, "targets");
	return 1;
}

static void
check_list(lua_State *L, const char *name)
{
	if (!lua_istable(L, 1))
		sandbox_error(L,
		    _("%s needs its targets in braces: %s { \"sip:…\", … }"),
		    name, name);
}

/* parallel { target, … } */
static int
fn_parallel(lua_State *L)
{
	check_list(L, "parallel");
	return push_decision(L, TRACE_PROGRAM_PARALLEL, 1);
}

/* in_turn { target, … } */
static int
fn_in_turn(lua_State *L)
{
	check_list(L, "in_turn");
	return push_decision(L, TRACE_PROGRAM_IN_TURN, 1);
}

/* The weight of the pair on top: { target, weight }, or target = weight. */
static lua_Integer
weight_of(lua_State *L)
{
	lua_Integer weight;
	int is = 0;

	if (lua_istable(L, -1))
		lua_rawgeti(L, -1, 2);
	else
		lua_pushvalue(L, -1);
	weight = lua_tointegerx(L, -1, &is);
	lua_pop(L, 1);
	if (!is || weight < 0 || weight > WEIGHT_MOST)
		sandbox_error(L,
		    _("weighted needs a weight from 0 to %d for each target: "
		      "weighted { { \"sip:…\", 3 }, … }"),
		    WEIGHT_MOST);
	return weight;
}

/* Draws one of the N entries of the table at LEFT, { target, weight }, takes it
 * out, and pushes its target: the more weight, the likelier; those without have
 * their turn when no others are left (RFC 2782 has it so). */
static void
draw_target(lua_State *L, struct lua_program *p, int left, int n)
{
	uint64_t all = 0, drawn;
	int i = 1;

	for (int k = 1; k <= n; k++) {
		lua_rawgeti(L, left, k);
		all += (uint64_t)weight_of(L);
		lua_pop(L, 1);
	}
	drawn = rng_below(&p->rng, all > 0 ? all : (uint64_t)n);
	for (; i < n; i++) {
		uint64_t weight = 1;

		lua_rawgeti(L, left, i);
		if (all > 0)
			weight = (uint64_t)weight_of(L);
		lua_pop(L, 1);
		if (drawn < weight)
			break;
		drawn -= weight;
	}
	lua_rawgeti(L, left, i);
	lua_rawgeti(L, -1, 1);
	lua_replace(L, -2);
	/* The last one takes its place. */
	lua_rawgeti(L, left, n);
	lua_rawseti(L, left, i);
}

/* weighted { { target, weight }, … } or weighted { [target] = weight, … } */
static int
fn_weighted(lua_State *L)
{
	struct lua_program *p = program_of(L);
	int n = 0;

	check_list(L, "weighted");
	lua_settop(L, 1);
	lua_newtable(L); /* 2: what is left */
	lua_newtable(L); /* 3: in the order drawn */
	lua_pushnil(L);
	while (sandbox_next(L, 1) != 0) {
		lua_Integer weight = weight_of(L);

		if (++n > PROGRAM_TARGETS)
			return sandbox_error(L,
			    _("more than %d targets are too many"),
			    PROGRAM_TARGETS);
		lua_createtable(L, 2, 0);
		if (lua_istable(L, -2))
			lua_rawgeti(L, -2, 1);
		else
			lua_pushvalue(L, -3);
		lua_rawseti(L, -2, 1);
		lua_pushinteger(L, weight);
		lua_rawseti(L, -2, 2);
		lua_rawseti(L, 2, n);
		lua_pop(L, 1);
	}
	sandbox_charge(L, (uint64_t)n * (uint64_t)n);
	for (int i = 1; i <= n; i++) {
		draw_target(L, p, 2, n - i + 1);
		lua_rawseti(L, 3, i);
	}
	return push_decision(L, TRACE_PROGRAM_WEIGHTED, 3);
}

/* reject(status, reason) */
static int
fn_reject(lua_State *L)
{
	lua_settop(L, 2);
	lua_createtable(L, 0, 3);
	lua_pushstring(L, trace_program_word(TRACE_PROGRAM_REJECT));
	lua_setfield(L, -2, "verdict");
	lua_pushvalue(L, 1);
	lua_setfield(L, -2, "status");
	lua_pushvalue(L, 2);
	lua_setfield(L, -2, "reason");
	return 1;
}

/* redirect({ target, … }, status) */
static int
fn_redirect(lua_State *L)
{
	lua_settop(L, 2);
	push_decision(L, TRACE_PROGRAM_REDIRECT, 1);
	lua_pushvalue(L, 2);
	lua_setfield(L, -2, "status");
	return 1;
}

/* now(): seconds since the start. */
static int
fn_now(lua_State *L)
{
	lua_pushnumber(L, (double)sim_now(sim_of(program_of(L))) / 1e9);
	return 1;
}

/* date(): the time of day by which people live here. */
static int
fn_date(lua_State *L)
{
	const struct world *w = program_of(L)->run->world;
	int64_t s = world_date_now(w) + w->date.ahead_s;
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

/* ---- whether servers are there ---- */

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
static int
fn_watch(lua_State *L)
{
	struct lua_program *p = program_of(L);
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
static int
fn_alive(lua_State *L)
{
	const struct program_watched *w = find_watched(L, program_of(L), 1);

	if (w == NULL)
		return sandbox_error(
		    L, _("alive knows only servers that the program watches: "
			 "watch \"sip:…\""));
	lua_pushboolean(L, w->up);
	return 1;
}

static void
forget_watched(struct lua_program *p)
{
	while (p->base.nwatched > 0)
		mem_free(p->base.watched[--p->base.nwatched].uri);
}

static const luaL_Reg functions[] = {
	{ "watch", fn_watch },
	{ "alive", fn_alive },
	{ "parallel", fn_parallel },
	{ "in_turn", fn_in_turn },
	{ "weighted", fn_weighted },
	{ "reject", fn_reject },
	{ "redirect", fn_redirect },
	{ "now", fn_now },
	{ "date", fn_date },
	{ NULL, NULL },
};

static int
bind_functions(lua_State *L)
{
	lua_setfield(L, LUA_REGISTRYINDEX, "rung.program");
	lua_bind_message(L);
	for (const luaL_Reg *f = functions; f->name != NULL; f++) {
		lua_pushcfunction(L, f->func);
		lua_setglobal(L, f->name);
	}
	return 0;
}

/* ---- reading its answer ---- */

/* What it has returned is no decision. */
#define NONSENSE(L, p, ...)                         \
	((p)->fault = TRACE_PROGRAM_FAULT_NONSENSE, \
	    sandbox_error(L, __VA_ARGS__))

static void
add_target(lua_State *L, struct lua_program *p, unsigned turn)
{
	struct program_answer *a = p->answer;
	struct str uri;

	if (lua_type(L, -1) != LUA_TSTRING)
		NONSENSE(L, p, _("a target is a URI in quotes, not a %s"),
		    luaL_typename(L, -1));
	uri.p = lua_tolstring(L, -1, &uri.n);
	if (!lua_is_target(uri)) {
		p->fault = TRACE_PROGRAM_FAULT_TARGET;
		sandbox_error(L,
		    _("“%.*s” is no SIP URI that a request can go to"),
		    (int)(uri.n < 80 ? uri.n : 80), uri.p);
	}
	if (a->ntargets == PROGRAM_TARGETS)
		NONSENSE(L, p, _("more than %d targets are too many"),
		    PROGRAM_TARGETS);
	a->targets[a->ntargets++] =
	    (struct program_target){ a->text.n, uri.n, turn };
	buf_str(&a->text, uri);
}

/* The list on top: targets, and where EACH is another turn, lists of them. */
static void
add_targets(lua_State *L, struct lua_program *p, bool each, unsigned turn)
{
	int list = lua_gettop(L);

	luaL_checkstack(L, 8, NULL);
	for (int i = 1; lua_rawgeti(L, list, i) != LUA_TNIL; i++) {
		if (each && lua_istable(L, -1)) {
			lua_getfield(L, -1, "targets");
			if (!lua_istable(L, -1))
				lua_pop(L, 1);
			add_targets(L, p, false, turn);
			lua_settop(L, list + 1);
		} else {
			add_target(L, p, turn);
		}
		turn += each;
		lua_settop(L, list);
	}
	lua_settop(L, list);
}

static void
read_status(lua_State *L, struct lua_program *p, int table, unsigned least,
    unsigned most, unsigned usual)
{
	lua_Integer status;
	int is = 0;

	lua_pushliteral(L, "status");
	lua_rawget(L, table);
	status = lua_tointegerx(L, -1, &is);
	if (lua_isnil(L, -1) && usual != 0)
		status = (lua_Integer)usual;
	else if (!is || status < least || status > most)
		NONSENSE(
		    L, p, _("it needs a status from %u to %u"), least, most);
	p->answer->status = (unsigned)status;
	lua_pop(L, 1);
}

/* The phrase of a refusal: one line. */
static void
read_reason(lua_State *L, struct lua_program *p, int table)
{
	struct str s;

	lua_pushliteral(L, "reason");
	if (lua_rawget(L, table) == LUA_TNIL) {
		lua_pop(L, 1);
		return;
	}
	s = sandbox_tostring(L, -1);
	for (size_t i = 0; i < s.n; i++)
		if ((unsigned char)s.p[i] < ' ' || s.p[i] == 0x7f || i >= 200)
			NONSENSE(L, p,
			    _("a reason is one line of at most %d bytes"), 200);
	buf_str(&p->answer->reason, s);
	lua_pop(L, 2);
}

static enum trace_program_verdict
read_verdict(lua_State *L, struct lua_program *p, int table)
{
	const char *word;

	lua_pushliteral(L, "verdict");
	if (lua_rawget(L, table) == LUA_TNIL) {
		lua_pop(L, 1);
		return TRACE_PROGRAM_PARALLEL;
	}
	word = lua_tostring(L, -1);
	lua_pop(L, 1);
	for (unsigned v = TRACE_PROGRAM_PARALLEL; v < TRACE_PROGRAM_FAILED; v++)
		if (word != NULL && strcmp(word, trace_program_word(v)) == 0)
			return v;
	NONSENSE(L, p, _("there is no such decision"));
	return TRACE_PROGRAM_FAILED;
}

/* The table on top, of one of our functions or the script's own. */
static void
read_table(lua_State *L, struct lua_program *p)
{
	struct program_answer *a = p->answer;
	int table = lua_gettop(L);

	a->verdict = read_verdict(L, p, table);
	if (a->verdict == TRACE_PROGRAM_REJECT) {
		read_status(L, p, table, 400, 699, 0);
		read_reason(L, p, table);
		return;
	}
	if (a->verdict == TRACE_PROGRAM_REDIRECT)
		read_status(L, p, table, 300, 399, 302);
	lua_pushliteral(L, "targets");
	lua_rawget(L, table);
	if (lua_type(L, -1) == LUA_TSTRING) {
		add_target(L, p, 0);
		return;
	}
	if (!lua_istable(L, -1))
		lua_pushvalue(L, table);
	add_targets(L, p,
	    a->verdict == TRACE_PROGRAM_IN_TURN ||
		a->verdict == TRACE_PROGRAM_WEIGHTED,
	    0);
	if (a->ntargets == 0)
		NONSENSE(L, p, _("it names no target"));
}

/* What the script has returned, on top. */
static void
read_answer(lua_State *L, struct lua_program *p)
{
	const struct lua_changes *c = &p->changes;
	struct program_answer *a = p->answer;
	bool reply = p->question->event == PROGRAM_ON_REPLY;

	if (reply && !lua_isnil(L, -1))
		NONSENSE(L, p, _("on_reply returns nothing"));
	if (lua_type(L, -1) == LUA_TSTRING) {
		a->verdict = TRACE_PROGRAM_PARALLEL;
		add_target(L, p, 0);
	} else if (lua_istable(L, -1)) {
		read_table(L, p);
	} else if (!lua_isnil(L, -1)) {
		NONSENSE(L, p,
		    _("it returns a %s; expected a URI, a decision such as "
		      "in_turn { … }, or nothing"),
		    luaL_typename(L, -1));
	} else if (c->uri.n > 0) {
		/* m.uri = "sip:…": then that is where it goes. */
		a->verdict = TRACE_PROGRAM_PARALLEL;
		a->targets[a->ntargets++] =
		    (struct program_target){ 0, c->uri.n, 0 };
		buf_str(&a->text, buf_view(&c->uri));
	}
	buf_str(&a->add, buf_view(&c->add));
	memcpy(a->drop, c->drop, sizeof(a->drop));
	a->ndrop = c->ndrop;
}

/* ---- asking ---- */

static void
push_function(lua_State *L, enum program_event e)
{
	lua_pushglobaltable(L);
	lua_pushstring(L, program_event_name(e));
	lua_rawget(L, -2);
	lua_remove(L, -2);
}

/* In protected mode. */
static int
ask_body(lua_State *L)
{
	struct lua_program *p = lua_touserdata(L, 1);
	const struct program_question *q = p->question;
	struct lua_message_from from = { &q->src, q->caller };
	bool reply = q->event == PROGRAM_ON_REPLY;
	int nargs = 1;

	push_function(L, q->event);
	lua_push_message(L, q->request, &from, reply ? NULL : &p->changes);
	if (q->event == PROGRAM_ON_FAILURE) {
		lua_pushinteger(L, q->status);
		lua_pushlstring(L, q->target.p, q->target.n);
		nargs += 2;
	}
	if (q->reply != NULL) {
		lua_push_message(L, q->reply, NULL, reply ? &p->changes : NULL);
		nargs++;
	}
	lua_call(L, nargs, 1);
	read_answer(L, p);
	return 0;
}

/* Its Lua's memory counts as the run's. */
static void
count_bytes(struct lua_program *p)
{
	size_t now = sandbox_memory(p->sandbox);

	if (now > p->counted)
		sim_take_memory(sim_of(p), now - p->counted);
	else
		sim_give_back_memory(sim_of(p), p->counted - now);
	p->counted = now;
}

/* The steps that it has, at this time. */
static uint64_t
saved_steps(struct lua_program *p)
{
	int64_t now = sim_now(sim_of(p)), passed = now - p->saved_at;

	if (passed > SAVED_STEPS / SECOND_STEPS * SIM_S)
		p->saved = SAVED_STEPS;
	else
		p->saved += passed * (SECOND_STEPS / 1000) / (SIM_S / 1000);
	if (p->saved > SAVED_STEPS)
		p->saved = SAVED_STEPS;
	p->saved_at = now;
	return (uint64_t)p->saved;
}

/* Runs FN, which it is worth to know what it cost.  0 or D's error. */
static int
run_bounded(struct lua_program *p, lua_CFunction fn, struct diag *d)
{
	uint64_t has = saved_steps(p), took;
	int err;

	sandbox_revive(p->sandbox, has);
	err = sandbox_protect(p->sandbox, fn, p, d);
	took = sandbox_steps(p->sandbox);
	p->saved -= (int64_t)(took < has ? took : has);
	sim_add_work(sim_of(p), took / EVENT_STEPS);
	count_bytes(p);
	return err;
}

/* Why the call of P has come to nothing. */
static enum trace_program_fault
find_fault(const struct lua_program *p, int err)
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
tell_mistake(struct lua_program *p, const struct diag *d)
{
	struct run *r = p->run;

	if (r->nmistakes++ < TOLD_MOST)
		run_doubt(r, p->file, d->line, _("node %s: %s"), p->node->name,
		    d->text);
}

static int
program_ask(struct program *base, const struct program_question *q,
    struct program_answer *a)
{
	struct lua_program *p = (struct lua_program *)base;
	struct diag d = DIAG_INIT;
	int err;

	p->fresh = false;
	p->question = q;
	p->answer = a;
	p->fault = TRACE_PROGRAM_FAULT_COUNT;
	lua_changes_begin(&p->changes);
	err = run_bounded(p, ask_body, &d);
	p->changes.serial++;
	a->file = p->file;
	a->line = sandbox_returned(p->sandbox);
	if (err == 0 && p->changes.add.err == 0 && p->changes.uri.err == 0 &&
	    a->text.err == 0 && a->reason.err == 0 && a->add.err == 0)
		return 0;
	if (err == 0 || err == ERR_NOMEM)
		return ERR_NOMEM;
	a->verdict = TRACE_PROGRAM_FAILED;
	a->fault = find_fault(p, err);
	a->status = trace_program_fault_status(a->fault);
	a->ntargets = a->ndrop = 0;
	buf_clear(&a->add);
	if (d.line == 0)
		d.line = a->line;
	a->line = d.line;
	tell_mistake(p, &d);
	return 0;
}

/* ---- life ---- */

/* print(…) is a remark of the node's. */
static int
on_print(lua_State *L, struct str text, void *arg)
{
	struct lua_program *p = arg;
	struct trace_writer *w;
	char where[128];

	sandbox_charge(L, PRINT_STEPS);
	if (text.n > PRINT_MAX)
		sandbox_error(
		    L, _("a remark of more than %d bytes"), PRINT_MAX);
	if (!p->run->started)
		return 0;
	sandbox_where(L, where, sizeof(where));
	w = node_record(p->node, TRACE_NOTE, RULE_NONE);
	trace_put_cstr(w, "where", where);
	trace_put_str(w, "text", text);
	trace_close(w);
	return trace_writer_error(w);
}

static uint64_t
on_random(void *arg)
{
	return rng_u64(&((struct lua_program *)arg)->rng);
}

/* What the run holds, without what of it is this Lua's. */
static size_t
count_memory(void *arg)
{
	const struct lua_program *p = arg;

	return sim_memory(sim_of(p)) - p->counted;
}

static int
bind_body(lua_State *L)
{
	return bind_functions(L);
}

static int
find_listeners(lua_State *L)
{
	struct lua_program *p = lua_touserdata(L, 1);

	p->listens = 0;
	for (unsigned e = 0; e < PROGRAM_EVENT_COUNT; e++) {
		push_function(L, e);
		if (lua_isfunction(L, -1))
			p->listens |= 1u << e;
		lua_pop(L, 1);
	}
	return 0;
}

static int
make_sandbox(struct lua_program *p, struct diag *d)
{
	struct sandbox_host host = { .print = on_print,
		.random = on_random,
		.memory = count_memory,
		.returns = true,
		.arg = p };
	struct sandbox_limits limits = {
		.steps_run = CALL_STEPS,
		.steps_all = (uint64_t)SAVED_STEPS,
		.memory = PROGRAM_MEMORY,
		.all = (size_t)sim_limits_resolve(&p->run->in->limits)
			   .most[SIM_LIMIT_MEMORY],
		.string = PROGRAM_STRING,
		.text = INPUTS_TEXT_MAX,
	};
	int err;

	if (p->sandbox != NULL)
		sim_give_back_memory(sim_of(p), p->counted);
	p->counted = 0;
	forget_watched(p);
	sandbox_destroy(p->sandbox);
	err = sandbox_create(&p->sandbox, &limits, &host);
	if (err == 0)
		err = sandbox_protect(p->sandbox, bind_body, p, d);
	p->loading = true;
	if (err == 0)
		err = sandbox_load(p->sandbox, str_of(p->text), p->file, d);
	p->loading = false;
	if (err == 0)
		err = sandbox_protect(p->sandbox, find_listeners, p, d);
	if (p->sandbox != NULL)
		count_bytes(p);
	return err == 0 ? 0 : diag_set(d, err, NULL, 0, "%s", err_text(err));
}

static int
program_begin(struct program *base, struct diag *d)
{
	struct lua_program *p = (struct lua_program *)base;

	if (p->fresh)
		return 0;
	p->fresh = true;
	return make_sandbox(p, d);
}

static bool
program_listens(const struct program *base, enum program_event e)
{
	return (((const struct lua_program *)base)->listens >> e & 1) != 0;
}

static const struct program_ops ops = {
	.begin = program_begin,
	.ask = program_ask,
	.listens = program_listens,
};

static void
program_free(struct lua_program *p)
{
	forget_watched(p);
	sandbox_destroy(p->sandbox);
	lua_changes_free(&p->changes);
	list_remove(&p->link);
	mem_free(p);
}

void
run_free_programs(struct run *r)
{
	list_each (struct lua_program, p, &r->programs, link)
		program_free(p);
}

int
run_add_program(struct run *r, struct node *n, const char *file, struct diag *d)
{
	struct lua_program *p;
	int err;

	/* RFC 3261 16.11: what it chooses may not change with time. */
	if (node_attr_bool(n, "stateless", false))
		return diag_set(d, ERR_UNSUPPORTED, r->topology->file, 0,
		    _("node %s: a stateless proxy can't have a program, since "
		      "it must choose alike for each repetition of a request "
		      "(RFC 3261 16.11)"),
		    n->name);
	p = mem_zalloc(1, sizeof(*p));
	if (p == NULL)
		return diag_set(
		    d, ERR_NOMEM, NULL, 0, "%s", err_text(ERR_NOMEM));
	list_append(&r->programs, &p->link);
	p->base.ops = &ops;
	p->run = r;
	p->node = n;
	p->saved = SAVED_STEPS;
	rng_init(&p->rng, sim_seed(r->world->sim), n->name, "route");
	err = inputs_get_program(r->in, file, &p->text, d);
	for (size_t i = 0; err == 0 && i < r->in->nprograms; i++)
		if (strcmp(r->in->programs[i].file, file) == 0)
			p->file = r->in->programs[i].file;
	if (err == 0)
		err = program_begin(&p->base, d);
	if (err == 0 && p->listens == 0)
		err = diag_set(d, ERR_SYNTAX, file, 0,
		    _("has no function on_request(request), which is asked "
		      "where requests go"));
	if (err == 0)
		n->program = &p->base;
	return err;
}
