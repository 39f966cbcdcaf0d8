/*
 * How long a handset computed for each message that it sent: a bar of its own
 * beside the lifeline, from what set it off to the arrow.  Work for the screen
 * and the keys is left out: it would cover the lifeline, and says nothing of
 * messages.
 */
#include "base/err.h"
#include "base/mem.h"
#include "ladder/layout_in.h"
#include "trace/board.h"

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
take_work(struct layout_making *m, size_t row, uint64_t seq)
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
		take_work(m, i, cause);
	}
	return 0;
}
