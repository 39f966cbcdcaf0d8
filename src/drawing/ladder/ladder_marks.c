/*
 * Marks found in the rows and records: a transaction by its branch and method
 * on one hop, a dialog by its Call-ID and tags; and which lane a bracket has.
 */
#include "ladder/ladder_marks.h"

#include <math.h>
#include <stdlib.h>

#include "base/array.h"
#include "base/err.h"
#include "base/i18n.h"
#include "base/mem.h"
#include "ladder/ladder_marks_in.h"

/* ---- which lane a bracket has ---- */

/* Between the end of one and the beginning of the next in its lane. */
#define APART 0.45

/* Marks that share a lane, as one interval. */
struct interval {
	size_t place; /* the side of a column, or the kind beside the ladder */
	size_t first; /* mark */
	double from, to;
};

static int
marks_compare(const void *a, const void *b)
{
	const struct interval *x = a, *y = b;

	if (x->place != y->place)
		return x->place < y->place ? -1 : 1;
	if (x->from != y->from)
		return x->from < y->from ? -1 : 1;
	return (x->first > y->first) - (x->first < y->first);
}

static size_t
place_of_mark(const struct ladder_mark *m)
{
	if (m->column == LAYOUT_NONE)
		return (size_t)m->kind;
	return LADDER_MARK_COUNT + 2 * m->column + (m->peer < m->column);
}

/* Marks of one group follow each other. */
static size_t
list_mark_intervals(const struct ladder_marks *m, struct interval *list)
{
	size_t n = 0;

	for (size_t i = 0; i < m->n; i++) {
		const struct ladder_mark *k = &m->list[i];

		if (n > 0 && m->list[list[n - 1].first].group == k->group) {
			list[n - 1].to = fmax(list[n - 1].to, k->y_end);
			continue;
		}
		list[n++] =
		    (struct interval){ place_of_mark(k), i, k->y, k->y_end };
	}
	qsort(list, n, sizeof(*list), marks_compare);
	return n;
}

static void
marks_give(struct ladder_marks *m, const struct interval *v, size_t lane)
{
	size_t group = m->list[v->first].group;

	for (size_t i = v->first; i < m->n && m->list[i].group == group; i++)
		m->list[i].lane = lane;
	m->crowded |= lane == LAYOUT_NONE;
}

/* Those of one place, N; returns how many lanes they have. */
static size_t
colour_place_intervals(struct ladder_marks *m, const struct interval *list,
    size_t n, size_t first_lane)
{
	double ends[LADDER_MARK_LANES];
	size_t lanes = 0;

	for (size_t i = 0; i < n; i++) {
		size_t lane = 0;

		while (lane < lanes && ends[lane] + APART > list[i].from)
			lane++;
		if (lane == LADDER_MARK_LANES) {
			marks_give(m, &list[i], LAYOUT_NONE);
			continue;
		}
		lanes = lane == lanes ? lanes + 1 : lanes;
		ends[lane] = list[i].to;
		marks_give(m, &list[i], first_lane + lane);
	}
	return lanes;
}

/*
 * An interval colouring. Brackets that overlap at one side of a column, or
 * beside the ladder, have different lanes; phases of one call have one. The
 * number of lanes is bounded: the rest has a name and no bracket. 0 or
 * ERR_NOMEM.
 */
static int
marks_give_lanes(struct ladder_marks *m, const struct layout *l)
{
	LOCAL_MEM struct interval *list = mem_zalloc(m->n + 1, sizeof(*list));
	size_t n, next;

	m->nreach = l->ncolumns;
	m->reach = mem_zalloc(l->ncolumns + 1, sizeof(*m->reach));
	if (list == NULL || m->reach == NULL)
		return ERR_NOMEM;
	n = list_mark_intervals(m, list);
	for (size_t i = 0; i < n; i = next) {
		const struct ladder_mark *k = &m->list[list[i].first];
		bool beside = k->column == LAYOUT_NONE;
		size_t lanes;

		next = i + 1;
		while (next < n && list[next].place == list[i].place)
			next++;
		lanes = colour_place_intervals(
		    m, &list[i], next - i, beside ? m->lanes : 0);
		if (beside)
			m->lanes += lanes;
		else if (k->peer < k->column)
			m->reach[k->column] = lanes;
	}
	return 0;
}

/* ---- finding the marks ---- */

const char *
ladder_mark_word(enum ladder_mark_kind kind)
{
	static const char *const words[] = {
#define X(id, word) word,
		LADDER_MARKS(X)
#undef X
	};

	return words[kind];
}

struct str
marks_keep(struct ladder_marking *w, struct str text)
{
	struct str kept;

	(void)map_keep(w->m->strings, text, &kept);
	return kept;
}

int
marks_know(struct ladder_marking *w, size_t index)
{
	return map_put(
	    w->known, buf_view(&w->key), (void *)(uintptr_t)(index + 1));
}

int
marks_add(struct ladder_marking *w, enum ladder_mark_kind kind, size_t row,
    size_t *index)
{
	struct ladder_marks *m = w->m;
	struct ladder_mark *mark;

	if (ARRAY_ROOM(&m->list, &m->room, m->n + 1) != 0)
		return ERR_NOMEM;
	*index = m->n++;
	mark = &m->list[*index];
	*mark = (struct ladder_mark){ .kind = kind,
		.column = LAYOUT_NONE,
		.peer = LAYOUT_NONE,
		.one = LAYOUT_NONE,
		.other = LAYOUT_NONE,
		.first = row,
		.last = row,
		.y = w->l->rows[row].y,
		.y_end = w->l->rows[row].y };
	marks_extend(w, *index, row);
	mark->group = *index;
	return 0;
}

void
marks_extend(struct ladder_marking *w, size_t index, size_t row)
{
	struct ladder_mark *mark = &w->m->list[index];
	const struct layout_row *r = &w->l->rows[row];
	double end = r->y_end > r->y ? r->y_end : r->y;

	if (row > mark->last)
		mark->last = row;
	if (end > mark->y_end)
		mark->y_end = end;
}

/* The mark that W->key stands for, extended to ROW; where there is none, a new
 * one of ROW (*FRESH). */
static int
marks_reach(struct ladder_marking *w, enum ladder_mark_kind kind, size_t row,
    size_t *index, bool *fresh)
{
	uintptr_t at = (uintptr_t)map_get(w->known, buf_view(&w->key));
	int err;

	*fresh = at == 0;
	if (at != 0) {
		*index = at - 1;
		marks_extend(w, *index, row);
		return 0;
	}
	err = marks_add(w, kind, row, index);
	return err != 0 ? err : marks_know(w, *index);
}

static void
marks_add_part(struct buf *key, struct str part)
{
	buf_str(key, part);
	buf_putc(key, '\n');
}

/* RFC 3261 17.1.1.2, 17.1.2.2: with Timer B or F its client gives up. */
static void
marks_give_up(struct ladder_marking *w, size_t row)
{
	const struct layout_row *r = &w->l->rows[row];
	LOCAL_BUF machine = BUF_INIT, id = BUF_INIT;
	struct trace_rec rec;
	uintptr_t at;

	if (!str_is(r->brief, "B") && !str_is(r->brief, "F"))
		return;
	trace_get(w->t, r->seq, &rec);
	at = (uintptr_t)map_get(
	    w->known, sent_message_transaction_key(&w->key, r->from,
			  str_is(trace_str(&rec, "machine", &machine), "ICT"),
			  trace_str(&rec, "id", &id)));
	if (at != 0)
		marks_extend(w, at - 1, row);
}

/* ROW's message is of a transaction, which its first one begins.  Of one hop: a
 * branch that two have by mistake is of a transaction at each. */
static int
mark_hop(struct ladder_marking *w, size_t row)
{
	const struct layout_row *r = &w->l->rows[row];
	const struct trace_send *s = &w->read.send;
	size_t client, server, index;
	bool fresh, ack, invite;
	int err = sent_message_read(&w->read, w->t, r->seq);

	if (err != 0 || s->branch.n == 0 || !w->read.sip)
		return err == ERR_NOMEM ? err : 0;
	client = s->status != 0 ? r->to : r->from;
	server = s->status != 0 ? r->from : r->to;
	ack = str_is(s->method, "ACK");
	invite = ack || str_is(sent_message_method(s), "INVITE");
	sent_message_transaction_key(&w->key, client, invite, s->branch);
	buf_printf(&w->key, "\n%zu", server);
	/* An ACK to a 2xx is a branch of its own and no transaction. */
	if (ack && map_get(w->known, buf_view(&w->key)) == NULL)
		return 0;
	err = marks_reach(w, LADDER_MARK_TRANSACTION, row, &index, &fresh);
	if (err != 0)
		return err;
	w->m->of[row] = (uint32_t)index + 1;
	if (!fresh)
		return 0;
	w->m->list[index].column = client;
	w->m->list[index].peer = server;
	buf_clear(&w->key);
	buf_printf(&w->key, "T%u", ++w->count);
	w->m->list[index].label = marks_keep(w, buf_view(&w->key));
	/* Its timers know no server. */
	sent_message_transaction_key(&w->key, client, invite, s->branch);
	return marks_know(w, index);
}

static int
begin_transactions(struct ladder_marking *w)
{
	w->m->of = mem_zalloc(w->l->nrows + 1, sizeof(*w->m->of));
	return w->m->of != NULL ? 0 : ERR_NOMEM;
}

static int
step_transactions(struct ladder_marking *w, uint64_t row)
{
	const struct layout_row *r = &w->l->rows[row];

	if (r->item == LAYOUT_MESSAGE)
		return mark_hop(w, (size_t)row);
	if (r->item == LAYOUT_TIMER)
		marks_give_up(w, (size_t)row);
	return 0;
}

struct str
marks_peers(struct ladder_marking *w, size_t a, size_t b)
{
	size_t first = a < b ? a : b;

	/* The call that comes first in the ladder is named first. */
	if (b != LAYOUT_NONE)
		b = a < b ? b : a;
	a = first;
	buf_clear(&w->key);
	buf_str(&w->key, w->l->columns[a].name);
	if (b != LAYOUT_NONE && b != a) {
		buf_puts(&w->key, "–");
		buf_str(&w->key, w->l->columns[b].name);
	}
	return marks_keep(w, buf_view(&w->key));
}

static size_t
column_of_node(const struct ladder_marking *w, struct str node)
{
	for (size_t i = 0; i < w->l->ncolumns; i++)
		if (str_eq(w->l->columns[i].name, node))
			return i;
	return LAYOUT_NONE;
}

/* Both sides of a dialog have the same key: the tags in one order. */
static void
marks_dialog_key(struct ladder_marking *w, const struct trace_rec *rec)
{
	struct buf tags[2] = { BUF_INIT, BUF_INIT }, id = BUF_INIT;
	struct str a = trace_str(rec, "local_tag", &tags[0]);
	struct str b = trace_str(rec, "remote_tag", &tags[1]);
	bool swap = str_cmp(a, b) > 0;

	buf_clear(&w->key);
	marks_add_part(&w->key, trace_str(rec, "call_id", &id));
	marks_add_part(&w->key, swap ? b : a);
	marks_add_part(&w->key, swap ? a : b);
	buf_free(&tags[0]);
	buf_free(&tags[1]);
	buf_free(&id);
}

/* COLUMN is one of a dialog's two. */
static void
note_peer(struct ladder_marking *w, size_t index, size_t column)
{
	struct ladder_mark *m = &w->m->list[index];

	if (column == LAYOUT_NONE || column == m->one || column == m->other)
		return;
	if (m->one == LAYOUT_NONE)
		m->one = column;
	else if (m->other == LAYOUT_NONE)
		m->other = column;
	else
		return;
	m->whose = marks_peers(w, m->one, m->other);
}

static int
begin_dialogs(struct ladder_marking *w)
{
	return map_create(&w->shown);
}

/* The call of ROW has a message in the ladder. */
static int
know_call(struct ladder_marking *w, const struct layout_row *row)
{
	return row->call.n > 0 ? map_put(w->shown, row->call, w) : 0;
}

/* REC, a step of a dialog, of which ROW is the row. */
static int
marks_take_dialog(
    struct ladder_marking *w, const struct trace_rec *rec, size_t row)
{
	size_t index;
	bool fresh;
	int err;

	marks_dialog_key(w, rec);
	err = marks_reach(w, LADDER_MARK_DIALOG, row, &index, &fresh);
	if (err != 0)
		return err;
	note_peer(w, index, column_of_node(w, rec->node));
	if (!fresh)
		return 0;
	buf_clear(&w->key);
	buf_printf(&w->key, _("dialog %u"), ++w->count);
	w->m->list[index].label = marks_keep(w, buf_view(&w->key));
	return 0;
}

/* First the rows, then the records. */
static int
step_dialogs(struct ladder_marking *w, uint64_t i)
{
	LOCAL_BUF id = BUF_INIT;
	struct trace_rec rec;
	uint64_t seq;
	size_t row;
	int err = 0;

	if (i < w->l->nrows)
		return know_call(w, &w->l->rows[i]);
	seq = i - w->l->nrows + 1;
	if (trace_kind_of(w->t, seq) != TRACE_DIALOG)
		return 0;
	row = layout_row_at(w->l, seq);
	trace_get(w->t, seq, &rec);
	/* Of a call that is not shown nothing is to be marked. */
	if (row != LAYOUT_NONE &&
	    map_get(w->shown, trace_str(&rec, "call_id", &id)) != NULL)
		err = marks_take_dialog(w, &rec, row);
	return err;
}

/* First the rows, then the calls. */
static int
step_phases(struct ladder_marking *w, uint64_t i)
{
	return i < w->l->nrows ? marks_step_phases(w, i)
			       : marks_put_phases(w, i - w->l->nrows);
}

static uint64_t
count_records(const struct ladder_marking *w)
{
	return w->records;
}

static const struct {
	int (*begin)(struct ladder_marking *w);
	int (*step)(struct ladder_marking *w, uint64_t i);
	/* Steps after those of the rows, asked for when these are done; NULL:
	 * none. */
	uint64_t (*more)(const struct ladder_marking *w);
} finders[] = {
	[LADDER_MARK_TRANSACTION] = { begin_transactions, step_transactions,
	    NULL },
	[LADDER_MARK_DIALOG] = { begin_dialogs, step_dialogs, count_records },
	[LADDER_MARK_PHASE] = { marks_begin_phases, step_phases,
	    marks_count_calls },
};

/* On to the next kind that is wanted, from FIRST on. */
static int
begin_kind(struct ladder_marking *w, unsigned first)
{
	int err;

	map_destroy(w->known);
	map_destroy(w->shown);
	marks_leave_phases(w);
	w->known = w->shown = NULL;
	w->next = 0;
	w->count = 0;
	w->kind = first;
	while (w->kind < LADDER_MARK_COUNT && (w->kinds >> w->kind & 1) == 0)
		w->kind++;
	if (w->kind == LADDER_MARK_COUNT)
		return 0;
	err = map_create(&w->known);
	return err != 0 ? err : finders[w->kind].begin(w);
}

int
ladder_marks_begin(struct ladder_marking **out, const struct layout *l,
    const struct trace *t, uint64_t records, unsigned kinds)
{
	struct ladder_marking *w = mem_zalloc(1, sizeof(*w));
	int err;

	*out = w;
	if (w == NULL)
		return ERR_NOMEM;
	*w = (struct ladder_marking){ .l = l,
		.t = t,
		.records = records,
		.kinds = kinds,
		.key = BUF_INIT };
	w->m = mem_zalloc(1, sizeof(*w->m));
	err = w->m != NULL ? map_create(&w->m->strings) : ERR_NOMEM;
	if (err == 0)
		err = begin_kind(w, 0);
	if (err != 0) {
		ladder_marks_leave(w);
		*out = NULL;
	}
	return err;
}

/* At most *LEFT steps of the present kind, and on to the next after the last.
 */
static int
go_on_with_kind(struct ladder_marking *w, uint64_t *left)
{
	uint64_t n = w->l->nrows;
	int err = 0;

	if (w->next >= n && finders[w->kind].more != NULL)
		n += finders[w->kind].more(w);
	for (; err == 0 && w->next<n && * left> 0; --*left)
		err = finders[w->kind].step(w, w->next++);
	if (err != 0 || w->next < n ||
	    (n == w->l->nrows && finders[w->kind].more != NULL &&
		finders[w->kind].more(w) > 0))
		return err;
	return begin_kind(w, w->kind + 1);
}

int
ladder_marks_go_on(
    struct ladder_marking *w, uint64_t most, struct ladder_marks **m)
{
	unsigned long lacked = mem_failures();
	int err = 0;

	*m = NULL;
	while (err == 0 && w->kind < LADDER_MARK_COUNT && most > 0)
		err = go_on_with_kind(w, &most);
	/* That takes a while as well: it waits for the next time where MOST are
	 * done. */
	if (err == 0 && w->kind == LADDER_MARK_COUNT && most > 0) {
		err = marks_give_lanes(w->m, w->l);
		*m = err == 0 && mem_failures() == lacked ? w->m : NULL;
	}
	if (err == 0 && mem_failures() != lacked)
		err = ERR_NOMEM;
	if (*m != NULL)
		w->m = NULL;
	return err;
}

void
ladder_marks_leave(struct ladder_marking *w)
{
	if (w == NULL)
		return;
	map_destroy(w->known);
	map_destroy(w->shown);
	marks_leave_phases(w);
	ladder_marks_destroy(w->m);
	buf_free(&w->key);
	sent_message_free(&w->read);
	mem_free(w);
}

int
ladder_marks_create(struct ladder_marks **out, const struct layout *l,
    const struct trace *t, unsigned kinds)
{
	struct ladder_marking *w;
	int err = ladder_marks_begin(&w, l, t, trace_count(t), kinds);

	*out = NULL;
	if (err == 0)
		err = ladder_marks_go_on(w, UINT64_MAX, out);
	ladder_marks_leave(w);
	return err;
}

void
ladder_marks_destroy(struct ladder_marks *m)
{
	if (m == NULL)
		return;
	map_destroy(m->strings);
	mem_free(m->list);
	mem_free(m->reach);
	mem_free(m->of);
	mem_free(m);
}
