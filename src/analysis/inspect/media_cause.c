/* What became of media: who was to hear what, and why nothing is heard; see
 * inspect/media.h. */
#include "inspect/media.h"

#include "base/addr.h"

const struct media_side *
media_other(const struct media_side *s)
{
	const struct media_side *other = NULL;

	for (const struct media_side *o = s->of->sides; o != NULL; o = o->next)
		if (o != s && str_eq(o->type, s->type) &&
		    (other == NULL ||
			(other->streams == NULL && o->streams != NULL)))
			other = o;
	return other;
}

static bool
goes_to(const struct media_stream *m, const struct media_side *s)
{
	return s->at.n > 0 && m->side != s &&
	       (str_eq(m->peer, s->at) || str_eq(m->asked, s->at) ||
		   (s->was.n > 0 && str_eq(m->peer, s->was)));
}

/* M goes to where some side of its call has wanted it. */
static bool
has_receiver(const struct media_stream *m)
{
	const struct media_side *s = m->side->of->sides;

	while (s != NULL && !goes_to(m, s))
		s = s->next;
	return s != NULL;
}

/* Of the streams of other calls that go to AT (of a call at the other side of a
 * box) and have not ended before S's description, that which begins nearest to
 * it: ports are used again. */
static const struct media_stream *
find_nearest(struct inspect *in, const struct media_side *s, struct str at)
{
	const struct media_stream *best = NULL;
	int64_t nearest = INT64_MAX;

	if (at.n == 0)
		return NULL;
	for (const struct media_stream *m = media_last_to(in, at); m != NULL;
	     m = m->older_to) {
		int64_t off = m->t > s->t ? m->t - s->t : s->t - m->t;

		if (m->side == s || m->t_end < s->t)
			continue;
		if (off > nearest)
			break;
		nearest = off;
		best = m;
	}
	return best;
}

const struct media_stream *
media_to(struct inspect *in, const struct media_side *s)
{
	const struct media_side *other = media_other(s);
	const struct media_stream *found;

	for (const struct media_side *o = s->of->sides; o != NULL; o = o->next)
		for (const struct media_stream *m = o->streams; m != NULL;
		     m = m->next)
			if (goes_to(m, s))
				return m;
	found = find_nearest(in, s, s->at);
	if (found == NULL)
		found = find_nearest(in, s, s->was);
	if (found == NULL && other != NULL && other->streams != NULL &&
	    !has_receiver(other->streams))
		found = other->streams;
	return found;
}

int64_t
media_unheard(const struct media_side *s, const struct media_stream *m)
{
	int64_t missing = -s->refused;
	bool goes_on = false, still = false;

	if (m->hearer != s->node || m->heard == 0 || m->passed_on ||
	    m->measured)
		return 0;
	for (const struct media_stream *o = m->side->streams; o != NULL;
	     o = o->next) {
		if (o->ssrc != m->ssrc)
			continue;
		missing += o->packets;
		goes_on |= o->stop == 0;
		if (o->hearer != m->hearer)
			continue;
		missing -= o->came;
		still |= o->still;
	}
	/* As the trace ends it may be heard still: what has come since the last
	 * figures nobody has told. */
	return goes_on && !still ? 0 : missing;
}

#define CUT_NS INT64_C(1000000000)

const struct media_stream *
media_cut_off(struct inspect *in, const struct media_side *s)
{
	const struct media_stream *m =
	    s->still != 0 ? media_last_of_ssrc(in, s->still_ssrc) : NULL;

	return m != NULL && m->t_end - s->t_still >= CUT_NS ? m : NULL;
}

void
media_put_loss(const struct media_side *s, struct buf *b)
{
	if (s->still != 0 && s->why != TRACE_DROP_COUNT)
		buf_printf(b, ": %s (%.*s)", trace_drop_text(s->why),
		    STR_ARG(s->where));
}

bool
media_is_silent(const struct media_stream *m)
{
	return m->silent && !m->side->speaks;
}

/* Of a box, who gets what it passes on of S's. */
static const struct media_side *
find_behind_box(const struct inspect *in, const struct media_side *s,
    const struct media_stream *m)
{
	for (; m != NULL; m = m->older)
		for (const struct media_side *o = m->side->of->sides;
		     m->passed_on && o != NULL; o = o->next)
			if (o != s && !media_is_box(in, o->node) &&
			    goes_to(m, o))
				return o;
	return NULL;
}

const struct media_side *
media_sender(struct inspect *in, const struct media_side *s)
{
	const struct media_side *other = media_other(s), *found;

	if (other == NULL || !media_is_box(in, other->node))
		return other;
	found = media_described_at(in, other->at);
	if (found != NULL && found->node != s->node)
		return found;
	return s->streams != NULL
		   ? find_behind_box(
			 in, s, media_last_of_ssrc(in, s->streams->ssrc))
		   : NULL;
}

/* Its sender is not in the private network to which M goes. */
static bool
is_beyond(const struct media_stream *m)
{
	struct addr to, from;

	return addr_parse(m->peer, &to) == 0 && addr_private(&to) != NULL &&
	       addr_parse(m->side->at, &from) == 0 &&
	       addr_private(&from) != addr_private(&to);
}

struct str
media_digits_heard(const struct media_side *s, enum media_way way)
{
	const struct media_side *other = media_other(s);
	struct str heard = STR_NULL;

	if (way == MEDIA_INFO)
		return other != NULL ? other->informed : heard;

	for (const struct media_stream *m = s->streams; m != NULL; m = m->next)
		if (m->heard_digits[way].n > heard.n)
			heard = m->heard_digits[way];
	return heard;
}

/* M is heard, or what its source has sent there as another codec. */
static bool
is_heard(const struct media_stream *m)
{
	for (const struct media_stream *o = m; o != NULL; o = o->older)
		if (o->hear != 0 && o->side == m->side &&
		    str_eq(o->peer, m->peer))
			return true;
	return false;
}

const struct media_side *
media_cut(struct inspect *in, const struct media_side *s)
{
	const struct media_side *sides[] = { s, media_other(s),
		media_sender(in, s) };

	for (size_t i = 0; i < 3; i++)
		if (sides[i] != NULL && sides[i]->cut != 0)
			return sides[i];
	return NULL;
}

enum media_cause
media_cause_of(struct inspect *in, const struct media_side *s)
{
	const struct media_side *other = media_other(s);
	const struct media_stream *m;

	if (s->hear != 0 || s->described == 0 || !media_is_wanted(s) ||
	    media_is_box(in, s->node))
		return MEDIA_HEARS;
	m = media_to(in, s);
	if (m == NULL && media_cut(in, s) != NULL)
		return MEDIA_NO_WAY;
	/* In a forked call the others talk. */
	if (m == NULL)
		return other != NULL && other->streams != NULL ? MEDIA_HEARS
							       : MEDIA_NOT_SENT;
	if (s->unopened > 0)
		return MEDIA_SEALED;
	if (s->foreign > 0)
		return MEDIA_FOREIGN;
	/* Behind a box that does not stand between the media. */
	if (is_heard(m))
		return MEDIA_HEARS;
	if (is_beyond(m) || m->reason == TRACE_DROP_PRIVATE)
		return MEDIA_BEYOND;
	if (m->reason != TRACE_DROP_COUNT)
		return MEDIA_LOST;
	return m->asked.n > 0 ? MEDIA_ELSEWHERE : MEDIA_GONE;
}

void
media_put_cause(const struct look *l, const struct media_side *s, struct buf *b)
{
	const struct media_side *cut = media_cut(l->in, s);
	struct trace_rec rec;
	const struct media_stream *m = media_to(l->in, s);
	const struct media_side *other = media_sender(l->in, s);
	struct str who;

	if (other == NULL)
		other = media_other(s);
	who = m != NULL       ? trace_name(l->t, m->side->node)
	      : other != NULL ? trace_name(l->t, other->node)
			      : STR_NULL;

	switch (media_cause_of(l->in, s)) {
	case MEDIA_NOT_SENT:
		/* TRANSLATORS: of RTP; a node */
		buf_printf(b, _("%.*s sends nothing"), STR_ARG(who));
		break;
	case MEDIA_NO_WAY:
		trace_get(l->t, cut->cut, &rec);
		buf_printf(b,
		    str_is(trace_str(&rec, "op", &l->in->fields), "unreachable")
			? _("by ICE there is no way between the two (#%llu)")
			: _("no TCP connection for it has come about (#%llu)"),
		    (unsigned long long)cut->cut);
		break;
	case MEDIA_SEALED:
		/* TRANSLATORS: a node, another */
		buf_printf(b,
		    _("it has another key than %.*s, and cannot open what "
		      "comes"),
		    STR_ARG(who));
		break;
	case MEDIA_FOREIGN:
		/* TRANSLATORS: a node */
		buf_printf(b,
		    _("what %.*s sends has another SSRC than it was told (y=), "
		      "and is not taken"),
		    STR_ARG(who));
		break;
	case MEDIA_BEYOND:
		/* TRANSLATORS: a node, an address of a private network */
		buf_printf(b,
		    _("what %.*s sends to %.*s does not arrive, for that is an "
		      "address of a private network"),
		    STR_ARG(who), STR_ARG(m->peer));
		break;
	case MEDIA_LOST:
		/* TRANSLATORS: a node, an address, why a packet is lost */
		buf_printf(b, _("what %.*s sends to %.*s does not arrive: %s"),
		    STR_ARG(who), STR_ARG(m->peer), trace_drop_text(m->reason));
		break;
	case MEDIA_ELSEWHERE:
		/* TRANSLATORS: a node, two addresses */
		buf_printf(b,
		    _("%.*s sends to %.*s, and its description has %.*s"),
		    STR_ARG(who), STR_ARG(m->peer), STR_ARG(m->asked));
		break;
	case MEDIA_GONE:
		buf_printf(b, _("nothing comes of what %.*s sends to %.*s"),
		    STR_ARG(who), STR_ARG(m->peer));
		break;
	case MEDIA_HEARS:
		break;
	}
}
