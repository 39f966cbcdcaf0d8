/* Machines of a node's own; see node/node_machine.h. */
#include "node/node_machine.h"

#include "node/world.h"
#include "sip/machine_step.h"

struct trace_writer *
node_machine_open_step(struct node *n, struct machine_run *m, const char *id,
    enum event_id event, enum rule_id why)
{
	struct sip_machine_who who = { n->name, id, why };
	const struct machine_edge *e =
	    sip_machine_step(node_sim(n), m, event, &who);
	struct trace_writer *w;

	if (e == NULL)
		return NULL;
	w = node_record(n, TRACE_FSM, why);
	trace_put_cstr(w, "machine", m->table->name);
	trace_put_cstr(w, "id", id);
	trace_put_cstr(w, "from", state_word(e->from));
	trace_put_cstr(w, "to", state_word(e->to));
	trace_put_cstr(w, "event", event_word(e->event));
	return w;
}

bool
node_machine_step(struct node *n, struct machine_run *m, const char *id,
    enum event_id event, enum rule_id why)
{
	if (node_machine_open_step(n, m, id, event, why) == NULL)
		return false;
	node_record_cause(n);
	return true;
}
