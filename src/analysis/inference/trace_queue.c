/* The queue of events that a trace tells, and their order. */
#include <stdlib.h>

#include "base/array.h"
#include "base/err.h"
#include "inference/trace_in.h"

/* Of one time packets come behind all else, then who hears them. */
static int
rank_of(const struct trace_event *e)
{
	return e->what < TRACE_PACKETS ? 0 : (int)e->what;
}

int
making_compare(const void *pa, const void *pb)
{
	const struct trace_event *a = pa, *b = pb;

	if (a->t != b->t)
		return a->t < b->t ? -1 : 1;
	if (rank_of(a) != rank_of(b))
		return rank_of(a) < rank_of(b) ? -1 : 1;
	if (a->at != b->at)
		return a->at < b->at ? -1 : 1;
	return (int)a->what - (int)b->what;
}

void
making_sort(struct making *k)
{
	if (k->n > 1)
		qsort(k->events, k->n, sizeof(*k->events), making_compare);
}

int
making_add(struct making *k, struct trace_event e)
{
	if (ARRAY_ROOM(&k->events, &k->cap, k->n + 1) != 0)
		return ERR_NOMEM;
	k->events[k->n++] = e;
	return 0;
}
