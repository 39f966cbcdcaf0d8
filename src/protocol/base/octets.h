/* Numbers as octets in network byte order (RFC 1035 2.3.2, RFC 791). */
#ifndef BASE_OCTETS_H
#define BASE_OCTETS_H

#include "base/buf.h"

#include <endian.h>
#include <stdint.h>
#include <string.h>

static inline uint16_t
get16(const void *p)
{
	uint16_t v;

	memcpy(&v, p, sizeof(v));
	return be16toh(v);
}

static inline uint32_t
get32(const void *p)
{
	uint32_t v;

	memcpy(&v, p, sizeof(v));
	return be32toh(v);
}

/* The low 16 bits of V, appended to OUT; and all 32. */
static inline void
put16(struct buf *out, size_t v)
{
	buf_add(
	    out, (const char[]){ (char)(v >> 8 & 0xff), (char)(v & 0xff) }, 2);
}

static inline void
put32(struct buf *out, uint32_t v)
{
	put16(out, v >> 16);
	put16(out, v & 0xffff);
}

#endif
