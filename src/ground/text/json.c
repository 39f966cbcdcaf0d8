/*
 * Reading JSON (RFC 8259) from untrusted text.
 *
 * One scanner checks and measures a value; everything else cuts slices out of
 * what it has let through.  It keeps no stack but one bit a level, so depth
 * costs nothing and is bounded; it reads each byte once.  Where it stops on a
 * mistake tells a text that was cut off (nothing left) from a damaged one.
 */
#include "text/json.h"

#include "base/err.h"
#include "text/utf8.h"

#include <endian.h>
#include <string.h>

#define EACH(byte) (UINT64_C(0x0101010101010101) * (byte))

/* The rest of the text. */
struct cursor {
	const char *p, *end;
};

static inline void
skip_space(struct cursor *c)
{
	/* Most often there is none. */
	while (
	    c->p < c->end && (unsigned char)*c->p <= ' ' && chr_is_space(*c->p))
		c->p++;
}

/* Behind bytes of a string that stand for themselves. */
static void
skip_plain(struct cursor *c)
{
	while (c->end - c->p >= 8) {
		uint64_t x, found;

		memcpy(&x, c->p, 8);
		x = le64toh(x);
		/* The lowest bit found is right; those above may not be. */
		found = ((x - EACH(0x20)) | ((x ^ EACH('"')) - EACH(1)) |
			    ((x ^ EACH('\\')) - EACH(1)) | x) &
			EACH(0x80);
		if (found != 0) {
			c->p += __builtin_ctzll(found) / 8;
			return;
		}
		c->p += 8;
	}
	while (c->p < c->end && (unsigned char)*c->p >= 0x20 &&
	       (unsigned char)*c->p < 0x80 && *c->p != '"' && *c->p != '\\')
		c->p++;
}

/* Four hexadecimal digits; false with C at the byte that is none. */
static bool
scan_hex(struct cursor *c, uint32_t *value)
{
	*value = 0;
	for (int i = 0; i < 4; i++, c->p++) {
		if (c->p == c->end || chr_hex(*c->p) < 0)
			return false;
		*value = *value << 4 | (uint32_t)chr_hex(*c->p);
	}
	return true;
}

static bool
scan_char(struct cursor *c, char wanted)
{
	if (c->p == c->end || *c->p != wanted)
		return false;
	c->p++;
	return true;
}

/* Behind a backslash: one escape, its code point in *CODE.  RFC 8259 7: beyond
 * the basic plane a pair of surrogates; half a pair means nothing. */
static bool
scan_escape(struct cursor *c, uint32_t *code)
{
	static const char names[] = "\"\\/bfnrt";
	static const char values[] = "\"\\/\b\f\n\r\t";
	const char *at;
	uint32_t low;

	if (c->p == c->end)
		return false;
	if (*c->p != 'u') {
		at = *c->p != '\0' ? strchr(names, *c->p) : NULL;
		if (at == NULL)
			return false;
		*code = (unsigned char)values[at - names];
		c->p++;
		return true;
	}
	c->p++;
	if (!scan_hex(c, code))
		return false;
	if (*code < 0xd800 || *code > 0xdfff)
		return true;
	if (*code > 0xdbff) {
		c->p -= 4;
		return false;
	}
	if (!scan_char(c, '\\') || !scan_char(c, 'u') || !scan_hex(c, &low))
		return false;
	if (low < 0xdc00 || low > 0xdfff) {
		c->p -= 4;
		return false;
	}
	*code = 0x10000 + ((*code - 0xd800) << 10) + (low - 0xdc00);
	return true;
}

/* One code point beyond ASCII. */
static bool
scan_wide(struct cursor *c)
{
	struct str left = { c->p, (size_t)(c->end - c->p) };
	unsigned char lead = (unsigned char)*c->p;
	size_t used, need = lead >= 0xf0 ? 4 : lead >= 0xe0 ? 3 : 2;

	if (utf8_decode(left, &used) != UTF8_BAD || used > 1) {
		c->p += used;
		return true;
	}
	if (lead >= 0xc2 && left.n < need) {
		/* Cut off within it, if only such bytes follow. */
		const char *p = c->p + 1;

		while (p < c->end && ((unsigned char)*p & 0xc0) == 0x80)
			p++;
		if (p == c->end)
			c->p = p;
	}
	return false;
}

/* From quote to quote. */
static bool
scan_string(struct cursor *c)
{
	uint32_t code;

	if (!scan_char(c, '"'))
		return false;
	for (;;) {
		skip_plain(c);
		if (c->p == c->end)
			return false;
		if (*c->p == '"') {
			c->p++;
			return true;
		}
		if (*c->p == '\\') {
			c->p++;
			if (!scan_escape(c, &code))
				return false;
		} else if ((unsigned char)*c->p < 0x20 || !scan_wide(c)) {
			return false;
		}
	}
}

static bool
scan_digits(struct cursor *c)
{
	if (c->p == c->end || !chr_is_digit(*c->p))
		return false;
	while (c->p < c->end && chr_is_digit(*c->p))
		c->p++;
	return true;
}

/* RFC 8259 6: no leading zeros, no bare point. */
static bool
scan_number(struct cursor *c)
{
	scan_char(c, '-');
	if (!scan_char(c, '0') && !scan_digits(c))
		return false;
	if (scan_char(c, '.') && !scan_digits(c))
		return false;
	if (!scan_char(c, 'e') && !scan_char(c, 'E'))
		return true;
	if (!scan_char(c, '+'))
		scan_char(c, '-');
	return scan_digits(c);
}

static bool
scan_word(struct cursor *c, const char *word)
{
	for (; *word != '\0'; word++)
		if (!scan_char(c, *word))
			return false;
	return true;
}

static bool
scan_scalar(struct cursor *c)
{
	switch (json_type_of(*c->p)) {
	case JSON_STRING:
		return scan_string(c);
	case JSON_NUMBER:
		return scan_number(c);
	case JSON_BOOL:
		return scan_word(c, *c->p == 't' ? "true" : "false");
	case JSON_NULL:
		return scan_word(c, "null");
	default:
		return false;
	}
}

/* A member's key and colon. */
static bool
scan_key(struct cursor *c)
{
	skip_space(c);
	if (!scan_string(c))
		return false;
	skip_space(c);
	return scan_char(c, ':');
}

/* Behind a value: closes what ends here, and goes to the next value's place.
 * *DEPTH is 0 where there is none. */
static bool
scan_behind(struct cursor *c, uint32_t objects, unsigned *depth)
{
	while (*depth > 0) {
		bool object = objects >> (*depth - 1) & 1;

		skip_space(c);
		if (scan_char(c, ','))
			return object ? scan_key(c) : true;
		if (!scan_char(c, object ? '}' : ']'))
			return false;
		--*depth;
	}
	return true;
}

static bool
scan_value(struct cursor *c)
{
	uint32_t objects = 0; /* bit I: level I + 1 is an object */
	unsigned depth = 0;

	_Static_assert(JSON_DEPTH <= 32, "one bit a level");
	do {
		skip_space(c);
		if (c->p == c->end)
			return false;
		if (*c->p == '{' || *c->p == '[') {
			bool object = *c->p == '{';

			if (depth == JSON_DEPTH)
				return false;
			c->p++;
			objects &= ~(UINT32_C(1) << depth);
			objects |= (uint32_t)object << depth++;
			skip_space(c);
			if (!scan_char(c, object ? '}' : ']')) {
				if (object && !scan_key(c))
					return false;
				continue;
			}
			depth--;
		} else if (!scan_scalar(c)) {
			return false;
		}
		if (!scan_behind(c, objects, &depth))
			return false;
	} while (depth > 0);
	return true;
}

static struct cursor
cursor_of(struct str s)
{
	const char *p = s.p != NULL ? s.p : "";

	return (struct cursor){ p, p + s.n };
}

static void
give_back(struct str *text, const struct cursor *c)
{
	*text = (struct str){ c->p, (size_t)(c->end - c->p) };
}

void
json_skip_space(struct str *text)
{
	struct cursor c = cursor_of(*text);

	skip_space(&c);
	give_back(text, &c);
}

static bool
json_read_value(struct cursor *c, struct json_value *v)
{
	const char *from;

	skip_space(c);
	from = c->p;
	if (!scan_value(c)) {
		*v = (struct json_value){ JSON_NONE, STR_NULL };
		return false;
	}
	v->type = json_type_of(*from);
	v->raw = (struct str){ from, (size_t)(c->p - from) };
	return true;
}

int
json_read(struct str *text, struct json_value *v)
{
	struct cursor c = cursor_of(*text);
	bool ok = json_read_value(&c, v);

	give_back(text, &c);
	return ok ? 0 : ERR_SYNTAX;
}

/* The next member, or V->type JSON_NONE at the end. */
static bool
json_take_member(
    struct cursor *c, bool *first, struct str *key, struct json_value *v)
{
	const char *from;

	*v = (struct json_value){ JSON_NONE, STR_NULL };
	*key = STR_NULL;
	skip_space(c);
	if (scan_char(c, '}'))
		return true;
	if (!*first && !scan_char(c, ','))
		return false;
	*first = false;
	skip_space(c);
	from = c->p + 1;
	if (!scan_string(c))
		return false;
	*key = (struct str){ from, (size_t)(c->p - 1 - from) };
	skip_space(c);
	return scan_char(c, ':') && json_read_value(c, v);
}

int
json_read_member(
    struct str *text, bool *first, struct str *key, struct json_value *v)
{
	struct cursor c = cursor_of(*text);
	bool ok = json_take_member(&c, first, key, v);

	give_back(text, &c);
	return ok ? 0 : ERR_SYNTAX;
}

/* ---- the way through a value that was let through before: nothing is checked
 * again, and whatever it is, nothing beyond its end is looked at ---- */

/* Of the 8 bytes at P which are quotes: the lowest bit is right, those above
 * may not be. */
static inline uint64_t
quotes_at(const char *p)
{
	uint64_t x;

	memcpy(&x, p, 8);
	x = le64toh(x) ^ EACH('"');
	return (x - EACH(1)) & ~x & EACH(0x80);
}

/* The next quote from C on, or its end: most strings are short. */
static inline const char *
next_quote(const struct cursor *c)
{
	const char *p = c->p;

	for (int i = 0; i < 2 && c->end - p >= 16; i++, p += 16) {
		uint64_t low = quotes_at(p), high = quotes_at(p + 8);

		if ((low | high) != 0)
			return low != 0 ? p + __builtin_ctzll(low) / 8
					: p + 8 + __builtin_ctzll(high) / 8;
	}
	p = memchr(p, '"', (size_t)(c->end - p));
	return p != NULL ? p : c->end;
}

/* Behind the string that begins at C. */
static inline void
json_pass_string(struct cursor *c)
{
	const char *from = ++c->p, *quote, *p;

	while (c->p < c->end) {
		quote = next_quote(c);
		if (quote == c->end)
			break;
		c->p = quote + 1;
		if (quote == from || quote[-1] != '\\')
			return;
		for (p = quote; p > from && p[-1] == '\\';)
			p--;
		if ((quote - p) % 2 == 0)
			return;
	}
	c->p = c->end;
}

/* Behind the array or object that begins at C. */
static void
pass_nested(struct cursor *c)
{
	size_t depth = 0;

	while (c->p < c->end) {
		char ch = *c->p;

		if (ch == '"') {
			json_pass_string(c);
			continue;
		}
		c->p++;
		if (ch == '{' || ch == '[')
			depth++;
		else if ((ch == '}' || ch == ']') && --depth == 0)
			return;
	}
}

/* Behind the number or word that begins at C. */
static inline void
pass_word(struct cursor *c)
{
	while (c->p < c->end && chr_is_digit(*c->p))
		c->p++;
	while (c->p < c->end && *c->p != ',' && *c->p != '}' && *c->p != ']' &&
	       !chr_is_space(*c->p))
		c->p++;
}

static inline bool
pass_value(struct cursor *c, struct json_value *v)
{
	const char *from = c->p;

	if (c->p == c->end)
		return false;
	v->type = json_type_of(*from);
	if (*from == '"')
		json_pass_string(c);
	else if (*from == '{' || *from == '[')
		pass_nested(c);
	else
		pass_word(c);
	v->raw = (struct str){ from, (size_t)(c->p - from) };
	return v->type != JSON_NONE;
}

static inline bool
pass_key(struct cursor *c, struct str *key)
{
	const char *from = c->p + 1;

	if (c->p == c->end || *c->p != '"')
		return false;
	json_pass_string(c);
	if (c->p - 1 < from)
		return false;
	*key = (struct str){ from, (size_t)(c->p - 1 - from) };
	skip_space(c);
	if (!scan_char(c, ':'))
		return false;
	skip_space(c);
	return true;
}

/* The next value and, in an OBJECT, its key. */
static inline bool
pass_item(struct cursor *c, bool object, struct str *key, struct json_value *v)
{
	skip_space(c);
	if (scan_char(c, ','))
		skip_space(c);
	return (!object || pass_key(c, key)) && pass_value(c, v);
}

int
json_next(struct str in, size_t *at, struct str *key, struct json_value *v)
{
	struct cursor c = cursor_of(in);
	bool ok;

	*key = STR_NULL;
	*v = (struct json_value){ JSON_NONE, STR_NULL };
	if (in.n < 2 || *at >= in.n || (in.p[0] != '{' && in.p[0] != '['))
		return 0;
	c.p += *at == 0 ? 1 : *at;
	ok = pass_item(&c, in.p[0] == '{', key, v);
	*at = (size_t)(c.p - in.p);
	return ok;
}

struct str
json_text_in(struct json_value v, struct buf *memory)
{
	size_t from = memory->n;
	struct str s;

	if (json_plain(v, &s) == 0)
		return s;
	if (json_text(v, memory) != 0)
		return STR_NULL;
	return str_slice(buf_view(memory), from, memory->n);
}

bool
json_item(struct json_value list, size_t *at, struct json_value *v)
{
	struct str key;

	return list.type == JSON_ARRAY && json_next(list.raw, at, &key, v) != 0;
}

size_t
json_count(struct json_value list)
{
	struct json_value v;
	size_t at = 0, n = 0;

	while (json_item(list, &at, &v))
		n++;
	return n;
}

/* Behind the bracket that opens V, which has more in it than that. */
static struct cursor
json_inside(struct str raw)
{
	struct cursor c = cursor_of(raw);

	c.p += c.p < c.end;
	return c;
}

/* Most keys differ from another in their length or first letter. */
static inline bool
is_key(struct str key, struct str wanted)
{
	return key.n == wanted.n && key.n > 0 && key.p[0] == wanted.p[0] &&
	       memcmp(key.p, wanted.p, key.n) == 0;
}

struct json_value
json_member(struct json_value object, const char *key)
{
	struct cursor c = json_inside(object.raw);
	struct str name = STR_NULL, wanted = str_of(key);
	struct json_value v;

	if (object.type == JSON_OBJECT)
		while (c.p < c.end && pass_item(&c, true, &name, &v))
			if (is_key(name, wanted))
				return v;
	return (struct json_value){ JSON_NONE, STR_NULL };
}

void
json_members(
    struct str raw, const struct str *keys, size_t n, struct json_value *values)
{
	struct cursor c = json_inside(raw);
	size_t left = n;
	struct json_value v;
	struct str key = STR_NULL;

	memset(values, 0, n * sizeof(*values));
	if (raw.n == 0 || raw.p[0] != '{')
		return;
	while (left > 0 && c.p < c.end && pass_item(&c, true, &key, &v))
		for (size_t i = 0; i < n; i++)
			if (is_key(key, keys[i]) &&
			    values[i].type == JSON_NONE) {
				values[i] = v;
				left--;
			}
}

int
json_plain(struct json_value v, struct str *text)
{
	*text = STR_NULL;
	if (v.type != JSON_STRING || v.raw.n < 2)
		return ERR_SYNTAX;
	*text = str_slice(v.raw, 1, v.raw.n - 1);
	return memchr(v.raw.p, '\\', v.raw.n) == NULL ? 0 : ERR_SYNTAX;
}

int
json_text(struct json_value v, struct buf *out)
{
	struct cursor c;

	if (v.type != JSON_STRING || v.raw.n < 2)
		return ERR_SYNTAX;
	c = cursor_of(str_slice(v.raw, 1, v.raw.n - 1));
	/* Unescaped a text is never longer. */
	if (buf_reserve(out, v.raw.n) != 0)
		return ERR_NOMEM;
	while (c.p < c.end) {
		size_t left = (size_t)(c.end - c.p);
		const char *slash = memchr(c.p, '\\', left);
		uint32_t code;

		buf_add(out, c.p, slash ? (size_t)(slash - c.p) : left);
		if (slash == NULL)
			break;
		c.p = slash + 1;
		if (!scan_escape(&c, &code))
			return ERR_SYNTAX;
		if (code < 0x80)
			buf_putc(out, (char)code);
		else
			utf8_encode(out, code);
	}
	return out->err;
}
