/* The record of a step that there is not; see sip/no_step.h. */
#include "sip/no_step.h"

void
sip_record_no_step(struct sim *sim, const struct sip_no_step *what)
{
	struct trace_writer *w = sim_trace(sim);
	struct buf at = BUF_INIT;

	sim_open(sim, TRACE_BAD, what->node, what->why);
	trace_put_cstr(w, "fault", trace_refusal_name(TRACE_REFUSAL_NO_STEP));
	buf_printf(&at, "%s %s, %s: %s", what->table->name, what->id,
	    what->from, what->event);
	trace_put_str(w, "at", str_slice(buf_view(&at), 0, 200));
	sim_set_cause(sim, trace_close(w));
	buf_free(&at);
}
