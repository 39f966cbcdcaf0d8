/*
 * Subscriptions of the side that asks: their life, their timers, and what
 * NOTIFYs make of them (RFC 6665 4.1.2, 4.1.3).
 */
#include "agent/recovery.h"
#include "agent/subscriber.h"

#include "base/err.h"
#include "base/mem.h"
#include "machine/tables.h"
#include "msg/header_names.h"
#include "msg/parts.h"
#include "node/timer.h"
#include "rules/rule_names.h"
#include "sip/defaults.h"

/* What a NOTIFY may promise, at most, in seconds. */
#define EXPIRES_MAX_S 604800
/* 4.1.3: after how long one is asked for again that says "later". */
#define RETRY_S 60
/* What one takes beside its messages. */
#define SUBSCRIBER_BYTES (sizeof(struct agent_subscriber) + 1024)

/* ---- timers ---- */

#define X(id, name, fire, why)                        \
	static void fire(struct agent_subscriber *s); \
	static void fire_##id(void *arg);
AGENT_SUBSCRIBER_TIMER_LIST(X)
#undef X

static const struct node_timer timers[] = {
#define X(id, name, fire, why)     \
	[AGENT_SUBSCRIBER_TIMER_## \
	    id] = { name, why, fire_##id, AGENT_SUBSCRIPTION },
	AGENT_SUBSCRIBER_TIMER_LIST(X)
#undef X
};

/* Those of a subscription that a REFER makes have reasons of their own. */
static const struct node_timer refer_timers[] = {
	[AGENT_SUBSCRIBER_TIMER_NOTIFY] = { "N", RULE_REFER_SILENT, fire_NOTIFY,
	    AGENT_SUBSCRIPTION },
	[AGENT_SUBSCRIBER_TIMER_EXPIRE] = { "expire", RULE_REFER_EXPIRED,
	    fire_EXPIRE, AGENT_SUBSCRIPTION },
};

static const struct node_timer *
subscriber_timer_of(
    const struct agent_subscriber *s, enum agent_subscriber_timer t)
{
	return s->refers && t <= AGENT_SUBSCRIBER_TIMER_EXPIRE
		   ? &refer_timers[t]
		   : &timers[t];
}

static void
note_fired_timer(struct agent_subscriber *s, enum agent_subscriber_timer t)
{
	node_timer_fired(
	    s->agent->node, &s->timers[t], subscriber_timer_of(s, t), s->name);
}

#define X(id, name, fire, why)                                      \
	static void fire_##id(void *arg)                            \
	{                                                           \
		note_fired_timer(arg, AGENT_SUBSCRIBER_TIMER_##id); \
		fire(arg);                                          \
	}
AGENT_SUBSCRIBER_TIMER_LIST(X)
#undef X

static void
agent_subscriber_timer_set(
    struct agent_subscriber *s, enum agent_subscriber_timer t, int64_t due)
{
	node_timer_set(s->agent->node, &s->timers[t], subscriber_timer_of(s, t),
	    s->name, due, s);
}

void
agent_subscriber_timer_stop(
    struct agent_subscriber *s, enum agent_subscriber_timer t)
{
	node_timer_stop(
	    s->agent->node, &s->timers[t], subscriber_timer_of(s, t), s->name);
}

static int64_t
in_seconds(const struct agent_subscriber *s, int64_t seconds)
{
	return sim_now(agent_sim(s->agent)) + seconds * SIM_S;
}

void
agent_subscriber_await(struct agent_subscriber *s)
{
	if (s->timers[AGENT_SUBSCRIBER_TIMER_NOTIFY] == 0)
		agent_subscriber_timer_set(s, AGENT_SUBSCRIBER_TIMER_NOTIFY,
		    sim_now(agent_sim(s->agent)) + SIP_64T1_NS);
}

/* ---- states ---- */

bool
agent_subscriber_lives(const struct agent_subscriber *s)
{
	return machine_run_lives(&s->machine);
}

bool
agent_subscriber_is(const struct agent_subscriber *s, enum state_id state)
{
	return machine_run_is(&s->machine, state);
}

void
agent_subscriber_step(
    struct agent_subscriber *s, enum event_id event, enum rule_id why)
{
	const struct world_watch *watch = &s->agent->node->world->watch;

	node_machine_step(s->agent->node, &s->machine, s->name, event, why);
	if (watch->changed != NULL && !s->refers)
		watch->changed(
		    s->name, state_word(s->machine.state), watch->arg);
	for (size_t t = 0;
	     !agent_subscriber_lives(s) && t < AGENT_SUBSCRIBER_TIMERS; t++)
		agent_subscriber_timer_stop(s, (enum agent_subscriber_timer)t);
}

/* ---- life ---- */

struct agent_subscriber *
agent_subscriber_new(
    struct agent *agent, const struct agent_subscribe *what, const char *name)
{
	struct agent_subscriber *s = mem_zalloc(1, sizeof(*s));

	if (s == NULL)
		return NULL;
	s->agent = agent;
	s->package = what->package;
	s->ops = what->ops;
	s->arg = what->arg;
	s->asked_s = s->wanted_s = what->expires_s;
	s->kept = what->kept;
	if (what->id.n > 0)
		s->id = mem_dup(what->id.p, what->id.n);
	else
		s->id = mem_strdup("");
	s->machine.table = &machine_subscription;
	list_init(&s->link);
	list_init(&s->usage.link);
	sim_take_memory(agent_sim(agent), SUBSCRIBER_BYTES);
	s->name = name != NULL
		      ? mem_strdup(name)
		      : agent_subscription_name(agent, s->package->row->name);
	s->self = ref_keep(what->self != NULL ? what->self : agent->self);
	s->uri = mem_dup(what->uri.p, what->uri.n);
	if (s->name == NULL || s->uri == NULL || s->id == NULL ||
	    (name == NULL &&
		map_put(agent->by_subscription, str_of(s->name), s) != 0)) {
		agent_subscriber_free(s);
		return NULL;
	}
	list_append(&agent->subscribers, &s->link);
	return s;
}

struct agent_subscriber *
agent_subscriber_find(struct agent *agent, struct str name)
{
	return map_get(agent->by_subscription, name);
}

void
agent_subscriber_free(struct agent_subscriber *s)
{
	struct agent *agent = s->agent;

	if (s->ops->ended != NULL)
		s->ops->ended(s);
	for (size_t t = 0; t < AGENT_SUBSCRIBER_TIMERS; t++)
		sim_cancel(agent_sim(agent), s->timers[t]);
	agent_client_drop(s->client);
	agent_usage_leave(&s->usage);
	agent_subscriber_forget_ask(s);
	if (s->name != NULL &&
	    map_get(agent->by_subscription, str_of(s->name)) == s)
		map_remove(agent->by_subscription, str_of(s->name));
	list_remove(&s->link);
	mem_free(s->name);
	mem_free(s->uri);
	ref_drop(s->self);
	mem_free(s->id);
	mem_free(s->call_id);
	mem_free(s->tag);
	sim_give_back_memory(agent_sim(agent), SUBSCRIBER_BYTES);
	mem_free(s);
}

void
agent_subscribers_end(struct agent *agent)
{
	list_each (struct agent_subscriber, s, &agent->subscribers, link)
		agent_subscriber_free(s);
}

/* ---- one that is kept (4.1.2.2) ---- */

/* Whether S, which has failed with STATUS (0: its user has ended it), is asked
 * for again.  One of a fork is so by the one that has asked. */
static bool
subscriber_begins_anew(const struct agent_subscriber *s, unsigned status)
{
	return s->kept && status != 0 && !s->unwanted && !s->sibling &&
	       (agent_may_pass(status) || s->after_s > 0);
}

/* When S, which has failed with STATUS, is asked for again. */
static int64_t
find_recovery_time(struct agent_subscriber *s, unsigned status)
{
	int64_t now = sim_now(agent_sim(s->agent));

	/* A server that answers 481 is there, but has lost the subscription: a
	 * new one is tried at once, as with the reason "deactivated", but not
	 * again and again. */
	if (status == 481 && s->failures == 0 && s->after_s == 0 &&
	    (s->again == 0 || now >= s->again + RETRY_S * SIM_S))
		return now;
	s->failures++;
	return agent_recovery_due(s->agent, SIP_STREAM_SUBSCRIBE_WAIT,
	    SIP_RECOVERY_BASE_NS, s->failures, s->after_s);
}

/* S is over, and waits until it is asked for again. */
static void
plan_subscription_recovery(struct agent_subscriber *s, unsigned status)
{
	agent_client_drop(s->client);
	agent_usage_leave(&s->usage);
	agent_subscriber_forget_ask(s);
	agent_subscriber_timer_set(
	    s, AGENT_SUBSCRIBER_TIMER_RECOVERY, find_recovery_time(s, status));
	s->after_s = 0;
}

void
agent_subscriber_refused(struct agent_subscriber *s)
{
	agent_subscriber_timer_stop(s, AGENT_SUBSCRIBER_TIMER_NOTIFY);
	if (!s->kept)
		return;
	s->failures++;
	agent_subscriber_timer_set(s, AGENT_SUBSCRIBER_TIMER_REFRESH,
	    agent_recovery_due(s->agent, SIP_STREAM_SUBSCRIBE_WAIT,
		SIP_RECOVERY_BASE_NS, s->failures, s->after_s));
	s->after_s = 0;
}

void
agent_subscriber_end(struct agent_subscriber *s, enum event_id event,
    enum rule_id why, unsigned status)
{
	struct sim *sim = agent_sim(s->agent);
	uint64_t old = sim_cause(sim);

	if (agent_subscriber_lives(s))
		agent_subscriber_step(s, event, why);
	agent_usage_end(&s->usage, RULE_DIALOG_UNSUBSCRIBED);
	if (status != 0 && s->ops->failed != NULL)
		s->ops->failed(s, status, why);
	if (subscriber_begins_anew(s, status))
		plan_subscription_recovery(s, status);
	else
		agent_subscriber_free(s);
	sim_set_cause(sim, old);
}

/* ---- what fires ---- */

/* No NOTIFY, or no more of them. */
static void
fire_silence(struct agent_subscriber *s)
{
	agent_subscriber_end(s, EVENT_TIMER_N,
	    s->refers ? RULE_REFER_SILENT : RULE_NOTIFY_SILENT, 408);
}

static void
fire_expiry(struct agent_subscriber *s)
{
	agent_subscriber_end(s, EVENT_TIMER_EXPIRE,
	    s->refers ? RULE_REFER_EXPIRED : RULE_SUBSCRIBE_EXPIRED, 408);
}

static void
fire_refresh(struct agent_subscriber *s)
{
	if (agent_subscriber_refresh(s, s->asked_s, RULE_SUBSCRIBE_REFRESH) ==
	    ERR_NOMEM)
		agent_fail_memory(s->agent);
}

/* ---- NOTIFY ---- */

/* It goes on, for as long as PARAMS of Subscription-State says. */
static void
continue_subscription(
    struct agent_subscriber *s, bool pending, struct str params)
{
	enum rule_id why = agent_subscriber_is(s, STATE_NOTIFY_WAIT)
			       ? RULE_NOTIFY_BEGINS
			       : RULE_NOTIFY_NEWS;
	uint32_t seconds = s->refers ? SIP_REFER_EXPIRES_S : s->asked_s;
	struct str value;

	if (msg_param(params, "expires", &value) &&
	    str_u32(value, &seconds) != 0)
		seconds = EXPIRES_MAX_S;
	if (seconds > EXPIRES_MAX_S)
		seconds = EXPIRES_MAX_S;
	if (pending && !agent_subscriber_is(s, STATE_ACTIVE))
		agent_subscriber_step(s, EVENT_NOTIFY_PENDING, why);
	else
		agent_subscriber_step(s, EVENT_NOTIFY_ACTIVE, why);
	s->failures = 0;
	agent_subscriber_timer_stop(s, AGENT_SUBSCRIBER_TIMER_NOTIFY);
	/* The last NOTIFY may have to be repeated. */
	agent_subscriber_timer_set(s, AGENT_SUBSCRIBER_TIMER_EXPIRE,
	    in_seconds(s, seconds) + SIP_64T1_NS);
	/* A REFER's is as long as the other side likes (RFC 3515 2.4.4), and a
	 * single look (4.4.3) has no more of it.  A notifier that grants no
	 * time at all is not asked for more without end. */
	if (!s->refers && !s->unwanted && s->asked_s != 0 && seconds > 0)
		agent_subscriber_timer_set(s, AGENT_SUBSCRIBER_TIMER_REFRESH,
		    sim_now(agent_sim(s->agent)) + seconds * SIM_S / 10 * 9);
}

/* 4.1.3: after how many seconds one is asked for again that has ended for
 * REASON, of which PARAMS may say more. */
static uint32_t
find_retry_delay_s(struct str reason, struct str params)
{
	struct str value;
	uint32_t seconds;

	if (str_iis(reason, "deactivated") || str_iis(reason, "timeout"))
		return 0;
	if (!msg_param(params, "retry-after", &value) ||
	    str_u32(value, &seconds) != 0)
		return RETRY_S;
	return seconds < EXPIRES_MAX_S ? seconds : EXPIRES_MAX_S;
}

/* When S is asked for again that has ended as PARAMS say; -1: it is not.  At
 * once only where that was not done a moment ago. */
static int64_t
find_retry_time(const struct agent_subscriber *s, struct str params)
{
	static const char *const for_good[] = { "rejected", "noresource",
		"invariant" };
	int64_t now = sim_now(agent_sim(s->agent)), due;
	struct str reason;

	/* One of a fork is asked for again by the one that has asked. */
	if (s->refers || s->unwanted || s->asked_s == 0 || s->sibling)
		return -1;
	if (!msg_param(params, "reason", &reason))
		reason = STR_NULL;
	for (size_t i = 0; i < COUNT_OF(for_good); i++)
		if (str_iis(reason, for_good[i]))
			return -1;
	due = now + find_retry_delay_s(reason, params) * SIM_S;
	if (s->again > 0 && due < s->again + RETRY_S * SIM_S)
		due = s->again + RETRY_S * SIM_S;
	return due;
}

/* Another subscription in place of S, with its name. */
static void
subscriber_ask_anew(struct agent_subscriber *s, enum rule_id why)
{
	int err = agent_subscriber_again(s, why);

	agent_fail_nomem(s->agent, err);
	if (err != 0)
		agent_subscriber_end(
		    s, EVENT_NOT_SENT, RULE_UAC_NO_TARGET, 503);
}

static void
subscriber_fire_retry(struct agent_subscriber *s)
{
	subscriber_ask_anew(s, RULE_SUBSCRIBE_AGAIN);
}

static void
fire_recovery(struct agent_subscriber *s)
{
	subscriber_ask_anew(s, RULE_SUBSCRIBE_RECOVER);
}

/* The last NOTIFY, IN. */
static void
finish_subscription(
    struct agent_subscriber *s, const struct sip_in *in, struct str params)
{
	int64_t due = find_retry_time(s, params);

	agent_subscriber_step(s, EVENT_NOTIFY_TERMINATED, RULE_NOTIFY_NEWS);
	agent_usage_end(&s->usage, RULE_DIALOG_UNSUBSCRIBED);
	if (s->ops->news != NULL)
		s->ops->news(s, in, true);
	if (due < 0) {
		agent_subscriber_free(s);
		return;
	}
	agent_usage_leave(&s->usage);
	agent_subscriber_timer_set(s, AGENT_SUBSCRIBER_TIMER_RETRY, due);
}

static void
note_news(struct agent_subscriber *s, struct str text)
{
	struct sim *sim = agent_sim(s->agent);
	struct trace_writer *w = sim_trace(sim);

	if (text.n == 0)
		return;
	sim_open(sim, TRACE_NOTE, s->agent->node->name, RULE_NOTIFY_BODY);
	trace_put_str(w, "text", text);
	trace_close(w);
}

/* RFC 3261 12.1.1: what makes a dialog has the route and the target in its
 * answer. */
static void
answer_notify(
    struct agent_subscriber *s, const struct sip_in *in, bool makes_dialog)
{
	struct sip_response_spec spec = { .status = 200 };

	if (makes_dialog) {
		spec.contact = agent_dialog_contact(s->usage.dialog);
		spec.record_route = true;
	}
	node_reply(s->agent->node, in, &spec, RULE_NOTIFY_RECV);
}

void
agent_subscriber_notified(struct agent_subscriber *s, const struct sip_in *in,
    bool makes_dialog, struct str text)
{
	struct str params,
	    how = msg_cut_params(
		msg_value(in->m, MSG_H_SUBSCRIPTION_STATE), &params);

	answer_notify(s, in, makes_dialog);
	/* RFC 6665 4.4.1: a target refresh request. */
	if (sip_dialog_refresh(s->usage.dialog->sip, in->m) == ERR_NOMEM)
		agent_fail_memory(s->agent);
	note_news(s, text);
	if (str_iis(how, "terminated")) {
		finish_subscription(s, in, params);
		return;
	}
	continue_subscription(s, str_iis(how, "pending"), params);
	if (s->ops->news != NULL)
		s->ops->news(s, in, false);
	/* It was given up before this first word of it. */
	if (s->unwanted && !agent_client_is_pending(s->client) &&
	    s->asked_s != 0 &&
	    agent_subscriber_refresh(s, 0, RULE_SUBSCRIBE_STOP) != 0)
		agent_subscriber_end(s, EVENT_STOP, RULE_SUBSCRIBE_STOP, 0);
}
