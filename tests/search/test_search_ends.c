/*
 * What the two ends of a call have agreed on, who gives up because of a
 * description, and what inspect says: some words of one message changed make
 * an error that is found, others one that is none.
 */
#include "fixtures/check.h"
#include "fixtures/labs.h"
#include "search/invariants.h"

/* The first message with START, in whose line OLD stands, has NEW there, which
 * is as long. */
static void
change(struct buf *b, const char *start, const char *old, const char *new)
{
	struct str rest = buf_view(b), line;

	CU_ASSERT_EQUAL_FATAL(strlen(old), strlen(new));
	while (rest.n > 0) {
		ptrdiff_t at;

		line = str_cut(rest, '\n', &rest);
		at = str_find(line, old);
		if (str_find(line, start) < 0 || at < 0)
			continue;
		memcpy(b->p + (line.p - b->p) + at, new, strlen(new));
		return;
	}
	CU_FAIL("no such message");
}

/* The lines of the run up to the first with WORDS. */
static void
cut_before(struct buf *b, const char *words)
{
	ptrdiff_t at = str_find(buf_view(b), words);

	CU_ASSERT_FATAL(at > 0);
	while (at > 0 && b->p[at - 1] != '\n')
		at--;
	b->n = (size_t)at;
}

static size_t
count_broken(const struct trace *t, enum invariant what)
{
	struct findings found = { .list = NULL };
	struct traffic traffic;
	struct state_at *state = NULL;
	size_t n = 0;

	CU_ASSERT_EQUAL_FATAL(state_at_create(&state), 0);
	CU_ASSERT_EQUAL_FATAL(state_at_advance(state, t, trace_count(t)), 0);
	traffic_count(&traffic, t);
	CU_ASSERT_EQUAL(
	    invariants_check(t, state, &traffic, &traffic, &found), 0);
	for (size_t i = 0; i < found.n; i++)
		n += found.list[i].what == what;
	findings_free(&found);
	state_at_destroy(state);
	return n;
}

#define G722      "RTP/AVP 9\\r\\na=rtpmap:9 G722"
#define PCMA      "RTP/AVP 8\\r\\na=rtpmap:8 PCMA"
#define A_200     "\"start\":200"
#define TO_ALICE  "\"dst\":\"alice\""
#define AN_INVITE "\"start\":\"INVITE\""

static const struct ends_row {
	const char *lab, *start, *old, *new;
	const char *until; /* NULL: the whole run */
	enum invariant what;
	size_t broken;
	const char *also, *as; /* the first OLD of the whole run, NEW */
} rows[] = {
	/* What a box tells one side of the other: other codecs, with and
	 * without transcoding. */
	{ "topologies/b2bua.gv", A_200, "RTP/AVP 0 8", "RTP/AVP 8 0", NULL,
	    INVARIANT_ENDS, 0, NULL, NULL },
	{ "topologies/b2bua.gv", TO_ALICE, "RTP/AVP 0 8", "RTP/AVP 0 3", NULL,
	    INVARIANT_ENDS, 1, NULL, NULL },
	{ "topologies/b2bua.gv", TO_ALICE, "RTP/AVP 0 8", "RTP/AVP 0 3",
	    "\"verb\":\"bye\"", INVARIANT_ENDS, 1, NULL, NULL },
	{ "topologies/b2bua.gv", TO_ALICE, "RTP/AVP 0 8", "RTP/AVP 0 3", NULL,
	    INVARIANT_ENDS, 0, "Helvetica", "transcode" },
	/* A stream more at one end, and a line more of one that is not. */
	{ "topologies/b2bua.gv", TO_ALICE, "a=ptime:20", "m=vv 9 R 0", NULL,
	    INVARIANT_ENDS, 1, "a=ptime:20", "m=vv 9 R 0" },
	{ "topologies/b2bua.gv", TO_ALICE, "a=ptime:20", "m=vv 0 R 0", NULL,
	    INVARIANT_ENDS, 0, "a=ptime:20", "m=vv 0 R 0" },
	/* An answer that does not fit its offer. */
	{ "labs/direct-call", A_200, "RTP/AVP 0 8", "RTP/AVP 8 0", NULL,
	    INVARIANT_CLAUSE, 0, NULL, NULL },
	{ "labs/direct-call", A_200, "RTP/AVP 0 8", "RTP/AVP 3 3", NULL,
	    INVARIANT_CLAUSE, 1, NULL, NULL },
	{ "labs/direct-call", A_200, "a=ptime:20", "m=vv 0 R 0", NULL,
	    INVARIANT_CLAUSE, 1, NULL, NULL },
	{ "labs/rfc5359-2.1", "\"rule\":\"resume-send\"", "a=sendrecv",
	    "a=sendonly", "\"start\":\"BYE\"", INVARIANT_CLAUSE, 1, NULL,
	    NULL },
	/* A node has something of what it rejects, or hangs up for. */
	{ "tests/search/codecs.lua", AN_INVITE, G722, G722, NULL,
	    INVARIANT_UNFIT, 0, NULL, NULL },
	{ "tests/search/codecs.lua", AN_INVITE, G722, PCMA,
	    "\"verb\":\"set\",\"on\":\"bob\"", INVARIANT_UNFIT, 1, NULL, NULL },
	{ "tests/search/codecs.lua", A_200, PCMA, G722, NULL, INVARIANT_UNFIT,
	    1, NULL, NULL },
	/* A stream of another kind, or that is not. */
	{ "tests/search/codecs.lua", AN_INVITE, "m=audio 49170 " G722,
	    "m=image 49170 " PCMA, NULL, INVARIANT_UNFIT, 0, NULL, NULL },
	/* A field that a 200 must have, and one that it may have. */
	{ "labs/direct-call", A_200, "\\nContact:", "\\nKontact:", NULL,
	    INVARIANT_CLAUSE, 1, NULL, NULL },
	{ "labs/direct-call", A_200, "\\nServer:", "\\nXerver:", NULL,
	    INVARIANT_CLAUSE, 0, NULL, NULL },
};

static void
each_change_is_judged(void)
{
	for (size_t i = 0; i < COUNT_OF(rows); i++) {
		const struct ends_row *r = &rows[i];
		struct lab_options o = LAB_OPTIONS;
		struct diag d = DIAG_INIT;
		struct buf b = BUF_INIT;
		struct trace *t = NULL;
		size_t n;

		CU_ASSERT_EQUAL_FATAL(lab_run(r->lab, &o, &b, &d), 0);
		change(&b, r->start, r->old, r->new);
		if (r->also != NULL)
			change(&b, "", r->also, r->as);
		if (r->until != NULL)
			cut_before(&b, r->until);
		CU_ASSERT_EQUAL_FATAL(trace_read_buf(&t, &b, "ends", &d), 0);
		n = count_broken(t, r->what);
		if (n != r->broken)
			printf("  %s: %s: %zu\n", r->lab, r->new, n);
		CU_ASSERT_EQUAL(n, r->broken);
		trace_destroy(t);
		buf_free(&b);
	}
}

/* Labs that show such errors, and what is broken in them. */
static const struct {
	const char *lab, *words;
} known[] = {
	/* Boxes that do what boxes must not. */
	{ "labs/box-that-breaks-calls", "session ends clause" },
	/* What they are about is an error of a program. */
	{ "labs/after-491", "clause" },
	{ "labs/agent-registrar", "clause" },
	{ "labs/agent-stateless-proxy", "clause" },
	{ "labs/cancel-other-branch", "clause" },
	{ "labs/endless-401", "clause" },
	{ "labs/gb28181-catalogue", "clause" },
	{ "labs/gb28181-keepalive", "clause" },
	{ "labs/gb28181-no-stream", "clause" },
	{ "labs/gb28181-private-sdp", "clause" },
	{ "labs/gb28181-tcp-roles", "clause" },
	{ "labs/lost-route", "clause" },
	{ "labs/one-call-id", "clause" },
	{ "labs/one-rseq", "clause" },
	/* A session interval of 50 s, which is told to be too short. */
	{ "labs/session-timer", "clause" },
	/* Handsets that write opus/48000. */
	{ "labs/handset-long-invite", "clause" },
	{ "labs/handset-tcp", "clause" },
};

static bool
is_known(const char *lab, enum invariant what)
{
	for (size_t i = 0; i < COUNT_OF(known); i++)
		if (strcmp(known[i].lab, lab) == 0 &&
		    str_has_word(str_of(known[i].words),
			str_of(invariant_rows[what].word)))
			return true;
	return false;
}

static void
check_lab(const char *lab)
{
	static const enum invariant asked[] = { INVARIANT_ENDS, INVARIANT_UNFIT,
		INVARIANT_CLAUSE, INVARIANT_SESSION };
	struct lab_options o = LAB_OPTIONS;
	struct trace *t = lab_trace(lab, &o);

	CU_ASSERT_PTR_NOT_NULL_FATAL(t);
	for (size_t i = 0; i < COUNT_OF(asked); i++)
		if (count_broken(t, asked[i]) > 0 && !is_known(lab, asked[i])) {
			printf(
			    "  %s: %s\n", lab, invariant_rows[asked[i]].word);
			CU_FAIL("a lab is broken without any fault");
		}
	trace_destroy(t);
}

/* Held calls, forks, early media, PRACKs, streams that come and go. */
static void
labs_are_whole(void)
{
	char *names[LABS_MAX];
	size_t n = labs_list_some(names, true);

	for (size_t i = 0; i < n; i++)
		if (!lab_is_slow(names[i]))
			check_lab(names[i]);
	labs_free(names, n);
}

/* docs/SEARCH.md has a line for each. */
static void
each_has_its_line(void)
{
	LOCAL_BUF text = BUF_INIT;

	CU_ASSERT_EQUAL_FATAL(
	    buf_read_file(&text, "docs/SEARCH.md", 1 << 20), 0);
	for (size_t i = 0; i < INVARIANT_COUNT; i++) {
		const struct invariant_row *row = &invariant_rows[i];
		char line[80];

		snprintf(line, sizeof(line), "\n| `%s` | ", row->word);
		if (row->rfc != 0)
			snprintf(line, sizeof(line), "\n| `%s` | %u %s | ",
			    row->word, row->rfc, row->section);
		if (str_find(buf_view(&text), line) < 0)
			printf("  %s\n", line);
		CU_ASSERT(str_find(buf_view(&text), line) >= 0);
	}
}

CHECK_MAIN("search ends",
    { "each change of a message is judged", each_change_is_judged },
    { "labs are whole", labs_are_whole },
    { "each has its line in SEARCH.md", each_has_its_line })
