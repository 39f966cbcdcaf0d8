/*
 * Captures in pieces, for tests: those at hand, and ways to cut them.
 */
#ifndef CAPTURE_PIECES_H
#define CAPTURE_PIECES_H

#include "base/buf.h"
#include "base/str.h"

/* Calls FN with each capture and log at hand and its NAME: those of examples,
 * tests/fuzz/corpus and $RUNG_DATA.  How many these were. */
typedef void pieces_file_fn(const char *name, struct str bytes);
unsigned pieces_of_files(pieces_file_fn *fn);

/* Whole; one byte each; as many as a random number below MOST says. */
struct pieces {
	struct str rest;
	size_t most;
	uint64_t draw;
};

/* SEED 0: pieces of MOST bytes, else random ones, at most so long. */
struct pieces pieces_of(struct str bytes, size_t most, uint64_t seed);
/* The next piece; empty: there are no more. */
struct str pieces_next(struct pieces *p);

/* BYTES with gzip, into OUT. */
void pieces_pack(struct str bytes, struct buf *out);

#endif
