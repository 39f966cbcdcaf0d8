/* Causes in brief, as a pane shows them. */
#include "fixtures/doc_check.h"
#include "fixtures/labs.h"
#include "fixtures/sample_more.h"

#include "words/explain_doc.h"

struct one {
	struct trace *t;
	uint64_t seq;
};

static void
make(struct doc *d, size_t width, void *arg)
{
	const struct one *o = arg;

	explain_doc(o->t, o->seq,
	    &(struct explain_options){ .width = width, .brief = true }, d);
}

static void
goldens(void)
{
	struct lab_options o = LAB_OPTIONS;
	struct one w = { lab_trace("labs/lost-messages", &o), 0 };

	CU_ASSERT_PTR_NOT_NULL_FATAL(w.t);
	/* The first repetition. */
	for (w.seq = 1; !trace_is_retx(w.t, w.seq); w.seq++)
		CU_ASSERT_FATAL(w.seq < trace_count(w.t));
	doc_golden("why.txt", trace_count(w.t), make, &w);
	doc_without_memory(make, &w);
	trace_destroy(w.t);
}

/* Steps lead to their records, in the order of the chain. */
static void
lines_lead_on(void)
{
	struct one w = { sample_lost_invite(), 15 };
	struct doc d = DOC_INIT;
	uint64_t want = 15;
	size_t i = 0;

	make(&d, 56, &w);
	CU_ASSERT(doc_is_sound(&d, 56, trace_count(w.t)));
	while (i < d.nlines && doc_width(&d, i) > 0)
		i++;
	for (i++; i < d.nlines && want != 0; i++) {
		CU_ASSERT_EQUAL(d.lines[i].seq, want);
		want = trace_cause_of(w.t, want);
	}
	CU_ASSERT_EQUAL(want, 0);
	CU_ASSERT(doc_has(&d, "send    INVITE atl → bil, again"));
	CU_ASSERT(doc_has(&d, "alice calls sip:bob@biloxi.exampl…  lab.lua:6"));
	CU_ASSERT(doc_has(&d, "Effects\n16 recv    INVITE from atl"));
	doc_free(&d);
	trace_destroy(w.t);
}

static void
ends(void)
{
	struct one w = { sample_lost_invite(), 0 };
	struct doc d = DOC_INIT;

	make(&d, 56, &w);
	CU_ASSERT(doc_has(&d, "Nothing has happened yet.\n"));
	doc_clear(&d);
	w.seq = 9999;
	make(&d, 56, &w);
	CU_ASSERT(doc_has(&d, "Nothing has happened yet.\n"));
	doc_clear(&d);
	w.seq = trace_count(w.t);
	make(&d, 56, &w);
	CU_ASSERT(doc_has(&d, "Why did the run end at "));
	/* What should come of an end? */
	CU_ASSERT_FALSE(doc_has(&d, "had no direct effect"));
	doc_clear(&d);
	trace_destroy(w.t);
	/* alice's INVITE, its arrival: nothing is known of what came of it. */
	w.t = sample_lost_invite();
	for (w.seq = trace_count(w.t) - 1;
	     trace_kind_of(w.t, w.seq) == TRACE_END;)
		w.seq--;
	make(&d, 56, &w);
	CU_ASSERT(doc_has(&d, "It had no direct effect.\n"));
	doc_free(&d);
	trace_destroy(w.t);
}

/* A run whose time was over says so, and no more. */
static void
the_end(void)
{
	struct lab_options o = LAB_OPTIONS;
	struct one w = { lab_trace("labs/two-proxies", &o), 0 };
	struct doc d = DOC_INIT;

	CU_ASSERT_PTR_NOT_NULL_FATAL(w.t);
	w.seq = trace_count(w.t);
	make(&d, 80, &w);
	CU_ASSERT(doc_has(&d, "Why did the run end at 45.000 s (record "));
	CU_ASSERT(
	    doc_has(&d, "The run ended after 45 s, as its duration says.\n"));
	CU_ASSERT_FALSE(doc_has(&d, "had no direct effect"));
	doc_free(&d);
	trace_destroy(w.t);
}

/* A chain whose first record is no act says so. */
static void
no_beginning(void)
{
	struct sample s;
	struct one w = { NULL, 2 };
	struct doc d = DOC_INIT;

	sample_begin(&s, "a capture");
	sample_node(&s, "a", "", "", "");
	sample_rec(&s, "note", "a", 0, NULL, ",'text':'x'");
	sample_rec(&s, "note", "a", 1, NULL, ",'text':'y'");
	w.t = sample_end(&s);
	make(&d, 80, &w);
	CU_ASSERT(doc_has(&d, "The trace names no cause for the last step"));
	doc_free(&d);
	trace_destroy(w.t);
}

/* Of long chains and many effects both ends or the first ones are shown. */
static void
long_ones(void)
{
	struct one w = { sample_long(5000), 0 };
	struct sample s;
	struct doc d = DOC_INIT;

	w.seq = trace_count(w.t) - 1;
	make(&d, 40, &w);
	CU_ASSERT(doc_is_sound(&d, 40, trace_count(w.t)));
	CU_ASSERT(d.nlines < 100);
	CU_ASSERT(doc_has(&d, "… 9931 more …"));
	doc_clear(&d);
	trace_destroy(w.t);
	sample_begin(&s, "many effects");
	sample_node(&s, "a", "", "", "");
	sample_rec(&s, "act", "a", 0, NULL, ",'by':'person'");
	for (int i = 0; i < 20000; i++)
		sample_rec(
		    &s, "note", "a", i == 19999 ? 2 : 1, NULL, ",'text':'x'");
	w.t = sample_end(&s);
	w.seq = 1;
	make(&d, 40, &w);
	CU_ASSERT(d.nlines < 100);
	CU_ASSERT(doc_has(&d, "… 9960 more …"));
	doc_clear(&d);
	w.seq = 2;
	make(&d, 80, &w);
	CU_ASSERT(
	    doc_has(&d, "It had no direct effect in the next 10,000 records."));
	doc_free(&d);
	trace_destroy(w.t);
}

CHECK_MAIN("why", { "goldens", goldens }, { "lines_lead_on", lines_lead_on },
    { "ends", ends }, { "the_end", the_end }, { "no_beginning", no_beginning },
    { "long_ones", long_ones })
