/*
 * Nodes, calls and links in scripts: userdata with a name, whose methods are
 * the verbs of the table of roles.
 */
#include "base/err.h"
#include "base/mem.h"
#include "base/param.h"
#include "base/ref.h"
#include "bindings/lua_lines.h"
#include "role/verb.h"
#include "roles/roles.h"
#include "runs/run_in.h"
#include "script/lua_names.h"
#include "topology/synonyms.h"
#include "topology/topology_table.h"

#include <lauxlib.h>
#include <stdio.h>
#include <string.h>

#define NODE "rung.node"
#define CALL "rung.call"
#define LINK "rung.link"

struct handle {
	struct run *run;
	struct watch *watch; /* a call's, or a node's once a thread waits */
	char name[136];
};

static struct handle *
push_handle(lua_State *L, struct run *r, const char *name, const char *type)
{
	struct handle *h = lua_newuserdatauv(L, sizeof(*h), 0);

	memset(h, 0, sizeof(*h));
	h->run = r;
	snprintf(h->name, sizeof(h->name), "%s", name);
	luaL_setmetatable(L, type);
	return h;
}

void
lua_push_node(lua_State *L, struct run *r, const char *name)
{
	push_handle(L, r, name, NODE);
}

void
lua_push_call(lua_State *L, struct run *r, const char *name)
{
	struct handle *h = push_handle(L, r, name, CALL);

	h->watch = watch_get(r, name);
	if (h->watch == NULL)
		sandbox_error(L, "%s", err_text(ERR_NOMEM));
}

static int
lua_object_collect(lua_State *L)
{
	struct handle *h = lua_touserdata(L, 1);

	ref_drop(h->watch);
	h->watch = NULL;
	return 0;
}

static int
lua_object_to_string(lua_State *L)
{
	struct handle *h = lua_touserdata(L, 1);

	sandbox_charge(L, 10);
	sandbox_push_text(L, h->name);
	return 1;
}

/* ---- verbs ---- */

#define ARGS_MAX 16
/* What an act makes (a record, a message, a transaction) costs as much as so
 * many instructions. */
#define ACT_STEPS 3000

/* H is not a call that is over while another has its name. */
static void
check_living(lua_State *L, const struct handle *h)
{
	if (h != NULL && h->watch != NULL && h->watch->nameless)
		sandbox_error(L,
		    _("the call %s has ended (a script can test for the state "
		      "“terminated”)"),
		    h->name);
}

/* An argument: KEY and, at the top of the stack, its value, which gives way to
 * its text. */
static void
take_verb_arg(lua_State *L, const char *key, struct node_arg *out)
{
	struct str text;

	check_living(L, luaL_testudata(L, -1, CALL));
	if (lua_istable(L, -1) && lua_rawlen(L, -1) > 0 &&
	    strcmp(key, "headers") != 0)
		sandbox_error(L,
		    _("%s must be one text, not a list in braces: %s = \"…\""),
		    key, key);
	text = lua_istable(L, -1) ? lua_push_lines(L, -1)
				  : sandbox_tostring(L, -1);
	lua_remove(L, -2);
	out->key = key;
	out->value = text.p;
	out->n = text.n;
}

/* V takes MOST arguments without their names, and was given more. */
static void
refuse_argument(lua_State *L, const struct verb *v, int most)
{
	char names[VERB_ARGS * 24] = "";
	size_t n = 0;

	for (size_t i = 0; v != NULL && v->args[i].key != NULL; i++)
		if (n < sizeof(names))
			n += (size_t)snprintf(names + n, sizeof(names) - n,
			    "%s%s=", i > 0 ? ", " : "", v->args[i].key);
	if (v == NULL)
		sandbox_error(L,
		    most > 0
			? _("too many arguments; at most %d without a name, "
			    "and the others in braces: { name = value }")
			: _("too many arguments; the actions of a link need "
			    "names: set { loss = \"5%%\" }, down(), up()"),
		    most);
	else if (strcmp(v->name, "set") == 0)
		sandbox_error(L, _("set needs names: set { busy = true }"));
	else if (n == 0)
		sandbox_error(L, _("%s takes no arguments"), v->name);
	else
		sandbox_error(L,
		    _("too many arguments; %s takes at most %d without a name, "
		      "and { %s } in braces"),
		    v->name, most, names);
}

static void
lua_object_check_room(lua_State *L, size_t n)
{
	if (n == ARGS_MAX)
		sandbox_error(L, _("too many arguments; at most %d"), ARGS_MAX);
}

/* Positional arguments get the names that the verb gives them; a table gives
 * names itself. */
static size_t
lua_object_read_args(
    lua_State *L, int first, const struct verb *v, struct node_arg *out)
{
	int top = lua_gettop(L);
	size_t n = 0;

	luaL_checkstack(L, 3 * ARGS_MAX + 8, NULL);
	for (int i = first; i <= top; i++) {
		const char *name =
		    v != NULL ? verb_placed(v, (size_t)(i - first)) : NULL;

		if (lua_isnil(L, i))
			continue; /* as if it had been left out */
		if (!lua_istable(L, i)) {
			if (name == NULL)
				refuse_argument(L, v, i - first);
			lua_object_check_room(L, n);
			lua_pushvalue(L, i);
			take_verb_arg(L, name, &out[n++]);
			continue;
		}
		lua_pushnil(L);
		while (sandbox_next(L, i) != 0) {
			if (lua_type(L, -2) != LUA_TSTRING)
				sandbox_error(
				    L, _("arguments in braces need names: "
					 "{ name = value }"));
			lua_object_check_room(L, n);
			/* key and text stay alive on the stack */
			take_verb_arg(L, lua_tostring(L, -2), &out[n++]);
			lua_pushvalue(L, -2);
		}
	}
	return n;
}

/* VERB stands behind a dot in the line at which L is. */
static int
refuse_dot(lua_State *L, const char *verb)
{
	struct str text, name = STR("…"), before[2] = { STR_NULL };
	struct lua_scan s = { .text = sandbox_source(L, &text) };

	for (; lua_scan_next(&s); before[0] = s.token) {
		if (str_is(s.name, verb) && str_is(before[0], "."))
			name = before[1];
		before[1] = before[0];
	}
	/* The object there, as node("alice"), is more than a name. */
	if (name.n == 0 || !chr_is_alpha(name.p[0]))
		name = STR("…");
	return sandbox_error(
	    L, _("write a colon to call it: %.*s:%s(…)"), STR_ARG(name), verb);
}

static void
warn_setting(lua_State *L, bool link, const struct node_arg *a)
{
	int i = topology_attr_find(str_of(a->key));
	struct diag d = DIAG_INIT;

	if (i >= 0 &&
	    link == ((topology_attr_rows[i].owners & TOPOLOGY_EDGE) != 0) &&
	    topology_warns_value(
		&d, &topology_attr_rows[i], (struct str){ a->value, a->n }))
		run_warn_lua(L, d.text);
}

static int
call_verb(lua_State *L)
{
	struct handle *h = lua_touserdata(L, 1);
	const char *verb = lua_tostring(L, lua_upvalueindex(1));
	struct node_arg list[ARGS_MAX];
	struct node_args args = { list, 0 };
	const struct node_verb *v = NULL;
	struct node_result result;
	struct diag d = DIAG_INIT;
	char where[128];
	struct node *n;
	void *role;

	if (h == NULL)
		return refuse_dot(L, verb);
	check_living(L, h);
	n = map_get(h->run->world->nodes,
	    (struct str){ h->name, strcspn(h->name, "/") });
	if (n != NULL)
		v = world_verb_on(n, str_of(verb),
		    strchr(h->name, '/') != NULL ? h->name : NULL, &role);
	run_refuse_in_rewrite(h->run, L);
	sandbox_charge_act(L, ACT_STEPS);
	if (!h->run->started && n != NULL && strcmp(verb, "set") != 0)
		return sandbox_error(
		    L, _("the run has not started yet; write actions in "
			 "script(function() … end)"));
	/* A verb that there is not has no arguments: run_act says it. */
	if (v != NULL || n == NULL)
		args.n =
		    lua_object_read_args(L, 2, v != NULL ? v->row : NULL, list);
	for (size_t i = 0; strcmp(verb, "set") == 0 && i < args.n; i++)
		warn_setting(L, n == NULL, &list[i]);
	sandbox_where(L, where, sizeof(where));
	memcpy(h->run->where, where, sizeof(where));
	if (run_act(h->run, "script", where, 0, verb, h->name, &args, &result,
		&d) != 0) {
		if (!result.refused)
			return sandbox_error_of(L, &d);
		run_warn_lua(L, d.text);
	}
	if (result.refused || result.object[0] == '\0') {
		lua_pushboolean(L, !result.refused);
		return 1;
	}
	lua_push_call(L, h->run, result.object);
	h = lua_touserdata(L, -1);
	watch_made(h->watch);
	return 1;
}

static const char *const events[] = {
#define X(id, name) [RUN_ON_##id] = name,
	RUN_EVENTS(X)
#undef X
};

/* on("invite", function(call) … end), on("redirect", function(call, uri) …) */
static int
node_on(lua_State *L)
{
	struct handle *h = luaL_testudata(L, 1, NODE);
	size_t n, i = 0;
	const char *event;
	struct diag d = DIAG_INIT;
	struct handler *handler;
	struct node *node;

	if (h == NULL)
		return refuse_dot(L, "on");
	event = luaL_checklstring(L, 2, &n);
	luaL_checktype(L, 3, LUA_TFUNCTION);
	while (
	    i < RUN_EVENT_COUNT && !str_is((struct str){ event, n }, events[i]))
		i++;
	if (i == RUN_EVENT_COUNT) {
		diag_set(&d, ERR_NOTFOUND, NULL, 0, _("there is no event “%s”"),
		    event);
		return sandbox_error_one_of(
		    L, &d, event, events, RUN_EVENT_COUNT, sizeof(events[0]));
	}
	node = world_find(h->run->world, h->name);
	/* The phone would go there by itself, or not at all. */
	if (i == RUN_ON_REDIRECT &&
	    strcmp(node_attr(node, "redirect", "follow"), "ask") != 0)
		return sandbox_error(L,
		    _("%s does not ask its user about redirections; "
		      "on(\"redirect\") needs redirect=ask"),
		    h->name);
	if (run_find_handler(h->run, (enum run_event)i, h->name) != NULL)
		return sandbox_error(
		    L, _("%s already has a function for that event"), h->name);
	handler = mem_zalloc(1, sizeof(*handler));
	if (handler == NULL)
		return sandbox_error(L, "%s", err_text(ERR_NOMEM));
	handler->node = node;
	handler->event = (enum run_event)i;
	list_append(&h->run->handlers, &handler->link);
	handler->fn = lua_keep_function(L, 3);
	return 0;
}

/* ---- fields ---- */

/* What it costs to look one up: verbs and attributes are long tables. */
#define FIELD_STEPS 50

static int
push_verb(lua_State *L, const char *name)
{
	sandbox_push_text(L, name);
	lua_pushcclosure(L, call_verb, 1);
	return 1;
}

static int
node_index(lua_State *L)
{
	struct handle *h = lua_touserdata(L, 1);
	const char *key = luaL_checkstring(L, 2);
	struct node *n = world_find(h->run->world, h->name);
	LOCAL_BUF addr = BUF_INIT;
	const char *attr;

	sandbox_charge(L, FIELD_STEPS);
	if (strcmp(key, "on") == 0) {
		lua_pushcfunction(L, node_on);
		return 1;
	}
	if (strcmp(key, "screen") == 0 || strcmp(key, "wait_screen") == 0) {
		lua_pushcfunction(
		    L, key[0] == 's' ? lua_screen : lua_wait_screen);
		return 1;
	}
	if (strcmp(key, "name") == 0 || strcmp(key, "role") == 0 ||
	    strcmp(key, "domain") == 0) {
		sandbox_push_text(L, key[0] == 'n'   ? n->name
				     : key[0] == 'r' ? n->roles
						     : n->domain);
		return 1;
	}
	if (strcmp(key, "registrar") == 0) {
		/* Is there a registrar? */
		lua_pushboolean(L,
		    world_registrar(h->run->world, str_of(n->domain)) != NULL);
		return 1;
	}
	if (strcmp(key, "subject") == 0) {
		/* Is it what phones call, rather than each other? */
		lua_pushboolean(
		    L, (role_traits(str_of(n->roles)) & TRAIT_SUBJECT) != 0);
		return 1;
	}
	if (strcmp(key, "registers") == 0) {
		/* … or has before the run began. */
		lua_pushboolean(L, node_attr_bool(n, "register", false) ||
				       node_attr_bool(n, "registered", false));
		return 1;
	}
	/* What can be said of a node comes before what it is set to. */
	if (lua_is_verb(n, key, false))
		return push_verb(L, key);
	attr = node_attr(n, key, NULL);
	if (attr != NULL) {
		sandbox_push_text(L, attr);
		return 1;
	}
	/* What another role has, and can do, is meant as its verb here as well.
	 */
	if (!lua_is_attribute(key) ||
	    (run_role_with(key) != NULL && !lua_is_attribute_of(n, key)))
		return lua_refuse_node_name(L, n, key);
	/* One that the topology does not give: the run gives addresses. */
	if (strcmp(key, "addr") == 0 && node_addr(n)->len > 0)
		addr_write_bare(node_addr(n), &addr);
	sandbox_push_text(L, addr.n > 0 ? buf_cstr(&addr) : NULL);
	return 1;
}

static int
lua_object_call_index(lua_State *L)
{
	struct handle *h = lua_touserdata(L, 1);
	const char *key = luaL_checkstring(L, 2);
	struct node *n = map_get(h->run->world->nodes,
	    (struct str){ h->name, strcspn(h->name, "/") });

	sandbox_charge(L, FIELD_STEPS);
	if (strcmp(key, "id") == 0)
		sandbox_push_text(L, h->name);
	else if (strcmp(key, "state") == 0)
		sandbox_push_text(L, h->watch->state);
	else if (strcmp(key, "status") == 0 && watch_is_request(h->watch))
		h->watch->status != 0 ? lua_pushinteger(L, h->watch->status)
				      : lua_pushnil(L);
	else if (strcmp(key, "target") == 0)
		sandbox_push_text(
		    L, n != NULL ? role_call_target(n, h->name) : NULL);
	else if (n == NULL || lua_is_verb(n, key, true))
		return push_verb(L, key);
	else
		return lua_refuse_call_name(L, n, h->name, key);
	return 1;
}

static int
link_index(lua_State *L)
{
	const char *key = luaL_checkstring(L, 2);
	struct diag d = DIAG_INIT;

	if (run_check_link_verb(key, &d) != 0)
		return sandbox_error_of(L, &d);
	return push_verb(L, key);
}

static int
no_assignment(lua_State *L)
{
	return sandbox_error(L, _("fields of %s can't be assigned; use set{…}"),
	    sandbox_tostring(L, 1).p);
}

/* link("a", "b") or link(a, b) */
int
lua_fn_link(lua_State *L)
{
	struct run *r = lua_after_lab(L);
	char a[64], b[64], name[136];

	if (lua_isnoneornil(L, 2))
		return sandbox_error(
		    L, _("link needs two nodes: link(\"alice\", \"lan1\")"));
	snprintf(a, sizeof(a), "%s", sandbox_tostring(L, 1).p);
	snprintf(b, sizeof(b), "%s", sandbox_tostring(L, 2).p);
	if (net_find_link(r->world->net, a, b) == NULL)
		return sandbox_error(
		    L, _("there is no link between %s and %s"), a, b);
	snprintf(name, sizeof(name), "%s--%s", a, b);
	push_handle(L, r, name, LINK);
	return 1;
}

/* A state that never comes would be waited for to the end of the run. */
static void
lua_object_check_state(lua_State *L, const struct watch *w, const char *state)
{
	const char *const *names;
	size_t n = watch_states(w, &names);
	struct diag d = DIAG_INIT;

	for (size_t i = 0; i < n; i++)
		if (strcmp(names[i], state) == 0)
			return;
	diag_set(
	    &d, ERR_NOTFOUND, NULL, 0, _("%s is never “%s”"), w->name, state);
	diag_one_called(&d, ERR_NOTFOUND, synonyms_of_states, str_of(state),
	    names, n, sizeof(names[0]));
	sandbox_error_of(L, &d);
}

int64_t
lua_timeout(lua_State *L, int at)
{
	int64_t timeout = -1;
	struct str text;

	if (lua_isnoneornil(L, at))
		return timeout;
	text = sandbox_tostring(L, at);
	if (param_time(text, &timeout) != 0)
		sandbox_error(L, _("“%s” is not a time: %s"), text.p,
		    param_time_why(text, _("use 2s or 500ms, for example")));
	run_warn_lua_pause(L, "wait ", text, timeout);
	return timeout;
}

struct node *
lua_to_node(lua_State *L)
{
	struct handle *h = luaL_checkudata(L, 1, NODE);

	return world_find(h->run->world, h->name);
}

int
lua_begin_wait(lua_State *L, struct thread *t, struct watch *w, int64_t timeout)
{
	t->waits = w;
	list_append(&w->waiting, &t->wait_link);
	if (timeout >= 0)
		thread_wake(t, sim_now(t->run->world->sim) + timeout);
	return lua_yield(L, 0);
}

/* wait(object, state, timeout) */
int
lua_fn_wait(lua_State *L)
{
	struct handle *h = lua_touserdata(L, 1);
	struct run *r = run_of(L);
	struct thread *t = thread_of(r, L);
	const char *state = luaL_checkstring(L, 2);
	int64_t timeout;

	luaL_argexpected(L, h != NULL && lua_isuserdata(L, 1), 1, "call");
	timeout = lua_timeout(L, 3);
	if (!sandbox_may_pause(L) || t == NULL)
		return sandbox_error(
		    L, _("wait works only in script(function() … end)"));
	if (h->watch == NULL)
		h->watch = watch_get(r, h->name);
	if (h->watch == NULL)
		return sandbox_error(L, "%s", err_text(ERR_NOMEM));
	lua_object_check_state(L, h->watch, state);
	if (watch_saw(h->watch, state) || h->watch->over) {
		bool saw = watch_saw(h->watch, state);

		lua_pushboolean(L, saw);
		sandbox_push_text(L, h->watch->state);
		return 2;
	}
	snprintf(t->wanted, sizeof(t->wanted), "%s", state);
	return lua_begin_wait(L, t, ref_keep(h->watch), timeout);
}

static void
make_type(lua_State *L, const char *type, lua_CFunction index)
{
	luaL_newmetatable(L, type);
	lua_pushcfunction(L, index);
	lua_setfield(L, -2, "__index");
	lua_pushcfunction(L, no_assignment);
	lua_setfield(L, -2, "__newindex");
	lua_pushcfunction(L, lua_object_collect);
	lua_setfield(L, -2, "__gc");
	lua_pushcfunction(L, lua_object_to_string);
	lua_setfield(L, -2, "__tostring");
	lua_pushcfunction(L, lua_object_to_string);
	lua_setfield(L, -2, "__order");
	lua_pushboolean(L, 0);
	lua_setfield(L, -2, "__metatable");
	lua_pop(L, 1);
}

int
lua_bind_objects(lua_State *L)
{
	make_type(L, NODE, node_index);
	make_type(L, CALL, lua_object_call_index);
	make_type(L, LINK, link_index);
	return 0;
}
