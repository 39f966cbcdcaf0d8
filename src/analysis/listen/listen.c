/*
 * Sources, and their packets (listen/listen.h): their blocks as samples,
 * decoded, concealed, put in their places.
 */
#include "listen/listen.h"

#include <stdio.h>
#include <string.h>

#include "base/array.h"
#include "base/err.h"
#include "base/mem.h"
#include "listen/listen_in.h"
#include "media/g711.h"
#include "media/rtp.h"
#include "quality/jitter_buffer.h"

#define MOST      ((int64_t)LISTEN_MINUTES * 60 * SOUND_RATE)
#define SAMPLE_NS LISTEN_SAMPLE_NS

/* The sample that is played at T_NS; it may lie before the first. */
static int64_t
sample_at(const struct listen *l, int64_t t_ns)
{
	int64_t off = t_ns - l->base_ns;

	return off >= 0 ? off / SAMPLE_NS
			: -((SAMPLE_NS - 1 - off) / SAMPLE_NS);
}

static int
track_make_room(struct listen *l, struct listen_track *track, size_t n)
{
	if (n <= track->n)
		return 0;
	if (ARRAY_ROOM(&track->sum, &track->cap, n) != 0)
		return l->err = ERR_NOMEM;
	memset(track->sum + track->n, 0, (n - track->n) * sizeof(*track->sum));
	track->n = n;
	return 0;
}

/* Samples from AT on, but those out of the times wanted. */
static void
add_samples(struct listen *l, enum listen_side side, int64_t at,
    const int16_t *samples, size_t n)
{
	struct listen_track *track = &l->tracks[side];
	int64_t end = at + (int64_t)n, most = MOST;
	int64_t skip = at < 0 ? -at : 0;

	if (l->to_ns < INT64_MAX && sample_at(l, l->to_ns) < end)
		end = sample_at(l, l->to_ns);
	if (end > most) {
		l->err = ERR_LIMIT;
		return;
	}
	if (at + skip >= end || l->err != 0 ||
	    track_make_room(l, track, (size_t)end) != 0)
		return;
	if (at + skip < l->first)
		l->first = at + skip;
	track->sounds = true;
	sound_mix_add(
	    track->sum + at + skip, samples + skip, (size_t)(end - at - skip));
}

/* At T_NS, or behind what SRC has there already. */
static void
track_put(struct listen *l, struct listen_source *src, int64_t t_ns,
    const int16_t *samples, size_t n)
{
	int64_t at = sample_at(l, t_ns), skip = src->end - at;

	if (!src->began || skip < 0)
		skip = 0;
	if (skip >= (int64_t)n)
		return;
	add_samples(
	    l, src->facts.side, at + skip, samples + skip, n - (size_t)skip);
	src->end = at + (int64_t)n;
	src->began = true;
}

/* Comfort noise up to T_NS, if there is any. */
static void
fill_comfort(struct listen *l, struct listen_source *src, int64_t t_ns)
{
	int16_t noise[160];
	int64_t end = sample_at(l, t_ns), left;

	while (src->comforts && l->err == 0 && (left = end - src->end) > 0) {
		size_t n = left < 160 ? (size_t)left : 160;

		sound_comfort_write(&src->draws, src->level, noise, n);
		add_samples(l, src->facts.side, src->end, noise, n);
		src->end += (int64_t)n;
	}
}

static void
listen_end_comfort(struct listen *l, struct listen_source *src, int64_t t_ns)
{
	fill_comfort(l, src, t_ns);
	src->comforts = false;
}

/* A block without samples at T_NS, if that is among the times wanted. */
static void
note_opaque(struct listen *l, struct listen_track *track,
    const struct sound_codec *codec, int64_t t_ns)
{
	size_t n = strlen(track->opaque);

	if (t_ns >= l->base_ns && t_ns < l->to_ns &&
	    strstr(track->opaque, codec->name) == NULL)
		snprintf(track->opaque + n, sizeof(track->opaque) - n, "%s%s",
		    n > 0 ? ", " : "", codec->name);
}

/* RFC 3389 3.1: noise from here on, until something else is played. */
static void
begin_comfort(struct listen *l, struct listen_source *src,
    const struct listen_block *b, int64_t t_ns)
{
	int64_t at = sample_at(l, t_ns);

	src->end = src->began && src->end > at ? src->end : at;
	src->began = true;
	src->comforts = b->n > 0;
	src->level = b->n > 0 ? b->octets[0] & 0x7F : 0;
	src->sounds = false;
}

/* B of SRC is played at T_NS. */
static void
listen_play(struct listen *l, struct listen_source *src,
    const struct listen_block *b, int64_t t_ns)
{
	struct listen_track *track = &l->tracks[src->facts.side];
	int16_t samples[LISTEN_BLOCK];

	listen_end_comfort(l, src, t_ns);
	if (b->codec->kind == SOUND_COMFORT) {
		begin_comfort(l, src, b, t_ns);
		return;
	}
	src->sounds = b->codec->kind == SOUND_REAL;
	if (!src->sounds) {
		note_opaque(l, track, b->codec, t_ns);
		return;
	}
	g711_decode(
	    str_is(str_of(b->codec->name), "PCMA") ? RTP_PCMA : RTP_PCMU,
	    b->octets, b->n, samples);
	sound_conceal_note(&src->conceal, samples, b->n);
	src->samples = b->n;
	track_put(l, src, t_ns, samples, b->n);
}

/* Conceals missing samples at T_NS. */
static void
listen_conceal(struct listen *l, struct listen_source *src, int64_t t_ns)
{
	int16_t samples[LISTEN_BLOCK];

	if (!src->sounds)
		return;
	sound_conceal_fill(&src->conceal, samples, src->samples);
	track_put(l, src, t_ns, samples, src->samples);
}

/* ---- sources, and their packets ---- */

#define MS INT64_C(1000000)
/* A packet sent so far from its timestamp's time begins a timeline again. */
#define FAR_NS (20 * MS)

/* RFC 3551 6: payload types that stand for a codec by themselves. */
static const struct {
	uint8_t payload;
	const char *encoding;
} usual[] = {
	{ RTP_PCMU, "PCMU" },
	{ 3, "GSM" },
	{ 4, "G723" },
	{ RTP_PCMA, "PCMA" },
	{ 9, "G722" },
	{ RTP_COMFORT, "CN" },
	{ 15, "G728" },
	{ 18, "G729" },
};

int
listen_create(struct listen **lp, int64_t from_ns, int64_t to_ns)
{
	struct listen *l = mem_zalloc(1, sizeof(*l));

	*lp = l;
	if (l == NULL)
		return ERR_NOMEM;
	l->from_ns = from_ns;
	l->to_ns = to_ns;
	l->based = from_ns >= 0;
	l->base_ns = from_ns;
	l->first = INT64_MAX;
	list_init(&l->sources);
	for (unsigned side = 0; side < LISTEN_SIDES; side++)
		for (size_t i = 0; i < COUNT_OF(usual); i++)
			listen_payload(l, (enum listen_side)side,
			    usual[i].payload, str_of(usual[i].encoding));
	return 0;
}

static void
remove_source(struct listen *l, struct listen_source *src)
{
	list_remove(&src->link);
	mem_free(src);
	l->nsources--;
}

void
listen_destroy(struct listen *l)
{
	if (l == NULL)
		return;
	list_each (struct listen_source, src, &l->sources, link)
		remove_source(l, src);
	for (unsigned side = 0; side < LISTEN_SIDES; side++)
		mem_free(l->tracks[side].sum);
	mem_free(l);
}

void
listen_payload(struct listen *l, enum listen_side side, int64_t payload,
    struct str encoding)
{
	const struct sound_codec *codec = sound_codec_find(encoding);

	if (codec != NULL && payload >= 0 && payload < LISTEN_PAYLOADS)
		l->tracks[side].codecs[payload] = codec;
}

struct listen_source *
listen_find(struct listen *l, enum listen_side side, uint32_t ssrc,
    const struct addr *at)
{
	list_each (struct listen_source, src, &l->sources, link)
		if (src->facts.ssrc == ssrc && src->facts.side == side &&
		    addr_eq(&src->facts.at, at))
			return src;
	return NULL;
}

struct listen_source *
listen_begin(struct listen *l, const struct listen_facts *facts)
{
	struct listen_source *src;

	if (l->nsources == LISTEN_SOURCES) {
		l->crowded = true;
		return NULL;
	}
	src = mem_zalloc(1, sizeof(*src));
	if (src == NULL) {
		l->err = ERR_NOMEM;
		return NULL;
	}
	src->facts = *facts;
	list_init(&src->link);
	list_append(&l->sources, &src->link);
	l->nsources++;
	return src;
}

/* ---- receiving ---- */

/* The buffer counts in the ticks of the first packet's codec, in blocks as long
 * as that. */
static void
begin_buffer(struct listen_source *src, const struct listen_block *b)
{
	bool real = b->codec->kind == SOUND_REAL && b->n > 0;
	struct jitter_buffer_options o = {
		.clock = b->codec->clock,
		.block_ns =
		    real ? b->n * (int64_t)SAMPLE_NS : b->codec->ptime_ms * MS,
		.delay_ns = src->facts.buffer_ns,
		.adaptive = src->facts.adaptive,
		.min_ns = JITTER_BUFFER_LEAST_NS,
		.max_ns = JITTER_BUFFER_MOST_NS,
	};

	jitter_buffer_begin(&src->playout, &o);
}

/* Plays the blocks that are due. */
static void
play_until(struct listen *l, struct listen_source *src, int64_t t_ns)
{
	struct jitter_buffer_block b;

	while (l->err == 0 && jitter_buffer_next(&src->playout, t_ns, &b))
		if (b.concealed)
			listen_conceal(l, src, b.plays_ns);
		else
			listen_play(l, src, &src->blocks[b.slot], b.plays_ns);
}

static void
track_hear(struct listen *l, struct listen_source *src,
    const struct rtp_packet *p, bool marker, const struct listen_block *b,
    int64_t t_ns)
{
	struct jitter_buffer_put put;

	if (src->playout.options.clock != 0)
		play_until(l, src, t_ns);
	else if (b->codec != NULL && b->codec->kind != SOUND_EVENTS)
		begin_buffer(src, b);
	else
		return;
	/* Events, and what nothing is known of, have no block. */
	if (b->codec == NULL || b->codec->kind == SOUND_EVENTS) {
		jitter_buffer_pass(&src->playout, p->head.sequence, t_ns);
		return;
	}
	jitter_buffer_put(
	    &src->playout, p->head.sequence, p->head.stamp, marker, t_ns, &put);
	for (unsigned i = 0; i < put.missed; i++)
		listen_conceal(
		    l, src, put.missed_ns + i * src->playout.options.block_ns);
	if (put.verdict == JITTER_BUFFER_PLAYS)
		src->blocks[put.slot] = *b;
}

/* ---- sending ---- */

/* By timestamps, from the moment when the first one is sent. */
static void
track_say(struct listen *l, struct listen_source *src,
    const struct rtp_packet *p, const struct listen_block *b, int64_t t_ns)
{
	int32_t ticks = (int32_t)(p->head.stamp - src->ts);
	int64_t at, off;

	if (b->codec == NULL || b->codec->kind == SOUND_EVENTS)
		return;
	at = src->placed_ns + ticks * INT64_C(1000000000) / b->codec->clock;
	off = at - t_ns;
	if (!src->began || off > FAR_NS || off < -FAR_NS)
		at = t_ns;
	listen_play(l, src, b, at);
	src->began = true;
	src->ts = p->head.stamp;
	src->placed_ns = at;
}

/* ---- either ---- */

void
listen_take(
    struct listen *l, struct listen_source *src, int64_t t_ns, struct str bytes)
{
	const uint8_t *octets = (const uint8_t *)bytes.p;
	struct listen_track *track = &l->tracks[src->facts.side];
	struct listen_block b;
	struct rtp_packet p;

	if (src->deaf || l->err != 0 || rtp_is_control(octets, bytes.n) ||
	    !rtp_read(octets, bytes.n, &p))
		return;
	if (!l->based)
		l->base_ns = t_ns;
	l->based = true;
	track->packets++;
	b.codec = track->codecs[p.head.payload];
	b.n = p.n < LISTEN_BLOCK ? (uint16_t)p.n : LISTEN_BLOCK;
	memcpy(b.octets, p.data, b.n);
	if (src->facts.side == LISTEN_HEARD)
		track_hear(l, src, &p, (octets[1] & 0x80) != 0, &b, t_ns);
	else
		track_say(l, src, &p, &b, t_ns);
}

void
listen_stop(struct listen *l, struct listen_source *src, int64_t t_ns)
{
	if (src->playout.options.clock != 0)
		play_until(l, src, INT64_MAX);
	listen_end_comfort(l, src, t_ns);
	remove_source(l, src);
}

/* Limits the mixed track, by blocks of 20 ms. */
static void
limit_track(struct listen_track *track)
{
	struct sound_limiter limiter = { 0 };
	int16_t out[160];

	for (size_t at = 0, n; at < track->n; at += n) {
		n = track->n - at < 160 ? track->n - at : 160;
		sound_mix_limit(&limiter, track->sum + at, NULL, out, n);
		for (size_t i = 0; i < n; i++)
			track->sum[at + i] = out[i];
	}
}

int
listen_end(struct listen *l, int64_t t_ns)
{
	size_t most = 0;
	int64_t first = l->from_ns >= 0 ? 0 : l->first, last;

	list_each (struct listen_source, src, &l->sources, link)
		listen_stop(l, src, t_ns);
	for (unsigned side = 0; side < LISTEN_SIDES; side++)
		if (l->tracks[side].n > most)
			most = l->tracks[side].n;
	for (unsigned side = 0; side < LISTEN_SIDES; side++)
		limit_track(&l->tracks[side]);
	last = (int64_t)most;
	/* As long as was asked for, if the trace is. */
	if (l->based && l->to_ns < INT64_MAX && last > 0) {
		int64_t to = l->to_ns < t_ns ? l->to_ns : t_ns;

		to = (to - l->base_ns) / SAMPLE_NS;
		last = to > last ? to : last;
	}
	l->first = first;
	l->length = last > first ? (size_t)(last - first) : 0;
	return l->err;
}

/* ---- sample by sample ---- */

void
listen_play_due(struct listen *l, int64_t t_ns)
{
	list_each (struct listen_source, src, &l->sources, link) {
		if (src->playout.options.clock != 0)
			play_until(l, src, t_ns);
		fill_comfort(l, src, t_ns);
	}
}

size_t
listen_due(const struct listen *l, int64_t t_ns)
{
	int64_t n = sample_at(l, t_ns);

	return n > 0 ? (size_t)n : 0;
}

void
listen_look(struct listen *l, enum listen_side side, int16_t *out, size_t n)
{
	struct listen_track *track = &l->tracks[side];
	int32_t sum[160] = { 0 };

	if (track->n > 0)
		memcpy(sum, track->sum,
		    (track->n < n ? track->n : n) * sizeof(*sum));
	sound_mix_limit(&track->limiter, sum, NULL, out, n);
}

void
listen_drop(struct listen *l, size_t n)
{
	l->base_ns += (int64_t)n * SAMPLE_NS;
	list_each (struct listen_source, src, &l->sources, link)
		src->end -= (int64_t)n;
	for (unsigned side = 0; side < LISTEN_SIDES; side++) {
		struct listen_track *track = &l->tracks[side];
		size_t gone = n < track->n ? n : track->n;

		track->n -= gone;
		if (track->n > 0)
			memmove(track->sum, track->sum + gone,
			    track->n * sizeof(*track->sum));
	}
}

size_t
listen_length(const struct listen *l, int64_t *from_ns)
{
	*from_ns = l->base_ns + (l->length > 0 ? l->first : 0) * SAMPLE_NS;
	return l->length;
}

void
listen_read(const struct listen *l, enum listen_side side, size_t at,
    int16_t *out, size_t n)
{
	const struct listen_track *track = &l->tracks[side];
	size_t from = (size_t)l->first + at, there = 0;

	if (from < track->n)
		there = track->n - from < n ? track->n - from : n;
	if (there > 0)
		sound_mix_take(track->sum + from, NULL, out, there);
	memset(out + there, 0, (n - there) * sizeof(*out));
}

uint64_t
listen_packets(const struct listen *l, enum listen_side side)
{
	return l->tracks[side].packets;
}

bool
listen_is_sealed(const struct listen *l, enum listen_side side)
{
	return l->tracks[side].sealed;
}

bool
listen_has_sound(const struct listen *l, enum listen_side side)
{
	return l->tracks[side].sounds;
}

const char *
listen_opaque(const struct listen *l, enum listen_side side)
{
	return l->tracks[side].opaque;
}

bool
listen_is_crowded(const struct listen *l)
{
	return l->crowded;
}
