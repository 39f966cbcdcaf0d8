/*
 * Samples brought to 8,000 a second: each is a weighted mean of its neighbours,
 * by which frequencies above 4,000 Hz are removed.
 */
#ifndef SOUND_RESAMPLE_H
#define SOUND_RESAMPLE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define RESAMPLE_MOST 48000 /* samples a second */

/* Whether samples of that RATE can be: the usual rates from 8,000 to 48,000. */
bool sound_resample_knows(uint32_t rate);
/* How many N samples become. */
size_t sound_resample_length(size_t n, uint32_t rate);
/* N samples of a RATE that is known into OUT, which has room for as many. */
void sound_resample(const int16_t *in, size_t n, uint32_t rate, int16_t *out);

#endif
