/*
 * The gate before libosip2: every message that arrives is scanned here first,
 * because the library by itself is not safe on hostile bytes.  What passes is
 * parsed by the library; what does not gets a verdict from the table of
 * msg/message.h.
 */
#ifndef SIP_GATE_H
#define SIP_GATE_H

#include "sip/engine_priv.h"

/*
 * Reads B into VIEW and parses it; *OSIP is the library's message (the
 * caller frees it with osip_message_free, or gives it to a transaction).
 * 0; ERR_SYNTAX with *FAULT and *AT (the bytes concerned); ERR_NOMEM, which
 * the run has been told.  *OSIP is NULL but for 0.
 */
int sip_gate(struct sip_engine *e, struct sip_bytes *b, struct msg *view,
    osip_message_t **osip, enum msg_fault *fault, struct str *at);

#endif
