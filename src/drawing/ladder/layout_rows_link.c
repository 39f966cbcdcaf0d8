/*
 * The second half of a ladder's rows: those not worth keeping go, and records'
 * numbers become rows: which message a retransmission repeats, which one a
 * proxy forwards, which one a timer was set for.
 */
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
join(struct layout_making *m)
{
	struct layout *l = m->l;

	for (size_t i = 0; i < l->nrows; i++) {
		struct layout_row *r = &l->rows[i];
		struct layout_row *first;
		uint32_t at;

		if (r->item != LAYOUT_MESSAGE || r->first == LAYOUT_NONE)
			continue;
		at = m->row_of[r->first];
		if (at == 0)
			continue; /* it lies outside what is shown */
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

/* Whether the one row HEAD may stand for R, too: what is lost is never shown as
 * if it had arrived, and the other way round. */
static bool
stands_for(const struct layout_row *head, const struct layout_row *r)
{
	if (!head->lost && head->end_seq != 0)
		return true;
	return head->lost == r->lost && head->arrived == r->arrived &&
	       str_eq(head->lost_text, r->lost_text) &&
	       (head->end_seq != 0) == (r->end_seq != 0);
}

/* Whether R, which got through, is to stand for HEAD, lost before it. */
static bool
takes_over(const struct layout_making *m, const struct layout_row *head,
    const struct layout_row *r)
{
	return m->o->fold_lost && head->lost && !head->discarded && !r->lost &&
	       r->end_seq != 0;
}

/* Row I stands for OLD, and for what that one stood for. */
static void
take_over(struct layout_making *m, uint32_t *head, size_t old, size_t i)
{
	struct layout_row *r = &m->l->rows[i], *h = &m->l->rows[old];

	r->folded = r->gone = h->folded + 1;
	r->retx = h->retx;
	if (r->retx == 0)
		r->first = LAYOUT_NONE;
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

/* With `fold` a transmission stands for those that repeat it, as far as they
 * fared alike; HEAD, by row: the one that stands for it. */
static void
fold(struct layout_making *m, uint32_t *head)
{
	struct layout *l = m->l;

	for (size_t i = 0; i < l->nrows; i++) {
		struct layout_row *r = &l->rows[i], *first, *h;
		uint32_t at = 0;

		if (r->item == LAYOUT_MESSAGE && r->first != LAYOUT_NONE)
			at = m->row_of[r->first];
		if (at == 0 || (first = &l->rows[at - 1]) == r)
			continue;
		/* `since` of a first transmission is the last head so far. */
		h = first->since != LAYOUT_NONE ? &l->rows[first->since]
						: first;
		if (!stands_for(h, r)) {
			first->since = i;
			if (takes_over(m, h, r)) {
				take_over(m, head, (size_t)(h - l->rows), i);
				drop_timer(m, r);
			}
			continue;
		}
		m->keep[i] = false;
		head[i] = (uint32_t)(h - l->rows);
		h->folded++;
		h->gone += r->lost && !h->lost;
		drop_timer(m, r);
	}
	for (size_t i = 0; i < l->nrows; i++)
		if (l->rows[i].item == LAYOUT_MESSAGE)
			l->rows[i].since = LAYOUT_NONE;
}

static void
number(struct layout_making *m)
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
		l->nfolded += r->folded;
		if (r->discarded)
			l->ndiscarded += 1 + r->folded;
		else
			l->nlost += r->lost ? 1 + r->folded : r->gone;
		l->nretx += r->folded + (r->retx > 0);
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
	join(m);
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

		if (r->flows)
			r->t_end = trace_time_of(m->trace, m->count);
		r->first = row_now(m, final, r->first);
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
	number(m);
	return 0;
}
