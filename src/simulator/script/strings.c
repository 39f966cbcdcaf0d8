/*
 * The string library (reference manual 6.4), whose work is counted and whose
 * results are bounded, and the metatable of strings, which scripts can't
 * reach.  Letters are ASCII's, in every locale.
 */
#include "script/sandbox_in.h"

#include "base/i18n.h"
#include "base/param.h"

#include <inttypes.h>
#include <lualib.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

/* ---- string.format: reference manual 6.4 ---- */

/* %99.99f of the largest double, and then some. */
#define ITEM_MAX 512
/* What any conversion costs beside its text. */
#define ITEM_STEPS 8
/* What it costs to make a text. */
#define TEXT_STEPS 6
/* What a byte costs that a literal names by its code. */
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
	for (size_t i = 0; i < COUNT_OF(takes); i++)
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

/* The conversion whose '%' is at AT; returns the position after it. */
static size_t
strings_read_spec(lua_State *L, struct str f, size_t at, struct spec *spec)
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
		sandbox_error(L, _("'%%p' would show an address, which differs "
				   "in each run; use '%%s'"));
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
strings_add_item(lua_State *L, luaL_Buffer *b, const struct spec *spec, int arg)
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

/* C's conversions with widths and precisions of two digits at most, %q, and %s
 * through sandbox_tostring. %p would show an address and is rejected. */
static int
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
			i = strings_read_spec(L, f, i, &spec);
			if (++arg > top)
				return luaL_argerror(L, arg, "no value");
			sandbox_charge(L, ITEM_STEPS);
			strings_add_item(L, &b, &spec, arg);
			own_check_length(L, luaL_bufflen(&b));
		}
	}
	luaL_pushresult(&b);
	return 1;
}

#define PACK_FORMAT_MAX 200
/* What it costs to read a number from a text, beside the text's length. */
#define NUMBER_STEPS 10

/* From 1, negative ones from the end, to 1.. (or 0 for what lies before). */
static size_t
from_position(lua_Integer i, size_t n)
{
	if (i > 0)
		return (size_t)i;
	if (i == 0 || i < -(lua_Integer)n)
		return 1;
	return n - (size_t)-i + 1;
}

static size_t
to_position(lua_Integer i, size_t n)
{
	if (i > (lua_Integer)n)
		return n;
	if (i >= 0)
		return (size_t)i;
	return i < -(lua_Integer)n ? 0 : n - (size_t)-i + 1;
}

struct str
own_check_str(lua_State *L, int index)
{
	struct str s;

	s.p = luaL_checklstring(L, index, &s.n);
	return s;
}

static int
str_byte(lua_State *L)
{
	struct str s = own_check_str(L, 1);
	lua_Integer i = luaL_optinteger(L, 2, 1);
	size_t from = from_position(i, s.n);
	size_t to = to_position(luaL_optinteger(L, 3, i), s.n);

	if (from > to)
		return 0;
	own_check_values(L, to - from + 1);
	for (size_t k = from; k <= to; k++)
		lua_pushinteger(L, (unsigned char)s.p[k - 1]);
	return (int)(to - from + 1);
}

static int
str_char(lua_State *L)
{
	int n = lua_gettop(L);
	luaL_Buffer b;
	char *p = luaL_buffinitsize(L, &b, (size_t)n);

	sandbox_charge(L, (uint64_t)n / 4);
	for (int i = 1; i <= n; i++) {
		lua_Integer c = luaL_checkinteger(L, i);

		luaL_argcheck(L, c >= 0 && c <= 255, i, "value out of range");
		p[i - 1] = (char)(unsigned char)c;
	}
	luaL_pushresultsize(&b, (size_t)n);
	return 1;
}

static int
str_len(lua_State *L)
{
	lua_pushinteger(L, (lua_Integer)own_check_str(L, 1).n);
	return 1;
}

static int
str_sub(lua_State *L)
{
	struct str s = own_check_str(L, 1);
	size_t from = from_position(luaL_checkinteger(L, 2), s.n);
	size_t to = to_position(luaL_optinteger(L, 3, -1), s.n);

	if (from > to)
		lua_pushliteral(L, "");
	else
		lua_pushlstring(L, s.p + from - 1, to - from + 1);
	return 1;
}

static char
upper(char c)
{
	return c >= 'a' && c <= 'z' ? (char)(c - ('a' - 'A')) : c;
}

static int
map_bytes(lua_State *L, char (*fn)(char))
{
	struct str s = own_check_str(L, 1);
	luaL_Buffer b;
	char *p = luaL_buffinitsize(L, &b, s.n);

	sandbox_charge(L, s.n / 4);
	for (size_t i = 0; i < s.n; i++)
		p[i] = fn(s.p[i]);
	luaL_pushresultsize(&b, s.n);
	return 1;
}

static int
str_lower(lua_State *L)
{
	return map_bytes(L, chr_lower);
}

static int
str_upper(lua_State *L)
{
	return map_bytes(L, upper);
}

static int
str_reverse(lua_State *L)
{
	struct str s = own_check_str(L, 1);
	luaL_Buffer b;
	char *p = luaL_buffinitsize(L, &b, s.n);

	sandbox_charge(L, s.n / 4);
	for (size_t i = 0; i < s.n; i++)
		p[i] = s.p[s.n - 1 - i];
	luaL_pushresultsize(&b, s.n);
	return 1;
}

/* N copies with SEP between them, in bytes; UINT64_MAX for too many. */
static uint64_t
rep_length(size_t s, size_t sep, uint64_t n)
{
	uint64_t total;

	if (__builtin_mul_overflow((uint64_t)s + sep, n, &total))
		return UINT64_MAX;
	return total - sep;
}

static int
str_rep(lua_State *L)
{
	struct str s = own_check_str(L, 1), sep = STR_NULL;
	lua_Integer n = luaL_checkinteger(L, 2);
	size_t total, filled;
	luaL_Buffer b;
	char *p;

	sep.p = luaL_optlstring(L, 3, "", &sep.n);
	if (n <= 0 || s.n + sep.n == 0) {
		lua_pushliteral(L, "");
		return 1;
	}
	own_check_length(L, rep_length(s.n, sep.n, (uint64_t)n));
	total = (size_t)rep_length(s.n, sep.n, (uint64_t)n);
	sandbox_charge(L, total / 64);
	p = luaL_buffinitsize(L, &b, total + sep.n);
	memcpy(p, s.p, s.n);
	if (n > 1)
		memcpy(p + s.n, sep.p, sep.n);
	/* Doubles the filled part until it is enough. */
	for (filled = s.n + sep.n; filled < total;) {
		size_t more = filled < total - filled ? filled : total - filled;

		memcpy(p + filled, p, more);
		filled += more;
	}
	luaL_pushresultsize(&b, total);
	return 1;
}

/* string.pack and its kin are Lua's own; a short format bounds their work. */
static int
packed(lua_State *L)
{
	struct str format = own_check_str(L, 1);

	if (format.n > PACK_FORMAT_MAX)
		return sandbox_error(L,
		    _("a pack format of %zu bytes is too long; at most %d"),
		    format.n, PACK_FORMAT_MAX);
	sandbox_charge(L, format.n);
	lua_pushvalue(L, lua_upvalueindex(1));
	lua_insert(L, 1);
	lua_call(L, lua_gettop(L) - 1, LUA_MULTRET);
	return lua_gettop(L);
}

/* "10" + 1 is 11.  Upvalues: the operation and its event's name. */
static int
arithmetic(lua_State *L)
{
	int op = (int)lua_tointeger(L, lua_upvalueindex(1));

	lua_settop(L, 2);
	if (lua_type(L, 2) > LUA_TSTRING &&
	    luaL_getmetafield(L, 2, lua_tostring(L, lua_upvalueindex(2))) !=
		LUA_TNIL) {
		lua_insert(L, 1);
		lua_call(L, 2, 1);
		return 1;
	}
	for (int i = 1; i <= 2; i++) {
		size_t n;
		const char *p;

		if (lua_type(L, i) == LUA_TNUMBER)
			continue;
		p = lua_tolstring(L, i, &n);
		sandbox_charge(L, p != NULL ? NUMBER_STEPS + n / 8 : 0);
		if (p != NULL && op == LUA_OPMOD && i == 1 &&
		    memchr(p, '%', n) != NULL)
			return sandbox_error(
			    L, _("use string.format(\"%%d\", n) to fill in a "
				 "text, not %%"));
		if (p == NULL || lua_stringtonumber(L, p) != n + 1)
			return sandbox_error(L,
			    _("attempt to perform arithmetic on a %s value"),
			    luaL_typename(L, i));
		lua_replace(L, i);
	}
	if (op == LUA_OPUNM)
		lua_settop(L, 1);
	lua_arith(L, op);
	return 1;
}

/* Scripts can't reach it: getmetatable("") is false. */
static void
set_metatable(lua_State *L)
{
	static const struct {
		const char *event;
		int op;
	} events[] = { { "__add", LUA_OPADD }, { "__sub", LUA_OPSUB },
		{ "__mul", LUA_OPMUL }, { "__mod", LUA_OPMOD },
		{ "__pow", LUA_OPPOW }, { "__div", LUA_OPDIV },
		{ "__idiv", LUA_OPIDIV }, { "__unm", LUA_OPUNM } };

	lua_pushliteral(L, "");
	lua_newtable(L);
	for (size_t i = 0; i < COUNT_OF(events); i++) {
		lua_pushinteger(L, events[i].op);
		lua_pushstring(L, events[i].event);
		lua_pushcclosure(L, arithmetic, 2);
		lua_setfield(L, -2, events[i].event);
	}
	lua_pushvalue(L, -3);
	lua_setfield(L, -2, "__index");
	lua_pushboolean(L, 0);
	lua_setfield(L, -2, "__metatable");
	lua_setmetatable(L, -2);
	lua_pop(L, 1);
}

/* (string, name) of what a text has not, where a script asks; string.dump is
 * one that others have. */
static int
no_field(lua_State *L)
{
	static const char *const names[] = { "byte", "char", "find", "format",
		"gmatch", "gsub", "len", "lower", "match", "rep", "reverse",
		"sub", "upper", "pack", "packsize", "unpack" };
	const char *near = NULL;
	struct str text;
	lua_Debug ar;

	if (lua_type(L, 2) != LUA_TSTRING || !lua_getstack(L, 1, &ar) ||
	    !lua_getinfo(L, "S", &ar) || ar.what[0] == 'C' ||
	    strcmp(lua_tostring(L, 2), "dump") == 0)
		return 0;
	if (str_find(sandbox_source(L, &text), "string.") >= 0)
		near = param_nearest(str_of(lua_tostring(L, 2)), names,
		    COUNT_OF(names), sizeof(names[0]));
	return sandbox_error(L,
	    str_find(sandbox_source(L, &text), "target.") >= 0
		? _("a target is a text (a URI) and has no “%s”; "
		    "target:match(\"@(.+)\") returns the part after the @")
	    : near != NULL ? _("string has no “%s”; did you mean “%s”?")
			   : _("a text has no “%s”; node(…) returns the node "
			       "with that name"),
	    lua_tostring(L, 2), near);
}

void
own_open_string(lua_State *L)
{
	static const luaL_Reg functions[] = {
		{ "byte", str_byte },
		{ "char", str_char },
		{ "find", own_find },
		{ "format", own_format },
		{ "gmatch", own_gmatch },
		{ "gsub", own_gsub },
		{ "len", str_len },
		{ "lower", str_lower },
		{ "match", own_match },
		{ "rep", str_rep },
		{ "reverse", str_reverse },
		{ "sub", str_sub },
		{ "upper", str_upper },
		{ NULL, NULL },
	};
	static const char *const packs[] = { "pack", "packsize", "unpack" };

	luaL_setfuncs(L, functions, 0);
	lua_pushcfunction(L, luaopen_string);
	lua_call(L, 0, 1);
	for (size_t i = 0; i < COUNT_OF(packs); i++) {
		lua_getfield(L, -1, packs[i]);
		lua_pushcclosure(L, packed, 1);
		lua_setfield(L, -3, packs[i]);
	}
	lua_pop(L, 1);
	lua_newtable(L);
	lua_pushcfunction(L, no_field);
	lua_setfield(L, -2, "__index");
	lua_pushboolean(L, 0);
	lua_setfield(L, -2, "__metatable");
	lua_setmetatable(L, -2);
	set_metatable(L);
}
