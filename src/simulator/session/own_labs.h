/*
 * The labs of the user's own: folders that rung copy or --lab was given, kept
 * as lines of the file `labs` beside the sessions.  A copy's answers say in
 * which folder their lab is, and they are untrusted: they are followed to these
 * alone.
 */
#ifndef SESSION_OWN_LABS_H
#define SESSION_OWN_LABS_H

#include <stdbool.h>

/* The path of FOLDER from the root, without links; the caller frees it with
 * free().  NULL: there is none, or it is more than a line. */
char *own_lab_path(const char *folder);

/* Keeps FOLDER, the newest of at most OWN_LABS_MAX.  A failure to do so is
 * ignored: own_labs_has says what was kept. */
#define OWN_LABS_MAX 200
void own_labs_add(const char *folder);

/* FOLDER, as own_lab_path has it, was kept, whether it is there or not. */
bool own_labs_has(const char *folder);

#endif
