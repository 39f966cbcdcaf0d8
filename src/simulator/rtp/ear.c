/*
 * The samples of a source, for who gives them on: they wait in its buffer for
 * their turn, and what does not come is made up (sound/conceal.h) at once,
 * since a mixer can't wait to learn whether it was lost.
 */
#include "rtp/rtp_in.h"

#include "base/mem.h"
#include "media/g711.h"
#include "sound/comfort.h"

#include <string.h>

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
	    sizeof(*src->ear) + (size_t)src->ear->room * PLAYOUT_SLOTS);
	mem_free(src->ear->octets);
	mem_free(src->ear);
	src->ear = NULL;
}

/* There is room for N octets of each block. */
static bool
make_room(struct rtp_source *src, unsigned n)
{
	struct rtp_ear *ear = src->ear;
	uint8_t *octets;

	if (n <= ear->room)
		return true;
	octets = mem_alloc((size_t)n * PLAYOUT_SLOTS);
	if (octets == NULL) {
		node_fail_memory(src->leg->session->node);
		return false;
	}
	for (size_t i = 0; i < PLAYOUT_SLOTS && ear->room > 0; i++)
		memcpy(octets + i * n, ear->octets + i * ear->room, ear->room);
	sim_take_memory(
	    rtp_sim(src->leg), (size_t)(n - ear->room) * PLAYOUT_SLOTS);
	mem_free(ear->octets);
	ear->octets = octets;
	ear->room = n;
	return true;
}

void
rtp_ear_keep(struct rtp_source *src, const struct sound_codec *codec,
    const struct rtp_packet *p, unsigned slot)
{
	bool sounds = codec != NULL && (codec->kind == SOUND_REAL ||
					   codec->kind == SOUND_COMFORT);
	unsigned n = p->n < RTP_PACKET_MOST ? (unsigned)p->n : RTP_PACKET_MOST;

	if (src->ear == NULL)
		return;
	sounds = sounds && n > 0 && make_room(src, n);
	src->ear->blocks[slot].codec = codec;
	src->ear->blocks[slot].payload = p->head.payload;
	src->ear->blocks[slot].n = sounds ? (uint16_t)n : 0;
	if (sounds)
		memcpy(src->ear->octets + (size_t)slot * src->ear->room,
		    p->data, n);
}

/* The turn of what waits in SLOT has come. */
static void
play(struct rtp_ear *ear, unsigned slot)
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
	struct playout_block b;

	if (src->ear == NULL) {
		playout_settle(&src->playout, now_ns);
		return;
	}
	while (playout_next(&src->playout, now_ns, &b))
		if (!b.concealed)
			play(src->ear, b.slot);
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

bool
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
