/*
 * The allocator behind base/mem.h.  The two counters below are the only
 * mutable globals here; they belong to the tests' failing-allocation mode.
 */
#include "base/mem.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

static unsigned long allocations;
static unsigned long fail_at;

static int
must_fail(void)
{
	allocations++;
	return fail_at != 0 && allocations >= fail_at;
}

void *
mem_alloc(size_t size)
{
	return must_fail() ? NULL : malloc(size ? size : 1);
}

void *
mem_zalloc(size_t count, size_t size)
{
	if (size != 0 && count > SIZE_MAX / size)
		return NULL;
	return must_fail() ? NULL : calloc(count ? count : 1, size ? size : 1);
}

void *
mem_realloc(void *p, size_t size)
{
	return must_fail() ? NULL : realloc(p, size ? size : 1);
}

void *
mem_realloc_array(void *p, size_t count, size_t size)
{
	if (size != 0 && count > SIZE_MAX / size)
		return NULL;
	return mem_realloc(p, count * size);
}

void
mem_free(void *p)
{
	free(p);
}

char *
mem_dup(const char *p, size_t n)
{
	char *copy = n < SIZE_MAX ? mem_alloc(n + 1) : NULL;

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
	allocations = 0;
	fail_at = n;
}

unsigned long
mem_count(void)
{
	unsigned long n = allocations;

	allocations = 0;
	return n;
}
