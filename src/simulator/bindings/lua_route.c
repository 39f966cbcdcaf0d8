/*
 * Programs of proxies, in Lua: route=FILE.  What such a program can say about a
 * request (parallel, in_turn, weighted, reject, redirect), and how the node
 * reads what it has said.
 */
#include "bindings/lua_lines.h"

#include "base/err.h"
#include "base/mem.h"
#include "base/param.h"
#include "bindings/lua_program.h"
#include "msg/chars.h"
#include "msg/parts.h"
#include "roles/location/location.h"
#include "script/sandbox.h"

#include <string.h>

/* Whether servers are there: which a program watches, and what it is told. */

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
		return sandbox_error(
		    L, _("write watch outside of functions: servers are "
			 "watched from the start"));
	if (!lua_is_target(uri))
		return sandbox_error(L, _("“%.*s” is not a SIP URI"),
		    (int)(uri.n < 80 ? uri.n : 80), uri.p);
	if (param_time(every, &ns) != 0 || ns < WATCH_LEAST_NS)
		return sandbox_error(
		    L, _("watch needs a time of at least 1s, such as \"10s\""));
	if (w != NULL || p->base.nwatched == PROGRAM_WATCHED)
		return sandbox_error(
		    L, w != NULL ? _("that server is already watched")
				 : _("at most 100 servers can be watched"));
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

/* A weight, and how many alternatives have one. */
#define WEIGHT_MOST 1000000

/* What a subscription costs, as an action of a script does. */
#define FOLLOW_STEPS 3000

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
lua_route_check_list(lua_State *L, const char *name)
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
	lua_route_check_list(L, "parallel");
	return push_decision(L, TRACE_PROGRAM_PARALLEL, 1);
}

/* in_turn { target, … } */
static int
fn_in_turn(lua_State *L)
{
	lua_route_check_list(L, "in_turn");
	return push_decision(L, TRACE_PROGRAM_IN_TURN, 1);
}

/* The weight of the pair on top: { target, weight }, or target = weight. */
static lua_Integer
lua_route_weight_of(lua_State *L)
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
		all += (uint64_t)lua_route_weight_of(L);
		lua_pop(L, 1);
	}
	drawn = rng_below(&p->rng, all > 0 ? all : (uint64_t)n);
	for (; i < n; i++) {
		uint64_t weight = 1;

		lua_rawgeti(L, left, i);
		if (all > 0)
			weight = (uint64_t)lua_route_weight_of(L);
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
	struct lua_program *p = lua_program_of(L);
	int n = 0;

	lua_route_check_list(L, "weighted");
	lua_settop(L, 1);
	lua_newtable(L); /* 2: the remaining targets */
	lua_newtable(L); /* 3: in the order drawn */
	lua_pushnil(L);
	while (sandbox_next(L, 1) != 0) {
		lua_Integer weight = lua_route_weight_of(L);

		if (++n > PROGRAM_TARGETS)
			return sandbox_error(L,
			    _("there are more than %d targets"),
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

/* reject(status, reason, { headers =, body =, type = }) */
static int
fn_reject(lua_State *L)
{
	lua_settop(L, 3);
	if (!lua_isnil(L, 3)) {
		luaL_checktype(L, 3, LUA_TTABLE);
		lua_check_names(L, 3, "headers body type");
	}
	lua_createtable(L, 0, 4);
	lua_pushstring(L, trace_program_word(TRACE_PROGRAM_REJECT));
	lua_setfield(L, -2, "verdict");
	lua_pushvalue(L, 1);
	lua_setfield(L, -2, "status");
	lua_pushvalue(L, 2);
	lua_setfield(L, -2, "reason");
	lua_pushvalue(L, 3);
	lua_setfield(L, -2, "more");
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

/* As the target, the second argument, or what was said of several, with the
 * time, the first, as NAME. */
static int
push_timed(lua_State *L, const char *name)
{
	struct str time;
	int64_t ns;

	time.p = luaL_checklstring(L, 1, &time.n);
	if (param_time(time, &ns) != 0 || ns < SIM_MS)
		return sandbox_error(
		    L, _("%s needs a time, such as \"4s\""), name);
	lua_settop(L, 2);
	if (!lua_istable(L, 2) || lua_getfield(L, 2, "verdict") == LUA_TNIL)
		push_decision(L, TRACE_PROGRAM_PARALLEL, 2);
	else
		lua_settop(L, 2);
	lua_pushinteger(L, ns);
	lua_setfield(L, -2, name);
	return 1;
}

/* within(time, target): it counts as failed, by 408, when it has said nothing
 * by then. */
static int
fn_within(lua_State *L)
{
	return push_timed(L, "within");
}

/* after(time, target): it waits so long, outside of all turns. */
static int
fn_after(lua_State *L)
{
	luaL_checkstring(L, 2);
	return push_timed(L, "after");
}

/* ---- reading its answer ---- */

/* The number NAME of the table at TABLE, or 0. */
static int64_t
lua_route_number(lua_State *L, int table, const char *name)
{
	int64_t n;

	lua_pushstring(L, name);
	lua_rawget(L, table);
	n = lua_tointeger(L, -1);
	lua_pop(L, 1);
	return n;
}

/* How long the value on top waits, in place of which its target comes; 0. */
static int64_t
lua_route_cut_after(lua_State *L)
{
	int top = lua_gettop(L);
	int64_t ns =
	    lua_istable(L, top) ? lua_route_number(L, top, "after") : 0;

	if (ns > 0) {
		lua_pushliteral(L, "targets");
		lua_rawget(L, top);
		lua_replace(L, top);
	}
	return ns;
}

/* "<sip:as;lr>, <sip:s;lr>, sip:bob@b.example": the Routes and commas before
 * the URI are cut off *TARGET, *WAY is the Routes.  False: they are none. */
static bool
cut_way(struct str *target, struct str *way)
{
	ptrdiff_t at = str_rchr(*target, '>');
	struct str rest, one;
	struct msg_addr a;

	*way = str_slice(*target, 0, (size_t)(at + 1));
	if (at < 0)
		return true;
	one = str_slice(*target, (size_t)at + 1, target->n);
	str_cut(one, ',', target);
	*target = str_trim(*target);
	for (rest = *way; rest.n > 0;)
		if (msg_addr_read(msg_cut_value(&rest), &a) != 0 ||
		    !lua_is_target(a.uri))
			return false;
	return location_path_is_valid(*way);
}

static void
lua_route_add_target(
    lua_State *L, struct lua_program *p, unsigned turn, int64_t after_ns)
{
	struct program_answer *a = p->answer;
	struct str uri, way;

	if (lua_type(L, -1) != LUA_TSTRING)
		LUA_NONSENSE(L, p, _("a target is a URI in quotes, not a %s"),
		    luaL_typename(L, -1));
	uri.p = lua_tolstring(L, -1, &uri.n);
	if (!cut_way(&uri, &way) ||
	    !(way.n > 0 ? lua_is_led_target(uri) : lua_is_target(uri))) {
		p->fault = TRACE_PROGRAM_FAULT_TARGET;
		sandbox_error(L,
		    _("“%.*s” is not a SIP URI to which a request can be sent"),
		    (int)(uri.n < 80 ? uri.n : 80), uri.p);
	}
	if (after_ns > 0 && a->verdict == TRACE_PROGRAM_REDIRECT)
		LUA_NONSENSE(L, p, _("a redirection can't have times"));
	if (a->ntargets == PROGRAM_TARGETS)
		LUA_NONSENSE(
		    L, p, _("there are more than %d targets"), PROGRAM_TARGETS);
	buf_str(&a->text, way);
	a->targets[a->ntargets++] =
	    (struct program_target){ a->text.n, uri.n, turn, way.n, after_ns };
	buf_str(&a->text, uri);
}

/* The list on top: targets, and where EACH is another turn, lists of them. */
static void
lua_route_add_targets(
    lua_State *L, struct lua_program *p, bool each, unsigned turn)
{
	int list = lua_gettop(L);

	luaL_checkstack(L, 8, NULL);
	for (int i = 1; lua_rawgeti(L, list, i) != LUA_TNIL; i++) {
		int64_t after_ns = lua_route_cut_after(L);

		if (each && lua_istable(L, -1)) {
			lua_getfield(L, -1, "targets");
			if (!lua_istable(L, -1))
				lua_pop(L, 1);
			lua_route_add_targets(L, p, false, turn);
			lua_settop(L, list + 1);
		} else {
			lua_route_add_target(L, p, turn, after_ns);
		}
		turn += each;
		lua_settop(L, list);
	}
	lua_settop(L, list);
}

static void
lua_route_read_status(lua_State *L, struct lua_program *p, int table,
    unsigned least, unsigned most, unsigned usual)
{
	lua_Integer status;
	int is = 0;

	lua_pushliteral(L, "status");
	lua_rawget(L, table);
	status = lua_tointegerx(L, -1, &is);
	if (lua_isnil(L, -1) && usual != 0)
		status = (lua_Integer)usual;
	else if (!is || status < least || status > most)
		LUA_NONSENSE(L, p, _("it needs a status code from %u to %u"),
		    least, most);
	p->answer->status = (unsigned)status;
	lua_pop(L, 1);
}

/* The phrase of a rejection: one line. */
static void
lua_route_read_reason(lua_State *L, struct lua_program *p, int table)
{
	struct str s;

	lua_pushliteral(L, "reason");
	if (lua_rawget(L, table) == LUA_TNIL) {
		lua_pop(L, 1);
		return;
	}
	s = sandbox_tostring(L, -1);
	if (s.n > 200 || !chars_is_line(s))
		LUA_NONSENSE(L, p,
		    _("a reason must be one line of at most %d bytes"), 200);
	buf_str(&p->answer->reason, s);
	lua_pop(L, 2);
}

/* What else is in a rejection: fields, a body. */
static void
lua_route_read_more(lua_State *L, struct lua_program *p, int table)
{
	struct program_answer *a = p->answer;
	struct diag d = DIAG_INIT;
	struct str type = STR_NULL;
	int more;

	lua_pushliteral(L, "more");
	if (lua_rawget(L, table) == LUA_TNIL) {
		lua_pop(L, 1);
		return;
	}
	more = lua_gettop(L);
	luaL_checktype(L, more, LUA_TTABLE);
	luaL_checkstack(L, 40, NULL);
	lua_pushliteral(L, "headers");
	if (lua_rawget(L, more) == LUA_TTABLE) {
		lua_check_done(L,
		    node_fields_read(
			&a->fields, lua_push_lines(L, lua_gettop(L)), &d),
		    &d);
		lua_check_done(L, node_fields_check(&a->fields, &d), &d);
	}
	lua_settop(L, more);
	lua_pushliteral(L, "body");
	if (lua_rawget(L, more) != LUA_TNIL)
		buf_str(&a->body, sandbox_tostring(L, -1));
	a->type_at = a->body.n;
	lua_pushliteral(L, "type");
	if (lua_rawget(L, more) != LUA_TNIL)
		type = sandbox_tostring(L, -1);
	if (!chars_is_line(type))
		sandbox_error(L, _("“%s” must be one line of text"), "type");
	buf_str(&a->body, type);
	lua_settop(L, more - 1);
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
	LUA_NONSENSE(L, p, _("there is no such decision"));
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
		lua_route_read_status(L, p, table, 400, 699, 0);
		lua_route_read_reason(L, p, table);
		lua_route_read_more(L, p, table);
		return;
	}
	if (a->verdict == TRACE_PROGRAM_REDIRECT)
		lua_route_read_status(L, p, table, 300, 399, 302);
	a->within_ns = lua_route_number(L, table, "within");
	lua_pushliteral(L, "targets");
	lua_rawget(L, table);
	if (lua_type(L, -1) == LUA_TSTRING) {
		lua_route_add_target(
		    L, p, 0, lua_route_number(L, table, "after"));
		return;
	}
	if (!lua_istable(L, -1))
		lua_pushvalue(L, table);
	lua_route_add_targets(L, p,
	    a->verdict == TRACE_PROGRAM_IN_TURN ||
		a->verdict == TRACE_PROGRAM_WEIGHTED,
	    0);
	if (a->ntargets == 0)
		LUA_NONSENSE(L, p, _("it has no target"));
}

/* What the script has returned, on top. */
static void
lua_route_read_answer(lua_State *L, struct lua_program *p)
{
	const struct lua_changes *c = &p->changes;
	struct program_answer *a = p->answer;
	bool reply = p->question->event == PROGRAM_ON_REPLY;

	if (reply && !lua_isnil(L, -1))
		LUA_NONSENSE(L, p, _("on_reply must not return anything"));
	if (p->question->event == PROGRAM_ON_NOTIFY)
		return;
	if (lua_type(L, -1) == LUA_TSTRING) {
		a->verdict = TRACE_PROGRAM_PARALLEL;
		lua_route_add_target(L, p, 0, 0);
	} else if (lua_istable(L, -1)) {
		read_table(L, p);
	} else if (!lua_isnil(L, -1)) {
		LUA_NONSENSE(L, p,
		    _("it returns a %s; expected a URI, a decision such as "
		      "in_turn { … }, or nothing"),
		    luaL_typename(L, -1));
	} else if (c->uri.n > 0) {
		/* m.uri = "sip:…": then that is where it goes. */
		a->verdict = TRACE_PROGRAM_PARALLEL;
		a->targets[a->ntargets++] =
		    (struct program_target){ .n = c->uri.n };
		buf_str(&a->text, buf_view(&c->uri));
	}
	buf_str(&a->add, buf_view(&c->add));
	memcpy(a->drop, c->drop, sizeof(a->drop));
	a->ndrop = c->ndrop;
}

/* ---- asking ---- */

/* In protected mode. */
static int
lua_route_ask_body(lua_State *L)
{
	struct lua_program *p = lua_touserdata(L, 1);
	const struct program_question *q = p->question;
	struct lua_message_from from = { &q->src, q->caller, 0, 0 };
	bool reply = q->event == PROGRAM_ON_REPLY;
	int nargs = 1;

	lua_program_push(p, L, q->event);
	lua_push_message(L, q->request, &from,
	    reply || q->event == PROGRAM_ON_NOTIFY ? NULL : &p->changes);
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
	lua_route_read_answer(L, p);
	return 0;
}

static int
lua_route_ask(struct program *base, const struct program_question *q,
    struct program_answer *a)
{
	struct lua_program *p = (struct lua_program *)base;
	int err;

	p->question = q;
	p->answer = a;
	err = lua_program_run(p, lua_route_ask_body, &a->fault, &a->line);
	a->file = p->file;
	if (p->own)
		a->line = p->blamed;
	if (err == 0 && (a->text.err != 0 || a->reason.err != 0 ||
			    a->add.err != 0 || a->body.err != 0))
		err = ERR_NOMEM;
	if (err == 0 || err == ERR_NOMEM)
		return err;
	a->verdict = TRACE_PROGRAM_FAILED;
	a->status = trace_program_fault_status(a->fault);
	a->ntargets = a->ndrop = a->fields.n = a->type_at = 0;
	buf_clear(&a->add);
	buf_clear(&a->body);
	return 0;
}

/* ---- what other roles of the node do ---- */

/* registered(uri): P-Associated-URI of who is registered here, or nil. */
static int
fn_registered(lua_State *L)
{
	const struct program_neighbours *near = &lua_program_of(L)->base.near;
	struct str uri, all = STR_NULL;
	struct buf aor = BUF_INIT;
	int err;

	uri.p = luaL_checklstring(L, 1, &uri.n);
	err = msg_uri_aor(uri, &aor);
	if (err == 0 && near->associated != NULL)
		all = near->associated(near->registrar, buf_view(&aor));
	buf_free(&aor);
	if (err == ERR_NOMEM)
		return sandbox_error(L, "%s", err_text(err));
	if (all.n == 0)
		return 0;
	lua_pushlstring(L, all.p, all.n);
	return 1;
}

/* unregistered(uri): the home server hears that he is called all the same. */
static int
fn_unregistered(lua_State *L)
{
	const struct program_neighbours *near = &lua_program_of(L)->base.near;
	LOCAL_BUF aor = BUF_INIT;
	struct str uri;
	int err;

	uri.p = luaL_checklstring(L, 1, &uri.n);
	sandbox_charge(L, FOLLOW_STEPS);
	err = msg_uri_aor(uri, &aor);
	if (err == 0 && near->unregistered != NULL)
		near->unregistered(near->registrar, buf_view(&aor));
	return err == ERR_NOMEM ? sandbox_error(L, "%s", err_text(err)) : 0;
}

/* follow(uri), follow(uri, false): on_notify is told how it is registered. */
static int
fn_follow(lua_State *L)
{
	struct lua_program *p = lua_program_of(L);
	const struct program_neighbours *near = &p->base.near;
	bool on = lua_isnoneornil(L, 2) || lua_toboolean(L, 2);
	struct str uri;
	int err;

	uri.p = luaL_checklstring(L, 1, &uri.n);
	if (near->follow == NULL)
		return sandbox_error(L, _("follow needs a proxy that is also a "
					  "user agent: role=\"proxy ua\""));
	sandbox_charge(L, FOLLOW_STEPS);
	err = near->follow(near->ua, uri, on);
	if (err == ERR_NOMEM)
		return sandbox_error(L, "%s", err_text(err));
	return 0;
}

static int
lua_route_check_node(
    const struct lua_programs *all, const struct node *n, struct diag *d)
{
	/* RFC 3261 16.11: what it chooses may not change with time. */
	if (node_attr_bool(n, "stateless", false))
		return diag_set(d, ERR_UNSUPPORTED, all->topology, 0,
		    _("node %s: a stateless proxy can't have a program, "
		      "because it must forward each retransmission in the same "
		      "way (RFC 3261 16.11)"),
		    n->name);
	return 0;
}

static const struct sandbox_function functions[] = {
	{ "watch", lua_fn_watch, 2, "watch(\"sip:…\", \"10s\")" },
	{ "alive", lua_fn_alive, 1, "alive(\"sip:…\")" },
	{ "registered", fn_registered, 1, "registered \"sip:…\"" },
	{ "unregistered", fn_unregistered, 1, "unregistered \"sip:…\"" },
	{ "follow", fn_follow, 2, "follow \"sip:…\"" },
	{ "parallel", fn_parallel, 1, "parallel { \"sip:…\", \"sip:…\" }" },
	{ "in_turn", fn_in_turn, 1, "in_turn { \"sip:…\", \"sip:…\" }" },
	{ "weighted", fn_weighted, 1,
	    "weighted { { \"sip:…\", 3 }, { \"sip:…\", 1 } }" },
	{ "within", fn_within, 2, "within(\"4s\", \"sip:…\")" },
	{ "after", fn_after, 2, "after(\"10s\", \"sip:…\")" },
	{ "reject", fn_reject, 3, "reject(486, \"Busy\")" },
	{ "redirect", fn_redirect, 2, "redirect({ \"sip:…\" }, 302)" },
	{ "note", lua_fn_note, 1, "note { \"…\", rule = \"…\" }" },
	{ "require", lua_fn_require, 1, "require \"expiring\"" },
	{ "now", lua_fn_now, 0, "now()" },
	{ "date", lua_fn_date, 1, "date()" },
	{ NULL, NULL, 0, NULL },
};

static const char *const listeners[] = {
#define X(id, name) [PROGRAM_ON_##id] = name,
	PROGRAM_EVENTS(X)
#undef X
};

const struct lua_program_kind lua_route_kind = {
	.attribute = "route",
	.plays = "proxy",
	.ops = { .begin = lua_program_begin,
	    .ask = lua_route_ask,
	    .listens = lua_program_listens },
	.functions = functions,
	.bind = lua_bind_self,
	.listeners = listeners,
	.nlisteners = PROGRAM_EVENT_COUNT,
	.needs = N_("has no function on_request(request), which decides where "
		    "requests go"),
	.check = lua_route_check_node,
};
