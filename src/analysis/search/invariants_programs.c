/*
 * What programs of nodes leave behind: a timer that goes on for nothing, a leg
 * whose call is over, a stream whose source is gone.
 */
#include "base/err.h"
#include "search/invariants_in.h"

static bool
is_timer_of_program(const struct check *c, const struct state_at_timer *timer)
{
	return timer->machine.n == 0 && str_is(timer->name, "after") &&
	       check_is_program(c, timer->node);
}

/* ---- timers ---- */

/* So often it has done something each time, and nothing since. */
#define DEEDS 2
#define IDLES 6

/* Record SEQ is a timer's that fires. */
static bool
is_fired(const struct trace *t, uint64_t seq)
{
	LOCAL_BUF scratch = BUF_INIT;
	struct trace_rec rec;

	if (trace_kind_of(t, seq) != TRACE_TIMER)
		return false;
	trace_get(t, seq, &rec);
	return str_is(trace_str(&rec, "op", &scratch), "fire");
}

/* Something comes of the timer that fires with record FIRE but that it, or
 * another, is set. */
static bool
does_something(const struct trace *t, uint64_t fire)
{
	for (uint64_t seq = fire + 1;
	     seq <= trace_count(t) &&
	     trace_time_of(t, seq) == trace_time_of(t, fire);
	     seq++)
		if (trace_kind_of(t, seq) != TRACE_TIMER &&
		    check_event_of(t, seq) == fire)
			return true;
	return false;
}

/* The timer set with record SET was set when it fired before, and so on: at
 * first each time brought something, and for long none has. */
static bool
goes_idle(const struct trace *t, uint64_t set)
{
	unsigned idle = 0, deeds = 0;
	uint64_t fire = check_event_of(t, set);

	while (is_fired(t, fire)) {
		bool does = does_something(t, fire);

		if (!does && deeds > 0)
			return false;
		deeds += does;
		idle += !does;
		fire = check_event_of(t, trace_cause_of(t, fire));
	}
	return idle >= IDLES && deeds >= DEEDS;
}

/* ---- calls ---- */

/* NODE is in a dialog of that Call-ID. */
static bool
is_in(const struct check *c, struct str node, struct str call_id)
{
	const struct state_at_dialog *d;
	size_t at = 0;

	while ((d = state_at_next_dialog(c->state, node, &at)) != NULL)
		if (str_eq(d->call_id, call_id) &&
		    !str_is(d->state, state_word(STATE_MORTAL)))
			return true;
	return false;
}

/* A program has made CALL because of an INVITE, or of the answer to one of its
 * own, and that call is over. */
static void
check_leg(struct check *c, const struct state_at_call *call)
{
	uint64_t event = check_event_of(c->t, call->first);
	LOCAL_BUF scratch = BUF_INIT;
	struct trace_send send;
	struct trace_rec rec;

	trace_get(c->t, event, &rec);
	if (rec.kind != TRACE_RECV || trace_send_of(c->t, &rec) == 0)
		return;
	trace_get(c->t, trace_send_of(c->t, &rec), &rec);
	if (trace_get_send(&rec, &send, &scratch) == 0 &&
	    str_is(send.cseq_method, "INVITE") &&
	    !is_in(c, call->node, send.call_id))
		check_found(c, INVARIANT_HELD, call->node, call->last);
}

/* ---- streams ---- */

/* A stream may run on so long behind its source. */
#define BEHIND_NS INT64_C(2000000000)

/* Something is heard at NODE. */
static bool
hears(const struct state_at *f, struct str node)
{
	const struct state_at_source *s;
	size_t at = 0;

	while ((s = state_at_next_source(f, node, &at)) != NULL)
		if (s->still == 0)
			return true;
	return false;
}

/* NODE only hears in CALL; or, with CALL empty, it only sends in some call,
 * what has flowed since before record SEQ. */
static const struct state_at_media *
find_way(
    const struct state_at *f, struct str node, struct str call, uint64_t seq)
{
	const struct state_at_media *m;
	size_t at = 0;

	while ((m = state_at_next_media(f, node, &at)) != NULL)
		if (call.n > 0 ? str_eq(m->call, call) &&
				     str_is(m->direction, "recvonly")
			       : str_is(m->direction, "sendonly") &&
				     m->flow != 0 && m->flow < seq)
			return m;
	return NULL;
}

/* Nothing more comes of what REC tells of; F is at that. */
static void
check_source(struct check *c, struct state_at *f, const struct trace_rec *rec)
{
	LOCAL_BUF call = BUF_INIT;
	const struct state_at_media *in, *out;
	uint64_t last = rec->seq;

	in = find_way(f, rec->node, trace_str(rec, "call", &call), 0);
	out = find_way(f, rec->node, STR_NULL, rec->seq);
	if (in == NULL || out == NULL || !str_eq(in->type, out->type))
		return;
	while (last < trace_count(c->t) &&
	       trace_time_of(c->t, last + 1) <= rec->t + BEHIND_NS)
		last++;
	if (last == trace_count(c->t) || state_at_advance(f, c->t, last) != 0)
		return;
	out = find_way(f, rec->node, STR_NULL, rec->seq);
	if (out != NULL && !hears(f, rec->node))
		check_found(c, INVARIANT_SOURCE, rec->node, out->flow);
}

static void
check_sources(struct check *c)
{
	LOCAL_BUF op = BUF_INIT;
	struct trace_rec rec;
	struct state_at *f = NULL;

	for (uint64_t seq = 0;
	     c->err == 0 && trace_next(c->t, TRACE_MEDIA, &seq, &rec);) {
		if (!str_is(trace_str(&rec, "op", &op), "still") ||
		    !check_is_program(c, rec.node))
			continue;
		if (state_at_create(&f) != 0 ||
		    state_at_advance(f, c->t, seq) != 0)
			c->err = ERR_NOMEM;
		else
			check_source(c, f, &rec);
		state_at_destroy(f);
		f = NULL;
	}
}

void
check_programs(struct check *c)
{
	const struct state_at_timer *timer;
	const struct state_at_call *call;
	size_t at = 0;

	while ((call = state_at_next_call(c->state, STR_NULL, &at)) != NULL)
		if (check_is_program(c, call->node) &&
		    !check_is_down(c, call->node))
			check_leg(c, call);
	at = 0;
	while ((timer = state_at_next_timer(c->state, STR_NULL, &at)) != NULL)
		if (is_timer_of_program(c, timer) &&
		    !check_is_down(c, timer->node) &&
		    goes_idle(c->t, timer->last))
			check_found(
			    c, INVARIANT_IDLES, timer->node, timer->last);
	check_sources(c);
}
