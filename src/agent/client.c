/*
 * A request's life: attempt after attempt, until an answer is the final one.
 * RFC 3261 8.1.3, 22.2, 22.3; RFC 3263 4.3.
 *
 * The transaction of an attempt that is over gets no user any more; it repeats
 * its ACK or absorbs what comes again until its own timers end it.
 */
#include "agent/agent.h"

#include "base/err.h"
#include "base/mem.h"
#include "msg/parts.h"

#include <string.h>

/* ---- end ---- */

static void
client_free(struct agent_client *q)
{
	agent_redirect_free(q);
	sip_bytes_unref(q->base);
	mem_free(q->route);
	mem_free(q);
}

/* Between these two a request that is dropped stays in memory. */
static void
hold(struct agent_client *q)
{
	q->held++;
}

static void
release(struct agent_client *q)
{
	if (--q->held == 0 && q->dropped)
		client_free(q);
}

void
agent_client_drop(struct agent_client *q)
{
	if (q == NULL || q->dropped)
		return;
	q->dropped = true;
	list_remove(&q->link);
	list_remove(&q->mate);
	sim_cancel(agent_sim(q->agent), q->late);
	if (q->tr != NULL)
		sip_transaction_set_user(q->tr, NULL, NULL);
	q->tr = NULL;
	if (q->held == 0)
		client_free(q);
}

void
agent_client_abort(struct agent_client *q)
{
	struct sip_transaction *tr = q->tr;

	agent_client_drop(q);
	sip_transaction_give_up(tr, RULE_CANCEL_TIMEOUT);
}

static void
finish(struct agent_client *q)
{
	hold(q);
	if (q->ops->ended != NULL)
		q->ops->ended(q, q->arg);
	agent_client_drop(q);
	release(q);
}

/* ---- attempts ---- */

static const struct sip_transaction_ops transaction_ops;

static int
send_attempt(struct agent_client *q, enum rule_id why)
{
	struct sip_transaction *old = q->tr, *tr = NULL;
	struct sip_bytes *b = NULL;
	int err = agent_attempt_make(q, &b);

	if (err == ERR_NOMEM)
		agent_fail_memory(q->agent);
	if (err != 0)
		return err;
	if (old != NULL)
		sip_transaction_set_user(old, NULL, NULL);
	q->tr = NULL;
	q->answered = false;
	q->attempts++;
	q->starting = true;
	err = agent_send(q->agent, b, &q->dst, why, &transaction_ops, q, &tr);
	/* It may be over, or have gone over to UDP, by now. */
	if (err == 0 && q->starting && q->tr == NULL)
		q->tr = tr;
	q->starting = false;
	if (err != 0 && old != NULL) {
		sip_transaction_set_user(old, &transaction_ops, q);
		q->tr = old;
	}
	sip_bytes_unref(b);
	return err;
}

/* Its user hears that STATUS was not the last word, before it is chosen where
 * the request goes next. */
static void
tell(struct agent_client *q, unsigned status, enum rule_id why)
{
	if (q->ops->again != NULL)
		q->ops->again(q, status, why, q->arg);
}

/* It goes out again, with the next number where it is another request (22.2,
 * 8.1.3.5) and not the same for another server (RFC 3263 4.3).  False: it
 * could not. */
static bool
again(struct agent_client *q, enum rule_id why, bool another)
{
	if (q->dropped)
		return true;
	if (another)
		q->number = q->cseq != NULL ? ++*q->cseq : q->number + 1;
	return send_attempt(q, why) == 0;
}

/* RFC 3263 4.3: of several outbound proxies the next one; WHY is for its user.
 */
static bool
next_server(struct agent_client *q, unsigned status, enum rule_id why)
{
	const struct node *proxy = agent_outbound(q->agent, q->hop + 1);
	struct buf route = BUF_INIT;
	const struct msg *m;
	struct addr dst;

	if (q->dialog || proxy == NULL)
		return false;
	tell(q, status, why);
	q->hop++;
	agent_write_route(q->agent, proxy, &route);
	mem_free(q->route);
	q->route = buf_take(&route);
	if (q->route == NULL) {
		agent_fail_memory(q->agent);
		return false;
	}
	m = world_read(q->agent->node->world, q->base);
	if (agent_next_hop(q->agent,
		q->target != NULL ? str_of(q->target->uri) : m->uri,
		str_of(q->route), &dst) != 0)
		return false;
	q->dst = dst;
	return true;
}

/* The user's settings for redirections. */
static bool
redirects(const struct agent_client *q, const char *how)
{
	const char *said = node_attr(q->agent->node, "redirect", "follow");

	return strcmp(said, how) == 0;
}

/* To the next target, or to the user with it; false where there is none. TOLD:
 * the reason that its user hears. */
static bool
redirect(struct agent_client *q, unsigned status, enum rule_id why,
    enum rule_id told)
{
	const struct agent_target *next = agent_redirect_next(q);

	if (next != NULL && q->ops->asked != NULL && redirects(q, "ask")) {
		q->status = status;
		q->ops->asked(q, status, next->uri, q->arg);
		return true;
	}
	if (next != NULL)
		tell(q, status, told);
	while (agent_redirect_go(q, why))
		if (again(q, why, true))
			return true;
	return false;
}

/* 8.1.3.4: 380 is for a person to read (21.3.5), the others lead elsewhere. */
static bool
take_redirection(struct agent_client *q, const struct msg *m)
{
	if (m->status == 380 || q->strict || redirects(q, "never"))
		return false;
	if (agent_redirect_take(q, m) != 0) {
		agent_fail_memory(q->agent);
		return false;
	}
	return redirect(
	    q, m->status, RULE_REDIRECT_FOLLOW, RULE_REDIRECT_FOLLOW);
}

/* What STATUS (M; NULL: no response came) makes of the request: true when it
 * goes on, false when that was the final answer. */
static bool
go_on(struct agent_client *q, unsigned status, const struct msg *m)
{
	bool silent = m == NULL && status == 408;
	enum rule_id answer =
	    status == 401 ? RULE_AUTH_ANSWER : RULE_AUTH_ANSWER_PROXY;
	/* 8.1.3.1: no response counts as one. */
	enum rule_id as_if = silent ? RULE_UAC_408 : RULE_UAC_503;

	if (q->attempts >= AGENT_ATTEMPTS) {
		agent_note_bad(q->agent, RULE_UAC_ATTEMPTS,
		    TRACE_REFUSAL_ATTEMPTS,
		    world_read(q->agent->node->world, q->base)->uri);
		return false;
	}
	if (m != NULL && (status == 401 || status == 407) &&
	    agent_auth_take(q, m)) {
		tell(q, status, answer);
		if (again(q, answer, true))
			return true;
	}
	if ((status == 503 || (silent && !q->answered)) &&
	    next_server(q, status, m != NULL ? RULE_UAC_FAILOVER : as_if) &&
	    again(q, RULE_UAC_FAILOVER, false))
		return true;
	if (m != NULL && status < 400)
		return take_redirection(q, m);
	/* 21.6: a 6xx speaks for all places where the user might be. */
	return status < 600 && redirect(q, status, RULE_REDIRECT_NEXT,
				   m != NULL ? RULE_REDIRECT_NEXT : as_if);
}

/* ---- what its transactions tell ---- */

static void
on_response(struct sip_transaction *tr, const struct sip_in *in, void *arg)
{
	struct agent_client *q = arg;
	unsigned status = in->m->status;

	(void)tr;
	hold(q);
	if (status < 200)
		q->answered = true;
	else if (status >= 300 && !q->final && !q->given_up &&
		 go_on(q, status, in->m))
		goto out;
	if (status >= 200)
		q->final = true;
	if (status >= 200 && status < 300)
		q->accepted = true;
	if (!q->dropped && q->ops->response != NULL)
		q->ops->response(q, in, q->arg);
out:
	release(q);
}

static void
failed(struct agent_client *q, unsigned status)
{
	hold(q);
	if (!q->final && !q->given_up && go_on(q, status, NULL)) {
		release(q);
		return;
	}
	q->final = true;
	if (!q->dropped && q->ops->failed != NULL)
		q->ops->failed(q, status, q->arg);
	if (!q->dropped && q->tr == NULL)
		finish(q);
	release(q);
}

static void
fail_late(void *arg)
{
	struct agent_client *q = arg;

	q->late = 0;
	failed(q, 503);
}

/* 8.1.3.1 */
static void
on_failed(struct sip_transaction *tr, enum sip_failure why, void *arg)
{
	struct agent_client *q = arg;

	(void)tr;
	if (q->starting)
		q->late = sim_after(
		    agent_sim(q->agent), 0, q->agent->node->name, fail_late, q);
	else
		failed(q, why == SIP_TIMEOUT ? 408 : 503);
}

static void
on_moved(struct sip_transaction *tr, struct sip_transaction *next, void *arg)
{
	struct agent_client *q = arg;

	(void)tr;
	q->tr = next;
}

static void
on_ended(struct sip_transaction *tr, void *arg)
{
	struct agent_client *q = arg;

	if (q->starting) {
		q->starting = false;
	} else if (q->tr == tr) {
		q->tr = NULL;
		if (!agent_client_is_asking(q))
			finish(q);
	}
}

static const struct sip_transaction_ops transaction_ops = {
	.response = on_response,
	.failed = on_failed,
	.moved = on_moved,
	.ended = on_ended,
};

/* ---- its user ---- */

int
agent_client_start(struct agent *agent, const struct agent_request *r,
    enum rule_id why, const struct agent_client_ops *ops, void *arg,
    struct agent_client **qp)
{
	struct agent_client *q = mem_zalloc(1, sizeof(*q));
	struct msg_cseq cseq = { 0 };
	int err;

	*qp = NULL;
	if (q == NULL) {
		agent_fail_memory(agent);
		return ERR_NOMEM;
	}
	msg_cseq_read(
	    msg_value(world_read(agent->node->world, r->bytes), MSG_H_CSEQ),
	    &cseq);
	q->agent = agent;
	q->ops = ops;
	q->arg = arg;
	q->base = sip_bytes_ref(r->bytes);
	q->dst = r->dst;
	q->number = cseq.number;
	q->cseq = r->cseq;
	q->dialog = r->dialog;
	q->strict = r->strict;
	q->realms = r->realms;
	list_init(&q->link);
	list_init(&q->mate);
	err = send_attempt(q, why);
	if (err != 0) {
		client_free(q);
		return err;
	}
	list_append(&agent->clients, &q->link);
	*qp = q;
	return 0;
}

void
agent_client_give_up(struct agent_client *q)
{
	q->given_up = true;
}

bool
agent_client_is_asking(const struct agent_client *q)
{
	return q->status != 0;
}

void
agent_client_follow(struct agent_client *q)
{
	unsigned status = q->status;

	q->status = 0;
	hold(q);
	tell(q, status, RULE_REDIRECT_FOLLOW);
	if (!agent_redirect_go(q, RULE_REDIRECT_FOLLOW) ||
	    !again(q, RULE_REDIRECT_FOLLOW, true)) {
		q->given_up = true;
		failed(q, status);
	}
	release(q);
}

bool
agent_client_is_pending(const struct agent_client *q)
{
	return q != NULL && !q->final;
}

struct sip_bytes *
agent_client_request(const struct agent_client *q)
{
	return q->tr != NULL ? sip_transaction_request(q->tr) : NULL;
}

const struct addr *
agent_client_peer(const struct agent_client *q)
{
	return q->tr != NULL ? sip_transaction_peer(q->tr) : NULL;
}
