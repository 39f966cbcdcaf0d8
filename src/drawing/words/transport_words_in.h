/*
 * Which transport a message goes by, and why.
 */
#ifndef WORDS_TRANSPORT_WORDS_IN_H
#define WORDS_TRANSPORT_WORDS_IN_H

#include "trace/reader.h"

/*
 * Appends one sentence with its RFC about the SIP message that REC sends the
 * first time: "It goes by UDP: …".  False and nothing for any other record,
 * and where a record of its own says it (a request too large for UDP).
 */
bool transport_put_reason(
    const struct trace *t, const struct trace_rec *rec, struct buf *out);

#endif
