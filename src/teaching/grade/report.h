/*
 * A student's report of a lab (实验报告): aim, environment, steps, results and
 * analysis, questions; with the ladders of the runs.  It carries the hand-in,
 * and a code at its end that tells whether that is still what rung wrote; what
 * a student writes into the text is the student's own.
 */
#ifndef GRADE_REPORT_H
#define GRADE_REPORT_H

#include "draw/paper.h"
#include "grade/handin.h"
#include "trace/reader.h"

/* P, which is PAPER_INIT, becomes STUDENT's report on W, whose mark is M, of
 * DATE. 0 or D's error. */
int report_make(struct paper *p, const struct work *w, const struct mark *m,
    const char *student, const char *date, struct diag *d);

/* P, which report_make has made, as paper_write does it; a PDF gets the code of
 * its pages as well.  0 or D's error. */
int report_write(
    const struct paper *p, const char *file, struct buf *out, struct diag *d);

/* Where TEXT is a report, HANDIN gets the hand-in that it carries, and *CODED
 * whether it gives the code of that, of a PDF that of its pages with it.  0,
 * ERR_NOTFOUND where TEXT is not a report, or ERR_NOMEM. */
int report_read(struct str text, struct buf *handin, bool *coded);

/* PATH ends as a report's name does; TEXT carries a hand-in as a report. */
bool report_is_called(const char *path);
bool report_has_handin(struct str text);

/* ---- ladders in papers ---- */

/* Adds T's ladder to P's figures and its mark to the end of P's text.  BLANK:
 * without the messages, for students to draw.  0 or D's error. */
int paper_put_ladder(
    struct paper *p, const struct trace *t, bool blank, struct diag *d);

#endif
