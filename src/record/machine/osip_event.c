/* Names of libosip2's events; see machine/osip_event.h. */
#include "machine/osip_event.h"

enum side { CLIENT, SERVER };

static const struct {
	const char *machine;
	enum side side;
	const char *request; /* that begins it */
} machines[] = {
	{ "ICT", CLIENT, "SND_REQINVITE" },
	{ "NICT", CLIENT, "SND_REQUEST" },
	{ "IST", SERVER, "RCV_REQINVITE" },
	{ "NIST", SERVER, "RCV_REQUEST" },
};

/* By the timer's letter; L and M are RFC 6026's. */
static const char *
timer_event(struct str event)
{
	static const struct {
		char letter;
		const char *name;
	} rows[] = { { 'A', "TIMEOUT_A" }, { 'B', "TIMEOUT_B" },
		{ 'D', "TIMEOUT_D" }, { 'E', "TIMEOUT_E" },
		{ 'F', "TIMEOUT_F" }, { 'G', "TIMEOUT_G" },
		{ 'H', "TIMEOUT_H" }, { 'I', "TIMEOUT_I" },
		{ 'J', "TIMEOUT_J" }, { 'K', "TIMEOUT_K" } };

	for (size_t i = 0; event.n > 6 && i < sizeof(rows) / sizeof(*rows); i++)
		if (event.p[6] == rows[i].letter)
			return rows[i].name;
	return NULL;
}

/* A response, by the first digit of its status. */
static const char *
status_event(char digit, enum side side)
{
	static const char *const names[2][3] = {
		[CLIENT] = { "RCV_STATUS_1XX", "RCV_STATUS_2XX",
		    "RCV_STATUS_3456XX" },
		[SERVER] = { "SND_STATUS_1XX", "SND_STATUS_2XX",
		    "SND_STATUS_3456XX" },
	};

	if (digit < '1' || digit > '6')
		return NULL;
	return names[side][digit > '2' ? 2 : digit - '1'];
}

const char *
machine_osip_event(
    const struct machine *m, enum state_id from, struct str event)
{
	for (size_t i = 0; i < sizeof(machines) / sizeof(*machines); i++) {
		if (m == NULL || !str_is(str_of(m->name), machines[i].machine))
			continue;
		if (event.n == 0 || from == STATE_ACCEPTED)
			return NULL;
		if (str_starts(event, "Timer "))
			return timer_event(event);
		if (str_is(event, "transport error"))
			return NULL;
		/* "200-699" may be either. */
		if (str_starts(event, "200-"))
			return NULL;
		if (event.p[0] >= '0' && event.p[0] <= '9')
			return status_event(event.p[0], machines[i].side);
		return str_is(event, "ACK") ? "RCV_REQACK"
					    : machines[i].request;
	}
	return NULL;
}
