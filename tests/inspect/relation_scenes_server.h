/* Scenes of proxies, registrars, events and credentials (relation_scenes.h). */
#ifndef RELATION_SCENES_SERVER_H
#define RELATION_SCENES_SERVER_H

#include "relation_scenes.h"

#define BY_PROXY "0 a>p OPTIONS | Subject: x\n"
#define BACK                                             \
	"0 a>p INVITE sdp=1\n1 p>a 100/INVITE\n"         \
	"5 p>b INVITE fwd | +Record-Route: "             \
	"<sip:192.0.2.3;lr>\n10 b>p 200/INVITE sdp=1 | " \
	"Subject: x\n"
#define CALL_BY_PROXY "0 a>p INVITE sdp=1\n1 p>a 100/INVITE\n"
#define AUTH          "20 a>r REGISTER cs=2 | Authorization: Digest "
#define USER          "username=\"a\", "
#define REALM         "realm=\"x\", "
#define NONCE         "nonce=\"n1\", "
#define DURI          "uri=\"sip:r.example\", "
#define RESP          "response=\"" R64 "\", "
#define OPAQUE        "opaque=\"o1\", "
#define GOOD          USER REALM NONCE DURI RESP OPAQUE SHA FIRST "\n"
#define SUBSCRIBES    "0 a>b SUBSCRIBE\n10 b>a 200/SUBSCRIBE\n"
#define NOTIFIES      "20 b>a NOTIFY in | Subscription-State: "
#define REFERS        "0 a>b REFER\n10 b>a 202/REFER\n"
#define TELLS         "20 b>a NOTIFY in | Event: refer | *"
#define LAMP(version)                                            \
	" | Event: dialog | *application/dialog-info+xml^<?xml " \
	"version='1.0'?><dialog-info version='" version "' state='f'/>"
#define PUBLISHES "0 a>b PUBLISH sdp=1\n1 b>a 200/PUBLISH\n"

static const struct relation_scene scenes_of_servers[] = {
	{ "A proxy forwards the header fields of a request", BY_PROXY,
	    "5 p>b OPTIONS fwd\n", "5 p>b OPTIONS fwd | Subject: y\n", false },
	{ "A proxy forwards the header fields of a request", BY_PROXY,
	    "5 p>b OPTIONS fwd\n", "5 p>b OPTIONS fwd | -Subject\n", false },
	{ "A proxy forwards the Vias of a request",
	    "0 a>p OPTIONS | +Via: SIP/2.0/UDP u;branch=z9hG4bKu\n",
	    "5 p>b OPTIONS fwd\n",
	    "5 p>b OPTIONS fwd | -Via | Via: SIP/2.0/UDP "
	    "192.0.2.3;branch=z9hG4bK1 | +Via: SIP/2.0/UDP "
	    "192.0.2.1;branch=z9hG4bK0 | +Via: SIP/2.0/UDP w;branch=z9hG4bKu\n",
	    false },
	{ "A proxy adds its Record-Route",
	    "0 a>p INVITE sdp=1 | Record-Route: <sip:u;lr>\n1 p>a 100/INVITE\n",
	    "5 p>b INVITE fwd\n",
	    "5 p>b INVITE fwd | Record-Route: <sip:192.0.2.3;lr>\n", false },
	{ "A proxy does not change the Contact of a request", CALL_BY_PROXY,
	    "5 p>b INVITE fwd\n",
	    "5 p>b INVITE fwd | Contact: <sip:a@192.0.2.3>\n", false },
	{ "A proxy does not change the Request-URI",
	    "0 a>p INFO in cs=2 uri=sip:b@192.0.2.2 | Route: "
	    "<sip:192.0.2.3;lr>\n",
	    "5 p>b INFO fwd | -Route\n",
	    "5 p>b INFO fwd | =INFO sip:c@192.0.2.5 SIP/2.0^Via: SIP/2.0/UDP "
	    "192.0.2.3;branch=z9hG4bK1^Via: SIP/2.0/UDP "
	    "192.0.2.1;branch=z9hG4bK0^Max-Forwards: 69^From: "
	    "<sip:a@b.example>;tag=ta^To: <sip:p@b.example>;tag=tp^Call-ID: "
	    "c1^CSeq: 2 INFO^Content-Length: 0^^\n",
	    false },
	{ "A proxy adds a sips URI",
	    "0 a>p INVITE sdp=1 uri=sips:b@b.example | Contact: "
	    "<sips:a@192.0.2.1>\n1 p>a 100/INVITE\n",
	    "5 p>b INVITE fwd | +Record-Route: <sips:192.0.2.3;lr>\n",
	    "5 p>b INVITE fwd | +Record-Route: <sip:192.0.2.3;lr>\n", false },
	{ "A proxy adds a URI with lr", CALL_BY_PROXY,
	    "5 p>b INVITE fwd | +Record-Route: <sip:192.0.2.3;lr>\n",
	    "5 p>b INVITE fwd | +Record-Route: <sip:192.0.2.3>\n", false },
	{ "A proxy adds a Via whose branch", BY_PROXY, "5 p>b OPTIONS fwd\n",
	    "5 p>b OPTIONS fwd br=1 | -Via | Via: SIP/2.0/UDP "
	    "192.0.2.3;branch=1 | +Via: SIP/2.0/UDP "
	    "192.0.2.1;branch=z9hG4bK0\n",
	    false },
	{ "A proxy adds its Path", "0 a>p REGISTER | Path: <sip:u;lr>\n",
	    "5 p>r REGISTER fwd | +Path: <sip:192.0.2.3;lr>, <sip:u;lr> | "
	    "-Path | Path: <sip:192.0.2.3;lr>, <sip:u;lr>\n",
	    "5 p>r REGISTER fwd | Path: <sip:192.0.2.3;lr>\n", false },
	{ "A proxy forwards the header fields of a response", BACK,
	    "15 p>a 200/INVITE fwd\n", "15 p>a 200/INVITE fwd | -Subject\n",
	    false },
	{ "A proxy forwards the Vias of a response",
	    "0 a>p OPTIONS | +Via: SIP/2.0/UDP x.example;branch=z9hG4bKx\n"
	    "5 p>b OPTIONS fwd\n10 b>p 200/OPTIONS\n",
	    "15 p>a 200/OPTIONS fwd\n",
	    "15 p>a 200/OPTIONS fwd | -Via | Via: SIP/2.0/UDP "
	    "192.0.2.1;branch=z9hG4bK0 | +Via: SIP/2.0/UDP "
	    "y.example;branch=z9hG4bKx\n",
	    false },
	{ "A proxy forwards a response with as many", BACK,
	    "15 p>a 200/INVITE fwd\n",
	    "15 p>a 200/INVITE fwd | -Record-Route\n", false },
	{ "A proxy does not change the Contact of a response", BACK,
	    "15 p>a 200/INVITE fwd\n",
	    "15 p>a 200/INVITE fwd | Contact: <sip:b@192.0.2.3>\n", false },
	{ "A CANCEL goes", RING,
	    "30 a>b CANCEL br=z9hG4bK0 uri=sip:b@b.example\n",
	    "30 a>c CANCEL br=z9hG4bK0 uri=sip:b@b.example | To: "
	    "<sip:b@b.example>\n",
	    false },
	{ "The ACK for a non-2xx final response goes", REFUSED,
	    "20 a>b ACK in br=z9hG4bK0 uri=sip:b@b.example\n",
	    "20 a>c ACK in br=z9hG4bK0 uri=sip:b@b.example | To: "
	    "<sip:b@b.example>;tag=tb\n",
	    false },
	{ "The 2xx to a REGISTER lists", "0 a>r REGISTER\n",
	    "10 r>a 200/REGISTER\n",
	    "10 r>a 200/REGISTER | Contact: <sip:x@192.0.2.9>;expires=60\n",
	    false },
	{ "The 2xx to a REGISTER has the Path",
	    "0 a>r REGISTER | Path: <sip:p;lr> | Supported: path\n",
	    "10 r>a 200/REGISTER | Path: <sip:p;lr>\n",
	    "10 r>a 200/REGISTER | Path: <sip:q;lr>\n", false },
	{ "A REGISTER with reg-id", "",
	    "0 a>r REGISTER | Contact: <sip:a@192.0.2.1>;reg-id=1;"
	    "+sip.instance=\"<urn:uuid:1>\" | Supported: path, outbound\n",
	    "0 a>r REGISTER | Contact: <sip:a@192.0.2.1>;reg-id=1;"
	    "+sip.instance=\"<urn:uuid:1>\"\n",
	    false },
	{ "A challenge has realm and nonce", "0 a>r REGISTER\n",
	    "10 r>a 401/REGISTER | WWW-Authenticate: " DIGEST "\n",
	    "10 r>a 401/REGISTER | WWW-Authenticate: Digest nonce=\"n\"\n",
	    false },
	{ "A challenge has realm, domain", "0 a>r REGISTER\n",
	    "10 r>a 401/REGISTER | WWW-Authenticate: " DIGEST "\n",
	    "10 r>a 401/REGISTER | WWW-Authenticate: Digest realm=\"x\", "
	    "nonce=\"n\", qop=auth\n",
	    false },
	{ "A challenge has stale", "0 a>r REGISTER\n",
	    "10 r>a 401/REGISTER | WWW-Authenticate: " DIGEST "\n",
	    "10 r>a 401/REGISTER | WWW-Authenticate: " DIGEST
	    ", stale=\"false\"\n",
	    false },
	{ "A server that offers", "0 a>r REGISTER\n",
	    "10 r>a 401/REGISTER | WWW-Authenticate: " DIGEST
	    " | +WWW-Authenticate: Digest realm=\"x\", nonce=\"n1\"\n",
	    "10 r>a 401/REGISTER | WWW-Authenticate: Digest realm=\"x\", "
	    "nonce=\"n1\" | +WWW-Authenticate: " DIGEST "\n",
	    false },
	{ "Challenges for the same realm", "0 a>r REGISTER\n",
	    "10 r>a 401/REGISTER | WWW-Authenticate: " DIGEST
	    " | +WWW-Authenticate: Digest realm=\"x\", nonce=\"n1\"\n",
	    "10 r>a 401/REGISTER | WWW-Authenticate: " DIGEST
	    " | +WWW-Authenticate: " DIGEST "\n",
	    false },
	{ "The first credentials", CHALLENGED, AUTH GOOD,
	    AUTH USER REALM NONCE DURI RESP OPAQUE SHA
	    "qop=auth, cnonce=\"c\", nc=00000002\n",
	    false },
	{ "The first credentials", CHALLENGED, AUTH GOOD,
	    AUTH USER REALM NONCE DURI RESP OPAQUE SHA
	    "qop=auth, cnonce=\"c\", nc=00000000\n",
	    false },
	{ "A 2xx to a SUBSCRIBE has", "0 a>b SUBSCRIBE\n",
	    "10 b>a 200/SUBSCRIBE\n", "10 b>a 200/SUBSCRIBE | -Expires\n",
	    false },
	{ "The Expires of a 2xx to a SUBSCRIBE", "0 a>b SUBSCRIBE\n",
	    "10 b>a 200/SUBSCRIBE\n", "10 b>a 200/SUBSCRIBE | Expires: 61\n",
	    false },
	{ "A 2xx to a PUBLISH has SIP-ETag", "0 a>b PUBLISH\n",
	    "10 b>a 200/PUBLISH\n", "10 b>a 200/PUBLISH | -SIP-ETag\n", false },
	{ "A 2xx to a PUBLISH has Expires", "0 a>b PUBLISH\n",
	    "10 b>a 200/PUBLISH\n", "10 b>a 200/PUBLISH | -Expires\n", false },
	{ "The Expires of a 2xx to a PUBLISH", "0 a>b PUBLISH\n",
	    "10 b>a 200/PUBLISH\n", "10 b>a 200/PUBLISH | Expires: 61\n",
	    false },
	{ "A CANCEL is not", RING "30 a>b CANCEL br=z9hG4bK0\n",
	    "31 b>a 200/CANCEL\n",
	    "31 b>a 401/CANCEL | WWW-Authenticate: " DIGEST "\n", false },
	{ "A 401 to credentials",
	    CHALLENGED AUTH GOOD "30 r>a 200/REGISTER\n"
				 "40 a>r REGISTER cs=3 | Authorization: "
				 "Digest " GOOD,
	    "50 r>a 401/REGISTER | WWW-Authenticate: Digest realm=\"x\", "
	    "nonce=\"n2\", stale=TRUE\n",
	    "50 r>a 401/REGISTER | WWW-Authenticate: Digest realm=\"x\", "
	    "nonce=\"n2\"\n",
	    false },
	{ "A 407 to credentials",
	    CHALLENGED AUTH GOOD "30 r>a 200/REGISTER\n"
				 "40 a>r REGISTER cs=3 | Authorization: "
				 "Digest " GOOD,
	    "50 r>a 407/REGISTER | Proxy-Authenticate: Digest realm=\"x\", "
	    "nonce=\"n2\", stale=true\n",
	    "50 r>a 407/REGISTER | Proxy-Authenticate: Digest realm=\"x\", "
	    "nonce=\"n2\", stale=false\n",
	    false },
	{ "Credentials have realm, nonce", CHALLENGED, AUTH GOOD,
	    AUTH USER REALM NONCE RESP OPAQUE SHA FIRST "\n", false },
	{ "Credentials have username", CHALLENGED, AUTH GOOD,
	    AUTH USER "realm=x, " NONCE DURI RESP OPAQUE SHA FIRST "\n",
	    false },
	{ "Credentials have algorithm, qop", CHALLENGED, AUTH GOOD,
	    AUTH USER REALM NONCE DURI RESP OPAQUE SHA
	    "qop=\"auth\", cnonce=\"c\", nc=00000001\n",
	    false },
	{ "Credentials with qop", CHALLENGED, AUTH GOOD,
	    AUTH USER REALM NONCE DURI RESP OPAQUE SHA
	    "qop=auth, nc=00000001\n",
	    false },
	{ "Credentials with MD5", "",
	    AUTH USER REALM NONCE DURI "response=\"" R32 "\", algorithm=MD5\n",
	    AUTH USER REALM NONCE DURI "response=\"0123\", algorithm=MD5\n",
	    false },
	{ "Credentials with SHA-256", CHALLENGED, AUTH GOOD,
	    AUTH USER REALM NONCE DURI "response=\"" R32 "\", " OPAQUE SHA FIRST
				       "\n",
	    false },
	{ "Credentials have the realm", CHALLENGED, AUTH GOOD,
	    AUTH USER "realm=\"y\", " NONCE DURI RESP OPAQUE SHA FIRST "\n",
	    false },
	{ "Credentials have the algorithm", CHALLENGED, AUTH GOOD,
	    AUTH USER REALM NONCE DURI "response=\"" R32 "\", " OPAQUE FIRST
				       "\n",
	    false },
	{ "Credentials have the opaque", CHALLENGED, AUTH GOOD,
	    AUTH USER REALM NONCE DURI RESP SHA FIRST "\n", false },
	{ "Credentials have qop if", CHALLENGED, AUTH GOOD,
	    AUTH USER REALM NONCE DURI RESP OPAQUE "algorithm=SHA-256\n",
	    false },
	{ "Credentials have a qop", CHALLENGED, AUTH GOOD,
	    AUTH USER REALM NONCE DURI RESP OPAQUE SHA
	    "qop=auth-int, cnonce=\"c\", nc=00000001\n",
	    false },
	{ "Credentials have nc only",
	    "0 a>r REGISTER\n10 r>a 401/REGISTER | WWW-Authenticate: Digest "
	    "realm=\"x\", nonce=\"n1\", opaque=\"o1\", algorithm=SHA-256\n",
	    AUTH USER REALM NONCE DURI RESP OPAQUE "algorithm=SHA-256\n",
	    AUTH USER REALM NONCE DURI RESP OPAQUE SHA "nc=00000001\n", false },
	{ "A challenge in WWW-Authenticate", CHALLENGED, AUTH GOOD,
	    "20 a>r REGISTER cs=2 | Proxy-Authorization: Digest " GOOD, false },
	{ "A challenge in Proxy-Authenticate",
	    "0 a>r REGISTER\n10 r>a 407/REGISTER | Proxy-Authenticate: " DIGEST
	    "\n",
	    "20 a>r REGISTER cs=2 | Proxy-Authorization: Digest " GOOD,
	    AUTH GOOD, false },
	{ "Credentials after a challenge", CHALLENGED, AUTH GOOD,
	    AUTH USER REALM "nonce=\"n0\", " DURI RESP OPAQUE SHA FIRST "\n",
	    false },
	{ "The request with credentials has the Request-URI", CHALLENGED,
	    AUTH GOOD,
	    "20 a>r REGISTER cs=2 uri=sip:q.example | Authorization: "
	    "Digest " GOOD,
	    false },
	{ "The request with credentials has the To", CHALLENGED, AUTH GOOD,
	    "20 a>r REGISTER cs=2 | To: <sip:c@b.example> | Authorization: "
	    "Digest " GOOD,
	    false },
	{ "The request with credentials does not",
	    "0 a>b MESSAGE\n10 b>a 401/MESSAGE | WWW-Authenticate: " DIGEST
	    "\n",
	    "20 a>b MESSAGE cs=2 | Authorization: Digest " GOOD,
	    "20 a>b MESSAGE cs=2 | To: <sip:b@b.example>;tag=tb | "
	    "Authorization: Digest " GOOD,
	    false },
	{ "A SUBSCRIBE has Expires", "", "0 a>b SUBSCRIBE\n",
	    "0 a>b SUBSCRIBE | -Expires\n", false },
	{ "A NOTIFY has the", SUBSCRIBES, NOTIFIES "pending;expires=9\n",
	    NOTIFIES "waiting;expires=9\n", false },
	{ "A NOTIFY of an active", SUBSCRIBES, NOTIFIES "active;expires=9\n",
	    NOTIFIES "active\n", false },
	{ "A NOTIFY of a pending", SUBSCRIBES, NOTIFIES "pending;expires=9\n",
	    NOTIFIES "pending\n", false },
	{ "A NOTIFY of a terminated", SUBSCRIBES,
	    NOTIFIES "terminated;reason=noresource\n",
	    NOTIFIES "terminated;expires=9\n", false },
	{ "The expires of a NOTIFY", SUBSCRIBES, NOTIFIES "active;expires=60\n",
	    NOTIFIES "active;expires=61\n", false },
	{ "The NOTIFY after a SUBSCRIBE",
	    "0 a>b SUBSCRIBE | Expires: 0\n10 b>a 200/SUBSCRIBE | Expires: "
	    "0\n",
	    NOTIFIES "terminated;reason=timeout\n",
	    NOTIFIES "active;expires=9\n", false },
	{ "The NOTIFY after a SUBSCRIBE",
	    SUBSCRIBED "100 a>b SUBSCRIBE in cs=2 | Expires: 0\n"
		       "110 b>a 200/SUBSCRIBE | Expires: 0\n"
		       "120 b>a NOTIFY in cs=2\n130 a>b 200/NOTIFY\n",
	    "140 b>a NOTIFY in cs=3 | Subscription-State: "
	    "terminated;reason=timeout\n",
	    "140 b>a NOTIFY in cs=3\n", false },
	{ "A NOTIFY without time", SUBSCRIBES,
	    NOTIFIES "terminated;expires=0\n", NOTIFIES "active;expires=0\n",
	    false },
	{ "The tag in From of a NOTIFY", SUBSCRIBES,
	    NOTIFIES "active;expires=60\n",
	    NOTIFIES "active;expires=60 | From: <sip:b@b.example>;tag=tx\n",
	    false },
	{ "Without Accept in the SUBSCRIBE",
	    "0 a>b SUBSCRIBE | Event: dialog\n10 b>a 200/SUBSCRIBE\n",
	    "20 b>a NOTIFY in" LAMP("1") "\n",
	    "20 b>a NOTIFY in | Event: dialog | *application/pidf+xml^<x/>\n",
	    false },
	{ "The body of a NOTIFY is",
	    "0 a>b SUBSCRIBE | Accept: application/*, text/plain\n"
	    "10 b>a 200/SUBSCRIBE\n",
	    "20 b>a NOTIFY in | *application/pidf+xml^<x/>\n",
	    "20 b>a NOTIFY in | *text/html^<x/>\n", false },
	{ "A NOTIFY of a REFER", REFERS,
	    TELLS "message/sipfrag^SIP/2.0 100 Trying^\n",
	    TELLS "text/plain^SIP/2.0 100 Trying^\n", false },
	{ "The body of a NOTIFY of a REFER", REFERS,
	    TELLS "message/sipfrag^SIP/2.0 100 Trying^\n",
	    TELLS "message/sipfrag^Trying^\n", false },
	{ "A message summary",
	    "0 a>b SUBSCRIBE | Event: message-summary\n10 b>a "
	    "200/SUBSCRIBE\n",
	    "20 b>a NOTIFY in | Event: message-summary | "
	    "*application/simple-message-summary^Messages-Waiting: yes^\n",
	    "20 b>a NOTIFY in | Event: message-summary | "
	    "*application/simple-message-summary^Message-Waiting: yes^\n",
	    false },
	{ "The version of a document",
	    "0 a>b SUBSCRIBE | Event: dialog\n10 b>a 200/SUBSCRIBE\n"
	    "20 b>a NOTIFY in" LAMP("1") "\n30 a>b 200/NOTIFY\n",
	    "40 b>a NOTIFY in cs=2" LAMP("2") "\n",
	    "40 b>a NOTIFY in cs=2" LAMP("1") "\n", false },
	{ "SIP-If-Match has", PUBLISHES,
	    "20 a>b PUBLISH cs=2 | SIP-If-Match: e1\n",
	    "20 a>b PUBLISH cs=2 | SIP-If-Match: e0\n", false },
	{ "The 2xx to a PUBLISH",
	    PUBLISHES "20 a>b PUBLISH cs=2 | SIP-If-Match: e1\n",
	    "30 b>a 200/PUBLISH | SIP-ETag: e2\n", "30 b>a 200/PUBLISH\n",
	    false },
	{ "Credentials have a username", CHALLENGED,
	    "20 a>r REGISTER cs=2 | " ANSWER(FIRST) "\n",
	    "20 a>r REGISTER cs=2 | Authorization: Digest realm=\"x\", "
	    "nonce=\"n1\", uri=\"sip:r.example\", response=\"" R64
	    "\", opaque=\"o1\", algorithm=SHA-256, " FIRST "\n",
	    false },
	{ "No NOTIFY follows the one",
	    SUBSCRIBED "1000 b>a NOTIFY in cs=2 | Subscription-State: "
		       "terminated;reason=timeout\n1010 a>b 200/NOTIFY\n",
	    "2000 a>b SUBSCRIBE in cs=2\n2010 b>a 200/SUBSCRIBE\n"
	    "2020 b>a NOTIFY in cs=3\n",
	    "2020 b>a NOTIFY in cs=3\n", false },
};

#endif
