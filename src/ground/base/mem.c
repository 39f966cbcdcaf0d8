/*
 * The allocator behind base/mem.h.  The heap and the counters below are the
 * only mutable globals here: memory is the whole process's, so code that
 * reports a result asks for it here.
 */
#include "base/mem.h"

#include "base/mem_in.h"

#include <limits.h>
#include <malloc.h>
#include <stdlib.h>
#include <string.h>

static void
trim_libc(void)
{
	malloc_trim(0);
}

static struct mem_heap heap = { malloc, calloc, realloc, free, trim_libc };

static unsigned long failures;
/* Of tests. */
static unsigned long allocations;
static unsigned long fail_first, fail_last;

static int
must_fail(void)
{
	allocations++;
	return allocations >= fail_first && allocations <= fail_last;
}

/* P, which is remembered where there is none. */
static void *
mem_counted(void *p)
{
	if (p == NULL)
		mem_note_failure();
	return p;
}

void
mem_use(const struct mem_heap *h)
{
	heap = *h;
}

void
mem_trim(void)
{
	heap.trim();
}

void
mem_note_failure(void)
{
	failures++;
}

unsigned long
mem_failures(void)
{
	return failures;
}

void
mem_forgive(void)
{
	failures = 0;
}

void *
mem_alloc(size_t size)
{
	return mem_counted(must_fail() ? NULL : heap.alloc(size ? size : 1));
}

void *
mem_zalloc(size_t count, size_t size)
{
	if (must_fail() || (size != 0 && count > SIZE_MAX / size))
		return mem_counted(NULL);
	return mem_counted(heap.zalloc(count ? count : 1, size ? size : 1));
}

void *
mem_realloc(void *p, size_t size)
{
	return mem_counted(
	    must_fail() ? NULL : heap.realloc(p, size ? size : 1));
}

void *
mem_realloc_array(void *p, size_t count, size_t size)
{
	if (size != 0 && count > SIZE_MAX / size)
		return mem_counted(NULL);
	return mem_realloc(p, count * size);
}

void
mem_free(void *p)
{
	heap.free(p);
}

void
mem_free_at(void *at)
{
	void *p;

	memcpy(&p, at, sizeof(p));
	mem_free(p);
}

char *
mem_dup(const char *p, size_t n)
{
	char *copy = n < SIZE_MAX ? mem_alloc(n + 1) : mem_counted(NULL);

	if (copy == NULL)
		return NULL;
	if (n > 0)
		memcpy(copy, p, n);
	copy[n] = '\0';
	return copy;
}

char *
mem_strdup(const char *s)
{
	return mem_dup(s, strlen(s));
}

void
mem_fail_from(unsigned long n)
{
	allocations = failures = 0;
	fail_first = n;
	fail_last = n != 0 ? ULONG_MAX : 0;
}

void
mem_fail_only(unsigned long n)
{
	allocations = failures = 0;
	fail_first = fail_last = n;
}

unsigned long
mem_count(void)
{
	unsigned long n = allocations;

	allocations = 0;
	return n;
}
