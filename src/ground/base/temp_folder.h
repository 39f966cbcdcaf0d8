/*
 * A folder of its own for as long as the program takes, in $TMPDIR or /tmp.
 * Whoever has one holds a lock on it, and so do the processes that he begins:
 * what a SIGKILL has left is held by nobody, and who makes the next one clears
 * it.
 */
#ifndef BASE_TEMP_FOLDER_H
#define BASE_TEMP_FOLDER_H

#include "base/buf.h"
#include "base/diag.h"

struct temp_folder {
	struct buf path;
	int lock; /* -1: there is none */
};

#define TEMP_FOLDER_INIT ((struct temp_folder){ BUF_INIT, -1 })

/* Where files lie that are gone when the program ends: $TMPDIR, or /tmp. */
const char *temp_folder_place(void);

/* Makes NAME-XXXXXX, and clears others of that NAME that nobody holds.  0 or
 * D's error. */
int temp_folder_make(struct temp_folder *t, const char *name, struct diag *d);
/* With all that is in it. */
void temp_folder_remove(struct temp_folder *t);

#endif
