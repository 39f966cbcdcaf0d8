/*
 * The transport of a stream's packets, as far as its formats do not say it:
 * whether RTCP shares the port of RTP (RFC 5761), or where else it goes (RFC
 * 3605), and what more it reports (RFC 3611 5); of a stream over TCP who opens
 * the connection (RFC 4145).
 */
#ifndef SIP_SDP_WIRE_H
#define SIP_SDP_WIRE_H

#include "base/addr.h"
#include "base/buf.h"
#include "msg/sdp.h"

/* X(ID, word, what the other side answers, or has: RFC 4145 4) */
#define SIP_SDP_SETUPS(X)             \
	X(ACTPASS, "actpass", ACTIVE) \
	X(ACTIVE, "active", PASSIVE)  \
	X(PASSIVE, "passive", ACTIVE) \
	X(HOLDCONN, "holdconn", HOLDCONN)

enum sip_sdp_setup {
#define X(id, word, other) SIP_SDP_SETUP_##id,
	SIP_SDP_SETUPS(X)
#undef X
	    SIP_SDP_SETUP_COUNT
};
/* "active" */
const char *sip_sdp_setup_word(enum sip_sdp_setup s);
/* SIP_SDP_SETUP_COUNT: WORD is none. */
enum sip_sdp_setup sip_sdp_setup_find(struct str word);

/* What a side says of a stream, or what both have agreed on. */
struct sip_sdp_wire {
	bool mux; /* RFC 5761 5.1.1 */
	/* RFC 3611 5.1: the other side is to report how the stream sounds; both
	 * answer to reference times of receivers. */
	bool metrics, receiver_trip;
	bool framed;   /* RFC 4571: over TCP; what follows is of that */
	bool existing; /* RFC 4145 5: the connection stays */
	uint8_t setup; /* this side's part, of enum sip_sdp_setup */
};

/* The lines for what OWN says. */
void sip_sdp_wire_write(const struct sip_sdp_wire *own, struct buf *b);
/* Reduces OWN, of an answer, to the agreed parameters. */
void sip_sdp_wire_answer(
    struct sip_sdp_wire *own, const struct sip_sdp_wire *agreed);
/* The agreement between this side's OWN and the other side's stream I of SDP,
 * which is an ANSWER, or an offer. */
void
sip_sdp_wire_agree(struct sip_sdp_wire *agreed, const struct sip_sdp_wire *own,
    const struct msg_sdp *sdp, size_t i, bool answer);
/* The part that SDP's writer has in stream I; actpass, where it does not say.
 */
struct sip_sdp_wire sip_sdp_wire_said(const struct msg_sdp *sdp, size_t i);
/* RFC 3605 2.1: where the other side's stream I of SDP wants RTCP; len 0: at
 * the stream's address, port 0: at its next port. */
struct addr sip_sdp_wire_control(const struct msg_sdp *sdp, size_t i);

#endif
