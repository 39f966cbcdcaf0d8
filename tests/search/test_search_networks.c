/*
 * What two nodes tell of the same thing must agree when all is quiet: circuits,
 * users of a home subscriber server, media; and messages must not grow.  Each
 * is planted in a trace written by hand, once as it should be and once not; no
 * lab without faults shows any.
 */
#include "base/err.h"
#include "fixtures/check.h"
#include "fixtures/labs.h"
#include "search/judge.h"

#include <string.h>

#define HEAD                                                          \
	"{\"kind\":\"trace\",\"version\":1,\"nodes\":["               \
	"{\"name\":\"a\",\"addr\":\"192.0.2.1\"},"                    \
	"{\"name\":\"b\",\"addr\":\"192.0.2.2\"},"                    \
	"{\"name\":\"s\",\"role\":\"registrar location\",\"addr\":"   \
	"\"192.0.2.3\"},{\"name\":\"hss\",\"role\":\"hss\",\"addr\":" \
	"\"192.0.2.4\"}]}\n"

/* A line: its time in seconds, its node and what it says. */
#define LINE(t, node, rest) #t "000000000,\"node\":\"" node "\"," rest
#define FSM(t, node, machine, id, to)                                   \
	LINE(t, node,                                                   \
	    "\"kind\":\"fsm\",\"machine\":\"" machine "\",\"id\":\"" id \
	    "\",\"to\":\"" to "\"")
#define CIRCUIT(t, node, id, to) FSM(t, node, "circuit", id, to)
#define USER(t, to)                              \
	FSM(t, "hss", "hss-user", "sip:u@h", to) \
	",\"server\":\"sip:192.0.2.3:5060\""
#define BINDING(t, op)                                                    \
	LINE(t, "s",                                                      \
	    "\"kind\":\"binding\",\"op\":\"" op "\",\"aor\":\"sip:u@h\"," \
	    "\"contact\":\"sip:u@192.0.2.1\",\"expires\":9000000000000")
#define ACT(t, verb, on) \
	LINE(t, on, "\"kind\":\"act\",\"verb\":\"" verb "\",\"on\":\"" on "\"")
#define CALL(t, state) \
	LINE(t, "a", "\"kind\":\"call\",\"id\":\"a/1\",\"state\":\"" state "\"")
#define MEDIA(t, op)                                                 \
	LINE(t, "a",                                                 \
	    "\"kind\":\"media\",\"op\":\"" op "\",\"call\":\"a/1\"," \
	    "\"type\":\"audio\",\"peer\":\"192.0.2.2:4000\",\"ssrc\":7")

#define INVITE(t)                                                      \
	LINE(t, "b",                                                   \
	    "\"kind\":\"send\",\"src\":\"b\",\"dst\":\"a\",\"start\":" \
	    "\"INVITE\",\"call_id\":\"call@x\"")
#define COMES(t)    LINE(t, "a", "\"kind\":\"recv\",\"of\":1")
#define HELD(t, to) FSM(t, "a", "script", "call@x", to) ",\"cause\":2"
#define DIALOG(t, to)                                                         \
	LINE(t, "b",                                                          \
	    "\"kind\":\"dialog\",\"id\":\"d\",\"to\":\"" to "\",\"call_id\":" \
	    "\"call@x\",\"local_tag\":\"1\",\"remote_tag\":\"2\"")

#define MOST 8

static const struct row {
	const char *what;
	const char *lines[MOST];
	enum invariant found; /* COUNT: nothing is */
	const char *node;
} rows[] = {
	{ "both ends have seized",
	    { CIRCUIT(1, "a", "b:1", "outgoing"),
		CIRCUIT(1, "b", "a:1", "incoming") },
	    INVARIANT_COUNT, NULL },
	{ "one end has never heard of it",
	    { CIRCUIT(1, "a", "b:1", "outgoing"),
		CIRCUIT(1, "b", "a:2", "incoming"),
		CIRCUIT(1, "a", "b:2", "outgoing") },
	    INVARIANT_CIRCUIT, "a" },
	{ "one end is idle again",
	    { CIRCUIT(1, "a", "b:1", "outgoing"),
		CIRCUIT(1, "b", "a:1", "incoming"),
		CIRCUIT(2, "b", "a:1", "idle") },
	    INVARIANT_CIRCUIT, "a" },
	{ "a timer will tell",
	    { CIRCUIT(1, "a", "b:1", "outgoing"),
		LINE(1, "a",
		    "\"kind\":\"timer\",\"op\":\"set\",\"name\":\"T7\","
		    "\"machine\":\"sip-isup\",\"id\":\"x\","
		    "\"due\":20000000000") },
	    INVARIANT_COUNT, NULL },
	{ "the other end is down",
	    { CIRCUIT(1, "a", "b:1", "outgoing"), ACT(2, "crash", "b") },
	    INVARIANT_COUNT, NULL },
	{ "who is registered is bound",
	    { USER(1, "registered"), BINDING(1, "add") }, INVARIANT_COUNT,
	    NULL },
	{ "nobody has him", { USER(1, "registered") }, INVARIANT_HOME, "hss" },
	{ "the registrar has let him go",
	    { USER(1, "registered"), BINDING(1, "add"), BINDING(2, "remove") },
	    INVARIANT_HOME, "hss" },
	{ "the server has let him go",
	    { USER(1, "registered"), BINDING(1, "add"),
		USER(2, "not-registered") },
	    INVARIANT_HOME, "hss" },
	{ "he has yet to prove it", { USER(1, "auth-pending") },
	    INVARIANT_COUNT, NULL },
	{ "his S-CSCF is down", { USER(1, "registered"), ACT(2, "crash", "s") },
	    INVARIANT_COUNT, NULL },
	{ "a program holds a call", { INVITE(1), COMES(1), HELD(1, "held") },
	    INVARIANT_HELD, "a" },
	{ "somebody is in it",
	    { INVITE(1), COMES(1), HELD(1, "held"), DIALOG(2, "confirmed") },
	    INVARIANT_COUNT, NULL },
	{ "it is over, and held",
	    { INVITE(1), COMES(1), HELD(1, "held"), DIALOG(2, "confirmed"),
		DIALOG(3, "terminated") },
	    INVARIANT_HELD, "a" },
	{ "it has let it go",
	    { INVITE(1), COMES(1), HELD(1, "held"), HELD(3, "terminated") },
	    INVARIANT_COUNT, NULL },
	{ "what it tells of is no call",
	    { USER(1, "registered"), BINDING(1, "add"), HELD(2, "held") },
	    INVARIANT_COUNT, NULL },
	{ "the program is down",
	    { INVITE(1), COMES(1), HELD(1, "held"), ACT(2, "crash", "a") },
	    INVARIANT_COUNT, NULL },
	{ "media of a call",
	    { CALL(1, "confirmed"), MEDIA(1, "agree"), MEDIA(2, "flow") },
	    INVARIANT_COUNT, NULL },
	{ "media end with it",
	    { CALL(1, "confirmed"), MEDIA(1, "agree"), MEDIA(2, "flow"),
		MEDIA(3, "stop"), CALL(3, "terminated") },
	    INVARIANT_COUNT, NULL },
	{ "media flow on",
	    { CALL(1, "confirmed"), MEDIA(1, "agree"), MEDIA(2, "flow"),
		CALL(3, "terminated") },
	    INVARIANT_STREAM, "a" },
	{ "media of no call", { MEDIA(1, "agree"), MEDIA(2, "flow") },
	    INVARIANT_COUNT, NULL },
};

static const enum invariant all[] = { INVARIANT_CIRCUIT, INVARIANT_HOME,
	INVARIANT_HELD, INVARIANT_STREAM, INVARIANT_GROWS };

static bool
is_one_of_these(const struct finding *f)
{
	for (size_t i = 0; i < sizeof(all) / sizeof(all[0]); i++)
		if (f->what == all[i])
			return true;
	return false;
}

/* What is found in T of these; INVARIANT_COUNT: nothing. */
static enum invariant
found_in(const struct trace *t, struct str *node)
{
	struct judged j;
	enum invariant what = INVARIANT_COUNT;

	CU_ASSERT_FATAL(judged_make(&j, t, NULL) == 0);
	for (size_t i = 0; i < j.findings.n; i++)
		if (is_one_of_these(&j.findings.list[i])) {
			what = j.findings.list[i].what;
			*node = trace_name(t, j.findings.list[i].node);
		}
	judged_free(&j);
	return what;
}

static struct trace *
trace_of(const struct buf *text)
{
	struct buf b = BUF_INIT;
	struct diag d = DIAG_INIT;
	struct trace *t = NULL;

	buf_str(&b, buf_view(text));
	if (trace_load_buf(&t, &b, "x", &d) != 0)
		printf("  %s\n", d.text);
	CU_ASSERT_FATAL(t != NULL);
	return t;
}

static void
differences_are_found(void)
{
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct buf b = BUF_INIT;
		struct str node = STR_NULL;
		struct trace *t;
		enum invariant what;

		buf_puts(&b, HEAD);
		for (size_t k = 0; k < MOST && rows[i].lines[k] != NULL; k++)
			buf_printf(&b, "{\"seq\":%zu,\"t\":%s}\n", k + 1,
			    rows[i].lines[k]);
		t = trace_of(&b);
		what = found_in(t, &node);
		if (what != rows[i].found)
			printf("  %s\n", rows[i].what);
		CU_ASSERT_EQUAL(what, rows[i].found);
		if (rows[i].node != NULL)
			CU_ASSERT(str_is(node, rows[i].node));
		trace_destroy(t);
		buf_free(&b);
	}
}

/* An act, then COUNTS messages in the three minutes after it, and behind them a
 * call, where it CALLS. */
static enum invariant
rest_before(const unsigned counts[3], int64_t minute_s, bool calls)
{
	LOCAL_BUF b = BUF_INIT;
	struct str node = STR_NULL;
	struct trace *t;
	enum invariant what;
	size_t seq = 1;

	buf_puts(&b, HEAD "{\"seq\":1,\"t\":0,\"node\":\"a\",\"kind\":\"act\","
			  "\"verb\":\"invite\",\"on\":\"a\"}\n");
	for (int64_t i = 0; i < 3; i++)
		for (unsigned k = 0; k < counts[i]; k++)
			buf_printf(&b,
			    "{\"seq\":%zu,\"t\":%lld,\"node\":\"b\",\"kind\":"
			    "\"send\"}\n",
			    ++seq,
			    (long long)(i * minute_s * 1000000000 +
					k * 1000000));
	if (calls)
		buf_printf(&b,
		    "{\"seq\":%zu,\"t\":%lld,\"node\":\"b\",\"kind\":\"call\","
		    "\"id\":\"b/1\",\"from\":\"idle\",\"state\":\"calling\"}\n",
		    ++seq, (long long)(3 * minute_s * 1000000000));
	buf_printf(&b, "{\"seq\":%zu,\"t\":%lld,\"kind\":\"end\"}\n", ++seq,
	    (long long)(3 * minute_s * 1000000000));
	t = trace_of(&b);
	what = found_in(t, &node);
	trace_destroy(t);
	return what;
}

static enum invariant
rest(const unsigned counts[3], int64_t minute_s)
{
	return rest_before(counts, minute_s, false);
}

static void
growth_is_found(void)
{
	/* A program that makes calls does something. */
	CU_ASSERT_EQUAL(
	    rest_before((unsigned[]){ 5, 20, 50 }, 60, true), INVARIANT_COUNT);
	CU_ASSERT_EQUAL(rest((unsigned[]){ 5, 20, 50 }, 60), INVARIANT_GROWS);
	/* As many, fewer, a little more, once more; too short a time. */
	CU_ASSERT_EQUAL(rest((unsigned[]){ 50, 50, 50 }, 60), INVARIANT_COUNT);
	CU_ASSERT_EQUAL(rest((unsigned[]){ 50, 20, 5 }, 60), INVARIANT_COUNT);
	CU_ASSERT_EQUAL(rest((unsigned[]){ 5, 6, 7 }, 60), INVARIANT_COUNT);
	CU_ASSERT_EQUAL(rest((unsigned[]){ 5, 90, 50 }, 60), INVARIANT_COUNT);
	CU_ASSERT_EQUAL(rest((unsigned[]){ 5, 20, 50 }, 10), INVARIANT_COUNT);
}

static void
lab_shows_none(const char *file)
{
	struct lab_options o = LAB_OPTIONS;
	struct trace *t = lab_trace(file, &o);
	struct str node = STR_NULL;
	enum invariant what;

	CU_ASSERT_FATAL(t != NULL);
	what = found_in(t, &node);
	if (what != INVARIANT_COUNT)
		printf("  %s: %s at %.*s\n", file, invariant_rows[what].word,
		    STR_ARG(node));
	CU_ASSERT_EQUAL(what, INVARIANT_COUNT);
	trace_destroy(t);
}

static void
labs_show_none(void)
{
	labs_each_nth(lab_shows_none, true, LABS_SOME);
}

CHECK_MAIN("search in networks", { "differences", differences_are_found },
    { "growth", growth_is_found }, { "labs", labs_show_none })
