/* When a phone registers, and for how long. */
#include "nodes/ua.h"

#include "base/err.h"
#include "sip/defaults.h"

uint32_t
ua_register_expires(const struct ua *ua)
{
	return node_attr_seconds(ua->agent.node, "expires", SIP_EXPIRES_S);
}

static void
register_now(void *arg)
{
	struct ua *ua = arg;
	int err;

	ua->at_once = 0;
	agent_note_act(&ua->agent, "register", ua->agent.node->name);
	err = agent_register(&ua->reg, ua_register_expires(ua), false);
	if (err == ERR_NOMEM)
		agent_fail_memory(&ua->agent);
}

void
ua_register_at_once(struct ua *ua)
{
	ua->at_once = sim_after(
	    agent_sim(&ua->agent), 0, ua->agent.node->name, register_now, ua);
}

void
ua_warm(struct ua *ua)
{
	agent_registration_warm(&ua->reg, ua_register_expires(ua));
}
