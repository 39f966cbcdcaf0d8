/*
 * The view of an observer on the line of TLS (RFC 5246, RFC 8446): the kind and
 * the length of each record, and messages and alerts as far as they are not
 * protected yet.
 */
#ifndef TLS_SEEN_H
#define TLS_SEEN_H

#include "tls/handshake.h"

struct tls_seen {
	struct str rest; /* the octets not read yet */
	bool sealed;     /* this direction is protected from here on */
	bool bad;        /* REST begins with no record */
	/* What was found: a message of a handshake (BYTES are its body), else a
	 * record (its body). */
	uint8_t type;    /* of enum tls_type */
	uint8_t message; /* of enum tls_message; TLS_MESSAGE_COUNT: another */
	struct str bytes;
	const char *name; /* "ClientHello", "application data" */
	struct str more;  /* private: further messages of the record */
};

/* The next of S, whose REST are bytes of one direction; false: there is no
 * complete one. */
bool tls_see(struct tls_seen *s);

struct tls_hello {
	struct str server_name; /* RFC 6066 3; empty: it has none */
	uint16_t version;       /* the newest offered, or the chosen one */
	uint16_t suite;         /* chosen by a server */
	unsigned suites;        /* offered by a client */
};
/* A ClientHello, or a ServerHello, without its head; false: it is damaged. */
bool tls_read_hello(struct str body, bool client, struct tls_hello *h);
/* The first certificate, DER, of a Certificate message (RFC 5246 7.4.2) without
 * its head; empty: there is none. */
struct str tls_first_certificate(struct str body);

#endif
