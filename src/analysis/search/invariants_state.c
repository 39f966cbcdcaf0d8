/* Transactions, offers and bindings. */
#include "search/invariants_in.h"

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
has_timer(const struct check *c, const struct fold_transaction *tr)
{
	const struct fold_timer *timer;
	size_t at = 0;

	while ((timer = fold_next_timer(c->fold, tr->node, &at)) != NULL)
		if (fold_owns_timer(tr, timer))
			return true;
	return false;
}

static bool
is_transaction(const struct fold_transaction *tr)
{
	static const char *const names[] = { "ICT", "NICT", "IST", "NIST" };

	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++)
		if (str_is(tr->machine_name, names[i]))
			return tr->machine != NULL;
	return false;
}

/* The server transaction of branch ID, which is NODE's, lives, at another node
 * that is up. */
static bool
lives_elsewhere(const struct check *c, struct str node, struct str id)
{
	const struct fold_transaction *o;
	size_t at = 0;

	while ((o = fold_next_transaction(c->fold, STR_NULL, &at)) != NULL)
		if (str_eq(o->id, id) && !str_eq(o->node, node) &&
		    !check_is_down(c, o->node))
			return true;
	return false;
}

/* NODE has had a server transaction of branch ID. */
static bool
has_served(const struct check *c, struct str node, struct str id)
{
	struct buf scratch = BUF_INIT;
	bool found = false;

	for (uint64_t seq = 1; !found && seq <= trace_count(c->t); seq++) {
		struct trace_rec rec;

		if (trace_kind_of(c->t, seq) != TRACE_FSM)
			continue;
		trace_get(c->t, seq, &rec);
		found = str_eq(rec.node, node) &&
			str_eq(trace_str(&rec, "id", &scratch), id);
	}
	buf_free(&scratch);
	return found;
}

/* Stateless proxies one behind the other, at most. */
#define STATELESS_MOST 8

/* The send of branch ID that a node passes on, from record *SEQ on; it stands
 * in PASSED. */
static bool
next_passed(const struct check *c, uint64_t *seq, struct str id,
    struct trace_send *passed, struct buf *scratch)
{
	struct buf other = BUF_INIT;
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
	buf_free(&other);
	return found;
}

/* The server transaction that answers the branch ID of NODE lives, at a node
 * that is up, maybe behind stateless proxies, which have none. */
static bool
answers(const struct check *c, struct str node, struct str id, unsigned depth)
{
	struct buf scratch = BUF_INIT;
	struct trace_send passed;
	uint64_t seq = 0;
	bool found = lives_elsewhere(c, node, id);

	while (
	    !found && depth > 0 && next_passed(c, &seq, id, &passed, &scratch))
		found = !check_is_down(c, passed.src) &&
			!has_served(c, passed.src, id) &&
			answers(c, passed.src, passed.branch, depth - 1);
	buf_free(&scratch);
	return found;
}

static bool
is_answered(const struct check *c, const struct fold_transaction *tr)
{
	return answers(c, tr->node, tr->id, STATELESS_MOST);
}

/* A client that has no final response yet. */
static bool
is_asking(const struct fold_transaction *tr)
{
	static const enum state_id asking[] = { STATE_CALLING, STATE_TRYING,
		STATE_PROCEEDING };

	if (!str_is(tr->machine_name, "ICT") &&
	    !str_is(tr->machine_name, "NICT"))
		return false;
	for (size_t i = 0; i < sizeof(asking) / sizeof(asking[0]); i++)
		if (str_is(tr->state, state_word(asking[i])))
			return true;
	return false;
}

bool
check_is_busy(const struct check *c)
{
	const struct fold_transaction *tr;
	size_t at = 0;

	while ((tr = fold_next_transaction(c->fold, STR_NULL, &at)) != NULL)
		if (is_asking(tr) && !check_is_down(c, tr->node) &&
		    (has_timer(c, tr) || is_answered(c, tr)))
			return true;
	return false;
}

static void
check_transaction(struct check *c, const struct fold_transaction *tr)
{
	const struct machine_state *s =
	    machine_find_state(tr->machine, tr->state);

	if (s == NULL || has_timer(c, tr))
		return;
	if (is_bounded(tr->machine, s->id))
		check_found(c, INVARIANT_OUTLIVES, tr->node, tr->last);
	else if (is_asking(tr) && !is_answered(c, tr))
		check_found(c, INVARIANT_WAITS, tr->node, tr->last);
}

static void
check_offer(struct check *c, const struct fold_transaction *tr)
{
	static const enum state_id open[] = { STATE_OFFERED, STATE_ANSWERING,
		STATE_REOFFERED, STATE_REANSWERING };

	const struct fold_call *call =
	    fold_find_call(c->fold, tr->node, tr->id);

	/* That of a branch of a fork that was not taken ends with the INVITE's
	 * transaction (RFC 3261 13.2.2.4). */
	if (c->busy || call == NULL ||
	    !str_is(call->state, state_word(STATE_CONFIRMED)) ||
	    check_runs_timer(c, tr->node, "ICT", NULL))
		return;
	for (size_t i = 0; i < sizeof(open) / sizeof(open[0]); i++)
		if (str_is(tr->state, state_word(open[i])))
			check_found(
			    c, INVARIANT_OFFER_OPEN, tr->node, tr->last);
}

/* The offer of a call that goes on whose answer was missing where it should
 * have been, as record BAD says: what was offered is over with it. */
static void
check_missing(struct check *c, uint64_t bad, struct buf *scratch)
{
	struct str node = trace_name(c->t, trace_node_of(c->t, bad));
	const struct fold_call *call;
	struct trace_rec rec;

	for (uint64_t seq = bad + 1;
	     seq <= trace_count(c->t) &&
	     trace_cause_of(c->t, seq) == trace_cause_of(c->t, bad);
	     seq++) {
		if (trace_kind_of(c->t, seq) != TRACE_FSM)
			continue;
		trace_get(c->t, seq, &rec);
		if (!str_is(
			trace_str(&rec, "to", scratch), state_word(STATE_OVER)))
			return;
		call = fold_find_call(
		    c->fold, node, trace_str(&rec, "id", scratch));
		if (call != NULL &&
		    str_is(call->state, state_word(STATE_CONFIRMED)))
			check_found(c, INVARIANT_OFFER_OPEN, node, bad);
		return;
	}
}

static void
check_missing_answers(struct check *c)
{
	struct buf scratch = BUF_INIT;
	struct trace_rec rec;

	for (uint64_t seq = 1; seq <= trace_count(c->t); seq++) {
		if (trace_kind_of(c->t, seq) != TRACE_BAD)
			continue;
		trace_get(c->t, seq, &rec);
		if (str_is(trace_str(&rec, "fault", &scratch), "no-answer"))
			check_missing(c, seq, &scratch);
	}
	buf_free(&scratch);
}

void
check_transactions(struct check *c)
{
	const struct fold_transaction *tr;
	size_t at = 0;

	while ((tr = fold_next_transaction(c->fold, STR_NULL, &at)) != NULL)
		if (is_transaction(tr) && !check_is_down(c, tr->node))
			check_transaction(c, tr);
	at = 0;
	while ((tr = fold_next_transaction(c->fold, STR_NULL, &at)) != NULL)
		if (str_is(tr->machine_name, "offer-answer") &&
		    !check_is_down(c, tr->node))
			check_offer(c, tr);
	if (!c->busy)
		check_missing_answers(c);
}

/* ---- registrations ---- */

static bool
is_registered(const struct fold_transaction *tr)
{
	return str_is(tr->machine_name, "registration") &&
	       (str_is(tr->state, state_word(STATE_REGISTERED)) ||
		   str_is(tr->state, state_word(STATE_REFRESHING)));
}

static bool
somebody_knows(const struct check *c, struct str node)
{
	const struct fold_binding *b;
	size_t at = 0;

	while ((b = fold_next_binding(c->fold, STR_NULL, &at)) != NULL)
		if (!check_is_down(c, b->node) &&
		    check_is_at(c, node, b->contact))
			return true;
	return false;
}

/* A registrar that tells of its bindings has had one of NODE. */
static bool
was_known(const struct check *c, struct str node)
{
	struct buf scratch = BUF_INIT;
	bool known = false;

	for (uint64_t seq = 1; !known && seq <= trace_count(c->t); seq++) {
		struct trace_rec rec;

		if (trace_kind_of(c->t, seq) != TRACE_BINDING)
			continue;
		trace_get(c->t, seq, &rec);
		known =
		    check_is_at(c, node, trace_str(&rec, "contact", &scratch));
	}
	buf_free(&scratch);
	return known;
}

/* B is of a phone that has given up its registration. */
static void
check_binding(struct check *c, const struct fold_binding *b)
{
	const struct fold_transaction *tr;
	bool seen = false;
	size_t at = 0;

	while ((tr = fold_next_transaction(c->fold, STR_NULL, &at)) != NULL) {
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
	const struct fold_transaction *tr;
	const struct fold_binding *b;
	size_t at = 0;

	while ((tr = fold_next_transaction(c->fold, STR_NULL, &at)) != NULL)
		if (is_registered(tr) && !check_is_down(c, tr->node) &&
		    !somebody_knows(c, tr->node) && was_known(c, tr->node))
			check_found(c, INVARIANT_UNBOUND, tr->node, tr->last);
	at = 0;
	while ((b = fold_next_binding(c->fold, STR_NULL, &at)) != NULL)
		if (!check_is_down(c, b->node))
			check_binding(c, b);
}
