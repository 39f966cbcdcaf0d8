/*
 * Times and addresses are found by their form, wherever they stand in a line.
 */
#include "packets/log_words.h"

#include "base/dates.h"

#define SECOND    INT64_C(1000000000)
#define YEAR_MOST 2200 /* so that times fit in 64 bits */
#define DAY       (86400 * SECOND)

/* N digits at AT; -1: there are others. */
static int
read_digits(struct str s, size_t at, size_t n)
{
	int v = 0;

	if (at > s.n || n > s.n - at)
		return -1;
	for (size_t i = at; i < at + n; i++) {
		if (!chr_is_digit(s.p[i]))
			return -1;
		v = v * 10 + (s.p[i] - '0');
	}
	return v;
}

/* "2026-01-31" or "2026/01/31" in front of AT; -1: none. */
static int64_t
date_before(struct str s, size_t at)
{
	int y, m, d;

	if (at < 11)
		return -1;
	at -= 11;
	y = read_digits(s, at, 4);
	m = read_digits(s, at + 5, 2);
	d = read_digits(s, at + 8, 2);
	if (y < 1970 || y > YEAR_MOST || m < 1 || m > 12 || d < 1 || d > 31 ||
	    (s.p[at + 4] != '-' && s.p[at + 4] != '/') ||
	    s.p[at + 7] != s.p[at + 4])
		return -1;
	return date_days(y, m, d);
}

/* "Jan 31 " or "Jan  1 ", as syslog has it: of no year. */
static int64_t
day_before(struct str s, size_t at)
{
	static const char names[] = "janfebmaraprmayjunjulaugsepoctnovdec";
	int day;

	if (at < 7)
		return -1;
	at -= 7;
	day = read_digits(
	    s, at + (s.p[at + 4] == ' ' ? 5 : 4), s.p[at + 4] == ' ' ? 1 : 2);
	if (day < 1 || day > 31 || s.p[at + 3] != ' ')
		return -1;
	for (int m = 0; m < 12; m++)
		if (str_ieq(str_slice(s, at, at + 3),
			(struct str){ names + (size_t)m * 3, 3 }))
			return date_days(1970, m + 1, day);
	return -1;
}

/* ":123" at AT, as Linphone has it, and no more of an address of hardware. */
static bool
is_colon_fraction(struct str s, size_t at)
{
	return s.p[at] == ':' && read_digits(s, at + 1, 3) >= 0 &&
	       (at + 4 == s.n || chr_is_space(s.p[at + 4]));
}

/* ".123456" at AT, as ns. */
static int64_t
read_fraction(struct str s, size_t at)
{
	int64_t v = 0, unit = SECOND;

	if (at >= s.n ||
	    (s.p[at] != '.' && s.p[at] != ',' && !is_colon_fraction(s, at)))
		return 0;
	for (at++; at < s.n && chr_is_digit(s.p[at]) && unit > 1; at++) {
		unit /= 10;
		v += (s.p[at] - '0') * unit;
	}
	return v;
}

/* Where "12:34:56" stands; s.n: nowhere. */
static size_t
find_time(struct str s)
{
	for (size_t i = 0; i + 8 <= s.n; i++) {
		if (s.p[i + 2] != ':' || s.p[i + 5] != ':')
			continue;
		/* Not within a number or an address of the hardware. */
		if (i > 0 && (chr_is_alnum(s.p[i - 1]) || s.p[i - 1] == ':') &&
		    s.p[i - 1] != 'T')
			continue;
		if (read_digits(s, i, 2) >= 0 && read_digits(s, i, 2) < 24 &&
		    read_digits(s, i + 3, 2) >= 0 &&
		    read_digits(s, i + 3, 2) < 60 &&
		    read_digits(s, i + 6, 2) >= 0 &&
		    read_digits(s, i + 6, 2) <= 60 &&
		    (i + 8 == s.n || !chr_is_digit(s.p[i + 8])))
			return i;
	}
	return s.n;
}

void
log_time(struct log_clock *c, struct str line)
{
	size_t at;
	int64_t t, day;

	line = str_slice(line, 0, 512);
	at = find_time(line);
	if (at == line.n)
		return;
	t = (read_digits(line, at, 2) * INT64_C(3600) +
		read_digits(line, at + 3, 2) * INT64_C(60) +
		read_digits(line, at + 6, 2)) *
		SECOND +
	    read_fraction(line, at + 8);
	day = date_before(line, at);
	if (day < 0)
		day = day_before(line, at);
	if (day >= 0) {
		c->day = day * DAY;
	} else if (c->known && t < c->last && c->last - t > DAY / 2 &&
		   c->day < INT64_MAX - 2 * DAY) {
		/* Midnight has passed. */
		c->day += DAY;
	}
	c->last = t;
	c->known = true;
	c->t = c->day + t;
}

/* A host, in brackets or not, and its port. */
static bool
host_port(struct str host, struct str port, struct addr *a)
{
	uint32_t n = 0;

	if (host.n > 2 && host.p[0] == '[' && host.p[host.n - 1] == ']')
		host = str_slice(host, 1, host.n - 1);
	if (addr_parse(host, a) != 0 || a->port != 0)
		return false;
	if (port.n > 0 && (str_u32(port, &n) != 0 || n > 65535))
		return false;
	a->port = (uint16_t)n;
	return true;
}

uint8_t
log_transport(struct str name)
{
	return addr_word_is_udp(name) ? ADDR_UDP : ADDR_TCP;
}

/* "UDP:", "tcp/", "WSS:". */
static struct str
cut_transport(struct str word, uint8_t *transport)
{
	size_t n = 0;
	struct str name;

	*transport = ADDR_UDP;
	while (n < word.n && n < 5 && chr_is_alpha(word.p[n]))
		n++;
	if (n == 0 || n == word.n || (word.p[n] != ':' && word.p[n] != '/'))
		return word;
	name = str_slice(word, 0, n);
	if (addr_transport_known(name) == NULL)
		return word;
	*transport = log_transport(name);
	return str_slice(word, n + 1, word.n);
}

bool
log_addr(struct str word, struct addr *a)
{
	uint8_t transport;
	ptrdiff_t colon;
	bool good;

	word = cut_transport(word, &transport);
	colon = str_rchr(word, ':');
	good = colon >= 0 &&
	       host_port(str_slice(word, 0, (size_t)colon),
		   str_slice(word, (size_t)colon + 1, word.n), a) &&
	       (str_chr(word, '[') >= 0 || a->port != 0);
	if (!good)
		good = host_port(word, STR_NULL, a);
	a->transport = transport;
	return good;
}

static bool
is_between(char c)
{
	return chr_is_space(c) ||
	       (c != '\0' && strchr("=,;()<>\"'|", c) != NULL);
}

size_t
log_addrs(struct str line, struct addr *a, size_t n)
{
	size_t found = 0, at = 0, end;
	struct str word;

	line = str_slice(line, 0, 512);
	while (found < n && at < line.n) {
		for (end = at; end < line.n && !is_between(line.p[end]);)
			end++;
		word = str_slice(line, at, end);
		at = end + 1;
		while (word.n > 0 &&
		       (word.p[word.n - 1] == ':' || word.p[word.n - 1] == '.'))
			word.n--;
		if (word.n >= 7 && log_addr(word, &a[found]) &&
		    a[found].port != 0)
			found++;
	}
	return found;
}
