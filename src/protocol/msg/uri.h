/* host[:port], as it stands in Via and in SIP URIs.  RFC 3261 25.1. */
#ifndef MSG_URI_H
#define MSG_URI_H

#include "base/str.h"

/*
 * Reads host[:port] at AT of S; returns the index behind it, 0 where there is
 * none.  HOST is without the brackets of an IPv6 reference, *PORT 0 where none
 * is given.  With SPACE there may be white space around the colon (20.42).
 */
size_t host_read(
    struct str s, size_t at, bool space, struct str *host, uint16_t *port);

#endif
