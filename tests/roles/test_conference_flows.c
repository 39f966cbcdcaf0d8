/*
 * The call flows of RFC 4579 5 against scripts that make them (tests/rfc4579),
 * message by message.  What is not as drawn there: the focus answers without a
 * 180; who is in the conference before a figure begins comes in first; phones
 * subscribe as soon as they have sent their ACK, or, where the focus has sent a
 * re-INVITE (5.3), their 200; keys that are pressed go by INFO; and the focus
 * tells everybody of each change, after 5 s where it has just told (RFC 4575
 * 3.9), which the figures leave out where it says nothing to their point.
 */
#include "fixtures/flow_check.h"

#define URI "sip:3402934234@conf.example.com"
#define IS  "Contact: <" URI ">;isfocus"
/* The seven messages by which WHO dials in, from number N on. */
#define ENTERS(who, n, n1, n3, n5)                                           \
	who " -> focus INVITE | uri: " URI " | sdp\n"                        \
	    "focus -> " who " 200 INVITE after " n " | sdp | " IS            \
	    " | Allow-Events: *conference*\n" who " -> focus ACK after " n1  \
	    "\n" who " -> focus SUBSCRIBE | uri: " URI                       \
	    " | Event: conference\nfocus -> " who " 200 SUBSCRIBE after " n3 \
	    " | " IS "\nfocus -> " who " NOTIFY after " n3                   \
	    " | Event: conference | Subscription-State: active;* | body: "   \
	    "*version=\"0\"*\n" who " -> focus 200 NOTIFY after " n5 "\n"
#define ALICE ENTERS("alice", "1", "2", "4", "6")
/* … whom the focus has called, from its SUBSCRIBE, N, on. */
#define WATCHES(who, n, n2)                                                 \
	who " -> focus SUBSCRIBE | uri: " URI                               \
	    " | Event: conference\nfocus -> " who " 200 SUBSCRIBE after " n \
	    "\nfocus -> " who " NOTIFY after " n                            \
	    " | Event: conference | body: *version=\"0\"*\n" who            \
	    " -> focus 200 NOTIFY after " n2 "\n"
#define NEWS(who, n, version)                                         \
	"focus -> " who " NOTIFY | Event: conference | body: *state=" \
	"\"partial\" version=\"" version "\"*\n" who                  \
	" -> focus 200 NOTIFY after " n "\n"

/* clang-format off */
static const struct flow flows[] = {
	{ "tests/rfc4579/5.1.lua", ENTERS("carol", "1", "2", "4", "6") },
	{ "tests/rfc4579/5.2.lua", ALICE
	    "focus -> carol INVITE | " IS " | sdp\n"
	    "carol -> focus 180 INVITE after 8\n"
	    "carol -> focus 200 INVITE after 8 | sdp\n"
	    "focus -> carol ACK after 10\n"
	    WATCHES("carol", "12", "14")
	    NEWS("alice", "16", "1") },
	{ "tests/rfc4579/5.3.lua",
	    "alice -> focus INVITE | uri: sip:focus@conf.example.com\n"
	    "focus -> alice 180 INVITE after 1 | Contact: <sip:focus@192.0.2.4:5060>\n"
	    "focus -> alice 200 INVITE after 1 | Contact: <sip:focus@192.0.2.4:5060> | sdp\n"
	    "alice -> focus ACK after 3\n"
	    "alice -> focus INFO | body: Signal=#*\n"
	    "focus -> alice 200 INFO after 5\n"
	    "focus -> alice INVITE after 5 | Contact: <sip:*@conf.example.com>;isfocus | Allow-Events: *conference* | sdp\n"
	    "alice -> focus 200 INVITE after 7 | sdp\n"
	    "alice -> focus SUBSCRIBE after 7 | uri: sip:*@conf.example.com | Event: conference\n"
	    "focus -> alice ACK after 8\n"
	    "focus -> alice 200 SUBSCRIBE after 9\n"
	    "focus -> alice NOTIFY after 9 | Event: conference | body: *version=\"0\"*\n"
	    "alice -> focus 200 NOTIFY after 12\n" },
	{ "tests/rfc4579/5.4.lua",
	    "alice -> focus INVITE | uri: sip:focus@conf.example.com\n"
	    "focus -> alice 302 INVITE after 1 | Contact: <sip:*@conf.example.com>;isfocus\n"
	    "alice -> focus ACK after 2\n"
	    "alice -> focus INVITE after 2 | uri: sip:*@conf.example.com\n"
	    "focus -> alice 200 INVITE after 4 | Contact: <sip:*@conf.example.com>;isfocus\n"
	    "alice -> focus ACK after 5\n"
	    "alice -> focus SUBSCRIBE | uri: sip:*@conf.example.com\n"
	    "focus -> alice 200 SUBSCRIBE after 7\n"
	    "focus -> alice NOTIFY after 7 | Event: conference\n"
	    "alice -> focus 200 NOTIFY after 9\n" },
	{ "tests/rfc4579/5.5.lua", ALICE
	    "alice -> focus REFER | uri: " URI " | Refer-To: <sip:carol@192.0.2.3>\n"
	    "focus -> alice 202 REFER after 8 | " IS "\n"
	    "focus -> alice NOTIFY after 8 | Event: refer | body: SIP/2.0 100 *\n"
	    "alice -> focus 200 NOTIFY after 10\n"
	    "focus -> carol INVITE after 8 | " IS " | Referred-By: *\n"
	    "carol -> focus 180 INVITE after 12\n"
	    "carol -> focus 200 INVITE after 12\n"
	    "focus -> carol ACK after 14\n"
	    "focus -> alice NOTIFY after 14 | Event: refer | Subscription-State: terminated;* | body: SIP/2.0 200 *\n"
	    "alice -> focus 200 NOTIFY after 16\n"
	    WATCHES("carol", "18", "20")
	    NEWS("alice", "22", "1") },
	{ "tests/rfc4579/5.6.lua", ALICE
	    "alice -> bob REFER | Refer-To: <" URI ">\n"
	    "bob -> alice 202 REFER after 8\n"
	    "bob -> alice NOTIFY after 8 | Event: refer | body: SIP/2.0 100 *\n"
	    "alice -> bob 200 NOTIFY after 10\n"
	    "bob -> focus INVITE after 8 | uri: " URI "\n"
	    "focus -> bob 200 INVITE after 12 | " IS "\n"
	    "bob -> focus ACK after 13\n"
	    "bob -> alice NOTIFY after 13 | Event: refer | body: SIP/2.0 200 *\n"
	    "alice -> bob 200 NOTIFY after 15\n"
	    NEWS("alice", "17", "1")
	    WATCHES("bob", "19", "21") },
	{ "tests/rfc4579/5.7.lua", ALICE
	    "alice -> focus REFER | uri: " URI " | Refer-To: <sip:bob@192.0.2.2;method=REFER?Refer-To=*>\n"
	    "focus -> alice 202 REFER after 8\n"
	    "focus -> alice NOTIFY after 8 | Event: refer | body: SIP/2.0 100 *\n"
	    "alice -> focus 200 NOTIFY after 10\n"
	    "focus -> bob REFER after 8 | Refer-To: <" URI "> | From: *<" URI ">* | " IS "\n"
	    "bob -> focus 202 REFER after 12\n"
	    "focus -> alice NOTIFY after 13 | Event: refer | Subscription-State: terminated;* | body: SIP/2.0 202 *\n"
	    "bob -> focus NOTIFY after 12 | Event: refer | body: SIP/2.0 100 *\n"
	    "alice -> focus 200 NOTIFY after 14\n"
	    "focus -> bob 200 NOTIFY after 15\n"
	    "bob -> focus INVITE after 12 | uri: " URI "\n"
	    "focus -> bob 200 INVITE after 18 | " IS "\n"
	    "bob -> focus ACK after 19\n"
	    NEWS("alice", "21", "1")
	    "bob -> focus NOTIFY after 19 | Event: refer | body: SIP/2.0 200 *\n"
	    "focus -> bob 200 NOTIFY after 23\n"
	    WATCHES("bob", "25", "27") },
	{ "tests/rfc4579/5.8.lua", ALICE
	    "bob -> focus INVITE | Join: *;to-tag=*;from-tag=*\n"
	    "focus -> bob 200 INVITE after 8 | " IS "\n"
	    "bob -> focus ACK after 9\n"
	    NEWS("alice", "11", "1")
	    WATCHES("bob", "13", "15") },
	{ "tests/rfc4579/5.9.lua", ALICE
	    "other -> focus INVITE | uri: " URI " | Replaces: *;to-tag=*;from-tag=*\n"
	    "focus -> other 200 INVITE after 8 | " IS "\n"
	    "other -> focus ACK after 9\n"
	    NEWS("alice", "11", "1")
	    "focus -> alice BYE after 10\n"
	    "alice -> focus 200 BYE after 13\n"
	    WATCHES("other", "15", "17")
	    "alice -> focus SUBSCRIBE | Expires: 0\n"
	    "focus -> alice 200 SUBSCRIBE after 19\n"
	    "focus -> alice NOTIFY after 19 | Subscription-State: terminated;*\n"
	    "alice -> focus 200 NOTIFY after 21\n"
	    NEWS("other", "23", "1") },
	{ "tests/rfc4579/5.10.lua",
	    "alice -> bob INVITE | Call-ID: $c\n"
	    "bob -> alice 180 INVITE after 1\n"
	    "bob -> alice 200 INVITE after 1\n"
	    "alice -> bob ACK after 3\n"
	    "alice -> focus INVITE | uri: " URI "\n"
	    "focus -> alice 200 INVITE after 5 | " IS "\n"
	    "alice -> focus ACK after 6\n"
	    "alice -> focus SUBSCRIBE | uri: " URI "\n"
	    "alice -> focus REFER | uri: " URI " | Refer-To: <sip:bob@192.0.2.2*?Replaces=*>\n"
	    "focus -> alice 200 SUBSCRIBE after 8\n"
	    "focus -> alice NOTIFY after 8 | Event: conference | body: *version=\"0\"*\n"
	    "alice -> focus 200 NOTIFY after 11\n"
	    "focus -> alice 202 REFER after 9\n"
	    "focus -> alice NOTIFY after 9 | Event: refer | body: SIP/2.0 100 *\n"
	    "alice -> focus 200 NOTIFY after 14\n"
	    "focus -> bob INVITE after 9 | " IS " | Replaces: $c;*\n"
	    "bob -> focus 200 INVITE after 16\n"
	    "focus -> bob ACK after 17\n"
	    "bob -> alice BYE after 18 | Call-ID: $c\n"
	    "alice -> bob 200 BYE after 19\n"
	    "focus -> alice NOTIFY after 17 | Event: refer | body: SIP/2.0 200 *\n"
	    "alice -> focus 200 NOTIFY after 21\n"
	    WATCHES("bob", "23", "25")
	    NEWS("alice", "27", "1") },
	{ "tests/rfc4579/5.11.lua", "among alice focus\n" ALICE
	    NEWS("alice", "8", "1")
	    "alice -> focus REFER | uri: " URI " | Refer-To: <sip:carol@192.0.2.3;method=BYE>\n"
	    "focus -> alice 202 REFER after 10\n"
	    "focus -> alice NOTIFY after 10 | Event: refer | body: SIP/2.0 100 *\n"
	    "alice -> focus 200 NOTIFY after 12\n"
	    "focus -> alice NOTIFY | Event: refer | body: SIP/2.0 200 *\n"
	    "alice -> focus 200 NOTIFY after 14\n"
	    "focus -> alice NOTIFY | Event: conference | body: *sip:carol@*deleted*\n"
	    "alice -> focus 200 NOTIFY after 16\n" },
	{ "tests/rfc4579/5.11.lua", "among carol focus\n"
	    ENTERS("carol", "1", "2", "4", "6")
	    "focus -> carol NOTIFY | Subscription-State: terminated;reason=rejected | -Content-Type\n"
	    "focus -> carol BYE\n"
	    "carol -> focus 200 NOTIFY after 8\n"
	    "carol -> focus 200 BYE after 9\n" },
	{ "tests/rfc4579/5.12.lua", "among bob focus\n"
	    "bob -> focus INVITE | Join: *\n"
	    "focus -> bob 200 INVITE after 1\n"
	    "bob -> focus ACK after 2\n"
	    "bob -> focus SUBSCRIBE\n"
	    "focus -> bob 200 SUBSCRIBE after 4\n"
	    "focus -> bob NOTIFY after 4\n"
	    "bob -> focus 200 NOTIFY after 6\n"
	    NEWS("bob", "8", "1")
	    "focus -> bob BYE\n"
	    "bob -> focus 200 BYE after 10\n"
	    "focus -> bob NOTIFY | Subscription-State: terminated;reason=noresource | body: *state=\"deleted\" version=\"2\"*\n"
	    "bob -> focus 200 NOTIFY after 12\n" },
};
/* clang-format on */

static void
as_in_the_figures(void)
{
	for (size_t i = 0; i < sizeof(flows) / sizeof(flows[0]); i++) {
		struct ladder want;
		struct seen s;

		read_flow(&flows[i], &want);
		if (see(&flows[i], &s)) {
			CU_ASSERT_TRUE(equals(&flows[i], &want, &s));
			forget(&s);
		}
	}
}

CHECK_MAIN("conference_flows", { "as in the figures", as_in_the_figures })
