/*
 * The rows of a ladder, from the records of a trace in one pass: a send makes
 * a row, its recv or drop ends it.  A timer makes a row when it fires if
 * something was sent because of it, or if it is one of the timers that give up
 * (RFC 3261 17.1.1.2 B, 17.1.2.2 F, 17.2.1 H, 16.6 step 11 C).  The others,
 * which are most, only tidy up.  Whether a row stays is known once the pass is
 * over: what was sent may be something that is not shown.
 */
#include "base/addr.h"
#include "base/array.h"
#include "base/err.h"
#include "base/mem.h"
#include "base/rows.h"
#include "text/utf8.h"
#include "ladder/layout_in.h"
#include "trace/board.h"
#include "words/record_text.h"
#include "words/state_words.h"
#include "words/trace_words.h"

#include <string.h>

/* A timer that was set and has neither fired nor stopped. */
struct set_timer {
	struct state_at_key key;
	uint64_t seq;
	int64_t t, length;
};

void
layout_rows_free(struct layout_making *m)
{
	state_at_table_free(&m->timers);
	map_destroy(m->media);
	mem_free(m->arrivals);
	layout_left_free(m);
	mem_free(m->repeats);
	mem_free(m->row_of);
	mem_free(m->origin);
	mem_free(m->sends);
	mem_free(m->keep);
}

int
layout_add_row(struct layout_making *m, const struct trace_rec *rec,
    struct layout_row **row)
{
	struct layout *l = m->l;
	size_t cap = m->cap_rows;

	if (m->o->max_rows != 0 && l->nrows >= m->o->max_rows) {
		if (!l->cut)
			l->cut_ns = rec->t;
		l->cut = true;
		return ERR_LIMIT;
	}
	if (ARRAY_ROOM(&l->rows, &cap, l->nrows + 1) != 0 ||
	    ARRAY_ROOM(&m->keep, &m->cap_rows, l->nrows + 1) != 0)
		return ERR_NOMEM;
	*row = &l->rows[l->nrows];
	**row = (struct layout_row){ .seq = rec->seq,
		.t = rec->t,
		.t_end = rec->t,
		.from = LAYOUT_NONE,
		.to = LAYOUT_NONE,
		.repeat.first = LAYOUT_NONE,
		.fwd = LAYOUT_NONE,
		.since = LAYOUT_NONE,
		.note.at = LAYOUT_NONE,
		.loss.reason = TRACE_DROP_COUNT };
	m->keep[l->nrows++] = true;
	m->row_of[rec->seq] = (uint32_t)l->nrows;
	(*row)->why = layout_keep_text(m, trace_why(rec));
	return 0;
}

bool
layout_in_window(const struct layout_making *m, int64_t t)
{
	return t >= m->o->from_ns && t <= m->o->to_ns;
}

/* A remark of no node is not one of the nodes' that were chosen. */
static bool
wants_node(const struct layout_making *m, size_t column)
{
	if (column == LAYOUT_NONE)
		return m->o->nnodes == 0;
	return (m->flags[column] & COLUMN_HIDDEN) == 0 &&
	       (m->o->nnodes == 0 || (m->flags[column] & COLUMN_WANTED) != 0);
}

bool
layout_wants_pair(const struct layout_making *m, size_t from, size_t to)
{
	unsigned any = m->flags[from] | m->flags[to];
	unsigned both = m->flags[from] & m->flags[to];

	return m->o->nnodes == 0 ||
	       ((m->o->nnodes == 1 ? any : both) & COLUMN_WANTED) != 0;
}

/* What a hidden node takes part in is not shown; those it talks with are. */
static bool
hides_pair(struct layout_making *m, size_t from, size_t to)
{
	m->flags[from] |= COLUMN_TALKS;
	m->flags[to] |= COLUMN_TALKS;
	return ((m->flags[from] | m->flags[to]) & COLUMN_HIDDEN) != 0;
}

/* The timer behind what was sent deserves its row. */
static void
keep_origin(struct layout_making *m, uint64_t seq)
{
	uint32_t origin = m->origin[seq];

	if (origin != 0 && m->row_of[origin] != 0)
		m->keep[m->row_of[origin] - 1] = true;
}

static int
add_send(struct layout_making *m, const struct trace_rec *rec)
{
	struct trace_send s;
	struct layout_row *row;
	size_t from, to;
	enum trace_class class;
	unsigned retx = 0;
	int err;

	buf_clear(&m->name);
	if (trace_get_send(rec, &s, &m->name) != 0)
		return m->name.err;
	if ((err = layout_column_of(m, s.src, &from)) != 0 ||
	    (err = layout_column_of(m, s.dst, &to)) != 0)
		return err;
	class = trace_class_of(s.proto);
	if (m->related != NULL && class != TRACE_CLASS_SIP)
		s.call_id = related_calls_find(m->related, rec->seq);
	if (!layout_wants_call(m, s.call_id))
		return 0;
	/* Those before the window count as well. */
	if (s.retx != 0 && s.retx < rec->seq)
		retx = ++m->repeats[s.retx];
	if (!layout_in_window(m, rec->t) || !layout_wants_pair(m, from, to) ||
	    (m->o->keep != NULL && !m->o->keep(m->trace, rec, m->o->keep_arg)))
		return 0;
	if (hides_pair(m, from, to))
		return layout_left_send(m, rec, s.call_id);
	if (class == TRACE_CLASS_MEDIA)
		return layout_media_packet(m, rec, &s, from, to);
	if ((err = layout_add_row(m, rec, &row)) != 0)
		return err;
	row->item = LAYOUT_MESSAGE;
	row->class = class;
	row->arrow = trace_arrow_of(s.proto, s.status);
	row->from = from;
	row->to = to;
	row->stream = addr_word_is_stream(s.transport);
	/* Seqs for now; layout_rows_link makes rows of them. */
	row->repeat.retx = retx;
	row->repeat.first =
	    s.retx != 0 && s.retx < rec->seq ? s.retx : LAYOUT_NONE;
	row->fwd = s.fwd != 0 && s.fwd < rec->seq ? s.fwd : LAYOUT_NONE;
	keep_origin(m, rec->seq);
	row->call = layout_keep_text(m, s.call_id);
	layout_label(m, rec, &s, row);
	return 0;
}

/* The row of record SEQ, one before REC; NULL. */
static struct layout_row *
row_before(
    const struct layout_making *m, const struct trace_rec *rec, uint64_t seq)
{
	if (seq == 0 || seq >= rec->seq || m->row_of[seq] == 0)
		return NULL;
	return &m->l->rows[m->row_of[seq] - 1];
}

/* The row that REC's `of` points at, or NULL. */
static struct layout_row *
row_of_field(struct layout_making *m, const struct trace_rec *rec)
{
	int64_t of = trace_int(rec, "of", 0);

	return of > 0 ? row_before(m, rec, (uint64_t)of) : NULL;
}

/* The message whose arrival REC is, or NULL.  A stream brings no message twice:
 * bytes received of one once more are its end, cut off by a wrong
 * Content-Length (RFC 3261 18.3), together with the message after it. */
static struct layout_row *
row_of_arrival(struct layout_making *m, const struct trace_rec *rec)
{
	struct layout_row *row = row_of_field(m, rec), *behind;

	if (row == NULL || row->item != LAYOUT_MESSAGE)
		return NULL;
	if (!row->stream || row->copies == 0)
		return row;
	behind = row_before(m, rec, rec->cause);
	return behind != NULL && behind->item == LAYOUT_MESSAGE &&
		       behind->stream && behind->copies == 0 &&
		       behind->to == row->to
		   ? behind
		   : NULL;
}

static void
end_recv(struct layout_making *m, const struct trace_rec *rec)
{
	struct layout_row *row = row_of_field(m, rec);

	layout_left_recv(m, rec);
	if (row != NULL && row->item == LAYOUT_MEDIA)
		layout_media_arrived(m, row, (uint64_t)trace_int(rec, "of", 0));
	row = row_of_arrival(m, rec);
	if (row == NULL)
		return;
	m->row_of[rec->seq] = (uint32_t)(row - m->l->rows) + 1;
	if (row->copies++ > 0)
		return;
	row->end_seq = rec->seq;
	row->t_end = rec->t > row->t ? rec->t : row->t;
	/* One copy got through where another was lost. */
	row->lost = row->loss.discarded = false;
	if (m->translates)
		layout_translated(m, rec, row);
}

static void
end_drop(struct layout_making *m, const struct trace_rec *rec)
{
	struct layout_row *row = row_of_field(m, rec);
	struct str reason;
	bool discarded;

	layout_left_drop(m, rec);
	reason = trace_str(rec, "reason", &m->name);
	if (row != NULL && row->item == LAYOUT_MEDIA)
		layout_media_dropped(
		    m, row, (uint64_t)trace_int(rec, "of", 0), reason);
	if (row == NULL || row->item != LAYOUT_MESSAGE)
		return;
	discarded = layout_is_discarded(trace_drop_find(reason));
	row->loss.arrived =
	    row->copies > 0 || (rec->node.n > 0 && !layout_is_nat(m, rec, row));
	if (row->copies > 0 && !discarded)
		return;
	row->loss.discarded = discarded;
	row->end_seq = rec->seq;
	row->t_end = rec->t > row->t ? rec->t : row->t;
	layout_lost(m, row, reason);
}

static void
add_fault(struct layout_making *m, const struct trace_rec *rec)
{
	struct layout_row *row = row_of_field(m, rec);

	if (row != NULL && row->item == LAYOUT_MESSAGE)
		layout_note_fault(m, rec, row);
}

static void
label_timer(struct layout_making *m, const struct trace_rec *rec,
    struct layout_row *row, struct str name, int64_t length)
{
	buf_clear(&m->text);
	utf8_add_clipped(&m->text, name, 40);
	row->brief = layout_keep_text(m, buf_view(&m->text));
	buf_clear(&m->text);
	timer_put_row(&m->text, name, length);
	buf_puts(&m->text, record_inferred(m->trace, rec->seq));
	row->label = layout_keep_text(m, buf_view(&m->text));
}

static bool
gives_up(struct str name)
{
	return name.n == 1 && memchr("BCFH", name.p[0], 4) != NULL;
}

static int
fire(struct layout_making *m, const struct trace_rec *rec,
    const struct set_timer *set, struct str name)
{
	int64_t length =
	    trace_int(rec, "length", set != NULL ? set->length : 0);
	bool shown = m->o->timers || gives_up(name);
	struct layout_row *row;
	size_t column;
	int err;

	if (!layout_in_window(m, rec->t) || rec->node.n == 0 ||
	    !(shown || m->sends[rec->seq]))
		return 0;
	if ((err = layout_column_of(m, rec->node, &column)) != 0 ||
	    !wants_node(m, column) || (err = layout_add_row(m, rec, &row)) != 0)
		return err;
	row->item = LAYOUT_TIMER;
	row->from = row->to = column;
	row->t_end = set != NULL ? set->t : rec->t - length;
	row->end_seq = set != NULL ? set->seq : 0;
	m->keep[m->l->nrows - 1] = shown && layout_wants_remark(m, rec->seq);
	label_timer(m, rec, row, name, length);
	return 0;
}

/* The text of V, which lives as long as the trace or the ladder. */
static struct str
lasting(struct layout_making *m, struct json_value v)
{
	struct str text = STR_NULL;

	if (v.type != JSON_STRING || json_plain(v, &text) == 0)
		return text;
	buf_clear(&m->name);
	json_text(v, &m->name);
	return layout_keep_text(m, buf_view(&m->name));
}

/* By which record the timer of REC was set, where its cause says so: timers
 * that a program sets in one line have one name. */
static bool
is_set_by(
    struct layout_making *m, const struct trace_rec *rec, struct set_timer *set)
{
	LOCAL_BUF scratch = BUF_INIT;
	struct trace_rec by;
	bool is = false;

	if (rec->cause != 0 &&
	    trace_kind_of(m->trace, rec->cause) == TRACE_TIMER) {
		trace_get(m->trace, rec->cause, &by);
		is = str_is(trace_str(&by, "op", &scratch), "set");
		set->seq = by.seq;
		set->t = by.t;
		set->length = trace_int(&by, "length", 0);
	}
	return is;
}

/* Only one that fires is read in whole. */
static int
row_fire_timer(
    struct layout_making *m, uint64_t seq, struct str id, struct str name)
{
	const struct set_timer *set;
	struct set_timer by;
	struct trace_rec rec;

	trace_get(m->trace, seq, &rec);
	set = is_set_by(m, &rec, &by)
		  ? &by
		  : state_at_table_find(&m->timers, rec.node, id, name);
	return fire(m, &rec, set, name);
}

static int
row_add_timer(struct layout_making *m, uint64_t seq)
{
	static const struct str keys[] = { { "op", 2 }, { "name", 4 },
		{ "id", 2 }, { "length", 6 } };
	struct str op, name, id;
	struct str node = trace_name(m->trace, trace_node_of(m->trace, seq));
	struct json_value v[4];
	struct set_timer *set;
	bool made;
	int err = 0;

	trace_members_of(m->trace, seq, keys, 4, v);
	op = lasting(m, v[0]);
	name = lasting(m, v[1]);
	id = lasting(m, v[2]);
	if (str_is(op, "fire"))
		err = row_fire_timer(m, seq, id, name);
	if (err != 0 || !str_is(op, "set"))
		return err != 0
			   ? err
			   : state_at_table_remove(&m->timers, node, id, name);
	set = state_at_table_put(&m->timers, 0, node, id, name, &made);
	if (set == NULL)
		return ERR_NOMEM;
	set->seq = seq;
	set->t = trace_time_of(m->trace, seq);
	set->length = 0;
	json_int(v[3], &set->length);
	return 0;
}

/* A note, or input that was rejected. */
static int
row_add_remark(struct layout_making *m, const struct trace_rec *rec)
{
	bool bad = rec->kind == TRACE_BAD;
	struct layout_row *row;
	size_t column = LAYOUT_NONE;
	int err;

	if (!layout_in_window(m, rec->t))
		return 0;
	if (rec->node.n > 0 &&
	    (err = layout_column_of(m, rec->node, &column)) != 0)
		return err;
	if (!wants_node(m, column) || !layout_wants_remark(m, rec->seq))
		return 0;
	buf_clear(&m->text);
	if (bad)
		refusal_put_words(&m->text, rec);
	else if (rec->kind == TRACE_ACT || rec->kind == TRACE_BOARD)
		record_summary(m->trace, rec, &m->text);
	else
		note_put_text(&m->text, trace_str(rec, "text", &m->name));
	if (rec->kind == TRACE_NOTE)
		buf_puts(&m->text, record_inferred(m->trace, rec->seq));
	if ((err = layout_add_row(m, rec, &row)) != 0)
		return err;
	row->item = bad ? LAYOUT_REFUSED : LAYOUT_NOTE;
	row->from = row->to = column;
	row->label = row->brief = layout_keep_text(m, buf_view(&m->text));
	return 0;
}

/* A handset's board fails, is started again by its watchdog, or tells of a turn
 * of its loop, which it does only where it is asked to. */
static bool
is_breakdown(const struct layout_making *m, uint64_t seq)
{
	enum trace_board_what what = trace_board_what(m->trace, seq);

	return what == TRACE_BOARD_FAULT || what == TRACE_BOARD_WATCHDOG ||
	       what == TRACE_BOARD_TURN;
}

/* What changes the network itself: a node crashes, a link goes down. */
static bool
is_upheaval(struct layout_making *m, const struct trace_rec *rec)
{
	static const char *const verbs[] = { "crash", "restart", "down", "up" };
	struct str verb = trace_str(rec, "verb", &m->name);

	return ROWS_HAS(verb, verbs);
}

static int
row_take_record(struct layout_making *m, const struct trace_rec *rec)
{
	switch (rec->kind) {
	case TRACE_SEND:
		return add_send(m, rec);
	case TRACE_RECV:
		end_recv(m, rec);
		return 0;
	case TRACE_DROP:
		end_drop(m, rec);
		return 0;
	case TRACE_FAULT:
	case TRACE_NAT:
		add_fault(m, rec);
		return 0;
	case TRACE_MEDIA:
		return layout_media_stream(m, rec);
	case TRACE_CALL:
		return layout_media_call(m, rec);
	case TRACE_ACT:
		if (!is_upheaval(m, rec))
			return 0;
		return m->o->notes ? row_add_remark(m, rec) : 0;
	case TRACE_BOARD:
	case TRACE_NOTE:
	case TRACE_BAD:
		return m->o->notes ? row_add_remark(m, rec) : 0;
	default:
		return 0;
	}
}

/* The origin of each record, and its results: the index has them. */
static void
find_origins(struct layout_making *m)
{
	for (uint64_t seq = 1; seq <= m->count; seq++) {
		enum trace_kind kind = trace_kind_of(m->trace, seq);
		uint64_t cause = trace_cause_of(m->trace, seq);

		if (kind == TRACE_TIMER || kind == TRACE_RECV ||
		    kind == TRACE_ACT)
			m->origin[seq] = (uint32_t)seq;
		else if (cause < seq)
			m->origin[seq] = m->origin[cause];
		if (kind == TRACE_SEND)
			m->sends[m->origin[seq]] = true;
	}
}

int
layout_rows_begin(struct layout_making *m)
{
	uint64_t count = m->count;
	int err;

	if (count >= UINT32_MAX)
		return diag_set(m->diag, ERR_LIMIT, NULL, 0,
		    _("the trace has too many records for a ladder; the "
		      "maximum is %llu"),
		    (unsigned long long)UINT32_MAX - 1);
	m->row_of = mem_zalloc((size_t)count + 1, sizeof(*m->row_of));
	m->origin = mem_zalloc((size_t)count + 1, sizeof(*m->origin));
	m->repeats = mem_zalloc((size_t)count + 1, sizeof(*m->repeats));
	m->sends = mem_zalloc((size_t)count + 1, sizeof(*m->sends));
	if (m->row_of == NULL || m->origin == NULL || m->repeats == NULL ||
	    m->sends == NULL)
		return ERR_NOMEM;
	find_origins(m);
	if ((err = state_at_table_init(&m->timers, sizeof(struct set_timer), 1,
		 &m->timer_bytes)) != 0 ||
	    (err = map_create(&m->media)) != 0)
		return err;
	return 0;
}

int
layout_rows_take(struct layout_making *m, uint64_t from, uint64_t to)
{
	bool media = trace_first_of(m->trace, TRACE_MEDIA) != 0;
	int err = 0;

	for (uint64_t seq = from; err == 0 && seq <= to; seq++) {
		enum trace_kind kind = trace_kind_of(m->trace, seq);
		struct trace_rec rec;

		if (kind != TRACE_SEND && kind != TRACE_RECV &&
		    kind != TRACE_DROP && kind != TRACE_TIMER &&
		    kind != TRACE_NOTE && kind != TRACE_BAD &&
		    kind != TRACE_ACT && kind != TRACE_FAULT &&
		    kind != TRACE_NAT && kind != TRACE_MEDIA &&
		    kind != TRACE_BOARD && (kind != TRACE_CALL || !media))
			continue;
		if (kind == TRACE_BOARD && !is_breakdown(m, seq))
			continue;
		if (kind == TRACE_TIMER) {
			err = m->o->notes ? row_add_timer(m, seq) : 0;
		} else {
			trace_get(m->trace, seq, &rec);
			err = row_take_record(m, &rec);
		}
		/* What becomes of the rows there are is still to be seen. */
		if (err == ERR_LIMIT && m->l->cut)
			err = 0;
	}
	return err;
}
