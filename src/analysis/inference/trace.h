/*
 * A capture as a trace: what docs/CAPTURES.md tells.  Messages are as they were
 * seen; what they come from, and the records that they imply, is inferred.
 */
#ifndef INFERENCE_TRACE_H
#define INFERENCE_TRACE_H

#include "inference/clocks.h"
#include "inference/correlation.h"
#include "packets/address_names.h"
#include "packets/reader.h"
#include "trace/writer.h"

struct trace;

struct capture_trace_options {
	const struct address_names *names; /* borrowed; may be NULL */
	const struct clocks *clocks;       /* what was corrected; may be NULL */
	const char *title;                 /* may be NULL */
	enum trace_detail detail;
	/* Only the calls with these Call-IDs and what belongs to them; 0: all.
	 */
	const struct str *calls;
	size_t ncalls;
	/* The trace goes on until then, where its last message comes before:
	 * for inferred timers, in ns from the first message. */
	int64_t until;
};

/*
 * Writes the trace of SRC to SINK, line by line; the same source and options
 * give the same bytes.  Time and memory grow in proportion to the messages.
 * 0, or D's error: ERR_NOMEM, ERR_LIMIT, ERR_NOTFOUND (none of the calls is in
 * it), or what SINK returned.
 */
int capture_trace(const struct capture_reader *src,
    const struct capture_trace_options *o, trace_sink_fn *sink, void *arg,
    struct diag *d);
/* The same as a trace, which keeps where members stand, of a capture that is
 * correlated in CO already; O's names are the ones that CO was made with.  NAME
 * is for sentences.  *T is NULL where it fails. */
int capture_load(struct trace **t, struct correlation *co,
    const struct capture_trace_options *o, const char *name, struct diag *d);

#endif
