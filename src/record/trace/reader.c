/*
 * Loading a trace and asking it for records and fields; a trace that grows line
 * by line. The index (trace/reader_index.c) has checked each line, so the walks
 * here meet well-formed JSON; each question checks that a field has the type it
 * should have.
 */
#include "trace/reader.h"

#include <string.h>

#include "base/array.h"
#include "base/bisect.h"
#include "base/err.h"
#include "base/gzip.h"
#include "base/mem.h"
#include "rules/rules.h"
#include "trace/reader_in.h"
#include "trace/writer.h"

int
trace_number_name(struct trace *t, struct str name, uint32_t *number)
{
	void *known = map_get(t->numbers, name);

	if (known != NULL) {
		*number = (uint32_t)((uintptr_t)known - 1);
		return 0;
	}
	if (ARRAY_ROOM(&t->names, &t->names_cap, t->nnames + 1) != 0 ||
	    map_put(t->numbers, name, (void *)(uintptr_t)(t->nnames + 1)) !=
		0 ||
	    map_keep(t->numbers, name, &t->names[t->nnames]) != 0)
		return ERR_NOMEM;
	*number = (uint32_t)t->nnames++;
	return 0;
}

int
trace_fail_memory(const struct trace_place *at)
{
	return diag_set(
	    at->diag, ERR_NOMEM, at->file, at->line, "%s", err_text(ERR_NOMEM));
}

static int
reader_read_lines(struct trace *t, const struct trace_place *at)
{
	struct str text = trace_text_slice(t, 0, trace_text_size(t)), rest;
	struct str line = str_cut(text, '\n', &rest);
	struct trace_place nowhere = { at->file, 0, at->diag };
	int err;

	if (str_trim(text).n == 0)
		return diag_set(at->diag, ERR_SYNTAX, at->file, 0,
		    _("empty; a trace begins with a line that contains "
		      "“\"kind\":\"trace\"”"));
	if (map_create(&t->numbers) != 0)
		return trace_fail_memory(&nowhere);
	err = trace_read_head(t, line, at);
	if (err != 0)
		return err;
	return trace_read_records(t, text.n - rest.n, at);
}

int
trace_finish_loading(struct trace **tp, struct trace *t, int err,
    const char *name, struct diag *d)
{
	struct trace_place at = { name, 1, d };

	*tp = NULL;
	if (err == 0)
		err = reader_read_lines(t, &at);
	if (err == 0)
		*tp = t;
	else
		trace_destroy(t);
	return err;
}

int
trace_take_plain(struct trace *t, struct buf *buf, const struct trace_place *at)
{
	struct spool_text text;

	buf_unmark(buf);
	text = (struct spool_text){ .n = buf->n, .cap = buf->cap };

	text.p = buf_take(buf);
	if (text.p == NULL || trace_text_take(t, &text) != 0)
		return trace_fail_memory(at);
	return 0;
}

int
trace_read_buf(
    struct trace **tp, struct buf *buf, const char *name, struct diag *d)
{
	struct trace_place nowhere = { name, 0, d };
	struct trace *t = mem_zalloc(1, sizeof(*t));
	int err = t != NULL && buf->err == 0
		      ? trace_take_plain(t, buf, &nowhere)
		      : trace_fail_memory(&nowhere);

	buf_free(buf);
	return trace_finish_loading(tp, t, err, name, d);
}

bool
trace_is_head(struct str head)
{
	struct str line, rest, key, word;
	ptrdiff_t at;

	head = str_unmarked(head);
	if (head.n == 0 || head.p[0] != '{')
		return false;
	/* One that has lost its first line. */
	if (str_starts(head, "{\"seq\":"))
		return true;
	line = str_cut(head, '\n', &rest);
	while ((at = str_find(line, "\"kind\"")) >= 0) {
		line = str_slice(line, (size_t)at + 6, line.n);
		key = str_trim(str_cut(line, ':', &word));
		word = str_trim(word);
		if (key.n == 0 && str_starts(word, "\"trace\""))
			return true;
	}
	return false;
}

bool
trace_is_begin(struct str head)
{
	char text[16];

	if (gunzip_is(head))
		head =
		    (struct str){ text, gunzip_peek(head, text, sizeof(text)) };
	return str_starts(str_unmarked(head), "{");
}

void
trace_destroy(struct trace *t)
{
	if (t == NULL)
		return;
	trace_clear_head(t);
	trace_text_free(t);
	trace_free_members(t);
	mem_free(t->index);
	mem_free(t->file);
	mem_free(t);
}

const struct trace_head *
trace_head(const struct trace *t)
{
	return &t->head;
}

bool
trace_is_of_capture(const struct trace *t)
{
	struct str line = trace_line(t, 0);
	struct json_value head;

	return json_read(&line, &head) == 0 &&
	       json_member(head, "capture").type == JSON_OBJECT;
}

uint64_t
trace_count(const struct trace *t)
{
	return t->count;
}

bool
trace_complete(const struct trace *t)
{
	return t->complete;
}

size_t
trace_name_count(const struct trace *t)
{
	return t->nnames;
}

struct str
trace_name(const struct trace *t, uint32_t number)
{
	return number < t->nnames ? t->names[number] : STR_NULL;
}

uint32_t
trace_find_name(const struct trace *t, struct str name)
{
	void *known = t->numbers != NULL ? map_get(t->numbers, name) : NULL;

	return known != NULL ? (uint32_t)((uintptr_t)known - 1) : TRACE_NO_NODE;
}

bool
trace_find_ends(
    const struct trace *t, struct str link, uint32_t *a, uint32_t *b)
{
	static const char *const between[] = { "--", ">" };

	for (size_t i = 0; i < COUNT_OF(between); i++) {
		ptrdiff_t at = str_find(link, between[i]);

		if (at < 0)
			continue;
		*a = trace_find_name(t, str_slice(link, 0, (size_t)at));
		*b = trace_find_name(t,
		    str_slice(link, (size_t)at + strlen(between[i]), link.n));
		if (*a < t->head.nnodes && *b < t->head.nnodes)
			return true;
	}
	return false;
}

const struct trace_node *
trace_find_node(const struct trace *t, struct str name)
{
	uint32_t number = trace_find_name(t, name);

	return number < t->head.nnodes ? &t->nodes[number] : NULL;
}

enum trace_kind
trace_kind_of(const struct trace *t, uint64_t seq)
{
	return (enum trace_kind)t->index[seq - 1].kind;
}

uint64_t
trace_first_of(const struct trace *t, enum trace_kind kind)
{
	return t->first[kind];
}

int64_t
trace_time_of(const struct trace *t, uint64_t seq)
{
	return t->index[seq - 1].t;
}

uint64_t
trace_cause_of(const struct trace *t, uint64_t seq)
{
	return t->index[seq - 1].cause;
}

uint32_t
trace_node_of(const struct trace *t, uint64_t seq)
{
	return t->index[seq - 1].node;
}

bool
trace_is_retx(const struct trace *t, uint64_t seq)
{
	return t->index[seq - 1].retx != 0;
}

uint64_t
trace_at_time(const struct trace *t, int64_t t_ns)
{
	size_t i;

	BISECT(i, 0, t->count, t->index[i].t <= t_ns);
	return i;
}

void
trace_get(const struct trace *t, uint64_t seq, struct trace_rec *rec)
{
	const struct trace_entry *e = &t->index[seq - 1];

	*rec = (struct trace_rec){ .seq = seq,
		.cause = e->cause,
		.t = e->t,
		.kind = (enum trace_kind)e->kind,
		.node = trace_name(t, e->node),
		.object = { JSON_OBJECT, trace_line(t, seq) },
		.trace = t };
}

/* The member KEY where it is a text without escapes, else STR_NULL. */
static struct str
plain_member(const struct trace_rec *rec, const char *key)
{
	struct str s = STR_NULL;

	json_plain(trace_member(rec, key), &s);
	return s;
}

struct str
trace_why(const struct trace_rec *rec)
{
	return plain_member(rec, "why");
}

struct str
trace_rule(const struct trace_rec *rec)
{
	return plain_member(rec, "rule");
}

bool
trace_has_rule(const struct trace_rec *rec, const enum rule_id *rules, size_t n)
{
	struct str rule = trace_rule(rec);

	for (size_t i = 0; i < n; i++)
		if (str_is(rule, rule_at(rules[i])->key))
			return true;
	return false;
}

const struct rule *
trace_rule_row(const struct trace_rec *rec)
{
	return rule_find(trace_rule(rec), trace_why(rec));
}

bool
trace_next(const struct trace *t, enum trace_kind kind, uint64_t *seq,
    struct trace_rec *rec)
{
	while (++*seq <= trace_count(t))
		if (trace_kind_of(t, *seq) == kind) {
			trace_get(t, *seq, rec);
			return true;
		}
	return false;
}

void
trace_members_of(const struct trace *t, uint64_t seq, const struct str *keys,
    size_t n, struct json_value *values)
{
	struct trace_rec rec = { .seq = seq,
		.object = { JSON_OBJECT, trace_line(t, seq) },
		.trace = t };

	trace_members(&rec, keys, n, values);
}

struct str
trace_str(const struct trace_rec *rec, const char *key, struct buf *scratch)
{
	struct json_value v = trace_member(rec, key);
	struct str s;

	buf_clear(scratch);
	if (json_plain(v, &s) == 0)
		return s;
	if (json_text(v, scratch) != 0)
		return STR_NULL;
	return buf_view(scratch);
}

int64_t
trace_int(const struct trace_rec *rec, const char *key, int64_t fallback)
{
	return json_int_or(trace_member(rec, key), fallback);
}

struct str
trace_bytes(const struct trace_rec *rec, struct buf *scratch)
{
	static const struct str keys[] = { { "text", 4 }, { "base64", 6 } };
	LOCAL_BUF digits = BUF_INIT;
	struct json_value both[2];
	struct str text;
	int err;

	trace_members(rec, keys, 2, both);
	buf_clear(scratch);
	if (both[1].type != JSON_STRING) {
		if (json_plain(both[0], &text) == 0)
			return text;
		err = json_text(both[0], scratch);
	} else if (json_plain(both[1], &text) == 0) {
		err = json_base64(text, scratch);
	} else {
		/* A tool may write "/" as "\/". */
		err = json_text(both[1], &digits);
		if (err == 0)
			err = json_base64(buf_view(&digits), scratch);
	}
	return err == 0 ? buf_view(scratch) : STR_NULL;
}

static uint64_t
reference_of(struct json_value v, uint64_t seq)
{
	int64_t n;

	return json_int(v, &n) == 0 && n > 0 && (uint64_t)n < seq ? (uint64_t)n
								  : 0;
}

/* "start" is the method as a string or the status code as a number. */
static void
reader_read_start(
    struct json_value v, struct trace_send *send, struct buf *scratch)
{
	int64_t status;

	if (v.type == JSON_STRING)
		send->method = json_text_in(v, scratch);
	else if (json_int(v, &status) == 0 && status >= 100 && status <= 699)
		send->status = (unsigned)status;
}

static void
reader_read_cseq(
    struct json_value v, struct trace_send *send, struct buf *scratch)
{
	struct str rest;

	str_cut(json_text_in(v, scratch), ' ', &rest);
	send->cseq_method = str_trim(rest);
}

/* The members PARTS of a send, each at its TRACE_SEND_AT_ in V. */
static void
find_parts(const struct trace_rec *rec, unsigned parts, struct json_value *v)
{
	static const struct str keys[] = {
#define X(id, name) { name, sizeof(name) - 1 },
		TRACE_SEND_PARTS(X)
#undef X
	};
	struct json_value found[TRACE_SEND_PART_COUNT];
	struct str asked[TRACE_SEND_PART_COUNT];
	size_t n = 0;

	if (parts == TRACE_SEND_ALL) {
		trace_members(rec, keys, TRACE_SEND_PART_COUNT, v);
		return;
	}
	for (size_t i = 0; i < TRACE_SEND_PART_COUNT; i++)
		if ((parts >> i & 1) != 0)
			asked[n++] = keys[i];
	trace_members(rec, asked, n, found);
	n = 0;
	for (size_t i = 0; i < TRACE_SEND_PART_COUNT; i++)
		v[i] = (parts >> i & 1) != 0
			   ? found[n++]
			   : (struct json_value){ JSON_NONE, STR_NULL };
}

int
trace_get_send_parts(const struct trace_rec *rec, unsigned parts,
    struct trace_send *send, struct buf *scratch)
{
	struct json_value v[TRACE_SEND_PART_COUNT];

	*send = (struct trace_send){ .status = 0 };
	buf_clear(scratch);
	if (rec->kind != TRACE_SEND)
		return ERR_SYNTAX;
	/* Slices into SCRATCH must not move: room for all of them first. */
	if (buf_reserve(scratch, rec->object.raw.n) != 0)
		return ERR_NOMEM;
	find_parts(rec, parts, v);
#define TEXT(id) json_text_in(v[TRACE_SEND_AT_##id], scratch)
	send->src = TEXT(SRC);
	send->dst = TEXT(DST);
	send->src_addr = TEXT(SRC_ADDR);
	send->dst_addr = TEXT(DST_ADDR);
	send->transport = TEXT(TRANSPORT);
	send->proto = TEXT(PROTO);
	send->call_id = TEXT(CALL_ID);
	send->branch = TEXT(BRANCH);
#undef TEXT
	reader_read_start(v[TRACE_SEND_AT_START], send, scratch);
	reader_read_cseq(v[TRACE_SEND_AT_CSEQ], send, scratch);
	send->fwd = reference_of(v[TRACE_SEND_AT_FWD], rec->seq);
	send->retx = reference_of(v[TRACE_SEND_AT_RETX], rec->seq);
	return 0;
}

int
trace_get_send(
    const struct trace_rec *rec, struct trace_send *send, struct buf *scratch)
{
	return trace_get_send_parts(rec, TRACE_SEND_ALL, send, scratch);
}

uint64_t
trace_send_of(const struct trace *t, const struct trace_rec *rec)
{
	enum trace_kind kind = rec->kind;
	uint64_t seq = rec->seq;
	struct trace_rec arrival;

	/* An arrival names its send; a loss names that, or its arrival. */
	while (kind == TRACE_RECV || kind == TRACE_DROP) {
		enum trace_kind before = kind;
		int64_t of = trace_int(rec, "of", 0);

		if (of <= 0 || (uint64_t)of >= seq)
			return 0;
		seq = (uint64_t)of;
		kind = trace_kind_of(t, seq);
		if (kind == before || kind == TRACE_DROP)
			return 0;
		if (kind == TRACE_RECV) {
			trace_get(t, seq, &arrival);
			rec = &arrival;
		}
	}
	return kind == TRACE_SEND ? seq : 0;
}

bool
trace_same_records(const struct trace *a, const struct trace *b)
{
	uint64_t n = trace_count(a);

	if (n != trace_count(b))
		return false;
	for (uint64_t seq = 1; seq <= n; seq++)
		if (!str_eq(trace_line(a, seq), trace_line(b, seq)))
			return false;
	return true;
}

/* ---- a trace that grows line by line, as a writer gives them out ---- */

int
trace_begin(struct trace **tp, const char *name)
{
	struct trace *t = mem_zalloc(1, sizeof(*t));

	*tp = NULL;
	if (t == NULL)
		return ERR_NOMEM;
	t->file = mem_strdup(name);
	if (t->file == NULL) {
		mem_free(t);
		return ERR_NOMEM;
	}
	*tp = t;
	return 0;
}

/* One line, with the newline that ends it and no other. */
static int
reader_check_line(struct str line, const struct trace_place *at)
{
	ptrdiff_t nl = str_chr(line, '\n');

	if (nl < 0)
		return trace_bad_json(at, line, STR_NULL);
	if ((size_t)nl + 1 < line.n)
		return trace_bad_json(
		    at, line, str_slice(line, (size_t)nl, line.n));
	return 0;
}

static int
feed_head(struct trace *t, struct str line, uint64_t next,
    const struct trace_place *at)
{
	int err = trace_grow_index(t, at);

	if (err == 0 && map_create(&t->numbers) != 0)
		err = trace_fail_memory(at);
	if (err == 0)
		err = trace_read_head(t, line, at);
	if (err != 0) {
		trace_clear_head(t);
		return err;
	}
	t->index[0] = (struct trace_entry){ 0 };
	t->index[0].offset = next & 0xffffffffffff;
	return 0;
}

/* What was loaded may be mapped, or end within a line. */
static int
reader_check_end(const struct trace *t, const struct trace_place *at)
{
	uint64_t end = t->index[t->count].offset;

	if (t->file != NULL)
		return 0;
	if (t->looked == NULL && end == trace_text_size(t) &&
	    str_ends(trace_text_slice(t, end - 1, end), "\n"))
		return 0;
	return TRACE_WRONG(
	    at, _("the trace ends within a line, so no other line can follow"));
}

/*
 * Each line is copied to its place first and belongs to the trace once it was
 * found good.
 */
static int
reader_feed(struct trace *t, const char *line, size_t n,
    const struct trace_written *written, struct diag *d)
{
	bool head = t->numbers == NULL, cut = false;
	struct trace_place at = { t->file, head ? 1 : (unsigned)t->count + 2,
		d };
	struct str given = { line, n }, kept;
	char *room;
	int err = written == NULL ? reader_check_line(given, &at) : 0;

	if (err == 0 && !head)
		err = reader_check_end(t, &at);
	if (err != 0)
		return err;
	room = trace_text_room(t, n);
	if (room == NULL)
		return trace_fail_memory(&at);
	memcpy(room, line, n);
	kept = (struct str){ room, n - 1 };
	if (head)
		err = feed_head(t, kept, trace_text_size(t) + n, &at);
	else if (written != NULL)
		err = trace_take_written(
		    t, kept, trace_text_size(t) + n, written, &at);
	else
		err = trace_read_record(
		    t, kept, trace_text_size(t) + n, &at, &cut);
	if (cut)
		return trace_bad_json(&at, kept, STR_NULL);
	if (err == 0)
		trace_text_commit(t, n);
	return err;
}

int
trace_feed(struct trace *t, const char *line, size_t n, struct diag *d)
{
	return reader_feed(t, line, n, NULL, d);
}

static int
feed_of(struct trace *cut, const struct trace *t, uint64_t seq, struct diag *d)
{
	LOCAL_BUF line = BUF_INIT;

	buf_str(&line, trace_line(t, seq));
	buf_putc(&line, '\n');
	return line.err != 0 ? diag_fail(d, line.err)
			     : trace_feed(cut, line.p, line.n, d);
}

int
trace_cut_later(
    struct trace *cut, const struct trace *t, uint64_t before, struct diag *d)
{
	int err = 0;

	for (uint64_t seq = trace_count(cut) + 1;
	     err == 0 && seq < before && seq <= trace_count(t); seq++)
		err = feed_of(cut, t, seq, d);
	return err;
}

int
trace_cut(
    struct trace **cut, const struct trace *t, uint64_t before, struct diag *d)
{
	int err = trace_begin(cut, "");

	if (err != 0)
		return diag_fail(d, err);
	(*cut)->cut = true;
	err = feed_of(*cut, t, 0, d);
	if (err == 0)
		err = trace_cut_later(*cut, t, before, d);
	if (err != 0) {
		trace_destroy(*cut);
		*cut = NULL;
	}
	return err;
}

bool
trace_is_cut(const struct trace *t)
{
	return t->cut && !t->complete;
}

int
trace_feed_written(struct trace *t, const struct trace_writer *w,
    const char *line, size_t n, struct diag *d)
{
	return reader_feed(t, line, n, trace_written(w), d);
}
