/*
 * Recognizes messages of protocols other than SIP and RTP, which serve calls.
 * Ports show DNS and Diameter over TCP.  The magic cookie shows STUN.  The
 * first bytes of a stream show TLS and WebSocket; those of a message show H.248
 * and what SCTP carries.
 */
#ifndef PACKETS_OTHER_PROTOCOLS_H
#define PACKETS_OTHER_PROTOCOLS_H

#include "base/buf.h"
#include "packets/capture.h"
#include "wire/decode.h"

/* D is to or from the port of DNS (RFC 1035 4.2). */
bool other_protocols_is_dns(const struct datagram *d);

/* Datagram D is a message of DNS, STUN or H.248: its protocol, and what it is
 * called into NAME; else TRACE_PROTO_UDP. */
enum trace_proto
other_protocols_datagram(const struct datagram *d, struct buf *name);
/*
 * The same of MESSAGE, which SCTP carries, or the telephone network itself (of
 * PROTO DECODE_MTP3): ISUP, which becomes MESSAGE as MTP3 has it, in ROOM;
 * Diameter, H.248 as text.  TRACE_PROTO_UDP: none of these, and *WHY is the
 * remark.
 */
enum trace_proto other_protocols_signalling(uint8_t proto, struct str *message,
    struct buf *room, struct buf *name, enum capture_remark_kind *why);
/* The size of the message of Diameter that IN begins with, 0: more is needed;
 * -1: it is none.  What it is called is put into NAME. */
ptrdiff_t other_protocols_diameter(struct str in, struct buf *name);
/* D is of H.248 in binary form (RFC 3525 annex A), which is not read. */
bool other_protocols_is_binary(const struct datagram *d);
/* D is to or from the port of Diameter (RFC 6733 2.1). */
bool other_protocols_is_diameter(const struct datagram *d);
/* What DNS message BYTES is called. */
const char *other_protocols_dns_name(struct str bytes);
/* "ping" or "pong" where BYTES are the empty lines that keep a flow alive (RFC
 * 5626 3.5.1), else NULL. */
const char *other_protocols_crlf_name(struct str bytes);

/*
 * The complete records of TLS that IN begins with: how many bytes they are, 0:
 * more are needed, or, with *BAD, they are none.  Their description is in
 * NAME.  *SEALED: from here on this direction is encrypted.
 */
size_t
other_protocols_tls(struct str in, bool *sealed, struct buf *name, bool *bad);
/* IN begins a stream of TLS: with a ClientHello, a ServerHello or an alert. */
bool other_protocols_begins_tls(struct str in);

/* The fault of BYTES, a message of PROTO, to its receiver: a word and a
 * sentence; NULL: none. */
const char *other_protocols_fault(
    enum trace_proto proto, struct str bytes, const char **at);

#endif
