/* A call as programs are told it: what stands in its columns. */
#include "calls/calls_in.h"

#include "text/json_fields.h"

struct call {
	struct calls_row row;
	struct calls_then then;
	unsigned state, status;
	bool terminated;
};

#define ROW(key, member, ...) \
	FIELD_AS(key, struct call, row.member, __VA_ARGS__)
#define THEN(key, member, ...) \
	FIELD_AS(key, struct call, then.member, __VA_ARGS__)

const struct field call_fields[] = {
	ROW("call_id", call_id, STR, "its Call-ID"),
	ROW("method", method, STR, "of the first request"),
	ROW("from", from, STR, "whose request that is"),
	ROW("to", to, STR, "whom it asks for"),
	ROW("t", t, NUMBER, "virtual time of its first message in ns",
	    .least = INT64_MIN),
	ROW("t_last", t_last, NUMBER, "the same of its last",
	    .least = INT64_MIN),
	FIELD(struct call, state, WORD, "what has become of it",
	    .word = calls_state_name),
	FIELD(struct call, status, NUMBER,
	    "of the last response, or what its end stands for",
	    .flags = FIELD_ANY, .most = 699),
	ROW("reason", reason, STR, "a response's phrase", .flags = FIELD_ANY),
	FIELD(struct call, terminated, FLAG, "no final response has ended it"),
	THEN("delay", delay, NUMBER,
	    "ns until a response that says how it stands; -1: there was none",
	    .least = -1),
	THEN("talk", talk, NUMBER, "ns of conversation; -1: there was none",
	    .least = -1),
	THEN("messages", messages, NUMBER, "on all hops, repetitions too"),
	THEN("again", retx, NUMBER, "repetitions"),
	ROW("of_call", of_call, STR, "the Call-ID of what it is a leg of",
	    .flags = FIELD_ANY),
	FIELD_BESIDE_AS("nodes", STRINGS, "as they appear; of many the first"),
	FIELD_BESIDE_AS("served", OBJECT,
	    "how many messages of other protocols serve it, by their names",
	    .flags = FIELD_ANY),
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
	struct call call = { .row = *row, .status = calls_result(c, row) };

	calls_then(c, row, &CALLS_LOOK, &call.then);
	call.state = (unsigned)call.then.state;
	call.terminated = call.then.end != CALLS_END_NONE;
	if (call.terminated)
		call.row.reason = STR_NULL;
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
