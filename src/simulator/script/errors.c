/*
 * Errors that the host raises, in two languages.  What Lua code catches is
 * English, so that a script that prints an error, compares it or looks at its
 * length does the same for everybody; what nobody catches is for a person, in
 * theirs.  So an error's value is its English text, and beside Lua the last of
 * them are kept in both languages.
 */
#include "script/own_in.h"

#include "base/i18n.h"
#include "base/mem.h"
#include "base/param.h"

#include <string.h>

static const struct own_said *
find_said(const struct sandbox *sb, struct str message, ptrdiff_t *at)
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
forget(struct own_said *s)
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
	    find_said(sb, str_of(english), &at) != NULL)
		return;
	s = (struct own_said){ mem_strdup(english), mem_strdup(d->text) };
	if (s.english == NULL || s.text == NULL) {
		forget(&s);
		return;
	}
	forget(&sb->said[sb->nsaid % OWN_SAID_MAX]);
	sb->said[sb->nsaid++ % OWN_SAID_MAX] = s;
}

void
own_forget_errors(struct sandbox *sb)
{
	for (size_t i = 0; i < OWN_SAID_MAX; i++)
		forget(&sb->said[i]);
}

void
own_translate(const struct sandbox *sb, struct str message, struct buf *out)
{
	ptrdiff_t at;
	const struct own_said *s = find_said(sb, message, &at);
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
	diag_meant(why, why->err,
	    param_nearest(str_of(word), &known[0].name, n, sizeof(known[0])));
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
		    _("%s was given too much in its brackets; it is written "
		      "%s"),
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
