/* HMAC-SHA1 (RFC 2104): what a flow token is signed with (RFC 5626 5.2), and
 * the MESSAGE-INTEGRITY of STUN (RFC 8489 14.5). */
#ifndef SIP_HMAC_H
#define SIP_HMAC_H

#include "base/str.h"

#define HMAC_SHA1_BYTES 20

void hmac_sha1(struct str key, struct str text, char mac[HMAC_SHA1_BYTES]);

#endif
