/*
 * Numbers out of packets (network byte order) and out of files (either order).
 */
#ifndef WIRE_BYTES_H
#define WIRE_BYTES_H

#include "base/octets.h"

#include <byteswap.h>
#include <stdbool.h>

/* Little-endian, unless SWAPPED. */
static inline uint32_t
file_get32(const void *p, bool swapped)
{
	uint32_t v;

	memcpy(&v, p, sizeof(v));
	v = le32toh(v);
	return swapped ? bswap_32(v) : v;
}

static inline uint16_t
file_get16(const void *p, bool swapped)
{
	uint16_t v;

	memcpy(&v, p, sizeof(v));
	v = le16toh(v);
	return swapped ? bswap_16(v) : v;
}

#endif
