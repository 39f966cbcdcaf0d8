/* Runs whose traces are judged: made here and now, in memory. */
#ifndef GRADE_RERUN_H
#define GRADE_RERUN_H

#include "grade/variant.h"
#include "scenario/inputs.h"

/* The run that IN says, to its end; a run that fails has the trace up to there,
 * and 0 is returned.  *T is the caller's.  0 or D's error. */
int rerun_inputs(struct inputs *in, struct trace **t, struct diag *d);
/* FILE (a lab's folder, a script, a topology) as V has it; V may be NULL. */
int rerun_file(const char *file, const struct variant *v, struct trace **t,
    struct diag *d);

#endif
