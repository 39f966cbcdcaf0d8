/* A row of the table for each kind of source. */
#include "sound/source.h"

#include "sound/level.h"
#include "sound/sine.h"

#include <string.h>

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
