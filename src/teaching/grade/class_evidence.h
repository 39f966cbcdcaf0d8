/*
 * Evidence of a submission about the origin of its answers and scripts, beside
 * its marks: one line more, for the comparison of a class, in no report.
 */
#ifndef GRADE_CLASS_EVIDENCE_H
#define GRADE_CLASS_EVIDENCE_H

#include "grade/class.h"
#include "grade/student_values.h"
#include "grade/script_marks.h"

/* The same of a submission that was judged; LABS are the marks of all labs
 * (script_marks_read_labs).  0 or ERR_NOMEM: what can't be found is not told.
 */
int class_evidence_find(const struct mark *m, const struct work *w,
    const struct script_marks *labs, struct buf *out);
/* LINE is such a line: E, the entry of the line before it, takes it.  0,
 * ERR_NOTFOUND or ERR_NOMEM. */
int class_evidence_take(struct class_entry *e, struct json_value line);

#endif
