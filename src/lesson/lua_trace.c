/* Traces in checks: what a trace has, by filters. */
#include "base/err.h"
#include "lesson/lesson_in.h"
#include "measures/measures.h"
#include "trace/select.h"
#include "words/record_filter.h"

#include <lauxlib.h>
#include <string.h>

#define TRACE "rung.trace"

/* What looking at one record costs. */
#define RECORD_STEPS 8
/* Records that one list may hold. */
#define LIST_MAX 10000

struct trace_object {
	uint64_t turn;
	size_t i;
};

void
lesson_push_trace(lua_State *L, size_t i)
{
	struct trace_object *o = lua_newuserdatauv(L, sizeof(*o), 0);

	o->turn = lesson_of(L)->turn;
	o->i = i;
	luaL_setmetatable(L, TRACE);
}

/* The trace at index 1, number *I; raises where it is gone. */
static const struct trace *
check_trace(lua_State *L, size_t *i)
{
	struct trace_object *o = luaL_checkudata(L, 1, TRACE);
	struct lesson *l = lesson_of(L);

	if (o->turn != l->turn || o->i >= l->ntraces)
		sandbox_error(L, _("this trace is gone; use the one that the "
				   "function was given"));
	*i = o->i;
	return l->traces[o->i];
}

/* ---- filters ---- */

/* { "fork", method = "INVITE" } as "fork method=INVITE ". */
static void
push_words(lua_State *L, int table)
{
	int text = lua_gettop(L) + 1, key = text + 1, value = text + 2;

	luaL_checkstack(L, 16, NULL);
	lua_pushliteral(L, "");
	lua_pushnil(L);
	while (sandbox_next(L, table) != 0) {
		lua_pushvalue(L, text);
		if (lua_type(L, key) == LUA_TSTRING) {
			lua_pushvalue(L, key);
			lua_pushliteral(L, "=");
			lua_concat(L, 2);
		} else {
			lua_pushliteral(L, "");
		}
		sandbox_tostring(L, value);
		lua_pushliteral(L, " ");
		lua_concat(L, 4);
		lua_replace(L, text);
		lua_settop(L, key);
	}
	lua_settop(L, text);
}

const char *
lesson_check_filter(lua_State *L, int index)
{
	index = lua_absindex(L, index);
	if (lua_isnoneornil(L, index))
		return "";
	if (lua_type(L, index) == LUA_TSTRING)
		return lua_tostring(L, index);
	if (!lua_istable(L, index))
		sandbox_error(L, _("a filter is a text, \"method=INVITE "
				   "src=alice\", or a table with such words"));
	push_words(L, index);
	return lua_tostring(L, -1);
}

/* A walk over the records that a filter at index 2 lets through. */
struct walk {
	const struct trace *t;
	size_t i;
	struct record_filter filter;
	uint64_t seq;
};

static void
begin_walk(lua_State *L, struct walk *w)
{
	struct diag d = DIAG_INIT;

	w->t = check_trace(L, &w->i);
	w->filter = RECORD_FILTER_ALL;
	w->seq = 0;
	/* A node that this trace does not have is none of the trace's
	 * records: what is sought may well be missing in a student's. */
	if (record_filter_parse(
		&w->filter, lesson_check_filter(L, 2), NULL, &d) != 0)
		sandbox_error(L, "%s", d.text);
}

/* The next record, by STEP 1 from the beginning or -1 from the end; 0. */
static uint64_t
go_on(lua_State *L, struct walk *w, int step)
{
	struct buf scratch = BUF_INIT;
	uint64_t n = trace_count(w->t);
	uint64_t seq = w->seq != 0 ? w->seq + (uint64_t)(int64_t)step
		       : step > 0  ? 1
				   : n;
	struct trace_rec rec;

	for (; seq >= 1 && seq <= n; seq += (uint64_t)(int64_t)step) {
		bool match;

		trace_get(w->t, seq, &rec);
		match = record_filter_match(&w->filter, w->t, &rec, &scratch);
		buf_free(&scratch);
		sandbox_charge(L, RECORD_STEPS);
		if (match)
			return w->seq = seq;
	}
	return w->seq = 0;
}

/* t:count(filter) */
static int
fn_count(lua_State *L)
{
	struct walk w;
	lua_Integer n = 0;

	begin_walk(L, &w);
	while (go_on(L, &w, 1) != 0)
		n++;
	lua_pushinteger(L, n);
	return 1;
}

static int
push_one(lua_State *L, int step)
{
	struct walk w;

	begin_walk(L, &w);
	lesson_push_record(L, w.i, go_on(L, &w, step));
	return 1;
}

/* t:first(filter), t:last(filter): a record or nil */
static int
fn_first(lua_State *L)
{
	return push_one(L, 1);
}

static int
fn_last(lua_State *L)
{
	return push_one(L, -1);
}

/* t:all(filter): a list */
static int
fn_all(lua_State *L)
{
	struct walk w;
	int n = 0;

	begin_walk(L, &w);
	lua_newtable(L);
	while (go_on(L, &w, 1) != 0 && n < LIST_MAX) {
		lesson_push_record(L, w.i, w.seq);
		lua_rawseti(L, -2, ++n);
	}
	return 1;
}

/* t:get(17), t:get "INVITE@atl#2": a record or nil */
static int
fn_get(lua_State *L)
{
	struct diag d = DIAG_INIT;
	size_t i;
	const struct trace *t = check_trace(L, &i);
	const char *name = luaL_checkstring(L, 2);
	uint64_t seq = 0;
	int err = trace_select(t, str_of(name), &seq, &d);

	if (err == ERR_SYNTAX)
		return sandbox_error(L, "%s", d.text);
	sandbox_charge(L, RECORD_STEPS * trace_count(t));
	lesson_push_record(L, i, err == 0 ? seq : 0);
	return 1;
}

/* t:node "atl": { name=, role=, domain=, addr=, aor= } or nil */
static int
fn_node(lua_State *L)
{
	size_t i;
	const struct trace *t = check_trace(L, &i);
	const struct trace_node *n =
	    trace_find_node(t, str_of(luaL_checkstring(L, 2)));
	const struct {
		const char *key;
		struct str value;
	} fields[] = {
		{ "name", n != NULL ? n->name : STR_NULL },
		{ "role", n != NULL ? n->role : STR_NULL },
		{ "domain", n != NULL ? n->domain : STR_NULL },
		{ "addr", n != NULL ? n->addr : STR_NULL },
		{ "aor", n != NULL ? n->aor : STR_NULL },
	};

	if (n == NULL) {
		lua_pushnil(L);
		return 1;
	}
	lua_newtable(L);
	for (size_t f = 0; f < sizeof(fields) / sizeof(fields[0]); f++) {
		lua_pushlstring(L,
		    fields[f].value.p != NULL ? fields[f].value.p : "",
		    fields[f].value.n);
		lua_setfield(L, -2, fields[f].key);
	}
	return 1;
}

/* ---- measures ---- */

static double
seconds(int64_t ns)
{
	return (double)ns / 1e9;
}

static void
push_attempt(lua_State *L, const struct trace *t, const struct measure *a)
{
	static const char *const methods[] = {
#define X(id, method) method,
		MEASURE_KINDS(X)
#undef X
	};
	struct str node =
	    a->node != TRACE_NO_NODE ? trace_name(t, a->node) : STR_NULL;

	lua_newtable(L);
	lua_pushstring(L, methods[a->kind]);
	lua_setfield(L, -2, "method");
	lua_pushlstring(L, node.p != NULL ? node.p : "", node.n);
	lua_setfield(L, -2, "node");
	lua_pushinteger(L, (lua_Integer)a->status);
	lua_setfield(L, -2, "status");
	lua_pushboolean(L, measure_succeeded(a));
	lua_setfield(L, -2, "succeeded");
	if (measure_delay(a) >= 0) {
		lua_pushnumber(L, seconds(measure_delay(a)));
		lua_setfield(L, -2, "delay");
	}
	lua_pushinteger(L, (lua_Integer)a->messages);
	lua_setfield(L, -2, "messages");
	lua_pushinteger(L, (lua_Integer)a->retx);
	lua_setfield(L, -2, "retransmissions");
}

/* t:attempts(): calls, registrations and hang-ups (RFC 6076) */
static int
fn_attempts(lua_State *L)
{
	size_t i, n;
	const struct trace *t = check_trace(L, &i);
	struct measures *m = NULL;

	sandbox_charge(L, RECORD_STEPS * trace_count(t));
	if (measures_create(&m) != 0)
		return sandbox_error(L, "%s", err_text(ERR_NOMEM));
	while (measures_extend(m, t, UINT64_MAX))
		;
	n = measures_count(m);
	if (measures_error(m) != 0 || n > LIST_MAX || !lua_checkstack(L, 8)) {
		measures_destroy(m);
		return sandbox_error(L, "%s", err_text(ERR_NOMEM));
	}
	/* A table that can't be made ends the sandbox: M would be lost, so it
	 * is kept by Lua. */
	*(struct measures **)lua_newuserdatauv(L, sizeof(m), 0) = m;
	luaL_setmetatable(L, "rung.measures");
	lua_newtable(L);
	for (size_t k = 0; k < n; k++) {
		push_attempt(L, t, measures_get(m, k));
		lua_rawseti(L, -2, (lua_Integer)k + 1);
	}
	return 1;
}

static int
collect_measures(lua_State *L)
{
	struct measures **m = lua_touserdata(L, 1);

	measures_destroy(*m);
	*m = NULL;
	return 0;
}

/* ---- the object ---- */

static const luaL_Reg methods[] = {
	{ "all", fn_all },
	{ "attempts", fn_attempts },
	{ "count", fn_count },
	{ "first", fn_first },
	{ "get", fn_get },
	{ "last", fn_last },
	{ "node", fn_node },
	{ NULL, NULL },
};

static void
push_list(lua_State *L, struct json_value list)
{
	struct json_value v;
	struct str key;
	size_t at = 0;
	int n = 0;

	lua_newtable(L);
	while (list.type == JSON_ARRAY &&
	       json_next(list.raw, &at, &key, &v) != 0) {
		struct str text;

		if (json_plain(v, &text) == 0)
			lua_pushlstring(L, text.p, text.n);
		else
			lua_pushlstring(L, v.raw.p, v.raw.n);
		lua_rawseti(L, -2, ++n);
	}
}

/* What is no method: true where KEY is known, and it is on the stack. */
static bool
push_trace_field(lua_State *L, const struct trace *t, const char *key)
{
	const struct trace_head *h = trace_head(t);
	uint64_t last = trace_count(t);

	if (strcmp(key, "duration") == 0)
		lua_pushnumber(
		    L, last > 0 ? seconds(trace_time_of(t, last)) : 0);
	else if (strcmp(key, "seed") == 0)
		lua_pushinteger(L, (lua_Integer)h->seed);
	else if (strcmp(key, "records") == 0)
		lua_pushinteger(L, (lua_Integer)last);
	else if (strcmp(key, "complete") == 0)
		lua_pushboolean(L, trace_complete(t));
	else if (strcmp(key, "title") == 0)
		lua_pushlstring(
		    L, h->title.p != NULL ? h->title.p : "", h->title.n);
	else if (strcmp(key, "acts") == 0)
		push_list(L, json_member(h->inputs, "acts"));
	else if (strcmp(key, "settings") == 0)
		push_list(
		    L, json_member(json_member(h->inputs, "options"), "set"));
	else
		return false;
	return true;
}

static int
index_trace(lua_State *L)
{
	size_t i;
	const struct trace *t = check_trace(L, &i);
	const char *key = luaL_checkstring(L, 2);

	sandbox_charge(L, 2);
	for (const luaL_Reg *f = methods; f->name != NULL; f++)
		if (strcmp(f->name, key) == 0) {
			lua_pushcfunction(L, f->func);
			return 1;
		}
	if (push_trace_field(L, t, key))
		return 1;
	return sandbox_error(L, _("a trace has no \"%s\""), key);
}

void
lesson_bind_trace(lua_State *L)
{
	luaL_newmetatable(L, TRACE);
	lua_pushcfunction(L, index_trace);
	lua_setfield(L, -2, "__index");
	lua_pushboolean(L, false);
	lua_setfield(L, -2, "__metatable");
	luaL_newmetatable(L, "rung.measures");
	lua_pushcfunction(L, collect_measures);
	lua_setfield(L, -2, "__gc");
	lua_pop(L, 2);
}
