/* A row of the table for each kind of source. */
#include "sound/source.h"

#include "sound/samples.h"

#include <string.h>

/* ---- like speech: syllables drawn, each with its row of sounds ---- */
#define MS    (SOUND_RATE / 1000) /* samples */
#define LOUD  9000                /* the peak of a vowel */
#define HISS  1500
#define ROOM  32
#define TOP   3400 /* Hz: what a telephone passes */
#define WIDTH 120  /* Hz: half a formant's */

/* The first three formants of a, e, i, o, u, in Hz. */
static const uint16_t vowels[5][3] = { { 730, 1090, 2440 }, { 530, 1840, 2480 },
	{ 270, 2290, 3010 }, { 570, 840, 2410 }, { 300, 870, 2240 } };
static const uint16_t formant_gain[3] = { 4000, 2000, 1000 };

/* A draw of -MOST to MOST. */
static int
draw_noise(struct sound_speech *s, int most)
{
	return (int)sound_draw_between(&s->draws, 0, 2 * (unsigned)most) - most;
}

static int
harmonic_gain(const uint16_t formants[3], int hz)
{
	int gain = 20, off;

	for (int i = 0; i < 3; i++) {
		off = hz - formants[i];
		gain += formant_gain[i] * WIDTH / (WIDTH + off * off / WIDTH);
	}
	return gain;
}

/* One period: the harmonics that the formants leave.  Their phases keep its
 * peak low. */
static void
fill_wave(struct sound_speech *s, const uint16_t formants[3], unsigned hz)
{
	int sum[SOUND_SPEECH_WAVE] = { 0 }, peak = 1, gain;
	uint32_t phase;

	for (unsigned k = 1; k * hz < TOP && k < SOUND_SPEECH_WAVE / 2; k++) {
		gain = harmonic_gain(formants, (int)(k * hz));
		for (unsigned i = 0; i < SOUND_SPEECH_WAVE; i++) {
			phase = k * i * (UINT32_MAX / SOUND_SPEECH_WAVE + 1) +
				k * k * 0x0C000000u;
			sum[i] += gain * sound_sine(phase) / 4096;
		}
	}
	for (unsigned i = 0; i < SOUND_SPEECH_WAVE; i++)
		if (sum[i] > peak || -sum[i] > peak)
			peak = sum[i] < 0 ? -sum[i] : sum[i];
	for (unsigned i = 0; i < SOUND_SPEECH_WAVE; i++)
		s->wave[i] = (int16_t)((int64_t)sum[i] * LOUD / peak);
}

static void
begin_piece(struct sound_speech *s, enum sound_piece piece, unsigned least_ms,
    unsigned most_ms)
{
	s->piece = piece;
	s->at = 0;
	s->length = MS * sound_draw_between(&s->draws, least_ms, most_ms);
}

static void
begin_vowel(struct sound_speech *s)
{
	unsigned hz =
	    s->pitch_hz * sound_draw_between(&s->draws, 88, 120) / 100;

	fill_wave(s, vowels[sound_draw_between(&s->draws, 0, 4)], hz);
	begin_piece(s, SOUND_VOWEL, 100, 220);
	s->phase = 0;
	s->turn = sound_turn(hz, 1);
	s->fall = s->turn / 6 / s->length; /* by a sixth till its end */
}

static void
begin_syllable(struct sound_speech *s)
{
	if (sound_draw(&s->draws) % 2 == 0)
		begin_piece(s, SOUND_HISS, 30, 70);
	else
		begin_vowel(s);
}

static void
begin_next(struct sound_speech *s)
{
	if (s->piece == SOUND_HISS) {
		begin_vowel(s);
	} else if (s->syllables == 0) {
		s->syllables = sound_draw_between(&s->draws, 4, 6);
		begin_piece(s, SOUND_PAUSE, 400, 1000);
	} else {
		s->syllables--;
		begin_syllable(s);
	}
}

static int
say_pause(struct sound_speech *s)
{
	(void)s;
	return 0;
}

/* High sounds: the differences of draws. */
static int
say_hiss(struct sound_speech *s)
{
	int before = s->last;

	s->last = draw_noise(s, HISS);
	return s->last - before;
}

/* Swells for 20 ms, and fades in the last 60. */
static int
say_vowel(struct sound_speech *s)
{
	unsigned i = s->phase >> 25, left = s->length - s->at;
	int part = (int)(s->phase >> 10 & 0x7FFF);
	int a = s->wave[i], b = s->wave[(i + 1) % SOUND_SPEECH_WAVE];
	int sample = a + (b - a) * part / 0x8000;

	s->phase += s->turn;
	s->turn -= s->fall;
	if (s->at < 20 * MS)
		sample = sample * (int)s->at / (20 * MS);
	if (left < 60 * MS)
		sample = sample * (int)left / (60 * MS);
	return sample;
}

static int (*const say[])(struct sound_speech *) = {
	[SOUND_PAUSE] = say_pause,
	[SOUND_HISS] = say_hiss,
	[SOUND_VOWEL] = say_vowel,
};

/* Begins with a spurt. */
static void
sound_speech_begin(struct sound_speech *s, uint64_t seed)
{
	*s = (struct sound_speech){ .draws = seed };
	sound_draw(&s->draws);
	s->pitch_hz = sound_draw_between(&s->draws, 95, 210);
	s->syllables = sound_draw_between(&s->draws, 4, 6);
}

static void
sound_speech_read(struct sound_speech *s, int16_t *out, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		if (s->at == s->length)
			begin_next(s);
		out[i] = sound_clip(say[s->piece](s) + draw_noise(s, ROOM));
		s->at++;
	}
}

#define TONE  8000 /* the peak of a tone: -15 dBov */
#define SWELL 80   /* samples until a note has its peak: 10 ms */

/* From A3 to F#6, five to the octave, so that several together sound well. */
static const uint16_t tones[SOUND_TONES] = { 440, 494, 554, 659, 740, 880, 988,
	1109, 1319, 1480, 220, 247, 277, 330, 370 };

unsigned
sound_tone_hz(unsigned number)
{
	return tones[number % SOUND_TONES];
}

void
sound_source_tone(struct sound_source *s, unsigned number)
{
	*s = (struct sound_source){
		.kind = SOUND_TONE,
		.turn = sound_turn(sound_tone_hz(number), 1),
	};
}

void
sound_source_speech(struct sound_source *s, uint64_t seed)
{
	*s = (struct sound_source){ .kind = SOUND_SPEECH };
	sound_speech_begin(&s->speech, seed);
}

void
sound_source_samples(struct sound_source *s, const int16_t *samples, size_t n)
{
	*s = (struct sound_source){
		.kind = SOUND_SAMPLES,
		.samples = samples,
		.nsamples = n,
	};
}

static void
read_silence(struct sound_source *s, int16_t *out, size_t n)
{
	(void)s;
	memset(out, 0, n * sizeof(*out));
}

static void
read_tone(struct sound_source *s, int16_t *out, size_t n)
{
	for (size_t i = 0; i < n; i++, s->phase += s->turn)
		out[i] = (int16_t)(sound_sine(s->phase) * TONE / 32767);
}

static void
read_speech(struct sound_source *s, int16_t *out, size_t n)
{
	sound_speech_read(&s->speech, out, n);
}

static void
read_samples(struct sound_source *s, int16_t *out, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		out[i] = 0;
		if (s->at < s->nsamples)
			out[i] = s->samples[s->at];
		s->at = (s->at + 1) % (s->nsamples + SOUND_RATE);
	}
}

void
sound_source_notes(
    struct sound_source *s, const struct sound_note *notes, size_t n)
{
	*s = (struct sound_source){
		.kind = SOUND_NOTES,
		.notes = notes,
		.nnotes = n,
		.turn = sound_turn(notes[0].hz, 1),
	};
}

/* Sample AT of N: a note begins and ends softly. */
static int
swell(size_t at, size_t n)
{
	size_t edge = at < n - at ? at : n - at;

	return edge < SWELL ? (int)(TONE * edge / SWELL) : TONE;
}

static int16_t
read_note(struct sound_source *s)
{
	size_t n = (size_t)s->notes[s->note].ms * (SOUND_RATE / 1000);
	int amplitude = swell(s->at, n);
	int16_t sample = (int16_t)(sound_sine(s->phase) * amplitude / 32767);

	s->phase += s->turn;
	if (++s->at < n)
		return sample;
	s->at = 0;
	s->note = (s->note + 1) % s->nnotes;
	s->turn = sound_turn(s->notes[s->note].hz, 1);
	if (s->turn == 0)
		s->phase = 0;
	return sample;
}

static void
read_notes(struct sound_source *s, int16_t *out, size_t n)
{
	for (size_t i = 0; i < n; i++)
		out[i] = read_note(s);
}

static void (*const readers[])(struct sound_source *, int16_t *, size_t) = {
	[SOUND_SILENCE] = read_silence,
	[SOUND_TONE] = read_tone,
	[SOUND_SPEECH] = read_speech,
	[SOUND_SAMPLES] = read_samples,
	[SOUND_NOTES] = read_notes,
};

void
sound_source_read(struct sound_source *s, int16_t *out, size_t n)
{
	readers[s->kind](s, out, n);
}

bool
sound_source_is_silent(const int16_t *block, size_t n)
{
	return sound_level(block, n) > SOUND_SILENT_LEVEL;
}

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
