/*
 * The rows of msg/headers.h: X(ID, name, compact, RFC, section, flags, text).
 * The RFC is the one in force; what it replaced stands in msg/rfcs.h.  First
 * the fields of RFC 3261 section 20, then the extensions by their RFC.
 */
#ifndef MSG_HEADERS_TABLE_H
#define MSG_HEADERS_TABLE_H

/* clang-format off */
#define MSG_HEADERS_CORE(X) \
X(VIA, "Via", 'v', 3261, "20.42", MSG_HF_LIST, \
  N_("where responses go back to: one Via for each hop the request took")) \
X(FROM, "From", 'f', 3261, "20.20", MSG_HF_ONCE, \
  N_("who began this request; its tag is that side's part of the dialog's name")) \
X(TO, "To", 't', 3261, "20.39", MSG_HF_ONCE, \
  N_("whom the request was meant for; the tag is put in by whoever answers")) \
X(CALL_ID, "Call-ID", 'i', 3261, "20.8", MSG_HF_ONCE, \
  N_("the name that all messages of one call, or all registrations of one client, share")) \
X(CSEQ, "CSeq", 0, 3261, "20.16", MSG_HF_ONCE, \
  N_("numbers the requests of a dialog and repeats the method, so that a response finds its request")) \
X(MAX_FORWARDS, "Max-Forwards", 0, 3261, "20.22", MSG_HF_ONCE, \
  N_("how many more proxies may pass the request on before it is refused")) \
X(CONTACT, "Contact", 'm', 3261, "20.10", MSG_HF_LIST, \
  N_("where the sender can be reached directly from now on")) \
X(ROUTE, "Route", 0, 3261, "20.34", MSG_HF_LIST, \
  N_("the proxies that the request still has to visit, in order")) \
X(RECORD_ROUTE, "Record-Route", 0, 3261, "20.30", MSG_HF_LIST, \
  N_("the proxies that want to see the later requests of this dialog too")) \
X(CONTENT_TYPE, "Content-Type", 'c', 3261, "20.15", MSG_HF_ONCE, \
  N_("what kind of data the body is")) \
X(CONTENT_LENGTH, "Content-Length", 'l', 3261, "20.14", MSG_HF_ONCE, \
  N_("how many bytes the body has")) \
X(CONTENT_DISPOSITION, "Content-Disposition", 0, 3261, "20.11", MSG_HF_ONCE, \
  N_("what the receiver is to do with the body")) \
X(CONTENT_ENCODING, "Content-Encoding", 'e', 3261, "20.12", MSG_HF_LIST, \
  N_("how the body was compressed")) \
X(CONTENT_LANGUAGE, "Content-Language", 0, 3261, "20.13", MSG_HF_LIST, \
  N_("the human language of the body")) \
X(MIME_VERSION, "MIME-Version", 0, 3261, "20.24", MSG_HF_ONCE, \
  N_("the version of MIME in which the body is written")) \
X(EXPIRES, "Expires", 0, 3261, "20.19", MSG_HF_ONCE, \
  N_("after how many seconds what the message says lapses")) \
X(MIN_EXPIRES, "Min-Expires", 0, 3261, "20.23", MSG_HF_ONCE, \
  N_("the shortest lifetime that the registrar or notifier accepts")) \
X(SUPPORTED, "Supported", 'k', 3261, "20.37", MSG_HF_LIST, \
  N_("the extensions that the sender understands")) \
X(REQUIRE, "Require", 0, 3261, "20.32", MSG_HF_LIST, \
  N_("the extensions that the other end must understand, or refuse the request")) \
X(PROXY_REQUIRE, "Proxy-Require", 0, 3261, "20.29", MSG_HF_LIST, \
  N_("the extensions that every proxy on the way must understand")) \
X(UNSUPPORTED, "Unsupported", 0, 3261, "20.40", MSG_HF_LIST, \
  N_("the required extensions that were not understood")) \
X(ALLOW, "Allow", 0, 3261, "20.5", MSG_HF_LIST, \
  N_("the methods that the sender understands")) \
X(ACCEPT, "Accept", 0, 3261, "20.1", MSG_HF_LIST, \
  N_("the kinds of body that the sender understands")) \
X(ACCEPT_ENCODING, "Accept-Encoding", 0, 3261, "20.2", MSG_HF_LIST, \
  N_("the compressions of a body that the sender understands")) \
X(ACCEPT_LANGUAGE, "Accept-Language", 0, 3261, "20.3", MSG_HF_LIST, \
  N_("the human languages that the sender prefers")) \
X(USER_AGENT, "User-Agent", 0, 3261, "20.41", MSG_HF_ONCE, \
  N_("the program that sent the request")) \
X(SERVER, "Server", 0, 3261, "20.35", MSG_HF_ONCE, \
  N_("the program that answered")) \
X(SUBJECT, "Subject", 's', 3261, "20.36", MSG_HF_ONCE, \
  N_("what the call is about, for people to read")) \
X(ORGANIZATION, "Organization", 0, 3261, "20.25", MSG_HF_ONCE, \
  N_("the organization that the sender belongs to")) \
X(PRIORITY, "Priority", 0, 3261, "20.26", MSG_HF_ONCE, \
  N_("how urgent the caller thinks the call is")) \
X(DATE, "Date", 0, 3261, "20.17", MSG_HF_ONCE, \
  N_("when the message was first sent, in GMT")) \
X(TIMESTAMP, "Timestamp", 0, 3261, "20.38", MSG_HF_ONCE, \
  N_("when the client sent the request, so that it can measure the round trip")) \
X(RETRY_AFTER, "Retry-After", 0, 3261, "20.33", MSG_HF_ONCE, \
  N_("after how many seconds another try makes sense")) \
X(WARNING, "Warning", 0, 3261, "20.43", MSG_HF_LIST, \
  N_("more about what went wrong, with a code, who says it, and a text")) \
X(REPLY_TO, "Reply-To", 0, 3261, "20.31", MSG_HF_ONCE, \
  N_("where to call back, if that is not the address in From")) \
X(IN_REPLY_TO, "In-Reply-To", 0, 3261, "20.21", MSG_HF_LIST, \
  N_("the Call-IDs of the calls that this one returns")) \
X(ALERT_INFO, "Alert-Info", 0, 3261, "20.4", MSG_HF_LIST, \
  N_("another ring tone for the phone to play")) \
X(CALL_INFO, "Call-Info", 0, 3261, "20.9", MSG_HF_LIST, \
  N_("where to find more about the caller or the callee, as a picture or a card")) \
X(ERROR_INFO, "Error-Info", 0, 3261, "20.18", MSG_HF_LIST, \
  N_("where to find more about the error, as an announcement")) \
X(WWW_AUTHENTICATE, "WWW-Authenticate", 0, 3261, "20.44", 0, \
  N_("a registrar's or user agent's challenge: the data with which the client must prove that it knows the password")) \
X(AUTHORIZATION, "Authorization", 0, 3261, "20.7", 0, \
  N_("the client's answer to a challenge in WWW-Authenticate")) \
X(PROXY_AUTHENTICATE, "Proxy-Authenticate", 0, 3261, "20.27", 0, \
  N_("a proxy's challenge: the data with which the client must prove that it knows the password")) \
X(PROXY_AUTHORIZATION, "Proxy-Authorization", 0, 3261, "20.28", 0, \
  N_("the client's answer to a challenge in Proxy-Authenticate")) \
X(AUTHENTICATION_INFO, "Authentication-Info", 0, 3261, "20.6", MSG_HF_ONCE, \
  N_("the server's own proof that it knows the password, and the nonce to use next"))

#define MSG_HEADERS_MORE(X) \
X(RACK, "RAck", 0, 3262, "7.2", MSG_HF_ONCE, \
  N_("which reliable provisional response this PRACK confirms")) \
X(RSEQ, "RSeq", 0, 3262, "7.1", MSG_HF_ONCE, \
  N_("numbers the reliable provisional responses to one request")) \
X(EVENT, "Event", 'o', 6665, "8.2.1", MSG_HF_ONCE, \
  N_("the event package: what the subscription is about")) \
X(ALLOW_EVENTS, "Allow-Events", 'u', 6665, "8.2.2", MSG_HF_LIST, \
  N_("the event packages that the sender offers subscriptions to")) \
X(SUBSCRIPTION_STATE, "Subscription-State", 0, 6665, "8.2.3", MSG_HF_ONCE, \
  N_("whether the subscription lives, for how long, and why it ended")) \
X(REFER_TO, "Refer-To", 'r', 3515, "2.1", MSG_HF_ONCE, \
  N_("whom the receiver of REFER is asked to contact")) \
X(REFERRED_BY, "Referred-By", 'b', 3892, "3", MSG_HF_ONCE, \
  N_("who asked for this request by a REFER")) \
X(REFER_SUB, "Refer-Sub", 0, 4488, "", MSG_HF_ONCE, \
  N_("whether REFER is to create a subscription to its outcome")) \
X(REPLACES, "Replaces", 0, 3891, "6.1", MSG_HF_ONCE, \
  N_("the dialog in whose place this call is to step")) \
X(JOIN, "Join", 0, 3911, "7.1", MSG_HF_ONCE, \
  N_("the dialog that this call wants to join, as a conference")) \
X(TARGET_DIALOG, "Target-Dialog", 0, 4538, "7", MSG_HF_ONCE, \
  N_("an existing dialog, named to show that the sender belongs to it")) \
X(SESSION_EXPIRES, "Session-Expires", 'x', 4028, "4", MSG_HF_ONCE, \
  N_("when the session counts as dead unless one side refreshes it, and which side does")) \
X(MIN_SE, "Min-SE", 0, 4028, "5", MSG_HF_ONCE, \
  N_("the shortest session interval that the sender accepts")) \
X(PATH, "Path", 0, 3327, "4", MSG_HF_LIST, \
  N_("the proxies between registrar and user that later requests to the user must visit")) \
X(SERVICE_ROUTE, "Service-Route", 0, 3608, "5", MSG_HF_LIST, \
  N_("the proxies that the user's own requests must visit from now on")) \
X(P_ASSERTED_IDENTITY, "P-Asserted-Identity", 0, 3325, "9.1", MSG_HF_LIST, \
  N_("who the caller is, as a trusted network has verified it")) \
X(P_PREFERRED_IDENTITY, "P-Preferred-Identity", 0, 3325, "9.2", MSG_HF_LIST, \
  N_("which of its identities the caller wants the network to assert")) \
X(PRIVACY, "Privacy", 0, 3323, "4.2", MSG_HF_ONCE, \
  N_("what the network is to hide of the sender")) \
X(REASON, "Reason", 0, 3326, "2", MSG_HF_LIST, \
  N_("why the request was sent, as a SIP status or an ISDN cause")) \
X(SIP_ETAG, "SIP-ETag", 0, 3903, "11.3.1", MSG_HF_ONCE, \
  N_("the server's name for this version of the published state")) \
X(SIP_IF_MATCH, "SIP-If-Match", 0, 3903, "11.3.2", MSG_HF_ONCE, \
  N_("the version of the published state that this PUBLISH refreshes, changes or removes")) \
X(SUPPRESS_IF_MATCH, "Suppress-If-Match", 0, 5839, "7.2", MSG_HF_ONCE, \
  N_("the version of the state that the subscriber has, and need not be sent again")) \
X(HISTORY_INFO, "History-Info", 0, 7044, "5", MSG_HF_LIST, \
  N_("the addresses to which the request was sent on its way, numbered like a tree")) \
X(DIVERSION, "Diversion", 0, 5806, "", MSG_HF_LIST, \
  N_("who diverted the call and why, the latest first")) \
X(RECV_INFO, "Recv-Info", 0, 6086, "7.3", MSG_HF_LIST, \
  N_("the Info Packages that the sender is willing to receive")) \
X(INFO_PACKAGE, "Info-Package", 0, 6086, "7.2", MSG_HF_ONCE, \
  N_("which Info Package the body of this INFO belongs to")) \
X(IDENTITY, "Identity", 'y', 8224, "4", MSG_HF_LIST, \
  N_("a signed token by which the caller's network vouches for From")) \
X(IDENTITY_INFO, "Identity-Info", 'n', 4474, "9", MSG_HF_ONCE, \
  N_("where the certificate for the older form of Identity is found")) \
X(SECURITY_CLIENT, "Security-Client", 0, 3329, "2.2", MSG_HF_LIST, \
  N_("the security mechanisms that the client can use")) \
X(SECURITY_SERVER, "Security-Server", 0, 3329, "2.2", MSG_HF_LIST, \
  N_("the security mechanisms that the server can use")) \
X(SECURITY_VERIFY, "Security-Verify", 0, 3329, "2.2", MSG_HF_LIST, \
  N_("the server's list sent back, so that a tampering in between shows")) \
X(GEOLOCATION, "Geolocation", 0, 6442, "4.1", MSG_HF_LIST, \
  N_("where the caller is, or where to ask for that")) \
X(GEOLOCATION_ROUTING, "Geolocation-Routing", 0, 6442, "4.2", MSG_HF_ONCE, \
  N_("whether proxies may use the caller's place to route the request")) \
X(GEOLOCATION_ERROR, "Geolocation-Error", 0, 6442, "4.4", MSG_HF_ONCE, \
  N_("what was wrong with the place that was given")) \
X(MAX_BREADTH, "Max-Breadth", 0, 5393, "5.3.1", MSG_HF_ONCE, \
  N_("into how many branches at once the request may still be forked")) \
X(FLOW_TIMER, "Flow-Timer", 0, 5626, "10", MSG_HF_ONCE, \
  N_("after how many silent seconds the server regards the connection as dead")) \
X(ANSWER_MODE, "Answer-Mode", 0, 5373, "", MSG_HF_ONCE, \
  N_("whether the phone is to answer by itself or to wait for a person")) \
X(PRIV_ANSWER_MODE, "Priv-Answer-Mode", 0, 5373, "", MSG_HF_ONCE, \
  N_("like Answer-Mode, for callers with a special right")) \
X(USER_TO_USER, "User-to-User", 0, 7433, "4.1", MSG_HF_LIST, \
  N_("data that the two users' applications exchange while the call is set up")) \
X(SESSION_ID, "Session-ID", 0, 7989, "5", MSG_HF_ONCE, \
  N_("a name for the call that stays the same across every B2BUA")) \
X(ACCEPT_CONTACT, "Accept-Contact", 'a', 3841, "9.2", MSG_HF_LIST, \
  N_("what the device that is called must or should be able to do")) \
X(REJECT_CONTACT, "Reject-Contact", 'j', 3841, "9.2", MSG_HF_LIST, \
  N_("what kind of device must not be called")) \
X(REQUEST_DISPOSITION, "Request-Disposition", 'd', 3841, "9.1", MSG_HF_LIST, \
  N_("how the caller wants proxies to treat the request: fork, queue, redirect")) \
X(RESOURCE_PRIORITY, "Resource-Priority", 0, 4412, "3.1", MSG_HF_LIST, \
  N_("the rank of the call where lines are scarce")) \
X(ACCEPT_RESOURCE_PRIORITY, "Accept-Resource-Priority", 0, 4412, "3.2", MSG_HF_LIST, \
  N_("the ranks of calls that the sender knows")) \
X(FEATURE_CAPS, "Feature-Caps", 0, 6809, "", MSG_HF_LIST, \
  N_("what a proxy or B2BUA on the way can do")) \
X(TRIGGER_CONSENT, "Trigger-Consent", 0, 5360, "", MSG_HF_LIST, \
  N_("the relay that is to ask the recipients for their consent")) \
X(PERMISSION_MISSING, "Permission-Missing", 0, 5360, "", MSG_HF_LIST, \
  N_("the recipients who have not consented")) \
X(P_ACCESS_NETWORK_INFO, "P-Access-Network-Info", 0, 7315, "4.4", MSG_HF_LIST, \
  N_("by which kind of network, and in which radio cell, the phone is connected")) \
X(P_ASSOCIATED_URI, "P-Associated-URI", 0, 7315, "4.1", MSG_HF_LIST, \
  N_("the other addresses that the provider has given to the registered user")) \
X(P_CALLED_PARTY_ID, "P-Called-Party-ID", 0, 7315, "4.2", MSG_HF_ONCE, \
  N_("which of the callee's addresses was called")) \
X(P_VISITED_NETWORK_ID, "P-Visited-Network-ID", 0, 7315, "4.3", MSG_HF_LIST, \
  N_("the foreign network in which the phone roams")) \
X(P_CHARGING_FUNCTION_ADDRESSES, "P-Charging-Function-Addresses", 0, 7315, "4.5", MSG_HF_LIST, \
  N_("where the call's charges are to be reported")) \
X(P_CHARGING_VECTOR, "P-Charging-Vector", 0, 7315, "4.6", MSG_HF_ONCE, \
  N_("by what name all networks on the way charge for this call")) \
X(P_EARLY_MEDIA, "P-Early-Media", 0, 5009, "", MSG_HF_LIST, \
  N_("in which direction media may flow before the call is answered")) \
X(P_SERVED_USER, "P-Served-User", 0, 5502, "", MSG_HF_ONCE, \
  N_("the user on whose behalf an application server is asked")) \
X(P_PREFERRED_SERVICE, "P-Preferred-Service", 0, 6050, "", MSG_HF_LIST, \
  N_("the service that the caller wants the network to assert")) \
X(P_ASSERTED_SERVICE, "P-Asserted-Service", 0, 6050, "", MSG_HF_LIST, \
  N_("the service that this call uses, as a trusted network has verified it")) \
X(P_MEDIA_AUTHORIZATION, "P-Media-Authorization", 0, 3313, "", MSG_HF_LIST, \
  N_("a token with which the phone reserves the network's quality for the call")) \
X(ENCRYPTION, "Encryption", 0, 2543, "6", 0, \
  N_("how the rest of the message was encrypted, in a way given up with RFC 3261")) \
X(HIDE, "Hide", 0, 2543, "6", MSG_HF_ONCE, \
  N_("a wish to encrypt the Via fields, given up with RFC 3261")) \
X(RESPONSE_KEY, "Response-Key", 0, 2543, "6", 0, \
  N_("a key for encrypting the response, given up with RFC 3261"))

#define MSG_HEADERS(X) MSG_HEADERS_CORE(X) MSG_HEADERS_MORE(X)
/* clang-format on */

#endif
