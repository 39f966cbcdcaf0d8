/* A record with all it says; see words/record_doc.h. */
#include "words/record_doc.h"

#include "draw/hex_doc.h"
#include "words/decoded_doc.h"
#include "words/record_text.h"
#include "words/transport_words_in.h"
#include "draw/wrap.h"
#include "words/time_words.h"

#define INDENT 4
#define KEY    12 /* cells of a field's name */
/* Longer values than these are clipped: no field but a message is as long. */
#define VALUE_MOST 4096

static void
put_record_heading(struct doc *d, const struct trace_rec *rec, size_t width)
{
	struct buf b = BUF_INIT;

	buf_printf(&b, _("Record %llu"), (unsigned long long)rec->seq);
	buf_puts(&b, " · ");
	time_put_fine(&b, rec->t,
	    rec->t % 1000000 == 0 ? 3
	    : rec->t % 1000 == 0  ? 6
				  : 9);
	buf_puts(&b, " s");
	if (rec->node.n > 0) {
		buf_puts(&b, " · ");
		buf_str(&b, rec->node);
	}
	buf_printf(&b, " · %s", trace_kind_name(rec->kind));
	doc_line(d, rec->seq);
	doc_clip(d, STYLE_TITLE, buf_view(&b), width);
	buf_end(&b, &d->err);
}

void
record_doc_says(const struct trace *t, const struct trace_rec *rec,
    size_t width, struct doc *d)
{
	struct buf b = BUF_INIT;

	record_sentence(t, rec, &b);
	doc_line(d, rec->seq);
	doc_wrap(d, STYLE_PLAIN, buf_view(&b), 0, width);
	buf_clear(&b);
	if (record_rule(rec, &b)) {
		doc_line(d, rec->seq);
		doc_wrap(d, STYLE_RULE, buf_view(&b), 0, width);
	}
	buf_clear(&b);
	if (transport_put_reason(t, rec, &b)) {
		doc_line(d, rec->seq);
		doc_wrap(d, STYLE_DIM, buf_view(&b), 0, width);
	}
	buf_end(&b, &d->err);
}

static bool
is_key_of(struct str key, const char *const *list)
{
	for (; *list != NULL; list++)
		if (str_is(key, *list))
			return true;
	return false;
}

/* The earlier record that field KEY names; 0: none. */
static uint64_t
leads_to(const struct trace_rec *rec, struct str key, struct json_value v)
{
	static const char *const links[] = { "cause", "of", "fwd", "retx",
		"packet", NULL };
	int64_t n;

	if (!is_key_of(key, links) || json_int(v, &n) != 0 || n <= 0 ||
	    (uint64_t)n >= rec->seq)
		return 0;
	return (uint64_t)n;
}

/* It is of a kind that carries a message. */
static bool
carries_message(const struct trace_rec *rec)
{
	if (rec->kind == TRACE_FAULT)
		return trace_member(rec, "text").type == JSON_STRING ||
		       trace_member(rec, "base64").type == JSON_STRING;
	return rec->kind == TRACE_SEND || rec->kind == TRACE_RECV;
}

static void
put_record_fields(const struct trace_rec *rec, size_t width, struct doc *d)
{
	static const char *const told[] = { "seq", "t", "node", "kind", NULL };
	static const char *const bytes[] = { "text", "base64", NULL };
	bool message = carries_message(rec);
	struct doc_marked m = {
		.indent = INDENT + KEY, .width = width, .also = WRAP_MESSAGE
	};
	struct buf b = BUF_INIT;
	struct json_value v;
	struct str key;
	size_t at = 0;

	while (d->err == 0 && json_next(rec->object.raw, &at, &key, &v) == 1) {
		uint64_t to = leads_to(rec, key, v);

		if (is_key_of(key, told) || (message && is_key_of(key, bytes)))
			continue;
		buf_clear(&b);
		if (v.type == JSON_STRING)
			json_text(v, &b);
		else
			buf_str(&b, str_slice(v.raw, 0, VALUE_MOST));
		doc_line(d, to != 0 ? to : rec->seq);
		doc_pad(d, INDENT);
		doc_clip(d, STYLE_DIM, key, KEY - 1);
		doc_pad(d, INDENT + KEY);
		m.style = to != 0 ? STYLE_LINK : STYLE_PLAIN;
		doc_wrap_marked(d, str_slice(buf_view(&b), 0, VALUE_MOST), &m);
	}
	buf_end(&b, &d->err);
}

static void
put_byte_lines(struct doc *d, struct str bytes, uint64_t seq, size_t width)
{
	struct doc_marked m = { .indent = INDENT + 4,
		.width = width != 0 ? width : SIZE_MAX,
		.also = WRAP_MESSAGE };

	while (bytes.n > 0 && d->err == 0) {
		struct str line = str_cut_line(bytes, &bytes);

		doc_line(d, seq);
		if (line.n == 0)
			continue;
		doc_pad(d, INDENT);
		doc_wrap_marked(d, line, &m);
	}
}

/* So many octets of BYTES are lines of text, or (not TEXT) such as are none,
 * till a part of a body begins or ends. */
static size_t
count_run(struct str bytes, bool text)
{
	struct str rest = bytes, behind, line;

	while (rest.n > 0) {
		line = str_cut_line(rest, &behind);
		if (text ? !hex_is_text(line)
			 : rest.n < bytes.n && str_starts(line, "--"))
			break;
		rest = behind;
	}
	return bytes.n - rest.n;
}

void
record_doc_bytes(const struct trace_rec *rec, size_t width, struct doc *d)
{
	struct buf b = BUF_INIT, name = BUF_INIT, text = BUF_INIT;
	struct str bytes = trace_bytes(rec, &b);

	if (decoded_doc(trace_str(rec, "proto", &name), bytes, rec->seq,
		width != 0 ? width : SIZE_MAX, d))
		doc_line(d, rec->seq);
	bytes = hex_as_text(bytes, &text);
	while (bytes.n > 0 && d->err == 0) {
		size_t n =
		    hex_is_text(bytes) ? bytes.n : count_run(bytes, true);

		put_byte_lines(d, str_slice(bytes, 0, n), rec->seq, width);
		bytes = str_slice(bytes, n, bytes.n);
		n = count_run(bytes, false);
		if (n > 0)
			hex_doc(str_slice(bytes, 0, n), rec->seq, width, d);
		bytes = str_slice(bytes, n, bytes.n);
	}
	buf_end(&b, &d->err);
	buf_end(&text, &d->err);
	buf_free(&name);
}

void
record_doc_rest(const struct trace *t, const struct trace_rec *rec,
    size_t width, size_t lines, struct doc *d)
{
	doc_line(d, rec->seq);
	record_doc_says(t, rec, width, d);
	doc_line(d, rec->seq);
	put_record_fields(rec, width, d);
	if (carries_message(rec)) {
		doc_line(d, rec->seq);
		record_doc_bytes(rec, lines, d);
	}
}

void
record_doc(const struct trace *t, uint64_t seq, size_t width, struct doc *d)
{
	struct trace_rec rec;

	if (seq == 0 || seq > trace_count(t))
		return;
	trace_get(t, seq, &rec);
	put_record_heading(d, &rec, width);
	record_doc_rest(t, &rec, width, width, d);
}
