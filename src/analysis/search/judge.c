/* Verdicts. */
#include "search/holes.h"

#include "base/array.h"
#include "base/err.h"
#include "base/mem.h"

#include <stdio.h>
#include <string.h>

const char *
outcome_word(enum search_outcome o)
{
	static const char *const words[] = {
#define X(id, word, text) word,
		SEARCH_OUTCOMES(X)
#undef X
	};

	return words[o];
}

const char *
outcome_text(enum search_outcome o)
{
	static const char *const texts[] = {
#define X(id, word, text) text,
		SEARCH_OUTCOMES(X)
#undef X
	};

	return i18n_text(texts[o]);
}

static const char *
word_of_outcome(unsigned i)
{
	return i < SEARCH_OUTCOME_COUNT ? outcome_word((enum search_outcome)i)
					: NULL;
}

static const char *
word_of_invariant(unsigned i)
{
	return i < INVARIANT_COUNT ? invariant_rows[i].word : NULL;
}

static const char *
word_of_attempt(unsigned i)
{
	return i < MEASURE_KIND_COUNT ? measure_method(i) : NULL;
}

static const char *
word_of_hole(unsigned i)
{
	if (i == HOLE_NONE)
		return "none";
	return i < HOLE_COUNT ? hole_rows[i].word : NULL;
}

const struct field verdict_fields[] = {
	FIELD(struct verdict, outcome, WORD, "what became of the run",
	    .flags = FIELD_NEEDED, .word = word_of_outcome),
	FIELD(struct verdict, invariant, WORD,
	    "which invariant is broken, where one is",
	    .word = word_of_invariant),
	FIELD(struct verdict, node, NUMBER, "who gave up, where it is broken"),
	FIELD(struct verdict, goal, NUMBER,
	    "the lab's goal that is broken or has failed, from 1",
	    .flags = FIELD_ANY, .most = JUDGE_GOALS_MAX),
	FIELD(struct verdict, hole, WORD,
	    "the row of the hole that it fell into", .flags = FIELD_ANY,
	    .word = word_of_hole),
	FIELD(struct verdict, attempt, WORD,
	    "what was given up, where it is no call", .flags = FIELD_ANY,
	    .word = word_of_attempt),
	ANY_FIELD(struct verdict, status, NUMBER,
	    "of what was given up the final status; 0: none came"),
	ANY_FIELD(struct verdict, timer, CHARS,
	    "the machine and the timer that mended it"),
	ANY_FIELD(struct verdict, crash, CHARS,
	    "of a run that failed: how it ended its process"),
	FIELD_AS("later", struct verdict, later_ns, NUMBER,
	    "ns later than without faults, at most", .flags = FIELD_ANY),
	ANY_FIELD(struct verdict, record, NUMBER, "which shows it"),
	FIELD(struct verdict, messages, NUMBER, "that were sent"),
	FIELD(struct verdict, print, HASH,
	    "of all that was done: equal ones are the same ladder"),
	FIELD(struct verdict, whole, HASH,
	    "the same with all that came: equal ones have the same future"),
	FIELDS_END,
};

/* ---- what was done, as a number ---- */

/* What tells records of a kind apart. */
static const struct str told_by[] = { STR_INIT("machine"), STR_INIT("id"),
	STR_INIT("state"), STR_INIT("to"), STR_INIT("op"), STR_INIT("name"),
	STR_INIT("start"), STR_INIT("branch"), STR_INIT("cseq"),
	STR_INIT("dst"), STR_INIT("contact") };

static bool
is_done(enum trace_kind kind)
{
	return kind == TRACE_FSM || kind == TRACE_DIALOG ||
	       kind == TRACE_CALL || kind == TRACE_SEND ||
	       kind == TRACE_TIMER || kind == TRACE_BINDING;
}

/* Record SEQ of T as a number. */
static uint64_t
hash_record(const struct trace *t, uint64_t seq)
{
	struct json_value values[COUNT_OF(told_by)];
	uint64_t h =
	    str_hash_number(STR_HASH_START, (uint64_t)trace_time_of(t, seq));

	h = str_hash_number(h, trace_node_of(t, seq));
	h = str_hash_number(h, trace_kind_of(t, seq));
	trace_members_of(t, seq, told_by, COUNT_OF(told_by), values);
	for (size_t i = 0; i < COUNT_OF(told_by); i++)
		h = str_hash_add(h, values[i].raw);
	return str_hash_end(h);
}

/* 0 or ERR_NOMEM. */
static int
print_trace(struct judged *j)
{
	uint64_t print = STR_HASH_START, whole = STR_HASH_START;
	/* Of each record that was hashed: a message is again when it comes. */
	uint64_t *known = mem_zalloc(trace_count(j->t) + 1, sizeof(*known));

	if (known == NULL)
		return ERR_NOMEM;
	for (uint64_t seq = 1; seq <= trace_count(j->t); seq++) {
		enum trace_kind kind = trace_kind_of(j->t, seq);
		struct trace_rec rec;
		uint64_t of = 0;

		if (!is_done(kind) && kind != TRACE_RECV && kind != TRACE_ACT)
			continue;
		if (kind == TRACE_RECV) {
			trace_get(j->t, seq, &rec);
			of = trace_send_of(j->t, &rec);
		}
		known[seq] = of != 0 ? known[of] : hash_record(j->t, seq);
		if (is_done(kind))
			print = str_hash_number(print, known[seq]);
		if (of != 0)
			whole = str_hash_number(
			    whole, (uint64_t)trace_time_of(j->t, seq));
		whole = str_hash_number(whole, known[seq]);
	}
	mem_free(known);
	j->print = str_hash_end(print);
	j->whole = str_hash_end(whole);
	return 0;
}

/* ---- timers ---- */

static bool
next_fired(const struct trace *t, uint64_t *seq, struct judge_fired *f)
{
	struct trace_rec rec;

	while (++*seq <= trace_count(t)) {
		if (trace_kind_of(t, *seq) != TRACE_TIMER)
			continue;
		trace_get(t, *seq, &rec);
		if (!str_is(trace_member(&rec, "op").raw, "\"fire\""))
			continue;
		*f = (struct judge_fired){ .node = trace_node_of(t, *seq),
			.machine = trace_member(&rec, "machine"),
			.name = trace_member(&rec, "name") };
		return true;
	}
	return false;
}

/* The one of LIST that is F's timer; NULL: none is. */
static struct judge_fired *
judge_find_like(const struct judge_fireds *list, const struct judge_fired *f)
{
	for (size_t i = 0; i < list->n; i++)
		if (list->list[i].node == f->node &&
		    str_eq(list->list[i].machine.raw, f->machine.raw) &&
		    str_eq(list->list[i].name.raw, f->name.raw))
			return &list->list[i];
	return NULL;
}

/* F has fired once more: so often by now, or 0: memory is out. */
static size_t
count_fired(struct judge_fireds *list, const struct judge_fired *f)
{
	struct judge_fired *like = judge_find_like(list, f);

	if (like != NULL)
		return ++like->times;
	if (ARRAY_ROOM(&list->list, &list->cap, list->n + 1) != 0)
		return 0;
	list->list[list->n] = *f;
	list->list[list->n++].times = 1;
	return 1;
}

static int
find_fired(struct judged *j)
{
	struct judge_fired f;
	uint64_t seq = 0;

	while (next_fired(j->t, &seq, &f))
		if (count_fired(&j->fired, &f) == 0)
			return ERR_NOMEM;
	return 0;
}

/* ---- one run ---- */

int
judged_make(
    struct judged *j, const struct trace *t, const struct traffic *usual)
{
	int err;

	memset(j, 0, sizeof(*j));
	j->t = t;
	traffic_count(&j->traffic, t);
	err = state_at_create(&j->state);
	if (err == 0)
		err = state_at_advance(j->state, t, trace_count(t));
	if (err == 0)
		err = measures_create(&j->measures);
	if (err == 0)
		while (measures_extend(j->measures, t, UINT64_MAX))
			;
	if (err == 0)
		err = measures_error(j->measures);
	if (err == 0)
		err = invariants_check(t, j->state, &j->traffic,
		    usual != NULL ? usual : &j->traffic, &j->findings);
	if (err == 0 && usual == NULL)
		err = find_fired(j);
	if (err == 0)
		err = print_trace(j);
	return err;
}

void
judged_free(struct judged *j)
{
	state_at_destroy(j->state);
	measures_destroy(j->measures);
	findings_free(&j->findings);
	mem_free(j->fired.list);
	memset(j, 0, sizeof(*j));
}

int
judged_ask(struct judged *j, const struct judge_goals *g, unsigned *failed,
    struct diag *d)
{
	struct findings *f = &j->findings;
	bool holds[JUDGE_GOALS_MAX] = { false };
	uint64_t records[JUDGE_GOALS_MAX] = { 0 };
	size_t at = 0;
	int err = g == NULL ? 0 : g->ask(g->arg, j->t, holds, records, &at, d);

	*failed = err != 0 ? (unsigned)at + 1 : 0;
	for (size_t i = 0; err == 0 && g != NULL && i < g->n; i++) {
		if (holds[i])
			continue;
		if (ARRAY_ROOM(&f->list, &f->cap, f->n + 1) != 0)
			return ERR_NOMEM;
		f->list[f->n++] = (struct finding){ .what = INVARIANT_GOAL,
			.node = TRACE_NO_NODE,
			.record = records[i],
			.goal = (unsigned)i + 1 };
	}
	return err;
}

/* ---- two of them ---- */

static size_t
count_findings(const struct findings *f, const struct finding *like)
{
	size_t n = 0;

	for (size_t i = 0; i < f->n; i++)
		n += f->list[i].what == like->what &&
		     f->list[i].node == like->node &&
		     f->list[i].goal == like->goal;
	return n;
}

/* The first thing that is broken now, and was not. */
static const struct finding *
new_finding(const struct judged *usual, const struct judged *now)
{
	const struct findings *f = &now->findings;

	for (size_t i = 0; i < f->n; i++)
		if (count_findings(f, &f->list[i]) >
		    count_findings(&usual->findings, &f->list[i]))
			return &f->list[i];
	return NULL;
}

static bool
is_like(const struct measure *a, const struct measure *b)
{
	return a->kind == b->kind && a->node == b->node;
}

/* The attempt of M that is to it what the one at AT is to its own run: the
 * as-many-th of its kind and node that has SUCCEEDED; NULL: there is none. */
static const struct measure *
counterpart(
    const struct measures *m, const struct measures *own, size_t at, bool good)
{
	const struct measure *like = measures_get(own, at);
	size_t before = 0;

	for (size_t i = 0; i < at; i++)
		before += is_like(measures_get(own, i), like) &&
			  measure_succeeded(measures_get(own, i));
	for (size_t i = 0; i < measures_count(m); i++) {
		const struct measure *a = measures_get(m, i);

		if (is_like(a, like) && measure_succeeded(a) == good &&
		    before-- == 0)
			return a;
	}
	return NULL;
}

/* The last attempt like A that has not succeeded. */
static const struct measure *
last_failure(const struct measures *m, const struct measure *like)
{
	const struct measure *last = NULL;

	for (size_t i = 0; i < measures_count(m); i++) {
		const struct measure *a = measures_get(m, i);

		if (is_like(a, like) && !measure_succeeded(a))
			last = a;
	}
	return last;
}

/* An attempt that succeeded without faults, and does not now. */
static bool
find_given_up(
    const struct judged *usual, const struct judged *now, struct verdict *v)
{
	for (size_t i = 0; i < measures_count(usual->measures); i++) {
		const struct measure *a = measures_get(usual->measures, i);
		const struct measure *b, *failed;

		if (!measure_succeeded(a))
			continue;
		b = counterpart(now->measures, usual->measures, i, true);
		if (b == NULL) {
			failed = last_failure(now->measures, a);
			v->node = a->node;
			v->attempt = a->kind;
			v->status = failed != NULL ? failed->status : 0;
			v->record = failed != NULL ? failed->ended : 0;
			v->outcome = OUTCOME_GIVEN_UP;
			return true;
		}
		if (b->t_ended - a->t_ended > v->later_ns)
			v->later_ns = b->t_ended - a->t_ended;
	}
	return false;
}

/* Something is sent because of record SEQ, at once. */
static bool
judge_sends(const struct trace *t, uint64_t seq)
{
	for (uint64_t i = seq + 1; i <= trace_count(t) &&
				   trace_time_of(t, i) == trace_time_of(t, seq);
	     i++) {
		uint64_t cause = i;

		if (trace_kind_of(t, i) != TRACE_SEND)
			continue;
		while (cause > seq)
			cause = trace_cause_of(t, cause);
		if (cause == seq)
			return true;
	}
	return false;
}

/* A word's text; "": there is none. */
static struct str
word_of(struct json_value v)
{
	return v.raw.n < 2 ? STR("") : (struct str){ v.raw.p + 1, v.raw.n - 2 };
}

/* The first timer that fired more often than without faults and had something
 * sent. */
static int
judge_find_timer(
    const struct judged *usual, const struct judged *now, struct verdict *v)
{
	struct judge_fireds list = { .n = 0 };
	struct judge_fired f;
	uint64_t seq = 0;
	int err = 0;

	while (err == 0 && v->record == 0 && next_fired(now->t, &seq, &f)) {
		const struct judge_fired *like =
		    judge_find_like(&usual->fired, &f);
		size_t times = count_fired(&list, &f);
		struct str machine = word_of(f.machine), name = word_of(f.name);

		err = times == 0 ? ERR_NOMEM : 0;
		if (times <= (like != NULL ? like->times : 0) ||
		    !judge_sends(now->t, seq))
			continue;
		snprintf(v->timer, sizeof(v->timer), "%.*s%s%.*s",
		    (int)machine.n, machine.p, machine.n > 0 ? " " : "",
		    (int)name.n, name.p);
		v->record = seq;
	}
	mem_free(list.list);
	return err;
}

int
judge_compare_runs(
    const struct judged *usual, const struct judged *now, struct verdict *v)
{
	const struct finding *f = new_finding(usual, now);
	int err;

	memset(v, 0, sizeof(*v));
	v->node = TRACE_NO_NODE;
	v->messages = now->traffic.sends;
	v->print = now->print;
	v->whole = now->whole;
	if (f != NULL) {
		v->outcome = OUTCOME_BROKEN;
		v->invariant = f->what;
		v->record = f->record;
		v->node = f->node;
		v->goal = f->goal;
		return 0;
	}
	if (now->print == usual->print) {
		v->outcome = OUTCOME_SAME;
		return 0;
	}
	if (find_given_up(usual, now, v))
		return 0;
	err = judge_find_timer(usual, now, v);
	v->outcome = v->timer[0] != '\0' ? OUTCOME_MENDED : OUTCOME_ABSORBED;
	return err;
}
