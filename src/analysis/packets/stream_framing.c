/*
 * Frames an ordered stream, by first lines and Content-Length, and by frames of
 * WebSocket (RFC 7118); see packets/stream_framing.h.  It does not read what a
 * message means.
 */
#include "packets/stream_framing.h"

#include <string.h>

#include "media/rtp.h"
#include "packets/other_protocols.h"
#include "tls/handshake.h"
#include "wire/bytes.h"
#include "wire/websocket.h"

/* A request line: more is not believed. */
#define LINE_MOST 16384
#define STATUS    STR("SIP/2.0 ")

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
recognise_start(struct str s)
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
recognise_find_start(struct str s)
{
	size_t at = 0, from = 0;
	const char *p;
	ptrdiff_t begin;
	struct str rest;

	while ((p = memmem(s.p + at, s.n - at, "SIP/2.0", 7)) != NULL) {
		at = (size_t)(p - s.p);
		rest = str_slice(s, at, s.n);
		if (recognise_start(rest) == RECOGNISED_SIP)
			return (ptrdiff_t)at;
		if (at > 0 && p[-1] == ' ' && rest.n > 7 &&
		    (p[7] == '\r' || p[7] == '\n')) {
			begin = begin_of_request(s, from, at - 1);
			if (begin >= 0 &&
			    recognise_start(str_slice(s, (size_t)begin, s.n)) ==
				RECOGNISED_SIP)
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

/* What Content-Length says in HEAD, a head with its empty line; 0 where it is
 * missing or no number, as in a message without body. */
static size_t
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
recognise_measure(struct str s, size_t *head)
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

/* ---- SIP over WebSocket (RFC 7118): a handshake of HTTP, frames ---- */

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

/*
 * 5.3: the payload's bytes without the mask, which the client's frames have,
 * appended.
 */
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

/* IN begins with the handshake of a connection of WebSocket, from either side;
 * *HEAD is its size, 0 where it has not come yet. */
static bool
is_handshake(struct str in, size_t *head)
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

/* IN, not empty, begins with a frame that carries SIP, or may become one: its
 * head and the first line can come in segments of their own. */
static enum recognised
recognise_frame(struct str in)
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
	    f.n > STREAM_FRAMING_MOST)
		return RECOGNISED_NO;
	if (!whole)
		return RECOGNISED_PART;
	payload = str_slice(in, f.head, in.n);
	n = payload.n < sizeof(room) ? payload.n : sizeof(room);
	n = n < f.n ? n : (size_t)f.n;
	for (size_t i = 0; i < n; i++)
		room[i] = (char)(payload.p[i] ^ (char)f.mask[i % 4]);
	is = n > 0 ? recognise_start((struct str){ room, n }) : RECOGNISED_PART;
	if (is != RECOGNISED_PART)
		return is;
	/* A frame that ends within its first line carries none. */
	if (n == f.n)
		return RECOGNISED_NO;
	return n >= SURE ? RECOGNISED_SIP : RECOGNISED_PART;
}

/*
 * A SIP message goes in one message of WebSocket, of one frame or several. This
 * is complete in c->frames, or was compressed.
 */
static enum stream_frame_kind
end_message(struct stream_framing *c, struct stream_frame *out)
{
	struct str text = buf_view(&c->frames);
	size_t n = 0;

	if (c->packed) {
		c->packed = false;
		return STREAM_FRAME_PACKED;
	}
	while (n < text.n && chr_is_space(text.p[n]))
		n++;
	out->bytes = str_slice(text, n, text.n);
	return recognise_start(out->bytes) == RECOGNISED_SIP
		   ? STREAM_FRAME_MESSAGE
		   : STREAM_FRAME_SKIP;
}

/* RFC 6455 5.5: F, at the beginning of IN, is about the connection. */
static enum stream_frame_kind
take_control(struct stream_framing *c, const struct frame *f, struct str in,
    struct stream_frame *out)
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
	out->proto = TRACE_PROTO_WEBSOCKET;
	out->name = buf_view(&c->name);
	out->bytes = str_slice(in, 0, out->n);
	return STREAM_FRAME_OTHER;
}

static enum stream_frame_kind
next_frame(struct stream_framing *c, struct str in, struct stream_frame *out)
{
	struct frame f;
	bool first;

	if (!read_frame_head(in, &f))
		return STREAM_FRAME_MORE;
	/* 5.2: other bits mean that this is not a frame, or none that was
	 * agreed on. */
	if ((f.flags & RSV) != 0 ||
	    (f.opcode > WEBSOCKET_BINARY && f.opcode < WEBSOCKET_CLOSE)) {
		stream_framing_reset(c);
		out->n = in.n;
		return STREAM_FRAME_SKIP;
	}
	c->websocket = true;
	out->n = f.head;
	if (f.n > STREAM_FRAMING_MOST - c->frames.n) {
		buf_clear(&c->frames);
		c->skip = f.n;
		return STREAM_FRAME_LONG;
	}
	if (in.n - f.head < f.n)
		return STREAM_FRAME_MORE;
	out->n += (size_t)f.n;
	out->unmasked = c->client && !f.masked;
	if (f.opcode >= WEBSOCKET_CLOSE)
		return take_control(c, &f, in, out);
	first = f.opcode != WEBSOCKET_MORE;
	if (first) {
		buf_clear(&c->frames);
		c->packed = (f.flags & RSV1) != 0;
	}
	if (!c->packed)
		unmask(&f, str_slice(in, f.head, out->n), &c->frames);
	return (f.flags & FIN) != 0 ? end_message(c, out) : STREAM_FRAME_SKIP;
}

/* ---- the stream ---- */

#define HEP_HEAD   6
#define MEDIA_MOST 2048 /* bytes of a packet of RTP in a stream */

void
stream_framing_reset(struct stream_framing *c)
{
	bool dns = c->dns, diameter = c->diameter;

	buf_free(&c->frames);
	buf_free(&c->name);
	*c = (struct stream_framing){ .frames = BUF_INIT,
		.name = BUF_INIT,
		.dns = dns,
		.diameter = diameter };
}

size_t
stream_framing_size(const struct stream_framing *c)
{
	return c->frames.cap + c->name.cap;
}

/* What of IN is not a message's beginning, and must be passed: all of it where
 * none begins, except for a last line that may become one. */
static size_t
count_junk(struct str in)
{
	ptrdiff_t at;
	size_t n = 0;

	/* RFC 5626 3.5.1: lines that keep a connection alive. */
	while (n < in.n && chr_is_space(in.p[n]))
		n++;
	if (n == in.n || n > 0)
		return n;
	if (recognise_start(in) != RECOGNISED_NO)
		return 0;
	at = recognise_find_start(in);
	if (at >= 0)
		return (size_t)at;
	n = (size_t)(str_rchr(in, '\n') + 1);
	return n > 0 && recognise_start(str_slice(in, n, in.n)) ==
			    RECOGNISED_PART
		   ? n
		   : in.n;
}

/* The head's size with its empty line; 0: it has not ended yet.  Each byte is
 * looked at once. */
static size_t
find_head_end(struct stream_framing *c, struct str in)
{
	const char *p = in.p + c->scanned, *end = in.p + in.n, *lf;

	while (p < end && (lf = memchr(p, '\n', (size_t)(end - p))) != NULL) {
		if (lf > in.p && lf[-1] == '\n')
			return (size_t)(lf + 1 - in.p);
		if (lf - in.p >= 2 && lf[-1] == '\r' && lf[-2] == '\n')
			return (size_t)(lf + 1 - in.p);
		p = lf + 1;
	}
	c->scanned = in.n;
	return 0;
}

/* RFC 3261 18.3: the body ends where Content-Length says. */
static enum stream_frame_kind
next_message(struct stream_framing *c, struct str in, struct stream_frame *out)
{
	size_t head, length;

	if (c->size == 0) {
		head = find_head_end(c, str_slice(in, 0, STREAM_FRAMING_MOST));
		if (head == 0 && in.n < STREAM_FRAMING_MOST)
			return STREAM_FRAME_MORE;
		c->scanned = 0;
		out->n = in.n;
		if (head == 0)
			return STREAM_FRAME_LONG;
		length = recognise_length(str_slice(in, 0, head));
		if (length > STREAM_FRAMING_MOST - head) {
			c->skip = length;
			out->n = head;
			return STREAM_FRAME_LONG;
		}
		c->size = head + length;
	}
	if (in.n < c->size)
		return STREAM_FRAME_MORE;
	out->n = c->size;
	out->bytes = str_slice(in, 0, c->size);
	c->size = 0;
	c->sip = true;
	return STREAM_FRAME_MESSAGE;
}

/* A packet of HEP3: "HEP3" and its length. */
static enum stream_frame_kind
next_hep(struct str in, struct stream_frame *out)
{
	size_t n;

	if (in.n < HEP_HEAD)
		return STREAM_FRAME_MORE;
	n = get16(in.p + 4);
	out->n = n < HEP_HEAD ? HEP_HEAD : n;
	if (n < HEP_HEAD)
		return STREAM_FRAME_SKIP;
	if (in.n < n)
		return STREAM_FRAME_MORE;
	if (!decode_hep(str_slice(in, 0, n), &out->d))
		return STREAM_FRAME_SKIP;
	out->bytes = out->d.payload;
	return recognise_start(out->bytes) == RECOGNISED_SIP
		   ? STREAM_FRAME_HEP
		   : STREAM_FRAME_SKIP;
}

/* N bytes of IN are a message of PROTO, which c->name names. */
static enum stream_frame_kind
take_other(struct stream_framing *c, struct str in, enum trace_proto proto,
    struct stream_frame *out)
{
	out->proto = proto;
	out->name = buf_view(&c->name);
	out->bytes = str_slice(in, 0, out->n);
	return STREAM_FRAME_OTHER;
}

/* RFC 1035 4.2.2: two bytes of length, then the message. */
static enum stream_frame_kind
next_dns(struct stream_framing *c, struct str in, struct stream_frame *out)
{
	if (in.n < 2 || in.n < 2 + (size_t)get16(in.p))
		return STREAM_FRAME_MORE;
	out->n = 2 + (size_t)get16(in.p);
	buf_clear(&c->name);
	buf_puts(&c->name, other_protocols_dns_name(str_slice(in, 2, out->n)));
	return out->n > 2 ? take_other(c, in, TRACE_PROTO_DNS, out)
			  : STREAM_FRAME_SKIP;
}

/* RFC 6733 3: the message says its length.  Where none begins, the stream was
 * joined in its middle, or a gap is before: what has come is passed. */
static enum stream_frame_kind
next_diameter(struct stream_framing *c, struct str in, struct stream_frame *out)
{
	ptrdiff_t n = other_protocols_diameter(in, &c->name);

	out->n = n > 0 ? (size_t)n : in.n;
	if (n > 0)
		return take_other(c, in, TRACE_PROTO_DIAMETER, out);
	return n == 0 && in.n < STREAM_FRAMING_MOST ? STREAM_FRAME_MORE
						    : STREAM_FRAME_SKIP;
}

/* RFC 4571 2: two bytes of length, then the packet.  No text has the version of
 * RTP in its third byte, but bytes before a message may. */
static bool
begins_media(struct str in)
{
	size_t n = in.n > 2 ? get16(in.p) : 0;

	return n >= RTP_HEAD && n <= MEDIA_MOST && (in.p[2] & 0xC0) == 0x80 &&
	       recognise_find_start(str_slice(in, 2, 2 + n)) < 0;
}

static enum stream_frame_kind
next_media(struct stream_framing *c, struct str in, struct stream_frame *out)
{
	enum stream_frame_kind kind;

	out->n = 2 + (size_t)get16(in.p);
	if (in.n < out->n)
		return STREAM_FRAME_MORE;
	kind = take_other(c, in, TRACE_PROTO_RTP, out);
	out->bytes = str_slice(out->bytes, 2, out->n);
	return kind;
}

/* Records that are none end it: a gap, or what was no TLS. */
static enum stream_frame_kind
next_tls(struct stream_framing *c, struct str in, struct stream_frame *out)
{
	bool bad;

	out->n = other_protocols_tls(in, &c->sealed, &c->name, &bad);
	if (out->n > 0) {
		out->hello =
		    !c->secure && str_starts(buf_view(&c->name),
				      tls_messages[TLS_CLIENT_HELLO].name);
		c->secure = true;
		return take_other(c, in, TRACE_PROTO_TLS, out);
	}
	if (!bad)
		return STREAM_FRAME_MORE;
	c->secure = c->sealed = false;
	out->n = in.n;
	return STREAM_FRAME_SKIP;
}

/* RFC 6455 4: "GET", or "101 Switching Protocols". */
static enum stream_frame_kind
next_handshake(struct stream_framing *c, struct str in, size_t head,
    struct stream_frame *out)
{
	struct str rest, line = str_cut_line(in, &rest);

	out->n = head;
	if (head == 0)
		return STREAM_FRAME_MORE;
	c->websocket = true;
	c->client = str_starts(in, "GET ");
	buf_clear(&c->name);
	if (c->client)
		buf_puts(&c->name, "GET");
	else
		buf_str(&c->name, str_slice(line, strlen("HTTP/1.1 "), line.n));
	return take_other(c, in, TRACE_PROTO_WEBSOCKET, out);
}

enum stream_frame_kind
stream_framing_next(
    struct stream_framing *c, struct str in, struct stream_frame *out)
{
	enum recognised frame;
	size_t head;

	*out = (struct stream_frame){ .n = 0 };
	if (in.n == 0)
		return STREAM_FRAME_MORE;
	if (c->skip > 0) {
		out->n = c->skip < in.n ? (size_t)c->skip : in.n;
		c->skip -= out->n;
		return STREAM_FRAME_SKIP;
	}
	if (c->dns)
		return next_dns(c, in, out);
	if (c->diameter && !c->secure && !other_protocols_begins_tls(in))
		return next_diameter(c, in, out);
	if (c->size > 0 || c->scanned > 0)
		return next_message(c, in, out);
	if (str_starts(in, "HEP3"))
		return next_hep(in, out);
	if (c->secure || other_protocols_begins_tls(in))
		return next_tls(c, in, out);
	if (!c->websocket && begins_media(in))
		return next_media(c, in, out);
	if (is_handshake(in, &head))
		return next_handshake(c, in, head, out);
	frame = c->websocket ? RECOGNISED_SIP : recognise_frame(in);
	if (frame != RECOGNISED_NO)
		return frame == RECOGNISED_SIP ? next_frame(c, in, out)
					       : STREAM_FRAME_MORE;
	out->n = count_junk(in);
	/* RFC 5626 3.5.1: alone between messages. */
	if (c->sip && out->n == in.n && other_protocols_crlf_name(in) != NULL) {
		buf_clear(&c->name);
		buf_puts(&c->name, other_protocols_crlf_name(in));
		return take_other(c, in, TRACE_PROTO_CRLF, out);
	}
	if (out->n > 0)
		return STREAM_FRAME_SKIP;
	return recognise_start(in) == RECOGNISED_PART
		   ? STREAM_FRAME_MORE
		   : next_message(c, in, out);
}
