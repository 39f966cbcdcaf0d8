/*
 * The layers between a connection and the SIP messages on it: nothing, TLS,
 * WebSocket, or WebSocket over TLS, as the row of its transport says.  Each is
 * a layer, a table of functions: the handshake before the first message, and
 * how a message becomes octets of the stream.  Messages between layers have
 * records of their own in the trace, by their protocols.
 */
#ifndef NODE_CHANNEL_H
#define NODE_CHANNEL_H

#include "net/tcp.h"
#include "trace/writer.h"

struct channel;
struct node_face;

/* What a layer has found in the octets that it was given. */
enum channel_event {
	CHANNEL_MORE, /* nothing was taken, more octets are needed */
	CHANNEL_PART, /* N octets are part of something */
	CHANNEL_TOLD, /* … are the end of a message of its own */
	CHANNEL_DATA, /* … carry octets for the layer above, appended to OUT */
	CHANNEL_BAD,  /* … can't be taken */
};

/* What a layer has to say of its own, and what it has come to. */
struct channel_saying {
	struct buf bytes, names; /* nothing: where BYTES is empty */
	enum rule_id why;        /* RULE_NONE: as all that its layer says */
	bool opens;              /* messages may be sent from now on */
	bool ends;               /* the connection is to be closed */
	const char *how;         /* … why, for transactions that wait for
				  * answers */
};

/* Whose a layer is, and where it leads. */
struct channel_spec {
	const struct node_face *face;
	struct addr remote;
	bool client; /* who opened the connection */
};

struct channel_ops {
	enum trace_proto proto; /* of what it says */
	enum rule_id why;       /* … and why it does */
	/* 0 or ERR_NOMEM. */
	int (*create)(void **state, const struct channel_spec *spec);
	void (*destroy)(void *state);
	/* The layer below is open; a client has something to say. */
	void (*begin)(void *state, struct channel_saying *s);
	/* Takes *N octets off IN. */
	enum channel_event (*read)(
	    void *state, struct str in, size_t *n, struct buf *out);
	/* A layer has returned CHANNEL_TOLD or CHANNEL_BAD, whose record is the
	 * present cause: S is to be recorded and sent. */
	void (*told)(void *state, struct channel_saying *s);
	/* BYTES as octets of this layer, appended to OUT; CHANGED: on the way.
	 */
	void (*wrap)(
	    void *state, struct str bytes, bool changed, struct buf *out);
	/* The last word, before the connection is closed from here. */
	void (*end)(void *state, struct channel_saying *s);
	/* Asks whether the other side is still there; NULL: it has no way to.
	 */
	void (*ping)(void *state, struct channel_saying *s);
	/* The other side may be asked by HOST, a sent-by, over this connection
	 * (RFC 5923); NULL: as far as is known without. */
	bool (*speaks_for)(const void *state, struct str host);
};

/* node/channel.c, node/channel_websocket.c */
extern const struct channel_ops channel_tls, channel_websocket;

/* Of the transport of SPEC's remote end.  0 or ERR_NOMEM. */
int channel_create(struct channel **c, const struct channel_spec *spec);
void channel_destroy(struct channel *c); /* NULL is fine */

/* The connection is made, and is C's from now on: it begins. */
void channel_begin(struct channel *c, struct net_conn *net);
/* Messages may go over it at once. */
bool channel_is_open(const struct channel *c);
/* The other side proved to be HOST as far as its layers ask for that. */
bool channel_speaks_for(const struct channel *c, struct str host);

enum channel_got {
	CHANNEL_NOTHING, /* all that has come was looked at */
	CHANNEL_MOVED,   /* something was; there may be more to see */
	CHANNEL_ENDS,    /* the connection is of no more use: channel_how */
};
/* Looks at what has come to C's connection. */
enum channel_got channel_read(struct channel *c);
const char *channel_how(const struct channel *c);
/* Octets of SIP that have come and were not taken. */
struct str channel_peek(const struct channel *c);
/* They are one whole message, whatever they say of their length. */
bool channel_is_message(const struct channel *c);
/* Takes N of them as one message: its `recv`, the present cause. */
uint64_t channel_take(struct channel *c, size_t n);
void channel_skip(struct channel *c, size_t n);
/* Asks by the uppermost layer's own means; false: it has none. */
bool channel_ping(struct channel *c);
/* As net_tcp_send; over a connection that is not open yet, NET, they wait. */
uint64_t channel_send(struct channel *c, struct net_conn *net, struct str bytes,
    const struct trace_message *m, enum rule_id why);
/* The last words, then the connection is closed. */
void channel_close(struct channel *c, struct net_conn *net);

#endif
