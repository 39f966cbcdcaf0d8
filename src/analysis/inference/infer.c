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
	    ARRAY_ROOM(&f->npairs, &f->pairs_cap, co->nnodes) != 0)
		return ERR_NOMEM;
	for (; f->nplace < co->n; f->nplace++)
		f->place[f->nplace] = (struct infer_place){ 0 };
	for (; f->nodes < co->nnodes; f->nodes++)
		f->ncalls[f->nodes] = f->npairs[f->nodes] = 0;
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

/* ---- what arrived last ---- */

/* Of a method in a call at a node; of responses by status, and by class (1 to
 * 6), so that either can be asked for. */
struct latest_key {
	uint32_t node, call, name, status;
};

static void
note_latest(struct infer *f, const struct correlation_message *m, uint32_t i,
    uint32_t status)
{
	struct latest_key k = { m->dst, m->call, m->name, status };
	int err;

	if (m->call == 0 || f->err != 0)
		return;
	err = key_set_number(f->latest, BYTES_OF(k), i + 1u);
	if (err != 0)
		f->err = err;
}

/* The effect of the message that arrived last; it is taken out, as it causes
 * one sending only.  0: none arrived. */
static uint64_t
remove_latest(struct infer *f, uint32_t node, uint32_t call, uint32_t name,
    uint32_t status)
{
	struct latest_key k = { node, call, name, status };
	uint32_t i = call != 0 ? key_number(f->latest, BYTES_OF(k)) : 0;

	if (i == 0)
		return 0;
	map_remove(f->latest, BYTES_OF(k));
	return f->place[i - 1].effect;
}

/* ---- causes ---- */

/* What makes a user agent send a request of a method: what it has received in
 * the same call. */
static const struct {
	enum msg_method method, after;
	uint32_t status; /* 0: a request; 1 to 6: a class of responses */
} reasons[] = {
	{ MSG_ACK, MSG_INVITE, 2 },
	{ MSG_PRACK, MSG_INVITE, 1 },
	{ MSG_NOTIFY, MSG_SUBSCRIBE, 0 },
	{ MSG_NOTIFY, MSG_REFER, 0 },
	{ MSG_CANCEL, MSG_CANCEL, 0 },
	{ MSG_BYE, MSG_BYE, 0 },
};

/* The same for METHOD; one that no message has had so far is none. */
static uint64_t
remove_latest_of(struct infer *f, const struct correlation_message *m,
    enum msg_method method, uint32_t status)
{
	uint32_t name =
	    numbers_find(f->co->texts, str_of(msg_method_name(method)));

	return name != 0 ? remove_latest(f, m->src, m->call, name, status) : 0;
}

/* A challenge, a redirection, a refusal that can be mended: then the same
 * request goes again with the next CSeq (RFC 3261 8.1.3). */
static uint64_t
tried_again(struct infer *f, const struct correlation_message *m)
{
	uint64_t seq = remove_latest(f, m->src, m->call, m->name, 4);

	return seq != 0 ? seq : remove_latest(f, m->src, m->call, m->name, 3);
}

/* The other side of a back-to-back user agent: the same thing came there. */
static uint64_t
other_leg(struct infer *f, const struct correlation_message *m)
{
	const struct correlation *co = f->co;
	uint32_t root = co->calls[m->call].leg_of, call;
	uint64_t seq = 0;

	call = root != 0 ? root : m->call;
	/* Bounded: who has very many legs is not asked about all of them. */
	for (unsigned n = 0; seq == 0 && call != 0 && n < 8; n++) {
		if (call != m->call)
			seq =
			    remove_latest(f, m->src, call, m->name, m->status);
		call = co->calls[call].leg;
	}
	return seq;
}

static uint64_t
own_request(struct infer *f, const struct correlation_message *m)
{
	uint64_t seq = 0;

	for (size_t i = 0; seq == 0 && i < COUNT_OF(reasons); i++)
		if (m->method == reasons[i].method)
			seq = remove_latest_of(
			    f, m, reasons[i].after, reasons[i].status);
	if (seq == 0 && m->method != MSG_ACK)
		seq = tried_again(f, m);
	if (seq == 0)
		seq = other_leg(f, m);
	/* Some keep the Call-ID and put their own Via in place of the other. */
	if (seq == 0 && m->method != MSG_ACK)
		seq = remove_latest(f, m->src, m->call, m->name, 0);
	return seq;
}

static uint64_t
cause_of_request(struct infer *f, uint32_t i, enum rule_id *why)
{
	const struct correlation_message *m = &f->co->m[i];
	struct infer_tx *tx = infer_find_tx(f, m->src, m->tx, true);
	uint64_t cause = 0;

	*why = m->fwd != CORRELATION_NONE ? RULE_PROXY_FORWARD
	       : m->nvias == 1            ? rule_of_request(m->method, 0)
					  : RULE_NONE;
	if (m->method == MSG_ACK && tx != NULL) {
		*why = RULE_ICT_ACK;
		return tx->fsm;
	}
	if (m->fwd != CORRELATION_NONE)
		cause = f->place[m->fwd].effect;
	if (m->retx != CORRELATION_NONE && tx != NULL &&
	    m->fwd == CORRELATION_NONE) {
		cause = infer_repeat(f, tx, m->t);
		tx->sent = m->t;
		if (cause != 0)
			*why = infer_repeat_rule(tx);
		return cause != 0 ? cause : f->place[m->retx].send;
	}
	if (cause == 0)
		cause = own_request(f, m);
	if (cause == 0 && m->retx != CORRELATION_NONE)
		return f->place[m->retx].send;
	if (m->method == MSG_ACK || tx != NULL)
		return cause;
	tx = infer_new_tx(f, i, true, m->t, cause);
	if (tx != NULL)
		infer_branch_begin(f, i, tx);
	return tx != NULL && tx->fsm != 0 ? tx->fsm : cause;
}

/* What else than the request lets TX, a server's or NULL, answer now. */
static uint64_t
reason_to_answer(struct infer *f, const struct correlation_message *m,
    const struct infer_tx *tx, enum rule_id *why)
{
	uint64_t seq = 0;

	if (m->fwd != CORRELATION_NONE)
		return f->place[m->fwd].effect;
	if (m->status == 487)
		seq = remove_latest_of(f, m, MSG_CANCEL, 0);
	if (seq == 0 && tx != NULL && m->status >= 300)
		seq = infer_branch_reason(tx, m->status, why);
	return seq != 0 ? seq : other_leg(f, m);
}

/* A response that was sent before. */
static uint64_t
answer_again(
    struct infer *f, struct infer_tx *tx, uint32_t i, enum rule_id *why)
{
	const struct correlation_message *m = &f->co->m[i];
	uint64_t cause = tx->again;

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

	*why = m->fwd == CORRELATION_NONE
		   ? rule_of_response(m->method, m->status, 0)
	       : m->status < 200                            ? RULE_PROXY_1XX
	       : m->status < 300 && m->method == MSG_INVITE ? RULE_PROXY_2XX
							    : RULE_PROXY_FINAL;
	if (m->retx != CORRELATION_NONE && tx != NULL) {
		cause = answer_again(f, tx, i, why);
	} else {
		cause = reason_to_answer(f, m, tx, why);
		if (cause == 0 && tx != NULL)
			cause = tx->born;
		if (cause == 0)
			cause = remove_latest(f, m->src, m->call, m->name, 0);
		step = tx != NULL ? infer_step(f, tx, m->t, cause, EVENT_NONE,
					m->status, true)
				  : 0;
		cause = step != 0 ? step : cause;
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
	}
	f->place[i].effect = step != 0 ? step : f->place[i].recv;
	if (tx != NULL && m->status >= 300)
		tx->final = m->status;
	note_latest(f, m, i, m->status);
	if (client)
		note_latest(f, m, i, m->status / 100u);
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
