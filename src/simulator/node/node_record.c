/* What a node writes into the trace, and how it fails. */
#include "base/err.h"
#include "node/node.h"
#include "node/world.h"

void
node_fail_memory(const struct node *n)
{
	sim_fail(node_sim(n), ERR_NOMEM, "%s", err_text(ERR_NOMEM));
}

struct trace_writer *
node_record(const struct node *n, enum trace_kind kind, enum rule_id why)
{
	sim_open(node_sim(n), kind, n->name, why);
	return sim_trace(node_sim(n));
}

void
node_record_cause(const struct node *n)
{
	struct sim *sim = node_sim(n);

	sim_set_cause(sim, trace_close(sim_trace(sim)));
}

void
node_note(const struct node *n, enum rule_id why, struct buf *text)
{
	struct trace_writer *w;

	if (text->err != 0) {
		node_fail_memory(n);
	} else {
		w = node_record(n, TRACE_NOTE, why);
		trace_put_str(w, "text", buf_view(text));
		trace_close(w);
	}
	buf_free(text);
}

void
node_note_drop(
    struct node *n, uint64_t recv, enum trace_drop reason, enum rule_id why)
{
	struct trace_writer *w = node_record(n, TRACE_DROP, why);

	trace_put_cstr(w, "reason", trace_drop_name(reason));
	trace_put_int(w, "of", (int64_t)recv);
	trace_close(w);
}

void
node_note_bad(
    struct node *n, enum rule_id why, enum trace_refusal refusal, struct str at)
{
	struct trace_writer *w = node_record(n, TRACE_BAD, why);

	trace_put_cstr(w, "fault", trace_refusal_name(refusal));
	trace_put_str(w, "at", str_slice(at, 0, 200));
	node_record_cause(n);
}
