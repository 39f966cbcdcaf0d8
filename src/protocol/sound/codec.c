/* The table of codecs, and what follows from a row. */
#include "sound/codec.h"

#include <string.h>

/* ---- the heads of payloads ---- */

/* ---- Opus ---- */

/* RFC 6716 table 2: SILK, wideband, from frames of 10 ms on. */
#define SILK_WIDEBAND 8
#define CODE_SEVERAL  3 /* 3.2.5: so many frames, each as long */

/* The longest frame that MS are so many of: the row of its configuration. */
static unsigned
codec_find_frames(unsigned ms, unsigned *frames)
{
	static const uint8_t lengths[] = { 10, 20, 40, 60 };
	unsigned i = 3;

	while (i > 0 && ms % lengths[i] != 0)
		i--;
	*frames = ms / lengths[i];
	return SILK_WIDEBAND + i;
}

/*
 * RFC 6716 3: one frame, or several as long as each other.
 *
 * This and the other functions of a head make a payload of the N octets at P,
 * as far as Wireshark and every receiver read it before its codec does. They
 * return how many of them it has. Octets after it have no meaning.
 */
static size_t
sound_payload_opus(const struct sound_part *part, uint8_t *p, size_t n)
{
	unsigned frames, config = codec_find_frames(part->ms, &frames);

	if (n < 2)
		return n;
	/* 3.1: mono. */
	p[0] = (uint8_t)(config << 3 | (frames > 1 ? CODE_SEVERAL : 0));
	if (frames <= 1)
		return n;
	p[1] = (uint8_t)frames;
	return n - (n - 2) % frames;
}

/* ---- H.264 ---- */

#define NAL_SLICE 0x41 /* RFC 6184 1.3: of a picture that others refer to */
#define NAL_KEY   0x65 /* of an IDR picture */
#define NAL_TYPE  0x1F
#define FU_A      28
#define FU_BEGINS 0x80
#define FU_ENDS   0x40

/* ITU-T H.264 7.3.3: from the first macroblock on, all slices of that type (P:
 * 5, I: 7), by the first picture parameter set; frame number 0. */
static void
write_slice_head(bool key, uint8_t *p, size_t n)
{
	static const uint8_t heads[][3] = { { 0x9A, 0x00, 0x20 },
		{ 0x88, 0x84, 0x00 } };

	memcpy(p, heads[key], n < sizeof(heads[0]) ? n : sizeof(heads[0]));
}

/* RFC 6184 5.6, 5.8: a NAL unit, or a fragment of one (FU-A). */
static size_t
sound_payload_h264(const struct sound_part *part, uint8_t *p, size_t n)
{
	uint8_t nal = part->key ? NAL_KEY : NAL_SLICE;
	size_t head = part->whole ? 1 : 2;

	if (n < head)
		return n;
	p[0] = part->whole ? nal : (uint8_t)((nal & ~NAL_TYPE) | FU_A);
	if (!part->whole)
		p[1] = (uint8_t)((nal & NAL_TYPE) |
				 (part->begins ? FU_BEGINS : 0) |
				 (part->ends ? FU_ENDS : 0));
	if (part->whole || part->begins)
		write_slice_head(part->key, p + head, n - head);
	return n;
}

/* ---- VP8 ---- */

#define DESCRIPTOR   4
#define TAG          3  /* RFC 6386 9.1 */
#define KEY_TAG      10 /* … with the start code and the size */
#define EXTENDED     0x80
#define STARTS       0x10
#define HAS_PICTURE  0x80
#define LONG_PICTURE 0x80
#define SHOWN        0x10
#define INTERFRAME   0x01
#define WIDTH        640
#define HEIGHT       480

/* The first partition, a tenth of a frame, ends in its first packet, and the
 * second begins there. */
static void
write_frame_tag(const struct sound_part *part, uint8_t *p, size_t n)
{
	size_t head = part->key ? KEY_TAG : TAG, first = part->octets / 10;

	if (n < head)
		return;
	first = first < (n - head) / 2 ? first : (n - head) / 2;
	p[0] =
	    (uint8_t)((first & 7) << 5 | SHOWN | (part->key ? 0 : INTERFRAME));
	p[1] = (uint8_t)(first >> 3);
	p[2] = (uint8_t)(first >> 11);
	if (part->key)
		memcpy(p + TAG,
		    (const uint8_t[]){ 0x9D, 0x01, 0x2A, WIDTH & 0xFF,
			WIDTH >> 8, HEIGHT & 0xFF, HEIGHT >> 8 },
		    KEY_TAG - TAG);
}

/* RFC 7741 4.2, 4.3: the descriptor, and the frame tag where a frame begins. */
static size_t
sound_payload_vp8(const struct sound_part *part, uint8_t *p, size_t n)
{
	if (n < DESCRIPTOR)
		return n;
	p[0] = EXTENDED | (part->begins ? STARTS : 0);
	p[1] = HAS_PICTURE;
	p[2] = (uint8_t)(LONG_PICTURE | (part->number >> 8 & 0x7F));
	p[3] = (uint8_t)part->number;
	if (part->begins)
		write_frame_tag(part, p + DESCRIPTOR, n - DESCRIPTOR);
	return n;
}

/* name, clock, kind, ptime, bits/s, frame, head, spread, channels,
 * fragment, frame head, pack, key pack, heads.  AMR's bits are those of 12.2
 * kbit/s, AMR-WB's of 12.65, packed without padding (RFC 4867 4.3): 4 in each
 * payload and 6 in each frame come to those of speech. */
/* clang-format off */
static const struct sound_codec codecs[] = {
	{ "PCMU", 8000, SOUND_REAL, 20, 64000, 1, 0, 0, 1, 0, 0, 0, 0, NULL },
	{ "PCMA", 8000, SOUND_REAL, 20, 64000, 1, 0, 0, 1, 0, 0, 0, 0, NULL },
	/* RFC 3551 4.5.2: 8,000, though it has 16,000 samples. */
	{ "G722", 8000, SOUND_OPAQUE, 20, 64000, 1, 0, 0, 1, 0, 0, 0, 0, NULL },
	{ "G729", 8000, SOUND_OPAQUE, 20, 8000, 10, 0, 0, 1, 0, 0, 0, 0, NULL },
	{ "opus", 48000, SOUND_OPAQUE, 20, 24000, 10, 0, 40, 2, 0, 0, 0, 0, sound_payload_opus },
	{ "G723", 8000, SOUND_OPAQUE, 30, 6400, 30, 0, 0, 1, 0, 0, 0, 0, NULL },
	{ "GSM", 8000, SOUND_OPAQUE, 20, 13200, 20, 0, 0, 1, 0, 0, 0, 0, NULL },
	{ "iLBC", 8000, SOUND_OPAQUE, 30, 13333, 30, 0, 0, 1, 0, 0, 0, 0, NULL },
	{ "G726-40", 8000, SOUND_OPAQUE, 20, 40000, 1, 0, 0, 1, 0, 0, 0, 0, NULL },
	{ "G726-32", 8000, SOUND_OPAQUE, 20, 32000, 1, 0, 0, 1, 0, 0, 0, 0, NULL },
	{ "G726-24", 8000, SOUND_OPAQUE, 20, 24000, 1, 0, 0, 1, 0, 0, 0, 0, NULL },
	{ "G726-16", 8000, SOUND_OPAQUE, 20, 16000, 1, 0, 0, 1, 0, 0, 0, 0, NULL },
	{ "G728", 8000, SOUND_OPAQUE, 20, 16000, 1, 0, 0, 1, 0, 0, 0, 0, NULL },
	{ "L16", 8000, SOUND_OPAQUE, 20, 128000, 1, 0, 0, 1, 0, 0, 0, 0, NULL },
	{ "AMR", 8000, SOUND_OPAQUE, 20, 12500, 20, 4, 0, 1, 0, 0, 0, 0, NULL },
	{ "AMR-WB", 16000, SOUND_OPAQUE, 20, 12950, 20, 4, 0, 1, 0, 0, 0, 0, NULL },
	{ "EVS", 16000, SOUND_OPAQUE, 20, 13200, 20, 0, 0, 1, 0, 0, 0, 0, NULL },
	{ "telephone-event", 8000, SOUND_EVENTS, 20, 0, 0, 0, 0, 1, 0, 0, 0, 0, NULL },
	{ "telephone-event", 16000, SOUND_EVENTS, 20, 0, 0, 0, 0, 1, 0, 0, 0, 0, NULL },
	{ "telephone-event", 48000, SOUND_EVENTS, 20, 0, 0, 0, 0, 1, 0, 0, 0, 0, NULL },
	{ "CN", 8000, SOUND_COMFORT, 20, 0, 0, 0, 0, 1, 0, 0, 0, 0, NULL },
	{ "CN", 16000, SOUND_COMFORT, 20, 0, 0, 0, 0, 1, 0, 0, 0, 0, NULL },
	{ "H264", 90000, SOUND_VIDEO, 0, 0, 0, 0, 0, 1, 2, 1, 0, 0, sound_payload_h264 },
	{ "PS", 90000, SOUND_VIDEO, 0, 0, 0, 0, 0, 1, 0, 0, 28, 35, NULL },
	{ "VP8", 90000, SOUND_VIDEO, 0, 0, 0, 0, 0, 1, 4, 0, 0, 0, sound_payload_vp8 },
};
/* clang-format on */

/* Nothing is said, or this NUMBER. */
static bool
codec_agrees(struct str said, uint32_t number)
{
	uint32_t n;

	return said.n == 0 || (str_u32(said, &n) == 0 && n == number);
}

const struct sound_codec *
sound_codec_find(struct str encoding)
{
	struct str channels, clock, name;

	name = str_cut(encoding, '/', &clock);
	clock = str_cut(clock, '/', &channels);
	for (size_t i = 0; i < COUNT_OF(codecs); i++)
		if (str_iis(name, codecs[i].name) &&
		    codec_agrees(clock, codecs[i].clock) &&
		    codec_agrees(channels, codecs[i].channels))
			return &codecs[i];
	return NULL;
}

unsigned
sound_codec_packet_ms(
    const struct sound_codec *codec, unsigned ptime, unsigned most)
{
	unsigned ms = ptime > 0 ? ptime : codec->ptime_ms;
	unsigned frame = codec->frame_ms > 0 ? codec->frame_ms : 1;

	if (most > 0 && ms > most)
		ms = most;
	if (ms > SOUND_PACKET_MOST_MS)
		ms = SOUND_PACKET_MOST_MS;
	if (ms < SOUND_PACKET_LEAST_MS)
		ms = SOUND_PACKET_LEAST_MS;
	return ms < frame ? frame : ms - ms % frame;
}

uint32_t
sound_codec_ticks(const struct sound_codec *codec, unsigned ms)
{
	return (uint32_t)((uint64_t)codec->clock * ms / 1000);
}

size_t
sound_codec_octets(const struct sound_codec *codec, unsigned ms, uint64_t draw)
{
	uint64_t bits, octets, least, span;

	if (codec->frame_ms == 0)
		return 0;
	ms = (ms + codec->frame_ms - 1) / codec->frame_ms * codec->frame_ms;
	/* In thousandths. */
	bits = (uint64_t)codec->bits_per_s * ms + codec->head_bits * 1000u;
	octets = (bits + 7999) / 8000;
	least = octets * (100 - codec->spread) / 100;
	span = 2 * (octets - least) + 1;
	return (size_t)(least + ((draw >> 32) * span >> 32));
}
