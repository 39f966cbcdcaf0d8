/*
 * What a message itself says of why it was sent: the fields that are there for
 * that, as they stand; else its body, where that is a command.
 */
#ifndef WORDS_OWN_REASON_H
#define WORDS_OWN_REASON_H

#include "trace/reader.h"

/*
 * Appends `Its own reason: Warning: 304 atl "Media type not available"` of the
 * SIP message that REC sends, in the user's language; the fields are quoted
 * as they are.  Without them what its body is (msg_body_gist); of ISUP the
 * cause and what a gateway makes of it.  False and nothing for any other
 * record, and where the message has neither.
 */
bool own_reason_put(const struct trace_rec *rec, struct buf *out);

#endif
