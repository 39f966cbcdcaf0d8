/* Text by the character. */
#include "firmware/phone/text.h"

#include <string.h>

struct text
text_in(char *p, size_t cap)
{
	p[0] = '\0';
	return (struct text){ p, 0, cap, false };
}

void
text_n(struct text *t, const char *s, size_t n)
{
	size_t room = t->cap - 1 - t->n;

	if (n > room) {
		n = room;
		t->cut = true;
	}
	memcpy(t->p + t->n, s, n);
	t->n += n;
	t->p[t->n] = '\0';
}

void
text_c(struct text *t, char c)
{
	if (t->n + 1 >= t->cap) {
		t->cut = true;
		return;
	}
	t->p[t->n++] = c;
	t->p[t->n] = '\0';
}

void
text_s(struct text *t, const char *s)
{
	if (s != NULL)
		text_n(t, s, strlen(s));
}

void
text_pad(struct text *t, unsigned long value, unsigned width)
{
	char digits[20];
	unsigned n = sizeof(digits);

	do {
		digits[--n] = (char)('0' + value % 10);
		value /= 10;
	} while (n > 0 && (value > 0 || sizeof(digits) - n < width));
	text_n(t, digits + n, sizeof(digits) - n);
}

void
text_u(struct text *t, unsigned long value)
{
	text_pad(t, value, 1);
}

void
text_x(struct text *t, uint32_t value)
{
	for (int shift = 28; shift >= 0; shift -= 4)
		text_c(t, "0123456789abcdef"[value >> shift & 15]);
}

void
text_ip(struct text *t, uint32_t ip)
{
	for (int shift = 24; shift >= 0; shift -= 8) {
		text_u(t, ip >> shift & 255);
		if (shift > 0)
			text_c(t, '.');
	}
}

void
text_copy(char *p, size_t cap, const char *s)
{
	size_t n = s != NULL ? strlen(s) : 0;

	if (n > cap - 1)
		for (n = cap - 1;
		     n > 0 && ((unsigned char)s[n] & 0xC0) == 0x80;)
			n--;
	if (n > 0)
		memcpy(p, s, n);
	p[n] = '\0';
}

/* ---- reading ---- */

static bool
read_digits(const char **s, unsigned long *value)
{
	const char *p = *s;

	*value = 0;
	while (*p >= '0' && *p <= '9' && p - *s < 9)
		*value = *value * 10 + (unsigned long)(*p++ - '0');
	if (p == *s || (*p >= '0' && *p <= '9'))
		return false;
	*s = p;
	return true;
}

bool
text_read_u(const char *s, unsigned long *value)
{
	return s != NULL && read_digits(&s, value);
}

bool
text_read_u32(const char *s, uint32_t *value)
{
	uint64_t read = 0;

	if (s == NULL || *s < '0' || *s > '9')
		return false;
	for (; *s >= '0' && *s <= '9'; s++) {
		read = read * 10 + (uint64_t)(*s - '0');
		if (read > UINT32_MAX)
			return false;
	}
	*value = (uint32_t)read;
	return true;
}

bool
text_same_words(const char *a, const char *b)
{
	a += strspn(a, " \t");
	for (; *b != '\0'; a++, b++) {
		if (*a != *b && !(*b == ' ' && *a == '\t'))
			return false;
		if (*b == ' ')
			a += strspn(a, " \t") - 1;
	}
	return a[strspn(a, " \t")] == '\0';
}

bool
text_read_ip(const char *s, uint32_t *ip, uint16_t *port)
{
	unsigned long part;
	uint32_t read = 0;

	for (int i = 0; i < 4; i++) {
		if ((i > 0 && *s++ != '.') || !read_digits(&s, &part) ||
		    part > 255)
			return false;
		read = read << 8 | (uint32_t)part;
	}
	if (port != NULL && *s == ':') {
		s++;
		if (!read_digits(&s, &part) || part == 0 || part > 65535)
			return false;
		*port = (uint16_t)part;
	}
	if (*s != '\0')
		return false;
	*ip = read;
	return true;
}

/* RFC 3629 3, without the checks for forms that are too long. */
uint32_t
text_next(const char **p)
{
	const unsigned char *s = (const unsigned char *)*p;
	unsigned more = *s < 0x80 ? 0 : *s >= 0xF0 ? 3 : *s >= 0xE0 ? 2 : 1;
	uint32_t code = *s;

	if (*s == 0)
		return 0;
	(*p)++;
	if (more == 0)
		return code;
	if (*s < 0xC0 || *s >= 0xF8)
		return 0xFFFD;
	code &= 0x3Fu >> more;
	for (unsigned i = 1; i <= more; i++) {
		if ((s[i] & 0xC0) != 0x80)
			return 0xFFFD;
		code = code << 6 | (s[i] & 0x3F);
		(*p)++;
	}
	return code;
}

bool
text_equal(const char *a, const char *b)
{
	return a == b || (a != NULL && b != NULL && strcmp(a, b) == 0);
}

static char
lower(char c)
{
	return c >= 'A' && c <= 'Z' ? (char)(c + 32) : c;
}

bool
text_same(const char *a, const char *b)
{
	if (a == NULL || b == NULL)
		return a == b;
	while (*a != '\0' && lower(*a) == lower(*b)) {
		a++;
		b++;
	}
	return lower(*a) == lower(*b);
}
