/* Ladders of RFC 5359 (tests/rfc_flows.h). */
#ifndef RFC5359_H
#define RFC5359_H

#include "rfc_flows.h"

/* clang-format off */
static const struct flow rfc5359[] = {
	{ "rfc5359-2.7",
	    "alice -> proxy INVITE\n"
	    "proxy -> alice 100 INVITE after 1\n"
	    "proxy -> alice 181 INVITE after 1\n"
	    "proxy -> gateway INVITE after 1\n"
	    "gateway -> proxy 180 INVITE after 4\n"
	    "proxy -> alice 180 INVITE after 5\n"
	    "gateway -> proxy 200 INVITE after 4\n"
	    "proxy -> alice 200 INVITE after 7\n"
	    "alice -> proxy ACK after 8\n"
	    "proxy -> gateway ACK after 9\n"
	    "alice -> proxy BYE\n"
	    "proxy -> gateway BYE after 11\n"
	    "gateway -> proxy 200 BYE after 12\n"
	    "proxy -> alice 200 BYE after 13\n" },
	{ "rfc5359-2.8",
	    "alice -> proxy INVITE\n"
	    "proxy -> b1 INVITE after 1\n"
	    "proxy -> alice 100 INVITE after 1\n"
	    "b1 -> proxy 486 INVITE after 2\n"
	    "proxy -> b1 ACK after 4\n"
	    "proxy -> alice 181 INVITE after 4\n"
	    "proxy -> b2 INVITE after 4\n"
	    "b2 -> proxy 180 INVITE after 7\n"
	    "proxy -> alice 180 INVITE after 8\n"
	    "b2 -> proxy 200 INVITE after 7\n"
	    "proxy -> alice 200 INVITE after 10\n"
	    "alice -> proxy ACK after 11\n"
	    "proxy -> b2 ACK after 12\n"
	    "alice -> proxy BYE\n"
	    "proxy -> b2 BYE after 14\n"
	    "b2 -> proxy 200 BYE after 15\n"
	    "proxy -> alice 200 BYE after 16\n" },
	{ "rfc5359-2.9",
	    "alice -> proxy INVITE\n"
	    "proxy -> b1 INVITE after 1\n"
	    "proxy -> alice 100 INVITE after 1\n"
	    "b1 -> proxy 180 INVITE after 2\n"
	    "proxy -> alice 180 INVITE after 4\n"
	    "proxy -> b1 CANCEL\n"
	    "b1 -> proxy 200 CANCEL after 6\n"
	    "b1 -> proxy 487 INVITE after 6\n"
	    "proxy -> b1 ACK after 8\n"
	    "proxy -> alice 181 INVITE after 8\n"
	    "proxy -> b2 INVITE after 8\n"
	    "b2 -> proxy 180 INVITE after 11\n"
	    "proxy -> alice 180 INVITE after 12\n"
	    "b2 -> proxy 200 INVITE after 11\n"
	    "proxy -> alice 200 INVITE after 14\n"
	    "alice -> proxy ACK after 15\n"
	    "proxy -> b2 ACK after 16\n"
	    "alice -> proxy BYE\n"
	    "proxy -> b2 BYE after 18\n"
	    "b2 -> proxy 200 BYE after 19\n"
	    "proxy -> alice 200 BYE after 20\n" },
	{ "rfc5359-2.12",
	    "alice -> proxy INVITE\n"
	    "proxy -> b1 INVITE after 1\n"
	    "proxy -> alice 100 INVITE after 1\n"
	    "b1 -> proxy 180 INVITE after 2\n"
	    "proxy -> alice 180 INVITE after 4\n"
	    "proxy -> b1 CANCEL\n"
	    "b1 -> proxy 200 CANCEL after 6\n"
	    "b1 -> proxy 487 INVITE after 6\n"
	    "proxy -> b1 ACK after 8\n"
	    "proxy -> b2 INVITE after 8\n"
	    "b2 -> proxy 480 INVITE after 10\n"
	    "proxy -> b2 ACK after 11\n"
	    "proxy -> b3 INVITE after 11\n"
	    "b3 -> proxy 486 INVITE after 13\n"
	    "proxy -> b3 ACK after 14\n"
	    "proxy -> b4 INVITE after 14\n"
	    "b4 -> proxy 180 INVITE after 16\n"
	    "proxy -> alice 180 INVITE after 17\n"
	    "b4 -> proxy 200 INVITE after 16\n"
	    "proxy -> alice 200 INVITE after 19\n"
	    "alice -> proxy ACK after 20\n"
	    "proxy -> b4 ACK after 21\n"
	    "b4 -> proxy BYE\n"
	    "proxy -> alice BYE after 23\n"
	    "alice -> proxy 200 BYE after 24\n"
	    "proxy -> b4 200 BYE after 25\n" },
	{ "rfc5359-2.13",
	    "alice -> bob INVITE\n"
	    "bob -> alice 305 INVITE after 1\n"
	    "alice -> bob ACK after 2\n"
	    "alice -> proxy INVITE after 2\n"
	    "proxy -> alice 407 INVITE after 4\n"
	    "alice -> proxy ACK after 5\n"
	    "alice -> proxy INVITE after 5\n"
	    "proxy -> alice 403 INVITE after 7\n"
	    "alice -> proxy ACK after 8\n"
	    "alice -> ann INVITE\n"
	    "ann -> alice 200 INVITE after 10\n"
	    "alice -> ann ACK after 11\n"
	    "ann -> alice BYE\n"
	    "alice -> ann 200 BYE after 13\n" },
	{ "rfc5359-2.14",
	    "alice -> proxy INVITE\n"
	    "proxy -> alice 407 INVITE after 1\n"
	    "alice -> proxy ACK after 2\n"
	    "alice -> proxy INVITE after 2\n"
	    "proxy -> alice 403 INVITE after 4\n"
	    "alice -> proxy ACK after 5\n" },
};
/* clang-format on */

#endif
