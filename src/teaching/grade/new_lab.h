/*
 * The beginning of a new lab or network: the lab in the shared folder
 * templates/new-lab, with remarks on each part.  Its pages are there in each
 * language; its scripts and its network are in English, and in another language
 * in a folder of that name below.
 */
#ifndef GRADE_NEW_LAB_H
#define GRADE_NEW_LAB_H

#include "base/buf.h"
#include "base/diag.h"
#include "grade/mark.h"

/* Makes the lab FOLDER, whose last part is its name, with the folders above it
 * that are missing, in the language in force.  0 or D's error; then FOLDER is
 * as it was. */
int new_lab(const char *folder, struct diag *d);

/* Makes a topology: the file NAME, or NAME.gv where NAME does not end as a
 * topology does; its name is appended to FILE.  0 or D's error. */
int new_topology(const char *name, struct buf *file, struct diag *d);

/* ---- labs as copies: a student's own, those of a graded set ---- */

struct lab_copy {
	const struct work *lab; /* the lab to copy */
	const char *to; /* a folder that is there, and has none of its files */
	/* A file of that name is left out.  NULL: none is. */
	bool (*is_kept_back)(const char *name);
	/* Whose tasks its handouts have, each in its language; NULL: they stay
	 * as they are. */
	struct lesson *lesson;
	/* TEXT, a handout of the lab called LAB, for the copy, which ARG is of;
	 * 0 or ERR_NOMEM. */
	int (*put_handout)(
	    struct str text, const char *lab, const char *arg, struct buf *out);
	const char *arg;
};

/* Copies the lab's files, and the network that it shares with others, as its
 * run has it.  0 or D's error. */
int lab_copy(const struct lab_copy *c, struct diag *d);

/* Makes the new folder PATH.  0 or D's error. */
int lab_make_folder(const char *path, struct diag *d);
/* The same for a folder that is whole or not there.  A signal that ends the
 * program removes it until lab_end_folder is called; PATH is borrowed until
 * then.  lab_end_folder removes it if ERR is an error, and returns ERR. */
int lab_begin_folder(const char *path, struct diag *d);
int lab_end_folder(const char *path, int err);

/* TEXT as the new file at PATH.  0 or D's error. */
int lab_copy_write(const struct buf *text, const char *path, struct diag *d);

#endif
