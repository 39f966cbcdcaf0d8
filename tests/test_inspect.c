/*
 * Inspection: each clause with a small scene that breaks it and one that keeps
 * it; the labs, which are clean but for what they mean to break; captures, of
 * which each finding has its reason.
 */
#include "base/err.h"
#include "base/mem.h"
#include "capture/capture.h"
#include "capture/trace.h"
#include "check.h"
#include "inspect/report.h"
#include "inspect_scene.h"
#include "labs.h"

/* ---- what a trace shows ---- */

static struct inspect *
inspect_trace(struct trace *t, const char *name)
{
	const struct inspect_options o = { 0 };
	const struct inspect_source from = { .name = str_of(name) };
	struct inspect *in = NULL;

	CU_ASSERT_EQUAL_FATAL(inspect_create(&in, &o), 0);
	CU_ASSERT_EQUAL(inspect_take(in, t, &from), 0);
	CU_ASSERT_EQUAL(inspect_finish(in), 0);
	return in;
}

static struct inspect *
inspect_scene(const char *text, bool whole)
{
	struct buf out = BUF_INIT;
	struct diag d = DIAG_INIT;
	struct trace *t = NULL;
	struct inspect *in;

	scene_write(text, whole, &out);
	if (trace_load_buf(&t, &out, "scene", &d) != 0)
		printf("BAD scene: %u: %s\n%s\n", d.line, d.text, text);
	CU_ASSERT_PTR_NOT_NULL_FATAL(t);
	in = inspect_trace(t, "scene");
	trace_destroy(t);
	buf_free(&out);
	return in;
}

/* "rule" of each finding but WITHOUT's, once each, with spaces between. */
static void
put_rules(const struct inspect *in, bool meant, struct buf *out)
{
	enum rule_id last = RULE_NONE;

	for (size_t i = 0; i < inspect_finding_count(in); i++) {
		const struct inspect_finding *f = inspect_finding_at(in, i);
		enum rule_id rule = inspect_clause_at(f->clause)->rule;

		if (rule == RULE_PLAIN_SIGNALLING || rule == last ||
		    (f->meant != 0) != meant)
			continue;
		last = rule;
		buf_printf(
		    out, "%s%s", out->n > 0 ? " " : "", rule_at(rule)->key);
	}
}

static bool
finds(const char *text, bool whole, const char *want)
{
	struct inspect *in = inspect_scene(text, whole);
	struct buf seen = BUF_INIT;
	bool same;

	put_rules(in, false, &seen);
	same = strcmp(buf_cstr(&seen), want) == 0;
	if (!same)
		printf("BAD seen: \"%s\" instead of \"%s\" in\n%s\n",
		    buf_cstr(&seen), want, text);
	buf_free(&seen);
	inspect_destroy(in);
	return same;
}

static bool
is_kept(const char *text, bool whole, enum rule_id rule)
{
	struct inspect *in = inspect_scene(text, whole);
	const struct inspect_row *row = inspect_row_of(in, rule);
	uint64_t kept = 0, broken = 0;

	for (int r = 0; r < INSPECT_ROLE_COUNT; r++) {
		kept += row->kept[r];
		broken += row->broken[r];
	}
	if (kept == 0 || broken != 0)
		printf("BAD %s: kept %llu, broken %llu in\n%s\n",
		    rule_at(rule)->key, (unsigned long long)kept,
		    (unsigned long long)broken, text);
	inspect_destroy(in);
	return kept > 0 && broken == 0;
}

/* ---- the scenes ---- */

#define RING "0 a>b INVITE sdp=1\n10 b>a 100/INVITE\n20 b>a 180/INVITE\n"
#define CALL                               \
	RING "1000 b>a 200/INVITE sdp=1\n" \
	     "1010 a>b ACK in\n"
#define OVER                     \
	"9000 a>b BYE in cs=2\n" \
	"9010 b>a 200/BYE\n"     \
	"60000 end\n"
#define CLEAN CALL OVER
#define REFUSED                \
	"0 a>b INVITE sdp=1\n" \
	"10 b>a 486/INVITE\n"
#define REGISTERED         \
	"0 a>r REGISTER\n" \
	"10 r>a 200/REGISTER\n"
#define DIGEST                                                                \
	"Digest realm=\"x\", nonce=\"n1\", algorithm=SHA-256, qop=\"auth\", " \
	"opaque=\"o1\""
#define CHALLENGED         \
	"0 a>r REGISTER\n" \
	"10 r>a 401/REGISTER | WWW-Authenticate: " DIGEST "\n"
#define ANSWER(more)                                                        \
	"Authorization: Digest username=\"a\", realm=\"x\", nonce=\"n1\", " \
	"uri=\"sip:r.example\", response=\"r1\", opaque=\"o1\", " more
#define FIRST "qop=auth, cnonce=\"c\", nc=00000001"
#define FORWARDED              \
	"0 a>p INVITE sdp=1\n" \
	"5 p>a 100/INVITE\n"
#define SUBSCRIBED               \
	"0 a>b SUBSCRIBE\n"      \
	"10 b>a 200/SUBSCRIBE\n" \
	"20 b>a NOTIFY in\n"     \
	"30 a>b 200/NOTIFY\n"
#define RELIABLE               \
	"0 a>b INVITE sdp=1\n" \
	"20 b>a 180/INVITE | RSeq: 1 | Require: 100rel\n"

#define CANCELLED                                                  \
	"0 a>p INVITE sdp=1\n1 p>a 100/INVITE\n5 p>b INVITE fwd\n" \
	"10 b>p 180/INVITE\n12 p>a 180/INVITE fwd\n"               \
	"100 a>p CANCEL br=z9hG4bK0 uri=sip:b@b.example\n"         \
	"101 p>a 200/CANCEL\n102 p>a 487/INVITE\n"                 \
	"103 a>p ACK in br=z9hG4bK0 uri=sip:b@b.example\n"
#define X100                                                 \
	"xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx" \
	"xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"
#define X1000 X100 X100 X100 X100 X100 X100 X100 X100 X100 X100 X100 X100 X100

/* A scene that breaks the clause and nothing else, one that keeps it, and
 * whether they are captures. */
static const struct {
	const char *rule, *broken, *kept;
	bool capture;
	const char *seen; /* where more comes of it than that */
} scenes[] = {
	/* format */
	{ "form-start-line", "0 a>b OPTIONS | =HELLO^Via: x^^\n", CLEAN, false,
	    NULL },
	{ "form-head",
	    "0 a>b OPTIONS | =OPTIONS sip:b@b.example SIP/2.0^Via x^^\n", CLEAN,
	    false, NULL },
	{ "form-mandatory", "0 a>b OPTIONS | -Call-ID\n", CLEAN, false, NULL },
	{ "form-once", "0 a>b OPTIONS | +Max-Forwards: 70\n", CLEAN, false,
	    NULL },
	{ "form-value", "0 a>b OPTIONS | CSeq: one OPTIONS\n", CLEAN, false,
	    NULL },
	{ "form-length", "0 a>b OPTIONS | Content-Length: 7\n", CLEAN, false,
	    NULL },
	{ "form-length",
	    "0 a>b OPTIONS tcp | -Content-Length\n1 b>a 200/OPTIONS tcp\n",
	    "0 a>b OPTIONS tcp\n1 b>a 200/OPTIONS tcp\n", false, NULL },
	{ "form-content-type",
	    "0 a>b INVITE sdp=1 | -Content-Type\n10 b>a 486/INVITE\n"
	    "11 a>b ACK in br=z9hG4bK0 uri=sip:b@b.example\n",
	    CLEAN, false, NULL },
	{ "form-date", "0 a>b OPTIONS | Date: yesterday\n1 b>a 200/OPTIONS\n",
	    "0 a>b OPTIONS | Date: Sat, 13 Nov 2010 23:29:00 GMT\n"
	    "1 b>a 200/OPTIONS\n",
	    false, NULL },
	{ "transport-size",
	    "0 a>b OPTIONS | Subject: " X1000 "\n1 b>a 200/OPTIONS\n", CLEAN,
	    true, NULL },
	{ "form-branch", "0 a>b OPTIONS br=1\n1 b>a 200/OPTIONS\n", CLEAN,
	    false, NULL },
	{ "branch-unique",
	    "0 a>b OPTIONS br=z9hG4bKx\n1 b>a 200/OPTIONS\n"
	    "9 a>b OPTIONS br=z9hG4bKx cs=2\n10 b>a 200/OPTIONS\n",
	    CLEAN, false, NULL },
	{ "form-from-tag",
	    "0 a>b OPTIONS | From: <sip:a@b.example>\n1 b>a 200/OPTIONS\n",
	    CLEAN, false, NULL },
	{ "form-to-tag",
	    "0 a>r REGISTER | To: <sip:a@b.example>;tag=x\n"
	    "10 r>a 200/REGISTER\n",
	    REGISTERED, false, NULL },
	{ "form-max-forwards",
	    "0 a>b OPTIONS | -Max-Forwards\n1 b>a 200/OPTIONS\n", CLEAN, false,
	    NULL },
	{ "form-hops", "0 a>b OPTIONS | Max-Forwards: 71\n1 b>a 200/OPTIONS\n",
	    CLEAN, false, NULL },
	{ "contact-one",
	    "0 a>b INVITE | -Contact\n10 b>a 486/INVITE\n"
	    "11 a>b ACK in br=z9hG4bK0 uri=sip:b@b.example\n",
	    CLEAN, false, NULL },
	{ "message-send",
	    "0 a>b MESSAGE | Contact: <sip:a@192.0.2.1>\n1 b>a 200/MESSAGE\n",
	    "0 a>b MESSAGE\n1 b>a 200/MESSAGE\n", false, NULL },
	{ "message-show",
	    "0 a>b MESSAGE\n1 b>a 200/MESSAGE | Contact: <sip:b@192.0.2.2>\n",
	    "0 a>b MESSAGE\n1 b>a 200/MESSAGE\n", false, NULL },
	{ "subscribe-send",
	    "0 a>b SUBSCRIBE | -Event\n1 b>a 489/SUBSCRIBE | "
	    "Allow-Events: presence\n",
	    SUBSCRIBED, false, NULL },
	{ "notify-bad",
	    "0 a>b SUBSCRIBE\n10 b>a 200/SUBSCRIBE\n"
	    "20 b>a NOTIFY in | -Subscription-State\n30 a>b 400/NOTIFY\n",
	    SUBSCRIBED, false, NULL },
	{ "refer-send", "0 a>b REFER | -Refer-To\n1 b>a 400/REFER\n",
	    "0 a>b REFER\n1 b>a 603/REFER\n", false, NULL },
	{ "publish-send",
	    "0 a>b PUBLISH | -Event\n1 b>a 489/PUBLISH | "
	    "Allow-Events: presence\n",
	    "0 a>b PUBLISH\n1 b>a 200/PUBLISH\n", false, NULL },

	/* responses */
	{ "response-fields",
	    "0 a>b OPTIONS\n1 b>a 200/OPTIONS | From: "
	    "<sip:a@b.example>;tag=else\n",
	    CLEAN, false, NULL },
	{ "response-tag",
	    "0 a>b OPTIONS\n1 b>a 200/OPTIONS | To: <sip:b@b.example>\n", CLEAN,
	    false, NULL },
	{ "response-place",
	    "0 a>b OPTIONS\n1 b>a 200/OPTIONS | Via: SIP/2.0/UDP "
	    "192.0.2.1;branch=z9hG4bK0;received=192.0.2.1;rport=7000\n",
	    "0 a>b OPTIONS\n1 b>a 200/OPTIONS | Via: SIP/2.0/UDP "
	    "192.0.2.1;branch=z9hG4bK0;received=192.0.2.1\n",
	    false, NULL },
	{ "via-received",
	    "0 a>b OPTIONS | Via: SIP/2.0/UDP a.example;branch=z9hG4bK0\n"
	    "1 b>a 200/OPTIONS\n9 end\n",
	    "0 a>b OPTIONS | Via: SIP/2.0/UDP a.example;branch=z9hG4bK0\n"
	    "1 b>a 200/OPTIONS | Via: SIP/2.0/UDP "
	    "a.example;branch=z9hG4bK0;received=192.0.2.1\n9 end\n",
	    false, NULL },
	{ "via-received",
	    "0 a>b OPTIONS | Via: SIP/2.0/UDP 10.1.1.1;branch=z9hG4bK0\n"
	    "1 b>a 200/OPTIONS\n9 end\n",
	    "0 a>b OPTIONS | Via: SIP/2.0/UDP 10.1.1.1;branch=z9hG4bK0\n"
	    "1 b>a 200/OPTIONS | Via: SIP/2.0/UDP "
	    "10.1.1.1;branch=z9hG4bK0;received=192.0.2.1\n9 end\n",
	    true, "via-received via-own-address" },
	{ "via-rport",
	    "0 a>b OPTIONS | Via: SIP/2.0/UDP "
	    "192.0.2.1;branch=z9hG4bK0;rport\n1 b>a 200/OPTIONS\n",
	    "0 a>b OPTIONS | Via: SIP/2.0/UDP "
	    "192.0.2.1;branch=z9hG4bK0;rport\n1 b>a 200/OPTIONS | Via: "
	    "SIP/2.0/UDP "
	    "192.0.2.1;branch=z9hG4bK0;received=192.0.2.1;rport=5060\n",
	    false, NULL },
	{ "stray-response", "0 b>a 200/OPTIONS\n", CLEAN, false, NULL },
	{ "uas-method", "0 a>b OPTIONS\n1 b>a 405/OPTIONS\n",
	    "0 a>b OPTIONS\n1 b>a 405/OPTIONS | Allow: INVITE\n", false, NULL },
	{ "uas-type", "0 a>b OPTIONS\n1 b>a 415/OPTIONS\n",
	    "0 a>b OPTIONS\n1 b>a 415/OPTIONS | Accept: application/sdp\n",
	    false, NULL },
	{ "uas-require", "0 a>b OPTIONS\n1 b>a 420/OPTIONS\n",
	    "0 a>b OPTIONS\n1 b>a 420/OPTIONS | Unsupported: x\n", false,
	    NULL },
	{ "session-too-small", "0 a>b OPTIONS\n1 b>a 422/OPTIONS\n",
	    "0 a>b OPTIONS\n1 b>a 422/OPTIONS | Min-SE: 90\n", false, NULL },
	{ "register-too-brief", "0 a>r REGISTER\n1 r>a 423/REGISTER\n",
	    "0 a>r REGISTER\n1 r>a 423/REGISTER | Min-Expires: 90\n", false,
	    NULL },
	{ "subscribe-event", "0 a>b SUBSCRIBE\n1 b>a 489/SUBSCRIBE\n",
	    "0 a>b SUBSCRIBE\n1 b>a 489/SUBSCRIBE | Allow-Events: presence\n",
	    false, NULL },
	{ "redirect-302", "0 a>d OPTIONS\n1 d>a 302/OPTIONS\n",
	    "0 a>d OPTIONS\n1 d>a 302/OPTIONS | Contact: <sip:c@b.example>\n",
	    false, NULL },
	{ "options-recv", "0 a>b OPTIONS\n1 b>a 200/OPTIONS | -Allow\n",
	    "0 a>b OPTIONS\n1 b>a 200/OPTIONS\n", false, NULL },
	{ "non-invite-1xx",
	    "0 a>b OPTIONS\n100 b>a 100/OPTIONS\n200 b>a 200/OPTIONS\n",
	    "0 a>b OPTIONS\n500 a>b again OPTIONS\n1500 a>b again OPTIONS\n"
	    "3600 b>a 100/OPTIONS\n3700 b>a 200/OPTIONS\n",
	    false, NULL },
	{ "proxy-408-too-late", "0 a>b OPTIONS\n1 b>a 408/OPTIONS\n", NULL,
	    false, NULL },

	/* transactions */
	{ "ict-timer-a",
	    "0 a>b INVITE sdp=1\n100 a>b again INVITE\n200 b>a 486/INVITE\n"
	    "210 a>b ACK in br=z9hG4bK0 uri=sip:b@b.example\n",
	    "0 a>b INVITE sdp=1\n500 a>b again INVITE\n1500 a>b again INVITE\n"
	    "1600 b>a 486/INVITE\n"
	    "1610 a>b ACK in br=z9hG4bK0 uri=sip:b@b.example\n",
	    false, NULL },
	{ "ict-timer-a",
	    RING "500 a>b again INVITE\n510 b>a 486/INVITE\n"
		 "520 a>b ACK in br=z9hG4bK0 "
		 "uri=sip:b@b.example\n",
	    "0 a>b INVITE lost\n500 a>b again INVITE\n510 b>a 486/INVITE\n"
	    "520 a>b ACK in br=z9hG4bK0 uri=sip:b@b.example\n",
	    false, NULL },
	{ "nict-timer-e",
	    "0 a>b OPTIONS\n500 a>b again OPTIONS\n800 a>b again OPTIONS\n"
	    "900 b>a 200/OPTIONS\n",
	    "0 a>b OPTIONS\n500 a>b again OPTIONS\n1500 a>b again OPTIONS\n"
	    "1600 b>a 200/OPTIONS\n",
	    false, NULL },
	{ "nict-timer-e",
	    "0 a>b OPTIONS\n100 b>a 200/OPTIONS\n500 a>b again OPTIONS\n",
	    "0 a>b OPTIONS\n100 b>a 200/OPTIONS lost\n500 a>b again OPTIONS\n"
	    "510 b>a again 200/OPTIONS\n",
	    false, NULL },
	{ "ist-timer-g",
	    REFUSED "20 a>b ACK in br=z9hG4bK0 uri=sip:b@b.example\n"
		    "510 b>a again 486/INVITE\n",
	    REFUSED "20 a>b ACK in lost br=z9hG4bK0 uri=sip:b@b.example\n"
		    "510 b>a again 486/INVITE\n",
	    false, NULL },
	{ "invite-2xx-again",
	    RING "1000 b>a 200/INVITE sdp=1\n1010 a>b ACK in\n"
		 "1500 b>a again 200/INVITE\n" OVER,
	    RING "1000 b>a 200/INVITE sdp=1 lost\n"
		 "1500 b>a again 200/INVITE\n1510 a>b ACK in\n" OVER,
	    false, NULL },
	{ "ict-timer-a",
	    "0 a>b INVITE sdp=1\n3000 b>a 486/INVITE\n"
	    "3010 a>b ACK in br=z9hG4bK0 uri=sip:b@b.example\n",
	    NULL, false, NULL },
	{ "nict-timer-e", "0 a>b OPTIONS\n3000 b>a 200/OPTIONS\n", NULL, false,
	    NULL },
	{ "invite-2xx-again",
	    RING "1000 b>a 200/INVITE sdp=1\n4000 a>b ACK in\n" OVER, NULL,
	    false, NULL },
	{ "prack-send",
	    RELIABLE "1000 b>a 200/INVITE sdp=1\n1010 a>b ACK in\n" OVER, NULL,
	    false, NULL },
	{ "ict-ack", REFUSED "60000 end\n",
	    REFUSED "20 a>b ACK in br=z9hG4bK0 uri=sip:b@b.example\n", false,
	    NULL },
	{ "ict-ack",
	    REFUSED "510 b>a again 486/INVITE\n1510 b>a again 486/INVITE\n"
		    "3510 b>a again 486/INVITE\n60000 end\n",
	    REFUSED "20 a>b ACK in br=z9hG4bK0 uri=sip:b@b.example\n", true,
	    NULL },
	{ "ack-fields",
	    REFUSED "20 a>b ACK in br=z9hG4bK0 uri=sip:b@else.example\n",
	    REFUSED "20 a>b ACK in br=z9hG4bK0 uri=sip:b@b.example\n", false,
	    NULL },
	{ "ack-2xx-branch",
	    RING
	    "1000 b>a 200/INVITE sdp=1\n1010 a>b ACK in br=z9hG4bK0\n" OVER,
	    CLEAN, false, NULL },
	{ "final-sent", "0 a>b OPTIONS\n500 a>b again OPTIONS\n60000 end\n",
	    "0 a>b OPTIONS\n1 b>a 200/OPTIONS\n60000 end\n", false, NULL },
	{ "final-once", "0 a>b OPTIONS\n1 b>a 200/OPTIONS\n2 b>a 404/OPTIONS\n",
	    CLEAN, false, NULL },
	{ "provisional-late", CALL "2000 b>a 180/INVITE\n" OVER, CLEAN, false,
	    NULL },
	{ "cancel-fields",
	    RING "100 a>b CANCEL br=z9hG4bKother uri=sip:b@b.example\n"
		 "110 b>a 481/CANCEL\n200 b>a 486/INVITE\n"
		 "210 a>b ACK in br=z9hG4bK0 uri=sip:b@b.example\n",
	    RING "100 a>b CANCEL br=z9hG4bK0 uri=sip:b@b.example\n"
		 "110 b>a 200/CANCEL\n120 b>a 487/INVITE\n"
		 "130 a>b ACK in br=z9hG4bK0 uri=sip:b@b.example\n",
	    false, NULL },
	{ "cancel-wait",
	    "0 a>b INVITE\n1 a>b CANCEL br=z9hG4bK0 uri=sip:b@b.example\n"
	    "10 b>a 200/CANCEL\n20 b>a 487/INVITE\n"
	    "30 a>b ACK in br=z9hG4bK0 uri=sip:b@b.example\n",
	    RING "100 a>b CANCEL br=z9hG4bK0 uri=sip:b@b.example\n"
		 "110 b>a 200/CANCEL\n120 b>a 487/INVITE\n"
		 "130 a>b ACK in br=z9hG4bK0 uri=sip:b@b.example\n",
	    false, NULL },
	{ "cancel-send",
	    CALL "2000 a>b CANCEL br=z9hG4bK0 uri=sip:b@b.example\n"
		 "2010 b>a 200/CANCEL\n" OVER,
	    RING "100 a>b CANCEL br=z9hG4bK0 uri=sip:b@b.example\n"
		 "110 b>a 200/CANCEL\n120 b>a 487/INVITE\n"
		 "130 a>b ACK in br=z9hG4bK0 uri=sip:b@b.example\n",
	    false, NULL },
	{ "cancel-487",
	    RING "100 a>b CANCEL br=z9hG4bK0 uri=sip:b@b.example\n"
		 "110 b>a 200/CANCEL\n60000 end\n",
	    RING "100 a>b CANCEL br=z9hG4bK0 uri=sip:b@b.example\n"
		 "110 b>a 200/CANCEL\n120 b>a 487/INVITE\n"
		 "130 a>b ACK in br=z9hG4bK0 uri=sip:b@b.example\n",
	    false, NULL },
	{ "auth-answer",
	    "0 a>b PUBLISH\n10 b>a 401/PUBLISH | WWW-Authenticate: " DIGEST
	    "\n20 a>b PUBLISH | Authorization: Digest username=\"a\", "
	    "realm=\"x\", nonce=\"n1\", uri=\"sip:b@b.example\", "
	    "response=\"r1\", opaque=\"o1\", " FIRST "\n30 b>a 200/PUBLISH\n",
	    "0 a>b PUBLISH\n10 b>a 401/PUBLISH | WWW-Authenticate: " DIGEST
	    "\n20 a>b PUBLISH cs=2 | Authorization: Digest username=\"a\", "
	    "realm=\"x\", nonce=\"n1\", uri=\"sip:b@b.example\", "
	    "response=\"r1\", opaque=\"o1\", " FIRST "\n30 b>a 200/PUBLISH\n",
	    false, NULL },

	/* dialogs */
	{ "dialog-request",
	    CALL "2000 a>b INFO in cs=2\n2010 b>a 200/INFO\n"
		 "9000 a>b BYE in cs=2\n9010 b>a 200/BYE\n",
	    CLEAN, false, NULL },
	{ "dialog-target",
	    CALL "9000 a>b BYE in cs=2 uri=sip:b@b.example\n"
		 "9010 b>a 200/BYE\n",
	    CLEAN, false, NULL },
	{ "dialog-target",
	    CALL "9000 a>b BYE in cs=2 uri=sip:c@192.0.2.2\n"
		 "9010 b>a 200/BYE\n",
	    CALL "9000 a>b BYE in cs=2 uri=sip:b@192.0.2.2:5060\n"
		 "9010 b>a 200/BYE\n",
	    true, NULL },
	{ "dialog-route",
	    CALL "9000 a>b BYE in cs=2 | Route: <sip:192.0.2.3;lr>\n"
		 "9010 b>a 200/BYE\n",
	    CLEAN, false, NULL },
	{ "invite-accept",
	    RING "1000 b>a 200/INVITE sdp=1 | -Contact\n1010 a>b ACK in\n" OVER,
	    CLEAN, false, NULL },
	{ "invite-ack",
	    RING "1000 b>a 200/INVITE sdp=1\n1500 b>a again 200/INVITE\n" OVER,
	    CLEAN, false, NULL },
	{ "bye-held",
	    RING "1000 b>a 200/INVITE sdp=1\n1005 b>a BYE in\n"
		 "1010 a>b ACK in\n1020 a>b 200/BYE\n60000 end\n",
	    CALL "2000 b>a BYE in\n2010 a>b 200/BYE\n", false, NULL },
	{ "bye-called-early",
	    RING "100 b>a BYE in\n110 a>b 200/BYE\n120 b>a 487/INVITE\n"
		 "130 a>b ACK in br=z9hG4bK0 uri=sip:b@b.example\n",
	    CALL "2000 b>a BYE in\n2010 a>b 200/BYE\n", false, NULL },
	{ "dialog-bye",
	    CALL "2000 a>b BYE in cs=2\n2010 b>a 200/BYE\n"
		 "2100 a>b INFO in cs=3\n2110 b>a 481/INFO\n",
	    CLEAN, false, NULL },
	{ "reinvite-alone",
	    CALL "2000 a>b INVITE in cs=2 sdp=1 v=2\n2010 b>a 100/INVITE\n"
		 "2100 a>b INVITE in cs=3 sdp=1 v=3\n"
		 "2110 b>a 500/INVITE\n"
		 "2120 a>b ACK in cs=3 br=z9hG4bK7\n",
	    CALL "2000 a>b INVITE in cs=2 sdp=1 v=2\n"
		 "2010 b>a 200/INVITE sdp=1 v=2\n2020 a>b ACK in cs=2\n",
	    false, NULL },
	{ "session-least",
	    "0 a>b INVITE | Session-Expires: 60\n10 b>a 422/INVITE | Min-SE: "
	    "90\n20 a>b ACK in br=z9hG4bK0 uri=sip:b@b.example\n",
	    "0 a>b INVITE | Session-Expires: 90\n10 b>a 486/INVITE\n"
	    "20 a>b ACK in br=z9hG4bK0 uri=sip:b@b.example\n",
	    false, NULL },
	{ "session-agreed",
	    RING "1000 b>a 200/INVITE sdp=1 | Session-Expires: 90\n"
		 "1010 a>b ACK in\n" OVER,
	    RING "1000 b>a 200/INVITE sdp=1 | Session-Expires: "
		 "90;refresher=uas\n1010 a>b ACK in\n" OVER,
	    false, NULL },
	{ "reliable-send",
	    "0 a>b INVITE sdp=1\n20 b>a 180/INVITE | RSeq: 1\n"
	    "1000 b>a 200/INVITE sdp=1\n1010 a>b ACK in\n" OVER,
	    RELIABLE "30 a>b PRACK in cs=2\n40 b>a 200/PRACK\n"
		     "1000 b>a 200/INVITE sdp=1\n1010 a>b ACK in\n"
		     "9000 a>b BYE in cs=3\n9010 b>a 200/BYE\n",
	    false, "reliable-send prack-send" },
	{ "prack-send",
	    RELIABLE "30 a>b PRACK in cs=2 | RAck: 7 1 INVITE\n"
		     "40 b>a 481/PRACK\n1000 b>a 200/INVITE sdp=1\n"
		     "1010 a>b ACK in\n9000 a>b BYE in cs=3\n"
		     "9010 b>a 200/BYE\n",
	    RELIABLE "30 a>b PRACK in cs=2\n40 b>a 200/PRACK\n"
		     "1000 b>a 200/INVITE sdp=1\n1010 a>b ACK in\n"
		     "9000 a>b BYE in cs=3\n9010 b>a 200/BYE\n",
	    false, NULL },

	/* session descriptions */
	{ "sdp-form",
	    "0 a>b INVITE | =INVITE sip:b@b.example SIP/2.0^Via: SIP/2.0/UDP "
	    "192.0.2.1;branch=z9hG4bK0^Max-Forwards: 70^From: "
	    "<sip:a@b.example>;tag=ta^To: <sip:b@b.example>^Call-ID: "
	    "c1^CSeq: 1 INVITE^Contact: <sip:a@192.0.2.1>^Content-Type: "
	    "application/sdp^Content-Length: 5^^v=0^^\n"
	    "10 b>a 488/INVITE\n"
	    "20 a>b ACK in br=z9hG4bK0 uri=sip:b@b.example\n",
	    CLEAN, false, NULL },
	{ "offer-answer",
	    RING "1000 b>a 200/INVITE sdp=2\n1010 a>b ACK in\n" OVER, CLEAN,
	    false, NULL },
	{ "offer-missing", RING "1000 b>a 200/INVITE\n1010 a>b ACK in\n" OVER,
	    CLEAN, false, NULL },
	{ "offer-missing",
	    "0 a>b INVITE\n10 b>a 100/INVITE\n1000 b>a 200/INVITE sdp=1\n1010 "
	    "a>b ACK in\n" OVER,
	    "0 a>b INVITE\n10 b>a 100/INVITE\n1000 b>a 200/INVITE sdp=1\n"
	    "1010 a>b ACK in sdp=1\n" OVER,
	    false, NULL },
	{ "offer-version",
	    CALL "2000 a>b INVITE in cs=2 sdp=2\n"
		 "2010 b>a 200/INVITE sdp=2 v=2\n2020 a>b ACK in cs=2\n",
	    CALL "2000 a>b INVITE in cs=2 sdp=2 v=2\n"
		 "2010 b>a 200/INVITE sdp=2 v=2\n2020 a>b ACK in cs=2\n",
	    false, NULL },
	{ "offer-lines",
	    "0 a>b INVITE sdp=2\n10 b>a 100/INVITE\n"
	    "1000 b>a 200/INVITE sdp=2\n"
	    "1010 a>b ACK in\n2000 a>b INVITE in cs=2 sdp=1 v=2\n"
	    "2010 b>a 200/INVITE sdp=1 v=2\n2020 a>b ACK in cs=2\n",
	    CALL "2000 a>b INVITE in cs=2 sdp=2 v=2\n"
		 "2010 b>a 200/INVITE sdp=2 v=2\n2020 a>b ACK in cs=2\n",
	    false, NULL },

	/* proxies and registrars */
	{ "proxy-forward",
	    "0 a>p OPTIONS\n5 p>b OPTIONS fwd | Max-Forwards: 70\n"
	    "10 b>p 200/OPTIONS\n15 p>a 200/OPTIONS fwd\n",
	    "0 a>p OPTIONS\n5 p>b OPTIONS fwd\n"
	    "10 b>p 200/OPTIONS\n15 p>a 200/OPTIONS fwd\n",
	    false, NULL },
	{ "proxy-unchanged",
	    "0 a>p OPTIONS\n5 p>b OPTIONS fwd | From: "
	    "<sip:a@b.example>;tag=else\n10 b>p 200/OPTIONS\n"
	    "15 p>a 200/OPTIONS fwd | From: <sip:a@b.example>;tag=ta\n",
	    "0 a>p OPTIONS\n5 p>b OPTIONS fwd\n"
	    "10 b>p 200/OPTIONS\n15 p>a 200/OPTIONS fwd\n",
	    false, NULL },
	{ "proxy-max-forwards",
	    "0 a>p OPTIONS | Max-Forwards: 0\n"
	    "5 p>b OPTIONS fwd | -Max-Forwards\n10 b>p 200/OPTIONS\n"
	    "15 p>a 200/OPTIONS fwd\n",
	    "0 a>p OPTIONS\n5 p>b OPTIONS fwd\n"
	    "10 b>p 200/OPTIONS\n15 p>a 200/OPTIONS fwd\n",
	    false, "proxy-max-forwards proxy-forward" },
	{ "proxy-response",
	    "0 a>p OPTIONS | +Via: SIP/2.0/UDP x.example;branch=z9hG4bKx\n"
	    "5 p>b OPTIONS fwd\n"
	    "10 b>p 200/OPTIONS\n15 p>a 200/OPTIONS fwd | Via: SIP/2.0/UDP "
	    "192.0.2.1;branch=z9hG4bK0\n",
	    "0 a>p OPTIONS\n5 p>b OPTIONS fwd\n"
	    "10 b>p 200/OPTIONS\n15 p>a 200/OPTIONS fwd\n",
	    false, "response-fields proxy-response" },
	{ "proxy-1xx",
	    "0 a>p INVITE sdp=1\n5 p>b INVITE fwd\n10 b>p 100/INVITE\n"
	    "15 p>a 100/INVITE fwd\n20 b>p 486/INVITE\n"
	    "21 p>b ACK in br=z9hG4bK1 uri=sip:b@b.example | From: "
	    "<sip:a@b.example>;tag=ta\n"
	    "25 p>a 486/INVITE fwd\n"
	    "26 a>p ACK in br=z9hG4bK0 uri=sip:b@b.example | To: "
	    "<sip:b@b.example>;tag=tb\n",
	    "0 a>p INVITE sdp=1\n5 p>b INVITE fwd\n10 b>p 180/INVITE\n"
	    "15 p>a 180/INVITE fwd\n",
	    false, NULL },
	{ "proxy-2xx",
	    "0 a>p INVITE sdp=1\n1 p>a 100/INVITE\n5 p>b INVITE fwd\n"
	    "10 b>p 200/INVITE sdp=1\n510 b>p again 200/INVITE\n60000 end\n",
	    "0 a>p INVITE sdp=1\n5 p>b INVITE fwd\n10 b>p 200/INVITE sdp=1\n"
	    "15 p>a 200/INVITE fwd\n20 a>b ACK in | To: "
	    "<sip:b@b.example>;tag=tb\n60000 end\n",
	    false, NULL },
	{ "proxy-cancel", CANCELLED "60000 end\n",
	    CANCELLED "110 p>b CANCEL br=z9hG4bK2 uri=sip:b@b.example | From: "
		      "<sip:a@b.example>;tag=ta\n120 b>p 200/CANCEL\n"
		      "130 b>p 487/INVITE\n"
		      "140 p>b ACK br=z9hG4bK2 uri=sip:b@b.example | From: "
		      "<sip:a@b.example>;tag=ta | To: <sip:b@b.example>;tag=tb"
		      "\n60000 end\n",
	    false, NULL },
	{ "proxy-503",
	    "0 a>p OPTIONS\n5 p>b OPTIONS fwd\n"
	    "10 b>p 503/OPTIONS\n15 p>a 503/OPTIONS fwd\n",
	    "0 a>p OPTIONS\n5 p>b OPTIONS fwd\n"
	    "10 b>p 500/OPTIONS\n15 p>a 500/OPTIONS fwd\n",
	    false, NULL },
	{ "record-route-lr",
	    "0 a>p OPTIONS\n5 p>b OPTIONS fwd | Record-Route: "
	    "<sip:192.0.2.3>\n10 b>p 200/OPTIONS\n15 p>a 200/OPTIONS fwd\n",
	    "0 a>p OPTIONS\n5 p>b OPTIONS fwd | Record-Route: "
	    "<sip:192.0.2.3;lr>\n10 b>p 200/OPTIONS\n15 p>a 200/OPTIONS fwd\n",
	    false, NULL },
	{ "proxy-loop",
	    "0 a>p OPTIONS\n5 p>p OPTIONS fwd\n9 p>p OPTIONS fwd | "
	    "Max-Forwards: 68\n",
	    "0 a>p OPTIONS\n5 p>b OPTIONS fwd\n"
	    "10 b>p 200/OPTIONS\n15 p>a 200/OPTIONS fwd\n",
	    false, NULL },
	{ "register-uri",
	    "0 a>r REGISTER uri=sip:a@r.example\n10 r>a 200/REGISTER\n",
	    REGISTERED, false, NULL },
	{ "register-cseq",
	    REGISTERED "1000 a>r REGISTER\n1010 r>a 200/REGISTER\n",
	    REGISTERED "1000 a>r REGISTER cs=2\n1010 r>a 200/REGISTER\n", false,
	    NULL },
	{ "register-star", "0 a>r REGISTER | Contact: *\n10 r>a 400/REGISTER\n",
	    "0 a>r REGISTER | Contact: * | Expires: 0\n"
	    "10 r>a 200/REGISTER | -Contact\n",
	    false, NULL },
	{ "register-listed",
	    "0 a>r REGISTER\n10 r>a 200/REGISTER | Contact: "
	    "<sip:a@192.0.2.1>\n",
	    REGISTERED, false, NULL },
	{ "register-ok", "0 a>r REGISTER\n10 r>a 200/REGISTER | -Contact\n",
	    REGISTERED, false, NULL },
	{ "register-shorter",
	    "0 a>r REGISTER\n10 r>a 200/REGISTER | Contact: "
	    "<sip:a@192.0.2.1>;expires=61\n",
	    REGISTERED, false, NULL },

	/* events */
	{ "subscribe-accept",
	    "0 a>b SUBSCRIBE\n10 b>a 200/SUBSCRIBE | -Expires\n"
	    "20 b>a NOTIFY in\n30 a>b 200/NOTIFY\n",
	    SUBSCRIBED, false, NULL },
	{ "notify-at-once",
	    "0 a>b SUBSCRIBE\n10 b>a 200/SUBSCRIBE\n60000 end\n",
	    SUBSCRIBED "60000 end\n", false, NULL },
	{ "publish-accept", "0 a>b PUBLISH\n1 b>a 200/PUBLISH | -SIP-ETag\n",
	    "0 a>b PUBLISH\n1 b>a 200/PUBLISH\n", false, NULL },

	/* security */
	{ "auth-401", "0 a>r REGISTER\n10 r>a 401/REGISTER\n", CHALLENGED,
	    false, NULL },
	{ "auth-407", "0 a>r REGISTER\n10 r>a 407/REGISTER\n",
	    "0 a>r REGISTER\n10 r>a 407/REGISTER | Proxy-Authenticate: " DIGEST
	    "\n",
	    false, NULL },
	{ "auth-scheme",
	    "0 a>r REGISTER | Authorization: Basic YTpi\n"
	    "10 r>a 200/REGISTER\n",
	    CHALLENGED, false, NULL },
	{ "digest-algorithm",
	    "0 a>r REGISTER\n10 r>a 401/REGISTER | WWW-Authenticate: Digest "
	    "realm=\"x\", nonce=\"n\", qop=\"auth\"\n",
	    CHALLENGED, false, NULL },
	{ "digest-qop",
	    "0 a>r REGISTER\n10 r>a 401/REGISTER | WWW-Authenticate: Digest "
	    "realm=\"x\", nonce=\"n\", algorithm=SHA-256\n",
	    CHALLENGED, false, NULL },
	{ "digest-nonce",
	    CHALLENGED "20 c>r REGISTER c=c2\n"
		       "30 r>c 401/REGISTER c=c2 | WWW-Authenticate: " DIGEST
		       "\n",
	    CHALLENGED, false, NULL },
	{ "digest-count",
	    CHALLENGED "20 a>r REGISTER cs=2 | " ANSWER(
		FIRST) "\n30 r>a 200/REGISTER\n"
		       "40 a>r REGISTER cs=3 | Authorization: Digest "
		       "username=\"a\", "
		       "realm=\"x\", nonce=\"n1\", uri=\"sip:r.example\", "
		       "response=\"r2\", opaque=\"o1\", " FIRST
		       "\n50 r>a 200/REGISTER\n",
	    CHALLENGED
	    "20 a>r REGISTER cs=2 | " ANSWER(FIRST) "\n30 r>a 200/REGISTER\n",
	    false, NULL },
	{ "digest-opaque",
	    CHALLENGED "20 a>r REGISTER cs=2 | Authorization: Digest "
		       "username=\"a\", realm=\"x\", nonce=\"n1\", "
		       "uri=\"sip:r.example\", response=\"r1\", " FIRST
		       "\n30 r>a 200/REGISTER\n",
	    CHALLENGED
	    "20 a>r REGISTER cs=2 | " ANSWER(FIRST) "\n30 r>a 200/REGISTER\n",
	    false, NULL },
	{ "auth-uri",
	    CHALLENGED "20 a>r REGISTER cs=2 | Authorization: Digest "
		       "username=\"a\", realm=\"x\", nonce=\"n1\", "
		       "uri=\"sip:else.example\", response=\"r1\", "
		       "opaque=\"o1\", " FIRST "\n30 r>a 200/REGISTER\n",
	    CHALLENGED
	    "20 a>r REGISTER cs=2 | " ANSWER(FIRST) "\n30 r>a 200/REGISTER\n",
	    false, NULL },
	{ "auth-replay",
	    CHALLENGED "20 a>r REGISTER cs=2 | " ANSWER(
		FIRST) "\n30 r>a 200/REGISTER\n"
		       "40 c>r REGISTER c=c2 | " ANSWER(
			   FIRST) "\n"
				  "50 r>c 200/REGISTER c=c2\n",
	    CHALLENGED
	    "20 a>r REGISTER cs=2 | " ANSWER(FIRST) "\n30 r>a 200/REGISTER\n",
	    false, NULL },
	{ "uri-password",
	    "0 a>b OPTIONS uri=sip:b:secret@b.example\n1 b>a 200/OPTIONS\n",
	    CLEAN, false, NULL },
	{ "uac-tls", "0 a>b OPTIONS uri=sips:b@b.example\n1 b>a 200/OPTIONS\n",
	    NULL, false, NULL },
	{ "via-own-address",
	    "0 a>b OPTIONS | Via: SIP/2.0/UDP 10.1.1.1;branch=z9hG4bK0\n"
	    "1 b>a 200/OPTIONS | Via: SIP/2.0/UDP "
	    "10.1.1.1;branch=z9hG4bK0;received=192.0.2.1\n",
	    CLEAN, false, NULL },
	{ "plain-keys",
	    "0 a>b INVITE | =INVITE sip:b@b.example SIP/2.0^Via: SIP/2.0/UDP "
	    "192.0.2.1;branch=z9hG4bK0^Max-Forwards: 70^From: "
	    "<sip:a@b.example>;tag=ta^To: <sip:b@b.example>^Call-ID: "
	    "c1^CSeq: 1 INVITE^Contact: <sip:a@192.0.2.1>^Content-Type: "
	    "application/sdp^^v=0^o=- 1 1 IN IP4 192.0.2.1^s=-^c=IN IP4 "
	    "192.0.2.1^t=0 0^m=audio 4000 RTP/SAVP 0^a=crypto:1 "
	    "AES_CM_128_HMAC_SHA1_80 inline:x^\n"
	    "10 b>a 488/INVITE\n"
	    "20 a>b ACK in br=z9hG4bK0 uri=sip:b@b.example\n",
	    NULL, false, NULL },
};

#define NSCENES (sizeof(scenes) / sizeof(scenes[0]))

static void
scenes_break_and_keep(void)
{
	for (size_t i = 0; i < NSCENES; i++) {
		const struct rule *rule;
		enum rule_id id = RULE_NONE + 1;

		while (id < RULE_COUNT &&
		       strcmp(rule_at(id)->key, scenes[i].rule) != 0)
			id++;
		rule = rule_at(id);
		CU_ASSERT_PTR_NOT_NULL(rule);
		if (rule == NULL) {
			printf("BAD there is no rule %s\n", scenes[i].rule);
			continue;
		}
		CU_ASSERT_TRUE(finds(scenes[i].broken, !scenes[i].capture,
		    scenes[i].seen != NULL ? scenes[i].seen : scenes[i].rule));
		if (scenes[i].kept != NULL)
			CU_ASSERT_TRUE(
			    is_kept(scenes[i].kept, !scenes[i].capture, id));
	}
}

/* Each clause that is looked at has its scene. */
static void
clauses_have_scenes(void)
{
	for (size_t i = 0; i < inspect_clause_count(); i++) {
		enum rule_id rule = inspect_clause_at(i)->rule;
		const char *key = rule_at(rule)->key;
		size_t k = 0;

		while (k < NSCENES && strcmp(scenes[k].rule, key) != 0)
			k++;
		if (k == NSCENES && rule != RULE_PLAIN_SIGNALLING)
			printf("BAD no scene for %s\n", key);
		CU_ASSERT_TRUE(k < NSCENES || rule == RULE_PLAIN_SIGNALLING);
	}
	CU_ASSERT_TRUE(inspect_clause_count() >= 80);
}

/* ---- the labs ---- */

/* What they mean to break; all else is clean.  `meant`: a fault, a script's own
 * message or a crash wants it, and the report says so itself. */
static const struct {
	const char *lab, *rules, *meant, *why;
} lab_findings[] = {
	{ "labs/digest-replay", "", "auth-replay via-own-address",
	    "mallory sends what alice has sent" },
	{ "labs/handout-dialogs", "", "response-fields",
	    "the first BYE loses the tag in To on its way" },
	{ "labs/handout-messages", "",
	    "offer-missing publish-send form-mandatory ack-2xx-branch "
	    "cancel-fields",
	    "mallory sends what tutorials print, a REGISTER without Via or "
	    "Call-ID, too, which belongs to no call" },
	{ "labs/handout-more-messages", "",
	    "dialog-request subscribe-send register-star",
	    "mallory sends what tutorials print" },
	{ "labs/handset-malformed", "", "form-mandatory form-once nict-timer-e",
	    "mallory sends what no phone may send" },
	{ "labs/rfc3665-3.7", "offer-version", "",
	    "the figure of RFC 3665 gives the moved phone another o= line" },
	{ "labs/rfc5407-3.2.4", "", "bye-held",
	    "the figure has a BYE before the ACK" },
	{ "labs/session-timer", "session-least", "",
	    "alice asks for 50 s, as in RFC 4028 13, and is told no" },
	{ "labs/strict-router", "record-route-lr", "",
	    "the lab is about a router without lr" },
};

#define NLABS (sizeof(lab_findings) / sizeof(lab_findings[0]))

static void
lab_is_clean(const char *file)
{
	const struct lab_options o = LAB_OPTIONS;
	struct trace *t = lab_trace(file, &o);
	struct buf rules = BUF_INIT, meant = BUF_INIT;
	const char *want = "", *wanted = "";
	struct inspect *in;

	CU_ASSERT_PTR_NOT_NULL(t);
	if (t == NULL)
		return;
	for (size_t i = 0; i < NLABS; i++)
		if (strcmp(lab_findings[i].lab, file) == 0) {
			want = lab_findings[i].rules;
			wanted = lab_findings[i].meant;
		}
	in = inspect_trace(t, file);
	put_rules(in, false, &rules);
	put_rules(in, true, &meant);
	if (strcmp(buf_cstr(&rules), want) != 0 ||
	    strcmp(buf_cstr(&meant), wanted) != 0)
		printf("BAD %s: \"%s\", meant \"%s\"; expected \"%s\", meant "
		       "\"%s\"\n",
		    file, buf_cstr(&rules), buf_cstr(&meant), want, wanted);
	CU_ASSERT_STRING_EQUAL(buf_cstr(&rules), want);
	CU_ASSERT_STRING_EQUAL(buf_cstr(&meant), wanted);
	buf_free(&rules);
	buf_free(&meant);
	inspect_destroy(in);
	trace_destroy(t);
}

static void
labs_are_clean(void)
{
	labs_each(lab_is_clean, true);
}

/* ---- meant, roles, samples, measures ---- */

static void
faults_are_meant(void)
{
	struct inspect *in = inspect_scene("0 a>b OPTIONS | -Max-Forwards\n"
					   "0 fault\n1 b>a 200/OPTIONS\n",
	    true);

	CU_ASSERT_EQUAL(inspect_finding_count(in), 1);
	CU_ASSERT_EQUAL(inspect_count(in, INSPECT_ERROR), 0);
	CU_ASSERT_EQUAL(inspect_count_meant(in), 1);
	inspect_destroy(in);
	in = inspect_scene(
	    "0 a>b OPTIONS rule=raw-send | -Max-Forwards\n", true);
	CU_ASSERT_EQUAL(inspect_count_meant(in), 1);
	inspect_destroy(in);
	/* Whoever is switched off answers nothing. */
	CU_ASSERT_TRUE(finds("0 a>b OPTIONS\n1 b crash\n"
			     "500 a>b again OPTIONS\n60000 end\n",
	    true, ""));
}

/* What may have happened unseen is no finding. */
static void
captures_prove_less(void)
{
	static const char *const scenes_of_a_part[] = {
		/* begins in the middle */
		"0 a>b BYE in cs=9\n10 b>a 200/BYE\n",
		"0 b>a 200/INVITE sdp=1\n10 a>b ACK in\n",
		/* one direction alone */
		"0 a>b INVITE sdp=1\n500 a>b again INVITE\n",
		"0 b>a 180/INVITE\n1000 b>a 200/INVITE sdp=1\n",
		/* ends too early, or lacks a message */
		REFUSED "60000 end\n",
		RING "1000 b>a 200/INVITE sdp=1\n" OVER,
		"0 a>b OPTIONS\n60000 end\n",
	};

	for (size_t i = 0;
	     i < sizeof(scenes_of_a_part) / sizeof(scenes_of_a_part[0]); i++)
		CU_ASSERT_TRUE(finds(scenes_of_a_part[i], false, ""));
}

static void
takes_a_sample(void)
{
	const struct inspect_options o = { .sample = 3 };
	const struct inspect_source from = { .name = STR_INIT("x") };
	struct buf text = BUF_INIT, out = BUF_INIT;
	struct diag d = DIAG_INIT;
	struct inspect *in;
	struct trace *t;

	for (int i = 0; i < 20; i++)
		buf_printf(&text,
		    "%d a>b OPTIONS c=c%d br=z9hG4bKc%d | -Max-Forwards\n"
		    "%d b>a 200/OPTIONS c=c%d\n",
		    10 * i, i, i, 10 * i + 5, i);
	scene_write(buf_cstr(&text), true, &out);
	CU_ASSERT_EQUAL_FATAL(trace_load_buf(&t, &out, "x", &d), 0);
	CU_ASSERT_EQUAL_FATAL(inspect_create(&in, &o), 0);
	CU_ASSERT_EQUAL(inspect_take(in, t, &from), 0);
	CU_ASSERT_EQUAL(inspect_finish(in), 0);
	CU_ASSERT_EQUAL(inspect_file_at(in, 0)->sampled, 3);
	CU_ASSERT_EQUAL(inspect_file_at(in, 0)->calls, 20);
	CU_ASSERT_EQUAL(inspect_finding_count(in), 1);
	CU_ASSERT_EQUAL(inspect_finding_at(in, 0)->count, 3);
	inspect_destroy(in);
	trace_destroy(t);
	buf_free(&out);
	buf_free(&text);
}

/* ---- damaged messages ---- */

static uint32_t
draw(uint32_t *seed)
{
	*seed = *seed * 1664525u + 1013904223u;
	return *seed >> 8;
}

/* Changes some bytes of messages; the trace stays one. */
static void
damage(struct buf *trace, uint32_t *seed)
{
	static const char with[] = " ;,:<>@=0Az*/?&#[]";
	struct str rest = buf_view(trace);

	for (unsigned n = 1 + draw(seed) % 20; n > 0; n--) {
		size_t at = draw(seed) % trace->n;
		ptrdiff_t text;

		while (at > 0 && trace->p[at - 1] != '\n')
			at--;
		rest = str_slice(buf_view(trace), at, trace->n);
		rest = str_cut(rest, '\n', &rest);
		text = str_find(rest, "\"text\":\"");
		if (text < 0 || rest.n < (size_t)text + 12)
			continue;
		at += (size_t)text + 8 +
		      draw(seed) % (rest.n - (size_t)text - 11);
		if (strchr("\\\"rnu", trace->p[at]) == NULL &&
		    trace->p[at - 1] != '\\')
			trace->p[at] = with[draw(seed) % (sizeof(with) - 1)];
	}
}

static void
inspect_damaged(const char *text, bool whole, uint32_t *seed)
{
	struct buf out = BUF_INIT, report = BUF_INIT;
	struct diag d = DIAG_INIT;
	struct inspect *in;
	struct trace *t = NULL;

	scene_write(text, whole, &out);
	damage(&out, seed);
	if (trace_load_buf(&t, &out, "damaged", &d) == 0) {
		in = inspect_trace(t, "damaged");
		report_text(in, 80, &report);
		report_html(in, 80, &report);
		report_json(in, 80, &report);
		report_csv(in, 80, &report);
		CU_ASSERT_EQUAL(report.err, 0);
		inspect_destroy(in);
	}
	trace_destroy(t);
	buf_free(&out);
	buf_free(&report);
}

static void
survives_damage(void)
{
	uint32_t seed = 7;

	for (int round = 0; round < 4; round++)
		for (size_t i = 0; i < NSCENES; i++)
			inspect_damaged(
			    scenes[i].broken, round % 2 == 0, &seed);
}

/* ---- captures ---- */

/* Each finding of a capture, and why it is right. */
static const struct {
	const char *file, *rule;
	uint64_t seq;
	const char *why;
} captured[] = {
	{ "auth-failure.pcapng", "digest-qop", 10,
	    "WWW-Authenticate has realm and nonce alone" },
	{ "auth-failure.pcapng", "digest-algorithm", 10,
	    "algorithm=MD5, and no other challenge" },
	{ "b2bua-asterisk.pcapng", "subscribe-event", 93,
	    "mandatory by the table of RFC 3265 7.2; RFC 6665 4.4.4 has it as "
	    "a SHOULD" },
	{ "b2bua-asterisk.pcapng", "offer-version", 290,
	    "the re-INVITE's o= names another address than before: root, one "
	    "host, then the other" },
	{ "b2bua-asterisk.pcapng", "digest-qop", 10,
	    "the registrar's challenge has no qop" },
	{ "b2bua-asterisk.pcapng", "digest-qop", 101,
	    "so have those to INVITE, SUBSCRIBE and PUBLISH" },
	{ "b2bua-asterisk.pcapng", "digest-algorithm", 10,
	    "algorithm=MD5, and no other challenge" },
	{ "b2bua-asterisk.pcapng", "digest-algorithm", 101,
	    "algorithm=MD5, and no other challenge" },
	{ "call-rtp-g711.pcap", "response-tag", 29,
	    "the 200 to the REGISTER has To as it came, without a tag" },
	{ "call-rtp-g711.pcap", "register-listed", 29,
	    "the Contacts in the 200 have no expires" },
	{ "compact-form.pcap", "form-value", 4,
	    "the display name is in backslash quotes" },
	{ "dtmf-info.pcap", "offer-answer", 150,
	    "two m= lines (audio, video with port 0), and the answer has one" },
	{ "dtmf-info.pcap", "cancel-wait", 36,
	    "INVITE 2 and 3 are cancelled before any response to them" },
	{ "dtmf-info.pcap", "session-least", 23, "Session-Expires: 60" },
	{ "dtmf-info.pcap", "offer-version", 150,
	    "another session id in o= within the dialog" },
	{ "ipip-a.pcap", "transport-size", 4,
	    "one datagram of 1464 bytes and more" },
	{ "ipip-a.pcap", "digest-qop", 19,
	    "the challenge has realm and nonce" },
	{ "ipip-a.pcap", "digest-algorithm", 19, "no algorithm, which is MD5" },
	{ "ipv6-fragments.pcap", "transport-size", 4,
	    "it was cut into fragments" },
	{ "ipv6-fragments.pcap", "transport-size", 18, "so was this" },
	{ "ipv6-fragments.pcap", "dialog-request", 230,
	    "the BYE counts 2 after an UPDATE with 3" },
	{ "ipv6-fragments.pcap", "form-once", 144,
	    "Content-Type stands twice" },
	{ "ipv6-fragments.pcap", "contact-one", 67,
	    "RFC 3311 5.1: UPDATE refreshes the target, and this has no "
	    "Contact" },
	{ "ipv6-fragments.pcap", "dialog-route", 39,
	    "12.1.2: the caller's routes are Record-Route in reverse; these "
	    "are not reversed" },
	{ "ipv6-fragments.pcap", "offer-version", 133,
	    "other formats than in the INVITE, and its version" },
	{ "junk-before-request.pcap", "form-mandatory", 1,
	    "a request line and Expires, no other field" },
	{ "keepalive-hello.pcapng", "digest-qop", 10,
	    "the challenge has no qop" },
	{ "keepalive-hello.pcapng", "via-own-address", 4,
	    "10.231.142.84 in the Via, 172.29.38.91 on the wire" },
	{ "keepalive-hello.pcapng", "digest-algorithm", 10,
	    "algorithm=MD5, and no other challenge" },
	{ "options.pcap", "form-max-forwards", 4, "no Max-Forwards" },
	{ "options.pcap", "options-recv", 9, "11.2: Allow SHOULD be there" },
	{ "register-reinvite-bye.pcap", "dialog-target", 51,
	    "ACK, re-INVITE and BYE go to the address-of-record, not to the "
	    "Contact" },
	{ "rtp-g711.pcap", "via-rport", 47,
	    "the Via goes back with rport as it came" },
	{ "suricata-s0.pcap", "response-tag", 42,
	    "the 200 to the REGISTER has To without a tag" },
	{ "suricata-s0.pcap", "register-listed", 42,
	    "the Contact in the 200 has no expires" },
	{ "suricata-sdp.pcap", "form-value", 4,
	    "the display name is in backslash quotes" },
	{ "suricata-sdp.pcap", "form-value", 11, "and comes back so" },
	{ "suricata-sdp.pcap", "via-received", 11,
	    "192.168.1.2 in the Via came from a public address; no received" },
	{ "t38-fax.pcap", "offer-version", 124,
	    "the gateway's re-INVITE has another session id" },
	{ "t38-fax.pcap", "offer-version", 136,
	    "the border controller passes that on" },
	{ "t38-fax.pcap", "offer-version", 154, "the same on its other side" },
	{ "t38-fax.pcap", "via-own-address", 12,
	    "a NAT: the same INVITE was captured before it" },
	{ "t38-fax.pcap", "via-own-address", 136,
	    "a NAT: the same INVITE was captured before it" },
	{ "tcp-register.pcap", "via-own-address", 3,
	    "from the loop, with the address of a network" },
	{ "wireshark-sip.pcapng", "form-from-tag", 4,
	    "From: sip:34903@csp.noklab.net, no tag" },
	{ "wireshark-sip.pcapng", "form-max-forwards", 4,
	    "no Max-Forwards in the REGISTER" },
	{ "wireshark-sip.pcapng", "form-max-forwards", 26,
	    "nor in the INVITE" },
	{ "wireshark-sip.pcapng", "response-tag", 10,
	    "the 200 has To as it came" },
	{ "wireshark-sip.pcapng", "response-tag", 39,
	    "a 181 is no 100, and has no tag" },
	{ "wireshark-sip.pcapng", "via-own-address", 4,
	    "192.168.1.100 in the Via, 10.102.130.150 on the wire" },
	{ "zeek-wireshark.pcap", "form-max-forwards", 220,
	    "the ACKs have none" },
	{ "zeek-wireshark.pcap", "proxy-408-too-late", 278, "408 to a CANCEL" },
	{ "zeek-wireshark.pcap", "auth-uri", 22,
	    "the client's own address stands in uri" },
	{ "zeek-wireshark.pcap", "auth-uri", 332, "so it does here" },
	{ "zeek-wireshark.pcap", "auth-uri", 604, "and here" },
	{ "zeek-wireshark.pcap", "non-invite-1xx", 26,
	    "100 to a REGISTER over UDP at once" },
	{ "zeek-wireshark.pcap", "digest-qop", 10, "the challenge has no qop" },
	{ "zeek-wireshark.pcap", "digest-qop", 313,
	    "nor has that of its proxy" },
	{ "zeek-wireshark.pcap", "digest-algorithm", 313,
	    "algorithm=MD5, and no other challenge" },
	{ "zeek-wireshark.pcap", "digest-algorithm", 10,
	    "algorithm=MD5, and no other challenge" },
};

#define NCAPTURED (sizeof(captured) / sizeof(captured[0]))

static struct trace *
captured_trace(const char *file)
{
	struct capture_trace_options o = { .detail = TRACE_PROTOCOL };
	struct buf path = BUF_INIT, out = BUF_INIT;
	struct capture_supply supply;
	struct capture *c = NULL;
	struct diag d = DIAG_INIT;
	struct trace *t = NULL;

	buf_printf(&path, "%s/pcap/%s", check_data(), file);
	if (capture_open(&c, buf_cstr(&path), NULL, &d) == 0) {
		supply = capture_supply_of(c);
		if (capture_trace(&supply, &o, lab_sink, &out, &d) == 0)
			trace_load_buf(&t, &out, file, &d);
	}
	capture_close(c);
	buf_free(&path);
	buf_free(&out);
	return t;
}

static bool
is_expected(const char *file, const struct inspect_finding *f)
{
	const char *key = rule_at(inspect_clause_at(f->clause)->rule)->key;

	for (size_t i = 0; i < NCAPTURED; i++)
		if (strcmp(captured[i].file, file) == 0 &&
		    strcmp(captured[i].rule, key) == 0 &&
		    captured[i].seq == f->seq)
			return true;
	/* Each capture has this, and it is right: none has TLS. */
	if (strcmp(key, "plain-signalling") == 0)
		return true;
	printf("BAD %s: %s at #%llu: %.*s\n", file, key,
	    (unsigned long long)f->seq, STR_ARG(f->text));
	return false;
}

/* How many rows of the table FILE has. */
static size_t
expected_of(const char *file)
{
	size_t n = 0;

	for (size_t i = 0; i < NCAPTURED; i++)
		n += strcmp(captured[i].file, file) == 0;
	return n;
}

static void
capture_is_judged(const char *file)
{
	struct trace *t = captured_trace(file);
	struct inspect *in;
	size_t n = 0;

	CU_ASSERT_PTR_NOT_NULL(t);
	if (t == NULL)
		return;
	in = inspect_trace(t, file);
	for (size_t i = 0; i < inspect_finding_count(in); i++) {
		const struct inspect_finding *f = inspect_finding_at(in, i);

		CU_ASSERT_TRUE(is_expected(file, f));
		n +=
		    inspect_clause_at(f->clause)->rule != RULE_PLAIN_SIGNALLING;
	}
	if (n != expected_of(file))
		printf("BAD %s: %zu findings, expected %zu\n", file, n,
		    expected_of(file));
	CU_ASSERT_EQUAL(n, expected_of(file));
	inspect_destroy(in);
	trace_destroy(t);
}

static void
captures_are_judged(void)
{
	static const char *const clean[] = { "basic-call.pcap", "h263.pcap",
		"opus-offer.pcap", "prack.pcap", "register.pcap",
		"sdp-call.pcap", "tcp-call.pcap" };
	const char *last = "";
	struct buf folder = BUF_INIT;
	bool there;

	buf_printf(&folder, "%s/pcap", check_data());
	there = access(buf_cstr(&folder), R_OK) == 0;
	buf_free(&folder);
	if (!there) {
		check_skip("no captures beside the project");
		return;
	}
	for (size_t i = 0; i < NCAPTURED; i++) {
		if (strcmp(captured[i].file, last) != 0)
			capture_is_judged(captured[i].file);
		last = captured[i].file;
	}
	for (size_t i = 0; i < sizeof(clean) / sizeof(clean[0]); i++)
		capture_is_judged(clean[i]);
}

CHECK_MAIN("inspect",
    { "scenes break and keep clauses", scenes_break_and_keep },
    { "each clause has its scene", clauses_have_scenes },
    { "labs are clean", labs_are_clean },
    { "what was meant is said to be", faults_are_meant },
    { "captures prove less", captures_prove_less },
    { "a sample", takes_a_sample }, { "damaged messages", survives_damage },
    { "captures, each finding with its reason", captures_are_judged })
