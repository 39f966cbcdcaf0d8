/*
 * How many messages wait in a mailbox: the body of RFC 3842 5.2, lines of the
 * form "name: value".  Of its classes of messages voice alone is read.
 */
#ifndef MSG_MESSAGE_SUMMARY_H
#define MSG_MESSAGE_SUMMARY_H

#include "base/buf.h"
#include "base/str.h"

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

#endif
