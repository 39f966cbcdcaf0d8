/*
 * The layers of a connection, between its socket and the messages of a run:
 * none, TLS, WebSocket, or WebSocket over TLS, as the row of its transport
 * says.  Octets from the socket go in, octets for it come out; there is no
 * socket and no clock here.  Each layer is a table of what it does with octets.
 *
 * Hostile territory: a handshake that is wrong, a frame that is, or more than a
 * message may have, ends the connection.
 */
#ifndef LIVE_CONNECTION_LAYERS_H
#define LIVE_CONNECTION_LAYERS_H

#include "base/addr.h"
#include "base/buf.h"
#include "base/diag.h"
#include "base/connection_end.h"

struct certificate_authority;
struct connection_layers;

enum connection_layers_got {
	CONNECTION_LAYERS_GOES_ON,
	CONNECTION_LAYERS_ENDS, /* the other side has said so */
	CONNECTION_LAYERS_HALF, /* … and says no more, but hears (RFC 8446 6.1)
				 */
	CONNECTION_LAYERS_BREAKS, /* connection_layers_ended says who does, and
				     why */
};

/* BYTES have come, of WebSocket one message.  0, or an error, which the layers
 * keep (connection_layers_error) and break by. */
typedef int connection_layers_fn(struct str bytes, void *arg);

/* Which layers a connection has: by the transport to its other end, and by how
 * it came about. */
struct connection_layers_spec {
	enum addr_transport transport;
	bool client; /* it was opened from here */
	struct certificate_authority
	    *authority;    /* TLS has its certificates from it */
	const char *pages; /* that may come by WebSocket; NULL: none */
	const char *node;  /* whose end this is */
	struct addr far;
	connection_layers_fn *fn;
	void *arg;
};

/* NAME is the origin of pages: a scheme and a host, perhaps with a port, or :*
 * for any (RFC 6454 6.2). */
bool connection_layers_names_page(struct str name);

/* 0, ERR_NOMEM, or D's error; OUT is what it begins with. */
int connection_layers_create(struct connection_layers **l,
    const struct connection_layers_spec *spec, struct buf *out, struct diag *d);
void connection_layers_destroy(struct connection_layers *l); /* NULL is fine */

/* IN has come from the socket; octets to send there are appended to OUT. */
enum connection_layers_got connection_layers_take(
    struct connection_layers *l, struct str in, struct buf *out);
/* Sends BYTES, one message; while the layers are not open they wait. */
void connection_layers_give(
    struct connection_layers *l, struct str bytes, struct buf *out);
/* The last words. */
void connection_layers_close(struct connection_layers *l, struct buf *out);
bool connection_layers_is_open(const struct connection_layers *l);
int connection_layers_error(const struct connection_layers *l);
/* Who has ended the connection, and why. */
enum connection_end connection_layers_ended(const struct connection_layers *l);
/* Octets that wait for the layers to open. */
size_t connection_layers_waiting(const struct connection_layers *l);

/* ---- layers: live/connection_layers_tls.c, live/connection_layers_websocket.c
 * ---- */

/* What lies above a layer while it takes octets. */
struct connection_layers_up {
	struct connection_layers *layers;
	size_t i;        /* of the layer */
	struct buf *out; /* of the socket */
};

/* The layer is open: the one above it may speak. */
void connection_layers_opened(const struct connection_layers_up *up);
/* What goes down is kept while the layer can't take it. */
void
connection_layers_pause(const struct connection_layers_up *up, bool paused);
/* Gives BYTES to the layer above. */
enum connection_layers_got
connection_layers_came(const struct connection_layers_up *up, struct str bytes);
/* CONNECTION_LAYERS_BREAKS, for WHY. */
enum connection_layers_got connection_layers_break(
    const struct connection_layers_up *up, enum connection_end why);

struct connection_layers_ops {
	int (*create)(void **state, const struct connection_layers_spec *spec,
	    struct diag *d);
	void (*destroy)(void *state);
	/* The layer below is open; OUT goes there. */
	void (*begin)(void *state, struct buf *out);
	enum connection_layers_got (*take)(void *state, struct str in,
	    const struct connection_layers_up *up, struct buf *out);
	void (*give)(void *state, struct str bytes, struct buf *out);
	void (*close)(void *state, struct buf *out);
};
extern const struct connection_layers_ops connection_layers_tls,
    connection_layers_websocket;

#endif
