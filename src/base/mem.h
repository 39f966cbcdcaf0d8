/*
 * Memory: every allocation of rung goes through here, so that a test can make
 * the n-th one fail and see that nothing leaks and nothing crashes.
 */
#ifndef BASE_MEM_H
#define BASE_MEM_H

#include <stddef.h>

/* SIZE bytes, not cleared; NULL when there are none. 0 counts as 1. */
void *mem_alloc(size_t size);

/* COUNT * SIZE bytes of zero; NULL when there are none or on overflow. */
void *mem_zalloc(size_t count, size_t size);

/* Like realloc(3); the old block stays as it was on failure. */
void *mem_realloc(void *p, size_t size);

/* COUNT elements of SIZE bytes; NULL also when the product overflows. */
void *mem_realloc_array(void *p, size_t count, size_t size);

void mem_free(void *p);

/* A copy of N bytes with a NUL behind; the caller frees. */
char *mem_dup(const char *p, size_t n);
char *mem_strdup(const char *s);

/*
 * For tests: the N-th allocation from now (1 = the next) and all after it
 * fail; 0 ends that. mem_count tells how many there were since the last call.
 */
void mem_fail_from(unsigned long n);
unsigned long mem_count(void);

#endif
