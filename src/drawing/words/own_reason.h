/*
 * What a message itself says of why it was sent: the fields that are there for
 * that, as they stand, and the cause that a telephone network gives in its
 * body; else its body, where that is a command.
 */
#ifndef WORDS_OWN_REASON_H
#define WORDS_OWN_REASON_H

#include "trace/reader.h"

/*
 * Appends `Its own reason: Warning: 304 atl "Media type not available"` of the
 * SIP message that REC sends, in the user's language; the fields are quoted
 * as they are, behind them stands "REL with cause 17 of Q.850, user busy" of a
 * body of ISUP.  Without them what its body is (msg_body_gist).  False and
 * nothing for any other record, and where the message has nothing of that.
 */
bool own_reason_put(const struct trace_rec *rec, struct buf *out);

#endif
