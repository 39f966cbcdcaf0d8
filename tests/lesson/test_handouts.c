/*
 * The handouts to be corrected: any run that refutes a sentence is a right
 * answer, and one that only seems to is none; a message that is mended by half
 * is not accepted.
 */
#include "fixtures/check.h"
#include "grade/mark.h"
#include "fixtures/labs.h"
#include "lesson/lesson.h"

struct row {
	const char *lab; /* of labs/handout-… */
	size_t task;     /* from 1 */
	const char *right[5], *wrong[5];
};

static const struct row rows[] = {
	{ "requests", 1, { "rfc3665-3.7", "rfc5407-3.1.3", "forking" },
	    /* CANCEL and ACK have the INVITE's branch; of two-proxies the
	     * called phone hangs up. */
	    { "cancel", "busy", "registration", "two-proxies" } },
	{ "requests", 2, { "presence", "voice-mail" },
	    /* Each body is a session description. */
	    { "registration", "direct-call", "two-proxies" } },
	{ "requests", 3, { "cancel", "forking", "rung run rfc3665-3.8" },
	    /* There the INVITE is repeated, but nobody cancels it. */
	    { "lost-messages", "direct-call" } },
	{ "requests", 4, { "rfc5407-3.1.2", "forking" },
	    { "cancel", "direct-call", "rfc3665-3.8" } },
	{ "requests", 5, { "cancel", "rfc3665-3.8" },
	    /* The caller of 3.1.3 does send a BYE. */
	    { "rfc5407-3.1.3", "direct-call", "busy" } },
	{ "responses", 1, { "busy", "rfc3665-2.1", "handout-messages" },
	    { "registration", "direct-call" } },
	{ "responses", 2,
	    { "busy --set bob.global=true", "busy --set=bob.global=true" },
	    { "busy", "overloaded" } },
	{ "responses", 3, { "handout-responses" }, { "no-answer", "busy" } },
	{ "responses", 4, { "rfc3665-3.8", "rfc3665-3.11", "cancel" },
	    { "no-answer", "busy", "direct-call" } },
	{ "responses", 5, { "busy --set bob.global=true" },
	    { "busy", "direct-call" } },
	{ "responses", 6, { "two-proxies", "lost-messages" },
	    { "direct-call", "forking" } },
	{ "repetitions", 1, { "dtmf", "keep-alive" },
	    /* Nothing rings, or nothing but an INVITE is refused. */
	    { "busy", "registration", "two-proxies", "rfc3665-3.2" } },
	{ "repetitions", 2, { "lost-messages", "no-answer" },
	    { "direct-call", "two-proxies" } },
	{ "repetitions", 3, { "rfc3665-3.2", "redirection" },
	    /* One of the two ACKs is not there. */
	    { "busy", "rfc3665-3.9", "direct-call" } },
	{ "repetitions", 4, { "lost-messages", "handout-repetitions" },
	    { "no-answer", "two-proxies" } },
	{ "repetitions", 5, { "two-proxies", "forking" },
	    /* The phones of direct-call need no other line. */
	    { "torn-tcp", "busy", "direct-call" } },
	{ "ways", 1, { "redirection", "rfc3665-3.6" },
	    { "two-proxies", "forking" } },
	{ "ways", 2, { "handout-ways", "direct-call" },
	    { "two-proxies", "busy" } },
	{ "ways", 3, { "two-proxies", "lost-messages" },
	    { "direct-call", "handout-ways" } },
	{ "ways", 4, { "two-proxies", "busy" }, { "direct-call", "presence" } },
	{ "ways", 5, { "forking" }, { "two-proxies", "early-dialogs" } },
	{ "registration", 3, { "registration", "rfc3665-2.1", "two-proxies" },
	    { "direct-call", "rfc3665-2.5" } },
	{ "registration", 4, { "two-proxies", "redirection" },
	    { "registration", "direct-call" } },
	{ "registration", 5, { "forking", "early-dialogs" },
	    /* One phone of Bob's has one Contact. */
	    { "registration", "two-proxies" } },
	{ "registration", 6, { "not-found", "two-proxies" },
	    { "registration", "direct-call" } },
	{ "events", 1, { "presence", "rfc3842-4.1" },
	    { "direct-call", "registration" } },
	{ "events", 2, { "rfc3903-15", "presence", "handout-events" },
	    { "rfc3856-8", "handout-messages" } },
	{ "events", 3, { "session-timer", "media-lines", "update" },
	    { "rfc3311-8", "direct-call" } },
	{ "events", 4, { "rfc3665-2.1", "rfc3665-3.3" },
	    { "registration", "rfc3665-2.5" } },
	{ "dialogs", 2, { "direct-call", "two-proxies" },
	    { "registration", "busy" } },
	{ "dialogs", 3, { "forking", "early-dialogs" },
	    { "direct-call", "registration" } },
	{ "names", 1, { "dns-weights", "dns-weights --seed=5" },
	    /* Nothing is drawn, or not ten times. */
	    { "dns-failover", "trapezoid-dns", "direct-call" } },
	{ "names", 2, { "dns-shortcut" },
	    { "dns-failover", "dns-weights", "two-proxies" } },
	{ "names", 3, { "dns-failover", "dns-shortcut" },
	    { "dns-weights", "trapezoid-dns" } },
	{ "names", 4, { "handout-names", "trapezoid-dns", "dns-weights" },
	    { "two-proxies", "direct-call" } },
	{ "names", 5, { "dns-failover" },
	    /* The first server answers. */
	    { "dns-weights", "trapezoid-dns" } },
	{ "nat", 1, { "nat-two" },
	    /* To a private address, or never lost; no NAT at all. */
	    { "nat-incoming", "handout-nat", "registration" } },
	{ "nat", 2,
	    { "nat-incoming --set bob.stun=stun --set "
	      "home.mapping=address-port" },
	    { "nat-incoming", "nat-incoming --set bob.stun=stun", "nat-two" } },
	{ "nat", 3, { "handout-nat" },
	    /* Nothing is over before the run is. */
	    { "nat-keepalive", "nat-incoming", "registration" } },
	{ "nat", 4, { "nat-incoming", "handout-nat" },
	    { "registration",
		"nat-incoming --set home.alg=\"via contact uri\"" } },
	{ "nat", 5,
	    { "nat-two --set server.record_route=false --set "
	      "cgn.hairpin=false" },
	    { "nat-two", "nat-two --set cgn.hairpin=false",
		"nat-two --set server.record_route=false" } },
	{ "tls", 1, { "sips-end-to-end", "srtp-listener" },
	    /* By sip URIs; the one for a sips URI is refused. */
	    { "handout-tls", "listener", "two-proxies" } },
	{ "tls", 2, { "srtp-listener" }, { "listener", "sips-end-to-end" } },
	{ "tls", 3, { "jitter-buffer" }, { "hear-loss", "hold-dialects" } },
	{ "tls", 4, { "hold-dialects" },
	    /* Without media, nothing is sent. */
	    { "rfc5359-2.1", "one-way-audio", "direct-call" } },
	{ "tls", 5, { "bad-certificates" }, { "sips-end-to-end", "listener" } },
	{ "boxes", 1, { "reliable-provisional", "rfc3311-8" },
	    { "direct-call", "two-proxies" } },
	{ "boxes", 2, { "transfer --set carol.busy=true" },
	    { "transfer", "rfc5359-2.4", "busy" } },
	{ "boxes", 3, { "sequential-forking" },
	    { "busy", "two-proxies", "forking" } },
	{ "boxes", 4, { "rfc5359-2.10", "rfc5359-2.11" },
	    { "mixed-conference", "conference", "direct-call" } },
	{ "boxes", 5, { "handout-boxes", "what-a-box-changes" },
	    { "two-proxies", "stateless-proxy" } },
	{ "telephones", 1, { "handout-telephones", "rfc3666-3.1" },
	    /* Before the answer. */
	    { "pstn-gateway", "rfc3666-2.6", "direct-call" } },
	{ "telephones", 2, { "rfc3666-2.5" },
	    { "rfc3666-2.1", "handout-telephones" } },
	{ "telephones", 3, { "enum" },
	    /* Its record has the phone's address itself. */
	    { "rfc3666-2.4", "trapezoid-dns" } },
	{ "telephones", 4, { "handout-telephones", "overloaded" },
	    /* Nobody calls there again. */
	    { "rfc3666-2.3", "pstn-gateway", "busy" } },
	{ "telephones", 5, { "rfc3666-3.2" },
	    /* Nothing rings there either, and no telephone. */
	    { "rfc3666-3.1", "hold-dialects", "direct-call" } },
};

/* ---- sentences ---- */

static void
judge_compare_runs(struct lesson *l, const struct row *row,
    const struct trace *t, struct named_runs *named, const char *answer,
    bool right)
{
	struct lesson_work w = {
		.lab = t, .run = named_runs_find, .arg = named
	};
	struct lesson_answer a = { .text = str_of(answer) };
	struct lesson_result r = LESSON_RESULT_INIT;
	bool good;

	CU_ASSERT_EQUAL(lesson_judge(l, row->task - 1, &a, &w, &r), 0);
	good = r.verdict == LESSON_GOOD;
	if (good != right || r.verdict == LESSON_ERROR)
		printf("BAD  %s %zu: %s is %s: %s\n", row->lab, row->task,
		    answer, lesson_verdict_name(r.verdict), buf_cstr(&r.why));
	CU_ASSERT_EQUAL(good, right);
	CU_ASSERT_NOT_EQUAL(r.verdict, LESSON_ERROR);
	lesson_result_free(&r);
}

static void
judge_row(const struct row *row)
{
	struct named_runs named = { .n = 0 };
	struct lab_options o = LAB_OPTIONS;
	struct diag d = DIAG_INIT;
	struct lesson *l = NULL;
	struct trace *t;
	char folder[80];

	snprintf(folder, sizeof(folder), "labs/handout-%s", row->lab);
	t = lab_trace(folder, &o);
	CU_ASSERT_EQUAL_FATAL(lesson_load(&l, folder, "", &d), 0);
	CU_ASSERT_PTR_NOT_NULL_FATAL(t);
	for (size_t i = 0; i < 5 && row->right[i] != NULL; i++)
		judge_compare_runs(l, row, t, &named, row->right[i], true);
	for (size_t i = 0; i < 5 && row->wrong[i] != NULL; i++)
		judge_compare_runs(l, row, t, &named, row->wrong[i], false);
	/* What is no run at all. */
	judge_compare_runs(l, row, t, &named, "because the RFC says so", false);
	judge_compare_runs(l, row, t, &named, "two-proxies --set", false);
	named_runs_free(&named);
	lesson_destroy(l);
	trace_destroy(t);
}

static void
sentences(void)
{
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]);
	     i += IS_SANITIZED ? 3 : 1)
		judge_row(&rows[i]);
}

CHECK_MAIN("handouts", { "sentences", sentences })
