/* Frames of video: their sizes come to the rate, and their packets to them. */
#include "sound/sine.h"
#include "sound/video.h"

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

CHECK_MAIN("sound video", { "packets", packets }, { "rates", rates },
    { "packs", packs })
