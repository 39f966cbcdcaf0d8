/* Scenes of what a single message has, and of what proxies add
 * (relation_scenes.h). */
#ifndef RELATION_SCENES_SINGLE_H
#define RELATION_SCENES_SINGLE_H

#include "relation_scenes.h"

#define SINGLE_RINGS  "0 a>b INVITE sdp=1\n10 b>a 180/INVITE\n"
#define SINGLE_TAKES  "20 b>a 200/INVITE sdp=1"
#define SINGLE_PASSES "0 a>p OPTIONS\n"

static const struct relation_scene scenes_of_fields[] = {
	/* ---- what need not be so ---- */
	{ "The Contact of a 2xx to an INVITE is", SINGLE_RINGS,
	    SINGLE_TAKES "\n", SINGLE_TAKES " | Contact: <tel:+1>\n",
	    DOUBTED_ALONE },
	{ "A 2xx to an INVITE has a single", SINGLE_RINGS, SINGLE_TAKES "\n",
	    SINGLE_TAKES " | +Contact: <sip:x@192.0.2.2>\n", DOUBTED_ALONE },
	{ "A 2xx to an INVITE should have Allow", SINGLE_RINGS,
	    SINGLE_TAKES "\n", SINGLE_TAKES " | -Allow\n", DOUBTED_ALONE },
	{ "A 2xx to an INVITE should have Supported", SINGLE_RINGS,
	    SINGLE_TAKES "\n", SINGLE_TAKES " | -Supported\n", DOUBTED_ALONE },
	{ "A 2xx to an OPTIONS should have Accept", "0 a>b OPTIONS\n",
	    "5 b>a 200/OPTIONS | Accept: application/sdp | Supported: x\n",
	    "5 b>a 200/OPTIONS | Supported: x\n", DOUBTED_ALONE },
	{ "A 2xx to an OPTIONS should have Supported", "0 a>b OPTIONS\n",
	    "5 b>a 200/OPTIONS | Accept: application/sdp | Supported: x\n",
	    "5 b>a 200/OPTIONS | Accept: application/sdp\n", DOUBTED_ALONE },
	{ "A PUBLISH without a body", "", "0 a>b PUBLISH sdp=1\n",
	    "0 a>b PUBLISH\n", DOUBTED_ALONE },
	{ "Each 2xx to a PUBLISH",
	    "0 a>b PUBLISH sdp=1\n1 b>a 200/PUBLISH\n"
	    "10 a>b PUBLISH sdp=1 cs=2\n",
	    "11 b>a 200/PUBLISH | SIP-ETag: e2\n", "11 b>a 200/PUBLISH\n",
	    DOUBTED_ALONE },
	{ "A stream lists a format once", "", "0 a>b INVITE sdp=1 pt=0,8\n",
	    "0 a>b INVITE sdp=1 pt=0,8,0\n", DOUBTED_ALONE },
	{ "A caller that is to refresh",
	    "0 a>b INVITE | Supported: timer | Session-Expires: 90\n",
	    "10 b>a 200/INVITE | Session-Expires: 90;refresher=uac | "
	    "Require: timer\n",
	    NULL, false },
	{ "A caller that is to refresh", "0 a>b INVITE\n",
	    "10 b>a 200/INVITE | Session-Expires: 90;refresher=uas\n",
	    "10 b>a 200/INVITE | Session-Expires: 90;refresher=uac | "
	    "Require: timer\n",
	    DOUBTED_ALONE },
	{ "The ACK for a 2xx has the credentials",
	    "0 a>b INVITE | Authorization: Digest username=x\n"
	    "10 b>a 200/INVITE\n",
	    "20 a>b ACK in | Authorization: Digest username=x\n",
	    "20 a>b ACK in\n", DOUBTED_ALONE },
	{ "A request asks for no Min-SE below", "",
	    "0 a>b INVITE | Session-Expires: 90 | Min-SE: 90\n",
	    "0 a>b INVITE | Session-Expires: 90 | Min-SE: 30\n",
	    DOUBTED_ALONE },
	{ "Min-SE of a 422 is above", "0 a>b INVITE | Session-Expires: 90\n",
	    "5 b>a 422/INVITE | Min-SE: 120\n",
	    "5 b>a 422/INVITE | Min-SE: 90\n", DOUBTED_ALONE },
	/* ---- registrars ---- */
	{ "A 2xx to a REGISTER grants no longer", "0 a>r REGISTER\n",
	    "10 r>a 200/REGISTER\n",
	    "10 r>a 200/REGISTER | Contact: <sip:a@192.0.2.1>;expires=90\n",
	    false },
	/* ---- what proxies add, and take ---- */
	{ "A proxy forwards a request with Max-Forwards", SINGLE_PASSES,
	    "5 p>b OPTIONS fwd\n", "5 p>b OPTIONS fwd | -Max-Forwards\n",
	    false },
	{ "A proxy lowers Max-Forwards", SINGLE_PASSES, "5 p>b OPTIONS fwd\n",
	    "5 p>b OPTIONS fwd | Max-Forwards: 70\n", false },
	{ "A proxy takes one from Max-Forwards", SINGLE_PASSES,
	    "5 p>b OPTIONS fwd\n", "5 p>b OPTIONS fwd | Max-Forwards: 60\n",
	    true },
	{ "A proxy adds a Via of its own", SINGLE_PASSES, "5 p>b OPTIONS fwd\n",
	    "5 p>b OPTIONS fwd | Via: SIP/2.0/UDP 192.0.2.1;branch=z9hG4bK0\n",
	    true },
	{ "A proxy leaves the Vias of a request", SINGLE_PASSES,
	    "5 p>b OPTIONS fwd\n",
	    "5 p>b OPTIONS fwd | -Via | Via: SIP/2.0/UDP "
	    "192.0.2.1;branch=z9hG4bK0 | +Via: SIP/2.0/UDP "
	    "192.0.2.3;branch=z9hG4bK1\n",
	    false },
	{ "A proxy forwards no request that came with",
	    "0 a>p OPTIONS | Max-Forwards: 1\n", "5 p>b OPTIONS fwd\n", NULL,
	    false },
	{ "A proxy forwards no request that came with",
	    "0 a>p OPTIONS | Max-Forwards: 0\n", "", "5 p>b OPTIONS fwd\n",
	    false },
};

#undef SINGLE_RINGS
#undef SINGLE_TAKES
#undef SINGLE_PASSES

#endif
