/*
 * Session descriptions that a controller passes from one party to the other:
 * RFC 3725 4.  It reads no more of them than it has to: which streams there
 * are, so that each stays in its place at either side (RFC 3264 8), and the
 * line o=, which is the controller's own towards a party to whom it has made
 * the first description itself.
 */
#ifndef NODES_CONTROLLER_SDP_H
#define NODES_CONTROLLER_SDP_H

#include "base/addr.h"
#include "base/buf.h"

#define CONTROLLER_STREAMS 32

/* A stream of the session of two parties. */
struct controller_stream {
	int at[2];     /* its place in the description of each; -1: none */
	char *refused; /* its m= line with port 0; owned */
};

/* All zero at first, but for `addr`. */
struct controller_sdp {
	struct addr addr; /* the controller's */
	struct controller_stream streams[CONTROLLER_STREAMS];
	size_t n;
	int count[2];        /* places at each side */
	unsigned version[2]; /* of the controller's o= to each; 0: it has none
			      */
};

void controller_sdp_free(struct controller_sdp *s);
/* TEXT has come from SIDE (0, 1): its streams have their places.  0, ERR_NOMEM,
 * ERR_LIMIT. */
int controller_sdp_hear(struct controller_sdp *s, int side, struct str text);
/* What is said to SIDE, into OUT, whose `err` is 0 where it could be written:
 * TEXT, heard from the other side, as an offer (OFFERS) or as an answer. */
void controller_sdp_pass(struct controller_sdp *s, int side, struct str text,
    bool offers, struct buf *out);
/* Likewise a session without any stream, or, once there were some, with all of
 * them refused. */
void controller_sdp_empty(struct controller_sdp *s, int side, struct buf *out);
/* Likewise the answer to OFFER with an address to which nothing is sent. */
void controller_sdp_hole(
    struct controller_sdp *s, int side, struct str offer, struct buf *out);

#endif
