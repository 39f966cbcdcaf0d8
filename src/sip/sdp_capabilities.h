/*
 * What an agent can do, as a session description: RFC 3264 9.  It is no offer:
 * each m= line has port 0.
 */
#ifndef SIP_SDP_CAPABILITIES_H
#define SIP_SDP_CAPABILITIES_H

#include "base/addr.h"
#include "base/buf.h"

/* Of USER at ADDR; ID is of o=, another one each time (9). */
void sip_sdp_write_capabilities(
    const char *user, const struct addr *addr, uint64_t id, struct buf *out);

#endif
