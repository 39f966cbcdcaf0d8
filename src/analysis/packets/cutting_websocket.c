/*
 * SIP over WebSocket (RFC 7118): a handshake of HTTP, then frames (RFC 6455
 * 5.2), those of the client masked.  A message goes in one message of
 * WebSocket, of one frame or several.
 */
#include "packets/cutting.h"

#include "packets/recognise.h"
#include "wire/bytes.h"
#include "wire/websocket.h"

#define HANDSHAKE_MOST 16384
#define LOOKED_AT      4096 /* of a frame whether it carries SIP */
#define SURE           16   /* bytes of a line that has not ended yet */

/* RFC 6455 5.2. */
enum {
	FIN = 0x80,
	RSV1 = 0x40, /* RFC 7692: compressed */
	RSV = 0x30,
	OPCODE = 0x0f,
	MASKED = 0x80,
};

struct frame {
	uint8_t flags, opcode;
	size_t head;
	uint64_t n; /* of its payload */
	bool masked;
	uint8_t mask[4];
};

/* False: it has not come yet, and F has as much of it as has, with an N of 0
 * where that is not known. */
static bool
read_frame_head(struct str in, struct frame *f)
{
	const uint8_t *p = (const uint8_t *)in.p;
	uint64_t n;
	size_t at = 2;

	*f = (struct frame){ .head = 0 };
	if (in.n < 1)
		return false;
	f->flags = p[0] & (uint8_t)~OPCODE;
	f->opcode = p[0] & OPCODE;
	if (in.n < 2)
		return false;
	f->masked = (p[1] & MASKED) != 0;
	n = p[1] & 0x7f;
	at += n == 126 ? 2 : n == 127 ? 8 : 0;
	if (in.n < at)
		return false;
	if (n == 126)
		n = get16(p + 2);
	else if (n == 127)
		n = (uint64_t)get32(p + 2) << 32 | get32(p + 6);
	f->n = n;
	if (in.n < at + (f->masked ? 4 : 0))
		return false;
	if (f->masked)
		memcpy(f->mask, p + at, 4);
	f->head = at + (f->masked ? 4 : 0);
	return true;
}

/* 5.3: the payload's bytes without the mask, appended. */
static void
unmask(const struct frame *f, struct str payload, struct buf *out)
{
	size_t at = out->n;

	buf_str(out, payload);
	for (size_t i = 0; out->err == 0 && i < payload.n; i++)
		out->p[at + i] ^= (char)f->mask[i % 4];
}

/* RFC 6455 4.1, 4.2.1: a field that says to what the connection changes. */
static bool
has_upgrade(struct str head)
{
	struct str line, value;

	while (head.n > 0) {
		line = str_cut(head, '\n', &head);
		if (str_iis(str_trim(str_cut(line, ':', &value)), "Upgrade") &&
		    str_iis(str_trim(value), "websocket"))
			return true;
	}
	return false;
}

/* IN begins so, as far as it has come; its first letter has. */
static bool
may_begin(struct str in, const char *text)
{
	size_t n = strlen(text);

	return in.n > 0 && memcmp(in.p, text, in.n < n ? in.n : n) == 0;
}

bool
cutting_is_handshake(struct str in, size_t *head)
{
	struct str room = str_slice(in, 0, HANDSHAKE_MOST);
	ptrdiff_t end;

	*head = 0;
	if (!may_begin(in, "GET ") && !may_begin(in, "HTTP/1.1 101"))
		return false;
	end = str_find(room, "\r\n\r\n");
	if (end < 0)
		return in.n < HANDSHAKE_MOST;
	*head = (size_t)end + 4;
	return has_upgrade(str_slice(room, 0, *head));
}

enum recognised
cutting_recognise_frame(struct str in)
{
	char room[LOOKED_AT];
	struct str payload;
	struct frame f;
	enum recognised is;
	bool whole = read_frame_head(in, &f);
	size_t n;

	/* 5.2: what the first byte says is known before the head is whole. */
	if ((f.flags & (RSV | RSV1)) != 0 ||
	    (f.opcode != WEBSOCKET_TEXT && f.opcode != WEBSOCKET_BINARY) ||
	    f.n > CUTTING_MOST)
		return RECOGNISED_NO;
	if (!whole)
		return RECOGNISED_PART;
	payload = str_slice(in, f.head, in.n);
	n = payload.n < sizeof(room) ? payload.n : sizeof(room);
	n = n < f.n ? n : (size_t)f.n;
	for (size_t i = 0; i < n; i++)
		room[i] = (char)(payload.p[i] ^ (char)f.mask[i % 4]);
	is = n > 0 ? recognise((struct str){ room, n }) : RECOGNISED_PART;
	if (is != RECOGNISED_PART)
		return is;
	/* A frame that ends within its first line carries none. */
	if (n == f.n)
		return RECOGNISED_NO;
	return n >= SURE ? RECOGNISED_SIP : RECOGNISED_PART;
}

/* The message of WebSocket is complete in c->frames, or was compressed. */
static enum cut_kind
end_message(struct cutting *c, struct cut *cut)
{
	struct str text = buf_view(&c->frames);
	size_t n = 0;

	if (c->packed) {
		c->packed = false;
		return CUT_PACKED;
	}
	while (n < text.n && chr_is_space(text.p[n]))
		n++;
	cut->bytes = str_slice(text, n, text.n);
	return recognise(cut->bytes) == RECOGNISED_SIP ? CUT_MESSAGE : CUT_SKIP;
}

/* RFC 6455 5.5: F, at the beginning of IN, is about the connection. */
static enum cut_kind
cut_control(
    struct cutting *c, const struct frame *f, struct str in, struct cut *cut)
{
	struct buf status = BUF_INIT;

	buf_clear(&c->name);
	unmask(f, str_slice(in, f->head, f->head + 2), &status);
	if (f->opcode == WEBSOCKET_CLOSE && f->n >= 2 && status.n == 2)
		buf_printf(&c->name, "Close %u", get16(status.p));
	else
		buf_puts(&c->name, f->opcode == WEBSOCKET_CLOSE  ? "Close"
				   : f->opcode == WEBSOCKET_PING ? "Ping"
								 : "Pong");
	buf_end(&status, &c->name.err);
	cut->proto = TRACE_PROTO_WEBSOCKET;
	cut->name = buf_view(&c->name);
	cut->bytes = str_slice(in, 0, cut->n);
	return CUT_OTHER;
}

enum cut_kind
cutting_next_frame(struct cutting *c, struct str in, struct cut *cut)
{
	struct frame f;
	bool first;

	if (!read_frame_head(in, &f))
		return CUT_MORE;
	/* 5.2: other bits mean that this is no frame, or none that was agreed
	 * upon. */
	if ((f.flags & RSV) != 0 ||
	    (f.opcode > WEBSOCKET_BINARY && f.opcode < WEBSOCKET_CLOSE)) {
		cutting_reset(c);
		cut->n = in.n;
		return CUT_SKIP;
	}
	c->websocket = true;
	cut->n = f.head;
	if (f.n > CUTTING_MOST - c->frames.n) {
		buf_clear(&c->frames);
		c->skip = f.n;
		return CUT_LONG;
	}
	if (in.n - f.head < f.n)
		return CUT_MORE;
	cut->n += (size_t)f.n;
	cut->unmasked = c->client && !f.masked;
	if (f.opcode >= WEBSOCKET_CLOSE)
		return cut_control(c, &f, in, cut);
	first = f.opcode != WEBSOCKET_MORE;
	if (first) {
		buf_clear(&c->frames);
		c->packed = (f.flags & RSV1) != 0;
	}
	if (!c->packed)
		unmask(&f, str_slice(in, f.head, cut->n), &c->frames);
	return (f.flags & FIN) != 0 ? end_message(c, cut) : CUT_SKIP;
}
