/*
 * One branch of a response context: the copy that was forwarded (RFC 3261
 * 16.6), its responses (16.7), Timer C (16.8), and CANCEL (16.10, 9.1).
 */
#include "roles/proxy/proxy_in.h"
#include "node/timer.h"

#include "base/err.h"
#include "base/mem.h"
#include "rules/rule_names.h"
#include "sip/build.h"

#include <stdio.h>
#include <string.h>

static struct node *
node_of_branch(const struct proxy_branch *b)
{
	return b->context->proxy->node;
}

/* ---- timers ---- */

static void branch_timer_c(struct proxy_branch *b);
static void branch_cancelled(struct proxy_branch *b);
static void branch_rang(struct proxy_branch *b);
static void branch_silent(struct proxy_branch *b);

#define X(id, name, why, fn) static void fire_##id(void *arg);
PROXY_TIMERS(X)
#undef X

static const struct node_timer timers[] = {
#define X(id, name, why, fn) \
	[PROXY_TIMER_##id] = { name, why, fire_##id, "ICT" },
	PROXY_TIMERS(X)
#undef X
};

static void
note_branch_timer(struct proxy_branch *b, enum proxy_timer t)
{
	node_timer_fired(node_of_branch(b), &b->timers[t], &timers[t], b->id);
}

#define X(id, name, why, fn)                              \
	static void fire_##id(void *arg)                  \
	{                                                 \
		note_branch_timer(arg, PROXY_TIMER_##id); \
		fn(arg);                                  \
	}
PROXY_TIMERS(X)
#undef X

static void
timer_start(struct proxy_branch *b, enum proxy_timer t, int64_t length)
{
	node_timer_set(node_of_branch(b), &b->timers[t], &timers[t], b->id,
	    sim_now(node_sim(node_of_branch(b))) + length, b);
}

static void
stop_timer(struct proxy_branch *b, enum proxy_timer t)
{
	node_timer_stop(node_of_branch(b), &b->timers[t], &timers[t], b->id);
}

static void
timers_stop(struct proxy_branch *b)
{
	for (size_t t = 0; t < PROXY_TIMER_COUNT; t++)
		stop_timer(b, (enum proxy_timer)t);
}

/* ---- life ---- */

void
proxy_branch_free(struct proxy_branch *b)
{
	for (size_t t = 0; t < PROXY_TIMER_COUNT; t++)
		sim_cancel(node_sim(node_of_branch(b)), b->timers[t]);
	if (b->client != NULL)
		sip_transaction_set_user(b->client, NULL, NULL);
	node_locate_stop(&b->where);
	list_remove(&b->link);
	proxy_early_free(b);
	sip_bytes_unref(b->response);
	mem_free(b->history);
	mem_free(b);
}

static struct proxy_branch *
branch_new(struct proxy_context *c)
{
	struct proxy_branch *b = mem_zalloc(1, sizeof(*b));

	if (b == NULL) {
		node_fail_memory(c->proxy->node);
		return NULL;
	}
	b->context = c;
	list_init(&b->early);
	list_append(&c->branches, &b->link);
	return b;
}

/* STATUS, which was not received, is the branch's final answer. */
static void
settle_branch(struct proxy_branch *b, unsigned status, enum rule_id why)
{
	if (b->status != 0)
		return;
	b->status = status;
	b->why = why;
}

void
proxy_branch_fail(struct proxy_context *c, unsigned status, enum rule_id why)
{
	struct proxy_branch *b = branch_new(c);

	if (b != NULL)
		settle_branch(b, status, why);
}

/* ---- CANCEL ---- */

static void
send_cancel(struct proxy_branch *b, enum rule_id why)
{
	static const struct sip_transaction_ops ops = { 0 };
	struct node *n = node_of_branch(b);
	struct sip_origin origin = { why, 0 };
	struct addr dst = *sip_transaction_peer(b->client);
	struct sip_transaction *tr;
	LOCAL_BUF reason = BUF_INIT;
	struct sip_bytes *bytes = NULL;
	int err;

	b->cancelled = true;
	stop_timer(b, PROXY_TIMER_C);
	stop_timer(b, PROXY_TIMER_RING);
	proxy_write_reason(b->context, why, &reason);
	err = reason.err;
	if (err == 0)
		err = sip_build_cancel(n->stack,
		    world_read(n->world, sip_transaction_request(b->client)),
		    buf_view(&reason), &bytes);
	if (err == 0)
		err = sip_client_create(
		    n->stack, bytes, &dst, &origin, &ops, NULL, &tr);
	sip_bytes_unref(bytes);
	node_fail_nomem(n, err);
	timer_start(b, PROXY_TIMER_CANCEL, SIP_64T1_NS);
}

void
proxy_branch_cancel(struct proxy_branch *b, enum rule_id why)
{
	if (b->cancel_wanted == RULE_NONE)
		b->cancel_wanted = why;
	/* 9.1: not before a provisional response has come. */
	if (b->provisional && !b->cancelled && b->client != NULL)
		send_cancel(b, why);
}

/* 9.1: no final response within 64*T1 of the CANCEL: its transaction, which
 * will bring nothing any more, ends. */
static void
branch_cancelled(struct proxy_branch *b)
{
	struct proxy_context *c = b->context;
	struct sip_transaction *client = b->client;

	timers_stop(b);
	b->client = NULL;
	if (client != NULL) {
		sip_transaction_set_user(client, NULL, NULL);
		sip_transaction_give_up(client, RULE_CANCEL_TIMEOUT);
	}
	settle_branch(b, c->cancel_wanted ? 487 : 408, RULE_CANCEL_TIMEOUT);
	proxy_context_go(c);
	proxy_context_release(c);
}

/* 16.8: cancel a branch that rings; one that never answered counts as 408. */
static void
branch_timer_c(struct proxy_branch *b)
{
	proxy_branch_cancel(b, RULE_PROXY_TIMER_C);
	if (!b->provisional)
		settle_branch(b, 408, RULE_PROXY_TIMER_C);
	proxy_context_go(b->context);
}

/* 16.6: the next target's turn: when this one, which rings, is cancelled; or
 * at once, where it has said nothing at all and can't be (9.1). */
static void
branch_rang(struct proxy_branch *b)
{
	proxy_branch_cancel(b, RULE_PROXY_RING_TIME);
	b->passed_over = !b->provisional;
	proxy_context_go(b->context);
}

/* Not even a 100 has come in the time that the program gives: as if Timer C had
 * fired.  Late responses are cancelled. */
static void
branch_silent(struct proxy_branch *b)
{
	proxy_branch_cancel(b, RULE_PROXY_SILENT);
	settle_branch(b, 408, RULE_PROXY_SILENT);
	proxy_context_go(b->context);
}

/* ---- responses ---- */

static void
branch_on_provisional(struct proxy_branch *b, const struct sip_in *in)
{
	struct proxy_context *c = b->context;

	/* RFC 4320 4.1: except for 100 there is none to a non-INVITE. */
	if (!c->invite)
		return;
	b->provisional = true;
	/* 16.7 step 5: 100 goes one hop only. */
	if (in->m->status > 100) {
		/* Step 2: any 1xx but 100 sets Timer C again. */
		if (!b->cancelled)
			timer_start(b, PROXY_TIMER_C, SIP_TIMER_C_NS);
		if (!c->final && b->status == 0) {
			proxy_early_note(b, in->m);
			proxy_context_pass(
			    b, in->m, in->recv, STR_NULL, RULE_PROXY_1XX);
		}
	}
	if (b->cancel_wanted != RULE_NONE && !b->cancelled && b->client != NULL)
		send_cancel(b, b->cancel_wanted);
}

/* 16.7 steps 5 and 10: at once, and the others are called off. */
static void
on_success(struct proxy_branch *b, const struct sip_in *in)
{
	struct proxy_context *c = b->context;
	LOCAL_BUF lines = BUF_INIT;

	b->status = in->m->status;
	proxy_session_answer(c->proxy, proxy_context_request(c), in->m, &lines);
	node_fail_nomem(c->proxy->node, lines.err);
	if (c->invite || !c->final)
		proxy_context_pass(b, in->m, in->recv, buf_view(&lines),
		    c->invite ? RULE_PROXY_2XX : RULE_PROXY_FINAL);
	proxy_context_close(c, RULE_PROXY_CANCEL_OTHERS);
}

static bool
branch_go_to_next_place(struct proxy_branch *b, unsigned status, bool received);

static void
on_refusal(struct proxy_branch *b, const struct sip_in *in)
{
	struct proxy_context *c = b->context;
	bool again = b->status != 0;

	if (branch_go_to_next_place(b, in->m->status, true))
		return;
	b->status = in->m->status;
	if (again)
		return; /* it was given up before, and counted */
	b->recv = in->recv;
	b->response = sip_bytes_ref(in->bytes);
	if (proxy_flow_next(b, b->status))
		return;
	if (b->status >= 600)
		proxy_context_close(c, RULE_PROXY_6XX);
	else if (b->status < 400)
		b->recursed = proxy_recurse(c, in->m);
	proxy_context_go(c);
	proxy_early_end(b, b->status);
}

static void
on_branch_response(
    struct sip_transaction *tr, const struct sip_in *in, void *arg)
{
	struct proxy_branch *b = arg;
	unsigned status = in->m->status;

	(void)tr;
	stop_timer(b, PROXY_TIMER_SILENT);
	if (status < 200) {
		b->answered = true;
		branch_on_provisional(b, in);
		return;
	}
	timers_stop(b);
	node_rest(node_of_branch(b), &b->hop.dst, in->m);
	if (status < 300)
		on_success(b, in);
	else
		on_refusal(b, in);
}

/* 16.9: a transport that fails counts as 503, a flow (RFC 5626 5.3.1) as 430;
 * time runs out: 408, or where the caller has cancelled meanwhile, and this
 * branch said nothing, 487. */
static void
on_branch_failed(struct sip_transaction *tr, enum sip_failure why, void *arg)
{
	struct proxy_branch *b = arg;

	(void)tr;
	timers_stop(b);
	if (branch_go_to_next_place(b, why == SIP_TRANSPORT ? 503 : 408, false))
		return;
	if (why == SIP_TRANSPORT && b->hop.token)
		settle_branch(b, 430, RULE_FLOW_FAILED);
	else if (why == SIP_TRANSPORT)
		settle_branch(b, 503, RULE_PROXY_TRANSPORT);
	else if (b->context->cancel_wanted)
		settle_branch(b, 487, RULE_CANCEL_TIMEOUT);
	else
		settle_branch(b, 408, RULE_PROXY_408);
	if (!proxy_flow_next(b, b->status))
		proxy_context_go(b->context);
}

static void
branch_client_ended(struct sip_transaction *tr, void *arg)
{
	struct proxy_branch *b = arg;

	(void)tr;
	b->client = NULL;
	timers_stop(b);
	proxy_context_release(b->context);
}

/* 18.1.1: by another transport, in a new transaction. */
static void
on_client_moved(
    struct sip_transaction *old, struct sip_transaction *now, void *arg)
{
	struct proxy_branch *b = arg;

	(void)old;
	b->client = now;
}

static const struct sip_transaction_ops client_ops = {
	.response = on_branch_response,
	.moved = on_client_moved,
	.failed = on_branch_failed,
	.ended = branch_client_ended,
};

/* ---- 16.6 ---- */

/* A copy goes out under a branch of its own: by chance, where it goes to
 * another place (RFC 3263 4.3), and where the one that belongs to it is still
 * in use, since upstream has used its branch twice. */
static int
write_branch(struct proxy_branch *b, const struct msg *m, bool again)
{
	struct sip_stack *stack = node_of_branch(b)->stack;
	LOCAL_BUF branch = BUF_INIT;
	int err;

	proxy_write_branch(b->context->proxy, m, b->hop.uri, &branch);
	if (branch.err == 0 &&
	    (again ||
		sip_client_exists(stack, buf_view(&branch), m->method_name))) {
		buf_clear(&branch);
		sip_stack_branch(stack, &branch);
		proxy_write_loop_part(m, &branch);
	}
	err = branch.err;
	snprintf(b->id, sizeof(b->id), "%s", buf_cstr(&branch));
	return err;
}

void
proxy_branch_limit_ringing(struct proxy_branch *b)
{
	struct sim *sim = node_sim(node_of_branch(b));
	uint64_t old = sim_cause(sim);

	if (!b->context->invite || b->status != 0 || b->cancelled ||
	    b->passed_over || b->timers[PROXY_TIMER_RING] != 0)
		return;
	/* The later of the two: the copy, or a target that has to wait for
	 * it. */
	if (b->route > old)
		sim_set_cause(sim, b->route);
	timer_start(b, PROXY_TIMER_RING,
	    node_attr_time(node_of_branch(b), "ring_time", 20 * SIM_S));
	sim_set_cause(sim, old);
}

/* The copy goes to DST, by WHY. */
static int
branch_forward(struct proxy_branch *b, const struct addr *dst, enum rule_id why)
{
	struct proxy_context *c = b->context;
	const struct msg *m = proxy_context_request(c);
	struct sip_origin origin = { why, c->recv };
	struct sip_change change = { .ndrop = 0 };
	LOCAL_BUF lines = BUF_INIT, contact = BUF_INIT;
	struct sip_bytes *copy = NULL;
	int err;

	b->hop.dst = *dst;
	b->hop.src = &c->src;
	b->hop.at = &c->at;
	b->direct = b->hop.path.n == 0 && strcmp(b->hop.how, "route") != 0 &&
		    strcmp(b->hop.how, "domain") != 0;
	proxy_trace_route(c->proxy, m, &b->hop);
	b->route = sim_cause(node_sim(c->proxy->node));
	proxy_identity_change(c, m, &c->src, dst, &change, &lines);
	proxy_alias_note(c->proxy, m, &c->src, &change, &contact);
	proxy_history_request(b, m, &lines);
	proxy_divert(b, m, &change, &lines);
	proxy_program_change(c, &change, &lines);
	change.add = buf_view(&lines);
	b->hop.change = &change;
	err = lines.err != 0
		  ? lines.err
		  : proxy_build(c->proxy, m, &b->hop, str_of(b->id), &copy);
	b->hop.change = NULL;
	if (err == 0)
		err = sip_client_create(node_of_branch(b)->stack, copy, dst,
		    &origin, &client_ops, b, &b->client);
	sip_bytes_unref(copy);
	if (err == 0 && c->within_ns > 0)
		timer_start(b, PROXY_TIMER_SILENT, c->within_ns);
	return err;
}

/* RFC 7339 5.5, 5.10: DST may have the copy; where another place's word has
 * kept it back, only if it has asked for nothing itself. */
static bool
may_go_to(struct proxy_branch *b, const struct addr *dst)
{
	return b->kept_back ? !proxy_overload_is_asked(b->context->proxy, dst)
			    : proxy_overload_passes(b->context, dst);
}

/* The next place is DST, if ERR is 0. */
static int
move_branch(struct proxy_branch *b, int err, const struct addr *dst)
{
	if (err == 0 && !may_go_to(b, dst))
		err = ERR_NOTFOUND;
	if (err == 0)
		err = write_branch(b, proxy_context_request(b->context), true);
	if (err == 0)
		err = branch_forward(b, dst,
		    b->kept_back ? RULE_OVERLOAD_OBEYED : RULE_UAC_FAILOVER);
	node_fail_nomem(node_of_branch(b), err);
	return err;
}

/* The copy goes to the next of its places that is reachable, or will, when a
 * pending lookup has found it; false where there is none. */
static bool
branch_go_on(struct proxy_branch *b)
{
	b->moving = b->seeking = true;
	do
		b->moved = ERR_NOTFOUND;
	while (node_locate_next(&b->where) && b->moved != 0 && !b->where.open);
	b->seeking = false;
	b->moving = b->where.open;
	return b->moved == 0 || b->where.open;
}

/* What the first place has asked for keeps the copy back. */
static void
keep_back(struct proxy_branch *b)
{
	b->kept_back = true;
	if (!node_locate_has_next(&b->where) || !branch_go_on(b))
		settle_branch(b, 503, RULE_OVERLOAD_OBEYED);
	else if (b->context->invite)
		timer_start(b, PROXY_TIMER_C, SIP_TIMER_C_NS);
	b->kept_back = b->moving;
}

/* The same, known late: DST is the next place, if ERR is 0.  Where there is no
 * other one its failure is that of the last. */
static void
move_late(struct proxy_branch *b, int err, const struct addr *dst)
{
	b->moving = false;
	if (b->cancel_wanted != RULE_NONE) {
		settle_branch(b, 487, b->cancel_wanted);
	} else if (move_branch(b, err, dst) != 0 &&
		   (!node_locate_has_next(&b->where) || !branch_go_on(b))) {
		timers_stop(b);
		settle_branch(b, b->kept_back ? 503 : b->lost,
		    b->kept_back     ? RULE_OVERLOAD_OBEYED
		    : b->lost == 408 ? RULE_PROXY_408
				     : RULE_PROXY_TRANSPORT);
	}
	b->kept_back &= b->moving;
	if (!b->moving)
		proxy_context_located(b->context);
}

/* It is known where the branch leads; or it leads nowhere: of a single way that
 * is the end (16.9). */
static void
branch_located(int err, const struct addr *dst, void *arg)
{
	struct proxy_branch *b = arg;
	struct proxy_context *c = b->context;
	uint64_t old = sim_cause(node_sim(c->proxy->node));

	if (b->seeking) {
		b->moved = move_branch(b, err, dst);
		return;
	}
	if (b->moving) {
		move_late(b, err, dst);
		return;
	}
	if (b->cancel_wanted != RULE_NONE) {
		/* 16.10: there is nothing that could be cancelled. */
		settle_branch(b, 487, b->cancel_wanted);
	} else if (err != 0) {
		settle_branch(b, 503, RULE_PROXY_UNREACHABLE);
		if (c->ntargets == 0)
			proxy_context_answer(c, 500, RULE_PROXY_UNREACHABLE);
	} else if (!proxy_overload_passes(c, dst)) {
		keep_back(b);
	} else if ((err = branch_forward(b, dst,
			b->where.rested ? RULE_SERVER_RESTS
					: RULE_PROXY_FORWARD)) != 0) {
		settle_branch(b, 503, RULE_PROXY_UNREACHABLE);
	} else if (c->invite) {
		timer_start(b, PROXY_TIMER_C, SIP_TIMER_C_NS);
	}
	node_fail_nomem(node_of_branch(b), err);
	sim_set_cause(node_sim(c->proxy->node), old);
	if (!b->starting)
		proxy_context_located(c);
}

/* RFC 3263 4.3: STATUS, which was RECEIVED or is what the lack of a response
 * counts as, says that the place has failed: the copy goes to the next one to
 * which its URI leads, in a new transaction.  False where it has not, there is
 * none, or the answer is no longer wanted. */
static bool
branch_go_to_next_place(struct proxy_branch *b, unsigned status, bool received)
{
	struct proxy_context *c = b->context;
	struct sip_transaction *old = b->client;

	if (c->final || b->status != 0 || b->passed_over ||
	    b->cancel_wanted != RULE_NONE ||
	    !node_place_fails(status, received, b->answered) ||
	    !node_locate_has_next(&b->where))
		return false;
	proxy_early_end(b, status);
	b->client = NULL;
	b->lost = status;
	if (!branch_go_on(b)) {
		b->client = old;
		return false;
	}
	b->provisional = b->answered = false;
	sip_transaction_set_user(old, NULL, NULL);
	if (c->invite)
		timer_start(b, PROXY_TIMER_C, SIP_TIMER_C_NS);
	/* Others that wait for their turn do so no longer than before. */
	proxy_context_go(c);
	return true;
}

void
proxy_branch_start(struct proxy_context *c, const struct proxy_hop *h)
{
	struct proxy_branch *b = branch_new(c);

	const struct msg *m = proxy_context_request(c);

	if (b == NULL)
		return;
	b->hop = *h;
	b->breadth = h->breadth != 0 ? h->breadth : proxy_breadth(m);
	/* RFC 5626 5.3.1: where the flow is no more nothing goes out. */
	if (h->refused != 0) {
		settle_branch(b, h->refused, h->why);
		proxy_flow_next(b, h->refused);
		return;
	}
	if (write_branch(b, m, false) != 0)
		node_fail_memory(node_of_branch(b));
	b->starting = true;
	proxy_locate(c->proxy, h, branch_located, b, &b->where);
	b->starting = false;
}
