/*
 * The rows of msg/headers.h: X(ID, name, compact, RFC, section, flags, text).
 * The RFC is the one in force; what it replaced is in msg/rfcs.h.  First
 * the fields of RFC 3261 section 20, then the extensions by their RFC.
 */
#ifndef MSG_HEADERS_TABLE_H
#define MSG_HEADERS_TABLE_H

/* clang-format off */
#define MSG_HEADERS_CORE(X) \
X(VIA, "Via", 'v', 3261, "20.42", MSG_HF_LIST, \
  N_("the path of responses: one Via for each hop of the request")) \
X(FROM, "From", 'f', 3261, "20.20", MSG_HF_ONCE, \
  N_("the originator of this request; the tag is the originator's part of the dialog ID")) \
X(TO, "To", 't', 3261, "20.39", MSG_HF_ONCE, \
  N_("the intended recipient of the request; the UA that answers adds the tag")) \
X(CALL_ID, "Call-ID", 'i', 3261, "20.8", MSG_HF_ONCE, \
  N_("the identifier shared by all messages of one call, or all registrations of one client")) \
X(CSEQ, "CSeq", 0, 3261, "20.16", MSG_HF_ONCE, \
  N_("the number of the request in the dialog, and its method, so that a response matches its request")) \
X(MAX_FORWARDS, "Max-Forwards", 0, 3261, "20.22", MSG_HF_ONCE, \
  N_("how many more times the request may be forwarded before it is rejected")) \
X(CONTACT, "Contact", 'm', 3261, "20.10", MSG_HF_LIST, \
  N_("a URI at which later requests reach the sender directly")) \
X(ROUTE, "Route", 0, 3261, "20.34", MSG_HF_LIST, \
  N_("the proxies that the request must still visit, in order")) \
X(RECORD_ROUTE, "Record-Route", 0, 3261, "20.30", MSG_HF_LIST, \
  N_("the proxies that want to receive the later requests of this dialog as well")) \
X(CONTENT_TYPE, "Content-Type", 'c', 3261, "20.15", MSG_HF_ONCE, \
  N_("the media type of the body")) \
X(CONTENT_LENGTH, "Content-Length", 'l', 3261, "20.14", MSG_HF_ONCE, \
  N_("how many bytes the body has")) \
X(CONTENT_DISPOSITION, "Content-Disposition", 0, 3261, "20.11", MSG_HF_ONCE, \
  N_("how the receiver is to use the body")) \
X(CONTENT_ENCODING, "Content-Encoding", 'e', 3261, "20.12", MSG_HF_LIST, \
  N_("the encoding of the body, for example its compression")) \
X(CONTENT_LANGUAGE, "Content-Language", 0, 3261, "20.13", MSG_HF_LIST, \
  N_("the human language of the body")) \
X(MIME_VERSION, "MIME-Version", 0, 3261, "20.24", MSG_HF_ONCE, \
  N_("the MIME version of the body")) \
X(EXPIRES, "Expires", 0, 3261, "20.19", MSG_HF_ONCE, \
  N_("the number of seconds after which the message or its content expires")) \
X(MIN_EXPIRES, "Min-Expires", 0, 3261, "20.23", MSG_HF_ONCE, \
  N_("the shortest lifetime that the registrar or notifier accepts")) \
X(SUPPORTED, "Supported", 'k', 3261, "20.37", MSG_HF_LIST, \
  N_("the extensions that the sender supports")) \
X(REQUIRE, "Require", 0, 3261, "20.32", MSG_HF_LIST, \
  N_("the extensions that the receiver needs to support; otherwise it rejects the request")) \
X(PROXY_REQUIRE, "Proxy-Require", 0, 3261, "20.29", MSG_HF_LIST, \
  N_("the extensions that every proxy on the path needs to support")) \
X(UNSUPPORTED, "Unsupported", 0, 3261, "20.40", MSG_HF_LIST, \
  N_("the required extensions that are not supported")) \
X(ALLOW, "Allow", 0, 3261, "20.5", MSG_HF_LIST, \
  N_("the methods that the sender supports")) \
X(ACCEPT, "Accept", 0, 3261, "20.1", MSG_HF_LIST, \
  N_("the body types that the sender accepts")) \
X(ACCEPT_ENCODING, "Accept-Encoding", 0, 3261, "20.2", MSG_HF_LIST, \
  N_("the body encodings that the sender accepts")) \
X(ACCEPT_LANGUAGE, "Accept-Language", 0, 3261, "20.3", MSG_HF_LIST, \
  N_("the human languages that the sender prefers")) \
X(USER_AGENT, "User-Agent", 0, 3261, "20.41", MSG_HF_ONCE, \
  N_("the program that sent the request")) \
X(SERVER, "Server", 0, 3261, "20.35", MSG_HF_ONCE, \
  N_("the program that sent the response")) \
X(SUBJECT, "Subject", 's', 3261, "20.36", MSG_HF_ONCE, \
  N_("the subject of the call, for people to read")) \
X(ORGANIZATION, "Organization", 0, 3261, "20.25", MSG_HF_ONCE, \
  N_("the organization that the sender belongs to")) \
X(PRIORITY, "Priority", 0, 3261, "20.26", MSG_HF_ONCE, \
  N_("the urgency of the call in the caller's opinion")) \
X(DATE, "Date", 0, 3261, "20.17", MSG_HF_ONCE, \
  N_("when the message was first sent, in GMT")) \
X(TIMESTAMP, "Timestamp", 0, 3261, "20.38", MSG_HF_ONCE, \
  N_("when the client sent the request, for measuring the round-trip time")) \
X(RETRY_AFTER, "Retry-After", 0, 3261, "20.33", MSG_HF_ONCE, \
  N_("the number of seconds after which the client may try again")) \
X(WARNING, "Warning", 0, 3261, "20.43", MSG_HF_LIST, \
  N_("more information about a problem: a code, the host that adds it, and a text")) \
X(REPLY_TO, "Reply-To", 0, 3261, "20.31", MSG_HF_ONCE, \
  N_("an address for return calls, if it differs from From")) \
X(IN_REPLY_TO, "In-Reply-To", 0, 3261, "20.21", MSG_HF_LIST, \
  N_("the Call-IDs of the calls that this one returns")) \
X(ALERT_INFO, "Alert-Info", 0, 3261, "20.4", MSG_HF_LIST, \
  N_("an alternative ring tone for the phone")) \
X(CALL_INFO, "Call-Info", 0, 3261, "20.9", MSG_HF_LIST, \
  N_("where to find more about the caller or the callee, for example a picture or a business card")) \
X(ERROR_INFO, "Error-Info", 0, 3261, "20.18", MSG_HF_LIST, \
  N_("where to find more about the error, for example an announcement")) \
X(WWW_AUTHENTICATE, "WWW-Authenticate", 0, 3261, "20.44", 0, \
  N_("a challenge from a registrar or UA, which requires proof of the password")) \
X(AUTHORIZATION, "Authorization", 0, 3261, "20.7", 0, \
  N_("the client's response to a challenge in WWW-Authenticate")) \
X(PROXY_AUTHENTICATE, "Proxy-Authenticate", 0, 3261, "20.27", 0, \
  N_("a challenge from a proxy, which requires proof of the password")) \
X(PROXY_AUTHORIZATION, "Proxy-Authorization", 0, 3261, "20.28", 0, \
  N_("the client's response to a challenge in Proxy-Authenticate")) \
X(AUTHENTICATION_INFO, "Authentication-Info", 0, 3261, "20.6", MSG_HF_ONCE, \
  N_("the server's own proof of the password, and the next nonce"))

#define MSG_HEADERS_MORE(X) \
X(RACK, "RAck", 0, 3262, "7.2", MSG_HF_ONCE, \
  N_("the reliable provisional response that this PRACK acknowledges")) \
X(RSEQ, "RSeq", 0, 3262, "7.1", MSG_HF_ONCE, \
  N_("the sequence number of a reliable provisional response")) \
X(EVENT, "Event", 'o', 6665, "8.2.1", MSG_HF_ONCE, \
  N_("the event package: the subject of the subscription")) \
X(ALLOW_EVENTS, "Allow-Events", 'u', 6665, "8.2.2", MSG_HF_LIST, \
  N_("the event packages to which the sender accepts subscriptions")) \
X(SUBSCRIPTION_STATE, "Subscription-State", 0, 6665, "8.2.3", MSG_HF_ONCE, \
  N_("the state of the subscription: whether it is active, when it expires, or why it ended")) \
X(REFER_TO, "Refer-To", 'r', 3515, "2.1", MSG_HF_ONCE, \
  N_("the URI that the receiver of REFER is to contact")) \
X(REFERRED_BY, "Referred-By", 'b', 3892, "3", MSG_HF_ONCE, \
  N_("the party that requested this request with a REFER")) \
X(REFER_SUB, "Refer-Sub", 0, 4488, "", MSG_HF_ONCE, \
  N_("whether the REFER creates a subscription to its result")) \
X(REPLACES, "Replaces", 0, 3891, "6.1", MSG_HF_ONCE, \
  N_("the dialog that this call replaces")) \
X(JOIN, "Join", 0, 3911, "7.1", MSG_HF_ONCE, \
  N_("the dialog that this call wants to join, for example as a conference")) \
X(TARGET_DIALOG, "Target-Dialog", 0, 4538, "7", MSG_HF_ONCE, \
  N_("an existing dialog, which shows that the sender is a part of it")) \
X(SESSION_EXPIRES, "Session-Expires", 'x', 4028, "4", MSG_HF_ONCE, \
  N_("the time after which the session ends unless it is refreshed, and the side that refreshes it")) \
X(MIN_SE, "Min-SE", 0, 4028, "5", MSG_HF_ONCE, \
  N_("the shortest session interval that the sender accepts")) \
X(PATH, "Path", 0, 3327, "4", MSG_HF_LIST, \
  N_("the proxies between registrar and user that requests to the user must visit")) \
X(SERVICE_ROUTE, "Service-Route", 0, 3608, "5", MSG_HF_LIST, \
  N_("the proxies that the user's own requests must visit")) \
X(P_ASSERTED_IDENTITY, "P-Asserted-Identity", 0, 3325, "9.1", MSG_HF_LIST, \
  N_("the caller's identity, verified by a trusted network")) \
X(P_PREFERRED_IDENTITY, "P-Preferred-Identity", 0, 3325, "9.2", MSG_HF_LIST, \
  N_("the identity that the caller wants the network to assert")) \
X(PRIVACY, "Privacy", 0, 3323, "4.2", MSG_HF_ONCE, \
  N_("the information about the sender that the network is to hide")) \
X(REASON, "Reason", 0, 3326, "2", MSG_HF_LIST, \
  N_("the reason for the request, as a SIP status code or an ISDN cause")) \
X(SIP_ETAG, "SIP-ETag", 0, 3903, "11.3.1", MSG_HF_ONCE, \
  N_("the server's identifier for this version of the published state")) \
X(SIP_IF_MATCH, "SIP-If-Match", 0, 3903, "11.3.2", MSG_HF_ONCE, \
  N_("the version of the published state that this PUBLISH refreshes, modifies or removes")) \
X(SUPPRESS_IF_MATCH, "Suppress-If-Match", 0, 5839, "7.2", MSG_HF_ONCE, \
  N_("the version of the state that the subscriber already has, so that it need not be sent")) \
X(HISTORY_INFO, "History-Info", 0, 7044, "5", MSG_HF_LIST, \
  N_("the addresses to which the request was sent on its path, numbered as a tree")) \
X(DIVERSION, "Diversion", 0, 5806, "", MSG_HF_LIST, \
  N_("who diverted the call and why, latest diversion first")) \
X(RECV_INFO, "Recv-Info", 0, 6086, "7.3", MSG_HF_LIST, \
  N_("the Info Packages that the sender is willing to receive")) \
X(INFO_PACKAGE, "Info-Package", 0, 6086, "7.2", MSG_HF_ONCE, \
  N_("the Info Package of this INFO")) \
X(IDENTITY, "Identity", 'y', 8224, "4", MSG_HF_LIST, \
  N_("a signed token with which the caller's network confirms the identity in From")) \
X(IDENTITY_INFO, "Identity-Info", 'n', 4474, "9", MSG_HF_ONCE, \
  N_("where to find the certificate for the older form of Identity")) \
X(SECURITY_CLIENT, "Security-Client", 0, 3329, "2.2", MSG_HF_LIST, \
  N_("the security mechanisms that the client supports")) \
X(SECURITY_SERVER, "Security-Server", 0, 3329, "2.2", MSG_HF_LIST, \
  N_("the security mechanisms that the server supports")) \
X(SECURITY_VERIFY, "Security-Verify", 0, 3329, "2.2", MSG_HF_LIST, \
  N_("the server's list, sent back so that the server can detect a change to it")) \
X(GEOLOCATION, "Geolocation", 0, 6442, "4.1", MSG_HF_LIST, \
  N_("the caller's location, or a URI at which to get it")) \
X(GEOLOCATION_ROUTING, "Geolocation-Routing", 0, 6442, "4.2", MSG_HF_ONCE, \
  N_("whether proxies may use the caller's location to route the request")) \
X(GEOLOCATION_ERROR, "Geolocation-Error", 0, 6442, "4.4", MSG_HF_ONCE, \
  N_("the error in the location that was given")) \
X(MAX_BREADTH, "Max-Breadth", 0, 5393, "5.3.1", MSG_HF_ONCE, \
  N_("how many parallel branches the request may still be forked into")) \
X(FLOW_TIMER, "Flow-Timer", 0, 5626, "10", MSG_HF_ONCE, \
  N_("the number of seconds without traffic after which the server regards the connection as dead")) \
X(ANSWER_MODE, "Answer-Mode", 0, 5373, "", MSG_HF_ONCE, \
  N_("whether the phone answers automatically or waits for a person")) \
X(PRIV_ANSWER_MODE, "Priv-Answer-Mode", 0, 5373, "", MSG_HF_ONCE, \
  N_("like Answer-Mode, for authorized callers")) \
X(USER_TO_USER, "User-to-User", 0, 7433, "4.1", MSG_HF_LIST, \
  N_("data that the applications of the two users exchange during call setup")) \
X(SESSION_ID, "Session-ID", 0, 7989, "5", MSG_HF_ONCE, \
  N_("an identifier of the call that stays the same across every B2BUA")) \
X(ACCEPT_CONTACT, "Accept-Contact", 'a', 3841, "9.2", MSG_HF_LIST, \
  N_("capabilities that the called device must or should have")) \
X(REJECT_CONTACT, "Reject-Contact", 'j', 3841, "9.2", MSG_HF_LIST, \
  N_("capabilities of devices that must not be called")) \
X(REQUEST_DISPOSITION, "Request-Disposition", 'd', 3841, "9.1", MSG_HF_LIST, \
  N_("how the caller wants proxies to handle the request: fork, queue, redirect")) \
X(RESOURCE_PRIORITY, "Resource-Priority", 0, 4412, "3.1", MSG_HF_LIST, \
  N_("the priority of the call when resources are scarce")) \
X(ACCEPT_RESOURCE_PRIORITY, "Accept-Resource-Priority", 0, 4412, "3.2", MSG_HF_LIST, \
  N_("the resource priorities that the sender supports")) \
X(FEATURE_CAPS, "Feature-Caps", 0, 6809, "", MSG_HF_LIST, \
  N_("the capabilities of a proxy or B2BUA on the path")) \
X(TRIGGER_CONSENT, "Trigger-Consent", 0, 5360, "", MSG_HF_LIST, \
  N_("the relay that asks the recipients for their consent")) \
X(PERMISSION_MISSING, "Permission-Missing", 0, 5360, "", MSG_HF_LIST, \
  N_("the recipients who have not consented")) \
X(P_ACCESS_NETWORK_INFO, "P-Access-Network-Info", 0, 7315, "4.4", MSG_HF_LIST, \
  N_("the type of access network and the radio cell of the phone")) \
X(P_ASSOCIATED_URI, "P-Associated-URI", 0, 7315, "4.1", MSG_HF_LIST, \
  N_("other addresses that the provider has assigned to the registered user")) \
X(P_CALLED_PARTY_ID, "P-Called-Party-ID", 0, 7315, "4.2", MSG_HF_ONCE, \
  N_("the address of the callee that was called")) \
X(P_VISITED_NETWORK_ID, "P-Visited-Network-ID", 0, 7315, "4.3", MSG_HF_LIST, \
  N_("the visited network in which the phone roams")) \
X(P_CHARGING_FUNCTION_ADDRESSES, "P-Charging-Function-Addresses", 0, 7315, "4.5", MSG_HF_LIST, \
  N_("the servers to which charging data are sent")) \
X(P_CHARGING_VECTOR, "P-Charging-Vector", 0, 7315, "4.6", MSG_HF_ONCE, \
  N_("the identifier that all networks on the path use for charging this call")) \
X(P_EARLY_MEDIA, "P-Early-Media", 0, 5009, "", MSG_HF_LIST, \
  N_("the permitted directions of early media")) \
X(P_SERVED_USER, "P-Served-User", 0, 5502, "", MSG_HF_ONCE, \
  N_("the user for whom an application server acts")) \
X(P_PREFERRED_SERVICE, "P-Preferred-Service", 0, 6050, "", MSG_HF_LIST, \
  N_("the service that the caller wants the network to assert")) \
X(P_ASSERTED_SERVICE, "P-Asserted-Service", 0, 6050, "", MSG_HF_LIST, \
  N_("the service of this call, verified by a trusted network")) \
X(P_MEDIA_AUTHORIZATION, "P-Media-Authorization", 0, 3313, "", MSG_HF_LIST, \
  N_("a token with which the phone reserves quality of service for the call")) \
X(ENCRYPTION, "Encryption", 0, 2543, "6", 0, \
  N_("how the rest of the message is encrypted; obsolete since RFC 3261")) \
X(HIDE, "Hide", 0, 2543, "6", MSG_HF_ONCE, \
  N_("a request to encrypt the Via header fields; obsolete since RFC 3261")) \
X(RESPONSE_KEY, "Response-Key", 0, 2543, "6", 0, \
  N_("a key for encrypting the response; obsolete since RFC 3261"))

#define MSG_HEADERS(X) MSG_HEADERS_CORE(X) MSG_HEADERS_MORE(X)
/* clang-format on */

#endif
