/* Blocks as samples: decoded, made up, put in their places. */
#include "listen/listen_in.h"

#include "base/array.h"
#include "base/err.h"
#include "media/g711.h"
#include "media/rtp.h"
#include "sound/comfort.h"
#include "sound/mix.h"
#include "sound/sine.h"

#include <stdio.h>
#include <string.h>

#define SAMPLE_NS (1000000000 / SOUND_RATE)
#define MOST      ((int64_t)LISTEN_MINUTES * 60 * SOUND_RATE)

/* The sample that is played at T_NS; it may lie before the first. */
static int64_t
sample_at(const struct listen *l, int64_t t_ns)
{
	int64_t off = t_ns - l->base_ns;

	return off >= 0 ? off / SAMPLE_NS
			: -((SAMPLE_NS - 1 - off) / SAMPLE_NS);
}

static int
make_room(struct listen *l, struct listen_track *track, size_t n)
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
	    make_room(l, track, (size_t)end) != 0)
		return;
	if (at + skip < l->first)
		l->first = at + skip;
	track->sounds = true;
	sound_mix_add(
	    track->sum + at + skip, samples + skip, (size_t)(end - at - skip));
}

/* At T_NS, or behind what SRC has there already. */
static void
put(struct listen *l, struct listen_source *src, int64_t t_ns,
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

void
listen_end_comfort(struct listen *l, struct listen_source *src, int64_t t_ns)
{
	int16_t noise[160];
	int64_t end = sample_at(l, t_ns), left;

	while (src->comforts && l->err == 0 && (left = end - src->end) > 0) {
		size_t n = left < 160 ? (size_t)left : 160;

		sound_comfort_write(&src->draws, src->level, noise, n);
		add_samples(l, src->facts.side, src->end, noise, n);
		src->end += (int64_t)n;
	}
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

void
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
	put(l, src, t_ns, samples, b->n);
}

void
listen_conceal(struct listen *l, struct listen_source *src, int64_t t_ns)
{
	int16_t samples[LISTEN_BLOCK];

	if (!src->sounds)
		return;
	sound_conceal_fill(&src->conceal, samples, src->samples);
	put(l, src, t_ns, samples, src->samples);
}
