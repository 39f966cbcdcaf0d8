/* Cutting what stands in order; see capture/cutting.h. */
#include "capture/cutting.h"

#include "capture/recognise.h"
#include "tls/handshake.h"
#include "wire/bytes.h"

#define HEP_HEAD 6

void
cutting_reset(struct cutting *c)
{
	buf_free(&c->frames);
	*c = (struct cutting){ .frames = BUF_INIT };
}

size_t
cutting_size(const struct cutting *c)
{
	return c->frames.cap;
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

/* RFC 8446 5.1, 4.1.2: a record with a ClientHello; its octets, 0: it is none.
 */
static size_t
find_hello(struct str in)
{
	const uint8_t *p = (const uint8_t *)in.p;

	return in.n > TLS_HEAD && p[0] == TLS_HANDSHAKE && p[1] == 3 &&
		       p[TLS_HEAD] == tls_messages[TLS_CLIENT_HELLO].number
		   ? TLS_HEAD + (size_t)get16(p + 3)
		   : 0;
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
	if (c->size > 0 || c->scanned > 0)
		return next_message(c, in, cut);
	if (str_starts(in, "HEP3"))
		return next_hep(in, cut);
	head = find_hello(in);
	if (head > 0) {
		cut->n = head < in.n ? head : in.n;
		c->skip = head - cut->n;
		return CUT_SEALED;
	}
	if (cutting_is_handshake(in, &head)) {
		cut->n = head;
		c->websocket = head > 0;
		return head > 0 ? CUT_SKIP : CUT_MORE;
	}
	frame = c->websocket ? RECOGNISED_SIP : cutting_recognise_frame(in);
	if (frame != RECOGNISED_NO)
		return frame == RECOGNISED_SIP ? cutting_next_frame(c, in, cut)
					       : CUT_MORE;
	cut->n = count_junk(in);
	if (cut->n > 0)
		return CUT_SKIP;
	return recognise(in) == RECOGNISED_PART ? CUT_MORE
						: next_message(c, in, cut);
}
