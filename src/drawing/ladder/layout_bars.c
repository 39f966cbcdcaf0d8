/*
 * Bars beside the lifelines: states of machines, and how long a handset
 * computed.
 */
#include "base/array.h"
#include "base/err.h"
#include "base/mem.h"
#include "ladder/layout_in.h"
#include "machine/machine.h"
#include "trace/board.h"
#include "words/record_text.h"

/* ---- states ---- */

/* The machine that a column shows, and the bar that is still open. */
struct layout_shown {
	struct str id;      /* kept; empty: the column shows none */
	struct str machine; /* kept: a CANCEL shares the INVITE's id */
	size_t bar;         /* or LAYOUT_NONE */
};

/* Timer C is a proxy's, and watches over its INVITE client transaction. */
static struct str
bar_layout_machine_of(struct layout_making *m, const struct trace_rec *timer)
{
	struct str machine = trace_str(timer, "machine", &m->name);

	return machine.n > 0 ? machine : STR("ICT");
}

static void
choose_timed(struct layout_making *m, struct layout_shown *shown)
{
	for (size_t i = 0; i < m->l->nrows; i++) {
		const struct layout_row *r = &m->l->rows[i];
		struct trace_rec rec;

		if (r->item != LAYOUT_TIMER || shown[r->from].id.n > 0)
			continue;
		trace_get(m->trace, r->seq, &rec);
		shown[r->from].id =
		    layout_keep_text(m, trace_str(&rec, "id", &m->name));
		shown[r->from].machine =
		    layout_keep_text(m, bar_layout_machine_of(m, &rec));
	}
}

static bool
is_invite(struct str machine)
{
	return str_is(machine, "ICT") || str_is(machine, "IST");
}

/* A transaction, and with INVITE one of an INVITE: a registration stays as it
 * is for the whole height of a ladder. */
static bool
bar_layout_is_chosen(struct str machine, bool invite)
{
	const struct machine *m = machine_find(machine);

	if (invite)
		return is_invite(machine);
	return m == NULL || machine_transacts(m);
}

/* The first machine of each column that shows none yet: an INVITE transaction
 * where there is one. */
static void
choose_any(struct layout_making *m, struct layout_shown *shown, bool invite)
{
	for (uint64_t seq = 1; seq <= m->count; seq++) {
		struct layout_shown *s;
		struct trace_rec rec;
		struct str machine;
		uintptr_t at;

		if (trace_kind_of(m->trace, seq) != TRACE_FSM)
			continue;
		trace_get(m->trace, seq, &rec);
		at = (uintptr_t)map_get(m->nodes, rec.node);
		if (at == 0 || shown[at - 1].id.n > 0)
			continue;
		s = &shown[at - 1];
		machine = trace_str(&rec, "machine", &m->name);
		if (!bar_layout_is_chosen(machine, invite))
			continue;
		s->machine = layout_keep_text(m, machine);
		s->id = layout_keep_text(m, trace_str(&rec, "id", &m->name));
	}
}

/* The bar of S, if it has one, ends with record SEQ, of time T. */
static void
leave_bar(
    struct layout_making *m, struct layout_shown *s, uint64_t seq, int64_t t)
{
	if (s->bar != LAYOUT_NONE) {
		m->l->bars[s->bar].t_end = t;
		m->l->bars[s->bar].until = m->origin[seq];
	}
	s->bar = LAYOUT_NONE;
}

static int
bar_layout_enter(struct layout_making *m, const struct trace_rec *rec,
    struct layout_shown *s, size_t column)
{
	struct layout *l = m->l;
	struct layout_bar *bar;
	struct str to = trace_str(rec, "to", &m->name);

	/* Timer A fires in calling and leaves it there. */
	if (s->bar != LAYOUT_NONE && str_eq(l->bars[s->bar].state, to))
		return 0;
	leave_bar(m, s, rec->seq, rec->t);
	if (to.n == 0 || str_iis(to, "terminated"))
		return 0;
	if (ARRAY_ROOM(&l->bars, &m->cap_bars, l->nbars + 1) != 0)
		return ERR_NOMEM;
	bar = &l->bars[l->nbars];
	*bar = (struct layout_bar){ .column = column,
		.seq = rec->seq,
		.since = m->origin[rec->seq],
		.inferred = record_inferred(m->trace, rec->seq)[0] != '\0',
		.t = rec->t,
		.t_end = INT64_MAX };
	bar->state = layout_keep_text(m, to);
	bar->machine = layout_keep_text(m, trace_str(rec, "machine", &m->name));
	s->bar = l->nbars++;
	return 0;
}

void
layout_bars_trim(struct layout *l)
{
	int64_t first = INT64_MAX, last = 0;
	size_t n = 0;

	for (size_t i = 0; i < l->nrows; i++) {
		const struct layout_row *r = &l->rows[i];

		if (r->t < first)
			first = r->t;
		if (r->t > last)
			last = r->t;
		if (r->t_end > last)
			last = r->t_end;
	}
	for (size_t i = 0; i < l->nbars; i++) {
		struct layout_bar b = l->bars[i];

		if (b.t < first) {
			b.t = first;
			b.since = 0;
		}
		if (b.t_end > last) {
			b.t_end = last;
			b.open = true;
		}
		if (b.t < b.t_end)
			l->bars[n++] = b;
	}
	l->nbars = n;
}

/* The column of each node by its number in the trace, plus 1; 0 for nodes that
 * show no machine. */
static int
number_columns(struct layout_making *m)
{
	size_t n = trace_name_count(m->trace);

	m->nshown_by = n;
	m->shown_by = mem_zalloc(n, sizeof(*m->shown_by));
	if (m->shown_by == NULL)
		return ERR_NOMEM;
	for (size_t i = 0; i < n; i++) {
		struct str name = trace_name(m->trace, (uint32_t)i);
		uintptr_t at = (uintptr_t)map_get(m->nodes, name);

		if (at != 0 && m->shown[at - 1].id.n > 0)
			m->shown_by[i] = (uint32_t)at;
	}
	return 0;
}

/* The text of V, into SCRATCH where it has escapes. */
static struct str
bar_layout_text_of(struct json_value v, struct buf *scratch)
{
	struct str s;

	if (json_plain(v, &s) == 0)
		return s;
	buf_clear(scratch);
	return json_text(v, scratch) == 0 ? buf_view(scratch) : STR_NULL;
}

/* Whether record SEQ is a step of the machine that S shows. */
static bool
is_shown(struct layout_making *m, const struct layout_shown *s, uint64_t seq)
{
	static const struct str keys[] = { { "id", 2 }, { "machine", 7 } };
	struct json_value v[2];

	trace_members_of(m->trace, seq, keys, 2, v);
	return str_eq(bar_layout_text_of(v[0], &m->name), s->id) &&
	       str_eq(bar_layout_text_of(v[1], &m->name), s->machine);
}

/* S still waits for its final response. */
static bool
is_waiting(const struct layout *l, const struct layout_shown *s)
{
	return s->bar != LAYOUT_NONE &&
	       (str_is(l->bars[s->bar].state, "calling") ||
		   str_is(l->bars[s->bar].state, "proceeding"));
}

/*
 * If REC begins an INVITE transaction that is newer than the one of S, S shows
 * it from now on: one of its kind, or one of the other kind once S has had its
 * final response. So a proxy's server transaction is not left for the client
 * transactions that it leads to.
 */
static void
show_newer(struct layout_making *m, struct layout_shown *s,
    const struct trace_rec *rec)
{
	static const struct str keys[] = { { "from", 4 }, { "machine", 7 },
		{ "id", 2 } };
	struct json_value v[3];
	struct str machine;
	bool same;

	if (!m->o->states || !is_invite(s->machine))
		return;
	trace_members(rec, keys, 3, v);
	if (!str_is(bar_layout_text_of(v[0], &m->name), "none"))
		return;
	machine = bar_layout_text_of(v[1], &m->name);
	same = str_eq(machine, s->machine);
	if (!is_invite(machine) || (!same && is_waiting(m->l, s)))
		return;
	machine = str_is(machine, "ICT") ? STR("ICT") : STR("IST");
	if (same && str_eq(bar_layout_text_of(v[2], &m->name), s->id))
		return;
	leave_bar(m, s, rec->seq, rec->t);
	m->l->newest = true;
	s->machine = machine;
	s->id = layout_keep_text(m, bar_layout_text_of(v[2], &m->name));
}

/*
 * Every transaction has a machine, and showing them all would hide the ladder;
 * those are shown whose timers are in it, one for each column, since they are
 * what the timer's reader asks about.
 */
int
layout_bars_begin(struct layout_making *m)
{
	m->shown = mem_zalloc(m->l->ncolumns, sizeof(*m->shown));
	if (m->shown == NULL)
		return ERR_NOMEM;
	for (size_t i = 0; i < m->l->ncolumns; i++)
		m->shown[i].bar = LAYOUT_NONE;
	/* Where states are asked for, those of calls come first. */
	if (m->o->states)
		choose_any(m, m->shown, true);
	choose_timed(m, m->shown);
	if (m->o->states)
		choose_any(m, m->shown, false);
	return number_columns(m);
}

/* Record SEQ takes its node's memory away. */
static bool
is_crash(struct layout_making *m, const struct trace_rec *rec)
{
	enum trace_board_what what;

	if (rec->kind == TRACE_ACT)
		return str_is(trace_str(rec, "verb", &m->name), "crash");
	what = trace_board_what(m->trace, rec->seq);
	return what == TRACE_BOARD_FAULT || what == TRACE_BOARD_WATCHDOG;
}

/* What crashes has no machines any more. */
static void
crash(struct layout_making *m, uint64_t seq)
{
	struct trace_rec rec;
	struct layout_shown *s;
	uintptr_t at;

	trace_get(m->trace, seq, &rec);
	at = (uintptr_t)map_get(m->nodes, rec.node);
	if (at == 0 || !is_crash(m, &rec))
		return;
	s = &m->shown[at - 1];
	leave_bar(m, s, seq, rec.t);
}

/* All steps of the machines that are shown. */
int
layout_bars_take(struct layout_making *m, uint64_t from, uint64_t to)
{
	int err = 0;

	for (uint64_t seq = from; err == 0 && seq <= to; seq++) {
		uint32_t node = trace_node_of(m->trace, seq), column;
		struct trace_rec rec;

		if (trace_kind_of(m->trace, seq) == TRACE_ACT ||
		    trace_kind_of(m->trace, seq) == TRACE_BOARD)
			crash(m, seq);
		if (trace_kind_of(m->trace, seq) != TRACE_FSM ||
		    node >= m->nshown_by || m->shown_by[node] == 0)
			continue;
		column = m->shown_by[node] - 1;
		trace_get(m->trace, seq, &rec);
		show_newer(m, &m->shown[column], &rec);
		if (is_shown(m, &m->shown[column], seq))
			err = bar_layout_enter(
			    m, &rec, &m->shown[column], column);
	}
	return err;
}

void
layout_bars_free(struct layout_making *m)
{
	mem_free(m->shown);
	mem_free(m->shown_by);
}

/* ---- how long a handset computed ---- */

/* The row that came in and set ROW off, or LAYOUT_NONE. */
static size_t
set_off_by(const struct layout_making *m, size_t row)
{
	const struct layout *l = m->l;
	uint64_t origin = m->origin[l->rows[row].seq];
	size_t since;

	if (origin == 0 || trace_kind_of(m->trace, origin) != TRACE_RECV)
		return LAYOUT_NONE;
	since = layout_row_at(l, origin);
	return since < row && layout_row_has(l, since, origin) ? since
							       : LAYOUT_NONE;
}

/* The work that record SEQ tells of, which ended in ROW. */
static void
bar_layout_take_work(struct layout_making *m, size_t row, uint64_t seq)
{
	struct layout_work *w = &m->l->works[m->l->nworks];
	struct trace_rec rec;
	int64_t ns, count;

	trace_get(m->trace, seq, &rec);
	ns = trace_int(&rec, "ns", 0);
	count = trace_int(&rec, "count", 0);
	if (ns <= 0 || count <= 0)
		return;
	*w = (struct layout_work){ .row = row,
		.since = set_off_by(m, row),
		.seq = seq,
		.t = ns < rec.t ? rec.t - ns : 0,
		.t_end = rec.t,
		.count = (uint64_t)count };
	m->l->nworks++;
}

/*
 * For each message that a handset sent, a bar of its own beside the lifeline,
 * from what set it off to the arrow. Work for the screen and the keys is left
 * out: it would cover the lifeline, and says nothing of messages.
 */
int
layout_works(struct layout_making *m)
{
	struct layout *l = m->l;

	if (!m->o->states || !m->o->notes)
		return 0;
	for (size_t i = 0; i < l->nrows; i++) {
		uint64_t cause = trace_cause_of(m->trace, l->rows[i].seq);

		if (l->rows[i].item != LAYOUT_MESSAGE || cause == 0 ||
		    trace_board_what(m->trace, cause) != TRACE_BOARD_CYCLES)
			continue;
		if (l->works == NULL)
			l->works = mem_zalloc(l->nrows, sizeof(*l->works));
		if (l->works == NULL)
			return ERR_NOMEM;
		bar_layout_take_work(m, i, cause);
	}
	return 0;
}
