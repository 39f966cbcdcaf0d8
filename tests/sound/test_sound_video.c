/* Frames of video: their sizes come to the rate, and their packets to them. */
#include "sound/samples.h"
#include "sound/source.h"

#include "fixtures/check.h"

static const struct {
	const char *codec;
	size_t octets, max, packets;
} frames[] = {
	{ "H264", 12000, 1188, 11 },
	{ "VP8", 12000, 1188, 11 },
	{ "H264", 2484, 1188, 3 },
	{ "VP8", 2484, 1188, 3 },
	{ "H264", 38864, 1188, 33 },
	{ "VP8", 38864, 1188, 33 },
	{ "H264", 8300, 1188, 7 },
	{ "VP8", 8300, 1188, 8 },
	{ "H264", 1188, 1188, 1 },
	{ "H264", 1189, 1188, 2 },
	{ "VP8", 1184, 1188, 1 },
	{ "VP8", 1185, 1188, 2 },
	{ "VP8", 0, 1188, 1 },
	{ "H264", 1, 6, 1 },
	{ "PS", 12000, 1188, 11 },
	{ "PS", 1188, 1188, 1 },
	{ "PS", 1189, 1188, 2 },
};

static void
packets(void)
{
	for (size_t i = 0; i < sizeof(frames) / sizeof(frames[0]); i++) {
		const struct sound_codec *c =
		    sound_codec_find(str_of(frames[i].codec));
		size_t octets = frames[i].octets, max = frames[i].max, sum = 0,
		       n = sound_video_packets(c, octets, max), one;

		CU_ASSERT_EQUAL(n, frames[i].packets);
		for (size_t k = 0; k < n; k++) {
			one = sound_video_payload(c, octets, max, k);
			CU_ASSERT(one <= max && (k + 1 == n || one == max));
			sum += one;
		}
		if (n > 1 || c->frame_head == 0)
			octets += n * c->fragment_head - c->frame_head;
		CU_ASSERT_EQUAL(sum, octets);
	}
}

/* Of four minutes: key frames every four seconds, four to six times as large
 * as others, and the rate, all near what encoders do. */
static void
rates(void)
{
	static const unsigned rows[][3] = { { 15, 300, 2344 },
		{ 30, 500, 2017 }, { 15, 1000, 7812 }, { 30, 1500, 6048 },
		{ 1, 8, 500 } };

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		unsigned fps = rows[i][0], n = 240 * fps;
		struct sound_video v;
		struct sound_video_frame f;
		uint64_t draws = 1, sum = 0, keys = 0, key_octets = 0;
		double other;

		sound_video_begin(
		    &v, sound_codec_find(STR("VP8")), fps, rows[i][1]);
		for (unsigned k = 0; k < n; k++) {
			uint64_t high = sound_draw(&draws);

			sound_video_next(
			    &v, high << 32 | sound_draw(&draws), &f);
			CU_ASSERT_EQUAL(f.key, k % (4 * fps) == 0);
			CU_ASSERT_EQUAL(f.ticks, 90000 / fps);
			sum += f.octets;
			keys += f.key;
			key_octets += f.key ? f.octets : 0;
		}
		CU_ASSERT_EQUAL(keys, 60);
		CU_ASSERT_DOUBLE_EQUAL(
		    (double)sum, rows[i][1] * 125.0 * 240, (double)sum / 40);
		other = (double)(sum - key_octets) / (double)(n - keys);
		CU_ASSERT_DOUBLE_EQUAL(other, rows[i][2], other / 40);
		CU_ASSERT_DOUBLE_EQUAL(
		    (double)key_octets / 60, 5 * other, other / 3);
	}
}

/* As packs of a program stream frames are larger, and a key frame more so. */
static void
packs(void)
{
	struct sound_video plain, packed;
	struct sound_video_frame a, b;

	sound_video_begin(&plain, sound_codec_find(STR("H264")), 15, 300);
	sound_video_begin(&packed, sound_codec_find(STR("PS/90000")), 15, 300);
	for (unsigned k = 0; k < 3; k++) {
		sound_video_next(&plain, 0, &a);
		sound_video_next(&packed, 0, &b);
		CU_ASSERT_EQUAL(b.octets, a.octets + (k == 0 ? 63 : 28));
	}
}

/* What stands at the beginning of a payload of N octets, in hexadecimal. */
static void
want_heads(const char *codec, struct sound_part part, size_t n, const char *hex)
{
	const struct sound_codec *c = sound_codec_find(str_of(codec));
	uint8_t p[1200] = { 0 };
	char text[40] = "";
	size_t head = strlen(hex) / 2;

	CU_ASSERT(c->write_heads(&part, p, n) <= n);
	for (size_t i = 0; i < head; i++)
		snprintf(text + 2 * i, 3, "%02X", p[i]);
	CU_ASSERT_STRING_EQUAL(text, hex);
	for (size_t i = n; i < sizeof(p); i++)
		CU_ASSERT_EQUAL(p[i], 0);
}

/* RFC 6716 3, RFC 6184 5, RFC 7741 4.2, RFC 6386 9.1. */
static void
heads(void)
{
	struct sound_part key = { .key = true, .octets = 5000, .begins = true },
			  other = { .number = 0x123, .octets = 2000 },
			  whole = { .octets = 800,
				  .whole = true,
				  .begins = true,
				  .ends = true };
	/* Of n octets of each, as fragments and short of everything. */
	static const char *const codecs[] = { "H264", "VP8", "opus" };

	want_heads("H264", key, 1188, "7C85888400");
	want_heads("H264", other, 1188, "5C01");
	other.ends = true;
	want_heads("H264", other, 100, "5C41");
	want_heads("H264", whole, 800, "419A0020");
	/* The first partition has 500 octets. */
	want_heads("VP8", key, 1188, "90808000903E009D012A8002E001");
	want_heads("VP8", other, 100, "80808123");
	whole.number = 0xFFFF;
	want_heads("VP8", whole, 804, "9080FFFF110A00");
	want_heads("opus", (struct sound_part){ .ms = 20 }, 60, "48");
	want_heads("opus", (struct sound_part){ .ms = 60 }, 60, "58");
	/* Three frames of 10 ms, two of 60, as long as each other. */
	want_heads("opus", (struct sound_part){ .ms = 30 }, 60, "4303");
	CU_ASSERT_EQUAL(sound_codec_find(STR("opus"))
			    ->write_heads(&(struct sound_part){ .ms = 30 },
				(uint8_t[60]){ 0 }, 60),
	    59);
	want_heads("opus", (struct sound_part){ .ms = 120 }, 360, "5B02");
	for (size_t i = 0; i < sizeof(codecs) / sizeof(codecs[0]); i++)
		for (size_t n = 0; n < 20; n++) {
			key.ms = 30;
			want_heads(codecs[i], key, n, "");
		}
}

CHECK_MAIN("sound video", { "packets", packets }, { "rates", rates },
    { "packs", packs }, { "heads", heads })
