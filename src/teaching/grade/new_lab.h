/*
 * What somebody begins with who writes a lab or a network: the lab in the
 * shared folder templates/new-lab, with remarks on what is what.  Its pages are
 * there in each language; its scripts and its network are in English, and in
 * another language in a folder of that name below.
 */
#ifndef GRADE_NEW_LAB_H
#define GRADE_NEW_LAB_H

#include "base/buf.h"
#include "base/diag.h"

/* Makes the lab FOLDER, whose last part is its name, with the folders above it
 * that are missing, in the language in force.  0 or D's error; then FOLDER is
 * as it was. */
int new_lab(const char *folder, struct diag *d);

/* Makes a topology: the file NAME, or NAME.gv where NAME does not end as a
 * topology does; its name is appended to FILE.  0 or D's error. */
int new_topology(const char *name, struct buf *file, struct diag *d);

#endif
