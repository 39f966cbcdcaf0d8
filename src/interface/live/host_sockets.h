/* Whether a program of this machine listens somewhere: as the machine tells of
 * its sockets (/proc/net), so that the program learns nothing of it. */
#ifndef LIVE_HOST_SOCKETS_H
#define LIVE_HOST_SOCKETS_H

#include "base/addr.h"

/* At AT, with a port: over TCP where its transport is of connections, else by
 * UDP or TCP; also one that listens at all addresses. */
bool host_sockets_listen(const struct addr *at);

#endif
