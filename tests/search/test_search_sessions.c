/*
 * What a box has told one side of a call is what the other side has said of its
 * media: two words changed in one message are found, whichever side hears them.
 */
#include "fixtures/check.h"
#include "fixtures/labs.h"
#include "search/invariants.h"

/* The lines of the run until somebody hangs up. */
static void
cut_talk(struct buf *b)
{
	struct str text = buf_view(b);
	ptrdiff_t at = str_find(text, "\"verb\":\"bye\"");

	CU_ASSERT_FATAL(at > 0);
	while (at > 0 && b->p[at - 1] != '\n')
		at--;
	b->n = (size_t)at;
}

/* In the message that FROM sends to TO with START, the first of them, OLD is
 * NEW, which is as long. */
static void
change(struct buf *b, const char *way, const char *start, const char *old,
    const char *new)
{
	struct str rest = buf_view(b), line;

	while (rest.n > 0) {
		ptrdiff_t at;

		line = str_cut(rest, '\n', &rest);
		at = str_find(line, old);
		if (str_find(line, way) < 0 || str_find(line, start) < 0 ||
		    at < 0)
			continue;
		memcpy(b->p + (line.p - b->p) + at, new, strlen(new));
		return;
	}
	CU_FAIL("no such message");
}

static size_t
count_broken(struct buf *b)
{
	struct findings found = { .list = NULL };
	struct traffic traffic;
	struct diag d = DIAG_INIT;
	struct state_at *state = NULL;
	struct trace *t = NULL;
	size_t n = 0;

	CU_ASSERT_EQUAL_FATAL(trace_read_buf(&t, b, "talk", &d), 0);
	CU_ASSERT_EQUAL_FATAL(state_at_create(&state), 0);
	CU_ASSERT_EQUAL_FATAL(state_at_advance(state, t, trace_count(t)), 0);
	traffic_count(&traffic, t);
	CU_ASSERT_EQUAL(
	    invariants_check(t, state, &traffic, &traffic, &found), 0);
	for (size_t i = 0; i < found.n; i++)
		n += found.list[i].what == INVARIANT_SESSION;
	findings_free(&found);
	state_at_destroy(state);
	trace_destroy(t);
	return n;
}

#define TO_ALICE "\"src\":\"box\",\"dst\":\"alice\""
#define TO_BOB   "\"src\":\"box\",\"dst\":\"bob\""

static void
each_side_is_told_the_other(void)
{
	static const struct {
		const char *way, *start, *old, *new;
		size_t broken;
	} rows[] = {
		{ TO_ALICE, "\"start\":200", "49170", "49170", 0 },
		{ TO_ALICE, "\"start\":200", "m=audio 49170", "m=audio 49172",
		    1 },
		{ TO_ALICE, "\"start\":200", "m=audio 49170", "m=audio 00000",
		    1 },
		{ TO_BOB, "\"start\":\"INVITE\"", "m=audio 49170",
		    "m=audio 49172", 1 },
		/* The last word of a description does not matter there. */
		{ TO_BOB, "\"start\":\"INVITE\"", "a=ptime:20", "a=ptime:30",
		    0 },
	};

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct lab_options o = LAB_OPTIONS;
		struct diag d = DIAG_INIT;
		struct buf b = BUF_INIT;
		size_t n;

		CU_ASSERT_EQUAL_FATAL(
		    lab_run("topologies/b2bua.gv", &o, &b, &d), 0);
		cut_talk(&b);
		change(
		    &b, rows[i].way, rows[i].start, rows[i].old, rows[i].new);
		n = count_broken(&b);
		if (n != rows[i].broken)
			printf("  %s: %zu\n", rows[i].new, n);
		CU_ASSERT_EQUAL(n, rows[i].broken);
		buf_free(&b);
	}
}

CHECK_MAIN("search sessions", { "each side is told what the other has said",
				  each_side_is_told_the_other })
