/* The `media` records: agreements, streams, reception. */
#include "rtp/ice.h"

#include "base/err.h"
#include "base/mem.h"
#include "rtp/rtp_in.h"
#include "rules/rule_names.h"
#include "srtp/sdes.h"

static struct trace_writer *
open_media_record(const struct rtp_leg *leg, const char *op, enum rule_id why)
{
	struct trace_writer *w =
	    node_record(leg->session->node, TRACE_MEDIA, why);

	trace_put_cstr(w, "op", op);
	trace_put_cstr(w, "call", leg->session->call);
	trace_put_cstr(w, "type", sip_sdp_kind_name(leg->kind));
	return w;
}

void
rtp_record_put_addr(
    struct trace_writer *w, const char *key, const struct addr *a)
{
	LOCAL_BUF text = BUF_INIT;

	addr_write(a, &text);
	trace_put_str(w, key, buf_view(&text));
}

static void
put_suite(struct trace_writer *w, const struct rtp_leg *leg)
{
	if (leg->secret != NULL && leg->secret->agreed)
		trace_put_cstr(
		    w, "suite", srtp_suite_name(leg->secret->sends.suite));
}

/* ELSEWHERE stands in for where LEG sends, where that is nowhere. */
static void
media_record_put_out(struct trace_writer *w, const struct rtp_leg *leg,
    const struct addr *elsewhere)
{
	rtp_record_put_addr(w, "peer", leg->to.len != 0 ? &leg->to : elsewhere);
	trace_put_cstr(w, "codec", sip_sdp_codecs[leg->format].map);
	trace_put_int(w, "pt", leg->payload);
	put_suite(w, leg);
}

/* "inline:…" */
static void
media_record_put_key(
    struct trace_writer *w, const char *field, const struct srtp_master *m)
{
	LOCAL_BUF b = BUF_INIT;

	sdes_write_key(m, &b);
	trace_put_str(w, field, buf_view(&b));
}

static void
media_record_put_keys(struct trace_writer *w, const struct rtp_secret *s)
{
	if (s == NULL || !s->agreed)
		return;
	media_record_put_key(w, "seals", &s->sends);
	media_record_put_key(w, "opens", &s->in.keys[0].master);
}

uint64_t
rtp_record_key(const struct rtp_leg *leg)
{
	struct trace_writer *w =
	    open_media_record(leg, "key", RULE_SECRET_AGREE);
	const struct srtp_master *m = &leg->secret->in.keys[0].master;

	trace_put_cstr(w, "suite", srtp_suite_name(m->suite));
	media_record_put_key(w, "opens", m);
	return trace_close(w);
}

uint64_t
rtp_record_agreed(const struct rtp_leg *leg)
{
	static const char *const ways[] = { "inactive", "recvonly", "sendonly",
		"sendrecv" };
	struct trace_writer *w = open_media_record(leg, "agree",
	    leg->secret != NULL ? RULE_SECRET_AGREE : RULE_MEDIA_AGREE);

	media_record_put_out(w, leg, &leg->said);
	trace_put_cstr(
	    w, "direction", ways[leg->sends * 2 + leg->receives * 1]);
	if (leg->kind == SIP_SDP_AUDIO && leg->ms != leg->codec->ptime_ms)
		trace_put_int(w, "ptime", leg->ms * SIM_MS);
	if (leg->wire.mux)
		trace_put_bool(w, "mux", true);
	if (leg->wire.framed)
		trace_put_cstr(w, "setup", sip_sdp_setup_word(leg->wire.setup));
	if (leg->session->awaits != 0)
		trace_put_int(w, "awaits", leg->session->awaits);
	media_record_put_keys(w, leg->secret);
	return trace_close(w);
}

static void
media_record_put_flow(struct trace_writer *w, const struct rtp_leg *leg)
{
	rtp_record_put_addr(w, "peer", &leg->flow.to);
	trace_put_cstr(w, "codec", sip_sdp_codecs[leg->flow.format].map);
	trace_put_int(w, "pt", leg->flow.payload);
	put_suite(w, leg);
	trace_put_int(w, "ssrc", leg->flow.ssrc);
}

static void
media_record_put_sound(struct trace_writer *w, const struct rtp_leg *leg)
{
	const struct rtp_session *s = leg->session;

	if (leg->kind != SIP_SDP_AUDIO)
		return;
	trace_put_cstr(w, "sound",
	    rtp_voice_word(s->node, s->said ? RTP_SOUND_SILENCE : s->says));
	if (rtp_mix_adds(leg))
		trace_put_bool(w, "mixed", true);
}

uint64_t
rtp_record_flow(const struct rtp_leg *leg)
{
	struct trace_writer *w =
	    open_media_record(leg, "flow", RULE_MEDIA_FLOW);

	media_record_put_flow(w, leg);
	media_record_put_sound(w, leg);
	return trace_close(w);
}

/* It is another thing than before. */
uint64_t
rtp_record_says(const struct rtp_leg *leg)
{
	struct trace_writer *w = open_media_record(leg, "say", RULE_NONE);

	rtp_record_put_addr(w, "peer", &leg->to);
	media_record_put_sound(w, leg);
	return trace_close(w);
}

uint64_t
rtp_record_stop(const struct rtp_leg *leg)
{
	struct trace_writer *w = open_media_record(leg, "stop", RULE_NONE);

	media_record_put_flow(w, leg);
	trace_put_int(w, "packets", (int64_t)leg->flow.packets);
	trace_put_int(w, "octets", (int64_t)leg->flow.octets);
	if (leg->sends && !rtp_has_source(leg))
		trace_put_cstr(w, "reason", "source");
	return trace_close(w);
}

static struct trace_writer *
open_ice(const struct rtp_leg *leg, const char *op, enum rule_id why,
    const struct rtp_ice_pair *p)
{
	struct trace_writer *w = open_media_record(leg, op, why);

	rtp_record_put_addr(w, "peer", &p->remote);
	trace_put_cstr(w, "candidate", sip_sdp_candidate_word(p->type));
	trace_put_cstr(
	    w, "role", leg->ice->controlling ? "controlling" : "controlled");
	return w;
}

uint64_t
rtp_record_checked(const struct rtp_leg *leg, const struct rtp_ice_pair *p,
    const struct addr *mapped)
{
	struct trace_writer *w = open_ice(leg, "check", RULE_ICE_CHECK, p);

	trace_put_cstr(w, "result", mapped != NULL ? "succeeded" : "failed");
	if (mapped != NULL && !addr_eq(mapped, &leg->at))
		rtp_record_put_addr(w, "seen", mapped);
	return trace_close(w);
}

uint64_t
rtp_record_chosen(const struct rtp_leg *leg, const struct rtp_ice_pair *p)
{
	return trace_close(open_ice(leg, "choose", RULE_ICE_NOMINATE, p));
}

uint64_t
rtp_record_unreachable(const struct rtp_leg *leg)
{
	return trace_close(
	    open_media_record(leg, "unreachable", RULE_ICE_CHECK));
}

static struct trace_writer *
open_connection_record(const struct rtp_leg *leg,
    const struct rtp_over_tcp *tcp, const struct addr *peer, const char *op)
{
	struct trace_writer *w =
	    open_media_record(leg, op, RULE_MEDIA_CONNECTION);

	rtp_record_put_addr(w, "peer", peer);
	if (leg->wire.framed)
		trace_put_cstr(w, "setup", sip_sdp_setup_word(leg->wire.setup));
	if (tcp->control)
		trace_put_bool(w, "control", true);
	return w;
}

uint64_t
rtp_record_connected(const struct rtp_leg *leg, const struct rtp_over_tcp *tcp,
    const struct addr *peer)
{
	return trace_close(open_connection_record(leg, tcp, peer, "connect"));
}

uint64_t
rtp_record_disconnected(const struct rtp_leg *leg,
    const struct rtp_over_tcp *tcp, const struct addr *peer, const char *reason)
{
	struct trace_writer *w =
	    open_connection_record(leg, tcp, peer, "disconnect");

	if (reason != NULL)
		trace_put_cstr(w, "reason", reason);
	return trace_close(w);
}

static void
media_record_put_source(struct trace_writer *w, const struct rtp_source *src)
{
	rtp_record_put_addr(w, "peer", &src->from);
	if (src->codec != NULL)
		trace_put_cstr(w, "codec", src->codec->name);
	trace_put_int(w, "pt", src->payload);
	trace_put_int(w, "ssrc", src->ssrc);
}

uint64_t
rtp_record_hears(const struct rtp_leg *leg, const struct rtp_source *src)
{
	struct trace_writer *w =
	    open_media_record(leg, "hear", RULE_MEDIA_HEAR);
	const struct jitter_buffer_options *o = &src->playout.options;

	media_record_put_source(w, src);
	trace_put_int(w, "buffer", o->delay_ns);
	if (o->adaptive)
		trace_put_bool(w, "adaptive", true);
	return trace_close(w);
}

static void
media_record_put_digit(struct trace_writer *w, char digit, enum rtp_way way)
{
	static const char *const ways[] = { "events", "in-band" };
	char text[2] = { digit, '\0' };

	trace_put_cstr(w, "digit", text);
	trace_put_cstr(w, "way", ways[way]);
}

uint64_t
rtp_record_pressed(const struct rtp_leg *leg, char digit)
{
	struct trace_writer *w = open_media_record(leg, "press",
	    leg->press.way == RTP_EVENTS ? RULE_MEDIA_EVENT
					 : RULE_MEDIA_IN_BAND);

	rtp_record_put_addr(w, "peer", &leg->to);
	media_record_put_digit(w, digit, leg->press.way);
	return trace_close(w);
}

uint64_t
rtp_record_digit(const struct rtp_leg *leg, const struct rtp_source *src,
    char digit, enum rtp_way way)
{
	struct trace_writer *w = open_media_record(leg, "digit",
	    way == RTP_EVENTS ? RULE_MEDIA_EVENT : RULE_MEDIA_IN_BAND);

	rtp_record_put_addr(w, "peer", &src->from);
	trace_put_int(w, "ssrc", src->ssrc);
	media_record_put_digit(w, digit, way);
	return trace_close(w);
}

static void
put_scale(struct trace_writer *w, enum emodel_scale scale)
{
	if (emodel_scale_word(scale) != NULL)
		trace_put_cstr(w, "scale", emodel_scale_word(scale));
}

/* So far: what has come of it, and how that sounds. */
static void
media_record_put_quality(struct trace_writer *w, const struct rtp_leg *leg,
    const struct rtp_source *src)
{
	const struct rtp_stats *s = &src->stats;
	struct emodel_rating rating;

	trace_put_int(
	    w, "packets", (int64_t)(s->packets - src->before.packets));
	trace_put_int(w, "lost", rtp_stats_lost(s) - src->before.lost);
	trace_put_int(w, "late", jitter_buffer_discarded(&src->playout));
	trace_put_int(w, "jitter", (int64_t)s->jitter_ns);
	trace_put_int(w, "buffer", src->playout.delay_ns);
	rtp_rate(leg, src, &rating);
	if (!rating.known)
		return;
	trace_put_int(w, "r", rating.r100);
	trace_put_int(w, "mos", rating.mos1000);
	put_scale(w, rating.scale);
}

uint64_t
rtp_record_quality(const struct rtp_leg *leg, const struct rtp_source *src)
{
	struct trace_writer *w =
	    open_media_record(leg, "quality", RULE_MEDIA_QUALITY);

	media_record_put_source(w, src);
	media_record_put_quality(w, leg, src);
	return trace_close(w);
}

/* Nothing has come of SRC for a while: its packets were lost WHERE (NULL: that
 * is not known) for REASON (TRACE_DROP_COUNT: they were not); it comes again.
 */
static uint64_t
rtp_record_still(const struct rtp_leg *leg, const struct rtp_source *src,
    enum trace_drop reason, const char *where)
{
	struct trace_writer *w = open_media_record(leg, "still", RULE_NONE);

	media_record_put_source(w, src);
	if (src->strange_ns > src->stats.at_ns)
		trace_put_cstr(w, "reason", "payload");
	else if (reason != TRACE_DROP_COUNT)
		trace_put_cstr(w, "reason", trace_drop_name(reason));
	if (where != NULL)
		trace_put_cstr(w, "where", where);
	return trace_close(w);
}

uint64_t
rtp_record_strange(const struct rtp_leg *leg, const struct addr *from,
    uint32_t ssrc, unsigned payload)
{
	struct trace_writer *w = open_media_record(leg, "still", RULE_NONE);

	rtp_record_put_addr(w, "peer", from);
	trace_put_int(w, "pt", payload);
	trace_put_int(w, "ssrc", ssrc);
	trace_put_cstr(w, "reason", "payload");
	return trace_close(w);
}

static uint64_t
rtp_record_again(const struct rtp_leg *leg, const struct rtp_source *src)
{
	struct trace_writer *w = open_media_record(leg, "again", RULE_NONE);

	media_record_put_source(w, src);
	return trace_close(w);
}

void
rtp_record_moved(const struct rtp_leg *leg, const struct rtp_source *src,
    const struct addr *from)
{
	struct trace_writer *w =
	    open_media_record(leg, "moved", RULE_MEDIA_HEAR);

	rtp_record_put_addr(w, "peer", from);
	if (src->codec != NULL)
		trace_put_cstr(w, "codec", src->codec->name);
	trace_put_int(w, "pt", src->payload);
	trace_put_int(w, "ssrc", src->ssrc);
	rtp_record_put_addr(w, "former", &src->now);
	trace_close(w);
}

uint64_t
rtp_record_reported(const struct rtp_leg *leg, const struct rtcp_block *b)
{
	struct trace_writer *w =
	    open_media_record(leg, "report", RULE_MEDIA_REPORT);
	int64_t tick = SIM_S / leg->codec->clock;

	media_record_put_out(w, leg, &leg->flow.to);
	trace_put_int(w, "ssrc", leg->out.ssrc);
	trace_put_int(w, "lost", b->lost);
	trace_put_int(w, "fraction", b->fraction);
	trace_put_int(w, "jitter", (int64_t)b->jitter * tick);
	if (leg->round_trip != 0)
		trace_put_int(w, "trip", leg->round_trip);
	return trace_close(w);
}

static struct trace_writer *
open_extended(const struct rtp_leg *leg, const char *block)
{
	struct trace_writer *w =
	    open_media_record(leg, "report", RULE_MEDIA_EXTENDED);

	media_record_put_out(w, leg, &leg->flow.to);
	trace_put_int(w, "ssrc", leg->out.ssrc);
	trace_put_cstr(w, "xr", block);
	return w;
}

uint64_t
rtp_record_metrics(const struct rtp_leg *leg, const struct rtcp_voip *v)
{
	struct trace_writer *w = open_extended(leg, "voip-metrics");

	trace_put_int(w, "fraction", v->loss_rate);
	trace_put_int(w, "discarded", v->discard_rate);
	trace_put_int(w, "bursts", v->burst_density);
	trace_put_int(w, "burst", v->burst_ms * SIM_MS);
	trace_put_int(w, "gap", v->gap_ms * SIM_MS);
	trace_put_int(w, "trip", v->round_trip_ms * SIM_MS);
	trace_put_int(w, "buffer", v->nominal_ms * SIM_MS);
	if (v->r != RTCP_UNKNOWN)
		trace_put_int(w, "r", v->r * 100);
	if (v->mos_cq != RTCP_UNKNOWN) {
		trace_put_int(w, "mos", v->mos_cq * 100);
		put_scale(w, rtp_scale_of(leg->codec));
	}
	return trace_close(w);
}

uint64_t
rtp_record_round_trip(const struct rtp_leg *leg)
{
	struct trace_writer *w = open_extended(leg, "dlrr");

	trace_put_int(w, "trip", leg->round_trip);
	return trace_close(w);
}

uint64_t
rtp_record_heard(const struct rtp_leg *leg, const struct rtp_source *src)
{
	struct trace_writer *w =
	    open_media_record(leg, "heard", RULE_MEDIA_QUALITY);
	int64_t ptime = src->playout.options.block_ns;

	media_record_put_source(w, src);
	media_record_put_quality(w, leg, src);
	if (src->codec != NULL && ptime != rtp_block_ns(src->codec))
		trace_put_int(w, "ptime", ptime);
	trace_put_int(w, "jitter_mean", (int64_t)src->stats.jitter.mean);
	trace_put_int(w, "jitter_max", (int64_t)src->stats.jitter.max);
	return trace_close(w);
}

struct trace_writer *
rtp_record_refused(const void *leg, enum rule_id why)
{
	return open_media_record(leg, "refused", why);
}

/* ---- Sources that fall silent ---- */

#define SILENCE_NS (500 * SIM_MS)
/* Sources whose last loss is known; a run has more of them only where so many
 * lose packets within half a second. */
#define LOSSES 256

struct loss {
	uint32_t ssrc;
	int64_t t; /* 0: none */
	enum trace_drop reason;
	const char *where; /* a name of the network's; may be NULL */
	uint64_t record;
};

struct losses {
	const struct sim *sim;
	struct loss of[LOSSES]; /* by SSRC */
};

static void
media_record_on_lost(struct str bytes, enum trace_drop reason,
    const char *where, uint64_t record, void *arg)
{
	const uint8_t *octets = (const uint8_t *)bytes.p;
	struct losses *all = arg;
	struct rtp_packet p;

	if (!rtp_is_control(octets, bytes.n) && rtp_read(octets, bytes.n, &p))
		all->of[p.head.ssrc % LOSSES] = (struct loss){ p.head.ssrc,
			sim_now(all->sim), reason, where, record };
}

int
rtp_watch_losses(struct world *w)
{
	struct losses *all = w->losses;

	if (all != NULL)
		return 0;
	w->losses = all = mem_zalloc(1, sizeof(*all));
	if (all == NULL)
		return ERR_NOMEM;
	all->sim = w->sim;
	net_watch_losses(w->net, media_record_on_lost, all);
	return 0;
}

/* Why nothing comes of SRC; NULL: the network has lost nothing of it. */
static const struct loss *
find_loss(const struct rtp_source *src)
{
	const struct world *w = src->leg->session->node->world;
	const struct losses *all = w->losses;
	const struct loss *l = &all->of[src->ssrc % LOSSES];

	return l->t > src->stats.at_ns && l->ssrc == src->ssrc ? l : NULL;
}

static void on_watch(void *arg);

static void
arm_silence_watch(struct rtp_source *src, int64_t ns)
{
	src->watch = node_after(src->leg->session->node, ns, on_watch, src);
}

static void
fall_silent(struct rtp_source *src)
{
	struct sim *sim = rtp_sim(src->leg);
	const struct loss *l = find_loss(src);
	uint64_t old = sim_cause(sim);

	if (l != NULL && l->record != 0)
		sim_set_cause(sim, l->record);
	src->silent = true;
	sim_set_cause(sim, rtp_record_still(src->leg, src,
			       l != NULL ? l->reason : TRACE_DROP_COUNT,
			       l != NULL ? l->where : NULL));
	rtp_relays_follow(src->leg->session);
	sim_set_cause(sim, old);
}

static void
on_watch(void *arg)
{
	struct rtp_source *src = arg;
	int64_t last =
	    src->stats.at_ns > src->due_ns ? src->stats.at_ns : src->due_ns;
	int64_t left = last + SILENCE_NS - sim_now(rtp_sim(src->leg));

	src->watch = 0;
	if (!src->leg->hears || src->comforted || src->leaves != 0)
		return;
	if (left > 0)
		arm_silence_watch(src, left);
	else
		fall_silent(src);
}

/*
 * A record is written when half a second nothing comes of a source that is to
 * be heard, with the reason for which the network has lost its last packet, and
 * another one when it comes again.  A sender of comfort noise is silent of its
 * own accord (RFC 3389 4), and so is one that has sent BYE.
 */
void
rtp_silence_watch(struct rtp_source *src)
{
	struct sim *sim = rtp_sim(src->leg);
	uint64_t old;

	arm_silence_watch(src, SILENCE_NS);
	if (!src->silent)
		return;
	old = sim_set_cause(sim, rtp_record_again(src->leg, src));
	src->silent = false;
	rtp_relays_follow(src->leg->session);
	sim_set_cause(sim, old);
}

void
rtp_silence_follow(struct rtp_leg *leg)
{
	list_each (struct rtp_source, src, &leg->sources, link) {
		if (!leg->hears || src->watch != 0 || src->silent)
			continue;
		src->due_ns = sim_now(rtp_sim(leg));
		arm_silence_watch(src, SILENCE_NS);
	}
}

/* ---- Legs of which another program sends and hears ---- */

static struct rtp_leg *
media_record_find_leg(const struct rtp_session *s, const struct addr *at)
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
media_record_pass_out(struct rtp_leg *leg, const struct net_datagram *d)
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

/* Packets of a handset's firmware, for example, are recorded and measured as if
 * a leg had sent or heard them itself. */
void
rtp_session_pass(struct rtp_session *s, const struct net_datagram *d, bool out)
{
	struct sim *sim = node_sim(s->node);
	uint64_t cause = sim_cause(sim);
	struct rtp_leg *leg = media_record_find_leg(s, out ? &d->src : &d->dst);

	if (leg != NULL && out) {
		media_record_pass_out(leg, d);
	} else if (leg != NULL) {
		rtp_receive(d, leg);
		sim_set_cause(sim, cause);
	}
}
