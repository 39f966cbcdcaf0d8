/*
 * The calls of a phone: what its calls ask of it, and the timers by which it
 * does something in them by itself.
 */
#include "roles/ua/ua_place.h"

#include "base/err.h"
#include "base/mem.h"
#include "node/timer.h"
#include "roles/ua/ua_outbox.h"
#include "rules/rule_names.h"

#include <assert.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

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

void
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
refusal(const struct agent_call *c)
{
	return agent_refusal_status(c->agent, 486);
}

/* The attribute `replaces`. */
static bool
may_take(const struct agent_call *c, const struct sip_in *in)
{
	(void)in;
	return strcmp(node_attr(c->agent->node, "replaces", "accept"),
		   "accept") == 0;
}

/* ---- transfers: RFC 5589 ---- */

/* 6.2: the target has the call; 6.3: it goes on with this one. */
static void
on_transferred(struct agent_call *c, unsigned status)
{
	if (status >= 200 && status < 300)
		agent_call_bye_because(c, RULE_TRANSFER_DONE);
	else if (c->machine.state == STATE_CONFIRMED && c->hold)
		agent_call_hold(c, false, NULL);
}

/* RFC 5589 5: outside of calls anybody could ask for it. */
bool
ua_may_refer(const struct agent *agent, const struct agent_call *c)
{
	const char *said = node_attr(agent->node, "refer", "accept");

	return strcmp(said, "anywhere") == 0 ||
	       (c != NULL && strcmp(said, "accept") == 0);
}

int
ua_refer(struct agent *agent, struct agent_call *c,
    const struct agent_refer_target *to, struct str by,
    struct agent_call **made)
{
	struct ua_invite what = { .referred_by = by,
		.headers = buf_view(&to->headers),
		.why = RULE_REFER_INVITE };
	char *target = mem_dup(to->uri.p, to->uri.n);
	struct diag d = DIAG_INIT;
	int err;

	if (target == NULL)
		return ERR_NOMEM;
	what.target = target;
	(void)c;
	err = ua_invite((struct ua *)(void *)agent, &what, made, &d);
	mem_free(target);
	return err;
}

int
ua_call_transfer(struct agent_call *c, const char *to,
    const struct ua_place *place, bool silent, struct diag *d)
{
	struct buf uri = BUF_INIT;
	int err = agent_write_target(c->agent, to, &uri);

	/* RFC 5589 7: what the INVITE shall have stands in its URI. */
	if (err == 0 && place->header != NULL)
		err = agent_refer_target_add(
		    &uri, place->header, buf_view(&place->value));
	if (err == 0)
		err = agent_call_transfer(c, buf_view(&uri), silent, d);
	else if (err == ERR_SYNTAX)
		diag_set(d, err, NULL, 0,
		    _("%s can't be transferred to %s: that is no URI"), c->name,
		    to);
	buf_free(&uri);
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
	.refusal = refusal,
	.refuse_change = agent_refuse_change,
	.may_take = may_take,
	.transferred = on_transferred,
};
