/* Gives a ladder the costs of faults; see search/search_costs.h. */
#include "search/search_costs.h"

#include "search/search_report.h"

/* What a case costs that ended as V says; NULL: it was not run. */
static enum layout_cost
cost_of(const struct verdict *v)
{
	static const enum layout_cost costs[SEARCH_OUTCOME_COUNT] = {
		[OUTCOME_SAME] = LAYOUT_COST_NOTHING,
		[OUTCOME_ABSORBED] = LAYOUT_COST_NOTHING,
		[OUTCOME_MENDED] = LAYOUT_COST_TIME,
		[OUTCOME_GIVEN_UP] = LAYOUT_COST_GOAL,
		[OUTCOME_BROKEN] = LAYOUT_COST_RULE,
		[OUTCOME_FAILED] = LAYOUT_COST_UNTRIED,
		[OUTCOME_IMPOSSIBLE] = LAYOUT_COST_UNTRIED,
	};

	if (v == NULL)
		return LAYOUT_COST_UNTRIED;
	return costs[v->outcome] == LAYOUT_COST_NOTHING && v->later_ns > 0
		   ? LAYOUT_COST_TIME
		   : costs[v->outcome];
}

/* What the loss of the message that record SEND sends costs. */
static enum layout_cost
cost_of_loss(uint64_t send, struct buf *words, size_t *gist, void *arg)
{
	const struct verdict *v = search_tell_loss(arg, send);

	if (v != NULL)
		*gist = search_put_cost(arg, v, words);
	/* It tells nothing of what the loss costs. */
	if (v != NULL && cost_of(v) == LAYOUT_COST_UNTRIED)
		buf_printf(words, " %s", outcome_text(v->outcome));
	return cost_of(v);
}

/* What a crash in the next piece of a lifeline costs; false: there is none. */
static bool
cost_of_crash(
    size_t *at, struct str *node, struct layout_piece *piece, void *arg)
{
	const struct search *s = arg;
	const struct verdict *v;
	uint32_t on;

	if (!search_tell_crash(s, at, &on, &v, &piece->t, &piece->t_end))
		return false;
	*node = trace_name(s->base.trace, on);
	piece->cost = cost_of(v);
	if (piece->cost == LAYOUT_COST_UNTRIED)
		piece->cost = LAYOUT_COST_UNKNOWN;
	return true;
}

void
search_take_costs(struct search *s, struct layout_options *o)
{
	o->cost = cost_of_loss;
	o->piece = cost_of_crash;
	o->cost_arg = s;
	o->notes = false;
}
