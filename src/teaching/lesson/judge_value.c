/*
 * Answers that are one value: a number, a time, a word, one of a list; and
 * what a run of the student's, or a figure, has to show.
 */
#include <inttypes.h>
#include <math.h>
#include <stdio.h>

#include "base/param.h"
#include "lesson/answer_spelling.h"
#include "lesson/lesson_in.h"
#include "msg/headers.h"
#include "msg/message.h"
#include "words/time_words.h"

/* ---- numbers and times ---- */

struct near {
	const char
	    *field; /* the field in which a similar value is looked for */
	double value, tolerance;
	bool time; /* texts are times */
};

/* Seconds of the value at INDEX, a number or "20ms"; raises. */
static double
get_seconds(lua_State *L, int index, const char *what)
{
	int64_t ns = 0;
	size_t n;
	const char *text;

	if (lua_type(L, index) == LUA_TNUMBER)
		return lua_tonumber(L, index);
	text = lua_tolstring(L, index, &n);
	if (text == NULL || param_time((struct str){ text, n }, &ns) != 0)
		sandbox_error(L,
		    _("%s is a time: a number of seconds, or \"20ms\""), what);
	return (double)ns / 1e9;
}

static double
get_value(lua_State *L, int index, bool time, const char *what)
{
	if (time)
		return get_seconds(L, index, what);
	if (lua_isnil(L, index) && lesson_of(L)->missed[0] == '\0')
		sandbox_error(L,
		    _("%s must be a number, but it is nil; a function returns "
		      "its value with return"),
		    what);
	if (!lua_isnumber(L, index))
		/* TRANSLATORS: the last is a type of Lua's, such as table. */
		sandbox_error(L, _("%s must be a number, not a %s"), what,
		    luaL_typename(L, index));
	return lua_tonumber(L, index);
}

static bool
value_is_near(lua_State *L, int index, void *arg)
{
	const struct near *n = arg;

	return fabs(get_value(L, index, n->time, n->field) - n->value) <=
	       n->tolerance;
}

/* The right value, of several the first; raises. */
static double
get_first(lua_State *L, bool time, const char *field)
{
	double value;

	if (lua_istable(L, -1))
		lua_rawgeti(L, -1, 1);
	else
		lua_pushvalue(L, -1);
	value = get_value(L, -1, time, field);
	lua_pop(L, 1);
	return value;
}

static void
judge_near(lua_State *L, struct judging *j, bool time)
{
	const char *field = lesson_kind_name(j->task->kind);
	struct near given = { .field = field, .time = time };
	double right;

	given.tolerance = time ? 0.0005 : 1e-9;
	lua_getfield(L, 1, "tolerance");
	if (!lua_isnil(L, -1))
		given.tolerance = get_value(L, -1, time, "tolerance") + 1e-9;
	j->tolerance = given.tolerance;
	judge_push_field(L, field);
	right = get_first(L, time, field);
	if (j->key != NULL) {
		buf_printf(j->key, time ? "%.9g s" : "%.10g", right);
		if (!time && j->task->unit != NULL)
			buf_printf(j->key, " %s", j->task->unit);
		return;
	}
	buf_str(&j->result->believed, spelling_trim(j->plain));
	if (!(time ? spelling_time : spelling_number)(j->plain, &given.value)) {
		judge_say(j, "%s",
		    time ? _("answer with a time such as 2.5 s or 20 ms")
			 : _("answer with a number"));
		judge_share(j, 0, 1);
		return;
	}
	buf_printf(&j->result->value, "%.12g", given.value);
	judge_share(j, judge_has(L, value_is_near, &given), 1);
	if (time && j->result->verdict == LESSON_BAD && j->plain.n > 0 &&
	    chr_is_digit(j->plain.p[j->plain.n - 1]))
		judge_say(j, _("a number without a unit is in seconds"));
	given.field = "wrong";
	judge_explain(L, j, value_is_near, &given);
}

void
judge_number(lua_State *L, struct judging *j)
{
	judge_near(L, j, false);
}

void
judge_time(lua_State *L, struct judging *j)
{
	judge_near(L, j, true);
}

/* ---- words ---- */

/* What a student has written, as what it can be meant. */
struct word_given {
	const struct judging *j;
	struct str word;
	struct str name, value; /* of "Via: SIP/2.0/UDP …", else empty */
};

/* A message of the lab's run has VALUE in its field NAME. */
static bool
has_field(const struct trace *t, struct str name, struct str value)
{
	enum msg_header id = msg_header_find(name);
	LOCAL_MEM struct msg *m = mem_alloc(sizeof(*m));
	LOCAL_BUF scratch = BUF_INIT;
	struct trace_rec rec;
	struct str at;
	bool found = false;

	for (uint64_t seq = 0;
	     m != NULL && !found && trace_next(t, TRACE_SEND, &seq, &rec);) {
		if (msg_read(m, trace_bytes(&rec, &scratch), &at) != 0)
			continue;
		for (size_t i = 0; i < m->nfields && !found; i++)
			found = m->fields[i].id == id &&
				spelling_same(m->fields[i].value, value);
	}
	return found;
}

/* The value at INDEX, a key, is what was given: by itself; as the name of a
 * field that was copied with its value; as a value that was copied with the
 * name of the field in which it stands. */
static bool
is_word_at(lua_State *L, int index, void *arg)
{
	const struct word_given *given = arg;
	struct buf plain = BUF_INIT;
	struct str key;
	bool same;

	if (!lua_isstring(L, index))
		return false;
	key.p = lua_tolstring(L, index, &key.n);
	spelling_plain(key, &plain);
	key = spelling_word(buf_view(&plain));
	same = spelling_same(given->word, key) ||
	       (given->name.n > 0 && spelling_same(given->name, key)) ||
	       (given->name.n > 0 && spelling_same(given->value, key) &&
		   has_field(
		       given->j->lesson->traces[JUDGE_LAB], given->name, key));
	buf_end(&plain, &given->j->result->why.err);
	return same;
}

void
judge_text(lua_State *L, struct judging *j)
{
	struct word_given given = { .j = j, .word = spelling_word(j->plain) };
	struct str word;

	judge_push_field(L, "text");
	if (!lua_isstring(L, -1) && !lua_istable(L, -1))
		sandbox_error(
		    L, _("%s must be a text or a list of them"), "text");
	if (j->key != NULL) {
		if (lua_istable(L, -1))
			lua_rawgeti(L, -1, 1);
		word.p = lua_tolstring(L, -1, &word.n);
		buf_str(j->key, word);
		return;
	}
	if (!spelling_header(j->plain, &given.name, &given.value))
		given.name = STR_NULL;
	buf_str(&j->result->believed, spelling_trim(j->plain));
	judge_share(j, judge_has(L, is_word_at, &given), 1);
	judge_explain(L, j, is_word_at, &given);
}

/* ---- one of a list ---- */

/* The option whose text is TEXT, whole; SIZE_MAX. */
static size_t
find_option(struct judging *j, struct str text)
{
	const struct lesson_task *t = j->task;
	size_t found = SIZE_MAX;

	for (size_t i = 0; found == SIZE_MAX && i < t->noptions; i++) {
		struct buf plain = BUF_INIT;

		spelling_plain(str_of(t->options[i].text), &plain);
		if (spelling_same(text, spelling_trim(buf_view(&plain))))
			found = i;
		buf_end(&plain, &j->result->why.err);
	}
	return found;
}

void
judge_choice(lua_State *L, struct judging *j)
{
	const struct lesson_task *t = j->task;
	const struct lesson_option *o;
	size_t i;

	for (i = 0; j->key != NULL && i < t->noptions; i++)
		if (t->options[i].right)
			buf_printf(j->key, "%c) %s", (char)('a' + (int)i),
			    t->options[i].text);
	if (j->key != NULL)
		return;
	i = find_option(j, spelling_trim(j->plain));
	if (i == SIZE_MAX)
		i = spelling_option(j->plain, t->noptions);
	judge_share(j, i != SIZE_MAX && t->options[i].right, 1);
	if (i == SIZE_MAX) {
		judge_say(j, _("the answer must be a letter from a to %c"),
		    (char)('a' + (int)t->noptions - 1));
		buf_str(&j->result->believed, spelling_trim(j->plain));
		return;
	}
	j->result->option = i;
	o = &t->options[i];
	/* Its letter is another for each student. */
	buf_puts(&j->result->believed, o->text);
	judge_own_rule(L, j, "choice", o->rule);
	if (o->why != NULL)
		judge_say(j, "%s", o->why);
	/* Records of the option. */
	lua_getfield(L, 1, "choice");
	lua_rawgeti(L, -1, o->entry);
	judge_show_field(L, j);
	judge_explain(L, j, NULL, NULL);
}

/* ---- predictions ---- */

void
judge_predict(lua_State *L, struct judging *j)
{
	unsigned of = j->task->predictions;
	unsigned right = j->answer->predicted_right;

	(void)L;
	if (j->key != NULL) {
		buf_printf(j->key, _("%u predictions at the first try"), of);
		return;
	}
	/* It is open until so many were made. */
	if (right == 0 && j->answer->predicted < of)
		return;
	judge_say(j,
	    _("predictions: %u, right at the first try: %u, needed: %u"),
	    j->answer->predicted, right, of);
	judge_share(j, right < of ? right : of, of);
}

/* ---- what a run of the student's, or a figure, has to show ---- */

/* ---- goal, build: conditions that one run meets ---- */

/* Condition I of the list at index 2 by TRACE: { "text", function(t) … }, which
 * returns whether it holds, and the record concerned where there is one; a
 * record by itself is both. */
static bool
condition_holds(
    lua_State *L, struct judging *j, size_t i, size_t trace, bool show)
{
	size_t of;
	uint64_t seq;
	bool holds;

	lua_rawgeti(L, 2, (lua_Integer)i + 1);
	if (!lua_istable(L, -1) || lua_rawgeti(L, -1, 2) != LUA_TFUNCTION)
		sandbox_error(
		    L, _("a condition is { \"text\", function(t) … end }"));
	lesson_push_trace(L, trace);
	lua_call(L, 1, 2);
	holds = lua_toboolean(L, -2);
	if (show && (lesson_get_record(L, -1, &of, &seq) ||
			lesson_get_record(L, -2, &of, &seq)))
		judge_show(j, of, seq);
	lua_settop(L, 2);
	return holds;
}

/* How many conditions trace I meets; a bit in *MET for each. */
static unsigned
count_met(lua_State *L, struct judging *j, size_t trace, unsigned *met)
{
	unsigned n = 0;

	*met = 0;
	for (size_t i = 0; i < j->task->noptions; i++)
		if (condition_holds(L, j, i, trace, false)) {
			*met |= 1u << i;
			n++;
		}
	return n;
}

/* A run in which nothing was changed is not the student's work.  Its head may
 * differ: a copy of the lab has another name. */
static bool
is_students_run(const struct judging *j, size_t trace)
{
	const struct trace *lab = j->lesson->traces[JUDGE_LAB];

	return !trace_same_records(j->lesson->traces[trace], lab);
}

static void
say_conditions(lua_State *L, struct judging *j, size_t trace, unsigned met)
{
	for (size_t i = 0; i < j->task->noptions; i++) {
		const struct lesson_option *o = &j->task->options[i];
		bool holds = (met & (1u << i)) != 0;

		judge_say(j, "%s %s", holds ? "✓" : "✗", o->text);
		if (!holds && o->why != NULL)
			judge_say(j, "  %s", o->why);
		if (!holds && o->rule != RULE_NONE)
			j->result->rule = o->rule;
		(void)condition_holds(L, j, i, trace, true);
	}
}

static void
value_put_conditions(struct judging *j)
{
	for (size_t i = 0; i < j->task->noptions; i++)
		buf_printf(j->key, "%s%s", i > 0 ? _("; ") : "",
		    j->task->options[i].text);
}

/* Of an agent, which is judged elsewhere, only the key is asked here. */
void
judge_conditions(lua_State *L, struct judging *j)
{
	(void)L;
	if (j->key != NULL)
		value_put_conditions(j);
}

void
judge_goal(lua_State *L, struct judging *j)
{
	unsigned most = 0, met = 0, best_met = 0, n;
	size_t best = 0;

	if (j->key != NULL) {
		value_put_conditions(j);
		return;
	}
	lua_getfield(L, 1, lesson_kind_name(j->task->kind));
	for (size_t i = 1; i < j->lesson->ntraces; i++) {
		if (!is_students_run(j, i))
			continue;
		n = count_met(L, j, i, &met);
		if (best == 0 || n > most) {
			best = i;
			most = n;
			best_met = met;
		}
	}
	if (best == 0)
		return;
	say_conditions(L, j, best, best_met);
	judge_share(j, most == j->task->noptions, 1);
	for (size_t i = 0; i < j->task->noptions; i++)
		if ((best_met & (1u << i)) == 0) {
			buf_puts(
			    &j->result->believed, j->task->options[i].text);
			break;
		}
}

/* ---- run: a lab that refutes a sentence ---- */

/* As trace 1 of the turn, which is the answer's. */
static const struct trace *
run_answer(lua_State *L, struct judging *j)
{
	const struct lesson_work *w = j->work;
	struct diag d = DIAG_INIT;
	const struct trace *t;

	if (w->run == NULL)
		sandbox_error(L, _("only rung check can judge this"));
	t = w->run(str_trim(j->answer->text), &d, w->arg);
	if (t == NULL)
		judge_say(j, "%s", d.text);
	return t;
}

void
judge_run(lua_State *L, struct judging *j)
{
	const struct trace *t;
	unsigned met = 0, n;

	if (j->key != NULL) {
		lua_getfield(L, 1, "key");
		if (lua_isstring(L, -1))
			buf_puts(j->key, lua_tostring(L, -1));
		else
			value_put_conditions(j);
		return;
	}
	buf_str(&j->result->believed, spelling_trim(j->plain));
	judge_share(j, 0, 1);
	t = run_answer(L, j);
	if (t == NULL)
		return;
	j->lesson->ntraces = 1;
	j->lesson->traces[j->lesson->ntraces++] = t;
	lua_getfield(L, 1, "run");
	n = count_met(L, j, 1, &met);
	say_conditions(L, j, 1, met);
	/* Records of a run that is not shown lead nowhere. */
	j->result->nrecords = 0;
	judge_share(j, n == j->task->noptions, 1);
}

/* ---- figure ---- */

/* What the figure's file says of itself: "rung 0.3.0; …; trace:
 * 1f9f5482c1d4548d". */
static bool
read_figure_origin(struct str svg, struct str *version, uint64_t *hash)
{
	static const char begin[] = "<metadata>rung ", mark[] = "; trace: ";
	ptrdiff_t at = str_find(svg, begin);
	struct str said, rest;

	if (at < 0)
		return false;
	said = str_slice(svg, (size_t)at, (size_t)at + 4096);
	said = str_slice(said, sizeof(begin) - 1, said.n);
	*version = str_cut(said, ';', &rest);
	at = str_find(said, mark);
	if (at < 0)
		return false;
	rest = str_slice(said, (size_t)at + sizeof(mark) - 1, said.n);
	return str_hex(str_slice(rest, 0, 16), 16, hash) == 0;
}

/* The arrow of record SEQ is in the figure: "<title>#9, 1.000 s, …". */
static bool
has_arrow(struct str svg, uint64_t seq)
{
	char mark[40];

	snprintf(mark, sizeof(mark), "<title>#%" PRIu64 ",", seq);
	return str_find(svg, mark) >= 0;
}

#define ARROW_TITLE "<title>#"

/* The text behind an arrow's title begins with the number and the time of a
 * send of T; other records have no arrow. */
static bool
is_arrow_of(struct str title, const struct trace *t, struct buf *time)
{
	uint64_t seq = 0;
	size_t n = 0;

	while (n < title.n && chr_is_digit(title.p[n]))
		n++;
	if (str_u64(str_slice(title, 0, n), &seq) != 0 || seq < 1 ||
	    seq > trace_count(t))
		return false;
	if (trace_kind_of(t, seq) != TRACE_SEND)
		return true;
	buf_clear(time);
	buf_puts(time, ", ");
	time_put(time, trace_time_of(t, seq));
	buf_puts(time, " s,");
	return str_starts(str_slice(title, n, title.n), buf_cstr(time));
}

/* Each arrow of the figure is one of T's.  A copy of a lab has another name,
 * and so its trace another hash, but the same records. */
static bool
is_figure_of(struct str svg, const struct trace *t)
{
	LOCAL_BUF time = BUF_INIT;
	bool same = true;
	unsigned n = 0;
	ptrdiff_t at;

	while (same && (at = str_find(svg, ARROW_TITLE)) >= 0) {
		svg =
		    str_slice(svg, (size_t)at + sizeof(ARROW_TITLE) - 1, svg.n);
		same = is_arrow_of(svg, t, &time);
		n++;
	}
	return same && n > 0 && time.err == 0;
}

/* Figures of long runs are not asked for. */
#define FIGURE_ARROWS_MAX 500

/* Entry I's sends are in the figure of TRACE. */
static bool
figure_contains(lua_State *L, struct judging *j, size_t i, size_t trace)
{
	const struct trace *t = j->lesson->traces[trace];
	unsigned wanted = 0, found = 0;
	struct lesson_walk w;

	lua_rawgeti(L, 2, (lua_Integer)i + 1);
	lua_rawgeti(L, -1, 2);
	lesson_walk_begin(L, &w, t, -1);
	while (wanted < FIGURE_ARROWS_MAX && lesson_walk_next(L, &w, 1) != 0) {
		if (trace_kind_of(t, w.seq) != TRACE_SEND)
			continue;
		wanted++;
		found += has_arrow(j->work->figure, w.seq);
	}
	lua_settop(L, 2);
	return wanted > 0 && found == wanted;
}

void
judge_figure(lua_State *L, struct judging *j)
{
	struct str version;
	uint64_t hash = 0;
	size_t trace = 0;
	unsigned n = 0;

	if (j->key != NULL) {
		value_put_conditions(j);
		return;
	}
	if (j->work->figure.n == 0 && str_trim(j->answer->text).n == 0)
		return;
	lua_getfield(L, 1, "figure");
	if (j->work->figure.n == 0) {
		judge_say(j, _("there is no file %.*s"),
		    STR_ARG(str_trim(j->answer->text)));
		judge_share(j, 0, 1);
		return;
	}
	if (!read_figure_origin(j->work->figure, &version, &hash)) {
		judge_say(j, _("the figure is not an SVG file made by rung"));
		judge_share(j, 0, 1);
		return;
	}
	while (trace < j->lesson->ntraces &&
	       trace_hash_by(j->lesson->traces[trace], version) != hash &&
	       !is_figure_of(j->work->figure, j->lesson->traces[trace]))
		trace++;
	if (trace == j->lesson->ntraces) {
		judge_say(j, _("the figure shows another run than those that "
			       "were handed in"));
		judge_share(j, 0, 1);
		return;
	}
	for (size_t i = 0; i < j->task->noptions; i++) {
		bool holds = figure_contains(L, j, i, trace);

		judge_say(
		    j, "%s %s", holds ? "✓" : "✗", j->task->options[i].text);
		n += holds;
	}
	judge_share(j, n, (unsigned)j->task->noptions);
}
