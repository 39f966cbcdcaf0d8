/*
 * One step of a transaction.  An input is fed to libosip2's machine; what the
 * machine asks for meanwhile (engine.step) is done after it has returned: the
 * step is recorded, timers are brought in line with the machine's, messages are
 * sent, and then the user is notified.  Every record of one input has the
 * step's `fsm` record as its cause.
 *
 * The user, once told, may do anything: answer, start other transactions,
 * destroy this one or the whole stack.  So both are held until the step is
 * over.
 *
 * RFC 3261 17, RFC 6026.
 */
#include "sip/transaction_in.h"

#include "base/err.h"
#include "base/ref.h"
#include "rules/rule_names.h"
#include "sip/build.h"
#include "sip/stand_in.h"

#include <assert.h>
#include <stdlib.h> /* libosip2's macros want it */
#include <string.h>

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
sip_machine_step_record(struct sip_transaction *tr,
    const struct machine_edge *e, enum event_id event, const char *reason,
    enum rule_id rule)
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

static void
send_one(struct sip_transaction *tr, enum sip_sent what, enum rule_id rule,
    const struct sip_in *in)
{
	struct sim *sim = sip_sim_of(tr);
	struct sip_origin why = { rule, 0 };
	uint64_t *first, seq, cause = sim_cause(sim);
	struct sip_bytes *b;

	if (what == SIP_SENT_ACK) {
		b = ack_of(tr, in);
		first = &tr->ack_sent;
		why.why = RULE_ICT_ACK;
	} else {
		bool request = what == SIP_SENT_REQUEST;

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
	if (what == SIP_SENT_RESPONSE && sip_way_back_holds(tr, why.why))
		return;
	if (what == SIP_SENT_RESPONSE && addr_is_stream(&tr->peer) &&
	    !sip_way_back_is_found(tr) &&
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

/* ---- the machine's ---- */

/* RFC 6026: a 2xx ends libosip2's machine, but not the transaction. */
static bool
sip_machine_step_accepts(const struct sip_transaction *tr, enum sip_input input)
{
	return (tr->machine == SIP_ICT && input == SIP_IN_2XX) ||
	       (tr->machine == SIP_IST && input == SIP_IN_SEND_2XX);
}

/* States in which nothing is decided any more: a message is absorbed or gets
 * its answer again until a timer ends it.  The table alone does for that, and
 * libosip2's transaction, which is sixteen times as large, goes. */
static bool
only_waits(const struct sip_transaction *tr)
{
	return tr->state ==
	       (tr->machine == SIP_IST ? STATE_CONFIRMED : STATE_COMPLETED);
}

/* Lets libosip2 execute the input; takes MSG.  0 or ERR_NOMEM. */
static int
sip_machine_step_execute(struct sip_transaction *tr, type_t event,
    osip_message_t *msg, struct sip_step *done)
{
	struct sip_engine *e = tr->stack->config.engine;
	osip_event_t *evt = NULL;

	if (sip_engine_enter(e) == 0) {
		evt = osip_malloc(sizeof(*evt));
		if (evt == NULL)
			sip_no_memory(e);
	}
	if (evt == NULL) {
		osip_message_free(msg);
		return ERR_NOMEM;
	}
	*evt = (osip_event_t){ event, 0, msg };
	memset(&e->step, 0, sizeof(e->step));
	/* The library frees the event and keeps or frees the message. */
	osip_transaction_execute(tr->osip, evt);
	*done = e->step; /* NOLINT(clang-analyzer-unix.Malloc) */
	return 0;
}

/* What follows from a step of libosip2's machine. */
static void
sip_machine_step_carry_out(struct sip_transaction *tr,
    const struct sip_stimulus *st, enum rule_id rule,
    const struct sip_step *done, const struct sip_in *in)
{
	bool accepted = done->killed && sip_machine_step_accepts(tr, st->input);

	if (accepted) {
		sip_transaction_drop_osip(tr);
		sip_timers_accepted(tr);
	} else if (!done->killed) {
		sip_timers_sync(tr);
		if (only_waits(tr))
			sip_transaction_drop_osip(tr);
	}
	for (unsigned i = 0; i < done->nsends; i++)
		send_one(tr, done->sends[i], rule, in);
	if (done->timeout || (st->event == TIMEOUT_H && done->killed))
		tell_failed(tr, SIP_TIMEOUT);
	else if (done->deliver)
		tell_message(tr, in);
	if (done->killed && !accepted)
		sip_transaction_end(tr, true);
}

static void
sip_machine_step_once(struct sip_transaction *tr, const struct sip_stimulus *st,
    osip_message_t *msg, const struct sip_in *in)
{
	struct sim *sim = sip_sim_of(tr);
	const struct machine_edge *e;
	enum state_id from = tr->state;
	struct sip_step done;
	uint64_t old;

	if (sip_machine_step_execute(tr, st->event, msg, &done) != 0)
		return;
	tr->state = !done.killed ? sip_machine_state(tr)
		    : sip_machine_step_accepts(tr, st->input)
			? STATE_ACCEPTED
			: STATE_TERMINATED;
	e = machine_edge_of(tr->table, from, st->id, tr->state);
	if (e == NULL) {
		/* What the machine has no use for is not a step (a late 1xx).
		 */
		assert(from == tr->state && done.nsends == 0 && !done.deliver);
		return;
	}
	old = sim_set_cause(
	    sim, sip_machine_step_record(tr, e, st->id, NULL, e->rule));
	sip_machine_step_carry_out(tr, st, e->rule, &done, in);
	sim_set_cause(sim, old);
}

/* What a transaction without libosip2's does with an input that is a step of
 * it: in `accepted`, where only RFC 6026 speaks (7.1, 7.2), or while it only
 * waits. */
static void
carry_out_alone(struct sip_transaction *tr, enum sip_input input,
    enum rule_id rule, const struct sip_in *in)
{
	bool accepted = tr->state == STATE_ACCEPTED;

	if (input == SIP_IN_SEND_2XX ||
	    (tr->machine == SIP_NIST && input == SIP_IN_REQUEST))
		send_one(tr, SIP_SENT_RESPONSE, rule, in);
	else if (accepted && (input == SIP_IN_ACK || input == SIP_IN_2XX))
		tell_message(tr, in);
	else if (tr->machine == SIP_ICT && input == SIP_IN_FINAL)
		send_one(tr, SIP_SENT_ACK, rule, in);
}

static void
step_alone(struct sip_transaction *tr, const struct sip_stimulus *st,
    const struct sip_in *in)
{
	const struct machine_edge *e =
	    machine_edge_of(tr->table, tr->state, st->id, tr->state);
	struct sim *sim = sip_sim_of(tr);
	uint64_t old;

	if (e == NULL)
		return;
	old = sim_set_cause(
	    sim, sip_machine_step_record(tr, e, st->id, NULL, e->rule));
	carry_out_alone(tr, st->input, e->rule, in);
	sim_set_cause(sim, old);
}

void
sip_step(struct sip_transaction *tr, const struct sip_stimulus *st,
    osip_message_t *msg, const struct sip_in *in)
{

	enter_step(tr);
	if (tr->osip != NULL) {
		sip_machine_step_once(tr, st, msg, in);
	} else {
		osip_message_free(msg);
		step_alone(tr, st, in);
	}
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
	sip_machine_step_record(tr, e, e->event, NULL, why);
}

void
sip_step_over(struct sip_transaction *tr, const struct sip_stimulus *st)
{
	const struct machine_edge *e =
	    machine_next(tr->table, tr->state, st->id);

	assert(e != NULL);
	enter_step(tr);
	tr->state = e->to;
	sim_set_cause(sip_sim_of(tr),
	    sip_machine_step_record(tr, e, e->event, NULL, e->rule));
	sip_transaction_end(tr, true);
	leave_step(tr);
}

void
sip_step_again(struct sip_transaction *tr)
{
	enter_step(tr);
	tr->again = true;
	send_one(tr, SIP_SENT_REQUEST, RULE_TRANSPORT_AGAIN, NULL);
	leave_step(tr);
}

void
sip_step_back(
    struct sip_transaction *tr, const struct addr *dst, enum rule_id why)
{
	enter_step(tr);
	tr->peer = *dst;
	tr->detoured = true;
	send_one(tr, SIP_SENT_RESPONSE, why, NULL);
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
	    sip_sim_of(tr), sip_machine_step_record(tr, e, e->event, how,
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

/*
 * Stand-ins.  What this node sends goes out as the bytes it has; of it
 * libosip2's machines (RFC 3261 17) need no more than shows them what it is:
 * method or status, and a topmost Via.  Of an INVITE they copy URI, From, To,
 * Call-ID and CSeq into the ACK for a rejection, and ask nothing of them but to
 * be there; the ACK that goes out is ours.  So nothing that was written here is
 * parsed again.
 */

static char *
sip_machine_step_copy(struct str s)
{
	char *p = osip_malloc(s.n + 1);

	if (p != NULL) {
		memcpy(p, s.p, s.n);
		p[s.n] = '\0';
	}
	return p;
}

/* libosip2 keeps, and frees, what its fields are set to.
 * NOLINTBEGIN(clang-analyzer-unix.Malloc) */
static osip_uri_t *
sip_machine_step_nowhere(void)
{
	osip_uri_t *u;

	if (osip_uri_init(&u) != 0)
		return NULL;
	osip_uri_set_scheme(u, sip_machine_step_copy(STR("sip")));
	osip_uri_set_host(u, sip_machine_step_copy(STR("invalid")));
	return u;
}

static bool
sip_machine_step_put_via(osip_message_t *o, struct str transport)
{
	osip_via_t *via;

	if (osip_via_init(&via) != 0)
		return false;
	/* libosip2 5.3.1 has other names for what sets these, in a library of
	 * the same name: a program that calls either runs with one version
	 * alone. */
	via->version = sip_machine_step_copy(STR("2.0"));
	via->protocol = sip_machine_step_copy(transport);
	via->host = sip_machine_step_copy(STR("invalid"));
	return osip_list_add(&o->vias, via, 0) > 0;
}

/* What osip_transaction_init and the ACK for a rejected INVITE copy. */
static bool
sip_machine_step_add_identity(osip_message_t *o, struct str method)
{
	if (osip_from_init(&o->from) != 0 || osip_to_init(&o->to) != 0 ||
	    osip_call_id_init(&o->call_id) != 0 ||
	    osip_cseq_init(&o->cseq) != 0)
		return false;
	osip_message_set_uri(o, sip_machine_step_nowhere());
	o->from->url = sip_machine_step_nowhere();
	o->to->url = sip_machine_step_nowhere();
	osip_call_id_set_number(
	    o->call_id, sip_machine_step_copy(STR("stand-in")));
	osip_cseq_set_number(o->cseq, sip_machine_step_copy(STR("1")));
	osip_cseq_set_method(o->cseq, sip_machine_step_copy(method));
	return o->req_uri != NULL && o->from->url != NULL && o->to->url != NULL;
}

/* An empty message, or NULL. */
static osip_message_t *
begin_stand_in_message(struct sip_engine *e)
{
	osip_message_t *o;

	if (sip_engine_enter(e) != 0)
		return NULL;
	if (osip_message_init(&o) != 0) {
		sip_no_memory(e);
		return NULL;
	}
	osip_message_set_version(o, sip_machine_step_copy(STR("SIP/2.0")));
	return o;
}

static osip_message_t *
sip_machine_step_end(struct sip_engine *e, osip_message_t *o, bool ok)
{
	if (ok)
		return o;
	osip_message_free(o);
	sip_no_memory(e);
	return NULL;
}

osip_message_t *
sip_stand_in_request(
    struct sip_engine *e, struct str method, struct str transport)
{
	osip_message_t *o = begin_stand_in_message(e);

	if (o == NULL)
		return NULL;
	osip_message_set_method(o, sip_machine_step_copy(method));
	return sip_machine_step_end(e, o,
	    sip_machine_step_put_via(o, transport) &&
		(!str_eq(method, STR("INVITE")) ||
		    sip_machine_step_add_identity(o, method)));
}

osip_message_t *
sip_stand_in_response(struct sip_engine *e, unsigned status)
{
	osip_message_t *o = begin_stand_in_message(e);

	if (o == NULL)
		return NULL;
	osip_message_set_status_code(o, (int)status);
	/* They say where it would go; where it goes is our business. */
	return sip_machine_step_end(e, o,
	    sip_machine_step_put_via(
		o, str_of(addr_transports[ADDR_DEFAULT].name)));
}
/* NOLINTEND(clang-analyzer-unix.Malloc) */
