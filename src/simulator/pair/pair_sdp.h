/*
 * Session descriptions that are passed from one party of a pair to the other:
 * RFC 3264 8, RFC 3725 4, RFC 7092 3.1.3, 3.2.1.  No more of them is read than
 * has to be: which streams there are, so that each stays in its place at either
 * side, and the line o=, which is the box's own: always, or, of a controller,
 * towards a party to whom it has made the first description itself.  A box
 * through which media go puts its own addresses and ports in.
 */
#ifndef PAIR_PAIR_SDP_H
#define PAIR_PAIR_SDP_H

#include "base/addr.h"
#include "base/buf.h"
#include "sip/sdp_ports.h"

#define PAIR_STREAMS 32

struct rtp_relay;

/* A stream of the session of two parties. */
struct pair_stream {
	int at[2];        /* its place in the description of each; -1: none */
	int agreed[2];    /* the same in what each has agreed on last */
	uint16_t port[2]; /* at which the box hears each; 0: none yet */
	char *refused;    /* its m= line with port 0; owned */
	struct rtp_relay *relay; /* through which it goes; owned; or NULL */
};

/* What a party has been told by o= lines: it goes on from there, also where its
 * place is another's meanwhile. */
struct pair_origin {
	bool own;         /* every o= is the box's … */
	uint64_t id;      /* … with this id */
	unsigned version; /* 0: it has had none of the box's */
	uint64_t told;    /* hash of what it was told last */
};

/* All zero at first. */
struct pair_sdp {
	struct addr addr[2]; /* the box's, towards each party */
	struct pair_stream *streams;
	size_t n, room;
	int count[2];        /* places at each side … */
	int agreed[2];       /* … in what it has agreed on last */
	unsigned version[2]; /* of the box's o= to each; 0: it has none … */
	uint64_t passed[2];  /* … and the version in o= passed on last … */
	bool counts[2];      /* … which is no more the party's own */
	bool own;            /* every o= is the box's */
	uint64_t told[2];    /* hash of what each was told last */
	uint64_t id;         /* of o= */
	struct sip_sdp_ports *ports; /* the ports that media go through; NULL:
				      * media go past the box */
};

/* Every o= is to be the box's, with this ID; PORTS (borrowed) where media are
 * to go through it, else NULL. */
void
pair_sdp_begin(struct pair_sdp *s, uint64_t id, struct sip_sdp_ports *ports);
void pair_sdp_free(struct pair_sdp *s);
/* Its streams go through the box no more. */
void pair_sdp_end_relays(struct pair_sdp *s);
/* Another party is at SIDE now, of which nothing is known yet. */
void pair_sdp_forget(struct pair_sdp *s, int side);
/* What the party at SIDE has been told, and that a party to which that was told
 * is there now. */
struct pair_origin pair_sdp_origin(const struct pair_sdp *s, int side);
void
pair_sdp_resume(struct pair_sdp *s, int side, const struct pair_origin *origin);
/* TEXT has come from SIDE (0, 1): its streams have their places.  0, ERR_NOMEM,
 * ERR_LIMIT. */
int pair_sdp_hear(struct pair_sdp *s, int side, struct str text);
/* RFC 3264 8, RFC 3261 14.1: what SIDE has said, and was told, of streams is
 * agreed; or it came to nothing, and a stream that has no place at either side
 * is gone, with its ports. */
void pair_sdp_agree(struct pair_sdp *s, int side);
void pair_sdp_undo(struct pair_sdp *s, int side);
/* How a description is passed on. */
struct pair_sdp_way {
	bool offers;        /* it is an offer, no answer */
	const char *codecs; /* all that an offer may have, names with spaces
			       between; NULL: any */
	/* PCMU and PCMA are made of each other: an offer of one has both, and
	 * an answer has the one that was offered. */
	bool transcodes;
	struct str offer; /* to which it is the answer */
};
/* Writes to OUT the session description for SIDE made of TEXT, the other
 * side's; OUT's `err` is 0 where it could be written.  The version of o= rises
 * where the description has changed.  0, ERR_NOMEM, or ERR_LIMIT: no port is
 * free, or nothing of the offer is allowed. */
int pair_sdp_pass(struct pair_sdp *s, int side, struct str text,
    const struct pair_sdp_way *way, struct buf *out);
/* A stream of SIDE is rejected in OTHER, what the other side has said last. */
bool pair_sdp_refuses(const struct pair_sdp *s, int side, struct str other);
/* TEXT, which SIDE has said before, into OUT, whose `err` says whether that
 * could be written, with port 0 for each stream that is rejected in OTHER, what
 * the other side has said; where ANSWERS, as an answer to that (RFC 3264 6).
 * False: no stream is left. */
bool pair_sdp_fit(const struct pair_sdp *s, int side, struct str text,
    struct str other, bool answers, struct buf *out);
/* The next description to SIDE has another version, whatever it says. */
void pair_sdp_renew(struct pair_sdp *s, int side);
/* Likewise a session without any stream, or, once there were some, with all of
 * them rejected. */
void pair_sdp_empty(struct pair_sdp *s, int side, struct buf *out);
/* Likewise the answer to OFFER with an address to which nothing is sent. */
void
pair_sdp_hole(struct pair_sdp *s, int side, struct str offer, struct buf *out);

#endif
