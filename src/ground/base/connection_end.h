/*
 * How a connection between a node and a program outside was ended: who did it,
 * and why.  A value, which traces have by its word.
 */
#ifndef BASE_CONNECTION_END_H
#define BASE_CONNECTION_END_H

#include "base/i18n.h"
#include "base/str.h"

/* X(ID, word, the node's side has done it, why).  Without a row the other side
 * has closed it, or broken it off, and not said why. */
/* clang-format off */
#define CONNECTION_END_ROWS(X) \
X(ALERT, "alert", false, \
    N_("it has sent a fatal alert (RFC 8446 6.2)")) \
X(REFUSED, "refused", false, \
    N_("nothing listens there (RFC 9293 3.10.7.1)")) \
X(UNMASKED, "unmasked", true, \
    N_("a client's frame has no mask (RFC 6455 5.1)")) \
X(MASKED, "masked", true, \
    N_("a server's frame has a mask (RFC 6455 5.1)")) \
X(RESERVED, "reserved", true, \
    N_("a frame has a bit or an opcode that is reserved (RFC 6455 5.2)")) \
X(LENGTH, "length", true, \
    N_("the length of a frame is not written in the shortest form (RFC 6455 5.2)")) \
X(FRAGMENTS, "fragments", true, \
    N_("the fragments of a message do not follow each other (RFC 6455 5.4)")) \
X(CONTROL, "control", true, \
    N_("a control frame is too long or fragmented (RFC 6455 5.5)")) \
X(NO_UTF8, "no-utf8", true, N_("its text is not UTF-8 (RFC 6455 8.1)")) \
X(OVERSIZE, "oversize", true, \
    N_("a message exceeds the length limit (RFC 6455 7.4.1)")) \
X(NO_WEBSOCKET, "no-websocket", true, \
    N_("it did not begin a WebSocket of version 13 (RFC 6455 4)")) \
X(ORIGIN, "origin", true, \
    N_("its page was not named by --pages (RFC 6455 10.2)")) \
X(NO_SIP, "no-sip", true, \
    N_("its WebSocket is not for SIP (RFC 7118 4.1)")) \
X(NO_TLS, "no-tls", true, \
    N_("it sent invalid TLS (RFC 8446 6.2)")) \
X(IDLE, "idle", true, \
    N_("its TLS or WebSocket did not open within ten seconds")) \
X(UNFRAMED, "unframed", true, \
    N_("the end of its message can't be found (RFC 3261 18.3)")) \
X(TOO_LARGE, "too-large", true, \
    N_("its message is longer than a node accepts (RFC 3261 21.5.7)")) \
X(UNUSED, "unused", true, \
    N_("nothing was sent over it for five minutes (RFC 5923 8.1)")) \
X(DONE, "done", true, N_("it is no longer needed")) \
X(UNKNOWN, "unknown", true, \
    N_("it no longer knows the connection (RFC 9293 3.5.2)")) \
X(DEAF, "deaf", true, \
    N_("none of its ports has this connection (RFC 9293 3.5.2)")) \
X(LOST, "lost", true, N_("no packet gets through between them")) \
X(ROOM, "room", true, N_("other connections needed its room")) \
X(RUN, "run", true, N_("the run was over")) \
X(UNREAD, "unread", true, N_("it does not read the data that it receives"))
/* clang-format on */

enum connection_end {
	CONNECTION_END_BY_THEM,
#define X(id, word, ours, why) CONNECTION_END_##id,
	CONNECTION_END_ROWS(X)
#undef X
	    CONNECTION_END_COUNT
};

struct connection_end_row {
	const char *word;
	bool ours;
	const char *why; /* to be translated */
};
extern const struct connection_end_row
    connection_end_rows[CONNECTION_END_COUNT];

const char *connection_end_word(unsigned i); /* NULL behind the last */
/* The one of that word, or CONNECTION_END_COUNT. */
enum connection_end connection_end_find(struct str word);

#endif
