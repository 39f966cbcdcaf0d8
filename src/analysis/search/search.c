/*
 * Which cases there are, level by level, which are run, in which order, and
 * how one is judged.
 */
#include "search/search.h"

#include <string.h>

#include "base/array.h"
#include "base/err.h"
#include "base/map.h"
#include "base/mem.h"
#include "base/progress.h"
#include "search/case_order.h"
#include "search/holes.h"

/* A run with faults has at most so many times the records of the one without,
 * and this many more. */
/* Calls that are given up, the first ones of a run. */
#define CALLS_MOST    16
#define RECORDS_TIMES 30
#define RECORDS_MORE  20000

/* A caller may give up, or hang up, at any step. */
static int
search_take_calls(struct search *s)
{
	static const char *const ends[] = { "cancel", "bye" };
	const struct trace *t = s->base.trace;
	struct buf id = BUF_INIT, scratch = BUF_INIT;
	struct trace_rec rec;
	int err = 0;

	for (uint64_t seq = 0;
	     err == 0 && trace_next(t, TRACE_CALL, &seq, &rec);) {
		if (!str_is(trace_str(&rec, "state", &scratch), "calling") ||
		    !str_is(trace_str(&rec, "from", &scratch), "idle") ||
		    s->tried.nacts >= CALLS_MOST * 2)
			continue;
		buf_clear(&id);
		buf_str(&id, trace_str(&rec, "id", &scratch));
		for (size_t i = 0; err == 0 && i < 2; i++)
			err = inputs_put_act(
			    &s->tried, 1, 0, buf_cstr(&id), ends[i], NULL, 0);
	}
	buf_end(&id, &err);
	buf_end(&scratch, &err);
	return err;
}

/* The acts tried: abandoned calls first, then the requested acts. */
static int
take_tried(struct search *s)
{
	const struct inputs *given = s->o.wish.tried;
	int err =
	    (s->o.wish.kinds & 1u << FAULT_ACT) != 0 ? search_take_calls(s) : 0;

	s->o.wish.given_up = s->tried.nacts;
	for (size_t i = 0; err == 0 && given != NULL && i < given->nacts; i++) {
		const struct input_act *a = &given->acts[i];

		err = inputs_put_act(
		    &s->tried, 1, 0, a->on, a->verb, a->args, a->nargs);
	}
	s->o.wish.tried = &s->tried;
	return err;
}

int
search_begin(struct search *s, const struct inputs *in,
    const struct search_options *o, struct diag *d)
{
	unsigned failed;
	char most[32];
	int err;

	memset(s, 0, sizeof(*s));
	s->in = in;
	s->o = *o;
	err = attempt_make(
	    &s->base, in, NULL, NULL, NULL, 0, RECORDS_TIMES * RECORDS_MORE, d);
	if (err == 0 && s->base.endless)
		return diag_set(d, ERR_LIMIT, NULL, 0,
		    _("without a fault, the run has more than %s records; "
		      "give it a shorter duration"),
		    str_grouped(RECORDS_TIMES * RECORDS_MORE, most));
	if (err == 0)
		err = take_tried(s);
	if (err == 0)
		err = judged_make(&s->usual, s->base.trace, NULL);
	if (err == 0)
		err = judged_ask(&s->usual, o->goals, &failed, d);
	if (err == 0)
		s->max_records =
		    RECORDS_TIMES * trace_count(s->base.trace) + RECORDS_MORE;
	return diag_fail(d, err);
}

static void
add_method(struct buf *list, struct str method)
{
	struct str rest = buf_view(list);

	while (rest.n > 0)
		if (str_eq(str_trim(str_cut(rest, ',', &rest)), method))
			return;
	if (list->n > 0)
		buf_puts(list, ", ");
	buf_str(list, method);
}

int
search_check_method(const struct search *s, struct diag *d)
{
	const char *method = s->o.wish.method;
	const struct trace *t = s->base.trace;
	LOCAL_BUF list = BUF_INIT, scratch = BUF_INIT;
	bool there = method[0] == '\0';
	struct trace_rec rec;

	for (uint64_t seq = 0;
	     !there && trace_next(t, TRACE_SEND, &seq, &rec);) {
		struct trace_send send;

		if (trace_get_send_parts(
			&rec, TRACE_SEND_CSEQ, &send, &scratch) != 0 ||
		    send.cseq_method.n == 0)
			continue;
		there = str_is(send.cseq_method, method);
		add_method(&list, send.cseq_method);
	}
	if (!there) {
		diag_set(d, ERR_NOTFOUND, NULL, 0,
		    _("the run has no message of “%s”; it has: %s"), method,
		    list.n > 0 ? buf_cstr(&list) : "–");
		diag_near(d, ERR_NOTFOUND, str_of(method), buf_cstr(&list));
	}
	return there ? 0 : d->err;
}

void
search_free(struct search *s)
{
	judged_free(&s->usual);
	attempt_free(&s->base);
	inputs_free(&s->tried);
	mem_free(s->cases);
	memset(s, 0, sizeof(*s));
}

size_t
search_faults(
    const struct search *s, size_t i, struct found_fault faults[ATTEMPT_FAULTS])
{
	size_t n = 0;

	for (uint32_t at = (uint32_t)i; at != SEARCH_NONE;
	     at = s->cases[at].parent)
		n++;
	for (size_t k = n; k > 0; k--) {
		faults[k - 1] = s->cases[i].fault;
		i = s->cases[i].parent;
	}
	return n;
}

int
search_attempt(
    const struct search *s, size_t i, struct attempt *a, struct diag *d)
{
	struct found_fault faults[ATTEMPT_FAULTS];
	size_t n = search_faults(s, i, faults);

	/* Those of the run without faults have all texts that they name. */
	return attempt_make(a, &s->base.in, trace_head(s->base.trace),
	    &s->tried, faults, n, s->max_records, d);
}

/* ---- the cases of a level ---- */

/* The trace of case PARENT, or that without faults; A is to be freed. */
static int
trace_of(const struct search *s, uint32_t parent, struct attempt *a,
    const struct trace **t, uint64_t *after, struct diag *d)
{
	int err = 0;

	memset(a, 0, sizeof(*a));
	*t = s->base.trace;
	*after = 0;
	if (parent == SEARCH_NONE)
		return 0;
	err = search_attempt(s, parent, a, d);
	*t = a->trace;
	*after = s->cases[parent].fault.after;
	return err;
}

static int
add_case(struct search *s, uint32_t parent, const struct candidate *c,
    uint64_t class)
{
	struct search_case *k;

	if (s->ncases >= SEARCH_CASES_MAX) {
		s->full = true;
		return 0;
	}
	if (ARRAY_ROOM(&s->cases, &s->cases_cap, s->ncases + 1) != 0)
		return ERR_NOMEM;
	k = &s->cases[s->ncases++];
	memset(k, 0, sizeof(*k));
	k->parent = parent;
	k->like = SEARCH_NONE;
	k->fault = c->fault;
	k->class = class;
	if (c->idle && !s->o.all)
		k->spared = SPARED_IDLE;
	return 0;
}

static int
add_children(struct search *s, uint32_t parent, struct diag *d)
{
	const struct trace *t;
	LOCAL(candidates_free) struct candidates c = { .n = 0 };
	LOCAL_BUF scratch = BUF_INIT;
	LOCAL(attempt_free) struct attempt a;
	uint64_t after, before;
	size_t first;
	int err = trace_of(s, parent, &a, &t, &after, d);

	if (err == 0)
		err = candidates_find(&c, t, after, &s->o.wish);
	first = s->ncases;
	before = parent == SEARCH_NONE ? 0 : s->cases[parent].class;
	for (size_t i = 0; err == 0 && i < c.n; i++)
		err = add_case(s, parent, &c.list[i],
		    fault_order_class(t, &c.list[i].fault, before, &scratch));
	if (err == 0)
		err = scratch.err;
	if (parent != SEARCH_NONE) {
		s->cases[parent].first = (uint32_t)first;
		s->cases[parent].children = (uint32_t)(s->ncases - first);
	}
	return err;
}

/* What touches nothing has the verdict of its parent. */
static void
settle_idle(struct search *s, size_t from)
{
	for (size_t i = from; i < s->ncases; i++) {
		struct search_case *c = &s->cases[i];

		if (c->spared != SPARED_IDLE)
			continue;
		c->done = true;
		c->like = c->parent == SEARCH_NONE ? SEARCH_BASE : c->parent;
		if (c->parent != SEARCH_NONE)
			c->v = s->cases[c->parent].v;
		else
			c->v = (struct verdict){ .outcome = OUTCOME_SAME,
				.node = TRACE_NO_NODE,
				.messages = s->usual.traffic.sends,
				.print = s->usual.print,
				.whole = s->usual.whole };
	}
}

/* F befalls the message that record SEQ sends, or the node behind the event of
 * that record. */
static bool
search_is_at(const struct trace *t, const struct found_fault *f, uint64_t seq)
{
	if (f->after == seq)
		return true;
	return f->kind == FAULT_CRASH && f->after <= trace_count(t) &&
	       f->on == trace_node_of(t, seq) &&
	       trace_time_of(t, f->after) == trace_time_of(t, seq);
}

int
search_take(struct search *s, uint64_t seq)
{
	struct candidates c;
	int err;

	memset(&c, 0, sizeof(c));
	s->ncases = 0;
	if (seq == 0 || seq > trace_count(s->base.trace))
		return 0;
	err = candidates_find(&c, s->base.trace, 0, &s->o.wish);
	for (size_t i = 0; err == 0 && i < c.n; i++)
		if (search_is_at(s->base.trace, &c.list[i].fault, seq))
			err = add_case(s, SEARCH_NONE, &c.list[i], 0);
	candidates_free(&c);
	settle_idle(s, 0);
	return err;
}

/* ---- equal cases ---- */

/* The cases of AT, which may be the run without faults. */
static void
children_of(const struct search *s, uint32_t at, uint32_t *first, uint32_t *n)
{
	*first = at == SEARCH_BASE ? 0 : s->cases[at].first;
	*n = at == SEARCH_BASE ? (uint32_t)s->level[1] : s->cases[at].children;
}

static bool
is_same_fault(const struct found_fault *a, const struct found_fault *b)
{
	return a->kind == b->kind && a->by_ns == b->by_ns &&
	       a->at_ns == b->at_ns && a->on == b->on;
}

/* P's run is another's: from where its own faults are over, what may befall the
 * one may befall the other.  So its cases, which stand at the end, are the
 * last ones of the other's; where they are not, they are run. */
static void
spare_equal(struct search *s, const struct search_case *p)
{
	uint32_t first, n;

	children_of(s, p->like, &first, &n);
	for (uint32_t i = 0; i < p->children; i++) {
		struct search_case *c = &s->cases[p->first + i];
		uint32_t like = first + n - p->children + i;

		if (n < p->children || c->spared != SPARED_RUN ||
		    !is_same_fault(&c->fault, &s->cases[like].fault))
			continue;
		c->spared = SPARED_EQUAL;
		c->like = like;
	}
}

/* Those from FROM on that are equal to another have its verdict by now. */
static void
settle_equal(struct search *s, size_t from)
{
	for (size_t i = from; i < s->ncases; i++) {
		struct search_case *c = &s->cases[i];

		if (c->spared != SPARED_EQUAL)
			continue;
		c->v = s->cases[c->like].v;
		c->done = s->cases[c->like].done;
	}
}

/* Which runs from FROM on are equal to one before, by PRINTS. */
static int
find_equal(struct search *s, struct map *prints, size_t from)
{
	for (size_t i = from; i < s->ncases; i++) {
		struct search_case *c = &s->cases[i];
		struct str key = { (const char *)&c->v.whole,
			sizeof(c->v.whole) };
		const struct search_case *first;

		if (!c->done || c->spared != SPARED_RUN ||
		    c->v.outcome == OUTCOME_FAILED)
			continue;
		first = map_get(prints, key);
		if (c->v.whole == s->usual.whole)
			c->like = SEARCH_BASE;
		else if (first != NULL)
			c->like = (uint32_t)(first - s->cases);
		else if (map_put(prints, key, c) != 0)
			return ERR_NOMEM;
	}
	return 0;
}

/* ---- levels ---- */

/* Larger cases than C are not looked at: it is broken already, or can't be. */
static bool
is_barren(const struct search_case *c)
{
	return !c->done || c->spared != SPARED_RUN ||
	       c->v.outcome == OUTCOME_BROKEN ||
	       c->v.outcome == OUTCOME_FAILED ||
	       c->v.outcome == OUTCOME_IMPOSSIBLE;
}

static int
add_case_level(struct search *s, size_t to, struct diag *d)
{
	int err = s->ncases == 0 ? add_children(s, SEARCH_NONE, d) : 0;

	for (; err == 0 && s->grown < to && !s->full && search_look(s) == 0;
	     s->grown++) {
		const struct search_case *c = &s->cases[s->grown];

		if (is_barren(c))
			continue;
		err = add_children(s, (uint32_t)s->grown, d);
		c = &s->cases[s->grown];
		if (err == 0 && c->like != SEARCH_NONE && !s->o.all)
			spare_equal(s, c);
	}
	return err;
}

static int
run_here(struct search *s, const uint32_t *order, size_t n, struct diag *d)
{
	int err = 0;

	for (size_t i = 0; err == 0 && i < n; i++) {
		struct search_case *c = &s->cases[order[i]];

		if (!search_is_to_run(s, order[i]))
			continue;
		if (search_look(s) != 0)
			break;
		err = search_judge_case(s, order[i], &c->v);
		if (err == 0)
			err = search_case_found(s, order[i], d);
	}
	return err;
}

/* The place in ORDER behind the last that may be run, of N. */
static size_t
bounded_end(struct search *s, const uint32_t *order, size_t n)
{
	uint64_t runs = s->runs;
	size_t i = 0;

	while (i < n && (s->o.runs == 0 || runs < s->o.runs))
		runs += search_is_to_run(s, order[i++]);
	s->stopped = s->stopped || i < n;
	return i;
}

/* The cases of ORDER, with N, in S's part.  Returns their number. */
static size_t
search_take_part(struct search *s, uint32_t *order, size_t n)
{
	bool divided = s->o.parts > 1 && s->now == s->o.faults;
	uint64_t runs = 0;
	size_t kept = 0;

	for (size_t i = 0; i < n; i++) {
		if (divided && i % s->o.parts != s->o.part - 1)
			continue;
		runs += search_is_to_run(s, order[i]);
		order[kept++] = order[i];
	}
	s->runs_known = s->runs + runs;
	if (s->o.level != NULL)
		s->o.level(s->o.arg, runs);
	return kept;
}

/* Those of the N cases ORDER whose verdicts are known need no run. */
static void
take_known(struct search *s, const uint32_t *order, size_t n)
{
	for (size_t i = 0; s->o.known != NULL && i < n; i++) {
		struct search_case *c = &s->cases[order[i]];

		if (!search_is_to_run(s, order[i]) ||
		    !s->o.known(s->o.arg, s, order[i], &c->v))
			continue;
		c->done = true;
		s->runs++;
	}
}

/* Runs the cases from FROM to the last, as far as S may. */
static int
search_run_cases(struct search *s, size_t from, struct diag *d)
{
	LOCAL_MEM uint32_t *order = NULL;
	size_t n;
	int err = search_order_cases(s, from, &order);

	if (err != 0)
		return err;
	/* Each part makes its share of those within the bound. */
	n = search_take_part(s, order, bounded_end(s, order, s->ncases - from));
	take_known(s, order, n);
	return s->o.run != NULL ? s->o.run(s, order, n, d)
				: run_here(s, order, n, d);
}

/* Runs level S->now, or the rest of it. */
static int
go_level(struct search *s, struct diag *d)
{
	size_t begin = s->level[s->now - 1];
	int err = add_case_level(s, begin, d);
	struct map *prints = NULL;

	s->level[s->now] = s->ncases;
	if (err != 0)
		return err;
	settle_idle(s, begin);
	err = s->cut ? 0 : search_run_cases(s, begin, d);
	if (err != 0)
		return err;
	settle_equal(s, begin);
	err = map_create(&prints);
	if (err == 0)
		err = find_equal(s, prints, begin);
	map_destroy(prints);
	return err;
}

int
search_go(struct search *s, struct diag *d)
{
	int err;

	s->now = s->now > 0 ? s->now : 1;
	s->cut = s->stopped = false;
	err = go_level(s, d);
	while (err == 0 && s->now < s->o.faults && !s->stopped) {
		s->now++;
		err = go_level(s, d);
	}
	return diag_fail(d, err);
}

/* ---- the runs of a level: which cases are run, and how one is judged ---- */

bool
search_is_to_run(const struct search *s, size_t i)
{
	return s->cases[i].spared == SPARED_RUN && !s->cases[i].done;
}

/* Which hole of the protocol case I, whose run T is broken, fell into.  What a
 * lab asks for itself is none of the protocol's. */
static int
name_hole(
    const struct search *s, size_t i, const struct trace *t, struct verdict *v)
{
	struct found_fault faults[ATTEMPT_FAULTS];
	size_t n = search_faults(s, i, faults);
	struct hole_facts facts;
	int err;

	if (v->outcome != OUTCOME_BROKEN || v->invariant == INVARIANT_GOAL)
		return 0;
	err = hole_facts_find(&facts, t, faults, n, v);
	v->hole = err == 0 ? hole_find(&facts) : HOLE_NONE;
	return err;
}

/* Records in V the failure of a run that ended with ERR, not ERR_NOMEM, behind
 * record LAST, or whose goal FAILED, from 1, did. */
static void
search_take_failure(struct verdict *v, int err, unsigned failed,
    const struct judged *now, uint64_t last)
{
	if (err != 0)
		v->outcome = err == ERR_NOTFOUND && failed == 0
				 ? OUTCOME_IMPOSSIBLE
				 : OUTCOME_FAILED;
	if (v->outcome == OUTCOME_FAILED)
		v->record = last;
	if (failed != 0) {
		v->goal = failed;
		v->print = now->print;
		v->whole = now->whole;
	}
}

int
search_judge_case(const struct search *s, size_t i, struct verdict *v)
{
	struct diag d = DIAG_INIT;
	LOCAL(attempt_free) struct attempt a;
	struct judged now;
	unsigned failed = 0;
	int err = search_attempt(s, i, &a, &d);
	/* Of a run that ends with an error, where it did. */
	uint64_t last = err != 0 && a.trace != NULL ? trace_count(a.trace) : 0;

	memset(v, 0, sizeof(*v));
	v->node = TRACE_NO_NODE;
	memset(&now, 0, sizeof(now));
	if (err == 0)
		err = judged_make(&now, a.trace, &s->usual.traffic);
	if (err == 0)
		err = judged_ask(&now, s->o.goals, &failed, &d);
	if (err == 0)
		err = judge_compare_runs(&s->usual, &now, v);
	if (err != ERR_NOMEM)
		search_take_failure(v, err, failed, &now, last);
	if (err == 0)
		err = name_hole(s, i, a.trace, v);
	judged_free(&now);
	return err == ERR_NOMEM ? err : 0;
}

int
search_look(struct search *s)
{
	int ends;

	progress_count(_("runs"), s->runs, s->runs_known);
	ends = s->o.look != NULL ? s->o.look(s->o.arg) : 0;
	s->cut = ends != 0;
	s->stopped = s->stopped || s->cut;
	return ends;
}

void
search_case_ended(struct search *s, size_t i)
{
	s->cases[i].done = true;
	s->runs++;
}

int
search_case_found(struct search *s, size_t i, struct diag *d)
{
	search_case_ended(s, i);
	return s->o.found != NULL ? s->o.found(s->o.arg, s, i, d) : 0;
}
