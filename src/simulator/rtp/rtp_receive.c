/*
 * What a leg receives, by synchronisation sources (RFC 3550 8): each packet is
 * counted (A.1, A.3, A.8), and waits in a buffer for its turn.
 */
#include "rtp/rtp_in.h"

#include "base/mem.h"
#include "base/prefetch.h"
#include "media/g711.h"
#include "media/telephone_event.h"

#include <stdarg.h>
#include <stdio.h>

/* RFC 3550 6.3.5: five intervals of 5 s, as RTCP has with a few members. */
#define SILENT_NS (25 * SIM_S)
/* So long after its BYE a source is known. */
#define STRAGGLES_NS SIM_S

/* Codecs that the sources of a leg may change to, without a new agreement. */
#define RTP_CHANGES 8

/* Whose numbers go on by so many at most has moved. */
#define MOVES_ON 100

/* The detector of tones passes over packets that come so late, in ticks, ... */
#define TONES_LATE 8000
/* ... and needs no more silence in place of missing packets, in blocks. */
#define TONES_GAP 4

/* The codec that PAYLOAD stands for in LEG's own description; NULL: none. */
static const struct sound_codec *
hearer_codec_of(const struct rtp_leg *leg, uint8_t payload)
{
	for (size_t c = 0; c < SIP_SDP_CODECS; c++)
		if ((int)leg->payloads[c] == (int)payload)
			return sound_codec_find(str_of(sip_sdp_codecs[c].map));
	return NULL;
}

struct rtp_source *
rtp_find_source(const struct rtp_leg *leg, uint32_t ssrc)
{
	list_each (struct rtp_source, src, &leg->sources, link)
		if (src->ssrc == ssrc)
			return src;
	return NULL;
}

static void
begin_playout(struct rtp_source *src)
{
	const struct node *n = src->leg->session->node;
	int64_t delay = node_attr_time(n, "buffer", JITTER_BUFFER_USUAL_NS);
	struct jitter_buffer_options options = {
		.clock = src->codec != NULL ? src->codec->clock : SOUND_RATE,
		.block_ns = src->codec != NULL ? rtp_block_ns(src->codec)
					       : RTP_VOICE_MS * SIM_MS,
		.delay_ns = delay,
		.adaptive = node_attr_bool(n, "adaptive", false),
		.min_ns = JITTER_BUFFER_LEAST_NS,
		.max_ns = JITTER_BUFFER_MOST_NS,
	};

	src->block_ticks = 0;
	jitter_buffer_begin(&src->playout, &options);
}

/* A block is as long as it is from one packet's timestamp to its successor's,
 * where no talk spurt begins between. */
static void
learn_block(struct rtp_source *src, const struct rtp_arrived *a)
{
	uint32_t ticks = a->ts - src->media_ts;
	bool next = a->seq == (uint16_t)(src->media_seq + 1) && !a->marker;

	src->media_ts = a->ts;
	src->media_seq = a->seq;
	if (!next || ticks == src->block_ticks || ticks == 0 ||
	    ticks > a->clock / 1000 * SOUND_PACKET_MOST_MS)
		return;
	src->block_ticks = ticks;
	src->playout.options.block_ns = (int64_t)ticks * SIM_S / a->clock;
}

static void end_source(struct rtp_leg *leg, struct rtp_source *src);

/* From where another source has been silent for long, a telephone that sends no
 * RTCP has begun again. */
static void
end_replaced(struct rtp_leg *leg, const struct addr *from)
{
	int64_t now = sim_now(rtp_sim(leg));

	list_each (struct rtp_source, src, &leg->sources, link)
		if (addr_eq(&src->now, from) &&
		    now - src->alive_ns > STRAGGLES_NS)
			end_source(leg, src);
}

/* NULL: there are enough, or memory is out. */
static struct rtp_source *
add_heard_source(struct rtp_leg *leg, const struct net_datagram *d,
    const struct rtp_head *head)
{
	struct node *n = leg->session->node;
	struct rtp_source *src;
	uint64_t old;

	end_replaced(leg, &d->src);
	if (leg->nsources == RTP_SOURCES) {
		rtp_leg_refuse(leg, RTP_REFUSED_CROWD, &d->src, NULL);
		return NULL;
	}
	src = mem_zalloc(1, sizeof(*src));
	if (src == NULL) {
		node_fail_memory(n);
		return NULL;
	}
	sim_take_memory(node_sim(n), sizeof(*src));
	src->leg = leg;
	src->ssrc = head->ssrc;
	src->from = src->now = d->src;
	src->payload = head->payload;
	src->codec = hearer_codec_of(leg, head->payload);
	/* A.1 wants two packets in order before it believes in a source; here
	 * signalling has announced it. */
	rtp_stats_begin(&src->stats, 0);
	begin_playout(src);
	list_init(&src->link);
	list_append(&leg->sources, &src->link);
	leg->nsources++;
	old = sim_set_cause(node_sim(n), rtp_record_hears(leg, src));
	rtp_relays_follow(leg->session);
	sim_set_cause(node_sim(n), old);
	return src;
}

static enum rtp_content
hearer_content_of(const struct sound_codec *codec)
{
	return codec == NULL                  ? RTP_CONTENT_MEDIA
	       : codec->kind == SOUND_EVENTS  ? RTP_CONTENT_EVENT
	       : codec->kind == SOUND_COMFORT ? RTP_CONTENT_COMFORT
					      : RTP_CONTENT_MEDIA;
}

/* ---- digits ---- */

static void
hearer_tell_digit(struct rtp_leg *leg, const struct rtp_source *src, char digit,
    enum rtp_way way)
{
	struct rtp_session *s = leg->session;
	struct sim *sim = rtp_sim(leg);
	uint64_t old;

	old = sim_set_cause(sim, rtp_record_digit(leg, src, digit, way));
	if (s->on_digit != NULL)
		s->on_digit(digit, s->digit_arg);
	sim_set_cause(sim, old);
}

/* RFC 4733 2.5.2: one digit for each event, whichever of its packets comes
 * first. */
static void
hearer_take_event(
    struct rtp_leg *leg, struct rtp_source *src, const struct rtp_packet *p)
{
	char digit;

	if (p->n < TELEPHONE_EVENT_BYTES ||
	    !telephone_event_begins(&src->event, p->data[0], p->head.stamp))
		return;
	digit = telephone_event_digit(p->data[0]);
	if (digit != '\0')
		hearer_tell_digit(leg, src, digit, RTP_EVENTS);
}

static void
find_digits(struct rtp_leg *leg, struct rtp_source *src, const int16_t *samples,
    size_t n)
{
	char digits[2];

	n = dtmf_detect(src->tones, samples, n, digits, sizeof(digits));
	for (size_t i = 0; i < n && i < sizeof(digits); i++)
		hearer_tell_digit(leg, src, digits[i], RTP_IN_BAND);
}

static bool
listens_for_tones(struct rtp_leg *leg, struct rtp_source *src, uint32_t stamp)
{
	if (leg->session->on_digit == NULL && !leg->session->tones)
		return false;
	if (src->tones == NULL) {
		src->tones = mem_zalloc(1, sizeof(*src->tones));
		src->toned = stamp;
		if (src->tones == NULL)
			node_fail_memory(leg->session->node);
	}
	return src->tones != NULL;
}

/* Tones are detected only where digits are wanted.  Missing packets are
 * silence, and packets that come behind later ones are passed over. */
static void
take_tones(
    struct rtp_leg *leg, struct rtp_source *src, const struct rtp_packet *p)
{
	static const int16_t silence[RTP_VOICE_BLOCK];
	int16_t samples[RTP_PACKET_MOST];
	size_t n = p->n < RTP_PACKET_MOST ? p->n : RTP_PACKET_MOST;
	uint32_t gap;

	if (!listens_for_tones(leg, src, p->head.stamp))
		return;
	gap = p->head.stamp - src->toned;
	if (0 - gap < TONES_LATE && gap != 0)
		return;
	for (unsigned i = 0; i < TONES_GAP && gap > 0; i++) {
		size_t some = gap < RTP_VOICE_BLOCK ? gap : RTP_VOICE_BLOCK;

		find_digits(leg, src, silence, some);
		gap -= (uint32_t)some;
	}
	g711_decode(p->head.payload, p->data, n, samples);
	src->toned = p->head.stamp + (uint32_t)n;
	find_digits(leg, src, samples, n);
}

/* ---- packets ---- */

static bool
hearer_is_media(const struct sound_codec *codec)
{
	return codec != NULL && hearer_content_of(codec) == RTP_CONTENT_MEDIA;
}

/* What SRC has played so far is all of its codec's. */
static void
end_playout(struct rtp_leg *leg, struct rtp_source *src)
{
	leg->session->heard_ns += rtp_source_heard(src);
	jitter_buffer_end(&src->playout);
	rtp_record_heard(leg, src);
}

/* SRC goes on as CODEC, of the type PAYLOAD, by whose clock it is played, and
 * which is measured for itself; its numbers go on (RFC 3550 5.1). */
static void
change_codec(struct rtp_leg *leg, struct rtp_source *src,
    const struct sound_codec *codec, uint8_t payload)
{
	end_playout(leg, src);
	src->before.packets = src->stats.packets;
	src->before.lost = rtp_stats_lost(&src->stats);
	src->passed = 0;
	src->codec = codec;
	src->payload = payload;
	begin_playout(src);
	rtp_record_hears(leg, src);
}

/* P of SRC is CODEC's. */
static void
follow_codec(struct rtp_leg *leg, struct rtp_source *src,
    const struct sound_codec *codec, const struct rtp_packet *p)
{
	uint16_t ahead =
	    (uint16_t)(p->head.sequence - src->stats.sequence.last);

	if (codec == src->codec || !hearer_is_media(codec))
		return;
	if (hearer_is_media(src->codec) || src->codec == NULL ||
	    src->codec->clock != codec->clock) {
		/* A sender that changes it again and again makes no more
		 * records. */
		if (ahead < 0x8000 && leg->changes++ < RTP_CHANGES)
			change_codec(leg, src, codec, p->head.payload);
		return;
	}
	/* It began with silence or a digit. */
	src->codec = codec;
	src->payload = p->head.payload;
	src->block_ticks = 0;
	src->playout.options.block_ns = rtp_block_ns(codec);
}

static const struct sound_codec *
hearer_find_codec(const struct rtp_leg *leg, const struct rtp_source *src,
    const struct rtp_packet *p)
{
	return src != NULL && p->head.payload == src->payload
		   ? src->codec
		   : hearer_codec_of(leg, p->head.payload);
}

static struct rtp_arrived
arrived(const struct rtp_leg *leg, const struct sound_codec *codec,
    const struct rtp_packet *p, bool marker)
{
	return (struct rtp_arrived){ .seq = p->head.sequence,
		.ts = p->head.stamp,
		.at_ns = sim_now(rtp_sim(leg)),
		.clock = codec != NULL ? codec->clock : 0,
		.octets = (uint32_t)p->n,
		.marker = marker,
		.content = hearer_content_of(codec) };
}

static void
take_rtp_packet(struct rtp_leg *leg, struct rtp_source *src,
    const struct rtp_packet *p, bool marker)
{
	const struct sound_codec *codec = hearer_find_codec(leg, src, p);
	struct rtp_arrived a = arrived(leg, codec, p, marker);
	struct jitter_buffer_put put;

	follow_codec(leg, src, codec, p);
	/* Of video the marker is at the end of each frame. */
	if (codec != NULL && codec->kind == SOUND_VIDEO)
		marker = false;
	else if (a.content == RTP_CONTENT_MEDIA)
		learn_block(src, &a);
	rtp_stats_take_packet(&src->stats, &a);
	if (src->stats.sequence.last == a.seq)
		src->comforted = a.content == RTP_CONTENT_COMFORT;
	if (leg->session->mix != NULL && src->ear == NULL)
		rtp_ear_open(leg, src);
	if (src->ear != NULL)
		rtp_ear_settle(src, a.at_ns);
	if (a.content == RTP_CONTENT_EVENT) {
		jitter_buffer_pass(&src->playout, a.seq, a.at_ns);
	} else {
		jitter_buffer_put(
		    &src->playout, a.seq, a.ts, marker, a.at_ns, &put);
		if (put.verdict == JITTER_BUFFER_PLAYS)
			rtp_ear_keep(src, codec, p, put.slot);
	}
	rtp_ear_settle(src, a.at_ns);
	if (a.content == RTP_CONTENT_EVENT)
		hearer_take_event(leg, src, p);
	else if (codec != NULL && codec->kind == SOUND_REAL)
		take_tones(leg, src, p);
}

/* A packet that comes while LEG is to hear nothing, as one under way when a
 * hold began: from a source that was heard before it counts as received, and is
 * not played. */
static void
pass_packet(struct rtp_leg *leg, struct rtp_source *src,
    const struct rtp_packet *p, bool marker)
{
	struct rtp_arrived a =
	    arrived(leg, hearer_find_codec(leg, src, p), p, marker);

	rtp_stats_take_packet(&src->stats, &a);
	src->passed++;
	if (src->ear != NULL)
		rtp_ear_settle(src, a.at_ns);
	jitter_buffer_pass(&src->playout, a.seq, a.at_ns);
	rtp_ear_settle(src, a.at_ns);
}

/* ---- whose packets they are ---- */

bool
rtp_is_neighbour(const struct addr *a, const struct addr *b)
{
	struct addr same = *b;

	same.port = a->port;
	same.transport = a->transport;
	return addr_eq(a, &same);
}

bool
rtp_leg_refuse(struct rtp_leg *leg, enum rtp_refusal why,
    const struct addr *from, const char *fmt, ...)
{
	char what[80];
	va_list ap;

	va_start(ap, fmt);
	if (fmt != NULL)
		vsnprintf(what, sizeof(what), fmt, ap);
	va_end(ap);
	return rtp_refuse(&leg->refusals, leg->session->node, why, from,
	    fmt != NULL ? what : NULL);
}

/* RFC 3550 8.2: a packet of SRC's comes from FROM, another address than before.
 * It is SRC's own where FROM is the address that media go to, where its numbers
 * go on (its telephone or its translator has moved), and where no packet has
 * come for long.  Else two sources collide, or packets go in a circle: the
 * earlier ones are kept. */
static bool
is_its_own(const struct rtp_leg *leg, struct rtp_source *src,
    const struct addr *from, uint16_t seq)
{
	uint16_t ahead = (uint16_t)(seq - src->stats.sequence.last - 1);
	bool moved = addr_eq(from, &leg->to) || ahead < MOVES_ON ||
		     sim_now(rtp_sim(leg)) - src->stats.at_ns > STRAGGLES_NS;

	if (addr_eq(from, &src->now))
		return true;
	if (moved) {
		rtp_record_moved(leg, src, from);
		src->now = *from;
	}
	return moved || rtp_stats_misses(&src->stats, seq);
}

/* 8.2: LEG's own SSRC has come from FROM: it takes another one, but once for
 * each, since its packets may be led back. */
static void
meet_own(struct rtp_leg *leg, const struct addr *from)
{
	unsigned i = 0;

	rtp_leg_refuse(
	    leg, RTP_REFUSED_SSRC, from, "SSRC %u", (unsigned)leg->out.ssrc);
	while (i < leg->nconflicts && !addr_eq(&leg->conflicts[i], from))
		i++;
	if (i < leg->nconflicts || i == RTP_CONFLICTS)
		return;
	leg->conflicts[leg->nconflicts++] = *from;
	rtp_renew(leg);
	rtp_control_follow(leg);
}

/* A packet of SRC, or of a source without packets yet, has a payload type that
 * can't be played.
 */
static void
refuse_payload(struct rtp_leg *leg, struct rtp_source *src,
    const struct addr *from, const struct rtp_head *head)
{
	bool first = rtp_leg_refuse(
	    leg, RTP_REFUSED_PAYLOAD, from, "PT %u", (unsigned)head->payload);

	if (src != NULL)
		src->strange_ns = sim_now(rtp_sim(leg));
	else if (first)
		rtp_record_strange(leg, from, head->ssrc, head->payload);
}

/* The source of P, which came as D; NULL: it is rejected, or not to be
 * played. */
static struct rtp_source *
hearer_find_sender(struct rtp_leg *leg, const struct net_datagram *d,
    const struct rtp_packet *p)
{
	struct rtp_source *src = rtp_find_source(leg, p->head.ssrc);

	if (leg->begun && p->head.ssrc == leg->out.ssrc) {
		meet_own(leg, &d->src);
		return NULL;
	}
	if (src == NULL && !leg->hears)
		return NULL;
	if (leg->session->awaits != 0 && leg->session->awaits != p->head.ssrc) {
		rtp_leg_refuse(leg, RTP_REFUSED_SOURCE, &d->src, "SSRC %u",
		    (unsigned)p->head.ssrc);
		return NULL;
	}
	if (hearer_find_codec(leg, src, p) == NULL) {
		refuse_payload(leg, src, &d->src, &p->head);
		return NULL;
	}
	if (src == NULL)
		return add_heard_source(leg, d, &p->head);
	if (is_its_own(leg, src, &d->src, p->head.sequence))
		return src;
	rtp_leg_refuse(
	    leg, RTP_REFUSED_SSRC, &d->src, "SSRC %u", (unsigned)src->ssrc);
	return NULL;
}

/* Which field of N bytes at P is wrong, as RFC 3550 5.1 calls it. */
static const char *
find_bad_field(const uint8_t *p, size_t n)
{
	return n >= RTP_HEAD && p[0] >> 6 != 2 ? "V" : "length";
}

void
rtp_receive_prefetch(const void *arg, unsigned step)
{
	const struct rtp_leg *leg = arg;
	const struct rtp_source *src =
	    LIST_AT(leg->sources.next, &leg->sources, struct rtp_source, link);

	if (step == 0) {
		prefetch(leg, offsetof(struct rtp_leg, flow));
	} else if (step == 1) {
		prefetch(leg->session, 2 * PREFETCH_LINE);
		prefetch(src, offsetof(struct rtp_source, playout) +
				  offsetof(struct jitter_buffer, slots));
	} else if (src != NULL) {
		prefetch(&src->playout
			      .slots[src->playout.next % JITTER_BUFFER_SLOTS],
		    2 * PREFETCH_LINE);
	}
}

void
rtp_receive(const struct net_datagram *d, void *arg)
{
	struct rtp_leg *leg = arg;
	const uint8_t *bytes = (const uint8_t *)d->bytes.p;
	struct rtp_source *src;
	struct rtp_packet p;
	bool control = rtp_is_control(bytes, d->bytes.n), marker;

	/* RFC 5761 4: told apart by the type. */
	if (control && (leg->wire.mux || leg->offers_mux)) {
		rtp_control_hear(d, leg);
		return;
	}
	if (control) {
		rtp_leg_refuse(leg, RTP_REFUSED_MUX, &d->src, NULL);
		return;
	}
	if (!rtp_read(bytes, d->bytes.n, &p)) {
		rtp_leg_refuse(leg, RTP_REFUSED_PACKET, &d->src, "%s",
		    find_bad_field(bytes, d->bytes.n));
		return;
	}
	src = hearer_find_sender(leg, d, &p);
	marker = (bytes[1] & 0x80) != 0;
	if (src != NULL)
		src->alive_ns = sim_now(rtp_sim(leg));
	if (src != NULL && leg->hears && src->watch == 0)
		rtp_silence_watch(src);
	if (src != NULL && leg->hears)
		take_rtp_packet(leg, src, &p, marker);
	else if (src != NULL)
		pass_packet(leg, src, &p, marker);
}

int64_t
rtp_source_heard(const struct rtp_source *src)
{
	bool sound =
	    src->codec != NULL && (src->codec->kind == SOUND_REAL ||
				      src->codec->kind == SOUND_OPAQUE);

	return sound ? (int64_t)(src->stats.packets - src->before.packets -
				 src->passed) *
			   src->playout.options.block_ns
		     : 0;
}

/* Nothing more comes from SRC, which is freed. */
static void
end_source(struct rtp_leg *leg, struct rtp_source *src)
{
	end_playout(leg, src);
	sim_cancel(rtp_sim(leg), src->leaves);
	sim_cancel(rtp_sim(leg), src->watch);
	list_remove(&src->link);
	rtp_relays_follow(leg->session);
	sim_give_back_memory(rtp_sim(leg), sizeof(*src));
	rtp_ear_close(leg, src);
	mem_free(src->tones);
	mem_free(src);
	leg->nsources--;
}

static void
on_leaves(void *arg)
{
	struct rtp_source *src = arg;

	src->leaves = 0;
	end_source(src->leg, src);
}

/* RFC 3550 6.2.1: what straggles in behind a BYE is of the same source, which
 * is deleted later. */
void
rtp_source_leave(struct rtp_source *src)
{
	if (src->leaves == 0)
		src->leaves = node_after(
		    src->leg->session->node, STRAGGLES_NS, on_leaves, src);
	rtp_relays_follow(src->leg->session);
}

void
rtp_sources_time_out(struct rtp_leg *leg)
{
	int64_t now = sim_now(rtp_sim(leg));

	list_each (struct rtp_source, src, &leg->sources, link)
		if (now - src->alive_ns > SILENT_NS)
			end_source(leg, src);
}

unsigned
rtp_count_members(const struct rtp_leg *leg)
{
	unsigned n = 0;

	list_each (struct rtp_source, src, &leg->sources, link)
		n += src->leaves == 0;
	return n;
}

void
rtp_receive_stop(struct rtp_leg *leg)
{
	list_each (struct rtp_source, src, &leg->sources, link)
		end_source(leg, src);
}
