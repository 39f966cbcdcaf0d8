/*
 * The writer: one buffer, one line at a time.  This is a hot path: what does
 * not change (kinds, rules) stands ready with its punctuation.
 */
#include "trace/writer.h"

#include "base/array.h"
#include "base/err.h"
#include "base/mem.h"
#include "rules/rule_names.h"
#include "rules/rules_table.h"
#include "text/json.h"

#include <string.h>

struct trace_writer {
	struct buf line;
	struct trace_written record; /* which it tells of */
	struct trace_notes notes;    /* where its members stand */
	/* The members that records of one node at one time share:
	 * ,"t":T_NS,"node":"NODE".  The second begins at NODE_AT; of the
	 * network's own records that is the end.  NODE is "" for those, and
	 * where the name is too long for it. */
	struct buf head;
	size_t node_at;
	int64_t t_ns;
	char node[32];
	trace_sink_fn *sink;
	void *arg;
	uint64_t made, bytes;
	uint64_t last;  /* seq of the last record written */
	uint64_t cause; /* of the open record */
	enum trace_detail detail;
	bool noting; /* for trace_written */
	bool ended;
	bool counted; /* the open record has a number, written or not */
	bool skip;    /* the open record is not written */
	bool holds;   /* the record that is closed next stays */
	bool held;    /* the last one that was closed has stayed */
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

/* Two members, of which the first is of RULE bytes. */
static const struct {
	struct text both;
	size_t why;
} rule_texts[] = { [RULE_NONE] = { TEXT(""), 0 },
#define X(id, key, rfc, section, level, text)                  \
	[RULE_##id] = { TEXT(",\"why\":\"rfc" #rfc "-" section \
			     "\",\"rule\":\"" key "\""),       \
		sizeof(",\"why\":\"rfc" #rfc "-" section "\"") - 1 },
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
	buf_free(&w->head);
	mem_free(w);
}

void
trace_writer_end(struct trace_writer *w)
{
	trace_release(w);
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
	w->notes.n = w->notes.at = 0;
	w->notes.odd = false;
}

/* That of a record. */
static void
end_line(struct trace_writer *w)
{
	buf_putc(&w->line, '}');
	flush_line(w);
}

/* The bytes from FROM on to the end of the line are ,"KEY":VALUE, with a KEY of
 * NKEY bytes. */
static void
note_member(struct trace_writer *w, size_t from, size_t nkey)
{
	if (w->noting)
		trace_note(&w->notes, buf_view(&w->line), from + 2, nkey);
}

void
trace_note_members(struct trace_writer *w)
{
	w->noting = true;
}

const struct trace_written *
trace_written(const struct trace_writer *w)
{
	return w->notes.n > 0 && !w->notes.odd ? &w->record : NULL;
}

void
trace_write_header(struct trace_writer *w, struct str json)
{
	if (w->sink == NULL)
		return;
	buf_str(&w->line, json);
	flush_line(w);
}

/* What happens at one time at one node writes several records. */
static void
make_head(struct trace_writer *w, int64_t t_ns, struct str node)
{
	buf_clear(&w->head);
	buf_puts(&w->head, ",\"t\":");
	buf_i64(&w->head, t_ns);
	w->t_ns = t_ns;
	w->node_at = w->head.n;
	if (node.n > 0)
		json_put_member(&w->head, STR("node"), node);
	w->node[0] = '\0';
	if (node.n < sizeof(w->node) && node.n > 0)
		memcpy(w->node, node.p, node.n + 1);
	if (w->head.err != 0)
		w->err = w->head.err;
}

static void
put_head(struct trace_writer *w, int64_t t_ns, const char *node)
{
	size_t from = w->line.n;

	if (w->t_ns != t_ns || w->node[0] == '\0' || strcmp(w->node, node) != 0)
		make_head(w, t_ns, str_of(node));
	buf_str(&w->line, buf_view(&w->head));
	note_member(w, from, 1);
	if (w->node_at == w->head.n)
		return;
	note_member(w, from + w->node_at, 4);
	w->record.node = w->notes.n;
}

static void
write_member(struct trace_writer *w, struct str key, struct str s)
{
	size_t from = w->line.n;

	json_put_member(&w->line, key, s);
	note_member(w, from, key.n);
}

static void
writer_write_number(struct trace_writer *w, struct str key, int64_t v)
{
	size_t from = w->line.n;

	json_put_number(&w->line, key, v);
	note_member(w, from, key.n);
}

void
trace_open(struct trace_writer *w, enum trace_kind kind, int64_t t_ns,
    const char *node, uint64_t cause, enum rule_id why)
{
	struct buf *b = &w->line;
	size_t from;

	trace_release(w);
	w->made++;
	w->cause = cause;
	w->counted = !w->ended && trace_kind_detail(kind) <= w->detail;
	w->skip = !w->counted || w->sink == NULL;
	if (w->skip)
		return;
	if (w->noting)
		w->record = (struct trace_written){ .seq = w->last + 1,
			.cause = cause,
			.t = t_ns,
			.kind = kind,
			.notes = &w->notes };
	buf_puts(b, "{\"seq\":");
	buf_u64(b, w->last + 1);
	note_member(w, 0, 3);
	put_head(w, t_ns, node != NULL ? node : "");
	from = b->n;
	buf_add(b, kind_texts[kind].p, kind_texts[kind].n);
	note_member(w, from, 4);
	if (cause != 0)
		writer_write_number(w, STR("cause"), (int64_t)cause);
	if (why == RULE_NONE)
		return;
	from = b->n;
	buf_add(b, rule_texts[why].both.p, rule_texts[why].both.n);
	note_member(w, from, 3);
	note_member(w, from + rule_texts[why].why, 4);
}

void
trace_put_member(struct trace_writer *w, struct str key, struct str s)
{
	if (!w->skip)
		write_member(w, key, s);
}

/* A text is measured only where it is written. */
void
trace_put_text(struct trace_writer *w, struct str key, const char *s)
{
	if (!w->skip)
		write_member(w, key, str_of(s));
}

void
trace_put_number(struct trace_writer *w, struct str key, int64_t v)
{
	if (!w->skip)
		writer_write_number(w, key, v);
}

void
trace_put_bool(struct trace_writer *w, const char *key, bool v)
{
	trace_put_json(w, key, v ? STR("true") : STR("false"));
}

void
trace_put_list(struct trace_writer *w, const char *key, const struct buf *items)
{
	LOCAL_BUF list = BUF_INIT;

	if (items->n == 0)
		return;
	buf_putc(&list, '[');
	buf_str(&list, buf_view(items));
	buf_putc(&list, ']');
	trace_put_json(w, key, buf_view(&list));
}

void
trace_put_json(struct trace_writer *w, const char *key, struct str json)
{
	size_t from = w->line.n;

	if (w->skip)
		return;
	json_put_key(&w->line, key);
	buf_str(&w->line, json);
	note_member(w, from, strlen(key));
}

void
trace_put_bytes(struct trace_writer *w, struct str bytes)
{
	size_t from = w->line.n;

	if (w->skip)
		return;
	if (json_put_utf8(&w->line, STR("text"), bytes)) {
		note_member(w, from, 4);
		return;
	}
	json_put_key(&w->line, "base64");
	buf_putc(&w->line, '"');
	json_put_base64(&w->line, bytes);
	buf_putc(&w->line, '"');
	note_member(w, from, 6);
}

uint64_t
trace_close(struct trace_writer *w)
{
	if (!w->counted)
		return w->cause;
	w->held = w->holds;
	w->holds = false;
	if (!w->held && !w->skip)
		end_line(w);
	return ++w->last;
}

void
trace_hold(struct trace_writer *w)
{
	w->holds = true;
}

bool
trace_amend(struct trace_writer *w, const char *key, const char *s)
{
	if (w->held)
		trace_put_cstr(w, key, s);
	return w->held;
}

void
trace_release(struct trace_writer *w)
{
	if (w->held && !w->skip)
		end_line(w);
	w->held = false;
}

bool
trace_wants(const struct trace_writer *w, enum trace_kind kind)
{
	return w->sink != NULL && trace_kind_detail(kind) <= w->detail;
}

uint64_t
trace_count_made(const struct trace_writer *w)
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
writer_put_if(struct trace_writer *w, const char *key, struct str s)
{
	if (s.n > 0)
		write_member(w, str_of(key), s);
}

void
trace_put_message(struct trace_writer *w, const struct trace_message *m)
{
	if (w->skip)
		return;
	write_member(w, STR("proto"), str_of(trace_proto_name(m->proto)));
	if (m->status != 0)
		writer_write_number(w, STR("start"), m->status);
	else
		writer_put_if(w, "start", m->method);
	writer_put_if(w, "cseq", m->cseq);
	writer_put_if(w, "call_id", m->call_id);
	writer_put_if(w, "branch", m->branch);
	if (m->fwd != 0)
		writer_write_number(w, STR("fwd"), (int64_t)m->fwd);
	w->record.has_retx = m->retx != 0;
	if (m->retx != 0)
		writer_write_number(w, STR("retx"), (int64_t)m->retx);
}
