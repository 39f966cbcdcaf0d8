/*
 * Packets sealed and opened (RFC 3711), where RTP/SAVP is agreed: by the keys
 * of both sides' a=crypto (RFC 4568).  What can't be opened is counted, and not
 * heard.
 */
#include "rtp/rtp_in.h"

#include "base/mem.h"
#include "sip/sdp_crypto.h"

#include <string.h>

/* A key that stays keeps the count of its packets: RFC 3711 9.1. */
static bool
take_keys(struct rtp_secret *s, const struct sip_sdp_crypto *c)
{
	bool sends = !s->agreed || !srtp_master_eq(&s->sends, &c->sends);
	bool receives = srtp_ring_take(&s->in, &c->receives);

	if (sends)
		srtp_begin(&s->out, &c->sends);
	s->sends = c->sends;
	s->agreed = true;
	return sends || receives;
}

void
rtp_secret_free(struct rtp_leg *leg)
{
	if (leg->secret != NULL)
		sim_give_back_memory(rtp_sim(leg), sizeof(*leg->secret));
	mem_free(leg->secret);
	leg->secret = NULL;
}

static bool
need_secret(struct rtp_leg *leg)
{
	if (leg->secret != NULL)
		return true;
	leg->secret = mem_zalloc(1, sizeof(*leg->secret));
	if (leg->secret == NULL)
		node_fail_memory(leg->session->node);
	else
		sim_take_memory(rtp_sim(leg), sizeof(*leg->secret));
	return leg->secret != NULL;
}

bool
rtp_secret_follow(struct rtp_leg *leg, const struct sip_sdp_place *p)
{
	bool secret = sip_sdp_profile(str_of(p->proto)) == SIP_SDP_SECRET;
	bool was = leg->secret != NULL;

	if (secret && p->crypto != NULL)
		return need_secret(leg) && p->crypto->agreed &&
		       take_keys(leg->secret, p->crypto);
	rtp_secret_free(leg);
	return was;
}

void
rtp_session_preview(struct rtp_session *s, const struct sip_sdp_session *sdp)
{
	for (size_t i = 0; i < sdp->nplaces && i < s->nlegs; i++) {
		const struct sip_sdp_crypto *c = sdp->places[i].crypto;
		struct rtp_leg *leg = s->legs[i];

		if (leg->secret != NULL && c != NULL && c->previewed &&
		    srtp_ring_take(&leg->secret->in, &c->receives))
			rtp_record_key(leg);
	}
}

/* ---- what is sent ---- */

const struct trace_message *
rtp_message(bool secret, bool control)
{
	static const struct trace_message messages[2][2] = {
		{ { .proto = TRACE_PROTO_RTP }, { .proto = TRACE_PROTO_RTCP } },
		{ { .proto = TRACE_PROTO_SRTP },
		    { .proto = TRACE_PROTO_SRTCP } },
	};

	return &messages[secret][control];
}

size_t
rtp_seal(struct rtp_leg *leg, uint8_t *p, size_t n, bool control)
{
	struct rtp_secret *s = leg->secret;
	enum srtp_verdict verdict;

	if (s == NULL)
		return n;
	if (!s->agreed)
		return 0;
	verdict = control ? srtp_seal_rtcp(&s->out, p, &n)
			  : srtp_seal(&s->out, p, &n);
	return verdict == SRTP_OK ? n : 0;
}

/* ---- what comes ---- */

static void
hear(const struct net_datagram *d, struct rtp_leg *leg, bool control)
{
	net_recv_fn *fn = control ? rtp_control_hear : rtp_hear;
	struct net_datagram opened = *d;
	enum srtp_verdict verdict;
	uint8_t *copy;

	if (leg->secret == NULL) {
		fn(d, leg);
		return;
	}
	copy = (uint8_t *)mem_dup(d->bytes.p, d->bytes.n);
	if (copy == NULL) {
		node_fail_memory(leg->session->node);
		return;
	}
	/* RFC 5761 4: RTCP may come to the port of RTP. */
	control = control || rtp_is_control(copy, d->bytes.n);
	verdict =
	    srtp_ring_open(&leg->secret->in, copy, &opened.bytes.n, control);
	opened.bytes.p = (const char *)copy;
	if (verdict == SRTP_OK)
		fn(&opened, leg);
	else
		rtp_leg_refuse(leg,
		    (enum rtp_refusal)(RTP_REFUSED_SRTP + verdict), &d->src,
		    NULL);
	mem_free(copy);
}

void
rtp_secret_hear(const struct net_datagram *d, void *leg)
{
	hear(d, leg, false);
}

void
rtp_secret_control_hear(const struct net_datagram *d, void *leg)
{
	hear(d, leg, true);
}
