/*
 * The index of a trace: every line is checked once for all that holds for
 * every record (docs/TRACE.md, "Every record").  24 bytes of it are kept, and
 * where its members stand (reader_members.c).  What belongs to one kind alone
 * is read, with care, by who asks for it.
 */
#include <string.h>

#include "base/array.h"
#include "base/err.h"
#include "base/param.h"
#include "base/progress.h"
#include "text/utf8.h"
#include "trace/reader_in.h"

/* The members that every record may have; the reader looks at no others. */
struct fields {
	struct json_value seq, t, kind, cause, node, why, rule, retx;
};

/* One line on its way into the index. */
struct pass {
	struct trace *trace;
	struct trace_place at;
	struct str line;
	struct fields *fields;
	struct trace_notes notes;
};

const char *
trace_put_found(struct str s, char out[TRACE_FOUND])
{
	struct str clip = utf8_clip(s, 20);

	if (clip.n > TRACE_FOUND - 4)
		clip = str_slice(clip, 0, TRACE_FOUND - 4);
	if (clip.n > 0)
		memcpy(out, clip.p, clip.n);
	/* … in UTF-8 */
	if (clip.n < s.n)
		memcpy(out + clip.n, "\xe2\x80\xa6", 4);
	else
		out[clip.n] = '\0';
	return out;
}

int
trace_bad_json(const struct trace_place *at, struct str line, struct str left)
{
	char found[TRACE_FOUND];

	if (left.n == 0)
		return TRACE_WRONG(
		    at, _("the line ends in the middle of a JSON object"));
	return TRACE_WRONG(at,
	    _("not JSON at column %zu: found “%s”; expected one JSON object "
	      "on a line"),
	    line.n - left.n + 1, trace_put_found(left, found));
}

/* Where KEY's value goes, or NULL. */
static struct json_value *
index_field_of(struct fields *f, struct str key)
{
	/* clang-format off */
	static const struct {
		struct str key;
		size_t offset;
	} rows[] = {
		{ STR_INIT("t"), offsetof(struct fields, t) },
		{ STR_INIT("seq"), offsetof(struct fields, seq) },
		{ STR_INIT("kind"), offsetof(struct fields, kind) },
		{ STR_INIT("node"), offsetof(struct fields, node) },
		{ STR_INIT("cause"), offsetof(struct fields, cause) },
		{ STR_INIT("why"), offsetof(struct fields, why) },
		{ STR_INIT("rule"), offsetof(struct fields, rule) },
		{ STR_INIT("retx"), offsetof(struct fields, retx) },
	};
	/* clang-format on */

	if (key.n == 0 || key.n > 5)
		return NULL;
	for (size_t i = 0; i < COUNT_OF(rows); i++)
		if (key.p[0] == rows[i].key.p[0] && key.n == rows[i].key.n &&
		    memcmp(key.p, rows[i].key.p, key.n) == 0)
			return (struct json_value *)(void *)((char *)f +
							     rows[i].offset);
	return NULL;
}

/* The next member is KEY with V; the one before ended at END. */
static void
index_note_member(
    struct pass *p, struct str key, const struct json_value *v, size_t end)
{
	size_t at = (size_t)(key.p - p->line.p);

	if (at != end + 2 || v->raw.p != key.p + key.n + 2)
		p->notes.odd = true;
	trace_note(&p->notes, p->line, at, key.n);
}

static int
index_note_field(struct pass *p, struct str key, const struct json_value *v)
{
	struct json_value *to = index_field_of(p->fields, key);
	char found[TRACE_FOUND];

	if (to != NULL && to->type != JSON_NONE)
		return TRACE_WRONG(&p->at,
		    _("“%s” appears twice in one record"),
		    trace_put_found(key, found));
	if (to != NULL)
		*to = *v;
	return 0;
}

/* Reads the line, an object if all is well; *CUT where it ended in the middle.
 */
static int
index_read_fields(struct pass *p, bool *cut)
{
	struct str line = p->line, left = line, key;
	struct json_value v;
	bool first = true;
	size_t end = 0;
	int err = 0;

	json_skip_space(&left);
	if (left.n > 0 && left.p[0] != '{')
		return trace_bad_json(&p->at, line, left);
	left = str_slice(left, 1, left.n);
	while (err == 0) {
		if (json_read_member(&left, &first, &key, &v) != 0)
			break;
		if (v.type == JSON_NONE) {
			p->notes.odd |= end + 1 + left.n != line.n;
			json_skip_space(&left);
			return left.n == 0 ? 0
					   : trace_bad_json(&p->at, line, left);
		}
		index_note_member(p, key, &v, end);
		end = (size_t)(v.raw.p + v.raw.n - line.p);
		err = index_note_field(p, key, &v);
	}
	if (err != 0)
		return err;
	*cut = left.n == 0;
	return *cut ? ERR_SYNTAX : trace_bad_json(&p->at, line, left);
}

static int
check_seq(struct pass *p, const struct fields *f)
{
	unsigned long long wanted = p->trace->count + 1;
	char found[TRACE_FOUND];
	int64_t seq;

	if (f->seq.type == JSON_NONE)
		return TRACE_WRONG(
		    &p->at, _("a record without “seq”; expected %llu"), wanted);
	if (json_int(f->seq, &seq) == 0 && seq > (int64_t)wanted)
		return TRACE_WRONG(&p->at,
		    _("lines are missing before this one: “seq” is %s; "
		      "expected %llu"),
		    trace_put_found(f->seq.raw, found), wanted);
	if (json_int(f->seq, &seq) != 0 || (unsigned long long)seq != wanted)
		return TRACE_WRONG(&p->at,
		    _("“seq” is %s; expected %llu, because records are "
		      "numbered from 1 without gaps"),
		    trace_put_found(f->seq.raw, found), wanted);
	if (p->trace->complete)
		return TRACE_WRONG(&p->at, _("a record follows the “end” "
					     "record, which must be the last"));
	return 0;
}

static int
index_check_time(struct pass *p, const struct fields *f, struct trace_entry *e)
{
	const struct trace *trace = p->trace;
	int64_t before = trace->count > 0 ? e[-1].t : 0;
	char found[TRACE_FOUND];
	int64_t t;

	if (f->t.type == JSON_NONE || json_int(f->t, &t) != 0 || t < 0)
		return TRACE_WRONG(&p->at,
		    _("“t” is “%s”; expected whole nanoseconds from 0"),
		    trace_put_found(f->t.raw, found));
	if (t < before)
		return TRACE_WRONG(&p->at, _("“t” goes back from %lld to %lld"),
		    (long long)before, (long long)t);
	e->t = t;
	return 0;
}

static int
index_check_kind(struct pass *p, const struct fields *f, struct trace_entry *e)
{
	static const char *const names[] = {
#define X(id, name, detail, text) name,
		TRACE_KINDS(X)
#undef X
	};
	char found[TRACE_FOUND];
	enum trace_kind kind;
	struct str name;
	const char *near;

	if (json_plain(f->kind, &name) != 0)
		return TRACE_WRONG(&p->at,
		    _("a record without “kind”; expected a word such as "
		      "“send”"));
	kind = trace_kind_find(name);
	e->kind = (uint64_t)kind & 0xff;
	if (kind != TRACE_KIND_COUNT)
		return 0;
	near = param_nearest(name, names, TRACE_KIND_COUNT, sizeof(*names));
	if (near == NULL)
		return TRACE_WRONG(&p->at, _("unknown kind “%s”"),
		    trace_put_found(name, found));
	return TRACE_WRONG(&p->at, _("unknown kind “%s”; is “%s” meant?"),
	    trace_put_found(name, found), near);
}

static int
check_cause(struct pass *p, const struct fields *f, struct trace_entry *e)
{
	char found[TRACE_FOUND];
	int64_t cause;

	e->cause = 0;
	if (f->cause.type == JSON_NONE)
		return 0;
	if (json_int(f->cause, &cause) != 0 || cause < 1 ||
	    (uint64_t)cause > p->trace->count)
		return TRACE_WRONG(&p->at,
		    _("“cause” is “%s”; expected the number of an earlier "
		      "record"),
		    trace_put_found(f->cause.raw, found));
	e->cause = (uint32_t)cause;
	return 0;
}

/* KEY is a string or missing. */
static int
index_check_text(struct pass *p, struct json_value v, const char *key)
{
	char found[TRACE_FOUND];

	if (v.type == JSON_STRING || v.type == JSON_NONE)
		return 0;
	return TRACE_WRONG(&p->at, _("“%s” is %s; expected a string"), key,
	    trace_put_found(v.raw, found));
}

/* The number of the node of that name, TRACE_NO_NODE of none; a new one gets
 * one.  0 or ERR_NOMEM. */
static int
number_node_name(struct trace *t, struct str name, uint32_t *number)
{
	int err = 0;

	*number = TRACE_NO_NODE;
	if (name.n == 0)
		return 0;
	if (t->recent >= t->nnames || !str_eq(name, t->names[t->recent]))
		err = trace_number_name(t, name, &t->recent);
	*number = t->recent;
	return err;
}

/* Comes last, since a name stays. */
static int
number_node(struct pass *p, const struct fields *f, struct trace_entry *e)
{
	LOCAL_BUF decoded = BUF_INIT;
	struct str name = STR_NULL;
	int err = 0;

	if (f->node.type != JSON_NONE && json_plain(f->node, &name) != 0) {
		err = json_text(f->node, &decoded);
		name = buf_view(&decoded);
	}
	if (err == 0)
		err = number_node_name(p->trace, name, &e->node);
	return err != 0 ? trace_fail_memory(&p->at) : 0;
}

int
trace_grow_index(struct trace *t, const struct trace_place *at)
{
	if (t->count >= UINT32_MAX - 2)
		return diag_set(at->diag, ERR_LIMIT, at->file, at->line,
		    _("more than %llu records"), (unsigned long long)t->count);
	if (ARRAY_ROOM(&t->index, &t->cap, t->count + 2) != 0 ||
	    trace_grow_members(t) != 0)
		return trace_fail_memory(at);
	return 0;
}

static int
index_check_record(
    struct pass *p, const struct fields *f, struct trace_entry *e)
{
	int err = index_check_time(p, f, e);

	if (err == 0)
		err = index_check_kind(p, f, e);
	if (err == 0)
		err = check_cause(p, f, e);
	if (err == 0)
		err = index_check_text(p, f->node, "node");
	if (err == 0)
		err = index_check_text(p, f->why, "why");
	if (err == 0)
		err = index_check_text(p, f->rule, "rule");
	return err != 0 ? err : number_node(p, f, e);
}

/* The record behind the last, with NOTES, is one from now on. */
static void
end_record(struct trace *t, const struct trace_notes *notes, uint64_t next)
{
	struct trace_entry *e = &t->index[t->count];

	trace_keep_notes(t, notes);
	t->count++;
	if (t->first[e->kind] == 0)
		t->first[e->kind] = (uint32_t)t->count;
	t->complete = e->kind == TRACE_END;
	/* The entry behind the last record says where that ends. */
	e[1].offset = next & 0xffffffffffff;
}

int
trace_read_record(struct trace *t, struct str line, uint64_t next,
    const struct trace_place *at, bool *cut)
{
	struct fields f = { .seq = { JSON_NONE, STR_NULL } };
	struct pass p = { t, *at, line, &f, { .n = 0 } };
	struct trace_entry *e;
	int err;

	*cut = false;
	err = index_read_fields(&p, cut);
	if (err == 0)
		err = check_seq(&p, &f);
	if (err == 0)
		err = trace_grow_index(t, at);
	if (err != 0)
		return err;
	e = &t->index[t->count];
	err = index_check_record(&p, &f, e);
	if (err == 0) {
		e->retx = f.retx.type == JSON_NUMBER;
		end_record(t, &p.notes, next);
	}
	return err;
}

/* W is the next record, and its node's name stands as it is. */
static bool
fits_written(const struct trace *t, struct str line,
    const struct trace_written *w, struct str *node)
{
	const struct trace_member *m = w->notes->list;
	const struct trace_member *end = m + w->notes->n;
	size_t at = 0;

	*node = STR_NULL;
	for (size_t i = 0; i < w->node; i++)
		at += m[i].step;
	return w->seq == t->count + 1 && !t->complete && w->t >= 0 &&
	       (t->count == 0 || w->t >= t->index[t->count - 1].t) &&
	       w->cause <= t->count &&
	       (w->node == 0 ||
		   json_plain(trace_member_value(line, at, strlen("node"),
				  m + w->node - 1, end),
		       node) == 0);
}

int
trace_take_written(struct trace *t, struct str line, uint64_t next,
    const struct trace_written *w, const struct trace_place *at)
{
	struct trace_entry *e;
	struct str node;
	bool cut;
	int err;

	if (!fits_written(t, line, w, &node)) {
		err = trace_read_record(t, line, next, at, &cut);
		return cut ? trace_bad_json(at, line, STR_NULL) : err;
	}
	err = trace_grow_index(t, at);
	if (err != 0)
		return err;
	e = &t->index[t->count];
	e->t = w->t;
	e->kind = (uint64_t)w->kind & 0xff;
	e->cause = (uint32_t)w->cause;
	e->retx = w->has_retx;
	if (number_node_name(t, node, &e->node) != 0)
		return trace_fail_memory(at);
	end_record(t, w->notes, next);
	return 0;
}

int
trace_read_records(struct trace *t, size_t offset, const struct trace_place *at)
{
	struct str text = trace_text_slice(t, 0, trace_text_size(t));
	struct trace_place here = *at;
	int err = trace_grow_index(t, at);

	if (err != 0)
		return err;
	t->index[0] = (struct trace_entry){ 0 };
	t->index[0].offset = offset & 0xffffffffffff;
	while (offset < text.n) {
		struct str rest = str_slice(text, offset, text.n);
		ptrdiff_t nl = str_chr(rest, '\n');
		struct str line = str_slice(rest, 0, (size_t)nl);
		bool cut;

		if (nl < 0 && str_trim(line).n == 0)
			return 0;
		trace_text_look(t, offset);
		here.line++;
		offset += line.n + (nl >= 0);
		if (here.line % PROGRESS_EACH == 0)
			progress_tell(N_("reading the trace"), offset, text.n);
		err = trace_read_record(t, line, offset, &here, &cut);
		if (cut && nl < 0)
			return 0; /* the writer was stopped here */
		if (cut)
			return trace_bad_json(&here, line, STR_NULL);
		if (err != 0)
			return err;
	}
	return 0;
}
