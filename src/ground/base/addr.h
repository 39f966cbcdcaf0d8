/*
 * The address of a listener: an IPv4 or IPv6 address, a port, and the
 * transport, as RFC 3263 finds them for a SIP URI.
 */
#ifndef BASE_ADDR_H
#define BASE_ADDR_H

#include "base/buf.h"

enum addr_transport {
	ADDR_UDP,
	ADDR_DEFAULT = ADDR_UDP, /* where nothing is said (RFC 3263 4.1) */
	ADDR_TCP,
	ADDR_TLS,
	ADDR_WS,
	ADDR_WSS,
	ADDR_TRANSPORTS, /* transports of nodes; the others are only read */
	ADDR_SCTP = ADDR_TRANSPORTS,
	ADDR_TLS_SCTP,
	ADDR_KNOWN_TRANSPORTS
};

/* How a receiver knows where a message ends. */
enum addr_framing {
	ADDR_PACKET,    /* each packet is one (RFC 3261 18.3, RFC 4168 5.1) */
	ADDR_LENGTH,    /* by Content-Length (RFC 3261 18.3) */
	ADDR_WEBSOCKET, /* each WebSocket message is one (RFC 7118 5) */
};

/* RFC 3261 19.1.2: where SIP is waited for, without and with TLS. */
enum {
	ADDR_PORT_SIP = 5060,
	ADDR_PORT_SIPS = 5061,
};

/* RFC 768 in RFC 791: 65535 - 20 - 8, the bytes of a datagram. */
#define ADDR_UDP_MOST 65507

/* A transport's words and properties. */
struct addr_transport_row {
	const char *name;  /* in a Via: "TCP" (RFC 3261 20.42) */
	const char *word;  /* in a trace and in a topology: "tcp" */
	const char *param; /* in a URI: "tcp" (19.1.1); of some that of another,
			      where the scheme is sips (RFC 7118 5.2) */
	uint16_t port;     /* where none is said: RFC 3261 18.1.1, 6455 3 */
	bool stream;       /* reliable, over connections, in order */
	bool secure;       /* by TLS */
	enum addr_framing framing;
	uint8_t sips; /* what a sips URI means that names it (26.2.2), of enum
			 addr_transport */
	/* In DNS: the service of a NAPTR record (RFC 3263 4.1, RFC 4168 8,
	 * RFC 7118 9), and what stands before a domain in the name of SRV
	 * records (RFC 3263 4.2). */
	const char *naptr, *srv;
};

/* By enum addr_transport. */
extern const struct addr_transport_row addr_transports[ADDR_KNOWN_TRANSPORTS];

/* WebSocket over TLS, which a URI's parameter does not tell from the other (RFC
 * 7118 5.2). */
static inline bool
addr_is_secure_websocket(enum addr_transport by)
{
	return addr_transports[by].secure &&
	       addr_transports[by].framing == ADDR_WEBSOCKET;
}

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
/* The address alone, as SDP wants it. */
void addr_write_bare(const struct addr *a, struct buf *b);
/* The same, in brackets for IPv6, as URIs and Vias want it. */
void addr_write_host(const struct addr *a, struct buf *b);
/* What a URI that asks for TRANSPORT begins with: "sip:", or "sips:" where its
 * parameter is another's with sip. */
const char *addr_scheme(enum addr_transport transport);
/* ";transport=tcp" for a URI that asks for TRANSPORT; nothing for UDP, which is
 * meant where nothing is said (RFC 3263 4.1). */
void addr_write_transport(enum addr_transport transport, struct buf *b);
/* Address and port alike, whatever the transport. */
bool addr_eq(const struct addr *a, const struct addr *b);
/* What leads there is a stream (RFC 3261 18). */
bool addr_is_stream(const struct addr *a);
/* The transport called WORD, in letters of either size, into *TRANSPORT; false
 * where nodes have none such. */
bool addr_transport_find(struct str word, uint8_t *transport);
/* "udp, tcp": the words of the nodes' transports. */
void addr_write_transports(struct buf *b);
/* RFC 3261 19.1.1, 26.2.2: the transport that a URI asks for by PARAM, in
 * letters of either size, empty where it has none, and its scheme, sips or not;
 * NULL: nothing is known of such a one.  Nodes need not have it. */
const struct addr_transport_row *
addr_transport_asked(struct str param, bool sips);
/* The row of the transport WORD, of a Via or a URI, in letters of either size;
 * NULL: unknown. */
const struct addr_transport_row *addr_transport_known(struct str word);
/* WORD, of a Via, a URI or a trace, is UDP. */
bool addr_word_is_udp(struct str word);
/* WORD is a transport over connections. */
bool addr_word_is_stream(struct str word);
/* The port of the transport WORD where none is said; of one that is not known
 * ADDR_PORT_SIP. */
uint16_t addr_word_port(struct str word);
/* A byte stream of the transport WORD is cut into messages by their
 * Content-Length, which each must have then (RFC 3261 18.3). */
bool addr_word_needs_length(struct str word);
/* A loopback address, reachable from its own machine alone: of 127.0.0.0/8 (RFC
 * 1122 3.2.1.3), or ::1 (RFC 4291 2.5.3). */
bool addr_is_loopback(const struct addr *a);
bool addr_same_ip(const struct addr *a, const struct addr *b);

/* A network whose addresses are good within it alone: its first bits. */
struct addr_network {
	uint8_t len, ip[2], bits;
};
/* The private network that A is of; NULL: it is of none. */
const struct addr_network *addr_private(const struct addr *a);

#endif
