#include "sound/video.h"

#define KEY_SECONDS 4
#define KEY_LARGER  5 /* times */

void
sound_video_begin(struct sound_video *v, const struct sound_codec *codec,
    unsigned fps, unsigned kbit_s)
{
	*v = (struct sound_video){
		.codec = codec,
		.fps = fps,
		.kbit_s = kbit_s,
	};
}

/* OCTETS, or PERCENT more or fewer at most. */
static size_t
vary(uint64_t octets, unsigned percent, uint64_t draw)
{
	uint64_t least = octets * (100 - percent) / 100;

	return (
	    size_t)(least + ((draw >> 32) * (2 * (octets - least) + 1) >> 32));
}

void
sound_video_next(
    struct sound_video *v, uint64_t draw, struct sound_video_frame *frame)
{
	uint64_t frames = (uint64_t)KEY_SECONDS * v->fps;
	uint64_t octets =
	    (uint64_t)KEY_SECONDS * v->kbit_s * 125 / (frames - 1 + KEY_LARGER);

	frame->key = v->until_key == 0;
	frame->number = v->number++;
	frame->ticks = v->codec->clock / v->fps;
	frame->octets = frame->key ? vary(KEY_LARGER * octets, 20, draw)
				   : vary(octets, 25, draw);
	frame->octets += v->codec->pack;
	if (frame->key)
		frame->octets += v->codec->key_pack;
	v->until_key = (frame->key ? (unsigned)frames : v->until_key) - 1;
}

/* Whether a frame goes in one packet as it is. */
static bool
goes_whole(const struct sound_codec *codec, size_t octets, size_t max)
{
	return codec->frame_head > 0 && octets <= max;
}

/* Octets of it that fragments have, without their heads. */
static size_t
in_fragments(const struct sound_codec *codec, size_t octets)
{
	return octets > codec->frame_head ? octets - codec->frame_head : 0;
}

size_t
sound_video_packets(const struct sound_codec *codec, size_t octets, size_t max)
{
	size_t each = max - codec->fragment_head;
	size_t n = (in_fragments(codec, octets) + each - 1) / each;

	return n == 0 || goes_whole(codec, octets, max) ? 1 : n;
}

size_t
sound_video_payload(
    const struct sound_codec *codec, size_t octets, size_t max, size_t i)
{
	size_t each = max - codec->fragment_head, left;

	if (goes_whole(codec, octets, max))
		return octets;
	left = in_fragments(codec, octets) - i * each;
	return codec->fragment_head + (left < each ? left : each);
}

struct sound_part
sound_video_part(const struct sound_codec *codec,
    const struct sound_video_frame *f, size_t max, size_t i)
{
	return (struct sound_part){
		.key = f->key,
		.number = f->number,
		.octets = f->octets,
		.whole = goes_whole(codec, f->octets, max),
		.begins = i == 0,
		.ends = i + 1 == sound_video_packets(codec, f->octets, max),
	};
}
