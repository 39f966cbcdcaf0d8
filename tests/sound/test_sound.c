/* What phones say as samples: held against libm where it has an answer, and the
 * same bytes from every compiler. */
#include "sound/codec.h"
#include "sound/samples.h"
#include "sound/source.h"

#include "fixtures/sound_check.h"

#include <string.h>

/* Of a minute of each. */
#define TONE_HASH    0x7ecd30a924b3e17u
#define SPEECH_HASH  0x5779808ab8557fa2u
#define DTMF_HASH    0x5a41574aef8c4c1au
#define COMFORT_HASH 0x7e95c652e0d83db9u

/* Octets of MS of audio of an encoding; -1: not known. */
static const struct {
	const char *encoding;
	unsigned ms;
	int ticks, octets;
} packets[] = {
	{ "PCMU/8000", 20, 160, 160 },
	{ "pcma", 30, 240, 240 },
	{ "G722/8000/1", 20, 160, 160 },
	{ "G729/8000", 20, 160, 20 },
	{ "G729/8000", 15, 120, 20 },
	{ "G723", 30, 240, 24 },
	{ "GSM", 20, 160, 33 },
	{ "iLBC/8000", 30, 240, 50 },
	{ "ilbc", 60, 480, 100 },
	{ "G726-40", 20, 160, 100 },
	{ "G726-16", 20, 160, 40 },
	{ "L16/8000", 20, 160, 320 },
	{ "AMR/8000", 20, 160, 32 },
	{ "AMR-WB/16000", 20, 320, 33 },
	{ "EVS/16000", 20, 320, 33 },
	{ "CN/8000", 20, 160, 0 },
	{ "telephone-event/48000", 20, 960, 0 },
	{ "H264/90000", 100, 9000, 0 },
	{ "", 20, 0, -1 },
	{ "PCMU/16000", 20, 0, -1 },
	{ "PCMU/8000/2", 20, 0, -1 },
	{ "opus/48000/1", 20, 0, -1 },
	{ "PCMU/8000x", 20, 0, -1 },
	{ "SPEEX/8000", 20, 0, -1 },
};

static void
codecs(void)
{
	const struct sound_codec *c;
	size_t octets, sum = 0;

	for (size_t i = 0; i < sizeof(packets) / sizeof(packets[0]); i++) {
		c = sound_codec_find(str_of(packets[i].encoding));
		CU_ASSERT_EQUAL(c == NULL, packets[i].octets < 0);
		if (c == NULL)
			continue;
		octets = (size_t)packets[i].octets;
		CU_ASSERT_EQUAL(sound_codec_ticks(c, packets[i].ms),
		    (uint32_t)packets[i].ticks);
		CU_ASSERT_EQUAL(
		    sound_codec_octets(c, packets[i].ms, 0), octets);
		CU_ASSERT_EQUAL(
		    sound_codec_octets(c, packets[i].ms, UINT64_MAX), octets);
	}
	c = sound_codec_find(STR("Opus/48000/2"));
	CU_ASSERT_PTR_NOT_NULL_FATAL(c);
	CU_ASSERT_EQUAL(sound_codec_ticks(c, 20), 960);
	CU_ASSERT_EQUAL(sound_codec_octets(c, 20, 0), 36);
	CU_ASSERT_EQUAL(sound_codec_octets(c, 20, UINT64_MAX), 84);
	for (uint64_t i = 0; i < 1000; i++) {
		octets = sound_codec_octets(c, 20, i * (UINT64_MAX / 1000));
		sum += octets;
	}
	CU_ASSERT_EQUAL(sum / 1000, 59); /* of 60 without rounding down */
}

static void
sines(void)
{
	double want, most = 0;

	for (uint64_t p = 0; p <= UINT32_MAX; p += 1234567) {
		want = 32767 * sin(2 * M_PI * (double)p / 4294967296.0);
		most = fmax(most, fabs(want - sound_sine((uint32_t)p)));
	}
	CU_ASSERT_EQUAL(sound_sine(0), 0);
	CU_ASSERT_EQUAL(sound_sine(0x40000000), 32767);
	CU_ASSERT_EQUAL(sound_sine(0xC0000000), -32767);
	CU_ASSERT(most < 4);
	CU_ASSERT_EQUAL(sound_clip(40000), 32767);
	CU_ASSERT_EQUAL(sound_clip(-40000), -32768);
}

static void
levels(void)
{
	int16_t block[8000];
	double want;

	for (unsigned level = 0; level < 127; level++) {
		want = 32768 * pow(10, -(double)level / 20);
		CU_ASSERT_DOUBLE_EQUAL(sound_level_rms(level) / 256.0, want,
		    want / 1e5 + 1.0 / 256);
	}
	CU_ASSERT_EQUAL(sound_level_rms(127), 0);
	for (int a = 1; a <= 32767; a += a / 7 + 1) {
		for (int i = 0; i < 8000; i++)
			block[i] = (int16_t)(i % 2 ? a : -a);
		want = -20 * log10(a / 32768.0);
		CU_ASSERT_EQUAL(sound_level(block, 8000), lround(want));
		for (int i = 0; i < 8000; i++)
			block[i] = 0;
		block[5] = (int16_t)a; /* alone, 39 dB less */
		want += 10 * log10(8000);
		CU_ASSERT_EQUAL(sound_level(block, 8000), lround(want));
	}
	memset(block, 0, sizeof(block));
	CU_ASSERT_EQUAL(sound_level(block, 8000), 127);
	CU_ASSERT_EQUAL(sound_level(block, 0), 127);
	for (int i = 0; i < 160; i++)
		block[i] = -32768;
	CU_ASSERT_EQUAL(sound_level(block, 160), 0);
}

/* Spurts and pauses are as long as those of people, the pauses are not dead,
 * and no two phones say the same. */
static void
speech(void)
{
	static int16_t said[MINUTE], others[MINUTE];
	struct sound_source s;
	unsigned silent = 0, spurts = 0, level;
	bool was = true, is;

	sound_source_speech(&s, 2);
	sound_source_read(&s, others, MINUTE);
	sound_source_speech(&s, 1);
	sound_source_read(&s, said, MINUTE);
	CU_ASSERT(memcmp(said, others, sizeof(said)) != 0);
	for (size_t i = 0; i < MINUTE; i += 160) {
		is = sound_source_is_silent(said + i, 160);
		level = sound_level(said + i, 160);
		CU_ASSERT(level >= 12 && level < 70);
		silent += is;
		spurts += was && !is;
		was = is;
	}
	CU_ASSERT(silent > 0.35 * 3000 && silent < 0.5 * 3000);
	CU_ASSERT(spurts > 27 && spurts < 50);
	level = sound_level(said, MINUTE);
	CU_ASSERT(level >= 18 && level <= 28);
}

static void
samples(void)
{
	static const int16_t made[3] = { 1, -2, 3 };
	int16_t out[8010];
	struct sound_source s = { 0 };

	sound_source_read(&s, out, 10);
	CU_ASSERT(sound_source_is_silent(out, 10) && out[9] == 0);
	sound_source_samples(&s, made, 3);
	sound_source_read(&s, out, 8010);
	CU_ASSERT(memcmp(out, made, sizeof(made)) == 0);
	CU_ASSERT(out[3] == 0 && out[8002] == 0);
	CU_ASSERT(memcmp(out + 8003, made, sizeof(made)) == 0);
	sound_source_samples(&s, NULL, 0);
	sound_source_read(&s, out, 8010);
	CU_ASSERT(out[0] == 0 && out[8009] == 0);
}

/* The samples of a minute have a hash that is the same everywhere. */
static void
want_hash(const char *what, const int16_t *minute, uint64_t want)
{
	uint64_t h = STR_HASH_START;
	char octets[2];

	for (size_t i = 0; i < MINUTE; i++) {
		octets[0] = (char)minute[i];
		octets[1] = (char)(minute[i] >> 8);
		h = str_hash_add(h, (struct str){ octets, 2 });
	}
	h = str_hash_end(h);
	CU_ASSERT_EQUAL(h, want);
	if (h != want)
		printf("BAD %s: %#llx\n", what, (unsigned long long)h);
}

/* Whatever the compiler and its flags, and in whatever blocks it is read. */
static void
same_everywhere(void)
{
	static int16_t block[MINUTE];
	struct sound_source s;
	size_t n, step = 1;
	uint64_t draws = 42;

	sound_source_tone(&s, 3);
	sound_source_read(&s, block, MINUTE);
	want_hash("tone", block, TONE_HASH);
	sound_source_speech(&s, 7);
	for (size_t i = 0; i < MINUTE; i += n, step = step % 333 + 1) {
		n = MINUTE - i < step ? MINUTE - i : step;
		sound_source_read(&s, block + i, n);
	}
	want_hash("speech", block, SPEECH_HASH);
	for (size_t i = 0; i < 16; i++)
		dtmf_write("123A456B789C*0#D"[i], DTMF_AMPLITUDE, i,
		    block + i * 30000, 30000);
	want_hash("digits", block, DTMF_HASH);
	sound_comfort_write(&draws, 40, block, MINUTE);
	want_hash("comfort noise", block, COMFORT_HASH);
}

CHECK_MAIN("sound", { "codecs", codecs }, { "sines", sines },
    { "levels", levels }, { "speech", speech }, { "samples", samples },
    { "same everywhere", same_everywhere })
