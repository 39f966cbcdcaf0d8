/*
 * Rows from elsewhere: of calls of which there is no trace, since it would be
 * too large.
 */
#include "calls/calls_in.h"

static enum calls_state
state_of(const struct calls_given *g)
{
	bool invite = str_is(g->method, "INVITE");
	enum calls_state state = invite ? CALLS_CALLING : CALLS_WAITING;

	if (g->ended)
		return CALLS_COMPLETED;
	if (g->talk_from >= 0)
		return CALLS_IN_CALL;
	if (g->cancelled && g->status < 200)
		return CALLS_CANCELLED;
	(void)calls_answer(invite, g->status, &state);
	return state;
}

static void
fill_in(struct calls *c, struct calls_row *row, const struct calls_given *g)
{
	calls_enter(c, row, state_of(g));
	row->first = row->last = c->nrows;
	row->t = g->t;
	row->t_last = g->t_last;
	row->asked = g->asked;
	row->told = g->told;
	row->status = g->result;
	row->talk_from = g->talk_from;
	row->talk_to = g->talk_to;
	row->messages = g->messages;
	row->retx = g->retx;
	if (g->t_last > c->now)
		c->now = g->t_last;
}

int
calls_give(struct calls *c, const struct calls_given *g)
{
	uint32_t nodes[CALLS_NODES];
	struct calls_row *row;
	size_t n = g->nnodes < CALLS_NODES ? g->nnodes : CALLS_NODES;
	int err = 0;

	for (size_t i = 0; err == 0 && i < n; i++)
		err = calls_number_node(c, str_of(g->nodes[i]), &nodes[i]);
	if (err == 0)
		err = calls_new_row(
		    c, g->call_id, g->method, g->from, g->to, &row);
	if (err != 0)
		return err;
	if ((err = map_keep(c->store, g->reason, &row->reason)) != 0 ||
	    (err = map_keep(c->store, g->of_call, &row->of_call)) != 0)
		return err;
	c->given = true;
	fill_in(c, row, g);
	for (size_t i = 0; i < n; i++)
		calls_add_node(c, row, nodes[i]);
	/* One more than are kept stands for all others. */
	if (g->more && n == CALLS_NODES)
		row->nnodes = CALLS_NODES + 1;
	return 0;
}

int
calls_serve(struct calls *c, const struct trace *t)
{
	return serving_read(c->serving, t, trace_count(t));
}
