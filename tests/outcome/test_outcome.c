/*
 * Each outcome with a small scene that has it, and one that nearly has it: as a
 * run, and as the capture of that.  And a reader that fails at each allocation,
 * and traces of which lines are missing, or changed.
 */
#include "base/err.h"
#include "base/mem.h"
#include "fixtures/check.h"
#include "fixtures/exported.h"
#include "fixtures/inspect_scene.h"
#include "outcome/outcome.h"
#include "outcome/troubles.h"

#define RING                   \
	"0 a>b INVITE sdp=1\n" \
	"10 b>a 100/INVITE\n"  \
	"20 b>a 180/INVITE\n"
#define CALL                               \
	RING "1000 b>a 200/INVITE sdp=1\n" \
	     "1010 a>b ACK in\n"
#define OVER                      \
	"90000 a>b BYE in cs=9\n" \
	"90010 b>a 200/BYE\n"
/* A request, sent again as RFC 3261 says, each time with WORDS. */
#define SEVEN(who, what, words)                    \
	"0 " who " " what " " words "\n"           \
	"500 " who " again " what " " words "\n"   \
	"1500 " who " again " what " " words "\n"  \
	"3500 " who " again " what " " words "\n"  \
	"7500 " who " again " what " " words "\n"  \
	"15500 " who " again " what " " words "\n" \
	"31500 " who " again " what " " words "\n"
#define AFTER(what, words)                \
	"2000 a>b " what " " words "\n"   \
	"2500 a>b again " what " lost\n"  \
	"3500 a>b again " what " lost\n"  \
	"5500 a>b again " what " lost\n"  \
	"9500 a>b again " what " lost\n"  \
	"13500 a>b again " what " lost\n" \
	"33500 a>b again " what " lost\n"
#define OKS "1000 b>a 200/INVITE sdp=1\n" OKS_AGAIN
#define OKS_AGAIN                     \
	"1500 b>a again 200/INVITE\n" \
	"2500 b>a again 200/INVITE\n" \
	"4500 b>a again 200/INVITE\n" \
	"8500 b>a again 200/INVITE\n" \
	"32500 b>a again 200/INVITE\n"
#define CHALLENGE(more) \
	" | WWW-Authenticate: Digest realm=\"x\", nonce=\"n\"" more "\n"
#define CREDENTIALS                                              \
	" | Authorization: Digest username=\"a\", realm=\"x\", " \
	"nonce=\"n\", uri=\"sip:r.example\", response=\"1\"\n"
#define ASKED              \
	"0 a>r REGISTER\n" \
	"10 r>a 401/REGISTER" CHALLENGE("")
#define REFER_OK                        \
	CALL "2000 a>b REFER in cs=2\n" \
	     "2010 b>a 202/REFER\n"
#define NOTIFIED(status)                                                  \
	"3000 b>a NOTIFY in cs=3 | *message/sipfrag^SIP/2.0 " status "\n" \
	"3010 a>b 200/NOTIFY\n"
#define PAD  " | X-1: " PAD4 " | X-2: " PAD4 " | X-3: " PAD4 " | X-4: " PAD4
#define PAD4 PAD1 PAD1 PAD1 PAD1
#define PAD1                                       \
	"0123456789012345678901234567890123456789" \
	"0123456789012345678901234567890123456789"
#define LATER "99000 a>b OPTIONS c=c9\n99010 b>a 200/OPTIONS\n"

/* CAPTURE: where that differs.  TEXT is in the sentence of the run. */
static const struct {
	const char *scene, *run, *capture, *text;
} rows[] = {
	{ CALL OVER, "ended", NULL, "a ended the call after 89.000 s" },
	{ CALL, "open", NULL, NULL },
	{ "0 a>b BYE in cs=2\n10 b>a 200/BYE\n", "part", NULL, NULL },
	/* Nobody answers. */
	{ SEVEN("a>b", "INVITE", "lost") "64000 end\n", "no-answer-seen", NULL,
	    "No answer to the INVITE from a to 192.0.2.2:5060 is seen (7x in "
	    "31.500 s)." },
	{ "0 a>b INVITE lost\n500 a>b again INVITE lost\n", "open", NULL,
	    NULL },
	{ "0 a>b INVITE lost\n" LATER, "no-answer-seen", "part", NULL },
	{ "0 a>b INVITE lost tcp\n" LATER, "no-answer-seen", NULL, NULL },
	{ "0 a>b INVITE lost" PAD "\n500 a>b again INVITE lost\n" LATER,
	    "no-answer-seen", NULL,
	    "as fragments after the capture point (RFC 3261 18.1.1)" },
	{ SEVEN("a>b", "INVITE", "drop=no-socket"), "closed-port",
	    "no-answer-seen", "to 192.0.2.2:5060 met a closed port (7x)." },
	{ SEVEN("a>b", "INVITE", "drop=link-down"), "lost", "no-answer-seen",
	    "did not reach 192.0.2.2:5060: the link was down (7x)." },
	{ "0 a>b INVITE tcp drop=no-connection\n" LATER, "lost", "done",
	    "there was no connection for it (1x)." },
	{ "0 a>p INVITE\n0 p>a 100/INVITE\n" SEVEN("p>b", "INVITE",
	      "fwd lost") "32000 p>a 408/INVITE\n32010 a>p ACK\n",
	    "no-answer-seen-behind", NULL,
	    "408 for a: no answer to the INVITE from p" },
	{ "0 a>x INVITE\n0 x>a 100/INVITE\n" SEVEN("x>b", "INVITE",
	      "c=c2 made drop=no-socket") "32000 x>a 408/INVITE\n32010 a>x "
					  "ACK\n",
	    "closed-port-behind", "rejected",
	    "408 for a: the INVITE from x to 192.0.2.2:5060 met a closed" },
	{ "0 a>b INVITE\n10 b>a 404/INVITE drop=no-path\n"
	  "500 a>b again INVITE\n1500 a>b again INVITE\n64000 end\n",
	    "answer-unheard", "rejected", "b answered the INVITE" },
	/* The ACK. */
	{ RING OKS "34000 end\n", "no-ack", NULL, "b sent its 2xx 6 times" },
	{ RING OKS "33000 b>a BYE in cs=5\n33010 a>b 200/BYE\n",
	    "cut-without-ack", NULL, "b ended the call after 32.000 s" },
	{ RING "1000 b>a 200/INVITE sdp=1\n1010 a>b ACK in "
	       "drop=no-path\n" OKS_AGAIN,
	    "ack-lost", "ack-unheard",
	    "the ACK from a did not reach 192.0.2.2:5060: there is no path" },
	{ CALL OKS_AGAIN, "ack-unheard", NULL,
	    "although an ACK from a is seen" },
	{ RING "1000 b>a 200/INVITE sdp=1 lost\n"
	       "1500 b>a again 200/INVITE lost\n"
	       "2500 b>a again 200/INVITE lost\n"
	       "4500 b>a again 200/INVITE\n4510 a>b ACK in\n" OVER,
	    "ended", NULL, NULL },
	/* Reliable provisional responses. */
	{ "0 a>b INVITE\n10 b>a 180/INVITE | RSeq: 1 | Require: 100rel\n"
	  "32000 b>a 504/INVITE\n",
	    "no-prack", NULL, NULL },
	{ "0 a>b INVITE\n10 b>a 180/INVITE | RSeq: 1 | Require: 100rel\n"
	  "20 a>b PRACK in cs=2\n30 b>a 200/PRACK\n32000 b>a 504/INVITE\n",
	    "rejected", NULL, NULL },
	{ "0 a>b INVITE\n10 b>a 180/INVITE | RSeq: 1 | Require: 100rel\n" AFTER(
	      "PRACK", "in cs=2 lost") "34000 b>a 504/INVITE\n",
	    "no-answer-within", NULL, "No answer to the PRACK from a" },
	/* Within the call. */
	{ CALL AFTER("INFO", "in cs=2 lost") OVER, "no-answer-within", NULL,
	    "No answer to the INFO from a within the call is seen (7x)." },
	{ CALL "2000 a>b INFO in cs=2\n2010 b>a 500/INFO\n" OVER, "ended", NULL,
	    NULL },
	{ CALL "1900 b>a BYE in cs=5\n1910 a>b 200/BYE\n" AFTER(
	      "BYE", "in cs=2 lost"),
	    "ended", NULL, "b ended" },
	/* The session timer. */
	{ RING "1000 b>a 200/INVITE sdp=1 | Session-Expires: 90;refresher=uac\n"
	       "1010 a>b ACK in\n61000 b>a BYE in cs=5\n61010 a>b 200/BYE\n",
	    "session-expired", NULL, "the session interval of 90 s" },
	{ RING "1000 b>a 200/INVITE sdp=1 | Session-Expires: 90;refresher=uac\n"
	       "1010 a>b ACK in\n46000 a>b UPDATE in cs=2\n"
	       "46010 b>a 200/UPDATE\n61000 b>a BYE in cs=5\n"
	       "61010 a>b 200/BYE\n",
	    "ended", NULL, NULL },
	{ CALL "2000 a>b UPDATE in cs=2 | Session-Expires: 90\n"
	       "2010 b>a 481/UPDATE\n2020 a>b BYE in cs=3\n"
	       "2030 b>a 200/BYE\n",
	    "refresh-rejected", NULL,
	    "b rejected the UPDATE that should refresh the session with 481" },
	{ CALL "2000 a>b UPDATE in cs=2 | Session-Expires: 90\n"
	       "2010 b>a 491/UPDATE\n" OVER,
	    "ended", NULL, NULL },
	/* Credentials. */
	{ ASKED "20 a>b MESSAGE c=c9\n60000 b>a 200/MESSAGE\n",
	    "no-credentials", NULL, NULL },
	{ ASKED "20 a>r REGISTER cs=2" CREDENTIALS
		"30 r>a 401/REGISTER" CHALLENGE(""),
	    "wrong-password", NULL,
	    "r rejected the credentials of a (1x, 401)" },
	{ ASKED
	    "20 a>r REGISTER cs=2" CREDENTIALS "30 r>a 401/REGISTER" CHALLENGE(
		", stale=true") "40 a>r REGISTER cs=3" CREDENTIALS
				"50 r>a 401/REGISTER" CHALLENGE(", stale=true"),
	    "nonce-never-serves", NULL, "(2x, stale)" },
	{ ASKED "20 a>r REGISTER cs=2" CREDENTIALS "30 r>a 200/REGISTER\n",
	    "done", NULL, NULL },
	{ ASKED "20 a>r REGISTER c=c2 cs=2" CREDENTIALS "30 r>a 200/REGISTER\n",
	    "credentials-anew", NULL, NULL },
	{ "0 a>r REGISTER cs=2" CREDENTIALS
	  "30 r>a 401/REGISTER" CHALLENGE(", stale=true"),
	    "nonce-never-serves", "open", NULL },
	/* Loops, hops, waiting. */
	{ "0 a>b INVITE\n10 b>a 482/INVITE\n", "loop", NULL, NULL },
	{ "0 a>p INVITE\n10 p>d INVITE fwd\n20 d>p INVITE fwd\n"
	  "40 p>d 483/INVITE\n50 d>p 483/INVITE fwd\n60 p>a 483/INVITE fwd\n",
	    "loop", NULL, NULL },
	{ "0 a>p INVITE tcp\n10 p>a 100/INVITE\n"
	  "20 p>b INVITE fwd tcp drop=torn\n30 p>a 503/INVITE\n",
	    "lost-behind", "rejected",
	    "the INVITE from p did not reach 192.0.2.2:5060: the connection" },
	{ "0 a>p INVITE\n10 p>b INVITE fwd\n20 b>p 483/INVITE\n"
	  "30 p>a 483/INVITE fwd\n",
	    "too-many-hops", NULL,
	    "The INVITE from a used up its Max-Forwards" },
	{ "0 a>b OPTIONS\n10 b>a 483/OPTIONS\n", "answered", NULL, NULL },
	{ "0 a>b INVITE\n10 b>a 503/INVITE | Retry-After: 60\n"
	  "5000 a>b INVITE cs=2\n5010 b>a 503/INVITE\n",
	    "retry-after-ignored", NULL, "wait 60 s" },
	{ "0 a>b INVITE\n10 b>a 503/INVITE | Retry-After: 4\n"
	  "5000 a>b INVITE cs=2\n5010 b>a 503/INVITE\n",
	    "rejected", NULL, NULL },
	/* In another call. */
	{ "0 a>b INVITE\n10 b>a 503/INVITE | Retry-After: 60\n"
	  "5000 a>b INVITE c=c2\n5010 b>a 503/INVITE\n",
	    "retry-after-ignored", NULL, "tried again after 4.990 s" },
	{ "0 a>b INVITE\n10 b>a 503/INVITE | Retry-After: 4\n"
	  "5000 a>b INVITE c=c2\n5010 b>a 503/INVITE\n",
	    "rejected", NULL, NULL },
	/* Of another server, of another callee; with a person's will. */
	{ "0 a>b INVITE\n10 b>a 503/INVITE | Retry-After: 60\n"
	  "5000 a>p INVITE c=c2\n5010 p>a 503/INVITE\n",
	    "rejected", NULL, NULL },
	{ "0 a>b INVITE cs=1\n10 b>a 503/INVITE | Retry-After: 60\n"
	  "5000 a>p INVITE cs=2\n5010 p>a 503/INVITE\n",
	    "rejected", NULL, NULL },
	{ "0 a>b INVITE\n10 b>a 486/INVITE | Retry-After: 60\n"
	  "5000 a>b INVITE c=c2\n5010 b>a 486/INVITE\n",
	    "busy", NULL, NULL },
	/* Transfers. */
	{ REFER_OK NOTIFIED("404 Not Found") OVER, "transfer-failed", NULL,
	    "a asked b for failed with 404 Not Found; the first call stayed" },
	{ REFER_OK "2500 a>b BYE in cs=4\n2510 b>a 200/BYE\n" NOTIFIED(
	      "404 Not Found"),
	    "transfer-left", NULL, "b was left without one" },
	{ REFER_OK NOTIFIED("486 Busy Here") OVER, "ended", NULL, NULL },
	{ REFER_OK NOTIFIED("200 OK") OVER, "ended", NULL, NULL },
	/* Hold. */
	{ CALL "2000 a>b INVITE in cs=2 sdp=1 dir=sendonly v=2\n"
	       "2010 b>a 200/INVITE sdp=1 dir=recvonly v=2\n"
	       "2020 a>b ACK in cs=2\n9000 b>a BYE in cs=5\n"
	       "9010 a>b 200/BYE\n",
	    "ended-on-hold", NULL, "b ended the call after 8.000 s, while a" },
	{ CALL "2000 a>b INVITE in cs=2 sdp=1 dir=sendonly v=2\n"
	       "2010 b>a 200/INVITE sdp=1 dir=recvonly v=2\n"
	       "2020 a>b ACK in cs=2\n5000 a>b INVITE in cs=3 sdp=1 v=3\n"
	       "5010 b>a 200/INVITE sdp=1 v=3\n5020 a>b ACK in cs=3\n" OVER,
	    "ended", NULL, NULL },
	/* Registrations and subscriptions. */
	{ "0 a>r REGISTER\n10 r>a 200/REGISTER\n90000 a>r OPTIONS c=c9\n"
	  "90010 r>a 200/OPTIONS\n",
	    "registration-lapsed", NULL, "its lifetime was 60 s" },
	{ "0 a>r REGISTER\n10 r>a 200/REGISTER\n50000 a>r REGISTER c=c8\n"
	  "50010 r>a 200/REGISTER\n90000 a>r OPTIONS c=c9\n"
	  "90010 r>a 200/OPTIONS\n",
	    "done", NULL, NULL },
	{ "0 a>r REGISTER\n10 r>a 200/REGISTER\n90000 b>r OPTIONS c=c9\n"
	  "90010 r>b 200/OPTIONS\n",
	    "done", NULL, NULL },
	{ "0 a>b SUBSCRIBE\n10 b>a 200/SUBSCRIBE\n" LATER, "no-notify", NULL,
	    NULL },
	{ "0 a>b SUBSCRIBE\n10 b>a 200/SUBSCRIBE\n20 b>a NOTIFY in cs=5\n"
	  "30 a>b 200/NOTIFY\n" LATER,
	    "done", NULL, NULL },
	/* Rejections, and what is none. */
	{ "0 a>b INVITE\n10 b>a 500/INVITE | Reason: Q.850;cause=41\n",
	    "rejected", NULL, "(Q.850 cause 41: temporary failure)" },
	{ "0 a>b INVITE\n10 b>a 302/INVITE | Contact: <sip:c@192.0.2.9>\n",
	    "redirected", NULL, "to sip:c@192.0.2.9, and" },
	{ RING "20000 b>a 480/INVITE\n", "rang", NULL, "It rang for 19.980 s" },
	{ RING "20000 b>a 480/INVITE | Reason: q.850;cause=21\n", "rejected",
	    NULL, "(Q.850 cause 21: call rejected)" },
	{ RING "20000 b>a 480/INVITE | Reason: Q.850;cause=19\n", "rang", NULL,
	    NULL },
	{ "0 a>b INVITE\n10 b>a 480/INVITE\n", "rejected", NULL, NULL },
	{ RING "2000 b>a 486/INVITE\n", "busy", NULL, NULL },
	{ RING "2000 b>a 603/INVITE\n", "declined", NULL, NULL },
	{ RING "2000 a>b CANCEL br=z9hG4bK0\n2010 b>a 200/CANCEL\n"
	       "2020 b>a 487/INVITE\n",
	    "cancelled", NULL, "a cancelled the INVITE after 2.000 s" },
	{ RING "2000 a>b CANCEL br=z9hG4bK0 | Reason: SIP;cause=200\n"
	       "2010 b>a 200/CANCEL\n2020 b>a 487/INVITE\n",
	    "answered-elsewhere", NULL, "to b was cancelled after 2.000 s" },
	{ "0 a>b MESSAGE\n10 b>a 200/MESSAGE\n", "done", NULL, NULL },
};

#define NROWS (sizeof(rows) / sizeof(rows[0]))

static struct trace *
scene_trace(const char *scene)
{
	struct buf out = BUF_INIT;
	struct diag d = DIAG_INIT;
	struct trace *t = NULL;

	scene_write(scene, true, &out);
	if (trace_load_buf(&t, &out, "scene", &d) != 0)
		printf("BAD %s\n%s", d.text, scene);
	buf_free(&out);
	CU_ASSERT_PTR_NOT_NULL_FATAL(t);
	return t;
}

/* The outcome of T's first call is called WORD, and has TEXT in its sentence.
 */
static void
try_trace(const struct trace *t, const char *scene, const char *word,
    const char *text, const char *kind)
{
	struct outcomes *o = NULL;
	LOCAL_BUF b = BUF_INIT;
	bool good;

	CU_ASSERT_EQUAL_FATAL(outcomes_read(&o, t), 0);
	CU_ASSERT_FATAL(outcomes_count(o) > 0);
	outcome_put_sentence(outcomes_at(o, 0), &b);
	good = strcmp(outcome_name(outcomes_at(o, 0)->id), word) == 0 &&
	       (text == NULL || strstr(buf_cstr(&b), text) != NULL);
	if (!good)
		printf("BAD %s of\n%s%s: %s, expected %s: %s\n", kind, scene,
		    outcome_name(outcomes_at(o, 0)->id), buf_cstr(&b), word,
		    text != NULL ? text : "");
	CU_ASSERT_TRUE(good);
	outcomes_destroy(o);
}

static void
scenes_are_told(void)
{
	bool told[OUTCOME_COUNT] = { 0 };

	for (size_t i = 0; i < NROWS; i++) {
		struct trace *t = scene_trace(rows[i].scene);
		struct trace *c = export_trace(t, "scene");

		CU_ASSERT_PTR_NOT_NULL_FATAL(c);
		try_trace(t, rows[i].scene, rows[i].run, rows[i].text, "run");
		try_trace(c, rows[i].scene,
		    rows[i].capture != NULL ? rows[i].capture : rows[i].run,
		    NULL, "capture");
		told[outcome_find_id(str_of(rows[i].run))] = true;
		trace_destroy(c);
		trace_destroy(t);
	}
	for (unsigned id = 0; id < OUTCOME_COUNT; id++) {
		/* Scenes have no media: test_outcome_media.c. */
		if (id == OUTCOME_IS_ONE_WAY || id == OUTCOME_IS_STOPPED ||
		    id == OUTCOME_IS_LATE || id == OUTCOME_IS_UNSEEN ||
		    id == OUTCOME_IS_CEASED)
			continue;
		if (!told[id])
			printf("BAD %s has no scene\n",
			    outcome_name((enum outcome_id)id));
		CU_ASSERT_TRUE(told[id]);
	}
}

/* Each allocation fails once; at last none does. */
static void
allocations_fail(void)
{
	for (size_t i = 0; i < NROWS; i += 3) {
		struct trace *t = scene_trace(rows[i].scene);
		struct outcomes *o = NULL;
		struct troubles *tr = NULL;
		unsigned long nth = 1;
		int err = ERR_NOMEM;

		for (; err != 0 && nth < 100000; nth++) {
			mem_fail_from(nth);
			err = outcomes_read(&o, t);
			if (err == 0)
				err = troubles_create(&tr);
			if (err == 0)
				err = troubles_add(tr, o, 0, 0, NULL);
			mem_fail_from(0);
			troubles_destroy(tr);
			outcomes_destroy(o);
			tr = NULL;
			o = NULL;
			CU_ASSERT(err == 0 || err == ERR_NOMEM);
		}
		CU_ASSERT_EQUAL(err, 0);
		CU_ASSERT(nth > 20);
		trace_destroy(t);
	}
}

/* The scene without line SKIP; a byte of its lines is another each time. */
static void
try_changed(const char *scene, unsigned skip, unsigned seed)
{
	struct buf out = BUF_INIT, changed = BUF_INIT;
	struct diag d = DIAG_INIT;
	struct trace *t = NULL;
	struct outcomes *o = NULL;
	struct str rest = str_of(scene), line;
	LOCAL_BUF text = BUF_INIT;

	for (unsigned n = 0; rest.n > 0; n++) {
		line = str_cut(rest, '\n', &rest);
		if (n != skip)
			buf_printf(&text, "%.*s\n", STR_ARG(line));
	}
	scene_write(buf_cstr(&text), seed % 2 == 0, &out);
	buf_str(&changed, buf_view(&out));
	for (size_t i = 200 + seed * 7; i < changed.n; i += 131 + seed * 17)
		if (changed.p[i] > ' ' && changed.p[i] != '"' &&
		    changed.p[i] != '\\')
			changed.p[i] = (char)('0' + (i + seed) % 10);
	if (trace_load_buf(&t, seed > 0 ? &changed : &out, "s", &d) == 0) {
		CU_ASSERT_EQUAL_FATAL(outcomes_read(&o, t), 0);
		for (size_t i = 0; i < outcomes_count(o); i++) {
			outcome_put_sentence(outcomes_at(o, i), &text);
			outcome_put_next(outcomes_at(o, i), &text);
			outcome_put_json(outcomes_at(o, i), &text);
		}
		CU_ASSERT_EQUAL(text.err, 0);
		outcomes_destroy(o);
	}
	trace_destroy(t);
	buf_free(&changed);
	buf_free(&out);
}

static void
traces_are_hostile(void)
{
	for (size_t i = 0; i < NROWS; i++)
		for (unsigned n = 0; n < 12; n++)
			try_changed(rows[i].scene, n, n % 6);
}

CHECK_MAIN("outcome",
    { "each outcome, and what is nearly one", scenes_are_told },
    { "each allocation fails", allocations_fail },
    { "traces without a line, or with others", traces_are_hostile })
