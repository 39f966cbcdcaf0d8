/*
 * WAV files (RIFF) as bytes: read to 8,000 samples a second of one channel,
 * whatever they have, and written.
 */
#ifndef SOUND_WAV_H
#define SOUND_WAV_H

#include "base/buf.h"

#define WAV_MINUTES 10 /* at most, of a file that is read */
#define WAV_HEAD    44 /* octets before the samples that are written */

/* NAME is that of such a file, by its end. */
bool wav_is_named(struct str name);

/*
 * PCM of 8 or 16 bits, µ-law or A-law, one channel or two (mixed), of 8,000 to
 * 48,000 samples a second.  The caller frees *SAMPLES (mem_free); there is one
 * at least.  0, or ERR_SYNTAX, ERR_UNSUPPORTED, ERR_LIMIT or ERR_NOMEM with
 * *WHY, a static sentence to be translated by _().
 */
int wav_read(struct str file, int16_t **samples, size_t *n, const char **why);

/* The head of a file of so many samples a channel, 1 or 2 channels of 16 bits;
 * ERR_LIMIT where it would have more than 4 GiB, ERR_NOMEM. */
int wav_write_head(struct buf *out, unsigned channels, uint64_t nsamples);
/* N samples after it; RIGHT is NULL where there is one channel. */
int wav_write_samples(
    struct buf *out, const int16_t *left, const int16_t *right, size_t n);

#endif
