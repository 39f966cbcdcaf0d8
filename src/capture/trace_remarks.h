/* What a trace says of what a capture lacks, and of ICMP's errors. */
#ifndef CAPTURE_TRACE_REMARKS_H
#define CAPTURE_TRACE_REMARKS_H

#include "capture/join.h"
#include "trace/writer.h"

/* A note at NODE at T of J's time. */
void trace_remarks_note(const struct capture_remark *r, const char *node,
    int64_t t, struct trace_writer *w);
/* M was answered by the ICMP error that it has: it is lost.  SEND is its
 * record.
 */
void trace_remarks_drop(
    const struct join_message *m, uint64_t send, struct trace_writer *w);

#endif
