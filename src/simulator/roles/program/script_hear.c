/*
 * What comes of the requests that a node's program has sent: its program is
 * told, and what was a word about a request that it has sent on goes on to who
 * has asked (RFC 3261 16.7), unless the program says false.
 */
#include "roles/program/script_in.h"

#include "base/mem.h"
#include "node/timer.h"
#include "rules/rule_names.h"
#include "sip/defaults.h"

#include <stdio.h>

static void fire_c(void *arg);
static void fire_cancelled(void *arg);
static const struct node_timer timer_c = { "C", RULE_PROXY_TIMER_C, fire_c,
	NULL };
static const struct node_timer timer_cancelled = { "cancel",
	RULE_CANCEL_TIMEOUT, fire_cancelled, NULL };

static struct script_news
news_of(const struct script_client *c, enum script_event event)
{
	const struct script *s = c->thing.script;

	return (struct script_news){
		.event = event,
		.sent = world_read(s->agent.node->world, c->sent),
		.number = c->thing.number,
	};
}

/* What became of C's request, which IN says, or STATUS where none came: a word
 * about the request that it has sent on.  KEEPS: it goes no further. */
static void
pass_on_outcome(struct script_client *c, const struct sip_in *in,
    unsigned status, bool keeps)
{
	if (c->of == NULL)
		return;
	if (keeps && c->final)
		script_settle(c->of, c);
	else if (!keeps && in != NULL)
		script_pass_up(c, in);
	else if (!keeps)
		script_pass_failure(c, status);
}

/* ---- an INVITE that nobody answers ---- */

static void
client_wait(struct script_client *c, const struct node_timer *t, int64_t length)
{
	struct node *n = c->thing.script->agent.node;

	if (c->name[0] == '\0')
		snprintf(c->name, sizeof(c->name), "%s-%u", n->name,
		    c->thing.number);
	node_timer_set(
	    n, &c->late, t, c->name, sim_now(node_sim(n)) + length, c);
}

static void
client_wait_no_more(struct script_client *c)
{
	node_timer_stop(c->thing.script->agent.node, &c->late,
	    c->cancelling ? &timer_cancelled : &timer_c, c->name);
}

/* 16.7 step 2: what was sent on may ring for so long, from its last 1xx (a 100
 * only begins that). */
static void
client_rings(struct script_client *c, unsigned status)
{
	bool invite =
	    world_read(c->thing.script->agent.node->world, c->sent)->method ==
	    MSG_INVITE;

	if (c->on && invite && !c->cancelled && (status > 100 || c->late == 0))
		client_wait(c, &timer_c, SIP_TIMER_C_NS);
}

/* 16.8 */
static void
fire_c(void *arg)
{
	struct script_client *c = arg;

	node_timer_fired(
	    c->thing.script->agent.node, &c->late, &timer_c, c->name);
	script_cancel(c);
}

void
script_wait_cancelled(struct script_client *c)
{
	struct node *n = c->thing.script->agent.node;

	node_timer_stop(n, &c->late, &timer_c, c->name);
	client_wait(c, &timer_cancelled, SIP_64T1_NS);
}

static void client_failed(struct agent_client *q, unsigned status, void *arg);

/* 9.1: its transaction will bring nothing any more. */
static void
fire_cancelled(void *arg)
{
	struct script_client *c = arg;

	node_timer_fired(
	    c->thing.script->agent.node, &c->late, &timer_cancelled, c->name);
	agent_client_abort(c->q);
	client_failed(NULL, c->of != NULL && c->of->cancelled ? 487 : 408, c);
	script_free_client(c);
}

static void
client_response(struct agent_client *q, const struct sip_in *in, void *arg)
{
	struct script_client *c = arg;
	struct script_news news = news_of(c, SCRIPT_ON_REPLY);

	(void)q;
	news.m = in->m;
	news.src = in->src;
	if (in->m->status >= 200) {
		client_wait_no_more(c);
		c->final = true;
	} else if (c->cancelled && !c->cancelling) {
		script_send_cancel(c);
	} else {
		client_rings(c, in->m->status);
	}
	pass_on_outcome(c, in, 0, script_tell(c->thing.script, &news));
}

static void
client_failed(struct agent_client *q, unsigned status, void *arg)
{
	struct script_client *c = arg;
	struct script_news news = news_of(c, SCRIPT_ON_FAILURE);

	(void)q;
	client_wait_no_more(c);
	c->final = true;
	news.status = status;
	pass_on_outcome(c, NULL, status, script_tell(c->thing.script, &news));
}

static void
client_ended(struct agent_client *q, void *arg)
{
	struct script_client *c = arg;

	(void)q;
	c->q = NULL;
	script_free_client(c);
}

const struct agent_client_ops script_client_ops = {
	.response = client_response,
	.failed = client_failed,
	.ended = client_ended,
};

void
script_free_client(struct script_client *c)
{
	list_remove(&c->branch);
	sim_cancel(node_sim(c->thing.script->agent.node), c->late);
	agent_client_drop(c->q);
	sip_bytes_unref(c->sent);
	script_forget(&c->thing);
	mem_free(c);
}
