/*
 * What SIP does not mend: docs/HOLES.md is made of the rows of holes.h
 * (GOLDEN=1 writes it); the smallest run of each breaks its invariant, and is
 * found to be of that row and no other.
 */
#include "base/err.h"
#include "fixtures/check.h"
#include "search/holes.h"

#include <string.h>

#define PAGE "docs/HOLES.md"

/* ---- the page ---- */

static void
put_acts(const struct hole_row *row, struct buf *out)
{
	struct str rest = str_of(row->acts);

	while (rest.n > 0) {
		struct str act = str_cut(rest, ' ', &rest);

		buf_printf(out, " --act %.*s", STR_ARG(act));
	}
}

static void
put_invariants(const struct hole_row *row, struct buf *out)
{
	const char *sep = "";

	for (unsigned i = 0; i < INVARIANT_COUNT; i++) {
		if ((row->invariants & 1u << i) == 0)
			continue;
		buf_printf(out, "%s`%s`: %s", sep, invariant_rows[i].word,
		    invariant_rows[i].text);
		sep = "; ";
	}
}

static uint64_t run_row(const struct hole_row *row, struct verdict *v);

static void
put_row(const struct hole_row *row, struct buf *out)
{
	struct verdict v;
	uint64_t record = run_row(row, &v);

	buf_printf(out, "\n## %s\n\n%s (RFC %u %s.)\n\n%s\n\nBroken is ",
	    row->word, row->what, row->rfc, row->section, row->why);
	put_invariants(row, out);
	buf_printf(out, ".\n\n    rung play %s", row->lab);
	put_acts(row, out);
	buf_printf(out, "\n    rung explain %s %llu", row->lab,
	    (unsigned long long)record);
	put_acts(row, out);
	buf_putc(out, '\n');
}

static void
write_page(struct buf *out)
{
	buf_puts(out,
	    "# What SIP does not repair\n\n"
	    "For engineers and students of protocols. After this page you "
	    "know which faults SIP leaves unrepaired, the section\nthat leaves "
	    "each hole, what helps in practice, and the smallest run that "
	    "shows "
	    "it.\n\n"
	    "SIP retransmits a lost message and gives up a phone that does not "
	    "answer. But some faults leave something behind that\nnothing in "
	    "the protocol removes: a side that stays in a call that is over, a "
	    "phone that rings for nobody. `rung search`\n"
	    "([SEARCH.md](SEARCH.md)) finds them, and names the hole of each. "
	    "A "
	    "broken run without a row here is a fault of rung's\nown nodes, or "
	    "of the table in `src/analysis/search/holes.h`, from which this "
	    "page is written (`tests/search/test_search_holes.c`).\n\n"
	    "Each hole has its smallest run: `play` shows it, `explain` says "
	    "what is left behind.\n\n"
	    "| hole | RFC | what happens |\n|---|---|---|\n");
	for (unsigned i = HOLE_NONE + 1; i < HOLE_COUNT; i++)
		buf_printf(out, "| [%s](#%s) | %u %s | %s |\n",
		    hole_rows[i].word, hole_rows[i].word, hole_rows[i].rfc,
		    hole_rows[i].section, hole_rows[i].what);
	for (unsigned i = HOLE_NONE + 1; i < HOLE_COUNT; i++)
		put_row(&hole_rows[i], out);
}

static void
page(void)
{
	LOCAL_BUF now = BUF_INIT, want = BUF_INIT;

	write_page(&now);
	if (getenv("GOLDEN") != NULL)
		CU_ASSERT_EQUAL(buf_write_file(&now, PAGE), 0);
	CU_ASSERT_EQUAL(buf_read_file(&want, PAGE, 1 << 20), 0);
	if (!str_eq(buf_view(&now), buf_view(&want))) {
		printf("%s is old; GOLDEN=1 writes it\n", PAGE);
		CU_FAIL("the page and the table differ");
	}
}

/* ---- the smallest runs ---- */

/* The faults that the acts of IN are; how many. */
static size_t
find_faults(const struct inputs *in, const struct trace_head *head,
    struct found_fault faults[ATTEMPT_FAULTS])
{
	size_t n = 0;

	for (size_t i = 0; i < in->nacts; i++) {
		const struct input_act *a = &in->acts[i];
		struct found_fault *f = &faults[n];

		*f = (struct found_fault){ .after = a->after };
		for (f->kind = FAULT_DROP; f->kind < FAULT_KIND_COUNT;
		     f->kind++)
			if (fault_rows[f->kind].act != NULL &&
			    strcmp(a->verb, fault_rows[f->kind].act) == 0)
				break;
		if (f->kind == FAULT_KIND_COUNT)
			continue; /* what ends another */
		CU_ASSERT_FATAL(n < ATTEMPT_FAULTS);
		for (uint32_t k = 0; k < head->nnodes; k++)
			if (str_is(head->nodes[k].name, a->on))
				f->on = k;
		n++;
	}
	return n;
}

/* N of "--until=Ns". */
static int
read_seconds(struct str option)
{
	int n = 0;

	CU_ASSERT_EQUAL_FATAL(sscanf(option.p, "--until=%ds", &n), 1);
	return n;
}

/* The run of ROW, held against the one without its faults; the record that
 * shows it. */
static uint64_t
run_row(const struct hole_row *row, struct verdict *v)
{
	struct diag d = DIAG_INIT;
	struct inputs in;
	struct attempt base, broken;
	struct judged usual, now;
	struct hole_facts facts;
	struct found_fault faults[ATTEMPT_FAULTS];
	LOCAL_BUF lab = BUF_INIT;
	struct str rest = str_of(row->acts), until;
	size_t n;

	buf_puts(&lab, "labs/");
	buf_str(&lab, str_cut(str_of(row->lab), ' ', &until));
	CU_ASSERT_EQUAL_FATAL(inputs_read(&in, buf_cstr(&lab), &d), 0);
	in.detail = TRACE_PROTOCOL;
	if (until.n > 0)
		in.until_ns = 1000000000LL * read_seconds(until);
	CU_ASSERT_EQUAL_FATAL(
	    attempt_make(&base, &in, NULL, NULL, NULL, 0, UINT64_MAX, &d), 0);
	while (rest.n > 0) {
		struct buf act = BUF_INIT;

		buf_str(&act, str_cut(rest, ' ', &rest));
		CU_ASSERT_EQUAL_FATAL(
		    inputs_add_act(&in, buf_cstr(&act), &d), 0);
		buf_free(&act);
	}
	CU_ASSERT_EQUAL_FATAL(
	    attempt_make(&broken, &in, NULL, NULL, NULL, 0, UINT64_MAX, &d), 0);
	CU_ASSERT_EQUAL_FATAL(judged_make(&usual, base.trace, NULL), 0);
	CU_ASSERT_EQUAL_FATAL(
	    judged_make(&now, broken.trace, &usual.traffic), 0);
	CU_ASSERT_EQUAL_FATAL(judge_compare_runs(&usual, &now, v), 0);
	n = find_faults(&in, trace_head(broken.trace), faults);
	CU_ASSERT_EQUAL(hole_facts_find(&facts, broken.trace, faults, n, v), 0);
	v->hole = hole_find(&facts);
	judged_free(&usual);
	judged_free(&now);
	attempt_free(&base);
	attempt_free(&broken);
	inputs_free(&in);
	return v->record;
}

static void
each_row_has_a_run(void)
{
	for (unsigned i = HOLE_NONE + 1; i < HOLE_COUNT; i++) {
		struct verdict v;

		run_row(&hole_rows[i], &v);
		if (v.outcome != OUTCOME_BROKEN || v.hole != i)
			printf("  %s: %s, %s %s\n", hole_rows[i].word,
			    outcome_word(v.outcome),
			    v.outcome == OUTCOME_BROKEN
				? invariant_rows[v.invariant].word
				: "",
			    v.hole != 0 ? hole_rows[v.hole].word : "no row");
		CU_ASSERT_EQUAL(v.outcome, OUTCOME_BROKEN);
		CU_ASSERT((hole_rows[i].invariants & 1u << v.invariant) != 0);
		CU_ASSERT_EQUAL(v.hole, i);
	}
}

static void
words_name_rows(void)
{
	for (unsigned i = HOLE_NONE + 1; i < HOLE_COUNT; i++)
		for (unsigned j = HOLE_NONE + 1; j < i; j++)
			CU_ASSERT_STRING_NOT_EQUAL(
			    hole_rows[j].word, hole_rows[i].word);
}

/* A row names what was struck: the same invariant for another reason has
 * none. */
static void
other_reasons_have_no_row(void)
{
#define STRUCK(...) .struck = { { __VA_ARGS__ } }, .nstruck = 1
	static const struct hole_facts facts[] = {
		{ .invariant = INVARIANT_ONE_SIDED,
		    STRUCK(.kinds = 1u << FAULT_DROP,
			.places = HOLE_AT(MESSAGE), .hit = HOLE_IS(BYE)) },
		{ .invariant = INVARIANT_ONE_SIDED,
		    STRUCK(.kinds = 1u << FAULT_CRASH,
			.places = HOLE_AT(APART)) },
		{ .invariant = INVARIANT_WAITS,
		    STRUCK(.kinds = 1u << FAULT_DOWN, .places = HOLE_AT(LINK)),
		    .lost = HOLE_IS(INVITE) },
		{ .invariant = INVARIANT_UNACKNOWLEDGED,
		    STRUCK(.kinds = 1u << FAULT_LATE,
			.places = HOLE_AT(MESSAGE), .hit = HOLE_IS(SUCCESS)) },
		{ .invariant = INVARIANT_OUTLIVES, STRUCK(.kinds = FAULT_ALL) },
		/* One of two faults is of a kind, the other befell the place:
		 * a crash of who has no part in it, and a message to an end. */
		{ .invariant = INVARIANT_ONE_SIDED,
		    .struck = { { .kinds = 1u << FAULT_CRASH,
				    .places = HOLE_AT(APART) },
			{ .kinds = 1u << FAULT_DROP, .places = HOLE_AT(END) } },
		    .nstruck = 2 },
	};
#undef STRUCK

	for (size_t i = 0; i < sizeof(facts) / sizeof(facts[0]); i++)
		CU_ASSERT_EQUAL(hole_find(&facts[i]), HOLE_NONE);
}

CHECK_MAIN("holes", { "smallest runs", each_row_has_a_run },
    { "the page", page }, { "words", words_name_rows },
    { "other reasons", other_reasons_have_no_row })
