/*
 * What the files of this room share:
 *
 *   session.c  the legs of a session, in line with its description
 *   talk.c     what a leg sends
 *   hear.c     what comes to a leg, source by source
 *   record.c   the `media` records
 */
#ifndef RTP_RTP_IN_H
#define RTP_RTP_IN_H

#include "rtp/session.h"

#include "base/list.h"
#include "media/rtp.h"
#include "node/world.h"
#include "quality/playout.h"
#include "quality/rtp_stats.h"
#include "rtp/voice.h"
#include "sim/sim.h"
#include "sound/codec.h"
#include "sound/sine.h"

/* Synchronisation sources that one leg tells apart (RFC 3550 8). */
#define RTP_SOURCES 8

/* One that sends to a leg. */
struct rtp_source {
	struct list link; /* in leg->sources */
	uint32_t ssrc;
	struct addr from;
	uint8_t payload;                 /* of the last packet */
	const struct sound_codec *codec; /* that it stands for; NULL: nothing
					    that was agreed */
	struct rtp_stats stats;
	struct playout playout;
};

/* One m= line. */
struct rtp_leg {
	struct rtp_session *session;
	unsigned index;
	enum sip_sdp_kind kind;
	struct addr at; /* where it is waited for; len 0: nowhere */
	struct net_sock *sock;
	/* What it sends. */
	bool sends;
	bool flowing; /* a record says so */
	struct addr to;
	int payload;
	size_t format; /* of sip_sdp_codecs */
	const struct sound_codec *codec;
	struct rtp_out out;
	bool begun;  /* OUT is drawn */
	bool marker; /* the next packet begins a talk spurt */
	uint64_t packets, octets;
	const struct rtp_voice *voice;
	uint32_t block; /* of the voice, the next */
	sim_event tick;
	/* What comes. */
	bool receives;
	int payloads[SIP_SDP_CODECS]; /* that its own description has */
	struct list sources;          /* struct rtp_source, as they came */
	size_t nsources;
};

struct rtp_session {
	struct node *node;
	const char *call;
	struct rtp_leg **legs;
	size_t nlegs;
	bool over;
};

/* ---- talk.c ---- */

/* In line with what LEG has to send and where: begins, goes on, stops. */
void rtp_talk_follow(struct rtp_leg *leg);
void rtp_talk_stop(struct rtp_leg *leg);

/* ---- hear.c ---- */

void rtp_hear(const struct net_datagram *d, void *leg);
void rtp_hear_stop(struct rtp_leg *leg);

/* ---- record.c ---- */

/* Each returns the record's seq. */
uint64_t rtp_record_agreed(const struct rtp_leg *leg);
uint64_t rtp_record_flow(const struct rtp_leg *leg);
uint64_t rtp_record_stop(const struct rtp_leg *leg);
uint64_t
rtp_record_hears(const struct rtp_leg *leg, const struct rtp_source *src);
uint64_t
rtp_record_heard(const struct rtp_leg *leg, const struct rtp_source *src);

static inline struct sim *
rtp_sim(const struct rtp_leg *leg)
{
	return node_sim(leg->session->node);
}

#endif
