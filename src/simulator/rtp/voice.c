/* See rtp/voice.h. */
#include "rtp/voice.h"

#include "base/err.h"
#include "base/map.h"
#include "base/mem.h"
#include "media/g711.h"
#include "media/rtp.h"
#include "node/world.h"
#include "sound/samples.h"
#include "sound/wav.h"
#include "text/json.h"

#define BLOCKS       500 /* 10 s of a synthesized sound */
#define BLOCKS_TONE  450 /* whole seconds: a tone goes on where it began */
#define BLOCKS_MORE  8   /* that the longest payload may need */
#define PAUSE_BLOCKS 50  /* 1 s between two times of a file's sound */

/* How many of each kind differ, except for tones: phones choose by their names.
 */
#define VOICES 8

static const char *const words[RTP_SOUND_COUNT] = {
#define X(id, word) [RTP_SOUND_##id] = word,
	RTP_SOUNDS(X)
#undef X
};

/* µ-law, A-law, and codecs that are not implemented. */
enum coding { CODED_PCMU, CODED_PCMA, CODED_OTHER, CODINGS };

struct voices {
	struct rtp_voice *of[RTP_SOUND_COUNT][SOUND_TONES][CODINGS];
	struct map *files[CODINGS]; /* name → struct rtp_voice *; NULL: none */
};

static void
destroy_voices(void *p)
{
	struct voices *v = p;

	if (v == NULL)
		return;
	for (unsigned k = 0; k < RTP_SOUND_COUNT; k++)
		for (unsigned i = 0; i < SOUND_TONES; i++)
			for (unsigned c = 0; c < CODINGS; c++)
				mem_free(v->of[k][i][c]);
	for (unsigned c = 0; c < CODINGS; c++)
		map_destroy_all(v->files[c]);
	mem_free(v);
}

/* Ode to Joy, in A: none of its notes is of a digit's frequencies. */
static const struct sound_note melody[] = { { 554, 300 }, { 554, 300 },
	{ 587, 300 }, { 659, 300 }, { 659, 300 }, { 587, 300 }, { 554, 300 },
	{ 494, 300 }, { 440, 300 }, { 440, 300 }, { 494, 300 }, { 554, 300 },
	{ 554, 450 }, { 494, 150 }, { 494, 600 } };
/* E.180: 425 Hz, a second of five. */
static const struct sound_note ringing[] = { { 425, 1000 }, { 0, 4000 } };
static const struct sound_note beep[] = { { 1000, 400 }, { 0, 9600 } };

#define NOTES(list)                  \
	{                            \
		list, COUNT_OF(list) \
	}

static const struct {
	const struct sound_note *notes;
	size_t n;
} tunes[RTP_SOUND_COUNT] = {
	[RTP_SOUND_MUSIC] = NOTES(melody),
	[RTP_SOUND_RINGING] = NOTES(ringing),
	[RTP_SOUND_BEEP] = NOTES(beep),
};

static void
begin_source(struct sound_source *s, enum rtp_sound kind, unsigned number)
{
	*s = (struct sound_source){ 0 };
	if (kind == RTP_SOUND_TONE)
		sound_source_tone(s, number);
	else if (kind == RTP_SOUND_SPEECH)
		sound_source_speech(s, number);
	else if (kind == RTP_SOUND_PROMPT)
		sound_source_speech(s, VOICES + number);
	else if (tunes[kind].n > 0)
		sound_source_notes(s, tunes[kind].notes, tunes[kind].n);
}

/* What S says, for N blocks. */
static struct rtp_voice *
code_voice(struct sound_source *s, size_t n, enum coding coding)
{
	size_t all = n + BLOCKS_MORE;
	struct rtp_voice *v =
	    mem_zalloc(1, sizeof(*v) + all * (RTP_VOICE_BLOCK + 1));
	int codec = coding == CODED_PCMA ? RTP_PCMA : RTP_PCMU;
	int16_t block[RTP_VOICE_BLOCK];

	if (v == NULL)
		return NULL;
	v->nblocks = n;
	v->coded = (uint8_t *)(v + 1);
	v->level = v->coded + all * RTP_VOICE_BLOCK;
	for (size_t i = 0; i < all; i++) {
		sound_source_read(s, block, RTP_VOICE_BLOCK);
		v->level[i] = sound_level(block, RTP_VOICE_BLOCK);
		g711_encode(codec, block, RTP_VOICE_BLOCK,
		    v->coded + i * RTP_VOICE_BLOCK);
	}
	return v;
}

static struct rtp_voice *
make_voice(enum rtp_sound kind, unsigned number, enum coding coding)
{
	struct sound_source s;
	struct rtp_voice *v;

	begin_source(&s, kind, number);
	v = code_voice(&s,
	    kind == RTP_SOUND_TONE ? BLOCKS_TONE : BLOCKS - BLOCKS_MORE,
	    coding);
	if (v != NULL)
		v->once = kind == RTP_SOUND_BEEP;
	return v;
}

/* ---- of a file ---- */

/* TEXT is a WAV file in base64; a trace that was changed may have another,
 * which is silence. */
static struct rtp_voice *
voice_read(const char *text, enum coding coding)
{
	struct sound_source s = { 0 };
	LOCAL_BUF file = BUF_INIT;
	LOCAL_MEM int16_t *samples = NULL;
	struct rtp_voice *v = NULL;
	const char *why;
	size_t n = 0;
	int err = json_base64(str_of(text), &file);

	if (err == 0)
		err = wav_read(buf_view(&file), &samples, &n, &why);
	if (samples != NULL)
		sound_source_samples(&s, samples, n);
	if (err != ERR_NOMEM)
		v = code_voice(&s, n / RTP_VOICE_BLOCK + PAUSE_BLOCKS, coding);
	return v;
}

static struct rtp_voice *
find_file(struct voices *all, const struct world *w, struct str name,
    enum coding coding)
{
	struct map **files = &all->files[coding];
	const char *text = map_get(w->texts, name);
	struct rtp_voice *v;

	if (text == NULL || (*files == NULL && map_create(files) != 0))
		return NULL;
	v = map_get(*files, name);
	if (v != NULL)
		return v;
	v = voice_read(text, coding);
	if (v == NULL || map_put(*files, name, v) == 0)
		return v;
	mem_free(v);
	return NULL;
}

/* ---- what a phone says ---- */

const char *
rtp_voice_word(const struct node *n, enum rtp_sound sound)
{
	return sound != RTP_SOUND_USER
		   ? words[sound]
		   : node_attr(n, "sound", words[RTP_SOUND_SPEECH]);
}

enum rtp_sound
rtp_voice_find(const char *word)
{
	for (unsigned k = RTP_SOUND_USER + 1; k < RTP_SOUND_COUNT; k++)
		if (str_is(str_of(word), words[k]))
			return (enum rtp_sound)k;
	return RTP_SOUND_USER;
}

static struct voices *
voices_of(struct world *w)
{
	if (w->sound.state == NULL)
		w->sound.state = mem_zalloc(1, sizeof(struct voices));
	w->sound.destroy = destroy_voices;
	return w->sound.state;
}

/* How many nodes with a user stand before N in its topology. */
static unsigned
find_rank(const struct node *n)
{
	unsigned rank = 0;
	size_t at = 0;
	void *other;
	struct str name;

	while (map_next(n->world->nodes, &at, &name, &other) && other != n)
		rank +=
		    (((const struct node *)other)->traits & TRAIT_USER) != 0;
	return rank;
}

unsigned
rtp_voice_number(const struct node *n, enum rtp_sound sound)
{
	return rtp_voice_find(rtp_voice_word(n, sound)) == RTP_SOUND_TONE
		   ? find_rank(n) % SOUND_TONES
		   : (unsigned)(str_hash(str_of(n->name)) % VOICES);
}

const struct rtp_voice *
rtp_voice_of(const struct node *n, enum rtp_sound sound, unsigned number,
    const struct sound_codec *codec)
{
	const char *word = rtp_voice_word(n, sound);
	enum rtp_sound kind = rtp_voice_find(word);
	enum coding coding = codec->kind != SOUND_REAL             ? CODED_OTHER
			     : str_is(str_of(codec->name), "PCMA") ? CODED_PCMA
								   : CODED_PCMU;
	struct voices *all = voices_of(n->world);
	struct rtp_voice **v;

	if (all == NULL)
		return NULL;
	if (kind == RTP_SOUND_USER)
		return find_file(all, n->world, str_of(word), coding);
	number %= kind == RTP_SOUND_TONE ? SOUND_TONES : VOICES;
	v = &all->of[kind][number][coding];
	if (*v == NULL)
		*v = make_voice(kind, number, coding);
	return *v;
}

int
rtp_voice_samples(const struct node *n, int16_t **samples, size_t *nsamples)
{
	const struct rtp_voice *v =
	    rtp_voice_of(n, RTP_SOUND_USER, rtp_voice_number(n, RTP_SOUND_USER),
		sound_codec_find(STR("PCMU/8000")));

	*nsamples = v != NULL ? v->nblocks * RTP_VOICE_BLOCK : 0;
	*samples = v != NULL ? mem_alloc(*nsamples * sizeof(**samples)) : NULL;
	if (*samples == NULL)
		return ERR_NOMEM;
	g711_decode(0, v->coded, *nsamples, *samples);
	return 0;
}
