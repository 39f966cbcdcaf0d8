/* msg/framing: where messages end in a stream (RFC 3261 7.5, 18.3). */
#include "base/buf.h"
#include "fixtures/check.h"
#include "msg/framing.h"

#define HEAD                          \
	"OPTIONS sip:b@h SIP/2.0\r\n" \
	"Via: SIP/2.0/TCP h;branch=z9hG4bK1\r\n"

static struct msg scratch;

/* What a reader finds that is given the stream in pieces. */
struct reading {
	struct msg_framing f;
	char kept[200000];
	size_t n;     /* kept */
	size_t taken; /* in all */
	struct str messages[64];
	char text[200000];
	size_t ntext;
	size_t nmessages, skipped;
	enum msg_fault fault; /* NONE: none was met */
	size_t bad;
};

static void
take(struct reading *r, size_t n)
{
	memmove(r->kept, r->kept + n, r->n - n);
	r->n -= n;
	r->taken += n;
}

static void
feed(struct reading *r, struct str piece)
{
	struct msg_frame frame;

	memcpy(r->kept + r->n, piece.p, piece.n);
	r->n += piece.n;
	while (r->fault == MSG_FAULT_NONE) {
		struct str in = { r->kept, r->n };

		switch (msg_framing_next(&r->f, in, &scratch, &frame)) {
		case MSG_FRAMED_MORE:
			CU_ASSERT_TRUE(r->f.scanned <= r->n);
			return;
		case MSG_FRAMED_SKIP:
			r->skipped += frame.n;
			break;
		case MSG_FRAMED_BAD:
			r->fault = frame.fault;
			r->bad = frame.n;
			CU_ASSERT_EQUAL(frame.n, r->n);
			return;
		case MSG_FRAMED_MESSAGE:
			memcpy(r->text + r->ntext, r->kept, frame.n);
			r->messages[r->nmessages++] =
			    (struct str){ r->text + r->ntext, frame.n };
			r->ntext += frame.n;
			break;
		}
		CU_ASSERT_FATAL(frame.n > 0 && frame.n <= r->n);
		take(r, frame.n);
	}
}

static struct reading *
reading_new(void)
{
	struct reading *r = calloc(1, sizeof(*r));

	if (r == NULL)
		abort();
	return r;
}

/* All of S at once. */
static struct reading *
read_all(struct str s)
{
	struct reading *r = reading_new();

	feed(r, s);
	return r;
}

/* ---- whole ---- */

static const char *const three[] = {
	HEAD "Content-Length: 4\r\n\r\nbody",
	"SIP/2.0 200 OK\r\nl: 0\r\n\r\n",
	HEAD "Content-Length:\r\n  5\r\nl: 5\r\n\r\n\r\n\r\n!",
};

static struct str
three_in_one(void)
{
	static char text[1000];

	snprintf(text, sizeof(text), "\r\n\r\n%s%s\r\n%s", three[0], three[1],
	    three[2]);
	return str_of(text);
}

static void
check_three(const struct reading *r)
{
	CU_ASSERT_EQUAL_FATAL(r->nmessages, 3);
	for (size_t i = 0; i < 3; i++)
		CU_ASSERT_TRUE(str_is(r->messages[i], three[i]));
	CU_ASSERT_EQUAL(r->skipped, 6);
	CU_ASSERT_EQUAL(r->fault, MSG_FAULT_NONE);
	CU_ASSERT_EQUAL(r->n, 0);
}

static void
cut_anywhere(void)
{
	struct str s = three_in_one();

	for (size_t i = 0; i <= s.n; i++) {
		struct reading *r = reading_new();

		feed(r, str_slice(s, 0, i));
		feed(r, str_slice(s, i, s.n));
		check_three(r);
		free(r);
	}
}

static void
byte_by_byte(void)
{
	struct str s = three_in_one();
	struct reading *r = reading_new();

	for (size_t i = 0; i < s.n; i++)
		feed(r, str_slice(s, i, i + 1));
	check_three(r);
	free(r);
}

/* A head that is refused elsewhere still has an end. */
static void
malformed_but_framed(void)
{
	struct reading *r = read_all(STR("nonsense\r\nno field\r\nl: 2\r\n\r\n"
					 "ab" HEAD "l: 0\r\n\r\n"));

	CU_ASSERT_EQUAL(r->nmessages, 2);
	CU_ASSERT_EQUAL(r->fault, MSG_FAULT_NONE);
	free(r);
}

/* ---- what can't be framed ---- */

/* The first octets of TLS: no end of theirs is waited for. */
static void
foreign(void)
{
	struct reading *r = read_all(STR("\x16\x03\x01"));

	CU_ASSERT_EQUAL(r->fault, MSG_FAULT_START_LINE);
	free(r);
	r = read_all(STR("INVITE\x16"));
	CU_ASSERT_EQUAL(r->fault, MSG_FAULT_NONE);
	free(r);
}

static void
bad_lengths(void)
{
	static const struct {
		const char *text;
		enum msg_fault fault;
	} rows[] = {
		{ HEAD "\r\n", MSG_FAULT_MISSING },
		{ HEAD "Content-Length:\r\n\r\n", MSG_FAULT_VALUE },
		{ HEAD "Content-Length: -1\r\n\r\n", MSG_FAULT_VALUE },
		{ HEAD "Content-Length: 1 2\r\n\r\n", MSG_FAULT_VALUE },
		{ HEAD "Content-Length: 0x1\r\n\r\n", MSG_FAULT_VALUE },
		{ HEAD "Content-Length: 13\r\nl: 5\r\n\r\n", MSG_FAULT_TWICE },
		{ HEAD "Content-Length: 13\r\nl: x\r\n\r\n", MSG_FAULT_TWICE },
		{ HEAD "Content-Length: 65536\r\n\r\n", MSG_FAULT_TOO_LARGE },
		{ HEAD "Content-Length: 18446744073709551617\r\n\r\n",
		    MSG_FAULT_TOO_LARGE },
	};

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct reading *r = read_all(str_of(rows[i].text));

		CU_ASSERT_EQUAL(r->fault, rows[i].fault);
		CU_ASSERT_EQUAL(r->nmessages, 0);
		free(r);
	}
}

/* The largest message there may be, and one byte more. */
static void
largest(void)
{
	LOCAL_BUF b = BUF_INIT;

	for (size_t more = 0; more < 2; more++) {
		struct reading *r = reading_new();
		size_t head;

		buf_clear(&b);
		buf_puts(&b, HEAD "Content-Length: 65");
		head = b.n + 3 + 4;
		buf_printf(&b, "%03zu\r\n\r\n", 65536 - head + more - 65000);
		CU_ASSERT_EQUAL_FATAL(b.n, head);
		while (b.n < 65536)
			buf_putc(&b, 'x');
		feed(r, buf_view(&b));
		CU_ASSERT_EQUAL(r->nmessages, 1 - more);
		CU_ASSERT_EQUAL(
		    r->fault, more ? MSG_FAULT_TOO_LARGE : MSG_FAULT_NONE);
		free(r);
	}
}

/* With more fields than are read, a length may have been missed. */
static void
too_many_fields(void)
{
	LOCAL_BUF b = BUF_INIT;
	struct reading *r;

	buf_puts(&b, HEAD "l: 0\r\n");
	for (size_t i = 0; i < MSG_MAX_HEADERS; i++)
		buf_puts(&b, "X: y\r\n");
	buf_puts(&b, "l: 9\r\n\r\n");
	r = read_all(buf_view(&b));
	CU_ASSERT_EQUAL(r->fault, MSG_FAULT_TOO_LARGE);
	free(r);
}

CHECK_MAIN("framing", { "cut anywhere", cut_anywhere },
    { "byte by byte", byte_by_byte },
    { "malformed but framed", malformed_but_framed }, { "foreign", foreign },
    { "bad lengths", bad_lengths }, { "largest", largest },
    { "too many fields", too_many_fields })
