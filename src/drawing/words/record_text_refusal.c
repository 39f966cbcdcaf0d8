/*
 * The fault, at which words, and what they would have to be.
 */
#include "words/record_text.h"

#include "text/utf8.h"
#include "msg/message.h"

/* The limit that is exceeded, and by what; or the line. */
static void
put_measure(struct buf *b, const struct trace_rec *rec, struct buf *scratch)
{
	enum msg_limit limit = msg_limit_find(trace_str(rec, "limit", scratch));
	int64_t size = trace_int(rec, "size", 0), most,
		line = trace_int(rec, "line", 0);

	most = trace_int(rec, "max", 0);
	if (limit != MSG_LIMIT_COUNT && size > 0 && most > 0) {
		buf_puts(b, _(": "));
		msg_put_limit(limit, (size_t)size, (size_t)most, b);
	}
	if (line > 0)
		buf_printf(b, _(": line %lld"), (long long)line);
}

void
refusal_put_words(struct buf *b, const struct trace_rec *rec)
{
	struct buf scratch = BUF_INIT;
	struct str fault = trace_str(rec, "fault", &scratch), at;
	enum trace_refusal refusal = trace_refusal_find(fault);
	unsigned f = 0;

	while (f < MSG_FAULT_COUNT && !str_is(fault, msg_fault_name(f)))
		f++;
	if (f < MSG_FAULT_COUNT)
		buf_puts(b, msg_fault_text(f));
	put_measure(b, rec, &scratch);
	at = trace_str(rec, "at", &scratch);
	if (at.n == 0)
		at = trace_str(rec, "reason", &scratch);
	if (f < MSG_FAULT_COUNT && at.n > 0)
		buf_puts(b, _(": "));
	utf8_add_safe(b, utf8_clip(str_trim(at), 60));
	if (refusal != TRACE_REFUSAL_COUNT)
		buf_printf(b, "%s%s", at.n > 0 ? _(": ") : "",
		    trace_refusal_text(refusal));
	else if (f == MSG_FAULT_COUNT && at.n == 0) {
		fault = trace_str(rec, "fault", &scratch);
		utf8_add_safe(b, fault.n > 0 ? fault : STR("?"));
	}
	buf_end(&scratch, &b->err);
}
