/*
 * What is legal was a finding: the route set of a subscription is that of its
 * first NOTIFY, which may come before the 2xx (RFC 6665 4.4.1); a 100 that its
 * final response has overtaken lets nobody send CANCEL; a 199 is no part of a
 * dialog that goes on, and another tag may follow it (RFC 6228 5); long after a
 * BYE nobody acknowledges a re-INVITE's refusal; a message in a WebSocket needs
 * no Content-Length (RFC 7118 5), where packets show no more than TCP; no PRACK
 * is due for what was refused at once; the answer to a request that came again
 * follows when its server has time (17.2.1); nobody need talk to an early
 * dialog.  Beside each stands what is wrong nearby, which is found.
 */
#include "fixtures/inspect_check.h"
#include "fixtures/inspect_scene.h"

#define RR(host) " | Record-Route: <sip:192.0.2." host ";lr>\n"
#define NOTIFIED "NOTIFY in" RR("2") "16 a>b 200/NOTIFY\n"
#define AGAIN    "a>b SUBSCRIBE in uri=sip:b@192.0.2.2 "
#define ROUTE    " | Route: <sip:192.0.2.2;lr>\n"
#define OPTIONS(via)                                              \
	"0 a>b OPTIONS tcp | -Content-Length | Via: SIP/2.0/" via \
	" 192.0.2.1;branch=z9hG4bK1\n1 b>a 200/OPTIONS tcp\n"
#define RINGS "0 a>b INVITE sdp=1 | Supported: 199\n10 b>a 180/INVITE\n"
#define OTHER " | To: <sip:b@b.example>;tag=t2\n"
#define CALL                                                           \
	"0 a>b INVITE sdp=1\n10 b>a 200/INVITE sdp=1\n20 a>b ACK in\n" \
	"1000 a>b INVITE in cs=2 sdp=1 v=2\n1010 b>a 100/INVITE\n"     \
	"2000 a>b BYE in cs=3\n2010 b>a 200/BYE\n"
#define CANCELLED                                                  \
	"0 a>p INVITE sdp=1\n1 p>a 100/INVITE\n5 p>b INVITE fwd\n" \
	"100 a>p CANCEL br=z9hG4bK0 uri=sip:b@b.example\n101 p>a 200/CANCEL\n"
#define ENDS                                                             \
	"410 p>b ACK br=z9hG4bK2 uri=sip:b@b.example\n420 p>a "          \
	"404/INVITE fwd\n430 a>p ACK br=z9hG4bK0 uri=sip:b@b.example | " \
	"To: <sip:p@b.example>;tag=tb\n60000 end\n"

#define TALKS                                              \
	"0 a>b INVITE sdp=1\n10 b>a 200/INVITE sdp=1\n20 " \
	"a>b ACK in\n1000 a>b INFO in cs=2"
#define FROM_X " | From: <sip:x@b.example>;tag=ta"
#define RENAMED                                        \
	"0 a>b INVITE sdp=1\n10 b>a 200/INVITE sdp=1 " \
	"| To: <sip:x@b.example>;tag=tb\n"
#define LATE_OFFER                                             \
	"0 a>b INVITE | Supported: 100rel\n20 b>a 183/INVITE " \
	"sdp=1 | RSeq: 1 | Require: 100rel\n"
#define ACK_REFUSAL "a>b ACK in br=z9hG4bK0 uri=sip:b@b.example\n"
#define UNHEARD                                                \
	"0 a>b INVITE sdp=1\n10 b>a 486/INVITE lost\n510 b>a " \
	"again 486/INVITE lost\n"
#define EARLY                                                               \
	"0 a>b INVITE sdp=1\n10 b>a 183/INVITE sdp=1\n100 b media op=flow " \
	"ssrc=2 peer=192.0.2.1:40000 codec=PCMU/8000\n110 a media op=hear " \
	"ssrc=2 codec=PCMU\n"
#define STOPS                                                               \
	"8000 b media op=stop ssrc=2 peer=192.0.2.1:40000 codec=PCMU/8000 " \
	"packets=390 ptime=20000000 reports=1\n"

static const struct {
	const char *scene, *want;
} rows[] = {
	{ RENAMED "20 a>b ACK in | To: <sip:x@b.example>;tag=tb\n",
	    "response-fields" },
	{ TALKS FROM_X " | Supported: from-change\n", "" },
	{ TALKS FROM_X "\n", "dialog-ends" },
	{ "0 a>b INVITE | Supported: 100rel\n20 b>a 180/INVITE | RSeq: 1\n"
	  "40000 b>a 488/INVITE\n40010 " ACK_REFUSAL "90000 end\n",
	    "reliable-send" },
	{ LATE_OFFER "100 b>a 488/INVITE\n110 " ACK_REFUSAL "60000 end\n", "" },
	{ LATE_OFFER "40000 b>a 488/INVITE\n40010 " ACK_REFUSAL "90000 end\n",
	    "prack-send" },
	{ UNHEARD
	    "520 a>b again INVITE\n740 b>a again 486/INVITE\n750 " ACK_REFUSAL,
	    "" },
	{ UNHEARD "740 b>a again 486/INVITE\n750 " ACK_REFUSAL, "ist-timer-g" },
	{ EARLY STOPS "8100 b>a 486/INVITE\n8110 " ACK_REFUSAL, "" },
	{ EARLY "1000 b>a 200/INVITE sdp=1\n1010 a>b ACK in\n" STOPS,
	    "media-heard" },
	{ "0 a>b SUBSCRIBE\n10 b>a 200/SUBSCRIBE" RR(
	      "9") "15 b>a " NOTIFIED "30 " AGAIN "cs=2" ROUTE
		   "40 b>a 200/SUBSCRIBE\n",
	    "" },
	{ "0 a>b SUBSCRIBE\n10 b>a 200/SUBSCRIBE" RR("2") "15 b>a NOTIFY in" RR(
	      "9") "16 a>b 200/NOTIFY\n30 " AGAIN "cs=2" ROUTE
		   "40 b>a 200/SUBSCRIBE\n",
	    "dialog-route" },
	{ "0 a>b SUBSCRIBE\n15 b>a " NOTIFIED "20 b>a 200/SUBSCRIBE" RR(
	      "9") "30 " AGAIN "cs=2" ROUTE "40 b>a 200/SUBSCRIBE\n",
	    "" },
	{ "0 a>b SUBSCRIBE\n15 b>a " NOTIFIED "20 b>a 200/SUBSCRIBE" RR(
	      "9") "30 " AGAIN "cs=1" ROUTE "40 b>a 200/SUBSCRIBE\n",
	    "dialog-request" },
	{ CANCELLED "400 b>p 404/INVITE\n401 b>p 100/INVITE\n" ENDS,
	    "provisional-late" },
	{ CANCELLED "110 b>p 100/INVITE\n400 b>p 404/INVITE\n" ENDS,
	    "proxy-cancel" },
	{ RINGS "20 b>a 199/INVITE | -Contact\n30 b>a 180/INVITE" OTHER, "" },
	{ RINGS "30 b>a 180/INVITE" OTHER, "response-tag" },
	{ CALL "36000 b>a 408/INVITE\n90000 end\n", "" },
	{ CALL "9000 b>a 408/INVITE\n90000 end\n", "ict-ack" },
	{ OPTIONS("WS"), "" },
	{ OPTIONS("WSS"), "" },
	{ OPTIONS("TCP"), "form-length" },
};

static void
legal_and_wrong(void)
{
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct buf out = BUF_INIT, rules = BUF_INIT;
		struct diag d = DIAG_INIT;
		struct inspect *in;
		struct trace *t;

		scene_write(rows[i].scene, true, &out);
		CU_ASSERT_EQUAL_FATAL(trace_load_buf(&t, &out, "scene", &d), 0);
		in = inspect_trace(t, "scene");
		put_rules(in, false, &rules);
		if (!str_is(buf_view(&rules), rows[i].want))
			printf("BAD row %zu: \"%s\" instead of \"%s\"\n", i,
			    buf_cstr(&rules), rows[i].want);
		CU_ASSERT(str_is(buf_view(&rules), rows[i].want));
		inspect_destroy(in);
		trace_destroy(t);
		buf_free(&rules);
	}
}

CHECK_MAIN("legal_is_no_finding", { "legal and wrong", legal_and_wrong })
