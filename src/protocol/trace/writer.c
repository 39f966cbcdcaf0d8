/*
 * The writer: one buffer, one line at a time.  This is a hot path: what does
 * not change (kinds, rules) stands ready with its punctuation.
 */
#include "trace/writer.h"

#include "base/err.h"
#include "base/mem.h"
#include "base/utf8.h"
#include "rules/rule_names.h"
#include "rules/rules_table.h"
#include "trace/json.h"

#include <string.h>

struct trace_writer {
	struct buf line;
	struct buf time; /* ,"t":T_NS */
	int64_t t_ns;
	trace_sink_fn *sink;
	void *arg;
	uint64_t made, bytes;
	uint64_t last;  /* seq of the last record written */
	uint64_t cause; /* of the open record */
	enum trace_detail detail;
	bool ended;
	bool counted; /* the open record has a number, written or not */
	bool skip;    /* the open record is not written */
	int err;
};

struct text {
	const char *p;
	size_t n;
};

#define TEXT(s)                  \
	{                        \
		s, sizeof(s) - 1 \
	}

static const struct text kind_texts[] = {
#define X(id, name, detail, text) [TRACE_##id] = TEXT(",\"kind\":\"" name "\""),
	TRACE_KINDS(X)
#undef X
};

static const struct text rule_texts[] = { [RULE_NONE] = TEXT(""),
#define X(id, key, rfc, section, text) \
	[RULE_##id] =                  \
	    TEXT(",\"why\":\"rfc" #rfc "-" section "\",\"rule\":\"" key "\""),
	RULES(X)
#undef X
};

int
trace_writer_create(struct trace_writer **wp, enum trace_detail detail,
    trace_sink_fn *sink, void *arg)
{
	struct trace_writer *w = mem_zalloc(1, sizeof(*w));

	*wp = w;
	if (w == NULL)
		return ERR_NOMEM;
	w->detail = detail;
	w->sink = sink;
	w->arg = arg;
	return 0;
}

void
trace_writer_destroy(struct trace_writer *w)
{
	if (w == NULL)
		return;
	buf_free(&w->line);
	buf_free(&w->time);
	mem_free(w);
}

void
trace_writer_end(struct trace_writer *w)
{
	w->ended = true;
}

/* Hands the finished line to the sink. */
static void
flush_line(struct trace_writer *w)
{
	buf_putc(&w->line, '\n');
	if (w->err == 0)
		w->err = w->line.err;
	if (w->err == 0)
		w->err = w->sink(w->line.p, w->line.n, w->arg);
	w->bytes += w->line.n;
	buf_clear(&w->line);
}

void
trace_write_header(struct trace_writer *w, struct str json)
{
	if (w->sink == NULL)
		return;
	buf_str(&w->line, json);
	flush_line(w);
}

/* What happens at one time writes several records. */
static void
put_time(struct trace_writer *w, int64_t t_ns)
{
	if (w->time.n == 0 || w->t_ns != t_ns) {
		buf_clear(&w->time);
		buf_puts(&w->time, ",\"t\":");
		buf_i64(&w->time, t_ns);
		w->t_ns = t_ns;
	}
	if (w->time.err != 0)
		w->err = w->time.err;
	buf_str(&w->line, buf_view(&w->time));
}

void
trace_open(struct trace_writer *w, enum trace_kind kind, int64_t t_ns,
    const char *node, uint64_t cause, enum rule_id why)
{
	struct buf *b = &w->line;

	w->made++;
	w->cause = cause;
	w->counted = !w->ended && trace_kind_detail(kind) <= w->detail;
	w->skip = !w->counted || w->sink == NULL;
	if (w->skip)
		return;
	buf_puts(b, "{\"seq\":");
	buf_u64(b, w->last + 1);
	put_time(w, t_ns);
	if (node != NULL && node[0] != '\0')
		json_put_field(b, "node", str_of(node));
	buf_add(b, kind_texts[kind].p, kind_texts[kind].n);
	if (cause != 0) {
		buf_puts(b, ",\"cause\":");
		buf_u64(b, cause);
	}
	buf_add(b, rule_texts[why].p, rule_texts[why].n);
}

void
trace_put_member(struct trace_writer *w, struct str key, struct str s)
{
	if (!w->skip)
		json_put_member(&w->line, key, s);
}

/* A text is measured only where it is written. */
void
trace_put_text(struct trace_writer *w, struct str key, const char *s)
{
	if (!w->skip)
		json_put_member(&w->line, key, str_of(s));
}

void
trace_put_number(struct trace_writer *w, struct str key, int64_t v)
{
	if (!w->skip)
		json_put_number(&w->line, key, v);
}

void
trace_put_bool(struct trace_writer *w, const char *key, bool v)
{
	trace_put_json(w, key, v ? STR("true") : STR("false"));
}

void
trace_put_list(struct trace_writer *w, const char *key, const struct buf *items)
{
	struct buf list = BUF_INIT;

	if (items->n == 0)
		return;
	buf_putc(&list, '[');
	buf_str(&list, buf_view(items));
	buf_putc(&list, ']');
	trace_put_json(w, key, buf_view(&list));
	buf_free(&list);
}

void
trace_put_json(struct trace_writer *w, const char *key, struct str json)
{
	if (w->skip)
		return;
	json_put_key(&w->line, key);
	buf_str(&w->line, json);
}

void
trace_put_bytes(struct trace_writer *w, struct str bytes)
{
	if (w->skip)
		return;
	if (utf8_valid(bytes)) {
		json_put_field(&w->line, "text", bytes);
		return;
	}
	json_put_key(&w->line, "base64");
	buf_putc(&w->line, '"');
	json_put_base64(&w->line, bytes);
	buf_putc(&w->line, '"');
}

uint64_t
trace_close(struct trace_writer *w)
{
	if (!w->counted)
		return w->cause;
	if (!w->skip) {
		buf_putc(&w->line, '}');
		flush_line(w);
	}
	return ++w->last;
}

bool
trace_wants(const struct trace_writer *w, enum trace_kind kind)
{
	return w->sink != NULL && trace_kind_detail(kind) <= w->detail;
}

uint64_t
trace_made(const struct trace_writer *w)
{
	return w->made;
}

uint64_t
trace_bytes_made(const struct trace_writer *w)
{
	return w->bytes;
}

uint64_t
trace_last(const struct trace_writer *w)
{
	return w->last;
}

int
trace_writer_error(const struct trace_writer *w)
{
	return w->err;
}

static void
put_if(struct trace_writer *w, const char *key, struct str s)
{
	if (s.n > 0)
		json_put_field(&w->line, key, s);
}

void
trace_put_message(struct trace_writer *w, const struct trace_message *m)
{
	if (w->skip)
		return;
	json_put_field(&w->line, "proto", str_of(trace_proto_name(m->proto)));
	if (m->status != 0)
		json_put_int(&w->line, "start", m->status);
	else
		put_if(w, "start", m->method);
	put_if(w, "cseq", m->cseq);
	put_if(w, "call_id", m->call_id);
	put_if(w, "branch", m->branch);
	if (m->fwd != 0)
		json_put_int(&w->line, "fwd", (int64_t)m->fwd);
	if (m->retx != 0)
		json_put_int(&w->line, "retx", (int64_t)m->retx);
}
