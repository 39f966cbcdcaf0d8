/* The chain of causes for a pane; see words/why_doc.h. */
#include "words/why_doc.h"

#include "base/err.h"
#include "words/explain_text.h"
#include "words/record_doc.h"
#include "words/record_text.h"

#include <stdio.h>

/* Steps shown: of a longer chain the nearest and the last ones. */
#define NEAREST    60
#define LAST       10
#define EFFECTS    40
#define KINDS      48 /* cells from which on each step names its kind */
#define KIND       7
#define NODES      72 /* cells from which on each step names its node */
#define NODE       8
#define WHERE_MOST 16

static size_t
digits_of(uint64_t n)
{
	size_t d = 1;

	for (; n >= 10; n /= 10)
		d++;
	return d;
}

/* What stands at the right: the rule, or the line of the script that acts. */
static enum canvas_style
put_origin(const struct trace_rec *rec, struct buf *out)
{
	struct buf where = BUF_INIT;

	if (rec->kind == TRACE_ACT) {
		buf_str(out,
		    utf8_clip(trace_str(rec, "where", &where), WHERE_MOST));
		if (where.err != 0)
			out->err = where.err;
		buf_free(&where);
		return STYLE_DIM;
	}
	record_rule_place(rec, out);
	return STYLE_RULE;
}

/* Number, node and kind, each where there is room for it.  Returns the cells
 * they take. */
static size_t
put_columns(
    const struct trace_rec *rec, size_t seq_cells, size_t width, struct doc *d)
{
	size_t x = seq_cells + 1;

	doc_printf(d, STYLE_DIM, "%*llu ", (int)seq_cells,
	    (unsigned long long)rec->seq);
	if (width >= NODES) {
		doc_clip(d, STYLE_PLAIN, rec->node, NODE);
		x += NODE + 1;
		doc_pad(d, x);
	}
	if (width >= KINDS) {
		doc_printf(d, record_kind_style(rec->kind), "%-*s ", KIND,
		    trace_kind_name(rec->kind));
		x += KIND + 1;
	}
	return x;
}

void
why_step(const struct trace *t, const struct trace_rec *rec, size_t seq_cells,
    size_t width, struct doc *d)
{
	struct buf text = BUF_INIT, origin = BUF_INIT;
	enum canvas_style style = put_origin(rec, &origin);
	size_t right = origin.n > 0 ? utf8_width(buf_view(&origin)) + 2 : 0;
	size_t used;

	doc_line(d, rec->seq);
	used = put_columns(rec, seq_cells, width, d) + right;
	record_step(t, rec, &text);
	doc_clip(d, width >= KINDS ? STYLE_PLAIN : record_kind_style(rec->kind),
	    buf_view(&text), width > used + 8 ? width - used : 8);
	if (origin.n > 0)
		doc_right(d, style, buf_view(&origin), width);
	if (text.err != 0 || origin.err != 0)
		d->err = ERR_NOMEM;
	buf_free(&text);
	buf_free(&origin);
}

static void
put_heading(struct doc *d, const char *text, size_t width)
{
	doc_line(d, 0);
	doc_line(d, 0);
	doc_wrap(d, STYLE_TITLE, str_of(text), 0, width);
}

static void
put_question(const struct trace *t, const struct trace_rec *rec, size_t width,
    struct doc *d)
{
	struct buf b = BUF_INIT;

	record_question(t, rec, &b);
	doc_line(d, rec->seq);
	doc_wrap(d, STYLE_TITLE, buf_view(&b), 0, width);
	if (b.err != 0)
		d->err = b.err;
	buf_free(&b);
}

static void
put_left_out(struct doc *d, uint64_t n)
{
	doc_line(d, 0);
	/* TRANSLATORS: steps of a chain that are not shown */
	doc_printf(d, STYLE_DIM, _("  … %llu more …"), (unsigned long long)n);
}

static void
put_chain(const struct trace *t, uint64_t seq, size_t width, struct doc *d)
{
	uint64_t n = explain_steps(t, seq), step = 1;
	size_t cells = digits_of(seq);
	struct trace_rec rec = { .seq = 0 };
	const char *missing;

	for (; seq != 0 && d->err == 0; seq = trace_cause_of(t, seq), step++) {
		if (n > NEAREST + LAST && step > NEAREST && step <= n - LAST) {
			if (step == NEAREST + 1)
				put_left_out(d, n - NEAREST - LAST);
			continue;
		}
		trace_get(t, seq, &rec);
		why_step(t, &rec, cells, width, d);
	}
	missing = explain_missing(&rec);
	if (missing != NULL && d->err == 0) {
		doc_line(d, 0);
		doc_pad(d, 2);
		doc_wrap(d, STYLE_DIM, str_of(missing), 2, width);
	}
}

/* The records up to LAST of which SEQ is the cause: the first EFFECTS into
 * LIST; how many there are. */
static uint64_t
find_effects(const struct trace *t, uint64_t seq, uint64_t last, uint64_t *list)
{
	uint64_t found = 0;

	for (uint64_t i = seq + 1; i <= last; i++) {
		if (trace_cause_of(t, i) != seq)
			continue;
		if (found < EFFECTS)
			list[found] = i;
		found++;
	}
	return found;
}

static void
put_effects(const struct trace *t, uint64_t seq, size_t width, struct doc *d)
{
	uint64_t last = trace_count(t), list[EFFECTS], found, shown;
	bool whole = last - seq <= WHY_WINDOW;
	struct trace_rec rec;

	found = find_effects(t, seq, whole ? last : seq + WHY_WINDOW, list);
	shown = found < EFFECTS ? found : EFFECTS;
	put_heading(d, _("What came of it"), width);
	for (uint64_t i = 0; i < shown && d->err == 0; i++) {
		trace_get(t, list[i], &rec);
		why_step(t, &rec, digits_of(list[shown - 1]), width, d);
	}
	if (found > shown)
		put_left_out(d, found - shown);
	if (found > 0)
		return;
	doc_line(d, 0);
	doc_wrap(d, STYLE_DIM,
	    str_of(whole ? _("Nothing came of it directly.")
			 : _("Nothing came of it directly in the next "
			     "10,000 records.")),
	    0, width);
}

void
why_doc(const struct trace *t, uint64_t seq, size_t width, struct doc *d)
{
	struct trace_rec rec;

	if (seq == 0 || seq > trace_count(t)) {
		doc_line(d, 0);
		doc_wrap(d, STYLE_DIM, str_of(_("Nothing has happened yet.")),
		    0, width);
		return;
	}
	trace_get(t, seq, &rec);
	put_question(t, &rec, width, d);
	doc_line(d, seq);
	put_chain(t, seq, width, d);
	doc_line(d, seq);
	record_doc_says(t, &rec, width, d);
	/* Nothing comes after an end. */
	if (rec.kind != TRACE_END)
		put_effects(t, seq, width, d);
}
