/*
 * One line for a lecture hall: what happens in this message and why, in plain
 * words, short enough to be read from the last row.
 */
#ifndef WORDS_CAPTION_H
#define WORDS_CAPTION_H

#include "trace/reader.h"

/*
 * Appends the caption of record SEQ in the user's language, at most CELLS wide
 * (0: 100): of a send "atl sends INVITE to bil again: no answer came
 * within 500 ms (Timer A)", or a shorter form of that; of another record its
 * sentence.  Safe text, no newline; nothing where the trace has no such
 * record.  Out of memory is OUT's error.
 */
void caption_write(
    const struct trace *t, uint64_t seq, size_t cells, struct buf *out);

/*
 * The rule behind record SEQ: its own, else that of the nearest record on the
 * way back to what arrived, was asked for or ran out.  NULL where there is
 * none.
 */
const struct rule *caption_rule(const struct trace *t, uint64_t seq);

/* "INVITE" or "180 Ringing": a message in the protocol's own words. */
void caption_put_message(struct buf *b, struct str method, unsigned status);

/* ---- what a message itself says of why it was sent ---- */

/*
 * Appends `Its own reason: Warning: 304 atl "Media type not available"` of the
 * SIP message that REC sends, in the user's language; the fields are quoted
 * as they are.  Without them what its body is (msg_body_gist); of ISUP the
 * cause and what a gateway makes of it.  False and nothing for any other
 * record, and where the message has neither.
 */
bool own_reason_put(const struct trace_rec *rec, struct buf *out);

/* ---- which transport a message goes by, and why ---- */

/*
 * Appends one sentence with its RFC about the SIP message that REC sends the
 * first time: "It goes by UDP: …".  False and nothing for any other record,
 * and where a record of its own says it (a request too large for UDP).
 */
bool transport_put_reason(
    const struct trace *t, const struct trace_rec *rec, struct buf *out);

#endif
