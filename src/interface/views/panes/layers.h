/* The packets in which a message leaves its sender, as rung export -f pcapng
 * writes them, layer by layer: a form of pane Message. */
#ifndef VIEWS_PANES_LAYERS_H
#define VIEWS_PANES_LAYERS_H

#include "base/diag.h"
#include "draw/doc.h"
#include "trace/reader.h"

/* Appends to D the packets of the message of SEND, a `send` of T: those of
 * record SEQ of FROM, which is T or its run made again.  0, or pcapng_write's
 * error with a sentence in WHY. */
int layers_of(const struct trace *t, const struct trace_rec *send,
    const struct trace *from, uint64_t seq, size_t width, struct doc *d,
    struct diag *why);

/* The same of the message that record SEQ of T is about, from what T has;
 * whatever prevents it is said in D. */
void
layers_view(const struct trace *t, uint64_t seq, size_t width, struct doc *d);

#endif
