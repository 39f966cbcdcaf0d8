/* The legs of a session, in line with its description. */
#include "rtp/ice.h"

#include "base/array.h"
#include "base/err.h"
#include "base/mem.h"
#include "rtp/rtp_in.h"
#include "sip/sdp_crypto.h"

#include <string.h>

/* ---- Packets encrypted and opened: RFC 3711 ---- */

/* A key that stays keeps the count of its packets: RFC 3711 9.1. */
static bool
session_take_keys(struct rtp_secret *s, const struct sip_sdp_crypto *c)
{
	bool sends = !s->agreed || !srtp_master_eq(&s->sends, &c->sends);
	bool receives = srtp_ring_take(&s->in, &c->receives);

	if (sends)
		srtp_begin(&s->out, &c->sends);
	s->sends = c->sends;
	s->agreed = true;
	return sends || receives;
}

static void
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

/* LEG's keys as P has them; true where there are others than before. */
static bool
rtp_secret_follow(struct rtp_leg *leg, const struct sip_sdp_place *p)
{
	bool secret = sip_sdp_profile(str_of(p->proto)) == SIP_SDP_SECRET;
	bool was = leg->secret != NULL;

	if (secret && p->crypto != NULL)
		return need_secret(leg) && p->crypto->agreed &&
		       session_take_keys(leg->secret, p->crypto);
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

/* ---- sending ---- */

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

/* If RTP/SAVP is agreed, by the keys of both sides' a=crypto (RFC 4568).  What
 * can't be opened is counted, and not heard. */
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

/* ---- receiving ---- */

static void
session_hear(const struct net_datagram *d, struct rtp_leg *leg, bool control)
{
	net_recv_fn *fn = control ? rtp_control_hear : rtp_receive;
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
	session_hear(d, leg, false);
}

void
rtp_secret_control_hear(const struct net_datagram *d, void *leg)
{
	session_hear(d, leg, true);
}

bool
rtp_is_wanted(const struct node *n)
{
	return node_attr_bool(n, "media", false);
}

int
rtp_session_create(struct rtp_session **sp, struct node *n, const char *call)
{
	struct rtp_session *s = mem_zalloc(1, sizeof(*s));

	*sp = s;
	if (s == NULL || rtp_watch_losses(n->world) != 0) {
		mem_free(s);
		*sp = NULL;
		return ERR_NOMEM;
	}
	s->node = n;
	s->call = call;
	s->number = rtp_voice_number(n, RTP_SOUND_USER);
	list_init(&s->mixed);
	list_init(&s->relayed);
	list_init(&s->relays_of);
	s->tones = str_is(str_of(node_attr(n, "dtmf", "")), "in-band");
	return 0;
}

/* ---- what it hears and says ---- */

int64_t
rtp_session_heard(const struct rtp_session *s)
{
	int64_t ns = s != NULL ? s->heard_ns : 0;

	for (size_t i = 0; s != NULL && i < s->nlegs; i++)
		list_each (struct rtp_source, src, &s->legs[i]->sources, link)
			ns += rtp_source_heard(src);
	return ns;
}

void
rtp_session_say(struct rtp_session *s, enum rtp_sound sound, unsigned number)
{
	if (sound == RTP_SOUND_USER || sound == RTP_SOUND_TONE)
		number = rtp_voice_number(s->node, sound);
	if (s->says == sound && s->number == number)
		return;
	s->says = sound;
	s->number = number;
	s->said = false;
	for (size_t i = 0; i < s->nlegs; i++)
		rtp_send_change(s->legs[i]);
}

void
rtp_session_sources(struct rtp_session *s, uint32_t own, uint32_t theirs)
{
	s->source = own;
	s->awaits = theirs;
}

void
rtp_session_relay(struct rtp_session *s, struct rtp_session *from)
{
	list_remove(&s->relayed);
	s->relays = true;
	s->from = from;
	if (from != NULL)
		list_append(&from->relays_of, &s->relayed);
}

void
rtp_relays_follow(struct rtp_session *s)
{
	list_each (struct rtp_session, r, &s->relays_of, relayed)
		for (size_t i = 0; i < r->nlegs; i++)
			rtp_send_follow(r->legs[i]);
}

/* ---- one leg ---- */

static void
close_leg(struct rtp_leg *leg)
{
	rtp_control_leave(leg);
	rtp_send_stop(leg);
	rtp_receive_stop(leg);
	rtp_refusals_end(
	    &leg->refusals, leg->session->node, rtp_record_refused, leg);
	rtp_over_tcp_close(leg);
	rtp_ice_free(leg);
	rtp_mix_free(leg);
	net_udp_close(leg->sock);
	net_udp_close(leg->control);
	leg->sock = leg->control = NULL;
	leg->at = (struct addr){ 0 };
	leg->sends = leg->receives = leg->hears = false;
}

static void
take_datagram(const struct net_datagram *d, void *leg)
{
	if (!rtp_ice_take(leg, d))
		rtp_secret_hear(d, leg);
}

/* Streams that are told apart by what they await may share a port: RFC 3550 5.1
 * and 6.4.1, where the SSRC of the sender stands. */
static bool
wants_packet(const void *arg, struct str bytes)
{
	const struct rtp_leg *leg = arg;
	const uint8_t *p = (const uint8_t *)bytes.p;
	size_t at = rtp_is_control(p, bytes.n) ? 4 : 8;

	return bytes.n >= at + 4 &&
	       ((uint32_t)p[at] << 24 | (uint32_t)p[at + 1] << 16 |
		   (uint32_t)p[at + 2] << 8 | p[at + 3]) ==
		   leg->session->awaits;
}

static int
open_port(struct rtp_leg *leg, const struct addr *at, net_recv_fn *fn,
    struct net_sock **sock)
{
	net_wants_fn *wants = leg->session->awaits != 0 ? wants_packet : NULL;

	return net_udp_open_shared(
	    leg->session->node->host, at, wants, fn, leg, sock);
}

/* LEG is waited for at AT (port 0: nowhere), by packets or by connections. */
static void
listen_leg_at(struct rtp_leg *leg, const struct addr *at, bool framed)
{
	struct node *n = leg->session->node;

	if (addr_eq(&leg->at, at) && leg->framed == framed)
		return;
	close_leg(leg);
	leg->framed = framed;
	if (at->port == 0)
		return;
	leg->at = *at;
	if (framed)
		return;
	if (open_port(leg, at, take_datagram, &leg->sock) == ERR_NOMEM)
		node_fail_memory(n);
	else if (leg->sock != NULL)
		net_udp_prefetch(leg->sock, rtp_receive_prefetch);
}

/* RFC 3550 11: RTCP has the next port, unless it shares that of RTP. */
static void
listen_for_control(struct rtp_leg *leg)
{
	struct node *n = leg->session->node;
	struct addr at = leg->at;

	if (leg->wire.mux || leg->framed || at.port == 0) {
		net_udp_close(leg->control);
		leg->control = NULL;
		return;
	}
	at.port++;
	if (leg->control == NULL && open_port(leg, &at, rtp_secret_control_hear,
					&leg->control) == ERR_NOMEM)
		node_fail_memory(n);
}

/* RFC 3605 2.1, RFC 5761 5.1.1: where the other side wants RTCP. */
static struct addr
find_control(const struct sip_sdp_stream *a, const struct addr *to)
{
	struct addr control = a->control.len != 0 ? a->control : *to;

	control.port = a->wire.mux            ? to->port
		       : a->control.port != 0 ? a->control.port
					      : (uint16_t)(to->port + 1);
	return control;
}

/* What P's agreed stream has LEG do; whether that is another thing than before.
 * OFFERS: P is in an offer that has no answer. */
static bool
take_agreed(struct rtp_leg *leg, const struct sip_sdp_place *p, bool agreed,
    bool offers, uint64_t exchange)
{
	const struct sip_sdp_stream *a = &p->agreed;
	struct str remote = str_of(a->remote);
	struct addr said = { 0 }, to = { 0 };
	/* RFC 3264 5.1: RTCP goes there also from who sends no media. */
	bool reached = agreed && addr_parse(remote, &said) == 0 &&
		       !msg_sdp_is_nowhere(remote);
	bool sends = reached && a->sends && a->remote_port != 0;
	bool receives = agreed && a->receives;
	bool stays = rtp_ice_stays(leg, p) ||
		     (leg->over_tcp[0].up &&
			 (a->wire.existing || leg->exchange == exchange));
	const struct sound_codec *codec =
	    sound_codec_find(str_of(sip_sdp_codecs[a->codec].map));
	unsigned ms = sound_codec_packet_ms(codec, a->ptime, a->maxptime);
	bool news, keys = rtp_secret_follow(leg, p);

	said.port = a->remote_port;
	if (reached)
		to = said;
	/* RFC 4145 5: a connection that stays leads where it led. */
	if (stays)
		to = leg->to;
	news = agreed &&
	       (keys || sends != leg->sends || receives != leg->receives ||
		   !addr_eq(&said, &leg->said) || a->payload != leg->payload ||
		   a->codec != leg->format || leg->codec == NULL ||
		   ms != leg->ms || a->wire.mux != leg->wire.mux ||
		   a->wire.setup != leg->wire.setup);
	leg->said = said;
	leg->offers_mux = p->wire.mux;
	leg->sends = sends;
	leg->receives = receives;
	/* 5.1, 8: an offerer hears packets before the answer. */
	leg->hears = receives || (offers && p->offered && p->receives);
	memcpy(leg->payloads, p->payload, sizeof(leg->payloads));
	memcpy(leg->theirs, a->payloads, sizeof(leg->theirs));
	if (!agreed)
		return false;
	leg->to = to;
	leg->wire = a->wire;
	leg->changes = news ? 0 : leg->changes;
	if (!stays)
		leg->control_to = find_control(a, &to);
	leg->payload = a->payload;
	leg->format = a->codec;
	leg->codec = codec;
	leg->ms = ms;
	return news;
}

/* AGREED, in that EXCHANGE; else P is in an offer: where that is of new
 * connections, connections before the answer belong to it. */
static void
follow_over_tcp(struct rtp_leg *leg, const struct sip_sdp_place *p, bool agreed,
    uint64_t exchange)
{
	if (!agreed && leg->exchange != 0 && !p->wire.existing &&
	    !leg->over_tcp[0].up)
		rtp_over_tcp_close(leg);
	rtp_over_tcp_listen(leg, agreed ? p->agreed.wire.setup : p->wire.setup);
	if (agreed)
		rtp_over_tcp_follow(leg, exchange);
}

static struct rtp_leg *
add_leg(struct rtp_session *s, const struct sip_sdp_place *p)
{
	struct rtp_leg *leg;

	if (ARRAY_RESIZE(&s->legs, s->nlegs + 1) != 0)
		return NULL;
	leg = mem_zalloc(1, sizeof(*leg));
	if (leg == NULL)
		return NULL;
	leg->session = s;
	leg->index = (unsigned)s->nlegs;
	leg->kind = sip_sdp_kind_find(str_of(p->type));
	leg->payload = -1;
	sim_take_memory(node_sim(s->node), sizeof(*leg));
	list_init(&leg->sources);
	s->legs[s->nlegs++] = leg;
	return leg;
}

/* ---- all of them ---- */

void
rtp_session_follow(struct rtp_session *s, const struct sip_sdp_session *sdp)
{
	struct sim *sim = node_sim(s->node);
	uint64_t cause = sim_cause(sim);
	uint64_t exchange = sdp->heard + sdp->exchanges;

	for (size_t i = sdp->nplaces; i < s->nlegs; i++)
		close_leg(s->legs[i]);
	for (size_t i = 0; i < sdp->nplaces && !s->over; i++) {
		const struct sip_sdp_place *p = &sdp->places[i];
		struct rtp_leg *leg = i < s->nlegs ? s->legs[i] : add_leg(s, p);
		struct addr at = sdp->at;
		bool agreed;

		if (leg == NULL) {
			node_fail_memory(s->node);
			return;
		}
		at.port = p->own || p->offered ? p->port : 0;
		listen_leg_at(leg, &at, at.port != 0 && p->wire.framed);
		agreed = p->own && i < sdp->nagreed;
		if (take_agreed(leg, p, agreed, sdp->offers, exchange))
			sim_set_cause(sim, rtp_record_agreed(leg));
		listen_for_control(leg);
		follow_over_tcp(leg, p, agreed && !sdp->offers, exchange);
		rtp_ice_follow(leg, p, agreed);
		rtp_send_follow(leg);
		rtp_control_follow(leg);
		rtp_silence_follow(leg);
		sim_set_cause(sim, cause);
	}
	rtp_relays_follow(s);
	rtp_mix_follow(s);
}

void
rtp_session_overhear(struct rtp_session *s, const struct sip_sdp_session *sdp)
{
	for (size_t i = 0; i < sdp->nplaces && !s->over; i++) {
		const struct sip_sdp_place *p = &sdp->places[i];
		struct rtp_leg *leg = i < s->nlegs ? s->legs[i] : add_leg(s, p);

		if (leg == NULL) {
			node_fail_memory(s->node);
			return;
		}
		leg->at = sdp->at;
		leg->at.port = p->own ? p->port : 0;
		if (take_agreed(leg, p, p->own, false, sdp->exchanges)) {
			/* Whether what flows goes on its packets will tell. */
			rtp_send_stop(leg);
			rtp_record_agreed(leg);
		}
		if (!p->own || !leg->sends)
			rtp_send_stop(leg);
	}
}

bool
rtp_session_is_connected(const struct rtp_session *s, size_t i)
{
	return s != NULL && i < s->nlegs && s->legs[i]->over_tcp[0].up;
}

void
rtp_session_on_digit(
    struct rtp_session *s, void (*fn)(char digit, void *arg), void *arg)
{
	if (s == NULL)
		return;
	s->on_digit = fn;
	s->digit_arg = arg;
}

void
rtp_session_end(struct rtp_session *s)
{
	if (s == NULL || s->over)
		return;
	s->over = true;
	rtp_mix_leave(s);
	for (size_t i = 0; i < s->nlegs; i++)
		close_leg(s->legs[i]);
}

void
rtp_session_destroy(struct rtp_session *s)
{
	if (s == NULL)
		return;
	rtp_session_end(s);
	list_remove(&s->relayed);
	list_each (struct rtp_session, r, &s->relays_of, relayed)
		rtp_session_relay(r, NULL);
	for (size_t i = 0; i < s->nlegs; i++) {
		sim_give_back_memory(node_sim(s->node), sizeof(*s->legs[i]));
		rtp_secret_free(s->legs[i]);
		mem_free(s->legs[i]);
	}
	mem_free(s->legs);
	mem_free(s);
}
