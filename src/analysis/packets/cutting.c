/* Cutting what stands in order; see packets/cutting.h. */
#include "packets/cutting.h"

#include "packets/other.h"
#include "packets/recognise.h"
#include "media/rtp.h"
#include "tls/handshake.h"
#include "wire/bytes.h"

#define HEP_HEAD   6
#define MEDIA_MOST 2048 /* bytes of a packet of RTP in a stream */

void
cutting_reset(struct cutting *c)
{
	bool dns = c->dns, diameter = c->diameter;

	buf_free(&c->frames);
	buf_free(&c->name);
	*c = (struct cutting){ .frames = BUF_INIT,
		.name = BUF_INIT,
		.dns = dns,
		.diameter = diameter };
}

size_t
cutting_size(const struct cutting *c)
{
	return c->frames.cap + c->name.cap;
}

/* What of IN is no message's beginning, and must be passed: all of it where
 * none begins, but for a last line that may become one. */
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
	if (recognise(in) != RECOGNISED_NO)
		return 0;
	at = recognise_after(in);
	if (at >= 0)
		return (size_t)at;
	n = (size_t)(str_rchr(in, '\n') + 1);
	return n > 0 && recognise(str_slice(in, n, in.n)) == RECOGNISED_PART
		   ? n
		   : in.n;
}

/* The head's size with its empty line; 0: it has not ended yet.  Each byte is
 * looked at once. */
static size_t
find_head_end(struct cutting *c, struct str in)
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
static enum cut_kind
next_message(struct cutting *c, struct str in, struct cut *cut)
{
	size_t head, length;

	if (c->size == 0) {
		head = find_head_end(c, str_slice(in, 0, CUTTING_MOST));
		if (head == 0 && in.n < CUTTING_MOST)
			return CUT_MORE;
		c->scanned = 0;
		cut->n = in.n;
		if (head == 0)
			return CUT_LONG;
		length = recognise_length(str_slice(in, 0, head));
		if (length > CUTTING_MOST - head) {
			c->skip = length;
			cut->n = head;
			return CUT_LONG;
		}
		c->size = head + length;
	}
	if (in.n < c->size)
		return CUT_MORE;
	cut->n = c->size;
	cut->bytes = str_slice(in, 0, c->size);
	c->size = 0;
	c->sip = true;
	return CUT_MESSAGE;
}

/* A packet of HEP3: "HEP3" and its length. */
static enum cut_kind
next_hep(struct str in, struct cut *cut)
{
	size_t n;

	if (in.n < HEP_HEAD)
		return CUT_MORE;
	n = get16(in.p + 4);
	cut->n = n < HEP_HEAD ? HEP_HEAD : n;
	if (n < HEP_HEAD)
		return CUT_SKIP;
	if (in.n < n)
		return CUT_MORE;
	if (!decode_hep(str_slice(in, 0, n), &cut->d))
		return CUT_SKIP;
	cut->bytes = cut->d.payload;
	return recognise(cut->bytes) == RECOGNISED_SIP ? CUT_HEP : CUT_SKIP;
}

/* N bytes of IN are a message of PROTO, which c->name names. */
static enum cut_kind
cut_other(
    struct cutting *c, struct str in, enum trace_proto proto, struct cut *cut)
{
	cut->proto = proto;
	cut->name = buf_view(&c->name);
	cut->bytes = str_slice(in, 0, cut->n);
	return CUT_OTHER;
}

/* RFC 1035 4.2.2: two bytes of length, then the message. */
static enum cut_kind
next_dns(struct cutting *c, struct str in, struct cut *cut)
{
	if (in.n < 2 || in.n < 2 + (size_t)get16(in.p))
		return CUT_MORE;
	cut->n = 2 + (size_t)get16(in.p);
	buf_clear(&c->name);
	buf_puts(&c->name, other_dns_name(str_slice(in, 2, cut->n)));
	return cut->n > 2 ? cut_other(c, in, TRACE_PROTO_DNS, cut) : CUT_SKIP;
}

/* RFC 6733 3: the message says its length.  Where none begins, the stream was
 * joined in its middle, or a gap is before: what has come is passed. */
static enum cut_kind
next_diameter(struct cutting *c, struct str in, struct cut *cut)
{
	ptrdiff_t n = other_diameter(in, &c->name);

	cut->n = n > 0 ? (size_t)n : in.n;
	if (n > 0)
		return cut_other(c, in, TRACE_PROTO_DIAMETER, cut);
	return n == 0 && in.n < CUTTING_MOST ? CUT_MORE : CUT_SKIP;
}

/* RFC 4571 2: two bytes of length, then the packet.  No text has the version of
 * RTP in its third byte, but what stands before a message may. */
static bool
begins_media(struct str in)
{
	size_t n = in.n > 2 ? get16(in.p) : 0;

	return n >= RTP_HEAD && n <= MEDIA_MOST && (in.p[2] & 0xC0) == 0x80 &&
	       recognise_after(str_slice(in, 2, 2 + n)) < 0;
}

static enum cut_kind
next_media(struct cutting *c, struct str in, struct cut *cut)
{
	enum cut_kind kind;

	cut->n = 2 + (size_t)get16(in.p);
	if (in.n < cut->n)
		return CUT_MORE;
	kind = cut_other(c, in, TRACE_PROTO_RTP, cut);
	cut->bytes = str_slice(cut->bytes, 2, cut->n);
	return kind;
}

/* Records that are none end it: a gap, or what was no TLS. */
static enum cut_kind
next_tls(struct cutting *c, struct str in, struct cut *cut)
{
	bool bad;

	cut->n = other_tls(in, &c->sealed, &c->name, &bad);
	if (cut->n > 0) {
		cut->hello =
		    !c->secure && str_starts(buf_view(&c->name),
				      tls_messages[TLS_CLIENT_HELLO].name);
		c->secure = true;
		return cut_other(c, in, TRACE_PROTO_TLS, cut);
	}
	if (!bad)
		return CUT_MORE;
	c->secure = c->sealed = false;
	cut->n = in.n;
	return CUT_SKIP;
}

/* RFC 6455 4: "GET", or "101 Switching Protocols". */
static enum cut_kind
next_handshake(struct cutting *c, struct str in, size_t head, struct cut *cut)
{
	struct str rest, line = str_cut_line(in, &rest);

	cut->n = head;
	if (head == 0)
		return CUT_MORE;
	c->websocket = true;
	c->client = str_starts(in, "GET ");
	buf_clear(&c->name);
	if (c->client)
		buf_puts(&c->name, "GET");
	else
		buf_str(&c->name, str_slice(line, strlen("HTTP/1.1 "), line.n));
	return cut_other(c, in, TRACE_PROTO_WEBSOCKET, cut);
}

enum cut_kind
cutting_next(struct cutting *c, struct str in, struct cut *cut)
{
	enum recognised frame;
	size_t head;

	*cut = (struct cut){ .n = 0 };
	if (in.n == 0)
		return CUT_MORE;
	if (c->skip > 0) {
		cut->n = c->skip < in.n ? (size_t)c->skip : in.n;
		c->skip -= cut->n;
		return CUT_SKIP;
	}
	if (c->dns)
		return next_dns(c, in, cut);
	if (c->diameter && !c->secure && !other_begins_tls(in))
		return next_diameter(c, in, cut);
	if (c->size > 0 || c->scanned > 0)
		return next_message(c, in, cut);
	if (str_starts(in, "HEP3"))
		return next_hep(in, cut);
	if (c->secure || other_begins_tls(in))
		return next_tls(c, in, cut);
	if (!c->websocket && begins_media(in))
		return next_media(c, in, cut);
	if (cutting_is_handshake(in, &head))
		return next_handshake(c, in, head, cut);
	frame = c->websocket ? RECOGNISED_SIP : cutting_recognise_frame(in);
	if (frame != RECOGNISED_NO)
		return frame == RECOGNISED_SIP ? cutting_next_frame(c, in, cut)
					       : CUT_MORE;
	cut->n = count_junk(in);
	/* RFC 5626 3.5.1: alone between messages. */
	if (c->sip && cut->n == in.n && other_crlf_name(in) != NULL) {
		buf_clear(&c->name);
		buf_puts(&c->name, other_crlf_name(in));
		return cut_other(c, in, TRACE_PROTO_CRLF, cut);
	}
	if (cut->n > 0)
		return CUT_SKIP;
	return recognise(in) == RECOGNISED_PART ? CUT_MORE
						: next_message(c, in, cut);
}
