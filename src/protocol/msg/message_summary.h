/*
 * How many messages wait in a mailbox: the body of RFC 3842 5.2, lines of the
 * form "name: value".  Of its classes of messages voice alone is read.
 */
#ifndef MSG_MESSAGE_SUMMARY_H
#define MSG_MESSAGE_SUMMARY_H

#include "base/buf.h"
#include "base/str.h"
#include "msg/message.h"

#include <stdbool.h>
#include <stdint.h>

#define MESSAGE_SUMMARY_TYPE "application/simple-message-summary"

struct message_count {
	uint32_t fresh, old;
};

struct message_summary {
	bool waiting;
	struct str account; /* URI of the mailbox, a slice; may be empty */
	bool counted;       /* there are numbers for voice */
	struct message_count voice, urgent; /* URGENT: of those in VOICE */
};

void message_summary_write(const struct message_summary *s, struct buf *out);
/* What BODY says, as a sentence for people: 0, ERR_SYNTAX, ERR_NOMEM. */
int message_summary_say(struct str body, struct buf *out);

/*
 * Digits in the body of an INFO, as application/dtmf-relay has them
 * ("Signal=5", "Duration=160"): in no RFC, in use since before RFC 6086 (2).
 */

#define MSG_DTMF_RELAY "application/dtmf-relay"

/* SIGNAL is one of the sixteen digits. */
bool msg_is_digit(struct str signal);
/* The digit in M's body, one byte of it; empty: M has none of that kind.
 * *DURATION (may be NULL): how long it lasts, as it stands there, or empty. */
struct str msg_digit(const struct msg *m, struct str *duration);

#endif
