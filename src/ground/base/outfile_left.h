/*
 * Names of files that are to be gone if a signal ends the program.  The names
 * and the signals' dispositions are the process's, so they are globals here.
 */
#ifndef BASE_OUTFILE_LEFT_H
#define BASE_OUTFILE_LEFT_H

#include <signal.h>

/* SIGINT, SIGTERM, SIGHUP, SIGQUIT, SIGPIPE and SIGXCPU wait meanwhile: so that
 * a file and its name here come and go together. */
void outfile_left_hold(sigset_t *before);
void outfile_left_release(const sigset_t *before);

/* While they wait: PATH (borrowed until it is dropped) is removed by such a
 * signal, unless somebody else handles or ignores it.  Of more than a few
 * files only the first are. */
void outfile_left_add(const char *path);
void outfile_left_drop(const char *path);
/* Removes them; for the handler of whoever handles such a signal himself. */
void outfile_left_remove(void);

#endif
