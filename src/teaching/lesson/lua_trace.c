/* Traces in checks: what a trace has, by filters. */
#include "base/err.h"
#include "lesson/lesson_in.h"
#include "measures/measures.h"
#include "outcome/outcome.h"
#include "trace/record_name.h"
#include "words/record_filter.h"

#include <stdio.h>
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

/* A filter (words/record_filter.h) at INDEX, a text or a table, as a text that
 * stays on the stack; raises. */
static const char *
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

void
lesson_walk_begin(
    lua_State *L, struct lesson_walk *w, const struct trace *t, int filter)
{
	struct diag d = DIAG_INIT;

	*w = (struct lesson_walk){ .t = t, .filter = RECORD_FILTER_ALL };
	/* A node that this trace does not have is none of the trace's records:
	 * the record looked for may well be missing in a student's. */
	if (record_filter_parse(
		&w->filter, lesson_check_filter(L, filter), NULL, &d) != 0)
		sandbox_error_of(L, &d);
}

uint64_t
lesson_walk_next(lua_State *L, struct lesson_walk *w, int step)
{
	struct buf scratch = BUF_INIT;
	uint64_t n = trace_count(w->t);
	uint64_t seq = w->seq != 0 ? w->seq + (uint64_t)(int64_t)step
		       : step > 0  ? 1
				   : n;
	struct trace_rec rec;

	for (; seq >= 1 && seq <= n; seq += (uint64_t)(int64_t)step) {
		bool match = record_filter_may(&w->filter, w->t, seq);

		if (match) {
			trace_get(w->t, seq, &rec);
			match = record_filter_match(
			    &w->filter, w->t, &rec, &scratch);
			buf_free(&scratch);
		}
		sandbox_charge(L, RECORD_STEPS);
		if (match)
			return w->seq = seq;
	}
	return w->seq = 0;
}

/* A walk by the filter at index 2 over the trace at index 1, number *I; at
 * index 3 there may be a function that has the last word on each record. */
static void
begin_walk(lua_State *L, struct lesson_walk *w, size_t *i)
{
	lua_settop(L, 3);
	if (!lua_isnil(L, 3))
		luaL_checktype(L, 3, LUA_TFUNCTION);
	lesson_walk_begin(L, w, check_trace(L, i), 2);
}

/* The function at index 3, where there is one, wants the record of trace I to
 * which W has come. */
static bool
lua_trace_is_wanted(lua_State *L, const struct lesson_walk *w, size_t i)
{
	bool wanted;

	if (lua_isnil(L, 3))
		return true;
	lua_pushvalue(L, 3);
	lesson_push_record(L, i, w->seq);
	lua_call(L, 1, 1);
	wanted = lua_toboolean(L, -1);
	lua_pop(L, 1);
	return wanted;
}

/* The next record of the walk, 0: there is none. */
static uint64_t
walk_skip(lua_State *L, struct lesson_walk *w, size_t i, int step)
{
	while (
	    lesson_walk_next(L, w, step) != 0 && !lua_trace_is_wanted(L, w, i))
		;
	return w->seq;
}

/* t:count(filter, function) */
static int
fn_count(lua_State *L)
{
	struct lesson_walk w;
	lua_Integer n = 0;
	size_t i;

	begin_walk(L, &w, &i);
	while (walk_skip(L, &w, i, 1) != 0)
		n++;
	lua_pushinteger(L, n);
	return 1;
}

/* The record SEQ of trace I; where it is 0, WHAT was sought in vain. */
static int
push_found(lua_State *L, size_t i, uint64_t seq, const char *what)
{
	struct lesson *l = lesson_of(L);

	if (seq == 0)
		snprintf(l->missed, sizeof(l->missed), "%s", what);
	lesson_push_record(L, i, seq);
	return 1;
}

int
lesson_say_missed(const struct lesson *l, struct diag *d)
{
	if (l->missed[0] != '\0' && strstr(diag_english(d), "nil") != NULL)
		diag_prefix(d, _("no record matches “%s”; "), l->missed);
	return d->err;
}

static int
lua_trace_push_one(lua_State *L, int step)
{
	struct lesson_walk w;
	size_t i;

	begin_walk(L, &w, &i);
	return push_found(
	    L, i, walk_skip(L, &w, i, step), lesson_check_filter(L, 2));
}

/* t:first(filter, function), t:last(filter, function): a record or nil */
static int
fn_first(lua_State *L)
{
	return lua_trace_push_one(L, 1);
}

static int
fn_last(lua_State *L)
{
	return lua_trace_push_one(L, -1);
}

/* t:all(filter, function): a list */
static int
fn_all(lua_State *L)
{
	struct lesson_walk w;
	int n = 0;
	size_t i;

	begin_walk(L, &w, &i);
	lua_newtable(L);
	while (walk_skip(L, &w, i, 1) != 0 && n < LIST_MAX) {
		lesson_push_record(L, i, w.seq);
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
	int err = trace_record_name_find(t, str_of(name), &seq, &d);

	if (err == ERR_SYNTAX)
		return sandbox_error_of(L, &d);
	sandbox_charge(L, RECORD_STEPS * trace_count(t));
	return push_found(L, i, err == 0 ? seq : 0, name);
}

/* Field KEY of the table on top of the stack. */
static void
set_text_field(lua_State *L, const char *key, struct str text)
{
	lesson_push_text(L, text);
	lua_setfield(L, -2, key);
}

/* Field `faces` of the table on top of the stack: { name=, addr= } each. */
static void
set_faces(lua_State *L, const struct trace_node *n)
{
	lua_newtable(L);
	for (size_t i = 0; i < n->nfaces; i++) {
		lua_newtable(L);
		set_text_field(L, "name", n->faces[i].name);
		set_text_field(L, "addr", n->faces[i].addr);
		lua_rawseti(L, -2, (lua_Integer)i + 1);
	}
	lua_setfield(L, -2, "faces");
}

/* t:node "atl": { name=, role=, domain=, addr=, aor=, faces= } or nil */
static int
lua_trace_fn_node(lua_State *L)
{
	size_t i;
	const struct trace *t = check_trace(L, &i);
	const struct trace_node *n =
	    trace_find_node(t, str_of(luaL_checkstring(L, 2)));

	if (n == NULL) {
		lua_pushnil(L);
		return 1;
	}
	lua_newtable(L);
	set_text_field(L, "name", n->name);
	set_text_field(L, "role", n->role);
	set_text_field(L, "domain", n->domain);
	set_text_field(L, "addr", n->addr);
	set_text_field(L, "aor", n->aor);
	set_faces(L, n);
	return 1;
}

/* ---- measures ---- */

static double
lua_trace_seconds(int64_t ns)
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

	lua_newtable(L);
	set_text_field(L, "method", str_of(methods[a->kind]));
	set_text_field(L, "node",
	    a->node != TRACE_NO_NODE ? trace_name(t, a->node) : STR_NULL);
	lua_pushinteger(L, (lua_Integer)a->status);
	lua_setfield(L, -2, "status");
	lua_pushboolean(L, measure_succeeded(a));
	lua_setfield(L, -2, "succeeded");
	if (measure_delay(a) >= 0) {
		lua_pushnumber(L, lua_trace_seconds(measure_delay(a)));
		lua_setfield(L, -2, "delay");
	}
	lua_pushinteger(L, (lua_Integer)a->messages);
	lua_setfield(L, -2, "messages");
	lua_pushinteger(L, (lua_Integer)a->retx);
	lua_setfield(L, -2, "retransmissions");
}

/* Reads the trace at index 1, *T, whole; what was measured lies on the stack,
 * for Lua to free whatever raises. */
static const struct measures *
push_measures(lua_State *L, const struct trace **of)
{
	size_t i;
	const struct trace *t = *of = check_trace(L, &i);
	struct measures **m;

	sandbox_charge(L, RECORD_STEPS * trace_count(t));
	m = lua_newuserdatauv(L, sizeof(*m), 0);
	*m = NULL;
	luaL_setmetatable(L, "rung.measures");
	if (measures_create(m) != 0)
		sandbox_error(L, "%s", err_text(ERR_NOMEM));
	while (measures_extend(*m, t, UINT64_MAX))
		;
	if (measures_error(*m) != 0 || measures_count(*m) > LIST_MAX ||
	    measures_streams(*m) > LIST_MAX || !lua_checkstack(L, 8))
		sandbox_error(L, "%s", err_text(ERR_NOMEM));
	return *m;
}

/* t:attempts(): calls, registrations and hang-ups (RFC 6076) */
static int
fn_attempts(lua_State *L)
{
	const struct trace *t;
	const struct measures *m = push_measures(L, &t);

	lua_newtable(L);
	for (size_t k = 0; k < measures_count(m); k++) {
		push_attempt(L, t, measures_get(m, k));
		lua_rawseti(L, -2, (lua_Integer)k + 1);
	}
	return 1;
}

static void
push_stream(lua_State *L, const struct trace *t, const struct measure_stream *s)
{
	lua_newtable(L);
	set_text_field(L, "node",
	    s->node != TRACE_NO_NODE ? trace_name(t, s->node) : STR_NULL);
	lua_pushinteger(L, (lua_Integer)s->packets);
	lua_setfield(L, -2, "packets");
	lua_pushnumber(L, measure_stream_share(s, s->lost));
	lua_setfield(L, -2, "lost");
	lua_pushnumber(L, measure_stream_share(s, s->late));
	lua_setfield(L, -2, "late");
	lua_pushnumber(L, lua_trace_seconds(s->jitter_ns));
	lua_setfield(L, -2, "jitter");
	if (s->mos1000 >= 0) {
		lua_pushnumber(L, (double)s->mos1000 / 1000);
		lua_setfield(L, -2, "mos");
		set_text_field(
		    L, "scale", str_of(measure_scale_word(s->scale)));
	}
}

/* t:streams(): how the media of each source came to who has heard them;
 * t:streams "bob": to bob */
static int
fn_streams(lua_State *L)
{
	const struct trace *t;
	const char *of = luaL_optstring(L, 2, NULL);
	const struct measures *m = push_measures(L, &t);
	lua_Integer n = 0;

	lua_newtable(L);
	for (size_t k = 0; k < measures_streams(m); k++) {
		const struct measure_stream *s = measures_stream(m, k);

		if (of != NULL && (s->node == TRACE_NO_NODE ||
				      !str_is(trace_name(t, s->node), of)))
			continue;
		push_stream(L, t, s);
		lua_rawseti(L, -2, ++n);
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

/* ---- outcomes ---- */

/* Of what OF has asked for (NULL: anybody) the first that did not go well, else
 * the first INVITE; where OF is a Call-ID, of that.  NULL: there is none. */
static const struct outcome *
find_outcome(const struct outcomes *o, const char *of)
{
	const struct outcome *found =
	    of != NULL ? outcomes_find(o, str_of(of)) : NULL;

	for (size_t i = 0; i < outcomes_count(o); i++) {
		const struct outcome *one = outcomes_at(o, i);

		if (of != NULL && !str_is(one->caller, of))
			continue;
		if (outcome_level(one) == OUTCOME_TROUBLE)
			return one;
		if (found == NULL && str_is(one->method, "INVITE"))
			found = one;
	}
	return found;
}

/* t:outcome(), t:outcome "alice": its word and what proves it, or nil */
static int
fn_outcome(lua_State *L)
{
	size_t i;
	const struct trace *t = check_trace(L, &i);
	const char *of = luaL_optstring(L, 2, NULL);
	const struct outcome *found;
	struct outcomes *o = NULL;
	enum outcome_id id = OUTCOME_COUNT;
	uint64_t proof = 0;

	sandbox_charge(L, RECORD_STEPS * trace_count(t));
	if (outcomes_read(&o, t) != 0)
		sandbox_error(L, "%s", err_text(ERR_NOMEM));
	found = find_outcome(o, of);
	if (found != NULL) {
		id = found->id;
		proof = found->nproof > 0 ? found->proof[0] : found->first;
	}
	/* Nothing may raise before this. */
	outcomes_destroy(o);
	lua_pushstring(L, id != OUTCOME_COUNT ? outcome_name(id) : NULL);
	lesson_push_record(L, i, proof);
	return 2;
}

static const luaL_Reg methods[] = {
	{ "all", fn_all },
	{ "attempts", fn_attempts },
	{ "count", fn_count },
	{ "first", fn_first },
	{ "get", fn_get },
	{ "last", fn_last },
	{ "node", lua_trace_fn_node },
	{ "outcome", fn_outcome },
	{ "streams", fn_streams },
	{ NULL, NULL },
};

static void
push_list(lua_State *L, struct json_value list)
{
	struct json_value v;
	size_t at = 0;
	int n = 0;

	lua_newtable(L);
	while (json_item(list, &at, &v)) {
		struct str text = v.raw;

		(void)json_plain(v, &text);
		lesson_push_text(L, text);
		lua_rawseti(L, -2, ++n);
	}
}

/* A field that is not a method: true where KEY is known, and it is on the
 * stack. */
static bool
push_trace_field(lua_State *L, const struct trace *t, const char *key)
{
	const struct trace_head *h = trace_head(t);
	uint64_t last = trace_count(t);

	if (strcmp(key, "duration") == 0)
		lua_pushnumber(L,
		    last > 0 ? lua_trace_seconds(trace_time_of(t, last)) : 0);
	else if (strcmp(key, "seed") == 0)
		lua_pushinteger(L, (lua_Integer)h->seed);
	else if (strcmp(key, "records") == 0)
		lua_pushinteger(L, (lua_Integer)last);
	else if (strcmp(key, "complete") == 0)
		lua_pushboolean(L, trace_complete(t));
	else if (strcmp(key, "title") == 0)
		lesson_push_text(L, h->title);
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
	struct diag d = DIAG_INIT;

	sandbox_charge(L, 2);
	for (const luaL_Reg *f = methods; f->name != NULL; f++)
		if (strcmp(f->name, key) == 0) {
			lua_pushcfunction(L, f->func);
			return 1;
		}
	if (push_trace_field(L, t, key))
		return 1;
	diag_set(&d, ERR_NOTFOUND, NULL, 0, _("a trace has no “%s”"), key);
	return sandbox_error_near(L, &d, key, methods);
}

void
lesson_bind_trace(lua_State *L)
{
	static const luaL_Reg trace[] = { { "__index", index_trace },
		{ NULL, NULL } };
	static const luaL_Reg measures[] = { { "__gc", collect_measures },
		{ NULL, NULL } };

	lesson_bind_type(L, TRACE, trace);
	lesson_bind_type(L, "rung.measures", measures);
}
