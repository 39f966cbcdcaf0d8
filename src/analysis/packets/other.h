/*
 * Messages of other protocols that serve calls, told from the bytes around
 * them: DNS by its port, STUN by its magic cookie, TLS and WebSocket by how
 * their streams begin.
 */
#ifndef PACKETS_OTHER_H
#define PACKETS_OTHER_H

#include "base/buf.h"
#include "trace/protocol.h"
#include "wire/decode.h"

/* D is to or from the port of DNS (RFC 1035 4.2). */
bool other_is_dns(const struct datagram *d);

/* Datagram D is a message of DNS or STUN: its protocol, and what it is called
 * into NAME; else TRACE_PROTO_UDP. */
enum trace_proto other_datagram(const struct datagram *d, struct buf *name);
/* What DNS message BYTES is called. */
const char *other_dns_name(struct str bytes);

/*
 * The complete records of TLS that IN begins with: how many bytes they are, 0:
 * more are needed, or, with *BAD, they are none.  What is told of them stands
 * in NAME.  *SEALED: from here on this direction is encrypted.
 */
size_t other_tls(struct str in, bool *sealed, struct buf *name, bool *bad);
/* IN begins a stream of TLS: with a ClientHello, a ServerHello or an alert. */
bool other_begins_tls(struct str in);

/* What is wrong with BYTES, a message of PROTO, for whoever gets it: a word and
 * a sentence; NULL: nothing. */
const char *
other_fault(enum trace_proto proto, struct str bytes, const char **at);

#endif
