/*
 * Worksheets: the tasks of a lesson plan's labs on paper, blank for students or
 * with the right answers for teachers; and as questions for Moodle.
 *
 * A plan is Markdown (lesson/plan.h), labs/plans/NAME.md (NAME.zh.md in
 * Chinese), for teachers.  The lines `sheet:` of its steps have the contents of
 * the sheet, a lab each:
 *
 *	sheet: direct-call 1-4 blank
 *	sheet: two-proxies 1,3 ladder
 *
 * With `ladder` the lab's ladder is on the sheet, with `blank` its lifelines
 * alone, to draw the messages into.
 */
#ifndef GRADE_WORKSHEET_H
#define GRADE_WORKSHEET_H

#include "draw/paper.h"

struct worksheet_options {
	bool key;            /* the right answers, and the plan itself */
	const char *student; /* whose labs; NULL: as they stand */
	/* Of the roster, for the head; NULL or "": to be written there. */
	const char *name, *group;
};

/* P, which is PAPER_INIT, becomes the sheet of NAME, a plan or a lab.  0 or D's
 * error. */
int worksheet_make(struct paper *p, const char *name,
    const struct worksheet_options *o, struct diag *d);

/* The same tasks in Moodle's GIFT format (tasks whose answer can be typed or
 * chosen); REMARK becomes a sentence on the others, where there are any. */
int worksheet_put_gift(const char *name, const struct worksheet_options *o,
    struct buf *out, struct buf *remark, struct diag *d);

#endif
