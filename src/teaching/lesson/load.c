/* Reads a check.lua: lesson { … }, vary { … }, shuffle "…", goals and the
 * tasks. */
#include "text/charset.h"
#include "base/err.h"
#include "base/folder.h"
#include "base/param.h"
#include "lesson/agent.h"
#include "script/surveillance.h"
#include "sweep/range.h"

#include "rules/rule_names.h"
#include "rules/rules.h"

#include <string.h>

#define POINTS_MAX  100
#define MINUTES_MAX 600
#define PREDICT_MAX 50

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

struct lesson *
lesson_of(lua_State *L)
{
	struct lesson *l;

	lua_getfield(L, LUA_REGISTRYINDEX, "rung.lesson");
	l = lua_touserdata(L, -1);
	lua_pop(L, 1);
	return l;
}

/* ---- fields ---- */

/* What a task may say beside its kind. */
static const char *const task_fields[] = { "points", "unit", "tolerance",
	"wrong", "why", "hint", "rule", "records", "ask", "key",
#define X(id, field, text) field,
	LESSON_KINDS(X)
#undef X
};
#define TASK_FIELDS (sizeof(task_fields) / sizeof(task_fields[0]))

static const char *const lesson_fields[] = { "minutes", "level", "tries",
	"set" };
#define LESSON_FIELDS (sizeof(lesson_fields) / sizeof(lesson_fields[0]))

/* Where a lesson says nothing else a wrong try costs as much as one hint. */
#define TRIES_USUAL 1

/* Raises where what stands at the index TABLE is none, or has a field that is
 * not of the N names. */
static void
check_fields(lua_State *L, int table, const char *what,
    const char *const *names, size_t n)
{
	if (!lua_istable(L, table))
		sandbox_error(L, _("%s needs its fields in braces: %s { … }"),
		    what, what);
	lua_pushnil(L);
	while (sandbox_next(L, table) != 0) {
		const char *key =
		    lua_type(L, -2) == LUA_TSTRING ? lua_tostring(L, -2) : "?";
		const char *near;
		size_t i = 0;

		lua_pop(L, 1);
		while (i < n && strcmp(names[i], key) != 0)
			i++;
		if (i < n)
			continue;
		near = param_nearest(str_of(key), names, n, sizeof(names[0]));
		if (near != NULL)
			sandbox_error(L,
			    _("%s has no field “%s”; did you mean “%s”?"), what,
			    key, near);
		sandbox_error(L, _("%s has no field “%s”"), what, key);
	}
}

/* Where something else stands, at most this is proposed. */
#define USUAL 30

/* A whole number FROM … TO in field NAME of the table at index 1, or
 * OTHERWISE. */
static unsigned
get_number(lua_State *L, const char *name, unsigned from, unsigned to,
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
		    _("%s is a number, so it stands without quotation marks: "
		      "%s = %s"),
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
	const char *text = NULL;
	int top = lua_gettop(L);

	index = lua_absindex(L, index);
	if (lua_type(L, index) == LUA_TSTRING)
		return lua_tostring(L, index);
	if (!lua_istable(L, index))
		return NULL;
	/* "zh_CN": field zh.  The texts stay alive in the table. */
	lua_pushlstring(L, i18n_language(), strcspn(i18n_language(), "_"));
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

static int
no_rule(lua_State *L, const char *name)
{
	const struct rule *first = rule_at((enum rule_id)(RULE_NONE + 1));
	struct diag d = DIAG_INIT;
	size_t n = 0;

	while (rule_at((enum rule_id)(n + 1)) != NULL)
		n++;
	diag_set(&d, ERR_NOTFOUND, NULL, 0,
	    str_starts(str_of(name), "rfc")
		? _("there is no rule “%s”; one is named by its section, as "
		    "rfc3261-17.1.1.2, or by its key, as ict-timer-a")
		: _("there is no rule “%s”"),
	    name);
	diag_meant(&d, ERR_NOTFOUND,
	    param_nearest(str_of(name), &first->key, n, sizeof(*first)));
	return sandbox_error_of(L, &d);
}

enum rule_id
lesson_get_rule(lua_State *L, int index)
{
	const struct rule *rule;
	const char *name;
	enum rule_id id = RULE_NONE;

	if (lua_getfield(L, index, "rule") != LUA_TNIL) {
		name = luaL_checkstring(L, -1);
		rule = rule_find(str_of(name), str_of(name));
		if (rule == NULL)
			no_rule(L, name);
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
		"key" };
	const size_t n = sizeof(names) / sizeof(names[0]);
	int entry = lua_gettop(L);

	lua_pushnil(L);
	while (sandbox_next(L, entry) != 0) {
		const char *key, *near;
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
		near = param_nearest(str_of(key), names, n, sizeof(names[0]));
		sandbox_error(L,
		    _("entry %d of %s has no field “%s”; did you mean “%s”?"),
		    i, field, key, near != NULL ? near : names[0]);
	}
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
		    _("a choice has one entry with right = true, and this one "
		      "has %u"),
		    right);
	if (t->kind == LESSON_CHOICE && lesson_of(L)->set == NULL &&
	    (right != 1 || t->noptions < 2))
		sandbox_error(L, _("a choice needs two entries or more, one of "
				   "them with right = true"));
}

static void
read_hints(lua_State *L, struct lesson_task *t)
{
	const char *text;

	bool one = lua_getfield(L, 1, "hint") == LUA_TSTRING;

	/* { "…", zh = "…" } is one text, too. */
	if (lua_istable(L, -1)) {
		one = lua_getfield(L, -1, "zh") != LUA_TNIL;
		lua_pop(L, 1);
	}
	if (one) {
		t->hints[t->nhints++] = lesson_get_text(L, -1);
	} else if (lua_istable(L, -1)) {
		for (int i = 1; lua_rawgeti(L, -1, i) != LUA_TNIL; i++) {
			text = lesson_get_text(L, -1);
			if (text == NULL || t->nhints == LESSON_HINTS_MAX)
				sandbox_error(L,
				    _("hint is a text or a list of up to %d"),
				    LESSON_HINTS_MAX);
			t->hints[t->nhints++] = text;
			lua_pop(L, 1);
		}
		lua_pop(L, 1);
	}
	lua_pop(L, 1);
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
			    kinds[kind].name, kinds[k].name);
		if (has)
			kind = (enum lesson_kind)k;
		lua_pop(L, 1);
	}
	if (kind == LESSON_KIND_COUNT)
		sandbox_error(
		    L, _("a task needs a kind: number, time, choice, "
			 "text, predict, draw, run, goal, find, build, "
			 "figure or agent"));
	return kind;
}

/* Which parts the table in field `find` has. */
static void
read_parts(lua_State *L, struct lesson_task *t)
{
	static const char *const parts[] = { "node", "rule", "record" };

	if (lua_getfield(L, 1, "find") == LUA_TTABLE) {
		check_fields(L, lua_gettop(L), "find", parts,
		    sizeof(parts) / sizeof(parts[0]));
		t->asks_node = lua_getfield(L, -1, "node") != LUA_TNIL;
		t->asks_rule = lua_getfield(L, -2, "rule") != LUA_TNIL;
		t->asks_record = lua_getfield(L, -3, "record") != LUA_TNIL;
		lua_pop(L, 3);
	}
	lua_pop(L, 1);
}

/* What is right stands in check.lua where that has a value, or options; else it
 * is looked for in the run. */
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
		t->predictions = get_number(L, "predict", 1, PREDICT_MAX, 5);
	if (t->kind == LESSON_FIND)
		read_parts(L, t);
	t->by_run = is_by_run(L, t);
	t->unit = lesson_get_text_field(L, 1, "unit");
}

/* task { … } */
static int
fn_task(lua_State *L)
{
	struct lesson *l = lesson_of(L);
	struct lesson_task *t;
	const char *file;

	check_fields(L, 1, "task", task_fields, TASK_FIELDS);
	lua_settop(L, 1);
	if (l->ntasks == LESSON_TASKS_MAX)
		return sandbox_error(
		    L, _("a lesson has %d tasks at most"), LESSON_TASKS_MAX);
	t = &l->tasks[l->ntasks].shown;
	memset(t, 0, sizeof(*t));
	t->number = (unsigned)l->ntasks + 1;
	l->tasks[l->ntasks].line = sandbox_line(L, &file);
	t->kind = find_kind(L);
	t->points = get_number(L, "points", 1, POINTS_MAX, 1) * LESSON_POINT;
	t->rule = lesson_get_rule(L, 1);
	t->text = str_of(lesson_get_text_field(L, 1, "ask"));
	t->why = lesson_get_text_field(L, 1, "why");
	read_kind(L, t);
	/* Of questions alone the parts are not known. */
	if (t->kind == LESSON_AGENT && l->set == NULL)
		lesson_read_agent(L, &l->tasks[l->ntasks].agent, &t->points);
	read_hints(L, t);
	l->tasks[l->ntasks++].table = luaL_ref(L, LUA_REGISTRYINDEX);
	return 0;
}

/* lesson { minutes=, level=, tries=, set= } */
static int
fn_lesson(lua_State *L)
{
	struct lesson *l = lesson_of(L);
	const char *set;

	check_fields(L, 1, "lesson", lesson_fields, LESSON_FIELDS);
	if (l->said)
		return sandbox_error(L, _("lesson { … } may stand only once"));
	l->said = true;
	l->minutes = get_number(L, "minutes", 1, MINUTES_MAX, 0);
	l->level = get_number(L, "level", 1, 3, 0);
	l->tries = get_number(L, "tries", 0, LESSON_HINTS_MAX, TRIES_USUAL);
	set = lesson_get_text_field(L, 1, "set");
	if (set != NULL && (set[0] == '\0' || l->ntasks > 0))
		return sandbox_error(
		    L, _("set is the name of a set, before all tasks"));
	if (set != NULL && (l->set = mem_strdup(set)) == NULL)
		return sandbox_error(L, "%s", err_text(ERR_NOMEM));
	return 0;
}

/* shuffle "midterm-busy"; of a set that was made of a set, the first counts. */
static int
fn_shuffle(lua_State *L)
{
	struct lesson *l = lesson_of(L);
	const char *name = luaL_checkstring(L, 1);

	if (l->shuffle == NULL && (l->shuffle = mem_strdup(name)) == NULL)
		return sandbox_error(L, "%s", err_text(ERR_NOMEM));
	return 0;
}

/* Raises where TEXT is no range, so that whoever writes it hears of it and not
 * the first student. */
static void
check_range(lua_State *L, const char *text)
{
	struct sweep_param p = { .text = NULL };
	struct diag d = DIAG_INIT;
	int err = sweep_param_read(&p, text, &d);
	uint64_t seed;

	for (size_t i = 0; err == 0 && i < p.n; i++)
		if (strcmp(p.name, "seed") == 0 &&
		    str_u64(str_of(p.values[i]), &seed) != 0)
			err = diag_set(&d, ERR_SYNTAX, NULL, 0,
			    _("“%s” is no seed, which is a whole number"),
			    p.values[i]);
	sweep_param_free(&p);
	if (err != 0)
		sandbox_error(L, _("vary: %s"),
		    d.text[0] != '\0' ? d.text : err_text(err));
}

/* vary { "node.attr=RANGE", … } */
static int
fn_vary(lua_State *L)
{
	struct lesson *l = lesson_of(L);

	luaL_checktype(L, 1, LUA_TTABLE);
	for (int i = 1; lua_rawgeti(L, 1, i) != LUA_TNIL; i++) {
		const char *text = luaL_checkstring(L, -1);

		if (l->nvaried == LESSON_VARIED_MAX)
			return sandbox_error(L,
			    _("vary has %d entries at most"),
			    LESSON_VARIED_MAX);
		check_range(L, text);
		l->varied[l->nvaried] = mem_strdup(text);
		if (l->varied[l->nvaried] == NULL)
			return sandbox_error(L, "%s", err_text(ERR_NOMEM));
		l->nvaried++;
		lua_pop(L, 1);
	}
	return 0;
}

static const struct sandbox_function functions[] = {
	{ "goal", lesson_fn_goal, 2, "goal(function(t) … end, \"…\")" },
	{ "lesson", fn_lesson, 1, "lesson { minutes = 20 }" },
	{ "shuffle", fn_shuffle, 1, "shuffle \"…\"" },
	{ "task", fn_task, 1, "task { … }" },
	{ "vary", fn_vary, 1, "vary { \"bob.answer=1s..5s:1s\" }" },
	{ NULL, NULL, 0, NULL },
};

static int
bind_functions(lua_State *L)
{
	lua_setfield(L, LUA_REGISTRYINDEX, "rung.lesson");
	lesson_bind_trace(L);
	lesson_bind_record(L);
	sandbox_bind_surveillance(L);
	sandbox_bind(L, functions);
	return 0;
}

/* ---- the whole ---- */

/* Each judging has its limit.  There is none for all of them: a lesson lives as
 * long as somebody tries. */
static struct sandbox_limits
check_limits(void)
{
	struct sandbox_limits limits = SANDBOX_LIMITS;

	limits.steps_all = UINT64_MAX;
	return limits;
}

static int
read_check(struct lesson *l, struct str text, struct diag *d)
{
	const struct sandbox_limits limits = check_limits();
	int err = sandbox_create(&l->sb, &limits, NULL);

	l->hash = str_hash(text);
	if (err == 0)
		err = sandbox_protect(l->sb, bind_functions, l, d);
	if (err == 0)
		err = charset_check(text, l->file, d);
	if (err == 0)
		err = sandbox_load(l->sb, text, l->file, d);
	if (err == 0 && !l->said && l->ntasks == 0 && l->nvaried == 0 &&
	    l->ngoals == 0)
		err = diag_set(d, ERR_SYNTAX, l->file, 0,
		    _("says nothing: it needs lesson { minutes = 20 } and a "
		      "task { … } for each task of the handout"));
	return err;
}

/* A task's wording is its item of the handout. */
static void
take_texts(struct lesson *l)
{
	for (size_t i = 0; i < l->ntasks && i < l->handout.ntasks; i++)
		l->tasks[i].shown.text = l->handout.tasks[i];
}

int
lesson_name_commands(struct lesson *l, const char *copy)
{
	struct str name = folder_name(l->folder), text;
	struct buf lab = BUF_INIT, named = BUF_INIT;
	int err;

	if (copy == NULL && l->student[0] == '\0')
		return 0;
	if (copy != NULL && (l->copy = mem_strdup(copy)) == NULL)
		return ERR_NOMEM;
	text = buf_view(&l->handout.text);
	buf_str(&lab, name);
	err = lab.err;
	if (err == 0)
		err = copy != NULL
			  ? handout_put_copy(text, buf_cstr(&lab), copy, &named)
			  : handout_put_student(
				text, buf_cstr(&lab), l->student, &named);
	buf_free(&lab);
	if (err != 0) {
		buf_free(&named);
		return err;
	}
	buf_free(&l->handout.text);
	l->handout.text = named;
	handout_find_tasks(&l->handout);
	take_texts(l);
	return 0;
}

/* The path of check.lua in FOLDER; the caller frees. */
static char *
check_path(const char *folder)
{
	struct buf path = BUF_INIT;

	buf_printf(&path, "%s/" LESSON_CHECK, folder);
	return buf_take(&path);
}

int
lesson_take_texts(struct lesson **out, const char *folder, struct str check,
    struct str handout, const char *student, struct diag *d)
{
	struct lesson *l = mem_zalloc(1, sizeof(*l));
	int err = ERR_NOMEM;

	*out = NULL;
	if (l != NULL) {
		l->tries = TRIES_USUAL;
		l->folder = mem_strdup(folder);
		l->file = check_path(folder);
		l->student = mem_strdup(student);
		buf_str(&l->handout.text, handout);
	}
	if (l != NULL && l->folder != NULL && l->file != NULL &&
	    l->student != NULL)
		err = l->handout.text.err;
	if (err == 0)
		err = read_check(l, check, d);
	if (err != 0) {
		lesson_destroy(l);
		return diag_set(d, err, NULL, 0, "%s", err_text(err));
	}
	handout_find_tasks(&l->handout);
	take_texts(l);
	lesson_shuffle(l);
	*out = l;
	return 0;
}

void
lesson_destroy(struct lesson *l)
{
	if (l == NULL)
		return;
	if (l->sb != NULL)
		sandbox_destroy(l->sb);
	handout_free(&l->handout);
	for (size_t i = 0; i < l->nvaried; i++)
		mem_free(l->varied[i]);
	for (size_t i = 0; i < LESSON_TASKS_MAX; i++)
		mem_free(l->tasks[i].agent);
	mem_free(l->copy);
	mem_free(l->folder);
	mem_free(l->file);
	mem_free(l->student);
	mem_free(l->set);
	mem_free(l->shuffle);
	mem_free(l);
}

size_t
lesson_count(const struct lesson *l)
{
	return l->ntasks;
}

const struct lesson_task *
lesson_task(const struct lesson *l, size_t i)
{
	return &l->tasks[i].shown;
}

unsigned
lesson_minutes(const struct lesson *l)
{
	return l->minutes;
}

unsigned
lesson_level(const struct lesson *l)
{
	return l->level;
}

unsigned
lesson_tries(const struct lesson *l)
{
	return l->tries;
}

unsigned
lesson_points(const struct lesson *l)
{
	unsigned sum = 0;

	for (size_t i = 0; i < l->ntasks; i++)
		sum += l->tasks[i].shown.points;
	return sum;
}

const char *
lesson_varied(const struct lesson *l, size_t i)
{
	return i < l->nvaried ? l->varied[i] : NULL;
}

const char *
lesson_set(const struct lesson *l)
{
	return l->set != NULL ? l->set : "";
}

bool
lesson_is_shuffled(const struct lesson *l)
{
	return l->shuffle != NULL;
}

const char *
lesson_file(const struct lesson *l)
{
	return l->file;
}

const char *
lesson_student(const struct lesson *l)
{
	return l->student;
}

bool
lesson_tells_other_tasks(const struct lesson *l, size_t *told)
{
	*told = l->handout.ntasks;
	return l->handout.text.n > 0 && l->set == NULL && *told != l->ntasks;
}

struct str
lesson_handout(const struct lesson *l)
{
	return buf_view(&l->handout.text);
}
