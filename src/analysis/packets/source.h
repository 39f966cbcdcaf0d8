/*
 * The bytes of a file or a pipe, from the first to the last, through a window;
 * a file compressed with gzip is uncompressed on the way.  A file that grows,
 * and a source that is fed with bytes, may wait: then they have given what came
 * so far, and go on when there is more.
 */
#ifndef PACKETS_SOURCE_H
#define PACKETS_SOURCE_H

#include "base/diag.h"

struct source;

/* What source_look can give at once. */
#define SOURCE_WINDOW 524288

/*
 * PATH may be "-", the standard input.  GROWS: more may be appended to the
 * file; and a pipe is not waited for.  TROUBLE, which must live as long as the
 * source, gets later errors of reading.  0, ERR_IO, ERR_NOMEM, with a sentence
 * in D.
 */
int source_open(struct source **s, const char *path, bool grows,
    struct diag *trouble, struct diag *d);
/* A source without a file: it has what source_feed gives it.  0 or
 * ERR_NOMEM. */
int source_create(struct source **s, struct diag *trouble);
void source_close(struct source *s); /* may be NULL */

/*
 * Looks at the first bytes, before any other is asked for: a compressed file
 * will be decompressed, or is rejected (ERR_UNSUPPORTED).  0 also where these
 * are still to come (source_waits); then it is called again.  PATH is for D.
 */
int source_begin(struct source *s, const char *path, struct diag *d);
bool source_has_begun(const struct source *s);

/* More BYTES of a source without a file; borrowed until the source waits. */
void source_feed(struct source *s, struct str bytes);
/* No more will come than there is now. */
void source_end(struct source *s);
/* All that has come so far was given, and more may come: who was given too
 * little asks again then. */
bool source_waits(const struct source *s);
/* More may come than there is now. */
bool source_grows(const struct source *s);
/* The file that grows is shorter than it was when it was opened or checked, or
 * was in between, for it begins otherwise: ERR_IO, said in D; else 0.  What was
 * read of it is not there any more. */
int source_check(struct source *s, const char *path, struct diag *d);
/* Another one has its name PATH by now: likewise.  It may still grow. */
int source_check_name(const struct source *s, const char *path, struct diag *d);

/* N bytes (at most SOURCE_WINDOW) that come next, or more of them; fewer only
 * at the end, or where the source waits.  They are there until the next
 * call. */
struct str source_look(struct source *s, size_t n);
/* Bytes to skip that have not come yet are skipped when they come. */
void source_skip(struct source *s, uint64_t n);
/* Offset of the next byte, from 0; of a compressed file in what it uncompresses
 * to. */
uint64_t source_at(const struct source *s);

/* The bytes may be read again by source_again. */
bool source_is_kept(const struct source *s);
/* N bytes from AT on, or as many as there still are. */
size_t source_again(const struct source *s, uint64_t at, char *to, size_t n);

/*
 * HEAD are first bytes of a file that holds packets or messages and can't be
 * read here.
 */
bool capture_is_foreign(struct str head);
/*
 * D's error, with what to do about it, where HEAD, the first bytes of PATH, are
 * of such a file; else 0.
 */
int capture_refuse_foreign(struct str head, const char *path, struct diag *d);

#endif
