/* fault { … } in scripts. */
#include "base/err.h"
#include "base/param.h"
#include "msg/methods.h"
#include "scenario/run_priv.h"

#include <lauxlib.h>
#include <stdio.h>
#include <string.h>

/* Reads the value of one field into the spec; false where it is malformed. */
typedef bool field_fn(lua_State *L, struct str value, struct fault_spec *s);

static bool
text(char *out, size_t size, struct str value)
{
	snprintf(out, size, "%.*s", STR_ARG(value));
	return value.n > 0 && value.n < size;
}

/* RFC 3261 7.1: methods are case-sensitive, so no message has an "invite". */
static void
check_method(lua_State *L, struct str v)
{
	char upper[16];
	size_t n = 0;

	while (n < v.n && n < sizeof(upper)) {
		char c = v.p[n];

		upper[n++] = c >= 'a' && c <= 'z' ? (char)(c - 'a' + 'A') : c;
	}
	if (n < v.n || msg_method_find(v) != MSG_OTHER ||
	    msg_method_find((struct str){ upper, n }) == MSG_OTHER)
		return;
	sandbox_error(L,
	    _("fault: a method is case-sensitive: write \"%.*s\", not \"%s\""),
	    (int)n, upper, v.p);
}

static bool
read_method(lua_State *L, struct str v, struct fault_spec *s)
{
	check_method(L, v);
	return text(s->method, sizeof(s->method), v);
}

static bool
read_cseq(lua_State *L, struct str v, struct fault_spec *s)
{
	check_method(L, v);
	return text(s->cseq, sizeof(s->cseq), v);
}

static bool
read_status(lua_State *L, struct str v, struct fault_spec *s)
{
	uint32_t code;

	(void)L;
	if (v.n == 3 && str_ends(v, "xx") && v.p[0] >= '1' && v.p[0] <= '6') {
		s->class = (unsigned)(v.p[0] - '0');
		return true;
	}
	if (str_u32(v, &code) != 0 || code < 100 || code > 699)
		return false;
	s->status = code;
	return true;
}

static bool
known_node(lua_State *L, struct str v)
{
	return map_get(run_of(L)->world->nodes, v) != NULL;
}

static bool
read_src(lua_State *L, struct str v, struct fault_spec *s)
{
	return known_node(L, v) && text(s->src, sizeof(s->src), v);
}

static bool
read_dst(lua_State *L, struct str v, struct fault_spec *s)
{
	return known_node(L, v) && text(s->dst, sizeof(s->dst), v);
}

static bool
read_nth(lua_State *L, struct str v, struct fault_spec *s)
{
	(void)L;
	return str_u64(v, &s->nth) == 0 && s->nth > 0;
}

static bool
read_every(lua_State *L, struct str v, struct fault_spec *s)
{
	(void)L;
	return str_u64(v, &s->every) == 0 && s->every > 0;
}

static bool
read_probability(lua_State *L, struct str v, struct fault_spec *s)
{
	(void)L;
	return param_share(v, &s->probability) == 0;
}

static bool
read_first(lua_State *L, struct str v, struct fault_spec *s)
{
	(void)L;
	return param_bool(v, &s->first) == 0;
}

static bool
read_drop(lua_State *L, struct str v, struct fault_spec *s)
{
	(void)L;
	return param_bool(v, &s->drop) == 0;
}

static bool
read_delay(lua_State *L, struct str v, struct fault_spec *s)
{
	(void)L;
	return param_time(v, &s->delay_ns) == 0;
}

/* true is 1 */
static bool
read_count(struct str v, unsigned *out)
{
	uint32_t n;
	bool yes;

	if (str_u32(v, &n) == 0) {
		*out = n;
		return n <= 1000;
	}
	if (param_bool(v, &yes) != 0)
		return false;
	*out = yes;
	return true;
}

static bool
read_duplicate(lua_State *L, struct str v, struct fault_spec *s)
{
	(void)L;
	return read_count(v, &s->duplicate);
}

static bool
read_corrupt(lua_State *L, struct str v, struct fault_spec *s)
{
	(void)L;
	return read_count(v, &s->corrupt);
}

static bool
read_respond(lua_State *L, struct str v, struct fault_spec *s)
{
	uint32_t code;

	(void)L;
	if (str_u32(v, &code) != 0 || code < 100 || code > 699)
		return false;
	s->respond = code;
	return true;
}

static bool
read_cut(lua_State *L, struct str v, struct fault_spec *s)
{
	uint32_t n;

	(void)L;
	s->cut = str_u32(v, &n) == 0;
	s->cut_at = s->cut ? n : 0;
	return s->cut;
}

static const struct {
	const char *name;
	field_fn *read;
	const char *expected;
} fields[] = {
	{ "method", read_method, N_("a method, such as \"INVITE\"") },
	{ "status", read_status, N_("a status, such as 200 or \"2xx\"") },
	{ "cseq", read_cseq, N_("a method, such as \"INVITE\"") },
	{ "src", read_src, N_("the name of a node") },
	{ "dst", read_dst, N_("the name of a node") },
	{ "nth", read_nth, N_("a number from 1") },
	{ "every", read_every, N_("a number from 1") },
	{ "probability", read_probability, N_("a share, such as \"10%\"") },
	{ "first", read_first, N_("true or false") },
	{ "drop", read_drop, N_("true or false") },
	{ "delay", read_delay, N_("a time, such as \"500ms\"") },
	{ "duplicate", read_duplicate, N_("true or a number") },
	{ "corrupt", read_corrupt, N_("true or a number of bytes") },
	{ "respond", read_respond, N_("a status from 100 to 699") },
	{ "cut", read_cut, N_("a number of bytes") },
	{ "rewrite", NULL, N_("a function") },
};

#define NFIELDS (sizeof(fields) / sizeof(fields[0]))

static void
read_field(lua_State *L, const char *key, struct fault_spec *s)
{
	const char *near;
	struct str value;
	size_t i = 0;

	while (i < NFIELDS && strcmp(fields[i].name, key) != 0)
		i++;
	if (i == NFIELDS) {
		near = param_nearest(
		    str_of(key), &fields[0].name, NFIELDS, sizeof(fields[0]));
		sandbox_error(L,
		    _("fault has no field \"%s\"; did you mean \"%s\"?"), key,
		    near != NULL ? near : "method");
		return;
	}
	if (fields[i].read == NULL) {
		luaL_checktype(L, -1, LUA_TFUNCTION);
		lua_pushvalue(L, -1);
		s->rewrite = luaL_ref(L, LUA_REGISTRYINDEX);
		return;
	}
	value = sandbox_tostring(L, -1);
	if (!fields[i].read(L, value, s))
		sandbox_error(L,
		    _("fault: \"%s\" is no value for %s; expected %s"), value.p,
		    key, _(fields[i].expected));
	lua_pop(L, 1);
}

/* ---- rewrite = function(text) return text end ---- */

struct rewriting {
	struct str bytes;
	int ref;
	struct buf *out;
};

static int
rewrite_body(lua_State *L)
{
	struct rewriting *w = lua_touserdata(L, 1);
	const char *text;
	size_t n;

	lua_rawgeti(L, LUA_REGISTRYINDEX, w->ref);
	lua_pushlstring(L, w->bytes.p, w->bytes.n);
	lua_call(L, 1, 1);
	if (lua_type(L, -1) != LUA_TSTRING) {
		lua_Debug at;

		lua_rawgeti(L, LUA_REGISTRYINDEX, w->ref);
		lua_getinfo(L, ">S", &at);
		return luaL_error(L, "%s:%d: %s", at.short_src, at.linedefined,
		    _("a fault's rewrite must return the new text"));
	}
	text = lua_tolstring(L, -1, &n);
	buf_add(w->out, text, n);
	return 0;
}

static int
rewrite(struct str bytes, int ref, struct buf *out, void *arg)
{
	struct rewriting w = { bytes, ref, out };
	struct run *r = arg;
	struct diag d = DIAG_INIT;
	bool inner = r->rewriting;
	int err;

	/* A node is in the middle of sending: its function may only look at
	 * the message. */
	r->rewriting = true;
	err = sandbox_protect(r->sandbox, rewrite_body, &w, &d);
	r->rewriting = inner;

	if (err != 0 && r->error.err == 0) {
		r->error = d;
		sim_stop(r->world->sim);
	}
	return err;
}

/* What it costs to keep one. */
#define FAULT_STEPS 20

int
lua_fn_fault(lua_State *L)
{
	struct run *r = run_of(L);
	struct fault_spec s = { .probability = -1 };

	if (!r->lab_said)
		return sandbox_error(L, _("lab { … } must come first"));
	run_refuse_in_rewrite(r, L);
	sandbox_charge(L, FAULT_STEPS);
	if (!lua_istable(L, 1))
		return sandbox_error(
		    L, _("fault needs its fields in braces: fault { … }"));
	lua_pushnil(L);
	while (sandbox_next(L, 1) != 0) {
		if (lua_type(L, -2) != LUA_TSTRING)
			return sandbox_error(
			    L, _("fault needs names: fault { name = value }"));
		read_field(L, lua_tostring(L, -2), &s);
		lua_pop(L, 1);
	}
	if (!s.drop && s.delay_ns == 0 && s.duplicate == 0 && s.corrupt == 0 &&
	    s.respond == 0 && s.rewrite == 0 && !s.cut)
		return sandbox_error(
		    L, _("fault says which messages, but not what happens: add "
			 "drop, delay, duplicate, corrupt, rewrite, respond or "
			 "cut"));
	faults_set_rewriter(r->faults, rewrite, r);
	if (faults_add(r->faults, &s) != 0)
		return sandbox_error(L, "%s", err_text(ERR_NOMEM));
	return 0;
}
