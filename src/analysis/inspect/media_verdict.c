/*
 * What became of a call's media, in one sentence, and why: who hears whom, how
 * well, who hears nothing and why, which digits were dialled, and what may
 * help; see inspect/media.h.
 */
#include "base/addr.h"
#include "base/array.h"
#include "base/err.h"
#include "base/field.h"
#include "inspect/media.h"

/* ---- who was to hear what, and why nothing is heard ---- */

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
	/* As the trace ends it may be heard still: packets since the last
	 * counts are in no record. */
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

/* The side that should send to S: the one that has described the other end of
 * its call, or on the other side of a box the one that did; NULL: unknown. */
static const struct media_side *
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
media_verdict_is_beyond(const struct media_stream *m)
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
media_verdict_is_heard(const struct media_stream *m)
{
	for (const struct media_stream *o = m; o != NULL; o = o->older)
		if (o->hear != 0 && o->side == m->side &&
		    str_eq(o->peer, m->peer))
			return true;
	return false;
}

/* The side of S's call, or beyond a box, that tells so; NULL: none. */
static const struct media_side *
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
	if (s->unagreed)
		return MEDIA_UNAGREED;
	/* Behind a box that does not stand between the media. */
	if (media_verdict_is_heard(m))
		return MEDIA_HEARS;
	if (media_verdict_is_beyond(m) || m->reason == TRACE_DROP_PRIVATE)
		return MEDIA_BEYOND;
	if (m->reason != TRACE_DROP_COUNT)
		return MEDIA_LOST;
	return m->asked.n > 0 ? MEDIA_ELSEWHERE : MEDIA_GONE;
}

void
media_put_cause(const struct inspected_message *l, const struct media_side *s,
    struct buf *b)
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
			? _("ICE has found no path between the two (#%llu)")
			: _("no TCP connection for it was established (#%llu)"),
		    (unsigned long long)cut->cut);
		break;
	case MEDIA_SEALED:
		/* TRANSLATORS: a node, another */
		buf_printf(b,
		    _("its key differs from that of %.*s, so it cannot decrypt "
		      "the packets"),
		    STR_ARG(who));
		break;
	case MEDIA_FOREIGN:
		/* TRANSLATORS: a node */
		buf_printf(b,
		    _("the packets of %.*s have another SSRC than announced "
		      "(y=) and are not accepted"),
		    STR_ARG(who));
		break;
	case MEDIA_UNAGREED:
		/* TRANSLATORS: a node */
		buf_printf(b,
		    _("the packets of %.*s have a payload type that was not "
		      "agreed and cannot be played"),
		    STR_ARG(who));
		break;
	case MEDIA_BEYOND:
		/* TRANSLATORS: a node, an address of a private network */
		buf_printf(b,
		    _("what %.*s sends to %.*s does not arrive, because that "
		      "is an address of a private network"),
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
		    _("%.*s sends to %.*s, although its description has %.*s"),
		    STR_ARG(who), STR_ARG(m->peer), STR_ARG(m->asked));
		break;
	case MEDIA_GONE:
		buf_printf(b, _("nothing that %.*s sends to %.*s arrives"),
		    STR_ARG(who), STR_ARG(m->peer));
		break;
	case MEDIA_HEARS:
		break;
	}
}

/* ---- the sentence ---- */

/* What share of packets, of a hundred, is worth a word. */
#define WORTH 1
/* 1000 times: below this MOS many are not satisfied (G.107, Annex B). */
#define WELL 3600
/* So many packets that are not heard are none on their way at the end. */
#define FEW 50

/* What may help whom, by why nothing is heard: an attribute of the first node
 * with that role; NULL: of who should send.  It is of use where the inputs of
 * the run have what it undoes, or (NULL) do not have it. */
static const struct remedy {
	enum media_cause cause;
	const char *role, *set, *undoes;
} remedies[] = {
	{ MEDIA_BEYOND, "sbc", "latching=true", "latching=false" },
	{ MEDIA_BEYOND, "b2bua", "anchors=true", NULL },
	{ MEDIA_BEYOND, "nat", "alg=sdp length", NULL },
	{ MEDIA_LOST, "sbc", "latching=true", "latching=false" },
	{ MEDIA_GONE, "sbc", "latching=true", "latching=false" },
	{ MEDIA_GONE, "b2bua", "anchors=true", NULL },
	{ MEDIA_NOT_SENT, NULL, "media=true", NULL },
};

/* The first node with that role; empty: there is none. */
static struct str
node_with(const struct inspected_message *l, const char *role)
{
	const struct trace_head *h = trace_head(l->t);

	for (size_t i = 0; i < h->nnodes; i++) {
		struct str words = h->nodes[i].role;

		while (words.n > 0)
			if (str_is(str_cut(words, ' ', &words), role))
				return h->nodes[i].name;
	}
	return STR_NULL;
}

/* The run's inputs set something of that: who of several does not matter. */
static bool
has_input(const struct inspected_message *l, const char *set)
{
	struct str raw = trace_head(l->t)->inputs.raw;
	struct buf plain = BUF_INIT;
	bool has;

	for (size_t i = 0; i < raw.n; i++)
		if (raw.p[i] != '"' && raw.p[i] != '\\')
			buf_putc(&plain, raw.p[i]);
	has = str_find(buf_view(&plain), set) >= 0;
	buf_end(&plain, &l->in->err);
	return has;
}

static bool
is_of_use(
    const struct inspected_message *l, struct str node, const struct remedy *r)
{
	struct buf set = BUF_INIT;
	bool is;

	buf_printf(&set, "%.*s.%s", STR_ARG(node), r->set);
	is = !has_input(l, buf_cstr(&set)) &&
	     (r->role == NULL || (r->undoes != NULL ? has_input(l, r->undoes)
						    : !has_input(l, r->set)));
	buf_end(&set, &l->in->err);
	return is;
}

static void
find_remedy(struct inspected_message *l, const struct media_side *s,
    struct inspect_verdict *v)
{
	enum media_cause cause = media_cause_of(l->in, s);
	const struct media_side *other = media_sender(l->in, s);

	for (size_t i = 0; i < COUNT_OF(remedies); i++) {
		const struct remedy *r = &remedies[i];
		struct str node = STR_NULL;

		if (r->cause != cause || v->set.n > 0 || !l->in->whole)
			continue;
		if (r->role != NULL)
			node = node_with(l, r->role);
		else if (other != NULL && !l->in->node[other->node].media)
			node = trace_name(l->t, other->node);
		if (node.n == 0 || !is_of_use(l, node, r))
			continue;
		v->node = node;
		v->set = str_of(r->set);
	}
}

static void
media_verdict_put_score(
    int64_t mos, const char *scale, struct inspect_verdict *v, struct buf *b)
{
	if (mos <= 0)
		return;
	v->well &= mos >= WELL;
	buf_puts(b, _(", MOS "));
	buf_two_places(b, (mos + 5) / 10);
	if (scale != NULL)
		buf_printf(b, " (%s)", scale);
}

/* "3 % lost, 12 % too late, MOS 3.91" */
static void
media_verdict_put_figures(
    const struct media_side *s, struct inspect_verdict *v, struct buf *b)
{
	int64_t lost = s->lost > 0 ? s->lost : 0, all = s->came + lost;
	size_t n = b->n;

	if (all > 0 && 100 * lost >= WORTH * all)
		/* TRANSLATORS: of packets of RTP */
		buf_printf(
		    b, _(", %lld %% lost"), (long long)(100 * lost / all));
	if (all > 0 && 100 * s->late >= WORTH * all)
		buf_printf(b, _(", %lld %% too late"),
		    (long long)(100 * s->late / all));
	v->well &= s->mos > 0 || b->n == n;
	media_verdict_put_score(s->mos, s->scale, v, b);
}

/* A capture shows the packets sent to S; only S's reports tell whether it
 * receives them. */
static void
put_sent(struct inspected_message *l, const struct media_side *s,
    struct inspect_verdict *v, struct buf *b)
{
	const struct media_stream *m =
	    s->heard != 0 ? media_last_of_ssrc(l->in, s->ssrc) : NULL;

	while (m != NULL && (m->share < 0 || m->hearer != s->node))
		m = m->older;
	/* TRANSLATORS: a node, a codec */
	buf_printf(b, _("%.*s is sent %.*s"),
	    STR_ARG(trace_name(l->t, s->node)), STR_ARG(s->hears));
	if (m == NULL) {
		media_verdict_put_figures(s, v, b);
		/* TRANSLATORS: behind a MOS; of a stream's packets */
		buf_puts(b, s->mos > 0 ? _(" at most") : "");
		buf_puts(b, _("; this trace does not show whether it hears "
			      "that"));
		return;
	}
	/* TRANSLATORS: of a stream's packets, behind that; of RTCP */
	buf_printf(b, _("; its reports say %lld %% lost"),
	    (long long)((m->share + 50) / 100));
	media_verdict_put_score(m->mos, m->scale, v, b);
}

/* S is one that this is worth saying of: it sends, hears or wants media, and
 * has some. */
static bool
media_verdict_is_told(
    const struct inspected_message *l, const struct media_side *s)
{
	if (s->hear == 0 && l->in->whole && !l->in->node[s->node].media)
		return false;
	return s->hear != 0 ||
	       (media_cause_of(l->in, s) != MEDIA_HEARS &&
		   (s->streams != NULL || media_to(l->in, s) != NULL ||
		       media_cut(l->in, s) != NULL));
}

/* The stream to S that ends because its sender, or a node that forwards it,
 * crashes; NULL: none does. */
static const struct media_stream *
find_crashed(const struct inspected_message *l, const struct media_side *s)
{
	const struct media_stream *m =
	    s->heard != 0 ? media_last_of_ssrc(l->in, s->ssrc) : NULL;

	while (m != NULL && m->crash == 0)
		m = m->older;
	return m;
}

/* In a capture missing packets may have gone another way. */
static bool
is_only_unseen(struct inspect *in, const struct media_side *s)
{
	enum media_cause cause = media_cause_of(in, s);

	return !in->whole && (cause == MEDIA_GONE || cause == MEDIA_NOT_SENT);
}

static void
media_verdict_put_side(struct inspected_message *l, const struct media_side *s,
    struct inspect_verdict *v, struct buf *b)
{
	struct str name = trace_name(l->t, s->node);
	const struct media_stream *m, *crashed;
	const struct media_stream *cut = media_cut_off(l->in, s);
	size_t n;

	buf_puts(b, b->n > 0 ? _("; ") : "");
	if (s->hear == 0 && is_only_unseen(l->in, s)) {
		/* TRANSLATORS: audio or video; a node */
		buf_printf(b, _("the trace shows nothing of the %.*s for %.*s"),
		    STR_ARG(s->type), STR_ARG(name));
		return;
	}
	if (s->hear == 0) {
		/* TRANSLATORS: a node; audio or video */
		buf_printf(b, _("%.*s hears no %.*s: "), STR_ARG(name),
		    STR_ARG(s->type));
		media_put_cause(l, s, b);
		return;
	}
	if (l->in->whole) {
		/* TRANSLATORS: a node, a codec */
		buf_printf(
		    b, _("%.*s hears %.*s"), STR_ARG(name), STR_ARG(s->hears));
		media_verdict_put_figures(s, v, b);
	} else {
		put_sent(l, s, v, b);
	}
	n = b->n;
	m = media_to(l->in, s);
	crashed = find_crashed(l, s);
	if (s->streams != NULL && s->streams->crash != 0)
		/* TRANSLATORS: a side's reception, behind that; a record */
		buf_printf(b, _(", until it crashed (#%llu)"),
		    (unsigned long long)s->streams->crash);
	else if (crashed != NULL)
		/* TRANSLATORS: a side's reception, behind that; a node, a
		 * record */
		buf_printf(b, _(", until %.*s crashed (#%llu)"),
		    STR_ARG(trace_name(l->t, crashed->side->node)),
		    (unsigned long long)crashed->crash);
	else if (m != NULL && (cut != NULL || media_unheard(s, m) >= FEW)) {
		/* TRANSLATORS: a side's reception, behind that; an address */
		buf_printf(b, _(", but not to the end of what is sent to %.*s"),
		    STR_ARG((cut != NULL ? cut : m)->peer));
		media_put_loss(s, b);
	}
	if (s->unopened >= FEW)
		/* TRANSLATORS: a side's reception, behind that; of SRTP */
		buf_printf(b, _(", and cannot decrypt %lld packets"),
		    (long long)s->unopened);
	v->well &= b->n == n;
	if (s->described != 0 && !media_is_wanted(s))
		/* TRANSLATORS: a side's reception, behind that; a record */
		buf_printf(b, _(", and asks for no more since #%llu"),
		    (unsigned long long)s->described);
	n = b->n;
	if (m != NULL && m->hearer == s->node && media_is_silent(m))
		buf_puts(b, _(", which is silent"));
	if (l->in->whole && s->strange > 0)
		/* TRANSLATORS: a side's reception, behind that; an address */
		buf_printf(b,
		    _(", and %.*s, which does not belong to the call"),
		    STR_ARG(s->stranger));
	v->well &= b->n == n;
}

/* Unheard digits are reported only where a node listens for digits. */
static void
put_digits(struct inspected_message *l, const struct media_side *s,
    enum media_way way, struct inspect_verdict *v, struct buf *b)
{
	struct str heard = media_digits_heard(s, way), name;

	/* Without media INFO is told as any message. */
	if (s->digits[way].n == 0 || (way == MEDIA_INFO && b->n == 0))
		return;
	name = trace_name(l->t, s->node);
	buf_puts(b, b->n > 0 ? _("; ") : "");
	/* TRANSLATORS: a node, digits */
	buf_printf(b,
	    way == MEDIA_IN_BAND ? _("%.*s dials %.*s in band")
	    : way == MEDIA_INFO  ? _("%.*s dials %.*s by INFO")
				 : _("%.*s dials %.*s"),
	    STR_ARG(name), STR_ARG(s->digits[way]));
	if (heard.n == 0 || str_eq(heard, s->digits[way]))
		return;
	v->well = false;
	/* TRANSLATORS: of digits that were dialled */
	buf_printf(b, _(", of which %.*s is heard"), STR_ARG(heard));
}

static int
add_verdict(struct inspect *in, struct inspect_verdict *v, struct str text)
{
	struct str *texts[] = { &v->call, &v->text, &v->node, &v->set };

	v->text = text;
	for (size_t i = 0; i < 4; i++) {
		char *kept = arena_str(in->texts, *texts[i]);

		if (kept == NULL)
			return ERR_NOMEM;
		*texts[i] = str_of(kept);
	}
	if (ARRAY_ROOM(&in->report.verdicts, &in->verdicts_cap,
		in->report.nverdicts + 1) != 0)
		return ERR_NOMEM;
	in->report.verdicts[in->report.nverdicts++] = *v;
	return 0;
}

static bool
is_heard_in(const struct inspect *in, struct str call)
{
	for (size_t i = 0; i < in->report.nverdicts; i++)
		if (str_eq(in->report.verdicts[i].call, call))
			return in->report.verdicts[i].good;
	return false;
}

void
inspect_note_tried(struct inspect *in, size_t i, const struct inspect *other)
{
	struct str node = in->report.verdicts[i].node,
		   set = in->report.verdicts[i].set;

	for (size_t k = 0; k < in->report.nverdicts; k++) {
		struct inspect_verdict *v = &in->report.verdicts[k];

		if (!str_eq(v->node, node) || !str_eq(v->set, set))
			continue;
		v->tried = other != NULL;
		v->helps = v->tried && is_heard_in(other, v->call);
		if (other == NULL)
			v->set = STR_NULL;
	}
}

void
media_put_verdict(struct inspected_message *l, const struct media_call *call)
{
	struct inspect *in = l->in;
	struct inspect_verdict v = { .file = (uint32_t)in->report.nfiles - 1,
		.call = call->call_id,
		.good = true,
		.well = true };
	struct buf b = BUF_INIT;

	for (const struct media_side *s = call->sides; s != NULL; s = s->next) {
		if (!media_verdict_is_told(l, s))
			continue;
		media_verdict_put_side(l, s, &v, &b);
		if (s->hear == 0) {
			v.good = v.well = false;
			find_remedy(l, s, &v);
		}
		/* What shows it: that something is heard; else, that nothing
		 * is. */
		if (v.seq == 0 || s->hear == 0)
			v.seq = s->hear != 0         ? s->hear
				: s->streams != NULL ? s->streams->flow
						     : s->described;
	}
	for (const struct media_side *s = call->sides; s != NULL; s = s->next)
		for (unsigned way = 0; way < MEDIA_WAYS; way++)
			put_digits(l, s, (enum media_way)way, &v, &b);
	v.seq += in->before;
	if (b.n > 0 && b.err == 0 && in->err == 0)
		in->err = add_verdict(in, &v, buf_view(&b));
	buf_end(&b, &in->err);
}
