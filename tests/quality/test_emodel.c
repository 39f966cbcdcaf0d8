/* How good a call sounds: src/protocol/quality/emodel.h, and its arithmetic. */
#include "fixtures/check.h"

#include "quality/emodel.h"
#include "quality/portable_math.h"
#include "quality/voip.h"

#include <math.h>

#define N(a) (sizeof(a) / sizeof((a)[0]))

/* Held against the C library's over all that can come. */
static void
arithmetic(void)
{
	double worst = 0;

	for (double x = 1e-9; x < 1e9; x *= 1.0137) {
		worst = fmax(worst,
		    fabs(portable_ln(x) - log(x)) / fmax(fabs(log(x)), 1e-3));
		worst = fmax(worst, fabs(portable_log10(x) - log10(x)) /
					fmax(fabs(log10(x)), 1e-3));
		worst = fmax(
		    worst, fabs(portable_pow(x, 0.125) / pow(x, 0.125) - 1));
	}
	for (double x = -60; x < 60; x += 0.0173) {
		worst = fmax(worst, fabs(portable_exp(x) / exp(x) - 1));
		worst = fmax(
		    worst, fabs(portable_pow(10, x / 6) / pow(10, x / 6) - 1));
	}
	CU_ASSERT(worst < 1e-14);
	CU_ASSERT_DOUBLE_EQUAL(portable_exp(-1e6), 0, 1e-300);
	CU_ASSERT(portable_exp(0) == 1 && portable_ln(1) == 0);
	CU_ASSERT(portable_pow(0, 8) == 0 && portable_log10(10) == 1);
}

/* Rows computed by the formula from the outside: R to 0.01, MOS to 0.001. */
static void
worked_rows(void)
{
	static const struct {
		const char *codec;
		double loss, delay, burst;
		int ie_eff100, r100, mos1000;
	} rows[] = {
		{ "G.711", 0, 0, 1, 0, 9321, 4409 },
		{ "G.711", 0, 20, 1, 0, 9253, 4396 },
		{ "G.711", 1, 50, 1, 1793, 7383, 3771 },
		{ "G.711 with concealment", 1, 50, 1, 364, 8812, 4290 },
		{ "G.711 with concealment", 5, 150, 1, 1578, 7376, 3768 },
		{ "G.711 with concealment", 5, 150, 2, 1721, 7233, 3704 },
		{ "G.729A with VAD", 0, 100, 1, 1100, 7966, 4011 },
		{ "G.729A with VAD", 2, 150, 1, 1900, 7054, 3622 },
		{ "G.729A with VAD", 5, 300, 1, 2850, 4417, 2273 },
		{ "G.723.1 6.3 kbit/s with VAD", 3, 200, 1, 2757, 5824, 3008 },
		{ "GSM-EFR", 1, 120, 1, 1318, 7708, 3909 },
		{ "G.711 with concealment", 20, 400, 1, 4213, 2012, 1255 },
		{ "AMR-WB 12.65 kbit/s, one ear", 0, 0, 1, 1300, 11600, 4337 },
		{ "AMR-WB 12.65 kbit/s, two ears", 0, 0, 1, 2000, 10900, 4182 },
		{ "AMR-WB 12.65 kbit/s, two ears", 2, 0, 1, 4381, 8519, 3406 },
		{ "AMR-WB 23.05 kbit/s, two ears", 1, 0, 1, 2354, 10546, 4089 },
	};

	for (size_t i = 0; i < N(rows); i++) {
		struct emodel_call call = { emodel_codec_named(rows[i].codec),
			rows[i].delay, rows[i].loss, rows[i].burst };
		struct emodel_rating r;

		emodel_rate(&call, &r);
		CU_ASSERT(r.known && r.why == NULL);
		CU_ASSERT(abs(r.ie_eff100 - rows[i].ie_eff100) <= 1);
		CU_ASSERT(abs(r.r100 - rows[i].r100) <= 1);
		CU_ASSERT(abs(r.mos1000 - rows[i].mos1000) <= 1);
		CU_ASSERT(abs(r.ro100 - r.is100 - r.id100 - r.ie_eff100 -
			      r.r100) <= 2);
	}
}

/* What R is made of without any impairment, and what delay alone costs. */
static void
parts(void)
{
	static const struct {
		double delay, idd;
	} rows[] = { { 0, 0 }, { 50, 0 }, { 100, 0 }, { 120, 0.001 },
		{ 150, 0.164 }, { 177.3, 1.172 }, { 200, 3.044 },
		{ 250, 8.917 }, { 300, 14.761 }, { 400, 24.070 },
		{ 500, 30.636 } };
	static const struct {
		double r;
		int mos1000;
	} scores[] = { { -5, 1000 }, { 0, 1000 }, { 3.22, 1000 }, { 6, 1000 },
		{ 50, 2575 }, { 60, 3100 }, { 70, 3597 }, { 80, 4024 },
		{ 90, 4339 }, { 93.2, 4409 }, { 100, 4500 }, { 120, 4500 } };
	struct emodel_call call = { emodel_codec_named("G.711"), 0, 0, 1 };
	struct emodel_rating r;

	emodel_rate(&call, &r);
	CU_ASSERT(r.ro100 == 9477 && r.is100 == 141 && r.id100 == 15);
	for (size_t i = 0; i < N(rows); i++)
		CU_ASSERT_DOUBLE_EQUAL(
		    emodel_idd(rows[i].delay), rows[i].idd, 5.1e-4);
	for (size_t i = 0; i < N(scores); i++)
		CU_ASSERT_EQUAL(emodel_mos1000(scores[i].r), scores[i].mos1000);
}

static bool
is_known(const char *encoding, uint32_t rate, unsigned traits, double loss)
{
	struct emodel_call call = {
		emodel_codec_of(str_of(encoding), rate, traits), 20, loss, 1
	};
	struct emodel_rating r;

	emodel_rate(&call, &r);
	CU_ASSERT(r.known == (r.why == NULL));
	return r.known;
}

/* No value where G.113 has none, and why. */
static void
no_value(void)
{
	unsigned both = EMODEL_CONCEALS | EMODEL_VAD;

	CU_ASSERT(is_known("pcmu", 0, both, 5) && is_known("PCMA", 0, 0, 5));
	CU_ASSERT(is_known("G729", 0, both, 5) && is_known("G729", 0, 0, 0));
	CU_ASSERT(!is_known("G729", 0, 0, 1));
	CU_ASSERT(!is_known("opus", 0, both, 0) && !is_known("AMR", 0, 0, 0));
	CU_ASSERT(!is_known("H264", 0, both, 0));
	CU_ASSERT(is_known("G722", 0, 0, 0) && !is_known("G722", 0, 0, 1));
	CU_ASSERT(!is_known("AMR-WB", 23850, 0, 1));
	CU_ASSERT(is_known("AMR-WB", 23850, EMODEL_TWO_EARS, 1));
	CU_ASSERT(!is_known("AMR-WB", 14250, EMODEL_TWO_EARS, 0));
	CU_ASSERT(is_known("EVS", 0, EMODEL_TWO_EARS, 0));
	CU_ASSERT(!is_known("EVS", 0, EMODEL_TWO_EARS, 1));
	CU_ASSERT_PTR_NULL(emodel_codec_of(STR("VP8"), 0, both));
	CU_ASSERT_STRING_EQUAL(emodel_codec_of(STR("PCMU"), 0, both)->name,
	    "G.711 with concealment");
	CU_ASSERT_STRING_EQUAL(
	    emodel_codec_of(STR("G722"), 0, both)->name, "G.722 64 kbit/s");
	/* Each row says why it lacks what it lacks. */
	for (size_t i = 0; emodel_codec_at(i) != NULL; i++) {
		const struct emodel_codec *c = emodel_codec_at(i);

		CU_ASSERT(c->why != NULL || (c->ie >= 0 && c->bpl > 0));
		CU_ASSERT(c->ie >= 0 || c->bpl < 0);
	}
}

/* FNV-1a. */
static void
add_octets(uint64_t *sum, const void *p, size_t n)
{
	const uint8_t *bytes = p;

	for (size_t i = 0; i < n; i++)
		*sum = (*sum ^ bytes[i]) * UINT64_C(0x100000001b3);
}

/* Each bit is the same whatever compiled it. */
static void
same_bits(void)
{
	uint64_t sum = UINT64_C(0xcbf29ce484222325);

	for (double x = 0.001; x < 1000; x *= 1.0173) {
		double y[] = { portable_ln(x), portable_exp(x / 2),
			portable_pow(x, 1.7), emodel_idd(x) };

		add_octets(&sum, y, sizeof(y));
	}
	for (double d = 0; d < 500; d += 3.7) {
		struct emodel_call call = { emodel_codec_named("GSM-EFR"), d,
			d / 30, 1 + d / 200 };
		struct emodel_rating r;

		emodel_rate(&call, &r);
		add_octets(&sum, &r.r100, sizeof(r.r100));
		add_octets(&sum, &r.mos1000, sizeof(r.mos1000));
	}
	CU_ASSERT_EQUAL(sum, UINT64_C(0x22f3dd18ac7e4a88));
}

/* Of a hundred packets of 20 ms ten in the middle are lost, and one is late. */
static void
metrics(void)
{
	static const struct jitter_buffer_options options = {
		.clock = 8000,
		.block_ns = 20000000,
		.delay_ns = 60000000,
	};
	struct rtp_stats s;
	struct jitter_buffer p;
	struct voip_call call = { .stats = &s,
		.playout = &p,
		.codec = emodel_codec_of(STR("PCMU"), 0, EMODEL_CONCEALS),
		.delay_ns = 40000000,
		.round_trip_ns = 81999999,
		.conceals = true };
	struct emodel_call same = { call.codec, 120, 11, 10 * .89 / 2 + .445 };
	struct emodel_rating r, expected;
	struct jitter_buffer_put put;
	struct rtcp_voip v;

	rtp_stats_begin(&s, 0);
	jitter_buffer_begin(&p, &options);
	for (uint16_t i = 0; i < 100; i++) {
		int64_t at = i * 20000000 + (i == 80 ? 90000000 : 0);

		if (i >= 40 && i < 50)
			continue;
		rtp_stats_take(&s, i, 160u * i, at, 8000);
		jitter_buffer_put(&p, i, 160u * i, false, at, &put);
	}
	jitter_buffer_end(&p);
	voip_metrics(&call, 7, &v);
	CU_ASSERT(v.ssrc == 7 && v.loss_rate == 25 && v.discard_rate == 2);
	CU_ASSERT(v.burst_density == 255 && v.burst_ms == 200);
	CU_ASSERT(v.gap_density == 256 / 90 && v.gap_ms == 1800);
	CU_ASSERT(v.round_trip_ms == 81 && v.end_system_ms == 80);
	CU_ASSERT(v.nominal_ms == 60 && v.absolute_ms == 1280);
	CU_ASSERT_EQUAL(v.rx_config, RTCP_PLC_STANDARD | RTCP_BUFFER_FIXED);
	/* Runs of 10 and 1 are 5.5 long, at random they were 1 / 0.89. */
	emodel_rate(&same, &expected);
	voip_rate(&call, &r);
	CU_ASSERT(abs(r.r100 - expected.r100) <= 1);
	CU_ASSERT_EQUAL(v.r, (r.r100 + 50) / 100);
	CU_ASSERT_EQUAL(v.mos_cq, (r.mos1000 + 50) / 100);
	CU_ASSERT(v.mos_lq >= v.mos_cq && v.mos_lq <= 50);
	call.codec = NULL;
	voip_metrics(&call, 7, &v);
	CU_ASSERT(v.r == RTCP_UNKNOWN && v.mos_lq == RTCP_UNKNOWN);
}

CHECK_MAIN("emodel", { "arithmetic", arithmetic },
    { "worked rows", worked_rows }, { "parts", parts },
    { "no value", no_value }, { "same bits", same_bits },
    { "metrics", metrics })
