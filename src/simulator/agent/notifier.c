/* NOTIFYs and their responses; see agent/notifier.h. */
#include "agent/notifier_in.h"

#include "base/err.h"
#include "base/mem.h"
#include "machine/tables.h"
#include "msg/usages.h"
#include "node/timer.h"
#include "rules/rule_names.h"

#include <string.h>

/* What one takes beside its messages. */
#define NOTIFIER_BYTES (sizeof(struct agent_notifier) + 1024)

/* ---- its timers ---- */

static void fire_notifier_expiry(void *arg);
static void fire_news(void *arg);

static const struct node_timer expire_timer = { "expire", RULE_NOTIFY_TIMEOUT,
	fire_notifier_expiry, AGENT_SUBSCRIPTION };
static const struct node_timer news_timer = { "news", RULE_NOTIFY_RATE,
	fire_news, AGENT_SUBSCRIPTION };
static const struct node_timer conference_news_timer = { "news",
	RULE_CONFERENCE_RATE, fire_news, AGENT_SUBSCRIPTION };

/* Each package says how often at most (RFC 6665 5.4.10). */
static const struct node_timer *
news_timer_of(const struct agent_notifier *n)
{
	return n->service->package == &agent_packages[AGENT_PACKAGE_CONFERENCE]
		   ? &conference_news_timer
		   : &news_timer;
}

void
agent_notifier_run(struct agent_notifier *n, uint32_t seconds)
{
	struct node *node = n->agent->node;

	n->until = sim_now(agent_sim(n->agent)) + (int64_t)seconds * SIM_S;
	node_timer_set(node, &n->expire, &expire_timer, n->name, n->until, n);
}

static void
stop_news(struct agent_notifier *n)
{
	node_timer_stop(
	    n->agent->node, &n->news_later, news_timer_of(n), n->name);
}

static void
stop_notifier_timers(struct agent_notifier *n)
{
	node_timer_stop(n->agent->node, &n->expire, &expire_timer, n->name);
	stop_news(n);
}

static void
fire_notifier_expiry(void *arg)
{
	struct agent_notifier *n = arg;

	node_timer_fired(n->agent->node, &n->expire, &expire_timer, n->name);
	agent_notifier_end(n, "timeout", RULE_NOTIFY_TIMEOUT);
}

static void
fire_news(void *arg)
{
	struct agent_notifier *n = arg;

	node_timer_fired(
	    n->agent->node, &n->news_later, news_timer_of(n), n->name);
	agent_notify(n);
}

/* ---- life ---- */

bool
agent_notifier_lives(const struct agent_notifier *n)
{
	return machine_run_lives(&n->machine);
}

void
agent_notifier_step(
    struct agent_notifier *n, enum event_id event, enum rule_id why)
{
	node_machine_step(n->agent->node, &n->machine, n->name, event, why);
	if (!agent_notifier_lives(n))
		stop_notifier_timers(n);
}

struct agent_notifier *
agent_notifier_new(struct agent *agent, const struct agent_service *service,
    const char *name, struct str id)
{
	struct agent_notifier *n = mem_zalloc(1, sizeof(*n));

	if (n == NULL)
		return NULL;
	n->agent = agent;
	n->service = service;
	n->machine.table = &machine_subscription;
	list_init(&n->link);
	list_init(&n->usage.link);
	sim_take_memory(agent_sim(agent), NOTIFIER_BYTES);
	n->name = name != NULL ? mem_strdup(name)
			       : agent_subscription_name(
				     agent, service->package->row->name);
	n->id = mem_dup(id.p, id.n);
	if (n->name == NULL || n->id == NULL) {
		agent_notifier_free(n);
		return NULL;
	}
	list_append(&agent->notifiers, &n->link);
	agent->nnotifiers++;
	return n;
}

void
agent_notifier_free(struct agent_notifier *n)
{
	struct sim *sim = agent_sim(n->agent);

	if (n->service->ended != NULL)
		n->service->ended(n);
	sim_cancel(sim, n->expire);
	sim_cancel(sim, n->news_later);
	agent_client_drop(n->client);
	agent_usage_leave(&n->usage);
	if (!list_empty(&n->link))
		n->agent->nnotifiers--;
	list_remove(&n->link);
	mem_free(n->name);
	mem_free(n->uri);
	mem_free(n->watcher);
	mem_free(n->id);
	sim_give_back_memory(sim, NOTIFIER_BYTES + n->bytes);
	mem_free(n);
}

void
agent_notifiers_end(struct agent *agent)
{
	list_each (struct agent_notifier, n, &agent->notifiers, link)
		agent_notifier_free(n);
}

/* N is over, silently for the other side, and freed. */
static void
drop_notifier(struct agent_notifier *n, enum event_id event, enum rule_id why)
{
	struct sim *sim = agent_sim(n->agent);
	uint64_t old = sim_cause(sim);

	if (agent_notifier_lives(n))
		agent_notifier_step(n, event, why);
	agent_usage_end(&n->usage, RULE_DIALOG_UNSUBSCRIBED);
	agent_notifier_free(n);
	sim_set_cause(sim, old);
}

static void
lose_notifier(struct agent_usage *u, unsigned status)
{
	(void)status;
	drop_notifier((struct agent_notifier *)(void *)u, EVENT_300_699,
	    RULE_USAGE_DIALOG_LOST);
}

const struct agent_usage_ops agent_notifier_usage = { .lost = lose_notifier };

int
agent_notifier_open(
    struct agent_notifier *n, const struct msg *m, struct str tag)
{
	enum msg_header id;
	struct str at;

	/* RFC 3261 8.1.1.8 */
	if (msg_check_method(m, &at, &id) != MSG_FAULT_NONE)
		return ERR_SYNTAX;
	return agent_dialog_accept(
	    n->agent, m, tag, EVENT_NOTIFY, &n->usage, &agent_notifier_usage);
}

/* ---- the answer to a NOTIFY ---- */

static void send_next_notify(struct agent_notifier *n);

/* 4.2.2, RFC 5057 5.1: what a rejection ends. */
static void
handle_refused_notify(struct agent_notifier *n, unsigned status)
{
	enum msg_effect effect = msg_usage_effect(status);

	if (effect == MSG_ENDS_NOTHING && agent_notifier_lives(n)) {
		send_next_notify(n);
		return;
	}
	if (effect == MSG_ENDS_DIALOG)
		agent_dialog_lose(
		    n->usage.dialog, &n->usage, status, RULE_USAGE_DIALOG_LOST);
	drop_notifier(n, EVENT_300_699, RULE_NOTIFY_LOST);
}

static void
notify_response(struct agent_client *q, const struct sip_in *in, void *arg)
{
	struct agent_notifier *n = arg;
	unsigned status = in->m->status;

	if (status < 200)
		return;
	n->usage.dialog->realms = q->realms;
	if (status >= 300)
		handle_refused_notify(n, status);
	else if (!agent_notifier_lives(n))
		drop_notifier(n, EVENT_NONE, RULE_NONE); /* that was the last */
	else
		send_next_notify(n);
}

/* RFC 6665 4.2.2: no answer ends the subscription; RFC 5057 5.1: a failure of
 * the transport (503) this NOTIFY alone. */
static void
notify_failed(struct agent_client *q, unsigned status, void *arg)
{
	(void)q;
	if (status == 408)
		drop_notifier(arg, EVENT_TIMEOUT, RULE_NOTIFY_LOST);
	else
		handle_refused_notify(arg, status);
}

static const struct agent_client_ops notify_ops = {
	.response = notify_response,
	.failed = notify_failed,
};

/* ---- NOTIFY ---- */

/* RFC 3515 2.4.6: the id of a REFER is its number. */
static void
write_notify_event(const struct agent_notifier *n, struct buf *out)
{
	buf_puts(out, n->service->package->row->name);
	if (n->id[0] != '\0')
		buf_printf(out, ";id=%s", n->id);
}

static void
write_subscription_state(const struct agent_notifier *n, struct buf *out)
{
	int64_t left = n->until - sim_now(agent_sim(n->agent));

	if (n->ending != NULL)
		buf_printf(out, "terminated;reason=%s", n->ending);
	else
		buf_printf(out, "%s;expires=%lld",
		    n->pending ? "pending" : "active",
		    (long long)((left + SIM_S - 1) / SIM_S));
}

/* 4.2.1.3: who is not admitted yet, or no longer, learns nothing. */
static bool
may_know(const struct agent_notifier *n)
{
	return !n->pending &&
	       (n->ending == NULL || strcmp(n->ending, "rejected") != 0);
}

static int
build_notify(struct agent_notifier *n, struct agent_request *r)
{
	LOCAL_BUF event = BUF_INIT, state = BUF_INIT, body = BUF_INIT;
	struct sip_header headers[] = {
		{ "Event", STR_NULL },
		{ "Subscription-State", STR_NULL },
	};
	struct sip_request_spec spec = {
		.method = STR("NOTIFY"),
		.contact = agent_dialog_contact(n->usage.dialog),
		.headers = headers,
		.nheaders = 2,
	};
	int err = may_know(n) ? n->service->write(n, &body) : 0;

	write_notify_event(n, &event);
	write_subscription_state(n, &state);
	headers[0].value = buf_view(&event);
	headers[1].value = buf_view(&state);
	spec.body = buf_view(&body);
	if (body.n > 0)
		spec.content_type = str_of(n->service->package->type);
	if ((event.err | state.err | body.err) != 0)
		err = ERR_NOMEM;
	if (err == 0)
		err = agent_dialog_request(n->usage.dialog, &spec, r);
	return err;
}

/* False: it can't be sent, and N is freed. */
static bool
notifier_send_notify(struct agent_notifier *n, enum rule_id why)
{
	struct agent_request r = { 0 };
	int err = build_notify(n, &r);

	stop_news(n);
	n->told = sim_now(agent_sim(n->agent));
	n->news = false;
	n->version++;
	if (err == 0)
		err = agent_client_replace(
		    n->agent, &r, why, &notify_ops, n, &n->client);
	if (err == ERR_NOTFOUND)
		agent_note_bad(n->agent, RULE_UAC_NO_TARGET,
		    TRACE_REFUSAL_NO_ADDRESS,
		    str_of(n->usage.dialog->sip->remote_target));
	if (err == ERR_NOMEM)
		agent_fail_memory(n->agent);
	else if (err != 0)
		drop_notifier(n, EVENT_STOP,
		    err == ERR_NOTFOUND ? RULE_UAC_NO_TARGET
					: RULE_NOTIFY_LOST);
	return err == 0 || err == ERR_NOMEM;
}

static enum rule_id
find_notify_rule(const struct agent_notifier *n)
{
	if (n->ending != NULL)
		return n->ending_why;
	if (n->version == 0)
		return n->refers ? RULE_NOTIFY_FIRST : RULE_NOTIFY_AT_ONCE;
	return RULE_NOTIFY_CHANGE;
}

/* The event of the NOTIFY that goes out by WHY; where the present state has no
 * step of its own for it, the one of any last NOTIFY. */
static enum event_id
find_notify_event(const struct agent_notifier *n, enum rule_id why)
{
	enum event_id own = EVENT_NONE;

	if (n->ending == NULL)
		return n->pending ? EVENT_NOTIFY_PENDING_SENT
		       : why == RULE_NOTIFY_AT_ONCE &&
			       machine_run_is(&n->machine, STATE_NOTIFY_WAIT)
			   ? EVENT_STATE_SENT
			   : EVENT_NOTIFY_ACTIVE_SENT;
	if (why == RULE_NOTIFY_FINAL)
		own = EVENT_OUTCOME_SENT;
	else if (why == RULE_NOTIFY_TIMEOUT)
		own = EVENT_TIMEOUT_SENT;
	else if (why == RULE_PRESENCE_DECIDED)
		own = EVENT_REJECTED_SENT;
	else if (why == RULE_CONFERENCE_UNTOLD)
		own = EVENT_GONE_SENT;
	return machine_run_next(&n->machine, own) != NULL
		   ? own
		   : EVENT_NOTIFY_TERMINATED_SENT;
}

static bool
notifier_tell_state(struct agent_notifier *n)
{
	struct sim *sim = agent_sim(n->agent);
	uint64_t old = sim_cause(sim);
	enum rule_id why = find_notify_rule(n);
	bool lives;

	agent_notifier_step(n, find_notify_event(n, why), why);
	lives = notifier_send_notify(n, why);
	sim_set_cause(sim, old);
	return lives;
}

/* What had to wait for the answer to the NOTIFY before. */
static void
send_next_notify(struct agent_notifier *n)
{
	if (n->news || n->ending != NULL)
		notifier_tell_state(n);
}

bool
agent_notify(struct agent_notifier *n)
{
	if (!agent_notifier_lives(n))
		return true;
	/* One NOTIFY after the other, so that none overtakes. */
	if (!agent_client_is_pending(n->client))
		return notifier_tell_state(n);
	n->news = true;
	return true;
}

bool
agent_notify_after(struct agent_notifier *n, int64_t gap_ns)
{
	int64_t due = n->told + gap_ns;

	if (!agent_notifier_lives(n) || n->version == 0 ||
	    due <= sim_now(agent_sim(n->agent)))
		return agent_notify(n);
	node_timer_set(
	    n->agent->node, &n->news_later, news_timer_of(n), n->name, due, n);
	return true;
}

void
agent_notifier_admit(struct agent_notifier *n)
{
	n->pending = false;
	agent_notify(n);
}

void
agent_notifier_end(
    struct agent_notifier *n, const char *reason, enum rule_id why)
{
	if (!agent_notifier_lives(n) || n->ending != NULL)
		return;
	n->ending = reason;
	n->ending_why = why;
	agent_notify(n);
}
