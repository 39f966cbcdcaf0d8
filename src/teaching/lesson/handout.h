/*
 * A lab's handout, README.md or the one in another language next to it
 * (README.zh.md), and the tasks in it: the items of the numbered list below the
 * heading "Tasks".
 */
#ifndef LESSON_HANDOUT_H
#define LESSON_HANDOUT_H

#include "base/buf.h"
#include "base/diag.h"

#define HANDOUT_TASKS_MAX 32

struct handout {
	struct buf text;
	struct str tasks[HANDOUT_TASKS_MAX]; /* of the text, without numbers */
	size_t ntasks;
	struct str title; /* of the first heading */
	/* The line above the commands of a task that is asked first, in the
	 * language of the tasks' heading; NULL without one. */
	const char *first;
};

#define HANDOUT_INIT ((struct handout){ .text = BUF_INIT })

/*
 * The handout of FOLDER in language LANG ("zh_CN": README.zh.md), in English
 * where there is none.  An empty one where there is none at all.  0, ERR_NOMEM,
 * or D's error for a file that can't be read.
 */
int handout_read(
    struct handout *h, const char *folder, const char *lang, struct diag *d);
void handout_free(struct handout *h);

/* Fills in the tasks from H->text, which the caller has put there. */
void handout_find_tasks(struct handout *h);

/* H with ASK, Markdown, in the place of the question of task I, from 0: of the
 * whole task where ASK has commands, else of the part above its commands.  The
 * tasks are found again.  0 or ERR_NOMEM. */
int handout_replace_task(struct handout *h, size_t i, struct str ask);

/* H with the line FIRST above the commands of task I, from 0, where it has some
 * and not yet that line.  The tasks are found again.  0 or ERR_NOMEM. */
int handout_ask_first(struct handout *h, size_t i);

/* Adds LINES, which stay as they are, to task I, from 0.  The tasks are found
 * again.  0 or ERR_NOMEM. */
int handout_add_lines(struct handout *h, size_t i, struct str lines);

/* TEXT, a handout of LAB, for the copy of it in FOLDER: its commands name the
 * copy.  0 or ERR_NOMEM. */
int handout_put_copy(
    struct str text, const char *lab, const char *folder, struct buf *out);

/* The same for the lab under another name, NAME: a copy that commands make
 * stays what it is called. */
int handout_put_renamed(
    struct str text, const char *lab, const char *name, struct buf *out);

/* The same for STUDENT, who has no copy: its commands name LAB and the
 * student's number. */
int handout_put_student(
    struct str text, const char *lab, const char *student, struct buf *out);

/* The TEXT of a task, with the white space that continues an item taken off. 0
 * or ERR_NOMEM. */
int handout_put_text(struct str text, struct buf *out);

#endif
