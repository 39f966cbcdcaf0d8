/* Scenes of dialogs and what changes them (relation_scenes.h). */
#ifndef RELATION_SCENES_DIALOG_H
#define RELATION_SCENES_DIALOG_H

#include "relation_scenes.h"

#define CHALLENGED_CALL                                               \
	"0 a>b INVITE\n10 b>a 401/INVITE | WWW-Authenticate: " DIGEST \
	"\n20 a>b ACK br=z9hG4bK0\n"

#define PLAIN_CALL \
	"0 a>b INVITE sdp=1\n10 b>a 200/INVITE sdp=1\n20 a>b ACK in\n"

static const struct relation_scene scenes_of_dialogs[] = {
	{ "A reliable provisional response has a",
	    "0 a>b INVITE | Supported: 100rel\n",
	    "20 b>a 180/INVITE | RSeq: 1 | Require: 100rel\n",
	    "20 b>a 180/INVITE | RSeq: 1 | Require: 100rel | -Contact\n",
	    false },
	{ "A 2xx to a SUBSCRIBE, REFER", "0 a>b SUBSCRIBE\n",
	    "10 b>a 200/SUBSCRIBE\n", "10 b>a 200/SUBSCRIBE | -Contact\n",
	    false },
	{ "The Contact of a response is a SIPS",
	    "0 a>b INVITE uri=sips:b@b.example | Contact: <sips:a@192.0.2.1>\n",
	    "10 b>a 200/INVITE | Contact: <sips:b@192.0.2.2>\n",
	    "10 b>a 200/INVITE\n", false },
	{ "The caller keeps the URI in From", CALL, "2000 a>b INFO in cs=2\n",
	    "2000 a>b INFO in cs=2 | From: <sip:x@b.example>;tag=ta\n", false },
	{ "The caller keeps the URI in To", CALL, "2000 a>b INFO in cs=2\n",
	    "2000 a>b INFO in cs=2 | To: <sip:x@b.example>;tag=tb\n", false },
	{ "The callee keeps its URI", CALL, "2000 b>a INFO in cs=2\n",
	    "2000 b>a INFO in cs=2 | From: <sip:x@b.example>;tag=tb\n", false },
	{ "The callee keeps the caller's URI", CALL, "2000 b>a INFO in cs=2\n",
	    "2000 b>a INFO in cs=2 | To: <sip:x@b.example>;tag=ta\n", false },
	{ "The ACK for a 2xx has the tag",
	    RING "1000 b>a 200/INVITE sdp=1 | To: <sip:b@b.example>;tag=tz\n",
	    "1010 a>b ACK in | To: <sip:b@b.example>;tag=tz\n",
	    "1010 a>b ACK in\n", false },
	{ "The ACK for a 2xx has the Authorization",
	    "0 a>b INVITE | Authorization: Digest username=x\n10 b>a "
	    "200/INVITE\n",
	    "20 a>b ACK in | Authorization: Digest username=x\n",
	    "20 a>b ACK in\n", false },
	{ "The ACK for a 2xx has the Proxy-Authorization",
	    "0 a>b INVITE | Proxy-Authorization: Digest username=x\n10 b>a "
	    "200/INVITE\n",
	    "20 a>b ACK in | Proxy-Authorization: Digest username=x\n",
	    "20 a>b ACK in\n", false },
	{ "A 100 is never reliable: it has",
	    "0 a>b INVITE | Supported: 100rel\n", "10 b>a 100/INVITE\n",
	    "10 b>a 100/INVITE | RSeq: 1\n", false },
	{ "A 100 is never reliable: it does",
	    "0 a>b INVITE | Supported: 100rel\n", "10 b>a 100/INVITE\n",
	    "10 b>a 100/INVITE | Require: 100rel\n", false },
	{ "A provisional response with RSeq has",
	    "0 a>b INVITE | Supported: 100rel\n",
	    "20 b>a 180/INVITE | RSeq: 1 | Require: 100rel\n",
	    "20 b>a 180/INVITE | RSeq: 1\n", false },
	{ "A provisional response with Require",
	    "0 a>b INVITE | Supported: 100rel\n",
	    "20 b>a 180/INVITE | RSeq: 1 | Require: 100rel\n",
	    "20 b>a 180/INVITE | Require: 100rel\n", false },
	{ "A provisional response is reliable only", "0 a>b INVITE\n",
	    "20 b>a 180/INVITE\n",
	    "20 b>a 180/INVITE | RSeq: 1 | Require: 100rel\n", false },
	{ "If the INVITE requires 100rel,", "0 a>b INVITE | Require: 100rel\n",
	    "20 b>a 180/INVITE | RSeq: 1 | Require: 100rel\n",
	    "20 b>a 180/INVITE\n", false },
	{ "RSeq is one more",
	    RELIABLE "30 a>b PRACK in cs=2\n40 b>a 200/PRACK\n",
	    "50 b>a 183/INVITE | RSeq: 2 | Require: 100rel\n",
	    "50 b>a 183/INVITE | RSeq: 3 | Require: 100rel\n", false },
	{ "RSeq begins below", "0 a>b INVITE | Supported: 100rel\n",
	    "20 b>a 180/INVITE | RSeq: 1 | Require: 100rel\n",
	    "20 b>a 180/INVITE | RSeq: 2147483648 | Require: 100rel\n", false },
	{ "A PRACK has a RAck", RELIABLE, "30 a>b PRACK in cs=2\n",
	    "30 a>b PRACK in cs=2 | -RAck\n", false },
	{ "RAck begins with", RELIABLE, "30 a>b PRACK in cs=2\n",
	    "30 a>b PRACK in cs=2 | RAck: 2 1 INVITE\n", false },
	{ "RAck ends with", RELIABLE, "30 a>b PRACK in cs=2\n",
	    "30 a>b PRACK in cs=2 | RAck: 1 2 INVITE\n", false },
	{ "RAck ends with",
	    "0 a>p INVITE sdp=1 | Supported: 100rel\n5 p>b INVITE fwd | CSeq: "
	    "2 INVITE\n10 b>p 180/INVITE | CSeq: 2 INVITE | RSeq: 1 | Require: "
	    "100rel\n12 p>a 180/INVITE fwd | CSeq: 1 INVITE\n20 a>p PRACK in "
	    "cs=2 | To: <sip:b@b.example>;tag=tb\n",
	    "25 p>b PRACK fwd | CSeq: 3 PRACK | RAck: 1 2 INVITE\n",
	    "25 p>b PRACK fwd | CSeq: 3 PRACK\n", false },
	{ "The 2xx to a PRACK without", RELIABLE "30 a>b PRACK in cs=2\n",
	    "40 b>a 200/PRACK\n", "40 b>a 200/PRACK sdp=1\n", false },
	{ "The 2xx to an UPDATE without", CALL "2000 a>b UPDATE in cs=2\n",
	    "2010 b>a 200/UPDATE\n", "2010 b>a 200/UPDATE sdp=1\n", false },
	{ "The caller sends UPDATE",
	    "0 a>b INVITE\n10 b>a 200/INVITE\n20 a>b ACK in\n",
	    "30 a>b INFO in cs=2\n", "30 a>b UPDATE in cs=2\n", false },
	{ "The callee sends UPDATE only",
	    "0 a>b INVITE | Allow: INVITE, ACK, BYE\n10 b>a 200/INVITE\n20 a>b "
	    "ACK in\n",
	    "30 b>a INFO in cs=2\n", "30 b>a UPDATE in cs=2\n", false },
	{ "The body of a NOTIFY of a REFER begins",
	    "0 a>b REFER\n10 b>a 202/REFER\n",
	    "20 b>a NOTIFY in | Event: refer | Subscription-State: active | "
	    "*message/sipfrag^SIP/2.0 100 Trying^\n",
	    "20 b>a NOTIFY in | Event: refer | Subscription-State: active | "
	    "*message/sipfrag^100 Trying^\n",
	    false },
	{ "The body of a NOTIFY of a REFER is",
	    "0 a>b REFER\n10 b>a 202/REFER\n",
	    "20 b>a NOTIFY in | Event: refer | Subscription-State: active | "
	    "*message/sipfrag;version=2.0^SIP/2.0 100 Trying^\n",
	    "20 b>a NOTIFY in | Event: refer | Subscription-State: active | "
	    "*text/plain^SIP/2.0 100 Trying^\n",
	    false },
	{ "A NOTIFY of the final answer", "0 a>b REFER\n10 b>a 202/REFER\n",
	    "20 b>a NOTIFY in | Event: refer | Subscription-State: "
	    "terminated;reason=noresource | *message/sipfrag^SIP/2.0 200 OK^\n",
	    "20 b>a NOTIFY in | Event: refer | Subscription-State: active | "
	    "*message/sipfrag^SIP/2.0 200 OK^\n",
	    false },
	{ "The last NOTIFY of a REFER", "0 a>b REFER\n10 b>a 202/REFER\n",
	    "20 b>a NOTIFY in | Event: refer | Subscription-State: "
	    "terminated;reason=noresource | *message/sipfrag^SIP/2.0 200 OK^\n",
	    "20 b>a NOTIFY in | Event: refer | Subscription-State: terminated "
	    "| *message/sipfrag^SIP/2.0 200 OK^\n",
	    false },
	{ "A 2xx has Refer-Sub: false", "0 a>b REFER\n", "10 b>a 202/REFER\n",
	    "10 b>a 202/REFER | Refer-Sub: false\n", false },
	{ "Replaces appears only in INVITE", CALL, "2000 a>b INFO in cs=2\n",
	    "2000 a>b INFO in cs=2 | Replaces: x;to-tag=1;from-tag=2\n",
	    false },
	{ "Replaces has a to-tag", "",
	    "0 a>b INVITE | Supported: replaces | Replaces: "
	    "x;to-tag=1;from-tag=2\n",
	    "0 a>b INVITE | Supported: replaces | Replaces: x;from-tag=2\n",
	    false },
	{ "Replaces has a from-tag", "",
	    "0 a>b INVITE | Supported: replaces | Replaces: "
	    "x;to-tag=1;from-tag=2\n",
	    "0 a>b INVITE | Supported: replaces | Replaces: x;to-tag=1\n",
	    false },
	{ "Replaces in the URI of a Refer-To has a to-tag", "",
	    "0 a>b REFER | Refer-To: "
	    "<sip:c@b.example?Replaces=x%3Bto-tag%3D1%3Bfrom-tag%3D2>\n",
	    "0 a>b REFER | Refer-To: "
	    "<sip:c@b.example?Replaces=x%3Bfrom-tag%3D2>\n",
	    false },
	{ "Replaces in the URI of a Refer-To has a from-tag", "",
	    "0 a>b REFER | Refer-To: "
	    "<sip:c@b.example?Replaces=x%3Bto-tag%3D1%3Bfrom-tag%3D2>\n",
	    "0 a>b REFER | Refer-To: "
	    "<sip:c@b.example?Replaces=x%3Bto-tag%3D1>\n",
	    false },
	{ "Replaces does not appear in", "",
	    "0 a>b INVITE | Supported: replaces | Replaces: "
	    "x;to-tag=1;from-tag=2\n",
	    "0 a>b INVITE | Supported: replaces | Replaces: "
	    "x;to-tag=1;from-tag=2 | Join: y;to-tag=1;from-tag=2\n",
	    false },
	{ "A UA that sends", "",
	    "0 a>b INVITE | Supported: replaces | Replaces: "
	    "x;to-tag=1;from-tag=2\n",
	    "0 a>b INVITE | Replaces: x;to-tag=1;from-tag=2\n", false },
	{ "A request asks for a session", "",
	    "0 a>b INVITE | Supported: timer | Session-Expires: 90\n",
	    "0 a>b INVITE | Supported: timer | Session-Expires: 89\n", false },
	{ "A 2xx grants a session",
	    "0 a>b INVITE | Supported: timer | Session-Expires: 1800\n",
	    "10 b>a 200/INVITE | Session-Expires: 90;refresher=uas\n",
	    "10 b>a 200/INVITE | Session-Expires: 60;refresher=uas\n", false },
	{ "Min-SE of a request is", "",
	    "0 a>b INVITE | Supported: timer | Session-Expires: 1800 | Min-SE: "
	    "90\n",
	    "0 a>b INVITE | Supported: timer | Session-Expires: 1800 | Min-SE: "
	    "30\n",
	    false },
	{ "Min-SE of a 422 is",
	    "0 a>b INVITE | Supported: timer | Session-Expires: 90\n",
	    "10 b>a 422/INVITE | Min-SE: 120\n",
	    "10 b>a 422/INVITE | Min-SE: 60\n", false },
	{ "A request's Session-Expires is not", "",
	    "0 a>b INVITE | Supported: timer | Session-Expires: 1800 | Min-SE: "
	    "90\n",
	    "0 a>b INVITE | Supported: timer | Session-Expires: 120 | Min-SE: "
	    "180\n",
	    false },
	{ "A 422 answers",
	    "0 a>b INVITE | Supported: timer | Session-Expires: 120\n",
	    "10 b>a 422/INVITE | Min-SE: 180\n",
	    "10 b>a 422/INVITE | Min-SE: 120\n", false },
	{ "Min-SE does not appear in",
	    "0 a>b INVITE | Supported: timer | Session-Expires: 1800\n",
	    "10 b>a 200/INVITE | Session-Expires: 1800;refresher=uas\n",
	    "10 b>a 200/INVITE | Session-Expires: 1800;refresher=uas | Min-SE: "
	    "90\n",
	    false },
	{ "A 2xx does not grant less",
	    "0 a>b INVITE | Supported: timer | Session-Expires: 1800 | Min-SE: "
	    "300\n",
	    "10 b>a 200/INVITE | Session-Expires: 300;refresher=uas\n",
	    "10 b>a 200/INVITE | Session-Expires: 200;refresher=uas\n", false },
	{ "A request after a 422 has a",
	    "0 a>b INVITE | Supported: timer | Session-Expires: 120\n10 b>a "
	    "422/INVITE | Min-SE: 600\n20 a>b ACK in br=z9hG4bK0 "
	    "uri=sip:b@b.example\n",
	    "30 a>b INVITE cs=2 | Supported: timer | Session-Expires: 600 | "
	    "Min-SE: 600\n",
	    "30 a>b INVITE cs=2 | Supported: timer | Session-Expires: 600\n",
	    false },
	{ "A request after a 422 asks for",
	    "0 a>b INVITE | Supported: timer | Session-Expires: 120\n10 b>a "
	    "422/INVITE | Min-SE: 600\n20 a>b ACK in br=z9hG4bK0 "
	    "uri=sip:b@b.example\n",
	    "30 a>b INVITE cs=2 | Supported: timer | Session-Expires: 600 | "
	    "Min-SE: 600\n",
	    "30 a>b INVITE cs=2 | Supported: timer | Session-Expires: 300 | "
	    "Min-SE: 90\n",
	    false },
	{ "A 2xx does not grant a longer",
	    "0 a>b INVITE | Supported: timer | Session-Expires: 1800\n",
	    "10 b>a 200/INVITE | Session-Expires: 1800;refresher=uas\n",
	    "10 b>a 200/INVITE | Session-Expires: 3600;refresher=uas\n",
	    false },
	{ "Session-Expires of a 2xx has",
	    "0 a>b INVITE | Supported: timer | Session-Expires: 1800\n",
	    "10 b>a 200/INVITE | Session-Expires: 1800;refresher=uas\n",
	    "10 b>a 200/INVITE | Session-Expires: 1800\n", false },
	{ "A 2xx with refresher=uac",
	    "0 a>b INVITE | Supported: timer | Session-Expires: 1800\n",
	    "10 b>a 200/INVITE | Session-Expires: 1800;refresher=uac | "
	    "Require: timer\n",
	    "10 b>a 200/INVITE | Session-Expires: 1800;refresher=uac\n",
	    false },
	{ "The refresher of a 2xx",
	    "0 a>b INVITE | Supported: timer | Session-Expires: "
	    "1800;refresher=uas\n",
	    "10 b>a 200/INVITE | Session-Expires: 1800;refresher=uas\n",
	    "10 b>a 200/INVITE | Session-Expires: 1800;refresher=uac | "
	    "Require: timer\n",
	    false },
	{ "A 2xx has refresher=uac only", "0 a>b INVITE\n",
	    "10 b>a 200/INVITE | Session-Expires: 1800;refresher=uas\n",
	    "10 b>a 200/INVITE | Session-Expires: 1800;refresher=uac | "
	    "Require: timer\n",
	    false },
	{ "A UA that asks for", "",
	    "0 a>b INVITE | Supported: timer | Session-Expires: 1800\n",
	    "0 a>b INVITE | Session-Expires: 1800\n", false },
	{ "A UA that lists",
	    "0 a>b INVITE | Supported: timer | Session-Expires: 1800\n",
	    "10 b>a 200/INVITE | Supported: timer | Session-Expires: "
	    "1800;refresher=uas\n",
	    "10 b>a 200/INVITE | Supported: timer\n", false },
	{ "A proxy does not raise",
	    "0 a>p INVITE | Supported: timer | Session-Expires: 1800\n",
	    "5 p>b INVITE fwd | Session-Expires: 900\n",
	    "5 p>b INVITE fwd | Session-Expires: 3600\n", false },
	{ "A proxy does not change the refresher",
	    "0 a>p INVITE | Supported: timer | Session-Expires: "
	    "1800;refresher=uac\n",
	    "5 p>b INVITE fwd\n", "5 p>b INVITE fwd | Session-Expires: 1800\n",
	    false },
	{ "A proxy does not change the Session-Expires",
	    "0 a>p INVITE | Supported: timer | Session-Expires: 1800\n5 p>b "
	    "INVITE fwd\n10 b>p 200/INVITE | Session-Expires: "
	    "1800;refresher=uas\n",
	    "12 p>a 200/INVITE fwd\n",
	    "12 p>a 200/INVITE fwd | Session-Expires: 900;refresher=uas\n",
	    false },
	{ "A Contact with reg-id", "",
	    "0 a>r REGISTER | Contact: "
	    "<sip:a@192.0.2.1>;reg-id=1;+sip.instance=\"<urn:uuid:1>\" | "
	    "Supported: path, outbound\n",
	    "0 a>r REGISTER | Contact: <sip:a@192.0.2.1>;reg-id=1 | Supported: "
	    "path, outbound\n",
	    false },
	{ "A REGISTER with reg-id lists path", "",
	    "0 a>r REGISTER | Contact: "
	    "<sip:a@192.0.2.1>;reg-id=1;+sip.instance=\"<urn:uuid:1>\" | "
	    "Supported: path, outbound\n",
	    "0 a>r REGISTER | Contact: "
	    "<sip:a@192.0.2.1>;reg-id=1;+sip.instance=\"<urn:uuid:1>\" | "
	    "Supported: outbound\n",
	    false },
	{ "A REGISTER with reg-id lists outbound", "",
	    "0 a>r REGISTER | Contact: "
	    "<sip:a@192.0.2.1>;reg-id=1;+sip.instance=\"<urn:uuid:1>\" | "
	    "Supported: path, outbound\n",
	    "0 a>r REGISTER | Contact: "
	    "<sip:a@192.0.2.1>;reg-id=1;+sip.instance=\"<urn:uuid:1>\" | "
	    "Supported: path\n",
	    false },
	{ "A registrar gives", "0 a>r REGISTER\n",
	    "10 r>a 200/REGISTER | Contact: <sip:a@192.0.2.1>;expires=60\n",
	    "10 r>a 200/REGISTER | Contact: "
	    "<sip:a@192.0.2.1>;expires=60;pub-gruu=\"sip:a@b.example;gr=1\"\n",
	    false },
	{ "A re-INVITE without an offer", CALL "2000 a>b INVITE in cs=2\n",
	    "2010 b>a 200/INVITE sdp=1\n", "2010 b>a 200/INVITE\n", false },
	{ "Only a response to an INVITE has", "0 a>b OPTIONS\n",
	    "10 b>a 100/OPTIONS\n", "10 b>a 100/OPTIONS | RSeq: 1\n", false },
	{ "Only a PRACK has RAck", CALL, "2000 a>b INFO in cs=2\n",
	    "2000 a>b INFO in cs=2 | RAck: 1 1 INVITE\n", false },
	{ "The id of a NOTIFY of a REFER", "0 a>b REFER\n10 b>a 202/REFER\n",
	    "20 b>a NOTIFY in | Event: refer;id=1 | Subscription-State: active "
	    "| *message/sipfrag^SIP/2.0 100 Trying^\n",
	    "20 b>a NOTIFY in | Event: refer;id=2 | Subscription-State: active "
	    "| *message/sipfrag^SIP/2.0 100 Trying^\n",
	    false },
	{ "A refresh that changes nothing", CALL,
	    "2000 a>b INVITE in cs=2 sdp=1 v=1 | Supported: timer | "
	    "Session-Expires: 1800\n",
	    "2000 a>b INVITE in cs=2 sdp=1 v=2 | Supported: timer | "
	    "Session-Expires: 1800\n",
	    false },
	{ "The to-tag of Replaces is", CALL,
	    "2000 c>b INVITE c=c2 | Supported: replaces | Replaces: "
	    "c1;to-tag=tb;from-tag=ta\n",
	    "2000 c>b INVITE c=c2 | Supported: replaces | Replaces: "
	    "c1;to-tag=ta;from-tag=tb\n",
	    false },
	{ "The to-tag of Replaces in", CALL,
	    "2000 a>c REFER c=c2 | Refer-To: "
	    "<sip:b@b.example?Replaces=c1%3Bto-tag%3Dtb%3Bfrom-tag%3Dta>\n",
	    "2000 a>c REFER c=c2 | Refer-To: "
	    "<sip:b@b.example?Replaces=c1%3Bto-tag%3Dta%3Bfrom-tag%3Dtb>\n",
	    false },
	{ "A second reliable response", RELIABLE,
	    "30 a>b PRACK in cs=2\n40 b>a 200/PRACK\n50 b>a 183/INVITE | RSeq: "
	    "2 | Require: 100rel\n",
	    "30 b>a 183/INVITE | RSeq: 2 | Require: 100rel\n", false },
	{ "A 2xx waits for the PRACK",
	    "0 a>b INVITE sdp=1 | Supported: 100rel\n20 b>a 183/INVITE sdp=1 | "
	    "RSeq: 1 | Require: 100rel\n",
	    "30 a>b PRACK in cs=2\n40 b>a 200/PRACK\n50 b>a 200/INVITE\n",
	    "50 b>a 200/INVITE\n", false },
	{ "An INVITE that meets one",
	    CALL "2000 b>a INVITE in cs=1 sdp=1 v=2\n2001 a>b INVITE in cs=2 "
		 "sdp=1 v=2\n",
	    "2010 b>a 491/INVITE\n", "2010 b>a 200/INVITE sdp=1 v=2\n", false },
	{ "An UPDATE with an offer that",
	    CALL "2000 b>a UPDATE in cs=1 sdp=1 v=2\n2001 a>b UPDATE in cs=2 "
		 "sdp=1 v=2\n",
	    "2010 b>a 491/UPDATE\n", "2010 b>a 200/UPDATE sdp=1 v=2\n", false },
	{ "RAck does not begin with",
	    "0 a>b INVITE sdp=1 | Supported: 100rel\n"
	    "20 b>a 183/INVITE | RSeq: 7 | Require: 100rel\n",
	    "30 a>b PRACK in cs=2 | RAck: 7 1 INVITE\n",
	    "30 a>b PRACK in cs=2 | RAck: 6 1 INVITE\n", false },
	{ "Replaces names the call that the",
	    CALL "2000 a>b REFER in cs=2 | Refer-To: <sip:c@192.0.2.5?Replaces"
		 "=c7%40x%3Bto-tag%3Dt1%3Bfrom-tag%3Dt2>\n",
	    "3000 b>c INVITE c=c2 uri=sip:c@192.0.2.5 | Supported: replaces | "
	    "Replaces: c7@x;from-tag=t2;to-tag=t1\n",
	    "3000 b>c INVITE c=c2 uri=sip:c@192.0.2.5 | Supported: replaces | "
	    "Replaces: c8@x;from-tag=t2;to-tag=t1\n",
	    false },
	{ "The 2xx to a CANCEL has the tag",
	    RING "100 a>b CANCEL br=z9hG4bK0 uri=sip:b@b.example\n",
	    "110 b>a 200/CANCEL\n",
	    "110 b>a 200/CANCEL | To: <sip:b@b.example>;tag=other\n", false },
	{ "The 2xx to a CANCEL has the tag",
	    "0 a>b INVITE\n20 b>a 180/INVITE | Contact: <sip:b@192.0.2.9>\n"
	    "100 a>b CANCEL br=z9hG4bK0 uri=sip:b@b.example\n",
	    "110 b>a 200/CANCEL | To: <sip:b@b.example>;tag=other\n", NULL,
	    false },
	{ "The request with credentials has the tag in From", CHALLENGED_CALL,
	    "30 a>b INVITE cs=2 | " ANSWER(FIRST) "\n",
	    "30 a>b INVITE cs=2 | From: <sip:a@b.example>;tag=new | " ANSWER(
		FIRST) "\n",
	    false },
	{ "The request with credentials has the tag in From", CHALLENGED_CALL,
	    "30 a>b INVITE c=c2 | From: <sip:a@b.example>;tag=new | " ANSWER(
		FIRST) "\n",
	    NULL, false },
	{ "A request within a dialog goes to the port", CALL,
	    "2000 a>b INFO in cs=2\n", "2000 a>b INFO in cs=2 to=5070\n",
	    false },
	{ "A request within a dialog goes to the port",
	    "0 a>b INVITE from=5090\n10 b>a 200/INVITE to=5090\n",
	    "2000 b>a INFO in cs=2 to=5090\n", NULL, false },
	{ "The Contact of a request from a public", "", "0 a>b INVITE\n",
	    "0 a>b INVITE | Contact: <sip:a@192.168.0.9>\n", false },
	{ "The Contact of a response from a public", "0 a>b INVITE\n",
	    "10 b>a 200/INVITE\n",
	    "10 b>a 200/INVITE | Contact: <sip:b@127.0.0.1>\n", false },
	{ "Session-Expires appears only in INVITE", CALL,
	    "2000 a>b BYE in cs=2\n",
	    "2000 a>b BYE in cs=2 | Session-Expires: 90\n", false },
	{ "A response within a dialog, or that makes one", "0 a>b INVITE\n",
	    "10 b>a 200/INVITE\n",
	    "10 b>a 200/INVITE | +Contact: <sip:b@192.0.2.9>\n", false },
	{ "No ACK is sent for a BYE", PLAIN_CALL,
	    "1000 b>a BYE in cs=5\n1010 a>b 200/BYE\n1020 a>b ACK in\n",
	    "1000 b>a BYE in cs=5\n1010 a>b 200/BYE\n1020 b>a ACK in cs=5\n",
	    false },
	{ "After a 481 to a NOTIFY",
	    "0 a>b SUBSCRIBE\n10 b>a 200/SUBSCRIBE\n20 b>a NOTIFY in\n",
	    "30 a>b 200/NOTIFY\n5000 b>a NOTIFY in cs=2\n",
	    "30 a>b 481/NOTIFY\n5000 b>a NOTIFY in cs=2\n", false },
	{ "After a 481 to a NOTIFY",
	    "0 a>b SUBSCRIBE\n10 b>a 200/SUBSCRIBE\n20 b>a NOTIFY in\n"
	    "30 a>b 481/NOTIFY\n",
	    "40 a>b SUBSCRIBE in cs=2\n50 b>a 200/SUBSCRIBE\n"
	    "5000 b>a NOTIFY in cs=2\n",
	    NULL, false },
	{ "The PRACK of an offer",
	    "0 a>b INVITE | Supported: 100rel\n10 b>a 183/INVITE sdp=1 | "
	    "Require: 100rel | RSeq: 1\n",
	    "20 a>b PRACK in cs=2 sdp=1\n", "20 a>b PRACK in cs=2\n", false },
	{ "The PRACK of an offer",
	    "0 a>b INVITE sdp=1 | Supported: 100rel\n10 b>a 183/INVITE sdp=1 | "
	    "Require: 100rel | RSeq: 1\n",
	    "20 a>b PRACK in cs=2\n", NULL, false },
	{ "An UPDATE with an offer that meets one in the other direction gets "
	  "no",
	    PLAIN_CALL "1000 b>a INVITE in cs=5 sdp=1 v=2\n"
		       "1001 a>b UPDATE in cs=2 sdp=1 v=2\n",
	    "1010 b>a 491/UPDATE\n", "1010 b>a 500/UPDATE | Retry-After: 5\n",
	    false },
	{ "The 500 to an INVITE that arrives",
	    PLAIN_CALL "1000 a>b INVITE in cs=2\n1010 a>b INVITE in cs=3\n",
	    "1020 b>a 500/INVITE | Retry-After: 5\n", "1020 b>a 500/INVITE\n",
	    false },
	{ "The 500 to an UPDATE that arrives",
	    PLAIN_CALL "1000 a>b UPDATE in cs=2\n1010 a>b UPDATE in cs=3\n",
	    "1020 b>a 500/UPDATE | Retry-After: 5\n", "1020 b>a 500/UPDATE\n",
	    false },
	{ "The 500 to an UPDATE that arrives",
	    PLAIN_CALL "1000 a>b UPDATE in cs=2\n1005 b>a 200/UPDATE\n"
		       "1010 a>b UPDATE in cs=3\n",
	    "1020 b>a 500/UPDATE\n", NULL, false },
	{ "A UA that has subscribed, or sent",
	    "0 a>b REFER\n10 b>a 202/REFER\n20 b>a NOTIFY in | Event: refer "
	    "| *message/sipfrag^SIP/2.0 100 Trying^\n",
	    "30 a>b 481/NOTIFY\n", "30 a>b 405/NOTIFY | Allow: INVITE\n",
	    false },
	{ "A UA that has subscribed, or sent", "0 b>a NOTIFY\n",
	    "30 a>b 405/NOTIFY | Allow: INVITE\n", NULL, false },
};

#endif
