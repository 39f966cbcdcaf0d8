/*
 * Making a ladder: the order in which its parts are made, and what holds its
 * strings. Rows come first, since they say which nodes take part; then the
 * columns; then what needs both: remarks, pieces of lifelines, where two
 * branches part.
 */
#include "ladder/layout.h"

#include "base/array.h"
#include "base/bisect.h"
#include "base/err.h"
#include "base/mem.h"
#include "base/progress.h"
#include "draw/wrap.h"
#include "ladder/layout_in.h"
#include "rules/rules.h"
#include "words/caption.h"
#include "words/trace_words.h"

/* Of a line of a note. */
#define LAYOUT_NOTE_CELLS 36

/* ---- where the ladders of two branches part ---- */

static bool
same_column(
    const struct layout *a, size_t in_a, const struct layout *b, size_t in_b)
{
	if (in_a >= a->ncolumns || in_b >= b->ncolumns)
		return in_a >= a->ncolumns && in_b >= b->ncolumns;
	return str_eq(a->columns[in_a].name, b->columns[in_b].name);
}

/* It fares as the other does. */
static bool
same_fate(const struct layout_row *r, const struct layout_row *s)
{
	return r->t_end == s->t_end && r->lost == s->lost &&
	       r->changed == s->changed && r->loss.arrived == s->loss.arrived &&
	       r->under_way == s->under_way && r->copies == s->copies &&
	       r->loss.reason == s->loss.reason &&
	       r->repeat.gone == s->repeat.gone;
}

static bool
same_row(const struct layout *a, const struct layout_row *r,
    const struct layout *b, const struct layout_row *s)
{
	return r->t == s->t && r->item == s->item &&
	       r->repeat.retx == s->repeat.retx &&
	       r->repeat.folded == s->repeat.folded && same_fate(r, s) &&
	       str_eq(r->label, s->label) && str_eq(r->detail, s->detail) &&
	       str_eq(r->call, s->call) &&
	       same_column(a, r->from, b, s->from) &&
	       same_column(a, r->to, b, s->to);
}

/* L has a row like ROW of OF, not before its row FROM. */
static bool
layout_has_row(const struct layout *l, size_t from, const struct layout *of,
    const struct layout_row *row)
{
	size_t i;

	BISECT(i, from, l->nrows, l->rows[i].t < row->t);
	for (; i < l->nrows && l->rows[i].t == row->t; i++)
		if (same_row(of, row, l, &l->rows[i]))
			return true;
	return false;
}

static size_t
first_alone(const struct layout *l, const struct layout *other, size_t from)
{
	for (size_t i = from; i < l->nrows; i++)
		if (!layout_has_row(other, from, l, &l->rows[i]))
			return i;
	return LAYOUT_NONE;
}

void
layout_find_parting(const struct layout *a, const struct layout *b,
    size_t *row_a, size_t *row_b)
{
	size_t same = 0;

	while (same < a->nrows && same < b->nrows &&
	       same_row(a, &a->rows[same], b, &b->rows[same]))
		same++;
	*row_a = first_alone(a, b, same);
	*row_b = first_alone(b, a, same);
}

/* ---- pieces of lifelines ---- */

static size_t
find_column(const struct layout *l, struct str node)
{
	for (size_t i = 0; i < l->ncolumns; i++)
		if (str_eq(l->columns[i].name, node))
			return i;
	return LAYOUT_NONE;
}

/* Pieces of lifelines, where the options give the cost of a crash there.  0 or
 * ERR_NOMEM. */
static int
layout_pieces(struct layout_making *m)
{
	struct layout *l = m->l;
	struct layout_piece piece = { .column = 0 };
	struct str node;
	size_t cap = 0, at = 0;

	if (m->o->piece == NULL)
		return 0;
	while (m->o->piece(&at, &node, &piece, m->o->cost_arg)) {
		piece.column = find_column(l, node);
		if (piece.column == LAYOUT_NONE ||
		    piece.cost == LAYOUT_COST_UNKNOWN || piece.t >= piece.t_end)
			continue;
		if (ARRAY_ROOM(&l->pieces, &cap, l->npieces + 1) != 0)
			return ERR_NOMEM;
		l->pieces[l->npieces++] = piece;
	}
	return 0;
}

/* ---- making a ladder ---- */

const char *
layout_item_name(enum layout_item item)
{
	static const char *const names[] = {
#define X(id, name) name,
		LAYOUT_ITEMS(X)
#undef X
	};

	return names[item];
}

void
layout_making_free(struct layout_making *m)
{
	if (m == NULL)
		return;
	layout_rows_free(m);
	layout_bars_free(m);
	layout_labels_free(m);
	mem_free(m->listed);
	map_destroy(m->nodes);
	map_destroy(m->calls);
	related_calls_destroy(m->related);
	mem_free(m->flags);
	mem_free(m->msg);
	buf_free(&m->text);
	buf_free(&m->name);
	layout_destroy(m->l);
	mem_free(m);
}

static int
read_calls(struct layout_making *m)
{
	int err = 0;

	if (m->o->ncalls > 0 || m->o->call != NULL)
		err = related_calls_create(&m->related);
	if (err == 0 && m->related != NULL)
		err = related_calls_read(m->related, m->trace, m->count);
	if (err != 0 || m->o->ncalls == 0)
		return err;
	err = map_create(&m->calls);
	for (size_t i = 0; err == 0 && i < m->o->ncalls; i++)
		err = map_put(m->calls, str_of(m->o->calls[i]), m);
	return err;
}

/* Several remarks to one row. */
#define BETWEEN " · "
/* A chain of causes is followed so far. */
#define STEPS_MOST 64

/* The row of record SEQ, or of the nearest of its causes that has one. */
static size_t
layout_row_of(const struct layout_making *m, uint64_t seq)
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

#define CELLS_MOST 400

/* "atl sends INVITE to bil again: no answer came …, RFC 3261 17.1.1.2, MUST" */
static void
layout_put_remark(struct layout_making *m, uint64_t seq)
{
	const struct rule *rule = caption_rule(m->trace, seq);
	LOCAL_BUF place = BUF_INIT;

	caption_write(m->trace, seq, CELLS_MOST, &m->text);
	/* The rule follows: the full stop of the sentence goes. */
	if (str_ends(buf_view(&m->text), "."))
		buf_truncate(&m->text, m->text.n - 1);
	if (rule == NULL)
		return;
	rule_put_place(rule, &place);
	buf_printf(&m->text, _(", %s"), buf_cstr(&place));
}

static int
layout_add_note(struct layout_making *m, uint64_t seq)
{
	struct layout_row *row;
	size_t at, column;

	if (seq == 0 || seq > m->count)
		return diag_set(m->diag, ERR_RANGE, NULL, 0,
		    _("there is no record %llu to explain; the trace has %llu "
		      "records"),
		    (unsigned long long)seq, (unsigned long long)m->count);
	at = layout_row_of(m, seq);
	if (at == LAYOUT_NONE)
		return 0;
	row = &m->l->rows[at];
	buf_clear(&m->text);
	if (row->note.text.n > 0) {
		buf_str(&m->text, row->note.text);
		buf_puts(&m->text, BETWEEN);
	}
	layout_put_remark(m, seq);
	column = column_of_record(m, seq);
	if (row->note.text.n == 0)
		row->note.at = column != LAYOUT_NONE ? column : row->from;
	row->note.text = layout_keep_text(m, buf_view(&m->text));
	return 0;
}

/*
 * The notes of the rows that the options' remarks mean: what happened there and
 * why. A record that makes no row of its own, such as a decision about a route,
 * belongs to what led to it.
 */
static int
layout_remarks(struct layout_making *m)
{
	int err = 0;

	for (size_t i = 0; err == 0 && i < m->o->nremarks; i++)
		err = layout_add_note(m, m->o->remarks[i]);
	return err;
}

static int
layout_end(struct layout_making *m)
{
	int err;

	layout_bars_trim(m->l);
	if ((err = layout_columns_end(m)) != 0)
		return err;
	layout_order_ends(m->l);
	if (m->o->call != NULL && !m->call_seen)
		return diag_set(m->diag, ERR_NOTFOUND, NULL, 0,
		    _("no message of this trace has the Call-ID “%s”"),
		    m->o->call);
	if ((err = layout_works(m)) != 0 || (err = layout_pieces(m)) != 0 ||
	    (err = layout_remarks(m)) != 0)
		return err;
	return layout_place(m->l, m->o);
}

static int
layout_begin_making(struct layout_making *m)
{
	const struct trace_head *head = trace_head(m->trace);
	struct layout *l = m->l;
	int err;

	if ((err = layout_store_create(&l->store)) != 0)
		return err;
	l->title = layout_keep_text(m, title_translate(head->title));
	l->seed = head->seed;
	m->translates = layout_translates(head);
	l->complete = trace_complete(m->trace);
	l->held = trace_is_cut(m->trace);
	if (l->complete) {
		struct trace_rec end;

		trace_get(m->trace, trace_count(m->trace), &end);
		l->failed =
		    str_is(trace_str(&end, "reason", &m->name), "error");
	}
	if ((err = read_calls(m)) != 0 || (err = layout_columns_begin(m)) != 0)
		return err;
	return layout_rows_begin(m);
}

/* In this order; each has one of both functions. */
static const struct {
	int (*whole)(struct layout_making *m);
	int (*records)(struct layout_making *m, uint64_t from, uint64_t to);
} parts[] = {
	{ .records = layout_rows_take },
	{ .whole = layout_media_settle },
	{ .whole = layout_rows_link },
	{ .whole = layout_bars_begin },
	{ .records = layout_bars_take },
	{ .whole = layout_end },
};

/* Records and rows after which layout_create tells how far it is. */
#define SLICE 16384

int
layout_begin(struct layout_making **out, const struct trace *t,
    const struct layout_options *o, struct diag *d)
{
	unsigned long lacked = mem_failures();
	struct layout_making *m = mem_zalloc(1, sizeof(*m));
	int err = ERR_NOMEM;

	*out = NULL;
	if (m == NULL)
		return ERR_NOMEM;
	m->trace = t;
	m->options = o != NULL ? *o : LAYOUT_OPTIONS;
	m->o = &m->options;
	m->count = m->o->empty ? 0 : trace_count(t);
	m->diag = d;
	m->l = mem_zalloc(1, sizeof(*m->l));
	m->msg = mem_alloc(sizeof(*m->msg));
	if (m->l != NULL && m->msg != NULL)
		err = layout_begin_making(m);
	if (err == 0 && mem_failures() != lacked)
		err = ERR_NOMEM;
	if (err != 0) {
		layout_making_free(m);
		return err;
	}
	*out = m;
	return 0;
}

/* The part that M is at, or as much of it as MOST records and rows are. */
static int
layout_make_part(struct layout_making *m, uint64_t *most)
{
	bool records = parts[m->part].records != NULL;
	uint64_t n = records ? m->count - m->seen : m->l->nrows;
	int err;

	if (n > *most)
		n = *most;
	*most -= n;
	err = records ? parts[m->part].records(m, m->seen + 1, m->seen + n)
		      : parts[m->part].whole(m);
	if (records)
		m->seen += n;
	if (!records || m->seen == m->count) {
		m->part++;
		m->seen = 0;
	}
	return err;
}

int
layout_go_on(struct layout_making *m, uint64_t most, struct layout **out)
{
	unsigned long lacked = mem_failures();
	int err = 0;

	*out = NULL;
	while (err == 0 && most > 0 && m->part < COUNT_OF(parts))
		err = layout_make_part(m, &most);
	/* A name or a label that is lacking makes another ladder. */
	if (err == 0 && mem_failures() != lacked)
		err = ERR_NOMEM;
	if (err == 0 && m->part == COUNT_OF(parts)) {
		*out = m->l;
		m->l = NULL;
	}
	return err;
}

unsigned
layout_percent(const struct layout_making *m)
{
	/* What follows takes no time worth to be counted. */
	return m->part > 0 || m->count == 0
		   ? 99
		   : (unsigned)(m->seen * 99 / m->count);
}

int
layout_create(struct layout **out, const struct trace *t,
    const struct layout_options *o, struct diag *d)
{
	struct layout_making *m;
	int err = layout_begin(&m, t, o, d);

	*out = NULL;
	while (err == 0 && *out == NULL) {
		progress_tell(
		    N_("laying out the ladder"), layout_percent(m), 100);
		err = layout_go_on(m, SLICE, out);
	}
	layout_making_free(m);
	return err;
}

void
layout_destroy(struct layout *l)
{
	if (l == NULL)
		return;
	mem_free(l->columns);
	mem_free(l->frames);
	mem_free(l->rows);
	mem_free(l->bars);
	mem_free(l->pieces);
	mem_free(l->works);
	mem_free(l->ticks);
	mem_free(l->gaps);
	mem_free(l->left);
	layout_store_destroy(l->store);
	mem_free(l);
}

const char *
layout_warning(const struct layout *l)
{
	if (l->held)
		return _("The rest is asked first.");
	if (!l->complete)
		return _("The trace is incomplete: its end is missing.");
	return l->failed ? _("The run ended with an error.") : NULL;
}

void
layout_put_counts(const struct layout *l, struct buf *out)
{
	if (l->nmessages == 0)
		buf_puts(out, _("No messages."));
	else
		buf_printf(out,
		    _("Messages: %zu; lost: %zu; retransmitted: %zu."),
		    l->nmessages + l->nfolded, l->nlost, l->nretx);
}

/* ---- the lines of a note ---- */

/* Where the next of several remarks begins, or the end. */
static size_t
next_remark(struct str text)
{
	ptrdiff_t at = str_find(text, BETWEEN);

	return at >= 0 ? (size_t)at : text.n;
}

/*
 * Breaks TEXT into the lines of a note: LAYOUT_NOTE_CELLS cells each, and line
 * LAYOUT_NOTE_LINES has all that is left. LINES are slices of TEXT; returns how
 * many there are.
 */
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
