/*
 * Reads the inspected message, as the checks see it (struct inspected_message).
 * Finds its bytes, if its record does not have them.  Reads Vias, tags,
 * Contact, routes and session description from them.
 */
#include "inspect/inspect_in.h"

#include "base/err.h"
#include "base/mem.h"
#include "msg/bodies.h"
#include "msg/header_names.h"

#include <stdarg.h>

struct str
inspected_routes(struct inspected_message *l, enum msg_header id, bool reverse)
{
	return follower_routes(l->msg, id, reverse, &l->in->bytes2);
}

bool
inspected_is_encoded(const struct msg *m)
{
	struct str how = msg_value(m, MSG_H_CONTENT_ENCODING);

	return how.n > 0 && !str_iis(how, "identity");
}

bool
inspected_is_closed(const struct inspected_message *l)
{
	struct str boundary;

	return l->msg->body.n > 0 && l->sdp.n == 0 &&
	       (inspected_is_encoded(l->msg) ||
		   msg_parts_lost(l->msg, &boundary));
}

struct str
inspected_contact(struct inspected_message *l)
{
	return follower_contact(l->msg);
}

struct read_message *
inspected_other_place(struct inspect *in)
{
	return &in->last[in->nread++ % INSPECT_READ];
}

void
inspected_forget_read(struct inspect *in)
{
	for (size_t i = 0; i < INSPECT_READ; i++)
		in->last[i].seq = 0;
	for (size_t i = 0; i < INSPECT_OTHERS; i++)
		in->others[i].seq = in->others_for[i] = 0;
	in->source_seq = 0;
}

struct read_message *
inspected_find_read(struct inspect *in, uint64_t seq)
{
	for (unsigned back = 1; back <= INSPECT_READ; back++) {
		struct read_message *m =
		    &in->last[(in->nread - back) % INSPECT_READ];

		if (m->seq == seq && seq != 0)
			/* A receiver does not judge. */
			return back == 1 || m->fault == MSG_FAULT_NONE ? m
								       : NULL;
	}
	return NULL;
}

void
inspected_read(struct read_message *m, struct str bytes, uint64_t seq)
{
	m->fault = seq == 0 ? msg_read(m->msg, bytes, &m->at)
			    : msg_judge(m->msg, bytes, &m->at);
	m->seq = seq;
}

void
inspected_take_message(
    struct inspected_message *l, const struct read_message *m)
{
	l->msg = m->msg;
	l->fault = m->fault;
	l->fault_at = m->at;
	l->seen->msg = l->msg;
	l->seen->good = l->fault == MSG_FAULT_NONE;
	follower_see_message(l->seen);
	l->read = l->seen->read;
	l->via = l->seen->via;
	l->nvias = l->seen->nvias;
	l->cseq = l->seen->cseq;
	l->from_tag = l->seen->from_tag;
	l->to_tag = l->seen->to_tag;
	l->sdp = msg_sdp_of(l->msg);
	if (l->sdp.n > 0 && inspected_is_encoded(l->msg))
		l->sdp = STR_NULL;
	/* What an OPTIONS is answered with describes no session. */
	l->has_sdp =
	    l->sdp.n > 0 && (l->msg->method == MSG_ACK ||
				msg_method_is(l->msg->method, MSG_OFFERS));
	l->seen->has_sdp = l->has_sdp;
}

/* ---- bytes that a record does not have itself ---- */

/* The key of the fault that has changed the message of record OF on its way. */
static struct str
altered_key(struct inspect *in, uint64_t of)
{
	char digits[24];

	return inspect_mark(in, MARK_ALTERED, inspect_digits(of, digits));
}

void
inspected_note_altered(struct inspect *in, uint64_t of, uint64_t fault)
{
	in->altered = true;
	inspect_put_number(in, altered_key(in, of), fault);
}

struct str
inspected_sent(const struct inspected_message *l, const struct trace_rec *rec,
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

/* The bytes of record SEQ, a message or its arrival; empty: it is none, or *M
 * has the message. */
static struct str
read_sent_or_come(struct inspected_message *l, uint64_t seq,
    struct trace_rec rec[3], struct read_message **m, struct buf *scratch)
{
	bool came = trace_kind_of(l->t, seq) == TRACE_RECV;
	struct str own;

	*m = NULL;
	trace_get(l->t, seq, &rec[0]);
	if (came) {
		own = trace_bytes(&rec[0], scratch);
		seq = own.n == 0 ? trace_send_of(l->t, &rec[0]) : 0;
		if (seq == 0)
			return own;
	}
	*m = inspected_find_read(l->in, seq);
	if (*m != NULL && (*m)->fault == MSG_FAULT_NONE)
		return STR_NULL;
	*m = NULL;
	trace_get(l->t, seq, &rec[1]);
	return inspected_sent(l, &rec[1], &rec[2], scratch);
}

/* Where record SEQ's message is read; *READ: it is there already.  Else one
 * that no row has asked for since L's message is inspected. */
static struct read_message *
find_other(const struct inspected_message *l, uint64_t seq, bool *read)
{
	struct inspect *in = l->in;
	unsigned i;

	for (i = 0; i < INSPECT_OTHERS; i++)
		if (in->others[i].seq == seq)
			break;
	*read = i < INSPECT_OTHERS;
	for (unsigned n = 0; !*read && n < INSPECT_OTHERS; n++) {
		i = in->nothers++ % INSPECT_OTHERS;
		if (in->others_for[i] != l->seq)
			break;
	}
	in->others_for[i] = l->seq;
	return &in->others[i];
}

const struct msg *
inspected_other(struct inspected_message *l, uint64_t seq)
{
	struct read_message *other, *m;
	struct trace_rec rec[3];
	struct str bytes, at;
	bool read;

	other = find_other(l, seq, &read);
	if (other->msg == NULL)
		other->msg = mem_zalloc(1, sizeof(*other->msg));
	if (other->msg == NULL) {
		l->in->err = ERR_NOMEM;
		return NULL;
	}
	if (!read) {
		other->seq = 0;
		bytes = read_sent_or_come(l, seq, rec, &m, &other->bytes);
		if (m != NULL)
			return m->msg;
		other->fault = msg_read(other->msg, bytes, &at);
		other->seq = seq;
	}
	return other->fault == MSG_FAULT_NONE ? other->msg : NULL;
}

const struct msg *
inspected_source(struct inspected_message *l)
{
	struct inspect *in = l->in;
	uint64_t seq = l->send.fwd;

	if (!l->forwarded || l->seq == 0)
		return NULL;
	if (in->source_seq != l->seq) {
		in->source_seq = l->seq;
		in->source_msg =
		    seq < l->seq && trace_kind_of(l->t, seq) == TRACE_RECV
			? inspected_other(l, seq)
			: NULL;
	}
	return in->source_msg;
}

/* ---- what a check says ---- */

void
inspected_say(struct inspected_message *l, const char *fmt, ...)
{
	va_list ap;

	l->same = NULL;
	buf_clear(l->why);
	/* Most have nothing to fill in. */
	if (strchr(fmt, '%') == NULL) {
		buf_puts(l->why, fmt);
		return;
	}
	va_start(ap, fmt);
	buf_vprintf(l->why, fmt, ap);
	va_end(ap);
}

void
inspected_measured(struct inspected_message *l, const char *fmt, ...)
{
	va_list ap;

	l->same = fmt;
	buf_clear(l->why);
	va_start(ap, fmt);
	buf_vprintf(l->why, fmt, ap);
	va_end(ap);
}

bool
inspect_goes_on(const struct inspect *in, int64_t t, int64_t ns)
{
	return in->t_end - t >= ns;
}
