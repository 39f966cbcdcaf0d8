/* Syllables drawn one after the other; what is heard of each is a table's
 * row. */
#include "sound/speech.h"

#include "sound/sine.h"

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

void
sound_speech_begin(struct sound_speech *s, uint64_t seed)
{
	*s = (struct sound_speech){ .draws = seed };
	sound_draw(&s->draws);
	s->pitch_hz = sound_draw_between(&s->draws, 95, 210);
	s->syllables = sound_draw_between(&s->draws, 4, 6);
}

void
sound_speech_read(struct sound_speech *s, int16_t *out, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		if (s->at == s->length)
			begin_next(s);
		out[i] = sound_clip(say[s->piece](s) + draw_noise(s, ROOM));
		s->at++;
	}
}
