/*
 * What became of a call's media, in one sentence: who hears whom, how well, who
 * hears nothing and why, which digits were dialled; and what may help.
 */
#include "inspect/media.h"

#include "base/array.h"
#include "base/err.h"
#include "base/field.h"

/* What share of packets, of a hundred, is worth a word. */
#define WORTH 1
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
node_with(const struct look *l, const char *role)
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
has_input(const struct look *l, const char *set)
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
is_of_use(const struct look *l, struct str node, const struct remedy *r)
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
find_remedy(
    struct look *l, const struct media_side *s, struct inspect_verdict *v)
{
	enum media_cause cause = media_cause_of(l->in, s);
	const struct media_side *other = media_sender(l->in, s);

	for (size_t i = 0; i < sizeof(remedies) / sizeof(remedies[0]); i++) {
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
put_score(int64_t mos, const char *scale, struct buf *b)
{
	if (mos <= 0)
		return;
	buf_puts(b, _(", MOS "));
	buf_two_places(b, (mos + 5) / 10);
	if (scale != NULL)
		buf_printf(b, " (%s)", scale);
}

/* "3 % lost, 12 % too late, MOS 3.91" */
static void
put_figures(const struct media_side *s, struct buf *b)
{
	int64_t lost = s->lost > 0 ? s->lost : 0, all = s->came + lost;

	if (all > 0 && 100 * lost >= WORTH * all)
		/* TRANSLATORS: of packets of RTP */
		buf_printf(
		    b, _(", %lld %% lost"), (long long)(100 * lost / all));
	if (all > 0 && 100 * s->late >= WORTH * all)
		buf_printf(b, _(", %lld %% too late"),
		    (long long)(100 * s->late / all));
	put_score(s->mos, s->scale, b);
}

/* A capture sees what is sent to S; whether that hears it its reports tell. */
static void
put_sent(struct look *l, const struct media_side *s, struct buf *b)
{
	const struct media_stream *m =
	    s->heard != 0 ? media_last_of_ssrc(l->in, s->ssrc) : NULL;

	while (m != NULL && (m->share < 0 || m->hearer != s->node))
		m = m->older;
	/* TRANSLATORS: a node, a codec */
	buf_printf(b, _("%.*s is sent %.*s"),
	    STR_ARG(trace_name(l->t, s->node)), STR_ARG(s->hears));
	if (m == NULL) {
		put_figures(s, b);
		/* TRANSLATORS: behind a MOS; what somebody is sent */
		buf_puts(b, s->mos > 0 ? _(" at most") : "");
		buf_puts(b, _(", and whether it hears that is not seen here"));
		return;
	}
	/* TRANSLATORS: what somebody is sent, behind that; of RTCP */
	buf_printf(b, _("; its reports say %lld %% lost"),
	    (long long)((m->share + 50) / 100));
	put_score(m->mos, m->scale, b);
}

/* S is one that this is worth saying of: it sends, hears or wants media, and
 * has some. */
static bool
is_told(const struct look *l, const struct media_side *s)
{
	if (s->hear == 0 && l->in->whole && !l->in->node[s->node].media)
		return false;
	return s->hear != 0 ||
	       (media_cause_of(l->in, s) != MEDIA_HEARS &&
		   (s->streams != NULL || media_to(l->in, s) != NULL ||
		       media_cut(l->in, s) != NULL));
}

/* What S hears ends as somebody crashes who sends it, or passes it on; NULL: it
 * does not. */
static const struct media_stream *
find_crashed(const struct look *l, const struct media_side *s)
{
	const struct media_stream *m =
	    s->heard != 0 ? media_last_of_ssrc(l->in, s->ssrc) : NULL;

	while (m != NULL && m->crash == 0)
		m = m->older;
	return m;
}

/* In a capture what is missing may have gone another way. */
static bool
is_only_unseen(struct inspect *in, const struct media_side *s)
{
	enum media_cause cause = media_cause_of(in, s);

	return !in->whole && (cause == MEDIA_GONE || cause == MEDIA_NOT_SENT);
}

static void
put_side(struct look *l, const struct media_side *s, struct buf *b)
{
	struct str name = trace_name(l->t, s->node);
	const struct media_stream *m, *crashed;
	const struct media_stream *cut = media_cut_off(l->in, s);

	buf_puts(b, b->n > 0 ? _("; ") : "");
	if (s->hear == 0 && is_only_unseen(l->in, s)) {
		/* TRANSLATORS: audio or video; a node */
		buf_printf(b, _("of the %.*s for %.*s nothing is seen here"),
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
		put_figures(s, b);
	} else {
		put_sent(l, s, b);
	}
	m = media_to(l->in, s);
	crashed = find_crashed(l, s);
	if (s->streams != NULL && s->streams->crash != 0)
		/* TRANSLATORS: what somebody hears, behind that; a record */
		buf_printf(b, _(", until it crashed (#%llu)"),
		    (unsigned long long)s->streams->crash);
	else if (crashed != NULL)
		/* TRANSLATORS: what somebody hears, behind that; a node, a
		 * record */
		buf_printf(b, _(", until %.*s crashed (#%llu)"),
		    STR_ARG(trace_name(l->t, crashed->side->node)),
		    (unsigned long long)crashed->crash);
	else if (m != NULL && (cut != NULL || media_unheard(s, m) >= FEW)) {
		/* TRANSLATORS: what somebody hears, behind that; an address */
		buf_printf(b, _(", but not to the end of what goes to %.*s"),
		    STR_ARG((cut != NULL ? cut : m)->peer));
		media_put_loss(s, b);
	}
	if (s->unopened >= FEW)
		/* TRANSLATORS: what somebody hears, behind that; of SRTP */
		buf_printf(b, _(", and cannot open %lld packets"),
		    (long long)s->unopened);
	if (s->described != 0 && !media_is_wanted(s))
		/* TRANSLATORS: what somebody hears, behind that; a record */
		buf_printf(b, _(", and wants no more since #%llu"),
		    (unsigned long long)s->described);
	if (m != NULL && m->hearer == s->node && media_is_silent(m))
		buf_puts(b, _(", which is silent"));
	if (l->in->whole && s->strange > 0)
		/* TRANSLATORS: what somebody hears, behind that; an address */
		buf_printf(b, _(", and %.*s, which is nobody of the call"),
		    STR_ARG(s->stranger));
}

/* What is not heard is told only where somebody listens for such. */
static void
put_digits(struct look *l, const struct media_side *s, enum media_way way,
    struct buf *b)
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
	if (heard.n > 0 && !str_eq(heard, s->digits[way]))
		/* TRANSLATORS: of digits that somebody dials */
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
media_put_verdict(struct look *l, const struct media_call *call)
{
	struct inspect *in = l->in;
	struct inspect_verdict v = { .file = (uint32_t)in->report.nfiles - 1,
		.call = call->call_id,
		.good = true };
	struct buf b = BUF_INIT;

	for (const struct media_side *s = call->sides; s != NULL; s = s->next) {
		if (!is_told(l, s))
			continue;
		put_side(l, s, &b);
		if (s->hear == 0) {
			v.good = false;
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
			put_digits(l, s, (enum media_way)way, &b);
	v.seq += in->before;
	if (b.n > 0 && b.err == 0 && in->err == 0)
		in->err = add_verdict(in, &v, buf_view(&b));
	buf_end(&b, &in->err);
}
