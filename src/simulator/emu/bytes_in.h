/* Numbers in memory as the board has them: little-endian, at any address. */
#ifndef EMU_BYTES_IN_H
#define EMU_BYTES_IN_H

#include <stdint.h>

static inline uint32_t
get16(const uint8_t *p)
{
	return p[0] | (uint32_t)p[1] << 8;
}

static inline uint32_t
get32(const uint8_t *p)
{
	return get16(p) | get16(p + 2) << 16;
}

static inline void
put32(uint8_t *p, uint32_t x)
{
	for (int i = 0; i < 4; i++)
		p[i] = (uint8_t)(x >> 8 * i);
}

#endif
