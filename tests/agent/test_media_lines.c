/*
 * Streams of a call: added, refused, taken out, held in every form, with codecs
 * chosen.  After each change both sides agree (RFC 3264): what one sends the
 * other receives, by the same codec, at the address that it gave.
 */
#include "roles/ua/ua.h"
#include "fixtures/stage.h"

static struct stage s;

static const struct agent_call *
call_of(const char *node, const char *name)
{
	return agent_call_find(
	    node_role_state(world_find(s.w, node), "ua"), name);
}

static void
start(const char *alice, const char *bob)
{
	stage_open(&s);
	stage_node(&s, "alice", "ua", "a.example", 1, alice);
	stage_node(&s, "bob", "ua", "b.example", 2, bob);
	CU_ASSERT_STRING_EQUAL(
	    stage_call(&s, "alice", "sip:bob@192.0.2.2"), "alice/1");
	stage_run(&s, 500);
}

static void
stop(void)
{
	if (call_of("alice", "alice/1") != NULL)
		CU_ASSERT_EQUAL(
		    stage_do(&s, "alice", "bye", "alice/1", NULL), 0);
	STAGE_STOP(&s, 80000);
}

/* One line at both ends, "audio PCMU <>": the direction as alice sees it. */
static void
put_line(const struct sip_sdp_stream *a, const struct sip_sdp_stream *b,
    struct buf *out)
{
	CU_ASSERT_EQUAL(a->codec, b->codec);
	CU_ASSERT_EQUAL(a->port, b->remote_port);
	CU_ASSERT_EQUAL(b->port, a->remote_port);
	CU_ASSERT_EQUAL(a->sends, b->receives);
	CU_ASSERT_EQUAL(b->sends, a->receives);
	buf_printf(out, "%s %s%s", sip_sdp_codecs[a->codec].name,
	    a->receives ? "<" : "", a->sends ? ">" : "");
}

/* What is agreed, the lines with "; " between, "-" for one out of use. */
static bool
agreed(const char *expected)
{
	const struct agent_call *a = call_of("alice", "alice/1");
	const struct agent_call *b = call_of("bob", "bob/1");
	const struct sip_sdp_session *left, *right;
	struct buf out = BUF_INIT;
	bool same;

	CU_ASSERT_FATAL(a != NULL && b != NULL);
	left = &a->main->sdp;
	right = &b->main->sdp;
	CU_ASSERT_EQUAL(a->main->offer.machine.state, STATE_AGREED);
	CU_ASSERT_EQUAL(b->main->offer.machine.state, STATE_AGREED);
	CU_ASSERT_EQUAL_FATAL(left->nplaces, right->nplaces);
	for (size_t i = 0; i < left->nplaces; i++) {
		const struct sip_sdp_place *l = &left->places[i];
		const struct sip_sdp_place *r = &right->places[i];

		CU_ASSERT_EQUAL(l->own, r->own);
		buf_puts(&out, i > 0 ? "; " : "");
		if (l->own && r->own)
			put_line(&l->agreed, &r->agreed, &out);
		else
			buf_puts(&out, "-");
	}
	same = strcmp(buf_cstr(&out), expected) == 0;
	if (!same)
		printf("  %s, not %s\n", buf_cstr(&out), expected);
	buf_free(&out);
	return same;
}

static int
changes(const char *node, const char *verb, const char *key, const char *value)
{
	struct buf call = BUF_INIT;
	int err;

	buf_printf(&call, "%s/1", node);
	err = stage_do(&s, node, verb, buf_cstr(&call), key, value, NULL);
	buf_free(&call);
	stage_run(&s, 9000);
	return err;
}

#define BOTH "streams=audio,video answer=0"

/* RFC 3264 8.1, 8.2 */
static void
video_comes_and_goes(void)
{
	start("", BOTH);
	CU_ASSERT(agreed("PCMU <>"));
	CU_ASSERT_EQUAL(changes("alice", "reinvite", "add", "video"), 0);
	CU_ASSERT(agreed("PCMU <>; H264 <>"));
	CU_ASSERT_EQUAL(
	    changes("alice", "reinvite", "add", "video"), ERR_STATE);
	CU_ASSERT_EQUAL(changes("bob", "hold", NULL, NULL), 0);
	CU_ASSERT(agreed("PCMU <; H264 <"));
	CU_ASSERT_EQUAL(changes("bob", "resume", NULL, NULL), 0);
	CU_ASSERT_EQUAL(changes("bob", "reinvite", "remove", "video"), 0);
	CU_ASSERT(agreed("PCMU <>; -"));
	CU_ASSERT_EQUAL(
	    changes("bob", "reinvite", "remove", "video"), ERR_STATE);
	CU_ASSERT_EQUAL(
	    changes("bob", "reinvite", "remove", "audio"), ERR_STATE);
	CU_ASSERT_EQUAL(changes("bob", "reinvite", "add", "smell"), ERR_SYNTAX);
	/* Who has but audio refuses it; the line serves again. */
	CU_ASSERT_EQUAL(changes("bob", "reinvite", "add", "video"), 0);
	CU_ASSERT(agreed("PCMU <>; -"));
	CU_ASSERT_EQUAL(changes("alice", "reinvite", "add", "video"), 0);
	CU_ASSERT(agreed("PCMU <>; H264 <>"));
	stop();
}

static void
video_is_refused(void)
{
	start("", "answer=0");
	CU_ASSERT_EQUAL(changes("alice", "reinvite", "add", "video"), 0);
	CU_ASSERT(agreed("PCMU <>; -"));
	CU_ASSERT(stage_count(&s, "m=video 0 RTP/AVP", "\"send\"", NULL) > 0);
	CU_ASSERT_EQUAL(changes("bob", "hold", NULL, NULL), 0);
	CU_ASSERT(agreed("PCMU <; -"));
	stop();
}

/* RFC 3264 8.4, in all its forms; by either side. */
static void
holds(void)
{
	static const struct {
		const char *how, *alice, *bob;
	} rows[] = {
		{ "sendonly", "PCMU >", "PCMU <" },
		{ "inactive", "PCMU ", "PCMU " },
		{ "zero", "PCMU >", "PCMU <" },
	};

	start("", "answer=0");
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		CU_ASSERT_EQUAL(
		    changes("alice", "hold", "how", rows[i].how), 0);
		CU_ASSERT(agreed(rows[i].alice));
		CU_ASSERT_EQUAL(
		    changes("alice", "hold", "how", rows[i].how), ERR_STATE);
		CU_ASSERT_EQUAL(changes("alice", "resume", NULL, NULL), 0);
		CU_ASSERT(agreed("PCMU <>"));
		CU_ASSERT_EQUAL(changes("bob", "hold", "how", rows[i].how), 0);
		CU_ASSERT(agreed(rows[i].bob));
		CU_ASSERT_EQUAL(changes("bob", "resume", NULL, NULL), 0);
		CU_ASSERT(agreed("PCMU <>"));
	}
	CU_ASSERT_EQUAL(changes("bob", "hold", "how", "softly"), ERR_SYNTAX);
	CU_ASSERT(stage_count(&s, "c=IN IP4 0.0.0.0", "\"send\"", NULL) == 2);
	stop();
}

/* 6.1: of what both have, in the order of the offer. */
static void
codecs_are_chosen(void)
{
	static const struct {
		const char *alice, *bob, *agreed;
	} rows[] = {
		{ "codecs=PCMA,PCMU", "answer=0", "PCMA <>" },
		{ "codecs=opus,G729,PCMU", "answer=0 codecs=PCMU,G729",
		    "G729 <>" },
		{ "codecs=opus,telephone-event",
		    "answer=0 codecs=telephone-event,opus", "opus <>" },
		{ "streams=video codecs=VP8,H264",
		    "answer=0 streams=video,audio", "H264 <>" },
		{ "bandwidth=64 codecs=nonsense", "answer=0", "PCMU <>" },
	};

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		start(rows[i].alice, rows[i].bob);
		CU_ASSERT(agreed(rows[i].agreed));
		CU_ASSERT_EQUAL(
		    stage_count(&s, "b=AS:64", "\"send\"", NULL) > 0, i == 4);
		stop();
	}
}

/* A refused change leaves the session (14.1), also what it would add. */
static void
refusal_changes_nothing(void)
{
	start("", "answer=0 codecs=opus");
	CU_ASSERT(stage_count(&s, "\"start\":488", "305 192.0.2.2", NULL) > 0);
	stop();
	start("codecs=PCMU,opus", "answer=0");
	CU_ASSERT_EQUAL(
	    node_set_attr(world_find(s.w, "bob"), "codecs", "G729"), 0);
	CU_ASSERT_EQUAL(changes("alice", "reinvite", "add", "video"), 0);
	CU_ASSERT(stage_count(&s, "\"start\":488", "305 192.0.2.2", NULL) > 0);
	CU_ASSERT(agreed("PCMU <>"));
	CU_ASSERT_EQUAL(
	    node_set_attr(world_find(s.w, "bob"), "codecs", "opus"), 0);
	CU_ASSERT_EQUAL(changes("alice", "reinvite", NULL, NULL), 0);
	CU_ASSERT(agreed("opus <>"));
	stop();
}

/* Both at once: 491, and one after the other. */
static void
both_change_at_once(void)
{
	start("", BOTH);
	CU_ASSERT_EQUAL(
	    stage_do(&s, "alice", "reinvite", "alice/1", "add", "video", NULL),
	    0);
	CU_ASSERT_EQUAL(changes("bob", "hold", NULL, NULL), 0);
	CU_ASSERT(stage_count(&s, "\"start\":491", "\"send\"", NULL) > 0);
	CU_ASSERT(agreed("PCMU <; H264 <"));
	stop();
}

/* ---- bad offers ---- */

static struct tester t;

/* The status of an INVITE with N times LINE in its body. */
static void
asks(const char *head, const char *line, size_t n, unsigned status,
    const char *warning)
{
	struct buf body = BUF_INIT;
	size_t i;

	stage_open(&s);
	tester_open(&s, &t, "peer", 9);
	stage_node(&s, "bob", "ua", "b.example", 2, "");
	buf_puts(&body, head);
	for (i = 0; i < n; i++)
		buf_puts(&body, line);
	tester_say(&t, 2,
	    "INVITE sip:bob@192.0.2.2 SIP/2.0\n"
	    "Via: SIP/2.0/UDP 192.0.2.9;branch=z9hG4bKx\n"
	    "From: <sip:peer@192.0.2.9>;tag=p\nTo: <sip:bob@b.example>\n"
	    "Call-ID: x\nCSeq: 1 INVITE\nContact: <sip:peer@192.0.2.9>\n"
	    "Max-Forwards: 70\nContent-Type: application/sdp\n\n%s",
	    buf_cstr(&body));
	stage_run(&s, 1000);
	i = tester_find(&t, "INVITE", status, 0);
	CU_ASSERT(i != SIZE_MAX && tester_count(&t, "INVITE", status) > 0);
	if (warning != NULL && tester_count(&t, "INVITE", status) > 0)
		CU_ASSERT(tester_has(&t, i, "Warning", warning));
	stage_run(&s, 80000);
	stage_close(&s);
	tester_close(&t);
	buf_free(&body);
}

#define HEAD "v=0\no=- 1 2 IN IP4 192.0.2.9\ns=-\nc=IN IP4 192.0.2.9\nt=0 0\n"

static void
bad_offers(void)
{
	asks(HEAD, "m=video 9 RTP/AVP 99\n", 1000, 488, "399 192.0.2.2");
	asks(HEAD, "m=text 9 RTP/AVP 99\n", 30, 488, "304 192.0.2.2");
	asks(HEAD, "m=audio 9 RTP/SAVP 0\n", 2, 488, "302 192.0.2.2");
	asks(HEAD, "m=audio 9 RTP/AVP 99 200 x -1\n", 2, 488, "305 192.0.2.2");
	asks(HEAD "m=audio 9 RTP/AVP 0\n", "a=rtpmap:0 PCMA/8000\n", 900, 488,
	    "399 192.0.2.2");
	asks(HEAD "m=audio 9 RTP/AVP 101\n",
	    "a=rtpmap:101 telephone-event/8000\n", 9, 488, "305 192.0.2.2");
	asks(HEAD "m=audio 9 RTP/AVP 0", " 0", 9000, 180, NULL);
	asks(HEAD "m=audio 9 RTP/AVP", " 99 126 8", 5000, 180, NULL);
	asks("nonsense\n", "", 0, 488, "399 192.0.2.2");
}

CHECK_MAIN("media_lines", { "video comes and goes", video_comes_and_goes },
    { "video is refused", video_is_refused }, { "holds", holds },
    { "codecs are chosen", codecs_are_chosen },
    { "refusal changes nothing", refusal_changes_nothing },
    { "both change at once", both_change_at_once },
    { "bad offers", bad_offers }, )
