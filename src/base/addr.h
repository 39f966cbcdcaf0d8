/*
 * Where somebody listens: an IPv4 or IPv6 address, a port, and the transport by
 * which it is reached, which is what RFC 3263 finds for a SIP URI.
 */
#ifndef BASE_ADDR_H
#define BASE_ADDR_H

#include "base/buf.h"

enum addr_transport {
	ADDR_UDP, /* also where nothing was said */
	ADDR_TCP,
	ADDR_TRANSPORTS
};

/* What is said of a transport, and what it does. */
struct addr_transport_row {
	const char *name;  /* in a Via: "TCP" (RFC 3261 20.42) */
	const char *param; /* in a URI: "tcp" (19.1.1) */
	bool stream;       /* reliable, over connections, in order */
};

/* By enum addr_transport. */
extern const struct addr_transport_row addr_transports[ADDR_TRANSPORTS];

struct addr {
	uint8_t len; /* 4 or 16; 0: no address */
	uint8_t ip[16];
	uint16_t port;     /* 0: any */
	uint8_t transport; /* of enum addr_transport; not part of the text */
};

/* Room for any address as text, with its NUL. */
#define ADDR_TEXT 56

/* "192.0.2.1", "192.0.2.1:5060", "2001:db8::1", "[2001:db8::1]:5060";
 * 0 or ERR_SYNTAX.  Names are not looked up. */
int addr_parse(struct str s, struct addr *a);
/* The form above, with the port where it is not 0. */
void addr_write(const struct addr *a, struct buf *b);
/* The address alone; in brackets for IPv6, as URIs and Vias want it. */
void addr_write_host(const struct addr *a, struct buf *b);
/* ";transport=tcp" for a URI that asks for TRANSPORT; nothing for UDP, which is
 * meant where nothing is said (RFC 3263 4.1). */
void addr_write_transport(enum addr_transport transport, struct buf *b);
/* Address and port alike, whatever the transport. */
bool addr_eq(const struct addr *a, const struct addr *b);
/* What leads there is a stream (RFC 3261 18). */
bool addr_is_stream(const struct addr *a);
/* The transport called NAME, in letters of either size, into *TRANSPORT; false
 * where there is none. */
bool addr_transport_find(struct str name, uint8_t *transport);
bool addr_same_ip(const struct addr *a, const struct addr *b);

#endif
