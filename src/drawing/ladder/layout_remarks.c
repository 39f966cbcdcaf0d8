/*
 * Remarks to chosen records: what happened there and why, as a `note` of the
 * row that the record belongs to.  A record that makes no row of its own, such
 * as a decision about a route, belongs to what led to it.
 */
#include "base/err.h"
#include "draw/wrap.h"
#include "ladder/layout_in.h"
#include "words/caption.h"

#include "rules/rules.h"

/* A chain of causes is followed so far. */
#define STEPS_MOST 64
#define CELLS_MOST 400
/* Several remarks to one row. */
#define BETWEEN " · "

/* The row of record SEQ, or of the nearest of its causes that has one. */
static size_t
row_of(const struct layout_making *m, uint64_t seq)
{
	for (int i = 0; i < STEPS_MOST && seq != 0; i++) {
		size_t row = layout_row_at(m->l, seq);

		if (layout_row_has(m->l, row, seq))
			return row;
		seq = trace_cause_of(m->trace, seq);
	}
	return LAYOUT_NONE;
}

static size_t
column_of_record(const struct layout_making *m, uint64_t seq)
{
	struct str node = trace_name(m->trace, trace_node_of(m->trace, seq));

	for (size_t i = 0; node.n > 0 && i < m->l->ncolumns; i++)
		if (str_eq(m->l->columns[i].name, node))
			return i;
	return LAYOUT_NONE;
}

/* "atl sends INVITE to bil again: no answer came …, RFC 3261 17.1.1.2" */
static void
put_remark(struct layout_making *m, uint64_t seq)
{
	const struct rule *rule = caption_rule(m->trace, seq);

	caption_write(m->trace, seq, CELLS_MOST, &m->text);
	/* A sentence ends behind the rule, if anywhere. */
	if (str_ends(buf_view(&m->text), "."))
		buf_truncate(&m->text, m->text.n - 1);
	if (rule != NULL)
		buf_printf(
		    &m->text, _(", RFC %u %s"), rule->rfc, rule->section);
}

static int
add_note(struct layout_making *m, uint64_t seq)
{
	struct layout_row *row;
	size_t at, column;

	if (seq == 0 || seq > m->count)
		return diag_set(m->diag, ERR_RANGE, NULL, 0,
		    _("there is no record %llu to be explained; the trace has "
		      "%llu"),
		    (unsigned long long)seq, (unsigned long long)m->count);
	at = row_of(m, seq);
	if (at == LAYOUT_NONE)
		return 0;
	row = &m->l->rows[at];
	buf_clear(&m->text);
	if (row->note.n > 0) {
		buf_str(&m->text, row->note);
		buf_puts(&m->text, BETWEEN);
	}
	put_remark(m, seq);
	column = column_of_record(m, seq);
	if (row->note.n == 0)
		row->note_at = column != LAYOUT_NONE ? column : row->from;
	row->note = layout_keep(m, buf_view(&m->text));
	return 0;
}

/* Where the next of several remarks begins, or the end. */
static size_t
next_remark(struct str text)
{
	ptrdiff_t at = str_find(text, BETWEEN);

	return at >= 0 ? (size_t)at : text.n;
}

size_t
layout_note_lines(struct str text, struct str lines[LAYOUT_NOTE_LINES])
{
	struct str rest = str_trim(text);
	size_t n = 0;

	while (rest.n > 0 && n + 1 < LAYOUT_NOTE_LINES) {
		struct str one = str_slice(rest, 0, next_remark(rest));
		size_t fits =
		    wrap_fits(one, LAYOUT_NOTE_CELLS, WRAP_MESSAGE, NULL);

		lines[n++] = str_trim(str_slice(one, 0, fits));
		rest = wrap_rest(str_slice(rest, fits, rest.n));
	}
	if (rest.n > 0)
		lines[n++] = rest;
	return n;
}

int
layout_remarks(struct layout_making *m)
{
	int err = 0;

	for (size_t i = 0; err == 0 && i < m->o->nremarks; i++)
		err = add_note(m, m->o->remarks[i]);
	return err;
}
