/*
 * What a packet of each codec carries: the clock of its timestamps, how long it
 * usually is and how many octets that takes (RFC 3551 4.5 and 5, RFC 7587,
 * RFC 4867, RFC 3951, RFC 4733, RFC 3389, RFC 6184, RFC 7741, RFC 2250).
 */
#ifndef SOUND_CODEC_H
#define SOUND_CODEC_H

#include "base/str.h"

enum sound_kind {
	SOUND_REAL,    /* G.711: samples are coded and decoded */
	SOUND_OPAQUE,  /* octets of the right number and no meaning */
	SOUND_VIDEO,   /* frames, likewise (sound/source.h) */
	SOUND_EVENTS,  /* telephone events */
	SOUND_COMFORT, /* comfort noise */
};

/* What a payload is, beside its octets. */
struct sound_part {
	unsigned ms;       /* of audio */
	bool key;          /* of a frame of video: a key frame, */
	uint16_t number;   /* so many frames behind the first, */
	size_t octets;     /* so long; */
	bool whole;        /* all of it, */
	bool begins, ends; /* or its first part, or its last */
};

struct sound_codec {
	const char *name; /* the encoding name of SDP */
	uint32_t clock;
	enum sound_kind kind;
	uint16_t ptime_ms;   /* usually */
	uint32_t bits_per_s; /* of audio, in payloads; of the mode usual */
	uint8_t frame_ms;  /* what audio is coded in; packets have them whole */
	uint8_t head_bits; /* in each payload of audio, besides */
	uint8_t spread;    /* how many percent sizes differ, up and down */
	uint8_t channels;  /* as SDP says: RFC 7587 7 has two for Opus */
	/* Octets that a fragment of a frame of video begins with, and those of
	 * the frame that these stand for; frames that fit into a packet go
	 * whole where there are any such (RFC 6184 5.6, 5.8; RFC 7741 4.2). */
	uint8_t fragment_head, frame_head;
	/* Octets that a frame has beside its own where it is a pack of an MPEG
	 * program stream (RFC 2250 2): head of the pack 14 and of the PES 14,
	 * and a key frame's system header 15 and map 20. */
	uint8_t pack, key_pack;
	/* What the N octets at P, which mean nothing, are as a payload
	 * (sound/codec.c); NULL: just these. */
	size_t (*write_heads)(
	    const struct sound_part *part, uint8_t *p, size_t n);
};

/* The codec of an encoding, "opus/48000/2" or its name alone, letters of either
 * size; NULL: none that is known with that clock and so many channels. */
const struct sound_codec *sound_codec_find(struct str encoding);
/* What packets of audio last at least and at most, by whatever description. */
#define SOUND_PACKET_LEAST_MS 5
#define SOUND_PACKET_MOST_MS  120
/* RFC 8866 6.4, 6.5: how long packets of audio are for a receiver who would
 * like PTIME milliseconds and takes at most MOST (0: it has not said so): whole
 * frames. */
unsigned sound_codec_packet_ms(
    const struct sound_codec *codec, unsigned ptime, unsigned most);
/* How far timestamps move on in MS. */
uint32_t sound_codec_ticks(const struct sound_codec *codec, unsigned ms);
/* The payload of audio of MS, in whole frames; DRAW, of 0 to 2^64 - 1, decides
 * where sizes differ. */
size_t
sound_codec_octets(const struct sound_codec *codec, unsigned ms, uint64_t draw);

#endif
