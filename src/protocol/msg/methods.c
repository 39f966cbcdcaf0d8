/*
 * The methods by name and the status codes: the ones of RFC 3261 section 21
 * and of later RFCs.  Phrases are the protocol's own words and are never
 * translated; the sentences are ours.
 */

#include "base/bisect.h"
#include "base/param.h"
#include "msg/headers_table.h"
#include "msg/message.h"
#include "msg/methods.h"
#include "msg/usages.h"

/* No row's name is longer than the cases above. */
#define X(id, name, compact, rfc, section, flags, text) \
	_Static_assert(sizeof(name) - 1 >= 2 && sizeof(name) - 1 <= 30, name);
MSG_HEADERS(X)
#undef X

static const struct str method_names[MSG_METHOD_COUNT] = {
#define X(id, rfc, section, text) [MSG_##id] = { #id, sizeof(#id) - 1 },
	MSG_METHODS(X)
#undef X
};

/* clang-format off */
static const struct msg_status_info statuses[] = {
	{ 100, "Trying", 3261, "21.1.1",
	  N_("the next hop has received the request and is processing it; the client need not retransmit it") },
	{ 180, "Ringing", 3261, "21.1.2",
	  N_("the callee's phone rings") },
	{ 181, "Call Is Being Forwarded", 3261, "21.1.3",
	  N_("the call is being forwarded to another address") },
	{ 182, "Queued", 3261, "21.1.4",
	  N_("the callee is not available now, and the call waits in a queue") },
	{ 183, "Session Progress", 3261, "21.1.5",
	  N_("information before the call is answered, often with early media") },
	{ 199, "Early Dialog Terminated", 6228, "",
	  N_("one branch of a forked call has ended; others continue") },
	{ 200, "OK", 3261, "21.2.1",
	  N_("the request succeeded") },
	{ 202, "Accepted", 6665, "8.3.1",
	  N_("accepted, but not yet completed; no longer used for subscriptions") },
	{ 204, "No Notification", 5839, "7.1",
	  N_("the subscription continues, and no change requires a NOTIFY") },
	{ 300, "Multiple Choices", 3261, "21.3.1",
	  N_("there are several addresses, and the caller can choose one") },
	{ 301, "Moved Permanently", 3261, "21.3.2",
	  N_("the user has a new permanent address, which is in Contact") },
	{ 302, "Moved Temporarily", 3261, "21.3.3",
	  N_("the user is at another address for a while; it is in Contact") },
	{ 305, "Use Proxy", 3261, "21.3.4",
	  N_("the request MUST be sent through the proxy in Contact") },
	{ 380, "Alternative Service", 3261, "21.3.5",
	  N_("the call failed, but the body describes another service") },
	{ 400, "Bad Request", 3261, "21.4.1",
	  N_("the request has a syntax error and was not understood") },
	{ 401, "Unauthorized", 3261, "21.4.2",
	  N_("a registrar or UA requires authentication") },
	{ 402, "Payment Required", 3261, "21.4.3",
	  N_("reserved for future use") },
	{ 403, "Forbidden", 3261, "21.4.4",
	  N_("understood, but not allowed; a password would not help") },
	{ 404, "Not Found", 3261, "21.4.5",
	  N_("the user does not exist here, or the domain is not served") },
	{ 405, "Method Not Allowed", 3261, "21.4.6",
	  N_("the method is known, but not allowed for this address; see Allow") },
	{ 406, "Not Acceptable", 3261, "21.4.7",
	  N_("the server has no answer in a form that Accept allows") },
	{ 407, "Proxy Authentication Required", 3261, "21.4.8",
	  N_("a proxy requires authentication") },
	{ 408, "Request Timeout", 3261, "21.4.9",
	  N_("no answer came within the time allowed") },
	{ 410, "Gone", 3261, "21.4.10",
	  N_("the user is no longer here, and no new address is known") },
	{ 412, "Conditional Request Failed", 3903, "11.2.1",
	  N_("the published state that the request refers to does not exist") },
	{ 413, "Request Entity Too Large", 3261, "21.4.11",
	  N_("the body is larger than the server accepts") },
	{ 414, "Request-URI Too Long", 3261, "21.4.12",
	  N_("the Request-URI is too long for the server") },
	{ 415, "Unsupported Media Type", 3261, "21.4.13",
	  N_("the server does not support the type of the body; see Accept") },
	{ 416, "Unsupported URI Scheme", 3261, "21.4.14",
	  N_("the server does not support the scheme of the Request-URI") },
	{ 417, "Unknown Resource-Priority", 4412, "4.6.2",
	  N_("none of the priorities in Resource-Priority is known, and one was required") },
	{ 420, "Bad Extension", 3261, "21.4.15",
	  N_("a required extension is not supported; see Unsupported") },
	{ 421, "Extension Required", 3261, "21.4.16",
	  N_("the server needs an extension that the client does not support; see Require") },
	{ 422, "Session Interval Too Small", 4028, "6",
	  N_("Session-Expires is too short for a server or UA on the path; see Min-SE") },
	{ 423, "Interval Too Brief", 3261, "21.4.17",
	  N_("the requested lifetime is too short; see Min-Expires") },
	{ 424, "Bad Location Information", 6442, "4.3",
	  N_("the caller's location was missing or not understood") },
	{ 425, "Bad Alert Message", 8876, "",
	  N_("the emergency alert in the body was not understood") },
	{ 428, "Use Identity Header", 8224, "6.2.2",
	  N_("the server accepts calls only with a signed Identity") },
	{ 429, "Provide Referrer Identity", 3892, "5",
	  N_("Referred-By has no signed token") },
	{ 430, "Flow Failed", 5626, "11.5",
	  N_("the connection to the user's phone has failed; another one may work") },
	{ 433, "Anonymity Disallowed", 5079, "",
	  N_("the callee rejects anonymous calls") },
	{ 436, "Bad Identity Info", 8224, "6.2.2",
	  N_("the certificate that Identity refers to could not be fetched") },
	{ 437, "Unsupported Credential", 8224, "6.2.2",
	  N_("the certificate of Identity is not trusted here") },
	{ 438, "Invalid Identity Header", 8224, "6.2.2",
	  N_("the signature in Identity does not match the request") },
	{ 439, "First Hop Lacks Outbound Support", 5626, "11.6",
	  N_("the phone requested outbound, but its first proxy does not support it") },
	{ 440, "Max-Breadth Exceeded", 5393, "6.2",
	  N_("the request needs more branches than Max-Breadth allows") },
	{ 469, "Bad Info Package", 6086, "4.2.2",
	  N_("the INFO has an Info Package that the receiver did not announce") },
	{ 470, "Consent Needed", 5360, "",
	  N_("a recipient has not consented to being contacted this way") },
	{ 480, "Temporarily Unavailable", 3261, "21.4.18",
	  N_("the user is known, but not registered or not reachable at present") },
	{ 481, "Call/Transaction Does Not Exist", 3261, "21.4.19",
	  N_("the request does not match any dialog or transaction here") },
	{ 482, "Loop Detected", 3261, "21.4.20",
	  N_("a proxy has received the same request before: there is a loop") },
	{ 483, "Too Many Hops", 3261, "21.4.21",
	  N_("Max-Forwards reached 0 before the request arrived") },
	{ 484, "Address Incomplete", 3261, "21.4.22",
	  N_("the number is incomplete; more digits are needed") },
	{ 485, "Ambiguous", 3261, "21.4.23",
	  N_("the address matches several users") },
	{ 486, "Busy Here", 3261, "21.4.24",
	  N_("the callee is busy on this phone; another phone may answer") },
	{ 487, "Request Terminated", 3261, "21.4.25",
	  N_("the request was ended by CANCEL or BYE") },
	{ 488, "Not Acceptable Here", 3261, "21.4.26",
	  N_("this phone can't accept the offered session; another one might") },
	{ 489, "Bad Event", 6665, "8.3.2",
	  N_("the server does not support the event package; see Allow-Events") },
	{ 491, "Request Pending", 3261, "21.4.27",
	  N_("both sides tried to change the session at the same time; try again a little later") },
	{ 493, "Undecipherable", 3261, "21.4.28",
	  N_("the receiver does not have the key to decrypt the body") },
	{ 494, "Security Agreement Required", 3329, "2.3.1",
	  N_("client and server must first agree on a security mechanism") },
	{ 500, "Server Internal Error", 3261, "21.5.1",
	  N_("the server had an unexpected error") },
	{ 501, "Not Implemented", 3261, "21.5.2",
	  N_("the server does not support the method at all") },
	{ 502, "Bad Gateway", 3261, "21.5.3",
	  N_("a server further downstream sent an invalid response") },
	{ 503, "Service Unavailable", 3261, "21.5.4",
	  N_("the server is overloaded or under maintenance; try another one") },
	{ 504, "Server Time-out", 3261, "21.5.5",
	  N_("another server did not answer in time") },
	{ 505, "Version Not Supported", 3261, "21.5.6",
	  N_("the server does not support this version of SIP") },
	{ 513, "Message Too Large", 3261, "21.5.7",
	  N_("the message is longer than the server can process") },
	{ 555, "Push Notification Service Not Supported", 8599, "",
	  N_("the server does not support the push service of the phone") },
	{ 580, "Precondition Failure", 3312, "8",
	  N_("a precondition of the session can't be met, for example reserved bandwidth") },
	{ 600, "Busy Everywhere", 3261, "21.6.1",
	  N_("the callee is busy on all phones; do not try others") },
	{ 603, "Decline", 3261, "21.6.2",
	  N_("the callee declines the call on all phones") },
	{ 604, "Does Not Exist Anywhere", 3261, "21.6.3",
	  N_("a server with authority knows that the user does not exist anywhere") },
	{ 606, "Not Acceptable", 3261, "21.6.4",
	  N_("the callee wants to talk, but not with this session description") },
	{ 607, "Unwanted", 8197, "",
	  N_("the callee does not want this call or similar calls") },
	{ 608, "Rejected", 8688, "",
	  N_("an intermediary, not a person, rejected the call as unwanted") },
};
/* clang-format on */

enum msg_method
msg_method_find(struct str name)
{
	for (unsigned i = 1; i < MSG_METHOD_COUNT; i++)
		if (str_eq(name, method_names[i]))
			return (enum msg_method)i;
	return MSG_OTHER;
}

const char *
msg_method_meant(struct str name)
{
	return param_nearest(name, &method_names[1].p, MSG_METHOD_COUNT - 1,
	    sizeof(method_names[0]));
}

const char *
msg_method_name(enum msg_method m)
{
	return m > MSG_OTHER && m < MSG_METHOD_COUNT ? method_names[m].p : "";
}

const struct msg_status_info *
msg_status(unsigned code)
{
	const size_t n = COUNT_OF(statuses);
	size_t i;

	/* the method_rows are in the order of their codes */
	BISECT(i, 0, n, statuses[i].code < code);
	return i < n && statuses[i].code == code ? &statuses[i] : NULL;
}

const char *
msg_status_phrase(unsigned code)
{
	const struct msg_status_info *row = msg_status(code);

	return row != NULL ? row->phrase : "Unknown";
}
