/*
 * Files that are read.  A pipe or a device in a file's place would be waited
 * for for ever, or never end: such are read where the shell has opened them, as
 * standard input ("-") or below /dev or /proc, and nowhere else.
 */
#ifndef BASE_INFILE_H
#define BASE_INFILE_H

#include <stdio.h>

/* What errno is for a pipe or a device. */
#define INFILE_NO_FILE ENOTBLK

/* A descriptor to be closed, also of "-"; -1: errno says why. */
int infile_open(const char *path);
/* The same as a stream; NULL: errno says why.  Closed by infile_close, which
 * leaves standard input open and errno as it was. */
FILE *infile_stream(const char *path);
void infile_close(FILE *f);

#endif
