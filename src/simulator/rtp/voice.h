/*
 * What phones say, coded beforehand: some seconds of it, again and again, which
 * all that say the same share.
 */
#ifndef RTP_VOICE_H
#define RTP_VOICE_H

#include "node/node.h"
#include "sound/codec.h"
#include "sound/source.h"

/* Blocks of 20 ms, as long as G.711 needs them; codecs without samples of
 * theirs have octets without a meaning there. */
#define RTP_VOICE_MS    20
#define RTP_VOICE_BLOCK 160

struct rtp_voice {
	size_t nblocks; /* that are said, then the first again … */
	bool once;      /* … or, of this, the last */
	/* Behind them more of it is there, as much as the longest packet has.
	 */
	uint8_t *coded;
	uint8_t *level; /* how loud each is, as sound_level has it */
};

/* The block is silent. */
static inline bool
rtp_voice_is_silent(const struct rtp_voice *v, size_t block)
{
	return v->level[block] > SOUND_SILENT_LEVEL;
}

/* X(ID, word): sounds.  The first are a user's, as the attribute `sound` has
 * them. */
#define RTP_SOUNDS(X)                                                     \
	X(SPEECH, "speech")                                               \
	X(TONE, "tone")                                                   \
	X(SILENCE, "silence")                                             \
	X(MIX, "mix") /* nothing of its own: what others say is put in */ \
	X(MUSIC, "music")                                                 \
	X(RINGING, "ring-back") /* ITU-T E.180 */                         \
	X(PROMPT, "prompt")     /* like speech, each by its number */     \
	X(BEEP, "beep")         /* once, then silence */

enum rtp_sound {
	RTP_SOUND_USER, /* the node's user: one of the following, or a file's */
#define X(id, word) RTP_SOUND_##id,
	RTP_SOUNDS(X)
#undef X
	    RTP_SOUND_COUNT
};

/* The one called WORD; RTP_SOUND_USER: none is. */
enum rtp_sound rtp_voice_find(const char *word);
/* SOUND as N has it, one of a NUMBER of them, by CODEC; it stays as long as the
 * world.  NULL when memory is out. */
const struct rtp_voice *rtp_voice_of(const struct node *n, enum rtp_sound sound,
    unsigned number, const struct sound_codec *codec);
/* Which SOUND of that kind N has: the first fifteen nodes with a user have
 * tones that differ, all else goes by its name. */
unsigned rtp_voice_number(const struct node *n, enum rtp_sound sound);

/* What N's user says, 8,000 samples a second: *SAMPLES, the caller's, and how
 * many.  0 or ERR_NOMEM. */
int
rtp_voice_samples(const struct node *n, int16_t **samples, size_t *nsamples);

/* The word for SOUND as N has it: "speech", or the name of a WAV file. */
const char *rtp_voice_word(const struct node *n, enum rtp_sound sound);

#endif
