/*
 * ClientHello and ServerHello (RFC 5246 7.4.1, RFC 8446 4.1), with their
 * extensions.  A ClientHello is filled up to its measured size with RFC 7685's
 * padding.
 */
#include "tls/handshake.h"

#include "base/addr.h"
#include "base/octets.h"

enum {
	EXT_NAME = 0,
	EXT_GROUPS = 10,
	EXT_POINTS = 11,
	EXT_SIGNATURES = 13,
	EXT_PADDING = 21,
	EXT_MASTER = 23,
	EXT_TICKET = 35,
	EXT_PSK = 41,
	EXT_VERSIONS = 43,
	EXT_PSK_MODES = 45,
	EXT_KEY_SHARE = 51,
	EXT_RENEGOTIATION = 0xff01,
};

/* RFC 8446 4.1.3: in the last octets of who speaks 1.3 and is asked for 1.2. */
static const char downgrade[8] = "DOWNGRD\x01";

/* The head of extension ID; where its length stands. */
static size_t
begin_extension(struct buf *out, uint16_t id)
{
	put16(out, id);
	put16(out, 0);
	return out->n;
}

static void
end_hello_extension(struct buf *out, size_t at)
{
	put16_at(out, at - 2, out->n - at);
}

static void
put_extension(struct buf *out, uint16_t id, const char *p, size_t n)
{
	put16(out, id);
	put16(out, n);
	buf_add(out, p, n);
}
#define PUT_EXTENSION(out, id, text) \
	put_extension(out, id, text, sizeof(text) - 1)

static bool
offers(const struct tls_end *e, enum tls_version v)
{
	return (e->config->versions & 1U << v) != 0;
}

/* RFC 6066 3: a name, never an address. */
static void
put_server_name_extension(struct buf *out, struct str host)
{
	struct addr a;
	size_t at;

	if (host.n == 0 || addr_parse(host, &a) == 0)
		return;
	at = begin_extension(out, EXT_NAME);
	put16(out, host.n + 3);
	buf_putc(out, 0);
	put16(out, host.n);
	buf_str(out, host);
	end_hello_extension(out, at);
}

static void
put_versions(struct tls_end *e, struct buf *out)
{
	size_t at = begin_extension(out, EXT_VERSIONS), n = out->n;

	buf_putc(out, 0);
	for (unsigned v = TLS_VERSION_COUNT; v-- > 0;)
		if (offers(e, v))
			put16(out, tls_versions[v].number);
	if (out->err == 0)
		out->p[n] = (char)(out->n - n - 1);
	end_hello_extension(out, at);
}

static void
put_key_share(struct tls_end *e, struct buf *out, bool list)
{
	size_t at = begin_extension(out, EXT_KEY_SHARE);

	if (list)
		put16(out, 4 + (size_t)e->suite->point);
	put16(out, e->suite->group);
	put16(out, e->suite->point);
	tls_put_opaque(out, e->config->seed + 2, e->suite->point);
	end_hello_extension(out, at);
}

/* RFC 8446 4.2.11: it comes last. */
static void
put_psk(struct tls_end *e, struct buf *out)
{
	size_t at = begin_extension(out, EXT_PSK), n = e->config->ticket.n;

	put16(out, n + 6);
	put16(out, n);
	buf_str(out, e->config->ticket);
	tls_put_opaque(out, e->config->seed + 3, 4);
	put16(out, 1 + (size_t)e->suite->hash);
	buf_putc(out, (char)e->suite->hash);
	tls_put_opaque(out, e->config->seed + 4, e->suite->hash);
	end_hello_extension(out, at);
}

/* A ticket of V is brought. */
static bool
brings(const struct tls_end *e, enum tls_version v)
{
	return e->config->ticket.n > 0 && e->config->ticket_version == v &&
	       offers(e, v);
}

/* Octets of E's ClientHello as it was measured, without a psk. */
static size_t
hello_size(const struct tls_end *e)
{
	enum tls_version v = offers(e, TLS_13) ? TLS_13 : TLS_12;
	struct str host = e->config->trust.host;
	struct addr a;
	size_t n = e->suite->hello[v];

	if (host.n > 0 && addr_parse(host, &a) != 0)
		n += 9 + host.n;
	/* RFC 5077 3.4: with a session id, by which it is seen to be taken */
	if (brings(e, TLS_12))
		n += e->config->ticket.n + (v == TLS_12 ? 32 : 0);
	return n;
}

static void
put_padding(struct buf *out, size_t from, size_t size)
{
	size_t n = out->n - from, at;

	if (n + 4 > size)
		return;
	at = begin_extension(out, EXT_PADDING);
	for (n += 4; n < size; n++)
		buf_putc(out, 0);
	end_hello_extension(out, at);
}

static void
put_client_extensions(struct tls_end *e, struct buf *out)
{
	size_t at;

	put_server_name_extension(out, e->config->trust.host);
	PUT_EXTENSION(out, EXT_POINTS, "\1\0");
	at = begin_extension(out, EXT_GROUPS);
	put16(out, 4);
	put16(out, e->suite->group);
	put16(out, tls_suites[e->suite == tls_suites].group);
	end_hello_extension(out, at);
	put16(out, EXT_TICKET);
	put16(out, brings(e, TLS_12) ? e->config->ticket.n : 0);
	if (brings(e, TLS_12))
		buf_str(out, e->config->ticket);
	PUT_EXTENSION(out, EXT_MASTER, "");
	PUT_EXTENSION(
	    out, EXT_SIGNATURES, "\0\x0e\4\3\5\3\6\3\x8\x4\x8\x5\x8\x6\4\1");
	if (!offers(e, TLS_13))
		return;
	put_versions(e, out);
	PUT_EXTENSION(out, EXT_PSK_MODES, "\1\1");
	put_key_share(e, out, true);
}

void
tls_put_client_hello(struct tls_end *e, struct buf *out)
{
	bool session = offers(e, TLS_13) || brings(e, TLS_12);
	size_t from = out->n - 4, at;

	put16(out, tls_versions[TLS_12].number);
	buf_add(out, e->random[0], 32);
	buf_putc(out, session ? 32 : 0);
	if (session)
		buf_add(out, e->session, 32);
	at = out->n;
	put16(out, 0);
	for (unsigned v = TLS_VERSION_COUNT; v-- > 0;)
		for (size_t i = 0; offers(e, v) && i < 2; i++)
			put16(out, (e->suite == tls_suites ? e->suite + i
							   : e->suite - i)
				       ->number[v]);
	put16_at(out, at, out->n - at - 2);
	buf_add(out, "\1\0", 2);
	at = out->n;
	put16(out, 0);
	put_client_extensions(e, out);
	put_padding(out, from, hello_size(e));
	if (brings(e, TLS_13))
		put_psk(e, out);
	put16_at(out, at, out->n - at - 2);
}

void
tls_put_server_hello(struct tls_end *e, struct buf *out)
{
	bool echo = e->version == TLS_13 || e->resumed;
	size_t at;

	put16(out, tls_versions[TLS_12].number);
	if (e->version < TLS_13 && offers(e, TLS_13))
		memcpy(e->random[1] + 24, downgrade, sizeof(downgrade));
	buf_add(out, e->random[1], 32);
	buf_putc(out, echo ? 32 : 0);
	if (echo)
		buf_add(out, e->session, 32);
	put16(out, e->suite->number[e->version]);
	buf_putc(out, 0);
	at = out->n;
	put16(out, 0);
	if (e->version == TLS_13) {
		put_extension(out, EXT_VERSIONS, "\3\4", 2);
		put_key_share(e, out, false);
		if (e->resumed)
			PUT_EXTENSION(out, EXT_PSK, "\0\0");
	} else {
		PUT_EXTENSION(out, EXT_RENEGOTIATION, "\0");
		if (!e->resumed) {
			PUT_EXTENSION(out, EXT_POINTS, "\3\0\1\2");
			PUT_EXTENSION(out, EXT_TICKET, "");
		}
		PUT_EXTENSION(out, EXT_MASTER, "");
	}
	put16_at(out, at, out->n - at - 2);
}

/* ---- reading ---- */

/* The extension ID of EXTS; false: it is not there, or they can't be read. */
static bool
find_extension(struct str exts, uint16_t id, struct str *value)
{
	struct str head;

	while (
	    str_cut_octets(&exts, 2, &head) && str_cut_counted(&exts, 2, value))
		if (get16(head.p) == id)
			return true;
	return false;
}

/* What all hellos begin with; *REST follows the session id. */
static bool
take_start(struct str *in, char random[32], struct str *session)
{
	struct str part;

	if (!str_cut_octets(in, 2, &part) || get16(part.p) != 0x0303 ||
	    !str_cut_octets(in, 32, &part))
		return false;
	memcpy(random, part.p, 32);
	return str_cut_counted(in, 1, session) && session->n <= 32;
}

/* The versions that a ClientHello offers (RFC 8446 4.2.1), as bits. */
static unsigned
offered_versions(struct str exts)
{
	struct str value, list, one;
	unsigned bits = 0;

	if (!find_extension(exts, EXT_VERSIONS, &value))
		return 1U << TLS_12;
	if (!str_cut_counted(&value, 1, &list))
		return 0;
	while (str_cut_octets(&list, 2, &one))
		for (unsigned v = 0; v < TLS_VERSION_COUNT; v++)
			if (get16(one.p) == tls_versions[v].number)
				bits |= 1U << v;
	return bits;
}

/* The first of the groups that a client knows says which of the suites it has.
 */
static const struct tls_suite *
offered_suite(struct str exts)
{
	struct str value, list;

	if (!find_extension(exts, EXT_GROUPS, &value) ||
	    !str_cut_counted(&value, 2, &list) || list.n < 2)
		return NULL;
	for (size_t i = 0; i < 2; i++)
		if (get16(list.p) == tls_suites[i].group)
			return &tls_suites[i];
	return NULL;
}

static struct str
offered_ticket(struct str exts, enum tls_version v)
{
	struct str value, list, one;

	if (v == TLS_12)
		return find_extension(exts, EXT_TICKET, &value) ? value
								: STR_NULL;
	return find_extension(exts, EXT_PSK, &value) &&
		       str_cut_counted(&value, 2, &list) &&
		       str_cut_counted(&list, 2, &one)
		   ? one
		   : STR_NULL;
}

enum tls_alert
tls_take_client_hello(struct tls_end *e, struct str body)
{
	struct str session, part, exts;
	unsigned both;

	if (!take_start(&body, e->random[0], &session) ||
	    !str_cut_counted(&body, 2, &part) ||
	    !str_cut_counted(&body, 1, &part) ||
	    !str_cut_counted(&body, 2, &exts) || body.n > 0)
		return TLS_ALERT_DECODE_ERROR;
	memset(e->session, 0, sizeof(e->session));
	memcpy(e->session, session.p, session.n);
	both = offered_versions(exts) & e->config->versions;
	if (e->config->weakened)
		both &= 1U << TLS_12;
	if (both == 0)
		return TLS_ALERT_PROTOCOL_VERSION;
	e->version = both & 1U << TLS_13 ? TLS_13 : TLS_12;
	e->suite = offered_suite(exts);
	if (e->suite == NULL)
		return TLS_ALERT_HANDSHAKE_FAILURE;
	e->resumed = tls_take_ticket(e, offered_ticket(exts, e->version));
	e->asked = e->config->mutual;
	e->step = &tls_flights[e->version][e->resumed][1];
	return TLS_ALERT_NONE;
}

enum tls_alert
tls_take_server_hello(struct tls_end *e, struct str body)
{
	struct str session, part, exts, value;

	if (!take_start(&body, e->random[1], &session) ||
	    !str_cut_octets(&body, 3, &part) ||
	    !str_cut_counted(&body, 2, &exts) || body.n > 0)
		return TLS_ALERT_DECODE_ERROR;
	e->version = TLS_12;
	if (find_extension(exts, EXT_VERSIONS, &value)) {
		if (value.n != 2 || get16(value.p) != 0x0304)
			return TLS_ALERT_ILLEGAL_PARAMETER;
		e->version = TLS_13;
	}
	if (!offers(e, e->version))
		return TLS_ALERT_PROTOCOL_VERSION;
	/* RFC 8446 4.1.3 */
	if (e->version < TLS_13 && offers(e, TLS_13) &&
	    memcmp(e->random[1] + 24, downgrade, sizeof(downgrade)) == 0)
		return TLS_ALERT_ILLEGAL_PARAMETER;
	e->resumed =
	    e->version == TLS_13
		? find_extension(exts, EXT_PSK, &value)
		: session.n == 32 && memcmp(session.p, e->session, 32) == 0;
	if (e->resumed && !brings(e, e->version))
		return TLS_ALERT_ILLEGAL_PARAMETER;
	e->step = &tls_flights[e->version][e->resumed][2];
	return TLS_ALERT_NONE;
}
