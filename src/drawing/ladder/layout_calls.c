/*
 * Which calls a ladder shows, and whose a remark is: of the call of the message
 * that led to it; where none did, as with the notes of a script, of the message
 * that is nearest in time.
 */
#include "base/err.h"
#include "ladder/layout_in.h"

/* Causes that are followed, records that are looked at for the nearest. */
#define CAUSES_MOST 1000
#define NEAR_MOST   20000

bool
layout_wants_call(struct layout_making *m, struct str call_id)
{
	bool begins;

	if (m->o->call == NULL && m->calls == NULL)
		return true;
	begins = m->o->call != NULL && str_starts(call_id, m->o->call);
	m->call_seen |= begins;
	return begins ||
	       (m->calls != NULL && map_get(m->calls, call_id) != NULL);
}

/* Whether record SEQ sends a message of a call, and whether that is WANTED. */
static bool
is_of_call(struct layout_making *m, uint64_t seq, bool *wanted)
{
	struct trace_rec rec;
	struct trace_send s;

	if (trace_kind_of(m->trace, seq) != TRACE_SEND)
		return false;
	trace_get(m->trace, seq, &rec);
	buf_clear(&m->name);
	if (trace_get_send(&rec, &s, &m->name) != 0 || s.call_id.n == 0)
		return false;
	*wanted = layout_wants_call(m, s.call_id);
	return true;
}

/* The message of a call before (WAY -1) or after record SEQ; 0: there is none.
 */
static uint64_t
nearest(struct layout_making *m, uint64_t seq, int way, bool *wanted)
{
	for (uint64_t i = 1; i < NEAR_MOST; i++) {
		uint64_t at = way > 0 ? seq + i : seq - i;

		if ((way < 0 && i >= seq) || at > m->count)
			return 0;
		if (is_of_call(m, at, wanted))
			return at;
	}
	return 0;
}

bool
layout_wants_remark(struct layout_making *m, uint64_t seq)
{
	int64_t t = trace_time_of(m->trace, seq);
	bool before_wanted = false, after_wanted = false, wanted;
	uint64_t before, after, cause = trace_cause_of(m->trace, seq);

	if (m->o->call == NULL && m->calls == NULL)
		return true;
	for (int i = 0; i < CAUSES_MOST && cause > 0 && cause < seq; i++) {
		uint64_t next = trace_cause_of(m->trace, cause);

		if (is_of_call(m, cause, &wanted))
			return wanted;
		if (next >= cause)
			break;
		cause = next;
	}
	before = nearest(m, seq, -1, &before_wanted);
	after = nearest(m, seq, 1, &after_wanted);
	if (before == 0 || after == 0)
		return before == 0 ? after_wanted : before_wanted;
	/* Of both alike, what follows: a script says what comes. */
	return trace_time_of(m->trace, after) - t <=
		       t - trace_time_of(m->trace, before)
		   ? after_wanted
		   : before_wanted;
}
