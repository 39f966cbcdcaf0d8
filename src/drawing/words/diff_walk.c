/* Which rows of a comparison are shown; see words/diff_walk.h. */
#include "words/diff_walk.h"

/* Rows that are shown before and after what differs, and how many more there
 * must be to be summed up. */
#define CONTEXT  2
#define WORTH_IT 3

static bool
is_row_same(const struct diff_walk *w, size_t i)
{
	return w->al->rows[i].verdict == ALIGN_SAME;
}

/* A stretch begins at the present row: what of it is left out. */
static void
find_fold(struct diff_walk *w)
{
	size_t run = 0, before = w->at == 0 ? 0 : CONTEXT, after;

	while (w->at + run < w->al->nrows && is_row_same(w, w->at + run))
		run++;
	after = w->at + run == w->al->nrows ? 0 : CONTEXT;
	if (run < before + after + WORTH_IT)
		return;
	w->fold = w->at + before;
	w->nfold = run - before - after;
}

bool
diff_walk_next(struct diff_walk *w, size_t *row, size_t *summed)
{
	*summed = 0;
	if (w->at >= w->al->nrows)
		return false;
	if (!w->all && is_row_same(w, w->at) &&
	    (w->at == 0 || !is_row_same(w, w->at - 1)))
		find_fold(w);
	*row = w->at++;
	if (w->nfold > 0 && *row == w->fold) {
		*summed = w->nfold;
		w->at = w->fold + w->nfold;
		w->nfold = 0;
	}
	return true;
}
