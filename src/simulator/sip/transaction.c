/*
 * A transaction's life, and what its user may ask of it.  RFC 3261 17.
 */
#include "sip/transaction_in.h"

#include "base/err.h"
#include "base/ref.h"
#include "msg/header_names.h"
#include "rules/rule_names.h"

#include <string.h>

/* What one takes beside its messages. */
#define TRANSACTION_BYTES (sizeof(struct sip_transaction) + 1024)

/* ---- end ---- */

static void
transaction_free(void *p)
{
	struct sip_transaction *tr = p;

	sip_bytes_unref(tr->request);
	sip_bytes_unref(tr->response);
	sip_bytes_unref(tr->ack);
	sip_bytes_unref(tr->plain);
	sim_give_back_memory(sip_sim_of(tr), TRANSACTION_BYTES);
}

void
sip_transaction_end(struct sip_transaction *tr, bool tell)
{
	const struct sip_transaction_ops *ops = tr->ops;
	bool client = tr->machine == SIP_ICT || tr->machine == SIP_NICT;
	struct map *table = client ? tr->stack->clients : tr->stack->servers;

	if (tr->dead)
		return;
	tr->dead = true;
	tr->ops = NULL;
	sip_timers_cancel(tr);
	sip_response_path_end(tr);
	map_drop(table, tr->key, tr);
	list_remove(&tr->link);
	if (tell && ops != NULL && ops->ended != NULL)
		ops->ended(tr, tr->arg);
	sim_release(sip_sim_of(tr));
	ref_drop(tr);
}

void
sip_transaction_destroy(struct sip_transaction *tr)
{
	if (tr != NULL)
		sip_transaction_end(tr, false);
}

void
sip_transaction_give_up(struct sip_transaction *tr, enum rule_id why)
{
	if (tr != NULL && !tr->dead)
		sip_step_given_up(tr, why);
	sip_transaction_destroy(tr);
}

/* ---- beginning ---- */

/* All zero except for its names, which are copied; NULL when memory is out. */
static struct sip_transaction *
allocate_transaction(struct str key, struct str id)
{
	struct sip_transaction *tr =
	    ref_alloc(sizeof(*tr) + key.n + id.n, transaction_free);

	if (tr == NULL)
		return NULL;
	memcpy(tr->text, key.p, key.n);
	tr->key = (struct str){ tr->text, key.n };
	if (id.n > 0)
		memcpy(tr->text + key.n, id.p, id.n);
	tr->id = (struct str){ tr->text + key.n, id.n };
	return tr;
}

/* A transaction in its table; STACK->key is its key. */
static int
create_transaction(struct sip_stack *s, enum sip_machine machine,
    enum addr_transport transport, struct sip_bytes *request, struct str branch,
    struct sip_transaction **trp)
{
	struct sip_transaction *tr =
	    allocate_transaction(buf_view(&s->key), branch);
	struct sip_engine *e = s->config.engine;
	bool client = machine == SIP_ICT || machine == SIP_NICT;

	*trp = NULL;
	if (tr == NULL)
		return sip_no_memory(e);
	tr->stack = s;
	tr->machine = machine;
	tr->table = sip_machine_table(machine);
	tr->state = tr->table->start;
	tr->stream = addr_transports[transport].stream;
	list_init(&tr->link);
	tr->request = sip_bytes_ref(request);
	sim_take_memory(e->sim, TRANSACTION_BYTES);
	if (map_put(client ? s->clients : s->servers, tr->key, tr) != 0) {
		ref_drop(tr);
		return sip_no_memory(e);
	}
	sim_hold(e->sim);
	list_append(&s->transactions, &tr->link);
	*trp = tr;
	return 0;
}

int
sip_server_create(struct sip_stack *s, const struct sip_in *in,
    const struct msg_via *via, struct sip_transaction **trp)
{
	enum sip_machine machine =
	    in->m->method == MSG_INVITE ? SIP_IST : SIP_NIST;
	struct sip_stimulus st = sip_stimulus(machine, SIP_IN_REQUEST);
	struct addr dst = { 0 };
	int err = sip_key_server(s, in->m, via, sip_key_method(in->m));

	*trp = NULL;
	if (err == ERR_NOMEM)
		sip_no_memory(s->config.engine);
	/* Whether the transport is reliable: what counts is how the request
	 * really came, whatever its Via says. */
	if (err == 0)
		err = create_transaction(
		    s, machine, in->src.transport, in->bytes, via->branch, trp);
	if (err != 0)
		return err;
	sip_response_destination(s, via, &in->src, &dst);
	(*trp)->peer = dst.len != 0 ? dst : in->src;
	(*trp)->local = in->at;
	if (dst.len == 0)
		sip_response_path_of(*trp, via, &dst);
	sip_step(*trp, &st, NULL);
	return 0;
}

/* What the responses to M, TR's request, bring back of it. */
static void
transaction_note_request(struct sip_transaction *tr, const struct msg *m)
{
	struct msg_cseq cseq = { 0 };

	msg_cseq_read(msg_value(m, MSG_H_CSEQ), &cseq);
	tr->nvias = msg_count_values(m, MSG_H_VIA);
	tr->call_id = msg_value(m, MSG_H_CALL_ID);
	tr->from_tag = msg_tag_of(m, MSG_H_FROM);
	tr->cseq = cseq.number;
}

/* Starts a client transaction for REQUEST, which is fit for DST.  PLAIN: the
 * same by UDP, where it goes by TCP for its size alone; else NULL. */
static int
transaction_start_client(struct sip_stack *s, struct sip_bytes *request,
    struct sip_bytes *plain, const struct addr *dst,
    const struct sip_origin *origin, const struct sip_transaction_ops *ops,
    void *arg, struct sip_transaction **trp)
{
	struct sip_engine *e = s->config.engine;
	struct sip_stimulus st;
	enum sip_machine machine;
	struct msg_via v;
	int err;

	if (sip_own_read(e, request) != MSG_FAULT_NONE ||
	    msg_top_via(&e->own, &v) != 0)
		return ERR_SYNTAX;
	if (sip_key_client(s, v.branch, e->own.method_name) != 0)
		return sip_no_memory(e);
	if (map_get(s->clients, buf_view(&s->key)) != NULL)
		return ERR_SYNTAX;
	machine = e->own.method == MSG_INVITE ? SIP_ICT : SIP_NICT;
	err = create_transaction(
	    s, machine, dst->transport, request, v.branch, trp);
	if (err != 0)
		return err;
	transaction_note_request(*trp, &e->own);
	(*trp)->peer = *dst;
	(*trp)->local = sip_sent_by(s, &e->own);
	(*trp)->plain = sip_bytes_ref(plain);
	(*trp)->why = *origin;
	(*trp)->ops = ops;
	(*trp)->arg = arg;
	st = sip_stimulus(machine, SIP_IN_SEND_REQUEST);
	sip_step(*trp, &st, NULL);
	return 0;
}

int
sip_client_create(struct sip_stack *s, struct sip_bytes *request,
    const struct addr *dst, const struct sip_origin *origin,
    const struct sip_transaction_ops *ops, void *arg,
    struct sip_transaction **trp)
{
	struct sip_engine *e = s->config.engine;
	uint64_t cause = sim_cause(e->sim);
	struct sip_bytes *fit, *plain = NULL;
	struct addr to = *dst;
	bool congests = false;
	size_t limit;
	int err;

	*trp = NULL;
	if (sip_own_read(e, request) != MSG_FAULT_NONE || !e->own.request ||
	    e->own.method == MSG_ACK)
		return ERR_SYNTAX;
	/* 9.1: a CANCEL goes as the request went that it cancels. */
	if (e->own.method != MSG_CANCEL &&
	    sip_too_large(s, request->n, dst, &limit)) {
		congests = e->own.method == MSG_MESSAGE;
		plain = congests ? NULL : request;
		sip_by_stream(&to);
		sip_record_size(s, &to, limit);
	}
	err = sip_fit_transport(s, request, &to, false, &fit);
	if (err == 0)
		err = transaction_start_client(
		    s, fit, plain, &to, origin, ops, arg, trp);
	if (err == 0)
		(*trp)->congests = congests;
	sip_bytes_unref(fit);
	sim_set_cause(e->sim, cause);
	return err == ERR_NOMEM ? sip_no_memory(e) : err;
}

int
sip_client_again(struct sip_transaction *tr)
{
	struct sip_origin origin = { RULE_TRANSPORT_FALLBACK, tr->why.fwd };
	struct sip_stack *s = tr->stack;
	struct addr dst = tr->peer;
	struct sip_transaction *next = NULL;
	struct sip_bytes *b, *fit = NULL;
	int err = sip_rebranch(s, tr->plain, &b);

	sip_by_datagram(&dst);
	if (err == 0)
		err = sip_fit_transport(s, b, &dst, false, &fit);
	if (err == 0)
		err = transaction_start_client(
		    s, fit, NULL, &dst, &origin, tr->ops, tr->arg, &next);
	sip_bytes_unref(b);
	sip_bytes_unref(fit);
	if (err == ERR_NOMEM)
		sip_no_memory(s->config.engine);
	if (err == 0 && tr->ops->moved != NULL)
		tr->ops->moved(tr, next, tr->arg);
	return err;
}

/* ---- inputs ---- */

static enum sip_input
response_input(unsigned status)
{
	return status < 200   ? SIP_IN_1XX
	       : status < 300 ? SIP_IN_2XX
			      : SIP_IN_FINAL;
}

static enum sip_input
sent_input(unsigned status)
{
	return status < 200   ? SIP_IN_SEND_1XX
	       : status < 300 ? SIP_IN_SEND_2XX
			      : SIP_IN_SEND_FINAL;
}

void
sip_transaction_receive(struct sip_transaction *tr, const struct sip_in *in)
{
	const struct msg *m = in->m;
	struct sip_stimulus st =
	    sip_stimulus(tr->machine, !m->request ? response_input(m->status)
				      : m->method == MSG_ACK ? SIP_IN_ACK
							     : SIP_IN_REQUEST);

	sip_step(tr, &st, in);
}

static bool
is_accepted(const struct sip_transaction *tr)
{
	return tr->state == STATE_ACCEPTED;
}

static bool
transaction_is_answered(const struct sip_transaction *tr)
{
	return tr->state != STATE_PROCEEDING && tr->state != STATE_TRYING;
}

/* When NEXT was sent first, 0 where it never was: the same bytes come again as
 * a proxy forwards a repeated 2xx, in turn with those of another branch. */
static uint64_t
first_sent(struct sip_transaction *tr, const struct sip_bytes *next)
{
	struct str old = STR_NULL;
	uint64_t hash;

	if (tr->response != NULL)
		old = sip_bytes_view(tr->response);
	if (old.n > 0 && str_eq(sip_bytes_view(next), old))
		return tr->response_sent;
	if (is_accepted(tr) && tr->response_sent != 0) {
		unsigned i = tr->nothers++ % SIP_OTHERS;

		tr->others[i].hash = str_hash(old);
		tr->others[i].sent = tr->response_sent;
	}
	if (tr->nothers == 0)
		return 0;
	hash = str_hash(sip_bytes_view(next));
	for (unsigned i = 0; i < tr->nothers && i < SIP_OTHERS; i++)
		if (tr->others[i].hash == hash)
			return tr->others[i].sent;
	return 0;
}

int
sip_server_respond(struct sip_transaction *tr, struct sip_bytes *response,
    const struct sip_origin *origin)
{
	struct sip_engine *e = tr->stack->config.engine;
	struct sip_stimulus st;
	struct sip_bytes *fit;
	enum sip_input input;
	int err;

	if (tr->machine == SIP_ICT || tr->machine == SIP_NICT || tr->dead)
		return ERR_STATE;
	if (sip_own_read(e, response) != MSG_FAULT_NONE || e->own.request)
		return ERR_SYNTAX;
	input = sent_input(e->own.status);
	st = sip_stimulus(tr->machine, input);
	if (is_accepted(tr) ? input != SIP_IN_SEND_2XX
			    : transaction_is_answered(tr))
		return ERR_STATE;
	err = sip_fit_transport(tr->stack, response, &tr->peer, false, &fit);
	if (err != 0)
		return err == ERR_NOMEM ? sip_no_memory(e) : err;
	tr->response_sent = first_sent(tr, fit);
	sip_bytes_unref(tr->response);
	tr->response = fit;
	tr->why = *origin;
	sip_step(tr, &st, NULL);
	return 0;
}

/* ---- questions ---- */

void
sip_transaction_set_user(struct sip_transaction *tr,
    const struct sip_transaction_ops *ops, void *arg)
{
	if (tr->dead)
		return;
	tr->ops = ops;
	tr->arg = arg;
}

struct sip_bytes *
sip_transaction_request(const struct sip_transaction *tr)
{
	return tr->request;
}

struct sip_bytes *
sip_transaction_response(const struct sip_transaction *tr)
{
	return tr->response;
}

const struct addr *
sip_transaction_peer(const struct sip_transaction *tr)
{
	return &tr->peer;
}

const struct addr *
sip_transaction_local(const struct sip_transaction *tr)
{
	return &tr->local;
}

uint64_t
sip_transaction_responded(const struct sip_transaction *tr)
{
	return tr->response_sent;
}

void
sip_transaction_set_mark(struct sip_transaction *tr, struct str mark)
{
	tr->mark = mark;
}

struct str
sip_transaction_mark(const struct sip_transaction *tr)
{
	return tr->mark;
}

void *
sip_transaction_user(const struct sip_transaction *tr)
{
	return tr->arg;
}
