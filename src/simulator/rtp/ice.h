/* What ICE knows of a leg; see rtp/ice.c and ice.c. */
#ifndef RTP_ICE_H
#define RTP_ICE_H

#include "rtp/rtp_in.h"
#include "sip/sdp_ice.h"
#include "stun/stun.h"

#define RTP_ICE_PAIRS 16

/* X(ID, word): RFC 8445 6.1.2.6; pairs of one component are never frozen. */
#define RTP_ICE_STATES(X)             \
	X(WAITING, "waiting")         \
	X(IN_PROGRESS, "in-progress") \
	X(SUCCEEDED, "succeeded")     \
	X(FAILED, "failed")

enum rtp_ice_state {
#define X(id, word) RTP_ICE_##id,
	RTP_ICE_STATES(X)
#undef X
};

/* The leg's own address and one of the other side's. */
struct rtp_ice_pair {
	struct rtp_ice *ice;
	struct addr remote;
	enum sip_sdp_candidate_type type; /* of that */
	uint32_t priority;
	enum rtp_ice_state state;
	bool triggered; /* it is to be checked next */
	bool nominates; /* by what this side sends: USE-CANDIDATE */
	bool nominated; /* by what has come */
	char id[12];    /* of its check */
	unsigned tries; /* how often that went */
	uint64_t first; /* seq of its send */
	sim_event timer;
};

struct rtp_ice {
	struct rtp_leg *leg;
	struct sip_sdp_ice_side own, theirs; /* theirs: "" until it is known */
	bool agreed; /* else it answers alone (RFC 8445 7.3) */
	bool lasts;  /* 12: it begins again, media go on where they went */
	bool controlling;
	uint64_t tie; /* 7.1.3: the side with the greater one keeps its role */
	struct rtp_ice_pair pairs[RTP_ICE_PAIRS];
	size_t npairs;
	sim_event pace;
	struct addr chosen; /* len 0: nothing yet */
	uint64_t sent;      /* seq of the last */
};

/* LEG is as P says; AGREED: both sides have said it. */
void
rtp_ice_follow(struct rtp_leg *leg, const struct sip_sdp_place *p, bool agreed);
/* What was chosen goes on to be where media go. */
bool rtp_ice_stays(const struct rtp_leg *leg, const struct sip_sdp_place *p);
void rtp_ice_free(struct rtp_leg *leg);
/* D has come to LEG; false: it is nothing of ICE. */
bool rtp_ice_take(struct rtp_leg *leg, const struct net_datagram *d);
/* LEG has ICE, and no way yet. */
bool rtp_ice_waits(const struct rtp_leg *leg);

/* ---- ice.c ---- */

/* What a check of the other side says. */
struct rtp_ice_asked {
	struct str username;
	uint32_t priority;
	uint64_t tie;
	bool controlling, controlled, nominates;
};

/* ---- media_records.c ---- */

/* P's check has an end; MAPPED is where this side was seen, NULL: it failed. */
uint64_t rtp_record_checked(const struct rtp_leg *leg,
    const struct rtp_ice_pair *p, const struct addr *mapped);
uint64_t
rtp_record_chosen(const struct rtp_leg *leg, const struct rtp_ice_pair *p);
uint64_t rtp_record_unreachable(const struct rtp_leg *leg);

#endif
