/* Which rows of a comparison are shown: what is the same over a long stretch is
 * summed up. */
#ifndef WORDS_DIFF_WALK_H
#define WORDS_DIFF_WALK_H

#include "trace/align.h"

/* Begin with AL and ALL (nothing is summed up) set and the rest zero. */
struct diff_walk {
	const struct align *al;
	bool all;
	size_t at;
	size_t fold, nfold; /* where the next stretch begins, how long it is */
};

/* The next row in *ROW, with *SUMMED 0; or how many rows are left out here.
 * False at the end.  Linear over the whole. */
bool diff_walk_next(struct diff_walk *w, size_t *row, size_t *summed);

#endif
