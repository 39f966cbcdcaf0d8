/* Faults as scripts say them: which messages they hit, and what they do. */
#include "fixtures/check.h"
#include "fixtures/labs.h"

static void
run_script(const char *text, struct buf *out, struct diag *d)
{
	struct inputs in;

	memset(&in, 0, sizeof(in));
	memset(d, 0, sizeof(*d));
	in.script = mem_strdup(text);
	in.script_file = mem_strdup("lab.lua");
	in.folder = mem_strdup(".");
	in.detail = TRACE_PROTOCOL;
	buf_clear(out);
	lab_run_inputs(&in, 0, out, d);
	inputs_free(&in);
}

/* Lines of the trace that hold all of A, B, C (NULL: anything). */
static size_t
count(const struct buf *out, const char *a, const char *b, const char *c)
{
	struct str rest = buf_view(out);
	size_t n = 0;

	while (rest.n > 0) {
		struct str line = str_cut(rest, '\n', &rest);

		n += str_find(line, a) >= 0 &&
		     (b == NULL || str_find(line, b) >= 0) &&
		     (c == NULL || str_find(line, c) >= 0);
	}
	return n;
}

#define SEND  "\"kind\":\"send\""
#define FAULT "\"kind\":\"fault\""

/* One call in the star, whose servers ask a location service of its own. */
#define STAR                                                  \
	"lab { topology = \"star.gv\", duration = \"4s\" }\n" \
	"script(function()\n"                                 \
	"	sleep \"1s\"\n"                                     \
	"	node(\"dora\"):invite \"sip:anna@example.com\"\n"   \
	"end)\n"

/* The messages of the location protocol have methods, too. */
static void
hits_location_messages(void)
{
	LOCAL_BUF out = BUF_INIT;
	struct diag d;

	run_script(STAR, &out, &d);
	CU_ASSERT_EQUAL(d.err, 0);
	CU_ASSERT_EQUAL(count(&out, SEND, "\"start\":\"query\"", NULL), 1);
	CU_ASSERT_EQUAL(count(&out, SEND, "\"start\":\"store\"", NULL), 4);
	/* method and cseq mean the same here. */
	run_script(STAR "fault { method = \"query\", nth = 1, drop = true }\n",
	    &out, &d);
	CU_ASSERT_EQUAL(d.err, 0);
	CU_ASSERT_EQUAL(count(&out, SEND, "\"start\":\"query\"", NULL), 2);
	CU_ASSERT_EQUAL(count(&out, FAULT, "\"effect\":\"drop\"", NULL), 1);
	run_script(STAR "fault { cseq = \"query\", drop = true }\n", &out, &d);
	CU_ASSERT_EQUAL(d.err, 0);
	CU_ASSERT_EQUAL(count(&out, SEND, "\"start\":\"query\"", NULL), 3);
	CU_ASSERT_EQUAL(count(&out, FAULT, "\"effect\":\"drop\"", NULL), 3);
	/* first=true leaves the repetitions of a question alone. */
	run_script(STAR "fault { cseq = \"query\", first = true, drop = true "
			"}\n",
	    &out, &d);
	CU_ASSERT_EQUAL(count(&out, FAULT, "\"effect\":\"drop\"", NULL), 1);
	run_script(STAR "fault { method = \"store\", src = \"reg\", dst = "
			"\"loc\", every = 2, delay = \"1s\" }\n",
	    &out, &d);
	CU_ASSERT_TRUE(count(&out, FAULT, "\"effect\":\"delay\"", NULL) >= 2);
	run_script(STAR "fault { method = \"answer\", dst = \"px\", rewrite = "
			"function(t) return (t:gsub(\"anna@\", \"ben@\")) end "
			"}\n",
	    &out, &d);
	CU_ASSERT_EQUAL(d.err, 0);
	CU_ASSERT_EQUAL(count(&out, FAULT, "\"effect\":\"rewrite\"", NULL), 1);
	CU_ASSERT_TRUE(count(&out, SEND, "INVITE sip:ben@", NULL) > 0);
	/* A method of SIP does not mean them. */
	run_script(STAR "fault { cseq = \"INVITE\", drop = true }\n", &out, &d);
	CU_ASSERT_EQUAL(
	    count(&out, FAULT, NULL, NULL), count(&out, SEND, "INVITE", NULL));
}

static void
cuts(void)
{
	LOCAL_BUF out = BUF_INIT;
	struct diag d;

	run_script(STAR "fault { method = \"INVITE\", nth = 1, cut = 100 }\n",
	    &out, &d);
	CU_ASSERT_EQUAL(d.err, 0);
	CU_ASSERT_EQUAL(
	    count(&out, FAULT, "\"effect\":\"cut\"", "\"cut\":100"), 1);
	/* A datagram has no connection that could break off. */
	CU_ASSERT_TRUE(
	    count(&out, "\"kind\":\"recv\"", "\"node\":\"anna\"", NULL) > 0);
	run_script(STAR "fault { cut = 0 }\n", &out, &d);
	CU_ASSERT_EQUAL(d.err, 0);
	run_script(STAR "fault { cut = \"x\" }\n", &out, &d);
	CU_ASSERT_PTR_NOT_NULL(
	    strstr(d.text, "“x” is not a value for cut; expected a number"));
	CU_ASSERT_EQUAL(d.line, 6);
}

/* The first of several mistakes is the same on every run. */
static void
says_the_same_mistake(void)
{
	LOCAL_BUF out = BUF_INIT;
	struct diag d;

	for (int i = 0; i < 8; i++) {
		run_script(STAR "fault { nth = 0, every = 0, dst = \"nobody\","
				" src = \"nobody\", status = 1 }\n",
		    &out, &d);
		CU_ASSERT_PTR_NOT_NULL(
		    strstr(d.text, "“nobody” is not a value for dst"));
	}
}

/* What travels instead stands in the fault's record, whether it arrives or not.
 */
static void
keeps_what_travels(void)
{
	LOCAL_BUF out = BUF_INIT;
	struct diag d;

	run_script(STAR "fault { method = \"query\", nth = 1, rewrite = "
			"function(t) return \"lost\" end }\n"
			"fault { method = \"query\", nth = 1, drop = true }\n",
	    &out, &d);
	CU_ASSERT_EQUAL(d.err, 0);
	CU_ASSERT_EQUAL(
	    count(&out, FAULT, "\"effect\":\"rewrite\"", "\"text\":\"lost\""),
	    1);
	CU_ASSERT_EQUAL(
	    count(&out, FAULT, "\"effect\":\"drop\"", "\"text\""), 0);
	/* Damage after rewriting: of the new text. */
	run_script(STAR "fault { method = \"query\", nth = 1, corrupt = 1, "
			"rewrite = function(t) return \"aaaa\" end }\n",
	    &out, &d);
	CU_ASSERT_EQUAL(d.err, 0);
	CU_ASSERT_EQUAL(count(&out, FAULT, "aa", "\"text\""), 1);
	CU_ASSERT_EQUAL(count(&out, FAULT, "aaaa", NULL), 0);
}

CHECK_MAIN("fault", { "hits_location_messages", hits_location_messages },
    { "keeps_what_travels", keeps_what_travels }, { "cuts", cuts },
    { "says_the_same_mistake", says_the_same_mistake })
