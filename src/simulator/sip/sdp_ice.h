/*
 * ICE in offers and answers (RFC 8839): who checks and who only answers, names
 * and passwords of checks, addresses at which a side may be reached.  There is
 * one component: RTCP shares the port of RTP (RFC 5761), or goes unchecked.
 */
#ifndef SIP_SDP_ICE_H
#define SIP_SDP_ICE_H

#include "sip/sdp_session_in.h"

/* X(ID, word, type preference: RFC 8445 5.1.2.2) */
#define SIP_SDP_CANDIDATE_TYPES(X) \
	X(HOST, "host", 126)       \
	X(PRFLX, "prflx", 110)     \
	X(SRFLX, "srflx", 100)     \
	X(RELAY, "relay", 0)

enum sip_sdp_candidate_type {
#define X(id, word, preference) SIP_SDP_CANDIDATE_##id,
	SIP_SDP_CANDIDATE_TYPES(X)
#undef X
	    SIP_SDP_CANDIDATE_COUNT
};
/* "host" */
const char *sip_sdp_candidate_word(enum sip_sdp_candidate_type type);
/* RFC 8445 5.1.2.1, of one interface and one component. */
uint32_t sip_sdp_candidate_priority(enum sip_sdp_candidate_type type);

struct sip_sdp_candidate {
	enum sip_sdp_candidate_type type;
	struct addr addr;
	uint32_t priority;
};

#define SIP_SDP_CANDIDATES 8   /* that are taken of a side, at most */
#define SIP_SDP_ICE_WORD   256 /* RFC 8839 5.4: characters, at most */

/* What a side says. */
struct sip_sdp_ice_side {
	bool lite;
	char ufrag[SIP_SDP_ICE_WORD + 1]; /* "": it says nothing of ICE */
	char pwd[SIP_SDP_ICE_WORD + 1];
	struct sip_sdp_candidate candidates[SIP_SDP_CANDIDATES];
	size_t ncandidates;
};

/* Of one m= line.  An offer that begins again has names of this side's that are
 * other than before, and is not agreed yet: media go on where they went. */
struct sip_sdp_ice {
	struct sip_sdp_ice_side own, theirs;
	bool settled; /* it was agreed once: who offered then stays so */
	bool offers;  /* that was this side */
	bool agreed;
};

/* Lines of an offer of P's, of an answer to stream I of OFFER, into B; nothing
 * where T has no ICE.  0 or ERR_NOMEM. */
int sip_sdp_ice_offer(
    struct sip_sdp_place *p, const struct sip_sdp_terms *t, struct buf *b);
int sip_sdp_ice_answer(struct sip_sdp_place *p, const struct sip_sdp_terms *t,
    const struct msg_sdp *offer, size_t i, struct buf *b);
/* Moves P's offer, which was not sent yet, to the address TO. */
void sip_sdp_ice_readdress(struct sip_sdp_place *p, const struct addr *to);
/* What stream I of ANSWER says to P's offer. */
void sip_sdp_ice_settle(
    struct sip_sdp_place *p, const struct msg_sdp *answer, size_t i);
/* SDP has ICE somewhere. */
bool sip_sdp_ice_is_in(const struct msg_sdp *sdp);
/* SIP_SDP_ICE_NO where WORD is none. */
enum sip_sdp_ice_part sip_sdp_ice_find(struct str word);

#endif
