/*
 * Bytes to files by their descriptors: pipes, sockets, files without a name.
 */
#ifndef BASE_FD_H
#define BASE_FD_H

#include "base/str.h"

/* Writes all of TEXT to FD, however many pieces that takes.  0 or errno, of
 * which EPIPE is that nobody reads any more (where SIGPIPE is ignored). */
int fd_write(int fd, struct str text);

#endif
