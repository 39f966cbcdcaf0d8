/* See inference/trace_heard.h. */
#include "inference/trace_heard.h"

#include "base/array.h"
#include "base/mem.h"
#include "packets/keys.h"
#include "media/telephone_event.h"
#include "quality/voip.h"
#include "sound/codec.h"
#include "trace/writer.h"

#include <math.h>
#define MS       INT64_C(1000000)
#define BLOCK_MS 20
#define PAYLOADS 128
/* A source is silent (rtp/silence.c). */
#define STILL_NS (500 * MS)
/* Who changes the codec again and again makes no more records. */
#define CHANGES 16

/* How long a source goes on whose clock is judged, of which so much at either
 * end is looked at: the packets that came soonest there. */
#define SKEW_NS  (20000 * MS)
#define SKEW_END (5000 * MS)
/* Timestamps that are off by more seconds at once are no clock that goes wrong.
 */
#define BASE_S 5.0
/* A report that counts so many packets more or fewer than were seen, and one
 * of so many, counts from another packet on. */
#define BASE_OFF  50
#define BASE_PART 8

/* A source, by who has it and where it is heard or comes from. */
struct source_key {
	struct addr_key host;
	uint32_t ssrc, place;
};

static struct source_key
key_of_source(const struct addr *a, uint32_t ssrc, uint32_t place)
{
	struct source_key k;
	struct addr host = *a;

	host.port = 0;
	memset(&k, 0, sizeof(k));
	k.host = key_of_addr(&host);
	k.ssrc = ssrc;
	k.place = place;
	return k;
}

static const struct capture_packet *
packet_of(const struct correlation *co, uint32_t n)
{
	return n != 0 ? &co->src->packets[n - 1] : NULL;
}

int64_t
media_packet_time(const struct correlation *co, const struct media_stream *s,
    const struct capture_packet *p)
{
	const struct capture_packet *first = packet_of(co, s->s->source);

	/* A clock may have been corrected. */
	return correlation_time(co, s->s->first + (p->t - first->t));
}

/* ---- which are heard ---- */

/* What a capture's stream is to the others: while they are looked through. */
struct hearers {
	struct correlation *co;
	struct media_stream *list;
	size_t n;
	struct map *mains;  /* source (uint32_t) → main stream, from 1 */
	struct map *heard;  /* at this host → the same */
	struct map *spoken; /* from this host → the same */
	struct map *ssrcs;  /* → the last main stream, from 1 */
	struct media_note *notes;
	size_t nnotes, cap;
	struct buf bytes;
};

static bool
is_heard(const struct media_stream *m)
{
	return m->s->first_packet != 0 && m->to != CORRELATION_NONE &&
	       m->reason == TRACE_DROP_COUNT;
}

static int
note_main(struct hearers *h, uint32_t i)
{
	struct media_stream *m = &h->list[i];
	const struct capture_stream *s = m->s;
	struct source_key at = key_of_source(&s->dst, s->ssrc, s->place);
	struct source_key from = key_of_source(&s->src, s->ssrc, s->place);
	int err;

	if (s->first_packet == 0)
		return 0;
	m->heard_last = m->last;
	m->heard = is_heard(m);
	err = key_set_number(h->mains, BYTES_OF(s->source), i + 1);
	if (err == 0)
		err = key_set_number(h->heard, BYTES_OF(at), i + 1);
	return err == 0 ? key_set_number(h->spoken, BYTES_OF(from), i + 1)
			: err;
}

/* How many packets are looked through for the first of another stream. */
#define LOOKED_THROUGH 64

/* The first packet of B is among the first ones of A. */
static bool
begins_within(const struct hearers *h, const struct capture_stream *b,
    const struct capture_stream *a)
{
	const struct capture_packet *first = packet_of(h->co, b->first_packet);
	const struct capture_packet *p = packet_of(h->co, a->first_packet);

	for (unsigned i = 0; p != NULL && i < LOOKED_THROUGH; i++) {
		if (p->sequence == first->sequence && p->stamp == first->stamp)
			return true;
		p = packet_of(h->co, p->next);
	}
	return false;
}

/* The same packets with another source, or receiver, have come through a NAT:
 * they are heard as they come behind it. */
static int
note_behind_nat(struct hearers *h, uint32_t i)
{
	struct media_stream *m = &h->list[i], *before;
	uint32_t ssrc = m->s->ssrc, at = key_number(h->ssrcs, BYTES_OF(ssrc));
	bool same_src, same_dst;

	if (m->s->first_packet == 0)
		return 0;
	before = at != 0 ? &h->list[at - 1] : m;
	same_src = addr_eq(&before->s->src, &m->s->src);
	same_dst = addr_eq(&before->s->dst, &m->s->dst);
	if (same_src != same_dst && begins_within(h, m->s, before->s)) {
		before->heard = false;
		for (; same_dst; m = &h->list[m->sibling - 1]) {
			m->from = before->s->src;
			if (m->sibling == 0)
				break;
		}
	}
	return key_set_number(h->ssrcs, BYTES_OF(ssrc), i + 1);
}

/* Stream I is known to the main one of its source. */
static void
note_sibling(struct hearers *h, uint32_t i)
{
	struct media_stream *m = &h->list[i], *main;
	uint32_t at = key_number(h->mains, BYTES_OF(m->s->source));

	if (m->s->source == 0 || m->s->first_packet != 0 || at == 0)
		return;
	main = &h->list[at - 1];
	m->sibling = main->sibling;
	main->sibling = i + 1;
	if (m->last > main->heard_last)
		main->heard_last = m->last;
}

static int
add_note(struct hearers *h, const struct media_note *note)
{
	if (ARRAY_ROOM(&h->notes, &h->cap, h->nnotes + 1) != 0)
		return ERR_NOMEM;
	h->notes[h->nnotes++] = *note;
	return 0;
}

/* ---- digits ---- */

/* Of source M what has that payload type; NULL: nothing, or comfort noise. */
static const struct media_stream *
find_payload(
    const struct media_stream *list, const struct media_stream *m, uint8_t type)
{
	for (; m->s->payload_type != type; m = &list[m->sibling - 1])
		if (m->sibling == 0)
			return NULL;
	return m;
}

/* What a payload type is called in source M. */
static const char *
name_of_payload(
    const struct media_stream *list, const struct media_stream *m, uint8_t type)
{
	const struct media_stream *one = find_payload(list, m, type);

	return type == 13 ? "CN/8000" : one != NULL ? one->codec : "";
}

static bool
is_events(const char *codec)
{
	return str_istarts(str_of(codec), "telephone-event");
}

/* A payload type of source M has a name, and is neither that nor comfort noise.
 */
static bool
is_of_media(
    const struct media_stream *list, const struct media_stream *m, uint8_t type)
{
	const struct media_stream *one = find_payload(list, m, type);

	return one != NULL && one->codec[0] != '\0' && type != 13 &&
	       !is_events(one->codec) &&
	       !str_istarts(str_of(one->codec), "CN/");
}

/* With P the source M, of type *NOW so far, goes on as another codec; it may
 * have begun with silence or a digit. */
static bool
is_change(const struct media_stream *list, const struct media_stream *m,
    const struct capture_packet *p, uint8_t *now)
{
	uint8_t was = *now;

	if (p->payload == was || !is_of_media(list, m, p->payload))
		return false;
	*now = p->payload;
	return is_of_media(list, m, was);
}

static int
note_changes(struct hearers *h, uint32_t i)
{
	const struct media_stream *m = &h->list[i];
	struct media_note note = { .stream = i, .kind = MEDIA_CHANGE };
	const struct capture_packet *p = packet_of(h->co, m->s->first_packet);
	uint8_t now = m->s->payload_type;
	unsigned n = 0;
	int err = 0;

	for (; err == 0 && p != NULL && n < CHANGES;
	     p = packet_of(h->co, p->next)) {
		if (!is_change(h->list, m, p, &now))
			continue;
		note.t = media_packet_time(h->co, m, p);
		err = add_note(h, &note);
		n++;
	}
	return err;
}

/* RFC 4733 2.5.2: one digit for each event. */
static int
note_digits(struct hearers *h, uint32_t i)
{
	const struct media_stream *m = &h->list[i];
	struct media_note note = { .stream = i, .kind = MEDIA_DIGIT };
	struct telephone_event_heard heard = { 0 };
	int err = 0;

	for (const struct capture_packet *p =
		 packet_of(h->co, m->s->first_packet);
	     err == 0 && p != NULL; p = packet_of(h->co, p->next)) {
		if (!is_events(name_of_payload(h->list, m, p->payload)) ||
		    telephone_event_digit(p->first) == '\0' ||
		    !telephone_event_begins(&heard, p->first, p->stamp))
			continue;
		note.digit = telephone_event_digit(p->first);
		note.t = media_packet_time(h->co, m, p);
		err = add_note(h, &note);
	}
	return err;
}

/* Where nothing is seen of the source for long, unless it has said by comfort
 * noise that it will be silent. */
static int
note_gaps(struct hearers *h, uint32_t i)
{
	const struct media_stream *m = &h->list[i];
	const struct capture_packet *p = packet_of(h->co, m->s->first_packet);
	struct media_note note = { .stream = i };
	int64_t before = p != NULL ? p->t : 0;
	bool comforts = false;
	int err = 0;

	for (; err == 0 && p != NULL; p = packet_of(h->co, p->next)) {
		if (p->t - before >= STILL_NS && !comforts) {
			note.t = media_packet_time(h->co, m, p);
			note.kind = MEDIA_AGAIN;
			err = add_note(h, &note);
			note.t -= p->t - before - STILL_NS;
			note.kind = MEDIA_STILL;
			err = err == 0 ? add_note(h, &note) : err;
		}
		before = p->t;
		comforts = str_istarts(
		    str_of(name_of_payload(h->list, m, p->payload)), "CN/");
	}
	return err;
}

static int
note_all_digits(struct hearers *h)
{
	int err = 0;

	for (uint32_t i = 0; err == 0 && i < h->n; i++) {
		const struct media_stream *m = &h->list[i];
		bool any = is_events(m->codec);

		for (uint32_t k = m->sibling; !any && k != 0;
		     k = h->list[k - 1].sibling)
			any = is_events(h->list[k - 1].codec);
		if (any && m->s->first_packet != 0)
			err = note_digits(h, i);
	}
	return err;
}

/* ---- RTCP ---- */

/* The blocks of a report that the host of S sends, each about a stream that is
 * heard there. */
static int
note_blocks(struct hearers *h, const struct capture_stream *s,
    const struct rtcp_packet *report, int64_t t)
{
	struct media_note note = { .t = t, .kind = MEDIA_REPORT };
	int err = 0;

	for (unsigned i = 0; err == 0 && i < report->count; i++) {
		struct source_key key;
		uint32_t at;

		rtcp_block_at(report, i, &note.block);
		key = key_of_source(&s->src, note.block.ssrc, s->place);
		at = key_number(h->heard, BYTES_OF(key));
		if (at == 0 || t < h->list[at - 1].first)
			continue;
		note.stream = at - 1;
		err = add_note(h, &note);
	}
	return err;
}

static int
read_reports(struct hearers *h, const struct capture_stream *s)
{
	const struct capture_reader *src = h->co->src;
	int64_t shift = s->first - packet_of(h->co, s->first_packet)->t;
	int err = 0;

	for (const struct capture_packet *p = packet_of(h->co, s->first_packet);
	     err == 0 && p != NULL; p = packet_of(h->co, p->next)) {
		struct rtcp_walk walk = {
			.left = src->packet(src->packets_of, p, &h->bytes),
		};
		int64_t t = correlation_time(h->co, p->t + shift);
		struct rtcp_packet one;

		while (err == 0 && rtcp_next(&walk, &one))
			if (one.type == RTCP_SR || one.type == RTCP_RR)
				err = note_blocks(h, s, &one, t);
	}
	return err;
}

static int
note_all_reports(struct hearers *h)
{
	const struct capture_reader *src = h->co->src;
	int err = 0;

	for (size_t i = 0; err == 0 && i < src->nstreams; i++) {
		const struct capture_stream *s = src->stream(src->arg, i);
		struct source_key from;
		uint32_t at;

		if (!s->rtcp || s->first_packet == 0)
			continue;
		from = key_of_source(&s->src, s->ssrc, s->place);
		at = key_number(h->spoken, BYTES_OF(from));
		if (at != 0)
			h->list[at - 1].reports += s->packets;
		err = read_reports(h, s);
	}
	return err;
}

int
media_hear(struct correlation *co, struct media_stream *list, size_t n,
    struct media_note **notes, size_t *nnotes)
{
	struct hearers h = { .co = co, .list = list, .n = n };
	int err = 0;

	if (co->src->packets != NULL && n > 0) {
		err = map_create(&h.mains);
		if (err == 0)
			err = map_create(&h.heard);
		if (err == 0)
			err = map_create(&h.spoken);
		if (err == 0)
			err = map_create(&h.ssrcs);
		for (uint32_t i = 0; err == 0 && i < n; i++)
			err = note_main(&h, i);
		for (uint32_t i = 0; err == 0 && i < n; i++)
			note_sibling(&h, i);
		for (uint32_t i = 0; err == 0 && i < n; i++)
			err = note_behind_nat(&h, i);
		for (uint32_t i = 0; err == 0 && i < n; i++)
			if (list[i].heard && list[i].sibling != 0)
				err = note_changes(&h, i);
		for (uint32_t i = 0; err == 0 && i < n; i++)
			if (list[i].heard)
				err = note_gaps(&h, i);
		if (err == 0)
			err = note_all_digits(&h);
		if (err == 0)
			err = note_all_reports(&h);
	}
	map_destroy(h.mains);
	map_destroy(h.heard);
	map_destroy(h.spoken);
	map_destroy(h.ssrcs);
	buf_end(&h.bytes, &err);
	*notes = h.notes;
	*nnotes = h.nnotes;
	return err;
}

/* ---- measuring ---- */

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
	struct playout playout;
	bool sounds;     /* some packet is not silent */
	bool counted;    /* some had samples */
	bool timed;      /* some packet has told the clock */
	uint32_t stamp;  /* of the last that has */
	int64_t last_ns; /* … when it came, after the first */
	int64_t nominal; /* ticks since the first */
	unsigned bases;  /* times that its sender has begun to count anew */
	struct soonest begin, end;
};

/* A name that is unknown has its clock all the same (RFC 8866 6.6). */
static void
know_payload(struct heard *h, uint8_t type)
{
	const char *name = name_of_payload(h->list, h->m, type);
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
content_of(const struct heard *h, uint8_t type)
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
		const struct capture_packet *q = packet_of(h->co, p->next);
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
begin(struct heard *h)
{
	struct playout_options options = { .delay_ns = HEARING_BUFFER_NS };

	know_payload(h, h->next->payload);
	h->type = h->next->payload;
	options.clock = h->clocks[h->type];
	options.block_ns = find_block(h);
	rtp_stats_begin(&h->stats, 0);
	playout_begin(&h->playout, &options);
	h->sounds = h->counted = h->timed = false;
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
	h->next = packet_of(co, h->m->s->first_packet);
	begin(h);
	return h;
}

const struct media_stream *
heard_stream(const struct heard *h)
{
	const struct media_stream *m = find_payload(h->list, h->m, h->type);

	return m != NULL ? m : h->m;
}

void
heard_change(struct heard *h)
{
	if (h->next != NULL)
		begin(h);
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

/* For the clock of its sender: P, which has come AFTER_NS after the first. */
static void
take_clock(struct heard *h, const struct capture_packet *p, int64_t after_ns)
{
	uint32_t clock = h->clocks[h->type];
	double t = (double)after_ns, late, ticks;

	if (p->payload != h->type || clock == 0)
		return;
	ticks = h->timed ? (int32_t)(p->stamp - h->stamp) : 0;
	/* RFC 3550 5.1: it counts from another number on, so as much time has
	 * gone by as has. */
	if (fabs(ticks / clock - (t - (double)h->last_ns) / 1e9) > BASE_S) {
		ticks = (t - (double)h->last_ns) * clock / 1e9;
		h->bases += h->timed;
	}
	h->nominal += h->timed ? (int64_t)ticks : 0;
	h->stamp = p->stamp;
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
	struct playout_put put;
	struct rtp_arrived a = { .seq = p->sequence,
		.ts = p->stamp,
		.at_ns = t,
		.octets = p->n,
		.marker = p->marker };

	know_payload(h, p->payload);
	codec = h->codecs[p->payload];
	a.clock = h->clocks[p->payload];
	a.content = content_of(h, p->payload);
	rtp_stats_take_packet(&h->stats, &a);
	if (a.content == RTP_CONTENT_EVENT)
		playout_pass(&h->playout, a.seq, t);
	else
		playout_put(&h->playout, a.seq, a.ts,
		    a.marker && (codec == NULL || codec->kind != SOUND_VIDEO),
		    t, &put);
	h->counted |= codec != NULL && codec->kind == SOUND_REAL;
	h->sounds |= !p->silent && a.content == RTP_CONTENT_MEDIA;
	take_clock(h, p, t - h->m->first);
}

void
heard_go_on(struct heard *h, int64_t t)
{
	for (; h->next != NULL; h->next = packet_of(h->co, h->next->next)) {
		int64_t at = media_packet_time(h->co, h->m, h->next);
		uint8_t now = h->type;

		if (at > t || (is_change(h->list, h->m, h->next, &now) &&
				  h->changes < CHANGES))
			break;
		h->type = now;
		hear_packet(h, h->next, at);
	}
	playout_settle(&h->playout, t);
}

/* How much faster the sender's clock goes than that of the capture, in
 * millionths; 0: nothing can be said. */
static int64_t
skew_of(const struct heard *h)
{
	double span = h->end.t_ns - h->begin.t_ns;

	if (!h->begin.any || !h->end.any || h->stats.restarts > 0 ||
	    span < (double)(SKEW_NS - 2 * SKEW_END))
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
		.first = packet_of(h->co, h->m->s->first_packet)->sequence,
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
	trace_put_int(w, "late", playout_discarded(&h->playout));
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
