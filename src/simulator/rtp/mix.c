/*
 * Sessions whose sound is mixed (RFC 3550 7.1, 7.3; RFC 4353 4.3): every 20 ms
 * one block of all that is heard, and of what the node's own user says, is
 * summed up, and each session sends the sum without its own part, as a source
 * of its own, with those who speak in it as contributing sources.  Codecs
 * without samples here are not mixed: their packets go on as they do.
 */
#include "rtp/rtp_in.h"

#include "base/mem.h"
#include "media/g711.h"
#include "quality/rtcp.h"
#include "sound/samples.h"
#include "sound/source.h"

#include <string.h>

/* ---- The samples of a source, for a user that passes them on ---- */

/* Samples in place of missing ones, at most: 60 ms. */
#define MADE_UP 480

void
rtp_ear_open(struct rtp_leg *leg, struct rtp_source *src)
{
	src->ear = mem_zalloc(1, sizeof(*src->ear));
	if (src->ear == NULL) {
		node_fail_memory(leg->session->node);
		return;
	}
	sim_take_memory(rtp_sim(leg), sizeof(*src->ear));
	src->ear->draws = src->ssrc;
	src->ear->conceal.lost = MADE_UP;
}

void
rtp_ear_close(struct rtp_leg *leg, struct rtp_source *src)
{
	if (src->ear == NULL)
		return;
	sim_give_back_memory(rtp_sim(leg),
	    sizeof(*src->ear) + (size_t)src->ear->room * JITTER_BUFFER_SLOTS);
	mem_free(src->ear->octets);
	mem_free(src->ear);
	src->ear = NULL;
}

/* There is room for N octets of each block. */
static bool
mix_make_room(struct rtp_source *src, unsigned n)
{
	struct rtp_ear *ear = src->ear;
	uint8_t *octets;

	if (n <= ear->room)
		return true;
	octets = mem_alloc((size_t)n * JITTER_BUFFER_SLOTS);
	if (octets == NULL) {
		node_fail_memory(src->leg->session->node);
		return false;
	}
	for (size_t i = 0; i < JITTER_BUFFER_SLOTS && ear->room > 0; i++)
		memcpy(octets + i * n, ear->octets + i * ear->room, ear->room);
	sim_take_memory(
	    rtp_sim(src->leg), (size_t)(n - ear->room) * JITTER_BUFFER_SLOTS);
	mem_free(ear->octets);
	ear->octets = octets;
	ear->room = n;
	return true;
}

/* Samples wait in the source's buffer for their turn.  What does not come is
 * made up (sound/samples.h) at once, since a mixer can't wait to learn whether
 * it was lost. */
void
rtp_ear_keep(struct rtp_source *src, const struct sound_codec *codec,
    const struct rtp_packet *p, unsigned slot)
{
	bool sounds = codec != NULL && (codec->kind == SOUND_REAL ||
					   codec->kind == SOUND_COMFORT);
	unsigned n = p->n < RTP_PACKET_MOST ? (unsigned)p->n : RTP_PACKET_MOST;

	if (src->ear == NULL)
		return;
	sounds = sounds && n > 0 && mix_make_room(src, n);
	src->ear->blocks[slot].codec = codec;
	src->ear->blocks[slot].payload = p->head.payload;
	src->ear->blocks[slot].n = sounds ? (uint16_t)n : 0;
	if (sounds)
		memcpy(src->ear->octets + (size_t)slot * src->ear->room,
		    p->data, n);
}

/* The turn of what waits in SLOT has come. */
static void
mix_play(struct rtp_ear *ear, unsigned slot)
{
	const uint8_t *octets = NULL;
	unsigned n = ear->blocks[slot].n;
	bool noise = n > 0 && ear->blocks[slot].codec->kind == SOUND_COMFORT;

	ear->comforts = noise;
	ear->speaks = n > 0 && !noise;
	if (n > 0)
		octets = ear->octets + (size_t)slot * ear->room;
	if (noise)
		ear->level = octets[0] & 0x7F;
	if (!ear->speaks)
		return;
	if (ear->ndue + n > RTP_EAR_DUE)
		ear->ndue = 0;
	g711_decode(ear->blocks[slot].payload, octets, n, ear->due + ear->ndue);
	ear->ndue += n;
	ear->block = n;
}

void
rtp_ear_settle(struct rtp_source *src, int64_t now_ns)
{
	struct jitter_buffer_block b;

	if (src->ear == NULL) {
		jitter_buffer_settle(&src->playout, now_ns);
		return;
	}
	while (jitter_buffer_next(&src->playout, now_ns, &b))
		if (!b.concealed)
			mix_play(src->ear, b.slot);
}

/* Samples that are due, without more of them than the last block has brought:
 * a source whose clock is faster does not fall behind. */
static void
take_due(struct rtp_ear *ear, int16_t *out)
{
	unsigned left = ear->ndue - RTP_VOICE_BLOCK;
	unsigned keep = left < ear->block ? left : ear->block;

	memcpy(out, ear->due, RTP_VOICE_BLOCK * sizeof(*out));
	memmove(
	    ear->due, ear->due + ear->ndue - keep, keep * sizeof(*ear->due));
	ear->ndue = keep;
	sound_conceal_note(&ear->conceal, out, RTP_VOICE_BLOCK);
}

/* The next block of SRC's sound, RTP_VOICE_BLOCK samples; false: there is none.
 * *SPEAKS: they have come, and are no noise that stands for silence. */
static bool
rtp_ear_read(struct rtp_source *src, int64_t now_ns, int16_t *out, bool *speaks)
{
	struct rtp_ear *ear = src->ear;

	*speaks = false;
	rtp_ear_settle(src, now_ns);
	if (ear == NULL)
		return false;
	if (ear->ndue >= RTP_VOICE_BLOCK) {
		take_due(ear, out);
		*speaks = true;
		return true;
	}
	if (ear->comforts) {
		sound_comfort_write(
		    &ear->draws, ear->level, out, RTP_VOICE_BLOCK);
		return true;
	}
	if (!ear->speaks || ear->conceal.lost >= MADE_UP)
		return false;
	sound_conceal_fill(&ear->conceal, out, RTP_VOICE_BLOCK);
	return true;
}

struct rtp_mix {
	struct node *node;
	struct list members; /* struct rtp_session, by `mixed` */
	int32_t sum[RTP_VOICE_BLOCK];
	bool speaks;    /* the node's own user, in this block */
	unsigned block; /* of what he says, the next */
	sim_event tick;
};

/* Mixed samples for a leg whose packets are not as long as a block of the
 * mixer: they wait here, 20 ms more. */
struct rtp_gathered {
	int16_t samples[RTP_PACKET_MOST + 2 * RTP_VOICE_BLOCK];
	unsigned n;
	bool speaks; /* there was speech since the last packet */
};

/* ---- one block ---- */

/* Adds the sound of SRC to SUM. */
static void
mix_source(struct rtp_session *s, struct rtp_source *src, int32_t *sum)
{
	int16_t block[RTP_VOICE_BLOCK];
	bool speaks;

	if (!rtp_ear_read(src, sim_now(node_sim(s->node)), block, &speaks) ||
	    s->left_out)
		return;
	sound_mix_add(sum, block, RTP_VOICE_BLOCK);
	if (speaks && s->nspeakers < RTP_CSRCS &&
	    !sound_source_is_silent(block, RTP_VOICE_BLOCK))
		s->speakers[s->nspeakers++] = src->ssrc;
}

static void
hear_session(struct rtp_session *s)
{
	int32_t sum[RTP_VOICE_BLOCK] = { 0 };

	s->nspeakers = 0;
	for (size_t i = 0; i < s->nlegs; i++)
		if (s->legs[i]->kind == SIP_SDP_AUDIO)
			list_each (
			    struct rtp_source, src, &s->legs[i]->sources, link)
				mix_source(s, src, sum);
	sound_mix_take(sum, NULL, s->heard, RTP_VOICE_BLOCK);
}

/* What the node's user says, as all sessions say it. */
static void
mix_add_user(struct rtp_mix *m, const struct rtp_session *any)
{
	const struct rtp_voice *v = rtp_voice_of(
	    m->node, any->says, any->number, sound_codec_find(str_of("PCMU")));
	int16_t block[RTP_VOICE_BLOCK];

	m->speaks = v != NULL && !rtp_voice_is_silent(v, m->block);
	if (v == NULL) {
		node_fail_memory(m->node);
		return;
	}
	g711_decode(RTP_PCMU, v->coded + m->block * RTP_VOICE_BLOCK,
	    RTP_VOICE_BLOCK, block);
	sound_mix_add(m->sum, block, RTP_VOICE_BLOCK);
	m->block = (m->block + 1) % (unsigned)v->nblocks;
}

static void
gather(struct rtp_mix *m, struct rtp_session *s)
{
	bool speaks = m->speaks;

	list_each (struct rtp_session, other, &m->members, mixed)
		speaks |= other != s && other->nspeakers > 0;
	for (size_t i = 0; i < s->nlegs; i++) {
		struct rtp_gathered *g = s->legs[i]->gathered;

		if (g == NULL)
			continue;
		/* A leg that does not fetch its samples loses them. */
		if (g->n + RTP_VOICE_BLOCK > sizeof(g->samples) / 2)
			g->n = 0;
		sound_mix_limit(&s->limiter, m->sum, s->heard,
		    g->samples + g->n, RTP_VOICE_BLOCK);
		g->n += RTP_VOICE_BLOCK;
		g->speaks |= speaks;
	}
}

static void
mix_run(void *arg)
{
	struct rtp_mix *m = arg;

	m->tick = node_after(m->node, RTP_VOICE_MS * SIM_MS, mix_run, m);
	memset(m->sum, 0, sizeof(m->sum));
	list_each (struct rtp_session, s, &m->members, mixed) {
		hear_session(s);
		sound_mix_add(m->sum, s->heard, RTP_VOICE_BLOCK);
	}
	mix_add_user(
	    m, LIST_ENTRY(list_first(&m->members), struct rtp_session, mixed));
	list_each (struct rtp_session, s, &m->members, mixed)
		gather(m, s);
}

/* ---- what a leg sends of it ---- */

/* 5.1: who speaks to S, 15 at most. */
static void
note_speakers(struct rtp_leg *leg, const struct rtp_session *s)
{
	for (unsigned i = 0; i < s->nspeakers && leg->ncontributors < RTP_CSRCS;
	     i++)
		leg->contributors[leg->ncontributors++] = s->speakers[i];
}

/* The last N samples mixed for LEG, the oldest first; silence before them where
 * there are fewer.  *SILENT: they are all silence. */
static void
take_gathered(struct rtp_leg *leg, int16_t *out, unsigned n, bool *silent)
{
	struct rtp_gathered *g = leg->gathered;
	unsigned some;

	if (g == NULL) {
		g = leg->gathered = mem_zalloc(1, sizeof(*g));
		if (g == NULL) {
			node_fail_memory(leg->session->node);
			return;
		}
		sim_take_memory(rtp_sim(leg), sizeof(*g));
		g->n = RTP_VOICE_BLOCK;
	}
	some = g->n < n ? g->n : n;
	memset(out, 0, (n - some) * sizeof(*out));
	memcpy(out + n - some, g->samples, some * sizeof(*out));
	g->n -= some;
	memmove(g->samples, g->samples + some, g->n * sizeof(*out));
	*silent = !g->speaks;
	g->speaks = false;
}

void
rtp_mix_free(struct rtp_leg *leg)
{
	if (leg->gathered != NULL)
		sim_give_back_memory(rtp_sim(leg), sizeof(*leg->gathered));
	mem_free(leg->gathered);
	leg->gathered = NULL;
}

bool
rtp_mix_block(struct rtp_leg *leg, int16_t *out, bool *silent)
{
	const struct rtp_mix *m = leg->session->mix;

	if (m == NULL || leg->codec->kind != SOUND_REAL)
		return false;
	/* 7.2: a mixer that speaks itself is one of them. */
	if (m->speaks)
		leg->contributors[leg->ncontributors++] = leg->out.ssrc;
	list_each (struct rtp_session, s, &m->members, mixed)
		if (s != leg->session)
			note_speakers(leg, s);
	*silent = leg->ncontributors == 0;
	if (leg->ms != RTP_VOICE_MS) {
		take_gathered(leg, out, leg->ms * (SOUND_RATE / 1000), silent);
		return true;
	}
	rtp_mix_free(leg);
	sound_mix_limit(&leg->session->limiter, m->sum, leg->session->heard,
	    out, RTP_VOICE_BLOCK);
	return true;
}

void
rtp_mix_put_names(const struct rtp_leg *leg, struct buf *out)
{
	const struct rtp_mix *m = leg->session->mix;

	if (m == NULL || leg->kind != SIP_SDP_AUDIO)
		return;
	list_each (struct rtp_session, s, &m->members, mixed)
		for (size_t i = 0; i < s->nlegs && s != leg->session; i++)
			list_each (
			    struct rtp_source, src, &s->legs[i]->sources, link)
				if (src->ear != NULL && src->cname[0] != '\0')
					rtcp_put_cname(
					    out, src->ssrc, str_of(src->cname));
}

/* ---- who is in it ---- */

static struct rtp_mix *
mix_create(struct node *n)
{
	struct rtp_mix *m = mem_zalloc(1, sizeof(*m));

	if (m == NULL) {
		node_fail_memory(n);
		return NULL;
	}
	sim_take_memory(node_sim(n), sizeof(*m));
	m->node = n;
	list_init(&m->members);
	m->tick = node_after(n, RTP_VOICE_MS * SIM_MS, mix_run, m);
	return m;
}

static void
destroy(struct rtp_mix *m)
{
	sim_cancel(node_sim(m->node), m->tick);
	sim_give_back_memory(node_sim(m->node), sizeof(*m));
	mem_free(m);
}

static void
mix_enter(struct rtp_mix *m, struct rtp_session *s)
{
	s->mix = m;
	s->nspeakers = 0;
	memset(s->heard, 0, sizeof(s->heard));
	list_append(&m->members, &s->mixed);
}

static bool
has_samples(const struct rtp_leg *leg)
{
	return leg->codec != NULL && leg->codec->kind == SOUND_REAL;
}

/* S says its node's user, and what others say in other calls. */
static bool
mix_is_joined(const struct rtp_session *s)
{
	if (s->mix == NULL || s->says == RTP_SOUND_MIX)
		return false;
	list_each (struct rtp_session, other, &s->mix->members, mixed)
		for (size_t i = 0; i < other->nlegs && other != s; i++)
			if (has_samples(other->legs[i]))
				return true;
	return false;
}

bool
rtp_mix_adds(const struct rtp_leg *leg)
{
	return leg->session->joined && has_samples(leg);
}

/* Whose session of M says another thing than before tells it. */
static void
mix_tell(struct rtp_mix *m)
{
	list_each (struct rtp_session, s, &m->members, mixed) {
		if (s->joined == mix_is_joined(s))
			continue;
		s->joined = !s->joined;
		for (size_t i = 0; i < s->nlegs; i++)
			if (s->legs[i]->flowing && has_samples(s->legs[i]))
				rtp_record_says(s->legs[i]);
	}
}

void
rtp_mix_follow(struct rtp_session *s)
{
	if (s->mix != NULL)
		mix_tell(s->mix);
}

void
rtp_mix_leave(struct rtp_session *s)
{
	struct rtp_mix *m = s->mix;

	if (m == NULL)
		return;
	s->mix = NULL;
	s->joined = false;
	list_remove(&s->mixed);
	list_init(&s->mixed);
	if (list_empty(&m->members))
		destroy(m);
	else
		mix_tell(m);
}

/* All of FROM are of M. */
static void
mix_merge(struct rtp_mix *m, struct rtp_mix *from)
{
	list_each (struct rtp_session, s, &from->members, mixed) {
		list_remove(&s->mixed);
		list_init(&s->mixed);
		mix_enter(m, s);
	}
	destroy(from);
}

void
rtp_session_mix(struct rtp_session *a, struct rtp_session *b)
{
	struct rtp_mix *m;

	if (a == NULL || b == NULL || a->over || b->over)
		return;
	m = a->mix != NULL ? a->mix : b->mix;
	if (m == NULL)
		m = mix_create(a->node);
	if (m == NULL)
		return;
	if (b->mix != NULL && b->mix != m)
		mix_merge(m, b->mix);
	if (a->mix == NULL)
		mix_enter(m, a);
	if (b->mix == NULL)
		mix_enter(m, b);
	mix_tell(m);
}

void
rtp_session_leave_out(struct rtp_session *s, bool out)
{
	if (s != NULL)
		s->left_out = out;
}
