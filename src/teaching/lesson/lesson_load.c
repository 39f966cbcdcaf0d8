/*
 * Reads a check.lua: lesson { … }, vary { … }, shuffle "…", goals; its
 * tasks are lesson_load_task.c.
 */
#include "base/err.h"
#include "base/folder.h"
#include "lesson/lesson_in.h"
#include "runs/run.h"
#include "script/sandbox.h"
#include "sweep/range.h"
#include "text/charset.h"

#define MINUTES_MAX 600

struct lesson *
lesson_of(lua_State *L)
{
	return sandbox_arg(L);
}

static const char *const lesson_fields[] = { "minutes", "level", "tries",
	"set" };

/* Where a lesson says nothing else a wrong try costs as much as one hint. */
#define TRIES_USUAL 1

/* lesson { minutes=, level=, tries=, set= } */
static int
fn_lesson(lua_State *L)
{
	struct lesson *l = lesson_of(L);
	const char *set;

	lesson_check_fields(
	    L, 1, "lesson", lesson_fields, COUNT_OF(lesson_fields));
	if (l->said)
		return sandbox_error(L, _("lesson { … } may appear only once"));
	l->said = true;
	l->minutes = lesson_get_number(L, "minutes", 1, MINUTES_MAX, 0);
	l->level = lesson_get_number(L, "level", 1, 3, 0);
	l->tries =
	    lesson_get_number(L, "tries", 0, LESSON_HINTS_MAX, TRIES_USUAL);
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

/* Raises where TEXT is not a range, so that the author is told and not the
 * first student. */
static void
check_range(lua_State *L, const char *text)
{
	struct sweep_param p = { .text = NULL };
	struct diag d = DIAG_INIT;
	int err = sweep_param_read(&p, text, &d);
	struct str name, value;
	uint64_t seed;

	for (size_t i = 0; err == 0 && i < p.n; i++)
		for (size_t k = 0; sweep_param_get(&p, i, k, &name, &value);
		     k++)
			if (str_is(name, "seed") && str_u64(value, &seed) != 0)
				err = diag_set(&d, ERR_SYNTAX, NULL, 0,
				    _("“%.*s” is not a seed; a seed is a whole "
				      "number"),
				    STR_ARG(value));
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

/* goal(function, text), for a check.lua. */
static int
lesson_fn_goal(lua_State *L)
{
	struct lesson *l = lesson_of(L);

	luaL_checktype(L, 1, LUA_TFUNCTION);
	if (!lua_isnoneornil(L, 2) && lesson_get_text(L, 2) == NULL)
		return sandbox_error(
		    L, _("goal needs a function and a text that says what it "
			 "asks for: goal(function(t) … end, \"…\")"));
	if (l->ngoals == LESSON_GOALS_MAX)
		return sandbox_error(
		    L, _("a lab has %d goals at most"), LESSON_GOALS_MAX);
	lua_settop(L, 2);
	l->goals[l->ngoals].text = lesson_get_text(L, 2);
	/* The text lives as long as what holds it. */
	l->goals[l->ngoals].held = luaL_ref(L, LUA_REGISTRYINDEX);
	l->goals[l->ngoals++].function = luaL_ref(L, LUA_REGISTRYINDEX);
	return 0;
}

static const struct sandbox_function functions[] = {
	{ "goal", lesson_fn_goal, 2, "goal(function(t) … end, \"…\")" },
	{ "lesson", fn_lesson, 1, "lesson { minutes = 20 }" },
	{ "shuffle", fn_shuffle, 1, "shuffle \"…\"" },
	{ "task", lesson_fn_task, 1, "task { … }" },
	{ "vary", fn_vary, 1, "vary { \"bob.answer=1s..5s:1s\" }" },
	{ NULL, NULL, 0, NULL },
};

static int
lesson_load_bind_functions(lua_State *L)
{
	lesson_bind_trace(L);
	lesson_bind_record(L);
	sandbox_bind_surveillance(L);
	sandbox_bind(L, functions);
	return 0;
}

/* ---- the whole ---- */

/* Each judging has its limit.  There is none for all of them: a lesson lives as
 * long as a student tries. */
static struct sandbox_limits
lesson_load_check_limits(void)
{
	struct sandbox_limits limits = SANDBOX_LIMITS;

	limits.steps_all = UINT64_MAX;
	return limits;
}

static int
read_check(struct lesson *l, struct str text, struct diag *d)
{
	const struct sandbox_limits limits = lesson_load_check_limits();
	const struct sandbox_host host = { .bind = lesson_load_bind_functions,
		.script = text,
		.file = l->file,
		.arg = l };
	int err = charset_check(text, l->file, d);

	l->hash = str_hash(text);
	if (err == 0)
		err = diag_fail(d, sandbox_create(&l->sb, &limits, &host));
	if (err == 0)
		err = sandbox_load(l->sb, text, l->file, d);
	if (err == 0 && !l->said && l->ntasks == 0 && l->nvaried == 0 &&
	    l->ngoals == 0)
		err = diag_set(d, ERR_SYNTAX, l->file, 0,
		    _("is empty: it needs lesson { minutes = 20 } and a task { "
		      "… } for each task of the handout"));
	return err;
}

/* ---- the handout ---- */

struct replacing {
	struct lesson *l;
	struct handout *h;
	const char *lang;
	int err;
};

/* The struct replacing is at index 1.  The handout has its texts when this
 * ends, in whatever way. */
static int
replace_tasks(lua_State *L)
{
	struct replacing *r = lua_touserdata(L, 1);
	struct lesson *l = r->l;

	for (size_t i = 0; i < l->ntasks && i < r->h->ntasks && r->err == 0;
	     i++) {
		if (l->tasks[i].shown.other == 0)
			continue;
		lua_rawgeti(L, LUA_REGISTRYINDEX, l->tasks[i].table);
		lua_getfield(L, -1, "ask");
		r->err = handout_replace_task(
		    r->h, i, str_of(lesson_get_text_in(L, -1, r->lang)));
		lua_settop(L, 1);
	}
	return 0;
}

/* H, L's handout in the language LANG, asks what L asks. */
static int
ask_tasks(struct lesson *l, struct handout *h, const char *lang, struct diag *d)
{
	struct replacing r = { .l = l, .h = h, .lang = lang };
	unsigned others = 0;
	int err = 0;

	for (size_t i = 0; i < l->ntasks; i++)
		others += l->tasks[i].shown.other > 0;
	if (others > 0)
		err = sandbox_protect(l->sb, replace_tasks, &r, d);
	if (err == 0)
		err = r.err;
	for (size_t i = 0; err == 0 && i < l->ntasks && i < h->ntasks; i++)
		if (l->tasks[i].shown.ahead)
			err = handout_ask_first(h, i);
	return err;
}

int
lesson_put_handout(struct lesson *l, struct str text, const char *lang,
    struct buf *out, struct diag *d)
{
	LOCAL(handout_free) struct handout h = HANDOUT_INIT;
	int err;

	buf_str(&h.text, text);
	err = h.text.err;
	handout_find_tasks(&h);
	if (err == 0)
		err = ask_tasks(l, &h, lang, d);
	for (size_t i = 0; err == 0 && i < l->ntasks && i < h.ntasks; i++)
		if (l->tasks[i].given != NULL)
			err =
			    handout_add_lines(&h, i, str_of(l->tasks[i].given));
	buf_str(out, buf_view(&h.text));
	return err != 0 ? err : out->err;
}

/* A task's wording is its item of the handout. */
static void
take_texts(struct lesson *l)
{
	for (size_t i = 0; i < l->ntasks && i < l->handout.ntasks; i++)
		l->tasks[i].shown.text = l->handout.tasks[i];
}

bool
lesson_gives(const struct lesson *l)
{
	bool gives = false;

	for (size_t i = 0; l->set == NULL && i < l->ntasks; i++)
		gives |= l->tasks[i].shown.given > 0;
	return gives;
}

int
lesson_take_given(struct lesson *l, const struct trace *lab, struct diag *d)
{
	int err = 0;

	if (!lesson_gives(l) || !trace_complete(lab))
		return 0;
	for (size_t i = 0; err == 0 && i < l->ntasks; i++) {
		LOCAL_BUF lines = BUF_INIT;

		if (l->tasks[i].shown.given == 0 || l->tasks[i].given != NULL)
			continue;
		err = judge_put_given(l, i, lab, &lines, d);
		if (err == 0 && i < l->handout.ntasks)
			err =
			    handout_add_lines(&l->handout, i, buf_view(&lines));
		if (err == 0 && (l->tasks[i].given = buf_take(&lines)) == NULL)
			err = ERR_NOMEM;
	}
	take_texts(l);
	return diag_fail(d, err);
}

int
lesson_name_commands(struct lesson *l, const char *copy)
{
	struct str name = folder_name(l->folder), text;
	LOCAL_BUF lab = BUF_INIT, named = BUF_INIT;
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
	if (err != 0)
		return err;
	buf_free(&l->handout.text);
	buf_move(&l->handout.text, &named);
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
	if (err == 0) {
		handout_find_tasks(&l->handout);
		err = ask_tasks(l, &l->handout, i18n_language(), d);
	}
	if (err != 0) {
		lesson_destroy(l);
		return diag_fail(d, err);
	}
	take_texts(l);
	lesson_shuffle(l);
	*out = l;
	return 0;
}

void
lesson_prepare(void)
{
	const struct sandbox_host host = { .bind = lesson_load_bind_functions };

	sandbox_prepare(&host);
	run_prepare();
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
	for (size_t i = 0; i < LESSON_TASKS_MAX; i++) {
		mem_free(l->tasks[i].agent);
		mem_free(l->tasks[i].given);
	}
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

/* ---- goal(function(t) … end): what a lab asks of each run of a search ---- */

size_t
lesson_goals(const struct lesson *l)
{
	return l->ngoals;
}

const char *
lesson_goal_text(const struct lesson *l, size_t i)
{
	return l->goals[i].text;
}

struct asking {
	struct lesson *lesson;
	int function;
	bool holds;
	uint64_t record;
};

static int
lesson_load_ask_body(lua_State *L)
{
	struct asking *a = lua_touserdata(L, 1);
	size_t of;
	uint64_t seq;

	lua_settop(L, 0);
	lua_rawgeti(L, LUA_REGISTRYINDEX, a->function);
	lesson_push_trace(L, 0);
	lua_call(L, 1, 2);
	a->holds = lua_toboolean(L, 1);
	if (lesson_get_record(L, 2, &of, &seq) ||
	    lesson_get_record(L, 1, &of, &seq))
		a->record = seq;
	return 0;
}

int
lesson_ask_function(struct lesson *l, int function, const struct trace *t,
    bool *holds, uint64_t *record, struct diag *d)
{
	struct asking a = { .lesson = l, .function = function };
	int err;

	l->turn++;
	l->ntraces = 0;
	l->traces[l->ntraces++] = t;
	l->missed[0] = '\0';
	err = sandbox_protect(l->sb, lesson_load_ask_body, &a, d);
	if (err != 0 && d != NULL)
		lesson_say_missed(l, d);
	l->turn++;
	l->ntraces = 0;
	*holds = a.holds;
	*record = a.record;
	return err;
}

/* Whether goal I holds of T, a whole run; *RECORD shows it, 0: none does.  0 or
 * D's error, that of the goal itself; behind a limit that was hit L answers
 * nothing more. */
static int
lesson_ask_goal(struct lesson *l, size_t i, const struct trace *t, bool *holds,
    uint64_t *record, struct diag *d)
{
	return lesson_ask_function(
	    l, l->goals[i].function, t, holds, record, d);
}

int
lesson_ask_goals(struct lesson *l, const struct trace *t, bool *holds,
    uint64_t *records, size_t *failed, struct diag *d)
{
	int err = 0;

	for (*failed = 0; err == 0 && *failed < l->ngoals;) {
		err = lesson_ask_goal(
		    l, *failed, t, &holds[*failed], &records[*failed], d);
		*failed += err == 0;
	}
	return err;
}
