/* The larger and the smaller of two numbers that count something.  What goes in
 * as a size_t or a uint32_t comes out within its range. */
#ifndef BASE_NUM_H
#define BASE_NUM_H

#include <stdint.h>

static inline uint64_t
num_larger(uint64_t a, uint64_t b)
{
	return a > b ? a : b;
}

static inline uint64_t
num_smaller(uint64_t a, uint64_t b)
{
	return a < b ? a : b;
}

#endif
