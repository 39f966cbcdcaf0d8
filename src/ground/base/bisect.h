/* Bisection: where in a sorted row something stands, or would. */
#ifndef BASE_BISECT_H
#define BASE_BISECT_H

#include <stddef.h>

/*
 * Sets I, a size_t, to the first of FROM … TO - 1 of which BEFORE, a condition
 * on I, does not hold, or to TO.  BEFORE holds of all up to there and of none
 * from there on.
 */
#define BISECT(i, from, to, before)                                        \
	do {                                                               \
		size_t bisect_from = (from), bisect_to = (to);             \
                                                                           \
		while (bisect_from < bisect_to) {                          \
			(i) = bisect_from + (bisect_to - bisect_from) / 2; \
			if (before)                                        \
				bisect_from = (i) + 1;                     \
			else                                               \
				bisect_to = (i);                           \
		}                                                          \
		(i) = bisect_from;                                         \
	} while (0)

#endif
