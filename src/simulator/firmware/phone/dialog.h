/*
 * Requests within a dialog (RFC 3261 12.2.1), whatever uses it: a call, or the
 * subscription of a REFER (RFC 5057).
 */
#ifndef FIRMWARE_PHONE_DIALOG_H
#define FIRMWARE_PHONE_DIALOG_H

#include "firmware/phone/auth.h"
#include "firmware/phone/sip.h"

/* A request with CSeq's number CSEQ; NULL: it can't be built. */
osip_message_t *dialog_build(struct sip *sip, const osip_dialog_t *d,
    const char *method, unsigned cseq, const char *type, const char *body);
/* The same with the dialog's next number. */
osip_message_t *dialog_next(struct sip *sip, osip_dialog_t *d,
    const char *method, const char *type, const char *body);
/* Sends REQUEST, which it takes, with the credentials known; NULL: its
 * destination is unknown.  ARG is FN's. */
struct tx *dialog_send(struct sip *sip, struct auth *auth,
    osip_message_t *request, tx_fn fn, void *arg);
/* Sends TX's request once more, with the credentials that RESPONSE asks for;
 * NULL: that can't be done. */
struct tx *
dialog_send_again(struct sip *sip, osip_dialog_t *d, struct auth *auth,
    struct tx *tx, const osip_message_t *response, tx_fn fn, void *arg);

#endif
