/*
 * The user agent: a phone, its life.
 */
#include "roles/ua/ua.h"

#include "agent/dialog_info.h"
#include "base/err.h"
#include "base/mem.h"
#include "msg/parts.h"
#include "node/program.h"
#include "roles/ua/ua_outbox.h"
#include "sip/defaults.h"

static const struct agent_method methods[] = { UA_METHODS(
    AGENT_METHOD_ROW, AGENT_METHOD_AND) };

static unsigned
refuse_stranger(const struct agent *agent)
{
	return agent_refusal_status(agent, 404);
}

static const struct agent_service services[] = { AGENT_DIALOG_SERVICE,
	UA_PRESENCE_SERVICE };

static void
on_call_stepped(struct agent_call *c, enum event_id event)
{
	agent_dialog_info_stepped(c, event);
	ua_conference_stepped(c, event);
}

static void
restore_registration(struct agent *agent)
{
	struct ua *ua = (struct ua *)(void *)agent;

	agent_registration_restore(&ua->reg);
}

static const struct agent_ops ua_ops = {
	.methods = methods,
	.nmethods = sizeof(methods) / sizeof(methods[0]),
	.services = services,
	.nservices = sizeof(services) / sizeof(services[0]),
	.restore = restore_registration,
	.stepped = on_call_stepped,
	.stranger = refuse_stranger,
	.may_refer = ua_may_refer,
	.refer = ua_refer,
};

/* ---- when it registers, and for how long ---- */

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
ua_warm(struct ua *ua)
{
	agent_registration_warm(&ua->reg, ua_register_expires(ua));
}

/* ---- life ---- */

/* RFC 5626 4.2.1: the attribute `flows`. */
static int
make_flows(struct ua *ua)
{
	uint32_t n = 0;
	int err = 0;

	str_u32(str_of(node_attr(ua->agent.node, "flows", "0")), &n);
	for (uint32_t i = 0; err == 0 && i < n && i < UA_FLOWS; i++)
		err = i == 0 ? agent_registration_over(&ua->reg, 1, NULL)
			     : agent_registration_over(
				   &ua->more[i - 1], i + 1, &ua->reg);
	if (n > 0)
		ua->agent.flows = &ua->reg;
	return err;
}

static void
stop_registrations(struct ua *ua)
{
	agent_registration_stop(&ua->reg);
	for (size_t i = 0; i < UA_FLOWS - 1; i++)
		agent_registration_stop(&ua->more[i]);
}

/* The program of a proxy that it is, too, has somebody who subscribes for it,
 * while the user agent is UP. */
static void
ua_serve_program(struct ua *ua, bool up)
{
	struct program *p = node_program(ua->agent.node, "proxy");

	if (p == NULL)
		return;
	p->near.follow = up ? ua_follow : NULL;
	p->near.ua = ua;
}

static void
ua_stop(void *role)
{
	struct ua *ua = role;
	bool registered;

	if (ua == NULL)
		return;
	registered = agent_is_registered(&ua->reg);
	ua_serve_program(ua, false);
	sim_cancel(agent_sim(&ua->agent), ua->at_once);
	sim_cancel(agent_sim(&ua->agent), ua->soon);
	ua_stun_stop(ua);
	stop_registrations(ua);
	ua_presence_stop(ua);
	ua_outbox_stop(ua);
	ua_redial_stop(ua);
	ua_ping_stop(ua);
	agent_usages_end(&ua->agent);
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
	list_init(&ua->queue);
	list_init(&ua->outbox);
	list_init(&ua->redials);
	ua->reg.agent = &ua->agent;
	for (size_t i = 0; i < UA_FLOWS - 1; i++)
		ua->more[i].agent = &ua->agent;
	ua->pub.agent = &ua->agent;
	ua->pub.package = &agent_packages[AGENT_PACKAGE_PRESENCE];
	if (agent_begin(&ua->agent, n, &ua_ops) != 0 || make_flows(ua) != 0) {
		ua_stop(ua);
		return ERR_NOMEM;
	}
	*role = ua;
	ua_serve_program(ua, true);
	if (n->lives > 1 && node_attr_bool(n, "register", false))
		ua->at_once = node_after(n, 0, register_now, ua);
	ua_stun_start(ua);
	ua_ping_start(ua);
	ua_subscribe_soon(ua);
	return 0;
}

NODE_ROLE(ua) = {
	.word = "ua",
	.allow = UA_ALLOW,
	.supported = UA_SUPPORTED,
	.start = ua_start,
	.stop = ua_stop,
	/* A re-INVITE tells its new Contact to those it talks to, a REGISTER
	 * to its registrar. */
	.moved = agent_role_moved,
	.claim = agent_role_claim,
	.request = agent_role_request,
	.cancel = agent_role_cancel,
	.stray = agent_role_stray,
	.knows = agent_role_knows,
	.verbs = ua_verbs,
};
