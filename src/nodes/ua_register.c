/*
 * Registering: RFC 3261 10.2, RFC 3608.  The registration of the own
 * address-of-record is a machine (machine/usages.c) and refreshed when
 * nine tenths of the time granted have passed.  What is done for others, and
 * what only asks, is no step of it.
 */
#include "node/timer.h"
#include "nodes/ua.h"

#include "base/err.h"
#include "base/mem.h"
#include "msg/parts.h"
#include "sip/defaults.h"

#include <string.h>

/* ---- the machine ---- */

/* The REGISTER is about the own Contact of the own address-of-record. */
static bool
is_own(const struct ua *ua)
{
	return ua->reg.contact == NULL && ua->reg.aor == NULL;
}

/* 10.2.3: one without a Contact asks what there is; 10.2: another's says
 * nothing of oneself. */
static bool
is_step(const struct ua *ua)
{
	return ua->reg.aor == NULL &&
	       (ua->reg.contact == NULL || ua->reg.contact[0] != '\0');
}

static void
step(struct ua *ua, const char *event, enum rule_id why)
{
	struct node_machine *m = &ua->reg.machine;

	if (!is_step(ua))
		return;
	if (m->table == NULL)
		m->table = machine_find(STR(UA_REGISTRATION));
	node_machine_step(ua->agent.node, m, ua->agent.aor, event, why);
}

static bool
is_in(const struct ua *ua, const char *state)
{
	const char *now = ua->reg.machine.state;

	return now != NULL && strcmp(now, state) == 0;
}

bool
ua_registered(const struct ua *ua)
{
	return is_in(ua, "registered") || is_in(ua, "refreshing");
}

/* ---- the refresh ---- */

static void refresh(void *arg);

static const struct node_timer refresh_timer = { "refresh",
	RULE_REGISTER_REFRESH, refresh, UA_REGISTRATION };

static void
refresh(void *arg)
{
	struct ua *ua = arg;

	node_timer_fired(
	    ua->agent.node, &ua->reg.refresh, &refresh_timer, ua->agent.aor);
	if (ua_register(ua, ua->reg.refresh_s, true) == ERR_NOMEM)
		agent_fail_memory(&ua->agent);
}

static void
arm_refresh(struct ua *ua, int64_t granted_s)
{
	int64_t due =
	    sim_now(agent_sim(&ua->agent)) + granted_s * SIM_S / 10 * 9;

	node_timer_set(ua->agent.node, &ua->reg.refresh, &refresh_timer,
	    ua->agent.aor, due, ua);
}

static void
stop_refresh(struct ua *ua)
{
	node_timer_stop(
	    ua->agent.node, &ua->reg.refresh, &refresh_timer, ua->agent.aor);
}

/* ---- the answer ---- */

static int send_register(
    struct ua *ua, int64_t expires_s, const char *event, enum rule_id why);

/* 10.2.4: what the 200 grants to our Contact. */
static int64_t
granted(const struct ua *ua, const struct msg *m)
{
	struct msg_values it = { 0 };
	struct msg_addr mine, a;
	struct str v, text;
	uint32_t s;

	if (ua->reg.expires_s == 0 ||
	    msg_addr_read(str_of(agent_contact(&ua->agent)), &mine) != 0)
		return ua->reg.expires_s;
	while (msg_next_value(m, MSG_H_CONTACT, &it, &v))
		if (msg_addr_read(v, &a) == 0 &&
		    msg_uri_equal(a.uri, mine.uri) &&
		    msg_param(a.params, "expires", &text) &&
		    str_u32(text, &s) == 0)
			return s;
	if (str_u32(msg_value(m, MSG_H_EXPIRES), &s) == 0)
		return s;
	return ua->reg.expires_s;
}

/* The answer to the REGISTER is there, or will never come. */
static void
settled(struct ua *ua)
{
	if (!ua->reg.again)
		return;
	ua->reg.again = false;
	if (ua_register(ua, ua->reg.next_s, false) == ERR_NOMEM)
		agent_fail_memory(&ua->agent);
}

/* 10.2.8: 423 says how long it must be at least; asked again with that. */
static bool
asks_for_more(struct ua *ua, const struct msg *m)
{
	uint32_t least;

	if (m->status != 423 || ua->reg.expires_s == 0 || ua->reg.again ||
	    str_u32(msg_value(m, MSG_H_MIN_EXPIRES), &least) != 0 ||
	    least <= ua->reg.expires_s)
		return false;
	if (send_register(ua, least, "423", RULE_REGISTER_LONGER) == ERR_NOMEM)
		agent_fail_memory(&ua->agent);
	return true;
}

/* It goes out again, by WHY; the machine tells those apart that mean something
 * else to it. */
static void
on_again(struct agent_client *q, unsigned status, enum rule_id why, void *arg)
{
	static const struct {
		enum rule_id why;
		const char *event;
	} events[] = {
		{ RULE_AUTH_ANSWER, "401" },
		{ RULE_AUTH_ANSWER_PROXY, "407" },
		{ RULE_REDIRECT_FOLLOW, "elsewhere" },
		{ RULE_REDIRECT_NEXT, "elsewhere" },
	};

	(void)q;
	(void)status;
	for (size_t i = 0; i < sizeof(events) / sizeof(events[0]); i++)
		if (events[i].why == why) {
			step(arg, events[i].event, why);
			return;
		}
	step(arg, "next server", RULE_UAC_FAILOVER);
}

/* The 2xx gives the Contact S seconds. */
static void
step_2xx(struct ua *ua, int64_t s)
{
	if (is_in(ua, "unregistering"))
		step(ua, "2xx", RULE_REGISTER_REMOVE);
	else
		step(ua, s > 0 ? "2xx" : "2xx not bound", RULE_REGISTER_DONE);
}

static void
on_response(struct agent_client *q, const struct sip_in *in, void *arg)
{
	struct ua *ua = arg;
	unsigned status = in->m->status;
	int64_t s;

	if (status < 200)
		return;
	ua->reg.realms = q->realms;
	if (asks_for_more(ua, in->m))
		return;
	s = status < 300 ? granted(ua, in->m) : 0;
	/* RFC 3608 6.1: that of the last 2xx counts, and none of a refusal. */
	if (is_own(ua))
		agent_take_service_route(&ua->agent, s > 0 ? in->m : NULL);
	if (status < 300)
		step_2xx(ua, s);
	else
		step(ua, "300-699", RULE_REGISTER_REFUSED);
	agent_tell(&ua->agent, status >= 300 ? "failed"
			       : s > 0       ? "registered"
					     : "unregistered");
	if (s > 0 && is_own(ua))
		arm_refresh(ua, s);
	settled(ua);
}

static void
on_failed(struct agent_client *q, unsigned status, void *arg)
{
	struct ua *ua = arg;

	(void)q;
	(void)status;
	step(ua, "timeout", RULE_REGISTER_SILENT);
	agent_tell(&ua->agent, "failed");
	settled(ua);
}

static void
on_ended(struct agent_client *q, void *arg)
{
	struct ua *ua = arg;

	if (ua->reg.client == q)
		ua->reg.client = NULL;
}

static const struct agent_client_ops ops = {
	.response = on_response,
	.failed = on_failed,
	.again = on_again,
	.ended = on_ended,
};

void
ua_register_stop(struct ua *ua)
{
	sim_cancel(agent_sim(&ua->agent), ua->reg.refresh);
	agent_client_drop(ua->reg.client);
	mem_free(ua->reg.call_id);
	mem_free(ua->reg.from_tag);
	mem_free(ua->reg.contact);
	mem_free(ua->reg.aor);
	memset(&ua->reg, 0, sizeof(ua->reg));
}

/* ---- asking ---- */

static int
start(struct ua *ua, enum rule_id why)
{
	struct agent_request r = { .cseq = &ua->reg.cseq,
		.realms = ua->reg.realms };
	int err = ua_register_prepare(ua);

	if (err == 0)
		err = ua_register_build(ua, &r);
	if (err != 0)
		return err;
	agent_client_drop(ua->reg.client);
	ua->reg.client = NULL;
	err =
	    agent_client_start(&ua->agent, &r, why, &ops, ua, &ua->reg.client);
	sip_bytes_unref(r.bytes);
	return err;
}

/* What WHY says of EXPIRES_S is sent, which is EVENT for the machine. */
static int
send_register(
    struct ua *ua, int64_t expires_s, const char *event, enum rule_id why)
{
	int err;

	step(ua, event, why);
	if (is_step(ua))
		stop_refresh(ua);
	if (is_own(ua))
		ua->reg.refresh_s = expires_s;
	ua->reg.expires_s = expires_s;
	err = start(ua, why);
	if (err == ERR_NOTFOUND)
		agent_note_bad(&ua->agent, RULE_UAC_NO_TARGET,
		    TRACE_REFUSAL_NO_REGISTRAR,
		    str_of(ua->reg.aor != NULL ? ua->reg.aor : ua->agent.aor));
	if (err != 0)
		step(ua, "not sent", RULE_UAC_NO_TARGET);
	if (err != ERR_NOTFOUND)
		return err;
	agent_tell(&ua->agent, "failed");
	return 0;
}

static const char *
event_of(int64_t expires_s)
{
	return expires_s == 0 ? "unregister" : "register";
}

int
ua_register(struct ua *ua, int64_t expires_s, bool again)
{
	enum rule_id why = expires_s == 0 ? RULE_REGISTER_REMOVE
			   : again        ? RULE_REGISTER_REFRESH
					  : RULE_REGISTER_SEND;

	if (agent_client_is_pending(ua->reg.client)) {
		/* 10.2: not before the last one is answered. */
		ua->reg.again = true;
		ua->reg.next_s = expires_s;
		return 0;
	}
	mem_free(ua->reg.contact);
	mem_free(ua->reg.aor);
	ua->reg.contact = NULL;
	ua->reg.aor = NULL;
	return send_register(
	    ua, expires_s, again ? "Timer refresh" : event_of(expires_s), why);
}

/* Copies that may be left out; 0 or ERR_NOMEM. */
static int
replace(char **to, const char *text)
{
	char *copy = text != NULL ? mem_strdup(text) : NULL;

	if (text != NULL && copy == NULL)
		return ERR_NOMEM;
	mem_free(*to);
	*to = copy;
	return 0;
}

int
ua_register_other(struct ua *ua, const char *contact, const char *aor,
    int64_t expires_s, bool told, struct diag *d)
{
	bool asks = contact != NULL && contact[0] == '\0';

	if (agent_client_is_pending(ua->reg.client))
		return diag_set(d, ERR_STATE, NULL, 0,
		    _("%s is registering; wait for its answer first"),
		    ua->agent.node->name);
	if (replace(&ua->reg.contact, contact) != 0 ||
	    replace(&ua->reg.aor, aor) != 0)
		return ERR_NOMEM;
	ua->reg.told = told;
	return send_register(ua, expires_s, event_of(expires_s),
	    asks             ? RULE_REGISTER_FETCH
	    : expires_s == 0 ? RULE_REGISTER_REMOVE
	    : aor != NULL    ? RULE_REGISTER_THIRD
			     : RULE_REGISTER_SEND);
}

/* ---- by itself ---- */

int64_t
ua_register_expires(const struct ua *ua)
{
	int64_t ns =
	    node_attr_time(ua->agent.node, "expires", SIP_EXPIRES_S * SIM_S);
	int64_t s = ns / SIM_S + (ns % SIM_S != 0);

	return s < UINT32_MAX ? s : UINT32_MAX;
}

static void
register_now(void *arg)
{
	struct ua *ua = arg;
	int err;

	ua->reg.refresh = 0;
	agent_note_act(&ua->agent, "register", ua->agent.node->name);
	err = ua_register(ua, ua_register_expires(ua), false);
	if (err == ERR_NOMEM)
		agent_fail_memory(&ua->agent);
}

void
ua_register_at_once(struct ua *ua)
{
	ua->reg.refresh = sim_after(
	    agent_sim(&ua->agent), 0, ua->agent.node->name, register_now, ua);
}

void
ua_warm(struct ua *ua)
{
	if (ua_register_prepare(ua) != 0) {
		agent_fail_memory(&ua->agent);
		return;
	}
	ua->reg.expires_s = ua->reg.refresh_s = ua_register_expires(ua);
	step(ua, "before the run", RULE_LOCATION_WARM);
	agent_tell(&ua->agent, "registered");
	arm_refresh(ua, ua->reg.expires_s);
}
