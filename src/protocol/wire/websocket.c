/* Frames of WebSocket (RFC 6455 5); see wire/websocket.h. */
#include "wire/websocket.h"

#include "text/utf8.h"
#include "wire/bytes.h"

enum {
	FIN = 0x80,
	RSV = 0x70,
	OPCODE = 0x0f,
	MASKED = 0x80,
	CONTROL_MOST = 125, /* 5.5 */
};

/* 5.3 */
static void
mix(char *p, size_t n, const uint8_t mask[WEBSOCKET_MASK])
{
	for (size_t i = 0; i < n; i++)
		p[i] ^= (char)mask[i % WEBSOCKET_MASK];
}

static void
put_length(struct buf *out, uint8_t masked, size_t n)
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
	put_length(out, mask != NULL ? MASKED : 0, payload.n);
	if (mask != NULL)
		buf_add(out, (const char *)mask, WEBSOCKET_MASK);
	at = out->n;
	buf_str(out, payload);
	if (mask != NULL && out->err == 0)
		mix(out->p + at, payload.n, mask);
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
read_length(const uint8_t *p, size_t octets, uint64_t *n)
{
	*n = octets == 2 ? get16(p) : (uint64_t)get32(p) << 32 | get32(p + 4);
	return *n >= (octets == 2 ? 126 : 65536);
}

/* What is wrong with F's head; 0: nothing. */
static unsigned
judge_head(const struct websocket_frame *f, uint8_t flags, uint64_t n,
    bool from_client)
{
	bool control = f->opcode >= WEBSOCKET_CLOSE;

	if ((flags & RSV) != 0 || f->opcode > WEBSOCKET_PONG ||
	    (f->opcode > WEBSOCKET_BINARY && !control) ||
	    f->masked != from_client ||
	    (control && (!f->last || n > CONTROL_MOST)))
		return WEBSOCKET_PROTOCOL;
	return n > WEBSOCKET_MOST ? WEBSOCKET_TOO_BIG : 0;
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
	*status = judge_head(f, p[0], octets > 0 ? 126 : n, from_client);
	if (*status != 0)
		return WEBSOCKET_CUT_BAD;
	if (in.n < 2 + octets)
		return WEBSOCKET_CUT_MORE;
	*status = WEBSOCKET_PROTOCOL;
	if (octets > 0 && !read_length(p + 2, octets, &n))
		return WEBSOCKET_CUT_BAD;
	*status = judge_head(f, p[0], n, from_client);
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
		mix(out->p + at, f->payload.n, f->mask);
}
