/* Scenes of route sets, of calls that take another one's place, and of what
 * comes again (relation_scenes.h). */
#ifndef RELATION_SCENES_WAYS_H
#define RELATION_SCENES_WAYS_H

#include "relation_scenes.h"

#define WAYS_ROUTE "<sip:192.0.2.3;lr;ftag=ta;did=4a.1>"
#define WAYS_CALL                                                         \
	"0 a>p INVITE sdp=1 | To: <sip:b@b.example>\n2 p>b INVITE fwd | " \
	"Record-Route: " WAYS_ROUTE "\n"
#define WAYS_TAKEN WAYS_CALL "10 b>p 200/INVITE sdp=1\n12 p>a 200/INVITE fwd\n"
#define WAYS_CALLER \
	"20 a>p ACK in uri=sip:b@192.0.2.2 | To: <sip:b@b.example>;tag=tb"
#define WAYS_CALLED \
	"900 b>p INFO in uri=sip:a@192.0.2.1 | To: <sip:a@b.example>;tag=ta"
#define WAYS_LINE                                                 \
	"0 a>b INVITE sdp=1\n10 b>a 200/INVITE sdp=1 | Contact: " \
	"<sip:b@192.0.2.2;line=7>\n"
#define WAYS_CALLS \
	"0 a>b INVITE sdp=1\n10 b>a 200/INVITE sdp=1\n20 a>b ACK in\n"
#define WAYS_WANTS(more)                                                \
	"1000 c>b INVITE c=c2 sdp=1 | Supported: replaces | Replaces: " \
	"c1;to-tag=tb;from-tag=ta" more "\n"
#define WAYS_TAKES  "1010 b>c 200/INVITE c=c2 sdp=1\n"
#define WAYS_DENIES "1010 b>c 400/INVITE c=c2\n"
#define WAYS_REFERS "0 a>b REFER\n10 b>a 202/REFER\n"
#define WAYS_TELLS \
	"20 b>a NOTIFY in | Event: refer | Subscription-State: active | *"
#define WAYS_GLARE                                              \
	WAYS_CALLS "5000 b>a INVITE in sdp=1 v=2 cs=7\n"        \
		   "5001 a>b INVITE in sdp=1 cs=2 v=2\n"        \
		   "5003 a>b 491/INVITE\n5004 b>a 491/INVITE\n" \
		   "5006 b>a ACK in br=z9hG4bK3 cs=7\n"         \
		   "5007 a>b ACK in br=z9hG4bK4 cs=2\n"
#define WAYS_RINGS \
	"0 a>b INVITE sdp=1\n10 b>a 180/INVITE\n1000 b>a 200/INVITE sdp=1\n"
#define WAYS_VIA "Via: SIP/2.0/UDP 192.0.2.1;branch=z9hG4bK0"

static const struct relation_scene scenes_of_ways[] = {
	{ "The Routes of a request within", WAYS_TAKEN,
	    WAYS_CALLER " | Route: " WAYS_ROUTE "\n",
	    WAYS_CALLER " | Route: <sip:192.0.2.3;lr;ftag=ta>\n", false },
	{ "The Routes of a request within", WAYS_TAKEN,
	    WAYS_CALLER " | Route: <sip:192.0.2.3;lr=on;ftag=ta;did=4a.1>\n",
	    WAYS_CALLER " | Route: <sip:192.0.2.3;lr;ftag=ta;did=4b>\n",
	    false },
	{ "The Routes of a request within", WAYS_TAKEN,
	    WAYS_CALLED " | Route: " WAYS_ROUTE "\n",
	    WAYS_CALLED " | Route: <sip:192.0.2.3;lr>\n", false },
	{ "The Routes of a request within", WAYS_CALLS, "30 a>b BYE in cs=2\n",
	    "30 a>b BYE in cs=2 | Route: <sip:192.0.2.3;lr>\n", false },
	{ "The Request-URI of a request within", WAYS_LINE,
	    "20 a>b ACK in uri=sip:b@192.0.2.2;line=7\n", "20 a>b ACK in\n",
	    false },
	{ "The Request-URI of a request within", WAYS_CALLS,
	    "30 a>b BYE in cs=2 uri=sip:b@192.0.2.2:5060\n",
	    "30 a>b BYE in cs=2 uri=sip:b@192.0.2.2:5070\n", false },
	{ "A provisional response that makes", WAYS_CALL, "10 b>p 180/INVITE\n",
	    "10 b>p 180/INVITE | -Record-Route\n", false },
	{ "A 2xx that makes a dialog has the Record", WAYS_CALL,
	    "10 b>p 200/INVITE sdp=1\n",
	    "10 b>p 200/INVITE sdp=1 | Record-Route: <sip:192.0.2.3;lr>\n",
	    false },
	{ "The Request-URI of a request within",
	    WAYS_CALLS
	    "30 a>b INVITE in cs=2 sdp=1 v=2 | Contact: <sip:a@192.0.2.1:5070>"
	    "\n40 b>a 200/INVITE sdp=1 v=2\n50 a>b ACK in cs=2\n",
	    "9000 b>a BYE in cs=2 uri=sip:a@192.0.2.1:5070\n",
	    "9000 b>a BYE in cs=2\n", false },
	/* One that was refused changes nothing. */
	{ "The Request-URI of a request within",
	    WAYS_CALLS
	    "30 a>b INVITE in cs=2 sdp=1 v=2 | Contact: <sip:a@192.0.2.1:5070>"
	    "\n40 b>a 488/INVITE\n50 a>b ACK in br=z9hG4bK3 cs=2\n",
	    "9000 b>a BYE in cs=2\n", NULL, false },
	{ "A SUBSCRIBE after an", "0 a>b SUBSCRIBE\n10 b>a 200/SUBSCRIBE\n",
	    "50000 a>b SUBSCRIBE in cs=2\n", "50000 a>b SUBSCRIBE cs=2\n",
	    false },
	{ "A SUBSCRIBE after an",
	    "0 a>b SUBSCRIBE\n10 b>a 423/SUBSCRIBE | Min-Expires: 90\n",
	    "50 a>b SUBSCRIBE cs=2 | Expires: 90\n", NULL, false },
	/* ---- Replaces ---- */
	{ "With early-only an answered", WAYS_CALLS WAYS_WANTS(";early-only"),
	    "1010 b>c 486/INVITE c=c2\n", WAYS_TAKES, false },
	{ "With early-only an answered", WAYS_CALLS WAYS_WANTS(""), WAYS_TAKES,
	    NULL, false },
	{ "A phone that only rings in",
	    "0 a>b INVITE sdp=1\n10 b>a 180/INVITE\n" WAYS_WANTS(""),
	    "1010 b>c 481/INVITE c=c2\n", WAYS_TAKES, false },
	{ "A call that has ended is not",
	    WAYS_CALLS "500 a>b BYE in cs=2\n510 b>a 200/BYE\n" WAYS_WANTS(""),
	    "1010 b>c 603/INVITE c=c2\n", WAYS_TAKES, false },
	{ "An INVITE with more than one Replaces",
	    WAYS_CALLS WAYS_WANTS(" | +Replaces: c3;to-tag=1;from-tag=2"),
	    WAYS_DENIES, WAYS_TAKES, false },
	{ "An INVITE with Replaces and Join",
	    WAYS_CALLS WAYS_WANTS(" | Join: c3;to-tag=1;from-tag=2"),
	    WAYS_DENIES, WAYS_TAKES, false },
	{ "Replaces in a request",
	    WAYS_CALLS
	    "30 a>b INFO in cs=2 | Replaces: x;to-tag=1;from-tag=2\n",
	    "40 b>a 400/INFO\n", "40 b>a 200/INFO\n", false },
	/* ---- message/sipfrag ---- */
	{ "The lines of a message/sipfrag", WAYS_REFERS,
	    WAYS_TELLS "message/sipfrag^SIP/2.0 100 Trying^\n",
	    WAYS_TELLS "message/sipfrag^SIP/2.0 100 Trying~\n", false },
	{ "The last line of a message/sipfrag", WAYS_REFERS,
	    WAYS_TELLS "message/sipfrag^SIP/2.0 100 Trying^^x\n",
	    WAYS_TELLS "message/sipfrag^SIP/2.0 100 Trying\n", false },
	{ "The status line in a NOTIFY", WAYS_REFERS,
	    WAYS_TELLS "message/sipfrag^SIP/2.0 100 Trying^\n",
	    WAYS_TELLS "message/sipfrag^SIP/2.0 Trying^\n", false },
	/* ---- again ---- */
	{ "The caller waits at least", WAYS_GLARE,
	    "7200 a>b INVITE in sdp=1 cs=3 v=2\n",
	    "7000 a>b INVITE in sdp=1 cs=3 v=2\n", false },
	{ "The caller waits at least", WAYS_GLARE,
	    "5100 b>a INVITE in sdp=1 cs=8 v=2\n", NULL, false },
	{ "A retransmitted 2xx has the tag in To", WAYS_RINGS,
	    "1500 b>a again 200/INVITE\n",
	    "1500 b>a 200/INVITE sdp=1 | To: <sip:b@b.example>;tag=tz\n",
	    false },
	/* Another phone of a fork. */
	{ "A retransmitted 2xx has the tag in To", WAYS_RINGS,
	    "1500 b>a 200/INVITE sdp=1 | To: <sip:b@b.example>;tag=tz | "
	    "Contact: <sip:z@192.0.2.2>\n",
	    NULL, false },
	{ "A retransmitted 2xx has the body of the", WAYS_RINGS,
	    "1500 b>a again 200/INVITE\n",
	    "1500 b>a 200/INVITE sdp=1 port=6000\n", false },
	/* ---- rport ---- */
	{ "A response has rport only if", "0 a>b OPTIONS from=6000\n",
	    "5 b>a 200/OPTIONS to=5060\n",
	    "5 b>a 200/OPTIONS to=6000 | " WAYS_VIA
	    ";received=192.0.2.1;rport=6000\n",
	    false },
	{ "The ACK for a 2xx has another branch", WAYS_LINE,
	    "20 a>b ACK in uri=sip:b@192.0.2.2;line=7\n",
	    "20 a>b ACK in uri=sip:b@192.0.2.2;line=7 br=z9hG4bK0\n", false },
	{ "A response goes to the port", "0 a>b OPTIONS from=6000\n",
	    "5 b>a 200/OPTIONS to=5060\n", "5 b>a 200/OPTIONS to=6000\n",
	    false },
	{ "A response goes to the source of",
	    "0 a>b OPTIONS from=6000 | " WAYS_VIA ";rport\n",
	    "5 b>a 200/OPTIONS to=6000 | " WAYS_VIA
	    ";received=192.0.2.1;rport=6000\n",
	    "5 b>a 200/OPTIONS to=5060 | " WAYS_VIA
	    ";received=192.0.2.1;rport=6000\n",
	    false },
};

#endif
