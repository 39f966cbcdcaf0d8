/* The messages of a handshake, and their order; RFC 5246 7.3, RFC 8446 2. */
#include "tls/handshake.h"

#include "base/octets.h"

const struct tls_message_row tls_messages[TLS_MESSAGE_COUNT] = {
#define X(id, number, name) { number, name },
	TLS_MESSAGES(X)
#undef X
};

#define C(id, when)                               \
	{                                         \
		TLS_##id, true, TLS_##when, false \
	}
#define C_LAST(id, when)                         \
	{                                        \
		TLS_##id, true, TLS_##when, true \
	}
#define S(id, when)                                \
	{                                          \
		TLS_##id, false, TLS_##when, false \
	}
#define S_LAST(id, when)                          \
	{                                         \
		TLS_##id, false, TLS_##when, true \
	}
#define END                                  \
	{                                    \
		.message = TLS_MESSAGE_COUNT \
	}

/* clang-format off */
const struct tls_step tls_flights[TLS_VERSION_COUNT][2][TLS_STEPS] = {
	[TLS_12][false] = {
		C_LAST(CLIENT_HELLO, ALWAYS),
		S(SERVER_HELLO, ALWAYS), S(CERTIFICATE, ALWAYS), S(SERVER_KEY, ALWAYS),
		S(REQUEST, ASKED), S_LAST(HELLO_DONE, ALWAYS),
		C(CERTIFICATE, ASKED), C(CLIENT_KEY, ALWAYS), C(VERIFY, SHOWN),
		C(CIPHER, ALWAYS), C_LAST(FINISHED, ALWAYS),
		S(TICKET, ALWAYS), S(CIPHER, ALWAYS), S_LAST(FINISHED, ALWAYS),
		END },
	[TLS_12][true] = {
		C_LAST(CLIENT_HELLO, ALWAYS),
		S(SERVER_HELLO, ALWAYS), S(CIPHER, ALWAYS), S_LAST(FINISHED, ALWAYS),
		C(CIPHER, ALWAYS), C_LAST(FINISHED, ALWAYS),
		END },
	[TLS_13][false] = {
		C_LAST(CLIENT_HELLO, ALWAYS),
		S(SERVER_HELLO, ALWAYS), S(CIPHER, ALWAYS), S(EXTENSIONS, ALWAYS),
		S(REQUEST, ASKED), S(CERTIFICATE, ALWAYS), S(VERIFY, ALWAYS),
		S_LAST(FINISHED, ALWAYS),
		C(CIPHER, ALWAYS), C(CERTIFICATE, ASKED), C(VERIFY, SHOWN),
		C_LAST(FINISHED, ALWAYS),
		S(TICKET, ALWAYS), S_LAST(TICKET, ALWAYS),
		END },
	[TLS_13][true] = {
		C_LAST(CLIENT_HELLO, ALWAYS),
		S(SERVER_HELLO, ALWAYS), S(CIPHER, ALWAYS), S(EXTENSIONS, ALWAYS),
		S_LAST(FINISHED, ALWAYS),
		C(CIPHER, ALWAYS), C_LAST(FINISHED, ALWAYS),
		S_LAST(TICKET, ALWAYS),
		END },
};
/* clang-format on */

const struct tls_suite tls_suites[2] = {
	{ 0x001d, { 0xc02c, 0x1302 }, 32, 48, { 183, 220 }, 6 },
	{ 0x0017, { 0xc02b, 0x1301 }, 65, 32, { 129, 231 }, 32 },
};

const struct tls_step *
tls_step_next(struct tls_end *e)
{
	while (e->step->message != TLS_MESSAGE_COUNT &&
	       ((e->step->when == TLS_ASKED && !e->asked) ||
		   (e->step->when == TLS_SHOWN && !e->shown)))
		e->step++;
	return e->step;
}

/* Octets of a ticket without its encrypted part, of the part with a client's
 * certificate in it, and of its session's secret (measured). */
#define TICKET_AROUND 64
#define TICKET_12     112
#define TICKET_13     96
/* Signatures of ECDSA vary; these are the measured ones. */
#define SIGNATURE_KEY    70
#define SIGNATURE_MUTUAL 71
#define SIGNATURE_12     72
#define SIGNATURE_13     71

void
tls_make_keys(struct tls_end *e)
{
	struct str both = { e->random[0], sizeof(e->random) };
	uint64_t key = str_hash(both);

	e->in = (struct tls_keys){ .key = e->client ? ~key : key };
	e->out = (struct tls_keys){ .key = e->client ? key : ~key };
	/* RFC 8446 2: all behind ServerHello is encrypted. */
	e->in.on = e->out.on = e->version == TLS_13;
}

/* ---- certificates ---- */

static void
tls_message_put_one(struct buf *out, struct str der, bool is13)
{
	if (der.n == 0)
		return;
	put24(out, der.n);
	buf_str(out, der);
	if (is13)
		put16(out, 0);
}

static void
tls_message_put_certificate(struct tls_end *e, struct buf *out)
{
	bool is13 = e->version == TLS_13;
	bool has = !e->client || e->config->mutual;
	struct buf list = BUF_INIT;

	if (has) {
		tls_message_put_one(&list, e->config->leaf, is13);
		tls_message_put_one(&list, e->config->root, is13);
	}
	if (e->client)
		e->shown = has && e->config->leaf.n > 0;
	if (is13)
		buf_putc(out, 0);
	put24(out, list.n);
	buf_move(out, &list);
}

/* RFC 8446 4.4.2.4: the alert for a fault of the peer's certificate.  A client
 * requires one of its server; a server that asks accepts a client without
 * one. */
static enum tls_alert
judge_peer(struct tls_end *e)
{
	bool none = e->peer.n == 0;

	if (none && !e->client)
		return TLS_ALERT_NONE;
	e->checked = true;
	e->verdict = none ? TLS_VERDICT_MISSING
			  : tls_check(buf_view(&e->peer), &e->config->trust);
	return tls_verdict_alert(e->verdict);
}

static enum tls_alert
take_certificate(struct tls_end *e, struct str body)
{
	struct str all = str_slice(body, e->version == TLS_13 ? 1 : 0, body.n);
	struct str list, first;

	if (!str_cut_counted(&all, 3, &list) || all.n > 0)
		return TLS_ALERT_DECODE_ERROR;
	buf_clear(&e->peer);
	if (list.n > 0) {
		if (!str_cut_counted(&list, 3, &first) || first.n == 0)
			return TLS_ALERT_DECODE_ERROR;
		buf_str(&e->peer, first);
	}
	if (!e->client)
		e->shown = e->peer.n > 0;
	return judge_peer(e);
}

/* RFC 5246 7.4.4: 79 octets; RFC 8446 4.3.2: 78. */
static void
put_request(struct tls_end *e, struct buf *out)
{
	bool is13 = e->version == TLS_13;

	buf_puts(out, is13 ? "" : "\2\1\x40");
	if (is13) {
		buf_putc(out, 0);
		put16(out, 71);
		put16(out, 13);
		put16(out, 67);
	}
	put16(out, is13 ? 65 : 68);
	for (size_t i = 0; i < (is13 ? 32 : 34); i++)
		buf_add(out, i % 2 == 0 ? "\4\3" : "\4\1", 2);
	if (is13)
		buf_putc(out, 0);
	else
		put16(out, 0);
}

static void
put_verify(struct tls_end *e, struct buf *out)
{
	size_t n = e->version == TLS_13 ? SIGNATURE_13 : SIGNATURE_12;

	if (e->version == TLS_13)
		n += e->suite != tls_suites;
	if (e->config->rsa)
		n = tls_signature_size(true);
	buf_puts(out, e->config->rsa ? "\x8\x4" : "\4\3");
	put16(out, n);
	tls_put_opaque(out, e->transcript, n);
}

/* ---- keys ---- */

/* RFC 8422 5.4 */
static void
put_server_key(struct tls_end *e, struct buf *out)
{
	size_t n = e->suite == tls_suites ? SIGNATURE_KEY : SIGNATURE_MUTUAL;

	if (e->config->rsa)
		n = tls_signature_size(true);
	buf_putc(out, 3);
	put16(out, e->suite->group);
	buf_putc(out, (char)e->suite->point);
	tls_put_opaque(out, e->config->seed + 2, e->suite->point);
	buf_puts(out, e->config->rsa ? "\x8\x4" : "\4\3");
	put16(out, n);
	tls_put_opaque(out, e->transcript, n);
}

/* RFC 8422 5.7 */
static void
put_client_key(struct tls_end *e, struct buf *out)
{
	buf_putc(out, (char)e->suite->point);
	tls_put_opaque(out, e->config->seed + 2, e->suite->point);
}

static void
put_encrypted_extensions(struct tls_end *e, struct buf *out)
{
	size_t n = e->suite->extensions - 6U;

	put16(out, n);
	if (n == 0)
		return;
	put16(out, 10);
	put16(out, n - 4);
	put16(out, n - 6);
	for (n -= 6; n > 0; n -= 2)
		put16(out, e->suite->group);
}

/* ---- the end ---- */

static size_t
finished_size(const struct tls_end *e)
{
	return e->version == TLS_13 ? e->suite->hash : 12;
}

/* Of whom, after which messages. */
static void
put_finished_of(const struct tls_end *e, bool client, struct buf *out)
{
	tls_put_opaque(out, e->transcript + client, finished_size(e));
}

static void
put_finished(struct tls_end *e, struct buf *out)
{
	put_finished_of(e, e->client, out);
}

static enum tls_alert
take_finished(struct tls_end *e, struct str body)
{
	LOCAL_BUF want = BUF_INIT;
	bool same;

	put_finished_of(e, !e->client, &want);
	same = want.err == 0 && str_eq(buf_view(&want), body);
	return same ? TLS_ALERT_NONE : TLS_ALERT_DECRYPT_ERROR;
}

/* ---- tickets ---- */

/* The other side's certificate with its length, up to a block of 16. */
static size_t
ticket_size(const struct tls_end *e)
{
	size_t n = TICKET_AROUND;

	n += e->version == TLS_13 ? TICKET_13 + e->suite->hash : TICKET_12;
	if (e->peer.n > 0)
		n += (e->peer.n + 4 + 15) / 16 * 16;
	return n;
}

/* A server's ticket, which has PEER's certificate in it. */
static void
put_ticket(struct tls_end *e, struct buf *out)
{
	uint64_t key = htole64(e->config->ticket_key);
	size_t size = ticket_size(e), from, at;

	if (e->version == TLS_13) {
		put32(out, 7200);
		tls_put_opaque(out, e->config->seed + 5, 4);
		buf_putc(out, 8);
		tls_put_opaque(out, e->config->seed + 6, 8);
	} else {
		put32(out, 7200);
	}
	put16(out, size);
	from = out->n;
	buf_add(out, (const char *)&key, sizeof(key));
	at = out->n;
	buf_putc(out, (char)(e->version + 1));
	put24(out, e->peer.n);
	buf_str(out, buf_view(&e->peer));
	while (out->err == 0 && out->n < from + size)
		buf_putc(out, 0);
	if (out->err == 0)
		tls_mix(out->p + at, out->n - at, e->config->ticket_key);
	if (e->version == TLS_13)
		put16(out, 0);
}

bool
tls_take_ticket(struct tls_end *e, struct str ticket)
{
	uint64_t key = htole64(e->config->ticket_key);
	LOCAL_BUF open = BUF_INIT;
	struct str rest, peer;
	bool good = false;

	if (ticket.n < TICKET_AROUND || e->config->ticket_key == 0 ||
	    memcmp(ticket.p, &key, sizeof(key)) != 0)
		return false;
	buf_str(&open, str_slice(ticket, sizeof(key), ticket.n));
	if (open.err == 0) {
		tls_mix(open.p, open.n, e->config->ticket_key);
		rest = str_slice(buf_view(&open), 1, open.n);
		good = open.p[0] == (char)(e->version + 1) &&
		       str_cut_counted(&rest, 3, &peer);
		buf_clear(&e->peer);
		if (good)
			buf_str(&e->peer, peer);
	}
	return good;
}

/* What a client keeps for another time. */
static enum tls_alert
tls_message_keep_ticket(struct tls_end *e, struct str body)
{
	struct str rest =
	    str_slice(body, e->version == TLS_13 ? 17 : 4, body.n);
	struct str ticket;

	if (!str_cut_counted(&rest, 2, &ticket))
		return TLS_ALERT_DECODE_ERROR;
	buf_clear(&e->ticket);
	buf_str(&e->ticket, ticket);
	return TLS_ALERT_NONE;
}

/* ---- all of them ---- */

static enum tls_alert
tls_message_take_request(struct tls_end *e, struct str body)
{
	(void)body;
	e->asked = true;
	return TLS_ALERT_NONE;
}

static enum tls_alert
take_empty(struct tls_end *e, struct str body)
{
	(void)e;
	return body.n == 0 ? TLS_ALERT_NONE : TLS_ALERT_DECODE_ERROR;
}

static void
tls_message_put_nothing(struct tls_end *e, struct buf *out)
{
	(void)e;
	(void)out;
}

/* What nothing depends on in the model. */
static enum tls_alert
take_opaque(struct tls_end *e, struct str body)
{
	(void)e;
	return body.n > 0 ? TLS_ALERT_NONE : TLS_ALERT_DECODE_ERROR;
}

static const struct {
	void (*put)(struct tls_end *e, struct buf *out);
	enum tls_alert (*take)(struct tls_end *e, struct str body);
} contents[TLS_MESSAGE_COUNT] = {
	[TLS_CLIENT_HELLO] = { tls_put_client_hello, tls_take_client_hello },
	[TLS_SERVER_HELLO] = { tls_put_server_hello, tls_take_server_hello },
	[TLS_TICKET] = { put_ticket, tls_message_keep_ticket },
	[TLS_EXTENSIONS] = { put_encrypted_extensions, take_opaque },
	[TLS_CERTIFICATE] = { tls_message_put_certificate, take_certificate },
	[TLS_SERVER_KEY] = { put_server_key, take_opaque },
	[TLS_REQUEST] = { put_request, tls_message_take_request },
	[TLS_HELLO_DONE] = { tls_message_put_nothing, take_empty },
	[TLS_VERIFY] = { put_verify, take_opaque },
	[TLS_CLIENT_KEY] = { put_client_key, take_opaque },
	[TLS_FINISHED] = { put_finished, take_finished },
};

void
tls_put_message(struct tls_end *e, enum tls_message id, struct buf *out)
{
	size_t at = out->n, n;

	buf_putc(out, (char)tls_messages[id].number);
	put24(out, 0);
	contents[id].put(e, out);
	n = out->n - at - 4;
	if (out->err != 0)
		return;
	for (size_t i = 0; i < 3; i++)
		out->p[at + 1 + i] = (char)(n >> 8 * (2 - i) & 0xff);
}

enum tls_alert
tls_take_message(struct tls_end *e, enum tls_message id, struct str body)
{
	return contents[id].take(e, body);
}
