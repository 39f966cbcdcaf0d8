/*
 * Legs of which another program sends and hears, as a handset's firmware: what
 * goes by is told and measured as if a leg had done so itself.
 */
#include "rtp/rtp_in.h"

static struct rtp_leg *
find_leg(const struct rtp_session *s, const struct addr *at)
{
	for (size_t i = 0; i < s->nlegs; i++)
		if (s->legs[i]->at.port != 0 && s->legs[i]->at.port == at->port)
			return s->legs[i];
	return NULL;
}

/* The codec that PAYLOAD stands for with the other side. */
static size_t
find_format(const struct rtp_leg *leg, uint8_t payload)
{
	for (size_t c = 0; c < SIP_SDP_CODECS; c++)
		if (leg->theirs[c] == (int)payload)
			return c;
	return leg->format;
}

/* All samples are the same, that is: silence. */
static bool
is_packet_silent(const struct rtp_packet *p)
{
	for (size_t i = 1; i < p->n; i++)
		if (p->data[i] != p->data[0])
			return false;
	return true;
}

/* Digits and comfort noise go with what flows. */
static bool
continues_overheard_flow(const struct rtp_leg *leg,
    const struct net_datagram *d, const struct rtp_packet *p, size_t format)
{
	return leg->flowing && addr_eq(&leg->flow.to, &d->dst) &&
	       leg->flow.ssrc == p->head.ssrc &&
	       (leg->flow.format == format ||
		   (SIP_SDP_CODECS_BESIDE >> format & 1u) != 0);
}

static void
begin_overheard_flow(struct rtp_leg *leg, const struct net_datagram *d,
    const struct rtp_packet *p, size_t format)
{
	if (leg->flowing)
		rtp_record_stop(leg);
	leg->flowing = true;
	leg->flow.to = d->dst;
	leg->flow.payload = p->head.payload;
	leg->flow.format = format;
	leg->flow.packets = leg->flow.octets = 0;
	leg->flow.ssrc = leg->out.ssrc = p->head.ssrc;
	leg->session->says =
	    is_packet_silent(p) ? RTP_SOUND_SILENCE : RTP_SOUND_USER;
	sim_set_cause(rtp_sim(leg), rtp_record_flow(leg));
}

static void
pass_out(struct rtp_leg *leg, const struct net_datagram *d)
{
	const uint8_t *bytes = (const uint8_t *)d->bytes.p;
	struct rtp_packet p;
	size_t format;

	if (!leg->sends || rtp_is_control(bytes, d->bytes.n) ||
	    !rtp_read(bytes, d->bytes.n, &p))
		return;
	format = find_format(leg, p.head.payload);
	if (!continues_overheard_flow(leg, d, &p, format))
		begin_overheard_flow(leg, d, &p, format);
	leg->flow.packets++;
	leg->flow.octets += p.n;
	if (leg->session->says == RTP_SOUND_SILENCE && !is_packet_silent(&p)) {
		leg->session->says = RTP_SOUND_USER;
		rtp_record_says(leg);
	}
}

void
rtp_session_pass(struct rtp_session *s, const struct net_datagram *d, bool out)
{
	struct sim *sim = node_sim(s->node);
	uint64_t cause = sim_cause(sim);
	struct rtp_leg *leg = find_leg(s, out ? &d->src : &d->dst);

	if (leg != NULL && out) {
		pass_out(leg, d);
	} else if (leg != NULL) {
		rtp_hear(d, leg);
		sim_set_cause(sim, cause);
	}
}
