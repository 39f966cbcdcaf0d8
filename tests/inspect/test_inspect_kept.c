/*
 * What the matrix says of a planted fault, in a run and in a capture of the
 * same bytes: it is found, or nothing is said of it; never is it "kept".
 */
#include "fixtures/inspect_check.h"
#include "fixtures/inspect_scene.h"
#include "inspect_scenes.h"
#include "kept_rows.h"
#include "rules/rule_names.h"
#include "rules/rules.h"

struct cells {
	uint64_t seen, kept, broken;
	bool doubted;
};

static enum rule_id
find_rule(const char *key)
{
	enum rule_id id = RULE_NONE + 1;

	while (id < RULE_COUNT && strcmp(rule_at(id)->key, key) != 0)
		id++;
	CU_ASSERT_FATAL(id < RULE_COUNT);
	return id;
}

/* What became of RULE in the scene TEXT, of all roles together. */
static struct cells
read_cells(const char *text, bool whole, enum rule_id rule)
{
	LOCAL_BUF out = BUF_INIT;
	struct diag d = DIAG_INIT;
	const struct inspect_row *row;
	struct cells c = { 0 };
	struct trace *t = NULL;
	struct inspect *in;

	scene_write(text, whole, &out);
	CU_ASSERT_EQUAL_FATAL(trace_load_buf(&t, &out, "scene", &d), 0);
	in = inspect_trace(t, "scene");
	row = &inspect_report(in)->rows[rule];
	for (int r = 0; r < ROLE_CLASS_COUNT; r++) {
		c.seen += row->seen[r];
		c.kept += row->kept[r];
		c.broken += row->broken[r];
		c.doubted |= row->doubted[r];
	}
	inspect_destroy(in);
	trace_destroy(t);
	return c;
}

/* What a capture can't prove, and why. */
static const struct {
	const char *rule, *why;
} run_alone[] = {
	{ "via-received", "a NAT may have changed the address behind it" },
	{ "stray-response", "its request may not be in the capture" },
	{ "ict-timer-a", "the response may have been lost behind it" },
	{ "nict-timer-e", "the response may have been lost behind it" },
	{ "ist-timer-g", "the ACK may have been lost behind it" },
	{ "invite-2xx-again", "the ACK may have been lost behind it" },
	{ "prack-send", "the PRACK may have been lost before it" },
	{ "ict-ack", "the ACK may have been lost before it" },
	{ "final-sent", "the response may have been lost before it" },
	{ "cancel-fields", "its INVITE may not be in the capture" },
	{ "cancel-none", "the INVITE may have been lost behind it" },
	{ "cancel-wait", "the response may not be in the capture" },
	{ "uac-preloaded-route", "the address may be that of a NAT" },
	{ "proxy-by-route", "the address may be that of a NAT" },
	{ "dialog-none", "what made or ended the dialog may be missing" },
	{ "dialog-cseq", "the other request may have been lost behind it" },
	{ "invite-ack", "the ACK may go another way" },
	{ "bye-held", "the ACK may have come by another way" },
	{ "reinvite-pending", "the other INVITE may not be in the capture" },
	{ "proxy-response", "it may have gone on by another hop" },
	{ "proxy-1xx", "the 100 may be the proxy's own" },
	{ "proxy-2xx", "it may have been lost behind the proxy" },
	{ "proxy-cancel", "the CANCEL may have been lost" },
	{ "proxy-cancel-others", "the CANCEL may have been lost" },
	{ "proxy-6xx", "the CANCEL may have been lost" },
	{ "notify-at-once", "the NOTIFY may go another way" },
	{ "dns-once", "a NAT may have changed the address" },
	{ "uac-failover", "the next server may be tried by another way" },
	{ "keepalive-flow", "the flow may have been registered before it" },
};

static bool
is_of_runs(const char *rule)
{
	for (size_t i = 0; i < sizeof(run_alone) / sizeof(run_alone[0]); i++)
		if (strcmp(run_alone[i].rule, rule) == 0)
			return true;
	return false;
}

/* A capture of the same bytes finds the same, or does not know; it knows no
 * more than the run. */
static void
captures_keep_no_more(void)
{
	for (size_t i = 0; i < NSCENES; i++) {
		const char *key = scenes[i].rule;
		enum rule_id rule = find_rule(key);
		struct cells run = read_cells(scenes[i].broken, true, rule);
		struct cells part = read_cells(scenes[i].broken, false, rule);
		bool good = part.kept <= run.kept || scenes[i].capture;

		good = good && (part.broken > 0 || is_of_runs(key));
		if (!good)
			printf(
			    "BAD %s: a capture keeps %d and breaks %d, a run "
			    "keeps %d\n",
			    key, (int)part.kept, (int)part.broken,
			    (int)run.kept);
		CU_ASSERT_TRUE(good);
	}
}

/* Each clause has a fault that is found in a run, and but for those that a
 * capture can't prove in a capture; so no check says "kept" whatever comes. */
static void
clauses_can_be_broken(void)
{
	for (size_t c = 0; c < inspect_clause_count(); c++) {
		enum rule_id rule = inspect_clause_at(c)->rule;
		const char *key = rule_at(rule)->key;
		bool in_run = false, in_capture = false;

		/* The networks of runs know no TLS; rows have scenes of their
		 * own (test_relations.c). */
		if (rule == RULE_PLAIN_SIGNALLING ||
		    inspect_clause_at(c)->relation)
			continue;
		for (size_t i = 0; i < NSCENES; i++) {
			if (strcmp(scenes[i].rule, key) != 0)
				continue;
			in_run |=
			    read_cells(scenes[i].broken, true, rule).broken > 0;
			in_capture |=
			    read_cells(scenes[i].broken, false, rule).broken >
			    0;
		}
		if (!(in_run || in_capture) ||
		    (!in_capture && !is_of_runs(key)))
			printf("BAD %s: run %d, capture %d\n", key, in_run,
			    in_capture);
		CU_ASSERT_TRUE(in_run || in_capture);
		CU_ASSERT_TRUE(in_capture || is_of_runs(key));
	}
}

/* ---- what a clause asks, and its check may not look at ---- */

#define OFFER                                                      \
	"INVITE sip:b@b.example SIP/2.0^Via: SIP/2.0/UDP "         \
	"192.0.2.1;branch=z9hG4bK0^Max-Forwards: 70^From: "        \
	"<sip:a@b.example>;tag=ta^To: <sip:b@b.example>^Call-ID: " \
	"c1^CSeq: 1 INVITE^Contact: <sip:a@192.0.2.1>^"
#define TIMED "Session-Expires: 90;refresher="
#define TRIED "20 a>r REGISTER cs=2 | "

/* A scene with one message, and that message with a fault. */
static const struct {
	const char *rule, *before, *kept, *fault, *after;
} doubtful[] = {
	{ "gb-body", "",
	    GB_SAYS(
		"0", "k", "<?xml version='1.0' encoding='GB2312'?>" GB_BEAT),
	    GB_SAYS("0", "k", "<?xml version='1.0' encoding='GB2312'?>" GB_CUT),
	    "" },
	{ "gb-ssrc-kind", "", VIEWS("", "a", "v", CHANNEL, LIVE("0106000001")),
	    VIEWS("", "a", "v", CHANNEL, LIVE("0999990001")), "" },
	{ "gb-time",
	    VIEWS("", "a", "v", CHANNEL,
		GB_SDP("Playback", SPAN, "192.0.2.2", "1106000001")),
	    VIEWED("", "a", "v", GB_SDP("x", SPAN, "192.0.2.1", "1106000001")),
	    VIEWED("", "a", "v",
		GB_SDP(
		    "x", "1772409600 1772409640", "192.0.2.1", "1106000001")),
	    "" },
	{ "gb-beat",
	    BEAT("0", "k", "200") BEAT("60", "l", "200")
		BEAT("120", "m", "200"),
	    BEAT("180", "n", "200"), BEAT("130", "n", "200"), "" },
	{ "proxy-unchanged", "0 a>p OPTIONS\n", "5 p>b OPTIONS fwd\n",
	    "5 p>b OPTIONS fwd | From: \"x\" <sip:a@b.example>;tag=ta\n", "" },
	{ "proxy-unchanged", "0 a>p OPTIONS\n", "5 p>b OPTIONS fwd\n",
	    "5 p>b OPTIONS fwd | To: <sip:x@b.example>\n", "" },
	{ "proxy-unchanged", "0 a>p MESSAGE\n", "5 p>b MESSAGE fwd\n",
	    "5 p>b MESSAGE fwd | =MESSAGE sip:b@b.example SIP/2.0^Via: "
	    "SIP/2.0/UDP 192.0.2.3;branch=z9hG4bK1^Via: SIP/2.0/UDP "
	    "192.0.2.1;branch=z9hG4bK0^Max-Forwards: 69^From: "
	    "<sip:a@b.example>;tag=ta^To: <sip:b@b.example>^Call-ID: "
	    "c1^CSeq: 1 MESSAGE^Content-Type: text/plain^Content-Length: "
	    "3^^abc\n",
	    "" },
	{ "proxy-forward", "0 a>p OPTIONS | Subject: x\n",
	    "5 p>b OPTIONS fwd\n", "5 p>b OPTIONS fwd | -Subject\n", "" },
	{ "proxy-response",
	    "0 a>p OPTIONS | +Via: SIP/2.0/UDP x.example;branch=z9hG4bKx\n"
	    "5 p>b OPTIONS fwd\n10 b>p 200/OPTIONS\n",
	    "15 p>a 200/OPTIONS fwd\n",
	    "15 p>a 200/OPTIONS fwd | -Via | Via: SIP/2.0/UDP "
	    "192.0.2.1;branch=z9hG4bK0 | +Via: SIP/2.0/UDP "
	    "y.example;branch=z9hG4bKx\n",
	    "" },
	{ "response-fields", "0 a>b OPTIONS\n", "5 b>a 200/OPTIONS\n",
	    "5 b>a 200/OPTIONS | From: <sip:x@b.example>;tag=ta\n", "" },
	{ "response-fields", "0 a>b OPTIONS\n", "5 b>a 200/OPTIONS\n",
	    "5 b>a 200/OPTIONS | To: <sip:x@b.example>;tag=tb\n", "" },
	{ "response-fields", "0 a>b OPTIONS | +Via: SIP/2.0/UDP u;branch=v\n",
	    "5 b>a 200/OPTIONS\n",
	    "5 b>a 200/OPTIONS | -Via | Via: SIP/2.0/UDP "
	    "192.0.2.1;branch=z9hG4bK0 | +Via: SIP/2.0/UDP x;branch=v\n",
	    "" },
	{ "response-tag", CALL "2000 a>b INFO in cs=2\n", "2010 b>a 200/INFO\n",
	    "2010 b>a 200/INFO | To: <sip:b@b.example>;tag=x\n", "" },
	{ "ack-fields", REFUSED,
	    "20 a>b ACK in br=z9hG4bK0 uri=sip:b@b.example\n",
	    "20 a>b ACK in br=z9hG4bK0 uri=sip:b@b.example | From: "
	    "<sip:x@b.example>;tag=ta\n",
	    "" },
	{ "cancel-fields", RING,
	    "30 a>b CANCEL br=z9hG4bK0 uri=sip:b@b.example\n",
	    "30 a>b CANCEL br=z9hG4bK0 uri=sip:b@b.example | From: "
	    "<sip:x@b.example>;tag=ta\n",
	    "" },
	{ "cancel-487",
	    RING "30 a>b CANCEL br=z9hG4bK0 uri=sip:b@b.example\n"
		 "40 b>a 200/CANCEL\n",
	    "41 b>a 487/INVITE\n", "41 b>a 486/INVITE\n", "" },
	{ "provisional-late", RING "1000 b>a 200/INVITE sdp=1\n", "",
	    "1100 b>a 180/INVITE\n", "" },
	{ "form-length", "0 a>b OPTIONS\n", "5 b>a 200/OPTIONS\n",
	    "5 b>a 200/OPTIONS | =SIP/2.0 200 OK^Via: SIP/2.0/UDP "
	    "192.0.2.1;branch=z9hG4bK0^From: <sip:a@b.example>;tag=ta^To: "
	    "<sip:b@b.example>;tag=tb^Call-ID: c1^CSeq: 1 "
	    "OPTIONS^Content-Length: 0^^abc\n",
	    "" },
	{ "dialog-request", CALL "2000 a>b INFO in cs=2\n",
	    "2100 a>b INFO in cs=3\n", "2100 a>b INFO in cs=7\n", "" },
	{ "reliable-send", "0 a>b INVITE sdp=1 | Supported: 100rel\n",
	    "20 b>a 180/INVITE | RSeq: 1 | Require: 100rel\n", NULL, "" },
	{ "reliable-send", "0 a>b INVITE sdp=1\n", "",
	    "20 b>a 180/INVITE | RSeq: 1 | Require: 100rel\n", "" },
	{ "prack-send", RELIABLE, "30 a>b PRACK in cs=2\n",
	    "30 a>b PRACK in cs=2 | RAck: 1 7 INVITE\n", "" },
	{ "session-agreed", "0 a>b INVITE | Session-Expires: 90\n",
	    "10 b>a 200/INVITE | " TIMED "uas\n",
	    "10 b>a 200/INVITE | Session-Expires: 900;refresher=uas\n", "" },
	{ "session-agreed", "0 a>b INVITE\n",
	    "10 b>a 200/INVITE | " TIMED "uas\n",
	    "10 b>a 200/INVITE | " TIMED "uac | Require: timer\n", "" },
	{ "session-agreed", "0 a>b INVITE\n",
	    "10 b>a 200/INVITE | " TIMED "uas\n",
	    "10 b>a 200/INVITE | " TIMED "both\n", "" },
	{ "subscribe-shorter", "0 a>b SUBSCRIBE\n", "10 b>a 200/SUBSCRIBE\n",
	    "10 b>a 200/SUBSCRIBE | Expires: 61\n", "" },
	{ "publish-shorter", "0 a>b PUBLISH\n", "10 b>a 200/PUBLISH\n",
	    "10 b>a 200/PUBLISH | Expires: 61\n", "" },
	{ "subscribe-send", "", "0 a>b SUBSCRIBE\n",
	    "0 a>b SUBSCRIBE | -Expires\n", "" },
	{ "notify-bad", SUBSCRIBED, "100 b>a NOTIFY in cs=2\n",
	    "100 b>a NOTIFY in cs=2 sdp=1 | Event: refer\n", "" },
	{ "register-ok", "0 a>r REGISTER\n", "10 r>a 200/REGISTER\n",
	    "10 r>a 200/REGISTER | Contact: <sip:x@192.0.2.9>;expires=60\n",
	    "" },
	{ "via-rport",
	    "0 a>b OPTIONS | Via: SIP/2.0/UDP "
	    "192.0.2.1;rport;branch=z9hG4bK0\n",
	    "1 b>a 200/OPTIONS | Via: SIP/2.0/UDP "
	    "192.0.2.1;rport=5060;received=192.0.2.1;branch=z9hG4bK0\n",
	    "1 b>a 200/OPTIONS | Via: SIP/2.0/UDP "
	    "192.0.2.1;rport=5070;received=192.0.2.1;branch=z9hG4bK0\n",
	    "" },
	{ "via-received",
	    "0 a>b OPTIONS | Via: SIP/2.0/UDP 10.1.1.1;branch=z9hG4bK0\n",
	    "1 b>a 200/OPTIONS | Via: SIP/2.0/UDP "
	    "10.1.1.1;branch=z9hG4bK0;received=192.0.2.1\n",
	    "1 b>a 200/OPTIONS | Via: SIP/2.0/UDP "
	    "10.1.1.1;branch=z9hG4bK0;received=192.0.2.7\n",
	    "" },
	{ "invite-accept", RING, "1000 b>a 200/INVITE sdp=1\n",
	    "1000 b>a 200/INVITE sdp=1 | +Contact: <sip:x@192.0.2.2>\n", "" },
	{ "offer-version", CALL, "2000 a>b INVITE in cs=2 sdp=2 v=2\n",
	    "2000 a>b INVITE in cs=2 sdp=2 v=9\n", "" },
	{ "uri-password", "", "0 a>b REFER\n",
	    "0 a>b REFER | Refer-To: <sip:c:secret@b.example>\n", "" },
	{ "uri-password", "", "0 a>b OPTIONS\n",
	    "0 a>b OPTIONS | Contact: <sip:a@x>, <sip:a:b@192.0.2.1>\n", "" },
	{ "offer-lines", CALL, "2000 a>b INVITE in cs=2 sdp=1 v=2\n",
	    "2000 a>b INVITE in cs=2 sdp=1 v=2 | =INVITE sip:b@192.0.2.2 "
	    "SIP/2.0^Via: SIP/2.0/UDP 192.0.2.1;branch=z9hG4bK5^Max-Forwards: "
	    "70^From: <sip:a@b.example>;tag=ta^To: "
	    "<sip:b@b.example>;tag=tb^Call-ID: c1^CSeq: 2 INVITE^Contact: "
	    "<sip:a@192.0.2.1>^Content-Type: application/sdp^^x^\n",
	    "" },
	{ "sdp-form", "", "0 a>b INVITE sdp=1\n",
	    "0 a>b INVITE | =" OFFER
	    "Content-Type: application/sdp^^v=0^o=- 1 1 IN IP4 "
	    "192.0.2.1^s=-^t=0 0^m=audio 4000 RTP/AVP 0^\n",
	    "" },
	{ "offer-answer", RING, "1000 b>a 200/INVITE sdp=1\n",
	    "1000 b>a 200/INVITE | =SIP/2.0 200 OK^Via: SIP/2.0/UDP "
	    "192.0.2.1;branch=z9hG4bK0^From: <sip:a@b.example>;tag=ta^To: "
	    "<sip:b@b.example>;tag=tb^Call-ID: c1^CSeq: 1 INVITE^Contact: "
	    "<sip:b@192.0.2.2>^Content-Type: application/sdp^^v=0^o=- 1 1 "
	    "IN IP4 192.0.2.2^s=-^c=IN IP4 192.0.2.2^t=0 0^m=audio 4000 "
	    "RTP/AVP 8^\n",
	    "" },
	{ "uac-failover", TWO_SERVE "10 a>d OPTIONS\n20 d>a 503/OPTIONS\n",
	    "30 a>b OPTIONS | To: <sip:d@b.example>\n",
	    "30 a>b OPTIONS | To: <sip:d@b.example> | Subject: x\n", "" },
	{ "dns-addresses",
	    LOOKS_UP(DNS_SRV, SRV_UDP(B_NAME), "000", "")
		LOOKS_UP(DNS_A, B_NAME, "001", A(B_NAME, "02")),
	    "10 a>b OPTIONS\n", "10 a>b OPTIONS uri=sips:b@b.example\n", "" },
	{ "dns-port-given", LOOKS_UP(DNS_A, B_NAME, "001", A(B_NAME, "02")),
	    "10 a>b OPTIONS uri=sip:b@b.example:5060\n",
	    "10 a>b OPTIONS uri=sip:b@b.example:5070\n", "" },
	{ "dns-srv",
	    LOOKS_UP(DNS_SRV, SRV_UDP(B_NAME), "002",
		SRV("000a", S_NAME) SRV("0014", T_NAME))
		LOOKS_UP(DNS_A, T_NAME, "001", A(T_NAME, "02"))
		    LOOKS_UP(DNS_A, S_NAME, "001", A(S_NAME, "06")),
	    "10 a>d OPTIONS\n", "10 a>b OPTIONS\n", "" },
	{ "keepalive-flow", FLOW, "30000 a>r other crlf ping | 0d0a0d0a\n",
	    "30000 a>c other crlf ping | 0d0a0d0a\n", "" },
	{ "auth-uri", CHALLENGED, TRIED ANSWER(FIRST) "\n",
	    TRIED "Authorization: Digest username=\"a\", realm=\"x\", "
		  "nonce=\"n1\", response=\"r1\", opaque=\"o1\", " FIRST "\n",
	    "" },
	{ "auth-replay", CHALLENGED, TRIED ANSWER(FIRST) "\n",
	    TRIED "Authorization: Digest username=\"a\", realm=\"x\", "
		  "nonce=\"n1\", uri=\"sip:r.example\", opaque=\"o1\", " FIRST
		  "\n",
	    "" },
	{ "auth-scheme", CHALLENGED, TRIED ANSWER(FIRST) "\n",
	    TRIED "Authorization: NTLM x=\"y\"\n", "" },
};

/* Where a sentence of the clause is broken or in doubt, it is kept nowhere. */
static uint64_t
count_kept(
    const char *before, const char *message, bool whole, enum rule_id rule)
{
	LOCAL_BUF text = BUF_INIT;
	struct cells c;

	buf_printf(&text, "%s%s", before, message);
	c = read_cells(buf_cstr(&text), whole, rule);
	return c.broken > 0 || c.doubted ? 0 : c.kept;
}

/* A fault of what the check does not look at is not kept, either. */
static void
doubt_is_not_kept(void)
{
	for (size_t i = 0; i < sizeof(doubtful) / sizeof(doubtful[0]); i++) {
		enum rule_id rule = find_rule(doubtful[i].rule);

		for (int whole = 0; whole < 2; whole++) {
			const char *kept = doubtful[i].kept;
			const char *fault = doubtful[i].fault;
			uint64_t without =
			    count_kept(doubtful[i].before, "", whole, rule);
			uint64_t right =
			    count_kept(doubtful[i].before, kept, whole, rule);
			uint64_t wrong = fault == NULL
					     ? without
					     : count_kept(doubtful[i].before,
						   fault, whole, rule);

			/* A capture may not tell what is right, either. */
			if (!whole && right == without)
				kept = "";
			if (wrong > without || (kept[0] && right <= without))
				printf(
				    "BAD %s (%s): kept %d; %d with the right "
				    "message, %d with this: %s\n",
				    doubtful[i].rule, whole ? "run" : "capture",
				    (int)without, (int)right, (int)wrong,
				    fault != NULL ? fault : kept);
			CU_ASSERT_TRUE(wrong <= without);
			CU_ASSERT_TRUE(kept[0] == '\0' || right > without);
		}
	}
}

/* Sentence by sentence: who breaks it is found, or it is in doubt; who keeps it
 * is told so by a run. */
static void
sentences_can_fail(void)
{
	for (size_t i = 0; i < sizeof(kept_rows) / sizeof(kept_rows[0]); i++) {
		const char *before = kept_rows[i].before;
		enum rule_id rule = find_rule(kept_rows[i].rule);

		for (int whole = 0; whole < 2; whole++) {
			uint64_t without = count_kept(before, "", whole, rule);
			uint64_t wrong =
			    count_kept(before, kept_rows[i].fault, whole, rule);
			uint64_t right =
			    count_kept(before, kept_rows[i].kept, whole, rule);
			bool good = wrong <= without &&
				    (!whole || kept_rows[i].kept[0] == '\0' ||
					right > without);

			if (!good)
				printf("BAD %s, %s (%s): kept %d, right %d, "
				       "wrong %d\n",
				    kept_rows[i].rule, kept_rows[i].sentence,
				    whole ? "run" : "capture", (int)without,
				    (int)right, (int)wrong);
			CU_ASSERT_TRUE(good);
		}
	}
}

/* What the clause is for the role in a trace of TEXT. */
static enum inspect_cell
read_cell(const char *text, enum rule_id rule)
{
	LOCAL_BUF out = BUF_INIT;
	struct diag d = DIAG_INIT;
	struct trace *t = NULL;
	enum inspect_cell cell;
	struct inspect *in;

	scene_write(text, false, &out);
	CU_ASSERT_EQUAL_FATAL(trace_load_buf(&t, &out, "scene", &d), 0);
	in = inspect_trace(t, "scene");
	cell = inspect_cell_of(in, rule, ROLE_CLASS_TERMINAL);
	inspect_destroy(in);
	trace_destroy(t);
	return cell;
}

/* A good answer does not make up for an offer that is in doubt. */
static void
doubt_of_one_is_of_all(void)
{
	enum rule_id rule = find_rule("sdp-form");

	CU_ASSERT_EQUAL(
	    read_cell(
		OFFERS(V O S C T AUDIO) ANSWERS_WITH(V O S C T AUDIO), rule),
	    INSPECT_KEPT);
	CU_ASSERT_EQUAL(
	    read_cell(OFFERS(V O S C T "m=audio 4000 RTP/AVP 0 8 0^")
			  ANSWERS_WITH(V O S C T AUDIO),
		rule),
	    INSPECT_EXERCISED);
}

CHECK_MAIN("inspect kept",
    { "a capture keeps no more than its run", captures_keep_no_more },
    { "each clause can be broken", clauses_can_be_broken },
    { "what is in doubt is not kept", doubt_is_not_kept },
    { "each sentence could have failed", sentences_can_fail },
    { "who is in doubt once has not kept it", doubt_of_one_is_of_all })
