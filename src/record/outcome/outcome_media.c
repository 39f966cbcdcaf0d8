/*
 * Media of calls of a run that ended well by their messages: who heard nothing
 * of whom, though both wanted to be heard, by story/hearing.h at the moment of
 * the BYE.
 */
#include "outcome/outcome_in.h"

#include <stdlib.h>

#include "base/err.h"
#include "base/mem.h"
#include "story/hearing.h"

/* Rows of a listener that are looked at. */
#define ROWS_MOST 16

/* A call that ended, and with which record. */
struct ended {
	uint64_t bye;
	size_t i;
};

static int
compare_ended(const void *a, const void *b)
{
	const struct ended *x = a, *y = b;

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
judge_media(struct outcomes *o, const struct fold *f, struct hearings *h,
    uint64_t bye, struct outcome *out)
{
	struct story_tx *tx = follower_tx_of(o->follower, bye);
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

int
outcomes_judge_media(struct outcomes *o)
{
	LOCAL_MEM struct ended *list = mem_zalloc(o->n + 1, sizeof(*list));
	struct hearings h = HEARINGS_INIT;
	struct fold *f = NULL;
	size_t n = 0;
	int err = list != NULL ? 0 : ERR_NOMEM;

	/* Of a capture only what flows is known, and that no packet is seen at
	 * one moment proves nothing. */
	if (err != 0 || o->capture || trace_first_of(o->t, TRACE_MEDIA) == 0)
		return err;
	for (size_t i = 0; i < o->n; i++)
		if (o->list[i].id == OUTCOME_IS_ENDED && o->list[i].nproof > 0)
			list[n++] = (struct ended){ o->list[i].proof[0], i };
	qsort(list, n, sizeof(*list), compare_ended);
	err = fold_create(&f);
	for (size_t i = 0; err == 0 && i < n; i++) {
		err = fold_advance(f, o->t, last_before(o->t, list[i].bye));
		if (err == 0)
			err = judge_media(
			    o, f, &h, list[i].bye, &o->list[list[i].i]);
	}
	fold_destroy(f);
	hearings_free(&h);
	return err;
}
