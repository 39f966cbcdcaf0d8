/*
 * mimalloc as the heap of rung's own allocations; the C library's malloc stays
 * what it is for every other library (the linker is given libc before it).
 */
#include "base/mem.h"

#ifdef RUNG_MIMALLOC
#include <mimalloc.h>

static void
trim_mimalloc(void)
{
	mi_collect(true);
}

void
mem_use_mimalloc(void)
{
	const struct mem_heap mimalloc = { mi_malloc, mi_calloc, mi_realloc,
		mi_free, trim_mimalloc };

	/* Of 2 MiB where the kernel has them: a million calls live in more
	 * small ones than a processor knows the places of. */
	mi_option_enable(mi_option_large_os_pages);
	mem_use(&mimalloc);
}

#else
void
mem_use_mimalloc(void)
{
}
#endif
