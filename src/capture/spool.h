/*
 * Bytes kept beside the file: messages that do not stand in it in one piece,
 * and all of what came through a pipe or was compressed.  A little stays in
 * memory, the rest goes into a file without a name.
 */
#ifndef CAPTURE_SPOOL_H
#define CAPTURE_SPOOL_H

#include "base/buf.h"

struct spool {
	struct buf near; /* what was not written yet */
	uint64_t begin;  /* where near.p[0] stands */
	int fd;          /* -1: nothing was written */
};

void spool_init(struct spool *s);
void spool_free(struct spool *s);

/* *AT: where the bytes stand.  0, ERR_NOMEM, ERR_IO (the folder for temporary
 * files is full or missing), ERR_LIMIT. */
int spool_add(struct spool *s, struct str bytes, uint64_t *at);
/* The N bytes at AT, in S or in SCRATCH; fewer where they can't be read. */
struct str
spool_get(const struct spool *s, uint64_t at, size_t n, struct buf *scratch);

#endif
