/* goal(function(t) … end): what a lab asks of each run of a search. */
#include "base/err.h"
#include "lesson/lesson_in.h"

#include <string.h>

int
lesson_fn_goal(lua_State *L)
{
	struct lesson *l = lesson_of(L);

	luaL_checktype(L, 1, LUA_TFUNCTION);
	if (!lua_isnoneornil(L, 2) && lesson_get_text(L, 2) == NULL)
		return sandbox_error(
		    L, _("goal takes a function, and what it asks for as a "
			 "text: goal(function(t) … end, \"…\")"));
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

size_t
lesson_goals(const struct lesson *l)
{
	return l->ngoals;
}

uint64_t
lesson_hash(const struct lesson *l)
{
	return l->hash;
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
ask_body(lua_State *L)
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
	err = sandbox_protect(l->sb, ask_body, &a, d);
	if (err != 0 && d != NULL)
		lesson_say_missed(l, d);
	l->turn++;
	l->ntraces = 0;
	*holds = a.holds;
	*record = a.record;
	return err;
}

int
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
