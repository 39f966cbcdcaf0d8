/*
 * Every text for panes over every record: of the labs, and of traces with
 * bytes changed by a fixed stream of numbers.  With the sanitizers on, that is
 * the test; besides, no line is wider than its pane or leads to nowhere.
 */
#include "fixtures/doc_check.h"
#include "fixtures/labs.h"
#include "fixtures/sample_more.h"

#include "trace/align.h"
#include "trace/state_at.h"
#include "words/compare_doc.h"
#include "words/explain_doc.h"
#include "words/message_doc.h"
#include "words/node_doc.h"
#include "words/record_doc.h"

#include <stdlib.h>
#include <time.h>

static struct doc d;
static struct grid line;

static void
look(const struct trace *t, size_t width, uint64_t seq, const char *what)
{
	if (!doc_is_sound(&d, width, trace_count(t))) {
		printf("  %.*s: %s of record %llu at width %zu\n",
		    STR_ARG(trace_head(t)->title), what,
		    (unsigned long long)seq, width);
		CU_FAIL("a text that is not sound");
	}
	doc_clear(&d);
}

static void
messages(const struct trace *t, uint64_t seq, size_t width)
{
	struct message_options o = { .width = width, .compare_hop = true };

	message_doc(t, seq, &o, &d);
	look(t, width, seq, "message");
	o.annotated = true;
	o.previous = seq > 3 ? seq - 3 : 0;
	message_doc(t, seq, &o, &d);
	look(t, width, seq, "annotated message");
	o.compare_hop = false;
	message_doc(t, seq, &o, &d);
	doc_clear(&d);
	compare_doc(t, seq, t, seq > 5 ? seq - 5 : 1, width, &d);
	look(t, width, seq, "comparison");
	compare_doc(t, seq, t, seq / 2, width + 90, &d);
	look(t, width + 90, seq, "wide comparison");
}

static void
nodes(
    const struct trace *t, const struct state_at *f, uint64_t seq, size_t width)
{
	const struct trace_head *head = trace_head(t);
	int64_t now = trace_time_of(t, seq);

	for (size_t i = 0; i < head->nnodes && i < 4; i++) {
		node_doc(t, f, head->nodes[(seq + i) % head->nnodes].name, seq,
		    now, width, &d);
		look(t, width, seq, "node");
	}
}

/* All of them at each STEP-th record. */
static void
walk(const struct trace *t, uint64_t step, size_t width)
{
	struct record_columns m;
	struct trace_rec rec;
	struct state_at *f = NULL;
	uint64_t a, b;

	CU_ASSERT_EQUAL_FATAL(state_at_create(&f), 0);
	record_columns_measure(&m, t, 3);
	for (uint64_t seq = 1; seq <= trace_count(t); seq += step) {
		struct grid_area c = grid_line(&line, width);

		CU_ASSERT_EQUAL(state_at_advance(f, t, seq), 0);
		trace_get(t, seq, &rec);
		CU_ASSERT_EQUAL(record_line(t, &m, &rec, &c), 0);
		record_doc(t, seq, width, &d);
		look(t, width, seq, "record");
		explain_doc(
		    t, seq, &(struct explain_options){ .width = width }, &d);
		look(t, width, seq, "explanation");
		explain_doc(t, seq,
		    &(struct explain_options){ .width = width, .brief = true },
		    &d);
		look(t, width, seq, "why");
		messages(t, seq, width);
		nodes(t, f, seq, width);
	}
	CU_ASSERT(!trace_first_difference(t, t, &a, &b));
	state_at_destroy(f);
}

/* A text may read all of its trace: of long ones, which are packets of media,
 * each like the one before, fewer have theirs looked at. */
#define READS_MOST 400000

static void
every_lab(void)
{
	char *names[LABS_MAX];
	struct lab_options o = LAB_OPTIONS;
	size_t n = labs_list_some(names, false);
	/* One of so many has each record looked at, the others one of so many
	 * records; more with RUNG_FUZZ_SECONDS. */
	bool more = getenv("RUNG_FUZZ_SECONDS") != NULL;
	size_t whole = more ? 24 : 48, step = more ? 25 : 50;

	for (size_t i = 0; i < n; i++) {
		struct trace *t;

		o.detail = i % 3 == 0 ? TRACE_NETWORK : TRACE_PROTOCOL;
		t = lab_trace(names[i], &o);
		CU_ASSERT_PTR_NOT_NULL_FATAL(t);
		walk(t,
		    trace_count(t) * trace_count(t) / READS_MOST +
			(i % whole == 0 ? 1 : step),
		    doc_widths[i % 3]);
		trace_destroy(t);
	}
	labs_free(names, n);
}

static uint64_t
next(uint64_t *state)
{
	/* xorshift64 */
	*state ^= *state << 13;
	*state ^= *state >> 7;
	*state ^= *state << 17;
	return *state;
}

/* What takes the place of a letter or a digit inside a string. */
static const char *const pieces[] = { "0", "9", "-", "1", "send", "recv",
	"\\u0000", "\\u202e", "爱", "\\r\\n", "999999999999", "sip:", ";", "",
	"v=0", "a=", ",", " ", "\\n", "%n", "<", ">" };

/* TEXT with some places of its records changed: mostly in strings, where the
 * line stays one that can be read, now and then anywhere. */
static void
mutate(struct buf *out, struct str text, uint64_t *rng)
{
	size_t at = 0, head = (size_t)str_chr(text, '\n') + 1;

	buf_clear(out);
	for (unsigned i = 0; i < 8; i++) {
		size_t to = head + (size_t)(next(rng) % (text.n - head - 8));
		bool anywhere = next(rng) % 64 == 0;

		to = to < at ? at : to;
		while (!anywhere && to + 2 < text.n &&
		       !(chr_is_alpha(text.p[to]) &&
			   chr_is_alnum(text.p[to + 1]) && to > 0 &&
			   chr_is_alnum(text.p[to - 1])))
			to++;
		buf_str(out, str_slice(text, at, to));
		buf_puts(out,
		    pieces[next(rng) % (sizeof(pieces) / sizeof(pieces[0]))]);
		at = to + 1 < text.n ? to + 1 : text.n;
	}
	buf_str(out, str_slice(text, at, text.n));
}

static void
fuzz(void)
{
	static const char *const names[] = { "labs/lost-messages",
		"labs/lying-location", "labs/rfc3665-3.7", "labs/torn-tcp" };
	struct lab_options o = { .detail = TRACE_NETWORK };
	struct buf text[4], one = BUF_INIT;
	uint64_t rng = 0x9e3779b97f4a7c15u;
	unsigned long rounds = 0, loaded = 0;
	const char *more = getenv("RUNG_FUZZ_SECONDS");
	double seconds = more != NULL ? atof(more) : 0.5;
	clock_t end = clock() + (clock_t)(seconds * CLOCKS_PER_SEC);

	for (size_t i = 0; i < 4; i++) {
		struct diag said = DIAG_INIT;

		text[i] = BUF_INIT;
		CU_ASSERT_EQUAL_FATAL(
		    lab_run(names[i], &o, &text[i], &said), 0);
	}
	while ((rounds < 3000 || more != NULL) && clock() < end) {
		struct diag said = DIAG_INIT;
		struct trace *t = NULL;

		mutate(&one, buf_view(&text[rounds % 4]), &rng);
		if (trace_load_buf(&t, &one, "fuzz", &said) == 0) {
			loaded++;
			walk(
			    t, 1 + trace_count(t) / 12, doc_widths[rounds % 3]);
		}
		trace_destroy(t);
		rounds++;
	}
	CU_ASSERT(loaded > rounds / 20);
	printf("  %lu rounds, %lu loaded\n", rounds, loaded);
	for (size_t i = 0; i < 4; i++)
		buf_free(&text[i]);
	buf_free(&one);
}

static void
hostile(void)
{
	struct trace *t = sample_hostile();

	for (size_t i = 0; i < 3; i++)
		walk(t, 1, doc_widths[i]);
	trace_destroy(t);
	t = sample_chinese();
	for (size_t i = 0; i < 3; i++)
		walk(t, 1, doc_widths[i]);
	trace_destroy(t);
	t = sample_mixed();
	walk(t, 1, 56);
	trace_destroy(t);
	doc_free(&d);
	grid_free(&line);
}

CHECK_MAIN("fuzz_docs", { "every_lab", every_lab }, { "fuzz", fuzz },
    { "hostile", hostile })
