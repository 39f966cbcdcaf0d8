/*
 * Bytes that a record does not have itself: what a fault has made of a message
 * on its way, and what came to the node that now forwards it.
 */
#include "inspect/inspect_in.h"

static struct str
altered_key(struct inspect *in, uint64_t of)
{
	char digits[24];

	return inspect_key(in, "altered", inspect_digits(of, digits));
}

void
look_note_altered(struct inspect *in, uint64_t of, uint64_t fault)
{
	in->altered = true;
	inspect_put_number(in, altered_key(in, of), fault);
}

struct str
look_sent(const struct look *l, const struct trace_rec *rec,
    struct trace_rec *fault, struct buf *scratch)
{
	uint64_t seq = !l->in->altered ? 0
				       : inspect_number(l->in,
					     altered_key(l->in, rec->seq));

	if (seq == 0)
		return trace_bytes(rec, scratch);
	trace_get(l->t, seq, fault);
	return trace_bytes(fault, scratch);
}

/* The bytes that came with record SEQ, an arrival; empty: it is none. */
static struct str
read_arrival(struct look *l, uint64_t seq, struct trace_rec rec[3])
{
	struct buf *scratch = &l->in->source_bytes;
	struct str own;
	uint64_t of;

	if (seq == 0 || seq >= l->seq || trace_kind_of(l->t, seq) != TRACE_RECV)
		return STR_NULL;
	trace_get(l->t, seq, &rec[0]);
	own = trace_bytes(&rec[0], scratch);
	of = own.n == 0 ? trace_send_of(l->t, &rec[0]) : 0;
	if (of == 0)
		return own;
	trace_get(l->t, of, &rec[1]);
	return look_sent(l, &rec[1], &rec[2], scratch);
}

/* The message that arrived with record SEQ, for L. */
static const struct msg *
read_source(struct look *l, uint64_t seq)
{
	struct inspect *in = l->in;
	struct trace_rec rec[3];
	struct str at;

	if (in->source_seq != l->seq) {
		struct str bytes = read_arrival(l, seq, rec);

		in->source_seq = l->seq;
		in->source_read = bytes.n > 0 && msg_read(in->source, bytes,
						     &at) == MSG_FAULT_NONE;
	}
	return in->source_read ? in->source : NULL;
}

const struct msg *
look_source(struct look *l)
{
	return l->forwarded && l->seq != 0 ? read_source(l, l->send.fwd) : NULL;
}

const struct msg *
look_made_of(struct look *l)
{
	return l->made.to != 0 && !l->forwarded && l->seq != 0
		   ? read_source(l, l->made.recv)
		   : NULL;
}
