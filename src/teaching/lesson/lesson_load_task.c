/*
 * Reads the tasks of a check.lua.  A task may have others next to it, of which
 * a student's number draws one.
 */
#include "base/err.h"
#include "base/param.h"
#include "lesson/agent.h"

#include "outcome/outcome.h"
#include "rules/rule_names.h"
#include "rules/rules.h"

#include <stdio.h>
#include <string.h>

#define POINTS_MAX  100
#define PREDICT_MAX 50
#define GIVEN_MAX   20

static const struct {
	const char *name, *text;
} kinds[] = {
#define X(id, field, text) { field, text },
	LESSON_KINDS(X)
#undef X
};

const char *
lesson_kind_name(enum lesson_kind kind)
{
	return kinds[kind].name;
}

const char *
lesson_kind_text(enum lesson_kind kind)
{
	return i18n_text(kinds[kind].text);
}

bool
lesson_kind_is_written(enum lesson_kind kind)
{
	return kind != LESSON_PREDICT && kind != LESSON_GOAL &&
	       kind != LESSON_BUILD && kind != LESSON_FIGURE &&
	       kind != LESSON_AGENT;
}

/* ---- fields ---- */

/* What a task may say beside its kind; one of its others not the first two. */
static const char *const task_fields[] = {
	"points", "others", "unit", "tolerance", "wrong", "why", "hint", "rule",
	"records", "ask", "key", "ahead", "given", "outcome",
#define X(id, field, text) field,
	LESSON_KINDS(X)
#undef X
};
#define TASK_ALONE 2

/* Raises where the value at the index TABLE is not a table, or has a field that
 * is not of the N names. */
void
lesson_check_fields(lua_State *L, int table, const char *what,
    const char *const *names, size_t n)
{
	if (!lua_istable(L, table))
		sandbox_error(L, _("%s needs its fields in braces: %s { … }"),
		    what, what);
	lua_pushnil(L);
	while (sandbox_next(L, table) != 0) {
		const char *key =
		    lua_type(L, -2) == LUA_TSTRING ? lua_tostring(L, -2) : "?";
		struct diag d = DIAG_INIT;
		size_t i = 0;

		lua_pop(L, 1);
		while (i < n && strcmp(names[i], key) != 0)
			i++;
		if (i < n)
			continue;
		diag_set(&d, ERR_NOTFOUND, NULL, 0, _("%s has no field “%s”"),
		    what, key);
		sandbox_error_one_of(L, &d, key, names, n, sizeof(names[0]));
	}
}

/* Where something else stands, at most this is proposed. */
#define USUAL 30

/* A whole number FROM … TO in field NAME of the table at index 1, or
 * OTHERWISE. */
unsigned
lesson_get_number(lua_State *L, const char *name, unsigned from, unsigned to,
    unsigned otherwise)
{
	lua_Integer n;
	int whole = 1;

	if (lua_getfield(L, 1, name) == LUA_TNIL) {
		lua_pop(L, 1);
		return otherwise;
	}
	if (lua_type(L, -1) == LUA_TSTRING && !lua_isnumber(L, -1))
		sandbox_error(L, _("%s is a number: %s = %u"), name, name,
		    to > USUAL ? USUAL : to);
	if (lua_type(L, -1) == LUA_TSTRING)
		sandbox_error(L,
		    _("%s is a number; write it without quotation marks: %s = "
		      "%s"),
		    name, name, lua_tostring(L, -1));
	n = lua_tointegerx(L, -1, &whole);
	lua_pop(L, 1);
	if (!whole || n < from || n > to)
		sandbox_error(
		    L, _("%s is a number from %u to %u"), name, from, to);
	return (unsigned)n;
}

const char *
lesson_get_text(lua_State *L, int index)
{
	return lesson_get_text_in(L, index, i18n_language());
}

const char *
lesson_get_text_in(lua_State *L, int index, const char *lang)
{
	const char *text = NULL;
	int top = lua_gettop(L);

	index = lua_absindex(L, index);
	if (lua_type(L, index) == LUA_TSTRING)
		return lua_tostring(L, index);
	if (!lua_istable(L, index))
		return NULL;
	/* "zh_CN": field zh.  The texts stay alive in the table. */
	lua_pushlstring(L, lang, strcspn(lang, "_"));
	if (lua_rawget(L, index) == LUA_TSTRING)
		text = lua_tostring(L, -1);
	if (text == NULL && lua_rawgeti(L, index, 1) == LUA_TSTRING)
		text = lua_tostring(L, -1);
	lua_settop(L, top);
	return text;
}

const char *
lesson_get_text_field(lua_State *L, int index, const char *name)
{
	const char *text;

	lua_getfield(L, index, name);
	text = lesson_get_text(L, -1);
	lua_pop(L, 1);
	return text;
}

enum rule_id
lesson_get_rule(lua_State *L, int index)
{
	struct diag d = DIAG_INIT;
	const struct rule *rule;
	const char *name;
	enum rule_id id = RULE_NONE;

	if (lua_getfield(L, index, "rule") != LUA_TNIL) {
		name = luaL_checkstring(L, -1);
		rule = rule_find(str_of(name), str_of(name));
		if (rule == NULL && rule_refuse(str_of(name), &d) != 0)
			sandbox_error_of(L, &d);
		while (id < RULE_COUNT && rule_at(id) != rule)
			id++;
	}
	lua_pop(L, 1);
	return id;
}

/* ---- tasks ---- */

/* Raises where the entry on top of the stack, number I of FIELD, has a name
 * that is none of an entry's, nor of a language. */
static void
check_entry(lua_State *L, int i, const char *field)
{
	static const char *const names[] = { "right", "rule", "why", "records",
		"key", "set" };
	/* The last is an agent's. */
	const size_t n = COUNT_OF(names) - (strcmp(field, "agent") != 0);
	int entry = lua_gettop(L);

	lua_pushnil(L);
	while (sandbox_next(L, entry) != 0) {
		struct diag d = DIAG_INIT;
		const char *key;
		bool known = lua_type(L, -2) != LUA_TSTRING;

		lua_pop(L, 1);
		if (known)
			continue;
		key = lua_tostring(L, -1);
		known = strlen(key) == 2;
		for (size_t k = 0; k < n && !known; k++)
			known = strcmp(key, names[k]) == 0;
		if (known)
			continue;
		diag_set(&d, ERR_NOTFOUND, NULL, 0,
		    _("entry %d of %s has no field “%s”"), i, field, key);
		sandbox_error_one_of(L, &d, key, names, n, sizeof(names[0]));
	}
}

/* Raises where the entry on top of the stack is not a condition of a goal. */
static void
check_condition(lua_State *L, const struct lesson_task *t)
{
	bool is = lua_istable(L, -1);

	if ((t->kind != LESSON_GOAL && t->kind != LESSON_BUILD) ||
	    lesson_of(L)->set != NULL)
		return;
	if (is) {
		is = lua_rawgeti(L, -1, 2) == LUA_TFUNCTION;
		lua_pop(L, 1);
	}
	if (!is)
		sandbox_error(
		    L, _("a condition is { \"text\", function(t) … end }"));
}

/* The options of a choice, the conditions of a goal: the array in field FIELD
 * of the task at index 1. */
static void
read_options(lua_State *L, struct lesson_task *t, const char *field)
{
	unsigned right = 0;

	lua_getfield(L, 1, field);
	if (!lua_istable(L, -1))
		sandbox_error(L, _("%s needs a list in braces"), field);
	for (int i = 1; lua_rawgeti(L, -1, i) != LUA_TNIL; i++) {
		struct lesson_option *o = &t->options[t->noptions];

		if (t->noptions == LESSON_OPTIONS_MAX)
			sandbox_error(L, _("%s has more than %d entries"),
			    field, LESSON_OPTIONS_MAX);
		o->entry = (unsigned)i;
		o->text = lesson_get_text(L, -1);
		if (o->text == NULL)
			sandbox_error(
			    L, _("entry %d of %s needs a text"), i, field);
		check_condition(L, t);
		if (lua_istable(L, -1)) {
			check_entry(L, i, field);
			o->rule = lesson_get_rule(L, -1);
			o->why = lesson_get_text_field(L, -1, "why");
			lua_getfield(L, -1, "right");
			o->right = lua_toboolean(L, -1);
			lua_pop(L, 1);
		}
		right += o->right;
		t->noptions++;
		lua_pop(L, 1);
	}
	lua_pop(L, 2);
	if (t->noptions == 0)
		sandbox_error(L, _("%s needs a list in braces"), field);
	if (t->kind == LESSON_CHOICE && lesson_of(L)->set == NULL && right > 1)
		sandbox_error(L,
		    _("a choice must have one entry with right = true; this "
		      "one has %u"),
		    right);
	if (t->kind == LESSON_CHOICE && lesson_of(L)->set == NULL &&
	    (right != 1 || t->noptions < 2))
		sandbox_error(L, _("a choice needs two entries or more, one of "
				   "them with right = true"));
}

static void
read_hint(lua_State *L, struct lesson_task *t)
{
	const char *text = lesson_get_text(L, -1);

	if (text == NULL || t->nhints == LESSON_HINTS_MAX)
		sandbox_error(L, _("hint is a text or a list of up to %d"),
		    LESSON_HINTS_MAX);
	t->hints[t->nhints++] = text;
}

static void
read_hints(lua_State *L, struct lesson_task *t)
{
	bool none = lua_getfield(L, 1, "hint") == LUA_TNIL, one = true;

	/* { "…", zh = "…" } is one text as well. */
	if (lua_istable(L, -1)) {
		one = lua_getfield(L, -1, "zh") != LUA_TNIL ||
		      lua_rawlen(L, -2) == 0;
		lua_pop(L, 1);
	}
	if (one && !none)
		read_hint(L, t);
	for (int i = 1; !one && lua_rawgeti(L, -1, i) != LUA_TNIL; i++) {
		read_hint(L, t);
		lua_pop(L, 1);
	}
	lua_settop(L, 1);
}

#define OF(type) (1u << (type))

/* Fields of a task: the types that they may have, none for a text in one
 * language or several. */
static const struct {
	const char *name;
	unsigned types;
	const char *example;
} field_types[] = {
	{ "ask", 0, "\"…\"" },
	{ "why", 0, "\"…\"" },
	{ "unit", 0, "\"…\"" },
	{ "wrong", OF(LUA_TTABLE), "{ { 3, why = \"…\" } }" },
	{ "ahead", OF(LUA_TBOOLEAN) | OF(LUA_TFUNCTION), "true" },
	{ "records", OF(LUA_TFUNCTION) | OF(LUA_TTABLE) | OF(LUA_TUSERDATA),
	    "function(t) … end" },
};

/* Raises where a field of the task at index 1 is of a wrong type. */
static void
check_types(lua_State *L)
{
	for (size_t i = 0; i < COUNT_OF(field_types); i++) {
		int type = lua_getfield(L, 1, field_types[i].name);
		bool good = field_types[i].types != 0
				? (field_types[i].types & OF(type)) != 0
				: lesson_get_text(L, -1) != NULL;

		if (type != LUA_TNIL && !good)
			sandbox_error(L,
			    _("%s is of the wrong kind; it is written %s = %s"),
			    field_types[i].name, field_types[i].name,
			    field_types[i].example);
		lua_pop(L, 1);
	}
}

/* Raises where the value at INDEX is a text and no word of an outcome. */
static void
check_outcome(lua_State *L, int index)
{
	struct diag d = DIAG_INIT;
	struct str word;

	word.p = lua_tolstring(L, index, &word.n);
	if (word.p == NULL || outcome_find_id(word) != OUTCOME_COUNT)
		return;
	diag_set(
	    &d, ERR_NOTFOUND, NULL, 0, _("there is no outcome “%s”"), word.p);
	diag_meant(&d, ERR_NOTFOUND, outcome_nearest(word));
	sandbox_error_of(L, &d);
}

/* Who asks for an outcome asks for a text that is one of its words: the task at
 * index 1 gets the field of that in its place, since it may be read again. */
static void
read_outcome(lua_State *L)
{
	if (lua_getfield(L, 1, "outcome") == LUA_TNIL) {
		lua_pop(L, 1);
		return;
	}
	if (lua_getfield(L, 1, "text") != LUA_TNIL)
		sandbox_error(
		    L, _("a task is of one kind: %s or %s"), "outcome", "text");
	lua_pop(L, 1);
	check_outcome(L, -1);
	if (lua_istable(L, -1))
		for (int i = 1; lua_rawgeti(L, 2, i) != LUA_TNIL; i++) {
			check_outcome(L, -1);
			lua_pop(L, 1);
		}
	lua_settop(L, 2);
	lua_setfield(L, 1, "text");
	lua_pushnil(L);
	lua_setfield(L, 1, "outcome");
}

/* `ahead` is said of a task, or, as a number, how many messages are to be
 * predicted: a task of that kind, which has been called `predict` and may be.
 */
static void
read_ahead(lua_State *L, struct lesson_task *t)
{
	if (lua_getfield(L, 1, "ahead") != LUA_TNUMBER) {
		t->ahead = lua_toboolean(L, -1);
		lua_pop(L, 1);
		return;
	}
	if (lua_getfield(L, 1, "predict") != LUA_TNIL)
		sandbox_error(L, _("a task is of one kind: %s or %s"), "ahead",
		    "predict");
	lesson_get_number(L, "ahead", 1, PREDICT_MAX, 1);
	lua_settop(L, 2);
	lua_setfield(L, 1, "predict");
	lua_pushnil(L);
	lua_setfield(L, 1, "ahead");
}

/* The field that says that a task is of KIND, by its own name. */
static const char *
field_of(enum lesson_kind kind)
{
	return kind == LESSON_PREDICT ? "ahead" : kinds[kind].name;
}

/* The one field that says what kind of task it is. */
static enum lesson_kind
find_kind(lua_State *L)
{
	enum lesson_kind kind = LESSON_KIND_COUNT;

	for (int k = 0; k < LESSON_KIND_COUNT; k++) {
		bool has = lua_getfield(L, 1, kinds[k].name) != LUA_TNIL;

		if (has && kind != LESSON_KIND_COUNT)
			sandbox_error(L, _("a task is of one kind: %s or %s"),
			    field_of(kind), field_of((enum lesson_kind)k));
		if (has)
			kind = (enum lesson_kind)k;
		lua_pop(L, 1);
	}
	if (kind == LESSON_KIND_COUNT)
		sandbox_error(L,
		    _("a task needs a kind: number, time, choice, "
		      "text, outcome, draw, run, goal, find, build, figure or "
		      "agent"));
	return kind;
}

/* Which parts the table in field `find` has. */
static void
read_parts(lua_State *L, struct lesson_task *t)
{
	static const char *const parts[] = { "node", "rule", "record" };

	if (lua_getfield(L, 1, "find") == LUA_TTABLE) {
		lesson_check_fields(
		    L, lua_gettop(L), "find", parts, COUNT_OF(parts));
		t->asks_node = lua_getfield(L, -1, "node") != LUA_TNIL;
		t->asks_rule = lua_getfield(L, -2, "rule") != LUA_TNIL;
		t->asks_record = lua_getfield(L, -3, "record") != LUA_TNIL;
		lua_pop(L, 3);
	}
	lua_pop(L, 1);
}

/* The right answer is in check.lua where that has a value, or options; else
 * it is looked for in the run. */
static bool
is_by_run(lua_State *L, const struct lesson_task *t)
{
	bool function;

	if (t->kind == LESSON_DRAW || t->kind == LESSON_PREDICT ||
	    t->kind == LESSON_FIGURE)
		return true;
	if (t->kind == LESSON_FIND)
		return t->asks_record;
	lua_getfield(L, 1, kinds[t->kind].name);
	function = lua_isfunction(L, -1);
	lua_pop(L, 1);
	return function;
}

static void
read_kind(lua_State *L, struct lesson_task *t)
{
	bool alone = lesson_of(L)->set != NULL;

	/* Of a run nothing is asked but its sentence. */
	if (t->kind == LESSON_CHOICE || (t->kind == LESSON_RUN && !alone) ||
	    t->kind == LESSON_GOAL || t->kind == LESSON_BUILD ||
	    t->kind == LESSON_FIGURE || t->kind == LESSON_AGENT)
		read_options(L, t, kinds[t->kind].name);
	if (t->kind == LESSON_PREDICT)
		t->predictions =
		    lesson_get_number(L, "predict", 1, PREDICT_MAX, 5);
	if (t->kind == LESSON_DRAW)
		t->given = lesson_get_number(L, "given", 1, GIVEN_MAX, 0);
	if (t->kind == LESSON_FIND)
		read_parts(L, t);
	t->by_run = is_by_run(L, t);
	t->unit = lesson_get_text_field(L, 1, "unit");
}

void
lesson_read_task(lua_State *L, struct lesson_task *t)
{
	read_outcome(L);
	read_ahead(L, t);
	t->kind = find_kind(L);
	t->points =
	    lesson_get_number(L, "points", 1, POINTS_MAX, 1) * LESSON_POINT;
	t->rule = lesson_get_rule(L, 1);
	check_types(L);
	t->text = str_of(lesson_get_text_field(L, 1, "ask"));
	t->why = lesson_get_text_field(L, 1, "why");
	read_kind(L, t);
	read_hints(L, t);
}

/* ---- its others ---- */

/* The entry on top of the stack, number I of the others of the task at index 1,
 * is a task that says what it asks, and is worth as much.  Raises. */
static void
check_other(lua_State *L, int i)
{
	lesson_check_fields(L, lua_gettop(L), "others",
	    task_fields + TASK_ALONE, COUNT_OF(task_fields) - TASK_ALONE);
	if (lesson_get_text_field(L, -1, "ask") == NULL)
		sandbox_error(L,
		    _("entry %d of others needs what it asks: ask = \"…\""), i);
	lua_getfield(L, 1, "points");
	lua_setfield(L, -2, "points");
}

/* The entry at index 1 can be read. */
static int
try_other(lua_State *L)
{
	struct lesson_task t = { .number = 1 };

	lesson_read_task(L, &t);
	return 0;
}

/* Puts the one of the others of L's next task, at index 1, that the student's
 * number draws in its place; which, from 1, 0: it is the task itself.  Without
 * a number it is. */
static unsigned
choose_other(lua_State *L, const struct lesson *l)
{
	unsigned n = 0, chosen = 0;
	char what[32];

	if (lua_getfield(L, 1, "others") == LUA_TNIL) {
		lua_pop(L, 1);
		return 0;
	}
	if (!lua_istable(L, -1))
		sandbox_error(L, _("%s needs a list in braces"), "others");
	while (lua_pushcfunction(L, try_other),
	    lua_rawgeti(L, 2, (int)n + 1) != LUA_TNIL) {
		check_other(L, (int)++n);
		lua_call(L, 1, 0);
	}
	lua_settop(L, 2);
	snprintf(what, sizeof(what), "task %zu", l->ntasks + 1);
	if (l->student[0] != '\0')
		chosen = (unsigned)(lesson_draw(l, what) % (n + 1));
	if (chosen > 0) {
		lua_rawgeti(L, -1, chosen);
		lua_replace(L, 1);
	}
	lua_settop(L, 1);
	return chosen;
}

/* task { … } */
int
lesson_fn_task(lua_State *L)
{
	struct lesson *l = lesson_of(L);
	struct lesson_task *t;
	const char *file;

	lesson_check_fields(L, 1, "task", task_fields, COUNT_OF(task_fields));
	lua_settop(L, 1);
	if (l->ntasks == LESSON_TASKS_MAX)
		return sandbox_error(
		    L, _("a lesson has %d tasks at most"), LESSON_TASKS_MAX);
	t = &l->tasks[l->ntasks].shown;
	memset(t, 0, sizeof(*t));
	t->number = (unsigned)l->ntasks + 1;
	l->tasks[l->ntasks].line = sandbox_line(L, &file);
	t->other = choose_other(L, l);
	lesson_read_task(L, t);
	/* Of questions alone the parts are not known. */
	if (t->kind == LESSON_AGENT && l->set == NULL)
		lesson_read_agent(L, &l->tasks[l->ntasks].agent, t);
	l->tasks[l->ntasks++].table = luaL_ref(L, LUA_REGISTRYINDEX);
	return 0;
}
