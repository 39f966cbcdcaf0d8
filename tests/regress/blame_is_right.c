/*
 * Whose mistake it is: a proxy that puts its Via below the one a request came
 * with made its callee the one who answers with too many (RFC 3261 16.6 step
 * 8); a BYE without tags was told to be of RFC 2543 and no more, in a call with
 * tags; an ACK with another branch was that, and a missing ACK.  In a run, and
 * in its capture.
 */
#include "fixtures/capture_made.h"
#include "fixtures/inspect_check.h"
#include "fixtures/inspect_scene.h"
#include "fixtures/labs.h"
#include "inference/trace.h"
#include "packets/capture.h"
#include "writing/pcapng_write.h"

#define CALL "0 a>b INVITE sdp=1\n10 b>a 200/INVITE sdp=1\n20 a>b ACK in\n"
#define VIA(host, branch) \
	"Via: SIP/2.0/UDP 192.0.2." host ";branch=z9hG4bK" branch
#define BYE(answer, fields)                                    \
	"900 a>b BYE in cs=2 br=17" fields "\n910 b>a " answer \
	"/BYE\n60000 end\n"
#define REFUSED_ONCE                                                        \
	"1000 a>b INVITE in cs=2 sdp=1 v=2\n1010 b>a 488/INVITE\n1020 a>b " \
	"ACK "                                                              \
	"in cs=2 br=z9hG4bK3\n"
#define AGAIN(at) at " b>a again 200/INVITE\n"
#define BYE_LATE  "36000 a>b BYE in cs=4\n36010 b>a 200/BYE\n60000 end\n"
#define REPEATED \
	AGAIN("3510") AGAIN("4510") AGAIN("6510") AGAIN("10510") BYE_LATE
#define NO_FROM " | From: <sip:a@b.example>"
#define NO_TO   " | To: <sip:b@b.example>"

static const struct {
	const char *what, *scene, *want; /* "rule node" each */
} rows[] = {
	{ "a proxy's Via below",
	    "0 a>p OPTIONS\n5 p>b OPTIONS fwd | -Via | " VIA(
		"1", "0") " | +" VIA("3", "1") "\n10 b>p 200/OPTIONS\n12 p>a "
					       "200/OPTIONS | -Via | " VIA(
						   "1", "0") "\n60000 end\n",
	    "proxy-forward p" },
	{ "a Via too many in a response",
	    "0 a>b OPTIONS\n10 b>a 200/OPTIONS | +" VIA("3", "1") "\n",
	    "response-fields b" },
	{ "a BYE of old without tags", CALL BYE("481", NO_FROM NO_TO),
	    "dialog-request a, form-from-tag a, form-branch a" },
	{ "without its own", CALL BYE("481", NO_FROM),
	    "form-from-tag a, form-branch a" },
	{ "a BYE of old with both", CALL BYE("200", ""), "form-branch a" },
	{ "an ACK's branch",
	    "0 a>b INVITE sdp=1\n10 b>a 486/INVITE\n20 a>b ACK in br=z9hG4bKq "
	    "uri=sip:b@b.example\n510 b>a again 486/INVITE\n60000 end\n",
	    "ack-fields a" },
	{ "the same, and a 180 has named a Contact",
	    "0 a>b INVITE sdp=1\n5 b>a 180/INVITE\n10 b>a 486/INVITE\n"
	    "20 a>b ACK in br=z9hG4bKq uri=sip:b@b.example\n"
	    "510 b>a again 486/INVITE\n60000 end\n",
	    "ack-fields a" },
	{ "the ACK of a 2xx with the number of a refusal that has its own",
	    CALL REFUSED_ONCE "3000 a>b INVITE in cs=3 sdp=1 v=2\n"
			      "3010 b>a 200/INVITE sdp=1 v=2\n"
			      "3200 a>b ACK in cs=2 br=z9hG4bKq\n" REPEATED,
	    "ack-2xx-cseq a" },
	{ "a Date that a proxy passes on",
	    "0 a>p OPTIONS | Date: yesterday\n5 p>b OPTIONS fwd\n10 b>p "
	    "200/OPTIONS | Date: soon\n12 p>a 200/OPTIONS fwd\n60000 end\n",
	    "form-date a, form-date b" },
	{ "a PRACK that repeats a number which must not be",
	    "0 a>b INVITE sdp=1 | Supported: 100rel\n5 b>a 183/INVITE | "
	    "Require: 100rel | RSeq: 0\n10 a>b PRACK in cs=2 | RAck: 0 1 "
	    "INVITE\n12 b>a 200/PRACK\n20 b>a 200/INVITE sdp=1\n30 a>b ACK "
	    "in\n60000 end\n",
	    "reliable-send b" },
};

static struct trace *
export_scene(const struct trace *t)
{
	struct capture_trace_options o = { .detail = TRACE_PROTOCOL };
	struct pcapng_options how = PCAPNG_OPTIONS;
	LOCAL_BUF bytes = BUF_INIT, out = BUF_INIT;
	struct capture_reader reader;
	struct diag d = DIAG_INIT;
	struct capture *c = NULL;
	struct trace *again = NULL;

	if (pcapng_write(t, &how, lab_sink, &bytes, &d) == 0)
		c = made_open(&bytes);
	if (c != NULL) {
		reader = capture_reader_of(c);
		if (capture_trace(&reader, &o, lab_sink, &out, &d) == 0)
			trace_load_buf(&again, &out, "scene", &d);
	}
	capture_close(c);
	return again;
}

/* Rules and nodes of what is found, but for remarks; of a capture "192.0.2.1"
 * is a. */
static void
put_findings(const struct trace *t, struct buf *out)
{
	struct inspect *in = inspect_trace(t, "scene");

	buf_clear(out);
	for (size_t i = 0; i < inspect_report(in)->nfindings; i++) {
		const struct inspect_finding *f =
		    &inspect_report(in)->findings[i];
		const struct inspect_clause *c = inspect_clause_at(f->clause);
		struct str who = f->name;

		if (c->severity == INSPECT_REMARK)
			continue;
		if (who.n > 1)
			who = str_slice(
			    STR(" abp"), (size_t)(who.p[who.n - 1] - '0'), 5);
		buf_printf(out, "%s%s %.1s", out->n > 0 ? ", " : "",
		    rule_at(c->rule)->key, who.p);
	}
	inspect_destroy(in);
}

static void
finds(size_t row, const char *in, const struct trace *t)
{
	LOCAL_BUF found = BUF_INIT;

	CU_ASSERT_PTR_NOT_NULL(t);
	if (t != NULL)
		put_findings(t, &found);
	if (!str_is(buf_view(&found), rows[row].want))
		printf("BAD %s, %s: \"%s\" instead of \"%s\"\n", rows[row].what,
		    in, buf_cstr(&found), rows[row].want);
	CU_ASSERT(str_is(buf_view(&found), rows[row].want));
}

static void
mistakes_are_their_makers(void)
{
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct buf out = BUF_INIT;
		struct diag d = DIAG_INIT;
		struct trace *t = NULL, *c;

		scene_write(rows[i].scene, true, &out);
		CU_ASSERT_EQUAL_FATAL(trace_load_buf(&t, &out, "scene", &d), 0);
		c = export_scene(t);
		finds(i, "run", t);
		finds(i, "capture", c);
		trace_destroy(c);
		trace_destroy(t);
	}
}

CHECK_MAIN("blame is right",
    { "mistakes are their makers'", mistakes_are_their_makers })
