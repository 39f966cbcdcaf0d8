/* The sockets of this machine, as its kernel lists them (/proc/net): whether a
 * program listens at an address.  The program learns nothing of the question.
 */
#ifndef LIVE_LISTENING_PORTS_H
#define LIVE_LISTENING_PORTS_H

#include "base/addr.h"

/* A program listens at AT, with a port: over TCP if the transport of AT has
 * connections, else by UDP or TCP; also one that listens at all addresses. */
bool listening_ports_has(const struct addr *at);

#endif
