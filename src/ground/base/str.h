/*
 * A slice of borrowed bytes: no NUL at its end, any byte in it.  Everything
 * that reads outside bytes works on slices.
 */
#ifndef BASE_STR_H
#define BASE_STR_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

/* How many elements an array has. */
#define COUNT_OF(array) (sizeof(array) / sizeof((array)[0]))

/* A variable of a block: where the block is left, by whichever way, END is
 * called with its address.
 *	LOCAL(doc_free) struct doc text = DOC_INIT;
 */
#define LOCAL(end) __attribute__((cleanup(end)))

struct str {
	const char *p;
	size_t n;
};

/* For printf's "%.*s". */
#define STR_ARG(s) (int)(s).n, (s).n ? (s).p : ""
/* A slice over a string literal. */
#define STR(lit) ((struct str){ "" lit, sizeof(lit) - 1 })
/* The same as an initialiser of something static. */
#define STR_INIT(lit)                   \
	{                               \
		"" lit, sizeof(lit) - 1 \
	}
#define STR_NULL ((struct str){ NULL, 0 })

/* NULL gives STR_NULL.  Inline, as the short functions below, so that the
 * compiler knows the length of a literal. */
static inline struct str
str_of(const char *s)
{
	return (struct str){ s, s != NULL ? strlen(s) : 0 };
}

/* From FROM to before TO, as far as S reaches. */
static inline struct str
str_slice(struct str s, size_t from, size_t to)
{
	if (to > s.n)
		to = s.n;
	if (from > to)
		from = to;
	return (struct str){ s.p != NULL ? s.p + from : NULL, to - from };
}

/* The same bytes. */
static inline bool
str_eq(struct str a, struct str b)
{
	return a.n == b.n && (a.n == 0 || memcmp(a.p, b.p, a.n) == 0);
}

bool str_ieq(struct str a, struct str b); /* ASCII letters alike */
int str_cmp(struct str a, struct str b);  /* bytewise, as strcmp */

static inline bool
str_is(struct str a, const char *b)
{
	return str_eq(a, str_of(b));
}

static inline bool
str_iis(struct str a, const char *b)
{
	return a.n == strlen(b) && str_ieq(a, str_of(b));
}

static inline bool
str_starts(struct str s, const char *prefix)
{
	return str_eq(str_slice(s, 0, strlen(prefix)), str_of(prefix));
}

/* S behind a byte order mark, as some editors write it: it means nothing in
 * UTF-8. */
static inline struct str
str_unmarked(struct str s)
{
	return str_starts(s, "\xef\xbb\xbf") ? str_slice(s, 3, s.n) : s;
}

static inline bool
str_istarts(struct str s, const char *prefix)
{
	return str_ieq(str_slice(s, 0, strlen(prefix)), str_of(prefix));
}

bool str_ends(struct str s, const char *suffix);
struct str str_trim(struct str s); /* SP, HT, CR, LF off both ends */

/* Index of the first C (or of NEEDLE), or -1. */
static inline ptrdiff_t
str_chr(struct str s, char c)
{
	const char *hit = s.n > 0 ? memchr(s.p, c, s.n) : NULL;

	return hit != NULL ? hit - s.p : -1;
}

ptrdiff_t str_rchr(struct str s, char c);
ptrdiff_t str_find(struct str s, const char *needle);
ptrdiff_t str_ifind(struct str s, struct str needle); /* ASCII letters alike */
size_t str_count(struct str s, char c);               /* how often C is in S */

/* Cuts S at the first SEP: returns the part before it; *REST is the part
 * behind. */
struct str str_cut(struct str s, char sep, struct str *rest);

/* WORD is one of LIST's words, which have single spaces between. */
bool str_has_word(struct str list, struct str word);

/* *TEXT, which is freed, becomes a copy of S with a NUL behind.  0, or
 * ERR_NOMEM: it is as it was. */
int str_keep(char **text, struct str s);

/* The first line of S without its LF or CRLF; *REST is the part behind. */
struct str str_cut_line(struct str s, struct str *rest);

/* Decimal digits only, the whole slice; 0 or ERR_SYNTAX or ERR_RANGE. */
int str_u64(struct str s, uint64_t *value);
int str_u32(struct str s, uint32_t *value);
/* So many hexadecimal DIGITS, the whole slice; 0 or ERR_SYNTAX. */
int str_hex(struct str s, size_t digits, uint64_t *value);
/* How many digits N has. */
unsigned str_digits(uint64_t n);
/* N with commas between thousands, into OUT, which is returned. */
const char *str_grouped(uint64_t n, char out[32]);

/* V in decimal, written so that it ends before END, which has STR_DIGITS bytes
 * in front of it; its first digit. */
#define STR_DIGITS 20
char *str_decimal(char *end, uint64_t v);
/* S behind the N bytes that TO holds, as far as its SIZE reaches, and a NUL;
 * how many there are then. */
size_t str_join(char *to, size_t size, size_t n, struct str s);

/* 64 bits that depend on the bytes alone, the same on every machine. */
uint64_t str_hash(struct str s);
/* str_hash of a text in pieces: H is STR_HASH_START at first. */
#define STR_HASH_START 0xcbf29ce484222325u
uint64_t str_hash_add(uint64_t h, struct str piece);
/* The same of a number, whatever the machine's order of bytes is. */
uint64_t str_hash_number(uint64_t h, uint64_t n);
uint64_t str_hash_end(uint64_t h);
/* Another, eight bytes at a time, which begins with H; it may depend on the
 * machine's order of bytes: for look-ups, not for output. */
uint64_t str_hash_words(struct str s, uint64_t h);

/* ASCII, whatever the locale. */
static inline bool
chr_is_digit(char c)
{
	return c >= '0' && c <= '9';
}

static inline char
chr_lower(char c)
{
	return c >= 'A' && c <= 'Z' ? (char)(c + ('a' - 'A')) : c;
}

/* The value of a hexadecimal digit, or -1. */
static inline int
chr_hex(char c)
{
	if (chr_is_digit(c))
		return c - '0';
	c = chr_lower(c);
	return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

static inline bool
chr_is_alpha(char c)
{
	return chr_lower(c) >= 'a' && chr_lower(c) <= 'z';
}

static inline bool
chr_is_alnum(char c)
{
	return chr_is_digit(c) || chr_is_alpha(c);
}

static inline bool
chr_is_space(char c)
{
	return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}

#endif
