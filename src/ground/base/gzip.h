/*
 * gzip streams (RFC 1952), written and read in pieces.  The header names
 * neither time nor file nor system, so that the same bytes give the same
 * stream.
 *
 * Data compressed by gzip may be a thousand times as large as their stream.  So
 * the output is limited by the input: then neither time nor memory can be more
 * than in proportion to the stream.
 */
#ifndef BASE_GZIP_H
#define BASE_GZIP_H

#include "base/buf.h"
#include "base/diag.h"
#include "base/outfile.h"

/* ---- writing ---- */

struct gzip;

/* What it makes goes to SINK with ARG, in pieces.  0 or ERR_NOMEM. */
int gzip_create(struct gzip **z, sink_fn *sink, void *arg);
/* 0, or the error of the sink. */
int gzip_write(struct gzip *z, const char *p, size_t n);
/* All that was written goes to the sink, so that it can be read already. */
int gzip_flush(struct gzip *z);
/* Writes the rest, and the checksum; nothing may be written after it. */
int gzip_end(struct gzip *z);
void gzip_destroy(struct gzip *z); /* may be NULL */

/* BYTES compressed, appended to OUT; SMALL: as well as it goes.  0 or
 * ERR_NOMEM. */
int gzip_put(struct str bytes, bool small, struct buf *out);
/* PATH's name ends in ".gz". */
bool gzip_is_named(const char *path);

/* ---- reading ---- */

struct gunzip;

enum gunzip_state {
	GUNZIP_OPEN,     /* more may come */
	GUNZIP_ENDED,    /* with its sum, and nothing after it */
	GUNZIP_TORN,     /* the stream ends too early */
	GUNZIP_DAMAGED,  /* it is none, or its sum is another */
	GUNZIP_FOLLOWED, /* something else stands after it */
	GUNZIP_LIMIT,    /* too much comes out */
	GUNZIP_NOMEM
};

/* Up to N bytes of the stream to TO; 0 at its end, GUNZIP_LATER where more are
 * still to come. */
typedef size_t gunzip_read_fn(char *to, size_t n, void *arg);
#define GUNZIP_LATER SIZE_MAX

/* It may be created anywhere but is not to be moved; BEGIN, which was read
 * already, is copied; READ NULL: that is all of it.  0, ERR_NOMEM; ERR_RANGE
 * where BEGIN is longer than GUNZIP_CHUNK. */
int gunzip_create(
    struct gunzip **g, struct str begin, gunzip_read_fn *read, void *arg);
/* Up to N bytes of what was compressed to TO; 0 only where no more come, or
 * READ has said GUNZIP_LATER: then the state is GUNZIP_OPEN, and it may be
 * called again.  After one member another may follow (RFC 1952 2.2). */
size_t gunzip_read(struct gunzip *g, char *to, size_t n);
enum gunzip_state gunzip_state(const struct gunzip *g);
void gunzip_destroy(struct gunzip *g); /* may be NULL */

#define GUNZIP_CHUNK 131072

bool gunzip_is(struct str head); /* it begins as gzip streams do */
/* The first bytes, at most N, of what HEAD is the begin of, to TO. */
size_t gunzip_peek(struct str head, char *to, size_t n);
/* Writes into D the fault of the stream FILE; returns its error, 0 for
 * GUNZIP_OPEN and GUNZIP_ENDED. */
int gunzip_say(enum gunzip_state state, const char *file, struct diag *d);

#endif
