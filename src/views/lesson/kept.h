/*
 * What is kept of a student's work with a session: the answers, and the exam
 * that they were given in.  A JSON object, member "lesson" of what the screen
 * keeps.
 */
#ifndef VIEWS_LESSON_KEPT_H
#define VIEWS_LESSON_KEPT_H

#include "lesson/answers.h"

/* Times are seconds since 1970, of the machine's clock. */
struct exam {
	int64_t seconds;      /* it lasts so long; 0: this is none */
	int64_t begun, ended; /* ended: 0 as long as it goes on */
};

/* An exam of a day is none any more. */
#define EXAM_SECONDS_MAX 86400

/* Seconds that are left of E at NOW. */
int64_t exam_left(const struct exam *e, int64_t now);

void
kept_lesson_put(const struct answers *a, const struct exam *e, struct buf *out);
/* The way back; what can't be used is left out.  A and E are begun anew; free A
 * in any case.  0 or ERR_NOMEM. */
int kept_lesson_read(struct json_value v, struct answers *a, struct exam *e);

/* The same of STATE, all that the screen has kept, with the predictions in
 * A. */
int kept_lesson_find(struct str state, struct answers *a, struct exam *e);

#endif
