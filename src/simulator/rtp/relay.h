/*
 * A media relay between two sides (RFC 7092 3.2.1): a packet that comes to the
 * port offered to one side is forwarded from the port offered to the other
 * side, to the address of the other side. With latching that is the source
 * address of the other side's packets instead of the address in its
 * description: this is the only way to reach phones behind a NAT. The first
 * packet decides, even an attacker's: a sender faster than the phone gets the
 * phone's media. Packets from other addresses are dropped afterwards.
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

/* The state of a side. */
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
 * before, the next packet from there decides again. */
void
rtp_relay_follow(struct rtp_relay *r, int side, const struct rtp_relay_side *s);
/* Nothing more goes through; its ports are closed.  NULL is fine. */
void rtp_relay_destroy(struct rtp_relay *r);

#endif
