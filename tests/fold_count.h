/* How many of each kind live in a fold, for tests. */
#ifndef TESTS_FOLD_COUNT_H
#define TESTS_FOLD_COUNT_H

#include "trace/fold.h"

#define COUNTER(noun)                                              \
	static inline size_t fold_##noun##s(const struct fold *f)  \
	{                                                          \
		size_t at = 0, n = 0;                              \
                                                                   \
		while (fold_next_##noun(f, STR_NULL, &at) != NULL) \
			n++;                                       \
		return n;                                          \
	}

COUNTER(transaction)
COUNTER(dialog)
COUNTER(call)
COUNTER(binding)
COUNTER(timer)

#endif
