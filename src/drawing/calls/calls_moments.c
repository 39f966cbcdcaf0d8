/*
 * A call now and at a position.  Each message leaves a moment, in the order of
 * the trace: what its call had come to with it, and the moment before of the
 * same call.  So any past state of a row is a few steps away.
 */
#include "calls/calls_in.h"

#include "base/array.h"
#include "base/err.h"
#include "msg/constants.h"

int
calls_moment_room(struct calls *c)
{
	if (c->nmoments >= UINT32_MAX - 1)
		return ERR_NOMEM;
	return ARRAY_ROOM(&c->moments, &c->moments_cap, c->nmoments + 1);
}

void
calls_moment_add(struct calls *c, struct calls_row *row, uint64_t seq)
{
	c->moments[c->nmoments++] = (struct calls_moment){ .seq = seq,
		.row = (uint32_t)(row - c->rows),
		.before = row->moment,
		.messages = row->messages,
		.retx = row->retx,
		.state = row->state,
		.end = row->end };
	row->moment = (uint32_t)c->nmoments;
}

int64_t
calls_delay(const struct calls_row *row)
{
	return row->told >= 0 ? row->told - row->t : -1;
}

int64_t
calls_talk(const struct calls *c, const struct calls_row *row)
{
	if (row->talk_from < 0)
		return -1;
	return (row->talk_to >= 0 ? row->talk_to : c->now) - row->talk_from;
}

/* ROW's state at time T, where no answer has come in time. */
static enum calls_state
calls_state_at(const struct calls_row *row, enum calls_state state, int64_t t)
{
	bool waits = state == CALLS_CALLING || state == CALLS_WAITING;

	return waits && row->asked >= 0 &&
		       t - row->asked >= SIP_64T1_MS * SIP_MS_NS
		   ? CALLS_UNANSWERED
		   : state;
}

enum calls_state
calls_state_of(const struct calls *c, const struct calls_row *row)
{
	return calls_state_at(row, row->state, c->now);
}

static enum calls_end
end_in(enum calls_state state, enum calls_end end)
{
	return state == CALLS_UNANSWERED ? CALLS_END_TIMEOUT : end;
}

unsigned
calls_end_status(enum calls_end end)
{
	static const unsigned status[] = {
		[CALLS_END_TIMEOUT] = 408,
		[CALLS_END_TRANSPORT] = 503,
		[CALLS_END_CRASH] = 0,
	};

	return status[end];
}

unsigned
calls_result(const struct calls *c, const struct calls_row *row)
{
	enum calls_end end = end_in(calls_state_of(c, row), row->end);

	return end != CALLS_END_NONE ? calls_end_status(end) : row->status;
}

void
calls_then(const struct calls *c, const struct calls_row *row,
    const struct calls_look *look, struct calls_then *then)
{
	const struct calls_moment *m = NULL;
	int64_t t = look->t_ns < c->now ? look->t_ns : c->now;

	*then = (struct calls_then){ .talk = -1, .delay = -1 };
	if (c->given) {
		*then = (struct calls_then){ true, calls_state_of(c, row),
			row->messages, row->retx, calls_talk(c, row),
			calls_delay(row), true, CALLS_END_NONE, NULL };
		then->end = end_in(then->state, row->end);
		return;
	}
	for (uint32_t at = row->moment; at > 0 && m == NULL;) {
		m = &c->moments[at - 1];
		at = m->before;
		if (m->seq > look->position)
			m = NULL;
	}
	if (m == NULL)
		return;
	then->begun = true;
	then->state = calls_state_at(row, m->state, t);
	then->end = end_in(then->state, m->end);
	then->told = look->position >= row->last;
	then->why = outcomes_then(look->ends, row->call_id, look->position);
	then->messages = m->messages;
	then->retx = m->retx;
	if (row->told >= 0 && row->told <= t)
		then->delay = calls_delay(row);
	if (row->talk_from >= 0 && row->talk_from <= t)
		then->talk =
		    (row->talk_to >= 0 && row->talk_to < t ? row->talk_to : t) -
		    row->talk_from;
}

void
calls_among(const struct calls *c, const uint64_t *seqs, size_t n, bool *has)
{
	size_t at = 0;

	for (size_t i = 0; i < n && at < c->nmoments; i++) {
		while (at < c->nmoments && c->moments[at].seq < seqs[i])
			at++;
		if (at < c->nmoments && c->moments[at].seq == seqs[i])
			has[c->moments[at].row] = true;
	}
}
