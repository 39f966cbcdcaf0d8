/*
 * What libosip2's machines are shown in place of messages.  What goes out and
 * what comes in are bytes; a machine (RFC 3261 17) needs no more than shows it
 * that one was sent or has arrived: method or class of status, and a topmost
 * Via.  So no byte from outside reaches the library's parser, which reads past
 * NULs, takes quadratic time over long lists and refuses fields that are none
 * of its business.
 */
#ifndef SIP_STAND_IN_H
#define SIP_STAND_IN_H

#include "sip/transaction_in.h"

/* For the message that is INPUT of TR, no timer's; its transport decides which
 * timers run.  The caller frees it with osip_message_free or gives it to a
 * machine.  NULL when memory is out, which the run has been told. */
osip_message_t *
sip_stand_in(const struct sip_transaction *tr, enum sip_input input);
/* The same for an INVITE that goes by TRANSPORT. */
osip_message_t *
sip_stand_in_invite(struct sip_engine *e, const char *transport);

#endif
