/*
 * Whatever of media reaches a packet, a record or a WAV file, from fixed seeds,
 * as one row of bytes: voices, codecs, packets, comfort noise, concealment,
 * mixing, digits, levels, other rates, WAV, RTCP, jitter, playing out, ratings.
 * The same source is compiled natively and for WebAssembly;
 * tests/same_bytes.sh holds the bytes against each other.  Each part begins
 * with a line that names it.
 */
#include "base/buf.h"
#include "base/field.h"
#include "base/i18n.h"
#include "base/mem.h"
#include "base/octets.h"
#include "media/g711.h"
#include "media/fixed_jitter_buffer.h"
#include "media/rtp.h"
#include "media/telephone_event.h"
#include "quality/emodel.h"
#include "quality/jitter_buffer.h"
#include "quality/portable_math.h"
#include "quality/rtcp.h"
#include "quality/voip.h"
#include "sound/codec.h"
#include "sound/samples.h"
#include "sound/source.h"
#include "sound/wav.h"
#include "srtp/window.h"

#include <stdio.h>
#include <stdlib.h>

#define BLOCK  160 /* samples of 20 ms */
#define SECOND SOUND_RATE

#define SEEDS        3
#define LOSSY_PCT    8
#define CLOCK        8000
#define STREAM_COUNT 400 /* packets */

/* Where base is linked in part: without catalogues. */
#ifdef ALONE
const char *
i18n_text(const char *msgid)
{
	return msgid;
}
#endif

static uint64_t
draw64(uint64_t *draws)
{
	uint64_t high = sound_draw(draws);

	return high << 32 | sound_draw(draws);
}

static void
put64(struct buf *out, int64_t v)
{
	put32(out, (uint32_t)((uint64_t)v >> 32));
	put32(out, (uint32_t)v);
}

/* The bits of X, which tell more than its digits. */
static void
put_real(struct buf *out, double x)
{
	int64_t bits;

	memcpy(&bits, &x, sizeof(bits));
	put64(out, bits);
}

static void
put_samples(struct buf *out, const int16_t *samples, size_t n)
{
	for (size_t i = 0; i < n; i++)
		put16(out, (uint16_t)samples[i]);
}

/* ---- sound ---- */

static void
put_source(struct buf *out, struct sound_source *s, size_t seconds)
{
	int16_t block[BLOCK];

	for (size_t i = 0; i < seconds * SECOND / BLOCK; i++) {
		sound_source_read(s, block, BLOCK);
		put_samples(out, block, BLOCK);
		buf_putc(out, (char)sound_level(block, BLOCK));
		buf_putc(out, (char)sound_source_is_silent(block, BLOCK));
	}
}

static void
voices(struct buf *out)
{
	static const struct sound_note tune[] = { { 440, 150 }, { 0, 70 },
		{ 660, 95 } };
	struct sound_source s;

	for (unsigned seed = 0; seed < SEEDS; seed++) {
		sound_source_speech(&s, 77 * seed + 1);
		put_source(out, &s, 6);
		sound_source_tone(&s, seed);
		put_source(out, &s, 1);
	}
	sound_source_notes(&s, tune, sizeof(tune) / sizeof(tune[0]));
	put_source(out, &s, 1);
}

/* Each of the 65,536 samples and the 256 octets. */
static void
laws(struct buf *out)
{
	static const int codecs[] = { RTP_PCMU, RTP_PCMA };
	uint8_t octet;
	int16_t sample;

	for (size_t c = 0; c < 2; c++) {
		for (int v = INT16_MIN; v <= INT16_MAX; v++) {
			sample = (int16_t)v;
			g711_encode(codecs[c], &sample, 1, &octet);
			buf_putc(out, (char)octet);
		}
		for (int v = 0; v <= UINT8_MAX; v++) {
			octet = (uint8_t)v;
			g711_decode(codecs[c], &octet, 1, &sample);
			put_samples(out, &sample, 1);
		}
	}
}

/* A stream as packets, with the sources of a mixer and with digits. */
static void
packets(struct buf *out)
{
	struct rtp_out stream = { .ssrc = 0x1234abcd, .sequence = 65500 };
	struct telephone_events events = { .ndigits = 0 };
	struct telephone_event_packet event;
	uint8_t p[RTP_HEAD + 4 * RTP_CSRCS + BLOCK];
	const uint32_t ssrcs[] = { 1, 0xfffffffe, 3 };
	struct sound_source voice;
	struct rtp_packet read;
	int16_t block[BLOCK];

	sound_source_speech(&voice, 5);
	for (unsigned i = 0; i < 200; i++) {
		uint32_t stamp = i * BLOCK;
		int codec = i % 2 == 0 ? RTP_PCMU : RTP_PCMA;
		size_t n;

		if (i % 50 == 3)
			telephone_events_add(&events, "0159*#AD"[i / 50]);
		if (telephone_events_next(&events, stamp, BLOCK, &event)) {
			rtp_write_head(
			    &stream, 101, event.marker, event.stamp, p);
			buf_add(out, (char *)p, RTP_HEAD);
			buf_add(
			    out, (char *)event.payload, TELEPHONE_EVENT_BYTES);
			continue;
		}
		sound_source_read(&voice, block, BLOCK);
		rtp_write_head(&stream, (uint8_t)codec, i == 0, stamp, p);
		n = rtp_write_sources(ssrcs, i % 4, p);
		g711_encode(codec, block, BLOCK, p + n);
		buf_add(out, (char *)p, n + BLOCK);
		if (rtp_read(p, n + BLOCK, &read))
			put16(out, read.n + read.head.sequence);
	}
}

static void
sizes(struct buf *out)
{
	static const char *const encodings[] = { "opus/48000/2", "G722/8000",
		"G729/8000", "G723/8000", "GSM/8000", "iLBC/8000", "AMR/8000",
		"AMR-WB/16000", "EVS/16000", "G726-32/8000", "L16/8000" };
	static const char *const videos[] = { "H264/90000", "VP8/90000",
		"H265/90000", "PS/90000", "H261/90000" };
	const struct sound_codec *codec;
	struct sound_video video;
	struct sound_video_frame frame;
	uint64_t draws = 9;

	for (size_t i = 0; i < sizeof(encodings) / sizeof(encodings[0]); i++) {
		codec = sound_codec_find(str_of(encodings[i]));
		for (unsigned ms = 5; codec != NULL && ms <= 120; ms += 5) {
			put32(out, sound_codec_ticks(codec, ms));
			put32(out, (uint32_t)sound_codec_octets(
				       codec, ms, draw64(&draws)));
		}
	}
	for (size_t i = 0; i < sizeof(videos) / sizeof(videos[0]); i++) {
		codec = sound_codec_find(str_of(videos[i]));
		if (codec == NULL)
			continue;
		sound_video_begin(&video, codec, 10 + (unsigned)i, 300);
		for (unsigned k = 0; k < 200; k++) {
			size_t n;

			sound_video_next(&video, draw64(&draws), &frame);
			put32(out, (uint32_t)frame.octets);
			put32(out, frame.ticks);
			n = sound_video_packets(codec, frame.octets, 1200);
			for (size_t j = 0; j < n; j++)
				put16(out, sound_video_payload(
					       codec, frame.octets, 1200, j));
		}
	}
}

/* Speech with losses, filled; softer and softer noise; four who talk at once.
 */
static void
heard(struct buf *out)
{
	struct sound_conceal conceal = { .period = 0 };
	struct sound_source voices_of[4];
	int16_t block[4][BLOCK], mixed[BLOCK];
	uint64_t draws = 3;

	for (unsigned v = 0; v < 4; v++)
		sound_source_speech(&voices_of[v], v);
	for (unsigned i = 0; i < 300; i++) {
		int32_t sum[BLOCK] = { 0 };

		for (unsigned v = 0; v < 4; v++) {
			sound_source_read(&voices_of[v], block[v], BLOCK);
			sound_mix_scale(block[v], BLOCK, 60 + 50 * v);
			sound_mix_add(sum, block[v], BLOCK);
		}
		if (sound_draw_between(&draws, 0, 99) < LOSSY_PCT)
			sound_conceal_fill(&conceal, block[0], BLOCK);
		else
			sound_conceal_note(&conceal, block[0], BLOCK);
		put_samples(out, block[0], BLOCK);
		sound_mix_take(sum, i % 2 == 0 ? block[1] : NULL, mixed, BLOCK);
		put_samples(out, mixed, BLOCK);
		sound_comfort_write(&draws, i % 128, mixed, BLOCK);
		put_samples(out, mixed, BLOCK);
		buf_putc(out, (char)sound_level(mixed, BLOCK));
		put32(out, sound_level_rms(i % 128));
	}
}

static void
digits(struct buf *out)
{
	static const char keys[] = "159D*0#A2468B37C";
	struct dtmf_detector detector = { .n = 0 };
	int16_t block[SECOND / 10];
	size_t n = sizeof(block) / sizeof(block[0]);
	char found[8];

	for (size_t i = 0; keys[i] != '\0'; i++) {
		uint64_t draws = i;

		sound_comfort_write(&draws, 40, block, n);
		(void)dtmf_write(keys[i], DTMF_AMPLITUDE, i, block, n / 2);
		for (unsigned tone = 0; tone < DTMF_TONES; tone++)
			put64(
			    out, (int64_t)dtmf_power(tone, block, DTMF_BLOCK));
		put_samples(out, block, n);
		buf_add(out, found,
		    dtmf_detect(&detector, block, n, found, sizeof(found)));
	}
}

static void
files(struct buf *out)
{
	static const uint32_t rates[] = { 8000, 11025, 16000, 22050, 32000,
		44100, 48000 };
	static int16_t said[SECOND], other[SECOND];
	struct sound_source voice;
	struct buf file = BUF_INIT;
	const char *why;
	int16_t *samples;
	size_t n;

	sound_source_speech(&voice, 12);
	sound_source_read(&voice, said, SECOND);
	for (size_t i = 0; i < sizeof(rates) / sizeof(rates[0]); i++) {
		if (!sound_resample_knows(rates[i]))
			continue;
		sound_resample(said, SECOND, rates[i], other);
		put_samples(
		    out, other, sound_resample_length(SECOND, rates[i]));
	}
	(void)wav_write_head(&file, 2, SECOND);
	(void)wav_write_samples(&file, said, other, SECOND);
	buf_str(out, buf_view(&file));
	if (wav_read(buf_view(&file), &samples, &n, &why) == 0) {
		put_samples(out, samples, n);
		mem_free(samples);
	}
	buf_end(&file, &out->err);
}

/* ---- quality ---- */

static void
put_rating(struct buf *out, const struct emodel_rating *r)
{
	buf_printf(out, "%s R ", r->known ? "known" : "unknown");
	buf_two_places(out, r->r100);
	buf_puts(out, ", MOS ");
	buf_two_places(out, (r->mos1000 + 5) / 10);
	buf_printf(out, ", Ro %.2f Is %.2f Id %.2f Ie,eff %.2f\n",
	    r->ro100 / 100.0, r->is100 / 100.0, r->id100 / 100.0,
	    r->ie_eff100 / 100.0);
}

/* Each codec at delays and losses as they occur. */
static void
ratings(struct buf *out)
{
	const struct emodel_codec *codec;
	struct emodel_rating rating;

	for (size_t i = 0; (codec = emodel_codec_at(i)) != NULL; i++)
		for (unsigned ms = 0; ms <= 600; ms += 75)
			for (unsigned loss = 0; loss <= 20; loss += 4) {
				struct emodel_call call = { .codec = codec,
					.delay_ms = ms + 0.1,
					.loss = loss / 3.0,
					.burst_ratio = 1 + loss / 7.0 };

				emodel_rate(&call, &rating);
				put_rating(out, &rating);
			}
	for (int r = -50; r < 1100; r += 7) {
		put32(out, (uint32_t)emodel_mos1000(r / 10.0));
		put_real(out, emodel_idd(r + 60.5));
	}
	for (double x = 1e-9; x < 1e9; x *= 1.7) {
		put_real(out, portable_ln(x));
		put_real(out, portable_log10(x));
		put_real(out, portable_exp(x < 600 ? x - 300 : -x / 1e7));
		put_real(out, portable_pow(x, 0.37));
	}
}

static void
put_reports(struct buf *out, struct rtp_stats *stats,
    struct jitter_buffer *playout, int64_t now_ns)
{
	struct voip_call call = { .stats = stats,
		.playout = playout,
		.codec = emodel_codec_of(STR("PCMU"), 0, EMODEL_CONCEALS),
		.delay_ns = 43000000,
		.round_trip_ns = 91000000,
		.conceals = true };
	struct rtcp_sender sender = { rtp_ntp(now_ns), 77, 10, 1600 };
	struct rtcp_block block;
	struct rtcp_voip voip;
	struct rtcp_reference ref = { 7, (uint32_t)(sender.ntp >> 16), 65536 };
	struct emodel_rating rating;

	rtp_stats_report(stats, 0xfeed, now_ns, &block);
	rtcp_put_report(out, 7, &sender, &block, 1);
	rtcp_put_cname(out, 7, STR("alice@example.com"));
	voip_metrics(&call, 0xfeed, &voip);
	rtcp_put_voip(out, 7, &voip);
	rtcp_put_reference(out, 7, sender.ntp);
	rtcp_put_dlrr(out, 7, &ref);
	rtcp_put_pli(out, 7, 9);
	rtcp_put_bye(out, 7, STR("done"));
	voip_rate(&call, &rating);
	put_rating(out, &rating);
	put_real(out, voip_loss(playout));
	put_real(out, stats->jitter_ns);
	put_real(out, stats->jitter.mean);
	put_real(out, stats->delta.max);
	put64(out, playout->delay_ns);
	put32(out, rtp_stats_jitter(stats));
}

/* Packets that the network has delayed, turned round, doubled and lost. */
static void
stream(struct buf *out, uint64_t draws, bool adaptive)
{
	struct jitter_buffer_options options = { .clock = CLOCK,
		.block_ns = 20000000,
		.delay_ns = 60000000,
		.adaptive = adaptive,
		.min_ns = 20000000,
		.max_ns = 200000000 };
	struct jitter ring = { .synchronised = false };
	struct srtp_window window = { .packets = 0 };
	uint64_t index;
	struct jitter_buffer_put put;
	struct jitter_buffer_block block;
	struct jitter_buffer playout;
	struct rtp_stats stats;
	int64_t at_ns = 0;

	jitter_buffer_begin(&playout, &options);
	rtp_stats_begin(&stats, 0);
	for (unsigned i = 0; i < STREAM_COUNT; i++) {
		unsigned fate = sound_draw_between(&draws, 0, 99);
		uint16_t seq = (uint16_t)(65300 + i - (fate > 95 ? 2 : 0));
		uint32_t ts = (uint32_t)(i * BLOCK);

		at_ns = i * INT64_C(20000000) + sound_draw(&draws) % 45000000;
		if (fate < LOSSY_PCT)
			continue;
		buf_putc(
		    out, (char)rtp_stats_take(&stats, seq, ts, at_ns, CLOCK));
		while (jitter_buffer_next(&playout, at_ns, &block)) {
			put64(out, block.plays_ns);
			put16(out, block.seq + (block.concealed ? 1u : 0));
		}
		jitter_buffer_put(&playout, seq, ts, i % 90 == 0, at_ns, &put);
		put64(out, put.plays_ns);
		buf_putc(out, (char)put.verdict);
		buf_putc(out, (char)jitter_take(&ring, seq));
		buf_putc(out, (char)jitter_due(&ring));
		jitter_advance(&ring);
		index = srtp_window_guess(&window, seq);
		put64(out, (int64_t)index);
		if (srtp_window_place(&window, index) == SRTP_NEW)
			srtp_window_note(&window, index);
		if (i % 80 == 79)
			put_reports(out, &stats, &playout, at_ns);
	}
	jitter_buffer_end(&playout);
	put_reports(out, &stats, &playout, at_ns);
}

static void
streams(struct buf *out)
{
	for (unsigned seed = 0; seed < SEEDS; seed++) {
		stream(out, seed, false);
		stream(out, seed, true);
	}
}

static void
report_times(struct buf *out)
{
	struct rtcp_timer timer;
	uint64_t draws = 21;
	int64_t now_ns = 0;

	rtcp_timer_begin(&timer, 3200.0 / 7, 120, 0, draw64(&draws));
	for (unsigned i = 0; i < 200; i++) {
		timer.members = 2 + i / 3;
		timer.senders = 1 + i / 9;
		timer.we_sent = i % 5 != 0;
		rtcp_timer_heard(&timer, 80 + i);
		now_ns = timer.tn_ns;
		if (rtcp_timer_expire(&timer, now_ns, draw64(&draws)))
			rtcp_timer_sent(
			    &timer, 100 + i, now_ns, draw64(&draws));
		put64(out, timer.tn_ns);
		put_real(out, timer.size);
	}
}

static const struct {
	const char *name;
	void (*put)(struct buf *out);
} parts[] = {
	{ "voices", voices },
	{ "G.711", laws },
	{ "packets", packets },
	{ "sizes", sizes },
	{ "heard", heard },
	{ "digits", digits },
	{ "files", files },
	{ "ratings", ratings },
	{ "streams", streams },
	{ "times of reports", report_times },
};

static void
put_parts(struct buf *out)
{
	for (size_t i = 0; i < sizeof(parts) / sizeof(parts[0]); i++) {
		buf_printf(out, "== %s ==\n", parts[i].name);
		parts[i].put(out);
	}
}

#ifdef __wasm__
/* Whoever runs it (run.cjs) looks into its memory. */
const char *same_bytes(size_t *n) __attribute__((export_name("same_bytes")));

const char *
same_bytes(size_t *n)
{
	static struct buf out;

	put_parts(&out);
	*n = out.n;
	return out.err == 0 ? out.p : NULL;
}
#else
int
main(void)
{
	LOCAL_BUF out = BUF_INIT;
	int failed;

	put_parts(&out);
	failed = out.err != 0 || fwrite(out.p, 1, out.n, stdout) != out.n ||
		 fflush(stdout) != 0;
	return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
#endif
