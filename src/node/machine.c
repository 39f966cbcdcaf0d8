/* Machines of a node's own. */
#include "node/machine.h"

#include "node/world.h"
#include "sip/no_step.h"

const char *
node_machine_state(const struct node_machine *m)
{
	return m->state != NULL ? m->state : m->table->start;
}

bool
node_machine_is(const struct node_machine *m, const char *state)
{
	return m->state != NULL && machine_named(m->state, state);
}

static void
record_step(struct node *n, const struct machine *table,
    const struct machine_edge *e, const char *id, enum rule_id why)
{
	struct trace_writer *w = node_record(n, TRACE_FSM, why);

	trace_put_cstr(w, "machine", table->name);
	trace_put_cstr(w, "id", id);
	trace_put_cstr(w, "from", e->from);
	trace_put_cstr(w, "to", e->to);
	trace_put_cstr(w, "event", e->event);
	node_record_cause(n);
}

void
node_machine_step(struct node *n, struct node_machine *m, const char *id,
    const char *event, enum rule_id why)
{
	const struct machine_edge *e =
	    machine_next(m->table, node_machine_state(m), event);

	if (e == NULL) {
		struct sip_no_step no = { n->name, m->table, id,
			node_machine_state(m), event, why };

		sip_record_no_step(node_sim(n), &no);
		return;
	}
	m->state = machine_ends(m->table, str_of(e->to)) ? NULL : e->to;
	record_step(n, m->table, e, id, why);
}
