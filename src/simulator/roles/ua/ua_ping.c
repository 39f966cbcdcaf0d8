/*
 * A phone asks its server by OPTIONS, again and again, whether it is there: its
 * outbound proxy, otherwise the entry of its domain.  A change is a remark, and
 * scripts can wait for it.
 */
#include "base/err.h"
#include "node/timer.h"
#include "roles/ua/ua.h"
#include "rules/rule_names.h"

#define LEAST_S 1 /* between two of them */

static void on_ping_timer(void *arg);

static const struct node_timer timer = { "ping", RULE_PING_SEND, on_ping_timer,
	NULL };

/* ---- whom ---- */

/* Empty where there is none. */
static void
write_server(const struct ua *ua, struct buf *out)
{
	const struct agent *agent = &ua->agent;
	const struct node *proxy = agent_outbound(agent, 0);

	if (proxy == NULL && agent->node->domain[0] == '\0')
		return;
	if (proxy == NULL)
		buf_printf(out, "sip:%s", agent->node->domain);
	else
		node_write_uri(node_face_for(proxy, agent->node),
		    node_transport(proxy), out);
}

/* ---- effects ---- */

static void
note_change(struct ua *ua, bool lost)
{
	struct buf text = BUF_INIT;

	if (ua->ping.lost == lost)
		return;
	ua->ping.lost = lost;
	write_server(ua, &text);
	buf_puts(&text, lost ? " does not answer" : " answers again");
	node_note(
	    ua->agent.node, lost ? RULE_PING_LOST : RULE_PING_BACK, &text);
	agent_tell(&ua->agent, lost ? "unreachable" : "reachable");
}

/* A server that only answers 503 is as good as gone. */
static void
on_ping_response(struct agent_client *q, const struct sip_in *in, void *arg)
{
	struct ua *ua = arg;
	unsigned status = in->m->status;

	(void)q;
	if (status >= 200)
		note_change(ua, status == 408 || status == 503);
}

static void
on_ping_failed(struct agent_client *q, unsigned status, void *arg)
{
	(void)q;
	(void)status;
	note_change(arg, true);
}

static void
on_ping_ended(struct agent_client *q, void *arg)
{
	struct ua *ua = arg;

	if (ua->ping.client == q)
		ua->ping.client = NULL;
}

static const struct agent_client_ops ua_ping_ops = {
	.response = on_ping_response,
	.failed = on_ping_failed,
	.ended = on_ping_ended,
};

/* ---- times ---- */

static void
set_ping_timer(struct ua *ua)
{
	int64_t every = node_attr_time(ua->agent.node, "ping", -1);

	if (every < 0)
		return;
	if (every < LEAST_S * SIM_S)
		every = LEAST_S * SIM_S;
	node_timer_set(ua->agent.node, &ua->ping.timer, &timer,
	    ua->agent.node->name, sim_now(agent_sim(&ua->agent)) + every, ua);
}

static void
send_ping(struct ua *ua)
{
	struct agent_request r = { 0 };
	LOCAL_BUF uri = BUF_INIT;
	int err;

	write_server(ua, &uri);
	if (uri.err == 0 && uri.n == 0)
		return;
	err = uri.err != 0 ? ERR_NOMEM
			   : ua_options_build(ua, NULL, buf_view(&uri), &r);
	if (err == 0)
		err = agent_client_start(&ua->agent, &r, RULE_PING_SEND,
		    &ua_ping_ops, ua, &ua->ping.client);
	if (err == ERR_NOMEM)
		agent_fail_memory(&ua->agent);
	else if (err != 0)
		note_change(ua, true);
	sip_bytes_unref(r.bytes);
}

static void
on_ping_timer(void *arg)
{
	struct ua *ua = arg;

	node_timer_fired(
	    ua->agent.node, &ua->ping.timer, &timer, ua->agent.node->name);
	/* The one before has its time, 64*T1. */
	if (ua->ping.client == NULL ||
	    !agent_client_is_pending(ua->ping.client)) {
		agent_client_drop(ua->ping.client);
		ua->ping.client = NULL;
		send_ping(ua);
	}
	set_ping_timer(ua);
}

void
ua_ping_start(struct ua *ua)
{
	set_ping_timer(ua);
}

void
ua_ping_stop(struct ua *ua)
{
	sim_cancel(agent_sim(&ua->agent), ua->ping.timer);
	agent_client_drop(ua->ping.client);
}
