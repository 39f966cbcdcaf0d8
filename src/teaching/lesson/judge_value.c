/* Answers that are one value: a number, a time, a word, one of a list. */
#include "base/err.h"
#include "base/param.h"
#include "lesson/answer_spelling.h"
#include "lesson/lesson_in.h"
#include "msg/headers.h"
#include "msg/message.h"

#include <math.h>
#include <string.h>

/* ---- numbers and times ---- */

struct near {
	const char *field; /* that its like is looked for in */
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
		    _("%s must be a number, and is nothing (nil); a "
		      "function gives its value by return"),
		    what);
	if (!lua_isnumber(L, index))
		/* TRANSLATORS: the last is a type of Lua's, such as table. */
		sandbox_error(L, _("%s must be a number, not a %s"), what,
		    luaL_typename(L, index));
	return lua_tonumber(L, index);
}

static bool
is_near(lua_State *L, int index, void *arg)
{
	const struct near *n = arg;

	return fabs(get_value(L, index, n->time, n->field) - n->value) <=
	       n->tolerance;
}

/* What is right, of several the first; raises. */
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
		    time ? _("a time is asked for, such as 2.5 s or 20 ms")
			 : _("a number is asked for"));
		judge_share(j, 0, 1);
		return;
	}
	buf_printf(&j->result->value, "%.12g", given.value);
	judge_share(j, judge_has(L, is_near, &given), 1);
	if (time && j->result->verdict == LESSON_BAD && j->plain.n > 0 &&
	    chr_is_digit(j->plain.p[j->plain.n - 1]))
		judge_say(j, _("a number alone counts seconds"));
	given.field = "wrong";
	judge_explain(L, j, is_near, &given);
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
	struct msg *m = mem_alloc(sizeof(*m));
	struct buf scratch = BUF_INIT;
	struct trace_rec rec;
	struct str at;
	bool found = false;

	for (uint64_t seq = 1; m != NULL && !found && seq <= trace_count(t);
	     seq++) {
		if (trace_kind_of(t, seq) != TRACE_SEND)
			continue;
		trace_get(t, seq, &rec);
		if (msg_read(m, trace_bytes(&rec, &scratch), &at) != 0)
			continue;
		for (size_t i = 0; i < m->nfields && !found; i++)
			found = m->fields[i].id == id &&
				spelling_same(m->fields[i].value, value);
	}
	mem_free(m);
	buf_free(&scratch);
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
		judge_say(j, _("a letter from a to %c is asked for"),
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
	    _("predictions: %u, right at the first try: %u, asked for: %u"),
	    j->answer->predicted, right, of);
	judge_share(j, right < of ? right : of, of);
}
