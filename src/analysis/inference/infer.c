/*
 * The replay: what each sending comes from, and what each arrival does.  What
 * a node does for a reason that the network does not show (a person hangs up)
 * has no cause.
 */
#include "inference/infer.h"

#include "base/array.h"
#include "base/err.h"
#include "base/mem.h"
#include "rules/rule_names.h"

void
infer_destroy(struct infer *f)
{
	if (f == NULL)
		return;
	infer_bindings_destroy(f);
	map_destroy_all(f->usages);
	map_destroy_all(f->txs);
	map_destroy(f->latest);
	map_destroy_all(f->calls);
	mem_free(f->place);
	mem_free(f->ncalls);
	mem_free(f->npairs);
	mem_free(f->heard);
	mem_free(f->heap);
	buf_free(&f->id);
	buf_free(&f->list);
	buf_free(&f->key);
	mem_free(f);
}

int
infer_make_room(struct infer *f)
{
	const struct correlation *co = f->co;

	if (ARRAY_ROOM(&f->place, &f->place_cap, co->n) != 0 ||
	    ARRAY_ROOM(&f->ncalls, &f->nodes_cap, co->nnodes) != 0 ||
	    ARRAY_ROOM(&f->npairs, &f->pairs_cap, co->nnodes) != 0 ||
	    ARRAY_ROOM(&f->heard, &f->heard_cap, co->nnodes) != 0)
		return ERR_NOMEM;
	for (; f->nplace < co->n; f->nplace++)
		f->place[f->nplace] = (struct infer_place){ 0 };
	for (; f->nodes < co->nnodes; f->nodes++) {
		f->ncalls[f->nodes] = f->npairs[f->nodes] = 0;
		f->heard[f->nodes] = (struct infer_heard){ .left = INT64_MIN };
	}
	return 0;
}

int
infer_create(struct infer **fp, struct correlation *co, struct trace_writer *w)
{
	struct infer *f = mem_zalloc(1, sizeof(*f));
	int err;

	*fp = NULL;
	if (f == NULL)
		return ERR_NOMEM;
	f->co = co;
	f->w = w;
	f->call_machine = machine_find(STR("call"));
	f->dialog_machine = machine_find(STR("dialog"));
	err = infer_make_room(f);
	if (err == 0 && (err = map_create(&f->txs)) == 0 &&
	    (err = map_create(&f->latest)) == 0 &&
	    (err = map_create(&f->calls)) == 0 &&
	    (err = map_create(&f->usages)) == 0)
		err = map_create(&f->bindings);
	if (err == 0)
		*fp = f;
	else
		infer_destroy(f);
	return err;
}

/* ---- causes ---- */

/* What lets a node forward M now: a branch before that has come to nothing,
 * what it has asked for by another protocol, else the arrival. */
static uint64_t
cause_of_forwarding(
    struct infer *f, const struct correlation_message *m, enum rule_id *why)
{
	const struct infer_tx *server =
	    infer_find_tx(f, m->src, f->co->m[m->fwd].tx, false);
	uint64_t seq = infer_reason_heard(f, m, why);

	if (seq == 0 && server != NULL && server->branch != NULL)
		seq = infer_branch_next(server, f->co->msg.uri, why);
	return seq != 0 ? seq : f->place[m->fwd].effect;
}

static uint64_t
cause_of_request(struct infer *f, uint32_t i, enum rule_id *why)
{
	const struct correlation_message *m = &f->co->m[i];
	struct infer_tx *tx = infer_find_tx(f, m->src, m->tx, true);
	uint64_t cause = 0;

	*why = m->fwd != CORRELATION_NONE ? RULE_PROXY_FORWARD : RULE_NONE;
	if (m->method == MSG_ACK && tx != NULL) {
		*why = RULE_ICT_ACK;
		return tx->fsm;
	}
	if (m->fwd != CORRELATION_NONE)
		cause = cause_of_forwarding(f, m, why);
	if (m->retx != CORRELATION_NONE && tx != NULL &&
	    m->fwd == CORRELATION_NONE) {
		cause = infer_repeat(f, tx, m->t);
		tx->sent = m->t;
		if (cause != 0)
			*why = infer_repeat_rule(tx);
		return cause != 0 ? cause : f->place[m->retx].send;
	}
	if (cause == 0 && m->method == MSG_CANCEL)
		cause = infer_branch_cancel(f, m, why);
	if (cause == 0)
		cause = infer_reason_to_ask(f, m, why);
	if (cause == 0 && m->retx != CORRELATION_NONE)
		return f->place[m->retx].send;
	if (m->method == MSG_ACK || tx != NULL)
		return cause;
	tx = infer_new_tx(f, i, true, m->t, cause);
	if (tx != NULL)
		infer_branch_begin(f, i, tx);
	return tx != NULL && tx->fsm != 0 ? tx->fsm : cause;
}

/* A response that was sent before. */
static uint64_t
answer_again(
    struct infer *f, struct infer_tx *tx, uint32_t i, enum rule_id *why)
{
	const struct correlation_message *m = &f->co->m[i];
	uint64_t cause = tx->again;

	if (cause == 0 && m->fwd == CORRELATION_NONE && m->status < 200)
		cause = infer_reason_to_answer(f, m, tx, why);
	if (cause == 0 && m->fwd != CORRELATION_NONE)
		cause = f->place[m->fwd].effect;
	if (cause == 0 && m->method == MSG_INVITE && m->status >= 300) {
		cause = infer_repeat(f, tx, m->t);
		*why = cause != 0 ? infer_repeat_rule(tx) : *why;
	} else if (cause == 0 && m->method == MSG_INVITE && m->status >= 200) {
		cause = infer_call_repeat(f, i);
		*why = cause != 0 ? RULE_INVITE_2XX_AGAIN : *why;
		if (cause != 0)
			infer_step(
			    f, tx, m->t, cause, EVENT_NONE, m->status, true);
	}
	return cause != 0 ? cause : f->place[m->retx].send;
}

static uint64_t
cause_of_response(struct infer *f, uint32_t i, enum rule_id *why)
{
	const struct correlation_message *m = &f->co->m[i];
	struct infer_tx *tx = infer_find_tx(f, m->src, m->tx, false);
	uint64_t cause, step;

	*why = m->fwd == CORRELATION_NONE                   ? RULE_NONE
	       : m->status < 200                            ? RULE_PROXY_1XX
	       : m->status < 300 && m->method == MSG_INVITE ? RULE_PROXY_2XX
							    : RULE_PROXY_FINAL;
	if (m->retx != CORRELATION_NONE && tx != NULL) {
		if (m->fwd == CORRELATION_NONE)
			*why = rule_of_response(
			    m->method, m->status, GIVEN_READ | tx->given);
		cause = answer_again(f, tx, i, why);
	} else {
		cause = m->fwd != CORRELATION_NONE
			    ? f->place[m->fwd].effect
			    : infer_reason_to_answer(f, m, tx, why);
		/* What a next hop did that can't be reached is not seen. */
		if (cause == 0 && *why != RULE_PROXY_UNREACHABLE)
			cause = tx != NULL ? tx->born : infer_asked(f, m);
		step = tx != NULL ? infer_step(f, tx, m->t, cause, EVENT_NONE,
					m->status, true)
				  : 0;
		cause = step != 0 ? step : cause;
		if (tx != NULL)
			tx->request = cause;
	}
	if (tx != NULL) {
		tx->sent = m->t;
		tx->again = 0;
	}
	return cause;
}

uint64_t
infer_cause(struct infer *f, uint32_t i, enum rule_id *why)
{
	return f->co->m[i].status != 0 ? cause_of_response(f, i, why)
				       : cause_of_request(f, i, why);
}

/* ---- afterwards ---- */

void
infer_sent(struct infer *f, uint32_t i)
{
	const struct correlation_message *m = &f->co->m[i];
	struct infer_tx *tx = infer_find_tx(f, m->src, m->tx, m->status == 0);

	infer_call_sent(f, i, tx);
	infer_reasons_sent(f, i);
	infer_registration_sent(f, i);
	infer_bindings_sent(f, i);
	infer_subscription_sent(f, i);
	if (tx != NULL && m->status == 0)
		tx->request = f->place[i].send;
	if (tx != NULL)
		infer_maybe_last(f, tx, i, m->t);
}

static uint64_t
request_arrived(struct infer *f, uint32_t i)
{
	const struct correlation_message *m = &f->co->m[i];
	struct infer_tx *tx = infer_find_tx(f, m->dst, m->tx, false);
	uint64_t recv = f->place[i].recv, step = 0;

	if (m->method == MSG_ACK) {
		if (tx != NULL)
			step = infer_step(
			    f, tx, m->t_last, recv, EVENT_ACK, 0, false);
	} else if (tx == NULL) {
		tx = infer_new_tx(f, i, false, m->t_last, recv);
		step = tx != NULL ? tx->fsm : 0;
	} else {
		step =
		    infer_step(f, tx, m->t_last, recv, EVENT_REQUEST, 0, false);
		tx->again = step != 0 ? step : recv;
	}
	return step;
}

void
infer_received(struct infer *f, uint32_t i)
{
	const struct correlation_message *m = &f->co->m[i];
	bool client = m->status != 0;
	struct infer_tx *tx;
	uint64_t step;

	if (client) {
		tx = infer_find_tx(f, m->dst, m->tx, true);
		step = tx != NULL
			   ? infer_step(f, tx, m->t_last, f->place[i].recv,
				 EVENT_NONE, m->status, false)
			   : 0;
	} else {
		step = request_arrived(f, i);
		tx = infer_find_tx(f, m->dst, m->tx, false);
		if (tx != NULL && tx->given == 0 && !m->passed)
			tx->given = infer_given(f, m);
	}
	f->place[i].effect = step != 0 ? step : f->place[i].recv;
	if (tx != NULL && m->status >= 200)
		tx->final = m->status;
	infer_reasons_received(f, i);
	if (m->method == MSG_CANCEL && !client)
		infer_branch_cancelled(f, i);
	infer_call_received(f, i, tx);
	infer_registration_received(f, i);
	infer_subscription_received(f, i);
	if (tx != NULL)
		infer_maybe_last(f, tx, i, m->t_last);
}

void
infer_refused(struct infer *f, uint32_t i, uint64_t drop)
{
	const struct correlation_message *m = &f->co->m[i];
	struct infer_tx *tx =
	    m->status == 0 ? infer_find_tx(f, m->src, m->tx, true) : NULL;

	if (tx != NULL)
		tx->refused = drop;
}
