/* Answers that are one value: a number, a time, a word, one of a list. */
#include "base/err.h"
#include "base/param.h"
#include "lesson/lesson_in.h"

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
	if (!lua_isnumber(L, index))
		sandbox_error(L, _("%s must be a number"), what);
	return lua_tonumber(L, index);
}

static bool
is_near(lua_State *L, int index, void *arg)
{
	const struct near *n = arg;

	return fabs(get_value(L, index, n->time, n->field) - n->value) <=
	       n->tolerance;
}

/* A comma at I of TEXT that stands between thousands, as rung writes them:
 * "266,437". */
static bool
is_group(struct str text, size_t i)
{
	size_t n = i + 1;

	while (n < text.n && chr_is_digit(text.p[n]))
		n++;
	return text.p[i] == ',' && i > 0 && chr_is_digit(text.p[i - 1]) &&
	       n == i + 4;
}

/* A decimal as people write it, without its sign. */
static int
read_decimal(struct str text, double *value)
{
	struct buf plain = BUF_INIT;
	int err;

	for (size_t i = 0; i < text.n; i++)
		if (text.p[i] != ',')
			buf_putc(&plain, text.p[i]);
	err =
	    plain.err != 0 ? plain.err : param_decimal(buf_view(&plain), value);
	buf_free(&plain);
	return err;
}

/* A number at the beginning of TEXT, whatever stands behind it: "7 messages";
 * false where there is none. */
static bool
read_quantity(struct str text, double *value)
{
	size_t n = 0;
	bool negative;

	text = str_trim(text);
	negative = str_starts(text, "-");
	text = str_slice(text, negative, text.n);
	while (n < text.n && (chr_is_digit(text.p[n]) || text.p[n] == '.' ||
				 is_group(text, n)))
		n++;
	if (n < text.n && !chr_is_space(text.p[n]) && text.p[n] != '%' &&
	    (unsigned char)text.p[n] < 0x80)
		return false;
	if (n == 0 || read_decimal(str_slice(text, 0, n), value) != 0)
		return false;
	if (negative)
		*value = -*value;
	return true;
}

/* How people write the units of times. */
static const struct {
	const char *written, *unit;
} time_units[] = {
	{ "毫秒", "ms" },
	{ "秒", "s" },
	{ "分钟", "min" },
	{ "seconds", "s" },
	{ "second", "s" },
	{ "sec", "s" },
};

/* "2.03 s", "500ms", "0.5", "2.5 秒": seconds. */
static bool
read_time(struct str text, double *value)
{
	struct buf tight = BUF_INIT;
	struct str plain;
	int64_t ns = 0;
	int err;

	for (size_t i = 0; i < text.n; i++)
		if (!chr_is_space(text.p[i]))
			buf_putc(&tight, text.p[i]);
	for (size_t i = 0; i < sizeof(time_units) / sizeof(time_units[0]);
	     i++) {
		plain = buf_view(&tight);
		if (!str_ends(plain, time_units[i].written))
			continue;
		buf_truncate(&tight, plain.n - strlen(time_units[i].written));
		buf_puts(&tight, time_units[i].unit);
		break;
	}
	err = tight.err != 0 ? tight.err : param_time(buf_view(&tight), &ns);
	buf_free(&tight);
	*value = (double)ns / 1e9;
	return err == 0;
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
	buf_str(&j->result->believed, str_trim(j->answer->text));
	if (!(time ? read_time : read_quantity)(
		j->answer->text, &given.value)) {
		judge_say(j, "%s",
		    time ? _("a time is asked for, such as 2.5 s or 20 ms")
			 : _("a number is asked for"));
		judge_unread(j);
		return;
	}
	judge_share(j, judge_has(L, is_near, &given), 1);
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

/* The next character of S that counts: no spaces, quotes, marks of Markdown,
 * no case. */
static int
next_plain(struct str *s)
{
	while (s->n > 0) {
		char c = s->p[0];

		*s = str_slice(*s, 1, s->n);
		if (!chr_is_space(c) && strchr("\"'`<>", c) == NULL)
			return (unsigned char)chr_lower(c);
	}
	return -1;
}

static bool
is_same_word(struct str a, struct str b)
{
	for (;;) {
		int x = next_plain(&a), y = next_plain(&b);

		if (x != y)
			return false;
		if (x < 0)
			return true;
	}
}

static bool
is_word_at(lua_State *L, int index, void *arg)
{
	struct str *given = arg, word;

	if (!lua_isstring(L, index))
		return false;
	word.p = lua_tolstring(L, index, &word.n);
	return is_same_word(*given, word);
}

void
judge_text(lua_State *L, struct judging *j)
{
	struct str given = str_trim(j->answer->text), word;

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
	buf_str(&j->result->believed, given);
	judge_share(j, judge_has(L, is_word_at, &given), 1);
	judge_explain(L, j, is_word_at, &given);
}

/* ---- one of a list ---- */

/* "b", "B)", "2", "（b）": its place in the list, or SIZE_MAX. */
static size_t
read_option(struct str text, size_t noptions)
{
	size_t i = SIZE_MAX;

	text = str_trim(text);
	if (str_starts(text, "("))
		text = str_slice(text, 1, text.n);
	else if (str_starts(text, "（"))
		text = str_slice(text, sizeof("（") - 1, text.n);
	/* Any sign may end the letter. */
	if (text.n == 0 || (text.n > 1 && chr_is_alnum(text.p[1])))
		return SIZE_MAX;
	if (chr_is_alpha(text.p[0]))
		i = (size_t)(chr_lower(text.p[0]) - 'a');
	else if (text.p[0] >= '1' && text.p[0] <= '9')
		i = (size_t)(text.p[0] - '1');
	return i < noptions ? i : SIZE_MAX;
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
	i = read_option(j->answer->text, t->noptions);
	judge_share(j, i != SIZE_MAX && t->options[i].right, 1);
	if (i == SIZE_MAX) {
		judge_say(j, _("a letter from a to %c is asked for"),
		    (char)('a' + (int)t->noptions - 1));
		buf_str(&j->result->believed, str_trim(j->answer->text));
		judge_unread(j);
		return;
	}
	o = &t->options[i];
	/* Its letter is another for each student. */
	buf_puts(&j->result->believed, o->text);
	if (o->rule != RULE_NONE)
		j->result->rule = o->rule;
	if (o->why != NULL)
		judge_say(j, "%s", o->why);
	/* Records of the option, else of the task. */
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
