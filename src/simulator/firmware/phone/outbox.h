/*
 * Text messages sent: MESSAGE outside of dialogs (RFC 3428), one at a time.
 */
#ifndef FIRMWARE_PHONE_OUTBOX_H
#define FIRMWARE_PHONE_OUTBOX_H

#include "firmware/phone/auth.h"

struct phone;

struct outbox {
	struct tx *tx; /* under way, NULL: none */
	struct auth auth;
	unsigned cseq;
};

/* Sends TEXT to URI; the screen says what came of it. */
void outbox_send(struct phone *phone, const char *uri, const char *text);

#endif
