/*
 * Stored bytes: messages of a capture that are not in its file in one
 * piece, all of a capture that came through a pipe or was compressed, the text
 * of a trace.  Small amounts stay in memory, larger ones go into a file without
 * a name, which no other program can shorten, so that it may be mapped.
 */
#ifndef BASE_SPOOL_H
#define BASE_SPOOL_H

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

/* Brings S's bytes into memory; its file is gone: for a caller that adds more
 * to `near` where the file failed.  0, ERR_NOMEM, ERR_IO: then S is as it
 * was. */
int spool_bring_back(struct spool *s);

/* All that was added, in one piece: mapped where there is a file, else the
 * memory that it was in. */
struct spool_text {
	char *p;
	size_t n, cap;
	bool mapped;
};

/* S is empty afterwards; but on failure as it was: ERR_NOMEM, ERR_IO. */
int spool_take(struct spool *s, struct spool_text *text);
void spool_text_free(struct spool_text *text);
/* Drops the mapping's pages from memory; a later access reads them again. */
void spool_text_rest(const struct spool_text *text);

#endif
