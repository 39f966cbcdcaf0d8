/*
 * A program of the system's that is written to while it runs, such as one that
 * plays sound: it is never waited for, and what it does not take in time is
 * left out.  It is ended with the feed.
 */
#ifndef LIVE_FEED_H
#define LIVE_FEED_H

#include "base/buf.h"
#include "jobs/child.h"

/* Bytes that wait for a program; more are left out. */
#define FEED_WAITING 65536

struct feed {
	struct child child;
	int fd;
	struct buf waiting;
};
#define FEED_INIT ((struct feed){ .fd = -1, .waiting = BUF_INIT })

/* Starts ARGV, looked for in PATH, ended by NULL; it says nothing.  0 or
 * errno: it could not be started. */
int feed_begin(struct feed *f, const char *const *argv);
/* Gives it BYTES, all or none, as it can take them.  False: it has ended. */
bool feed_put(struct feed *f, struct str bytes);
void feed_end(struct feed *f);

#endif
