/*
 * mimalloc as the heap of rung's own allocations; the C library's malloc stays
 * what it is for every other library (the linker is given libc before it).
 * Large blocks are libc's: the arrays that grow, which it moves by their pages
 * and not by their bytes.
 */
#include "base/mem.h"

#ifdef RUNG_MIMALLOC
#include "base/mem_in.h"

#include <mimalloc.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>

/* From here on libc's malloc maps a block by itself (mallopt(3)). */
#define LARGE ((size_t)128 << 10)
/* A block of some huge pages. */
#define HUGE_PAGE ((size_t)2 << 20)
#define VAST      (4 * HUGE_PAGE)
#define ARENA     (16 * HUGE_PAGE)

/* P, a block of SIZE bytes, in huge pages where it is vast. */
static void *
mimalloc_spread(void *p, size_t size)
{
	uintptr_t from = ((uintptr_t)p + HUGE_PAGE - 1) & ~(HUGE_PAGE - 1);

	if (p != NULL && size >= VAST)
		madvise((void *)from, size - HUGE_PAGE, MADV_HUGEPAGE);
	return p;
}

static void *
alloc(size_t size)
{
	return size < LARGE ? mi_malloc(size)
			    : mimalloc_spread(malloc(size), size);
}

static void *
zalloc(size_t count, size_t size)
{
	return count * size < LARGE
		   ? mi_calloc(count, size)
		   : mimalloc_spread(calloc(count, size), count * size);
}

/* The small block P becomes one of SIZE bytes, which is large. */
static void *
grow_large(void *p, size_t size)
{
	void *large = mimalloc_spread(malloc(size), size);
	size_t n = mi_usable_size(p);

	if (large != NULL) {
		memcpy(large, p, n < size ? n : size);
		mi_free(p);
	}
	return large;
}

static void *
mimalloc_resize(void *p, size_t size)
{
	if (p == NULL)
		return alloc(size);
	if (!mi_is_in_heap_region(p))
		return mimalloc_spread(realloc(p, size), size);
	return size < LARGE ? mi_realloc(p, size) : grow_large(p, size);
}

static void
release(void *p)
{
	if (mi_is_in_heap_region(p))
		mi_free(p);
	else
		free(p);
}

static void
trim(void)
{
	mi_collect(true);
}

void
mem_use_mimalloc(void)
{
	const struct mem_heap heap = { alloc, zalloc, mimalloc_resize, release,
		trim };

	/* Of 2 MiB where the kernel has them: a million calls live in more
	 * small ones than a processor knows the places of. */
	mi_option_enable(mi_option_large_os_pages);
#if MI_MALLOC_VERSION >= 210
	/* In KiB: a process whose addresses are bounded (jobs/jobs.h) has no
	 * room for the gigabyte that is usual. */
	mi_option_set(mi_option_arena_reserve, ARENA >> 10);
#endif
	mem_use(&heap);
}

#else
void
mem_use_mimalloc(void)
{
}
#endif
