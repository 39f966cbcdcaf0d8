/*
 * The table of hearing.  Each side of a call that has agreed on something has
 * a row for each source that it hears, or else one that says why it hears none.
 * The speaker is known by the sender of the packets, else by the address that
 * was agreed on, else since it sends here.
 */
#include "follower/hearing.h"

#include <string.h>

#include "base/array.h"
#include "base/err.h"
#include "base/i18n.h"
#include "base/mem.h"
#include "role/role.h"
#include "sound/codec.h"
#include "follower/exchange.h"
#include "follower/hearing_in.h"
#include "trace/state_at.h"

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
hearing_add(struct reading *r, const struct hearing *row)
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

/* S was sent by no node of the trace. */
static bool
is_stranger(const struct reading *r, const struct state_at_source *s)
{
	return hearing_sender(r->t, s->hear).n == 0 &&
	       trace_node_at(r->t, s->peer).n == 0;
}

/* It has samples that can be summed up. */
static bool
is_mixed(struct str codec)
{
	const struct sound_codec *c = sound_codec_find(codec);

	return c != NULL && c->kind == SOUND_REAL;
}

/* RFC 4575 5.7.3: a conference server does not let the others hear call C. */
static bool
is_left_out(const struct reading *r, const struct state_at_call *c)
{
	const struct state_at_transaction *p;
	size_t at = 0;

	while ((p = state_at_next_transaction(r->f, c->node, &at)) != NULL)
		if (str_eq(p->id, c->id) &&
		    str_is(p->machine_name, "participant"))
			return !str_is(p->state, "connected");
	return false;
}

/* What the node of call OWN hears in another call of the mix. */
static const struct state_at_source *
next_mixed(const struct reading *r, const struct state_at_call *own, size_t *at)
{
	const struct state_at_source *s;
	const struct state_at_call *c;

	while ((s = state_at_next_source(r->f, own->node, at)) != NULL) {
		c = state_at_find_call(r->f, s->node, s->call);
		if (c != NULL && c != own && str_eq(c->mix, own->mix) &&
		    str_is(s->type, "audio") && is_mixed(s->codec) &&
		    !is_left_out(r, c))
			return s;
	}
	return NULL;
}

/* ROW's speaker is not silent. */
static bool
hearing_is_sound(const struct hearing *row)
{
	return row->state == HEARING_HEARS || row->state == HEARING_SOUND ||
	       row->state == HEARING_LATE;
}

static uint64_t
newest(uint64_t a, uint64_t b)
{
	return a > b ? a : b;
}

/* The speakers heard through M's mixing node, of which row HEARD is; how many
 * rows. */
static size_t
hearing_add_mixed(struct reading *r, const struct hearing *heard,
    const struct state_at_media *m)
{
	const struct state_at_call *own =
	    state_at_find_call(r->f, m->node, m->call);
	const struct state_at_source *s;
	size_t at = 0, n = 0;

	if (own == NULL || own->mix.n == 0 || !is_mixed(heard->codec))
		return 0;
	while (r->err == 0 && (s = next_mixed(r, own, &at)) != NULL) {
		struct hearing there = {
			.listener = m->node, .call = s->call, .type = s->type
		};
		struct hearing row = *heard;

		hearing_decide_heard(r, &there, s, hearing_find_stream(r, s));
		if (!hearing_is_sound(&there) ||
		    str_eq(there.speaker, heard->listener))
			continue;
		row.speaker = there.speaker;
		row.there = m->node;
		row.quality = 0;
		hearing_decide(&row, HEARING_THROUGH,
		    newest(newest(s->hear, own->mixed), heard->hear));
		row.since = trace_time_of(r->t, row.decides);
		hearing_add(r, &row);
		n++;
	}
	return n;
}

/* ROW is of a source that M sends, and others may be heard through it. */
static void
add_heard(struct reading *r, const struct hearing *row,
    const struct state_at_media *m)
{
	size_t at = r->h->n;

	if (hearing_add(r, row) == NULL || m == NULL ||
	    !hearing_is_heard(row->state))
		return;
	if (hearing_add_mixed(r, row, m) == 0 && str_is(m->sound, "mix") &&
	    row->state == HEARING_HEARS)
		r->h->list[at].state = HEARING_ALONE;
}

/* The sources that L hears; how many, without those of strangers. */
static size_t
add_sources(struct reading *r, const struct state_at_media *l,
    const struct hearing *begun)
{
	const struct state_at_source *s;
	const struct state_at_media *m;
	struct hearing row;
	size_t at = 0, n = 0;
	bool stranger;

	while ((s = state_at_next_source(r->f, l->node, &at)) != NULL) {
		if (!str_eq(s->call, l->call) || !str_eq(s->type, l->type))
			continue;
		m = hearing_find_stream(r, s);
		stranger = m == NULL && is_stranger(r, s);
		/* Held meanwhile: what was heard stays known. */
		if (m == NULL && !stranger &&
		    hearing_find_side(r, l, begun) != NULL)
			continue;
		row = *begun;
		hearing_decide_heard(r, &row, s, m);
		add_heard(r, &row, m);
		n += !stranger;
	}
	return n;
}

/* ROW is of a source that is heard though there is no answer (RFC 3960). */
static void
mark_early(const struct reading *r, struct hearing *row)
{
	const struct state_at_call *c =
	    state_at_find_call(r->f, row->listener, row->call);

	if (c != NULL && !str_is(c->state, "confirmed") &&
	    !str_is(c->state, "terminating") &&
	    (row->state == HEARING_HEARS || row->state == HEARING_SILENCE ||
		row->state == HEARING_QUIET || row->state == HEARING_SOUND))
		row->state = HEARING_EARLY;
}

/* A capture tells which streams flow, and of calls nothing that is agreed. */
static bool
is_capture(const struct trace *t)
{
	return trace_head(t)->inputs.type == JSON_NONE;
}

/* A capture shows the packets sent to ROW's listener, in S; only its reports
 * about M tell whether it receives them. */
static void
mark_seen(const struct reading *r, struct hearing *row,
    const struct state_at_source *s, const struct state_at_media *m)
{
	bool early = row->state == HEARING_EARLY;
	struct trace_rec rec;

	if (s->silent) {
		hearing_decide(row, HEARING_PAUSE, s->still);
		row->there = STR_NULL;
		row->why = 0;
	} else if (hearing_is_heard(row->state)) {
		row->report = m != NULL ? m->report : 0;
		row->state = row->report != 0 ? HEARING_REPORTED
			     : early          ? HEARING_PREVIEW
					      : HEARING_SENT;
	}
	if (row->report == 0)
		return;
	trace_get(r->t, row->report, &rec);
	row->lost = trace_int(&rec, "share", 0);
}

/* C has no answer yet, and hears what called phones send before it. */
static void
hearing_add_early(struct reading *r, const struct state_at_call *c)
{
	const struct state_at_source *s;
	const struct state_at_media *m;
	struct str sender;
	size_t at = 0;

	while ((s = state_at_next_source(r->f, c->node, &at)) != NULL) {
		struct hearing row = {
			.listener = c->node, .call = c->id, .type = s->type
		};

		if (!str_eq(s->call, c->id))
			continue;
		m = hearing_find_stream(r, s);
		sender = hearing_sender(r->t, s->hear);
		/* It has ended. */
		if (m == NULL && sender.n > 0 && !hearing_is_down(r, sender))
			continue;
		hearing_decide_heard(r, &row, s, m);
		mark_early(r, &row);
		if (is_capture(r->t))
			mark_seen(r, &row, s, m);
		hearing_add(r, &row);
	}
}

/* What NODE hears with SSRC; NULL: nothing. */
static const struct state_at_source *
find_source(const struct reading *r, struct str node, int64_t ssrc)
{
	const struct state_at_source *s;
	size_t at = 0;

	while ((s = state_at_next_source(r->f, node, &at)) != NULL)
		if (s->ssrc == ssrc)
			return s;
	return NULL;
}

/* Record SEQ comes of what call C began by. */
static bool
comes_of_call(
    const struct trace *t, uint64_t seq, const struct state_at_call *c)
{
	uint64_t first = trace_cause_of(t, c->first);

	while (seq > first)
		seq = trace_cause_of(t, seq);
	return seq != 0 && seq == first;
}

/* Media sent to C before its answer that do not arrive. */
static void
add_early_lost(struct reading *r, const struct state_at_call *c)
{
	const struct state_at_media *m;
	size_t at = 0;

	while (r->err == 0 &&
	       (m = state_at_next_media(r->f, STR_NULL, &at)) != NULL) {
		struct hearing there = { .type = m->type };
		struct hearing row = { .listener = c->node,
			.speaker = m->node,
			.call = c->id,
			.call_there = m->call,
			.type = m->type,
			.codec = m->codec,
			.flow = m->flow };

		if (m->flow == 0 || m->agree == 0 || m->from.n > 0 ||
		    find_source(r, c->node, m->ssrc) != NULL)
			continue;
		hearing_read_exchange(r, m->agree, &there);
		if (!str_eq(there.exchange.origin, c->node) ||
		    !comes_of_call(r->t, there.exchange.said, c))
			continue;
		hearing_decide_lost(r, &row, m);
		row.since = trace_time_of(r->t, row.decides);
		if (row.state != HEARING_COMING)
			hearing_add(r, &row);
	}
}

/* M sends no more, though what was agreed on last would have it send. */
static bool
has_stopped(const struct state_at_media *m)
{
	return m->stop != 0 && hearing_has_way(m->direction, "sendonly");
}

/* A program calls two parties and lies in the way of neither's media (RFC
 * 3725): who sends to where ROW's listener waits is who speaks. */
static const struct state_at_media *
find_third(const struct reading *r, const struct state_at_media *l,
    struct hearing *row)
{
	const struct state_at_media *m;
	size_t at = 0;

	if (!hearing_is_program(r, row->speaker))
		return NULL;
	while ((m = state_at_next_media(r->f, STR_NULL, &at)) != NULL)
		if (!str_eq(m->node, l->node) && str_eq(m->type, l->type) &&
		    str_is(m->peer, row->exchange.here.address)) {
			row->speaker = m->node;
			break;
		}
	return m;
}

static void
add_agreed(struct reading *r, const struct state_at_media *l)
{
	struct hearing row = { .listener = l->node,
		.call = l->call,
		.type = l->type,
		.codec = l->codec,
		.agree = l->agree };
	const struct state_at_media *m;
	const struct state_at_call *c;

	hearing_read_exchange(r, l->agree, &row);
	row.speaker = row.exchange.origin.n > 0 ? row.exchange.origin
						: trace_node_at(r->t, l->peer);
	if (r->err != 0 || add_sources(r, l, &row) > 0)
		return;
	m = hearing_find_side(r, l, &row);
	if (m == NULL)
		m = find_third(r, l, &row);
	c = state_at_find_call(r->f, l->node, l->call);
	if (c != NULL && str_is(c->state, "terminating"))
		return;
	/* RFC 3264 8.2: both have taken it out of the call. */
	if (has_stopped(l) && m != NULL && has_stopped(m))
		return;
	if (hearing_has_way(l->direction, "recvonly")) {
		hearing_decide_silent(r, &row, l, m);
	} else {
		row.call_there = m != NULL ? m->call : STR_NULL;
		hearing_decide_held(
		    &row, &row.exchange.here, &row.exchange.there, l->agree);
	}
	row.since = row.decides != 0 ? trace_time_of(r->t, row.decides) : 0;
	hearing_add(r, &row);
}

/* Of a capture: the standing agreement between ROW's listener and the other
 * side of C. */
static void
read_standing(
    struct reading *r, const struct state_at_call *c, struct hearing *row)
{
	if (r->err == 0 && r->h->exchanges == NULL)
		r->err = exchange_create(&r->h->exchanges);
	if (r->err == 0)
		r->err = exchange_read_standing(r->h->exchanges, r->t, c->last,
		    state_at_position(r->f), row->type, &row->exchange);
	row->has_exchange = row->exchange.there.seq != 0;
}

/* A stream says nothing of a pause in it. */
static void
mark_held(struct reading *r, struct hearing *row)
{
	const struct state_at_call *c =
	    state_at_find_call(r->f, row->listener, row->call);

	if (c == NULL || !str_is(c->state, "confirmed"))
		return;
	read_standing(r, c, row);
	if (hearing_decide_if_held(row))
		row->since = trace_time_of(r->t, row->decides);
}

/* Of a capture: a stream that is seen. */
static void
add_seen(struct reading *r, const struct state_at_media *m, struct str listener)
{
	LOCAL_BUF scratch = BUF_INIT;
	struct hearing row = { .speaker = m->node,
		.call = m->call,
		.codec = m->codec,
		.goes = m->goes,
		.flow = m->flow,
		.since = m->since };
	const struct state_at_source *s;
	struct trace_rec rec;
	struct str to;

	trace_get(r->t, m->flow, &rec);
	to = trace_str(&rec, "dst", &scratch);
	row.listener =
	    to.n > 0 && to.p != scratch.p ? to : trace_node_at(r->t, m->goes);
	hearing_decide(&row,
	    trace_str(&rec, "reason", &scratch).n > 0    ? HEARING_NOTHING
	    : trace_str(&rec, "formats", &scratch).n > 0 ? HEARING_TYPE
							 : HEARING_FLOWS,
	    m->flow);
	s = row.listener.n > 0 ? find_source(r, row.listener, m->ssrc) : NULL;
	if (s != NULL) {
		row.call = s->call;
		row.type = s->type;
		hearing_decide_heard(r, &row, s, m);
		mark_early(r, &row);
		mark_seen(r, &row, s, m);
		mark_held(r, &row);
	}
	if (listener.p == NULL || str_eq(listener, row.listener))
		hearing_add(r, &row);
}

/* What becomes of a call of which nothing is agreed. */
static void
decide_unagreed(
    struct reading *r, struct hearing *row, const struct state_at_call *c)
{
	bool up = str_is(c->state, "confirmed");

	hearing_decide(row, HEARING_UNAGREED, c->last);
	if (!up && !str_is(c->state, "early") &&
	    !str_is(c->state, "moratorium"))
		return;
	if (is_capture(r->t))
		read_standing(r, c, row);
	else
		hearing_read_exchange(r, c->last, row);
	row->speaker = row->exchange.origin;
	if (row->has_exchange && row->exchange.here.seq != 0)
		row->state =
		    row->exchange.here.refused || row->exchange.there.refused
			? HEARING_REFUSED
		    : up ? HEARING_DEAF
			 : HEARING_UNAGREED;
}

/* Of a capture: a source of ROW's call has not ended, and goes on as another
 * codec. */
static bool
hearing_goes_on(const struct reading *r, struct hearing *row)
{
	const struct state_at_source *s;
	size_t at = 0;

	while ((s = state_at_next_source(r->f, row->listener, &at)) != NULL)
		if (str_eq(s->call, row->call) && str_eq(s->type, row->type))
			break;
	if (s == NULL)
		return false;
	hearing_decide(row, HEARING_HEARS, s->hear);
	mark_seen(r, row, s, NULL);
	row->speaker = hearing_speaker(r->t, s->hear);
	row->codec = s->codec;
	row->hear = s->hear;
	row->quality = s->quality;
	row->since = s->since;
	return true;
}

/* Fills ROW of C whose answer has come: a capture does not show what phones do
 * with received packets, and one of signalling alone has no packets. */
static bool
tells_of_answered(const struct reading *r, struct hearing *row)
{
	if (row->state != HEARING_DEAF || !is_capture(r->t))
		return true;
	row->state = HEARING_UNSEEN;
	if (hearing_decide_if_held(row))
		row->since = trace_time_of(r->t, row->decides);
	else if (hearing_goes_on(r, row))
		return true;
	return trace_first_of(r->t, TRACE_MEDIA) != 0;
}

/* There is a row of call C. */
static bool
hearing_has_row(const struct reading *r, const struct state_at_call *c)
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
	const struct state_at_call *c;
	const struct trace_node *n;
	size_t at = 0;

	while (r->err == 0 &&
	       (c = state_at_next_call(r->f, listener, &at)) != NULL) {
		struct hearing row = { .listener = c->node,
			.call = c->id,
			.type = STR("audio"),
			.since = c->since };

		n = trace_find_node(r->t, c->node);
		if (n == NULL || (role_traits(n->role) & TRAIT_PHONE) == 0 ||
		    (!is_capture(r->t) && hearing_has_media(r, c)) ||
		    str_is(c->state, "terminating") || hearing_has_row(r, c))
			continue;
		hearing_add_early(r, c);
		add_early_lost(r, c);
		if (hearing_has_row(r, c))
			continue;
		decide_unagreed(r, &row, c);
		if (tells_of_answered(r, &row))
			hearing_add(r, &row);
	}
}

static bool
names_speaker(const struct hearing *row)
{
	const char *text = states[row->state].text;

	return row->speaker.n > 0 && (strstr(text, "{speaker}") != NULL ||
					 strstr(text, "{sender}") != NULL);
}

/* Of two rows that read alike their calls are told as well. */
static void
mark_alike(struct hearings *h)
{
	for (size_t i = 0; i < h->n; i++)
		for (size_t k = 0; k < h->n; k++) {
			struct hearing *a = &h->list[i], *b = &h->list[k];

			a->is_one_of |=
			    i != k && str_eq(a->type, b->type) &&
			    str_eq(a->listener, b->listener) &&
			    (!names_speaker(a) || !names_speaker(b) ||
				str_eq(a->speaker, b->speaker));
		}
}

int
hearings_read(struct hearings *h, const struct trace *t,
    const struct state_at *f, struct str listener, size_t most)
{
	struct reading r = { .h = h, .t = t, .f = f, .most = most };
	const struct state_at_media *m;
	size_t at = 0;

	h->n = h->more = 0;
	while (
	    r.err == 0 && (m = state_at_next_media(f, STR_NULL, &at)) != NULL) {
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

const char *
hearing_scale(const struct trace_rec *rec)
{
	static const struct {
		const char *word, *text;
	} scales[] = {
		/* TRANSLATORS: of a MOS: ITU-T G.107.1, G.107.2 */
		{ "wideband", N_("wideband") },
		{ "fullband", N_("fullband") },
	};
	LOCAL_BUF scratch = BUF_INIT;
	struct str word = trace_str(rec, "scale", &scratch);
	const char *text = NULL;

	for (size_t i = 0; i < COUNT_OF(scales); i++)
		if (str_is(word, scales[i].word))
			text = i18n_text(scales[i].text);
	return text;
}
