/* What a call lacks as its trace ends; see words/unended.h. */
#include "words/unended.h"

#include "base/i18n.h"

const char *
unended_text(enum unended how)
{
	static const char *const texts[] = {
#define X(id, text) text,
		UNENDED_ROWS(X)
#undef X
	};

	return _(texts[how]);
}

/* What has been seen of one call. */
struct seen {
	bool invite, cancel, answered, refused, ack, bye, bye_over;
};

static void
note_request(struct seen *s, struct str method)
{
	if (str_is(method, "INVITE")) {
		s->invite = true;
		s->refused = false; /* it goes out again: 401, 422, 3xx */
	} else if (str_is(method, "CANCEL"))
		s->cancel = true;
	else if (str_is(method, "ACK"))
		s->ack = s->answered;
	else if (str_is(method, "BYE"))
		s->bye = true;
}

static void
note_response(struct seen *s, struct str method, unsigned status)
{
	if (status < 200)
		return;
	if (str_is(method, "BYE") && status != 401 && status != 407)
		s->bye_over = true;
	if (!str_is(method, "INVITE"))
		return;
	if (status < 300)
		s->answered = true;
	else
		s->refused = true;
}

static enum unended
judge_call(const struct seen *s)
{
	if (!s->invite || s->bye_over)
		return UNENDED_NOT;
	if (s->bye)
		return UNENDED_HUNG_UP;
	if (s->answered)
		return s->ack ? UNENDED_TALKING : UNENDED_UNACKNOWLEDGED;
	if (s->refused)
		return UNENDED_NOT;
	return s->cancel ? UNENDED_CANCELLED : UNENDED_UNANSWERED;
}

/* The Call-ID of the message of SEQ, or of the nearest that has led to it, goes
 * to ID; false where there is none. */
static bool
find_call(const struct trace *t, uint64_t seq, struct buf *id)
{
	struct buf scratch = BUF_INIT;
	struct trace_send send;
	struct trace_rec rec;

	for (; seq != 0 && id->n == 0; seq = trace_cause_of(t, seq)) {
		uint64_t sent = seq;

		trace_get(t, seq, &rec);
		if (rec.kind == TRACE_RECV)
			sent = trace_send_of(t, &rec);
		if (sent == 0 || trace_kind_of(t, sent) != TRACE_SEND)
			continue;
		trace_get(t, sent, &rec);
		if (trace_get_send_parts(
			&rec, TRACE_SEND_CALL_ID, &send, &scratch) == 0)
			buf_str(id, send.call_id);
	}
	buf_free(&scratch);
	return id->err == 0 && id->n > 0;
}

enum unended
unended_find(const struct trace *t, uint64_t seq)
{
	struct buf id = BUF_INIT, scratch = BUF_INIT;
	struct seen seen = { false };
	struct trace_send send;
	struct trace_rec rec;
	bool found = find_call(t, seq, &id);

	for (uint64_t i = 1; found && i <= trace_count(t); i++) {
		if (trace_kind_of(t, i) != TRACE_SEND)
			continue;
		trace_get(t, i, &rec);
		if (trace_get_send_parts(&rec,
			TRACE_SEND_CALL_ID | TRACE_SEND_START | TRACE_SEND_CSEQ,
			&send, &scratch) != 0 ||
		    !str_eq(send.call_id, buf_view(&id)) || trace_is_retx(t, i))
			continue;
		if (send.status == 0)
			note_request(&seen, send.method);
		else
			note_response(&seen, send.cseq_method, send.status);
	}
	buf_free(&id);
	buf_free(&scratch);
	return judge_call(&seen);
}
