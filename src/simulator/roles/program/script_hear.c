/*
 * Responses to requests that a node's program has sent: its program is told,
 * and a response to a forwarded request goes on to the client (RFC 3261 16.7),
 * unless the program returns false.
 */
#include "roles/program/script_in.h"

#include "agent/mortal_dialog.h"
#include "base/mem.h"
#include "node/timer.h"
#include "rules/rule_names.h"
#include "sip/defaults.h"
#include "sip/forward.h"

#include <stdio.h>

/* ---- Responses to forwarded requests ---- */

/* A branch other than C has no final answer yet. */
static bool
waits_for_others(const struct script_request *r, const struct script_client *c)
{
	list_each (struct script_client, other, &r->branches, branch)
		if (other != c && !other->final)
			return true;
	return false;
}

void
script_take_back(const struct script_request *r, const struct script_client *c)
{
	list_each (struct script_client, other, &r->branches, branch)
		if (other != c)
			script_cancel(other);
}

static void
send_up(struct script_request *r, struct sip_bytes *answer, enum rule_id why,
    uint64_t recv)
{
	struct node *n = r->thing.script->agent.node;
	const struct msg *m = world_read(n->world, answer);
	struct sip_origin origin = { why, recv };
	LOCAL_REF struct sip_bytes *b = NULL;
	int err = sip_forward_response(node_sim(n), m, NULL, &b);

	if (err == 0) {
		r->said = true;
		r->answered |= m->status >= 200;
		/* R may be over after this. */
		err = sip_server_respond(r->tr, b, &origin);
	}
	node_fail_nomem(n, err);
}

/* 16.7 step 6: a 6xx, else the lowest class; of two the first. */
static bool
is_better(unsigned status, unsigned than)
{
	if (than == 0 || status >= 600)
		return than < 600;
	return than < 600 && status / 100 < than / 100;
}

/* ANSWER may be NULL: nothing came, as if STATUS had. */
static void
keep_best(struct script_request *r, struct sip_bytes *answer, unsigned status,
    uint64_t recv)
{
	if (!is_better(status, r->best.status))
		return;
	sip_bytes_unref(r->best.answer);
	r->best.answer = answer != NULL ? sip_bytes_ref(answer) : NULL;
	r->best.status = status;
	r->best.recv = recv;
}

/* C's answer is kept back: R gets the best of the others, if that was the last.
 */
static void
script_settle(struct script_request *r, const struct script_client *c)
{
	struct sip_bytes *answer = r->best.answer;
	unsigned status = r->best.status;

	if (r->answered || status == 0 || waits_for_others(r, c))
		return;
	r->best.answer = NULL;
	r->best.status = 0;
	if (status == 408 && script_request_of(r).m->method != MSG_INVITE) {
		sip_bytes_unref(answer);
		script_abandon(r, RULE_PROXY_408_LATE);
		return;
	}
	/* 16.7 step 6: a 503 says something of one server alone. */
	if (status == 503)
		script_refuse(r, 500,
		    answer != NULL ? RULE_PROXY_503 : RULE_PROXY_UNREACHABLE);
	else if (answer != NULL)
		send_up(r, answer, RULE_PROXY_FINAL, r->best.recv);
	else
		script_refuse(r, status, RULE_PROXY_408);
	sip_bytes_unref(answer);
}

/*
 * IN, a response to C's request, is one to the request that it has sent on; so
 * is STATUS, where none came.  Of a request that went to one place or to
 * several (RFC 3261 16.7) provisional responses and 2xx go up at once; of the
 * others the best, when none is to come any more.
 */
static void
script_pass_up(struct script_client *c, const struct sip_in *in)
{
	struct script_request *r = c->of;
	unsigned status = in->m->status;

	/* A 100 is for this hop; of several 2xx all go on. */
	if (status == 100)
		return;
	if (status / 100 == 2) {
		script_take_back(r, c);
		send_up(r, in->bytes,
		    in->m->method == MSG_INVITE ? RULE_PROXY_2XX
						: RULE_PROXY_FINAL,
		    in->recv);
	} else if (status < 200 && !r->answered) {
		send_up(r, in->bytes, RULE_PROXY_1XX, in->recv);
	} else if (status >= 300 && !r->answered) {
		if (status >= 600)
			script_take_back(r, c);
		keep_best(r, in->bytes, status, in->recv);
		script_settle(r, c);
	}
}

static void
script_pass_failure(struct script_client *c, unsigned status)
{
	struct script_request *r = c->of;

	if (r->answered)
		return;
	keep_best(r, NULL, status, 0);
	script_settle(r, c);
}

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

/* ---- an INVITE without an answer ---- */

static void
set_wait_timer(
    struct script_client *c, const struct node_timer *t, int64_t length)
{
	struct node *n = c->thing.script->agent.node;

	if (c->name[0] == '\0')
		snprintf(c->name, sizeof(c->name), "%s-%u", n->name,
		    c->thing.number);
	node_timer_set(
	    n, &c->late, t, c->name, sim_now(node_sim(n)) + length, c);
}

static void
stop_wait_timer(struct script_client *c)
{
	node_timer_stop(c->thing.script->agent.node, &c->late,
	    c->cancelling ? &timer_cancelled : &timer_c, c->name);
}

/* 16.7 step 2: what was sent on may ring for so long, from its last 1xx (a 100
 * only begins that). */
static void
limit_ringing(struct script_client *c, unsigned status)
{
	bool invite =
	    world_read(c->thing.script->agent.node->world, c->sent)->method ==
	    MSG_INVITE;

	if (c->on && invite && !c->cancelled && (status > 100 || c->late == 0))
		set_wait_timer(c, &timer_c, SIP_TIMER_C_NS);
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
	set_wait_timer(c, &timer_cancelled, SIP_64T1_NS);
}

static void
on_client_failed(struct agent_client *q, unsigned status, void *arg);

/* 9.1: its transaction will bring nothing any more. */
static void
fire_cancelled(void *arg)
{
	struct script_client *c = arg;

	node_timer_fired(
	    c->thing.script->agent.node, &c->late, &timer_cancelled, c->name);
	agent_client_abort(c->q);
	c->q = NULL;
	on_client_failed(
	    NULL, c->of != NULL && c->of->cancelled ? 487 : 408, c);
	script_free_client(c);
}

static void
on_client_response(struct agent_client *q, const struct sip_in *in, void *arg)
{
	struct script_client *c = arg;
	struct script_news news = news_of(c, SCRIPT_ON_REPLY);

	(void)q;
	news.m = in->m;
	news.src = in->src;
	if (in->m->status >= 200) {
		stop_wait_timer(c);
		c->final = true;
	} else if (c->cancelled && !c->cancelling) {
		script_send_cancel(c);
	} else {
		limit_ringing(c, in->m->status);
	}
	script_dialog_hear(c, in->m);
	pass_on_outcome(c, in, 0, script_tell(c->thing.script, &news));
}

static void
on_client_failed(struct agent_client *q, unsigned status, void *arg)
{
	struct script_client *c = arg;
	struct script_news news = news_of(c, SCRIPT_ON_FAILURE);

	(void)q;
	stop_wait_timer(c);
	c->final = true;
	news.status = status;
	script_dialogs_end_early(&c->dialogs, RULE_DIALOG_END);
	pass_on_outcome(c, NULL, status, script_tell(c->thing.script, &news));
}

static void
script_hear_client_ended(struct agent_client *q, void *arg)
{
	struct script_client *c = arg;

	(void)q;
	c->q = NULL;
	agent_mortal_release(c->bye);
	script_free_client(c);
}

const struct agent_client_ops script_client_ops = {
	.response = on_client_response,
	.failed = on_client_failed,
	.ended = script_hear_client_ended,
};

void
script_free_client(struct script_client *c)
{
	list_remove(&c->branch);
	script_dialogs_leave(&c->dialogs, RULE_DIALOG_EARLY_OVER);
	sim_cancel(node_sim(c->thing.script->agent.node), c->late);
	agent_client_drop(c->q);
	sip_bytes_unref(c->sent);
	script_forget(&c->thing);
	mem_free(c);
}
