/* Records of a trace about its capture; see inference/trace_notes.c.  The maker
 * of the trace checks whether memory was lacking (mem_failures). */
#ifndef INFERENCE_TRACE_NOTES_H
#define INFERENCE_TRACE_NOTES_H

#include "inference/clocks.h"
#include "inference/correlation.h"
#include "trace/writer.h"

/* A's address and port into the open record; nothing where it has none. */
void
trace_put_addr(struct trace_writer *w, const char *key, const struct addr *a);

/* Writes a note about R at NODE, at T of the trace's time. */
void trace_note_missing(const struct capture_remark *r, const char *node,
    int64_t t, struct trace_writer *w);
/* What an ICMP error (as struct datagram has it) says of what it answers. */
enum trace_drop trace_drop_of_icmp(uint32_t icmp);
/* Writes the drop of M, which record SEND sent and an ICMP error answered; the
 * number of the record. */
uint64_t trace_put_lost(
    const struct correlation_message *m, uint64_t send, struct trace_writer *w);

/* ,"clocks":[…] behind another member of the head; nothing where no clock was
 * corrected.  C may be NULL. */
void trace_put_clocks(const struct clocks *c, struct buf *b);
/* Writes a note for each corrected clock, before any other record. */
void trace_note_clocks(const struct clocks *c, struct trace_writer *w);

/* Writes a note where message I, sent by record SEND, begins a call that is a
 * leg of another. */
void trace_note_leg(const struct correlation *co, uint32_t i, uint64_t send,
    struct trace_writer *w);

#endif
