/*
 * What the files of this room share:
 *
 *   listen.c         sources, and their packets; a block as samples, at
 *                    its time
 *   listen_trace.c   the packets of a trace; the keys of sources that are
 *                    encrypted
 */
#ifndef LISTEN_LISTEN_IN_H
#define LISTEN_LISTEN_IN_H

#include "listen/listen.h"

#include "base/list.h"
#include "quality/jitter_buffer.h"
#include "sound/codec.h"
#include "sound/samples.h"

#define LISTEN_BLOCK    1600 /* octets of a payload: 200 ms of G.711 */
#define LISTEN_PAYLOADS 128

/* A payload that waits. */
struct listen_block {
	const struct sound_codec *codec;
	uint16_t n;
	uint8_t octets[LISTEN_BLOCK];
};

struct listen_source {
	struct list link; /* in l->sources */
	struct listen_facts facts;
	bool began;
	bool deaf;   /* its call hears nothing at present */
	int64_t end; /* the sample behind the last one that is written */
	/* The received sound. */
	struct jitter_buffer playout;
	struct sound_conceal conceal;
	bool sounds;    /* its last block had samples, */
	size_t samples; /* so many */
	bool comforts;  /* or it was comfort noise, */
	uint8_t level;  /* so soft */
	uint64_t draws;
	struct listen_block blocks[JITTER_BUFFER_SLOTS];
	/* The sent sound: when the last packet is placed. */
	uint32_t ts;
	int64_t placed_ns;
};

/* A side's samples, as they add up; in the end none too loud. */
struct listen_track {
	int32_t *sum;
	size_t n, cap;
	uint64_t packets;
	bool sealed; /* some were, whether or not they can be opened */
	bool sounds;
	struct sound_limiter limiter; /* of samples that are taken one by one */
	const struct sound_codec *codecs[LISTEN_PAYLOADS];
	char opaque[200];
};

struct listen {
	int64_t from_ns, to_ns; /* as wanted */
	bool based;
	int64_t base_ns; /* when sample 0 of the sums is played */
	int64_t first;   /* sample; INT64_MAX: none is written */
	size_t length;   /* from FIRST on */
	struct listen_track tracks[LISTEN_SIDES];
	struct list sources; /* struct listen_source */
	size_t nsources;
	bool crowded;
	int err;
};

/* ---- listen.c ---- */

#define LISTEN_SAMPLE_NS (1000000000 / SOUND_RATE)

/* All that is heard up to T_NS is played. */
void listen_play_due(struct listen *l, int64_t t_ns);
/* How many samples there are up to T_NS, whether or not one was written. */
size_t listen_due(const struct listen *l, int64_t t_ns);
/* The first N samples of a side, 160 at most, none too loud; they stay. */
void
listen_look(struct listen *l, enum listen_side side, int16_t *out, size_t n);
/* The first N samples of both sides are done with. */
void listen_drop(struct listen *l, size_t n);

#endif
