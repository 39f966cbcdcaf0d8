/* Steps of machines by their tables; see sip/machine_step.h. */
#include "sip/machine_step.h"

void
sip_machine_refuse(struct sim *sim, const struct machine_run *m,
    enum event_id event, const struct sip_machine_who *who)
{
	struct trace_writer *w = sim_trace(sim);
	LOCAL_BUF at = BUF_INIT;

	sim_open(sim, TRACE_BAD, who->node, who->why);
	trace_put_cstr(w, "fault", trace_refusal_name(TRACE_REFUSAL_NO_STEP));
	buf_printf(&at, "%s %s, %s: %s", m->table->name, who->id,
	    state_word(machine_run_state(m)), event_word(event));
	trace_put_str(w, "at", str_slice(buf_view(&at), 0, 200));
	sim_set_cause(sim, trace_close(w));
}

const struct machine_edge *
sip_machine_step(struct sim *sim, struct machine_run *m, enum event_id event,
    const struct sip_machine_who *who)
{
	const struct machine_edge *e = machine_run_next(m, event);

	if (e != NULL)
		m->state = e->to;
	else
		sip_machine_refuse(sim, m, event, who);
	return e;
}
