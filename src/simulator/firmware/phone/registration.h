/*
 * The registration of the phone's address: RFC 3261 10.2.
 */
#ifndef FIRMWARE_PHONE_REGISTRATION_H
#define FIRMWARE_PHONE_REGISTRATION_H

#include "firmware/phone/auth.h"
#include "firmware/phone/sip.h"

struct phone;

enum registration_state {
	UNREGISTERED,
	REGISTERING,
	REGISTERED,
	UNREGISTERING,
	REGISTRATION_FAILED, /* and tries again, later and later */
};

struct registration {
	struct phone *phone;
	enum registration_state state;
	char *call_id, *tag;
	unsigned cseq;
	uint32_t expires_s; /* to be asked for: 423 may have raised it */
	struct tx *tx;
	struct auth auth;
	struct timer timer; /* the refresh, or the next attempt */
	unsigned failures;  /* since the last success */
	bool wanted;        /* by the settings */
	bool refresh;       /* not the first time */
};

void registration_start(struct registration *r, struct phone *phone);
void registration_stop(struct registration *r);
/* The user wants to be registered, or not. */
void registration_want(struct registration *r, bool wanted);

#endif
