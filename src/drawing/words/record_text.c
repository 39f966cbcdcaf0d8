/*
 * The words that records are told with, and telling them.  What each kind says
 * is in words/record_kinds.c and the files next to it.
 */
#include "words/record_text.h"

#include "text/utf8.h"
#include "rules/rules.h"
#include "words/record_text_in.h"
#include "draw/wrap.h"
#include "words/time_words.h"

#include <stdio.h>
#include <string.h>

/* Beyond this a field is clipped: a sentence is not the place for it. */
#define FIELD_CELLS 160

const char *
tell_text(struct telling *w, struct str text)
{
	struct buf *b = &w->words[w->nwords];
	struct str clipped = utf8_clip(text, FIELD_CELLS);

	if (w->nwords + 1 < WORDS)
		w->nwords++;
	buf_clear(b);
	utf8_add_safe(b, clipped);
	if (clipped.n < text.n)
		buf_puts(b, "…");
	if (b->err != 0)
		w->out->err = b->err;
	return buf_cstr(b);
}

const char *
tell_buf(struct telling *w, struct buf *b)
{
	const char *text = tell_text(w, buf_view(b));

	buf_end(b, &w->out->err);
	return text;
}

const char *
tell_field(struct telling *w, const char *key)
{
	struct json_value v = trace_member(w->rec, key);
	struct str text;

	buf_clear(&w->scratch);
	if (v.type == JSON_NUMBER || v.type == JSON_BOOL)
		return tell_text(w, v.raw);
	text = trace_str(w->rec, key, &w->scratch);
	return tell_text(w, text.n > 0 ? text : STR("?"));
}

const char *
tell_node(struct telling *w)
{
	return w->rec->node.n > 0 ? tell_text(w, w->rec->node)
				  : _("the network");
}

const char *
tell_time(struct telling *w, int64_t t)
{
	struct buf b = BUF_INIT;

	time_put(&b, t);
	buf_puts(&b, " s");
	return tell_buf(w, &b);
}

const char *
tell_length(struct telling *w, int64_t ns)
{
	struct buf b = BUF_INIT;

	time_put_length(&b, ns);
	return tell_buf(w, &b);
}

const char *
tell_time_of(struct telling *w, const char *key)
{
	int64_t t = trace_int(w->rec, key, -1);

	return t >= 0 ? tell_time(w, t) : "";
}

const char *
tell_length_of(struct telling *w, const char *key)
{
	int64_t ns = trace_int(w->rec, key, -1);

	return ns >= 0 ? tell_length(w, ns) : "";
}

/* A response's words are its sender's: they are in the start line. */
static struct str
status_line(struct str bytes)
{
	ptrdiff_t end = str_chr(bytes, '\n');
	struct str line =
	    str_trim(end < 0 ? bytes : str_slice(bytes, 0, (size_t)end));

	if (!str_istarts(line, "SIP/2.0 "))
		return STR_NULL;
	return str_trim(str_slice(line, 8, line.n));
}

const char *
tell_message(struct telling *w, const struct trace_rec *send)
{
	struct trace_send s;
	struct buf bytes = BUF_INIT;
	const char *text;

	buf_clear(&w->scratch);
	if (trace_get_send(send, &s, &w->scratch) != 0)
		return "?";
	if (s.status != 0) {
		struct str line = status_line(trace_bytes(send, &bytes));
		char code[16];

		snprintf(code, sizeof(code), "%u", s.status);
		text = tell_text(
		    w, line.n > 0 ? utf8_clip(line, 48) : str_of(code));
	} else if (s.method.n > 0) {
		text = tell_text(w, utf8_clip(s.method, 48));
	} else {
		text = tell_text(w, s.proto.n > 0 ? s.proto : STR("?"));
	}
	buf_end(&bytes, &w->out->err);
	return text;
}

const char *
tell_list(struct telling *w, const char *key)
{
	struct json_value v = trace_member(w->rec, key);
	struct json_value item;
	struct str name;
	struct buf b = BUF_INIT;
	size_t at = 0;

	if (v.type != JSON_ARRAY && v.type != JSON_OBJECT)
		return v.type == JSON_NONE ? "" : tell_field(w, key);
	while (json_next(v.raw, &at, &name, &item) == 1) {
		if (b.n > 0)
			buf_puts(&b, ", ");
		if (name.n > 0) {
			buf_str(&b, name);
			buf_putc(&b, '=');
		}
		if (item.type == JSON_STRING)
			json_text(item, &b);
		else
			buf_str(&b, item.raw);
	}
	return tell_buf(w, &b);
}

const char *
tell_host(struct telling *w, const char *key)
{
	const char *at = tell_has_member(w, key) ? tell_field(w, key) : "";
	struct str node = trace_node_at(w->trace, str_of(at));
	struct buf b = BUF_INIT;

	if (node.n == 0)
		return at;
	buf_str(&b, node);
	buf_printf(&b, " (%s)", at);
	return tell_buf(w, &b);
}

const char *
tell_host_name(struct telling *w, const char *key)
{
	const char *at = tell_has_member(w, key) ? tell_field(w, key) : "";
	struct str node = trace_node_at(w->trace, str_of(at));

	return node.n > 0 ? tell_text(w, node) : at;
}

bool
tell_has_member(struct telling *w, const char *key)
{
	struct json_value v = trace_member(w->rec, key);

	return v.type != JSON_NONE && v.type != JSON_NULL &&
	       !(v.type == JSON_STRING && v.raw.n <= 2);
}

bool
tell_member_is(struct telling *w, const char *key, const char *value)
{
	buf_clear(&w->scratch);
	return str_is(trace_str(w->rec, key, &w->scratch), value);
}

void
record_put_q(struct buf *out, int64_t q)
{
	unsigned n = q < 0 ? 0 : q > 1000 ? 1000 : (unsigned)q;
	unsigned digits = 3;

	buf_printf(out, "q %u", n / 1000);
	n %= 1000;
	if (n == 0)
		return;
	while (n % 10 == 0) {
		n /= 10;
		digits--;
	}
	buf_printf(out, ".%0*u", (int)digits, n);
}

bool
record_message(
    const struct trace *t, const struct trace_rec *rec, struct trace_rec *send)
{
	uint64_t seq = trace_send_of(t, rec);

	if (seq != 0)
		trace_get(t, seq, send);
	return seq != 0;
}

/* "px 创建 非 INVITE 客户端事务": no space stands between two Chinese
 * characters, as one does beside Latin letters, which the name of a machine or
 * timer may begin or end with.  Of what OUT has FROM there on. */
static void
close_up(struct buf *out, size_t from)
{
	size_t to = from, at = from;
	uint32_t before = 0;

	while (at < out->n) {
		struct str rest = str_slice(buf_view(out), at, out->n);
		size_t used, next;
		uint32_t c = utf8_decode(rest, &used);

		if (c == ' ' && used < rest.n && utf8_cells(before) == 2 &&
		    utf8_cells(utf8_decode(
			str_slice(rest, used, rest.n), &next)) == 2) {
			at += used;
			continue;
		}
		memmove(out->p + to, out->p + at, used);
		to += used;
		at += used;
		before = c;
	}
	buf_truncate(out, to);
}

static void
record_put_words(const struct trace *t, const struct trace_rec *rec,
    struct buf *out, tell_fn *fn)
{
	const struct record_kind *kind = record_kinds[rec->kind];
	struct telling w = { .trace = t, .rec = rec, .kind = kind, .out = out };
	size_t before = out->n;

	if (kind->prepare != NULL)
		kind->prepare(&w);
	fn(&w);
	if (kind->close_up)
		close_up(out, before);
	if (w.scratch.err != 0)
		out->err = w.scratch.err;
	for (unsigned i = 0; i < WORDS; i++)
		buf_free(&w.words[i]);
	buf_free(&w.scratch);
	buf_free(&w.memory);
}

static const char *
inferred(const struct trace_rec *rec)
{
	struct json_value v = trace_member(rec, "inferred");

	return v.type == JSON_BOOL && str_is(v.raw, "true") ? _(" (inferred)")
							    : "";
}

const char *
record_inferred(const struct trace *t, uint64_t seq)
{
	struct trace_rec rec;

	if (seq == 0 || seq > trace_count(t))
		return "";
	trace_get(t, seq, &rec);
	return inferred(&rec);
}

static void
say_summary(struct telling *w)
{
	if (w->kind->summary != NULL)
		tell_rows(w, w->kind->summary, w->out);
	else
		w->kind->tell_summary(w);
	buf_puts(w->out, inferred(w->rec));
}

void
record_summary(
    const struct trace *t, const struct trace_rec *rec, struct buf *out)
{
	record_put_words(t, rec, out, say_summary);
}

static void
tell_sentence(struct telling *w)
{
	tell_rows(w, w->kind->sentence, w->out);
	if (w->kind->more != NULL)
		tell_rows(w, w->kind->more, w->out);
	buf_puts(w->out, inferred(w->rec));
}

void
record_sentence(
    const struct trace *t, const struct trace_rec *rec, struct buf *out)
{
	record_put_words(t, rec, out, tell_sentence);
}

static void
record_text_tell_step(struct telling *w)
{
	if (w->kind->step == NULL) {
		say_summary(w);
		return;
	}
	tell_rows(w, w->kind->step, w->out);
	buf_puts(w->out, inferred(w->rec));
}

void
record_step(const struct trace *t, const struct trace_rec *rec, struct buf *out)
{
	record_put_words(t, rec, out, record_text_tell_step);
}

static void
name_message(struct telling *w)
{
	buf_puts(w->out, tell_message(w, w->rec));
}

void
record_message_name(
    const struct trace *t, const struct trace_rec *send, struct buf *out)
{
	record_put_words(t, send, out, name_message);
}

bool
record_rule(const struct trace_rec *rec, struct buf *out)
{
	const struct rule *rule = trace_rule_row(rec);

	if (rule == NULL)
		return false;
	rule_put(rule, out);
	return true;
}

void
record_rule_place(const struct trace_rec *rec, struct buf *out)
{
	const struct rule *rule = trace_rule_row(rec);

	if (rule == NULL)
		utf8_add_safe(out, utf8_clip(trace_why(rec), 20));
	else if (rule->rfc == 3261)
		buf_puts(out, rule->section);
	else
		rule_put_section(rule, out);
}

enum canvas_style
record_kind_style(enum trace_kind kind)
{
	static const uint8_t styles[TRACE_KIND_COUNT] = {
		[TRACE_SEND] = STYLE_REQUEST,
		[TRACE_RECV] = STYLE_SUCCESS,
		[TRACE_DROP] = STYLE_LOST,
		[TRACE_BAD] = STYLE_LOST,
		[TRACE_FAULT] = STYLE_LOST,
		[TRACE_TIMER] = STYLE_TIMER,
		[TRACE_ACT] = STYLE_BOLD,
		[TRACE_NOTE] = STYLE_BOLD,
	};

	return styles[kind];
}

enum canvas_style
record_arrow_style(enum trace_arrow arrow)
{
	static const enum canvas_style styles[] = {
#define X(id, name) STYLE_##id,
		TRACE_ARROWS(X)
#undef X
	};

	return styles[arrow];
}

static const struct tell_row questions[] = {
	{ "kind=send;known",
	    N_("Why did {src} send {what} to {dst} at {time} (record "
	       "{seq})?") },
	{ "kind=recv;known",
	    N_("Why did {dst} receive {what} from {src} at {time} (record "
	       "{seq})?") },
	{ "kind=drop;known",
	    N_("Why was the {what} from {src} to {dst} lost at {time} (record "
	       "{seq})?") },
	{ "kind=fault;known",
	    N_("What happened to the {what} from {src} to {dst} at {time} "
	       "(record {seq})?") },
	{ "kind=end", N_("Why did the run end at {time} (record {seq})?") },
	{ "kind=dialog;owner",
	    N_("What led to this at {node} at {time} (record {seq}): {was} → "
	       "{to}?") },
	/* TRANSLATORS: "What led to this at atl at 0.505 s (record 13): Timer
	 * A fired?" */
	{ "owner", N_("What led to this at {node} at {time} (record {seq}): "
		      "{summary}?") },
	{ "", N_("What led to this at {time} (record {seq}): {summary}?") },
};

/* "… failed.?": the text asked about may be a sentence that ends of itself. */
static void
drop_stop_before_mark(struct buf *b)
{
	size_t mark = b->n > 0 && b->p[b->n - 1] == '?' ? 1 : strlen("？");

	if (b->n <= mark || b->p[b->n - mark - 1] != '.')
		return;
	memmove(b->p + b->n - mark - 1, b->p + b->n - mark, mark + 1);
	b->n--;
}

static void
tell_question(struct telling *w)
{
	tell_rows(w, questions, w->out);
	drop_stop_before_mark(w->out);
}

void
record_question(
    const struct trace *t, const struct trace_rec *rec, struct buf *out)
{
	record_put_words(t, rec, out, tell_question);
}

void
record_wrap(
    struct buf *out, struct str text, size_t used, size_t indent, size_t width)
{
	if (width < indent + 16)
		width = indent + 16;
	while (text.n > 0) {
		size_t cells = width > used ? width - used : 1;
		size_t n = wrap_fits(text, cells, NULL, NULL);

		buf_str(out, str_slice(text, 0, n));
		text = wrap_rest(str_slice(text, n, text.n));
		if (text.n > 0) {
			buf_putc(out, '\n');
			buf_fill(out, ' ', indent);
			used = indent;
		}
	}
}
