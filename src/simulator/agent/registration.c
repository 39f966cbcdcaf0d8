/*
 * Registering: RFC 3261 10.2, RFC 3608.  The registration of the own
 * address-of-record is a machine (machine/usages.c) and refreshed when nine
 * tenths of the time granted have passed; where the phone registers by itself
 * (attribute `register`) a failure is not the end of it (RFC 5626 4.5).
 * Registrations for other users, and queries, are no steps of it.
 */
#include "agent/recovery.h"
#include "agent/reg_info.h"
#include "agent/registration.h"
#include "msg/header_names.h"
#include "node/timer.h"

#include "base/err.h"
#include "base/mem.h"
#include "machine/tables.h"
#include "msg/parts.h"
#include "rules/rule_names.h"
#include "sip/defaults.h"
#include "node/locate.h"

/* ---- the machine ---- */

/* The REGISTER is about the own Contact of the own address-of-record. */
static bool
is_own_contact(const struct agent_registration *r)
{
	return r->contact == NULL && r->aor == NULL;
}

/* 10.2.3: one without a Contact asks what there is; 10.2: another's says
 * nothing of oneself. */
static bool
registration_is_step(const struct agent_registration *r)
{
	return r->aor == NULL && (r->contact == NULL || r->contact[0] != '\0');
}

static void
step_registration(
    struct agent_registration *r, enum event_id event, enum rule_id why)
{
	struct machine_run *m = &r->machine;

	if (!registration_is_step(r))
		return;
	m->table = &machine_registration;
	node_machine_step(
	    r->agent->node, m, agent_registration_id(r), event, why);
}

static bool
registration_is_registered(const struct agent_registration *r)
{
	return machine_run_is(&r->machine, STATE_REGISTERED) ||
	       machine_run_is(&r->machine, STATE_REFRESHING);
}

bool
agent_is_registered(const struct agent_registration *r)
{
	for (; r != NULL; r = r->next)
		if (registration_is_registered(r))
			return true;
	return false;
}

/* The end of one flow is not reported while another stands. */
static void
tell_registration(const struct agent_registration *r, const char *state)
{
	const struct agent_registration *first = agent_registration_note(r);

	if (registration_is_registered(r) || !agent_is_registered(first))
		agent_tell(r->agent, state);
}

/* ---- the refresh ---- */

static void fire_refresh_timer(void *arg);
static int
register_one(struct agent_registration *r, int64_t expires_s, bool again);

static const struct node_timer refresh_timer = { "refresh",
	RULE_REGISTER_REFRESH, fire_refresh_timer, AGENT_REGISTRATION };

static void
fire_refresh_timer(void *arg)
{
	struct agent_registration *r = arg;

	node_timer_fired(r->agent->node, &r->refresh, &refresh_timer,
	    agent_registration_id(r));
	if (register_one(r, r->refresh_s, true) == ERR_NOMEM)
		agent_fail_memory(r->agent);
}

static void
arm_refresh(struct agent_registration *r, int64_t granted_s)
{
	int64_t due = sim_now(agent_sim(r->agent)) + granted_s * SIM_S / 10 * 9;

	node_timer_set(r->agent->node, &r->refresh, &refresh_timer,
	    agent_registration_id(r), due, r);
}

static int register_own(struct agent_registration *r, int64_t expires_s,
    enum event_id event, enum rule_id why);

static void fire_retry_timer(void *arg);

static const struct node_timer retry_timer = { "retry", RULE_REGISTER_AGAIN,
	fire_retry_timer, AGENT_REGISTRATION };

/* RFC 3680 4.7.1: the registrar wanted it to be asked for later. */
static void
fire_retry_timer(void *arg)
{
	struct agent_registration *r = arg;

	node_timer_fired(
	    r->agent->node, &r->retry, &retry_timer, agent_registration_id(r));
	if (register_own(r, r->refresh_s, EVENT_TIMER_RETRY,
		RULE_REGISTER_AGAIN) == ERR_NOMEM)
		agent_fail_memory(r->agent);
}

static void fire_recovery_timer(void *arg);

static const struct node_timer recovery_timer = { "recovery",
	RULE_REGISTER_RECOVER, fire_recovery_timer, AGENT_REGISTRATION };

static void
fire_recovery_timer(void *arg)
{
	struct agent_registration *r = arg;

	node_timer_fired(r->agent->node, &r->recovery, &recovery_timer,
	    agent_registration_id(r));
	if (register_own(r, r->refresh_s, EVENT_TIMER_RECOVERY,
		RULE_REGISTER_RECOVER) == ERR_NOMEM)
		agent_fail_memory(r->agent);
}

static void
stop_registration_timers(struct agent_registration *r)
{
	node_timer_stop(r->agent->node, &r->refresh, &refresh_timer,
	    agent_registration_id(r));
	node_timer_stop(
	    r->agent->node, &r->retry, &retry_timer, agent_registration_id(r));
	node_timer_stop(r->agent->node, &r->recovery, &recovery_timer,
	    agent_registration_id(r));
}

/* Another REGISTER is rejected as well: 21.4.4, and 22.1 of credentials that
 * were rejected. */
static bool
is_refused_for_good(unsigned status)
{
	return status == 401 || status == 403 || status == 407;
}

/* A phone that registers by itself, over flows, or keeps its way open, could
 * not: it tries again.  M: the response that says so; NULL: none came. */
static void
plan_registration_recovery(struct agent_registration *r, const struct msg *m)
{
	uint32_t after_s = 0;
	int64_t due;

	if (!is_own_contact(r) || r->expires_s == 0 ||
	    (r->reg_id == 0 && !node_keepalive_wanted(r->agent->node) &&
		!node_attr_bool(r->agent->node, "register", false)) ||
	    (m != NULL && is_refused_for_good(m->status)))
		return;
	if (m != NULL)
		node_retry_after(m, &after_s);
	/* RFC 5626 4.5: the last one was a success. */
	if (r->alive.confirmed)
		r->failures = 0;
	r->alive.confirmed = false;
	r->failures++;
	due = agent_recovery_due(r->agent, SIP_STREAM_REGISTER_WAIT,
	    agent_is_registered(agent_registration_note(r))
		? SIP_RECOVERY_CALM_NS
		: SIP_RECOVERY_BASE_NS,
	    r->failures, after_s);
	node_timer_set(r->agent->node, &r->recovery, &recovery_timer,
	    agent_registration_id(r), due, r);
}

/* ---- the answer ---- */

static int registration_send_register(struct agent_registration *r,
    int64_t expires_s, enum event_id event, enum rule_id why);

/* The answer to the REGISTER is there, or will never come. */
static void
register_waiting(struct agent_registration *r)
{
	if (!r->again)
		return;
	r->again = false;
	if (register_one(r, r->next_s, false) == ERR_NOMEM)
		agent_fail_memory(r->agent);
}

/* 10.2.8: 423 says how long it must be at least; asked again with that. */
static bool
asks_for_more(struct agent_registration *r, const struct msg *m)
{
	uint32_t least;

	if (m->status != 423 || r->expires_s == 0 || r->again ||
	    str_u32(msg_value(m, MSG_H_MIN_EXPIRES), &least) != 0 ||
	    least <= r->expires_s)
		return false;
	if (registration_send_register(
		r, least, EVENT_423, RULE_REGISTER_LONGER) == ERR_NOMEM)
		agent_fail_memory(r->agent);
	return true;
}

/* RFC 5626 4.2.1: the first hop of the first flow knows nothing of flows. */
static bool
goes_plain(struct agent_registration *r, const struct msg *m)
{
	if (m->status != 439 || r->reg_id != 1 || r->plain ||
	    !is_own_contact(r) ||
	    !machine_run_is(&r->machine, STATE_REGISTERING))
		return false;
	r->plain = true;
	if (registration_send_register(
		r, r->expires_s, EVENT_439, RULE_FLOW_PLAIN) == ERR_NOMEM)
		agent_fail_memory(r->agent);
	return true;
}

/* It goes out again, by WHY; the machine tells those apart that mean something
 * else to it. */
static void
register_again(
    struct agent_client *q, unsigned status, enum rule_id why, void *arg)
{
	static const struct {
		enum rule_id why;
		enum event_id event;
	} events[] = {
		{ RULE_AUTH_ANSWER, EVENT_401 },
		{ RULE_AUTH_ANSWER_PROXY, EVENT_407 },
		{ RULE_REDIRECT_FOLLOW, EVENT_ELSEWHERE },
		{ RULE_REDIRECT_NEXT, EVENT_ELSEWHERE },
	};

	(void)q;
	(void)status;
	for (size_t i = 0; i < COUNT_OF(events); i++)
		if (events[i].why == why) {
			step_registration(arg, events[i].event, why);
			return;
		}
	step_registration(arg, EVENT_NEXT_SERVER, RULE_UAC_FAILOVER);
}

/* The 2xx gives the Contact S seconds. */
static void
step_2xx(struct agent_registration *r, int64_t s)
{
	if (machine_run_is(&r->machine, STATE_UNREGISTERING))
		step_registration(r, EVENT_2XX, RULE_REGISTER_REMOVE);
	else
		step_registration(r, s > 0 ? EVENT_2XX : EVENT_2XX_NOT_BOUND,
		    RULE_REGISTER_DONE);
}

static void
register_response(struct agent_client *q, const struct sip_in *in, void *arg)
{
	struct agent_registration *r = arg;
	unsigned status = in->m->status;
	int64_t s;

	if (status < 200)
		return;
	r->realms = q->realms;
	if (asks_for_more(r, in->m) || goes_plain(r, in->m))
		return;
	s = status < 300 ? agent_registration_granted(r, in->m) : 0;
	/* RFC 3608 6.1: that of the last 2xx counts, and none of a rejection.
	 */
	if (is_own_contact(r))
		agent_take_service_route(r->agent, s > 0 ? in->m : NULL);
	if (status < 300)
		step_2xx(r, s);
	else
		step_registration(r, EVENT_300_699, RULE_REGISTER_REFUSED);
	tell_registration(r, status >= 300 ? "failed"
			     : s > 0       ? "registered"
					   : "unregistered");
	if (s == 0) {
		plan_registration_recovery(r, in->m);
	} else if (is_own_contact(r)) {
		arm_refresh(r, s);
	}
	if (is_own_contact(r) && s > 0)
		agent_registration_keep(r, &q->dst, in->m);
	else if (is_own_contact(r))
		node_keepalive_end(&r->alive);
	register_waiting(r);
}

static void
register_failed(struct agent_client *q, unsigned status, void *arg)
{
	struct agent_registration *r = arg;

	(void)q;
	(void)status;
	step_registration(r, EVENT_TIMEOUT, RULE_REGISTER_SILENT);
	tell_registration(r, "failed");
	node_keepalive_end(&r->alive);
	plan_registration_recovery(r, NULL);
	register_waiting(r);
}

/* The Contact that it binds is at the face that it goes from. */
static void
register_sending(struct agent_client *q, void *arg)
{
	struct agent_registration *r = arg;

	if (is_own_contact(r) && r->expires_s > 0)
		r->face = node_face_toward(r->agent->node, &q->dst);
}

static const struct agent_client_ops ops = {
	.sending = register_sending,
	.response = register_response,
	.failed = register_failed,
	.again = register_again,
};

void
agent_registration_stop(struct agent_registration *r)
{
	sim_cancel(agent_sim(r->agent), r->refresh);
	sim_cancel(agent_sim(r->agent), r->retry);
	sim_cancel(agent_sim(r->agent), r->recovery);
	node_keepalive_stop(&r->alive);
	agent_client_drop(r->client);
	mem_free(r->id);
	mem_free(r->bare);
	mem_free(r->call_id);
	mem_free(r->from_tag);
	mem_free(r->contact);
	mem_free(r->aor);
	*r = (struct agent_registration){ .agent = r->agent };
}

/* ---- asking ---- */

static int
start_register(struct agent_registration *r, enum rule_id why)
{
	struct agent_request q = { .cseq = &r->cseq, .realms = r->realms };
	int err = agent_registration_prepare(r);

	if (err == 0)
		err = agent_registration_build(r, &q);
	return err != 0 ? err
			: agent_client_replace(
			      r->agent, &q, why, &ops, r, &r->client);
}

/* What WHY says of EXPIRES_S is sent, which is EVENT for the machine. */
static int
registration_send_register(struct agent_registration *r, int64_t expires_s,
    enum event_id event, enum rule_id why)
{
	int err;

	step_registration(r, event, why);
	if (registration_is_step(r))
		stop_registration_timers(r);
	if (is_own_contact(r))
		r->refresh_s = expires_s;
	r->expires_s = expires_s;
	err = start_register(r, why);
	if (err == ERR_NOTFOUND)
		agent_note_bad(r->agent, RULE_UAC_NO_TARGET,
		    TRACE_REFUSAL_NO_REGISTRAR,
		    str_of(r->aor != NULL ? r->aor : r->agent->aor));
	if (err != 0)
		step_registration(r, EVENT_NOT_SENT, RULE_UAC_NO_TARGET);
	if (err != ERR_NOTFOUND)
		return err;
	tell_registration(r, "failed");
	plan_registration_recovery(r, NULL);
	return 0;
}

static enum event_id
registration_event_of(int64_t expires_s)
{
	return expires_s == 0 ? EVENT_UNREGISTER : EVENT_REGISTER;
}

static void
forget_other(struct agent_registration *r)
{
	mem_free(r->contact);
	mem_free(r->aor);
	r->contact = NULL;
	r->aor = NULL;
}

/* The own Contact of the own address-of-record; as send_register. */
static int
register_own(struct agent_registration *r, int64_t expires_s,
    enum event_id event, enum rule_id why)
{
	if (agent_client_is_pending(r->client) || r->held) {
		/* 10.2: not before the last one is answered. */
		r->again = true;
		r->next_s = expires_s;
		return 0;
	}
	forget_other(r);
	return registration_send_register(r, expires_s, event, why);
}

static int
register_one(struct agent_registration *r, int64_t expires_s, bool again)
{
	enum rule_id why = expires_s == 0 ? RULE_REGISTER_REMOVE
			   : again        ? RULE_REGISTER_REFRESH
					  : RULE_REGISTER_SEND;

	return register_own(r, expires_s,
	    again ? EVENT_TIMER_REFRESH : registration_event_of(expires_s),
	    why);
}

int
agent_register(struct agent_registration *r, int64_t expires_s, bool again)
{
	int err = 0;

	for (; err == 0 && r != NULL; r = r->next)
		err = register_one(r, expires_s, again);
	return err;
}

void
agent_registration_go(struct agent_registration *r)
{
	for (; r != NULL; r = r->next) {
		r->held = false;
		register_waiting(r);
	}
}

void
agent_registration_again(struct agent_registration *r)
{
	if (!machine_run_is(&r->machine, STATE_REGISTERED))
		return;
	if (!r->alive.confirmed) {
		step_registration(r, EVENT_FLOW_UNPROVEN, RULE_FLOW_WAIT);
		stop_registration_timers(r);
		tell_registration(r, "failed");
		plan_registration_recovery(r, NULL);
	} else if (register_own(r, r->refresh_s, EVENT_FLOW_FAILED,
		       RULE_FLOW_AGAIN) == ERR_NOMEM) {
		agent_fail_memory(r->agent);
	}
}

/* Copies that may be left out; 0 or ERR_NOMEM. */
static int
registration_replace_text(char **to, const char *text)
{
	char *copy = text != NULL ? mem_strdup(text) : NULL;

	if (text != NULL && copy == NULL)
		return ERR_NOMEM;
	mem_free(*to);
	*to = copy;
	return 0;
}

int
agent_register_other(struct agent_registration *r, const char *contact,
    const char *aor, int64_t expires_s, bool told, struct diag *d)
{
	bool asks = contact != NULL && contact[0] == '\0';

	if (agent_client_is_pending(r->client))
		return diag_set(d, ERR_STATE, NULL, 0,
		    _("%s is registering; wait for the response first"),
		    r->agent->node->name);
	if (registration_replace_text(&r->contact, contact) != 0 ||
	    registration_replace_text(&r->aor, aor) != 0)
		return ERR_NOMEM;
	r->told = told;
	return registration_send_register(r, expires_s,
	    registration_event_of(expires_s),
	    asks             ? RULE_REGISTER_FETCH
	    : expires_s == 0 ? RULE_REGISTER_REMOVE
	    : aor != NULL    ? RULE_REGISTER_THIRD
			     : RULE_REGISTER_SEND);
}

void
agent_registration_warm(struct agent_registration *r, int64_t expires_s)
{
	if (agent_registration_prepare(r) != 0) {
		agent_fail_memory(r->agent);
		return;
	}
	r->expires_s = r->refresh_s = expires_s;
	step_registration(r, EVENT_BEFORE_THE_RUN, RULE_LOCATION_WARM);
	agent_tell(r->agent, "registered");
	arm_refresh(r, expires_s);
}

/* ---- The registrar ends the binding: RFC 3680 4.7.1 ---- */

/* Ours: how long to wait where a document does not say it, and before it is
 * asked for once more where that was done a moment ago. */
#define RETRY_S 60

/*
 * When a binding that has ended by C's event is asked for again; -1: not.  Of
 * `deactivated` at once, of `probation` after retry-after, of `rejected` not.
 * The RFC asks for nothing where a binding has expired or a REGISTER has
 * removed it (`unregistered`).
 */
static int64_t
registration_find_due(
    const struct agent_registration *r, const struct reg_info_contact *c)
{
	int64_t now = sim_now(agent_sim(r->agent));
	int64_t soonest = r->retried > 0 ? r->retried + RETRY_S * SIM_S : now;
	int64_t due = now;

	if (str_is(c->event, "rejected"))
		return -1;
	if (str_is(c->event, "probation"))
		due += (c->waits ? c->retry_after_s : RETRY_S) * SIM_S;
	return due > soonest ? due : soonest;
}

/* What BODY says of the own Contact. */
static int
find_own_contact(const struct agent_registration *r, struct str body,
    struct reg_info_contact *c)
{
	struct msg_addr mine;

	if (msg_addr_read(str_of(agent_registration_contact(r)), &mine) != 0)
		return ERR_NOTFOUND;
	return reg_info_find(body, str_of(r->agent->aor), mine.uri, c);
}

/* The registrar has ended the binding, which is to be asked for again at DUE;
 * -1: not at all. */
static void
end_registration(struct agent_registration *r, int64_t due)
{
	int64_t now = sim_now(agent_sim(r->agent));

	/* The answer to the pending REGISTER will tell its state. */
	if (!machine_run_is(&r->machine, STATE_REGISTERED))
		return;
	if (due == now) {
		r->retried = now;
		if (register_own(r, r->refresh_s, EVENT_DEACTIVATED,
			RULE_REGISTER_AGAIN) == ERR_NOMEM)
			agent_fail_memory(r->agent);
		return;
	}
	if (agent_client_is_pending(r->client))
		return;
	forget_other(r);
	if (due < 0)
		step_registration(r, EVENT_REJECTED, RULE_REGISTER_REJECTED);
	else
		step_registration(r, EVENT_PROBATION, RULE_REGISTER_AGAIN);
	stop_registration_timers(r);
	agent_take_service_route(r->agent, NULL);
	agent_tell(r->agent, due < 0 ? "failed" : "unregistered");
	if (due >= 0)
		node_timer_set(r->agent->node, &r->retry, &retry_timer,
		    agent_registration_id(r), due, r);
}

void
agent_registration_restore(struct agent_registration *r)
{
	int64_t now = sim_now(agent_sim(r->agent));

	if (!machine_run_is(&r->machine, STATE_REGISTERED) ||
	    (r->retried > 0 && now < r->retried + RETRY_S * SIM_S))
		return;
	r->retried = now;
	if (register_own(r, r->refresh_s, EVENT_RESTORATION,
		RULE_REGISTER_RESTORE) == ERR_NOMEM)
		agent_fail_memory(r->agent);
}

/* The agent learns this from BODY if it subscribes to its own registration;
 * otherwise it learns it at the next refresh. */
void
agent_registration_told(struct agent_registration *r, struct str body)
{
	struct reg_info_contact c;
	int err = find_own_contact(r, body, &c);

	agent_fail_nomem(r->agent, err);
	if (err == 0 && !c.active &&
	    (str_is(c.event, "deactivated") || str_is(c.event, "probation") ||
		str_is(c.event, "rejected")))
		end_registration(r, registration_find_due(r, &c));
}
