/*
 * string.format (reference manual 6.4): C's conversions with widths and
 * precisions of two digits at most, %q, and %s through sandbox_tostring.  %p
 * would show an address and is refused.
 */
#include "script/own_in.h"

#include "base/i18n.h"

#include <inttypes.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

/* %99.99f of the largest double, and then some. */
#define ITEM_MAX 512
/* What any conversion costs beside its text. */
#define ITEM_STEPS 8
/* What a byte costs that a literal names by its code. */
/* What it costs to make a text. */
#define TEXT_STEPS 6
#define CODE_STEPS 8

struct spec {
	char text[32]; /* as printf wants it */
	char conversion;
	bool bare; /* no flags, width or precision */
	bool precise;
};

/* Flags that a conversion takes, and whether a precision makes sense. */
static const struct family {
	const char *conversions, *flags;
	bool precision;
} takes[] = {
	{ "c", "-", false },
	{ "di", "-+0 ", true },
	{ "oxX", "-#0", true },
	{ "aAfFeEgG", "-+ #0", true },
	{ "s", "-", true },
	{ "q", "", false },
};

static size_t
digits(struct str f, size_t at)
{
	size_t n = 0;

	while (n < 2 && at + n < f.n && chr_is_digit(f.p[at + n]))
		n++;
	return n;
}

static const struct family *
family_of(char conversion)
{
	for (size_t i = 0; i < sizeof(takes) / sizeof(*takes); i++)
		if (conversion != '\0' &&
		    strchr(takes[i].conversions, conversion) != NULL)
			return &takes[i];
	return NULL;
}

static void
invalid(lua_State *L, struct str f, size_t from, size_t to)
{
	if (to > f.n)
		to = f.n;
	if (to - from > 20)
		to = from + 20;
	sandbox_error(L, _("invalid conversion '%.*s' to 'format'"),
	    (int)(to - from), f.p + from);
}

/* The conversion whose '%' is at AT; returns what is behind it. */
static size_t
read_spec(lua_State *L, struct str f, size_t at, struct spec *spec)
{
	const struct family *family;
	size_t i = at + 1, flags;
	const char *length = "";

	while (i < f.n && f.p[i] != '\0' && strchr("-+ #0", f.p[i]) != NULL &&
	       i - at <= 5)
		i++;
	flags = i;
	i += digits(f, i);
	spec->precise = i < f.n && f.p[i] == '.';
	if (spec->precise) {
		i++;
		i += digits(f, i);
	}
	spec->conversion = i < f.n ? f.p[i] : '\0';
	spec->bare = i == at + 1;
	if (spec->conversion == 'p')
		sandbox_error(
		    L, _("'%%p' would show an address, which differs on each "
			 "run; use '%%s'"));
	family = family_of(spec->conversion);
	if (family == NULL || (spec->precise && !family->precision)) {
		invalid(L, f, at, i + 1);
		return i;
	}
	for (size_t k = at + 1; k < flags; k++)
		if (strchr(family->flags, f.p[k]) == NULL)
			invalid(L, f, at, i + 1);
	if (strchr("dioxX", spec->conversion) != NULL)
		length = PRId64;
	/* PRId64 without its 'd' is the length modifier. */
	snprintf(spec->text, sizeof(spec->text), "%.*s%.*s%c", (int)(i - at),
	    f.p + at, (int)(length[0] != '\0' ? strlen(length) - 1 : 0), length,
	    spec->conversion);
	return i + 1;
}

/* A Lua literal that reads back as the same string. */
static void
quote(lua_State *L, luaL_Buffer *b, struct str s)
{
	char code[8];

	luaL_addchar(b, '"');
	for (size_t i = 0; i < s.n; i++) {
		unsigned char c = (unsigned char)s.p[i];

		if (c == '"' || c == '\\' || c == '\n') {
			luaL_addchar(b, '\\');
			luaL_addchar(b, (char)c);
		} else if (c < 32 || c == 127) {
			bool digit = i + 1 < s.n && chr_is_digit(s.p[i + 1]);

			sandbox_charge(L, CODE_STEPS);
			snprintf(
			    code, sizeof(code), digit ? "\\%03d" : "\\%d", c);
			luaL_addstring(b, code);
		} else {
			luaL_addchar(b, (char)c);
		}
	}
	luaL_addchar(b, '"');
}

static void
quote_number(lua_State *L, luaL_Buffer *b, int arg)
{
	char text[64];
	double d;

	if (lua_isinteger(L, arg)) {
		lua_Integer i = lua_tointeger(L, arg);

		/* The least integer has no decimal literal. */
		snprintf(text, sizeof(text),
		    i == LUA_MININTEGER ? "0x%" PRIx64 : "%" PRId64,
		    (int64_t)i);
	} else {
		d = lua_tonumber(L, arg);
		if (isinf(d))
			snprintf(text, sizeof(text), "%s",
			    d > 0 ? "1e9999" : "-1e9999");
		else if (isnan(d))
			snprintf(text, sizeof(text), "(0/0)");
		else if (d == floor(d) && fabs(d) < 1e15)
			snprintf(text, sizeof(text), "%.0f.0", d);
		else
			snprintf(text, sizeof(text), "%a", d);
	}
	luaL_addstring(b, text);
}

static void
add_quoted(lua_State *L, luaL_Buffer *b, int arg)
{
	struct str s;

	switch (lua_type(L, arg)) {
	case LUA_TSTRING:
		s.p = lua_tolstring(L, arg, &s.n);
		sandbox_charge(L, s.n / 16);
		own_check_length(L, (uint64_t)s.n * 4 + 2);
		quote(L, b, s);
		break;
	case LUA_TNUMBER:
		quote_number(L, b, arg);
		break;
	case LUA_TNIL:
		luaL_addstring(b, "nil");
		break;
	case LUA_TBOOLEAN:
		luaL_addstring(b, lua_toboolean(L, arg) ? "true" : "false");
		break;
	default:
		luaL_argerror(L, arg, "value has no literal form");
	}
}

static void
add_formatted_string(
    lua_State *L, luaL_Buffer *b, const struct spec *spec, int arg)
{
	struct str s = sandbox_tostring(L, arg);
	char item[ITEM_MAX];

	if (spec->bare || (!spec->precise && s.n >= 100)) {
		luaL_addvalue(b);
		return;
	}
	luaL_argcheck(
	    L, memchr(s.p, '\0', s.n) == NULL, arg, "string contains zeros");
	snprintf(item, sizeof(item), spec->text, s.p);
	lua_pop(L, 1);
	luaL_addstring(b, item);
}

static void
add_item(lua_State *L, luaL_Buffer *b, const struct spec *spec, int arg)
{
	char item[ITEM_MAX];
	double d;
	int n = 0;

	switch (spec->conversion) {
	case 's':
		add_formatted_string(L, b, spec, arg);
		return;
	case 'q':
		if (!spec->bare)
			sandbox_error(L, _("'%%q' takes no width"));
		add_quoted(L, b, arg);
		return;
	case 'c':
		n = snprintf(item, sizeof(item), spec->text,
		    (int)luaL_checkinteger(L, arg));
		break;
	case 'd':
	case 'i':
	case 'o':
	case 'x':
	case 'X':
		n = snprintf(item, sizeof(item), spec->text,
		    (int64_t)luaL_checkinteger(L, arg));
		break;
	default:
		d = luaL_checknumber(L, arg);
		n = snprintf(item, sizeof(item), spec->text, d);
		sandbox_charge(L, own_number_steps(d));
	}
	sandbox_charge(L, n > 0 ? (uint64_t)n : 0);
	luaL_addlstring(b, item, n > 0 ? (size_t)n : 0);
}

int
own_format(lua_State *L)
{
	int top = lua_gettop(L), arg = 1;
	struct spec spec;
	luaL_Buffer b;
	struct str f;

	f.p = luaL_checklstring(L, 1, &f.n);
	sandbox_charge(L, TEXT_STEPS + f.n / 4);
	luaL_buffinit(L, &b);
	for (size_t i = 0; i < f.n;) {
		if (f.p[i] != '%') {
			luaL_addchar(&b, f.p[i++]);
		} else if (i + 1 < f.n && f.p[i + 1] == '%') {
			luaL_addchar(&b, '%');
			i += 2;
		} else {
			i = read_spec(L, f, i, &spec);
			if (++arg > top)
				return luaL_argerror(L, arg, "no value");
			sandbox_charge(L, ITEM_STEPS);
			add_item(L, &b, &spec, arg);
			own_check_length(L, luaL_bufflen(&b));
		}
	}
	luaL_pushresult(&b);
	return 1;
}
