/*
 * The arrival dates of a class's files, by the clock of the machine that took
 * them (classroom/handins.h): the file ARRIVAL_DATES_FILE in their folder, with
 * a line "DATE NAME" for each.  The last line of a name counts.
 */
#ifndef GRADE_ARRIVAL_DATES_H
#define GRADE_ARRIVAL_DATES_H

#include "base/buf.h"

#define ARRIVAL_DATES_FILE ".arrived"

/* FILE comes to FOLDER now; it is on the disk.  0, ERR_NOMEM, or ERR_IO (errno
 * says why). */
int arrival_date_note(const char *folder, const char *file);
/* FILE is called NAME from now on.  The same. */
int arrival_date_rename(const char *folder, const char *file, const char *name);
/* What FOLDER has noted, appended to OUT; nothing where that can't be read.  0
 * or ERR_NOMEM. */
int arrival_date_read(const char *folder, struct buf *out);
/* When FILE came, of what was NOTED; empty: that is not known. */
struct str arrival_date_of(struct str noted, const char *file);

#endif
