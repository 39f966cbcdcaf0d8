/* Runs whose traces are judged: made here and now, in memory. */
#ifndef GRADE_RERUN_H
#define GRADE_RERUN_H

#include "grade/variant.h"
#include "inputs/inputs.h"
#include "runs/drive.h"

/* One that is made in slices. */
struct rerun {
	struct drive *run; /* NULL: it has ended */
	struct trace *trace;
};

#define RERUN_INIT ((struct rerun){ .run = NULL })

/* FILE (a lab's folder, a script, a topology) as V has it, into IN, which is to
 * be freed in any case; V may be NULL.  0 or D's error. */
int rerun_read(struct inputs *in, const char *file, const struct variant *v,
    struct diag *d);
/* Begins the run that IN, which is borrowed while it lives, says.  0 or D's
 * error; R is to be freed in any case. */
int rerun_begin(struct rerun *r, struct inputs *in, struct diag *d);
/* Some milliseconds more; a run that fails has ended.  0 or D's error. */
int rerun_step(struct rerun *r, struct diag *d);
void rerun_free(struct rerun *r);

/* The run that IN says, to its end; a run that fails has the trace up to there,
 * and 0 is returned.  *T is the caller's.  0 or D's error. */
int rerun_inputs(struct inputs *in, struct trace **t, struct diag *d);
/* The same of FILE, as V has it. */
int rerun_file(const char *file, const struct variant *v, struct trace **t,
    struct diag *d);

/* The LAB of L can begin with the first and the last value of all that varies
 * from student to student, so that nobody's copy is the first to say that it
 * can't.  0 or D's error. */
int rerun_try_varied(const struct lesson *l, const char *lab, struct diag *d);

#endif
