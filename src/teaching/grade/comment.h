/*
 * A comment on a mark, in a file of its own: a question of a student, or a note
 * of the teacher for a student and a lab.  It is a text that people can write
 * as well:
 *
 *	rung-question
 *	lab: direct-call
 *	student: 2023001
 *	task: 3
 *	date: 2026-11-21T16:00:00Z
 *
 *	My run has two ACKs. Why is one wrong?
 *
 * A note begins with `rung-note`.  `task` and `date` may be missing.
 */
#ifndef GRADE_COMMENT_H
#define GRADE_COMMENT_H

#include "base/buf.h"
#include "base/diag.h"

#define COMMENT_TEXT_MAX 2000 /* bytes */
#define COMMENT_FILE_MAX 4096
#define COMMENT_NAME_MAX 64 /* of a lab, a number, a date */

struct comment {
	bool note;
	unsigned task; /* its number; 0: the whole lab */
	struct str lab, student, date, text;
};

/* Of TEXT, which outlives C.  0, ERR_NOTFOUND: TEXT is not a comment, or D's
 * error. */
int comment_read(struct comment *c, struct str text, struct diag *d);
/* C as a file.  0 or D's error: something is missing or too long. */
int comment_put(const struct comment *c, struct buf *out, struct diag *d);

#endif
