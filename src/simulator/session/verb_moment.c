/* What holds of a thing at a moment of its run, from the records up to there:
 * which verbs make sense. */
#include "session/session_in.h"

#include "trace/board.h"

struct looking {
	const struct trace *t;
	uint64_t after;
	struct str on;
	struct buf turned; /* a link's other name, empty */
	struct buf scratch;
	struct trace_rec rec;
};

static bool
field_is(struct looking *l, const char *key, const char *value)
{
	buf_clear(&l->scratch);
	return str_is(trace_str(&l->rec, key, &l->scratch), value);
}

static struct looking
begin_looking(const struct trace *t, uint64_t after, const char *on)
{
	struct looking l = { .t = t,
		.after = after < trace_count(t) ? after : trace_count(t),
		.on = str_of(on),
		.turned = BUF_INIT,
		.scratch = BUF_INIT };
	ptrdiff_t dashes = str_find(l.on, "--");

	if (dashes > 0)
		buf_printf(
		    &l.turned, "%s--%.*s", on + dashes + 2, (int)dashes, on);
	return l;
}

static void
end_looking(struct looking *l)
{
	buf_free(&l->turned);
	buf_free(&l->scratch);
}

/* The record is about the thing, by the field KEY. */
static bool
is_about(struct looking *l, const char *key)
{
	struct str it;

	buf_clear(&l->scratch);
	it = trace_str(&l->rec, key, &l->scratch);
	return str_eq(it, l->on) ||
	       (l->turned.n > 0 && str_eq(it, buf_view(&l->turned)));
}

/* Takes L->rec to record SEQ, where it is of KIND. */
static bool
verb_moment_look_at_record(
    struct looking *l, uint64_t seq, enum trace_kind kind)
{
	if (trace_kind_of(l->t, seq) != kind)
		return false;
	trace_get(l->t, seq, &l->rec);
	return true;
}

/* Of a node or a link, by the last act on it. */
static unsigned
up_or_down(struct looking *l, const char *down, const char *up)
{
	unsigned moment = MOMENT_UP;

	for (uint64_t seq = 1; seq <= l->after; seq++) {
		/* A handset whose processor can't go on is down as well. */
		if (trace_board_ends(l->t, seq) &&
		    verb_moment_look_at_record(l, seq, TRACE_BOARD) &&
		    str_eq(l->rec.node, l->on))
			moment = MOMENT_DOWN;
		if (!verb_moment_look_at_record(l, seq, TRACE_ACT) ||
		    !is_about(l, "on"))
			continue;
		if (field_is(l, "verb", down))
			moment = MOMENT_DOWN;
		else if (field_is(l, "verb", up))
			moment = MOMENT_UP;
	}
	return moment;
}

/* A 3xx came to the caller since record FROM. */
static bool
was_sent_away(struct looking *l, uint64_t from)
{
	struct str node = str_slice(l->on, 0, (size_t)str_chr(l->on, '/'));

	for (uint64_t seq = from; seq <= l->after; seq++) {
		struct trace_send send;
		struct trace_rec message;
		uint64_t sent;

		if (!verb_moment_look_at_record(l, seq, TRACE_RECV) ||
		    !str_eq(l->rec.node, node))
			continue;
		sent = trace_send_of(l->t, &l->rec);
		if (sent == 0)
			continue;
		trace_get(l->t, sent, &message);
		if (trace_get_send(&message, &send, &l->scratch) == 0 &&
		    send.status >= 300 && send.status < 400)
			return true;
	}
	return false;
}

/* By what was done, and what a transfer that failed undid (RFC 5589 6.3). */
static bool
is_on_hold(struct looking *l, uint64_t from)
{
	bool held = false;

	for (uint64_t seq = from; seq <= l->after; seq++) {
		if (verb_moment_look_at_record(l, seq, TRACE_ACT) &&
		    is_about(l, "on")) {
			if (field_is(l, "verb", "hold"))
				held = true;
			else if (field_is(l, "verb", "resume"))
				held = false;
		} else if (held &&
			   verb_moment_look_at_record(l, seq, TRACE_CALL) &&
			   is_about(l, "id") &&
			   field_is(l, "rule", "transfer-failed")) {
			held = false;
		}
	}
	return held;
}

/* By its subscription, which has the call's name. */
static bool
is_transferred(struct looking *l, uint64_t from)
{
	bool going = false;

	for (uint64_t seq = from; seq <= l->after; seq++)
		if (verb_moment_look_at_record(l, seq, TRACE_FSM) &&
		    is_about(l, "id") && field_is(l, "machine", "subscription"))
			going = !field_is(l, "to", "terminated");
	return going;
}

/* How far a call has come; a caller's goes from idle to calling first. */
struct course {
	uint64_t first;
	bool caller, answered, early, talking, over;
};

static void
follow_call(struct looking *l, uint64_t seq, struct course *c)
{
	if (verb_moment_look_at_record(l, seq, TRACE_ACT) &&
	    field_is(l, "verb", "answer") && is_about(l, "on"))
		c->answered = true;
	if (!verb_moment_look_at_record(l, seq, TRACE_CALL) ||
	    !is_about(l, "id"))
		return;
	if (c->first == 0) {
		c->first = seq;
		c->caller = field_is(l, "state", "calling");
	}
	c->talking = field_is(l, "state", "confirmed");
	c->early =
	    field_is(l, "state", "early") || field_is(l, "state", "moratorium");
	c->over = field_is(l, "state", "terminating") ||
		  field_is(l, "state", "terminated");
}

/* One that this node has asked for itself: the other side's has no verbs. */
static unsigned
of_subscription(struct looking *l)
{
	bool own = false, lives = false;

	for (uint64_t seq = 1; seq <= l->after; seq++) {
		if (!verb_moment_look_at_record(l, seq, TRACE_FSM) ||
		    !is_about(l, "id") ||
		    !field_is(l, "machine", "subscription"))
			continue;
		if (field_is(l, "from", "init"))
			own = field_is(l, "event", "SUBSCRIBE");
		lives = !field_is(l, "to", "terminated");
	}
	return own && lives ? MOMENT_SUBSCRIBED : 0;
}

static unsigned
of_call(struct looking *l)
{
	struct course c = { .over = true };

	for (uint64_t seq = 1; seq <= l->after; seq++)
		follow_call(l, seq, &c);
	if (c.over)
		return 0;
	if (c.talking)
		return MOMENT_ANSWERED | MOMENT_TALKING | MOMENT_DIALOG |
		       (is_on_hold(l, c.first) ? MOMENT_HOLDING
					       : MOMENT_NOT_HOLDING) |
		       (is_transferred(l, c.first) ? 0 : MOMENT_STAYING);
	if (c.answered)
		return MOMENT_ANSWERED;
	if (!c.caller)
		return MOMENT_ASKED | (c.early ? MOMENT_DIALOG : 0);
	return MOMENT_ASKING | (c.early ? MOMENT_DIALOG : 0) |
	       (was_sent_away(l, c.first) ? MOMENT_SENT_AWAY : 0);
}

bool
verb_last_set(const struct trace *t, uint64_t after, const char *on,
    const char *key, struct buf *value)
{
	struct looking l = begin_looking(t, after, on);
	bool found = false;

	for (uint64_t seq = l.after; seq > 0 && !found; seq--) {
		struct json_value v;

		if (!verb_moment_look_at_record(&l, seq, TRACE_ACT) ||
		    !field_is(&l, "verb", "set") || !is_about(&l, "on"))
			continue;
		v = json_member(trace_member(&l.rec, "args"), key);
		buf_clear(&l.scratch);
		found = json_text(v, &l.scratch) == 0;
		if (found)
			buf_str(value, buf_view(&l.scratch));
	}
	end_looking(&l);
	return found;
}

unsigned
verb_moment(const struct trace *t, uint64_t after, enum verb_thing thing,
    const char *on)
{
	struct looking l = begin_looking(t, after, on);
	unsigned moment = 0;

	if (thing == VERB_OF_CALL)
		moment = of_call(&l) | of_subscription(&l);
	else if (thing == VERB_OF_NODE)
		moment = up_or_down(&l, "crash", "restart");
	else if (thing == VERB_OF_LINK)
		moment = up_or_down(&l, "down", "up");
	end_looking(&l);
	return moment;
}
