/* Timers of a node's own; see node/timer.h. */
#include "node/timer.h"

#include "node/world.h"

/* DUE is negative where there is none. */
static uint64_t
record_timer(struct node *n, const struct node_timer *t, const char *id,
    const char *op, int64_t due)
{
	struct trace_writer *w = node_record(n, TRACE_TIMER, t->why);

	trace_put_cstr(w, "op", op);
	trace_put_cstr(w, "name", t->name);
	if (t->machine != NULL)
		trace_put_cstr(w, "machine", t->machine);
	trace_put_cstr(w, "id", id);
	if (due >= 0) {
		trace_put_int(w, "due", due);
		trace_put_int(w, "length", due - sim_now(node_sim(n)));
	}
	return trace_close(w);
}

void
node_timer_set(struct node *n, sim_event *event, const struct node_timer *t,
    const char *id, int64_t due, void *arg)
{
	struct sim *sim = node_sim(n);
	uint64_t old = sim_set_cause(sim, record_timer(n, t, id, "set", due));

	sim_cancel(sim, *event);
	*event = sim_at(sim, due, n->name, t->fn, arg);
	sim_set_cause(sim, old);
}

void
node_timer_stop(struct node *n, sim_event *event, const struct node_timer *t,
    const char *id)
{
	if (*event == 0)
		return;
	sim_cancel(node_sim(n), *event);
	*event = 0;
	record_timer(n, t, id, "stop", -1);
}

void
node_timer_fired(struct node *n, sim_event *event, const struct node_timer *t,
    const char *id)
{
	*event = 0;
	sim_set_cause(node_sim(n), record_timer(n, t, id, "fire", -1));
}
