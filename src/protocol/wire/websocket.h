/*
 * WebSocket as octets (RFC 6455), as SIP uses it (RFC 7118): the handshake of
 * HTTP with the subprotocol `sip`, and frames, those of clients masked.
 */
#ifndef WIRE_WEBSOCKET_H
#define WIRE_WEBSOCKET_H

#include "base/buf.h"
#include "base/connection_end.h"

/* RFC 6455 11.8. */
enum websocket_opcode {
	WEBSOCKET_MORE = 0,
	WEBSOCKET_TEXT = 1,
	WEBSOCKET_BINARY = 2,
	WEBSOCKET_CLOSE = 8, /* this one and those above are control frames */
	WEBSOCKET_PING = 9,
	WEBSOCKET_PONG = 10,
};

/* RFC 6455 7.4.1: why a connection is closed. */
enum websocket_status {
	WEBSOCKET_NORMAL = 1000,
	WEBSOCKET_PROTOCOL = 1002,
	WEBSOCKET_NO_UTF8 = 1007,
	WEBSOCKET_TOO_BIG = 1009,
};

/* A message that is longer is not taken. */
#define WEBSOCKET_MOST 65536
/* Octets of a mask. */
#define WEBSOCKET_MASK 4

struct websocket_frame {
	uint8_t opcode;
	bool last; /* of its message */
	bool masked;
	uint8_t mask[WEBSOCKET_MASK];
	size_t head;               /* octets before the payload */
	struct str payload;        /* as it came */
	enum connection_end fault; /* where it is none that may be taken */
};

/* RFC 7118 4.2: a message of SIP goes as text, as binary where it is no UTF-8.
 */
enum websocket_opcode websocket_kind(struct str message);
/* One frame, the only one of its message; MASK, of a client, or NULL. */
void websocket_put_frame(struct buf *out, enum websocket_opcode opcode,
    const uint8_t mask[WEBSOCKET_MASK], struct str payload);
/* A Close frame with STATUS (5.5.1). */
void websocket_put_close(
    struct buf *out, unsigned status, const uint8_t mask[WEBSOCKET_MASK]);

enum websocket_cut {
	WEBSOCKET_CUT_MORE,
	WEBSOCKET_CUT_FRAME,
	WEBSOCKET_CUT_BAD, /* *STATUS is the reason */
};
/* The first frame of IN, which a client has sent, or a server. */
enum websocket_cut websocket_cut(struct str in, bool from_client,
    struct websocket_frame *f, unsigned *status);
/* F's payload without its mask, appended. */
void websocket_open(const struct websocket_frame *f, struct buf *out);

/* ---- the handshake: RFC 6455 4, RFC 7118 4 ---- */

/* Characters of a Sec-WebSocket-Key, and of a Sec-WebSocket-Accept. */
#define WEBSOCKET_KEY    24
#define WEBSOCKET_ACCEPT 28

/* 16 octets as a key. */
void websocket_make_key(const uint8_t octets[16], char key[WEBSOCKET_KEY + 1]);
/* 4.2.2 5.4: what a server answers to KEY. */
void websocket_accept(struct str key, char accept[WEBSOCKET_ACCEPT + 1]);

/* SECURE: over TLS, as its page is (RFC 6455 10.2). */
void websocket_put_request(
    struct buf *out, struct str host, bool secure, const char *key);
void websocket_put_response(struct buf *out, const char *accept);
/* An answer that does not upgrade: "400 Bad Request". */
void websocket_put_refusal(struct buf *out, const char *status);

enum websocket_shake {
	WEBSOCKET_SHAKE_MORE,
	WEBSOCKET_SHAKE_GOOD,
	WEBSOCKET_SHAKE_BAD, /* no request, or no answer, that may be taken */
	WEBSOCKET_SHAKE_VERSION,  /* of another version than 13 */
	WEBSOCKET_SHAKE_PROTOCOL, /* not of SIP */
};
/* The request, or response, that IN begins with, in *N octets; the key of a
 * request in *KEY, a response is held against ACCEPT. */
enum websocket_shake
websocket_read_request(struct str in, size_t *n, struct str *key);
/* The value of the field NAME in HEAD, a whole request; without bytes: none. */
struct str websocket_field(struct str head, const char *name);
enum websocket_shake
websocket_read_response(struct str in, size_t *n, const char *accept);

#endif
