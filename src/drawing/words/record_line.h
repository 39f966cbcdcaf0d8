/*
 * A record as one line of a table: number, time, node, kind, summary.  The
 * columns are measured once for a trace, so that any line can be drawn alone.
 */
#ifndef WORDS_RECORD_LINE_H
#define WORDS_RECORD_LINE_H

#include "draw/grid.h"
#include "words/record_text.h"

/* Below this width the column of kinds is left out. */
#define RECORD_LINE_KINDS 64

struct record_columns {
	size_t seq, time, node; /* cells */
	unsigned decimals;      /* of times: 3, 6 or 9 */
};

/* Looks at the head and the last record alone. */
void record_columns_measure(
    struct record_columns *m, const struct trace *t, unsigned decimals);

/* Draws REC on A, a line of spaces.  0 or ERR_NOMEM. */
int record_line(const struct trace *t, const struct record_columns *m,
    const struct trace_rec *rec, const struct grid_area *a);

#endif
