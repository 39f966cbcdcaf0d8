/*
 * Only first lines are looked at, and Content-Length: what a message means is
 * for others to say.
 */
#include "packets/recognise.h"

#include <string.h>

/* A request line: more is not believed. */
#define LINE_MOST 16384

#define STATUS STR("SIP/2.0 ")

/* RFC 3261 25.1, token */
static bool
is_token_char(char c)
{
	return chr_is_alnum(c) ||
	       (c != '\0' && strchr("-.!%*_+`'~", c) != NULL);
}

/* "SIP/2.0 ", three digits, then a space or the line's end */
static enum recognised
recognise_status(struct str s)
{
	if (s.n < STATUS.n)
		return str_eq(s, str_slice(STATUS, 0, s.n)) ? RECOGNISED_PART
							    : RECOGNISED_NO;
	if (!str_eq(str_slice(s, 0, STATUS.n), STATUS))
		return RECOGNISED_NO;
	for (size_t i = 0; i < 3; i++) {
		if (s.n == STATUS.n + i)
			return RECOGNISED_PART;
		if (!chr_is_digit(s.p[STATUS.n + i]))
			return RECOGNISED_NO;
	}
	if (s.n == STATUS.n + 3)
		return RECOGNISED_PART;
	return chr_is_space(s.p[STATUS.n + 3]) ? RECOGNISED_SIP : RECOGNISED_NO;
}

/* The line ends in a version of SIP: digits and a dot behind "SIP/". */
static bool
ends_in_version(struct str line)
{
	return line.n > 8 && memcmp(line.p + line.n - 8, " SIP/", 5) == 0 &&
	       chr_is_digit(line.p[line.n - 3]) && line.p[line.n - 2] == '.' &&
	       chr_is_digit(line.p[line.n - 1]);
}

enum recognised
recognise(struct str s)
{
	const char *end;
	size_t n = 0;
	struct str line;

	while (n < s.n && n <= LINE_MOST && is_token_char(s.p[n]))
		n++;
	if (n == s.n)
		return n > 0 && n <= LINE_MOST ? RECOGNISED_PART
					       : RECOGNISED_NO;
	/* "/" is in no token. */
	if (n == 3 && s.p[3] == '/')
		return recognise_status(s);
	if (n == 0 || s.p[n] != ' ')
		return RECOGNISED_NO;
	line = str_slice(s, 0, LINE_MOST);
	end = memchr(line.p, '\n', line.n);
	if (end == NULL)
		return s.n < LINE_MOST ? RECOGNISED_PART : RECOGNISED_NO;
	line.n = (size_t)(end - line.p);
	if (line.n > 0 && line.p[line.n - 1] == '\r')
		line.n--;
	/* Between method and version stands an URI. */
	return line.n > n + 9 && ends_in_version(line) ? RECOGNISED_SIP
						       : RECOGNISED_NO;
}

/* The request whose line ends at END; -1: there is none. */
static ptrdiff_t
begin_of_request(struct str s, size_t from, size_t end)
{
	size_t at = end, method;

	/* The Request-URI has no space in it, nor has the method. */
	while (at > from && s.p[at - 1] != ' ' && s.p[at - 1] != '\n')
		at--;
	if (at == from || at == end || s.p[at - 1] != ' ')
		return -1;
	method = --at;
	while (
	    at > from && method - at < LINE_MOST && is_token_char(s.p[at - 1]))
		at--;
	return at < method ? (ptrdiff_t)at : -1;
}

ptrdiff_t
recognise_after(struct str s)
{
	size_t at = 0, from = 0;
	const char *p;
	ptrdiff_t begin;
	struct str rest;

	while ((p = memmem(s.p + at, s.n - at, "SIP/2.0", 7)) != NULL) {
		at = (size_t)(p - s.p);
		rest = str_slice(s, at, s.n);
		if (recognise(rest) == RECOGNISED_SIP)
			return (ptrdiff_t)at;
		if (at > 0 && p[-1] == ' ' && rest.n > 7 &&
		    (p[7] == '\r' || p[7] == '\n')) {
			begin = begin_of_request(s, from, at - 1);
			if (begin >= 0 && recognise(str_slice(s, (size_t)begin,
					      s.n)) == RECOGNISED_SIP)
				return begin;
		}
		/* So that no byte is walked back over twice. */
		at += 7;
		from = at;
	}
	return -1;
}

/* The value of Content-Length; false where LINE is another field. */
static bool
read_length(struct str line, size_t *length)
{
	struct str value;
	struct str name = str_trim(str_cut(line, ':', &value));
	uint32_t n;

	if (name.n != 1 && !str_iis(name, "Content-Length"))
		return false;
	if (str_u32(str_trim(value), &n) != 0)
		return false;
	*length = n;
	return true;
}

size_t
recognise_length(struct str head)
{
	struct str line;
	size_t length = 0;

	while (head.n > 0) {
		line = str_cut(head, '\n', &head);
		if (line.n > 0 && (chr_lower(line.p[0]) == 'l' ||
				      chr_lower(line.p[0]) == 'c'))
			read_length(line, &length);
	}
	return length;
}

size_t
recognise_size(struct str s, size_t *head)
{
	const char *p = s.p, *end = s.p + s.n, *lf;
	size_t length = SIZE_MAX;

	while (p < end && (lf = memchr(p, '\n', (size_t)(end - p))) != NULL) {
		/* Few lines begin so: Call-ID, Contact, CSeq. */
		char c = chr_lower(*p);

		if (lf == p || (lf == p + 1 && c == '\r')) {
			*head = (size_t)(lf + 1 - s.p);
			return length < s.n - *head ? *head + length : s.n;
		}
		if (c == 'l' || (c == 'c' && lf - p > 14 && p[7] == '-'))
			read_length(
			    (struct str){ p, (size_t)(lf - p) }, &length);
		p = lf + 1;
	}
	*head = s.n;
	return s.n;
}
