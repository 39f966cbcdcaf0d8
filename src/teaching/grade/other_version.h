/*
 * Judges work that another version of rung has made.  A lab may differ there:
 * its texts, the values of each student, the protocol's behaviour.  So its
 * answers are judged by the lab as the student had it, as far as the work tells
 * that; the rest is reported, and costs no points.
 *
 *   the lab gives the same bytes here    judged as any other
 *   the work's inputs give them          judged by that run
 *   else                                 judged by the work's own inputs, or
 *                                        by its seed and settings, as they come
 *                                        out here; a wrong answer that depends
 *                                        on the run may have been right
 *
 * A forger can invent inputs as well as answers: the remark on all work of
 * another version names the inputs by which it was judged.
 */
#ifndef GRADE_OTHER_VERSION_H
#define GRADE_OTHER_VERSION_H

#include "grade/mark.h"

/* M has the lab's trace as it is here, and its variant: sets M's trace, `here`
 * and `uncertain` by W, which another version has made.  0 or ERR_NOMEM. */
int other_version_find_lab(struct mark *m, const struct work *w);
/* Adds to the RESULT of task T its uncertainties; 0 or ERR_NOMEM. */
int other_version_say(const struct mark *m, const struct work *w,
    const struct lesson_task *t, struct lesson_result *result);

#endif
