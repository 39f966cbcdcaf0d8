/*
 * A WAV file: refused with a sentence, or samples, which are looked at for
 * digits and concealed as any others.
 */
#include "fuzz.h"

#include "base/err.h"
#include "base/mem.h"
#include "sound/samples.h"
#include "sound/wav.h"

static void
hear(const int16_t *samples, size_t n)
{
	struct dtmf_detector d = { 0 };
	struct sound_conceal c = { 0 };
	char digits[64];
	int16_t out[160];

	fuzz_want(
	    dtmf_detect(&d, samples, n, digits, sizeof(digits)) <= n / 204 + 1);
	fuzz_want(sound_level(samples, n) <= SOUND_LEVEL_SOFTEST);
	sound_conceal_note(&c, samples, n);
	for (int i = 0; i < 4; i++)
		sound_conceal_fill(&c, out, 160);
	fuzz_want(sound_level(out, 160) == SOUND_LEVEL_SOFTEST);
}

int
LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n)
{
	struct str file = { (const char *)bytes, n };
	struct buf out = BUF_INIT;
	const char *why = NULL;
	int16_t *samples, *again;
	size_t nsamples, nagain;
	int err = wav_read(file, &samples, &nsamples, &why);

	fuzz_want((samples != NULL) == (err == 0));
	if (err != 0) {
		fuzz_want(why != NULL && why[0] != '\0');
		return 0;
	}
	fuzz_want(nsamples > 0);
	hear(samples, nsamples);
	fuzz_want(wav_write_head(&out, 1, nsamples) == 0);
	fuzz_want(wav_write_samples(&out, samples, NULL, nsamples) == 0);
	fuzz_want(wav_read(buf_view(&out), &again, &nagain, &why) == 0);
	fuzz_want(nagain == nsamples &&
		  memcmp(again, samples, nsamples * sizeof(*samples)) == 0);
	mem_free(samples);
	mem_free(again);
	buf_free(&out);
	return 0;
}
