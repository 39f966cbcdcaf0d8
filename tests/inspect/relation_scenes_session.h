/* Scenes of session descriptions (relation_scenes.h). */
#ifndef RELATION_SCENES_SESSION_H
#define RELATION_SCENES_SESSION_H

#include "relation_scenes.h"

/* A description of A or B, with version V, and its streams. */
#define SDP_OF(who, v, host, streams)                                    \
	" | *application/sdp^v=0^o=" who " 1 " v " IN IP4 192.0.2." host \
	"^s=-^c=IN IP4 192.0.2." host "^t=0 0^" streams "^\n"
#define OFFERS(streams)     "0 a>b INVITE" SDP_OF("a", "1", "1", streams)
#define ANSWERS_BY(streams) "5 b>a 200/INVITE" SDP_OF("b", "1", "2", streams)
/* Other descriptions, whole. */
#define OFFERS_ALL(sdp)      "0 a>b INVITE | *application/sdp^" sdp "^\n"
#define ANSWERS_ALL(sdp)     "5 b>a 200/INVITE | *application/sdp^" sdp "^\n"
#define TALKS(offer, answer) OFFERS(offer) ANSWERS_BY(answer) "10 a>b ACK in\n"
#define OFFERS_AGAIN(v, streams) \
	"2000 a>b INVITE in cs=2" SDP_OF("a", v, "1", streams)

#define G711   "m=audio 4000 RTP/AVP 0"
#define EVENTS "m=audio 4000 RTP/AVP 0 101^a=rtpmap:101 telephone-event/8000"
#define EVENTS_AS(type, clock)                           \
	"m=audio 4000 RTP/AVP 0 " type "^a=rtpmap:" type \
	" telephone-event/" clock
#define VIDEO      "^m=video 5000 RTP/AVP 34"
#define SAVP(more) "m=audio 4000 RTP/SAVP 0^" more
#define SUITE      "AES_CM_128_HMAC_SHA1_80 inline:"
#define KEY_1      "WnD7c1ksDGs+dIefCEo8omPg4uO8DYIinNGL5yxQ"
#define KEY_2      "NzB4d1BINUAvLEw6UzF3WSJ+PSdFcGdUJShpX1Zj"
#define DTLS(more) \
	"m=audio 4000 UDP/TLS/RTP/SAVP 0^a=fingerprint:sha-1 A:B" more
#define H264(more) \
	"m=video 4000 RTP/AVP 97^a=rtpmap:97 H264/90000^a=fmtp:97 " more
#define SETUP(way) "m=image 4000 TCP t38^a=setup:" way

#define CHANGED_ON_WAY                                                        \
	"0 a>p INVITE" SDP_OF("a", "1", "1",                                  \
	    SAVP("a=crypto:1 " SUITE KEY_1 VIDEO)) "1 p>a 100/INVITE\n"       \
						   "5 p>b INVITE fwd" SDP_OF( \
						       "a", "1", "3",         \
						       G711 "^a=rtcp-mux")

static const struct relation_scene scenes_of_sessions[] = {
	{ "The lines of a session description", "", OFFERS(G711),
	    OFFERS_ALL("v=0^o=a 1 1 IN IP4 192.0.2.1^s=-^t=0 0^c=IN IP4 "
		       "192.0.2.1^" G711),
	    false },
	{ "The lines of a stream", "", OFFERS(G711 "^b=AS:64^a=sendrecv"),
	    OFFERS(G711 "^a=sendrecv^b=AS:64"), false },
	{ "The line s= is not", "",
	    OFFERS_ALL("v=0^o=a 1 1 IN IP4 192.0.2.1^s= ^c=IN IP4 "
		       "192.0.2.1^t=0 0^" G711),
	    OFFERS_ALL("v=0^o=a 1 1 IN IP4 192.0.2.1^s=^c=IN IP4 "
		       "192.0.2.1^t=0 0^" G711),
	    false },
	{ "A format has at most one a=rtpmap", "", OFFERS(EVENTS),
	    OFFERS(EVENTS "^a=rtpmap:101 opus/48000/2"), false },
	{ "An offer has a=rtpmap for each", "", OFFERS(EVENTS),
	    OFFERS("m=audio 4000 RTP/AVP 0 101"), false },
	{ "Each a=rtpmap is about", "", OFFERS(EVENTS),
	    OFFERS(EVENTS "^a=rtpmap:102 opus/48000/2"), false },
	{ "Each a=fmtp is about", "", OFFERS(EVENTS "^a=fmtp:101 0-15"),
	    OFFERS(EVENTS "^a=fmtp:102 0-15"), false },
	{ "A format has at most one a=fmtp", "",
	    OFFERS(EVENTS "^a=fmtp:101 0-15"),
	    OFFERS(EVENTS "^a=fmtp:101 0-15^a=fmtp:101 16"), false },
	{ "A stream has at most one attribute", "", OFFERS(G711 "^a=sendonly"),
	    OFFERS(G711 "^a=sendonly^a=inactive"), false },
	{ "A static payload type has", "",
	    OFFERS("m=audio 4000 RTP/AVP 9^a=rtpmap:9 G722/8000/1"),
	    OFFERS("m=audio 4000 RTP/AVP 9^a=rtpmap:9 G722/16000"), false },
	{ "Opus has the clock", "",
	    OFFERS("m=audio 4000 RTP/AVP 96^a=rtpmap:96 opus/48000/2"),
	    OFFERS("m=audio 4000 RTP/AVP 96^a=rtpmap:96 opus/16000/2"), false },
	{ "Telephone events have the clock", "", OFFERS(EVENTS),
	    OFFERS(EVENTS_AS("101", "48000")), false },
	{ "The user name of ICE", "",
	    OFFERS(G711 "^a=ice-ufrag:abcd^a=ice-pwd:aaaaaaaaaabbbbbbbbbbcc"),
	    OFFERS(G711 "^a=ice-ufrag:abc^a=ice-pwd:aaaaaaaaaabbbbbbbbbbcc"),
	    false },
	{ "The password of ICE", "",
	    OFFERS(G711 "^a=ice-ufrag:abcd^a=ice-pwd:aaaaaaaaaabbbbbbbbbbcc"),
	    OFFERS(G711 "^a=ice-ufrag:abcd^a=ice-pwd:aaaaaaaaaabbbbbbbbbbc"),
	    false },
	{ "The session id in o=", "",
	    OFFERS_ALL("v=0^o=a 9223372036854775807 1 IN IP4 192.0.2.1^s=-^"
		       "c=IN IP4 192.0.2.1^t=0 0^" G711),
	    OFFERS_ALL("v=0^o=a 9223372036854775808 1 IN IP4 192.0.2.1^s=-^"
		       "c=IN IP4 192.0.2.1^t=0 0^" G711),
	    false },
	{ "The version in o=", "", OFFERS(G711),
	    "0 a>b INVITE" SDP_OF("a", "-1", "1", G711), false },
	{ "The packet time in a=ptime", "", OFFERS(G711 "^a=ptime:20"),
	    OFFERS(G711 "^a=ptime:0"), false },
	{ "Each a=crypto of a stream", "",
	    OFFERS(SAVP("a=crypto:1 " SUITE KEY_1 "^a=crypto:2 " SUITE KEY_2)),
	    OFFERS(SAVP("a=crypto:1 " SUITE KEY_1 "^a=crypto:1 " SUITE KEY_2)),
	    false },
	{ "A key and its salt", "", OFFERS(SAVP("a=crypto:1 " SUITE KEY_1)),
	    OFFERS(SAVP("a=crypto:1 " SUITE "WnD7c1ksDGs+dIefCEo8omPg")),
	    false },
	{ "A stream by SRTP states", "",
	    OFFERS(SAVP("a=crypto:1 " SUITE KEY_1)), OFFERS(SAVP("a=sendrecv")),
	    false },
	{ "An answer has an m= line", OFFERS(G711 VIDEO),
	    ANSWERS_BY(G711 VIDEO), ANSWERS_BY(G711), false },
	{ "An answer has an m= line", OFFERS(G711), ANSWERS_BY(G711),
	    ANSWERS_ALL("v=0^o=b 1 1 IN IP4 192.0.2.2^s=-^c=IN IP4 "
			"192.0.2.2^t=0 0"),
	    false },
	/* Content-Length cuts it short. */
	{ "An answer has an m= line", "0 a>b INVITE sdp=2\n",
	    "5 b>a 200/INVITE sdp=2 | Content-Length: 105\n", NULL, false },
	{ "A stream has in the answer the protocol", OFFERS(G711),
	    ANSWERS_BY(G711), ANSWERS_BY("m=audio 4000 RTP/AVPF 0"), false },
	/* A proxy has changed the offer on its way, and changes the answer. */
	{ "A stream has in the answer the protocol", CHANGED_ON_WAY,
	    "6 b>p 200/INVITE" SDP_OF("b", "1", "2", G711), NULL, false },
	{ "A key in the answer", CHANGED_ON_WAY,
	    "6 b>p 200/INVITE" SDP_OF(
		"b", "1", "2", G711) "7 p>a 200/INVITE fwd" SDP_OF("b", "1",
		"2", SAVP("a=crypto:1 " SUITE KEY_2)),
	    NULL, false },
	{ "An answer has a=rtcp-mux only", CHANGED_ON_WAY,
	    "6 b>p 200/INVITE" SDP_OF("b", "1", "2", G711 "^a=rtcp-mux"), NULL,
	    false },
	{ "An answer has an m= line", CHANGED_ON_WAY,
	    "6 b>p 200/INVITE" SDP_OF("b", "1", "2", G711), NULL, false },
	{ "The line t= of an answer", OFFERS(G711), ANSWERS_BY(G711),
	    ANSWERS_ALL("v=0^o=b 1 1 IN IP4 192.0.2.2^s=-^c=IN IP4 "
			"192.0.2.2^t=0 1^" G711),
	    false },
	{ "An answer that differs", OFFERS(G711), ANSWERS_BY(G711),
	    "5 b>a 200/INVITE" SDP_OF("a", "1", "1", "m=audio 4002 RTP/AVP 0"),
	    false },
	{ "An answer has a=rtpmap for each", OFFERS(EVENTS), ANSWERS_BY(EVENTS),
	    ANSWERS_BY("m=audio 4000 RTP/AVP 0 101"), false },
	{ "A codec has in the answer", OFFERS(EVENTS), ANSWERS_BY(EVENTS),
	    ANSWERS_BY(EVENTS_AS("96", "8000")), false },
	{ "A payload type of H264", OFFERS(H264("packetization-mode=1")),
	    ANSWERS_BY(H264("profile-level-id=42e01f; packetization-mode=1")),
	    ANSWERS_BY(H264("profile-level-id=42e01f")), false },
	{ "A payload type of H264", OFFERS(H264("packetization-mode=0")),
	    ANSWERS_BY(H264("profile-level-id=42e01f")), NULL, false },
	{ "The a=setup of an answer is another", OFFERS(SETUP("active")),
	    ANSWERS_BY(SETUP("passive")), ANSWERS_BY(SETUP("active")), false },
	{ "The a=setup of an answer is another", OFFERS(SETUP("holdconn")),
	    ANSWERS_BY(SETUP("holdconn")), NULL, false },
	{ "The a=setup of an answer is not", OFFERS(SETUP("active")),
	    ANSWERS_BY(SETUP("passive")), ANSWERS_BY(SETUP("actpass")), false },
	{ "A stream of RTP with a=fingerprint", "",
	    OFFERS(DTLS("^a=setup:actpass")), OFFERS(DTLS("")), false },
	{ "A UA stays active",
	    TALKS(DTLS("^a=setup:actpass"), DTLS("^a=setup:active"))
		OFFERS_AGAIN("1", DTLS("^a=setup:actpass")),
	    "2010 b>a 200/INVITE" SDP_OF(
		"b", "1", "2", DTLS("^a=setup:active")),
	    "2010 b>a 200/INVITE" SDP_OF(
		"b", "2", "2", DTLS("^a=setup:passive")),
	    false },
	{ "The tag and the suite", OFFERS(SAVP("a=crypto:1 " SUITE KEY_1)),
	    ANSWERS_BY(SAVP("a=crypto:1 " SUITE KEY_2)),
	    ANSWERS_BY(SAVP("a=crypto:2 " SUITE KEY_2)), false },
	{ "A stream has in the answer one a=crypto",
	    OFFERS(SAVP("a=crypto:1 " SUITE KEY_1 "^a=crypto:2 " SUITE KEY_1)),
	    ANSWERS_BY(SAVP("a=crypto:1 " SUITE KEY_2)),
	    ANSWERS_BY(
		SAVP("a=crypto:1 " SUITE KEY_2 "^a=crypto:2 " SUITE KEY_2)),
	    false },
	{ "A key in the answer", OFFERS(SAVP("a=crypto:1 " SUITE KEY_1)),
	    ANSWERS_BY(SAVP("a=crypto:1 " SUITE KEY_2)),
	    ANSWERS_BY(SAVP("a=crypto:1 " SUITE KEY_1)), false },
	{ "An answer has a=rtcp-mux only", OFFERS(G711), ANSWERS_BY(G711),
	    ANSWERS_BY(G711 "^a=rtcp-mux"), false },
	{ "An answer has a=rtcp-mux only", OFFERS(G711 "^a=rtcp-mux"),
	    ANSWERS_BY(G711 "^a=rtcp-mux"), NULL, false },
	{ "A stream has in the answer the a=mid", OFFERS(G711 "^a=mid:0"),
	    ANSWERS_BY(G711 "^a=mid:0"), ANSWERS_BY(G711 "^a=mid:audio"),
	    false },
	{ "An answer has no group", OFFERS(G711 "^a=mid:0"),
	    ANSWERS_BY(G711 "^a=mid:0"),
	    ANSWERS_ALL("v=0^o=b 1 1 IN IP4 192.0.2.2^s=-^c=IN IP4 "
			"192.0.2.2^t=0 0^a=group:BUNDLE 0^" G711 "^a=mid:0"),
	    false },
	{ "An answer that a later",
	    OFFERS(G711) "3 b>a 183/INVITE" SDP_OF("b", "1", "2", G711),
	    ANSWERS_BY(G711), ANSWERS_BY("m=audio 4002 RTP/AVP 0"), false },
	{ "A description with the same o=", TALKS(G711, G711),
	    OFFERS_AGAIN("1", G711), OFFERS_AGAIN("1", G711 "^a=sendonly"),
	    false },
	/* Also as one that was rejected. */
	{ "A description with the same o=",
	    TALKS(G711, G711) OFFERS_AGAIN(
		"2", G711 "^a=sendonly") "2010 b>a 488/INVITE\n2011 a>b ACK in "
					 "cs=2 br=z9hG4bK3\n",
	    "3000 a>b INVITE in cs=3" SDP_OF("a", "3", "1", G711 VIDEO),
	    "3000 a>b INVITE in cs=3" SDP_OF("a", "2", "1", G711 VIDEO),
	    false },
	{ "A dynamic payload type keeps", TALKS(EVENTS, EVENTS),
	    OFFERS_AGAIN("2", EVENTS_AS("102", "8000")),
	    OFFERS_AGAIN("2", EVENTS_AS("101", "16000")), false },
	{ "A dynamic payload type means",
	    TALKS("m=audio 4000 RTP/AVP 0 96^a=rtpmap:96 opus/48000/2", G711),
	    "2000 b>a INVITE in" SDP_OF("b", "2", "2", G711),
	    "2000 b>a INVITE in" SDP_OF("b", "2", "2",
		"m=audio 4000 RTP/AVP 0 96^a=rtpmap:96 speex/8000"),
	    false },
	{ "A new offer has no fewer", TALKS(G711 VIDEO, G711 VIDEO),
	    OFFERS_AGAIN("2", G711 VIDEO), OFFERS_AGAIN("2", G711), false },
	/* One that was rejected changes nothing, whatever was told of it. */
	{ "A new offer has no fewer",
	    TALKS(G711, G711)
		OFFERS_AGAIN("2", G711 VIDEO) "2005 b>a 183/INVITE" SDP_OF(
		    "b", "2", "2", G711 VIDEO) "2010 b>a 488/INVITE\n2011 a>b "
					       "ACK in cs=2 br=z9hG4bK3\n",
	    "3000 a>b INVITE in cs=3" SDP_OF("a", "3", "1", G711), NULL,
	    false },
	{ "An offer in a provisional", "0 a>b INVITE | Supported: 100rel\n",
	    "3 b>a 183/INVITE | RSeq: 1 | Require: 100rel" SDP_OF(
		"b", "1", "2", G711),
	    "3 b>a 183/INVITE" SDP_OF("b", "1", "2", G711), false },
	{ "A 2xx to an INVITE without", "0 a>b INVITE\n", ANSWERS_BY(G711),
	    "5 b>a 200/INVITE\n", false },
	{ "A 2xx to an INVITE without",
	    "0 a>b INVITE | Supported: 100rel\n"
	    "3 b>a 183/INVITE | RSeq: 1 | Require: 100rel" SDP_OF(
		"b", "1", "2", G711) "4 a>b PRACK in cs=2" SDP_OF("a", "1", "1",
		G711) "5 b>a 200/PRACK\n",
	    "6 b>a 200/INVITE\n", NULL, false },
	{ "An ACK has no description", OFFERS(G711) ANSWERS_BY(G711),
	    "9 a>b ACK in\n", "9 a>b ACK in" SDP_OF("a", "1", "1", G711),
	    false },
	{ "An ACK has no description", "0 a>b INVITE\n" ANSWERS_BY(G711),
	    "9 a>b ACK in" SDP_OF("a", "1", "1", G711), NULL, false },
	{ "A stream is held by", TALKS(G711, G711),
	    OFFERS_AGAIN("2", G711 "^a=sendonly"),
	    "2000 a>b INVITE in cs=2 | *application/sdp^v=0^o=a 1 2 IN IP4 "
	    "192.0.2.1^s=-^c=IN IP4 0.0.0.0^t=0 0^" G711 "^\n",
	    false },
	/* RFC 9143: its port is that of another stream. */
	{ "A stream has in the answer the protocol",
	    OFFERS(G711 "^a=mid:0^m=video 0 RTP/AVP 34^a=mid:1^a=bundle-only"),
	    ANSWERS_BY(G711 "^a=mid:0^m=video 4000 RTP/AVP 34^a=mid:1"), NULL,
	    false },
	{ "A 2xx to an UPDATE",
	    TALKS(G711, G711) "2000 a>b UPDATE in cs=2" SDP_OF(
		"a", "2", "1", G711 "^a=sendonly"),
	    "2010 b>a 200/UPDATE" SDP_OF("b", "2", "2", G711 "^a=recvonly"),
	    "2010 b>a 200/UPDATE\n", false },
	{ "A 2xx to a PRACK",
	    OFFERS(G711) "3 b>a 183/INVITE | RSeq: 1 | Require: 100rel" SDP_OF(
		"b", "1", "2", G711) "4 a>b PRACK in cs=2" SDP_OF("a", "2", "1",
		G711 "^a=ptime:30"),
	    "5 b>a 200/PRACK" SDP_OF("b", "2", "2", G711 "^a=ptime:30"),
	    "5 b>a 200/PRACK\n", false },
	{ "An UPDATE has no offer",
	    OFFERS(G711) "3 b>a 180/INVITE | RSeq: 1 | Require: 100rel\n"
			 "4 a>b PRACK in cs=2\n5 b>a 200/PRACK\n",
	    "6 a>b UPDATE in cs=3\n",
	    "6 a>b UPDATE in cs=3" SDP_OF("a", "2", "1", G711), true },
	{ "The type of a session", "", OFFERS(G711),
	    "0 a>b INVITE | *text/plain^v=0^o=a 1 1 IN IP4 192.0.2.1^s=-^"
	    "c=IN IP4 192.0.2.1^t=0 0^" G711 "^\n",
	    false },
	{ "The first offer of DTLS", "", OFFERS(DTLS("^a=setup:actpass")),
	    OFFERS(DTLS("^a=setup:passive")), false },
	{ "The first offer of DTLS", "", OFFERS(SETUP("active")), NULL, false },
	{ "An answer of DTLS chooses", OFFERS(DTLS("^a=setup:actpass")),
	    ANSWERS_BY(DTLS("^a=setup:active")),
	    ANSWERS_BY(DTLS("^a=setup:actpass")), false },
	{ "A stream by UDP/TLS/RTP", "", OFFERS(DTLS("^a=setup:actpass")),
	    OFFERS("m=audio 4000 UDP/TLS/RTP/SAVP 0^a=setup:actpass"), false },
};

#endif
