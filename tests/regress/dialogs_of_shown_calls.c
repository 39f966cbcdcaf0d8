/* Brackets of dialogs are of the calls that a ladder shows: where one call of
 * several is chosen, those of the others stood at its rows, too. */
#include "fixtures/check.h"
#include "fixtures/labs.h"

#include "ladder/ladder_marks.h"

/* Dialogs marked where only CALL is shown, or all calls. */
static size_t
count_dialogs(const struct trace *t, const char *call)
{
	struct layout_options o = LAYOUT_OPTIONS;
	struct ladder_marks *m;
	struct layout *l;
	size_t n;

	o.call = call;
	CU_ASSERT_EQUAL_FATAL(layout_create(&l, t, &o, NULL), 0);
	CU_ASSERT_EQUAL_FATAL(
	    ladder_marks_create(&m, l, t, 1u << LADDER_MARK_DIALOG), 0);
	n = m->n;
	ladder_marks_destroy(m);
	layout_destroy(l);
	return n;
}

/* The controller has two dialogs with each of three pairs, and one more. */
static void
one_call_has_one(void)
{
	struct trace *t = lab_trace("labs/third-party", &LAB_OPTIONS);
	LOCAL_BUF call = BUF_INIT;
	struct layout *l;
	size_t n = 0;

	CU_ASSERT_PTR_NOT_NULL_FATAL(t);
	CU_ASSERT_EQUAL_FATAL(layout_create(&l, t, NULL, NULL), 0);
	for (size_t i = 0; i < l->nrows; i++) {
		if (l->rows[i].call.n == 0 ||
		    str_eq(buf_view(&call), l->rows[i].call))
			continue;
		buf_clear(&call);
		buf_str(&call, l->rows[i].call);
		CU_ASSERT(count_dialogs(t, buf_cstr(&call)) <= 1);
		n++;
	}
	CU_ASSERT(n > 7);
	CU_ASSERT_EQUAL(count_dialogs(t, NULL), 7);
	layout_destroy(l);
	trace_destroy(t);
}

CHECK_MAIN(
    "dialogs_of_shown_calls", { "one call has one dialog", one_call_has_one })
