/* Slices of bytes. */
#include "base/str.h"

#include "base/err.h"
#include "base/mem.h"

#include <endian.h>
#include <stdio.h>

bool
str_ieq(struct str a, struct str b)
{
	if (a.n != b.n)
		return false;
	for (size_t i = 0; i < a.n; i++)
		if (a.p[i] != b.p[i] && chr_lower(a.p[i]) != chr_lower(b.p[i]))
			return false;
	return true;
}

int
str_cmp(struct str a, struct str b)
{
	size_t n = a.n < b.n ? a.n : b.n;
	int r = n > 0 ? memcmp(a.p, b.p, n) : 0;

	if (r != 0)
		return r;
	return a.n < b.n ? -1 : a.n > b.n;
}

bool
str_ends(struct str s, const char *suffix)
{
	size_t n = strlen(suffix);

	return s.n >= n && str_is(str_slice(s, s.n - n, s.n), suffix);
}

struct str
str_trim(struct str s)
{
	while (s.n > 0 && chr_is_space(s.p[0])) {
		s.p++;
		s.n--;
	}
	while (s.n > 0 && chr_is_space(s.p[s.n - 1]))
		s.n--;
	return s;
}

ptrdiff_t
str_rchr(struct str s, char c)
{
	for (size_t i = s.n; i > 0; i--)
		if (s.p[i - 1] == c)
			return (ptrdiff_t)(i - 1);
	return -1;
}

ptrdiff_t
str_find(struct str s, const char *needle)
{
	size_t n = strlen(needle);
	const char *hit;

	if (n == 0)
		return 0;
	hit = s.n >= n ? memmem(s.p, s.n, needle, n) : NULL;
	return hit != NULL ? hit - s.p : -1;
}

ptrdiff_t
str_ifind(struct str s, struct str needle)
{
	for (size_t i = 0; i + needle.n <= s.n; i++)
		if (needle.n == 0 ||
		    (chr_lower(s.p[i]) == chr_lower(needle.p[0]) &&
			str_ieq(str_slice(s, i, i + needle.n), needle)))
			return (ptrdiff_t)i;
	return -1;
}

struct str
str_cut(struct str s, char sep, struct str *rest)
{
	ptrdiff_t at = str_chr(s, sep);

	if (at < 0) {
		*rest = STR_NULL;
		return s;
	}
	*rest = (struct str){ s.p + at + 1, s.n - (size_t)at - 1 };
	return (struct str){ s.p, (size_t)at };
}

int
str_keep(char **text, struct str s)
{
	char *copy = mem_dup(s.p, s.n);

	if (copy == NULL)
		return ERR_NOMEM;
	mem_free(*text);
	*text = copy;
	return 0;
}

struct str
str_cut_line(struct str s, struct str *rest)
{
	struct str line = str_cut(s, '\n', rest);

	if (line.n > 0 && line.p[line.n - 1] == '\r')
		line.n--;
	return line;
}

int
str_hex(struct str s, size_t digits, uint64_t *value)
{
	*value = 0;
	for (size_t i = 0; i < s.n; i++) {
		if (chr_hex(s.p[i]) < 0)
			return ERR_SYNTAX;
		*value = *value << 4 | (uint64_t)chr_hex(s.p[i]);
	}
	return s.n == digits ? 0 : ERR_SYNTAX;
}

int
str_u64(struct str s, uint64_t *value)
{
	uint64_t v = 0;

	if (s.n == 0)
		return ERR_SYNTAX;
	for (size_t i = 0; i < s.n; i++) {
		unsigned digit = (unsigned)(s.p[i] - '0');

		if (!chr_is_digit(s.p[i]))
			return ERR_SYNTAX;
		if (v > (UINT64_MAX - digit) / 10)
			return ERR_RANGE;
		v = v * 10 + digit;
	}
	*value = v;
	return 0;
}

unsigned
str_digits(uint64_t n)
{
	unsigned digits = 1;

	for (; n >= 10; n /= 10)
		digits++;
	return digits;
}

int
str_u32(struct str s, uint32_t *value)
{
	uint64_t v;
	int err = str_u64(s, &v);

	if (err != 0)
		return err;
	if (v > UINT32_MAX)
		return ERR_RANGE;
	*value = (uint32_t)v;
	return 0;
}

/* FNV-1a, with a final mix so that the low bits are good for tables. */
uint64_t
str_hash_add(uint64_t h, struct str piece)
{
	for (size_t i = 0; i < piece.n; i++)
		h = (h ^ (unsigned char)piece.p[i]) * 0x100000001b3u;
	return h;
}

uint64_t
str_hash_number(uint64_t h, uint64_t n)
{
	uint64_t bytes = htole64(n);

	return str_hash_add(
	    h, (struct str){ (const char *)&bytes, sizeof(bytes) });
}

uint64_t
str_hash_end(uint64_t h)
{
	h ^= h >> 32;
	h *= 0xd6e8feb86659fd93u;
	return h ^ (h >> 32);
}

uint64_t
str_hash(struct str s)
{
	return str_hash_end(str_hash_add(STR_HASH_START, s));
}

uint64_t
str_hash_words(struct str s, uint64_t h)
{
	uint64_t word;

	h ^= s.n;
	if (s.n < sizeof(word))
		return str_hash_end(str_hash_add(STR_HASH_START ^ h, s));
	/* The last eight overlap those before. */
	for (size_t i = 0; i + sizeof(word) < s.n; i += sizeof(word)) {
		memcpy(&word, s.p + i, sizeof(word));
		h = (h ^ word) * 0x9e3779b97f4a7c15u;
		h ^= h >> 32;
	}
	memcpy(&word, s.p + s.n - sizeof(word), sizeof(word));
	return str_hash_end((h ^ word) * 0x9e3779b97f4a7c15u);
}

const char *
str_grouped(uint64_t n, char out[32])
{
	char plain[24];
	int len = snprintf(plain, sizeof(plain), "%llu", (unsigned long long)n);
	char *o = out;

	for (int i = 0; i < len; i++) {
		if (i > 0 && (len - i) % 3 == 0)
			*o++ = ',';
		*o++ = plain[i];
	}
	*o = '\0';
	return out;
}

bool
str_has_word(struct str list, struct str word)
{
	while (list.n > 0)
		if (str_eq(str_cut(list, ' ', &list), word))
			return true;
	return false;
}

size_t
str_count(struct str s, char c)
{
	const char *p = s.p, *end;
	size_t n = 0;

	if (s.n == 0)
		return 0;
	end = s.p + s.n;
	while (p < end && (p = memchr(p, c, (size_t)(end - p))) != NULL) {
		n++;
		p++;
	}
	return n;
}

/* Two digits at a time. */
static const char pairs[] =
    "00010203040506070809101112131415161718192021222324"
    "25262728293031323334353637383940414243444546474849"
    "50515253545556575859606162636465666768697071727374"
    "75767778798081828384858687888990919293949596979899";

char *
str_decimal(char *end, uint64_t v)
{
	for (; v >= 100; v /= 100)
		memcpy(end -= 2, pairs + v % 100 * 2, 2);
	if (v >= 10)
		memcpy(end -= 2, pairs + v * 2, 2);
	else
		*--end = (char)('0' + v);
	return end;
}

size_t
str_join(char *to, size_t size, size_t n, struct str s)
{
	if (n >= size)
		return n;
	s = str_slice(s, 0, size - n - 1);
	if (s.n > 0)
		memcpy(to + n, s.p, s.n);
	to[n + s.n] = '\0';
	return n + s.n;
}
