/*
 * A program under every fault that a search knows.  What it leaves broken where
 * rung's own node in its place does so too, under the same kind of fault upon
 * the same kind of message, is nobody's fault.
 */
#include "lesson/agent.h"

#include "base/err.h"
#include "jobs/program.h"
#include "search/report.h"
#include "trace/align.h"
#include "words/diff_text.h"

#include <string.h>

/* Of the two ladders side by side. */
#define LADDER_LINES 24
#define LADDER_WIDTH 72

/* Something is left broken, or what succeeded without faults does not. */
static bool
is_broken(const struct search_case *c)
{
	return c->done && (c->v.outcome == OUTCOME_BROKEN ||
			      c->v.outcome == OUTCOME_GIVEN_UP ||
			      c->v.outcome == OUTCOME_FAILED);
}

static bool
is_same_break(const struct verdict *a, const struct verdict *b)
{
	return a->outcome == b->outcome && a->invariant == b->invariant &&
	       a->goal == b->goal;
}

/* How many cases of S with the class of case I stand before it. */
static size_t
rank_of(const struct search *s, size_t i)
{
	size_t rank = 0;

	for (size_t k = 0; k < i; k++)
		rank += s->cases[k].class == s->cases[i].class;
	return rank;
}

static uint64_t
apart(int64_t a, int64_t b)
{
	return (uint64_t)(a > b ? a - b : b - a);
}

/* When the fault of C, a case of S, begins. */
static int64_t
begins_at(const struct search *s, const struct search_case *c)
{
	return c->fault.at_ns != 0
		   ? c->fault.at_ns
		   : trace_time_of(s->base.trace, c->fault.after);
}

/* A link is down from a time on: which record came before it says little. */
static bool
is_of_class(const struct search_case *a, const struct search_case *b)
{
	if (fault_rows[a->fault.kind].on != FAULT_ON_LINK)
		return a->class == b->class;
	return a->fault.kind == b->fault.kind && a->fault.on == b->fault.on;
}

/* The fault upon rung's own node that is to it what that of case I is to the
 * student's: of the same class the nearest, by what they last and when, then by
 * their places.  SIZE_MAX: there is none. */
static size_t
find_counterpart(const struct agent_trial *tr, size_t i)
{
	const struct search_case *c = &tr->s.cases[i];
	size_t best = SIZE_MAX, rank = rank_of(&tr->s, i), at = 0;
	uint64_t least = UINT64_MAX;

	for (size_t k = 0; tr->has_own && k < tr->own.ncases; k++) {
		const struct search_case *o = &tr->own.cases[k];
		uint64_t far;

		if (!is_of_class(o, c))
			continue;
		far = apart(o->fault.by_ns, c->fault.by_ns) +
		      apart(begins_at(&tr->own, o), begins_at(&tr->s, c)) +
		      apart((int64_t)at++, (int64_t)rank);
		if (far < least) {
			least = far;
			best = k;
		}
	}
	return best;
}

/* Case I is broken, and rung's own node is not, or otherwise. */
static bool
is_students_break(const struct agent_trial *tr, size_t i)
{
	const struct search_case *c = &tr->s.cases[i], *o;
	size_t k;

	if (!is_broken(c))
		return false;
	k = find_counterpart(tr, i);
	o = k != SIZE_MAX ? &tr->own.cases[k] : NULL;
	return o == NULL || !is_broken(o) || !is_same_break(&o->v, &c->v);
}

/* ---- what is broken already ---- */

static bool
has_finding(const struct findings *f, const struct finding *like)
{
	for (size_t i = 0; i < f->n; i++)
		if (f->list[i].what == like->what &&
		    f->list[i].goal == like->goal)
			return true;
	return false;
}

static void
put_invariant(const struct agent_trial *tr, enum invariant what, unsigned goal,
    struct buf *out)
{
	const struct invariant_row *row = &invariant_rows[what];
	const char *text =
	    goal == 0 ? NULL : lesson_goal_text(tr->j->lesson, goal - 1);

	buf_puts(out, text != NULL ? text : i18n_text(row->text));
	if (row->rfc != 0)
		buf_printf(out, _(" (RFC %u %s)"), row->rfc, row->section);
}

/* Without faults it sends far more than rung's own node does: says so. */
static bool
say_storm(struct agent_trial *tr)
{
	struct buf b = BUF_INIT;

	if (!tr->has_own ||
	    !traffic_is_storm(&tr->s.usual.traffic, &tr->own.usual.traffic))
		return false;
	put_invariant(tr, INVARIANT_STORM, 0, &b);
	judge_say(tr->j, _("  ✗ without any fault: %s"), buf_cstr(&b));
	buf_free(&b);
	return true;
}

/* The run without faults breaks what rung's own does not: says the first. */
static bool
say_broken_before(struct agent_trial *tr)
{
	const struct findings *f = &tr->s.usual.findings;
	struct buf b = BUF_INIT;
	size_t i = 0;

	while (i < f->n && tr->has_own &&
	       has_finding(&tr->own.usual.findings, &f->list[i]))
		i++;
	if (i == f->n)
		return false;
	put_invariant(tr, f->list[i].what, f->list[i].goal, &b);
	judge_say(tr->j, _("  ✗ without any fault: %s"), buf_cstr(&b));
	buf_free(&b);
	return true;
}

/* ---- the example ---- */

/* The broken case with the fewest messages. */
static size_t
find_example(const struct agent_trial *tr)
{
	size_t best = SIZE_MAX;

	for (size_t i = 0; i < tr->s.ncases; i++)
		if (is_students_break(tr, i) &&
		    (best == SIZE_MAX || tr->s.cases[i].v.messages <
					     tr->s.cases[best].v.messages))
			best = i;
	return best;
}

static void
say_lines(struct judging *j, struct str text)
{
	struct str line;

	for (int i = 0; text.n > 0 && i < LADDER_LINES; i++) {
		line = str_cut(text, '\n', &text);
		judge_say(j, "%.*s", STR_ARG(line));
	}
	if (text.n > 0)
		judge_say(j, "⋮");
}

/* The ladders of A and of B, rung's own, side by side. */
static int
say_ladders(struct agent_trial *tr, const struct trace *a,
    const struct trace *b, struct diag *d)
{
	struct align_options o = ALIGN_OPTIONS;
	const struct diff_text_options form = { .width = LADDER_WIDTH,
		.name_a = tr->a->program,
		.name_b = _("rung's own node") };
	struct align *al = NULL;
	struct buf text = BUF_INIT;
	int err;

	o.fields = false;
	err = align_create(&al, a, b, &o, d);
	if (err == 0)
		err = diff_text_write(al, &form, &text);
	if (err == 0)
		say_lines(tr->j, buf_view(&text));
	align_destroy(al);
	buf_free(&text);
	return err;
}

static int
show_ladders(struct agent_trial *tr, size_t example, struct diag *d)
{
	struct attempt a, b = { .trace = NULL };
	size_t like = find_counterpart(tr, example);
	int err = search_attempt(&tr->s, example, &a, d);

	if (err == 0 && like != SIZE_MAX)
		err = search_attempt(&tr->own, like, &b, d);
	if (err == 0 && tr->has_own)
		err = say_ladders(tr, a.trace,
		    b.trace != NULL ? b.trace : tr->own.base.trace, d);
	attempt_free(&a);
	attempt_free(&b);
	return err;
}

static int
say_example(struct agent_trial *tr, size_t example, struct diag *d)
{
	const struct search_case *c = &tr->s.cases[example];
	const char *work = tr->j->lesson->copy;
	struct buf b = BUF_INIT;
	int err = 0;

	buf_puts(&b, "  ");
	if (c->v.outcome == OUTCOME_BROKEN)
		put_invariant(tr, c->v.invariant, c->v.goal, &b);
	else
		buf_puts(&b, outcome_text(c->v.outcome));
	buf_puts(&b, "\n    rung play ");
	shell_put_word(&b, work != NULL ? work : "WORK");
	err = search_put_acts(&tr->s, example, " --act ", &b, d);
	judge_say(tr->j, "%s", buf_cstr(&b));
	buf_free(&b);
	return err == 0 ? show_ladders(tr, example, d) : err;
}

/* ---- the kinds ---- */

static bool
say_kind(struct agent_trial *tr, unsigned kind)
{
	const char *word = fault_rows[kind].word;
	unsigned n = 0, broken = 0, alike = 0;

	for (size_t i = 0; i < tr->s.ncases; i++) {
		const struct search_case *c = &tr->s.cases[i];

		if (c->fault.kind != kind || !c->done)
			continue;
		n++;
		broken += is_students_break(tr, i);
		alike += is_broken(c) && !is_students_break(tr, i);
	}
	if (n == 0)
		judge_say(tr->j, _("  ✗ %s: no such fault was tried"), word);
	else if (broken == 0)
		judge_say(
		    tr->j, _("  ✓ %s: %u faults survived"), word, n - alike);
	else
		judge_say(tr->j,
		    _("  ✗ %s: %u of %u faults leave something broken"), word,
		    broken, n);
	if (alike > 0)
		judge_say(tr->j,
		    _("    %u break with rung's own node as well, and count "
		      "for nothing"),
		    alike);
	return broken == 0 && n > 0;
}

/* Its cases are to be known; those are run that are asked for. */
static int
begin_own(struct agent_trial *tr, struct diag *d)
{
	struct search_options o = tr->s.o;
	int err;

	if ((tr->a->nlike == 0 && tr->in.processes == NULL) || tr->has_own)
		return 0;
	o.runs = 1;
	err = search_begin(&tr->own, &tr->like, &o, d);
	tr->has_own = err == 0;
	return err;
}

/* Rung's own node is asked where the student's leaves something broken, of
 * these faults alone. */
static int
ask_own(struct agent_trial *tr, struct diag *d)
{
	int err = 0;

	for (size_t i = 0; err == 0 && i < tr->s.ncases; i++) {
		struct search_case *c;
		size_t k;

		if (!is_broken(&tr->s.cases[i]))
			continue;
		err = begin_own(tr, d);
		if (err == 0 && tr->has_own && tr->own.ncases == 0)
			err = search_go(&tr->own, d);
		k = err == 0 ? find_counterpart(tr, i) : SIZE_MAX;
		if (k == SIZE_MAX)
			continue;
		c = &tr->own.cases[k];
		if (!c->done)
			err = search_judge_case(&tr->own, k, &c->v);
		c->done = err == 0;
	}
	return err;
}

int
agent_judge_survives(
    struct agent_trial *tr, unsigned *right, unsigned *of, struct diag *d)
{
	size_t example;
	int err = 0;

	for (unsigned k = 0; k < FAULT_KIND_COUNT; k++)
		*of += tr->a->kinds >> k & 1;
	err = begin_own(tr, d);
	if (err != 0 || say_broken_before(tr) || say_storm(tr))
		return err;
	/* What floods with faults is told by what rung's own node sends. */
	if (tr->has_own)
		tr->s.usual.traffic = tr->own.usual.traffic;
	err = search_go(&tr->s, d);
	if (err == 0)
		err = ask_own(tr, d);
	if (err == 0 && tr->s.cut) {
		judge_say(tr->j, "  ✗ %s", _("far too many messages"));
		return 0;
	}
	for (unsigned k = 0; err == 0 && k < FAULT_KIND_COUNT; k++)
		if (tr->a->kinds >> k & 1)
			*right += say_kind(tr, k);
	example = err == 0 ? find_example(tr) : SIZE_MAX;
	return example != SIZE_MAX ? say_example(tr, example, d) : err;
}
