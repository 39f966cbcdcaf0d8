/*
 * One end of a TLS connection (RFC 5246, RFC 8446), from its first octets to
 * its last: received octets go in, octets to send and the names of received
 * messages come out; no network and no clock.  Which messages go in which
 * order, by whom, are tables (handshake_messages.c); their sizes are OpenSSL's
 * as measured, for the same names.
 */
#ifndef TLS_HANDSHAKE_H
#define TLS_HANDSHAKE_H

#include "tls/certificate.h"

/* X(ID, number, name): messages of a handshake, and records among them. */
#define TLS_MESSAGES(X)                         \
	X(CLIENT_HELLO, 1, "ClientHello")       \
	X(SERVER_HELLO, 2, "ServerHello")       \
	X(TICKET, 4, "NewSessionTicket")        \
	X(EXTENSIONS, 8, "EncryptedExtensions") \
	X(CERTIFICATE, 11, "Certificate")       \
	X(SERVER_KEY, 12, "ServerKeyExchange")  \
	X(REQUEST, 13, "CertificateRequest")    \
	X(HELLO_DONE, 14, "ServerHelloDone")    \
	X(VERIFY, 15, "CertificateVerify")      \
	X(CLIENT_KEY, 16, "ClientKeyExchange")  \
	X(FINISHED, 20, "Finished")             \
	X(CIPHER, 254, "ChangeCipherSpec") /* a record */

enum tls_message {
#define X(id, number, name) TLS_##id,
	TLS_MESSAGES(X)
#undef X
	    TLS_MESSAGE_COUNT
};

struct tls_message_row {
	uint8_t number;
	const char *name;
};
extern const struct tls_message_row tls_messages[TLS_MESSAGE_COUNT];

/* When a message is there at all. */
enum tls_when {
	TLS_ALWAYS,
	TLS_ASKED, /* the server asks for a certificate */
	TLS_SHOWN, /* … and the client has one */
};

struct tls_step {
	uint8_t message; /* of enum tls_message */
	bool client;     /* sends it */
	uint8_t when;
	bool last; /* of what its sender says in one go */
};
#define TLS_STEPS 16
/* The messages of a handshake, ended by one that is TLS_MESSAGE_COUNT. */
extern const struct tls_step tls_flights[TLS_VERSION_COUNT][2 /* resumed */]
					[TLS_STEPS];

/* Two sets of algorithms that were measured: how long a point, a hash and a
 * ClientHello without a name are (of 1.2 and 1.3). */
struct tls_suite {
	uint16_t group, number[TLS_VERSION_COUNT];
	uint8_t point, hash;
	uint16_t hello[TLS_VERSION_COUNT];
	uint8_t extensions; /* EncryptedExtensions */
};
/* X25519 with AES-256 and SHA-384; P-256 with AES-128 and SHA-256, which those
 * have who show certificates as clients. */
extern const struct tls_suite tls_suites[2];

/* What an end may do; borrowed as long as it lives. */
struct tls_config {
	unsigned versions; /* bits of enum tls_version */
	bool mutual; /* a server: asks; a client: shows its own when asked */
	struct str leaf, root; /* its certificates; ROOT may be empty */
	bool rsa;              /* LEAF's key */
	struct tls_trust trust;
	uint64_t seed;       /* its random numbers */
	uint64_t ticket_key; /* a server's, by which it knows its tickets */
	/* A client's from another time: empty, or of that version. */
	struct str ticket;
	enum tls_version ticket_version;
	bool weakened; /* a server: an attacker on the way has removed the
			* newest version from the ClientHello that it got */
};

struct tls_end {
	const struct tls_config *config;
	const struct tls_suite *suite;
	const struct tls_step *step; /* the next */
	enum tls_version version;
	bool client, asked, shown, resumed;
	bool open;   /* messages may be sent */
	bool closed; /* by either side: nothing more is read */
	struct tls_keys in, out;
	char random[2][32];       /* of the client and of the server */
	char session[32];         /* of the client */
	uint64_t transcript;      /* of all messages so far */
	struct buf hand;          /* octets of messages, not complete yet */
	struct buf plain;         /* of one record */
	struct buf peer;          /* the other side's certificate, DER */
	struct buf ticket;        /* which a client may bring another time */
	enum tls_verdict verdict; /* on the peer's certificate */
	bool checked;             /* … of which there is one */
	enum tls_alert alert;     /* sent, or got where CLOSED by the peer */
	bool got_alert;
};

enum tls_event {
	TLS_EVENT_MORE, /* nothing was taken, more octets are needed */
	TLS_EVENT_PART, /* N octets are part of something */
	TLS_EVENT_SAID, /* … are the end of what the other side says in a
			   handshake, or an alert */
	TLS_EVENT_DATA, /* … carry data, appended to PLAIN */
	TLS_EVENT_BAD,  /* … and can't be taken: an alert is to be sent */
};

/* What an end says: its octets, and what they are called. */
struct tls_saying {
	struct buf bytes, names;
};
void tls_saying_free(struct tls_saying *s);

void tls_end_init(struct tls_end *e, const struct tls_config *c, bool client);
void tls_end_free(struct tls_end *e);
/* What a client says first. */
void tls_begin(struct tls_end *e, struct tls_saying *s);
/* Takes *N octets off IN.  The octets to send are then in S, the name of the
 * received message in HEARD. */
enum tls_event tls_read(struct tls_end *e, struct str in, size_t *n,
    struct buf *plain, struct tls_saying *s);
/* DATA as records; E is open. */
void tls_write(struct tls_end *e, struct str data, struct buf *out);
/* An alert, after which nothing more is said. */
void
tls_write_alert(struct tls_end *e, enum tls_alert alert, struct tls_saying *s);

/* ---- among the files of handshakes ---- */

/* E's next step, past the steps left out. */
const struct tls_step *tls_step_next(struct tls_end *e);
/* Appends message ID of E, with its head. */
void tls_put_message(struct tls_end *e, enum tls_message id, struct buf *out);
/* Takes in message ID of the other side, without its head. */
enum tls_alert
tls_take_message(struct tls_end *e, enum tls_message id, struct str body);
void tls_put_client_hello(struct tls_end *e, struct buf *out);
void tls_put_server_hello(struct tls_end *e, struct buf *out);
enum tls_alert tls_take_client_hello(struct tls_end *e, struct str body);
enum tls_alert tls_take_server_hello(struct tls_end *e, struct str body);
/* Both random numbers are known: keys for either direction. */
void tls_make_keys(struct tls_end *e);
/* What TICKET, of a server's own, says: false: it is none of E's. */
bool tls_take_ticket(struct tls_end *e, struct str ticket);

#endif
