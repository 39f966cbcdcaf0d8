/* Numbers as octets in network byte order (RFC 1035 2.3.2, RFC 791), and what
 * such a number counts (RFC 8446 3.4). */
#ifndef BASE_OCTETS_H
#define BASE_OCTETS_H

#include "base/buf.h"

#include <endian.h>
#include <stdbool.h>
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

static inline uint32_t
get24(const void *p)
{
	const uint8_t *b = p;

	return (uint32_t)b[0] << 16 | get16(b + 1);
}

/* The low 16 bits of V, appended to OUT; 24; all 32. */
static inline void
put16(struct buf *out, size_t v)
{
	buf_add(
	    out, (const char[]){ (char)(v >> 8 & 0xff), (char)(v & 0xff) }, 2);
}

static inline void
put24(struct buf *out, size_t v)
{
	buf_putc(out, (char)(v >> 16 & 0xff));
	put16(out, v);
}

static inline void
put32(struct buf *out, uint32_t v)
{
	put16(out, v >> 16);
	put16(out, v & 0xffff);
}

/* N and what fills it up to a multiple of four (RFC 8489 14, RFC 6733 4.1, RFC
 * 9260 3.2, RFC 4666 3.2); so many zeros behind N octets. */
static inline size_t
octets_padded(size_t n)
{
	return (n + 3) & ~(size_t)3;
}

static inline void
octets_put_padding(struct buf *out, size_t n)
{
	buf_fill(out, '\0', octets_padded(n) - n);
}

/* The 2 octets at AT of OUT become the low 16 bits of V. */
static inline void
put16_at(struct buf *out, size_t at, size_t v)
{
	if (out->err != 0)
		return;
	out->p[at] = (char)(v >> 8 & 0xff);
	out->p[at + 1] = (char)(v & 0xff);
}

/* PART is N octets that are taken off *IN; false: there are not so many. */
static inline bool
str_cut_octets(struct str *in, size_t n, struct str *part)
{
	if (in->n < n)
		return false;
	*part = str_slice(*in, 0, n);
	*in = str_slice(*in, n, in->n);
	return true;
}

/* The same of as many as a number of SIZE octets before them says, 1 to 3. */
static inline bool
str_cut_counted(struct str *in, size_t size, struct str *part)
{
	struct str head;

	return str_cut_octets(in, size, &head) &&
	       str_cut_octets(in,
		   size == 1   ? (uint8_t)head.p[0]
		   : size == 2 ? get16(head.p)
			       : get24(head.p),
		   part);
}

#endif
