/*
 * One band went from a call's first packet of RTP to the last one of the next
 * call between the same phones, through a BYE and seconds of silence: a
 * stream's band is as long as its packets go on.
 */
#include "fixtures/check.h"
#include "fixtures/sample_trace.h"

#include "ladder/layout.h"

#include <nettle/base64.h>

enum { PCMU = 0, NOISE = 13, SENDER_REPORT = 200 };

/* So many packets, 20 ms apart unless they are reports, and what comes of them.
 */
static const struct flow {
	int64_t from; /* ms */
	unsigned packets, type, port, ssrc;
	bool more; /* they go on in the band before */
} flows[] = {
	{ 0, 10, PCMU, 4000, 1, false },
	/* Another SSRC, with no pause. */
	{ 200, 10, PCMU, 4000, 2, false },
	/* Another port, at the same time. */
	{ 210, 10, PCMU, 4002, 2, false },
	/* Behind 360 ms, as where a few were not sent. */
	{ 750, 10, PCMU, 4002, 2, true },
	/* Behind 450 ms. */
	{ 1380, 10, PCMU, 4002, 2, false },
	/* Nobody speaks, and the next word comes 3 s later. */
	{ 1600, 1, NOISE, 4002, 2, true },
	{ 4600, 10, PCMU, 4002, 2, true },
	/* A call on hold. */
	{ 4800, 1, NOISE, 4002, 2, true },
	{ 10000, 10, PCMU, 4002, 2, false },
	/* Reports are far apart, and none of the sound. */
	{ 10100, 1, SENDER_REPORT, 4003, 2, false },
	{ 15100, 1, SENDER_REPORT, 4003, 2, true },
	{ 35100, 1, SENDER_REPORT, 4003, 2, false },
};

#define NFLOWS (sizeof(flows) / sizeof(flows[0]))

static void
put_packet(struct sample *s, const struct flow *f)
{
	bool report = f->type == SENDER_REPORT;
	/* A head, or the beginning of a report. */
	uint8_t p[28] = { 0x80, (uint8_t)f->type };
	char text[BASE64_ENCODE_RAW_LENGTH(sizeof(p)) + 1] = "";

	p[3] = report ? 6 : 0;
	p[report ? 7 : 11] = (uint8_t)f->ssrc;
	base64_encode_raw(text, sizeof(p), p);
	sample_recv(s, "bob",
	    sample_rec(s, "send", "alice", 0, NULL,
		",'src':'alice','dst':'bob','src_addr':'192.0.2.1:%u',"
		"'dst_addr':'192.0.2.2:%u','proto':'%s','base64':'%s'",
		f->port, f->port, report ? "rtcp" : "rtp", text),
	    0);
}

static struct trace *
packets(void)
{
	struct sample s;

	sample_begin(&s, "Strips");
	sample_node(&s, "alice", "ua", "", "");
	sample_node(&s, "bob", "ua", "", "");
	/* In order of time. */
	for (int64_t ms = 0; ms < 40000; ms += 10)
		for (size_t i = 0; i < NFLOWS; i++) {
			const struct flow *f = &flows[i];
			int64_t into = ms - f->from;

			s.t = ms * MS;
			if (into >= 0 && into % 20 == 0 &&
			    into / 20 < f->packets)
				put_packet(&s, f);
		}
	return sample_end(&s);
}

static void
strips(void)
{
	struct layout_options o = { .to_ns = INT64_MAX, .true_time = true };
	struct trace *t = packets();
	struct layout *l = NULL;
	size_t at = 0;

	CU_ASSERT_EQUAL_FATAL(layout_create(&l, t, &o, NULL), 0);
	for (size_t i = 0; i < NFLOWS; i++) {
		const struct layout_row *r = &l->rows[at];
		unsigned count = 0;
		size_t last = i;

		if (flows[i].more)
			continue;
		CU_ASSERT_FATAL(at < l->nrows);
		CU_ASSERT_EQUAL(r->item, LAYOUT_MEDIA);
		CU_ASSERT_EQUAL(r->t, flows[i].from * MS);
		do
			count += flows[last].packets;
		while (++last < NFLOWS && flows[last].more);
		last--;
		CU_ASSERT_EQUAL(r->copies, count);
		CU_ASSERT_EQUAL(r->t_end,
		    (flows[last].from + 20 * (flows[last].packets - 1)) * MS);
		CU_ASSERT(str_is(
		    r->label, flows[i].type == SENDER_REPORT ? "RTCP" : "RTP"));
		at++;
	}
	CU_ASSERT_EQUAL(at, l->nrows);
	layout_destroy(l);
	trace_destroy(t);
}

CHECK_MAIN("strip_ends_with_its_packets", { "strips", strips })
