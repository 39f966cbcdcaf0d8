/*
 * The saved part of a student's work with a session: the answers, and the exam
 * that they were given in.  A JSON object, member "lesson" of the screen's
 * saved state.
 */
#ifndef VIEWS_LESSON_KEPT_H
#define VIEWS_LESSON_KEPT_H

#include "base/field.h"
#include "lesson/answers.h"

/* Times are seconds since 1970, of the machine's clock. */
struct exam {
	int64_t seconds;      /* its length; 0: there is no exam */
	int64_t begun, ended; /* ended: 0 as long as it goes on */
};

extern const struct field exam_fields[];

/* The longest exam, one day; a longer saved one is invalid. */
#define EXAM_SECONDS_MAX 86400

/* Seconds that are left of E at NOW. */
int64_t exam_left(const struct exam *e, int64_t now);

void
kept_lesson_put(const struct answers *a, const struct exam *e, struct buf *out);
/* Reads what kept_lesson_put wrote; what can't be used is left out.  A and E
 * are begun again; free A in any case.  0 or ERR_NOMEM. */
int kept_lesson_read(struct json_value v, struct answers *a, struct exam *e);

/* The same from STATE, the JSON object with all that the screen keeps; also
 * reads its predictions into A. */
int kept_lesson_find(struct str state, struct answers *a, struct exam *e);

/* STATE, which may be empty, with A and E in the place of what it has of the
 * lesson; the screen's other data stay.  0 or ERR_NOMEM. */
int kept_lesson_replace(struct str state, const struct answers *a,
    const struct exam *e, struct buf *out);
/* STATE is of a session that was on a screen; not so where `rung check` has
 * begun it to keep what it told. */
bool kept_was_shown(struct str state);

#endif
