/*
 * The index of a trace: every line is checked once for all that holds for every
 * record (docs/TRACE.md, "Every record"), and 24 bytes of it are kept.  What
 * belongs to one kind alone is read, with care, by who asks for it.
 */
#include "trace/reader_in.h"

#include "base/array.h"
#include "base/err.h"
#include "base/param.h"
#include "base/progress.h"
#include "base/utf8.h"

#include <string.h>

/* The members that every record may have; the reader looks at no others. */
struct fields {
	struct json_value seq, t, kind, cause, node, why, rule, retx;
};

/* One line on its way into the index. */
struct pass {
	struct trace *trace;
	struct trace_place at;
};

const char *
trace_found(struct str s, char out[TRACE_FOUND])
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
	    line.n - left.n + 1, trace_found(left, found));
}

/* Where KEY's value goes, or NULL. */
static struct json_value *
field_of(struct fields *f, struct str key)
{
	/* clang-format off */
	static const struct {
		char name[6];
		unsigned char n;
		size_t offset;
	} rows[] = {
		{ "t", 1, offsetof(struct fields, t) },
		{ "seq", 3, offsetof(struct fields, seq) },
		{ "kind", 4, offsetof(struct fields, kind) },
		{ "node", 4, offsetof(struct fields, node) },
		{ "cause", 5, offsetof(struct fields, cause) },
		{ "why", 3, offsetof(struct fields, why) },
		{ "rule", 4, offsetof(struct fields, rule) },
		{ "retx", 4, offsetof(struct fields, retx) },
	};
	/* clang-format on */

	if (key.n > 5)
		return NULL;
	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++)
		if (key.n == rows[i].n &&
		    memcmp(key.p, rows[i].name, key.n) == 0)
			return (struct json_value *)(void *)((char *)f +
							     rows[i].offset);
	return NULL;
}

/* Reads LINE, an object, into F; *CUT where it ended in the middle. */
static int
read_fields(struct pass *p, struct str line, struct fields *f, bool *cut)
{
	struct str left = line, key;
	struct json_value v;
	bool first = true;
	char found[TRACE_FOUND];

	memset(f, 0, sizeof(*f));
	*cut = false;
	json_skip_space(&left);
	if (left.n > 0 && left.p[0] != '{')
		return trace_bad_json(&p->at, line, left);
	left = str_slice(left, 1, left.n);
	for (;;) {
		struct json_value *to;

		if (json_read_member(&left, &first, &key, &v) != 0)
			break;
		if (v.type == JSON_NONE) {
			json_skip_space(&left);
			return left.n == 0 ? 0
					   : trace_bad_json(&p->at, line, left);
		}
		to = field_of(f, key);
		if (to != NULL && to->type != JSON_NONE)
			return TRACE_WRONG(&p->at,
			    _("“%s” stands twice in one record"),
			    trace_found(key, found));
		if (to != NULL)
			*to = v;
	}
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
		    trace_found(f->seq.raw, found), wanted);
	if (json_int(f->seq, &seq) != 0 || (unsigned long long)seq != wanted)
		return TRACE_WRONG(&p->at,
		    _("“seq” is %s; expected %llu, because records are "
		      "numbered from 1 without gaps"),
		    trace_found(f->seq.raw, found), wanted);
	if (p->trace->complete)
		return TRACE_WRONG(&p->at,
		    _("a record behind the “end” record, which is to be the "
		      "last"));
	return 0;
}

static int
check_time(struct pass *p, const struct fields *f, struct trace_entry *e)
{
	const struct trace *trace = p->trace;
	int64_t before = trace->count > 0 ? e[-1].t : 0;
	char found[TRACE_FOUND];
	int64_t t;

	if (f->t.type == JSON_NONE || json_int(f->t, &t) != 0 || t < 0)
		return TRACE_WRONG(&p->at,
		    _("“t” is “%s”; expected whole nanoseconds from 0"),
		    trace_found(f->t.raw, found));
	if (t < before)
		return TRACE_WRONG(&p->at, _("“t” goes back from %lld to %lld"),
		    (long long)before, (long long)t);
	e->t = t;
	return 0;
}

static int
check_kind(struct pass *p, const struct fields *f, struct trace_entry *e)
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
		return TRACE_WRONG(
		    &p->at, _("unknown kind “%s”"), trace_found(name, found));
	return TRACE_WRONG(&p->at, _("unknown kind “%s”; is “%s” meant?"),
	    trace_found(name, found), near);
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
		    trace_found(f->cause.raw, found));
	e->cause = (uint32_t)cause;
	return 0;
}

/* KEY is a string or missing. */
static int
check_text(struct pass *p, struct json_value v, const char *key)
{
	char found[TRACE_FOUND];

	if (v.type == JSON_STRING || v.type == JSON_NONE)
		return 0;
	return TRACE_WRONG(&p->at, _("“%s” is %s; expected a string"), key,
	    trace_found(v.raw, found));
}

/* The node's number; a new name gets one.  Comes last, since a name stays. */
static int
number_node(struct pass *p, const struct fields *f, struct trace_entry *e)
{
	struct trace *t = p->trace;
	struct buf decoded = BUF_INIT;
	struct str name = STR_NULL;
	int err = 0;

	e->node = TRACE_NO_NODE;
	if (f->node.type == JSON_NONE)
		return 0;
	if (json_plain(f->node, &name) != 0) {
		err = json_text(f->node, &decoded);
		name = buf_view(&decoded);
	}
	if (err == 0 && name.n > 0) {
		if (t->recent >= t->nnames ||
		    !str_eq(name, t->names[t->recent]))
			err = trace_number_name(t, name, &t->recent);
		e->node = t->recent;
	}
	buf_free(&decoded);
	return err != 0 ? trace_nomem(&p->at) : 0;
}

int
trace_grow_index(struct trace *t, const struct trace_place *at)
{
	if (t->count >= UINT32_MAX - 2)
		return diag_set(at->diag, ERR_LIMIT, at->file, at->line,
		    _("more than %llu records"), (unsigned long long)t->count);
	if (ARRAY_ROOM(&t->index, &t->cap, t->count + 2) != 0)
		return trace_nomem(at);
	return 0;
}

static int
check_record(struct pass *p, const struct fields *f, struct trace_entry *e)
{
	int err = check_time(p, f, e);

	if (err == 0)
		err = check_kind(p, f, e);
	if (err == 0)
		err = check_cause(p, f, e);
	if (err == 0)
		err = check_text(p, f->node, "node");
	if (err == 0)
		err = check_text(p, f->why, "why");
	if (err == 0)
		err = check_text(p, f->rule, "rule");
	return err != 0 ? err : number_node(p, f, e);
}

int
trace_read_record(struct trace *t, struct str line, uint64_t next,
    const struct trace_place *at, bool *cut)
{
	struct pass p = { t, *at };
	struct trace_entry *e;
	struct fields f;
	int err = read_fields(&p, line, &f, cut);

	if (err == 0)
		err = check_seq(&p, &f);
	if (err == 0)
		err = trace_grow_index(t, at);
	if (err != 0)
		return err;
	e = &t->index[t->count];
	err = check_record(&p, &f, e);
	if (err == 0) {
		e->has = (f.why.type == JSON_STRING ? HAS_WHY : 0) |
			 (f.rule.type == JSON_STRING ? HAS_RULE : 0) |
			 (f.retx.type == JSON_NUMBER ? HAS_RETX : 0);
		t->count++;
		if (t->first[e->kind] == 0)
			t->first[e->kind] = (uint32_t)t->count;
		t->complete = e->kind == TRACE_END;
		/* The entry behind the last record says where that ends. */
		e[1].offset = next & 0xffffffffffff;
	}
	return err;
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
