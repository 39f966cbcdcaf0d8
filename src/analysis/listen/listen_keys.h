/*
 * The keys by which a trace's sealed packets are opened (RFC 3711), a ring for
 * each call: those that a node's records have, of a capture those that its
 * session descriptions have (RFC 4568).  Which one it is that a packet is
 * sealed by is told by its tag.
 */
#ifndef LISTEN_LISTEN_KEYS_H
#define LISTEN_LISTEN_KEYS_H

#include "base/list.h"
#include "listen/listen.h"

#define LISTEN_RINGS 64 /* calls whose keys are known, the last ones */

struct listen_keys {
	struct list rings[LISTEN_SIDES];
	size_t n[LISTEN_SIDES];
	struct buf text;
	int err;
};

void listen_keys_begin(struct listen_keys *k);
void listen_keys_end(struct listen_keys *k);
/* The key that the `media` record REC has as FIELD, if any. */
void listen_keys_take(struct listen_keys *k, enum listen_side side,
    const struct trace_rec *rec, const char *field);
/* Those of the session description in REC, if any: for either side. */
void listen_keys_read(struct listen_keys *k, const struct trace_rec *rec);
/* BYTES, in ROOM, without its seal; empty: no key opens it. */
struct str listen_keys_open(struct listen_keys *k, enum listen_side side,
    struct str bytes, struct buf *room);

#endif
