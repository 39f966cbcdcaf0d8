/* A call as programs are told it: what stands in its columns. */
#include "views/calls/calls_in.h"

#include "trace/json_fields.h"

struct call {
	struct str call_id, method, from, to, reason, of_call;
	struct calls_then then;
	int64_t t, t_last;
	unsigned state, status;
	bool terminated;
};

const struct field call_fields[] = {
	FIELD(struct call, call_id, STR, "its Call-ID"),
	FIELD(struct call, method, STR, "of the first request"),
	FIELD(struct call, from, STR, "whose request that is"),
	FIELD(struct call, to, STR, "whom it asks for"),
	FIELD(struct call, t, NUMBER, "virtual time of its first message in ns",
	    .least = INT64_MIN),
	FIELD(struct call, t_last, NUMBER, "the same of its last",
	    .least = INT64_MIN),
	FIELD(struct call, state, WORD, "what has become of it",
	    .word = calls_state_name),
	FIELD(struct call, status, NUMBER,
	    "of the last response, or what its end stands for",
	    .flags = FIELD_ANY, .most = 699),
	FIELD(struct call, reason, STR, "the reason phrase of a response",
	    .flags = FIELD_ANY),
	FIELD(
	    struct call, terminated, FLAG, "it ended without a final response"),
	FIELD_AS("delay", struct call, then.delay, NUMBER,
	    "ns until a response that says how it stands; -1: there was none",
	    .least = -1),
	FIELD_AS("talk", struct call, then.talk, NUMBER,
	    "ns of conversation; -1: there was none", .least = -1),
	FIELD_AS("messages", struct call, then.messages, NUMBER,
	    "on all hops, repetitions too"),
	FIELD_AS("again", struct call, then.retx, NUMBER, "repetitions"),
	FIELD(struct call, of_call, STR,
	    "the Call-ID of the call of which it is another leg",
	    .flags = FIELD_ANY),
	FIELD_BESIDE_AS(
	    "nodes", STRINGS, "in order of appearance; of many the first"),
	FIELD_BESIDE_AS("served", OBJECT,
	    "how many messages of other protocols serve it, by their names",
	    .flags = FIELD_ANY),
	FIELDS_END,
};

const struct field calls_fields[] = {
	FIELD_BESIDE_AS(
	    "calls", OBJECTS, "in the order of `--sort`", .of = call_fields),
	FIELDS_END,
};

static void
put_served(const uint32_t *counts, struct buf *out)
{
	if (counts == NULL)
		return;
	json_open(out, "served", '{');
	for (int i = 0; i < TRACE_PROTO_COUNT; i++)
		if (counts[i] > 0)
			json_put_int(out, trace_proto_name((enum trace_proto)i),
			    counts[i]);
	buf_putc(out, '}');
}

void
calls_put_json(
    const struct calls *c, const struct calls_row *row, struct buf *out)
{
	struct call call = { .call_id = row->call_id,
		.method = row->method,
		.from = row->from,
		.to = row->to,
		.reason = row->reason,
		.of_call = row->of_call,
		.t = row->t,
		.t_last = row->t_last,
		.status = calls_result(c, row) };

	calls_then(c, row, &CALLS_LOOK, &call.then);
	call.state = (unsigned)call.then.state;
	call.terminated = call.then.end != CALLS_END_NONE;
	if (call.terminated)
		call.reason = STR_NULL;
	buf_putc(out, '{');
	json_put_fields(call_fields, &call, out);
	json_open(out, "nodes", '[');
	for (size_t i = 0; i < row->nnodes && i < CALLS_NODES; i++) {
		json_put_item(out);
		json_put_str(out, calls_node(c, row, i));
	}
	buf_putc(out, ']');
	put_served(calls_served_by(c, row), out);
	buf_putc(out, '}');
}
