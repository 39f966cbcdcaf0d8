/*
 * Digits in the body of an INFO, as application/dtmf-relay has them
 * ("Signal=5", "Duration=160"): in no RFC, in use since before RFC 6086 (2).
 */
#ifndef MSG_DTMF_RELAY_H
#define MSG_DTMF_RELAY_H

#include "msg/message.h"

#define MSG_DTMF_RELAY "application/dtmf-relay"

/* SIGNAL is one of the sixteen digits. */
bool msg_is_digit(struct str signal);
/* The digit in M's body, one byte of it; empty: M has none of that kind.
 * *DURATION (may be NULL): how long it lasts, as it stands there, or empty. */
struct str msg_digit(const struct msg *m, struct str *duration);

#endif
