/* What the system for which rung is written declares and that of a page does
 * not; without.c has it. */
#include <stddef.h>

void qsort_r(void *v, size_t n, size_t size,
    int (*compare)(const void *a, const void *b, void *arg), void *arg);
int malloc_trim(size_t pad);
