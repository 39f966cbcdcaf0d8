/* What an answer is worth: who decides for which kind, and what all say. */
#include "base/err.h"
#include "lesson/agent.h"
#include "lesson/answer_spelling.h"
#include "text/utf8.h"

#include <stdarg.h>

static const struct {
	const char *name, *text;
} verdicts[] = {
#define X(id, name, text) { name, text },
	LESSON_VERDICTS(X)
#undef X
};

const char *
lesson_verdict_name(enum lesson_verdict v)
{
	return verdicts[v].name;
}

const char *
lesson_verdict_text(enum lesson_verdict v)
{
	return i18n_text(verdicts[v].text);
}

static lesson_judge_fn *const judges[LESSON_KIND_COUNT] = {
	[LESSON_NUMBER] = judge_number,
	[LESSON_TIME] = judge_time,
	[LESSON_CHOICE] = judge_choice,
	[LESSON_TEXT] = judge_text,
	[LESSON_PREDICT] = judge_predict,
	[LESSON_DRAW] = judge_draw,
	[LESSON_RUN] = judge_run,
	[LESSON_GOAL] = judge_goal,
	[LESSON_FIND] = judge_find,
	[LESSON_BUILD] = judge_goal,
	[LESSON_FIGURE] = judge_figure,
	[LESSON_AGENT] = judge_conditions, /* lesson_judge_agent judges */
};

/* ---- what the kinds' functions say ---- */

void
judge_say(struct judging *j, const char *fmt, ...)
{
	va_list ap;

	if (j->result->why.n > 0)
		buf_putc(&j->result->why, '\n');
	va_start(ap, fmt);
	buf_vprintf(&j->result->why, fmt, ap);
	va_end(ap);
}

void
judge_show(struct judging *j, size_t trace, uint64_t seq)
{
	struct lesson_result *r = j->result;
	size_t run = trace == JUDGE_LAB ? SIZE_MAX : trace - 1;

	if (trace >= j->lesson->ntraces || seq == 0 ||
	    seq > trace_count(j->lesson->traces[trace]) ||
	    r->nrecords == LESSON_RECORDS_MAX)
		return;
	if (r->nrecords > 0 && r->run != run)
		return;
	for (size_t i = 0; i < r->nrecords; i++)
		if (r->records[i] == seq)
			return;
	r->run = run;
	r->records[r->nrecords++] = seq;
}

/* RIGHT of OF parts in halves of a point, the nearest number of them; only all
 * are worth all. */
unsigned
judge_share_points(unsigned points, unsigned right, unsigned of)
{
	uint64_t halves = points / LESSON_HALF;
	uint64_t n = (2 * halves * right + of) / (2 * (uint64_t)of);

	if (right == of)
		return points;
	return (unsigned)(n < halves ? n : halves - 1) * LESSON_HALF;
}

void
judge_share(struct judging *j, unsigned right, unsigned of)
{
	struct lesson_result *r = j->result;

	if (of == 0 || right > of)
		right = of = 1;
	r->points = judge_share_points(j->task->points, right, of);
	r->verdict = right == of ? LESSON_GOOD
		     : right > 0 ? LESSON_PART
				 : LESSON_BAD;
}

/* How many entries of the list in field NAME of the task have RULE. */
static unsigned
count_rule(lua_State *L, const char *name, enum rule_id rule)
{
	int top = lua_gettop(L);
	unsigned n = 0;

	lua_getfield(L, 1, name);
	for (int i = 1; lua_istable(L, top + 1) &&
			lua_rawgeti(L, top + 1, i) == LUA_TTABLE;
	     i++) {
		n += lesson_get_rule(L, -1) == rule;
		lua_pop(L, 1);
	}
	lua_settop(L, top);
	return n;
}

void
judge_own_rule(
    lua_State *L, struct judging *j, const char *list, enum rule_id rule)
{
	if (rule != RULE_NONE && rule != j->task->rule &&
	    count_rule(L, list, rule) == 1)
		j->result->rule = rule;
}

/* ---- values ---- */

void
judge_push_value(lua_State *L, int index)
{
	lua_pushvalue(L, index);
	if (!lua_isfunction(L, -1))
		return;
	lesson_push_trace(L, JUDGE_LAB);
	lua_call(L, 1, 1);
}

void
judge_push_field(lua_State *L, const char *name)
{
	lua_getfield(L, 1, name);
	judge_push_value(L, -1);
	lua_remove(L, -2);
}

/* Records: one, or a list of them. */
static void
show_records(lua_State *L, struct judging *j, int index)
{
	size_t trace;
	uint64_t seq;

	index = lua_absindex(L, index);
	if (lesson_get_record(L, index, &trace, &seq)) {
		judge_show(j, trace, seq);
		return;
	}
	if (!lua_istable(L, index))
		return;
	for (int i = 1;
	     i <= LESSON_RECORDS_MAX && lua_rawgeti(L, index, i) != LUA_TNIL;
	     i++) {
		if (lesson_get_record(L, -1, &trace, &seq))
			judge_show(j, trace, seq);
		lua_pop(L, 1);
	}
}

void
judge_show_field(lua_State *L, struct judging *j)
{
	lua_getfield(L, -1, "records");
	judge_push_value(L, -1);
	show_records(L, j, -1);
	lua_pop(L, 2);
}

/* Field `why` of the table on top of the stack. */
static void
say_why(lua_State *L, struct judging *j)
{
	const char *why = lesson_get_text_field(L, -1, "why");

	if (why != NULL)
		judge_say(j, "%s", why);
}

/* The entry on top of the stack is the mistake that was made. */
static void
say_entry(lua_State *L, struct judging *j)
{
	enum rule_id rule = lesson_get_rule(L, -1);

	say_why(L, j);
	judge_own_rule(L, j, "wrong", rule);
	judge_show_field(L, j);
}

bool
judge_has(lua_State *L, judge_same_fn *same, void *arg)
{
	int index = lua_gettop(L);
	bool found = false;

	if (!lua_istable(L, index))
		return same(L, index, arg);
	for (int i = 1; !found && lua_rawgeti(L, index, i) != LUA_TNIL; i++) {
		found = same(L, lua_gettop(L), arg);
		lua_settop(L, index);
	}
	lua_settop(L, index);
	return found;
}

/* The first entry of `wrong` that SAME finds; true: it was said. */
static bool
say_wrong(lua_State *L, struct judging *j, judge_same_fn *same, void *arg)
{
	bool found = false;

	lua_getfield(L, 1, "wrong");
	for (int i = 1;
	     lua_istable(L, -1) && !found && lua_rawgeti(L, -1, i) != LUA_TNIL;
	     i++) {
		if (!lua_istable(L, -1))
			sandbox_error(L, _("an entry of wrong is { value, why "
					   "= … }"));
		lua_rawgeti(L, -1, 1);
		judge_push_value(L, -1);
		found = same != NULL && judge_has(L, same, arg);
		lua_pop(L, 2);
		if (found)
			say_entry(L, j);
		lua_pop(L, 1);
	}
	lua_pop(L, 1);
	return found;
}

/* The value on top of the stack, as an answer. */
static void
judge_put_value(lua_State *L, struct judging *j)
{
	bool time = j->task->kind == LESSON_TIME;

	if (lua_type(L, -1) == LUA_TNUMBER)
		buf_printf(
		    j->key, time ? "%.9g s" : "%.10g", lua_tonumber(L, -1));
	else if (lua_type(L, -1) == LUA_TSTRING)
		buf_puts(j->key, lua_tostring(L, -1));
}

/* Counts the values on top of the stack, one or a list: the one that is
 * WANTED is written. */
static void
count_values(lua_State *L, struct judging *j, size_t wanted, size_t *n)
{
	int index = lua_gettop(L);

	if (!lua_istable(L, index)) {
		if (++*n == wanted)
			judge_put_value(L, j);
		return;
	}
	for (int i = 1; lua_rawgeti(L, index, i) != LUA_TNIL; i++) {
		if (++*n == wanted)
			judge_put_value(L, j);
		lua_settop(L, index);
	}
	lua_settop(L, index);
}

/* Writes the known mistake that is asked for. */
static void
find_mistake(lua_State *L, struct judging *j)
{
	size_t n = 0;

	lua_getfield(L, 1, "wrong");
	for (int i = 1; lua_istable(L, 2) && lua_rawgeti(L, 2, i) == LUA_TTABLE;
	     i++) {
		lua_rawgeti(L, -1, 1);
		judge_push_value(L, -1);
		count_values(L, j, j->mistake, &n);
		lua_settop(L, 2);
	}
}

/* Writes the right value that is asked for. */
static void
find_right_value(lua_State *L, struct judging *j)
{
	size_t n = 0;

	judge_push_field(L, lesson_kind_name(j->task->kind));
	count_values(L, j, j->value, &n);
}

/* Sets where the answer begins: a function in `ahead` says it, by no record
 * that the run does not show it; else the arrows or `records` do. */
static void
find_first_record(lua_State *L, struct judging *j)
{
	const struct trace *t = j->lesson->traces[JUDGE_LAB];
	struct lesson_result *r = j->result;
	struct lesson_walk w;

	lua_getfield(L, 1, "ahead");
	if (lua_isfunction(L, -1)) {
		*j->from = trace_count(t) + 1;
		judge_push_value(L, -1);
	} else if (j->task->kind == LESSON_DRAW) {
		lua_getfield(L, 1, "draw");
		lesson_walk_begin(L, &w, t, -1);
		*j->from = lesson_walk_next(L, &w, 1);
		return;
	} else {
		judge_push_field(L, "records");
	}
	show_records(L, j, -1);
	for (size_t i = 0; i < r->nrecords; i++)
		if (*j->from == 0 || r->records[i] < *j->from)
			*j->from = r->records[i];
}

/* The task's records show the right answer: a wrong one is not led there, but
 * to what belongs to it. */
static bool
may_show_key(const struct judging *j)
{
	return j->result->nrecords == 0 && j->result->verdict == LESSON_GOOD;
}

void
judge_explain(lua_State *L, struct judging *j, judge_same_fn *same, void *arg)
{
	lua_settop(L, 1);
	if (j->result->verdict != LESSON_GOOD && !say_wrong(L, j, same, arg)) {
		lua_settop(L, 1);
		say_why(L, j); /* the task's, which fits any wrong answer */
	}
	lua_settop(L, 1);
	if (may_show_key(j)) {
		judge_push_field(L, "records");
		show_records(L, j, -1);
	}
	lua_settop(L, 1);
}

/* ---- one task ---- */

/* In protected mode: the sandbox's state has the struct judging at index 1. */
static int
judge_in_lua(lua_State *L)
{
	struct judging *j = lua_touserdata(L, 1);
	struct lesson *l = j->lesson;
	size_t i = j->task->number - 1;

	lua_rawgeti(L, LUA_REGISTRYINDEX, l->tasks[i].table);
	lua_replace(L, 1);
	lua_settop(L, 1);
	luaL_checkstack(L, 40, NULL);
	if (j->mistake > 0)
		find_mistake(L, j);
	else if (j->value > 0)
		find_right_value(L, j);
	else if (j->from != NULL)
		find_first_record(L, j);
	else
		judges[j->task->kind](L, j);
	return 0;
}

/* Lets a check see the traces of W, and none that it saw before. */
static void
show_traces(struct lesson *l, const struct lesson_work *w)
{
	l->turn++;
	l->ntraces = 0;
	l->traces[l->ntraces++] = w->lab;
	for (size_t i = 0; i < w->nruns && l->ntraces < LESSON_TRACES_MAX; i++)
		l->traces[l->ntraces++] = w->runs[i];
}

/* Options of the choice that were told to be wrong before this answer. */
static unsigned
count_wrong_tries(const struct judging *j)
{
	const struct lesson_task *t = j->task;
	unsigned n = 0;

	for (size_t i = 0; t->kind == LESSON_CHOICE && i < t->noptions; i++)
		n += (j->answer->wrong >> i & 1) && !t->options[i].right;
	return n;
}

/* A hint costs a quarter of the points, a wrong try as many hints as the lesson
 * says; all together not more than there are. */
static void
pay_help(struct judging *j)
{
	unsigned tries = j->lesson->tries > 0 ? count_wrong_tries(j) : 0;
	unsigned quarters = j->answer->hints + tries * j->lesson->tries;

	if (tries > 0 && j->result->verdict == LESSON_GOOD)
		judge_say(j, _("wrong options chosen before: %u"), tries);
	j->result->points -=
	    j->result->points * (quarters < 4 ? quarters : 4) / 4;
}

static int
run_judging(struct judging *j, struct diag *d)
{
	int err;

	if (j->lesson->set != NULL)
		return diag_set(d, ERR_UNSUPPORTED, NULL, 0,
		    _("these are the questions of the set “%s”; its "
		      "teacher has the keys"),
		    j->lesson->set);
	if (j->task->kind == LESSON_AGENT && j->key == NULL)
		return lesson_judge_agent(j, d);
	show_traces(j->lesson, j->work);
	j->lesson->missed[0] = '\0';
	err = sandbox_protect(j->lesson->sb, judge_in_lua, j, d);
	if (err != 0 && d != NULL)
		lesson_say_missed(j->lesson, d);
	/* What no function says is said of the task. */
	if (err != 0 && d != NULL && d->file[0] == '\0') {
		snprintf(d->file, sizeof(d->file), "%s", j->lesson->file);
		d->line = j->lesson->tasks[j->task->number - 1].line;
	}
	j->lesson->turn++;
	j->lesson->ntraces = 0;
	return err;
}

/* Judges in the sandbox, by the answer as it would be typed in ASCII. */
static int
judge_one_answer(struct judging *j, struct diag *d)
{
	struct lesson_result *r = j->result;
	LOCAL_BUF plain = BUF_INIT;
	int err = spelling_plain(j->answer->text, &plain);

	j->plain = spelling_answer(buf_view(&plain));
	if (err == 0)
		err = run_judging(j, d);
	if (err == 0 && r->verdict == LESSON_GOOD && r->rule == RULE_NONE)
		r->rule = j->task->rule;
	pay_help(j);
	j->plain = STR_NULL;
	return r->why.err != 0 || r->believed.err != 0 || r->value.err != 0
		   ? ERR_NOMEM
		   : err;
}

/* A run in which something was changed. */
static bool
has_own_run(const struct lesson_work *w)
{
	bool has = false;

	for (size_t i = 0; i < w->nruns && !has; i++)
		has = !trace_same_records(w->runs[i], w->lab);
	return has;
}

/* Questions alone: there is an answer, or none. */
static int
judge_take_answer(const struct lesson_task *t,
    const struct lesson_answer *answer, const struct lesson_work *work,
    struct lesson_result *r)
{
	bool is = t->kind == LESSON_PREDICT  ? answer->predicted > 0
		  : t->kind == LESSON_FIGURE ? work->figure.n > 0
		  : lesson_kind_is_written(t->kind)
		      ? str_trim(answer->text).n > 0
		      : has_own_run(work);

	r->verdict = is ? LESSON_RECEIVED : LESSON_MISSING;
	buf_str(&r->believed, str_trim(answer->text));
	return r->believed.err;
}

/* A word was written where none is read. */
static void
say_unread(struct judging *j)
{
	struct str said = utf8_clip(str_trim(j->answer->text), 40);
	enum lesson_kind kind = j->task->kind;

	if (said.n == 0 || lesson_kind_is_written(kind))
		return;
	if (kind == LESSON_GOAL || kind == LESSON_BUILD)
		judge_say(j,
		    _("“%.*s” was not read: this task asks for a run, which is "
		      "a script (*.lua) in this folder"),
		    STR_ARG(said));
	else
		judge_say(j,
		    _("“%.*s” was not read: the answer to this task is not a "
		      "word, but: %s"),
		    STR_ARG(said), lesson_kind_text(kind));
}

int
lesson_judge(struct lesson *l, size_t i, const struct lesson_answer *answer,
    const struct lesson_work *work, struct lesson_result *r)
{
	struct judging j = { .lesson = l,
		.task = &l->tasks[i].shown,
		.answer = answer,
		.work = work,
		.result = r };
	struct diag d = DIAG_INIT;
	int err;

	*r = LESSON_RESULT_INIT;
	r->verdict = LESSON_MISSING;
	if (l->set != NULL)
		return judge_take_answer(j.task, answer, work, r);
	if (lesson_kind_is_written(j.task->kind) &&
	    str_trim(answer->text).n == 0)
		return 0;
	err = judge_one_answer(&j, &d);
	if (err == ERR_NOMEM)
		return err;
	if (err == 0 && r->verdict == LESSON_MISSING)
		say_unread(&j);
	if (err != 0) {
		r->verdict = LESSON_ERROR;
		r->points = 0;
		r->nrecords = 0;
		r->rule = RULE_NONE;
		buf_clear(&r->why);
		buf_puts(&r->why, _("the lab's own check fails: "));
		diag_write(&d, &r->why);
	}
	return r->why.err;
}

void
lesson_result_free(struct lesson_result *r)
{
	buf_free(&r->why);
	buf_free(&r->believed);
	buf_free(&r->value);
	*r = LESSON_RESULT_INIT;
}

/* Appends the key of task I to OUT, or the known mistake or right value of J's
 * number: J has the request, and gets the tolerance. */
static int
judge_put_known(struct lesson *l, size_t i, struct judging *j,
    const struct trace *lab, struct buf *out, struct diag *d)
{
	struct lesson_answer none = { .text = STR_NULL };
	struct lesson_work work = { .lab = lab };
	LOCAL(lesson_result_free) struct lesson_result r = LESSON_RESULT_INIT;
	int err;

	j->lesson = l;
	j->task = &l->tasks[i].shown;
	j->answer = &none;
	j->work = &work;
	j->result = &r;
	j->key = out;
	err = run_judging(j, d);
	*j = (struct judging){ .tolerance = j->tolerance };
	return err != 0 ? err : out->err;
}

int
lesson_mistake(struct lesson *l, size_t i, size_t k, const struct trace *lab,
    struct buf *out, struct diag *d)
{
	struct judging j = { .mistake = k + 1 };

	return judge_put_known(l, i, &j, lab, out, d);
}

int
judge_put_given(struct lesson *l, size_t i, const struct trace *lab,
    struct buf *out, struct diag *d)
{
	struct judging j = { .given = true };

	return judge_put_known(l, i, &j, lab, out, d);
}

int
lesson_right_value(struct lesson *l, size_t i, size_t k,
    const struct trace *lab, struct buf *out, struct diag *d)
{
	struct judging j = { .value = k + 1 };

	return judge_put_known(l, i, &j, lab, out, d);
}

int
lesson_asks_from(struct lesson *l, size_t i, const struct trace *lab,
    uint64_t *from, struct diag *d)
{
	struct judging j = { .from = from };
	LOCAL_BUF none = BUF_INIT;

	*from = 0;
	return judge_put_known(l, i, &j, lab, &none, d);
}

int
lesson_key(struct lesson *l, size_t i, const struct trace *lab, struct buf *out,
    double *tolerance, struct diag *d)
{
	struct judging j = { .tolerance = 0 };
	int err = judge_put_known(l, i, &j, lab, out, d);

	if (tolerance != NULL)
		*tolerance = j.tolerance;
	return err;
}
