/* What sounds are as bytes, and in which order: src/protocol/media. */
#include "fixtures/check.h"

#include "media/g711.h"
#include "media/fixed_jitter_buffer.h"
#include "media/rtp.h"
#include "media/rtp_sequence.h"
#include "media/telephone_event.h"

#include <stdlib.h>
#include <string.h>

#define COUNT(a) (sizeof(a) / sizeof((a)[0]))

/* ITU-T G.711: the ends of both scales, and each code comes back. */
static void
g711(void)
{
	static const struct {
		int codec;
		uint8_t code;
		int16_t sample;
	} rows[] = {
		{ RTP_PCMU, 0x00, -32124 },
		{ RTP_PCMU, 0x80, 32124 },
		{ RTP_PCMU, 0xFF, 0 },
		{ RTP_PCMU, 0xE7, 260 },
		{ RTP_PCMA, 0x2A, -32256 },
		{ RTP_PCMA, 0xAA, 32256 },
		{ RTP_PCMA, 0xD5, 8 },
		{ RTP_PCMA, 0x55, -8 },
	};
	int16_t sample;
	uint8_t back;

	for (size_t i = 0; i < COUNT(rows); i++) {
		g711_decode(rows[i].codec, &rows[i].code, 1, &sample);
		CU_ASSERT_EQUAL(sample, rows[i].sample);
	}
	for (unsigned code = 0; code < 256; code++) {
		uint8_t c = (uint8_t)code;

		g711_decode(RTP_PCMU, &c, 1, &sample);
		g711_encode(RTP_PCMU, &sample, 1, &back);
		/* µ-law has two zeros. */
		CU_ASSERT(back == c || c == 0x7F);
		g711_decode(RTP_PCMA, &c, 1, &sample);
		g711_encode(RTP_PCMA, &sample, 1, &back);
		CU_ASSERT_EQUAL(back, c);
	}
	sample = INT16_MIN;
	g711_encode(RTP_PCMU, &sample, 1, &back);
	CU_ASSERT_EQUAL(back, 0x00);
	g711_encode(RTP_PCMA, &sample, 1, &back);
	CU_ASSERT_EQUAL(back, 0x2A);
}

/* RFC 3550 5.1, 5.3.1. */
static void
heads(void)
{
	struct rtp_out out = { 0x01020304, 0, 0xFFFF };
	uint8_t p[RTP_HEAD + 160] = { 0 };
	struct rtp_packet in;

	rtp_write_head(&out, RTP_PCMA, true, 0xA0B0C0D0, p);
	CU_ASSERT(
	    memcmp(p, "\x80\x88\xFF\xFF\xA0\xB0\xC0\xD0\1\2\3\4", 12) == 0);
	CU_ASSERT_EQUAL(out.sequence, 0);
	CU_ASSERT(rtp_read(p, sizeof(p), &in));
	CU_ASSERT(in.head.payload == 8 && in.head.sequence == 0xFFFF);
	CU_ASSERT(in.head.stamp == 0xA0B0C0D0 && in.head.ssrc == 0x01020304);
	CU_ASSERT(in.head.n == RTP_HEAD && in.n == 160);
	p[0] = 0xB1; /* padding, an extension, one CSRC */
	p[RTP_HEAD + 4 + 3] = 2;
	p[sizeof(p) - 1] = 20;
	CU_ASSERT(rtp_read(p, sizeof(p), &in));
	CU_ASSERT(in.head.n == RTP_HEAD + 4 && in.n == 160 - 4 - 12 - 20);
	CU_ASSERT_PTR_EQUAL(in.data, p + RTP_HEAD + 4 + 12);
	p[sizeof(p) - 1] = 160; /* more than there is */
	CU_ASSERT(!rtp_read(p, sizeof(p), &in));
	p[0] = 0x40;
	CU_ASSERT(!rtp_read(p, sizeof(p), &in));
}

/* Cut off anywhere, a packet is read up to its end and never beyond it: each
 * part is a block of its own, which a sanitizer watches. */
static void
cut_off(void)
{
	uint8_t p[RTP_HEAD + 8] = { 0xB1, 0 };
	struct rtp_packet in;
	struct rtcp_head control;

	for (size_t n = 0; n <= sizeof(p); n++) {
		uint8_t *part = malloc(n);

		CU_ASSERT_FATAL(part != NULL || n == 0);
		if (n > 0)
			memcpy(part, p, n);
		CU_ASSERT_EQUAL(rtp_read(part, n, &in), n == sizeof(p));
		CU_ASSERT(!rtcp_read_head(part, n, &control));
		free(part);
	}
}

/* RFC 5761 4, RFC 3550 6.4, 12.1. */
static void
controls(void)
{
	static const uint8_t report[] = { 0x80, 201, 0, 1, 1, 2, 3, 4 };
	struct {
		uint8_t type;
		bool control, known;
	} rows[] = {
		{ 8, false, false },
		{ 191, false, false },
		{ 192, true, false },
		{ 200, true, true },
		{ 207, true, true },
		{ 208, true, false },
		{ 224, false, false },
	};
	struct rtcp_head head;
	uint8_t p[sizeof(report)];

	CU_ASSERT(rtcp_read_head(report, sizeof(report), &head));
	CU_ASSERT(head.type == 201 && head.ssrc == 0x01020304);
	memcpy(p, report, sizeof(p));
	for (size_t i = 0; i < COUNT(rows); i++) {
		p[1] = rows[i].type;
		CU_ASSERT_EQUAL(rtp_is_control(p, sizeof(p)), rows[i].control);
		CU_ASSERT_EQUAL(
		    rtcp_read_head(p, sizeof(p), &head), rows[i].known);
	}
	p[1] = 201;
	p[3] = 2; /* a word more than there is */
	CU_ASSERT(!rtcp_read_head(p, sizeof(p), &head));
}

/* RFC 3550 A.3: numbers that begin anew, and some that are overtaken. */
static void
numbers(void)
{
	static const uint16_t come[] = { 65533, 65535, 65534, 1, 0, 3 };
	struct rtp_sequence s;

	rtp_sequence_begin(&s, come[0]);
	CU_ASSERT_EQUAL(rtp_sequence_expected(&s), 1);
	for (size_t i = 0; i < COUNT(come); i++)
		rtp_sequence_note(&s, come[i]);
	CU_ASSERT(s.last == 3 && s.turns == 1);
	CU_ASSERT_EQUAL(rtp_sequence_expected(&s), 7);
}

/* RFC 4733 2.3, 3.2. */
static void
event(void)
{
	uint8_t p[TELEPHONE_EVENT_BYTES];

	telephone_event_write(telephone_event_of('#'), true, 800, p);
	CU_ASSERT(memcmp(p, "\x0B\x8A\x03\x20", 4) == 0);
	CU_ASSERT_EQUAL(telephone_event_of('*'), 10);
	CU_ASSERT_EQUAL(telephone_event_of('7'), 7);
}

/* RFC 4733 2.5.1.2: of two digits each has eight packets, one time stamp, a
 * duration that grows, one marker, and its end three times. */
static void
digits(void)
{
	static const unsigned lasts[] = { 1, 2, 3, 4, 5, 5, 5, 5 };
	struct telephone_events e = { .ndigits = 0 };
	struct telephone_event_packet p;
	uint32_t stamp = 1000;

	CU_ASSERT(!telephone_events_next(&e, stamp, 160, &p));
	telephone_events_add(&e, '4');
	telephone_events_add(&e, '2');
	for (unsigned i = 0; i < 16; i++, stamp += 160) {
		unsigned samples = lasts[i % 8] * 160;

		CU_ASSERT(telephone_events_next(&e, stamp, 160, &p));
		CU_ASSERT_EQUAL(p.stamp, i < 8 ? 1000 : 1000 + 8 * 160);
		CU_ASSERT_EQUAL(p.marker, i % 8 == 0);
		CU_ASSERT_EQUAL(p.payload[0], i < 8 ? 4 : 2);
		CU_ASSERT_EQUAL(p.payload[1] >> 7, i % 8 >= 5);
		CU_ASSERT_EQUAL(
		    (unsigned)(p.payload[2] << 8 | p.payload[3]), samples);
	}
	CU_ASSERT(!telephone_events_next(&e, stamp, 160, &p));
	for (unsigned i = 0; i < 2 * TELEPHONE_EVENT_DIGITS; i++)
		telephone_events_add(&e, '1');
	CU_ASSERT_EQUAL(e.ndigits, TELEPHONE_EVENT_DIGITS);
}

/* What has come, and what is due then (-1: a gap). */
static void
jitters(void)
{
	struct jitter j = { .next = 0 };

	CU_ASSERT_EQUAL(jitter_due(&j), -1);
	jitter_advance(&j); /* nothing has come: it waits */
	CU_ASSERT_EQUAL(jitter_take(&j, 65534), 65534 % JITTER_SLOTS);
	CU_ASSERT_EQUAL(jitter_take(&j, 0), 0); /* 65535 is missing */
	CU_ASSERT_EQUAL(jitter_due(&j), 65534 % JITTER_SLOTS);
	CU_ASSERT_EQUAL(jitter_due(&j), 65534 % JITTER_SLOTS);
	jitter_advance(&j);
	CU_ASSERT_EQUAL(jitter_due(&j), -1);
	CU_ASSERT_EQUAL(jitter_take(&j, 65535), 65535 % JITTER_SLOTS);
	CU_ASSERT_EQUAL(jitter_due(&j), 65535 % JITTER_SLOTS);
	jitter_advance(&j);
	CU_ASSERT_EQUAL(jitter_take(&j, 65535), -1); /* late */
	CU_ASSERT_EQUAL(jitter_due(&j), 0);
	/* Far ahead, far behind: it begins anew, with nothing else in it. */
	CU_ASSERT_EQUAL(jitter_take(&j, 101), 101 % JITTER_SLOTS);
	CU_ASSERT_EQUAL(jitter_due(&j), 101 % JITTER_SLOTS);
	jitter_advance(&j);
	for (unsigned i = 1; i < JITTER_SLOTS; i++, jitter_advance(&j))
		CU_ASSERT_EQUAL(jitter_due(&j), -1);
	CU_ASSERT_EQUAL(jitter_take(&j, 20), 20 % JITTER_SLOTS);
	CU_ASSERT_EQUAL(jitter_due(&j), 20 % JITTER_SLOTS);
}

CHECK_MAIN("media", { "G.711", g711 }, { "heads", heads },
    { "cut off", cut_off }, { "RTCP", controls }, { "numbers", numbers },
    { "event", event }, { "digits", digits }, { "jitter", jitters })
