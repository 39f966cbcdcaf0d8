/*
 * The questions of a lesson without their keys: a check.lua that can be given
 * away.  It has a field of a task only where it is in the table below, so
 * that no field added later goes out by itself.
 *
 *	lesson { minutes = 35, level = 2, set = "midterm" }
 *	vary { "seed=1..500:1" }
 *
 *	task {
 *		choice = {
 *			{ "Alice's phone", zh = "Alice 的话机" },
 *			{ "the proxy atl", zh = "代理服务器 atl" },
 *		},
 *		points = 2,
 *	}
 *	task {
 *		number = true,
 *		unit = { "messages", zh = "条消息" },
 *	}
 */
#include "lesson/lesson_in.h"

#include <stdlib.h>

struct writing {
	struct lesson *l;
	/* The lab's name in the set, behind the order of options; NULL: they
	 * are sorted, so that no order makes another question. */
	const char *shuffle;
	struct buf *out;
	size_t from, to; /* of these tasks */
};

/* ---- Lua as text ---- */

static void
questions_put_quoted(struct buf *out, struct str s)
{
	buf_putc(out, '"');
	for (size_t i = 0; i < s.n; i++) {
		unsigned char c = (unsigned char)s.p[i];

		if (c == '"' || c == '\\')
			buf_printf(out, "\\%c", c);
		else if (c < 0x20 || c == 0x7f)
			buf_printf(out, "\\%03u", c);
		else
			buf_putc(out, (char)c);
	}
	buf_putc(out, '"');
}

/* The string on top of the stack, which goes; false: it is none. */
static bool
questions_put_string(lua_State *L, struct buf *out)
{
	struct str s = STR_NULL;
	bool is = lua_type(L, -1) == LUA_TSTRING;

	if (is) {
		s.p = lua_tolstring(L, -1, &s.n);
		questions_put_quoted(out, s);
	}
	lua_pop(L, 1);
	return is;
}

/* The text on top of the stack in all its languages, and nothing else that an
 * entry may have; it goes. */
static void
questions_put_text(lua_State *L, struct buf *out)
{
	if (!lua_istable(L, -1)) {
		if (!questions_put_string(L, out))
			buf_puts(out, "\"\"");
		return;
	}
	buf_puts(out, "{ ");
	lua_rawgeti(L, -1, 1);
	questions_put_string(L, out);
	if (lua_getfield(L, -1, "zh") == LUA_TSTRING) {
		buf_puts(out, ", zh = ");
		questions_put_string(L, out);
	} else {
		lua_pop(L, 1);
	}
	buf_puts(out, " }");
	lua_pop(L, 1);
}

/* ---- what a kind asks; the value of its field is on top of the stack ---- */

typedef void
put_fn(lua_State *L, const struct lesson_task *t, const struct writing *w);

/* That there is something to be answered. */
static void
put_answer_asked(
    lua_State *L, const struct lesson_task *t, const struct writing *w)
{
	(void)L;
	(void)t;
	buf_puts(w->out, "true");
}

/* Entry I, from 0, of the list on top of the stack. */
static void
questions_put_entry(lua_State *L, size_t i, struct buf *out)
{
	buf_puts(out, "\t\t");
	lua_rawgeti(L, -1, (lua_Integer)i + 1);
	questions_put_text(L, out);
	buf_puts(out, ",\n");
}

static void
questions_put_entries(
    lua_State *L, const struct lesson_task *t, const struct writing *w)
{
	buf_puts(w->out, "{\n");
	for (size_t i = 0; i < t->noptions; i++)
		questions_put_entry(L, i, w->out);
	buf_puts(w->out, "\t}");
}

static void
put_shuffled(lua_State *L, const struct lesson_task *t, const struct writing *w)
{
	size_t order[LESSON_OPTIONS_MAX];

	lesson_set_order(w->shuffle, t->number, t->noptions, order);
	for (size_t i = 0; i < t->noptions; i++)
		questions_put_entry(L, order[i], w->out);
}

static int
compare_texts(const void *a, const void *b)
{
	const struct buf *x = a, *y = b;

	return str_cmp(buf_view(x), buf_view(y));
}

static void
put_sorted(lua_State *L, const struct lesson_task *t, struct buf *out)
{
	struct buf texts[LESSON_OPTIONS_MAX] = { BUF_INIT };

	for (size_t i = 0; i < t->noptions; i++)
		questions_put_entry(L, i, &texts[i]);
	qsort(texts, t->noptions, sizeof(texts[0]), compare_texts);
	for (size_t i = 0; i < t->noptions; i++) {
		buf_str(out, buf_view(&texts[i]));
		buf_end(&texts[i], &out->err);
	}
}

static void
questions_put_options(
    lua_State *L, const struct lesson_task *t, const struct writing *w)
{
	buf_puts(w->out, "{\n");
	if (w->shuffle != NULL)
		put_shuffled(L, t, w);
	else
		put_sorted(L, t, w->out);
	buf_puts(w->out, "\t}");
}

static void
put_how_many(lua_State *L, const struct lesson_task *t, const struct writing *w)
{
	(void)L;
	buf_printf(w->out, "%u", t->predictions);
}

static void
put_find_parts(
    lua_State *L, const struct lesson_task *t, const struct writing *w)
{
	struct buf *out = w->out;

	(void)L;
	buf_puts(out, "{");
	buf_puts(out, t->asks_node ? " node = true," : "");
	buf_puts(out, t->asks_rule ? " rule = true," : "");
	buf_puts(out, t->asks_record ? " record = true," : "");
	buf_puts(out, " }");
}

static put_fn *const puts_of[LESSON_KIND_COUNT] = {
	[LESSON_NUMBER] = put_answer_asked,
	[LESSON_TIME] = put_answer_asked,
	[LESSON_CHOICE] = questions_put_options,
	[LESSON_TEXT] = put_answer_asked,
	[LESSON_PREDICT] = put_how_many,
	[LESSON_DRAW] = put_answer_asked,
	[LESSON_RUN] = put_answer_asked,
	[LESSON_GOAL] = questions_put_entries,
	[LESSON_FIND] = put_find_parts,
	[LESSON_BUILD] = questions_put_entries,
	[LESSON_FIGURE] = questions_put_entries,
	[LESSON_AGENT] = questions_put_entries,
};

/* Fields beside the kind that are part of the question, texts. */
static const char *const asking[] = { "unit", "ask" };

/* The fields of the task T whose table is on top of the stack. */
static void
questions_put_fields(
    lua_State *L, const struct lesson_task *t, const struct writing *w)
{
	const char *kind = lesson_kind_name(t->kind);
	struct buf *out = w->out;

	buf_printf(out, "\t%s = ", t->kind == LESSON_PREDICT ? "ahead" : kind);
	lua_getfield(L, -1, kind);
	puts_of[t->kind](L, t, w);
	lua_pop(L, 1);
	buf_puts(out, ",\n");
	for (size_t i = 0; i < COUNT_OF(asking); i++) {
		if (lua_getfield(L, -1, asking[i]) == LUA_TNIL) {
			lua_pop(L, 1);
			continue;
		}
		buf_printf(out, "\t%s = ", asking[i]);
		questions_put_text(L, out);
		buf_puts(out, ",\n");
	}
	if (t->ahead)
		buf_puts(out, "\tahead = true,\n");
}

/* One of the others, at index 1, of the task that stands at index 2. */
static int
questions_put_other(lua_State *L)
{
	const struct lesson_task *of = lua_touserdata(L, 2);
	const struct writing *w = lua_touserdata(L, 3);
	struct lesson_task t = { .number = of->number };

	lesson_read_task(L, &t);
	lua_pushvalue(L, 1);
	buf_puts(w->out, "\t{\n");
	questions_put_fields(L, &t, w);
	buf_puts(w->out, "\t},\n");
	return 0;
}

/* The others of the task T whose table is on top of the stack. */
static void
questions_put_others(
    lua_State *L, const struct lesson_task *t, const struct writing *w)
{
	int top = lua_gettop(L);

	if (lua_getfield(L, -1, "others") == LUA_TTABLE) {
		buf_puts(w->out, "\tothers = {\n");
		for (int i = 1; lua_pushcfunction(L, questions_put_other),
			 lua_rawgeti(L, top + 1, i) != LUA_TNIL;
		     i++) {
			lua_pushlightuserdata(L, (void *)t);
			lua_pushlightuserdata(L, (void *)w);
			lua_call(L, 3, 0);
		}
		buf_puts(w->out, "\t},\n");
	}
	lua_settop(L, top);
}

/* The task whose table is on top of the stack. */
static void
put_question_task(
    lua_State *L, const struct lesson_task *t, const struct writing *w)
{
	buf_puts(w->out, "task {\n");
	questions_put_fields(L, t, w);
	questions_put_others(L, t, w);
	/* Equal questions are the same whatever their points. */
	if (w->shuffle != NULL)
		buf_printf(
		    w->out, "\tpoints = %u,\n", t->points / LESSON_POINT);
	buf_puts(w->out, "}\n");
}

static int
questions_put_tasks(lua_State *L)
{
	struct writing *w = lua_touserdata(L, 1);

	luaL_checkstack(L, 20, NULL);
	for (size_t i = w->from; i < w->to; i++) {
		lua_rawgeti(L, LUA_REGISTRYINDEX, w->l->tasks[i].table);
		put_question_task(L, &w->l->tasks[i].shown, w);
		lua_pop(L, 1);
	}
	return 0;
}

/* ---- the whole ---- */

static void
questions_put_head(const struct lesson *l, const char *set, struct buf *out)
{
	buf_puts(out,
	    "-- The questions alone; who has asked them has the keys.\n"
	    "lesson { ");
	if (l->minutes > 0)
		buf_printf(out, "minutes = %u, ", l->minutes);
	if (l->level > 0)
		buf_printf(out, "level = %u, ", l->level);
	buf_puts(out, "set = ");
	questions_put_quoted(out, str_of(set));
	buf_puts(out, " }\n");
	if (l->nvaried > 0)
		buf_puts(out, "vary { ");
	for (size_t i = 0; i < l->nvaried; i++) {
		questions_put_quoted(out, str_of(l->varied[i]));
		buf_puts(out, i + 1 < l->nvaried ? ", " : " }\n");
	}
	buf_putc(out, '\n');
}

int
lesson_put_shuffle(const char *name, struct buf *out)
{
	buf_puts(out, "-- Options stand as in the students' questions.\n"
		      "shuffle ");
	questions_put_quoted(out, str_of(name));
	buf_puts(out, "\n\n");
	return out->err;
}

int
lesson_put_questions(struct lesson *l, const char *set, const char *name,
    struct buf *out, struct diag *d)
{
	struct writing w = {
		.l = l, .shuffle = name, .out = out, .to = l->ntasks
	};
	int err;

	questions_put_head(l, set, out);
	err = sandbox_protect(l->sb, questions_put_tasks, &w, d);
	return err != 0 ? err : out->err;
}

int
lesson_put_question(struct lesson *l, size_t i, struct buf *out, struct diag *d)
{
	struct writing w = { .l = l, .out = out, .from = i, .to = i + 1 };
	int err = sandbox_protect(l->sb, questions_put_tasks, &w, d);

	return err != 0 ? err : out->err;
}

bool
lesson_is_worded(const struct lesson *l, size_t i)
{
	put_fn *put = puts_of[l->tasks[i].shown.kind];

	return put == questions_put_options || put == questions_put_entries;
}
