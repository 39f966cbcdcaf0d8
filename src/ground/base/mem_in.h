/* The heap behind base/mem.h, for who brings another one. */
#ifndef BASE_MEM_IN_H
#define BASE_MEM_IN_H

#include <stddef.h>

/* The functions of malloc(3), and one that returns free memory to the system.
 * `zalloc` is never asked for a product that overflows. */
struct mem_heap {
	void *(*alloc)(size_t size);
	void *(*zalloc)(size_t count, size_t size);
	void *(*realloc)(void *p, size_t size);
	void (*free)(void *p);
	void (*trim)(void);
};

/* HEAP, which is copied, from now on: before the first allocation. */
void mem_use(const struct mem_heap *heap);

#endif
