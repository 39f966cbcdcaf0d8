/*
 * Memory that will be read soon is fetched into the cache meanwhile.
 */
#ifndef BASE_PREFETCH_H
#define BASE_PREFETCH_H

#include <stddef.h>
#include <stdint.h>

/* Bytes of a line of the cache; where it is another, this is slower. */
#define PREFETCH_LINE 64

/* N bytes at P, which may be anything, NULL too: nothing is read of it now. */
static inline void
prefetch(const void *p, size_t n)
{
	for (size_t i = 0; i < n; i += PREFETCH_LINE)
		__builtin_prefetch((const void *)((uintptr_t)p + i), 1);
}

#endif
