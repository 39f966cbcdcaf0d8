/*
 * Comfort noise (RFC 3389): played while the other side sends nothing, as loud
 * as the noise on its side.  The level in a packet is sound_level of a block
 * (sound/level.h).
 */
#ifndef SOUND_COMFORT_H
#define SOUND_COMFORT_H

#include <stddef.h>
#include <stdint.h>

/* N samples of white noise of a LEVEL, 0 to 127, as *DRAWS has them: any number
 * at first.  Louder than -5 dBov it is clipped. */
void
sound_comfort_write(uint64_t *draws, unsigned level, int16_t *out, size_t n);

#endif
