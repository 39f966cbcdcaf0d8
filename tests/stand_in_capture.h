/*
 * A capture that a test says: messages in an array, so that what is made of
 * them can be seen without a file.
 *
 *	say(&s, 0, A, B, "INVITE sip:bob@b.example SIP/2.0", VIA("a", "1") …);
 */
#ifndef STAND_IN_CAPTURE_H
#define STAND_IN_CAPTURE_H

#include "inference/trace.h"
#include "trace/reader.h"

#include "check.h"

#include <stdarg.h>
#include <string.h>

#define STAND_IN_MAX 64

struct stand_in {
	struct capture_message m[STAND_IN_MAX];
	struct buf bytes[STAND_IN_MAX];
	size_t n;
	struct capture_stream streams[4];
	size_t nstreams;
};

struct capture_reader stand_in_reader(struct stand_in *s);
struct addr stand_in_addr(const char *text);

/* A message of these bytes, seen at PLACE. */
void stand_in_bytes(struct stand_in *s, int64_t ms, unsigned place,
    const char *src, const char *dst, struct str bytes);

/* START line, then HEADS with LF for CRLF and without Content-Length. */
void say(struct stand_in *s, int64_t ms, const char *src, const char *dst,
    const char *start, const char *heads);

/* The last message once more, MS after the first of all, at PLACE. */
void say_again(struct stand_in *s, int64_t ms, unsigned place);
void stand_in_free(struct stand_in *s);
int stand_in_keep(const char *line, size_t n, void *arg);

/* The trace of SUPPLY; NULL where there is none, *ERR says why. */
struct trace *stand_in_trace_of(const struct capture_reader *reader,
    const struct capture_trace_options *o, int *err);
struct trace *
stand_in_trace(struct stand_in *s, const struct capture_trace_options *o);

#endif
