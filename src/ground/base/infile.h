/*
 * Files that are read as a whole: scripts, topologies, answers, rosters.  A
 * pipe or a device in such a file's place would be waited for for ever, or
 * never end: they are read where the shell has opened them, as standard input
 * ("-") or below /dev or /proc, and nowhere else.
 */
#ifndef BASE_INFILE_H
#define BASE_INFILE_H

#include <stdio.h>

/* What errno is for a pipe or a device. */
#define INFILE_NO_FILE ENOTBLK

/* NULL: errno says why.  Closed by infile_close, which leaves standard input
 * open and errno as it was. */
FILE *infile_stream(const char *path);
void infile_close(FILE *f);

#endif
