/*
 * The session's sound as offered, answered and agreed: SDP (RFC 4566) by the
 * offer/answer model (RFC 3264), G.711 and telephone events (RFC 3551, RFC
 * 4733).
 */
#ifndef FIRMWARE_PHONE_SDP_H
#define FIRMWARE_PHONE_SDP_H

#include "firmware/phone/config.h"
#include "firmware/phone/text.h"
#include "media/rtp.h"

#define SDP_MAX    4096 /* bytes of a description of ours */
#define SDP_EVENTS 101  /* our payload type for telephone events */

/* Who sends, seen from here. */
enum sdp_direction { SDP_SENDRECV, SDP_SENDONLY, SDP_RECVONLY, SDP_INACTIVE };

/* Our side of a description. */
struct sdp_own {
	uint32_t id;
	unsigned version;
	uint16_t port; /* of RTP */
	enum sdp_direction direction;
	/* RFC 3264 8: a stream keeps its place.  The m= lines of rejected
	 * streams, before our sound and after it; NULL: none. */
	char *before, *behind;
	unsigned lines; /* m= lines of the last description, of either side */
};

/* The other side's. */
struct sdp_peer {
	struct where at; /* ip 0: no sound to be sent */
	int codec;       /* RTP_PCMU, RTP_PCMA; -1: none that we have */
	int payload;     /* the number that stands for it; -1 */
	int events;      /* payload type, -1: none */
	enum sdp_direction direction; /* what it said of itself */
};

/* Writes an offer, in which the streams of OWN keep their places. */
void sdp_offer(const struct config *c, struct sdp_own *own, struct text *out);
/* Reads a description, an offer or an answer, of a call's only sound.  False
 * where it is none or there is nothing in common; true, with no codec, where
 * all its streams have port 0. */
bool sdp_read(const char *body, struct sdp_peer *peer);
/* Reads OFFER and writes the answer; false as above, also where OFFER has fewer
 * m= lines than there were (RFC 3264 8).  A stream that we have no use for is
 * rejected with port 0 (RFC 3264 6). */
bool sdp_answer(const struct config *c, struct sdp_own *own, const char *offer,
    struct sdp_peer *peer, struct text *out);
/* Frees what OWN has. */
void sdp_forget(struct sdp_own *own);

/* Why OFFER can't be answered by who has said OWN (NULL: nothing yet): the code
 * of a Warning (RFC 3261 20.43) with its words in *WORDS; 0: it can. */
unsigned
sdp_warning(const struct sdp_own *own, const char *offer, const char **words);

#endif
