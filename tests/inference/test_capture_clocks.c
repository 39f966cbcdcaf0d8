/* Clocks that do not agree: made captures with a known offset. */
#include "fixtures/stand_in_capture.h"

#include "base/err.h"
#include "base/mem.h"
#include "inference/clocks.h"

#define A  "192.0.2.1"
#define P  "192.0.2.2"
#define B  "192.0.2.4"
#define MS INT64_C(1000000)

#define VIA(host, branch) "Via: SIP/2.0/UDP " host ";branch=z9hG4bK" branch "\n"
#define CALL(to, cseq)                                                   \
	"From: <sip:alice@a.example>;tag=at\nTo: <sip:bob@b.example>" to \
	"\nCall-ID: c1\nCSeq: " cseq "\n"

/* START from SRC to DST, seen at FIRST and, DELAY later, at SECOND; the clock
 * of point 1 is AHEAD. */
static void
pass(struct stand_in *s, int64_t ms, int64_t delay, int64_t ahead,
    unsigned first, const char *src, const char *dst, const char *start,
    const char *heads)
{
	say(s, ms + (first == 1 ? ahead : 0), src, dst, start, heads);
	s->m[s->n - 1].place = first;
	if (delay >= 0)
		say_again(s, ms + delay + (first == 0 ? ahead : 0), !first);
}

static int
by_time(const void *pa, const void *pb)
{
	const struct capture_message *a = pa, *b = pb;

	return a->t < b->t ? -1 : a->t > b->t;
}

/* As a capture has them: by its own clocks. */
static void
sort(struct stand_in *s)
{
	struct capture_message m[STAND_IN_MAX];
	struct buf bytes[STAND_IN_MAX];

	for (size_t i = 0; i < s->n; i++)
		s->m[i].packet = i;
	qsort(s->m, s->n, sizeof(*s->m), by_time);
	memcpy(m, s->m, sizeof(m));
	for (size_t i = 0; i < s->n; i++)
		bytes[i] = s->bytes[m[i].packet];
	memcpy(s->bytes, bytes, sizeof(bytes));
}

static struct trace *
trace_with(struct stand_in *s, const struct clocks_options *o, struct clock *is)
{
	static const struct clocks_options usual = { .off = false };
	struct capture_reader raw, corrected;
	struct capture_trace_options to = { .detail = TRACE_PROTOCOL };
	struct diag d = DIAG_INIT;
	struct clocks *c = NULL;
	struct trace *t;
	int err;

	sort(s);
	raw = stand_in_reader(s);
	CU_ASSERT_EQUAL_FATAL(
	    clocks_create(&c, &raw, o != NULL ? o : &usual, &d), 0);
	corrected = clocks_reader(c);
	to.clocks = c;
	*is = clocks_of(c, 1);
	t = stand_in_trace_of(&corrected, &to, &err);
	CU_ASSERT_EQUAL(err, 0);
	CU_ASSERT_PTR_NOT_NULL_FATAL(t);
	clocks_destroy(c);
	return t;
}

/* Of the N-th send, from 1: when it left, and how long it took. */
static void
check_way(const struct trace *t, size_t n, int64_t left, int64_t took)
{
	for (uint64_t seq = 1; seq <= trace_count(t); seq++) {
		struct trace_rec rec;

		if (trace_kind_of(t, seq) != TRACE_SEND || --n > 0)
			continue;
		CU_ASSERT_EQUAL(trace_time_of(t, seq), left);
		for (uint64_t r = seq; r <= trace_count(t); r++) {
			trace_get(t, r, &rec);
			if (rec.kind != TRACE_RECV ||
			    trace_int(&rec, "of", 0) != (int64_t)seq)
				continue;
			CU_ASSERT_EQUAL(rec.t - left, took);
			return;
		}
	}
	CU_FAIL("no such message");
}

static size_t
sends(const struct trace *t)
{
	size_t n = 0;

	for (uint64_t seq = 1; seq <= trace_count(t); seq++)
		n += trace_kind_of(t, seq) == TRACE_SEND;
	return n;
}

/* One message, twice seen; 20 ms there, 20 ms and more back. */
static void
simple_call(struct stand_in *s, int64_t ahead)
{
	pass(s, 1000, 20, ahead, 0, A, B, "INVITE sip:bob@b.example SIP/2.0",
	    VIA(A, "a") CALL("", "1 INVITE"));
	pass(s, 1050, 35, ahead, 1, B, A, "SIP/2.0 180 Ringing",
	    VIA(A, "a") CALL(";tag=bt", "1 INVITE"));
	pass(s, 1100, 20, ahead, 1, B, A, "SIP/2.0 200 OK",
	    VIA(A, "a") CALL(";tag=bt", "1 INVITE"));
	pass(s, 1140, 26, ahead, 0, A, B, "ACK sip:bob@b.example SIP/2.0",
	    VIA(A, "k") CALL(";tag=bt", "1 ACK"));
}

static void
both_ways(void)
{
	static const int64_t offsets[] = { 250, -250, 5000, -3600000 };

	for (size_t i = 0; i < sizeof(offsets) / sizeof(offsets[0]); i++) {
		struct stand_in s = { .n = 0 };
		struct clock is;
		struct trace *t;

		simple_call(&s, offsets[i]);
		/* No time before 1970. */
		for (size_t k = 0; k < s.n; k++)
			s.m[k].t += 4000000 * MS;
		t = trace_with(&s, NULL, &is);
		CU_ASSERT_EQUAL(is.by, CLOCK_BOTH_WAYS);
		CU_ASSERT_EQUAL(is.ahead, offsets[i] * MS);
		CU_ASSERT_EQUAL(sends(t), 4);
		check_way(t, 1, 0, 20 * MS);
		check_way(t, 2, 50 * MS, 35 * MS);
		check_way(t, 4, 140 * MS, 26 * MS);
		CU_ASSERT_EQUAL(trace_kind_of(t, 1), TRACE_NOTE);
		trace_destroy(t);
		stand_in_free(&s);
	}
}

/* Before and behind a proxy: no message is seen twice. */
static void
through_proxy(void)
{
	struct stand_in s = { .n = 0 };
	struct clock is;
	struct trace *t;

	pass(&s, 1000, -1, -300, 0, A, P, "INVITE sip:bob@b.example SIP/2.0",
	    VIA(A, "a") CALL("", "1 INVITE"));
	pass(&s, 1010, -1, -300, 1, P, B, "INVITE sip:bob@b.example SIP/2.0",
	    VIA(P, "p") VIA(A, "a") CALL("", "1 INVITE"));
	/* Each hop's own, whatever the order. */
	pass(&s, 1001, -1, -300, 0, P, A, "SIP/2.0 100 Trying",
	    VIA(A, "a") CALL("", "1 INVITE"));
	pass(&s, 1015, -1, -300, 1, B, P, "SIP/2.0 100 Trying",
	    VIA(P, "p") VIA(A, "a") CALL("", "1 INVITE"));
	pass(&s, 1100, -1, -300, 1, B, P, "SIP/2.0 200 OK",
	    VIA(P, "p") VIA(A, "a") CALL(";tag=bt", "1 INVITE"));
	pass(&s, 1110, -1, -300, 0, P, A, "SIP/2.0 200 OK",
	    VIA(A, "a") CALL(";tag=bt", "1 INVITE"));
	t = trace_with(&s, NULL, &is);
	CU_ASSERT_EQUAL(is.by, CLOCK_BOTH_WAYS);
	CU_ASSERT_EQUAL(is.ahead, -300 * MS);
	check_way(t, 3, 10 * MS, 0);
	check_way(t, 5, 100 * MS, 0);
	for (uint64_t seq = 1; seq <= trace_count(t); seq++) {
		struct trace_rec rec;

		trace_get(t, seq, &rec);
		if (rec.kind == TRACE_SEND && trace_time_of(t, seq) == 10 * MS)
			CU_ASSERT(trace_int(&rec, "fwd", 0) > 0);
	}
	trace_destroy(t);
	stand_in_free(&s);
}

/* The request alone: it is forwarded when it arrives, and no earlier. */
static void
one_way(void)
{
	struct stand_in s = { .n = 0 };
	struct clock is;
	struct trace *t;

	pass(&s, 1000, -1, -300, 0, A, P, "MESSAGE sip:bob@b.example SIP/2.0",
	    VIA(A, "a") CALL("", "1 MESSAGE"));
	pass(&s, 1010, -1, -300, 1, P, B, "MESSAGE sip:bob@b.example SIP/2.0",
	    VIA(P, "p") VIA(A, "a") CALL("", "1 MESSAGE"));
	t = trace_with(&s, NULL, &is);
	CU_ASSERT_EQUAL(is.by, CLOCK_ONE_WAY);
	CU_ASSERT_EQUAL(is.ahead, -290 * MS);
	check_way(t, 2, 0, 0);
	trace_destroy(t);
	stand_in_free(&s);
}

static void
agreeing(void)
{
	struct stand_in s = { .n = 0 };
	struct clock is;
	struct trace *t;

	simple_call(&s, 0);
	t = trace_with(&s, NULL, &is);
	CU_ASSERT_EQUAL(is.ahead, 0);
	check_way(t, 1, 0, 20 * MS);
	CU_ASSERT(trace_kind_of(t, 1) != TRACE_NOTE);
	trace_destroy(t);
	stand_in_free(&s);
	/* A repeated message says nothing. */
	pass(&s, 1000, 600, 0, 0, A, B, "OPTIONS sip:b SIP/2.0",
	    VIA(A, "a") CALL("", "1 OPTIONS"));
	pass(&s, 1500, 20, 0, 0, A, B, "OPTIONS sip:b SIP/2.0",
	    VIA(A, "a") CALL("", "1 OPTIONS"));
	pass(&s, 1530, 20, 0, 1, B, A, "SIP/2.0 200 OK",
	    VIA(A, "a") CALL(";tag=b", "1 OPTIONS"));
	t = trace_with(&s, NULL, &is);
	CU_ASSERT_EQUAL(is.ahead, 0);
	trace_destroy(t);
	stand_in_free(&s);
}

static void
given(void)
{
	struct clock_given g = { .node = NULL };
	struct clocks_options o = { .given = &g, .ngiven = 1 };
	struct stand_in s = { .n = 0 };
	struct diag d = DIAG_INIT;
	char name[32];
	struct clock is;
	struct trace *t;

	CU_ASSERT_EQUAL(
	    clock_given_read(&g, "2=+0.25", name, sizeof(name), &d), 0);
	CU_ASSERT_EQUAL(g.ahead, 250 * MS);
	simple_call(&s, 250);
	t = trace_with(&s, &o, &is);
	CU_ASSERT_EQUAL(is.by, CLOCK_GIVEN);
	check_way(t, 1, 0, 20 * MS);
	trace_destroy(t);
	o.off = true;
	t = trace_with(&s, &o, &is);
	CU_ASSERT_EQUAL(is.ahead, 0);
	trace_destroy(t);
	CU_ASSERT_EQUAL(
	    clock_given_read(&g, "bob=-3ms", name, sizeof(name), &d), 0);
	CU_ASSERT_EQUAL(g.ahead, -3 * MS);
	CU_ASSERT_STRING_EQUAL(g.node, "bob");
	static const char *const bad[] = { "", "2", "=1", "2=", "2=x", "2=1h",
		"2=nan", "2=1e30" };
	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++)
		CU_ASSERT(
		    clock_given_read(&g, bad[i], name, sizeof(name), &d) != 0);
	stand_in_free(&s);
}

/* By the host that has a point to itself. */
static void
given_host(void)
{
	struct clock_given g = { B, 250 * MS };
	struct clocks_options o = { .given = &g, .ngiven = 1 };
	struct stand_in s = { .n = 0 };
	struct capture_reader raw;
	struct diag d = DIAG_INIT;
	struct clocks *c = NULL;

	pass(&s, 1000, -1, 250, 0, A, P, "MESSAGE sip:bob@b.example SIP/2.0",
	    VIA(A, "a") CALL("", "1 MESSAGE"));
	pass(&s, 1010, -1, 250, 1, P, B, "MESSAGE sip:bob@b.example SIP/2.0",
	    VIA(P, "p") VIA(A, "a") CALL("", "1 MESSAGE"));
	raw = stand_in_reader(&s);
	CU_ASSERT_EQUAL_FATAL(clocks_create(&c, &raw, &o, &d), 0);
	CU_ASSERT_EQUAL(clocks_of(c, 0).ahead, 0);
	CU_ASSERT_EQUAL(clocks_of(c, 1).ahead, 250 * MS);
	clocks_destroy(c);
	/* It is at both. */
	g.node = P;
	CU_ASSERT_EQUAL(clocks_create(&c, &raw, &o, &d), ERR_NOTFOUND);
	CU_ASSERT(d.text[0] != '\0');
	g.node = "nobody";
	CU_ASSERT_EQUAL(clocks_create(&c, &raw, &o, &d), ERR_NOTFOUND);
	stand_in_free(&s);
}

/* Times that nobody would have, and no memory. */
static void
hostile(void)
{
	static const int64_t times[] = { 0, INT64_MAX, INT64_MAX - 1, 1,
		INT64_MAX / 2 };
	struct stand_in s = { .n = 0 };
	struct capture_reader raw;
	struct clocks_options o = { .off = false };
	struct diag d = DIAG_INIT;
	struct clock is;
	struct trace *t;

	for (size_t i = 0; i < 20; i++) {
		char heads[256];

		snprintf(heads, sizeof(heads),
		    VIA(A, "x%zu") CALL("", "%zu OPTIONS"), i, i);
		say(&s, 0, i % 2 == 0 ? A : B, i % 2 == 0 ? B : A,
		    "OPTIONS sip:b SIP/2.0", heads);
		say_again(&s, 0, i % 3 == 0 ? 1 : 40);
		s.m[s.n - 1].t = times[i % 5];
		s.m[s.n - 2].t = times[i * 7 % 5];
	}
	t = trace_with(&s, NULL, &is);
	trace_destroy(t);
	raw = stand_in_reader(&s);
	for (unsigned long n = 1; n < 400; n++) {
		struct clocks *c = NULL;

		mem_fail_from(n);
		if (clocks_create(&c, &raw, &o, &d) == 0)
			clocks_destroy(c);
		else
			CU_ASSERT_PTR_NULL(c);
	}
	mem_fail_from(0);
	stand_in_free(&s);
}

CHECK_MAIN("capture_clocks", { "both_ways", both_ways },
    { "through_proxy", through_proxy }, { "one_way", one_way },
    { "agreeing", agreeing }, { "given", given }, { "given_host", given_host },
    { "hostile", hostile })
