/*
 * A request's life: attempt after attempt, until an answer is the final one.
 * RFC 3261 8.1.3, 22.2, 22.3; RFC 3263 4.3.
 *
 * The transaction of an attempt that is over gets no user any more; it repeats
 * its ACK or absorbs repetitions until its own timers end it.
 */
#include "agent/multipart.h"
#include "agent/registration.h"
#include "agent/requests.h"
#include "agent/session_timer.h"

#include "base/err.h"
#include "base/ref.h"
#include "msg/header_names.h"
#include "msg/parts.h"
#include "node/locate.h"
#include "node/uri.h"
#include "rules/rule_names.h"

#include <string.h>

/* ---- end ---- */

/* Those who hold one are its user, until agent_client_drop, and functions here
 * that are at work on it. */
static void
client_destroy(void *p)
{
	struct agent_client *q = p;

	agent_redirect_free(q);
	node_locate_stop(&q->where);
	sip_bytes_unref(q->base);
	ref_drop(q->self);
}

void
agent_client_drop(struct agent_client *q)
{
	if (q == NULL || q->dropped)
		return;
	q->dropped = true;
	if (q->slot != NULL)
		*q->slot = NULL;
	list_remove(&q->link);
	list_remove(&q->mate);
	list_remove(&q->within);
	sim_cancel(agent_sim(q->agent), q->late);
	node_locate_stop(&q->where);
	if (q->tr != NULL)
		sip_transaction_set_user(q->tr, NULL, NULL);
	q->tr = NULL;
	ref_drop(q);
}

void
agent_client_abort(struct agent_client *q)
{
	struct sip_transaction *tr = q->tr;

	agent_client_drop(q);
	sip_transaction_give_up(tr, RULE_CANCEL_TIMEOUT);
}

static void
finish_client(struct agent_client *q)
{
	ref_keep(q);
	if (q->ops->ended != NULL)
		q->ops->ended(q, q->arg);
	agent_client_drop(q);
	ref_drop(q);
}

/* ---- attempts ---- */

static const struct sip_transaction_ops transaction_ops;

/* An attempt goes out to q->dst.  0, ERR_NOMEM, or why no request can be made.
 */
static int
send_attempt(struct agent_client *q, enum rule_id why)
{
	struct sip_transaction *old = q->tr, *tr = NULL;
	struct sip_bytes *b = NULL;
	int err;

	if (q->ops->sending != NULL)
		q->ops->sending(q, q->arg);
	err = agent_attempt_make(q, &b);
	agent_fail_nomem(q->agent, err);
	if (err != 0)
		return err;
	if (old != NULL)
		sip_transaction_set_user(old, NULL, NULL);
	q->tr = NULL;
	q->answered = false;
	q->attempts++;
	q->starting = true;
	err = agent_send(q->agent, b, &q->dst,
	    &(struct sip_origin){ why, q->fwd }, &transaction_ops, q, &tr);
	/* It may be over, or have gone over to UDP, by now. */
	if (err == 0 && q->starting && q->tr == NULL)
		q->tr = tr;
	q->starting = false;
	if (err == 0 && q->ops->sent != NULL)
		q->ops->sent(q, q->arg);
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
tell_again(struct agent_client *q, unsigned status, enum rule_id why)
{
	if (q->ops->again != NULL)
		q->ops->again(q, status, why, q->arg);
}

/* 22.2, 8.1.3.5: another request has the next number; the same for another
 * server (RFC 3263 4.3) keeps its own. */
static void
client_count_attempt(struct agent_client *q)
{
	q->number = q->cseq != NULL ? ++*q->cseq : q->number + 1;
}

/* ---- where to ---- */

static const char redirected[] = "redirect"; /* in the trace */

struct str
agent_client_uri(const struct agent_client *q)
{
	return q->target != NULL
		   ? str_of(q->target->uri)
		   : world_read(q->agent->node->world, q->base)->uri;
}

/* The Route that it goes to, or STR_NULL: another server's (RFC 3263 4.3), or
 * the one that it was built with. */
static struct str
client_first_route(const struct agent_client *q)
{
	return q->where.route != NULL
		   ? str_of(q->where.route)
		   : agent_first_route(q->agent, q->base, q->strict);
}

/* It goes by another outbound proxy now. */
static void
note_proxy(struct agent_client *q)
{
	if (q->ways == q->where.ways)
		return;
	q->ways = q->where.ways;
	q->way = agent_find_way(q->agent, STR_NULL, str_of(q->where.route));
}

static void seek_elsewhere(struct agent_client *q);

/* 26.2.2: it goes to a sips URI, and its user agent has no TLS. */
static bool
wants_tls(const struct agent_client *q)
{
	return !q->dialog && agent_wants_tls(q->agent, agent_client_uri(q));
}

/* It is known where the next attempt goes, or that there is no such place. */
static void
client_located(int err, const struct addr *dst, void *arg)
{
	struct agent_client *q = arg;

	note_proxy(q);
	q->result = err;
	if (err == 0) {
		q->dst = *dst;
		if (q->where.rested && q->attempts == 0)
			q->way.why = RULE_SERVER_RESTS;
		agent_record_way(q->agent, &q->way, agent_client_uri(q), dst);
		if (q->another)
			client_count_attempt(q);
		q->result = send_attempt(q, q->why);
	} else if (q->way.how == redirected || !q->seeking) {
		bool tls = wants_tls(q);

		agent_note_bad(q->agent,
		    tls ? RULE_UAC_TLS : RULE_UAC_NO_TARGET,
		    tls ? TRACE_REFUSAL_TLS : TRACE_REFUSAL_NO_ADDRESS,
		    agent_client_uri(q));
	}
	if (q->result != 0 && !q->seeking)
		seek_elsewhere(q);
}

/* RFC 3263 4.3: to the next place, of the URI or of another outbound proxy;
 * false: to none of them. */
static bool
client_go_to_next_place(struct agent_client *q)
{
	q->way.why = q->why = RULE_UAC_FAILOVER;
	q->another = false;
	do {
		q->result = ERR_NOTFOUND;
		q->seeking = true;
	} while (node_locate_next(&q->where) && q->result != 0 && !q->dropped &&
		 !q->where.open);
	q->seeking = false;
	return q->result == 0 || q->where.open || q->dropped;
}

/* Asks where WAY leads, to send it there by WHY; ANOTHER: with the next number.
 * 0 also while the answer is out. */
static int
seek_address(struct agent_client *q, struct agent_way way, enum rule_id why,
    bool another)
{
	struct node *n = q->agent->node;
	bool tls = wants_tls(q);

	if (q->dropped)
		return 0;
	q->way = way;
	q->why = why;
	q->another = another;
	q->seeking = true;
	if (tls)
		client_located(ERR_NOTFOUND, NULL, q);
	else
		node_locate(n,
		    node_next_uri(agent_client_uri(q), client_first_route(q)),
		    node_transport(n), client_located, q, &q->where);
	q->seeking = false;
	if (q->result == ERR_NOTFOUND && !tls && !q->where.open)
		client_go_to_next_place(q);
	return q->where.open ? 0 : q->result;
}

/* The live attempt has failed: to the next place, if any; its user hears that
 * STATUS is why, by WHY. */
static bool
client_next_server(struct agent_client *q, unsigned status, enum rule_id why)
{
	if (!node_locate_has_next(&q->where))
		return false;
	tell_again(q, status, why);
	return client_go_to_next_place(q);
}

/* The user's settings for redirections. */
static bool
redirects_by(const struct agent_client *q, const char *how)
{
	const char *said = node_attr(q->agent->node, "redirect", "follow");

	return strcmp(said, how) == 0;
}

/* Why the request goes to T: WHY, but 21.3.4 where a 305 has named it. */
static enum rule_id
target_rule(const struct agent_target *t, enum rule_id why)
{
	return t != NULL && t->proxy ? RULE_REDIRECT_PROXY : why;
}

/* To the next target that has an address; false where there is none. */
static bool
follow_target(struct agent_client *q, enum rule_id why)
{
	while (agent_redirect_step(q)) {
		struct agent_way way = { redirected,
			target_rule(q->target, why) };

		if (seek_address(q, way, way.why, true) == 0)
			return true;
	}
	return false;
}

/* To the next target, or to the user with it; false where there is none. TOLD:
 * the reason that its user hears. */
static bool
redirect_client(struct agent_client *q, unsigned status, enum rule_id why,
    enum rule_id told)
{
	const struct agent_target *next = agent_redirect_next(q);

	if (next != NULL && q->ops->asked != NULL && redirects_by(q, "ask")) {
		q->status = status;
		q->ops->asked(q, status, next->uri, q->arg);
		return true;
	}
	if (next != NULL)
		tell_again(q, status, target_rule(next, told));
	return follow_target(q, why);
}

/* 8.1.3.4: 380 is for a person to read (21.3.5), the others lead elsewhere. */
static bool
take_redirection(struct agent_client *q, const struct msg *m)
{
	if (m->status == 380 || q->strict || redirects_by(q, "never"))
		return false;
	if (agent_redirect_take(q, m) != 0) {
		agent_fail_memory(q->agent);
		return false;
	}
	return redirect_client(
	    q, m->status, RULE_REDIRECT_FOLLOW, RULE_REDIRECT_FOLLOW);
}

/* 22.2, RFC 4028 7.3: to where it went before.  False: it could not. */
static bool
send_changed(struct agent_client *q, enum rule_id why)
{
	if (q->dropped)
		return true;
	client_count_attempt(q);
	return send_attempt(q, why) == 0;
}

/* What STATUS (M; NULL: no response came) makes of the request: true when it
 * goes on, false when that was the final answer. */
static bool
try_again(struct agent_client *q, unsigned status, const struct msg *m)
{
	bool received = m != NULL, own = received && !q->passed_on;
	enum rule_id answer =
	    status == 401 ? RULE_AUTH_ANSWER : RULE_AUTH_ANSWER_PROXY;
	/* 8.1.3.1: no response counts as one. */
	enum rule_id as_if = status == 408 ? RULE_UAC_408 : RULE_UAC_503;

	q->last = status;
	if (q->attempts >= AGENT_ATTEMPTS) {
		agent_note_bad(q->agent, RULE_UAC_ATTEMPTS,
		    TRACE_REFUSAL_ATTEMPTS,
		    world_read(q->agent->node->world, q->base)->uri);
		return false;
	}
	if (own && (status == 401 || status == 407) && agent_auth_take(q, m)) {
		tell_again(q, status, answer);
		if (send_changed(q, answer))
			return true;
	}
	if (own && status == 422 && agent_session_longer(q, m)) {
		tell_again(q, status, RULE_SESSION_LONGER);
		if (send_changed(q, RULE_SESSION_LONGER))
			return true;
	}
	if (own && status == 415 && agent_client_strip(q)) {
		tell_again(q, status, RULE_UAC_TYPE);
		if (send_changed(q, RULE_UAC_TYPE))
			return true;
	}
	if (node_place_fails(status, received, q->answered) &&
	    client_next_server(q, status, received ? RULE_UAC_FAILOVER : as_if))
		return true;
	if (q->passed_on)
		return false;
	if (m != NULL && status < 400)
		return take_redirection(q, m);
	/* 21.6: a 6xx speaks for all places where the user might be. */
	return status < 600 && redirect_client(q, status, RULE_REDIRECT_NEXT,
				   received ? RULE_REDIRECT_NEXT : as_if);
}

/* ---- what its transactions tell ---- */

static void
attempt_response(struct sip_transaction *tr, const struct sip_in *in, void *arg)
{
	struct agent_client *q = arg;
	unsigned status = in->m->status;
	bool lost = q->agent->ops->restore != NULL &&
		    restoration_is_wanted(q->agent, in->m);
	struct agent *agent = q->agent;

	(void)tr;
	ref_keep(q);
	node_rest(q->agent->node, &q->dst, in->m);
	if (status < 200)
		q->answered = true;
	else if (status >= 300 && !q->final && !q->given_up &&
		 try_again(q, status, in->m))
		goto out;
	if (status >= 200)
		q->final = true;
	if (status >= 200 && status < 300)
		q->accepted = true;
	if (!q->dropped && q->ops->response != NULL)
		q->ops->response(q, in, q->arg);
	if (lost)
		agent->ops->restore(agent);
out:
	ref_drop(q);
}

static void
fail_client(struct agent_client *q, unsigned status)
{
	ref_keep(q);
	if (!q->final && !q->given_up && try_again(q, status, NULL)) {
		ref_drop(q);
		return;
	}
	q->final = true;
	if (!q->dropped && q->ops->failed != NULL)
		q->ops->failed(q, status, q->arg);
	if (!q->dropped && q->tr == NULL)
		finish_client(q);
	ref_drop(q);
}

static void
fail_late(void *arg)
{
	struct agent_client *q = arg;

	q->late = 0;
	fail_client(q, 503);
}

/* The answer to where it goes came late, and it could not be sent: another
 * place or target has its turn; where there is none, the status that it went
 * out again for is the final one. */
static void
seek_elsewhere(struct agent_client *q)
{
	ref_keep(q);
	if (q->attempts == 0) {
		fail_client(q, 503);
	} else if (!client_go_to_next_place(q) &&
		   !redirect_client(
		       q, q->last, RULE_REDIRECT_NEXT, RULE_REDIRECT_NEXT)) {
		q->given_up = true;
		fail_client(q, q->last);
	}
	ref_drop(q);
}

/* 8.1.3.1 */
static void
attempt_failed(struct sip_transaction *tr, enum sip_failure why, void *arg)
{
	struct agent_client *q = arg;

	(void)tr;
	if (q->starting)
		q->late = sim_after(
		    agent_sim(q->agent), 0, q->agent->node->name, fail_late, q);
	else
		fail_client(q, why == SIP_TIMEOUT ? 408 : 503);
}

static void
attempt_moved(
    struct sip_transaction *tr, struct sip_transaction *next, void *arg)
{
	struct agent_client *q = arg;

	(void)tr;
	q->tr = next;
}

static void
attempt_ended(struct sip_transaction *tr, void *arg)
{
	struct agent_client *q = arg;

	if (q->starting) {
		q->starting = false;
	} else if (q->tr == tr) {
		q->tr = NULL;
		if (!agent_client_is_idle(q))
			finish_client(q);
	}
}

static const struct sip_transaction_ops transaction_ops = {
	.response = attempt_response,
	.failed = attempt_failed,
	.moved = attempt_moved,
	.ended = attempt_ended,
};

/* ---- its user ---- */

/* 8.1.2: the outbound proxies behind the first are ways for Q as well.  0 or
 * ERR_NOMEM. */
static int
add_proxies(struct agent_client *q)
{
	const struct node *proxy;
	int err = 0;

	if (!agent_has_proxies(q->agent))
		return 0;
	for (size_t i = 1;
	     err == 0 && (proxy = agent_outbound(q->agent, i)) != NULL; i++) {
		LOCAL_BUF route = BUF_INIT;

		agent_write_route(q->agent, proxy, agent_client_uri(q), &route);
		err = route.err != 0
			  ? route.err
			  : node_locate_add_way(&q->where, buf_view(&route));
	}
	if (err != 0)
		agent_fail_memory(q->agent);
	return err;
}

/* No address is known, and its user hears so as in an answer that comes. */
static void
lose_late(void *arg)
{
	struct agent_client *q = arg;

	q->late = 0;
	client_located(ERR_NOTFOUND, NULL, ref_keep(q));
	ref_drop(q);
}

int
agent_client_start(struct agent *agent, const struct agent_request *r,
    enum rule_id why, const struct agent_client_ops *ops, void *arg,
    struct agent_client **qp)
{
	struct agent_client *q = ref_alloc(sizeof(*q), client_destroy);
	struct msg_cseq cseq = { 0 };
	struct agent_way way = { NULL, RULE_NONE };
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
	q->self = ref_keep(r->self);
	q->ops = ops;
	q->arg = arg;
	q->base = sip_bytes_ref(r->bytes);
	q->number = cseq.number;
	q->cseq = r->cseq;
	q->dialog = r->dialog != NULL;
	q->strict = r->strict;
	q->contact = r->contact;
	q->realms = r->realms;
	q->fwd = r->fwd;
	list_init(&q->link);
	list_init(&q->mate);
	list_init(&q->within);
	if (!q->dialog)
		way = agent_find_way(
		    agent, agent_client_uri(q), client_first_route(q));
	*qp = q;
	err = q->dialog || r->flow ? 0 : add_proxies(q);
	if (err == 0)
		err = seek_address(q, way, why, false);
	if (err == ERR_NOTFOUND && r->hears_late) {
		q->late = sim_after(
		    agent_sim(agent), 0, agent->node->name, lose_late, q);
		agent_tell_lost(agent, agent_client_uri(q));
		err = 0;
	}
	if (err != 0) {
		*qp = NULL;
		ref_drop(q);
		return err;
	}
	list_append(&agent->clients, &q->link);
	if (r->dialog != NULL)
		list_append(&r->dialog->clients, &q->within);
	return 0;
}

int
agent_client_replace(struct agent *agent, struct agent_request *r,
    enum rule_id why, const struct agent_client_ops *ops, void *arg,
    struct agent_client **slot)
{
	int err;

	agent_client_drop(*slot);
	err = agent_client_start(agent, r, why, ops, arg, slot);
	if (err == 0)
		(*slot)->slot = slot;
	sip_bytes_unref(r->bytes);
	return err;
}

void
agent_client_pass(struct agent_client *q, const struct agent_client_ops *ops,
    void *arg, struct agent_client **slot)
{
	*q->slot = NULL;
	*slot = q;
	q->slot = slot;
	q->ops = ops;
	q->arg = arg;
}

void
agent_client_orphan(struct agent_client *q)
{
	list_remove(&q->within);
	q->cseq = NULL;
	q->given_up = true;
}

void
agent_client_give_up(struct agent_client *q)
{
	q->given_up = true;
}

void
agent_client_pass_on(struct agent_client *q)
{
	q->passed_on = true;
}

bool
agent_client_is_idle(const struct agent_client *q)
{
	return q->status != 0 || q->where.open;
}

void
agent_client_follow(struct agent_client *q)
{
	unsigned status = q->status;

	q->status = 0;
	ref_keep(q);
	tell_again(q, status,
	    target_rule(agent_redirect_next(q), RULE_REDIRECT_FOLLOW));
	if (!follow_target(q, RULE_REDIRECT_FOLLOW)) {
		q->given_up = true;
		fail_client(q, status);
	}
	ref_drop(q);
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
