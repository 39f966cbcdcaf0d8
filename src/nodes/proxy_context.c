/*
 * The response context: forwarding a request (RFC 3261 16.6), its responses
 * (16.7), Timer C (16.8), time-outs (16.8, RFC 4320), CANCEL (16.10).
 */
#include "nodes/proxy.h"
#include "nodes/roles.h"

#include "base/err.h"
#include "base/mem.h"
#include "msg/parts.h"
#include "sip/build.h"
#include "sip/forward.h"

#include <stdio.h>
#include <string.h>

static struct sim *
sim_of(const struct proxy_context *c)
{
	return c->proxy->node->world->sim;
}

const struct msg *
proxy_context_request(struct proxy_context *c)
{
	return world_read(c->proxy->node->world, c->request);
}

/* ---- timers ---- */

static const struct {
	const char *name;
	enum trace_rule why;
} timers[] = {
#define X(id, name, why) [PROXY_TIMER_##id] = { name, why },
	PROXY_TIMERS(X)
#undef X
};

static uint64_t
record_timer(
    struct proxy_context *c, enum proxy_timer t, const char *op, int64_t due)
{
	struct sim *sim = sim_of(c);
	struct trace_writer *w = sim_trace(sim);

	sim_open(sim, TRACE_TIMER, c->proxy->node->name, timers[t].why);
	trace_put_cstr(w, "op", op);
	trace_put_cstr(w, "name", timers[t].name);
	trace_put_cstr(w, "id", c->branch);
	if (due >= 0) {
		trace_put_int(w, "due", due);
		trace_put_int(w, "length", due - sim_now(sim));
	}
	return trace_close(w);
}

static void
timer_start(
    struct proxy_context *c, enum proxy_timer t, int64_t length, sim_fn *fn)
{
	struct sim *sim = sim_of(c);
	int64_t due = sim_now(sim) + length;
	uint64_t old = sim_set_cause(sim, record_timer(c, t, "set", due));

	sim_cancel(sim, c->timers[t]);
	c->timers[t] = sim_at(sim, due, c->proxy->node->name, fn, c);
	sim_set_cause(sim, old);
}

static void
timer_stop(struct proxy_context *c, enum proxy_timer t)
{
	if (c->timers[t] == 0)
		return;
	sim_cancel(sim_of(c), c->timers[t]);
	c->timers[t] = 0;
	record_timer(c, t, "stop", -1);
}

static void
timer_fired(struct proxy_context *c, enum proxy_timer t)
{
	c->timers[t] = 0;
	sim_set_cause(sim_of(c), record_timer(c, t, "fire", -1));
}

static void
timers_stop(struct proxy_context *c)
{
	for (size_t t = 0; t < PROXY_TIMER_COUNT; t++)
		timer_stop(c, (enum proxy_timer)t);
}

/* ---- life ---- */

void
proxy_context_free(struct proxy_context *c)
{
	for (size_t t = 0; t < PROXY_TIMER_COUNT; t++)
		sim_cancel(sim_of(c), c->timers[t]);
	if (c->server != NULL)
		sip_transaction_set_user(c->server, NULL, NULL);
	if (c->client != NULL)
		sip_transaction_set_user(c->client, NULL, NULL);
	list_remove(&c->link);
	sip_bytes_unref(c->request);
	sip_bytes_unref(c->sent);
	mem_free(c);
}

void
proxy_context_release(struct proxy_context *c)
{
	if (c->server == NULL && c->client == NULL && !c->asking)
		proxy_context_free(c);
}

static void
server_ended(struct sip_transaction *tr, void *arg)
{
	struct proxy_context *c = arg;

	(void)tr;
	c->server = NULL;
	proxy_context_release(c);
}

/* RFC 6026 7.1: an ACK with the INVITE's own branch, as of RFC 2543. */
static void
server_ack(struct sip_transaction *tr, const struct sip_in *in, void *arg)
{
	struct proxy_context *c = arg;

	(void)tr;
	proxy_take_ack(c->proxy, in);
}

static const struct sip_transaction_ops server_ops = {
	.ack = server_ack,
	.ended = server_ended,
};

struct proxy_context *
proxy_context_new(struct proxy *p, const struct sip_in *in)
{
	struct proxy_context *c = mem_zalloc(1, sizeof(*c));

	if (c == NULL) {
		node_fail_memory(p->node);
		return NULL;
	}
	c->owner.role = &role_proxy;
	c->proxy = p;
	c->request = sip_bytes_ref(in->bytes);
	c->recv = in->recv;
	c->invite = in->m->method == MSG_INVITE;
	c->ack = in->m->method == MSG_ACK;
	list_append(&p->contexts, &c->link);
	if (!c->ack) {
		c->server = in->tr;
		sip_transaction_set_user(in->tr, &server_ops, c);
	}
	return c;
}

void
proxy_context_answer(
    struct proxy_context *c, unsigned status, enum trace_rule why)
{
	struct sip_in in = { .tr = c->server };

	if (c->server == NULL || c->final)
		return;
	c->final = status >= 200;
	in.m = world_read(c->proxy->node->world, c->request);
	node_answer(c->proxy->node, &in, status, why);
}

/* ---- giving up ---- */

/* The client transaction, which will bring nothing any more, ends now. */
static void
drop_client(struct proxy_context *c)
{
	struct sip_transaction *client = c->client;

	timers_stop(c);
	if (client == NULL)
		return;
	c->client = NULL;
	sip_transaction_set_user(client, NULL, NULL);
	sip_transaction_destroy(client);
}

/* 9.1: no final response within 64*T1 of the CANCEL. */
static void
fire_cancel(void *arg)
{
	struct proxy_context *c = arg;

	timer_fired(c, PROXY_TIMER_CANCEL);
	drop_client(c);
	if (c->cancel_wanted)
		proxy_context_answer(c, 487, RULE_CANCEL_TIMEOUT);
	else
		proxy_context_answer(c, 408, RULE_CANCEL_TIMEOUT);
	proxy_context_release(c);
}

static void
send_cancel(struct proxy_context *c)
{
	static const struct sip_transaction_ops ops = { 0 };
	struct node *n = c->proxy->node;
	struct sip_origin origin = { RULE_PROXY_CANCEL, 0 };
	struct addr dst = *sip_transaction_peer(c->client);
	struct sip_transaction *tr;
	struct sip_bytes *b;
	int err;

	if (c->cancelled)
		return;
	c->cancelled = true;
	timer_stop(c, PROXY_TIMER_C);
	err = sip_build_cancel(
	    n->stack, world_read(c->proxy->node->world, c->sent), &b);
	if (err == 0) {
		err = sip_client_create(
		    n->stack, b, &dst, &origin, &ops, NULL, &tr);
		sip_bytes_unref(b);
	}
	if (err == ERR_NOMEM)
		node_fail_memory(n);
	timer_start(c, PROXY_TIMER_CANCEL, SIP_64T1_NS, fire_cancel);
}

void
proxy_context_cancel(struct proxy_context *c)
{
	if (c->final || !c->invite)
		return;
	c->cancel_wanted = true;
	if (c->client == NULL)
		proxy_context_answer(c, 487, RULE_CANCEL_487);
	else if (c->provisional)
		send_cancel(c);
	/* Else 9.1: not before a provisional response has come. */
}

/* 16.8: cancel a branch that rings; one that never answered counts as 408. */
static void
fire_timer_c(void *arg)
{
	struct proxy_context *c = arg;

	timer_fired(c, PROXY_TIMER_C);
	if (c->provisional)
		send_cancel(c);
	else
		proxy_context_answer(c, 408, RULE_PROXY_TIMER_C);
}

/* RFC 4320 4.1: still no response. */
static void
fire_100(void *arg)
{
	struct proxy_context *c = arg;

	timer_fired(c, PROXY_TIMER_100);
	proxy_context_answer(c, 100, RULE_PROXY_100_LATE);
}

/* ---- responses ---- */

static void
pass_up(struct proxy_context *c, const struct sip_in *in, enum trace_rule why)
{
	struct sip_origin origin = { why, in->recv };
	struct sip_bytes *b;
	int err;

	/* RFC 6026 8.3: without its server transaction it goes nowhere. */
	if (c->server == NULL) {
		node_note_drop(
		    c->proxy->node, in->recv, TRACE_DROP_UNMATCHED, RULE_STRAY);
		return;
	}
	err = sip_forward_response(in->m, &b);
	if (err == 0) {
		err = sip_server_respond(c->server, b, &origin);
		sip_bytes_unref(b);
	}
	if (err == ERR_NOMEM)
		node_fail_memory(c->proxy->node);
}

static void
on_provisional(struct proxy_context *c, const struct sip_in *in)
{
	/* RFC 4320 4.1: but for 100 there is none to a non-INVITE. */
	if (!c->invite)
		return;
	c->provisional = true;
	/* 16.7 step 5: 100 goes one hop only. */
	if (in->m->status > 100) {
		/* Step 2: any 1xx but 100 sets Timer C anew. */
		if (!c->cancelled)
			timer_start(
			    c, PROXY_TIMER_C, SIP_TIMER_C_NS, fire_timer_c);
		if (!c->final)
			pass_up(c, in, RULE_PROXY_1XX);
	}
	if (c->cancel_wanted)
		send_cancel(c);
}

static void
on_response(struct sip_transaction *tr, const struct sip_in *in, void *arg)
{
	struct proxy_context *c = arg;
	unsigned status = in->m->status;

	(void)tr;
	if (status < 200) {
		on_provisional(c, in);
		return;
	}
	timers_stop(c);
	if (status < 300 && (c->invite || !c->final)) {
		c->final = true;
		pass_up(c, in, c->invite ? RULE_PROXY_2XX : RULE_PROXY_FINAL);
	} else if (status == 503) {
		/* 16.7 step 6: not the upstream's business. */
		proxy_context_answer(c, 500, RULE_PROXY_503);
	} else if (!c->final) {
		c->final = true;
		pass_up(c, in, RULE_PROXY_FINAL);
	}
}

static void
on_failed(struct sip_transaction *tr, enum sip_failure why, void *arg)
{
	struct proxy_context *c = arg;
	struct sip_transaction *server = c->server;

	(void)tr;
	(void)why;
	timers_stop(c);
	if (c->invite) {
		proxy_context_answer(c, 408, RULE_PROXY_408);
	} else if (server != NULL && !c->final) {
		/* RFC 4320 4.2: no 408, so nothing at all: the transaction
		 * ends here. */
		c->server = NULL;
		sip_transaction_set_user(server, NULL, NULL);
		sip_transaction_destroy(server);
	}
}

static void
client_ended(struct sip_transaction *tr, void *arg)
{
	struct proxy_context *c = arg;

	(void)tr;
	c->client = NULL;
	timers_stop(c);
	proxy_context_release(c);
}

static const struct sip_transaction_ops client_ops = {
	.response = on_response,
	.failed = on_failed,
	.ended = client_ended,
};

/* ---- requests ---- */

void
proxy_context_forward(struct proxy_context *c, const struct proxy_target *t)
{
	const struct msg *m = proxy_context_request(c);
	struct sip_origin origin = { RULE_PROXY_FORWARD, c->recv };
	struct node *n = c->proxy->node;
	struct buf branch = BUF_INIT;
	int err;

	proxy_record_route(c->proxy, m, t);
	sip_stack_branch(n->stack, &branch);
	snprintf(c->branch, sizeof(c->branch), "%s", buf_cstr(&branch));
	err = branch.err != 0
		  ? branch.err
		  : proxy_build(c->proxy, m, t, buf_view(&branch), &c->sent);
	buf_free(&branch);
	if (err == 0)
		err = sip_client_create(n->stack, c->sent, &t->dst, &origin,
		    &client_ops, c, &c->client);
	if (err == ERR_NOMEM)
		node_fail_memory(n);
	else if (err != 0)
		proxy_context_answer(c, 500, RULE_PROXY_UNREACHABLE);
	else if (c->invite)
		timer_start(c, PROXY_TIMER_C, SIP_TIMER_C_NS, fire_timer_c);
	else
		timer_start(c, PROXY_TIMER_100, PROXY_100_NS, fire_100);
}
