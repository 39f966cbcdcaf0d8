/*
 * Addresses as text.  Reading leaves the forms of an IPv6 address to inet_pton
 * (RFC 4291 2.2) and takes of IPv4's what that does (dotted quads); writing
 * follows RFC 5952, by hand, because every send and recv of a trace holds two
 * of them and they have to be the same bytes on every machine.
 */
#include "base/addr.h"

#include "base/err.h"

#include <arpa/inet.h>
#include <string.h>

/* The longest text inet_pton takes. */
#define LONGEST 45

/* Four numbers up to 255 without zeros in front. */
static bool
parse_v4(struct str s, uint8_t *ip)
{
	size_t at = 0;

	for (int i = 0; i < 4; i++) {
		size_t first;
		unsigned v = 0;

		if (i > 0 && (at == s.n || s.p[at++] != '.'))
			return false;
		first = at;
		while (at < s.n && at - first < 3 && chr_is_digit(s.p[at]))
			v = v * 10 + (unsigned)(s.p[at++] - '0');
		if (at == first || v > 255 ||
		    (at - first > 1 && s.p[first] == '0'))
			return false;
		ip[i] = (uint8_t)v;
	}
	return at == s.n;
}

static int
parse_ip(struct str s, struct addr *a)
{
	char text[LONGEST + 1];

	if (parse_v4(s, a->ip)) {
		a->len = 4;
		return 0;
	}
	if (s.n == 0 || s.n > LONGEST || memchr(s.p, '\0', s.n) != NULL)
		return ERR_SYNTAX;
	memcpy(text, s.p, s.n);
	text[s.n] = '\0';
	if (inet_pton(AF_INET6, text, a->ip) != 1)
		return ERR_SYNTAX;
	a->len = 16;
	return 0;
}

static int
parse_port(struct str s, struct addr *a)
{
	uint64_t v;

	if (s.n > 5 || str_u64(s, &v) != 0 || v == 0 || v > 65535)
		return ERR_SYNTAX;
	a->port = (uint16_t)v;
	return 0;
}

int
addr_parse(struct str s, struct addr *a)
{
	struct addr got = { 0 };
	struct str host = s, port = STR_NULL;
	uint8_t want = 0; /* the family that the form itself asks for */
	ptrdiff_t colon = str_chr(s, ':');
	int err;

	*a = got;
	if (s.n > 0 && s.p[0] == '[') {
		ptrdiff_t end = str_chr(s, ']');

		if (end < 0)
			return ERR_SYNTAX;
		host = str_slice(s, 1, (size_t)end);
		port = str_slice(s, (size_t)end + 1, s.n);
		if (port.n > 0 && port.p[0] != ':')
			return ERR_SYNTAX;
		want = 16;
	} else if (colon >= 0 && str_rchr(s, ':') == colon) {
		host = str_slice(s, 0, (size_t)colon);
		port = str_slice(s, (size_t)colon, s.n);
		want = 4;
	}
	err = parse_ip(host, &got);
	if (err == 0 && want != 0 && got.len != want)
		err = ERR_SYNTAX;
	if (err == 0 && port.n > 0)
		err = parse_port(str_slice(port, 1, port.n), &got);
	if (err == 0)
		*a = got;
	return err;
}

static char *
put_decimal(char *p, unsigned v)
{
	char digits[10];
	size_t n = 0;

	do
		digits[n++] = (char)('0' + v % 10);
	while ((v /= 10) != 0);
	while (n > 0)
		*p++ = digits[--n];
	return p;
}

static char *
addr_put_hex(char *p, unsigned v)
{
	static const char digits[] = "0123456789abcdef";
	int shift = 12;

	/* RFC 5952 4.1, 4.3: no leading zeros, small letters */
	while (shift > 0 && v >> shift == 0)
		shift -= 4;
	for (; shift >= 0; shift -= 4)
		*p++ = digits[v >> shift & 15];
	return p;
}

static char *
put_v4(char *p, const uint8_t *ip)
{
	for (int i = 0; i < 4; i++) {
		if (i > 0)
			*p++ = '.';
		p = put_decimal(p, ip[i]);
	}
	return p;
}

/* RFC 5952 4.2: the longest run of two zero fields or more, else none. */
static int
longest_run(const unsigned *field, int n, int *at)
{
	int best = 1;

	*at = n;
	for (int i = 0; i < n; i++) {
		int len = 0;

		while (i + len < n && field[i + len] == 0)
			len++;
		if (len > best) {
			best = len;
			*at = i;
		}
		i += len;
	}
	return best;
}

static char *
put_v6(char *p, const uint8_t *ip)
{
	static const uint8_t mapped[12] = { [10] = 0xff, [11] = 0xff };
	/* RFC 5952 5: an IPv4-mapped address ends as a dotted quad */
	bool v4 = memcmp(ip, mapped, sizeof(mapped)) == 0;
	int n = v4 ? 6 : 8, at, run;
	unsigned field[8];

	for (int i = 0; i < 8; i++)
		field[i] = (unsigned)ip[2 * i] << 8 | ip[2 * i + 1];
	run = longest_run(field, n, &at);
	for (int i = 0; i < n; i++) {
		if (i == at) {
			*p++ = ':';
			*p++ = ':';
			i += run - 1;
			continue;
		}
		if (i > 0 && i != at + run)
			*p++ = ':';
		p = addr_put_hex(p, field[i]);
	}
	if (v4) {
		*p++ = ':';
		p = put_v4(p, ip + 12);
	}
	return p;
}

static char *
addr_put_host(char *p, const struct addr *a, bool brackets)
{
	if (a->len == 4)
		return put_v4(p, a->ip);
	if (a->len != 16)
		return p;
	if (brackets)
		*p++ = '[';
	p = put_v6(p, a->ip);
	if (brackets)
		*p++ = ']';
	return p;
}

void
addr_write(const struct addr *a, struct buf *b)
{
	char text[ADDR_TEXT];
	char *p = addr_put_host(text, a, a->port != 0);

	if (a->len != 0 && a->port != 0) {
		*p++ = ':';
		p = put_decimal(p, a->port);
	}
	buf_add(b, text, (size_t)(p - text));
}

void
addr_write_bare(const struct addr *a, struct buf *b)
{
	char text[ADDR_TEXT];
	char *end = addr_put_host(text, a, false);

	buf_add(b, text, (size_t)(end - text));
}

void
addr_write_host(const struct addr *a, struct buf *b)
{
	char text[ADDR_TEXT];
	char *end = addr_put_host(text, a, true);

	buf_add(b, text, (size_t)(end - text));
}

bool
addr_is_loopback(const struct addr *a)
{
	static const uint8_t six[16] = { [15] = 1 };

	return a->len == 4 ? a->ip[0] == 127
			   : a->len == 16 && memcmp(a->ip, six, 16) == 0;
}

bool
addr_same_ip(const struct addr *a, const struct addr *b)
{
	if (a->len == 4 && b->len == 4)
		return memcmp(a->ip, b->ip, 4) == 0;
	return a->len == b->len && memcmp(a->ip, b->ip, a->len) == 0;
}

/* clang-format off */
const struct addr_transport_row addr_transports[ADDR_KNOWN_TRANSPORTS] = {
	[ADDR_UDP] = { "UDP", "udp", "udp", ADDR_PORT_SIP, false, false, ADDR_PACKET, ADDR_TLS,
	    "SIP+D2U", "_sip._udp" },
	[ADDR_TCP] = { "TCP", "tcp", "tcp", ADDR_PORT_SIP, true, false, ADDR_LENGTH, ADDR_TLS,
	    "SIP+D2T", "_sip._tcp" },
	[ADDR_TLS] = { "TLS", "tls", "tls", ADDR_PORT_SIPS, true, true, ADDR_LENGTH, ADDR_TLS,
	    "SIPS+D2T", "_sips._tcp" },
	[ADDR_SCTP] = { "SCTP", "sctp", "sctp", ADDR_PORT_SIP, true, false, ADDR_PACKET, ADDR_TLS_SCTP,
	    "SIP+D2S", "_sip._sctp" },
	[ADDR_TLS_SCTP] = { "TLS-SCTP", "tls-sctp", "sctp", ADDR_PORT_SIPS, true, true, ADDR_PACKET, ADDR_TLS_SCTP,
	    "SIPS+D2S", "_sips._sctp" },
	[ADDR_WS] = { "WS", "ws", "ws", 80, true, false, ADDR_WEBSOCKET, ADDR_WSS,
	    "SIP+D2W", "_sip._ws" },
	[ADDR_WSS] = { "WSS", "wss", "ws", 443, true, true, ADDR_WEBSOCKET, ADDR_WSS,
	    "SIPS+D2W", "_sips._ws" },
};
/* clang-format on */

bool
addr_is_stream(const struct addr *a)
{
	return addr_transports[a->transport].stream;
}

const char *
addr_scheme(enum addr_transport transport)
{
	const struct addr_transport_row *row = &addr_transports[transport];

	return row->secure &&
		       addr_transport_asked(str_of(row->param), false) != row
		   ? "sips:"
		   : "sip:";
}

void
addr_write_transport(enum addr_transport transport, struct buf *b)
{
	if (transport != ADDR_DEFAULT)
		buf_printf(
		    b, ";transport=%s", addr_transports[transport].param);
}

bool
addr_transport_find(struct str word, uint8_t *transport)
{
	for (unsigned i = 0; i < ADDR_TRANSPORTS; i++)
		if (str_iis(word, addr_transports[i].word)) {
			*transport = (uint8_t)i;
			return true;
		}
	return false;
}

void
addr_write_transports(struct buf *b)
{
	for (unsigned i = 0; i < ADDR_TRANSPORTS; i++)
		buf_printf(
		    b, "%s%s", i > 0 ? ", " : "", addr_transports[i].word);
}

const struct addr_transport_row *
addr_transport_asked(struct str param, bool sips)
{
	const struct addr_transport_row *row = &addr_transports[ADDR_DEFAULT];
	const struct addr_transport_row *end =
	    addr_transports + ADDR_KNOWN_TRANSPORTS;

	/* The one by itself stands before the one with sips. */
	if (param.n > 0)
		while (!str_iis(param, row->param))
			if (++row == end)
				return NULL;
	return sips ? &addr_transports[row->sips] : row;
}

const struct addr_transport_row *
addr_transport_known(struct str word)
{
	for (size_t i = 0; i < ADDR_KNOWN_TRANSPORTS; i++)
		if (str_iis(word, addr_transports[i].name))
			return &addr_transports[i];
	return NULL;
}

bool
addr_word_is_udp(struct str word)
{
	return str_iis(word, addr_transports[ADDR_UDP].name);
}

bool
addr_word_is_stream(struct str word)
{
	const struct addr_transport_row *row = addr_transport_known(word);

	return row != NULL && row->stream;
}

uint16_t
addr_word_port(struct str word)
{
	const struct addr_transport_row *row = addr_transport_known(word);

	return row != NULL ? row->port : ADDR_PORT_SIP;
}

bool
addr_word_needs_length(struct str word)
{
	const struct addr_transport_row *row = addr_transport_known(word);

	return row != NULL && row->framing == ADDR_LENGTH;
}

bool
addr_eq(const struct addr *a, const struct addr *b)
{
	return a->port == b->port && addr_same_ip(a, b);
}

/* Private networks (RFC 1918, 6598, 3927, 4193, 4291), which no router outside
 * of them knows. */
static const struct addr_network networks[] = {
	{ 4, { 10, 0 }, 8 },
	{ 4, { 172, 16 }, 12 },
	{ 4, { 192, 168 }, 16 },
	{ 4, { 100, 64 }, 10 },
	{ 4, { 169, 254 }, 16 },
	{ 4, { 127, 0 }, 8 },
	{ 16, { 0xfc, 0 }, 7 },
	{ 16, { 0xfe, 0x80 }, 10 },
};

const struct addr_network *
addr_private(const struct addr *a)
{
	unsigned ip = (unsigned)a->ip[0] << 8 | a->ip[1];

	for (size_t i = 0; i < COUNT_OF(networks); i++) {
		const struct addr_network *n = &networks[i];
		unsigned its = (unsigned)n->ip[0] << 8 | n->ip[1];

		if (a->len == n->len && (ip ^ its) >> (16 - n->bits) == 0)
			return n;
	}
	return NULL;
}
