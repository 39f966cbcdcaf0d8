/* What a handset computed, beside its lifeline. */
#include "base/err.h"
#include "base/mem.h"
#include "fixtures/check.h"
#include "ladder/ladder_figure.h"
#include "ladder/ladder_file.h"
#include "ladder/layout.h"
#include "fixtures/sample_board.h"

static struct layout *
lay_out(const struct trace *t, bool states, bool true_time)
{
	struct layout_options o = LAYOUT_OPTIONS;
	struct diag d = DIAG_INIT;
	struct layout *l;

	o.states = states;
	o.true_time = true_time;
	CU_ASSERT_EQUAL_FATAL(layout_create(&l, t, &o, &d), 0);
	return l;
}

/* From the arrow that came to the one that went; only for messages. */
static void
work_lies_between_two_arrows(void)
{
	struct trace *t = sample_board();
	struct layout *l = lay_out(t, true, false);
	const struct layout_work *w;

	CU_ASSERT_EQUAL_FATAL(l->nworks, 1);
	w = &l->works[0];
	CU_ASSERT_EQUAL(w->seq, BOARD_CYCLES);
	CU_ASSERT_EQUAL(w->count, 145320);
	CU_ASSERT_EQUAL(w->t_end - w->t, 1073793);
	CU_ASSERT_EQUAL(l->rows[w->row].seq, BOARD_RINGING);
	CU_ASSERT_EQUAL_FATAL(w->since, 0);
	CU_ASSERT_EQUAL(l->rows[w->since].seq, BOARD_INVITE);
	CU_ASSERT(w->y == l->rows[w->since].y);
	CU_ASSERT(w->y_end == l->rows[w->row].y);
	layout_destroy(l);
	l = lay_out(t, true, true);
	CU_ASSERT_EQUAL_FATAL(l->nworks, 1);
	CU_ASSERT(l->works[0].y < l->works[0].y_end);
	layout_destroy(l);
	/* It is asked for. */
	l = lay_out(t, false, false);
	CU_ASSERT_EQUAL(l->nworks, 0);
	layout_destroy(l);
	trace_destroy(t);
}

/* Where a board fails and is started anew there is a remark. */
static void
breakdowns_are_remarks(void)
{
	struct trace *t = sample_board();
	struct layout *l = lay_out(t, false, false);
	uint64_t seqs[] = { BOARD_FAULT, BOARD_RESTART, BOARD_WATCHDOG };
	size_t n = 0;

	for (size_t i = 0; i < l->nrows; i++) {
		if (l->rows[i].item != LAYOUT_NOTE)
			continue;
		CU_ASSERT_FATAL(n < 3);
		CU_ASSERT_EQUAL(l->rows[i].seq, seqs[n++]);
	}
	CU_ASSERT_EQUAL(n, 3);
	layout_destroy(l);
	trace_destroy(t);
}

static void
it_is_drawn_and_written(void)
{
	struct trace *t = sample_board();
	LOCAL_BUF b = BUF_INIT;

	for (int with = 0; with < 2; with++) {
		struct layout *l = lay_out(t, with, false);

		buf_clear(&b);
		CU_ASSERT_EQUAL(
		    ladder_figure_write(l, NULL, &figure_svg, &b), 0);
		CU_ASSERT_EQUAL(
		    str_find(buf_view(&b), "#13, phone: 145,320 instructions, "
					   "1.07 ms") > 0,
		    with);
		CU_ASSERT_EQUAL(
		    str_find(buf_view(&b), ">computing<") > 0, with);
		buf_clear(&b);
		CU_ASSERT_EQUAL(ladder_json_write(l, &b), 0);
		CU_ASSERT_EQUAL(str_find(buf_view(&b),
				    "\"computing\":[\n  {\"at\":1,\"seq\":13,"
				    "\"t\":2010000000,\"end_t\":2011073793,"
				    "\"instructions\":145320}]}") > 0,
		    with);
		layout_destroy(l);
	}
	trace_destroy(t);
}

static void
memory_may_end(void)
{
	struct trace *t = sample_board();
	struct layout_options o = LAYOUT_OPTIONS;

	o.states = true;
	for (unsigned long n = 1; n < 500; n++) {
		struct layout *l;
		int err;

		mem_fail_from(n);
		err = layout_create(&l, t, &o, NULL);
		mem_fail_from(0);
		CU_ASSERT(err == 0 || err == ERR_NOMEM);
		if (err == 0) {
			CU_ASSERT_EQUAL(l->nworks, 1);
			layout_destroy(l);
			break;
		}
		CU_ASSERT(n < 499);
	}
	trace_destroy(t);
}

CHECK_MAIN("ladder_work",
    { "work lies between two arrows", work_lies_between_two_arrows },
    { "breakdowns are remarks", breakdowns_are_remarks },
    { "it is drawn and written", it_is_drawn_and_written },
    { "memory may end", memory_may_end })
