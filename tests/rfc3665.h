/*
 * The ladders of RFC 3665, section by section, as text: repetitions and
 * challenges included, media left out.  "after" names the message that one
 * follows from, by its place in the flow; what somebody does of his own accord
 * (a call, a BYE, a CANCEL) has none.
 */
#ifndef RFC3665_H
#define RFC3665_H

struct flow {
	const char *section;
	const char *lines;
};

/* clang-format off */
static const struct flow flows[] = {
	{ "2.1",
	    "bob -> registrar REGISTER\n"
	    "registrar -> bob 401 REGISTER after 1\n"
	    "bob -> registrar REGISTER after 2\n"
	    "registrar -> bob 200 REGISTER after 3\n" },
	{ "2.2",
	    "bob -> registrar REGISTER\n"
	    "registrar -> bob 200 REGISTER after 1\n" },
	{ "2.3",
	    "bob -> registrar REGISTER\n"
	    "registrar -> bob 200 REGISTER after 1\n" },
	{ "2.4",
	    "bob -> registrar REGISTER\n"
	    "registrar -> bob 200 REGISTER after 1\n" },
	{ "2.5",
	    "bob -> registrar REGISTER\n"
	    "registrar -> bob 401 REGISTER after 1\n"
	    "bob -> registrar REGISTER after 2\n"
	    "registrar -> bob 401 REGISTER after 3\n" },
	{ "3.1",
	    "alice -> bob INVITE\n"
	    "bob -> alice 180 INVITE after 1\n"
	    "bob -> alice 200 INVITE after 1\n"
	    "alice -> bob ACK after 3\n"
	    "bob -> alice BYE\n"
	    "alice -> bob 200 BYE after 5\n" },
	{ "3.2",
	    "alice -> proxy1 INVITE\n"
	    "proxy1 -> alice 407 INVITE after 1\n"
	    "alice -> proxy1 ACK after 2\n"
	    "alice -> proxy1 INVITE after 2\n"
	    "proxy1 -> proxy2 INVITE after 4\n"
	    "proxy1 -> alice 100 INVITE after 4\n"
	    "proxy2 -> bob INVITE after 5\n"
	    "proxy2 -> proxy1 100 INVITE after 5\n"
	    "bob -> proxy2 180 INVITE after 7\n"
	    "proxy2 -> proxy1 180 INVITE after 9\n"
	    "proxy1 -> alice 180 INVITE after 10\n"
	    "bob -> proxy2 200 INVITE after 7\n"
	    "proxy2 -> proxy1 200 INVITE after 12\n"
	    "proxy1 -> alice 200 INVITE after 13\n"
	    "alice -> proxy1 ACK after 14\n"
	    "proxy1 -> proxy2 ACK after 15\n"
	    "proxy2 -> bob ACK after 16\n"
	    "bob -> proxy2 BYE\n"
	    "proxy2 -> proxy1 BYE after 18\n"
	    "proxy1 -> alice BYE after 19\n"
	    "alice -> proxy1 200 BYE after 20\n"
	    "proxy1 -> proxy2 200 BYE after 21\n"
	    "proxy2 -> bob 200 BYE after 22\n" },
	{ "3.3",
	    "alice -> proxy1 INVITE\n"
	    "proxy1 -> alice 407 INVITE after 1\n"
	    "alice -> proxy1 ACK after 2\n"
	    "alice -> proxy1 INVITE after 2\n"
	    "proxy1 -> alice 100 INVITE after 4\n"
	    "proxy1 -> proxy2 INVITE after 4\n"
	    "proxy2 -> proxy1 407 INVITE after 6\n"
	    "proxy1 -> proxy2 ACK after 7\n"
	    "proxy1 -> alice 407 INVITE after 7\n"
	    "alice -> proxy1 ACK after 9\n"
	    "alice -> proxy1 INVITE after 9\n"
	    "proxy1 -> alice 100 INVITE after 11\n"
	    "proxy1 -> proxy2 INVITE after 11\n"
	    "proxy2 -> proxy1 100 INVITE after 13\n"
	    "proxy2 -> bob INVITE after 13\n"
	    "bob -> proxy2 200 INVITE after 15\n"
	    "proxy2 -> proxy1 200 INVITE after 16\n"
	    "proxy1 -> alice 200 INVITE after 17\n"
	    "alice -> proxy1 ACK after 18\n"
	    "proxy1 -> proxy2 ACK after 19\n"
	    "proxy2 -> bob ACK after 20\n" },
	{ "3.4",
	    "alice -> proxy1 INVITE\n"
	    "alice -> proxy1 INVITE after 1\n"
	    "alice -> proxy1 INVITE after 1\n"
	    "alice -> proxy1 INVITE after 1\n"
	    "alice -> proxy1 INVITE after 1\n"
	    "alice -> proxy1 INVITE after 1\n"
	    "alice -> proxy1 INVITE after 1\n"
	    "alice -> proxy2 INVITE\n"
	    "proxy2 -> alice 407 INVITE after 8\n"
	    "alice -> proxy2 ACK after 9\n"
	    "alice -> proxy2 INVITE after 9\n"
	    "proxy2 -> bob INVITE after 11\n"
	    "proxy2 -> alice 100 INVITE after 11\n"
	    "bob -> proxy2 180 INVITE after 12\n"
	    "proxy2 -> alice 180 INVITE after 14\n"
	    "bob -> proxy2 200 INVITE after 12\n"
	    "proxy2 -> alice 200 INVITE after 16\n"
	    "alice -> proxy2 ACK after 17\n"
	    "proxy2 -> bob ACK after 18\n"
	    "bob -> proxy2 BYE\n"
	    "proxy2 -> alice BYE after 20\n"
	    "alice -> proxy2 200 BYE after 21\n"
	    "proxy2 -> bob 200 BYE after 22\n" },
	{ "3.5",
	    "alice -> alg INVITE\n"
	    "alg -> proxy2 INVITE after 1\n"
	    "alg -> alice 100 INVITE after 1\n"
	    "proxy2 -> bob INVITE after 2\n"
	    "proxy2 -> alg 100 INVITE after 2\n"
	    "bob -> proxy2 180 INVITE after 4\n"
	    "proxy2 -> alg 180 INVITE after 6\n"
	    "alg -> alice 180 INVITE after 7\n"
	    "bob -> proxy2 200 INVITE after 4\n"
	    "proxy2 -> alg 200 INVITE after 9\n"
	    "alg -> alice 200 INVITE after 10\n"
	    "alice -> alg ACK after 11\n"
	    "alg -> bob ACK after 12\n"
	    "alice -> alg BYE\n"
	    "alg -> bob BYE after 14\n"
	    "bob -> alg 200 BYE after 15\n"
	    "alg -> alice 200 BYE after 16\n" },
	{ "3.6",
	    "alice -> redirect INVITE\n"
	    "redirect -> alice 302 INVITE after 1\n"
	    "alice -> redirect ACK after 2\n"
	    "alice -> proxy3 INVITE after 2\n"
	    "proxy3 -> bob INVITE after 4\n"
	    "proxy3 -> alice 100 INVITE after 4\n"
	    "bob -> proxy3 180 INVITE after 5\n"
	    "proxy3 -> alice 180 INVITE after 7\n"
	    "bob -> proxy3 200 INVITE after 5\n"
	    "proxy3 -> alice 200 INVITE after 9\n"
	    "alice -> proxy3 ACK after 10\n"
	    "proxy3 -> bob ACK after 11\n"
	    "bob -> proxy3 BYE\n"
	    "proxy3 -> alice BYE after 13\n"
	    "alice -> proxy3 200 BYE after 14\n"
	    "proxy3 -> bob 200 BYE after 15\n" },
	{ "3.7",
	    "alice -> proxy2 INVITE\n"
	    "proxy2 -> bob INVITE after 1\n"
	    "proxy2 -> alice 100 INVITE after 1\n"
	    "bob -> proxy2 180 INVITE after 2\n"
	    "proxy2 -> alice 180 INVITE after 4\n"
	    "bob -> proxy2 200 INVITE after 2\n"
	    "proxy2 -> alice 200 INVITE after 6\n"
	    "alice -> bob ACK after 7\n"
	    "bob -> alice INVITE\n"
	    "alice -> bob 200 INVITE after 9\n"
	    "bob -> alice ACK after 10\n"
	    "alice -> bob BYE\n"
	    "bob -> alice 200 BYE after 12\n" },
	{ "3.8",
	    "alice -> proxy1 INVITE\n"
	    "proxy1 -> proxy2 INVITE after 1\n"
	    "proxy1 -> alice 100 INVITE after 1\n"
	    "proxy2 -> bob INVITE after 2\n"
	    "proxy2 -> proxy1 100 INVITE after 2\n"
	    "bob -> proxy2 180 INVITE after 4\n"
	    "proxy2 -> proxy1 180 INVITE after 6\n"
	    "proxy1 -> alice 180 INVITE after 7\n"
	    "alice -> proxy1 CANCEL\n"
	    "proxy1 -> alice 200 CANCEL after 9\n"
	    "proxy1 -> proxy2 CANCEL after 9\n"
	    "proxy2 -> proxy1 200 CANCEL after 11\n"
	    "proxy2 -> bob CANCEL after 11\n"
	    "bob -> proxy2 200 CANCEL after 13\n"
	    "bob -> proxy2 487 INVITE after 13\n"
	    "proxy2 -> bob ACK after 15\n"
	    "proxy2 -> proxy1 487 INVITE after 15\n"
	    "proxy1 -> proxy2 ACK after 17\n"
	    "proxy1 -> alice 487 INVITE after 17\n"
	    "alice -> proxy1 ACK after 19\n" },
	{ "3.9",
	    "alice -> proxy1 INVITE\n"
	    "proxy1 -> proxy2 INVITE after 1\n"
	    "proxy1 -> alice 100 INVITE after 1\n"
	    "proxy2 -> bob INVITE after 2\n"
	    "proxy2 -> proxy1 100 INVITE after 2\n"
	    "bob -> proxy2 486 INVITE after 4\n"
	    "proxy2 -> bob ACK after 6\n"
	    "proxy2 -> proxy1 486 INVITE after 6\n"
	    "proxy1 -> proxy2 ACK after 8\n"
	    "proxy1 -> alice 486 INVITE after 8\n"
	    "alice -> proxy1 ACK after 10\n" },
	{ "3.10",
	    "alice -> proxy1 INVITE\n"
	    "proxy1 -> proxy2 INVITE after 1\n"
	    "proxy1 -> alice 100 INVITE after 1\n"
	    "proxy2 -> bob INVITE after 2\n"
	    "proxy2 -> proxy1 100 INVITE after 2\n"
	    "proxy2 -> bob INVITE after 4\n"
	    "proxy2 -> bob INVITE after 4\n"
	    "proxy2 -> bob INVITE after 4\n"
	    "proxy2 -> bob INVITE after 4\n"
	    "proxy2 -> bob INVITE after 4\n"
	    "proxy2 -> bob INVITE after 4\n"
	    "proxy2 -> proxy1 480 INVITE after 2\n"
	    "proxy1 -> proxy2 ACK after 12\n"
	    "proxy1 -> alice 480 INVITE after 12\n"
	    "alice -> proxy1 ACK after 14\n" },
	{ "3.11",
	    "alice -> proxy1 INVITE\n"
	    "proxy1 -> proxy2 INVITE after 1\n"
	    "proxy1 -> alice 100 INVITE after 1\n"
	    "proxy2 -> bob INVITE after 2\n"
	    "proxy2 -> proxy1 100 INVITE after 2\n"
	    "bob -> proxy2 180 INVITE after 4\n"
	    "proxy2 -> proxy1 180 INVITE after 6\n"
	    "proxy1 -> alice 180 INVITE after 7\n"
	    "bob -> proxy2 480 INVITE after 4\n"
	    "proxy2 -> bob ACK after 9\n"
	    "proxy2 -> proxy1 480 INVITE after 9\n"
	    "proxy1 -> proxy2 ACK after 11\n"
	    "proxy1 -> alice 480 INVITE after 11\n"
	    "alice -> proxy1 ACK after 13\n" },
};
/* clang-format on */

#define NFLOWS (sizeof(flows) / sizeof(flows[0]))

#endif
