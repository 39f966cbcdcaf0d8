/*
 * What the messages of a run tell, without its states, and what two nodes
 * tell of the same thing.
 */
#include "base/err.h"
#include "base/map.h"
#include "base/mem.h"
#include "search/invariants_in.h"

/* Requests are sent again 10 times at most, 2xx as often (Timer E and G up to
 * 64 * T1, RFC 3261 17): more is another thing. */
#define REPETITIONS  12
#define MESSAGES_ANY 40
#define CHALLENGES   3

void
traffic_count(struct traffic *c, const struct trace *t)
{
	LOCAL_BUF scratch = BUF_INIT;
	struct trace_send send;
	struct trace_rec rec;

	*c = (struct traffic){ .t = t };
	for (uint64_t seq = 1; seq <= trace_count(t); seq++) {
		if (trace_kind_of(t, seq) != TRACE_SEND)
			continue;
		c->sends++;
		if (trace_is_retx(t, seq))
			continue;
		trace_get(t, seq, &rec);
		if (trace_get_send_parts(
			&rec, TRACE_SEND_START, &send, &scratch) == 0)
			c->challenges +=
			    send.status == 401 || send.status == 407;
	}
}

bool
traffic_is_storm(const struct traffic *now, const struct traffic *usual)
{
	return now->sends > REPETITIONS * usual->sends + MESSAGES_ANY;
}

/* ---- each call as its messages tell it ---- */

/* A Call-ID at a node: records, 0 where there is none. */
struct seen {
	uint64_t asked; /* it has sent an INVITE of its own */
	uint64_t told;  /* it got a 2xx to an INVITE of its own */
	uint64_t acked; /* it has acknowledged one after that, or hung up */
	bool in;        /* before that it was in a dialog already */
	uint64_t bye;   /* its last BYE */
	uint64_t began; /* it passed a 2xx to an INVITE on */
	uint64_t ended; /* it passed a BYE on */
};

struct calls {
	struct check *c;
	struct map *seen;
	bool *passed; /* by record: a recv of a message that is forwarded */
};

static struct seen *
find_seen(struct calls *l, uint32_t node, struct str call_id)
{
	LOCAL_BUF key = BUF_INIT;
	struct seen *s = NULL;

	buf_printf(&key, "%u %.*s", node, STR_ARG(call_id));
	if (key.err == 0)
		s = map_get(l->seen, buf_view(&key));
	if (s == NULL && key.err == 0) {
		s = mem_zalloc(1, sizeof(*s));
		if (s != NULL && map_put(l->seen, buf_view(&key), s) != 0) {
			mem_free(s);
			s = NULL;
		}
	}
	if (s == NULL)
		l->c->err = ERR_NOMEM;
	return s;
}

static bool
is_invite_success(const struct trace_send *send)
{
	return send->status / 100 == 2 && str_is(send->cseq_method, "INVITE");
}

/* An INVITE of its own.  A message that a script writes out itself begins no
 * call. */
static void
take_invite(const struct trace *t, struct seen *s, uint64_t seq)
{
	uint64_t cause = trace_cause_of(t, seq);

	s->in |= s->told != 0 && s->acked > s->told;
	s->told = 0;
	if (cause == 0 || trace_kind_of(t, cause) != TRACE_ACT)
		s->asked = seq;
}

/* What NODE sends with record SEQ. */
static void
take_call_send(struct calls *l, uint64_t seq, const struct trace_send *send)
{
	uint32_t node = trace_node_of(l->c->t, seq);
	bool bye = str_is(send->method, "BYE");
	bool invite =
	    str_is(send->method, "INVITE") && !trace_is_retx(l->c->t, seq);
	struct seen *s;

	if (!bye && !invite && !str_is(send->method, "ACK") &&
	    !is_invite_success(send))
		return;
	s = find_seen(l, node, send->call_id);
	if (s == NULL)
		return;
	if (send->fwd != 0 && bye)
		s->ended = seq;
	if (send->fwd != 0 && send->status != 0)
		s->began = seq;
	if (send->fwd == 0 && invite)
		take_invite(l->c->t, s, seq);
	else if (send->fwd == 0 && send->status == 0)
		s->acked = seq;
	else if (send->fwd == 0)
		s->in = true;
	if (send->fwd == 0 && bye)
		s->bye = seq;
}

/* The message of SEND, which is not forwarded, comes with record SEQ. */
static void
message_rule_take_recv(
    struct calls *l, uint64_t seq, const struct trace_send *send)
{
	struct seen *s;

	if (!is_invite_success(send))
		return;
	s = find_seen(l, trace_node_of(l->c->t, seq), send->call_id);
	/* The first one: a repetition is acknowledged as long as the
	 * transaction waits for it (RFC 6026 7.2). */
	if (s != NULL && s->asked != 0 && s->told == 0)
		s->told = seq;
}

/* A node that crashes has asked for nothing. */
static void
forget_crashed_node(struct calls *l, const struct trace_rec *rec)
{
	LOCAL_BUF scratch = BUF_INIT;
	struct str key;
	size_t at = 0;
	void *value;

	if (!str_is(trace_str(rec, "verb", &scratch), "crash"))
		return;
	while (map_next(l->seen, &at, &key, &value)) {
		uint32_t node;

		if (str_u32(str_cut(key, ' ', &key), &node) == 0 &&
		    node == trace_node_of(l->c->t, rec->seq)) {
			struct seen *s = value;

			s->asked = s->told = s->began = 0;
		}
	}
}

static void
message_rule_take_record(struct calls *l, uint64_t seq, struct buf *scratch)
{
	const struct trace *t = l->c->t;
	struct trace_rec rec;
	struct trace_send send;
	uint64_t of = seq;

	trace_get(t, seq, &rec);
	if (rec.kind == TRACE_ACT) {
		forget_crashed_node(l, &rec);
		return;
	}
	if (rec.kind == TRACE_RECV) {
		of = trace_send_of(t, &rec);
		if (of == 0 || l->passed[seq])
			return;
		trace_get(t, of, &rec);
	}
	if (trace_get_send_parts(&rec,
		TRACE_SEND_START | TRACE_SEND_CSEQ | TRACE_SEND_CALL_ID |
		    TRACE_SEND_FWD,
		&send, scratch) != 0 ||
	    send.call_id.n == 0)
		return;
	if (of == seq)
		take_call_send(l, seq, &send);
	else
		message_rule_take_recv(l, seq, &send);
}

/* Which messages are passed on. */
static int
find_passed(struct calls *l, struct buf *scratch)
{
	const struct trace *t = l->c->t;
	struct trace_send send;
	struct trace_rec rec;

	l->passed = mem_zalloc(trace_count(t) + 1, sizeof(*l->passed));
	if (l->passed == NULL)
		return ERR_NOMEM;
	for (uint64_t seq = 0; trace_next(t, TRACE_SEND, &seq, &rec);) {
		if (trace_get_send_parts(
			&rec, TRACE_SEND_FWD, &send, scratch) == 0 &&
		    send.fwd <= trace_count(t))
			l->passed[send.fwd] = true;
	}
	return 0;
}

/* A node has a dialog of that Call-ID, and has not left it. */
static bool
is_somebody_in(const struct check *c, struct str call_id)
{
	const struct fold_dialog *d;
	size_t at = 0;

	while ((d = fold_next_dialog(c->fold, STR_NULL, &at)) != NULL)
		if (str_eq(d->call_id, call_id) &&
		    !str_is(d->state, state_word(STATE_MORTAL)) &&
		    !check_is_down(c, d->node))
			return true;
	return false;
}

/* The 2xx that record SEQ sends has a session's end in it: a proxy knows by
 * itself when that has come (RFC 4028 8.3). */
static bool
has_session_timer(const struct check *c, uint64_t seq)
{
	LOCAL_BUF scratch = BUF_INIT;
	struct trace_rec rec;

	trace_get(c->t, seq, &rec);
	return str_ifind(
		   trace_bytes(&rec, &scratch), STR("\nSession-Expires:")) >= 0;
}

/* NODE stands in the route set of a dialog of that Call-ID: its requests go
 * through it (RFC 3261 16.6, 4). */
static bool
stays_in_path(const struct check *c, struct str node, struct str call_id)
{
	LOCAL_BUF scratch = BUF_INIT;
	bool found = false;
	struct trace_rec rec;

	for (uint64_t seq = 0;
	     !found && trace_next(c->t, TRACE_DIALOG, &seq, &rec);) {
		struct str routes;

		routes = trace_member(&rec, "routes").raw;
		if (!str_eq(trace_str(&rec, "call_id", &scratch), call_id))
			continue;
		while (!found && routes.n > 0) {
			struct str route = str_cut(routes, ',', &routes);

			found = str_find(route, "sip") >= 0 &&
				check_is_at(c, node, route);
		}
	}
	return found;
}

/* NODE has sent on an INVITE of that Call-ID with a Record-Route of its own: it
 * wants to stay, whatever became of it. */
static bool
asks_to_stay(const struct check *c, struct str node, struct str call_id)
{
	LOCAL_BUF scratch = BUF_INIT;
	bool asks = false;

	for (uint64_t seq = 1; !asks && seq <= trace_count(c->t); seq++) {
		struct trace_rec rec;
		struct str text, line;
		ptrdiff_t at;

		if (trace_kind_of(c->t, seq) != TRACE_SEND ||
		    !str_eq(trace_name(c->t, trace_node_of(c->t, seq)), node))
			continue;
		trace_get(c->t, seq, &rec);
		if (!str_is(trace_member(&rec, "start").raw, "\"INVITE\"") ||
		    !str_eq(trace_str(&rec, "call_id", &scratch), call_id))
			continue;
		text = trace_bytes(&rec, &scratch);
		at = str_ifind(text, STR("\nRecord-Route:"));
		if (at < 0)
			continue;
		line = str_slice(text, (size_t)at + 1, text.n);
		line = str_cut(line, '\n', &text);
		asks = check_is_at(c, node, line);
	}
	return asks;
}

static void
judge_seen(
    struct check *c, const struct seen *s, struct str node, struct str call_id)
{
	if (check_is_down(c, node) || c->busy)
		return;
	/* A side that has hung up needs no answer to a change of the call. */
	if (s->told != 0 && s->acked < s->told && !(s->in && s->bye > s->asked))
		check_found(c, INVARIANT_UNACKNOWLEDGED, node, s->told);
	if (s->began != 0 && s->ended == 0 && !is_somebody_in(c, call_id) &&
	    !check_handset_is_in(c, STR_NULL) &&
	    !has_session_timer(c, s->began) &&
	    (stays_in_path(c, node, call_id) || asks_to_stay(c, node, call_id)))
		check_found(c, INVARIANT_PAID, node, s->began);
}

static void
check_calls(struct check *c)
{
	struct calls l = { .c = c };
	LOCAL_BUF scratch = BUF_INIT;
	struct str key;
	size_t at = 0;
	void *value;

	if (map_create(&l.seen) != 0 || find_passed(&l, &scratch) != 0)
		c->err = ERR_NOMEM;
	for (uint64_t seq = 1; c->err == 0 && seq <= trace_count(c->t); seq++)
		if (trace_kind_of(c->t, seq) == TRACE_SEND ||
		    trace_kind_of(c->t, seq) == TRACE_RECV ||
		    trace_kind_of(c->t, seq) == TRACE_ACT)
			message_rule_take_record(&l, seq, &scratch);
	while (c->err == 0 && map_next(l.seen, &at, &key, &value)) {
		uint32_t node;

		if (str_u32(str_cut(key, ' ', &key), &node) == 0)
			judge_seen(c, value, trace_name(c->t, node), key);
	}
	map_destroy_all(l.seen);
	mem_free(l.passed);
}

/* What the program of TR holds is a call: an INVITE made it say so, by whose
 * Call-ID it has named it. */
static bool
is_program_call(const struct check *c, const struct fold_transaction *tr)
{
	LOCAL_BUF scratch = BUF_INIT;
	struct trace_rec rec;
	struct trace_send send;
	uint64_t seq = trace_cause_of(c->t, tr->first);
	bool is = false;

	if (seq != 0 && trace_kind_of(c->t, seq) == TRACE_RECV) {
		trace_get(c->t, seq, &rec);
		seq = trace_send_of(c->t, &rec);
		if (seq == 0)
			return false;
		trace_get(c->t, seq, &rec);
		is = trace_get_send_parts(&rec,
			 TRACE_SEND_START | TRACE_SEND_CALL_ID, &send,
			 &scratch) == 0 &&
		     str_is(send.method, "INVITE") &&
		     str_eq(send.call_id, tr->id);
	}
	return is;
}

/* What a program of a proxy has said of calls (state, docs/PROGRAMS.md). */
static void
check_held(struct check *c)
{
	const struct fold_transaction *tr;
	size_t at = 0;

	if (c->busy || check_handset_is_in(c, STR_NULL))
		return;
	while ((tr = fold_next_transaction(c->fold, STR_NULL, &at)) != NULL)
		if (str_is(tr->machine_name, "script") &&
		    !str_is(tr->state, state_word(STATE_TERMINATED)) &&
		    !check_is_down(c, tr->node) && is_program_call(c, tr) &&
		    !is_somebody_in(c, tr->id))
			check_found(c, INVARIANT_HELD, tr->node, tr->last);
}

/* ---- how many there are ---- */

static struct str
first_node(const struct check *c)
{
	return trace_head(c->t)->nnodes > 0 ? trace_head(c->t)->nodes[0].name
					    : STR_NULL;
}

void
check_messages(struct check *c)
{
	uint64_t last = trace_count(c->t);

	if (traffic_is_storm(c->now, c->usual))
		check_found(c, INVARIANT_STORM, first_node(c), last);
	if (c->now->challenges > CHALLENGES * (c->usual->challenges + 1))
		check_found(c, INVARIANT_ASKED_AGAIN, first_node(c), last);
	check_calls(c);
	check_held(c);
}

/*
 * What two nodes tell of the same thing, beside dialogs: a circuit and
 * its two exchanges, a user of a home subscriber server and the S-CSCF
 * that has him; media of a call that is over; and messages that grow
 * while all is at rest.
 */

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

	for (size_t i = 0; i < COUNT_OF(machines); i++)
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
	LOCAL_BUF id = BUF_INIT;

	buf_printf(&id, "%.*s:%.*s", STR_ARG(tr->node), STR_ARG(number));
	there = fold_find_transaction(
	    c->fold, other, STR("circuit"), buf_view(&id));
	return there != NULL && is_in_one_of(there, taken, COUNT_OF(taken));
}

static void
check_circuit(struct check *c, const struct fold_transaction *tr)
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
	LOCAL_BUF scratch = BUF_INIT;
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
 * later than there has its phases later, too. */
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
 * that began anew has not left the old one. */
static void
check_peers(struct check *c)
{
	const struct trace *usual = c->usual->t;
	const struct fold_transaction *tr;
	const struct fold_call *call;
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
	while ((call = fold_next_call(c->fold, STR_NULL, &at)) != NULL)
		if (!check_is_down(c, call->node))
			count_of_peer(c, m, c->t, call->first, &key);
	at = 0;
	while ((tr = fold_next_transaction(c->fold, STR_NULL, &at)) != NULL)
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
	check_peers(c);
}
