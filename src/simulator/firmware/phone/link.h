/*
 * The phone's view of the network: datagrams of UDP, out and in.  Below it is
 * src/simulator/firmware/net, whose TCP sip_stream.c uses.
 */
#ifndef FIRMWARE_PHONE_LINK_H
#define FIRMWARE_PHONE_LINK_H

#include "firmware/phone/config.h"

#include <stddef.h>

typedef void (*link_fn)(const struct where *from, uint16_t own_port,
    const uint8_t *data, size_t n, void *arg);

struct link;

/* Never NULL; RECEIVE is called with each datagram to a port that is bound. */
struct link *link_create(const struct config *c, link_fn receive, void *arg);
void link_destroy(struct link *link);
/* From now on RECEIVE is called with datagrams to PORT. */
void link_bind(struct link *link, uint16_t port);
/* Sends N bytes from OWN_PORT.  False where that can't be now: the caller
 * repeats them, as with any datagram that is lost. */
bool link_send(struct link *link, const struct where *to, uint16_t own_port,
    const void *data, size_t n);
/* Takes what has come in; true where there was a frame. */
bool link_poll(struct link *link);
/* When the link wants link_poll again; UINT64_MAX: not before a frame. */
uint64_t link_next(const struct link *link);
/* How good the link is, 0 (nothing is heard of the other side) to 4. */
unsigned link_bars(const struct link *link);

#endif
