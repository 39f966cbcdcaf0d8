/*
 * The table of who hears whom.  Each side of a call that has agreed upon
 * something has a row for each source that it hears, or else one that says why
 * it hears none.  The speaker is known by the SSRC where something came, else
 * by the address that was agreed upon, else since it sends here.
 */
#include "story/hearing_in.h"

#include "base/array.h"
#include "base/err.h"
#include "base/mem.h"
#include "role/role.h"

/* Too late is more than one of so many. */
#define LATE_SHARE 10

static const struct {
	const char *word, *text;
	bool heard;
	unsigned asks;
} states[] = {
#define X(id, name, is_heard, weight, sentence) \
	{ name, sentence, is_heard, weight },
	HEARING_STATES(X)
#undef X
};

bool
hearing_is_heard(enum hearing_state s)
{
	return states[s].heard;
}

unsigned
hearing_asks(enum hearing_state s)
{
	return states[s].asks;
}

const char *
hearing_word(enum hearing_state s)
{
	return states[s].word;
}

const char *
hearing_text(enum hearing_state s)
{
	return _(states[s].text);
}

/* NULL: there is no room. */
static struct hearing *
add_row(struct reading *r, const struct hearing *row)
{
	struct hearings *h = r->h;

	if (h->n == r->most) {
		h->more++;
		return NULL;
	}
	if (ARRAY_ROOM(&h->list, &h->cap, h->n + 1) != 0) {
		r->err = ERR_NOMEM;
		return NULL;
	}
	h->list[h->n] = *row;
	return &h->list[h->n++];
}

/* ---- why ---- */

static bool
has_way(struct str direction, const char *one)
{
	return str_is(direction, "sendrecv") || str_is(direction, one);
}

static void
decide(struct hearing *row, enum hearing_state state, uint64_t by)
{
	row->state = state;
	row->decides = by;
}

/* A description that has this keeps media from going. */
static bool
is_without(const struct exchange_side *side, enum msg_sdp_direction one)
{
	return side->seq != 0 &&
	       (side->nowhere || (side->direction != MSG_SDP_SENDRECV &&
				     side->direction != one));
}

/* Either LISTENER does not want to hear, or SPEAKER is not to send, and an
 * answer has to follow its offer (RFC 3264 6.1). */
static void
decide_held(struct hearing *row, const struct exchange_side *listener,
    const struct exchange_side *speaker, uint64_t by)
{
	bool unwanted = is_without(listener, MSG_SDP_RECVONLY);
	bool ungiven = is_without(speaker, MSG_SDP_SENDONLY);
	bool holds = unwanted && (!ungiven || listener->seq < speaker->seq);
	const struct exchange_side *says = holds ? listener : speaker;

	decide(row, holds ? HEARING_HOLDS : HEARING_HELD, by);
	row->says = holds ? "sendonly" : "recvonly";
	if (says->seq != 0 && says->nowhere)
		row->says = "c=0.0.0.0";
	else if (says->seq != 0 && says->direction != MSG_SDP_SENDRECV)
		row->says = msg_sdp_direction_name(says->direction);
}

/* M flows to the listener, and nothing of it is heard. */
static void
decide_lost(struct reading *r, struct hearing *row, const struct fold_media *m)
{
	const struct fold_media *last = hearing_find_last(r, m, row->listener);
	const char *waits = exchange_waits(&row->exchange.here);
	const struct trace_node *there;
	uint64_t move = hearing_find_move(r, row->listener, hearing_goes(last));
	bool nat;

	row->sender = last->node;
	row->goes = hearing_goes(last);
	row->there = trace_node_at(r->t, row->goes);
	there = row->there.n > 0 ? trace_find_node(r->t, row->there) : NULL;
	nat = there != NULL && (role_is(there->role) & ROLE_BIT(nat)) != 0;
	decide(row, HEARING_NOTHING, last->flow);
	if (move != 0)
		decide(row, HEARING_MOVED, move);
	else if (hearing_is_coming(r, m, row->listener))
		row->state = HEARING_COMING;
	else if (hearing_is_out_of_reach(r, last->node, row->goes))
		row->state = HEARING_PRIVATE;
	else if (nat)
		row->state = HEARING_NAT;
	else if (there != NULL && !str_eq(row->there, row->listener))
		row->state = HEARING_BOX;
	else if (waits[0] != '\0' && !str_is(row->goes, waits))
		row->state = HEARING_ELSEWHERE;
}

/* RFC 4568 7.1: what M seals by, L opens by, unless somebody has changed the
 * key on its way. */
static bool
is_of_another_key(
    struct reading *r, const struct fold_media *l, const struct fold_media *m)
{
	struct buf rooms[2] = { BUF_INIT, BUF_INIT };
	struct trace_rec here, there;
	struct str opens, seals;
	bool another;

	if (l->agree == 0 || m->agree == 0)
		return false;
	trace_get(r->t, l->agree, &here);
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

static bool
has_media(const struct reading *r, const struct fold_call *c)
{
	const struct fold_media *m;
	size_t at = 0;

	while ((m = fold_next_media(r->f, c->node, &at)) != NULL)
		if (str_eq(m->call, c->id))
			return true;
	return false;
}

static bool
is_down(const struct reading *r, struct str node)
{
	size_t at = 0;

	return fold_next_crash(r->f, node, &at) != NULL;
}

/* What a handset agrees upon and sends has no records. */
static bool
is_handset(const struct reading *r, struct str node)
{
	const struct trace_node *n = trace_find_node(r->t, node);

	return n != NULL && (role_is(n->role) & ROLE_FIRMWARE) != 0;
}

/* Nothing is agreed at the speaker's. */
static enum hearing_state
state_unagreed(const struct reading *r, const struct hearing *row)
{
	const struct fold_call *c;
	enum hearing_state state = HEARING_NOBODY;
	size_t at = 0;

	if (row->speaker.n == 0 || is_handset(r, row->speaker))
		return HEARING_NOBODY;
	if (is_down(r, row->speaker))
		return HEARING_GONE;
	while ((c = fold_next_call(r->f, row->speaker, &at)) != NULL)
		if (!has_media(r, c))
			state = str_is(c->state, "confirmed") ? HEARING_MUTE
				: state == HEARING_MUTE       ? HEARING_MUTE
							      : HEARING_LATER;
	return state != HEARING_NOBODY ? state : HEARING_ENDED;
}

/* M is not to send, by what it has agreed upon itself. */
static void
decide_unsaid(
    struct reading *r, struct hearing *row, const struct fold_media *m)
{
	struct exchange e;

	r->err = exchange_read(r->h->exchanges, r->t, m->agree, m->type, &e);
	if (r->err == 0)
		decide_held(row, &e.there, &e.here, m->agree);
}

/* M has agreed, and does not send to L yet, or no more. */
static void
decide_unsent(const struct reading *r, struct hearing *row,
    const struct fold_media *l, const struct fold_media *m)
{
	const struct fold_call *c = fold_find_call(r->f, m->node, m->call);
	const struct fold_media *cut = m->cut ? m : l;
	struct buf scratch = BUF_INIT;
	struct trace_rec rec;

	decide(row, m->stop != 0 ? HEARING_REMOVED : HEARING_UNSENT, m->agree);
	if (c == NULL || str_is(c->state, "terminating")) {
		row->state = HEARING_ENDED;
	} else if (cut->cut) {
		trace_get(r->t, cut->way, &rec);
		decide(row,
		    str_is(trace_str(&rec, "op", &scratch), "unreachable")
			? HEARING_UNREACHED
			: HEARING_UNCONNECTED,
		    cut->way);
		buf_free(&scratch);
	}
}

/* Nothing is heard by L, which wants to. */
static void
decide_silent(struct reading *r, struct hearing *row,
    const struct fold_media *l, const struct fold_media *m)
{
	if (m == NULL) {
		decide(row, state_unagreed(r, row), l->agree);
		return;
	}
	row->call_there = m->call;
	row->agree_there = m->agree;
	row->flow = m->flow;
	if (m->flow != 0 && is_of_another_key(r, l, m))
		decide(row, HEARING_KEY, l->agree);
	else if (m->flow != 0)
		decide_lost(r, row, m);
	else if (m->agree == 0)
		decide(row, HEARING_LATER, l->agree);
	else if (has_way(m->direction, "sendonly"))
		decide_unsent(r, row, l, m);
	else
		decide_unsaid(r, row, m);
}

/* An act has muted M, which says silence. */
static bool
is_muted(const struct reading *r, const struct fold_media *m)
{
	uint64_t act = m->say != 0 ? trace_cause_of(r->t, m->say) : 0;
	struct buf scratch = BUF_INIT;
	struct trace_rec rec;
	bool muted;

	if (act == 0 || trace_kind_of(r->t, act) != TRACE_ACT)
		return false;
	trace_get(r->t, act, &rec);
	muted = str_is(trace_str(&rec, "verb", &scratch), "mute");
	buf_free(&scratch);
	return muted;
}

/* What M says is heard by S. */
static void
decide_sound(const struct reading *r, struct hearing *row,
    const struct fold_source *s, const struct fold_media *m)
{
	static const char *const sounds[] = { "music", "ring-back", "prompt",
		"beep" };

	decide(row, HEARING_HEARS, s->hear);
	if (m == NULL)
		return;
	if (m->say > s->hear) {
		row->decides = m->say;
		row->since = trace_time_of(r->t, m->say);
	}
	if (str_is(m->sound, "silence"))
		row->state = is_muted(r, m) ? HEARING_MUTED : HEARING_SILENCE;
	for (size_t i = 0; i < sizeof(sounds) / sizeof(sounds[0]); i++)
		if (str_is(m->sound, sounds[i])) {
			row->state = HEARING_SOUND;
			row->sound = m->sound;
		}
}

/* Of S nothing comes any more, since its speaker has stopped. */
static void
decide_gone(
    const struct reading *r, struct hearing *row, const struct fold_source *s)
{
	uint64_t stop = hearing_find_op(
	    r->t, fold_position(r->f), "stop", row->speaker, s->ssrc);

	decide(row, HEARING_GONE,
	    stop != 0       ? stop
	    : s->still != 0 ? s->still
			    : s->hear);
}

/* S is a source of L that M, if it is known, still sends. */
static void
decide_heard(struct reading *r, struct hearing *row,
    const struct fold_source *s, const struct fold_media *m)
{
	struct str sender = hearing_sender(r->t, s->hear);
	struct trace_rec rec;
	int64_t late = 0;

	if (m != NULL)
		row->speaker = m->node;
	else if (sender.n > 0)
		row->speaker = sender;
	else if (!is_handset(r, row->speaker))
		row->speaker = trace_node_at(r->t, s->peer);
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
		decide(row, HEARING_TYPE, s->hear);
	else if (m != NULL &&
		 hearing_find_move(r, row->listener,
		     hearing_goes(hearing_find_last(r, m, row->listener))) != 0)
		decide_lost(r, row, m);
	else if (m == NULL && (s->still != 0 || sender.n > 0))
		decide_gone(r, row, s);
	else if (s->still != 0)
		decide(row, HEARING_STOPPED, s->still);
	else if (late > 0 && s->packets >= 0 && late > s->packets / LATE_SHARE)
		decide(row, HEARING_LATE, s->quality);
	else
		decide_sound(r, row, s, m);
}

/* ---- the rows ---- */

/* The sources that L hears; how many. */
static size_t
add_sources(
    struct reading *r, const struct fold_media *l, const struct hearing *begun)
{
	const struct fold_source *s;
	const struct fold_media *m;
	struct hearing row;
	size_t at = 0, n = 0;

	while ((s = fold_next_source(r->f, l->node, &at)) != NULL) {
		if (!str_eq(s->call, l->call) || !str_eq(s->type, l->type))
			continue;
		m = hearing_find_stream(r, s);
		/* Held meanwhile: what was heard stays known. */
		if (m == NULL && hearing_find_side(r, l, begun) != NULL)
			continue;
		row = *begun;
		decide_heard(r, &row, s, m);
		add_row(r, &row);
		n++;
	}
	return n;
}

/* ROW is of a source that is heard though there is no answer (RFC 3960). */
static void
mark_early(const struct reading *r, struct hearing *row)
{
	const struct fold_call *c =
	    fold_find_call(r->f, row->listener, row->call);

	if (c != NULL && !str_is(c->state, "confirmed") &&
	    !str_is(c->state, "terminating") &&
	    (row->state == HEARING_HEARS || row->state == HEARING_SILENCE ||
		row->state == HEARING_SOUND))
		row->state = HEARING_EARLY;
}

/* C has no answer yet, and hears what called phones send before it;
 * how many sources. */
static size_t
add_early(struct reading *r, const struct fold_call *c)
{
	const struct fold_source *s;
	const struct fold_media *m;
	struct str sender;
	size_t at = 0, n = 0;

	while ((s = fold_next_source(r->f, c->node, &at)) != NULL) {
		struct hearing row = {
			.listener = c->node, .call = c->id, .type = s->type
		};

		if (!str_eq(s->call, c->id))
			continue;
		m = hearing_find_stream(r, s);
		sender = hearing_sender(r->t, s->hear);
		/* It has ended. */
		if (m == NULL && sender.n > 0 && !is_down(r, sender))
			continue;
		decide_heard(r, &row, s, m);
		mark_early(r, &row);
		add_row(r, &row);
		n++;
	}
	return n;
}

/* M sends no more, though what was agreed upon last would have it send. */
static bool
has_stopped(const struct fold_media *m)
{
	return m->stop != 0 && has_way(m->direction, "sendonly");
}

static void
add_agreed(struct reading *r, const struct fold_media *l)
{
	struct hearing row = { .listener = l->node,
		.call = l->call,
		.type = l->type,
		.codec = l->codec,
		.agree = l->agree };
	const struct fold_media *m;
	const struct fold_call *c;

	hearing_read_exchange(r, l->agree, &row);
	row.speaker = row.exchange.origin.n > 0 ? row.exchange.origin
						: trace_node_at(r->t, l->peer);
	if (r->err != 0 || add_sources(r, l, &row) > 0)
		return;
	m = hearing_find_side(r, l, &row);
	c = fold_find_call(r->f, l->node, l->call);
	if (c != NULL && str_is(c->state, "terminating"))
		return;
	/* RFC 3264 8.2: both have taken it out of the call. */
	if (has_stopped(l) && m != NULL && has_stopped(m))
		return;
	if (has_way(l->direction, "recvonly")) {
		decide_silent(r, &row, l, m);
	} else {
		decide_held(
		    &row, &row.exchange.here, &row.exchange.there, l->agree);
	}
	row.since = row.decides != 0 ? trace_time_of(r->t, row.decides) : 0;
	add_row(r, &row);
}

/* What NODE hears with SSRC; NULL: nothing. */
static const struct fold_source *
find_source(const struct reading *r, struct str node, int64_t ssrc)
{
	const struct fold_source *s;
	size_t at = 0;

	while ((s = fold_next_source(r->f, node, &at)) != NULL)
		if (s->ssrc == ssrc)
			return s;
	return NULL;
}

/* Of a capture: a stream that is seen. */
static void
add_seen(struct reading *r, const struct fold_media *m, struct str listener)
{
	struct buf scratch = BUF_INIT;
	struct hearing row = { .speaker = m->node,
		.call = m->call,
		.codec = m->codec,
		.goes = m->goes,
		.flow = m->flow,
		.since = m->since };
	const struct fold_source *s;
	struct trace_rec rec;
	struct str to;

	trace_get(r->t, m->flow, &rec);
	to = trace_str(&rec, "dst", &scratch);
	row.listener =
	    to.n > 0 && to.p != scratch.p ? to : trace_node_at(r->t, m->goes);
	decide(&row,
	    trace_str(&rec, "reason", &scratch).n > 0    ? HEARING_NOTHING
	    : trace_str(&rec, "formats", &scratch).n > 0 ? HEARING_TYPE
							 : HEARING_FLOWS,
	    m->flow);
	buf_free(&scratch);
	s = row.listener.n > 0 ? find_source(r, row.listener, m->ssrc) : NULL;
	if (s != NULL) {
		row.call = s->call;
		row.type = s->type;
		decide_heard(r, &row, s, m);
		mark_early(r, &row);
	}
	if (listener.p == NULL || str_eq(listener, row.listener))
		add_row(r, &row);
}

/* What becomes of a call of which nothing is agreed. */
static void
decide_unagreed(
    struct reading *r, struct hearing *row, const struct fold_call *c)
{
	bool up = str_is(c->state, "confirmed");

	decide(row, HEARING_UNAGREED, c->last);
	if (!up && !str_is(c->state, "early") &&
	    !str_is(c->state, "moratorium"))
		return;
	hearing_read_exchange(r, c->last, row);
	row->speaker = row->exchange.origin;
	if (row->has_exchange && row->exchange.here.seq != 0)
		row->state =
		    row->exchange.here.refused || row->exchange.there.refused
			? HEARING_REFUSED
		    : up ? HEARING_DEAF
			 : HEARING_UNAGREED;
}

/* A capture tells which streams flow, and of calls nothing that is agreed. */
static bool
is_capture(const struct trace *t)
{
	return trace_head(t)->inputs.type == JSON_NONE;
}

/* What a row says of C whose answer has come: a capture does not tell what
 * phones do with what comes, and one of signalling alone not what came. */
static bool
tells_of_answered(const struct reading *r, struct hearing *row)
{
	if (row->state != HEARING_DEAF || !is_capture(r->t))
		return true;
	row->state = HEARING_UNSEEN;
	return trace_first_of(r->t, TRACE_MEDIA) != 0;
}

/* There is a row of call C. */
static bool
has_row(const struct reading *r, const struct fold_call *c)
{
	for (size_t i = 0; i < r->h->n; i++)
		if (str_eq(r->h->list[i].listener, c->node) &&
		    str_eq(r->h->list[i].call, c->id))
			return true;
	return false;
}

/* Calls of users of which nothing is agreed. */
static void
add_unagreed(struct reading *r, struct str listener)
{
	const struct fold_call *c;
	const struct trace_node *n;
	size_t at = 0;

	while (
	    r->err == 0 && (c = fold_next_call(r->f, listener, &at)) != NULL) {
		struct hearing row = { .listener = c->node,
			.call = c->id,
			.type = STR("audio"),
			.since = c->since };

		n = trace_find_node(r->t, c->node);
		if (n == NULL || (role_is(n->role) & ROLE_PHONE) == 0 ||
		    is_handset(r, c->node) ||
		    (!is_capture(r->t) && has_media(r, c)) ||
		    str_is(c->state, "terminating") || has_row(r, c) ||
		    add_early(r, c) > 0)
			continue;
		decide_unagreed(r, &row, c);
		if (tells_of_answered(r, &row))
			add_row(r, &row);
	}
}

/* Of two rows that read alike their calls are told, too. */
static void
mark_alike(struct hearings *h)
{
	for (size_t i = 0; i < h->n; i++)
		for (size_t k = 0; k < h->n; k++) {
			struct hearing *a = &h->list[i], *b = &h->list[k];

			a->is_one_of |=
			    i != k && str_eq(a->type, b->type) &&
			    str_eq(a->listener, b->listener) &&
			    (a->speaker.n == 0 || b->speaker.n == 0 ||
				str_eq(a->speaker, b->speaker));
		}
}

int
hearings_read(struct hearings *h, const struct trace *t, const struct fold *f,
    struct str listener, size_t most)
{
	struct reading r = { .h = h, .t = t, .f = f, .most = most };
	const struct fold_media *m;
	size_t at = 0;

	h->n = h->more = 0;
	while (r.err == 0 && (m = fold_next_media(f, STR_NULL, &at)) != NULL) {
		if (m->agree == 0 && m->flow != 0 && is_capture(t))
			add_seen(&r, m, listener);
		else if (m->agree != 0 &&
			 (listener.p == NULL || str_eq(m->node, listener)))
			add_agreed(&r, m);
	}
	add_unagreed(&r, listener);
	mark_alike(h);
	return r.err;
}

void
hearings_free(struct hearings *h)
{
	exchange_destroy(h->exchanges);
	mem_free(h->list);
	*h = HEARINGS_INIT;
}
