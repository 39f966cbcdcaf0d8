/*
 * Notes on a capture beside its messages, as records of a trace
 * (docs/TRACE.md): losses of the capture, messages that an ICMP error reports
 * lost, corrected clocks, calls that belong together.
 */
#include "inference/trace_notes.h"

#include "text/utf8.h"
#include "text/json.h"

/* Of a Call-ID in a note. */
#define CALL_CELLS 16

void
trace_put_addr(struct trace_writer *w, const char *key, const struct addr *a)
{
	LOCAL_BUF b = BUF_INIT;

	addr_write(a, &b);
	if (b.n > 0)
		trace_put_str(w, key, buf_view(&b));
}

/* ---- missing or lost messages ---- */

#define ANY 256

/* What became of a message, by version of IP, type and code (RFC 792, RFC 1812
 * 5.2.7.1, RFC 4443); the first row that fits. */
static const struct row {
	unsigned version, type, code;
	enum trace_drop reason;
} rows[] = {
	{ 4, 3, 1, TRACE_DROP_NO_HOST },
	{ 4, 3, 2, TRACE_DROP_NO_SOCKET },
	{ 4, 3, 3, TRACE_DROP_NO_SOCKET },
	{ 4, 3, 4, TRACE_DROP_TOO_BIG },
	{ 4, 3, 7, TRACE_DROP_NO_HOST },
	{ 4, 3, 9, TRACE_DROP_REFUSED },
	{ 4, 3, 10, TRACE_DROP_REFUSED },
	{ 4, 3, 13, TRACE_DROP_REFUSED },
	{ 4, 3, ANY, TRACE_DROP_NO_PATH },
	{ 4, 11, 1, TRACE_DROP_FRAGMENT },
	{ 4, 11, ANY, TRACE_DROP_NO_PATH },
	{ 6, 1, 1, TRACE_DROP_REFUSED },
	{ 6, 1, 3, TRACE_DROP_NO_HOST },
	{ 6, 1, 4, TRACE_DROP_NO_SOCKET },
	{ 6, 1, 5, TRACE_DROP_REFUSED },
	{ 6, 1, 6, TRACE_DROP_REFUSED },
	{ 6, 1, ANY, TRACE_DROP_NO_PATH },
	{ 6, 2, ANY, TRACE_DROP_TOO_BIG },
	{ 6, 3, 1, TRACE_DROP_FRAGMENT },
	{ 6, 3, ANY, TRACE_DROP_NO_PATH },
};

enum trace_drop
trace_drop_of_icmp(uint32_t icmp)
{
	unsigned version = icmp >> 16, type = icmp >> 8 & 255,
		 code = icmp & 255;

	for (size_t i = 0; i < COUNT_OF(rows); i++)
		if (rows[i].version == version && rows[i].type == type &&
		    (rows[i].code == code || rows[i].code == ANY))
			return rows[i].reason;
	return TRACE_DROP_REFUSED;
}

uint64_t
trace_put_lost(
    const struct correlation_message *m, uint64_t send, struct trace_writer *w)
{
	trace_open(w, TRACE_DROP, m->t_last, NULL, send, RULE_NONE);
	trace_put_int(w, "of", (int64_t)send);
	trace_put_cstr(
	    w, "reason", trace_drop_name(trace_drop_of_icmp(m->icmp)));
	trace_put_int(w, "icmp_type", m->icmp >> 8 & 255);
	trace_put_int(w, "icmp_code", m->icmp & 255);
	return trace_close(w);
}

static void
put_missing(struct buf *b, const struct capture_remark *r)
{
	switch (r->kind) {
	case CAPTURE_GAP:
		if (r->n > 0)
			buf_printf(b, "%llu bytes of TCP are missing here",
			    (unsigned long long)r->n);
		else
			buf_puts(b, "The rest of a message is missing here");
		break;
	case CAPTURE_FRAGMENT:
	case CAPTURE_PIECE:
		buf_puts(b, "A message is missing here: a fragment was lost");
		break;
	case CAPTURE_LONG:
		buf_puts(b, "A message is longer than 1 MiB and was left out");
		break;
	case CAPTURE_PACKED:
		buf_puts(b, "A message is compressed and can't be read");
		break;
	case CAPTURE_BEHIND:
		buf_puts(b, "The datagram contains another message after this "
			    "one; it is discarded (RFC 3261 18.3)");
		break;
	case CAPTURE_TLS:
		buf_puts(b,
		    "From here on the connection is by TLS: what it carries "
		    "can't be read");
		break;
	case CAPTURE_UNMASKED:
		buf_puts(b,
		    "A client's frame of WebSocket has no mask (RFC 6455 5.1)");
		break;
	case CAPTURE_MORE:
	case CAPTURE_OTHER:
	case CAPTURE_SCTP:
	case CAPTURE_USER_PART:
	case CAPTURE_BINARY:
	case CAPTURE_ESP:
	case CAPTURE_L2TP:
	case CAPTURE_WIRELESS:
	case CAPTURE_HEP_PACKED:
	case CAPTURE_LAYER:
	case CAPTURE_INSIDE:
	case CAPTURE_LOST_START:
	case CAPTURE_WAY:
	case CAPTURE_ICMP:
	case CAPTURE_REMARK_COUNT:
		break;
	}
}

void
trace_note_missing(const struct capture_remark *r, const char *node, int64_t t,
    struct trace_writer *w)
{
	LOCAL_BUF text = BUF_INIT;

	put_missing(&text, r);
	if (text.n > 0) {
		trace_open(w, TRACE_NOTE, t, node, 0, RULE_NONE);
		trace_put_str(w, "text", buf_view(&text));
		trace_put_cstr(w, "missing", capture_remark_word(r->kind));
		trace_put_addr(w, "src_addr", &r->src);
		trace_put_addr(w, "dst_addr", &r->dst);
		if (r->kind == CAPTURE_GAP && r->n > 0)
			trace_put_int(w, "bytes", (int64_t)r->n);
		trace_put_int(w, "packet", (int64_t)r->packet);
		trace_close(w);
	}
}

/* ---- clocks ---- */

void
trace_put_clocks(const struct clocks *c, struct buf *b)
{
	bool any = false;

	for (uint32_t i = 0; c != NULL && i < clocks_count(c); i++) {
		struct clock clock = clocks_of(c, i);

		if (clock.ahead == 0)
			continue;
		buf_puts(b, any ? "," : ",\"clocks\":[");
		any = true;
		buf_printf(b, "{\"point\":%u,\"ahead\":", (unsigned)i + 1);
		buf_i64(b, clock.ahead);
		json_put_field(b, "by", str_of(clock_by_word(clock.by)));
		buf_putc(b, '}');
	}
	if (any)
		buf_putc(b, ']');
}

/* "250 ms", "3.5 ms". */
static void
put_ms(struct buf *b, int64_t ns)
{
	int64_t us = ns < 0 ? -(ns / 1000) : ns / 1000;
	unsigned part = (unsigned)(us % 1000);
	int digits = 3;

	for (; digits > 1 && part % 10 == 0; digits--)
		part /= 10;
	buf_i64(b, us / 1000);
	if (part != 0)
		buf_printf(b, ".%0*u", digits, part);
	buf_puts(b, " ms");
}

void
trace_note_clocks(const struct clocks *c, struct trace_writer *w)
{
	LOCAL_BUF text = BUF_INIT;

	for (uint32_t i = 0; c != NULL && i < clocks_count(c); i++) {
		struct clock clock = clocks_of(c, i);

		if (clock.ahead == 0)
			continue;
		buf_clear(&text);
		buf_printf(&text,
		    "Times of capture point %u are corrected: its clock was %s",
		    (unsigned)i + 1,
		    clock.by == CLOCK_ONE_WAY ? "at least " : "");
		put_ms(&text, clock.ahead);
		buf_printf(&text, " %s%s", clock.ahead > 0 ? "fast" : "slow",
		    clock.by == CLOCK_GIVEN ? ", as configured" : "");
		trace_open(w, TRACE_NOTE, 0, NULL, 0, RULE_NONE);
		trace_put_str(w, "text", buf_view(&text));
		trace_put_int(w, "point", i + 1);
		trace_put_int(w, "ahead", clock.ahead);
		trace_put_cstr(w, "by", clock_by_word(clock.by));
		trace_put_bool(w, "inferred", true);
		trace_close(w);
	}
}

/* ---- calls ---- */

void
trace_note_leg(const struct correlation *co, uint32_t i, uint64_t send,
    struct trace_writer *w)
{
	const struct correlation_call *c = &co->calls[co->m[i].call];
	LOCAL_BUF text = BUF_INIT;
	struct str call = numbers_text(co->ids, co->m[i].call),
		   other = numbers_text(co->ids, c->leg_of);

	if (co->m[i].call == 0 || c->invite != i || c->leg_of == 0)
		return;
	/* All of it is in of_call. */
	buf_printf(&text, "Joined by %s with call %.*s%s",
	    correlation_sign_word((enum correlation_sign)c->by),
	    STR_ARG(utf8_clip(other, CALL_CELLS)),
	    utf8_width(other) > CALL_CELLS ? "…" : "");
	trace_open(w, TRACE_NOTE, co->m[i].t, co->nodes[co->m[i].src].name,
	    send, RULE_NONE);
	trace_put_str(w, "text", buf_view(&text));
	trace_put_str(w, "call_id", call);
	trace_put_str(w, "of_call", other);
	trace_put_cstr(
	    w, "by", correlation_sign_word((enum correlation_sign)c->by));
	trace_put_bool(w, "inferred", true);
	trace_close(w);
}
