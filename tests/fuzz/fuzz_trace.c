/*
 * A trace file: read, or refused with a sentence; what was read is walked by
 * all that look at records.
 */
#include "fuzz.h"

#include "base/buf.h"
#include "search/judge.h"
#include "search/left_open.h"
#include "trace/state_at.h"
#include "trace/align.h"
#include "trace/reader.h"

#define FINDINGS_MOST 8

static void
walk_records(const struct trace *t)
{
	LOCAL_BUF scratch = BUF_INIT;

	for (uint64_t seq = 1; seq <= trace_count(t); seq++) {
		struct trace_send send;
		struct trace_rec rec;

		trace_get(t, seq, &rec);
		fuzz_want(rec.cause < seq && rec.kind < TRACE_KIND_COUNT);
		trace_bytes(&rec, &scratch);
		trace_str(&rec, "id", &scratch);
		if (trace_get_send(&rec, &send, &scratch) == 0)
			fuzz_want(send.fwd < seq && send.retx < seq);
	}
}

/* What a search asks of a run, and what an explanation says of it. */
static void
judge_run(const struct trace *t)
{
	struct judged j;
	struct doc d = DOC_INIT;

	fuzz_want(judged_make(&j, t, NULL) == 0);
	for (size_t i = 0; i < j.findings.n && i < FINDINGS_MOST; i++) {
		fuzz_want(j.findings.list[i].record <= trace_count(t));
		fuzz_want(left_open_explain(
			      t, j.findings.list[i].record, 60, &d) == 0);
		doc_clear(&d);
	}
	doc_free(&d);
	judged_free(&j);
}

int
LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n)
{
	struct buf text = BUF_INIT;
	struct diag d = DIAG_INIT;
	struct align *al = NULL;
	struct state_at *f = NULL;
	struct trace *t;
	int err;

	buf_add(&text, (const char *)bytes, n);
	err = trace_load_buf(&t, &text, "fuzz", &d);
	fuzz_want((err == 0) == (t != NULL));
	fuzz_want((err == 0) == (d.text[0] == '\0'));
	if (t == NULL)
		return 0;
	walk_records(t);
	fuzz_want(state_at_create(&f) == 0);
	fuzz_want(state_at_advance(f, t, trace_count(t)) == 0);
	state_at_destroy(f);
	fuzz_want(align_create(&al, t, t, NULL, NULL) == 0);
	fuzz_want(al->same);
	align_destroy(al);
	judge_run(t);
	trace_destroy(t);
	return 0;
}
