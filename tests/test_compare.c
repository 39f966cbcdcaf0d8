/* Equal ladders and what is said of unequal ones. */
#include "base/err.h"
#include "base/mem.h"
#include "check.h"
#include "trace/compare.h"

#include <string.h>

static struct ladder *
ladder_of(const char *lines)
{
	struct diag d = DIAG_INIT;
	struct ladder *l;

	CU_ASSERT_EQUAL_FATAL(ladder_create(&l), 0);
	if (ladder_add_lines(l, str_of(lines), "ref", &d) != 0)
		printf("  %u: %s\n", d.line, d.text);
	CU_ASSERT_EQUAL(d.err, 0);
	return l;
}

/* Compares; EXPLAINED is what is said without the good ones. */
static bool
says(const char *want, const char *got, const struct ladder_name *names,
    size_t nnames, const char *explained)
{
	struct ladder *w = ladder_of(want), *g = ladder_of(got);
	struct buf out = BUF_INIT;
	struct ladder_diff d;
	bool same;

	CU_ASSERT_EQUAL_FATAL(ladder_compare(&d, w, g, names, nnames), 0);
	CU_ASSERT_EQUAL(d.good + d.bad + d.missing, d.count);
	CU_ASSERT_EQUAL(d.equal, explained[0] == '\0');
	ladder_explain(&d, w, g, false, &out);
	same = strcmp(buf_cstr(&out), explained) == 0;
	if (!same)
		printf("  got:\n%s  wanted:\n%s", buf_cstr(&out), explained);
	buf_free(&out);
	ladder_diff_free(&d);
	ladder_destroy(w);
	ladder_destroy(g);
	return same;
}

#define CALL                              \
	"alice -> atl INVITE\n"           \
	"atl -> alice 100 after 1\n"      \
	"atl -> bob INVITE after 1\n"     \
	"bob -> atl 180 after 3\n"        \
	"atl -> alice 180 after 4\n"      \
	"bob -> atl 200 INVITE after 3\n" \
	"atl -> alice 200 after 6\n"      \
	"alice -> bob ACK after 7\n"

static void
equal(void)
{
	CU_ASSERT(says("", "", NULL, 0, ""));
	CU_ASSERT(says(CALL, CALL, NULL, 0, ""));
	/* The 100 may cross the forwarded INVITE. */
	CU_ASSERT(says(CALL,
	    "alice -> atl INVITE\natl -> bob INVITE\nbob -> atl 180\n"
	    "atl -> alice 100\nbob -> atl 200\natl -> alice 180\n"
	    "atl -> alice 200\nalice -> bob ACK\n",
	    NULL, 0, ""));
	/* Comments and empty lines, a CSeq method on one side only. */
	CU_ASSERT(says(
	    "# a call\n\n  a -> b 200 BYE\r\n", "a -> b 200", NULL, 0, ""));
}

static void
names(void)
{
	static const struct ladder_name map[] = { { "Proxy1", "atl" },
		{ "Alice", "alice" } };

	CU_ASSERT(
	    says("Alice -> Proxy1 INVITE", "alice -> atl INVITE", map, 2, ""));
	CU_ASSERT(says("Alice -> Proxy1 INVITE", "alice -> atl INVITE", map, 1,
	    "MISSING  Alice -> Proxy1 INVITE\n"
	    "BAD      alice -> atl INVITE: not expected\n"));
}

static void
unequal(void)
{
	CU_ASSERT(says("a -> b INVITE\nb -> a 180\nb -> a 200\n",
	    "a -> b INVITE\nb -> a 200\n", NULL, 0, "MISSING  b -> a 180\n"));
	CU_ASSERT(says("a -> b INVITE\nb -> a 200\n",
	    "a -> b INVITE\nb -> a 180\nb -> a 200\n", NULL, 0,
	    "BAD      b -> a 180: not expected\n"));
	CU_ASSERT(says("a -> b INVITE\nb -> a 180\nb -> a 200\n",
	    "a -> b INVITE\nb -> a 183\nb -> a 200\n", NULL, 0,
	    "BAD      b -> a 180: found b -> a 183 in its place\n"));
	CU_ASSERT(says("b -> a 100\nb -> a 180\nb -> a 200\n",
	    "b -> a 180\nb -> a 100\nb -> a 200\n", NULL, 0,
	    "BAD      b -> a 180: out of order between these two\n"));
	CU_ASSERT(says("b -> a 200 INVITE", "b -> a 200 BYE", NULL, 0,
	    "BAD      b -> a 200 INVITE: found b -> a 200 BYE in its "
	    "place\n"));
	CU_ASSERT(
	    says("a -> b INVITE", "", NULL, 0, "MISSING  a -> b INVITE\n"));
	CU_ASSERT(says("", "a -> b INVITE", NULL, 0,
	    "BAD      a -> b INVITE: not expected\n"));
	/* Nothing alike. */
	CU_ASSERT(says("a -> b X\na -> b Y\n", "a -> b P\n", NULL, 0,
	    "BAD      a -> b X: found a -> b P in its place\n"
	    "MISSING  a -> b Y\n"));
}

static void
causes(void)
{
	/* The reference knows that the second follows from the first. */
	CU_ASSERT(says("a -> p INVITE\np -> b INVITE after 1\n",
	    "p -> b INVITE\na -> p INVITE\n", NULL, 0,
	    "BAD      p -> b INVITE: before its cause, a -> p INVITE\n"));
	/* It does not, but the other ladder does. */
	CU_ASSERT(says("p -> b INVITE\na -> p INVITE\n",
	    "a -> p INVITE\np -> b INVITE after 1\n", NULL, 0,
	    "BAD      p -> b INVITE: before its cause, a -> p INVITE\n"));
	/* Nobody does: free. */
	CU_ASSERT(says("a -> p INVITE\np -> b INVITE\n",
	    "p -> b INVITE\na -> p INVITE\n", NULL, 0, ""));
}

static void
lines(void)
{
	static const char *const bad[] = { "alice", "alice atl INVITE",
		"alice -> atl", "alice => atl INVITE", "a -> b INVITE after 0",
		"a -> b INVITE after 2", "a -> b INVITE after",
		"a -> b INVITE after 1 2", "a -> b 200 BYE x", "-> a -> b" };

	for (size_t i = 0; i < sizeof(bad) / sizeof(*bad); i++) {
		struct ladder *l = ladder_of("x -> y OPTIONS\n");
		struct diag d = DIAG_INIT;

		CU_ASSERT_EQUAL(
		    ladder_add_line(l, str_of(bad[i]), "check.lua", 12, &d),
		    ERR_SYNTAX);
		CU_ASSERT(d.line == 12 && strstr(d.text, bad[i]) != NULL);
		CU_ASSERT_EQUAL(ladder_count(l), 1);
		ladder_destroy(l);
	}
	ladder_destroy(NULL);
}

static void
added(void)
{
	struct ladder_message m = { STR("a"), STR("b"), STR("INVITE"),
		STR("INVITE"), LADDER_NONE, 0, 0 };
	struct buf out = BUF_INIT;
	struct ladder *l;

	CU_ASSERT_EQUAL_FATAL(ladder_create(&l), 0);
	CU_ASSERT_EQUAL(ladder_add(l, &m), 0);
	m.cause = 1;
	CU_ASSERT_EQUAL(ladder_add(l, &m), ERR_RANGE);
	m.cause = 0;
	m.start = STR("200");
	m.cseq_method = STR("BYE");
	CU_ASSERT_EQUAL(ladder_add(l, &m), 0);
	ladder_write(ladder_get(l, 0), &out);
	CU_ASSERT_STRING_EQUAL(buf_cstr(&out), "a -> b INVITE");
	buf_clear(&out);
	ladder_write(ladder_get(l, 1), &out);
	CU_ASSERT_STRING_EQUAL(buf_cstr(&out), "a -> b 200 BYE");
	buf_free(&out);
	ladder_destroy(l);
}

#define SEND(seq, cause, src, dst, start, cseq, more)           \
	"{\"seq\":" #seq ",\"t\":0,\"kind\":\"send\"" cause     \
	",\"proto\":\"sip\",\"src\":\"" src "\",\"dst\":\"" dst \
	"\",\"start\":" start ",\"cseq\":\"1 " cseq "\"" more "}\n"
#define FROM(n) ",\"cause\":" #n

static const char run[] = "{\"kind\":\"trace\",\"version\":1}\n" SEND(1, "",
    "a", "p", "\"INVITE\"", "INVITE",
    "") "{\"seq\":2,\"t\":0,\"kind\":\"timer\",\"cause\":1,\"op\":\"fire\"}"
	"\n" SEND(3, FROM(2), "a", "p", "\"INVITE\"", "INVITE",
	    ",\"retx\":1") "{\"seq\":4,\"t\":0,\"kind\":\"note\",\"cause\":1}\n"
			   "{\"seq\":5,\"t\":0,\"kind\":\"recv\",\"cause\":4,"
			   "\"of\":1}\n"
			   "{\"seq\":6,\"t\":0,\"kind\":\"send\",\"cause\":5,"
			   "\"proto\":"
			   "\"location\",\"src\":\"p\",\"dst\":\"l\"}\n" SEND(7,
			       FROM(6), "p", "b", "\"INVITE\"", "INVITE",
			       ",\"fwd\":5") "{\"seq\":8,\"t\":0,\"kind\":"
					     "\"recv\",\"cause\":7,\"of\":7}"
					     "\n" SEND(9, FROM(8), "b", "p",
						 "180", "INVITE", "");

static struct trace *
run_trace(void)
{
	struct buf b = BUF_INIT;
	struct diag d = DIAG_INIT;
	struct trace *t;

	buf_puts(&b, run);
	if (trace_load_buf(&t, &b, "run", &d) != 0)
		printf("  %u: %s\n", d.line, d.text);
	CU_ASSERT_FATAL(t != NULL);
	return t;
}

static void
from_trace(void)
{
	struct ladder_options o = { .retransmissions = true };
	struct trace *t = run_trace();
	struct ladder *l;

	CU_ASSERT_EQUAL_FATAL(ladder_from_trace(&l, t, NULL), 0);
	CU_ASSERT_EQUAL_FATAL(ladder_count(l), 3);
	CU_ASSERT_EQUAL(ladder_get(l, 0)->cause, LADDER_NONE);
	CU_ASSERT_EQUAL(ladder_get(l, 1)->cause, 0);
	CU_ASSERT_EQUAL(ladder_get(l, 1)->seq, 7);
	CU_ASSERT_EQUAL(ladder_get(l, 2)->cause, 1);
	CU_ASSERT(str_is(ladder_get(l, 2)->start, "180"));
	CU_ASSERT(str_is(ladder_get(l, 2)->cseq_method, "INVITE"));
	ladder_destroy(l);
	CU_ASSERT_EQUAL_FATAL(ladder_from_trace(&l, t, &o), 0);
	CU_ASSERT_EQUAL(ladder_count(l), 4);
	CU_ASSERT_EQUAL(ladder_get(l, 1)->cause, 0);
	ladder_destroy(l);
	o = (struct ladder_options){ .proto = "location", .to_seq = 8 };
	CU_ASSERT_EQUAL_FATAL(ladder_from_trace(&l, t, &o), 0);
	CU_ASSERT_EQUAL_FATAL(ladder_count(l), 1);
	CU_ASSERT(str_is(ladder_get(l, 0)->to, "l"));
	CU_ASSERT_EQUAL(ladder_get(l, 0)->start.n, 0);
	ladder_destroy(l);
	trace_destroy(t);
}

/* Long ladders that differ everywhere take linear time. */
static void
long_ones(void)
{
	struct ladder_message m = { STR("a"), STR("b"), STR_NULL, STR_NULL,
		LADDER_NONE, 0, 0 };
	struct ladder *w, *g;
	struct ladder_diff d;
	char start[16];

	CU_ASSERT_EQUAL_FATAL(ladder_create(&w), 0);
	CU_ASSERT_EQUAL_FATAL(ladder_create(&g), 0);
	for (int i = 0; i < 20000; i++) {
		snprintf(start, sizeof(start), "W%d", i);
		m.start = str_of(i % 1000 == 0 ? "SYNC" : start);
		CU_ASSERT_EQUAL(ladder_add(w, &m), 0);
		start[0] = 'G';
		m.start = str_of(i % 1000 == 0 ? "SYNC" : start);
		CU_ASSERT_EQUAL(ladder_add(g, &m), 0);
	}
	CU_ASSERT_EQUAL(ladder_compare(&d, w, g, NULL, 0), 0);
	CU_ASSERT_EQUAL(d.good, 20);
	CU_ASSERT(d.good + d.bad + d.missing == d.count && !d.equal);
	ladder_diff_free(&d);
	ladder_destroy(w);
	ladder_destroy(g);
}

static void
no_memory(void)
{
	struct trace *t = run_trace();
	int err = ERR_NOMEM;

	for (unsigned long n = 1; err != 0 && n < 1000; n++) {
		struct ladder *w = NULL, *g = NULL;
		struct ladder_diff d = { 0 };
		struct diag diag = DIAG_INIT;
		struct buf out = BUF_INIT;

		mem_fail_from(n);
		err = ladder_from_trace(&g, t, NULL);
		if (err == 0)
			err = ladder_create(&w);
		if (err == 0)
			err = ladder_add_lines(w, STR(CALL), "x", &diag);
		if (err == 0)
			err = ladder_compare(&d, w, g, NULL, 0);
		if (err == 0) {
			ladder_explain(&d, w, g, true, &out);
			err = out.err;
		}
		mem_fail_from(0);
		CU_ASSERT(err == 0 || err == ERR_NOMEM);
		buf_free(&out);
		ladder_diff_free(&d);
		ladder_destroy(w);
		ladder_destroy(g);
	}
	CU_ASSERT_EQUAL(err, 0);
	trace_destroy(t);
}

CHECK_MAIN("compare", { "equal", equal }, { "names", names },
    { "unequal", unequal }, { "causes", causes }, { "lines", lines },
    { "added", added }, { "from a trace", from_trace },
    { "long ones", long_ones }, { "no memory", no_memory })
