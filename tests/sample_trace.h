/*
 * Traces made by hand for the tests of views: a builder of records, and the
 * story of a lost INVITE that most of them show.
 */
#ifndef SAMPLE_TRACE_H
#define SAMPLE_TRACE_H

#include "base/buf.h"
#include "trace/reader.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#define MS INT64_C(1000000)

struct sample {
	struct buf b;
	uint64_t seq;
	int64_t t; /* time of the next records */
	unsigned nodes;
	bool in_records;
};

#define SAMPLE_INIT ((struct sample){ .b = BUF_INIT })

void sample_begin(struct sample *s, const char *title);
void sample_node(struct sample *s, const char *name, const char *role,
    const char *domain, const char *label);
/* One record; FMT gives the fields behind the common ones, each after a comma,
 * with ' for ". */
uint64_t sample_rec(struct sample *s, const char *kind, const char *node,
    uint64_t cause, const char *why, const char *fmt, ...)
    __attribute__((format(printf, 6, 7)));

/*
 * A SIP message from SRC to DST: START is "INVITE" or "180 Ringing", METHOD
 * that of CSeq.  FWD and RETX may be 0.
 */
uint64_t sample_send(struct sample *s, const char *src, const char *dst,
    const char *start, const char *method, bool sdp, uint64_t cause,
    const char *why, uint64_t fwd, uint64_t retx);

/* Arrives DELAY later at DST; the builder's time moves there. */
uint64_t
sample_recv(struct sample *s, const char *dst, uint64_t of, int64_t delay);

/* Send and recv at once; the recv. */
uint64_t sample_pass(struct sample *s, const char *src, const char *dst,
    const char *start, const char *method, uint64_t cause, int64_t delay);
struct trace *sample_load(struct sample *s);
struct trace *sample_end(struct sample *s);

/* Alice calls Bob through two proxies; the first INVITE between them is lost.
 * Links of 5, 20 and 5 ms; cf. RFC 3665 3.2, with the mend of Timer A. */
struct trace *sample_lost_invite(void);

#endif
