/*
 * Answers to 401 and 407: digests with MD5 and qop=auth or none (RFC 2617,
 * RFC 7616 3.4, RFC 3261 22).
 */
#ifndef FIRMWARE_PHONE_AUTH_H
#define FIRMWARE_PHONE_AUTH_H

#include "firmware/phone/sip.h"

#define AUTH_WORD 160 /* bytes of a realm, a nonce … with its NUL */

struct challenge {
	bool known, session, qop; /* session: MD5-sess */
	char realm[AUTH_WORD], nonce[AUTH_WORD], opaque[AUTH_WORD];
	uint32_t count; /* of requests with this nonce */
};

/* Who asked so far: the server itself, a proxy before it. */
struct auth {
	struct challenge server, proxy;
	unsigned refused; /* challenges since something went well */
};

/* Takes the challenge of RESPONSE, a 401 or 407.  False where it can't be
 * answered: another scheme or algorithm, no password, or what was sent already
 * is not enough. */
bool auth_learn(
    struct auth *a, const struct config *c, const osip_message_t *response);
/* A response other than a challenge came. */
void auth_well(struct auth *a);
/* Adds to REQUEST credentials for each challenge known. */
void auth_add(struct auth *a, struct sip *sip, osip_message_t *request);

#endif
