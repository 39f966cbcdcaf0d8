/*
 * Bytes on their way out of the program, in pieces: a sink takes them, and a
 * file is written aside and comes to its place when it is whole, so that half a
 * file is never seen.  Meanwhile it has no name (O_TMPFILE), and is gone with
 * the program however that ends; where the file system has no such files it is
 * a ".rung-…" beside its place, which SIGINT, SIGTERM, SIGHUP, SIGQUIT, SIGPIPE
 * and SIGXCPU remove before they end the program.  A file named .gz may be
 * compressed on its way (base/gzip.h).  A file that was read, before or
 * meanwhile, is never written over (base/infile.h), by whatever name.
 */
#ifndef BASE_OUTFILE_H
#define BASE_OUTFILE_H

#include <signal.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>

#include "base/diag.h"
#include "base/buf.h"
#include "base/str.h"

struct gzip;

/* Why a file can't be written, of an errno, in the user's language. */
const char *outfile_why(int trouble);

struct outfile {
	FILE *f;
	struct gzip *gzip; /* owned; NULL: not compressed */
	char *room;        /* owned: bytes gathered for F, USED of them; NULL */
	size_t used;
	char *path;  /* owned: where it shall be; NULL: written directly */
	char *temp;  /* owned: where it is meanwhile; NULL: has no name */
	int trouble; /* errno of the first failure, or 0 */
	char *kept;  /* owned: what had been left at TEMP is there; NULL */
	bool own;    /* it may be one that was read */
	bool read;   /* it is one that was read, and is left alone */
	bool lasts;  /* the file next to it stays, however the writing ends */
};

#define OUTFILE_INIT ((struct outfile){ .f = NULL })

/*
 * PATH "-" is standard output.  A device or a pipe is written directly; of a
 * symbolic link the target is replaced, or made, and a replaced file keeps its
 * permissions.  0, ERR_IO (errno says why), ERR_NOMEM, or ERR_EXISTS where PATH
 * is one of the files that were read.
 */
int outfile_open(struct outfile *o, const char *path);
/* The same; the output is compressed where PATH ends in ".gz". */
int outfile_open_packed(struct outfile *o, const char *path);
/* The same for a file that is the program's, made by it and read again: a
 * session, a file in the folder of a sweep. */
int outfile_open_own(struct outfile *o, const char *path);
/* Writes into D why FILE was rejected with ERR_EXISTS, which it returns. */
int outfile_tell_read(const char *file, struct diag *d);
/* Better known before anything is done: FILE (NULL: none) may be written.  0
 * or D's error. */
int outfile_check(const char *file, struct diag *d);
/* The same, but where the program is ended by force, PATH.part has what was
 * flushed, compressed where PATH ends in ".gz"; not where another writes there.
 * The rest of an earlier run is moved to PATH.part.1, or the next number that
 * is free: o->kept. */
int outfile_open_lasting(struct outfile *o, const char *path);
/* What was written so far can be read aside.  0, or ERR_IO.  Compressed bytes
 * grow by some with each: flushed twice a second a trace by 2 %. */
int outfile_flush(struct outfile *o);
/* A sink; ARG is the struct outfile. */
int outfile_write(const char *p, size_t n, void *arg);
/*
 * Ends it: where WHOLE and all went well, the file is in its place, else
 * whatever stood there before.  All did not go well where an allocation failed
 * meanwhile (mem_failures): what was written may lack a piece.  O is
 * OUTFILE_INIT afterwards; more calls do nothing.  0, ERR_NOMEM, ERR_IO or, as
 * above, ERR_EXISTS; errno says why (of the first failure).
 */
int outfile_close(struct outfile *o, bool whole);

/* For tests: files have names meanwhile, as on a file system that has no
 * others; or not any more. */
void outfile_always_named(bool named);

/*
 * Names of files and folders that are to be gone if a signal ends the program.
 * The names and the signals' dispositions are the process's, so they are
 * globals.
 *
 * SIGINT, SIGTERM, SIGHUP, SIGQUIT, SIGPIPE and SIGXCPU wait meanwhile: so that
 * a file and its name here come and go together.
 */
void outfile_left_hold(sigset_t *before);
void outfile_left_release(const sigset_t *before);

/* Makes FOLDER (borrowed), which is removed with all that is in it by such a
 * signal, until it is kept.  0 or errno. */
int outfile_left_make(const char *folder);
void outfile_left_keep(const char *folder);

/* Removes the unfinished files and folders; for a program's own handler of such
 * a signal. */
void outfile_left_remove(void);

/*
 * Writes all of TEXT to FD, a pipe, a socket or a file without a name, however
 * many pieces that takes. 0 or errno, of which EPIPE is that the reader has
 * closed the pipe (where SIGPIPE is ignored).
 */
int fd_write(int fd, struct str text);

#endif
