/* Frames of WebSocket (RFC 6455 5); see wire/websocket.h. */
#include "wire/websocket.h"

#include "text/utf8.h"
#include "wire/bytes.h"

#include <nettle/base64.h>
#include <nettle/sha1.h>

enum {
	FIN = 0x80,
	RSV = 0x70,
	OPCODE = 0x0f,
	MASKED = 0x80,
	CONTROL_MOST = 125, /* 5.5 */
};

/* 5.3 */
static void
websocket_mix(char *p, size_t n, const uint8_t mask[WEBSOCKET_MASK])
{
	for (size_t i = 0; i < n; i++)
		p[i] ^= (char)mask[i % WEBSOCKET_MASK];
}

static void
websocket_put_length(struct buf *out, uint8_t masked, size_t n)
{
	unsigned octets = n < 126 ? 0 : n < 65536 ? 2 : 8;

	buf_putc(out, (char)(masked | (octets == 0      ? (uint8_t)n
					  : octets == 2 ? 126
							: 127)));
	while (octets-- > 0)
		buf_putc(out, (char)((uint64_t)n >> 8 * octets & 0xff));
}

enum websocket_opcode
websocket_kind(struct str message)
{
	return utf8_valid(message) ? WEBSOCKET_TEXT : WEBSOCKET_BINARY;
}

void
websocket_put_frame(struct buf *out, enum websocket_opcode opcode,
    const uint8_t mask[WEBSOCKET_MASK], struct str payload)
{
	size_t at;

	buf_putc(out, (char)(FIN | opcode));
	websocket_put_length(out, mask != NULL ? MASKED : 0, payload.n);
	if (mask != NULL)
		buf_add(out, (const char *)mask, WEBSOCKET_MASK);
	at = out->n;
	buf_str(out, payload);
	if (mask != NULL && out->err == 0)
		websocket_mix(out->p + at, payload.n, mask);
}

void
websocket_put_close(
    struct buf *out, unsigned status, const uint8_t mask[WEBSOCKET_MASK])
{
	const char octets[2] = { (char)(status >> 8), (char)(status & 0xff) };

	websocket_put_frame(
	    out, WEBSOCKET_CLOSE, mask, (struct str){ octets, 2 });
}

/* 5.2: the length that stands at P, of OCTETS, was written as short as it can
 * be. */
static bool
websocket_read_length(const uint8_t *p, size_t octets, uint64_t *n)
{
	*n = octets == 2 ? get16(p) : (uint64_t)get32(p) << 32 | get32(p + 4);
	return *n >= (octets == 2 ? 126 : 65536);
}

/* The status for a fault of F's head, which is noted; 0: none. */
static unsigned
websocket_judge_head(
    struct websocket_frame *f, uint8_t flags, uint64_t n, bool from_client)
{
	bool control = f->opcode >= WEBSOCKET_CLOSE;

	if ((flags & RSV) != 0 || f->opcode > WEBSOCKET_PONG ||
	    (f->opcode > WEBSOCKET_BINARY && !control))
		f->fault = CONNECTION_END_RESERVED;
	else if (f->masked != from_client)
		f->fault = from_client ? CONNECTION_END_UNMASKED
				       : CONNECTION_END_MASKED;
	else if (control && (!f->last || n > CONTROL_MOST))
		f->fault = CONNECTION_END_CONTROL;
	else
		f->fault = n > WEBSOCKET_MOST ? CONNECTION_END_OVERSIZE
					      : CONNECTION_END_BY_THEM;
	return f->fault == CONNECTION_END_BY_THEM    ? 0
	       : f->fault == CONNECTION_END_OVERSIZE ? WEBSOCKET_TOO_BIG
						     : WEBSOCKET_PROTOCOL;
}

enum websocket_cut
websocket_cut(struct str in, bool from_client, struct websocket_frame *f,
    unsigned *status)
{
	const uint8_t *p = (const uint8_t *)in.p;
	size_t octets;
	uint64_t n;

	if (in.n < 2)
		return WEBSOCKET_CUT_MORE;
	f->opcode = p[0] & OPCODE;
	f->last = (p[0] & FIN) != 0;
	f->masked = (p[1] & MASKED) != 0;
	n = p[1] & 0x7f;
	octets = n == 126 ? 2 : n == 127 ? 8 : 0;
	*status =
	    websocket_judge_head(f, p[0], octets > 0 ? 126 : n, from_client);
	if (*status != 0)
		return WEBSOCKET_CUT_BAD;
	if (in.n < 2 + octets)
		return WEBSOCKET_CUT_MORE;
	*status = WEBSOCKET_PROTOCOL;
	f->fault = CONNECTION_END_LENGTH;
	if (octets > 0 && !websocket_read_length(p + 2, octets, &n))
		return WEBSOCKET_CUT_BAD;
	*status = websocket_judge_head(f, p[0], n, from_client);
	if (*status != 0)
		return WEBSOCKET_CUT_BAD;
	f->head = 2 + octets + (f->masked ? WEBSOCKET_MASK : 0);
	if (in.n < f->head || in.n - f->head < n)
		return WEBSOCKET_CUT_MORE;
	if (f->masked)
		memcpy(f->mask, p + 2 + octets, WEBSOCKET_MASK);
	f->payload = str_slice(in, f->head, f->head + (size_t)n);
	return WEBSOCKET_CUT_FRAME;
}

void
websocket_open(const struct websocket_frame *f, struct buf *out)
{
	size_t at = out->n;

	buf_str(out, f->payload);
	if (f->masked && f->payload.n > 0 && out->err == 0)
		websocket_mix(out->p + at, f->payload.n, f->mask);
}

/* The handshake of WebSocket: RFC 6455 4.1, 4.2, with RFC 7118's `sip`. */

/* 1.3: a server's constant, so that no other protocol answers by chance. */
#define GUID "258EAFA5-E914-47DA-95CA-C5AB0DC85B11"

#define HEAD_MOST 8192

static void
encode(const uint8_t *octets, size_t n, char *text)
{
	base64_encode_raw(text, n, octets);
	text[BASE64_ENCODE_RAW_LENGTH(n)] = '\0';
}

void
websocket_make_key(const uint8_t octets[16], char key[WEBSOCKET_KEY + 1])
{
	encode(octets, 16, key);
}

void
websocket_accept(struct str key, char accept[WEBSOCKET_ACCEPT + 1])
{
	uint8_t digest[SHA1_DIGEST_SIZE];
	struct sha1_ctx h;

	sha1_init(&h);
	sha1_update(&h, key.n, (const uint8_t *)key.p);
	sha1_update(&h, sizeof(GUID) - 1, (const uint8_t *)GUID);
	sha1_digest(&h, sizeof(digest), digest);
	encode(digest, sizeof(digest), accept);
}

/* ---- writing ---- */

/* The page is of the domain that the server's own name is in: 10.2. */
static struct str
page_of(struct str host)
{
	ptrdiff_t dot = str_chr(host, '.');
	size_t from = dot >= 0 ? (size_t)dot + 1 : 0;
	struct str rest = str_slice(host, from, host.n);

	return host.n > 0 && !chr_is_digit(host.p[0]) && str_chr(rest, '.') >= 0
		   ? rest
		   : STR_NULL;
}

void
websocket_put_request(
    struct buf *out, struct str host, bool secure, const char *key)
{
	struct str page = page_of(host);

	buf_puts(out, "GET / HTTP/1.1\r\nHost: ");
	buf_str(out, host);
	buf_printf(out,
	    "\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
	    "Sec-WebSocket-Key: %s\r\nOrigin: http%s://%s",
	    key, secure ? "s" : "", page.n > 0 ? "www." : "");
	buf_str(out, page.n > 0 ? page : host);
	buf_puts(out, "\r\nSec-WebSocket-Protocol: sip\r\n"
		      "Sec-WebSocket-Version: 13\r\n\r\n");
}

void
websocket_put_response(struct buf *out, const char *accept)
{
	buf_printf(out,
	    "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\n"
	    "Connection: Upgrade\r\nSec-WebSocket-Accept: %s\r\n"
	    "Sec-WebSocket-Protocol: sip\r\n\r\n",
	    accept);
}

void
websocket_put_refusal(struct buf *out, const char *status)
{
	buf_printf(out,
	    "HTTP/1.1 %s\r\nSec-WebSocket-Version: 13\r\n"
	    "Content-Length: 0\r\n\r\n",
	    status);
}

/* ---- reading ---- */

/* The head that IN begins with, in *N octets with its empty line; *LINE is its
 * first line, *FIELDS the rest. */
static enum websocket_shake
cut_head(struct str in, const char *begin, size_t *n, struct str *line,
    struct str *fields)
{
	size_t known = strlen(begin);
	ptrdiff_t end;

	*n = in.n;
	if (!str_eq(str_slice(in, 0, known), str_slice(str_of(begin), 0, in.n)))
		return WEBSOCKET_SHAKE_BAD;
	end = str_find(str_slice(in, 0, HEAD_MOST), "\r\n\r\n");
	if (end < 0)
		return in.n < HEAD_MOST ? WEBSOCKET_SHAKE_MORE
					: WEBSOCKET_SHAKE_BAD;
	*n = (size_t)end + 4;
	*line = str_trim(str_cut(str_slice(in, 0, *n), '\n', fields));
	return WEBSOCKET_SHAKE_GOOD;
}

/* A field NAME has VALUE among others, in letters of either size unless it is
 * EXACT; the whole value of the last one in *FOUND, which may be NULL. */
static bool
field_has(
    struct str fields, const char *name, const char *value, struct str *found)
{
	bool has = false;

	while (fields.n > 0) {
		struct str line = str_cut(fields, '\n', &fields), rest;

		if (!str_iis(str_trim(str_cut(line, ':', &rest)), name))
			continue;
		if (found != NULL)
			*found = str_trim(rest);
		while (rest.n > 0)
			has |=
			    str_iis(str_trim(str_cut(rest, ',', &rest)), value);
	}
	return has;
}

/* Of some fields a request has one at most: no rule says which of two counts
 * (RFC 6454 7.3, RFC 6455 11.3, RFC 9112 3.2). */
static bool
has_twice(struct str fields)
{
	static const char *const once[] = { "Host", "Origin",
		"Sec-WebSocket-Key", "Sec-WebSocket-Version" };
	unsigned n[COUNT_OF(once)] = { 0 };

	while (fields.n > 0) {
		struct str line = str_cut(fields, '\n', &fields), rest;
		struct str name = str_trim(str_cut(line, ':', &rest));

		for (size_t i = 0; i < COUNT_OF(once); i++)
			if (str_iis(name, once[i]) && ++n[i] > 1)
				return true;
	}
	return false;
}

/* What requests and responses have alike. */
static bool
upgrades(struct str fields)
{
	return field_has(fields, "Upgrade", "websocket", NULL) &&
	       field_has(fields, "Connection", "Upgrade", NULL);
}

enum websocket_shake
websocket_read_request(struct str in, size_t *n, struct str *key)
{
	struct str line, fields;
	enum websocket_shake is = cut_head(in, "GET ", n, &line, &fields);

	*key = STR_NULL;
	if (is != WEBSOCKET_SHAKE_GOOD)
		return is;
	field_has(fields, "Sec-WebSocket-Key", "", key);
	if (line.n < 9 ||
	    !str_is(str_slice(line, line.n - 9, line.n), " HTTP/1.1") ||
	    !upgrades(fields) || key->n != WEBSOCKET_KEY || has_twice(fields))
		return WEBSOCKET_SHAKE_BAD;
	if (!field_has(fields, "Sec-WebSocket-Version", "13", NULL))
		return WEBSOCKET_SHAKE_VERSION;
	/* RFC 7118 4 */
	return field_has(fields, "Sec-WebSocket-Protocol", "sip", NULL)
		   ? WEBSOCKET_SHAKE_GOOD
		   : WEBSOCKET_SHAKE_PROTOCOL;
}

struct str
websocket_field(struct str head, const char *name)
{
	struct str found = STR_NULL;

	field_has(head, name, "", &found);
	return found;
}

enum websocket_shake
websocket_read_response(struct str in, size_t *n, const char *accept)
{
	struct str line, fields, got = STR_NULL;
	enum websocket_shake is = cut_head(in, "HTTP/1.1 ", n, &line, &fields);

	if (is != WEBSOCKET_SHAKE_GOOD)
		return is;
	field_has(fields, "Sec-WebSocket-Accept", "", &got);
	if (!str_starts(line, "HTTP/1.1 101") || !upgrades(fields) ||
	    !str_is(got, accept))
		return WEBSOCKET_SHAKE_BAD;
	return field_has(fields, "Sec-WebSocket-Protocol", "sip", NULL)
		   ? WEBSOCKET_SHAKE_GOOD
		   : WEBSOCKET_SHAKE_PROTOCOL;
}
