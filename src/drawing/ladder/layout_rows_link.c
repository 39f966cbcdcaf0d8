/*
 * The second half of a ladder's rows: those not worth keeping go, and records'
 * numbers become rows: which message a retransmission repeats, which one a
 * proxy forwards, which one a timer was set for. Also which calls a ladder
 * shows, and how much of them it does not.
 */
#include "base/array.h"
#include "base/err.h"
#include "base/mem.h"
#include "ladder/layout_in.h"

/* The row of record SEQ, through FINAL (old row to new row plus 1). */
static size_t
row_now(const struct layout_making *m, const uint32_t *final, size_t seq)
{
	uint32_t old = seq == LAYOUT_NONE ? 0 : m->row_of[seq];

	if (old == 0 || final[old - 1] == 0)
		return LAYOUT_NONE;
	return final[old - 1] - 1;
}

/* Tells timers what they repeat. */
static void
row_link_join(struct layout_making *m)
{
	struct layout *l = m->l;

	for (size_t i = 0; i < l->nrows; i++) {
		struct layout_row *r = &l->rows[i];
		struct layout_row *first;
		uint32_t at;

		if (r->item != LAYOUT_MESSAGE || r->repeat.first == LAYOUT_NONE)
			continue;
		at = m->row_of[r->repeat.first];
		if (at == 0)
			continue; /* it lies outside of the part shown */
		first = &l->rows[at - 1];
		if (first->item != LAYOUT_MESSAGE)
			continue;
		/* `since` of a first transmission is its last copy so far. */
		at = m->origin[r->seq] ? m->row_of[m->origin[r->seq]] : 0;
		if (at != 0 && l->rows[at - 1].item == LAYOUT_TIMER)
			l->rows[at - 1].since = first->since != LAYOUT_NONE
						    ? first->since
						    : (size_t)(first - l->rows);
		first->since = i;
	}
	for (size_t i = 0; i < l->nrows; i++)
		if (l->rows[i].item == LAYOUT_MESSAGE)
			l->rows[i].since = LAYOUT_NONE;
}

/* Whether the one row HEAD may stand for R as well: a lost message is never
 * shown as if it had arrived, and the other way round. */
static bool
row_link_stands_for(const struct layout_row *head, const struct layout_row *r)
{
	if (!head->lost && head->end_seq != 0)
		return true;
	return head->lost == r->lost && head->loss.arrived == r->loss.arrived &&
	       str_eq(head->loss.text, r->loss.text) &&
	       (head->end_seq != 0) == (r->end_seq != 0);
}

/* Whether R, which got through, is to stand for HEAD, lost before it. */
static bool
takes_over(const struct layout_making *m, const struct layout_row *head,
    const struct layout_row *r)
{
	return m->o->state_at_lost && head->lost && !head->loss.discarded &&
	       !r->lost && r->end_seq != 0;
}

/* Row I stands for OLD, and for what that one stood for. */
static void
row_link_take_over(
    struct layout_making *m, uint32_t *head, size_t old, size_t i)
{
	struct layout_row *r = &m->l->rows[i], *h = &m->l->rows[old];

	r->repeat.folded = r->repeat.gone = h->repeat.folded + 1;
	r->repeat.retx = h->repeat.retx;
	if (r->repeat.retx == 0)
		r->repeat.first = LAYOUT_NONE;
	for (size_t k = old; k < i; k++)
		if (head[k] == old)
			head[k] = (uint32_t)i;
	m->keep[old] = false;
}

/* The timer behind R has nothing to point at any more. */
static void
drop_timer(struct layout_making *m, const struct layout_row *r)
{
	uint32_t at = m->origin[r->seq] ? m->row_of[m->origin[r->seq]] : 0;

	if (at != 0 && m->l->rows[at - 1].item == LAYOUT_TIMER)
		m->keep[at - 1] = false;
}

/* With `fold` a transmission stands for its repetitions, as far as they fared
 * alike; HEAD, by row: the row that stands for it. */
static void
fold(struct layout_making *m, uint32_t *head)
{
	struct layout *l = m->l;

	for (size_t i = 0; i < l->nrows; i++) {
		struct layout_row *r = &l->rows[i], *first, *h;
		uint32_t at = 0;

		if (r->item == LAYOUT_MESSAGE && r->repeat.first != LAYOUT_NONE)
			at = m->row_of[r->repeat.first];
		if (at == 0 || (first = &l->rows[at - 1]) == r)
			continue;
		/* `since` of a first transmission is the last head so far. */
		h = first->since != LAYOUT_NONE ? &l->rows[first->since]
						: first;
		if (!row_link_stands_for(h, r)) {
			first->since = i;
			if (takes_over(m, h, r)) {
				row_link_take_over(
				    m, head, (size_t)(h - l->rows), i);
				drop_timer(m, r);
			}
			continue;
		}
		m->keep[i] = false;
		head[i] = (uint32_t)(h - l->rows);
		h->repeat.folded++;
		h->repeat.gone += r->lost && !h->lost;
		drop_timer(m, r);
	}
	for (size_t i = 0; i < l->nrows; i++)
		if (l->rows[i].item == LAYOUT_MESSAGE)
			l->rows[i].since = LAYOUT_NONE;
}

static void
row_link_number(struct layout_making *m)
{
	struct layout *l = m->l;
	bool ends = false;

	/* A trace without any recv was not made by a simulation. */
	for (size_t i = 0; i < l->nrows && !ends; i++)
		ends = l->rows[i].copies > 0;
	for (size_t i = 0; i < l->nrows; i++) {
		struct layout_row *r = &l->rows[i];

		if (r->item != LAYOUT_MESSAGE)
			continue;
		r->under_way = ends && r->end_seq == 0;
		l->nmessages++;
		l->nfolded += r->repeat.folded;
		if (r->loss.discarded)
			l->ndiscarded += 1 + r->repeat.folded;
		else
			l->nlost +=
			    r->lost ? 1 + r->repeat.folded : r->repeat.gone;
		l->nretx += r->repeat.folded + (r->repeat.retx > 0);
		if (m->o->number)
			r->number = (unsigned)l->nmessages;
	}
}

int
layout_rows_link(struct layout_making *m)
{
	struct layout *l = m->l;
	/* Old row to new row plus 1; old row to the one that stands for it. */
	uint32_t *final = mem_zalloc(2 * l->nrows, sizeof(*final));
	uint32_t *head;
	size_t n = 0;
	int err;

	if (final == NULL)
		return ERR_NOMEM;
	head = final + l->nrows;
	for (size_t i = 0; i < l->nrows; i++)
		head[i] = (uint32_t)i;
	row_link_join(m);
	if (m->o->fold)
		fold(m, head);
	for (size_t i = 0; i < l->nrows; i++)
		if (m->keep[i])
			final[i] = (uint32_t)++n;
	for (size_t i = 0; i < l->nrows; i++)
		if (head[i] != i)
			m->row_of[l->rows[i].seq] = head[i] + 1;
	if ((err = layout_note_folded(m, head, final)) != 0) {
		mem_free(final);
		return err;
	}
	for (size_t i = 0; i < l->nrows; i++) {
		struct layout_row *r = &l->rows[i];
		size_t since =
		    r->since == LAYOUT_NONE ? LAYOUT_NONE : head[r->since];

		if (r->media.flows)
			r->t_end = trace_time_of(m->trace, m->count);
		r->repeat.first = row_now(m, final, r->repeat.first);
		r->fwd = row_now(m, final, r->fwd);
		r->since = since == LAYOUT_NONE || final[since] == 0
			       ? LAYOUT_NONE
			       : final[since] - 1;
	}
	for (size_t i = 0; i < l->nrows; i++)
		if (final[i] != 0)
			l->rows[final[i] - 1] = l->rows[i];
	l->nrows = n;
	mem_free(final);
	layout_labels_agree(l);
	row_link_number(m);
	return 0;
}

/* ---- which calls a ladder shows ---- */

/* Causes that are followed, records that are looked at for the nearest. */
#define CAUSES_MOST 1000
#define NEAR_MOST   20000

bool
layout_wants_call(struct layout_making *m, struct str call_id)
{
	bool begins;

	if (m->o->call == NULL && m->calls == NULL)
		return true;
	begins = m->o->call != NULL && str_starts(call_id, m->o->call);
	m->call_seen |= begins;
	return begins ||
	       (m->calls != NULL && map_get(m->calls, call_id) != NULL);
}

/* Whether record SEQ sends a message of a call, and whether that is WANTED. */
static bool
row_link_is_of_call(struct layout_making *m, uint64_t seq, bool *wanted)
{
	struct trace_rec rec;
	struct trace_send s;

	if (trace_kind_of(m->trace, seq) != TRACE_SEND)
		return false;
	trace_get(m->trace, seq, &rec);
	buf_clear(&m->name);
	if (trace_get_send(&rec, &s, &m->name) != 0 || s.call_id.n == 0)
		return false;
	*wanted = layout_wants_call(m, s.call_id);
	return true;
}

/* The message of a call before (WAY -1) or after record SEQ; 0: there is none.
 */
static uint64_t
nearest(struct layout_making *m, uint64_t seq, int way, bool *wanted)
{
	for (uint64_t i = 1; i < NEAR_MOST; i++) {
		uint64_t at = way > 0 ? seq + i : seq - i;

		if ((way < 0 && i >= seq) || at > m->count)
			return 0;
		if (row_link_is_of_call(m, at, wanted))
			return at;
	}
	return 0;
}

/*
 * A remark is of the call of the message that led to it; if none did, as with
 * the notes of a script, of the message that is nearest in time.
 */
bool
layout_wants_remark(struct layout_making *m, uint64_t seq)
{
	int64_t t = trace_time_of(m->trace, seq);
	bool before_wanted = false, after_wanted = false, wanted;
	uint64_t before, after, cause = trace_cause_of(m->trace, seq);

	if (m->o->call == NULL && m->calls == NULL)
		return true;
	for (int i = 0; i < CAUSES_MOST && cause > 0 && cause < seq; i++) {
		uint64_t next = trace_cause_of(m->trace, cause);

		if (row_link_is_of_call(m, cause, &wanted))
			return wanted;
		if (next >= cause)
			break;
		cause = next;
	}
	before = nearest(m, seq, -1, &before_wanted);
	after = nearest(m, seq, 1, &after_wanted);
	if (before == 0 || after == 0)
		return before == 0 ? after_wanted : before_wanted;
	/* Of two as near, the later one: a script announces the next record. */
	return trace_time_of(m->trace, after) - t <=
		       t - trace_time_of(m->trace, before)
		   ? after_wanted
		   : before_wanted;
}

/* ---- messages that are not shown ---- */

/* How a message fares, below its call in `left_of`. */
enum fate { SENT, ARRIVED, LOST, FATES = 4 };

void
layout_left_free(struct layout_making *m)
{
	map_destroy(m->left_by);
	mem_free(m->left_of);
}

/* The place of CALL, made where there is none. */
static int
place_of_call(struct layout_making *m, struct str call, size_t *place)
{
	uintptr_t there = (uintptr_t)map_get(m->left_by, call);
	struct layout *l = m->l;
	struct layout_left *left;
	int err;

	*place = there != 0 ? there - 1 : l->nleft;
	if (there != 0)
		return 0;
	if (ARRAY_ROOM(&l->left, &m->cap_left, l->nleft + 1) != 0)
		return ERR_NOMEM;
	left = &l->left[l->nleft];
	*left = (struct layout_left){ .messages = 0 };
	left->call = layout_keep_text(m, call);
	err = map_put(m->left_by, call, (void *)(l->nleft + 1));
	l->nleft += err == 0;
	return err;
}

/*
 * Messages that are not shown because a node is hidden are counted all the
 * same, by call: a reader who sees a call as one line wants their number.
 */
int
layout_left_send(
    struct layout_making *m, const struct trace_rec *rec, struct str call)
{
	size_t place;
	int err = 0;

	if (call.n == 0)
		return 0;
	if (m->left_by == NULL)
		err = map_create(&m->left_by);
	if (err == 0 && m->left_of == NULL &&
	    (m->left_of = mem_zalloc(
		 (size_t)m->count + 1, sizeof(*m->left_of))) == NULL)
		err = ERR_NOMEM;
	if (err == 0)
		err = place_of_call(m, call, &place);
	if (err != 0)
		return err;
	m->l->left[place].messages++;
	m->left_of[rec->seq] = (place + 1) * FATES + SENT;
	return 0;
}

/* The fate of the message that REC, a recv or drop, is about; NULL where that
 * is shown, or none. */
static uint64_t *
fate_of(struct layout_making *m, const struct trace_rec *rec)
{
	int64_t of = trace_int(rec, "of", 0);

	if (m->left_of == NULL || of <= 0 || (uint64_t)of >= rec->seq ||
	    m->left_of[of] == 0)
		return NULL;
	return &m->left_of[of];
}

void
layout_left_recv(struct layout_making *m, const struct trace_rec *rec)
{
	uint64_t *fate = fate_of(m, rec);

	if (fate == NULL)
		return;
	/* One copy got through where another was lost. */
	if (*fate % FATES == LOST)
		m->l->left[*fate / FATES - 1].lost--;
	*fate = *fate / FATES * FATES + ARRIVED;
}

void
layout_left_drop(struct layout_making *m, const struct trace_rec *rec)
{
	uint64_t *fate = fate_of(m, rec);
	enum trace_drop reason =
	    trace_drop_find(trace_str(rec, "reason", &m->name));

	if (fate == NULL || *fate % FATES != SENT ||
	    layout_is_discarded(reason))
		return;
	m->l->left[*fate / FATES - 1].lost++;
	*fate = *fate / FATES * FATES + LOST;
}
