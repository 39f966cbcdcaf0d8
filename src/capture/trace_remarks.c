/* Notes about a capture's gaps, losses by ICMP; docs/TRACE.md. */
#include "capture/trace_remarks.h"

#include "trace/vocab.h"

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

static enum trace_drop
find_reason(uint32_t icmp)
{
	unsigned version = icmp >> 16, type = icmp >> 8 & 255,
		 code = icmp & 255;

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
		if (rows[i].version == version && rows[i].type == type &&
		    (rows[i].code == code || rows[i].code == ANY))
			return rows[i].reason;
	return TRACE_DROP_REFUSED;
}

void
trace_remarks_drop(
    const struct join_message *m, uint64_t send, struct trace_writer *w)
{
	trace_open(w, TRACE_DROP, m->t_last, NULL, send, RULE_NONE);
	trace_put_int(w, "of", (int64_t)send);
	trace_put_cstr(w, "reason", trace_drop_name(find_reason(m->icmp)));
	trace_put_int(w, "icmp_type", m->icmp >> 8 & 255);
	trace_put_int(w, "icmp_code", m->icmp & 255);
	trace_close(w);
}

static void
put_text(struct buf *b, const struct capture_remark *r)
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
		buf_puts(b, "A message is missing here: a fragment was lost");
		break;
	case CAPTURE_LONG:
		buf_puts(b, "A message is longer than 1 MiB and left out");
		break;
	case CAPTURE_PACKED:
		buf_puts(b, "A message is compressed and can't be read");
		break;
	case CAPTURE_INSIDE:
	case CAPTURE_ICMP:
	case CAPTURE_REMARK_COUNT:
		break;
	}
}

static void
put_addr(struct trace_writer *w, const char *key, const struct addr *a)
{
	struct buf b = BUF_INIT;

	addr_write(a, &b);
	if (b.n > 0)
		trace_put_str(w, key, buf_view(&b));
	buf_free(&b);
}

void
trace_remarks_note(const struct capture_remark *r, const char *node, int64_t t,
    struct trace_writer *w)
{
	struct buf text = BUF_INIT;

	put_text(&text, r);
	if (text.n > 0) {
		trace_open(w, TRACE_NOTE, t, node, 0, RULE_NONE);
		trace_put_str(w, "text", buf_view(&text));
		trace_put_cstr(w, "missing", capture_remark_word(r->kind));
		put_addr(w, "src_addr", &r->src);
		put_addr(w, "dst_addr", &r->dst);
		if (r->kind == CAPTURE_GAP && r->n > 0)
			trace_put_int(w, "bytes", (int64_t)r->n);
		trace_put_int(w, "packet", (int64_t)r->packet);
		trace_close(w);
	}
	buf_free(&text);
}
