/*
 * Cutting a stream of bytes into messages (RFC 3261 7.5, 18.3, 20.14): empty
 * lines before a message are skipped, its head ends at an empty line, and
 * Content-Length says where its body ends.  Where that can't be told the stream
 * is of no more use.
 *
 * The stream may be cut anywhere.  Each byte of a head is looked at once, and
 * once more when the head is complete; nothing is kept but positions.
 */
#ifndef MSG_FRAMING_H
#define MSG_FRAMING_H

#include "msg/message.h"

/* Where reading a stream has got to; zeroed at its beginning. */
struct msg_framing {
	size_t scanned; /* bytes of the head in which no end was found */
	size_t size;    /* of the message whose head is complete, else 0 */
};

enum msg_framed {
	MSG_FRAMED_MORE,    /* more bytes are needed */
	MSG_FRAMED_SKIP,    /* N bytes are no message: empty lines */
	MSG_FRAMED_MESSAGE, /* N bytes are one */
	MSG_FRAMED_BAD,     /* nothing can be told of these N bytes and what
			       follows them; FAULT says why */
};

struct msg_frame {
	size_t n;
	enum msg_fault fault;
};

/*
 * IN: all that has come and was not taken.  After SKIP and MESSAGE the caller
 * takes the N bytes off before the next call; after BAD it makes none.  SCRATCH
 * is written over.
 */
enum msg_framed msg_framing_next(struct msg_framing *f, struct str in,
    struct msg *scratch, struct msg_frame *frame);

#endif
