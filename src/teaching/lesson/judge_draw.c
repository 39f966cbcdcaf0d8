/*
 * A ladder that a student has written, compared with the messages of the lab's
 * run: missing ones, ones too early or too late, between others, or never sent.
 * Order counts between the same two nodes, and after a cause; anything else may
 * be in any order.  Some arrows may be given: then the others are asked for,
 * and these may be drawn or not.
 */
#include "base/err.h"
#include "lesson/answer_spelling.h"
#include "lesson/lesson_in.h"

#include "msg/methods.h"
#include "rules/rules.h"
#include "text/utf8.h"
#include "trace/record_name.h"

#include <stdio.h>
#include <string.h>

#define ARROWS_MAX 200
/* Between arrows that are told: here some are not. */
#define GAP "…"

struct expected {
	struct str from, to;
	char what[32];
	uint64_t seq;
	size_t cause; /* index of the arrow that it follows from, or SIZE_MAX */
	size_t drawn; /* index of the student's, or SIZE_MAX */
	bool misplaced; /* `drawn` is between other nodes */
	bool given;     /* it is told */
};

struct drawing {
	struct judging *j;
	const struct trace *t;
	struct expected want[ARROWS_MAX];
	size_t nwant, ngiven;
	struct lesson_arrow drawn[ARROWS_MAX];
	size_t mate[ARROWS_MAX]; /* of the student's: an index of `want` */
	size_t ndrawn;
};

/* ---- what a student writes ---- */

/* More words on one side of an arrow are not looked at. */
#define SIDE_MAX 8

/* The words on one side of an arrow that say something. */
struct side {
	struct str words[SIDE_MAX];
	size_t n;
	bool has_verb;  /* "alice send INVITE → bob", as rung show has it */
	bool has_label; /* "180-- bob": the first stands on the arrow */
};

static const char *const verbs[] = { "send", "sends", "sent", "recv",
	"receives", "received", "发送", "发出", "接收", "收到" };

static bool
is_line(char c)
{
	return c == '-' || c == '=';
}

/* Where the sign of LINE begins and ends, "->", "<--", "=>", "->>", "--)", and
 * whether it points to the left; false: there is none, or it points both ways.
 */
static bool
find_arrow_sign(struct str line, size_t *from, size_t *to, bool *left)
{
	size_t i = 0;

	while (i < line.n && strchr("<>", line.p[i]) == NULL &&
	       !(line.p[i] == ')' && i > 0 && is_line(line.p[i - 1])))
		i++;
	*from = *to = i;
	*left = i < line.n && line.p[i] == '<';
	while (*from > 0 && is_line(line.p[*from - 1]))
		--*from;
	while (*to < line.n &&
	       (*to == i || is_line(line.p[*to]) || line.p[*to] == line.p[i]))
		++*to;
	return i < line.n && (*to == line.n || line.p[*to] != '>');
}

/* A record's number, a time, "1.", "SIP/2.0", "(SDP)": no node and no message.
 * A status is none of them. */
static bool
is_noise(struct str w)
{
	size_t n = w.n > 0 && strchr("#[", w.p[0]) != NULL;
	uint32_t status;

	if (str_istarts(w, "sip/") || str_starts(w, "(") || str_is(w, "-") ||
	    str_is(w, "*") || str_iis(w, "s") || str_iis(w, "ms"))
		return true;
	if (str_u32(w, &status) == 0 && status >= 100 && status <= 699)
		return false;
	if (n == w.n || !chr_is_digit(w.p[n]))
		return false;
	while (n < w.n &&
	       (chr_is_digit(w.p[n]) || strchr(".,:)]", w.p[n]) != NULL))
		n++;
	w = str_slice(w, n, w.n);
	return w.n == 0 || str_iis(w, "s") || str_iis(w, "ms");
}

static bool
is_verb(struct str w)
{
	return w.n > 0 && spelling_lead(w, verbs, COUNT_OF(verbs)) == w.n;
}

/* W without the line that it stands on: "--INVITE". */
static struct str
take_off_line(struct str w, bool *on_line)
{
	*on_line = w.n > 0 && (is_line(w.p[0]) || is_line(w.p[w.n - 1]));
	while (w.n > 0 && is_line(w.p[0]))
		w = str_slice(w, 1, w.n);
	while (w.n > 0 && is_line(w.p[w.n - 1]))
		w.n--;
	return w;
}

static void
drawing_read_side(struct side *s, struct str text)
{
	*s = (struct side){ .n = 0 };
	while (s->n < SIDE_MAX && (text = spelling_trim(text)).n > 0) {
		struct str word;
		bool on_line;
		size_t n = 0;

		while (n < text.n && !chr_is_space(text.p[n]) &&
		       strchr(":\"`", text.p[n]) == NULL)
			n++;
		word = take_off_line(str_slice(text, 0, n), &on_line);
		text = str_slice(text, n, text.n);
		while (text.n > 0 && text.p[0] == ':')
			text = str_slice(text, 1, text.n);
		if (is_verb(word)) {
			s->has_verb = true;
			continue;
		}
		if (word.n == 0 || is_noise(word))
			continue;
		s->has_label |= on_line && s->n == 0;
		s->words[s->n++] = word;
	}
}

/* "200", "INVITE" of "INVITE(SDP)". */
static struct str
drawing_message_of(struct str word)
{
	size_t n = 0;

	while (n < word.n && (chr_is_alnum(word.p[n]) || word.p[n] == '-'))
		n++;
	return str_slice(word, 0, n);
}

/* "F12", which arrows of numbered figures have in front. */
static bool
is_figure_number(struct str w)
{
	uint32_t n;

	return str_istarts(w, "f") && str_u32(str_slice(w, 1, w.n), &n) == 0;
}

static void
drawing_drop_first(struct side *s)
{
	s->n--;
	memmove(s->words, &s->words[1], s->n * sizeof(s->words[0]));
}

int
lesson_arrow_read(struct lesson_arrow *a, struct str line)
{
	struct side before, after;
	struct str first, second;
	size_t from, to;
	bool left;

	if (!find_arrow_sign(line, &from, &to, &left))
		return ERR_SYNTAX;
	drawing_read_side(&before, str_slice(line, 0, from));
	drawing_read_side(&after, str_slice(line, to, line.n));
	if (before.n > 1 && is_figure_number(before.words[0]))
		drawing_drop_first(&before);
	if (before.n == 0 || after.n == 0)
		return ERR_SYNTAX;
	first = before.words[0];
	second = after.words[0];
	if (after.n > 1 && after.has_label) {
		a->what = second;
		second = after.words[1];
	} else if (after.n > 1 && !before.has_verb) {
		a->what = after.words[1];
		/* A name of several words. */
		first.n = (size_t)(before.words[before.n - 1].p - first.p) +
			  before.words[before.n - 1].n;
	} else if (before.n > 1) {
		a->what = before.words[1];
	} else {
		return ERR_SYNTAX;
	}
	a->from = left ? second : first;
	a->to = left ? first : second;
	a->what = drawing_message_of(a->what);
	return a->what.n > 0 ? 0 : ERR_SYNTAX;
}

bool
lesson_arrow_is_numbered(struct str line)
{
	LOCAL_BUF plain = BUF_INIT;
	struct lesson_arrow a;
	struct str rest;
	size_t n = 1;

	spelling_plain(line, &plain);
	rest = str_trim(buf_view(&plain));
	while (n < rest.n && chr_is_digit(rest.p[n]))
		n++;
	return str_starts(rest, "#") && n > 1 && n < rest.n &&
	       chr_is_space(rest.p[n]) &&
	       lesson_arrow_read(&a, str_slice(rest, n, rest.n)) == 0;
}

/* Nothing is drawn by LINE: it is empty, a comment, or a fence. */
static bool
drawing_is_beside(struct str line)
{
	return line.n == 0 || str_starts(line, "```") || str_is(line, GAP) ||
	       str_is(line, "...") ||
	       (line.p[0] == '#' && !lesson_arrow_is_numbered(line));
}

static void
read_drawn(struct drawing *dr)
{
	struct str rest = dr->j->plain, line;

	while (rest.n > 0) {
		line = str_trim(str_cut(rest, '\n', &rest));
		if (drawing_is_beside(line))
			continue;
		if (dr->ndrawn == ARROWS_MAX) {
			judge_say(dr->j, _("more than %d arrows"), ARROWS_MAX);
			return;
		}
		if (lesson_arrow_read(&dr->drawn[dr->ndrawn], line) == 0)
			dr->mate[dr->ndrawn++] = SIZE_MAX;
		else
			judge_say(dr->j,
			    _("“%.*s” is not an arrow; write “alice -> bob "
			      "INVITE”"),
			    (int)(line.n < 60 ? line.n : 60), line.p);
	}
}

/* ---- what the run sends ---- */

/* The arrow that record SEQ follows from: up its causes to a send that is
 * wanted. */
static size_t
drawing_find_cause(const struct drawing *dr, uint64_t seq)
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
		.cause = drawing_find_cause(dr, seq) };
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
drawing_read_wanted(lua_State *L, struct drawing *dr)
{
	LOCAL_BUF scratch = BUF_INIT;
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
		    (trace_class_of(s.proto) == TRACE_CLASS_SIP ||
			trace_arrow_of(s.proto, 0) == TRACE_ARROW_SIGNALLING))
			add_wanted(dr, w.seq, &s);
	}
}

/* ---- feedback ---- */

/* No other arrow is like E, so that one that is drawn is no other. */
static bool
is_unlike(const struct drawing *dr, const struct expected *e)
{
	size_t n = 0;

	for (size_t i = 0; i < dr->nwant; i++)
		n += strcmp(dr->want[i].what, e->what) == 0 &&
		     str_eq(dr->want[i].from, e->from) &&
		     str_eq(dr->want[i].to, e->to);
	return n == 1;
}

/* Tells as many arrows as the task says, which the student's number draws. */
static void
draw_given(lua_State *L, struct drawing *dr)
{
	const struct lesson_task *t = dr->j->task;
	size_t free[ARROWS_MAX], n = 0;
	char what[40];

	for (size_t i = 0; i < dr->nwant; i++)
		if (is_unlike(dr, &dr->want[i]))
			free[n++] = i;
	if (n < t->given || dr->nwant < t->given + 2)
		sandbox_error(L,
		    _("given: the run sends %zu messages; %zu of them can be "
		      "given, and at least two must be drawn"),
		    dr->nwant, n);
	for (; dr->ngiven < t->given; dr->ngiven++) {
		size_t k;

		snprintf(
		    what, sizeof(what), "given %u %zu", t->number, dr->ngiven);
		k = lesson_draw(dr->j->lesson, what) % n;
		dr->want[free[k]].given = true;
		free[k] = free[--n];
	}
}

static void
put_wanted_arrows(const struct drawing *dr, struct buf *out)
{
	bool given = dr->j->given;

	for (size_t i = 0; i < dr->nwant; i++) {
		const struct expected *e = &dr->want[i];

		if (given && !e->given && i > 0 && !dr->want[i - 1].given)
			continue;
		buf_puts(out, i > 0 ? "\n" : "");
		if (given && !e->given)
			buf_puts(out, GAP);
		else
			buf_printf(out, "%.*s -> %.*s %s", STR_ARG(e->from),
			    STR_ARG(e->to), e->what);
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
drawing_is_arrow(const struct drawing *dr, const struct lesson_arrow *a,
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
				    (pass == 1 && e->given) ||
				    (pass == 0 ? !drawing_is_arrow(
						     dr, &dr->drawn[i], e)
					       : !str_iis(dr->drawn[i].what,
						     e->what)))
					continue;
				e->drawn = i;
				e->misplaced = pass == 1;
				dr->mate[i] = k;
			}
}

/* The arrow before E in the run, between the same two nodes, that the student
 * has drawn after it; else its cause, if that is drawn after it. */
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

/* The rule behind the record, as a sentence more; of an arrow that is not drawn
 * as it is sent the section alone, since the sentence may tell its sender. */
static void
say_rule(struct drawing *dr, uint64_t seq, bool sentence)
{
	LOCAL_BUF place = BUF_INIT;
	const struct rule *r;
	struct trace_rec rec;

	trace_get(dr->t, seq, &rec);
	r = trace_rule_row(&rec);
	if (r != NULL)
		rule_put_place(r, &place);
	if (r != NULL && sentence)
		judge_say(dr->j, _("  %s (%s)"), i18n_text(r->text),
		    buf_cstr(&place));
	else if (r != NULL)
		judge_say(dr->j, _("  see %s"), buf_cstr(&place));
}

#define ARROW(e) STR_ARG((e)->from), STR_ARG((e)->to), (e)->what

/* The last arrow before I that is drawn where it belongs; SIZE_MAX: none. */
static size_t
find_drawn_before(const struct drawing *dr, size_t i)
{
	while (i-- > 0)
		if (dr->want[i].given ||
		    (dr->want[i].drawn != SIZE_MAX && !dr->want[i].misplaced))
			return i;
	return SIZE_MAX;
}

/* N arrows from I on are missing: behind which one, and where the rule behind
 * the first stands, but not which they are. */
static void
drawing_say_missing(struct drawing *dr, size_t i, unsigned n)
{
	size_t before = find_drawn_before(dr, i);

	if (before == SIZE_MAX)
		judge_say(dr->j, _("%u missing at the beginning"), n);
	else
		judge_say(dr->j, _("%u missing after %.*s → %.*s %s"), n,
		    ARROW(&dr->want[before]));
	say_rule(dr, dr->want[i].seq, false);
	if (before != SIZE_MAX)
		judge_show(dr->j, JUDGE_LAB, dr->want[before].seq);
}

/* A message of the run that is drawn; true: correctly. */
static bool
judge_wanted(struct drawing *dr, size_t i)
{
	const struct expected *e = &dr->want[i], *c;
	const struct lesson_arrow *a = &dr->drawn[e->drawn];

	if (e->misplaced) {
		judge_say(dr->j,
		    _("wrong place: %s is not sent from %.*s to %.*s"), e->what,
		    STR_ARG(a->from), STR_ARG(a->to));
		say_rule(dr, e->seq, false);
		return false;
	}
	c = find_overtaken(dr, i);
	if (c == NULL)
		return true;
	judge_say(dr->j,
	    _("wrong order: %.*s → %.*s %s comes after %.*s → %.*s %s"),
	    ARROW(e), ARROW(c));
	say_rule(dr, e->seq, true);
	judge_show(dr->j, JUDGE_LAB, e->seq);
	return false;
}

/* The arrows that the run sends; how many are drawn right. */
static unsigned
judge_all_wanted(struct drawing *dr)
{
	unsigned right = 0, missing = 0;

	for (size_t i = 0; i <= dr->nwant; i++) {
		bool gone = i < dr->nwant && !dr->want[i].given &&
			    dr->want[i].drawn == SIZE_MAX;

		if (!gone && missing > 0)
			drawing_say_missing(dr, i - missing, missing);
		missing = gone ? missing + 1 : 0;
		if (!gone && i < dr->nwant && dr->want[i].drawn != SIZE_MAX)
			right += judge_wanted(dr, i) && !dr->want[i].given;
	}
	return right;
}

static void
check_node_drawn(struct drawing *dr, struct str name)
{
	const struct trace_head *h = trace_head(dr->t);
	struct diag d = DIAG_INIT;

	for (size_t i = 0; i < h->nnodes; i++)
		if (is_node(dr->t, name, h->nodes[i].name))
			return;
	if (trace_check_node(dr->t, name, &d) != 0)
		judge_say(dr->j, "%s", d.text);
}

/* Says which words of the arrow A no run can have: nodes that there are not,
 * a method of no RFC that the run does not send. */
static void
check_drawn(struct drawing *dr, const struct lesson_arrow *a)
{
	uint32_t status;
	bool sent = str_u32(a->what, &status) == 0 ||
		    msg_method_find(a->what) != MSG_OTHER;

	check_node_drawn(dr, a->from);
	check_node_drawn(dr, a->to);
	for (size_t i = 0; !sent && i < dr->nwant; i++)
		sent = str_iis(a->what, dr->want[i].what);
	if (!sent)
		judge_say(dr->j, _("there is no method “%.*s”"),
		    STR_ARG(utf8_clip(a->what, 40)));
}

static void
judge_arrows(struct drawing *dr)
{
	unsigned right = judge_all_wanted(dr), extra = 0;

	for (size_t i = 0; i < dr->ndrawn; i++) {
		const struct lesson_arrow *a = &dr->drawn[i];

		check_drawn(dr, a);
		if (dr->mate[i] != SIZE_MAX)
			continue;
		extra++;
		judge_say(dr->j, _("too many: nobody sends %.*s → %.*s %.*s"),
		    STR_ARG(a->from), STR_ARG(a->to), STR_ARG(a->what));
	}
	judge_share(dr->j, right > extra ? right - extra : 0,
	    (unsigned)(dr->nwant - dr->ngiven));
	buf_printf(&dr->j->result->believed, _("%u of %zu arrows"), right,
	    dr->nwant - dr->ngiven);
}

void
judge_draw(lua_State *L, struct judging *j)
{
	struct drawing *dr = lua_newuserdatauv(L, sizeof(*dr), 0);

	memset(dr, 0, sizeof(*dr));
	dr->j = j;
	dr->t = j->lesson->traces[JUDGE_LAB];
	drawing_read_wanted(L, dr);
	if (dr->nwant == 0)
		sandbox_error(L, _("draw: the run sends no such message"));
	if (j->task->given > 0 && !lesson_is_shuffled(j->lesson))
		draw_given(L, dr);
	if (j->key != NULL) {
		put_wanted_arrows(dr, j->key);
		return;
	}
	read_drawn(dr);
	find_mates(dr);
	judge_arrows(dr);
}
