/* The C library's heap, with an end to the phone where it has an end. */
#include "firmware/phone/heap.h"

#include "firmware/hal.h"
#include "firmware/phone/osip.h"

static void *
get(size_t n)
{
	void *p = malloc(n > 0 ? n : 1);

	if (p == NULL)
		hal_panic("out of memory");
	return p;
}

static void *
resize(void *p, size_t n)
{
	void *q = realloc(p, n > 0 ? n : 1);

	if (q == NULL)
		hal_panic("out of memory");
	return q;
}

void *
heap_get(size_t n)
{
	void *p = get(n);

	memset(p, 0, n);
	return p;
}

char *
heap_copy(const char *s)
{
	size_t n = s != NULL ? strlen(s) : 0;
	char *copy = get(n + 1);

	if (n > 0)
		memcpy(copy, s, n);
	copy[n] = '\0';
	return copy;
}

void
heap_put(void *p)
{
	free(p);
}

void
heap_install(void)
{
	osip_set_allocators(get, resize, heap_put);
}
