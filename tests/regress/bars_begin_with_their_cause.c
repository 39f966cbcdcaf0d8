/*
 * A bar of states begins, and ends, at the row of what brought its machine
 * there, and so at no other of the same time: where all links take equally
 * long several messages arrive at one instant, and bars began at the first of
 * those rows, whosever it was (labs/rfc3666-2.2).
 */
#include "fixtures/check.h"
#include "fixtures/labs.h"

#include "ladder/layout.h"

static bool
is_origin(const struct trace *t, uint64_t seq)
{
	enum trace_kind kind = trace_kind_of(t, seq);

	return kind == TRACE_RECV || kind == TRACE_TIMER || kind == TRACE_ACT;
}

/* The row of the message or timer that record SEQ, a step, follows from; or
 * LAYOUT_NONE: that has no row at column AT. */
static size_t
row_of_cause(
    const struct trace *t, const struct layout *l, uint64_t seq, size_t at)
{
	while (seq != 0 && !is_origin(t, seq))
		seq = trace_cause_of(t, seq);
	if (seq == 0)
		return LAYOUT_NONE;
	for (size_t i = 0; i < l->nrows; i++) {
		const struct layout_row *r = &l->rows[i];

		if (r->item == LAYOUT_MESSAGE && r->end_seq == seq &&
		    r->to == at && !r->lost)
			return i;
		if (r->item == LAYOUT_TIMER && r->seq == seq && r->from == at)
			return i;
	}
	return LAYOUT_NONE;
}

/* Bars of L that begin elsewhere than at the row of their cause, and those that
 * end below the beginning of the next one; *SEEN counts all. */
static size_t
count_displaced(const struct trace *t, const struct layout *l, size_t *seen)
{
	size_t n = 0;

	for (size_t i = 0; i < l->nbars; i++) {
		const struct layout_bar *b = &l->bars[i];
		size_t row = row_of_cause(t, l, b->seq, b->column);

		if (row == LAYOUT_NONE)
			continue;
		++*seen;
		n += b->y < l->rows[row].y || b->y > l->rows[row].y;
		/* Of a state of no length between both there is no bar. */
		for (size_t k = 0; k < i; k++)
			n += l->bars[k].column == b->column &&
			     l->bars[k].t_end == b->t &&
			     l->bars[k].y_end > b->y;
	}
	return n;
}

static size_t total;

static void
is_in_place(const char *file)
{
	struct trace *t = lab_trace(file, &LAB_OPTIONS);
	struct layout_options o = LAYOUT_OPTIONS;

	o.states = true;
	for (int timers = 0; t != NULL && timers < 2; timers++) {
		struct layout *l = NULL;

		o.timers = timers == 1;
		CU_ASSERT_EQUAL_FATAL(layout_create(&l, t, &o, NULL), 0);
		CU_ASSERT_EQUAL(count_displaced(t, l, &total), 0);
		layout_destroy(l);
	}
	trace_destroy(t);
}

static void
bars_of_labs(void)
{
	is_in_place("labs/rfc3666-2.2");
	labs_each_nth(is_in_place, false, LABS_SOME);
	CU_ASSERT(total > 200);
}

CHECK_MAIN("bars_begin_with_their_cause", { "bars of labs", bars_of_labs })
