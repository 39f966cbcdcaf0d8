/* Reads the field `agent` of a task. */
#include "lesson/agent.h"

#include "base/err.h"
#include "search/fault.h"

#define STATUS_MIN 300
#define STATUS_MAX 699

/* The table's own texts; raises where NAME is missing. */
static const char *
need_text(lua_State *L, int table, const char *name)
{
	const char *text;

	if (lua_getfield(L, table, name) != LUA_TSTRING)
		sandbox_error(L, _("agent needs %s = \"…\""), name);
	text = lua_tostring(L, -1);
	lua_pop(L, 1);
	return text;
}

/* Field NAME of the table at TABLE, a whole number up to MOST. */
static unsigned
get_number(lua_State *L, int table, const char *name, unsigned otherwise,
    unsigned most)
{
	lua_Integer n = otherwise;
	int whole = 1;

	if (lua_getfield(L, table, name) != LUA_TNIL)
		n = lua_tointegerx(L, -1, &whole);
	lua_pop(L, 1);
	if (!whole || n < 1 || n > most)
		sandbox_error(
		    L, _("%s is a number from %u to %u"), name, 1u, most);
	return (unsigned)n;
}

static unsigned
get_points(lua_State *L, int table)
{
	return get_number(L, table, "points", 1, 100) * LESSON_POINT;
}

/* The functions of the conditions, entries of the table at TABLE. */
static void
read_functions(lua_State *L, struct agent_task *a, int table)
{
	for (int i = 1; lua_rawgeti(L, table, i) != LUA_TNIL; i++) {
		if (!lua_istable(L, -1) ||
		    lua_rawgeti(L, -1, 2) != LUA_TFUNCTION)
			sandbox_error(
			    L, _("a condition is { \"text\", function(t) … "
				 "end }"));
		a->functions[i - 1] = luaL_ref(L, LUA_REGISTRYINDEX);
		if (lua_getfield(L, -1, "set") != LUA_TNIL &&
		    lua_type(L, -1) != LUA_TSTRING)
			sandbox_error(L, _("set of a condition is a setting: "
					   "\"bob.busy=true\""));
		a->sets[i - 1] = lua_tostring(L, -1);
		lua_pop(L, 1);
		lua_pop(L, 1);
	}
	lua_pop(L, 1);
}

/* Field NAME of the table at TABLE is one, and on top of the stack then; raises
 * where it is something else. */
static bool
get_list(lua_State *L, int table, const char *name)
{
	int type = lua_getfield(L, table, name);

	if (type != LUA_TTABLE && type != LUA_TNIL)
		sandbox_error(L, _("%s needs a list in braces"), name);
	return type == LUA_TTABLE;
}

static void
raise_too_many(lua_State *L, const char *name, int most)
{
	sandbox_error(L, _("%s has more than %d entries"), name, most);
}

static void
read_like(lua_State *L, struct agent_task *a, int table)
{
	if (get_list(L, table, "like"))
		for (int i = 1; lua_rawgeti(L, table + 1, i) != LUA_TNIL; i++) {
			if (lua_type(L, -1) != LUA_TSTRING)
				sandbox_error(
				    L, _("an entry of like is a setting: "
					 "\"agent.role=ua\""));
			if (a->nlike == AGENT_LIKE_MAX)
				raise_too_many(L, "like", AGENT_LIKE_MAX);
			a->like[a->nlike++] = lua_tostring(L, -1);
			lua_pop(L, 1);
		}
	lua_settop(L, table);
}

/* "483", "4xx", "none" on top of the stack; or a number. */
static void
read_statuses(lua_State *L, struct agent_refusal *r)
{
	struct str s = str_of(lua_tostring(L, -1));
	uint32_t status = 0;

	if (str_is(s, "none"))
		return;
	if (s.n == 3 && str_is(str_slice(s, 1, 3), "xx") &&
	    chr_is_digit(s.p[0])) {
		r->from = (unsigned)(s.p[0] - '0') * 100;
		r->to = r->from + 99;
	} else if (str_u32(s, &status) == 0) {
		r->from = r->to = status;
	}
	if (r->from < STATUS_MIN || r->to > STATUS_MAX)
		sandbox_error(L, _("the answer to a wrong request is a status "
				   "from 300 on, \"4xx\", or \"none\""));
}

/* An entry { "no-hops", 483 } on top of the stack. */
static void
read_refusal(lua_State *L, struct agent_refusal *r)
{
	if (!lua_istable(L, -1) || lua_rawgeti(L, -1, 1) != LUA_TSTRING)
		sandbox_error(
		    L, _("an entry of refuses is { \"no-hops\", 483 }"));
	if (!msg_mutation_find(str_of(lua_tostring(L, -1)), &r->what))
		sandbox_error(L, _("there is no wrong request “%s”"),
		    lua_tostring(L, -1));
	lua_rawgeti(L, -2, 2);
	if (!lua_isstring(L, -1))
		sandbox_error(
		    L, _("an entry of refuses is { \"no-hops\", 483 }"));
	read_statuses(L, r);
	lua_pop(L, 2);
}

static void
read_refuses(lua_State *L, struct agent_task *a, int table)
{
	int at = table + 1;

	if (get_list(L, table, "refuses")) {
		a->good = need_text(L, at, "good");
		a->points_refuses = get_points(L, at);
		for (int i = 1; lua_rawgeti(L, at, i) != LUA_TNIL; i++) {
			if (a->nrefusals == AGENT_REFUSALS_MAX)
				raise_too_many(
				    L, "refuses", AGENT_REFUSALS_MAX);
			read_refusal(L, &a->refusals[a->nrefusals++]);
			lua_pop(L, 1);
		}
		if (a->nrefusals == 0)
			sandbox_error(
			    L, _("%s needs a list in braces"), "refuses");
	}
	lua_settop(L, table);
}

static void
read_survives(lua_State *L, struct agent_task *a, int table)
{
	struct diag d = DIAG_INIT;
	int at = table + 1;

	if (get_list(L, table, "survives")) {
		if (lua_rawgeti(L, at, 1) != LUA_TSTRING)
			sandbox_error(L, _("survives begins with its faults: { "
					   "\"drop,double\", … }"));
		if (fault_find_kinds(lua_tostring(L, -1), &a->kinds, &d) != 0)
			sandbox_error_of(L, &d);
		a->points_survives = get_points(L, at);
		a->runs =
		    get_number(L, at, "runs", AGENT_RUNS_USUAL, AGENT_RUNS_MAX);
	}
	lua_settop(L, table);
}

void
lesson_read_agent(lua_State *L, struct agent_task **out, struct lesson_task *t)
{
	struct agent_task *a = mem_zalloc(1, sizeof(*a));
	int table = lua_gettop(L) + 1;

	*out = a; /* freed with the lesson, whatever is raised here */
	if (a == NULL)
		sandbox_error(L, "%s", err_text(ERR_NOMEM));
	lua_getfield(L, 1, "agent");
	a->program = need_text(L, table, "program");
	a->node = need_text(L, table, "node");
	a->points_flows = get_points(L, table);
	read_functions(L, a, table);
	read_like(L, a, table);
	read_refuses(L, a, table);
	read_survives(L, a, table);
	t->points = a->points_flows + a->points_refuses + a->points_survives;
	t->process = !str_ends(str_of(a->program), ".lua");
	lua_settop(L, table - 1);
}
