/*
 * Describes a message that is not SIP in a few words after its name: the
 * subject of a query, the result of an answer.  Each protocol whose messages
 * contain more than a name has a function here; its row in trace/protocol.h
 * names the function.
 */
#ifndef WORDS_DESCRIBE_H
#define WORDS_DESCRIBE_H

#include "base/buf.h"
#include "trace/reader.h"

/* Appends to OUT what BYTES, which come from outside, are about, in the user's
 * language and fit to be shown; nothing where they are not as expected.  So
 * many bytes of that, from its beginning, say the most, where all of it has no
 * room; 0: it has no such beginning. */
typedef size_t describe_fn(struct str bytes, struct buf *out);

describe_fn describe_location, describe_dns, describe_stun, describe_isup,
    describe_diameter, describe_megaco;

/* The same of the message of SEND, a send record with the `proto` NAME; nothing
 * where that protocol's row has no function. */
size_t describe_message(
    const struct trace_rec *send, struct str name, struct buf *out);

#endif
