/*
 * Errors that the host raises, in two languages.  An error that Lua code
 * catches is English, so that a script that prints it, compares it or looks at
 * its length does the same in each language; an uncaught one is shown to the
 * user, in the user's.  So an error's value is its English text, and beside Lua
 * the last of them are kept in both languages.
 */
#include "script/sandbox_in.h"

#include "base/i18n.h"
#include "base/mem.h"
#include "base/param.h"

#include <string.h>

static const struct own_said *
errors_find_said(const struct sandbox *sb, struct str message, ptrdiff_t *at)
{
	for (size_t i = 0; i < OWN_SAID_MAX && i < sb->nsaid; i++) {
		const struct own_said *s =
		    &sb->said[(sb->nsaid - 1 - i) % OWN_SAID_MAX];

		*at = str_find(message, s->english);
		if (*at >= 0)
			return s;
	}
	return NULL;
}

static void
errors_forget(struct own_said *s)
{
	mem_free(s->english);
	mem_free(s->text);
	*s = (struct own_said){ NULL, NULL };
}

static void
keep_error(struct sandbox *sb, const struct diag *d)
{
	const char *english = diag_english(d);
	struct own_said s;
	ptrdiff_t at;

	if (strcmp(english, d->text) == 0 ||
	    errors_find_said(sb, str_of(english), &at) != NULL)
		return;
	s = (struct own_said){ mem_strdup(english), mem_strdup(d->text) };
	if (s.english == NULL || s.text == NULL) {
		errors_forget(&s);
		return;
	}
	errors_forget(&sb->said[sb->nsaid % OWN_SAID_MAX]);
	sb->said[sb->nsaid++ % OWN_SAID_MAX] = s;
}

void
own_forget_errors(struct sandbox *sb)
{
	for (size_t i = 0; i < OWN_SAID_MAX; i++)
		errors_forget(&sb->said[i]);
}

void
own_translate(const struct sandbox *sb, struct str message, struct buf *out)
{
	ptrdiff_t at;
	const struct own_said *s = errors_find_said(sb, message, &at);
	struct str before;

	if (s == NULL) {
		buf_str(out, message);
		return;
	}
	before = str_slice(message, 0, (size_t)at);
	buf_str(out, before);
	buf_puts(out, s->text);
	buf_str(
	    out, str_slice(message, before.n + strlen(s->english), message.n));
}

/* Raises D's sentence behind the place on top of the stack. */
_Noreturn static void
raise_error(lua_State *L, const struct diag *d)
{
	keep_error(sandbox_of(L), d);
	sandbox_push_text(L, diag_english(d));
	lua_concat(L, 2);
	lua_error(L);
	__builtin_unreachable();
}

int
sandbox_error_of(lua_State *L, const struct diag *why)
{
	for (int level = 1;; level++) {
		lua_Debug ar;

		if (!lua_getstack(L, level, &ar)) {
			lua_pushliteral(L, "");
			break;
		}
		lua_getinfo(L, "Sl", &ar);
		if (ar.currentline > 0) {
			lua_pushfstring(
			    L, "%s:%d: ", ar.short_src, ar.currentline);
			break;
		}
	}
	raise_error(L, why);
}

int
sandbox_error_near(
    lua_State *L, struct diag *why, const char *word, const luaL_Reg *known)
{
	size_t n = 0;

	while (known[n].name != NULL)
		n++;
	sandbox_error_one_of(L, why, word, &known[0].name, n, sizeof(known[0]));
}

int
sandbox_error_one_of(lua_State *L, struct diag *why, const char *word,
    const char *const *first, size_t n, size_t stride)
{
	diag_one_of(why, why->err, str_of(word), first, n, stride);
	sandbox_error_of(L, why);
}

int
sandbox_error(lua_State *L, const char *fmt, ...)
{
	struct diag d = DIAG_INIT;
	va_list ap;

	va_start(ap, fmt);
	diag_say(&d, fmt, ap);
	va_end(ap);
	sandbox_error_of(L, &d);
}

int
sandbox_error_in(lua_State *L, const char *fmt, ...)
{
	struct diag d = DIAG_INIT;
	lua_Debug ar;
	va_list ap;

	va_start(ap, fmt);
	diag_say(&d, fmt, ap);
	va_end(ap);
	lua_getinfo(L, ">S", &ar);
	lua_pushfstring(L, "%s:%d: ", ar.short_src, ar.linedefined);
	raise_error(L, &d);
}

static int
call_bound(lua_State *L)
{
	const struct sandbox_function *f =
	    lua_touserdata(L, lua_upvalueindex(1));

	if (lua_gettop(L) > f->most)
		sandbox_error(L,
		    _("%s was given too much in its brackets; write it as %s"),
		    f->name, f->form);
	return f->fn(L);
}

void
sandbox_bind(lua_State *L, const struct sandbox_function *list)
{
	for (; list->name != NULL; list++) {
		lua_pushlightuserdata(L, (void *)(uintptr_t)list);
		lua_pushcclosure(L, call_bound, 1);
		lua_setglobal(L, list->name);
	}
}

/* ---- Sentences in place of those of Lua ---- */

/* Lua reports an operation that a value can't take as "attempt to index a nil
 * value (local 't')"; the user gets words of people who call things by their
 * names. */
static const struct {
	const char *attempt;
	const char *text; /* of a value, by name, and what it is */
} attempts[] = {
	{ "index", N_("%s is %s, which has no fields and no actions") },
	{ "call", N_("%s is %s, which can't be called") },
	{ "perform arithmetic on",
	    N_("%s is %s, which can't be used in arithmetic") },
	{ "concatenate", N_("%s is %s, which can't be joined to a text") },
	{ "get length of", N_("%s is %s, which has no length") },
};

/* The sentences in place of Lua's words about a function, by its name: its
 * requirement on an argument of another type, the reason why it does not
 * exist. */
static const struct {
	const char *function;
	const char *text;
} functions[] = {
	{ "at", N_("at needs a time and a function: at(\"3s\", function() … "
		   "end)") },
	{ "goal", N_("goal needs a function: goal(function(t) … end, \"…\")") },
	{ "on", N_("on needs an event and a function: bob:on(\"invite\", "
		   "function(call) … end)") },
	{ "script", N_("script needs a function: script(function() … end)") },
	{ "vary", N_("vary needs a list of texts: vary { "
		     "\"bob.answer=1s..5s:1s\" }") },
	{ "wait", N_("wait needs a call or a node, and a state: wait(call, "
		     "\"confirmed\"); a pause is sleep \"5s\"") },
	{ "random", N_("chance is not available in scripts, so that runs can "
		       "be repeated; probability= of a fault uses the seed") },
};

/* "bad argument #1 to 'wait' (…)", "attempt to call a nil value (field
 * 'random')". */
static const char *
find_function(struct str message)
{
	bool argument = str_starts(message, "bad argument #");
	struct str name;

	if (!argument && !str_starts(message, "attempt to call a nil value"))
		return NULL;
	str_cut(message, '\'', &name);
	name = str_cut(name, '\'', &message);
	for (size_t i = 0; i < COUNT_OF(functions); i++)
		if (str_is(name, functions[i].function) &&
		    argument == !str_is(name, "random"))
			return _(functions[i].text);
	return NULL;
}

/* "nil value (local 't')": what it is, and of which name. */
static bool
errors_read_value(struct str s, struct str *type, struct str *name)
{
	ptrdiff_t at = str_find(s, " value"), quote;

	if (at <= 0)
		return false;
	*type = str_slice(s, 0, (size_t)at);
	*name = STR_NULL;
	s = str_slice(s, (size_t)at + strlen(" value"), s.n);
	quote = str_chr(s, '\'');
	if (s.n == 0)
		return true;
	if (!str_starts(s, " (") || quote < 0 || !str_ends(s, "')"))
		return false;
	*name = str_slice(s, (size_t)quote + 1, s.n - 2);
	return true;
}

/* The sentence in place of one about a value of TYPE called NAME (empty: any),
 * which has no other name. */
static const struct {
	const char *attempt, *type, *name, *text;
} instead_of[] = {
	{ "perform arithmetic on", "string", "",
	    N_("texts can't be used in arithmetic; join texts with .., not "
	       "with +") },
	{ "call", "table", "for iterator",
	    N_("to loop over a list, use ipairs: for _, name in "
	       "ipairs(nodes()) do") },
	{ "index", "nil", "integer index",
	    N_("the list has no such entry (nil); its entries are numbered "
	       "from 1") },
	{ "index", "nil", "?",
	    N_("the list has no such entry (nil); its entries are numbered "
	       "from 1") },
};

static const char *
find_instead(const char *attempt, struct str type, struct str name)
{
	for (size_t i = 0; i < COUNT_OF(instead_of); i++)
		if (strcmp(instead_of[i].attempt, attempt) == 0 &&
		    str_is(type, instead_of[i].type) &&
		    (instead_of[i].name[0] == '\0' ||
			str_is(name, instead_of[i].name)))
			return _(instead_of[i].text);
	return NULL;
}

static void
put_sentence(
    const char *text, struct str type, struct str name, struct buf *out)
{
	struct buf what = BUF_INIT, is = BUF_INIT;

	type = str_slice(type, str_starts(type, "rung.") ? 5 : 0, type.n);
	if (name.n > 0)
		buf_printf(&what, "“%.*s”", STR_ARG(name));
	else
		buf_puts(&what, _("a value that has no name"));
	if (str_is(type, "nil"))
		buf_puts(&is, _("nothing (nil)"));
	else
		/* TRANSLATORS: %s is a type of Lua's, such as table. */
		buf_printf(&is, _("a %.*s"), STR_ARG(type));
	buf_printf(out, text, buf_cstr(&what), buf_cstr(&is));
	buf_end(&what, &out->err);
	buf_end(&is, &out->err);
}

/* "bad argument #2 to 'format' (number expected, got string)": false where it
 * is none. */
static bool
explain_argument(struct str message, struct buf *out)
{
	struct str rest, number, name, wanted, got;

	if (!str_starts(message, "bad argument #"))
		return false;
	str_cut(message, '#', &rest);
	number = str_cut(rest, ' ', &rest);
	str_cut(rest, '\'', &rest);
	name = str_cut(rest, '\'', &rest);
	str_cut(rest, '(', &rest);
	wanted = str_cut(rest, ' ', &rest);
	if (!str_starts(rest, "expected, got ") || !str_ends(rest, ")"))
		return false;
	got = str_slice(rest, strlen("expected, got "), rest.n - 1);
	/* An object with verbs is the value before the colon. */
	if (str_is(wanted, "rung.trace") || str_is(wanted, "rung.record")) {
		buf_printf(out, _("write a colon to call it: …:%.*s(…)"),
		    STR_ARG(name));
		return true;
	}
	wanted =
	    str_slice(wanted, str_starts(wanted, "rung.") ? 5 : 0, wanted.n);
	if (str_is(wanted, "string") && str_is(got, "no value") &&
	    str_is(number, "1"))
		buf_printf(out,
		    _("%.*s needs a text; write it after the text with a "
		      "colon: name:%.*s()"),
		    STR_ARG(name), STR_ARG(name));
	else if (str_is(name, "?"))
		/* TRANSLATORS: a number, types of Lua's */
		buf_printf(out, _("argument %.*s must be a %.*s, not %.*s"),
		    STR_ARG(number), STR_ARG(wanted), STR_ARG(got));
	else
		/* TRANSLATORS: a function, a number, types of Lua's */
		buf_printf(out,
		    _("%.*s: argument %.*s must be a %.*s, not %.*s"),
		    STR_ARG(name), STR_ARG(number), STR_ARG(wanted),
		    STR_ARG(got));
	return true;
}

/* "attempt to compare number with string", "… two nil values". */
static bool
explain_comparison(struct str message, struct buf *out)
{
	struct str rest, one, other;

	if (!str_starts(message, "attempt to compare "))
		return false;
	str_cut(
	    str_slice(message, strlen("attempt to "), message.n), ' ', &rest);
	one = str_cut(rest, ' ', &other);
	if (str_is(one, "two"))
		one = other = str_cut(other, ' ', &rest);
	else
		str_cut(other, ' ', &other);
	/* TRANSLATORS: types of Lua's, such as number and string */
	buf_printf(out,
	    _("a %.*s and a %.*s can't be compared; write a number without "
	      "quotes"),
	    STR_ARG(one), STR_ARG(other));
	return true;
}

void
own_explain(struct str message, struct buf *out)
{
	static const char begin[] = "attempt to ";
	struct str s = str_slice(message, strlen(begin), message.n);
	const char *instead = find_function(message);
	struct str type, name;

	if (instead != NULL)
		buf_puts(out, instead);
	if (instead != NULL || explain_argument(message, out) ||
	    explain_comparison(message, out))
		return;
	for (size_t i = 0; str_starts(message, begin) && i < COUNT_OF(attempts);
	     i++) {
		size_t n = strlen(attempts[i].attempt);
		struct str rest = str_slice(s, n, s.n);

		if (str_starts(s, attempts[i].attempt) &&
		    str_starts(rest, " a ") &&
		    errors_read_value(
			str_slice(rest, 3, rest.n), &type, &name)) {
			instead = find_instead(attempts[i].attempt, type, name);
			if (instead != NULL)
				buf_puts(out, instead);
			else
				put_sentence(
				    _(attempts[i].text), type, name, out);
			return;
		}
	}
	buf_str(out, message);
}
