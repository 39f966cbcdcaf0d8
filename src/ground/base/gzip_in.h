/* zlib with rung's memory, for gzip.c and gunzip.c. */
#ifndef BASE_GZIP_IN_H
#define BASE_GZIP_IN_H

#include "base/mem.h"

#include <zlib.h>

/* 16: with gzip's header and sum. */
#define GZIP_WINDOW (16 + MAX_WBITS)

static inline void *
gzip_alloc(void *arg, uInt count, uInt size)
{
	(void)arg;
	return mem_zalloc(count, size);
}

static inline void
gzip_free(void *arg, void *p)
{
	(void)arg;
	mem_free(p);
}

static inline void
gzip_use_mem(z_stream *z)
{
	z->zalloc = gzip_alloc;
	z->zfree = gzip_free;
	z->opaque = NULL;
}

#endif
