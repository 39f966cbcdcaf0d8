/*
 * Traces that nobody wrote, compared with each other: good ones with bytes
 * changed, cut, doubled and swapped, from a fixed stream of numbers.  Every
 * message of both is in the rows once (one that moved, twice), and everything
 * that shows a comparison gets to see it; with the sanitizers on, that is the
 * test.
 */
#include "align_story.h"
#include "base/mem.h"
#include "fixtures/check.h"
#include "ladder/diff_figure.h"
#include "words/diff_text.h"

#include <time.h>

#define SDP                                                            \
	"Content-Type: application/sdp\r\nX: \\\"q\\\"\r\n\r\nv=0\r\n" \
	"o=a 1 2 IN IP4 192.0.2.1\r\nm=audio 9 RTP/AVP 0\r\na=x:[::1]\r\n"

static const struct say tale[] = {
	{ 0, "alice", "atl", "INVITE", "INVITE", "c", "1", 0, 0, false, SDP },
	{ 1, "atl", "alice", "100", "INVITE", "c", "1", 1, 0, false, NULL },
	{ 2, "atl", "bob", "INVITE", "INVITE", "c", "2", 1, 0, true, NULL },
	{ 3, "atl", "bob", "INVITE", "INVITE", "c", "2", 1, 3, false, NULL },
	{ 4, "bob", "atl", "200", "INVITE", "c", "2", 4, 0, false,
	    "Contact: <sip:b@[2001:db8::1]:5060;gr=1>, <sip:192.0.2.2>\r\n" },
	{ 5, "atl", "alice", "200", "INVITE", "c", "1", 5, 0, false, SDP },
	{ 6, "alice", "bob", "ACK", "ACK", "c", "3", 6, 0, false,
	    "Authorization: Digest nonce=\\\"a\\\", response=\\\"1\r\n" },
	{ 7, "bob", "bob", "OPTIONS", "OPTIONS", "d", "4", 0, 0, false, NULL },
};

static uint64_t
next(uint64_t *state)
{
	*state ^= *state << 13;
	*state ^= *state >> 7;
	*state ^= *state << 17;
	return *state;
}

static size_t
below(uint64_t *state, size_t n)
{
	return (size_t)(next(state) % n);
}

static const char *const pieces[] = { "\"", "\\\\", ";", ",", "=", ":", "<",
	"\\r\\n", "\\u0000", "[", "]", "@", "tag=", "0", "branch", "192.0.2.1",
	"2001:db8::", "\\r\\nVia: ", "\\r\\n\\r\\n", "\xe4\xb8\xad",
	"\"start\":", "\"retx\":1", "\"of\":3", "999999999999" };

static void
mutate(struct buf *b, uint64_t *rng)
{
	size_t at = below(rng, b->n + 1), len = 1 + below(rng, 8);
	struct buf out = BUF_INIT;
	size_t kind = below(rng, 4);

	buf_add(&out, b->p, at);
	if (kind == 1)
		buf_puts(
		    &out, pieces[below(rng, sizeof(pieces) / sizeof(*pieces))]);
	if (kind == 2)
		buf_putc(&out, (char)(' ' + below(rng, 94)));
	if (kind == 3)
		buf_add(&out, b->p + at, b->n - at < len ? b->n - at : len);
	if (kind == 0 || kind == 2)
		at += kind == 2 ? 1 : len;
	if (at < b->n)
		buf_add(&out, b->p + at, b->n - at);
	buf_free(b);
	*b = out;
}

/* A story with some messages left out or swapped, and some bytes changed. */
static struct trace *
tell(uint64_t *rng)
{
	struct say list[16];
	struct story s = { list, 0, below(rng, 2) == 0 ? "x" : "y", 2,
		"alice atl bob" };
	size_t changes = below(rng, 4);
	struct buf text = BUF_INIT;
	struct diag d = DIAG_INIT;
	struct trace *t = NULL;

	for (size_t i = 0; i < sizeof(tale) / sizeof(*tale); i++) {
		if (below(rng, 6) == 0)
			continue;
		list[s.n] = tale[below(rng, 8) == 0 ? below(rng, 8) : i];
		list[s.n].t = (int)i;
		if ((size_t)list[s.n].cause > s.n)
			list[s.n].cause = 0;
		if ((size_t)list[s.n].retx > s.n)
			list[s.n].retx = 0;
		s.n++;
	}
	story_text(&s, &text);
	for (; changes > 0; changes--)
		mutate(&text, rng);
	trace_load_buf(&t, &text, "fuzz", &d);
	return t;
}

/* Each message is there, where it belongs. */
static void
check_rows(const struct align *al)
{
	size_t a = 0, b = 0;

	for (size_t i = 0; i < al->nrows; i++) {
		const struct align_row *r = &al->rows[i];

		CU_ASSERT_FATAL(r->a == ALIGN_NONE || r->a < al->a.n);
		CU_ASSERT_FATAL(r->b == ALIGN_NONE || r->b < al->b.n);
		CU_ASSERT((r->a == ALIGN_NONE) == (r->verdict == ALIGN_EXTRA));
		CU_ASSERT(
		    (r->b == ALIGN_NONE) == (r->verdict == ALIGN_MISSING));
		a += r->place != ALIGN_IN_B;
		b += r->place != ALIGN_IN_A;
		CU_ASSERT(r->field + r->nfields <= al->nfields);
	}
	CU_ASSERT_EQUAL(a, al->a.n);
	CU_ASSERT_EQUAL(b, al->b.n);
}

static void
show(const struct align *al, uint64_t *rng)
{
	struct diff_text_options text = { .width = 20 + below(rng, 120),
		.ascii = below(rng, 2) == 0,
		.brief = below(rng, 3) == 0,
		.times = true,
		.all = below(rng, 2) == 0 };
	struct diff_figure_options dot = { .times = true };
	LOCAL_BUF out = BUF_INIT;

	CU_ASSERT_EQUAL(diff_text_write(al, &text, &out), 0);
	CU_ASSERT_EQUAL(diff_json_write(al, "a", NULL, &out), 0);
	CU_ASSERT_EQUAL(diff_figure_write(al, &dot, &figure_svg, &out), 0);
}

static void
fuzz(void)
{
	uint64_t rng = 0x9e3779b97f4a7c15u;
	unsigned long rounds = 0, compared = 0;
	const char *more = getenv("RUNG_FUZZ_SECONDS");
	double seconds = more != NULL ? atof(more) : 0.5;
	clock_t end = clock() + (clock_t)(seconds * CLOCKS_PER_SEC);

	while ((rounds < 20000 || more != NULL) && clock() < end) {
		struct align_options o = ALIGN_OPTIONS;
		struct trace *a = tell(&rng), *b = tell(&rng);
		struct align *al = NULL;

		o.order = below(&rng, 4) == 0;
		if (below(&rng, 8) == 0)
			o.call = "xc";
		if (a != NULL && b != NULL &&
		    align_create(&al, a, b, &o, NULL) == 0) {
			compared++;
			check_rows(al);
			if (below(&rng, 4) == 0)
				show(al, &rng);
		}
		align_destroy(al);
		trace_destroy(a);
		trace_destroy(b);
		rounds++;
	}
	CU_ASSERT(compared > rounds / 20);
	printf("  %lu rounds, %lu compared\n", rounds, compared);
}

/* A trace is the same as itself, whatever it is. */
static void
itself(void)
{
	uint64_t rng = 77;
	clock_t end = clock() + CLOCKS_PER_SEC;

	for (int round = 0; round < 2000 && clock() < end; round++) {
		struct trace *t = tell(&rng);
		struct align *al = NULL;

		if (t != NULL && align_create(&al, t, t, NULL, NULL) == 0)
			CU_ASSERT(al->same);
		align_destroy(al);
		trace_destroy(t);
	}
}

/* One exchange of many thousand messages, in another order and of other
 * kinds: bounded all the same. */
static void
large(void)
{
	size_t n = 20000;
	struct say *list = mem_zalloc(n, sizeof(*list));
	struct story s = { list, n, "x", 2, "alice bob" };
	struct trace *t[2];
	struct align *al = NULL;
	uint64_t rng = 3;
	clock_t start;

	for (int k = 0; k < 2; k++) {
		for (size_t i = 0; i < n; i++)
			list[i] = (struct say){ (int)i, "bob", "alice",
				below(&rng, 2) == 0 ? "180" : "183", "INVITE",
				"c", "1", 0, 0, false, NULL };
		t[k] = story_trace(&s);
	}
	mem_free(list);
	start = clock();
	CU_ASSERT_EQUAL(align_create(&al, t[0], t[1], NULL, NULL), 0);
	CU_ASSERT(clock() - start < 20 * CLOCKS_PER_SEC);
	if (al != NULL)
		check_rows(al);
	align_destroy(al);
	trace_destroy(t[0]);
	trace_destroy(t[1]);
}

CHECK_MAIN(
    "fuzz_align", { "fuzz", fuzz }, { "itself", itself }, { "large", large })
