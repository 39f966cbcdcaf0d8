/*
 * One step of a transaction, as its machine's table says: the step is recorded,
 * timers are set and stopped, messages are sent, and then the user is notified.
 * Every record of one input has the step's `fsm` record as its cause.
 *
 * The user, once told, may do anything: answer, start other transactions,
 * destroy this one or the whole stack.  So both are held until the step is
 * over.
 *
 * RFC 3261 17, RFC 6026.
 */
#include "sip/transaction_in.h"

#include "base/ref.h"
#include "rules/rule_names.h"
#include "sip/build.h"

/* Between these two TR and its stack stay in memory. */
static void
enter_step(struct sip_transaction *tr)
{
	ref_keep(tr->stack);
	ref_keep(tr);
}

static void
leave_step(struct sip_transaction *tr)
{
	struct sip_stack *s = tr->stack;

	ref_drop(tr);
	ref_drop(s);
}

/* REASON may be NULL. */
static uint64_t
record_step(struct sip_transaction *tr, const struct machine_edge *e,
    enum event_id event, const char *reason, enum rule_id rule)
{
	struct sim *sim = sip_sim_of(tr);
	struct trace_writer *w = sim_trace(sim);

	if (!trace_wants(w, TRACE_FSM))
		return sim_cause(sim);
	sim_open(sim, TRACE_FSM, tr->stack->config.node, rule);
	trace_put_cstr(w, "machine", tr->table->name);
	trace_put_str(w, "id", tr->id);
	trace_put_cstr(w, "from", state_word(e->from));
	trace_put_cstr(w, "to", state_word(e->to));
	trace_put_cstr(w, "event", event_word(event));
	if (reason != NULL)
		trace_put_cstr(w, "reason", reason);
	return trace_close(w);
}

/* ---- sending ---- */

/* 17.1.1.3: made once, from the INVITE and the first final response. */
static struct sip_bytes *
ack_of(struct sip_transaction *tr, const struct sip_in *in)
{
	struct sip_engine *e = tr->stack->config.engine;

	if (tr->ack == NULL && in != NULL &&
	    sip_own_read(e, tr->request) == MSG_FAULT_NONE &&
	    sip_build_ack(tr->stack, &e->own, in->m, &tr->ack) != 0)
		sip_no_memory(e);
	return tr->ack;
}

/* WHAT is a deed that sends. */
static void
send_one(struct sip_transaction *tr, enum machine_deed what, enum rule_id rule,
    const struct sip_in *in)
{
	struct sim *sim = sip_sim_of(tr);
	struct sip_origin why = { rule, 0 };
	uint64_t *first, seq, cause = sim_cause(sim);
	struct sip_bytes *b;

	if (what == MACHINE_SENDS_ACK) {
		b = ack_of(tr, in);
		first = &tr->ack_sent;
		why.why = RULE_ICT_ACK;
	} else {
		bool request = what == MACHINE_SENDS_REQUEST;

		b = request ? tr->request : tr->response;
		first = request ? &tr->request_sent : &tr->response_sent;
		/* The user's reason holds for what it asks for, not for what
		 * the machine repeats later. */
		if (tr->why.why != RULE_NONE)
			why.why = tr->why.why;
		tr->why.why = RULE_NONE;
		why.fwd = tr->why.fwd;
	}
	if (b == NULL)
		return;
	if (what == MACHINE_SENDS_RESPONSE &&
	    sip_response_path_holds(tr, why.why))
		return;
	if (what == MACHINE_SENDS_RESPONSE && addr_is_stream(&tr->peer) &&
	    !sip_response_path_is_found(tr) &&
	    sip_own_read(tr->stack->config.engine, b) == MSG_FAULT_NONE)
		sip_detour(tr->stack, tr, &tr->peer);
	seq = sip_send(
	    tr->stack, sip_bytes_view(b), &tr->local, &tr->peer, &why, *first);
	if (*first == 0)
		*first = seq;
	sim_set_cause(sim, cause);
}

/* ---- telling ---- */

static void
tell_failed(struct sip_transaction *tr, enum sip_failure why)
{
	if (tr->ops != NULL && tr->ops->failed != NULL)
		tr->ops->failed(tr, why, tr->arg);
}

static void
tell_message(struct sip_transaction *tr, const struct sip_in *in)
{
	if (tr->ops == NULL || in == NULL)
		return;
	if (in->m->request && tr->ops->ack != NULL)
		tr->ops->ack(tr, in, tr->arg);
	if (!in->m->request && tr->ops->response != NULL)
		tr->ops->response(tr, in, tr->arg);
}

/* ---- the step ---- */

/* What E, a step that was made, does. */
static void
carry_out_step(struct sip_transaction *tr, const struct machine_edge *e,
    enum event_id event, const struct sip_in *in)
{
	bool over = machine_ends_in(tr->table, e->to);

	if (!over)
		sip_timers_follow(tr, e->from, event);
	for (unsigned what = MACHINE_SENDS_REQUEST; what <= MACHINE_SENDS_ACK;
	     what <<= 1)
		if ((e->does & what) != 0)
			send_one(tr, what, e->rule, in);
	if ((e->does & MACHINE_GIVES_UP) != 0)
		tell_failed(tr, SIP_TIMEOUT);
	if ((e->does & MACHINE_TELLS) != 0)
		tell_message(tr, in);
	if (over)
		sip_transaction_end(tr, true);
}

/* What the machine has no use for is not a step (a late 1xx). */
void
sip_step(struct sip_transaction *tr, const struct sip_stimulus *st,
    const struct sip_in *in)
{
	const struct machine_edge *e =
	    machine_next(tr->table, tr->state, st->of_table);
	struct sim *sim = sip_sim_of(tr);
	uint64_t old;

	if (e == NULL)
		return;
	enter_step(tr);
	tr->state = e->to;
	old = sim_set_cause(sim, record_step(tr, e, st->id, NULL, e->rule));
	carry_out_step(tr, e, st->of_table, in);
	sim_set_cause(sim, old);
	leave_step(tr);
}

void
sip_step_given_up(struct sip_transaction *tr, enum rule_id why)
{
	const struct machine_edge *e =
	    machine_next(tr->table, tr->state, EVENT_GIVEN_UP);

	if (e == NULL)
		return;
	tr->state = e->to;
	record_step(tr, e, e->event, NULL, why);
}

void
sip_step_again(struct sip_transaction *tr)
{
	enter_step(tr);
	tr->again = true;
	send_one(tr, MACHINE_SENDS_REQUEST, RULE_TRANSPORT_AGAIN, NULL);
	leave_step(tr);
}

void
sip_step_back(
    struct sip_transaction *tr, const struct addr *dst, enum rule_id why)
{
	enter_step(tr);
	tr->peer = *dst;
	tr->detoured = true;
	send_one(tr, MACHINE_SENDS_RESPONSE, why, NULL);
	leave_step(tr);
}

/* RFC 6026 7.1: an INVITE server transaction stays, to absorb repetitions. */
void
sip_step_trouble(struct sip_transaction *tr, const char *how)
{
	const struct machine_edge *e =
	    machine_next(tr->table, tr->state, EVENT_TRANSPORT_ERROR);
	bool over, moved = false;

	if (e == NULL)
		return;
	enter_step(tr);
	tr->state = e->to;
	over = machine_ends_in(tr->table, e->to);
	sim_set_cause(
	    sip_sim_of(tr), record_step(tr, e, e->event, how,
				tr->plain != NULL ? RULE_TRANSPORT_FALLBACK
				: tr->congests    ? RULE_MESSAGE_TCP
						  : e->rule));
	if (tr->plain != NULL && tr->ops != NULL)
		moved = sip_client_again(tr) == 0;
	if (!moved)
		tell_failed(tr, SIP_TRANSPORT);
	if (over)
		sip_transaction_end(tr, !moved);
	leave_step(tr);
}
