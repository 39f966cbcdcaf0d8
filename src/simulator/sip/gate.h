/*
 * The gate before libosip2: every message that arrives is scanned here first,
 * because the library by itself is not safe on hostile bytes.  What passes is
 * parsed by the library when one of its machines is to see it; what does not
 * gets a verdict from the table of msg/message.h.
 */
#ifndef SIP_GATE_H
#define SIP_GATE_H

#include "sip/engine_in.h"

/* Reads B into VIEW: its fault, and *AT, the bytes concerned. */
enum msg_fault sip_gate(struct sip_engine *e, struct sip_bytes *b,
    struct msg *view, struct str *at);

/* M, which has passed, as the library's message, which the caller frees with
 * osip_message_free, or gives to a transaction.  0; ERR_SYNTAX where the
 * library rejects it; ERR_NOMEM, which the run has been told.  *OSIP is NULL
 * except for 0. */
int sip_gate_parse(
    struct sip_engine *e, const struct msg *m, osip_message_t **osip);

#endif
