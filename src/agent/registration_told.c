/*
 * What a user agent makes of it that the registrar has ended its binding: RFC
 * 3680 4.7.1.  It hears of that where it subscribes to its own registration;
 * who does not learns it at the next refresh.
 *
 *   deactivated   asked for again at once
 *   probation     after retry-after
 *   rejected      not asked for again
 *
 * What has expired, or was taken away by a REGISTER (`unregistered`), changes
 * nothing: the RFC asks for nothing there.
 */
#include "agent/reg_info.h"
#include "agent/registration.h"

#include "base/err.h"
#include "msg/parts.h"

/* Ours: how long to wait where a document does not say it, and before it is
 * asked for once more where that was done a moment ago. */
#define RETRY_S 60

/* When a binding that has ended by C's event is asked for again; -1: not. */
static int64_t
find_due(const struct agent_registration *r, const struct reg_info_contact *c)
{
	int64_t now = sim_now(agent_sim(r->agent));
	int64_t wait_s = c->waits ? c->retry_after_s : RETRY_S;

	if (str_is(c->event, "rejected"))
		return -1;
	if (str_is(c->event, "probation"))
		return now + wait_s * SIM_S;
	if (r->retried > 0 && r->retried + RETRY_S * SIM_S > now)
		return r->retried + RETRY_S * SIM_S;
	return now;
}

/* What BODY says of the own Contact. */
static int
find_own(const struct agent_registration *r, struct str body,
    struct reg_info_contact *c)
{
	struct msg_addr mine;

	if (msg_addr_read(str_of(agent_contact(r->agent)), &mine) != 0)
		return ERR_NOTFOUND;
	return reg_info_find(body, str_of(r->agent->aor), mine.uri, c);
}

void
agent_registration_told(struct agent_registration *r, struct str body)
{
	struct reg_info_contact c;
	int err = find_own(r, body, &c);

	if (err == ERR_NOMEM)
		agent_fail_memory(r->agent);
	if (err == 0 && !c.active &&
	    (str_is(c.event, "deactivated") || str_is(c.event, "probation") ||
		str_is(c.event, "rejected")))
		agent_registration_ended(r, find_due(r, &c));
}
