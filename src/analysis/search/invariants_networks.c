/*
 * What two nodes tell of the same thing, beside dialogs: a circuit and its two
 * exchanges, a user of a home subscriber server and the S-CSCF that has him;
 * media of a call that is over; and messages that grow while all is at rest.
 */
#include "search/invariants_in.h"

static bool
is_in_one_of(
    const struct fold_transaction *tr, const enum state_id *states, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (str_is(tr->state, state_word(states[i])))
			return true;
	return false;
}

/* ---- circuits: Q.764 2.1.1, 2.3 ---- */

static const enum state_id seized[] = { STATE_OUTGOING, STATE_INCOMING,
	STATE_CHECKING };
static const enum state_id taken[] = { STATE_OUTGOING, STATE_INCOMING,
	STATE_CHECKING, STATE_RELEASING, STATE_RESETTING };

/* Timers of calls and circuits run at NODE: it may yet find out. */
static bool
waits_for_network(const struct check *c, struct str node)
{
	static const char *const machines[] = { "circuit", "sip-isup",
		"isup-sip", "exchange" };

	for (size_t i = 0; i < sizeof(machines) / sizeof(machines[0]); i++)
		if (check_runs_timer(c, node, machines[i], NULL))
			return true;
	return false;
}

/* The other end of circuit TR, "exchange:5" at "ngw", has it in use. */
static bool
is_taken_there(const struct check *c, const struct fold_transaction *tr,
    struct str other, struct str number)
{
	const struct fold_transaction *there;
	struct buf id = BUF_INIT;

	buf_printf(&id, "%.*s:%.*s", STR_ARG(tr->node), STR_ARG(number));
	there = fold_find_transaction(
	    c->fold, other, STR("circuit"), buf_view(&id));
	buf_free(&id);
	return there != NULL &&
	       is_in_one_of(there, taken, sizeof(taken) / sizeof(taken[0]));
}

static void
check_circuit(struct check *c, const struct fold_transaction *tr)
{
	struct str number, other = str_cut(tr->id, ':', &number);

	if (!is_in_one_of(tr, seized, sizeof(seized) / sizeof(seized[0])) ||
	    trace_find_node(c->t, other) == NULL || check_is_down(c, other) ||
	    waits_for_network(c, tr->node) || waits_for_network(c, other))
		return;
	if (!is_taken_there(c, tr, other, number))
		check_found(c, INVARIANT_CIRCUIT, tr->node, tr->last);
}

/* ---- users: TS 29.228 6.1.2, 6.1.3 ---- */

/* A registrar that is up has a binding of AOR. */
static bool
is_bound(const struct check *c, struct str aor)
{
	const struct fold_binding *b;
	size_t at = 0;

	while ((b = fold_next_binding(c->fold, STR_NULL, &at)) != NULL)
		if (str_eq(b->aor, aor) && !check_is_down(c, b->node))
			return true;
	return false;
}

/* The node that TR's last record names as the user's S-CSCF is down. */
static bool
is_server_down(const struct check *c, const struct fold_transaction *tr)
{
	struct buf scratch = BUF_INIT;
	const struct fold_crash *crash;
	struct trace_rec rec;
	struct str server;
	bool down = false;
	size_t at = 0;

	trace_get(c->t, tr->last, &rec);
	server = trace_str(&rec, "server", &scratch);
	while (
	    !down && (crash = fold_next_crash(c->fold, STR_NULL, &at)) != NULL)
		down = server.n > 0 && check_is_at(c, crash->node, server);
	buf_free(&scratch);
	return down;
}

static void
check_user(struct check *c, const struct fold_transaction *tr)
{
	bool has = str_is(tr->state, state_word(STATE_REGISTERED));

	if (str_is(tr->state, state_word(STATE_AUTHENTICATION_PENDING)) ||
	    is_server_down(c, tr))
		return;
	if (has != is_bound(c, tr->id))
		check_found(c, INVARIANT_HOME, tr->node, tr->last);
}

/* ---- media ---- */

/* M's call is known to have been one of its node's. */
static bool
was_call(const struct check *c, const struct fold_media *m)
{
	struct buf scratch = BUF_INIT;
	bool was = false;

	for (uint64_t seq = m->flow; !was && seq > 0; seq--) {
		struct trace_rec rec;

		if (trace_kind_of(c->t, seq) != TRACE_CALL)
			continue;
		trace_get(c->t, seq, &rec);
		was = str_eq(rec.node, m->node) &&
		      str_eq(trace_str(&rec, "id", &scratch), m->call);
	}
	buf_free(&scratch);
	return was;
}

static void
check_streams(struct check *c)
{
	const struct fold_media *m;
	size_t at = 0;

	while ((m = fold_next_media(c->fold, STR_NULL, &at)) != NULL)
		if (m->flow != 0 && !check_is_down(c, m->node) &&
		    fold_find_call(c->fold, m->node, m->call) == NULL &&
		    was_call(c, m))
			check_found(c, INVARIANT_STREAM, m->node, m->flow);
}

/* ---- messages at rest ---- */

#define WINDOWS 3
#define LEAST   60000000000 /* of rest, ns: less shows nothing */
#define MANY    20          /* messages more are no chance */

/* Record SEQ is something that is done: by a person, a fault, or a program,
 * which makes calls, too. */
static bool
is_deed(const struct trace *t, uint64_t seq)
{
	enum trace_kind kind = trace_kind_of(t, seq);

	return kind == TRACE_ACT || kind == TRACE_FAULT || kind == TRACE_CALL;
}

/* After the last deed each third of the time has more messages than the one
 * before, and the last one more than twice those of the first. */
static void
check_growth(struct check *c)
{
	uint64_t last = trace_count(c->t), rest = last, n[WINDOWS] = { 0 };
	int64_t begin, each;

	while (rest > 0 && !is_deed(c->t, rest))
		rest--;
	if (rest == 0 || last == 0)
		return;
	begin = trace_time_of(c->t, rest);
	each = (trace_time_of(c->t, last) - begin) / WINDOWS;
	if (each * WINDOWS < LEAST)
		return;
	for (uint64_t seq = rest + 1; seq <= last; seq++) {
		int64_t i = (trace_time_of(c->t, seq) - begin) / each;

		if (trace_kind_of(c->t, seq) == TRACE_SEND)
			n[i < WINDOWS ? i : WINDOWS - 1]++;
	}
	if (n[0] < n[1] && n[1] < n[2] && n[2] > 2 * n[0] + MANY)
		check_found(c, INVARIANT_GROWS,
		    trace_name(c->t, trace_node_of(c->t, rest)), last);
}

void
check_networks(struct check *c)
{
	const struct fold_transaction *tr;
	size_t at = 0;

	while ((tr = fold_next_transaction(c->fold, STR_NULL, &at)) != NULL) {
		if (check_is_down(c, tr->node))
			continue;
		if (str_is(tr->machine_name, "circuit"))
			check_circuit(c, tr);
		else if (str_is(tr->machine_name, "hss-user"))
			check_user(c, tr);
	}
	check_streams(c);
	check_growth(c);
}
