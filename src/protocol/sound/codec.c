/* The table of codecs, and what follows from a row. */
#include "sound/payload.h"

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
agrees(struct str said, uint32_t number)
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
	for (size_t i = 0; i < sizeof(codecs) / sizeof(codecs[0]); i++)
		if (str_iis(name, codecs[i].name) &&
		    agrees(clock, codecs[i].clock) &&
		    agrees(channels, codecs[i].channels))
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
