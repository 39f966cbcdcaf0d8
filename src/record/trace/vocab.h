/*
 * The trace's vocabulary: the agreement of its writers and its readers.  Each
 * list is one table; the enum, the names in the file, the help and the
 * sentences come from it.
 */
#ifndef TRACE_VOCAB_H
#define TRACE_VOCAB_H

#include <stdint.h>

#include "base/i18n.h"
#include "base/str.h"

/* What virtual time 0 is where something wants a date and the topology has
 * none: 2020-01-01 00:00 UTC, in seconds since 1970. */
#define TRACE_EPOCH_S INT64_C(1577836800)

/* How much a trace holds; each level adds kinds to the one before. */
enum trace_detail {
	TRACE_MESSAGES,
	TRACE_PROTOCOL,
	TRACE_NETWORK,
};

/* X(ID, name in the file, least detail, what it tells) */
#define TRACE_KINDS(X)                                                         \
	X(ACT, "act", MESSAGES, N_("a person, script or setting acts"))        \
	X(SEND, "send", MESSAGES, N_("a message is sent"))                     \
	X(RECV, "recv", MESSAGES, N_("a message arrives"))                     \
	X(PACKET, "packet", NETWORK, N_("a packet crosses one link"))          \
	X(DROP, "drop", MESSAGES, N_("a message is lost"))                     \
	X(TIMER, "timer", PROTOCOL, N_("a timer is set, fires or is stopped")) \
	X(FSM, "fsm", PROTOCOL, N_("a state machine takes a step"))            \
	X(DIALOG, "dialog", PROTOCOL, N_("a dialog changes its state"))        \
	X(CALL, "call", MESSAGES, N_("a call changes its state"))              \
	X(BINDING, "binding", PROTOCOL,                                        \
	    N_("a registration's binding changes"))                            \
	X(NAT, "nat", PROTOCOL,                                                \
	    N_("a NAT's mapping changes, or a packet can't pass it"))          \
	X(LOOKUP, "lookup", PROTOCOL,                                          \
	    N_("the location of an address-of-record is looked up"))           \
	X(ROUTE, "route", PROTOCOL, N_("the next hop is chosen"))              \
	X(AUTH, "auth", PROTOCOL, N_("credentials are asked for or checked"))  \
	X(MEDIA, "media", PROTOCOL, N_("media are agreed, flow or stop"))      \
	X(FAULT, "fault", MESSAGES, N_("a fault strikes"))                     \
	X(BAD, "bad", MESSAGES, N_("input is rejected"))                       \
	X(BOARD, "board", PROTOCOL, N_("the handset's board does something"))  \
	X(NOTE, "note", MESSAGES, N_("a remark"))                              \
	X(END, "end", MESSAGES, N_("the run ends"))

enum trace_kind {
#define X(id, name, detail, text) TRACE_##id,
	TRACE_KINDS(X)
#undef X
	    TRACE_KIND_COUNT
};

const char *trace_kind_name(enum trace_kind kind);
const char *trace_kind_text(enum trace_kind kind); /* in the user's language */
enum trace_detail trace_kind_detail(enum trace_kind kind);
/* TRACE_KIND_COUNT where there is no such kind. */
enum trace_kind trace_kind_find(struct str name);

const char *trace_detail_name(enum trace_detail detail);
/* 0 or ERR_NOTFOUND. */
int trace_detail_find(struct str name, enum trace_detail *detail);

/* X(ID, name in the file, what happened) */
#define TRACE_DROPS(X)                                                         \
	X(LOSS, "loss", N_("lost on the link"))                                \
	X(QUEUE, "queue", N_("the link's queue was full"))                     \
	X(LINK_DOWN, "link-down", N_("the link was down"))                     \
	X(HOST_DOWN, "host-down", N_("the host was down"))                     \
	X(NO_PATH, "no-path", N_("there is no path"))                          \
	X(NO_FAMILY, "no-family",                                              \
	    N_("the sender has no address of that family"))                    \
	X(NO_HOST, "no-host", N_("nobody has that address"))                   \
	X(NO_SOCKET, "no-socket", N_("nobody listens on that port"))           \
	X(TOO_BIG, "too-big", N_("too large for the link"))                    \
	X(FRAGMENT, "fragment", N_("a fragment was missing"))                  \
	X(FAULT, "fault", N_("dropped by a fault"))                            \
	X(NO_CONNECTION, "no-connection",                                      \
	    N_("there was no connection for it"))                              \
	X(TORN, "torn", N_("the connection broke during it"))                  \
	X(OVERRUN, "overrun", N_("the receiver had no room for it"))           \
	X(REFUSED, "refused", N_("rejected by the receiver"))                  \
	X(UNMATCHED, "unmatched", N_("nothing here waits for it"))             \
	X(PRIVATE, "private", N_("no route to that private address"))          \
	X(NO_BINDING, "no-binding", N_("the NAT had no mapping for it"))       \
	X(FILTERED, "filtered", N_("the NAT's filter did not let it in"))      \
	X(NAT_FULL, "nat-full", N_("the NAT had no room for another mapping")) \
	X(NO_HAIRPIN, "no-hairpin",                                            \
	    N_("the NAT does not send packets back to its internal side"))     \
	X(UNSEEN, "unseen", N_("not seen at its receiver"))                    \
	X(GLARE, "glare",                                                      \
	    N_("both sides have seized this circuit, and one of them "         \
	       "controls it: its call stays, the other side's call takes "     \
	       "another circuit (Q.764 2.9.1.4)"))

enum trace_drop {
#define X(id, name, text) TRACE_DROP_##id,
	TRACE_DROPS(X)
#undef X
	    TRACE_DROP_COUNT
};

const char *trace_drop_name(enum trace_drop reason);
const char *trace_drop_text(enum trace_drop reason);
enum trace_drop trace_drop_find(struct str name); /* COUNT: none */

/* X(ID, name in the file, sentence): why a node ignores the `at` of a bad
 * record.  (Faults of messages themselves are a table of msg/message.h.) */
#define TRACE_REFUSALS(X)                                                      \
	X(TRIED, "tried", N_("it was tried already"))                          \
	X(NO_URI, "no-sip-uri", N_("it is not a SIP URI"))                     \
	X(TLS, "tls",                                                          \
	    N_("it requires TLS on the whole path, which is not available"))   \
	X(CROWD, "too-many-targets", N_("there are too many targets already")) \
	X(NO_ADDRESS, "no-address", N_("no address is known for it"))          \
	X(NO_REGISTRAR, "no-registrar",                                        \
	    N_("no registrar is known for its domain"))                        \
	X(ATTEMPTS, "too-many-attempts", N_("it was tried too often"))         \
	X(EARLY, "too-many-early-dialogs",                                     \
	    N_("there are too many early dialogs already"))                    \
	X(RTP, "rtp", N_("it is not an RTP packet"))                           \
	X(RTP_PAYLOAD, "rtp-payload", N_("its payload type was not agreed"))   \
	X(RTP_SSRC, "rtp-ssrc", N_("its SSRC is that of another source"))      \
	X(RTP_SOURCE, "rtp-other-ssrc", N_("its SSRC is not the agreed one"))  \
	X(RTP_CROWD, "rtp-sources", N_("there are too many sources already"))  \
	X(RTP_STRAY, "rtp-stray",                                              \
	    N_("it comes from another address than the agreed one"))           \
	X(RTCP, "rtcp", N_("it is not an RTCP packet"))                        \
	X(SRTP, "srtp", N_("it is not an SRTP packet"))                        \
	X(SRTP_EARLY, "srtp-early", N_("no key for it is agreed yet"))         \
	X(SRTP_TAG, "srtp-tag", N_("its tag matches none of the agreed keys")) \
	X(SRTP_REPLAY, "srtp-replay", N_("it was received before"))            \
	X(KEY, "key", N_("it gives no key for the media"))                     \
	X(HEADERS, "uri-headers",                                              \
	    N_("not all its header fields fit into a request"))                \
	X(CHALLENGE, "challenge", N_("it can't be answered"))                  \
	X(REQUEST, "no-request", N_("it gives no request"))                    \
	X(INTERVAL, "session-interval", N_("it is not a session interval"))    \
	X(NO_STEP, "no-step", N_("the machine has no such step"))              \
	X(DIRECTION, "sdp-direction",                                          \
	    N_("the direction of the stream in the answer does not match the " \
	       "offer"))                                                       \
	X(NO_OFFER, "no-offer", N_("it has no offer, but should contain one")) \
	X(NO_ANSWER, "no-answer", N_("the answer to the offer is missing"))    \
	X(DNS_BYTES, "dns-bytes", N_("it is not a readable DNS answer"))       \
	X(DNS_QUESTION, "dns-question", N_("it is not a readable DNS query"))  \
	X(DNS_UNASKED, "dns-unasked",                                          \
	    N_("nobody has asked for it, or not at that server"))              \
	X(DNS_RING, "dns-ring",                                                \
	    N_("one name is an alias of another without an end"))              \
	X(ISUP, "isup", N_("it is not an ISUP message that is valid here"))    \
	X(STUN, "stun", N_("it is not a STUN message that is valid here"))     \
	X(MEGACO, "megaco",                                                    \
	    N_("it is not an H.248 message that can be executed"))             \
	X(DIAMETER, "diameter",                                                \
	    N_("it is not a Diameter message that is valid here"))             \
	X(CERTIFICATE, "certificate",                                          \
	    N_("the peer's certificate is not valid"))                         \
	X(SECURITY, "security", N_("TLS does not allow this message here"))    \
	X(NO_SIPS, "no-sips",                                                  \
	    N_("it is not a sips URI, and the request may only go to sips "    \
	       "URIs"))                                                        \
	X(WEBSOCKET, "websocket",                                              \
	    N_("WebSocket does not allow this message here"))                  \
	X(NO_CONTACT, "no-contact",                                            \
	    N_("it has no Contact, so it does not say where requests go"))

enum trace_refusal {
#define X(id, name, text) TRACE_REFUSAL_##id,
	TRACE_REFUSALS(X)
#undef X
	    TRACE_REFUSAL_COUNT
};

const char *trace_refusal_name(enum trace_refusal why);
const char *trace_refusal_text(enum trace_refusal why);
enum trace_refusal trace_refusal_find(struct str name); /* COUNT: none */

#endif
