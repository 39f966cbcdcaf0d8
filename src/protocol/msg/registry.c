/*
 * The registries of SIP, by name or number: header fields, methods, status
 * codes, usages.
 */
#include "msg/headers.h"

#include "base/bisect.h"
#include "base/param.h"
#include "msg/message.h"
#include "msg/methods.h"
#include "msg/parts.h"
#include "msg/proxied.h"
#include "msg/usages.h"

/*
 * Finding a header field's row by its name.  Each message asks this once for
 * every field, so the rows of the wrong length are never looked at: for each
 * length the compiler makes a set of the rows whose name has it.
 */

static const struct msg_header_info rows[MSG_H_COUNT] = {
#define X(id, name, compact, rfc, section, flags, text) \
	[MSG_H_##id] = { name, compact, rfc, section, flags, text },
	MSG_HEADERS(X)
#undef X
};

/* A set of rows, by number. */
struct set {
	uint64_t low, high;
};
_Static_assert(MSG_H_COUNT <= 128, "a set of header rows has 128 bits");

#define IN_LOW(id, name, compact, rfc, section, flags, text) \
	| (sizeof(name) - 1 == LENGTH && MSG_H_##id < 64     \
		  ? UINT64_C(1) << (MSG_H_##id & 63)         \
		  : 0)
#define IN_HIGH(id, name, compact, rfc, section, flags, text) \
	| (sizeof(name) - 1 == LENGTH && MSG_H_##id >= 64     \
		  ? UINT64_C(1) << (MSG_H_##id & 63)          \
		  : 0)
#define CASE(n)                                             \
	case n: {                                           \
		enum { LENGTH = n };                        \
		return (struct set){ 0 MSG_HEADERS(IN_LOW), \
			0 MSG_HEADERS(IN_HIGH) };           \
	}

/* clang-format off */
static struct set
rows_of_length(size_t n)
{
	switch (n) {
	CASE(2) CASE(3) CASE(4) CASE(5) CASE(6) CASE(7) CASE(8) CASE(9)
	CASE(10) CASE(11) CASE(12) CASE(13) CASE(14) CASE(15) CASE(16)
	CASE(17) CASE(18) CASE(19) CASE(20) CASE(21) CASE(22) CASE(23)
	CASE(24) CASE(25) CASE(26) CASE(27) CASE(28) CASE(29) CASE(30)
	default:
		return (struct set){ 0, 0 };
	}
}
/* clang-format on */

/* No row's name is longer than the cases above. */
#define X(id, name, compact, rfc, section, flags, text) \
	_Static_assert(sizeof(name) - 1 >= 2 && sizeof(name) - 1 <= 30, name);
MSG_HEADERS(X)
#undef X

/* A row without a compact form has a key that no character is. */
#define KEY(id, compact) ((compact) != 0 ? (compact) : 256 + MSG_H_##id)

/* clang-format off */
static enum msg_header
find_compact(char c)
{
	int key = (unsigned char)chr_lower(c);

	switch (key) {
#define X(id, name, compact, rfc, section, flags, text)                        \
	case KEY(id, compact):                                                 \
		return MSG_H_##id;
	MSG_HEADERS(X)
#undef X
	default:
		return MSG_H_OTHER;
	}
}
/* clang-format on */

static enum msg_header
registry_find_in(uint64_t set, unsigned base, struct str name)
{
	char first = chr_lower(name.p[0]);

	for (; set != 0; set &= set - 1) {
		unsigned id = base + (unsigned)__builtin_ctzll(set);
		struct str row = { rows[id].name, name.n };

		/* 7.3.1: field names are case-insensitive; most are spelled as
		 * they are in the RFC */
		if (chr_lower(row.p[0]) == first &&
		    (str_eq(row, name) || str_ieq(row, name)))
			return (enum msg_header)id;
	}
	return MSG_H_OTHER;
}

enum msg_header
msg_header_find(struct str name)
{
	struct set set;
	enum msg_header id;

	if (name.n == 0)
		return MSG_H_OTHER;
	if (name.n == 1)
		return find_compact(name.p[0]);
	set = rows_of_length(name.n);
	id = registry_find_in(set.low, 0, name);
	return id != MSG_H_OTHER ? id : registry_find_in(set.high, 64, name);
}

const struct msg_header_info *
msg_header_info(enum msg_header id)
{
	return id > MSG_H_OTHER && id < MSG_H_COUNT ? &rows[id] : NULL;
}

/*
 * The methods by name and the status codes: the ones of RFC 3261 section 21 and
 * of later RFCs.  Phrases are the protocol's own words and are never
 * translated; the sentences are ours.
 */

static const struct str method_names[MSG_METHOD_COUNT] = {
#define X(id, rfc, section, text) [MSG_##id] = { #id, sizeof(#id) - 1 },
	MSG_METHODS(X)
#undef X
};

/* clang-format off */
static const struct msg_status_info statuses[] = {
	{ 100, "Trying", 3261, "21.1.1",
	  N_("the next hop has the request and works on it; no need to send it again") },
	{ 180, "Ringing", 3261, "21.1.2",
	  N_("the callee's phone rings") },
	{ 181, "Call Is Being Forwarded", 3261, "21.1.3",
	  N_("the call is sent on to somewhere else") },
	{ 182, "Queued", 3261, "21.1.4",
	  N_("the callee is busy now, but the call waits in a queue") },
	{ 183, "Session Progress", 3261, "21.1.5",
	  N_("something to tell or to hear before the call is answered, often early media") },
	{ 199, "Early Dialog Terminated", 6228, "",
	  N_("one of the branches of a forked call has ended, others still live") },
	{ 200, "OK", 3261, "21.2.1",
	  N_("the request succeeded") },
	{ 202, "Accepted", 6665, "8.3.1",
	  N_("accepted, but not yet done; no longer used for subscriptions") },
	{ 204, "No Notification", 5839, "7.1",
	  N_("the subscription lives, and nothing changed that were worth a NOTIFY") },
	{ 300, "Multiple Choices", 3261, "21.3.1",
	  N_("there are several addresses, and the caller is to choose one") },
	{ 301, "Moved Permanently", 3261, "21.3.2",
	  N_("the user has a new address for good, in Contact") },
	{ 302, "Moved Temporarily", 3261, "21.3.3",
	  N_("the user is elsewhere for a while; Contact says where") },
	{ 305, "Use Proxy", 3261, "21.3.4",
	  N_("the request must be sent through the proxy in Contact") },
	{ 380, "Alternative Service", 3261, "21.3.5",
	  N_("the call failed, but the body describes another service") },
	{ 400, "Bad Request", 3261, "21.4.1",
	  N_("the request is malformed and was not understood") },
	{ 401, "Unauthorized", 3261, "21.4.2",
	  N_("a registrar or user agent wants a proof of who is asking") },
	{ 402, "Payment Required", 3261, "21.4.3",
	  N_("kept for later use") },
	{ 403, "Forbidden", 3261, "21.4.4",
	  N_("understood, but refused; a password would not help") },
	{ 404, "Not Found", 3261, "21.4.5",
	  N_("there is no such user here, or the domain is not served") },
	{ 405, "Method Not Allowed", 3261, "21.4.6",
	  N_("the method is known, but not allowed for this address; see Allow") },
	{ 406, "Not Acceptable", 3261, "21.4.7",
	  N_("no answer could be given in a form that Accept allows") },
	{ 407, "Proxy Authentication Required", 3261, "21.4.8",
	  N_("a proxy wants a proof of who is asking") },
	{ 408, "Request Timeout", 3261, "21.4.9",
	  N_("no answer came within the time allowed") },
	{ 410, "Gone", 3261, "21.4.10",
	  N_("the user was here once and left no new address") },
	{ 412, "Conditional Request Failed", 3903, "11.2.1",
	  N_("the published state that the request wants to change is not there") },
	{ 413, "Request Entity Too Large", 3261, "21.4.11",
	  N_("the body is larger than the server is willing to take") },
	{ 414, "Request-URI Too Long", 3261, "21.4.12",
	  N_("the address in the first line is too long for the server") },
	{ 415, "Unsupported Media Type", 3261, "21.4.13",
	  N_("the body is of a kind that the server does not know; see Accept") },
	{ 416, "Unsupported URI Scheme", 3261, "21.4.14",
	  N_("the address in the first line is of a kind that the server does not know") },
	{ 417, "Unknown Resource-Priority", 4412, "4.6.2",
	  N_("none of the ranks in Resource-Priority is known, and one was required") },
	{ 420, "Bad Extension", 3261, "21.4.15",
	  N_("an extension was required that is not understood; see Unsupported") },
	{ 421, "Extension Required", 3261, "21.4.16",
	  N_("the server needs an extension that the client did not offer; see Require") },
	{ 422, "Session Interval Too Small", 4028, "6",
	  N_("Session-Expires is shorter than the Min-SE of somebody on the way") },
	{ 423, "Interval Too Brief", 3261, "21.4.17",
	  N_("the wished lifetime is too short; see Min-Expires") },
	{ 424, "Bad Location Information", 6442, "4.3",
	  N_("the caller's place was missing or not understood") },
	{ 425, "Bad Alert Message", 8876, "",
	  N_("the emergency alert in the body was not understood") },
	{ 428, "Use Identity Header", 8224, "6.2.2",
	  N_("the server takes calls only with a signed Identity") },
	{ 429, "Provide Referrer Identity", 3892, "5",
	  N_("the Referred-By lacks a signed token") },
	{ 430, "Flow Failed", 5626, "11.5",
	  N_("the connection to the user's phone is broken; another may work") },
	{ 433, "Anonymity Disallowed", 5079, "",
	  N_("the callee takes no anonymous calls") },
	{ 436, "Bad Identity Info", 8224, "6.2.2",
	  N_("the certificate named by the Identity could not be fetched") },
	{ 437, "Unsupported Credential", 8224, "6.2.2",
	  N_("the certificate of the Identity is not trusted here") },
	{ 438, "Invalid Identity Header", 8224, "6.2.2",
	  N_("the signature in Identity does not fit the request") },
	{ 439, "First Hop Lacks Outbound Support", 5626, "11.6",
	  N_("the phone asked for outbound, but its first proxy cannot do it") },
	{ 440, "Max-Breadth Exceeded", 5393, "6.2",
	  N_("the request was forked into more branches than Max-Breadth allows") },
	{ 469, "Bad Info Package", 6086, "4.2.2",
	  N_("the INFO belongs to a package that the receiver did not announce") },
	{ 470, "Consent Needed", 5360, "",
	  N_("a recipient has not consented to being contacted this way") },
	{ 480, "Temporarily Unavailable", 3261, "21.4.18",
	  N_("the user is known but not logged in or not reachable just now") },
	{ 481, "Call/Transaction Does Not Exist", 3261, "21.4.19",
	  N_("the request belongs to a dialog or transaction that nobody here knows") },
	{ 482, "Loop Detected", 3261, "21.4.20",
	  N_("the request came back to a proxy that had seen it unchanged") },
	{ 483, "Too Many Hops", 3261, "21.4.21",
	  N_("Max-Forwards came down to 0 before the request arrived") },
	{ 484, "Address Incomplete", 3261, "21.4.22",
	  N_("the number is too short; more digits are needed") },
	{ 485, "Ambiguous", 3261, "21.4.23",
	  N_("the address fits several users") },
	{ 486, "Busy Here", 3261, "21.4.24",
	  N_("the callee is busy on this phone; another phone may answer") },
	{ 487, "Request Terminated", 3261, "21.4.25",
	  N_("the request was taken back by CANCEL or ended by BYE") },
	{ 488, "Not Acceptable Here", 3261, "21.4.26",
	  N_("this phone cannot do the session offered; another might") },
	{ 489, "Bad Event", 6665, "8.3.2",
	  N_("the event package is not known here; see Allow-Events") },
	{ 491, "Request Pending", 3261, "21.4.27",
	  N_("both sides changed the session at once; try again a little later") },
	{ 493, "Undecipherable", 3261, "21.4.28",
	  N_("the body is encrypted with a key that the receiver does not have") },
	{ 494, "Security Agreement Required", 3329, "2.3.1",
	  N_("client and server must first agree upon a security mechanism") },
	{ 500, "Server Internal Error", 3261, "21.5.1",
	  N_("the server met something that it had not expected") },
	{ 501, "Not Implemented", 3261, "21.5.2",
	  N_("the server does not know the method at all") },
	{ 502, "Bad Gateway", 3261, "21.5.3",
	  N_("a server further down gave an answer that makes no sense") },
	{ 503, "Service Unavailable", 3261, "21.5.4",
	  N_("the server is overloaded or in repair; try another one") },
	{ 504, "Server Time-out", 3261, "21.5.5",
	  N_("another server that was needed did not answer in time") },
	{ 505, "Version Not Supported", 3261, "21.5.6",
	  N_("the server does not speak this version of SIP") },
	{ 513, "Message Too Large", 3261, "21.5.7",
	  N_("the message is longer than the server can take") },
	{ 555, "Push Notification Service Not Supported", 8599, "",
	  N_("the push service that the phone named is not supported") },
	{ 580, "Precondition Failure", 3312, "8",
	  N_("a condition for the session, as reserved bandwidth, cannot be met") },
	{ 600, "Busy Everywhere", 3261, "21.6.1",
	  N_("the callee is busy on every phone; no use in trying others") },
	{ 603, "Decline", 3261, "21.6.2",
	  N_("the callee does not want to take part, on no phone") },
	{ 604, "Does Not Exist Anywhere", 3261, "21.6.3",
	  N_("somebody who knows says that there is no such user anywhere") },
	{ 606, "Not Acceptable", 3261, "21.6.4",
	  N_("the callee would talk, but not with this kind of session") },
	{ 607, "Unwanted", 8197, "",
	  N_("the callee says that this and like calls are not wanted") },
	{ 608, "Rejected", 8688, "",
	  N_("a machine on the way, no person, refused the call as unwanted") },
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

/*
 * The fields that a method's own definition makes mandatory, one row each.  A
 * proxy passes a request without them on, as it judges only what it needs
 * itself (RFC 3261 16.3); the server of the request finds it malformed and
 * answers 400 (21.4.1).
 *
 * That goes for SUBSCRIBE too, for which RFC 6665 4.2.3 leaves 489 open; a
 * PUBLISH without an Event gets a 489 (RFC 3903 6).
 *
 * A fault judged `later` may come behind another reason for a refusal: servers
 * have an order of their own.
 */

static bool
is_one_address(struct str value)
{
	struct str first = msg_cut_value(&value);
	struct msg_addr a;

	return value.n == 0 && msg_addr_read(first, &a) == 0 && !a.star;
}

/* 12.1.1: the dialog will need a Contact, and a later one has one URI, too.
 * RFC 2543, which knows no magic cookie, did without. */
static bool
registry_names_target(const struct msg *m)
{
	struct msg_via via;

	return msg_field(m, MSG_H_CONTACT, 0) != NULL ||
	       (msg_tag_of(m, MSG_H_TO).n == 0 && msg_top_via(m, &via) == 0 &&
		   str_starts(via.branch, "z9hG4bK"));
}

static bool
registry_is_there(struct str value)
{
	return value.n > 0;
}

static bool
registry_has_contact(const struct msg *m)
{
	return msg_field(m, MSG_H_CONTACT, 0) != NULL;
}

/* 10.2.1.2: the order of the bindings is that of their q. */
static bool
has_qvalues(struct str value)
{
	struct msg_addr a;
	unsigned q;

	while (value.n > 0)
		if (msg_addr_read(msg_cut_value(&value), &a) == 0 &&
		    !msg_q_read(a.params, &q))
			return false;
	return true;
}

static bool
is_rack(struct str value)
{
	struct msg_rack rack;

	return msg_rack_read(value, &rack) == 0;
}

static const struct {
	enum msg_method method;
	enum msg_header header;
	bool (*is_valid)(struct str value);
	bool (*applies)(const struct msg *m); /* NULL: always */
	bool later;
	enum msg_fault fault; /* NONE: MISSING or VALUE, 400 */
} method_field_rows[] = {
	/* 8.1.1.8: "exactly one SIP or SIPS URI" */
	{ MSG_INVITE, MSG_H_CONTACT, is_one_address, registry_names_target,
	    false, MSG_FAULT_NONE },
	/* 10.2.1.2, 25.1 */
	{ MSG_REGISTER, MSG_H_CONTACT, has_qvalues, registry_has_contact, true,
	    MSG_FAULT_NONE },
	/* RFC 6665 3.1.2, 4.2.3 */
	{ MSG_SUBSCRIBE, MSG_H_EVENT, registry_is_there, NULL, false,
	    MSG_FAULT_NONE },
	{ MSG_SUBSCRIBE, MSG_H_CONTACT, is_one_address, registry_names_target,
	    true, MSG_FAULT_NONE },
	/* RFC 6665 3.2.1, 4.1.3 */
	{ MSG_NOTIFY, MSG_H_EVENT, registry_is_there, NULL, false,
	    MSG_FAULT_NONE },
	{ MSG_NOTIFY, MSG_H_SUBSCRIPTION_STATE, registry_is_there, NULL, false,
	    MSG_FAULT_NONE },
	/* RFC 3515 2.4.1, 2.4.2: "exactly one Refer-To"; 2.2: Contact */
	{ MSG_REFER, MSG_H_REFER_TO, is_one_address, NULL, false,
	    MSG_FAULT_NONE },
	{ MSG_REFER, MSG_H_CONTACT, is_one_address, registry_names_target, true,
	    MSG_FAULT_NONE },
	/* RFC 3262 7.2, table 3 */
	{ MSG_PRACK, MSG_H_RACK, is_rack, NULL, false, MSG_FAULT_NONE },
	/* RFC 3311 table 1 */
	{ MSG_UPDATE, MSG_H_CONTACT, is_one_address, NULL, false,
	    MSG_FAULT_NONE },
	/* RFC 3903 4, 6 */
	{ MSG_PUBLISH, MSG_H_EVENT, registry_is_there, NULL, true,
	    MSG_FAULT_NO_EVENT },
};

/* The first of M's fields that is not as row ROW wants it: a value that is
 * none, or a second one where there is to be one alone. */
static const struct msg_field *
find_unfit(const struct msg *m, size_t row)
{
	bool single = method_field_rows[row].is_valid == is_one_address;
	const struct msg_field *f;

	for (size_t i = 0;
	     (f = msg_field(m, method_field_rows[row].header, i)) != NULL; i++)
		if (!method_field_rows[row].is_valid(f->value) ||
		    (single && i > 0))
			return f;
	return NULL;
}

static enum msg_fault
check_rows(
    const struct msg *m, bool later, struct str *at, enum msg_header *which)
{
	for (size_t i = 0; m->request && i < COUNT_OF(method_field_rows); i++) {
		const struct msg_field *f;

		if (method_field_rows[i].method != m->method ||
		    (method_field_rows[i].later && !later) ||
		    (method_field_rows[i].applies != NULL &&
			!method_field_rows[i].applies(m)))
			continue;
		f = find_unfit(m, i);
		if (f == NULL &&
		    msg_field(m, method_field_rows[i].header, 0) != NULL)
			continue;
		*which = method_field_rows[i].header;
		*at = f != NULL ? f->line : m->start_line;
		return method_field_rows[i].fault != MSG_FAULT_NONE
			   ? method_field_rows[i].fault
		       : f == NULL ? MSG_FAULT_MISSING
				   : MSG_FAULT_VALUE;
	}
	*which = MSG_H_OTHER;
	*at = STR_NULL;
	return MSG_FAULT_NONE;
}

enum msg_fault
msg_check_method(const struct msg *m, struct str *at, enum msg_header *which)
{
	return check_rows(m, true, at, which);
}

enum msg_fault
msg_check_method_first(
    const struct msg *m, struct str *at, enum msg_header *which)
{
	return check_rows(m, false, at, which);
}

/* In which messages: requests, responses. */
enum { R = 1, r = 2 };

#define A MSG_PROXY_ADDS
#define M MSG_PROXY_CHANGES
#define D MSG_PROXY_DROPS

static const struct {
	enum msg_header id;
	unsigned where, may;
} proxied_rows[] = {
	/* RFC 3261 tables 2 and 3 */
	{ MSG_H_ALERT_INFO, R | r, A },
	{ MSG_H_CALL_INFO, R | r, A },
	{ MSG_H_DATE, R | r, A },
	{ MSG_H_ERROR_INFO, r, A },
	{ MSG_H_ORGANIZATION, R | r, A },
	{ MSG_H_PRIORITY, R, A },
	{ MSG_H_PROXY_AUTHORIZATION, R, D },
	{ MSG_H_PROXY_REQUIRE, R, A },
	{ MSG_H_REQUIRE, R | r, A },
	/* RFC 3325 9 */
	{ MSG_H_P_ASSERTED_IDENTITY, R | r, A | D },
	{ MSG_H_P_PREFERRED_IDENTITY, R | r, A | D },
	/* RFC 3608 5 */
	{ MSG_H_SERVICE_ROUTE, r, A },
	/* RFC 3841 10 */
	{ MSG_H_ACCEPT_CONTACT, R, A },
	{ MSG_H_REJECT_CONTACT, R, A },
	{ MSG_H_REQUEST_DISPOSITION, R, A },
	/* RFC 4244 4.1 */
	{ MSG_H_HISTORY_INFO, R | r, A | M | D },
	/* RFC 3455 5.7 */
	{ MSG_H_P_CALLED_PARTY_ID, R, A | M },
	{ MSG_H_P_ACCESS_NETWORK_INFO, R | r, D },
	{ MSG_H_P_CHARGING_VECTOR, R | r, A | M | D },
	{ MSG_H_P_CHARGING_FUNCTION_ADDRESSES, R | r, A | D },
	{ MSG_H_P_VISITED_NETWORK_ID, R, A | M | D },
	/* TS 24.229 5.2.2: a P-CSCF takes CK and IK out of a challenge. */
	{ MSG_H_WWW_AUTHENTICATE, r, M },
	/* … and says whether a REGISTER came to it protected. */
	{ MSG_H_AUTHORIZATION, R, M },
	/* RFC 5009 6 */
	{ MSG_H_P_EARLY_MEDIA, R | r, A | M },
};

unsigned
msg_proxy_may(const struct msg *m, struct str name)
{
	enum msg_header id = msg_header_find(name);

	if (id == MSG_H_OTHER)
		return MSG_PROXY_ADDS;
	for (size_t i = 0; i < COUNT_OF(proxied_rows); i++)
		if (proxied_rows[i].id == id &&
		    (proxied_rows[i].where & (m->request ? R : r)) != 0)
			return proxied_rows[i].may;
	return 0;
}

/* The tables of msg/usages.h. */

static const struct msg_usage_method methods[] = {
#define X(method, usage, sender, facts) \
	{ MSG_##method, MSG_USAGE_##usage, sender, facts },
	MSG_USAGE_METHODS(X)
#undef X
};

const struct msg_usage_method *
msg_usage_method_find(enum msg_method m, enum msg_usage usage)
{
	for (size_t i = 0; i < COUNT_OF(methods); i++)
		if (methods[i].method == m && methods[i].usage == usage)
			return &methods[i];
	return NULL;
}

/* A method's facts are those of all usages that have it. */
bool
msg_method_is(enum msg_method m, unsigned facts)
{
	unsigned all = 0;

	for (size_t i = 0; i < COUNT_OF(methods); i++)
		if (methods[i].method == m)
			all |= methods[i].facts;
	return (all & facts) == facts;
}

bool
msg_method_answers(enum msg_method m)
{
	for (size_t i = 0; i < COUNT_OF(methods); i++)
		if (methods[i].method == m &&
		    methods[i].sender == MSG_BY_SECOND &&
		    (methods[i].facts & MSG_STARTS) != 0)
			return true;
	return false;
}

/* RFC 5057 5.1, table 2; 5.2 for 408.  A 3xx is of no effect here: it is not
 * followed within a dialog. */
static const struct {
	unsigned status;
	enum msg_effect effect;
} effects[] = {
	{ 404, MSG_ENDS_DIALOG },
	{ 405, MSG_ENDS_USAGE },
	{ 408, MSG_ENDS_USAGE },
	{ 410, MSG_ENDS_DIALOG },
	{ 416, MSG_ENDS_DIALOG },
	{ 480, MSG_ENDS_USAGE },
	{ 481, MSG_ENDS_USAGE },
	{ 482, MSG_ENDS_DIALOG },
	{ 483, MSG_ENDS_DIALOG },
	{ 484, MSG_ENDS_DIALOG },
	{ 485, MSG_ENDS_DIALOG },
	{ 489, MSG_ENDS_USAGE },
	{ 501, MSG_ENDS_USAGE },
	{ 502, MSG_ENDS_DIALOG },
	{ 604, MSG_ENDS_DIALOG },
};

enum msg_effect
msg_usage_effect(unsigned status)
{
	for (size_t i = 0; i < COUNT_OF(effects); i++)
		if (effects[i].status == status)
			return effects[i].effect;
	return MSG_ENDS_NOTHING;
}

enum msg_effect
msg_method_effect(enum msg_method m, unsigned status)
{
	enum msg_effect effect = msg_usage_effect(status);
	bool unknown = status == 405 || status == 501;

	if (effect != MSG_ENDS_USAGE)
		return effect;
	if (msg_usage_method_find(m, MSG_USAGE_NONE) != NULL)
		return MSG_ENDS_NOTHING;
	return unknown && msg_method_is(m, MSG_SPARED) ? MSG_ENDS_NOTHING
						       : MSG_ENDS_USAGE;
}
