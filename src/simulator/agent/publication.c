/* See agent/publication.h. */
#include "agent/publication.h"

#include "agent/recovery.h"
#include "base/err.h"
#include "base/mem.h"
#include "machine/tables.h"
#include "msg/header_names.h"
#include "node/locate.h"
#include "node/timer.h"
#include "rules/rule_names.h"
#include "sip/defaults.h"

/* ---- the machine ---- */

static void
step_publication(
    struct agent_publication *p, enum event_id event, enum rule_id why)
{
	p->machine.table = &machine_publication;
	node_machine_step(
	    p->agent->node, &p->machine, p->agent->aor, event, why);
}

static void
forget_etag(struct agent_publication *p)
{
	mem_free(p->etag);
	p->etag = NULL;
}

/* ---- the refresh ---- */

static void fire_republish(void *arg);

static const struct node_timer refresh_timer = { "republish",
	RULE_PUBLISH_REFRESH, fire_republish, AGENT_PUBLICATION };

static void
arm_republish(struct agent_publication *p, uint32_t seconds)
{
	int64_t due =
	    sim_now(agent_sim(p->agent)) + (int64_t)seconds * SIM_S / 10 * 9;

	node_timer_set(
	    p->agent->node, &p->refresh, &refresh_timer, p->agent->aor, due, p);
}

/* ---- after a failure ---- */

static void fire_publication_recovery(void *arg);

static const struct node_timer recovery_timer = { "recovery",
	RULE_PUBLISH_RECOVER, fire_publication_recovery, AGENT_PUBLICATION };

static void
stop_publication_timers(struct agent_publication *p)
{
	node_timer_stop(
	    p->agent->node, &p->refresh, &refresh_timer, p->agent->aor);
	node_timer_stop(
	    p->agent->node, &p->recovery, &recovery_timer, p->agent->aor);
}

/* A phone that publishes by itself could not, for STATUS, which says "not for
 * AFTER_S seconds" (0: nothing): it tries again, unless its user wants
 * something else by now. */
static void
plan_publication_recovery(
    struct agent_publication *p, unsigned status, uint32_t after_s)
{
	int64_t due;

	if (p->asked_s == 0 || p->next != AGENT_PUBLICATION_REST ||
	    node_attr(p->agent->node, "publish", "")[0] == '\0' ||
	    (!agent_may_pass(status) && after_s == 0))
		return;
	p->failures++;
	due = agent_recovery_due(p->agent, SIP_STREAM_PUBLISH_WAIT,
	    SIP_RECOVERY_BASE_NS, p->failures, after_s);
	node_timer_set(p->agent->node, &p->recovery, &recovery_timer,
	    p->agent->aor, due, p);
}

/* ---- PUBLISH ---- */

static int
build_publish(struct agent_publication *p, struct agent_request *r)
{
	LOCAL_BUF expires = BUF_INIT, tag = BUF_INIT;
	struct sip_header headers[3] = { { "Event",
	    str_of(p->package->row->name) } };
	struct sip_request_spec spec = {
		.method = STR("PUBLISH"),
		.uri = str_of(p->agent->aor),
		.headers = headers,
		.nheaders = 2,
	};

	buf_u64(&expires, p->asked_s);
	sip_stack_token(p->agent->node->stack, SIP_STREAM_TAG, 8, &tag);
	headers[1] = (struct sip_header){ "Expires", buf_view(&expires) };
	if (p->etag != NULL)
		headers[spec.nheaders++] =
		    (struct sip_header){ "SIP-If-Match", str_of(p->etag) };
	if (p->whole) {
		spec.content_type = str_of(p->package->type);
		spec.body = str_of(p->body);
	}
	return expires.err != 0 || tag.err != 0
		   ? ERR_NOMEM
		   : agent_request_build(p->agent, spec, buf_view(&tag), r);
}

static const struct agent_client_ops ops;

static int
start_publish(struct agent_publication *p, enum rule_id why)
{
	struct agent_request r = { 0 };
	int err = build_publish(p, &r);

	return err != 0 ? err
			: agent_client_replace(
			      p->agent, &r, why, &ops, p, &p->client);
}

/* For STATUS, with its Retry-After or 0. */
static void
fail_publication(struct agent_publication *p, enum event_id event,
    enum rule_id why, unsigned status, uint32_t after_s)
{
	step_publication(p, event, why);
	forget_etag(p);
	agent_tell(p->agent, "unpublished");
	plan_publication_recovery(p, status, after_s);
}

/* EVENT makes a PUBLISH go out, by WHY. */
static int
send_publish(struct agent_publication *p, enum event_id event, bool whole,
    uint32_t expires_s, enum rule_id why)
{
	int err;

	stop_publication_timers(p);
	step_publication(p, event, why);
	p->whole = whole;
	p->asked_s = expires_s;
	err = start_publish(p, why);
	if (err == ERR_NOTFOUND)
		agent_note_bad(p->agent, why, TRACE_REFUSAL_NO_ADDRESS,
		    str_of(p->agent->aor));
	if (err != 0)
		fail_publication(p, EVENT_NOT_SENT, RULE_UAC_NO_TARGET, 503, 0);
	return err == ERR_NOTFOUND ? 0 : err;
}

static int
publish_body(struct agent_publication *p)
{
	return send_publish(p, EVENT_PUBLISH, true, p->expires_s,
	    machine_run_is(&p->machine, STATE_PUBLISHED) ? RULE_PUBLISH_MODIFY
							 : RULE_PUBLISH_SEND);
}

static void
fire_publication_recovery(void *arg)
{
	struct agent_publication *p = arg;

	node_timer_fired(
	    p->agent->node, &p->recovery, &recovery_timer, p->agent->aor);
	if (send_publish(p, EVENT_TIMER_RECOVERY, true, p->expires_s,
		RULE_PUBLISH_RECOVER) == ERR_NOMEM)
		agent_fail_memory(p->agent);
}

static void
fire_republish(void *arg)
{
	struct agent_publication *p = arg;

	node_timer_fired(
	    p->agent->node, &p->refresh, &refresh_timer, p->agent->aor);
	if (send_publish(p, EVENT_TIMER_REPUBLISH, false, p->expires_s,
		RULE_PUBLISH_REFRESH) == ERR_NOMEM)
		agent_fail_memory(p->agent);
}

/* ---- the answer ---- */

/* What was to wait for it. */
static void
do_next_publish(struct agent_publication *p)
{
	enum agent_publication_next next = p->next;
	int err = 0;

	p->next = AGENT_PUBLICATION_REST;
	if (next == AGENT_PUBLICATION_PUBLISH)
		err = publish_body(p);
	else if (next == AGENT_PUBLICATION_REMOVE &&
		 machine_run_is(&p->machine, STATE_PUBLISHED))
		err = send_publish(
		    p, EVENT_REMOVE, false, 0, RULE_PUBLISH_REMOVE);
	agent_fail_nomem(p->agent, err);
}

/* 4.1: the tag, and for how long. */
static void
handle_accepted_publish(struct agent_publication *p, const struct msg *m)
{
	struct str etag = msg_value(m, MSG_H_SIP_ETAG);
	bool removed = machine_run_is(&p->machine, STATE_REMOVING);
	uint32_t seconds = p->asked_s;

	p->longer = 0;
	p->failures = 0;
	forget_etag(p);
	if (removed) {
		step_publication(p, EVENT_2XX, RULE_PUBLISH_REMOVE);
		agent_tell(p->agent, "unpublished");
		return;
	}
	if (etag.n > 0) {
		p->etag = mem_dup(etag.p, etag.n);
		if (p->etag == NULL)
			agent_fail_memory(p->agent);
	}
	step_publication(p, EVENT_2XX, RULE_PUBLISH_DONE);
	agent_tell(p->agent, "published");
	str_u32(msg_value(m, MSG_H_EXPIRES), &seconds);
	if (p->etag != NULL && seconds > 0)
		arm_republish(p, seconds);
}

/* It goes out again: true. */
static bool
publish_again(struct agent_publication *p, const struct msg *m)
{
	uint32_t least;
	int err;

	if (m->status == 412 && machine_run_is(&p->machine, STATE_REFRESHING)) {
		forget_etag(p);
		err = send_publish(
		    p, EVENT_412, true, p->expires_s, RULE_PUBLISH_ANEW);
	} else if (agent_package_wants_longer(
		       m, p->asked_s, &p->longer, &least)) {
		p->expires_s = least;
		err = send_publish(
		    p, EVENT_423, p->whole, least, RULE_PUBLISH_LONGER);
	} else {
		return false;
	}
	agent_fail_nomem(p->agent, err);
	return true;
}

static void
handle_refused_publish(struct agent_publication *p, const struct msg *m)
{
	uint32_t after_s = 0;

	node_retry_after(m, &after_s);
	fail_publication(
	    p, EVENT_300_699, RULE_PUBLISH_REFUSED, m->status, after_s);
}

static void
publish_response(struct agent_client *q, const struct sip_in *in, void *arg)
{
	struct agent_publication *p = arg;

	(void)q;
	if (in->m->status < 200)
		return;
	if (in->m->status < 300)
		handle_accepted_publish(p, in->m);
	else if (publish_again(p, in->m))
		return;
	else
		handle_refused_publish(p, in->m);
	do_next_publish(p);
}

static void
publish_failed(struct agent_client *q, unsigned status, void *arg)
{
	(void)q;
	fail_publication(arg, EVENT_TIMEOUT,
	    status == 408 ? RULE_UAC_408 : RULE_UAC_503, status, 0);
	do_next_publish(arg);
}

static const struct agent_client_ops ops = {
	.response = publish_response,
	.failed = publish_failed,
};

/* ---- for its user ---- */

int
agent_publish(struct agent_publication *p, struct str body, uint32_t expires_s)
{
	int err = str_keep(&p->body, body);

	if (err != 0)
		return err;
	p->expires_s = expires_s;
	if (agent_client_is_pending(p->client)) {
		p->next = AGENT_PUBLICATION_PUBLISH;
		return 0;
	}
	return publish_body(p);
}

int
agent_unpublish(struct agent_publication *p)
{
	if (agent_client_is_pending(p->client)) {
		p->next = AGENT_PUBLICATION_REMOVE;
		return 0;
	}
	if (p->recovery != 0) {
		stop_publication_timers(p);
		return 0;
	}
	if (!machine_run_is(&p->machine, STATE_PUBLISHED) || p->etag == NULL)
		return ERR_STATE;
	return send_publish(p, EVENT_REMOVE, false, 0, RULE_PUBLISH_REMOVE);
}

void
agent_publication_stop(struct agent_publication *p)
{
	if (p->agent == NULL)
		return;
	sim_cancel(agent_sim(p->agent), p->refresh);
	sim_cancel(agent_sim(p->agent), p->recovery);
	agent_client_drop(p->client);
	mem_free(p->etag);
	mem_free(p->body);
	*p = (struct agent_publication){ .agent = p->agent,
		.package = p->package };
}
