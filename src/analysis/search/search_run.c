/* The runs of a level: which cases are run, in which order, and how one is
 * judged. */
#include "search/holes.h"
#include "search/order.h"

#include "base/err.h"
#include "base/mem.h"
#include "base/progress.h"

#include <string.h>

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

/* What is to be said of a run that ended with ERR, not ERR_NOMEM, behind record
 * LAST, or whose goal FAILED, from 1, did. */
static void
take_failure(struct verdict *v, int err, unsigned failed,
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
	struct attempt a;
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
		err = judge(&s->usual, &now, v);
	if (err != ERR_NOMEM)
		take_failure(v, err, failed, &now, last);
	if (err == 0)
		err = name_hole(s, i, a.trace, v);
	judged_free(&now);
	attempt_free(&a);
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

/* Of ORDER, with N cases, those that are S's part.  How many. */
static size_t
take_part(struct search *s, uint32_t *order, size_t n)
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

int
search_run_cases(struct search *s, size_t from, struct diag *d)
{
	uint32_t *order;
	size_t n;
	int err = order_cases(s, from, &order);

	if (err != 0)
		return err;
	/* Each part makes its share of those within the bound. */
	n = take_part(s, order, bounded_end(s, order, s->ncases - from));
	take_known(s, order, n);
	err = s->o.run != NULL ? s->o.run(s, order, n, d)
			       : run_here(s, order, n, d);
	mem_free(order);
	return err;
}
