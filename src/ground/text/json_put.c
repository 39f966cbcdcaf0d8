/*
 * Writing JSON (RFC 8259 section 7 for strings, RFC 4648 for base64).
 *
 * json_put_str runs once for every message that a simulation sends, so it looks
 * at eight bytes at a time and stops only where one of them needs more than
 * copying.
 */
#include "text/json.h"

#include "base/err.h"
#include "text/utf8.h"

#include <endian.h>
#include <string.h>

#define EACH(byte) (UINT64_C(0x0101010101010101) * (byte))
/* A byte of input grows to six at most: \u0000. */
#define GROWTH 6
#define CHUNK  4096
/* A word that begins inside the chunk and ends after it, and its last byte's
 * escape. */
#define SLACK 16
/* Texts that are likely to need no escapes: names, numbers, a branch. */
#define SHORT 64
/* A comma, the quotes and the colon of a key, the quotes of a value. */
#define PUNCTUATION 6

/*
 * The high bit of each byte that cannot be copied as it is: C0, '"', '\', DEL
 * and everything beyond ASCII.  Above the first such byte bits may be wrong.
 */
static inline uint64_t
special(uint64_t x)
{
	return ((x - EACH(0x20)) | ((x ^ EACH('"')) - EACH(1)) |
		   ((x ^ EACH('\\')) - EACH(1)) | (x + EACH(1)) | x) &
	       EACH(0x80);
}

/* C1 and the controls that turn a reader's eye (Unicode 9.0, chapter 23). */
static bool
steers(uint32_t c)
{
	return (c >= 0x80 && c <= 0x9f) || c == 0x061c || c == 0x200e ||
	       c == 0x200f || (c >= 0x2028 && c <= 0x202e) ||
	       (c >= 0x2066 && c <= 0x2069) || c == 0xfeff;
}

/* The N bytes at P, 0 to 7, as the low ones of a word whose others are 0. */
static inline uint64_t
load_few(const char *p, size_t n)
{
	uint32_t low, high;

	if (n >= 4) {
		memcpy(&low, p, 4);
		memcpy(&high, p + n - 4, 4);
		return le32toh(low) | (uint64_t)le32toh(high) << (n - 4) * 8;
	}
	if (n == 0)
		return 0;
	return (uint64_t)(unsigned char)p[0] |
	       (uint64_t)(unsigned char)p[n / 2] << n / 2 * 8 |
	       (uint64_t)(unsigned char)p[n - 1] << (n - 1) * 8;
}

/* Copies S, which is SHORT at most, to O, which has SLACK after it.  NULL
 * where a byte of it needs more than that. */
static inline char *
json_out_put_plain(char *o, struct str s)
{
	uint64_t x, found = 0;
	size_t i;

	if (s.n < 8) {
		/* the NULs behind the last byte are special as well */
		x = load_few(s.p, s.n);
		found = special(x) & ((UINT64_C(1) << 8 * s.n) - 1);
		x = htole64(x);
		memcpy(o, &x, 8);
		return found == 0 ? o + s.n : NULL;
	}
	for (i = 0; i + 8 <= s.n; i += 8) {
		memcpy(&x, s.p + i, 8);
		memcpy(o + i, &x, 8);
		found |= special(x);
	}
	/* The last word once more with the remaining bytes. */
	memcpy(&x, s.p + s.n - 8, 8);
	memcpy(o + s.n - 8, &x, 8);
	found |= special(x);
	return found == 0 ? o + s.n : NULL;
}

static char *
put_unicode(char *o, uint32_t c)
{
	static const char hex[] = "0123456789abcdef";

	*o++ = '\\';
	*o++ = 'u';
	*o++ = hex[c >> 12 & 15];
	*o++ = hex[c >> 8 & 15];
	*o++ = hex[c >> 4 & 15];
	*o++ = hex[c & 15];
	return o;
}

/* One code point beyond ASCII, at S; *USED is its length. */
static char *
put_wide(char *o, struct str s, size_t *used)
{
	uint32_t c = utf8_decode(s, used);

	if (c == UTF8_BAD && *used == 1) {
		memcpy(o, "\xef\xbf\xbd", 3);
		return o + 3;
	}
	if (steers(c))
		return put_unicode(o, c);
	memcpy(o, s.p, *used);
	return o + *used;
}

static char *
put_escape(char *o, unsigned char c)
{
	/* clang-format off */
	static const char shorts[0x80] = {
		['\b'] = 'b', ['\f'] = 'f', ['\n'] = 'n', ['\r'] = 'r',
		['\t'] = 't', ['"'] = '"', ['\\'] = '\\',
	};
	/* clang-format on */

	if (shorts[c] == 0)
		return put_unicode(o, c);
	*o++ = '\\';
	*o++ = shorts[c];
	return o;
}

#if defined(__SSE2__) || defined(__ARM_NEON)
typedef signed char vector __attribute__((vector_size(16)));

/* Copies S from *I on to O, 16 bytes at a time, while byte N is not reached and
 * none of them needs more than copying; true: the one at *I does. */
static inline bool
put_vectors(char **o, struct str s, size_t n, size_t *i)
{
	size_t at = *i;
	bool stops = false;

	for (; !stops && at < n && s.n - at >= sizeof(vector);) {
		uint64_t half[2];
		vector x, bad;
		size_t good = sizeof(x);

		memcpy(&x, s.p + at, sizeof(x));
		memcpy(*o, &x, sizeof(x));
		/* Those beyond ASCII are below 0. */
		bad = (vector)((x < ' ') | (x == '"') | (x == '\\') |
			       (x == 0x7f));
		memcpy(half, &bad, sizeof(half));
		stops = (half[0] | half[1]) != 0;
		if (half[0] != 0)
			good = (size_t)__builtin_ctzll(le64toh(half[0])) / 8;
		else if (half[1] != 0)
			good =
			    8 + (size_t)__builtin_ctzll(le64toh(half[1])) / 8;
		at += good;
		*o += good;
	}
	*i = at;
	return stops;
}
#else
static inline bool
put_vectors(char **o, struct str s, size_t n, size_t *i)
{
	(void)o;
	(void)s;
	(void)n;
	(void)i;
	return false;
}
#endif

/* Copies words of S from *I on to O, until behind byte N or where one byte of
 * the last word needs more than copying; their places are moved to that byte,
 * or the end of S. */
static inline char *
json_out_put_words(char *o, struct str s, size_t n, size_t *i)
{
	uint64_t x, found = 0;
	size_t at;

	if (put_vectors(&o, s, n, i))
		return o;
	at = *i;
	for (; at < n && s.n - at >= 8; at += 8, o += 8) {
		memcpy(&x, s.p + at, 8);
		memcpy(o, &x, 8);
		found = special(le64toh(x));
		if (found != 0)
			break;
	}
	if (found == 0 && at < n) {
		/* the NULs behind the last byte are special as well */
		x = load_few(s.p + at, s.n - at);
		found = special(x);
		x = htole64(x);
		memcpy(o, &x, 8);
	}
	if (found != 0) {
		at += (size_t)__builtin_ctzll(found) / 8;
		o += (size_t)__builtin_ctzll(found) / 8;
	}
	*i = at;
	return o;
}

/* Escapes the first N bytes of S (or a little more, where a code point ends
 * later) to O, which has room for GROWTH * N + SLACK; *USED is what was read.
 */
static char *
json_out_put_chunk(char *o, struct str s, size_t n, size_t *used, bool *wide)
{
	size_t i = 0;

	for (;;) {
		size_t len = 1;
		unsigned char c;

		o = json_out_put_words(o, s, n, &i);
		if (i >= n)
			break;
		c = (unsigned char)s.p[i];
		if (c == '\r' && s.n - i > 1 && s.p[i + 1] == '\n') {
			/* Every line of a SIP message ends so. */
			memcpy(o, "\\r\\n", 4);
			o += 4;
			i += 2;
			continue;
		}
		if (c >= 0x80) {
			o = put_wide(o, str_slice(s, i, s.n), &len);
			*wide = true;
		} else {
			o = put_escape(o, c);
		}
		i += len;
	}
	*used = i;
	return o;
}

/* *WIDE: a byte of S is beyond ASCII. */
static void
put_string(struct buf *b, struct str s, bool *wide)
{
	*wide = false;
	buf_putc(b, '"');
	while (s.n > 0) {
		size_t n = s.n < CHUNK ? s.n : CHUNK, used;

		if (buf_reserve(b, GROWTH * n + SLACK) != 0)
			return;
		b->n = (size_t)(json_out_put_chunk(
				    b->p + b->n, s, n, &used, wide) -
				b->p);
		b->p[b->n] = '\0';
		s = str_slice(s, used, s.n);
	}
	buf_putc(b, '"');
}

void
json_put_str(struct buf *b, struct str s)
{
	bool wide;

	put_string(b, s, &wide);
}

/* The key behind what B holds, which has room for it and SLACK. */
static inline char *
json_out_put_key(const struct buf *b, struct str key)
{
	char *o = b->p + b->n;
	uint64_t x;

	if (b->n > 0 && o[-1] != '{' && o[-1] != '[')
		*o++ = ',';
	*o++ = '"';
	if (key.n < 8) {
		x = htole64(load_few(key.p, key.n));
		memcpy(o, &x, 8);
	} else {
		memcpy(o, key.p, key.n);
	}
	o += key.n;
	*o++ = '"';
	*o++ = ':';
	return o;
}

static void
json_out_add_key(struct buf *b, struct str key)
{
	char *o;

	if (buf_reserve(b, key.n + PUNCTUATION + SLACK) != 0)
		return;
	o = json_out_put_key(b, key);
	*o = '\0';
	b->n = (size_t)(o - b->p);
}

void
json_put_key(struct buf *b, const char *key)
{
	json_out_add_key(b, str_of(key));
}

void
json_put_item(struct buf *b)
{
	if (b->n > 0 && b->p[b->n - 1] != '[')
		buf_putc(b, ',');
}

void
json_add_item(struct buf *items, const char *fmt, ...)
{
	struct buf text = BUF_INIT;
	va_list ap;

	va_start(ap, fmt);
	buf_vprintf(&text, fmt, ap);
	va_end(ap);
	if (items->n > 0)
		buf_putc(items, ',');
	json_put_str(items, buf_view(&text));
	buf_end(&text, &items->err);
}

void
json_open(struct buf *b, const char *key, char bracket)
{
	if (key != NULL)
		json_put_key(b, key);
	else
		json_put_item(b);
	buf_putc(b, bracket);
}

/* A member whose text may need escapes. */
static void
put_any_member(struct buf *b, struct str key, struct str s)
{
	json_out_add_key(b, key);
	json_put_str(b, s);
}

void
json_put_member(struct buf *b, struct str key, struct str s)
{
	char *o;

	if (s.n > SHORT || b->err != 0 ||
	    key.n + PUNCTUATION + s.n + SLACK >= b->cap - b->n) {
		put_any_member(b, key, s);
		return;
	}
	o = json_out_put_key(b, key);
	*o++ = '"';
	o = json_out_put_plain(o, s);
	if (o == NULL) {
		b->p[b->n] = '\0';
		put_any_member(b, key, s);
		return;
	}
	*o++ = '"';
	*o = '\0';
	b->n = (size_t)(o - b->p);
}

bool
json_put_utf8(struct buf *b, struct str key, struct str s)
{
	size_t before = b->n;
	bool wide;

	json_out_add_key(b, key);
	put_string(b, s, &wide);
	if (!wide || utf8_valid(s))
		return true;
	buf_truncate(b, before);
	return false;
}

void
json_put_number(struct buf *b, struct str key, int64_t v)
{
	json_out_add_key(b, key);
	buf_i64(b, v);
}

void
json_put_bool(struct buf *b, const char *key, bool v)
{
	json_put_key(b, key);
	buf_puts(b, v ? "true" : "false");
}

void
json_put_hash(struct buf *b, const char *key, uint64_t v)
{
	json_put_key(b, key);
	buf_putc(b, '"');
	buf_hex(b, v, 16);
	buf_putc(b, '"');
}

void
json_put_raw(struct buf *b, struct str json)
{
	while (json.n > 0) {
		size_t used;
		uint32_t c = utf8_decode(json, &used);

		if (c == 0x7f || steers(c))
			buf_printf(b, "\\u%04x", (unsigned)c);
		else
			buf_add(b, json.p, used);
		json = str_slice(json, used, json.n);
	}
}

void
json_put_base64(struct buf *b, struct str bytes)
{
	static const char digits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
				     "abcdefghijklmnopqrstuvwxyz0123456789+/";
	const unsigned char *p = (const unsigned char *)bytes.p;
	char *o;

	if (bytes.n > SIZE_MAX / 4) {
		b->err = ERR_NOMEM;
		return;
	}
	if (bytes.n == 0 || buf_reserve(b, (bytes.n + 2) / 3 * 4) != 0)
		return;
	o = b->p + b->n;
	for (size_t i = 0; i < bytes.n; i += 3) {
		size_t left = bytes.n - i;
		uint32_t v = (uint32_t)p[i] << 16;

		if (left > 1)
			v |= (uint32_t)p[i + 1] << 8;
		if (left > 2)
			v |= p[i + 2];
		*o++ = digits[v >> 18];
		*o++ = digits[v >> 12 & 63];
		*o++ = left > 1 ? digits[v >> 6 & 63] : '=';
		*o++ = left > 2 ? digits[v & 63] : '=';
	}
	*o = '\0';
	b->n = (size_t)(o - b->p);
}
