/* Ladders in papers. */
#ifndef GRADE_PICTURES_H
#define GRADE_PICTURES_H

#include "draw/paper.h"
#include "trace/reader.h"

/* Adds T's ladder to P's figures and its mark to the end of P's text.  BLANK:
 * without the messages, for students to draw.  0 or D's error. */
int paper_put_ladder(
    struct paper *p, const struct trace *t, bool blank, struct diag *d);

#endif
