/*
 * Where labs and topologies are: in the folders labs and topologies of the
 * graded set around the working directory, of $RUNG_SHARE, the working
 * directory, the folders around the program, and the place of installation.
 */
#ifndef INPUTS_SHARE_H
#define INPUTS_SHARE_H

#include "base/diag.h"

/* What makes a folder that of a graded set, as students have it. */
#define SHARE_SET_FILE "graded.txt"

/* The folder of the graded set that FOLDER ("": the working directory) is, or
 * is in, into PATH, with a slash after it unless it is the working directory.
 * 0, ERR_NOTFOUND or ERR_NOMEM. */
int share_set(const char *folder, struct buf *path);

/* FOLDER/NAME for the first of those folders that has it; 0, ERR_NOTFOUND or
 * ERR_NOMEM. */
int share_find(const char *name, struct buf *path);

/* The lab NAME, or the topology; as share_find. */
int share_find_input(const char *name, struct buf *path);

/* What NAME, which share_find does not have, is most likely meant to be: the
 * name of a lab, a topology or a file here, or with a slash in it, of a
 * neighbour of such a file, else of the lab or topology called so.  NEAR is
 * empty where nothing is like it.  0 or ERR_NOMEM. */
int share_nearest(const char *name, struct buf *near);

/* The plan of labs/plans that NAME, which is none, most likely means, as
 * share_nearest. */
int share_nearest_plan(const char *name, struct buf *near);

/* Says of FOLDER that it is not a lab, or why it can't be read; ERR_NOTFOUND.
 */
int share_no_lab(const char *folder, struct diag *d);
/* Puts the lab or topology that NAME is meant to be behind what D says; as
 * diag_meant. */
int share_meant(struct diag *d, int err, const char *name);

/* The program's own path: where a script starts it by the loader of libraries
 * of its own, as in a bundle, that says by $RUNG_PROGRAM which path is its own;
 * the system knows the loader alone then.  0, ERR_NOTFOUND or ERR_NOMEM. */
int share_program(struct buf *path);

/* Place I, from 0, into PATH, with a slash after it unless it is the working
 * directory; ERR_RANGE behind the last, ERR_NOTFOUND for one that can't be
 * told, as where $RUNG_SHARE is not set. */
int share_place(struct buf *path, unsigned i);

/* The folders in which labs are looked for, as far as there are such, each
 * once, with commas between. */
void share_places(struct buf *out);

#endif
