/*
 * The machine of a name that a host has asked the DNS for: the question, until
 * it is answered or nobody answers, and what is kept of the answer as long as
 * that may be (RFC 1034 5.3.3, RFC 1035 7).
 */
#include "machine/tables.h"
#include "machine/times.h"

/* clang-format off */
static const struct machine_state name_states[] = {
	{ STATE_ASKING, false, N_("The question is out, by UDP.") },
	{ STATE_ASKING_TCP, false, N_("The answer was too long for UDP: the question is out again, by TCP.") },
	{ STATE_KNOWN, false, N_("The answer is kept, and not asked for again, as long as its TTL says.") },
	{ STATE_ABSENT, false, N_("That there is no such name, or nothing of that type, is kept as long as the zone's SOA says.") },
	{ STATE_UNANSWERED, true, N_("No server has answered, or none of them could.") },
	{ STATE_EXPIRED, true, N_("What was kept has run out: whoever wants it asks again.") },
};

static const struct machine_edge name_edges[] = {
	STEP(NONE, QUESTION, ASKING, DNS_ASK, N_("Somebody wants what is not known here.")),
	STEP(NONE, ADDITIONAL, KNOWN, DNS_ADDITIONAL, N_("It came beside another answer.")),
	STEP(NONE, NO_DATA, ABSENT, DNS_DENIED, N_("The name, or one above it, is known not to be there.")),
	STEP(ASKING, TIMER_RETRY, ASKING, DNS_RETRY, N_("Nobody has answered in time: the question goes out again, to the next server where there is one.")),
	STEP(ASKING, REFERRAL, ASKING, DNS_REFERRAL, N_("The server names others, who know more: they are asked.")),
	STEP(ASKING, NEXT_SERVER, ASKING, DNS_NEXT_SERVER, N_("The server could not answer: the next one is asked.")),
	STEP(ASKING, TRUNCATED, ASKING_TCP, DNS_TRUNCATED, N_("The answer is cut off: the question goes to the same server, by TCP.")),
	STEP(ASKING, ANSWER, KNOWN, DNS_CACHE, N_("The answer is kept for its TTL.")),
	STEP(ASKING, NO_DATA, ABSENT, DNS_NEGATIVE, N_("That there is nothing is kept, too.")),
	STEP(ASKING, GIVEN_UP, UNANSWERED, DNS_GIVE_UP, N_("All servers were asked often enough.")),
	STEP(ASKING_TCP, TIMER_RETRY, ASKING, DNS_RETRY, N_("Nothing has come over the connection in time.")),
	STEP(ASKING_TCP, REFERRAL, ASKING, DNS_REFERRAL, N_("The server names others, who know more: they are asked.")),
	STEP(ASKING_TCP, NEXT_SERVER, ASKING, DNS_NEXT_SERVER, N_("The server could not answer, or has closed the connection: the next one is asked.")),
	STEP(ASKING_TCP, ANSWER, KNOWN, DNS_CACHE, N_("The answer is kept for its TTL.")),
	STEP(ASKING_TCP, NO_DATA, ABSENT, DNS_NEGATIVE, N_("That there is nothing is kept, too.")),
	STEP(ASKING_TCP, GIVEN_UP, UNANSWERED, DNS_GIVE_UP, N_("All servers were asked often enough.")),
	STEP(KNOWN, TIMER_TTL, EXPIRED, DNS_EXPIRED, N_("Its TTL is over.")),
	STEP(ABSENT, TIMER_TTL, EXPIRED, DNS_EXPIRED, N_("That there was nothing is no longer sure.")),
};

static const struct machine_timer name_timers[] = {
	{ "retry", EVENT_TIMER_RETRY, TIME_DNS_RETRY_MS, 4 * TIME_DNS_RETRY_MS, MACHINE_SAME, N_("2 s, 4 s, 8 s"), STATE_ASKING, STATE_ASKING_TCP, N_("asks again, or another server, when no answer comes") },
	{ "TTL", EVENT_TIMER_TTL, 0, 0, MACHINE_SAME, N_("the least TTL of the answer's records"), STATE_KNOWN, STATE_ABSENT, N_("forgets what is kept") },
};

const struct machine machine_name = {
	.name = "name", .title = N_("DNS name"),
	.heading = N_("Names in the DNS"), .again = true,
	.rfc = 1034, .section = "5.3.3", .start = STATE_NONE,
	MACHINE_TABLES(name),
};
/* clang-format on */
