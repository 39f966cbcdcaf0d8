/* Frames of video: their sizes come to the rate, and their packets to them. */
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

CHECK_MAIN("sound video", { "packets", packets }, { "heads", heads })
