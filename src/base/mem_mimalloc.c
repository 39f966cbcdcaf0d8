/*
 * mimalloc as the heap of rung's own allocations; the C library's malloc stays
 * what it is for every other library (the linker is given libc before it).
 */
#include "base/mem.h"

#ifdef RUNG_MIMALLOC
#include <mimalloc.h>
#endif

void
mem_use_mimalloc(void)
{
#ifdef RUNG_MIMALLOC
	mem_use(
	    &(struct mem_heap){ mi_malloc, mi_calloc, mi_realloc, mi_free });
#endif
}
