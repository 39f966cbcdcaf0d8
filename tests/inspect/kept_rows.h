/*
 * Sentences of the sections that clauses name, clause by clause, each with a
 * small scene, the message that keeps the sentence and the one that breaks it:
 * of that nobody may be told that the clause was kept.
 */
#ifndef KEPT_ROWS_H
#define KEPT_ROWS_H

#define OPTIONED "0 a>b OPTIONS\n"
#define PASSED   "0 a>p OPTIONS\n"
#define ROUTED   "0 a>b INVITE sdp=1 | Route: <sip:192.0.2.9;lr>\n"
#define SDP_OF(status, head, body)                                         \
	" | =" status "^Via: SIP/2.0/UDP 192.0.2.1;branch=z9hG4bK0^From: " \
	"<sip:a@b.example>;tag=ta^To: <sip:b@b.example>" head              \
	"^Call-ID: c1^CSeq: 1 INVITE^Max-Forwards: 70^Contact: "           \
	"<sip:b@192.0.2.2>^Content-Type: application/sdp^^" body "\n"
#define OFFERS(body) \
	"0 a>b INVITE" SDP_OF("INVITE sip:b@b.example SIP/2.0", "", body)
#define ANSWERS_WITH(body) \
	"9 b>a 200/INVITE" SDP_OF("SIP/2.0 200 OK", ";tag=tb", body)
#define V             "v=0^"
#define O             "o=- 1 1 IN IP4 192.0.2.1^"
#define S             "s=-^"
#define C             "c=IN IP4 192.0.2.1^"
#define T             "t=0 0^"
#define AUDIO         "m=audio 4000 RTP/AVP 0^"
#define ACKS          "20 a>b ACK in br=z9hG4bK0 uri=sip:b@b.example"
#define CANCELS       "30 a>b CANCEL br=z9hG4bK0 uri=sip:b@b.example"
#define TRIES(fields) "20 a>r REGISTER cs=2 | " fields "\n"
#define PROVES(nonce, more)                                                 \
	"Authorization: Digest username=\"a\", realm=\"x\", nonce=\"" nonce \
	"\", uri=\"sip:r.example\", response=\"" R64 "\", opaque="          \
	"\"o1\", cnonce=\"c\", " more
#define REFUSES_WITH(what) "10 b>a " what "\n"

static const struct {
	const char *rule, *sentence, *before, *kept, *fault;
} kept_rows[] = {
	/* ---- format ---- */
	{ "form-start-line", "the version is SIP/2.0", "", "0 a>b OPTIONS\n",
	    "0 a>b OPTIONS | =OPTIONS sip:b@b.example SIP/3.0^Via: x^^\n" },
	{ "form-start-line", "the Request-URI is not in <>", "",
	    "0 a>b OPTIONS\n", "0 a>b OPTIONS uri=<sip:b@b.example>\n" },
	{ "form-start-line", "a status is one of six classes", OPTIONED,
	    "5 b>a 200/OPTIONS\n",
	    "5 b>a 200/OPTIONS | =SIP/2.0 900 Odd^Via: SIP/2.0/UDP "
	    "192.0.2.1;branch=z9hG4bK0^From: <sip:a@b.example>;tag=ta^To: "
	    "<sip:b@b.example>;tag=tb^Call-ID: c1^CSeq: 1 OPTIONS^^\n" },
	{ "form-head", "a field has a colon", "", "0 a>b OPTIONS\n",
	    "0 a>b OPTIONS | +Subject\n" },
	{ "form-mandatory", "Via", "", "0 a>b OPTIONS\n",
	    "0 a>b OPTIONS | -Via\n" },
	{ "form-mandatory", "From", "", "0 a>b OPTIONS\n",
	    "0 a>b OPTIONS | -From\n" },
	{ "form-mandatory", "To", "", "0 a>b OPTIONS\n",
	    "0 a>b OPTIONS | -To\n" },
	{ "form-mandatory", "CSeq", "", "0 a>b OPTIONS\n",
	    "0 a>b OPTIONS | -CSeq\n" },
	{ "form-once", "From", "", "0 a>b OPTIONS\n",
	    "0 a>b OPTIONS | +From: <sip:x@x>;tag=q\n" },
	{ "form-once", "Content-Type", "", "0 a>b INVITE sdp=1\n",
	    "0 a>b INVITE sdp=1 | +Content-Type: application/sdp\n" },
	{ "form-value", "CSeq has the request's method", "", "0 a>b OPTIONS\n",
	    "0 a>b OPTIONS | CSeq: 1 INVITE\n" },
	{ "form-value", "CSeq is below 2^31", "", "0 a>b OPTIONS\n",
	    "0 a>b OPTIONS | CSeq: 2147483648 OPTIONS\n" },
	{ "form-value", "Max-Forwards is 0 to 255", "", "0 a>b OPTIONS\n",
	    "0 a>b OPTIONS | Max-Forwards: 256\n" },
	{ "form-value", "Contact", "", "0 a>b OPTIONS\n",
	    "0 a>b OPTIONS | Contact: <sip:a@\n" },
	{ "form-value", "Expires is a number", "", "0 a>b OPTIONS\n",
	    "0 a>b OPTIONS | Expires: soon\n" },
	{ "form-value", "Route is in <>", "", "0 a>b OPTIONS\n",
	    "0 a>b OPTIONS | Route: sip:x@y\n" },
	{ "form-value", "Allow lists tokens", "", "0 a>b OPTIONS\n",
	    "0 a>b OPTIONS | Allow: INVITE;ACK\n" },
	{ "form-value", "Retry-After is a number", OPTIONED,
	    "5 b>a 486/OPTIONS\n", "5 b>a 486/OPTIONS | Retry-After: soon\n" },
	{ "form-value", "Content-Type is a type with its subtype", "",
	    "0 a>b INVITE sdp=1\n",
	    "0 a>b INVITE sdp=1 | Content-Type: sdp\n" },
	{ "form-value", "Event", "", "0 a>b SUBSCRIBE\n",
	    "0 a>b SUBSCRIBE | Event: presence, dialog\n" },
	{ "form-branch", "there is a branch", "", "0 a>b OPTIONS\n",
	    "0 a>b OPTIONS | Via: SIP/2.0/UDP 192.0.2.1\n" },
	{ "contact-one", "it is a SIP or SIPS URI", "", "0 a>b INVITE sdp=1\n",
	    "0 a>b INVITE sdp=1 | Contact: <tel:+1>\n" },
	{ "contact-one", "to a SIPS URI it is one", "",
	    "0 a>b INVITE sdp=1 uri=sips:b@b.example | Contact: "
	    "<sips:a@192.0.2.1>\n",
	    "0 a>b INVITE sdp=1 uri=sips:b@b.example\n" },
	{ "subscribe-send", "one event package", "", "0 a>b SUBSCRIBE\n",
	    "0 a>b SUBSCRIBE | +Event: dialog\n" },
	{ "refer-send", "exactly one Refer-To", "", "0 a>b REFER\n",
	    "0 a>b REFER | +Refer-To: <sip:d@b.example>\n" },
	{ "publish-send", "a body, or the tag of an earlier one", "",
	    "0 a>b PUBLISH sdp=1\n", "0 a>b PUBLISH\n" },
	/* ---- responses ---- */
	{ "response-fields", "the Call-ID is the request's", OPTIONED,
	    "5 b>a 200/OPTIONS\n", "5 b>a 200/OPTIONS | Call-ID: c2\n" },
	{ "response-fields", "the CSeq is the request's", OPTIONED,
	    "5 b>a 200/OPTIONS\n", "5 b>a 200/OPTIONS | CSeq: 2 OPTIONS\n" },
	{ "via-rport", "with rport received is there, too",
	    "0 a>b OPTIONS | Via: SIP/2.0/UDP "
	    "192.0.2.1;rport;branch=z9hG4bK0\n",
	    "1 b>a 200/OPTIONS | Via: SIP/2.0/UDP "
	    "192.0.2.1;rport=5060;received=192.0.2.1;branch=z9hG4bK0\n",
	    "1 b>a 200/OPTIONS | Via: SIP/2.0/UDP "
	    "192.0.2.1;rport=5060;branch=z9hG4bK0\n" },
	{ "uas-method", "Allow has not what was refused", "0 a>b MESSAGE\n",
	    "5 b>a 405/MESSAGE | Allow: INVITE\n",
	    "5 b>a 405/MESSAGE | Allow: MESSAGE\n" },
	{ "uas-require", "Unsupported has what Require had",
	    "0 a>b OPTIONS | Require: x1\n",
	    "5 b>a 420/OPTIONS | Unsupported: x1\n",
	    "5 b>a 420/OPTIONS | Unsupported: x2\n" },
	{ "session-too-small", "Min-SE is more than was asked for",
	    "0 a>b INVITE sdp=1 | Session-Expires: 90\n",
	    "5 b>a 422/INVITE | Min-SE: 120\n",
	    "5 b>a 422/INVITE | Min-SE: 90\n" },
	{ "register-too-brief", "Min-Expires is more than was asked for",
	    "0 a>r REGISTER\n", "5 r>a 423/REGISTER | Min-Expires: 600\n",
	    "5 r>a 423/REGISTER | Min-Expires: 30\n" },
	{ "subscribe-event", "Allow-Events has not what was refused",
	    "0 a>b SUBSCRIBE\n", "5 b>a 489/SUBSCRIBE | Allow-Events: dialog\n",
	    "5 b>a 489/SUBSCRIBE | Allow-Events: presence\n" },
	{ "redirect-302", "not to where the request came for",
	    "0 a>d INVITE sdp=1\n",
	    "5 d>a 302/INVITE | Contact: <sip:b@c.example>\n",
	    "5 d>a 302/INVITE | Contact: <sip:b@b.example>\n" },
	{ "options-recv", "Accept", OPTIONED,
	    "5 b>a 200/OPTIONS | Accept: application/sdp | Supported: timer\n",
	    "5 b>a 200/OPTIONS | Supported: timer\n" },
	{ "options-recv", "Supported", OPTIONED,
	    "5 b>a 200/OPTIONS | Accept: application/sdp | Supported: timer\n",
	    "5 b>a 200/OPTIONS | Accept: application/sdp\n" },
	/* ---- transactions ---- */
	{ "ict-timer-a", "Timer B ends it", "0 a>b INVITE sdp=1\n",
	    "500 a>b again INVITE\n", "40000 a>b again INVITE\n" },
	{ "nict-timer-e", "in Proceeding each time T2",
	    "0 a>b OPTIONS\n100 b>a 100/OPTIONS\n500 a>b again OPTIONS\n",
	    "4500 a>b again OPTIONS\n", "1600 a>b again OPTIONS\n" },
	{ "nict-timer-e", "Timer F ends it", "0 a>b OPTIONS\n",
	    "500 a>b again OPTIONS\n", "40000 a>b again OPTIONS\n" },
	{ "ist-timer-g", "Timer H ends it", REFUSED,
	    "510 b>a again 486/INVITE\n", "40000 b>a again 486/INVITE\n" },
	{ "invite-2xx-again", "for 64*T1 at most",
	    "0 a>b INVITE sdp=1\n10 b>a 200/INVITE sdp=1\n",
	    "510 b>a again 200/INVITE\n", "40000 b>a again 200/INVITE\n" },
	{ "ict-ack", "with the INVITE's Request-URI", REFUSED,
	    ACKS "\n60000 end\n",
	    "20 a>b ACK in br=z9hG4bK0 uri=sip:x@b.example\n60000 end\n" },
	{ "ict-ack", "with the INVITE's Route", ROUTED "10 b>a 486/INVITE\n",
	    ACKS " | Route: <sip:192.0.2.9;lr>\n60000 end\n",
	    ACKS "\n60000 end\n" },
	{ "ack-fields", "with the INVITE's Route", ROUTED "10 b>a 486/INVITE\n",
	    ACKS " | Route: <sip:192.0.2.9;lr>\n", ACKS "\n" },
	{ "ack-fields", "one Via", REFUSED, ACKS "\n",
	    ACKS " | +Via: SIP/2.0/UDP 192.0.2.9;branch=z9hG4bK9\n" },
	{ "ack-2xx-cseq", "with the INVITE's credentials",
	    "0 a>b INVITE sdp=1 | Proxy-Authorization: Digest "
	    "username=\"a\"\n10 b>a 200/INVITE sdp=1\n",
	    "20 a>b ACK in | Proxy-Authorization: Digest username=\"a\"\n",
	    "20 a>b ACK in\n" },
	{ "cancel-fields", "with the INVITE's Route",
	    ROUTED "10 b>a 180/INVITE\n",
	    CANCELS " | Route: <sip:192.0.2.9;lr>\n", CANCELS "\n" },
	{ "cancel-fields", "one Via", RING, CANCELS "\n",
	    CANCELS " | +Via: SIP/2.0/UDP 192.0.2.9;branch=z9hG4bK9\n" },
	{ "cancel-send", "the Request-URI is copied", RING, CANCELS "\n",
	    "30 a>b CANCEL br=z9hG4bK0 uri=sip:x@b.example\n" },
	{ "cancel-send", "Route is copied", ROUTED "10 b>a 180/INVITE\n",
	    CANCELS " | Route: <sip:192.0.2.9;lr>\n", CANCELS "\n" },
	{ "auth-answer", "CSeq is one more", CHALLENGED,
	    TRIES(PROVES("n1", "algorithm=SHA-256, qop=auth, nc=00000001")),
	    "20 a>r REGISTER cs=7 | " PROVES(
		"n1", "algorithm=SHA-256, qop=auth, nc=00000001") "\n" },
	{ "digest-same", "the credentials are for its realm", CHALLENGED,
	    TRIES(PROVES("n1", "algorithm=SHA-256, qop=auth, nc=00000001")),
	    TRIES("Authorization: Digest username=\"a\", realm=\"y\", "
		  "nonce=\"n1\", uri=\"sip:r.example\", response=\"r9\", "
		  "algorithm=SHA-256") },
	/* ---- dialogs ---- */
	{ "dialog-request", "to the remote target", CALL,
	    "2000 a>b INFO in cs=2\n",
	    "2000 a>b INFO in cs=2 uri=sip:x@192.0.2.8\n" },
	{ "dialog-request", "along the route set", CALL,
	    "2000 a>b INFO in cs=2\n",
	    "2000 a>b INFO in cs=2 | Route: <sip:192.0.2.9;lr>\n" },
	{ "dialog-request", "From has the local URI",
	    CALL "2000 a>b INFO in cs=2\n", "2100 a>b INFO in cs=3\n",
	    "2100 a>b INFO in cs=3 | From: <sip:x@b.example>;tag=ta\n" },
	{ "dialog-request", "To has the remote URI",
	    CALL "2000 b>a INFO in cs=2\n", "2100 b>a INFO in cs=3\n",
	    "2100 b>a INFO in cs=3 | To: <sip:x@b.example>;tag=ta\n" },
	{ "invite-accept", "the answer to the offer", RING,
	    "1000 b>a 200/INVITE sdp=1\n", "1000 b>a 200/INVITE\n" },
	{ "invite-accept", "Contact is a SIP or SIPS URI", RING,
	    "1000 b>a 200/INVITE sdp=1\n",
	    "1000 b>a 200/INVITE sdp=1 | Contact: <tel:+1>\n" },
	{ "invite-ack", "along the route set",
	    RING "1000 b>a 200/INVITE sdp=1\n", "1010 a>b ACK in\n60000 end\n",
	    "1010 a>b ACK in | Route: <sip:192.0.2.9;lr>\n60000 end\n" },
	{ "session-least", "nor is Min-SE", "",
	    "0 a>b INVITE | Session-Expires: 90 | Min-SE: 90\n",
	    "0 a>b INVITE | Session-Expires: 90 | Min-SE: 30\n" },
	{ "reliable-send", "RSeq is 1 at least",
	    "0 a>b INVITE sdp=1 | Supported: 100rel\n",
	    "20 b>a 180/INVITE | RSeq: 1 | Require: 100rel\n",
	    "20 b>a 180/INVITE | RSeq: 0 | Require: 100rel\n" },
	{ "reliable-send", "no second one before the first is confirmed",
	    RELIABLE,
	    "30 a>b PRACK in cs=2\n40 b>a 200/PRACK\n50 b>a 183/INVITE | "
	    "RSeq: 2 | Require: 100rel\n",
	    "50 b>a 183/INVITE | RSeq: 2 | Require: 100rel\n" },
	{ "reliable-send", "not again once its PRACK is answered",
	    RELIABLE "30 a>b PRACK in cs=2\n40 b>a 200/PRACK\n", "",
	    "520 b>a again 180/INVITE\n" },
	/* ---- session descriptions ---- */
	{ "sdp-form", "the network is IN", "", OFFERS(V O S C T AUDIO),
	    OFFERS(V O S "c=XX IP4 192.0.2.1^" T AUDIO) },
	{ "sdp-form", "a format once", "", OFFERS(V O S C T AUDIO),
	    OFFERS(V O S C T "m=audio 4000 RTP/AVP 0 8 0^") },
	{ "form-value", "a parameter of From once", "", "0 a>b OPTIONS\n",
	    "0 a>b OPTIONS | From: <sip:a@b.example>;tag=ta;tag=tx\n" },
	{ "form-value", "a parameter of Via once", "", "0 a>b OPTIONS\n",
	    "0 a>b OPTIONS | Via: SIP/2.0/UDP "
	    "192.0.2.1;branch=z9hG4bK0;branch=z9hG4bKx\n" },
	{ "form-value", "ttl is below 256", "", "0 a>b OPTIONS\n",
	    "0 a>b OPTIONS | Via: SIP/2.0/UDP "
	    "192.0.2.1;branch=z9hG4bK0;ttl=999\n" },
	{ "form-value", "q is at most 1", "", "0 a>r REGISTER\n",
	    "0 a>r REGISTER | Contact: <sip:a@192.0.2.1>;q=3\n" },
	{ "form-value", "expires is a number", "", "0 a>r REGISTER\n",
	    "0 a>r REGISTER | Contact: <sip:a@192.0.2.1>;expires=abc\n" },
	{ "response-tag", "one tag of one server",
	    "0 a>b INVITE sdp=1\n"
	    "10 b>a 180/INVITE\n",
	    "20 b>a 200/INVITE sdp=1\n",
	    "20 b>a 200/INVITE sdp=1 | To: <sip:b@b.example>;tag=x\n" },
	{ "invite-accept", "it should have Allow", RING,
	    "1000 b>a 200/INVITE sdp=1\n",
	    "1000 b>a 200/INVITE sdp=1 | -Allow\n" },
	{ "invite-accept", "it should have Supported", RING,
	    "1000 b>a 200/INVITE sdp=1\n",
	    "1000 b>a 200/INVITE sdp=1 | -Supported\n" },
	{ "dialog-request", "the tags are those of a dialog", CALL,
	    "2000 a>b BYE in cs=2\n",
	    "2000 a>b BYE in cs=2 | To: <sip:b@b.example>;tag=x\n" },
	{ "record-route-copied", "with all parameters",
	    "0 a>b INVITE sdp=1 | Record-Route: <sip:192.0.2.3;lr;did=5>\n",
	    "10 b>a 180/INVITE\n",
	    "10 b>a 180/INVITE | Record-Route: <sip:192.0.2.3;lr>\n" },
	{ "proxy-response", "Record-Routes stay",
	    "0 a>p INVITE sdp=1\n5 p>b INVITE fwd | Record-Route: "
	    "<sip:192.0.2.3;lr>\n10 b>p 180/INVITE\n",
	    "15 p>a 180/INVITE fwd\n",
	    "15 p>a 180/INVITE fwd | -Record-Route\n" },
	{ "proxy-forward", "the body stays", "0 a>p INVITE sdp=1\n",
	    "5 p>b INVITE fwd\n",
	    "5 p>b INVITE fwd | *application/sdp^v=0^\n" },
	{ "sdp-form", "v=0", "", OFFERS(V O S C T AUDIO),
	    OFFERS("v=1^" O S C T AUDIO) },
	{ "sdp-form", "in a fixed order", "", OFFERS(V O S C T AUDIO),
	    OFFERS(V S O C T AUDIO) },
	{ "sdp-form", "t= behind c=", "", OFFERS(V O S C T AUDIO),
	    OFFERS(V O S T C AUDIO) },
	{ "sdp-form", "o= has six words", "", OFFERS(V O S C T AUDIO),
	    OFFERS(V "o=- 1 IN IP4 192.0.2.1^" S C T AUDIO) },
	{ "sdp-form", "t= has two numbers", "", OFFERS(V O S C T AUDIO),
	    OFFERS(V O S C "t=0^" AUDIO) },
	{ "sdp-form", "c= has three words", "", OFFERS(V O S C T AUDIO),
	    OFFERS(V O S "c=192.0.2.1^" T AUDIO) },
	{ "sdp-form", "formats of RTP are payload types", "",
	    OFFERS(V O S C T AUDIO),
	    OFFERS(V O S C T "m=image 4000 RTP/AVP t38^") },
	{ "sdp-form", "of seven bits", "", OFFERS(V O S C T AUDIO),
	    OFFERS(V O S C T "m=audio 4000 RTP/AVP 128^") },
	{ "sdp-form", "a port is of 16 bits", "", OFFERS(V O S C T AUDIO),
	    OFFERS(V O S C T "m=audio 70000 RTP/AVP 0^") },
	{ "offer-answer", "each stream keeps its transport",
	    OFFERS(V O S C T AUDIO), ANSWERS_WITH(V O S C T AUDIO),
	    ANSWERS_WITH(V O S C T "m=audio 4000 RTP/SAVP 0^") },
	{ "offer-answer", "t= is the offer's", OFFERS(V O S C T AUDIO),
	    ANSWERS_WITH(V O S C T AUDIO),
	    ANSWERS_WITH(V O S C "t=5 9^" AUDIO) },
	/* ---- proxies and registrars ---- */
	{ "proxy-forward", "Max-Forwards less one", PASSED,
	    "5 p>b OPTIONS fwd\n", "5 p>b OPTIONS fwd | Max-Forwards: 60\n" },
	{ "proxy-forward", "its Via's branch begins with the cookie", PASSED,
	    "5 p>b OPTIONS fwd\n",
	    "5 p>b OPTIONS fwd | -Via | Via: SIP/2.0/UDP "
	    "192.0.2.3;branch=7 | +Via: SIP/2.0/UDP "
	    "192.0.2.1;branch=z9hG4bK0\n" },
	{ "proxy-forward", "Contact stays", "0 a>p INVITE sdp=1\n",
	    "5 p>b INVITE fwd\n",
	    "5 p>b INVITE fwd | Contact: <sip:x@192.0.2.9>\n" },
	{ "proxy-unchanged", "CSeq", PASSED, "5 p>b OPTIONS fwd\n",
	    "5 p>b OPTIONS fwd | CSeq: 2 OPTIONS\n" },
	{ "proxy-unchanged", "Call-ID", PASSED, "5 p>b OPTIONS fwd\n",
	    "5 p>b OPTIONS fwd | Call-ID: c2\n" },
	{ "proxy-response", "no field is removed",
	    PASSED "5 p>b OPTIONS fwd\n10 b>p 200/OPTIONS\n",
	    "15 p>a 200/OPTIONS fwd\n", "15 p>a 200/OPTIONS fwd | -Allow\n" },
	{ "register-cseq", "one more each time", REGISTERED,
	    "100 a>r REGISTER cs=2\n", "100 a>r REGISTER cs=9\n" },
	{ "register-ok", "all bindings that were asked for",
	    "0 a>r REGISTER | +Contact: <sip:a@192.0.2.9>\n",
	    "10 r>a 200/REGISTER | +Contact: <sip:a@192.0.2.9>;expires=60\n",
	    "10 r>a 200/REGISTER\n" },
	{ "register-shorter", "none of several",
	    "0 a>r REGISTER | +Contact: <sip:a@192.0.2.9>\n", "",
	    "10 r>a 200/REGISTER | +Contact: <sip:a@192.0.2.9>;expires=90\n" },
	{ "publish-accept", "the entity tag is new",
	    "0 a>b PUBLISH sdp=1\n5 b>a 200/PUBLISH\n10 a>b PUBLISH sdp=1 "
	    "cs=2\n",
	    "15 b>a 200/PUBLISH | SIP-ETag: e2\n", "15 b>a 200/PUBLISH\n" },
	/* ---- credentials ---- */
	{ "digest-form", "a realm", "0 a>r REGISTER\n",
	    "10 r>a 401/REGISTER | WWW-Authenticate: " DIGEST "\n",
	    "10 r>a 401/REGISTER | WWW-Authenticate: Digest nonce=\"n\"\n" },
	{ "digest-algorithm", "the best algorithm first", "0 a>r REGISTER\n",
	    "10 r>a 401/REGISTER | WWW-Authenticate: " DIGEST
	    " | +WWW-Authenticate: Digest realm=\"x\", nonce=\"n1\"\n",
	    "10 r>a 401/REGISTER | WWW-Authenticate: Digest realm=\"x\", "
	    "nonce=\"n1\" | +WWW-Authenticate: " DIGEST "\n" },
	{ "digest-form", "a realm for a proxy", "0 a>p OPTIONS\n",
	    "10 p>a 407/OPTIONS | Proxy-Authenticate: " DIGEST "\n",
	    "10 p>a 407/OPTIONS | Proxy-Authenticate: Digest nonce=\"n\"\n" },
	{ "digest-same", "an algorithm of the challenge", CHALLENGED,
	    TRIES(PROVES("n1", "algorithm=SHA-256, qop=auth, nc=00000001")),
	    TRIES(PROVES("n1", "algorithm=MD5, qop=auth, nc=00000001")) },
	{ "digest-same", "a qop of the challenge", CHALLENGED,
	    TRIES(PROVES("n1", "algorithm=SHA-256, qop=auth, nc=00000001")),
	    TRIES(PROVES("n1", "algorithm=SHA-256, qop=auth-int, "
			       "nc=00000001")) },
	{ "digest-same", "one that the challenge has", CHALLENGED,
	    TRIES(PROVES("n1", "algorithm=SHA-256, qop=auth, nc=00000001")),
	    TRIES(PROVES("n1", "algorithm=SHA-256, qop=auth-int, "
			       "nc=00000001")) },
	{ "digest-nonce", "anew for each challenge",
	    CHALLENGED "20 a>r REGISTER cs=2\n",
	    "30 r>a 401/REGISTER | WWW-Authenticate: Digest realm=\"x\", "
	    "nonce=\"n2\", qop=\"auth\"\n",
	    "30 r>a 401/REGISTER | WWW-Authenticate: Digest realm=\"x\", "
	    "nonce=\"n1\", qop=\"auth\"\n" },
	{ "digest-count", "the first use is 1", CHALLENGED,
	    TRIES(PROVES("n1", "qop=auth, nc=00000001")),
	    TRIES(PROVES("n1", "qop=auth, nc=00000005")) },
};

#endif
