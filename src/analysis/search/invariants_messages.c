/* The messages of a run, without its states: each call as they tell it. */
#include "base/err.h"
#include "base/map.h"
#include "base/mem.h"
#include "search/invariants_in.h"

/* Requests are retransmitted 10 times at most, 2xx as often (Timer E and G up
 * to 64 * T1, RFC 3261 17): more is another thing. */
#define REPETITIONS  12
#define MESSAGES_ANY 40
#define CHALLENGES   3
/* A node that has sent a 2xx waits a little longer for its ACK (64 * T1). */
#define WAITED_NS INT64_C(30000000000)

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
	uint64_t late; /* … and has acknowledged it when none waits any more */
	bool in;       /* before that it was in a dialog already */
	uint64_t bye;  /* its last BYE */
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
	else if (send->fwd == 0 && send->status == 0) {
		if (s->told > s->acked &&
		    trace_time_of(l->c->t, seq) -
			    trace_time_of(l->c->t, s->told) >
			WAITED_NS)
			s->late = s->told;
		s->acked = seq;
	} else if (send->fwd == 0)
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
find_passed(struct calls *l)
{
	const struct trace *t = l->c->t;
	struct trace_rec rec;

	l->passed = mem_zalloc(trace_count(t) + 1, sizeof(*l->passed));
	if (l->passed == NULL)
		return ERR_NOMEM;
	for (uint64_t seq = 0; trace_next(t, TRACE_SEND, &seq, &rec);) {
		int64_t fwd = trace_int(&rec, "fwd", 0);

		if (fwd >= 0 && (uint64_t)fwd <= trace_count(t))
			l->passed[fwd] = true;
	}
	return 0;
}

/* A node has a dialog of that Call-ID, and has not left it. */
static bool
is_somebody_in(const struct check *c, struct str call_id)
{
	const struct state_at_dialog *d;
	size_t at = 0;

	while ((d = state_at_next_dialog(c->state, STR_NULL, &at)) != NULL)
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

/* NODE is in the route set of a dialog of that Call-ID: its requests go
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
	if ((s->late != 0 && check_is_undisturbed(c)) ||
	    (s->told != 0 && s->acked < s->told &&
		!(s->in && s->bye > s->asked)))
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

	if (map_create(&l.seen) != 0 || find_passed(&l) != 0)
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
is_program_call(const struct check *c, const struct state_at_transaction *tr)
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
	const struct state_at_transaction *tr;
	size_t at = 0;

	if (c->busy || check_handset_is_in(c, STR_NULL))
		return;
	while (
	    (tr = state_at_next_transaction(c->state, STR_NULL, &at)) != NULL)
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
