/*
 * Records as they are shown: one with all it says, as a line of a table, the
 * table as text, and for programs.
 */
#include "words/record_doc.h"

#include <stdio.h>

#include "base/err.h"
#include "base/progress.h"
#include "draw/wrap.h"
#include "text/json_fields.h"
#include "text/utf8.h"
#include "words/caption.h"
#include "words/decoded_doc.h"
#include "words/b2bua_changes_doc.h"
#include "words/record_text.h"
#include "words/time_words.h"

/* Below this width the column of kinds is left out. */
#define RECORD_LINE_KINDS 64

/* ---- a record with all it says ---- */

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

static void
record_doc_bytes(const struct trace_rec *rec, size_t width, struct doc *d)
{
	LOCAL_BUF b = BUF_INIT, name = BUF_INIT, text = BUF_INIT;
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
}

/* All of it but the heading, the message in lines of at most LINES cells (0: as
 * long as they are). */
static void
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

/* ---- a record as it is told ---- */

/* ---- records ---- */

static const char *
record_kind_word(unsigned i)
{
	return i < TRACE_KIND_COUNT ? trace_kind_name((enum trace_kind)i)
				    : NULL;
}

const struct field record_told_fields[] = {
	FIELD(struct record_told, seq, NUMBER, "its number, from 1"),
	FIELD(struct record_told, t, NUMBER, "virtual time in ns",
	    .least = INT64_MIN),
	FIELD(struct record_told, node, STR,
	    "where it happened; empty for the network's own"),
	FIELD(struct record_told, kind, WORD, "as in the trace",
	    .word = record_kind_word),
	FIELD(struct record_told, summary, BUF, "a short summary"),
	FIELD(struct record_told, text, BUF, "what it says, a sentence"),
	ANY_FIELD(struct record_told, rule, BUF,
	    "the rule that requires it: RFC, section, a sentence"),
	ANY_FIELD(struct record_told, own_reason, BUF,
	    "of a step: the reason that the message gives itself"),
	ANY_FIELD(struct record_told, made_of, BUF,
	    "of a step: the message from which a B2BUA made this one"),
	ANY_FIELD(struct record_told, transport, BUF,
	    "of a step: by which transport it goes, and why"),
	FIELD_BESIDE_AS("record", OBJECT, "as it stands in the trace"),
	FIELDS_END,
};

void
record_tell(const struct trace *t, const struct trace_rec *rec, bool why,
    struct record_told *told)
{
	*told = (struct record_told){ .seq = (int64_t)rec->seq,
		.t = rec->t,
		.node = rec->node,
		.kind = (unsigned)rec->kind };
	record_summary(t, rec, &told->summary);
	record_sentence(t, rec, &told->text);
	if (!record_rule(rec, &told->rule))
		utf8_add_safe(&told->rule, utf8_clip(trace_why(rec), 60));
	if (!why)
		return;
	(void)own_reason_put(rec, &told->own_reason);
	(void)b2bua_passage_put_sentence(t, rec, &told->made_of);
	(void)transport_put_reason(t, rec, &told->transport);
}

void
record_told_free(struct record_told *told, int *err)
{
	buf_end(&told->summary, err);
	buf_end(&told->text, err);
	buf_end(&told->rule, err);
	buf_end(&told->own_reason, err);
	buf_end(&told->made_of, err);
	buf_end(&told->transport, err);
}

/* Appends REC as an object: its words, and the trace's own line. */
static void
record_put_json(const struct trace *t, const struct trace_rec *rec, bool why,
    struct buf *out)
{
	struct record_told told;

	record_tell(t, rec, why, &told);
	buf_putc(out, '{');
	json_put_fields(record_told_fields, &told, out);
	json_put_key(out, "record");
	json_put_raw(out, rec->object.raw);
	buf_putc(out, '}');
	record_told_free(&told, &out->err);
}

/* ---- explanations ---- */

const struct field explain_fields[] = {
	FIELD_BESIDE_AS("question", STRING, "what is answered"),
	FIELD_BESIDE_AS("steps", OBJECTS,
	    "each the reason of the one before it, from the record back to "
	    "the act that began it",
	    .of = record_told_fields),
	FIELDS_END,
};

void
explain_put_json(const struct trace *t, uint64_t seq, struct buf *out)
{
	struct buf question = BUF_INIT;
	struct trace_rec rec;

	trace_get(t, seq, &rec);
	record_question(t, &rec, &question);
	buf_putc(out, '{');
	json_put_field(out, "question", buf_view(&question));
	json_open(out, "steps", '[');
	for (; seq != 0 && out->err == 0; seq = trace_cause_of(t, seq)) {
		trace_get(t, seq, &rec);
		json_put_item(out);
		buf_putc(out, '\n');
		record_put_json(t, &rec, true, out);
	}
	buf_puts(out, "]}\n");
	buf_end(&question, &out->err);
}

/* ---- records as lines of a table ---- */

#define NODE_MOST 16
#define KIND      7 /* cells of the longest kind */

void
record_columns_measure(
    struct record_columns *m, const struct trace *t, unsigned decimals)
{
	const struct trace_head *head = trace_head(t);
	uint64_t count = trace_count(t);
	LOCAL_BUF time = BUF_INIT;

	time_put_fine(&time, count > 0 ? trace_time_of(t, count) : 0, decimals);
	*m = (struct record_columns){ .seq = str_digits(count),
		.time = time.n < 5 ? 5 : time.n,
		.node = 4,
		.decimals = decimals };
	for (size_t i = 0; i < head->nnodes; i++) {
		size_t cells = utf8_width(head->nodes[i].name);

		if (cells > m->node)
			m->node = cells;
	}
	if (m->node > NODE_MOST)
		m->node = NODE_MOST;
}

static size_t
right_aligned(
    const struct grid_area *a, size_t x, struct str text, size_t cells)
{
	grid_text(a, text.n < cells ? x + cells - text.n : x, 0, text, cells,
	    STYLE_DIM);
	return x + cells + 2;
}

int
record_line(const struct trace *t, const struct record_columns *m,
    const struct trace_rec *rec, const struct grid_area *a)
{
	enum canvas_style style = record_kind_style(rec->kind);
	LOCAL_BUF text = BUF_INIT;
	char seq[24];
	size_t x = 0;
	int err;

	snprintf(seq, sizeof(seq), "%llu", (unsigned long long)rec->seq);
	x = right_aligned(a, x, str_of(seq), m->seq);
	time_put_fine(&text, rec->t, m->decimals);
	x = right_aligned(a, x, buf_view(&text), m->time);
	grid_text(a, x, 0, rec->node, m->node, STYLE_PLAIN);
	x += m->node + 2;
	if (a->w >= RECORD_LINE_KINDS) {
		grid_text(
		    a, x, 0, str_of(trace_kind_name(rec->kind)), KIND, style);
		x += KIND + 2;
	}
	err = text.err;
	buf_clear(&text);
	record_summary(t, rec, &text);
	grid_text(a, x, 0, buf_view(&text), SIZE_MAX, style);
	if (err == 0)
		err = text.err != 0 ? text.err : a->g->err;
	return err;
}

/* ---- the table of records, and one record whole ---- */

#define WIDE        400 /* cells where no width is given */
#define WIDTH_USUAL 80

struct table {
	const struct trace *t;
	struct records_options o;
	struct buf *out;
	struct grid g;
	struct record_columns columns;
	struct records_times times;
};

/* As many decimals as tell two times apart that stand below each other. */
static void
need_decimals(struct records_times *times, int64_t now)
{
	int64_t before = times->last;

	times->last = now;
	if (before == now || before < 0)
		return;
	if (times->decimals < 6 && before / 1000000 == now / 1000000)
		times->decimals = 6;
	if (before / 1000 == now / 1000)
		times->decimals = 9;
}

/* What JSON has around the records. */
static void
put_around(struct table *tab, const char *text)
{
	if (tab->o.json)
		buf_puts(tab->out, text);
}

static int
write_object(struct table *tab, const struct trace_rec *rec)
{
	json_put_item(tab->out);
	buf_putc(tab->out, '\n');
	record_put_json(tab->t, rec, false, tab->out);
	return tab->out->err;
}

static int
record_doc_write_line(struct table *tab, const struct trace_rec *rec)
{
	struct grid_area a;
	int err;

	if (tab->o.json)
		return write_object(tab, rec);
	a = grid_line(&tab->g, tab->o.width != 0 ? tab->o.width : WIDE);
	err = record_line(tab->t, &tab->columns, rec, &a);
	return err != 0 ? err
			: grid_write_colour(&tab->g, tab->o.theme, tab->out);
}

static int
record_doc_write(struct table *tab, struct doc *d)
{
	int err = doc_write_colour(d, tab->o.theme, tab->out);

	doc_clear(d);
	return err;
}

/* The next record from SEQ on that F lets through; 0: none. */
static uint64_t
next_shown(const struct trace *t, const struct record_filter *f, uint64_t seq,
    struct trace_rec *rec, struct buf *scratch)
{
	for (; seq <= trace_count(t); seq++) {
		progress_count(N_("listing the records"), seq, trace_count(t));
		if (f != NULL && !record_filter_may(f, t, seq))
			continue;
		trace_get(t, seq, rec);
		if (f == NULL || record_filter_match(f, t, rec, scratch))
			return seq;
	}
	return 0;
}

int
records_write(const struct trace *t, const struct record_filter *f,
    const struct records_options *o, size_t *shown, struct buf *out)
{
	struct table tab = { .t = t, .out = out, .times = { 3, -1 } };
	LOCAL(doc_free) struct doc d = DOC_INIT;
	LOCAL_BUF scratch = BUF_INIT;
	struct trace_rec rec;
	uint64_t begin = o != NULL && o->first > 0 ? o->first - 1 : 0;
	uint64_t seq = begin;
	size_t n = 0;
	int err = 0;

	if (o != NULL)
		tab.o = *o;
	if (tab.o.times != NULL && tab.o.times->decimals > 0)
		tab.times = *tab.o.times;
	while ((seq = next_shown(t, f, seq + 1, &rec, &scratch)) != 0)
		need_decimals(&tab.times, rec.t);
	if (tab.o.times != NULL)
		*tab.o.times = tab.times;
	record_columns_measure(&tab.columns, t, tab.times.decimals);
	put_around(&tab, "{\"records\":[");
	seq = begin;
	while (err == 0 &&
	       (seq = next_shown(t, f, seq + 1, &rec, &scratch)) != 0) {
		n++;
		err = record_doc_write_line(&tab, &rec);
		if (err == 0 && tab.o.messages && !tab.o.json &&
		    rec.kind == TRACE_SEND) {
			doc_line(&d, 0);
			record_doc_bytes(&rec, 0, &d);
			doc_line(&d, 0);
			err = record_doc_write(&tab, &d);
		}
	}
	put_around(&tab, "]}\n");
	if (shown != NULL)
		*shown = n;
	if (err == 0 && (out->err != 0 || scratch.err != 0))
		err = ERR_NOMEM;
	grid_free(&tab.g);
	return err;
}

int
records_write_one(const struct trace *t, uint64_t seq,
    const struct records_options *o, struct buf *out)
{
	struct table tab = { .t = t, .out = out, .times = { 3, -1 } };
	LOCAL(doc_free) struct doc doc = DOC_INIT;
	struct trace_rec rec;
	int err;

	if (o != NULL)
		tab.o = *o;
	record_columns_measure(&tab.columns, t, tab.times.decimals);
	trace_get(t, seq, &rec);
	put_around(&tab, "{\"records\":[");
	err = record_doc_write_line(&tab, &rec);
	put_around(&tab, "]}\n");
	if (!tab.o.json)
		record_doc_rest(t, &rec,
		    tab.o.width != 0 ? tab.o.width : WIDTH_USUAL, 0, &doc);
	if (err == 0)
		err = record_doc_write(&tab, &doc);
	grid_free(&tab.g);
	return err;
}
