/*
 * Follows the devices and platforms of GB/T 28181: their keep-alives, queries
 * with their answers, views. It has nothing in traces without bodies of
 * MANSCDP and without y= in a session description.
 */
#ifndef INSPECT_SURVEILLANCE_H
#define INSPECT_SURVEILLANCE_H

#include "inspect/inspect_in.h"
#include "surveillance/manscdp.h"

/* By so many seconds Beijing is ahead of UTC. */
#define SURVEILLANCE_ZONE 28800

/* How a device keeps itself alive.  A NULL struct followed_tx: none so far. */
struct gb_beat {
	int64_t until;          /* its registration lasts; 0: none was seen */
	struct followed_tx *tx; /* the last keep-alive */
	int64_t gap[2];   /* between those before, the last first; 0: none */
	bool anew;        /* it has registered since the last one */
	unsigned refused; /* so many, the last ones, were rejected */
	int64_t t_heard;  /* when its last message came … */
	struct followed_tx *asked; /* … a request to it since its last … */
	int64_t asked_last;        /* … and t_heard before that */
};

/* A question.  Texts are the trace's (inspect_keep). */
struct gb_query {
	struct gb_query *next;
	struct followed_tx *tx, *answer; /* the last MESSAGE that answers it */
	struct str name, sn;
	int64_t sum, items; /* SumNum, or -1; items received */
};

struct gb_view {
	struct gb_view *next;
	struct followed_tx *tx, *bye;
	struct str channel, y; /* whom it is asked of; the digits of y= */
	struct str place;      /* c= of the offer */
	struct str from;       /* at AT_HEARD: where it came from before */
	uint32_t ssrc;
	uint32_t begins, ends; /* t= of the offer */
	bool recorded;         /* a playback or download */
	bool controlled;       /* by INFO */
	bool told;             /* by MediaStatus that it is over */
};

/* The ID that is the user of URI, of 20 digits, or 18 by rule B of 2016; empty:
 * it has none. */
struct str surveillance_user(struct str uri);
/* Digits 11 to 13 (annex E): from 200 on it is not a device, but a platform, a
 * media server, a group or a user. */
static inline bool
surveillance_is_device(struct str id)
{
	return id.n == 20 && id.p[10] == '1';
}

/* t= of L's description; false: it has none. */
bool surveillance_span(
    struct inspected_message *l, uint32_t *begins, uint32_t *ends);
/* A record begins at T, in Unix seconds. */
bool surveillance_recorded(struct inspect *in, int64_t t);
/* The sender of V's stream. */
static inline uint32_t
surveillance_sender(const struct gb_view *v)
{
	return v->tx->final != 0 ? v->tx->final_by : v->tx->server;
}

/* L's message leaves its node for the first time. */
void surveillance_sent(struct inspected_message *l);
/* REC, L's, is of media. */
void
surveillance_media(struct inspected_message *l, const struct trace_rec *rec);
/* The trace is over: each query and view. */
void surveillance_ended(struct inspected_message *l);

#endif
