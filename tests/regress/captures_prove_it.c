/*
 * What a capture proves, and was a doubt or not looked at: a CSeq below that
 * of the request which has made the dialog, or far below the last one; a
 * CANCEL whose INVITE was answered only later; an ACK with the CSeq of the
 * INVITE before; a PRACK or UPDATE without what it is for; the id of a REFER
 * that there was not, and a subscription of one that never ends.  Beside each
 * stands what looks like it and may be right, since a capture can lack a
 * message: of that nothing is said.
 */
#include "fixtures/inspect_check.h"
#include "fixtures/inspect_scene.h"

#define CALL                                                           \
	"0 a>b INVITE in cs=50 sdp=1 | To: <sip:b@b.example>\n10 b>a " \
	"200/INVITE sdp=1\n20 a>b ACK in cs=50\n"
#define INFO(at, cs) at " a>b INFO in cs=" cs "\n"
#define DONE(status) "4000 b>a " status "/INFO\n"
#define ASKED        "0 a>b INVITE sdp=1\n"
#define CANCELS      " a>b CANCEL br=z9hG4bK0 uri=sip:b@b.example\n"
#define CANCELLED                                    \
	"2010 b>a 200/CANCEL\n2020 b>a 487/INVITE\n" \
	"2030 a>b ACK in br=z9hG4bK0 uri=sip:b@b.example\n"
#define AGAIN    "3000 a>b INVITE in cs=51 sdp=1 v=2\n"
#define ANSWERED "3010 b>a 200/INVITE sdp=1 v=2\n"
#define RELIABLE                                   \
	"0 a>b INVITE sdp=1 | Supported: 100rel\n" \
	"20 b>a 183/INVITE sdp=1 | RSeq: 7 | Require: 100rel\n"
#define RINGS       "0 a>b INVITE sdp=1 | Supported: 100rel\n20 b>a 180/INVITE\n"
#define PRACK(rack) "30 a>b PRACK in cs=2 | RAck: " rack "\n"
#define UPDATES     "30 b>a UPDATE in sdp=1\n"
#define REFERS      CALL "1000 a>b REFER in cs=51\n1010 b>a 202/REFER\n"
#define NEWS(at, id, state, frag)                                              \
	at " b>a NOTIFY in cs=9 | Event: refer" id                             \
	   " | Subscription-State: " state " | *message/sipfrag^SIP/2.0 " frag \
	   "^\n" at " a>b 200/NOTIFY\n"
#define TRYING(id) NEWS("1020", id, "active;expires=60", "100 Trying")

#define SUBSCRIBES                                                         \
	"0 a>b SUBSCRIBE\n10 b>a 200/SUBSCRIBE\n20 b>a NOTIFY in\n30 a>b " \
	"200/NOTIFY\n"
#define GIVES_UP                                   \
	"100 a>b SUBSCRIBE in cs=2 | Expires: 0\n" \
	"110 b>a 200/SUBSCRIBE | Expires: 0\n"
#define ROUTE    " | Route: <sip:192.0.2.2;lr>\n"
#define RECORDED " | Record-Route: <sip:192.0.2.2;lr>\n"

static const struct {
	const char *what, *scene, *want;
} rows[] = {
	{ "news well behind the end of a subscription",
	    SUBSCRIBES GIVES_UP "180 b>a NOTIFY in cs=2\n", "notify-state" },
	{ "news that crosses the end of a subscription",
	    SUBSCRIBES GIVES_UP "130 b>a NOTIFY in cs=2\n", "" },
	{ "below the INVITE", CALL INFO("2000", "49") DONE("500"),
	    "dialog-request" },
	{ "taken, too", CALL INFO("2000", "49") DONE("200"),
	    "dialog-cseq dialog-request" },
	{ "one that is late", CALL INFO("2000", "52") INFO("2010", "51"), "" },
	{ "one of many that are late",
	    CALL INFO("2000", "60") INFO("2010", "59") INFO("2020", "54"), "" },
	{ "far below the last one", CALL INFO("2000", "70") INFO("2010", "55"),
	    "dialog-request" },
	{ "of who was called: any number to begin with",
	    CALL "2000 b>a INFO in cs=2\n2010 a>b 200/INFO\n", "" },

	{ "CANCEL before its first response",
	    ASKED "100" CANCELS "300 b>a 180/INVITE\n" CANCELLED,
	    "cancel-wait" },
	{ "and there is none but the last one", ASKED "100" CANCELS CANCELLED,
	    "cancel-wait" },
	{ "a 100 before was not seen", ASKED "2000" CANCELS CANCELLED, "" },
	{ "no answer at all", ASKED "100" CANCELS, "" },

	{ "the ACK of the INVITE before",
	    CALL AGAIN ANSWERED "3020 a>b ACK in cs=50\n", "ack-2xx-cseq" },
	{ "once more, as the 2xx came once more",
	    CALL AGAIN "3005 b>a again 200/INVITE\n" ANSWERED
		       "3020 a>b ACK in cs=50\n3030 a>b ACK in cs=51\n",
	    "" },
	{ "the first one, late",
	    "0 a>b INVITE in cs=50 sdp=1 | To: <sip:b@b.example>\n10 b>a "
	    "200/INVITE sdp=1\n" AGAIN ANSWERED
	    "3020 a>b ACK in cs=50\n3030 a>b ACK in cs=51\n",
	    "" },
	{ "once more, and then the right one",
	    CALL AGAIN "3005 a>b ACK in cs=50\n" ANSWERED
		       "3030 a>b ACK in cs=51\n",
	    "" },

	{ "RAck below all RSeqs",
	    RELIABLE PRACK("6 1 INVITE") "40 b>a 200/PRACK\n"
					 "900 b>a 200/INVITE\n"
					 "910 a>b ACK in\n",
	    "prack-send" },
	{ "of a re-INVITE, whose RSeq is lower",
	    RELIABLE PRACK("7 1 INVITE") "40 b>a 200/PRACK\n"
					 "900 b>a 200/INVITE\n"
					 "910 a>b ACK in\n"
					 "2000 a>b INVITE in cs=3 sdp=1 v=2 | "
					 "Supported: 100rel\n"
					 "2010 b>a 183/INVITE | RSeq: 3 | "
					 "Require: 100rel\n"
					 "2020 a>b PRACK in cs=4 | RAck: 3 3 "
					 "INVITE\n"
					 "2030 b>a 200/PRACK\n",
	    "" },
	{ "of the second phone behind a proxy that was not seen",
	    RELIABLE PRACK("7 1 INVITE") "40 b>a 200/PRACK\n50 b>a 183/INVITE "
					 "| RSeq: 900 | Require: 100rel | To: "
					 "<sip:b@b.example>;tag=t9\n",
	    "" },
	{ "nothing to confirm", RINGS PRACK("1 1 INVITE") "40 b>a 481/PRACK\n",
	    "prack-send" },
	{ "and it is taken: what it is for was not seen",
	    RINGS PRACK("1 1 INVITE") "40 b>a 200/PRACK\n", "" },
	{ "UPDATE before there is a dialog",
	    ASKED "10 b>a 100/INVITE\n" UPDATES "40 a>b 481/UPDATE\n",
	    "update-send" },
	{ "it is taken",
	    ASKED "10 b>a 100/INVITE\n" UPDATES "40 a>b 200/UPDATE sdp=1\n",
	    "" },

	{ "the id of no REFER",
	    REFERS TRYING(";id=90") "2000 a>b BYE in cs=52\n"
				    "2010 b>a 200/BYE\n",
	    "notify-type" },
	{ "of one that was not seen",
	    CALL "1000 a>b REFER in cs=52\n1010 b>a 202/REFER\n" TRYING(
		";id=51") "2000 a>b BYE in cs=53\n2010 b>a 200/BYE\n",
	    "" },
	{ "no end",
	    REFERS TRYING("") "120000 a>b BYE in cs=52\n"
			      "120010 b>a 200/BYE\n",
	    "notify-final" },
	{ "an end",
	    REFERS TRYING("") "1100 b>a NOTIFY in cs=10 | Event: refer | "
			      "Subscription-State: "
			      "terminated;reason=noresource "
			      "| *message/sipfrag^SIP/2.0 200 OK^\n"
			      "1110 a>b 200/NOTIFY\n"
			      "120000 a>b BYE in cs=52\n120010 b>a 200/BYE\n",
	    "" },
	{ "the call ends before",
	    REFERS TRYING("") "2000 a>b BYE in cs=52\n2010 b>a 200/BYE\n"
			      "120000 end\n",
	    "" },

	{ "the tags of the other side",
	    CALL "2000 b>a BYE in | From: <sip:b@b.example>;tag=ta | To: "
		 "<sip:a@b.example>;tag=tb\n2010 a>b 481/BYE\n",
	    "dialog-request" },
	{ "an ACK with another tag in From",
	    "0 a>b INVITE sdp=1\n10 b>a 200/INVITE sdp=1\n20 a>b ACK in | "
	    "From: <sip:a@b.example>;tag=t9\n",
	    "dialog-request" },
	{ "the ACK of another phone behind the same proxy",
	    "0 a>p INVITE sdp=1\n2 p>b INVITE fwd\n10 b>p 200/INVITE "
	    "sdp=1\n12 p>a 200/INVITE fwd\n14 p>a 200/INVITE fwd | To: "
	    "<sip:p@b.example>;tag=t8\n20 a>b ACK in | To: "
	    "<sip:p@b.example>;tag=tb\n24 a>b ACK in | To: "
	    "<sip:p@b.example>;tag=t8\n",
	    "" },
	{ "an INVITE of the call without its tag",
	    CALL "2000 a>b INVITE cs=51 sdp=1 v=2\n2010 b>a 481/INVITE\n2020 "
		 "a>b ACK cs=51 br=z9hG4bK3\n",
	    "dialog-request" },
	{ "one after the call",
	    CALL "2000 a>b BYE in cs=51\n2010 b>a 200/BYE\n3000 a>b INVITE "
		 "cs=52 sdp=1\n3010 b>a 486/INVITE\n3020 a>b ACK cs=52 "
		 "br=z9hG4bK5\n",
	    "" },
	{ "a SUBSCRIBE without Event",
	    "0 a>b SUBSCRIBE | -Event\n10 b>a 200/SUBSCRIBE\n20 b>a NOTIFY in\n"
	    "30 a>b 200/NOTIFY\n",
	    "subscribe-send" },
	{ "a proxy's CSeq, told of once",
	    "0 a>p INVITE\n5 p>b INVITE fwd | CSeq: 2 INVITE\n10 b>p "
	    "180/INVITE | CSeq: 2 INVITE\n12 p>a 180/INVITE fwd | CSeq: 2 "
	    "INVITE\n",
	    "proxy-unchanged" },
	{ "a 200 to an INVITE that has met one's own, which was refused since",
	    CALL "2000 b>a INVITE in cs=1 sdp=1 v=2\n2001 a>b INVITE in cs=51 "
		 "sdp=1 v=2\n2010 a>b 491/INVITE\n2015 b>a 200/INVITE sdp=1 "
		 "v=3\n2020 b>a ACK in cs=1 br=z9hG4bK3 uri=sip:a@192.0.2.1\n"
		 "2025 a>b ACK in cs=51\n",
	    "reinvite-pending" },
	{ "to one that came after that",
	    CALL "2000 b>a INVITE in cs=1 sdp=1 v=2\n2010 a>b 491/INVITE\n2011 "
		 "b>a ACK in cs=1 br=z9hG4bK3 uri=sip:a@192.0.2.1\n2012 a>b "
		 "INVITE in cs=51 sdp=1 v=2\n2015 b>a 200/INVITE sdp=1 v=3\n"
		 "2025 a>b ACK in cs=51\n",
	    "" },
	{ "the answer to a CANCEL that was not seen",
	    ASKED "10 b>a 180/INVITE\n100 b>a 200/CANCEL | Via: SIP/2.0/UDP "
		  "192.0.2.1;branch=z9hG4bK0 | From: <sip:a@b.example>;tag=ta "
		  "| To: <sip:b@b.example>;tag=tb\n",
	    "" },
	{ "a method in CSeq, answered as it came",
	    CALL "2000 a>b BYE in cs=51 | CSeq: 51 INVITE\n"
		 "2010 b>a 200/BYE | CSeq: 51 INVITE\n",
	    "form-value" },
	{ "a route set of a dialog whose beginning was not seen",
	    "0 a>b INVITE in cs=51 sdp=1" ROUTE "10 b>a 200/INVITE sdp=1\n"
	    "20 a>b ACK in cs=51" ROUTE "2000 a>b INFO in cs=52" ROUTE
	    "2010 b>a 200/INFO\n",
	    "" },
	{ "and where a REFER is its first request",
	    "0 a>b REFER in cs=51" ROUTE "10 b>a 202/REFER\n"
	    "20 b>a NOTIFY in cs=9\n30 a>b 200/NOTIFY\n2000 a>b INFO in "
	    "cs=52" ROUTE "2010 b>a 200/INFO\n",
	    "" },
	{ "and of one that was seen",
	    "0 a>b INVITE sdp=1\n10 b>a 200/INVITE sdp=1\n20 a>b ACK in\n"
	    "2000 a>b INFO in cs=2" ROUTE "2010 b>a 200/INFO\n",
	    "dialog-route" },
	{ "a route set that the 2xx to a SUBSCRIBE has, and its NOTIFY not",
	    "0 a>b SUBSCRIBE\n10 b>a 200/SUBSCRIBE" RECORDED
	    "15 b>a NOTIFY in\n16 a>b 200/NOTIFY\n30 a>b SUBSCRIBE in cs=2 "
	    "uri=sip:b@192.0.2.2" ROUTE "40 b>a 200/SUBSCRIBE\n",
	    "" },
	{ "and a NOTIFY that comes before it",
	    "0 a>b SUBSCRIBE\n5 b>a NOTIFY in\n6 a>b 200/NOTIFY\n"
	    "10 b>a 200/SUBSCRIBE" RECORDED "30 a>b SUBSCRIBE in cs=2 "
	    "uri=sip:b@192.0.2.2" ROUTE "40 b>a 200/SUBSCRIBE\n",
	    "" },
	{ "neither of them has one",
	    "0 a>b SUBSCRIBE\n10 b>a 200/SUBSCRIBE\n"
	    "15 b>a NOTIFY in\n16 a>b 200/NOTIFY\n30 a>b SUBSCRIBE in cs=2 "
	    "uri=sip:b@192.0.2.2" ROUTE "40 b>a 200/SUBSCRIBE\n",
	    "dialog-route" },
};

static void
captures_tell(void)
{
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct buf out = BUF_INIT, rules = BUF_INIT;
		struct diag d = DIAG_INIT;
		struct inspect *in;
		struct trace *t;

		scene_write(rows[i].scene, false, &out);
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

CHECK_MAIN("captures_prove_it", { "captures tell", captures_tell })
