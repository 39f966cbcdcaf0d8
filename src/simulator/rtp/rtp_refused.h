/*
 * Packets that come to a port of media and are rejected, by sender and fault:
 * the first of each kind has a `bad` record, and at the end all have one
 * `refused` with their numbers, so that a flood makes no more.
 */
#ifndef RTP_RTP_REFUSED_H
#define RTP_RTP_REFUSED_H

#include "node/node.h"
#include "srtp/srtp.h"

/* X(ID, what it would be, rule, its fault in vocab.h, key of its number) */
#define RTP_REFUSALS(X)                                              \
	X(PACKET, "RTP", MEDIA_PACKET, RTP, "no_rtp")                \
	X(CONTROL, "RTCP", MEDIA_CONTROL, RTCP, "no_rtcp")           \
	X(MUX, "RTCP", MEDIA_MUX, RTP, "no_mux")                     \
	X(PAYLOAD, "RTP", MEDIA_TYPES, RTP_PAYLOAD, "other_payload") \
	X(SSRC, "RTP", MEDIA_SSRC, RTP_SSRC, "same_ssrc")            \
	X(SOURCE, "RTP", MEDIA_SOURCE, RTP_SOURCE, "other_ssrc")     \
	X(CROWD, "RTP", MEDIA_HEAR, RTP_CROWD, "crowd")              \
	X(STRAY, "RTP", MEDIA_LATCH, RTP_STRAY, "stray")             \
	X(STUN, "STUN", ICE_ANSWER, STUN, "no_stun")

enum rtp_refusal {
#define X(id, proto, rule, fault, key) RTP_REFUSED_##id,
	RTP_REFUSALS(X)
#undef X
	    RTP_REFUSED_SRTP, /* and more by its verdict */
	RTP_REFUSED_COUNT = RTP_REFUSED_SRTP + SRTP_VERDICT_COUNT
};

struct rtp_refusals;
struct trace_writer;

/* What has come to N from FROM is rejected, and counted in *LIST, which begins
 * with NULL; WHAT says more of it, or is NULL. */
bool rtp_refuse(struct rtp_refusals **list, struct node *n,
    enum rtp_refusal why, const struct addr *from, const char *what);
/* Nothing more comes: each sender gets a record that OPEN has begun for ARG,
 * and which cites the rule of the first kind. */
void rtp_refusals_end(struct rtp_refusals **list, struct node *n,
    struct trace_writer *(*open)(const void *arg, enum rule_id why),
    const void *arg);

#endif
