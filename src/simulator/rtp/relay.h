/*
 * A box between two sides, through which a stream of theirs goes (RFC 7092
 * 3.2.1): what comes to the port that one side was told goes on, from the port
 * that the other was told, to where the other wants it.  With latching that is
 * where the other's own packets come from, whatever its description says:
 * phones behind a NAT are reached by that, and by it alone.  The first packet
 * decides, whoever has sent it: who is faster than the phone gets what the
 * phone was to hear.  Packets that come from elsewhere afterwards go no
 * further.
 */
#ifndef RTP_RELAY_H
#define RTP_RELAY_H

#include "node/node.h"
#include "sip/sdp_codecs.h"

struct rtp_relay;

struct rtp_relay_options {
	enum sip_sdp_kind kind;
	bool latches;
	bool transcodes; /* makes PCMU of PCMA, and the other way round */
};

/* What is known of a side. */
struct rtp_relay_side {
	const char *call; /* the name in records; copied */
	struct addr at;   /* where it was told to send to; port 0: nowhere */
	struct addr to;   /* where its description wants it; len 0: nowhere */
	bool takes[2];    /* its description has PCMU, PCMA */
	bool secret;      /* SRTP: it goes through as it is (RFC 3711) */
};

/* 0 or ERR_NOMEM. */
int rtp_relay_create(struct rtp_relay **r, struct node *n,
    const struct rtp_relay_options *options);
/* SIDE (0, 1) is as S says from now on.  Where it is wanted elsewhere than
 * before, the next packet from there decides anew. */
void
rtp_relay_follow(struct rtp_relay *r, int side, const struct rtp_relay_side *s);
/* Nothing more goes through; its ports are closed.  NULL is fine. */
void rtp_relay_destroy(struct rtp_relay *r);

#endif
