/*
 * The same thing as two nodes tell it, beside dialogs: a circuit and its two
 * exchanges, a user of a home subscriber server and the S-CSCF that has him,
 * media of a call that is over; and what grows while all is at rest.
 */
#include "base/err.h"
#include "base/map.h"
#include "base/mem.h"
#include "search/invariants_in.h"

static bool
is_in_one_of(const struct state_at_transaction *tr, const enum state_id *states,
    size_t n)
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

	for (size_t i = 0; i < COUNT_OF(machines); i++)
		if (check_runs_timer(c, node, machines[i], NULL))
			return true;
	return false;
}

/* The other end of circuit TR, "exchange:5" at "ngw", has it in use. */
static bool
is_taken_there(const struct check *c, const struct state_at_transaction *tr,
    struct str other, struct str number)
{
	const struct state_at_transaction *there;
	LOCAL_BUF id = BUF_INIT;

	buf_printf(&id, "%.*s:%.*s", STR_ARG(tr->node), STR_ARG(number));
	there = state_at_find_transaction(
	    c->state, other, STR("circuit"), buf_view(&id));
	return there != NULL && is_in_one_of(there, taken, COUNT_OF(taken));
}

static void
check_circuit(struct check *c, const struct state_at_transaction *tr)
{
	struct str number, other = str_cut(tr->id, ':', &number);

	if (!is_in_one_of(tr, seized, COUNT_OF(seized)) ||
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
	const struct state_at_binding *b;
	size_t at = 0;

	while ((b = state_at_next_binding(c->state, STR_NULL, &at)) != NULL)
		if (str_eq(b->aor, aor) && !check_is_down(c, b->node))
			return true;
	return false;
}

/* The node that TR's last record names as the user's S-CSCF is down. */
static bool
is_server_down(const struct check *c, const struct state_at_transaction *tr)
{
	LOCAL_BUF scratch = BUF_INIT;
	const struct state_at_crash *crash;
	struct trace_rec rec;
	struct str server;
	bool down = false;
	size_t at = 0;

	trace_get(c->t, tr->last, &rec);
	server = trace_str(&rec, "server", &scratch);
	while (!down &&
	       (crash = state_at_next_crash(c->state, STR_NULL, &at)) != NULL)
		down = server.n > 0 && check_is_at(c, crash->node, server);
	return down;
}

static void
check_user(struct check *c, const struct state_at_transaction *tr)
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
was_call(const struct check *c, const struct state_at_media *m)
{
	LOCAL_BUF scratch = BUF_INIT;
	bool was = false;

	for (uint64_t seq = m->flow; !was && seq > 0; seq--) {
		struct trace_rec rec;

		if (trace_kind_of(c->t, seq) != TRACE_CALL)
			continue;
		trace_get(c->t, seq, &rec);
		was = str_eq(rec.node, m->node) &&
		      str_eq(trace_str(&rec, "id", &scratch), m->call);
	}
	return was;
}

static void
check_streams(struct check *c)
{
	const struct state_at_media *m;
	size_t at = 0;

	while ((m = state_at_next_media(c->state, STR_NULL, &at)) != NULL)
		if (m->flow != 0 && !check_is_down(c, m->node) &&
		    state_at_find_call(c->state, m->node, m->call) == NULL &&
		    was_call(c, m))
			check_found(c, INVARIANT_STREAM, m->node, m->flow);
}

/* ---- messages at rest ---- */

#define WINDOWS 3
#define LEAST   60000000000 /* of rest, ns: less shows nothing */
#define MANY    20          /* messages more are no chance */

/* Record SEQ is something that is done: by a person, a fault, or a program,
 * which makes calls as well. */
static bool
is_deed(const struct trace *t, uint64_t seq)
{
	enum trace_kind kind = trace_kind_of(t, seq);

	return kind == TRACE_ACT || kind == TRACE_FAULT || kind == TRACE_CALL;
}

/* The last deed of T, or 0. */
static uint64_t
find_rest(const struct trace *t)
{
	uint64_t rest = trace_count(t);

	while (rest > 0 && !is_deed(t, rest))
		rest--;
	return rest;
}

/* The most messages that T, at rest, has in a time of LONG_NS. */
static uint64_t
busiest(const struct trace *t, int64_t long_ns)
{
	uint64_t begin = find_rest(t), n = 0, most = 0;

	for (uint64_t seq = begin + 1; seq <= trace_count(t); seq++) {
		n += trace_kind_of(t, seq) == TRACE_SEND;
		while (trace_time_of(t, seq) - trace_time_of(t, begin + 1) >
		       long_ns)
			n -= trace_kind_of(t, ++begin) == TRACE_SEND;
		most = n > most ? n : most;
	}
	return most;
}

/* After the last deed each third of the time has more messages than the one
 * before, and the last one more than twice those of the first, and more than
 * any time as long in which the run without faults is at rest: what begins
 * later than there has its phases later as well. */
static void
check_growth(struct check *c)
{
	uint64_t last = trace_count(c->t), rest = find_rest(c->t);
	uint64_t n[WINDOWS] = { 0 };
	int64_t begin, each;

	if (rest == 0)
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
	if (n[0] < n[1] && n[1] < n[2] && n[2] > 2 * n[0] + MANY &&
	    (c->usual->t == c->t || n[2] > busiest(c->usual->t, each) + MANY))
		check_found(c, INVARIANT_GROWS,
		    trace_name(c->t, trace_node_of(c->t, rest)), last);
}

/* ---- what there is of a peer ---- */

/* Record SEQ of T begins a call or, of this side's, a subscription: with whom,
 * in PEER. */
static bool
begins_with_peer(const struct trace *t, uint64_t seq, struct buf *peer)
{
	bool call = trace_kind_of(t, seq) == TRACE_CALL;
	LOCAL_BUF scratch = BUF_INIT;
	struct trace_rec rec;
	struct trace_send send;

	buf_clear(peer);
	if (!call && trace_kind_of(t, seq) != TRACE_FSM)
		return false;
	trace_get(t, seq, &rec);
	if (call) {
		buf_str(peer, trace_str(&rec, "peer", &scratch));
		return str_is(
		    trace_str(&rec, "from", &scratch), state_word(STATE_IDLE));
	}
	if (!str_is(trace_str(&rec, "event", &scratch),
		event_word(EVENT_SUBSCRIBE)) ||
	    !str_is(trace_str(&rec, "from", &scratch), state_word(STATE_INIT)))
		return false;
	/* The SUBSCRIBE goes out next. */
	for (uint64_t at = seq; ++at <= trace_count(t);) {
		if (trace_kind_of(t, at) != TRACE_SEND ||
		    trace_node_of(t, at) != trace_node_of(t, seq))
			continue;
		trace_get(t, at, &rec);
		if (trace_get_send(&rec, &send, &scratch) == 0)
			buf_str(peer, send.dst);
		return peer->n > 0;
	}
	return false;
}

struct peer_count {
	size_t n, usual;
	uint64_t last; /* record of the last one's begin */
};

/* Record SEQ of T begins one more call or subscription of its node and peer: in
 * M, one that lives now, or one that the run without faults has begun. */
static void
count_of_peer(struct check *c, struct map *m, const struct trace *t,
    uint64_t seq, struct buf *key)
{
	struct peer_count *p;

	if (!begins_with_peer(t, seq, key))
		return;
	buf_printf(key, " %d %.*s", (int)trace_kind_of(t, seq),
	    STR_ARG(trace_name(t, trace_node_of(t, seq))));
	p = map_get(m, buf_view(key));
	if (p == NULL && t == c->t) {
		p = mem_zalloc(1, sizeof(*p));
		if (p == NULL || map_put(m, buf_view(key), p) != 0) {
			mem_free(p);
			c->err = ERR_NOMEM;
			return;
		}
	}
	if (p == NULL)
		return;
	if (t != c->t) {
		p->usual++;
	} else {
		p->n++;
		p->last = seq;
	}
}

/* No node has two calls or subscriptions of one peer that never had two: one
 * that began again has not left the old one. */
static void
check_peers(struct check *c)
{
	const struct trace *usual = c->usual->t;
	const struct state_at_transaction *tr;
	const struct state_at_call *call;
	LOCAL_BUF key = BUF_INIT;
	struct map *m;
	struct str name;
	size_t at = 0;
	bool several = false;
	void *value;

	if (usual == c->t)
		return;
	if (map_create(&m) != 0) {
		c->err = ERR_NOMEM;
		return;
	}
	while ((call = state_at_next_call(c->state, STR_NULL, &at)) != NULL)
		if (!check_is_down(c, call->node))
			count_of_peer(c, m, c->t, call->first, &key);
	at = 0;
	while (
	    (tr = state_at_next_transaction(c->state, STR_NULL, &at)) != NULL)
		if (str_is(tr->machine_name, "subscription") &&
		    !check_is_down(c, tr->node))
			count_of_peer(c, m, c->t, tr->first, &key);
	for (at = 0; map_next(m, &at, &name, &value);)
		several |= ((struct peer_count *)value)->n > 1;
	for (uint64_t seq = 1; several && seq <= trace_count(usual); seq++)
		count_of_peer(c, m, usual, seq, &key);
	for (at = 0; map_next(m, &at, &name, &value);) {
		const struct peer_count *p = value;

		if (p->n > 1 && p->n > p->usual)
			check_found(c, INVARIANT_GROWS,
			    trace_name(c->t, trace_node_of(c->t, p->last)),
			    p->last);
	}
	if (key.err != 0)
		c->err = ERR_NOMEM;
	map_destroy_all(m);
}

void
check_networks(struct check *c)
{
	const struct state_at_transaction *tr;
	size_t at = 0;

	while (
	    (tr = state_at_next_transaction(c->state, STR_NULL, &at)) != NULL) {
		if (check_is_down(c, tr->node))
			continue;
		if (str_is(tr->machine_name, "circuit"))
			check_circuit(c, tr);
		else if (str_is(tr->machine_name, "hss-user"))
			check_user(c, tr);
	}
	check_streams(c);
	check_growth(c);
	check_peers(c);
}
