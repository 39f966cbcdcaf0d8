/*
 * Each clause with a small scene that breaks it and one that keeps it; the
 * scenes' words stand in inspect_scene.h.
 */
#ifndef INSPECT_SCENES_H
#define INSPECT_SCENES_H

#include <stdbool.h>
#include <stddef.h>

#define RING "0 a>b INVITE sdp=1\n10 b>a 100/INVITE\n20 b>a 180/INVITE\n"
#define CALL                               \
	RING "1000 b>a 200/INVITE sdp=1\n" \
	     "1010 a>b ACK in\n"
#define OVER                     \
	"9000 a>b BYE in cs=2\n" \
	"9010 b>a 200/BYE\n"     \
	"60000 end\n"
#define CLEAN CALL OVER
#define REFUSED                \
	"0 a>b INVITE sdp=1\n" \
	"10 b>a 486/INVITE\n"
#define REGISTERED         \
	"0 a>r REGISTER\n" \
	"10 r>a 200/REGISTER\n"
/* Responses of digest: 32 and 64 digits. */
#define R32 "0123456789abcdef0123456789abcdef"
#define R64 R32 R32
#define SHA "algorithm=SHA-256, "
#define DIGEST                                                                \
	"Digest realm=\"x\", nonce=\"n1\", algorithm=SHA-256, qop=\"auth\", " \
	"opaque=\"o1\""
#define CHALLENGED         \
	"0 a>r REGISTER\n" \
	"10 r>a 401/REGISTER | WWW-Authenticate: " DIGEST "\n"
#define ANSWER(more)                                                        \
	"Authorization: Digest username=\"a\", realm=\"x\", nonce=\"n1\", " \
	"uri=\"sip:r.example\", response=\"" R64 "\", opaque=\"o1\", "      \
	"algorithm=SHA-256, " more
#define FIRST "qop=auth, cnonce=\"c\", nc=00000001"
#define FORWARDED              \
	"0 a>p INVITE sdp=1\n" \
	"5 p>a 100/INVITE\n"
#define SUBSCRIBED               \
	"0 a>b SUBSCRIBE\n"      \
	"10 b>a 200/SUBSCRIBE\n" \
	"20 b>a NOTIFY in\n"     \
	"30 a>b 200/NOTIFY\n"
#define CONFERENCE(focus, version)                                           \
	"0 a>b SUBSCRIBE | Event: conference\n10 b>a 200/SUBSCRIBE\n"        \
	"20 b>a NOTIFY in | =NOTIFY sip:a@192.0.2.1 SIP/2.0^Via: "           \
	"SIP/2.0/UDP 192.0.2.2;branch=z9hG4bK2^Max-Forwards: 70^From: "      \
	"<sip:b@b.example>;tag=tb^To: <sip:a@b.example>;tag=ta^Call-ID: c1^" \
	"CSeq: 1 NOTIFY^Contact: <sip:b@192.0.2.2>" focus                    \
	"^Event: conference^Subscription-State: active;expires=9^"           \
	"Content-Type: "                                                     \
	"application/conference-info+xml^^<conference-info " version         \
	"entity='sip:b@b.example'/>\n30 a>b 200/NOTIFY\n"
#define RELIABLE                                   \
	"0 a>b INVITE sdp=1 | Supported: 100rel\n" \
	"20 b>a 180/INVITE | RSeq: 1 | Require: 100rel\n"

/* Behind a router without lr. */
#define STRICT(ack)                                             \
	"0 a>b INVITE sdp=1\n10 b>a 200/INVITE sdp=1 | Record-" \
	"Route: <sip:192.0.2.9>\n" ack
/* A proxy ends the call in the caller's name. */
#define BORROWED(cseq)                                                     \
	"0 a>p INVITE sdp=1\n1 p>a 100/INVITE\n5 p>b INVITE fwd\n10 b>p "  \
	"200/INVITE sdp=1\n15 p>a 200/INVITE fwd\n20 a>p ACK in "          \
	"uri=sip:b@192.0.2.2 | To: <sip:p@b.example>;tag=tb\n25 p>b ACK "  \
	"fwd\n5000 p>b BYE in cs=" cseq                                    \
	" | From: <sip:a@b.example>;tag=ta | To: <sip:p@b.example>;tag=tb" \
	"\n5010 b>p 200/BYE\n"
#define CANCELLED                                                  \
	"0 a>p INVITE sdp=1\n1 p>a 100/INVITE\n5 p>b INVITE fwd\n" \
	"10 b>p 180/INVITE\n12 p>a 180/INVITE fwd\n"               \
	"100 a>p CANCEL br=z9hG4bK0 uri=sip:b@b.example\n"         \
	"101 p>a 200/CANCEL\n102 p>a 487/INVITE\n"                 \
	"103 a>p ACK in br=z9hG4bK0 uri=sip:b@b.example\n"
/* A proxy forks to b and c; each refuses and gets its ACK; the caller is told.
 */
#define FORKED                                                           \
	"0 a>p INVITE sdp=1\n1 p>a 100/INVITE\n5 p>b INVITE fwd\n6 p>c " \
	"INVITE "                                                        \
	"fwd\n"
#define ACKED(who, branch)                                               \
	"110 p>" who " ACK in br=z9hG4bK" branch " uri=sip:b@b.example " \
	"| From: <sip:a@b.example>;tag=ta\n"
#define B_REFUSES(what) "110 b>p " what "\n" ACKED("b", "2")
#define C_REFUSES(what) "110 c>p " what "\n" ACKED("c", "3")
#define TOLD(what, tag)                                   \
	"1300 p>a " what "\n1310 a>p ACK in br=z9hG4bK0 " \
	"uri=sip:b@b.example | To: <sip:p@b.example>;tag=" tag "\n"
#define BASIC(n)                                                    \
	"407/INVITE | Proxy-Authenticate: Digest realm=\"" n "\", " \
	"nonce=\"" n "\", algorithm=SHA-256, qop=\"auth\""
#define RINGS                                                                  \
	FORKED "10 b>p 180/INVITE\n12 p>a 180/INVITE fwd\n15 c>p 180/INVITE\n" \
	       "16 p>a 180/INVITE fwd\n"
#define ANSWERED                                                     \
	RINGS "1000 b>p 200/INVITE sdp=1\n1001 p>a 200/INVITE fwd\n" \
	      "1002 a>b ACK in | To: <sip:p@b.example>;tag=tb\n"
#define STOPPED                                                      \
	"1010 p>c CANCEL br=z9hG4bK3 uri=sip:b@b.example | From: "   \
	"<sip:a@b.example>;tag=ta | To: <sip:b@b.example>\n"         \
	"1011 c>p 200/CANCEL\n1012 c>p 487/INVITE\n1013 p>c ACK in " \
	"br=z9hG4bK3 uri=sip:b@b.example | From: <sip:a@b.example>;tag=ta\n"
#define RECORDED               \
	"0 a>p INVITE sdp=1\n" \
	"5 p>b INVITE fwd | Record-Route: <sip:192.0.2.3;lr>\n"
/* The address of b.example, or of c.example. */
#define DNS(flags, name)                \
	"1234" flags "0001000000000000" \
	"01" name "076578616d706c65"    \
	"0000010001\n"
#define QUERY(who)   who " other dns query | " DNS("0100", "62")
#define ANSWERS(who) who " other dns answer | " DNS("8180", "62")
#define ANOTHER(who) who " other dns answer | " DNS("8180", "63")
#define NO_NAME(who) who " other dns answer | " DNS("8183", "62")
/* Names of the DNS in hex: b.example, s.example, t.example; records, of an
 * hour, in one answer. */
#define EXAMPLE       "076578616d706c6500"
#define B_NAME        "0162" EXAMPLE
#define S_NAME        "0173" EXAMPLE
#define T_NAME        "0174" EXAMPLE
#define SRV_UDP(name) "045f736970045f756470" name
#define SRV_TCP(name) "045f736970045f746370" name
#define DNS_A         "0001"
#define DNS_SRV       "0021"
#define DNS_NAPTR     "0023"
#define OF_HOUR(size) "000100000e10" size
#define A(name, host) name DNS_A OF_HOUR("0004") "c00002" host
#define SRV_AT(first, port, to) \
	SRV_UDP(B_NAME) DNS_SRV OF_HOUR("0011") first "003c" port to
#define SRV(first, to) SRV_AT(first, "13c4", to)
#define NAPTR(order, service, to)              \
	B_NAME DNS_NAPTR OF_HOUR("0024") order \
	    "000a0173075349502b4432" service "00" to
#define ASKS(who, type, name) \
	who " other dns query | 123401000001000000000000" name type "0001\n"
#define SAYS(who, type, name, n, records)                              \
	who " other dns answer | 1234818000010" n "00000000" name type \
	    "0001" records "\n"
#define LOOKS_UP(type, name, n, records) \
	LOOKS_UP_AT("0", type, name, n, records)
#define LOOKS_UP_AT(t, type, name, n, records) \
	ASKS(t " a>r", type, name)             \
	SAYS(t " r>a", type, name, n, records)
/* d is the first server of b.example, b the second, or the only one; or both
 * are addresses of it. */
#define TWO_SERVE                                       \
	LOOKS_UP(DNS_SRV, SRV_UDP(B_NAME), "002",       \
	    SRV("000a", S_NAME) SRV("0014", T_NAME))    \
	LOOKS_UP(DNS_A, S_NAME, "001", A(S_NAME, "06")) \
	LOOKS_UP(DNS_A, T_NAME, "001", A(T_NAME, "02"))
#define B_ALONE                                                        \
	LOOKS_UP(DNS_SRV, SRV_UDP(B_NAME), "001", SRV("000a", T_NAME)) \
	LOOKS_UP(DNS_A, T_NAME, "001", A(T_NAME, "02"))
#define PORT_GIVEN(port)                              \
	"10 a>b OPTIONS | Route: <sip:b.example" port \
	";lr>\n11 b>a 200/OPTIONS\n"
#define D_FAILS                                                  \
	"10 a>d INVITE sdp=1\n20 d>a 503/INVITE\n21 a>d ACK in " \
	"br=z9hG4bK0 uri=sip:b@b.example | To: <sip:d@b.example>;tag=td\n"
#define FLOW                                                                \
	"0 a>r REGISTER | Supported: path, outbound | Contact: "            \
	"<sip:a@192.0.2.1>;reg-id=1;+sip.instance=\"<urn:uuid:1>\"\n5 r>a " \
	"200/REGISTER | Contact: <sip:a@192.0.2.1>;reg-id=1;expires=60\n"
#define STUN_ID        "2112a4426162636465666768696a6b6c"
#define STUN_ASKS(who) who " other stun Binding request | 00010000" STUN_ID "\n"
#define STUN_SAYS(who, address)                                       \
	who " other stun Binding success response | 0101000c" STUN_ID \
	    "00200008000132d6" address "\n"
#define TLS_SAYS(who, name) who " other tls " name " | 15030300020246\n"
/* A WebSocket, and its Close, which has no mask. */
#define CLOSES(status, hex)                                                    \
	"2 a>b other websocket GET | 474554202f20485454502f312e310d0a55706772" \
	"6164653a20776562736f636b65740d0a0d0a\n3 a>b other websocket "         \
	"Close " status " | 8802" hex "\n"
/* Both speak SIP. */
#define SPEAK "0 a>b OPTIONS c=c8\n1 b>a 200/OPTIONS c=c8\n"
/* The capture goes on. */
#define LATER "70000 a>b OPTIONS c=c9\n70001 b>a 200/OPTIONS c=c9\n"
#define X100                                                 \
	"xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx" \
	"xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"
#define X1000 X100 X100 X100 X100 X100 X100 X100 X100 X100 X100 X100 X100 X100
#define P20   ";a;b;c;d;e;f;g;h;i;j;k;l;m;n;o;p;q;r;s;t"

/* RTP from one side, as its sender and who hears it tell. */
/* Fax is offered and taken. */
#define FAX_TAKEN                                                      \
	"0 a>b INVITE | =INVITE sip:b@b.example SIP/2.0^Via: SIP/2.0/" \
	"UDP 192.0.2.1;branch=z9hG4bK0^Max-Forwards: 70^From: <sip:a@" \
	"b.example>;tag=ta^To: <sip:b@b.example>^Call-ID: c1^CSeq: 1 " \
	"INVITE^Contact: <sip:x@192.0.2.1>^Content-Type: application/" \
	"sdp^^v=0^o=- 1 1 IN IP4 192.0.2.1^s=-^c=IN IP4 192.0.2.1^t=0" \
	" 0^m=image 4000 udptl t38^\n10 b>a 200/INVITE | =SIP/2.0 200" \
	" OK^Via: SIP/2.0/UDP 192.0.2.1;branch=z9hG4bK0^From: <sip:a@" \
	"b.example>;tag=ta^To: <sip:b@b.example>;tag=tb^Call-ID: c1^C" \
	"Seq: 1 INVITE^Contact: <sip:x@192.0.2.2>^Content-Type: appli" \
	"cation/sdp^^v=0^o=- 1 1 IN IP4 192.0.2.2^s=-^c=IN IP4 192.0." \
	"2.2^t=0 0^m=image 5000 udptl t38^\n"
#define FAX_FLOWS(t, who, peer)                                             \
	t "00 " who " media op=flow type=image codec=T38 peer=" peer "\n" t \
	  "50 " who " media op=stop type=image codec=T38 peer=" peer        \
	  " packets=300\n"
#define A_FLOWS(more)                                       \
	"1100 a media op=flow ssrc=1 peer=192.0.2.2:40000 " \
	"codec=PCMU/8000 " more "\n"                        \
	"1110 b media op=hear ssrc=1 codec=PCMU\n"
#define A_STOPS(t, n, more)                                                   \
	t "000 a media op=stop ssrc=1 peer=192.0.2.2:40000 codec=PCMU/8000 "  \
	  "packets=" n "\n" t                                                 \
	  "010 b media op=heard ssrc=1 codec=PCMU lost=0 packets=" n " " more \
	  "\n"
#define A_SENDS(octets)                                                     \
	"8000 a media op=stop ssrc=1 peer=192.0.2.2:40000 codec=PCMU/8000 " \
	"packets=340 octets=" octets "\n"
#define A_SPEAKS A_FLOWS("") A_STOPS("8", "340", "")
#define B_FLOWS(ssrc, more)               \
	"1200 b media op=flow ssrc=" ssrc \
	" peer=192.0.2.1:40000 codec=PCMU/8000 " more "\n"
#define B_SPEAKS   B_FLOWS("2", "") "1210 a media op=hear ssrc=2 codec=PCMU\n"
#define TALK(more) A_FLOWS(more) B_SPEAKS
#define DIGIT(d)   "1500 a media op=press way=events digit=" d "\n"
#define ASKED                                \
	"0 a>b INVITE sdp=1\n"               \
	"10 b>a 200/INVITE sdp=1 ptime=30\n" \
	"20 a>b ACK in\n"
#define HELD                                               \
	"3000 b>a INVITE in cs=1 sdp=1 v=2 dir=sendonly\n" \
	"3010 a>b 200/INVITE sdp=1 v=2 dir=recvonly\n"     \
	"3020 b>a ACK in\n"

/* GB/T 28181: a device and its platform, a and b; channels; a call at a time.
 */
#define DEVICE   "33010600001320000007"
#define CHANNEL  "33010600001310000021"
#define CHANNEL2 "33010600001310000022"
#define PLATFORM "33010600002000000001"
#define GB_FROM(from, to)                              \
	" uri=sip:" to "@b.example | From: <sip:" from \
	"@b.example>;tag=t | To: <sip:" to "@b.example> | "
#define GB_ASKS(t, call, what, body)                                           \
	t " b>a " what " c=" call " br=z9hG4bK" call GB_FROM(PLATFORM, DEVICE) \
	    body "\n"
#define GB_SAYS(t, call, body)                               \
	t " a>b MESSAGE c=" call " br=z9hG4bK" call GB_FROM( \
	    DEVICE, PLATFORM) "*Application/MANSCDP+xml^" body "\n"
#define GB_TAKEN(t, call, status) t " b>a " status "/MESSAGE c=" call "\n"
#define GB_HEAD(name) \
	"<CmdType>" name "</CmdType><SN>1</SN><DeviceID>" DEVICE "</DeviceID>"
#define GB_BEAT "<Notify>" GB_HEAD("Keepalive") "<Status>OK</Status></Notify>"
/* The euro sign by UTF-8, which can't be GB 2312. */
#define GB_CUT                                                      \
	"<Notify>" GB_HEAD("Keepalive") "<Status>OK</Status><Info>" \
					"\xe2\x82\xac</Info></Notify>"
#define BEAT(t, call, status) \
	GB_SAYS(t "000", call, GB_BEAT) GB_TAKEN(t "010", call, status)
#define GB_REGISTERS(t, call)                                            \
	t "100 a>r REGISTER c=" call " br=z9hG4bK" call                  \
	  " | From: <sip:" DEVICE "@b.example>;tag=d | To: <sip:" DEVICE \
	  "@b.example>\n" t "110 r>a 200/REGISTER c=" call "\n"
#define GB_QUERY(name)                                                   \
	GB_ASKS("0", "q", "MESSAGE",                                     \
	    "*Application/MANSCDP+xml^<Query>" GB_HEAD(name) "</Query>") \
	"10 a>b 200/MESSAGE c=q\n"
#define GB_GUARD                                                            \
	GB_ASKS("0", "q", "MESSAGE",                                        \
	    "*Application/MANSCDP+xml^<Control>" GB_HEAD(                   \
		"DeviceControl") "<GuardCmd>SetGuard</GuardCmd></Control>") \
	"10 a>b 200/MESSAGE c=q\n"
#define GB_ANSWERS(body) GB_SAYS("20", "a", body) GB_TAKEN("30", "a", "200")
#define GB_CATALOG(sum, owner)                                                 \
	"<Response>" GB_HEAD(                                                  \
	    "Catalog") "<SumNum>" sum                                          \
		       "</SumNum><DeviceList Num='1'><Item><DeviceID>" CHANNEL \
		       "</DeviceID>" owner "</Item></DeviceList></Response>"
#define GB_RECORD(start)                                                     \
	GB_QUERY("RecordInfo")                                               \
	GB_ANSWERS("<Response>" GB_HEAD(                                     \
	    "RecordInfo") "<Name>x</Name><SumNum>1</SumNum><RecordList "     \
			  "Num='1'><Item>"                                   \
			  "<DeviceID>" DEVICE "</DeviceID><StartTime>" start \
			  "</StartTime></Item></RecordList></Response>")
#define GB_SDP(s, t, at, y)                                               \
	"*application/sdp^v=0^o=x 0 0 IN IP4 " at "^s=" s "^c=IN IP4 " at \
	"^t=" t "^m=video 6000 RTP/AVP 96^a=rtpmap:96 PS/90000^y=" y "^"
#define VIEWS(t, who, call, id, sdp)                                \
	t "40 b>" who " INVITE c=" call " br=z9hG4bK" call GB_FROM( \
	    PLATFORM, id) sdp "\n"
#define VIEWED(t, who, call, sdp)                                        \
	t "50 " who ">b 200/INVITE c=" call " | " sdp "\n" t "60 b>" who \
	  " ACK in c=" call " | From: <sip:" PLATFORM "@b.example>;tag=t\n"
#define NO_VIEW                                                      \
	"50 a>b 486/INVITE c=v\n60 b>a ACK c=v br=z9hG4bKv" GB_FROM( \
	    PLATFORM, CHANNEL) "To: <sip:" CHANNEL "@b.example>;tag=ta\n"
#define SPAN    "1772409600 1772409630"
#define LIVE(y) GB_SDP("Play", "0 0", "192.0.2.2", y)
#define PLAYED                                                   \
	VIEWS("", "a", "v", CHANNEL,                             \
	    GB_SDP("Playback", SPAN, "192.0.2.2", "1106000001")) \
	VIEWED("", "a", "v", GB_SDP("x", SPAN, "192.0.2.1", "1106000001"))
#define SENDER_ENDS                                 \
	"9000 a>b BYE in c=v | From: <sip:" CHANNEL \
	"@b.example>;tag=ta | To: <sip:" PLATFORM   \
	"@b.example>;tag=t\n9010 b>a 200/BYE c=v\n60000 end\n"
#define GB_HEARD(from) \
	"1100 b media op=hear ssrc=106000001 codec=PS peer=192.0.2.1:" from "\n"

/* Of attacks: a user, a number, an INVITE that is left alone, a wrong password.
 */
#define SCANS(n)                                                \
	n "00 a>b OPTIONS c=s" n " uri=sip:" n "@b.example\n" n \
	  "10 b>a 404/OPTIONS c=s" n "\n"
#define DIALS(n)                                                       \
	n "0 a>b INVITE sdp=1 c=d" n " br=z9hG4bKd" n " uri=sip:" n    \
	  "449098790123@b.example\n" n "1 b>a 404/INVITE c=d" n "\n" n \
	  "2 a>b ACK c=d" n " br=z9hG4bKd" n " uri=sip:" n             \
	  "449098790123@b.example\n"
#define LEAVES(n)                                                 \
	n "00 a>b INVITE sdp=1 c=f" n "\n" n "01 b>a 180/INVITE " \
	  "c=f" n "\n"
#define LEAVES_5(n) \
	LEAVES(n "0") LEAVES(n "2") LEAVES(n "4") LEAVES(n "6") LEAVES(n "8")
#define GUESS_AS(n, cs, nonce, response, next)                                \
	n "0 a>r REGISTER cs=" cs " | Authorization: Digest username=\"a\", " \
	  "realm=\"x\", nonce=\"" nonce                                       \
	  "\", uri=\"sip:r.example\", response=\"" R32                        \
	  "0123456789abcdef0123456789abcd" response "\", opaque=\"o1\", "     \
	  "algorithm=SHA-256, " FIRST "\n" n                                  \
	  "5 r>a 401/REGISTER | WWW-Authenticate: Digest realm=\"x\", "       \
	  "nonce=\"" next "\", algorithm=SHA-256, qop=\"auth\", "             \
	  "opaque=\"o1\"\n"
#define GUESSES(n, cs, nonce, next) GUESS_AS(n, cs, nonce, n, next)
#define FOR_B                       " | From: <sip:b@b.example>;tag=tc | To: <sip:b@b.example>"

/* A scene that breaks the clause and nothing else, one that keeps it, and
 * whether they are captures. */
static const struct {
	const char *rule, *broken, *kept;
	bool capture;
	const char *seen; /* where more comes of it than that */
} scenes[] = {
	/* format */
	{ "form-start-line", "0 a>b OPTIONS | =HELLO^Via: x^^\n", CLEAN, false,
	    NULL },
	{ "form-head",
	    "0 a>b OPTIONS | =OPTIONS sip:b@b.example SIP/2.0^Via x^^\n", CLEAN,
	    false, NULL },
	{ "form-mandatory", "0 a>b OPTIONS | -Call-ID\n", CLEAN, false, NULL },
	{ "form-once", "0 a>b OPTIONS | +Max-Forwards: 70\n", CLEAN, false,
	    NULL },
	{ "form-value", "0 a>b OPTIONS | CSeq: one OPTIONS\n", CLEAN, false,
	    NULL },
	{ "form-length", "0 a>b OPTIONS | Content-Length: 7\n", CLEAN, false,
	    NULL },
	{ "form-length",
	    "0 a>b OPTIONS tcp | -Content-Length\n1 b>a 200/OPTIONS tcp\n",
	    "0 a>b OPTIONS tcp\n1 b>a 200/OPTIONS tcp\n", false, NULL },
	{ "message-large",
	    "0 a>b OPTIONS | Contact: <sip:a@192.0.2.1>" P20 P20 P20 P20
	    "\n1 b>a 513/OPTIONS\n",
	    NULL, false, NULL },
	{ "form-length", "0 a>b INVITE sdp=1 | Content-Length: 20\n",
	    "0 a>b OPTIONS\n1 b>a 200/OPTIONS\n", true, NULL },
	{ "form-content-type",
	    "0 a>b INVITE sdp=1 | -Content-Type\n10 b>a 486/INVITE\n"
	    "11 a>b ACK in br=z9hG4bK0 uri=sip:b@b.example\n",
	    CLEAN, false, NULL },
	{ "form-date", "0 a>b OPTIONS | Date: yesterday\n1 b>a 200/OPTIONS\n",
	    "0 a>b OPTIONS | Date: Sat, 13 Nov 2010 23:29:00 GMT\n"
	    "1 b>a 200/OPTIONS\n",
	    false, NULL },
	{ "transport-size",
	    "0 a>b OPTIONS | Subject: " X1000 "\n1 b>a 200/OPTIONS\n", CLEAN,
	    true, NULL },
	{ "form-branch", "0 a>b OPTIONS br=1\n1 b>a 200/OPTIONS\n", CLEAN,
	    false, NULL },
	{ "branch-unique",
	    "0 a>b OPTIONS br=z9hG4bKx\n1 b>a 200/OPTIONS\n"
	    "9 a>b OPTIONS br=z9hG4bKx cs=2\n10 b>a 200/OPTIONS\n",
	    CLEAN, false, NULL },
	{ "form-from-tag",
	    "0 a>b OPTIONS | From: <sip:a@b.example>\n1 b>a 200/OPTIONS\n",
	    CLEAN, false, NULL },
	{ "form-to-tag",
	    "0 a>r REGISTER | To: <sip:a@b.example>;tag=x\n"
	    "10 r>a 200/REGISTER\n",
	    REGISTERED, false, NULL },
	{ "form-max-forwards",
	    "0 a>b OPTIONS | -Max-Forwards\n1 b>a 200/OPTIONS\n", CLEAN, false,
	    NULL },
	{ "form-hops", "0 a>b OPTIONS | Max-Forwards: 71\n1 b>a 200/OPTIONS\n",
	    CLEAN, false, NULL },
	{ "contact-one",
	    "0 a>b INVITE | -Contact\n10 b>a 486/INVITE\n"
	    "11 a>b ACK in br=z9hG4bK0 uri=sip:b@b.example\n",
	    CLEAN, false, NULL },
	{ "message-send",
	    "0 a>b MESSAGE | Contact: <sip:a@192.0.2.1>\n1 b>a 200/MESSAGE\n",
	    "0 a>b MESSAGE\n1 b>a 200/MESSAGE\n", false, NULL },
	{ "message-show",
	    "0 a>b MESSAGE\n1 b>a 200/MESSAGE | Contact: <sip:b@192.0.2.2>\n",
	    "0 a>b MESSAGE\n1 b>a 200/MESSAGE\n", false, NULL },
	{ "subscribe-send",
	    "0 a>b SUBSCRIBE | -Event\n1 b>a 489/SUBSCRIBE | "
	    "Allow-Events: presence\n",
	    SUBSCRIBED, false, NULL },
	{ "notify-bad",
	    "0 a>b SUBSCRIBE\n10 b>a 200/SUBSCRIBE\n"
	    "20 b>a NOTIFY in | -Subscription-State\n30 a>b 400/NOTIFY\n",
	    SUBSCRIBED, false, NULL },
	{ "refer-send", "0 a>b REFER | -Refer-To\n1 b>a 400/REFER\n",
	    "0 a>b REFER\n1 b>a 603/REFER\n", false, NULL },
	{ "publish-send",
	    "0 a>b PUBLISH | -Event\n1 b>a 489/PUBLISH | "
	    "Allow-Events: presence\n",
	    "0 a>b PUBLISH sdp=1\n1 b>a 200/PUBLISH\n", false, NULL },
	{ "conference-events",
	    "0 a>b INVITE sdp=1 | Contact: <sip:a@192.0.2.1>;isfocus\n"
	    "10 b>a 486/INVITE\n20 a>b ACK in br=z9hG4bK0 "
	    "uri=sip:b@b.example\n",
	    "0 a>b INVITE sdp=1 | Contact: <sip:a@192.0.2.1>;isfocus | "
	    "Allow-Events: dialog, conference\n10 b>a 486/INVITE\n"
	    "20 a>b ACK in br=z9hG4bK0 uri=sip:b@b.example\n",
	    false, NULL },
	{ "conference-focus", CONFERENCE("", "version='0' "),
	    CONFERENCE(";isfocus", "version='0' "), false, NULL },
	{ "conference-document", CONFERENCE(";isfocus", ""),
	    CONFERENCE(";isfocus", "version='0' "), false, NULL },

	/* responses */
	{ "response-fields",
	    "0 a>b OPTIONS\n1 b>a 200/OPTIONS | From: "
	    "<sip:a@b.example>;tag=else\n",
	    CLEAN, false, NULL },
	{ "response-tag",
	    "0 a>b OPTIONS\n1 b>a 200/OPTIONS | To: <sip:b@b.example>\n", CLEAN,
	    false, NULL },
	{ "response-place",
	    "0 a>b OPTIONS | Via: SIP/2.0/UDP 192.0.2.1;branch=z9hG4bK0;rport\n"
	    "1 b>a 200/OPTIONS | Via: SIP/2.0/UDP "
	    "192.0.2.1;branch=z9hG4bK0;received=192.0.2.1;rport=7000\n",
	    "0 a>b OPTIONS\n1 b>a 200/OPTIONS | Via: SIP/2.0/UDP "
	    "192.0.2.1;branch=z9hG4bK0;received=192.0.2.1\n",
	    false, "response-place via-rport" },
	{ "via-received",
	    "0 a>b OPTIONS | Via: SIP/2.0/UDP a.example;branch=z9hG4bK0\n"
	    "1 b>a 200/OPTIONS\n9 end\n",
	    "0 a>b OPTIONS | Via: SIP/2.0/UDP a.example;branch=z9hG4bK0\n"
	    "1 b>a 200/OPTIONS | Via: SIP/2.0/UDP "
	    "a.example;branch=z9hG4bK0;received=192.0.2.1\n9 end\n",
	    false, NULL },
	{ "via-received",
	    "0 a>b OPTIONS | Via: SIP/2.0/UDP 10.1.1.1;branch=z9hG4bK0\n"
	    "1 b>a 200/OPTIONS\n9 end\n",
	    "0 a>b OPTIONS | Via: SIP/2.0/UDP 10.1.1.1;branch=z9hG4bK0\n"
	    "1 b>a 200/OPTIONS | Via: SIP/2.0/UDP "
	    "10.1.1.1;branch=z9hG4bK0;received=192.0.2.1\n9 end\n",
	    true, "via-received via-own-address" },
	{ "via-rport",
	    "0 a>b OPTIONS | Via: SIP/2.0/UDP "
	    "192.0.2.1;branch=z9hG4bK0;rport\n1 b>a 200/OPTIONS\n",
	    "0 a>b OPTIONS | Via: SIP/2.0/UDP "
	    "192.0.2.1;branch=z9hG4bK0;rport\n1 b>a 200/OPTIONS | Via: "
	    "SIP/2.0/UDP "
	    "192.0.2.1;branch=z9hG4bK0;received=192.0.2.1;rport=5060\n",
	    false, NULL },
	{ "response-fields",
	    "0 a>b OPTIONS\n1 b>a 200/OPTIONS | CSeq: 7 OPTIONS\n60000 end\n",
	    CLEAN, true, NULL },
	{ "response-fields",
	    "0 a>b OPTIONS\n1 b>a 200/OPTIONS | CSeq: 1 BYE\n60000 end\n",
	    CLEAN, false, NULL },
	{ "stray-response", "0 b>a 200/OPTIONS\n", CLEAN, false, NULL },
	{ "uas-method", "0 a>b OPTIONS\n1 b>a 405/OPTIONS\n",
	    "0 a>b OPTIONS\n1 b>a 405/OPTIONS | Allow: INVITE\n", false, NULL },
	{ "uas-type", "0 a>b OPTIONS\n1 b>a 415/OPTIONS\n",
	    "0 a>b OPTIONS | *text/plain^x\n"
	    "1 b>a 415/OPTIONS | Accept: application/sdp\n",
	    false, NULL },
	{ "uas-extension", "0 a>b OPTIONS\n1 b>a 421/OPTIONS\n",
	    "0 a>b OPTIONS\n1 b>a 421/OPTIONS | Require: x\n", false, NULL },
	{ "uas-require", "0 a>b OPTIONS\n1 b>a 420/OPTIONS\n",
	    "0 a>b OPTIONS | Require: x\n1 b>a 420/OPTIONS | Unsupported: x\n",
	    false, NULL },
	{ "session-too-small", "0 a>b OPTIONS\n1 b>a 422/OPTIONS\n",
	    "0 a>b OPTIONS\n1 b>a 422/OPTIONS | Min-SE: 90\n", false, NULL },
	{ "register-too-brief", "0 a>r REGISTER\n1 r>a 423/REGISTER\n",
	    "0 a>r REGISTER\n1 r>a 423/REGISTER | Min-Expires: 90\n", false,
	    NULL },
	{ "subscribe-event", "0 a>b SUBSCRIBE\n1 b>a 489/SUBSCRIBE\n",
	    "0 a>b SUBSCRIBE\n1 b>a 489/SUBSCRIBE | Allow-Events: dialog\n",
	    false, NULL },
	{ "redirect-302", "0 a>d OPTIONS\n1 d>a 302/OPTIONS\n",
	    "0 a>d OPTIONS\n1 d>a 302/OPTIONS | Contact: <sip:c@b.example>\n",
	    false, NULL },
	{ "options-recv", "0 a>b OPTIONS\n1 b>a 200/OPTIONS | -Allow\n",
	    "0 a>b OPTIONS\n1 b>a 200/OPTIONS | Accept: application/sdp | "
	    "Supported: timer\n",
	    false, NULL },
	{ "non-invite-1xx",
	    "0 a>b OPTIONS\n100 b>a 100/OPTIONS\n200 b>a 200/OPTIONS\n",
	    "0 a>b OPTIONS\n500 a>b again OPTIONS\n1500 a>b again OPTIONS\n"
	    "3600 b>a 100/OPTIONS\n3700 b>a 200/OPTIONS\n",
	    false, NULL },
	{ "proxy-408-too-late", "0 a>b OPTIONS\n1 b>a 408/OPTIONS\n", NULL,
	    false, NULL },

	/* transactions */
	{ "ict-timer-a",
	    "0 a>b INVITE sdp=1\n100 a>b again INVITE\n200 b>a 486/INVITE\n"
	    "210 a>b ACK in br=z9hG4bK0 uri=sip:b@b.example\n",
	    "0 a>b INVITE sdp=1\n500 a>b again INVITE\n1500 a>b again INVITE\n"
	    "1600 b>a 486/INVITE\n"
	    "1610 a>b ACK in br=z9hG4bK0 uri=sip:b@b.example\n",
	    false, NULL },
	{ "ict-timer-a",
	    RING "500 a>b again INVITE\n510 b>a 486/INVITE\n"
		 "520 a>b ACK in br=z9hG4bK0 "
		 "uri=sip:b@b.example\n",
	    "0 a>b INVITE lost\n500 a>b again INVITE\n510 b>a 486/INVITE\n"
	    "520 a>b ACK in br=z9hG4bK0 uri=sip:b@b.example\n",
	    false, NULL },
	/* A proxy's own; a request that comes again may be passed on again. */
	{ "ict-timer-a",
	    "0 a>p INVITE sdp=1\n1 p>a 100/INVITE\n5 p>b INVITE fwd lost\n"
	    "105 p>b again INVITE fwd\n",
	    "0 a>p INVITE sdp=1\n1 p>a 100/INVITE\n5 p>b INVITE fwd lost\n"
	    "505 p>b again INVITE fwd\n",
	    false, NULL },
	{ "nict-timer-e",
	    "0 a>b OPTIONS\n500 a>b again OPTIONS\n800 a>b again OPTIONS\n"
	    "900 b>a 200/OPTIONS\n",
	    "0 a>b OPTIONS\n500 a>b again OPTIONS\n1500 a>b again OPTIONS\n"
	    "1600 b>a 200/OPTIONS\n",
	    false, NULL },
	/* One was lost before it was seen. */
	{ "nict-timer-e",
	    "0 a>b OPTIONS\n500 a>b again OPTIONS\n3500 a>b again OPTIONS\n"
	    "4000 a>b again OPTIONS\n4100 b>a 200/OPTIONS\n",
	    "0 a>b OPTIONS\n2000 a>b again OPTIONS\n3000 a>b again OPTIONS\n"
	    "5000 a>b again OPTIONS\n5600 b>a 200/OPTIONS\n",
	    true, NULL },
	{ "nict-timer-e",
	    "0 a>b OPTIONS\n100 b>a 200/OPTIONS\n500 a>b again OPTIONS\n",
	    "0 a>b OPTIONS\n100 b>a 200/OPTIONS lost\n500 a>b again OPTIONS\n"
	    "510 b>a again 200/OPTIONS\n",
	    false, NULL },
	{ "ist-timer-g",
	    REFUSED "20 a>b ACK in br=z9hG4bK0 uri=sip:b@b.example\n"
		    "510 b>a again 486/INVITE\n",
	    REFUSED "20 a>b ACK in lost br=z9hG4bK0 uri=sip:b@b.example\n"
		    "510 b>a again 486/INVITE\n",
	    false, NULL },
	{ "invite-2xx-again",
	    RING "1000 b>a 200/INVITE sdp=1\n1010 a>b ACK in\n"
		 "1500 b>a again 200/INVITE\n" OVER,
	    RING "1000 b>a 200/INVITE sdp=1 lost\n"
		 "1500 b>a again 200/INVITE\n1510 a>b ACK in\n" OVER,
	    false, NULL },
	{ "ist-timer-g",
	    REFUSED "110 b>a again 486/INVITE\n"
		    "120 a>b ACK in br=z9hG4bK0 uri=sip:b@b.example\n",
	    REFUSED "510 b>a again 486/INVITE\n1510 b>a again 486/INVITE\n"
		    "1520 a>b ACK in br=z9hG4bK0 uri=sip:b@b.example\n",
	    true, NULL },
	{ "invite-2xx-again",
	    RING "1000 b>a 200/INVITE sdp=1\n1100 b>a again 200/INVITE\n"
		 "1110 a>b ACK in\n" OVER,
	    RING "1000 b>a 200/INVITE sdp=1\n1500 b>a again 200/INVITE\n"
		 "2500 b>a again 200/INVITE\n2510 a>b ACK in\n" OVER,
	    true, NULL },
	{ "ict-timer-a",
	    "0 a>b INVITE sdp=1\n3000 b>a 486/INVITE\n"
	    "3010 a>b ACK in br=z9hG4bK0 uri=sip:b@b.example\n",
	    NULL, false, NULL },
	{ "nict-timer-e", "0 a>b OPTIONS\n3000 b>a 200/OPTIONS\n", NULL, false,
	    NULL },
	{ "invite-2xx-again",
	    RING "1000 b>a 200/INVITE sdp=1\n4000 a>b ACK in\n" OVER, NULL,
	    false, NULL },
	{ "prack-send",
	    RELIABLE "1000 b>a 200/INVITE sdp=1\n1010 a>b ACK in\n" OVER, NULL,
	    false, NULL },
	{ "ict-ack", REFUSED "60000 end\n",
	    REFUSED "20 a>b ACK in br=z9hG4bK0 uri=sip:b@b.example\n", false,
	    NULL },
	{ "ict-ack",
	    REFUSED "510 b>a again 486/INVITE\n1510 b>a again 486/INVITE\n"
		    "3510 b>a again 486/INVITE\n60000 end\n",
	    REFUSED "20 a>b ACK in br=z9hG4bK0 uri=sip:b@b.example\n", true,
	    NULL },
	{ "ack-fields",
	    REFUSED "20 a>b ACK in br=z9hG4bK0 uri=sip:b@else.example\n",
	    REFUSED "20 a>b ACK in br=z9hG4bK0 uri=sip:b@b.example\n", false,
	    NULL },
	{ "ack-2xx-branch",
	    RING
	    "1000 b>a 200/INVITE sdp=1\n1010 a>b ACK in br=z9hG4bK0\n" OVER,
	    CLEAN, false, NULL },
	{ "ack-fields",
	    REFUSED "20 a>b ACK in cs=7 br=z9hG4bK0 uri=sip:b@b.example\n"
		    "60000 end\n",
	    REFUSED "20 a>b ACK in br=z9hG4bK0 uri=sip:b@b.example\n", true,
	    NULL },
	{ "ack-2xx-cseq",
	    RING "1000 b>a 200/INVITE sdp=1\n1010 a>b ACK in cs=7\n" OVER,
	    CLEAN, false, NULL },
	{ "ack-2xx-cseq",
	    RING "1000 b>a 200/INVITE sdp=1\n1010 a>b ACK in cs=7\n" OVER,
	    CLEAN, true, NULL },
	{ "final-sent", "0 a>b OPTIONS\n500 a>b again OPTIONS\n60000 end\n",
	    "0 a>b OPTIONS\n1 b>a 200/OPTIONS\n60000 end\n", false, NULL },
	{ "final-sent", "0 a>b OPTIONS\n4000 b>a 100/OPTIONS\n" LATER,
	    "0 a>b OPTIONS\n4000 b>a 100/OPTIONS\n5000 b>a 200/OPTIONS\n"
	    "60000 end\n",
	    true, NULL },
	{ "final-sent", "0 a>b INVITE sdp=1\n10 b>a 100/INVITE\n300000 end\n",
	    "0 a>b INVITE sdp=1\n10 b>a 100/INVITE\n60000 b>a 180/INVITE\n"
	    "120000 b>a 183/INVITE\n180000 b>a 486/INVITE\n180010 a>b ACK in "
	    "br=z9hG4bK0 uri=sip:b@b.example\n300000 end\n",
	    true, NULL },
	{ "final-once", "0 a>b OPTIONS\n1 b>a 200/OPTIONS\n2 b>a 404/OPTIONS\n",
	    CLEAN, false, NULL },
	{ "provisional-late", CALL "1150 b>a 180/INVITE\n" OVER, CLEAN, true,
	    NULL },
	{ "provisional-late", CALL "2000 b>a 180/INVITE\n" OVER, CLEAN, false,
	    NULL },
	{ "cancel-fields",
	    RING "100 a>b CANCEL br=z9hG4bKother uri=sip:b@b.example\n"
		 "110 b>a 481/CANCEL\n200 b>a 486/INVITE\n"
		 "210 a>b ACK in br=z9hG4bK0 uri=sip:b@b.example\n",
	    RING "100 a>b CANCEL br=z9hG4bK0 uri=sip:b@b.example\n"
		 "110 b>a 200/CANCEL\n120 b>a 487/INVITE\n"
		 "130 a>b ACK in br=z9hG4bK0 uri=sip:b@b.example\n",
	    false, NULL },
	{ "cancel-fields",
	    "0 a>b CANCEL br=z9hG4bKx uri=sip:b@b.example\n"
	    "10 b>a 481/CANCEL\n",
	    NULL, false, NULL },
	{ "cancel-fields",
	    RING "100 a>b CANCEL cs=7 br=z9hG4bK0 uri=sip:b@b.example\n"
		 "110 b>a 200/CANCEL\n120 b>a 487/INVITE\n"
		 "130 a>b ACK in br=z9hG4bK0 uri=sip:b@b.example\n60000 end\n",
	    RING "100 a>b CANCEL br=z9hG4bK0 uri=sip:b@b.example\n"
		 "110 b>a 200/CANCEL\n120 b>a 487/INVITE\n"
		 "130 a>b ACK in br=z9hG4bK0 uri=sip:b@b.example\n",
	    true, NULL },
	{ "cancel-fields",
	    RING "100 a>b CANCEL br=z9hG4bK0 uri=sip:b@b.example | Require: "
		 "x\n110 b>a 200/CANCEL\n120 b>a 487/INVITE\n"
		 "130 a>b ACK in br=z9hG4bK0 uri=sip:b@b.example\n",
	    NULL, true, NULL },
	{ "cancel-none",
	    "0 a>b CANCEL br=z9hG4bKx uri=sip:b@b.example\n"
	    "10 b>a 200/CANCEL\n",
	    "0 a>b CANCEL br=z9hG4bKx uri=sip:b@b.example\n"
	    "10 b>a 481/CANCEL\n",
	    false, "cancel-fields cancel-none" },
	{ "cancel-none",
	    RING "100 a>b CANCEL br=z9hG4bK0 uri=sip:b@b.example\n"
		 "110 b>a 481/CANCEL\n200 b>a 486/INVITE\n"
		 "210 a>b ACK in br=z9hG4bK0 uri=sip:b@b.example\n",
	    RING "100 a>b CANCEL br=z9hG4bK0 uri=sip:b@b.example\n"
		 "110 b>a 200/CANCEL\n120 b>a 487/INVITE\n"
		 "130 a>b ACK in br=z9hG4bK0 uri=sip:b@b.example\n",
	    false, NULL },
	{ "cancel-wait",
	    "0 a>b INVITE\n1 a>b CANCEL br=z9hG4bK0 uri=sip:b@b.example\n"
	    "10 b>a 200/CANCEL\n20 b>a 487/INVITE\n"
	    "30 a>b ACK in br=z9hG4bK0 uri=sip:b@b.example\n",
	    RING "100 a>b CANCEL br=z9hG4bK0 uri=sip:b@b.example\n"
		 "110 b>a 200/CANCEL\n120 b>a 487/INVITE\n"
		 "130 a>b ACK in br=z9hG4bK0 uri=sip:b@b.example\n",
	    false, NULL },
	{ "cancel-wait",
	    "0 a>b INVITE\n1 a>b CANCEL br=z9hG4bK0 uri=sip:b@b.example\n"
	    "10 b>a 100/INVITE\n11 b>a 200/CANCEL\n20 b>a 487/INVITE\n"
	    "30 a>b ACK in br=z9hG4bK0 uri=sip:b@b.example\n",
	    NULL, true, NULL },
	{ "cancel-wait",
	    "0 a>b INVITE\n100 a>b CANCEL br=z9hG4bK0 uri=sip:b@b.example\n"
	    "300 b>a 180/INVITE\n311 b>a 200/CANCEL\n320 b>a 487/INVITE\n"
	    "330 a>b ACK in br=z9hG4bK0 uri=sip:b@b.example\n",
	    NULL, true, NULL },
	{ "cancel-send",
	    CALL "2000 a>b CANCEL br=z9hG4bK0 uri=sip:b@b.example\n"
		 "2010 b>a 200/CANCEL\n" OVER,
	    RING "100 a>b CANCEL br=z9hG4bK0 uri=sip:b@b.example\n"
		 "110 b>a 200/CANCEL\n120 b>a 487/INVITE\n"
		 "130 a>b ACK in br=z9hG4bK0 uri=sip:b@b.example\n",
	    false, NULL },
	{ "cancel-487",
	    RING "100 a>b CANCEL br=z9hG4bK0 uri=sip:b@b.example\n"
		 "110 b>a 200/CANCEL\n60000 end\n",
	    RING "100 a>b CANCEL br=z9hG4bK0 uri=sip:b@b.example\n"
		 "110 b>a 200/CANCEL\n120 b>a 487/INVITE\n"
		 "130 a>b ACK in br=z9hG4bK0 uri=sip:b@b.example\n",
	    false, NULL },
	{ "cancel-487",
	    RING "100 a>b CANCEL br=z9hG4bK0 uri=sip:b@b.example\n"
		 "110 b>a 200/CANCEL\n" LATER,
	    NULL, true, NULL },
	{ "auth-answer",
	    "0 a>b PUBLISH\n10 b>a 401/PUBLISH | WWW-Authenticate: " DIGEST
	    "\n20 a>b PUBLISH | Authorization: Digest username=\"a\", "
	    "realm=\"x\", nonce=\"n1\", uri=\"sip:b@b.example\", "
	    "response=\"" R64 "\", opaque=\"o1\", " SHA FIRST
	    "\n30 b>a 200/PUBLISH\n",
	    "0 a>b PUBLISH\n10 b>a 401/PUBLISH | WWW-Authenticate: " DIGEST
	    "\n20 a>b PUBLISH cs=2 | Authorization: Digest "
	    "username=\"a\", "
	    "realm=\"x\", nonce=\"n1\", uri=\"sip:b@b.example\", "
	    "response=\"" R64 "\", opaque=\"o1\", " SHA FIRST
	    "\n30 b>a 200/PUBLISH\n",
	    false, NULL },

	{ "via-received",
	    "0 a>b OPTIONS | Via: SIP/2.0/UDP a.example;branch=z9hG4bK0\n"
	    "10 b>a 200/OPTIONS\n60000 end\n",
	    NULL, true, NULL },

	/* dialogs */
	{ "dialog-request",
	    CALL "9000 b>a BYE in | From: <sip:a@b.example>;tag=ta | To: "
		 "<sip:b@b.example>;tag=tb\n9010 a>b 481/BYE\n",
	    CLEAN, true, NULL },
	{ "dialog-request", CALL "2000 a>b INVITE cs=2 sdp=1 v=2\n", CLEAN,
	    true, NULL },
	{ "register-star",
	    "0 a>r REGISTER | Contact: <sip:a@192.0.2.1>, *\n"
	    "10 r>a 400/REGISTER\n",
	    NULL, true, NULL },
	{ "notify-timeout",
	    SUBSCRIBED "1000 a>b SUBSCRIBE in cs=2 | Expires: 0\n"
		       "1010 b>a 200/SUBSCRIBE | Expires: 0\n90000 end\n",
	    NULL, false, NULL },
	{ "notify-timeout",
	    SUBSCRIBED "1000 a>b SUBSCRIBE in cs=2 | Expires: 0\n"
		       "1010 b>a 200/SUBSCRIBE | Expires: 0\n90000 a>b OPTIONS "
		       "c=c9\n",
	    NULL, true, NULL },
	{ "update-send",
	    "0 a>b INVITE sdp=1\n10 b>a 100/INVITE\n30 b>a UPDATE in sdp=1\n"
	    "40 a>b 481/UPDATE\n",
	    NULL, true, NULL },
	{ "update-send",
	    "0 a>b INVITE sdp=1\n10 b>a 100/INVITE\n30 b>a UPDATE in sdp=1\n"
	    "40 a>b 481/UPDATE\n",
	    NULL, false, NULL },
	{ "notify-final",
	    CALL "2000 a>b REFER in cs=2\n2010 b>a 202/REFER\n2020 b>a NOTIFY "
		 "in | Event: refer | *message/sipfrag^SIP/2.0 100 Trying^\n"
		 "2030 a>b 200/NOTIFY\n120000 a>b BYE in cs=3\n"
		 "120010 b>a 200/BYE\n",
	    NULL, false, NULL },
	{ "notify-final",
	    CALL "2000 a>b REFER in cs=2\n2010 b>a 202/REFER\n2020 b>a NOTIFY "
		 "in | Event: refer | *message/sipfrag^SIP/2.0 100 Trying^\n"
		 "2030 a>b 200/NOTIFY\n120000 a>b BYE in cs=3\n"
		 "120010 b>a 200/BYE\n",
	    NULL, true, NULL },
	{ "dialog-request",
	    CALL "2000 a>b INFO in cs=2\n2010 b>a 200/INFO\n"
		 "9000 a>b BYE in cs=2\n9010 b>a 200/BYE\n",
	    CLEAN, false, NULL },
	{ "dialog-request",
	    CALL "9000 a>b BYE cs=2 uri=sip:b@192.0.2.2\n9010 b>a 481/BYE\n",
	    CLEAN, true, NULL },
	{ "dialog-request",
	    CALL "9000 a>b BYE in cs=2 | To: <sip:b@b.example>;tag=x\n"
		 "9010 b>a 481/BYE\n",
	    CLEAN, true, NULL },
	{ "dialog-request",
	    CALL "2000 a>b INFO in cs=2 | From: <sip:a@b.example>;tag=x\n"
		 "2010 b>a 481/INFO\n" OVER,
	    CLEAN, true, NULL },
	{ "dialog-request", BORROWED("1"), CLEAN, true, NULL },
	{ "dialog-bye",
	    CALL "9000 a>b BYE in cs=2\n9010 b>a 200/BYE\n9020 b>a BYE in\n"
		 "9030 a>b 481/BYE\n",
	    CALL "9000 a>b BYE in cs=2\n9001 b>a BYE in\n9010 b>a 200/BYE\n"
		 "9011 a>b 200/BYE\n",
	    true, NULL },
	{ "dialog-target", STRICT("20 a>b ACK in | Route: <sip:b@192.0.2.2>\n"),
	    STRICT("20 a>b ACK in uri=sip:192.0.2.9 | Route: "
		   "<sip:b@192.0.2.2>\n"),
	    true, NULL },
	{ "dialog-route", STRICT("20 a>b ACK in uri=sip:192.0.2.9\n"),
	    STRICT("20 a>b ACK in uri=sip:192.0.2.9 | Route: "
		   "<sip:b@192.0.2.2>\n"),
	    true, NULL },
	{ "dialog-target",
	    CALL "9000 a>b BYE in cs=2 uri=sip:b@b.example\n"
		 "9010 b>a 200/BYE\n",
	    CLEAN, false, NULL },
	{ "dialog-target",
	    CALL "9000 a>b BYE in cs=2 uri=sip:c@192.0.2.2\n"
		 "9010 b>a 200/BYE\n",
	    CALL "9000 a>b BYE in cs=2 uri=sip:b@192.0.2.2:5060\n"
		 "9010 b>a 200/BYE\n",
	    true, NULL },
	{ "dialog-route",
	    CALL "9000 a>b BYE in cs=2 | Route: <sip:p.example;lr>\n"
		 "9010 b>a 200/BYE\n",
	    CLEAN, false, NULL },
	{ "uac-preloaded-route",
	    "0 a>b OPTIONS uri=sip:b@192.0.2.9 | Route: <sip:192.0.2.3;lr>\n"
	    "1 b>a 200/OPTIONS\n",
	    "0 a>p OPTIONS | Route: <sip:192.0.2.3;lr>\n"
	    "5 p>b OPTIONS fwd | -Route\n"
	    "10 b>p 200/OPTIONS\n15 p>a 200/OPTIONS fwd\n",
	    false, NULL },
	/* In a dialog the target alone is no reason. */
	{ "uac-preloaded-route",
	    CALL "9000 a>b BYE in cs=2 | Route: <sip:192.0.2.3;lr>\n"
		 "9010 b>a 200/BYE\n",
	    NULL, false, "dialog-route uac-preloaded-route" },
	{ "record-route-copied",
	    RECORDED "10 b>p 180/INVITE | -Record-Route\n"
		     "15 p>a 180/INVITE fwd\n",
	    RECORDED "10 b>p 180/INVITE\n15 p>a 180/INVITE fwd\n", true, NULL },
	{ "dialog-none", "0 a>b BYE in cs=2\n1 b>a 200/BYE\n",
	    "0 a>b BYE in cs=2\n1 b>a 481/BYE\n", false, NULL },
	{ "dialog-none", CALL "2000 a>b BYE in cs=2\n2010 b>a 481/BYE\n",
	    CALL "9000 a>b BYE in cs=2\n9010 b>a 200/BYE\n"
		 "9500 a>b INFO in cs=3\n9510 b>a 481/INFO\n",
	    false, NULL },
	{ "dialog-cseq",
	    CALL "2000 a>b INFO in cs=5\n2010 b>a 200/INFO\n"
		 "2100 a>b INFO in cs=4\n2110 b>a 200/INFO\n",
	    CALL "2000 a>b INFO in cs=5\n2010 b>a 200/INFO\n"
		 "2100 a>b INFO in cs=4\n2110 b>a 500/INFO\n",
	    false, "dialog-cseq dialog-request" },
	{ "invite-accept",
	    RING "1000 b>a 200/INVITE sdp=1 | -Contact\n1010 a>b ACK in\n" OVER,
	    CLEAN, false, NULL },
	{ "invite-ack",
	    RING "1000 b>a 200/INVITE sdp=1\n1500 b>a again 200/INVITE\n" OVER,
	    CLEAN, false, NULL },
	/* The ACK for a refusal is none for the 2xx. */
	{ "invite-ack",
	    RING "1000 b>a 200/INVITE sdp=1\n1500 b>a again 200/INVITE\n"
		 "2000 b>a INVITE in cs=1 sdp=1 v=2\n2010 a>b 491/INVITE\n"
		 "2020 b>a ACK in cs=1 br=z9hG4bK5\n" OVER,
	    CLEAN, false, "invite-ack reinvite-pending" },
	/* The 2xx comes until nobody waits for its ACK any more. */
	{ "invite-ack",
	    RING "1000 b>a 200/INVITE sdp=1\n1500 b>a again 200/INVITE\n"
		 "2500 b>a again 200/INVITE\n4500 b>a again 200/INVITE\n"
		 "8500 b>a again 200/INVITE\n9000 b>a BYE in\n"
		 "9010 a>b 200/BYE\n",
	    CLEAN, true, NULL },
	{ "invite-ack",
	    ANSWERED "1003 c>p 200/INVITE sdp=1\n"
		     "1004 p>a 200/INVITE fwd\n60000 end\n",
	    ANSWERED "1003 c>p 200/INVITE sdp=1\n1004 p>a 200/INVITE fwd\n"
		     "1010 a>c ACK in\n1011 a>c BYE in cs=2\n"
		     "1020 c>a 200/BYE\n60000 end\n",
	    false, "invite-2xx-again invite-ack" },
	{ "replaces-accept",
	    CALL "2000 c>b INVITE c=c2 sdp=1 | Supported: replaces | Replaces: "
		 "c1;to-tag=tb;from-tag=ta\n2010 b>c 200/INVITE c=c2 sdp=1\n"
		 "2020 c>b ACK in c=c2\n"
		 "9000 c>b BYE in c=c2 cs=2\n9010 b>c 200/BYE c=c2\n",
	    CALL "2000 c>b INVITE c=c2 sdp=1 | Supported: replaces | Replaces: "
		 "c1;to-tag=tb;from-tag=ta\n2010 b>c 200/INVITE c=c2 sdp=1\n"
		 "2020 c>b ACK in c=c2\n"
		 "2030 b>a BYE in\n2040 a>b 200/BYE\n"
		 "9000 c>b BYE in c=c2 cs=2\n9010 b>c 200/BYE c=c2\n",
	    true, NULL },
	/* The other side ends it, a while later. */
	{ "replaces-accept",
	    CALL "2000 c>b INVITE c=c2 sdp=1 | Supported: replaces | Replaces: "
		 "c1;to-tag=tb;from-tag=ta\n2010 b>c 200/INVITE c=c2 sdp=1\n"
		 "2020 c>b ACK in c=c2\n"
		 "9000 a>b BYE in cs=2\n9010 b>a 200/BYE\n",
	    CALL "2000 c>b INVITE c=c2 sdp=1 | Supported: replaces | Replaces: "
		 "c1;to-tag=tb;from-tag=ta\n2010 b>c 200/INVITE c=c2 sdp=1\n"
		 "2020 c>b ACK in c=c2\n"
		 "2030 b>a BYE in\n2040 a>b 200/BYE\n"
		 "9000 c>b BYE in c=c2 cs=2\n9010 b>c 200/BYE c=c2\n",
	    true, NULL },
	{ "bye-held",
	    RING "1000 b>a 200/INVITE sdp=1\n1005 b>a BYE in\n"
		 "1010 a>b ACK in\n1020 a>b 200/BYE\n60000 end\n",
	    CALL "2000 b>a BYE in\n2010 a>b 200/BYE\n", false, NULL },
	{ "bye-called-early",
	    RING "100 b>a BYE in\n110 a>b 200/BYE\n120 b>a 487/INVITE\n"
		 "130 a>b ACK in br=z9hG4bK0 uri=sip:b@b.example\n",
	    CALL "2000 b>a BYE in\n2010 a>b 200/BYE\n", false, NULL },
	{ "dialog-bye",
	    CALL "2000 a>b BYE in cs=2\n2010 b>a 200/BYE\n"
		 "2100 a>b INFO in cs=3\n2110 b>a 481/INFO\n",
	    CLEAN, false, NULL },
	{ "reinvite-alone",
	    CALL "2000 a>b INVITE in cs=2 sdp=1 v=2\n2010 b>a 100/INVITE\n"
		 "2100 a>b INVITE in cs=3 sdp=1 v=3\n"
		 "2110 b>a 500/INVITE | Retry-After: 5\n"
		 "2120 a>b ACK in cs=3 br=z9hG4bK7\n",
	    CALL "2000 a>b INVITE in cs=2 sdp=1 v=2\n"
		 "2010 b>a 200/INVITE sdp=1 v=2\n2020 a>b ACK in cs=2\n",
	    false, NULL },
	{ "reinvite-pending",
	    CALL "2000 a>b INVITE in cs=2 sdp=1 v=2\n2010 b>a 491/INVITE\n"
		 "2020 a>b ACK in cs=2 br=z9hG4bK5\n",
	    CALL "2000 a>b INVITE in cs=2 sdp=1 v=2\n"
		 "2001 b>a INVITE in cs=2 sdp=1 v=2\n2010 b>a 491/INVITE\n"
		 "2020 a>b ACK in cs=2 br=z9hG4bK5\n",
	    false, NULL },
	{ "session-least",
	    "0 a>b INVITE | Session-Expires: 60 | Supported: timer\n10 b>a "
	    "422/INVITE | Min-SE: "
	    "90\n20 a>b ACK in br=z9hG4bK0 uri=sip:b@b.example\n",
	    "0 a>b INVITE | Session-Expires: 90\n10 b>a 486/INVITE\n"
	    "20 a>b ACK in br=z9hG4bK0 uri=sip:b@b.example\n",
	    false, NULL },
	{ "session-agreed",
	    RING "1000 b>a 200/INVITE sdp=1 | Session-Expires: 90\n"
		 "1010 a>b ACK in\n" OVER,
	    RING "1000 b>a 200/INVITE sdp=1 | Session-Expires: "
		 "90;refresher=uas\n1010 a>b ACK in\n" OVER,
	    false, NULL },
	{ "session-shorter",
	    "0 a>b INVITE sdp=1 | Session-Expires: 90 | Supported: timer\n10 "
	    "b>a 100/INVITE\n"
	    "1000 b>a 200/INVITE sdp=1 | Session-Expires: 91;refresher=uas\n"
	    "1010 a>b ACK in\n" OVER,
	    "0 a>b INVITE sdp=1 | Session-Expires: 95 | Supported: timer\n10 "
	    "b>a 100/INVITE\n"
	    "1000 b>a 200/INVITE sdp=1 | Session-Expires: 90;refresher=uas\n"
	    "1010 a>b ACK in\n" OVER,
	    true, NULL },
	{ "reliable-send",
	    "0 a>b INVITE sdp=1\n"
	    "20 b>a 180/INVITE | RSeq: 1 | Require: 100rel\n"
	    "30 a>b PRACK in cs=2\n40 b>a 200/PRACK\n"
	    "1000 b>a 200/INVITE sdp=1\n1010 a>b ACK in\n"
	    "9000 a>b BYE in cs=3\n9010 b>a 200/BYE\n",
	    RELIABLE "30 a>b PRACK in cs=2\n40 b>a 200/PRACK\n", true,
	    "reliable-send response-extensions" },
	{ "reliable-send",
	    "0 a>b INVITE sdp=1 | Supported: 100rel\n"
	    "20 b>a 180/INVITE | RSeq: 1\n"
	    "1000 b>a 200/INVITE sdp=1\n1010 a>b ACK in\n" OVER,
	    RELIABLE "30 a>b PRACK in cs=2\n40 b>a 200/PRACK\n"
		     "1000 b>a 200/INVITE sdp=1\n1010 a>b ACK in\n"
		     "9000 a>b BYE in cs=3\n9010 b>a 200/BYE\n",
	    false, NULL },
	{ "reliable-send",
	    RELIABLE "30 a>b PRACK in cs=2\n40 b>a 200/PRACK\n520 b>a again "
		     "180/INVITE\n1000 b>a 200/INVITE sdp=1\n1010 a>b ACK in\n"
		     "9000 a>b BYE in cs=3\n9010 b>a 200/BYE\n",
	    NULL, false, NULL },
	{ "prack-send",
	    RELIABLE "30 a>b PRACK in cs=2 | RAck: 7 1 INVITE\n"
		     "40 b>a 481/PRACK\n1000 b>a 200/INVITE sdp=1\n"
		     "1010 a>b ACK in\n9000 a>b BYE in cs=3\n"
		     "9010 b>a 200/BYE\n",
	    RELIABLE "30 a>b PRACK in cs=2\n40 b>a 200/PRACK\n"
		     "1000 b>a 200/INVITE sdp=1\n1010 a>b ACK in\n"
		     "9000 a>b BYE in cs=3\n9010 b>a 200/BYE\n",
	    false, NULL },

	/* session descriptions */
	{ "sdp-form",
	    "0 a>b INVITE | =INVITE sip:b@b.example SIP/2.0^Via: SIP/2.0/UDP "
	    "192.0.2.1;branch=z9hG4bK0^Max-Forwards: 70^From: "
	    "<sip:a@b.example>;tag=ta^To: <sip:b@b.example>^Call-ID: "
	    "c1^CSeq: 1 INVITE^Contact: <sip:a@192.0.2.1>^Content-Type: "
	    "application/sdp^^v=0^o=- 1 1 IN IP4 192.0.2.1^s=-^c=IN IP4 "
	    "192.0.2.1^t=0 0^m=image 4000 RTP/AVP t38^\n10 b>a 488/INVITE\n"
	    "11 a>b ACK in br=z9hG4bK0 uri=sip:b@b.example\n",
	    NULL, false, NULL },
	{ "sdp-form",
	    "0 a>b INVITE | =INVITE sip:b@b.example SIP/2.0^Via: SIP/2.0/UDP "
	    "192.0.2.1;branch=z9hG4bK0^Max-Forwards: 70^From: "
	    "<sip:a@b.example>;tag=ta^To: <sip:b@b.example>^Call-ID: "
	    "c1^CSeq: 1 INVITE^Contact: <sip:a@192.0.2.1>^Content-Type: "
	    "application/sdp^Content-Length: 5^^v=0^^\n"
	    "10 b>a 488/INVITE\n"
	    "20 a>b ACK in br=z9hG4bK0 uri=sip:b@b.example\n",
	    CLEAN, false, NULL },
	{ "offer-answer",
	    RING "1000 b>a 200/INVITE sdp=2\n1010 a>b ACK in\n" OVER, CLEAN,
	    false, NULL },
	{ "media-source",
	    "0 a>b INVITE sdp=1 y=106000001\n10 b>a 200/INVITE sdp=1 "
	    "y=106000007\n"
	    "20 a>b ACK in\n" OVER,
	    "0 a>b INVITE sdp=1 y=106000001\n"
	    "10 b>a 200/INVITE sdp=1 y=106000001\n20 a>b ACK in\n" OVER,
	    false, NULL },
	{ "media-connection",
	    "0 a>b INVITE sdp=1 setup=passive\n"
	    "10 b>a 200/INVITE sdp=1 setup=passive\n20 a>b ACK in\n" OVER,
	    "0 a>b INVITE sdp=1 setup=passive\n"
	    "10 b>a 200/INVITE sdp=1 setup=active\n20 a>b ACK in\n" OVER,
	    false, NULL },
	{ "answer-formats",
	    RING "1000 b>a 200/INVITE sdp=1 pt=8\n1010 a>b ACK in\n" OVER,
	    RING "1000 b>a 200/INVITE sdp=1 pt=8,0\n1010 a>b ACK in\n" OVER,
	    true, NULL },
	{ "answer-formats",
	    "0 a>b INVITE\n10 b>a 100/INVITE\n1000 b>a 200/INVITE sdp=1\n"
	    "1010 a>b ACK in sdp=1 pt=8\n" OVER,
	    "0 a>b INVITE\n10 b>a 100/INVITE\n1000 b>a 200/INVITE sdp=1\n"
	    "1010 a>b ACK in sdp=1\n" OVER,
	    false, NULL },
	{ "answer-direction",
	    "0 a>b INVITE sdp=1 dir=sendonly\n10 b>a 100/INVITE\n"
	    "1000 b>a 200/INVITE sdp=1 dir=sendrecv\n1010 a>b ACK in\n" OVER,
	    "0 a>b INVITE sdp=1 dir=sendonly\n10 b>a 100/INVITE\n"
	    "1000 b>a 200/INVITE sdp=1 dir=recvonly\n1010 a>b ACK in\n" OVER,
	    true, NULL },
	{ "answer-direction",
	    "0 a>b INVITE sdp=1 port=0\n10 b>a 100/INVITE\n"
	    "1000 b>a 200/INVITE sdp=1\n1010 a>b ACK in\n" OVER,
	    "0 a>b INVITE sdp=1\n10 b>a 100/INVITE\n"
	    "1000 b>a 200/INVITE sdp=1 port=0\n1010 a>b ACK in\n" OVER,
	    true, NULL },
	{ "offer-missing", RING "1000 b>a 200/INVITE\n1010 a>b ACK in\n" OVER,
	    CLEAN, false, NULL },
	{ "offer-missing",
	    "0 a>b INVITE\n10 b>a 100/INVITE\n1000 b>a 200/INVITE sdp=1\n1010 "
	    "a>b ACK in\n" OVER,
	    "0 a>b INVITE\n10 b>a 100/INVITE\n1000 b>a 200/INVITE sdp=1\n"
	    "1010 a>b ACK in sdp=1\n" OVER,
	    false, NULL },
	{ "offer-version",
	    CALL "2000 a>b INVITE in cs=2 sdp=2\n"
		 "2010 b>a 200/INVITE sdp=2 v=2\n2020 a>b ACK in cs=2\n",
	    CALL "2000 a>b INVITE in cs=2 sdp=2 v=2\n"
		 "2010 b>a 200/INVITE sdp=2 v=2\n2020 a>b ACK in cs=2\n",
	    false, NULL },
	{ "offer-lines",
	    "0 a>b INVITE sdp=2\n10 b>a 100/INVITE\n"
	    "1000 b>a 200/INVITE sdp=2\n"
	    "1010 a>b ACK in\n2000 a>b INVITE in cs=2 sdp=1 v=2\n"
	    "2010 b>a 200/INVITE sdp=1 v=2\n2020 a>b ACK in cs=2\n",
	    CALL "2000 a>b INVITE in cs=2 sdp=2 v=2\n"
		 "2010 b>a 200/INVITE sdp=2 v=2\n2020 a>b ACK in cs=2\n",
	    false, NULL },

	/* proxies and registrars */
	{ "proxy-forward",
	    "0 a>p OPTIONS\n5 p>b OPTIONS fwd | Max-Forwards: 70\n"
	    "10 b>p 200/OPTIONS\n15 p>a 200/OPTIONS fwd\n",
	    "0 a>p OPTIONS\n5 p>b OPTIONS fwd\n"
	    "10 b>p 200/OPTIONS\n15 p>a 200/OPTIONS fwd\n",
	    false, NULL },
	{ "proxy-unchanged",
	    "0 a>p OPTIONS\n5 p>b OPTIONS fwd | From: "
	    "<sip:a@b.example>;tag=else\n10 b>p 200/OPTIONS\n"
	    "15 p>a 200/OPTIONS fwd | From: <sip:a@b.example>;tag=ta\n",
	    "0 a>p OPTIONS\n5 p>b OPTIONS fwd\n"
	    "10 b>p 200/OPTIONS\n15 p>a 200/OPTIONS fwd\n",
	    false, "proxy-response proxy-unchanged" },
	{ "proxy-max-forwards",
	    "0 a>p OPTIONS | Max-Forwards: 0\n"
	    "5 p>b OPTIONS fwd | -Max-Forwards\n10 b>p 200/OPTIONS\n"
	    "15 p>a 200/OPTIONS fwd\n",
	    "0 a>p OPTIONS\n5 p>b OPTIONS fwd\n"
	    "10 b>p 200/OPTIONS\n15 p>a 200/OPTIONS fwd\n",
	    false, "proxy-max-forwards proxy-forward" },
	{ "proxy-response",
	    "0 a>p OPTIONS | +Via: SIP/2.0/UDP x.example;branch=z9hG4bKx\n"
	    "5 p>b OPTIONS fwd\n"
	    "10 b>p 200/OPTIONS\n15 p>a 200/OPTIONS fwd | Via: SIP/2.0/UDP "
	    "192.0.2.1;branch=z9hG4bK0\n",
	    "0 a>p OPTIONS\n5 p>b OPTIONS fwd\n"
	    "10 b>p 200/OPTIONS\n15 p>a 200/OPTIONS fwd\n",
	    false, NULL },
	{ "proxy-unchanged",
	    "0 a>p OPTIONS\n5 p>b OPTIONS fwd | From: \"A\" "
	    "<sip:a@b.example>;tag=ta\n10 b>p 200/OPTIONS\n"
	    "15 p>a 200/OPTIONS fwd | From: <sip:a@b.example>;tag=ta\n",
	    "0 a>p OPTIONS | From: A <sip:a@b.example>;tag=ta\n"
	    "5 p>b OPTIONS fwd | From: \"A\" <sip:a@b.example>;tag=ta\n"
	    "10 b>p 200/OPTIONS\n15 p>a 200/OPTIONS fwd\n",
	    true, "proxy-response proxy-unchanged" },
	{ "proxy-response",
	    "0 a>p OPTIONS\n5 p>b OPTIONS fwd\n10 b>p 200/OPTIONS\n"
	    "15 p>a 200/OPTIONS fwd | Via: SIP/2.0/UDP "
	    "192.0.2.3;branch=z9hG4bK1 | +Via: SIP/2.0/UDP "
	    "192.0.2.1;branch=z9hG4bK0\n500 a>p again OPTIONS\n"
	    "60000 end\n",
	    "0 a>p OPTIONS\n5 p>b OPTIONS fwd\n"
	    "10 b>p 200/OPTIONS\n15 p>a 200/OPTIONS fwd\n",
	    false, NULL },
	{ "proxy-1xx",
	    "0 a>p INVITE sdp=1\n5 p>b INVITE fwd\n10 b>p 100/INVITE\n"
	    "15 p>a 100/INVITE fwd\n20 b>p 486/INVITE\n"
	    "21 p>b ACK in br=z9hG4bK1 uri=sip:b@b.example | From: "
	    "<sip:a@b.example>;tag=ta\n"
	    "25 p>a 486/INVITE fwd\n"
	    "26 a>p ACK in br=z9hG4bK0 uri=sip:b@b.example | To: "
	    "<sip:p@b.example>;tag=tb\n",
	    "0 a>p INVITE sdp=1\n5 p>b INVITE fwd\n10 b>p 180/INVITE\n"
	    "15 p>a 180/INVITE fwd\n",
	    false, NULL },
	{ "proxy-2xx",
	    "0 a>p INVITE sdp=1\n1 p>a 100/INVITE\n5 p>b INVITE fwd\n"
	    "10 b>p 200/INVITE sdp=1\n510 b>p again 200/INVITE\n60000 end\n",
	    "0 a>p INVITE sdp=1\n5 p>b INVITE fwd\n10 b>p 200/INVITE sdp=1\n"
	    "15 p>a 200/INVITE fwd\n20 a>b ACK in | To: "
	    "<sip:b@b.example>;tag=tb\n60000 end\n",
	    false, NULL },
	{ "proxy-cancel", CANCELLED "60000 end\n",
	    CANCELLED "110 p>b CANCEL br=z9hG4bK2 uri=sip:b@b.example | From: "
		      "<sip:a@b.example>;tag=ta\n120 b>p 200/CANCEL\n"
		      "130 b>p 487/INVITE\n"
		      "140 p>b ACK br=z9hG4bK2 uri=sip:b@b.example | From: "
		      "<sip:a@b.example>;tag=ta | To: <sip:b@b.example>;tag=tb"
		      "\n60000 end\n",
	    false, NULL },
	{ "proxy-503",
	    "0 a>p OPTIONS\n5 p>b OPTIONS fwd\n"
	    "10 b>p 503/OPTIONS\n15 p>a 503/OPTIONS fwd\n",
	    "0 a>p OPTIONS\n5 p>b OPTIONS fwd\n"
	    "10 b>p 500/OPTIONS\n15 p>a 500/OPTIONS fwd\n",
	    false, NULL },
	{ "proxy-best-6xx",
	    FORKED B_REFUSES("486/INVITE") C_REFUSES("603/INVITE")
		TOLD("486/INVITE fwd", "tb"),
	    FORKED B_REFUSES("486/INVITE") C_REFUSES("603/INVITE")
		TOLD("603/INVITE fwd", "tc"),
	    false, NULL },
	{ "proxy-best-class",
	    FORKED B_REFUSES("486/INVITE") C_REFUSES("500/INVITE")
		TOLD("500/INVITE fwd", "tc"),
	    FORKED B_REFUSES("486/INVITE") C_REFUSES("500/INVITE")
		TOLD("486/INVITE fwd", "tb"),
	    false, NULL },
	{ "proxy-best-class",
	    FORKED B_REFUSES("486/INVITE") C_REFUSES("500/INVITE")
		TOLD("500/INVITE fwd", "tc"),
	    FORKED B_REFUSES("486/INVITE") C_REFUSES("500/INVITE")
		TOLD("486/INVITE fwd", "tb"),
	    true, NULL },
	{ "proxy-best-retry",
	    FORKED B_REFUSES("486/INVITE") C_REFUSES("484/INVITE")
		TOLD("486/INVITE fwd", "tb"),
	    FORKED B_REFUSES("486/INVITE") C_REFUSES("484/INVITE")
		TOLD("484/INVITE fwd", "tc"),
	    false, NULL },
	{ "proxy-challenges",
	    FORKED B_REFUSES(BASIC("x")) C_REFUSES(BASIC("y"))
		TOLD("407/INVITE fwd", "tc"),
	    FORKED B_REFUSES(BASIC("x")) C_REFUSES(BASIC("y"))
		TOLD("407/INVITE fwd | +Proxy-Authenticate: Digest "
		     "realm=\"x\", nonce=\"x\", algorithm=SHA-256, "
		     "qop=\"auth\"",
		    "tc"),
	    false, NULL },
	{ "proxy-cancel-others", ANSWERED "60000 end\n",
	    ANSWERED STOPPED "60000 end\n", false, NULL },
	{ "proxy-6xx",
	    RINGS B_REFUSES("603/INVITE") "200 c>p 199/INVITE\n60000 end\n",
	    RINGS B_REFUSES("603/INVITE") STOPPED "60000 end\n", false, NULL },
	{ "proxy-6xx",
	    FORKED B_REFUSES("603/INVITE") "200 p>d INVITE fwd\n"
					   "210 d>p 404/INVITE\n"
					   "220 p>d ACK in br=z9hG4bK6 "
					   "uri=sip:b@b.example | From: "
					   "<sip:a@b.example>;tag=ta\n",
	    FORKED, false, NULL },
	{ "ist-ack",
	    FORKED B_REFUSES("486/INVITE") C_REFUSES("486/INVITE")
		TOLD("486/INVITE fwd", "tc") "1320 p>b ACK fwd\n",
	    NULL, false, NULL },
	{ "pair-hops",
	    "0 a>x INVITE sdp=1\n"
	    "5 x>b INVITE made c=c2 sdp=1 | X-Call-ID: c1\n5 x joined\n",
	    "0 a>x INVITE sdp=1\n"
	    "5 x>b INVITE made c=c2 sdp=1 | Max-Forwards: 69\n5 x joined\n",
	    false, NULL },
	{ "pair-hops",
	    "0 a>x MESSAGE | Max-Forwards: 0\n"
	    "5 x>b MESSAGE made c=c2 | Max-Forwards: 0\n5 x joined\n"
	    "10 b>x 200/MESSAGE c=c2\n15 x>a 200/MESSAGE\n",
	    NULL, false, NULL },
	{ "pair-breadth",
	    "0 a>x INVITE sdp=1 | Max-Breadth: 8\n"
	    "5 x>b INVITE made c=c2 sdp=1 | Max-Forwards: 69 | Max-Breadth: 9 "
	    "| X-Call-ID: c1\n5 x joined\n",
	    "0 a>x INVITE sdp=1 | Max-Breadth: 8\n"
	    "5 x>b INVITE made c=c2 sdp=1 | Max-Forwards: 69 | Max-Breadth: "
	    "8\n5 x joined\n",
	    false, NULL },
	{ "route-removed",
	    "0 a>p OPTIONS | Route: <sip:192.0.2.3;lr>\n"
	    "5 p>b OPTIONS fwd\n10 b>p 200/OPTIONS\n"
	    "15 p>a 200/OPTIONS fwd\n",
	    "0 a>p OPTIONS | Route: <sip:192.0.2.3;lr>\n"
	    "5 p>b OPTIONS fwd | -Route\n"
	    "10 b>p 200/OPTIONS\n15 p>a 200/OPTIONS fwd\n",
	    true, NULL },
	{ "proxy-by-route",
	    "0 a>p OPTIONS | Route: <sip:192.0.2.3;lr>, <sip:192.0.2.5;lr>\n"
	    "5 p>b OPTIONS fwd | Route: <sip:192.0.2.5;lr>\n"
	    "10 b>p 200/OPTIONS\n15 p>a 200/OPTIONS fwd\n",
	    "0 a>p OPTIONS | Route: <sip:192.0.2.3;lr>, <sip:192.0.2.5;lr>\n"
	    "5 p>c OPTIONS fwd | Route: <sip:192.0.2.5;lr>\n"
	    "10 c>p 200/OPTIONS\n15 p>a 200/OPTIONS fwd\n",
	    false, NULL },
	{ "record-route-lr",
	    "0 a>p OPTIONS\n5 p>b OPTIONS fwd | Record-Route: "
	    "<sip:192.0.2.3>\n10 b>p 200/OPTIONS\n15 p>a 200/OPTIONS fwd\n",
	    "0 a>p OPTIONS\n5 p>b OPTIONS fwd | Record-Route: "
	    "<sip:192.0.2.3;lr>\n10 b>p 200/OPTIONS\n15 p>a 200/OPTIONS fwd\n",
	    false, NULL },
	{ "proxy-loop",
	    "0 a>p OPTIONS\n5 p>p OPTIONS fwd\n9 p>p OPTIONS fwd | "
	    "Max-Forwards: 68\n",
	    "0 a>p OPTIONS\n5 p>b OPTIONS fwd\n"
	    "10 b>p 200/OPTIONS\n15 p>a 200/OPTIONS fwd\n",
	    false, NULL },
	{ "register-uri",
	    "0 a>r REGISTER uri=sip:a@r.example\n10 r>a 200/REGISTER\n",
	    REGISTERED, false, NULL },
	{ "register-cseq",
	    REGISTERED "1000 a>r REGISTER\n1010 r>a 200/REGISTER\n",
	    REGISTERED "1000 a>r REGISTER cs=2\n1010 r>a 200/REGISTER\n", false,
	    NULL },
	{ "register-star", "0 a>r REGISTER | Contact: *\n10 r>a 400/REGISTER\n",
	    "0 a>r REGISTER | Contact: * | Expires: 0\n"
	    "10 r>a 200/REGISTER | -Contact\n",
	    false, NULL },
	{ "register-listed",
	    "0 a>r REGISTER\n10 r>a 200/REGISTER | Contact: "
	    "<sip:a@192.0.2.1>\n",
	    REGISTERED, false, NULL },
	{ "register-ok", "0 a>r REGISTER\n10 r>a 200/REGISTER | -Contact\n",
	    REGISTERED, false, NULL },
	{ "register-shorter",
	    "0 a>r REGISTER\n10 r>a 200/REGISTER | Contact: "
	    "<sip:a@192.0.2.1>;expires=61\n",
	    REGISTERED, false, NULL },

	/* events */
	{ "subscribe-accept",
	    "0 a>b SUBSCRIBE\n10 b>a 200/SUBSCRIBE | -Expires\n"
	    "20 b>a NOTIFY in\n30 a>b 200/NOTIFY\n",
	    SUBSCRIBED, false, NULL },
	{ "subscribe-shorter",
	    "0 a>b SUBSCRIBE\n10 b>a 200/SUBSCRIBE | Expires: 61\n"
	    "20 b>a NOTIFY in\n30 a>b 200/NOTIFY\n",
	    SUBSCRIBED, true, NULL },
	{ "notify-subscribed",
	    "0 a>b SUBSCRIBE\n10 b>a 200/SUBSCRIBE\n"
	    "20 b>a NOTIFY in | Event: dialog\n30 a>b 481/NOTIFY\n",
	    SUBSCRIBED, true, NULL },
	{ "notify-subscribed",
	    "0 a>b SUBSCRIBE | Event: presence;id=1\n10 b>a 200/SUBSCRIBE\n"
	    "20 b>a NOTIFY in\n30 a>b 481/NOTIFY\n",
	    "0 a>b REFER\n10 b>a 202/REFER\n"
	    "20 b>a NOTIFY in | Event: refer;id=1 | Subscription-State: "
	    "active;expires=60\n30 a>b 200/NOTIFY\n",
	    false, NULL },
	{ "publish-shorter", "0 a>b PUBLISH\n1 b>a 200/PUBLISH | Expires: 61\n",
	    "0 a>b PUBLISH\n1 b>a 200/PUBLISH\n", true, NULL },
	{ "notify-at-once",
	    "0 a>b SUBSCRIBE\n10 b>a 200/SUBSCRIBE\n60000 end\n",
	    SUBSCRIBED "60000 end\n", false, NULL },
	/* In a capture another message shows that all would come here. */
	{ "notify-at-once",
	    "0 a>b SUBSCRIBE\n10 b>a 200/SUBSCRIBE\n"
	    "50000 b>a OPTIONS c=c9\n50010 a>b 200/OPTIONS c=c9\n",
	    SUBSCRIBED "60000 end\n", true, NULL },
	{ "publish-accept", "0 a>b PUBLISH\n1 b>a 200/PUBLISH | -SIP-ETag\n",
	    "0 a>b PUBLISH\n1 b>a 200/PUBLISH\n", false, NULL },

	/* security */
	{ "auth-401", "0 a>r REGISTER\n10 r>a 401/REGISTER\n", CHALLENGED,
	    false, NULL },
	{ "auth-407", "0 a>r REGISTER\n10 r>a 407/REGISTER\n",
	    "0 a>r REGISTER\n10 r>a 407/REGISTER | Proxy-Authenticate: " DIGEST
	    "\n",
	    false, NULL },
	{ "auth-scheme",
	    "0 a>r REGISTER | Authorization: Basic YTpi\n"
	    "10 r>a 200/REGISTER\n",
	    CHALLENGED, false, NULL },
	{ "digest-algorithm",
	    "0 a>r REGISTER\n10 r>a 401/REGISTER | WWW-Authenticate: Digest "
	    "realm=\"x\", nonce=\"n\", qop=\"auth\"\n",
	    CHALLENGED, false, NULL },
	{ "digest-qop",
	    "0 a>r REGISTER\n10 r>a 401/REGISTER | WWW-Authenticate: Digest "
	    "realm=\"x\", nonce=\"n\", algorithm=SHA-256\n",
	    CHALLENGED, false, NULL },
	{ "digest-qop-answer",
	    CHALLENGED "20 a>r REGISTER cs=2 | " ANSWER(
		"algorithm=SHA-256") "\n30 r>a 200/REGISTER\n",
	    CHALLENGED
	    "20 a>r REGISTER cs=2 | " ANSWER(FIRST) "\n30 r>a 200/REGISTER\n",
	    true, NULL },
	{ "attack-scan",
	    SCANS("10") SCANS("11") SCANS("12") SCANS("13") SCANS("14")
		SCANS("15") SCANS("16") SCANS("17") SCANS("18") SCANS("19"),
	    SCANS("10") SCANS("11") SCANS("12") SCANS("13") SCANS("14")
		SCANS("15") SCANS("16") SCANS("17") SCANS("18"),
	    false, NULL },
	{ "attack-prefix",
	    DIALS("1") DIALS("2") DIALS("3") DIALS("4") DIALS("5"),
	    DIALS("1") DIALS("2") DIALS("3") DIALS("4"), false, NULL },
	{ "attack-guess",
	    CHALLENGED GUESSES("10", "2", "n1", "n2")
		GUESSES("20", "3", "n2", "n3") GUESSES("30", "4", "n3", "n4")
		    GUESSES("40", "5", "n4", "n5"),
	    CHALLENGED GUESSES("10", "2", "n1", "n2")
		GUESSES("20", "3", "n2", "n3") GUESSES("30", "4", "n3", "n4")
		    GUESS_AS("40", "5", "n3", "30", "n5")
			GUESS_AS("50", "6", "n3", "30", "n6"),
	    false, NULL },
	{ "attack-flood",
	    LEAVES_5("1") LEAVES_5("2") LEAVES_5("3") LEAVES_5(
		"4") "8000 b>a OPTIONS c=z9\n8010 a>b 200/OPTIONS c=z9\n",
	    LEAVES_5("1") LEAVES_5("2") LEAVES_5(
		"3") "8000 b>a OPTIONS c=z9\n8010 a>b 200/OPTIONS c=z9\n",
	    false, NULL },
	{ "attack-takeover",
	    "0 b>r REGISTER\n5 r>b 200/REGISTER\n"
	    "10 c>r REGISTER c=c2" FOR_B "\n15 r>c 200/REGISTER c=c2\n"
	    "20 c>r REGISTER c=c2 cs=2" FOR_B
	    " | Contact: <sip:b@192.0.2.2>;expires=0\n"
	    "25 r>c 200/REGISTER c=c2\n",
	    "0 b>r REGISTER\n5 r>b 200/REGISTER\n"
	    "10 c>r REGISTER c=c2" FOR_B "\n15 r>c 200/REGISTER c=c2\n"
	    "20 b>r REGISTER cs=2 | Contact: <sip:b@192.0.2.2>;expires=0\n"
	    "25 r>b 200/REGISTER\n",
	    false, NULL },
	{ "attack-bye",
	    CALL "5000 c>b BYE in cs=9 | From: <sip:a@b.example>;tag=ta\n"
		 "5010 b>c 200/BYE\n"
		 "9000 a>b BYE in cs=2\n9010 b>a 481/BYE\n",
	    CLEAN, false, NULL },
	{ "digest-nonce",
	    CHALLENGED "20 c>r REGISTER c=c2\n"
		       "30 r>c 401/REGISTER c=c2 | WWW-Authenticate: " DIGEST
		       "\n",
	    CHALLENGED, false, NULL },
	{ "digest-count",
	    CHALLENGED "20 a>r REGISTER cs=2 | " ANSWER(
		FIRST) "\n30 r>a 200/REGISTER\n"
		       "40 a>r REGISTER cs=3 | Authorization: Digest "
		       "username=\"a\", "
		       "realm=\"x\", nonce=\"n1\", uri=\"sip:r.example\", "
		       "response=\"" R64 "\", opaque=\"o1\", " SHA FIRST
		       "\n50 r>a 200/REGISTER\n",
	    CHALLENGED
	    "20 a>r REGISTER cs=2 | " ANSWER(FIRST) "\n30 r>a 200/REGISTER\n",
	    false, NULL },
	{ "digest-opaque",
	    CHALLENGED "20 a>r REGISTER cs=2 | Authorization: Digest "
		       "username=\"a\", realm=\"x\", nonce=\"n1\", "
		       "uri=\"sip:r.example\", response=\"" R64 "\", " SHA FIRST
		       "\n30 r>a 200/REGISTER\n",
	    CHALLENGED
	    "20 a>r REGISTER cs=2 | " ANSWER(FIRST) "\n30 r>a 200/REGISTER\n",
	    false, NULL },
	{ "auth-uri",
	    CHALLENGED "20 a>r REGISTER cs=2 | Authorization: Digest "
		       "username=\"a\", realm=\"x\", nonce=\"n1\", "
		       "uri=\"sip:else.example\", response=\"" R64 "\", "
		       "opaque=\"o1\", " SHA FIRST "\n30 r>a 200/REGISTER\n",
	    CHALLENGED
	    "20 a>r REGISTER cs=2 | " ANSWER(FIRST) "\n30 r>a 200/REGISTER\n",
	    false, NULL },
	{ "auth-replay",
	    CHALLENGED "20 a>r REGISTER cs=2 | " ANSWER(
		FIRST) "\n30 r>a 200/REGISTER\n"
		       "40 c>r REGISTER c=c2 | " ANSWER(
			   FIRST) "\n"
				  "50 r>c 200/REGISTER c=c2\n",
	    CHALLENGED
	    "20 a>r REGISTER cs=2 | " ANSWER(FIRST) "\n30 r>a 200/REGISTER\n",
	    false, NULL },
	{ "uri-password",
	    "0 a>b OPTIONS uri=sip:b:secret@b.example\n1 b>a 200/OPTIONS\n",
	    CLEAN, false, NULL },
	{ "uac-tls", "0 a>b OPTIONS uri=sips:b@b.example\n1 b>a 200/OPTIONS\n",
	    NULL, false, NULL },
	{ "via-own-address",
	    "0 a>b OPTIONS | Via: SIP/2.0/UDP 10.1.1.1;branch=z9hG4bK0\n"
	    "1 b>a 200/OPTIONS | Via: SIP/2.0/UDP "
	    "10.1.1.1;branch=z9hG4bK0;received=192.0.2.1\n",
	    CLEAN, false, NULL },
	{ "plain-keys",
	    "0 a>b INVITE | =INVITE sip:b@b.example SIP/2.0^Via: SIP/2.0/UDP "
	    "192.0.2.1;branch=z9hG4bK0^Max-Forwards: 70^From: "
	    "<sip:a@b.example>;tag=ta^To: <sip:b@b.example>^Call-ID: "
	    "c1^CSeq: 1 INVITE^Contact: <sip:a@192.0.2.1>^Content-Type: "
	    "application/sdp^^v=0^o=- 1 1 IN IP4 192.0.2.1^s=-^c=IN IP4 "
	    "192.0.2.1^t=0 0^m=audio 4000 RTP/SAVP 0^a=crypto:1 "
	    "AES_CM_128_HMAC_SHA1_80 "
	    "inline:WnD7c1ksDGs+dIefCEo8omPg4uO8DYIinNGL5yxQ^\n"
	    "10 b>a 488/INVITE\n"
	    "20 a>b ACK in br=z9hG4bK0 uri=sip:b@b.example\n",
	    NULL, false, NULL },
	/* service */
	{ "dns-give-up", SPEAK QUERY("2 a>r") LATER,
	    SPEAK QUERY("2 a>r") ANSWERS("10 r>a"), false, NULL },
	{ "dns-slow", SPEAK QUERY("2 a>r") ANSWERS("1500 r>a"),
	    SPEAK QUERY("2 a>r") ANSWERS("900 r>a"), false, NULL },
	{ "dns-not-asked", SPEAK QUERY("2 a>r") ANOTHER("10 r>a"),
	    SPEAK QUERY("2 a>r") ANSWERS("10 r>a"), false, NULL },
	{ "dns-nothing",
	    "0 a>p INVITE sdp=1\n1 p>a 100/INVITE\n" QUERY("5 p>r")
		NO_NAME("10 r>p") "15 p>a 480/INVITE\n16 a>p ACK in "
				  "br=z9hG4bK0 uri=sip:b@b.example\n",
	    NULL, false, NULL },
	/* where requests go */
	{ "dns-numeric",
	    SPEAK LOOKS_UP_AT(
		"2", DNS_SRV, SRV_UDP("0331393201300132013200"), "000", ""),
	    TWO_SERVE "6 a>d OPTIONS\n7 d>a 200/OPTIONS\n", false, NULL },
	{ "dns-port-given", B_ALONE PORT_GIVEN(":5080"),
	    LOOKS_UP(DNS_A, B_NAME, "001", A(B_NAME, "02")) PORT_GIVEN(":5060"),
	    false, NULL },
	/* Somebody else is told of a server; a goes by the name's address. */
	{ "dns-addresses",
	    "0 c>b OPTIONS c=c8 uri=sip:b@192.0.2.2\n1 b>c 200/OPTIONS "
	    "c=c8\n" ASKS("1 c>r", DNS_SRV, SRV_UDP(B_NAME)) SAYS(
		"1 r>c", DNS_SRV, SRV_UDP(B_NAME), "001", SRV("000a", S_NAME))
		ASKS("1 c>r", DNS_A, S_NAME) SAYS("1 r>c", DNS_A, S_NAME, "001",
		    A(S_NAME, "06")) LOOKS_UP_AT("1", DNS_A, B_NAME, "001",
		    A(B_NAME, "02")) "10 a>b OPTIONS\n11 b>a 200/OPTIONS\n",
	    LOOKS_UP(DNS_SRV, SRV_UDP(B_NAME), "000", "")
		LOOKS_UP(DNS_A, B_NAME, "001",
		    A(B_NAME, "02")) "10 a>b OPTIONS\n11 b>a 200/OPTIONS\n",
	    false, NULL },
	{ "dns-naptr",
	    LOOKS_UP(DNS_NAPTR, B_NAME, "002",
		NAPTR("0014", "54", SRV_TCP(B_NAME))
		    NAPTR("000a", "55", SRV_UDP(B_NAME))) B_ALONE
	    "6 a>b OPTIONS c=c8\n7 b>a 200/OPTIONS c=c8\n"
	    "10 a>c OPTIONS tcp\n11 c>a 200/OPTIONS tcp\n",
	    LOOKS_UP(DNS_NAPTR, B_NAME, "002",
		NAPTR("0014", "54", SRV_TCP(B_NAME))
		    NAPTR("000a", "55", SRV_UDP(B_NAME))) B_ALONE
	    "6 a>b OPTIONS c=c8\n7 b>a 200/OPTIONS c=c8\n",
	    false, NULL },
	{ "dns-srv",
	    TWO_SERVE "6 a>d OPTIONS c=c8\n7 d>a 200/OPTIONS c=c8\n"
		      "10 a>b OPTIONS\n11 b>a 200/OPTIONS\n",
	    TWO_SERVE "6 a>d OPTIONS c=c8\n7 d>a 503/OPTIONS c=c8\n"
		      "10 a>d OPTIONS\n11 d>a 200/OPTIONS\n",
	    false, NULL },
	{ "dns-place", B_ALONE "10 a>c OPTIONS\n11 c>a 200/OPTIONS\n",
	    B_ALONE "10 a>b OPTIONS\n11 b>a 200/OPTIONS\n", false, NULL },
	/* Its server is at port 5080. */
	{ "dns-place",
	    LOOKS_UP(DNS_SRV, SRV_UDP(B_NAME), "001",
		SRV_AT("000a", "13d8", T_NAME)) LOOKS_UP(DNS_A, T_NAME, "001",
		A(T_NAME, "02")) "10 a>b OPTIONS\n11 b>a 200/OPTIONS\n",
	    B_ALONE "10 a>b OPTIONS\n11 b>a 200/OPTIONS\n", false, NULL },
	/* The last server has failed, and it goes to another host. */
	{ "dns-place",
	    TWO_SERVE "10 a>d OPTIONS\n20 d>a 503/OPTIONS\n30 a>b OPTIONS\n"
		      "40 b>a 503/OPTIONS\n50 a>c OPTIONS\n"
		      "60 c>a 200/OPTIONS\n",
	    TWO_SERVE "10 a>d OPTIONS\n20 d>a 503/OPTIONS\n30 a>b OPTIONS\n"
		      "40 b>a 503/OPTIONS\n",
	    false, NULL },
	{ "uac-failover", TWO_SERVE D_FAILS "60000 end\n",
	    TWO_SERVE "10 a>d OPTIONS\n20 d>a 503/OPTIONS\n30 a>b OPTIONS | "
		      "To: <sip:d@b.example>\n40 b>a 200/OPTIONS\n",
	    false, NULL },
	{ "uac-failover",
	    TWO_SERVE "10 a>d OPTIONS\n20 d>a 503/OPTIONS\n30 a>d OPTIONS\n"
		      "40 d>a 200/OPTIONS\n",
	    NULL, false, NULL },
	{ "dns-once",
	    "0 a>b OPTIONS\n400 a>c OPTIONS br=z9hG4bK0\n410 c>a "
	    "200/OPTIONS\n",
	    NULL, false, NULL },
	{ "ack-place",
	    REFUSED "20 a>c ACK in br=z9hG4bK0 uri=sip:b@b.example | To: "
		    "<sip:b@b.example>;tag=tb\n",
	    REFUSED "20 a>b ACK in br=z9hG4bK0 uri=sip:b@b.example\n", false,
	    NULL },
	{ "cancel-place",
	    RING "30 a>c CANCEL br=z9hG4bK0 uri=sip:b@b.example | "
		 "To: <sip:b@b.example>\n",
	    RING "30 a>b CANCEL br=z9hG4bK0 uri=sip:b@b.example\n"
		 "31 b>a 200/CANCEL\n32 b>a 487/INVITE\n33 a>b ACK in "
		 "br=z9hG4bK0 uri=sip:b@b.example\n",
	    false, NULL },
	{ "keepalive-flow", FLOW "30000 a>b other crlf ping | 0d0a0d0a\n",
	    FLOW "30000 a>r other crlf ping | 0d0a0d0a\n", false, NULL },
	{ "stun-silent", SPEAK STUN_ASKS("2 a>r") LATER,
	    SPEAK STUN_ASKS("2 a>r") STUN_SAYS("10 r>a", "e112a643"), false,
	    NULL },
	/* The first answer is lost, and a check of ICE remains without one. */
	{ "stun-silent", SPEAK STUN_ASKS("2 a>r") LATER,
	    SPEAK STUN_ASKS(
		"2 a>r") "3 r>a other stun lost response | "
			 "01010000" STUN_ID "\n" STUN_ASKS("502 a>r")
			     STUN_SAYS("510 r>a",
				 "e112a643") "600 a>r other stun Binding "
					     "request | 00010008"
					     "2112a4426162636465666768696a6b6d0"
					     "02400046e7f00ff\n" LATER,
	    false, NULL },
	{ "stun-contact",
	    SPEAK STUN_ASKS("2 a>r") STUN_SAYS(
		"3 r>a", "e721c045") "4 a>r REGISTER\n5 r>a 200/REGISTER\n",
	    SPEAK STUN_ASKS("2 a>r") STUN_SAYS(
		"3 r>a", "e112a643") "4 a>r REGISTER\n5 r>a 200/REGISTER\n",
	    false, NULL },
	{ "tls-alert", TLS_SAYS("0 a>b", "Alert bad_certificate"),
	    TLS_SAYS("0 a>b", "Alert close_notify"), false, NULL },
	{ "websocket-close", SPEAK CLOSES("1002", "03ea"),
	    SPEAK CLOSES("1000", "03e8"), false, NULL },
	{ "websocket-frame", SPEAK CLOSES("1000", "03e8") "4 b unmasked\n",
	    NULL, false, NULL },
	{ "media-heard",
	    CALL A_FLOWS("") B_FLOWS("2", "reason=no-socket")
		A_STOPS("8", "340", ""),
	    CALL A_FLOWS("") B_SPEAKS A_STOPS("8", "340", ""), false, NULL },
	{ "media-private",
	    "0 a>b INVITE sdp=1 at=10.0.0.7\n10 b>a 200/INVITE sdp=1\n20 a>b "
	    "ACK in\n1200 b media op=flow ssrc=2 peer=10.0.0.7:40000\n",
	    CALL B_SPEAKS, false, NULL },
	{ "media-event", CALL TALK("") DIGIT("*"),
	    CALL A_FLOWS("") DIGIT("#") "1510 b media op=digit ssrc=1 "
					"way=events digit=#\n",
	    false, NULL },
	{ "media-place", CALL A_FLOWS("asked=192.0.2.2:40002"), CALL A_SPEAKS,
	    false, NULL },
	{ "media-types", CALL A_FLOWS("pt=0 formats=8,101"), CALL A_SPEAKS,
	    false, NULL },
	{ "media-ptime",
	    ASKED TALK("") A_STOPS("8", "340", "reports=1 ptime=20000000"),
	    ASKED TALK("") A_STOPS("8", "340", "reports=1 ptime=30000000"),
	    false, NULL },
	{ "media-held", CALL TALK("") HELD A_STOPS("8", "340", ""),
	    CALL TALK("") HELD A_STOPS("4", "145", ""), false, NULL },
	{ "media-silence", CALL TALK("sound=silence") A_STOPS("8", "340", ""),
	    CALL A_SPEAKS, false, NULL },
	{ "media-secret", CALL TALK("") A_SENDS("57800"),
	    CALL TALK("") A_SENDS("54400"), false, NULL },
	{ "media-base", CALL TALK("") A_STOPS("8", "340", "reports=1 bases=2"),
	    CALL TALK("") A_STOPS("8", "340", "reports=1"), false, NULL },
	{ "media-skew",
	    CALL TALK("") A_STOPS("8", "340", "reports=1 skew=3000"),
	    CALL TALK("") A_STOPS("8", "340", "reports=1 skew=100"), false,
	    NULL },
	{ "media-ssrc", CALL A_FLOWS("") B_FLOWS("1", ""), CALL A_SPEAKS, false,
	    NULL },
	{ "media-fax", FAX_TAKEN, NULL, false, NULL },
	{ "media-fax-flow", FAX_TAKEN FAX_FLOWS("1", "a", "192.0.2.2:5000"),
	    FAX_TAKEN FAX_FLOWS("1", "a", "192.0.2.2:5000")
		FAX_FLOWS("2", "b", "192.0.2.1:4000"),
	    false, NULL },
	{ "media-unreported", CALL TALK("") A_STOPS("20", "900", "reports=0"),
	    CALL TALK("") A_STOPS("20", "900", "reports=3"), false, NULL },

	/* GB/T 28181, 3GPP */
	{ "gb-profile", BEAT("0", "k", "200"), NULL, false, NULL },
	{ "ims-profile",
	    "0 a>r REGISTER | P-Access-Network-Info: 3GPP-E-UTRAN-FDD\n"
	    "10 r>a 200/REGISTER\n",
	    NULL, false, NULL },
	{ "gb-body",
	    GB_SAYS("0", "k", "<Notify><CmdType>") GB_TAKEN("10", "k", "400"),
	    BEAT("0", "k", "200"), false, "gb-body gb-profile" },
	{ "gb-owner", GB_ANSWERS(GB_CATALOG("1", "")),
	    GB_ANSWERS(GB_CATALOG("1", "<Owner>0</Owner>")), false,
	    "gb-owner gb-profile" },
	{ "gb-answered", GB_QUERY("DeviceInfo") LATER,
	    GB_QUERY("DeviceInfo") GB_ANSWERS("<Response>" GB_HEAD(
		"DeviceInfo") "<Result>OK</Result></Response>"),
	    false, "gb-answered gb-profile" },
	{ "gb-answered", GB_GUARD LATER,
	    GB_GUARD GB_ANSWERS("<Response>" GB_HEAD(
		"DeviceControl") "<Result>OK</Result></Response>"),
	    false, "gb-answered gb-profile" },
	{ "gb-sum",
	    GB_QUERY("Catalog") GB_ANSWERS(GB_CATALOG("2", "<Owner>0</Owner>"))
		LATER,
	    GB_QUERY("Catalog") GB_ANSWERS(GB_CATALOG("1", "<Owner>0</Owner>")),
	    false, "gb-sum gb-profile" },
	{ "gb-beat",
	    BEAT("0", "k", "200") BEAT("60", "l", "200") BEAT("120", "m", "200")
		BEAT("300", "n", "200"),
	    BEAT("0", "k", "200") BEAT("60", "l", "200") BEAT("120", "m", "200")
		BEAT("180", "n", "200"),
	    false, "gb-beat gb-profile" },
	{ "gb-beat-taken", GB_REGISTERS("0", "g") BEAT("20", "k", "403"),
	    GB_REGISTERS("0", "g") BEAT("20", "k", "200"), false,
	    "gb-beat-taken gb-profile" },
	{ "gb-beat-anew",
	    BEAT("0", "k", "403") BEAT("60", "l", "403") BEAT("120", "m", "403")
		BEAT("180", "n", "403"),
	    BEAT("0", "k", "403") GB_REGISTERS("30", "g")
		BEAT("60", "l", "200"),
	    false, "gb-beat-anew gb-profile" },
	{ "gb-reached",
	    BEAT("0", "k", "200") GB_ASKS("40000", "i", "INVITE lost",
		"") "40500 b>a again INVITE lost\n41500 b>a again INVITE lost\n"
		    "43500 b>a again INVITE lost\n47500 b>a again INVITE lost\n"
		    "55500 b>a again INVITE lost\n71500 b>a again INVITE "
		    "lost\n" BEAT("120", "l", "200"),
	    BEAT("0", "k", "200") GB_ASKS("40000", "i", "OPTIONS",
		"") "40010 a>b 200/OPTIONS c=i\n" BEAT("60", "l", "200"),
	    false, "gb-reached gb-profile" },
	{ "gb-media-end", PLAYED SENDER_ENDS,
	    PLAYED GB_SAYS("8000", "e",
		"<Notify>" GB_HEAD("MediaStatus") "<NotifyType>121"
						  "</NotifyType></Notify>")
		GB_TAKEN("8010", "e", "200") SENDER_ENDS,
	    false, NULL },
	{ "gb-ssrc-one",
	    VIEWS("", "a", "v", CHANNEL, LIVE("0106000001"))
		VIEWED("", "a", "v", LIVE("0106000001"))
		    VIEWS("1", "c", "w", CHANNEL2, LIVE("0106000001"))
			VIEWED("1", "c", "w", LIVE("0106000001")),
	    VIEWS("", "a", "v", CHANNEL, LIVE("0106000001"))
		VIEWED("", "a", "v", LIVE("0106000001"))
		    VIEWS("1", "c", "w", CHANNEL2, LIVE("0106000002"))
			VIEWED("1", "c", "w", LIVE("0106000002")),
	    false, NULL },
	{ "gb-ssrc-kind",
	    VIEWS("", "a", "v", CHANNEL,
		GB_SDP("Playback", SPAN, "192.0.2.2", "0106000001")) NO_VIEW,
	    VIEWS("", "a", "v", CHANNEL,
		GB_SDP("Playback", SPAN, "192.0.2.2", "1106000001")) NO_VIEW,
	    false, NULL },
	{ "gb-ssrc-kind", VIEWS("", "a", "v", CHANNEL, LIVE("630886")) NO_VIEW,
	    VIEWS("", "a", "v", CHANNEL, LIVE("0106000001")) NO_VIEW, false,
	    NULL },
	{ "gb-time",
	    VIEWS("", "a", "v", CHANNEL,
		GB_SDP("Playback", SPAN, "192.0.2.2", "1106000001"))
		VIEWED("", "a", "v",
		    GB_SDP("x", "1772438400 1772438430", "192.0.2.1",
			"1106000001")),
	    PLAYED, false, "offer-answer gb-time" },
	{ "gb-time",
	    GB_RECORD("2026-03-02T00:00:00") VIEWS("", "a", "v", CHANNEL,
		GB_SDP("Playback", SPAN, "192.0.2.2", "1106000001")) NO_VIEW,
	    GB_RECORD("2026-03-02T08:00:00") VIEWS("", "a", "v", CHANNEL,
		GB_SDP("Playback", SPAN, "192.0.2.2", "1106000001")) NO_VIEW,
	    false, "gb-time gb-profile" },
	{ "gb-address",
	    VIEWS("", "a", "v", CHANNEL,
		GB_SDP("Play", "0 0", "10.0.0.20", "0106000001")) NO_VIEW,
	    VIEWS("", "a", "v", CHANNEL, LIVE("0106000001")) NO_VIEW, false,
	    NULL },
	{ "gb-port",
	    VIEWS("", "a", "v", CHANNEL, LIVE("0106000001")) VIEWED("", "a",
		"v", LIVE("0106000001")) GB_HEARD("15060") GB_HEARD("15062"),
	    VIEWS("", "a", "v", CHANNEL, LIVE("0106000001")) VIEWED("", "a",
		"v", LIVE("0106000001")) GB_HEARD("15060") GB_HEARD("15060"),
	    false, NULL },
};

#define NSCENES (sizeof(scenes) / sizeof(scenes[0]))

#endif
