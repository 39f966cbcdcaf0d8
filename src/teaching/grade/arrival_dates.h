/*
 * When the files of a class came, by the clock of the machine that took them
 * (classroom/handins.h): the file ARRIVED_FILE in their folder, with a line
 * "DATE NAME" for each.  The last line of a name counts.
 */
#ifndef GRADE_ARRIVED_H
#define GRADE_ARRIVED_H

#include "base/buf.h"

#define ARRIVED_FILE ".arrived"

/* FILE comes to FOLDER now; it is on the disk.  0, ERR_NOMEM, or ERR_IO (errno
 * says why). */
int arrived_note(const char *folder, const char *file);
/* FILE is called NAME from now on.  The same. */
int arrived_rename(const char *folder, const char *file, const char *name);
/* What FOLDER has noted, appended to OUT; nothing where that can't be read.  0
 * or ERR_NOMEM. */
int arrived_read(const char *folder, struct buf *out);
/* When FILE came, of what was NOTED; empty: that is not known. */
struct str arrived_date(struct str noted, const char *file);

#endif
