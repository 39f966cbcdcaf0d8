/*
 * A program of the system's that is written to while it runs, such as one that
 * plays sound: it is never waited for, and what it does not take in time is
 * left out.  It is ended with the feed.
 */
#ifndef LIVE_FEED_H
#define LIVE_FEED_H

#include "base/buf.h"

#include <sys/types.h>

/* Bytes that wait for a program; more are left out. */
#define FEED_WAITING 65536

struct feed {
	pid_t pid; /* 0: there is none, or it has ended */
	int fd;
	struct buf waiting;
};
#define FEED_INIT               \
	{                       \
		0, -1, BUF_INIT \
	}

/* Starts ARGV, looked for in PATH, ended by NULL; it says nothing.  0 or
 * ERR_IO: no process could be begun. */
int feed_begin(struct feed *f, const char *const *argv);
/* Gives it BYTES, all or none, as it can take them.  False: it has ended. */
bool feed_put(struct feed *f, struct str bytes);
void feed_end(struct feed *f);

#endif
