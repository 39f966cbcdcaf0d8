/*
 * What healthy calls do was a finding: the same REGISTER, INFO or credentials
 * once more by another transport (RFC 3261 18.1.1), an INVITE that is cancelled
 * where the trace ends before anybody gives it up (9.1), questions to a server
 * that is away, a description that a box passes on as it is.  Beside each
 * stands what is wrong nearby, which is found.
 */
#include "fixtures/inspect_check.h"
#include "fixtures/inspect_scene.h"

#define CALL     "0 a>b INVITE sdp=1\n10 b>a 200/INVITE sdp=1\n20 a>b ACK in\n"
#define ANSWERED "10 b>a 200/INVITE sdp=1\n20 a>b ACK in\n"
#define SDP                                                                 \
	"v=0^o=a 1 1 IN IP4 192.0.2.1^s=-^c=IN IP4 192.0.2.1^t=0 0^m=audio" \
	" 40000 RTP/AVP 0^"
#define DESCRIBED(lines)                                                       \
	"0 a>b INVITE | *application/sdp^" lines "t=0 0^m=audio 4000 RTP/AVP " \
	"0^\n" ANSWERED
#define PART                                                            \
	"--x^Content-Type: application/sdp^^" SDP "^--x^Content-Type: " \
	"text/plain^^a^--x--^"
#define INFO(at, how) at " a>b INFO in cs=2 " how "\n"
#define OKS(at)       at " b>a 200/INFO\n"
#define R32           "0123456789abcdef0123456789abcdef"
#define CREDENTIALS                                                   \
	" | Authorization: Digest username=\"a\", realm=\"x\", "      \
	"nonce=\"n1\", uri=\"sip:r.example\", response=\"" R32 "\", " \
	"qop=auth, "                                                  \
	"cnonce=\"c\", nc=00000001\n"
#define CANCELLED                                                          \
	"0 a>p INVITE sdp=1\n1 p>a 100/INVITE\n5 p>b INVITE fwd\n"         \
	"10 b>p 180/INVITE\n12 p>a 180/INVITE fwd\n"                       \
	"100 a>p CANCEL br=z9hG4bK0 uri=sip:b@b.example\n"                 \
	"101 p>a 200/CANCEL\n300 p>b CANCEL br=z9hG4bK2 "                  \
	"uri=sip:b@b.example lost | From: <sip:a@b.example>;tag=ta | To: " \
	"<sip:p@b.example>\n"
#define ASKED(then)                                             \
	"0 b>a OPTIONS c=c8\n1 a>b 200/OPTIONS c=c8\n"          \
	"10 a>b OPTIONS br=z9hG4bKx\n510 a>b again OPTIONS\n"   \
	"1510 a>b again OPTIONS\n3510 a>b again OPTIONS\n" then \
	"7510 a>b again OPTIONS\n"                              \
	"70000 a>b OPTIONS c=c9\n70001 b>a 200/OPTIONS c=c9\n"
/* B's re-INVITE begins another session; the box passes it to A. */
#define SESSION(who, at, to, n)                                     \
	"=INVITE sip:x@192.0.2.9 SIP/2.0^Via: SIP/2.0/UDP " at      \
	";branch=z9hG4bK" n "^Max-Forwards: 70^From: <sip:" who     \
	"@b.example>;tag=t" who "^To: <sip:b@b.example>;tag=t" to   \
	"^Call-ID: c" n "^CSeq: 7 INVITE^Contact: <sip:" who "@" at \
	">^Content-Type: application/sdp^^v=0^o=- 777 3 IN IP4 " at \
	"^s=-^c=IN IP4 " at "^t=0 0^m=audio 40000 RTP/AVP 0^\n"
#define TWO_CALLS                                                            \
	"0 a>x INVITE sdp=1 c=c1\n10 x>a 200/INVITE sdp=1 c=c1\n20 a>x ACK " \
	"in c=c1\n100 x>b INVITE sdp=1 c=c2\n110 b>x 200/INVITE sdp=1 "      \
	"c=c2\n120 x>b ACK in c=c2\n"

static const struct {
	const char *what, *scene;
	bool whole;
	const char *want;
} rows[] = {
	{ "a REGISTER by TCP, too",
	    "0 a>r REGISTER\n2000 a>r REGISTER tcp\n2010 r>a 200/REGISTER\n",
	    false, "" },
	{ "a CSeq used again",
	    "0 a>r REGISTER\n10 r>a 200/REGISTER\n2000 a>r REGISTER\n"
	    "2010 r>a 200/REGISTER\n",
	    false, "register-cseq" },
	{ "an INFO by TCP, too",
	    CALL INFO("1000", "") INFO("3000", "tcp br=z9hG4bKt") OKS("3010"),
	    false, "" },
	{ "two INFOs with one CSeq",
	    CALL INFO("1000", "") INFO("3000", "br=z9hG4bKt") OKS("3010"),
	    false, "dialog-request" },
	{ "credentials by TCP, too",
	    "0 a>r REGISTER" CREDENTIALS "2000 a>r REGISTER tcp" CREDENTIALS
	    "2010 r>a 200/REGISTER\n",
	    false, "" },
	{ "credentials in another request",
	    "0 a>r REGISTER" CREDENTIALS "2000 a>r REGISTER cs=2" CREDENTIALS
	    "2010 r>a 200/REGISTER\n",
	    false, "digest-count" },
	{ "a NOTIFY before the 200 of a single look",
	    "0 a>x SUBSCRIBE | Expires: 0\n5 x>a NOTIFY in | "
	    "Subscription-State: terminated;reason=timeout\n"
	    "6 a>x 200/NOTIFY\n10 x>a 200/SUBSCRIBE | Expires: 0\n"
	    "60000 end\n",
	    true, "" },
	{ "a NOTIFY that was on its way when the subscription ended",
	    "0 a>b SUBSCRIBE\n10 b>a 200/SUBSCRIBE\n20 b>a NOTIFY in\n"
	    "30 a>b 200/NOTIFY\n100 a>b SUBSCRIBE in cs=2 | Expires: 0\n"
	    "110 b>a 200/SUBSCRIBE | Expires: 0\n120 b>a NOTIFY in cs=2 | "
	    "Subscription-State: active;expires=50\n130 a>b 200/NOTIFY\n"
	    "140 b>a NOTIFY in cs=3 | Subscription-State: "
	    "terminated;reason=timeout\n150 a>b 200/NOTIFY\n",
	    true, "" },
	{ "both branches of a fork come back",
	    "0 a>p OPTIONS | Route: <sip:192.0.2.3;lr>\n"
	    "5 p>d OPTIONS fwd | -Route\n10 d>p OPTIONS fwd | "
	    "Max-Forwards: 68\n15 p>b OPTIONS fwd | Max-Forwards: 67\n"
	    "16 d>p OPTIONS fwd | Max-Forwards: 68\n"
	    "20 p>c OPTIONS fwd | Max-Forwards: 67\n",
	    true, "" },
	{ "a branch comes back twice",
	    "0 a>p OPTIONS | Route: <sip:192.0.2.3;lr>\n"
	    "5 p>d OPTIONS fwd | -Route\n10 d>p OPTIONS fwd | "
	    "Max-Forwards: 68\n15 p>d OPTIONS fwd | Max-Forwards: 67\n"
	    "16 d>p OPTIONS fwd | Max-Forwards: 66\n"
	    "20 p>c OPTIONS fwd | Max-Forwards: 65\n",
	    true, "proxy-loop" },
	{ "cancelled, and the trace ends", CANCELLED "32200 end\n", true, "" },
	{ "cancelled, and it goes on", CANCELLED "33900 end\n", true,
	    "cancel-487" },
	{ "a description",
	    DESCRIBED("v=0^o=- 1 1 IN IP4 192.0.2.1^s=-^c=IN IP4 192.0.2.1^"),
	    false, "" },
	{ "v=1",
	    DESCRIBED("v=1^o=- 1 1 IN IP4 192.0.2.1^s=-^c=IN IP4 192.0.2.1^"),
	    false, "sdp-form" },
	{ "five words in o=",
	    DESCRIBED("v=0^o=- 1 IN IP4 192.0.2.1^s=-^c=IN IP4 192.0.2.1^"),
	    false, "sdp-form offer-numbers" },
	{ "no c=", DESCRIBED("v=0^o=- 1 1 IN IP4 192.0.2.1^s=-^"), false,
	    "sdp-form" },
	{ "two o=",
	    DESCRIBED("v=0^o=- 1 1 IN IP4 192.0.2.1^o=- 1 1 IN IP4 "
		      "192.0.2.1^s=-^c=IN IP4 192.0.2.1^"),
	    false, "sdp-form" },
	{ "an address of IPv6 as IP4",
	    DESCRIBED("v=0^o=- 1 1 IN IP4 192.0.2.1^s=-^c=IN IP4 2001:db8::1^"),
	    false, "sdp-form" },
	{ "a=rtpmap without a codec",
	    DESCRIBED("v=0^o=- 1 1 IN IP4 192.0.2.1^s=-^c=IN IP4 "
		      "192.0.2.1^a=rtpmap:0^"),
	    false, "sdp-form" },
	{ "a description in a part of a part",
	    "0 a>b INVITE | *multipart/mixed;boundary=x^--x^Content-Type: "
	    "multipart/alternative;boundary=y^^--y^Content-Type: "
	    "application/sdp^^" SDP "^--y--^--x--^\n" ANSWERED,
	    false, "" },
	{ "a boundary that is nowhere",
	    "0 a>b INVITE | *multipart/mixed;boundary=z^" PART "\n" ANSWERED,
	    false, "form-content-type" },
	{ "no boundary", "0 a>b INVITE | *multipart/mixed^" PART "\n" ANSWERED,
	    false, "form-content-type" },
	{ "a description that is packed",
	    "0 a>b INVITE | *application/sdp^\x1f\x0b\x08 | Content-Encoding: "
	    "gzip\n" ANSWERED,
	    false, "" },
	{ "a 2xx, and the ACK of another one that is not there",
	    CALL "3000 a>b INVITE in cs=2 sdp=1 v=2\n"
		 "3010 b>a 200/INVITE sdp=1 v=2\n3510 b>a again 200/INVITE\n"
		 "4510 b>a again 200/INVITE\n6510 b>a again 200/INVITE\n"
		 "9000 a>b ACK in cs=9\n",
	    false, "invite-ack" },
	/* All that the caller sends may be lost before it is seen here. */
	{ "a 2xx that comes again and again, and nothing of its caller",
	    "0 a>b INVITE sdp=1\n20 b>a 180/INVITE\n"
	    "1000 b>a 200/INVITE sdp=1\n1500 b>a again 200/INVITE\n"
	    "2500 b>a again 200/INVITE\n4500 b>a again 200/INVITE\n"
	    "8500 b>a again 200/INVITE\n9000 b>a BYE in\n"
	    "9500 b>a again BYE\n10500 b>a again BYE\n60000 end\n",
	    false, "" },
	{ "a server that is away", ASKED(""), false, "" },
	{ "a server that is there",
	    ASKED("4000 b>a OPTIONS c=c7\n4001 a>b 200/OPTIONS c=c7\n"), false,
	    "" },
	{ "a server that has begun to answer", ASKED("4000 b>a 100/OPTIONS\n"),
	    false, "final-sent" },
};

static void
quiet_or_found(void)
{
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct buf out = BUF_INIT, rules = BUF_INIT;
		struct diag d = DIAG_INIT;
		struct inspect *in;
		struct trace *t;

		scene_write(rows[i].scene, rows[i].whole, &out);
		CU_ASSERT_EQUAL_FATAL(trace_load_buf(&t, &out, "scene", &d), 0);
		in = inspect_trace(t, "scene");
		put_rules(in, false, &rules);
		if (!str_is(buf_view(&rules), rows[i].want))
			printf("BAD %s: \"%s\" instead of \"%s\"\n",
			    rows[i].what, buf_cstr(&rules), rows[i].want);
		CU_ASSERT(str_is(buf_view(&rules), rows[i].want));
		inspect_destroy(in);
		trace_destroy(t);
		buf_free(&rules);
	}
}

/* Who writes another session into o= is told, not who passes that on. */
static void
author_is_blamed(void)
{
	struct buf out = BUF_INIT;
	struct diag d = DIAG_INIT;
	struct inspect *in;
	struct trace *t;
	size_t n = 0;

	scene_write(TWO_CALLS "1000 b>x INVITE in | " SESSION("b", "192.0.2.2",
			"x", "2") "1010 x>a INVITE in | " SESSION("x",
			"192.0.2.7", "a", "1") "9000 end\n",
	    false, &out);
	CU_ASSERT_EQUAL_FATAL(trace_load_buf(&t, &out, "scene", &d), 0);
	in = inspect_trace(t, "scene");
	for (size_t i = 0; i < inspect_report(in)->nfindings; i++) {
		const struct inspect_finding *f =
		    &inspect_report(in)->findings[i];

		if (inspect_clause_at(f->clause)->rule != RULE_OFFER_VERSION)
			continue;
		CU_ASSERT_TRUE(str_is(f->name, "b"));
		n++;
	}
	CU_ASSERT_EQUAL(n, 1);
	inspect_destroy(in);
	trace_destroy(t);
}

CHECK_MAIN("healthy call is quiet",
    { "quiet, and found nearby", quiet_or_found },
    { "the author of a description", author_is_blamed })
