/* The reception of a stream of a capture, measured; see
 * inference/trace_heard.h.
 */
#include "inference/trace_heard_in.h"

#include "base/mem.h"
#include "quality/voip.h"
#include "sound/codec.h"

#include <math.h>

#define MS       INT64_C(1000000)
#define BLOCK_MS 20
#define PAYLOADS 128
/* How long a source goes on whose clock is judged, of which so much at either
 * end is looked at: the packets that came soonest there. */
#define SKEW_NS  (20000 * MS)
#define SKEW_END (5000 * MS)
/* Timestamps that are off by more seconds at once are no clock that goes wrong.
 */
#define BASE_S      5.0
#define STEP_BLOCKS 2 /* … less is a packet more or less */
/* A report that counts so many packets more or fewer than were seen, and one
 * of so many, counts from another packet on. */
#define BASE_OFF  50
#define BASE_PART 8

/* The packet that came soonest after its turn, of some at one end. */
struct soonest {
	bool any;
	double late_ns, t_ns; /* after the first packet */
};

struct heard {
	const struct correlation *co;
	const struct media_stream *list, *m;
	const struct capture_packet *next; /* NULL: all have come */
	uint8_t type;                      /* as what it is heard */
	unsigned changes;                  /* of that */
	/* By payload type, as far as they are known. */
	const struct sound_codec *codecs[PAYLOADS];
	uint32_t clocks[PAYLOADS]; /* 0: unknown */
	bool known[PAYLOADS];
	struct rtp_stats stats;
	struct jitter_buffer playout;
	bool sounds;     /* some packet is not silent */
	bool counted;    /* some had samples */
	bool timed;      /* some packet has told the clock */
	uint32_t stamp;  /* of the last that has … */
	uint16_t seq;    /* … and its sequence number */
	int64_t last_ns; /* … when it came, after the first */
	int64_t nominal; /* ticks since the first */
	unsigned bases;  /* times that its sender has begun to count again */
	bool stepped;    /* … or by less: its clock can't be told */
	struct soonest begin, end;
};

/* A name that is unknown has its clock all the same (RFC 8866 6.6). */
static void
know_payload(struct heard *h, uint8_t type)
{
	const char *name = media_payload_name(h->list, h->m, type);
	struct str rest, clock;
	uint32_t n;

	if (h->known[type])
		return;
	h->known[type] = true;
	h->codecs[type] = sound_codec_find(str_of(name));
	if (h->codecs[type] != NULL) {
		h->clocks[type] = h->codecs[type]->clock;
		return;
	}
	str_cut(str_of(name), '/', &rest);
	clock = str_cut(rest, '/', &rest);
	if (str_u32(clock, &n) == 0 && n <= 1000000)
		h->clocks[type] = n;
}

static enum rtp_content
reception_content_of(const struct heard *h, uint8_t type)
{
	const struct sound_codec *c = h->codecs[type];

	return c == NULL                  ? RTP_CONTENT_MEDIA
	       : c->kind == SOUND_EVENTS  ? RTP_CONTENT_EVENT
	       : c->kind == SOUND_COMFORT ? RTP_CONTENT_COMFORT
					  : RTP_CONTENT_MEDIA;
}

/* How long a block is: from its timestamp to its successor's. */
static int64_t
find_block(const struct heard *h)
{
	const struct capture_packet *p = h->next;
	uint32_t clock = h->clocks[p->payload];

	for (unsigned i = 0; i < 16 && p->next != 0 && clock != 0; i++) {
		const struct capture_packet *q =
		    media_packet_of(h->co, p->next);
		uint32_t ticks = q->stamp - p->stamp;

		if (q->sequence == (uint16_t)(p->sequence + 1) &&
		    q->payload == p->payload && ticks > 0 && ticks <= clock / 5)
			return (int64_t)ticks * 1000 * MS / clock;
		p = q;
	}
	return BLOCK_MS * MS;
}

/* Measures from the next packet on. */
static void
reception_begin(struct heard *h)
{
	struct jitter_buffer_options options = { .delay_ns =
						     JITTER_BUFFER_USUAL_NS };

	know_payload(h, h->next->payload);
	h->type = h->next->payload;
	options.clock = h->clocks[h->type];
	options.block_ns = find_block(h);
	rtp_stats_begin(&h->stats, 0);
	jitter_buffer_begin(&h->playout, &options);
	h->sounds = h->counted = h->timed = h->stepped = false;
	h->begin.any = h->end.any = false;
}

struct heard *
heard_create(
    const struct correlation *co, const struct media_stream *list, uint32_t at)
{
	struct heard *h = mem_zalloc(1, sizeof(*h));

	if (h == NULL)
		return NULL;
	h->co = co;
	h->list = list;
	h->m = &list[at];
	h->next = media_packet_of(co, h->m->s->first_packet);
	reception_begin(h);
	return h;
}

const struct media_stream *
heard_stream(const struct heard *h)
{
	const struct media_stream *m = media_payload(h->list, h->m, h->type);

	return m != NULL ? m : h->m;
}

void
heard_change(struct heard *h)
{
	if (h->next != NULL)
		reception_begin(h);
	h->changes++;
}

unsigned
heard_changes(const struct heard *h)
{
	return h->changes;
}

void
heard_destroy(struct heard *h)
{
	mem_free(h);
}

/* Of A and another packet, which came sooner. */
static void
take_soonest(struct soonest *a, double late_ns, double t_ns)
{
	if (!a->any || late_ns < a->late_ns)
		*a = (struct soonest){ true, late_ns, t_ns };
}

/* P's sequence number is near the last one: RFC 3550 A.1. */
static bool
reception_goes_on(const struct heard *h, const struct capture_packet *p)
{
	int16_t more = (int16_t)(p->sequence - h->seq);

	return more > -100 && more < 3000;
}

/* From the last packet to P TOLD_S go by on the sender's clock, which is OFF_S
 * from what has gone by, and is not what the packets between them hold: he
 * skips a pause, or counts from another number on. */
static bool
reception_is_step(const struct heard *h, const struct capture_packet *p,
    double told_s, double off_s)
{
	double block_s = (double)h->playout.options.block_ns / 1e9;
	int16_t more = (int16_t)(p->sequence - h->seq);

	return off_s > STEP_BLOCKS * block_s &&
	       fabs(told_s - more * block_s) > STEP_BLOCKS * block_s;
}

/* For the clock of its sender: P, which has come AFTER_NS after the first. */
static void
take_clock(struct heard *h, const struct capture_packet *p, int64_t after_ns)
{
	uint32_t clock = h->clocks[h->type];
	double t = (double)after_ns, late, ticks, off;

	if (p->payload != h->type || clock == 0)
		return;
	ticks = h->timed ? (int32_t)(p->stamp - h->stamp) : 0;
	off = fabs(ticks / clock - (t - (double)h->last_ns) / 1e9);
	h->stepped |= h->timed && reception_is_step(h, p, ticks / clock, off);
	/* RFC 3550 5.1: it counts from another number on, so as much time has
	 * gone by as has. */
	if (off > BASE_S) {
		ticks = (t - (double)h->last_ns) * clock / 1e9;
		h->bases += h->timed && reception_goes_on(h, p);
	}
	h->nominal += h->timed ? (int64_t)ticks : 0;
	h->stamp = p->stamp;
	h->seq = p->sequence;
	h->last_ns = after_ns;
	h->timed = true;
	late = t - (double)h->nominal * 1000 * MS / clock;
	if (after_ns <= SKEW_END)
		take_soonest(&h->begin, late, t);
	if (after_ns >= h->m->heard_last - h->m->first - SKEW_END)
		take_soonest(&h->end, late, t);
}

static void
hear_packet(struct heard *h, const struct capture_packet *p, int64_t t)
{
	const struct sound_codec *codec;
	struct jitter_buffer_put put;
	struct rtp_arrived a = { .seq = p->sequence,
		.ts = p->stamp,
		.at_ns = t,
		.octets = p->n,
		.marker = p->marker };

	know_payload(h, p->payload);
	codec = h->codecs[p->payload];
	a.clock = h->clocks[p->payload];
	a.content = reception_content_of(h, p->payload);
	rtp_stats_take_packet(&h->stats, &a);
	if (a.content == RTP_CONTENT_EVENT)
		jitter_buffer_pass(&h->playout, a.seq, t);
	else
		jitter_buffer_put(&h->playout, a.seq, a.ts,
		    a.marker && (codec == NULL || codec->kind != SOUND_VIDEO),
		    t, &put);
	h->counted |= codec != NULL && codec->kind == SOUND_REAL;
	h->sounds |= !p->silent && a.content == RTP_CONTENT_MEDIA;
	take_clock(h, p, t - h->m->first);
}

void
heard_go_on(struct heard *h, int64_t t)
{
	for (; h->next != NULL;
	     h->next = media_packet_of(h->co, h->next->next)) {
		int64_t at = media_packet_time(h->co, h->m, h->next);
		uint8_t now = h->type;

		if (at > t || (media_is_change(h->list, h->m, h->next, &now) &&
				  h->changes < MEDIA_CHANGES))
			break;
		h->type = now;
		hear_packet(h, h->next, at);
	}
	jitter_buffer_settle(&h->playout, t);
}

/* How much faster the sender's clock goes than that of the capture, in
 * millionths; 0: nothing can be said. */
static int64_t
skew_of(const struct heard *h)
{
	double span = h->end.t_ns - h->begin.t_ns;

	if (!h->begin.any || !h->end.any || h->stats.restarts > 0 ||
	    h->stepped || span < (double)(SKEW_NS - 2 * SKEW_END))
		return 0;
	return (int64_t)((h->begin.late_ns - h->end.late_ns) * 1e6 / span);
}

static const struct emodel_codec *
rated_codec(const struct sound_codec *c)
{
	return c != NULL ? emodel_codec_of(str_of(c->name), 0, EMODEL_CONCEALS)
			 : NULL;
}

static void
put_rating(struct heard *h, struct trace_writer *w)
{
	const struct sound_codec *codec = h->codecs[h->type];
	struct emodel_rating rating;
	struct voip_call call = { .stats = &h->stats,
		.playout = &h->playout,
		.codec = rated_codec(codec),
		.conceals = true };

	voip_rate(&call, &rating);
	if (!rating.known)
		return;
	trace_put_int(w, "r", rating.r100);
	trace_put_int(w, "mos", rating.mos1000);
	if (emodel_scale_word(rating.scale) != NULL)
		trace_put_cstr(w, "scale", emodel_scale_word(rating.scale));
}

struct media_rated
heard_rated(const struct heard *h)
{
	int64_t delay = h->playout.delay_ns + h->playout.options.block_ns;

	return (struct media_rated){ .codec = rated_codec(h->codecs[h->type]),
		.delay_ms = (double)delay / MS,
		.first =
		    media_packet_of(h->co, h->m->s->first_packet)->sequence,
		.seen = (int64_t)rtp_stats_expected(&h->stats),
		.clock = h->clocks[h->type] };
}

/* What share of R's packets its receiver has lost by B, in 10,000ths: of those
 * since the first that was seen, unless B counts from another one on; then of
 * those since its report before. */
static int64_t
share_lost(const struct media_rated *r, const struct rtcp_block *b)
{
	int64_t all = (int64_t)b->highest - r->first + 1;
	int64_t off = all > r->seen ? all - r->seen : r->seen - all;

	if (all <= 0 || off > BASE_OFF + r->seen / BASE_PART || b->lost > all)
		return b->fraction * INT64_C(10000) / 256;
	return b->lost > 0 ? b->lost * INT64_C(10000) / all : 0;
}

void
media_put_reported(const struct media_rated *r, const struct rtcp_block *b,
    struct trace_writer *w)
{
	int64_t share = share_lost(r, b);
	struct emodel_rating rating;
	struct emodel_call call = { .codec = r->codec,
		.delay_ms = r->delay_ms,
		.loss = (double)share / 100,
		.burst_ratio = 1 };

	trace_put_int(w, "share", share);
	emodel_rate(&call, &rating);
	if (!rating.known)
		return;
	trace_put_int(w, "mos", rating.mos1000);
	if (emodel_scale_word(rating.scale) != NULL)
		trace_put_cstr(w, "scale", emodel_scale_word(rating.scale));
}

void
heard_put(struct heard *h, bool ends, struct trace_writer *w)
{
	const struct rtp_stats *s = &h->stats;
	int64_t skew;

	trace_put_int(w, "packets", (int64_t)s->packets);
	trace_put_int(w, "lost", rtp_stats_lost(s));
	trace_put_int(w, "late", jitter_buffer_discarded(&h->playout));
	trace_put_int(w, "jitter", (int64_t)s->jitter_ns);
	trace_put_int(w, "buffer", h->playout.delay_ns);
	put_rating(h, w);
	if (!ends)
		return;
	trace_put_int(w, "jitter_mean", (int64_t)s->jitter.mean);
	trace_put_int(w, "jitter_max", (int64_t)s->jitter.max);
	trace_put_int(w, "ptime", h->playout.options.block_ns);
	skew = skew_of(h);
	if (skew != 0)
		trace_put_int(w, "skew", skew);
	if (h->bases > 0)
		trace_put_int(w, "bases", h->bases);
	if (h->counted && !h->sounds)
		trace_put_cstr(w, "sound", "silence");
	trace_put_int(w, "reports", (int64_t)h->m->reports);
}
