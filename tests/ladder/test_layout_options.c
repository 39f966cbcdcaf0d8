/* What of a trace a ladder shows: several calls, hidden nodes, a predicate; and
 * the row that belongs to a record. */
#include "base/err.h"
#include "base/mem.h"
#include "fixtures/check.h"
#include "fixtures/labs.h"
#include "fixtures/sample_trace.h"
#include "ladder/layout.h"

static struct trace *
lab(const char *name)
{
	struct lab_options o = LAB_OPTIONS;
	struct trace *t = lab_trace(name, &o);

	CU_ASSERT_PTR_NOT_NULL_FATAL(t);
	return t;
}

static struct layout *
lay(const struct trace *t, const struct layout_options *o)
{
	struct layout *l = NULL;
	struct diag d = DIAG_INIT;

	CU_ASSERT_EQUAL(layout_create(&l, t, o, &d), 0);
	if (l == NULL)
		printf("  %s\n", d.text);
	CU_ASSERT_PTR_NOT_NULL_FATAL(l);
	return l;
}

/* The rule, the slow way. */
static size_t
row_at(const struct layout *l, uint64_t seq)
{
	size_t best = LAYOUT_NONE;

	for (size_t i = 0; i < l->nrows; i++) {
		const struct layout_row *r = &l->rows[i];

		if (r->seq == seq || (r->end_seq == seq && seq != 0))
			return i;
		if (r->seq < seq)
			best = i;
	}
	return best;
}

static void
rows_found(void)
{
	char *names[LABS_MAX];
	size_t n = labs_list(names, false);

	for (size_t i = 0; i < n; i++) {
		struct trace *t = lab(names[i]);
		struct layout_options o = LAYOUT_OPTIONS;

		for (int k = 0; k < 4; k++) {
			struct layout *l;

			o.fold = k & 1;
			o.true_time = k & 2;
			l = lay(t, &o);
			for (uint64_t s = 0; s <= trace_count(t) + 1; s++) {
				size_t row = layout_row_at(l, s);

				/* What is folded is in a row before. */
				CU_ASSERT(row == row_at(l, s) ||
					  (o.fold && row < row_at(l, s) &&
					      l->rows[row].repeat.folded > 0 &&
					      layout_row_has(l, row, s)));
			}
			layout_destroy(l);
		}
		trace_destroy(t);
	}
	labs_free(names, n);
}

/* The Call-ID of a row's message. */
static struct str
call_of(const struct trace *t, const struct layout_row *r, struct buf *scratch)
{
	struct trace_send s;
	struct trace_rec rec;

	trace_get(t, r->seq, &rec);
	CU_ASSERT_EQUAL(trace_get_send(&rec, &s, scratch), 0);
	return s.call_id;
}

static void
several_calls(void)
{
	struct trace *t = lab("labs/two-proxies");
	struct layout *l = lay(t, NULL);
	struct layout_options o = LAYOUT_OPTIONS;
	LOCAL_BUF scratch = BUF_INIT;
	size_t all = l->nmessages, both, first;
	const char *ids[3];

	ids[0] = mem_dup(call_of(t, &l->rows[0], &scratch).p,
	    call_of(t, &l->rows[0], &scratch).n);
	for (size_t i = 1; i < l->nrows; i++) {
		struct str id = call_of(t, &l->rows[i], &scratch);

		ids[1] = mem_dup(id.p, id.n);
		if (!str_is(id, ids[0]))
			break;
		mem_free((char *)ids[1]);
	}
	ids[2] = "there is no such call";
	layout_destroy(l);
	o.calls = ids;
	o.ncalls = 1;
	l = lay(t, &o);
	first = l->nmessages;
	layout_destroy(l);
	o.ncalls = 3;
	l = lay(t, &o);
	both = l->nmessages;
	CU_ASSERT(first > 0 && first < both && both < all);
	for (size_t i = 0; i < l->nrows; i++) {
		struct str id;

		if (l->rows[i].item != LAYOUT_MESSAGE)
			continue;
		id = call_of(t, &l->rows[i], &scratch);
		CU_ASSERT(str_is(id, ids[0]) || str_is(id, ids[1]));
	}
	layout_destroy(l);
	/* With `call` as well: either. */
	o.ncalls = 1;
	o.call = ids[1];
	l = lay(t, &o);
	CU_ASSERT_EQUAL(l->nmessages, both);
	layout_destroy(l);
	mem_free((char *)ids[0]);
	mem_free((char *)ids[1]);
	trace_destroy(t);
}

static bool
has_column(const struct layout *l, const char *name)
{
	for (size_t i = 0; i < l->ncolumns; i++)
		if (str_is(l->columns[i].name, name))
			return true;
	return false;
}

/* A node that the head does not know. */
static void
hidden_stranger(void)
{
	static const char *const hide[] = { "stranger" };
	struct layout_options o = LAYOUT_OPTIONS;
	struct sample s;
	struct trace *t;
	struct layout *l;

	sample_begin(&s, "x");
	sample_node(&s, "alice", "ua", "a", "");
	sample_node(&s, "bob", "ua", "a", "");
	sample_pass(&s, "alice", "stranger", "INVITE", "INVITE", 0, MS);
	sample_pass(&s, "alice", "bob", "INVITE", "INVITE", 1, MS);
	t = sample_load(&s);
	l = lay(t, NULL);
	CU_ASSERT(has_column(l, "stranger") && l->nmessages == 2);
	layout_destroy(l);
	o.hide = hide;
	o.nhide = 1;
	l = lay(t, &o);
	CU_ASSERT(!has_column(l, "stranger") && l->nmessages == 1);
	layout_destroy(l);
	trace_destroy(t);
}

static void
no_memory(void)
{
	static const char *const hide[] = { "bil", "nobody" };
	static const char *const ids[] = { "c1@alice", "c2" };
	struct trace *t = sample_lost_invite();
	struct layout_options o = LAYOUT_OPTIONS;
	int err = ERR_NOMEM;

	o.hide = hide;
	o.nhide = 2;
	o.calls = ids;
	o.ncalls = 2;
	for (unsigned long n = 1; err != 0 && n < 5000; n++) {
		struct layout *l;

		mem_fail_from(n);
		err = layout_create(&l, t, &o, NULL);
		mem_fail_from(0);
		CU_ASSERT(err == 0 || err == ERR_NOMEM);
		CU_ASSERT((err == 0) == (l != NULL));
		layout_destroy(l);
	}
	CU_ASSERT_EQUAL(err, 0);
	trace_destroy(t);
}

CHECK_MAIN("layout options", { "rows found", rows_found },
    { "several calls", several_calls },
    { "a hidden stranger", hidden_stranger }, { "no memory", no_memory })
