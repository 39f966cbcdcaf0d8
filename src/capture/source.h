/*
 * The bytes of a file or a pipe, from the first to the last, through a window;
 * a file compressed with gzip is uncompressed on the way.
 */
#ifndef CAPTURE_SOURCE_H
#define CAPTURE_SOURCE_H

#include "base/diag.h"

struct source;

/* What source_look can give at once. */
#define SOURCE_WINDOW 524288

/*
 * PATH may be "-", the standard input.  TROUBLE, which must live as long as the
 * source, gets what goes wrong later in reading.  0, ERR_IO, ERR_NOMEM,
 * ERR_UNSUPPORTED, said in D.
 */
int source_open(
    struct source **s, const char *path, struct diag *trouble, struct diag *d);
void source_close(struct source *s); /* may be NULL */

/* N bytes (at most SOURCE_WINDOW) that come next, or more of them; fewer only
 * at the end.  They stand there until the next call. */
struct str source_look(struct source *s, size_t n);
void source_skip(struct source *s, uint64_t n);
/* Offset of the next byte, from 0; of a compressed file in what it uncompresses
 * to. */
uint64_t source_at(const struct source *s);

/* The bytes may be read again by source_again. */
bool source_is_kept(const struct source *s);
/* N bytes from AT on, or as many as there still are. */
size_t source_again(const struct source *s, uint64_t at, char *to, size_t n);

#endif
