/* Messages and runs beside each other. */
#include "fixtures/doc_check.h"
#include "fixtures/labs.h"
#include "fixtures/sample_more.h"

#include "trace/align.h"
#include "words/compare_doc.h"

struct two {
	struct trace *t1, *t2;
	uint64_t seq1, seq2;
};

static void
make(struct doc *d, size_t width, void *arg)
{
	const struct two *w = arg;

	compare_doc(w->t1, w->seq1, w->t2, w->seq2, width, d);
}

static void
make_wide(struct doc *d, size_t width, void *arg)
{
	(void)width;
	make(d, 118, arg);
}

static void
parts(struct two *w, const char *text)
{
	LOCAL_BUF b = BUF_INIT;

	difference_put_sentence(&b, w->t1, "main", w->t2, "bob crashes");
	CU_ASSERT_STRING_EQUAL(buf_cstr(&b), text);
}

static void
goldens(void)
{
	struct two w = { sample_lost_invite(), NULL, 4, 10 };
	struct doc d = DOC_INIT;
	LOCAL_BUF out = BUF_INIT;

	w.t2 = w.t1;
	doc_golden("compare.txt", trace_count(w.t1), make, &w);
	doc_without_memory(make, &w);
	make_wide(&d, 0, &w);
	CU_ASSERT(doc_is_sound(&d, 118, trace_count(w.t1)));
	CU_ASSERT_EQUAL(doc_write(&d, &out), 0);
	CU_ASSERT(golden_same("compare-wide.txt", buf_view(&out)));
	doc_without_memory(make_wide, &w);
	doc_free(&d);
	trace_destroy(w.t1);
}

static void
has(doc_make_fn *fn, struct two *w, const char *text)
{
	struct doc d = DOC_INIT;

	fn(&d, 80, w);
	CU_ASSERT(doc_is_sound(&d, 118, UINT64_MAX));
	CU_ASSERT(doc_has(&d, text));
	doc_free(&d);
}

static void
words(void)
{
	struct two w = { sample_lost_invite(), NULL, 10, 15 };

	w.t2 = w.t1;
	has(make, &w, "Both messages are the same.\n");
	w.seq2 = 3;
	has(make, &w, "Only two messages can be compared.\n");
	w.seq2 = 0;
	has(make, &w, "Only two messages can be compared.\n");
	w.seq2 = 99999;
	has(make, &w, "Only two messages can be compared.\n");
	trace_destroy(w.t1);
	w = (struct two){ sample_lost_invite(), sample_hostile(), 4, 2 };
	has(make, &w, "Lines that differ: ");
	has(make_wide, &w, "SIP/2.0 200 ␛[31m");
	trace_destroy(w.t1);
	trace_destroy(w.t2);
}

static struct trace *
branch(const char *act)
{
	struct lab_options o = LAB_OPTIONS;
	struct trace *t;

	o.act = act;
	t = lab_trace("labs/two-proxies", &o);
	CU_ASSERT_PTR_NOT_NULL_FATAL(t);
	return t;
}

/* Branches are alike up to what a person did. */
static void
runs(void)
{
	struct two w = { branch(NULL), branch("106:bob.crash"), 0, 0 };
	uint64_t a, b;

	CU_ASSERT(trace_first_difference(w.t1, w.t2, &a, &b));
	CU_ASSERT_EQUAL(a, b);
	CU_ASSERT(a > 106 && a < 110);
	parts(&w, "“main” and “bob crashes” are the same up to record 107.");
	trace_destroy(w.t2);
	w.t2 = branch(NULL);
	CU_ASSERT(!trace_first_difference(w.t1, w.t2, &a, &b));
	CU_ASSERT(a == 0 && b == 0);
	parts(&w, "“main” and “bob crashes” are the same.");
	trace_destroy(w.t1);
	trace_destroy(w.t2);
}

/* One ends where the other goes on. */
static void
runs_that_end(void)
{
	struct two w = { sample_long(10), sample_empty(), 0, 0 };
	struct sample s;
	uint64_t a, b;

	CU_ASSERT(trace_first_difference(w.t1, w.t2, &a, &b));
	CU_ASSERT(a == 1 && b == 0);
	parts(&w, "“main” and “bob crashes” differ from the first record on.");
	trace_destroy(w.t1);
	w.t1 = w.t2;
	sample_begin(&s, "x");
	sample_node(&s, "alice", "ua", "", "");
	sample_rec(&s, "note", "alice", 0, NULL, ",'text':'now'");
	w.t2 = sample_load(&s);
	CU_ASSERT(trace_first_difference(w.t1, w.t2, &a, &b));
	CU_ASSERT(a == 0 && b == 1);
	parts(&w, "“main” and “bob crashes” differ from the first record on.");
	trace_destroy(w.t1);
	trace_destroy(w.t2);
}

CHECK_MAIN("compare_doc", { "goldens", goldens }, { "words", words },
    { "runs", runs }, { "runs_that_end", runs_that_end })
