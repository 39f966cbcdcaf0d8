/*
 * The user agent: a phone, its life.
 */
#include "nodes/ua.h"

#include "base/err.h"
#include "base/mem.h"
#include "msg/parts.h"
#include "nodes/roles.h"

/* ---- life ---- */

/* A re-INVITE tells its new Contact to those it talks to, a REGISTER to its
 * registrar. */
static int
ua_moved(void *role)
{
	struct ua *ua = role;

	return agent_moved(&ua->agent);
}

static void
ua_stop(void *role)
{
	struct ua *ua = role;
	bool registered;

	if (ua == NULL)
		return;
	registered = agent_is_registered(&ua->reg);
	sim_cancel(agent_sim(&ua->agent), ua->at_once);
	agent_registration_stop(&ua->reg);
	list_foreach (node, &ua->agent.calls) {
		struct agent_call *c =
		    LIST_ENTRY(node, struct agent_call, link);

		/* A crash is the end of a call; that of the run is not. */
		if (!ua->agent.node->up)
			agent_call_crash(c);
		agent_call_free(c);
	}
	list_foreach (node, &ua->agent.over) {
		agent_call_free(LIST_ENTRY(node, struct agent_call, link));
	}
	if (!ua->agent.node->up && registered)
		agent_tell(&ua->agent, "unregistered");
	agent_end(&ua->agent);
	mem_free(ua);
}

static int
ua_start(struct node *n, void **role)
{
	struct ua *ua = mem_zalloc(1, sizeof(*ua));

	*role = NULL;
	if (ua == NULL)
		return ERR_NOMEM;
	ua->reg.agent = &ua->agent;
	if (agent_begin(&ua->agent, n) != 0) {
		ua_stop(ua);
		return ERR_NOMEM;
	}
	*role = ua;
	if (n->lives > 1 && node_attr_bool(n, "register", false))
		ua_register_at_once(ua);
	return 0;
}

static void
ua_cancel(void *role, void *user, const struct sip_in *in)
{
	(void)role;
	agent_call_cancelled(user, in);
}

static bool
ua_stray(void *role, const struct sip_in *in)
{
	struct ua *ua = role;

	return agent_call_2xx_again(&ua->agent, in);
}

const struct node_role role_ua = {
	.word = "ua",
	.text = N_("user agent: a phone that calls, is called and registers"),
	.allow = UA_ALLOW,
	.supported = UA_SUPPORTED,
	.start = ua_start,
	.stop = ua_stop,
	.moved = ua_moved,
	.claim = ua_claim,
	.request = ua_request,
	.cancel = ua_cancel,
	.stray = ua_stray,
	.verbs = ua_verbs,
};
