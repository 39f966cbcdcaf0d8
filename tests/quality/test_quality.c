/* What a receiver makes of a stream: src/protocol/quality. */
#include "fixtures/check.h"

#include "quality/jitter_buffer.h"
#include "quality/rtp_stats.h"

#include <math.h>

#define MS   INT64_C(1000000)
#define N(a) (sizeof(a) / sizeof((a)[0]))

/* ---- statistics ---- */

/* Twelve packets of G.711 over the end of the sequence numbers, by hand: the
 * jitter of A.8 in ticks without rounding, 16 times in whole ticks, as
 * reported. */
static void
jitter_by_packet(void)
{
	static const struct {
		unsigned us;
		double real;
		unsigned raw, field;
	} rows[] = {
		{ 10000, 0, 0, 0 },
		{ 30000, 0, 0, 0 },
		{ 52500, 1.250000, 20, 1 },
		{ 69000, 2.921875, 47, 2 },
		{ 94000, 5.239258, 84, 5 },
		{ 110000, 6.911804, 111, 6 },
		{ 137500, 10.229816, 164, 10 },
		{ 151250, 12.715453, 204, 12 },
		{ 170000, 12.545737, 201, 12 },
		{ 188000, 12.761629, 204, 12 },
		{ 210500, 13.214027, 211, 13 },
		{ 233000, 13.638150, 218, 13 },
	};
	struct rtp_stats s;
	struct rtcp_block b;

	rtp_stats_begin(&s, 0);
	for (unsigned i = 0; i < N(rows); i++) {
		enum rtp_arrival a = rtp_stats_take(&s, (uint16_t)(65530 + i),
		    1000 + 160 * i, rows[i].us * INT64_C(1000), 8000);

		CU_ASSERT_EQUAL(
		    a, i == 0 ? RTP_ARRIVAL_FIRST : RTP_ARRIVAL_IN_ORDER);
		CU_ASSERT_DOUBLE_EQUAL(
		    s.jitter_ns / 125000, rows[i].real, 5e-7);
		CU_ASSERT_EQUAL(s.jitter16, rows[i].raw);
		CU_ASSERT_EQUAL(rtp_stats_jitter(&s), rows[i].field);
	}
	/* What Wireshark says of them. */
	CU_ASSERT_DOUBLE_EQUAL(s.delta.min / 1e6, 13.750, 5e-4);
	CU_ASSERT_DOUBLE_EQUAL(s.delta.mean / 1e6, 20.273, 5e-4);
	CU_ASSERT_DOUBLE_EQUAL(s.delta.max / 1e6, 27.500, 5e-4);
	CU_ASSERT_DOUBLE_EQUAL(s.jitter.min, 0, 5e-4);
	CU_ASSERT_DOUBLE_EQUAL(s.jitter.mean / 1e6, 1.039, 5e-4);
	CU_ASSERT_DOUBLE_EQUAL(s.jitter.max / 1e6, 1.705, 5e-4);
	rtp_stats_report(&s, 7, 300 * MS, &b);
	CU_ASSERT_EQUAL(b.highest, 65541);
	CU_ASSERT_EQUAL(rtp_stats_expected(&s), 12);
	CU_ASSERT_EQUAL(s.received, 12);
	CU_ASSERT_EQUAL(rtp_stats_lost(&s), 0);
	CU_ASSERT_EQUAL(b.jitter, 13);
	CU_ASSERT(b.ssrc == 7 && b.lsr == 0 && b.dlsr == 0);
}

/* NUMBERS from FROM on, but the NLOST first ones of every ten. */
static void
take_run(struct rtp_stats *s, unsigned from, unsigned numbers, unsigned lost)
{
	for (unsigned i = 0; i < numbers; i++)
		if (i == numbers - 1 || i % 10 != 0 || i / 10 >= lost)
			rtp_stats_take(s, (uint16_t)(from + i), 0, 0, 8000);
}

/* A.3: the fraction since the last report, the sum since the first packet. */
static void
loss_by_report(void)
{
	struct rtp_stats s;
	struct rtcp_block b;

	rtp_stats_begin(&s, 0);
	rtp_stats_take(&s, 65500, 0, 0, 8000);
	take_run(&s, 65501, 99, 5);
	rtp_stats_report(&s, 1, 0, &b);
	CU_ASSERT(b.fraction == 12 && b.lost == 5);
	take_run(&s, 65600, 100, 5);
	rtp_stats_report(&s, 1, 0, &b);
	CU_ASSERT(b.fraction == 12 && b.lost == 10);
	CU_ASSERT_EQUAL(rtp_stats_lost(&s), 10 - s.duplicates);
	rtp_stats_report(&s, 1, 0, &b);
	CU_ASSERT(b.fraction == 0 && b.lost == 10);

	rtp_stats_begin(&s, 0);
	take_run(&s, 0, 100, 0);
	rtp_stats_take(&s, 99, 0, 0, 8000);
	CU_ASSERT_EQUAL(
	    rtp_stats_take(&s, 50, 0, 0, 8000), RTP_ARRIVAL_DUPLICATE);
	rtp_stats_report(&s, 1, 0, &b);
	CU_ASSERT(b.fraction == 0 && b.lost == -2);
	CU_ASSERT(s.duplicates == 2 && rtp_stats_lost(&s) <= 0);

	/* All but the last 3,000th, over and over: 24 bits are not enough. */
	rtp_stats_begin(&s, 0);
	for (unsigned i = 0; i < 3000; i++)
		rtp_stats_take(&s, (uint16_t)(i * 2999), 0, 0, 8000);
	rtp_stats_report(&s, 1, 0, &b);
	CU_ASSERT_EQUAL(b.lost, 0x7FFFFF);
	CU_ASSERT_EQUAL(b.fraction, 255);
	CU_ASSERT_EQUAL(rtp_stats_lost(&s), 2999 * 2999 + 1 - 3000);
}

struct step {
	uint16_t seq;
	enum rtp_arrival arrival;
};

static void
take_steps(struct rtp_stats *s, const struct step *steps, size_t n)
{
	for (size_t i = 0; i < n; i++)
		CU_ASSERT_EQUAL(
		    rtp_stats_take(s, steps[i].seq, 160u * (uint32_t)i,
			20 * MS * (int64_t)i, 8000),
		    steps[i].arrival);
}

/* A.1: what is late, double, far away, on probation. */
static void
numbers(void)
{
	static const struct step order[] = {
		{ 65534, RTP_ARRIVAL_FIRST },
		{ 1, RTP_ARRIVAL_IN_ORDER },
		{ 65535, RTP_ARRIVAL_REORDERED },
		{ 65535, RTP_ARRIVAL_DUPLICATE },
		{ 1, RTP_ARRIVAL_DUPLICATE },
		{ 0, RTP_ARRIVAL_REORDERED },
		{ 90, RTP_ARRIVAL_IN_ORDER },
		{ 1, RTP_ARRIVAL_DUPLICATE },
		{ 2, RTP_ARRIVAL_REORDERED },
		{ 3089, RTP_ARRIVAL_IN_ORDER },
		{ 2990, RTP_ARRIVAL_REORDERED },
		{ 2989, RTP_ARRIVAL_JUMPED },
		{ 6089, RTP_ARRIVAL_JUMPED },
		{ 6091, RTP_ARRIVAL_JUMPED },
		{ 3090, RTP_ARRIVAL_IN_ORDER },
		{ 6092, RTP_ARRIVAL_RESTARTED },
		{ 6093, RTP_ARRIVAL_IN_ORDER },
	};
	static const struct step probation[] = {
		{ 65533, RTP_ARRIVAL_PROBATION },
		{ 65535, RTP_ARRIVAL_PROBATION },
		{ 0, RTP_ARRIVAL_FIRST },
		{ 1, RTP_ARRIVAL_IN_ORDER },
	};
	struct rtp_stats s;

	rtp_stats_begin(&s, 0);
	take_steps(&s, order, N(order));
	CU_ASSERT_EQUAL(s.packets, N(order));
	CU_ASSERT(s.restarts == 1 && s.ignored == 3);
	CU_ASSERT(s.duplicates == 3 && s.reordered == 4);
	CU_ASSERT_EQUAL(rtp_stats_expected(&s), 3090 + 3 + 2);
	CU_ASSERT_EQUAL(rtp_stats_lost(&s) + s.duplicates, 3093 - 9);

	rtp_stats_begin(&s, 2);
	take_steps(&s, probation, N(probation));
	CU_ASSERT(s.received == 2 && s.ignored == 2);
	CU_ASSERT_EQUAL(rtp_stats_expected(&s), 2);
	CU_ASSERT_EQUAL(rtp_stats_lost(&s), 0);
}

/* 6.4.1: the RFC's own figure 2. */
static void
round_trip(void)
{
	struct rtcp_block b = { .lsr = 0xb7052000, .dlsr = 0x00054000 };
	struct rtp_stats s;
	int64_t ns = 0;

	CU_ASSERT(rtp_round_trip(&b, UINT64_C(0xb44db71080000000), &ns));
	CU_ASSERT_EQUAL(ns, 6125 * MS);
	CU_ASSERT(!rtp_round_trip(&b, UINT64_C(0xb44db70a00000000), &ns));
	b.lsr = 0;
	CU_ASSERT(!rtp_round_trip(&b, UINT64_C(0xb71080000000), &ns));
	CU_ASSERT_EQUAL(rtp_ntp(0), UINT64_C(2208988800) << 32);
	CU_ASSERT_EQUAL(rtp_ntp(1500 * MS) & 0xFFFFFFFF, 0x80000000);
	rtp_stats_begin(&s, 0);
	rtp_stats_take_sr(&s, UINT64_C(0xb44db705200000ff), 2 * 1000 * MS);
	rtp_stats_report(&s, 1, 7250 * MS, &b);
	CU_ASSERT(b.lsr == 0xb7052000 && b.dlsr == 0x00054000);
}

/* ---- the buffer ---- */

/* RFC 3611 4.7.2: its pattern of 64 packets, of which 63 are printed there. The
 * RFC rounds the quotients to two places before it multiplies: 84 and 10. */
static void
bursts(void)
{
	static const char pattern[] =
	    "11110111111111111111111X111X1011110111111111111111111X1111111111";
	struct loss_bursts b = { 0 };
	struct loss_figures f;

	for (const char *p = pattern; *p != '\0'; p++)
		loss_bursts_note(&b, *p != '1');
	loss_bursts_figures(&b, 10, &f);
	CU_ASSERT_EQUAL(f.burst_density, 256 * 4 / 12);
	CU_ASSERT_EQUAL(f.gap_density, 256 * 2 / 52);
	CU_ASSERT_EQUAL(f.burst_ms, 120);
	CU_ASSERT_EQUAL(f.gap_ms, 520);
	CU_ASSERT_EQUAL(b.runs, 6);
}

static const struct jitter_buffer_options fixed = {
	.clock = 8000,
	.block_ns = 20 * MS,
	.delay_ns = 60 * MS,
};

/* Packet SEQ comes at MS_AT, its timestamp going with its number. */
static struct jitter_buffer_put
put_at(struct jitter_buffer *p, uint16_t seq, int64_t ms_at, bool marker)
{
	struct jitter_buffer_put put;

	jitter_buffer_put(p, seq, 160u * seq, marker, ms_at * MS, &put);
	return put;
}

/* What is played until the end: "1" for a block that has come. */
static const char *
played_until_end(struct jitter_buffer *p)
{
	static char text[128];
	struct jitter_buffer_block b;
	int64_t before = -1;
	size_t n = 0;

	while (jitter_buffer_next(p, INT64_MAX, &b) && n + 1 < sizeof(text)) {
		CU_ASSERT(b.plays_ns > before);
		CU_ASSERT_EQUAL(b.slot, b.seq % JITTER_BUFFER_SLOTS);
		before = b.plays_ns;
		text[n++] = b.concealed ? '.' : '1';
	}
	text[n] = '\0';
	return text;
}

/* A fixed buffer of 60 ms over the end of the numbers: out of order, twice, too
 * late, lost. */
static void
fixed_buffer(void)
{
	static const struct {
		unsigned i; /* the number, of those that were sent */
		int64_t ms;
		enum jitter_buffer_verdict verdict;
		int64_t plays_ms;
	} rows[] = {
		{ 0, 10, JITTER_BUFFER_PLAYS, 70 },
		{ 2, 50, JITTER_BUFFER_PLAYS, 110 },
		{ 1, 51, JITTER_BUFFER_PLAYS, 90 },
		{ 1, 52, JITTER_BUFFER_DUPLICATE, 90 },
		{ 1, 95, JITTER_BUFFER_DUPLICATE, 90 },
		{ 5, 170, JITTER_BUFFER_PLAYS, 170 },
		{ 4, 171, JITTER_BUFFER_LATE, 150 },
		{ 4, 172, JITTER_BUFFER_DUPLICATE, 150 },
		{ 6, 191, JITTER_BUFFER_LATE, 190 },
		{ 7, 200, JITTER_BUFFER_PLAYS, 210 },
	};
	struct jitter_buffer p;
	struct jitter_buffer_put put;

	jitter_buffer_begin(&p, &fixed);
	for (size_t i = 0; i < N(rows); i++) {
		jitter_buffer_put(&p, (uint16_t)(65533 + rows[i].i),
		    4294967000u + 160 * rows[i].i, false, rows[i].ms * MS,
		    &put);
		CU_ASSERT_EQUAL(put.verdict, rows[i].verdict);
		CU_ASSERT_EQUAL(put.plays_ns, rows[i].plays_ms * MS);
		CU_ASSERT_EQUAL(
		    put.slot, (65533 + rows[i].i) % JITTER_BUFFER_SLOTS);
	}
	jitter_buffer_end(&p);
	CU_ASSERT(p.played == 5 && p.late == 2 && p.duplicates == 3);
	CU_ASSERT(p.concealed == 3 && jitter_buffer_lost(&p) == 1);
	CU_ASSERT(p.bursts.good == 5 && p.bursts.lost == 3);
	CU_ASSERT(p.resets == 0 && p.overflows == 0);
}

/* Blocks are handed out in order and in time, gaps among them. */
static void
blocks(void)
{
	struct jitter_buffer p;
	struct jitter_buffer_block b;

	jitter_buffer_begin(&p, &fixed);
	put_at(&p, 10, 0, true);
	put_at(&p, 12, 40, false);
	CU_ASSERT(!jitter_buffer_next(&p, 60 * MS - 1, &b));
	CU_ASSERT(jitter_buffer_next(&p, 60 * MS, &b));
	CU_ASSERT(b.seq == 10 && !b.concealed && b.plays_ns == 60 * MS);
	CU_ASSERT(!jitter_buffer_next(&p, 79 * MS, &b));
	CU_ASSERT(jitter_buffer_next(&p, 80 * MS, &b));
	CU_ASSERT(b.seq == 11 && b.concealed && b.plays_ns == 80 * MS);
	/* An event's packets have numbers and no blocks. */
	jitter_buffer_pass(&p, 13, 60 * MS);
	jitter_buffer_pass(&p, 14, 80 * MS);
	put_at(&p, 15, 99, false);
	CU_ASSERT_STRING_EQUAL(played_until_end(&p), "11");
	CU_ASSERT(p.concealed == 1 && p.played == 3);
	/* Silence: the timestamp goes on, nothing is missing. */
	jitter_buffer_put(&p, 16, 160 * 100, true, 1800 * MS,
	    &(struct jitter_buffer_put){ .slot = 0 });
	CU_ASSERT(!jitter_buffer_next(&p, 1859 * MS, &b));
	CU_ASSERT(jitter_buffer_next(&p, 1860 * MS, &b) && !b.concealed);
	CU_ASSERT_EQUAL(p.concealed, 1);
}

/* The first packets that come have been overtaken: each has its turn while that
 * is still to come, so a buffer as long as the jitter is never too short. */
static void
overtaken_first(void)
{
	struct jitter_buffer p;
	struct jitter_buffer_block b;

	jitter_buffer_begin(&p, &fixed);
	put_at(&p, 11, 10, false);
	CU_ASSERT_EQUAL(put_at(&p, 10, 12, true).verdict, JITTER_BUFFER_PLAYS);
	CU_ASSERT_EQUAL(
	    put_at(&p, 10, 13, true).verdict, JITTER_BUFFER_DUPLICATE);
	CU_ASSERT_EQUAL(put_at(&p, 8, 31, true).verdict, JITTER_BUFFER_LATE);
	CU_ASSERT(!jitter_buffer_next(&p, 50 * MS - 1, &b));
	CU_ASSERT(jitter_buffer_next(&p, 50 * MS, &b) && b.seq == 10);
	CU_ASSERT_EQUAL(put_at(&p, 9, 51, true).verdict, JITTER_BUFFER_LATE);
	CU_ASSERT_STRING_EQUAL(played_until_end(&p), "1");
	CU_ASSERT(p.played == 2 && p.late == 2 && p.concealed == 0);
}

/* A restart takes two packets in sequence. */
static void
jumps(void)
{
	struct jitter_buffer p;

	jitter_buffer_begin(&p, &fixed);
	put_at(&p, 100, 0, false);
	put_at(&p, 101, 20, false);
	CU_ASSERT_EQUAL(
	    put_at(&p, 40000, 21, false).verdict, JITTER_BUFFER_STRAY);
	CU_ASSERT_EQUAL(
	    put_at(&p, 102, 40, false).verdict, JITTER_BUFFER_PLAYS);
	CU_ASSERT_EQUAL(
	    put_at(&p, 40002, 41, false).verdict, JITTER_BUFFER_STRAY);
	CU_ASSERT(put_at(&p, 40003, 61, false).reset);
	CU_ASSERT(p.overflows == 2 && p.strays == 2 && p.played == 1);
	CU_ASSERT(p.concealed == 2 && p.resets == 1);
	jitter_buffer_end(&p);
	CU_ASSERT(p.played == 2 && jitter_buffer_lost(&p) == 0);
}

/* What comes at once is kept as far as there are slots, until it has been half
 * a second early for a while: then the delay is short again. */
static void
at_once(void)
{
	struct jitter_buffer p;

	jitter_buffer_begin(&p, &fixed);
	for (uint16_t i = 0; i < 40; i++)
		put_at(&p, i, 0, false);
	CU_ASSERT(p.resets == 0 && p.overflows == 0);
	for (uint16_t i = 40; i < 80; i++)
		put_at(&p, i, 1, false);
	CU_ASSERT_EQUAL(p.resets, 1);
	CU_ASSERT_EQUAL(p.overflows, 26 + 24);
	jitter_buffer_end(&p);
	CU_ASSERT_EQUAL(p.played, 80 - 50);
	CU_ASSERT_EQUAL(p.bursts.lost, 50);

	/* A block of 10 ms: fewer than half a second have slots. */
	jitter_buffer_begin(&p, &fixed);
	p.options.block_ns = 10 * MS;
	for (uint16_t i = 0; i < 70; i++)
		jitter_buffer_put(&p, i, 80u * i, false, 0,
		    &(struct jitter_buffer_put){ .slot = 0 });
	CU_ASSERT(p.overflows == 6 && p.resets == 0);
	/* SDP may say of a codec that its clock stands. */
	jitter_buffer_begin(&p, &(struct jitter_buffer_options){ .clock = 0 });
	CU_ASSERT_EQUAL(put_at(&p, 1, 20, false).plays_ns, 20 * MS);
}

/* The delay is another at talk spurts alone, by the jitter until then, in its
 * bounds. */
static void
adaptive_buffer(void)
{
	struct jitter_buffer_options o = fixed;
	struct jitter_buffer p;

	o.adaptive = true;
	o.min_ns = 20 * MS;
	o.max_ns = 100 * MS;
	jitter_buffer_begin(&p, &o);
	for (uint16_t i = 0; i < 50; i++)
		put_at(&p, i, 20 * i, i == 0);
	CU_ASSERT_EQUAL(p.delay_ns, 60 * MS);
	put_at(&p, 50, 1000, true);
	CU_ASSERT_EQUAL(p.delay_ns, 20 * MS);
	for (uint16_t i = 51; i < 100; i++)
		put_at(&p, i, 20 * i + 15 * (i % 2), false);
	CU_ASSERT_EQUAL(p.delay_ns, 20 * MS);
	put_at(&p, 100, 2000, true);
	CU_ASSERT(p.delay_ns > 50 * MS && p.delay_ns < 60 * MS);
	for (uint16_t i = 101; i < 200; i++)
		put_at(&p, i, 20 * i + 55 * (i % 2), false);
	put_at(&p, 200, 4000, true);
	CU_ASSERT_EQUAL(p.delay_ns, 100 * MS);
	CU_ASSERT(p.resets == 0 && p.concealed == 0);
}

/* ---- what others send ---- */

static uint64_t
draw(uint64_t *state)
{
	*state = *state * UINT64_C(6364136223846793005) + 1442695040888963407u;
	return *state >> 33;
}

/* Numbers and timestamps near those before, or any. */
static struct rtp_arrived
any_packet(const struct rtp_arrived *before, uint64_t *state)
{
	struct rtp_arrived p = *before;

	p.seq = (uint16_t)(draw(state) % 20 == 0 ? draw(state)
						 : p.seq + draw(state) % 9 - 2);
	p.ts = (uint32_t)(draw(state) % 20 == 0 ? draw(state) << 1
						: p.ts + draw(state) % 1000);
	p.at_ns += (int64_t)(draw(state) % 40) * MS;
	if (draw(state) % 50 == 0)
		p.at_ns += (int64_t)draw(state);
	p.marker = draw(state) % 8 == 0;
	return p;
}

/* Whatever came, each packet is in one count, and soon after all is in order
 * again nothing is late or missing any more. */
static void
wild_stream(uint64_t seed)
{
	struct jitter_buffer_options o = fixed;
	struct rtp_arrived a = { .clock = 8000 };
	struct rtp_stats s;
	struct jitter_buffer p;
	struct jitter_buffer_put put;
	uint32_t bad = 0;

	o.adaptive = seed % 2;
	o.min_ns = 20 * MS;
	o.max_ns = 200 * MS;
	jitter_buffer_begin(&p, &o);
	rtp_stats_begin(&s, seed % 3);
	for (unsigned i = 0; i < 400; i++) {
		a = any_packet(&a, &seed);
		rtp_stats_take_packet(&s, &a);
		jitter_buffer_put(&p, a.seq, a.ts, a.marker, a.at_ns, &put);
		CU_ASSERT(put.verdict != JITTER_BUFFER_PLAYS ||
			  (put.plays_ns >= a.at_ns &&
			      put.plays_ns < a.at_ns + 4000 * MS));
		CU_ASSERT(
		    rtp_stats_lost(&s) <= (int64_t)rtp_stats_expected(&s));
	}
	for (unsigned i = 0; i < 400; i++) {
		if (i == 250)
			bad = p.late + p.concealed + p.overflows + p.strays;
		a.seq++;
		a.ts += 160;
		a.at_ns += 20 * MS;
		a.marker = false;
		rtp_stats_take_packet(&s, &a);
		jitter_buffer_put(&p, a.seq, a.ts, false, a.at_ns, &put);
	}
	CU_ASSERT_EQUAL(p.late + p.concealed + p.overflows + p.strays, bad);
	CU_ASSERT(s.packets == 800 && s.jitter_ns < 1e15);
	jitter_buffer_end(&p);
	CU_ASSERT(
	    p.played + p.late + p.duplicates + p.overflows + p.strays == 800);
}

static void
wild(void)
{
	for (uint64_t seed = 1; seed <= 100; seed++)
		wild_stream(seed);
}

CHECK_MAIN("quality", { "jitter by packet", jitter_by_packet },
    { "loss by report", loss_by_report }, { "numbers", numbers },
    { "round trip", round_trip }, { "bursts", bursts },
    { "a fixed buffer", fixed_buffer }, { "blocks", blocks },
    { "overtaken first", overtaken_first }, { "jumps", jumps },
    { "at once", at_once }, { "an adaptive buffer", adaptive_buffer },
    { "wild", wild })
