/* What a trace says of the clocks that were corrected. */
#ifndef CAPTURE_TRACE_CLOCKS_H
#define CAPTURE_TRACE_CLOCKS_H

#include "capture/clocks.h"
#include "trace/writer.h"

/* ,"clocks":[…] behind another member; nothing where none was. C may be NULL.
 */
void trace_clocks_head(const struct clocks *c, struct buf *b);
/* A note for each, before any other record. */
void trace_clocks_notes(const struct clocks *c, struct trace_writer *w);

#endif
