/*
 * Who is heard through somebody else: a phone that has joined calls, or a
 * conference server, sends each of those whom it mixes what the others say
 * (RFC 3911, RFC 4353).
 */
#include "story/hearing_in.h"

#include "sound/codec.h"

/* It has samples that can be summed up. */
static bool
is_mixed(struct str codec)
{
	const struct sound_codec *c = sound_codec_find(codec);

	return c != NULL && c->kind == SOUND_REAL;
}

/* RFC 4575 5.7.3: a conference server does not let the others hear call C. */
static bool
is_left_out(const struct reading *r, const struct fold_call *c)
{
	const struct fold_transaction *p;
	size_t at = 0;

	while ((p = fold_next_transaction(r->f, c->node, &at)) != NULL)
		if (str_eq(p->id, c->id) &&
		    str_is(p->machine_name, "participant"))
			return !str_is(p->state, "connected");
	return false;
}

/* What the node of call OWN hears in another call of the mix. */
static const struct fold_source *
next_mixed(const struct reading *r, const struct fold_call *own, size_t *at)
{
	const struct fold_source *s;
	const struct fold_call *c;

	while ((s = fold_next_source(r->f, own->node, at)) != NULL) {
		c = fold_find_call(r->f, s->node, s->call);
		if (c != NULL && c != own && str_eq(c->mix, own->mix) &&
		    str_is(s->type, "audio") && is_mixed(s->codec) &&
		    !is_left_out(r, c))
			return s;
	}
	return NULL;
}

/* ROW's speaker is not silent. */
static bool
is_sound(const struct hearing *row)
{
	return row->state == HEARING_HEARS || row->state == HEARING_SOUND ||
	       row->state == HEARING_LATE;
}

static uint64_t
newest(uint64_t a, uint64_t b)
{
	return a > b ? a : b;
}

size_t
hearing_add_mixed(
    struct reading *r, const struct hearing *heard, const struct fold_media *m)
{
	const struct fold_call *own = fold_find_call(r->f, m->node, m->call);
	const struct fold_source *s;
	size_t at = 0, n = 0;

	if (own == NULL || own->mix.n == 0 || !is_mixed(heard->codec))
		return 0;
	while (r->err == 0 && (s = next_mixed(r, own, &at)) != NULL) {
		struct hearing there = {
			.listener = m->node, .call = s->call, .type = s->type
		};
		struct hearing row = *heard;

		hearing_decide_heard(r, &there, s, hearing_find_stream(r, s));
		if (!is_sound(&there) || str_eq(there.speaker, heard->listener))
			continue;
		row.speaker = there.speaker;
		row.there = m->node;
		row.quality = 0;
		hearing_decide(&row, HEARING_THROUGH,
		    newest(newest(s->hear, own->mixed), heard->hear));
		row.since = trace_time_of(r->t, row.decides);
		hearing_add(r, &row);
		n++;
	}
	return n;
}
