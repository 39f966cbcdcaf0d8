/*
 * The rows of invariants, what all checks need, and those of the states of
 * nodes: transactions, offers, bindings, dialogs.
 */
#include "search/invariants.h"

#include "base/array.h"
#include "base/err.h"
#include "base/mem.h"
#include "search/invariants_in.h"

const struct invariant_row invariant_rows[INVARIANT_COUNT] = {
#define X(id, word, rfc, section, text) \
	[INVARIANT_##id] = { word, rfc, section, text },
	SEARCH_INVARIANTS(X)
#undef X
};

void
check_found(
    struct check *c, enum invariant what, struct str node, uint64_t record)
{
	struct findings *f = c->out;

	if (ARRAY_ROOM(&f->list, &f->cap, f->n + 1) != 0) {
		c->err = ERR_NOMEM;
		return;
	}
	f->list[f->n++] = (struct finding){
		.what = what,
		.node = trace_find_name(c->t, node),
		.record = record,
	};
}

bool
check_is_down(const struct check *c, struct str node)
{
	size_t at = 0;

	return state_at_next_crash(c->state, node, &at) != NULL;
}

bool
check_is_undisturbed(const struct check *c)
{
	LOCAL_BUF verb = BUF_INIT;
	struct trace_rec rec;

	if (c->now == c->usual)
		return true;
	if (trace_first_of(c->t, TRACE_FAULT) != 0 ||
	    trace_first_of(c->t, TRACE_DROP) != 0)
		return false;
	for (uint64_t seq = 0; trace_next(c->t, TRACE_ACT, &seq, &rec);) {
		if (str_has_word(
			STR("crash down"), trace_str(&rec, "verb", &verb)))
			return false;
	}
	return true;
}

bool
check_is_program(const struct check *c, struct str node)
{
	const struct trace_node *n = trace_find_node(c->t, node);

	return n != NULL && str_has_word(n->role, STR("script"));
}

uint64_t
check_event_of(const struct trace *t, uint64_t seq)
{
	uint64_t cause;

	while ((cause = trace_cause_of(t, seq)) != 0 &&
	       trace_time_of(t, cause) == trace_time_of(t, seq) &&
	       (trace_node_of(t, cause) == trace_node_of(t, seq) ||
		   trace_kind_of(t, cause) == TRACE_ACT))
		seq = cause;
	return seq;
}

/* A program has set a timer when it wrote record SEQ, which has not fired: as
 * the records say, since the state has one timer only of each program's line.
 */
static bool
check_program_waits(const struct check *c, uint64_t seq)
{
	int64_t end = trace_time_of(c->t, trace_count(c->t));
	uint64_t event = check_event_of(c->t, seq);
	LOCAL_BUF scratch = BUF_INIT;
	struct trace_rec rec;

	for (uint64_t at = seq; trace_next(c->t, TRACE_TIMER, &at, &rec) &&
				rec.t == trace_time_of(c->t, seq);)
		if (check_event_of(c->t, at) == event &&
		    trace_node_of(c->t, at) == trace_node_of(c->t, seq) &&
		    check_is_program(c, rec.node) &&
		    str_is(trace_str(&rec, "name", &scratch), "after") &&
		    trace_int(&rec, "due", 0) > end)
			return true;
	return false;
}

/* The host of a URI, or of an address. */
static struct str
host_in(struct str at)
{
	ptrdiff_t scheme = str_find(at, "sip:"), user;

	if (scheme < 0)
		scheme = str_find(at, "sips:");
	if (scheme >= 0)
		at = str_slice(at,
		    (size_t)str_chr(str_slice(at, (size_t)scheme, at.n), ':') +
			(size_t)scheme + 1,
		    at.n);
	user = str_chr(at, '@');
	if (user >= 0)
		at = str_slice(at, (size_t)user + 1, at.n);
	for (size_t i = 0; i < at.n; i++)
		if (at.p[i] == ';' || at.p[i] == '>' || at.p[i] == '?')
			return trace_host_of(str_slice(at, 0, i));
	return trace_host_of(at);
}

/* NODE has another address at the end than at the start.  One with several may
 * have kept the others. */
static bool
has_left(const struct trace_node *n, bool moved)
{
	return moved && str_find(n->addr, " ") < 0;
}

/* No address, of either version: which node's it is is not looked up. */
static bool
invariant_is_name(struct str host)
{
	return host.n == 0 ||
	       (str_chr(host, ':') < 0 && !chr_is_digit(host.p[0]));
}

bool
check_is_at(const struct check *c, struct str node, struct str at)
{
	const struct trace_node *n = trace_find_node(c->t, node);
	const struct state_at_move *move;
	struct str host = host_in(at);
	bool moved = false;
	size_t i = 0;

	while ((move = state_at_next_move(c->state, node, &i)) != NULL) {
		if (str_eq(trace_host_of(move->addr), host))
			return true;
		moved = true;
	}
	/* A name of the node is its own as well. */
	return n == NULL ||
	       (!has_left(n, moved) && trace_node_has_addr(n, host)) ||
	       invariant_is_name(host);
}

/* The dialog D as its other side has it, at another node. */
static const struct state_at_dialog *
other_side(const struct check *c, const struct state_at_dialog *d)
{
	const struct state_at_dialog *o;
	size_t at = 0;

	while ((o = state_at_next_dialog(c->state, STR_NULL, &at)) != NULL)
		if (str_eq(o->call_id, d->call_id) &&
		    str_eq(o->local_tag, d->remote_tag) &&
		    str_eq(o->remote_tag, d->local_tag))
			return o;
	return NULL;
}

static bool
is_dialog_in(const struct state_at_dialog *d, enum state_id state)
{
	return str_is(d->state, state_word(state));
}

/* D is a subscription's (RFC 6665), and a timer of one runs at its node: it is
 * asked for again, or ends, when that fires. */
static bool
ends_with_subscription(const struct check *c, const struct state_at_dialog *d)
{
	const struct state_at_transaction *tr;
	struct trace_rec rec;
	size_t at = 0;

	trace_get(c->t, d->first, &rec);
	if (!str_starts(trace_why(&rec), "rfc6665"))
		return false;
	while (
	    (tr = state_at_next_transaction(c->state, d->node, &at)) != NULL) {
		const struct state_at_timer *timer;
		size_t i = 0;

		if (!str_is(tr->machine_name, "subscription"))
			continue;
		while ((timer = state_at_next_timer(c->state, d->node, &i)) !=
		       NULL)
			if (str_eq(timer->id, tr->id))
				return true;
	}
	return false;
}

/* A timer will end the confirmed dialog D: that of a session (RFC 4028), of a
 * program that asks whether the other side is there, or of a subscription. */
static bool
is_timed(const struct check *c, const struct state_at_dialog *d)
{
	return check_runs_timer(
		   c, d->node, "", "session session-refresh watch") ||
	       ends_with_subscription(c, d);
}

static void
check_dialog(struct check *c, const struct state_at_dialog *d)
{
	const struct state_at_dialog *o = other_side(c, d);

	if (o != NULL && check_is_down(c, o->node))
		o = NULL;
	if (is_dialog_in(d, STATE_EARLY)) {
		/* A caller's lasts as long as more 2xx may come (RFC 3261
		 * 13.2.2.4). */
		if (o == NULL && !check_runs_timer(c, d->node, "ICT", NULL))
			check_found(c, INVARIANT_RINGS_ON, d->node, d->last);
		return;
	}
	if (is_dialog_in(d, STATE_MORATORIUM) &&
	    !check_runs_timer(c, d->node, "", "2xx"))
		check_found(c, INVARIANT_HALF_OPEN, d->node, d->last);
	if (!is_dialog_in(d, STATE_CONFIRMED))
		return;
	if (o == NULL && !is_timed(c, d) &&
	    (d->target.n == 0 || !check_handset_is_in(c, d->target)))
		check_found(c, INVARIANT_ONE_SIDED, d->node, d->last);
	else if (o == NULL)
		return;
	else if (d->target.n > 0 && !check_is_at(c, o->node, d->target))
		check_found(c, INVARIANT_WRONG_TARGET, d->node, d->last);
}

void
check_dialogs(struct check *c)
{
	const struct state_at_dialog *d;
	size_t at = 0;

	while ((d = state_at_next_dialog(c->state, STR_NULL, &at)) != NULL)
		if (!check_is_down(c, d->node))
			check_dialog(c, d);
}

static bool
has_timer(const struct check *c, const struct state_at_transaction *tr)
{
	const struct state_at_timer *timer;
	size_t at = 0;

	while ((timer = state_at_next_timer(c->state, tr->node, &at)) != NULL)
		if (state_at_owns_timer(tr, timer))
			return true;
	return false;
}

/* Stateless proxies one behind the other, at most. */
#define STATELESS_MOST 8

/* A client that has no final response yet. */
static bool
is_asking(const struct state_at_transaction *tr)
{
	static const enum state_id asking[] = { STATE_CALLING, STATE_TRYING,
		STATE_PROCEEDING };

	if (!str_is(tr->machine_name, "ICT") &&
	    !str_is(tr->machine_name, "NICT"))
		return false;
	for (size_t i = 0; i < COUNT_OF(asking); i++)
		if (str_is(tr->state, state_word(asking[i])))
			return true;
	return false;
}

/* O, which has no final response, is of a change within a call of a program
 * that waits for nothing any more: no timer that it has set, no answer. */
static bool
is_forgotten(const struct check *c, const struct state_at_transaction *o)
{
	LOCAL_BUF scratch = BUF_INIT;
	const struct state_at_transaction *tr;
	const struct state_at_timer *timer;
	const struct state_at_dialog *d;
	struct trace_send asked;
	struct trace_rec rec;
	size_t at = 0;

	if (!str_is(o->machine_name, "IST") ||
	    !str_is(o->state, state_word(STATE_PROCEEDING)) ||
	    !check_is_program(c, o->node))
		return false;
	while ((timer = state_at_next_timer(c->state, o->node, &at)) != NULL)
		if (timer->machine.n == 0 && !str_is(timer->name, "watch"))
			return false;
	at = 0;
	while ((tr = state_at_next_transaction(c->state, o->node, &at)) != NULL)
		if (is_asking(tr))
			return false;
	trace_get(c->t, trace_cause_of(c->t, o->first), &rec);
	trace_get(c->t, trace_send_of(c->t, &rec), &rec);
	if (trace_get_send(&rec, &asked, &scratch) != 0)
		return false;
	at = 0;
	while ((d = state_at_next_dialog(c->state, o->node, &at)) != NULL)
		if (str_eq(d->call_id, asked.call_id) &&
		    is_dialog_in(d, STATE_CONFIRMED))
			return true;
	return false;
}

/* The server transaction of branch ID, which is NODE's, lives, at another node
 * that is up. */
static bool
lives_elsewhere(const struct check *c, struct str node, struct str id)
{
	const struct state_at_transaction *o;
	size_t at = 0;

	while ((o = state_at_next_transaction(c->state, STR_NULL, &at)) != NULL)
		if (str_eq(o->id, id) && !str_eq(o->node, node) &&
		    !check_is_down(c, o->node) && !is_forgotten(c, o))
			return true;
	return false;
}

/* NODE has had a server transaction of branch ID. */
static bool
has_served(const struct check *c, struct str node, struct str id)
{
	LOCAL_BUF scratch = BUF_INIT;
	bool found = false;
	struct trace_rec rec;

	for (uint64_t seq = 0;
	     !found && trace_next(c->t, TRACE_FSM, &seq, &rec);) {
		found = str_eq(rec.node, node) &&
			str_eq(trace_str(&rec, "id", &scratch), id);
	}
	return found;
}

/* The send of branch ID that a node passes on, from record *SEQ on; it is
 * in PASSED. */
static bool
next_passed(const struct check *c, uint64_t *seq, struct str id,
    struct trace_send *passed, struct buf *scratch)
{
	LOCAL_BUF other = BUF_INIT;
	bool found = false;

	while (!found && ++*seq <= trace_count(c->t)) {
		struct trace_rec rec;
		struct trace_send came;

		if (trace_kind_of(c->t, *seq) != TRACE_SEND ||
		    trace_is_retx(c->t, *seq))
			continue;
		trace_get(c->t, *seq, &rec);
		if (trace_get_send(&rec, passed, scratch) != 0 ||
		    passed->fwd == 0 || passed->status != 0)
			continue;
		trace_get(c->t, passed->fwd, &rec);
		rec.seq = trace_send_of(c->t, &rec);
		if (rec.seq == 0)
			continue;
		trace_get(c->t, rec.seq, &rec);
		found = trace_get_send(&rec, &came, &other) == 0 &&
			str_eq(came.branch, id) &&
			str_eq(came.method, passed->method);
	}
	return found;
}

/* The server transaction that answers the branch ID of NODE lives, at a node
 * that is up, maybe behind stateless proxies, which have none. */
static bool
answers(const struct check *c, struct str node, struct str id, unsigned depth)
{
	LOCAL_BUF scratch = BUF_INIT;
	struct trace_send passed;
	uint64_t seq = 0;
	bool found = lives_elsewhere(c, node, id);

	while (
	    !found && depth > 0 && next_passed(c, &seq, id, &passed, &scratch))
		found = !check_is_down(c, passed.src) &&
			!has_served(c, passed.src, id) &&
			answers(c, passed.src, passed.branch, depth - 1);
	return found;
}

static bool
invariant_is_answered(
    const struct check *c, const struct state_at_transaction *tr)
{
	return answers(c, tr->node, tr->id, STATELESS_MOST);
}

bool
check_is_busy(const struct check *c)
{
	const struct state_at_transaction *tr;
	size_t at = 0;

	while (
	    (tr = state_at_next_transaction(c->state, STR_NULL, &at)) != NULL)
		if (is_asking(tr) && !check_is_down(c, tr->node) &&
		    (has_timer(c, tr) || invariant_is_answered(c, tr)))
			return true;
	return false;
}

void
findings_free(struct findings *f)
{
	mem_free(f->list);
	*f = (struct findings){ .n = 0 };
}

/* ---- dialogs, from either side ---- */

bool
check_handset_is_in(const struct check *c, struct str target)
{
	const struct trace_head *h = trace_head(c->t);

	for (size_t i = 0; i < h->nnodes; i++) {
		const struct trace_node *n = &h->nodes[i];
		size_t call = 0;

		if (str_has_word(n->role, STR("handset")) &&
		    !check_is_down(c, n->name) &&
		    (target.n == 0 || check_is_at(c, n->name, target)) &&
		    state_at_next_call(c->state, n->name, &call) != NULL)
			return true;
	}
	return false;
}

bool
check_runs_timer(const struct check *c, struct str node, const char *machine,
    const char *names)
{
	const struct state_at_timer *timer;
	size_t at = 0;

	while ((timer = state_at_next_timer(c->state, node, &at)) != NULL)
		if (str_is(timer->machine, machine) &&
		    (names == NULL || str_has_word(str_of(names), timer->name)))
			return true;
	return false;
}

/* ---- transactions, offers and bindings ---- */

/* Some timer of M runs in STATE, and would end it. */
static bool
is_bounded(const struct machine *m, enum state_id state)
{
	for (size_t i = 0; i < m->ntimers; i++)
		if (m->timers[i].event != EVENT_NONE &&
		    machine_timer_runs(&m->timers[i], state))
			return true;
	return false;
}

static bool
is_transaction(const struct state_at_transaction *tr)
{
	static const char *const names[] = { "ICT", "NICT", "IST", "NIST" };

	for (size_t i = 0; i < COUNT_OF(names); i++)
		if (str_is(tr->machine_name, names[i]))
			return tr->machine != NULL;
	return false;
}

static void
check_transaction(struct check *c, const struct state_at_transaction *tr)
{
	const struct machine_state *s =
	    machine_find_state(tr->machine, tr->state);

	if (s == NULL || has_timer(c, tr))
		return;
	if (is_bounded(tr->machine, s->id))
		check_found(c, INVARIANT_OUTLIVES, tr->node, tr->last);
	else if (is_asking(tr) && !invariant_is_answered(c, tr) &&
		 !check_program_waits(c, tr->first))
		check_found(c, INVARIANT_WAITS, tr->node, tr->last);
}

static void
check_offer(struct check *c, const struct state_at_transaction *tr)
{
	static const enum state_id open[] = { STATE_OFFERED, STATE_ANSWERING,
		STATE_REOFFERED, STATE_REANSWERING };

	const struct state_at_call *call =
	    state_at_find_call(c->state, tr->node, tr->id);

	/* That of a branch of a fork that was not taken ends with the INVITE's
	 * transaction (RFC 3261 13.2.2.4). */
	if (c->busy || call == NULL ||
	    !str_is(call->state, state_word(STATE_CONFIRMED)) ||
	    check_runs_timer(c, tr->node, "ICT", NULL))
		return;
	for (size_t i = 0; i < COUNT_OF(open); i++)
		if (str_is(tr->state, state_word(open[i])))
			check_found(
			    c, INVARIANT_OFFER_OPEN, tr->node, tr->last);
}

/* The offer of a call that goes on, or of a change of it, whose answer was
 * missing where it should have been, as record BAD says. */
static void
check_missing(struct check *c, uint64_t bad, struct buf *scratch)
{
	struct str node = trace_name(c->t, trace_node_of(c->t, bad));
	const struct state_at_call *call;
	struct trace_rec rec;

	for (uint64_t seq = bad + 1;
	     seq <= trace_count(c->t) &&
	     trace_cause_of(c->t, seq) == trace_cause_of(c->t, bad);
	     seq++) {
		if (trace_kind_of(c->t, seq) != TRACE_FSM)
			continue;
		trace_get(c->t, seq, &rec);
		if (!str_is(trace_str(&rec, "event", scratch), "no answer"))
			return;
		call = state_at_find_call(
		    c->state, node, trace_str(&rec, "id", scratch));
		if (call != NULL &&
		    str_is(call->state, state_word(STATE_CONFIRMED)))
			check_found(c, INVARIANT_OFFER_OPEN, node, bad);
		return;
	}
}

static void
check_missing_answers(struct check *c)
{
	LOCAL_BUF scratch = BUF_INIT;
	struct trace_rec rec;

	for (uint64_t seq = 0; trace_next(c->t, TRACE_BAD, &seq, &rec);) {
		if (str_is(trace_str(&rec, "fault", &scratch), "no-answer"))
			check_missing(c, seq, &scratch);
	}
}

void
check_transactions(struct check *c)
{
	const struct state_at_transaction *tr;
	size_t at = 0;

	while (
	    (tr = state_at_next_transaction(c->state, STR_NULL, &at)) != NULL)
		if (is_transaction(tr) && !check_is_down(c, tr->node))
			check_transaction(c, tr);
	at = 0;
	while (
	    (tr = state_at_next_transaction(c->state, STR_NULL, &at)) != NULL)
		if (str_is(tr->machine_name, "offer-answer") &&
		    !check_is_down(c, tr->node))
			check_offer(c, tr);
	if (!c->busy)
		check_missing_answers(c);
}

/* ---- registrations ---- */

static bool
invariant_is_registered(const struct state_at_transaction *tr)
{
	return str_is(tr->machine_name, "registration") &&
	       (str_is(tr->state, state_word(STATE_REGISTERED)) ||
		   str_is(tr->state, state_word(STATE_REFRESHING)));
}

static bool
somebody_knows(const struct check *c, struct str node)
{
	const struct state_at_binding *b;
	size_t at = 0;

	while ((b = state_at_next_binding(c->state, STR_NULL, &at)) != NULL)
		if (!check_is_down(c, b->node) &&
		    check_is_at(c, node, b->contact))
			return true;
	return false;
}

/* A registrar that tells of its bindings has had one of NODE. */
static bool
was_known(const struct check *c, struct str node)
{
	LOCAL_BUF scratch = BUF_INIT;
	bool known = false;
	struct trace_rec rec;

	for (uint64_t seq = 0;
	     !known && trace_next(c->t, TRACE_BINDING, &seq, &rec);) {
		known =
		    check_is_at(c, node, trace_str(&rec, "contact", &scratch));
	}
	return known;
}

/* B is of a phone that has given up its registration. */
static void
check_binding(struct check *c, const struct state_at_binding *b)
{
	const struct state_at_transaction *tr;
	bool seen = false;
	size_t at = 0;

	while (
	    (tr = state_at_next_transaction(c->state, STR_NULL, &at)) != NULL) {
		if (!str_is(tr->machine_name, "registration") ||
		    !check_is_at(c, tr->node, b->contact))
			continue;
		seen = true;
		if (!str_is(tr->state, state_word(STATE_UNREGISTERED)))
			return;
	}
	if (seen)
		check_found(c, INVARIANT_STALE_BINDING, b->node, b->last);
}

void
check_bindings(struct check *c)
{
	const struct state_at_transaction *tr;
	const struct state_at_binding *b;
	size_t at = 0;

	while (
	    (tr = state_at_next_transaction(c->state, STR_NULL, &at)) != NULL)
		if (invariant_is_registered(tr) &&
		    !check_is_down(c, tr->node) &&
		    !somebody_knows(c, tr->node) && was_known(c, tr->node))
			check_found(c, INVARIANT_UNBOUND, tr->node, tr->last);
	at = 0;
	while ((b = state_at_next_binding(c->state, STR_NULL, &at)) != NULL)
		if (!check_is_down(c, b->node))
			check_binding(c, b);
}
