/*
 * One side of a media session: offers, answers and what they have agreed on.
 * RFC 3264, RFC 8866.  It knows the codecs of sip/sdp_codecs.h over RTP/AVP and
 * RTP/SAVP; whatever else an offer has keeps its place and is rejected there
 * (port 0). Nothing here knows of calls: texts come in and go out.  What an
 * offer of this side's would change is changed by its answer (sip_sdp_agree)
 * alone.
 */
#ifndef SIP_SDP_SESSION_H
#define SIP_SDP_SESSION_H

#include "base/addr.h"
#include "base/buf.h"
#include "sip/sdp_codecs.h"
#include "sip/sdp_ports.h"
#include "srtp/sdes.h"

#define SIP_SDP_HOST 64 /* bytes of the other side's address that are kept */

/* The agreement on a stream. */
struct sip_sdp_stream {
	uint8_t codec;   /* the one to be sent; of sip_sdp_codecs */
	uint8_t payload; /* with this number */
	uint16_t port, remote_port;
	char remote[SIP_SDP_HOST]; /* as the other side wrote it */
	bool sends, receives;      /* this side */
	/* RFC 8866 6.4, 6.5: milliseconds of sound in a packet to the other
	 * side, as it would like them, and at most; 0: it has not said so. */
	uint16_t ptime, maxptime;
	/* The payload types for the codecs that both have (RFC 3264 6.1), as
	 * the other side numbers them; -1: not both have it. */
	int8_t payloads[SIP_SDP_CODECS];
	struct sip_sdp_wire wire;
	struct addr control; /* of RTCP there: sip_sdp_wire_control */
};

/* One m= line of the session; it stays where it is (RFC 3264 8). */
struct sip_sdp_place {
	char *type, *proto, *formats; /* as written first; one block */
	bool own;       /* a stream that this side takes part in */
	bool offered;   /* it is to be one by the offer that is out */
	uint16_t port;  /* its own, 0 until there is one … */
	bool lent;      /* … or that of the session that this is a copy of */
	bool connected; /* over TCP: its connection lives */
	/* The payload types that stand for the codecs; 8.3.2: they stay.  -1:
	 * the codec was not spoken of. */
	int8_t payload[SIP_SDP_CODECS];
	uint32_t dynamic; /* types from 96 on that stand for something: bits */
	unsigned mask;    /* the codecs in the last offer */
	bool sends, receives;     /* as in the last offer */
	uint8_t said;             /* msg_sdp_direction of this side's last */
	struct sip_sdp_wire wire; /* as in what this side has said last */
	struct sip_sdp_stream agreed;
	struct sip_sdp_crypto *crypto; /* NULL: it was never secret */
	struct sip_sdp_ice *ice;       /* NULL: it was never spoken of */
};

/* All zero at first, except for `ports`. */
struct sip_sdp_session {
	struct sip_sdp_ports *ports; /* the node's; borrowed */
	uint64_t id;                 /* of o=; 0: nothing was said yet */
	unsigned version;            /* of o= */
	unsigned nplaces;            /* in PLACES */
	struct addr origin; /* of o=: this side's address when it began */
	uint64_t said;      /* hash of what was said last, behind its o= */
	uint64_t heard; /* hash of the o= that the other side has sent last */
	struct sip_sdp_place *places;
	uint64_t exchanges; /* that have settled something */
	unsigned nagreed;   /* without the streams that an offer would add */
	struct addr at;     /* this side's address, as it was said last */
	bool offers;        /* what was said last waits for an answer */
	bool directions;    /* they have been spoken of */
	bool short_of;      /* ports, in the last answer */
	uint8_t fault;      /* sdes_fault of the last answer that has come */
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
	bool nowhere; /* 8.4: hold as in RFC 2543, with the address 0.0.0.0 */
	const struct sip_sdp_can *can;
	/* N octets of a key. */
	void (*draw)(void *arg, uint8_t *octets, size_t n);
	void *draw_arg;
	unsigned add, remove; /* of an offer: kinds of streams */
};

/* Its streams end: their ports are free again. */
void sip_sdp_free(struct sip_sdp_session *s);
/* TO, all zero, goes on from where FROM is, in another dialog: with its ports,
 * which stay FROM's.  0 or ERR_NOMEM. */
int
sip_sdp_copy(struct sip_sdp_session *to, const struct sip_sdp_session *from);

/* An offer into OUT: the first, or a new one with all places.  0, ERR_NOMEM,
 * ERR_LIMIT (no port is free). */
int sip_sdp_write_offer(
    struct sip_sdp_session *s, const struct sip_sdp_terms *t, struct buf *out);
/* Writes BODY, S's offer that was not sent yet, with TO as this side's address
 * into OUT.  Its version stays.  0 or ERR_NOMEM. */
int sip_sdp_readdress(struct sip_sdp_session *s, struct str body,
    const struct addr *to, struct buf *out);
/* ANSWER is that to the offer: what both have is agreed.  False where it is no
 * SDP: then, and where the offer was rejected, it is taken back. */
bool sip_sdp_agree(struct sip_sdp_session *s, struct str answer);
/* ANSWER will be that to the offer: with its keys the other side seals already.
 */
void sip_sdp_preview(struct sip_sdp_session *s, struct str answer);
void sip_sdp_take_back(struct sip_sdp_session *s);
/* The answer to OFFER into OUT.  0, ERR_NOMEM, ERR_SYNTAX (OFFER is no SDP: the
 * answer has no stream), ERR_LIMIT (no port is free: the answer rejects all
 * streams). */
int sip_sdp_write_answer(struct sip_sdp_session *s,
    const struct sip_sdp_terms *t, struct str offer, struct buf *out);

/* What USER at ADDR can do as a description with port 0 in each m= line, which
 * is no offer (9): CAN's kinds of streams, each with its formats; ID is of o=,
 * another one each time. */
void sip_sdp_write_capabilities(const char *user, const struct addr *addr,
    const struct sip_sdp_can *can, uint64_t id, struct buf *out);

/* TEXT (may be empty) has come from the other side. */
void sip_sdp_hear(struct sip_sdp_session *s, struct str text);

/* RFC 3264 8 holds for an offer that a script has written for S as well: S's o=
 * goes on with the id and version of OFFER, where they can be read. */
void sip_sdp_take_origin(struct sip_sdp_session *s, struct str offer);
/* The same: S's m= lines are those of ANSWER, the one to that offer.  0,
 * ERR_NOMEM, ERR_SYNTAX (ANSWER is no SDP). */
int sip_sdp_take_places(struct sip_sdp_session *s, struct str answer);

/* Sets S, of which this node writes no description, to two texts that others
 * have exchanged: OWN of this side, THEIRS of the other one; ANSWERED: THEIRS
 * is the answer.  0, ERR_NOMEM, ERR_SYNTAX (one of them is no SDP: S is
 * unchanged). */
int sip_sdp_overhear(struct sip_sdp_session *s, struct str own,
    struct str theirs, bool answered);

/* The last answer has left no stream, though the offer had some: no port was
 * free. */
bool sip_sdp_is_refused(const struct sip_sdp_session *s);
/* How many streams of KIND it has; of any kind with SIP_SDP_KINDS. */
size_t sip_sdp_count(const struct sip_sdp_session *s, enum sip_sdp_kind kind);
/* Faults of an answer. */
enum sip_sdp_fit {
	SIP_SDP_FITS,
	SIP_SDP_UNFIT, /* it is none to the offer, or leaves no stream of it */
	/* RFC 3264 6.1: a stream is to go where the offer does not have it go;
	 * it goes as both say. */
	SIP_SDP_OTHER_WAY,
};
/* RFC 3264 6, 7: what ANSWER (NULL: it can't be read) is to the offer that S
 * made last.  SIP_SDP_OTHER_WAY: WAYS are the directions that the offer and the
 * answer say of that stream. */
enum sip_sdp_fit sip_sdp_judge_answer(struct sip_sdp_session *s,
    const struct msg_sdp *answer, enum msg_sdp_direction ways[2]);
/* *RECEIVES: the other side, which has sent SDP (may be NULL), wants to
 * receive.  False where it does not say. */
bool sip_sdp_says_receives(const struct msg_sdp *sdp, bool *receives);
/* The same of its text. */
bool sip_sdp_text_receives(struct str text, bool *receives);

#endif
