/* The table of records, and one record whole. */
#include "views/records_text.h"

#include "base/err.h"
#include "base/utf8.h"
#include "views/canvas.h"
#include "views/layout.h"
#include "views/record_text.h"

#include <stdio.h>

#define NODE_MOST 16
#define WIDE      400 /* cells where no width is given */

struct table {
	const struct trace *t;
	struct records_options o;
	struct buf *out;
	struct canvas c;
	struct buf text;
	size_t seq_cells, time_cells, node_cells;
	unsigned decimals; /* of times */
};

static size_t
digits_of(uint64_t n)
{
	size_t d = 1;

	for (; n >= 10; n /= 10)
		d++;
	return d;
}

/* As many as tell two times apart that stand below each other. */
static void
need_decimals(struct table *tab, int64_t before, int64_t now)
{
	if (before == now || before < 0)
		return;
	if (tab->decimals < 6 && before / 1000000 == now / 1000000)
		tab->decimals = 6;
	if (before / 1000 == now / 1000)
		tab->decimals = 9;
}

static void
measure(struct table *tab)
{
	const struct trace_head *head = trace_head(tab->t);
	uint64_t count = trace_count(tab->t);
	struct buf time = BUF_INIT;

	layout_time_fine(
	    &time, count > 0 ? trace_time_of(tab->t, count) : 0, tab->decimals);
	tab->seq_cells = digits_of(count);
	tab->time_cells = time.n < 5 ? 5 : time.n;
	tab->node_cells = 4;
	for (size_t i = 0; i < head->nnodes; i++) {
		size_t cells = utf8_width(head->nodes[i].name);

		if (cells > tab->node_cells)
			tab->node_cells = cells;
	}
	if (tab->node_cells > NODE_MOST)
		tab->node_cells = NODE_MOST;
	buf_free(&time);
}

static enum canvas_style
style_of(enum trace_kind kind)
{
	switch (kind) {
	case TRACE_SEND:
		return STYLE_REQUEST;
	case TRACE_RECV:
		return STYLE_SUCCESS;
	case TRACE_DROP:
	case TRACE_BAD:
	case TRACE_FAULT:
		return STYLE_LOST;
	case TRACE_TIMER:
		return STYLE_TIMER;
	case TRACE_ACT:
	case TRACE_NOTE:
		return STYLE_BOLD;
	default:
		return STYLE_PLAIN;
	}
}

static size_t
right_aligned(struct canvas *c, size_t x, struct str text, size_t cells)
{
	canvas_text(
	    c, text.n < cells ? x + cells - text.n : x, text, cells, STYLE_DIM);
	return x + cells + 2;
}

static int
write_line(struct table *tab, const struct trace_rec *rec)
{
	enum canvas_style style = style_of(rec->kind);
	struct canvas *c = &tab->c;
	char seq[24];
	size_t x = 0;

	canvas_start(c, tab->o.width != 0 ? tab->o.width : WIDE);
	snprintf(seq, sizeof(seq), "%llu", (unsigned long long)rec->seq);
	x = right_aligned(c, x, str_of(seq), tab->seq_cells);
	buf_clear(&tab->text);
	layout_time_fine(&tab->text, rec->t, tab->decimals);
	x = right_aligned(c, x, buf_view(&tab->text), tab->time_cells);
	canvas_text(c, x, rec->node, tab->node_cells, STYLE_PLAIN);
	x += tab->node_cells + 2;
	canvas_text(c, x, str_of(trace_kind_name(rec->kind)), 7, style);
	x += 9;
	buf_clear(&tab->text);
	record_summary(tab->t, rec, &tab->text);
	canvas_text(c, x, buf_view(&tab->text), SIZE_MAX, style);
	if (tab->text.err != 0)
		return ERR_NOMEM;
	return canvas_end(c, tab->o.colour, tab->out);
}

/* The bytes of a message as lines, indented. */
static void
write_message(struct table *tab, const struct trace_rec *rec, size_t indent)
{
	struct buf bytes = BUF_INIT, safe = BUF_INIT;
	struct str rest;

	utf8_add_safe_lines(&safe, trace_bytes(rec, &bytes));
	rest = buf_view(&safe);
	while (rest.n > 0) {
		struct str line = str_cut(rest, '\n', &rest);

		if (line.n > 0)
			buf_fill(tab->out, ' ', indent);
		buf_str(tab->out, line);
		buf_putc(tab->out, '\n');
	}
	if (bytes.err != 0 || safe.err != 0)
		tab->out->err = ERR_NOMEM;
	buf_free(&bytes);
	buf_free(&safe);
}

/* The next record from SEQ on that F lets through; 0: none. */
static uint64_t
next_shown(const struct trace *t, const struct record_filter *f, uint64_t seq,
    struct trace_rec *rec, struct buf *scratch)
{
	for (; seq <= trace_count(t); seq++) {
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
	struct table tab = { .t = t,
		.out = out,
		.c = CANVAS_INIT,
		.text = BUF_INIT,
		.decimals = 3 };
	struct buf scratch = BUF_INIT;
	struct trace_rec rec;
	uint64_t seq = 0;
	int64_t before = -1;
	size_t n = 0;
	int err = 0;

	if (o != NULL)
		tab.o = *o;
	while ((seq = next_shown(t, f, seq + 1, &rec, &scratch)) != 0) {
		need_decimals(&tab, before, rec.t);
		before = rec.t;
	}
	measure(&tab);
	while (err == 0 &&
	       (seq = next_shown(t, f, seq + 1, &rec, &scratch)) != 0) {
		n++;
		err = write_line(&tab, &rec);
		if (err == 0 && tab.o.messages && rec.kind == TRACE_SEND) {
			buf_putc(out, '\n');
			write_message(&tab, &rec, 4);
			buf_putc(out, '\n');
		}
	}
	if (shown != NULL)
		*shown = n;
	if (err == 0 && (out->err != 0 || scratch.err != 0))
		err = ERR_NOMEM;
	canvas_free(&tab.c);
	buf_free(&tab.text);
	buf_free(&scratch);
	return err;
}

/* Every field but those told already and the message itself. */
static void
write_fields(struct table *tab, const struct trace_rec *rec)
{
	struct json_value v;
	struct str key;
	size_t at = 0;

	while (json_next(rec->object.raw, &at, &key, &v) == 1) {
		if (str_is(key, "seq") || str_is(key, "t") ||
		    str_is(key, "node") || str_is(key, "kind") ||
		    str_is(key, "text") || str_is(key, "base64"))
			continue;
		buf_puts(tab->out, "    ");
		utf8_add_cell(tab->out, key, 11);
		buf_puts(tab->out, " ");
		buf_clear(&tab->text);
		if (v.type == JSON_STRING)
			json_text(v, &tab->text);
		else
			buf_str(&tab->text, v.raw);
		utf8_add_safe(tab->out, buf_view(&tab->text));
		buf_putc(tab->out, '\n');
	}
}

int
records_write_one(const struct trace *t, uint64_t seq,
    const struct records_options *o, struct buf *out, struct diag *d)
{
	struct table tab = { .t = t,
		.out = out,
		.c = CANVAS_INIT,
		.text = BUF_INIT,
		.decimals = 3 };
	const struct trace_rule_info *rule;
	struct trace_rec rec;
	int err;

	if (seq == 0 || seq > trace_count(t))
		return diag_set(d, ERR_RANGE, NULL, 0,
		    _("the trace has no record %llu; its records are numbered "
		      "1 to %llu"),
		    (unsigned long long)seq,
		    (unsigned long long)trace_count(t));
	if (o != NULL)
		tab.o = *o;
	measure(&tab);
	trace_get(t, seq, &rec);
	err = write_line(&tab, &rec);
	buf_putc(out, '\n');
	buf_clear(&tab.text);
	record_sentence(t, &rec, &tab.text);
	record_wrap(out, buf_view(&tab.text), 0, 0,
	    tab.o.width != 0 ? tab.o.width : 80);
	buf_putc(out, '\n');
	rule = trace_rule_find(rec.rule, rec.why);
	if (rule != NULL) {
		buf_clear(&tab.text);
		buf_printf(&tab.text, _("RFC %u %s: %s"), rule->rfc,
		    rule->section, i18n_text(rule->text));
		record_wrap(out, buf_view(&tab.text), 0, 0,
		    tab.o.width != 0 ? tab.o.width : 80);
		buf_putc(out, '\n');
	}
	buf_putc(out, '\n');
	write_fields(&tab, &rec);
	if (rec.kind == TRACE_SEND) {
		buf_putc(out, '\n');
		write_message(&tab, &rec, 4);
	}
	if (err == 0 && (out->err != 0 || tab.text.err != 0))
		err = ERR_NOMEM;
	canvas_free(&tab.c);
	buf_free(&tab.text);
	return err;
}
