/*
 * Reasons of hearing and silence: the grounds of a row of who hears whom.
 */
#include "follower/hearing_in.h"

#include "base/err.h"
#include "role/role.h"

/* Too late is more than one of so many. */
#define LATE_SHARE 10

bool
hearing_has_way(struct str direction, const char *one)
{
	return str_is(direction, "sendrecv") || str_is(direction, one);
}

void
hearing_decide(struct hearing *row, enum hearing_state state, uint64_t by)
{
	row->state = state;
	row->decides = by;
}

/* A description that has this keeps media from going. */
static bool
hearing_why_is_without(
    const struct exchange_side *side, enum msg_sdp_direction one)
{
	return side->seq != 0 &&
	       (side->nowhere || (side->direction != MSG_SDP_SENDRECV &&
				     side->direction != one));
}

void
hearing_decide_held(struct hearing *row, const struct exchange_side *listener,
    const struct exchange_side *speaker, uint64_t by)
{
	bool unwanted = hearing_why_is_without(listener, MSG_SDP_RECVONLY);
	bool ungiven = hearing_why_is_without(speaker, MSG_SDP_SENDONLY);
	bool holds = unwanted && (!ungiven || listener->seq < speaker->seq);
	const struct exchange_side *says = holds ? listener : speaker;

	hearing_decide(row, holds ? HEARING_HOLDS : HEARING_HELD, by);
	row->says = holds ? "sendonly" : "recvonly";
	if (says->seq != 0 && says->nowhere)
		row->says = "c=0.0.0.0";
	else if (says->seq != 0 && says->direction != MSG_SDP_SENDRECV)
		row->says = msg_sdp_direction_name(says->direction);
}

bool
hearing_decide_if_held(struct hearing *row)
{
	const struct exchange_side *here = &row->exchange.here;
	const struct exchange_side *there = &row->exchange.there;

	if (!hearing_why_is_without(here, MSG_SDP_RECVONLY) &&
	    !hearing_why_is_without(there, MSG_SDP_SENDONLY))
		return false;
	hearing_decide_held(row, here, there, exchange_answer(&row->exchange));
	return true;
}

/* RFC 4568 7.1: M's key for sealing is ROW's listener's for opening, unless an
 * attacker has changed the key on its way. */
static bool
is_of_another_key(struct reading *r, const struct hearing *row,
    const struct state_at_media *m)
{
	struct buf rooms[2] = { BUF_INIT, BUF_INIT };
	struct trace_rec here, there;
	struct str opens, seals;
	bool another;

	if (row->agree == 0 || m->agree == 0)
		return false;
	trace_get(r->t, row->agree, &here);
	trace_get(r->t, m->agree, &there);
	opens = trace_str(&here, "opens", &rooms[0]);
	seals = trace_str(&there, "seals", &rooms[1]);
	another = seals.n > 0 && !str_eq(opens, seals);
	if (rooms[0].err != 0 || rooms[1].err != 0)
		r->err = ERR_NOMEM;
	buf_free(&rooms[0]);
	buf_free(&rooms[1]);
	return another;
}

/* y= of GB/T 28181: ROW's listener waits for another SSRC than that of M. */
static bool
is_of_another_source(const struct reading *r, const struct hearing *row,
    const struct state_at_media *m)
{
	struct trace_rec rec;

	if (row->agree == 0 || m->ssrc < 0)
		return false;
	trace_get(r->t, row->agree, &rec);
	return trace_int(&rec, "awaits", m->ssrc) != m->ssrc;
}

/* The link or node that went down by ACT; a slice of the trace, since names
 * have no escapes. */
static struct str
hearing_why_name_of(const struct reading *r, uint64_t act)
{
	LOCAL_BUF scratch = BUF_INIT;
	struct trace_rec rec;
	struct str name;

	trace_get(r->t, act, &rec);
	name = trace_str(&rec, "on", &scratch);
	if (name.p == scratch.p)
		name = STR_NULL;
	return name;
}

void
hearing_decide_lost(
    struct reading *r, struct hearing *row, const struct state_at_media *m)
{
	const struct state_at_media *last =
	    hearing_find_last(r, m, row->listener);
	const char *waits = exchange_waits(&row->exchange.here);
	const struct trace_node *there;
	uint64_t move = hearing_find_move(r, row->listener, hearing_goes(last));
	uint64_t down = hearing_find_break(r, m->node, row->listener);
	bool nat, box;

	row->sender = last->node;
	row->goes = hearing_goes(last);
	row->there = trace_node_at(r->t, row->goes);
	there = row->there.n > 0 ? trace_find_node(r->t, row->there) : NULL;
	nat = there != NULL && role_plays(there->role, "nat");
	box = there != NULL && !nat && !str_eq(row->there, row->listener);
	hearing_decide(row, HEARING_NOTHING, last->flow);
	if (move != 0)
		hearing_decide(row, HEARING_MOVED, move);
	else if (down != 0)
		hearing_decide(row, HEARING_LINK, down);
	else if (hearing_is_coming(r, m, row->listener))
		row->state = HEARING_COMING;
	else if (!box && is_of_another_key(r, row, m))
		hearing_decide(row, HEARING_KEY, row->agree);
	else if (hearing_is_out_of_reach(r, last->node, row->goes))
		row->state = HEARING_PRIVATE;
	else if (is_of_another_source(r, row, last))
		hearing_decide(row, HEARING_SOURCE, row->agree);
	else if (nat)
		row->state = HEARING_NAT;
	else if (box)
		row->state = HEARING_BOX;
	else if (waits[0] != '\0' && !str_is(row->goes, waits))
		row->state = HEARING_ELSEWHERE;
	if (row->state != HEARING_LINK)
		return;
	row->there = hearing_why_name_of(r, down);
	if (str_find(row->there, "--") < 0)
		row->state = HEARING_DOWN;
}

/* Nothing of what M sends comes to ROW's listener any more, which has heard it:
 * record STILL says so, and where and why it was lost, if that is known. */
static void
decide_no_more(struct reading *r, struct hearing *row,
    const struct state_at_media *m, uint64_t still)
{
	LOCAL_BUF scratch = BUF_INIT;
	struct trace_rec rec;
	struct str reason;

	hearing_decide_lost(r, row, m);
	if (row->state != HEARING_NOTHING && row->state != HEARING_NAT &&
	    row->state != HEARING_BOX)
		return;
	trace_get(r->t, still, &rec);
	reason = trace_str(&rec, "reason", &scratch);
	hearing_decide(row,
	    str_is(reason, "payload") ? HEARING_TYPE : HEARING_STOPPED, still);
	row->why = trace_drop_find(reason);
	buf_clear(&scratch);
	row->there = trace_str(&rec, "where", &scratch);
	if (row->why != TRACE_DROP_COUNT && row->there.n > 0 &&
	    row->there.p != scratch.p)
		row->state = HEARING_DROPPED;
}

bool
hearing_has_media(const struct reading *r, const struct state_at_call *c)
{
	const struct state_at_media *m;
	size_t at = 0;

	while ((m = state_at_next_media(r->f, c->node, &at)) != NULL)
		if (str_eq(m->call, c->id))
			return true;
	return false;
}

bool
hearing_is_program(const struct reading *r, struct str node)
{
	const struct trace_node *n = trace_find_node(r->t, node);

	return n != NULL && role_plays(n->role, "script");
}

bool
hearing_is_down(const struct reading *r, struct str node)
{
	size_t at = 0;

	return state_at_next_crash(r->f, node, &at) != NULL;
}

/* The speaker has not agreed on the stream yet, and on others of that call.
 */
static bool
agrees_later(struct reading *r, const struct hearing *row)
{
	const struct state_at_media *m;
	const struct state_at_call *c;
	size_t at = 0;

	while ((m = state_at_next_media(r->f, row->speaker, &at)) != NULL) {
		c = state_at_find_call(r->f, m->node, m->call);
		if (c != NULL && !str_is(c->state, "terminating") &&
		    !str_eq(m->type, row->type) &&
		    hearing_is_of_call(r, m, row))
			return true;
	}
	return false;
}

/* A program that calls two users has told the listener, but not the sender yet:
 * since the agreement no stream to there has stopped. */
static bool
tells_later(const struct reading *r, const struct hearing *row)
{
	bool stopped = false;

	if (!hearing_is_program(r, row->speaker))
		return false;
	for (uint64_t seq = row->agree + 1;
	     seq <= state_at_position(r->f) && !stopped; seq++) {
		struct buf scratch[2] = { BUF_INIT, BUF_INIT };
		struct trace_rec rec;

		if (trace_kind_of(r->t, seq) != TRACE_MEDIA)
			continue;
		trace_get(r->t, seq, &rec);
		stopped = str_is(trace_str(&rec, "op", &scratch[0]), "stop") &&
			  str_is(trace_str(&rec, "peer", &scratch[1]),
			      row->exchange.here.address);
		buf_free(&scratch[0]);
		buf_free(&scratch[1]);
	}
	return !stopped;
}

/* A real program plays NODE: what it has sent has come from outside, and what
 * it has agreed on is told by the other side alone. */
static bool
is_played_outside(const struct reading *r, struct str node)
{
	bool outside = false;

	for (uint64_t seq = 1; seq <= state_at_position(r->f) && !outside;
	     seq++) {
		LOCAL_BUF scratch = BUF_INIT;
		struct trace_rec rec;
		uint64_t cause = trace_cause_of(r->t, seq);

		if (trace_kind_of(r->t, seq) != TRACE_SEND || cause == 0 ||
		    trace_kind_of(r->t, cause) != TRACE_ACT)
			continue;
		trace_get(r->t, seq, &rec);
		if (!str_eq(rec.node, node))
			continue;
		trace_get(r->t, cause, &rec);
		outside = str_is(trace_str(&rec, "by", &scratch), "outside");
	}
	return outside;
}

/* Nothing is agreed at the speaker's. */
static enum hearing_state
state_unagreed(struct reading *r, const struct hearing *row)
{
	const struct state_at_call *c;
	enum hearing_state state = HEARING_NOBODY;
	size_t at = 0;

	if (row->speaker.n == 0)
		return HEARING_NOBODY;
	if (hearing_is_down(r, row->speaker))
		return HEARING_GONE;
	if (tells_later(r, row))
		return HEARING_LATER;
	while ((c = state_at_next_call(r->f, row->speaker, &at)) != NULL)
		if (!hearing_has_media(r, c) &&
		    !str_is(c->state, "terminating"))
			state = str_is(c->state, "confirmed") ? HEARING_MUTE
				: state == HEARING_MUTE       ? HEARING_MUTE
							      : HEARING_LATER;
	return state != HEARING_NOBODY              ? state
	       : agrees_later(r, row)               ? HEARING_LATER
	       : is_played_outside(r, row->speaker) ? HEARING_UNSENT
						    : HEARING_ENDED;
}

/* M is not to send, by what it has agreed on itself. */
static void
decide_unsaid(
    struct reading *r, struct hearing *row, const struct state_at_media *m)
{
	struct exchange e;

	r->err = exchange_read(r->h->exchanges, r->t, m->agree, m->type, &e);
	if (r->err == 0)
		hearing_decide_held(row, &e.there, &e.here, m->agree);
}

/* RFC 4145 4.1: who waits for a connection opens none. */
static bool
waits_for_tcp(const struct reading *r, const struct state_at_media *m)
{
	LOCAL_BUF scratch = BUF_INIT;
	struct trace_rec rec;

	if (m->agree == 0)
		return false;
	trace_get(r->t, m->agree, &rec);
	return str_is(trace_str(&rec, "setup", &scratch), "passive");
}

/* The record STOP says that what was relayed comes no more. */
static bool
is_unfed(const struct reading *r, uint64_t stop)
{
	LOCAL_BUF scratch = BUF_INIT;
	struct trace_rec rec;

	if (stop == 0)
		return false;
	trace_get(r->t, stop, &rec);
	return str_is(trace_str(&rec, "reason", &scratch), "source");
}

/* M has agreed, and does not send to L yet, or no more. */
static void
decide_unsent(const struct reading *r, struct hearing *row,
    const struct state_at_media *l, const struct state_at_media *m)
{
	const struct state_at_call *c =
	    state_at_find_call(r->f, m->node, m->call);
	const struct state_at_media *cut = m->cut ? m : l;
	/* The listener has it again. */
	bool anew = m->stop != 0 && l->agree > m->stop;
	LOCAL_BUF scratch = BUF_INIT;
	struct trace_rec rec;

	hearing_decide(row,
	    m->stop == 0 ? HEARING_UNSENT
	    : anew       ? HEARING_LATER
			 : HEARING_REMOVED,
	    anew ? l->agree : m->agree);
	if (c == NULL ? m->stop != 0 || !hearing_is_program(r, m->node)
		      : str_is(c->state, "terminating")) {
		row->state = HEARING_ENDED;
	} else if (is_unfed(r, m->stop)) {
		hearing_decide(row, HEARING_UNFED, m->stop);
	} else if (cut->cut) {
		trace_get(r->t, cut->way, &rec);
		hearing_decide(row,
		    str_is(trace_str(&rec, "op", &scratch), "unreachable")
			? HEARING_UNREACHED
			: HEARING_UNCONNECTED,
		    cut->way);
	} else if (waits_for_tcp(r, l) && waits_for_tcp(r, m)) {
		row->state = HEARING_UNCONNECTED;
	}
}

void
hearing_decide_silent(struct reading *r, struct hearing *row,
    const struct state_at_media *l, const struct state_at_media *m)
{
	if (m == NULL) {
		hearing_decide(row, state_unagreed(r, row), l->agree);
		return;
	}
	row->call_there = m->call;
	row->agree_there = m->agree;
	row->flow = m->flow;
	if (m->flow != 0 && l->still > state_at_last_mending(r->f))
		decide_no_more(r, row, m, l->still);
	else if (m->flow != 0)
		hearing_decide_lost(r, row, m);
	else if (m->agree == 0)
		hearing_decide(row, HEARING_LATER, l->agree);
	else if (hearing_has_way(m->direction, "sendonly"))
		decide_unsent(r, row, l, m);
	else
		decide_unsaid(r, row, m);
}

/* A machine has no user who says something. */
static bool
is_machine(const struct reading *r, struct str name)
{
	const struct trace_node *n = trace_find_node(r->t, name);

	return n != NULL && (role_traits(n->role) & TRAIT_PHONE) == 0;
}

/* An act has muted M, which says silence: while it flows, or before. */
static bool
is_muted(const struct reading *r, const struct state_at_media *m)
{
	const struct state_at_call *c =
	    state_at_find_call(r->f, m->node, m->call);
	uint64_t act = m->say != 0 ? trace_cause_of(r->t, m->say) : 0;
	LOCAL_BUF scratch = BUF_INIT;
	struct trace_rec rec;

	if (c != NULL && c->muted)
		return true;
	if (act == 0 || trace_kind_of(r->t, act) != TRACE_ACT)
		return false;
	trace_get(r->t, act, &rec);
	return str_is(trace_str(&rec, "verb", &scratch), "mute");
}

/* What M says is heard by S. */
static void
decide_sound(const struct reading *r, struct hearing *row,
    const struct state_at_source *s, const struct state_at_media *m)
{
	static const char *const sounds[] = { "music", "ring-back", "prompt",
		"beep" };

	hearing_decide(row, HEARING_HEARS, s->hear);
	if (m == NULL || str_is(m->type, "video"))
		return;
	if (m->say > s->hear) {
		row->decides = m->say;
		row->since = trace_time_of(r->t, m->say);
	}
	if (str_is(m->sound, "silence"))
		row->state = is_machine(r, m->node) ? HEARING_QUIET
			     : is_muted(r, m)       ? HEARING_MUTED
						    : HEARING_SILENCE;
	for (size_t i = 0; i < COUNT_OF(sounds); i++)
		if (str_is(m->sound, sounds[i])) {
			row->state = HEARING_SOUND;
			row->sound = m->sound;
		}
}

/* Of S nothing comes any more, since its speaker has stopped: by the end of the
 * call, or since it is down. */
static void
decide_gone(const struct reading *r, struct hearing *row,
    const struct state_at_source *s)
{
	uint64_t stop = hearing_find_op(
	    r->t, state_at_position(r->f), "stop", row->speaker, s->ssrc);

	uint64_t by = stop != 0 ? trace_cause_of(r->t, stop) : 0;
	bool ended = by != 0 && trace_kind_of(r->t, by) == TRACE_CALL;

	hearing_decide(row,
	    ended               ? HEARING_ENDED
	    : is_unfed(r, stop) ? HEARING_UNFED
				: HEARING_GONE,
	    stop != 0       ? stop
	    : s->still != 0 ? s->still
			    : s->hear);
}

void
hearing_decide_heard(struct reading *r, struct hearing *row,
    const struct state_at_source *s, const struct state_at_media *m)
{
	struct str sender = hearing_sender(r->t, s->hear);
	uint64_t cut = m != NULL ? hearing_find_cut(r, s, m) : 0;
	struct trace_rec rec;
	int64_t late = 0;

	row->speaker = m != NULL ? m->node : hearing_speaker(r->t, s->hear);
	row->call_there = m != NULL ? m->call : STR_NULL;
	row->agree_there = m != NULL ? m->agree : 0;
	row->flow = m != NULL ? m->flow : 0;
	row->goes = m != NULL ? hearing_goes(m) : STR_NULL;
	row->hear = s->hear;
	row->quality = s->quality;
	row->codec = s->codec.n > 0 ? s->codec : row->codec;
	row->since = s->since;
	if (s->quality != 0) {
		trace_get(r->t, s->quality, &rec);
		late = trace_int(&rec, "late", 0);
	}
	if (s->codec.n == 0)
		hearing_decide(row, HEARING_TYPE, s->hear);
	else if (m != NULL &&
		 (hearing_find_break(r, m->node, row->listener) != 0 ||
		     hearing_find_move(r, row->listener,
			 hearing_goes(
			     hearing_find_last(r, m, row->listener))) != 0))
		hearing_decide_lost(r, row, m);
	else if (m == NULL && (s->still != 0 || sender.n > 0))
		decide_gone(r, row, s);
	else if (cut != 0 || (s->still != 0 && !s->silent &&
				 s->quality > state_at_last_mending(r->f)))
		hearing_decide(row, HEARING_STOPPED, cut != 0 ? cut : s->still);
	else if (m != NULL && s->silent &&
		 s->still > state_at_last_mending(r->f))
		decide_no_more(r, row, m, s->still);
	else if (late > 0 && s->packets >= 0 && late > s->packets / LATE_SHARE)
		hearing_decide(row, HEARING_LATE, s->quality);
	else
		decide_sound(r, row, s, m);
}
