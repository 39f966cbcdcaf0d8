/* What a run of the student's, or a figure, has to show. */
#include "base/err.h"
#include "lesson/answer_spelling.h"
#include "lesson/lesson_in.h"
#include "words/time_words.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

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
put_conditions(struct judging *j)
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
		put_conditions(j);
}

void
judge_goal(lua_State *L, struct judging *j)
{
	unsigned most = 0, met = 0, best_met = 0, n;
	size_t best = 0;

	if (j->key != NULL) {
		put_conditions(j);
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
			put_conditions(j);
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
	/* Records of a run that nobody has before the eyes lead nowhere. */
	j->result->nrecords = 0;
	judge_share(j, n == j->task->noptions, 1);
}

/* ---- figure ---- */

/* What the figure's file says of itself: "rung 0.2.0; …; trace:
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

/* What stands behind an arrow's title begins with the number and the time of a
 * send of T; other records are nobody's arrow. */
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
	struct buf time = BUF_INIT;
	bool same = true;
	unsigned n = 0;
	ptrdiff_t at;

	while (same && (at = str_find(svg, ARROW_TITLE)) >= 0) {
		svg =
		    str_slice(svg, (size_t)at + sizeof(ARROW_TITLE) - 1, svg.n);
		same = is_arrow_of(svg, t, &time);
		n++;
	}
	same = same && n > 0 && time.err == 0;
	buf_free(&time);
	return same;
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
		put_conditions(j);
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
		judge_say(j, _("the figure is no SVG file of rung's"));
		judge_share(j, 0, 1);
		return;
	}
	while (trace < j->lesson->ntraces &&
	       trace_hash_by(j->lesson->traces[trace], version) != hash &&
	       !is_figure_of(j->work->figure, j->lesson->traces[trace]))
		trace++;
	if (trace == j->lesson->ntraces) {
		judge_say(j, _("the figure is of another run than those that "
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
