/*
 * The search for faults: what it finds in a call is known beforehand; what it
 * spares is what it would have found; what it names is a run like any other.
 */
#include "base/err.h"
#include "fixtures/check.h"
#include "runs/drive.h"
#include "search/fault_preview.h"
#include "search/search_report.h"

#include <string.h>

static struct inputs in;
static struct search s;

static void
begin(const char *lab, const struct search_options *o)
{
	struct diag d = DIAG_INIT;

	CU_ASSERT_EQUAL_FATAL(inputs_read(&in, lab, &d), 0);
	in.detail = TRACE_PROTOCOL;
	CU_ASSERT_EQUAL_FATAL(search_begin(&s, &in, o, &d), 0);
	CU_ASSERT_EQUAL_FATAL(search_go(&s, &d), 0);
}

static void
end(void)
{
	search_free(&s);
	inputs_free(&in);
}

static struct search_options
options(unsigned faults, unsigned kinds, unsigned jobs)
{
	return (struct search_options){ .wish = { .kinds = kinds },
		.faults = faults,
		.run = jobs > 0 ? search_run_apart : NULL,
		.jobs = jobs };
}

/* The first case of KIND upon a message that starts with START, as JSON. */
static const struct search_case *
find_loss(enum fault_kind kind, const char *start)
{
	for (size_t i = 0; i < s.ncases; i++) {
		struct trace_rec rec;

		if (s.cases[i].fault.kind != kind)
			continue;
		trace_get(s.base.trace, s.cases[i].fault.after, &rec);
		if (str_is(json_member(rec.object, "start").raw, start))
			return &s.cases[i];
	}
	CU_FAIL_FATAL("there is no such case");
	return NULL;
}

/* What RFC 3261 says of each message of a call that is lost. */
static void
losses_are_mended_by_their_timers(void)
{
	static const struct {
		const char *start, *timer;
	} rows[] = {
		{ "\"INVITE\"", "ICT A" },
		{ "200", "2xx" },
		{ "\"ACK\"", "2xx" },
		{ "\"BYE\"", "NICT E" },
	};
	struct search_options o = options(1, 1u << FAULT_DROP, 1);

	begin("labs/direct-call", &o);
	CU_ASSERT_EQUAL(s.ncases, 6);
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		const struct search_case *c =
		    find_loss(FAULT_DROP, rows[i].start);

		CU_ASSERT_EQUAL(c->v.outcome, OUTCOME_MENDED);
		CU_ASSERT_STRING_EQUAL(c->v.timer, rows[i].timer);
	}
	end();
}

/* Who is called crashes with the call up: the caller learns nothing of it. */
static void
a_crash_leaves_the_other_side(void)
{
	struct search_options o = options(1, 1u << FAULT_CRASH, 1);
	bool found = false;

	snprintf(o.wish.node, sizeof(o.wish.node), "bob");
	begin("labs/direct-call", &o);
	for (size_t i = 0; i < s.ncases; i++)
		found |= s.cases[i].v.outcome == OUTCOME_BROKEN &&
			 s.cases[i].v.invariant == INVARIANT_ONE_SIDED &&
			 str_is(trace_name(s.base.trace, s.cases[i].v.node),
			     "alice");
	CU_ASSERT(found);
	end();
}

/* Defects of which one lost message makes something that no timer ends. */
static void
defects_are_found(void)
{
	static const struct {
		const char *lab;
		enum invariant what;
	} rows[] = {
		/* A phone that has moved is not where it was. */
		{ "tests/planted/old-contact", INVARIANT_WRONG_TARGET },
		/* A 200 without the answer that it should have. */
		{ "tests/planted/answer-without-sdp", INVARIANT_OFFER_OPEN },
	};
	struct search_options o = options(1, 1u << FAULT_DROP, 1);

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		size_t found = 0, broken = 0;

		begin(rows[i].lab, &o);
		for (size_t k = 0; k < s.ncases; k++) {
			const struct verdict *v = &s.cases[k].v;

			broken += v->outcome == OUTCOME_BROKEN;
			found += v->outcome == OUTCOME_BROKEN &&
				 v->invariant == rows[i].what;
		}
		CU_ASSERT_EQUAL(found, 1);
		CU_ASSERT_EQUAL(broken, 1);
		end();
	}
}

/* Where both sides refresh their session, no crash leaves one of them in it. */
static void
session_timers_free_the_other_side(void)
{
	struct search_options o = options(1, 1u << FAULT_CRASH, 2);

	begin("labs/session-timer", &o);
	CU_ASSERT(s.ncases > 0);
	for (size_t i = 0; i < s.ncases; i++)
		CU_ASSERT(s.cases[i].v.outcome != OUTCOME_BROKEN ||
			  s.cases[i].v.invariant != INVARIANT_ONE_SIDED);
	end();
}

/* What seems to be left behind, and is not: each time because of something that
 * the records tell. */
static void
what_is_over_is_not_broken(void)
{
	static const struct {
		const char *lab;
		unsigned kinds;
		enum invariant invariant;
	} rows[] = {
		/* Its subscription ends, or is asked for again. */
		{ "labs/rfc3680-6", 1u << FAULT_CRASH | 1u << FAULT_RESTART,
		    INVARIANT_ONE_SIDED },
		/* A branch of a fork that was not taken has an offer as long as
		 * the INVITE's transaction. */
		{ "labs/early-media-two-phones",
		    1u << FAULT_CRASH | 1u << FAULT_RESTART,
		    INVARIANT_OFFER_OPEN },
		/* An INVITE that a script writes is nobody's call. */
		{ "labs/handout-messages", 1u << FAULT_OVERTAKEN,
		    INVARIANT_UNACKNOWLEDGED },
		/* Who has hung up needs no answer to a re-INVITE. */
		{ "labs/rfc5407-3.2.3", 1u << FAULT_LATE,
		    INVARIANT_UNACKNOWLEDGED },
		/* A proxy out of the path sees no BYE. */
		{ "labs/rfc3665-3.7", 1u << FAULT_CRASH | 1u << FAULT_RESTART,
		    INVARIANT_PAID },
		/* A proxy that knows a session's end needs none. */
		{ "labs/session-timer", 1u << FAULT_CRASH, INVARIANT_PAID },
		/* A handset tells of calls, and of no dialogs. */
		{ "labs/handset-call", 1u << FAULT_RESTART, INVARIANT_PAID },
		/* A program in Lua tells of neither. */
		{ "labs/h323-gateway", 1u << FAULT_DROP, INVARIANT_ONE_SIDED },
	};

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct search_options o = options(1, rows[i].kinds, 2);
		size_t n = 0;

		/* Of a handset's restarts each computes for long there. */
		if (IS_SANITIZED && strstr(rows[i].lab, "handset-") != NULL)
			continue;

		begin(rows[i].lab, &o);
		CU_ASSERT(s.ncases > 0);
		for (size_t k = 0; k < s.ncases; k++)
			n += s.cases[k].v.outcome == OUTCOME_BROKEN &&
			     s.cases[k].v.invariant == rows[i].invariant;
		if (n > 0)
			printf("  %s: %s, %zu times\n", rows[i].lab,
			    invariant_rows[rows[i].invariant].word, n);
		CU_ASSERT_EQUAL(n, 0);
		end();
	}
}

/* Behind a stateless proxy, too, somebody answers: with the link down until the
 * run ends, a 2xx is still repeated. */
static void
a_stateless_proxy_answers_nothing_itself(void)
{
	struct search_options o = options(1, 1u << FAULT_DOWN, 2);

	begin("labs/stateless-proxy", &o);
	for (size_t i = 0; i < s.ncases; i++)
		CU_ASSERT(s.cases[i].v.outcome != OUTCOME_BROKEN ||
			  s.cases[i].v.invariant != INVARIANT_WAITS);
	end();
}

static void
same_cases(const struct search *a, const struct search *b)
{
	CU_ASSERT_EQUAL_FATAL(a->ncases, b->ncases);
	for (size_t i = 0; i < a->ncases; i++) {
		const struct verdict *v = &a->cases[i].v, *w = &b->cases[i].v;

		if (v->outcome == w->outcome && v->node == w->node &&
		    v->status == w->status && v->print == w->print &&
		    v->later_ns == w->later_ns &&
		    strcmp(v->timer, w->timer) == 0)
			continue;
		printf("  case %zu: %s, not %s\n", i, outcome_word(v->outcome),
		    outcome_word(w->outcome));
		CU_FAIL("the same case, two verdicts");
		break;
	}
}

/* LAB the long way and the short one, here and in three processes. */
static void
try_both_ways(const char *lab, unsigned faults, unsigned kinds)
{
	struct search_options o = options(faults, kinds, 3);
	struct search shorter;
	struct inputs kept;

	begin(lab, &o);
	shorter = s;
	kept = in;
	shorter.in = &kept;
	o.run = NULL;
	o.all = true;
	memset(&s, 0, sizeof(s));
	begin(lab, &o);
	CU_ASSERT(shorter.runs <= s.runs);
	same_cases(&shorter, &s);
	end();
	search_free(&shorter);
	inputs_free(&kept);
}

static void
what_is_spared_would_have_been_found(void)
{
	static const char *const labs[] = { "labs/direct-call", "labs/busy",
		"labs/registration", "labs/cancel", "labs/redirection",
		"labs/rfc3665-2.2", "labs/no-answer", "labs/not-found",
		"labs/rfc3665-2.1", "labs/digest-replay" };

	/* Under the sanitizers one of them: the others go the same ways. */
	for (size_t i = 0;
	     i < (IS_SANITIZED ? 1 : sizeof(labs) / sizeof(labs[0])); i++)
		try_both_ways(labs[i], 1, FAULT_ALL);
	if (IS_SANITIZED)
		return;
	try_both_ways(
	    "labs/direct-call", 2, 1u << FAULT_DROP | 1u << FAULT_DOUBLE);
	try_both_ways("labs/rfc3665-2.1", 2,
	    1u << FAULT_DROP | 1u << FAULT_DOUBLE | 1u << FAULT_LATE);
}

/* What a search names is a run: made again from its inputs alone it has the
 * same bytes. */
static void
examples_are_runs(void)
{
	struct search_options o = options(1, FAULT_ALL, 1);

	begin("labs/two-proxies", &o);
	for (size_t i = 0; i < s.ncases; i += 7) {
		struct diag d = DIAG_INIT;
		struct attempt a, again;

		if (s.cases[i].v.outcome == OUTCOME_IMPOSSIBLE)
			continue;
		CU_ASSERT_EQUAL_FATAL(search_attempt(&s, i, &a, &d), 0);
		CU_ASSERT_EQUAL_FATAL(attempt_make(&again, &a.in, NULL, NULL,
					  NULL, 0, s.max_records, &d),
		    0);
		CU_ASSERT(trace_same_records(a.trace, again.trace));
		attempt_free(&again);
		attempt_free(&a);
	}
	end();
}

/* No more runs than were asked for, and the rest is said to be untried. */
static void
runs_are_bounded(void)
{
	struct search_options o = options(3, FAULT_ALL, 2);
	struct search_report r;

	o.runs = 150;
	begin("labs/direct-call", &o);
	CU_ASSERT_EQUAL(s.runs, 150);
	CU_ASSERT(s.stopped);
	CU_ASSERT_EQUAL(search_report_make(&r, &s), 0);
	CU_ASSERT(r.known < r.cases);
	search_report_free(&r);
	end();
}

/* A process that runs a case has room for all boards that it emulates. */
static void
two_boards_have_room(void)
{
	struct search_options o = options(1, 1u << FAULT_CRASH, 1);

	o.runs = 1;
	begin("labs/handset-tcp", &o);
	for (size_t i = 0; i < s.ncases; i++)
		CU_ASSERT(
		    !s.cases[i].done || s.cases[i].v.outcome != OUTCOME_FAILED);
	end();
}

static void
wrong_runs_are_refused(void)
{
	struct search_options o = options(1, FAULT_ALL, 1);
	struct diag d = DIAG_INIT;
	LOCAL_BUF text = BUF_INIT;

	memset(&in, 0, sizeof(in));
	in.detail = TRACE_PROTOCOL;
	buf_puts(&text, "lab { topology = \"none.gv\" }\n");
	CU_ASSERT_EQUAL_FATAL(inputs_take_text(&in, "x/lab.lua", &text, &d), 0);
	CU_ASSERT_NOT_EQUAL(search_begin(&s, &in, &o, &d), 0);
	CU_ASSERT(d.text[0] != '\0');
	end();
}

/* At one record: what a search of all says of it. */
static void
at_one_record(void)
{
	struct search_options o = options(1, FAULT_ALL, 0);
	struct fault_preview *b;
	struct diag d = DIAG_INIT;
	bool more = true;
	uint64_t seq;
	size_t near = 0;

	begin("labs/direct-call", &o);
	seq = find_loss(FAULT_DROP, "200")->fault.after;
	CU_ASSERT_EQUAL_FATAL(fault_preview_create(&b, s.base.trace, &d), 0);
	CU_ASSERT_EQUAL_FATAL(fault_preview_look_at_record(b, seq), 0);
	while (more)
		CU_ASSERT_EQUAL_FATAL(fault_preview_go_on(b, &more), 0);
	CU_ASSERT(fault_preview_count(b) >= 3);
	for (size_t i = 0; i < fault_preview_count(b); i++) {
		const struct found_fault *f = fault_preview_fault_at(b, i);

		CU_ASSERT(f->after == seq || f->kind == FAULT_CRASH);
		CU_ASSERT_NOT_EQUAL(f->kind, FAULT_RESTART);
		CU_ASSERT_EQUAL(fault_preview_find_fault(b, f), i);
		near += i > 0 && f->kind == FAULT_LATE &&
			f->by_ns - fault_preview_fault_at(b, i - 1)->by_ns <
			    10000000 &&
			fault_preview_fault_at(b, i - 1)->kind == FAULT_LATE;
	}
	/* Right before and behind a timer with the same end is one. */
	CU_ASSERT_EQUAL(near, 0);
	fault_preview_destroy(b);
	end();
}

/* All that S has found. */
static void
tell(struct buf *out)
{
	struct search_report r;
	struct diag d = DIAG_INIT;

	CU_ASSERT_EQUAL_FATAL(search_report_make(&r, &s), 0);
	CU_ASSERT_EQUAL(search_report_json(&r, out, &d), 0);
	search_report_free(&r);
}

static int
cut_often(void *arg)
{
	return ++*(unsigned *)arg % 7 == 0;
}

/* Cut again and again, also while the pairs are put together, a search finds
 * what it finds at once. */
static void
goes_on_where_it_was_cut(void)
{
	struct search_options o =
	    options(2, 1u << FAULT_DROP | 1u << FAULT_CRASH, 0);
	LOCAL_BUF whole = BUF_INIT, pieces = BUF_INIT;
	struct diag d = DIAG_INIT;
	unsigned looks = 0, cuts = 0;

	begin("labs/direct-call", &o);
	CU_ASSERT(!s.stopped && s.ncases > 100);
	tell(&whole);
	end();
	o.look = cut_often;
	o.arg = &looks;
	begin("labs/direct-call", &o);
	for (; s.stopped && cuts < 1000; cuts++)
		CU_ASSERT_EQUAL_FATAL(search_go(&s, &d), 0);
	CU_ASSERT(cuts > 10 && cuts < 1000);
	tell(&pieces);
	CU_ASSERT(whole.n > 100 && str_eq(buf_view(&whole), buf_view(&pieces)));
	end();
}

CHECK_MAIN("search", { "at one record", at_one_record },
    { "cut and gone on with", goes_on_where_it_was_cut },
    { "losses", losses_are_mended_by_their_timers },
    { "a crash", a_crash_leaves_the_other_side },
    { "defects", defects_are_found },
    { "session timers", session_timers_free_the_other_side },
    { "what is over", what_is_over_is_not_broken },
    { "a stateless proxy", a_stateless_proxy_answers_nothing_itself },
    { "what is spared", what_is_spared_would_have_been_found },
    { "examples", examples_are_runs }, { "bounds", runs_are_bounded },
    { "two boards", two_boards_have_room },
    { "wrong runs", wrong_runs_are_refused })
