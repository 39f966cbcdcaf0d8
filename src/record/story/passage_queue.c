/*
 * Passages through a queue.  What it sends for one caller is caused by what
 * happens to another, who has left an agent free, or a place in front of him:
 * so the chain of causes leads to the messages of a call that this one has
 * nothing to do with.  For whom an agent was called is told by the machine of
 * the call that waits, whose first step the caller's INVITE has caused.
 */
#include "story/passage_in.h"

#include "machine/tables.h"
#include "role/role.h"
#include "rules/rule_names.h"
#include "rules/rules.h"

bool
passage_is_queue(const struct trace_node *n)
{
	return n != NULL && role_plays(n->role, "queue");
}

/* Record SEQ is a step of a call that waits, named ID, or, where that is empty,
 * of any: then it is its name. */
static bool
is_step_of(
    const struct trace *t, uint64_t seq, struct str *id, struct buf *name)
{
	struct trace_rec rec;
	struct buf scratch = BUF_INIT;
	struct str text = STR_NULL;
	bool is = false;

	if (trace_kind_of(t, seq) != TRACE_FSM)
		return false;
	trace_get(t, seq, &rec);
	if (str_is(trace_str(&rec, "machine", &scratch),
		machine_queue_call.name)) {
		text = trace_str(&rec, "id", &scratch);
		is = id->n == 0 || str_eq(text, *id);
	}
	if (is && id->n == 0) {
		buf_str(name, text);
		*id = buf_view(name);
	}
	buf_free(&scratch);
	return is;
}

/* Record SEQ is a machine's first step. */
static bool
is_first_step(const struct trace *t, uint64_t seq)
{
	struct buf scratch = BUF_INIT;
	struct trace_rec rec;
	bool is;

	trace_get(t, seq, &rec);
	is = str_is(trace_str(&rec, "from", &scratch),
	    state_word(machine_queue_call.start));
	buf_free(&scratch);
	return is;
}

uint64_t
passage_queue_begin(const struct trace *t, uint64_t seq)
{
	uint32_t node = trace_node_of(t, seq);
	struct buf name = BUF_INIT;
	struct str id = STR_NULL;
	uint64_t first = 0;

	if (is_step_of(t, seq, &id, &name) && name.err == 0)
		first = seq;
	while (first != 0 && seq > 1 && !is_first_step(t, first)) {
		seq--;
		if (trace_node_of(t, seq) == node &&
		    is_step_of(t, seq, &id, &name))
			first = seq;
	}
	buf_free(&name);
	return first;
}

uint64_t
passage_queue_called(const struct trace *t, uint32_t node, uint64_t last,
    struct str a, struct str b)
{
	struct story_message m = STORY_MESSAGE_INIT;
	const char *rule = rule_at(RULE_PAIR_CALL)->key;
	uint64_t found = 0;

	for (uint64_t seq = last; seq > 0 && found == 0; seq--) {
		struct trace_rec rec;

		if (trace_kind_of(t, seq) != TRACE_SEND ||
		    trace_node_of(t, seq) != node)
			continue;
		trace_get(t, seq, &rec);
		if (str_is(rec.rule, rule) &&
		    story_read_rec(&m, t, &rec) == 0 &&
		    (str_eq(m.send.call_id, a) || str_eq(m.send.call_id, b)))
			found = seq;
	}
	story_free(&m);
	return found;
}
