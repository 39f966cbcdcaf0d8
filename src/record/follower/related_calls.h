/*
 * Finds the related call of a message that is not SIP.  Such a message may ask
 * for a name to which a request is sent, be a handshake before a connection's
 * first message, or keep a flow open.  Only messages are read, as in the whole
 * room.  The related call is:
 *
 *   - DNS: of a host's questions those for the host in a request that came to
 *     it last; else for the host, or with the address, to which it sends a
 *     request later; what answers lead to, and what a server asks others for
 *     it, goes with them;
 *   - TLS, WebSocket, empty lines: of the connection's or flow's first message
 *     behind them, then of the last before;
 *   - STUN: the same; to another server of the socket's messages;
 *   - ISUP, H.248: of the circuit's or the line's call, which has the SIP that
 *     was made of one of their messages, or of which one was made;
 *   - location, Diameter, H.323: of the message that it was sent for, or that
 *     was sent for it, as the records' causes say.
 */
#ifndef FOLLOWER_RELATED_CALLS_H
#define FOLLOWER_RELATED_CALLS_H

#include "trace/reader.h"

struct related_calls;

int related_calls_create(struct related_calls **s);  /* 0 or ERR_NOMEM */
void related_calls_destroy(struct related_calls *s); /* may be NULL */
/* Reads on to record TO of T, the same trace at each call; 0 or ERR_NOMEM.
 * Costs next to nothing while a trace has only SIP. */
int
related_calls_read(struct related_calls *s, const struct trace *t, uint64_t to);
/* The same for who reads them itself: record SEQ sends something of PROTO. */
int related_calls_note(struct related_calls *s, const struct trace *t,
    uint64_t seq, struct str proto);

/* The Call-ID that the message of record SEQ serves; empty: none, as far as T
 * was read. */
struct str related_calls_find(const struct related_calls *s, uint64_t seq);
/* How many messages of each protocol serve the call, by enum trace_proto; NULL:
 * none does. */
const uint32_t *
related_calls_counts(const struct related_calls *s, struct str call_id);

#endif
