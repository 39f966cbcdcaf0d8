/*
 * A ladder that a student has written, beside what the lab's run sends: what is
 * missing, what comes too early or too late, what is between others, what
 * nobody sends.  Order counts between the same two nodes, and after a cause;
 * anything else may stand in any order.
 */
#include "base/array.h"
#include "base/err.h"
#include "lesson/lesson_in.h"

#include <string.h>

#define ARROWS_MAX 200

struct expected {
	struct str from, to;
	char what[32];
	uint64_t seq;
	size_t cause; /* index of the arrow that it follows from, or SIZE_MAX */
	size_t drawn; /* index of the student's, or SIZE_MAX */
	bool misplaced; /* `drawn` is between other nodes */
};

struct drawing {
	struct judging *j;
	const struct trace *t;
	struct expected want[ARROWS_MAX];
	size_t nwant;
	struct lesson_arrow drawn[ARROWS_MAX];
	size_t mate[ARROWS_MAX]; /* of the student's: an index of `want` */
	size_t ndrawn;
};

/* ---- what a student writes ---- */

/* The first of the signs that an arrow may have; its length in *N. */
static ptrdiff_t
find_sign(struct str line, size_t *n)
{
	static const char *const signs[] = { "-->", "->", "→", "=>", ">" };

	for (size_t i = 0; i < sizeof(signs) / sizeof(signs[0]); i++) {
		ptrdiff_t at = str_find(line, signs[i]);

		*n = strlen(signs[i]);
		if (at >= 0)
			return at;
	}
	return -1;
}

int
lesson_arrow_read(struct lesson_arrow *a, struct str line)
{
	struct str rest;
	size_t n = 0, sign;
	ptrdiff_t at = find_sign(line, &sign);

	if (at < 0)
		return ERR_SYNTAX;
	a->from = str_trim(str_slice(line, 0, (size_t)at));
	rest = str_trim(str_slice(line, (size_t)at + sign, line.n));
	while (n < rest.n && !chr_is_space(rest.p[n]) && rest.p[n] != ':')
		n++;
	a->to = str_slice(rest, 0, n);
	while (n < rest.n && (chr_is_space(rest.p[n]) || rest.p[n] == ':'))
		n++;
	rest = str_slice(rest, n, rest.n);
	n = 0;
	while (n < rest.n && !chr_is_space(rest.p[n]) && rest.p[n] != '(')
		n++;
	a->what = str_slice(rest, 0, n);
	return a->from.n > 0 && a->to.n > 0 && a->what.n > 0 ? 0 : ERR_SYNTAX;
}

static void
read_drawn(struct drawing *dr)
{
	struct str rest = dr->j->answer->text, line;

	while (rest.n > 0) {
		line = str_trim(str_cut(rest, '\n', &rest));
		if (line.n == 0 || line.p[0] == '#' || line.p[0] == '`')
			continue;
		if (dr->ndrawn == ARROWS_MAX) {
			judge_say(dr->j, _("more than %d arrows"), ARROWS_MAX);
			return;
		}
		if (lesson_arrow_read(&dr->drawn[dr->ndrawn], line) == 0)
			dr->mate[dr->ndrawn++] = SIZE_MAX;
		else
			judge_say(dr->j,
			    _("“%.*s” is no arrow; write “alice -> bob "
			      "INVITE”"),
			    (int)(line.n < 60 ? line.n : 60), line.p);
	}
}

/* ---- what the run sends ---- */

/* The arrow that record SEQ follows from: up its causes to a send that is
 * wanted. */
static size_t
find_cause(const struct drawing *dr, uint64_t seq)
{
	for (seq = trace_cause_of(dr->t, seq); seq != 0;
	     seq = trace_cause_of(dr->t, seq))
		if (trace_kind_of(dr->t, seq) == TRACE_SEND)
			for (size_t i = dr->nwant; i-- > 0;)
				if (dr->want[i].seq == seq)
					return i;
	return SIZE_MAX;
}

static void
add_wanted(struct drawing *dr, uint64_t seq, const struct trace_send *s)
{
	struct expected *e = &dr->want[dr->nwant];

	*e = (struct expected){ .from = s->src,
		.to = s->dst,
		.seq = seq,
		.drawn = SIZE_MAX,
		.cause = find_cause(dr, seq) };
	if (s->status != 0)
		snprintf(e->what, sizeof(e->what), "%u", s->status);
	else
		snprintf(e->what, sizeof(e->what), "%.*s",
		    (int)(s->method.n < 31 ? s->method.n : 31), s->method.p);
	dr->nwant++;
}

/* The sends of the lab's run that the task's filter lets through, repetitions
 * among them. */
static void
read_wanted(lua_State *L, struct drawing *dr)
{
	struct buf scratch = BUF_INIT;
	struct lesson_walk w;
	struct trace_send s;
	struct trace_rec rec;

	lua_getfield(L, 1, "draw");
	lesson_walk_begin(L, &w, dr->t, -1);
	while (dr->nwant < ARROWS_MAX && lesson_walk_next(L, &w, 1) != 0) {
		if (trace_kind_of(dr->t, w.seq) != TRACE_SEND)
			continue;
		trace_get(dr->t, w.seq, &rec);
		if (trace_get_send(&rec, &s, &scratch) == 0 &&
		    str_is(s.proto, "sip"))
			add_wanted(dr, w.seq, &s);
		buf_free(&scratch);
	}
}

/* ---- the comparison ---- */

static bool
is_node(const struct trace *t, struct str given, struct str name)
{
	const struct trace_node *n;

	if (str_ieq(given, name))
		return true;
	n = trace_find_node(t, name);
	return n != NULL && n->label.n > 0 && str_ieq(given, n->label);
}

static bool
is_arrow(const struct drawing *dr, const struct lesson_arrow *a,
    const struct expected *e)
{
	return str_iis(a->what, e->what) && is_node(dr->t, a->from, e->from) &&
	       is_node(dr->t, a->to, e->to);
}

/* Each arrow of the student's takes the first expected one with the same nodes
 * and message that is still free; then the first free one with the same message
 * between other nodes. */
static void
find_mates(struct drawing *dr)
{
	for (int pass = 0; pass < 2; pass++)
		for (size_t i = 0; i < dr->ndrawn; i++)
			for (size_t k = 0;
			     dr->mate[i] == SIZE_MAX && k < dr->nwant; k++) {
				struct expected *e = &dr->want[k];

				if (e->drawn != SIZE_MAX ||
				    (pass == 0 ? !is_arrow(dr, &dr->drawn[i], e)
					       : !str_iis(dr->drawn[i].what,
						     e->what)))
					continue;
				e->drawn = i;
				e->misplaced = pass == 1;
				dr->mate[i] = k;
			}
}

/* The arrow before E in the run, between the same two nodes, that the student
 * has drawn behind it; else its cause, if that is drawn behind it. */
static const struct expected *
find_overtaken(const struct drawing *dr, size_t i)
{
	const struct expected *e = &dr->want[i], *c;

	if (e->cause != SIZE_MAX) {
		c = &dr->want[e->cause];
		if (c->drawn != SIZE_MAX && !c->misplaced &&
		    c->drawn > e->drawn)
			return c;
	}
	for (size_t k = 0; k < i; k++) {
		c = &dr->want[k];
		if (c->drawn != SIZE_MAX && !c->misplaced &&
		    c->drawn > e->drawn && str_eq(c->from, e->from) &&
		    str_eq(c->to, e->to))
			return c;
	}
	return NULL;
}

/* The rule behind the record, as a sentence more. */
static void
say_rule(struct drawing *dr, uint64_t seq)
{
	const struct rule *r;
	struct trace_rec rec;

	trace_get(dr->t, seq, &rec);
	r = rule_find(rec.rule, rec.why);
	if (r != NULL)
		judge_say(dr->j, _("  %s (RFC %u, %s)"), i18n_text(r->text),
		    r->rfc, r->section);
}

#define ARROW(e) STR_ARG((e)->from), STR_ARG((e)->to), (e)->what

/* The last arrow before I that is drawn where it belongs; SIZE_MAX: none. */
static size_t
find_drawn_before(const struct drawing *dr, size_t i)
{
	while (i-- > 0)
		if (dr->want[i].drawn != SIZE_MAX && !dr->want[i].misplaced)
			return i;
	return SIZE_MAX;
}

/* N arrows from I on are missing: behind which one, and the rule behind the
 * first, but not which they are. */
static void
say_missing(struct drawing *dr, size_t i, unsigned n)
{
	size_t before = find_drawn_before(dr, i);

	if (before == SIZE_MAX)
		judge_say(dr->j, _("%u missing at the beginning"), n);
	else
		judge_say(dr->j, _("%u missing after %.*s → %.*s %s"), n,
		    ARROW(&dr->want[before]));
	say_rule(dr, dr->want[i].seq);
	if (before != SIZE_MAX)
		judge_show(dr->j, JUDGE_LAB, dr->want[before].seq);
}

/* One of those that the run sends and that is drawn; true: as it should be. */
static bool
judge_wanted(struct drawing *dr, size_t i)
{
	const struct expected *e = &dr->want[i], *c;
	const struct lesson_arrow *a = &dr->drawn[e->drawn];

	if (e->misplaced) {
		judge_say(dr->j,
		    _("wrong place: %s is not sent from %.*s to %.*s"), e->what,
		    STR_ARG(a->from), STR_ARG(a->to));
		say_rule(dr, e->seq);
		return false;
	}
	c = find_overtaken(dr, i);
	if (c == NULL)
		return true;
	judge_say(dr->j,
	    _("wrong order: %.*s → %.*s %s comes after %.*s → %.*s %s"),
	    ARROW(e), ARROW(c));
	say_rule(dr, e->seq);
	judge_show(dr->j, JUDGE_LAB, e->seq);
	return false;
}

/* The arrows that the run sends; how many are drawn right. */
static unsigned
judge_all_wanted(struct drawing *dr)
{
	unsigned right = 0, missing = 0;

	for (size_t i = 0; i <= dr->nwant; i++) {
		bool gone = i < dr->nwant && dr->want[i].drawn == SIZE_MAX;

		if (!gone && missing > 0)
			say_missing(dr, i - missing, missing);
		missing = gone ? missing + 1 : 0;
		if (!gone && i < dr->nwant)
			right += judge_wanted(dr, i);
	}
	return right;
}

static void
judge_arrows(struct drawing *dr)
{
	unsigned right = judge_all_wanted(dr), extra = 0;

	for (size_t i = 0; i < dr->ndrawn; i++) {
		const struct lesson_arrow *a = &dr->drawn[i];

		if (dr->mate[i] != SIZE_MAX)
			continue;
		extra++;
		judge_say(dr->j, _("too many: nobody sends %.*s → %.*s %.*s"),
		    STR_ARG(a->from), STR_ARG(a->to), STR_ARG(a->what));
	}
	judge_share(
	    dr->j, right > extra ? right - extra : 0, (unsigned)dr->nwant);
	buf_printf(
	    &dr->j->result->believed, _("%u of %zu arrows"), right, dr->nwant);
}

void
judge_draw(lua_State *L, struct judging *j)
{
	struct drawing *dr = lua_newuserdatauv(L, sizeof(*dr), 0);

	memset(dr, 0, sizeof(*dr));
	dr->j = j;
	dr->t = j->lesson->traces[JUDGE_LAB];
	read_wanted(L, dr);
	if (dr->nwant == 0)
		sandbox_error(L, _("draw: the run sends nothing of the kind"));
	for (size_t i = 0; j->key != NULL && i < dr->nwant; i++)
		buf_printf(j->key, "%s%.*s -> %.*s %s", i > 0 ? "\n" : "",
		    ARROW(&dr->want[i]));
	if (j->key != NULL)
		return;
	read_drawn(dr);
	find_mates(dr);
	judge_arrows(dr);
}
