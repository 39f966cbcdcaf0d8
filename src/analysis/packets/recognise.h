/*
 * SIP among other bytes: by how its first line looks, on whatever port.
 */
#ifndef PACKETS_RECOGNISE_H
#define PACKETS_RECOGNISE_H

#include "base/str.h"

enum recognised {
	RECOGNISED_NO,
	RECOGNISED_PART, /* it may become SIP when more has come */
	RECOGNISED_SIP,
};

/* S begins with a request line or a status line (RFC 3261 7.1, 7.2); a line may
 * end with LF alone. */
enum recognised recognise(struct str s);

/* Where in S a message begins, after any other bytes; -1: nowhere. */
ptrdiff_t recognise_after(struct str s);

/*
 * How long the message at the beginning of S is: to the end of its body where
 * Content-Length tells it, else all of S.  *HEAD is where its body begins, or
 * S.n.
 */
size_t recognise_size(struct str s, size_t *head);

#endif
