/*
 * The user agent: a phone, its life.
 */
#include "roles/ua/ua.h"

#include "agent/dialog_info.h"
#include "base/err.h"
#include "base/mem.h"
#include "node/program.h"
#include "node/timer.h"
#include "roles/ua/ua_outbox.h"
#include "roles/ua/ua_place.h"
#include "rules/rule_names.h"
#include "sip/defaults.h"

#include <assert.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

/* ---- Its calls ---- */

/* A call and an agent are the first members of what a phone makes of them. */
static_assert(offsetof(struct ua_call, call) == 0, "a call comes first");
static_assert(offsetof(struct ua, agent) == 0, "an agent comes first");

struct ua_call *
ua_call_of(const struct agent_call *c)
{
	return (struct ua_call *)(uintptr_t)c;
}

struct ua *
ua_of(const struct agent_call *c)
{
	return (struct ua *)(void *)c->agent;
}

/* ---- timers ---- */

#define X(id, name, fire) static void fire_##id(void *arg);
UA_TIMER_LIST(X)
#undef X

static const struct node_timer timers[] = {
#define X(id, name, fire) \
	[UA_TIMER_##id] = { name, RULE_NONE, fire_##id, NULL },
	UA_TIMER_LIST(X)
#undef X
};

static void
note_call_timer(struct agent_call *c, enum ua_timer t)
{
	node_timer_fired(
	    c->agent->node, &ua_call_of(c)->timers[t], &timers[t], c->name);
}

#define X(id, name, fire)                            \
	static void fire_##id(void *arg)             \
	{                                            \
		note_call_timer(arg, UA_TIMER_##id); \
		fire(arg);                           \
	}
UA_TIMER_LIST(X)
#undef X

void
ua_timer_set(struct agent_call *c, enum ua_timer t, int64_t due)
{
	node_timer_set(c->agent->node, &ua_call_of(c)->timers[t], &timers[t],
	    c->name, due, c);
}

static void
ua_timer_stop(struct agent_call *c, enum ua_timer t)
{
	node_timer_stop(
	    c->agent->node, &ua_call_of(c)->timers[t], &timers[t], c->name);
}

void
ua_fire_hangup(struct agent_call *c)
{
	agent_note_act(c->agent, "bye", c->name);
	agent_call_bye(c, NULL);
}

/* ---- what a call asks of it ---- */

/* The attribute `hangup`: it ends the call by itself. */
static void
on_call_established(struct agent_call *c)
{
	int64_t after = node_attr_time(c->agent->node, "hangup", -1);

	agent_place_take(c);
	ua_redial_established(c);
	ua_conference_established(c);
	if (after >= 0)
		ua_timer_set(
		    c, UA_TIMER_HANGUP, sim_now(agent_sim(c->agent)) + after);
}

static void
on_call_decided(struct agent_call *c)
{
	ua_queue_leave(c);
	ua_timer_stop(c, UA_TIMER_ANSWER);
	ua_timer_stop(c, UA_TIMER_NO_ANSWER);
}

static void
on_call_stop(struct agent_call *c)
{
	for (size_t t = 0; t < UA_TIMERS; t++)
		ua_timer_stop(c, (enum ua_timer)t);
}

uint32_t
ua_call_number(const char *object)
{
	const char *slash = strrchr(object, '/');
	uint32_t number;

	return slash != NULL && str_u32(str_of(slash + 1), &number) == 0
		   ? number
		   : 0;
}

static void
note_failed(const struct agent_call *c)
{
	uint32_t number = ua_call_number(c->name);

	ua_of(c)->failed[number % UA_FAILED_MOST] =
	    (struct ua_failed){ number, c->status };
}

static void
on_call_leave(struct agent_call *c)
{
	if (c->status >= 300)
		note_failed(c);
	for (size_t t = 0; t < UA_TIMERS; t++)
		sim_cancel(agent_sim(c->agent), ua_call_of(c)->timers[t]);
	ua_queue_leave(c);
	ua_outbox_leave(c);
	ua_redial_left(c);
	ua_conference_left(c);
}

static void
on_call_ended(struct agent *agent)
{
	ua_line_free((struct ua *)(void *)agent);
}

static unsigned
ua_refusal(const struct agent_call *c)
{
	return agent_refusal_status(c->agent, 486);
}

/* The attribute `replaces`. */
static bool
ua_may_take(const struct agent_call *c, const struct sip_in *in)
{
	(void)in;
	return strcmp(node_attr(c->agent->node, "replaces", "accept"),
		   "accept") == 0;
}

/* ---- transfers: RFC 5589 ---- */

/* 6.2: the target has the call; 6.3: it goes on with this one. */
static void
ua_on_transferred(struct agent_call *c, unsigned status)
{
	if (status >= 200 && status < 300)
		agent_call_bye_because(c, RULE_TRANSFER_DONE);
	else if (c->machine.state == STATE_CONFIRMED && c->hold.on)
		agent_call_hold(c, false, NULL);
}

/* The attribute `refer`; the call that a REFER asks for (agent/requests.h).
 * RFC 5589 5: outside of calls any sender could ask for it. */
static bool
ua_may_refer(const struct agent *agent, const struct agent_call *c)
{
	const char *said = node_attr(agent->node, "refer", "accept");

	return strcmp(said, "anywhere") == 0 ||
	       (c != NULL && strcmp(said, "accept") == 0);
}

static int
ua_refer(struct agent *agent, struct agent_call *c,
    const struct agent_refer_target *to, struct str by,
    struct agent_call **made)
{
	struct ua_invite what = { .referred_by = by,
		.headers = buf_view(&to->headers),
		.why = RULE_REFER_INVITE };
	LOCAL_MEM char *target = mem_dup(to->uri.p, to->uri.n);
	struct diag d = DIAG_INIT;

	if (target == NULL)
		return ERR_NOMEM;
	what.target = target;
	(void)c;
	return ua_invite((struct ua *)(void *)agent, &what, made, &d);
}

int
ua_call_transfer(struct agent_call *c, const char *to,
    const struct ua_place *place, bool silent, struct diag *d)
{
	LOCAL_BUF uri = BUF_INIT;
	int err = agent_write_target(c->agent, to, &uri);

	/* RFC 5589 7: what the INVITE shall have is in its URI. */
	if (err == 0 && place->header != NULL)
		err = agent_refer_target_add(
		    &uri, place->header, buf_view(&place->value));
	if (err == 0)
		err = agent_call_transfer(c, buf_view(&uri), silent, d);
	else if (err == ERR_SYNTAX)
		diag_set(d, err, NULL, 0,
		    _("%s can't be transferred to %s: that is not a URI"),
		    c->name, to);
	return err;
}

const struct agent_call_ops ua_call_ops = {
	.size = sizeof(struct ua_call),
	.role = &role_ua,
	.capabilities = ua_capabilities,
	.plain_capabilities = ua_plain_capabilities,
	.ncapabilities = UA_CAPABILITIES,
	.established = on_call_established,
	.decided = on_call_decided,
	.stop = on_call_stop,
	.leave = on_call_leave,
	.ended = on_call_ended,
	.refusal = ua_refusal,
	.refuse_change = agent_refuse_change,
	.may_take = ua_may_take,
	.transferred = ua_on_transferred,
};

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
	.nmethods = COUNT_OF(methods),
	.services = services,
	.nservices = COUNT_OF(services),
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
	agent_fail_nomem(&ua->agent, err);
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

/* The program of a proxy on the same node has a subscriber, while the user
 * agent is UP. */
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
}

static int
ua_start(struct node *n, void *role)
{
	struct ua *ua = role;

	list_init(&ua->queue);
	list_init(&ua->outbox);
	list_init(&ua->redials);
	ua->reg.agent = &ua->agent;
	for (size_t i = 0; i < UA_FLOWS - 1; i++)
		ua->more[i].agent = &ua->agent;
	ua->pub.agent = &ua->agent;
	ua->pub.package = &agent_packages[AGENT_PACKAGE_PRESENCE];
	if (agent_begin(&ua->agent, n, &ua_ops) != 0 || make_flows(ua) != 0)
		return ERR_NOMEM;
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
	.size = sizeof(struct ua),
	.start = ua_start,
	.stop = ua_stop,
	/* A re-INVITE tells its new Contact to those it talks to, a REGISTER
	 * to its registrar. */
	AGENT_ROLE(agent_role_cancel),
	.verbs = ua_verbs,
};
