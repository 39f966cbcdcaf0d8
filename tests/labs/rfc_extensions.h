/*
 * Ladders of the example flows of RFCs that extend SIP
 * (tests/fixtures/rfc_flows.h). RFC 3262 and RFC 6665 have none but for the
 * outline in RFC 6665 1.1, which is that of RFC 3856 8.
 */
#ifndef RFC_EXTENSIONS_H
#define RFC_EXTENSIONS_H

#include "fixtures/rfc_flows.h"

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
	/* RFC 3515 4.1.  Whom Bob's phone calls is not of the figure. */
	{ "rfc3515-4.1",
	    "among alice bob\n"
	    "alice -> bob REFER | Refer-To: <sip:carol@*> | Contact: * | To: <sip:bob@*>\n"
	    "bob -> alice 202 REFER after 1 | Contact: * | To: *;tag=$t\n"
	    "bob -> alice NOTIFY after 1 | Event: refer* | Subscription-State: active;expires=* | From: *;tag=$t | Content-Type: message/sipfrag* | body: SIP/2.0 100 Trying*\n"
	    "alice -> bob 200 NOTIFY after 3\n"
	    "bob -> alice NOTIFY | Event: refer* | Subscription-State: terminated;reason=noresource | From: *;tag=$t | body: SIP/2.0 200 OK*\n"
	    "alice -> bob 200 NOTIFY after 5\n" },
	/* RFC 3515 4.2: the second REFER of a dialog has its number as the id
	 * of its NOTIFYs (2.4.6).  In the figure the dialog is that of the
	 * first REFER; RFC 6665 4.5.2 leaves dialogs with several usages to
	 * those who have them anyhow, as a call has that is transferred. */
	{ "rfc3515-4.2",
	    "among alice bob\n"
	    "alice -> bob INVITE\n"
	    "bob -> alice 180 INVITE after 1\n"
	    "bob -> alice 200 INVITE after 1 | To: *;tag=$t | From: *;tag=$f | Call-ID: $c\n"
	    "alice -> bob ACK after 3\n"
	    "bob -> alice REFER | CSeq: 1 REFER | From: *;tag=$t | To: *;tag=$f | Call-ID: $c\n"
	    "alice -> bob 202 REFER after 5\n"
	    "alice -> bob NOTIFY after 5 | Event: refer* | Subscription-State: active;expires=* | body: SIP/2.0 100 Trying*\n"
	    "bob -> alice 200 NOTIFY after 7\n"
	    "alice -> bob NOTIFY | Event: refer* | Subscription-State: terminated;reason=noresource | body: SIP/2.0 486 *\n"
	    "bob -> alice 200 NOTIFY after 9\n"
	    "bob -> alice REFER | CSeq: $n REFER | From: *;tag=$t | To: *;tag=$f | Call-ID: $c\n"
	    "alice -> bob 202 REFER after 11\n"
	    "alice -> bob NOTIFY after 11 | Event: refer;id=$n | Subscription-State: active;expires=* | body: SIP/2.0 100 Trying*\n"
	    "bob -> alice 200 NOTIFY after 13\n"
	    "alice -> bob NOTIFY | Event: refer;id=$n | Subscription-State: terminated;reason=noresource | body: SIP/2.0 200 OK*\n"
	    "bob -> alice 200 NOTIFY after 15\n"
	    "bob -> alice BYE after 15\n"
	    "alice -> bob 200 BYE after 17\n" },
	/* RFC 3680 6.  The figure leaves out the answer to the MESSAGE, and its
	 * NOTIFYs have no Subscription-State, which is mandatory (RFC 6665
	 * 4.2.2); nor is the state partial: one user's is small. */
	{ "rfc3680-6",
	    "app -> reg SUBSCRIBE | Event: reg | uri: sip:joe@example.com | Contact: *\n"
	    "reg -> app 200 SUBSCRIBE after 1 | Expires: * | Contact: *\n"
	    "reg -> app NOTIFY after 1 | Event: reg | Subscription-State: active;expires=* | Content-Type: application/reginfo+xml | body: *version=\"0\"*state=\"init\"*\n"
	    "app -> reg 200 NOTIFY after 3\n"
	    "joe -> reg REGISTER | To: *<sip:joe@example.com> | Contact: <sip:joe@192.0.2.1*\n"
	    "reg -> joe 200 REGISTER after 5\n"
	    "reg -> app NOTIFY after 5 | Event: reg | Subscription-State: active;expires=* | body: *version=\"1\"*state=\"active\"*event=\"registered\"*<uri>sip:joe@192.0.2.1*\n"
	    "app -> reg 200 NOTIFY after 7\n"
	    "app -> joe MESSAGE after 7 | uri: sip:joe@192.0.2.1* | Content-Type: text/plain* | body: Good*\n"
	    "joe -> app 200 MESSAGE after 9\n" },
	/* RFC 3725 4.4, figure 4: o= is one session's to Alice, whose version
	 * rises.  Media are left out. */
	{ "rfc3725-4.4",
	    "once\n"
	    "controller -> alice INVITE | sdp | body: v=0*o=* $i 1 IN*\n"
	    "alice -> controller 200 INVITE after 1 | sdp\n"
	    "controller -> alice ACK after 2 | -sdp\n"
	    "controller -> bob INVITE after 2 | -sdp\n"
	    "bob -> controller 200 INVITE after 4 | body: v=0*m=audio*\n"
	    "controller -> alice INVITE after 5 | body: v=0*o=* $i 2 IN*m=audio*\n"
	    "alice -> controller 200 INVITE after 6 | body: v=0*m=audio*\n"
	    "controller -> bob ACK after 7 | body: v=0*m=audio*\n"
	    "controller -> alice ACK after 7 | -sdp\n" },
	/* RFC 3842 4.1.  The NOTIFYs of the figure leave out the time that the
	 * subscription has left; how the message gets into the mailbox is not
	 * of the figure. */
#define LAMP "| Event: message-summary | Content-Type: application/simple-message-summary "
	{ "rfc3842-4.1",
	    "among alice vm\n"
	    "alice -> vm SUBSCRIBE | Event: message-summary | Expires: 86400 | Contact: *\n"
	    "vm -> alice 200 SUBSCRIBE after 1 | Expires: *\n"
	    "vm -> alice NOTIFY after 1 " LAMP "| Subscription-State: active* | body: Messages-Waiting: no*\n"
	    "alice -> vm 200 NOTIFY after 3\n"
	    "vm -> alice NOTIFY " LAMP "| Subscription-State: active* | body: Messages-Waiting: yes*Voice-Message: 1/0*\n"
	    "alice -> vm 200 NOTIFY after 5\n"
	    "alice -> vm SUBSCRIBE | Event: message-summary | Expires: 86400 | To: *;tag=*\n"
	    "vm -> alice 200 SUBSCRIBE after 7 | Expires: *\n"
	    "vm -> alice NOTIFY after 7 " LAMP "| Subscription-State: active* | body: Messages-Waiting: yes*\n"
	    "alice -> vm 200 NOTIFY after 9\n"
	    "alice -> vm SUBSCRIBE | Event: message-summary | Expires: 0\n"
	    "vm -> alice 200 SUBSCRIBE after 11 | Expires: 0\n"
	    "vm -> alice NOTIFY after 11 " LAMP "| Subscription-State: terminated;reason=timeout | body: Messages-Waiting: yes*\n"
	    "alice -> vm 200 NOTIFY after 13\n" },
	/* RFC 3856 8, and the outline of RFC 6665 1.1. */
	{ "rfc3856-8",
	    "watcher -> server SUBSCRIBE | Event: presence | Accept: application/pidf+xml* | Expires: 600 | Contact: *\n"
	    "server -> watcher 200 SUBSCRIBE after 1 | Expires: 600 | Contact: *\n"
	    "server -> watcher NOTIFY after 1 | Event: presence | Subscription-State: active;expires=* | Content-Type: application/pidf+xml | Contact: *\n"
	    "watcher -> server 200 NOTIFY after 3\n"
	    "server -> watcher NOTIFY | Event: presence | Subscription-State: active;expires=* | Content-Type: application/pidf+xml | Contact: *\n"
	    "watcher -> server 200 NOTIFY after 5\n" },
	/* RFC 3891 1.  The figure draws a 200 to the REFER where RFC 3515 2.4.2
	 * has a 202, and leaves out how phone 2 learns of the call: here it
	 * asks the parking place (RFC 4235). */
	{ "rfc3891-1",
	    "phone1 -> bob INVITE\n"
	    "bob -> phone1 180 INVITE after 1\n"
	    "bob -> phone1 200 INVITE after 1\n"
	    "phone1 -> bob ACK after 3\n"
	    "phone1 -> bob REFER | Refer-To: <sip:park@*>\n"
	    "bob -> phone1 202 REFER after 5\n"
	    "bob -> phone1 NOTIFY after 5 | Event: refer* | body: SIP/2.0 100 *\n"
	    "bob -> park INVITE after 5 | Referred-By: *<sip:phone1@* | Call-ID: $c | From: *;tag=$f\n"
	    "phone1 -> bob 200 NOTIFY after 7\n"
	    "park -> bob 200 INVITE after 8 | To: *;tag=$t\n"
	    "bob -> park ACK after 10\n"
	    "bob -> phone1 NOTIFY after 10 | Event: refer* | body: SIP/2.0 200 *\n"
	    "phone1 -> bob 200 NOTIFY after 12\n"
	    "phone1 -> bob BYE after 12\n"
	    "bob -> phone1 200 BYE after 14\n"
	    "phone2 -> park SUBSCRIBE | Event: dialog | Expires: 0\n"
	    "park -> phone2 200 SUBSCRIBE after 16\n"
	    "park -> phone2 NOTIFY after 16 | Event: dialog | body: *<state>confirmed</state>*\n"
	    "phone2 -> park 200 NOTIFY after 18\n"
	    "phone2 -> bob INVITE after 18 | Require: replaces | Replaces: $c;to-tag=$f;from-tag=$t\n"
	    "bob -> phone2 200 INVITE after 20\n"
	    "phone2 -> bob ACK after 21\n"
	    "bob -> park BYE\n"
	    "park -> bob 200 BYE after 23\n" },
	/* RFC 3891 7.1. */
	{ "rfc3891-7.1",
	    "alice -> desk INVITE | Call-ID: $c | From: *;tag=$f\n"
	    "desk -> alice 180 INVITE after 1 | To: *;tag=$t\n"
	    "pc -> desk SUBSCRIBE | Event: dialog | Expires: 0\n"
	    "desk -> pc 200 SUBSCRIBE after 3\n"
	    "desk -> pc NOTIFY after 3 | Event: dialog | body: *<state>early</state>*\n"
	    "pc -> desk 200 NOTIFY after 5\n"
	    "pc -> alice INVITE after 5 | Require: replaces | Replaces: $c;to-tag=$f;from-tag=$t;early-only\n"
	    "alice -> pc 200 INVITE after 7\n"
	    "alice -> desk CANCEL after 7 | Call-ID: $c\n"
	    "desk -> alice 200 CANCEL after 9\n"
	    "desk -> alice 487 INVITE after 9 | To: *;tag=$t\n"
	    "alice -> desk ACK after 11\n"
	    "pc -> alice ACK after 8\n" },
	/* RFC 3903 15.  The figure gives the last two NOTIFYs the same number
	 * (M7, M13); each has its own in a dialog (RFC 3261 12.2.1.1). */
#define TOLD "| Event: presence | Subscription-State: active;expires=* | Content-Type: application/pidf+xml "
	{ "rfc3903-15",
	    "watcher -> pa SUBSCRIBE | Event: presence | Expires: 3600 | uri: sip:presentity@example.com\n"
	    "pa -> watcher 200 SUBSCRIBE after 1 | Expires: 3600 | Contact: *\n"
	    "pa -> watcher NOTIFY after 1 | CSeq: 1 NOTIFY " TOLD "\n"
	    "watcher -> pa 200 NOTIFY after 3\n"
	    "pua -> pa PUBLISH | Event: presence | Expires: * | -SIP-If-Match | Content-Type: application/pidf+xml | Call-ID: $a | To: <sip:presentity@example.com>\n"
	    "pa -> pua 200 PUBLISH after 5 | SIP-ETag: $x | Expires: *\n"
	    "pa -> watcher NOTIFY after 5 | CSeq: 2 NOTIFY " TOLD "\n"
	    "watcher -> pa 200 NOTIFY after 7\n"
	    "pua -> pa PUBLISH | Event: presence | Expires: * | SIP-If-Match: $x | -Content-Type | Content-Length: 0\n"
	    "pa -> pua 200 PUBLISH after 9 | SIP-ETag: $y | Expires: *\n"
	    "pua -> pa PUBLISH | Event: presence | Expires: * | SIP-If-Match: $y | Content-Type: application/pidf+xml\n"
	    "pa -> pua 200 PUBLISH after 11 | SIP-ETag: $z | Expires: *\n"
	    "pa -> watcher NOTIFY after 11 | CSeq: 3 NOTIFY " TOLD "\n"
	    "watcher -> pa 200 NOTIFY after 13\n" },
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
