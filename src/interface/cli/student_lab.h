/* A lab as one student has it: values of the student's number, copies, exams.
 */
#ifndef CLI_STUDENT_LAB_H
#define CLI_STUDENT_LAB_H

#include "cli/cli.h"
#include "grade/variant.h"
#include "session/session.h"
#include "views/lesson/kept.h"

/*
 * V becomes the seed and settings of --student for FILE, a lab with tasks;
 * without --student those of the student whose copy FILE is (rung copy), else
 * none.  V is begun again; free it in any case.  0 or D's error.
 */
int cli_make_variant(
    const struct cli *c, const char *file, struct variant *v, struct diag *d);

/* FILE is a student's copy with a task that is asked ahead and open. */
bool cli_may_hold(const struct cli *c, const char *file);
/*
 * *T, the run of FILE that C's options ask for, is cut where a task that is
 * asked ahead holds it (lesson/prediction_hold.h). C then names that task. So
 * rung prints and writes no more of the run of a student's copy. With --look it
 * stays, and that is noted as the student's. 0 or D's error.
 */
int cli_hold(struct cli *c, const char *file, struct trace **t, struct diag *d);

/*
 * Exams that were begun on this machine: one of each student in each lab, for
 * ever, in the session in which it was begun.
 *
 * *E becomes the exam of STUDENT in the lab called LAB, else the exam there
 * that was begun without a number; for STUDENT "" or NULL the newest of all.
 * *SESSION (may be NULL) becomes the name of its session, which the caller
 * frees. False: there is none.
 */
bool cli_find_exam(
    const char *lab, const char *student, struct exam *e, char **session);

/* 0, or D's error where the exam that cli_find_exam finds has not ended: until
 * then there are no verdicts and reasons. */
int cli_refuse_in_exam(const char *lab, const char *student, struct diag *d);

/* cli_find_exam finds an exam, and S is not its session. */
bool
cli_is_practice(const struct session *s, const char *lab, const char *student);

/*
 * *EXAM becomes the session in which the exam of STUDENT in LAB is played,
 * where that goes on or is ASKED for and S is another; else NULL.  0 or D's
 * error.
 */
int cli_resume_exam(struct session **exam, const struct session *s,
    const char *lab, const char *student, bool asked, struct diag *d);

#endif
