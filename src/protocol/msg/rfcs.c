/* The RFCs' rows and the ways through them. */
#include "msg/rfcs.h"

#include "base/bisect.h"
#include "base/str.h"

#include <stddef.h>

/*
 * The rows of msg/rfcs.h: X(number, title, obsoleted by ...), by number.  A 0
 * says that the RFC is in force; of several successors the one that matters
 * most to SIP stands first.
 */
/* clang-format off */
#define MSG_RFCS(X) \
X(768, "User Datagram Protocol", 0) \
X(791, "Internet Protocol", 0) \
X(793, "Transmission Control Protocol", 9293) \
X(822, "Standard for the Format of ARPA Internet Text Messages", 2822) \
X(1889, "RTP: A Transport Protocol for Real-Time Applications", 3550) \
X(1890, "RTP Profile for Audio and Video Conferences with Minimal Control", 3551) \
X(1918, "Address Allocation for Private Internets", 0) \
X(2045, "Multipurpose Internet Mail Extensions (MIME) Part One: Format of Internet Message Bodies", 0) \
X(2046, "Multipurpose Internet Mail Extensions (MIME) Part Two: Media Types", 0) \
X(2069, "An Extension to HTTP: Digest Access Authentication", 2617) \
X(2246, "The TLS Protocol Version 1.0", 4346) \
X(2326, "Real Time Streaming Protocol (RTSP)", 7826) \
X(2327, "SDP: Session Description Protocol", 4566) \
X(2396, "Uniform Resource Identifiers (URI): Generic Syntax", 3986) \
X(2543, "SIP: Session Initiation Protocol", 3261, 3262, 3263, 3264, 3265) \
X(2616, "Hypertext Transfer Protocol -- HTTP/1.1", 7230, 7231, 7235) \
X(2617, "HTTP Authentication: Basic and Digest Access Authentication", 7616, 7617, 7235, 7615) \
X(2806, "URLs for Telephone Calls", 3966) \
X(2822, "Internet Message Format", 5322) \
X(2833, "RTP Payload for DTMF Digits, Telephony Tones and Telephony Signals", 4733, 4734) \
X(2916, "E.164 number and DNS", 3761) \
X(2976, "The SIP INFO Method", 6086) \
X(3204, "MIME media types for ISUP and QSIG Objects", 0) \
X(3261, "SIP: Session Initiation Protocol", 0) \
X(3262, "Reliability of Provisional Responses in Session Initiation Protocol (SIP)", 0) \
X(3263, "Session Initiation Protocol (SIP): Locating SIP Servers", 0) \
X(3264, "An Offer/Answer Model with Session Description Protocol (SDP)", 0) \
X(3265, "Session Initiation Protocol (SIP)-Specific Event Notification", 6665) \
X(3266, "Support for IPv6 in Session Description Protocol (SDP)", 4566) \
X(3310, "Hypertext Transfer Protocol (HTTP) Digest Authentication Using Authentication and Key Agreement (AKA)", 0) \
X(3311, "The Session Initiation Protocol (SIP) UPDATE Method", 0) \
X(3312, "Integration of Resource Management and Session Initiation Protocol (SIP)", 0) \
X(3313, "Private Session Initiation Protocol (SIP) Extensions for Media Authorization", 0) \
X(3323, "A Privacy Mechanism for the Session Initiation Protocol (SIP)", 0) \
X(3324, "Short Term Requirements for Network Asserted Identity", 0) \
X(3325, "Private Extensions to the Session Initiation Protocol (SIP) for Asserted Identity within Trusted Networks", 0) \
X(3326, "The Reason Header Field for the Session Initiation Protocol (SIP)", 0) \
X(3327, "Session Initiation Protocol (SIP) Extension Header Field for Registering Non-Adjacent Contacts", 0) \
X(3329, "Security Mechanism Agreement for the Session Initiation Protocol (SIP)", 0) \
X(3362, "Real-time Facsimile (T.38) - image/t38 MIME Sub-type Registration", 0) \
X(3372, "Session Initiation Protocol for Telephones (SIP-T): Context and Architectures", 0) \
X(3388, "Grouping of Media Lines in the Session Description Protocol (SDP)", 5888) \
X(3398, "Integrated Services Digital Network (ISDN) User Part (ISUP) to Session Initiation Protocol (SIP) Mapping", 0) \
X(3420, "Internet Media Type message/sipfrag", 0) \
X(3427, "Change Process for the Session Initiation Protocol (SIP)", 5727) \
X(3428, "Session Initiation Protocol (SIP) Extension for Instant Messaging", 0) \
X(3455, "Private Header (P-Header) Extensions to the Session Initiation Protocol (SIP) for the 3rd-Generation Partnership Project (3GPP)", 7315) \
X(3486, "Compressing the Session Initiation Protocol (SIP)", 0) \
X(3489, "STUN - Simple Traversal of User Datagram Protocol (UDP) Through Network Address Translators (NATs)", 5389) \
X(3515, "The Session Initiation Protocol (SIP) Refer Method", 0) \
X(3525, "Gateway Control Protocol Version 1", 5125) \
X(3550, "RTP: A Transport Protocol for Real-Time Applications", 0) \
X(3551, "RTP Profile for Audio and Video Conferences with Minimal Control", 0) \
X(3581, "An Extension to the Session Initiation Protocol (SIP) for Symmetric Response Routing", 0) \
X(3605, "Real Time Control Protocol (RTCP) attribute in Session Description Protocol (SDP)", 0) \
X(3608, "Session Initiation Protocol (SIP) Extension Header Field for Service Route Discovery During Registration", 0) \
X(3665, "Session Initiation Protocol (SIP) Basic Call Flow Examples", 0) \
X(3666, "Session Initiation Protocol (SIP) Public Switched Telephone Network (PSTN) Call Flows", 0) \
X(3680, "A Session Initiation Protocol (SIP) Event Package for Registrations", 0) \
X(3711, "The Secure Real-time Transport Protocol (SRTP)", 0) \
X(3725, "Best Current Practices for Third Party Call Control (3pcc) in the Session Initiation Protocol (SIP)", 0) \
X(3761, "The E.164 to Uniform Resource Identifiers (URI) Dynamic Delegation Discovery System (DDDS) Application (ENUM)", 6116) \
X(3824, "Using E.164 numbers with the Session Initiation Protocol (SIP)", 0) \
X(3840, "Indicating User Agent Capabilities in the Session Initiation Protocol (SIP)", 0) \
X(3841, "Caller Preferences for the Session Initiation Protocol (SIP)", 0) \
X(3842, "A Message Summary and Message Waiting Indication Event Package for the Session Initiation Protocol (SIP)", 0) \
X(3856, "A Presence Event Package for the Session Initiation Protocol (SIP)", 0) \
X(3857, "A Watcher Information Event Template-Package for the Session Initiation Protocol (SIP)", 0) \
X(3863, "Presence Information Data Format (PIDF)", 0) \
X(3891, "The Session Initiation Protocol (SIP) \"Replaces\" Header", 0) \
X(3892, "The Session Initiation Protocol (SIP) Referred-By Mechanism", 0) \
X(3903, "Session Initiation Protocol (SIP) Extension for Event State Publication", 0) \
X(3911, "The Session Initiation Protocol (SIP) \"Join\" Header", 0) \
X(3960, "Early Media and Ringing Tone Generation in the Session Initiation Protocol (SIP)", 0) \
X(3966, "The tel URI for Telephone Numbers", 0) \
X(3986, "Uniform Resource Identifier (URI): Generic Syntax", 0) \
X(4028, "Session Timers in the Session Initiation Protocol (SIP)", 0) \
X(4123, "Session Initiation Protocol (SIP)-H.323 Interworking Requirements", 0) \
X(4145, "TCP-Based Media Transport in the Session Description Protocol (SDP)", 0) \
X(4168, "The Stream Control Transmission Protocol (SCTP) as a Transport for the Session Initiation Protocol (SIP)", 0) \
X(4235, "An INVITE-Initiated Dialog Event Package for the Session Initiation Protocol (SIP)", 0) \
X(4244, "An Extension to the Session Initiation Protocol (SIP) for Request History Information", 7044) \
X(4320, "Actions Addressing Identified Issues with the Session Initiation Protocol's (SIP) Non-INVITE Transaction", 0) \
X(4321, "Problems Identified Associated with the Session Initiation Protocol's (SIP) Non-INVITE Transaction", 0) \
X(4346, "The Transport Layer Security (TLS) Protocol Version 1.1", 5246) \
X(4353, "A Framework for Conferencing with the Session Initiation Protocol (SIP)", 0) \
X(4412, "Communications Resource Priority for the Session Initiation Protocol (SIP)", 0) \
X(4474, "Enhancements for Authenticated Identity Management in the Session Initiation Protocol (SIP)", 8224) \
X(4475, "Session Initiation Protocol (SIP) Torture Test Messages", 0) \
X(4488, "Suppression of Session Initiation Protocol (SIP) REFER Method Implicit Subscription", 0) \
X(4538, "Request Authorization through Dialog Identification in the Session Initiation Protocol (SIP)", 0) \
X(4566, "SDP: Session Description Protocol", 8866) \
X(4568, "Session Description Protocol (SDP) Security Descriptions for Media Streams", 0) \
X(4572, "Connection-Oriented Media Transport over the Transport Layer Security (TLS) Protocol in the Session Description Protocol (SDP)", 8122) \
X(4575, "A Session Initiation Protocol (SIP) Event Package for Conference State", 0) \
X(4579, "Session Initiation Protocol (SIP) Call Control - Conferencing for User Agents", 0) \
X(4585, "Extended RTP Profile for Real-time Transport Control Protocol (RTCP)-Based Feedback (RTP/AVPF)", 0) \
X(4730, "A Session Initiation Protocol (SIP) Event Package for Key Press Stimulus (KPML)", 0) \
X(4733, "RTP Payload for DTMF Digits, Telephony Tones, and Telephony Signals", 0) \
X(4734, "Definition of Events for Modem, Fax, and Text Telephony Signals", 0) \
X(4787, "Network Address Translation (NAT) Behavioral Requirements for Unicast UDP", 0) \
X(4796, "The Session Description Protocol (SDP) Content Attribute", 0) \
X(4916, "Connected Identity in the Session Initiation Protocol (SIP)", 0) \
X(5009, "Private Header (P-Header) Extension to the Session Initiation Protocol (SIP) for Authorization of Early Media", 0) \
X(5057, "Multiple Dialog Usages in the Session Initiation Protocol", 0) \
X(5079, "Rejecting Anonymous Requests in the Session Initiation Protocol (SIP)", 0) \
X(5118, "Session Initiation Protocol (SIP) Torture Test Messages for Internet Protocol Version 6 (IPv6)", 0) \
X(5125, "Reclassification of RFC 3525 to Historic", 0) \
X(5234, "Augmented BNF for Syntax Specifications: ABNF", 0) \
X(5245, "Interactive Connectivity Establishment (ICE): A Protocol for Network Address Translator (NAT) Traversal for Offer/Answer Protocols", 8445, 8839) \
X(5246, "The Transport Layer Security (TLS) Protocol Version 1.2", 8446) \
X(5322, "Internet Message Format", 0) \
X(5359, "Session Initiation Protocol Service Examples", 0) \
X(5360, "A Framework for Consent-Based Communications in the Session Initiation Protocol (SIP)", 0) \
X(5366, "Conference Establishment Using Request-Contained Lists in the Session Initiation Protocol (SIP)", 0) \
X(5373, "Requesting Answering Modes for the Session Initiation Protocol (SIP)", 0) \
X(5382, "NAT Behavioral Requirements for TCP", 0) \
X(5389, "Session Traversal Utilities for NAT (STUN)", 8489) \
X(5393, "Addressing an Amplification Vulnerability in Session Initiation Protocol (SIP) Forking Proxies", 0) \
X(5407, "Example Call Flows of Race Conditions in the Session Initiation Protocol (SIP)", 0) \
X(5411, "A Hitchhiker's Guide to the Session Initiation Protocol (SIP)", 0) \
X(5502, "The Session Initiation Protocol (SIP) P-Served-User Private-Header (P-Header) for the 3GPP IP Multimedia (IM) Core Network (CN) Subsystem", 0) \
X(5576, "Source-Specific Media Attributes in the Session Description Protocol (SDP)", 0) \
X(5589, "Session Initiation Protocol (SIP) Call Control - Transfer", 0) \
X(5626, "Managing Client-Initiated Connections in the Session Initiation Protocol (SIP)", 0) \
X(5627, "Obtaining and Using Globally Routable User Agent URIs (GRUUs) in the Session Initiation Protocol (SIP)", 0) \
X(5630, "The Use of the SIPS URI Scheme in the Session Initiation Protocol (SIP)", 0) \
X(5658, "Addressing Record-Route Issues in the Session Initiation Protocol (SIP)", 0) \
X(5727, "Change Process for the Session Initiation Protocol (SIP) and the Real-time Applications and Infrastructure Area", 0) \
X(5761, "Multiplexing RTP Data and Control Packets on a Single Port", 0) \
X(5766, "Traversal Using Relays around NAT (TURN): Relay Extensions to Session Traversal Utilities for NAT (STUN)", 8656) \
X(5806, "Diversion Indication in SIP", 0) \
X(5839, "An Extension to Session Initiation Protocol (SIP) Events for Conditional Event Notification", 0) \
X(5888, "The Session Description Protocol (SDP) Grouping Framework", 0) \
X(5922, "Domain Certificates in the Session Initiation Protocol (SIP)", 0) \
X(5923, "Connection Reuse in the Session Initiation Protocol (SIP)", 0) \
X(6026, "Correct Transaction Handling for 2xx Responses to Session Initiation Protocol (SIP) INVITE Requests", 0) \
X(6050, "A Session Initiation Protocol (SIP) Extension for the Identification of Services", 0) \
X(6086, "Session Initiation Protocol (SIP) INFO Method and Package Framework", 0) \
X(6116, "The E.164 to Uniform Resource Identifiers (URI) Dynamic Delegation Discovery System (DDDS) Application (ENUM)", 0) \
X(6141, "Re-INVITE and Target-Refresh Request Handling in the Session Initiation Protocol (SIP)", 0) \
X(6157, "IPv6 Transition in the Session Initiation Protocol (SIP)", 0) \
X(6228, "Session Initiation Protocol (SIP) Response Code for Indication of Terminated Dialog", 0) \
X(6442, "Location Conveyance for the Session Initiation Protocol", 0) \
X(6665, "SIP-Specific Event Notification", 0) \
X(6809, "Mechanism to Indicate Support of Features and Capabilities in the Session Initiation Protocol (SIP)", 0) \
X(7044, "An Extension to the Session Initiation Protocol (SIP) for Request History Information", 0) \
X(7118, "The WebSocket Protocol as a Transport for the Session Initiation Protocol (SIP)", 0) \
X(7230, "Hypertext Transfer Protocol (HTTP/1.1): Message Syntax and Routing", 9112, 9110) \
X(7231, "Hypertext Transfer Protocol (HTTP/1.1): Semantics and Content", 9110) \
X(7235, "Hypertext Transfer Protocol (HTTP/1.1): Authentication", 9110) \
X(7315, "Private Header (P-Header) Extensions to the Session Initiation Protocol (SIP) for the 3GPP", 0) \
X(7339, "Session Initiation Protocol (SIP) Overload Control", 0) \
X(7433, "A Mechanism for Transporting User-to-User Call Control Information in SIP", 0) \
X(7615, "HTTP Authentication-Info and Proxy-Authentication-Info Response Header Fields", 9110) \
X(7616, "HTTP Digest Access Authentication", 0) \
X(7617, "The 'Basic' HTTP Authentication Scheme", 0) \
X(7826, "Real-Time Streaming Protocol Version 2.0", 0) \
X(7989, "End-to-End Session Identification in IP-Based Multimedia Communication Networks", 0) \
X(8122, "Connection-Oriented Media Transport over the Transport Layer Security (TLS) Protocol in the Session Description Protocol (SDP)", 0) \
X(8197, "A SIP Response Code for Unwanted Calls", 0) \
X(8224, "Authenticated Identity Management in the Session Initiation Protocol (SIP)", 0) \
X(8445, "Interactive Connectivity Establishment (ICE): A Protocol for Network Address Translator (NAT) Traversal", 0) \
X(8446, "The Transport Layer Security (TLS) Protocol Version 1.3", 0) \
X(8489, "Session Traversal Utilities for NAT (STUN)", 0) \
X(8599, "Push Notification with the Session Initiation Protocol (SIP)", 0) \
X(8656, "Traversal Using Relays around NAT (TURN): Relay Extensions to Session Traversal Utilities for NAT (STUN)", 0) \
X(8688, "A Session Initiation Protocol (SIP) Response Code for Rejected Calls", 0) \
X(8760, "The Session Initiation Protocol (SIP) Digest Access Authentication Scheme", 0) \
X(8839, "Session Description Protocol (SDP) Offer/Answer Procedures for Interactive Connectivity Establishment (ICE)", 0) \
X(8866, "SDP: Session Description Protocol", 0) \
X(8876, "Non-interactive Emergency Calls", 0) \
X(9110, "HTTP Semantics", 0) \
X(9112, "HTTP/1.1", 0) \
X(9293, "Transmission Control Protocol (TCP)", 0)
/* clang-format on */

static const struct msg_rfc rows[] = {
#define X(number, title, ...) { number, title, { __VA_ARGS__ } },
	MSG_RFCS(X)
#undef X
};

const struct msg_rfc *
msg_rfc(unsigned number)
{
	size_t i;

	BISECT(i, 0, COUNT_OF(rows), rows[i].number < number);
	return i < COUNT_OF(rows) && rows[i].number == number ? &rows[i] : NULL;
}

unsigned
msg_rfc_current(unsigned number)
{
	const struct msg_rfc *row = msg_rfc(number);

	/* a successor has the higher number, so this ends */
	while (row != NULL && row->obsoleted_by[0] > number) {
		number = row->obsoleted_by[0];
		row = msg_rfc(number);
	}
	return number;
}

const struct msg_rfc *
msg_rfc_before(unsigned number, unsigned n)
{
	for (size_t i = 0; i < COUNT_OF(rows); i++)
		for (size_t k = 0; k < MSG_RFC_NEXT; k++)
			if (rows[i].obsoleted_by[k] == number && n-- == 0)
				return &rows[i];
	return NULL;
}
