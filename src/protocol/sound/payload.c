/* See sound/payload.h. */
#include "sound/payload.h"

#include <string.h>

/* ---- Opus ---- */

/* RFC 6716 table 2: SILK, wideband, from frames of 10 ms on. */
#define SILK_WIDEBAND 8
#define CODE_SEVERAL  3 /* 3.2.5: so many frames, each as long */

/* The longest frame that MS are so many of: the row of its configuration. */
static unsigned
find_frames(unsigned ms, unsigned *frames)
{
	static const uint8_t lengths[] = { 10, 20, 40, 60 };
	unsigned i = 3;

	while (i > 0 && ms % lengths[i] != 0)
		i--;
	*frames = ms / lengths[i];
	return SILK_WIDEBAND + i;
}

size_t
sound_payload_opus(const struct sound_part *part, uint8_t *p, size_t n)
{
	unsigned frames, config = find_frames(part->ms, &frames);

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

size_t
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

size_t
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
