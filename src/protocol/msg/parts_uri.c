/*
 * SIP URIs: reading, equality, the canonical address-of-record.  RFC 3261
 * 19.1; the escapes are compared, never undone in place.
 */
#include "msg/parts.h"

#include "base/err.h"
#include "msg/chars.h"
#include "msg/message.h"

#include <string.h>

static size_t
uri_read_port(struct str s, size_t at, uint16_t *port)
{
	size_t begin = at;
	unsigned n = 0;

	for (; at < s.n && chr_is_digit(s.p[at]) && n <= UINT16_MAX; at++)
		n = n * 10 + (unsigned)(s.p[at] - '0');
	if (at == begin || n == 0 || n > UINT16_MAX)
		return 0;
	*port = (uint16_t)n;
	return at;
}

static size_t
skip_ipv6(struct str s, size_t at)
{
	while (at < s.n &&
	       (chr_hex(s.p[at]) >= 0 || s.p[at] == ':' || s.p[at] == '.'))
		at++;
	return at;
}

size_t
host_read(struct str s, size_t at, bool space, struct str *host, uint16_t *port)
{
	bool bracketed = at < s.n && s.p[at] == '[';
	size_t begin, colon;

	*port = 0;
	begin = at += bracketed;
	at = bracketed ? skip_ipv6(s, at) : chars_skip(s, at, CHARS_HOST);
	*host = str_slice(s, begin, at);
	if (at == begin || (bracketed && (at == s.n || s.p[at++] != ']')))
		return 0;
	colon = space ? chars_skip_space(s, at) : at;
	if (colon == s.n || s.p[colon] != ':')
		return at;
	begin = space ? chars_skip_space(s, colon + 1) : colon + 1;
	return uri_read_port(s, begin, port);
}

/*
 * S has only characters of URIs, and each '%' its two digits.  *AT: where its
 * '@' is, -1: it has none.  Of all parts only userinfo is followed by an '@'
 * (25.1), so that a second one is no URI's.
 */
static bool
uri_find_at(struct str s, ptrdiff_t *at)
{
	*at = -1;
	for (size_t i = 0; i < s.n; i++) {
		char c = s.p[i];

		if (!chars_are(c, CHARS_URI))
			return false;
		if (c == '@') {
			if (*at >= 0)
				return false;
			*at = (ptrdiff_t)i;
		} else if (c == '%') {
			if (i + 2 >= s.n || chr_hex(s.p[i + 1]) < 0 ||
			    chr_hex(s.p[i + 2]) < 0)
				return false;
			i += 2;
		}
	}
	return true;
}

/* userinfo = user [ ":" password ] "@" */
static bool
read_userinfo(struct str s, struct msg_uri *uri)
{
	uri->user = str_cut(s, ':', &uri->password);
	return uri->user.n > 0;
}

static bool
is_scheme(struct str s)
{
	if (s.n == 0 || !chr_is_alpha(s.p[0]))
		return false;
	for (size_t i = 0; i < s.n; i++)
		if (!chr_is_alnum(s.p[i]) && strchr("+-.", s.p[i]) == NULL)
			return false;
	return true;
}

int
msg_uri_read(struct str s, struct msg_uri *uri)
{
	struct str rest;
	ptrdiff_t at;
	size_t end;

	memset(uri, 0, sizeof(*uri));
	/* Most begin so. */
	uri->sip = str_starts(s, "sip:");
	uri->scheme = str_slice(s, 0, 3);
	rest = str_slice(s, 4, s.n);
	if (!uri->sip) {
		uri->scheme = str_cut(s, ':', &rest);
		uri->sip =
		    str_iis(uri->scheme, "sip") || str_iis(uri->scheme, "sips");
	}
	if (rest.n == 0)
		return ERR_SYNTAX;
	if (!uri->sip && !is_scheme(uri->scheme))
		return ERR_SYNTAX;
	if (!uri->sip) {
		uri->host = rest;
		return 0;
	}
	if (!uri_find_at(rest, &at))
		return ERR_SYNTAX;
	if (at >= 0) {
		if (!read_userinfo(str_slice(rest, 0, (size_t)at), uri))
			return ERR_SYNTAX;
		rest = str_slice(rest, (size_t)at + 1, rest.n);
	}
	end = host_read(rest, 0, false, &uri->host, &uri->port);
	if (end == 0 ||
	    (end < rest.n && rest.p[end] != ';' && rest.p[end] != '?'))
		return ERR_SYNTAX;
	uri->params = str_cut(str_slice(rest, end, rest.n), '?', &uri->headers);
	return 0;
}

/* It is one of the two that are read. */
static bool
is_sips(const struct msg_uri *uri)
{
	return uri->scheme.n == sizeof("sips") - 1;
}

const struct addr_transport_row *
msg_uri_transport(const struct msg_uri *uri)
{
	struct str param;

	if (!msg_param(uri->params, "transport", &param))
		param = STR_NULL;
	return addr_transport_asked(param, is_sips(uri));
}

uint16_t
msg_uri_port(const struct msg_uri *uri)
{
	const struct addr_transport_row *row;

	if (uri->port != 0)
		return uri->port;
	row = msg_uri_transport(uri);
	if (row != NULL)
		return row->port;
	return is_sips(uri) ? ADDR_PORT_SIPS : ADDR_PORT_SIP;
}

/*
 * The next character of S as 19.1.4 compares it: an escape and what it stands
 * for are alike unless that is reserved, then the escape is 256 more.
 */
static unsigned
next_unit(struct str *s)
{
	unsigned c = (unsigned char)s->p[0];
	size_t used = 1;

	if (c == '%' && s->n >= 3 && chr_hex(s->p[1]) >= 0 &&
	    chr_hex(s->p[2]) >= 0) {
		c = (unsigned)(chr_hex(s->p[1]) * 16 + chr_hex(s->p[2]));
		used = 3;
		if (chars_are((char)c, CHARS_RESERVED))
			c += 256;
	}
	*s = str_slice(*s, used, s->n);
	return c;
}

static bool
same(struct str a, struct str b, bool letters_alike)
{
	while (a.n > 0 && b.n > 0) {
		unsigned x = next_unit(&a), y = next_unit(&b);

		if (letters_alike && x < 128 && y < 128) {
			x = (unsigned char)chr_lower((char)x);
			y = (unsigned char)chr_lower((char)y);
		}
		if (x != y)
			return false;
	}
	return a.n == b.n;
}

/* Parameters or headers as pairs. */
struct pairs {
	struct {
		struct str name, value;
		bool flag; /* no '=' */
	} p[MSG_MAX_PARAMS];
	size_t n;
};

/* Cuts S at SEP; false if there are too many, or one without a name. */
static bool
uri_split(struct str s, char sep, struct pairs *pairs)
{
	pairs->n = 0;
	while (s.n > 0) {
		struct str one = str_cut(s, sep, &s), value;
		bool flag = str_chr(one, '=') < 0;

		if (pairs->n == MSG_MAX_PARAMS || one.n == 0)
			return false;
		pairs->p[pairs->n].name = str_cut(one, '=', &value);
		pairs->p[pairs->n].value = value;
		pairs->p[pairs->n].flag = flag;
		if (pairs->p[pairs->n++].name.n == 0)
			return false;
	}
	return true;
}

static ptrdiff_t
uri_find_pair(const struct pairs *pairs, struct str name)
{
	for (size_t i = 0; i < pairs->n; i++)
		if (same(pairs->p[i].name, name, true))
			return (ptrdiff_t)i;
	return -1;
}

/*
 * 19.1.4: user, ttl, method and maddr never match where one side has none; so
 * does transport, by the same paragraph's rule for default values.
 */
static bool
may_be_absent(struct str name)
{
	static const char *const names[] = { "user", "ttl", "method", "maddr",
		"transport" };

	for (size_t i = 0; i < COUNT_OF(names); i++)
		if (same(name, str_of(names[i]), true))
			return false;
	return true;
}

/* Whether all of A are in B too with equal values; with ALL, none of A may
 * be absent there. */
static bool
uri_matches(const struct pairs *a, const struct pairs *b, bool all)
{
	for (size_t i = 0; i < a->n; i++) {
		struct str name = a->p[i].name;
		ptrdiff_t j = uri_find_pair(b, name);
		bool exact;

		if (j < 0) {
			if (all || !may_be_absent(name))
				return false;
			continue;
		}
		/* 7.1: methods are case-sensitive */
		exact = same(name, STR("method"), true);
		if (a->p[i].flag != b->p[j].flag ||
		    !same(a->p[i].value, b->p[j].value, !exact))
			return false;
	}
	return true;
}

static bool
same_pairs(struct str a, struct str b, char sep, bool all)
{
	struct pairs x, y;

	if (sep == ';') {
		a = str_slice(a, 1, a.n);
		b = str_slice(b, 1, b.n);
	}
	return uri_split(a, sep, &x) && uri_split(b, sep, &y) &&
	       uri_matches(&x, &y, all) && uri_matches(&y, &x, all);
}

bool
msg_uri_equal(struct str a, struct str b)
{
	struct msg_uri x, y;

	if (msg_uri_read(a, &x) != 0 || msg_uri_read(b, &y) != 0 ||
	    !str_ieq(x.scheme, y.scheme))
		return false;
	/* 19.1.4 says nothing of other schemes: the same bytes are equal */
	if (!x.sip)
		return str_eq(x.host, y.host);
	return same(x.user, y.user, false) &&
	       (x.password.p != NULL) == (y.password.p != NULL) &&
	       same(x.password, y.password, false) && str_ieq(x.host, y.host) &&
	       x.port == y.port && same_pairs(x.params, y.params, ';', false) &&
	       same_pairs(x.headers, y.headers, '&', true);
}

/* 10.3 step 5: what needs no escape is written without one. */
static void
add_unescaped(struct buf *out, struct str s)
{
	for (size_t i = 0; i < s.n; i++) {
		char c = s.p[i];

		/* msg_uri_read saw to it that both digits are there */
		if (c != '%') {
			buf_putc(out, c);
			continue;
		}
		c = (char)(chr_hex(s.p[i + 1]) * 16 + chr_hex(s.p[i + 2]));
		if (chars_are(c, CHARS_UNRESERVED))
			buf_putc(out, c);
		else
			buf_printf(out, "%%%02X", (unsigned)(unsigned char)c);
		i += 2;
	}
}

static void
add_lower(struct buf *out, struct str s)
{
	for (size_t i = 0; i < s.n; i++)
		buf_putc(out, chr_lower(s.p[i]));
}

struct str
msg_host_name(struct str host)
{
	if (host.n > 1 && host.p[host.n - 1] == '.')
		host.n--;
	return host;
}

bool
msg_user_equal(struct str a, struct str b)
{
	return same(a, b, false);
}

int
msg_uri_aor(struct str s, struct buf *out)
{
	struct msg_uri uri;
	bool v6;

	if (msg_uri_read(s, &uri) != 0)
		return ERR_SYNTAX;
	/* RFC 5630 5.4: with sips it is the same user. */
	add_lower(out, uri.sip && is_sips(&uri) ? str_slice(uri.scheme, 0, 3)
						: uri.scheme);
	buf_putc(out, ':');
	if (!uri.sip) {
		buf_str(out, uri.host);
		return out->err;
	}
	if (uri.user.n > 0) {
		add_unescaped(out, uri.user);
		if (uri.password.p != NULL) {
			buf_putc(out, ':');
			add_unescaped(out, uri.password);
		}
		buf_putc(out, '@');
	}
	v6 = str_chr(uri.host, ':') >= 0;
	buf_puts(out, v6 ? "[" : "");
	add_lower(out, msg_host_name(uri.host));
	buf_puts(out, v6 ? "]" : "");
	/* The usual port of either scheme, as it is one user. */
	if (uri.port != 0 && uri.port != ADDR_PORT_SIP &&
	    !(uri.port == ADDR_PORT_SIPS && is_sips(&uri)))
		buf_printf(out, ":%u", uri.port);
	return out->err;
}
