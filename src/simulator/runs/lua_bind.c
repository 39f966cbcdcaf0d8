/*
 * What scripts can say (docs/SCENARIO.md): the functions.  Nodes, calls and
 * links are objects of lua_objects.c.
 */
#include "base/err.h"
#include "base/mem.h"
#include "base/param.h"
#include "bindings/lua_program.h"
#include "role/verb.h"
#include "runs/run_in.h"
#include "script/sandbox.h"
#include "topology/synonyms.h"
#include "topology/topology_table.h"

#include <lauxlib.h>
#include <string.h>

struct run *
run_of(lua_State *L)
{
	return sandbox_arg(L);
}

void
run_refuse_in_rewrite(const struct run *r, lua_State *L)
{
	if (r->rewriting)
		sandbox_error(L, _("a fault's rewrite may only read its "
				   "message and return another"));
}

/* A time: a number of seconds, or text such as "20ms". */
static int64_t
lua_bind_check_time(lua_State *L, int index, const char *what)
{
	int64_t ns = 0;
	size_t n;
	const char *text;

	if (lua_type(L, index) != LUA_TSTRING &&
	    lua_type(L, index) != LUA_TNUMBER)
		sandbox_error(
		    L, _("%s needs a time, such as \"500ms\" or \"2s\""), what);
	text = lua_tolstring(L, index, &n);
	if (param_time((struct str){ text, n }, &ns) != 0)
		sandbox_error(L, _("“%s” is not a time: %s"), text,
		    param_time_why((struct str){ text, n },
			_("use 2s or 500ms, for example")));
	return ns;
}

static const char *
optional_field(lua_State *L, int table, const char *name)
{
	const char *s;

	lua_getfield(L, table, name);
	s = lua_isnil(L, -1) ? NULL : lua_tostring(L, -1);
	return s; /* stays on the stack, so it stays alive */
}

static int
take_topology(lua_State *L, struct run *r, const char *name)
{
	struct diag d = DIAG_INIT;
	int err = inputs_find_topology(r->in, name, &d);

	if (err == ERR_NOTFOUND || err == ERR_RANGE)
		return sandbox_error_of(L, &d);
	if (err != 0)
		*r->loading = d;
	return err;
}

/* People look for it here as well. */
static int
fn_goal(lua_State *L)
{
	return sandbox_error(L,
	    _("write goal(…) in check.lua, in the folder of the lab's script"));
}

/* Raises where lab { … }, the table at 1, has a field that there is not. */
static void
check_lab_fields(lua_State *L)
{
	static const char *const fields[] = { "title", "topology", "duration",
		"about", "live" };

	lua_pushnil(L);
	while (sandbox_next(L, 1) != 0) {
		const char *key =
		    lua_type(L, -2) == LUA_TSTRING ? lua_tostring(L, -2) : "?";
		struct diag d = DIAG_INIT;
		size_t i = 0;

		lua_pop(L, 1);
		while (i < COUNT_OF(fields) && strcmp(fields[i], key) != 0)
			i++;
		if (i < COUNT_OF(fields))
			continue;
		diag_set(
		    &d, ERR_NOTFOUND, NULL, 0, _("lab has no field “%s”"), key);
		sandbox_error_one_of(
		    L, &d, key, fields, COUNT_OF(fields), sizeof(fields[0]));
	}
}

/* lab { live = false }: its programs stay in the simulation. */
static bool
is_never_live(lua_State *L, int table)
{
	bool never;

	lua_getfield(L, table, "live");
	if (!lua_isnil(L, -1) && !lua_isboolean(L, -1))
		sandbox_error(L, _("live is true or false"));
	never = lua_isboolean(L, -1) && !lua_toboolean(L, -1);
	lua_pop(L, 1);
	return never;
}

/* lab { title=, topology=, duration=, live= } */
static int
fn_lab(lua_State *L)
{
	struct run *r = run_of(L);
	const char *topology, *title;
	int err;

	if (!lua_istable(L, 1))
		return sandbox_error(L,
		    _("write the fields of lab in braces: lab { title = … }"));
	if (r->lab_said)
		return sandbox_error(L, _("lab { … } may appear only once"));
	check_lab_fields(L);
	r->in->never_live = is_never_live(L, 1);
	topology = optional_field(L, 1, "topology");
	if (topology != NULL)
		err = take_topology(L, r, topology);
	else if (r->in->topology == NULL)
		return sandbox_error(
		    L, _("lab needs a topology: lab { topology = \"….gv\" }"));
	else
		err = 0;
	if (err == 0)
		err = run_make_world(r, r->loading);
	if (err == 0)
		err = run_world_check_parsers(r, r->loading);
	if (err != 0)
		return sandbox_error_of(L, r->loading);
	lua_getfield(L, 1, "duration");
	if (!lua_isnil(L, -1))
		r->duration_ns = lua_bind_check_time(L, -1, "duration");
	if (!lua_isnil(L, -1) && r->duration_ns <= 0)
		return sandbox_error(
		    L, _("duration: nothing happens before 0 s; expected "
			 "something like 2s or 500ms"));
	if (lua_isnil(L, -1))
		r->duration_ns = r->topology->duration_ns;
	r->until_ns = r->in->until_ns != 0 ? r->in->until_ns : r->duration_ns;
	title = optional_field(L, 1, "title");
	if (title == NULL)
		title = r->topology->title[0] != '\0' ? r->topology->title
						      : r->in->topology_file;
	r->title = mem_strdup(title);
	if (r->title == NULL || run_write_header(r) != 0)
		return sandbox_error(L, "%s", err_text(ERR_NOMEM));
	r->lab_said = true;
	return 0;
}

struct run *
lua_after_lab(lua_State *L)
{
	struct run *r = run_of(L);

	if (!r->lab_said)
		sandbox_error(L, _("lab { … } must come first"));
	return r;
}

/* What it costs to find or to give a node's name. */
#define NAME_STEPS 10

/* node "alice" */
static int
lua_bind_fn_node(lua_State *L)
{
	struct run *r = lua_after_lab(L);
	const char *name = luaL_checkstring(L, 1);
	const char *names[256];
	struct diag d = DIAG_INIT;
	const char *near;
	char link[160];
	struct str key, from, to;
	size_t at = 0, n = 0;

	sandbox_charge(L, NAME_STEPS);
	if (world_find(r->world, name) != NULL) {
		lua_push_node(L, r, name);
		return 1;
	}
	while (n < 256 && map_next(r->world->nodes, &at, &key, NULL))
		names[n++] = key.p;
	near = param_nearest(str_of(name), names, n, sizeof(names[0]));
	if (run_link_meant(r, str_of(name), &from, &to)) {
		snprintf(link, sizeof(link), "link(\"%.*s\", \"%.*s\")",
		    STR_ARG(from), STR_ARG(to));
		near = link;
	}
	diag_set(&d, ERR_NOTFOUND, NULL, 0, _("there is no node “%s” in %s"),
	    name, r->in->topology_file);
	diag_meant(&d, ERR_NOTFOUND, near);
	return sandbox_error_of(L, &d);
}

/* nodes(): the names, in the topology's order. */
static int
fn_nodes(lua_State *L)
{
	struct run *r = lua_after_lab(L);
	struct str key;
	size_t at = 0;
	int i = 0;

	lua_newtable(L);
	while (map_next(r->world->nodes, &at, &key, NULL)) {
		sandbox_charge(L, NAME_STEPS);
		lua_pushlstring(L, key.p, key.n);
		lua_rawseti(L, -2, ++i);
	}
	return 1;
}

struct script_fn
lua_keep_function(lua_State *L, int index)
{
	struct script_fn fn;

	luaL_checktype(L, index, LUA_TFUNCTION);
	fn.line = sandbox_line(L, &fn.file);
	lua_pushvalue(L, index);
	fn.ref = luaL_ref(L, LUA_REGISTRYINDEX);
	return fn;
}

/* What a coroutine that waits for its time costs. */
#define SPAWN_STEPS 50

static int
spawn_at(lua_State *L, struct run *r, int function, int64_t at_ns)
{
	struct script_fn fn;

	sandbox_charge(L, SPAWN_STEPS);
	fn = lua_keep_function(L, function);
	if (thread_spawn(r, &fn, NULL, NULL, at_ns) != 0)
		return sandbox_error(L, "%s", err_text(ERR_NOMEM));
	return 0;
}

/* script(function() … end) */
static int
fn_script(lua_State *L)
{
	struct run *r = lua_after_lab(L);

	return spawn_at(L, r, 1, sim_now(r->world->sim));
}

void
run_warn_lua(lua_State *L, const char *text)
{
	struct run *r = run_of(L);
	const char *file;
	unsigned line = sandbox_line(L, &file);

	for (size_t i = 0; i < r->nwarnings; i++)
		if (r->warnings[i].line == line &&
		    str_is(str_of(file), r->warnings[i].file))
			return;
	run_warn(r, file, line, "%s", text);
}

/* at(time, function() … end) */
static int
fn_at(lua_State *L)
{
	struct run *r = lua_after_lab(L);
	int64_t t = lua_bind_check_time(L, 1, "at");

	if (t < sim_now(r->world->sim))
		return sandbox_error(L, _("at: that time is past"));
	if (r->duration_ns != 0 && t > r->duration_ns && t > r->until_ns)
		run_warn_lua(
		    L, _("at: the lab ends before that time (duration=), so "
			 "the function never runs"));
	if (r->until_ns == 0 && t > r->longest_ns)
		run_warn_lua(
		    L, _("at: the run ends before that time, after 3600 "
			 "s, unless duration= gives another time"));
	return spawn_at(L, r, 2, t);
}

void
run_warn_lua_time(
    lua_State *L, const char *before, struct str value, unsigned least)
{
	struct diag d = DIAG_INIT;

	if (param_warn_time(&d, before, value, least))
		run_warn_lua(L, d.text);
}

/* So many seconds without a unit get a warning: those beyond the run's end,
 * and where it has none. */
#define SLEEP_LONG    200
#define SLEEP_LONGEST 1000

void
run_warn_lua_pause(
    lua_State *L, const char *before, struct str value, int64_t ns)
{
	struct run *r = run_of(L);

	if (r->until_ns == 0 || sim_now(r->world->sim) + ns > r->until_ns)
		run_warn_lua_time(L, before, value,
		    r->until_ns == 0 ? SLEEP_LONGEST : SLEEP_LONG);
}

/* sleep(time) */
static int
fn_sleep(lua_State *L)
{
	struct run *r = lua_after_lab(L);
	int64_t ns = lua_bind_check_time(L, 1, "sleep");
	struct thread *t = thread_of(r, L);

	if (!sandbox_may_pause(L) || t == NULL)
		return sandbox_error(
		    L, _("sleep works only in script(function() … end); if the "
			 "function has a name, write script(main)"));
	run_warn_lua_pause(L, "sleep ", sandbox_tostring(L, 1), ns);
	thread_wake(t, sim_now(r->world->sim) + ns);
	return lua_yield(L, 0);
}

#define NOTE_STEPS 1000
#define NOTE_MAX   4096

/* TEXT as a remark at the script's line; raises when it is too long. */
static void
write_note(lua_State *L, struct run *r, struct str text)
{
	char got[32], most[32];

	sandbox_charge(L, NOTE_STEPS);
	if (text.n > NOTE_MAX)
		sandbox_error(L,
		    _("a note of %s bytes is too long; the maximum is %s"),
		    str_grouped(text.n, got), str_grouped(NOTE_MAX, most));
	sandbox_where(L, r->where, sizeof(r->where));
	run_note(r, r->where, text);
}

/* note(text) */
static int
fn_note(lua_State *L)
{
	struct run *r = lua_after_lab(L);
	struct str text = lua_isnone(L, 1) ? STR_NULL : sandbox_tostring(L, 1);

	if (text.n == 0)
		return sandbox_error(L, _("note needs a text: note \"…\""));
	write_note(L, r, text);
	return 0;
}

/* now(): seconds since the start. */
static int
fn_now(lua_State *L)
{
	struct run *r = lua_after_lab(L);

	lua_pushnumber(L, (double)sim_now(r->world->sim) / 1e9);
	return 1;
}

static const struct sandbox_function functions[] = {
	{ "goal", fn_goal, 2, "goal(function(t) … end, \"…\")" },
	{ "lab", fn_lab, 1, "lab { topology = \"….gv\" }" },
	{ "node", lua_bind_fn_node, 1, "node \"alice\"" },
	{ "nodes", fn_nodes, 0, "nodes()" },
	{ "script", fn_script, 1, "script(function() … end)" },
	{ "at", fn_at, 2, "at(\"3s\", function() … end)" },
	{ "sleep", fn_sleep, 1, "sleep \"5s\"" },
	{ "wait", lua_fn_wait, 3, "wait(call, \"confirmed\", \"5s\")" },
	{ "note", fn_note, 1, "note \"…\"" },
	{ "now", fn_now, 0, "now()" },
	{ "fault", lua_fn_fault, 1,
	    "fault { method = \"INVITE\", drop = true }" },
	{ "link", lua_fn_link, 2, "link(\"alice\", \"bob\")" },
	{ NULL, NULL, 0, NULL },
};

static int
bind_body(lua_State *L)
{
	lua_bind_objects(L);
	sandbox_bind_surveillance(L);
	sandbox_bind(L, functions);
	return 0;
}

/* print(…) is a note. */
static int
lua_bind_on_print(lua_State *L, struct str text, void *arg)
{
	struct run *r = arg;

	if (!r->lab_said)
		return 0;
	write_note(L, r, text);
	return trace_writer_error(r->writer);
}

/* What the run holds counts as the script's. */
static size_t
lua_bind_count_memory(void *arg)
{
	const struct run *r = arg;

	return r->world != NULL ? sim_memory(r->world->sim) : 0;
}

/* A call that was not made, a node that was not named. */
static bool
lua_bind_find_missing(struct str name, struct diag *d, void *arg)
{
	const struct run *r = arg;

	if (str_is(name, "call"))
		return diag_set(d, ERR_NOTFOUND, NULL, 0,
			   _("there is no “call”; alice:invite returns one: "
			     "local call = alice:invite(…)")) != 0;
	return r->world != NULL && map_get(r->world->nodes, name) != NULL &&
	       diag_set(d, ERR_NOTFOUND, NULL, 0,
		   _("%.*s is a node: node \"%.*s\""), STR_ARG(name),
		   STR_ARG(name)) != 0;
}

/* What a script has the nodes do may take so many times as long as the script
 * itself. */
#define ACTS_MORE 10

int
run_bind(struct run *r, struct str script, const char *file, struct diag *d)
{
	struct sandbox_host host = { .print = lua_bind_on_print,
		.memory = lua_bind_count_memory,
		.missing = lua_bind_find_missing,
		.bind = bind_body,
		.script = script,
		.file = file,
		.arg = r };
	struct sim_limits most = sim_limits_resolve(&r->in->limits);
	struct sandbox_limits limits = SANDBOX_LIMITS;

	limits.all = (size_t)most.most[SIM_LIMIT_MEMORY];
	limits.steps_all = most.most[SIM_LIMIT_INSTRUCTIONS];
	limits.steps_acts = limits.steps_all < UINT64_MAX / ACTS_MORE
				? limits.steps_all * ACTS_MORE
				: UINT64_MAX;
	return diag_fail(d, sandbox_create(&r->sandbox, &limits, &host));
}

void
run_prepare(void)
{
	const struct sandbox_host host = { .bind = bind_body };

	sandbox_prepare(&host);
	lua_program_prepare();
}

/* ---- What a handset shows ---- */

/* What N shows into OUT; false, and an error of the script, where it has no
 * screen at all. */
static void
read_screen(lua_State *L, const struct node *n, struct buf *out)
{
	if (!node_plays(n, "handset"))
		sandbox_error(
		    L, _("%s has no screen; only a handset has one"), n->name);
	if (node_screen(n, out) == ERR_NOMEM) {
		buf_free(out);
		sandbox_error(L, "%s", err_text(ERR_NOMEM));
	}
}

/* screen() reads what a handset shows, wait_screen(text) waits until the text
 * is on it.  Neither does anything to the handset, so neither is an act. */
int
lua_screen(lua_State *L)
{
	const struct node *n = lua_to_node(L);
	LOCAL_BUF text = BUF_INIT;

	read_screen(L, n, &text);
	lua_pushlstring(L, text.n > 0 ? text.p : "", text.n);
	return 1;
}

/* A handset that is down shows nothing. */
static bool
shows(const struct node *n, const char *wanted)
{
	LOCAL_BUF text = BUF_INIT;

	return node_screen(n, &text) == 0 &&
	       str_find(buf_view(&text), wanted) >= 0;
}

int
lua_wait_screen(lua_State *L)
{
	const struct node *n = lua_to_node(L);
	struct run *r = run_of(L);
	struct thread *t = thread_of(r, L);
	const char *wanted = luaL_checkstring(L, 2);
	int64_t timeout = lua_timeout(L, 3);
	struct watch *w;

	if (!node_plays(n, "handset"))
		return sandbox_error(
		    L, _("%s has no screen; only a handset has one"), n->name);
	if (!sandbox_may_pause(L) || t == NULL)
		return sandbox_error(
		    L, _("wait_screen works only in script(function() … end)"));
	if (shows(n, wanted)) {
		lua_pushboolean(L, true);
		return 1;
	}
	t->wanted_text = mem_strdup(wanted);
	w = t->wanted_text != NULL ? watch_get(r, n->name) : NULL;
	if (w == NULL)
		return sandbox_error(L, "%s", err_text(ERR_NOMEM));
	return lua_begin_wait(L, t, w, timeout);
}

void
run_screen(const char *node, void *arg)
{
	struct run *r = arg;
	struct watch *w = map_get(r->watches, str_of(node));
	const struct node *n = world_find(r->world, node);

	if (w == NULL || n == NULL)
		return;
	list_foreach (link, &w->waiting) {
		struct thread *t = LIST_ENTRY(link, struct thread, wait_link);

		if (t->wanted_text == NULL || t->reached ||
		    !shows(n, t->wanted_text))
			continue;
		t->reached = true;
		thread_wake(t, sim_now(r->world->sim));
	}
}

/* ---- What a script reads: `bob.answer`, `call.state` ---- */

#define NAMES_MAX 240

struct names {
	const char *list[NAMES_MAX];
	size_t n;
};

static void
add_name(struct names *k, const char *name)
{
	if (k->n < NAMES_MAX)
		k->list[k->n++] = name;
}

/* From V on, the first verb of a node whose roles are IS, or of its calls; NULL
 * behind the last.  Also before the run, when no role has begun. */
static const struct verb *
next_verb(const struct verb *v, uint64_t is, bool on_call)
{
	enum verb_thing thing = on_call ? VERB_OF_CALL : VERB_OF_NODE;

	while (v < verb_rows + VERB_COUNT && !verb_is_of(v, thing, is))
		v++;
	return v < verb_rows + VERB_COUNT ? v : NULL;
}

size_t
lua_list_verbs(
    const struct node *n, bool on_call, const char **list, size_t max)
{
	const struct verb *v = verb_rows;
	/* A real program takes no acts of its roles from here. */
	uint64_t is = n->outside ? 0 : n->is;
	size_t k = 0;

	for (; k < max && (v = next_verb(v, is, on_call)) != NULL; v++)
		list[k++] = v->name;
	return k;
}

static void
add_verbs(struct names *k, const struct node *n, bool on_call)
{
	k->n += lua_list_verbs(n, on_call, k->list + k->n, NAMES_MAX - k->n);
}

bool
lua_is_verb(const struct node *n, const char *name, bool on_call)
{
	const struct verb *v = verb_rows;

	for (; (v = next_verb(v, n->is, on_call)) != NULL; v++)
		if (strcmp(v->name, name) == 0)
			return true;
	return false;
}

static void
add_attributes(struct names *k)
{
	static const char *const fields[] = { "name", "role", "domain",
		"registrar", "registers", "subject" };

	for (size_t i = 0; i < COUNT_OF(fields); i++)
		add_name(k, fields[i]);
	for (size_t i = 0; i < TOPOLOGY_NATTRS; i++)
		if (topology_attr_rows[i].owners & TOPOLOGY_NODE)
			add_name(k, topology_attr_rows[i].name);
}

/* A name that no node, call or link could have is a mistake, also if it is only
 * read: otherwise a misspelt attribute would be nothing, or a function, which
 * is true. */
static int
refuse_name(
    lua_State *L, const char *object, const char *name, const char *near)
{
	struct diag d = DIAG_INIT;

	diag_set(&d, ERR_NOTFOUND, NULL, 0, _("%s has no “%s”"), object, name);
	diag_meant(&d, ERR_NOTFOUND, near);
	return sandbox_error_of(L, &d);
}

int
lua_refuse_node_name(lua_State *L, struct node *n, const char *name)
{
	struct names k = { .n = 0 };
	struct diag d = DIAG_INIT;
	const char *near;

	if (lua_is_verb(n, name, true))
		return sandbox_error(L,
		    _("“%s” is an action of a call, not of %s: call:%s(…)"),
		    name, n->name, name);
	/* Of two that are as near, the readable attribute rather than the
	 * verb. */
	add_attributes(&k);
	add_verbs(&k, n, false);
	near = param_meant(
	    synonyms_of_verbs, str_of(name), k.list, k.n, sizeof(k.list[0]));
	/* A verb of another role is not a typing error. */
	if (run_role_with(name) != NULL)
		near = param_called(synonyms_of_verbs, str_of(name), k.list,
		    k.n, sizeof(k.list[0]));
	if (near != NULL && !lua_is_verb(n, near, false))
		return refuse_name(L, n->name, name, near);
	run_no_verb(n, false, name, &d);
	return sandbox_error_of(L, &d);
}

int
lua_refuse_call_name(
    lua_State *L, struct node *n, const char *object, const char *name)
{
	struct names k = { .n = 0 };
	const char *near;

	if (strcmp(name, "on") == 0)
		return sandbox_error(L,
		    _("on is an action of a node, %s, not of its call"),
		    n->name);
	add_name(&k, "id");
	add_name(&k, "state");
	add_name(&k, "target");
	add_verbs(&k, n, true);
	near = param_meant(
	    synonyms_of_verbs, str_of(name), k.list, k.n, sizeof(k.list[0]));
	if (near == NULL)
		return sandbox_error(L,
		    _("%s has no “%s”; a call has id, state, target and its "
		      "actions"),
		    object, name);
	return refuse_name(L, object, name, near);
}

bool
lua_is_attribute(const char *name)
{
	return topology_attr_find(str_of(name)) >= 0;
}

bool
lua_is_attribute_of(const struct node *n, const char *name)
{
	int i = topology_attr_find(str_of(name));
	uint64_t roles = i >= 0 ? topology_attr_rows[i].roles : 0;

	return i >= 0 && (roles == 0 || (n->is & roles) != 0);
}
