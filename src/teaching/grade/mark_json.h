/*
 * A mark as one line of JSON: what the process that judged a submission says to
 * the one that reports.  Beside what stands here it has what mark_json.c puts
 * of the work's kind and its exam, and of a task its hints and tries:
 *
 *	{"file":…,"lab":…,"student":…,"date":…,"points":7.5,"of":10,
 *	 "tasks":[{"task":1,"verdict":"GOOD","points":2,"of":2,
 *	 "answer":…,"believed":…,"why":…,"rule":…,"records":[…]}],
 *	 "remarks":["…"]}
 */
#ifndef GRADE_MARK_JSON_H
#define GRADE_MARK_JSON_H

#include "grade/mark.h"

/* FILE is where it came from. 0 or ERR_NOMEM. */
int mark_put_json(const struct mark *m, const struct work *w, const char *file,
    struct buf *out);
/* A file that could not be judged, and WHY; what W has of its student and lab
 * goes along. */
int mark_put_failure(
    const char *file, const struct work *w, const char *why, struct buf *out);

/* What is to be said of the work as a whole, sentences. */
typedef void mark_remark_fn(const char *text, void *arg);
/* First of all: why a run could not be made, and what went wrong in it, as who
 * makes the run is told it. */
void mark_complaints(const struct work *w, mark_remark_fn *fn, void *arg);
/* Then: a run that comes out otherwise than it was handed in, a file that was
 * edited, an answer to no task. */
void mark_remarks(
    const struct mark *m, const struct work *w, mark_remark_fn *fn, void *arg);

/* POINTS, hundredths, as a member of a JSON object: 7.5. */
void mark_put_member(struct buf *out, const char *key, uint64_t points);

#endif
