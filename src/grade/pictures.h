/* Ladders in papers. */
#ifndef GRADE_PICTURES_H
#define GRADE_PICTURES_H

#include "draw/paper.h"
#include "trace/reader.h"

/* T's ladder as a figure more of P, and its mark at the end of P's text;
 * without the messages where BLANK: a figure to be drawn.  0 or D's error. */
int paper_put_ladder(
    struct paper *p, const struct trace *t, bool blank, struct diag *d);

#endif
