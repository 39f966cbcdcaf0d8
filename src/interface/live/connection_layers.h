/*
 * What lies between a socket and the messages of a run: nothing, TLS,
 * WebSocket, or WebSocket over TLS, as the row of its transport says.  Octets
 * of the socket go in, those for it come out; no socket and no clock.  Each is
 * a layer, a table of what it does with octets.
 *
 * Hostile territory: a handshake that is wrong, a frame that is, or more than a
 * message may have, ends the connection.
 */
#ifndef LIVE_CARRIER_H
#define LIVE_CARRIER_H

#include "base/addr.h"
#include "base/buf.h"
#include "base/diag.h"
#include "base/ended.h"

struct keys;
struct carrier;

enum carrier_got {
	CARRIER_GOES_ON,
	CARRIER_ENDS,   /* the other side has said so */
	CARRIER_HALF,   /* … and says no more, but hears (RFC 8446 6.1) */
	CARRIER_BREAKS, /* carrier_ended says who does, and why */
};

/* BYTES have come, of WebSocket one message.  0, or an error, which the carrier
 * keeps (carrier_error) and breaks by. */
typedef int carrier_fn(struct str bytes, void *arg);

/* Which: what its other end is reached by, and how it came about. */
struct carrier_spec {
	enum addr_transport transport;
	bool client;       /* it was opened from here */
	struct keys *keys; /* TLS has its certificates of them */
	const char *pages; /* that may come by WebSocket; NULL: none */
	const char *node;  /* whose end this is */
	struct addr far;
	carrier_fn *fn;
	void *arg;
};

/* NAME is the origin of pages: a scheme and a host, perhaps with a port, or :*
 * for any (RFC 6454 6.2). */
bool carrier_names_page(struct str name);

/* 0, ERR_NOMEM, or D's error; OUT is what it begins with. */
int carrier_create(struct carrier **l, const struct carrier_spec *spec,
    struct buf *out, struct diag *d);
void carrier_destroy(struct carrier *l); /* NULL is fine */

/* IN has come from the socket; octets to send there are appended to OUT. */
enum carrier_got
carrier_take(struct carrier *l, struct str in, struct buf *out);
/* BYTES, one message, go; while the carrier is not open they wait. */
void carrier_give(struct carrier *l, struct str bytes, struct buf *out);
/* The last words. */
void carrier_close(struct carrier *l, struct buf *out);
bool carrier_is_open(const struct carrier *l);
int carrier_error(const struct carrier *l);
/* Who has ended it, and why. */
enum ended carrier_ended(const struct carrier *l);
/* Octets that wait for it to open. */
size_t carrier_waiting(const struct carrier *l);

/* ---- layers: live/connection_layers_tls.c, live/connection_layers_websocket.c
 * ---- */

/* What lies above a layer while it takes octets. */
struct carrier_up {
	struct carrier *carrier;
	size_t i;        /* of the layer */
	struct buf *out; /* of the socket */
};

/* The layer is open: the one above it may speak. */
void carrier_opened(const struct carrier_up *up);
/* What goes down is kept while the layer can't take it. */
void carrier_pause(const struct carrier_up *up, bool paused);
/* Gives BYTES to the layer above. */
enum carrier_got carrier_came(const struct carrier_up *up, struct str bytes);
/* CARRIER_BREAKS, for WHY. */
enum carrier_got carrier_break(const struct carrier_up *up, enum ended why);

struct carrier_ops {
	int (*create)(
	    void **state, const struct carrier_spec *spec, struct diag *d);
	void (*destroy)(void *state);
	/* The layer below is open; OUT goes there. */
	void (*begin)(void *state, struct buf *out);
	enum carrier_got (*take)(void *state, struct str in,
	    const struct carrier_up *up, struct buf *out);
	void (*give)(void *state, struct str bytes, struct buf *out);
	void (*close)(void *state, struct buf *out);
};
extern const struct carrier_ops carrier_tls, carrier_websocket;

#endif
