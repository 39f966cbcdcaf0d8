/* Runs whose traces are judged, of a lab as a student has it. */
#ifndef GRADE_RERUN_H
#define GRADE_RERUN_H

#include "grade/variant.h"
#include "runs/rerun.h"

/* The run of FILE as V has it, as rerun_inputs. */
int rerun_file(const char *file, const struct variant *v, struct trace **t,
    struct buf *said, struct diag *d);

/* The LAB of L can begin with the first and the last value of all that varies
 * from student to student, so that a fault is found before a student's copy has
 * it.  0 or D's error. */
int rerun_try_varied(const struct lesson *l, const char *lab, struct diag *d);

/* FILE (a lab's folder, a script, a topology) as V has it, into IN, which is to
 * be freed in any case; V may be NULL.  0 or D's error. */
int rerun_read(struct inputs *in, const char *file, const struct variant *v,
    struct diag *d);

#endif
