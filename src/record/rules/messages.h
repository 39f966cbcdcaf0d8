/*
 * Which rule a message obeys where its sender does not say: of captures,
 * and of phones whose firmware says only what it did.
 */
#ifndef RULES_MESSAGES_H
#define RULES_MESSAGES_H

#include <stdint.h>

#include "msg/methods.h"
#include "rules/rule_id.h"

/*
 * What makes the rule of a message a special one, bit by bit: the contents of
 * it, or of the request that it answers, and the known facts about its sender.
 */
enum rule_given {
	GIVEN_READ = 1 << 0,        /* the message itself was read */
	GIVEN_DIALOG = 1 << 1,      /* the request has a tag in To */
	GIVEN_REPLACES = 1 << 2,    /* it has Replaces */
	GIVEN_JOIN = 1 << 3,        /* it has Join */
	GIVEN_CREDENTIALS = 1 << 4, /* it has (Proxy-)Authorization */
	/* of the message itself: */
	GIVEN_ENDS = 1 << 5,     /* Expires 0, or a subscription is over */
	GIVEN_CONTACT = 1 << 6,  /* Contact */
	GIVEN_FOCUS = 1 << 7,    /* isfocus in Contact */
	GIVEN_REFER = 1 << 8,    /* the event package refer, */
	GIVEN_MEETING = 1 << 9,  /* … or conference */
	GIVEN_SESSION = 1 << 10, /* Session-Expires */
	GIVEN_ETAG = 1 << 11,    /* SIP-If-Match */
	GIVEN_SDP = 1 << 12,
	GIVEN_HOLD = 1 << 13, /* … by which nothing is to be heard */
	GIVEN_BODY = 1 << 14,
	GIVEN_RELIABLE = 1 << 15, /* RSeq */
	GIVEN_ROUTE = 1 << 16,    /* Service-Route */
	GIVEN_FLOW = 1 << 17,     /* Require: outbound */
	GIVEN_GRUU = 1 << 18,     /* pub-gruu in Contact */
	GIVEN_AKA = 1 << 19,      /* a challenge by AKA */
	GIVEN_STALE = 1 << 20,    /* stale=true */
	GIVEN_HOST = 1 << 21,     /* its Request-URI names a host alone */
	/* of what was before: */
	GIVEN_HELD = 1 << 22,  /* the sender's description before was a hold */
	GIVEN_MORE = 1 << 23,  /* it had fewer streams, */
	GIVEN_FEWER = 1 << 24, /* … or more */
	GIVEN_ASKED = 1 << 25, /* what asks for the message has just come */
	GIVEN_AGAIN = 1 << 26, /* the same has succeeded */
	/* of the sender: */
	GIVEN_FORWARDS = 1 << 27, /* it is a proxy */
	GIVEN_AWAY = 1 << 28,   /* it makes no calls and takes none: a server */
	GIVEN_PAIRS = 1 << 29,  /* it joins calls, as a B2BUA does */
	GIVEN_TRUNKS = 1 << 30, /* it speaks ISUP: a gateway */
};

/* Of a request that a user agent sends, or a response that it gives; RULE_NONE
 * where no rule of ours fits.  GIVEN: of enum rule_given, 0 where it sends
 * what its method alone says. */
enum rule_id rule_of_request(enum msg_method method, uint32_t given);
enum rule_id
rule_of_response(enum msg_method method, unsigned status, uint32_t given);

/* Why a request goes out again after a final response with STATUS; OTHERWISE
 * where no rule of ours says more. */
enum rule_id rule_of_retry(unsigned status, enum rule_id otherwise);

#endif
