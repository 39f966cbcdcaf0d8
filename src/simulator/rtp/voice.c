/* See rtp/voice.h. */
#include "rtp/voice.h"

#include "base/mem.h"
#include "media/g711.h"
#include "media/rtp.h"
#include "node/world.h"
#include "sound/source.h"

/* How many of each kind differ: phones choose by their names. */
#define VOICES 8

/* X(ID, word) */
#define SOUNDS(X)           \
	X(SPEECH, "speech") \
	X(TONE, "tone")     \
	X(SILENCE, "silence")

enum sound {
#define X(id, word) VOICE_##id,
	SOUNDS(X)
#undef X
	    VOICE_KINDS
};

static const char *const words[VOICE_KINDS] = {
#define X(id, word) word,
	SOUNDS(X)
#undef X
};

/* µ-law, A-law, and what is coded by no codec of ours. */
enum coding { CODED_PCMU, CODED_PCMA, CODED_OTHER, CODINGS };

struct voices {
	struct rtp_voice *of[VOICE_KINDS][VOICES][CODINGS];
};

static void
destroy_voices(void *p)
{
	struct voices *v = p;

	for (unsigned k = 0; k < VOICE_KINDS; k++)
		for (unsigned i = 0; i < VOICES; i++)
			for (unsigned c = 0; c < CODINGS; c++)
				mem_free(v->of[k][i][c]);
	mem_free(v);
}

static void
begin_source(struct sound_source *s, enum sound kind, unsigned number)
{
	*s = (struct sound_source){ 0 };
	if (kind == VOICE_TONE)
		sound_source_tone(s, number);
	else if (kind == VOICE_SPEECH)
		sound_source_speech(s, number);
}

static struct rtp_voice *
make_voice(enum sound kind, unsigned number, enum coding coding)
{
	struct rtp_voice *v = mem_zalloc(1, sizeof(*v));
	int codec = coding == CODED_PCMA ? RTP_PCMA : RTP_PCMU;
	int16_t block[RTP_VOICE_BLOCK];
	struct sound_source s;

	if (v == NULL)
		return NULL;
	begin_source(&s, kind, number);
	for (unsigned i = 0; i < RTP_VOICE_BLOCKS; i++) {
		sound_source_read(&s, block, RTP_VOICE_BLOCK);
		v->silent[i] = sound_source_is_silent(block, RTP_VOICE_BLOCK);
		g711_encode(codec, block, RTP_VOICE_BLOCK,
		    v->coded + i * RTP_VOICE_BLOCK);
	}
	return v;
}

static enum sound
sound_of(const struct node *n)
{
	struct str word = str_of(node_attr(n, "sound", words[VOICE_SPEECH]));
	unsigned kind = 0;

	while (kind + 1 < VOICE_KINDS && !str_is(word, words[kind]))
		kind++;
	return (enum sound)kind;
}

const char *
rtp_voice_word(const struct node *n)
{
	return words[sound_of(n)];
}

const struct rtp_voice *
rtp_voice_of(const struct node *n, const struct sound_codec *codec)
{
	struct world *w = n->world;
	enum sound kind = sound_of(n);
	unsigned number = (unsigned)(str_hash(str_of(n->name)) % VOICES);
	enum coding coding = codec->kind != SOUND_REAL             ? CODED_OTHER
			     : str_is(str_of(codec->name), "PCMA") ? CODED_PCMA
								   : CODED_PCMU;
	struct voices *all = w->sound.state;
	struct rtp_voice **v;

	if (all == NULL) {
		all = mem_zalloc(1, sizeof(*all));
		if (all == NULL)
			return NULL;
		w->sound.state = all;
		w->sound.destroy = destroy_voices;
	}
	v = &all->of[kind][number][coding];
	if (*v == NULL)
		*v = make_voice(kind, number, coding);
	return *v;
}
