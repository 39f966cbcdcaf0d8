/*
 * How loud a block of samples is, in -dBov: 0 is a square wave as large as
 * samples can be, 127 is the softest and silence (RFC 3389 3.1, RFC 6464 3).
 */
#ifndef SOUND_LEVEL_H
#define SOUND_LEVEL_H

#include <stddef.h>
#include <stdint.h>

#define SOUND_LEVEL_SOFTEST 127

uint8_t sound_level(const int16_t *block, size_t n);
/* The root mean square of samples of a LEVEL, in 256ths; 0 of the softest. */
uint32_t sound_level_rms(unsigned level);

#endif
