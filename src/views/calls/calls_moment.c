/*
 * The calls as they were at a position.  Each message leaves a moment, in the
 * order of the trace: what its call had come to with it, and the moment before
 * of the same call.  So any past state of a row is a few steps away.
 */
#include "views/calls/calls_in.h"

#include "base/array.h"
#include "base/err.h"
#include "machine/times.h"

int
calls_moment_room(struct calls *c)
{
	if (c->nmoments >= UINT32_MAX - 1)
		return ERR_NOMEM;
	return ARRAY_ROOM(&c->moments, &c->moments_cap, c->nmoments + 1);
}

void
calls_moment_add(struct calls *c, struct calls_row *row)
{
	c->moments[c->nmoments++] = (struct calls_moment){ .seq = row->last,
		.row = (uint32_t)(row - c->rows),
		.before = row->moment,
		.messages = row->messages,
		.retx = row->retx,
		.state = row->state };
	row->moment = (uint32_t)c->nmoments;
}

enum calls_state
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
			calls_delay(row), true };
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
	then->told = look->position >= row->last;
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
calls_put_summary_at(
    const struct calls *c, const struct calls_look *look, struct buf *out)
{
	size_t in_state[CALLS_STATE_COUNT] = { 0 }, begun = 0;

	for (size_t i = 0; i < c->nrows; i++) {
		struct calls_then then;

		/* Most are over, or have not begun. */
		if (c->rows[i].first > look->position)
			continue;
		calls_then(c, &c->rows[i], look, &then);
		begun += then.begun;
		in_state[then.state] += then.begun;
	}
	buf_printf(out, _("Calls: %zu"), begun);
	for (int s = 0; s < CALLS_STATE_COUNT; s++)
		if (in_state[s] > 0)
			buf_printf(out, _("; %s: %zu"),
			    calls_state_word((enum calls_state)s), in_state[s]);
	if (begun < c->nrows && !look->past)
		buf_printf(out, _("; not begun yet: %zu"), c->nrows - begun);
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
