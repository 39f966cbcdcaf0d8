/*
 * What phones say among a run's inputs (sound=FILE.wav): as much of a file as
 * is ever said, in the form that a trace keeps.
 */
#include "inputs/inputs.h"

#include "base/err.h"
#include "base/mem.h"
#include "sound/sine.h"
#include "sound/wav.h"
#include "text/json.h"

#define SECONDS 20 /* of a longer file the first */

int
inputs_sound_text(struct buf *b, const char *name, struct diag *d)
{
	struct buf wav = BUF_INIT;
	const char *why = "";
	int16_t *samples;
	size_t n;
	int err = wav_read(buf_view(b), &samples, &n, &why);

	if (err != 0)
		return diag_set(d, err, name, 0, "%s", _(why));
	n = n < SECONDS * SOUND_RATE ? n : SECONDS * SOUND_RATE;
	wav_write_head(&wav, 1, n);
	err = wav_write_samples(&wav, samples, NULL, n);
	buf_clear(b);
	json_put_base64(b, buf_view(&wav));
	mem_free(samples);
	buf_free(&wav);
	return err != 0 ? err : b->err;
}
