/*
 * Media of calls that ended well by their messages: who heard nothing of whom,
 * though both wanted to be heard.  Of a run by follower/hearing.h at the moment
 * of the BYE; of a capture by the streams of the whole call, since that no
 * packet is seen at one moment proves nothing.
 */
#include "outcome/outcome_in.h"

#include <stdlib.h>

#include "base/addr.h"
#include "base/err.h"
#include "base/mem.h"
#include "msg/bodies.h"
#include "follower/hearing.h"

/* ---- of a run ---- */

/* Rows of a listener that are looked at. */
#define ROWS_MOST 16

/* A call that ended, and with which record. */
struct ended_call {
	uint64_t bye;
	size_t i;
};

static int
compare_ended(const void *a, const void *b)
{
	const struct ended_call *x = a, *y = b;

	return x->bye < y->bye ? -1 : x->bye > y->bye;
}

/* What a state is where both sides want to be heard; COUNT: no trouble, or not
 * proven. */
static enum outcome_id
trouble_of(enum hearing_state s)
{
	switch (s) {
	case HEARING_PRIVATE:
	case HEARING_NAT:
	case HEARING_BOX:
	case HEARING_ELSEWHERE:
	case HEARING_MOVED:
	case HEARING_NOTHING:
		return OUTCOME_IS_ONE_WAY;
	case HEARING_STOPPED:
	case HEARING_DROPPED:
	case HEARING_LINK:
		return OUTCOME_IS_STOPPED;
	case HEARING_LATE:
		return OUTCOME_IS_LATE;
	default:
		return OUTCOME_COUNT;
	}
}

static bool
is_wanted(const struct exchange_side *s)
{
	return s->seq != 0 && s->direction == MSG_SDP_SENDRECV && !s->nowhere &&
	       !s->refused;
}

/* ROW is of the call that record BYE ended, and tells of a trouble. */
static enum outcome_id
judge_row(const struct outcomes *o, const struct hearings *h,
    const struct hearing *row, uint64_t bye)
{
	enum outcome_id id = trouble_of(row->state);

	if (id == OUTCOME_COUNT || row->speaker.n == 0 || !row->has_exchange ||
	    !is_wanted(&row->exchange.here) ||
	    !is_wanted(&row->exchange.there) ||
	    !exchange_is_one_call(
		h->exchanges, o->t, row->exchange.here.seq, bye))
		return OUTCOME_COUNT;
	return id;
}

static void
tell_row(struct outcomes *o, const struct hearing *row, enum outcome_id id,
    struct outcome *out)
{
	struct str at =
	    row->goes.n > 0 ? row->goes : str_of(row->exchange.here.address);

	out->id = id;
	out->by = outcome_keep(o, row->listener);
	out->with = outcome_keep(o, row->speaker);
	out->at = outcome_keep(o, at);
	out->nproof = 0;
	outcome_prove(out, row->exchange.here.seq);
	outcome_prove(out, row->decides);
}

/* What the sides of OUT's call heard when record BYE ended it: the first
 * trouble.
 */
static int
judge_media(struct outcomes *o, const struct state_at *f, struct hearings *h,
    uint64_t bye, struct outcome *out)
{
	struct followed_tx *tx = follower_tx_of(o->follower, bye);
	const struct hop *hop = tx != NULL ? outcome_hop_of(o, tx) : NULL;
	const struct side *s = hop != NULL ? hop->leg->sides : NULL;
	int err = 0;

	for (; err == 0 && s != NULL; s = s->next) {
		err = hearings_read(
		    h, o->t, f, trace_name(o->t, s->d->node), ROWS_MOST);
		for (size_t i = 0; err == 0 && i < h->n; i++) {
			const struct hearing *row = &h->list[i];
			enum outcome_id id = judge_row(o, h, row, bye);

			if (id != OUTCOME_COUNT && out->id == OUTCOME_IS_ENDED)
				tell_row(o, row, id, out);
		}
	}
	return err;
}

/* The record before all of the moment of record BYE, at which its sender has
 * ended its media. */
static uint64_t
last_before(const struct trace *t, uint64_t bye)
{
	int64_t now = trace_time_of(t, bye);

	while (bye > 0 && trace_time_of(t, bye) == now)
		bye--;
	return bye;
}

static int
judge_run(struct outcomes *o)
{
	LOCAL_MEM struct ended_call *list = mem_zalloc(o->n + 1, sizeof(*list));
	struct hearings h = HEARINGS_INIT;
	struct state_at *f = NULL;
	size_t n = 0;
	int err = list != NULL ? 0 : ERR_NOMEM;

	for (size_t i = 0; err == 0 && i < o->n; i++)
		if (o->list[i].id == OUTCOME_IS_ENDED && o->list[i].nproof > 0)
			list[n++] =
			    (struct ended_call){ o->list[i].proof[0], i };
	if (err == 0) {
		qsort(list, n, sizeof(*list), compare_ended);
		err = state_at_create(&f);
	}
	for (size_t i = 0; err == 0 && i < n; i++) {
		err = state_at_advance(f, o->t, last_before(o->t, list[i].bye));
		if (err == 0)
			err = judge_media(
			    o, f, &h, list[i].bye, &o->list[list[i].i]);
	}
	state_at_destroy(f);
	hearings_free(&h);
	return err;
}

/* ---- of a capture ---- */

/* A stream this long was to be heard, and a silence this long was not meant. */
#define LONG_NS   (INT64_C(3) * 1000000000)
#define LONG_MANY 100 /* packets */
#define STEPS     8   /* of causes, from media back to a message */
#define MANY      256 /* ways of media in a call that is not judged */

/* What a node sends to one place in a call, of sound; all of which a capture
 * shows.  STOP: with which record that was over; 0: it goes on. */
struct stream {
	struct stream *next;
	uint32_t node;
	struct str peer;
	uint64_t flow, stop;
	size_t flows; /* that go on */
	int64_t last;
	bool is_long, lost; /* some of it; all of it, as the capture shows */
};

/* REC, of sound in the call of L. */
static void
take_stream(struct outcomes *o, struct leg *l, const struct trace_rec *rec)
{
	uint32_t node = trace_node_of(o->t, rec->seq);
	struct str op = trace_str(rec, "op", &o->scratch), peer;
	bool flow = str_is(op, "flow"), stop = str_is(op, "stop");
	struct stream *m = l->streams;

	/* What rests now and then is not a stream that has stopped. */
	l->rests |= str_is(op, "again");
	peer = trace_str(rec, "peer", &o->scratch);
	while (m != NULL && (m->node != node || !str_eq(m->peer, peer)))
		m = m->next;
	if (m == NULL && flow) {
		m = arena_get(o->arena, 1, sizeof(*m));
		if (m == NULL) {
			o->err = ERR_NOMEM;
			return;
		}
		*m = (struct stream){ l->streams, node, outcome_keep(o, peer),
			.flow = rec->seq, .stop = rec->seq, .lost = true };
		l->streams = m;
		l->nstreams++;
	}
	if (m != NULL && flow) {
		l->rests |= m->flow != rec->seq && m->flows == 0;
		m->flows++;
		m->stop = 0;
		m->last = o->t_end;
		m->lost &= trace_str(rec, "reason", &o->scratch).n > 0;
	} else if (m != NULL && stop) {
		m->is_long |= trace_int(rec, "packets", 0) >= LONG_MANY;
		if (m->flows > 0 && --m->flows == 0) {
			m->stop = rec->seq;
			m->last = rec->t;
		}
	}
}

static void
take_streams(struct outcomes *o)
{
	struct trace_rec rec;

	for (uint64_t seq = 0;
	     o->err == 0 && trace_next(o->t, TRACE_MEDIA, &seq, &rec);) {
		struct str type = trace_str(&rec, "type", &o->scratch);
		const struct followed_tx *tx = NULL;
		const struct hop *h;
		uint64_t of = rec.cause;

		for (int i = 0; tx == NULL && i < STEPS && of != 0; i++) {
			tx = follower_tx_of(o->follower, of);
			of = trace_cause_of(o->t, of);
		}
		h = tx != NULL ? outcome_hop_of(o, tx) : NULL;
		if (h != NULL && h->leg->nstreams < MANY &&
		    (type.n == 0 || str_is(type, "audio")))
			take_stream(o, h->leg, &rec);
	}
}

/* Where the description of record SEQ waits for sound, while it sends as well;
 * empty: it does not, or by ICE that may be elsewhere.  RESTS: it may say that
 * it will be silent (RFC 3389; G.729 Annex B). */
static struct str
place_of(struct outcomes *o, struct msg_sdp *sdp, uint64_t seq, bool *rests)
{
	const struct msg *m = outcome_message(o, seq);
	const struct msg_sdp_media *s = &sdp->media[0];
	LOCAL_BUF at = BUF_INIT;
	struct addr a;

	if (m == NULL || msg_sdp_read(sdp, msg_sdp_of(m), NULL) != 0 ||
	    sdp->nmedia == 0 || !str_is(s->type, "audio") || s->port == 0 ||
	    s->direction != MSG_SDP_SENDRECV || msg_sdp_has_ice(sdp, 1) ||
	    msg_sdp_is_nowhere(s->address) || addr_parse(s->address, &a) != 0)
		return STR_NULL;
	*rests &=
	    str_find(s->formats, " 13") >= 0 || str_find(s->formats, "18") >= 0;
	a.port = s->port;
	addr_write(&a, &at);
	return outcome_keep(o, buf_view(&at));
}

/* All of L that may go to side I of S, which waits at AT[I]; its peer is empty:
 * nothing does. */
static struct stream
sum_up(const struct leg *l, const struct followed_session *s,
    const struct str *at, int i)
{
	struct stream h = { .last = INT64_MIN, .lost = true };

	for (const struct stream *m = l->streams; m != NULL; m = m->next) {
		struct stream sum = m->last > h.last ? *m : h;

		if (!str_eq(m->peer, at[i]) &&
		    (str_eq(m->peer, at[1 - i]) || m->node == s->node[i]))
			continue;
		sum.is_long = m->is_long || h.is_long;
		sum.lost = m->lost && h.lost;
		h = sum;
	}
	return h;
}

/* Of L, which ended well, H[I] went to side I of S. */
static void
judge_side(struct outcomes *o, const struct leg *l,
    const struct followed_session *s, const struct str *at,
    const struct stream *h, int i)
{
	struct outcome *out = l->outcome;
	const struct stream *here = &h[i], *there = &h[1 - i];
	const struct stream *m = here->peer.n > 0 ? here : there;
	int64_t bye = trace_time_of(o->t, out->proof[0]),
		since = trace_time_of(o->t, s->since);
	/* The other one gets what it is to, to the end. */
	bool good = there->is_long && !there->lost && bye - since >= LONG_NS &&
		    there->last > bye - LONG_NS / 3;

	if (here->is_long && here->lost)
		out->id = OUTCOME_IS_ONE_WAY;
	/* Packets of that host pass the capture, as its messages do. */
	else if (good && m == there && str_eq(m->peer, at[1 - i]) &&
		 str_eq(trace_node_at(o->t, m->peer),
		     trace_name(o->t, s->node[1 - i])))
		out->id = OUTCOME_IS_UNSEEN;
	else if (good && here->is_long && !l->rests && here->last >= since &&
		 here->last <= bye - LONG_NS)
		out->id = OUTCOME_IS_CEASED;
	else
		return;
	out->by = trace_name(o->t, s->node[i]);
	out->with = trace_name(o->t, s->node[1 - i]);
	out->at = m->peer;
	out->ns = bye - m->last;
	out->nproof = 0;
	outcome_prove(out, s->agreed[i]);
	outcome_prove(out, out->id == OUTCOME_IS_CEASED ? m->stop : m->flow);
}

static void
judge_leg(struct outcomes *o, struct leg *l, struct msg_sdp *sdp)
{
	const struct followed_tx *tx = outcome_last_attempt(l)->tx;
	const struct followed_session *s = follower_find_session(
	    o->follower, l->call_id, tx->from_tag, tx->final_tag);
	struct stream h[2];
	struct str at[2];
	bool rests = true;

	if (s == NULL || s->agreed[0] == 0 || s->agreed[1] == 0)
		return;
	for (int i = 0; i < 2; i++)
		at[i] = place_of(o, sdp, s->agreed[i], &rests);
	l->rests |= rests;
	for (int i = 0; i < 2; i++)
		h[i] = sum_up(l, s, at, i);
	for (int i = 0; i < 2; i++)
		if (at[0].n > 0 && at[1].n > 0 &&
		    l->outcome->id == OUTCOME_IS_ENDED)
			judge_side(o, l, s, at, h, i);
}

static int
judge_capture(struct outcomes *o)
{
	LOCAL_MEM struct msg_sdp *sdp = mem_zalloc(1, sizeof(*sdp));

	if (sdp == NULL)
		return ERR_NOMEM;
	take_streams(o);
	for (struct leg *l = o->first; o->err == 0 && l != NULL; l = l->next)
		if (l->nstreams > 0 && l->nstreams < MANY &&
		    l->outcome != NULL && l->outcome->id == OUTCOME_IS_ENDED)
			judge_leg(o, l, sdp);
	return o->err;
}

int
outcomes_judge_media(struct outcomes *o)
{
	if (trace_first_of(o->t, TRACE_MEDIA) == 0)
		return 0;
	return o->capture ? judge_capture(o) : judge_run(o);
}
