/*
 * One side of a media session: offers, answers and what they have agreed on.
 * RFC 3264, RFC 8866.  It knows G.711 (PCMU, PCMA) over RTP/AVP; whatever else
 * an offer has keeps its place and is refused there (port 0).  Nothing here
 * knows of calls: texts come in and go out.
 */
#ifndef SIP_SDP_SESSION_H
#define SIP_SDP_SESSION_H

#include "base/addr.h"
#include "base/buf.h"
#include "sip/sdp_ports.h"

#define SIP_SDP_CODECS 2

/* One m= line of the session; it stays where it is (RFC 3264 8). */
struct sip_sdp_place {
	char *type, *proto, *formats; /* as the other side wrote them */
	bool own;      /* a stream that this side takes part in */
	uint16_t port; /* its own, 0 until there is one */
	/* The payload types that stand for the codecs; 8.3.2: they stay.  -1:
	 * the codec was not spoken of. */
	int payload[SIP_SDP_CODECS];
};

/* All zero at first, but for `ports`. */
struct sip_sdp_session {
	struct sip_sdp_ports *ports; /* the node's; borrowed */
	uint64_t id;                 /* of o=; 0: nothing was said yet */
	unsigned version;            /* of o= */
	struct sip_sdp_place *places;
	size_t nplaces;
	bool directions; /* they have been spoken of */
	uint64_t said;   /* hash of what was said last, behind its o= */
	uint64_t heard;  /* hash of the o= that the other side has sent last */
};

/* What this side says of itself now. */
struct sip_sdp_terms {
	const char *user; /* of o= */
	struct addr addr;
	uint64_t id; /* of o=, where the session has none yet; not 0 */
	/* The session changes: another version, also where the text is the
	 * same; but in the answer to an offer that changes nothing (8). */
	bool anew;
	bool sends, receives;
};

/* Its streams end: their ports are free again. */
void sip_sdp_free(struct sip_sdp_session *s);

/* An offer into OUT: the first, or a new one with all places.  0, ERR_NOMEM,
 * ERR_LIMIT (no port is free). */
int sip_sdp_write_offer(
    struct sip_sdp_session *s, const struct sip_sdp_terms *t, struct buf *out);
/* The answer to OFFER into OUT.  0, ERR_NOMEM, ERR_SYNTAX (OFFER is no SDP:
 * without any stream then), ERR_LIMIT (no port is free: with no stream that is
 * not refused). */
int sip_sdp_write_answer(struct sip_sdp_session *s,
    const struct sip_sdp_terms *t, struct str offer, struct buf *out);

/* Of an offer that somebody else has written for S, 8 asks the same: its o=
 * goes on with the id and version of OFFER, where they can be read, */
void sip_sdp_take_origin(struct sip_sdp_session *s, struct str offer);
/* and its m= lines stay where ANSWER, the one to it, has them.  0, ERR_NOMEM,
 * ERR_SYNTAX (ANSWER is no SDP). */
int sip_sdp_take_places(struct sip_sdp_session *s, struct str answer);

/* TEXT (may be empty) has come from the other side. */
void sip_sdp_hear(struct sip_sdp_session *s, struct str text);

/* No stream was left by the last answer, though the offer had some. */
bool sip_sdp_is_refused(const struct sip_sdp_session *s);
/* OFFER is SDP, and has a stream that this side can take part in, or none at
 * all. */
bool sip_sdp_usable(struct str offer);
/* RFC 3264 6, 7: ANSWER is one to the offer that S made last, and leaves a
 * stream of it. */
bool sip_sdp_fits(const struct sip_sdp_session *s, struct str answer);
/* Whether the other side, which has sent TEXT, wants to receive; false in the
 * result where TEXT does not say. */
bool sip_sdp_says_receives(struct str text, bool *receives);

#endif
