/*
 * Ladders of the example flows of RFCs that extend SIP (tests/rfc_flows.h).
 * RFC 3262 and RFC 6665 have none but for the outline in RFC 6665 1.1.
 */
#ifndef RFC_EXTENSIONS_H
#define RFC_EXTENSIONS_H

#include "rfc_flows.h"

/* clang-format off */
static const struct flow rfc_extensions[] = {
	/* RFC 3311 8.  The answer in the 180 is final, since the 180 is
	 * reliable (RFC 3262 5): so the 200 has none any more. */
	{ "rfc3311-8",
	    "alice -> bob INVITE | sdp | Supported: *100rel*\n"
	    "bob -> alice 180 INVITE after 1 | sdp | RSeq: $r | Require: 100rel\n"
	    "alice -> bob PRACK after 2 | -sdp | RAck: $r 1 INVITE\n"
	    "bob -> alice 200 PRACK after 3 | -sdp\n"
	    "alice -> bob UPDATE | sdp | Contact: *\n"
	    "bob -> alice 200 UPDATE after 5 | sdp | Contact: *\n"
	    "bob -> alice UPDATE | sdp | Contact: *\n"
	    "alice -> bob 200 UPDATE after 7 | sdp\n"
	    "bob -> alice 200 INVITE after 1 | -sdp\n"
	    "alice -> bob ACK after 9 | -sdp\n" },
	/* RFC 4028 13.  The figure's last message is a 408 to a BYE, which
	 * RFC 4320 4.2 forbids; what the RFC calls 3968 seconds is the interval
	 * less 32 (10). */
	{ "session-timer",
	    "once\n"
	    "alice -> p1 INVITE | sdp | Supported: *timer* | Session-Expires: 50 | -Min-SE | CSeq: 1 INVITE\n"
	    "p1 -> alice 422 INVITE after 1 | Min-SE: 3600\n"
	    "alice -> p1 ACK after 2\n"
	    "alice -> p1 INVITE after 2 | sdp | Session-Expires: 3600 | Min-SE: 3600 | CSeq: 2 INVITE\n"
	    "p1 -> p2 INVITE after 4 | Session-Expires: 3600 | Min-SE: 3600 | Record-Route: *\n"
	    "p2 -> p1 422 INVITE after 5 | Min-SE: 4000\n"
	    "p1 -> p2 ACK after 6\n"
	    "p1 -> alice 422 INVITE after 6 | Min-SE: 4000\n"
	    "alice -> p1 ACK after 8\n"
	    "alice -> p1 INVITE after 8 | sdp | Session-Expires: 4000 | Min-SE: 4000 | CSeq: 3 INVITE\n"
	    "p1 -> p2 INVITE after 10 | Session-Expires: 4000 | Min-SE: 4000\n"
	    "p2 -> bob INVITE after 11 | Session-Expires: 4000 | Min-SE: 4000\n"
	    "bob -> p2 200 INVITE after 12 | sdp | Require: timer | Session-Expires: 4000;refresher=uac\n"
	    "p2 -> p1 200 INVITE after 13 | Session-Expires: 4000;refresher=uac\n"
	    "p1 -> alice 200 INVITE after 14 | Session-Expires: 4000;refresher=uac\n"
	    "alice -> p1 ACK after 15\n"
	    "p1 -> bob ACK after 16\n"
	    "alice -> p1 UPDATE | -sdp | Supported: *timer* | Session-Expires: 4000;refresher=uac | -Min-SE | CSeq: 4 UPDATE\n"
	    "p1 -> bob UPDATE after 18 | Session-Expires: 4000;refresher=uac\n"
	    "bob -> p1 200 UPDATE after 19 | Require: timer | Session-Expires: 4000;refresher=uac\n"
	    "p1 -> alice 200 UPDATE after 20 | Session-Expires: 4000;refresher=uac\n"
	    "bob -> p1 BYE\n"
	    "p1 -> alice BYE after 22\n" },
};
/* clang-format on */

#endif
