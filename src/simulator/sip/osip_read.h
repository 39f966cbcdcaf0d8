/*
 * What libosip2's parser makes of a message, held against the message's own
 * bytes.
 */
#ifndef SIP_OSIP_READ_H
#define SIP_OSIP_READ_H

#include "base/buf.h"
#include "base/str.h"

/* libosip2 may crash on BYTES, or lose memory: a NUL, or a body of several
 * parts (RFC 2046 5.1) is in them. */
bool sip_osip_endangers(struct str bytes);

/*
 * Shows BYTES to libosip2.  0, and LOST gets what it does not give back, in one
 * line: "Route: <sip:p>; body"; ERR_SYNTAX: it rejects them; or ERR_NOMEM. It
 * crashes on some messages: call this in a process that may end, or where
 * sip_osip_endangers says no.
 */
int sip_osip_read(struct str bytes, struct buf *lost);

#endif
